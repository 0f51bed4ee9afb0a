//! A *temps d'échange*, told through the screens: no name leaves before she agreed, she is told back what was decided
//! without her, and the minutes are there five minutes after.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Told, axe};
use maillon_tests::{in_chromium_beside, in_chromium_first};
use serde_json::json;

use super::screens::{EVERY_WAY, go, look, nothing_is_wrong};

in_chromium_first!(a_meeting_is_held_without_her_and_no_name_leaves_before_she_agreed);
in_chromium_beside!(the_screens_of_a_meeting_can_be_used_by_everyone);

const PASSPHRASE: &str = "trois lampes dans le grenier";
const PURPOSE: &str = "Préparer l’hiver avec Odette";

async fn begins<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told<String> {
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.presses("Inscrire la première personne").await?;
    nadine.types("given-name", "Odette").await?;
    nadine.types("family-name", "Marchevel").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Odette Marchevel").await?;
    let address = nadine.host.page().current_url().await?;
    Ok(address.fragment().unwrap_or_default().trim_start_matches("/people/").to_owned())
}

/// Planned with a point and a guest; where one then is.
async fn plans<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told<String> {
    nadine.presses("Prévoir un temps d’échange").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Dites pour quoi faire").await?;
    nadine.types("purpose", PURPOSE).await?;
    nadine.types("place", "Mairie, salle du bas").await?;
    nadine.presses("Ajouter un point").await?;
    let point = "return document.querySelector('fieldset.line input').id";
    let field = nadine.host.page().execute(point, vec![]).await?;
    nadine.types(field.as_str().unwrap_or_default(), "le bois de chauffage").await?;
    nadine.presses("Enregistrer").await?;

    nadine.sees("Personne n’est encore invité").await?;
    nadine.types("who-else", "Aline Serrebois").await?;
    nadine.presses("Ajouter aux invités").await?;
    nadine.sees("Retirer").await?;
    nadine.presses("Voir le temps d’échange et ses invitations").await?;
    nadine.sees("le bois de chauffage").await?;
    nadine.sees("sans accord").await?;
    let address = nadine.host.page().current_url().await?;
    Ok(address.fragment().unwrap_or_default().to_owned())
}

async fn agrees<H: Host>(nadine: &mut Coordinator<'_, H>, person: &str) -> Told {
    nadine.goes_to(&format!("/people/{person}/consents/new")).await?;
    nadine.chooses("which", "shares").await?;
    nadine.chooses("how", "orally").await?;
    nadine.types("recipient", "Aline Serrebois").await?;
    nadine.chooses("purpose", "shared_meeting").await?;
    nadine.types("what", "son nom, ce qui est préparé").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Informations, accords et oppositions").await
}

async fn holds<H: Host>(nadine: &mut Coordinator<'_, H>, meeting: &str) -> Told {
    nadine.goes_to(&format!("{meeting}/hold")).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Dites si la personne était là").await?;
    nadine.chooses("presence", "absent").await?;
    nadine.types("why", "trop fatiguée").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("La personne n’était pas là").await
}

async fn decides<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.presses("Ajouter une décision").await?;
    nadine.types("what", "appeler le livreur de bois").await?;
    nadine.presses_choice("Aline Serrebois").await?;
    nadine.presses_choice("Dans 7 jours").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("appeler le livreur de bois").await
}

/// What the paper on the screen says.
async fn paper<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told<String> {
    let said = "return document.querySelector('.liaison-sheet')?.innerText ?? ''";
    Ok(nadine.host.page().execute(said, vec![]).await?.as_str().unwrap_or_default().to_owned())
}

