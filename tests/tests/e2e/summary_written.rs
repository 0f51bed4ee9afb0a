//! The words beside the figures: a report is written, what names someone in it is pointed at, it is published and given;
//! and a closed month, looked at before it is corrected.

use maillon_shared::api::{Request, Response};
use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::harness::PASSPHRASE;
use maillon_tests::in_chromium;
use maillon_tests::village::Size;

use crate::demo::{goes_to_the_made_up_commune, serves_a_commune};
use crate::devices::saves;
use crate::screens::{EVERY_WAY, look, nothing_is_wrong};

in_chromium!(a_report_is_written_beside_the_figures_and_given_to_the_mairie);

const STORY: Locator<'static> = Locator::Css("textarea[id^='story-']");

async fn a_report_is_written_beside_the_figures_and_given_to_the_mairie(host: &mut Chromium) -> Told {
    let mut device = serves_a_commune(host, Size::Demo)?;
    let Response::People(people) = device.asks(Request::People) else { return Err("everyone".into()) };
    let someone = people.iter().map(|row| device.opens(row.id).person.family_name).find(|name| name.len() > 6);
    let someone = someone.ok_or("someone with a name")?;
    let mut wrong = Vec::new();
    host.start().await?;
    goes_to_the_made_up_commune(host).await?;
    let mut nadine = Coordinator::at(host);
    nadine.unlocks(PASSPHRASE).await?;
    nadine.goes_to("/more/summary/preview").await?;
    nadine.presses("Publier").await?;
    nadine.presses("Oui, publier").await?;
    nadine.sees("Rien à publier pour le moment").await?;

    let year = chrono::Datelike::year(&maillon_tests::clock::today()) - 1;
    nadine.goes_to(&format!("/more/summary/{year}")).await?;
    nadine.presses("Rapport de cette période").await?;
    nadine.sees("Ce que les chiffres ne disent pas").await?;
    look(nadine.host, "report-none", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Écrire le rapport").await?;
    nadine.types("lead", "Une année pendant laquelle on s’est parlé davantage.").await?;
    nadine.presses("Ajouter un récit").await?;
    nadine.types_in(STORY, &format!("Mme {someone} ne sortait plus depuis l’hiver.")).await?;
    nadine.sees("nom connu du carnet").await?;
    look(nadine.host, "report-form", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Un indice désigne quelqu’un").await?;

    // Told again so that it is nobody's.
    nadine.presses("Continuer à écrire").await?;
    nadine.types_in(STORY, "Une femme ne sortait plus depuis l’hiver ; elle vient à l’atelier du jeudi.").await?;
    nadine.presses_choice("Récit recomposé").await?;
    nadine.presses("Ajouter un engagement").await?;
    nadine.types_in(Locator::Css("input[id^='commitment-']:not([id$='-what'])"), "La mairie").await?;
    nadine.types_in(Locator::Css("input[id^='commitment-'][id$='-what']"), "Prêter une salle le jeudi").await?;
    nadine.presses_choice("tenu").await?;
    nadine.types("next", "Le transport vers le marché.").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Ce rapport n’est pas publié").await?;
    look(nadine.host, "report-read", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Publier ce rapport").await?;
    nadine.presses("Oui, publier").await?;
    nadine.sees("Publié ainsi le").await?;

    // The year on paper: figures, charts and words, as a PDF.
    nadine.goes_to(&format!("/more/summary/{year}")).await?;
    nadine.sees("Trimestre par trimestre").await?;
    nadine.host.prints("report-on-paper").await?;

    // One file for the mairie, and the words by which it knows whose it is.
    nadine.goes_to("/more/summary").await?;
    nadine.sees("Donner à la mairie").await?;
    look(nadine.host, "summary-give", EVERY_WAY, &mut wrong).await?;
    let file = saves(&mut nadine, "Enregistrer le fichier pour la mairie", "maillon-synthese", &[]).await?;
    let bytes = std::fs::read(&file)?;
    let words = String::from_utf8_lossy(&bytes);
    assert!(words.contains("elle vient à l’atelier") && !words.contains(&someone));

    // A month is looked at before it is corrected.
    nadine.goes_to(&format!("/more/summary/{year}-05")).await?;
    nadine.presses("Corriger ce mois").await?;
    nadine.sees("Il n’y a rien à corriger").await?;
    look(nadine.host, "summary-correct", EVERY_WAY, &mut wrong).await?;
    nothing_is_wrong(nadine.host, &wrong).await
}
