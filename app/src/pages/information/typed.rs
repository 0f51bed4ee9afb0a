//! The form of an item of information: what is typed, and the item that it means, or all that is to be mended.

use chrono::NaiveDate;
use maillon_shared::domain::event::Headcount;
use maillon_shared::domain::ids::{EntryId, LineId};
use maillon_shared::domain::information::{
    DIFFUSIONS, Diffusion, DiffusionField, InformationField, InformationItem, InformationState,
};
use maillon_shared::domain::time::PartialDate;

use crate::drafts::Fields;
use crate::pages::events::{count_of, count_typed};
use crate::pages::typed::{Typed, date_typed, fields_since, of_line, wrong};
use crate::ui::Problem;
use crate::words::{application as a, events as e, information as w, programme as p};

/// The choices of what is to be done with an item.
pub const STATES: [&str; 4] = ["to_read", "to_pass_on", "passed_on", "set_aside"];
/// The code of what is so.
pub const YES: &str = "yes";
/// The code of what is not.
pub const NO: &str = "no";

/// The code of the choice.
fn state_code(state: &InformationState) -> &'static str {
    match state {
        InformationState::ToRead => "to_read",
        InformationState::ToPassOn => "to_pass_on",
        InformationState::PassedOn => "passed_on",
        InformationState::SetAside(_) => "set_aside",
        InformationState::Unknown(_) => "unknown",
    }
}

/// A day as one would type it.
pub fn day_typed(day: Option<NaiveDate>) -> String {
    date_typed(day.map(PartialDate::Day))
}

/// The form of an item.
pub fn typed_of(item: &InformationItem) -> Typed {
    let mut form = Typed::default();
    for field in InformationField::ALL {
        form.say(field.code(), item.text(*field));
    }
    form.say("source_entry", item.source_entry.map(|id| id.to_string()).unwrap_or_default());
    form.say("received", day_typed(item.received));
    form.say("expires", day_typed(item.expires));
    say_state(&mut form, &item.state);
    form.say("for_board", if item.for_board { YES } else { NO });
    for line in &item.diffusions {
        form.add(DIFFUSIONS, line.id);
        say_diffusion(&mut form, line, |field| of_line(DIFFUSIONS, line.id, field));
    }
    form
}

/// Types what is to be done with the item, and why not.
pub fn say_state(form: &mut Typed, state: &InformationState) {
    form.say("state", state_code(state));
    if let InformationState::SetAside(reason) = state {
        form.say("reason", reason.as_str());
    }
}

/// What differs from the form as it was opened and, where anything does, one field as it stands: what it was opened with is
/// something else by the time the draft is taken up again.
pub fn fields_with(opened: &Typed, form: &Typed, name: &str) -> Fields {
    let mut fields = fields_since(opened, form);
    let is_begun = fields.iter().next().is_some();
    let is_kept = fields.iter().any(|(kept, _)| kept == name);
    if is_begun && !is_kept {
        fields.put(name, form.said(name));
    }
    fields
}

/// Types a line of diffusion, each field under its name.
pub fn say_diffusion(form: &mut Typed, line: &Diffusion, at: impl Fn(&str) -> String) {
    DiffusionField::ALL.iter().for_each(|field| form.say(&at(field.code()), line.text(*field)));
    form.say(&at("entry"), line.entry.map(|id| id.to_string()).unwrap_or_default());
    form.say(&at("on"), day_typed(line.on));
    form.say(&at("copies"), count_typed(line.copies));
    form.say(&at("people"), count_typed(line.people));
}

/// What reads a form, and keeps what is to be mended.
pub struct Reader<'a> {
    form: &'a Typed,
    /// What is to be mended.
    pub problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    /// Reads a form.
    pub fn of(form: &'a Typed) -> Self {
        Reader { form, problems: Vec::new() }
    }

    fn said(&self, name: &str) -> String {
        self.form.said(name).trim().to_owned()
    }

    fn day(&mut self, name: &str) -> Option<NaiveDate> {
        match self.form.date(name) {
            Some(Some(PartialDate::Day(day))) => return Some(day),
            Some(None) => {}
            Some(Some(_)) => wrong(&mut self.problems, name, a::wrong_day()),
            None => wrong(&mut self.problems, name, p::wrong_date()),
        }
        None
    }

    fn count(&mut self, name: &str) -> Headcount {
        let read = count_of(self.form.said(name));
        if read.is_none() {
            wrong(&mut self.problems, name, e::wrong_count());
        }
        read.unwrap_or_default()
    }

    /// What is to be done with the item.
    pub fn state(&mut self, before: &InformationState) -> InformationState {
        match self.said("state").as_str() {
            "to_read" | "" => InformationState::ToRead,
            "to_pass_on" => InformationState::ToPassOn,
            "passed_on" => InformationState::PassedOn,
            "set_aside" => {
                let reason = self.said("reason");
                if reason.is_empty() {
                    wrong(&mut self.problems, "reason", w::needs_reason());
                }
                InformationState::SetAside(reason)
            }
            _ => before.clone(),
        }
    }

    /// A line of diffusion, whose fields are under those names.
    pub fn diffusion(&mut self, id: LineId, at: impl Fn(&str) -> String) -> Diffusion {
        let mut line = Diffusion::empty(id);
        DiffusionField::ALL.iter().for_each(|field| *line.text_mut(*field) = self.said(&at(field.code())));
        line.entry = EntryId::parse(&self.said(&at("entry")));
        line.on = self.day(&at("on"));
        line.copies = self.count(&at("copies"));
        line.people = self.count(&at("people"));
        line
    }
}

