//! A notebook made, someone written down, visited, found again and locked away, with Tab, the arrows, Enter and the
//! shortcuts only; each screen takes focus as it comes.

use maillon_tests::e2e::{Chromium, Host, Key, Keyboard, Told};
use maillon_tests::in_chromium;

in_chromium!(a_day_with_the_keyboard_alone);

const PASSPHRASE: &str = "trois lampes dans le grenier";

async fn a_day_with_the_keyboard_alone(host: &mut Chromium) -> Told {
    host.start().await?;
    let nadine = Keyboard { host };
    nadine.arrives("Créer un carnet").await?;
    makes_a_notebook(&nadine).await?;

    // Someone.
    nadine.goes_to("Inscrire la première personne").await?;
    nadine.presses(Key::Enter).await?;
    nadine.arrives("Comment joindre").await?;
    nadine.goes_to_field("given-name").await?;
    nadine.types("Odette").await?;
    nadine.goes_to_field("family-name").await?;
    nadine.types("Marchevel").await?;
    nadine.goes_to("Ajouter un téléphone").await?;
    nadine.presses(Key::Enter).await?;
    nadine.arrives("Retirer ce téléphone").await?;
    nadine.types("04 65 71 00 01").await?;
    nadine.presses_with(Key::Control, Key::Enter.into()).await?;
    assert_eq!(nadine.arrives("Pas encore de contact").await?.words, "Odette Marchevel");

    // A visit, and when to come again.
    nadine.presses_with(Key::Alt, 'n').await?;
    nadine.arrives("Avec qui").await?;
    nadine.goes_to_field("who-name").await?;
    nadine.types("odet").await?;
    nadine.arrives("Créer « odet »").await?;
    nadine.presses(Key::Enter).await?;
    assert_eq!(nadine.arrives("Changer").await?.id, "change-who");
    nadine.goes_to_field("kind-").await?;
    let kind = nadine.focused().await?;
    nadine.presses(Key::Down).await?;
    assert_ne!(nadine.focused().await?.id, kind.id, "the arrows choose among radios");
    nadine.presses(Key::Up).await?;
    nadine.goes_to_field("words").await?;
    nadine.types("Je ne vois plus personne le dimanche.").await?;
    nadine.goes_to_field("next-").await?;
    nadine.presses(Key::Down).await?;
    nadine.arrives("Sous quelle forme").await?;
    nadine.presses_with(Key::Control, Key::Enter.into()).await?;
    assert_eq!(nadine.arrives("Dernier contact").await?.words, "Odette Marchevel");

    // What a key presses away does not take focus with it.
    nadine.goes_to("Annuler").await?;
    nadine.presses(Key::Enter).await?;
    nadine.arrives("C’est annulé").await?;
    nadine.goes_to("Fermer").await?;
    nadine.presses(Key::Enter).await?;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    nadine.focused().await?;

    // Each place takes focus.
    for (place, says) in [("Personnes", "1 personne"), ("Annuaire", "L’annuaire est vide"), ("Plus", "Brouillons")] {
        nadine.goes_to(place).await?;
        nadine.presses(Key::Enter).await?;
        assert_eq!(nadine.arrives(says).await?.words, place);
    }

    // Found by a few letters.
    nadine.presses_with(Key::Control, 'k').await?;
    nadine.arrives("Nouvelle fiche de l’annuaire").await?;
    nadine.types("marchvel").await?;
    nadine.arrives("Odette Marchevel").await?;
    nadine.presses(Key::Down).await?;
    nadine.presses(Key::Enter).await?;
    assert_eq!(nadine.arrives("Pas encore de contact").await?.words, "Odette Marchevel");

    // Locked, and opened again.
    nadine.presses_with(Key::Alt, 'l').await?;
    assert_eq!(nadine.arrives("Ouvrir le carnet").await?.id, "passphrase");
    nadine.types(PASSPHRASE).await?;
    nadine.presses(Key::Enter).await?;
    nadine.arrives("Odette Marchevel").await?;
    Ok(())
}

async fn makes_a_notebook(nadine: &Keyboard<'_, Chromium>) -> Told {
    nadine.goes_to("Créer un carnet").await?;
    nadine.presses(Key::Enter).await?;
    nadine.arrives("Qui tient ce carnet").await?;
    nadine.goes_to_field("coordinator").await?;
    nadine.types("Nadine Vassorgue").await?;
    nadine.goes_to("Continuer").await?;
    nadine.presses(Key::Enter).await?;
    nadine.arrives("Choisissez une phrase de passe").await?;
    nadine.goes_to_field("passphrase").await?;
    nadine.types(PASSPHRASE).await?;
    nadine.goes_to_field("again").await?;
    nadine.types(PASSPHRASE).await?;
    nadine.presses(Key::Enter).await?;
    nadine.arrives("Je les ai écrits").await?;
    let words = "const done = arguments[0]; const look = () => {
        const words = [...document.querySelectorAll('.recovery-words li')].map((word) => word.innerText.trim());
        if (words.length === 24) done(words); else setTimeout(look, 50);
    }; look();";
    let words: Vec<String> = serde_json::from_value(nadine.host.page().execute_async(words, vec![]).await?)?;
    nadine.goes_to("Je les ai écrits").await?;
    nadine.presses(Key::Enter).await?;
    nadine.arrives("Vérifions le papier").await?;
    for _ in 0..3 {
        nadine.goes_to_field("word-").await?;
        let field = nadine.focused().await?.id;
        let place: usize = field.trim_start_matches("word-").parse()?;
        let word = &words[place - 1];
        // Four letters tell every word of the list from the others; Tab and Enter write the rest.
        let beginning: String = word.chars().take(4).collect();
        nadine.types(&beginning).await?;
        if beginning != *word {
            nadine.arrives(word).await?;
            nadine.goes_to(word).await?;
            nadine.presses(Key::Enter).await?;
        }
        let written = nadine.focused().await?;
        assert_eq!((written.id, &written.value), (field, word));
    }
    nadine.presses(Key::Enter).await?;
    nadine.arrives("Ce carnet est vide").await?;
    Ok(())
}
