//! A morning at the reception desk, told through the screens: counted, mended, someone who waits, a power cut, paper.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told, axe};
use maillon_tests::{in_chromium, in_chromium_first};

in_chromium_first!(a_morning_at_the_desk_is_counted_and_nobody_is_named);
in_chromium!(the_week_on_paper_holds_figures_and_nobody_who_waits);

const PASSPHRASE: &str = "trois lampes dans le grenier";

/// What the large button of a kind shows.
async fn shows<H: Host>(nadine: &mut Coordinator<'_, H>, kind: &str, count: u32) -> Told {
    let read = format!("return document.querySelector('#count-{kind} .figure')?.innerText ?? ''");
    let mut last = String::new();
    for _ in 0..100 {
        last = nadine.host.page().execute(&read, vec![]).await?.as_str().unwrap_or_default().to_owned();
        if last == count.to_string() {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    Err(format!("{kind} shows {last}, not {count}").into())
}

async fn a_morning_at_the_desk_is_counted_and_nobody_is_named<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.host.cut_network().await?;
    nadine.presses("Plus").await?;
    nadine.presses("Accueil").await?;
    nadine.sees("Personne n’attend.").await?;

    nadine.taps = 0;
    for _ in 0..3 {
        nadine.presses("Passage").await?;
    }
    nadine.presses("Renseignement").await?;
    assert_eq!(nadine.taps, 4, "a tap is a person");
    shows(&mut nadine, "came_in", 3).await?;
    nadine.sees("Renseignement, ").await?;
    nadine.presses("Annuler le dernier").await?;
    shows(&mut nadine, "information", 0).await?;
    shows(&mut nadine, "came_in", 3).await?;

    // One too many, found out later.
    nadine.presses("Corriger une demi-journée").await?;
    nadine.presses("Un de moins").await?;
    shows(&mut nadine, "came_in", 2).await?;

    // Who waits is there again after a power cut, and nowhere among the forms left behind.
    nadine.types("waits", "La dame au chapeau").await?;
    nadine.presses("Ajouter").await?;
    nadine.sees("La dame au chapeau depuis").await?;
    nadine.host.kill();
    nadine.host.start().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.sees("Ce carnet est vide").await?;
    nadine.sees_no_more("formulaire est resté").await?;
    nadine.presses("Plus").await?;
    nadine.presses("Accueil").await?;
    shows(&mut nadine, "came_in", 2).await?;
    nadine.presses("Appeler La dame au chapeau").await?;
    nadine.sees("appel à").await?;
    nadine.presses("Départ La dame au chapeau").await?;
    nadine.sees("Personne n’attend.").await?;
    nadine.host.keep_picture("reception").await?;

    // Whoever gives a name is noted by it.
    nadine.presses("Noter la personne").await?;
    nadine.host.wait_for(Locator::Css("#kind-walk_in:checked")).await?;
    Ok(())
}

async fn the_week_on_paper_holds_figures_and_nobody_who_waits(host: &mut Chromium) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.host.page().execute("location.hash = '/reception'", vec![]).await?;
    for kind in ["Passage", "Passage", "Appel", "Renseignement", "Orientation", "Démarche, papiers", "Autre"] {
        nadine.presses(kind).await?;
    }
    nadine.types("waits", "Odette du Mas").await?;
    nadine.presses("Ajouter").await?;
    nadine.sees("Odette du Mas").await?;
    nadine.sees("Total").await?;
    nadine.presses("Corriger une demi-journée").await?;
    for (name, width, dark) in [("laptop-light", 1280, false), ("phone-dark", 360, true), ("phone-light", 360, false)] {
        nadine.host.resize(width, 740).await?;
        nadine.host.prefer_dark(dark).await?;
        nadine.host.keep_picture(&format!("reception-full-{name}")).await?;
        let violations = axe(nadine.host.page()).await?;
        assert!(violations.is_empty(), "{violations:#?}");
        let wide = nadine.host.page().execute("return document.querySelector('main').scrollWidth", vec![]).await?;
        assert!(wide.as_u64().is_some_and(|wide| wide <= u64::from(width)), "{wide} px wide");
    }
    nadine.host.show_as_printed(true).await?;
    let paper = nadine.reads().await?;
    for said in ["Semaine du", "Passage", "Total", "comptage sans nom"] {
        assert!(paper.contains(said), "{said}: {paper}");
    }
    for name in ["Odette", "Qui attend", "Corriger"] {
        assert!(!paper.contains(name), "{paper}");
    }
    nadine.host.resize(1280, 800).await?;
    nadine.host.keep_picture("reception-on-paper").await?;
    nadine.host.show_as_printed(false).await
}
