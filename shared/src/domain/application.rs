//! An application to a call for projects: the call and its deadline, who applies together and does what, the budget, what is to
//! be gathered, what came of it, and the reports that are due.
//!
//! Several coordinators write in one application: each field is written apart, and each line is its own. Nobody who is
//! accompanied is in it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::coded::coded;
use super::ids::{ApplicationId, CollectiveId, EntryId, LineId, ProgrammeId};
use super::programme::{Cents, FundingTotal};
use super::time::{Instant, PartialDate};

pub use super::application_budget::{Balance, BudgetField, BudgetLine, BudgetText, BudgetTotals};
pub use super::application_changes::{ApplicationChange, ApplicationLines};
pub use super::application_status::{ApplicationStatus, Deadline};

/// An application to a call for projects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundingApplication {
    /// Names the application.
    pub id: ApplicationId,
    /// What the call is called.
    pub title: String,
    /// Who gives the money.
    pub funder: String,
    /// Where the call is published, as plain text: nothing is fetched from there.
    pub link: String,
    /// What the money is for.
    pub purpose: String,
    /// When one may begin to apply.
    pub opens: Option<PartialDate>,
    /// By when it is to be handed in.
    pub deadline: Option<Deadline>,
    /// The least that may be asked.
    pub least: Option<Cents>,
    /// The most that may be asked.
    pub most: Option<Cents>,
    /// How far it is.
    pub status: ApplicationStatus,
    /// The structure that applies, in words.
    pub lead: String,
    /// The same, where it is in the directory.
    pub lead_entry: Option<EntryId>,
    /// Who does what.
    pub parts: Vec<ApplicationPart>,
    /// What it costs, and who pays.
    pub budget: Vec<BudgetLine>,
    /// What is to be gathered.
    pub pieces: Vec<Piece>,
    /// The reports that are due.
    pub reports: Vec<ReportDue>,
    /// The collective projects that it pays for.
    pub projects: Vec<PaidProject>,
    /// The programme that it is part of.
    pub programme: Option<ProgrammeId>,
    /// What else is to be known.
    pub note: String,
    /// Why something here is to be verified; empty when nothing is.
    pub to_verify: String,
    /// Whether it was a mistake.
    pub withdrawn: bool,
}

text_fields! {
    /// The text fields of an application.
    ApplicationField of FundingApplication {
        /// What the call is called.
        Title = "title" => title,
        /// Who gives the money.
        Funder = "funder" => funder,
        /// Where the call is published.
        Link = "link" => link,
        /// What the money is for.
        Purpose = "purpose" => purpose,
        /// The structure that applies.
        Lead = "lead" => lead,
        /// What else is to be known.
        Note = "note" => note,
        /// Why it is to be verified.
        ToVerify = "to_verify" => to_verify,
    }
}

/// The part of one of those who apply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationPart {
    /// Names the line.
    pub id: LineId,
    /// Who, in words.
    pub who: String,
    /// Who, where they are in the directory.
    pub entry: Option<EntryId>,
    /// What they do in it.
    pub does: String,
    /// How much is asked for it; none is that nobody knows.
    pub asked: Option<Cents>,
}

text_fields! {
    /// The text fields of a part.
    PartField of ApplicationPart {
        /// Who.
        Who = "who" => who,
        /// What they do.
        Does = "does" => does,
    }
}

/// Something to gather.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Names the line.
    pub id: LineId,
    /// What.
    pub what: String,
    /// By whom, in words.
    pub who: String,
    /// By when.
    pub due: Option<NaiveDate>,
    /// When it was there.
    pub done_on: Option<NaiveDate>,
}

text_fields! {
    /// The text fields of something to gather.
    PieceField of Piece {
        /// What.
        What = "what" => what,
        /// By whom.
        Who = "who" => who,
    }
}

coded! {
    /// Which report is due.
    ReportKind {
        /// One on the way.
        Intermediate = "intermediate",
        /// The last one.
        Final = "final",
    }
}

/// A report that is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDue {
    /// Names the line.
    pub id: LineId,
    /// Which.
    pub kind: ReportKind,
    /// By when.
    pub due: Option<NaiveDate>,
    /// When it was handed in.
    pub handed_in_on: Option<NaiveDate>,
    /// What else is to be known.
    pub note: String,
}

