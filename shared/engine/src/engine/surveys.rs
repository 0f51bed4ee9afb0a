//! Surveys: read, and written as plans.
//!
//! What people wrote in their own words stays in this coordinator's notebook until somebody has read it. What is common
//! with a group has the rest of each response, and the words that may be told, apart from it.

use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::surveys::{SurveyAnswer, SurveyRead, SurveyWrite};
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::ids::{DocId, FiguresId, GroupId, LineId, ResponseId, SurveyId};
use maillon_shared::domain::survey::published::{NoColumn, PublishedTable, read as read_figures};
use maillon_shared::domain::survey::question::QuestionChange;
use maillon_shared::domain::survey::questionnaire::SurveyChange;
use maillon_shared::domain::survey::record::{AnsweredBy, RecordChange, SurveyRecord, Told};
use maillon_shared::domain::survey::remarks::{Remark, Verdict};
use maillon_shared::domain::survey::response::{Answer as Said, Response as Given, SheetNumber, Source};

use super::Engine;
use super::collective::YEARS;
use super::commands::{known, possible, short_enough};
use super::files::failure_of_table;
use super::groups::names_nobody_in;
use crate::ambient::{Ambient, random_array};
use crate::exchange::read_table;
use crate::journal::records::survey_responses::{Reading, SurveyPart};
use crate::journal::records::{published_figures, survey, survey_responses};
use crate::journal::{Header, Kind, Scope};
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::Views;

