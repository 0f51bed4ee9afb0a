//! The forms of what is offered and of a use of it: what is typed, and what that means, or all that is to be mended.

use chrono::NaiveDate;
use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::{EntryId, EventId};
use maillon_shared::domain::means::{Fielded, Line, Loan, LoanState, Offer, OfferState, SharedMeans};
use maillon_shared::domain::mission::commune_key;
use maillon_shared::domain::time::PartialDate;

use crate::pages::typed::{Typed, date_typed, wrong};
use crate::ui::Problem;
use crate::words::{application, means as w};

/// The choices of whether something is offered.
pub const OFFER_STATES: [&str; 3] = ["offered", "paused", "ended"];
/// The choices of how far a use is.
pub const LOAN_STATES: [&str; 6] = ["asked", "agreed", "handed_over", "given_back", "not_given_back", "refused"];
/// Whether it is this coordinator's own, and that it is.
pub const MINE: &str = "mine";
pub const YES: &str = "yes";
pub const NO: &str = "no";

/// What is typed as it is meant: texts, and what one chooses.
const OFFER_TEXTS: [&str; 9] =
    ["kind", "title", "words", "conditions", "owner", "owner_entry", "quantity", "capacity", "contact"];
const LOAN_TEXTS: [&str; 6] = ["who", "who_entry", "purpose", "event", "number", "condition"];

fn day_typed(day: Option<NaiveDate>) -> String {
    date_typed(day.map(PartialDate::Day))
}

fn offer_code(state: &OfferState) -> &'static str {
    match state {
        OfferState::Offered => "offered",
        OfferState::Paused { .. } => "paused",
        OfferState::Ended(_) => "ended",
        OfferState::Unknown(_) => "unknown",
    }
}

fn loan_code(state: &LoanState) -> &'static str {
    match state {
        LoanState::Asked => "asked",
        LoanState::Agreed => "agreed",
        LoanState::HandedOver => "handed_over",
        LoanState::GivenBack(_) => "given_back",
        LoanState::NotGivenBack(_) => "not_given_back",
        LoanState::Refused(_) => "refused",
        LoanState::Unknown(_) => "unknown",
    }
}

/// The form of what is offered.
pub fn typed_of(about: &Offer, is_mine: bool) -> Typed {
    let mut form = Typed::default();
    OFFER_TEXTS.iter().for_each(|code| form.say(code, about.said(code)));
    let commune = about.commune.clone().unwrap_or(EventCommune { key: String::new(), name: String::new() });
    form.say("commune", commune.name);
    form.say("commune_code", commune.key);
    form.say("from", day_typed(about.from));
    form.say("until", day_typed(about.until));
    form.say("state", offer_code(&about.state));
    match &about.state {
        OfferState::Paused { until, reason } => {
            form.say("paused_until", day_typed(*until));
            form.say("reason", reason.as_str());
        }
        OfferState::Ended(reason) => form.say("reason", reason.as_str()),
        _ => {}
    }
    form.say(MINE, if is_mine { YES } else { NO });
    form
}

/// The form of a use.
pub fn typed_loan(loan: &Loan, is_mine: bool) -> Typed {
    let mut form = Typed::default();
    LOAN_TEXTS.iter().for_each(|code| form.say(code, loan.said(code)));
    form.say("from", day_typed(loan.from));
    form.say("until", day_typed(loan.until));
    form.say("state", loan_code(&loan.state));
    match &loan.state {
        LoanState::GivenBack(on) => form.say("back_on", day_typed(Some(*on))),
        LoanState::NotGivenBack(words) => form.say("known", words.as_str()),
        LoanState::Refused(reason) => form.say("reason", reason.as_str()),
        _ => {}
    }
    form.say(MINE, if is_mine { YES } else { NO });
    form
}

/// Says how far a use is. The day on which it came back is offered as the day on which that is chosen: it is then in the draft,
/// which another day does not change.
pub fn choose_state(form: &mut Typed, code: &str, today: NaiveDate) {
    form.say("state", code);
    if code == "given_back" && form.said("back_on").is_empty() {
        form.say("back_on", day_typed(Some(today)));
    }
}

