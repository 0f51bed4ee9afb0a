//! What the screens ask of the browser: the day on the wall, chance for an id, focus, small choices to keep.
//!
//! Nothing that a user wrote goes through [`keep`]: only the language, the theme, whether the screen is discreet, and that
//! a notebook is made up.

use chrono::NaiveDate;
use js_sys::Reflect;
use leptos::prelude::*;
use maillon_shared::domain::time::Instant;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::door;

/// The civil day of the place.
pub fn today() -> NaiveDate {
    let now = js_sys::Date::new_0();
    NaiveDate::from_ymd_opt(now.get_full_year() as i32, now.get_month() + 1, now.get_date()).unwrap_or_default()
}

/// Milliseconds since 1970: only ever compared with one another.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// This very instant, with the offset of the place.
pub fn now() -> Instant {
    let offset_min = -js_sys::Date::new_0().get_timezone_offset();
    Instant { utc_ms: js_sys::Date::now() as i64, offset_min: offset_min as i16 }
}

/// Sixteen random bytes: whoever makes a record chooses its id.
pub fn random_id() -> [u8; 16] {
    let mut bytes = [0; 16];
    // Every browser that runs this module has it.
    let crypto = window().crypto().expect("the browser gives random numbers");
    crypto.get_random_values_with_u8_array(&mut bytes).expect("sixteen bytes are within its quota");
    bytes
}

/// What the system or the browser prefers to speak, as a language tag.
pub fn preferred_language() -> String {
    told_by_the_window("system.language").or_else(|| web_sys::window()?.navigator().language()).unwrap_or_default()
}

/// A small choice of this device: as it was made on this page, else as the browser or the window's program kept it.
pub fn kept(name: &str) -> Option<String> {
    let on_page = || web_sys::window()?.local_storage().ok()??.get_item(name).ok()?;
    on_page().or_else(|| told_by_the_window(name))
}

/// Keeps a small choice of this device. A browser that refuses only asks for it again.
pub fn keep(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(name, value);
    }
    door::keep(name, value);
}

/// What the window's program knew when it opened: its pages keep nothing themselves.
fn told_by_the_window(name: &str) -> Option<String> {
    let told = Reflect::get(&js_sys::global(), &"maillonKept".into()).ok().filter(JsValue::is_object)?;
    Reflect::get(&told, &name.into()).ok()?.as_string()
}

/// Forgets a small choice of this device.
pub fn forget(name: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(name);
    }
}

/// What of a code may stand in an id of the page, which holds no space: the words of an item made here do.
pub fn html_id(code: &str) -> String {
    code.chars().map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '_' }).collect()
}

/// Moves focus to the element of that id, if it is there.
pub fn focus(id: &str) {
    if let Some(element) =
        document().get_element_by_id(id).and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok())
    {
        let _ = element.focus();
    }
}

/// Whether nothing has focus, so that a keyboard would begin again at the top.
pub fn is_focus_lost() -> bool {
    document().active_element().is_none_or(|focused| focused.tag_name().eq_ignore_ascii_case("body"))
}

/// Moves focus once the screen has been drawn again.
pub fn focus_soon(id: impl Into<String>) {
    let id = id.into();
    request_animation_frame(move || focus(&id));
}

/// Copies a text, so that it may be pasted elsewhere; whether the browser let it.
pub async fn copy(text: &str) -> bool {
    let navigator: JsValue = window().navigator().into();
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).unwrap_or(JsValue::UNDEFINED);
    let write = Reflect::get(&clipboard, &"writeText".into());
    let Some(write) = write.ok().and_then(|write| write.dyn_into::<js_sys::Function>().ok()) else { return false };
    let Ok(asked) = write.call1(&clipboard, &text.into()) else { return false };
    JsFuture::from(js_sys::Promise::resolve(&asked)).await.is_ok()
}

/// Starts the page anew: nothing of the notebook stays in memory.
pub fn reload() {
    let _ = window().location().reload();
}

/// Asks the browser not to throw the notebook away when space runs short.
pub async fn ask_to_persist() -> bool {
    let Ok(asked) = window().navigator().storage().persist() else { return false };
    JsFuture::from(asked).await.is_ok_and(|granted| granted.is_truthy())
}

/// The content of the page's `<meta name="…">`.
pub fn meta(name: &str) -> Option<String> {
    let found = document().query_selector(&format!("meta[name=\"{name}\"]")).ok()??;
    found.get_attribute("content").filter(|content| !content.is_empty())
}

/// A file that stands beside the page; none if it is not there.
async fn fetch(address: &str) -> Option<Response> {
    let response = JsFuture::from(window().fetch_with_str(address)).await.ok()?;
    response.dyn_into::<Response>().ok().filter(Response::ok)
}

/// A text that stands beside the page.
pub async fn fetch_text(address: &str) -> Option<String> {
    JsFuture::from(fetch(address).await?.text().ok()?).await.ok()?.as_string()
}

/// The bytes of a file that stands beside the page.
pub async fn fetch_bytes(address: &str) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(fetch(address).await?.array_buffer().ok()?).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// The list of communes, as the host serves it.
pub async fn communes() -> Option<String> {
    fetch_text(&(meta("maillon-data")? + "communes.txt")).await
}

/// The bytes of the file chosen in an `<input type="file">`.
pub async fn chosen_file(input: &web_sys::HtmlInputElement) -> Option<Vec<u8>> {
    let file = input.files()?.get(0)?;
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}
