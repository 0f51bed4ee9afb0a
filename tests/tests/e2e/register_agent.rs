//! The register on the mairie's computer, while the coordinator is away: handed over, opened by six words, kept, called
//! from, handed back, brought up to date. Every screen of it can be used by everyone.

use std::path::{Path, PathBuf};

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::{in_both, in_chromium_beside};

use crate::screens::{EVERY_WAY, TWO_WAYS, go, look, nothing_is_wrong, only_french};

in_both!(the_register_is_kept_and_called_from_on_another_computer);
in_chromium_beside!(every_screen_of_a_copy_can_be_used_by_everyone);

const OPEN_IN_ENGLISH: &str = "Open the notebook";
const PASSPHRASE: &str = "trois lampes dans le grenier";

async fn the_register_is_kept_and_called_from_on_another_computer<H: Host>(mairie: &mut H) -> Told {
    let mut office = Chromium::new()?;
    office.start().await?;
    let mut nadine = Coordinator::at(&mut office);
    let words = lends(&mut nadine).await?;
    nadine.presses("Enregistrer le fichier").await?;
    nadine.sees("Fichier enregistré").await?;
    let lent = newest_file_in(&nadine.host.downloads(), &[])?;

    mairie.start().await?;
    let mut lucette = Coordinator::at(mairie);
    opens_what_was_lent(&mut lucette, &lent, &words).await?;
    lucette.sees("Registre nominatif, copie d’un agent désigné").await?;
    lucette.sees("2 accusés de réception à donner").await?;
    let said = lucette.reads().await?;
    for elsewhere in ["Personnes", "Annuaire", "Noter", "Chercher", "Feuillevert"] {
        assert!(!said.contains(elsewhere), "“{elsewhere}” is on the mairie’s computer");
    }
    assert!(!said.contains("Escarvenc"), "the day names nobody");

    // One comes in, one goes out, everyone is called.
    lucette.presses("Voir le registre").await?;
    lucette.sees("Escarvenc").await?;
    lucette.presses("Inscrire").await?;
    lucette.types("family-name", "Quintrendrol").await?;
    lucette.types("given-name", "Basile").await?;
    lucette.presses("Enregistrer").await?;
    lucette.sees("Accusé de réception à donner").await?;
    lucette.host.keep_picture("agent-entry").await?;
    lucette.presses("Registre nominatif").await?;
    lucette.presses("Dambastagnol").await?;
    lucette.presses("Radier du registre").await?;
    lucette.chooses("why", "at_request").await?;
    lucette.types("by", "elle-même").await?;
    lucette.presses("Enregistrer").await?;
    lucette.sees("Remettre au registre").await?;
    // Whatever the address says, there is nothing but the register.
    for path in ["/people", "/directory", "/register/agents/new", "/register/import", "/more/settings"] {
        lucette.goes_to(path).await?;
        lucette.sees("Cette copie ne contient que le registre").await?;
    }
    lucette.presses("Appels").await?;
    lucette.presses("Commencer une campagne").await?;
    lucette.chooses("kind", "heat").await?;
    assert!(!lucette.reads().await?.contains("Les personnes accompagnées"));
    lucette.presses("Enregistrer").await?;
    lucette.presses("Appeler").await?;
    lucette.sees("À faire maintenant").await?;
    lucette.presses("Tout va bien").await?;
    lucette.sees("Enregistré").await?;
    lucette.presses("Rendre").await?;
    lucette.presses("Enregistrer le fichier à rendre").await?;
    lucette.sees("Fichier enregistré").await?;
    let handed_back = newest_file_in(&lucette.host.downloads(), &[])?;

    // The coordinator is back: she takes it, undoes, takes it again, and gives what changed on her side.
    nadine.host.upload(Locator::Css("#handed-back"), &handed_back).await?;
    nadine.sees("C’est repris de Lucette Barloungade").await?;
    for said in ["1 inscription nouvelle", "1 inscription modifiée", "1 appel noté"] {
        nadine.sees(said).await?;
    }
    nadine.host.keep_picture("agent-taken-back").await?;
    nadine.presses("Annuler").await?;
    nadine.sees("C’est annulé").await?;
    nadine.host.upload(Locator::Css("#handed-back"), &handed_back).await?;
    nadine.sees("1 inscription nouvelle").await?;
    nadine.host.upload(Locator::Css("#handed-back"), &handed_back).await?;
    nadine.sees("Rien de nouveau").await?;
    enters(&mut nadine, "Fargelzonde", "Lucien").await?;
    nadine.goes_to("/register/agents").await?;
    nadine.sees("rendue").await?;
    nadine.presses("Donner une copie à jour").await?;
    let newer_words = nadine.host.wait_for(Locator::Css(".six-words")).await?.text().await?;
    nadine.presses("Enregistrer le fichier").await?;
    nadine.sees("Fichier enregistré").await?;
    let newer = newest_file_in(&nadine.host.downloads(), &[&lent])?;

    lucette.host.upload(Locator::Css("#newer"), &newer).await?;
    lucette.types("newer-words", &words).await?;
    lucette.presses("Mettre à jour").await?;
    lucette.sees("Ces mots n’ouvrent pas cette copie").await?;
    lucette.types("newer-words", &newer_words).await?;
    lucette.presses("Mettre à jour").await?;
    lucette.sees("1 inscription nouvelle").await?;
    lucette.presses("Registre").await?;
    for name in ["Fargelzonde", "Quintrendrol", "Escarvenc"] {
        lucette.sees(name).await?;
    }
    // Then nothing stays there.
    lucette.presses("Rendre").await?;
    lucette.presses_choice("J’ai rendu ce que j’ai écrit, et on me l’a confirmé.").await?;
    lucette.presses("Effacer pour toujours").await?;
    lucette.sees("Votre carnet de coordination").await
}

