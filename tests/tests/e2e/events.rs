//! Events of the collective: a forum is planned, prepared, held and counted; a lunch tells whom nobody met yet. Every screen
//! of it can be used by everyone, and prints.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::{in_chromium, in_chromium_first};
use serde_json::json;

use crate::campaign::the_file_in;
use crate::screens::{EVERY_WAY, look, nothing_is_wrong};

in_chromium_first!(a_forum_is_planned_prepared_held_and_counted);
in_chromium!(events_are_everyones);

const PASSPHRASE: &str = "trois lampes dans le grenier";
const FORUM: &str = "4e forum santé";

async fn a_forum_is_planned_prepared_held_and_counted<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    plans_a_forum(&mut nadine).await?;
    nadine.sees(&chrono::Local::now().format("%Y").to_string()).await?;
    nadine.sees("Réserver les barnums").await?;
    let clean = "return !/forum/i.test(document.title + location.href)";
    assert_eq!(nadine.host.page().execute(clean, vec![]).await?, json!(true));
    nadine.presses("C’est fait").await?;
    nadine.sees("Pas encore fait").await?;

    // The power goes; what was typed in the form is found again.
    nadine.presses("Modifier").await?;
    nadine.types("place", "Salle des fêtes").await?;
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    nadine.host.kill();
    nadine.host.start().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.goes_to("/more/drafts").await?;
    nadine.presses("Reprendre").await?;
    nadine.host.wait_for(Locator::Css("#place")).await?;
    nadine.chooses("state", "held").await?;
    nadine.presses_choice("Aujourd’hui").await?;
    nadine.presses("Compter un public").await?;
    nadine.types_in(Locator::Css("[id^='public-']"), "Familles du quartier").await?;
    nadine.types_in(Locator::Css("[id^='count-']:is(input)"), "une centaine").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Écrivez un nombre").await?;
    nadine.types_in(Locator::Css("[id^='count-']:is(input)"), "environ 200").await?;
    nadine.presses("Compter un autre public").await?;
    nadine.types_in(Locator::XPath("(//*[starts-with(@id, \"public-\")][self::input])[2]"), "Scolaires").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Salle des fêtes").await?;
    nadine.sees("environ 200 personnes").await?;
    nadine.sees("et 1 public dont on ne sait rien").await?;
    nadine.host.keep_picture("events-held").await?;
    nadine.goes_to("/events").await?;
    nadine.sees("Passés").await?;
    nadine.presses("Pour un agenda (.ics)").await?;
    nadine.sees("Fichier enregistré").await?;
    let calendar = the_file_in(&nadine.host.downloads(), "ics")?;
    assert!(std::fs::read_to_string(calendar)?.contains("SUMMARY:4e forum santé"));
    nadine.searches("barnums").await?;
    nadine.follows_what_is_found(FORUM).await?;
    nadine.sees("Salle des fêtes").await
}

/// Each of the screens, in each of its states, in four sights.
async fn events_are_everyones(host: &mut Chromium) -> Told {
    let mut wrong = Vec::new();
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.goes_to("/events").await?;
    nadine.sees("Pas encore d’événement").await?;
    look(nadine.host, "events-none", EVERY_WAY, &mut wrong).await?;
    plans_a_forum(&mut nadine).await?;
    look(nadine.host, "event", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Modifier").await?;
    nadine.sees("Structure d’accueil").await?;
    look(nadine.host, "event-form", EVERY_WAY, &mut wrong).await?;
    nadine.goes_to("/events/new").await?;
    nadine.types("title", "Déjeuner à Noves").await?;
    nadine.chooses("kind", "interprofessional_lunch").await?;
    nadine.sees("Aucun habitant n’est noté ici").await?;
    nadine.presses("Ajouter un professionnel").await?;
    nadine.types_in(Locator::Css("[id^='guest-']:is(input)"), "Docteure Calvoulmenque").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Docteure Calvoulmenque").await?;
    look(nadine.host, "event-lunch", EVERY_WAY, &mut wrong).await?;
    nadine.goes_to("/events").await?;
    nadine.sees("À venir").await?;
    look(nadine.host, "events", EVERY_WAY, &mut wrong).await?;
    nothing_is_wrong(nadine.host, &wrong).await
}

async fn plans_a_forum<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.goes_to("/events/new").await?;
    nadine.types("title", FORUM).await?;
    nadine.types("theme", "Bien vieillir").await?;
    nadine.presses("Ajouter un stand").await?;
    nadine.types_in(Locator::Css("[id^='stand-']:is(input[type='text'])"), "Ligue contre le cancer").await?;
    nadine.presses("Ajouter une chose à préparer").await?;
    nadine.types_in(Locator::Css("[id^='to-do-']:is(input[type='text'])"), "Réserver les barnums").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees(FORUM).await
}
