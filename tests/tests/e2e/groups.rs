//! A group of coordinators, with nothing between them but files: one founds it and asks, the other answers, a project is put in
//! common, both write in it, both see both. Every screen of it can be used by everyone.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Told};
use maillon_tests::{in_chromium_beside, in_chromium_first};

use crate::devices::saves;
use crate::neighbours::{CLAIRE, MAKE, PASSPHRASE, begins, get_to_know, opens};
use crate::screens::{EVERY_WAY, look, nothing_is_wrong};

in_chromium_first!(a_project_is_put_in_common_and_both_write_in_it);
in_chromium_beside!(groups_are_everyones);

const NADINE: &str = "Nadine Vassorgue";
const GROUP: &str = "Le collectif des collines";

async fn a_project_is_put_in_common_and_both_write_in_it<H: Host>(host: &mut H) -> Told {
    let mut other = Chromium::new()?;
    other.start().await?;
    host.start().await?;
    let mut there = Coordinator::at(&mut other);
    let mut here = Coordinator::at(host);
    begins(&mut here).await?;
    there.creates_a_notebook_of(CLAIRE, PASSPHRASE).await?;
    get_to_know(&mut here, &mut there).await?;
    let invitation = founds(&mut here).await?;

    // Claire is asked, and reads nothing before she answers.
    opens(&mut there, &invitation, "C’est arrivé de").await?;
    there.goes_to("/more/groups").await?;
    there.sees("Nadine Vassorgue vous invite").await?;
    there.presses("dont le nom n’est pas encore arrivé").await?;
    there.sees("vous invite dans ce collectif").await?;
    there.host.keep_picture("groups-asked").await?;
    there.presses("Rejoindre le collectif").await?;
    there.sees(GROUP).await?;
    there.sees("Un forum par an").await?;
    let answer = saves(&mut there, MAKE, "age", &[]).await?;

    // Nadine reads the answer, and puts a project in common.
    opens(&mut here, &answer, "C’est arrivé de").await?;
    here.goes_to("/more/groups").await?;
    here.presses(GROUP).await?;
    here.sees("En fait partie depuis").await?;
    writes_a_project(&mut here, "Marcher avec Mme Escarvenc").await?;
    here.presses("Mettre en commun").await?;
    here.sees("Corrigez le projet avant de le mettre en commun").await?;
    here.presses("Modifier").await?;
    here.types("title", "Marcher ensemble").await?;
    here.presses("Enregistrer").await?;
    here.presses("Mettre en commun").await?;
    here.sees("Aucun nom de personne accompagnée").await?;
    here.host.keep_picture("groups-share").await?;
    here.presses("Mettre en commun avec Le collectif").await?;
    here.sees("En commun avec Le collectif des collines").await?;
    here.goes_to("/more/groups").await?;
    here.presses(GROUP).await?;
    here.sees("Marcher ensemble").await?;
    let project = saves(&mut here, MAKE, "age", &[&invitation]).await?;

    // Both write in it; what one wrote the other reads, also after the power was cut.
    opens(&mut there, &project, "C’est arrivé de").await?;
    there.goes_to("/collective").await?;
    there.presses("Marcher ensemble").await?;
    there.presses("Modifier").await?;
    there.types("means", "Le minibus de Fontvieille").await?;
    there.presses("Enregistrer").await?;
    there.sees("Le minibus de Fontvieille").await?;
    there.goes_to("/more/groups").await?;
    there.presses(GROUP).await?;
    let written = saves(&mut there, MAKE, "age", &[&answer]).await?;
    here.host.kill();
    here.host.start().await?;
    here.unlocks(PASSPHRASE).await?;
    opens(&mut here, &written, "C’est arrivé de").await?;
    here.goes_to("/collective").await?;
    here.presses("Marcher ensemble").await?;
    here.sees("Le minibus de Fontvieille").await?;
    there.sees_no_more("Escarvenc").await?;

    // Claire leaves; the others read that she did, and what she had read stays with her.
    there.presses("Quitter le collectif").await?;
    there.presses("Oui, quitter").await?;
    there.sees("Vous l’avez quitté").await?;
    there.sees("Marcher ensemble").await?;
    there.presses("Marcher ensemble").await?;
    there.sees("ce projet reste tel que vous l’avez lu").await?;
    there.presses("En garder une copie pour moi").await?;
    there.sees_no_more("En commun avec").await?;
    there.sees("Le minibus de Fontvieille").await
}

