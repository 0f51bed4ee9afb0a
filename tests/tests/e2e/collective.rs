//! What is common, told through the screens: a project from a counted need to what was learnt, difficulties that stay until
//! three structures said them, and a situation that leaves once it names nobody and someone else read it.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::{in_chromium, in_chromium_beside, in_chromium_first};

use crate::screens::{EVERY_WAY, go, look, nothing_is_wrong};

in_chromium_first!(a_need_becomes_a_project_that_is_closed_and_begins_again);
in_chromium!(what_is_said_of_practice_leaves_only_when_it_names_nobody);
in_chromium_beside!(what_is_common_can_be_used_by_everyone);

const PASSPHRASE: &str = "trois lampes dans le grenier";

async fn knows<H: Host>(nadine: &mut Coordinator<'_, H>, given: &str, family: &str, hamlet: &str) -> Told {
    nadine.goes_to("/people/new").await?;
    nadine.types("given-name", given).await?;
    nadine.types("family-name", family).await?;
    nadine.types("hamlet", hamlet).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees(&format!("{given} {family}")).await
}

/// The first field whose id begins so.
fn first(selector: &str) -> Locator<'_> {
    Locator::Css(selector)
}

async fn a_need_becomes_a_project_that_is_closed_and_begins_again<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    knows(&mut nadine, "Odette", "Marchevel", "Le Mas").await?;
    nadine.host.cut_network().await?;

    // From the radar of needs: a subject and a count, never a name. A count under five is not said.
    nadine.goes_to("/collective/new/over/2026-01-01/2026-05-31/need/transport/12/need/meals/3").await?;
    nadine.sees("12 personnes").await?;
    nadine.sees("moins de 5 personnes").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Donnez un nom au projet.").await?;
    nadine.types("title", "Marcher ensemble").await?;
    nadine.types("aim", "Pour qu’Odette sorte de chez elle.").await?;
    // It says where someone is named, and lets one save.
    nadine.sees("nom connu du carnet").await?;
    nadine.presses("Ajouter une étape").await?;
    nadine.types_in(first("input[id^='step-']:not([type='date'])"), "Réserver la salle").await?;
    nadine.presses("Ajouter un indicateur").await?;
    nadine.types_in(first("input[id^='indicator-']"), "Marcheurs").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Ce que l’on veut changer").await?;
    nadine.sees("Réserver la salle").await?;
    nadine.host.keep_picture("collective-project").await?;

    nadine.presses("Noter une mesure").await?;
    nadine.types("amount", "14").await?;
    nadine.types("to-verify", "compté de mémoire").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("à vérifier").await?;
    nadine.presses("C’est fait").await?;
    nadine.sees("Fait aujourd’hui").await?;
    nadine.presses("Terminer le projet").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Écrivez ce qui a été appris").await?;
    nadine.types("learnt", "Partir plus tôt le matin.").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Terminé aujourd’hui").await?;
    nadine.presses("Reprendre l’année suivante").await?;
    nadine.sees("Suite de").await?;
    nadine.sees("Pas encore mesuré").await
}

