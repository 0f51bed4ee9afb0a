//! *Temps d'échange* as screens ask for them, show them and write them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::projects::{HelperShown, MemberRow};
use super::requests::DraftKey;
use super::responses::Conflict;
use crate::domain::circle::Helper;
use crate::domain::consent::{Sharing, Told, Why};
use crate::domain::ids::{FollowUpId, LineId, PersonId, SharedMeetingId};
use crate::domain::meeting_paper::{Invitation, Minutes, MinutesFor, Paper, PaperWay};
use crate::domain::person::{RelatedPerson, Silence};
use crate::domain::project::Owner;
use crate::domain::shared_meeting::{Came, Held, MeetingCall, MeetingChange, MeetingState, SharedMeeting, ToldBack};
use crate::domain::time::Hour;

/// Something is done with a *temps d'échange*.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeetingWrite {
    /// One is planned; what it comes from says so too.
    Plan {
        /// The meeting: how it stands, what was decided and what was given are not read.
        meeting: Box<SharedMeeting>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// It changes.
    Edit {
        /// Which.
        id: SharedMeetingId,
        /// The differences.
        changes: Vec<MeetingChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// It took place.
    Hold {
        /// Which.
        id: SharedMeetingId,
        /// When, and whether she was there.
        held: Held,
        /// Who came, of the guests.
        came: Vec<(LineId, Option<Came>)>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// She was told what was decided without her.
    TellBack {
        /// Which.
        id: SharedMeetingId,
        /// When, and what.
        told: ToldBack,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// It will not take place.
    Cancel {
        /// Which.
        id: SharedMeetingId,
        /// Why.
        why: String,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// Something leaves. The consent is looked for again, each time; without it no name does.
    Give {
        /// Which.
        id: SharedMeetingId,
        /// Names the trace that stays.
        trace: LineId,
        /// What.
        paper: Paper,
        /// How.
        way: PaperWay,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
}

/// Something asked about *temps d'échange*.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeetingRead {
    /// One, with what goes with it.
    One(SharedMeetingId),
    /// What an invitation would say: nothing leaves.
    Invitation {
        /// Of which meeting.
        id: SharedMeetingId,
        /// For which guest.
        guest: LineId,
        /// Words of one's own.
        message: String,
    },
    /// What minutes would say: nothing leaves.
    Minutes(SharedMeetingId, MinutesFor),
}

/// What is answered about *temps d'échange*.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeetingAnswer {
    /// One.
    One(Box<MeetingFile>),
    /// An invitation.
    Invitation(Box<InvitationPreview>),
    /// Minutes.
    Minutes(Box<MinutesPreview>),
}

/// A meeting in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingRow {
    /// Which.
    pub id: SharedMeetingId,
    /// About whom.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The day it was held, else the day it is planned for.
    pub day: NaiveDate,
    /// At what hour.
    pub hour: Option<Hour>,
    /// Where.
    pub place: String,
    /// What for.
    pub purpose: String,
    /// How it stands.
    pub state: MeetingState,
    /// How many are asked to come, or to be.
    pub guests: u32,
    /// How many decisions wait.
    pub open_decisions: u32,
    /// What it asks for.
    pub call: Option<MeetingCall>,
    /// Why nothing is asked about the person.
    pub silence: Option<Silence>,
}

/// A meeting that asks for something on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingDue {
    /// The meeting.
    pub row: MeetingRow,
    /// What for.
    pub call: MeetingCall,
}

/// One meeting and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingFile {
    /// The meeting, under the id its person is shown as.
    pub meeting: SharedMeeting,
    /// As it is in a list.
    pub row: MeetingRow,
    /// The first telephone of the person.
    pub phone: String,
    /// The guests, as other records know them, each with whether her name may go to them today.
    pub guests: Vec<GuestShown>,
    /// Who spoke for her, where someone did.
    pub spoke_for_her: Option<HelperShown>,
    /// Who carries each decision that someone else carries.
    pub owners: Vec<(FollowUpId, HelperShown)>,
    /// The topic of what it comes from: what *qui fait quoi* is asked about.
    pub topic: String,
    /// Who is around her.
    pub circle: Vec<MemberRow>,
    /// Those of her sheet.
    pub related: Vec<RelatedPerson>,
    /// Fields that two people wrote at once.
    pub conflicts: Vec<Conflict>,
}

/// A guest as a screen shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuestShown {
    /// Which line.
    pub id: LineId,
    /// As other records know them, with their absence and who stands in.
    pub shown: HelperShown,
    /// Whether her name may go to them today.
    pub permit: Result<(), Why>,
}

impl MeetingFile {
    /// A guest, as other records know them.
    pub fn guest(&self, id: LineId) -> Option<&GuestShown> {
        self.guests.iter().find(|guest| guest.id == id)
    }

    /// Who carries a decision, where it is neither the person nor the coordinator.
    pub fn owner_of(&self, id: FollowUpId) -> Option<&HelperShown> {
        self.owners.iter().find(|(decision, _)| *decision == id).map(|(_, shown)| shown)
    }

    /// Whether someone is of the circle, of the sheet or among the guests: a form offers them.
    pub fn offers(&self, owner: &Owner) -> bool {
        let known = |helper: &Helper| {
            let mut guests = self.meeting.guests.iter();
            guests.any(|guest| guest.who == *helper) || self.circle.iter().any(|row| row.member.who == *helper)
        };
        match owner {
            Owner::Person | Owner::Coordinator => true,
            Owner::Helper(Helper::Related(id)) => {
                self.related.iter().any(|related| related.id == *id) || known(&Helper::Related(*id))
            }
            Owner::Helper(helper) => known(helper),
            Owner::Unknown(_) => false,
        }
    }
}

/// What an invitation would say, and what stands in the way of more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationPreview {
    /// Exactly that leaves.
    pub invitation: Invitation,
    /// Why it does not name her, where it does not.
    pub unnamed: Option<Why>,
    /// Whether the place was left out: it says who she is.
    pub place_withheld: bool,
    /// Whether the words of one's own say who she is: it does not leave so.
    pub message_names_her: bool,
    /// What she agreed to that names them for a *temps d'échange*: her words and when.
    pub agreed: Option<(Sharing, Told)>,
}

impl InvitationPreview {
    /// Whether it may leave.
    pub fn may_leave(&self) -> bool {
        !self.message_names_her
    }
}

/// What minutes would say, or why they may not go to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesPreview {
    /// To whom, by name.
    pub to: String,
    /// Exactly that leaves.
    pub minutes: Result<Minutes, Why>,
    /// What she agreed to that names them for a *temps d'échange*.
    pub agreed: Option<(Sharing, Told)>,
}
