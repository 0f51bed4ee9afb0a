//! Rounds: whom to see, who is silenced, how far it was; and the hamlets where nobody watches.
//!
//! Who was seen is read from what was noted of the day, and who is not to be seen from the states, each time it is asked.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use maillon_shared::api::responses::{
    HamletRow, MonthOfRounds, RoundFile, RoundRow, Rounds, SilencedStop, StopRow, StopSilence,
};
use maillon_shared::domain::addresses::Hamlets;
use maillon_shared::domain::directory::EntryKind;
use maillon_shared::domain::follow_up::FollowUp;
use maillon_shared::domain::household::side_by_side;
use maillon_shared::domain::ids::{EncounterId, LineId, PersonId, RoundId};
use maillon_shared::domain::person::{Person, Reminders};
use maillon_shared::domain::position::Point;
use maillon_shared::domain::round::{Doorstep, Round, Stop, StopOutcome, hamlet_by_hamlet, outcome};
use maillon_shared::domain::time::Hour;
use maillon_shared::domain::travel::{Ends, OrderMade, flight, nearest_first};
use maillon_shared::text::fold::fold;
use maillon_shared::text::sort::sort_key;

use super::{Cached, Content, Views};

impl Views {
    /// A round.
    pub fn round(&self, id: RoundId) -> Option<&Round> {
        match self.documents.get(&id.into()) {
            Some(Cached { content: Content::Round(round), undone: false, .. }) => Some(round),
            _ => None,
        }
    }

    /// The rounds that were not given up, the last day first.
    fn every_round(&self) -> Vec<&Round> {
        let mut rounds: Vec<_> = self
            .documents
            .values()
            .filter(|cached| !cached.undone)
            .filter_map(|cached| match &cached.content {
                Content::Round(round) if !round.withdrawn => Some(&**round),
                _ => None,
            })
            .collect();
        rounds.sort_by_key(|round| (std::cmp::Reverse(round.day), round.id));
        rounds
    }

    /// Every round, and what they tell together.
    pub fn rounds(&self) -> Rounds {
        let all = self.every_round();
        let mut months: BTreeMap<(i32, u32), MonthOfRounds> = BTreeMap::new();
        for round in &all {
            let (year, month) = (round.day.year(), round.day.month());
            let none = MonthOfRounds { year, month, rounds: 0, without_distance: 0, distance_m: 0 };
            let of_month = months.entry((year, month)).or_insert(none);
            of_month.rounds += 1;
            match round.distance_m {
                Some(metres) => of_month.distance_m += u64::from(metres),
                None => of_month.without_distance += 1,
            }
        }
        Rounds {
            rounds: all.into_iter().map(|round| self.round_row(round)).collect(),
            mileage: months.into_values().rev().collect(),
            without_relay: self.hamlets_without_relay(),
        }
    }

    fn round_row(&self, round: &Round) -> RoundRow {
        let loud: Vec<_> =
            self.here(round).into_iter().filter(|(_, person)| silence(person, round.day).is_none()).collect();
        let seen = loud.iter().filter(|(_, person)| matches!(self.came(person.id, round.day), StopOutcome::Seen(_)));
        let seen = seen.count() as u32;
        let mut places = Vec::new();
        for (_, person) in &loud {
            let place = person.address.short().to_owned();
            if !place.is_empty() && !places.contains(&place) {
                places.push(place);
            }
        }
        RoundRow {
            id: round.id,
            day: round.day,
            stops: loud.len() as u32,
            seen,
            places,
            back_at: round.back_at,
            back_with: round.back_with.clone(),
            returned_at: round.returned_at,
        }
    }

    /// The stops of people who are in the notebook, each person once under the id they are shown as.
    fn here(&self, round: &Round) -> Vec<(Stop, &Person)> {
        let mut met = BTreeSet::new();
        // Whoever has no sheet is on no paper.
        let known = round.stops.iter().filter_map(|stop| Some((*stop, self.known_person(stop.person)?)));
        known.filter(|(_, person)| met.insert(person.id)).collect()
    }

    fn came(&self, person: PersonId, day: NaiveDate) -> StopOutcome {
        let journals = self.about(person).filter_map(|cached| match &cached.content {
            Content::Journal { encounters, .. } => Some(encounters),
            _ => None,
        });
        outcome(journals.flatten(), day)
    }

