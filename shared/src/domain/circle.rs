//! The circle of a person: who is around her, professionals or not, who leads, and what they need from the coordinator.
//!
//! A person has one circle, whatever her projects become. It names nobody whom another record names: a relative is a line
//! of her sheet, a professional an entry of the directory; only who is in neither has a name here.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::ids::{EntryId, LineId, PersonId};

/// Someone who helps.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Helper {
    /// A line of her sheet: a relative, a neighbour.
    Related(LineId),
    /// An entry of the directory: a professional, a structure, a relay.
    Entry(EntryId),
    /// Someone who is in neither, by name.
    Named(String),
}

impl Helper {
    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        match kind {
            "related" => LineId::parse(rest).map(Helper::Related),
            "entry" => EntryId::parse(rest).map(Helper::Entry),
            "named" => Some(Helper::Named(rest.to_owned())),
            _ => None,
        }
    }
}

impl fmt::Display for Helper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Helper::Related(id) => write!(f, "related:{id}"),
            Helper::Entry(id) => write!(f, "entry:{id}"),
            Helper::Named(name) => write!(f, "named:{name}"),
        }
    }
}

/// Someone of the circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Names the line.
    pub id: LineId,
    /// Whose circle.
    pub person: PersonId,
    /// Who.
    pub who: Helper,
    /// What they do for her, in a few words.
    pub role: String,
    /// How to call them, where no other record says it.
    pub phone: String,
    /// Whether they lead.
    pub leads: bool,
    /// What they need from the coordinator.
    pub needs: String,
    /// Since that day, if anyone knows.
    pub from: Option<NaiveDate>,
    /// The last day; none as long as nobody said so.
    pub until: Option<NaiveDate>,
}

text_fields! {
    /// The text fields of someone of the circle.
    MemberField of Member {
        /// What they do for her.
        Role = "role" => role,
        /// How to call them.
        Phone = "phone" => phone,
        /// What they need from the coordinator.
        Needs = "needs" => needs,
    }
}

/// One change to someone of the circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MemberChange {
    /// Who they are; the line comes into being where it is not there.
    Who(Helper),
    /// A text field becomes this.
    Text(MemberField, String),
    /// They lead, or no longer do.
    Leads(bool),
    /// Since that day.
    From(Option<NaiveDate>),
    /// Until that day.
    Until(Option<NaiveDate>),
    /// It was a mistake.
    Remove,
}

impl Member {
    /// Someone of whom only who they are is known.
    pub fn empty(id: LineId, person: PersonId, who: Helper) -> Self {
        Member {
            id,
            person,
            who,
            role: String::new(),
            phone: String::new(),
            leads: false,
            needs: String::new(),
            from: None,
            until: None,
        }
    }

    /// Whether they are of it on a day; both ends count.
    pub fn is_of_it_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// What to write so that this becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &Member) -> Vec<MemberChange> {
        let mut changes = Vec::new();
        if self.who != edited.who {
            changes.push(MemberChange::Who(edited.who.clone()));
        }
        changes.extend(self.text_differences(edited).map(|(field, text)| MemberChange::Text(field, text.to_owned())));
        let mut change_if = |differs: bool, change: MemberChange| changes.extend(differs.then_some(change));
        change_if(self.leads != edited.leads, MemberChange::Leads(edited.leads));
        change_if(self.from != edited.from, MemberChange::From(edited.from));
        change_if(self.until != edited.until, MemberChange::Until(edited.until));
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_says_what_differs_and_a_new_one_all_of_it() {
        let before = Member::empty(LineId([1; 16]), PersonId([2; 16]), Helper::Named("Félix".into()));
        let mut after = before.clone();
        assert_eq!(before.changes_to(&after), []);
        after.leads = true;
        after.needs = "savoir quand elle est sortie".into();
        let expected = [MemberChange::Text(MemberField::Needs, after.needs.clone()), MemberChange::Leads(true)];
        assert_eq!(before.changes_to(&after), expected);
    }

    #[test]
    fn someone_is_of_it_from_a_day_to_a_day() {
        let mut one = Member::empty(LineId([1; 16]), PersonId([2; 16]), Helper::Named("Félix".into()));
        let day = |text: &str| text.parse().expect("a date");
        assert!(one.is_of_it_on(day("2026-06-12")));
        (one.from, one.until) = (Some(day("2026-06-12")), Some(day("2026-06-30")));
        for (on, is_of_it) in [("2026-06-11", false), ("2026-06-12", true), ("2026-06-30", true), ("2026-07-01", false)]
        {
            assert_eq!(one.is_of_it_on(day(on)), is_of_it, "{on}");
        }
    }
}
