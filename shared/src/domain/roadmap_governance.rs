//! Who steers a roadmap: bodies, mandates, decisions, partnerships. What stands on a day is a function of that day: no clock
//! is read here.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::ids::{EntryId, LineId};
use super::programme::ActionState;
use super::roadmap::Roadmap;
use super::roadmap_parts::{Part, roadmap_line};
use super::time::PartialDate;

/// For how long before its end something is said to end soon.
const SOON: Months = Months::new(3);

coded! {
    /// What a body is.
    #[derive(Default)]
    BodyKind {
        /// Nobody said.
        #[default]
        NotSaid = "not_said",
        /// It steers and decides.
        Steering = "steering",
        /// It follows how things go.
        Technical = "technical",
        /// It works on a subject.
        WorkingGroup = "working_group",
        /// It gathers everyone.
        Assembly = "assembly",
        /// Something else.
        OtherBody = "other",
    }
}

impl Part for BodyKind {
    fn written(&self, _: &str) -> String {
        self.code().to_owned()
    }

    fn read(&mut self, name: &str, text: &str) -> bool {
        if name.is_empty() {
            *self = if text.is_empty() { BodyKind::default() } else { BodyKind::from_code(text) };
        }
        name.is_empty()
    }

    fn words(&self) -> Vec<String> {
        match self {
            BodyKind::Unknown(text) => vec![text.clone()],
            _ => Vec::new(),
        }
    }

    fn is_known(&self) -> bool {
        !matches!(self, BodyKind::Unknown(_))
    }
}

roadmap_line! {
    /// A body: a steering committee, a working group.
    Body {
        /// What it is called.
        title: String,
        /// What it is.
        kind: BodyKind,
        /// What it is for, how often it meets.
        words: String,
    }
}

roadmap_line! {
    /// That someone is of a body.
    Mandate {
        /// Of which body.
        body: Option<LineId>,
        /// Who, in words: a structure, or someone for it.
        who: String,
        /// Who, where they are in the directory.
        who_entry: Option<EntryId>,
        /// As what.
        role: String,
        /// From when, as far as it is known.
        begins: Option<PartialDate>,
        /// Until when: it is in force through the last day of that.
        ends: Option<PartialDate>,
    }
}

roadmap_line! {
    /// What was decided.
    GovernanceDecision {
        /// By which body.
        body: Option<LineId>,
        /// When.
        on: Option<PartialDate>,
        /// What was decided.
        text: String,
        /// What is to follow.
        follow_up: String,
        /// By when.
        due: Option<PartialDate>,
        /// How far what is to follow is. What was given up says why.
        state: ActionState,
    }
}

roadmap_line! {
    /// A partnership with a structure.
    Partnership {
        /// With whom, in words.
        who: String,
        /// With whom, where they are in the directory.
        who_entry: Option<EntryId>,
        /// What it is about.
        object: String,
        /// When the convention was signed.
        signed: Option<PartialDate>,
        /// Until when it holds: through the last day of that.
        ends: Option<PartialDate>,
        /// Why what is said of it is to be verified; empty when it is certain.
        to_verify: String,
    }
}

/// How something with a beginning and an end stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It did not begin yet.
    ToCome,
    /// It holds, through that day; none is that nobody knows until when.
    InForce(Option<NaiveDate>),
    /// It ended: that was its last day.
    Ended(NaiveDate),
}

impl Standing {
    /// How something from then until then stands on a day. It holds through its last day and not on the day after. Nobody
    /// knows when it began: it did.
    pub fn on(today: NaiveDate, begins: Option<PartialDate>, ends: Option<PartialDate>) -> Self {
        match (begins.map(earliest), ends.map(PartialDate::latest)) {
            (_, Some(last)) if last < today => Standing::Ended(last),
            (Some(first), _) if today < first => Standing::ToCome,
            (_, last) => Standing::InForce(last),
        }
    }

    /// Its last day, where it holds and ends within three months.
    pub fn ends_soon(self, today: NaiveDate) -> Option<NaiveDate> {
        match self {
            Standing::InForce(Some(last)) if is_soon(today, last) => Some(last),
            _ => None,
        }
    }
}

fn is_soon(today: NaiveDate, day: NaiveDate) -> bool {
    today.checked_add_months(SOON).is_none_or(|horizon| day <= horizon)
}

/// The earliest day a date can be.
fn earliest(date: PartialDate) -> NaiveDate {
    let first = |year, month| NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MIN);
    match date {
        PartialDate::Year(year) => first(year, 1),
        PartialDate::Month(year, month) => first(year, month),
        PartialDate::Day(day) => day,
    }
}