    /// One round, with whom to see.
    pub fn round_file(&self, id: RoundId) -> Option<RoundFile> {
        let round = self.round(id)?.clone();
        let (mut stops, mut silenced) = (Vec::new(), Vec::new());
        for (stop, person) in self.here(&round) {
            match silence(person, round.day) {
                Some(why) => {
                    silenced.push(SilencedStop { stop: stop.id, person: person.id, name: person.display_name(), why });
                }
                None => stops.push(self.stop_row(stop, person, round.day)),
            }
        }
        let order: Vec<LineId> = stops.iter().map(|stop| stop.stop).collect();
        let Proposal { order: proposed, made, from_last } = self.proposal(&round);
        let is_proposed = proposed.iter().filter(|id| order.contains(id)).eq(&order);
        let hamlets = self.hamlets();
        let (start, point) = self.start(&round, &hamlets);
        let doors: Vec<_> = self
            .here(&round)
            .into_iter()
            .filter(|(stop, _)| order.contains(&stop.id))
            .map(|(stop, person)| doorstep(stop, person, &hamlets))
            .collect();
        let flight = flight(&doors, Ends { start: point, end: point });
        let is_known = doors.len() > flight.without_place as usize;
        Some(RoundFile {
            round,
            stops,
            silenced,
            order: if is_proposed { made } else { OrderMade::ByHand },
            flight: is_known.then_some(flight),
            start,
            start_is_known: point.is_some(),
            from_last,
        })
    }

    fn stop_row(&self, stop: Stop, person: &Person, day: NaiveDate) -> StopRow {
        let open = self.about(person.id).flat_map(|cached| self.follow_ups_in(cached));
        let waiting = open.filter(|one| one.is_open() && one.due <= day);
        let mut waits: Vec<FollowUp> = waiting.map(|one| self.follow_up_shown(one)).collect();
        waits.sort_by_key(|one| (one.due, one.hour, one.id));
        StopRow {
            stop: stop.id,
            person: person.id,
            name: person.display_name(),
            paper_name: person.first_name_and_initial(),
            line: person.address.line.clone(),
            place: person.address.short().to_owned(),
            phone: person.phones.first().map(|phone| phone.number.clone()).unwrap_or_default(),
            approach: person.approach.clone(),
            waits,
            outcome: self.came(person.id, day),
        }
    }

    /// The order proposed for the stops of a round.
    pub fn proposed_order(&self, round: &Round) -> Vec<LineId> {
        self.proposal(round).order
    }

    /// The order proposed: those seen or tried keep their places; then the nearest first from the last of them, or from
    /// where one sets out; hamlet by hamlet as the last rounds went where no place is known.
    fn proposal(&self, round: &Round) -> Proposal {
        let hamlets = self.hamlets();
        let (mut ticked, mut left) = (Vec::new(), Vec::new());
        let mut last: Option<((Option<Hour>, EncounterId), &Person)> = None;
        let to_see = self.here(round).into_iter().filter(|(_, person)| silence(person, round.day).is_none());
        for (stop, person) in to_see {
            match self.came(person.id, round.day) {
                StopOutcome::ToSee => left.push(doorstep(stop, person, &hamlets)),
                StopOutcome::Seen(encounter) | StopOutcome::Tried(encounter, _) => {
                    ticked.push(stop.id);
                    let hour = self.encounter(encounter).and_then(|(encounter, _)| encounter.hour);
                    if last.is_none_or(|(when, _)| when <= (hour, encounter)) {
                        last = Some(((hour, encounter), person));
                    }
                }
            }
        }
        let (start, end) = self.start(round, &hamlets);
        let stands = last.map(|(_, person)| person);
        let stands_at = stands.and_then(|person| place_of(person, &hamlets)).or(end);
        let from = stands.map(|person| person.address.hamlet.clone()).filter(|hamlet| !hamlet.is_empty());
        let (from, habit) = (from.unwrap_or(start), self.habit(round.id));
        let by_distance = nearest_first(&left, Ends { start: stands_at, end }, &from, &habit);
        let made = if by_distance.is_some() { OrderMade::ByDistance } else { OrderMade::ByHamlet };
        let order = by_distance.unwrap_or_else(|| hamlet_by_hamlet(&left, &from, &habit));
        // Two people of one house are seen one after the other, whatever their names are.
        let here = self.here(round);
        let order = side_by_side(order, |stop| {
            let (_, person) = here.iter().find(|(one, _)| one.id == stop)?;
            self.house_of(person)
        });
        let from_last = stands.filter(|_| !left.is_empty()).map(Person::display_name);
        Proposal { order: ticked.into_iter().chain(order).collect(), made, from_last }
    }

