//! One device in a test: an engine, where its notebook rests, the clock on the wall, the chance it draws.
//!
//! Nothing here sleeps, opens a socket or asks the system anything: a story with the same seed goes twice alike. The
//! real hosts are in [`crate::e2e`].

mod commons;
mod desk;
mod device;
mod every;
mod shelf;
mod wire;

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

pub use commons::Commons;
pub use desk::{Clock, Desk};
pub use device::{Device, Held, PASSPHRASE, just};
pub use every::every;
pub use shelf::{Shelf, ShelfStore, copy_into};
pub use wire::{Carried, Cut, Wire, endpoint};

/// Runs what never waits, as an engine over a store of this thread.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing on this thread waits for anything"),
    }
}
