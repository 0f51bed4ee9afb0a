//! One answer of the door, read for what was asked and for nothing else.
//!
//! Reading any answer whatever needs the code of every answer there is. A screen that names the one it asked for carries
//! only that one's: so the parts that the browser loads apart (`app/src/pages`) each hold their own, and the program
//! that opens holds none of theirs.

use serde::de::DeserializeOwned;

use super::errors::Failure;

/// One of the variants of [`Response`](super::Response).
pub trait One {
    /// What it holds.
    type Value: DeserializeOwned;
    /// Which of them it is, counted as the codec does.
    const AT: u32;
}

/// What was answered when all went well, not read yet.
pub struct Reply {
    at: u32,
    value: Vec<u8>,
}

impl Reply {
    /// Takes an answer's bytes apart.
    ///
    /// # Errors
    ///
    /// The failure that was answered, or that the bytes are not ours.
    pub fn read(answer: &[u8]) -> Result<Reply, Failure> {
        // A variant is its number and then what it holds: the number alone reads as one.
        let read = postcard::take_from_bytes::<Result<u32, Failure>>(answer);
        let (at, value) = read.map_err(|_| Failure::NotUnderstood)?;
        Ok(Reply { at: at?, value: value.to_vec() })
    }

    /// What it holds, if it is that answer.
    ///
    /// # Errors
    ///
    /// That it is another one, or that its bytes are not ours.
    pub fn only<R: One>(&self) -> Result<R::Value, Failure> {
        match self.at == R::AT {
            true => postcard::from_bytes(&self.value).map_err(|_| Failure::NotUnderstood),
            false => Err(Failure::NotUnderstood),
        }
    }
}

/// Declares the answers, and in `one` a name for each by which it alone is read.
macro_rules! responses {
    ($(#[$about:meta])* pub enum Response { $($(#[$said:meta])* $name:ident $(($value:ty))?,)* }) => {
        $(#[$about])*
        #[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Response { $($(#[$said])* $name $(($value))?,)* }

        /// The same names without what they hold: they count as the codec does.
        enum Counted { $($name,)* }

        /// Each answer by itself.
        pub mod one {
            $($(#[$said])* pub struct $name;)*
        }

        $(impl $crate::api::reply::One for one::$name {
            #[allow(unused_parens, reason = "of an answer that holds nothing they make the unit")]
            type Value = ($($value)?);
            const AT: u32 = Counted::$name as u32;
        })*
    };
}
pub(crate) use responses;

#[cfg(test)]
mod tests {
    use super::super::responses::Verification;
    use super::super::{Answer, Response, encode, one};
    use super::*;

    fn read(answer: &Answer) -> Result<Reply, Failure> {
        Reply::read(&encode(answer))
    }

    #[test]
    fn what_was_asked_for_is_read_alone() {
        let verified = Verification { documents: 3, ..Verification::default() };
        let reply = read(&Ok(Response::Verified(verified))).ok();
        assert!(reply.is_some_and(|reply| reply.only::<one::Verified>() == Ok(verified)));
        let words = vec!["platane".to_owned(), "pinson".to_owned()];
        let reply = read(&Ok(Response::Words(words.clone()))).ok();
        assert!(reply.is_some_and(|reply| reply.only::<one::Words>() == Ok(words)));
        let reply = read(&Ok(Response::Done)).ok();
        assert!(reply.is_some_and(|reply| reply.only::<one::Done>() == Ok(())));
    }

    #[test]
    fn another_answer_is_not_taken_for_it() {
        let reply = read(&Ok(Response::Places(vec!["platane".into()]))).ok();
        assert!(reply.is_some_and(|reply| reply.only::<one::Words>() == Err(Failure::NotUnderstood)));
    }

    #[test]
    fn a_failure_is_said_as_it_was() {
        assert!(read(&Err(Failure::WrongPassphrase)).err() == Some(Failure::WrongPassphrase));
        assert!(Reply::read(&[0xff; 40]).err() == Some(Failure::NotUnderstood));
        assert!(Reply::read(&[]).err() == Some(Failure::NotUnderstood));
    }
}
