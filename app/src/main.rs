//! The screens.

use leptos::prelude::*;

fn main() {
    mount_to_body(|| view! { <main><h1>"Maillon"</h1></main> });
}
