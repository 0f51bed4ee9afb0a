//! Screens that are loaded apart: once the browser has the program, all of them open with no server; one that does not
//! come is said, and comes when asked for again. In the window they are always there.

use std::time::Duration;

use maillon_tests::e2e::{Chromium, Coordinator, Host, Keyboard, Told};
use maillon_tests::{in_both, in_chromium};

in_both!(every_part_is_there_without_a_server);
in_chromium!(a_screen_that_did_not_come_comes_when_asked_again);

const PASSPHRASE: &str = "trois lampes dans le grenier";

/// A screen of each part, and its title. The way back leads through a screen that opened with the program.
const SCREENS: [(&str, &str); 8] = [
    ("/people", "Personnes"),
    ("/directory", "Annuaire"),
    ("/campaigns", "Campagnes d’appels"),
    ("/rounds", "Tournées"),
    ("/reception", "Accueil"),
    ("/register", "Registre nominatif"),
    ("/more/about", "À propos de Maillon"),
    ("/people/import", "Importer une liste de personnes"),
];

async fn every_part_is_there_without_a_server<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    Coordinator::at(host).creates_a_notebook(PASSPHRASE).await?;
    host.cut_network().await?;
    for (path, title) in SCREENS {
        Coordinator::at(host).goes_to(path).await?;
        hears(host, title).await.map_err(|heard| format!("{path}: {heard}"))?;
    }
    Ok(())
}

/// Readers hear where they are, as on the screens that were there from the beginning: the title has focus.
async fn hears<H: Host>(host: &H, title: &str) -> Told {
    let mut heard = String::new();
    for _ in 0..100 {
        heard = Keyboard { host }.focused().await.map(|focused| focused.words).unwrap_or_default();
        if heard == title {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err(format!("“{heard}” has focus instead of “{title}”").into())
}

async fn a_screen_that_did_not_come_comes_when_asked_again(host: &mut Chromium) -> Told {
    host.start().await?;
    Coordinator::at(host).creates_a_notebook(PASSPHRASE).await?;
    host.lose(&["*/split_register.wasm"]).await?;
    let mut nadine = Coordinator::at(host);
    nadine.goes_to("/register").await?;
    nadine.sees("Cet écran n’est pas encore là").await?;
    nadine.presses("Réessayer").await?;
    nadine.sees("Cet écran n’est pas encore là").await?;
    // What is there is not concerned.
    nadine.goes_to("/rounds").await?;
    nadine.sees("Tournées").await?;
    nadine.goes_to("/register").await?;
    nadine.sees("Cet écran n’est pas encore là").await?;
    nadine.host.keep_picture("screen-not-there").await?;
    nadine.host.lose(&[]).await?;
    nadine.presses("Réessayer").await?;
    nadine.sees("Registre nominatif").await
}
