//! The charter of a coordination post: what the mairie, the Pays and the professionals agreed on, what each commits to, what
//! they ask themselves at the start, at 6 and at 12 months, when they meet in between, and what they decide at the end.
//!
//! It is an experiment that is evaluated together, and the post is what is looked at. Nothing in it measures the performance of
//! a person, the coordinator's included: no score, no mark, no ranking, and nobody is told how late anything is. What is asked
//! of professionals is numbers typed from paper: nobody knows who answered what. Nobody who is accompanied is in it.
//!
//! Several may write in one charter: each field of each line is written apart.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::coded::coded;
use super::ids::{CharterId, EntryId, LineId};
use super::roadmap_parts::{Part, roadmap_line};
use super::time::PartialDate;

pub use super::charter_changes::{CharterChange, CharterLines};
pub use super::charter_points::{Moment, Point};
pub use super::charter_questions::{AnswerForm, Answers, AskedOf, AskedThen, CharterQuestion, Counts, ToldAnswer};
pub use super::charter_stages::{CharterDecision, CommitmentState, Outcome, Pieces, PointHeld};
pub use super::roadmap_parts::{Fielded, Line};

/// The charter of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostCharter {
    /// Names the charter.
    pub id: CharterId,
    /// What is said of the whole of it.
    pub about: CharterAbout,
    /// Who signs.
    pub signatories: Vec<Signatory>,
    /// What each commits to.
    pub commitments: Vec<Commitment>,
    /// What is asked at the start, at 6 and at 12 months.
    pub questions: Vec<CharterQuestion>,
    /// The parts of the final report, written by hand.
    pub sections: Vec<ReportSection>,
    /// Whether it was a mistake.
    pub withdrawn: bool,
}

roadmap_line! {
    /// What is said of the whole of a charter. Its id is no line's: it is written at the root.
    CharterAbout {
        /// What it is called.
        title: String,
        /// Where the post is.
        commune: String,
        /// What the experiment is for.
        aim: String,
        /// The day it begins.
        begins: Option<NaiveDate>,
        /// The day it is to end.
        ends: Option<NaiveDate>,
        /// The points at 3, 6 and 12 months. There is one of each: no line is made for them, which two could make at once.
        points: BTreeMap<Moment, Point>,
        /// What was decided at the end.
        decision: CharterDecision,
    }
}

/// Gives a closed choice that is written as a code what a field needs.
macro_rules! coded_part {
    ($($of:ident),*) => {$(
        impl Part for $of {
            fn written(&self, _: &str) -> String {
                self.code().to_owned()
            }

            fn read(&mut self, name: &str, text: &str) -> bool {
                if name.is_empty() {
                    *self = if text.is_empty() { $of::default() } else { $of::from_code(text) };
                }
                name.is_empty()
            }

            fn words(&self) -> Vec<String> {
                match self {
                    $of::Unknown(text) => vec![text.clone()],
                    _ => Vec::new(),
                }
            }

            fn is_known(&self) -> bool {
                !matches!(self, $of::Unknown(_))
            }
        }
    )*};
}
pub(super) use coded_part;

coded! {
    /// As what someone signs.
    #[derive(Default)]
    SignatoryKind {
        /// The mairie.
        Mairie = "mairie",
        /// The Pays, or another intercommunality.
        Pays = "pays",
        /// A professional, or several together.
        Professionals = "professionals",
        /// Someone else.
        #[default]
        OtherSignatory = "other",
    }
}

coded_part! { SignatoryKind }

roadmap_line! {
    /// Someone who signs.
    Signatory {
        /// As what.
        kind: SignatoryKind,
        /// Who, in words.
        who: String,
        /// Who, where they are in the directory.
        who_entry: Option<EntryId>,
        /// When they signed; none is that they have not yet.
        signed_on: Option<PartialDate>,
        /// When they withdrew; none is that they have not.
        withdrew_on: Option<PartialDate>,
    }
}

roadmap_line! {
    /// What a signatory commits to.
    Commitment {
        /// Which signatory; none is all of them together.
        of: Option<LineId>,
        /// What.
        text: String,
        /// By when.
        due: Option<NaiveDate>,
        /// How it stands.
        state: CommitmentState,
    }
}

roadmap_line! {
    /// A part of the final report.
    ReportSection {
        /// What it is called.
        title: String,
        /// What is told.
        words: String,
    }
}

/// Something that a charter asks for on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CharterDue {
    /// A point is to be held.
    Point(Moment),
    /// Something was promised by then.
    Commitment(LineId),
    /// The experiment ends: what comes after it is to be decided.
    Decision,
}

impl PostCharter {
    /// A charter of which nothing is said yet.
    pub fn empty(id: CharterId) -> Self {
        PostCharter {
            id,
            about: CharterAbout::empty(LineId([0; 16])),
            signatories: Vec::new(),
            commitments: Vec::new(),
            questions: Vec::new(),
            sections: Vec::new(),
            withdrawn: false,
        }
    }

    /// The signatory of a commitment; none where it is everyone's, or where whoever it is of was taken away.
    pub fn signatory(&self, id: Option<LineId>) -> Option<&Signatory> {
        self.signatories.iter().find(|one| Some(one.id) == id)
    }

    /// What a signatory commits to; of none, what is everyone's.
    pub fn commitments_of(&self, signatory: Option<LineId>) -> impl Iterator<Item = &Commitment> {
        self.commitments.iter().filter(move |one| one.of == signatory)
    }