/// More than that is asked of nobody.
const MOST_QUESTIONS: usize = 60;
/// Nobody reads more choices than that.
const MOST_CHOICES: usize = 60;
/// Nobody writes so many lines at once.
const MOST_CHANGES: usize = 5_000;
/// How many responses stand in one document: all of it is read to write one more.
const IN_A_DOCUMENT: usize = 500;
/// Nobody types so many at once.
const MOST_RESPONSES: usize = 5_000;
/// A table of published figures has a few dozens.
const MOST_FIGURES: usize = 5_000;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn read_surveys(&mut self, asked: SurveyRead) -> Answer {
        let views = &self.notebook()?.views;
        let answer = match asked {
            SurveyRead::All => {
                let all = views.survey_rows();
                let groups = self.groups_to_write_in().await?;
                SurveyAnswer::All(maillon_shared::api::surveys::Surveys { groups, ..all })
            }
            SurveyRead::One(id) => {
                let mut file = views.survey_file(id).ok_or(Failure::NotFound)?;
                file.conflicts = self.conflicts_of(id.into()).await?;
                if let Some((group, _)) = &file.group {
                    file.may_write = self.groups_to_write_in().await?.iter().any(|(id, _)| id == group);
                }
                SurveyAnswer::One(Box::new(file))
            }
            SurveyRead::Years => {
                let years = views.survey_years();
                let groups = self.groups_to_write_in().await?;
                SurveyAnswer::Years(maillon_shared::api::surveys::SurveyYears { groups, ..years })
            }
            SurveyRead::ToCheck(id) => SurveyAnswer::ToCheck(views.sheets_to_check(id).ok_or(Failure::NotFound)?),
            SurveyRead::Remarks(id) => SurveyAnswer::Remarks(views.survey_remarks(id).ok_or(Failure::NotFound)?),
            SurveyRead::Figures(file) => SurveyAnswer::Figures(figures_of(&file)?),
        };
        Ok(Response::Surveys(Box::new(answer)))
    }

    pub(super) async fn write_surveys(&mut self, asked: SurveyWrite) -> Answer {
        match asked {
            SurveyWrite::Create { record, group, draft } => self.create_survey(*record, group, draft).await,
            SurveyWrite::Edit { id, changes, draft } => self.edit_survey(id, changes, draft).await,
            SurveyWrite::Respond { responses, draft } => self.respond(responses, draft).await,
            SurveyWrite::Settle(response) => self.settle_sheet(*response).await,
            SurveyWrite::TwoSheets { response, number } => self.part_sheets(*response, number).await,
            SurveyWrite::Unsettle { survey, response } => self.unsettle_sheet(survey, response).await,
            SurveyWrite::Judge { survey, remark, verdict } => self.judge_remark(survey, remark, verdict).await,
            SurveyWrite::Lend(id) => self.lend_survey(id).await,
            SurveyWrite::TakeBack(file) => self.take_back_survey(&file).await,
            SurveyWrite::KeepFigures { id, source, file, group } => self.keep_figures(id, source, &file, group).await,
        }
    }

    // ── What is asked ───────────────────────────────────────────────────────────────────────────────────────────────

    async fn create_survey(&mut self, asked: SurveyRecord, group: Option<GroupId>, draft: Option<DraftKey>) -> Answer {
        let scope = group.map_or(Scope::Notebook, Scope::Group);
        self.writable(&scope).await?;
        let views = &self.notebook()?.views;
        let id = asked.survey.id;
        if views.document(id.into()).is_some() {
            return Ok(Response::Done);
        }
        let nothing = SurveyRecord::empty(id, asked.survey.year);
        let mut changes = nothing.changes_to(&asked);
        changes.push(RecordChange::Survey(SurveyChange::Year(asked.survey.year)));
        valid_survey(views, &nothing, &changes, group)?;
        let mut record = nothing;
        changes.iter().for_each(|change| record.apply(change));
        (record.survey.closed_on, record.survey.withdrawn) = (None, false);
        let mut plan = Plan::new("create_survey");
        plan.ends_draft = draft;
        // What is answered first finds its document there: an answer is undone by itself, and no document with it.
        let mut scopes = vec![Scope::Notebook];
        scopes.extend(group.map(Scope::Group));
        for scope in scopes {
            let header = Header::within(scope, DocId(random_array(&mut self.ambient)), Kind::SurveyResponses, None);
            plan.edit(Target::New(header), move |document| survey_responses::create(document, id));
        }
        let header = Header::within(scope, id.into(), Kind::Survey, None);
        plan.edit(Target::New(header), move |document| survey::create(document, &record));
        self.save(plan).await
    }

    async fn edit_survey(&mut self, id: SurveyId, changes: Vec<RecordChange>, draft: Option<DraftKey>) -> Answer {
        self.writable_document(id.into()).await?;
        let views = &self.notebook()?.views;
        let held = views.survey(id).ok_or(Failure::NotFound)?;
        let is_of_a_form =
            |change| matches!(change, &RecordChange::Survey(_) | &RecordChange::Question(..) | &RecordChange::Edit(..));
        known(changes.iter().all(is_of_a_form))?;
        valid_survey(views, held, &changes, views.group_of(id.into()))?;
        let mut plan = Plan::new("edit_survey");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| survey::write(document, change))
        });
        self.save(plan).await
    }

    // ── What is answered ────────────────────────────────────────────────────────────────────────────────────────────

    async fn respond(&mut self, responses: Vec<Given>, draft: Option<DraftKey>) -> Answer {
        let id = responses.first().map(Given::survey).ok_or(Failure::NotUnderstood)?;
        if responses.len() > MOST_RESPONSES {
            return Err(Failure::Invalid(Invalid::TooLong));
        }
        self.writable_document(id.into()).await?;
        let today = self.today();
        let views = &self.notebook()?.views;
        let record = views.survey(id).ok_or(Failure::NotFound)?;
        // Whoever stands before a device when another closes the survey has answered all the same.
        let is_late = |response: &Given| record.survey.closed_on.is_some() && response.source() != Source::Tablet;
        if record.survey.withdrawn || responses.iter().any(is_late) {
            return Err(Failure::Invalid(Invalid::Closed));
        }
        for response in &responses {
            valid_response(record, response)?;
            asked_here(record, response)?;
            happened_by(response.day(), today)?;
        }
        let mut plan = Plan::new("respond");
        plan.ends_draft = draft;
        self.add_responses(&mut plan, id, responses)?;
        self.save(plan).await
    }

    /// Writes responses that are not here yet: whole in this notebook; without their words where the survey is a group's.
    pub(super) fn add_responses(&mut self, plan: &mut Plan, id: SurveyId, given: Vec<Given>) -> Result<(), Failure> {
        let Engine { ambient, open, .. } = self;
        let views = &open.as_ref().ok_or(Failure::Locked)?.views;
        let whose = &views.document(id.into()).ok_or(Failure::NotFound)?.header.scope;
        let held = views.gathered(id);
        let is_held = |response: &Given| held.versions(response.id()).contains(&response);
        let mut own = Vec::new();
        let mut common = Vec::new();
        for response in given.into_iter().filter(|response| !is_held(response)) {
            if *whose == Scope::Notebook {
                own.push(response);
                continue;
            }
            let counted = response.without_words();
            if response.has_words() {
                own.push(response);
            }
            if !is_held(&counted) {
                common.push(counted);
            }
        }
        for (scope, responses) in [(Scope::Notebook, own), (whose.clone(), common)] {
            let mut rooms: Vec<(DocId, usize)> = views
                .survey_parts(id)
                .into_iter()
                .filter(|(_, of, part)| **of == scope && part.responses.len() < IN_A_DOCUMENT)
                .map(|(document, _, part)| (document, IN_A_DOCUMENT - part.responses.len()))
                .collect();
            let mut left = responses;
            while !left.is_empty() {
                let (target, room) = match rooms.pop() {
                    Some((document, room)) => (Target::Document(document), room),
                    None => {
                        let header =
                            Header::within(scope.clone(), DocId(random_array(ambient)), Kind::SurveyResponses, None);
                        let document = header.id;
                        plan.edit(Target::New(header), move |document| survey_responses::create(document, id));
                        (Target::Document(document), IN_A_DOCUMENT)
                    }
                };
                let rest = left.split_off(room.min(left.len()));
                let here = std::mem::replace(&mut left, rest);
                plan.edit(target, move |document| {
                    here.iter().try_for_each(|response| survey_responses::add(document, response))
                });
            }
        }
        Ok(())
    }

    /// A document of this notebook where what is said of a survey's responses is written: the one that says it already, if
    /// one does.
    fn own_part(
        &mut self,
        plan: &mut Plan,
        id: SurveyId,
        says_it: impl Fn(&SurveyPart) -> bool,
    ) -> Result<DocId, Failure> {
        let Engine { ambient, open, .. } = self;
        let views = &open.as_ref().ok_or(Failure::Locked)?.views;
        let held = views.survey_parts(id).into_iter().filter(|(_, scope, _)| **scope == Scope::Notebook);
        if let Some((document, ..)) = held.max_by_key(|(.., part)| says_it(part)) {
            return Ok(document);
        }
        // A group's survey that another made: nothing of it is kept here yet.
        let header = Header::within(Scope::Notebook, DocId(random_array(ambient)), Kind::SurveyResponses, None);
        let document = header.id;
        plan.edit(Target::New(header), move |document| survey_responses::create(document, id));
        Ok(document)
    }

    async fn settle_sheet(&mut self, response: Given) -> Answer {
        let id = response.survey();
        self.writable_document(id.into()).await?;
        let views = &self.notebook()?.views;
        let record = views.survey(id).ok_or(Failure::NotFound)?;
        known(!views.gathered(id).versions(response.id()).is_empty())?;
        valid_response(record, &response)?;
        let is_common = views.group_of(id.into()).is_some();
        let mut plan = Plan::new("settle_sheet");
        // Said here too where there are none: what was chosen is without them then.
        if is_common {
            let says_it = |part: &SurveyPart| part.settled.iter().any(|chosen| chosen.id() == response.id());
            let (own, chosen) = (self.own_part(&mut plan, id, says_it)?, response.clone());
            plan.edit(Target::Document(own), move |document| survey_responses::settle(document, &chosen));
        }
        let chosen = RecordChange::Settle(if is_common { response.without_words() } else { response });
        plan.edit(Target::Document(id.into()), move |document| survey::write(document, &chosen));
        self.save(plan).await
    }

    /// Two people numbered their sheets alike: each counts, one of them under another number.
    async fn part_sheets(&mut self, response: Given, number: SheetNumber) -> Answer {
        let id = response.survey();
        self.writable_document(id.into()).await?;
        let views = &self.notebook()?.views;
        let record = views.survey(id).ok_or(Failure::NotFound)?;
        valid_response(record, &response)?;
        let sheets = views.sheets_to_check(id).ok_or(Failure::NotFound)?;
        let sheet = sheets.into_iter().find(|sheet| sheet.id == response.id()).ok_or(Failure::NotFound)?;
        let mut others = sheet.versions.into_iter().filter(|version| !version.counts_like(&response));
        // Of three versions somebody first says which two there are.
        let (Some(other), None) = (others.next(), others.next()) else { return Err(Failure::NotUnderstood) };
        let parted = response.renumbered(number).ok_or(Failure::NotUnderstood)?;
        if !views.gathered(id).versions(parted.id()).is_empty() {
            return Err(Failure::WrittenSince);
        }
        let is_common = views.group_of(id.into()).is_some();
        let mut plan = Plan::new("part_sheets");
        self.add_responses(&mut plan, id, vec![parted])?;
        let chosen = RecordChange::Settle(if is_common { other.without_words() } else { other });
        plan.edit(Target::Document(id.into()), move |document| survey::write(document, &chosen));
        self.save(plan).await
    }

    async fn unsettle_sheet(&mut self, id: SurveyId, response: ResponseId) -> Answer {
        self.writable_document(id.into()).await?;
        self.notebook()?.views.survey(id).ok_or(Failure::NotFound)?;
        let mut plan = Plan::new("unsettle_sheet");
        let change = RecordChange::Unsettle(response);
        plan.edit(Target::Document(id.into()), move |document| survey::write(document, &change));
        self.save(plan).await
    }

    async fn judge_remark(&mut self, id: SurveyId, remark: Remark, verdict: Verdict) -> Answer {
        self.writable_document(id.into()).await?;
        let views = &self.notebook()?.views;
        let read = views.survey_remarks(id).ok_or(Failure::NotFound)?;
        known(read.iter().any(|read| read.remark == remark))?;
        if let Verdict::MayLeave(words) = &verdict {
            short_enough(words)?;
            if words.trim().is_empty() {
                return Err(Failure::Invalid(Invalid::Empty));
            }
            // Whoever holds the paper that it is printed on is not of this notebook.
            names_nobody_in(views, &[words])?;
        }
        let held = views.told_as(id, &remark);
        let mut plan = Plan::new("judge_remark");
        // Judged on two devices at once, they may be told twice: one line is enough, and none once they are kept back.
        let spare = held.iter().skip(1).map(|(_, told)| *told).collect::<Vec<_>>();
        let (own, told) = match held.first() {
            Some(held) => *held,
            // Drawn, and made of nothing: the line under which words are told leads back to no response.
            None => (self.own_part(&mut plan, id, |_| false)?, LineId(random_array(&mut self.ambient))),
        };
        let change = match &verdict {
            Verdict::KeptBack => RecordChange::Untell(told),
            Verdict::MayLeave(words) => RecordChange::Tell(Told {
                id: told,
                question: remark.question,
                respondent: remark.respondent.clone(),
                words: words.trim().to_owned(),
            }),
        };
        let reading = Reading { remark, verdict, told };
        plan.edit(Target::Document(own), move |document| survey_responses::judge(document, &reading));
        plan.edit(Target::Document(id.into()), move |document| {
            spare.iter().try_for_each(|told| survey::write(document, &RecordChange::Untell(*told)))?;
            survey::write(document, &change)
        });
        self.save(plan).await
    }

    // ── What others published ───────────────────────────────────────────────────────────────────────────────────────

    async fn keep_figures(&mut self, id: FiguresId, source: String, file: &[u8], group: Option<GroupId>) -> Answer {
        let scope = group.map_or(Scope::Notebook, Scope::Group);
        self.writable(&scope).await?;
        let views = &self.notebook()?.views;
        if views.document(id.into()).is_some() {
            return Ok(Response::Done);
        }
        let figures = figures_of(file)?.map_err(|_| Failure::NotUnderstood)?.figures;
        if figures.is_empty() {
            return Err(Failure::Invalid(Invalid::Empty));
        }
        let mut words: Vec<&str> = vec![&source];
        for figure in &figures {
            words.extend([&figure.event, &figure.question, &figure.answer].map(String::as_str));
            words.extend(figure.to_check.as_deref());
        }
        words.iter().try_for_each(|text| short_enough(text))?;
        if group.is_some() {
            names_nobody_in(views, &words)?;
        }
        let mut plan = Plan::new("keep_figures");
        let header = Header::within(scope, id.into(), Kind::PublishedFigures, None);
        plan.edit(Target::New(header), move |document| published_figures::create(document, &source, &figures));
        self.save(plan).await
    }
}

