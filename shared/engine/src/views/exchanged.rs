//! Records as the screen of exchanges leads to them: by the person, whatever of theirs it is; else by what they are.

use std::collections::BTreeMap;

use maillon_shared::api::collective::CommonTarget;
use maillon_shared::api::exchanges::{RecordShown, RecordTarget};
use maillon_shared::domain::ids::{
    AlertId, CampaignId, CopyId, DocId, EntryId, HealthProjectId, HospitalStayId, PersonId, RegisterEntryId, RequestId,
    RoundId, SharedMeetingId,
};
use maillon_shared::domain::summary::period::Period;

use super::{Content, Views};
use crate::journal::{Kind, Scope};

impl Views {
    /// The records of documents: people first, each once. What tells of erasures is no record.
    pub fn records_shown(&self, documents: impl Iterator<Item = DocId>) -> Vec<RecordShown> {
        self.grouped(documents, Views::leads_to)
    }

    /// The records of documents in which two people wrote at once: each leads to where both versions are shown.
    pub fn records_with_two_versions(&self, documents: impl Iterator<Item = DocId>) -> Vec<RecordShown> {
        self.grouped(documents, Views::leads_to_versions)
    }

    fn grouped(
        &self,
        documents: impl Iterator<Item = DocId>,
        to: impl Fn(&Views, DocId) -> Option<(RecordTarget, String)>,
    ) -> Vec<RecordShown> {
        let mut by: BTreeMap<RecordTarget, RecordShown> = BTreeMap::new();
        for id in documents {
            let Some((to, title)) = to(self, id) else { continue };
            let shown = by.entry(to).or_insert_with(|| RecordShown { to, title, documents: Vec::new() });
            shown.documents.push(id);
        }
        let mut shown: Vec<RecordShown> = by.into_values().collect();
        let is_person = |record: &RecordShown| matches!(record.to, RecordTarget::Person(_));
        shown.sort_by(|one, other| {
            (!is_person(one), &one.title, one.to).cmp(&(!is_person(other), &other.title, other.to))
        });
        shown
    }

    fn leads_to(&self, id: DocId) -> Option<(RecordTarget, String)> {
        let cached = self.document(id)?;
        if cached.undone || cached.header.kind.is_only_between_devices() {
            return None;
        }
        if let (Scope::Neighbour(neighbour), Content::PersonCopy(copy)) = (&cached.header.scope, &cached.content) {
            return Some(match self.trace(copy.id) {
                // What one gave, on which the neighbour said something.
                Some(trace) => (RecordTarget::Person(trace.person), copy.name.clone()),
                None => (RecordTarget::Received(*neighbour, CopyId(id.0)), copy.name.clone()),
            });
        }
        if let Some(person) = cached.header.subject.map(PersonId) {
            let person = self.shown_as(person);
            let name = self.person(person).map(|person| person.display_name());
            return Some((RecordTarget::Person(person), name?));
        }
        self.by_itself(id)
    }

    fn leads_to_versions(&self, id: DocId) -> Option<(RecordTarget, String)> {
        let cached = self.document(id).filter(|cached| !cached.undone)?;
        let person = cached.header.subject.map(PersonId);
        let name = || person.and_then(|person| self.person(person)).map(|person| person.display_name());
        let name = || name().unwrap_or_default();
        match &cached.header.kind {
            Kind::Episode => Some((RecordTarget::Request(RequestId(id.0)), name())),
            Kind::HealthProject => Some((RecordTarget::Project(HealthProjectId(id.0)), name())),
            Kind::HospitalStay => Some((RecordTarget::Stay(HospitalStayId(id.0)), name())),
            Kind::SharedMeeting => Some((RecordTarget::Meeting(SharedMeetingId(id.0)), name())),
            Kind::Circle => Some((RecordTarget::Circle(person?), name())),
            Kind::Alert => Some((RecordTarget::Alert(AlertId(id.0)), name())),
            Kind::Person
            | Kind::DirectoryEntry
            | Kind::RegisterEntry
            | Kind::Campaign
            | Kind::CollectiveProject
            | Kind::Event
            | Kind::Survey
            | Kind::AnnualProgramme
            | Kind::Procedure
            | Kind::TravellingSheet
            | Kind::Roadmap
            | Kind::Diagnosis
            | Kind::Application
            | Kind::Outreach
            | Kind::Information
            | Kind::SharedMeans
            | Kind::PostCharter
            | Kind::Situation => self.by_itself(id),
            // Other records show one version: the last one written, by a rule that is the same everywhere.
            _ => None,
        }
    }

