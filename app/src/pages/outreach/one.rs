//! One outreach service: a page to show, which is also what is printed. Of those who come there are counts, and nobody is named.

use leptos::prelude::*;
use maillon_shared::api::outreach::OutreachFile;
use maillon_shared::domain::ids::OutreachId;
use maillon_shared::domain::outreach::OutreachChange;
use maillon_shared::text::phone::Phone;

use super::ask_one;
use super::follow::{dates, places_each_time, sessions, turns, who};
use super::words::{
    edit, field_words, field_words_in, form_of, keep, kind_words, places_words, value_words, when_words,
};
use crate::pages::programme::words::or_unnamed;
use crate::routes::{GroupRoute, OutreachRoute, Route};
use crate::session::write_soon;
use crate::ui::{Back, CallLink, Conflicts, FieldsHistory, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{Word, collective as c, events as e, groups, in_a_row, outreach as w, programme as p};
use crate::{browser, when};

/// One service.
#[component]
pub fn OneOutreachPage(id: OutreachId) -> impl IntoView {
    let loaded = load(move || ask_one(id));
    view! {
        <Back to=Route::Outreach(OutreachRoute::List) label=w::title />
        {when_loaded(loaded, move |file| view! { <File file=file id=id /> })}
    }
}

#[component]
fn File(file: RwSignal<OutreachFile>, id: OutreachId) -> impl IntoView {
    let may_write = Memo::new(move |_| file.with(|file| file.may_write));
    let withdrawn = Memo::new(move |_| file.with(|file| file.shown.service.withdrawn));
    let may_withdraw = Memo::new(move |_| may_write.get() && !withdrawn.get());
    let withdraw = move |withdrawn: bool| write_soon(edit(id, vec![OutreachChange::Withdrawn(withdrawn)]));
    let checked = move |_| {
        let today = browser::today().to_string();
        write_soon(edit(id, vec![OutreachChange::About("checked_on".to_owned(), today)]));
    };
    let heading = move |path: &str| file.with_untracked(|file| field_words_in(path, &file.shown));
    let value = move |path: &str, value: &str| file.with_untracked(|file| value_words(path, value, &file.shown));
    view! {
        <article class="programme application">
            <div class="heading">
                <div>
                    <Title>{move || file.with(|file| or_unnamed(&file.shown.service.about.title))}</Title>
                    <p class="detail">{move || file.with(|file| kind_words(&file.shown.service.about.kind))}</p>
                </div>
                <a
                    class="button"
                    hidden=move || !may_write.get()
                    href=Route::Outreach(OutreachRoute::Edit(id)).href()
                >
                    {c::change}
                </a>
            </div>
            <OnPaper paper=Paper::NamesNobody />
            {move || file.with(whose)}
            <p class="state-note unprinted" hidden=move || !withdrawn.get()>
                {w::is_withdrawn} " " <button type="button" on:click=move |_| withdraw(false)>{c::take_up}</button>
            </p>
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=heading
                value=value
                keep=move |path: &str, value: &str| keep(id, path, value)
                edit=Route::Outreach(OutreachRoute::Edit(id))
                edit_of=Callback::new(move |path: String| form_of(id, &path))
            />
            {move || file.with(facts)}
            <p class="acts unprinted" hidden=move || !may_write.get()>
                <button type="button" class="quiet" on:click=checked>{w::checked_today}</button>
            </p>
            {move || file.with(turns)}
            {move || file.with(dates)}
            {move || file.with(sessions)}
            <div class="unprinted">
                <p class="acts">
                    <PrintButton class="" />
                    <Show when=move || may_withdraw.get()>
                        <button type="button" class="quiet" on:click=move |_| withdraw(true)>
                            {e::withdraw}
                        </button>
                    </Show>
                </p>
                <FieldsHistory of=id.into() name=field_words value=value />
            </div>
        </article>
    }
}

/// The group whose it is.
fn whose(file: &OutreachFile) -> Option<AnyView> {
    let (id, name) = file.shown.group.clone()?;
    let name = if name.is_empty() { groups::nameless().to_owned() } else { name };
    let lead = if file.may_write { groups::is_common_lead } else { groups::read_only as Word };
    let href = Route::Groups(GroupRoute::One(id)).href();
    let common = view! {
        <p class="state-note">
            <a href=href>{groups::is_common(&name)}</a> " " <span class="unprinted">{lead}</span>
        </p>
    };
    Some(common.into_any())
}

fn facts(file: &OutreachFile) -> AnyView {
    let (shown, about) = (&file.shown, &file.shown.service.about);
    let verify = about.to_verify.trim().to_owned();
    let doubt =
        (!verify.is_empty()).then(|| view! { <p><span class="tag late">{p::verify_tag}</span> " " {verify}</p> });
    let again = shown.service.to_check_again(file.today).map(|day| {
        view! { <p><span class="tag late">{w::check_again(when::date(day, file.today))}</span></p> }
    });
    let checked = about
        .checked_on
        .map_or_else(|| w::never_checked().to_owned(), |day| w::checked_told(when::date(day, file.today)));
    let phone = about.phone.trim().to_owned();
    let call = (!phone.is_empty()).then(|| {
        let label = Phone::parse(&phone).show();
        view! { <p class="acts"><CallLink number=phone label=label /></p> }
    });
    let facts = [
        (w::recurrence as Word, when_words(shown, file.today)),
        (w::places, in_a_row(places_words(shown))),
        (w::offers, about.offers.trim().to_owned()),
        (w::public, about.public.trim().to_owned()),
        (w::referral, about.referral.trim().to_owned()),
        (w::delay, about.delay.trim().to_owned()),
        (w::capacity, places_each_time(file)),
        (p::note, about.note.trim().to_owned()),
    ];
    let facts = facts.into_iter().filter(|(_, words)| !words.is_empty());
    let facts: Vec<AnyView> =
        facts.map(|(label, words)| view! { <dt>{label}</dt><dd class="prose">{words}</dd> }.into_any()).collect();
    let carrier = shown.who(about.who_entry, &about.who);
    let carrier = (!carrier.is_empty()).then(|| {
        view! { <dt>{w::carrier}</dt><dd>{who(about.who_entry, carrier)}</dd> }
    });
    view! {
        {doubt}
        {again}
        <section aria-labelledby="what">
            <h2 id="what">{w::what}</h2>
            <dl class="facts">{facts} {carrier}</dl>
            {call}
            <p class="detail">{checked}</p>
        </section>
    }
    .into_any()
}
