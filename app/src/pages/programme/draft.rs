//! The form of a programme and its draft: each difference is a field at its path, in plain words, so that an erasure finds the
//! drafts that name someone. What is typed and is no value yet (an amount, a date) is kept as it is typed.

use std::collections::BTreeMap;

use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::{GroupId, LineId};
use maillon_shared::domain::mission::commune_key;
use maillon_shared::domain::programme::{
    ActionInWords, ActionState, Adoption, AmountField, AnnualProgramme, Axis, Cents, Funding, PriorityCommune,
    ProgrammeChange, ProgrammeItem, ProgrammePartner, ProgrammeStatus,
};
use maillon_shared::domain::time::PartialDate;

use crate::drafts::Fields;
use crate::ui::{birth_parts, read_birth};

/// What stands before the name of something as it is typed.
const TYPED: &str = "typed.";
const GROUP: &str = "form.group";
/// Between the day, the month and the year of a date as it is typed.
const BETWEEN_PARTS: char = '/';

pub const YEAR: &str = "year";
pub const STATUS: &str = "status";
pub const ADOPTED: &str = "adopted";
pub const BY: &str = "by";
pub const CLOSED: &str = "closed";
pub const LEARNT: &str = "learnt";

/// The choices of how far a programme is.
pub const STATUSES: [&str; 3] = ["draft", "adopted", "closed"];
/// The choices of how an action stands.
pub const STATES: [&str; 4] = ["planned", "running", "done", "dropped"];

/// What is typed of a line: an amount, what an action is, its first or last date, its state and the reason, the commune and
/// its code.
pub fn of_line(what: &str, id: LineId) -> String {
    format!("{what}.{id}")
}

/// An amount as it is typed.
pub fn amount(id: LineId, field: AmountField) -> String {
    of_line(field.code(), id)
}

/// What the form holds: the programme, and what is typed and is not a part of it yet.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgrammeForm {
    /// The programme.
    pub programme: AnnualProgramme,
    /// What is typed, by name.
    pub typed: BTreeMap<String, String>,
    /// The group with which it is common, or begins to be.
    pub group: Option<GroupId>,
}

impl ProgrammeForm {
    /// The form of a programme.
    pub fn of(programme: AnnualProgramme) -> Self {
        let mut typed = BTreeMap::new();
        let mut put = |name: String, text: String| {
            if !text.is_empty() {
                typed.insert(name, text);
            }
        };
        put(YEAR.into(), programme.year.to_string());
        put(STATUS.into(), status_code(&programme.status).to_owned());
        if let Some(adoption) = programme.status.adoption() {
            put(ADOPTED.into(), parts(Some(adoption.on)));
            put(BY.into(), adoption.by().to_owned());
        }
        if let ProgrammeStatus::Closed { on, learnt, .. } = &programme.status {
            put(CLOSED.into(), parts(Some(*on)));
            put(LEARNT.into(), learnt.clone());
        }
        for line in &programme.communes {
            let Some(commune) = &line.commune else { continue };
            put(of_line("commune", line.id), commune.name.clone());
            put(of_line("code", line.id), commune.key.clone());
        }
        for line in &programme.funding {
            for field in AmountField::ALL {
                put(amount(line.id, field), line.amount(field).map(typed_amount).unwrap_or_default());
            }
        }
        for line in &programme.items {
            let Some(action) = line.action() else { continue };
            put(of_line("what", line.id), action.what.clone());
            put(of_line("from", line.id), parts(action.from));
            put(of_line("until", line.id), parts(action.until));
            put(of_line("state", line.id), state_code(&action.state).to_owned());
            if let ActionState::Dropped(reason) = &action.state {
                put(of_line("reason", line.id), reason.clone());
            }
        }
        ProgrammeForm { programme, typed, group: None }
    }

