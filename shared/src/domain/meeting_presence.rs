//! Whether the person was there when others spoke of her: there is no fourth, and no reason is given to the wrong one.

use serde::{Deserialize, Serialize};

use super::circle::Helper;

/// Whether the person was there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Presence {
    /// She was.
    There,
    /// Someone spoke for her.
    Represented {
        /// Who.
        by: Helper,
        /// Why she was not there herself.
        why: String,
    },
    /// She was not, and nobody spoke for her.
    Absent {
        /// Why.
        why: String,
    },
    /// Written by a newer version: she is told back, for want of knowing.
    Unknown(String),
}

impl Presence {
    /// The code of a screen, and of a conflict.
    pub fn code(&self) -> &str {
        match self {
            Presence::There => "there",
            Presence::Represented { .. } => "represented",
            Presence::Absent { .. } => "absent",
            Presence::Unknown(code) => code,
        }
    }

    /// Why she was not there.
    pub fn why(&self) -> &str {
        match self {
            Presence::Represented { why, .. } | Presence::Absent { why } => why,
            Presence::There | Presence::Unknown(_) => "",
        }
    }

    /// What is written of it as one value, so that two devices never make one presence of two halves; why is beside it.
    pub fn written(&self) -> String {
        match self {
            Presence::Represented { by, .. } => format!("represented:{by}"),
            other => other.code().to_owned(),
        }
    }

    /// What [`Presence::written`] says, each kind with its own reason.
    pub fn from_parts(written: &str, represented_why: &str, absent_why: &str) -> Self {
        match written {
            "there" => Presence::There,
            "absent" => Presence::Absent { why: absent_why.to_owned() },
            other => match other.strip_prefix("represented:").and_then(Helper::parse) {
                Some(by) => Presence::Represented { by, why: represented_why.to_owned() },
                None => Presence::Unknown(other.to_owned()),
            },
        }
    }

    /// Of several written at once, the one that asks for most holds: telling her twice is better than not at all.
    pub fn strictness(written: &str) -> u8 {
        match written {
            "there" => 0,
            "absent" => 2,
            other if other.starts_with("represented:") => 1,
            _ => 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::ids::EntryId;
    use super::*;

    #[test]
    fn a_presence_reads_back_as_it_is_written_each_kind_with_its_own_reason() {
        for presence in [
            Presence::There,
            Presence::Represented { by: Helper::Entry(EntryId([4; 16])), why: "à l’hôpital".into() },
            Presence::Represented { by: Helper::Named("Félix : le voisin".into()), why: "à l’hôpital".into() },
            Presence::Absent { why: "n’a pas voulu".into() },
            Presence::Unknown("by_video".into()),
        ] {
            let read = Presence::from_parts(&presence.written(), "à l’hôpital", "n’a pas voulu");
            assert_eq!(read, presence);
        }
        assert!(Presence::strictness("absent") > Presence::strictness("represented:named:x"));
        assert!(Presence::strictness("represented:named:x") > Presence::strictness("there"));
    }
}
