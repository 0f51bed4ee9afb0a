//! A survey of a forum: lent to a tablet that holds nothing else, answered there without network, typed from paper, taken
//! back, checked, read, and put beside the years before. Whoever stands before a device of one's own gets no further.

use std::path::Path;

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::{in_chromium, in_chromium_beside, in_chromium_first};
use serde_json::json;

use crate::campaign::the_file_in;
use crate::screens::{EVERY_WAY, look, nothing_is_wrong};

in_chromium_first!(a_forum_is_evaluated_on_a_tablet_and_on_paper);
in_chromium!(whoever_stands_before_the_device_gets_no_further);
in_chromium_beside!(surveys_are_everyones);

const PASSPHRASE: &str = "trois lampes dans le grenier";
const FORUM: &str = "Forum santé de Fontvieille";

async fn a_forum_is_evaluated_on_a_tablet_and_on_paper<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    prepares(&mut nadine).await?;
    nadine.presses("Prêter à une tablette").await?;
    let words = nadine.host.wait_for(Locator::Css(".six-words")).await?.text().await?;
    nadine.presses("Enregistrer le fichier").await?;
    nadine.sees("Fichier enregistré").await?;
    let lent = the_file_in(&nadine.host.downloads(), "maillon")?;

    // The tablet has no network, and nothing of the notebook.
    let mut tablet = Chromium::new()?;
    tablet.start().await?;
    tablet.wait_until_kept().await?;
    tablet.cut_network().await?;
    let mut volunteer = Coordinator::at(&mut tablet);
    volunteer.presses("des appels confiés").await?;
    volunteer.host.wait_for(Locator::Css("#backup")).await?;
    volunteer.host.upload(Locator::Css("#backup"), &lent).await?;
    volunteer.presses("Reprendre").await?;
    volunteer.unlocks(&words).await?;
    volunteer.sees("Cette tablette ne contient que ce questionnaire").await?;
    volunteer.goes_to("/people").await?;
    volunteer.sees("Cette tablette ne contient que ce questionnaire").await?;
    volunteer.presses("Commencer").await?;
    answers(&mut volunteer, "interest.very", Some("Merci à Mme Calvoussagne")).await?;
    answers(&mut volunteer, "interest.yes", None).await?;
    // Someone walks up, looks, and leaves by the way out; then the battery is flat.
    volunteer.presses("Je visite").await?;
    volunteer.sees("Question 1 sur").await?;
    volunteer.host.kill();
    volunteer.host.restore_network()?;
    volunteer.host.start().await?;
    volunteer.host.cut_network().await?;
    volunteer.unlocks(&words).await?;
    volunteer.sees("2 réponses").await?;
    volunteer.host.keep_picture("survey-tablet").await?;
    volunteer.presses("Rendre").await?;
    volunteer.presses("Enregistrer le fichier à rendre").await?;
    volunteer.sees("Fichier enregistré").await?;
    let handed_back = the_file_in(&volunteer.host.downloads(), "maillon")?;

    // Paper: one sheet, then the same otherwise.
    nadine.presses("Saisir des feuilles").await?;
    types_a_sheet(&mut nadine, "1", "interest.little").await?;
    nadine.sees("Dernière feuille saisie").await?;
    types_a_sheet(&mut nadine, "1", "interest.not").await?;
    nadine.presses("Quitter").await?;
    nadine.sees("1 feuille saisie de deux façons").await?;

    // The tablet's answers come, once.
    nadine.host.upload(Locator::Css("#handed-back"), &handed_back).await?;
    nadine.sees("2 réponses nouvelles").await?;
    nadine.host.upload(Locator::Css("#handed-back"), &handed_back).await?;
    nadine.sees("2 déjà là").await?;
    nadine.sees("2 réponses").await?;
    nadine.presses("1 feuille saisie de deux façons").await?;
    nadine.sees("Feuille 1").await?;
    nadine.host.keep_picture("survey-check").await?;
    nadine.presses_at(Locator::XPath("(//li[contains(@class, 'version')])[1]//button")).await?;
    nadine.sees("retenu").await?;
    nadine.presses("Le questionnaire").await?;
    nadine.sees("3 réponses").await?;

    // What somebody wrote is read before it is shown.
    nadine.presses("1 mot laissé à lire").await?;
    nadine.sees("Merci à Mme Calvoussagne").await?;
    nadine.presses("Montrer autrement").await?;
    nadine.types_in(Locator::Css("[id^='words-']:is(textarea)"), "Merci à la coordinatrice").await?;
    nadine.presses("Montrer ainsi").await?;
    nadine.sees("Peut être montré ainsi").await?;
    nadine.presses("Le questionnaire").await?;
    nadine.sees("Merci à la coordinatrice").await?;
    nadine.host.keep_picture("survey-results").await?;

    // The years before: published figures, and nothing worked out of them.
    nadine.presses("D’une année sur l’autre").await?;
    nadine.presses("Reprendre des chiffres publiés").await?;
    nadine.host.wait_for(Locator::Css("#file")).await?;
    let figures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tests/data/forum-evaluations.csv");
    nadine.host.upload(Locator::Css("#file"), &figures.canonicalize()?).await?;
    nadine.sees("18 chiffres publiés").await?;
    nadine.presses("Garder ces chiffres").await?;
    nadine.sees("88 % (n non publié)").await?;
    nadine.sees("96 % (n non publié)").await?;
    nadine.sees("67 % (2 sur 3)").await?;
    nadine.host.keep_picture("survey-years").await?;
    let clean = "return !/forum|fontvieille/i.test(document.title + location.href)";
    assert_eq!(nadine.host.page().execute(clean, vec![]).await?, json!(true));

    // On the tablet nothing stays.
    volunteer.presses_choice("J’ai rendu les réponses, et on me l’a confirmé.").await?;
    volunteer.presses("Effacer pour toujours").await?;
    volunteer.sees("Votre carnet de coordination").await
}

