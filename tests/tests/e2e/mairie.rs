//! A secretary at the mairie: makes its notebook, receives what the coordinator publishes, compares the words, reads, prints
//! and saves it; and finds nothing else there, whatever the address asks for.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::{Datelike, Days, NaiveDate};
use maillon_shared::api::summary::{SummaryAnswer, SummaryRequest};
use maillon_shared::api::{Request, Response};
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::settings::SettingsField;
use maillon_shared::domain::summary::period::Period;
use maillon_shared::domain::summary::report::{
    CommitmentField, CommitmentState, ReportChange, ReportField, StoryField, Telling,
};
use maillon_tests::clock::today;
use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::harness::Device;
use maillon_tests::in_chromium;
use maillon_tests::village::{Size, Village};

use crate::devices::{saves, words_shown};
use crate::screens::{EVERY_WAY, TWO_WAYS, go, look, nothing_is_wrong, only_french};

in_chromium!(
    a_mairie_reads_what_its_coordinator_publishes,
    a_file_that_says_otherwise_changes_nothing_and_is_told,
    a_mairies_notebook_shows_its_home_whatever_the_address_asks_for,
);

const PASSPHRASE: &str = "trois lampes dans le grenier";
const COMMUNE: &str = "Roquebelle-les-Alpilles";
const STORY: &str = "Le car ne passait plus. À six, ils partagent une voiture le mardi.";

/// Where one goes with a coordinator's addresses, and with a mairie's.
const ELSEWHERE: [&str; 14] = [
    "/people",
    "/people/new",
    "/people/0102030405060708090a0b0c0d0e0f10",
    "/people/import",
    "/note",
    "/plan",
    "/directory/new/structure",
    "/requests/new",
    "/register",
    "/more/devices",
    "/more/neighbours",
    "/more/exchanges",
    "/more/summary/preview",
    "/more/lists",
];

/// A commune in the spring after two years, of which the first began in April.
fn commune() -> Device {
    let autumn = today() - Days::new(100);
    let spring = NaiveDate::from_ymd_opt(autumn.year(), 4, 8).unwrap_or(autumn);
    let village = Village::new(3, Size::Demo, spring);
    let mut device = Device::honest(spring);
    device.creates_notebook(village.settings());
    device.lives(village.requests());
    // What it signs with is drawn before anything is published.
    words(&mut device);
    device
}

/// The summaries of those two years: what a year ago was over, then.
fn publishes_two_years(device: &mut Device) {
    let now = device.clock().now().day();
    device.is_on(now - Days::new(365));
    publishes(device);
    device.is_on(now);
    publishes(device);
}

fn publishes(device: &mut Device) {
    device.asks(Request::Summary(SummaryRequest::Publish));
}

fn words(device: &mut Device) -> Vec<String> {
    match device.asks(Request::Summary(SummaryRequest::All)) {
        Response::Summary(SummaryAnswer::All(all)) => all.words,
        _ => panic!("all summaries were asked for"),
    }
}

fn publishes_report(device: &mut Device, period: Period) {
    let [told, agreed, kept, begun] = [1, 2, 3, 4].map(|n| LineId([n; 16]));
    let changes = vec![
        ReportChange::Text(
            ReportField::Lead,
            "Une année pour se connaître : on ne vient plus seulement quand tout va mal.\n\nCe rapport accompagne les \
             chiffres, il ne les explique pas tous."
                .into(),
        ),
        ReportChange::Story(told, StoryField::Title, "Le car du mardi".into()),
        ReportChange::Story(told, StoryField::Text, STORY.into()),
        ReportChange::Telling(told, Some(Telling::Recomposed)),
        ReportChange::Story(agreed, StoryField::Text, "Il a retrouvé le chemin du marché, avec une canne.".into()),
        ReportChange::Telling(agreed, Some(Telling::Agreed)),
        ReportChange::AgreedOn(agreed, Some(NaiveDate::from_ymd_opt(2025, 3, 3).unwrap())),
        ReportChange::Commitment(kept, CommitmentField::Who, "La mairie".into()),
        ReportChange::Commitment(kept, CommitmentField::What, "Un bureau fermé, près de l’accueil".into()),
        ReportChange::State(kept, Some(CommitmentState::Kept)),
        ReportChange::Commitment(begun, CommitmentField::Who, "Les professionnels".into()),
        ReportChange::Commitment(begun, CommitmentField::What, "Une demi-journée de rencontre par saison".into()),
        ReportChange::State(begun, Some(CommitmentState::UnderWay)),
        ReportChange::Text(ReportField::Next, "Les retours d’hôpital, et les après-midi d’été.".into()),
    ];
    device.does(Request::Summary(SummaryRequest::WriteReport { period, read: Box::default(), changes, draft: None }));
    device.asks(Request::Summary(SummaryRequest::PublishReport(period)));
}

