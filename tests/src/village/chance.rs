//! Seeded chance: the same seed gives the same village on every machine and for ever.
//!
//! Xoshiro256** (public domain, Blackman and Vigna), written here because a crate's generator may change its sequence
//! between versions, and with it every figure a bench compares. It must never be used for a key.

/// A source of chance that its seed determines.
#[derive(Clone, Debug)]
pub struct Chance {
    state: [u64; 4],
}

impl Chance {
    /// Chance that this seed determines.
    pub fn new(seed: u64) -> Self {
        // SplitMix64, as its authors advise, so that close seeds give unrelated sequences and no state is all zeros.
        let mut mixed = seed;
        let state = std::array::from_fn(|_| {
            mixed = mixed.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut word = mixed;
            word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            word ^ (word >> 31)
        });
        Chance { state }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.state;
        let result = b.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        result
    }

    /// Fills with bytes.
    pub fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let word = self.bits().to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
    }

    /// Sixteen bytes, for an id.
    pub fn id(&mut self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        bytes
    }

    /// A number below that one, or zero where there is none.
    pub fn below(&mut self, end: usize) -> usize {
        // The bias of the multiplication is one in 2^64 / end: nothing, for a village.
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// A number from one to another, both included.
    pub fn between(&mut self, first: i64, last: i64) -> i64 {
        first + self.below((last - first).max(0) as usize + 1) as i64
    }

    /// Whether something happens that does so `percent` times in a hundred.
    pub fn happens(&mut self, percent: u32) -> bool {
        self.below(100) < percent as usize
    }

    /// One of these. There must be one.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        assert!(!choices.is_empty(), "nothing to pick from");
        &choices[self.below(choices.len())]
    }

    /// One of these, as often as its weight says.
    pub fn weighted<T: Copy>(&mut self, choices: &[(u32, T)]) -> T {
        let total: u32 = choices.iter().map(|(weight, _)| weight).sum();
        let mut at = self.below(total as usize) as u32;
        for (weight, choice) in choices {
            if at < *weight {
                return *choice;
            }
            at -= weight;
        }
        unreachable!("the weights sum to their total")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_chance_for_ever() {
        // Computed apart, in another language. If this fails, no bench compares with an older one any more.
        let first = 0xb3f2_af6d_0fc7_10c5;
        let mut chance = Chance::new(1);
        assert_eq!([chance.bits(), chance.bits()], [first, 0x853b_5596_4736_4cea]);
        assert_ne!(Chance::new(2).bits(), first);
    }

    #[test]
    fn numbers_stay_between_their_bounds_and_reach_them() {
        let mut chance = Chance::new(7);
        let drawn: Vec<i64> = (0..1000).map(|_| chance.between(-2, 3)).collect();
        assert_eq!((drawn.iter().min(), drawn.iter().max()), (Some(&-2), Some(&3)));
        assert_eq!(chance.between(4, 4), 4);
    }

    #[test]
    fn what_weighs_more_comes_more_often() {
        let mut chance = Chance::new(7);
        let often = (0..1000).filter(|_| chance.weighted(&[(9, true), (1, false)])).count();
        assert!((850..950).contains(&often), "{often}");
    }
}
