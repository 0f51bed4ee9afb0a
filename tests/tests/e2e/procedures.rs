//! A procedure written, published and begun for someone; and a sheet made of it, looked through, that leaves as a page and is
//! opened again. Every screen of both can be used by everyone.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::{in_chromium, in_chromium_first};

use crate::screens::{EVERY_WAY, look, nothing_is_wrong};

in_chromium_first!(a_procedure_is_published_and_begun_and_a_sheet_of_it_leaves);
in_chromium!(procedures_and_sheets_are_everyones);

const PASSPHRASE: &str = "trois lampes dans le grenier";
const HOME: &str = "Retour à la maison";

async fn a_procedure_is_published_and_begun_and_a_sheet_of_it_leaves<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    writes_and_publishes(&mut nadine).await?;
    nadine.presses("Engager la procédure").await?;
    nadine.sees("Ce qui devient un suivi").await?;
    nadine.sees("Appeler le service").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("La version qui a servi").await?;
    nadine.sees("l’infirmière").await?;
    nadine.host.keep_picture("procedure-run").await?;
    nadine.presses("Voir la procédure").await?;
    begins_a_sheet(&mut nadine).await?;
    nadine.presses("Relire et transmettre").await?;
    nadine.sees("C’est voulu").await?;
    nadine.presses("Enregistrer la fiche").await?;
    nadine.sees("reste à relire").await?;
    nadine.host.keep_picture("sheet-leave").await?;
    nadine.presses_at(Locator::Css("input[id^='meant-']")).await?;
    nadine.presses("Enregistrer la fiche").await?;
    nadine.goes_to("/sheets").await?;
    nadine.sees("version 1").await?;
    nadine.searches("maison").await?;
    nadine.sees(HOME).await
}

/// Each of the screens, in each of its states, in four sights.
async fn procedures_and_sheets_are_everyones(host: &mut Chromium) -> Told {
    let mut wrong = Vec::new();
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.goes_to("/procedures").await?;
    nadine.sees("Pas encore de procédure").await?;
    look(nadine.host, "procedures-none", EVERY_WAY, &mut wrong).await?;
    writes_and_publishes(&mut nadine).await?;
    look(nadine.host, "procedure", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Modifier").await?;
    nadine.host.wait_for(Locator::Css("#title")).await?;
    look(nadine.host, "procedure-form", EVERY_WAY, &mut wrong).await?;
    nadine.goes_to("/procedures").await?;
    nadine.presses(HOME).await?;
    nadine.presses("Engager la procédure").await?;
    nadine.sees("Appeler le service").await?;
    look(nadine.host, "procedure-begin", EVERY_WAY, &mut wrong).await?;
    nadine.goes_to("/procedures").await?;
    nadine.presses(HOME).await?;
    begins_a_sheet(&mut nadine).await?;
    look(nadine.host, "travelling-sheet", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Relire et transmettre").await?;
    nadine.sees("C’est voulu").await?;
    look(nadine.host, "travelling-leave", EVERY_WAY, &mut wrong).await?;
    nadine.goes_to("/sheets").await?;
    nadine.sees("Aucune fiche reçue").await?;
    look(nadine.host, "travelling-sheets", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Ouvrir une fiche reçue").await?;
    look(nadine.host, "travelling-open", EVERY_WAY, &mut wrong).await?;
    nothing_is_wrong(nadine.host, &wrong).await
}

async fn writes_and_publishes<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.goes_to("/procedures/new").await?;
    nadine.types("title", HOME).await?;
    nadine.presses("Ajouter une étape").await?;
    nadine.types_in(Locator::Css("[id^='step-']:is(input)"), "Appeler le service").await?;
    nadine.types_in(Locator::Css("[id^='who-']:is(input)"), "l’infirmière").await?;
    nadine.types_in(Locator::Css("[id^='after-']:is(input)"), "une semaine").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Écrivez un nombre de jours").await?;
    nadine.types_in(Locator::Css("[id^='after-']:is(input)"), "2").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("pas encore publiée").await?;
    nadine.presses("Publier").await?;
    nadine.types("by", "le collectif").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Ce qui vaut aujourd’hui").await
}

async fn begins_a_sheet<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.presses("En faire une fiche pour un autre territoire").await?;
    nadine.host.wait_for(Locator::Css("#territory")).await?;
    nadine.types("territory", "Le pays des collines").await?;
    nadine.types("contact", "04 00 00 00 00").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("pas encore partie").await
}