    /// Where one sets out from, in words, and its point: the round says it, else the settings do. It is an address that was
    /// chosen, or the name of a hamlet.
    fn start(&self, round: &Round, hamlets: &Hamlets) -> (String, Option<Point>) {
        let settings = self.settings().0;
        let (words, point) = match round.from.trim() {
            "" => (settings.start.trim(), settings.start_point()),
            from => (from, round.from_point()),
        };
        (words.to_owned(), point.or_else(|| hamlets.middle(words, &settings.commune)))
    }

    /// The hamlets in the order in which the last rounds went through them.
    fn habit(&self, but: RoundId) -> Vec<String> {
        let mut habit = Vec::new();
        for round in self.every_round().into_iter().filter(|round| round.id != but) {
            for (_, person) in self.here(round) {
                let hamlet = fold(&person.address.hamlet);
                if !hamlet.is_empty() && !habit.contains(&hamlet) {
                    habit.push(hamlet);
                }
            }
        }
        habit
    }

    /// The days of the rounds in which someone was to be seen: what is held about them there.
    pub fn rounds_with(&self, person: PersonId) -> Vec<NaiveDate> {
        let shown = self.shown_as(person);
        let is_there = |round: &&Round| round.stops.iter().any(|stop| self.shown_as(stop.person) == shown);
        let mut days: Vec<_> = self.every_round().into_iter().filter(is_there).map(|round| round.day).collect();
        days.sort_unstable();
        days
    }

    /// The hamlets where someone lives who is contacted, and no relay does or answers for.
    fn hamlets_without_relay(&self) -> Vec<HamletRow> {
        let mut hamlets: BTreeMap<String, HamletRow> = BTreeMap::new();
        for person in self.people().filter(|person| person.state.silence().is_none()) {
            let hamlet = person.address.hamlet.trim();
            if !hamlet.is_empty() {
                let none = || HamletRow { hamlet: hamlet.to_owned(), people: 0 };
                let row = hamlets.entry(fold(hamlet)).or_insert_with(none);
                row.people += 1;
                // Of two writings the same one is shown on every device.
                if hamlet < row.hamlet.as_str() {
                    hamlet.clone_into(&mut row.hamlet);
                }
            }
        }
        for relay in self.entries().filter(|entry| entry.kind == EntryKind::Relay) {
            hamlets.remove(&fold(&relay.address.hamlet));
            let territory = format!(" {} ", fold(&relay.territory));
            hamlets.retain(|hamlet, _| !territory.contains(&format!(" {hamlet} ")));
        }
        let mut rows: Vec<_> = hamlets.into_values().collect();
        rows.sort_by_cached_key(|row| (std::cmp::Reverse(row.people), sort_key(&row.hamlet)));
        rows
    }
}

/// An order for a round, and how it was made.
struct Proposal {
    order: Vec<LineId>,
    made: OrderMade,
    from_last: Option<String>,
}

fn doorstep(stop: Stop, person: &Person, hamlets: &Hamlets) -> Doorstep<LineId> {
    Doorstep {
        stop: stop.id,
        hamlet: person.address.hamlet.clone(),
        line: person.address.line.clone(),
        name: person.display_name(),
        point: person.position().map(|position| position.point),
        hamlet_point: hamlets.middle(&person.address.hamlet, &person.address.commune),
    }
}

/// Where someone lives: their own point, else the middle of their hamlet.
fn place_of(person: &Person, hamlets: &Hamlets) -> Option<Point> {
    let own = person.position().map(|position| position.point);
    own.or_else(|| hamlets.middle(&person.address.hamlet, &person.address.commune))
}

/// Why someone is not to be seen that day; none where they are.
pub fn silence(person: &Person, day: NaiveDate) -> Option<StopSilence> {
    match person.state.reminders_on(day) {
        Reminders::Show => None,
        Reminders::Wait(until) => Some(StopSilence::Away(until)),
        Reminders::Cancelled(silence) => Some(StopSilence::For(silence)),
    }
}