/// On a device of one's own, the address, the keyboard and a page that is loaded again lead nowhere.
async fn whoever_stands_before_the_device_gets_no_further(host: &mut Chromium) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    prepares(&mut nadine).await?;
    nadine.presses("Répondre sur cet appareil").await?;
    nadine.presses("Essayer sans rien garder").await?;
    nadine.sees("Essai").await?;
    answers(&mut nadine, "interest.very", None).await?;
    nadine.presses("Terminer").await?;
    nadine.presses("Verrouiller").await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.goes_to("/surveys").await?;
    nadine.sees("0 réponse").await?;
    nadine.presses(FORUM).await?;
    nadine.presses("Répondre sur cet appareil").await?;
    nadine.presses("Commencer").await?;
    nadine.sees("Votre avis compte").await?;
    nadine.host.page().execute("location.hash = '#/people'", vec![]).await?;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    nadine.sees("Votre avis compte").await?;
    let places = "return document.querySelectorAll('nav, header, .search').length";
    assert_eq!(nadine.host.page().execute(places, vec![]).await?, json!(0));
    answers(&mut nadine, "interest.yes", Some("Très bien")).await?;
    // Whoever comes next finds nothing of it.
    nadine.presses("Je visite").await?;
    let ticked = "return document.querySelectorAll('input:checked').length";
    assert_eq!(nadine.host.page().execute(ticked, vec![]).await?, json!(0));
    nadine.host.page().refresh().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.goes_to("/surveys").await?;
    nadine.sees("1 réponse").await
}

