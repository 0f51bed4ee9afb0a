//! What an alert holds while it is raised or mended, and what its draft keeps.

use maillon_shared::domain::alert::{
    Alert, AlertField, AlertSubject, Judgement, Owner, Population, PopulationField, Severity, VigilanceLevel,
};
use maillon_shared::domain::alert::{Chain, Handover};
use maillon_shared::domain::ids::{EntryId, PersonId};

use crate::drafts::Fields;

/// An alert being raised or mended.
#[derive(Clone, PartialEq, Eq)]
pub struct AlertForm {
    /// The alert, but for what is chosen below.
    pub alert: Alert,
    /// About whom, once that is said; nobody where it is about everyone.
    pub person: Option<PersonId>,
    /// How grave, once that is said.
    pub severity: Option<Severity>,
    /// Who answers for it.
    pub owner: OwnerChoice,
}

/// Who answers for something, as a form asks it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnerChoice {
    /// The code of the kind of owner.
    pub code: String,
    /// Whoever it is, by their entry of the directory.
    pub entry: Option<EntryId>,
    /// Or by their name.
    pub name: String,
}

impl OwnerChoice {
    /// The one who is chosen first.
    pub fn coordinator() -> Self {
        OwnerChoice { code: Owner::Coordinator.code().to_owned(), ..OwnerChoice::default() }
    }

    /// Who it is; nobody where someone is meant and not named. `name_of` says what an entry is called.
    pub fn owner(&self, name_of: impl Fn(EntryId) -> Option<String>) -> Option<Owner> {
        let name = self.entry.and_then(name_of).unwrap_or_else(|| self.name.clone());
        let owner = Owner::from_parts(&self.code, &name, self.entry);
        (owner.code() == self.code).then_some(owner)
    }

    /// As a draft keeps it.
    pub fn fields(&self) -> [(&'static str, String); 3] {
        let entry = self.entry.map(|id| id.to_string()).unwrap_or_default();
        [("owner", self.code.clone()), ("owner_entry", entry), ("owner_name", self.name.clone())]
    }

    /// Lays one field of a draft.
    pub fn lay(&mut self, name: &str, value: &str) {
        match name {
            "owner" => self.code = value.to_owned(),
            "owner_entry" => self.entry = EntryId::parse(value),
            "owner_name" => self.name = value.to_owned(),
            _ => {}
        }
    }
}

impl AlertForm {
    /// The form of an alert.
    pub fn of(alert: Alert, person: Option<PersonId>, severity: Option<Severity>) -> Self {
        AlertForm { alert, person, severity, owner: OwnerChoice::coordinator() }
    }

    /// What it says of everyone, if it is about everyone.
    pub fn population(&self) -> Option<&Population> {
        self.alert.population()
    }

    /// The same, to change.
    pub fn population_mut(&mut self) -> Option<&mut Population> {
        match &mut self.alert.subject {
            AlertSubject::Population(population) => Some(population),
            AlertSubject::Person(_) => None,
        }
    }

