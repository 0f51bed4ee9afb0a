//! A commune, chosen from the whole list of France, offline; any other words are kept as they are typed.
//!
//! The list is fetched from the host when the field is first used, and kept as long as the page.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use maillon_shared::domain::communes::Communes;
use wasm_bindgen_futures::spawn_local;

use super::binding::Text;
use crate::browser;
use crate::words::{Word, common, commune as w, in_a_row};

/// How many communes are offered at most.
const OFFERED: usize = 6;

thread_local! {
    static LIST: RefCell<Option<Rc<Communes>>> = const { RefCell::new(None) };
}

async fn fetch_list() -> Option<Rc<Communes>> {
    if let Some(list) = LIST.with_borrow(Clone::clone) {
        return Some(list);
    }
    let list = Rc::new(Communes::parse(&browser::communes().await?).ok()?);
    LIST.with_borrow_mut(|place| *place = Some(Rc::clone(&list)));
    Some(list)
}

/// What is known of a commune offered.
#[derive(Clone, PartialEq, Eq)]
struct Offer {
    code: String,
    name: String,
    postcode: String,
    former: String,
    detail: String,
}

/// A commune.
#[component]
pub fn CommuneField(
    /// The field's id in the page.
    #[prop(into)]
    id: String,
    /// What to write there.
    label: Word,
    /// The name.
    name: Text,
    /// The code of the list; empty when the name is no choice of the list.
    code: Text,
    /// The postcode, filled in where the commune has one.
    #[prop(optional)]
    postcode: Option<Text>,
    /// The former commune, filled in where it is what was chosen.
    #[prop(optional)]
    former: Option<Text>,
) -> impl IntoView {
    let offers = RwSignal::new(Vec::<Offer>::new());
    let typed = move |words: String| {
        name.set.run(words.clone());
        code.set.run(String::new());
        spawn_local(async move {
            let list = fetch_list().await;
            // Slower than the typing: an older question is left aside.
            if name.value.try_get_untracked().as_ref() == Some(&words) {
                offers.try_set(list.map(|list| find(&list, &words)).unwrap_or_default());
            }
        });
    };
    let field = StoredValue::new(id.clone());
    let choose = move |offer: Offer| {
        name.set.run(offer.name);
        code.set.run(offer.code);
        if let Some(postcode) = postcode.filter(|_| !offer.postcode.is_empty()) {
            postcode.set.run(offer.postcode);
        }
        if let Some(former) = former.filter(|_| !offer.former.is_empty()) {
            former.set.run(offer.former);
        }
        offers.set(Vec::new());
        field.with_value(|id| browser::focus(id));
    };
    let row = move |offer: Offer| {
        let (name, detail) = (offer.name.clone(), offer.detail.clone());
        view! {
            <li>
                <button type="button" on:click=move |_| choose(offer.clone())>
                    <span class="who">{name}</span>
                    <span class="detail">{detail}</span>
                </button>
            </li>
        }
    };
    view! {
        <div class="field commune">
            <label for=id.clone()>{label} <span class="optional">" " {common::optional}</span></label>
            <input
                id=id
                type="text"
                autocomplete="off"
                spellcheck="false"
                prop:value=move || name.value.get()
                on:focus=|_| {
                    spawn_local(async {
                        fetch_list().await;
                    })
                }
                on:input:target=move |event| typed(event.target().value())
            />
            <ul class="people-found" aria-label=w::offered hidden=move || offers.with(Vec::is_empty)>
                {move || offers.get().into_iter().map(row).collect_view()}
            </ul>
            <p class="unseen" role="status">
                {move || offers.with(|offers| (!offers.is_empty()).then(|| w::count(offers.len() as u32)))}
            </p>
        </div>
    }
}

fn find(list: &Communes, typed: &str) -> Vec<Offer> {
    if typed.trim().chars().count() < 2 {
        return Vec::new();
    }
    let offer = |commune: maillon_shared::domain::communes::Commune<'_>| {
        let (code, name) = commune.today();
        let postcode = commune.postcodes().next().unwrap_or_default().to_owned();
        let former = if commune.part_of.is_some() { commune.name.to_owned() } else { String::new() };
        let known = [former.as_str(), &postcode, commune.department];
        let detail = in_a_row(known);
        Offer { code: code.to_owned(), name: name.to_owned(), postcode, former, detail }
    };
    list.search(typed, OFFERED).into_iter().map(offer).collect()
}
