//! Safeguarding: what was said of someone in danger, by whom, to whom and when, with what proves it, in a sensitive tier;
//! and to whom the law lets it be told, as data that each place edits.
//!
//! What is told is written once, as an [`super::consent::EmergencyDisclosure`]: its ground, its recipient, its hour, the
//! minimum that was said. Nothing of it is repeated here.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::alert::{Moment, Wording};
use super::ids::{AccountId, AlertId, PersonId};

/// What was said of someone in danger. Hidden until asked for; each opening is written in the journal of reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Names the line.
    pub id: AccountId,
    /// About whom.
    pub person: PersonId,
    /// The alert it goes with.
    pub alert: Option<AlertId>,
    /// When it was said.
    pub at: Moment,
    /// What was said, in the words that were used.
    pub said: Wording,
    /// By whom.
    pub by: String,
    /// To whom.
    pub to: String,
    /// What else shows it: what was seen, which paper, where it is.
    pub proof: String,
}

/// One whom the law lets be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawfulRecipient {
    /// Who: "CRIP 119".
    pub name: String,
    /// How to reach them.
    pub phone: String,
    /// In which case.
    pub when: String,
}

/// Those whom the law lets be told, in the order in which they are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawfulRecipients(pub Vec<LawfulRecipient>);

/// More than anyone needs: a bound on what is read.
const MOST: usize = 40;

/// Those to start from, a line each: French bodies under French law, by their names in either language.
const USUAL: &str = include_str!("../../lists/lawful_recipients.txt");

impl LawfulRecipients {
    /// Those to start from. A jurist confirms them in each département before real use.
    pub fn usual() -> Self {
        LawfulRecipients::parse(USUAL).unwrap_or(LawfulRecipients(Vec::new()))
    }

    /// Reads what [`fmt::Display`] writes; nothing where it says none.
    pub fn parse(text: &str) -> Option<Self> {
        let recipients: Vec<_> = text
            .lines()
            .filter_map(|line| {
                let mut parts = line.split('\t').map(str::trim);
                let name = parts.next().filter(|name| !name.is_empty())?.to_owned();
                let mut next = || parts.next().unwrap_or_default().to_owned();
                Some(LawfulRecipient { name, phone: next(), when: next() })
            })
            .take(MOST)
            .collect();
        (!recipients.is_empty()).then_some(LawfulRecipients(recipients))
    }
}

impl fmt::Display for LawfulRecipients {
    /// A line each, its parts set apart by tabs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |text: &str| text.replace(['\t', '\n', '\r'], " ").trim().to_owned();
        for (at, one) in self.0.iter().filter(|one| !one.name.trim().is_empty()).enumerate() {
            let end = if at == 0 { "" } else { "\n" };
            write!(f, "{end}{}\t{}\t{}", plain(&one.name), plain(&one.phone), plain(&one.when))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn those_to_start_from_read_back_and_nobody_is_nothing() {
        let usual = LawfulRecipients::usual();
        assert_eq!(usual.0.len(), 6);
        assert!(usual.0.iter().all(|one| !one.when.is_empty()));
        assert_eq!(LawfulRecipients::parse(&usual.to_string()), Some(usual));
        for nobody in ["", "\n\n", "\t119\tmineurs"] {
            assert_eq!(LawfulRecipients::parse(nobody), None, "{nobody:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_as_it_was_written(name in "\\PC{1,20}", phone in ".{0,12}", when in "(?s).{0,30}") {
            prop_assume!(!name.trim().is_empty());
            let one = LawfulRecipient { name, phone, when };
            let written = LawfulRecipients(vec![one.clone(), one]).to_string();
            let read = LawfulRecipients::parse(&written).expect("two");
            prop_assert_eq!(read.0.len(), 2);
            prop_assert_eq!(read.to_string(), written);
        }
    }
}
