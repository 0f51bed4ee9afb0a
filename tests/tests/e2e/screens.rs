//! Every screen, empty and full, in both languages and both themes, on a phone and on a laptop: the accessibility checker
//! finds nothing, nothing is wider than the phone, no title or address tells of anyone, and the browser complains of nothing.
//!
//! Pictures of the French ones are kept in `target/pictures`, to be looked at.

use std::collections::BTreeSet;

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told, axe, every_sight};
use maillon_tests::house::root;
use maillon_tests::in_chromium;
use serde_json::{Value, json};

in_chromium!(every_screen_can_be_used_by_everyone, every_screen_can_be_used_in_english);

const PASSPHRASE: &str = "trois lampes dans le grenier";

/// The screens that need no id, and the name of their picture.
const SCREENS: [(&str, &str); 35] = [
    ("/", "today"),
    ("/people", "people"),
    ("/people/new", "person-new"),
    ("/note", "note"),
    ("/plan", "plan"),
    ("/directory", "directory"),
    ("/directory/new/structure", "entry-new"),
    ("/directory/import", "import"),
    ("/directory/export", "export"),
    ("/requests", "requests"),
    ("/requests/new", "request-new"),
    ("/requests/radar", "radar"),
    ("/rounds", "rounds"),
    ("/stays", "stays"),
    ("/stays/new", "stay-new"),
    ("/reception", "reception"),
    ("/rounds/new", "round-new"),
    ("/more", "more"),
    ("/more/settings", "settings"),
    ("/more/lists", "lists"),
    ("/more/lists/request_topics", "list"),
    ("/more/lists/isolation_levels", "list-closed"),
    ("/more/addresses", "addresses"),
    ("/more/drafts", "drafts"),
    ("/more/writes", "writes"),
    ("/more/reads", "reads"),
    ("/more/backup", "backup"),
    ("/more/retention", "retention"),
    ("/more/exchanges", "exchanges"),
    ("/more/neighbours", "neighbours-alone"),
    ("/more/summary", "summary"),
    ("/more/summary/preview", "summary-to-come"),
    ("/more/passphrase", "passphrase"),
    ("/more/help", "help"),
    ("/more/about", "about"),
];

/// Those that look otherwise while the notebook is empty.
const EMPTY: [&str; 9] =
    ["/", "/people", "/note", "/plan", "/directory", "/more/drafts", "/more/writes", "/more/reads", "/more/backup"];

/// A way in which a screen is seen.
pub struct Sight {
    name: &'static str,
    width: u32,
    height: u32,
    dark: bool,
}

const PHONE_BY_DAY: Sight = Sight { name: "phone-light", width: 360, height: 740, dark: false };
const PHONE_BY_NIGHT: Sight = Sight { name: "phone-dark", dark: true, ..PHONE_BY_DAY };
const LAPTOP_BY_DAY: Sight = Sight { name: "laptop-light", width: 1280, height: 800, dark: false };
const LAPTOP_BY_NIGHT: Sight = Sight { name: "laptop-dark", dark: true, ..LAPTOP_BY_DAY };

/// Each screen in every way: what is wrong in one need not be in another. A whole run, which has an end to come to, looks in
/// two of them, in which both widths and both themes are.
pub const EVERY_WAY: &[Sight] = &[PHONE_BY_DAY, PHONE_BY_NIGHT, LAPTOP_BY_DAY, LAPTOP_BY_NIGHT];
/// In another language only the words differ: where they are long, and where they are many.
pub const TWO_WAYS: &[Sight] = &[PHONE_BY_DAY, LAPTOP_BY_NIGHT];

async fn every_screen_can_be_used_by_everyone(host: &mut Chromium) -> Told {
    host.start().await?;
    let mut wrong = Vec::new();
    look(host, "welcome", EVERY_WAY, &mut wrong).await?;
    Coordinator::at(host).creates_a_notebook(PASSPHRASE).await?;
    for (path, name) in SCREENS.into_iter().filter(|(path, _)| EMPTY.contains(path)) {
        go(host, path).await?;
        look(host, &format!("empty-{name}"), EVERY_WAY, &mut wrong).await?;
    }
    let person = full(host).await?;
    for (path, name) in of_a_full_notebook(&person) {
        go(host, &path).await?;
        look(host, &name, EVERY_WAY, &mut wrong).await?;
    }
    Coordinator::at(host).presses("Verrouiller").await?;
    Coordinator::at(host).sees("Ouvrir le carnet").await?;
    look(host, "unlock", EVERY_WAY, &mut wrong).await?;
    nothing_is_wrong(host, &wrong).await
}

