//! Where one is among *temps d'échange*: ids only.

use maillon_shared::domain::ids::{FollowUpId, HealthProjectId, LineId, PersonId, RequestId, SharedMeetingId};
use maillon_shared::domain::shared_meeting::Origin;

/// The screens of *temps d'échange*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeetingRoute {
    /// One to plan about someone, perhaps from what she asked for or from her project.
    New(PersonId, Option<Origin>),
    /// One meeting.
    One(SharedMeetingId),
    /// When, where, what for and what is spoken of, to change.
    Edit(SharedMeetingId),
    /// What is said under each point.
    Points(SharedMeetingId),
    /// Whom to invite.
    Guests(SharedMeetingId),
    /// It took place: who was there.
    Hold(SharedMeetingId),
    /// What she was told of it.
    TellBack(SharedMeetingId),
    /// It will not take place.
    Cancel(SharedMeetingId),
    /// A decision: a new one, or one to change.
    Decision(SharedMeetingId, Option<FollowUpId>),
    /// The invitation of a guest.
    Invitation(SharedMeetingId, LineId),
    /// The minutes, for one or another.
    Minutes(SharedMeetingId),
}

const NEW: &str = "new";

impl MeetingRoute {
    pub(super) fn path(&self) -> String {
        match self {
            MeetingRoute::New(person, None) => format!("/new/{person}"),
            MeetingRoute::New(person, Some(Origin::Request(id))) => format!("/new/{person}/request/{id}"),
            MeetingRoute::New(person, Some(Origin::Project(id))) => format!("/new/{person}/project/{id}"),
            MeetingRoute::One(id) => format!("/{id}"),
            MeetingRoute::Edit(id) => format!("/{id}/edit"),
            MeetingRoute::Points(id) => format!("/{id}/points"),
            MeetingRoute::Guests(id) => format!("/{id}/guests"),
            MeetingRoute::Hold(id) => format!("/{id}/hold"),
            MeetingRoute::TellBack(id) => format!("/{id}/told"),
            MeetingRoute::Cancel(id) => format!("/{id}/cancel"),
            MeetingRoute::Decision(id, None) => format!("/{id}/decisions/{NEW}"),
            MeetingRoute::Decision(id, Some(decision)) => format!("/{id}/decisions/{decision}"),
            MeetingRoute::Invitation(id, guest) => format!("/{id}/invite/{guest}"),
            MeetingRoute::Minutes(id) => format!("/{id}/minutes"),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        let id = SharedMeetingId::parse;
        Some(match parts {
            ["new", person] => MeetingRoute::New(PersonId::parse(person)?, None),
            ["new", person, from, origin] => {
                MeetingRoute::New(PersonId::parse(person)?, Some(origin_of(from, origin)?))
            }
            [one] => MeetingRoute::One(id(one)?),
            [one, "edit"] => MeetingRoute::Edit(id(one)?),
            [one, "points"] => MeetingRoute::Points(id(one)?),
            [one, "guests"] => MeetingRoute::Guests(id(one)?),
            [one, "hold"] => MeetingRoute::Hold(id(one)?),
            [one, "told"] => MeetingRoute::TellBack(id(one)?),
            [one, "cancel"] => MeetingRoute::Cancel(id(one)?),
            [one, "decisions", NEW] => MeetingRoute::Decision(id(one)?, None),
            [one, "decisions", decision] => MeetingRoute::Decision(id(one)?, Some(FollowUpId::parse(decision)?)),
            [one, "invite", guest] => MeetingRoute::Invitation(id(one)?, LineId::parse(guest)?),
            [one, "minutes"] => MeetingRoute::Minutes(id(one)?),
            _ => return None,
        })
    }
}

/// What a meeting comes from, as the address and drafts say it.
pub fn origin_of(from: &str, id: &str) -> Option<Origin> {
    match from {
        "request" => RequestId::parse(id).map(Origin::Request),
        "project" => HealthProjectId::parse(id).map(Origin::Project),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_screen_is_found_again_by_its_address() {
        let (person, id, line) = (PersonId([1; 16]), SharedMeetingId([2; 16]), LineId([3; 16]));
        for route in [
            MeetingRoute::New(person, None),
            MeetingRoute::New(person, Some(Origin::Request(RequestId([4; 16])))),
            MeetingRoute::New(person, Some(Origin::Project(HealthProjectId([5; 16])))),
            MeetingRoute::One(id),
            MeetingRoute::Edit(id),
            MeetingRoute::Points(id),
            MeetingRoute::Guests(id),
            MeetingRoute::Hold(id),
            MeetingRoute::TellBack(id),
            MeetingRoute::Cancel(id),
            MeetingRoute::Decision(id, None),
            MeetingRoute::Decision(id, Some(FollowUpId([6; 16]))),
            MeetingRoute::Invitation(id, line),
            MeetingRoute::Minutes(id),
        ] {
            let path = route.path();
            let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
            assert_eq!(MeetingRoute::parse(&parts), Some(route), "{path}");
        }
    }
}
