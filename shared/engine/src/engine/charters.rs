//! Charters of posts: written as plans, refused where they could not be, where they name someone who is accompanied in what
//! others read, or where a question that was answered would mean something else.

use maillon_shared::api::charter::{CharterAnswer, CharterFile, CharterRead, CharterWrite, Charters};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::charter::{
    Answers, CharterChange, CharterDecision, CharterLines, CharterQuestion, CommitmentState, Moment, PointHeld,
    PostCharter,
};
use maillon_shared::domain::ids::{CharterId, EntryId, GroupId, LineId};
use maillon_shared::domain::time::PartialDate;

use super::Engine;
use super::commands::{known, short_enough};
use super::events::possible_date;
use super::groups::{name_of, names_nobody_in};
use crate::ambient::Ambient;
use crate::journal::records::charter;
use crate::journal::{Header, Kind, Scope};
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::Views;

/// Nobody writes so many lines at once.
const MOST_CHANGES: usize = 4_000;
/// The fields that say who of the directory someone is, and who in words.
const WHO_ENTRY: &str = "who_entry";
const WHO: &str = "who";

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn read_charters(&mut self, asked: CharterRead) -> Result<CharterAnswer, Failure> {
        Ok(match asked {
            CharterRead::All => CharterAnswer::All(Box::new(self.all_charters().await?)),
            CharterRead::One(id) => CharterAnswer::One(Box::new(self.one_charter(id).await?)),
        })
    }

    pub(super) async fn write_charter(&mut self, asked: CharterWrite) -> Answer {
        match asked {
            CharterWrite::Create { charter, group, draft } => self.create_charter(*charter, group, draft).await,
            CharterWrite::Edit { id, changes, draft } => self.edit_charter(id, changes, draft).await,
        }
    }

    async fn all_charters(&mut self) -> Result<Charters, Failure> {
        let groups = self.groups_to_write_in().await?;
        Ok(Charters { groups, ..self.notebook()?.views.charter_rows() })
    }

    async fn one_charter(&mut self, id: CharterId) -> Result<CharterFile, Failure> {
        let mut file = self.notebook()?.views.charter_file(id).ok_or(Failure::NotFound)?;
        file.conflicts = self.conflicts_of(id.into()).await?;
        // Whoever is in one of two versions is called by their name, to be chosen.
        let of_someone = |field: &str| field.rsplit('.').next() == Some(WHO_ENTRY);
        let versions = file.conflicts.iter().filter(|conflict| of_someone(&conflict.field));
        let entries: Vec<EntryId> =
            versions.flat_map(|conflict| conflict.values.iter().filter_map(|value| EntryId::parse(value))).collect();
        let views = &self.notebook()?.views;
        file.names = views.names_of(entries.into_iter().chain(file.charter.entries()));
        if let Some((group, _)) = &file.group {
            file.may_write = self.groups_to_write_in().await?.iter().any(|(id, _)| id == group);
        }
        Ok(file)
    }

    async fn create_charter(
        &mut self,
        mut begun: PostCharter,
        group: Option<GroupId>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let scope = group.map_or(Scope::Notebook, Scope::Group);
        self.writable(&scope).await?;
        let views = &self.notebook()?.views;
        if views.document(begun.id.into()).is_some() {
            return Ok(Response::Done);
        }
        begun.withdrawn = false;
        let empty = PostCharter::empty(begun.id);
        let changes = checked(views, &empty, group, empty.changes_to(&begun))?;
        let mut written = empty;
        for change in &changes {
            written.apply(change);
        }
        let mut plan = Plan::new("create_charter");
        plan.ends_draft = draft;
        let header = Header::within(scope, written.id.into(), Kind::PostCharter, None);
        plan.edit(Target::New(header), move |document| charter::create(document, &written));
        self.save(plan).await
    }

    async fn edit_charter(&mut self, id: CharterId, changes: Vec<CharterChange>, draft: Option<DraftKey>) -> Answer {
        self.writable_document(id.into()).await?;
        let views = &self.notebook()?.views;
        let held = views.charter(id).ok_or(Failure::NotFound)?;
        let changes = checked(views, held, views.group_of(id.into()), changes)?;
        let mut plan = Plan::new("edit_charter");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| charter::write(document, change))
        });
        self.save(plan).await
    }
}

/// The changes as they are written: possible, with what is asked beside what is answered; and in a group naming nobody who is
/// accompanied, with whoever is of this directory said in words.
fn checked(
    views: &Views,
    held: &PostCharter,
    group: Option<GroupId>,
    changes: Vec<CharterChange>,
) -> Result<Vec<CharterChange>, Failure> {
    valid_charter(views, held, &changes)?;
    let changes = held.with_what_is_asked(changes);
    if group.is_none() {
        return Ok(changes);
    }
    let in_words = |change| match change {
        CharterChange::Line(lines, line, field, entry) if field == WHO_ENTRY && !entry.is_empty() => {
            let name = EntryId::parse(&entry).map(|entry| name_of(views, entry)).unwrap_or_default();
            CharterChange::Line(lines, line, WHO.to_owned(), name)
        }
        other => other,
    };
    let changes: Vec<CharterChange> = changes.into_iter().map(in_words).collect();
    // Of what stood there before, whoever wrote it answers.
    let written: Vec<String> = changes.iter().flat_map(CharterChange::words).collect();
    let written: Vec<&str> = written.iter().map(String::as_str).collect();
    names_nobody_in(views, &written)?;
    Ok(changes)
}