    /// What is typed there.
    pub fn said(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    /// Types it there.
    pub fn say(&mut self, name: &str, text: String) {
        // Nothing typed is the same as a field that nobody touched.
        match text.is_empty() {
            true => drop(self.typed.remove(name)),
            false => drop(self.typed.insert(name.to_owned(), text)),
        }
    }

    /// The day, the month and the year of a date, as they are typed.
    pub fn date_parts(&self, name: &str) -> [String; 3] {
        let mut parts = self.said(name).split(BETWEEN_PARTS).map(str::to_owned);
        std::array::from_fn(|_| parts.next().unwrap_or_default())
    }

    /// Types a part of a date.
    pub fn say_part(&mut self, name: &str, part: usize, text: &str) {
        let mut parts = self.date_parts(name);
        if let Some(part) = parts.get_mut(part) {
            *part = text.replace(BETWEEN_PARTS, " ");
        }
        self.say(name, written(&parts));
    }

    /// The date that is typed there; a month without a year is of the programme's. None inside is that nothing is said;
    /// none at all that there is no such date.
    pub fn date(&self, name: &str) -> Option<Option<PartialDate>> {
        let mut parts = self.date_parts(name);
        let says_month = !parts[1].trim().is_empty();
        if parts[2].trim().is_empty() && says_month {
            parts[2] = self.said(YEAR).trim().to_owned();
        }
        read_birth(&parts).filter(|date| date.is_none_or(|date| (1990..=2100).contains(&date.year())))
    }

    /// The year, if it is one.
    pub fn year(&self) -> Option<i32> {
        self.said(YEAR).trim().parse().ok().filter(|year| (1990..=2100).contains(year))
    }

    /// An amount as it is meant: none inside is that nobody knows, none at all that it is no amount.
    pub fn amount(&self, id: LineId, field: AmountField) -> Option<Option<Cents>> {
        match self.said(&amount(id, field)).trim() {
            "" => Some(None),
            typed => Cents::typed(typed).map(Some),
        }
    }

    fn status(&self) -> ProgrammeStatus {
        let adoption = || Some(Adoption::new(self.date(ADOPTED)??, self.said(BY)));
        let draft = ProgrammeStatus::Draft;
        match self.said(STATUS) {
            "" | "draft" => draft,
            "adopted" => adoption().map_or(draft, ProgrammeStatus::Adopted),
            "closed" => match self.date(CLOSED).flatten() {
                Some(on) => {
                    ProgrammeStatus::Closed { adopted: adoption(), on, learnt: self.said(LEARNT).trim().to_owned() }
                }
                None => draft,
            },
            _ => self.programme.status.clone(),
        }
    }

    fn state(&self, id: LineId, before: &ActionState) -> ActionState {
        match self.said(&of_line("state", id)) {
            "dropped" => ActionState::Dropped(self.said(&of_line("reason", id)).trim().to_owned()),
            "unknown" => before.clone(),
            code => ActionState::parse(code),
        }
    }
}

fn status_code(status: &ProgrammeStatus) -> &'static str {
    match status {
        ProgrammeStatus::Draft => "draft",
        ProgrammeStatus::Adopted(_) => "adopted",
        ProgrammeStatus::Closed { .. } => "closed",
        ProgrammeStatus::Unknown(_) => "unknown",
    }
}

fn state_code(state: &ActionState) -> &'static str {
    match state {
        ActionState::Planned => "planned",
        ActionState::Running => "running",
        ActionState::Done => "done",
        ActionState::Dropped(_) => "dropped",
        ActionState::Unknown(_) => "unknown",
    }
}

fn parts(date: Option<PartialDate>) -> String {
    written(&birth_parts(date))
}

fn written(parts: &[String; 3]) -> String {
    match parts.iter().all(String::is_empty) {
        true => String::new(),
        false => parts.join(&BETWEEN_PARTS.to_string()),
    }
}

/// An amount as one would type it.
fn typed_amount(Cents(cents): Cents) -> String {
    match cents % 100 {
        0 => (cents / 100).to_string(),
        rest => format!("{},{rest:02}", cents / 100),
    }
}

/// The programme as the form means it: what was typed is taken, lines that say nothing are not.
pub fn settled(form: &ProgrammeForm) -> AnnualProgramme {
    let mut programme = form.programme.clone();
    programme.title = programme.title.trim().to_owned();
    programme.year = form.year().unwrap_or(programme.year);
    programme.status = form.status();
    for line in &mut programme.communes {
        let name = form.said(&of_line("commune", line.id)).trim();
        let code = form.said(&of_line("code", line.id));
        let before = line.commune.take().filter(|commune| commune.name == name && commune.key == code);
        let chosen = || EventCommune { key: commune_key(code, name), name: name.to_owned() };
        line.commune = (!name.is_empty()).then(|| before.unwrap_or_else(chosen));
    }
    for line in &mut programme.funding {
        for field in AmountField::ALL {
            *line.amount_mut(field) = form.amount(line.id, field).flatten();
        }
    }
    for line in &mut programme.items {
        let id = line.id;
        let Some(action) = line.action_mut() else { continue };
        *action = ActionInWords {
            what: form.said(&of_line("what", id)).trim().to_owned(),
            from: form.date(&of_line("from", id)).flatten(),
            until: form.date(&of_line("until", id)).flatten(),
            state: form.state(id, &action.state),
        };
    }
    programme.axes.retain(|line| *line != Axis::empty(line.id));
    programme.communes.retain(|line| *line != PriorityCommune::empty(line.id));
    programme.partners.retain(|line| *line != ProgrammePartner::empty(line.id));
    programme.funding.retain(|line| *line != Funding::empty(line.id));
    programme.items.retain(|line| *line != ProgrammeItem::empty(line.id));
    programme
}