/// The item as the form means it, new lines that say nothing left out, and all that is to be mended.
pub fn settled(form: &Typed, before: &InformationItem) -> (InformationItem, Vec<Problem>) {
    let mut read = Reader::of(form);
    let mut item = InformationItem::empty(before.id);
    item.withdrawn = before.withdrawn;
    for field in InformationField::ALL {
        *item.text_mut(*field) = read.said(field.code());
    }
    if item.title.is_empty() {
        wrong(&mut read.problems, "title", w::needs_title());
    }
    item.source_entry = EntryId::parse(&read.said("source_entry"));
    item.received = read.day("received");
    item.expires = read.day("expires");
    item.state = read.state(&before.state);
    item.for_board = read.said("for_board") == YES;
    let lines = form.ids(DIFFUSIONS).into_iter();
    item.diffusions = lines.map(|id| read.diffusion(id, |field| of_line(DIFFUSIONS, id, field))).collect();
    // A line of which this version reads nothing is no empty one: it says something to those who can read it.
    let stands = |line: &Diffusion| *line != Diffusion::empty(line.id) || before.diffusions.contains(line);
    item.diffusions.retain(stands);
    (item, read.problems)
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::ids::InformationId;

    use super::*;

    fn item() -> InformationItem {
        let mut item = InformationItem::empty(InformationId([1; 16]));
        (item.title, item.audience) = ("Dépistage".into(), "elders".into());
        (item.received, item.expires) = ("2026-03-01".parse().ok(), "2026-03-31".parse().ok());
        item.for_board = true;
        item.diffusions.push(Diffusion {
            on: "2026-03-02".parse().ok(),
            channel: "shops".into(),
            to: "Boulangerie".into(),
            copies: Headcount::Counted(0),
            people: Headcount::About(40),
            ..Diffusion::empty(LineId([2; 16]))
        });
        item
    }

    #[test]
    fn a_form_that_nobody_touched_means_the_item_as_it_is() {
        let mut item = item();
        for state in [
            InformationState::ToRead,
            InformationState::ToPassOn,
            InformationState::PassedOn,
            InformationState::SetAside("trop loin".into()),
            InformationState::Unknown("archived".into()),
        ] {
            item.state = state;
            let (meant, problems) = settled(&typed_of(&item), &item);
            assert!(problems.is_empty(), "{:?}", item.state);
            assert_eq!(meant, item);
        }
    }

    #[test]
    fn a_line_that_cannot_be_read_here_stays_and_a_new_one_that_says_nothing_does_not() {
        let mut item = item();
        item.diffusions.push(Diffusion::empty(LineId([3; 16])));
        let mut form = typed_of(&item);
        form.add(DIFFUSIONS, LineId([4; 16]));
        assert_eq!(settled(&form, &item).0, item);
        form.remove(DIFFUSIONS, LineId([3; 16]));
        assert_eq!(settled(&form, &item).0.diffusions.len(), 1, "it was taken away by hand");
    }

    #[test]
    fn what_is_to_be_mended_is_told_where_it_is() {
        let line = LineId([2; 16]);
        let copies = of_line(DIFFUSIONS, line, "copies");
        let check = |said: &[(&str, &str)], expected: &[&str]| {
            let before = item();
            let mut form = typed_of(&before);
            said.iter().for_each(|(name, text)| form.say(name, *text));
            let (_, problems) = settled(&form, &before);
            let fields: Vec<String> = problems.into_iter().map(|problem| problem.field).collect();
            assert_eq!(fields, expected);
        };
        check(&[("title", " ")], &["title"]);
        check(&[("expires", "3/2026")], &["expires"]);
        check(&[("received", "hier")], &["received"]);
        check(&[("state", "set_aside")], &["reason"]);
        check(&[(&copies, "beaucoup")], &[&copies.replace('.', "-")]);
        check(&[(&copies, "environ 30")], &[]);
    }
}
