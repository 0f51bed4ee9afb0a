//! How a form says what changed: field by field, against what it was opened with.
//!
//! A form that wrote itself back whole would erase what a colleague wrote meanwhile. So a form keeps the record it was
//! opened with, and sends the differences only.

/// Declares the text fields of a record: an enum of them, and how to read and write each by name.
///
/// The code is what the journal writes; it never changes its meaning.
macro_rules! text_fields {
    ($(#[$doc:meta])* $fields:ident of $record:ident { $($(#[$field_doc:meta])* $variant:ident = $code:literal => $($path:ident).+),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $fields {
            $($(#[$field_doc])* $variant,)*
        }

        impl $fields {
            /// Every text field, in reading order.
            pub const ALL: &'static [$fields] = &[$($fields::$variant),*];

            /// The field's code in the journal.
            pub const fn code(self) -> &'static str {
                match self { $($fields::$variant => $code,)* }
            }

            /// The field that a code names.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some($fields::$variant),)* _ => None }
            }
        }

        impl $record {
            /// One text field.
            pub fn text(&self, field: $fields) -> &str {
                match field { $($fields::$variant => &self.$($path).+,)* }
            }

            /// One text field, to write.
            pub fn text_mut(&mut self, field: $fields) -> &mut String {
                match field { $($fields::$variant => &mut self.$($path).+,)* }
            }

            /// The text fields in which another differs.
            pub fn text_differences<'a>(&'a self, edited: &'a $record) -> impl Iterator<Item = ($fields, &'a str)> + 'a {
                $fields::ALL.iter().copied()
                    .filter(|field| self.text(*field) != edited.text(*field))
                    .map(|field| (field, edited.text(field)))
            }
        }
    };
}

pub(crate) use text_fields;

/// The line that a change is about; it comes into being where it is not there.
pub(super) fn line<T>(lines: &mut Vec<T>, is_it: impl Fn(&T) -> bool, empty: impl FnOnce() -> T) -> &mut T {
    let at = lines.iter().position(is_it).unwrap_or_else(|| {
        lines.push(empty());
        lines.len() - 1
    });
    &mut lines[at]
}

/// The line as it was; one with nothing on it where it was not there.
pub(super) fn held<T: Clone>(lines: &[T], is_it: impl Fn(&T) -> bool, empty: impl Fn() -> T) -> T {
    lines.iter().find(|line| is_it(line)).cloned().unwrap_or_else(empty)
}

/// The ids of the lines that are no longer there.
pub(super) fn gone<T, Id: PartialEq>(before: &[T], after: &[T], id: impl Fn(&T) -> Id) -> Vec<Id> {
    before.iter().map(&id).filter(|gone| after.iter().all(|line| id(line) != *gone)).collect()
}