    fn by_itself(&self, id: DocId) -> Option<(RecordTarget, String)> {
        let cached = self.document(id)?;
        Some(match &cached.content {
            Content::Person(person) => {
                let shown = self.shown_as(person.id);
                let name = self.person(shown).map_or_else(|| person.display_name(), |person| person.display_name());
                (RecordTarget::Person(shown), name)
            }
            Content::Entry(entry) => (RecordTarget::Entry(EntryId(id.0)), entry.display_name()),
            Content::RegisterEntry(entry) => (RecordTarget::Register(RegisterEntryId(id.0)), entry.display_name()),
            Content::Alert(_) => (RecordTarget::Alert(AlertId(id.0)), String::new()),
            Content::Campaign(record) => (RecordTarget::Campaign(CampaignId(id.0)), record.campaign.title.clone()),
            Content::CallCard(card) => {
                let title = self.campaign(card.campaign).map(|record| record.campaign.title.clone());
                (RecordTarget::Campaign(card.campaign), title.unwrap_or_default())
            }
            Content::Round(round) => (RecordTarget::Round(RoundId(id.0)), round.day.to_string()),
            Content::CollectiveProject(project) => {
                (RecordTarget::Common(CommonTarget::Project(project.id)), project.title.clone())
            }
            Content::Group(_) | Content::GroupWord(_) | Content::Succession(_) => {
                let Scope::Group(group) = cached.header.scope else { return None };
                (RecordTarget::Group(group), self.group_name(group))
            }
            Content::Event(event) => (RecordTarget::Common(CommonTarget::Event(event.id)), event.title.clone()),
            Content::Survey(record) => {
                (RecordTarget::Common(CommonTarget::Survey(record.survey.id)), record.survey.title.clone())
            }
            Content::SurveyResponses(part) => {
                let title = self.survey(part.survey).map(|record| record.survey.title.clone());
                (RecordTarget::Common(CommonTarget::Survey(part.survey)), title.unwrap_or_default())
            }
            Content::Programme(programme) => {
                (RecordTarget::Common(CommonTarget::Programme(programme.id)), programme.title.clone())
            }
            Content::Procedure(procedure) => {
                (RecordTarget::Common(CommonTarget::Procedure(procedure.id)), procedure.title().to_owned())
            }
            Content::ProcedureRun(run) => {
                (RecordTarget::Common(CommonTarget::ProcedureRun(run.id)), run.used.says.title.clone())
            }
            Content::TravellingSheet(sheet) => {
                (RecordTarget::Common(CommonTarget::Sheet(sheet.id)), sheet.says.title.clone())
            }
            Content::ReceivedSheet(received) => {
                let title = received.travelled.provenance.title.clone();
                (RecordTarget::Common(CommonTarget::ReceivedSheet(received.id)), title)
            }
            Content::Roadmap(roadmap) => {
                (RecordTarget::Common(CommonTarget::Roadmap(roadmap.id)), roadmap.about.title.clone())
            }
            Content::Diagnosis(diagnosis) => {
                (RecordTarget::Common(CommonTarget::Diagnosis(diagnosis.id)), diagnosis.title.clone())
            }
            Content::Application(application) => {
                (RecordTarget::Common(CommonTarget::Application(application.id)), application.title.clone())
            }
            Content::Outreach(service) => {
                (RecordTarget::Common(CommonTarget::Outreach(service.id)), service.about.title.clone())
            }
            Content::Information(item) => {
                (RecordTarget::Common(CommonTarget::Information(item.id)), item.title.clone())
            }
            Content::BoardSheet(_) => {
                let month = Period::from_number(cached.header.period)?;
                (RecordTarget::Common(CommonTarget::Board(month)), month.to_string())
            }
            Content::Means(means) => (RecordTarget::Common(CommonTarget::Means(means.id)), means.about.title.clone()),
            Content::Charter(charter) => {
                (RecordTarget::Common(CommonTarget::Charter(charter.id)), charter.about.title.clone())
            }
            Content::Difficulty(said) => (RecordTarget::Common(CommonTarget::Difficulty(said.id)), String::new()),
            Content::Situation(one) => (RecordTarget::Common(CommonTarget::Situation(one.id)), one.title.clone()),
            Content::Report(_) => {
                let period = Period::from_number(cached.header.period)?;
                (RecordTarget::Common(CommonTarget::Report(period)), period.to_string())
            }
            Content::Settings(_) => (RecordTarget::Settings, String::new()),
            Content::Request(request) => (RecordTarget::Request(request.id), String::new()),
            _ => (RecordTarget::Other, String::new()),
        })
    }
}
