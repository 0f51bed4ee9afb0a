//! What the form of an entry holds, what is wrong with it, and what its draft keeps.

use chrono::NaiveDate;
use maillon_shared::api::responses::EntryRow;
use maillon_shared::domain::consent::{ConsentEntry, Objection, Purpose, Recipient, Said, Sharing, Told};
use maillon_shared::domain::ids::{ConsentId, PersonId};
use maillon_shared::text::fold::same;

use crate::drafts::Fields;

/// One of the four entries, as it is being filled: what does not belong to the one chosen waits there, unsaid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiveForm {
    /// About whom.
    pub person: PersonId,
    /// Names the entry to come.
    pub id: ConsentId,
    /// The code of the one chosen; empty before.
    pub which: String,
    /// The day.
    pub on: NaiveDate,
    /// How it was said.
    pub how: String,
    /// With whom.
    pub recipient: String,
    /// What for, as a code; empty for anything.
    pub purpose: String,
    /// What may be shared.
    pub what: String,
    /// The last day.
    pub until: Option<NaiveDate>,
    /// What there is to remember.
    pub note: String,
}

/// What keeps the form from being saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GiveProblem {
    /// None of the four is chosen.
    NoEntry,
    /// How it was said is missing.
    NoWay,
    /// With whom is missing.
    NoRecipient,
    /// What for is missing.
    NoPurpose,
    /// What may be shared is missing.
    NoWhat,
    /// It would end before it begins.
    UntilBefore,
}

impl GiveForm {
    /// A form of that day, with nothing chosen.
    pub fn empty(person: PersonId, id: ConsentId, on: NaiveDate) -> Self {
        let none = String::new;
        GiveForm {
            person,
            id,
            which: none(),
            on,
            how: none(),
            recipient: none(),
            purpose: none(),
            what: none(),
            until: None,
            note: none(),
        }
    }

    /// Whether this one says with whom and what for.
    pub fn is_about_sharing(&self) -> bool {
        self.shares() || self.which == OBJECTS
    }

    /// Whether it is the consent to share.
    pub fn shares(&self) -> bool {
        self.which == SHARES
    }

    /// All that is to be mended.
    pub fn problems(&self) -> Vec<GiveProblem> {
        let blank = |text: &str| text.trim().is_empty();
        let shares = self.shares();
        let found = [
            (blank(&self.which), GiveProblem::NoEntry),
            (blank(&self.how), GiveProblem::NoWay),
            (shares && blank(&self.recipient), GiveProblem::NoRecipient),
            (shares && blank(&self.purpose), GiveProblem::NoPurpose),
            (shares && blank(&self.what), GiveProblem::NoWhat),
            (shares && self.until.is_some_and(|until| until < self.on), GiveProblem::UntilBefore),
        ];
        found.into_iter().filter(|(is_so, _)| *is_so).map(|(_, problem)| problem).collect()
    }

    /// The entry that the form says. A recipient who is in the directory is named by their entry.
    pub fn entry(&self, directory: &[EntryRow]) -> ConsentEntry {
        let purpose = || Purpose::from_code(&self.purpose);
        let said = match self.which.as_str() {
            "informed" => Said::Informed,
            "accompanied" => Said::Accompanied,
            SHARES => Said::Shares(Sharing {
                recipient: self.recipient(directory).unwrap_or_else(|| Recipient::named("")),
                purpose: purpose(),
                what: self.what.trim().to_owned(),
                until: self.until,
            }),
            OBJECTS => Said::Objects(Objection {
                recipient: self.recipient(directory),
                purpose: (!self.purpose.is_empty()).then(purpose),
            }),
            other => Said::Unknown(other.to_owned()),
        };
        ConsentEntry {
            id: self.id,
            person: self.person,
            said,
            given: Told { on: self.on, how: self.how.clone() },
            withdrawn: None,
            note: self.note.trim().to_owned(),
        }
    }

    fn recipient(&self, directory: &[EntryRow]) -> Option<Recipient> {
        let name = self.recipient.trim();
        let entry = directory.iter().find(|row| same(&row.name, name)).map(|row| row.id);
        (!name.is_empty()).then(|| Recipient { entry, name: name.to_owned() })
    }
}

const SHARES: &str = "shares";
const OBJECTS: &str = "objects";

/// What differs from the form as it was opened, by name.
pub fn fields_since(opened: &GiveForm, form: &GiveForm) -> Fields {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let of = |form: &GiveForm| {
        [
            ("which", form.which.clone()),
            ("on", form.on.to_string()),
            ("how", form.how.clone()),
            ("recipient", form.recipient.clone()),
            ("purpose", form.purpose.clone()),
            ("what", form.what.clone()),
            ("until", day(form.until)),
            ("note", form.note.clone()),
        ]
    };
    Fields::that_differ(of(opened), of(form))
}

/// Lays a draft over the form.
pub fn lay(form: &mut GiveForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        let value = value.to_owned();
        match name {
            "which" => form.which = value,
            "on" => form.on = value.parse().unwrap_or(form.on),
            "how" => form.how = value,
            "recipient" => form.recipient = value,
            "purpose" => form.purpose = value,
            "what" => form.what = value,
            "until" => form.until = value.parse().ok(),
            "note" => form.note = value,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn opened() -> GiveForm {
        GiveForm::empty(PersonId([1; 16]), ConsentId([2; 16]), day("2026-06-12"))
    }

    fn shares_with_the_nurses() -> GiveForm {
        let mut form = opened();
        form.which = "shares".into();
        form.how = "orally".into();
        form.recipient = " Cabinet infirmier du Pont ".into();
        form.purpose = "liaison_sheet".into();
        form.what = "adresse et téléphone".into();
        form.until = Some(day("2026-12-31"));
        form.note = "Sa fille était là.".into();
        form
    }

    #[test]
    fn a_draft_finds_the_whole_entry_again() {
        let mut reopened = opened();
        lay(&mut reopened, &Fields::read(&fields_since(&opened(), &shares_with_the_nurses()).write()));
        assert_eq!(reopened, shares_with_the_nurses());
        assert!(fields_since(&opened(), &opened()).is_empty());
    }

    #[test]
    fn a_consent_says_with_whom_what_for_and_what() {
        assert_eq!(shares_with_the_nurses().problems(), []);
        let mut form = opened();
        assert_eq!(form.problems(), [GiveProblem::NoEntry, GiveProblem::NoWay]);
        form.which = "shares".into();
        form.how = "orally".into();
        form.until = Some(day("2026-06-11"));
        let missing = [GiveProblem::NoRecipient, GiveProblem::NoPurpose, GiveProblem::NoWhat, GiveProblem::UntilBefore];
        assert_eq!(form.problems(), missing);
    }

    #[test]
    fn an_objection_that_names_nobody_is_to_everything() {
        let mut form = opened();
        form.which = "objects".into();
        form.how = "by_phone".into();
        assert_eq!(form.problems(), []);
        assert_eq!(form.entry(&[]).said, Said::Objects(Objection::default()));
    }

    #[test]
    fn what_belongs_to_another_of_the_four_is_not_said() {
        let mut form = shares_with_the_nurses();
        form.which = "informed".into();
        assert_eq!(form.entry(&[]).said, Said::Informed);
    }
}
