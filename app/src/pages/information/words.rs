//! The words of an item of information: what is to be done with it, for whom, how it stands to its end, and its fields by their
//! path.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::information::{InformationEnd, InformationFile, InformationWrite};
use maillon_shared::domain::event::{AttendanceTotal, Headcount};
use maillon_shared::domain::ids::{InformationId, LineId};
use maillon_shared::domain::information::{Diffusion, InformationChange, InformationState};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::summary::period::Period;
use maillon_shared::domain::time::PartialDate;

use crate::lists::label;
use crate::pages::events::count_words;
use crate::pages::programme::words::{at_words, or_unnamed};
use crate::words::{events as e, in_a_row, information as w, programme as p};
use crate::{browser, when};

/// What is to be done with an item, in a choice.
pub fn state_words(state: &InformationState) -> String {
    match state {
        InformationState::ToRead => w::to_read(),
        InformationState::ToPassOn => w::to_pass_on(),
        InformationState::PassedOn => w::passed_on(),
        InformationState::SetAside(_) => w::set_aside(),
        InformationState::Unknown(text) => return text.clone(),
    }
    .to_owned()
}

/// What is to be done with it, and why not.
pub fn state_told(state: &InformationState) -> String {
    let reason = match state {
        InformationState::SetAside(reason) => reason.as_str(),
        _ => "",
    };
    in_a_row([state_words(state), reason.to_owned()])
}

/// For whom.
pub fn audience_words(audience: &str) -> String {
    if audience.is_empty() { w::everyone().to_owned() } else { label(ListId::Publics, audience).to_owned() }
}

/// How it stands to its end, as a tag; nothing where there is none.
pub fn end_tag(end: InformationEnd, waits: bool) -> Option<AnyView> {
    let (words, late) = match end {
        InformationEnd::None => return None,
        InformationEnd::Until { days_left: 0, .. } if waits => (w::last_day().to_owned(), false),
        InformationEnd::Until { days_left, .. } if waits => (w::days_left(days_left), false),
        InformationEnd::Until { day, .. } => (w::until_day(when::date(day, browser::today())), false),
        InformationEnd::Over(_) => (w::is_over().to_owned(), false),
        InformationEnd::Missed(_) => (w::was_missed().to_owned(), true),
    };
    Some(view! { <span class="tag" class:late=late>{words}</span> }.into_any())
}

/// Until when it holds.
pub fn end_words(end: InformationEnd) -> String {
    let date = |day| when::date(day, browser::today());
    match end {
        InformationEnd::None => w::no_end().to_owned(),
        InformationEnd::Until { day, .. } => date(day),
        InformationEnd::Over(day) => in_a_row([date(day), w::is_over().to_owned()]),
        InformationEnd::Missed(day) => in_a_row([date(day), w::was_missed().to_owned()]),
    }
}

/// How many copies were left; nothing where nobody knows.
fn copies_words(copies: Headcount) -> String {
    match copies {
        Headcount::NotKnown => String::new(),
        Headcount::Counted(count) => w::copies_count(count),
        Headcount::About(count) => w::about_copies(count),
    }
}

/// When, by which way and how many, of a line of diffusion.
pub fn diffusion_told(line: &Diffusion) -> String {
    let on = line.on.map_or_else(|| w::day_not_known().to_owned(), |day| when::date(day, browser::today()));
    let channel = label(ListId::InformationChannels, &line.channel).to_owned();
    let people = if line.people == Headcount::NotKnown { String::new() } else { count_words(line.people) };
    let counts = [copies_words(line.copies), people];
    let unsaid = if counts.iter().all(String::is_empty) { w::count_not_known() } else { "" };
    let [copies, people] = counts;
    in_a_row([on, channel, copies, people, unsaid.to_owned()])
}

/// How many copies and people in all, as far as it is known; nothing where nobody knows anything.
pub fn totals_told(copies: AttendanceTotal, people: AttendanceTotal, lines: usize) -> String {
    let is_known = |total: AttendanceTotal| usize::try_from(total.not_known).is_ok_and(|unknown| unknown < lines);
    let told = |total: AttendanceTotal, words: String| {
        if !is_known(total) {
            return String::new();
        }
        in_a_row([words, if total.not_known > 0 { w::lines_not_known(total.not_known) } else { String::new() }])
    };
    let some = |total: AttendanceTotal| match total.is_about {
        true => Headcount::About(total.known),
        false => Headcount::Counted(total.known),
    };
    in_a_row([told(copies, copies_words(some(copies))), told(people, count_words(some(people)))])
}

