//! Requests and those who were reported, as plans: a step is made from the request as it stands, or refused.

use chrono::{Datelike, NaiveDate};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::triage::{TriageAnswer, TriageQuestion, TriageWrite};
use maillon_shared::api::{Answer, Failure, Notice, Response};
use maillon_shared::domain::consent::{ConsentEntry, Purpose, Said, Told, Why, may};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind, FollowUpState};
use maillon_shared::domain::ids::{ConsentId, FollowUpId, LineId, PersonId, ProvisionalId, RequestId};
use maillon_shared::domain::lists::{ListId, Lists};
use maillon_shared::domain::provisional::{Provisional, ProvisionalChange, ProvisionalEnd, ProvisionalField};
use maillon_shared::domain::request::{
    LinkKind, OptionChange, Orientation, Request as CareRequest, RequestChange, RequestField, RequestLink, RequestStep,
};
use maillon_shared::text::language::Language;

use super::Engine;
use super::commands::{happened, journal_of, known, possible, short_enough};
use crate::ambient::{Ambient, random_array};
use crate::journal::records::{consent, follow_up, person, provisional, request};
use crate::journal::{Document, Header, Kind};
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::Views;

/// That a provisional record was erased: its count stays.
pub(super) const ERASE_PROVISIONAL: &str = "erase_provisional";
/// More steps at once are none that a screen says.
const MOST_STEPS: usize = 64;

