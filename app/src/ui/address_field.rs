//! An address, chosen among those of the communes that one keeps by typing a few letters; or any words, as they are typed.
//!
//! A combo box, as screen readers know them: the text keeps the focus, the arrows go through the offers, Enter takes one,
//! Escape closes them. Without addresses it is a line of text.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::addresses::{AddressesAnswer, AddressesQuestion};
use maillon_shared::domain::address_search::AddressFound;
use maillon_shared::domain::position::{Position, PositionSource};
use wasm_bindgen_futures::spawn_local;
use web_sys::KeyboardEvent;

use super::binding::Text;
use crate::browser;
use crate::door::answer;
use crate::words::{Word, addresses as w, common, in_a_row};

/// How many are offered at most.
const OFFERED: u16 = 8;

/// The fields that an address fills.
#[derive(Clone, Copy)]
pub struct AddressTexts {
    /// Number and way.
    pub line: Text,
    /// The hamlet.
    pub hamlet: Text,
    /// The commune before a merger.
    pub former: Text,
    /// Postcode.
    pub postcode: Text,
    /// The commune's name.
    pub commune: Text,
    /// Its code.
    pub code: Text,
    /// Its point, where the record keeps one.
    pub position: Option<Text>,
}

impl AddressTexts {
    /// Fills every field with an address that was chosen: what it does not say is emptied, for it would be of another.
    pub fn fill(self, found: AddressFound) {
        let located_by = if found.line.is_empty() { &found.hamlet } else { &found.line };
        let position = found.position(&[located_by, &found.commune]);
        self.line.set.run(found.line);
        self.hamlet.set.run(found.hamlet);
        self.former.set.run(found.former_commune);
        if !found.postcode.is_empty() {
            self.postcode.set.run(found.postcode);
        }
        self.commune.set.run(found.commune);
        self.code.set.run(found.commune_code);
        if let Some(held) = self.position {
            held.set.run(position);
        }
    }
}

/// What is known of where an address is, in a few words.
pub fn position_words(position: &Position) -> &'static str {
    match position.from {
        PositionSource::Number => w::at_number(),
        PositionSource::Way => w::at_way(),
        PositionSource::Unknown(_) => w::at_unknown(),
    }
}

/// The same, with the words that it is of: what tells two of them apart.
pub fn position_of_words(position: &Position) -> String {
    let of = position.of.split('|').next().unwrap_or_default();
    w::at(of, position_words(position))
}

/// An address, by a few letters of it.
#[component]
pub fn AddressField(
    /// The field's id in the page.
    id: &'static str,
    /// What to write there.
    label: Word,
    /// What helps to fill it.
    #[prop(optional)]
    hint: Option<Word>,
    /// What is typed, and kept as it is where nothing is chosen.
    text: Text,
    /// What happens when an address is chosen.
    choose: Callback<AddressFound>,
    /// What is known of where it is.
    #[prop(optional, into)]
    located: Signal<Option<String>>,
) -> impl IntoView {
    let offers = RwSignal::new(Vec::<AddressFound>::new());
    let active = RwSignal::new(None::<usize>);
    let asked = StoredValue::new(0u32);
    let close = move || {
        asked.update_value(|asked| *asked += 1);
        offers.set(Vec::new());
        active.set(None);
    };
    let typed = move |words: String| {
        text.set.run(words.clone());
        asked.update_value(|asked| *asked += 1);
        let mine = asked.get_value();
        spawn_local(async move {
            let question = AddressesQuestion::Find { text: words, limit: OFFERED };
            let answer = answer!(Request::ReadAddresses(Box::new(question)), Addresses(answer) => *answer);
            // Slower than the typing: an older question is left aside.
            if let (Ok(AddressesAnswer::Found(found)), true) = (answer, asked.try_get_value() == Some(mine)) {
                offers.try_set(found);
                active.try_set(None);
            }
        });
    };
    let take = Callback::new(move |at: usize| {
        if let Some(found) = offers.with_untracked(|offers| offers.get(at).cloned()) {
            close();
            choose.run(found);
            browser::focus_soon(id);
        }
    });
    let count = move || offers.with(Vec::len);
    let pressed = move |event: KeyboardEvent| {
        let last = match offers.with_untracked(Vec::len).checked_sub(1) {
            Some(last) => last,
            None => return,
        };
        let goes_to = match (event.key().as_str(), active.get_untracked()) {
            ("ArrowDown", None) => Some(0),
            ("ArrowDown", Some(at)) => Some(if at == last { 0 } else { at + 1 }),
            ("ArrowUp", None | Some(0)) => Some(last),
            ("ArrowUp", Some(at)) => Some(at - 1),
            ("Enter", Some(at)) => {
                event.prevent_default();
                take.run(at);
                return;
            }
            ("Escape", _) => {
                event.prevent_default();
                event.stop_propagation();
                close();
                return;
            }
            _ => return,
        };
        event.prevent_default();
        active.set(goes_to);
    };
    let list_id = format!("{id}-offers");
    let option_id = move |at: usize| format!("{id}-offer-{at}");
    let offer = move |(at, found): (usize, AddressFound)| {
        let (title, detail) = told(&found);
        view! {
            <li
                role="option"
                id=option_id(at)
                aria-selected=move || (active.get() == Some(at)).to_string()
                // The text keeps the focus while a pointer presses an offer.
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| take.run(at)
            >
                <span class="who">{title}</span>
                <span class="detail">{detail}</span>
            </li>
        }
    };
    let (hint_id, place_id) = (format!("{id}-hint"), format!("{id}-place"));
    let described_by = {
        let (hint_id, place_id) = (hint_id.clone(), place_id.clone());
        move || {
            let place = located.with(Option::is_some).then(|| place_id.clone());
            let ids: Vec<_> = hint.map(|_| hint_id.clone()).into_iter().chain(place).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    view! {
        <div class="field address">
            <label for=id>{label} <span class="optional">" "{common::optional}</span></label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <input
                id=id
                type="text"
                role="combobox"
                autocomplete="off"
                autocapitalize="sentences"
                spellcheck="false"
                aria-autocomplete="list"
                aria-controls=list_id.clone()
                aria-expanded=move || (count() > 0).to_string()
                aria-activedescendant=move || active.get().map(option_id)
                aria-describedby=described_by
                prop:value=move || text.value.get()
                on:input:target=move |event| typed(event.target().value())
                on:keydown=pressed
                on:blur=move |_| close()
            />
            <ul class="offers" role="listbox" id=list_id aria-label=w::offered hidden=move || count() == 0>
                {move || offers.get().into_iter().enumerate().map(offer).collect_view()}
            </ul>
            <p class="unseen" role="status">{move || (count() > 0).then(|| w::count(count() as u32))}</p>
            <p class="hint located" id=place_id hidden=move || located.with(Option::is_none)>
                {move || located.get()}
            </p>
        </div>
    }
}

/// What an offer says: the number and the way, or the place; then what tells it from others of that name.
fn told(found: &AddressFound) -> (String, String) {
    let title = if found.line.is_empty() { &found.hamlet } else { &found.line };
    let hamlet = if found.line.is_empty() { "" } else { &found.hamlet };
    (title.clone(), in_a_row([hamlet, &found.former_commune, &found.commune]))
}
