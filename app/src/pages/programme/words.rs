//! The words of a programme: how far it is, how its items stand, when, how much, and its fields by their path.

use maillon_shared::api::Request;
use maillon_shared::api::collective::{CollectiveWrite, CommonTarget};
use maillon_shared::api::programme::{ItemState, ProgrammeFile};
use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::{LineId, ProgrammeId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::programme::{
    ActionState, Cents, FundingState, FundingTotal, ItemIs, ProgrammeChange, ProgrammeStatus,
};
use maillon_shared::domain::programme_calendar::ends_before;
use maillon_shared::domain::time::PartialDate;
use maillon_shared::text::format;

use crate::lists::label;
use crate::pages::{collective, events};
use crate::words::{collective as c, events as e, in_a_row, language, programme as w};
use crate::{browser, when};

/// How far a programme is, in a choice.
pub fn status_words(status: &ProgrammeStatus) -> String {
    match status {
        ProgrammeStatus::Draft => w::draft_status(),
        ProgrammeStatus::Adopted(_) => w::adopted(),
        ProgrammeStatus::Closed { .. } => w::closed(),
        ProgrammeStatus::Unknown(text) => return text.clone(),
    }
    .to_owned()
}

/// How far it is, since when, and by whom it was adopted.
pub fn status_told(status: &ProgrammeStatus) -> String {
    let adopted = match status.adoption() {
        Some(adoption) => in_a_row([w::adopted().to_owned(), at_words(adoption.on), adoption.by().to_owned()]),
        None => String::new(),
    };
    match status {
        ProgrammeStatus::Adopted(_) => adopted,
        ProgrammeStatus::Closed { on, .. } => in_a_row([adopted, w::closed().to_owned(), at_words(*on)]),
        other => status_words(other),
    }
}

/// When, as far as it is known.
pub fn at_words(at: PartialDate) -> String {
    match at {
        PartialDate::Day(day) => when::date(day, browser::today()),
        other => when::birth(other),
    }
}

/// From when until when. An end before the beginning, which two devices can make of two good ones, counts for nothing.
pub fn span_words(from: Option<PartialDate>, until: Option<PartialDate>) -> String {
    let until = until.filter(|until| Some(*until) != from && !ends_before(*until, from));
    [from, until].into_iter().flatten().map(at_words).collect::<Vec<_>>().join(" – ")
}

/// An amount.
pub fn euros(Cents(cents): Cents) -> String {
    let whole = format::number(i64::try_from(cents / 100).unwrap_or(i64::MAX), language());
    match cents % 100 {
        0 => w::euros(whole),
        rest => w::euros_and_cents(whole, format!("{rest:02}")),
    }
}

/// An amount that someone knows, or that nobody does.
pub fn amount_words(amount: Option<Cents>) -> String {
    amount.map_or_else(|| w::not_known().to_owned(), euros)
}

/// A sum, and how many lines are not in it because nobody knows.
pub fn total_words(total: FundingTotal) -> String {
    let unknown = if total.not_known > 0 { w::lines_not_known(total.not_known) } else { String::new() };
    match total.sum() {
        Some(sum) => in_a_row([euros(sum), unknown]),
        None => w::not_known().to_owned(),
    }
}

/// What came of asking for money.
pub fn funding_words(state: &FundingState) -> String {
    match state {
        FundingState::NotKnown => w::not_said(),
        FundingState::Asked => w::asked(),
        FundingState::Granted => w::granted_state(),
        FundingState::Refused => w::refused(),
        FundingState::Unknown(code) => return code.clone(),
    }
    .to_owned()
}

/// How an action stands.
pub fn action_words(state: &ActionState) -> String {
    match state {
        ActionState::Planned => w::planned_state(),
        ActionState::Running => w::running(),
        ActionState::Done => w::done(),
        ActionState::Dropped(reason) => return in_a_row([w::dropped(), reason]),
        ActionState::Unknown(text) => return text.clone(),
    }
    .to_owned()
}

/// How an item stands, where it is written.
pub fn state_words(state: &ItemState) -> String {
    match state {
        ItemState::Action(state) => action_words(state),
        ItemState::Project(_, Some(closed_on)) => c::closed_on(when::day(*closed_on, browser::today())),
        ItemState::Project(stage, None) => collective::stage_words(stage),
        ItemState::Event(state) => events::state_words(state),
        ItemState::Withdrawn => w::was_a_mistake().to_owned(),
        ItemState::NotHere => w::not_here().to_owned(),
    }
}

/// A field of a programme, by its path.
pub fn field_words(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    let lines = parts.first().copied().unwrap_or_default();
    let line = match lines {
        "axes" => w::axis(),
        "communes" => w::priority(),
        "partners" => c::partner(),
        "funding" => w::money_line(),
        "items" => w::item(),
        _ => "",
    };
    let field = match parts.last().copied().unwrap_or_default() {
        "title" if lines == "axes" => w::axis_title(),
        "title" => w::name(),
        "aim" => w::aim(),
        "year" => c::year(),
        "status" => w::status(),
        "follows" => w::follows_field(),
        "withdrawn" => e::withdrawn_field(),
        "words" => w::axis_words(),
        "ottawa" => w::ottawa(),
        "commune" => e::commune(),
        "why" => w::why(),
        "to_verify" => w::to_verify(),
        "name" | "entry" => c::partner_name(),
        "role" => w::role(),
        "source" => w::source(),
        "planned" => w::planned(),
        "granted" => w::granted(),
        "spent" => w::spent(),
        "note" => w::note(),
        "state" => w::state(),
        "is" => w::item_is(),
        "what" => w::what(),
        "from" => w::from(),
        "until" => w::until(),
        "axis" => w::axis(),
        "carrier" | "carrier_entry" => w::carrier(),
        _ => return path.to_owned(),
    };
    in_a_row([line, field])
}

/// A field of a programme, by its path, and of which line it is.
pub fn field_words_in(path: &str, file: &ProgrammeFile) -> String {
    match line_name(path, file) {
        Some(name) => in_a_row([field_words(path), or_unnamed(&name)]),
        None => field_words(path),
    }
}

/// What the line of a path is called; nothing for what is of no line, or of one that was taken away.
fn line_name(path: &str, file: &ProgrammeFile) -> Option<String> {
    let (lines, rest) = path.split_once('.')?;
    let id = LineId::parse(rest.split('.').next()?)?;
    let programme = &file.programme;
    Some(match lines {
        "axes" => programme.axes.iter().find(|line| line.id == id)?.title.clone(),
        "communes" => {
            let line = programme.communes.iter().find(|line| line.id == id)?;
            line.commune.as_ref().map(|commune| commune.name.clone()).unwrap_or_default()
        }
        "partners" => {
            let line = programme.partners.iter().find(|line| line.id == id)?;
            let named = file.name_of(line.entry);
            if named.is_empty() { line.name.clone() } else { named.to_owned() }
        }
        "funding" => programme.funding.iter().find(|line| line.id == id)?.source.clone(),
        "items" => file.items.iter().find(|item| item.item == id)?.title.clone(),
        _ => return None,
    })
}

/// What something is called, or that nobody said.
pub fn or_unnamed(name: &str) -> String {
    let name = if name.trim().is_empty() { w::unnamed() } else { name };
    name.to_owned()
}

/// What a field says, by its path and its value as it is written.
pub fn value_words(path: &str, value: &str, file: &ProgrammeFile) -> String {
    let of_funding = path.starts_with("funding.");
    let told = |value: &str| status_told(&ProgrammeStatus::parse(value));
    match path.rsplit('.').next().unwrap_or_default() {
        "status" => match ProgrammeStatus::parse(value) {
            // Two ends may differ by what was learnt alone.
            ProgrammeStatus::Closed { ref learnt, .. } => in_a_row([told(value), learnt.clone()]),
            _ => told(value),
        },
        "commune" => EventCommune::parse(value).map(|commune| commune.name).unwrap_or_default(),
        "planned" | "granted" | "spent" => amount_words(Cents::parse(value)),
        "state" if of_funding => funding_words(&FundingState::from_code(value)),
        "state" => action_words(&ActionState::parse(value)),
        "from" | "until" => PartialDate::parse(value).map(at_words).unwrap_or_default(),
        "ottawa" => label(ListId::OttawaAxes, value).to_owned(),
        "is" => is_words(&ItemIs::parse(value), file),
        "axis" => {
            let axis = LineId::parse(value);
            let named = file.programme.axes.iter().find(|line| Some(line.id) == axis);
            named.map_or_else(|| w::no_axis().to_owned(), |axis| axis.title.clone())
        }
        // Ids say nothing to anyone.
        "entry" | "carrier_entry" => e::of_the_directory().to_owned(),
        "follows" => w::a_programme().to_owned(),
        "withdrawn" => e::yes().to_owned(),
        _ => value.to_owned(),
    }
}

fn is_words(is: &ItemIs, file: &ProgrammeFile) -> String {
    let named = |to: CommonTarget, otherwise: &str| {
        let titles = file.titles();
        titles.get(&to).filter(|title| !title.is_empty()).cloned().unwrap_or_else(|| otherwise.to_owned())
    };
    match is {
        ItemIs::Words(_) => w::in_words().to_owned(),
        ItemIs::Project(id) => named(CommonTarget::Project(*id), e::a_project()),
        ItemIs::Event(id) => named(CommonTarget::Event(*id), e::an_event()),
        ItemIs::Unknown(text) => text.clone(),
    }
}

/// What makes a field, by its path, say this and nothing else; nothing for what a newer version wrote.
pub fn keep(id: ProgrammeId, path: &str, value: &str) -> Option<Request> {
    Some(edit(id, vec![ProgrammeChange::at(path, value)?]))
}

/// Asks that a programme change, from its own screen.
pub fn edit(id: ProgrammeId, changes: Vec<ProgrammeChange>) -> Request {
    Request::WriteCollective(Box::new(CollectiveWrite::EditProgramme { id, changes, draft: None }))
}

#[cfg(test)]
mod tests {
    use maillon_shared::api::programme::YearCalendar;
    use maillon_shared::domain::programme::{
        AmountField, AnnualProgramme, Axis, AxisField, Funding, FundingField, FundingTotals, ItemField, PriorityField,
        ProgrammeField, ProgrammePartnerField,
    };

    use super::*;

    #[test]
    fn every_field_has_its_words() {
        for field in ProgrammeField::ALL {
            assert_ne!(field_words(field.code()), field.code());
        }
        let of_lines = [
            ("axes", AxisField::ALL.iter().map(|field| field.code()).collect::<Vec<_>>()),
            ("communes", PriorityField::ALL.iter().map(|field| field.code()).collect()),
            ("partners", ProgrammePartnerField::ALL.iter().map(|field| field.code()).collect()),
            ("funding", FundingField::ALL.iter().map(|field| field.code()).collect()),
            ("funding", AmountField::ALL.iter().map(|field| field.code()).collect()),
            ("items", ItemField::ALL.iter().map(|field| field.code()).collect()),
            ("items", vec!["is", "what", "from", "until", "state", "axis", "carrier_entry"]),
        ];
        for (lines, fields) in of_lines {
            for field in fields {
                let path = format!("{lines}.x.{field}");
                assert!(!field_words(&path).contains(".x."), "{path}");
            }
        }
    }

    #[test]
    fn an_amount_is_written_as_it_is_read_and_not_known_is_not_zero() {
        assert_eq!(euros(Cents(1_250_050)), "12\u{202f}500,50\u{a0}€");
        assert_eq!(euros(Cents(300_000)), "3\u{202f}000\u{a0}€");
        assert_ne!(amount_words(None), amount_words(Some(Cents(0))));
        assert_eq!(total_words(FundingTotals::of(&[]).planned), amount_words(None));
    }

    #[test]
    fn when_is_said_as_far_as_it_is_known() {
        let date = PartialDate::parse;
        assert_eq!(span_words(date("2026-03"), date("2026-06")), "mars 2026 – juin 2026");
        assert_eq!(span_words(date("2026"), date("2026")), "2026");
        assert_eq!(span_words(None, None), "");
        // An end before the beginning, which two devices can make of two good ones, counts for nothing.
        assert_eq!(span_words(date("2026-06"), date("2026-03")), "juin 2026");
        assert_eq!(span_words(date("2026-06"), date("2026")), "juin 2026 – 2026");
    }

    fn file() -> ProgrammeFile {
        let line = |n: u8| LineId([n; 16]);
        let mut programme = AnnualProgramme::empty(ProgrammeId([9; 16]), 2026);
        programme.axes.push(Axis { title: "Bien vieillir".into(), ..Axis::empty(line(1)) });
        programme.axes.push(Axis::empty(line(2)));
        programme.funding.push(Funding { source: "ARS".into(), ..Funding::empty(line(3)) });
        ProgrammeFile {
            programme,
            items: Vec::new(),
            calendar: YearCalendar::default(),
            carried: Vec::new(),
            names: Vec::new(),
            offers: Vec::new(),
            group: None,
            may_write: true,
            follows: None,
            followed_by: None,
            conflicts: Vec::new(),
        }
    }

    #[test]
    fn what_was_learnt_is_said_with_the_status_that_is_chosen() {
        let closed = |learnt: &str| {
            let on = PartialDate::Year(2026);
            let status = ProgrammeStatus::Closed { adopted: None, on, learnt: learnt.into() };
            value_words("status", &status.to_string(), &file())
        };
        assert!(closed("Commencer plus tôt").contains("Commencer plus tôt"), "two ends that differ by it alone");
    }

    #[test]
    fn the_heading_of_a_line_says_which_it_is() {
        let heading =
            |lines: &str, n: u8, field: &str| field_words_in(&format!("{lines}.{}.{field}", LineId([n; 16])), &file());
        assert!(heading("axes", 1, "words").contains("Bien vieillir"));
        assert!(heading("axes", 2, "words").contains(w::unnamed()));
        assert!(heading("funding", 3, "granted").contains("ARS"));
        assert_eq!(heading("axes", 8, "words"), field_words("axes.x.words"), "it was taken away");
        assert_eq!(field_words_in("title", &file()), field_words("title"));
        assert_eq!((or_unnamed(" "), or_unnamed("ARS")), (w::unnamed().to_owned(), "ARS".to_owned()));
    }
}
