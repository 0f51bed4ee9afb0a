//! A cardiologist who comes once a month, a pharmacy that is on duty, what happened on a day, and the sheet for the noticeboard. Every
//! screen of them can be used by everyone.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::in_chromium;

use crate::screens::{EVERY_WAY, look, nothing_is_wrong};

in_chromium!(outreach_is_everyones);

const PASSPHRASE: &str = "trois lampes dans le grenier";
const HEART: &str = "Cardiologie";
const DUTY: &str = "Garde de pharmacie";

async fn outreach_is_everyones(host: &mut Chromium) -> Told {
    let mut wrong = Vec::new();
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.goes_to("/outreach").await?;
    nadine.sees("Pas encore de consultation avancée").await?;
    look(nadine.host, "outreach-none", EVERY_WAY, &mut wrong).await?;

    nadine.goes_to("/outreach/new").await?;
    nadine.types("title", HEART).await?;
    nadine.types("begins", "bientôt").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Cette date n’existe pas").await?;
    nadine.sees("Dites ce que c’est").await?;
    nadine.types("begins", "1/1/2020").await?;
    nadine.presses_choice("Consultation avancée").await?;
    nadine.presses_choice("Une fois par mois").await?;
    nadine.types("capacity", "8").await?;
    nadine.types("referral", "par le médecin").await?;
    look(nadine.host, "outreach-form", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("le premier lundi du mois").await?;
    nadine.sees("Rien n’est noté encore").await?;

    nadine.presses("Noter une séance").await?;
    nadine.host.wait_for(Locator::Css("#taken")).await?;
    nadine.types("taken", "6").await?;
    look(nadine.host, "outreach-session", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("6 places prises sur 8").await?;
    nadine.sees("sur 1 séance").await?;
    look(nadine.host, "outreach", EVERY_WAY, &mut wrong).await?;

    nadine.goes_to("/outreach/new").await?;
    nadine.types("title", DUTY).await?;
    nadine.presses_choice("Permanence, garde").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Personne n’a encore écrit les tours").await?;
    nadine.presses("Ajouter un tour").await?;
    nadine.host.wait_for(Locator::Css("#from")).await?;
    nadine.types("from", "1/1/2020").await?;
    nadine.types("who", "Pharmacie du Cours").await?;
    look(nadine.host, "outreach-turn", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Personne de garde dans les huit semaines").await?;
    look(nadine.host, "outreach-rota", EVERY_WAY, &mut wrong).await?;

    nadine.goes_to("/outreach").await?;
    nadine.sees(DUTY).await?;
    look(nadine.host, "outreach-list", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Affiche des deux mois").await?;
    nadine.sees("Près de chez vous").await?;
    nadine.sees(HEART).await?;
    look(nadine.host, "outreach-leaflet", EVERY_WAY, &mut wrong).await?;
    nothing_is_wrong(nadine.host, &wrong).await
}
