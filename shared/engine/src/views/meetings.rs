//! *Temps d'échange* as screens read them, and what may leave of them. Without a permit nobody's name is put together with
//! where and when.

use chrono::NaiveDate;
use maillon_shared::api::meetings::{
    GuestShown, InvitationPreview, MeetingDue, MeetingFile, MeetingRow, MinutesPreview,
};
use maillon_shared::api::responses::TimelineItem;
use maillon_shared::api::timeline::MeetingStep;
use maillon_shared::domain::circle::Helper;
use maillon_shared::domain::consent::{Permit, Purpose, Recipient, Said, Sharing, Told, Why, may};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpState};
use maillon_shared::domain::ids::{LineId, PersonId, SharedMeetingId};
use maillon_shared::domain::meeting_paper::{
    About, Attended, Decided, Invitation, Minutes, MinutesFor, Who, names_someone,
};
use maillon_shared::domain::person::Person;
use maillon_shared::domain::project::Owner;
use maillon_shared::domain::shared_meeting::{Came, Guest, MeetingState, Origin, Presence, SharedMeeting};
use serde::{Deserialize, Serialize};

use super::today::first_phone;
use super::{Cached, Content, Views};

/// The purpose of a meeting in a row.
const ROW_CHARS: usize = 160;

/// A meeting, and what it decided as the follow-ups that it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingRecord {
    /// The meeting.
    pub meeting: SharedMeeting,
    /// What it decided.
    pub follow_ups: Vec<FollowUp>,
}

impl From<SharedMeeting> for MeetingRecord {
    fn from(meeting: SharedMeeting) -> Self {
        let follow_ups = meeting.decisions.iter().map(|decision| meeting.follow_up(decision)).collect();
        MeetingRecord { meeting, follow_ups }
    }
}

impl Views {
    /// A meeting, as it is written.
    pub fn meeting(&self, id: SharedMeetingId) -> Option<&SharedMeeting> {
        match self.documents.get(&id.into()) {
            Some(Cached { content: Content::SharedMeeting(record), undone: false, .. }) => Some(&record.meeting),
            _ => None,
        }
    }

    fn meeting_row(&self, meeting: &SharedMeeting, day: NaiveDate) -> MeetingRow {
        let person = self.person(meeting.person);
        let silence = person.and_then(|person| person.state.silence());
        let waits = meeting.decisions.iter().filter(|decision| decision.state == FollowUpState::Open);
        MeetingRow {
            id: meeting.id,
            person: self.shown_as(meeting.person),
            name: person.map(Person::display_name).unwrap_or_default(),
            day: meeting.shown_on(),
            hour: meeting.hour,
            place: meeting.place.clone(),
            purpose: super::hits::shortened_to(&meeting.purpose, ROW_CHARS),
            state: meeting.state.clone(),
            guests: meeting.guests.len() as u32,
            open_decisions: waits.count() as u32,
            // An absence does not hush it: those around someone at hospital meet all the same.
            call: if silence.is_none() { meeting.call(day) } else { None },
            silence,
        }
    }

    /// What a meeting asks for on a day.
    pub(super) fn meeting_due(&self, meeting: &SharedMeeting, day: NaiveDate) -> Option<MeetingDue> {
        self.person(meeting.person)?;
        let row = self.meeting_row(meeting, day);
        row.call.map(|call| MeetingDue { call, row })
    }

    fn meetings_where(
        &self,
        person: PersonId,
        day: NaiveDate,
        keep: impl Fn(&SharedMeeting) -> bool,
    ) -> Vec<MeetingRow> {
        let meetings = self.about(person).filter_map(|cached| match &cached.content {
            Content::SharedMeeting(record) if keep(&record.meeting) => Some(self.meeting_row(&record.meeting, day)),
            _ => None,
        });
        let mut rows: Vec<_> = meetings.collect();
        rows.sort_by_key(|row| {
            let over = row.state != MeetingState::Planned;
            (row.call.is_none(), over, std::cmp::Reverse(row.day), row.id)
        });
        rows
    }

    /// The meetings about a person: those that ask for something first, then those to come, then the last first.
    pub(super) fn meetings_of(&self, person: PersonId, day: NaiveDate) -> Vec<MeetingRow> {
        self.meetings_where(person, day, |_| true)
    }

    /// Those that came from one record about a person.
    pub(super) fn meetings_from(&self, person: PersonId, origin: Origin, day: NaiveDate) -> Vec<MeetingRow> {
        self.meetings_where(person, day, |meeting| meeting.origin == Some(origin))
    }

