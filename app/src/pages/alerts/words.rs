//! What alerts are called, who answers for them, by when, and what a field of one says.

use chrono::{NaiveDateTime, TimeDelta};
use maillon_shared::api::alerts::{AlertRow, Standing};
use maillon_shared::domain::alert::{Clock, Moment, Owner, Severity};
use maillon_shared::domain::disclosure::is_never_alone;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::person::Silence;
use maillon_shared::domain::time::{Hour, PartialDate};

use crate::lists::label;
use crate::words::{alert as w, time};
use crate::{browser, when};

/// What an alert is.
pub fn kind_words(kind: &str) -> String {
    match label(ListId::AlertKinds, kind) {
        "" => w::alert().to_owned(),
        kind => kind.to_owned(),
    }
}

/// What an alert is, in a list that someone passing may read: what would tell too much beside a name is said once it is
/// opened.
pub fn listed_kind_words(kind: &str) -> String {
    if is_never_alone(kind) { w::alert().to_owned() } else { kind_words(kind) }
}

/// How grave it is.
pub fn severity_words(severity: &Severity) -> String {
    label(ListId::AlertSeverities, severity.code()).to_owned()
}

/// Who answers for it.
pub fn owner_words(owner: &Owner) -> String {
    match owner {
        Owner::Coordinator => w::coordinator().to_owned(),
        Owner::StandIn => w::stand_in().to_owned(),
        Owner::Someone { name, .. } => name.as_str().to_owned(),
    }
}

/// A moment.
pub fn moment(at: Moment) -> String {
    time::at(when::day(at.day, browser::today()), when::hour(at.hour))
}

/// Now, as the clock on the wall says.
pub fn now() -> Moment {
    let now = browser::now();
    Moment { day: now.day(), hour: now.hour() }
}

/// By when it is to be answered, in hours when less than a day is left; and whether that is over.
pub fn deadline(row: &AlertRow) -> Option<(String, bool)> {
    match row.clock {
        Clock::Still => None,
        Clock::Answered(at) => Some((w::answered(moment(at)), false)),
        Clock::Until(_) if row.severity.is_vital() => Some((w::call_now().to_owned(), true)),
        Clock::Until(deadline) => Some(left(deadline, now().at())),
    }
}

fn left(deadline: NaiveDateTime, now: NaiveDateTime) -> (String, bool) {
    let left = deadline - now;
    let hours = |span: TimeDelta| span.num_hours() as u32;
    if left < TimeDelta::zero() {
        let late = match -left {
            late if late < TimeDelta::hours(1) => w::just_late().to_owned(),
            late if late < TimeDelta::days(1) => w::hours_late(hours(late)),
            late => w::days_late(late.num_days() as u32),
        };
        (late, true)
    } else if left < TimeDelta::hours(1) {
        (w::minutes_left(left.num_minutes() as u32), false)
    } else if left < TimeDelta::days(1) {
        (w::hours_left(hours(left)), false)
    } else {
        (w::before(when::day(deadline.date(), now.date())), false)
    }
}

/// What is to be known before anything is done about someone.
pub fn silence_note(silence: &Silence) -> &'static str {
    match silence {
        Silence::Deceased => w::deceased(),
        Silence::Moved => w::moved(),
        Silence::Refuses | Silence::Unknown(_) => w::refuses(),
    }
}

/// How far it is, where it is not simply open.
pub fn standing_words(standing: &Standing) -> Option<String> {
    Some(match standing {
        Standing::Open => return None,
        Standing::Disputed => w::disputed_short().to_owned(),
        Standing::Closed(at, reason) => w::closed_because(when::day(at.day, browser::today()), closing_words(reason)),
        Standing::Expired => w::expired().to_owned(),
    })
}

/// Why it was closed.
pub fn closing_words(reason: &str) -> String {
    label(ListId::AlertClosings, reason).to_lowercase()
}

/// What a field's path, in codes, is called.
pub fn field_words(path: &str) -> String {
    let words = match path.rsplit('.').next().unwrap_or_default() {
        "kind" => w::kind(),
        "source" => w::source(),
        "words" => w::words(),
        "audience" => w::audience(),
        "communes" => w::communes(),
        "until" => w::until(),
        "level" => w::level(),
        "phenomenon" => w::phenomenon(),
        "outcome" => w::outcome(),
        "severity" => w::severity(),
        "owner" | "name" | "entry" => w::owner(),
        "why" => w::why(),
        "what" => w::what(),
        "with" => w::with(),
        "reason" => w::reason(),
        "note" => w::note(),
        "day" => w::day(),
        "hour" => w::hour(),
        _ => w::alert(),
    };
    words.to_owned()
}

/// What a field's value says, by the path and the value as it is written.
pub fn value_words(path: &str, value: &str) -> String {
    let written = || value.to_owned();
    let from = |list: ListId| label(list, value).to_owned();
    match path.rsplit('.').next().unwrap_or_default() {
        "kind" => from(ListId::AlertKinds),
        "source" => from(ListId::RequestSources),
        "severity" => from(ListId::AlertSeverities),
        "level" => from(ListId::VigilanceLevels),
        "reason" => from(ListId::AlertClosings),
        "owner" => match value {
            "coordinator" => w::coordinator().to_owned(),
            "stand_in" => w::stand_in().to_owned(),
            _ => w::someone().to_owned(),
        },
        "until" | "day" => value.parse().map_or_else(|_| written(), |day| when::birth(PartialDate::Day(day))),
        "hour" => Hour::parse(value).map_or_else(written, when::hour),
        _ => written(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().expect("a moment")
    }

    #[test]
    fn a_list_does_not_say_beside_a_name_what_would_tell_too_much() {
        assert_eq!(listed_kind_words("abuse"), w::alert());
        assert_eq!(listed_kind_words("distress"), w::alert());
        assert_eq!(listed_kind_words("fall"), kind_words("fall"));
        assert_ne!(kind_words("abuse"), w::alert());
    }

    #[test]
    fn a_deadline_is_told_in_hours_when_less_than_a_day_is_left() {
        let now = at("2026-06-12T10:30:00");
        let told = |deadline: &str| left(at(deadline), now);
        assert_eq!(told("2026-06-12T23:59:00"), (w::hours_left(13), false));
        assert_eq!(told("2026-06-12T11:00:00"), (w::minutes_left(30), false));
        assert_eq!(told("2026-06-12T10:29:00"), (w::just_late().to_owned(), true));
        assert_eq!(told("2026-06-12T08:00:00"), (w::hours_late(2), true));
        assert_eq!(told("2026-06-09T08:00:00"), (w::days_late(3), true));
        assert!(!told("2026-06-14T10:30:00").1);
    }
}
