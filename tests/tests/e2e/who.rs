//! *Qui fait quoi*: missions written on an entry, asked about, verified; absences and stand-ins; the leaflet on paper; a
//! partner from whom there was news.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::{in_chromium, in_chromium_beside, in_chromium_first};

use crate::screens::{EVERY_WAY, go, look, nothing_is_wrong};

in_chromium_first!(
    who_can_do_it_is_answered_with_whoever_stands_in,
    a_partner_met_is_no_longer_to_be_called,
    her_own_card_says_how_to_reach_her,
);

in_chromium!(the_leaflet_on_paper_holds_only_what_was_meant_for_inhabitants);
in_chromium_beside!(every_screen_of_the_directory_can_be_used_by_everyone);

const PASSPHRASE: &str = "trois lampes dans le grenier";

async fn adds_an_entry<H: Host>(nadine: &mut Coordinator<'_, H>, kind: &str, name: &str, phone: &str) -> Told {
    nadine.goes_to(&format!("/directory/new/{kind}")).await?;
    nadine.types("name", name).await?;
    nadine.presses("Ajouter un téléphone").await?;
    nadine.types_in(Locator::Css("input[type='tel']"), phone).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Ajouter une mission").await
}

async fn adds_a_mission<H: Host>(nadine: &mut Coordinator<'_, H>, topic: &str, what: &str) -> Told {
    nadine.presses("Ajouter une mission").await?;
    nadine.types("topic", topic).await?;
    nadine.types("what", what).await?;
    nadine.presses_choice("Personnes âgées").await?;
    nadine.types("other-commune", "Roquebelle").await?;
    nadine.types("mission-note", "Passer par la cousine").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees(what).await
}

async fn who_can_do_it_is_answered_with_whoever_stands_in<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    adds_an_entry(&mut nadine, "structure", "Taxi des Peirons", "04 65 71 00 09").await?;
    adds_an_entry(&mut nadine, "structure", "Bus des Trois-Lavoirs", "04 65 71 00 01").await?;
    nadine.goes_to("/directory/who-does-what").await?;
    nadine.sees("Aucune mission n’est encore écrite").await?;
    nadine.presses("Ouvrir l’annuaire").await?;
    nadine.presses("Bus des Trois-Lavoirs").await?;

    // A mission says at least what it is about.
    nadine.presses("Ajouter une mission").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Dites de quoi il s’agit.").await?;
    nadine.presses("Quitter").await?;
    adds_a_mission(&mut nadine, "Transport", "Minibus vers le marché").await?;
    nadine.sees("Où : Roquebelle").await?;

    // Asked about, it answers; and what nobody does is said.
    nadine.presses("Annuaire").await?;
    nadine.presses("Qui fait quoi").await?;
    nadine.picks("topic", "transport").await?;
    nadine.sees("1 réponse").await?;
    nadine.sees("Minibus vers le marché").await?;
    nadine.picks("public", "children").await?;
    nadine.sees("Personne ne répond à tout cela").await?;
    nadine.presses("Tout montrer").await?;
    nadine.sees("Minibus vers le marché").await?;
    nadine.sees("Ce qui manque").await?;
    nadine.sees("Repas").await?;
    nadine.host.keep_picture("who").await?;

    // Away, it says so and who stands in.
    nadine.presses("Bus des Trois-Lavoirs").await?;
    nadine.presses("Ajouter une absence").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Dites au moins un jour").await?;
    nadine.presses_choice("Aujourd’hui").await?;
    nadine.types("stand-in", "taxi").await?;
    nadine.presses("Taxi des Peirons").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Absence en ce moment").await?;
    nadine.presses("Annuaire").await?;
    nadine.presses("Qui fait quoi").await?;
    nadine.sees("Remplacé par Taxi des Peirons").await?;
    nadine.host.keep_picture("who-away").await?;

    // A mission taken away comes back at one press.
    nadine.presses("Bus des Trois-Lavoirs").await?;
    nadine.presses("Modifier la mission Transport").await?;
    nadine.presses("Retirer cette mission").await?;
    nadine.sees("Aucune mission écrite").await?;
    nadine.presses("Annuler").await?;
    nadine.sees("Minibus vers le marché").await
}

async fn a_partner_met_is_no_longer_to_be_called<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.goes_to("/directory/new/professional").await?;
    nadine.types("name", "Escarvain").await?;
    nadine.types("touch-months", "3").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("tous les 3 mois").await?;
    nadine.presses("Aujourd’hui").await?;
    nadine.sees("Partenaires à recontacter").await?;
    nadine.presses("Noter un contact Escarvain").await?;
    nadine.sees("Escarvain").await?;
    nadine.types("words", "Prend de nouveaux patients.").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Dernier contact : aujourd’hui").await?;
    nadine.presses("Aujourd’hui").await?;
    nadine.sees_no_more("Partenaires à recontacter").await?;
    nadine.goes_to("/directory/in-touch").await?;
    nadine.sees("Personne à recontacter.").await
}