    /// One meeting and what goes with it; conflicts are the journal's to tell.
    pub fn meeting_file(&self, id: SharedMeetingId, day: NaiveDate) -> Option<MeetingFile> {
        let held = self.meeting(id)?;
        let person = self.person(held.person)?;
        let guests = held.guests.iter().map(|guest| GuestShown {
            id: guest.id,
            shown: self.helper(held.person, &guest.who, "", day),
            permit: self.may_meet(held.person, &self.recipient(held.person, &guest.who), day).map(drop),
        });
        let helped = held.decisions.iter().filter_map(|decision| match &decision.owner {
            Owner::Helper(helper) => Some((decision.id, self.helper(held.person, helper, "", day))),
            _ => None,
        });
        let spoke_for_her = match held.held().map(|held| &held.presence) {
            Some(Presence::Represented { by, .. }) => Some(self.helper(held.person, by, "", day)),
            _ => None,
        };
        let topic = match held.origin {
            Some(Origin::Request(id)) => self.request(id).map(|request| request.topic.clone()),
            Some(Origin::Project(id)) => self.project(id).map(|project| project.topic.clone()),
            None => None,
        };
        Some(MeetingFile {
            row: self.meeting_row(held, day),
            phone: first_phone(person),
            guests: guests.collect(),
            spoke_for_her,
            owners: helped.collect(),
            topic: topic.unwrap_or_default(),
            circle: self.circle_on(held.person, day),
            related: person.related.clone(),
            conflicts: Vec::new(),
            meeting: SharedMeeting { person: self.shown_as(held.person), ..held.clone() },
        })
    }

    // ── What leaves ─────────────────────────────────────────────────────────────────────────────────────────────────

    /// A guest as a consent names them.
    fn recipient(&self, person: PersonId, who: &Helper) -> Recipient {
        let name = self.helper(person, who, "", NaiveDate::MIN).name;
        match who {
            Helper::Entry(id) => Recipient { entry: Some(*id), name },
            Helper::Related(_) | Helper::Named(_) => Recipient::named(name),
        }
    }

    /// Whether her name may go to them: asked at each preview, and again each time something leaves.
    fn may_meet(&self, person: PersonId, to: &Recipient, today: NaiveDate) -> Result<Permit, Why> {
        may(&self.consents(person), &Purpose::SharedMeeting, to, today)
    }

    /// What she agreed to that names them, among what stands.
    fn agreed_to_meet(&self, person: PersonId, to: &Recipient, today: NaiveDate) -> Option<(Sharing, Told)> {
        let entries = self.consents(person).into_iter().filter(|entry| entry.stands_on(today));
        let mut agreed: Vec<_> = entries
            .filter_map(|entry| match entry.said {
                Said::Shares(sharing) if sharing.purpose == Purpose::SharedMeeting && sharing.recipient.is(to) => {
                    Some((entry.id, sharing, entry.given))
                }
                _ => None,
            })
            .collect();
        agreed.sort_by_key(|(id, ..)| *id);
        agreed.into_iter().next().map(|(_, sharing, given)| (sharing, given))
    }

    /// What an invitation would say; nothing where there is no such guest.
    pub fn invitation(
        &self,
        id: SharedMeetingId,
        guest: LineId,
        message: &str,
        today: NaiveDate,
    ) -> Option<InvitationPreview> {
        let meeting = self.meeting(id)?;
        let person = self.person(meeting.person)?;
        let recipient = self.recipient(meeting.person, &meeting.guest(guest)?.who);
        let permit = self.may_meet(meeting.person, &recipient, today);
        let points = || meeting.points.iter().map(|point| point.what.trim().to_owned()).collect();
        let (about, unnamed) = match permit {
            Ok(permit) => {
                let purpose = meeting.purpose.trim().to_owned();
                (About::permitted(&permit, person.display_name(), purpose, points()), None)
            }
            Err(why) => (About::Nobody, Some(why)),
        };
        let says_who = |text: &str| unnamed.is_some() && says_who_she_is(text, person);
        let place_withheld = says_who(&meeting.place);
        Some(InvitationPreview {
            place_withheld,
            message_names_her: says_who(message),
            agreed: self.agreed_to_meet(meeting.person, &recipient, today),
            invitation: Invitation {
                recipient,
                day: meeting.day,
                hour: meeting.hour,
                place: if place_withheld { String::new() } else { meeting.place.trim().to_owned() },
                about,
                message: message.trim().to_owned(),
            },
            unnamed,
        })
    }

    /// What minutes would say; nothing where there is no such guest, or it was not held.
    pub fn minutes(&self, id: SharedMeetingId, to: MinutesFor, today: NaiveDate) -> Option<MinutesPreview> {
        let meeting = self.meeting(id)?;
        meeting.held()?;
        let person = self.person(meeting.person)?;
        match to {
            MinutesFor::Person => {
                let recipient = Recipient::named(person.display_name());
                let minutes = self.minutes_of(meeting, person, recipient, None);
                Some(MinutesPreview { to: person.display_name(), minutes: Ok(minutes), agreed: None })
            }
            MinutesFor::Guest(guest) => {
                let recipient = self.recipient(meeting.person, &meeting.guest(guest)?.who);
                let minutes = self
                    .may_meet(meeting.person, &recipient, today)
                    .map(|permit| self.minutes_of(meeting, person, recipient.clone(), Some(&permit)));
                let agreed = self.agreed_to_meet(meeting.person, &recipient, today);
                Some(MinutesPreview { to: recipient.name, minutes, agreed })
            }
        }
    }

