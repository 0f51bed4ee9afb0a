//! Something to offer, or to change.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::means::{MeansWrite, Mine};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::ids::{GroupId, MeansId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::means::{OfferState, SharedMeans};

use super::typed::{MINE, NO, OFFER_STATES, YES, is_mine, settled, typed_of};
use super::words::offer_words;
use super::{ask_all, ask_means};
use crate::pages::typed::{Typed, WithWhom, entry_of, error, fields_since, lay, text};
use crate::routes::{MeansRoute, Route};
use crate::ui::{
    Chips, Choice, CluesFound, CommuneField, EntryField, FormFrame, InputKind, Opened, Problem, Save, Suggest,
    TextArea, TextField, load_once, when_loaded,
};
use crate::words::{Word, application as a, collective as c, events as e, form as f, means as w, note};
use crate::{browser, drafts};

/// The form's code among the drafts.
const FORM: &str = DraftKey::MEANS;

/// Something to offer.
#[component]
pub fn NewMeansPage() -> impl IntoView {
    let loaded = load_once(|| async {
        let all = ask_all().await?;
        let empty = SharedMeans::empty(MeansId(browser::random_id()));
        let opened = Opened::find(drafts::key(FORM, ""), typed_of(&empty.about, true), lay).await;
        Ok((opened, empty, all.groups))
    });
    when_loaded(loaded, |found| {
        let (opened, empty, groups) = found.get_untracked();
        let begun = empty.clone();
        let save = move |form: &Typed, draft: DraftKey| {
            let (means, problems) = settled(form, &begun);
            if !problems.is_empty() {
                return Err(problems);
            }
            let then = Route::Means(MeansRoute::One(means.id));
            let group = form.group();
            // What is one's own alone is one's own: there is nobody else whose it could be.
            let is_mine = group.is_some() && is_mine(form);
            let write = MeansWrite::Create { means: Box::new(means), group, is_mine, draft: Some(draft) };
            Ok(Save { request: asks(write), then })
        };
        view! {
            <FormFrame
                title=w::new
                way_back=Route::Means(MeansRoute::List)
                class="sheet"
                opened=opened
                fields=fields_since
                forget=note::start_again
                save=save
                draw=move |form, problems| {
                    view! { <MeansFields form=form problems=problems before=empty groups=groups group=None /> }
                }
            />
        }
    })
}

/// What is offered, to change.
#[component]
pub fn EditMeansPage(id: MeansId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_means(id).await?;
        let opened = Opened::find(drafts::key(FORM, id), typed_of(&file.means.about, file.is_lent), lay).await;
        Ok((opened, file))
    });
    let there = Route::Means(MeansRoute::One(id));
    when_loaded(loaded, move |found| {
        let (opened, file) = found.get_untracked();
        let (before, then) = (file.means.clone(), there.clone());
        let group = file.group.as_ref().map(|(group, _)| *group);
        let is_lent = file.is_lent;
        let save = move |form: &Typed, draft: DraftKey| {
            let (after, problems) = settled(form, &before);
            if !problems.is_empty() {
                return Err(problems);
            }
            let changes = before.changes_to(&after);
            let is_mine = is_mine(form);
            let mine = (group.is_some() && is_mine != is_lent).then_some(Mine { loan: None, is_mine });
            let write = MeansWrite::Edit { id, changes, mine, draft: Some(draft) };
            Ok(Save { request: asks(write), then: then.clone() })
        };
        view! {
            <FormFrame
                title=w::edit
                way_back=there.clone()
                class="sheet"
                opened=opened
                fields=fields_since
                forget=f::draft_forget
                save=save
                draw=move |form, problems| {
                    view! {
                        <MeansFields
                            form=form
                            problems=problems
                            before=file.means
                            groups=Vec::new()
                            group=group
                        />
                    }
                }
            />
        }
    })
}

/// Asks that something of means in common be written.
pub fn asks(write: MeansWrite) -> Request {
    Request::WriteCollective(Box::new(CollectiveWrite::Means(Box::new(write))))
}

