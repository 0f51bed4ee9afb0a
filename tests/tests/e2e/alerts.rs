//! An alert, told through the screens: a neighbour's words, a clock, someone who answers, an end; vigilance for everyone;
//! and what is kept apart.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::{in_chromium_beside, in_chromium_first};

use super::screens::{EVERY_WAY, TWO_WAYS, go, look, nothing_is_wrong};

in_chromium_first!(an_alert_is_raised_answered_and_closed_with_no_network);
in_chromium_beside!(every_screen_of_alerts_can_be_used_by_everyone);

const PASSPHRASE: &str = "trois lampes dans le grenier";

async fn begins<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.presses("Inscrire la première personne").await?;
    nadine.types("given-name", "Odette").await?;
    nadine.types("family-name", "Marchevel").await?;
    nadine.types("hamlet", "Le Mas").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Odette Marchevel").await
}

async fn an_alert_is_raised_answered_and_closed_with_no_network<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    begins(&mut nadine).await?;
    nadine.host.cut_network().await?;

    // From the person: how grave, what it is, the words. Nothing is raised that lacks one.
    nadine.presses("Signaler une alerte").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Dites pour quand.").await?;
    nadine.chooses("severity", "priority_48_hours").await?;
    nadine.picks("kind", "no_news").await?;
    nadine.types("words", "Ses volets sont fermés depuis mardi.").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Sans nouvelles").await?;
    nadine.sees("responsable : coordination").await?;

    // The day begins with it, and one takes note of it there.
    nadine.presses("Aujourd’hui").await?;
    nadine.sees("Odette Marchevel").await?;
    nadine.presses("Prendre en compte").await?;
    nadine.sees_no_more("Prendre en compte").await?;
    nadine.presses("Odette Marchevel").await?;
    nadine.sees("Prise en compte : coordination").await?;

    // Half a sentence, and the power goes: it is there again.
    nadine.presses("Noter ce qui a été fait").await?;
    nadine.types("what", "Passée la voir").await?;
    nadine.sees("Noter ce qui a été fait").await?;
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    nadine.host.kill();
    nadine.host.start().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.sees("Un formulaire est resté en cours.").await?;
    nadine.presses("Reprendre").await?;
    nadine.sees("Alerte, ce qui a été fait").await?;
    nadine.presses("Reprendre").await?;
    nadine.sees("Brouillon repris").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("à suivre ou à clore").await?;

    // Graver: the numbers come first, and the program says that it treats nobody.
    nadine.presses("Plus grave, moins grave").await?;
    nadine.chooses("severity", "vital").await?;
    nadine.sees("Maillon ne soigne pas").await?;
    nadine.types("what", "Elle est tombée").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("appeler maintenant").await?;
    nadine.sees("15 · SAMU").await?;

    nadine.presses("Confier à quelqu’un").await?;
    nadine.chooses("owner", "someone").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("une alerte n’est jamais sans responsable").await?;
    nadine.types("owner-name", "Les pompiers").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("responsable : Les pompiers").await?;

    nadine.presses("Clore").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Dites pourquoi la clore.").await?;
    nadine.picks("reason", "needless_care_avoided").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("recours évité (déclaré)").await?;
    nadine.sees_no_more("15 · SAMU").await?;
    nadine.presses("Alertes").await?;
    nadine.sees("Aucune alerte ici.").await?;
    nadine.presses_choice("Terminées (1)").await?;
    nadine.sees("Odette Marchevel").await?;

    // On her own timeline, in the neighbour's words, folded.
    nadine.presses("Personnes").await?;
    nadine.presses("Odette Marchevel").await?;
    nadine.sees("Alerte : Sans nouvelles").await
}

async fn every_screen_of_alerts_can_be_used_by_everyone(host: &mut Chromium) -> Told {
    host.start().await?;
    let mut wrong = Vec::new();
    begins(&mut Coordinator::at(host)).await?;
    go(host, "/alerts").await?;
    look(host, "alerts-empty", TWO_WAYS, &mut wrong).await?;

    let mut nadine = Coordinator::at(host);
    nadine.presses("Signaler une alerte").await?;
    nadine.presses("Odette Marchevel").await?;
    nadine.chooses("severity", "vital").await?;
    nadine.picks("kind", "abuse").await?;
    nadine.picks("source", "neighbour_or_relay").await?;
    nadine.types("words", "On l’entend crier le soir depuis dimanche, et personne n’ouvre.").await?;
    look(host, "alert-new", EVERY_WAY, &mut wrong).await?;
    let mut nadine = Coordinator::at(host);
    nadine.presses("Enregistrer").await?;
    nadine.sees("appeler maintenant").await?;
    nadine.sees("À qui dire").await.ok();
    look(host, "alert", EVERY_WAY, &mut wrong).await?;
    let one = Coordinator::at(host).host.page().current_url().await?.fragment().unwrap_or_default().to_owned();

    // Kept apart: hidden until asked for, and found by nobody who looks for something else.
    let mut nadine = Coordinator::at(host);
    nadine.presses("Paroles gardées à part (0)").await?;
    nadine.presses("Garder une parole ou une preuve").await?;
    nadine.types("what", "« Il m’enferme », zirconium").await?;
    nadine.types("with", "Odette").await?;
    look(host, "alert-keep", TWO_WAYS, &mut wrong).await?;
    let mut nadine = Coordinator::at(host);
    nadine.presses("Enregistrer").await?;
    nadine.sees("Montrer la parole gardée").await?;
    nadine.sees_no_more("zirconium").await?;
    nadine.presses("Montrer la parole gardée").await?;
    nadine.sees("zirconium").await?;
    look(host, "alert-accounts", TWO_WAYS, &mut wrong).await?;
    let mut nadine = Coordinator::at(host);
    nadine.searches("zirconium").await?;
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    assert!(!nadine.reads().await?.contains("Odette Marchevel"), "what is kept apart is found by no search");
    nadine.presses("Fermer").await?;
    for (doing, name) in
        [("step", "alert-step"), ("judge", "alert-judge"), ("hand-over", "alert-hand-over"), ("close", "alert-close")]
    {
        go(host, &format!("{one}/do/{doing}")).await?;
        look(host, name, TWO_WAYS, &mut wrong).await?;
    }
    go(host, &format!("{one}/edit")).await?;
    look(host, "alert-edit", TWO_WAYS, &mut wrong).await?;

    // For everyone: a level that proposes a campaign, with what is known of it.
    go(host, "/alerts/new-for-all").await?;
    let mut nadine = Coordinator::at(host);
    nadine.types("phenomenon", "Canicule").await?;
    nadine.chooses("level", "orange").await?;
    nadine.types("communes", "Toute la vallée").await?;
    look(host, "alert-for-all-new", EVERY_WAY, &mut wrong).await?;
    let mut nadine = Coordinator::at(host);
    nadine.presses("Enregistrer").await?;
    nadine.sees("vigilance orange").await?;
    look(host, "alert-for-all", EVERY_WAY, &mut wrong).await?;
    go(host, "/alerts").await?;
    look(host, "alerts", EVERY_WAY, &mut wrong).await?;
    go(host, "/").await?;
    look(host, "alerts-today", EVERY_WAY, &mut wrong).await?;
    let mut nadine = Coordinator::at(host);
    nadine.presses("Préparer une campagne d’appels").await?;
    let title = nadine.host.wait_for(Locator::Id("title")).await?.prop("value").await?;
    assert_eq!(title.as_deref(), Some("Canicule"), "nothing is typed twice");
    nothing_is_wrong(host, &wrong).await
}