/// Each of the screens, in each of its states, in four sights.
async fn surveys_are_everyones(host: &mut Chromium) -> Told {
    let mut wrong = Vec::new();
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.goes_to("/surveys").await?;
    nadine.sees("Pas encore de questionnaire").await?;
    look(nadine.host, "surveys-none", EVERY_WAY, &mut wrong).await?;
    nadine.goes_to("/surveys/years").await?;
    nadine.sees("Rien à comparer").await?;
    look(nadine.host, "survey-years-none", EVERY_WAY, &mut wrong).await?;
    nadine.goes_to("/surveys/new").await?;
    nadine.host.wait_for(Locator::Css("#title")).await?;
    look(nadine.host, "survey-form", EVERY_WAY, &mut wrong).await?;
    prepares(&mut nadine).await?;
    nadine.presses("Ajouter une question").await?;
    nadine.types("words", "Comment êtes-vous venu ?").await?;
    nadine.types("choices", "à pied\nen bus\nen voiture").await?;
    look(nadine.host, "survey-question", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Comment êtes-vous venu").await?;
    nadine.presses("Feuille à imprimer, visiteurs").await?;
    nadine.sees("Ne nommez personne").await?;
    look(nadine.host, "survey-blank", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Le questionnaire").await?;
    nadine.presses("Saisir des feuilles").await?;
    look(nadine.host, "survey-sheet", EVERY_WAY, &mut wrong).await?;
    for (sheet, choice) in
        [("1", "interest.very"), ("2", "interest.yes"), ("4", "interest.little"), ("4", "interest.not")]
    {
        types_a_sheet(&mut nadine, sheet, choice).await?;
    }
    nadine.presses("Quitter").await?;
    nadine.sees("Numéros manquants").await?;
    look(nadine.host, "survey", EVERY_WAY, &mut wrong).await?;
    nadine.presses("1 feuille saisie de deux façons").await?;
    nadine.sees("Feuille 4").await?;
    look(nadine.host, "survey-check", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Le questionnaire").await?;
    nadine.presses("Ce que l’on peut donner").await?;
    nadine.sees("pas clos").await?;
    look(nadine.host, "survey-give-open", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Le questionnaire").await?;
    nadine.presses("Répondre sur cet appareil").await?;
    nadine.sees("Essayer").await?;
    look(nadine.host, "survey-begin", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Commencer").await?;
    nadine.sees("Votre avis compte").await?;
    look(nadine.host, "kiosk", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Je visite").await?;
    nadine.sees("Question 1 sur").await?;
    look(nadine.host, "kiosk-question", EVERY_WAY, &mut wrong).await?;
    nothing_is_wrong(nadine.host, &wrong).await
}

async fn prepares<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.goes_to("/surveys/new").await?;
    nadine.types("title", FORUM).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Prêter à une tablette").await
}

/// One visitor: the first question, all others passed over but the last, which is in words.
async fn answers<H: Host>(who: &mut Coordinator<'_, H>, choice: &str, words: Option<&str>) -> Told {
    who.presses("Je visite").await?;
    reads_question(who, 1).await?;
    ticks(who, choice).await?;
    who.presses("Suite").await?;
    for at in 2..5 {
        reads_question(who, at).await?;
        who.presses("Passer cette question").await?;
    }
    reads_question(who, 5).await?;
    match words {
        Some(words) => {
            who.types_in(Locator::Css(".question textarea"), words).await?;
            who.presses("Suite").await?;
        }
        None => who.presses("Passer cette question").await?,
    }
    who.presses("Envoyer mes réponses").await?;
    who.sees("Merci !").await?;
    who.presses("Personne suivante").await
}

/// A page is read before it is answered: a second tap on the way forward is not meant.
async fn reads_question<H: Host>(who: &mut Coordinator<'_, H>, at: u32) -> Told {
    who.sees(&format!("Question {at} sur 5")).await?;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    Ok(())
}

/// Ticks the box of a starting choice, by its name.
async fn ticks<H: Host>(who: &mut Coordinator<'_, H>, choice: &str) -> Told {
    let hex: String = choice.bytes().map(|byte| format!("{byte:02x}")).collect();
    let label = format!("//label[.//input[contains(@id, \"{hex:0<32}\")]]");
    who.presses_at(Locator::XPath(&label)).await
}

async fn types_a_sheet<H: Host>(nadine: &mut Coordinator<'_, H>, number: &str, choice: &str) -> Told {
    nadine.host.wait_for(Locator::Css("#number")).await?;
    nadine.types("number", number).await?;
    ticks(nadine, choice).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Enregistré").await?;
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    Ok(())
}
