//! The charter of a post: who signs, a commitment, a question whose few answers are kept back, and two papers that are not printed
//! while someone is named in them. Every screen of it can be used by everyone.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::{in_chromium, in_chromium_first};

use crate::devices::enters;
use crate::screens::{EVERY_WAY, look, nothing_is_wrong};

in_chromium_first!(a_charter_is_set_out_line_by_line);
in_chromium!(charters_are_everyones);

const PASSPHRASE: &str = "trois lampes dans le grenier";
const CHARTER: &str = "Un poste pour trois villages";
const QUESTION: &str = "Le poste vous est-il utile";

async fn a_charter_is_set_out_line_by_line<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    enters(&mut nadine, "Escarvenc", "Odette").await?;
    sets_out(&mut nadine).await?;
    // Few answered: how they did is in the form, and on no screen.
    nadine.sees("moins de 5 réponses").await?;
    nadine.sees_no_more("n = 4").await?;
    // It was answered: it keeps its meaning.
    nadine.presses(QUESTION).await?;
    nadine.sees("elle garde son sens").await?;
    nadine.goes_to("/charters").await?;
    // There is one only: one is led to it.
    nadine.sees("Le bureau du rez-de-chaussée").await?;
    nadine.presses("La charte à signer").await?;
    nadine.sees("Imprimer la charte").await?;
    nadine.presses("La charte").await?;
    nadine.presses("Ce qui a changé").await?;
    nadine.types("words", "Odette Escarvenc sait à qui").await?;
    // The power goes; what was typed is found again.
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    nadine.host.kill();
    nadine.host.start().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.goes_to("/more/drafts").await?;
    nadine.presses("Reprendre").await?;
    nadine.host.wait_for(Locator::Css("#words")).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Odette Escarvenc sait à qui").await?;
    nadine.presses("Le bilan final").await?;
    nadine.sees("il ne s’imprime pas").await?;
    nadine.sees_no_more("Imprimer le bilan").await?;
    nadine.searches("rez-de-chaussée").await?;
    nadine.sees(CHARTER).await
}

/// Each of the screens, in each of its states, in four sights.
async fn charters_are_everyones(host: &mut Chromium) -> Told {
    let mut wrong = Vec::new();
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.goes_to("/charters").await?;
    nadine.sees("Pas encore de charte").await?;
    look(nadine.host, "charters-none", EVERY_WAY, &mut wrong).await?;
    nadine.goes_to("/charters/new").await?;
    nadine.host.wait_for(Locator::Css("#title")).await?;
    look(nadine.host, "charter-new", EVERY_WAY, &mut wrong).await?;
    sets_out(&mut nadine).await?;
    look(nadine.host, "charter", EVERY_WAY, &mut wrong).await?;
    nadine.presses("à 3 mois").await?;
    nadine.chooses("held", "not_held").await?;
    nadine.host.wait_for(Locator::Css("#held-why")).await?;
    look(nadine.host, "charter-point", EVERY_WAY, &mut wrong).await?;
    nadine.goes_to("/charters").await?;
    nadine.presses("Noter la décision").await?;
    nadine.chooses("decision", "continue").await?;
    nadine.host.wait_for(Locator::Css("#decision-by")).await?;
    look(nadine.host, "charter-decision", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Dites quand").await?;
    nadine.goes_to("/charters").await?;
    nadine.presses("La charte à signer").await?;
    nadine.sees("Imprimer la charte").await?;
    look(nadine.host, "charter-paper", EVERY_WAY, &mut wrong).await?;
    nadine.presses("La charte").await?;
    nadine.presses("Le bilan final").await?;
    nadine.sees("Imprimer le bilan").await?;
    look(nadine.host, "charter-report", EVERY_WAY, &mut wrong).await?;
    nadine.goes_to("/charters/all").await?;
    nadine.sees(CHARTER).await?;
    look(nadine.host, "charters", EVERY_WAY, &mut wrong).await?;
    nothing_is_wrong(nadine.host, &wrong).await
}

async fn sets_out<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.goes_to("/charters/new").await?;
    nadine.types("title", CHARTER).await?;
    nadine.presses_choice("Aujourd’hui").await?;
    nadine.presses("Enregistrer").await?;
    nadine.presses("Ajouter un signataire").await?;
    nadine.chooses("kind", "mairie").await?;
    nadine.types("who", "La mairie des collines").await?;
    nadine.presses("Enregistrer").await?;
    nadine.presses("Ajouter un engagement").await?;
    nadine.types("text", "Le bureau du rez-de-chaussée").await?;
    nadine.presses("Enregistrer").await?;
    nadine.presses("Ajouter une question").await?;
    nadine.types("text", QUESTION).await?;
    nadine.chooses("form", "yes_no").await?;
    nadine.presses("Enregistrer").await?;
    nadine.presses("au début").await?;
    nadine.types("n", "4").await?;
    nadine.types("counts-yes", "5").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("plus nombreuses que ceux qui ont répondu").await?;
    nadine.types("counts-yes", "4").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees(QUESTION).await
}
