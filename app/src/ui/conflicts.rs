//! Fields that two people wrote at once: every version, without alarm; keep one, or write another.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::Conflict;

use super::history::is_said;
use crate::routes::Route;
use crate::session::write_soon;
use crate::words::versions as w;

/// The versions of each field, if any has several.
#[component]
pub fn Conflicts(
    /// The fields.
    #[prop(into)]
    conflicts: Signal<Vec<Conflict>>,
    /// What a field's path, in codes, is called.
    name: impl Fn(&str) -> String + Copy + Send + Sync + 'static,
    /// What a field's value says, by the path and the value as it is written.
    value: impl Fn(&str, &str) -> String + Copy + Send + Sync + 'static,
    /// What asks that a field say this and nothing else; nothing for what a newer version wrote.
    keep: impl Fn(&str, &str) -> Option<Request> + Copy + Send + Sync + 'static,
    /// Where another version is written.
    edit: Route,
    /// Where another version of a field is written, by its path, if each has a form of its own.
    #[prop(optional)]
    edit_of: Option<Callback<String, Route>>,
) -> impl IntoView {
    let versions = move |conflict: Conflict| {
        let field = conflict.field;
        let version = |written: &String| {
            let words = value(&field, written);
            let label = move || if words.is_empty() { w::keep_empty().to_owned() } else { w::keep(&words) };
            // What is asked for is made when it is: a copy of whatever can be asked would be in every screen.
            keep(&field, written)?;
            let (field, written) = (field.clone(), written.clone());
            let press = move |_| {
                if let Some(request) = keep(&field, &written) {
                    write_soon(request);
                }
            };
            Some(view! { <button type="button" on:click=press>{label}</button> })
        };
        view! {
            <h3>{name(&field)}</h3>
            <div class="acts">
                {conflict.values.iter().map(version).collect_view()}
                {edit_of.map(|edit| view! { <a class="button" href=edit.run(field.clone()).href()>{w::other}</a> })}
            </div>
        }
    };
    move || {
        let conflicts: Vec<_> = conflicts.get().into_iter().filter(|conflict| is_said(&conflict.field)).collect();
        (!conflicts.is_empty()).then(|| {
            view! {
                <section class="card versions">
                    <h2>{w::title}</h2>
                    <p>{w::why}</p>
                    {conflicts.into_iter().map(versions).collect_view()}
                    <p class="acts" hidden=edit_of.is_some()>
                        <a class="button" href=edit.href()>{w::other}</a>
                    </p>
                </section>
            }
        })
    }
}
