//! An item of information that came, or to change.

use leptos::prelude::*;
use maillon_shared::api::information::{INFORMATION_DRAFT, InformationWrite};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::ids::{GroupId, InformationId, LineId};
use maillon_shared::domain::information::{DIFFUSIONS, InformationItem, InformationState};
use maillon_shared::domain::lists::ListId;

use super::typed::{NO, STATES, YES, fields_with, settled, typed_of};
use super::words::{state_words, write};
use super::{ask_all, ask_one};
use crate::pages::typed::{Typed, WithWhom, entry_of, error, fields_since, id_of, lay, lines_of, of_line, text};
use crate::routes::{InformationRoute, Route};
use crate::ui::{
    Chips, Choice, CluesFound, EntryField, FormFrame, Lines, Opened, Problem, Save, Suggest, TextArea, TextField,
    load_once, when_loaded,
};
use crate::words::{application as a, collective as c, form as f, information as w, note, programme as p};
use crate::{browser, drafts};

/// What a draft of a new item keeps: what is written, and the day it came, which is not the day it is taken up again.
fn begun_fields(opened: &Typed, form: &Typed) -> drafts::Fields {
    fields_with(opened, form, "received")
}

/// An item that came.
#[component]
pub fn NewInformationPage() -> impl IntoView {
    let loaded = load_once(|| async {
        let all = ask_all().await?;
        let mut empty = InformationItem::empty(InformationId(browser::random_id()));
        empty.received = Some(browser::today());
        let opened = Opened::find(drafts::key(INFORMATION_DRAFT, ""), typed_of(&empty), lay).await;
        Ok((opened, empty, all.groups))
    });
    when_loaded(loaded, |found| {
        let (opened, empty, groups) = found.get_untracked();
        let begun = empty.clone();
        let save = move |form: &Typed, draft: DraftKey| {
            let (item, problems) = settled(form, &begun);
            if !problems.is_empty() {
                return Err(problems);
            }
            let then = Route::Information(InformationRoute::One(item.id));
            let (item, group) = (Box::new(item), form.group());
            Ok(Save { request: write(InformationWrite::Create { item, group, draft: Some(draft) }), then })
        };
        view! {
            <FormFrame
                title=w::new
                way_back=Route::Information(InformationRoute::List)
                class="sheet"
                opened=opened
                fields=begun_fields
                forget=note::start_again
                save=save
                draw=move |form, problems| {
                    view! { <Fields form=form problems=problems before=empty groups=groups group=None /> }
                }
            />
        }
    })
}

/// An item to change.
#[component]
pub fn EditInformationPage(id: InformationId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_one(id).await?;
        let opened = Opened::find(drafts::key(INFORMATION_DRAFT, id), typed_of(&file.item), lay).await;
        Ok((opened, file))
    });
    let there = Route::Information(InformationRoute::One(id));
    when_loaded(loaded, move |found| {
        let (opened, file) = found.get_untracked();
        let (before, then) = (file.item.clone(), there.clone());
        let save = move |form: &Typed, draft: DraftKey| {
            let (after, problems) = settled(form, &before);
            if !problems.is_empty() {
                return Err(problems);
            }
            let changes = before.changes_to(&after);
            let request = write(InformationWrite::Edit { id, changes, draft: Some(draft) });
            Ok(Save { request, then: then.clone() })
        };
        let group = file.group.as_ref().map(|(group, _)| *group);
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
                    view! { <Fields form=form problems=problems before=file.item groups=Vec::new() group=group /> }
                }
            />
        }
    })
}

