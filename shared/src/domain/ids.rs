//! What names a record: sixteen random bytes, and a type of their own for each notion.
//!
//! An id says nothing about what it names. It is written in addresses and rows, where a name must never be.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub [u8; 16]);

        impl $name {
            /// Reads the 32 hexadecimal digits that [`fmt::Display`] writes.
            pub fn parse(text: &str) -> Option<Self> {
                parse_hex(text).map($name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{self}")
            }
        }
    )*};
}

id! {
    /// A person, and the document that holds the sheet.
    PersonId,
    /// People who live together. There is no document of that name: their sheets say it.
    HouseholdId,
    /// An entry of the directory, and its document.
    EntryId,
    /// An encounter.
    EncounterId,
    /// A follow-up.
    FollowUpId,
    /// A request.
    RequestId,
    /// One of the four entries about a person: information, agreement, consent to share, objection.
    ConsentId,
    /// That two sheets are of one person.
    MergeId,
    /// A look at someone's isolation, on a day.
    AssessmentId,
    /// What was said without asking, in an emergency.
    DisclosureId,
    /// A call campaign, and its document.
    CampaignId,
    /// One person to call in a campaign, and the document that holds the attempts.
    CallCardId,
    /// One attempt to reach someone.
    AttemptId,
    /// A tap of the reception desk.
    CountId,
    /// A round, and its document.
    RoundId,
    /// An alert, and its document.
    AlertId,
    /// What was said of someone in danger.
    AccountId,
    /// A person's own health project, and its document.
    HealthProjectId,
    /// A *temps d'échange*, and its document.
    SharedMeetingId,
    /// A stay in hospital.
    HospitalStayId,
    /// A collective project, and its document.
    CollectiveId,
    /// A difficulty of practice, and its document.
    DifficultyId,
    /// A fictional situation, and its document.
    SituationId,
    /// An act: what one gesture changed.
    ActId,
    /// A document of the journal.
    DocId,
    /// An entry of the legal register, and its document.
    RegisterEntryId,
    /// An agent designated for the register.
    RegisterAgentId,
    /// That an extract of the register was asked for.
    ExtractId,
    /// A provisional record of someone reported, and its document.
    ProvisionalId,
    /// A neighbouring coordinator: what two notebooks share.
    NeighbourId,
    /// A group of coordinators who keep some records in common.
    GroupId,
    /// What of someone is copied to a neighbour, and its document.
    CopyId,
    /// An event of the collective, and its document.
    EventId,
    /// An annual programme, and its document.
    ProgrammeId,
    /// A procedure, and its document.
    ProcedureId,
    /// That a procedure was begun, and the document that says so.
    ProcedureRunId,
    /// A sheet that is written for another territory; here, its document.
    SheetId,
    /// A version of a sheet that came from another territory, and its document.
    ReceivedSheetId,
    /// A roadmap, and its document.
    RoadmapId,
    /// A shared diagnosis, and its document.
    DiagnosisId,
    /// An application to a call for projects, and its document.
    ApplicationId,
    /// An outreach service, and its document.
    OutreachId,
    /// An item of health information, and its document.
    InformationId,
    /// A thing that is offered to others, and its document.
    MeansId,
    /// The charter of a post, and its document.
    CharterId,
    /// A survey of an event, and its document.
    SurveyId,
    /// A question that surveys ask, year after year: the same question has the same id.
    QuestionId,
    /// A choice of a question, or several of its choices read together.
    ChoiceId,
    /// What someone answered to a survey. It names nobody.
    ResponseId,
    /// A table of figures that others published, and its document.
    FiguresId,
    /// A line inside a record: a phone, a relative.
    LineId,
}

impl From<PersonId> for DocId {
    fn from(id: PersonId) -> Self {
        DocId(id.0)
    }
}

impl From<EntryId> for DocId {
    fn from(id: EntryId) -> Self {
        DocId(id.0)
    }
}

impl From<RequestId> for DocId {
    fn from(id: RequestId) -> Self {
        DocId(id.0)
    }
}

impl From<ProvisionalId> for DocId {
    fn from(id: ProvisionalId) -> Self {
        DocId(id.0)
    }
}

impl From<MergeId> for DocId {
    fn from(id: MergeId) -> Self {
        DocId(id.0)
    }
}

impl From<CopyId> for DocId {
    fn from(id: CopyId) -> Self {
        DocId(id.0)
    }
}

