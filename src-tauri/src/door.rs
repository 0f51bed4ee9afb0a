//! The one door, natively: a request's bytes in, the answer's bytes out, and notices as they come.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use maillon_host::EngineThread;
use tauri::ipc::{Channel, InvokeBody, InvokeResponseBody, Request, Response};
use tauri::{AppHandle, Manager as _, State};

/// Where notices go: the page that listened last. A reloaded page listens anew and asks again for
/// all it shows, so what was said to nobody is not missed.
type Listener = Arc<Mutex<Option<Channel<InvokeResponseBody>>>>;

/// What the window keeps while it is open.
pub struct Door {
    engine: EngineThread,
    listener: Listener,
}

/// Starts the engine's thread on this folder and gives the window its door.
pub fn open(app: &AppHandle, notebook: PathBuf) {
    let listener = Listener::default();
    let hears = Arc::clone(&listener);
    let engine = EngineThread::start(
        notebook,
        Box::new(move |notice| {
            let listener = hears.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(channel) = &*listener {
                // A closed page hears nothing: there is nobody left to tell.
                let _ = channel.send(InvokeResponseBody::Raw(notice));
            }
        }),
    );
    maillon_host::network::start(&engine);
    app.manage(Door { engine, listener });
}

/// Closes the notebook, after what was asked before: its folder is free when this returns.
pub fn close(app: &AppHandle) {
    if let Some(door) = app.try_state::<Door>() {
        door.engine.clone().close();
    }
}

/// One request, one answer, as bytes of the door's codec.
#[tauri::command]
pub async fn door(request: Request<'_>, door: State<'_, Door>) -> Result<Response, String> {
    let bytes = bytes_of(request.body()).ok_or("the door takes bytes")?;
    Ok(Response::new(door.engine.ask(bytes).await))
}

/// From now on notices go to this page.
#[tauri::command]
pub fn listen(notices: Channel<InvokeResponseBody>, door: State<'_, Door>) {
    *door.listener.lock().unwrap_or_else(PoisonError::into_inner) = Some(notices);
}

/// The body's bytes; Android cannot carry raw bytes and sends an array of numbers.
pub fn bytes_of(body: &InvokeBody) -> Option<Vec<u8>> {
    match body {
        InvokeBody::Raw(bytes) => Some(bytes.clone()),
        InvokeBody::Json(serde_json::Value::Array(numbers)) => {
            numbers.iter().map(|number| number.as_u64().and_then(|byte| u8::try_from(byte).ok())).collect()
        }
        InvokeBody::Json(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn bytes_come_raw_or_as_numbers_and_nothing_else_is_taken_for_bytes() {
        assert_eq!(bytes_of(&InvokeBody::Raw(vec![7, 255])), Some(vec![7, 255]));
        assert_eq!(bytes_of(&InvokeBody::Json(json!([7, 255]))), Some(vec![7, 255]));
        assert_eq!(bytes_of(&InvokeBody::Json(json!([7, 256]))), None);
        assert_eq!(bytes_of(&InvokeBody::Json(json!({"a": 1}))), None);
    }
}