#[component]
fn MeansFields(
    form: RwSignal<Typed>,
    problems: RwSignal<Vec<Problem>>,
    before: SharedMeans,
    groups: Vec<(GroupId, String)>,
    group: Option<GroupId>,
) -> impl IntoView {
    let before = StoredValue::new(before);
    let texts = Memo::new(move |_| {
        let (mut meant, _) = before.with_value(|before| form.with(|form| settled(form, before)));
        // Of what stands in its uses, whoever wrote it answers.
        meant.loans.clear();
        meant.words()
    });
    let (owner_entry, set_owner) = entry_of(form, "owner_entry".into());
    let is_common = Memo::new(move |_| group.is_some() || form.with(|form| form.group().is_some()));
    view! {
        <TextField id="title" label=w::name hint=w::name_hint text=text(form, "title") error=error(problems, "title") />
        <WithWhom form=form groups=groups />
        <Suggest id="kind" label=w::kind list=ListId::MeansKinds text=text(form, "kind") optional=true />
        <TextArea id="words" label=w::words optional=true text=text(form, "words") />
        <TextArea id="conditions" label=w::conditions hint=w::conditions_hint optional=true text=text(form, "conditions") />
        <EntryField
            id="owner"
            label=w::owner
            hint=c::entry_hint
            entry=owner_entry
            set=set_owner
            words=text(form, "owner")
        />
        <Show when=move || is_common.get()>
            <Own form=form legend=w::is_it_yours />
        </Show>
        <CommuneField id="commune" label=e::commune name=text(form, "commune") code=text(form, "commune_code") />
        <TextField
            id="quantity"
            label=w::quantity
            hint=w::quantity_hint
            optional=true
            kind=InputKind::Figures
            text=text(form, "quantity")
            error=error(problems, "quantity")
        />
        <TextField
            id="capacity"
            label=w::capacity
            optional=true
            kind=InputKind::Figures
            text=text(form, "capacity")
            error=error(problems, "capacity")
        />
        <TextField id="contact" label=w::contact optional=true text=text(form, "contact") />
        <TextField
            id="from"
            label=w::from
            hint=a::day_hint
            optional=true
            text=text(form, "from")
            error=error(problems, "from")
        />
        <TextField
            id="until"
            label=e::until
            hint=a::day_hint
            optional=true
            text=text(form, "until")
            error=error(problems, "until")
        />
        <State form=form problems=problems />
        <CluesFound texts=texts written_for=WrittenFor::Project />
    }
}

/// Whether it is offered; until when not, and why.
#[component]
fn State(form: RwSignal<Typed>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let words = |code: &str| match code {
        "paused" => w::paused().to_owned(),
        "ended" => w::ended().to_owned(),
        other => offer_words(&OfferState::parse(other)),
    };
    let choices = Signal::derive(move || OFFER_STATES.map(|code| Choice::new(code, words(code))).to_vec());
    let chosen = text(form, "state");
    let state = Memo::new(move |_| chosen.value.get());
    view! {
        <Chips name="state" legend=|| w::state() choices=choices chosen=chosen.value choose=chosen.set />
        <Show when=move || state.with(|state| state == "paused")>
            <TextField
                id="paused_until"
                label=w::paused_until
                hint=a::day_hint
                optional=true
                text=text(form, "paused_until")
                error=error(problems, "paused_until")
            />
        </Show>
        <Show when=move || state.with(|state| state == "paused" || state == "ended")>
            <TextField id="reason" label=a::reason text=text(form, "reason") error=error(problems, "reason") />
        </Show>
    }
}

/// Whether it is this coordinator's own, for them alone.
#[component]
pub fn Own(form: RwSignal<Typed>, legend: Word) -> impl IntoView {
    let choices = Signal::derive(|| vec![Choice::new(YES, w::yes_mine()), Choice::new(NO, w::not_mine())]);
    let chosen = text(form, MINE);
    view! {
        <Chips name="mine" legend=move || legend() choices=choices chosen=chosen.value choose=chosen.set />
        <p class="hint">{w::mine_hint}</p>
    }
}
