//! The words of an outreach service: what it is, when it comes back, its days, its places, its rate, and its fields by their path.

use chrono::{NaiveDate, Weekday};
use maillon_shared::api::Request;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::outreach::{OutreachShown, OutreachWrite};
use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::{EntryId, LineId, OutreachId};
use maillon_shared::domain::outreach::{
    DateDoubt, DateIs, DaySays, DaySpan, FillRate, Nth, OutreachChange, OutreachDate, OutreachKind, OutreachLines,
    OutreachPlace, OutreachSession, Recurrence, SessionState,
};

use crate::pages::directory::day_words;
use crate::routes::{OutreachRoute, Route};
use crate::words::{Word, events as e, in_a_row, outreach as w, programme as p, summary};
use crate::{browser, when};

/// What a service is.
pub fn kind_words(kind: &OutreachKind) -> String {
    match kind {
        OutreachKind::NotSaid => w::kind_not_said(),
        OutreachKind::Consultation => w::consultation(),
        OutreachKind::MobileTeam => w::mobile_team(),
        OutreachKind::DutyRota => w::duty_rota(),
        OutreachKind::Unknown(code) => return code.clone(),
    }
    .to_owned()
}

/// A day of the week.
pub fn weekday_words(weekday: Weekday) -> String {
    day_words(u8::try_from(weekday.number_from_monday()).unwrap_or(1))
}

/// Which of the days of a month.
pub fn nth_words(nth: Nth) -> &'static str {
    match nth {
        Nth::First => w::nth_first(),
        Nth::Second => w::nth_second(),
        Nth::Third => w::nth_third(),
        Nth::Fourth => w::nth_fourth(),
        Nth::Last => w::nth_last(),
    }
}

/// When it comes back; nothing where nobody said.
pub fn recurrence_words(recurrence: &Recurrence) -> String {
    match recurrence {
        Recurrence::NotSaid => String::new(),
        Recurrence::Weekly(week) => w::weekly_told(week.days().map(weekday_words).collect::<Vec<_>>().join(", ")),
        Recurrence::EveryWeeks { weeks, from } => {
            let weekday = weekday_words(chrono::Datelike::weekday(from));
            match weeks.get() {
                1 => w::weekly_told(weekday),
                weeks => w::every_told(weeks, weekday),
            }
        }
        Recurrence::Monthly { nth, weekday } => w::monthly_told(nth_words(*nth), weekday_words(*weekday)),
        Recurrence::GivenDays => w::given_days_told().to_owned(),
        Recurrence::OnCall => w::on_call_told().to_owned(),
        Recurrence::Unknown(text) => text.clone(),
    }
}

/// When it comes back, from when until when, at which hours.
pub fn when_words(shown: &OutreachShown, today: NaiveDate) -> String {
    in_a_row([recurrence_words(&shown.service.about.recurrence), hours_words(shown, today)])
}

/// At which hours, and from when until when.
pub fn hours_words(shown: &OutreachShown, today: NaiveDate) -> String {
    let about = &shown.service.about;
    let from = about.begins.filter(|begins| *begins > today).map(|day| w::from_day(when::date(day, today)));
    let until = about.ends.map(|day| match shown.service.has_ended(today) {
        true => w::ended(when::date(day, today)),
        false => w::until_day(when::date(day, today)),
    });
    in_a_row([about.hours.trim().to_owned(), from.unwrap_or_default(), until.unwrap_or_default()])
}

/// Where it is: the commune, the room, and the département where it is another.
pub fn place_words(place: &OutreachPlace, own_commune: &str) -> String {
    let commune = place.commune.as_ref().map(|commune| commune.name.clone()).unwrap_or_default();
    let department = place.department_beside(own_commune);
    let department = if department.is_empty() { department } else { w::in_department(department) };
    in_a_row([commune, place.address.trim().to_owned(), department])
}

/// Every place, one after the other.
pub fn places_words(shown: &OutreachShown) -> Vec<String> {
    let places = shown.service.places.iter().map(|place| place_words(place, &shown.own_commune));
    places.filter(|words| !words.is_empty()).collect()
}

/// What is said beside a day, and whether it is to be verified.
pub fn date_note(date: &OutreachDate) -> (String, bool) {
    let note = match (&date.is, date.doubt) {
        (_, Some(DateDoubt::Holiday(_))) => w::holiday().to_owned(),
        (DateIs::LeftOut(reason), None) => in_a_row([w::not_held(), reason.as_str()]),
        (DateIs::LeftOut(reason), Some(DateDoubt::SaidTwice)) => {
            in_a_row([w::not_held(), reason.as_str(), w::said_twice()])
        }
        (DateIs::Added, _) => w::added_day().to_owned(),
        (DateIs::Planned, _) => String::new(),
    };
    (note, date.doubt.is_some() || matches!(date.is, DateIs::LeftOut(_)))
}

/// Days that follow each other.
pub fn span_words(span: DaySpan, today: NaiveDate) -> String {
    match span.first == span.last {
        true => when::date(span.first, today),
        false => w::between(when::date(span.first, today), when::date(span.last, today)),
    }
}

