//! End to end: the same stories told to a real browser and to the real window, over WebDriver.
//!
//! A story takes a [`Host`] and knows nothing of which one it is. Each test has folders of its own
//! for everything a program may write, and ends every process it started. `cargo xtask test` builds what
//! is driven here and says where it is; cargo alone leaves these tests out, with that reason.

#![allow(clippy::unwrap_used, reason = "a test whose tools fail must stop where they fail")]

mod axe;
mod chromium;
mod coordinator;
mod desktop;
mod home;
mod keyboard;
mod printed;
mod process;
mod settings;
mod traces;

use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub use axe::{Violation, axe};
pub use chromium::Chromium;
pub use coordinator::Coordinator;
pub use desktop::Desktop;
pub use fantoccini::key::Key;
pub use fantoccini::wd::PrintConfiguration;
pub use fantoccini::{Client, Locator};
pub use home::Home;
pub use keyboard::{Focused, Keyboard};
pub use printed::Printed;
pub use settings::every_sight;
pub use traces::{Marker, readable};

/// What a story gives: nothing, or why it stopped.
pub type Told<T = ()> = Result<T, Box<dyn Error>>;

/// Longer than any story; a page that never answers must not hold a whole run.
const STORY: Duration = Duration::from_secs(300);
/// How long a page may take to show what is awaited, on a machine with other things to do.
const PATIENCE: Duration = Duration::from_secs(30);

/// A place where Maillon runs for real, with its own empty folders.
#[allow(async_fn_in_trait, reason = "stories run on one thread")]
pub trait Host: Sized {
    /// For messages and pictures.
    const NAME: &'static str;

    /// A host that has never run.
    fn new() -> Told<Self>;

    /// Opens the program, on what an earlier start has left, and waits for its page.
    async fn start(&mut self) -> Told;

    /// Closes the program as a user does.
    async fn close(&mut self) -> Told;

    /// The power goes off: every process of the program dies at once.
    fn kill(&mut self);

    /// No server answers any more, once the program needs none. The window of the desktop never had one.
    async fn cut_network(&mut self) -> Told {
        Ok(())
    }

    /// What the program last started is driven with.
    fn page(&self) -> &Client;

    /// Everything the program can have written is under this.
    fn home(&self) -> &Home;

    /// Takes a picture of what a person sees.
    async fn picture(&self) -> Told<Vec<u8>>;

    /// Gives a file to the file field found there.
    async fn upload(&self, field: Locator<'_>, file: &Path) -> Told {
        let file = std::path::absolute(file)?;
        self.page().find(field).await?.send_keys(&file.to_string_lossy()).await?;
        Ok(())
    }

    /// Where the files that the program gives end up.
    fn downloads(&self) -> PathBuf {
        self.home().downloads()
    }

    /// What the page complained of, for whoever looks into a story that stopped.
    async fn said(&self) -> Told<Vec<String>> {
        Ok(Vec::new())
    }

    /// Keeps a picture in `target/pictures/`, under this host's name and this one.
    async fn keep_picture(&self, name: &str) -> Told<PathBuf> {
        let folder = settings::pictures();
        std::fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{name}-{}.png", Self::NAME));
        std::fs::write(&file, self.picture().await?)?;
        Ok(file)
    }

    /// Waits until something is on the page.
    async fn wait_for(&self, what: Locator<'_>) -> Told<fantoccini::elements::Element> {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.page().wait().at_most(PATIENCE).for_element(what).await {
                Ok(found) => return Ok(found),
                // It was found and drawn anew before it could be given: it is there, and is asked for again.
                Err(error) if error.to_string().contains("tale element") && Instant::now() < until => {}
                Err(error) => return Err(format!("{what:?} did not come: {error}").into()),
            }
        }
    }
}

