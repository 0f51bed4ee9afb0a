//! People who live together, told through the screens: one tap from one sheet to the other, and one address.

use maillon_tests::e2e::{Coordinator, Host, Told, axe};
use maillon_tests::in_chromium_first;

in_chromium_first!(two_who_live_together_are_one_tap_apart);

const PASSPHRASE: &str = "trois lampes dans le grenier";

async fn two_who_live_together_are_one_tap_apart<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.host.cut_network().await?;
    nadine.presses("Inscrire la première personne").await?;
    nadine.types("given-name", "Odette").await?;
    nadine.types("family-name", "Marchevel").await?;
    nadine.types("hamlet", "Le Mas").await?;
    nadine.types("address-line", "3 rue du Puits").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Odette Marchevel").await?;

    // Someone new by a name typed on the spot; nobody chosen is said so.
    nadine.presses("Vit avec quelqu’un").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Choisissez qui vit là aussi.").await?;
    nadine.types("who-name", "Lucien Marchevel").await?;
    nadine.presses("Créer").await?;
    nadine.sees("Lucien Marchevel").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Ajouter au foyer").await?;
    nadine.host.keep_picture("household").await?;
    let violations = axe(nadine.host.page()).await?;
    assert!(violations.is_empty(), "{violations:#?}");

    // To his sheet: the address is there, and she is one tap away.
    nadine.presses("Lucien Marchevel").await?;
    nadine.sees("3 rue du Puits").await?;
    nadine.presses("Modifier").await?;
    nadine.types("address-line", "1 place du Lavoir").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("1 place du Lavoir").await?;
    nadine.sees("autre adresse").await?;
    nadine.presses("Même adresse pour Odette Marchevel").await?;
    nadine.sees_no_more("autre adresse").await?;
    nadine.presses("Odette Marchevel").await?;
    nadine.sees("1 place du Lavoir").await?;

    // All of it is there after a power cut; leaving is undone from where it was said.
    nadine.host.kill();
    nadine.host.start().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.presses("Personnes").await?;
    nadine.presses("Odette Marchevel").await?;
    nadine.presses("Ne vit plus là").await?;
    nadine.sees_no_more("Lucien Marchevel").await?;
    nadine.presses("Annuler").await?;
    nadine.sees("Lucien Marchevel").await
}
