//! Alerts, as plans: raised about anyone whatever their state, gone on with, closed by who has seen everything.

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};
use maillon_shared::api::alerts::AlertWrite;
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::alert::{
    Alert, AlertChange, AlertState, AlertSubject, Judgement, Moment, Owner, Population, PopulationField,
};
use maillon_shared::domain::ids::{AlertId, LineId, PersonId};
use maillon_shared::domain::safeguarding::Account;

use super::Engine;
use super::commands::{happened, known, possible, short_enough};
use crate::ambient::Ambient;
use crate::journal::records::{alert, safeguarding};
use crate::journal::{Document, Header, Kind};
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::Views;

/// A slip of the year is likelier than what is watched for so long.
const LONGEST_DAYS: i64 = 366;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn write_alert(&mut self, write: AlertWrite) -> Answer {
        match write {
            AlertWrite::Raise { alert, draft } => self.raise_alert(*alert, draft).await,
            AlertWrite::Edit { id, changes, draft } => self.edit_alert(id, changes, draft).await,
            AlertWrite::Keep { account, draft } => self.keep_account(*account, draft).await,
        }
    }

    /// A danger is said of whomever it is: of someone who refuses, too. What their state silences is what one does to
    /// them, and that is seen where the alert is answered.
    async fn raise_alert(&mut self, mut raised: Alert, draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        if views.document(raised.id.into()).is_some() {
            return Ok(Response::Done);
        }
        // It begins: nothing was done yet, whatever a form says.
        raised.acknowledged.clear();
        raised.steps.clear();
        raised.closings.clear();
        raised.reopenings.clear();
        happened(raised.received.day, today)?;
        [&raised.kind, &raised.source, &raised.words].into_iter().try_for_each(|text| short_enough(text))?;
        if raised.kind.trim().is_empty() && raised.words.trim().is_empty() {
            return Err(Failure::Invalid(Invalid::Empty));
        }
        match &raised.subject {
            AlertSubject::Person(person) => known(views.person(*person).is_some())?,
            AlertSubject::Population(population) => {
                PopulationField::ALL.iter().try_for_each(|field| short_enough(population.text(*field)))?;
                holds_until(population, raised.received, today)?;
            }
        }
        for handover in raised.owners.iter() {
            valid_owner(views, &handover.to)?;
            short_enough(&handover.why)?;
        }
        let mut plan = Plan::new("raise_alert");
        plan.ends_draft = draft;
        let header = Header::new(raised.id.into(), Kind::Alert, raised.person().map(|person| person.0), 0);
        plan.edit(Target::New(header), move |document| alert::create(document, &raised));
        self.save(plan).await
    }

    async fn edit_alert(&mut self, id: AlertId, changes: Vec<AlertChange>, draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        let held = views.alert(id).ok_or(Failure::NotFound)?;
        let mut written = Vec::new();
        for change in changes {
            if line_of(&change).is_some_and(|line| has_line(held, line)) {
                continue;
            }
            written.push(fitting(views, held, change, today)?);
        }
        let mut plan = Plan::new(written.first().map_or("edit_alert", what_it_is));
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document: &mut Document| {
            written.iter().try_for_each(|change| alert::write(document, change))
        });
        self.save(plan).await
    }

    async fn keep_account(&mut self, account: Account, draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        known(views.person(account.person).is_some())?;
        if views.has_account(account.person, account.id) {
            return Ok(Response::Done);
        }
        if let Some(alert) = account.alert {
            let about = views.alert(alert).and_then(Alert::person).map(|person| views.shown_as(person));
            known(about == Some(views.shown_as(account.person)))?;
        }
        happened(account.at.day, today)?;
        let texts = [account.said.as_str(), &account.by, &account.to, &account.proof];
        texts.into_iter().try_for_each(short_enough)?;
        let mut plan = Plan::new("keep_account");
        plan.ends_draft = draft;
        let target = Target::Journal(Kind::Safeguarding, Some(account.person.0), 0);
        plan.edit(target, move |document| safeguarding::keep(document, &account));
        self.save(plan).await
    }

    /// What was said of someone in danger: each opening is written, however soon after another.
    pub(super) async fn accounts(&mut self, person: PersonId) -> Answer {
        let views = &self.notebook()?.views;
        known(views.person(person).is_some())?;
        let (accounts, shown) = (views.accounts(person), views.shown_as(person));
        self.write_read("accounts", shown.0).await?;
        Ok(Response::Accounts(accounts))
    }

    pub(super) async fn alert(&mut self, id: AlertId) -> Answer {
        let today = self.today();
        let mut file = self.notebook()?.views.alert_file(id, today).ok_or(Failure::NotFound)?;
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let read = notebook.read_document(store, id.into(), |document: &mut Document| document.conflicts()).await;
        file.conflicts = read.unwrap_or_default();
        if let Some(person) = file.alert.person() {
            self.note_read("alert", person.0).await?;
        }
        Ok(Response::Alert(Box::new(file)))
    }
}

