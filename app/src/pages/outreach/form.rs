//! What is said of the whole of a service and its places, to begin or to change.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::outreach::OutreachWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::ids::{GroupId, LineId, OutreachId};
use maillon_shared::domain::outreach::{OutreachChange, OutreachKind, OutreachService};

use super::recurrence::RecurrenceFields;
use super::typed::{PLACES, changes, typed_of};
use super::words::kind_words;
use super::{ask_all, ask_one};
use crate::pages::typed::{Typed, WithWhom, entry_of, error, fields_since, id_of, lay, lines_of, of_line, text};
use crate::routes::{OutreachRoute, Route};
use crate::ui::{
    Chips, Choice, CluesFound, CommuneField, EntryField, FormFrame, InputKind, Lines, Opened, Problem, Save, TextArea,
    TextField, load_once, when_loaded,
};
use crate::words::{collective as c, form as f, note, outreach as w, programme as p};
use crate::{browser, drafts};

/// The form's code among the drafts.
const FORM: &str = "outreach";
/// The choices of what a service is: nobody has to choose that it is not said.
const KINDS: [OutreachKind; 3] = [OutreachKind::Consultation, OutreachKind::MobileTeam, OutreachKind::DutyRota];

fn writes(write: OutreachWrite) -> Request {
    Request::WriteCollective(Box::new(CollectiveWrite::Outreach(write)))
}

/// A service to begin.
#[component]
pub fn NewOutreachPage() -> impl IntoView {
    let loaded = load_once(|| async {
        let all = ask_all().await?;
        let empty = OutreachService::empty(OutreachId(browser::random_id()));
        let opened = Opened::find(drafts::key(FORM, ""), typed_of(&empty), lay).await;
        Ok((opened, empty, all.groups))
    });
    when_loaded(loaded, |found| {
        let (opened, empty, groups) = found.get_untracked();
        let id = empty.id;
        let save = move |form: &Typed, draft: DraftKey| {
            let (changes, problems) = changes(form, &empty);
            if !problems.is_empty() {
                return Err(problems);
            }
            let mut service = empty.clone();
            for change in &changes {
                service.apply(change);
            }
            let then = Route::Outreach(OutreachRoute::One(service.id));
            let (service, group, draft) = (Box::new(service), form.group(), Some(draft));
            Ok(Save { request: writes(OutreachWrite::Create { service, group, draft }), then })
        };
        view! {
            <FormFrame
                title=w::new_title
                way_back=Route::Outreach(OutreachRoute::List)
                class="sheet"
                opened=opened
                fields=fields_since
                forget=note::start_again
                save=save
                draw=move |form, problems| {
                    view! { <OutreachFields form=form problems=problems id=id groups=groups /> }
                }
            />
        }
    })
}

/// A service to change.
#[component]
pub fn EditOutreachPage(id: OutreachId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_one(id).await?;
        let opened = Opened::find(drafts::key(FORM, id), typed_of(&file.shown.service), lay).await;
        Ok((opened, file))
    });
    let there = Route::Outreach(OutreachRoute::One(id));
    when_loaded(loaded, move |found| {
        let (opened, file) = found.get_untracked();
        let (before, then) = (file.shown.service, there.clone());
        let save = move |form: &Typed, draft: DraftKey| {
            let (changes, problems) = changes(form, &before);
            if !problems.is_empty() {
                return Err(problems);
            }
            let write = OutreachWrite::Edit { id, changes, draft: Some(draft) };
            Ok(Save { request: writes(write), then: then.clone() })
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
                    view! { <OutreachFields form=form problems=problems id=id groups=Vec::new() /> }
                }
            />
        }
    })
}

#[component]
fn OutreachFields(
    form: RwSignal<Typed>,
    problems: RwSignal<Vec<Problem>>,
    id: OutreachId,
    groups: Vec<(GroupId, String)>,
) -> impl IntoView {
    // What is to be mended elsewhere hides none of the words.
    let texts = Memo::new(move |_| {
        let (said, _) = form.with(|form| changes(form, &OutreachService::empty(id)));
        said.iter().flat_map(OutreachChange::words).collect::<Vec<String>>()
    });
    let kinds =
        Signal::derive(|| KINDS.iter().map(|kind| Choice::new(kind.code(), kind_words(kind))).collect::<Vec<_>>());
    let (kind, no_kind) = (text(form, "kind"), error(problems, "kind"));
    let (who_entry, set_who) = entry_of(form, "who_entry".into());
    let words = move |name: &'static str| text(form, name);
    let wrong = move |name: &'static str| error(problems, name);
    view! {
        <TextField id="title" label=w::name hint=w::name_hint text=words("title") error=wrong("title") />
        <WithWhom form=form groups=groups />
        <p class="error" hidden=move || no_kind.with(Option::is_none)>{move || no_kind.get()}</p>
        <Chips name="kind" legend=|| w::kind() choices=kinds chosen=kind.value choose=kind.set />
        <EntryField id="who" label=w::carrier hint=c::entry_hint entry=who_entry set=set_who words=words("who") />
        <TextArea id="offers" label=w::offers optional=true text=words("offers") />
        <TextField id="public" label=w::public optional=true text=words("public") />
        <section aria-labelledby="places">
            <h2 id="places">{w::places}</h2>
            <Places form=form />
        </section>
        <RecurrenceFields form=form problems=problems />
        <TextField id="hours" label=w::hours optional=true text=words("hours") />
        <TextField
            id="begins"
            label=w::begins
            hint=w::day_hint
            optional=true
            text=words("begins")
            error=wrong("begins")
        />
        <TextField id="ends" label=w::ends hint=w::day_hint optional=true text=words("ends") error=wrong("ends") />
        <TextField
            id="capacity"
            label=w::capacity
            hint=w::capacity_hint
            optional=true
            kind=InputKind::Figures
            text=words("capacity")
            error=wrong("capacity")
        />
        <TextField id="referral" label=w::referral hint=w::referral_hint optional=true text=words("referral") />
        <TextField id="phone" label=w::phone optional=true kind=InputKind::Phone text=words("phone") />
        <TextField id="delay" label=w::delay optional=true text=words("delay") />
        <TextField
            id="checked_on"
            label=w::checked_on
            hint=w::day_hint
            optional=true
            text=words("checked_on")
            error=wrong("checked_on")
        />
        <TextArea id="note" label=p::note optional=true text=words("note") />
        <TextField id="to_verify" label=p::to_verify optional=true text=words("to_verify") />
        <CluesFound texts=texts written_for=WrittenFor::Project />
    }
}

/// Where it is.
#[component]
fn Places(form: RwSignal<Typed>) -> impl IntoView {
    let (ids, make, drop_line) = lines_of(form, PLACES, "commune");
    let draw = move |id: LineId| {
        let at = move |field: &str| of_line(PLACES, id, field);
        view! {
            <CommuneField
                id=id_of(&at("commune"))
                label=w::commune
                name=text(form, at("commune"))
                code=text(form, at("commune_code"))
            />
            <TextField id=id_of(&at("address")) label=w::address optional=true text=text(form, at("address")) />
            <TextField
                id=id_of(&at("department"))
                label=w::department
                hint=w::department_hint
                optional=true
                text=text(form, at("department"))
            />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::place
            remove=w::place_remove
            add=w::place_add
            add_other=w::place_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}