/// Writes in a request what is opened from it, in the act that opens it. Only what is understood opens anything.
pub(super) fn plan_link(
    plan: &mut Plan,
    views: &Views,
    request: RequestId,
    (kind, target): (LinkKind, [u8; 16]),
    on: NaiveDate,
) -> Result<(), Failure> {
    let asked = views.request(request).ok_or(Failure::NotFound)?;
    // Under the id of what is opened: two devices that say the same write one line.
    let link = RequestLink { id: LineId(target), kind, target, on };
    // A link gives nobody's name to anyone: it asks for no consent.
    let changes = asked.advance(&RequestStep::Link(link), &|_| Err(Why::NeverGiven)).map_err(Failure::NotYet)?;
    plan.edit(Target::Document(request.into()), move |document| {
        changes.iter().try_for_each(|change| request::write(document, change))
    });
    Ok(())
}

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn write_triage(&mut self, write: TriageWrite) -> Answer {
        match write {
            TriageWrite::Receive { request, reported, draft } => self.receive(*request, reported, draft).await,
            TriageWrite::Steps { id, steps, draft } => self.steps(id, &steps, draft).await,
            TriageWrite::Report { record, draft } => self.report(*record, draft).await,
            TriageWrite::EditReport { id, changes, draft } => self.edit_report(id, changes, draft).await,
            TriageWrite::Inform { id, day, how } => self.inform(id, day, how).await,
            TriageWrite::EraseProvisional { id, why } => self.erase_provisional(id, why).await,
            TriageWrite::EraseRequest(id) => self.erase_request(id).await,
        }
    }

    pub(super) async fn ask_triage(&mut self, question: TriageQuestion) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        let answer = match question {
            TriageQuestion::Requests(filter) => TriageAnswer::Requests(Box::new(views.request_list(&filter, today))),
            TriageQuestion::Radar { from, to } => TriageAnswer::Radar(views.radar(from, to)),
            TriageQuestion::Request(id) => {
                let mut file = views.request_file(id, today).ok_or(Failure::NotFound)?;
                let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
                let read = |document: &mut Document| document.conflicts();
                file.conflicts = notebook.read_document(store, id.into(), read).await.unwrap_or_default();
                if let Some(person) = file.request.person {
                    self.note_read("request", person.0).await?;
                }
                TriageAnswer::Request(Box::new(file))
            }
        };
        Ok(Response::Triage(answer))
    }

    // ── Requests ────────────────────────────────────────────────────────────────────────────────────────────────────

    async fn receive(
        &mut self,
        mut asked: CareRequest,
        reported: Option<Box<Provisional>>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        if views.document(asked.id.into()).is_some() {
            return Ok(Response::Done);
        }
        valid(&asked, today)?;
        if asked.verbatim.trim().is_empty() && asked.topics().is_empty() {
            return Err(Failure::Invalid(Invalid::Empty));
        }
        let mut plan = Plan::new("receive_request");
        plan.ends_draft = draft;
        if let Some(record) = reported {
            asked.person = Some(record.person);
            plan_report(&mut plan, &self.notebook()?.views, *record, today)?;
        } else if let Some(about) = asked.person {
            known(views.person(about).is_some())?;
        }
        // What comes of it is steps, each of them looked at.
        let mut received = CareRequest::received(asked.id, asked.person, asked.received);
        for field in [
            RequestField::Source,
            RequestField::AskedBy,
            RequestField::Place,
            RequestField::Topic,
            RequestField::Verbatim,
        ] {
            *received.text_mut(field) = asked.text(field).trim().to_owned();
        }
        (received.also, received.from) = (asked.also, asked.from);
        let header = Header::new(received.id.into(), Kind::Episode, received.person.map(|person| person.0), 0);
        plan.edit(Target::New(header), move |document| request::create(document, &received));
        self.save(plan).await
    }

    async fn steps(&mut self, id: RequestId, steps: &[RequestStep], draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        let notebook = self.notebook()?;
        let before = notebook.views.request(id).ok_or(Failure::NotFound)?.clone();
        if steps.len() > MOST_STEPS {
            return Err(Failure::Invalid(Invalid::TooLong));
        }
        // Nothing leaves about whoever was only reported: there is no consent of theirs.
        let entries = match before.person {
            Some(person) if !notebook.views.is_provisional(person) => notebook.views.consents(person),
            _ => Vec::new(),
        };
        let agreed = |to: &_| may(&entries, &Purpose::Orientation, to, today);
        let (mut after, mut changes) = (before.clone(), Vec::new());
        for step in steps {
            step.happened_on().map_or(Ok(()), |day| happened(day, today))?;
            step.expects_by().map_or(Ok(()), possible)?;
            step.texts().into_iter().try_for_each(short_enough)?;
            if let RequestStep::Offer { to, .. } = step {
                if to.name.trim().is_empty() {
                    return Err(Failure::Invalid(Invalid::NoRecipient));
                }
                known(to.entry.is_none_or(|entry| self.notebook().is_ok_and(|n| n.views.entry(entry).is_some())))?;
            }
            for change in after.advance(step, &agreed).map_err(Failure::NotYet)? {
                after.apply(&change);
                changes.push(change);
            }
        }
        let mut plan = Plan::new(what_of(steps));
        plan.ends_draft = draft;
        self.plan_feedback(&mut plan, &before, &after, &mut changes)?;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| request::write(document, change))
        });
        self.save(plan).await
    }

    /// Feedback that comes to be expected is a follow-up; once it is there the follow-up is done, and where it is no longer
    /// expected it is given up.
    fn plan_feedback(
        &mut self,
        plan: &mut Plan,
        before: &CareRequest,
        after: &CareRequest,
        changes: &mut Vec<RequestChange>,
    ) -> Result<(), Failure> {
        let today = self.today();
        for option in &after.options {
            let was = before.option(option.id).and_then(|option| awaits(before, option));
            let is = awaits(after, option);
            if was == is {
                continue;
            }
            let views = &self.notebook()?.views;
            let held = option.follow_up.and_then(|id| views.follow_up(id)).map(|(held, at)| (held.clone(), at));
            match (held.filter(|(held, _)| held.is_open()), is) {
                (Some((held, document)), Some(day)) => {
                    plan.edit(Target::Document(document), move |document| {
                        follow_up::reschedule(document, &held, day, "")
                    });
                }
                (Some((held, document)), None) => {
                    let state = match option.feedback_on {
                        Some(day) => FollowUpState::Done { day, by: None },
                        None if after.is_closed() => FollowUpState::Cancelled { why: after.outcome.clone() },
                        None => FollowUpState::Cancelled { why: option.declined_why.clone() },
                    };
                    plan.edit(Target::Document(document), move |document| {
                        follow_up::write_state(document, held.id, &state)
                    });
                }
                (None, Some(day)) => {
                    let id = FollowUpId(random_array(&mut self.ambient));
                    let mut planned = FollowUp::open(id, after.person, FollowUpKind::Answer, day);
                    planned.what.clone_from(&option.to.name);
                    changes.push(RequestChange::Option(option.id, OptionChange::FollowUp(Some(id))));
                    plan.edit(journal_of(after.person, today), move |document| follow_up::create(document, &planned));
                }
                (None, None) => {}
            }
        }
        Ok(())
    }

    async fn erase_request(&mut self, id: RequestId) -> Answer {
        let request = self.notebook()?.views.request(id).ok_or(Failure::NotFound)?;
        if request.person.is_some() {
            return Err(Failure::NotUnderstood);
        }
        let documents = [id.into()].into_iter().collect();
        let beside = self.beside(&documents, &[]).await?;
        let Engine { store, ambient, open, notices, .. } = self;
        open.as_mut().ok_or(Failure::Locked)?.erase(store, ambient, &documents, &beside).await?;
        notices(Notice::Changed(documents.into_iter().collect()));
        Ok(Response::Done)
    }

    // ── Someone reported ────────────────────────────────────────────────────────────────────────────────────────────

    async fn report(&mut self, record: Provisional, draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        if views.document(record.id.into()).is_some() {
            return Ok(Response::Done);
        }
        let mut plan = Plan::new("report_person");
        plan.ends_draft = draft;
        plan_report(&mut plan, views, record, today)?;
        self.save(plan).await
    }

    async fn edit_report(
        &mut self,
        id: ProvisionalId,
        changes: Vec<ProvisionalChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        let mut record = views.provisional_record(id).ok_or(Failure::NotFound)?.clone();
        for change in &changes {
            match change {
                ProvisionalChange::Text(field, text) => record.text_mut(*field).clone_from(text),
                ProvisionalChange::ReportedOn(day) => record.reported_on = *day,
            }
        }
        valid_report(&record, today)?;
        let mut plan = Plan::new("edit_report");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| provisional::write(document, change))
        });
        self.save(plan).await
    }

    async fn inform(&mut self, id: ProvisionalId, day: NaiveDate, how: String) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        let record = views.provisional_record(id).ok_or(Failure::NotFound)?.clone();
        if !views.is_provisional(record.person) {
            return Ok(Response::Done);
        }
        happened(day, today)?;
        short_enough(&how)?;
        if day < record.reported_on {
            return Err(Failure::Invalid(Invalid::Day));
        }
        if how.trim().is_empty() {
            return Err(Failure::Invalid(Invalid::NoWay));
        }
        let sheet_was_undone = views.document(record.person.into()).is_some();
        let person = record.person;
        let told = Told { on: day, how };
        let entry = ConsentEntry {
            id: ConsentId(random_array(&mut self.ambient)),
            person,
            said: Said::Informed,
            given: told,
            withdrawn: None,
            note: String::new(),
        };
        let mut plan = Plan::new("inform_reported");
        let target = match sheet_was_undone {
            true => Target::Document(person.into()),
            false => Target::New(Header::new(person.into(), Kind::Person, None, 0)),
        };
        let sheet = record.sheet();
        plan.edit(target, move |document| {
            document.bring_back()?;
            sheet.iter().try_for_each(|change| person::write(document, change))
        });
        plan.edit(Target::Document(id.into()), move |document| provisional::inform(document, day));
        plan.edit(Target::Journal(Kind::Consents, Some(person.0), 0), move |document| consent::give(document, &entry));
        self.save(plan).await
    }

    async fn erase_provisional(&mut self, id: ProvisionalId, why: ProvisionalEnd) -> Answer {
        let views = &self.notebook()?.views;
        let person = views.provisional_record(id).ok_or(Failure::NotFound)?.person;
        if !views.is_provisional(person) {
            // They have a sheet by now: what is erased then is theirs, and asked for on their own screen.
            return Err(Failure::WrittenSince);
        }
        self.count_provisional(person, why).await?;
        self.erase_known_people(&[person]).await
    }

    /// Counts someone reported who is about to be erased, if that is what they are. The count is written first: a power cut
    /// in between leaves a figure too many, never a name.
    pub(super) async fn count_provisional(&mut self, person: PersonId, why: ProvisionalEnd) -> Result<(), Failure> {
        let today = self.today();
        let Some(record) = self.notebook()?.views.provisional(person) else { return Ok(()) };
        let mut record = record.clone();
        // Words of the coordinator's own may name someone.
        if !is_listed(&record.source) {
            record.source.clear();
        }
        let mut plan = Plan::new(ERASE_PROVISIONAL);
        plan.edit(Target::Journal(Kind::ProvisionalCounts, None, today.year()), move |document| {
            provisional::count(document, &record, &why)
        });
        self.save(plan).await.map(drop)
    }
}