/// A change as it may be written today, with what only the notebook knows.
fn fitting(views: &Views, held: &Alert, mut change: AlertChange, today: NaiveDate) -> Result<AlertChange, Failure> {
    // Whoever closed it was quicker: what it has become is on the screen that comes next.
    let goes_on = || if held.is_closed() { Err(Failure::WrittenSince) } else { Ok(()) };
    let on_time = |at: &Moment| happened(at.day, today);
    match &mut change {
        AlertChange::Text(_, text) | AlertChange::Population(_, text) => short_enough(text)?,
        AlertChange::Level(_) => {}
        AlertChange::Until(day) => match held.population() {
            Some(population) => {
                holds_until(&Population { until: *day, ..population.clone() }, held.received, today)?;
            }
            None => return Err(Failure::Invalid(Invalid::Day)),
        },
        AlertChange::HandOver(handover) => {
            goes_on()?;
            on_time(&handover.at)?;
            valid_owner(views, &handover.to)?;
            short_enough(&handover.why)?;
        }
        AlertChange::Judge(Judgement { at, why, severity, .. }) => {
            goes_on()?;
            on_time(at)?;
            short_enough(why)?;
            if why.trim().is_empty() {
                return Err(Failure::Invalid(Invalid::NoReason));
            }
            if severity == held.severity() {
                return Err(Failure::Invalid(Invalid::Empty));
            }
        }
        AlertChange::Acknowledge(taken) => {
            goes_on()?;
            on_time(&taken.at)?;
            valid_owner(views, &taken.by)?;
        }
        AlertChange::Step(step) => {
            on_time(&step.at)?;
            [step.with.as_str(), step.what.as_str()].into_iter().try_for_each(short_enough)?;
            step.under = held.judgements.last().id;
        }
        AlertChange::Close(closing) => {
            goes_on()?;
            on_time(&closing.at)?;
            [closing.reason.as_str(), closing.note.as_str()].into_iter().try_for_each(short_enough)?;
            closing.knew = held.keeps_open();
        }
        AlertChange::Reopen(reopening) => {
            if held.state() == AlertState::Open {
                return Err(Failure::WrittenSince);
            }
            on_time(&reopening.at)?;
            short_enough(&reopening.why)?;
            if reopening.why.trim().is_empty() {
                return Err(Failure::Invalid(Invalid::NoReason));
            }
            reopening.of = held.closings.iter().map(|closing| closing.id).collect();
        }
    }
    Ok(change)
}

/// The act that a change is, in a word.
fn what_it_is(change: &AlertChange) -> &'static str {
    match change {
        AlertChange::HandOver(_) => "hand_over_alert",
        AlertChange::Judge(_) => "judge_alert",
        AlertChange::Acknowledge(_) => "acknowledge_alert",
        AlertChange::Step(_) => "note_alert_step",
        AlertChange::Close(_) => "close_alert",
        AlertChange::Reopen(_) => "reopen_alert",
        _ => "edit_alert",
    }
}

fn line_of(change: &AlertChange) -> Option<LineId> {
    match change {
        AlertChange::HandOver(one) => Some(one.id),
        AlertChange::Judge(one) => Some(one.id),
        AlertChange::Acknowledge(one) => Some(one.id),
        AlertChange::Step(one) => Some(one.id),
        AlertChange::Close(one) => Some(one.id),
        AlertChange::Reopen(one) => Some(one.id),
        _ => None,
    }
}

fn has_line(alert: &Alert, line: LineId) -> bool {
    let mut held: BTreeSet<LineId> = alert.keeps_open();
    held.extend(alert.owners.iter().map(|one| one.id));
    held.extend(alert.acknowledged.iter().map(|one| one.id));
    held.extend(alert.steps.iter().map(|one| one.id));
    held.extend(alert.closings.iter().map(|one| one.id));
    held.contains(&line)
}

fn valid_owner(views: &Views, owner: &Owner) -> Result<(), Failure> {
    match owner {
        Owner::Coordinator | Owner::StandIn => Ok(()),
        Owner::Someone { entry, name } => {
            known(entry.is_none_or(|entry| views.entry(entry).is_some()))?;
            short_enough(name.as_str())
        }
    }
}

fn holds_until(population: &Population, received: Moment, today: NaiveDate) -> Result<(), Failure> {
    possible(population.until)?;
    let longest = today + TimeDelta::days(LONGEST_DAYS);
    match (received.day..=longest).contains(&population.until) {
        true => Ok(()),
        false => Err(Failure::Invalid(Invalid::Day)),
    }
}
