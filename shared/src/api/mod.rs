//! The one door between screens and engine: a request goes in as bytes, an answer comes out as bytes.
//!
//! Both sides are always of the same build, so the codec is compact and says nothing of itself; what is written for
//! ever has types of its own, in the engine. Screens say what happened in the domain's words, and receive plain data.
//! What goes through has no `Debug`, so that no log can print what someone typed.

pub mod addresses;
pub mod alerts;
pub mod application;
pub mod calendar;
pub mod calls;
pub mod charter;
pub mod collective;
pub mod diagnosis;
pub mod directory;
pub mod drafts;
pub mod errors;
pub mod exchanges;
pub mod groups;
pub mod households;
pub mod imports;
pub mod information;
pub mod journals;
pub mod lending;
pub mod loading;
pub mod means;
pub mod meetings;
pub mod neighbours;
pub mod outreach;
pub mod practice;
pub mod procedures;
pub mod programme;
pub mod projects;
pub mod reception;
pub mod register;
pub mod reply;
pub mod requests;
pub mod response;
pub mod responses;
pub mod retention;
pub mod roadmap;
pub mod rounds;
pub mod sharing;
pub mod sheets;
pub mod stays;
pub mod summary;
pub mod surveys;
pub mod timeline;
pub mod triage;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use errors::Failure;
pub use reply::Reply;
pub use requests::Request;
pub use response::{Response, one};
pub use responses::Notice;

/// What the door answers.
pub type Answer = Result<Response, Failure>;

/// The bytes of a request, an answer or a notice.
pub fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    // Plain data into a growing buffer: the codec has nothing to refuse.
    postcard::to_allocvec(value).unwrap_or_default()
}

/// What bytes say, or nothing if they are not ours.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_goes_through_the_door() {
        let answer: Answer = Err(Failure::WrongPassphrase);
        assert!(decode::<Answer>(&encode(&answer)) == Some(answer));
    }

    #[test]
    fn bytes_of_someone_else_are_nothing() {
        assert!(decode::<Request>(&[0xff; 40]).is_none());
        assert!(decode::<Request>(&[]).is_none());
    }
}
