//! A heat wave: everyone of the register is called, by a coordinator in her window and by someone with a browser
//! elsewhere, both without network; paper is typed back, calls are taken back, and the figures agree with a tally kept
//! apart.

use std::collections::BTreeMap;

use maillon_tests::e2e::{Chromium, Coordinator, Desktop, Host, Locator, Told};
use maillon_tests::{in_chromium, on_the_desktop};

on_the_desktop!(a_heat_wave_is_called_from_two_devices_that_never_meet);
in_chromium!(a_whole_campaign_fits_a_phone);

const PASSPHRASE: &str = "trois lampes dans le grenier";
/// How many the made-up register holds.
const EVERYONE: u32 = 300;

/// What everyone's last state is, by number: a tally on paper, kept apart from the program.
#[derive(Default)]
struct Tally(BTreeMap<u32, &'static str>);

impl Tally {
    /// Notes what came of a call; a worry or a need stays until someone has seen to it.
    fn note(&mut self, number: u32, standing: &'static str) {
        let held = self.0.entry(number).or_insert(standing);
        if !matches!(*held, "worry" | "need") {
            *held = standing;
        }
    }

    fn count(&self, standing: &str) -> u32 {
        self.0.values().filter(|one| **one == standing).count() as u32
    }
}

async fn a_heat_wave_is_called_from_two_devices_that_never_meet(host: &mut Desktop) -> Told {
    let mut tally = Tally::default();
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    takes_the_register_in(&mut nadine).await?;
    begins_a_campaign(&mut nadine, &["Nadine", "Basile"]).await?;
    assert_eq!(figure(&nadine, "").await?, EVERYONE);
    nadine.presses("Appelants et listes").await?;
    nadine.presses("Répartir les appels").await?;
    nadine.sees_no_more("Sans appelant").await?;
    let words = lends_to(&mut nadine, "Basile").await?;
    nadine.presses("Enregistrer le fichier").await?;
    nadine.sees("Fichier enregistré").await?;
    let lent = the_file_in(&nadine.host.downloads(), "maillon")?;

    // Elsewhere, on a phone without network.
    let mut phone = Chromium::new()?;
    phone.start().await?;
    phone.wait_until_kept().await?;
    phone.resize(360, 740).await?;
    phone.cut_network().await?;
    let mut basile = Coordinator::at(&mut phone);
    opens_what_was_lent(&mut basile, &lent, &words).await?;
    let first = calls_next(&mut basile, &mut tally, "Tout va bien", "reached").await?;
    for (words, standing) in [
        ("Pas de réponse", "no-answer"),
        ("Tout va bien", "reached"),
        ("Ne veut plus d’appel", "refused"),
        ("Tout va bien", "reached"),
    ] {
        calls_next(&mut basile, &mut tally, words, standing).await?;
    }
    let worried = calls_next_and_says(&mut basile, &mut tally, "Inquiétude", "worry", "Volets fermés").await?;
    calls_next_and_says(&mut basile, &mut tally, "Un besoin", "need", "De l’eau").await?;
    basile.host.keep_picture("campaign-calls").await?;
    // A flat battery loses nothing of it.
    basile.host.kill();
    basile.host.restore_network()?;
    basile.host.start().await?;
    basile.host.cut_network().await?;
    basile.unlocks(&words).await?;
    basile.sees("À faire maintenant").await?;
    calls_next(&mut basile, &mut tally, "Tout va bien", "reached").await?;
    basile.presses("Rendre").await?;
    basile.presses("Enregistrer le fichier à rendre").await?;
    basile.sees("Fichier enregistré").await?;
    let handed_back = the_file_in(&basile.host.downloads(), "maillon")?;

    // The coordinator meanwhile: someone whom Basile reached too, and her own list, two lines of it on paper.
    nadine.presses("Tableau de la campagne").await?;
    nadine.presses("Appeler").await?;
    opens_card(&mut nadine, first).await?;
    nadine.presses("Tout va bien").await?;
    nadine.sees("Enregistré").await?;
    tally.note(first, "reached");
    nadine.presses_choice("Nadine").await?;
    calls_next(&mut nadine, &mut tally, "Tout va bien", "reached").await?;
    calls_next(&mut nadine, &mut tally, "Pas de réponse", "no-answer").await?;
    let on_paper = numbers_to_call(&nadine).await?;
    nadine.presses("Tableau de la campagne").await?;
    nadine.presses("Saisir une feuille remplie").await?;
    types_line(&mut nadine, 1, on_paper[0], "reached").await?;
    tally.note(on_paper[0], "reached");
    nadine.presses("Ligne suivante").await?;
    types_line(&mut nadine, 2, 999, "reached").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Aucune fiche n’a ce numéro").await?;
    types_line(&mut nadine, 2, on_paper[1], "refused").await?;
    tally.note(on_paper[1], "refused");
    nadine.presses("Enregistrer").await?;
    nadine.sees("Saisir une feuille remplie").await?;

    // What was noted elsewhere comes back; the second time it adds nothing.
    nadine.presses("Appelants et listes").await?;
    nadine.host.wait_for(Locator::Css("#handed-back")).await?;
    nadine.host.upload(Locator::Css("#handed-back"), &handed_back).await?;
    nadine.sees("8 appels nouveaux.").await?;
    nadine.sees("1 personne a été jointe deux fois").await?;
    nadine.host.upload(Locator::Css("#handed-back"), &handed_back).await?;
    nadine.sees("0 appel nouveau.").await?;
    nadine.presses("Tableau de la campagne").await?;
    nadine.sees("Volets fermés").await?;
    nadine.host.keep_picture("campaign-board").await?;
    for standing in ["reached", "need", "worry", "no-answer", "refused"] {
        assert_eq!(figure(&nadine, standing).await?, tally.count(standing), "{standing}");
    }
    let tried = tally.0.len() as u32;
    let waiting = figure(&nadine, "to-call").await? + figure(&nadine, "to-visit").await?;
    assert_eq!(waiting, EVERYONE - tried, "everyone is counted once");

    // Somebody goes and sees; then it is over.
    nadine.presses("C'est réglé").await?;
    nadine.sees_no_more("Volets fermés").await?;
    assert_eq!(figure(&nadine, "worry").await?, 0, "no. {worried}");
    nadine.presses("Bilan").await?;
    nadine.sees("Aucun nom").await?;
    nadine.host.keep_picture("campaign-report").await?;
    nadine.presses_choice("Tous les appels ont été repris et saisis.").await?;
    nadine.presses("Fermer la campagne").await?;
    nadine.sees("Close").await?;

    // On the phone nothing stays.
    basile.presses_choice("J’ai rendu mes appels, et on me l’a confirmé.").await?;
    basile.presses("Effacer pour toujours").await?;
    basile.sees("Votre carnet de coordination").await
}

/// Alone with a phone: begun, called, printed, closed; every screen without a fault of accessibility.
async fn a_whole_campaign_fits_a_phone(host: &mut Chromium) -> Told {
    host.start().await?;
    host.resize(360, 740).await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    takes_the_register_in(&mut nadine).await?;
    begins_a_campaign(&mut nadine, &[]).await?;
    sees_no_fault(&nadine, "campaign-board-phone").await?;
    nadine.presses("Appeler").await?;
    nadine.sees("À faire maintenant").await?;
    sees_no_fault(&nadine, "campaign-card-phone").await?;
    nadine.host.prefer_dark(true).await?;
    sees_no_fault(&nadine, "campaign-card-phone-dark").await?;
    nadine.host.prefer_dark(false).await?;
    // The wrong button, and back: one press each.
    nadine.presses("Pas de réponse").await?;
    nadine.sees("Plus tard").await?;
    nadine.presses("Annuler").await?;
    nadine.sees("C’est annulé").await?;
    nadine.sees_no_more("Plus tard").await?;
    nadine.presses("Tableau de la campagne").await?;
    nadine.presses("Appelants et listes").await?;
    nadine.sees("Reprendre ce qui a été noté").await?;
    sees_no_fault(&nadine, "campaign-callers-phone").await?;
    nadine.presses("Feuille à imprimer").await?;
    nadine.sees("À détruire après usage").await?;
    sees_no_fault(&nadine, "campaign-sheet-phone").await?;
    nadine.host.resize(1280, 800).await?;
    nadine.host.show_as_printed(true).await?;
    nadine.host.keep_picture("campaign-sheet-printed").await?;
    nadine.host.show_as_printed(false).await?;
    nadine.host.resize(360, 740).await?;
    nadine.presses("Appelants et listes").await?;
    nadine.presses("Tableau de la campagne").await?;
    nadine.presses("Saisir une feuille remplie").await?;
    nadine.sees("Une ligne de papier").await?;
    sees_no_fault(&nadine, "campaign-typing-phone").await?;
    nadine.presses("Quitter").await?;
    nadine.presses("Bilan").await?;
    nadine.sees("Aucun nom").await?;
    sees_no_fault(&nadine, "campaign-report-phone").await
}

async fn sees_no_fault(nadine: &Coordinator<'_, Chromium>, picture: &str) -> Told {
    nadine.host.keep_picture(picture).await?;
    let faults = maillon_tests::e2e::axe(nadine.host.page()).await?;
    assert!(faults.is_empty(), "{picture}: {faults:#?}");
    Ok(())
}

/// The mairie's list comes into the register.
async fn takes_the_register_in<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.presses("Plus").await?;
    nadine.presses("Registre nominatif").await?;
    nadine.presses("Reprendre le registre existant").await?;
    nadine.takes_in("registre-300.csv").await
}

