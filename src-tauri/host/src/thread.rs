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
use maillon_engine::lines::{self, Over, Wanted};
use maillon_shared::api::{Answer, Failure, Notice, encode};
use tokio::sync::watch;
use zeroize::Zeroizing;

use crate::ambient::SystemAmbient;
use crate::place::Place;

/// A way to speak to an engine. Clones speak to the same one; when the last is gone, the notebook is closed.
#[derive(Clone)]
pub struct EngineThread {
    mailbox: mpsc::Sender<Letter>,
    wanted: watch::Receiver<Option<Wanted>>,
}

/// What answers letters: the engine, or a test's own.
trait Answers {
    /// What somebody at the screens asks.
    fn request(&mut self, request: Vec<u8>) -> Vec<u8>;

    /// What the network tells.
    fn line(&mut self, event: lines::Event) -> lines::Answer;

    /// What is wanted of the network now.
    fn wanted(&mut self) -> Wanted;
}

impl Answers for Engine<Place, SystemAmbient> {
    fn request(&mut self, request: Vec<u8>) -> Vec<u8> {
        // It may hold a passphrase.
        let request = Zeroizing::new(request);
        pollster::block_on(self.handle_bytes(&request))
    }

    fn line(&mut self, event: lines::Event) -> lines::Answer {
        pollster::block_on(Engine::line(self, event))
    }

    fn wanted(&mut self) -> Wanted {
        pollster::block_on(Engine::wanted(self))
    }
}

impl EngineThread {
    /// Starts an engine for the notebook that is, or will be, in that folder. Nothing is opened or made before it is
    /// asked for. Notices come as bytes, on the engine's thread.
    pub fn start(dir: PathBuf, notices: Box<dyn Fn(Vec<u8>) + Send>) -> EngineThread {
        EngineThread::with_handler(move || {
            let tell = Box::new(move |notice: Notice| notices(encode(&notice)));
            Engine::new(Place::new(dir), SystemAmbient, tell)
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

    /// Tells what happened on the network, and hears what is to be done.
    pub(crate) fn line(&self, event: lines::Event) -> impl Future<Output = lines::Answer> + Send + use<> {
        let (reply, answer) = oneshot::channel();
        let sent = self.mailbox.send(Letter::Line(event, reply));
        async move {
            match sent {
                Ok(()) => answer.await.unwrap_or_else(|_| refused()),
                Err(_) => refused(),
            }
        }
    }

    /// What the engine wants of the network: none once its notebook was closed for good.
    pub(crate) fn wanted(&self) -> watch::Receiver<Option<Wanted>> {
        self.wanted.clone()
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
        H: Answers + 'static,
    {
        let (mailbox, letters) = mpsc::channel();
        let (wants, wanted) = watch::channel(Some(Wanted::default()));
        // Where the system has no thread to give, the letters' end is dropped, and every answer is "stopped".
        let _ = thread::Builder::new().name("engine".into()).spawn(move || serve(&letters, &wants, make));
        EngineThread { mailbox, wanted }
    }
}

enum Letter {
    Request(Vec<u8>, oneshot::Sender<Vec<u8>>),
    Line(lines::Event, oneshot::Sender<lines::Answer>),
    Close(oneshot::Sender<()>),
}

fn serve<H: Answers>(
    letters: &mpsc::Receiver<Letter>,
    wants: &watch::Sender<Option<Wanted>>,
    make: impl FnOnce() -> H,
) {
    let mut handler = catch_unwind(AssertUnwindSafe(make)).ok();
    while let Ok(letter) = letters.recv() {
        match letter {
            // Whoever asked may have gone since.
            Letter::Request(request, reply) => {
                let answer = attempt(&mut handler, |handler| handler.request(request)).unwrap_or_else(stopped);
                want(&mut handler, wants);
                let _ = reply.send(answer);
            }
            Letter::Line(event, reply) => {
                let answer = attempt(&mut handler, |handler| handler.line(event)).unwrap_or_else(refused);
                want(&mut handler, wants);
                let _ = reply.send(answer);
            }
            Letter::Close(reply) => {
                wants.send_replace(None);
                forget(&mut handler);
                let _ = reply.send(());
            }
        }
    }
}

/// Does it, unless what answers is gone; what breaks at it is gone then.
fn attempt<H, T>(handler: &mut Option<H>, work: impl FnOnce(&mut H) -> T) -> Option<T> {
    let done = handler.as_mut().map(|handler| catch_unwind(AssertUnwindSafe(|| work(handler))));
    match done {
        Some(Ok(done)) => Some(done),
        Some(Err(_)) => {
            forget(handler);
            None
        }
        None => None,
    }
}

/// What is wanted of the network is known before whoever asked has the answer.
fn want<H: Answers>(handler: &mut Option<H>, wants: &watch::Sender<Option<Wanted>>) {
    let now = attempt(handler, Answers::wanted);
    wants.send_if_modified(|wanted| {
        let changes = *wanted != now;
        *wanted = now;
        changes
    });
}

/// Drops the engine: keys are wiped, the folder is free. What broke once may break again while it is dropped.
fn forget<H>(handler: &mut Option<H>) {
    let gone = handler.take();
    let _ = catch_unwind(AssertUnwindSafe(|| drop(gone)));
}

fn stopped() -> Vec<u8> {
    encode::<Answer>(&Err(Failure::Stopped))
}

fn refused() -> lines::Answer {
    lines::Answer { over: Some(Over::Refused), ..lines::Answer::default() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

    use std::sync::mpsc;

    use maillon_shared::api::decode;

    use super::*;

    impl<F: FnMut(Vec<u8>) -> Vec<u8>> Answers for F {
        fn request(&mut self, request: Vec<u8>) -> Vec<u8> {
            self(request)
        }

        fn line(&mut self, _event: lines::Event) -> lines::Answer {
            lines::Answer::default()
        }

        fn wanted(&mut self) -> Wanted {
            Wanted::default()
        }
    }

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
