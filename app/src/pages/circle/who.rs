//! Who it is: someone already known here, or someone else, of the directory or not. What is kept is one code, as a
//! document writes it.

use leptos::prelude::*;
use maillon_shared::domain::circle::Helper;
use maillon_shared::domain::ids::EntryId;

use crate::drafts::Fields;
use crate::ui::error_summary::problem_of;
use crate::ui::{Chips, Choice, EntryField, Problem, Text};
use crate::words::{Word, circle as w};

/// The code of someone who is not offered.
const OTHER: &str = "other";

/// Who is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// The code offered, or [`OTHER`].
    pub chosen: String,
    /// Someone else, of the directory.
    pub entry: Option<EntryId>,
    /// Someone else, by name.
    pub name: String,
}

impl Who {
    /// Who a code says, where these are offered.
    pub fn of(code: &str, offered: &[Choice]) -> Self {
        let chosen = code.to_owned();
        if code.is_empty() || offered.iter().any(|choice| choice.code == code) {
            return Who { chosen, ..Who::default() };
        }
        let chosen = OTHER.to_owned();
        match Helper::parse(code) {
            Some(Helper::Entry(entry)) => Who { chosen, entry: Some(entry), name: String::new() },
            Some(Helper::Named(name)) => Who { chosen, entry: None, name },
            // A line that the sheet no longer has stays who it was until another is chosen.
            _ => Who { chosen: code.to_owned(), ..Who::default() },
        }
    }

    /// The code; nothing where nobody is chosen.
    pub fn code(&self) -> Option<String> {
        match (self.chosen.as_str(), self.entry, self.name.trim()) {
            ("", ..) | (OTHER, None, "") => None,
            (OTHER, Some(entry), _) => Some(Helper::Entry(entry).to_string()),
            (OTHER, None, name) => Some(Helper::Named(name.to_owned()).to_string()),
            (code, ..) => Some(code.to_owned()),
        }
    }

    /// As a draft keeps it.
    pub fn put(&self, opened: &Who, fields: &mut Fields) {
        let entry = |who: &Who| who.entry.map(|id| id.to_string()).unwrap_or_default();
        for (name, now, before) in [
            ("who", self.chosen.clone(), opened.chosen.clone()),
            ("who_entry", entry(self), entry(opened)),
            ("who_name", self.name.clone(), opened.name.clone()),
        ] {
            if now != before {
                fields.put(name, now);
            }
        }
    }

    /// Lays a field of a draft over it.
    pub fn lay(&mut self, name: &str, value: &str) {
        match name {
            "who" => self.chosen = value.to_owned(),
            "who_entry" => self.entry = EntryId::parse(value),
            "who_name" => self.name = value.to_owned(),
            _ => {}
        }
    }
}

/// Chooses who.
#[component]
pub fn WhoIs<T: Clone + PartialEq + Send + Sync + 'static>(
    /// The form.
    form: RwSignal<T>,
    /// Who it holds.
    read: fn(&T) -> &Who,
    /// The same, to change.
    write: fn(&mut T) -> &mut Who,
    /// What is asked.
    legend: Word,
    /// Who is offered.
    offered: Vec<Choice>,
    /// What is to be mended.
    problems: RwSignal<Vec<Problem>>,
) -> impl IntoView {
    let chosen = Signal::derive(move || form.with(|form| read(form).chosen.clone()));
    let choices = Signal::derive(move || {
        let other = Choice::new(OTHER, w::someone_else());
        offered.iter().cloned().chain([other]).collect::<Vec<_>>()
    });
    let entry = Signal::derive(move || form.with(|form| read(form).entry));
    let set_entry = Callback::new(move |id| form.update(|form| write(form).entry = id));
    let name = Text::within(form, move |form: &T| read(form).name.clone(), move |form, name| write(form).name = name);
    let error = problem_of(problems, "who");
    view! {
        <Chips
            name="who"
            legend=move || legend()
            choices=choices
            chosen=chosen
            choose=Callback::new(move |code| form.update(|form| write(form).chosen = code))
        />
        <p class="error" hidden=move || error.with(Option::is_none)>{move || error.get()}</p>
        <div hidden=move || chosen.with(|chosen| chosen != OTHER)>
            <EntryField id="who-else" label=w::who_else hint=w::who_else_hint entry=entry set=set_entry words=name />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use maillon_shared::domain::ids::LineId;

    #[test]
    fn whoever_is_chosen_is_found_again_by_the_code() {
        let son = Helper::Related(LineId([1; 16])).to_string();
        let offered = [Choice::new("person", "Elle"), Choice::new(son.clone(), "Bruno")];
        let gone = Helper::Related(LineId([9; 16])).to_string();
        let nurses = Helper::Entry(EntryId([2; 16])).to_string();
        for code in ["person", &son, &gone, &nurses, "named:Félix"] {
            assert_eq!(Who::of(code, &offered).code().as_deref(), Some(code));
        }
        assert_eq!(Who::of("", &offered).code(), None);
        let nobody = Who { chosen: OTHER.into(), entry: None, name: "  ".into() };
        assert_eq!(nobody.code(), None);
    }

    #[test]
    fn a_draft_finds_them_again() {
        let opened = Who::default();
        let chosen = Who { chosen: OTHER.into(), entry: None, name: "Félix".into() };
        let mut fields = Fields::default();
        chosen.put(&opened, &mut fields);
        let mut again = opened;
        Fields::read(&fields.write()).iter().for_each(|(name, value)| again.lay(name, value));
        assert_eq!(again, chosen);
    }
}
