//! The lines of a diagnosis's form: what is asked of each place, and the places.

use leptos::prelude::*;
use maillon_shared::domain::diagnosis::{IndicatorAbout, Measure, PlaceKind};
use maillon_shared::domain::ids::LineId;

use super::form::{INDICATORS, PLACES};
use super::words::{about_words, measure_words};
use crate::pages::typed::{PickOne, Typed, error, id_of, lines_of, of_line, text};
use crate::ui::{Choice, CommuneField, Lines, Problem, TextField};
use crate::words::{diagnosis as w, programme as p};

/// What is asked of each place.
#[component]
pub fn Indicators(
    form: RwSignal<Typed>,
    problems: RwSignal<Vec<Problem>>,
    said: StoredValue<Vec<LineId>>,
) -> impl IntoView {
    let (ids, make, drop_line) = lines_of(form, INDICATORS, "name");
    let abouts = Signal::derive(|| {
        IndicatorAbout::ALL.iter().map(|one| Choice::new(one.code(), about_words(one))).collect::<Vec<_>>()
    });
    let measures = Signal::derive(|| {
        Measure::ALL.iter().map(|one| Choice::new(one.code(), measure_words(one))).collect::<Vec<_>>()
    });
    let drop_line = kept_if_said(drop_line, said);
    let draw = move |id: LineId| {
        let at = move |field: &str| of_line(INDICATORS, id, field);
        // What is chosen where nobody chose.
        form.update_untracked(|form| {
            for (field, code) in [("about", "other"), ("measure", "count")] {
                if form.said(&at(field)).is_empty() {
                    form.say(&at(field), code);
                }
            }
        });
        let is_said = said.with_value(|said| said.contains(&id));
        view! {
            <TextField
                id=id_of(&at("name"))
                label=w::indicator_name
                text=text(form, at("name"))
                error=error(problems, at("name"))
            />
            <PickOne form=form name=at("about") label=w::about_field choices=abouts />
            <PickOne form=form name=at("measure") label=w::measure choices=measures />
            <TextField id=id_of(&at("unit")) label=w::unit hint=w::unit_hint optional=true text=text(form, at("unit")) />
            <TextField
                id=id_of(&at("counts"))
                label=w::counts
                hint=w::counts_hint
                optional=true
                text=text(form, at("counts"))
            />
            <p class="detail" hidden=!is_said>{w::has_figures}</p>
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::indicator
            remove=w::indicator_remove
            add=w::indicator_add
            add_other=w::indicator_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

/// The places.
#[component]
pub fn Places(form: RwSignal<Typed>, said: StoredValue<Vec<LineId>>) -> impl IntoView {
    let (ids, make, drop_line) = lines_of(form, PLACES, "place");
    let drop_line = kept_if_said(drop_line, said);
    let draw = move |id: LineId| {
        let at = move |field: &str| of_line(PLACES, id, field);
        let is_said = said.with_value(|said| said.contains(&id));
        // A place that others are part of is no commune.
        let wider = Signal::derive(move || {
            form.with(|form| {
                let kept = form.said(&at("within")).to_owned();
                let places = form.ids(PLACES).into_iter().map(|line| {
                    let said = |field: &str| form.said(&of_line(PLACES, line, field)).to_owned();
                    (said("code"), said("place"))
                });
                let is_wider = |(key, _): &(String, String)| {
                    *key == kept || (!key.is_empty() && PlaceKind::of(key) != PlaceKind::Commune)
                };
                let wider = places.filter(is_wider).map(|(key, name)| Choice::new(key, name));
                std::iter::once(Choice::new("", w::within_none())).chain(wider).collect::<Vec<_>>()
            })
        });
        view! {
            <CommuneField
                id=id_of(&at("place"))
                label=w::place_name
                name=text(form, at("place"))
                code=text(form, at("code"))
            />
            <PickOne form=form name=at("within") label=w::within choices=wider />
            <TextField id=id_of(&at("note")) label=p::note optional=true text=text(form, at("note")) />
            <p class="detail" hidden=!is_said>{w::has_figures}</p>
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::place
            remove=w::place_remove
            add=w::place_add
            add_other=w::place_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

/// Takes a line away, unless something is written of it: what is written would be of nothing.
fn kept_if_said(drop_line: Callback<LineId>, said: StoredValue<Vec<LineId>>) -> Callback<LineId> {
    Callback::new(move |id: LineId| {
        if !said.with_value(|said| said.contains(&id)) {
            drop_line.run(id);
        }
    })
}
