//! Forms half filled: kept at each pause in typing and when the page is left, found again where one was.
//!
//! A draft is a list of fields by name. A form reads those it knows and leaves the rest, so that a draft outlives the
//! version that wrote it; what it says is laid over the record as it is now, never over what it was.

mod phones;

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use maillon_shared::api::requests::{Draft, DraftKey};
use maillon_shared::api::{Failure, Request};
use wasm_bindgen_futures::spawn_local;

use crate::door::{self, answer};
use crate::session::{Said, session};

pub use phones::{lay_phone, put_phones};

/// How long a pause in typing is.
const PAUSE: Duration = Duration::from_millis(600);
const BETWEEN_FIELDS: char = '\u{1e}';
const AFTER_NAME: char = '\u{1f}';

/// The fields of a form, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Adds a field.
    pub fn put(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// Those of a form that are no longer what they were when it was opened; both lists are in one order.
    pub fn that_differ<const N: usize>(opened: [(&str, String); N], now: [(&str, String); N]) -> Self {
        let differ = now.into_iter().zip(opened).filter(|((_, now), (_, before))| now != before);
        Fields(differ.map(|((name, now), _)| (name.to_owned(), now)).collect())
    }

    /// A field's value, if it was kept.
    #[cfg(test)]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(kept, _)| kept == name).map(|(_, value)| value.as_str())
    }

    /// Whether nothing was filled.
    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names and values, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// As the draft's text.
    pub fn write(&self) -> String {
        // The two separators are control signs that no keyboard types; a pasted one becomes a space.
        let clean = |text: &str| text.replace([BETWEEN_FIELDS, AFTER_NAME], " ");
        let fields: Vec<_> =
            self.0.iter().map(|(name, value)| format!("{}{AFTER_NAME}{}", clean(name), clean(value))).collect();
        fields.join(&BETWEEN_FIELDS.to_string())
    }

    /// From the draft's text.
    pub fn read(text: &str) -> Self {
        let fields = text.split(BETWEEN_FIELDS).filter_map(|field| field.split_once(AFTER_NAME));
        Fields(fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }
}

/// The key of a form's draft.
pub fn key(form: &str, subject: impl ToString) -> DraftKey {
    DraftKey { form: form.into(), subject: subject.to_string() }
}

/// The draft of a form, if one was left.
pub async fn find(key: &DraftKey) -> Option<Draft> {
    let drafts = answer!(Request::Drafts, Drafts(drafts) => drafts).ok()?;
    drafts.into_iter().find(|draft| draft.key == *key)
}

/// Keeps a form's draft as long as the form is on screen.
#[derive(Clone, Copy)]
pub struct Keeper(StoredValue<Rc<Keeping>, LocalStorage>);

struct Keeping {
    key: DraftKey,
    /// What was filled; none once the form is off the screen and its signals are gone.
    fields: RefCell<Option<Box<dyn Fn() -> Fields>>>,
    /// What is kept now; empty when there is no draft.
    kept: RefCell<String>,
    /// While the form is being saved, nothing is kept: a draft kept behind a save would outlive it.
    is_saving: Cell<bool>,
    /// What was filled when the form left the screen in the middle of a save.
    left: RefCell<Option<String>>,
    pause: RefCell<Option<TimeoutHandle>>,
}

thread_local! {
    /// The form on screen: there is at most one.
    static CURRENT: RefCell<Option<Rc<Keeping>>> = const { RefCell::new(None) };
}

/// Begins to keep a form. `fields` says what was filled, and is empty as long as nothing was; `kept` is the draft that
/// the form was opened with.
pub fn keep(key: DraftKey, kept: Option<&Draft>, fields: impl Fn() -> Fields + 'static) -> Keeper {
    let keeping = Rc::new(Keeping {
        key,
        fields: RefCell::new(Some(Box::new(fields))),
        kept: RefCell::new(kept.map(|draft| draft.content.clone()).unwrap_or_default()),
        is_saving: Cell::new(false),
        left: RefCell::new(None),
        pause: RefCell::new(None),
    });
    CURRENT.with_borrow_mut(|current| *current = Some(Rc::clone(&keeping)));
    let watched = Rc::clone(&keeping);
    // Follows every signal that the fields read.
    Effect::new(move |_| {
        let content = watched.content();
        watched.stop_waiting();
        if content.is_some_and(|content| content != *watched.kept.borrow()) {
            let paused = Rc::clone(&watched);
            let pause = set_timeout_with_handle(move || spawn_local(paused.keep_now()), PAUSE);
            watched.pause.replace(pause.ok());
        }
    });
    let left = send_wrapper::SendWrapper::new(Rc::clone(&keeping));
    on_cleanup(move || {
        left.leave();
        CURRENT.with_borrow_mut(|current| {
            if current.as_ref().is_some_and(|current| Rc::ptr_eq(current, &left)) {
                *current = None;
            }
        });
    });
    Keeper(StoredValue::new_local(keeping))
}

