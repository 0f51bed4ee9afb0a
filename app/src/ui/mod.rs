//! The small parts that screens are made of: one file each, plain HTML under a style sheet of the same name.
//!
//! They know words and the browser; they know nothing of any screen.

pub mod binding;
pub mod icon;
pub mod title;

pub mod birth_fields;
pub mod choice;
pub mod commune_field;
pub mod day_advice;
pub mod day_field;
pub mod emergency_numbers;
pub mod entry_field;
pub mod error_summary;
pub mod form_frame;
pub mod hour_field;
pub mod lines;
pub mod narrow;
pub mod passphrase_field;
pub mod phone_lines;
pub mod recipient_field;
pub mod reorder;
pub mod save_bar;
pub mod suggest;
pub mod text_area;
pub mod text_field;
pub mod ticks;
pub mod who_field;
pub mod word_completions;

pub mod call;
pub mod conflicts;
pub mod failure_note;
pub mod follow_up;
pub mod history;
pub mod loaded;
pub mod long_rows;
pub mod made_up;
pub mod more_rows;
pub mod on_paper;

pub use binding::Text;
pub use birth_fields::{BirthFields, birth_parts, read_birth};
pub use call::CallLink;
pub use choice::{Chips, Choice};
pub use commune_field::CommuneField;
pub use conflicts::Conflicts;
pub use day_advice::DayAdvice;
pub use day_field::{DayField, today_or_yesterday};
pub use emergency_numbers::EmergencyNumbers;
pub use entry_field::EntryField;
pub use error_summary::{ErrorSummary, Problem};
pub use failure_note::FailureNote;
pub use form_frame::{FormFrame, Opened, Save};
pub use history::FieldsHistory;
pub use hour_field::HourField;
pub use icon::{Icon, Shape};
pub use lines::Lines;
pub use loaded::{load, load_once, when_loaded};
pub use long_rows::LongRows;
pub use made_up::MadeUp;
pub use more_rows::{MoreRows, SLICE};
pub use narrow::Narrow;
pub use on_paper::{OnPaper, PrintButton, most, sought};
pub use passphrase_field::PassphraseField;
pub use phone_lines::PhoneLines;
pub use recipient_field::RecipientField;
pub use reorder::{Handle, Reorder, StepButtons};
pub use save_bar::{FORM, SaveBar, SaveBarRoom};
pub use suggest::Suggest;
pub use text_area::TextArea;
pub use text_field::{InputKind, TextField};
pub use ticks::Ticks;
pub use title::{Back, Title};
pub use who_field::WhoField;
pub use word_completions::WordCompletions;