/// A collective project that an application pays for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaidProject {
    /// Names the line.
    pub id: LineId,
    /// Which.
    pub project: Option<CollectiveId>,
}

/// What an application still asks for, and by when.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ApplicationDue {
    /// It is to be handed in.
    HandIn(Deadline),
    /// Something is to be gathered.
    Piece(NaiveDate, LineId),
    /// A report is due.
    Report(NaiveDate, LineId),
}

impl ApplicationDue {
    /// The day.
    pub fn day(&self) -> NaiveDate {
        match self {
            ApplicationDue::HandIn(deadline) => deadline.day,
            ApplicationDue::Piece(day, _) | ApplicationDue::Report(day, _) => *day,
        }
    }

    /// Whether it is over.
    pub fn is_over(&self, now: Instant) -> bool {
        match self {
            ApplicationDue::HandIn(deadline) => deadline.is_over(now),
            ApplicationDue::Piece(day, _) | ApplicationDue::Report(day, _) => now.day() > *day,
        }
    }
}

impl FundingApplication {
    /// An application of which nothing is said yet.
    pub fn empty(id: ApplicationId) -> Self {
        FundingApplication {
            id,
            title: String::new(),
            funder: String::new(),
            link: String::new(),
            purpose: String::new(),
            opens: None,
            deadline: None,
            least: None,
            most: None,
            status: ApplicationStatus::Spotted,
            lead: String::new(),
            lead_entry: None,
            parts: Vec::new(),
            budget: Vec::new(),
            pieces: Vec::new(),
            reports: Vec::new(),
            projects: Vec::new(),
            programme: None,
            note: String::new(),
            to_verify: String::new(),
            withdrawn: false,
        }
    }

    /// The sums of its budget.
    pub fn totals(&self) -> BudgetTotals {
        BudgetTotals::of(&self.budget)
    }

    /// Whether what comes in is what it costs.
    pub fn balance(&self) -> Balance {
        BudgetTotals::balance(&self.budget)
    }

    /// What is asked in all its parts.
    pub fn parts_asked(&self) -> FundingTotal {
        FundingTotal::of(self.parts.iter().map(|part| part.asked))
    }

    /// Whether its parts add up to what its budget asks for.
    pub fn parts_balance(&self) -> Balance {
        let (parts, budget) = (self.parts_asked(), self.totals().asked);
        if parts.sum().is_none() && budget.sum().is_none() {
            return Balance::Nothing;
        }
        // Nothing asked in a line of the budget is said by leaving it: only what no part says is not known.
        let nothing_asked = u32::from(budget.sum().is_none());
        Balance::between(budget.known, parts.known, parts.not_known + nothing_asked)
    }

    /// Whether what is asked is what the call allows; none where something of it is not known.
    pub fn is_within(&self) -> Option<bool> {
        let asked = self.totals().asked.sum()?;
        match (self.least, self.most) {
            (None, None) => None,
            (least, most) => Some(least.is_none_or(|least| asked >= least) && most.is_none_or(|most| asked <= most)),
        }
    }

    /// What is still to be done of it, the earliest first. What was given up or refused asks for nothing but its reports.
    pub fn due(&self) -> Vec<ApplicationDue> {
        let is_open = self.status.is_to_hand_in();
        let hand_in = self.deadline.filter(|_| is_open).map(ApplicationDue::HandIn);
        let waits = |piece: &&Piece| is_open && piece.done_on.is_none();
        let pieces = self.pieces.iter().filter(waits).filter_map(|one| Some(ApplicationDue::Piece(one.due?, one.id)));
        let waits = |report: &&ReportDue| report.handed_in_on.is_none() && !self.status.is_over();
        let reports =
            self.reports.iter().filter(waits).filter_map(|one| Some(ApplicationDue::Report(one.due?, one.id)));
        let mut due: Vec<ApplicationDue> = hand_in.into_iter().chain(pieces).chain(reports).collect();
        due.sort_by_key(|due| (due.day(), due.clone()));
        due
    }

    /// Every word that someone wrote in it, for those who look for something.
    pub fn texts(&self) -> Vec<&str> {
        let own = ApplicationField::ALL.iter().map(|field| self.text(*field)).chain(self.status.words());
        let parts = self.parts.iter().flat_map(|line| [line.who.as_str(), &line.does]);
        let budget = self.budget.iter().flat_map(|line| [line.label.as_str(), &line.note]);
        let pieces = self.pieces.iter().flat_map(|line| [line.what.as_str(), &line.who]);
        let reports = self.reports.iter().map(|line| line.note.as_str());
        own.chain(parts).chain(budget).chain(pieces).chain(reports).filter(|text| !text.is_empty()).collect()
    }
}

