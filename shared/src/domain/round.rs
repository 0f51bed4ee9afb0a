//! A round: whom one goes to see on a day, in which order, and with whom the hour of return is left.
//!
//! It holds ids of people and no name. That someone was seen is said by what was noted of the visit, never twice; that
//! someone is not to be seen is said by their state. Nothing here knows a map: an order is one that a person chose, or
//! one proposed hamlet by hamlet.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::encounter::{Encounter, EncounterKind, EncounterResult};
use super::ids::{EncounterId, LineId, PersonId, RoundId};
use super::position::{Point, Position};
use super::time::Hour;
use crate::text::fold::fold;

/// How far apart stops are numbered, so that most moves write one number.
const STEP: i64 = 1024;

/// Visits of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Names the round.
    pub id: RoundId,
    /// The day.
    pub day: NaiveDate,
    /// Where one sets out from: a hamlet, an address, a place.
    pub from: String,
    /// The point of it, as [`Position`] writes it; it is one as long as the words are the same.
    pub from_position: String,
    /// With whom the hour of return is left.
    pub back_with: String,
    /// When one means to be back.
    pub back_at: Option<Hour>,
    /// When one was back.
    pub returned_at: Option<Hour>,
    /// How far it was, in metres.
    pub distance_m: Option<u32>,
    /// Whom to see, in order; each person once.
    pub stops: Vec<Stop>,
    /// Whether it will not be, or was a mistake.
    pub withdrawn: bool,
}

/// Someone to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// Names the line.
    pub id: LineId,
    /// Whom.
    pub person: PersonId,
    /// Its place among the others: smaller numbers first.
    pub order: i64,
}

text_fields! {
    /// The text fields of a round.
    RoundField of Round {
        /// Where one sets out from.
        From = "from" => from,
        /// With whom the hour of return is left.
        BackWith = "back_with" => back_with,
        /// The point that one sets out from.
        FromPosition = "from_position" => from_position,
    }
}

/// One change to a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RoundChange {
    /// A text field becomes this.
    Text(RoundField, String),
    /// It is that day.
    Day(NaiveDate),
    /// One means to be back then.
    BackAt(Option<Hour>),
    /// One was back then.
    ReturnedAt(Option<Hour>),
    /// It was so many metres.
    Distance(Option<u32>),
    /// Someone more is seen.
    Stop(Stop),
    /// A stop takes another place.
    Order(LineId, i64),
    /// A stop goes.
    RemoveStop(LineId),
    /// It will not be, or will after all.
    Withdrawn(bool),
}

/// What came of a stop, as the encounters of the day say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StopOutcome {
    /// Nothing yet.
    ToSee,
    /// One went, and did not see them.
    Tried(EncounterId, EncounterResult),
    /// They were seen.
    Seen(EncounterId),
}

impl Round {
    /// A round of that day with nobody to see yet.
    pub fn empty(id: RoundId, day: NaiveDate) -> Self {
        Round {
            id,
            day,
            from: String::new(),
            from_position: String::new(),
            back_with: String::new(),
            back_at: None,
            returned_at: None,
            distance_m: None,
            stops: Vec::new(),
            withdrawn: false,
        }
    }