/// Has the file made, as it comes by e-mail.
fn gives(device: &mut Device, folder: &Path, name: &str) -> Told<PathBuf> {
    let Response::File(file) = device.asks(Request::Summary(SummaryRequest::File)) else {
        return Err("a file for the mairie".into());
    };
    let path = folder.join(name);
    std::fs::write(&path, file.bytes)?;
    Ok(path)
}

fn year_before(device: &Device) -> Period {
    let year = device.clock().now().day().year() - 1;
    Period::parse(&year.to_string()).unwrap()
}

async fn opens_a_file<H: Host>(secretary: &mut Coordinator<'_, H>, file: &Path) -> Told {
    secretary.goes_to("/more/summary/receive").await?;
    secretary.host.wait_for(Locator::Css("#summary-file")).await?;
    secretary.host.upload(Locator::Css("#summary-file"), file).await
}

async fn takes_a_first_file<H: Host>(secretary: &mut Coordinator<'_, H>, file: &Path) -> Told {
    opens_a_file(secretary, file).await?;
    secretary.sees("Comparez les huit mots").await?;
    secretary.presses_at(Locator::Css("label[for='words-compared']")).await?;
    secretary.presses("Prendre cette synthèse").await?;
    secretary.sees("C’est reçu").await
}

async fn a_mairie_reads_what_its_coordinator_publishes(host: &mut Chromium) -> Told {
    let mut device = commune();
    publishes_two_years(&mut device);
    let year = year_before(&device);
    publishes_report(&mut device, year);
    let file = gives(&mut device, host.home().path(), "premier.maillon-synthese")?;
    let mut wrong = Vec::new();
    host.start().await?;
    let mut secretary = Coordinator::at(host);
    secretary.creates_the_notebook_of_a_mairie(COMMUNE, PASSPHRASE).await?;
    secretary.sees("Carnet de la mairie de Roquebelle-les-Alpilles").await?;
    let said = secretary.reads().await?;
    assert!(!["Noter", "Chercher", "Discret", "Personnes"].iter().any(|other| said.contains(other)), "{said}");
    look(secretary.host, "mairie-empty", EVERY_WAY, &mut wrong).await?;

    // The first file: its words are compared before anything of it is taken.
    secretary.presses("Recevoir une synthèse").await?;
    secretary.sees("Fichier de la synthèse").await?;
    look(secretary.host, "mairie-receive", TWO_WAYS, &mut wrong).await?;
    opens_a_file(&mut secretary, &file).await?;
    secretary.sees("Comparez les huit mots").await?;
    assert_eq!(words_shown(&mut secretary).await?, words(&mut device));
    look(secretary.host, "mairie-compare", EVERY_WAY, &mut wrong).await?;
    pictures_of_the_whole(secretary.host, "mairie-compare").await?;
    secretary.presses("Prendre cette synthèse").await?;
    secretary.sees("Comparez d’abord les huit mots").await?;
    secretary.presses("Ils sont différents").await?;
    secretary.sees("Rien n’est pris").await?;
    look(secretary.host, "mairie-different", TWO_WAYS, &mut wrong).await?;
    secretary.goes_to("/").await?;
    secretary.sees("Rien n’est encore reçu").await?;
    takes_a_first_file(&mut secretary, &file).await?;
    secretary.sees("Reçu de Mme Calvoussagne, Roquebelle-les-Alpilles").await?;
    secretary.sees("mots comparés le").await?;
    secretary.sees(&format!("En bref : année {year}")).await?;
    secretary.sees("D’une année à l’autre").await?;
    secretary.sees("Contacts, par année").await?;
    look(secretary.host, "mairie-full", EVERY_WAY, &mut wrong).await?;
    pictures_of_the_whole(secretary.host, "mairie-full").await?;

    // The year: its report and its figures, on screen, on paper and as files.
    secretary.presses("avec un rapport").await?;
    secretary.sees("Le rapport").await?;
    secretary.sees(STORY).await?;
    secretary.sees("Récit recomposé").await?;
    secretary.sees("Trimestre par trimestre").await?;
    secretary.sees("Roquebelle-les-Alpilles · Mme Calvoussagne").await?;
    look(secretary.host, "mairie-year", EVERY_WAY, &mut wrong).await?;
    secretary.host.resize(794, 1123).await?;
    secretary.host.show_as_printed(true).await?;
    secretary.host.keep_picture("mairie-on-paper").await?;
    secretary.host.show_as_printed(false).await?;
    let page = saves(&mut secretary, "Fichier HTML", "html", &[]).await?;
    let sheet = saves(&mut secretary, "Tableau (ODS)", "ods", &[]).await?;
    let page = std::fs::read_to_string(page)?;
    assert!(page.contains(STORY) && page.contains("Un bureau fermé"), "the report is in the file");
    assert!(!page.contains("<script") && !page.contains("http"), "it opens anywhere, and asks nobody for anything");
    assert!(std::fs::read(sheet)?.starts_with(b"PK"));
    names_nobody(&mut device, &page)?;

    // Locked, opened again, all of it is there.
    secretary.presses("Verrouiller").await?;
    secretary.unlocks(PASSPHRASE).await?;
    secretary.goes_to("/").await?;
    secretary.sees("Reçu de Mme Calvoussagne").await?;
    let said = secretary.reads().await?;
    names_nobody(&mut device, &said)?;

    // What comes next is known by what signs it.
    opens_a_file(&mut secretary, &file).await?;
    secretary.sees("Rien de nouveau").await?;
    device.is_on(device.clock().now().day() + Days::new(60));
    publishes(&mut device);
    let next = gives(&mut device, secretary.host.home().path(), "deuxieme.maillon-synthese")?;
    opens_a_file(&mut secretary, &next).await?;
    secretary.sees("Il est signé comme les précédents").await?;
    look(secretary.host, "mairie-next", TWO_WAYS, &mut wrong).await?;
    secretary.presses("Prendre cette synthèse").await?;
    secretary.sees("C’est reçu").await?;

    the_rest_of_it(&mut secretary, &mut wrong).await?;
    nothing_is_wrong(secretary.host, &wrong).await
}