/// A month and its year.
pub fn month_words(month: Period) -> String {
    let (year, number) = month.first().year_and_month();
    at_words(PartialDate::Month(year, number))
}

/// A field of an item, by its path.
pub fn field_words(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    let line = if parts.first() == Some(&"diffusions") { w::diffusion() } else { "" };
    let field = match parts.last().copied().unwrap_or_default() {
        "title" => w::name(),
        "summary" => w::summary(),
        "source" | "source_entry" => w::source(),
        "link" => w::link(),
        "audience" => w::audience(),
        "note" => p::note(),
        "received" => w::received(),
        "expires" => w::expires(),
        "state" => w::state(),
        "for_board" => w::for_board(),
        "withdrawn" => e::withdrawn_field(),
        "channel" => w::channel(),
        "to" | "entry" => w::to_whom(),
        "on" => w::on(),
        "copies" => w::copies(),
        "people" => w::people(),
        _ => return path.to_owned(),
    };
    in_a_row([line, field])
}

/// The same, and of which line it is.
pub fn field_words_in(path: &str, file: &InformationFile) -> String {
    let id = path.split('.').nth(1).and_then(LineId::parse);
    let line = id.and_then(|id| file.item.diffusions.iter().find(|line| line.id == id));
    in_a_row([field_words(path), line.map(|line| to_words(line, file)).unwrap_or_default()])
}

/// To whom, of a line of diffusion.
pub fn to_words(line: &Diffusion, file: &InformationFile) -> String {
    let named = file.name_of(line.entry);
    or_unnamed(if named.is_empty() { &line.to } else { named })
}

/// What a field says, by its path and its value as it is written.
pub fn value_words(path: &str, value: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    match InformationChange::at(path, value) {
        Some(InformationChange::State(state)) => state_told(&state),
        Some(InformationChange::Text(..)) if path == "audience" => audience_words(value),
        Some(InformationChange::Diffusion(..)) if path.ends_with(".channel") => {
            label(ListId::InformationChannels, value).to_owned()
        }
        Some(InformationChange::Received(_) | InformationChange::Expires(_) | InformationChange::DiffusionOn(..)) => {
            PartialDate::parse(value).map(at_words).unwrap_or_default()
        }
        Some(InformationChange::Copies(_, count)) => copies_words(count),
        Some(InformationChange::People(_, count)) => count_words(count),
        // Ids say nothing to anyone.
        Some(InformationChange::SourceEntry(_) | InformationChange::DiffusionEntry(..)) => {
            e::of_the_directory().to_owned()
        }
        Some(InformationChange::ForBoard(_) | InformationChange::Withdrawn(_)) => e::yes().to_owned(),
        _ => value.to_owned(),
    }
}

/// Asks for a write.
pub fn write(asked: InformationWrite) -> Request {
    Request::WriteCollective(Box::new(CollectiveWrite::Information(Box::new(asked))))
}

/// What makes a field, by its path, say this and nothing else; nothing for what a newer version wrote.
pub fn keep(id: InformationId, path: &str, value: &str) -> Option<Request> {
    Some(edit(id, vec![InformationChange::at(path, value)?]))
}

/// Asks that an item change, from its own screen.
pub fn edit(id: InformationId, changes: Vec<InformationChange>) -> Request {
    write(InformationWrite::Edit { id, changes, draft: None })
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::information::{DiffusionField, InformationField};

    use super::*;

    #[test]
    fn every_field_has_its_words() {
        for field in InformationField::ALL {
            assert_ne!(field_words(field.code()), field.code());
        }
        for field in ["source_entry", "received", "expires", "state", "for_board", "withdrawn"] {
            assert_ne!(field_words(field), field);
        }
        let others = ["entry", "on", "copies", "people"];
        for field in DiffusionField::ALL.iter().map(|field| field.code()).chain(others) {
            assert!(!field_words(&format!("diffusions.x.{field}")).contains(".x."), "{field}");
        }
    }

    #[test]
    fn what_nobody_counted_is_not_told_as_zero() {
        let known = |known, not_known| AttendanceTotal { known, is_about: false, not_known };
        assert_eq!(totals_told(known(0, 2), known(0, 2), 2), "");
        assert!(totals_told(known(0, 1), known(0, 2), 2).contains('0'), "someone counted none");
        assert!(totals_told(known(30, 1), known(40, 0), 2).contains("30"));
        assert_ne!(audience_words(""), "");
    }
}
