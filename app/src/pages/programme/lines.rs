//! The lines of a programme's form that say what for, where and with whom: axes, priority communes, partners.

use leptos::prelude::*;
use maillon_shared::domain::ids::{EntryId, LineId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::programme::{
    Axis, AxisField, PriorityCommune, PriorityField, ProgrammePartner, ProgrammePartnerField,
};

use super::draft::{ProgrammeForm, of_line};
use super::fields::{Pick, typed};
use crate::browser;
use crate::lists::choices_and;
use crate::ui::{Choice, CommuneField, EntryField, Lines, Text, TextArea, TextField};
use crate::words::{collective as c, events as e, programme as w};

/// Reads and writes one line of the form.
macro_rules! line_text {
    ($form:expr, $lines:ident, $id:expr, $field:expr) => {{
        let (form, id, field) = ($form, $id, $field);
        $crate::ui::Text::within(
            form,
            move |form: &$crate::pages::programme::draft::ProgrammeForm| {
                let line = form.programme.$lines.iter().find(|line| line.id == id);
                line.map(|line| line.text(field).to_owned()).unwrap_or_default()
            },
            move |form: &mut $crate::pages::programme::draft::ProgrammeForm, text| {
                if let Some(line) = form.programme.$lines.iter_mut().find(|line| line.id == id) {
                    *line.text_mut(field) = text;
                }
            },
        )
    }};
}
pub(super) use line_text;

/// The axes.
#[component]
pub fn Axes(form: RwSignal<ProgrammeForm>) -> impl IntoView {
    let ids = Memo::new(move |_| form.with(|form| form.programme.axes.iter().map(|line| line.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.programme.axes.push(Axis::empty(id)));
        format!("axis-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.programme.axes.retain(|line| line.id != id)));
    let draw = move |id: LineId| {
        let ottawa: Text = line_text!(form, axes, id, AxisField::Ottawa);
        let value = ottawa.value;
        // What someone wrote in other words stays a choice.
        let axes = Signal::derive(move || {
            let offered = choices_and(ListId::OttawaAxes, &value.get());
            std::iter::once(Choice::new("", w::no_ottawa())).chain(offered).collect::<Vec<_>>()
        });
        view! {
            <TextField id=format!("axis-{id}") label=w::axis_title text=line_text!(form, axes, id, AxisField::Title) />
            <TextArea
                id=format!("axis-{id}-words")
                label=w::axis_words
                optional=true
                lines=2
                text=line_text!(form, axes, id, AxisField::Words)
            />
            <Pick id=format!("axis-{id}-ottawa") label=w::ottawa choices=axes chosen=value choose=ottawa.set />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::axis
            remove=w::axis_remove
            add=w::axis_add
            add_other=w::axis_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

/// The priority communes.
#[component]
pub fn Communes(form: RwSignal<ProgrammeForm>) -> impl IntoView {
    let ids =
        Memo::new(move |_| form.with(|form| form.programme.communes.iter().map(|line| line.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.programme.communes.push(PriorityCommune::empty(id)));
        format!("commune-{id}")
    });
    let drop_line = Callback::new(move |id| {
        form.update(|form| {
            form.programme.communes.retain(|line| line.id != id);
            ["commune", "code"].iter().for_each(|what| form.say(&of_line(what, id), String::new()));
        });
    });
    let draw = move |id: LineId| {
        view! {
            <CommuneField
                id=format!("commune-{id}")
                label=e::commune
                name=typed(form, of_line("commune", id))
                code=typed(form, of_line("code", id))
            />
            <TextField
                id=format!("commune-{id}-why")
                label=w::why
                optional=true
                text=line_text!(form, communes, id, PriorityField::Why)
            />
            <TextField
                id=format!("commune-{id}-verify")
                label=w::to_verify
                hint=w::to_verify_hint
                optional=true
                text=line_text!(form, communes, id, PriorityField::ToVerify)
            />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::priority
            remove=w::priority_remove
            add=w::priority_add
            add_other=w::priority_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

/// The partners.
#[component]
pub fn Partners(form: RwSignal<ProgrammeForm>) -> impl IntoView {
    let ids =
        Memo::new(move |_| form.with(|form| form.programme.partners.iter().map(|line| line.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.programme.partners.push(ProgrammePartner::empty(id)));
        format!("partner-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.programme.partners.retain(|line| line.id != id)));
    let draw = move |id: LineId| {
        let entry = Signal::derive(move || {
            form.with(|form| form.programme.partners.iter().find(|line| line.id == id).and_then(|line| line.entry))
        });
        let set = Callback::new(move |chosen: Option<EntryId>| {
            form.update(|form| {
                if let Some(line) = form.programme.partners.iter_mut().find(|line| line.id == id) {
                    line.entry = chosen;
                }
            });
        });
        view! {
            <EntryField
                id=format!("partner-{id}")
                label=c::partner_name
                hint=c::entry_hint
                entry=entry
                set=set
                words=line_text!(form, partners, id, ProgrammePartnerField::Name)
            />
            <TextField
                id=format!("partner-{id}-role")
                label=w::role
                optional=true
                text=line_text!(form, partners, id, ProgrammePartnerField::Role)
            />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=c::partner
            remove=c::partner_remove
            add=c::partner_add
            add_other=c::partner_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}
