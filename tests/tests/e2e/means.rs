//! Means in common: something is offered, lent, late and given back; two uses that meet are told. Every screen of it can be used by
//! everyone, and the list prints as a catalogue.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::{in_chromium, in_chromium_first};

use crate::screens::{EVERY_WAY, look, nothing_is_wrong};

in_chromium_first!(a_thing_is_offered_lent_and_given_back);
in_chromium!(means_are_everyones);

const PASSPHRASE: &str = "trois lampes dans le grenier";
const STAND: &str = "Barnum du Pays";

async fn a_thing_is_offered_lent_and_given_back<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    offers(&mut nadine).await?;
    nadine.sees("combien il y en a n’est pas dit").await?;
    lends(&mut nadine, "CPTS", "1/3/2024", "3/3/2024").await?;
    nadine.presses("Accorder").await?;
    nadine.presses("C’est remis").await?;
    nadine.sees("jours de retard").await?;
    nadine.goes_to("/").await?;
    nadine.sees("doit revenir").await?;
    nadine.presses(STAND).await?;
    nadine.presses("C’est revenu").await?;
    nadine.sees("Revenu").await?;
    // The power goes; what was typed is found again.
    nadine.presses("Modifier").await?;
    nadine.host.wait_for(Locator::Css("#quantity")).await?;
    nadine.types("quantity", "quelques-uns").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Écrivez un nombre entier").await?;
    nadine.types("quantity", "1").await?;
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    nadine.host.kill();
    nadine.host.start().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.goes_to("/more/drafts").await?;
    nadine.presses("Reprendre").await?;
    nadine.host.wait_for(Locator::Css("#quantity")).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("1 de libre").await?;
    nadine.searches("barnum").await?;
    nadine.sees(STAND).await
}

/// Each of the screens, in four sights.
async fn means_are_everyones(host: &mut Chromium) -> Told {
    let mut wrong = Vec::new();
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.goes_to("/means").await?;
    nadine.sees("Rien n’est encore offert").await?;
    look(nadine.host, "means-none", EVERY_WAY, &mut wrong).await?;
    nadine.goes_to("/means/new").await?;
    nadine.host.wait_for(Locator::Css("#title")).await?;
    nadine.presses_at(Locator::Css("label[for='state-paused']")).await?;
    look(nadine.host, "means-form", EVERY_WAY, &mut wrong).await?;
    nadine.presses_at(Locator::Css("label[for='state-offered']")).await?;
    offers(&mut nadine).await?;
    nadine.presses("Demander ou noter un prêt").await?;
    nadine.host.wait_for(Locator::Css("#who")).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Dites qui emprunte").await?;
    look(nadine.host, "means-loan-form", EVERY_WAY, &mut wrong).await?;
    nadine.goes_to("/means").await?;
    nadine.presses(STAND).await?;
    lends(&mut nadine, "CPTS", "10/3/2099", "12/3/2099").await?;
    lends(&mut nadine, "MSP", "12/3/2099", "14/3/2099").await?;
    nadine.sees("se croisent").await?;
    look(nadine.host, "means-one", EVERY_WAY, &mut wrong).await?;
    nadine.goes_to("/means").await?;
    nadine.sees("se croisent").await?;
    nadine.presses_choice("Aujourd’hui").await?;
    nadine.sees("on ne peut pas le dire").await?;
    look(nadine.host, "means", EVERY_WAY, &mut wrong).await?;
    nadine.host.show_as_printed(true).await?;
    nadine.sees("à rendre sec").await?;
    nadine.host.show_as_printed(false).await?;
    nothing_is_wrong(nadine.host, &wrong).await
}

async fn offers<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.goes_to("/means/new").await?;
    nadine.host.wait_for(Locator::Css("#title")).await?;
    nadine.types("title", STAND).await?;
    nadine.types("kind", "Stand, barnum").await?;
    nadine.types("conditions", "à rendre sec").await?;
    nadine.types("owner", "Le Pays").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Qui l’a, et quand").await
}

async fn lends<H: Host>(nadine: &mut Coordinator<'_, H>, who: &str, from: &str, until: &str) -> Told {
    nadine.presses("Demander ou noter un prêt").await?;
    nadine.host.wait_for(Locator::Css("#who")).await?;
    nadine.types("who", who).await?;
    nadine.types("from", from).await?;
    nadine.types("until", until).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees(who).await
}