/// Whether the form says that it is this coordinator's own.
pub fn is_mine(form: &Typed) -> bool {
    form.said(MINE) == YES
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

    fn day(&mut self, name: &str) -> Option<NaiveDate> {
        match self.form.date(name) {
            Some(Some(PartialDate::Day(day))) => Some(day),
            Some(None) => None,
            _ => {
                wrong(&mut self.problems, name, application::wrong_day());
                None
            }
        }
    }

    /// From what day through what day.
    fn days(&mut self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let days = (self.day("from"), self.day("until"));
        if let (Some(from), Some(until)) = days
            && until < from
        {
            wrong(&mut self.problems, "until", w::until_before());
        }
        days
    }

    fn number(&mut self, name: &str, least: u32) -> Option<u32> {
        let typed = self.said(name);
        let read = typed.parse().ok().filter(|number| (least..=100_000).contains(number));
        if read.is_none() && !typed.is_empty() {
            wrong(&mut self.problems, name, w::wrong_number());
        }
        read
    }

    fn reason(&mut self) -> String {
        let reason = self.said("reason");
        if reason.is_empty() {
            wrong(&mut self.problems, "reason", w::needs_reason());
        }
        reason
    }

    fn commune(&self, before: &Offer) -> Option<EventCommune> {
        let (name, code) = (self.said("commune"), self.said("commune_code"));
        let held = before.commune.as_ref().filter(|held| held.name == name && held.key == code);
        match name.is_empty() {
            true => None,
            false => Some(held.cloned().unwrap_or_else(|| EventCommune { key: commune_key(&code, &name), name })),
        }
    }

    fn offer_state(&mut self, before: &OfferState) -> OfferState {
        match self.said("state").as_str() {
            "offered" | "" => OfferState::Offered,
            "paused" => OfferState::Paused { until: self.day("paused_until"), reason: self.said("reason") },
            "ended" => OfferState::Ended(self.reason()),
            _ => before.clone(),
        }
    }

    fn loan_state(&mut self, before: &LoanState) -> LoanState {
        match self.said("state").as_str() {
            "asked" | "" => LoanState::Asked,
            "agreed" => LoanState::Agreed,
            "handed_over" => LoanState::HandedOver,
            "given_back" => match self.day("back_on") {
                Some(day) => LoanState::GivenBack(day),
                None => {
                    if self.said("back_on").is_empty() {
                        wrong(&mut self.problems, "back_on", application::needs_date());
                    }
                    before.clone()
                }
            },
            "not_given_back" => LoanState::NotGivenBack(self.said("known")),
            "refused" => LoanState::Refused(self.reason()),
            _ => before.clone(),
        }
    }
}

/// What is offered as the form means it, its uses as they were, and all that is to be mended.
pub fn settled(form: &Typed, before: &SharedMeans) -> (SharedMeans, Vec<Problem>) {
    let mut read = Reader { form, problems: Vec::new() };
    let mut means = before.clone();
    let (from, until) = read.days();
    means.about = Offer {
        id: before.about.id,
        kind: read.said("kind"),
        title: read.said("title"),
        words: read.said("words"),
        conditions: read.said("conditions"),
        owner: read.said("owner"),
        owner_entry: EntryId::parse(&read.said("owner_entry")),
        commune: read.commune(&before.about),
        quantity: read.number("quantity", 0),
        capacity: read.number("capacity", 0),
        contact: read.said("contact"),
        from,
        until,
        state: read.offer_state(&before.about.state),
    };
    if means.about.title.is_empty() {
        wrong(&mut read.problems, "title", w::needs_title());
    }
    (means, read.problems)
}

