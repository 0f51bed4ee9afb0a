//! A round, told through the screens: whom to see, in which order, what came of it, and what paper says.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told, axe};
use maillon_tests::{in_chromium, in_chromium_first};
use serde_json::json;

in_chromium_first!(a_round_is_planned_put_in_order_ticked_and_driven_home);
in_chromium!(a_round_on_paper_says_first_names_and_is_dragged_in_order);

const PASSPHRASE: &str = "trois lampes dans le grenier";

async fn knows<H: Host>(nadine: &mut Coordinator<'_, H>, given: &str, family: &str, hamlet: &str) -> Told {
    nadine.presses("Personnes").await?;
    nadine.host.page().execute("location.hash = '/people/new'", vec![]).await?;
    nadine.types("given-name", given).await?;
    nadine.types("family-name", family).await?;
    nadine.types("hamlet", hamlet).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees(&format!("{given} {family}")).await
}

async fn begins<H: Host>(nadine: &mut Coordinator<'_, H>) -> Told {
    nadine.creates_a_notebook(PASSPHRASE).await?;
    knows(nadine, "Odette", "Marchevel", "Le Mas").await?;
    knows(nadine, "Simone", "Tardivaux-Brun", "Aubignan").await?;
    knows(nadine, "Anselme", "Ribeyrac", "Le Mas").await
}

/// The names of the stops, as the screen orders them.
async fn order<H: Host>(nadine: &Coordinator<'_, H>) -> Told<String> {
    let names =
        "return [...document.querySelectorAll('ol.rows .who')].map((one) => one.innerText.split(' ')[0]).join(' ')";
    Ok(nadine.host.page().execute(names, vec![]).await?.as_str().unwrap_or_default().to_owned())
}

