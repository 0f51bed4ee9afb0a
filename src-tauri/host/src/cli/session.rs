//! A notebook to speak with, through the same door as the screens.

use std::path::PathBuf;

use maillon_host::EngineThread;
use maillon_shared::api::requests::Secret;
use maillon_shared::api::responses::Status;
use maillon_shared::api::{Answer, Failure, Request, Response, decode, encode};

use super::problem::Problem;

/// An engine, and nothing said yet.
pub(super) struct Session {
    engine: EngineThread,
}

impl Session {
    /// Opens nothing before something is asked.
    pub(super) fn start(dir: PathBuf) -> Self {
        // Nobody watches: notices are for screens.
        Session { engine: EngineThread::start(dir, Box::new(|_| {})) }
    }

    /// Asks, and waits.
    pub(super) fn ask(&self, request: &Request) -> Result<Response, Problem> {
        match decode::<Answer>(&self.engine.ask_blocking(encode(request))) {
            Some(answer) => Ok(answer?),
            None => Err(Problem::Unexpected),
        }
    }

    /// Whether there is a notebook here.
    pub(super) fn status(&self) -> Result<Status, Problem> {
        match self.ask(&Request::Status)? {
            Response::Status(status) => Ok(status),
            _ => Err(Problem::Unexpected),
        }
    }

    /// Opens the notebook. What opens it is asked for only where there is one, and it is free.
    pub(super) fn unlock(&self, secret: impl FnOnce() -> Result<Secret, Problem>) -> Result<(), Problem> {
        match self.status()? {
            Status::None => Err(Failure::NoNotebook.into()),
            Status::Open => Ok(()),
            Status::Locked => self.ask(&Request::Unlock(secret()?)).map(drop),
        }
    }

    /// Carries lines to other devices, until the session ends.
    pub(super) fn carry_lines(&self) {
        maillon_host::network::start(&self.engine);
    }

    /// Leaves the folder free.
    pub(super) fn close(self) {
        self.engine.close();
    }
}
