//! *L'écran discret*: one gesture, and nothing but what may be seen is on the page, whatever one does until leaving it.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told, axe};
use maillon_tests::{in_both, in_chromium_beside};

in_both!(what_may_not_be_seen_is_not_on_the_page_until_one_leaves);
in_chromium_beside!(the_discreet_screens_can_be_used_by_everyone);

const PASSPHRASE: &str = "trois lampes dans le grenier";

/// What must never be on the page: a family name in a list, a third party's words, a note, a level, a place.
const HIDDEN: [&str; 7] =
    ["Tardivaux", "dit son fils", "Fatiguée", "Ne pas le dire", "Vit seule", "Sonner deux fois", "demander au fils"];

async fn begins<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.presses("Inscrire la première personne").await?;
    nadine.types("given-name", "Simone").await?;
    nadine.types("family-name", "Tardivaux").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Simone Tardivaux").await?;
    nadine.host.page().execute("location.hash = '/people/new'", vec![]).await?;
    nadine.types("given-name", "Odette").await?;
    nadine.types("family-name", "Marchevel").await?;
    nadine.types("approach", "Sonner deux fois").await?;
    nadine.presses("Enregistrer").await?;
    nadine.presses("Noter un contact").await?;
    nadine.types("words", "Je ne descends plus au bourg.").await?;
    nadine.types("notes", "Fatiguée.").await?;
    nadine.types("unshared", "Ne pas le dire.").await?;
    nadine.presses_choice("Dans 7 jours").await?;
    nadine.presses("Enregistrer").await?;
    nadine.presses("Faire le point").await?;
    nadine.presses_choice("Vit seule ou seul").await?;
    nadine.chooses("level", "high").await?;
    nadine.presses("Enregistrer").await?;

    // Someone else's words are folded, even on the usual screen.
    nadine.presses("Noter un contact").await?;
    nadine.chooses("kind", "others").await?;
    nadine.chooses("kind", "third_party").await?;
    nadine.types("words", "Elle ne mange plus, dit son fils.").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Paroles d’un tiers").await?;
    nadine.sees_no_more("dit son fils").await?;
    nadine.presses("Paroles d’un tiers").await?;
    nadine.sees("dit son fils").await?;

    nadine.presses("Prévoir un suivi").await?;
    nadine.types("what", "demander au fils").await?;
    nadine.presses_choice("Aujourd’hui").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("demander au fils").await
}

async fn nothing_hidden<H: Host>(nadine: &Coordinator<'_, H>, screen: &str) -> Told {
    let page = nadine.host.page().source().await?;
    let left: Vec<_> = HIDDEN.into_iter().filter(|words| page.contains(words)).collect();
    assert!(left.is_empty(), "{screen}: {left:?}");
    Ok(())
}

async fn what_may_not_be_seen_is_not_on_the_page_until_one_leaves<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    begins(&mut nadine).await?;

    // One key, and all else is gone from the page: closed parts and other screens' leftovers too.
    nadine.host.page().active_element().await?.send_keys("\u{e032}").await?;
    nadine.sees("Vos mots").await?;
    nadine.sees("Odette Marchevel").await?;
    nadine.sees("Je ne descends plus au bourg.").await?;
    nothing_hidden(&nadine, "the person").await?;
    nadine.host.keep_picture("discreet-person").await?;

    // No key turns it off, nor opens the search.
    nadine.host.page().active_element().await?.send_keys("\u{e032}").await?;
    nadine.host.page().active_element().await?.send_keys("\u{e009}k\u{e000}").await?;
    nadine.sees("Quitter l’écran discret").await?;
    nothing_hidden(&nadine, "the person, keys pressed").await?;

    // Other screens: initials, or not shown.
    nadine.presses("Personnes").await?;
    nadine.sees("S. T.").await?;
    nothing_hidden(&nadine, "people").await?;
    nadine.sees_no_more("Marchevel").await?;
    nadine.presses("Aujourd’hui").await?;
    nadine.sees("O. M.").await?;
    nadine.sees_no_more("Marchevel").await?;
    nothing_hidden(&nadine, "today").await?;
    for hidden in ["/note", "/people/new", "/directory", "/rounds/new", "/reception", "/more/writes", "/more/drafts"] {
        nadine.host.page().execute("location.hash = arguments[0]", vec![serde_json::json!(hidden)]).await?;
        nadine.sees("Écran non montré").await?;
        nothing_hidden(&nadine, hidden).await?;
        assert!(!nadine.host.page().source().await?.contains("Marchevel"), "{hidden}");
    }

    // Neither a refresh nor an evening ends it. A browser locks when refreshed; the window's program does not.
    nadine.host.page().refresh().await?;
    while !nadine.reads().await?.contains("Quitter l’écran discret") {
        if nadine.reads().await?.contains("Ouvrir le carnet") {
            nadine.unlocks(PASSPHRASE).await?;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    nothing_hidden(&nadine, "after a refresh").await?;
    nadine.host.close().await?;
    nadine.host.start().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.sees("Quitter l’écran discret").await?;
    nothing_hidden(&nadine, "the next morning").await?;

    // Left by pressing, and everything is there again.
    nadine.presses("Quitter l’écran discret").await?;
    nadine.presses("Personnes").await?;
    nadine.sees("Simone Tardivaux").await?;
    nadine.presses("Odette Marchevel").await?;
    nadine.sees("Fatiguée.").await?;

    // A form left in the middle of a sentence is kept.
    nadine.presses("Noter un contact").await?;
    nadine.types("notes", "Elle a retrouvé ses").await?;
    nadine.presses("Discret").await?;
    nadine.sees("Écran non montré").await?;
    nadine.presses("Quitter l’écran discret").await?;
    nadine.sees("Brouillon repris").await?;
    let kept = nadine.host.wait_for(Locator::Css("#notes")).await?.prop("value").await?;
    assert_eq!(kept.as_deref(), Some("Elle a retrouvé ses"));
    Ok(())
}

async fn the_discreet_screens_can_be_used_by_everyone(host: &mut Chromium) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    begins(&mut nadine).await?;
    nadine.presses("Discret").await?;
    nadine.sees("Vos mots").await?;
    nadine.host.show_as_printed(true).await?;
    nothing_hidden(&nadine, "paper").await?;
    nadine.host.show_as_printed(false).await?;
    for (screen, opens) in [("person", "Vos mots"), ("people", "Personnes"), ("today", "Aujourd’hui"), ("more", "Plus")]
    {
        if screen != "person" {
            nadine.presses(opens).await?;
        }
        for (name, width, dark) in [("laptop-dark", 1280, true), ("phone-light", 360, false)] {
            nadine.host.resize(width, 740).await?;
            nadine.host.prefer_dark(dark).await?;
            nadine.host.keep_picture(&format!("discreet-{screen}-{name}")).await?;
            let violations = axe(nadine.host.page()).await?;
            assert!(violations.is_empty(), "{screen}: {violations:#?}");
            let wide = nadine.host.page().execute("return document.documentElement.scrollWidth", vec![]).await?;
            assert!(wide.as_u64().is_some_and(|wide| wide <= u64::from(width)), "{screen}: {wide} px wide");
        }
    }
    Ok(())
}
