//! Stands where the host's engine thread will: it hears and answers nothing.

use std::path::PathBuf;

/// The host's handle, as the window uses it.
pub struct EngineThread;

impl EngineThread {
    /// Keeps nothing of what it is given.
    pub fn start(_: PathBuf, _: Box<dyn Fn(Vec<u8>) + Send>) -> Self {
        Self
    }

    /// No answer.
    pub async fn ask(&self, _: Vec<u8>) -> Vec<u8> {
        Vec::new()
    }
}
