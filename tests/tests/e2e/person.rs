//! What is written about one person beside the sheet: what they were told and said, an emergency, their isolation.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Told};
use maillon_tests::{in_chromium, in_chromium_first};

in_chromium_first!(
    what_someone_said_is_written_shown_first_where_it_forbids_and_ends_alone,
    someone_entered_twice_is_one_until_they_part_and_none_once_erased,
);

in_chromium!(the_slip_on_paper_names_nobody);

const PASSPHRASE: &str = "trois lampes dans le grenier";

async fn what_someone_said_is_written_shown_first_where_it_forbids_and_ends_alone<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.presses("Inscrire la première personne").await?;
    nadine.types("given-name", "Odette").await?;
    nadine.types("family-name", "Marchevel").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Odette Marchevel").await?;

    // A consent to share says with whom, what for and what; without them, it is none.
    nadine.presses("Voir et noter").await?;
    nadine.presses("Noter ce qui a été dit").await?;
    nadine.chooses("which", "shares").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Dites avec qui.").await?;
    nadine.types("recipient", "Cabinet infirmier du Pont").await?;
    nadine.chooses("purpose", "liaison_sheet").await?;
    nadine.types("what", "Adresse, téléphone, qui appeler").await?;
    nadine.chooses("how", "orally").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("À Cabinet infirmier du Pont · Fiche de liaison").await?;

    // An objection is said first on the sheet, and ends alone.
    nadine.presses("Noter ce qui a été dit").await?;
    nadine.chooses("which", "objects").await?;
    nadine.chooses("how", "by_phone").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("À tout partage").await?;
    nadine.host.keep_picture("consents").await?;
    nadine.presses("Fiche").await?;
    nadine.sees("Opposition À tout partage Accord pour un partage").await?;
    nadine.presses("Voir et noter").await?;
    nadine.presses("Y mettre fin").await?;
    nadine.presses_choice("De vive voix").await?;
    nadine.presses("Enregistrer la fin").await?;
    nadine.sees("Terminé").await?;

    // In danger nobody is asked, and it is written.
    nadine.presses("En danger").await?;
    nadine.sees("15 · SAMU").await?;
    nadine.chooses("ground", "life_in_danger").await?;
    nadine.types("recipient", "SAMU").await?;
    nadine.types("said", "Ne répond plus, volets fermés.").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Dit sans accord, en cas de danger").await?;

    // The level is chosen by someone, never proposed.
    nadine.presses("Fiche").await?;
    nadine.presses("Faire le point").await?;
    nadine.presses_choice("Vit seule ou seul").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Choisissez un niveau.").await?;
    nadine.chooses("level", "high").await?;
    nadine.presses_choice("Hier").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Isolement Fort").await?;
    nadine.presses("Faire le point").await?;
    nadine.chooses("level", "moderate").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Isolement Modéré").await?;
    nadine.sees("Vit seule ou seul").await?;
    nadine.host.keep_picture("person-said").await?;
    Ok(())
}

async fn someone_entered_twice_is_one_until_they_part_and_none_once_erased<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.presses("Inscrire la première personne").await?;
    nadine.types("given-name", "Odette").await?;
    nadine.types("family-name", "Marchevel").await?;
    nadine.types("hamlet", "La Roussière").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Pas encore de contact").await?;

    // Entered again, written otherwise: it is said at once, and stops nobody.
    nadine.presses("Personnes").await?;
    nadine.presses("Ajouter").await?;
    nadine.types("given-name", "ODETE").await?;
    nadine.types("family-name", "Marchevelle").await?;
    nadine.sees("Peut-être déjà dans le carnet Odette Marchevel").await?;
    nadine.types("hamlet", "Les Oliviers").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Peut-être la même personne").await?;

    // Joined, with the words chosen; then two again.
    nadine.presses("Comparer").await?;
    nadine.sees("Une seule personne").await?;
    nadine.chooses("from-family_name", "other").await?;
    nadine.presses("C’est la même personne").await?;
    nadine.sees("ODETE Marchevel").await?;
    nadine.presses("Personnes").await?;
    nadine.sees_no_more("Odette Marchevel").await?;
    nadine.presses("ODETE Marchevel").await?;
    nadine.presses("Ce sont deux personnes").await?;
    nadine.presses("Personnes").await?;
    nadine.sees("Odette Marchevel").await?;
    nadine.sees("ODETE Marchevelle").await?;

    // All that is held of one goes for good, and nothing of the other.
    nadine.presses("ODETE Marchevelle").await?;
    nadine.presses("Données de cette personne").await?;
    nadine.sees("Bordereau d’élimination").await?;
    nadine.host.keep_picture("data").await?;
    nadine.chooses("erase", "sure").await?;
    nadine.presses("Effacer 1 personne pour toujours").await?;
    nadine.sees_no_more("Marchevelle").await?;
    nadine.sees("Odette Marchevel").await?;
    nadine.host.close().await?;
    nadine.host.start().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.presses("Personnes").await?;
    nadine.sees("Odette Marchevel").await?;
    nadine.sees_no_more("Marchevelle").await
}

/// The slip goes to the archives: the screen around it tells of someone, the paper of nobody.
async fn the_slip_on_paper_names_nobody(host: &mut Chromium) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.presses("Inscrire la première personne").await?;
    nadine.types("given-name", "Odette").await?;
    nadine.types("family-name", "Marchevel").await?;
    nadine.presses("Enregistrer").await?;
    nadine.presses("Données de cette personne").await?;
    nadine.sees("Bordereau d’élimination").await?;
    assert!(nadine.reads().await?.contains("Marchevel"));
    nadine.host.show_as_printed(true).await?;
    let paper = nadine.reads().await?;
    assert!(paper.contains("Bordereau d’élimination") && paper.contains("Visa"), "{paper}");
    assert!(!paper.contains("Odette") && !paper.contains("Marchevel"), "{paper}");
    nadine.host.keep_picture("slip-on-paper").await?;
    nadine.host.show_as_printed(false).await
}