    /// The alert that the form raises; nothing as long as it lacks whom, how grave, or who answers.
    pub fn to_alert(&self, name_of: impl Fn(EntryId) -> Option<String>) -> Option<Alert> {
        let mut alert = self.alert.clone();
        if let AlertSubject::Person(person) = &mut alert.subject {
            *person = self.person?;
        }
        let judged = alert.judgements.last().clone();
        alert.judgements = Chain::of(Judgement { severity: self.severity.clone()?, ..judged });
        let given = alert.owners.last().clone();
        alert.owners = Chain::of(Handover { to: self.owner.owner(name_of)?, ..given });
        for field in AlertField::ALL {
            let text = alert.text(*field).trim().to_owned();
            *alert.text_mut(*field) = text;
        }
        Some(alert)
    }
}

/// What differs from the form as it was opened, by name.
pub fn fields_since(opened: &AlertForm, form: &AlertForm) -> Fields {
    let of = |form: &AlertForm| {
        let severity = form.severity.as_ref().map(|one| one.code().to_owned());
        let [owner, entry, name] = form.owner.fields();
        [
            ("person", form.person.map(|id| id.to_string()).unwrap_or_default()),
            ("severity", severity.unwrap_or_default()),
            owner,
            entry,
            name,
        ]
    };
    let mut fields = Fields::that_differ(of(opened), of(form));
    for (field, text) in opened.alert.text_differences(&form.alert) {
        fields.put(field.code(), text);
    }
    if let (Some(before), Some(now)) = (opened.population(), form.population()) {
        for (field, text) in before.text_differences(now) {
            fields.put(field.code(), text);
        }
        if before.until != now.until {
            fields.put("until", now.until.to_string());
        }
        if before.level != now.level {
            fields.put("level", now.level.as_ref().map(|level| level.code().to_owned()).unwrap_or_default());
        }
    }
    fields
}

/// Lays a draft over the form.
pub fn lay(form: &mut AlertForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match (name, AlertField::from_code(name), PopulationField::from_code(name)) {
            ("person", ..) => form.person = PersonId::parse(value),
            ("severity", ..) => form.severity = (!value.is_empty()).then(|| Severity::from_code(value)),
            ("until", ..) => {
                if let (Some(population), Ok(day)) = (form.population_mut(), value.parse()) {
                    population.until = day;
                }
            }
            ("level", ..) => {
                if let Some(population) = form.population_mut() {
                    population.level = (!value.is_empty()).then(|| VigilanceLevel::from_code(value));
                }
            }
            (_, Some(field), _) => *form.alert.text_mut(field) = value.to_owned(),
            (_, _, Some(field)) => {
                if let Some(population) = form.population_mut() {
                    *population.text_mut(field) = value.to_owned();
                }
            }
            (other, ..) => form.owner.lay(other, value),
        }
    }
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::alert::{Moment, Wording};
    use maillon_shared::domain::ids::{AlertId, LineId};
    use maillon_shared::domain::time::Hour;

    use super::*;

    fn opened(subject: AlertSubject) -> AlertForm {
        let day = "2026-06-12".parse().expect("a date");
        let at = Moment { day, hour: Hour::new(9, 0).expect("an hour") };
        let lines = [LineId([1; 16]), LineId([2; 16])];
        let severity = Severity::Information;
        AlertForm::of(Alert::raised(AlertId([9; 16]), subject, at, severity, Owner::Coordinator, lines), None, None)
    }

    fn about_someone() -> AlertForm {
        opened(AlertSubject::Person(PersonId([0; 16])))
    }

    #[test]
    fn a_draft_finds_the_whole_alert_again() {
        let mut form = about_someone();
        form.person = Some(PersonId([3; 16]));
        form.severity = Some(Severity::Urgent);
        form.alert.words = "Volets fermés\n« depuis mardi »".into();
        form.alert.kind = "no_news".into();
        form.owner = OwnerChoice { code: "someone".into(), entry: Some(EntryId([7; 16])), name: String::new() };
        let mut reopened = about_someone();
        lay(&mut reopened, &Fields::read(&fields_since(&about_someone(), &form).write()));
        assert!(reopened == form);

        let until = "2026-06-20".parse().expect("a date");
        let for_all = || opened(AlertSubject::Population(Population::until(until)));
        let mut form = for_all();
        let population = form.population_mut().expect("about everyone");
        population.level = Some(VigilanceLevel::Orange);
        population.phenomenon = "Canicule".into();
        population.until = "2026-06-25".parse().expect("a date");
        let mut reopened = for_all();
        lay(&mut reopened, &Fields::read(&fields_since(&for_all(), &form).write()));
        assert!(reopened == form);
        assert!(fields_since(&for_all(), &for_all()).is_empty());
    }

    #[test]
    fn nothing_is_raised_without_whom_how_grave_and_who_answers() {
        let nobody = |_| None;
        let mut form = about_someone();
        assert!(form.to_alert(nobody).is_none());
        form.person = Some(PersonId([3; 16]));
        assert!(form.to_alert(nobody).is_none());
        form.severity = Some(Severity::Vital);
        assert_eq!(form.to_alert(nobody).expect("all is said").owner(), &Owner::Coordinator);
        form.owner.code = "someone".into();
        assert!(form.to_alert(nobody).is_none(), "someone has a name");
        form.owner.name = " Aïcha ".into();
        let name = Wording::new("Aïcha").expect("a name");
        assert_eq!(form.to_alert(nobody).expect("named").owner(), &Owner::Someone { entry: None, name });
    }
}
