//! Surveys of events: what visitors and exhibitors answered, counted without knowing any of them.
//!
//! A *question* is the same one year after year, whatever is corrected in its words. A *survey* asks some of them at
//! one event. *Responses* come from tablets without a network and from paper typed back; *batches* of them meet in any
//! order, as often as one likes, and each response counts once. *Totals* say how many answered, apart from those who
//! did not; *published* figures of earlier years keep the number of people that was published with them, or none.
//!
//! It never knows who answered: a response has no name, no contact, no hour. Words that someone wrote are never
//! counted, and leave only once somebody has read them.

pub mod question;
mod question_changes;
pub mod questionnaire;
pub mod template;

pub mod record;

pub mod response;
pub mod sitting;

pub mod merge;
pub mod totals;

pub mod published;

pub mod compare;

pub mod leaving;
pub mod remarks;
