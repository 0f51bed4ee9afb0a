//! The telephones of a form: a line each, added and taken away.
//!
//! Each line keeps its own id, so that two people can edit two lines at once.

use leptos::prelude::*;
use maillon_shared::domain::contact::{Phone, PhoneField};
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::lists::ListId;

use super::binding::Text;
use super::icon::{Icon, Shape};
use super::suggest::Suggest;
use super::text_field::{InputKind, TextField};
use crate::browser;
use crate::words::sheet as w;

/// The telephones of a form.
#[component]
pub fn PhoneLines<T: Send + Sync + 'static>(
    /// The form.
    form: RwSignal<T>,
    /// Where it has them.
    read: fn(&T) -> &Vec<Phone>,
    /// The same, to write.
    write: fn(&mut T) -> &mut Vec<Phone>,
) -> impl IntoView {
    let ids = Memo::new(move |_| form.with(|form| read(form).iter().map(|phone| phone.id).collect::<Vec<_>>()));
    let text = move |id: LineId, field: PhoneField| {
        Text::within(
            form,
            move |form: &T| {
                let phone = read(form).iter().find(|phone| phone.id == id);
                phone.map(|phone| phone.text(field).to_owned()).unwrap_or_default()
            },
            move |form: &mut T, text| {
                if let Some(phone) = write(form).iter_mut().find(|phone| phone.id == id) {
                    *phone.text_mut(field) = text;
                }
            },
        )
    };
    let add = move |_| {
        let id = LineId(browser::random_id());
        form.update(|form| write(form).push(Phone::empty(id)));
        browser::focus_soon(format!("phone-{id}"));
    };
    view! {
        <For each=move || ids.get() key=|id| *id let:id>
            <fieldset class="line">
                <legend>{w::phone}</legend>
                <TextField
                    id=format!("phone-{id}")
                    label=w::phone_number
                    kind=InputKind::Phone
                    text=text(id, PhoneField::Number)
                />
                <Suggest
                    id=format!("phone-{id}-label")
                    label=w::phone_label
                    list=ListId::PhoneLabels
                    optional=true
                    text=text(id, PhoneField::Label)
                />
                <button
                    type="button"
                    class="quiet"
                    on:click=move |_| form.update(|form| write(form).retain(|phone| phone.id != id))
                >
                    <Icon shape=Shape::Cross />
                    <span>{w::phone_remove}</span>
                </button>
            </fieldset>
        </For>
        <button type="button" class="add" on:click=add>
            <Icon shape=Shape::Plus />
            <span>{move || if ids.with(Vec::is_empty) { w::phone_add() } else { w::phone_add_other() }}</span>
        </button>
    }
}
