//! The lists, told through the screens: added to, renamed, hidden, put in order, and said so wherever they are read.

use maillon_tests::e2e::{Coordinator, Host, Locator, Told, axe};
use maillon_tests::in_chromium_first;
use serde_json::json;

in_chromium_first!(a_list_is_said_in_ones_own_words);

const PASSPHRASE: &str = "trois lampes dans le grenier";

/// The names of the rows, in order.
async fn rows<H: Host>(nadine: &mut Coordinator<'_, H>, expected: &[&str]) -> Told {
    let read = "return [...document.querySelectorAll('.list-items .who')].map((one) => one.innerText.trim())";
    let mut last = json!(null);
    for _ in 0..100 {
        last = nadine.host.page().execute(read, vec![]).await?;
        if last == json!(expected) {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    Err(format!("the list shows {last}, not {expected:?}").into())
}

async fn a_list_is_said_in_ones_own_words<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.host.cut_network().await?;
    nadine.presses("Plus").await?;
    nadine.presses("Réglages").await?;
    nadine.presses("Modifier les listes").await?;
    nadine.presses("Ce que l’on compte à l’accueil").await?;
    let at_first = ["Passage", "Appel", "Renseignement", "Orientation", "Démarche, papiers", "Autre"];
    rows(&mut nadine, &at_first).await?;

    // One's own words; the same ones twice are refused, and said so.
    nadine.types("new-item", "Prêt de livres").await?;
    nadine.presses("Ajouter à la liste").await?;
    nadine.sees("Ajoutée ici").await?;
    nadine.types("new-item", "PASSAGE").await?;
    nadine.presses("Ajouter à la liste").await?;
    nadine.sees("a déjà une entrée avec ces mots").await?;

    // Another name, and back to the first.
    nadine.presses("Renommer Passage").await?;
    nadine.types("words-came_in", "Venue").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("d’abord « Passage »").await?;
    // Hidden, and put in order by the buttons alone.
    nadine.presses("Masquer Orientation").await?;
    nadine.sees("On ne les propose plus").await?;
    nadine.presses("Descendre Venue").await?;
    let own = ["Appel", "Venue", "Renseignement", "Démarche, papiers", "Prêt de livres", "Autre"];
    rows(&mut nadine, &own).await?;
    nadine.host.keep_picture("list-edited").await?;
    let violations = axe(nadine.host.page()).await?;
    assert!(violations.is_empty(), "{violations:#?}");

    // At the desk they are there, and what was counted with one that is hidden since is still read.
    nadine.goes_to("/reception").await?;
    nadine.presses("Prêt de livres").await?;
    nadine.presses("Venue").await?;
    nadine.sees_no_more("Orientation").await?;
    nadine.goes_to("/more/lists/reception_counts").await?;
    nadine.presses("Masquer Prêt de livres").await?;
    nadine.goes_to("/reception").await?;
    nadine.sees("Prêt de livres").await?;

    // All of it is there again after a power cut; undone from where it was said.
    nadine.host.kill();
    nadine.host.start().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.goes_to("/more/lists/reception_counts").await?;
    rows(&mut nadine, &["Appel", "Venue", "Renseignement", "Démarche, papiers", "Autre"]).await?;
    nadine.presses("Proposer à nouveau").await?;
    nadine.sees("Annuler").await?;
    nadine.presses("Renommer Venue").await?;
    nadine.presses("Remettre les mots d’origine").await?;
    rows(&mut nadine, &["Appel", "Passage", "Renseignement", "Orientation", "Démarche, papiers", "Autre"]).await?;

    // What a rule needs says so, and has no button to hide it.
    nadine.goes_to("/more/lists/encounter_kinds").await?;
    nadine.sees("Ne se masque pas").await?;
    let hides = "return [...document.querySelectorAll('li')].filter((row) => row.dataset.row === 'call_out')
        .every((row) => !row.innerText.includes('Masquer'))";
    assert_eq!(nadine.host.page().execute(hides, vec![]).await?, json!(true));
    nadine.goes_to("/more/lists/isolation_levels").await?;
    nadine.sees("Ces degrés forment une échelle").await?;
    assert!(nadine.host.page().find(Locator::Css("#new-item")).await.is_err(), "nothing is added to a scale");
    Ok(())
}