impl Keeper {
    /// The form is about to be saved: until it is known how that went, nothing is kept beside.
    pub fn begin_save(self) -> Saving {
        let keeping = self.0.get_value();
        keeping.stop_waiting();
        keeping.is_saving.set(true);
        Saving(keeping)
    }
}

/// A form being saved; it lives on when the form leaves the screen meanwhile.
pub struct Saving(Rc<Keeping>);

impl Saving {
    /// It is saved: there is nothing left to keep. Says whether the form is still on screen.
    pub fn done(self) -> bool {
        self.0.fields.take().is_some()
    }

    /// It could not be saved: what was filled is kept as before, even if the form has been left.
    pub fn failed(self) {
        self.0.is_saving.set(false);
        let left = self.0.left.take();
        spawn_local(match left {
            Some(content) => self.0.keep(content),
            None => self.0.keep_now(),
        });
    }
}

impl Keeping {
    /// What is filled, as the draft's text.
    fn content(&self) -> Option<String> {
        self.fields.borrow().as_ref().map(|fields| fields().write())
    }

    fn stop_waiting(&self) {
        if let Some(pause) = self.pause.take() {
            pause.clear();
        }
    }

    /// The form leaves the screen, and its signals end with it: what is to be kept of it is kept now.
    fn leave(&self) {
        self.stop_waiting();
        if self.is_saving.get() {
            self.left.replace(untrack(|| self.content()));
        } else {
            spawn_local(self.keep_now());
        }
        self.fields.take();
    }

    /// Keeps now what differs from what is kept.
    fn keep_now(&self) -> Keep {
        match untrack(|| self.content()) {
            Some(content) if !self.is_saving.get() => self.keep(content),
            _ => Box::pin(async {}),
        }
    }

    /// The request leaves at once, even if nobody waits for its answer.
    fn keep(&self, content: String) -> Keep {
        if content == *self.kept.borrow() {
            return Box::pin(async {});
        }
        let request = if content.is_empty() {
            Request::DropDraft(self.key.clone())
        } else {
            let at = crate::browser::now();
            Request::SaveDraft(Draft { key: self.key.clone(), content: content.clone(), at })
        };
        self.kept.replace(content);
        let asking = door::ask(request);
        Box::pin(async move {
            match asking.await {
                Ok(_) => {}
                // The page is about to start anew: the notebook was locked meanwhile.
                Err(Failure::Locked) => {}
                Err(failure) => session().said.set(Some(Said::Failed(failure))),
            }
        })
    }
}

/// A draft on its way.
type Keep = Pin<Box<dyn Future<Output = ()>>>;

/// Keeps the form on screen, if there is one, and waits until it is kept.
pub async fn keep_now() {
    let keeping = CURRENT.with_borrow(|current| current.as_ref().map(|current| current.keep_now()));
    if let Some(keeping) = keeping {
        keeping.await;
    }
}

/// Keeps the form on screen whenever the page may be about to go away.
pub fn keep_when_left() {
    for event in ["visibilitychange", "pagehide", "freeze", "blur"] {
        window_event_listener_untyped(event, |_| {
            CURRENT.with_borrow(|current| {
                if let Some(current) = current {
                    spawn_local(current.keep_now());
                }
            });
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_reads_back_whatever_was_typed() {
        let mut fields = Fields::default();
        fields.put("words", "Il a dit :\n« Ça va = oui & non »\t\u{1f}fin");
        fields.put("empty", "");
        let read = Fields::read(&fields.write());
        assert_eq!(read.get("words"), Some("Il a dit :\n« Ça va = oui & non »\t fin"));
        assert_eq!(read.get("empty"), Some(""));
        assert_eq!(read.get("else"), None);
        assert!(Fields::read("").is_empty());
    }
}
