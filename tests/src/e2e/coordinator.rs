//! A coordinator at the screens: presses what is written, types where a label says, and counts the taps.
//!
//! What is on the page is found by its words or by its label, as a person finds it; where the same words stand twice, by
//! the id that the label points at.

use std::time::Duration;

use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};

use super::{Host, Told};

/// How often, and how long, something is tried that a page still drawing itself may take away.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(100);
/// How long something stands where it is before it is pressed.
const STILL: Duration = Duration::from_millis(40);

/// Someone at the screens of a host.
pub struct Coordinator<'a, H> {
    /// Where they sit.
    pub host: &'a mut H,
    /// What they pressed since they began to count.
    pub taps: u32,
    /// The words of the notebook that they made, as they wrote them down.
    pub words: String,
}

impl<'a, H: Host> Coordinator<'a, H> {
    /// Someone sits down.
    pub fn at(host: &'a mut H) -> Self {
        Coordinator { host, taps: 0, words: String::new() }
    }

    /// Presses the button or the link that says so: the one on top, where several do.
    pub async fn presses(&mut self, words: &str) -> Told {
        let said = words.replace('\'', "’");
        let path = format!(
            "(//*[self::button or self::a or self::summary][contains(normalize-space(.), \"{said}\")]\
             [not(ancestor-or-self::*[@hidden])])"
        );
        self.taps += 1;
        self.clicks(Locator::XPath(&path), words).await
    }

    /// Presses what is found there.
    pub async fn presses_at(&mut self, what: Locator<'_>) -> Told {
        self.taps += 1;
        self.clicks(what, &format!("{what:?}")).await
    }

    /// Chooses among radios or ticks a box, by the group's name and the choice's code.
    pub async fn chooses(&mut self, group: &str, code: &str) -> Told {
        self.taps += 1;
        self.clicks(Locator::Css(&format!("label[for='{group}-{code}']")), code).await
    }

    /// Chooses among radios by the words beside the mark.
    pub async fn presses_choice(&mut self, words: &str) -> Told {
        let path = format!("//label[normalize-space(.) = \"{words}\"]");
        self.taps += 1;
        self.clicks(Locator::XPath(&path), words).await
    }

    /// Follows the first thing found by the search.
    pub async fn follows_what_is_found(&mut self, words: &str) -> Told {
        let path = format!("//dialog//li//*[self::a or self::button][contains(normalize-space(.), \"{words}\")]");
        self.taps += 1;
        self.clicks(Locator::XPath(&path), words).await
    }

    /// Types in the field of that id, over what is there.
    pub async fn types(&mut self, id: &str, text: &str) -> Told {
        self.types_in(Locator::Css(&format!("#{id}")), text).await
    }

    /// Types in a field found otherwise.
    pub async fn types_in(&mut self, field: Locator<'_>, text: &str) -> Told {
        for _ in 0..TRIES {
            let found = self.host.wait_for(field).await?;
            match async {
                found.clear().await?;
                found.send_keys(text).await
            }
            .await
            {
                Ok(()) => return Ok(()),
                Err(error) if is_passing(&error) => {
                    self.looks_at(&found).await?;
                    tokio::time::sleep(PAUSE).await;
                }
                Err(error) => return Err(format!("{field:?} cannot be typed in: {error}").into()),
            }
        }
        Err(format!("{field:?} could not be typed in").into())
    }

    /// Takes one of a list that opens, by the field's id and the choice's code.
    pub async fn picks(&mut self, id: &str, code: &str) -> Told {
        self.taps += 1;
        self.host.wait_for(Locator::Css(&format!("#{id} option[value='{code}']"))).await?;
        self.host.wait_for(Locator::Id(id)).await?.select_by_value(code).await?;
        Ok(())
    }

    /// Goes straight to a screen, by its address.
    pub async fn goes_to(&mut self, path: &str) -> Told {
        self.host.page().execute("location.hash = arguments[0]", vec![serde_json::json!(path)]).await?;
        self.host.wait_for(Locator::Css("main h1, h1")).await?;
        Ok(())
    }

    /// Reads the page until it says that.
    pub async fn sees(&mut self, words: &str) -> Told {
        self.reads_until(words, true).await
    }

    /// Reads the page until it no longer says that.
    pub async fn sees_no_more(&mut self, words: &str) -> Told {
        self.reads_until(words, false).await
    }

