//! Drawing at random, so that the same seed draws the same whatever order a ledger lists things in.

use sha2::{Digest, Sha256};

/// `count` of some ids, each as likely as any other, in an order that tells nothing: those whose hash with the seed is
/// least. An id that is drawn stays drawn while others are added that hash higher.
pub(super) fn draw<T>(ids: impl IntoIterator<Item = T>, seed: u64, count: usize) -> Vec<T>
where
    T: AsRef<[u8]> + Ord,
{
    let mut placed: Vec<([u8; 32], T)> = ids.into_iter().map(|id| (place(seed, id.as_ref()), id)).collect();
    placed.sort_unstable();
    placed.truncate(count);
    placed.into_iter().map(|(_, id)| id).collect()
}

/// Where an id comes in the order of a seed.
pub(super) fn place(seed: u64, id: &[u8]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(seed.to_le_bytes());
    hasher.update(id);
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids() -> Vec<String> {
        (0..1000).map(|id| format!("claim {id}")).collect()
    }

    #[test]
    fn a_seed_draws_the_same_in_any_order() {
        let mut reversed = ids();
        reversed.reverse();
        let drawn = draw(ids(), 1, 50);
        assert_eq!(drawn, draw(reversed, 1, 50));
        assert_ne!(drawn, draw(ids(), 2, 50));
        assert_eq!(drawn[..20], draw(ids(), 1, 20)[..]);
        assert_eq!(draw(ids(), 1, 5000).len(), 1000);
    }

    #[test]
    fn every_id_is_about_as_likely() {
        let early =
            (0..200).flat_map(|seed| draw(ids(), seed, 50)).filter(|id| id.len() <= "claim 99".len()).count();
        // A tenth of 10,000 draws, within four standard deviations.
        assert!((880..=1120).contains(&early), "{early}");
    }
}
