//! Every screen that prints, in a commune where there is something to print on each: what each says on paper, of what size
//! it is, and whether whoever holds it is to destroy it.

use chrono::Days;
use maillon_shared::api::calls::NewCampaign;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::register::RegisterWrite;
use maillon_shared::api::{Request, Response};
use maillon_shared::domain::campaign::{Campaign, CampaignKind};
use maillon_shared::domain::consent::{ConsentEntry, Purpose, Recipient, Said, Sharing, Told as ToldHow};
use maillon_shared::domain::contact::Phone;
use maillon_shared::domain::difficulty::Difficulty;
use maillon_shared::domain::directory::{EntryChange, EntryField};
use maillon_shared::domain::ids::{
    CampaignId, ConsentId, CountId, DifficultyId, ExtractId, LineId, PersonId, RegisterAgentId, RegisterEntryId,
    SituationId,
};
use maillon_shared::domain::reception::{Count, Half};
use maillon_shared::domain::register::{RegisterEntry, RegisterGround, RegisterState, StrikeOff, StrikeReason};
use maillon_shared::domain::register_log::{ExtractGround, RegisterAgent};
use maillon_shared::domain::shared_meeting::MeetingState;
use maillon_shared::domain::situation::Situation;
use maillon_shared::text::format::{DateStyle, date};
use maillon_shared::text::language::Language;
use maillon_tests::clock::today;
use maillon_tests::e2e::{Chromium, Coordinator, Host, Locator, Told};
use maillon_tests::harness::{Device, PASSPHRASE};
use maillon_tests::in_chromium;
use maillon_tests::village::Size;
use serde_json::json;

use crate::demo::{goes_to_the_made_up_commune, serves_a_commune, serves_what_is_on};
use crate::paper::{NO_DIALOGUE, TOUCHED};

in_chromium!(
    every_paper_of_someone_says_what_it_is_to_whoever_holds_it,
    every_paper_of_everyone_says_what_it_is_to_whoever_holds_it,
);

const TO_DESTROY: &str = "À détruire après usage.";
const BY: &str = "Imprimé par Mme Calvoussagne, coordinatrice";

const A4: (u32, u32) = (210, 297);

/// What a paper says to whoever holds it.
#[derive(Clone, Copy, PartialEq)]
enum Says {
    /// When, by whom, and that it is to be destroyed.
    NamesPeople,
    /// When and by whom.
    NamesNobody,
    /// When and by whom, and that it is theirs.
    Hers,
    /// That it is to be destroyed; whoever signs it says the rest.
    Signed,
    /// Nothing that it does not say by itself.
    Itself,
}

/// A screen that prints.
struct Paper {
    path: String,
    name: &'static str,
    /// What is only there once the screen is whole.
    shows: &'static str,
    says: Says,
    size_mm: (u32, u32),
}

fn paper(path: impl Into<String>, name: &'static str, shows: &'static str, says: Says) -> Paper {
    Paper { path: path.into(), name, shows, says, size_mm: A4 }
}

/// Marks what is on the screen that is left, which must not be taken for the next; says whether one has to go there.
const LEAVE: &str = "if (location.hash === '#' + arguments[0]) return false;
    document.querySelectorAll('main .on-paper').forEach((one) => one.dataset.left = 'yes');
    return true;";

/// Presses the button that prints, whatever it is called on this screen; says whether there was one.
const PRINT: &str = "delete document.body.dataset.printed;
    const all = [...document.querySelectorAll('main button')].filter((one) => one.getClientRects().length > 0);
    const button = all.find((one) => one.textContent.trim().startsWith('Imprimer'));
    button?.click();
    return Boolean(button);";

