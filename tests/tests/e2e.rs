//! What must be true of the real program, in the browser and in its window. See `maillon_tests::e2e`.

#![allow(clippy::unwrap_used, reason = "a test that cannot read has failed")]

#[path = "e2e/addresses.rs"]
mod addresses;
#[path = "e2e/alerts.rs"]
mod alerts;
#[path = "e2e/campaign.rs"]
mod campaign;
#[path = "e2e/charter.rs"]
mod charter;
#[path = "e2e/collective.rs"]
mod collective;
#[path = "e2e/day.rs"]
mod day;
#[path = "e2e/demo.rs"]
mod demo;
#[path = "e2e/devices.rs"]
mod devices;
#[path = "e2e/diagnosis.rs"]
mod diagnosis;
#[path = "e2e/discreet.rs"]
mod discreet;
#[path = "e2e/events.rs"]
mod events;
#[path = "e2e/exchanges.rs"]
mod exchanges;
#[path = "e2e/groups.rs"]
mod groups;
#[path = "e2e/household.rs"]
mod household;
#[path = "e2e/import.rs"]
mod import;
#[path = "e2e/information.rs"]
mod information;
#[path = "e2e/keyboard.rs"]
mod keyboard;
#[path = "e2e/lists.rs"]
mod lists;
#[path = "e2e/mairie.rs"]
mod mairie;
#[path = "e2e/means.rs"]
mod means;
#[path = "e2e/meetings.rs"]
mod meetings;
#[path = "e2e/neighbours.rs"]
mod neighbours;
#[path = "e2e/network.rs"]
mod network;
#[path = "e2e/note.rs"]
mod note;
#[path = "e2e/outreach.rs"]
mod outreach;
#[path = "e2e/paper.rs"]
mod paper;
#[path = "e2e/papers.rs"]
mod papers;
#[path = "e2e/parts.rs"]
mod parts;
#[path = "e2e/person.rs"]
mod person;
#[path = "e2e/procedures.rs"]
mod procedures;
#[path = "e2e/programme.rs"]
mod programme;
#[path = "e2e/projects.rs"]
mod projects;
#[path = "e2e/reception.rs"]
mod reception;
#[path = "e2e/register.rs"]
mod register;
#[path = "e2e/register_agent.rs"]
mod register_agent;
#[path = "e2e/requests.rs"]
mod requests;
#[path = "e2e/roadmap.rs"]
mod roadmap;
#[path = "e2e/rounds.rs"]
mod rounds;
#[path = "e2e/screens.rs"]
mod screens;
#[path = "e2e/stays.rs"]
mod stays;
#[path = "e2e/summary.rs"]
mod summary;
#[path = "e2e/summary_written.rs"]
mod summary_written;
#[path = "e2e/surveys.rs"]
mod surveys;
#[path = "e2e/traces.rs"]
mod traces;
#[path = "e2e/who.rs"]
mod who;
#[path = "e2e/whole_story.rs"]
mod whole_story;
#[path = "e2e/worker.rs"]
mod worker;

use maillon_tests::e2e::{Chromium, Coordinator, Desktop, Host, Locator, Told, axe};
use maillon_tests::{in_both, in_chromium, on_the_desktop};
use serde_json::json;

in_both!(the_program_opens, the_program_opens_again_after_an_end_and_after_a_power_cut);
in_chromium!(the_program_opens_with_no_server, a_newer_program_waits_until_one_asks_for_it);
on_the_desktop!(a_file_goes_to_the_downloads, the_window_asks_nothing_else_of_the_native_side);

/// The page comes, under a title that says nothing of anyone, and breaks no rule of accessibility.
async fn the_program_opens<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let heading = host.page().find(Locator::Css("h1")).await?;
    assert!(heading.is_displayed().await?);
    assert_eq!(host.page().title().await?, "Maillon");
    host.keep_picture("opens").await?;
    let violations = axe(host.page()).await?;
    assert!(violations.is_empty(), "{violations:#?}");
    Ok(())
}

/// Once loaded, the browser edition needs nobody: not to reload, not to start again after a power cut.
async fn the_program_opens_with_no_server(host: &mut Chromium) -> Told {
    host.start().await?;
    host.cut_network().await?;
    host.page().refresh().await?;
    host.wait_for(Locator::Css("h1")).await?;
    host.kill();
    host.start().await?;
    let complaints = host.complaints().await?;
    assert!(complaints.is_empty(), "{complaints:#?}");
    Ok(())
}

/// A newer program says that it is there, and takes nothing from under someone's hands.
async fn a_newer_program_waits_until_one_asks_for_it(host: &mut Chromium) -> Told {
    let passphrase = "trois lampes dans le grenier";
    host.start().await?;
    host.wait_until_kept().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(passphrase).await?;
    nadine.presses("Inscrire la première personne").await?;
    nadine.types("given-name", "Odette").await?;
    nadine.host.publish_newer().await?;
    nadine.sees("Une version plus récente").await?;
    let typed = nadine.host.page().find(Locator::Id("given-name")).await?.prop("value").await?;
    assert_eq!(typed.as_deref(), Some("Odette"));
    nadine.presses("Recharger").await?;
    nadine.unlocks(passphrase).await?;
    nadine.sees("Brouillon repris").await?;
    assert!(!nadine.reads().await?.contains("Une version plus récente"));
    let kept = "const done = arguments[0]; caches.keys().then((names) => done(names.join()))";
    let kept = host.page().execute_async(kept, vec![]).await?;
    assert!(kept.as_str().is_some_and(|kept| kept.starts_with("maillon-newer-") && !kept.contains(',')), "{kept}");
    Ok(())
}

/// Closed as a user closes it, or dead in the middle of its work: it opens again on the same folders.
async fn the_program_opens_again_after_an_end_and_after_a_power_cut<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    host.close().await?;
    host.start().await?;
    host.kill();
    host.start().await?;
    host.close().await
}

/// What the screens make ends up in the user's downloads, byte for byte, and never over another file.
async fn a_file_goes_to_the_downloads(host: &mut Desktop) -> Told {
    host.start().await?;
    for expected in ["liste d’été.csv", "liste d’été (2).csv"] {
        let path = host
            .page()
            .execute_async(
                "const done = arguments[0];
                 const bytes = new Uint8Array([0, 7, 255]);
                 const headers = { 'maillon-name': encodeURIComponent('liste d’été.csv') };
                 window.__TAURI_INTERNALS__.invoke('save_file', bytes, { headers }).then(done, (error) => done({ error }));",
                vec![],
            )
            .await?;
        let file = host.downloads().join(expected);
        assert_eq!(path, json!(file.to_string_lossy()));
        assert_eq!(std::fs::read(file).unwrap(), [0, 7, 255]);
    }
    Ok(())
}

/// Were a script ever to run in the page, the native side would still refuse it everything but the door.
async fn the_window_asks_nothing_else_of_the_native_side(host: &mut Desktop) -> Told {
    host.start().await?;
    for command in ["plugin:window|set_title", "plugin:event|emit", "plugin:webview|create_webview_window"] {
        let answer = host
            .page()
            .execute_async(
                "const [command, done] = arguments;
                 window.__TAURI_INTERNALS__.invoke(command, {}).then(() => done('allowed'), (error) => done(String(error)));",
                vec![json!(command)],
            )
            .await?;
        assert!(answer.as_str().is_some_and(|answer| answer.contains("not allowed")), "{command}: {answer}");
    }
    Ok(())
}