/// Whether it answers questions that are known here. What comes back from a tablet may answer one that was taken back since:
/// it is kept, and counted apart.
fn asked_here(record: &SurveyRecord, response: &Given) -> Result<(), Failure> {
    known(response.answers().iter().all(|(question, _)| record.question(*question).is_some()))
}

/// Nobody answered tomorrow.
fn happened_by(day: Option<chrono::NaiveDate>, today: chrono::NaiveDate) -> Result<(), Failure> {
    match day {
        Some(day) if day > today => Err(Failure::Invalid(Invalid::Day)),
        _ => Ok(()),
    }
}

/// What a file says of figures that were published.
fn figures_of(file: &[u8]) -> Result<Result<PublishedTable, NoColumn>, Failure> {
    let table = read_table(file).map_err(failure_of_table)?;
    let read = read_figures(&table.header, table.rows.iter().map(|row| &row.cells));
    match &read {
        Ok(table) if table.figures.len() > MOST_FIGURES => Err(Failure::Invalid(Invalid::TooLong)),
        _ => Ok(read),
    }
}

fn valid_survey(
    views: &Views,
    held: &SurveyRecord,
    changes: &[RecordChange],
    group: Option<GroupId>,
) -> Result<(), Failure> {
    let mut after = held.clone();
    for change in changes {
        after.apply(change);
        change.words().map_or(Ok(()), short_enough)?;
        match change {
            // What is common is of an event that all of the group read.
            RecordChange::Survey(SurveyChange::Event(Some(event))) => {
                known(views.event(*event).is_some() && views.group_of((*event).into()) == group)?;
            }
            RecordChange::Survey(SurveyChange::Year(year)) => possible_year(*year)?,
            RecordChange::Survey(SurveyChange::ClosedOn(Some(day))) => possible(*day)?,
            RecordChange::Question(_, AnsweredBy::Unknown(_)) => return Err(Failure::NotUnderstood),
            RecordChange::Edit(
                _,
                QuestionChange::Wording(year, ..)
                | QuestionChange::ChoiceWording(_, year, ..)
                | QuestionChange::TogetherWording(_, year, ..)
                | QuestionChange::Retired(Some(year))
                | QuestionChange::ChoiceFrom(_, Some(year))
                | QuestionChange::ChoiceRetired(_, Some(year)),
            ) => possible_year(*year)?,
            _ => {}
        }
    }
    if group.is_some() {
        let words: Vec<&str> = changes.iter().filter_map(RecordChange::words).collect();
        names_nobody_in(views, &words)?;
    }
    let too_many = after.questions.len() > MOST_QUESTIONS
        || changes.len() > MOST_CHANGES
        || after.questions.iter().any(|question| question.choices().len() > MOST_CHOICES);
    match (after.survey.title.trim().is_empty(), too_many) {
        (true, _) => Err(Failure::Invalid(Invalid::NoName)),
        (_, true) => Err(Failure::Invalid(Invalid::TooLong)),
        _ => Ok(()),
    }
}

fn possible_year(year: i32) -> Result<(), Failure> {
    match YEARS.contains(&year) {
        true => Ok(()),
        false => Err(Failure::Invalid(Invalid::Day)),
    }
}

/// Whether somebody could have answered so. Two choices on paper where one was asked for are typed as they are.
pub(super) fn valid_response(record: &SurveyRecord, response: &Given) -> Result<(), Failure> {
    known(response.survey() == record.survey.id)?;
    if response.answers().len() > MOST_QUESTIONS {
        return Err(Failure::Invalid(Invalid::TooLong));
    }
    for (_, answer) in response.answers() {
        match answer {
            Said::Text(text) => short_enough(text)?,
            Said::Several(choices) if choices.len() > MOST_CHOICES => return Err(Failure::Invalid(Invalid::TooLong)),
            _ => {}
        }
    }
    Ok(())
}
