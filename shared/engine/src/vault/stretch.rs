//! Stretching a passphrase: Argon2id, slow on purpose, so that a stolen notebook cannot be guessed open.
//!
//! It takes 0.5 to 1 s wherever the notebook was made, and never more than 64 MiB, so that a phone can open what a
//! laptop made. Hosts run [`stretch`] beside the engine; nothing here knows how.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::ambient::{Ambient, StretchError, random_array};

const MIB: u32 = 1024;
/// Most memory that opening a notebook may take.
pub const MOST_MEMORY_KIB: u32 = 64 * MIB;
/// Most passes over it.
pub const MOST_PASSES: u32 = 64;
/// Argon2 has no meaning below this.
const LEAST_MEMORY_KIB: u32 = Params::MIN_M_COST;

/// How hard a passphrase is stretched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StretchCost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl StretchCost {
    /// Less than this is never chosen: the least that OWASP recommends.
    pub const FLOOR: StretchCost = StretchCost { memory_kib: 19 * MIB, passes: 2 };
    /// What is timed before choosing.
    pub const PROBE: StretchCost = StretchCost { memory_kib: MOST_MEMORY_KIB, passes: 1 };

    /// Whether a header may ask for this much. Anything else is damage, or an attempt to exhaust the machine.
    pub fn is_sensible(self) -> bool {
        (LEAST_MEMORY_KIB..=MOST_MEMORY_KIB).contains(&self.memory_kib) && (1..=MOST_PASSES).contains(&self.passes)
    }

    /// With a salt.
    pub fn salted(self, salt: [u8; 16]) -> StretchParams {
        StretchParams { memory_kib: self.memory_kib, passes: self.passes, salt }
    }

    /// Chooses the cost for this machine from how long [`Self::PROBE`] took: about 0.75 s, in any case between 0.5
    /// and 1 s where the bounds allow it.
    ///
    /// A clock that did not move says nothing: the floor then.
    pub fn calibrate(probe_ms: u64) -> StretchCost {
        const AIM_MS: u64 = 750;
        const MOST_MS: u64 = 1_000;
        // With one pass only, OWASP wants 46 MiB at least.
        const LEAST_FOR_ONE_PASS_KIB: u32 = 46 * MIB;

        if probe_ms == 0 {
            return StretchCost::FLOOR;
        }
        if probe_ms <= MOST_MS {
            let passes = ((AIM_MS + probe_ms / 2) / probe_ms).clamp(1, MOST_PASSES.into());
            return StretchCost { memory_kib: MOST_MEMORY_KIB, passes: passes as u32 };
        }
        let within_aim_kib = (u64::from(MOST_MEMORY_KIB) * AIM_MS / probe_ms) as u32;
        if within_aim_kib >= LEAST_FOR_ONE_PASS_KIB {
            StretchCost { memory_kib: within_aim_kib, passes: 1 }
        } else {
            StretchCost { memory_kib: (within_aim_kib / 2).max(StretchCost::FLOOR.memory_kib), passes: 2 }
        }
    }

    /// Times a stretch on this machine and chooses.
    pub async fn measure(ambient: &mut impl Ambient) -> Result<StretchCost, StretchError> {
        let probe = StretchCost::PROBE.salted(random_array(ambient));
        let before = ambient.now().utc_ms;
        ambient.stretch(b"how fast is this machine", &probe).await?;
        let took = ambient.now().utc_ms.saturating_sub(before);
        Ok(StretchCost::calibrate(u64::try_from(took).unwrap_or(0)))
    }
}

/// How one passphrase is stretched: the cost, and a salt so that no two notebooks are guessed at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StretchParams {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Chance, kept beside.
    pub salt: [u8; 16],
}

impl StretchParams {
    /// The cost alone.
    pub fn cost(&self) -> StretchCost {
        StretchCost { memory_kib: self.memory_kib, passes: self.passes }
    }
}

/// What came out: as secret as the passphrase. Forgotten when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Stretched([u8; 32]);

impl Stretched {
    /// For a host that stretches in a place of its own and brings the bytes back.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Stretched(bytes)
    }

    /// The bytes, for that place to hand over. Never to be kept.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Stretched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stretched(…)")
    }
}

