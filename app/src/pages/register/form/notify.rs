//! Whom to tell in an emergency: a line each.

use leptos::prelude::*;
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::register::{NotifyField, PersonToNotify};

use super::draft::EntryForm;
use crate::browser;
use crate::ui::{InputKind, Lines, Suggest, Text, TextField};
use crate::words::register as w;

/// The people to tell.
#[component]
pub fn ToNotify(form: RwSignal<EntryForm>) -> impl IntoView {
    let ids = Memo::new(move |_| form.with(|form| form.entry.to_notify.iter().map(|line| line.id).collect::<Vec<_>>()));
    let text = move |id: LineId, field: NotifyField| {
        Text::within(
            form,
            move |form: &EntryForm| {
                let other = form.entry.to_notify.iter().find(|other| other.id == id);
                other.map(|other| other.text(field).to_owned()).unwrap_or_default()
            },
            move |form: &mut EntryForm, text| {
                if let Some(other) = form.entry.to_notify.iter_mut().find(|other| other.id == id) {
                    *other.text_mut(field) = text;
                }
            },
        )
    };
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.entry.to_notify.push(PersonToNotify::empty(id)));
        format!("notify-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.entry.to_notify.retain(|other| other.id != id)));
    let draw = move |id: LineId| {
        view! {
            <TextField id=format!("notify-{id}") label=w::notify_name text=text(id, NotifyField::Name) />
            <Suggest
                id=format!("notify-{id}-relation")
                label=w::notify_relation
                list=ListId::Relations
                optional=true
                text=text(id, NotifyField::Relation)
            />
            <TextField
                id=format!("notify-{id}-phone")
                label=w::notify_phone
                kind=InputKind::Phone
                optional=true
                text=text(id, NotifyField::Phone)
            />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::to_notify
            remove=w::notify_remove
            add=w::notify_add
            add_other=w::notify_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}