impl From<CampaignId> for DocId {
    fn from(id: CampaignId) -> Self {
        DocId(id.0)
    }
}

impl From<CallCardId> for DocId {
    fn from(id: CallCardId) -> Self {
        DocId(id.0)
    }
}

impl From<RegisterEntryId> for DocId {
    fn from(id: RegisterEntryId) -> Self {
        DocId(id.0)
    }
}

impl From<AlertId> for DocId {
    fn from(id: AlertId) -> Self {
        DocId(id.0)
    }
}

impl From<RoundId> for DocId {
    fn from(id: RoundId) -> Self {
        DocId(id.0)
    }
}

impl From<HealthProjectId> for DocId {
    fn from(id: HealthProjectId) -> Self {
        DocId(id.0)
    }
}

impl From<HospitalStayId> for DocId {
    fn from(id: HospitalStayId) -> Self {
        DocId(id.0)
    }
}

impl From<SharedMeetingId> for DocId {
    fn from(id: SharedMeetingId) -> Self {
        DocId(id.0)
    }
}

impl From<CollectiveId> for DocId {
    fn from(id: CollectiveId) -> Self {
        DocId(id.0)
    }
}

impl From<DifficultyId> for DocId {
    fn from(id: DifficultyId) -> Self {
        DocId(id.0)
    }
}

impl From<SituationId> for DocId {
    fn from(id: SituationId) -> Self {
        DocId(id.0)
    }
}

impl From<ProgrammeId> for DocId {
    fn from(id: ProgrammeId) -> Self {
        DocId(id.0)
    }
}

impl From<ProcedureId> for DocId {
    fn from(id: ProcedureId) -> Self {
        DocId(id.0)
    }
}

impl From<DiagnosisId> for DocId {
    fn from(id: DiagnosisId) -> Self {
        DocId(id.0)
    }
}

impl From<ProcedureRunId> for DocId {
    fn from(id: ProcedureRunId) -> Self {
        DocId(id.0)
    }
}

impl From<SheetId> for DocId {
    fn from(id: SheetId) -> Self {
        DocId(id.0)
    }
}

impl From<ReceivedSheetId> for DocId {
    fn from(id: ReceivedSheetId) -> Self {
        DocId(id.0)
    }
}

impl From<RoadmapId> for DocId {
    fn from(id: RoadmapId) -> Self {
        DocId(id.0)
    }
}

impl From<ApplicationId> for DocId {
    fn from(id: ApplicationId) -> Self {
        DocId(id.0)
    }
}

impl From<OutreachId> for DocId {
    fn from(id: OutreachId) -> Self {
        DocId(id.0)
    }
}

impl From<InformationId> for DocId {
    fn from(id: InformationId) -> Self {
        DocId(id.0)
    }
}

impl From<MeansId> for DocId {
    fn from(id: MeansId) -> Self {
        DocId(id.0)
    }
}

impl From<CharterId> for DocId {
    fn from(id: CharterId) -> Self {
        DocId(id.0)
    }
}

impl From<EventId> for DocId {
    fn from(id: EventId) -> Self {
        DocId(id.0)
    }
}

impl From<SurveyId> for DocId {
    fn from(id: SurveyId) -> Self {
        DocId(id.0)
    }
}

impl From<FiguresId> for DocId {
    fn from(id: FiguresId) -> Self {
        DocId(id.0)
    }
}

fn parse_hex(text: &str) -> Option<[u8; 16]> {
    let digits = text.as_bytes();
    if digits.len() != 32 {
        return None;
    }
    let mut bytes = [0; 16];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
        let high = char::from(pair[0]).to_digit(16)?;
        let low = char::from(pair[1]).to_digit(16)?;
        *byte = (high * 16 + low) as u8;
    }
    Some(bytes)
}

/// An item of a list that the coordinator edits: a stable code, never a word of a language.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ItemId(pub String);

impl ItemId {
    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing was chosen.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for ItemId {
    fn from(code: &str) -> Self {
        ItemId(code.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_it_is_written() {
        let id = PersonId([0xa0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0xff]);
        assert_eq!(id.to_string(), "a00102030405060708090a0b0c0d0eff");
        assert_eq!(PersonId::parse(&id.to_string()), Some(id));
        for wrong in ["", "a0", "zz0102030405060708090a0b0c0d0eff", "é00102030405060708090a0b0c0d0ef"] {
            assert_eq!(PersonId::parse(wrong), None, "{wrong}");
        }
    }
}