/// Whether a change says of an action what the form keeps as it is typed: it stays there where the line becomes a project.
fn is_typed(change: &ProgrammeChange) -> bool {
    use ProgrammeChange::{From, State, Until, What};
    matches!(change, What(..) | From(..) | Until(..) | State(..))
}

/// The line of which something is typed: it may be all that is filled of it.
fn bring_line(programme: &mut AnnualProgramme, typed: &str) {
    let Some((what, Some(id))) = typed.split_once('.').map(|(what, id)| (what, LineId::parse(id))) else { return };
    let is_amount = |code: &str| AmountField::ALL.iter().any(|field| field.code() == code);
    match what {
        "commune" | "code" if programme.communes.iter().all(|line| line.id != id) => {
            programme.communes.push(PriorityCommune::empty(id));
        }
        "what" | "from" | "until" | "state" | "reason" if programme.items.iter().all(|line| line.id != id) => {
            programme.items.push(ProgrammeItem::empty(id));
        }
        code if is_amount(code) && programme.funding.iter().all(|line| line.id != id) => {
            programme.funding.push(Funding::empty(id));
        }
        _ => {}
    }
}

/// What differs from the form as it was opened, by name.
pub fn fields_since(opened: &ProgrammeForm, form: &ProgrammeForm) -> Fields {
    let group = |form: &ProgrammeForm| [(GROUP, form.group.map(|group| group.to_string()).unwrap_or_default())];
    let mut fields = Fields::that_differ(group(opened), group(form));
    let said = |id: LineId| !form.said(&of_line("what", id)).is_empty();
    let is_new = |id: LineId| opened.programme.items.iter().all(|line| line.id != id);
    // Of a new action everything is typed: that it is there keeps its place among the others.
    for line in form.programme.items.iter().filter(|line| line.action().is_some() && is_new(line.id) && said(line.id)) {
        let (name, value) = ProgrammeChange::ItemIs(line.id, line.is.clone()).path();
        fields.put(name, value);
    }
    for change in opened.programme.changes_to(&form.programme).iter().filter(|change| !is_typed(change)) {
        let (name, value) = change.path();
        fields.put(name, value);
    }
    for name in opened.typed.keys().filter(|name| !form.typed.contains_key(*name)) {
        fields.put(format!("{TYPED}{name}"), "");
    }
    for (name, text) in &form.typed {
        if opened.said(name) != text {
            fields.put(format!("{TYPED}{name}"), text.clone());
        }
    }
    fields
}

