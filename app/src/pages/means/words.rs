//! The words of what is offered: what it is, whether it is free, how far a use is, and its fields by their path.

use chrono::NaiveDate;
use maillon_shared::api::Request;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::means::{MeansFile, MeansWrite, Mine};
use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::{EntryId, EventId, LineId, MeansId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::means::{
    CannotTell, DoubleBooking, Free, LOANS, Loan, LoanState, MeansChange, Offer, OfferState,
};

use crate::lists::label;
use crate::pages::programme::words::or_unnamed;
use crate::words::{events as e, in_a_row, means as w};
use crate::{browser, when};

/// What it is.
pub fn kind_words(kind: &str) -> String {
    if kind.is_empty() { w::kind_not_said().to_owned() } else { label(ListId::MeansKinds, kind).to_owned() }
}

/// Whether it is offered, in a choice.
pub fn offer_words(state: &OfferState) -> String {
    match state {
        OfferState::Offered => w::offered(),
        OfferState::Paused { .. } => w::paused(),
        OfferState::Ended(_) => w::ended(),
        OfferState::Unknown(text) => return text.clone(),
    }
    .to_owned()
}

/// Whether it is offered on that day, until when not, and why: what is over is not told as it was said.
pub fn offer_told(about: &Offer, today: NaiveDate) -> String {
    match &about.state {
        OfferState::Offered | OfferState::Paused { .. } if about.is_over(today) => w::ended().to_owned(),
        OfferState::Paused { until: Some(until), .. } if *until < today => w::offered().to_owned(),
        state => state_told(state),
    }
}

/// Whether it is offered, as it is said.
fn state_told(state: &OfferState) -> String {
    match state {
        OfferState::Paused { until, reason } => {
            let until = until.map(|until| w::until_day(date(until))).unwrap_or_default();
            in_a_row([offer_words(state), until, reason.clone()])
        }
        OfferState::Ended(reason) => in_a_row([offer_words(state), reason.clone()]),
        other => offer_words(other),
    }
}

/// How far a use is, in a choice.
pub fn loan_words(state: &LoanState) -> String {
    match state {
        LoanState::Asked => w::asked(),
        LoanState::Agreed => w::agreed(),
        LoanState::HandedOver => w::handed_over(),
        LoanState::GivenBack(_) => w::given_back(),
        LoanState::NotGivenBack(_) => w::not_given_back(),
        LoanState::Refused(_) => w::refused(),
        LoanState::Unknown(text) => return text.clone(),
    }
    .to_owned()
}

/// How far it is, since when, and why.
pub fn loan_told(state: &LoanState) -> String {
    match state {
        LoanState::GivenBack(on) => in_a_row([loan_words(state), date(*on)]),
        LoanState::NotGivenBack(words) | LoanState::Refused(words) => in_a_row([loan_words(state), words.clone()]),
        other => loan_words(other),
    }
}

/// A day, by its date.
pub fn date(day: NaiveDate) -> String {
    when::date(day, browser::today())
}

/// From when until when something is used.
pub fn days_words(loan: &Loan) -> String {
    days_words_on(loan, browser::today())
}

fn days_words_on(loan: &Loan, today: NaiveDate) -> String {
    let date = |day| when::date(day, today);
    match (loan.from, loan.last()) {
        (None, None) => w::no_days().to_owned(),
        (None, Some(last)) => w::until_day(date(last)),
        (Some(from), None) => in_a_row([date(from), w::until_not_known().to_owned()]),
        (Some(from), Some(last)) if from == last => date(from),
        (Some(from), Some(last)) => w::from_until(date(from), date(last)),
    }
}

/// From when until when it is offered.
pub fn offered_days(about: &Offer) -> String {
    match (about.from, about.until) {
        (None, None) => String::new(),
        (Some(from), None) => w::from_day(date(from)),
        (None, Some(until)) => w::until_day(date(until)),
        (Some(from), Some(until)) => w::from_until(date(from), date(until)),
    }
}

/// How many a use takes.
pub fn number_words(loan: &Loan) -> String {
    loan.number.map_or_else(|| w::number_not_said().to_owned(), |number| number.to_string())
}

/// How many are free, or why nobody can tell.
pub fn free_words(free: Free) -> String {
    match free {
        Free::NotCounted => w::not_counted().to_owned(),
        Free::NotOffered => w::not_offered().to_owned(),
        Free::CannotTell(CannotTell::State) => w::cannot_state().to_owned(),
        Free::CannotTell(CannotTell::Quantity) => w::cannot_quantity().to_owned(),
        Free::CannotTell(CannotTell::Uses(uses)) => w::cannot_uses(uses),
        Free::Known { free, asked } => {
            let free = if free == 0 { w::none_free().to_owned() } else { w::free_count(free) };
            in_a_row([free, if asked == 0 { String::new() } else { w::asked_count(asked) }])
        }
    }
}

/// Which uses meet, and from when.
pub fn double_words(double: &DoubleBooking, file: &MeansFile) -> String {
    let name = |id: &LineId| file.means.loan(*id).map(|loan| or_unnamed(file.borrower(loan)));
    let who = double.loans.iter().filter_map(name).collect::<Vec<_>>().join(", ");
    match double.is_certain {
        true => w::double_certain(date(double.day), who),
        false => w::double_perhaps(date(double.day), who),
    }
}

/// A field of what is offered, by its path.
pub fn field_words(path: &str) -> String {
    let is_loan = path.split('.').next() == Some(LOANS);
    let line = if is_loan { w::use_() } else { "" };
    let field = match path.rsplit('.').next().unwrap_or_default() {
        "kind" => w::kind(),
        "title" => w::name(),
        "words" => w::words(),
        "conditions" => w::conditions(),
        "owner" | "owner_entry" => w::owner(),
        "commune" => e::commune(),
        "quantity" => w::quantity(),
        "capacity" => w::capacity(),
        "contact" => w::contact(),
        "from" if is_loan => w::use_from(),
        "until" if is_loan => w::use_until(),
        "from" => w::from(),
        "until" => e::until(),
        "state" if is_loan => w::use_state(),
        "state" => w::state(),
        "who" | "who_entry" => w::who(),
        "purpose" => w::purpose(),
        "event" => w::event(),
        "number" => w::number(),
        "condition" => w::condition(),
        "withdrawn" => e::withdrawn_field(),
        _ => return path.to_owned(),
    };
    in_a_row([line, field])
}

/// The same, and of which use it is.
pub fn field_words_in(path: &str, file: &MeansFile) -> String {
    let loan = path.split('.').nth(1).and_then(LineId::parse).and_then(|id| file.means.loan(id));
    in_a_row([field_words(path), loan.map(|loan| file.borrower(loan).to_owned()).unwrap_or_default()])
}

/// What a field says, by its path and its value as it is written.
pub fn value_words(path: &str, value: &str, file: &MeansFile) -> String {
    if value.is_empty() {
        return String::new();
    }
    match path.rsplit('.').next().unwrap_or_default() {
        "kind" => kind_words(value),
        "state" if path.starts_with(LOANS) => loan_told(&LoanState::parse(value)),
        "state" => state_told(&OfferState::parse(value)),
        "from" | "until" => value.parse().map_or_else(|_| value.to_owned(), date),
        "commune" => EventCommune::parse(value).map(|commune| commune.name).unwrap_or_default(),
        // Ids say nothing to anyone.
        "owner_entry" | "who_entry" => file.called(EntryId::parse(value), e::of_the_directory()).to_owned(),
        "event" => EventId::parse(value).map(|event| or_unnamed(file.event_title(event))).unwrap_or_default(),
        "withdrawn" => e::yes().to_owned(),
        _ => value.to_owned(),
    }
}

/// What makes a field, by its path, say this and nothing else; nothing for what a newer version wrote.
pub fn keep(id: MeansId, path: &str, value: &str) -> Option<Request> {
    Some(edit(id, vec![MeansChange::at(path, value).filter(MeansChange::is_known)?]))
}

/// Asks that something change, from its own screen.
pub fn edit(id: MeansId, changes: Vec<MeansChange>) -> Request {
    let write = MeansWrite::Edit { id, changes, mine: None, draft: None };
    Request::WriteCollective(Box::new(CollectiveWrite::Means(Box::new(write))))
}

/// Asks that it be noted that this coordinator lends it, or has that use of it, no longer: they say so for themselves alone.
pub fn no_longer(id: MeansId, loan: Option<LineId>) -> Request {
    let mine = Some(Mine { loan, is_mine: false });
    let write = MeansWrite::Edit { id, changes: Vec::new(), mine, draft: None };
    Request::WriteCollective(Box::new(CollectiveWrite::Means(Box::new(write))))
}

/// Asks that a use be so far, from the screen of the thing.
pub fn says_state(id: MeansId, loan: LineId, state: &LoanState) -> Request {
    edit(id, vec![MeansChange::Loan(loan, "state".to_owned(), state.to_string())])
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::means::{Fielded, Line};

    use super::*;

    #[test]
    fn every_field_has_its_words() {
        for field in Offer::FIELDS {
            assert_ne!(field_words(field), *field);
        }
        for field in Loan::FIELDS {
            assert!(!field_words(&format!("{LOANS}.x.{field}")).contains(".x."), "{field}");
        }
    }

    #[test]
    fn what_cannot_be_told_says_why_and_none_is_no_number() {
        let all = [
            Free::NotCounted,
            Free::NotOffered,
            Free::CannotTell(CannotTell::State),
            Free::CannotTell(CannotTell::Quantity),
            Free::CannotTell(CannotTell::Uses(2)),
            Free::Known { free: 0, asked: 0 },
            Free::Known { free: 2, asked: 1 },
        ];
        let mut said: Vec<String> = all.into_iter().map(free_words).collect();
        said.sort();
        said.dedup();
        assert_eq!(said.len(), all.len(), "{said:?}");
    }

    #[test]
    fn what_is_over_is_not_told_as_offered_nor_as_paused() {
        let day = |text: &str| -> NaiveDate { text.parse().expect("a day") };
        let mut about = Offer::empty(LineId([1; 16]));
        let told = |about: &Offer| offer_told(about, day("2026-03-10"));
        about.state = OfferState::Paused { until: Some(day("2026-03-09")), reason: "travaux".into() };
        assert_eq!(told(&about), w::offered());
        about.until = Some(day("2026-03-09"));
        assert_eq!(told(&about), w::ended());
        about.state = OfferState::Offered;
        assert_eq!(told(&about), w::ended());
        about.until = Some(day("2026-03-10"));
        assert_eq!(told(&about), w::offered(), "through its last day");
    }

    #[test]
    fn days_that_nobody_said_are_said_so() {
        let day = |text: &str| text.parse().ok();
        let words = |loan: &Loan| days_words_on(loan, "2026-03-01".parse().expect("a day"));
        let mut loan = Loan::empty(LineId([1; 16]));
        let mut said = vec![words(&loan)];
        loan.from = day("2026-03-10");
        said.push(words(&loan));
        loan.until = day("2026-03-10");
        said.push(words(&loan));
        loan.until = day("2026-03-12");
        said.push(words(&loan));
        said.sort();
        said.dedup();
        assert_eq!(said.len(), 4, "{said:?}");
    }
}
