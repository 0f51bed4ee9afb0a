//! A health project, told through the screens: without her agreement it does not begin; her words, who does what, the
//! circle, her copy, the sheet for the nurses; and what she stops stays stopped.

use maillon_tests::e2e::{Coordinator, Host, Told, axe};
use maillon_tests::{in_chromium_beside, in_chromium_first};
use serde_json::json;

use super::screens::{EVERY_WAY, go, look, nothing_is_wrong};

in_chromium_first!(a_project_is_hers_from_her_agreement_to_the_day_she_stops_it);
in_chromium_beside!(the_screens_of_a_project_can_be_used_by_everyone);

const PASSPHRASE: &str = "trois lampes dans le grenier";
const WORDS: &str = "Je voudrais retourner au marché toute seule.";

async fn begins<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told<String> {
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.presses("Inscrire la première personne").await?;
    nadine.types("given-name", "Odette").await?;
    nadine.types("family-name", "Marchevel").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Odette Marchevel").await?;
    let address = nadine.host.page().current_url().await?;
    Ok(address.fragment().unwrap_or_default().trim_start_matches("/people/").to_owned())
}

async fn says<H: Host>(nadine: &mut Coordinator<'_, H>, person: &str, which: &str) -> Told {
    nadine.goes_to(&format!("/people/{person}/consents/new")).await?;
    nadine.chooses("which", which).await?;
    nadine.chooses("how", "orally").await
}

async fn opens_a_project<H: Host>(nadine: &mut Coordinator<'_, H>, person: &str) -> Told {
    says(nadine, person, "accompanied").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Informations, accords et oppositions").await?;
    nadine.goes_to(&format!("/projects/new/{person}")).await?;
    nadine.types("words", WORDS).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("un projet ne va pas sans").await?;
    nadine.types("goals", "Sortir le jeudi").await?;
    nadine.presses_choice("Dans 3 mois").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Prochain point avec la personne").await?;
    nadine.sees("Sortir le jeudi").await
}

async fn adds_an_action<H: Host>(nadine: &mut Coordinator<'_, H>, what: &str, who: &str, when: &str) -> Told {
    nadine.presses("Ajouter une action").await?;
    nadine.types("what", what).await?;
    nadine.presses_choice(who).await?;
    nadine.presses_choice(when).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Prochain point avec la personne").await?;
    nadine.sees(what).await
}

async fn a_project_is_hers_from_her_agreement_to_the_day_she_stops_it<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    let person = begins(&mut nadine).await?;
    nadine.host.cut_network().await?;

    // What is missing is said, with what to do about it.
    nadine.presses("Commencer un projet").await?;
    nadine.sees("Son accord à être accompagnée n’est pas noté.").await?;
    opens_a_project(&mut nadine, &person).await?;
    adds_an_action(&mut nadine, "choisir un cabas", "Odette Marchevel", "au prochain point").await?;
    // What is due first stands first: that one is done below.
    for (what, when) in [
        ("appeler la mairie", "Dans 7 jours"),
        ("appeler le car", "Dans 14 jours"),
        ("appeler la mutuelle", "Dans 14 jours"),
    ] {
        adds_an_action(&mut nadine, what, "La coordination", when).await?;
    }
    nadine.sees("3 actions sur 4 sont portées par la coordination. Qui d’autre ?").await?;
    nadine.host.keep_picture("project").await?;

    // Done from her page, where it is a follow-up, it is done in the project.
    nadine.goes_to(&format!("/people/{person}")).await?;
    nadine.sees("appeler la mairie").await?;
    nadine.presses("Fait").await?;
    nadine.sees("Enregistré Annuler").await?;
    nadine.presses("Je voudrais retourner").await?;
    nadine.sees("fait aujourd’hui").await?;

    // Her copy names nobody in the title nor in the address.
    nadine.presses("Sa copie, en clair").await?;
    nadine.sees("Ce que je veux").await?;
    nadine.sees("choisir un cabas").await?;
    let clean = "return !/Marchevel|Odette/.test(document.title + location.href)";
    assert_eq!(nadine.host.page().execute(clean, vec![]).await?, json!(true));
    nadine.host.keep_picture("project-copy").await?;

    // Nothing leaves without a consent.
    nadine.goes_to(&format!("/projects/liaison/{person}")).await?;
    nadine.types("recipient", "Cabinet du Pont").await?;
    nadine.sees("La personne n’a pas donné d’accord").await?;
    says(&mut nadine, &person, "shares").await?;
    nadine.types("recipient", "Cabinet du Pont").await?;
    nadine.chooses("purpose", "liaison_sheet").await?;
    nadine.types("what", "ce qu’elle veut").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Informations, accords et oppositions").await?;
    nadine.goes_to(&format!("/projects/liaison/{person}")).await?;
    nadine.presses("Préparer pour Cabinet du Pont").await?;
    nadine.chooses("pieces", "words").await?;
    nadine.sees("Ce qui part, exactement").await?;
    nadine.sees("« Je voudrais retourner au marché toute seule. »").await?;
    nadine.host.keep_picture("liaison").await?;
    nadine.presses("Enregistrer le fichier et noter la remise").await?;
    nadine.sees("Déjà remises").await?;

    // What she stops is asked of nobody, after a power cut too.
    nadine.goes_to(&format!("/people/{person}")).await?;
    nadine.presses("Je voudrais retourner").await?;
    nadine.presses("La personne arrête").await?;
    nadine.types("words", "Je n’en veux plus.").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Arrêté par la personne").await?;
    nadine.host.kill();
    nadine.host.start().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.goes_to(&format!("/people/{person}")).await?;
    nadine.sees("Arrêté par la personne").await?;
    nadine.sees_no_more("appeler le car").await?;
    nadine.sees("Rien de prévu.").await
}