/// Titles that end a page, links that look like links, and washes that a printer leaves out.
const UGLY: &str = "const drawn = [...document.querySelectorAll('main *')].filter((one) => one.getClientRects().length > 0);
    const black = (colour) => { const [r, g, b] = colour.match(/[0-9.]+/g).map(Number); return r === g && g === b || r + g + b < 120; };
    const wrong = drawn.filter((one) => {
        const style = getComputedStyle(one);
        return !black(style.color) || one.localName === 'a' && style.textDecorationLine !== 'none'
            || one.matches('h1, h2, h3') && style.breakAfter !== 'avoid' || one.matches('tr, li') && style.breakInside !== 'avoid'
            || one.scrollWidth > 794;
    });
    return wrong.slice(0, 5).map((one) => one.outerHTML.slice(0, 120)).join();";

/// Goes there, prints, and looks at the paper.
async fn is_printed(visitor: &mut Coordinator<'_, Chromium>, paper: &Paper, wrong: &mut Vec<String>) -> Told {
    let Paper { path, name, shows, says, size_mm } = paper;
    if visitor.host.page().execute(LEAVE, vec![json!(path)]).await? == json!(true) {
        visitor.goes_to(path).await?;
    }
    visitor.sees(shows).await.map_err(|error| format!("{name}: {error}"))?;
    visitor.host.wait_for(Locator::Css("main .on-paper:not([data-left])")).await?;
    if visitor.host.page().execute(PRINT, vec![]).await? != json!(true) {
        wrong.push(format!("{name}: nothing prints it"));
        return Ok(());
    }
    visitor.host.wait_for(Locator::Css("body[data-printed]")).await?;
    visitor.host.show_as_printed(true).await?;
    let said = visitor.reads().await?;
    let count = |words: &str| said.matches(words).count();
    let day = format!("Au {}", date(today(), DateStyle::DayYear, Language::Fr));
    let (whence, destroy, theirs) = match says {
        Says::NamesPeople => (1, 1, 0),
        Says::NamesNobody => (1, 0, 0),
        Says::Hers => (1, 0, 1),
        Says::Signed => (0, 1, 0),
        Says::Itself => (0, 0, 0),
    };
    for (words, times) in
        [(day.as_str(), whence), (BY, whence), (TO_DESTROY, destroy), ("Cet exemplaire est à vous.", theirs)]
    {
        if count(words) != times {
            wrong.push(format!("{name}: “{words}” is said {} times, not {times}", count(words)));
        }
    }
    for (what, script) in [("can still be pressed", TOUCHED), ("is not as paper is", UGLY)] {
        let found = visitor.host.page().execute(script, vec![]).await?;
        if found.as_str() != Some("") {
            wrong.push(format!("{name}: {found} {what}"));
        }
    }
    visitor.host.keep_picture(&format!("paper-{name}")).await?;
    let printed = visitor.host.prints(&format!("paper-{name}")).await?;
    if printed.pages_mm.is_empty() || printed.pages_mm.iter().any(|page| page != size_mm) {
        wrong.push(format!("{name}: pages of {:?}", printed.pages_mm));
    }
    visitor.host.show_as_printed(false).await
}

/// The commune opened, as wide as a sheet of A4, with no dialogue.
async fn opens(host: &mut Chromium) -> Told<Coordinator<'_, Chromium>> {
    host.start().await?;
    goes_to_the_made_up_commune(host).await?;
    let mut visitor = Coordinator::at(host);
    visitor.unlocks(PASSPHRASE).await?;
    visitor.host.resize(794, 1123).await?;
    visitor.host.page().execute(NO_DIALOGUE, vec![]).await?;
    Ok(visitor)
}

