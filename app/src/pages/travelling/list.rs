//! Every sheet: those that are written here, and those that came.

use leptos::prelude::*;
use maillon_shared::api::sheets::{ReceivedRow, SheetRow, Sheets};

use super::ask_all;
use super::words::kind_words;
use crate::routes::{Route, SheetRoute};
use crate::ui::{Back, Icon, Shape, Title, load, when_loaded};
use crate::words::{in_a_row, more, procedures as p, travelling as w};
use crate::{browser, when};

/// Every sheet.
#[component]
pub fn SheetsPage() -> impl IntoView {
    let loaded = load(ask_all);
    view! {
        <Back to=Route::More label=more::title />
        <div class="heading">
            <Title>{w::title}</Title>
            <a class="button" href=Route::Sheets(SheetRoute::New).href()>
                <Icon shape=Shape::Plus />
                <span>{w::new}</span>
            </a>
        </div>
        <p class="detail">{w::lead}</p>
        {when_loaded(loaded, |shown| view! { <All shown=shown /> })}
    }
}

#[component]
fn All(shown: RwSignal<Sheets>) -> impl IntoView {
    let own = Memo::new(move |_| shown.with(|all| all.own.clone()));
    let received = Memo::new(move |_| shown.with(|all| all.received.clone()));
    view! {
        <section aria-labelledby="own">
            <h2 id="own">{w::own}</h2>
            <p class="empty" hidden=move || !own.with(Vec::is_empty)>
                {w::none}
            </p>
            <ul class="rows">{move || own.get().into_iter().map(own_line).collect_view()}</ul>
        </section>
        <section aria-labelledby="received">
            <h2 id="received">{w::received}</h2>
            <p class="empty" hidden=move || !received.with(Vec::is_empty)>
                {w::none_received}
            </p>
            <ul class="rows">{move || received.get().into_iter().map(received_line).collect_view()}</ul>
            <p class="acts">
                <a class="button" href=Route::Sheets(SheetRoute::Open).href()>{w::open}</a>
            </p>
        </section>
    }
}

fn own_line(row: SheetRow) -> AnyView {
    let left = match row.left {
        None => w::never_left().to_owned(),
        Some((version, on)) => in_a_row([p::version(version), w::left_on(when::date(on, browser::today()))]),
    };
    let since = if row.changed_since { w::changed_since() } else { "" };
    view! {
        <li>
            <Icon shape=Shape::Letter />
            <span class="row-head">
                <a class="who" href=Route::Sheets(SheetRoute::One(row.id)).href()>{row.title}</a>
            </span>
            <span class="why">{kind_words(&row.kind)}</span>
            <span class="why">{in_a_row([left, since.to_owned()])}</span>
        </li>
    }
    .into_any()
}

/// A sheet that came, in a list.
pub fn received_line(row: ReceivedRow) -> AnyView {
    let made = w::made_on(when::whole_date(row.made_on));
    view! {
        <li>
            <Icon shape=Shape::Letter />
            <span class="row-head">
                <a class="who" href=Route::Sheets(SheetRoute::Received(row.id)).href()>{row.title}</a>
            </span>
            <span class="why">{in_a_row([kind_words(&row.kind), row.territory])}</span>
            <span class="why">{in_a_row([p::version(row.version), made])}</span>
        </li>
    }
    .into_any()
}