/// A use as the form means it, and all that is to be mended.
pub fn settled_loan(form: &Typed, before: &Loan) -> (Loan, Vec<Problem>) {
    let mut read = Reader { form, problems: Vec::new() };
    let (from, until) = read.days();
    let loan = Loan {
        from,
        until,
        who: read.said("who"),
        who_entry: EntryId::parse(&read.said("who_entry")),
        purpose: read.said("purpose"),
        event: EventId::parse(&read.said("event")),
        number: read.number("number", 1),
        state: read.loan_state(&before.state),
        condition: read.said("condition"),
        ..Loan::empty(before.id)
    };
    if loan.who.is_empty() && loan.who_entry.is_none() {
        wrong(&mut read.problems, "who", w::needs_who());
    }
    (loan, read.problems)
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::ids::{LineId, MeansId};

    use super::*;
    use crate::pages::typed::{fields_since, lay};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn stand() -> SharedMeans {
        let mut stand = SharedMeans::empty(MeansId([1; 16]));
        let about = &mut stand.about;
        (about.kind, about.title) = ("stand".into(), "Barnum".into());
        (about.owner, about.contact) = ("Le Pays".into(), "l’accueil".into());
        about.owner_entry = Some(EntryId([2; 16]));
        about.commune = Some(EventCommune { key: "13004".into(), name: "Arles".into() });
        (about.quantity, about.capacity) = (Some(0), Some(40));
        (about.from, about.until) = (Some(day("2026-01-01")), Some(day("2026-12-31")));
        stand
    }

    fn loan() -> Loan {
        Loan {
            from: Some(day("2026-03-10")),
            until: Some(day("2026-03-12")),
            who: "CPTS".into(),
            purpose: "forum".into(),
            event: Some(EventId([3; 16])),
            number: Some(2),
            condition: "sec".into(),
            ..Loan::empty(LineId([4; 16]))
        }
    }

    #[test]
    fn a_form_that_nobody_touched_means_what_there_is() {
        let mut all = stand();
        all.loans.push(loan());
        for state in [
            OfferState::Offered,
            OfferState::Paused { until: Some(day("2026-05-01")), reason: "travaux".into() },
            OfferState::Paused { until: None, reason: String::new() },
            OfferState::Ended("vendu".into()),
            OfferState::Unknown("given_away".into()),
        ] {
            all.about.state = state;
            let (meant, problems) = settled(&typed_of(&all.about, true), &all);
            assert!(problems.is_empty(), "{:?}", all.about.state);
            assert_eq!(meant, all);
        }
        let mut loan = loan();
        for state in [
            LoanState::Asked,
            LoanState::Agreed,
            LoanState::HandedOver,
            LoanState::GivenBack(day("2026-03-11")),
            LoanState::NotGivenBack(String::new()),
            LoanState::Refused("déjà promis".into()),
            LoanState::Unknown("sold".into()),
        ] {
            loan.state = state;
            let (meant, problems) = settled_loan(&typed_loan(&loan, false), &loan);
            assert!(problems.is_empty(), "{:?}", loan.state);
            assert_eq!(meant, loan);
        }
    }

    #[test]
    fn what_is_to_be_mended_is_told_where_it_is() {
        let fields = |problems: Vec<Problem>| problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>();
        let offer = |said: &[(&str, &str)]| {
            let mut form = typed_of(&stand().about, false);
            said.iter().for_each(|(name, text)| form.say(name, *text));
            fields(settled(&form, &stand()).1)
        };
        assert_eq!(offer(&[("title", " ")]), ["title"]);
        assert_eq!(offer(&[("quantity", "quelques-uns")]), ["quantity"]);
        assert_eq!(offer(&[("from", "3/2026")]), ["from"]);
        assert_eq!(offer(&[("until", "1/1/2020")]), ["until"]);
        assert_eq!(offer(&[("state", "ended")]), ["reason"]);
        assert_eq!(offer(&[("state", "paused")]), [""; 0]);
        let use_of = |said: &[(&str, &str)]| {
            let mut form = typed_loan(&loan(), false);
            said.iter().for_each(|(name, text)| form.say(name, *text));
            fields(settled_loan(&form, &loan()).1)
        };
        assert_eq!(use_of(&[("who", "")]), ["who"]);
        assert_eq!(use_of(&[("number", "0")]), ["number"]);
        assert_eq!(use_of(&[("state", "refused")]), ["reason"]);
        assert_eq!(use_of(&[("state", "given_back")]), ["back_on"]);
    }

    #[test]
    fn the_day_it_came_back_is_the_one_on_which_that_was_chosen() {
        let opened = typed_loan(&loan(), false);
        let mut form = opened.clone();
        choose_state(&mut form, "given_back", day("2026-03-11"));
        // The power goes; what was chosen is laid over the form that is opened again another day.
        let draft = fields_since(&opened, &form);
        let mut form = typed_loan(&loan(), false);
        lay(&mut form, &draft);
        choose_state(&mut form, "given_back", day("2026-03-15"));
        let (meant, problems) = settled_loan(&form, &loan());
        assert!(problems.is_empty());
        assert_eq!(meant.state, LoanState::GivenBack(day("2026-03-11")));
    }
}
