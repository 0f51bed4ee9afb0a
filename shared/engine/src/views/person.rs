//! One person and all that concerns them.

use chrono::NaiveDate;
use maillon_shared::api::register::RegisterLink;
use maillon_shared::api::responses::{PersonFile, TimelineItem};
use maillon_shared::domain::ids::PersonId;
use maillon_shared::domain::person_copy::CopyTrace;

use super::provisional::provisional_row;
use super::{Content, Views};

impl Views {
    /// The file of a person; conflicts are the journal's to tell.
    pub fn person_file(&self, id: PersonId, today: NaiveDate) -> Option<PersonFile> {
        let person = self.person(id)?.clone();
        let mut open = Vec::new();
        let mut timeline = Vec::new();
        let mut with_note = Vec::new();
        let (mut entries, mut disclosures, mut assessments) = (Vec::new(), Vec::new(), Vec::new());
        for cached in self.about(id) {
            let (waiting, ended): (Vec<_>, Vec<_>) = self
                .follow_ups_in(cached)
                .map(|follow_up| self.follow_up_shown(follow_up))
                .partition(|follow_up| follow_up.is_open());
            match person.state.silence() {
                None => open.extend(waiting),
                Some(silence) => timeline
                    .extend(waiting.into_iter().map(|follow_up| TimelineItem::Silenced(follow_up, silence.clone()))),
            }
            timeline.extend(ended.into_iter().map(TimelineItem::FollowUp));
            match &cached.content {
                Content::Journal { encounters, assessments: seen, .. } => {
                    assessments.extend(seen.iter().filter(|assessment| !assessment.withdrawn).cloned());
                    let shown = encounters.iter().filter(|encounter| !encounter.withdrawn);
                    timeline
                        .extend(shown.map(|encounter| TimelineItem::Encounter(self.encounter_shown(encounter), false)));
                }
                Content::Request(request) => {
                    // Newest first, as the rest: of one day, the last step stands before the first.
                    let steps = request.story().into_iter().rev();
                    timeline.extend(steps.map(|(day, step)| TimelineItem::RequestStep(request.id, day, step)));
                    timeline.push(TimelineItem::Request(self.request_shown(request)));
                }
                Content::Provisional(record) => timeline.push(TimelineItem::Reported((**record).clone())),
                Content::Consents { entries: given, disclosures: said } => {
                    entries.extend(given.iter().cloned());
                    disclosures.extend(said.iter().cloned());
                }
                Content::CallCard(card) => {
                    let title = self.campaign(card.campaign).map(|record| record.campaign.title.clone());
                    let title = title.unwrap_or_default();
                    let attempts = card.attempts.iter().filter(|attempt| !attempt.withdrawn);
                    timeline.extend(attempts.map(|attempt| TimelineItem::Call(attempt.clone(), title.clone())));
                }
                Content::Alert(alert) => timeline.push(TimelineItem::Alert(Box::new(self.alert_shown(alert)))),
                Content::Accounts(kept) => {
                    timeline.extend(kept.iter().map(|account| TimelineItem::Account(account.id, account.at)));
                }
                Content::HealthProject(record) => timeline.extend(self.project_steps(&record.project)),
                Content::HospitalStay(stay) => timeline.extend(super::stays::told(stay)),
                Content::SharedMeeting(record) => timeline.extend(super::meetings::told(&record.meeting)),
                Content::ProcedureRun(run) => timeline.push(super::procedures::told(run)),
                Content::GivenSheets(given) => timeline.extend(given.iter().cloned().map(TimelineItem::Sheet)),
                Content::Private { notes } => with_note.extend(notes.iter().map(|(encounter, _)| *encounter)),
                _ => {}
            }
        }
        timeline.extend(entries.iter().cloned().map(TimelineItem::Entry));
        let ended = entries.iter().filter(|entry| entry.withdrawn.is_some());
        timeline.extend(ended.cloned().map(TimelineItem::Withdrawn));
        timeline.extend(disclosures.iter().cloned().map(TimelineItem::Disclosure));
        timeline.extend(assessments.iter().cloned().map(TimelineItem::Assessment));
        for item in &mut timeline {
            if let TimelineItem::Encounter(encounter, has_note) = item {
                *has_note = with_note.contains(&encounter.id);
            }
        }
        let last_contact = timeline.iter().filter(|item| item.is_contact()).map(TimelineItem::day).max();
        open.sort_by_key(|follow_up| (follow_up.due, follow_up.hour, follow_up.id));
        entries.sort_by_key(|entry| std::cmp::Reverse((entry.given.on, entry.id)));
        disclosures.sort_by_key(|disclosure| std::cmp::Reverse((disclosure.day, disclosure.hour, disclosure.id)));
        assessments.sort_by_key(|assessment| std::cmp::Reverse((assessment.day, assessment.id)));
        timeline.sort_by_key(|item| std::cmp::Reverse((item.day(), order(item))));
        let merged = self.merged_sheets(id);
        let household = self.household_of(&person);
        let register = person
            .register_entry
            .map(|id| RegisterLink { id, state: self.register_entry(id).map(|entry| entry.state.clone()) });
        Some(PersonFile {
            provisional: self.provisional(id).map(|record| provisional_row(record, today)),
            person,
            last_contact,
            open,
            entries,
            projects: self.projects_of(id),
            stays: self.stays_of(id, today),
            meetings: self.meetings_of(id, today),
            circle: self.circle_on(id, today),
            copied: self.copies_of(id).into_iter().filter(CopyTrace::stands).collect(),
            disclosures,
            assessments,
            timeline,
            conflicts: Vec::new(),
            register,
            merged,
            household,
        })
    }
}

/// Within a day: the hour if there is one, then the id, so that a list never jumps about.
fn order(item: &TimelineItem) -> (Option<maillon_shared::domain::time::Hour>, [u8; 16]) {
    match item {
        TimelineItem::Encounter(encounter, _) => (encounter.hour, encounter.id.0),
        TimelineItem::Entry(entry) | TimelineItem::Withdrawn(entry) => (None, entry.id.0),
        TimelineItem::Disclosure(disclosure) => (Some(disclosure.hour), disclosure.id.0),
        TimelineItem::Assessment(assessment) => (None, assessment.id.0),
        TimelineItem::Call(attempt, _) => (Some(attempt.hour), attempt.id.0),
        TimelineItem::Request(request) => (None, request.id.0),
        TimelineItem::Alert(alert) => (Some(alert.received.hour), alert.id.0),
        TimelineItem::Account(id, at) => (Some(at.hour), id.0),
        TimelineItem::Project(id, ..) => (None, id.0),
        TimelineItem::Stay(id, ..) => (None, id.0),
        TimelineItem::Meeting(id, ..) => (None, id.0),
        TimelineItem::Sheet(given) => (Some(given.hour), given.id.0),
        TimelineItem::Procedure(id, ..) => (None, id.0),
        TimelineItem::RequestStep(request, ..) => (None, request.0),
        TimelineItem::Reported(record) => (None, record.id.0),
        TimelineItem::FollowUp(follow_up) | TimelineItem::Silenced(follow_up, _) => (follow_up.hour, follow_up.id.0),
    }
}
