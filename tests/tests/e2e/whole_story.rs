//! From a neighbour's words to the review of a health project, with no network: nothing is typed twice, and each screen is
//! reached from the one before.

use maillon_tests::e2e::{Coordinator, Host, Locator, Told};
use maillon_tests::in_chromium_first;

in_chromium_first!(from_a_neighbours_words_to_the_review_of_her_project);

const PASSPHRASE: &str = "trois lampes dans le grenier";
const WANTS: &str = "Je voudrais revoir le lavoir, et du monde.";

/// A neighbour speaks of a woman whom nobody has met, and it is grave enough to be looked at.
async fn a_neighbour_worries<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.presses("Plus").await?;
    nadine.presses("Demandes").await?;
    nadine.presses("Nouvelle demande").await?;
    nadine.types("verbatim", "Elle ne sort plus depuis Pâques.").await?;
    nadine.presses_choice("Isolement").await?;
    nadine.chooses("about", "reported").await?;
    nadine.types("given_name", "Léontine").await?;
    nadine.types("family_name", "Tardivel").await?;
    nadine.types("hamlet", "La Roussière").await?;
    nadine.types("asked_by", "Anselme, d’en face").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("30 jours restants").await?;
    nadine.presses("Léontine Tardivel").await?;
    nadine.sees("Fiche provisoire").await?;
    nadine.presses("Signaler une alerte").await?;
    nadine.chooses("severity", "priority_48_hours").await?;
    nadine.picks("kind", "no_news").await?;
    nadine.types("words", "Volets fermés, boîte aux lettres pleine.").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("responsable : coordination").await?;
    nadine.presses("Aujourd’hui").await?;
    nadine.sees("Léontine Tardivel").await
}

/// She is met, told what is written of her, and agrees to be accompanied; what was said of her is still there.
async fn she_is_met_and_agrees<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.presses("Léontine Tardivel").await?;
    nadine.sees("Sans nouvelles").await?;
    nadine.presses("Léontine Tardivel").await?;
    nadine.presses_at(Locator::Css("details.inform > summary")).await?;
    nadine.chooses("informed-how", "orally").await?;
    nadine.presses("Ouvrir sa fiche").await?;
    nadine.sees_no_more("Fiche provisoire").await?;
    nadine.presses("Noter un contact").await?;
    nadine.chooses("kind", "home_visit").await?;
    nadine.types("words", WANTS).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Visite à domicile").await?;
    nadine.presses("Sans nouvelles").await?;
    nadine.presses("Clore").await?;
    nadine.picks("reason", "answered").await?;
    nadine.presses("Enregistrer").await?;
    nadine.presses("Léontine Tardivel").await?;
    nadine.presses("Voir et noter").await?;
    nadine.presses("Noter ce qui a été dit").await?;
    nadine.chooses("which", "accompanied").await?;
    nadine.chooses("how", "orally").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Informations, accords et oppositions").await?;
    nadine.presses("Fiche").await?;
    nadine.sees("Visite à domicile").await
}

async fn she_is_heard_and_understood<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.presses_at(Locator::Css("ol.timeline a[href^='#/requests/']")).await?;
    nadine.presses("Écouter").await?;
    nadine.types("text", "Elle a peur de déranger. Sa fille part en août.").await?;
    nadine.presses("Enregistrer").await?;
    nadine.presses("Comprendre").await?;
    nadine.types("text", "Retrouver du monde, une fois par semaine.").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Retrouver du monde").await
}

/// Three professionals and her son speak with her; what is decided is somebody's.
async fn they_speak_together<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.presses("Prévoir un temps d’échange").await?;
    nadine.types("purpose", "Préparer l’été avec elle").await?;
    nadine.types("place", "Mairie, salle du bas").await?;
    nadine.presses("Enregistrer").await?;
    for guest in ["Aline Serrebois, infirmière", "Docteur Vaubrun", "L’aide à domicile", "Son fils Régis"] {
        nadine.types("who-else", guest).await?;
        nadine.presses("Ajouter aux invités").await?;
        nadine.sees(guest).await?;
    }
    nadine.presses("Voir le temps d’échange et ses invitations").await?;
    nadine.sees("Son fils Régis").await?;
    nadine.presses("Noter qu’il a eu lieu").await?;
    nadine.chooses("presence", "there").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("La personne était là").await?;
    nadine.presses("Ajouter une décision").await?;
    nadine.types("what", "passer le mardi").await?;
    nadine.presses_choice("Aline Serrebois, infirmière").await?;
    nadine.presses_choice("Dans 7 jours").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("passer le mardi").await?;
    nadine.presses("Voir la demande").await?;
    nadine.sees("Préparer l’été avec elle").await
}

async fn her_project_begins<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.presses("Commencer un projet").await?;
    // What the neighbour said is not put in her mouth; what she said at the visit is there.
    nadine.host.wait_for(Locator::Id("words")).await?;
    let words = nadine.host.page().execute("return document.getElementById('words').value", vec![]).await?;
    assert_eq!(words.as_str(), Some(WANTS));
    nadine.types("goals", "Aller au lavoir le jeudi").await?;
    nadine.presses_choice("Dans 3 mois").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Prochain point avec la personne").await?;
    nadine.presses("Ajouter une action").await?;
    nadine.types("what", "l’accompagner au lavoir").await?;
    nadine.presses_choice("La coordination").await?;
    nadine.presses_choice("Dans 7 jours").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("l’accompagner au lavoir").await
}

/// A fall, the hospital, and a return that is prepared.
async fn she_goes_to_hospital_and_comes_back<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.presses("Fiche").await?;
    nadine.presses("Noter une hospitalisation").await?;
    nadine.types("place", "Hôpital de Valsonne").await?;
    nadine.types("told-by", "sa fille").await?;
    nadine.presses_choice("Demain").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Préparer le retour").await?;
    nadine.presses("Aujourd’hui").await?;
    nadine.sees("points sans réponse").await?;
    nadine.presses("Voir les points").await?;
    nadine.presses("Réglé").await?;
    nadine.presses("Retour fait").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Après le retour").await?;
    nadine.presses("Aujourd’hui").await?;
    nadine.sees("Appel du lendemain").await
}

async fn one_looks_at_it_again<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.presses("Léontine Tardivel").await?;
    nadine.presses("Fiche").await?;
    nadine.presses("Je voudrais revoir le lavoir").await?;
    nadine.presses("Faire le point ensemble").await?;
    nadine.types("words", "Elle y va maintenant avec Anselme.").await?;
    nadine.presses_choice("Dans 3 mois").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Elle y va maintenant avec Anselme.").await
}

async fn from_a_neighbours_words_to_the_review_of_her_project<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.host.cut_network().await?;
    a_neighbour_worries(&mut nadine).await?;
    she_is_met_and_agrees(&mut nadine).await?;
    she_is_heard_and_understood(&mut nadine).await?;
    they_speak_together(&mut nadine).await?;
    her_project_begins(&mut nadine).await?;
    she_goes_to_hospital_and_comes_back(&mut nadine).await?;
    one_looks_at_it_again(&mut nadine).await?;

    // All of it is there again after a power cut.
    nadine.host.kill();
    nadine.host.start().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.presses("Personnes").await?;
    nadine.presses("Léontine Tardivel").await?;
    for told in [
        "Point fait ensemble",
        "Projet commencé",
        "Hospitalisation",
        "Temps d’échange",
        "Demande comprise",
        "Signalement",
    ] {
        nadine.sees(told).await?;
    }
    nadine.host.keep_picture("whole-story").await?;
    Ok(())
}