#[component]
fn Fields(
    form: RwSignal<Typed>,
    problems: RwSignal<Vec<Problem>>,
    before: InformationItem,
    groups: Vec<(GroupId, String)>,
    group: Option<GroupId>,
) -> impl IntoView {
    let before = StoredValue::new(before);
    let texts = Memo::new(move |_| {
        let (meant, _) = before.with_value(|before| form.with(|form| settled(form, before)));
        match group.is_some() || form.with(|form| form.group().is_some()) {
            true => meant.texts_in_common(),
            false => meant.texts().into_iter().map(str::to_owned).collect(),
        }
    });
    let field = move |name: &'static str| (text(form, name), error(problems, name));
    let (source_entry, set_source) = entry_of(form, "source_entry".into());
    let ((received, received_error), (expires, expires_error)) = (field("received"), field("expires"));
    let board = text(form, "for_board");
    let board_choices = Signal::derive(|| vec![Choice::new(YES, w::yes()), Choice::new(NO, w::no())]);
    view! {
        <TextField id="title" label=w::name hint=w::name_hint text=text(form, "title") error=error(problems, "title") />
        <WithWhom form=form groups=groups />
        <TextArea id="summary" label=w::summary hint=w::summary_hint optional=true text=text(form, "summary") />
        <EntryField
            id="source"
            label=w::source
            hint=w::source_hint
            entry=source_entry
            set=set_source
            words=text(form, "source")
        />
        <TextField id="link" label=w::link hint=a::link_hint optional=true text=text(form, "link") />
        <Suggest id="audience" label=w::audience_label list=ListId::Publics text=text(form, "audience") optional=true />
        <TextField id="received" label=w::received hint=a::day_hint optional=true text=received error=received_error />
        <TextField id="expires" label=w::expires hint=w::expires_hint optional=true text=expires error=expires_error />
        <State form=form problems=problems offered=&STATES />
        <Chips
            name="for_board"
            legend=|| w::for_board()
            choices=board_choices
            chosen=board.value
            choose=board.set
        />
        <section aria-labelledby="diffusions">
            <h2 id="diffusions">{w::who_got_it}</h2>
            <p class="hint">{w::diffusions_hint}</p>
            <Diffusions form=form problems=problems />
        </section>
        <TextArea id="note" label=p::note optional=true text=text(form, "note") />
        // Not told as of a project: a name among those who got it is refused, and one that is common is saved with none.
        <CluesFound texts=texts written_for=WrittenFor::Project told_as=WrittenFor::Sheet />
    }
}

/// What is to be done with it, and why not.
#[component]
pub fn State(
    form: RwSignal<Typed>,
    problems: RwSignal<Vec<Problem>>,
    /// The codes that can be chosen.
    offered: &'static [&'static str],
) -> impl IntoView {
    let words = |code: &str| match code {
        "set_aside" => w::set_aside().to_owned(),
        other => state_words(&InformationState::parse(other)),
    };
    let choices =
        Signal::derive(move || offered.iter().map(|code| Choice::new(*code, words(code))).collect::<Vec<_>>());
    let chosen = text(form, "state");
    let is_set_aside = Memo::new(move |_| chosen.value.with(|code| code == "set_aside"));
    view! {
        <Chips name="state" legend=|| w::state() choices=choices chosen=chosen.value choose=chosen.set />
        <Show when=move || is_set_aside.get()>
            <TextField id="reason" label=a::reason text=text(form, "reason") error=error(problems, "reason") />
        </Show>
    }
}

#[component]
fn Diffusions(form: RwSignal<Typed>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let (ids, make, drop_line) = lines_of(form, DIFFUSIONS, "on");
    let draw = move |id: LineId| diffusion_fields(form, problems, move |field| of_line(DIFFUSIONS, id, field));
    view! {
        <Lines
            ids=ids
            legend=w::diffusion
            remove=w::diffusion_remove
            add=w::diffusion_add
            add_other=w::diffusion_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

/// The fields of a line of diffusion, each under its name.
pub fn diffusion_fields(
    form: RwSignal<Typed>,
    problems: RwSignal<Vec<Problem>>,
    at: impl Fn(&str) -> String,
) -> AnyView {
    let (entry, set) = entry_of(form, at("entry"));
    let field = |name: &str| {
        let name = at(name);
        (id_of(&name), text(form, name.clone()), error(problems, &name))
    };
    let ((on_id, on, on_error), (copies_id, copies, copies_error), (people_id, people, people_error)) =
        (field("on"), field("copies"), field("people"));
    view! {
        <TextField id=on_id label=w::on hint=a::day_hint optional=true text=on error=on_error />
        <Suggest
            id=id_of(&at("channel"))
            label=w::channel
            list=ListId::InformationChannels
            text=text(form, at("channel"))
            optional=true
        />
        <EntryField
            id=id_of(&at("to"))
            label=w::to_whom
            hint=c::entry_hint
            entry=entry
            set=set
            words=text(form, at("to"))
        />
        <TextField id=copies_id label=w::copies hint=w::count_hint optional=true text=copies error=copies_error />
        <TextField id=people_id label=w::people hint=w::count_hint optional=true text=people error=people_error />
    }
    .into_any()
}
