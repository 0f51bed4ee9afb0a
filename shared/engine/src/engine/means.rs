//! Means in common: written as plans, refused where they could not be, where they name someone who is accompanied in what others
//! read, or where they show a group what is not its own. That two uses meet is never refused: each keeps their words.

use chrono::NaiveDate;
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::means::{AllMeans, MeansAnswer, MeansFile, MeansRead, MeansWrite, Mine};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::ids::{EntryId, EventId, GroupId, LineId, MeansId};
use maillon_shared::domain::means::{LoanState, MeansChange, OfferState, SharedMeans};

use super::Engine;
use super::commands::{happened, known, possible, short_enough};
use super::groups::{name_of, names_nobody_in};
use crate::ambient::Ambient;
use crate::journal::records::means;
use crate::journal::{Header, Kind, Scope};
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::Views;

/// Nobody writes so many fields at once.
const MOST_CHANGES: usize = 1_000;
/// A slip of a digit is likelier than more of anything.
const MOST: u32 = 100_000;
/// The fields that say who of the directory someone is, and who in words.
const OWNER_ENTRY: &str = "owner_entry";
const OWNER: &str = "owner";
const WHO_ENTRY: &str = "who_entry";
const WHO: &str = "who";

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn read_means(&mut self, asked: MeansRead) -> Result<MeansAnswer, Failure> {
        Ok(match asked {
            MeansRead::All => {
                let groups = self.groups_to_write_in().await?;
                MeansAnswer::All(Box::new(AllMeans { groups, ..self.notebook()?.views.means_rows() }))
            }
            MeansRead::One(id) => MeansAnswer::One(Box::new(self.one_means(id).await?)),
        })
    }

    async fn one_means(&mut self, id: MeansId) -> Result<MeansFile, Failure> {
        let mut file = self.notebook()?.views.means_file(id).ok_or(Failure::NotFound)?;
        file.conflicts = self.conflicts_of(id.into()).await?;
        // Whoever is in one of two versions is called by their name, to be chosen.
        let of_someone = |field: &str| matches!(field.rsplit('.').next(), Some(OWNER_ENTRY | WHO_ENTRY));
        let versions = file.conflicts.iter().filter(|conflict| of_someone(&conflict.field));
        let entries: Vec<EntryId> =
            versions.flat_map(|conflict| conflict.values.iter().filter_map(|value| EntryId::parse(value))).collect();
        file.names = self.notebook()?.views.names_of(entries.into_iter().chain(file.means.entries()));
        if let Some((group, _)) = &file.group {
            file.may_write = self.groups_to_write_in().await?.iter().any(|(id, _)| id == group);
        }
        Ok(file)
    }

    pub(super) async fn write_means(&mut self, asked: MeansWrite) -> Answer {
        match asked {
            MeansWrite::Create { means, group, is_mine, draft } => {
                self.create_means(*means, group, is_mine, draft).await
            }
            MeansWrite::Edit { id, changes, mine, draft } => self.edit_means(id, changes, mine, draft).await,
        }
    }

    async fn create_means(
        &mut self,
        mut begun: SharedMeans,
        group: Option<GroupId>,
        is_mine: bool,
        draft: Option<DraftKey>,
    ) -> Answer {
        let today = self.today();
        let scope = group.map_or(Scope::Notebook, Scope::Group);
        self.writable(&scope).await?;
        let views = &self.notebook()?.views;
        if views.document(begun.id.into()).is_some() {
            return Ok(Response::Done);
        }
        begun.withdrawn = false;
        let empty = SharedMeans::empty(begun.id);
        let changes = checked(views, &empty, group, empty.changes_to(&begun), today)?;
        let mut written = empty;
        for change in &changes {
            written.apply(change);
        }
        let mut plan = Plan::new("create_means");
        plan.ends_draft = draft;
        says_mine(views, &mut plan, LineId(written.id.0), is_mine);
        let header = Header::within(scope, written.id.into(), Kind::SharedMeans, None);
        plan.edit(Target::New(header), move |document| means::create(document, &written));
        self.save(plan).await
    }

    async fn edit_means(
        &mut self,
        id: MeansId,
        changes: Vec<MeansChange>,
        mine: Option<Mine>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let today = self.today();
        // What one says of one's own part is in one's own notebook: whoever left the group can still say that it is over.
        if !changes.is_empty() {
            self.writable_document(id.into()).await?;
        }
        let views = &self.notebook()?.views;
        let held = views.means(id).ok_or(Failure::NotFound)?;
        let changes = checked(views, held, views.group_of(id.into()), changes, today)?;
        let mut plan = Plan::new("edit_means");
        plan.ends_draft = draft;
        if let Some(Mine { loan, is_mine }) = mine {
            says_mine(views, &mut plan, loan.unwrap_or(LineId(id.0)), is_mine);
        }
        if !changes.is_empty() {
            plan.edit(Target::Document(id.into()), move |document| {
                changes.iter().try_for_each(|change| means::write(document, change))
            });
        }
        self.save(plan).await
    }
}

/// Notes in one's own notebook that something is one's own, or is not, wherever it was said already; nothing where nothing
/// changes.
fn says_mine(views: &Views, plan: &mut Plan, id: LineId, is_mine: bool) {
    let noted = views.mine_documents(id);
    let targets = match (noted.is_empty(), is_mine) {
        (true, true) => vec![Target::Journal(Kind::OwnMeans, None, 0)],
        (false, false) => noted.into_iter().map(Target::Document).collect(),
        (true, false) | (false, true) => Vec::new(),
    };
    for target in targets {
        plan.edit(target, move |document| means::write_mine(document, id, is_mine));
    }
}