    /// What those who were taken away committed to: it is nobody else's, and is kept until someone says whose it is.
    pub fn commitments_of_those_gone(&self) -> impl Iterator<Item = &Commitment> {
        self.commitments.iter().filter(|one| one.of.is_some() && self.signatory(one.of).is_none())
    }

    /// The point of that moment; one of which nothing is said where nobody wrote in it.
    pub fn point(&self, moment: Moment) -> Point {
        self.about.points.get(&moment).cloned().unwrap_or_else(|| Point::empty(LineId([0; 16])))
    }

    /// When a point is to be held: as it was moved by hand, else as it is proposed from the beginning, on a day that is worked.
    pub fn day_of(&self, moment: Moment, calendar: &Calendar) -> Option<NaiveDate> {
        let moved = self.about.points.get(&moment).and_then(|point| point.planned);
        moved.or_else(|| moment.proposed(self.about.begins?, calendar))
    }

    /// What is to come, by its day: each point of which nobody said how it stands, what was promised and is not said to be held,
    /// and the decision. Of whoever withdrew nothing is awaited, and nothing at all once it was decided to stop.
    pub fn due(&self, calendar: &Calendar) -> Vec<(NaiveDate, CharterDue)> {
        if matches!(self.about.decision, CharterDecision::Taken { outcome: Outcome::Stop, .. }) {
            return Vec::new();
        }
        let is_to_hold = |moment: &Moment| self.point(*moment).held.is_awaited();
        // Each of them: a point that is never written of hides none of those that come after it.
        let points = Moment::POINTS.into_iter().filter(is_to_hold);
        let points = points.filter_map(|moment| Some((self.day_of(moment, calendar)?, CharterDue::Point(moment))));
        let withdrew = |one: &Commitment| self.signatory(one.of).is_some_and(|who| who.withdrew_on.is_some());
        let promised = self.commitments.iter().filter(|one| one.state.is_awaited() && !withdrew(one));
        let promised = promised.filter_map(|one| Some((one.due?, CharterDue::Commitment(one.id))));
        let is_decided = self.about.decision != CharterDecision::NotTaken;
        let decision = self.about.ends.filter(|_| !is_decided).map(|day| (day, CharterDue::Decision));
        let mut due: Vec<_> = points.chain(promised).chain(decision).collect();
        due.sort();
        due
    }

    /// Who of the directory is named in it.
    pub fn entries(&self) -> impl Iterator<Item = EntryId> {
        self.signatories.iter().filter_map(|line| line.who_entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn charter() -> PostCharter {
        let mut charter = PostCharter::empty(CharterId([9; 16]));
        (charter.about.begins, charter.about.ends) = (Some(day("2026-01-05")), Some(day("2027-01-05")));
        charter.signatories.push(Signatory { kind: SignatoryKind::Mairie, ..Signatory::empty(line(1)) });
        let due = Some(day("2026-02-02"));
        charter.commitments.push(Commitment { of: Some(line(1)), due, ..Commitment::empty(line(2)) });
        charter
    }

    #[test]
    fn what_is_due_is_each_point_what_was_promised_and_the_decision() {
        let calendar = Calendar::default();
        let mut charter = charter();
        let due = |charter: &PostCharter| charter.due(&calendar).into_iter().map(|(_, what)| what).collect::<Vec<_>>();
        let (promise, decision) = (CharterDue::Commitment(line(2)), CharterDue::Decision);
        let [three, six, twelve] = Moment::POINTS.map(CharterDue::Point);
        // The last point and the decision are of one day.
        assert_eq!(due(&charter), [promise, three, six, twelve, decision]);
        charter.about.points.insert(
            Moment::Three,
            Point { held: PointHeld::On(PartialDate::Day(day("2026-04-07"))), ..Point::empty(line(0)) },
        );
        assert_eq!(due(&charter), [promise, six, twelve, decision]);
        charter.signatories[0].withdrew_on = PartialDate::parse("2026-05");
        assert_eq!(due(&charter), [six, twelve, decision]);
        let on = PartialDate::Day(day("2026-06-01"));
        charter.about.decision = CharterDecision::taken(Outcome::Stop, on, "Le conseil", "Faute de financement");
        assert_eq!(due(&charter), []);
    }

    #[test]
    fn a_commitment_of_someone_who_was_taken_away_is_nobody_elses_and_is_still_there() {
        let mut charter = charter();
        let counted =
            |charter: &PostCharter| (charter.commitments_of(None).count(), charter.commitments_of_those_gone().count());
        assert_eq!((charter.commitments_of(Some(line(1))).count(), counted(&charter)), (1, (0, 0)));
        charter.signatories.clear();
        assert_eq!(counted(&charter), (0, 1));
    }

    /// A charter is of a post: no field of it is there to measure someone.
    #[test]
    fn nothing_in_a_charter_measures_a_person() {
        let mut fields: Vec<&str> = Vec::new();
        fields.extend(CharterAbout::FIELDS.iter().chain(Signatory::FIELDS).chain(Commitment::FIELDS));
        fields.extend(Point::FIELDS.iter().chain(CharterQuestion::FIELDS).chain(Answers::FIELDS));
        fields.extend(ReportSection::FIELDS);
        for measure in ["late", "delay", "score", "mark", "rank", "rate", "grade", "punctual", "performance"] {
            assert!(fields.iter().all(|field| !field.contains(measure)), "{measure}");
        }
    }
}
