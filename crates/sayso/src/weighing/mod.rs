//! What is weighed for a claim, and what that comes to: decisions, cones, weights that are kept.

pub(crate) mod cone;
pub(crate) mod decisions;
pub(crate) mod one_mouth;
pub(crate) mod weights;
