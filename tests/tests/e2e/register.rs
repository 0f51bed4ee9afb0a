//! The legal register at the screens: someone enters it, is acknowledged by a letter, goes out and comes back; an extract
//! is written down before it is made; a register kept before comes in. Every screen of it can be used by everyone.

use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::house::root;
use maillon_tests::{in_chromium, in_chromium_beside, in_chromium_first};

use crate::screens::{EVERY_WAY, Sight, TWO_WAYS, go, look, nothing_is_wrong, only_french};

in_chromium_first!(someone_enters_the_register_goes_out_of_it_and_comes_back);
in_chromium!(a_register_kept_before_comes_in_and_goes_out);
in_chromium_beside!(every_screen_of_the_register_can_be_used_by_everyone);

const PASSPHRASE: &str = "trois lampes dans le grenier";

async fn someone_enters_the_register_goes_out_of_it_and_comes_back<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    nadine.presses("Inscrire la première personne").await?;
    nadine.types("given-name", "Odette").await?;
    nadine.types("family-name", "Escarvenc").await?;
    nadine.types("hamlet", "La Roussière").await?;
    nadine.types("approach", "craint les chiens").await?;
    nadine.presses("Enregistrer").await?;

    // Entered from the sheet, by a third party who must be named.
    nadine.presses("L’inscrire, à sa demande").await?;
    nadine.sees("Rien sur la santé").await?;
    nadine.chooses("origin", "third_party").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Dites qui demande.").await?;
    nadine.types("requester", "Basile Quintrendrol").await?;
    nadine.types("requester-quality", "neveu").await?;
    nadine.presses_choice("65 ans et plus, à domicile").await?;
    nadine.presses("Ajouter une personne à prévenir").await?;
    nadine.types_in(Locator::Css("input[id^='notify-']"), "Lucette Barloungade").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Accusé de réception à donner").await?;
    nadine.sees("Fiche du carnet : Odette Escarvenc").await?;
    let said = nadine.reads().await?;
    assert!(said.contains("La Roussière") && !said.contains("chiens"), "what the law does not list came in: {said}");

    // Aujourd'hui says so, and names nobody; the letter goes to whoever asked.
    nadine.presses("Aujourd’hui").await?;
    nadine.sees("Registre : un accusé de réception à donner").await?;
    nadine.presses("Voir le registre").await?;
    nadine.presses("Odette Escarvenc").await?;
    nadine.presses("Préparer la lettre").await?;
    nadine.sees("Vous avez demandé par écrit l’inscription").await?;
    nadine.sees("Basile Quintrendrol").await?;
    nadine.presses("La lettre part aujourd’hui").await?;
    nadine.sees_no_more("Accusé de réception à donner").await?;

    // Out of it at any moment, and back by a button; the sheet is as it was.
    nadine.presses("Radier du registre").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Choisissez pourquoi.").await?;
    nadine.chooses("why", "at_request").await?;
    nadine.types("by", "elle-même").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("à sa demande (elle-même)").await?;
    nadine.presses("Odette Escarvenc").await?;
    nadine.sees("Radiation").await?;
    nadine.presses("Voir l’inscription").await?;
    nadine.presses("Remettre au registre").await?;
    nadine.sees("Radier du registre").await?;

    // An extract is written down before it is made.
    nadine.presses("Registre nominatif").await?;
    nadine.presses("Extraits").await?;
    nadine.sees("Aucun extrait n’a été demandé").await?;
    nadine.presses("Faire un extrait").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Dites à qui l’extrait est remis.").await?;
    nadine.types("asked-by", "Préfecture, protection civile").await?;
    nadine.types("given-to", "Le préfet").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Seul le maire transmet le registre").await?;
    nadine.sees("ESCARVENC Odette").await?;
    nadine.presses("Enregistrer le tableau (CSV)").await?;
    nadine.presses("Extraits").await?;
    nadine.sees("1 personne · Plan d’alerte et d’urgence").await?;

    nadine.presses("Registre nominatif").await?;
    nadine.presses("Agents désignés").await?;
    nadine.presses("Désigner un agent").await?;
    nadine.types("name", "Lucette Barloungade").await?;
    nadine.types("function", "secrétaire de mairie").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("secrétaire de mairie · depuis le").await?;
    nadine.presses("Mettre fin").await?;
    nadine.sees("terminé").await?;
    assert_eq!(nadine.host.page().title().await?, "Maillon");
    Ok(())
}

async fn a_register_kept_before_comes_in_and_goes_out(host: &mut Chromium) -> Told {
    host.start().await?;
    host.resize(360, 740).await?;
    let mut nadine = Coordinator::at(host);
    nadine.creates_a_notebook(PASSPHRASE).await?;
    let mut wrong = Vec::new();
    go(nadine.host, "/register").await?;
    nadine.presses("Reprendre le registre existant").await?;
    nadine.host.upload(Locator::Id("file"), &root().join("tests/fixtures/registre-300.csv")).await?;
    nadine.sees("Colonnes qui ne sont jamais lues").await?;
    look(nadine.host, "register-import-confirm", EVERY_WAY, &mut wrong).await?;
    nadine.presses("Importer").await?;
    nadine.sees("fiches créées 300").await?;
    nadine.presses("Voir le registre").await?;
    nadine.sees("300 personnes").await?;
    look(nadine.host, "register-300", EVERY_WAY, &mut wrong).await?;
    nadine.chooses("shown", "no-phone").await?;
    nadine.sees("20 personnes").await?;
    nadine.types("find", "zzz").await?;
    nadine.sees("Personne de ce nom au registre").await?;
    go(nadine.host, "/register/print").await?;
    nadine.sees("300 personnes").await?;
    look(nadine.host, "register-print", EVERY_WAY, &mut wrong).await?;
    nothing_is_wrong(nadine.host, &wrong).await
}

