//! A year's programme: an axis, a commune, money that nobody knows yet, a forum that says its own date. Every screen of it
//! can be used by everyone, and its calendar prints on a sheet.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::{in_chromium, in_chromium_first};

use crate::screens::{EVERY_WAY, look, nothing_is_wrong};

in_chromium_first!(a_year_is_set_out_and_a_forum_that_moves_moves_in_it);
in_chromium!(programmes_are_everyones);

const PASSPHRASE: &str = "trois lampes dans le grenier";
const PROGRAMME: &str = "Programmation santé des collines";
const FORUM: &str = "4e forum santé";

async fn a_year_is_set_out_and_a_forum_that_moves_moves_in_it<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    plans_a_forum(&mut nadine).await?;
    sets_out(&mut nadine).await?;
    // What nobody knows is not zero, and what is refused to a form is said at its field.
    nadine.sees("pas connu").await?;
    nadine.presses("Modifier").await?;
    nadine.types_in(Locator::Css("[id^='money-'][id$='-planned']:is(input)"), "mille").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Écrivez un montant en euros").await?;
    nadine.types_in(Locator::Css("[id^='money-'][id$='-planned']:is(input)"), "1 250,50").await?;
    // The power goes; what was typed is found again.
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    nadine.host.kill();
    nadine.host.start().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.goes_to("/more/drafts").await?;
    nadine.presses("Reprendre").await?;
    nadine.host.wait_for(Locator::Css("#title")).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("250,50").await?;
    nadine.host.keep_picture("programme").await?;
    nadine.presses("Préparer l’année suivante").await?;
    nadine.host.wait_for(Locator::Css("#title")).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Suite de la programmation").await?;
    nadine.sees("Bien vieillir").await?;
    nadine.searches("collines").await?;
    nadine.sees(PROGRAMME).await
}

/// Each of the screens, in each of its states, in four sights.
async fn programmes_are_everyones(host: &mut Chromium) -> Told {
    let mut wrong = Vec::new();
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.goes_to("/programmes").await?;
    nadine.sees("Pas encore de programmation").await?;
    look(nadine.host, "programmes-none", EVERY_WAY, &mut wrong).await?;
    plans_a_forum(&mut nadine).await?;
    sets_out(&mut nadine).await?;
    look(nadine.host, "programme", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Modifier").await?;
    nadine.host.wait_for(Locator::Css("#title")).await?;
    look(nadine.host, "programme-form", EVERY_WAY, &mut wrong).await?;
    nadine.goes_to("/programmes").await?;
    nadine.sees(PROGRAMME).await?;
    look(nadine.host, "programmes", EVERY_WAY, &mut wrong).await?;
    nadine.presses(PROGRAMME).await?;
    nadine.presses("Le calendrier, à imprimer").await?;
    nadine.sees("Imprimer le calendrier").await?;
    look(nadine.host, "programme-calendar", EVERY_WAY, &mut wrong).await?;
    nothing_is_wrong(nadine.host, &wrong).await
}

async fn plans_a_forum<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.goes_to("/events/new").await?;
    nadine.types("title", FORUM).await?;
    nadine.presses("Enregistrer").await?;
    // Its own page, and not what leads there: the story goes elsewhere now.
    nadine.sees("Imprimer l’événement").await?;
    nadine.sees(FORUM).await
}

async fn sets_out<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.goes_to("/programmes/new").await?;
    nadine.types("title", PROGRAMME).await?;
    nadine.presses("Ajouter un axe").await?;
    nadine.types_in(Locator::Css("[id^='axis-']:is(input)"), "Bien vieillir").await?;
    nadine.presses("Ajouter quelque chose au programme").await?;
    let pick = format!("//select[starts-with(@id, 'item-')]/option[contains(., \"{FORUM}\")]");
    nadine.presses_at(Locator::XPath(&pick)).await?;
    nadine.presses("Ajouter autre chose au programme").await?;
    nadine.types_in(Locator::Css("[id^='item-'][id$='-what']:is(input)"), "Recenser les lieux frais").await?;
    nadine.presses("Ajouter un financement").await?;
    nadine.types_in(Locator::Css("[id^='money-']:is(input)"), "Région").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Recenser les lieux frais").await?;
    nadine.sees(FORUM).await
}