async fn the_screens_of_a_project_can_be_used_by_everyone(host: &mut maillon_tests::e2e::Chromium) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    let person = begins(&mut nadine).await?;
    let mut wrong = Vec::new();
    go(nadine.host, &format!("/projects/new/{person}")).await?;
    look(nadine.host, "project-refused", EVERY_WAY, &mut wrong).await?;
    opens_a_project(&mut nadine, &person).await?;
    adds_an_action(&mut nadine, "appeler la mairie", "La coordination", "Dans 7 jours").await?;
    let address = nadine.host.page().current_url().await?;
    let project = address.fragment().unwrap_or_default().to_owned();
    nadine.goes_to(&format!("/projects/circle/{person}/new")).await?;
    nadine.presses_choice("Quelqu’un d’autre").await?;
    nadine.types("who-else", "Hortense Vaubanel").await?;
    nadine.types("role", "porte les courses").await?;
    nadine.types("phone", "06 12 34 56 78").await?;
    nadine.presses_choice("C’est le référent").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Appeler Hortense Vaubanel").await?;
    for (path, name) in [
        (format!("/projects/new/{person}"), "project-new"),
        (project.clone(), "project-one"),
        (format!("{project}/edit"), "project-edit"),
        (format!("{project}/goals/new"), "project-goal"),
        (format!("{project}/actions/new"), "project-action"),
        (format!("{project}/review"), "project-review"),
        (format!("{project}/halt/paused"), "project-pause"),
        (format!("{project}/copy"), "project-copy"),
        (format!("/projects/circle/{person}"), "circle"),
        (format!("/projects/circle/{person}/new"), "circle-new"),
        (format!("/projects/liaison/{person}"), "liaison-new"),
        (format!("/people/{person}"), "person-with-project"),
    ] {
        go(nadine.host, &path).await?;
        look(nadine.host, name, EVERY_WAY, &mut wrong).await?;
    }

    // Paper: her copy is all that is on it, and the buttons are not.
    go(nadine.host, &format!("{project}/copy")).await?;
    nadine.host.show_as_printed(true).await?;
    let paper = nadine.reads().await?;
    assert!(paper.contains("Ce que je veux") && !paper.contains("Imprimer cette copie"), "{paper}");
    nadine.host.keep_picture("project-copy-on-paper").await?;
    nadine.host.show_as_printed(false).await?;
    assert!(axe(nadine.host.page()).await?.is_empty());
    nothing_is_wrong(nadine.host, &wrong).await
}
