//! What the mayor's office may read of a coordinator's work: figures that identify nobody.
//!
//! *Facts* are counted in the *books*, month by month, and closed like accounts: what is noted late counts in the month
//! that is still open. A fixed *grid* says which tables exist, in which lines, at which level of time. Whatever is
//! published is a sum over *parts* of the books, and every part passes one test: enough distinct persons behind it, and
//! nobody with half of it (the literature's primary suppression: a threshold rule and a dominance rule). What fails is
//! put together with something else (recoding and secondary suppression), in time as in lines, before anything is said.
//! So whoever adds and subtracts all that was ever published learns at most the size of a part, never how it divides.
//! Decision 0028 has the argument, and the attacks are in `shared/tests/attacker.rs`.
//!
//! It never knows a name, a word that someone said, nor how the coordinator worked; it never measures them.

mod code;
pub mod fact;
pub mod period;

pub mod grid;

pub mod books;
mod crowd;

pub mod publication;
pub mod publish;

pub mod correct;

pub mod compare;

pub mod report;