/// Each screen that a copy has of its own, in both languages.
async fn every_screen_of_a_copy_can_be_used_by_everyone(host: &mut Chromium) -> Told {
    let mut wrong = Vec::new();
    let mut office = Chromium::new()?;
    office.start().await?;
    let words = lends(&mut Coordinator::at(&mut office)).await?;
    look(&mut office, "agents-lent", EVERY_WAY, &mut wrong).await?;
    Coordinator::at(&mut office).presses("Enregistrer le fichier").await?;
    Coordinator::at(&mut office).sees("Fichier enregistré").await?;
    let lent = newest_file_in(&office.downloads(), &[])?;

    host.start().await?;
    opens_what_was_lent(&mut Coordinator::at(host), &lent, &words).await?;
    let screens = [
        ("/", "day"),
        ("/register", "register"),
        ("/register/new", "new"),
        ("/register/agents", "agents"),
        ("/register/print", "print"),
        ("/campaigns", "campaigns"),
        ("/campaigns/new", "campaign-new"),
        ("/hand-back", "hand-back"),
        ("/more/drafts", "drafts"),
    ];
    for (path, name) in screens {
        go(host, path).await?;
        look(host, &format!("agent-{name}"), EVERY_WAY, &mut wrong).await?;
    }
    // English is chosen where settings are; a copy has none, and keeps what the device speaks.
    host.page().execute("localStorage.setItem('maillon.language', 'en'); location.reload()", vec![]).await?;
    let mut lucette = Coordinator::at(host);
    lucette.sees(OPEN_IN_ENGLISH).await?;
    lucette.types("passphrase", &words).await?;
    lucette.presses("Open").await?;
    lucette.sees("Legal register, a designated agent’s copy").await?;
    let french = only_french()?;
    for (path, name) in screens {
        go(host, path).await?;
        look(host, &format!("en-agent-{name}"), TWO_WAYS, &mut wrong).await?;
        let said = Coordinator::at(host).reads().await?;
        let left = french.iter().filter(|sentence| said.contains(sentence.as_str()));
        wrong.extend(left.map(|sentence| format!("{name}, in English, says “{sentence}”")));
    }
    nothing_is_wrong(host, &wrong).await
}

/// A notebook with someone accompanied, two people in the register, and a copy for an agent; the words that open it.
async fn lends<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told<String> {
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.presses("Inscrire la première personne").await?;
    nadine.types("family-name", "Feuillevert").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Feuillevert").await?;
    enters(nadine, "Escarvenc", "Odette").await?;
    enters(nadine, "Dambastagnol", "Germaine").await?;
    nadine.goes_to("/register/agents/new").await?;
    nadine.types("name", "Lucette Barloungade").await?;
    nadine.types("function", "secrétaire de mairie").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("secrétaire de mairie").await?;
    nadine.presses("Donner une copie").await?;
    let words = nadine.host.wait_for(Locator::Css(".six-words")).await?;
    Ok(words.text().await?)
}

async fn enters<H: Host>(nadine: &mut Coordinator<'_, H>, family: &str, given: &str) -> Told {
    nadine.goes_to("/register/new").await?;
    nadine.types("family-name", family).await?;
    nadine.types("given-name", given).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Accusé de réception à donner").await
}

async fn opens_what_was_lent<H: Host>(who: &mut Coordinator<'_, H>, file: &Path, words: &str) -> Told {
    who.presses("un registre ou des appels confiés").await?;
    who.host.wait_for(Locator::Css("#backup")).await?;
    who.host.upload(Locator::Css("#backup"), file).await?;
    who.presses("Reprendre").await?;
    who.unlocks(words).await?;
    who.sees("Cette copie ne contient que le registre").await
}

/// The file that came, apart from those.
fn newest_file_in(folder: &Path, known: &[&PathBuf]) -> Told<PathBuf> {
    for _ in 0..100 {
        let files = std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path()));
        let found = files
            .into_iter()
            .find(|path| path.extension().is_some_and(|end| end == "maillon") && !known.contains(&path));
        if let Some(found) = found {
            return Ok(found);
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    Err("no file came".into())
}
