//! The form of an event and its draft: each difference is a field at its path, in plain words, so that an erasure finds the
//! drafts that name someone.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use maillon_shared::domain::collective::ProjectStep;
use maillon_shared::domain::event::{
    Attendance, Event, EventChange, EventCommune, EventState, Headcount, Speaker, Stand, WhoCame,
};
use maillon_shared::domain::ids::{GroupId, LineId};
use maillon_shared::domain::mission::commune_key;
use maillon_shared::domain::time::PartialDate;

use crate::drafts::Fields;

/// What stands before the field of a count as it is typed.
const TYPED: &str = "typed.";

/// What the form holds: the event, and what is typed and is not a part of it yet.
#[derive(Clone, Debug, PartialEq)]
pub struct EventForm {
    /// The event.
    pub event: Event,
    /// Its day, where one is known.
    pub day: Option<NaiveDate>,
    /// Its year, as it is typed, where no day is.
    pub year: String,
    /// How it stands, by the code of the choice.
    pub state: String,
    /// The commune, as it is typed.
    pub commune: String,
    /// Its code, where it is of the list.
    pub commune_code: String,
    /// How many of each public came, as it is typed.
    pub counts: BTreeMap<LineId, String>,
    /// The group with which it is common, or begins to be.
    pub group: Option<GroupId>,
}

/// The choices of how an event stands.
pub const STATES: [&str; 4] = ["planned", "held", "postponed", "cancelled"];

impl EventForm {
    /// The form of an event.
    pub fn of(event: Event) -> Self {
        let at = event.shown_at();
        let commune = event.commune.clone().unwrap_or(EventCommune { key: String::new(), name: String::new() });
        EventForm {
            day: match at {
                Some(PartialDate::Day(day)) => Some(day),
                _ => None,
            },
            year: match at {
                Some(PartialDate::Day(_)) | None => String::new(),
                Some(other) => other.year().to_string(),
            },
            state: code_of(&event.state).to_owned(),
            commune: commune.name,
            commune_code: commune.key,
            counts: event.attendance.iter().map(|line| (line.id, count_typed(line.count))).collect(),
            group: None,
            event,
        }
    }

    /// When it is, as the form means it.
    pub fn at(&self) -> Option<PartialDate> {
        let year = || self.year.trim().parse().ok().map(PartialDate::Year);
        self.day.map(PartialDate::Day).or_else(year)
    }
}

/// The code of the choice.
fn code_of(state: &EventState) -> &str {
    match state {
        EventState::Planned => "planned",
        EventState::Held(_) => "held",
        EventState::Postponed => "postponed",
        EventState::Cancelled => "cancelled",
        EventState::Unknown(code) => code,
    }
}

/// A number of people as one would type it.
pub fn count_typed(count: Headcount) -> String {
    match count {
        Headcount::NotKnown => String::new(),
        Headcount::Counted(count) => count.to_string(),
        Headcount::About(count) => format!("~{count}"),
    }
}

/// What someone meant by what they typed; none where it is no number of people.
pub fn count_of(typed: &str) -> Option<Headcount> {
    let text = typed.trim().to_lowercase();
    if text.is_empty() {
        return Some(Headcount::NotKnown);
    }
    let about = ["environ", "env.", "env", "about", "~"].iter().find_map(|word| text.strip_prefix(word));
    // Thousands are parted by spaces, in French.
    let digits: String = about.unwrap_or(&text).chars().filter(|letter| !letter.is_whitespace()).collect();
    let is_number = !digits.is_empty() && digits.chars().all(|letter| letter.is_ascii_digit());
    let count = if is_number { digits.parse().ok()? } else { return None };
    Some(if about.is_some() { Headcount::About(count) } else { Headcount::Counted(count) })
}

/// The event as the form means it: what was typed is taken, lines that say nothing are not.
pub fn settled(form: &EventForm) -> Event {
    let mut event = form.event.clone();
    event.title = event.title.trim().to_owned();
    let at = form.at();
    event.state = match (form.state.as_str(), at) {
        ("held", Some(at)) => EventState::Held(at),
        ("held", None) | ("planned", _) => EventState::Planned,
        ("postponed", _) => EventState::Postponed,
        ("cancelled", _) => EventState::Cancelled,
        (other, _) => EventState::parse(other),
    };
    // Of one that was held, the day for which it was planned is not rewritten.
    if event.held_on().is_none() || event.planned.is_none() {
        event.planned = at;
    }
    let name = form.commune.trim();
    let before = event.commune.as_ref().filter(|commune| commune.name == name && form.commune_code == commune.key);
    event.commune = match (name.is_empty(), before) {
        (true, _) => None,
        (false, Some(before)) => Some(before.clone()),
        (false, None) => Some(EventCommune { key: commune_key(&form.commune_code, name), name: name.to_owned() }),
    };
    if event.days().is_none_or(|(first, _)| event.until.is_some_and(|until| until <= first)) {
        event.until = None;
    }
    for line in &mut event.attendance {
        line.count = form.counts.get(&line.id).and_then(|typed| count_of(typed)).unwrap_or_default();
    }
    event.stands.retain(|line| *line != Stand::empty(line.id));
    event.speakers.retain(|line| *line != Speaker::empty(line.id));
    event.attendance.retain(|line| *line != Attendance::empty(line.id));
    event.checklist.retain(|line| !line.what.trim().is_empty() || *line != ProjectStep::empty(line.id));
    let silent = event.guests().iter().filter(|guest| guest.who == WhoCame::Named(String::new())).map(|guest| guest.id);
    let silent: Vec<LineId> = silent.collect();
    silent.into_iter().for_each(|id| event.remove_guest(id));
    event
}