/// Tells a story to a host; if it stops, keeps a picture of where.
pub fn tell<H: Host>(name: &str, story: impl AsyncFnOnce(&mut H) -> Told) {
    settings::must_be_set();
    let began = Instant::now();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut host = H::new().unwrap_or_else(|error| panic!("{} cannot be prepared: {error}", H::NAME));
    let told = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        runtime.block_on(async {
            tokio::time::timeout(STORY, story(&mut host))
                .await
                .unwrap_or_else(|_| Err(format!("not told after {STORY:?}").into()))
        })
    }));
    let _ = say_how_long(&format!("{name}, {}", H::NAME), began);
    if matches!(told, Ok(Ok(()))) {
        return;
    }
    // The time limit is set inside: there is no clock before the runtime runs.
    let name_of_picture = format!("failed-{name}");
    let picture = runtime.block_on(async { tokio::time::timeout(PATIENCE, host.keep_picture(&name_of_picture)).await });
    if let Ok(Ok(picture)) = picture {
        eprintln!("where it stopped: {}", picture.display());
    }
    let said = runtime.block_on(async { tokio::time::timeout(PATIENCE, host.said()).await });
    if let Ok(Ok(said)) = said {
        eprintln!("what the page said:\n{}", said.join("\n"));
    }
    eprintln!("{}", host.home().logs());
    match told {
        Ok(told) => panic!("{name}, {}: {}", H::NAME, told.err().map_or_else(String::new, |error| error.to_string())),
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

/// Adds a line to `times.tsv` beside the pictures: which stories take the time of a whole run, for whoever shortens it.
fn say_how_long(story: &str, began: Instant) -> std::io::Result<()> {
    let folder = settings::pictures();
    std::fs::create_dir_all(&folder)?;
    let mut times = std::fs::OpenOptions::new().append(true).create(true).open(folder.join("times.tsv"))?;
    times.write_all(format!("{:.1}\t{story}\n", began.elapsed().as_secs_f32()).as_bytes())
}

/// Makes two tests of one story: `in_both!(opens)` for `async fn opens<H: Host>(host: &mut H) -> Told`.
#[macro_export]
macro_rules! in_both {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            #[test]
            #[ignore = "end to end: run by cargo xtask test"]
            fn in_chromium() {
                $crate::e2e::tell::<$crate::e2e::Chromium>(stringify!($story), super::$story);
            }
            #[test]
            #[ignore = "end to end: run by cargo xtask test"]
            fn on_the_desktop() {
                $crate::e2e::tell::<$crate::e2e::Desktop>(stringify!($story), super::$story);
            }
        }
    )+};
}

/// Makes two tests of a story of screens alone, of which nothing is the window's own: `in_chromium_first!(opens)`. A whole run,
/// which has an end to come to, tells it in the browser; `cargo xtask test --e2e` tells it in both.
#[macro_export]
macro_rules! in_chromium_first {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            #[test]
            #[ignore = "end to end: run by cargo xtask test"]
            fn in_chromium() {
                $crate::e2e::tell::<$crate::e2e::Chromium>(stringify!($story), super::$story);
            }
            #[test]
            #[ignore = "end to end: run by cargo xtask test --e2e"]
            fn on_the_desktop_too() {
                $crate::e2e::tell::<$crate::e2e::Desktop>(stringify!($story), super::$story);
            }
        }
    )+};
}

/// Makes one test of a story that looks at screens which others go through too: `in_chromium_beside!(alerts_are_everyones)`. It
/// is told by `cargo xtask test --e2e`, and not in a whole run, which has an end to come to.
#[macro_export]
macro_rules! in_chromium_beside {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            #[test]
            #[ignore = "end to end: run by cargo xtask test --e2e"]
            fn in_chromium_beside() {
                $crate::e2e::tell::<$crate::e2e::Chromium>(stringify!($story), super::$story);
            }
        }
    )+};
}

/// Makes one test of a story that only the browser can tell: `in_chromium!(opens_with_no_server)`.
#[macro_export]
macro_rules! in_chromium {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            #[test]
            #[ignore = "end to end: run by cargo xtask test"]
            fn in_chromium() {
                $crate::e2e::tell::<$crate::e2e::Chromium>(stringify!($story), super::$story);
            }
        }
    )+};
}

/// Makes one test of a story that only the window can tell: `on_the_desktop!(a_file_goes_to_the_downloads)`.
#[macro_export]
macro_rules! on_the_desktop {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            #[test]
            #[ignore = "end to end: run by cargo xtask test"]
            fn on_the_desktop() {
                $crate::e2e::tell::<$crate::e2e::Desktop>(stringify!($story), super::$story);
            }
        }
    )+};
}
