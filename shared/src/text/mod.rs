//! Text: how French is folded, compared, sorted and written.
//!
//! Pure functions from text to text. Nothing here knows what a person or a structure is, keeps anything, or asks what
//! day it is.

pub mod language;

pub mod fold;
pub mod near;
pub mod sort;
pub mod sound;

pub mod copied;
pub mod tokens;

pub mod phone;

pub mod format;
pub mod french;
