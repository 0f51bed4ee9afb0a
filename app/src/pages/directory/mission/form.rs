//! What a mission holds while it is written, and what its draft keeps.

use maillon_shared::domain::mission::{Mission, MissionField, commune_key};

use crate::drafts::Fields;

/// A mission being written.
#[derive(Clone, PartialEq)]
pub struct MissionForm {
    /// The mission.
    pub mission: Mission,
    /// A commune that is typed and not yet added: saved all the same.
    pub other: String,
    /// Its code, where it was chosen from the list.
    pub other_code: String,
}

impl MissionForm {
    /// A form about that mission.
    pub fn of(mission: Mission) -> Self {
        MissionForm { mission, other: String::new(), other_code: String::new() }
    }

    /// The commune that is typed becomes one of the mission's.
    pub fn take_other(&mut self) {
        let name = std::mem::take(&mut self.other).trim().to_owned();
        let code = std::mem::take(&mut self.other_code);
        let key = commune_key(&code, &name);
        if !key.is_empty() {
            self.mission.communes.insert(key, name);
        }
    }
}

const PUBLICS: &str = "publics";
const COMMUNES: &str = "communes";
const DAYS: &str = "days";
const INHABITANTS: &str = "inhabitants";
const CHECKED: &str = "checked";
const OTHER: &str = "other";
const OTHER_CODE: &str = "other_code";

/// What differs from the form as it was opened, by name.
pub fn fields_since(opened: &MissionForm, now: &MissionForm) -> Fields {
    let mut fields = Fields::default();
    for (field, text) in opened.mission.text_differences(&now.mission) {
        fields.put(field.code(), text);
    }
    let of = |form: &MissionForm| {
        let mission = &form.mission;
        let days: Vec<String> = mission.days.iter().map(u8::to_string).collect();
        let publics: Vec<&str> = mission.publics.iter().map(String::as_str).collect();
        let communes: Vec<String> = mission.communes.iter().map(|(key, name)| format!("{key}\t{name}")).collect();
        [
            (PUBLICS, publics.join("\n")),
            (COMMUNES, communes.join("\n")),
            (DAYS, days.join(" ")),
            (INHABITANTS, if mission.for_inhabitants { "yes" } else { "" }.to_owned()),
            (CHECKED, mission.checked_on.map(|day| day.to_string()).unwrap_or_default()),
            (OTHER, form.other.clone()),
            (OTHER_CODE, form.other_code.clone()),
        ]
    };
    for (name, value) in Fields::that_differ(of(opened), of(now)).iter() {
        fields.put(name, value);
    }
    fields
}

/// Lays a draft over the form.
pub fn lay(form: &mut MissionForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        let lines = || value.lines().filter(|line| !line.is_empty());
        match name {
            PUBLICS => form.mission.publics = lines().map(str::to_owned).collect(),
            COMMUNES => {
                let communes = lines().filter_map(|line| line.split_once('\t'));
                form.mission.communes = communes.map(|(key, name)| (key.to_owned(), name.to_owned())).collect();
            }
            DAYS => form.mission.days = value.split(' ').filter_map(|day| day.parse().ok()).collect(),
            INHABITANTS => form.mission.for_inhabitants = value == "yes",
            CHECKED => form.mission.checked_on = value.parse().ok(),
            OTHER => form.other = value.to_owned(),
            OTHER_CODE => form.other_code = value.to_owned(),
            code => {
                if let Some(field) = MissionField::from_code(code) {
                    *form.mission.text_mut(field) = value.to_owned();
                }
            }
        }
    }
}

/// The mission as it is saved: spaces at the ends are nobody's words; the commune that is typed is one of its communes.
pub fn settled(form: &MissionForm) -> Mission {
    let mut form = form.clone();
    form.take_other();
    for field in MissionField::ALL {
        let trimmed = form.mission.text(*field).trim().to_owned();
        *form.mission.text_mut(*field) = trimmed;
    }
    form.mission
}

#[cfg(test)]
mod tests {
    use super::*;
    use maillon_shared::domain::ids::LineId;

    fn opened() -> MissionForm {
        let mut mission = Mission::empty(LineId([1; 16]));
        mission.topic = "meals".into();
        mission.days = [1].into();
        MissionForm::of(mission)
    }

    #[test]
    fn a_draft_finds_the_whole_mission_again() {
        assert!(fields_since(&opened(), &opened()).is_empty());
        let mut form = opened();
        form.mission.what = "Pains frais\nle matin".into();
        form.mission.publics = ["elders", "mes voisins à moi"].map(str::to_owned).into();
        form.mission.communes = [("13900".to_owned(), "Roquebelle".to_owned())].into();
        form.mission.days = [2, 5].into();
        form.mission.for_inhabitants = true;
        form.mission.checked_on = "2026-06-12".parse().ok();
        (form.other, form.other_code) = ("Mas-Perdu".into(), "13901".into());
        let mut reopened = opened();
        lay(&mut reopened, &Fields::read(&fields_since(&opened(), &form).write()));
        assert!(reopened == form);
    }

    #[test]
    fn a_commune_typed_and_not_added_is_saved_all_the_same() {
        let mut form = opened();
        form.other = " Mas-Perdu ".into();
        form.mission.topic = " meals ".into();
        let saved = settled(&form);
        assert_eq!(saved.communes, [("mas perdu".to_owned(), "Mas-Perdu".to_owned())].into());
        assert_eq!(saved.topic, "meals");
        assert!(settled(&opened()).communes.is_empty());
    }
}