async fn her_own_card_says_how_to_reach_her<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.presses("Plus").await?;
    nadine.presses("Ma carte").await?;
    nadine.sees("Sans numéro").await?;
    nadine.presses("Modifier").await?;
    nadine.types("card-phone", "06 39 98 00 01").await?;
    nadine.types("card-hours", "du lundi au jeudi, le matin").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Nadine Vassorgue").await?;
    nadine.sees("du lundi au jeudi, le matin").await?;
    nadine.sees("Je ne soigne pas").await?;
    nadine.host.wait_for(Locator::Css(".own-card .square svg .dark")).await?;
    nadine.sees_no_more("Sans numéro").await?;
    nadine.host.keep_picture("own-card").await?;
    // A form left half way is found again among the drafts.
    nadine.presses("Modifier").await?;
    nadine.types("card-place", "Maison du Lavoir").await?;
    nadine.presses("Quitter").await?;
    nadine.goes_to("/more/drafts").await?;
    nadine.presses("Reprendre").await?;
    nadine.sees("Brouillon repris").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Maison du Lavoir").await
}

/// The leaflet goes to everyone: not one word of what was written to coordinate is on it.
async fn the_leaflet_on_paper_holds_only_what_was_meant_for_inhabitants(host: &mut Chromium) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    adds_an_entry(&mut nadine, "structure", "Bus des Trois-Lavoirs", "04 65 71 00 01").await?;
    adds_a_mission(&mut nadine, "Transport", "Minibus vers le marché").await?;
    nadine.goes_to("/directory/leaflet").await?;
    nadine.sees("Aucune mission n’est marquée").await?;
    nadine.goes_to("/directory").await?;
    nadine.presses("Bus des Trois-Lavoirs").await?;
    nadine.presses("Modifier la mission Transport").await?;
    nadine.presses_choice("Les habitants peuvent le lire").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("pour les habitants").await?;
    nadine.goes_to("/directory/leaflet").await?;
    nadine.sees("Qui peut m’aider").await?;
    nadine.host.show_as_printed(true).await?;
    let paper = nadine.reads().await?;
    assert!(paper.contains("Minibus vers le marché") && paper.contains("04 65 71 00 01"), "{paper}");
    assert!(!paper.contains("cousine"), "{paper}");
    nadine.host.keep_picture("leaflet-on-paper").await?;
    nadine.host.show_as_printed(false).await
}

async fn every_screen_of_the_directory_can_be_used_by_everyone(host: &mut Chromium) -> Told {
    host.start().await?;
    let mut wrong = Vec::new();
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    let screens = [("who-does-what", "who"), ("leaflet", "leaflet"), ("in-touch", "in-touch")];
    for (path, name) in screens {
        go(host, &format!("/directory/{path}")).await?;
        look(host, &format!("empty-{name}"), EVERY_WAY, &mut wrong).await?;
    }
    let mut nadine = Coordinator::at(host);
    adds_an_entry(&mut nadine, "structure", "Taxi solidaire des Peirons-Blancs et de la Combe-Neuve", "04 65 71 00 09")
        .await?;
    adds_an_entry(&mut nadine, "structure", "Bus des Trois-Lavoirs", "04 65 71 00 01").await?;
    adds_a_mission(&mut nadine, "Transport", "Minibus vers le marché, le lundi et le vendredi matin, aller et retour")
        .await?;
    nadine.presses("Modifier la mission Transport").await?;
    nadine.chooses("days", "1").await?;
    nadine.chooses("days", "5").await?;
    nadine.types("hours", "de 9 h à 12 h").await?;
    nadine.types("access", "Appeler la veille").await?;
    nadine.types("to-verify", "deux numéros selon les sources").await?;
    nadine.presses_choice("Les habitants peuvent le lire").await?;
    nadine.presses("Enregistrer").await?;
    adds_a_mission(&mut nadine, "Repas", "Portage à domicile").await?;
    nadine.presses("Ajouter une absence").await?;
    nadine.presses_choice("Aujourd’hui").await?;
    nadine.types("stand-in", "taxi").await?;
    nadine.presses("Taxi solidaire").await?;
    nadine.types("absence-note", "Répondeur").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Absence en ce moment").await?;
    nadine.presses("Modifier").await?;
    nadine.types("touch-months", "3").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("tous les 3 mois").await?;
    nadine.goes_to("/directory/new/professional").await?;
    nadine.types("name", "Escarvain").await?;
    nadine.types("touch-months", "6").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("tous les 6 mois").await?;
    nadine.goes_to("/directory").await?;
    nadine.presses("Bus des Trois-Lavoirs").await?;
    nadine.sees("Absence en ce moment").await?;
    let address = nadine.host.page().current_url().await?;
    let entry = address.fragment().unwrap_or_default().to_owned();
    look(host, "entry", EVERY_WAY, &mut wrong).await?;
    for (path, name) in screens {
        go(host, &format!("/directory/{path}")).await?;
        look(host, name, EVERY_WAY, &mut wrong).await?;
    }
    for (path, name) in [("missions/new", "mission-new"), ("absences/new", "absence-new")] {
        go(host, &format!("{entry}/{path}")).await?;
        look(host, name, EVERY_WAY, &mut wrong).await?;
    }
    for (path, name) in [("card", "card"), ("card/edit", "card-edit")] {
        go(host, &format!("/more/{path}")).await?;
        look(host, name, EVERY_WAY, &mut wrong).await?;
    }
    host.show_as_printed(true).await?;
    go(host, "/more/card").await?;
    host.keep_picture("card-on-paper").await?;
    host.show_as_printed(false).await?;
    go(host, "/").await?;
    look(host, "today-partners", EVERY_WAY, &mut wrong).await?;
    nothing_is_wrong(host, &wrong).await
}
