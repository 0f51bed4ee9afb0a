//! Every screen, empty and full, in both languages and both themes, on a phone and on a laptop: the accessibility checker
//! finds nothing, nothing is wider than the phone, no title or address tells of anyone, and the browser complains of nothing.
//!
//! Pictures of the French ones are kept in `target/pictures`, to be looked at.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told, axe};
use maillon_tests::in_chromium;
use serde_json::json;

in_chromium!(every_screen_can_be_used_by_everyone);

const PASSPHRASE: &str = "trois lampes dans le grenier";
const PHONE: (u32, u32) = (360, 740);
const LAPTOP: (u32, u32) = (1280, 800);

/// The screens that need no id, and the name of their picture.
const SCREENS: [(&str, &str); 14] = [
    ("/", "today"),
    ("/people", "people"),
    ("/people/new", "person-new"),
    ("/note", "note"),
    ("/plan", "plan"),
    ("/directory", "directory"),
    ("/more", "more"),
    ("/more/settings", "settings"),
    ("/more/drafts", "drafts"),
    ("/more/writes", "writes"),
    ("/more/reads", "reads"),
    ("/more/backup", "backup"),
    ("/more/passphrase", "passphrase"),
    ("/more/help", "help"),
];

async fn every_screen_can_be_used_by_everyone(host: &mut Chromium) -> Told {
    host.start().await?;
    let mut wrong = Vec::new();
    look(host, "welcome", &mut wrong).await?;
    Coordinator::at(host).creates_a_notebook(PASSPHRASE).await?;
    for (path, name) in SCREENS {
        go(host, path).await?;
        look(host, &format!("empty-{name}"), &mut wrong).await?;
    }
    let person = full(host).await?;
    let of_the_person = [
        (format!("/people/{person}"), "person".to_owned()),
        (format!("/people/{person}/edit"), "person-edit".to_owned()),
        (format!("/note/with/{person}"), "note-with".to_owned()),
        (format!("/plan/{person}"), "plan-with".to_owned()),
    ];
    let all = SCREENS.map(|(path, name)| (path.to_owned(), name.to_owned()));
    for (path, name) in all.into_iter().chain(of_the_person) {
        go(host, &path).await?;
        look(host, &name, &mut wrong).await?;
    }
    Coordinator::at(host).presses("Verrouiller").await?;
    Coordinator::at(host).sees("Ouvrir le carnet").await?;
    look(host, "unlock", &mut wrong).await?;
    let complaints = host.complaints().await?;
    assert!(complaints.is_empty(), "the browser complains: {complaints:#?}");
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

/// Someone with everything on the sheet, a visit and what it opened; gives the person's id.
async fn full(host: &mut Chromium) -> Told<String> {
    let mut nadine = Coordinator::at(host);
    nadine.presses("Personnes").await?;
    nadine.presses("Inscrire la première personne").await?;
    nadine.types("given-name", "Marie-Antoinette").await?;
    nadine.types("family-name", "de La Tour-Montvallier-Guérande").await?;
    nadine.types("hamlet", "Le Grand Mas des Alpilles d’en haut").await?;
    nadine.types("approach", "Sonner deux fois, puis attendre au portail : elle entend mal.").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Marie-Antoinette").await?;
    nadine.presses("Noter un contact").await?;
    nadine.types("words", "Je ne vois plus personne le dimanche.").await?;
    nadine.presses_choice("Dans 7 jours").await?;
    nadine.presses("Ajouter une demande").await?;
    nadine.types_in(Locator::Css("textarea[id^='request-']"), "Quelqu’un pour les courses").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Je ne vois plus personne").await?;
    let address = nadine.host.page().current_url().await?;
    let path = address.fragment().unwrap_or_default().to_owned();
    let id = path.trim_start_matches("/people/").to_owned();
    assert_eq!(id.len(), 32, "the person's address is an id and nothing else: {path}");
    Ok(id)
}

async fn go(host: &mut Chromium, path: &str) -> Told {
    host.page().execute("location.hash = arguments[0]", vec![json!(path)]).await?;
    host.wait_for(Locator::Css("main h1, h1")).await?;
    // What is asked of the engine comes a moment later.
    tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    Ok(())
}

/// One screen, in every way it can be seen.
async fn look(host: &mut Chromium, name: &str, wrong: &mut Vec<String>) -> Told {
    for (size, (width, height)) in [("phone", PHONE), ("laptop", LAPTOP)] {
        host.resize(width, height).await?;
        for (theme, dark) in [("light", false), ("dark", true)] {
            host.prefer_dark(dark).await?;
            let seen = format!("{name}-{size}-{theme}");
            host.keep_picture(&seen).await?;
            for violation in axe(host.page()).await? {
                let places = violation.nodes.iter().take(3).map(|node| node.html.as_str()).collect::<Vec<_>>();
                wrong.push(format!("{seen}: {} ({}): {places:?}", violation.id, violation.help));
            }
        }
        let wide = host.page().execute("return document.documentElement.scrollWidth", vec![]).await?;
        if wide.as_u64().is_none_or(|wide| wide > u64::from(width)) {
            wrong.push(format!("{name} on a {size}: {wide} px wide"));
        }
    }
    let title = host.page().title().await?;
    if title != "Maillon" {
        wrong.push(format!("{name}: the title is “{title}”"));
    }
    Ok(())
}
