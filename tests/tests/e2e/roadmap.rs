//! A roadmap of several years: an axis, an objective, an action for a funder, a body and a mandate. Every screen of it can be
//! used by everyone, and each line is changed alone.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::{in_chromium, in_chromium_first};

use crate::screens::{EVERY_WAY, look, nothing_is_wrong};

in_chromium_first!(a_roadmap_is_set_out_line_by_line);
in_chromium!(roadmaps_are_everyones);

const PASSPHRASE: &str = "trois lampes dans le grenier";
const ROADMAP: &str = "Feuille de route des collines";
const ACTION: &str = "Marcher le jeudi";

async fn a_roadmap_is_set_out_line_by_line<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    sets_out(&mut nadine).await?;
    // What nobody knows is not zero, and what is refused to a form is said at its field.
    nadine.sees("pas connu").await?;
    nadine.presses(ACTION).await?;
    nadine.host.wait_for(Locator::Css("#title")).await?;
    nadine.types("planned", "mille").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Écrivez un montant en euros").await?;
    nadine.types("planned", "1 250,50").await?;
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
    nadine.presses("ACI").await?;
    nadine.sees("Imprimer pour le financeur").await?;
    nadine.sees(ACTION).await?;
    nadine.searches("marcher le jeudi").await?;
    nadine.sees(ROADMAP).await
}

/// Each of the screens, in each of its states, in four sights.
async fn roadmaps_are_everyones(host: &mut Chromium) -> Told {
    let mut wrong = Vec::new();
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.goes_to("/roadmaps").await?;
    nadine.sees("Pas encore de feuille de route").await?;
    look(nadine.host, "roadmaps-none", EVERY_WAY, &mut wrong).await?;
    nadine.goes_to("/roadmaps/new").await?;
    nadine.host.wait_for(Locator::Css("#title")).await?;
    look(nadine.host, "roadmap-new", EVERY_WAY, &mut wrong).await?;
    sets_out(&mut nadine).await?;
    look(nadine.host, "roadmap", EVERY_WAY, &mut wrong).await?;
    nadine.presses(ACTION).await?;
    nadine.host.wait_for(Locator::Css("#title")).await?;
    look(nadine.host, "roadmap-action", EVERY_WAY, &mut wrong).await?;
    nadine.goes_to("/roadmaps").await?;
    nadine.presses(ROADMAP).await?;
    nadine.presses("ACI").await?;
    nadine.sees("Imprimer pour le financeur").await?;
    look(nadine.host, "roadmap-framework", EVERY_WAY, &mut wrong).await?;
    nadine.goes_to("/roadmaps").await?;
    nadine.presses(ROADMAP).await?;
    nadine.presses("La gouvernance").await?;
    nadine.sees("Pas encore d’instance").await?;
    nadine.presses("Ajouter une instance ou un groupe").await?;
    nadine.types("title", "Comité de pilotage").await?;
    nadine.presses("Enregistrer").await?;
    nadine.presses("Ajouter un mandat").await?;
    nadine.types("who", "Zoé Berlingane").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("fin pas connue").await?;
    look(nadine.host, "roadmap-governance", EVERY_WAY, &mut wrong).await?;
    nothing_is_wrong(nadine.host, &wrong).await
}

async fn sets_out<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.goes_to("/roadmaps/new").await?;
    nadine.types("title", ROADMAP).await?;
    nadine.presses_at(Locator::Css("label[for='models-aci']")).await?;
    nadine.presses("Enregistrer").await?;
    nadine.presses("Ajouter un axe").await?;
    nadine.types("title", "Bien vieillir").await?;
    nadine.presses("Enregistrer").await?;
    nadine.presses("Ajouter un objectif").await?;
    nadine.types("title", "Rester chez soi").await?;
    nadine.presses("Enregistrer").await?;
    nadine.presses("Ajouter une action").await?;
    nadine.types("title", ACTION).await?;
    nadine.presses_at(Locator::XPath("//fieldset[@id='headings']//label[contains(., 'Prévention')]")).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Rester chez soi").await?;
    nadine.sees(ACTION).await
}
