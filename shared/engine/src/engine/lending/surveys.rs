//! A survey lent to a tablet, and taking back what was answered there.
//!
//! The tablet gets the questions and nothing else of the notebook: no event, no group, no answer, no word that somebody
//! else wrote. What comes back is answers to that survey; whatever else is in the file is not read.

use std::collections::BTreeSet;

use maillon_shared::api::errors::Invalid;
use maillon_shared::api::surveys::{SurveyAnswer, SurveyBack};
use maillon_shared::api::{Answer, Failure, Notice, Response};
use maillon_shared::domain::ids::{DocId, SurveyId};
use maillon_shared::domain::survey::merge::MergeReport;
use maillon_shared::domain::survey::question::Question;
use maillon_shared::domain::survey::record::SurveyRecord;

use super::super::Engine;
use super::super::surveys::valid_response;
use super::ToLend;
use crate::ambient::{Ambient, random_array};
use crate::failures::failure_of_journal;
use crate::journal::document::Heads;
use crate::journal::records::{survey, survey_responses};
use crate::journal::{Document, Header, Kind, Scope};
use crate::notebook::{Copy, LentFor, Plan};
use crate::store::Store;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(in super::super) async fn lend_survey(&mut self, id: SurveyId) -> Answer {
        // What is answered there is written here once it comes back.
        self.writable_document(id.into()).await?;
        let now = self.ambient.now();
        let record = self.notebook()?.views.survey(id).ok_or(Failure::NotFound)?;
        if record.survey.closed_on.is_some() || record.survey.withdrawn {
            return Err(Failure::Invalid(Invalid::Closed));
        }
        if record.asked().is_empty() {
            return Err(Failure::Invalid(Invalid::Empty));
        }
        let asked = as_it_is_asked(record);
        let mut beside = Vec::new();
        let responses = DocId(random_array(&mut self.ambient));
        for (header, is_survey) in [
            (Header::new(id.into(), Kind::Survey, None, 0), true),
            (Header::new(responses, Kind::SurveyResponses, None, 0), false),
        ] {
            let header = Header { scope: Scope::Notebook, ..header };
            let mut document =
                Document::new(header.clone(), random_array(&mut self.ambient)).map_err(failure_of_journal)?;
            let written = match is_survey {
                true => survey::create(&mut document, &asked),
                false => survey_responses::create(&mut document, id),
            };
            written.map_err(failure_of_journal)?;
            document.commit(now);
            beside.push(Copy { header, frame: document.frame_since(&Heads::new()) });
        }
        let to_lend = ToLend {
            lent_for: LentFor::Survey { survey: id },
            documents: Vec::new(),
            beside,
            erased: BTreeSet::new(),
            file_name: format!("maillon-questionnaire-{}.maillon", now.day()),
        };
        let (lent, _) = self.lend(to_lend).await?;
        Ok(Response::Lent(lent))
    }

    pub(in super::super) async fn take_back_survey(&mut self, file: &[u8]) -> Answer {
        let Engine { store, ambient, open, notices, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let back = notebook.open_lent(store, ambient, file).await?;
        let id = match back.open.lent_for() {
            Some(LentFor::Survey { survey }) => survey,
            Some(LentFor::Calls { .. } | LentFor::Register { .. }) => return Err(Failure::LentForOther),
            None => return Err(Failure::NotLentHere),
        };
        let record = notebook.views.survey(id).ok_or(Failure::NotFound)?;
        if record.survey.withdrawn {
            return Err(Failure::Invalid(Invalid::Closed));
        }
        let held = notebook.views.gathered(id);
        let (mut report, mut new) = (MergeReport::default(), Vec::new());
        for versions in back.open.views.gathered(id).all() {
            // Whose device it was may write what they like there.
            let mut is_new = false;
            let was_here = versions.iter().any(|version| !held.versions(version.id()).is_empty());
            for version in versions {
                // The day may be one to come: a tablet's clock is nobody's, and no total asks for it.
                valid_response(record, version)?;
                if !held.versions(version.id()).contains(version) {
                    is_new = true;
                    new.push((*version).clone());
                }
            }
            *match (was_here, is_new) {
                (false, _) => &mut report.new,
                (true, false) => &mut report.known,
                (true, true) => &mut report.differing,
            } += 1;
        }
        notices(Notice::Progress { done: 0, total: new.len() as u32 });
        self.writable_document(id.into()).await?;
        let mut plan = Plan::new("take_back_survey");
        self.add_responses(&mut plan, id, new)?;
        let act = match self.save(plan).await? {
            Response::Saved(saved) => Some(saved.act),
            _ => None,
        };
        Ok(Response::Surveys(Box::new(SurveyAnswer::Back(SurveyBack { survey: id, act, report }))))
    }
}

/// The survey as a tablet gets it: the questions that it asks, and nothing that was answered.
fn as_it_is_asked(record: &SurveyRecord) -> SurveyRecord {
    let mut asked = SurveyRecord::empty(record.survey.id, record.survey.year);
    asked.survey.title.clone_from(&record.survey.title);
    asked.survey.asks.clone_from(&record.survey.asks);
    asked.questions = record.asked().into_iter().cloned().collect::<Vec<Question>>();
    asked
}
