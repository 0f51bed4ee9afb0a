//! The activity summary of a made-up commune: seen before it is published, published, read, printed, given as files; with no
//! name in it, whoever looks.

use std::collections::BTreeSet;

use maillon_shared::api::{Request, Response};
use maillon_tests::e2e::{Chromium, Coordinator, Host, Told};
use maillon_tests::harness::PASSPHRASE;
use maillon_tests::in_chromium;
use maillon_tests::village::Size;

use crate::demo::{goes_to_the_made_up_commune, serves_a_commune};
use crate::devices::saves;
use crate::screens::{EVERY_WAY, look, nothing_is_wrong};

in_chromium!(figures_that_identify_nobody_are_seen_published_and_printed);

async fn figures_that_identify_nobody_are_seen_published_and_printed(host: &mut Chromium) -> Told {
    let mut device = serves_a_commune(host, Size::Demo)?;
    let Response::People(people) = device.asks(Request::People) else { return Err("everyone".into()) };
    let mut names: BTreeSet<String> = BTreeSet::new();
    for row in &people {
        let person = device.opens(row.id).person;
        names.extend([person.family_name, person.given_name].into_iter().filter(|name| name.chars().count() > 3));
    }
    let mut wrong = Vec::new();
    host.start().await?;
    goes_to_the_made_up_commune(host).await?;
    let mut nadine = Coordinator::at(host);
    nadine.unlocks(PASSPHRASE).await?;
    nadine.goes_to("/more/summary").await?;
    nadine.sees("Rien n’est encore publié").await?;
    look(nadine.host, "summary-none", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Voir ce qui serait publié").await?;
    nadine.sees("Voici exactement ce que la mairie pourra lire").await?;
    look(nadine.host, "summary-preview", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Publier").await?;
    nadine.sees("ne peut pas être repris").await?;
    nadine.presses("Oui, publier").await?;
    nadine.sees("Publié").await?;
    nadine.sees("Rien à publier pour le moment").await?;
    look(nadine.host, "summary-list", EVERY_WAY, &mut wrong).await?;

    // The year that is over, and a quarter of it.
    let year = chrono::Datelike::year(&maillon_tests::clock::today()) - 1;
    for period in [year.to_string(), format!("{year}-Q3"), format!("{year}-05")] {
        nadine.goes_to(&format!("/more/summary/{period}")).await?;
        nadine.sees("Synthèse d’activité").await?;
        nadine.sees("contacts").await?;
        look(nadine.host, &format!("summary-{}", period.len()), EVERY_WAY, &mut wrong).await?;
        let said = nadine.reads().await?;
        let named: Vec<_> = names.iter().filter(|name| said.contains(name.as_str())).collect();
        assert!(named.is_empty(), "{period} names {named:?}");
    }

    // On paper, and as files.
    nadine.goes_to(&format!("/more/summary/{year}")).await?;
    nadine.sees("Trimestre par trimestre").await?;
    nadine.host.resize(794, 1123).await?;
    nadine.host.show_as_printed(true).await?;
    nadine.host.keep_picture("summary-on-paper").await?;
    nadine.host.show_as_printed(false).await?;
    let page = saves(&mut nadine, "Fichier HTML", "html", &[]).await?;
    let table = saves(&mut nadine, "Tableau (CSV)", "csv", &[]).await?;
    for file in [&page, &table] {
        let said = std::fs::read_to_string(file)?;
        let named: Vec<_> = names.iter().filter(|name| said.contains(name.as_str())).collect();
        assert!(named.is_empty(), "{} names {named:?}", file.display());
    }
    let alone = std::fs::read_to_string(&page)?;
    assert!(!alone.contains("<script") && !alone.contains("http"), "it opens anywhere, and asks nobody for anything");
    assert!(std::fs::read_to_string(&table)?.contains("contacts;demi-journée;"), "in words, not in codes");
    nothing_is_wrong(nadine.host, &wrong).await
}
