//! The mairie's list comes in through the screen: what is never read is said, what waits is answered, all of it is undone.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told, axe};
use maillon_tests::house::root;
use maillon_tests::in_chromium;

in_chromium!(the_mairies_list_comes_in_and_goes_out_again);

const PASSPHRASE: &str = "trois lampes dans le grenier";

async fn the_mairies_list_comes_in_and_goes_out_again(host: &mut Chromium) -> Told {
    host.start().await?;
    host.resize(360, 740).await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.presses("Personnes").await?;
    nadine.presses("Importer une liste").await?;
    nadine.sees("Rien n’est écrit avant votre accord").await?;
    nadine.host.upload(Locator::Id("file"), &root().join("tests/fixtures/mairie-137.csv")).await?;
    nadine.sees("Colonnes qui ne sont jamais lues").await?;
    nadine.sees("Pathologie").await?;
    assert!(!nadine.reads().await?.contains("zygomatite"), "a cell that is never read is on the screen");
    is_for_everyone(nadine.host, "import-people-confirm").await?;
    nadine.presses("Importer").await?;
    nadine.sees("Import terminé").await?;
    nadine.sees("seul le nom est le même").await?;
    is_for_everyone(nadine.host, "import-people-report").await?;
    nadine.presses("C’est quelqu’un d’autre").await?;
    nadine.presses("Prendre 1 ligne").await?;
    nadine.sees("À regarder7").await?;
    nadine.presses("Annuler tout l’import").await?;
    nadine.sees("L’import est annulé").await?;
    nadine.presses("Voir les personnes").await?;
    nadine.sees("Personne n’est encore dans ce carnet").await?;
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
