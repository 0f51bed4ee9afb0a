//! Stays at hospital as screens read them: who is there, what is not seen to before a return, and after it.

use chrono::NaiveDate;
use maillon_shared::api::responses::TimelineItem;
use maillon_shared::api::stays::{StayDue, StayFile, StayRow};
use maillon_shared::api::timeline::StayStep;
use maillon_shared::domain::hospital_stay::{HospitalStay, StayEnd, StayState};
use maillon_shared::domain::ids::{HospitalStayId, PersonId};
use maillon_shared::domain::person::Person;
use maillon_shared::domain::project::Owner;

use super::today::first_phone;
use super::{Cached, Content, Views};

impl Views {
    /// A stay, as it is written.
    pub fn stay(&self, id: HospitalStayId) -> Option<&HospitalStay> {
        match self.documents.get(&id.into()) {
            Some(Cached { content: Content::HospitalStay(stay), undone: false, .. }) => Some(stay),
            _ => None,
        }
    }

    /// Every stay but those noted by mistake: those that ask for something first, then those that go on, then the last
    /// that ended.
    pub fn stay_rows(&self, day: NaiveDate) -> Vec<StayRow> {
        let mut rows: Vec<_> = self
            .documents
            .values()
            .filter(|cached| !cached.undone)
            .filter_map(|cached| match &cached.content {
                Content::HospitalStay(stay) if !is_mistake(stay) => Some(self.stay_row(stay, day)),
                _ => None,
            })
            .collect();
        rows.sort_by_key(|row| {
            let over = !matches!(row.state, StayState::There);
            (row.call.is_none(), row.call, over, std::cmp::Reverse(row.since), row.id)
        });
        rows
    }

    fn stay_row(&self, stay: &HospitalStay, day: NaiveDate) -> StayRow {
        let person = self.person(stay.person);
        let silence = person.and_then(|person| person.state.silence());
        StayRow {
            id: stay.id,
            person: self.shown_as(stay.person),
            name: person.map(Person::display_name).unwrap_or_default(),
            home: person.map(|person| person.address.short().to_owned()).unwrap_or_default(),
            place: stay.place.clone(),
            since: stay.since(),
            planned: stay.planned,
            planned_hour: stay.planned_hour,
            state: stay.state.clone(),
            steps: stay.steps.len() as u32,
            done: stay.steps.iter().filter(|step| !step.is_open()).count() as u32,
            gaps: stay.gaps(day).count() as u32,
            // An absence does not hush it: the stay is the absence. What cancels every reminder does.
            call: if silence.is_none() { stay.call(day) } else { None },
            silence,
        }
    }

    /// What a stay asks for on a day.
    pub(super) fn stay_due(&self, stay: &HospitalStay, day: NaiveDate) -> Option<StayDue> {
        self.person(stay.person)?;
        let row = self.stay_row(stay, day);
        row.call.map(|call| StayDue { call, row })
    }

    /// The stays of a person but those noted by mistake: the one that goes on first, then the last first.
    pub(super) fn stays_of(&self, person: PersonId, day: NaiveDate) -> Vec<StayRow> {
        let stays = self.about(person).filter_map(|cached| match &cached.content {
            Content::HospitalStay(stay) if !is_mistake(stay) => Some(self.stay_row(stay, day)),
            _ => None,
        });
        let mut rows: Vec<_> = stays.collect();
        rows.sort_by_key(|row| (row.state != StayState::There, std::cmp::Reverse(row.since), row.id));
        rows
    }

    /// One stay and what goes with it; conflicts are the journal's to tell.
    pub fn stay_file(&self, id: HospitalStayId, day: NaiveDate) -> Option<StayFile> {
        let held = self.stay(id)?;
        let person = self.person(held.person)?;
        let helped = held.steps.iter().filter_map(|step| match &step.owner {
            Some(Owner::Helper(helper)) => Some((step.id, self.helper(held.person, helper, "", day))),
            _ => None,
        });
        let place = held.entry.and_then(|entry| self.entry(entry));
        let after = held.after_return().into_iter().filter_map(|id| self.follow_up(id));
        Some(StayFile {
            row: self.stay_row(held, day),
            phone: first_phone(person),
            place_phone: place.and_then(|entry| entry.phones.first()).map(|p| p.number.clone()).unwrap_or_default(),
            owners: helped.collect(),
            after: after.map(|(follow_up, _)| self.follow_up_shown(follow_up)).collect(),
            related: person.related.clone(),
            conflicts: Vec::new(),
            stay: HospitalStay { person: self.shown_as(held.person), ..held.clone() },
        })
    }
}

/// What a stay tells in a timeline.
pub(super) fn told(stay: &HospitalStay) -> Vec<TimelineItem> {
    if is_mistake(stay) {
        return Vec::new();
    }
    let step = |day, step| TimelineItem::Stay(stay.id, day, step);
    let mut steps = vec![step(stay.since(), StayStep::Noticed(stay.place.clone()))];
    match &stay.state {
        StayState::Returned { on } => steps.push(step(*on, StayStep::Returned)),
        StayState::Ended { on, how } => steps.push(step(*on, StayStep::Ended(how.clone()))),
        StayState::There | StayState::Unknown(_) => {}
    }
    steps
}

/// Whether it was noted by mistake: it stays in the history and shows nowhere else.
pub(super) fn is_mistake(stay: &HospitalStay) -> bool {
    matches!(stay.state, StayState::Ended { how: StayEnd::Mistake, .. })
}
