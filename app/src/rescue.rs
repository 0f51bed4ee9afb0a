//! What is shown when the screens themselves have failed: plain elements, both languages, a way on.
//!
//! Nothing here uses what may have failed: no signals, and words that are constants. What was saved is in the engine, which
//! stands apart; a backup is offered while it still answers.

use std::panic::PanicHookInfo;

use maillon_shared::api::Request;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element};

use crate::browser;
use crate::door::{self, answer};
use crate::words::rescue as words;

/// Replaces the page. The error goes to the console: it names a line of the program and nothing that was typed.
pub fn show(info: &PanicHookInfo<'_>) {
    if let Some(place) = info.location() {
        web_sys::console::error_1(&format!("maillon: panic at {place}").into());
    }
    // A message may quote a text: only a build for tests, whose texts are made up, says it.
    #[cfg(debug_assertions)]
    web_sys::console::error_1(&info.to_string().into());
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        let _ = draw(&document);
    }
}

fn draw(document: &Document) -> Result<(), JsValue> {
    let Some(body) = document.body() else { return Ok(()) };
    body.set_inner_html("");
    let main = document.create_element("main")?;
    main.set_class_name("rescue");
    main.set_attribute("role", "alert")?;
    for (language, tag) in ["fr", "en"].into_iter().enumerate() {
        let part = document.create_element("section")?;
        part.set_attribute("lang", tag)?;
        let heading = document.create_element("h1")?;
        heading.set_text_content(Some(words::TITLE[language]));
        let paragraph = document.create_element("p")?;
        paragraph.set_text_content(Some(words::SENTENCE[language]));
        part.append_child(&heading)?;
        part.append_child(&paragraph)?;
        main.append_child(&part)?;
    }
    let reload = button(document, words::RELOAD, browser::reload)?;
    main.append_child(&reload)?;
    if door::is_open() {
        let save = || wasm_bindgen_futures::spawn_local(save_backup());
        let save = button(document, words::SAVE, save)?;
        main.append_child(&save)?;
    }
    body.append_child(&main)?;
    Ok(())
}

fn button(document: &Document, words: [&str; 2], press: impl Fn() + 'static) -> Result<Element, JsValue> {
    let button = document.create_element("button")?;
    button.set_text_content(Some(&words.join(" · ")));
    let press = Closure::<dyn Fn()>::new(press);
    button.add_event_listener_with_callback("click", press.as_ref().unchecked_ref())?;
    press.forget();
    Ok(button)
}

async fn save_backup() {
    if let Ok(file) = answer!(Request::Backup, File(file) => file) {
        let _ = door::hand_over(file).await;
    }
}
