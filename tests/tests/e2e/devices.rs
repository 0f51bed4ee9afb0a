//! The same notebook on a laptop and in a browser, with nothing between them but files: named, compared, carried there and
//! back. Every screen of it can be used by everyone.

use std::path::{Path, PathBuf};

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::{in_both, in_chromium_beside};

use crate::screens::{EVERY_WAY, look, nothing_is_wrong};

in_both!(what_is_written_on_one_device_is_read_on_the_other);
in_chromium_beside!(a_device_is_added_and_removed_by_everyone);

const MAKE: &str = "Faire le fichier à lui porter";
const PASSPHRASE: &str = "trois lampes dans le grenier";

async fn what_is_written_on_one_device_is_read_on_the_other<H: Host>(laptop: &mut H) -> Told {
    let mut phone = Chromium::new()?;
    phone.start().await?;
    laptop.start().await?;
    let mut there = Coordinator::at(&mut phone);
    let mut here = Coordinator::at(laptop);
    begins(&mut here, "Le portable").await?;
    enters(&mut here, "Escarvenc", "Odette").await?;
    begins(&mut there, "Mon téléphone").await?;
    let read = words_shown(&mut there).await?;
    let card = saves(&mut there, "Enregistrer sa carte", "maillon-carte", &[]).await?;

    // On the laptop: the card, the same eight words, the first file.
    here.goes_to("/more/devices").await?;
    here.host.upload(Locator::Css("#card-file"), &card).await?;
    here.sees("Comparez ces huit mots").await?;
    let said = here.reads().await?;
    assert!(read.iter().all(|word| said.contains(word)), "the same eight words");
    here.presses("Ce sont les mêmes").await?;
    here.sees("est ajouté").await?;
    let first = saves(&mut here, MAKE, "age", &[]).await?;
    here.sees("dans ce fichier").await?;
    here.host.keep_picture("devices-made").await?;

    // On the phone: nothing is taken before the words were compared.
    there.host.upload(Locator::Css("#courier-file"), &first).await?;
    there.sees("qui propose d’avoir le même carnet").await?;
    there.host.keep_picture("devices-proposed").await?;
    there.presses("Ce sont les mêmes").await?;
    there.sees("C’est arrivé de").await?;
    there.goes_to("/people").await?;
    there.sees("Escarvenc").await?;
    enters(&mut there, "Quintrendrol", "Basile").await?;
    there.goes_to("/more/devices").await?;
    let back = saves(&mut there, MAKE, "age", &[]).await?;

    // Back on the laptop, twice; locked and opened meanwhile.
    here.host.upload(Locator::Css("#courier-file"), &back).await?;
    here.sees("C’est arrivé de").await?;
    here.host.keep_picture("devices-taken").await?;
    here.host.upload(Locator::Css("#courier-file"), &back).await?;
    here.sees("Rien de nouveau de").await?;
    here.goes_to("/people").await?;
    for name in ["Escarvenc", "Quintrendrol"] {
        here.sees(name).await?;
    }
    here.goes_to("/more/devices").await?;
    let receipt = saves(&mut here, MAKE, "age", &[&first]).await?;
    there.host.upload(Locator::Css("#courier-file"), &receipt).await?;
    there.sees("À jour").await?;

    // The phone is lost. What is still made there comes in here no more.
    here.presses("Retirer").await?;
    here.sees("ne recevra plus rien").await?;
    here.presses("Oui, retirer cet appareil").await?;
    here.sees("Retirés").await?;
    here.sees("Aucun autre appareil").await?;

    // The laptop is lost in its turn: with its words the phone takes its place.
    let words = std::mem::take(&mut here.words);
    there.goes_to("/more/devices").await?;
    there.sees("est perdu").await?;
    there.presses("Prendre sa place").await?;
    there.types("take-over-words", &words.replacen(' ', " zéro ", 1)).await?;
    there.presses_at(Locator::Css("form:has(#take-over-words) [type=submit]")).await?;
    there.sees("mot").await?;
    there.host.keep_picture("devices-take-over").await?;
    there.types("take-over-words", &words).await?;
    there.presses_at(Locator::Css("form:has(#take-over-words) [type=submit]")).await?;
    there.sees("cet appareil ajoute et retire. Portez").await?;
    there.sees("Retirés").await
}

