//! Lines to other devices over the networks that this computer is on: QUIC between two keys that prove themselves.
//!
//! ```text
//! presence ─ while the engine wants to be reached: who calls, who is found around here, whom to call
//! talk ───── one line: messages in, messages out
//! ```
//!
//! It must never know what is said, nor keep anything. It asks nobody on the internet for anything: addresses are those that
//! the engine was told, or those of whoever says on this very network that they are there. The engine wants silence as long
//! as nobody allowed it to talk; then no socket is open.

mod presence;
mod talk;

use std::thread;

use maillon_engine::lines::Wanted;
use tokio::sync::watch;

use crate::EngineThread;

/// Carries lines for an engine, until its notebook is closed.
pub fn start(engine: &EngineThread) {
    let engine = engine.clone();
    // Where the system has no thread to give, nobody is reached; files still go.
    let _ = thread::Builder::new().name("network".into()).spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        tokio::task::LocalSet::new().block_on(&runtime, serve(engine));
    });
}

async fn serve(engine: EngineThread) {
    let mut wanted = engine.wanted();
    while let Some(now) = seen(&mut wanted) {
        match now.secret {
            Some(secret) => presence::keep(&engine, &mut wanted, &secret).await,
            None if wanted.changed().await.is_err() => return,
            None => {}
        }
    }
}

/// What is wanted now; nothing when the notebook was closed for good.
fn seen(wanted: &mut watch::Receiver<Option<Wanted>>) -> Option<Wanted> {
    wanted.borrow_and_update().clone()
}