async fn begins_a_campaign<H: Host>(nadine: &mut Coordinator<'_, H>, callers: &[&str]) -> Told {
    nadine.presses("Plus").await?;
    nadine.presses("Campagnes d'appels").await?;
    nadine.presses("Commencer une campagne").await?;
    nadine.chooses("kind", "heat").await?;
    nadine.chooses("source", "register").await?;
    for (index, name) in callers.iter().enumerate() {
        nadine.presses("Ajouter un appelant").await?;
        let line = format!("(//fieldset[contains(@class, 'line')])[{}]", index + 1);
        let field = format!("{line}//input[starts-with(@id, 'caller-') and not(contains(@id, '-slots'))]");
        nadine.types_in(Locator::XPath(&field), name).await?;
    }
    nadine.presses("Enregistrer").await?;
    nadine.sees("Appelants et listes").await?;
    Ok(())
}

/// The figure of a group on the board; of everyone where no group is said.
async fn figure<H: Host>(nadine: &Coordinator<'_, H>, group: &str) -> Told<u32> {
    let which = if group.is_empty() { "div:last-child".to_owned() } else { format!(".{group}") };
    let script = format!("return document.querySelector('.figures > {which} dd')?.textContent ?? '0'");
    let text = nadine.host.page().execute(&script, vec![]).await?;
    Ok(text.as_str().unwrap_or_default().trim().parse()?)
}

