//! What the program leaves behind on a device: nothing that anyone typed can be read there without a key.
//!
//! A marker goes into every field of every form, then everything that the program can have written is read: after it was
//! closed as one closes it, after the power went in the middle of a form, after a print and a copied value.

use std::time::Duration;

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Marker, PrintConfiguration, Told, readable};
use maillon_tests::{in_both, in_chromium};
use serde_json::json;

in_both!(nothing_typed_can_be_read_afterwards);
in_chromium!(what_is_printed_or_copied_leaves_no_trace);

const PASSPHRASE: &str = "trois lampes dans le grenier";

/// Longer than a form waits before it keeps its draft.
const A_PAUSE: Duration = Duration::from_secs(2);

async fn nothing_typed_can_be_read_afterwards<H: Host>(host: &mut H) -> Told {
    let mut marker = Marker::new();
    host.start().await?;
    // Were the folders not those where the program writes, this would prove nothing.
    let witness = Marker::new().another();
    host.page().execute("localStorage.setItem('witness', arguments[0])", vec![json!(witness)]).await?;

    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.presses("Inscrire la première personne").await?;
    let name = fill(&mut nadine, &mut marker).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees(&name).await?;

    nadine.presses("Noter un contact").await?;
    nadine.presses("Ajouter une demande").await?;
    nadine.presses("Ajouter une promesse").await?;
    fill(&mut nadine, &mut marker).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Enregistré Annuler").await?;

    nadine.presses("Prévoir un suivi").await?;
    fill(&mut nadine, &mut marker).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Enregistré Annuler").await?;

    nadine.presses("Annuaire").await?;
    nadine.presses("Ajouter une fiche").await?;
    fill(&mut nadine, &mut marker).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Enregistré Annuler").await?;

    nadine.presses("Plus").await?;
    nadine.presses("Réglages").await?;
    fill(&mut nadine, &mut marker).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Enregistré Annuler").await?;

    let searched = marker.another();
    nadine.searches(&searched).await?;
    nadine.sees("Créer").await?;

    // The power goes in the middle of a form, its draft kept.
    nadine.presses("Fermer").await?;
    nadine.presses("Noter").await?;
    nadine.sees("Avec qui").await?;
    nadine.types("words", &marker.another()).await?;
    tokio::time::sleep(A_PAUSE).await;
    nadine.host.kill();
    assert!(marker.typed() > 40, "{} fields only", marker.typed());
    nothing_is_readable(nadine.host, &marker, "killed")?;

    // It comes back, is used, and is closed as one closes it.
    nadine.host.start().await?;
    nadine.unlocks(PASSPHRASE).await?;
    nadine.sees("Un formulaire est resté en cours").await?;
    nadine.host.close().await?;
    nothing_is_readable(nadine.host, &marker, "closed")?;
    let seen = readable(nadine.host.home(), &witness)?;
    assert!(!seen.is_empty(), "what a page keeps is not where it was looked for");
    Ok(())
}

async fn what_is_printed_or_copied_leaves_no_trace(host: &mut Chromium) -> Told {
    let mut marker = Marker::new();
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.presses("Inscrire la première personne").await?;
    let name = fill(&mut nadine, &mut marker).await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees(&name).await?;
    let copied =
        "getSelection().selectAllChildren(document.querySelector('main')); return document.execCommand('copy')";
    assert_eq!(nadine.host.page().execute(copied, vec![]).await?, json!(true));
    let printed = nadine.host.page().print(PrintConfiguration::default()).await?;
    assert!(printed.starts_with(b"%PDF"), "the page was not printed");
    nadine.host.close().await?;
    nothing_is_readable(nadine.host, &marker, "printed and copied")
}

/// Types a marker in each field of the form on screen that takes any words, and gives the first one typed.
async fn fill<H: Host>(nadine: &mut Coordinator<'_, H>, marker: &mut Marker) -> Told<String> {
    nadine.host.wait_for(Locator::Css("main form")).await?;
    // What is folded is typed in as well.
    nadine
        .host
        .page()
        .execute("document.querySelectorAll('main details').forEach((folded) => folded.open = true)", vec![])
        .await?;
    let fields = "return [...document.querySelectorAll('main form input, main form textarea')]
        .filter((field) => ['text', 'email', 'tel', 'url', 'textarea'].includes(field.type))
        .filter((field) => field.inputMode !== 'numeric' && !field.disabled && field.offsetParent)
        .map((field) => field.id)";
    let ids: Vec<String> = serde_json::from_value(nadine.host.page().execute(fields, vec![]).await?)?;
    let mut first = None;
    for id in ids {
        let typed = marker.another();
        nadine.types_in(Locator::Css(&format!("[id='{id}']")), &typed).await?;
        first.get_or_insert(typed);
    }
    first.ok_or_else(|| "the form has no field".into())
}

fn nothing_is_readable<H: Host>(host: &H, marker: &Marker, after: &str) -> Told {
    let mut found = marker.readable(host.home())?;
    for secret in [PASSPHRASE, "Vassorgue"] {
        found.extend(readable(host.home(), secret)?);
    }
    assert!(found.is_empty(), "{after}, this can be read:\n{}", found.join("\n"));
    Ok(())
}
