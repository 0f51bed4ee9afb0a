//! A second note with someone, which is shorter than the first: those met last, the last places, the usual durations.

use maillon_tests::e2e::{Coordinator, Host, Locator, Told};
use maillon_tests::in_chromium_first;

in_chromium_first!(a_whole_visit_is_noted_in_eight_taps);

const PASSPHRASE: &str = "trois lampes dans le grenier";

async fn a_whole_visit_is_noted_in_eight_taps<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.presses("Inscrire la première personne").await?;
    nadine.types("given-name", "Odette").await?;
    nadine.types("family-name", "Marchevel").await?;
    nadine.presses("Enregistrer").await?;
    nadine.presses("Noter un contact").await?;
    nadine.chooses("kind", "call_in").await?;
    nadine.presses("Heure, lieu, autres présents").await?;
    nadine.types("place", "Au marché").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Enregistré Annuler").await?;

    nadine.presses("Aujourd’hui").await?;
    nadine.sees("1 contact noté").await?;
    nadine.taps = 0;
    nadine.presses("Noter").await?;
    nadine.presses("Odette Marchevel").await?;
    nadine.types("words", "J’ai retrouvé l’appétit.").await?;
    nadine.presses_choice("Au marché").await?;
    nadine.chooses("duration", "30").await?;
    nadine.presses_choice("Dans 14 jours").await?;
    nadine.presses("Ajouter une demande").await?;
    nadine.types_in(Locator::Css("textarea[id^='request-']"), "Quelqu’un pour les courses").await?;
    nadine.presses("Ajouter une promesse").await?;
    nadine.types_in(Locator::Css("fieldset.line input[id^='promise-']"), "Relire le courrier").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Relire le courrier").await?;
    assert!(nadine.taps <= 8, "{} taps", nadine.taps);
    nadine.sees("J’ai retrouvé l’appétit.").await?;
    nadine.presses("Visite à domicile").await?;
    nadine.sees("Au marché").await?;
    nadine.sees("30 min").await
}
