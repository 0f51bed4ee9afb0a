//! Two neighbouring coordinators, each with their own notebook, with nothing between them but files: they get to know each
//! other, something of someone is entrusted with her consent, said back, and ended. Every screen of it can be used by
//! everyone.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::{in_chromium_beside, in_chromium_first};
use serde_json::json;

use crate::devices::{saves, words_shown};
use crate::screens::{EVERY_WAY, look, nothing_is_wrong};

in_chromium_first!(something_of_someone_is_entrusted_said_back_and_ended);
in_chromium_beside!(neighbours_are_everyones);

pub const PASSPHRASE: &str = "trois lampes dans le grenier";
pub const CLAIRE: &str = "Claire Montrouvenc";
pub const MAKE: &str = "Faire le fichier à lui porter";

async fn something_of_someone_is_entrusted_said_back_and_ended<H: Host>(host: &mut H) -> Told {
    let mut other = Chromium::new()?;
    other.start().await?;
    host.start().await?;
    let mut there = Coordinator::at(&mut other);
    let mut here = Coordinator::at(host);
    let person = begins(&mut here).await?;
    there.creates_a_notebook_of(CLAIRE, PASSPHRASE).await?;
    get_to_know(&mut here, &mut there).await?;
    for screen in ["/people", "/more/devices"] {
        there.goes_to(screen).await?;
        there.sees_no_more("Escarvenc").await?;
    }

    // Nothing leaves without her word, for that neighbour and for that.
    here.goes_to(&format!("/people/{person}")).await?;
    here.presses("Confier à un voisin").await?;
    here.sees("La personne n’a pas donné d’accord pour partager avec ce voisin").await?;
    agrees(&mut here, &person).await?;
    entrusts(&mut here, &person).await?;
    here.host.keep_picture("neighbours-entrusted").await?;
    let clean = "return !/Escarvenc|Odette|Montrouvenc/.test(document.title + location.href)";
    assert_eq!(here.host.page().execute(clean, vec![]).await?, json!(true));
    here.presses("Échanger avec Claire").await?;
    here.sees("Ce que vous lui confiez").await?;
    here.sees("Odette Escarvenc").await?;
    let first = saves(&mut here, MAKE, "age", &[]).await?;
    here.sees("dans ce fichier").await?;

    // Claire reads what was chosen and nothing else, and says something back.
    opens(&mut there, &first, "C’est arrivé de").await?;
    there.presses("Nadine Vassorgue").await?;
    there.presses("Odette Escarvenc").await?;
    there.sees("C’est une copie, telle que c’était").await?;
    for said in ["La Roussière", "Je suis absente en juillet."] {
        there.sees(said).await?;
    }
    there.sees_no_more("elle entend mal").await?;
    there.types("remark", "Passée mardi, tout va bien.").await?;
    there.presses("Ajouter la remarque").await?;
    there.sees("le lira au prochain échange").await?;
    there.host.keep_picture("neighbours-received").await?;
    there.presses("Ce voisin").await?;
    let known = saves(&mut there, MAKE, "age", &[]).await?;
    opens(&mut here, &known, "C’est arrivé de").await?;
    here.goes_to(&format!("/people/{person}")).await?;
    here.sees("Confié à Claire Montrouvenc depuis").await?;
    here.presses("Confié à Claire Montrouvenc depuis").await?;
    here.sees("Passée mardi, tout va bien.").await?;

    // It ends, after a power cut too; what was said of it stays.
    here.presses("Mettre fin").await?;
    here.sees("Au prochain échange, l’appareil de").await?;
    here.host.keep_picture("neighbours-ending").await?;
    here.presses("Oui, mettre fin").await?;
    here.sees("terminé le").await?;
    here.host.kill();
    here.host.start().await?;
    here.unlocks(PASSPHRASE).await?;
    here.goes_to(&format!("/people/{person}/copy")).await?;
    here.sees("Passée mardi, tout va bien.").await?;
    here.goes_to("/more/neighbours").await?;
    here.presses(CLAIRE).await?;
    let last = saves(&mut here, MAKE, "age", &[&first]).await?;
    opens(&mut there, &last, "partage terminé, effacé ici").await?;
    there.presses("Nadine Vassorgue").await?;
    there.sees("Un partage a pris fin").await?;
    there.sees_no_more("Escarvenc").await?;
    there.host.keep_picture("neighbours-ended").await?;
    Ok(())
}

