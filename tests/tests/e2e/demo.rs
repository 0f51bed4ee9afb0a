//! The made-up commune in a browser, as `cargo xtask run --web --demo` serves it: the page that asks for it opens on it, and
//! a notebook that is there is left alone.

use maillon_shared::api::{Request, Response};
use maillon_tests::clock::today;
use maillon_tests::e2e::{Chromium, Coordinator, Host, Told};
use maillon_tests::harness::{Device, PASSPHRASE};
use maillon_tests::in_chromium;
use maillon_tests::village::{Size, Village};

in_chromium!(
    a_page_that_asks_for_the_made_up_commune_opens_on_it,
    a_notebook_that_is_there_is_never_replaced_by_the_made_up_one,
);

const MADE_UP: &str = "Commune inventée";

/// Has a made-up commune served beside the pages; gives the device that lived it.
pub fn serves_a_commune(host: &mut Chromium, size: Size) -> Told<Device> {
    let village = Village::new(3, size, today());
    let mut device = Device::honest(village.today());
    device.creates_notebook(village.settings());
    device.lives(village.requests());
    let Response::File(backup) = device.asks(Request::Backup) else { return Err("no backup was made".into()) };
    let file = host.home().path().join("demo.maillon");
    std::fs::write(&file, backup.bytes)?;
    host.serve_demo(file)?;
    Ok(device)
}

pub async fn goes_to_the_made_up_commune(host: &Chromium) -> Told {
    Ok(host.page().goto(&format!("{}?demo", host.address())).await?)
}

async fn a_page_that_asks_for_the_made_up_commune_opens_on_it(host: &mut Chromium) -> Told {
    serves_a_commune(host, Size::Hamlet)?;
    host.start().await?;
    let mut visitor = Coordinator::at(host);
    visitor.sees("Créer un carnet").await?;

    goes_to_the_made_up_commune(visitor.host).await?;
    visitor.sees(MADE_UP).await?;
    // As the screen writes it.
    visitor.sees(&PASSPHRASE.replace('\'', "’")).await?;
    visitor.unlocks(PASSPHRASE).await?;
    visitor.sees(MADE_UP).await?;

    // Later, whatever the address asks for.
    let address = visitor.host.address();
    visitor.host.page().goto(&address).await?;
    visitor.sees(MADE_UP).await?;
    visitor.unlocks(PASSPHRASE).await?;
    visitor.presses("Personnes").await?;
    visitor.sees("Accompagnées").await
}

async fn a_notebook_that_is_there_is_never_replaced_by_the_made_up_one(host: &mut Chromium) -> Told {
    let own = "trois lampes dans le grenier";
    serves_a_commune(host, Size::Hamlet)?;
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(own).await?;
    goes_to_the_made_up_commune(nadine.host).await?;
    nadine.sees("Ouvrir le carnet").await?;
    assert!(!nadine.reads().await?.contains(MADE_UP));
    nadine.unlocks(own).await?;
    nadine.sees("Ce carnet est vide").await
}
