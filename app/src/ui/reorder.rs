//! Putting the rows of a list in order: by buttons and keyboard, or dragged by a handle with a finger or a mouse.
//!
//! A handle follows pointers and not the browser's own drag and drop, which fingers cannot use and windows take for files.

use leptos::html;
use leptos::prelude::*;
use web_sys::PointerEvent;

use super::icon::{Icon, Shape};
use crate::browser;
use crate::words::order as w;

/// Rows that are put in order, each by its key. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Reorder {
    /// The keys, in order.
    order: Memo<Vec<String>>,
    dragged: RwSignal<Option<String>>,
    over: RwSignal<Option<String>>,
    /// The button pressed is drawn elsewhere once its row has moved: it takes the focus again there.
    pressed: StoredValue<Option<String>>,
    /// Puts a row before another, or at the end.
    put: Callback<(String, Option<String>)>,
}

impl Reorder {
    /// The rows of a list.
    pub fn of(order: Memo<Vec<String>>, put: Callback<(String, Option<String>)>) -> Self {
        let pressed = StoredValue::new(None::<String>);
        Effect::new(move |_| {
            order.track();
            if let Some(pressed) = pressed.try_update_value(Option::take).flatten() {
                browser::focus_soon(pressed);
            }
        });
        Reorder { order, dragged: RwSignal::new(None), over: RwSignal::new(None), pressed, put }
    }

    /// Whether a row is being dragged.
    pub fn is_dragging(self) -> bool {
        self.dragged.with(Option::is_some)
    }

    /// Whether it is this one.
    pub fn is_dragged(self, key: &str) -> bool {
        self.dragged.with(|dragged| dragged.as_deref() == Some(key))
    }

    /// Whether another is held over this one.
    pub fn is_over(self, key: &str) -> bool {
        self.over.with(|over| over.as_deref() == Some(key)) && !self.is_dragged(key)
    }

    fn place(self, key: &str) -> Option<usize> {
        self.order.with(|order| order.iter().position(|one| one == key))
    }

    fn drop_on(self, key: &str, over: &str) {
        if let Some(before) = self.order.with_untracked(|order| dropped(order, key, over)) {
            self.put.run((key.to_owned(), before));
        }
    }

    fn step(self, key: &str, by: isize, button: &str) {
        let there = self.order.with_untracked(|order| {
            let at = order.iter().position(|one| one == key)?.checked_add_signed(by)?;
            order.get(at).cloned()
        });
        if let Some(there) = there {
            self.pressed.set_value(Some(format!("{button}-{}", browser::html_id(key))));
            self.drop_on(key, &there);
        }
    }
}

/// Before which row one goes that is let go over another: before it when it came from below, after it when from above. None
/// where it stays; the end is no row at all.
fn dropped(order: &[String], key: &str, over: &str) -> Option<Option<String>> {
    let place = |key: &str| order.iter().position(|one| one == key);
    let (from, to) = (place(key)?, place(over)?);
    match to.cmp(&from) {
        std::cmp::Ordering::Less => Some(Some(over.to_owned())),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(order.get(to + 1).cloned()),
    }
}

/// The buttons that put a row one place higher or lower.
#[component]
pub fn StepButtons(
    /// The rows.
    rows: Reorder,
    /// Which row.
    key: String,
    /// What it is called, for whoever does not see it.
    name: String,
) -> impl IntoView {
    let (first, last, up, down) = (key.clone(), key.clone(), key.clone(), key.clone());
    let id = browser::html_id(&key);
    let is_first = move || rows.place(&first) == Some(0);
    let is_last = move || rows.place(&last).is_none_or(|at| at + 1 >= rows.order.with(Vec::len));
    view! {
        <button
            type="button"
            id=format!("up-{id}")
            aria-disabled=move || is_first().then_some("true")
            on:click=move |_| rows.step(&up, -1, "up")
        >
            {w::up}
            <span class="unseen">" "{name.clone()}</span>
        </button>
        <button
            type="button"
            id=format!("down-{id}")
            aria-disabled=move || is_last().then_some("true")
            on:click=move |_| rows.step(&down, 1, "down")
        >
            {w::down}
            <span class="unseen">" "{name}</span>
        </button>
    }
}

/// What one takes a row by: a row says its key as `data-row`. The buttons do the same for who has no pointer.
#[component]
pub fn Handle(
    /// The rows.
    rows: Reorder,
    /// Which row.
    key: String,
) -> impl IntoView {
    let handle = NodeRef::<html::Span>::new();
    let (pressed, held) = (key.clone(), key);
    let down = move |event: PointerEvent| {
        event.prevent_default();
        if let Some(handle) = handle.get_untracked() {
            // Its moves come here wherever they go.
            let _ = handle.set_pointer_capture(event.pointer_id());
            rows.dragged.set(Some(pressed.clone()));
            rows.over.set(Some(pressed.clone()));
        }
    };
    let moved = move |event: PointerEvent| {
        if rows.dragged.with_untracked(|dragged| dragged.as_ref() == Some(&held)) {
            let under = document().element_from_point(event.client_x() as f32, event.client_y() as f32);
            let row = under.and_then(|under| under.closest("[data-row]").ok().flatten());
            let there = row.and_then(|row| row.get_attribute("data-row"));
            let is_row = there.as_ref().is_some_and(|there| rows.order.with_untracked(|order| order.contains(there)));
            if is_row && rows.over.get_untracked() != there {
                rows.over.set(there);
            }
        }
    };
    let let_go = move |is_put: bool| {
        let (held, onto) = (rows.dragged.get_untracked(), rows.over.get_untracked());
        rows.dragged.set(None);
        rows.over.set(None);
        if let (true, Some(held), Some(onto)) = (is_put, held, onto) {
            rows.drop_on(&held, &onto);
        }
    };
    view! {
        <span
            class="handle"
            aria-hidden="true"
            node_ref=handle
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=move |_| let_go(true)
            on:pointercancel=move |_| let_go(false)
        >
            <Icon shape=Shape::More />
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_let_go_over_another_takes_its_place() {
        let order = ["one", "two", "three"].map(str::to_owned);
        let before = |key: &str| Some(Some(key.to_owned()));
        assert_eq!(dropped(&order, "three", "one"), before("one"));
        assert_eq!(dropped(&order, "one", "two"), before("three"));
        assert_eq!(dropped(&order, "one", "three"), Some(None), "the end");
        assert_eq!(dropped(&order, "two", "two"), None);
        assert_eq!(dropped(&order, "nobody", "two"), None);
    }
}
