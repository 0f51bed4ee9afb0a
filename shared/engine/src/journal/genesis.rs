//! The first change of every document: the same bytes on every device, for a kind and a schema.
//!
//! Two devices that make the same map apart end up with one of the two, and lose what stands in the other. So all maps
//! are made here, by nobody, at no time, and the change is the same everywhere.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, AutoCommit, ObjType, ROOT};

use super::document::JournalError;
use super::kinds::Kind;

/// A document with only its genesis, to be written in by `actor`.
pub(super) fn document(kind: &Kind, actor: ActorId) -> Result<AutoCommit, JournalError> {
    let mut document = AutoCommit::new().with_actor(ActorId::from([0_u8; 16].as_slice()));
    for container in kind.containers() {
        document.put_object(ROOT, *container, ObjType::Map)?;
    }
    document.commit_with(CommitOptions::default().with_message(kind.code()).with_time(0));
    Ok(document.with_actor(actor))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If this fails, users lose data: documents already begin with these changes, and the maps of a document that
    /// begins otherwise are other maps.
    #[test]
    fn every_kind_begins_as_it_always_did() {
        let heads = |kind: &Kind| {
            let mut document = document(kind, ActorId::random()).expect("a genesis");
            document.get_heads().iter().map(|head| head.to_string()[..16].to_owned()).collect::<Vec<_>>().join(" ")
        };
        let kinds = [
            Kind::Person,
            Kind::PersonJournal,
            Kind::PrivateJournal,
            Kind::Episode,
            Kind::DirectoryEntry,
            Kind::CommuneJournal,
            Kind::Settings,
            Kind::Consents,
            Kind::SamePerson,
            Kind::Campaign,
            Kind::CallCard,
            Kind::RegisterEntry,
            Kind::RegisterLog,
            Kind::Round,
            Kind::Alert,
            Kind::Safeguarding,
            Kind::HealthProject,
            Kind::HospitalStay,
            Kind::Circle,
            Kind::GivenSheets,
            Kind::Addresses,
            Kind::Provisional,
            Kind::ProvisionalCounts,
            Kind::CollectiveProject,
            Kind::Difficulty,
            Kind::Situation,
            Kind::SharedMeeting,
            Kind::Erasures,
            Kind::PersonCopy,
            Kind::GivenCopies,
            Kind::CopyEnds,
            Kind::SummaryBook,
            Kind::Summary,
            Kind::Report,
            Kind::PublishedReport,
            Kind::Publisher,
            Kind::Group,
            Kind::GroupWord,
            Kind::GroupAnswers,
            Kind::Introductions,
            Kind::Succession,
            Kind::Event,
            Kind::Survey,
            Kind::SurveyResponses,
            Kind::PublishedFigures,
            Kind::AnnualProgramme,
            Kind::Procedure,
            Kind::ProcedureRun,
            Kind::TravellingSheet,
            Kind::ReceivedSheet,
            Kind::Roadmap,
            Kind::Diagnosis,
            Kind::Application,
            Kind::Outreach,
            Kind::Information,
            Kind::BoardSheet,
            Kind::SharedMeans,
            Kind::OwnMeans,
            Kind::PostCharter,
        ];
        let said = kinds.iter().map(|kind| format!("{}: {}", kind.code(), heads(kind))).collect::<Vec<_>>().join("\n");
        assert_eq!(said, include_str!("genesis.snapshot").trim_end());
    }
}
