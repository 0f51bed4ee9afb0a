//! A coordinator's day with no network, told through the screens alone: a notebook, a directory, a person, a visit and what
//! it opens, a follow-up that comes again, a power cut in the middle of a sentence, and everything found again.

use maillon_tests::e2e::{Coordinator, Host, Locator, Told};
use maillon_tests::in_both;

in_both!(a_day_without_network, a_wrong_passphrase_is_said_and_opens_nothing);

const PASSPHRASE: &str = "trois lampes dans le grenier";

async fn a_day_without_network<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.host.cut_network().await?;

    // The directory that one has already: the structures of the Pays, then the list that the mairie keeps.
    nadine.imports("pays-darles/structures.csv").await?;
    nadine.sees("fiches créées 15").await?;
    nadine.imports("annuaire-500.csv").await?;
    nadine.sees("Lignes refusées").await?;
    nadine.sees("Ligne 39").await?;
    nadine.host.keep_picture("import-report").await?;

    // A person.
    nadine.presses("Personnes").await?;
    nadine.presses("Inscrire la première personne").await?;
    nadine.types("given-name", "Odette").await?;
    nadine.types("family-name", "Marchevel").await?;
    nadine.types("hamlet", "La Roussière").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Odette Marchevel").await?;

    // A visit that opens a next contact and a request, in eight taps at most beside the typing.
    nadine.presses("Aujourd’hui").await?;
    nadine.sees("Odette Marchevel").await?;
    nadine.taps = 0;
    nadine.presses("Noter").await?;
    nadine.presses("Odette Marchevel").await?;
    nadine.types("words", "Je ne vois plus personne le dimanche.").await?;
    nadine.presses_choice("Dans 14 jours").await?;
    nadine.presses("Ajouter une demande").await?;
    nadine.types_in(Locator::Css("textarea[id^='request-']"), "Quelqu’un pour les courses").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Enregistré Annuler").await?;
    assert!(nadine.taps <= 8, "{} taps", nadine.taps);

    // The power goes in the middle of a sentence: the form is there when it comes back.
    nadine.presses("Personnes").await?;
    nadine.presses("Odette Marchevel").await?;
    nadine.sees("Quelqu’un pour les courses").await?;
    nadine.presses("Noter un contact").await?;
    nadine.types("notes", "Elle a retrouvé ses clés sous le").await?;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    nadine.host.kill();
    nadine.host.start().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.sees("Un formulaire est resté en cours").await?;
    nadine.presses("Reprendre").await?;
    nadine.presses("Reprendre").await?;
    let kept = nadine.host.wait_for(Locator::Css("#notes")).await?.prop("value").await?;
    assert_eq!(kept.as_deref(), Some("Elle a retrouvé ses clés sous le"));
    nadine.presses("Enregistrer").await?;
    nadine.sees("Enregistré Annuler").await?;

    // What comes again each month.
    nadine.presses("Personnes").await?;
    nadine.presses("Odette Marchevel").await?;
    nadine.presses("Prévoir un suivi").await?;
    nadine.presses_choice("Aujourd’hui").await?;
    nadine.chooses("rhythm", "1m").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("chaque mois").await?;

    // Closed and opened again: found by a name without accents and mistyped, and asked for by the day.
    nadine.host.close().await?;
    nadine.host.start().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.sees("Demandes qui attendent").await?;
    nadine.sees("Odette Marchevel").await?;
    nadine.sees("chaque mois").await?;
    nadine.host.keep_picture("today").await?;
    nadine.searches("odete marchvel").await?;
    nadine.sees("Odette Marchevel").await?;
    nadine.follows_what_is_found("Odette Marchevel").await?;
    nadine.sees("La Roussière").await?;
    nadine.sees("Elle a retrouvé ses clés sous le").await?;
    nadine.host.keep_picture("person").await?;

    // Locked: nothing of it is on the page any more, nor in the title.
    nadine.presses("Verrouiller").await?;
    nadine.sees("Ouvrir le carnet").await?;
    let page = nadine.host.page().source().await?;
    assert!(!page.contains("Marchevel"), "a name is left in a locked page");
    assert_eq!(nadine.host.page().title().await?, "Maillon");
    Ok(())
}

async fn a_wrong_passphrase_is_said_and_opens_nothing<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.presses("Verrouiller").await?;
    nadine.sees("Ouvrir le carnet").await?;
    nadine.types("passphrase", "trois lampes dans la cave").await?;
    nadine.presses("Ouvrir").await?;
    nadine.sees("Cette phrase de passe n’ouvre pas le carnet").await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.sees("Ce carnet est vide").await
}