async fn what_is_said_of_practice_leaves_only_when_it_names_nobody(host: &mut Chromium) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    knows(&mut nadine, "Odette", "Marchevel", "La Roussière").await?;
    knows(&mut nadine, "Anselme", "Ribeyrac", "Aubignan").await?;
    for (words, structure) in [("On attend trois mois.", "SAD du Val"), ("Personne ne rappelle.", "Les Tilleuls")] {
        nadine.goes_to("/practice/difficulties/new").await?;
        nadine.types("words", words).await?;
        nadine.presses_choice("Délais, listes d’attente").await?;
        nadine.types("structure", structure).await?;
        nadine.presses("Enregistrer").await?;
        nadine.sees(words).await?;
    }
    nadine.sees("il en manque 1").await?;

    // From two real situations, one beside the other; a sentence taken over and a name are pointed at.
    nadine.goes_to("/people").await?;
    nadine.presses("Odette Marchevel").await?;
    nadine.presses("Noter un contact").await?;
    nadine.types("words", "Je garde les volets fermés depuis la mort du chien.").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("volets fermés").await?;
    nadine.goes_to("/practice/situations/new").await?;
    for name in ["Odette", "Anselme"] {
        nadine.types("source-person", name).await?;
        let found = format!("//ul[contains(@class, 'people-found')]//button[contains(., '{name}')]");
        nadine.presses_at(Locator::XPath(&found)).await?;
    }
    nadine.presses("Lire à côté").await?;
    nadine.sees("Je garde les volets fermés").await?;
    nadine.types("title", "Derrière les volets").await?;
    nadine.types("story", "Odette garde les volets fermés depuis la mort du chien.").await?;
    nadine.sees("phrase reprise d’une fiche").await?;
    nadine.host.keep_picture("situation-maker").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("elle ne peut ni être relue ni imprimée").await?;
    nadine.presses("Modifier").await?;
    nadine.types("story", "Quelqu’un ne laisse plus entrer la lumière, et son courrier traîne.").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("quelqu’un d’autre doit la relire").await?;
    nadine.types("reader", "Jeanne").await?;
    nadine.presses("Relue, personne n’est reconnaissable").await?;
    nadine.sees("relue par Jeanne").await?;
    nadine.sees("Imprimer").await?;
    Ok(())
}

/// The screens of what is common, in every way they can be seen.
async fn what_is_common_can_be_used_by_everyone(host: &mut Chromium) -> Told {
    host.start().await?;
    let mut wrong = Vec::new();
    Coordinator::at(host).creates_a_notebook(PASSPHRASE).await?;
    for (path, name) in [
        ("/collective", "collective-empty"),
        ("/practice/difficulties", "difficulties-empty"),
        ("/practice/situations", "situations-empty"),
        ("/practice/situations/new", "situation-start"),
        ("/practice/difficulties/new", "difficulty-new"),
        ("/collective/new/over/2026-01-01/2026-05-31/need/transport/12/need/meals/3", "collective-new"),
    ] {
        go(host, path).await?;
        look(host, name, EVERY_WAY, &mut wrong).await?;
    }
    let mut nadine = Coordinator::at(host);
    knows(&mut nadine, "Odette", "Marchevel", "La Roussière").await?;
    nadine.goes_to("/collective/new/over/2026-01-01/2026-05-31/need/transport/12").await?;
    nadine.types("title", "Marcher ensemble, du Mas des Alpilles-d’en-haut jusqu’au marché du vendredi").await?;
    nadine.types("axis", "Rompre l’isolement").await?;
    nadine.types("aim", "Qu’Odette et les autres sortent une fois par semaine.").await?;
    nadine.sees("nom connu du carnet").await?;
    look(nadine.host, "project-clues", EVERY_WAY, &mut wrong).await?;
    nadine.presses_choice("Action communautaire").await?;
    nadine.presses("Ajouter une étape").await?;
    nadine.types_in(first("input[id^='step-']:not([type='date'])"), "Réserver la salle").await?;
    nadine.presses("Ajouter un indicateur").await?;
    nadine.types_in(first("input[id^='indicator-']"), "Marcheurs à chaque sortie").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Ce que l’on veut changer").await?;
    look(nadine.host, "collective-project", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Noter une mesure").await?;
    nadine.sees("Combien").await?;
    look(nadine.host, "measure", EVERY_WAY, &mut wrong).await?;
    go(nadine.host, "/collective").await?;
    look(nadine.host, "projects", EVERY_WAY, &mut wrong).await?;
    go(nadine.host, "/practice/situations/new").await?;
    nadine.presses("Partir de celui-ci Le poêle éteint").await?;
    nadine.sees("Qui répond à quoi").await?;
    look(nadine.host, "situation-form", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("quelqu’un d’autre doit la relire").await?;
    look(nadine.host, "situation", EVERY_WAY, &mut wrong).await?;
    nothing_is_wrong(nadine.host, &wrong).await
}
