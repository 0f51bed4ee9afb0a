//! What is typed in the forms of an outreach service, and what it means: each field as it is written, or what is to be mended.

use chrono::NaiveDate;
use maillon_shared::domain::calendar::WorkingWeek;
use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::mission::commune_key;
use maillon_shared::domain::outreach::{
    DaySays, Fielded, MOST_PLACES, Nth, OutreachChange, OutreachKind, OutreachLines, OutreachService, Recurrence,
    SessionState,
};
use maillon_shared::domain::time::PartialDate;

use crate::pages::typed::{Typed, date_typed, of_line, wrong};
use crate::ui::Problem;
use crate::words::{outreach as w, programme as p};

/// The lines that are in the form of the whole.
pub const PLACES: &str = "places";
/// The choices of when it comes back.
pub const RECURRENCES: [&str; 6] = ["not_said", "weekly", "every", "monthly", "given_days", "on_call"];

/// What a field holds, which is how it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    /// Words, or what is chosen.
    Words,
    /// A whole day.
    Day,
    /// How many.
    Count,
}

use Holds::{Count, Day, Words};

/// The fields of the whole that are written as they are typed; when it comes back is apart.
const ABOUT: [(&str, Holds); 16] = [
    ("title", Words),
    ("kind", Words),
    ("who", Words),
    // In common, whoever is of the directory is said in words: the words come before.
    ("who_entry", Words),
    ("offers", Words),
    ("public", Words),
    ("begins", Day),
    ("ends", Day),
    ("hours", Words),
    ("capacity", Count),
    ("referral", Words),
    ("phone", Words),
    ("delay", Words),
    ("checked_on", Day),
    ("note", Words),
    ("to_verify", Words),
];

/// The fields of a line that are written as they are typed; what has a reason is apart.
fn fields_of(lines: OutreachLines) -> &'static [(&'static str, Holds)] {
    match lines {
        OutreachLines::Places => &[("address", Words), ("department", Words)],
        OutreachLines::Days => &[("day", Day)],
        OutreachLines::Sessions => &[("day", Day), ("offered", Count), ("taken", Count), ("no_shows", Count)],
        OutreachLines::Turns => {
            &[("from", Day), ("until", Day), ("who", Words), ("who_entry", Words), ("phone", Words)]
        }
    }
}

fn typed_as(holds: Holds, written: String) -> String {
    match holds {
        Day => date_typed(PartialDate::parse(&written)),
        Words | Count => written,
    }
}

fn recurrence_code(recurrence: &Recurrence) -> &'static str {
    match recurrence {
        Recurrence::NotSaid => "not_said",
        Recurrence::Weekly(_) => "weekly",
        Recurrence::EveryWeeks { .. } => "every",
        Recurrence::Monthly { .. } => "monthly",
        Recurrence::GivenDays => "given_days",
        Recurrence::OnCall => "on_call",
        Recurrence::Unknown(_) => "unknown",
    }
}

/// The form of the whole, with its places.
pub fn typed_of(service: &OutreachService) -> Typed {
    let mut form = Typed::default();
    let about = &service.about;
    ABOUT.iter().for_each(|(code, holds)| form.say(code, typed_as(*holds, about.said(code))));
    if about.kind == OutreachKind::NotSaid {
        form.say("kind", "");
    }
    form.say("recurrence", recurrence_code(&about.recurrence));
    match &about.recurrence {
        Recurrence::Weekly(week) => form.say("weekdays", week.to_string()),
        Recurrence::EveryWeeks { weeks, from } => {
            form.say("weeks", weeks.to_string());
            form.say("first", date_typed(Some(PartialDate::Day(*from))));
        }
        Recurrence::Monthly { nth, weekday } => {
            form.say("nth", nth.code());
            form.say("weekday", weekday.number_from_monday().to_string());
        }
        _ => {}
    }
    for place in &service.places {
        form.add(PLACES, place.id);
        let at = |field: &str| of_line(PLACES, place.id, field);
        for (code, holds) in fields_of(OutreachLines::Places) {
            form.say(&at(code), typed_as(*holds, place.said(code)));
        }
        if let Some(commune) = &place.commune {
            form.say(&at("commune"), commune.name.as_str());
            form.say(&at("commune_code"), commune.key.as_str());
        }
    }
    form
}

