//! A coordinator with a keyboard and no pointer: what has focus is all there is, and it must never be nothing.

use std::time::Duration;

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;

use super::{Host, Told};

/// How many stops a screen may have before the one that is sought.
const STOPS: u32 = 90;
/// How often, and how long, what a screen comes to say is waited for.
const TRIES: u32 = 300;
const PAUSE: Duration = Duration::from_millis(100);

/// What has focus, in words: its label, else what is written on it. Nothing when focus is lost.
const FOCUSED: &str = "
    const focused = document.activeElement;
    if (!focused || focused === document.body) return null;
    const labels = [...(focused.labels ?? [])].map((label) => label.innerText).join(' ');
    const said = labels || focused.getAttribute('aria-label') || focused.innerText || '';
    return { id: focused.id, words: said.replace(/\\s+/g, ' ').trim(), value: focused.value ?? '' };";

/// What has focus.
#[derive(Debug, serde::Deserialize)]
pub struct Focused {
    /// The element's id.
    pub id: String,
    /// What a reader says of it.
    pub words: String,
    /// What is written in it, or what it stands for.
    pub value: String,
}

/// Someone at the keyboard of a host.
pub struct Keyboard<'a, H> {
    /// Where they sit.
    pub host: &'a H,
}

impl<H: Host> Keyboard<'_, H> {
    /// Presses a key, holding none.
    pub async fn presses(&self, key: Key) -> Told {
        self.strikes(vec![key.into()], &[]).await
    }

    /// Presses a letter or a key, holding others.
    pub async fn presses_with(&self, hold: Key, key: char) -> Told {
        self.strikes(vec![key], &[hold.into()]).await
    }

    /// Types a text where focus is.
    pub async fn types(&self, text: &str) -> Told {
        self.strikes(text.chars().collect(), &[]).await
    }

    /// What has focus now; it is a fault that nothing has.
    pub async fn focused(&self) -> Told<Focused> {
        let focused = self.host.page().execute(FOCUSED, vec![]).await?;
        serde_json::from_value::<Option<Focused>>(focused)?.ok_or_else(|| "nothing has focus".into())
    }

    /// Goes from stop to stop until the words of one begin so.
    pub async fn goes_to(&self, words: &str) -> Told {
        self.goes_until(words, |focused| focused.words.starts_with(words)).await
    }

    /// Goes from stop to stop until the field of that id, or the group of fields whose ids begin so.
    pub async fn goes_to_field(&self, id: &str) -> Told {
        self.goes_until(id, |focused| focused.id.starts_with(id)).await
    }

    async fn goes_until(&self, what: &str, is_there: impl Fn(&Focused) -> bool) -> Told {
        let mut passed = Vec::new();
        for _ in 0..STOPS {
            self.presses(Key::Tab).await?;
            // Past the last stop, the browser's own come before the first.
            let Ok(focused) = self.focused().await else { continue };
            if is_there(&focused) {
                return Ok(());
            }
            passed.push(focused.words);
        }
        Err(format!("no key leads to “{what}”; there are: {passed:#?}").into())
    }

    /// Waits until the screen says that, and makes sure that it took focus.
    pub async fn arrives(&self, words: &str) -> Told<Focused> {
        let mut seen = String::new();
        for _ in 0..TRIES {
            let text = self.host.page().execute("return document.body.innerText", vec![]).await?;
            seen = text.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
            if seen.contains(words) {
                // Focus moves once the screen is drawn.
                tokio::time::sleep(PAUSE).await;
                return self.focused().await.map_err(|error| format!("where it says “{words}”, {error}").into());
            }
            tokio::time::sleep(PAUSE).await;
        }
        Err(format!("the page never said “{words}”:\n{}", seen.chars().take(2_000).collect::<String>()).into())
    }

    async fn strikes(&self, keys: Vec<char>, held: &[char]) -> Told {
        let mut actions = KeyActions::new("keyboard".into());
        for key in held {
            actions = actions.then(KeyAction::Down { value: *key });
        }
        for key in keys {
            actions = actions.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
        }
        for key in held {
            actions = actions.then(KeyAction::Up { value: *key });
        }
        self.host.page().perform_actions(actions).await?;
        Ok(())
    }
}
