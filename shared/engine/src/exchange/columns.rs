//! What the columns of a table seem to be, whatever the table is about.
//!
//! A guess is only a guess: it comes with its reason, and someone confirms it. Heads speak first, then what the cells
//! look like.

use maillon_shared::text::fold::fold;

use super::table::{RawRow, RawTable};

/// What a column seems to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnGuess<F> {
    /// Which column, from 0.
    pub column: usize,
    /// What it seems to hold, if anything known.
    pub field: Option<F>,
    /// What makes it seem so.
    pub why: Clue,
}

/// What a guess rests on, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clue {
    /// The head is a name of the field.
    Head,
    /// The head has a name of the field in it.
    PartOfHead,
    /// The cells look like it.
    Cells,
    /// Nothing.
    None,
}

/// A field, the head written for it, and other heads it is known by (folded when compared).
pub(super) struct Words<F> {
    pub field: F,
    pub head: &'static str,
    pub others: &'static [&'static str],
}

/// How many lines are looked at.
const SAMPLE: usize = 200;

/// Takes the first line for one like the others where no head is known and some look like cells.
pub(super) fn settle_heads<F: Copy>(
    table: RawTable,
    fields: &[Words<F>],
    is_like_a_cell: impl Fn(&str) -> bool,
) -> RawTable {
    let known = table.header.iter().any(|head| field_of_head(fields, head).is_some());
    let like_cells = table.header.iter().any(|head| is_like_a_cell(head.trim()));
    if !known && like_cells { table.without_heads() } else { table }
}

/// Leaves each field to the column whose clue is best. The second that says so by its head becomes `second`.
pub(super) fn keep_one_each<F: Copy + PartialEq>(
    guesses: &mut [ColumnGuess<F>],
    may_repeat: impl Fn(F) -> bool,
    second: F,
) {
    let mut order: Vec<usize> = (0..guesses.len()).collect();
    order.sort_by_key(|at| guesses[*at].why);
    let mut taken: Vec<F> = Vec::new();
    for at in order {
        let Some(field) = guesses[at].field else { continue };
        if taken.contains(&field) && !may_repeat(field) {
            guesses[at].field = (guesses[at].why != Clue::Cells).then_some(second);
        } else {
            taken.push(field);
        }
    }
}

/// The field that a head names.
pub(super) fn field_of_head<F: Copy>(fields: &[Words<F>], head: &str) -> Option<(F, Clue)> {
    let head = fold(head);
    if head.is_empty() {
        return None;
    }
    let names = || {
        fields
            .iter()
            .flat_map(|words| std::iter::once(&words.head).chain(words.others).map(|name| (words.field, fold(name))))
    };
    if let Some((field, _)) = names().find(|(_, name)| *name == head) {
        return Some((field, Clue::Head));
    }
    // The longest name wins: "adresse mail de contact" is a mail, not an address nor a contact.
    let padded = format!(" {head} ");
    let inside = names().filter(|(_, name)| padded.contains(&format!(" {name} ")));
    let longest = inside.max_by_key(|(_, name)| (name.split(' ').count(), name.len()))?;
    Some((longest.0, Clue::PartOfHead))
}

/// The first cells of a column that say something.
pub(super) fn sample(rows: &[RawRow], column: usize) -> Vec<&str> {
    rows.iter().take(SAMPLE).map(|row| row.cell(column)).filter(|cell| !cell.is_empty()).collect()
}

/// What six cells in ten look like.
pub(super) fn field_of_cells<F: Copy + PartialEq>(
    rows: &[RawRow],
    column: usize,
    looks_like: impl Fn(&str) -> Option<F>,
) -> Option<F> {
    let cells = sample(rows, column);
    let seen: Vec<F> = cells.iter().filter_map(|cell| looks_like(cell)).collect();
    let count = |field: F| seen.iter().filter(|other| **other == field).count();
    let most = seen.iter().copied().max_by_key(|field| count(*field))?;
    (count(most) * 10 >= cells.len() * 6).then_some(most)
}
