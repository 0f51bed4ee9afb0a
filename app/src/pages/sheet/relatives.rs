//! The people around a person: a line each, one of whom may be the first to call.

use leptos::prelude::*;
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::person::{RelatedField, RelatedPerson};

use super::form::SheetForm;
use crate::browser;
use crate::ui::{InputKind, Lines, Suggest, Text, TextField};
use crate::words::sheet as w;

/// The people around.
#[component]
pub fn Relatives(form: RwSignal<SheetForm>) -> impl IntoView {
    let ids = Memo::new(move |_| form.with(|form| form.person.related.iter().map(|line| line.id).collect::<Vec<_>>()));
    let text = move |id: LineId, field: RelatedField| {
        Text::within(
            form,
            move |form: &SheetForm| {
                let related = form.person.related.iter().find(|related| related.id == id);
                related.map(|related| related.text(field).to_owned()).unwrap_or_default()
            },
            move |form: &mut SheetForm, text| {
                if let Some(related) = form.person.related.iter_mut().find(|related| related.id == id) {
                    *related.text_mut(field) = text;
                }
            },
        )
    };
    let is_first = move |id: LineId| {
        form.with(|form| form.person.related.iter().any(|related| related.id == id && related.call_first))
    };
    // There is one person to call first, or none.
    let set_first = move |id: LineId, first: bool| {
        form.update(|form| {
            for related in &mut form.person.related {
                related.call_first = first && related.id == id;
            }
        });
    };
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.person.related.push(RelatedPerson::empty(id)));
        format!("related-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.person.related.retain(|related| related.id != id)));
    let draw = move |id: LineId| {
        view! {
            <TextField id=format!("related-{id}") label=w::related_name text=text(id, RelatedField::Name) />
            <Suggest
                id=format!("related-{id}-relation")
                label=w::related_relation
                list=ListId::Relations
                text=text(id, RelatedField::Relation)
            />
            <TextField
                id=format!("related-{id}-phone")
                label=w::related_phone
                kind=InputKind::Phone
                optional=true
                text=text(id, RelatedField::Phone)
            />
            <TextField
                id=format!("related-{id}-note")
                label=w::related_note
                hint=w::related_note_hint
                optional=true
                text=text(id, RelatedField::Note)
            />
            <label class="check" for=format!("related-{id}-first")>
                <input
                    type="checkbox"
                    id=format!("related-{id}-first")
                    prop:checked=move || is_first(id)
                    on:change:target=move |event| set_first(id, event.target().checked())
                />
                <span>{w::related_first}</span>
            </label>
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::related
            remove=w::related_remove
            add=w::related_add
            add_other=w::related_add
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}