/// How many places, or that nobody knows.
pub fn capacity_words(capacity: Option<u32>) -> String {
    capacity.map_or_else(|| w::capacity_not_told().to_owned(), w::capacity_told)
}

/// How many of the places of a session were taken.
pub fn session_words(session: &OutreachSession) -> String {
    let absent = session.no_shows.map(w::absent).unwrap_or_default();
    match (&session.state, session.offered, session.taken) {
        (SessionState::Cancelled(reason), ..) => w::cancelled_told(reason),
        (SessionState::Unknown(text), ..) => text.clone(),
        (SessionState::Held, Some(offered), Some(taken)) => in_a_row([w::taken_of(taken, offered), absent]),
        (SessionState::Held, None, Some(taken)) => in_a_row([w::taken_only(taken), absent]),
        (SessionState::Held, _, None) => in_a_row([w::taken_not_told().to_owned(), absent]),
    }
}

/// The rate, never without over how many sessions it is; then what it is not of.
pub fn fill_words(rate: &FillRate) -> String {
    let count = |n: u32, words: fn(u32) -> String| if n > 0 { words(n) } else { String::new() };
    let beside = [count(rate.not_told, w::not_told), count(rate.cancelled, w::cancelled_count)];
    let absent = match (u32::try_from(rate.no_shows), rate.no_shows_told) {
        (_, 0) | (Err(_), _) => String::new(),
        (Ok(absent), told) => format!("{} {}", w::absent(absent), w::absent_of(told)),
    };
    let told = match rate.percent() {
        Some(percent) => {
            let taken = w::taken_of(u32::try_from(rate.taken).unwrap_or(u32::MAX), rate.offered);
            in_a_row([w::fill(summary::percent(percent), taken), w::fill_n(rate.sessions)])
        }
        // Both are known: there was nothing to take.
        None if rate.sessions > 0 => in_a_row([w::fill_no_place().to_owned(), w::fill_n(rate.sessions)]),
        None => w::fill_not_told().to_owned(),
    };
    in_a_row([told].into_iter().chain(beside).chain([absent]))
}

/// What a sort of line is called, or what adds one.
pub fn sort_words(lines: OutreachLines, is_new: bool) -> Word {
    match (lines, is_new) {
        (OutreachLines::Places, false) => w::place,
        (OutreachLines::Places, true) => w::place_add,
        (OutreachLines::Days, false) => w::day_line,
        (OutreachLines::Days, true) => w::day_add,
        (OutreachLines::Sessions, false) => w::session,
        (OutreachLines::Sessions, true) => w::session_add,
        (OutreachLines::Turns, false) => w::turn,
        (OutreachLines::Turns, true) => w::turn_add,
    }
}

/// What a field is called, by its code: the same wherever it stands, but for who carries it and who is on duty.
pub fn label(lines: Option<OutreachLines>, code: &str) -> Option<Word> {
    Some(match code {
        "title" => w::name,
        "kind" => w::kind,
        "who" | "who_entry" if lines == Some(OutreachLines::Turns) => w::turn_who,
        "who" | "who_entry" => w::carrier,
        "offers" => w::offers,
        "public" => w::public,
        "recurrence" => w::recurrence,
        "begins" => w::begins,
        "ends" => w::ends,
        "hours" => w::hours,
        "capacity" => w::capacity,
        "referral" => w::referral,
        "phone" => w::phone,
        "delay" => w::delay,
        "checked_on" => w::checked_on,
        "note" => p::note,
        "to_verify" => p::to_verify,
        "commune" => w::commune,
        "address" => w::address,
        "department" => w::department,
        "day" => w::day,
        "says" => w::says,
        "state" => w::state,
        "offered" => w::offered,
        "taken" => w::taken,
        "no_shows" => w::no_shows,
        "from" => w::turn_from,
        "until" => w::turn_until,
        "withdrawn" => e::withdrawn_field,
        _ => return None,
    })
}

/// The parts of a path: the sort of lines, the line and its field.
fn parts(path: &str) -> Option<(OutreachLines, LineId, &str)> {
    let mut parts = path.splitn(3, '.');
    let (lines, id) = (OutreachLines::from_code(parts.next()?)?, LineId::parse(parts.next()?)?);
    Some((lines, id, parts.next()?))
}

/// A field of a service, by its path.
pub fn field_words(path: &str) -> String {
    let (lines, code) = parts(path).map_or((None, path), |(lines, _, code)| (Some(lines), code));
    let sort = lines.map_or("", |lines| sort_words(lines, false)());
    in_a_row([sort, label(lines, code).map_or("", |label| label())])
}

/// A field of a service, by its path, and of which line it is.
pub fn field_words_in(path: &str, shown: &OutreachShown) -> String {
    let name = parts(path).and_then(|(lines, id, _)| line_name(lines, id, shown));
    in_a_row([field_words(path), name.unwrap_or_default()])
}

