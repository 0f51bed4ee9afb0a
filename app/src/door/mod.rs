//! The one door: a request goes out as bytes, an answer comes back as bytes.
//!
//! Which host stands behind it, the desktop's native thread or the browser's worker, is found out once, when the page
//! opens; no screen knows which. Requests are answered in the order in which they were asked.

mod window;
mod worker;

use std::cell::{Cell, RefCell};

use maillon_shared::api::{self, Failure, Notice, Reply, Request};

use window::Window;
use worker::Worker;

/// What stands behind the door.
enum Host {
    Window(Window),
    Worker(Worker),
}

thread_local! {
    static HOST: RefCell<Option<Host>> = const { RefCell::new(None) };
    static OPENED: Cell<bool> = const { Cell::new(false) };
}

/// Keeps a small choice of this device where the host remembers such things; a browser remembers them itself.
pub fn keep(name: &str, code: &str) {
    if let Some(window) = Window::find() {
        window.keep(name, code);
    }
}

/// Why there is no door: words of the system, for whoever helps.
pub struct NoDoor(pub String);

/// Finds the host and waits until it listens. Notices go to `hears`.
pub async fn open(hears: impl Fn(Notice) + 'static) -> Result<(), NoDoor> {
    let hears = move |bytes: &[u8]| {
        if let Some(notice) = api::decode(bytes) {
            hears(notice);
        }
    };
    let host = match Window::find() {
        Some(window) => {
            window.listen(hears).await?;
            Host::Window(window)
        }
        None => Host::Worker(Worker::start(hears).await?),
    };
    HOST.with_borrow_mut(|place| *place = Some(host));
    OPENED.set(true);
    Ok(())
}

/// Asks. In a browser the request leaves at once, even if nobody waits for its answer.
pub fn ask(request: Request) -> impl Future<Output = Result<Reply, Failure>> + use<> {
    let bytes = api::encode(&request);
    let answering = HOST.with_borrow(|host| match host {
        Some(Host::Window(window)) => Some(window.ask(&bytes)),
        Some(Host::Worker(worker)) => Some(worker.ask(&bytes)),
        None => None,
    });
    async move {
        match answering {
            Some(answering) => Reply::read(&answering.await.ok_or(Failure::Stopped)?),
            None => Err(Failure::Stopped),
        }
    }
}

/// Asks, and takes from the answer what the request asks for: `answer!(Request::Person(id), Person(file) => *file)`.
macro_rules! answer {
    ($request:expr, $expected:ident($held:pat) => $value:expr) => {
        match $crate::door::ask($request).await.and_then(|reply| reply.only::<maillon_shared::api::one::$expected>()) {
            Ok($held) => Ok($value),
            #[allow(unreachable_patterns, reason = "what some answers hold is of several kinds")]
            Ok(_) => Err(maillon_shared::api::Failure::NotUnderstood),
            Err(failure) => Err(failure),
        }
    };
}
pub(crate) use answer;

/// Gives a file to the user: to their downloads folder. Answers with where it is, if the host says so.
pub async fn hand_over(file: api::responses::File) -> Result<Option<String>, Failure> {
    let saving = HOST.with_borrow(|host| match host {
        Some(Host::Window(window)) => Some(window.save_file(&file.name, &file.bytes)),
        _ => None,
    });
    match saving {
        Some(saving) => saving.await.map(Some).map_err(Failure::System),
        None => worker::download(&file).map(|()| None).map_err(Failure::System),
    }
}

/// Whether a link of the page may lead elsewhere: the desktop's window shows its own pages only.
pub fn leads_out() -> bool {
    !HOST.with_borrow(|host| matches!(host, Some(Host::Window(_))))
}

/// Whether the door has opened: the rescue screen offers a backup only then.
pub fn is_open() -> bool {
    OPENED.get()
}