    /// The text of the page, its spaces made one.
    pub async fn reads(&self) -> Told<String> {
        let text = self.host.page().execute("return document.body.innerText", vec![]).await?;
        Ok(text.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "))
    }

    async fn reads_until(&mut self, words: &str, there: bool) -> Told {
        let mut last = String::new();
        for _ in 0..TRIES * 3 {
            last = self.reads().await?;
            if last.contains(words) == there {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
        }
        let shown = last.chars().take(2_000).collect::<String>();
        Err(format!("the page {} “{words}”:\n{shown}", if there { "never said" } else { "still says" }).into())
    }

    /// Brings it to the middle of the screen: a driver stops as soon as a corner shows, which a bar may cover; people go
    /// on until they see it.
    async fn looks_at(&self, what: &Element) -> Told {
        let centred = "arguments[0].scrollIntoView({ block: 'center' })";
        // What the page has taken away meanwhile is looked for again.
        let _ = self.host.page().execute(centred, vec![serde_json::to_value(what)?]).await;
        Ok(())
    }

    /// Whether it is where it was a moment before: a page that makes room for what it has just read moves what stands
    /// below, and a driver would press the place where it was.
    async fn stands_still(&self, what: &Element) -> bool {
        let place = "const box = arguments[0].getBoundingClientRect(); return [scrollX, scrollY, box.x, box.y]";
        let Ok(what) = serde_json::to_value(what) else { return false };
        let before = self.host.page().execute(place, vec![what.clone()]).await;
        tokio::time::sleep(STILL).await;
        let after = self.host.page().execute(place, vec![what]).await;
        matches!((before, after), (Ok(before), Ok(after)) if before == after)
    }

    async fn clicks(&mut self, what: Locator<'_>, words: &str) -> Told {
        let mut last = None;
        for _ in 0..TRIES {
            for found in self.host.page().find_all(what).await? {
                if !is_shown(&found).await || !self.stands_still(&found).await {
                    continue;
                }
                match found.click().await {
                    Ok(()) => return Ok(()),
                    Err(error) if is_passing(&error) => {
                        last = Some(format!("{error:?}"));
                        self.looks_at(&found).await?;
                    }
                    Err(error) => return Err(format!("“{words}” cannot be pressed: {error}").into()),
                }
            }
            tokio::time::sleep(PAUSE).await;
        }
        let shown = self.reads().await?.chars().take(2_000).collect::<String>();
        Err(format!("“{words}” is nowhere to be pressed ({last:?}); the page says:\n{shown}").into())
    }

    // ── What is done over and over ──────────────────────────────────────────────────────────────────────────────────

    /// Makes a notebook, and copies the words from the screen as one does from paper.
    pub async fn creates_a_notebook(&mut self, passphrase: &str) -> Told {
        self.creates_a_notebook_of("Nadine Vassorgue", passphrase).await
    }

    /// The same, for someone else.
    pub async fn creates_a_notebook_of(&mut self, name: &str, passphrase: &str) -> Told {
        self.chooses("language", "fr").await?;
        self.presses("Créer un carnet").await?;
        self.types("coordinator", name).await?;
        self.presses("Continuer").await?;
        self.protects_a_notebook(passphrase).await?;
        self.sees("Ce carnet est vide").await
    }

    /// Makes the notebook of a mairie, someone else's than a coordinator.
    pub async fn creates_the_notebook_of_a_mairie(&mut self, commune: &str, passphrase: &str) -> Told {
        self.chooses("language", "fr").await?;
        self.presses("Créer le carnet de la mairie").await?;
        self.types("commune", commune).await?;
        self.presses("Continuer").await?;
        self.protects_a_notebook(passphrase).await?;
        self.sees("Rien n’est encore reçu").await
    }

    /// From the passphrase to the words copied again.
    async fn protects_a_notebook(&mut self, passphrase: &str) -> Told {
        self.types("passphrase", passphrase).await?;
        self.types("again", passphrase).await?;
        self.presses("Continuer").await?;
        self.host.wait_for(Locator::Css(".recovery-words li:nth-child(24)")).await?;
        let mut words = Vec::new();
        for word in self.host.page().find_all(Locator::Css(".recovery-words li")).await? {
            words.push(word.text().await?);
        }
        assert_eq!(words.len(), 24);
        self.words = words.join(" ");
        self.presses("Je les ai écrits").await?;
        self.host.wait_for(Locator::Css("input[id^='word-']")).await?;
        for field in self.host.page().find_all(Locator::Css("input[id^='word-']")).await? {
            let id = field.attr("id").await?.unwrap_or_default();
            let place: usize = id.trim_start_matches("word-").parse()?;
            field.send_keys(&words[place - 1]).await?;
        }
        self.presses("Créer le carnet").await
    }

    /// Opens the notebook with its passphrase.
    pub async fn unlocks(&mut self, passphrase: &str) -> Told {
        self.sees("Ouvrir le carnet").await?;
        self.types("passphrase", passphrase).await?;
        self.presses("Ouvrir").await?;
        self.host.wait_for(Locator::Css("nav")).await?;
        Ok(())
    }

    /// Takes a file of `tests/fixtures` into the directory, its columns being taken for what they were guessed to be.
    pub async fn imports(&mut self, fixture: &str) -> Told {
        self.presses("Annuaire").await?;
        self.presses("Importer").await?;
        self.takes_in(fixture).await
    }

    /// Takes a file of `tests/fixtures` in, from the screen that asks for one.
    pub async fn takes_in(&mut self, fixture: &str) -> Told {
        self.host.wait_for(Locator::Css("#file")).await?;
        let file = crate::house::root().join("tests/fixtures").join(fixture);
        self.host.upload(Locator::Css("#file"), &file).await?;
        self.host.wait_for(Locator::Css("form.import-confirm")).await?;
        self.clicks(Locator::Css(".save-bar button"), "Importer").await?;
        self.sees("Import terminé").await
    }

    /// Searches for some words, from any screen.
    pub async fn searches(&mut self, words: &str) -> Told {
        self.presses("Chercher").await?;
        self.types("search-text", words).await
    }
}

async fn is_shown(found: &Element) -> bool {
    found.is_displayed().await.unwrap_or(false)
}

/// A page that draws itself again takes elements away, or puts something over them, for a moment.
fn is_passing(error: &CmdError) -> bool {
    use ErrorStatus::{ElementClickIntercepted, ElementNotInteractable, NoSuchElement, StaleElementReference};
    let passing = [ElementClickIntercepted, ElementNotInteractable, NoSuchElement, StaleElementReference];
    match error {
        CmdError::Standard(said) if passing.contains(&said.error) => true,
        // Drivers say some of these in words of their own.
        other => ["not found in the active", "not clickable"].iter().any(|words| other.to_string().contains(words)),
    }
}