/// Lays a draft over the form.
pub fn lay(form: &mut ProgrammeForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match (name, name.strip_prefix(TYPED)) {
            (GROUP, _) => form.group = GroupId::parse(value),
            (_, Some(typed)) => {
                if !value.is_empty() {
                    bring_line(&mut form.programme, typed);
                }
                form.say(typed, value.to_owned());
            }
            (other, None) => match ProgrammeChange::at(other, value) {
                // As a draft kept it before it was typed.
                Some(ProgrammeChange::What(id, what)) if !what.is_empty() => {
                    let name = of_line("what", id);
                    bring_line(&mut form.programme, &name);
                    form.say(&name, what);
                }
                Some(change) => form.programme.apply(&change),
                None => {}
            },
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use maillon_shared::domain::ids::{EventId, ProgrammeId};
    use maillon_shared::domain::programme::ItemIs;

    use super::*;

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    fn programme() -> AnnualProgramme {
        let mut programme = AnnualProgramme::empty(ProgrammeId([1; 16]), 2026);
        programme.title = "Programmation".into();
        programme.funding.push(Funding { planned: Some(Cents(125_050)), ..Funding::empty(line(2)) });
        let from = PartialDate::parse("2026-03");
        let walk = ActionInWords { what: "Marcher".into(), from, ..ActionInWords::default() };
        programme.items.push(ProgrammeItem { is: ItemIs::Words(walk), ..ProgrammeItem::empty(line(3)) });
        let commune = Some(EventCommune { key: "13004".into(), name: "Arles".into() });
        programme.communes.push(PriorityCommune { commune, ..PriorityCommune::empty(line(4)) });
        programme
    }

    #[test]
    fn a_form_that_nobody_touched_means_the_programme_as_it_is() {
        let mut all = programme();
        let adopted = Adoption::new(PartialDate::Year(2026), "tous");
        for status in [
            ProgrammeStatus::Draft,
            ProgrammeStatus::Adopted(adopted.clone()),
            ProgrammeStatus::Closed { adopted: Some(adopted), on: PartialDate::Month(2026, 12), learnt: "x".into() },
            ProgrammeStatus::Unknown("shelved".into()),
        ] {
            all.status = status;
            let form = ProgrammeForm::of(all.clone());
            assert_eq!(settled(&form), all);
            assert!(fields_since(&form, &form).is_empty());
        }
    }

    #[test]
    fn a_draft_finds_the_whole_form_again() {
        let opened = ProgrammeForm::of(programme());
        let mut form = opened.clone();
        form.group = Some(GroupId([7; 16]));
        form.programme.aim = "Vieillir chez soi. Ensemble".into();
        form.programme.items[0].is = ItemIs::Event(EventId([8; 16]));
        form.programme.axes.push(Axis { title: "Bien vieillir".into(), ..Axis::empty(line(5)) });
        form.say(&amount(line(2), AmountField::Planned), String::new());
        form.say(&amount(line(2), AmountField::Granted), "environ 300".into());
        form.say_part(&of_line("from", line(3)), 1, "4");
        form.say(&of_line("commune", line(4)), "Tarascon".into());
        let mut again = opened.clone();
        lay(&mut again, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!(again, form);
    }

    #[test]
    fn a_draft_finds_again_the_lines_of_which_only_what_is_typed_is_filled() {
        let opened = ProgrammeForm::of(programme());
        let mut form = opened.clone();
        form.programme.communes.push(PriorityCommune::empty(line(5)));
        form.say(&of_line("commune", line(5)), "Tarascon".into());
        form.programme.funding.push(Funding::empty(line(6)));
        form.say(&amount(line(6), AmountField::Spent), "12".into());
        form.programme.items.push(ProgrammeItem::empty(line(8)));
        form.say_part(&of_line("from", line(8)), 1, "4");
        form.programme.items.push(ProgrammeItem::empty(line(7)));
        form.say(&of_line("reason", line(7)), "la pluie".into());
        let mut again = opened.clone();
        lay(&mut again, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!(again, form);
    }

    #[test]
    fn the_words_of_an_action_are_there_when_it_is_an_action_again() {
        let opened = ProgrammeForm::of(programme());
        let mut form = opened.clone();
        form.programme.items[0].is = ItemIs::Event(EventId([8; 16]));
        let mut again = opened.clone();
        lay(&mut again, &Fields::read(&fields_since(&opened, &form).write()));
        for mut form in [form, again] {
            assert_eq!(settled(&form).items[0].is, ItemIs::Event(EventId([8; 16])));
            form.programme.items[0].is = ItemIs::parse("");
            assert_eq!(settled(&form), programme());
        }
    }

    #[test]
    fn the_form_means_what_was_typed() {
        let mut form = ProgrammeForm::of(programme());
        form.say(YEAR, " 2027 ".into());
        form.say(STATUS, "adopted".into());
        form.say_part(ADOPTED, 1, "1");
        form.say(&amount(line(2), AmountField::Planned), String::new());
        form.say(&amount(line(2), AmountField::Granted), "1 200,50 €".into());
        form.say(&of_line("state", line(3)), "dropped".into());
        form.say(&of_line("reason", line(3)), " la pluie ".into());
        form.say(&of_line("commune", line(4)), "Tarascon".into());
        form.programme.axes.push(Axis::empty(line(5)));
        let programme = settled(&form);
        assert_eq!(programme.year, 2027);
        let adoption = programme.status.adoption().unwrap();
        assert_eq!(adoption.on, PartialDate::Month(2027, 1), "a month without a year is of the programme's");
        let money = &programme.funding[0];
        assert_eq!((money.planned, money.granted, money.spent), (None, Some(Cents(120_050)), None));
        assert_eq!(programme.items[0].action().unwrap().state, ActionState::Dropped("la pluie".into()));
        assert_eq!(programme.communes[0].commune.as_ref().map(|one| one.name.as_str()), Some("Tarascon"));
        assert!(programme.axes.is_empty());
    }

    #[test]
    fn what_is_no_date_and_no_amount_is_told() {
        let mut form = ProgrammeForm::of(programme());
        form.say_part(&of_line("until", line(3)), 0, "31");
        form.say_part(&of_line("until", line(3)), 1, "2");
        assert_eq!(form.date(&of_line("until", line(3))), None);
        form.say(&amount(line(2), AmountField::Spent), "mille".into());
        assert_eq!(form.amount(line(2), AmountField::Spent), None);
        assert_eq!(form.amount(line(2), AmountField::Granted), Some(None), "nobody knows, which is no fault");
        form.say(YEAR, "26".into());
        assert_eq!(form.year(), None);
    }
}