fn valid_charter(views: &Views, held: &PostCharter, changes: &[CharterChange]) -> Result<(), Failure> {
    let mut after = held.clone();
    for change in changes {
        if after.would_lose_its_meaning(change) {
            return Err(Failure::Invalid(Invalid::Answered));
        }
        // What a newer version wrote is kept where it is, and is not written here.
        if !change.is_known() || !after.apply(change) {
            return Err(Failure::NotUnderstood);
        }
        let (_, value) = change.path();
        short_enough(&value)?;
        match change {
            CharterChange::About(field, value) | CharterChange::Line(_, _, field, value) if !value.is_empty() => {
                valid_value(views, field, value)?;
            }
            _ => {}
        }
    }
    let ends_before = after.about.begins.zip(after.about.ends).is_some_and(|(begins, ends)| ends < begins);
    let touches =
        |code: &str| changes.iter().any(|change| matches!(change, CharterChange::About(field, _) if field == code));
    if ends_before && (touches("begins") || touches("ends")) {
        return Err(Failure::Invalid(Invalid::Day));
    }
    for change in changes {
        possible_answer(held, &after, change)?;
    }
    // One whose title is missing already can still be written in, and be given one.
    let had_one = !held.about.title.trim().is_empty() || *held == PostCharter::empty(held.id);
    match (had_one && after.about.title.trim().is_empty(), changes.len() > MOST_CHANGES) {
        (true, _) => Err(Failure::Invalid(Invalid::NoName)),
        (_, true) => Err(Failure::Invalid(Invalid::TooLong)),
        _ => Ok(()),
    }
}

/// Whether what a change answers can be an answer: at a moment that is asked, a choice that was offered, and no more counted than
/// answered. What was there before, as two devices wrote it, stops nobody: only what this change writes is looked at.
fn possible_answer(held: &PostCharter, after: &PostCharter, change: &CharterChange) -> Result<(), Failure> {
    let CharterChange::Line(CharterLines::Questions, id, field, text) = change else { return Ok(()) };
    let Some((moment, written)) = field.strip_prefix("answers.").and_then(|rest| rest.split_once('.')) else {
        return Ok(());
    };
    let Some(moment) = Moment::from_code(moment) else { return Ok(()) };
    let Some(question) = question_of(after, *id) else { return Ok(()) };
    let was_answered = |one: &&CharterQuestion| one.answers.get(&moment).is_some_and(Answers::is_answered);
    let form = match question_of(held, *id).filter(was_answered) {
        Some(answered) => answered.asked_then(moment).form,
        None => question.form.clone(),
    };
    let is_choice = written.strip_prefix("counts.").is_none_or(|choice| form.choices().contains(&choice));
    let may_be_asked = Moment::ASKED.contains(&moment) && is_choice;
    if !text.is_empty() && !may_be_asked {
        return Err(Failure::NotUnderstood);
    }
    let is_counted = written == "n" || written.starts_with("counts.");
    let is_too_many = question.answers.get(&moment).is_some_and(|answers| answers.is_too_many(&form));
    if is_counted && is_too_many { Err(Failure::Invalid(Invalid::TooMany)) } else { Ok(()) }
}

fn question_of(charter: &PostCharter, id: LineId) -> Option<&CharterQuestion> {
    charter.questions.iter().find(|question| question.id == id)
}

/// Whether what a field says can be. A code means the same in every sort of line.
fn valid_value(views: &Views, field: &str, value: &str) -> Result<(), Failure> {
    let is_about_a_point = field.starts_with("points.");
    match field.rsplit('.').next().unwrap_or_default() {
        WHO_ENTRY => known(EntryId::parse(value).is_some_and(|entry| views.entry(entry).is_some())),
        "begins" | "ends" | "due" | "planned" | "signed_on" | "withdrew_on" | "closed_on" => {
            PartialDate::parse(value).map_or(Ok(()), possible_date)
        }
        "state" => possible_state(CommitmentState::parse(value).on(), CommitmentState::parse(value).lacks_reason()),
        "held" if is_about_a_point => {
            possible_state(PointHeld::parse(value).on(), PointHeld::parse(value).lacks_reason())
        }
        "decision" => possible_state(CharterDecision::parse(value).on(), CharterDecision::parse(value).lacks_reason()),
        _ => Ok(()),
    }
}

fn possible_state(on: Option<PartialDate>, lacks_reason: bool) -> Result<(), Failure> {
    on.map_or(Ok(()), possible_date)?;
    if lacks_reason { Err(Failure::Invalid(Invalid::NoReason)) } else { Ok(()) }
}
