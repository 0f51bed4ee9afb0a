//! Whose time is over, what an erasure takes, and what is counted of it without a name.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use maillon_shared::api::responses::{DueCampaign, DuePerson, DueRequest, EliminationSlip, SlipRow, TimelineKind};
use maillon_shared::domain::ids::{DocId, PersonId};
use maillon_shared::domain::retention::Kept;

use super::{Content, Views};

impl Views {
    /// The people whose time is over, the longest first, and how many have no date to reckon from.
    pub fn people_due(&self, today: NaiveDate) -> (Vec<DuePerson>, u32) {
        let (settings, _) = self.settings();
        let (mut due, mut undated) = (Vec::new(), 0);
        for person in self.people() {
            match self.last_trace(person.id, today) {
                None => undated += 1,
                // A file does not end under an alert that nobody has closed.
                Some(_) if self.has_live_alert(person.id, today) => {}
                Some(last) if Kept::Notebook.is_due(last, &settings, today) => due.push(DuePerson {
                    id: person.id,
                    name: person.display_name(),
                    last,
                    due_on: Kept::Notebook.due_on(last, &settings),
                }),
                Some(_) => {}
            }
        }
        due.sort_by_key(|person| (person.due_on, person.id));
        (due, undated)
    }

    /// The closed campaigns whose named attempts are due, the longest first.
    pub fn campaigns_due(&self, today: NaiveDate) -> Vec<DueCampaign> {
        let (settings, _) = self.settings();
        let mut due = Vec::new();
        for row in self.campaign_rows(today) {
            let campaign = row.campaign;
            let cards = self.card_documents(campaign.id).count() as u32;
            let Some(closed_on) = campaign.closed_on.filter(|_| cards > 0) else { continue };
            let last = campaign.until.min(closed_on);
            if Kept::Calls.is_due(last, &settings, today) {
                let due_on = Kept::Calls.due_on(last, &settings);
                due.push(DueCampaign { id: campaign.id, title: campaign.title, cards, due_on });
            }
        }
        due.sort_by_key(|campaign| (campaign.due_on, campaign.id));
        due
    }

    /// The requests of nobody who is named whose time is over, the longest first.
    pub fn requests_due(&self, today: NaiveDate) -> Vec<DueRequest> {
        let (settings, _) = self.settings();
        let of_nobody = self.requests().filter(|request| request.person.is_none());
        let due = of_nobody.filter_map(|request| {
            let last = request.span(today).from;
            let due_on = Kept::Notebook.due_on(last, &settings);
            (due_on <= today).then(|| DueRequest { request: request.clone(), last, due_on })
        });
        let mut due: Vec<_> = due.collect();
        due.sort_by_key(|due| (due.due_on, due.request.id));
        due
    }

    /// The day a person's time is reckoned from: the last contact; where there never was one, the last thing written.
    fn last_trace(&self, id: PersonId, today: NaiveDate) -> Option<NaiveDate> {
        let file = self.person_file(id, today)?;
        let written = file.timeline.iter().map(|item| item.day()).filter(|day| *day <= today).max();
        file.last_contact.or(written)
    }

    /// What would be eliminated with these people: how many records of each kind and year, and no name.
    pub fn slip(&self, people: &[PersonId], today: NaiveDate) -> EliminationSlip {
        let shown: BTreeSet<PersonId> = people.iter().map(|id| self.shown_as(*id)).collect();
        let mut counts: BTreeMap<(TimelineKind, i32), u32> = BTreeMap::new();
        let (mut counted, mut notes) = (0, 0);
        for id in shown {
            let Some(file) = self.person_file(id, today) else { continue };
            counted += 1;
            for item in file.timeline.iter().filter(|item| item.is_record()) {
                *counts.entry((item.kind(), item.day().year())).or_default() += 1;
            }
            for follow_up in &file.open {
                *counts.entry((TimelineKind::FollowUp, follow_up.due.year())).or_default() += 1;
            }
            for row in self.circle_of(id, today) {
                let year = row.member.from.unwrap_or(today).year();
                *counts.entry((TimelineKind::Circle, year)).or_default() += 1;
            }
            notes += self
                .about(id)
                .map(|cached| match &cached.content {
                    Content::Private { notes } => notes.len() as u32,
                    _ => 0,
                })
                .sum::<u32>();
        }
        let rows = counts.into_iter().map(|((kind, year), count)| SlipRow { kind, year, count }).collect();
        EliminationSlip { made_on: today, people: counted, notes, rows }
    }

    /// Every document that is about a person or says who they are, undone ones too: what an erasure takes.
    pub fn documents_about(&self, id: PersonId) -> BTreeSet<DocId> {
        let sheets = self.sheets_of(id);
        let mut found = BTreeSet::new();
        for sheet in &sheets {
            if matches!(self.documents.get(&(*sheet).into()), Some(cached) if matches!(cached.content, Content::Person(_)))
            {
                found.insert(DocId::from(*sheet));
            }
            found.extend(self.about.get(&sheet.0).into_iter().flatten().copied());
        }
        for (document, cached) in &self.documents {
            if let Content::SamePerson(record) = &cached.content
                && (sheets.contains(&record.kept) || sheets.contains(&record.other))
            {
                found.insert(*document);
            }
        }
        found
    }

    /// The ids of everything in those documents, as drafts name what they are about.
    pub fn subjects_in(&self, documents: &BTreeSet<DocId>) -> BTreeSet<String> {
        let mut subjects: BTreeSet<String> = documents.iter().map(DocId::to_string).collect();
        for cached in documents.iter().filter_map(|id| self.documents.get(id)) {
            match &cached.content {
                Content::Journal { encounters, follow_ups, assessments, .. } => {
                    subjects.extend(encounters.iter().map(|one| one.id.to_string()));
                    subjects.extend(follow_ups.iter().map(|one| one.id.to_string()));
                    subjects.extend(assessments.iter().map(|one| one.id.to_string()));
                }
                Content::Consents { entries, disclosures } => {
                    subjects.extend(entries.iter().map(|one| one.id.to_string()));
                    subjects.extend(disclosures.iter().map(|one| one.id.to_string()));
                }
                Content::Accounts(accounts) => subjects.extend(accounts.iter().map(|one| one.id.to_string())),
                Content::HealthProject(record) => {
                    subjects.extend(record.follow_ups().map(|one| one.id.to_string()));
                    subjects.extend(record.project.goals.iter().map(|one| one.id.to_string()));
                }
                Content::HospitalStay(stay) => subjects.extend(stay.steps.iter().map(|one| one.id.to_string())),
                Content::SharedMeeting(record) => {
                    let meeting = &record.meeting;
                    subjects.extend(meeting.points.iter().map(|one| one.id.to_string()));
                    subjects.extend(meeting.guests.iter().map(|one| one.id.to_string()));
                    subjects.extend(meeting.decisions.iter().map(|one| one.id.to_string()));
                }
                Content::Circle(members) => subjects.extend(members.iter().map(|one| one.id.to_string())),
                _ => {}
            }
        }
        subjects
    }

    /// Forgets a document that was erased, and every word that search knew.
    pub fn remove(&mut self, id: DocId) {
        if let Some(before) = self.documents.remove(&id) {
            self.forget_places(id, &before);
            if let Some(subject) = before.header.subject
                && let Some(about) = self.about.get_mut(&subject)
            {
                about.retain(|document| *document != id);
            }
            if let (Some(subject), Content::Provisional(_)) = (before.header.subject, &before.content) {
                self.report_again(PersonId(subject));
            }
        }
        self.reunite(id);
        self.index = None;
    }
}