    /// What to write so that this round becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &Round) -> Vec<RoundChange> {
        let mut changes: Vec<_> =
            self.text_differences(edited).map(|(field, text)| RoundChange::Text(field, text.to_owned())).collect();
        let mut change_if = |differs: bool, change: RoundChange| changes.extend(differs.then_some(change));
        change_if(self.day != edited.day, RoundChange::Day(edited.day));
        change_if(self.back_at != edited.back_at, RoundChange::BackAt(edited.back_at));
        change_if(self.returned_at != edited.returned_at, RoundChange::ReturnedAt(edited.returned_at));
        change_if(self.distance_m != edited.distance_m, RoundChange::Distance(edited.distance_m));
        for stop in &edited.stops {
            match self.stops.iter().find(|before| before.id == stop.id) {
                None => changes.push(RoundChange::Stop(*stop)),
                Some(before) if before.order != stop.order => changes.push(RoundChange::Order(stop.id, stop.order)),
                Some(_) => {}
            }
        }
        for gone in self.stops.iter().filter(|before| edited.stops.iter().all(|after| after.id != before.id)) {
            changes.push(RoundChange::RemoveStop(gone.id));
        }
        if self.withdrawn != edited.withdrawn {
            changes.push(RoundChange::Withdrawn(edited.withdrawn));
        }
        changes
    }

    /// What to write so that a stop stands just before another, or last: one number where there is room between two.
    pub fn moving(&self, stop: LineId, before: Option<LineId>) -> Vec<RoundChange> {
        let others: Vec<Stop> = self.stops.iter().filter(|other| other.id != stop).copied().collect();
        if others.len() == self.stops.len() || before == Some(stop) {
            return Vec::new();
        }
        let at = before.and_then(|before| others.iter().position(|other| other.id == before)).unwrap_or(others.len());
        let above = at.checked_sub(1).and_then(|above| others.get(above)).map(|stop| stop.order);
        let below = others.get(at).map(|stop| stop.order);
        let between = match (above, below) {
            (None, None) => Some(STEP),
            (Some(above), None) => above.checked_add(STEP),
            (None, Some(below)) => below.checked_sub(STEP),
            (Some(above), Some(below)) => match below.checked_sub(above) {
                Some(room) if room >= 2 => Some(above + room / 2),
                _ => None,
            },
        };
        match between {
            Some(order) => vec![RoundChange::Order(stop, order)],
            None => {
                let mut ids: Vec<LineId> = others.iter().map(|other| other.id).collect();
                ids.insert(at, stop);
                self.ordered_as(&ids)
            }
        }
    }

    /// What to write so that the stops stand in that order; those not named come after, as they stood.
    pub fn ordered_as(&self, ids: &[LineId]) -> Vec<RoundChange> {
        let named = ids.iter().filter_map(|id| self.stops.iter().find(|stop| stop.id == *id));
        let rest = self.stops.iter().filter(|stop| !ids.contains(&stop.id));
        let numbers = (1..).map(|place: i64| place.saturating_mul(STEP));
        let numbered = named.chain(rest).zip(numbers);
        numbered.filter(|(stop, order)| stop.order != *order).map(|(stop, n)| RoundChange::Order(stop.id, n)).collect()
    }

    /// Where one sets out from, where it was chosen among the addresses.
    pub fn from_point(&self) -> Option<Point> {
        Position::still_of(&self.from_position, &[&self.from]).map(|position| position.point)
    }

    /// The number that puts a new stop after all the others.
    pub fn next_order(&self) -> i64 {
        self.stops.iter().map(|stop| stop.order).max().unwrap_or(0).saturating_add(STEP)
    }
}

/// What is asked of someone to propose an order: where they live, and what sets them apart from their neighbours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doorstep<K> {
    /// The stop.
    pub stop: K,
    /// The hamlet; empty where it is not known.
    pub hamlet: String,
    /// The way and the number, so that one goes along a road once.
    pub line: String,
    /// The name, so that every device proposes the same.
    pub name: String,
    /// Where the door is, where the address says it.
    pub point: Option<Point>,
    /// The middle of the hamlet, where it is known.
    pub hamlet_point: Option<Point>,
}

impl<K> Doorstep<K> {
    /// The hamlet, however it is written.
    pub(super) fn hamlet_key(&self) -> String {
        fold(&self.hamlet)
    }
}

/// An order, hamlet by hamlet: first where one sets out from, then those of `habit` in its order, then the others by
/// name; last, those of whom no hamlet is known.
pub fn hamlet_by_hamlet<K: Copy + Ord>(doorsteps: &[Doorstep<K>], from: &str, habit: &[String]) -> Vec<K> {
    let from = fold(from);
    let habit: Vec<String> = habit.iter().map(|hamlet| fold(hamlet)).collect();
    let rank = |hamlet: &str| match habit.iter().position(|known| known == hamlet) {
        _ if hamlet.is_empty() => usize::MAX,
        _ if hamlet == from => 0,
        Some(place) => place + 1,
        None => habit.len() + 1,
    };
    let mut sorted: Vec<_> =
        doorsteps.iter().map(|one| (fold(&one.hamlet), fold(&one.line), fold(&one.name), one.stop)).collect();
    sorted.sort_by(|one, other| (rank(&one.0), one).cmp(&(rank(&other.0), other)));
    sorted.into_iter().map(|(_, _, _, stop)| stop).collect()
}

/// What came of a stop on that day: having been seen goes before any door that stayed closed.
pub fn outcome<'a>(encounters: impl IntoIterator<Item = &'a Encounter>, day: NaiveDate) -> StopOutcome {
    let of_the_day = encounters.into_iter().filter(|one| one.day == day && !one.withdrawn && is_at_hand(&one.kind));
    let last = of_the_day.max_by_key(|one| (one.is_contact(), one.hour, one.id));
    match last {
        None => StopOutcome::ToSee,
        Some(seen) if seen.is_contact() => StopOutcome::Seen(seen.id),
        Some(tried) => StopOutcome::Tried(tried.id, tried.result.clone()),
    }
}