/// Each of the screens, in each of its states, in four sights.
async fn groups_are_everyones(host: &mut Chromium) -> Told {
    let mut wrong = Vec::new();
    let mut other = Chromium::new()?;
    other.start().await?;
    host.start().await?;
    let mut there = Coordinator::at(&mut other);
    let mut here = Coordinator::at(host);
    begins(&mut here).await?;
    here.goes_to("/more/groups").await?;
    here.sees("Vous n’êtes encore d’aucun collectif").await?;
    look(here.host, "groups-none", EVERY_WAY, &mut wrong).await?;
    there.creates_a_notebook_of(CLAIRE, PASSPHRASE).await?;
    get_to_know(&mut here, &mut there).await?;
    here.goes_to("/more/groups/new").await?;
    here.sees("Nouveau collectif").await?;
    look(here.host, "groups-new", EVERY_WAY, &mut wrong).await?;
    let invitation = founds(&mut here).await?;
    look(here.host, "group-founded", EVERY_WAY, &mut wrong).await?;
    opens(&mut there, &invitation, "C’est arrivé de").await?;
    there.goes_to("/more/groups").await?;
    there.sees("vous invite").await?;
    look(there.host, "groups-invited", EVERY_WAY, &mut wrong).await?;
    there.presses("dont le nom n’est pas encore arrivé").await?;
    there.sees("vous invite dans ce collectif").await?;
    look(there.host, "group-asked", EVERY_WAY, &mut wrong).await?;
    there.presses("Rejoindre le collectif").await?;
    there.sees("Un forum par an").await?;
    let answer = saves(&mut there, MAKE, "age", &[]).await?;
    opens(&mut here, &answer, "C’est arrivé de").await?;
    writes_a_project(&mut here, "Marcher ensemble").await?;
    here.presses("Mettre en commun").await?;
    here.sees("Aucun nom de personne accompagnée").await?;
    look(here.host, "group-share", EVERY_WAY, &mut wrong).await?;
    here.presses("Mettre en commun avec Le collectif").await?;
    here.sees("En commun avec").await?;
    look(here.host, "project-common", EVERY_WAY, &mut wrong).await?;
    here.goes_to("/more/groups").await?;
    here.sees("1 projet en commun").await?;
    look(here.host, "groups", EVERY_WAY, &mut wrong).await?;
    here.presses(GROUP).await?;
    here.presses("Retirer du collectif").await?;
    here.sees("il lui faudra un autre appareil").await?;
    look(here.host, "group", EVERY_WAY, &mut wrong).await?;
    there.presses("Quitter le collectif").await?;
    there.presses("Oui, quitter").await?;
    there.sees("Vous l’avez quitté").await?;
    look(there.host, "group-left", EVERY_WAY, &mut wrong).await?;
    nothing_is_wrong(here.host, &wrong).await
}

/// Nadine founds a group and asks Claire: the file that brings her the invitation.
async fn founds<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told<std::path::PathBuf> {
    nadine.goes_to("/more/groups/new").await?;
    nadine.types("name", GROUP).await?;
    nadine.types("aim", "Un forum par an").await?;
    nadine.presses_choice(CLAIRE).await?;
    nadine.presses("Enregistrer").await?;
    nadine.presses(GROUP).await?;
    nadine.sees("Invitation envoyée, pas encore de réponse").await?;
    nadine.sees(NADINE).await?;
    saves(nadine, MAKE, "age", &[]).await
}

async fn writes_a_project<H: Host>(nadine: &mut Coordinator<'_, H>, title: &str) -> Told {
    nadine.goes_to("/collective/new").await?;
    nadine.types("title", title).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees(title).await
}