async fn a_meeting_is_held_without_her_and_no_name_leaves_before_she_agreed<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    let person = begins(&mut nadine).await?;
    nadine.host.cut_network().await?;
    let meeting = plans(&mut nadine).await?;
    nadine.host.keep_picture("meeting").await?;

    // Without her agreement: when and where, and nobody.
    nadine.presses("Invitation").await?;
    nadine.sees("n’a pas donné d’accord pour un temps d’échange").await?;
    nadine.sees("Mairie, salle du bas").await?;
    let said = paper(&mut nadine).await?;
    assert!(!said.contains("Odette") && !said.contains("hiver") && !said.contains("chauffage"), "{said}");
    nadine.types("message", "C’est pour Mme Marchevel.").await?;
    nadine.sees("Vos mots disent de qui il s’agit").await?;
    nadine.types("message", "Merci de me rappeler.").await?;
    nadine.sees_no_more("Vos mots disent de qui il s’agit").await?;
    nadine.presses("Enregistrer le fichier et noter la remise").await?;
    nadine.goes_to(&meeting).await?;
    nadine.sees("demandé, sans réponse").await?;
    nadine.sees("sans nom").await?;

    // With it, to her alone: her name, and what for.
    agrees(&mut nadine, &person).await?;
    nadine.goes_to(&meeting).await?;
    nadine.sees("accord pour la nommer").await?;
    nadine.presses("Invitation").await?;
    nadine.sees("La personne est d’accord").await?;
    let said = paper(&mut nadine).await?;
    assert!(said.contains("Odette Marchevel") && said.contains("le bois de chauffage"), "{said}");
    let clean = "return !/Marchevel|Odette/.test(document.title + location.href)";
    assert_eq!(nadine.host.page().execute(clean, vec![]).await?, json!(true));
    nadine.host.keep_picture("meeting-invitation").await?;

    // Held without her: what was decided is somebody's, and is to be told to her.
    holds(&mut nadine, &meeting).await?;
    decides(&mut nadine).await?;
    nadine.goes_to(&format!("/people/{person}")).await?;
    nadine.sees("appeler le livreur de bois").await?;
    nadine.sees("par Aline Serrebois").await?;
    nadine.presses("Aujourd’hui").await?;
    nadine.sees("À dire à la personne").await?;
    nadine.presses("Noter ce qui lui a été dit").await?;
    nadine.types("words", "d’accord pour le bois").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("dit à la personne").await?;

    // The minutes, hers first.
    nadine.goes_to(&format!("{meeting}/minutes")).await?;
    nadine.sees("Votre exemplaire").await?;
    let said = paper(&mut nadine).await?;
    assert!(said.contains("appeler le livreur de bois") && !said.contains("fatiguée"), "{said}");
    nadine.host.keep_picture("meeting-minutes").await?;
    nadine.presses("Enregistrer le fichier et noter la remise").await?;
    nadine.goes_to(&meeting).await?;
    nadine.sees("Ce qui est parti").await?;

    // Done where it is a follow-up, it is done in the meeting, after a power cut too.
    nadine.presses("appeler le livreur de bois").await?;
    nadine.presses("Fait").await?;
    nadine.sees("Enregistré Annuler").await?;
    nadine.host.kill();
    nadine.host.start().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.goes_to(&meeting).await?;
    nadine.sees("fait aujourd’hui").await?;
    nadine.sees("Ce qui est parti").await
}

async fn the_screens_of_a_meeting_can_be_used_by_everyone(host: &mut Chromium) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    let person = begins(&mut nadine).await?;
    let mut wrong = Vec::new();
    let meeting = plans(&mut nadine).await?;
    let guest = "return document.querySelector('a[href*=\"/invite/\"]').getAttribute('href').slice(1)";
    let invite = nadine.host.page().execute(guest, vec![]).await?.as_str().unwrap_or_default().to_owned();
    for (path, name) in [
        (format!("/meetings/new/{person}"), "meeting-new"),
        (meeting.clone(), "meeting-planned"),
        (format!("{meeting}/edit"), "meeting-edit"),
        (format!("{meeting}/points"), "meeting-points"),
        (format!("{meeting}/guests"), "meeting-guests"),
        (format!("{meeting}/hold"), "meeting-hold"),
        (format!("{meeting}/cancel"), "meeting-cancel"),
        (format!("{meeting}/minutes"), "meeting-minutes-too-early"),
        (invite.clone(), "meeting-invitation-unnamed"),
    ] {
        go(nadine.host, &path).await?;
        look(nadine.host, name, EVERY_WAY, &mut wrong).await?;
    }
    agrees(&mut nadine, &person).await?;
    go(nadine.host, &invite).await?;
    look(nadine.host, "meeting-invitation-named", EVERY_WAY, &mut wrong).await?;
    holds(&mut nadine, &meeting).await?;
    decides(&mut nadine).await?;
    for (path, name) in [
        (meeting.clone(), "meeting-held"),
        (format!("{meeting}/told"), "meeting-told"),
        (format!("{meeting}/decisions/new"), "meeting-decision"),
        (format!("{meeting}/minutes"), "meeting-minutes"),
        (format!("/people/{person}"), "person-with-meeting"),
        ("/".to_owned(), "today-with-meeting"),
    ] {
        go(nadine.host, &path).await?;
        look(nadine.host, name, EVERY_WAY, &mut wrong).await?;
    }

    // Paper: the minutes are all that is on it, and the buttons are not.
    go(nadine.host, &format!("{meeting}/minutes")).await?;
    nadine.sees("Votre exemplaire").await?;
    nadine.host.show_as_printed(true).await?;
    let paper = nadine.reads().await?;
    assert!(paper.contains("Qui était là") && !paper.contains("noter la remise"), "{paper}");
    nadine.host.keep_picture("meeting-minutes-on-paper").await?;
    nadine.host.show_as_printed(false).await?;
    assert!(axe(nadine.host.page()).await?.is_empty());
    nothing_is_wrong(nadine.host, &wrong).await
}