/// The changes as they are written: possible, and in a group naming nobody who is accompanied, with whoever is of this directory
/// said in words and no event but that group's.
fn checked(
    views: &Views,
    held: &SharedMeans,
    group: Option<GroupId>,
    changes: Vec<MeansChange>,
    today: NaiveDate,
) -> Result<Vec<MeansChange>, Failure> {
    valid_means(views, held, &changes, today)?;
    let Some(group) = group else { return Ok(changes) };
    let name = |entry: &str| EntryId::parse(entry).map(|entry| name_of(views, entry)).unwrap_or_default();
    let in_words = |change| match change {
        MeansChange::About(field, entry) if field == OWNER_ENTRY && !entry.is_empty() => {
            MeansChange::About(OWNER.to_owned(), name(&entry))
        }
        MeansChange::Loan(line, field, entry) if field == WHO_ENTRY && !entry.is_empty() => {
            MeansChange::Loan(line, WHO.to_owned(), name(&entry))
        }
        other => other,
    };
    let changes: Vec<MeansChange> = changes.into_iter().map(in_words).collect();
    let is_theirs = |id: EventId| views.group_of(id.into()) == Some(group);
    if !changes.iter().filter_map(event_of).all(is_theirs) {
        return Err(Failure::Invalid(Invalid::OfAnotherGroup));
    }
    // Of what stood there before, whoever wrote it answers.
    let written: Vec<String> = changes.iter().flat_map(MeansChange::words).collect();
    let written: Vec<&str> = written.iter().map(String::as_str).collect();
    names_nobody_in(views, &written)?;
    Ok(changes)
}

/// The event that a change names.
fn event_of(change: &MeansChange) -> Option<EventId> {
    match change {
        MeansChange::Loan(_, field, id) if field == "event" => EventId::parse(id),
        _ => None,
    }
}

fn valid_means(views: &Views, held: &SharedMeans, changes: &[MeansChange], today: NaiveDate) -> Result<(), Failure> {
    let mut after = held.clone();
    for change in changes {
        // What a newer version wrote is kept where it is, and is not written here.
        if !change.is_known() || !after.apply(change) {
            return Err(Failure::NotUnderstood);
        }
        let (_, value) = change.path();
        short_enough(&value)?;
        match change {
            MeansChange::About(field, value) if field == "state" => valid_offer_state(&OfferState::parse(value))?,
            MeansChange::Loan(_, field, value) if field == "state" => {
                valid_loan_state(&LoanState::parse(value), today)?;
            }
            MeansChange::About(field, value) | MeansChange::Loan(_, field, value) if !value.is_empty() => {
                valid_value(views, field, value)?;
            }
            _ => {}
        }
    }
    // Days in their order; what stood there before, and two devices made, can still be written beside.
    let touches_days = |field: &String| matches!(field.as_str(), "from" | "until");
    let backwards =
        |from: Option<NaiveDate>, until: Option<NaiveDate>| from.zip(until).is_some_and(|(from, until)| until < from);
    let is_backwards = changes.iter().any(|change| match change {
        MeansChange::About(field, _) if touches_days(field) => backwards(after.about.from, after.about.until),
        MeansChange::Loan(id, field, _) if touches_days(field) => {
            after.loan(*id).is_some_and(|loan| backwards(loan.from, loan.until))
        }
        _ => false,
    });
    // One whose title is missing already can still be written in, and be given one.
    let had_one = !held.about.title.trim().is_empty() || *held == SharedMeans::empty(held.id);
    match (had_one && after.about.title.trim().is_empty(), is_backwards, changes.len() > MOST_CHANGES) {
        (true, ..) => Err(Failure::Invalid(Invalid::NoName)),
        (_, true, _) => Err(Failure::Invalid(Invalid::Day)),
        (.., true) => Err(Failure::Invalid(Invalid::TooLong)),
        _ => Ok(()),
    }
}

/// Whether what a field says can be. A code means the same of a thing and of a use.
fn valid_value(views: &Views, field: &str, value: &str) -> Result<(), Failure> {
    match field {
        OWNER_ENTRY | WHO_ENTRY => known(EntryId::parse(value).is_some_and(|entry| views.entry(entry).is_some())),
        "event" => known(EventId::parse(value).is_some_and(|event| views.event(event).is_some())),
        "from" | "until" => value.parse().map_or(Ok(()), possible),
        "quantity" | "capacity" => fits(value, 0),
        // A use of none is no use.
        "number" => fits(value, 1),
        _ => Ok(()),
    }
}

fn fits(value: &str, least: u32) -> Result<(), Failure> {
    let fits = value.parse().is_ok_and(|number: u32| (least..=MOST).contains(&number));
    fits.then_some(()).ok_or(Failure::NotUnderstood)
}

fn valid_offer_state(state: &OfferState) -> Result<(), Failure> {
    match state {
        OfferState::Paused { until: Some(day), .. } => possible(*day),
        OfferState::Ended(reason) if reason.trim().is_empty() => Err(Failure::Invalid(Invalid::NoReason)),
        _ => Ok(()),
    }
}

fn valid_loan_state(state: &LoanState, today: NaiveDate) -> Result<(), Failure> {
    match state {
        LoanState::GivenBack(day) => happened(*day, today),
        LoanState::Refused(reason) if reason.trim().is_empty() => Err(Failure::Invalid(Invalid::NoReason)),
        _ => Ok(()),
    }
}