    /// The minutes for whoever a permit names; without one they are hers, in full.
    fn minutes_of(
        &self,
        meeting: &SharedMeeting,
        person: &Person,
        recipient: Recipient,
        permit: Option<&Permit>,
    ) -> Minutes {
        let is_hers = permit.is_none();
        let who = |helper: &Helper| match helper {
            // A relative is not named to a professional, unless they are the one who reads.
            Helper::Related(_) | Helper::Named(_) if !is_hers => {
                let shown = self.recipient(meeting.person, helper);
                if shown.is(&recipient) { Who::Named(shown.name) } else { Who::Relative }
            }
            helper => Who::Named(self.helper(meeting.person, helper, "", meeting.day).name),
        };
        let came = |guest: &Guest| match &guest.came {
            Some(Came::There) => Attended::There,
            Some(Came::Absent) => Attended::Absent,
            Some(Came::Represented(by)) => Attended::Represented(Who::Named(by.clone())),
            Some(Came::Unknown(_)) | None => Attended::NotSaid,
        };
        let owner = |owner: &Owner| match owner {
            Owner::Person => Who::Person,
            Owner::Coordinator | Owner::Unknown(_) => Who::Coordinator,
            Owner::Helper(helper) => who(helper),
        };
        let kept = meeting.decisions.iter().filter(|one| !matches!(one.state, FollowUpState::Cancelled { .. }));
        Minutes {
            is_hers,
            consent: permit.map(Permit::entry),
            name: person.display_name(),
            day: meeting.shown_on(),
            place: meeting.place.clone(),
            purpose: meeting.purpose.clone(),
            presence: match meeting.held().map(|held| &held.presence) {
                Some(Presence::There) => Attended::There,
                Some(Presence::Represented { by, .. }) => Attended::Represented(who(by)),
                Some(Presence::Absent { .. }) => Attended::Absent,
                Some(Presence::Unknown(_)) | None => Attended::NotSaid,
            },
            guests: meeting.guests.iter().map(|guest| (who(&guest.who), came(guest))).collect(),
            points: meeting.points.iter().map(|point| (point.what.clone(), point.notes.clone())).collect(),
            decisions: kept.map(|one| Decided { what: one.what.clone(), who: owner(&one.owner), by: one.by }).collect(),
            told_back: meeting
                .told_back
                .as_ref()
                .map(|told| told.on)
                .filter(|_| meeting.held().is_some_and(|held| held.presence != Presence::There)),
            recipient,
        }
    }
}

/// Whether a text says who someone is: by a name, or by where they live.
fn says_who_she_is(text: &str, person: &Person) -> bool {
    names_someone(text, &[&person.given_name, &person.family_name, &person.usual_name], &[&person.address.line])
}

/// What a meeting tells in a timeline.
pub(super) fn told(meeting: &SharedMeeting) -> Vec<TimelineItem> {
    let step = |day, step| TimelineItem::Meeting(meeting.id, day, step);
    let purpose = || meeting.purpose.clone();
    let mut steps = match &meeting.state {
        MeetingState::Held(held) => vec![step(held.on, MeetingStep::Held(purpose(), held.presence.clone()))],
        MeetingState::Cancelled { on, why } => vec![step(*on, MeetingStep::Cancelled(why.clone()))],
        MeetingState::Planned | MeetingState::Unknown(_) => vec![step(meeting.day, MeetingStep::Planned(purpose()))],
    };
    let told = meeting.told_back.iter();
    steps.extend(told.map(|told| step(told.on, MeetingStep::ToldBack(told.words.clone()))));
    steps
}

/// Every word of a meeting that is looked for.
pub(super) fn said(meeting: &SharedMeeting) -> Vec<&str> {
    let mut said = vec![meeting.place.as_str(), meeting.purpose.as_str()];
    for point in &meeting.points {
        said.extend([point.what.as_str(), point.notes.as_str()]);
    }
    for guest in &meeting.guests {
        if let Helper::Named(named) = &guest.who {
            said.push(named);
        }
        if let Some(Came::Represented(by)) = &guest.came {
            said.push(by);
        }
    }
    for decision in &meeting.decisions {
        said.push(&decision.what);
        if let Owner::Helper(Helper::Named(named)) = &decision.owner {
            said.push(named);
        }
    }
    match &meeting.state {
        MeetingState::Held(held) => {
            said.push(held.presence.why());
            if let Presence::Represented { by: Helper::Named(named), .. } = &held.presence {
                said.push(named);
            }
        }
        MeetingState::Cancelled { why, .. } => said.push(why),
        MeetingState::Planned | MeetingState::Unknown(_) => {}
    }
    said.extend(meeting.told_back.iter().map(|told| told.words.as_str()));
    said.extend(meeting.given.iter().map(|given| given.message.as_str()));
    said
}
