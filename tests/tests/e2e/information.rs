//! Information comes, is passed on to a shop, and stands on the noticeboard's sheet of the month.
//! Every screen of it can be used by everyone.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Told};
use maillon_tests::in_chromium;

use crate::screens::{EVERY_WAY, look, nothing_is_wrong};

in_chromium!(information_is_everyones);

const PASSPHRASE: &str = "trois lampes dans le grenier";
const SCREENING: &str = "Dépistage du diabète";

async fn information_is_everyones(host: &mut Chromium) -> Told {
    let mut wrong = Vec::new();
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.goes_to("/information").await?;
    nadine.sees("Pas encore d’information").await?;
    nadine.goes_to("/information/new").await?;
    nadine.types("expires", "bientôt").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Donnez un titre").await?;
    nadine.sees("Cette date n’existe pas").await?;
    nadine.types("title", SCREENING).await?;
    nadine.types("summary", "Sans rendez-vous, à jeun.").await?;
    nadine.types("source", "CPTS").await?;
    nadine.types("expires", "31/12/2099").await?;
    nadine.chooses("for_board", "yes").await?;
    look(nadine.host, "information-form", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Personne encore").await?;
    look(nadine.host, "information-item", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Noter à qui elle est transmise").await?;
    nadine.types("copies", "environ 30").await?;
    nadine.types("to", "Boulangerie").await?;
    nadine.chooses("state", "passed_on").await?;
    look(nadine.host, "information-passed", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("environ 30 exemplaires").await?;
    nadine.goes_to("/information").await?;
    nadine.sees(SCREENING).await?;
    look(nadine.host, "information", EVERY_WAY, &mut wrong).await?;
    nadine.presses("La feuille d’affichage du mois").await?;
    nadine.sees("source : CPTS").await?;
    nadine.presses("Écrire un mot en tête").await?;
    nadine.types("note", "Mairie fermée le 14.").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Mairie fermée le 14.").await?;
    nadine.sees("Imprimer la feuille").await?;
    look(nadine.host, "information-board", EVERY_WAY, &mut wrong).await?;
    nadine.host.show_as_printed(true).await?;
    nadine.host.keep_picture("information-board-printed").await?;
    nadine.host.show_as_printed(false).await?;
    nadine.presses("Ne pas mettre sur la feuille").await?;
    nadine.sees("Pas sur la feuille").await?;
    nadine.presses("Mettre sur la feuille").await?;
    nadine.sees_no_more("Pas sur la feuille").await?;
    nothing_is_wrong(nadine.host, &wrong).await
}
