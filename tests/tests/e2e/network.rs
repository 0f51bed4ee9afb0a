//! Two real windows on one network: four words on both screens, then what is written in one shows in the other by itself.

use maillon_tests::e2e::{Coordinator, Desktop, Host, Locator, Told};
use maillon_tests::on_the_desktop;

on_the_desktop!(two_windows_make_sure_of_each_other_and_exchange_by_themselves);

const PASSPHRASE: &str = "trois lampes dans le grenier";

async fn two_windows_make_sure_of_each_other_and_exchange_by_themselves(laptop: &mut Desktop) -> Told {
    let mut other = Desktop::new()?;
    laptop.start().await?;
    other.start().await?;
    let mut here = Coordinator::at(laptop);
    let mut there = Coordinator::at(&mut other);
    begins(&mut here, "Le portable").await?;
    here.goes_to("/people/new").await?;
    here.types("family-name", "Escarvenc").await?;
    here.presses("Enregistrer").await?;
    here.sees("Enregistré Annuler").await?;
    begins(&mut there, "L’ordinateur de la mairie").await?;

    // A code that is none is said to be none.
    there.types("join-code", "maillon1bonjour").await?;
    there.presses("Appeler avec ce code").await?;
    there.sees("Ce n’est pas un code d’appareil").await?;
    there.host.keep_picture("network-join").await?;

    here.goes_to("/more/devices").await?;
    here.presses("L’ajouter par le réseau").await?;
    here.host.wait_for(Locator::Css(".pairing .code")).await?;
    here.host.keep_picture("network-invites").await?;
    let code = here.host.page().find(Locator::Css(".pairing .code")).await?.text().await?;
    there.types("join-code", &code).await?;
    there.presses("Appeler avec ce code").await?;
    there.sees("affiche-t-il ces quatre mots").await?;
    here.sees("affiche-t-il ces quatre mots").await?;
    let words = words_shown(&mut here).await?;
    assert_eq!(words.len(), 4);
    assert_eq!(words, words_shown(&mut there).await?);
    here.host.keep_picture("network-compares").await?;
    here.presses("Ce sont les mêmes").await?;
    here.sees("On attend que quelqu’un le dise aussi").await?;
    there.presses("Ce sont les mêmes").await?;
    there.sees("ont maintenant le même carnet").await?;
    here.sees("Il reçoit le carnet par le réseau").await?;
    there.presses("C’est bien").await?;
    there.sees("en relation maintenant").await?;
    there.host.keep_picture("network-joined").await?;

    // What was there has come; what is written there from now on comes here, nobody asking.
    there.goes_to("/people").await?;
    there.sees("Escarvenc").await?;
    here.goes_to("/people").await?;
    there.goes_to("/people/new").await?;
    there.types("family-name", "Quintrendrol").await?;
    there.presses("Enregistrer").await?;
    here.sees("Quintrendrol").await?;
    here.goes_to("/more/devices").await?;
    here.sees("À jour").await?;

    // Locked, nothing answers any more; opened, it comes back by itself.
    there.presses("Verrouiller").await?;
    there.sees("Ouvrir le carnet").await?;
    here.sees_no_more("en relation maintenant").await?;
    there.unlocks(PASSPHRASE).await?;
    here.sees("en relation maintenant").await
}

async fn begins(coordinator: &mut Coordinator<'_, Desktop>, name: &str) -> Told {
    coordinator.creates_a_notebook(PASSPHRASE).await?;
    coordinator.goes_to("/more/devices").await?;
    coordinator.types("device-name", name).await?;
    coordinator.presses("Donner ce nom").await?;
    coordinator.sees("Ses huit mots").await
}

async fn words_shown(coordinator: &mut Coordinator<'_, Desktop>) -> Told<Vec<String>> {
    let mut words = Vec::new();
    for word in coordinator.host.page().find_all(Locator::Css(".pairing .compared-words li")).await? {
        words.push(word.text().await?);
    }
    Ok(words)
}
