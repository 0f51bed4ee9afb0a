//! A stay at hospital, told through the screens: the notice on the telephone, the return prepared, and what comes after it.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Told, axe};
use maillon_tests::{in_chromium, in_chromium_first};

in_chromium_first!(a_stay_is_noted_and_the_return_is_prepared_to_the_visit_of_the_week_after);
in_chromium!(a_stay_looks_right_on_a_phone_and_breaks_no_rule_of_accessibility);

const PASSPHRASE: &str = "trois lampes dans le grenier";

async fn begins<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.presses("Personnes").await?;
    nadine.goes_to("/people/new").await?;
    nadine.types("given-name", "Odette").await?;
    nadine.types("family-name", "Marchevel").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Odette Marchevel").await?;
    nadine.presses("Noter une hospitalisation").await
}

/// On the telephone: where, who tells, and it is saved.
async fn is_told<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.types("place", "Hôpital de Valsonne").await?;
    nadine.types("told-by", "sa fille").await?;
    nadine.presses_choice("Demain").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Préparer le retour").await?;
    nadine.sees("Retour prévu demain").await
}

async fn a_stay_is_noted_and_the_return_is_prepared_to_the_visit_of_the_week_after<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    begins(&mut nadine).await?;
    nadine.host.cut_network().await?;
    is_told(&mut nadine).await?;

    // The day's first row says what nobody sees to.
    nadine.presses("Aujourd’hui").await?;
    nadine.sees("Retours d’hôpital").await?;
    nadine.sees("points sans réponse").await?;
    nadine.presses("Voir les points").await?;

    // One press each; the keys are a matter of someone, with a word.
    nadine.presses("Réglé").await?;
    nadine.presses("Clés").await?;
    nadine.presses_choice("La coordination").await?;
    nadine.types("note", "chez la voisine, volets bleus").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("volets bleus").await?;
    nadine.presses("Ajouter un point").await?;
    nadine.types("what", "Nourrir le chat").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Nourrir le chat").await?;
    nadine.host.keep_picture("stay").await?;

    // She is home: the call and the visit come by themselves.
    nadine.presses("Retour fait").await?;
    nadine.sees("viendront d’eux-mêmes").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Après le retour").await?;
    nadine.presses("Aujourd’hui").await?;
    nadine.sees("Au domicile").await?;
    nadine.sees("Appel du lendemain").await?;

    // All of it is there again after a power cut.
    nadine.host.kill();
    nadine.host.start().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.sees("Appel du lendemain").await?;
    nadine.searches("valsonne").await?;
    nadine.follows_what_is_found("Marchevel").await
}

async fn a_stay_looks_right_on_a_phone_and_breaks_no_rule_of_accessibility(host: &mut Chromium) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    begins(&mut nadine).await?;
    for (name, width, dark) in [("phone-light", 360, false), ("laptop-dark", 1280, true)] {
        nadine.host.resize(width, 740).await?;
        nadine.host.prefer_dark(dark).await?;
        nadine.host.keep_picture(&format!("stay-new-{name}")).await?;
        let violations = axe(nadine.host.page()).await?;
        assert!(violations.is_empty(), "{violations:#?}");
    }
    is_told(&mut nadine).await?;
    for (name, width, dark) in [("laptop-light", 1280, false), ("phone-dark", 360, true), ("phone-light", 360, false)] {
        nadine.host.resize(width, 740).await?;
        nadine.host.prefer_dark(dark).await?;
        for (route, screen) in [("", "stay"), ("/home", "stay-home"), ("/end", "stay-end"), ("/step", "stay-step")] {
            let here = nadine.host.page().execute("return location.hash.slice(1)", vec![]).await?;
            let stay = here.as_str().unwrap_or_default().split('/').take(3).collect::<Vec<_>>().join("/");
            nadine.goes_to(&format!("{stay}{route}")).await?;
            nadine.sees(if route.is_empty() { "Préparer le retour" } else { "Enregistrer" }).await?;
            nadine.host.keep_picture(&format!("{screen}-{name}")).await?;
            let violations = axe(nadine.host.page()).await?;
            assert!(violations.is_empty(), "{screen} {name}: {violations:#?}");
            let wide = nadine.host.page().execute("return document.querySelector('main').scrollWidth", vec![]).await?;
            assert!(wide.as_u64().is_some_and(|wide| wide <= u64::from(width)), "{screen}: {wide} px wide");
        }
        let here = nadine.host.page().execute("return location.hash.slice(1)", vec![]).await?;
        let stay = here.as_str().unwrap_or_default().split('/').take(3).collect::<Vec<_>>().join("/");
        nadine.goes_to(&stay).await?;
    }
    nadine.goes_to("/stays").await?;
    nadine.sees("Retours d’hôpital").await?;
    nadine.host.keep_picture("stays").await?;
    let title = nadine.host.page().title().await?;
    assert!(!title.contains("Marchevel"), "{title}");
    Ok(())
}
