//! How a thing that is offered changes: what a form wrote, as the smallest differences, each a path and a value in words. The
//! journal, the drafts and the choice between two versions all say it so.

use serde::{Deserialize, Serialize};

use super::changes::gone;
use super::ids::{LineId, MeansId};
use super::means::{Loan, SharedMeans};
use super::roadmap_parts::{Fielded, Line};

/// The code of its lines.
pub const LOANS: &str = "loans";
/// What stands before the path of a line that is taken away.
const REMOVE: &str = "remove";
const WITHDRAWN: &str = "withdrawn";
const YES: &str = "1";

/// One change to a thing that is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeansChange {
    /// A field of what is said of it becomes this.
    About(String, String),
    /// A field of a use becomes this; a new line comes into being.
    Loan(LineId, String, String),
    /// A use goes.
    RemoveLoan(LineId),
    /// It was a mistake, or was not.
    Withdrawn(bool),
}

impl MeansChange {
    /// Where it is written, and what. No words are nothing.
    pub fn path(&self) -> (String, String) {
        match self {
            MeansChange::About(field, text) => (field.clone(), text.clone()),
            MeansChange::Loan(id, field, text) => (format!("{LOANS}.{id}.{field}"), text.clone()),
            MeansChange::RemoveLoan(id) => (format!("{REMOVE}.{LOANS}.{id}"), YES.to_owned()),
            MeansChange::Withdrawn(withdrawn) => {
                (WITHDRAWN.to_owned(), if *withdrawn { YES.to_owned() } else { String::new() })
            }
        }
    }

    /// The change that writes that value there; nothing where a newer version wrote it, or it is no such value.
    pub fn at(path: &str, value: &str) -> Option<MeansChange> {
        let change = match path.splitn(3, '.').collect::<Vec<_>>()[..] {
            [WITHDRAWN] => MeansChange::Withdrawn(value == YES),
            [field] => MeansChange::About(field.to_owned(), value.to_owned()),
            [REMOVE, LOANS, id] => MeansChange::RemoveLoan(LineId::parse(id)?),
            [LOANS, id, field] => MeansChange::Loan(LineId::parse(id)?, field.to_owned(), value.to_owned()),
            _ => return None,
        };
        change.is_said().then_some(change)
    }

    /// Whether there is such a field, and it can hold that.
    pub fn is_said(&self) -> bool {
        SharedMeans::empty(MeansId([0; 16])).apply(self)
    }

    /// Whether this version knows what it says.
    pub fn is_known(&self) -> bool {
        let mut alone = SharedMeans::empty(MeansId([0; 16]));
        alone.apply(self) && alone.about.is_known() && alone.loans.iter().all(Fielded::is_known)
    }

    /// The words that someone types in it.
    pub fn words(&self) -> Vec<String> {
        let mut alone = SharedMeans::empty(MeansId([0; 16]));
        alone.apply(self);
        alone.words()
    }
}

impl SharedMeans {
    /// Every word that someone typed in it.
    pub fn words(&self) -> Vec<String> {
        let words = self.about.words().into_iter().chain(self.loans.iter().flat_map(Fielded::words));
        words.filter(|words| !words.is_empty()).collect()
    }

    /// What to write so that this thing becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &SharedMeans) -> Vec<MeansChange> {
        let own = self.about.differences(&edited.about).into_iter();
        let mut changes: Vec<_> = own.map(|(field, text)| MeansChange::About(field, text)).collect();
        if self.withdrawn != edited.withdrawn {
            changes.push(MeansChange::Withdrawn(edited.withdrawn));
        }
        for loan in &edited.loans {
            let held = self.loan(loan.id).cloned().unwrap_or_else(|| Loan::empty(loan.id));
            let differences = held.differences(loan).into_iter();
            changes.extend(differences.map(|(field, text)| MeansChange::Loan(loan.id, field, text)));
        }
        let gone = gone(&self.loans, &edited.loans, |loan| loan.id).into_iter();
        changes.extend(gone.map(MeansChange::RemoveLoan));
        changes
    }

    /// Makes a change, as the journal would. A use comes into being with its first field that says something. What is no such
    /// field or no such value changes nothing, and is said.
    pub fn apply(&mut self, change: &MeansChange) -> bool {
        match change {
            MeansChange::About(field, text) => return self.about.say(field, text),
            MeansChange::Loan(id, field, text) => return self.say_in(*id, field, text),
            MeansChange::RemoveLoan(id) => self.loans.retain(|loan| loan.id != *id),
            MeansChange::Withdrawn(withdrawn) => self.withdrawn = *withdrawn,
        }
        true
    }

    fn say_in(&mut self, id: LineId, field: &str, text: &str) -> bool {
        if let Some(loan) = self.loans.iter_mut().find(|loan| loan.id == id) {
            return loan.say(field, text);
        }
        let mut loan = Loan::empty(id);
        let is_said = loan.say(field, text);
        if is_said && !text.is_empty() {
            self.loans.push(loan);
        }
        is_said
    }
}