/// The screen in each of its states, in four sights.
async fn a_device_is_added_and_removed_by_everyone(host: &mut Chromium) -> Told {
    let mut wrong = Vec::new();
    let mut phone = Chromium::new()?;
    phone.start().await?;
    host.start().await?;
    let mut here = Coordinator::at(host);
    here.creates_a_notebook(PASSPHRASE).await?;
    here.goes_to("/more/devices").await?;
    here.sees("Comment s’appelle cet appareil").await?;
    look(here.host, "devices-unnamed", EVERY_WAY, &mut wrong).await?;
    here.types("device-name", "Le portable de Nadine, à la maison").await?;
    here.presses("Donner ce nom").await?;
    here.sees("Ses huit mots").await?;
    look(here.host, "devices-named", EVERY_WAY, &mut wrong).await?;
    let mut there = Coordinator::at(&mut phone);
    begins(&mut there, "Mon téléphone").await?;
    let card = saves(&mut there, "Enregistrer sa carte", "maillon-carte", &[]).await?;
    here.host.upload(Locator::Css("#card-file"), &card).await?;
    here.sees("Comparez ces huit mots").await?;
    look(here.host, "devices-compared", EVERY_WAY, &mut wrong).await?;
    here.presses("Ce sont les mêmes").await?;
    here.sees("est ajouté").await?;
    let first = saves(&mut here, MAKE, "age", &[]).await?;
    there.host.upload(Locator::Css("#courier-file"), &first).await?;
    there.sees("qui propose d’avoir").await?;
    look(there.host, "devices-invited", EVERY_WAY, &mut wrong).await?;
    there.presses("Ce sont les mêmes").await?;
    there.sees("C’est arrivé de").await?;
    look(there.host, "devices-joined", EVERY_WAY, &mut wrong).await?;
    // A file for the other device, and something else altogether.
    here.host.upload(Locator::Css("#courier-file"), &first).await?;
    here.sees("Ce fichier est pour un autre appareil").await?;
    here.host.upload(Locator::Css("#courier-file"), &card).await?;
    here.sees("Ce fichier n’est").await?;
    here.presses("Retirer").await?;
    here.sees("ne recevra plus rien").await?;
    look(here.host, "devices-removing", EVERY_WAY, &mut wrong).await?;
    nothing_is_wrong(here.host, &wrong).await
}

/// A notebook is made, and its device gets a name.
pub async fn begins<H: Host>(coordinator: &mut Coordinator<'_, H>, name: &str) -> Told {
    coordinator.creates_a_notebook(PASSPHRASE).await?;
    coordinator.goes_to("/more/devices").await?;
    coordinator.types("device-name", name).await?;
    coordinator.presses("Donner ce nom").await?;
    coordinator.sees("Ses huit mots").await
}

/// Someone is entered.
pub async fn enters<H: Host>(coordinator: &mut Coordinator<'_, H>, family: &str, given: &str) -> Told {
    coordinator.goes_to("/people/new").await?;
    coordinator.types("family-name", family).await?;
    coordinator.types("given-name", given).await?;
    coordinator.presses("Enregistrer").await?;
    coordinator.sees("Enregistré Annuler").await
}

/// The words that the screen has two people compare.
pub async fn words_shown<H: Host>(coordinator: &mut Coordinator<'_, H>) -> Told<Vec<String>> {
    let list = coordinator.host.wait_for(Locator::Css(".compared-words")).await?.text().await?;
    Ok(list.lines().map(|word| word.trim().to_owned()).collect())
}

/// Has a file made and saved; it is none of those known.
pub async fn saves<H: Host>(
    coordinator: &mut Coordinator<'_, H>,
    words: &str,
    end: &str,
    known: &[&PathBuf],
) -> Told<PathBuf> {
    coordinator.presses(words).await?;
    coordinator.sees("Fichier enregistré").await?;
    file_that_came(&coordinator.host.downloads(), end, known)
}

fn file_that_came(downloads: &Path, end: &str, known: &[&PathBuf]) -> Told<PathBuf> {
    for _ in 0..100 {
        let mut files = std::fs::read_dir(downloads)?.filter_map(|entry| entry.ok().map(|entry| entry.path()));
        let is_of_that_end = |path: &PathBuf| path.extension().is_some_and(|found| found == end);
        if let Some(found) = files.find(|path| is_of_that_end(path) && !known.contains(&path)) {
            return Ok(found);
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    Err("no file came".into())
}
