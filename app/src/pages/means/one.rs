//! One thing that is offered: a page to show, which is also what is printed.

use leptos::prelude::*;
use maillon_shared::api::means::MeansFile;
use maillon_shared::domain::ids::MeansId;
use maillon_shared::domain::means::MeansChange;

use super::ask_means;
use super::uses::uses;
use super::words::{
    edit, field_words, field_words_in, free_words, keep, kind_words, no_longer, offer_told, offered_days, value_words,
};
use crate::browser;
use crate::routes::{DirectoryRoute, GroupRoute, MeansRoute, Route};
use crate::session::write_soon;
use crate::ui::{Back, Conflicts, FieldsHistory, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded};
use crate::words::{Word, collective as c, events as e, groups, in_a_row, means as w};

/// One thing that is offered.
#[component]
pub fn MeansPage(id: MeansId) -> impl IntoView {
    let loaded = load(move || ask_means(id));
    view! {
        <Back to=Route::Means(MeansRoute::List) label=w::title />
        {when_loaded(loaded, move |file| view! { <File file=file id=id /> })}
    }
}

#[component]
fn File(file: RwSignal<MeansFile>, id: MeansId) -> impl IntoView {
    let may_write = Memo::new(move |_| file.with(|file| file.may_write));
    let withdrawn = Memo::new(move |_| file.with(|file| file.means.withdrawn));
    let may_withdraw = Memo::new(move |_| may_write.get() && !withdrawn.get());
    let withdraw = move |withdrawn: bool| write_soon(edit(id, vec![MeansChange::Withdrawn(withdrawn)]));
    let heading = move |path: &str| file.with_untracked(|file| field_words_in(path, file));
    let value = move |path: &str, value: &str| file.with_untracked(|file| value_words(path, value, file));
    view! {
        <article class="programme application means">
            <div class="heading">
                <div>
                    <Title>{move || file.with(|file| file.means.about.title.clone())}</Title>
                    <p class="detail">
                        {move || {
                            file.with(|file| {
                                let about = &file.means.about;
                                in_a_row([kind_words(&about.kind), offer_told(about, browser::today())])
                            })
                        }}
                    </p>
                </div>
                <a class="button" hidden=move || !may_write.get() href=Route::Means(MeansRoute::Edit(id)).href()>
                    {c::change}
                </a>
            </div>
            // Who has it when, and whom to ask: it names people.
            <OnPaper paper=Paper::NamesPeople />
            {move || file.with(whose)}
            <p class="state-note unprinted" hidden=move || !withdrawn.get()>
                {w::is_withdrawn} " " <button type="button" on:click=move |_| withdraw(false)>{c::take_up}</button>
            </p>
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=heading
                value=value
                keep=move |path: &str, value: &str| keep(id, path, value)
                edit=Route::Means(MeansRoute::Edit(id))
            />
            {move || file.with(about)}
            <section aria-labelledby="uses">
                <h2 id="uses">{w::uses}</h2>
                {move || file.with(|file| uses(file, id))}
                <p class="acts unprinted" hidden=move || !may_write.get()>
                    <a class="button" href=Route::Means(MeansRoute::NewLoan(id)).href()>
                        <Icon shape=Shape::Plus />
                        <span>{w::ask}</span>
                    </a>
                </p>
            </section>
            <div class="unprinted">
                <p class="acts">
                    <PrintButton label=w::print class="" />
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

/// The group whose it is, and whether it is this coordinator who offers it, which they alone read.
fn whose(file: &MeansFile) -> Option<AnyView> {
    let (id, name) = file.group.clone()?;
    let name = if name.is_empty() { groups::nameless().to_owned() } else { name };
    let lead = if file.may_write { groups::is_common_lead } else { groups::read_only as Word };
    let href = Route::Groups(GroupRoute::One(id)).href();
    let (is_lent, means) = (file.is_lent, file.means.id);
    // Whoever left the group still says what is no longer theirs.
    let gone = (is_lent && !file.may_write).then(|| {
        let press = move |_| write_soon(no_longer(means, None));
        view! {
            " "
            <button type="button" on:click=press>
                {w::no_longer_offered_by_me}
            </button>
        }
    });
    let common = view! {
        <p class="state-note">
            <a href=href>{groups::is_common(&name)}</a> " " <span class="unprinted">{lead}</span>
        </p>
        <p class="detail unprinted" hidden=!is_lent>
            {w::you_lend} {gone}
        </p>
    };
    Some(common.into_any())
}

fn about(file: &MeansFile) -> AnyView {
    let about = &file.means.about;
    let quantity = about.quantity.filter(|_| file.means.is_counted());
    let today = browser::today();
    let owner = file.called(about.owner_entry, &about.owner).trim().to_owned();
    let owner = match about.owner_entry {
        Some(entry) if !owner.is_empty() => {
            let href = Route::Directory(DirectoryRoute::Entry(entry)).href();
            Some(view! { <a href=href>{owner}</a> }.into_any())
        }
        _ => (!owner.is_empty()).then(|| owner.into_any()),
    };
    let said = |words: String| (!words.is_empty()).then(|| words.into_any());
    let commune = about.commune.as_ref().map(|commune| commune.name.clone()).unwrap_or_default();
    let facts: [(Word, Option<AnyView>); 7] = [
        (w::owner, owner),
        (e::commune, said(commune)),
        (w::quantity, said(quantity.map(|many| many.to_string()).unwrap_or_default())),
        (w::capacity, said(about.capacity.map(|many| many.to_string()).unwrap_or_default())),
        (w::contact, said(about.contact.trim().to_owned())),
        (w::offered, said(offered_days(about))),
        (w::free_now, said(free_words(file.means.free(today, today, today)))),
    ];
    let fact = |(label, words): (Word, Option<AnyView>)| {
        words.map(|words| view! { <dt>{label}</dt><dd class="prose">{words}</dd> }.into_any())
    };
    let prose = |title: Word, text: &str| {
        let text = text.trim().to_owned();
        (!text.is_empty()).then(|| view! { <section><h2>{title}</h2><p class="prose">{text}</p></section> })
    };
    view! {
        <dl class="facts">{facts.into_iter().filter_map(fact).collect_view()}</dl>
        {prose(w::words, &about.words)}
        {prose(w::conditions, &about.conditions)}
    }
    .into_any()
}
