//! The made-up commune in a browser, as `cargo xtask run --web --demo` serves it: the page that asks for it opens on it, and
//! a notebook that is there is left alone.

use maillon_shared::api::{Request, Response};
use maillon_tests::clock::today;
use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::harness::{Device, PASSPHRASE};
use maillon_tests::village::{Size, Village};
use maillon_tests::{in_chromium, in_chromium_beside};

use super::screens::{EVERY_WAY, go, look, nothing_is_wrong};

in_chromium!(
    a_page_that_asks_for_the_made_up_commune_opens_on_it,
    a_notebook_that_is_there_is_never_replaced_by_the_made_up_one
);
in_chromium_beside!(two_years_of_a_commune_can_be_used_by_everyone);

/// A full screen, and what leads from it to one of what it lists.
const FULL: [(&str, &str, &str); 8] = [
    ("/", "today", "main a[href^='#/alerts/']"),
    ("/people", "people", "main .rows a[href^='#/people/']"),
    ("/requests", "requests", "main a[href^='#/requests/']"),
    ("/rounds", "rounds", "main a[href^='#/rounds/']:not([href$='new'])"),
    ("/stays", "stays", "main a[href^='#/stays/']:not([href$='new'])"),
    ("/collective", "collective", "main a[href^='#/collective/']:not([href$='new'])"),
    ("/alerts", "alerts", "main a[href^='#/alerts/']:not([href*='new'])"),
    ("/requests/radar", "radar", ""),
];

const MADE_UP: &str = "Commune inventée";

/// Has a made-up commune served beside the pages; gives the device that lived it.
pub fn serves_a_commune(host: &mut Chromium, size: Size) -> Told<Device> {
    let village = Village::new(3, size, today());
    let mut device = Device::honest(village.today());
    device.creates_notebook(village.settings());
    device.lives(village.requests());
    serves_what_is_on(host, &mut device)?;
    Ok(device)
}

/// Has what a device holds served beside the pages.
pub fn serves_what_is_on(host: &mut Chromium, device: &mut Device) -> Told {
    let Response::File(backup) = device.asks(Request::Backup) else { return Err("no backup was made".into()) };
    let file = host.home().path().join("demo.maillon");
    std::fs::write(&file, backup.bytes)?;
    host.serve_demo(file)
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

/// Lists as long as they become, and one of what each holds: nothing is too wide, hidden or unreadable once it is full.
async fn two_years_of_a_commune_can_be_used_by_everyone(host: &mut Chromium) -> Told {
    let mut device = serves_a_commune(host, Size::Demo)?;
    let Response::People(people) = device.asks(Request::People) else { return Err("people".into()) };
    let files: Vec<_> = people.iter().map(|row| device.opens(row.id)).collect();
    let project = files.iter().find_map(|file| file.projects.first()).ok_or("nobody has a project")?.id;
    let meeting = files.iter().find_map(|file| file.meetings.first()).ok_or("nobody is met about")?.id;
    let couple = files.iter().find(|file| !file.household.mates.is_empty()).ok_or("everyone lives alone")?.person.id;
    host.start().await?;
    goes_to_the_made_up_commune(host).await?;
    Coordinator::at(host).unlocks(PASSPHRASE).await?;
    let mut wrong = Vec::new();
    for (path, name, one) in FULL {
        go(host, path).await?;
        look(host, &format!("full-{name}"), EVERY_WAY, &mut wrong).await?;
        if !one.is_empty() {
            Coordinator::at(host).presses_at(Locator::Css(one)).await?;
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            look(host, &format!("full-{name}-one"), EVERY_WAY, &mut wrong).await?;
        }
    }
    for (path, name) in [
        (format!("/projects/{project}"), "project"),
        (format!("/meetings/{meeting}"), "meeting"),
        (format!("/people/{couple}"), "couple"),
    ] {
        go(host, &path).await?;
        look(host, &format!("full-{name}"), EVERY_WAY, &mut wrong).await?;
    }
    nothing_is_wrong(host, &wrong).await
}