/// Each screen with someone in it, in both languages.
async fn every_screen_of_the_register_can_be_used_by_everyone(host: &mut Chromium) -> Told {
    host.start().await?;
    let mut wrong = Vec::new();
    Coordinator::at(host).creates_a_notebook(PASSPHRASE).await?;
    for (path, name) in [("/register", "empty"), ("/register/agents", "no-agent"), ("/register/extracts", "no-extract")]
    {
        go(host, path).await?;
        look(host, &format!("register-{name}"), EVERY_WAY, &mut wrong).await?;
    }
    let (entry, extract) = full(host).await?;
    walk(host, &entry, &extract, "", EVERY_WAY, &mut wrong).await?;
    go(host, "/more/settings").await?;
    Coordinator::at(host).chooses("language", "en").await?;
    Coordinator::at(host).sees("Settings").await?;
    walk(host, &entry, &extract, "en-", TWO_WAYS, &mut wrong).await?;
    nothing_is_wrong(host, &wrong).await
}

async fn walk(
    host: &mut Chromium,
    entry: &str,
    extract: &str,
    before: &str,
    sights: &[Sight],
    wrong: &mut Vec<String>,
) -> Told {
    let french = only_french()?;
    let screens = [
        (String::new(), "list"),
        ("/new".into(), "new"),
        (format!("/{entry}"), "entry"),
        (format!("/{entry}/edit"), "edit"),
        (format!("/{entry}/letter"), "letter"),
        (format!("/{entry}/strike-off"), "strike-off"),
        (format!("/{entry}/data"), "data"),
        ("/print".into(), "print-one"),
        ("/agents".into(), "agents"),
        ("/agents/new".into(), "agent-new"),
        ("/extracts".into(), "extracts"),
        ("/extracts/new".into(), "extract-new"),
        (format!("/extracts/{extract}"), "extract"),
        ("/import".into(), "import"),
    ];
    for (path, name) in screens {
        go(host, &format!("/register{path}")).await?;
        look(host, &format!("{before}register-{name}"), sights, wrong).await?;
        if !before.is_empty() {
            let said = Coordinator::at(host).reads().await?;
            let left = french.iter().filter(|sentence| said.contains(sentence.as_str()));
            wrong.extend(left.map(|sentence| format!("{name}, in English, says “{sentence}”")));
        }
    }
    Ok(())
}

/// Someone with everything on the entry, two agents and an extract; their ids.
async fn full(host: &mut Chromium) -> Told<(String, String)> {
    let mut nadine = Coordinator::at(host);
    go(nadine.host, "/register/new").await?;
    nadine.chooses("origin", "representative").await?;
    nadine.types("requester", "Maître Honoré de La Barloungade-Quintrendrol").await?;
    nadine.types("requester-quality", "curateur").await?;
    nadine.types("family-name", "de La Tour-Escarvenc-Vallonguérande").await?;
    nadine.types("given-name", "Marie-Antoinette").await?;
    nadine.types("birth-year", "1938").await?;
    nadine.types("hamlet", "Le Grand Mas des Alpilles d’en haut").await?;
    nadine.types("address-line", "12, montée du Four").await?;
    nadine.presses("Ajouter un téléphone").await?;
    nadine.types_in(Locator::Css("input[id^='phone-']"), "04 65 71 00 01").await?;
    nadine.presses_choice("Plus de 60 ans, inapte au travail").await?;
    nadine.types("home-services", "Aide à domicile le matin, portage de repas").await?;
    nadine.presses("Ajouter une personne à prévenir").await?;
    nadine.types_in(Locator::Css("input[id^='notify-']"), "Lucette Barloungade").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Accusé de réception à donner").await?;
    let entry = last_part(nadine.host).await?;
    go(nadine.host, "/register/agents/new").await?;
    nadine.types("name", "Lucette Barloungade").await?;
    nadine.types("function", "secrétaire de mairie").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("secrétaire de mairie").await?;
    go(nadine.host, "/register/extracts/new").await?;
    nadine.types("asked-by", "Préfecture, protection civile").await?;
    nadine.types("detail", "Plan canicule").await?;
    nadine.types("given-to", "Le préfet").await?;
    nadine.presses("Enregistrer").await?;
    nadine.sees("Extrait du registre nominatif").await?;
    let extract = last_part(nadine.host).await?;
    Ok((entry, extract))
}

async fn last_part(host: &Chromium) -> Told<String> {
    let address = host.page().current_url().await?;
    let id = address.fragment().and_then(|path| path.rsplit('/').next()).unwrap_or_default().to_owned();
    assert_eq!(id.len(), 32, "an address is an id and nothing else: {address}");
    Ok(id)
}