impl Mandate {
    /// How it stands on a day.
    pub fn standing(&self, today: NaiveDate) -> Standing {
        Standing::on(today, self.begins, self.ends)
    }
}

impl Partnership {
    /// How it stands on a day.
    pub fn standing(&self, today: NaiveDate) -> Standing {
        Standing::on(today, self.signed, self.ends)
    }

    /// How it stands, as far as that can be said: nobody can say that it holds where nobody knows that it was signed.
    pub fn told_standing(&self, today: NaiveDate) -> Option<Standing> {
        match self.standing(today) {
            Standing::InForce(_) if self.signed.is_none() => None,
            standing => Some(standing),
        }
    }

    /// Whether it is with the same structure.
    fn is_with_the_same(&self, other: &Partnership) -> bool {
        let is_same = |one: &str, other: &str| !one.trim().is_empty() && one.trim().eq_ignore_ascii_case(other.trim());
        match (self.who_entry, other.who_entry) {
            (Some(one), Some(other)) => one == other,
            _ => is_same(&self.who, &other.who),
        }
    }
}

/// Something that falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum WhatIsDue {
    /// The end of a mandate.
    Mandate(LineId),
    /// The end of a partnership, to come or past: it is to be renewed.
    Partnership(LineId),
    /// What a decision asks for.
    Decision(LineId),
}

/// What falls due within three months, or what was due and is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DueSoon {
    /// The last day; none is that nobody said by when.
    pub day: Option<NaiveDate>,
    /// What.
    pub what: WhatIsDue,
}

impl Roadmap {
    /// The mandates of a body; of none, those that have none that is there.
    pub fn mandates_of(&self, body: Option<LineId>) -> impl Iterator<Item = &Mandate> {
        self.mandates.iter().filter(move |mandate| self.body(mandate.body).map(|body| body.id) == body)
    }

    /// A body.
    pub fn body(&self, id: Option<LineId>) -> Option<&Body> {
        self.bodies.iter().find(|body| Some(body.id) == id)
    }

    /// What falls due, by day, then what is to follow without anyone having said by when.
    pub fn due_soon(&self, today: NaiveDate) -> Vec<DueSoon> {
        let mandates = self.mandates.iter().filter_map(|line| {
            Some(DueSoon { day: Some(line.standing(today).ends_soon(today)?), what: WhatIsDue::Mandate(line.id) })
        });
        let partnerships = self.partnerships.iter().filter_map(|line| {
            let last = match line.standing(today) {
                Standing::Ended(last) => Some(last).filter(|last| !self.is_renewed(line, *last)),
                standing => standing.ends_soon(today),
            };
            Some(DueSoon { day: Some(last?), what: WhatIsDue::Partnership(line.id) })
        });
        let decisions = self.decisions.iter().filter(|line| !line.state.is_over()).filter_map(|line| {
            let day = line.due.map(PartialDate::latest);
            let is_due = day.map_or(!line.follow_up.trim().is_empty(), |day| is_soon(today, day));
            is_due.then_some(DueSoon { day, what: WhatIsDue::Decision(line.id) })
        });
        let mut due: Vec<DueSoon> = mandates.chain(partnerships).chain(decisions).collect();
        due.sort_by_key(|due| (due.day.is_none(), *due));
        due
    }