/// The form of one line.
pub fn typed_line(service: &OutreachService, lines: OutreachLines, id: LineId) -> Typed {
    let mut form = Typed::default();
    let said = |field: &str| service.said_in(lines, id, field).unwrap_or_default();
    for (code, holds) in fields_of(lines) {
        form.say(code, typed_as(*holds, said(code)));
    }
    match lines {
        OutreachLines::Days => match DaySays::parse(&said("says")) {
            DaySays::NotSaid => {}
            DaySays::LeftOut(reason) => {
                form.say("says", "left_out");
                form.say("reason", reason);
            }
            DaySays::Added => form.say("says", "added"),
            DaySays::Unknown(_) => form.say("says", "unknown"),
        },
        OutreachLines::Sessions => match SessionState::parse(&said("state")) {
            SessionState::Held => form.say("state", "held"),
            SessionState::Cancelled(reason) => {
                form.say("state", "cancelled");
                form.say("reason", reason);
            }
            SessionState::Unknown(_) => form.say("state", "unknown"),
        },
        OutreachLines::Places | OutreachLines::Turns => {}
    }
    form
}

/// What reads a form, and keeps what is to be mended.
struct Reader<'a> {
    form: &'a Typed,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn said(&self, name: &str) -> String {
        self.form.said(name).trim().to_owned()
    }

    fn wrong(&mut self, name: &str, words: &str) -> String {
        wrong(&mut self.problems, name, words);
        String::new()
    }

    /// What a field means, as it is written.
    fn value(&mut self, name: &str, holds: Holds) -> String {
        let said = self.said(name);
        match holds {
            Words => said,
            Count if said.is_empty() => said,
            Count => match said.parse::<u32>().ok().filter(|count| *count <= MOST_PLACES) {
                Some(count) => count.to_string(),
                None => self.wrong(name, w::wrong_count()),
            },
            Day => match self.form.date(name) {
                Some(None) => String::new(),
                Some(Some(PartialDate::Day(day))) => day.to_string(),
                Some(Some(_)) => self.wrong(name, w::wrong_day()),
                None => self.wrong(name, p::wrong_date()),
            },
        }
    }

    /// The same, and it may not be empty.
    fn needed(&mut self, name: &str, holds: Holds, words: &str) -> String {
        match self.said(name).is_empty() {
            true => self.wrong(name, words),
            false => self.value(name, holds),
        }
    }

    fn recurrence(&mut self, before: &Recurrence) -> String {
        let found = match self.said("recurrence").as_str() {
            "weekly" => {
                let weekly = WorkingWeek::parse(&self.said("weekdays")).and_then(Recurrence::weekly);
                weekly.ok_or_else(|| self.wrong("weekdays", w::needs_weekday()))
            }
            "every" => {
                let weeks = self.said("weeks").parse::<u8>().unwrap_or(0);
                let first = self.needed("first", Day, w::needs_day()).parse::<NaiveDate>().ok();
                match first.map(|first| Recurrence::every(weeks, first)) {
                    Some(None) => Err(self.wrong("weeks", w::wrong_weeks())),
                    Some(Some(every)) => Ok(every),
                    None => Err(String::new()),
                }
            }
            "monthly" => {
                let nth = Nth::from_code(&self.said("nth")).unwrap_or(Nth::First);
                let weekday = self.said("weekday");
                let weekday = if weekday.is_empty() { "1" } else { weekday.as_str() };
                Ok(Recurrence::parse(&format!("monthly:{}:{weekday}", nth.code())))
            }
            code @ ("given_days" | "on_call") => Ok(Recurrence::parse(code)),
            "not_said" | "" => Ok(Recurrence::NotSaid),
            _ => Ok(before.clone()),
        };
        match found {
            Ok(recurrence) => recurrence.to_string(),
            Err(nothing) => nothing,
        }
    }

    fn commune(&self, name: &str, code: &str) -> String {
        let (name, code) = (self.said(name), self.said(code));
        match name.is_empty() {
            true => String::new(),
            false => EventCommune { key: commune_key(&code, &name), name }.written(),
        }
    }

    /// What a line means, field by field. A turn of which nobody knows the last day stays so: none is made up for it.
    fn line(&mut self, lines: OutreachLines, has_unknown_end: bool) -> Vec<(&'static str, String)> {
        let mut values: Vec<_> =
            fields_of(lines).iter().map(|(code, holds)| (*code, self.value(code, *holds))).collect();
        match lines {
            OutreachLines::Places => {}
            OutreachLines::Days => {
                self.needed("day", Words, w::needs_day());
                match self.said("says").as_str() {
                    "left_out" => {
                        let reason = self.needed("reason", Words, w::needs_reason());
                        values.push(("says", DaySays::LeftOut(reason).to_string()));
                    }
                    "added" => values.push(("says", DaySays::Added.to_string())),
                    "" => drop(self.wrong("says", w::needs_says())),
                    // Of a newer version: it stays as it is.
                    _ => {}
                }
            }
            OutreachLines::Sessions => {
                self.needed("day", Words, w::needs_day());
                match self.said("state").as_str() {
                    "cancelled" => {
                        let reason = self.needed("reason", Words, w::needs_reason());
                        values.push(("state", SessionState::Cancelled(reason).to_string()));
                    }
                    "held" | "" => values.push(("state", SessionState::Held.to_string())),
                    _ => {}
                }
                let count = |name: &str| self.said(name).parse::<u32>().ok();
                if count("no_shows").zip(count("taken")).is_some_and(|(absent, taken)| absent > taken) {
                    self.wrong("no_shows", w::too_many_absent());
                }
            }
            OutreachLines::Turns => {
                self.needed("from", Words, w::needs_day());
                let from = values[0].1.clone();
                if !has_unknown_end && values[1].1.is_empty() && self.said("until").is_empty() {
                    values[1].1.clone_from(&from);
                }
                // Days are written so that they compare as they are.
                if !values[1].1.is_empty() && values[1].1 < from {
                    self.wrong("until", w::ends_before());
                }
                if self.said("who").is_empty() && self.said("who_entry").is_empty() {
                    self.wrong("who", w::needs_who());
                }
            }
        }
        values
    }
}