async fn lends_to<H: Host>(nadine: &mut Coordinator<'_, H>, name: &str) -> Told<String> {
    let button = format!("//li[.//*[normalize-space(.) = \"{name}\"]]//button[contains(., \"Prêter\")]");
    nadine.presses_at(Locator::XPath(&button)).await?;
    let words = nadine.host.wait_for(Locator::Css(".six-words")).await?;
    Ok(words.text().await?)
}

/// The file with this ending that was handed over into a folder, once it is there.
pub fn the_file_in(folder: &std::path::Path, ending: &str) -> Told<std::path::PathBuf> {
    for _ in 0..100 {
        let files = std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path()));
        let found = files.into_iter().find(|path| path.extension().is_some_and(|end| end == ending));
        if let Some(found) = found {
            return Ok(found);
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    Err("no file came".into())
}

async fn opens_what_was_lent<H: Host>(basile: &mut Coordinator<'_, H>, file: &std::path::Path, words: &str) -> Told {
    basile.presses("des appels confiés").await?;
    basile.host.wait_for(Locator::Css("#backup")).await?;
    basile.host.upload(Locator::Css("#backup"), file).await?;
    basile.presses("Reprendre").await?;
    basile.unlocks(words).await?;
    basile.sees("À faire maintenant").await
}

/// The number of the card that is open.
async fn open_card<H: Host>(who: &Coordinator<'_, H>) -> Told<u32> {
    who.host.wait_for(Locator::Css(".call-card")).await?;
    let script = "return document.querySelector('.call-card').closest('li').querySelector('.when').textContent";
    let text = who.host.page().execute(script, vec![]).await?;
    number_in(text.as_str().unwrap_or_default())
}

fn number_in(text: &str) -> Told<u32> {
    let digits: String = text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    Ok(digits.parse()?)
}

/// Notes what came of the card that is open, and waits for the next one.
async fn calls_next<H: Host>(
    who: &mut Coordinator<'_, H>,
    tally: &mut Tally,
    words: &str,
    standing: &'static str,
) -> Told<u32> {
    let number = open_card(who).await?;
    who.presses(words).await?;
    waits_for_another(who, number).await?;
    tally.note(number, standing);
    Ok(number)
}

async fn calls_next_and_says<H: Host>(
    who: &mut Coordinator<'_, H>,
    tally: &mut Tally,
    words: &str,
    standing: &'static str,
    note: &str,
) -> Told<u32> {
    let number = open_card(who).await?;
    who.presses(words).await?;
    who.types("asked", note).await?;
    who.presses_at(Locator::Css(".call-card button.main")).await?;
    waits_for_another(who, number).await?;
    tally.note(number, standing);
    Ok(number)
}

async fn waits_for_another<H: Host>(who: &Coordinator<'_, H>, number: u32) -> Told {
    for _ in 0..200 {
        if open_card(who).await? != number {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    Err(format!("no. {number} is still open").into())
}

/// Opens the card of that number.
async fn opens_card<H: Host>(who: &mut Coordinator<'_, H>, number: u32) -> Told {
    who.host.wait_for(Locator::Css(".calls")).await?;
    if open_card(who).await? == number {
        return Ok(());
    }
    let button = format!("//li[contains(., \"n° {number}\u{a0}· \") or contains(., \"n° {number} \")]//button");
    who.presses_at(Locator::XPath(&button)).await
}

/// The numbers that are to be called now, on the list shown.
async fn numbers_to_call<H: Host>(who: &Coordinator<'_, H>) -> Told<Vec<u32>> {
    let script = "return [...document.querySelectorAll('#now ~ ul .when')].slice(0, 5).map((one) => one.textContent)";
    let texts = who.host.page().execute(script, vec![]).await?;
    let texts = texts.as_array().cloned().unwrap_or_default();
    texts.iter().map(|text| number_in(text.as_str().unwrap_or_default())).collect()
}

async fn types_line<H: Host>(who: &mut Coordinator<'_, H>, line: usize, number: u32, outcome: &str) -> Told {
    let line = format!("(//fieldset[contains(@class, 'line')])[{line}]");
    who.types_in(Locator::XPath(&format!("{line}//input[starts-with(@id, 'line-')]")), &number.to_string()).await?;
    who.presses_at(Locator::XPath(&format!("{line}//input[@value = '{outcome}']/following-sibling::span"))).await
}