    /// Whether another partnership with the same structure goes further than that day.
    fn is_renewed(&self, ended: &Partnership, last: NaiveDate) -> bool {
        let goes_further = |line: &Partnership| line.ends.is_none_or(|ends| ends.latest() > last);
        self.partnerships.iter().any(|line| line.id != ended.id && line.is_with_the_same(ended) && goes_further(line))
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::super::ids::RoadmapId;
    use super::super::roadmap::Line;
    use super::*;

    fn date(text: &str) -> Option<PartialDate> {
        PartialDate::parse(text)
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn any_date() -> impl Strategy<Value = PartialDate> {
        let any_day = (2020..2032_i32, 1..13_u32, 1..29_u32);
        (any_day, 0..3_u8).prop_map(|((year, month, day), known)| {
            let month = (known > 0).then_some(month);
            PartialDate::from_fields(year, month, (known > 1).then_some(day)).expect("a date")
        })
    }

    proptest! {
        /// Whatever its end, a mandate that began is in force through its last day, and not on the day after.
        #[test]
        fn a_mandate_is_in_force_through_its_last_day(ends in any_date(), before in 0..900_u64, after in 1..900_u64) {
            let mandate = Mandate { ends: Some(ends), ..Mandate::empty(LineId([1; 16])) };
            let last = ends.latest();
            prop_assert_eq!(mandate.standing(last - Days::new(before)), Standing::InForce(Some(last)));
            prop_assert_eq!(mandate.standing(last + Days::new(after)), Standing::Ended(last));
            // It is said to end soon only while it holds.
            prop_assert_eq!(mandate.standing(last).ends_soon(last), Some(last));
            let next = last + Days::new(1);
            prop_assert_eq!(mandate.standing(next).ends_soon(next), None);
        }

        /// Nobody knows when it ends: it never ends by itself, whatever the day.
        #[test]
        fn a_mandate_whose_end_nobody_knows_is_in_force_from_its_first_day(begins in any_date(), days in 0..9_000_u64) {
            let mandate = Mandate { begins: Some(begins), ..Mandate::empty(LineId([1; 16])) };
            let first = earliest(begins);
            prop_assert_eq!(mandate.standing(first + Days::new(days)), Standing::InForce(None));
            prop_assert_eq!(mandate.standing(first - Days::new(days + 1)), Standing::ToCome);
        }
    }

    #[test]
    fn what_ends_within_three_months_is_said_and_what_was_due_stays_until_it_is_done() {
        let mut roadmap = Roadmap::empty(RoadmapId([9; 16]));
        let line = |n: u8| LineId([n; 16]);
        let mandate = |n: u8, ends: &str| Mandate { ends: date(ends), ..Mandate::empty(line(n)) };
        roadmap.mandates = vec![mandate(1, "2026-09-14"), mandate(2, "2026-09-15"), mandate(3, "2026-06-13")];
        roadmap.partnerships = vec![Partnership { ends: date("2026-08"), ..Partnership::empty(line(4)) }];
        let decision = |n: u8, state: ActionState| GovernanceDecision {
            due: date("2026-01-31"),
            state,
            ..GovernanceDecision::empty(line(n))
        };
        let undated = |n: u8, follow_up: &str| GovernanceDecision {
            follow_up: follow_up.into(),
            ..GovernanceDecision::empty(line(n))
        };
        roadmap.decisions = vec![decision(5, ActionState::Running), decision(6, ActionState::Done)];
        roadmap.decisions.extend([undated(7, "Écrire à la mairie"), undated(8, "")]);
        let due: Vec<(String, WhatIsDue)> = roadmap
            .due_soon(day("2026-06-14"))
            .into_iter()
            .map(|due| (due.day.map(|day| day.to_string()).unwrap_or_default(), due.what))
            .collect();
        assert_eq!(
            due,
            [
                ("2026-01-31".to_owned(), WhatIsDue::Decision(line(5))),
                ("2026-08-31".to_owned(), WhatIsDue::Partnership(line(4))),
                ("2026-09-14".to_owned(), WhatIsDue::Mandate(line(1))),
                (String::new(), WhatIsDue::Decision(line(7))),
            ]
        );
    }

    #[test]
    fn a_partnership_that_ended_is_to_be_renewed_until_another_goes_further() {
        let mut roadmap = Roadmap::empty(RoadmapId([9; 16]));
        let partnership = |n: u8, who: &str, ends: &str| Partnership {
            who: who.into(),
            ends: date(ends),
            ..Partnership::empty(LineId([n; 16]))
        };
        roadmap.partnerships = vec![partnership(1, "La clinique", "2026-06-13")];
        let due = |roadmap: &Roadmap| roadmap.due_soon(day("2026-06-14")).len();
        assert_eq!(due(&roadmap), 1, "it ended yesterday");
        roadmap.partnerships.push(partnership(2, "L’école", ""));
        assert_eq!(due(&roadmap), 1, "it is with somebody else");
        roadmap.partnerships.push(partnership(3, "la clinique ", "2029"));
        assert_eq!(due(&roadmap), 0);
    }

    #[test]
    fn nobody_says_that_a_partnership_holds_which_nobody_knows_to_be_signed() {
        let line = Partnership { ends: date("2027"), ..Partnership::empty(LineId([1; 16])) };
        let told = |line: &Partnership, on: &str| line.told_standing(day(on));
        assert_eq!(told(&line, "2026-06-14"), None);
        assert!(matches!(told(&line, "2028-01-01"), Some(Standing::Ended(_))));
        let signed = Partnership { signed: date("2026"), ..line };
        assert!(matches!(told(&signed, "2026-06-14"), Some(Standing::InForce(Some(_)))));
    }
}
