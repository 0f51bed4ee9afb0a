//! How a field of a form reads and writes its part of what the form holds.

use leptos::prelude::*;

/// A text that a field shows and changes.
#[derive(Clone, Copy)]
pub struct Text {
    /// What it is.
    pub value: Signal<String>,
    /// What it becomes.
    pub set: Callback<String>,
}

impl Text {
    /// A text of its own.
    pub fn of(signal: RwSignal<String>) -> Self {
        Text { value: signal.into(), set: Callback::new(move |text| signal.set(text)) }
    }

    /// A text inside something larger.
    pub fn within<T: Send + Sync + 'static>(
        whole: RwSignal<T>,
        read: impl Fn(&T) -> String + Send + Sync + 'static,
        write: impl Fn(&mut T, String) + Send + Sync + 'static,
    ) -> Self {
        Text {
            value: Memo::new(move |_| whole.with(&read)).into(),
            set: Callback::new(move |text| whole.update(|whole| write(whole, text))),
        }
    }
}
