//! Standings, origins, independence and what-if of claims.