async fn all_are_printed(visitor: &mut Coordinator<'_, Chromium>, papers: &[Paper]) -> Told {
    let mut wrong = Vec::new();
    for paper in papers {
        is_printed(visitor, paper, &mut wrong).await?;
    }
    assert!(wrong.is_empty(), "{} things are wrong on paper:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

/// The address of the first thing listed there.
async fn first(visitor: &mut Coordinator<'_, Chromium>, list: &str) -> Told<String> {
    const ONE: &str = "const one = new RegExp(`^#${arguments[0]}/[0-9a-f]{32}$`);
        const links = [...document.querySelectorAll('main a')].map((link) => link.getAttribute('href') ?? '');
        return links.find((link) => one.test(link)) ?? null;";
    visitor.goes_to(list).await?;
    for _ in 0..100 {
        if let Some(found) = visitor.host.page().execute(ONE, vec![json!(list)]).await?.as_str() {
            return Ok(found.trim_start_matches('#').to_owned());
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    Err(format!("nothing is listed at {list}").into())
}

async fn every_paper_of_someone_says_what_it_is_to_whoever_holds_it(host: &mut Chromium) -> Told {
    let mut device = serves_a_commune(host, Size::Demo)?;
    let Response::People(people) = device.asks(Request::People) else { return Err("people".into()) };
    let files: Vec<_> = people.iter().map(|row| device.opens(row.id)).collect();
    let with_project = files.iter().find(|file| !file.projects.is_empty()).ok_or("nobody has a project")?;
    let (person, project) = (with_project.person.id, with_project.projects[0].id);
    let around = files.iter().find(|file| !file.circle.is_empty()).ok_or("everyone is alone")?.person.id;
    let stay = files.iter().find_map(|file| file.stays.first()).ok_or("nobody was at hospital")?.id;
    let mut meetings = files.iter().flat_map(|file| &file.meetings);
    let held = meetings.find(|row| matches!(row.state, MeetingState::Held(_))).ok_or("nobody was met about")?.id;
    agrees_to_a_sheet(&mut device, person);
    serves_what_is_on(host, &mut device)?;

    let mut visitor = opens(host).await?;
    let request = first(&mut visitor, "/requests").await?;
    let alert = first(&mut visitor, "/alerts").await?;
    let round = first(&mut visitor, "/rounds").await?;
    all_are_printed(
        &mut visitor,
        &[
            paper(format!("/people/{person}"), "person", "Imprimer cette fiche", Says::NamesPeople),
            paper(format!("/people/{person}/consents"), "consents", "Cabinet du Pont", Says::NamesPeople),
            paper(format!("/people/{person}/data"), "slip", "Bordereau d’élimination", Says::NamesNobody),
            paper(request, "request", "Imprimer", Says::NamesPeople),
            paper(alert, "alert", "Imprimer cette alerte", Says::NamesPeople),
            paper(round, "round", "Avec les téléphones", Says::NamesPeople),
            paper(format!("/stays/{stay}"), "stay", "Imprimer", Says::NamesPeople),
            paper(format!("/projects/{project}"), "project", "Imprimer", Says::NamesPeople),
            paper(format!("/projects/{project}/copy"), "project-copy", "Ce que je veux", Says::Hers),
            paper(format!("/projects/circle/{around}"), "circle", "Imprimer", Says::NamesPeople),
            paper(format!("/meetings/{held}"), "meeting", "Imprimer", Says::NamesPeople),
            // Her own copy comes first: it is hers. A partner's ends as a liaison sheet does.
            paper(format!("/meetings/{held}/minutes"), "minutes", "Qui était là", Says::Itself),
        ],
    )
    .await?;

    // What goes to a professional says by itself whose it is, and that it is to be destroyed after use.
    visitor.goes_to(&format!("/projects/liaison/{person}")).await?;
    visitor.presses("Préparer pour Cabinet du Pont").await?;
    let sheet = paper(format!("/projects/liaison/{person}"), "liaison", "Ce qui part, exactement", Says::Signed);
    all_are_printed(&mut visitor, &[sheet]).await
}

async fn every_paper_of_everyone_says_what_it_is_to_whoever_holds_it(host: &mut Chromium) -> Told {
    let mut device = serves_a_commune(host, Size::Demo)?;
    let Response::Directory(entries) = device.asks(Request::Directory) else { return Err("directory".into()) };
    // An extract is only made on its day.
    device.is_on(today());
    for partner in &entries[..3] {
        let changes = vec![EntryChange::Text(EntryField::TouchMonths, "1".into())];
        device.does(Request::EditEntry { id: partner.id, changes, draft: None });
    }
    let (entry, struck) = fills_the_register(&mut device);
    calls_everyone(&mut device);
    counts_at_the_desk(&mut device);
    let situation = works_on_practice(&mut device)?;
    serves_what_is_on(host, &mut device)?;

    let mut visitor = opens(host).await?;
    let project = first(&mut visitor, "/collective").await?;
    let campaign = format!("/campaigns/{}", CAMPAIGN);
    all_are_printed(
        &mut visitor,
        &[
            paper("/", "today", "Aujourd’hui", Says::NamesPeople),
            paper("/people", "people", "Accompagnées", Says::NamesPeople),
            paper("/requests", "requests", "Demandes", Says::NamesPeople),
            paper("/requests/radar", "radar", "Les 6 derniers mois", Says::NamesNobody),
            paper("/alerts", "alerts", "Alertes", Says::NamesPeople),
            paper("/stays", "stays", "Imprimer", Says::NamesPeople),
            paper("/directory", "directory", "Annuaire", Says::NamesPeople),
            paper(format!("/directory/{}", entries[0].id), "entry", "Imprimer cette fiche", Says::NamesPeople),
            paper("/directory/who-does-what", "who-does-what", "Imprimer", Says::NamesPeople),
            paper("/directory/in-touch", "in-touch", "Imprimer", Says::NamesPeople),
            Paper {
                size_mm: (A4.1, A4.0),
                ..paper("/directory/leaflet", "leaflet", "Imprimer le dépliant", Says::Itself)
            },
            Paper { size_mm: (148, 105), ..paper("/more/card", "card", "Imprimer (format A6)", Says::Itself) },
            paper("/collective", "collective", "Imprimer", Says::NamesNobody),
            paper(project, "collective-project", "Imprimer la fiche", Says::NamesNobody),
            paper("/practice/difficulties/of/delays", "difficulties", "Personne ne rappelle.", Says::NamesNobody),
            paper(format!("/practice/situations/{situation}"), "situation", "Situation fictive", Says::Itself),
            paper("/register/print", "register", "QUILLARD", Says::NamesPeople),
            paper(format!("/register/{entry}"), "register-entry", "Imprimer cette fiche", Says::NamesPeople),
            paper(format!("/register/{entry}/letter"), "letter", "Pour le maire", Says::Itself),
            paper(format!("/register/{struck}/data"), "register-slip", "Bordereau d’élimination", Says::NamesNobody),
            paper(format!("/register/extracts/{EXTRACT}"), "extract", "Le préfet", Says::Signed),
            paper("/register/agents", "agents", "Lucette Barloungade", Says::NamesPeople),
            paper(campaign.clone(), "campaign", "Imprimer", Says::NamesPeople),
            Paper {
                size_mm: (A4.1, A4.0),
                ..paper(format!("{campaign}/sheet"), "call-sheet", "Quillard", Says::NamesPeople)
            },
            paper(format!("{campaign}/report"), "campaign-report", "Aucun nom", Says::NamesNobody),
            paper("/reception", "reception", "Imprimer la semaine", Says::NamesNobody),
            paper("/more/writes", "writes", "Imprimer", Says::NamesPeople),
            paper("/more/reads", "reads", "Imprimer", Says::NamesPeople),
        ],
    )
    .await
}

const CAMPAIGN: CampaignId = CampaignId([0xca; 16]);
const EXTRACT: ExtractId = ExtractId([0xe8; 16]);

/// Something new, which is not taken for what the commune has under the same id.
fn writes(device: &mut Device, request: Request) {
    assert!(device.does(request).is_some(), "it was there already");
}

/// Odette is told of a sheet to the nurses, and agrees.
fn agrees_to_a_sheet(device: &mut Device, person: PersonId) {
    let until = Some(today() + Days::new(90));
    let recipient = Recipient::named("Cabinet du Pont");
    let sharing = Sharing { recipient, purpose: Purpose::LiaisonSheet, what: "ce qu’elle veut".into(), until };
    for (id, said) in [(1, Said::Accompanied), (2, Said::Shares(sharing))] {
        let given = ToldHow { on: today(), how: "orally".into() };
        let entry = ConsentEntry { id: ConsentId([id; 16]), person, said, given, withdrawn: None, note: String::new() };
        writes(device, Request::GiveEntry { entry: Box::new(entry), draft: None });
    }
}

/// Forty people of the register, one of whom left it, an agent, and an extract.
fn fills_the_register(device: &mut Device) -> (RegisterEntryId, RegisterEntryId) {
    let write = |write| Request::WriteRegister(Box::new(write));
    let id = |number: u8| RegisterEntryId([number; 16]);
    for number in 1..=40 {
        let mut entry = RegisterEntry::empty(id(number));
        (entry.given_name, entry.family_name) = (format!("Basile-{number}"), "Quillard".into());
        entry.address.hamlet = ["La Roussière", "Les Gâts", ""][usize::from(number % 3)].into();
        entry.ground = Some(RegisterGround::Aged65);
        entry.requested = Some(today() - Days::new(3));
        entry.home_services = "aide à domicile, le mardi".into();
        entry.phones =
            vec![Phone { id: LineId([3; 16]), number: format!("04 65 71 00 {number:02}"), label: String::new() }];
        let changes = RegisterEntry::empty(entry.id).changes_to(&entry);
        writes(device, write(RegisterWrite::Create { id: entry.id, changes, from: None, draft: None }));
    }
    let struck = StrikeOff { on: today(), why: StrikeReason::AtRequest, by: "lui-même".into() };
    writes(device, write(RegisterWrite::SetState { id: id(40), state: RegisterState::StruckOff(struck), draft: None }));
    let mut agent = RegisterAgent::empty(RegisterAgentId([9; 16]), today());
    (agent.name, agent.function) = ("Lucette Barloungade".into(), "secrétaire de mairie".into());
    writes(device, write(RegisterWrite::Designate { agent, draft: None }));
    writes(
        device,
        write(RegisterWrite::RecordExtract {
            id: EXTRACT,
            asked_by: "Préfecture, protection civile".into(),
            ground: ExtractGround::AlertPlan,
            detail: "plan canicule".into(),
            given_to: "Le préfet".into(),
            draft: None,
        }),
    );
    (id(1), id(40))
}

/// Everyone of the register is called while it is hot.
fn calls_everyone(device: &mut Device) {
    let campaign = Campaign::empty(CAMPAIGN, CampaignKind::Heat, today(), today() + Days::new(6));
    writes(device, Request::CreateCampaign(Box::new(NewCampaign { campaign, draft: None })));
}

fn counts_at_the_desk(device: &mut Device) {
    for number in 0xc0..=0xc8 {
        let (half, what) = if number % 2 == 0 { (Half::Morning, "came_in") } else { (Half::Afternoon, "phone_call") };
        writes(device, Request::Count(Count { id: CountId([number; 16]), day: today(), half, what: what.into() }));
    }
}

/// Difficulties that three structures said, and a situation that someone else has read.
fn works_on_practice(device: &mut Device) -> Told<SituationId> {
    let write = |write| Request::WriteCollective(Box::new(write));
    let said = [
        ("Club du Val", "On attend trois mois."),
        ("Service d’aide du Val", "Personne ne rappelle."),
        ("Centre de soins", "On redit tout."),
    ];
    for (number, (structure, words)) in (0x71..).zip(said) {
        let mut said = Difficulty::empty(DifficultyId([number; 16]), today());
        (said.theme, said.words, said.structure) = ("delays".into(), words.into(), structure.into());
        writes(device, write(CollectiveWrite::SayDifficulty { difficulty: said, draft: None }));
    }
    let id = SituationId([0x57; 16]);
    let mut situation = Situation::empty(id);
    situation.title = "Sans lumière".into();
    situation.story = "Quelqu’un ne laisse plus entrer la lumière, et son courrier traîne.".into();
    let of = situation.fingerprint();
    writes(device, write(CollectiveWrite::CreateSituation { situation: Box::new(situation), draft: None }));
    writes(device, write(CollectiveWrite::ReadSituation { id, reader: "Jeanne".into(), of }));
    Ok(id)
}