#[cfg(test)]
mod tests {
    use super::super::event::EventCommune;
    use super::super::ids::{EntryId, EventId};
    use super::super::means::{LoanState, Offer, OfferState};
    use super::*;

    fn stand() -> SharedMeans {
        let mut stand = SharedMeans::empty(MeansId([9; 16]));
        let about = &mut stand.about;
        (about.kind, about.title) = ("stand".into(), "Barnum 3 × 3".into());
        (about.words, about.conditions) = ("avec ses poids".into(), "à rendre sec".into());
        (about.owner, about.owner_entry) = ("Le Pays".into(), Some(EntryId([2; 16])));
        about.commune = Some(EventCommune { key: "13004".into(), name: "Arles".into() });
        (about.quantity, about.capacity, about.contact) = (Some(2), Some(0), "accueil : le matin".into());
        (about.from, about.until) = ("2026-01-01".parse().ok(), "2026-12-31".parse().ok());
        about.state = OfferState::Paused { until: None, reason: "réparation".into() };
        stand.loans.push(Loan {
            from: "2026-03-10".parse().ok(),
            until: "2026-03-12".parse().ok(),
            who: "CPTS".into(),
            who_entry: Some(EntryId([3; 16])),
            purpose: "forum".into(),
            event: Some(EventId([4; 16])),
            number: Some(1),
            state: LoanState::NotGivenBack("perdu".into()),
            condition: "un pied tordu".into(),
            ..Loan::empty(LineId([5; 16]))
        });
        stand
    }

    #[test]
    fn a_form_writes_only_what_was_touched_and_every_change_reads_back_from_its_path() {
        let before = stand();
        assert_eq!(before.changes_to(&before), []);
        let mut edited = before.clone();
        edited.loans[0].state = LoanState::Agreed;
        edited.about.quantity = None;
        let changes = before.changes_to(&edited);
        let id = before.loans[0].id;
        assert_eq!(
            changes,
            [
                MeansChange::About("quantity".into(), String::new()),
                MeansChange::Loan(id, "state".into(), "agreed".into()),
            ]
        );
        let all = SharedMeans::empty(before.id).changes_to(&before);
        assert_eq!(all.len(), Offer::FIELDS.len() + Loan::FIELDS.len());
        for change in all.iter().chain(&changes).chain(&[MeansChange::Withdrawn(true), MeansChange::RemoveLoan(id)]) {
            let (path, value) = change.path();
            assert_eq!(MeansChange::at(&path, &value).as_ref(), Some(change), "{path} {value}");
        }
        let mut again = SharedMeans::empty(before.id);
        assert!(all.iter().all(|change| again.apply(change)));
        assert_eq!(again, before);
        edited.loans.clear();
        assert_eq!(before.changes_to(&edited).last(), Some(&MeansChange::RemoveLoan(id)));
    }

    #[test]
    fn what_is_no_such_value_changes_nothing() {
        let id = LineId([5; 16]);
        for (path, value) in [
            ("colour".to_owned(), "x"),
            ("quantity".into(), "quelques-uns"),
            ("from".into(), "2026"),
            ("commune".into(), "Arles"),
            (format!("loans.{id}.number"), "-1"),
            (format!("loans.{id}.from"), "demain"),
            (format!("loans.{id}.hours"), "3"),
            (format!("lines.{id}.who"), "x"),
            ("loans.x.who".into(), "x"),
        ] {
            assert_eq!(MeansChange::at(&path, value), None, "{path} {value}");
        }
        let tomorrow = MeansChange::Loan(id, "state".into(), "sold".into());
        assert!(tomorrow.is_said() && !tomorrow.is_known(), "it is kept, and never written here");
        let tomorrow = MeansChange::About("state".into(), "given_away".into());
        assert!(tomorrow.is_said() && !tomorrow.is_known());
    }

    #[test]
    fn words_that_someone_types_are_told_and_what_is_chosen_is_not() {
        let words = stand().words();
        for typed in ["Barnum 3 × 3", "à rendre sec", "Le Pays", "accueil : le matin", "réparation"] {
            assert!(words.iter().any(|one| one == typed), "{typed}");
        }
        for typed in ["CPTS", "forum", "perdu", "un pied tordu"] {
            assert!(words.iter().any(|one| one == typed), "{typed}");
        }
        assert!(!words.iter().any(|one| one == "Arles"), "it is of the list");
        let change = MeansChange::Loan(LineId([5; 16]), "who".into(), "Basile".into());
        assert_eq!(change.words(), ["Basile"]);
        assert!(MeansChange::About("quantity".into(), "2".into()).words().is_empty());
    }
}