/// Whether one stood before the person: a call ticks nobody off a round.
fn is_at_hand(kind: &EncounterKind) -> bool {
    use EncounterKind::{Accompaniment, ChanceMeeting, HomeVisit, JointVisit};
    matches!(kind, HomeVisit | JointVisit | Accompaniment | ChanceMeeting)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 6, 12).expect("a date")
    }

    fn round(orders: &[i64]) -> Round {
        let mut round = Round::empty(RoundId([9; 16]), day());
        round.stops = orders
            .iter()
            .zip(1..)
            .map(|(order, n)| Stop { id: LineId([n; 16]), person: PersonId([n; 16]), order: *order })
            .collect();
        round
    }

    fn after(mut round: Round, changes: &[RoundChange]) -> Vec<u8> {
        for change in changes {
            let RoundChange::Order(id, order) = change else { panic!("only places change") };
            round.stops.iter_mut().find(|stop| stop.id == *id).expect("a stop").order = *order;
        }
        round.stops.sort_by_key(|stop| (stop.order, stop.id));
        round.stops.iter().map(|stop| stop.id.0[0]).collect()
    }

    #[test]
    fn a_stop_that_moves_writes_one_number() {
        let three = round(&[1024, 2048, 3072]);
        let up = three.moving(LineId([3; 16]), Some(LineId([2; 16])));
        assert_eq!(up, [RoundChange::Order(LineId([3; 16]), 1536)]);
        assert_eq!(after(three.clone(), &up), [1, 3, 2]);
        let last = three.moving(LineId([1; 16]), None);
        assert_eq!(after(three.clone(), &last), [2, 3, 1]);
        assert_eq!(three.moving(LineId([8; 16]), None), [], "nobody");
    }

    #[test]
    fn an_order_follows_the_hamlets_as_one_is_used_to() {
        let at = |stop: u8, hamlet: &str, line: &str| Doorstep {
            stop,
            hamlet: hamlet.into(),
            line: line.into(),
            name: String::new(),
            point: None,
            hamlet_point: None,
        };
        let doors = [
            at(1, "Le Bourg", "2 place du Lavoir"),
            at(2, "", ""),
            at(3, "La Roussière", ""),
            at(4, "Les Oliviers", ""),
            at(5, "le bourg", "1 place du Lavoir"),
            at(6, "Aubignan", ""),
        ];
        assert_eq!(hamlet_by_hamlet(&doors, "", &[]), [6, 3, 5, 1, 4, 2], "by name, and within a hamlet by the way");
        let habit = ["Les Oliviers".to_owned(), "La Roussiere".to_owned()];
        assert_eq!(hamlet_by_hamlet(&doors, "LE BOURG", &habit), [5, 1, 4, 3, 6, 2]);
    }

    #[test]
    fn who_was_met_later_was_seen_and_a_call_is_no_visit() {
        let noted = |n: u8, kind: EncounterKind, result: EncounterResult| {
            let mut one = Encounter::empty(EncounterId([n; 16]), None, day());
            (one.kind, one.result) = (kind, result);
            one
        };
        let closed = noted(1, EncounterKind::HomeVisit, EncounterResult::DoorClosed);
        let met = noted(2, EncounterKind::ChanceMeeting, EncounterResult::Met);
        let call = noted(3, EncounterKind::CallOut, EncounterResult::Met);
        assert_eq!(outcome([&call], day()), StopOutcome::ToSee);
        assert_eq!(outcome([&closed], day()), StopOutcome::Tried(closed.id, EncounterResult::DoorClosed));
        assert_eq!(outcome([&met, &closed], day()), StopOutcome::Seen(met.id));
        assert_eq!(outcome([&met], day().succ_opt().expect("a day")), StopOutcome::ToSee);
        let mistaken = Encounter { withdrawn: true, ..met };
        assert_eq!(outcome([&mistaken], day()), StopOutcome::ToSee);
    }

    proptest! {
        /// Whatever numbers two devices left, and however far they are from one another.
        #[test]
        fn a_moved_stop_stands_where_it_was_put(
            mut orders in proptest::collection::vec(prop_oneof![any::<i64>(), 0..4i64], 1..8),
            moved in 0..8usize, before in 0..9usize,
        ) {
            orders.sort_unstable();
            let round = round(&orders);
            let moved = round.stops[moved % orders.len()].id;
            let before = round.stops.get(before).map(|stop| stop.id);
            let mut wanted: Vec<u8> = round.stops.iter().map(|stop| stop.id.0[0]).collect();
            if before != Some(moved) {
                wanted.retain(|id| *id != moved.0[0]);
                let at = before.and_then(|id| wanted.iter().position(|one| *one == id.0[0])).unwrap_or(wanted.len());
                wanted.insert(at, moved.0[0]);
            }
            let changes = round.moving(moved, before);
            prop_assert_eq!(after(round, &changes), wanted);
        }
    }
}