/// What changes in the whole and its places, and all that is to be mended before.
pub fn changes(form: &Typed, before: &OutreachService) -> (Vec<OutreachChange>, Vec<Problem>) {
    let mut read = Reader { form, problems: Vec::new() };
    let mut changes = Vec::new();
    let mut about = |code: &str, value: String| {
        if before.about.said(code) != value {
            changes.push(OutreachChange::About(code.to_owned(), value));
        }
    };
    for (code, holds) in ABOUT {
        let value = match code {
            "title" => read.needed(code, holds, w::needs_title()),
            "kind" => read.needed(code, holds, w::needs_kind()),
            _ => read.value(code, holds),
        };
        about(code, value);
    }
    about("recurrence", read.recurrence(&before.about.recurrence));
    let day = |name: &str| form.date(name).flatten().map(PartialDate::latest);
    if day("begins").zip(day("ends")).is_some_and(|(begins, ends)| ends < begins) {
        read.wrong("ends", w::ends_before());
    }
    let ids = form.ids(PLACES);
    for id in &ids {
        let at = |field: &str| of_line(PLACES, *id, field);
        let mut values = vec![("commune", read.commune(&at("commune"), &at("commune_code")))];
        for (code, holds) in fields_of(OutreachLines::Places) {
            values.push((*code, read.value(&at(code), *holds)));
        }
        changes.extend(line_changes(before, OutreachLines::Places, *id, values));
    }
    let gone = before.places.iter().filter(|place| !ids.contains(&place.id));
    changes.extend(gone.map(|place| OutreachChange::Remove(OutreachLines::Places, place.id)));
    (changes, read.problems)
}