/// The day by which an option still expects feedback; none once the request is closed.
fn awaits(request: &CareRequest, option: &Orientation) -> Option<NaiveDate> {
    option.awaits().filter(|_| !request.is_closed())
}

/// What some steps are, in the journal of acts: by the one that weighs most.
fn what_of(steps: &[RequestStep]) -> &'static str {
    let what = |step: &RequestStep| match step {
        RequestStep::Close { .. } => (9, "close_request"),
        RequestStep::Reopen => (8, "reopen_request"),
        RequestStep::TakeToGroup(_) | RequestStep::Link(_) => (7, "take_to_group"),
        RequestStep::Feedback { .. } => (6, "note_feedback"),
        RequestStep::Choose { .. }
        | RequestStep::Decline { .. }
        | RequestStep::Reply { .. }
        | RequestStep::Expect { .. } => (5, "orient_request"),
        RequestStep::Offer { .. } | RequestStep::TakeBackOffer(_) => (4, "offer_option"),
        RequestStep::Analyse { .. } => (3, "analyse_request"),
        RequestStep::Listen(_) | RequestStep::Unlisten(_) => (2, "hear_request"),
        RequestStep::Say(..) | RequestStep::ReceivedOn(_) | RequestStep::Topic(..) => (1, "edit_request"),
    };
    steps.iter().map(what).max().map_or("edit_request", |(_, what)| what)
}

