//! The telephones of a form: a line each, added and taken away.

use leptos::prelude::*;
use maillon_shared::domain::contact::{Phone, PhoneField};
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::lists::ListId;

use super::binding::Text;
use super::lines::Lines;
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
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| write(form).push(Phone::empty(id)));
        format!("phone-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| write(form).retain(|phone| phone.id != id)));
    let draw = move |id: LineId| {
        view! {
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
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::phone
            remove=w::phone_remove
            add=w::phone_add
            add_other=w::phone_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}
