//! The engine on a thread of its own, behind a mailbox.
//!
//! Letters are answered strictly one after another, in the order in which they came. The engine is made on that thread
//! and never leaves it. If it panics, this letter and all the later ones are answered *stopped*: what had been
//! acknowledged is on disk, and a half-done thought is never used again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;

use futures_channel::oneshot;
use maillon_engine::engine::Engine;
use maillon_shared::api::{Answer, Failure, Notice, encode};
use zeroize::Zeroizing;

use crate::ambient::SystemAmbient;
use crate::place::Place;

/// A way to speak to an engine. Clones speak to the same one; when the last is gone, the notebook is closed.
#[derive(Clone)]
pub struct EngineThread {
    mailbox: mpsc::Sender<Letter>,
}

impl EngineThread {
    /// Starts an engine for the notebook that is, or will be, in that folder. Nothing is opened or made before it is
    /// asked for. Notices come as bytes, on the engine's thread.
    pub fn start(dir: PathBuf, notices: Box<dyn Fn(Vec<u8>) + Send>) -> EngineThread {
        EngineThread::with_handler(move || {
            let tell = Box::new(move |notice: Notice| notices(encode(&notice)));
            let mut engine = Engine::new(Place::new(dir), SystemAmbient, tell);
            move |request: Vec<u8>| {
                // It may hold a passphrase.
                let request = Zeroizing::new(request);
                pollster::block_on(engine.handle_bytes(&request))
            }
        })
    }

    /// Asks, and waits on this thread.
    pub fn ask_blocking(&self, request: Vec<u8>) -> Vec<u8> {
        pollster::block_on(self.ask(request))
    }

    /// Asks. The letter is in the mailbox as soon as this is called, before it is awaited.
    pub fn ask(&self, request: Vec<u8>) -> impl Future<Output = Vec<u8>> + Send + use<> {
        let (reply, answer) = oneshot::channel();
        let sent = self.mailbox.send(Letter::Request(request, reply));
        async move {
            match sent {
                Ok(()) => answer.await.unwrap_or_else(|_| stopped()),
                Err(_) => stopped(),
            }
        }
    }

    /// Closes the notebook, after what was asked before, and returns once its folder is free. Whatever a clone asks
    /// later is answered *stopped*.
    pub fn close(self) {
        let (reply, closed) = oneshot::channel();
        if self.mailbox.send(Letter::Close(reply)).is_ok() {
            // An error says that the thread is gone: closed as well.
            let _ = pollster::block_on(closed);
        }
    }

    /// Starts the thread with whatever answers: the engine, or a test's own.
    fn with_handler<H, F>(make: F) -> EngineThread
    where
        F: FnOnce() -> H + Send + 'static,
        H: FnMut(Vec<u8>) -> Vec<u8> + 'static,
    {
        let (mailbox, letters) = mpsc::channel();
        // Where the system has no thread to give, the letters' end is dropped, and every answer is "stopped".
        let _ = thread::Builder::new().name("engine".into()).spawn(move || serve(&letters, make));
        EngineThread { mailbox }
    }
}

enum Letter {
    Request(Vec<u8>, oneshot::Sender<Vec<u8>>),
    Close(oneshot::Sender<()>),
}

fn serve<H: FnMut(Vec<u8>) -> Vec<u8>>(letters: &mpsc::Receiver<Letter>, make: impl FnOnce() -> H) {
    let mut handler = catch_unwind(AssertUnwindSafe(make)).ok();
    while let Ok(letter) = letters.recv() {
        match letter {
            Letter::Request(request, reply) => {
                let answer = handler.as_mut().map(|handle| catch_unwind(AssertUnwindSafe(|| handle(request))));
                let answer = match answer {
                    Some(Ok(answer)) => answer,
                    Some(Err(_)) => {
                        forget(&mut handler);
                        stopped()
                    }
                    None => stopped(),
                };
                // Whoever asked may have gone since.
                let _ = reply.send(answer);
            }
            Letter::Close(reply) => {
                forget(&mut handler);
                let _ = reply.send(());
            }
        }
    }
}

/// Drops the engine: keys are wiped, the folder is free. What broke once may break again while it is dropped.
fn forget<H>(handler: &mut Option<H>) {
    let gone = handler.take();
    let _ = catch_unwind(AssertUnwindSafe(|| drop(gone)));
}

fn stopped() -> Vec<u8> {
    encode::<Answer>(&Err(Failure::Stopped))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

    use std::sync::mpsc;

    use maillon_shared::api::decode;

    use super::*;

    fn is_stopped(answer: &[u8]) -> bool {
        decode::<Answer>(answer) == Some(Err(Failure::Stopped))
    }

    #[test]
    fn letters_are_answered_one_after_another_in_order() {
        let (seen, order) = mpsc::channel();
        let engine = EngineThread::with_handler(move || {
            move |request: Vec<u8>| {
                seen.send(request[0]).unwrap();
                request
            }
        });
        let answers: Vec<_> = (0..50).map(|n| engine.clone().ask(vec![n])).collect();
        for (n, answer) in answers.into_iter().enumerate() {
            assert_eq!(pollster::block_on(answer), [n as u8]);
        }
        assert!(order.try_iter().eq(0..50));
    }

    #[test]
    fn after_a_panic_everything_is_stopped_and_nothing_hangs() {
        let engine = EngineThread::with_handler(|| {
            |request: Vec<u8>| if request == b"break" { panic!("as asked") } else { request }
        });
        assert_eq!(engine.ask_blocking(b"before".to_vec()), b"before");
        assert!(is_stopped(&engine.ask_blocking(b"break".to_vec())));
        assert!(is_stopped(&engine.ask_blocking(b"after".to_vec())));
        engine.close();
    }

    #[test]
    fn an_engine_that_cannot_even_start_is_stopped() {
        fn never() -> fn(Vec<u8>) -> Vec<u8> {
            panic!("as asked")
        }
        assert!(is_stopped(&EngineThread::with_handler(never).ask_blocking(Vec::new())));
    }

    #[test]
    fn closing_waits_until_the_engine_is_gone() {
        struct Folder(mpsc::Sender<&'static str>);
        impl Drop for Folder {
            fn drop(&mut self) {
                self.0.send("free").unwrap();
            }
        }
        let (said, heard) = mpsc::channel();
        let engine = EngineThread::with_handler(move || {
            let folder = Folder(said);
            move |request| {
                let _in_use = &folder;
                request
            }
        });
        let other = engine.clone();
        engine.close();
        assert_eq!(heard.try_recv(), Ok("free"));
        assert!(is_stopped(&other.ask_blocking(Vec::new())));
    }
}