/// What changes in one line, and all that is to be mended before.
pub fn changes_of_line(
    form: &Typed,
    before: &OutreachService,
    lines: OutreachLines,
    id: LineId,
) -> (Vec<OutreachChange>, Vec<Problem>) {
    let mut read = Reader { form, problems: Vec::new() };
    let has_unknown_end = before.said_in(lines, id, "until").is_some_and(|until| until.is_empty());
    let values = read.line(lines, has_unknown_end);
    (line_changes(before, lines, id, values), read.problems)
}

fn line_changes(
    before: &OutreachService,
    lines: OutreachLines,
    id: LineId,
    values: Vec<(&'static str, String)>,
) -> Vec<OutreachChange> {
    // A session of which nobody says how it went was held: a line that was taken away is not made to say so when it comes back.
    let unsaid = |code: &str| match (lines, code) {
        (OutreachLines::Sessions, "state") => SessionState::Held.to_string(),
        _ => String::new(),
    };
    let said = |code: &str| before.said_in(lines, id, code).unwrap_or_else(|| unsaid(code));
    let differs = |(code, value): &(&str, String)| said(code) != *value;
    let changed = values.into_iter().filter(differs);
    changed.map(|(code, value)| OutreachChange::Line(lines, id, code.to_owned(), value)).collect()
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::ids::OutreachId;
    use maillon_shared::domain::outreach::{Line, OutreachDay, OutreachPlace, OutreachSession, OutreachTurn};

    use super::*;
    use crate::pages::typed::{fields_since, lay};

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    fn service() -> OutreachService {
        let mut service = OutreachService::empty(OutreachId([9; 16]));
        let about = &mut service.about;
        (about.title, about.kind, about.capacity) = ("Cardiologie".into(), OutreachKind::Consultation, Some(0));
        (about.begins, about.checked_on) = ("2026-01-01".parse().ok(), "2026-02-01".parse().ok());
        let commune = Some(EventCommune { key: "30032".into(), name: "Beaucaire".into() });
        service.places.push(OutreachPlace { commune, address: "MSP".into(), ..OutreachPlace::empty(line(1)) });
        let day = "2026-03-17".parse().ok();
        let says = DaySays::LeftOut("congrès".into());
        service.days.push(OutreachDay { day, says, ..OutreachDay::empty(line(2)) });
        let state = SessionState::Cancelled("neige".into());
        service.sessions.push(OutreachSession { day, state, taken: Some(0), ..OutreachSession::empty(line(3)) });
        service.turns.push(OutreachTurn { from: day, until: day, who: "A".into(), ..OutreachTurn::empty(line(4)) });
        service
    }

    #[test]
    fn a_form_that_nobody_touched_changes_nothing() {
        let mut before = service();
        for text in
            ["", "weekly:15", "every:2:2026-03-03", "monthly:last:5", "given_days", "on_call", "yearly:3:of later"]
        {
            before.about.recurrence = Recurrence::parse(text);
            let (changed, problems) = changes(&typed_of(&before), &before);
            assert!(changed.is_empty() && problems.is_empty(), "{text}: {changed:?}");
        }
        for (lines, id) in
            [(OutreachLines::Days, line(2)), (OutreachLines::Sessions, line(3)), (OutreachLines::Turns, line(4))]
        {
            let form = typed_line(&before, lines, id);
            let (changed, problems) = changes_of_line(&form, &before, lines, id);
            assert!(changed.is_empty() && problems.is_empty(), "{lines:?}: {changed:?}");
        }
    }

    #[test]
    fn what_is_to_be_mended_is_told_where_it_is() {
        let before = service();
        let check = |said: &[(&str, &str)], expected: &[&str]| {
            let mut form = typed_of(&before);
            said.iter().for_each(|(name, text)| form.say(name, *text));
            let (_, problems) = changes(&form, &before);
            assert_eq!(problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>(), expected);
        };
        check(&[("title", " ")], &["title"]);
        check(&[("kind", "")], &["kind"]);
        check(&[("capacity", "quelques")], &["capacity"]);
        check(&[("capacity", "10001")], &["capacity"]);
        check(&[("begins", "3/2026")], &["begins"]);
        check(&[("ends", "31/12/2025")], &["ends"]);
        check(&[("recurrence", "weekly")], &["weekdays"]);
        check(&[("recurrence", "every"), ("weeks", "2")], &["first"]);
        check(&[("recurrence", "every"), ("weeks", "0"), ("first", "3/3/2026")], &["weeks"]);
        check(&[("recurrence", "monthly")], &[]);
        let check = |lines: OutreachLines, said: &[(&str, &str)], expected: &[&str]| {
            let mut form = Typed::default();
            said.iter().for_each(|(name, text)| form.say(name, *text));
            let (_, problems) = changes_of_line(&form, &before, lines, line(9));
            assert_eq!(problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>(), expected);
        };
        check(OutreachLines::Days, &[], &["day", "says"]);
        check(OutreachLines::Days, &[("day", "3/3/2026"), ("says", "left_out")], &["reason"]);
        check(OutreachLines::Sessions, &[("day", "3/3/2026"), ("taken", "4"), ("no_shows", "5")], &["no_shows"]);
        check(OutreachLines::Turns, &[("from", "3/3/2026"), ("until", "2/3/2026")], &["until", "who"]);
        check(OutreachLines::Turns, &[("from", "3/3/2026"), ("who", "A")], &[]);
    }

    #[test]
    fn a_turn_without_a_last_day_is_of_one_day() {
        let mut form = Typed::default();
        form.say("from", "3/3/2026");
        form.say("who", "A");
        let (changed, _) = changes_of_line(&form, &service(), OutreachLines::Turns, line(9));
        let until = OutreachChange::Line(OutreachLines::Turns, line(9), "until".into(), "2026-03-03".into());
        assert!(changed.contains(&until), "{changed:?}");
    }

    #[test]
    fn a_turn_whose_last_day_nobody_knows_is_given_none() {
        let mut before = service();
        before.turns[0].until = None;
        let mut form = typed_line(&before, OutreachLines::Turns, line(4));
        form.say("phone", "0102030405");
        let (changed, _) = changes_of_line(&form, &before, OutreachLines::Turns, line(4));
        let phone = OutreachChange::Line(OutreachLines::Turns, line(4), "phone".into(), "0102030405".into());
        assert_eq!(changed, [phone]);
    }

    #[test]
    fn a_session_that_comes_back_is_not_made_to_be_held() {
        let before = OutreachService::empty(OutreachId([9; 16]));
        let mut form = typed_line(&before, OutreachLines::Sessions, line(3));
        form.say("day", "3/3/2026");
        let (changed, _) = changes_of_line(&form, &before, OutreachLines::Sessions, line(3));
        let day = OutreachChange::Line(OutreachLines::Sessions, line(3), "day".into(), "2026-03-03".into());
        assert_eq!(changed, [day]);
    }

    #[test]
    fn a_draft_leaves_the_place_that_a_colleague_added_meanwhile() {
        let opened = typed_of(&service());
        let mut form = opened.clone();
        form.add(PLACES, line(8));
        form.say(&of_line(PLACES, line(8), "address"), "la salle du bas");
        let mut before = service();
        before.places.push(OutreachPlace { address: "la mairie".into(), ..OutreachPlace::empty(line(7)) });
        let mut again = typed_of(&before);
        lay(&mut again, &fields_since(&opened, &form));
        let (changed, _) = changes(&again, &before);
        let added = OutreachChange::Line(OutreachLines::Places, line(8), "address".into(), "la salle du bas".into());
        assert_eq!(changed, [added]);
    }
}