/// Each of the screens, in each of its states, in four sights.
async fn neighbours_are_everyones(host: &mut Chromium) -> Told {
    let mut wrong = Vec::new();
    let mut other = Chromium::new()?;
    other.start().await?;
    host.start().await?;
    let mut there = Coordinator::at(&mut other);
    let mut here = Coordinator::at(host);
    let person = begins(&mut here).await?;
    let copy = format!("/people/{person}/copy");
    here.goes_to(&copy).await?;
    here.sees("Vous n’avez pas encore de voisin").await?;
    look(here.host, "copy-nobody", EVERY_WAY, &mut wrong).await?;
    here.goes_to("/more/neighbours").await?;
    here.sees("Vous n’avez pas encore de voisin").await?;
    look(here.host, "neighbours-none", EVERY_WAY, &mut wrong).await?;
    there.creates_a_notebook_of(CLAIRE, PASSPHRASE).await?;
    get_to_know(&mut here, &mut there).await?;
    here.goes_to("/more/neighbours").await?;
    here.sees(CLAIRE).await?;
    look(here.host, "neighbours", EVERY_WAY, &mut wrong).await?;
    here.goes_to(&copy).await?;
    here.sees("La personne n’a pas donné d’accord").await?;
    look(here.host, "copy-refused", EVERY_WAY, &mut wrong).await?;
    agrees(&mut here, &person).await?;
    entrusts(&mut here, &person).await?;
    look(here.host, "copy-given", EVERY_WAY, &mut wrong).await?;
    here.presses("Échanger avec Claire").await?;
    let file = saves(&mut here, MAKE, "age", &[]).await?;
    opens(&mut there, &file, "C’est arrivé de").await?;
    there.presses("Nadine Vassorgue").await?;
    there.sees("Odette Escarvenc").await?;
    there.presses("Odette Escarvenc").await?;
    there.types("remark", "Passée mardi, tout va bien.").await?;
    there.presses("Ajouter la remarque").await?;
    there.sees("le lira au prochain échange").await?;
    look(there.host, "copy-received", EVERY_WAY, &mut wrong).await?;
    there.presses("Ce voisin").await?;
    let back = saves(&mut there, MAKE, "age", &[]).await?;
    opens(&mut here, &back, "C’est arrivé de").await?;
    here.presses(CLAIRE).await?;
    here.sees("Passée mardi").await?;
    here.presses("Mettre fin").await?;
    here.sees("Au prochain échange, l’appareil de").await?;
    look(here.host, "neighbour", EVERY_WAY, &mut wrong).await?;
    here.goes_to(&format!("/people/{person}")).await?;
    here.sees("Confié à Claire").await?;
    look(here.host, "person-entrusted", EVERY_WAY, &mut wrong).await?;
    nothing_is_wrong(here.host, &wrong).await
}

/// A notebook with Odette in it; her id.
pub async fn begins<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told<String> {
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.presses("Inscrire la première personne").await?;
    nadine.types("given-name", "Odette").await?;
    nadine.types("family-name", "Escarvenc").await?;
    nadine.types("hamlet", "La Roussière").await?;
    nadine.types("approach", "frapper fort, elle entend mal").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Odette Escarvenc").await?;
    let address = nadine.host.page().current_url().await?;
    Ok(address.fragment().unwrap_or_default().trim_start_matches("/people/").to_owned())
}

/// Claire's card, eight words, and the first file.
pub async fn get_to_know<H: Host>(here: &mut Coordinator<'_, H>, there: &mut Coordinator<'_, Chromium>) -> Told {
    there.goes_to("/more/neighbours").await?;
    let card = saves(there, "Enregistrer ma carte pour un voisin", "maillon-carte", &[]).await?;
    let read = words_shown(there).await?;
    assert_eq!(read.len(), 8);

    // A neighbour's card gives nobody the whole notebook.
    here.goes_to("/more/devices").await?;
    here.types("device-name", "Le portable").await?;
    here.presses("Donner ce nom").await?;
    here.sees("Ses huit mots").await?;
    here.host.upload(Locator::Css("#card-file"), &card).await?;
    here.sees("et non de l’un de vos appareils").await?;
    here.goes_to("/more/neighbours").await?;
    here.host.wait_for(Locator::Css("#card-file")).await?;
    here.host.upload(Locator::Css("#card-file"), &card).await?;
    here.sees("de lire ses huit mots").await?;
    let said = here.reads().await?;
    assert!(read.iter().all(|word| said.contains(word)), "the same eight words");
    here.presses("Ce sont les mêmes").await?;
    here.sees("est maintenant parmi vos voisins").await?;
    here.presses(CLAIRE).await?;
    let first = saves(here, MAKE, "age", &[]).await?;
    there.host.upload(Locator::Css("#courier-file"), &first).await?;
    there.sees("qui propose que vous soyez voisins").await?;
    there.host.keep_picture("neighbours-proposed").await?;
    there.presses("Ce sont les mêmes").await?;
    there.sees("êtes maintenant voisins").await?;
    std::fs::remove_file(first)?;
    Ok(())
}

/// She agrees that Claire reads something of her.
async fn agrees<H: Host>(nadine: &mut Coordinator<'_, H>, person: &str) -> Told {
    nadine.goes_to(&format!("/people/{person}/consents/new")).await?;
    nadine.chooses("which", "shares").await?;
    nadine.chooses("how", "orally").await?;
    nadine.types("recipient", CLAIRE).await?;
    nadine.chooses("purpose", "sharing").await?;
    nadine.types("what", "où elle habite").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Informations, accords et oppositions").await
}

async fn entrusts<H: Host>(nadine: &mut Coordinator<'_, H>, person: &str) -> Told {
    nadine.goes_to(&format!("/people/{person}/copy")).await?;
    nadine.chooses("pieces", "address").await?;
    nadine.types("message", "Je suis absente en juillet.").await?;
    nadine
        .presses_at(Locator::XPath("//label[starts-with(normalize-space(.), \"3\") and contains(., \"mois\")]"))
        .await?;
    nadine.sees("Ce qui part, exactement").await?;
    nadine.sees("La Roussière").await?;
    nadine.presses_at(Locator::XPath("//button[normalize-space(.) = \"Confier\"]")).await?;
    nadine.sees("Cela part au prochain échange").await
}

pub async fn opens<H: Host>(coordinator: &mut Coordinator<'_, H>, file: &std::path::Path, then: &str) -> Told {
    coordinator.goes_to("/more/neighbours").await?;
    coordinator.host.wait_for(Locator::Css("#courier-file")).await?;
    coordinator.host.upload(Locator::Css("#courier-file"), file).await?;
    coordinator.sees(then).await
}
