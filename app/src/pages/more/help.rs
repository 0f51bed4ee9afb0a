//! The keyboard, from the table that the keys obey, and the few things worth knowing.

use leptos::prelude::*;

use crate::routes::Route;
use crate::session::session;
use crate::shell::KEYS;
use crate::ui::{Back, Title};
use crate::words::{Word, help as w, mairie as m, more};

/// The keyboard, and how to.
#[component]
pub fn HelpPage() -> impl IntoView {
    let row = |shortcut: &'static crate::shell::Shortcut| {
        view! {
            <tr>
                <th scope="row">{shortcut.does}</th>
                <td>{shortcut.written}</td>
            </tr>
        }
    };
    let questions: &[(Word, Word)] = match session().is_a_mairies() {
        true => &[
            (m::holds_q, m::holds_a),
            (m::other_q, m::other_a),
            (w::forgot_q, w::forgot_a),
            (w::device_q, w::device_a),
        ],
        false => &[
            (w::lost_q, w::lost_a),
            (w::undo_q, w::undo_a),
            (w::forgot_q, w::forgot_a),
            (w::seen_q, w::seen_a),
            (w::device_q, w::device_a),
        ],
    };
    view! {
        <Back to=Route::More label=more::title />
        <Title>{w::title}</Title>
        <h2 id="keys">{w::keyboard}</h2>
        <table class="keys" aria-labelledby="keys">
            <thead>
                <tr>
                    <th scope="col">{w::action}</th>
                    <th scope="col">{w::keys}</th>
                </tr>
            </thead>
            <tbody>{KEYS.iter().filter(|shortcut| shortcut.is_here()).map(row).collect_view()}</tbody>
        </table>
        <div class="prose">
            {questions
                .iter()
                .map(|(question, answer)| {
                    view! {
                        <h2>{*question}</h2>
                        <p>{*answer}</p>
                    }
                })
                .collect_view()}
        </div>
    }
}
