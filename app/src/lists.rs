//! The words of the lists, in the language spoken now.

use maillon_shared::domain::lists::{ListId, Lists};

use crate::ui::Choice;
use crate::words::language;

/// An item's words; what no list has is shown as it is written.
pub fn label(list: ListId, kept: &str) -> &str {
    Lists::starting(language()).label(list, kept)
}

/// A list as choices, in its order.
pub fn choices(list: ListId) -> Vec<Choice> {
    Lists::starting(language()).items(list).iter().map(|item| Choice::new(item.id, item.label)).collect()
}
