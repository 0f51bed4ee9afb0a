//! Addresses, told through the screens: a file of a département, an address chosen with the keyboard alone, and a round
//! that goes to the nearest first.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told, axe};
use maillon_tests::house::root;
use maillon_tests::in_chromium;
use serde_json::json;

in_chromium!(an_address_is_chosen_from_the_communes_own_and_a_round_goes_to_the_nearest);

const PASSPHRASE: &str = "trois lampes dans le grenier";
const DOWN: &str = "\u{e015}";
const UP: &str = "\u{e013}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

/// Presses a key where the focus is.
async fn key<H: Host>(nadine: &Coordinator<'_, H>, key: &str) -> Told {
    nadine.host.page().active_element().await?.send_keys(key).await?;
    Ok(())
}

/// What a field of that id holds.
async fn value<H: Host>(nadine: &Coordinator<'_, H>, id: &str) -> Told<String> {
    Ok(nadine.host.page().find(Locator::Id(id)).await?.prop("value").await?.unwrap_or_default())
}

/// Chooses the first address offered for some words, with the keyboard.
async fn chooses_address<H: Host>(nadine: &mut Coordinator<'_, H>, id: &str, typed: &str, first: &str) -> Told {
    nadine.types(id, typed).await?;
    let option = format!("#{id}-offer-0");
    nadine.host.wait_for(Locator::Css(&option)).await?;
    nadine.sees(first).await?;
    key(nadine, DOWN).await?;
    key(nadine, ENTER).await
}

async fn lives_at<H: Host>(nadine: &mut Coordinator<'_, H>, given: &str, typed: &str, first: &str) -> Told {
    nadine.goes_to("/people/new").await?;
    nadine.types("given-name", given).await?;
    nadine.types("family-name", "Marchevel").await?;
    chooses_address(nadine, "address-line", typed, first).await?;
    nadine.sees("Position connue").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees(&format!("{given} Marchevel")).await
}

async fn an_address_is_chosen_from_the_communes_own_and_a_round_goes_to_the_nearest(host: &mut Chromium) -> Told {
    host.start().await?;
    host.resize(360, 740).await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.presses("Plus").await?;
    nadine.presses("Adresses des communes").await?;
    nadine.sees("Pas encore d’adresses.").await?;
    nadine.host.upload(Locator::Id("file"), &root().join("tests/fixtures/adresses-13.csv")).await?;
    nadine.sees("De quelles communes garder les adresses").await?;
    nadine.sees("Roquebelle-les-Alpilles (618)").await?;
    nadine.presses("Garder ces adresses").await?;
    nadine.sees("Choisissez au moins une commune.").await?;
    nadine.chooses("communes", "13998").await?;
    is_for_everyone(nadine.host, "addresses-confirm").await?;
    nadine.presses("Garder ces adresses").await?;
    nadine.sees("612 adresses").await?;
    nadine.sees("30 lignes d’autres communes, laissées de côté.").await?;
    is_for_everyone(nadine.host, "addresses-report").await?;
    nadine.presses("Annuler tout l’import").await?;
    nadine.sees("les adresses sont comme avant").await?;
    nadine.presses("Voir les adresses gardées").await?;
    nadine.sees("Pas encore d’adresses.").await?;
    nadine.host.upload(Locator::Id("file"), &root().join("tests/fixtures/adresses-13-windows.csv")).await?;
    nadine.chooses("communes", "13998").await?;
    nadine.presses("Garder ces adresses").await?;
    nadine.presses("Voir les adresses gardées").await?;
    nadine.sees("9 sans position").await?;
    is_for_everyone(nadine.host, "addresses").await?;

    // The list is open, and the focus stays in the text: Escape closes it and keeps what was typed.
    nadine.host.cut_network().await?;
    nadine.goes_to("/people/new").await?;
    nadine.types("given-name", "Odette").await?;
    nadine.types("family-name", "Marchevel").await?;
    nadine.types("address-line", "200 che canaux font mis").await?;
    nadine.host.wait_for(Locator::Id("address-line-offer-0")).await?;
    key(&nadine, DOWN).await?;
    key(&nadine, UP).await?;
    let active = "const input = document.activeElement;
        return [input.id, input.getAttribute('aria-expanded'), input.getAttribute('aria-activedescendant') !== null]";
    let said = nadine.host.page().execute(active, vec![]).await?;
    assert_eq!(said, json!(["address-line", "true", true]));
    is_for_everyone(nadine.host, "address-offers").await?;
    key(&nadine, ESCAPE).await?;
    assert_eq!(value(&nadine, "address-line").await?, "200 che canaux font mis");
    chooses_address(&mut nadine, "address-line", "200 che canaux font mis", "Font-Mistrale").await?;
    nadine.sees("Position connue").await?;
    for (id, held) in [
        ("address-line", "200 Chemin des Canaux"),
        ("hamlet", "Font-Mistrale"),
        ("postcode", "13599"),
        ("commune", "Roquebelle-les-Alpilles"),
        ("former-commune", "Saint-Elzard-de-Crau"),
    ] {
        assert_eq!(value(&nadine, id).await?, held, "{id}");
    }
    // Something else is typed over the street: the point is no longer of it. Typed back, it is.
    nadine.types("address-line", "Chez le garde").await?;
    nadine.sees_no_more("Position connue").await?;
    nadine.types("address-line", "200 chemin des canaux").await?;
    nadine.sees("Position connue").await?;
    key(&nadine, ESCAPE).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Odette Marchevel").await?;
    lives_at(&mut nadine, "Simone", "3 place lavoir", "3 Place du Lavoir").await?;
    lives_at(&mut nadine, "Anselme", "200 che canaux combe", "La Combe-Neuve").await?;

    // A pointer chooses too; the round sets out from there.
    nadine.goes_to("/more/settings").await?;
    nadine.types("start", "1 r du four").await?;
    nadine.presses_at(Locator::Css("#start-offer-0")).await?;
    nadine.presses("Enregistrer").await?;
    nadine.goes_to("/rounds/new").await?;
    for name in ["Odette Marchevel", "Simone Marchevel", "Anselme Marchevel"] {
        let path = format!("//label[contains(., \"{name}\")]");
        nadine.host.wait_for(Locator::XPath(&path)).await?.click().await?;
    }
    nadine.sees("3 personnes choisies").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Ordre proposé : au plus près, à partir de : 1 Rue du Four").await?;
    nadine.sees("à vol d’oiseau, retour au départ compris").await?;
    is_for_everyone(nadine.host, "round-by-distance").await?;
    nadine.presses("Porte close Odette Marchevel").await?;
    nadine.sees("Ranger le reste à partir de : Odette Marchevel").await?;
    nadine.presses("Ranger le reste").await?;
    nadine.sees("au plus près, à partir de : Odette Marchevel").await?;
    let complaints = host.complaints().await?;
    assert!(complaints.is_empty(), "the browser complains: {complaints:#?}");
    Ok(())
}

async fn is_for_everyone(host: &mut Chromium, name: &str) -> Told {
    host.keep_picture(name).await?;
    let violations = axe(host.page()).await?;
    let said: Vec<_> = violations.iter().map(|wrong| (&wrong.id, wrong.nodes.first().map(|node| &node.html))).collect();
    assert!(said.is_empty(), "{name}: {said:?}");
    let wide = host.page().execute("return document.documentElement.scrollWidth", vec![]).await?;
    assert!(wide.as_u64().is_some_and(|wide| wide <= 360), "{name} is {wide} px wide");
    Ok(())
}