/// What a line is called; nothing where it is not there.
pub fn line_name(lines: OutreachLines, id: LineId, shown: &OutreachShown) -> Option<String> {
    let said = |field: &str| shown.service.said_in(lines, id, field);
    let day = |field: &str| Some(value_words(field, &said(field)?, shown));
    match lines {
        OutreachLines::Places => {
            let place = shown.service.places.iter().find(|place| place.id == id)?;
            Some(place_words(place, &shown.own_commune))
        }
        OutreachLines::Days | OutreachLines::Sessions => day("day"),
        OutreachLines::Turns => Some(in_a_row([day("from")?, day("until")?])),
    }
}

/// What a field says, by its path and its value as it is written.
pub fn value_words(path: &str, value: &str, shown: &OutreachShown) -> String {
    let code = parts(path).map_or(path, |(_, _, code)| code);
    match code {
        // Ids say nothing to anyone: whoever it is has a name, unless they left the directory.
        "who_entry" if !value.is_empty() => shown.who(EntryId::parse(value), e::of_the_directory()).to_owned(),
        "kind" => kind_words(&OutreachKind::from_code(value)),
        "recurrence" => recurrence_words(&Recurrence::parse(value)),
        "commune" => EventCommune::parse(value).map(|commune| commune.name).unwrap_or_default(),
        "says" => match DaySays::parse(value) {
            DaySays::NotSaid => String::new(),
            DaySays::LeftOut(reason) => in_a_row([w::left_out(), reason.as_str()]),
            DaySays::Added => w::added().to_owned(),
            DaySays::Unknown(text) => text,
        },
        "state" => match SessionState::parse(value) {
            SessionState::Held => w::held().to_owned(),
            SessionState::Cancelled(reason) => w::cancelled_told(reason),
            SessionState::Unknown(text) => text,
        },
        "day" | "begins" | "ends" | "checked_on" | "from" | "until" => {
            value.parse().map(|day| when::date(day, browser::today())).unwrap_or_default()
        }
        "withdrawn" => e::yes().to_owned(),
        _ => value.to_owned(),
    }
}

/// Where another version of a field is written: in the form of its line, or of the whole with its places.
pub fn form_of(id: OutreachId, path: &str) -> Route {
    Route::Outreach(match parts(path) {
        Some((OutreachLines::Places, ..)) | None => OutreachRoute::Edit(id),
        Some((lines, line, _)) => OutreachRoute::Line(id, lines, line),
    })
}

/// What makes a field, by its path, say this and nothing else; nothing for what a newer version wrote.
pub fn keep(id: OutreachId, path: &str, value: &str) -> Option<Request> {
    Some(edit(id, vec![OutreachChange::at(path, value)?]))
}

/// Asks that a service change, from its own screen.
pub fn edit(id: OutreachId, changes: Vec<OutreachChange>) -> Request {
    let write = OutreachWrite::Edit { id, changes, draft: None };
    Request::WriteCollective(Box::new(CollectiveWrite::Outreach(write)))
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::outreach::{Fielded, OutreachAbout, OutreachDay, OutreachTurn};

    use super::*;

    #[test]
    fn every_field_has_its_words() {
        let of = |lines: Option<OutreachLines>, codes: &[&str]| {
            for code in codes {
                assert!(label(lines, code).is_some(), "{code}");
            }
        };
        of(None, OutreachAbout::FIELDS);
        of(Some(OutreachLines::Places), OutreachPlace::FIELDS);
        of(Some(OutreachLines::Days), OutreachDay::FIELDS);
        of(Some(OutreachLines::Sessions), OutreachSession::FIELDS);
        of(Some(OutreachLines::Turns), OutreachTurn::FIELDS);
        assert!(!field_words("withdrawn").is_empty());
        assert!(field_words(&format!("turns.{}.who", LineId([1; 16]))).contains(w::turn_who()));
    }

    #[test]
    fn a_rate_never_goes_without_its_n() {
        let rate = FillRate { offered: 8, taken: 6, sessions: 3, not_told: 2, ..FillRate::default() };
        let words = fill_words(&rate);
        assert!(words.contains("75") && words.contains(&w::fill_n(3)) && words.contains(&w::not_told(2)), "{words}");
        assert_eq!(fill_words(&FillRate::default()), w::fill_not_told());
        let none_offered = fill_words(&FillRate { sessions: 1, ..FillRate::default() });
        assert!(none_offered.contains(w::fill_no_place()) && none_offered.contains(&w::fill_n(1)), "{none_offered}");
    }

    #[test]
    fn a_recurrence_is_said_in_one_line() {
        let said = |text: &str| recurrence_words(&Recurrence::parse(text));
        assert!(said("monthly:3:2").contains(w::nth_third()));
        assert!(said("every:2:2026-03-03").contains('2'));
        assert_eq!(said("every:1:2026-03-03"), said("weekly:2"), "once a week is every week");
        assert_eq!(said(""), "");
        assert_eq!(said("yearly:3"), "yearly:3", "what a newer version wrote is shown as it is");
    }
}