/// What differs from the form as it was opened, by name.
pub fn fields_since(opened: &EventForm, form: &EventForm) -> Fields {
    let typed = |form: &EventForm| {
        [
            ("form.day", form.day.map(|day| day.to_string()).unwrap_or_default()),
            ("form.year", form.year.clone()),
            ("form.state", form.state.clone()),
            ("form.commune", form.commune.clone()),
            ("form.commune-code", form.commune_code.clone()),
            ("form.group", form.group.map(|group| group.to_string()).unwrap_or_default()),
        ]
    };
    let mut fields = Fields::that_differ(typed(opened), typed(form));
    for change in opened.event.changes_to(&form.event) {
        let (name, value) = change.path();
        fields.put(name, value);
    }
    for (id, typed) in &form.counts {
        if opened.counts.get(id) != Some(typed) {
            fields.put(format!("{TYPED}{id}"), typed.clone());
        }
    }
    fields
}

/// Lays a draft over the form.
pub fn lay(form: &mut EventForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "form.day" => form.day = value.parse().ok(),
            "form.year" => value.clone_into(&mut form.year),
            "form.state" => value.clone_into(&mut form.state),
            "form.commune" => value.clone_into(&mut form.commune),
            "form.commune-code" => value.clone_into(&mut form.commune_code),
            "form.group" => form.group = GroupId::parse(value),
            other => match other.strip_prefix(TYPED).and_then(LineId::parse) {
                Some(id) => {
                    // How many came may be all that is filled of a line.
                    if !value.is_empty() && form.event.attendance.iter().all(|line| line.id != id) {
                        form.event.attendance.push(Attendance::empty(id));
                    }
                    form.counts.insert(id, value.to_owned());
                }
                None => {
                    if let Some(change) = EventChange::at(other, value) {
                        form.event.apply(&change);
                    }
                }
            },
        }
    }
}

/// Whether a year is one.
pub fn is_year(typed: &str) -> bool {
    let typed = typed.trim();
    typed.is_empty() || typed.parse().is_ok_and(|year: i32| (1990..=2100).contains(&year))
}

/// The year that is offered first.
pub fn this_year(today: NaiveDate) -> String {
    today.year().to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use maillon_shared::domain::event::{EventKind, Guest};
    use maillon_shared::domain::ids::EventId;

    use super::*;

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    fn forum() -> Event {
        let mut forum = Event::empty(EventId([1; 16]), EventKind::Forum);
        forum.title = "4e forum".into();
        forum.planned = PartialDate::parse("2026");
        forum
    }

    #[test]
    fn a_draft_finds_the_whole_form_again() {
        let opened = EventForm::of(forum());
        assert!(fields_since(&opened, &opened).is_empty());
        let mut form = opened.clone();
        form.day = "2026-10-03".parse().ok();
        (form.year, form.state, form.commune) = (String::new(), "held".into(), "Fontvieille".into());
        form.group = Some(GroupId([7; 16]));
        form.event.theme = "Bien vieillir. Ensemble".into();
        form.event.stands.push(Stand { name: "Ligue".into(), ..Stand::empty(line(2)) });
        form.event.attendance.push(Attendance { public: "seniors".into(), ..Attendance::empty(line(3)) });
        form.counts.insert(line(3), "environ 20".into());
        // How many came is typed first, before anyone says of which public.
        form.event.attendance.push(Attendance::empty(line(4)));
        form.counts.insert(line(4), "12".into());
        let mut again = opened.clone();
        lay(&mut again, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!(again, form);
    }

    #[test]
    fn the_form_means_what_was_typed() {
        let mut form = EventForm::of(forum());
        (form.state, form.year) = ("held".into(), " 2021 ".into());
        form.commune = "Tarascon".into();
        form.event.stands.push(Stand::empty(line(2)));
        form.event.attendance.push(Attendance { public: "seniors".into(), ..Attendance::empty(line(3)) });
        form.counts.insert(line(3), "environ 200".into());
        let event = settled(&form);
        assert_eq!(event.held_on(), PartialDate::parse("2021"));
        assert_eq!(event.planned, PartialDate::parse("2026"), "for when it was planned is not rewritten");
        assert!(event.stands.is_empty() && event.commune.is_some());
        assert_eq!(event.attendance[0].count, Headcount::About(200));
        form.state = "planned".into();
        assert_eq!(settled(&form).planned, PartialDate::parse("2021"));
    }

    #[test]
    fn a_number_of_people_is_counted_guessed_or_not_known() {
        for (typed, meant) in [
            ("", Some(Headcount::NotKnown)),
            (" 53 ", Some(Headcount::Counted(53))),
            ("0", Some(Headcount::Counted(0))),
            ("~200", Some(Headcount::About(200))),
            ("Environ 1 200", Some(Headcount::About(1200))),
            ("une centaine", None),
            ("-3", None),
        ] {
            assert_eq!(count_of(typed), meant, "{typed}");
        }
    }

    #[test]
    fn who_is_said_in_no_words_came_not() {
        let mut lunch = Event::empty(EventId([1; 16]), EventKind::Lunch);
        lunch.title = "Déjeuner".into();
        assert!(lunch.put_guest(Guest { id: line(4), who: WhoCame::Named(String::new()) }));
        assert!(settled(&EventForm::of(lunch)).guests().is_empty());
    }
}