impl ApplicationPart {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        ApplicationPart { id, who: String::new(), entry: None, does: String::new(), asked: None }
    }
}

impl Piece {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        Piece { id, what: String::new(), who: String::new(), due: None, done_on: None }
    }
}

impl ReportDue {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        ReportDue { id, kind: ReportKind::Final, due: None, handed_in_on: None, note: String::new() }
    }
}

impl PaidProject {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        PaidProject { id, project: None }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn application() -> FundingApplication {
        let mut application = FundingApplication::empty(ApplicationId([1; 16]));
        application.deadline = Deadline::parse("2026-03-15T12:00");
        let due = |text| Some(day(text));
        application.pieces.push(Piece { due: due("2026-03-01"), ..Piece::empty(line(2)) });
        application.pieces.push(Piece { due: due("2026-03-02"), done_on: due("2026-03-01"), ..Piece::empty(line(3)) });
        application.reports.push(ReportDue { due: due("2027-01-31"), ..ReportDue::empty(line(4)) });
        application
    }

    #[test]
    fn what_is_still_to_be_done_is_told_by_its_day() {
        let mut application = application();
        let days = |application: &FundingApplication| -> Vec<String> {
            application.due().iter().map(|due| due.day().to_string()).collect()
        };
        assert_eq!(days(&application), ["2026-03-01", "2026-03-15", "2027-01-31"]);
        let on = PartialDate::Year(2026);
        application.status = ApplicationStatus::Granted { submitted: None, on, amount: None };
        assert_eq!(days(&application), ["2027-01-31"], "once it is granted, its report is due");
        application.status = ApplicationStatus::GivenUp("trop court".into());
        assert_eq!(days(&application), Vec::<String>::new());
        application.status = ApplicationStatus::Unknown("paused".into());
        assert_eq!(days(&application), ["2026-03-01", "2026-03-15", "2027-01-31"], "nobody can tell that it is not");
    }

    #[test]
    fn parts_that_do_not_add_up_say_by_how_much() {
        let mut application = application();
        assert_eq!(application.parts_balance(), Balance::Nothing);
        application.parts.push(ApplicationPart { asked: Some(Cents(300)), ..ApplicationPart::empty(line(5)) });
        assert_eq!(application.parts_balance(), Balance::NotKnown(1), "the budget asks for nothing yet");
        application.budget.push(BudgetLine::empty(line(6)).with(BudgetField::Asked, Cents(1_000)));
        assert_eq!(application.parts_balance(), Balance::Short(Cents(700)));
        application.parts.push(ApplicationPart::empty(line(7)));
        assert_eq!(application.parts_balance(), Balance::NotKnown(1));
        application.parts[1].asked = Some(Cents(700));
        assert_eq!(application.parts_balance(), Balance::Even);
        application.most = Some(Cents(999));
        assert_eq!(application.is_within(), Some(false));
    }

    proptest! {
        /// What the parts ask for is what the budget asks for, or the gap between them is told to the cent.
        #[test]
        fn parts_add_up_or_the_gap_is_told(
            parts in proptest::collection::vec(0..100_000_u64, 1..6), budget in proptest::collection::vec(0..100_000_u64, 1..6),
        ) {
            let mut application = FundingApplication::empty(ApplicationId([1; 16]));
            for amount in &parts {
                application.parts.push(ApplicationPart { asked: Some(Cents(*amount)), ..ApplicationPart::empty(line(1)) });
            }
            for amount in &budget {
                application.budget.push(BudgetLine::empty(line(2)).with(BudgetField::Asked, Cents(*amount)));
            }
            let (parts, budget) = (parts.iter().sum::<u64>(), budget.iter().sum::<u64>());
            let gap = match application.parts_balance() {
                Balance::Even => 0,
                Balance::Short(Cents(gap)) => i128::from(gap),
                Balance::Over(Cents(gap)) => -i128::from(gap),
                Balance::Nothing | Balance::NotKnown(_) => return Err(TestCaseError::fail("all is known")),
            };
            prop_assert_eq!(i128::from(budget) - i128::from(parts), gap);
        }
    }
}