/// The little that there is besides, in both languages.
async fn the_rest_of_it(secretary: &mut Coordinator<'_, Chromium>, wrong: &mut Vec<String>) -> Told {
    for (path, name) in [
        ("/more", "more"),
        ("/more/settings", "settings"),
        ("/more/backup", "backup"),
        ("/more/help", "help"),
        ("/more/passphrase", "passphrase"),
    ] {
        go(secretary.host, path).await?;
        look(secretary.host, &format!("mairie-{name}"), TWO_WAYS, wrong).await?;
    }
    secretary.goes_to("/more/backup").await?;
    secretary.presses("Vérifier").await?;
    secretary.sees("Tout est lisible").await?;
    secretary.goes_to("/more/settings").await?;
    secretary.types("commune", "Le Thor").await?;
    secretary.presses("Enregistrer").await?;
    secretary.sees("Enregistré Annuler").await?;
    secretary.sees("Carnet de la mairie du Thor").await?;
    secretary.chooses("language", "en").await?;
    secretary.sees("Notebook of the mairie of Le Thor").await?;
    let french = only_french()?;
    for (path, name) in [("/", "home"), ("/more", "more"), ("/more/summary/receive", "receive"), ("/more/help", "help")]
    {
        go(secretary.host, path).await?;
        look(secretary.host, &format!("en-mairie-{name}"), TWO_WAYS, wrong).await?;
        let said = secretary.reads().await?;
        let left = french.iter().filter(|sentence| said.contains(sentence.as_str()));
        wrong.extend(left.map(|sentence| format!("{name}, in English, says “{sentence}”")));
    }
    Ok(())
}