/// The same in English, where not one French sentence is left of what the screens say by themselves.
async fn every_screen_can_be_used_in_english(host: &mut Chromium) -> Told {
    host.start().await?;
    let mut wrong = Vec::new();
    Coordinator::at(host).creates_a_notebook(PASSPHRASE).await?;
    let person = full(host).await?;
    go(host, "/more/settings").await?;
    Coordinator::at(host).chooses("language", "en").await?;
    Coordinator::at(host).sees("Settings").await?;
    let french = only_french()?;
    for (path, name) in of_a_full_notebook(&person) {
        go(host, &path).await?;
        look(host, &format!("en-{name}"), TWO_WAYS, &mut wrong).await?;
        let said = Coordinator::at(host).reads().await?;
        let left = french.iter().filter(|sentence| said.contains(sentence.as_str()));
        wrong.extend(left.map(|sentence| format!("{name}, in English, says “{sentence}”")));
    }
    Coordinator::at(host).presses("Lock").await?;
    Coordinator::at(host).sees("Open the notebook").await?;
    look(host, "en-unlock", TWO_WAYS, &mut wrong).await?;
    nothing_is_wrong(host, &wrong).await
}

fn of_a_full_notebook(person: &str) -> impl Iterator<Item = (String, String)> {
    let of_the_person = [
        (format!("/people/{person}"), "person".to_owned()),
        (format!("/people/{person}/edit"), "person-edit".to_owned()),
        (format!("/people/{person}/consents"), "consents".to_owned()),
        (format!("/people/{person}/consents/new"), "consent-new".to_owned()),
        (format!("/people/{person}/emergency"), "emergency".to_owned()),
        (format!("/people/{person}/isolation"), "isolation".to_owned()),
        (format!("/people/{person}/household"), "household".to_owned()),
        (format!("/people/{person}/data"), "data".to_owned()),
        (format!("/note/with/{person}"), "note-with".to_owned()),
        (format!("/plan/{person}"), "plan-with".to_owned()),
    ];
    let all = SCREENS.map(|(path, name)| (path.to_owned(), name.to_owned()));
    all.into_iter().chain(of_the_person)
}

pub async fn nothing_is_wrong(host: &Chromium, wrong: &[String]) -> Told {
    let complaints = host.complaints().await?;
    assert!(complaints.is_empty(), "the browser complains: {complaints:#?}");
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

/// The sentences of the screens that are not the same in English, long enough to be nobody's words but theirs.
pub fn only_french() -> Told<BTreeSet<String>> {
    let read = |language: &str| -> Told<BTreeSet<String>> {
        let text = std::fs::read_to_string(root().join(format!("app/locales/{language}.json")))?;
        let mut found = BTreeSet::new();
        let mut left = vec![serde_json::from_str::<Value>(&text)?];
        while let Some(value) = left.pop() {
            match value {
                Value::Object(inside) => left.extend(inside.into_iter().map(|(_, value)| value)),
                Value::String(text) => drop(found.insert(text.split_whitespace().collect::<Vec<_>>().join(" "))),
                _ => {}
            }
        }
        Ok(found)
    };
    let english = read("en")?;
    let is_a_sentence = |text: &String| text.contains(' ') && text.chars().count() >= 12 && !text.contains('{');
    Ok(read("fr")?.into_iter().filter(|text| is_a_sentence(text) && !english.contains(text)).collect())
}

/// Someone with everything on the sheet, a visit and what it opened; gives the person's id.
async fn full(host: &mut Chromium) -> Told<String> {
    let mut nadine = Coordinator::at(host);
    nadine.presses("Personnes").await?;
    nadine.presses("Inscrire la première personne").await?;
    nadine.types("given-name", "Marie-Antoinette").await?;
    nadine.types("family-name", "de La Tour-Montvallier-Guérande").await?;
    nadine.types("hamlet", "Le Grand Mas des Alpilles d’en haut").await?;
    nadine.types("email", "marie-antoinette.de-la-tour-montvallier-guerande@courriel.invalid").await?;
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

pub async fn go(host: &mut Chromium, path: &str) -> Told {
    host.page().execute("location.hash = arguments[0]", vec![json!(path)]).await?;
    host.wait_for(Locator::Css("main h1, h1")).await?;
    // What is asked of the engine comes a moment later.
    tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    Ok(())
}

fn sights_that_differ_most(sights: &[Sight]) -> &[Sight] {
    if sights.len() > TWO_WAYS.len() { TWO_WAYS } else { sights }
}

/// One screen, in some of the ways it can be seen.
pub async fn look(host: &mut Chromium, name: &str, sights: &[Sight], wrong: &mut Vec<String>) -> Told {
    let sights = if every_sight() { sights } else { sights_that_differ_most(sights) };
    for sight in sights {
        host.resize(sight.width, sight.height).await?;
        host.prefer_dark(sight.dark).await?;
        let seen = format!("{name}-{}", sight.name);
        host.keep_picture(&seen).await?;
        for violation in axe(host.page()).await? {
            let places = violation.nodes.iter().take(3).map(|node| node.html.as_str()).collect::<Vec<_>>();
            wrong.push(format!("{seen}: {} ({}): {places:?}", violation.id, violation.help));
        }
        let widest = "const all = [document.documentElement, ...document.querySelectorAll('main')];
            return Math.max(...all.map((one) => one.scrollWidth));";
        let wide = host.page().execute(widest, vec![]).await?;
        if wide.as_u64().is_none_or(|wide| wide > u64::from(sight.width)) {
            wrong.push(format!("{seen}: {wide} px wide"));
        }
    }
    let title = host.page().title().await?;
    if title != "Maillon" {
        wrong.push(format!("{name}: the title is “{title}”"));
    }
    Ok(())
}
