//! Sheets for other territories, as screens read them: those written here with the clues in them, those that came with where
//! they come from, and what a sheet is begun from.

use std::cmp::Reverse;

use maillon_shared::api::sheets::{AlreadyHere, ReceivedFile, ReceivedRow, SheetFile, SheetRow, Sheets};
use maillon_shared::domain::clues::{Clue, Weight, WrittenFor};
use maillon_shared::domain::collective::{CollectiveProject, ProjectTick};
use maillon_shared::domain::disclosure::PublicCount;
use maillon_shared::domain::event::{Event, EventState, Headcount};
use maillon_shared::domain::ids::{EntryId, LineId, ReceivedSheetId, SheetId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::procedure::ProcedureStep;
use maillon_shared::domain::programme::{AnnualProgramme, ProgrammeStatus};
use maillon_shared::domain::travelling_sheet::{
    SheetKind, SheetPartner, SheetResult, SheetSource, SheetText, Travelled, TravellingSheet,
};
use maillon_shared::text::language::Language;
use maillon_shared::text::sort::sort_key;

use super::{Content, Views};
use crate::journal::records::travelling_sheet::ReceivedSheet;

impl Views {
    /// A sheet that is written here.
    pub fn travelling_sheet(&self, id: SheetId) -> Option<&TravellingSheet> {
        match self.documents.get(&id.into()).filter(|cached| !cached.undone).map(|cached| &cached.content) {
            Some(Content::TravellingSheet(sheet)) => Some(sheet),
            _ => None,
        }
    }

    /// A version of a sheet that came.
    pub fn received_sheet(&self, id: ReceivedSheetId) -> Option<&ReceivedSheet> {
        self.received_sheets().find(|received| received.id == id)
    }

    fn received_sheets(&self) -> impl Iterator<Item = &ReceivedSheet> {
        let shown = self.documents.values().filter(|cached| !cached.undone);
        shown.filter_map(|cached| match &cached.content {
            Content::ReceivedSheet(received) => Some(&**received),
            _ => None,
        })
    }

    /// Every sheet: those written here, and of those that came the last version of each.
    pub fn sheet_rows(&self) -> Sheets {
        let shown = self.documents.values().filter(|cached| !cached.undone);
        let own = shown.filter_map(|cached| match &cached.content {
            Content::TravellingSheet(sheet) if !sheet.withdrawn => Some(&**sheet),
            _ => None,
        });
        let row = |sheet: &TravellingSheet| SheetRow {
            id: sheet.id,
            kind: sheet.says.kind.clone(),
            title: sheet.says.title.clone(),
            left: sheet.last_left().map(|left| (left.version, left.on)),
            changed_since: sheet.last_left().is_some_and(|left| left.of != sheet.says.fingerprint()),
        };
        let mut own: Vec<_> = own.map(row).collect();
        own.sort_by_cached_key(|row| (sort_key(&row.title), row.id));
        let standing = || self.received_sheets().filter(|one| !one.withdrawn);
        let is_last = |one: &&ReceivedSheet| !standing().any(|other| stands_before(other, one));
        let mut received: Vec<_> = standing().filter(is_last).map(received_row).collect();
        received.sort_by_cached_key(|row| (sort_key(&row.title), row.id));
        Sheets { own, received }
    }

    /// One sheet that is written here, with the clues in it.
    pub fn sheet_file(&self, id: SheetId) -> Option<SheetFile> {
        let sheet = self.travelling_sheet(id)?;
        Some(SheetFile { clues: self.clues_in_sheet(sheet), sheet: sheet.clone(), conflicts: Vec::new() })
    }

    /// What names someone in a sheet, or may lead to someone.
    pub fn clues_in_sheet(&self, sheet: &TravellingSheet) -> Vec<Clue> {
        let texts: Vec<&str> = sheet.texts().into_iter().map(|(_, text)| text).collect();
        let mut clues = self.clues(&texts, WrittenFor::Sheet);
        // Where it comes from stands in it as it came, and nobody here can write it otherwise: it is looked at.
        let own = sheet.says.texts().len();
        clues.iter_mut().filter(|clue| usize::from(clue.text) >= own).for_each(|clue| clue.weight = Weight::Look);
        clues
    }

    /// One sheet that came.
    pub fn received_file(&self, id: ReceivedSheetId) -> Option<ReceivedFile> {
        let received = self.received_sheet(id)?;
        let sheet = received.travelled.provenance.sheet;
        let others = self.received_sheets().filter(|one| one.travelled.provenance.sheet == sheet && one.id != id);
        let mut others: Vec<_> = others.filter(|one| !one.withdrawn).map(received_row).collect();
        others.sort_by_key(|row| (Reverse(row.version), row.id));
        Some(ReceivedFile {
            travelled: received.travelled.clone(),
            received_on: received.received_on,
            unknown: received.unknown.clone(),
            aside: received.withdrawn,
            others,
        })
    }

    /// Whether a sheet that comes is here already.
    pub fn is_here(&self, came: &Travelled) -> AlreadyHere {
        let from = &came.provenance;
        let said = came.says.fingerprint();
        let says_it =
            |sheet: &TravellingSheet| sheet.says.fingerprint() == said || sheet.left.iter().any(|left| left.of == said);
        // A version that left after an older backup was made says something that is nowhere here: it can be kept beside.
        if self.travelling_sheet(from.sheet).is_some_and(says_it) {
            return AlreadyHere::Own(from.sheet);
        }
        let held: Vec<_> = self.received_sheets().filter(|one| one.travelled.provenance.sheet == from.sheet).collect();
        if let Some(same) = held.iter().find(|one| one.travelled == *came) {
            return AlreadyHere::Same(same.id);
        }
        if let Some(other) = held.iter().find(|one| one.travelled.provenance.version == from.version) {
            return AlreadyHere::OtherWords(other.id);
        }
        match held.iter().map(|one| one.travelled.provenance.version).max() {
            None => AlreadyHere::No,
            Some(last) if last > from.version => AlreadyHere::Older(last),
            Some(last) => AlreadyHere::Newer(last),
        }
    }

    /// A sheet begun from something, in words to be written in: names of structures become their kinds, and what is only said
    /// of people is left out. Each line is named by whoever asks.
    pub fn sheet_from(&self, from: SheetSource, mut line: impl FnMut() -> LineId) -> Option<TravellingSheet> {
        let (settings, _) = self.settings();
        let mut sheet = TravellingSheet::empty(SheetId([0; 16]), SheetKind::Action);
        sheet.says.territory = settings.commune.clone();
        let says = &mut sheet.says;
        match from {
            SheetSource::Project(id) => self.words_of_project(self.collective_project(id)?, says, &mut line),
            SheetSource::Event(id) => self.words_of_event(self.event(id)?, says, &mut line),
            SheetSource::Programme(id) => words_of_programme(self.programme(id)?, says, &mut line),
            SheetSource::Procedure(id, version) => {
                let version = self.procedure(id)?.version(version)?;
                says.kind = SheetKind::Protocol;
                (says.title, says.context) = (version.says.title.clone(), version.says.purpose.clone());
                let step = |step: &ProcedureStep| ProcedureStep { id: line(), ..step.clone() };
                says.steps = version.says.steps.iter().map(step).collect();
            }
            SheetSource::Received(id) => {
                let came = &self.received_sheet(id)?.travelled;
                let territory = says.territory.clone();
                *says = came.says.clone();
                // Who answers for it here is said again.
                (says.territory, says.author, says.contact) = (territory, String::new(), String::new());
                says.steps.iter_mut().for_each(|step| step.id = line());
                says.partners.iter_mut().for_each(|partner| partner.id = line());
                says.results.clear();
                sheet.chain = came.chain_from_here();
            }
        }
        Some(sheet)
    }

    /// What kind of structure an entry is; nothing of who it is.
    fn kind_of_entry(&self, entry: Option<EntryId>) -> String {
        let entry = entry.and_then(|entry| self.entry(entry));
        let lists = self.lists_in(Language::Fr);
        entry.map(|entry| lists.label(ListId::StructureTypes, &entry.role).to_owned()).unwrap_or_default()
    }

    fn words_of_project(&self, project: &CollectiveProject, says: &mut SheetText, line: &mut impl FnMut() -> LineId) {
        let lists = self.lists_in(Language::Fr);
        let threshold = self.settings().0.summary_threshold();
        if project.closed_on.is_some() {
            says.kind = SheetKind::Lessons;
        }
        (says.title, says.context) = (project.title.clone(), project.aim.clone());
        (says.means, says.worked) = (project.means.clone(), project.evaluation.clone());
        (says.to_change, says.conditions) = (project.learnt.clone(), project.transferability.clone());
        let ticked = |tick: ProjectTick, list: ListId| {
            let ticks = project.ticks.get(&tick).into_iter().flatten();
            ticks.map(|item| lists.label(list, item).to_owned()).collect::<Vec<_>>()
        };
        let mut publics = ticked(ProjectTick::Public, ListId::Publics);
        publics.extend((!project.public.trim().is_empty()).then(|| project.public.clone()));
        says.public = publics.join(", ");
        let axes = ticked(ProjectTick::Ottawa, ListId::OttawaAxes);
        let determinants = ticked(ProjectTick::Determinant, ListId::HealthDeterminants);
        says.axes = axes.into_iter().chain(determinants).collect::<Vec<_>>().join(", ");
        let step = |step: &maillon_shared::domain::collective::ProjectStep| ProcedureStep {
            what: step.what.clone(),
            ..ProcedureStep::empty(line())
        };
        says.steps = project.steps.iter().map(step).collect();
        for partner in &project.partners {
            let (kind, role) = (self.kind_of_entry(partner.entry), partner.brings.clone());
            says.partners.push(SheetPartner { id: line(), kind, role });
        }
        for need in &project.needs {
            let what = lists.label(ListId::RequestTopics, need.topic()).to_owned();
            says.results.push(SheetResult { id: line(), what, n: Some(need.persons().within(threshold)) });
        }
        for indicator in &project.indicators {
            says.results.push(SheetResult { id: line(), what: indicator.name.clone(), n: None });
        }
    }

    fn words_of_event(&self, event: &Event, says: &mut SheetText, line: &mut impl FnMut() -> LineId) {
        let lists = self.lists_in(Language::Fr);
        let threshold = self.settings().0.summary_threshold();
        if matches!(event.state, EventState::Held(_)) {
            says.kind = SheetKind::Lessons;
        }
        (says.title, says.context) = (event.title.clone(), event.theme.clone());
        for step in &event.checklist {
            says.steps.push(ProcedureStep { what: step.what.clone(), ..ProcedureStep::empty(line()) });
        }
        let stands = event.stands.iter().map(|stand| (stand.entry, stand.theme.clone()));
        let speakers = event.speakers.iter().map(|speaker| (speaker.entry, speaker.subject.clone()));
        for (entry, role) in stands.chain(speakers) {
            says.partners.push(SheetPartner { id: line(), kind: self.kind_of_entry(entry), role });
        }
        let publics = event.attendance.iter().map(|line| lists.label(ListId::Publics, &line.public).to_owned());
        says.public = publics.collect::<Vec<_>>().join(", ");
        for came in &event.attendance {
            let n = match came.count {
                Headcount::Counted(n) => Some(PublicCount::of(n, threshold)),
                // A guess is no number of people.
                Headcount::About(_) | Headcount::NotKnown => None,
            };
            let what = lists.label(ListId::Publics, &came.public).to_owned();
            says.results.push(SheetResult { id: line(), what, n });
        }
    }
}

fn words_of_programme(programme: &AnnualProgramme, says: &mut SheetText, line: &mut impl FnMut() -> LineId) {
    says.kind = SheetKind::Lessons;
    (says.title, says.context) = (programme.title.clone(), programme.aim.clone());
    if let ProgrammeStatus::Closed { learnt, .. } = &programme.status {
        says.to_change.clone_from(learnt);
    }
    let axes = programme.axes.iter().map(|axis| axis.title.as_str());
    says.axes = axes.collect::<Vec<_>>().join(", ");
    for item in programme.items.iter().filter_map(|item| item.action()) {
        says.steps.push(ProcedureStep { what: item.what.clone(), ..ProcedureStep::empty(line()) });
    }
}

/// Whether one of two versions of a sheet stands in a list before the other.
fn stands_before(one: &ReceivedSheet, other: &ReceivedSheet) -> bool {
    let order = |of: &ReceivedSheet| (of.travelled.provenance.version, of.id);
    let is_double =
        one.travelled.provenance.version == other.travelled.provenance.version && one.travelled != other.travelled;
    one.travelled.provenance.sheet == other.travelled.provenance.sheet && !is_double && order(one) > order(other)
}

fn received_row(received: &ReceivedSheet) -> ReceivedRow {
    let from = &received.travelled.provenance;
    ReceivedRow {
        id: received.id,
        kind: received.travelled.says.kind.clone(),
        title: from.title.clone(),
        territory: from.territory.clone(),
        version: from.version,
        made_on: from.made_on,
    }
}