/// What is below the fold as well, to be looked at.
async fn pictures_of_the_whole(host: &mut Chromium, name: &str) -> Told {
    host.prefer_dark(false).await?;
    for (width, which) in [(360, "phone"), (1280, "laptop")] {
        host.resize(width, 2_400).await?;
        host.keep_picture(&format!("{name}-whole-{which}")).await?;
    }
    host.resize(1280, 800).await
}

/// None of those whom the coordinator follows.
fn names_nobody(device: &mut Device, said: &str) -> Told {
    let Response::People(people) = device.asks(Request::People) else { return Err("everyone".into()) };
    let names: BTreeSet<String> = people.iter().map(|row| row.name.clone()).collect();
    let named: Vec<_> = names.iter().filter(|name| said.contains(name.as_str())).collect();
    assert!(!names.is_empty() && named.is_empty(), "it names {named:?}");
    Ok(())
}

/// The same key, other figures: what was received stands, and the screen says whom to call.
async fn a_file_that_says_otherwise_changes_nothing_and_is_told(host: &mut Chromium) -> Told {
    let mut device = commune();
    let mut copy = device.copied();
    publishes(&mut device);
    let first = gives(&mut device, host.home().path(), "premier.maillon-synthese")?;
    copy.unlocks();
    // There, another threshold is in force when the same months are published.
    copy.does(Request::EditSettings(vec![(SettingsField::SummaryThreshold, "11".into())]));
    publishes(&mut copy);
    let other = gives(&mut copy, host.home().path(), "autre.maillon-synthese")?;
    let mut wrong = Vec::new();
    host.start().await?;
    let mut secretary = Coordinator::at(host);
    secretary.creates_the_notebook_of_a_mairie("Valcombe", PASSPHRASE).await?;
    opens_a_file(&mut secretary, &first).await?;
    secretary
        .sees("Ce fichier parle de Roquebelle-les-Alpilles, et ce carnet est celui de la mairie de Valcombe")
        .await?;
    takes_a_first_file(&mut secretary, &first).await?;
    opens_a_file(&mut secretary, &other).await?;
    secretary.sees("Autre chose que ce que vous avez reçu").await?;
    secretary.sees("Appelez Mme Calvoussagne").await?;
    assert!(!secretary.reads().await?.contains("Prendre cette synthèse"), "there is nothing to take");
    look(secretary.host, "mairie-differs", EVERY_WAY, &mut wrong).await?;
    // A list of people is no summary, and nothing of it is read.
    let list = maillon_tests::house::root().join("tests/fixtures/mairie-137.csv");
    opens_a_file(&mut secretary, &list).await?;
    secretary.sees("Ce fichier n’est").await?;
    nothing_is_wrong(secretary.host, &wrong).await
}

async fn a_mairies_notebook_shows_its_home_whatever_the_address_asks_for(host: &mut Chromium) -> Told {
    host.start().await?;
    let mut secretary = Coordinator::at(host);
    secretary.creates_the_notebook_of_a_mairie("", PASSPHRASE).await?;
    secretary.sees("Carnet de la mairie").await?;
    for path in ELSEWHERE {
        // From somewhere else each time, so that what is seen is what this address shows.
        secretary.goes_to("/more").await?;
        secretary.sees("Changer de phrase de passe").await?;
        secretary.goes_to(path).await?;
        secretary.sees("Rien n’est encore reçu").await?;
        let fields =
            secretary.host.page().find_all(Locator::Css("form, input, textarea, .failure:not([hidden])")).await?;
        assert!(fields.is_empty(), "{path} shows something to fill, or fails");
    }
    // Nor do the keys lead anywhere else.
    let pressed =
        "const press = (key, code, hold) => window.dispatchEvent(new KeyboardEvent('keydown', { key, code, ...hold }));
        press('n', 'KeyN', { altKey: true });
        press('k', 'KeyK', { ctrlKey: true });
        press('F2', 'F2', {});";
    secretary.host.page().execute(pressed, vec![]).await?;
    secretary.sees("Rien n’est encore reçu").await?;
    assert!(secretary.host.page().find_all(Locator::Css("dialog[open]")).await?.is_empty());
    nothing_is_wrong(secretary.host, &[]).await
}