fn plan_report(
    plan: &mut Plan,
    views: &crate::views::Views,
    record: Provisional,
    today: NaiveDate,
) -> Result<(), Failure> {
    valid_report(&record, today)?;
    // The id is to be that of nobody: whoever is known is no longer reported but asked for.
    let is_free = views.person(record.person).is_none() && views.document(record.person.into()).is_none();
    if !is_free || record.id.0 == record.person.0 {
        return Err(Failure::NotUnderstood);
    }
    let header = Header::new(record.id.into(), Kind::Provisional, Some(record.person.0), 0);
    plan.edit(Target::New(header), move |document| provisional::create(document, &record));
    Ok(())
}

fn valid_report(record: &Provisional, today: NaiveDate) -> Result<(), Failure> {
    happened(record.reported_on, today)?;
    ProvisionalField::ALL.iter().try_for_each(|field| short_enough(record.text(*field)))?;
    match record.as_person().display_name().is_empty() {
        true => Err(Failure::Invalid(Invalid::NoName)),
        false => Ok(()),
    }
}

/// Whether a request that begins may be written.
pub(super) fn valid(asked: &CareRequest, today: NaiveDate) -> Result<(), Failure> {
    happened(asked.received, today)?;
    RequestField::ALL.iter().try_for_each(|field| short_enough(asked.text(*field)))?;
    asked.also.iter().try_for_each(|topic| short_enough(topic))
}

fn is_listed(source: &str) -> bool {
    Lists::starting(Language::Fr).item(ListId::RequestSources, source).is_some()
}