async fn until_ordered<H: Host>(nadine: &Coordinator<'_, H>, wanted: &str) -> Told {
    let mut last = String::new();
    for _ in 0..100 {
        last = order(nadine).await?;
        if last == wanted {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    Err(format!("the order is “{last}”, not “{wanted}”").into())
}

async fn a_round_is_planned_put_in_order_ticked_and_driven_home<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    begins(&mut nadine).await?;
    nadine.host.cut_network().await?;

    // Nobody chosen is said where it is to be mended; what was typed is kept.
    nadine.presses("Aujourd’hui").await?;
    nadine.presses("Préparer une tournée").await?;
    nadine.sees("Pas vues depuis longtemps (3)").await?;
    nadine.types("back-with", "la boulangère").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Choisissez au moins une personne.").await?;
    for name in ["Odette Marchevel", "Simone Tardivaux-Brun", "Anselme Ribeyrac"] {
        let path = format!("//label[contains(., \"{name}\")]");
        nadine.host.wait_for(Locator::XPath(&path)).await?.click().await?;
    }
    nadine.sees("3 personnes choisies").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Ordre proposé : hameau par hameau").await?;
    until_ordered(&nadine, "Simone Anselme Odette").await?;

    // By the keyboard: up, and the button keeps the focus to go on.
    nadine.presses("Changer l’ordre").await?;
    nadine.presses("Monter Odette Marchevel").await?;
    until_ordered(&nadine, "Simone Odette Anselme").await?;
    nadine.host.page().active_element().await?.send_keys("\u{e007}").await?;
    until_ordered(&nadine, "Odette Simone Anselme").await?;
    nadine.sees("Ordre : le vôtre.").await?;
    nadine.presses("Ordre terminé").await?;

    // A door that stays closed is one tap; a visit is a note, from which one comes back to the round.
    nadine.presses("Porte close Anselme Ribeyrac").await?;
    nadine.sees("Porte close").await?;
    nadine.presses("Noter la visite Simone Tardivaux-Brun").await?;
    nadine.types("words", "J’ai du bois pour l’hiver.").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("1 vue sur 3").await?;
    nadine.host.keep_picture("round").await?;

    // Whoever refuses leaves the round, and it is said why.
    nadine.presses("Odette Marchevel").await?;
    nadine.presses("Modifier").await?;
    nadine.chooses("state", "refuses").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Odette Marchevel").await?;
    nadine.presses("Aujourd’hui").await?;
    nadine.sees("Tournée du jour").await?;
    nadine.sees("1 vue sur 2").await?;
    nadine.presses("aujourd’hui").await?;
    nadine.sees("Ne sont pas à voir").await?;

    // Back, and how far it was.
    nadine.presses("Je suis de retour").await?;
    nadine.presses("Noter les kilomètres").await?;
    nadine.types("km", "douze").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Écrivez des kilomètres").await?;
    nadine.types("km", "12,5").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("12,5 km").await?;
    nadine.presses("Tournées").await?;
    nadine.sees("Kilomètres par mois").await?;
    nadine.sees("12,5").await?;
    nadine.sees("Hameaux sans relais").await?;
    nadine.host.keep_picture("rounds").await?;

    // All of it is there again after a power cut.
    nadine.host.kill();
    nadine.host.start().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.sees("Tournée du jour").await?;
    nadine.sees("1 vue sur 2").await
}

async fn a_round_on_paper_says_first_names_and_is_dragged_in_order(host: &mut Chromium) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    begins(&mut nadine).await?;
    nadine.host.page().execute("location.hash = '/rounds/new'", vec![]).await?;
    for name in ["Odette", "Simone", "Anselme"] {
        let path = format!("//label[contains(., \"{name}\")]");
        nadine.host.wait_for(Locator::XPath(&path)).await?.click().await?;
    }
    nadine.types("back-with", "Berthe Coulomb").await?;
    nadine.presses("Enregistrer").await?;
    nadine.presses("Changer l’ordre").await?;
    until_ordered(&nadine, "Simone Anselme Odette").await?;
    let drag = "const rows = document.querySelectorAll('[data-row]');
        const handle = rows[2].querySelector('.handle');
        const middle = (one) => { const box = one.getBoundingClientRect();
            return { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 }; };
        const tell = (kind, at) => handle.dispatchEvent(new PointerEvent(kind,
            { bubbles: true, pointerId: 1, isPrimary: true, ...at }));
        handle.setPointerCapture = () => {};
        rows[0].scrollIntoView();
        tell('pointerdown', middle(handle)); tell('pointermove', middle(rows[0])); tell('pointerup', middle(rows[0]));";
    nadine.host.page().execute(drag, vec![]).await?;
    until_ordered(&nadine, "Odette Simone Anselme").await?;
    let clean = "return !/Marchevel|Odette|Coulomb/.test(document.title + location.href)";
    assert_eq!(nadine.host.page().execute(clean, vec![]).await?, json!(true));

    for (name, width, dark) in [("laptop-light", 1280, false), ("phone-dark", 360, true), ("phone-light", 360, false)] {
        nadine.host.resize(width, 740).await?;
        nadine.host.prefer_dark(dark).await?;
        for _ in 0..2 {
            let ordering = nadine.reads().await?.contains("Ordre terminé");
            nadine.host.keep_picture(&format!("round-{}-{name}", if ordering { "order" } else { "visits" })).await?;
            let violations = axe(nadine.host.page()).await?;
            assert!(violations.is_empty(), "{violations:#?}");
            nadine.presses(if ordering { "Ordre terminé" } else { "Changer l’ordre" }).await?;
        }
        let wide = nadine.host.page().execute("return document.querySelector('main').scrollWidth", vec![]).await?;
        assert!(wide.as_u64().is_some_and(|wide| wide <= u64::from(width)), "{wide} px wide");
    }

    nadine.host.show_as_printed(true).await?;
    let paper = nadine.reads().await?;
    for said in ["Odette M.", "Simone T.", "Le Mas", "À détruire après usage"] {
        assert!(paper.contains(said), "{said}: {paper}");
    }
    for name in ["Marchevel", "Tardivaux", "Ribeyrac", "Coulomb"] {
        assert!(!paper.contains(name), "{paper}");
    }
    nadine.host.keep_picture("round-on-paper").await?;
    nadine.host.show_as_printed(false).await
}