/// Argon2id, one lane. Takes as long as it was made to: call it where nothing waits.
pub fn stretch(secret: &[u8], params: &StretchParams) -> Result<Stretched, StretchError> {
    if !params.cost().is_sensible() {
        return Err(StretchError("the cost is out of bounds".into()));
    }
    let refused = |why: argon2::Error| StretchError(why.to_string());
    let cost = Params::new(params.memory_kib, params.passes, 1, Some(32)).map_err(refused)?;
    let mut out = Stretched([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, cost)
        .hash_password_into(secret, &params.salt, &mut out.0)
        .map_err(refused)?;
    Ok(out)
}

/// The bytes of a passphrase, the same from every keyboard.
///
/// A Mac composes "é" otherwise than Windows, a phone curls apostrophes, adds a space at the end, or makes it a
/// non-breaking one. None of it is a wrong passphrase. Part of the slot's format: never change it, add a slot kind.
pub(super) fn passphrase_bytes(passphrase: &str) -> Zeroizing<Vec<u8>> {
    let mut text = Zeroizing::new(String::with_capacity(passphrase.len() * 3));
    text.extend(passphrase.trim().nfc().map(|letter| match letter {
        '\u{2019}' | '\u{2018}' | '\u{02BC}' => '\'',
        letter if letter.is_whitespace() => ' ',
        letter => letter,
    }));
    Zeroizing::new(text.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::vault::fixture::{Seeded, hex, now};
    use proptest::prelude::*;

    #[test]
    fn it_is_the_reference_argon2id() {
        // phc-winner-argon2, src/test.c: Argon2id v19, t=2, m=2^8, p=1, "password", "somesalt" — but salts are 16 bytes
        // here, so the reference vector goes through the same crate and the same parameters.
        let cost = Params::new(256, 2, 1, Some(32)).unwrap();
        let mut out = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, cost)
            .hash_password_into(b"password", b"somesalt", &mut out)
            .unwrap();
        assert_eq!(hex(&out), "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe");
    }

    #[test]
    fn what_comes_out_does_not_change() {
        // Made with libsodium: not our own output.
        let params = StretchCost { memory_kib: 256, passes: 2 }.salted(*b"sel, 16 octets !");
        let out = stretch(&passphrase_bytes("le mistral se lève tôt"), &params).unwrap();
        assert_eq!(hex(out.expose()), include_str!("snapshots/stretched.hex").trim());
    }

    #[test]
    fn a_cost_out_of_bounds_is_refused_before_any_memory_is_taken() {
        for (memory_kib, passes) in [(u32::MAX, 1), (MOST_MEMORY_KIB + 1, 1), (0, 1), (7, 1), (64, 0), (64, 65)] {
            let cost = StretchCost { memory_kib, passes };
            assert!(!cost.is_sensible() && stretch(b"x", &cost.salted([0; 16])).is_err(), "{cost:?}");
        }
        assert!(StretchCost::FLOOR.is_sensible() && StretchCost::PROBE.is_sensible());
    }

    #[test]
    fn every_keyboard_types_the_same_passphrase() {
        let said = passphrase_bytes("l'été à Mas-Thibert");
        for typed in [
            "l’été à Mas-Thibert",
            "l'e\u{301}te\u{301} a\u{300} Mas-Thibert",
            "  l'été à Mas-Thibert ",
            "l'été\u{a0}à\u{202f}Mas-Thibert",
        ] {
            assert_eq!(passphrase_bytes(typed), said, "{typed:?}");
        }
        for other in ["L'été à Mas-Thibert", "l'ete a Mas-Thibert", "l'été àMas-Thibert"] {
            assert_ne!(passphrase_bytes(other), said, "{other:?}");
        }
    }

    #[test]
    fn a_stopped_clock_gives_the_floor() {
        assert_eq!(now(StretchCost::measure(&mut Seeded::new(1))).unwrap(), StretchCost::FLOOR);
    }

    proptest! {
        #[test]
        fn the_cost_chosen_takes_half_a_second_to_one(probe_ms in 1u64..20_000) {
            let cost = StretchCost::calibrate(probe_ms);
            prop_assert!(cost.is_sensible());
            prop_assert!(cost.memory_kib >= StretchCost::FLOOR.memory_kib);
            let takes_ms = probe_ms * u64::from(cost.memory_kib) * u64::from(cost.passes) / u64::from(MOST_MEMORY_KIB);
            prop_assert!(takes_ms <= 1_000 || cost == StretchCost::FLOOR, "{cost:?}: {takes_ms} ms");
            prop_assert!(takes_ms >= 499 || cost.passes == MOST_PASSES, "{cost:?}: {takes_ms} ms");
        }
    }
}
