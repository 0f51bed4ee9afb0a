//! A diagnosis that the table of the real collective fills, a figure that is not known, a sheet that prints; and a call for projects
//! whose budget does not add up yet. Every screen of them can be used by everyone.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::in_chromium;

use crate::screens::{EVERY_WAY, look, nothing_is_wrong};

in_chromium!(a_diagnosis_is_everyones);
in_chromium!(a_call_for_projects_is_everyones);

const PASSPHRASE: &str = "trois lampes dans le grenier";
const DIAGNOSIS: &str = "Diagnostic du Pays";
const CALL: &str = "Plan cancer régional";

/// The table of communes comes in, one sheet is written, and each screen is seen in four sights.
async fn a_diagnosis_is_everyones(host: &mut Chromium) -> Told {
    let mut wrong = Vec::new();
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.goes_to("/diagnoses").await?;
    nadine.sees("Pas encore de diagnostic").await?;
    nadine.goes_to("/diagnoses/new").await?;
    nadine.types("title", DIAGNOSIS).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Aucune commune n’y est encore").await?;
    nadine.presses("Charger un tableau de communes").await?;
    nadine.types("year", "2021").await?;
    nadine.types("source", "INSEE").await?;
    nadine.presses("Continuer").await?;
    nadine.takes_in("pays-darles/communes.csv").await?;
    nadine.presses("Voir").await?;
    nadine.sees("Tarascon").await?;
    look(nadine.host, "diagnosis", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Tarascon").await?;
    nadine.sees("INSEE").await?;
    nadine.sees("pas connu").await?;
    nadine.presses("Écrire ce que l’on sait").await?;
    nadine.host.wait_for(Locator::Css("[id$='-value']")).await?;
    nadine.presses("Ajouter un fait").await?;
    look(nadine.host, "diagnosis-place-form", EVERY_WAY, &mut wrong).await?;
    nadine.types_in(Locator::Css("[id^='supply-'][id$='-structure']"), "cabinet du centre").await?;
    let profession = "//select[contains(@id, '-profession')]/option[2]";
    nadine.presses_at(Locator::XPath(profession)).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("cabinet du centre").await?;
    look(nadine.host, "diagnosis-place", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Population").await?;
    nadine.sees("Du plus bas au plus haut").await?;
    look(nadine.host, "diagnosis-compare", EVERY_WAY, &mut wrong).await?;
    nadine.goes_to("/diagnoses").await?;
    nadine.sees(DIAGNOSIS).await?;
    nothing_is_wrong(nadine.host, &wrong).await
}

/// A call is noted with its deadline, and the budget says what is missing.
async fn a_call_for_projects_is_everyones(host: &mut Chromium) -> Told {
    let mut wrong = Vec::new();
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.goes_to("/applications").await?;
    nadine.sees("Pas encore de candidature").await?;
    nadine.goes_to("/applications/new").await?;
    nadine.types("title", CALL).await?;
    nadine.types("deadline", "bientôt").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Cette date n’existe pas").await?;
    nadine.types("deadline", "15/3/2099").await?;
    nadine.types("hour", "12:00").await?;
    nadine.presses("Ajouter une ligne").await?;
    nadine.types_in(Locator::Css("[id^='budget-'][id$='-label']"), "Salle").await?;
    nadine.types_in(Locator::Css("[id^='budget-'][id$='-planned']"), "1 000").await?;
    nadine.types_in(Locator::Css("[id^='budget-'][id$='-asked']"), "600").await?;
    nadine.presses("Ajouter une pièce").await?;
    nadine.types_in(Locator::Css("[id^='pieces-'][id$='-what']"), "Statuts").await?;
    look(nadine.host, "application-form", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Il manque 400").await?;
    look(nadine.host, "application", EVERY_WAY, &mut wrong).await?;
    nadine.goes_to("/applications").await?;
    nadine.sees(CALL).await?;
    look(nadine.host, "applications", EVERY_WAY, &mut wrong).await?;
    nothing_is_wrong(nadine.host, &wrong).await
}
