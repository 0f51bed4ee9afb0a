//! A request, told through the screens: a neighbour reports someone, who is met, heard, oriented; nothing is typed twice.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::{in_chromium_beside, in_chromium_first};

use super::screens::{EVERY_WAY, go, look, nothing_is_wrong};

in_chromium_first!(someone_reported_is_heard_and_oriented_and_nothing_is_typed_twice);
in_chromium_beside!(requests_can_be_used_by_everyone);

const PASSPHRASE: &str = "trois lampes dans le grenier";

/// A neighbour speaks of a woman whom nobody has met.
async fn a_neighbour_reports<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.goes_to("/requests/new").await?;
    nadine.types("verbatim", "Elle ne sort plus depuis Pâques, il faudrait passer la voir.").await?;
    nadine.chooses("about", "reported").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Écrivez un nom, ou comment on l’appelle.").await?;
    nadine.types("given_name", "Léontine").await?;
    nadine.types("family_name", "Tardivel").await?;
    nadine.types("hamlet", "La Roussière").await?;
    nadine.types("asked_by", "Anselme, d’en face").await?;
    nadine.presses_choice("Isolement").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Léontine Tardivel").await
}

async fn listens_and_understands<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.presses("Écouter").await?;
    nadine.types("text", "Elle a peur de déranger. Sa fille part en août.").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Sa fille part en août").await?;
    nadine.presses("Comprendre").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Écrivez au moins quelques mots").await?;
    nadine.types("text", "Retrouver quelqu’un à qui parler, une fois par semaine.").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("une fois par semaine").await
}

async fn someone_reported_is_heard_and_oriented_and_nothing_is_typed_twice<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.host.cut_network().await?;
    a_neighbour_reports(&mut nadine).await?;
    nadine.sees("30 jours restants").await?;
    nadine.sees("On oriente après avoir écouté et compris.").await?;
    nadine.goes_to("/people").await?;
    assert!(!nadine.reads().await?.contains("Léontine"), "whoever was only reported is in no list of people");

    // She is told: the sheet has what was said of her.
    nadine.goes_to("/requests").await?;
    nadine.presses("Léontine Tardivel").await?;
    nadine.sees("Fiche provisoire").await?;
    // The neighbour calls back: it was heard wrong. One is called away in the middle of it, and takes it up again.
    nadine.presses("Modifier le signalement").await?;
    nadine.types("hamlet", "La Roussière, maison bleue").await?;
    nadine.types("usual_name", "Titine").await?;
    nadine.goes_to("/more/drafts").await?;
    nadine.sees("Modifier le signalement").await?;
    nadine.presses("Reprendre").await?;
    nadine.sees("Brouillon repris").await?;
    nadine.host.keep_picture("report-to-mend").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("maison bleue").await?;
    nadine.presses_at(Locator::Css("details.inform > summary")).await?;
    nadine.chooses("informed-how", "orally").await?;
    nadine.presses("Ouvrir sa fiche").await?;
    nadine.sees("Signalement").await?;
    nadine.sees("La Roussière").await?;
    nadine.sees_no_more("Fiche provisoire").await?;

    nadine.presses_at(Locator::Css("ol.timeline a[href^='#/requests/']")).await?;
    listens_and_understands(&mut nadine).await?;
    nadine.presses("Proposer une orientation").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Dites vers qui.").await?;
    nadine.types("to", "Visiteurs bénévoles").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Visiteurs bénévoles").await?;

    // No name leaves without her consent; she may get in touch herself.
    nadine.presses("Choisie").await?;
    nadine.chooses("choice", "coordination").await?;
    nadine.sees("Son accord n’a pas été noté").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Il faut son accord").await?;
    nadine.chooses("choice", "themselves").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Retour attendu").await?;
    nadine.host.keep_picture("request").await?;
    nadine.presses("Noter le retour").await?;
    nadine.types("text", "Venue mardi, reviendra.").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Venue mardi").await?;
    nadine.presses("Clore la demande").await?;
    nadine.chooses("choice", "orientation_accepted").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Rouvrir").await?;

    // The story is whole, and there again after a power cut.
    nadine.host.kill();
    nadine.host.start().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.presses("Personnes").await?;
    nadine.presses("Léontine Tardivel").await?;
    for told in ["Demande close", "A choisi", "Demande comprise", "Demande entendue", "Signalement"] {
        nadine.sees(told).await?;
    }
    nadine.host.keep_picture("story").await?;
    Ok(())
}

/// The screens that need a request: as it comes, as it goes, and someone reported.
async fn requests_can_be_used_by_everyone(host: &mut Chromium) -> Told {
    host.start().await?;
    let mut wrong = Vec::new();
    Coordinator::at(host).creates_a_notebook(PASSPHRASE).await?;
    look(host, "requests-none", EVERY_WAY, &mut wrong).await?;
    a_neighbour_reports(&mut Coordinator::at(host)).await?;
    let address = host.page().current_url().await?;
    let path = address.fragment().unwrap_or_default().to_owned();
    look(host, "request-received", EVERY_WAY, &mut wrong).await?;
    for step in ["listen", "analyse", "close", "edit"] {
        go(host, &format!("{path}/{step}")).await?;
        look(host, &format!("request-{step}"), EVERY_WAY, &mut wrong).await?;
    }
    go(host, &path).await?;
    listens_and_understands(&mut Coordinator::at(host)).await?;
    go(host, &format!("{path}/offer")).await?;
    look(host, "request-offer", EVERY_WAY, &mut wrong).await?;
    Coordinator::at(host).types("to", "Visiteurs bénévoles").await?;
    Coordinator::at(host).presses("Enregistrer").await?;
    Coordinator::at(host).sees("Visiteurs bénévoles").await?;
    look(host, "request-offered", EVERY_WAY, &mut wrong).await?;
    Coordinator::at(host).presses("Choisie").await?;
    Coordinator::at(host).chooses("choice", "coordination").await?;
    look(host, "request-choose", EVERY_WAY, &mut wrong).await?;
    Coordinator::at(host).chooses("choice", "themselves").await?;
    Coordinator::at(host).presses("Enregistrer").await?;
    Coordinator::at(host).sees("Retour attendu").await?;
    look(host, "request-oriented", EVERY_WAY, &mut wrong).await?;
    for path in ["/requests", "/requests/radar", "/"] {
        go(host, path).await?;
        look(host, &format!("with-requests{}", path.replace('/', "-")), EVERY_WAY, &mut wrong).await?;
    }
    go(host, "/requests").await?;
    Coordinator::at(host).presses("Léontine Tardivel").await?;
    Coordinator::at(host).sees("Fiche provisoire").await?;
    look(host, "provisional", EVERY_WAY, &mut wrong).await?;
    nothing_is_wrong(host, &wrong).await
}
