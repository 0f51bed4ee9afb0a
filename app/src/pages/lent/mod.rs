//! Notebooks lent to someone else's device: what is said aloud when one is lent, and the screens that only a lent one has.

mod day;
mod hand_back;
mod handed_back;
mod lent_now;
mod renew;
mod take_back;

pub use day::AgentsDayPage;
pub use hand_back::HandBackPage;
pub use handed_back::{Came, HandedBack};
pub use lent_now::{LendButton, LentNow};
pub use take_back::TakeBackRegister;

use crate::routes::RegisterRoute;

/// The screens of the register that an agent has: who is designated, what is erased and what comes in as a list is for the
/// notebook that lent.
pub fn is_an_agents(route: &RegisterRoute) -> bool {
    match route {
        RegisterRoute::List
        | RegisterRoute::Print
        | RegisterRoute::New(None)
        | RegisterRoute::Entry(_)
        | RegisterRoute::Edit(_)
        | RegisterRoute::Letter(_)
        | RegisterRoute::StrikeOff(_)
        | RegisterRoute::Agents
        | RegisterRoute::Extracts
        | RegisterRoute::NewExtract
        | RegisterRoute::Extract(_) => true,
        RegisterRoute::New(Some(_)) | RegisterRoute::Data(_) | RegisterRoute::NewAgent | RegisterRoute::Import => false,
    }
}
