//! How far the exchanges are, on a screen and in a word at the top of each: what waits to go, what came, what two people wrote
//! at once; and the words of a device that was removed, taken up.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::in_chromium;

use crate::devices::{begins, enters, saves};
use crate::screens::{EVERY_WAY, look, nothing_is_wrong};

in_chromium!(what_waits_and_what_came_is_said_and_no_word_is_lost);

const MAKE: &str = "Faire le fichier à lui porter";

async fn what_waits_and_what_came_is_said_and_no_word_is_lost(host: &mut Chromium) -> Told {
    let mut wrong = Vec::new();
    let mut other = Chromium::new()?;
    other.start().await?;
    host.start().await?;
    let mut there = Coordinator::at(&mut other);
    let mut here = Coordinator::at(host);
    begins(&mut here, "Le portable").await?;
    enters(&mut here, "Escarvenc", "Odette").await?;
    here.goes_to("/more/exchanges").await?;
    here.sees("Mes autres appareils").await?;
    look(here.host, "exchanges-none", EVERY_WAY, &mut wrong).await?;

    // The phone gets the notebook, and says that it did.
    begins(&mut there, "Mon téléphone").await?;
    let card = saves(&mut there, "Enregistrer sa carte", "maillon-carte", &[]).await?;
    here.goes_to("/more/devices").await?;
    here.host.wait_for(Locator::Css("#card-file")).await?;
    here.host.upload(Locator::Css("#card-file"), &card).await?;
    here.sees("Comparez ces huit mots").await?;
    here.presses("Ce sont les mêmes").await?;
    here.sees("est ajouté").await?;
    let first = saves(&mut here, MAKE, "age", &[]).await?;
    there.host.upload(Locator::Css("#courier-file"), &first).await?;
    there.sees("qui propose d’avoir le même carnet").await?;
    there.presses("Ce sont les mêmes").await?;
    there.sees("C’est arrivé de").await?;
    let back = saves(&mut there, MAKE, "age", &[]).await?;
    here.host.upload(Locator::Css("#courier-file"), &back).await?;
    here.sees("À jour").await?;

    // Something is written on each side: here it waits, there it comes.
    enters(&mut here, "Quintrendrol", "Basile").await?;
    here.host.wait_for(Locator::Css("a.mark")).await?;
    here.goes_to("/more/exchanges").await?;
    here.sees("Mon téléphone").await?;
    here.sees("à porter").await?;
    there.goes_to("/people").await?;
    there.presses("Escarvenc").await?;
    there.sees("Odette Escarvenc").await?;
    enters(&mut there, "Calvoulmenque", "Maurice").await?;
    there.goes_to("/more/devices").await?;
    let second = saves(&mut there, MAKE, "age", &[&back]).await?;
    here.goes_to("/more/devices").await?;
    here.host.wait_for(Locator::Css("#courier-file")).await?;
    here.host.upload(Locator::Css("#courier-file"), &second).await?;
    here.sees("C’est arrivé de").await?;
    here.goes_to("/more/exchanges").await?;
    here.sees("Ce qui est arrivé").await?;
    here.sees("Calvoulmenque").await?;
    look(here.host, "exchanges-came", EVERY_WAY, &mut wrong).await?;
    here.presses("J’ai vu").await?;
    here.sees_no_more("Calvoulmenque").await?;

    // The phone is removed while it holds words that nobody else has; they come all the same, and are not lost.
    enters(&mut there, "Salvoubérac", "Simone").await?;
    there.goes_to("/more/devices").await?;
    let late = saves(&mut there, MAKE, "age", &[&back, &second]).await?;
    here.goes_to("/more/devices").await?;
    here.presses("Retirer").await?;
    here.presses("Oui, retirer cet appareil").await?;
    here.sees("Retirés").await?;
    here.host.upload(Locator::Css("#courier-file"), &late).await?;
    here.sees("mis de côté").await?;
    here.goes_to("/more/exchanges").await?;
    here.sees("avait été retiré").await?;
    look(here.host, "exchanges-aside", EVERY_WAY, &mut wrong).await?;
    here.presses("Reprendre ce qu").await?;
    here.sees("Enregistré Annuler").await?;
    here.goes_to("/people").await?;
    here.sees("Salvoubérac").await?;
    nothing_is_wrong(here.host, &wrong).await
}
