//! Fictional situations: every planted clue is pointed at, what leaves names nobody and copies nothing, and nothing tells
//! from whom it came.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::NaiveDate;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, CollectiveWrite, SituationFile, Source};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::clues::{Clue, ClueKind, Weight, WrittenFor};
use maillon_shared::domain::encounter::Encounter;
use maillon_shared::domain::ids::{EncounterId, EntryId, LineId, PersonId, SituationId};
use maillon_shared::domain::person::{Person, PersonField, RelatedPerson};
use maillon_shared::domain::settings::SettingsField;
use maillon_shared::domain::situation::{
    LunchAnswer, LunchQuestion, NotYet, Situation, SituationChange, SituationField,
};
use maillon_shared::domain::time::PartialDate;
use maillon_shared::text::fold::fold;
use maillon_tests::harness::Device;

const ODETTE: PersonId = PersonId([1; 16]);
const ANSELME: PersonId = PersonId([2; 16]);
const STOVE: SituationId = SituationId([70; 16]);

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

/// Two people with all that may tell them, as notes have it.
fn village() -> Device {
    let mut device = Device::with_notebook(1, today());
    device.does(Request::EditSettings(vec![(SettingsField::Coordinator, "Mireille Castan".into())]));
    let mut odette = Person::empty(ODETTE);
    (odette.given_name, odette.family_name) = ("Odette".into(), "Escarvenc".into());
    odette.birth = PartialDate::parse("1941-03-12");
    (odette.address.line, odette.address.hamlet) = ("12 chemin des Oliviers".into(), "La Roussière".into());
    odette.address.commune = "Aubignan-les-Vents".into();
    odette.notes = "Dite la Nine au village.".into();
    odette.phones.push(maillon_shared::domain::contact::Phone {
        number: "04 90 12 34 56".into(),
        ..maillon_shared::domain::contact::Phone::empty(LineId([9; 16]))
    });
    odette.related.push(RelatedPerson { name: "Basile Escarvenc".into(), ..RelatedPerson::empty(LineId([3; 16])) });
    device.saves(&odette);
    let mut anselme = Person::empty(ANSELME);
    (anselme.given_name, anselme.family_name) = ("Anselme".into(), "Petit".into());
    anselme.address.hamlet = "Le Bourg".into();
    device.saves(&anselme);
    let mut visit = Encounter::empty(EncounterId([4; 16]), Some(ODETTE), today());
    visit.notes = "Elle garde les volets fermés depuis la mort du chien. Elle a peur du noir.".into();
    visit.words = "« Je ne veux plus voir personne avant la Saint-Jean. »".into();
    device.notes(visit);
    let mut other = Encounter::empty(EncounterId([5; 16]), Some(ANSELME), today());
    other.notes = "Ancien garde champêtre, il mange debout devant la fenêtre et jette le courrier.".into();
    device.notes(other);
    device
}

fn reads(device: &mut Device, asked: CollectiveRead) -> CollectiveAnswer {
    let Response::Collective(answer) = device.asks(Request::ReadCollective(asked)) else { panic!("an answer") };
    *answer
}

fn write(asked: CollectiveWrite) -> Request {
    Request::WriteCollective(Box::new(asked))
}

fn clues(device: &mut Device, text: &str) -> Vec<Clue> {
    let asked = CollectiveRead::Clues { texts: vec![text.into()], written_for: WrittenFor::Situation };
    let CollectiveAnswer::Clues(clues) = reads(device, asked) else { panic!("clues") };
    clues
}

fn situation(device: &mut Device) -> SituationFile {
    let CollectiveAnswer::Situation(file) = reads(device, CollectiveRead::Situation(STOVE)) else { panic!("one") };
    *file
}

fn changes_story(story: &str) -> Request {
    let changes = vec![SituationChange::Text(SituationField::Story, story.into())];
    write(CollectiveWrite::EditSituation { id: STOVE, changes, draft: None })
}

/// A made-up case: a text, and the clues planted in it.
type Case = (&'static str, &'static [(ClueKind, &'static str)]);

const CASES: &[Case] = {
    use ClueKind::{Address, Age, Birth, Condition, Copied, Date, Email, Family, Name, Nickname, Phone, Place, Trade};
    &[
        ("Odette ne sort plus.", &[(Name, "Odette")]),
        ("ODETTE ne sort plus, dit ESCARVENC.", &[(Name, "ODETTE"), (Name, "ESCARVENC")]),
        ("Mme escarvenc attend.", &[(Name, "escarvenc")]),
        ("On a vu M. Petit hier.", &[(Name, "Petit")]),
        ("Hier Petit est venu.", &[(Name, "Petit")]),
        ("Basile passe le soir.", &[(Name, "Basile")]),
        ("Au village, la Nine ne répond plus.", &[(Name, "Nine")]),
        ("On l’appelle Odettou.", &[(Nickname, "Odettou")]),
        ("Odet ne sort plus.", &[(Nickname, "Odet")]),
        ("Jojo ne sort plus.", &[(Nickname, "Jojo")]),
        ("Un homme, dit le Grand, ne sort plus.", &[(Nickname, "Grand")]),
        ("Elle habite à la Roussière.", &[(Place, "Roussière")]),
        ("Près de la ROUSSIERE.", &[(Place, "ROUSSIERE")]),
        ("Un couple d’Aubignan les Vents.", &[(Place, "Aubignan les Vents")]),
        ("Il vit au Bourg.", &[(Place, "Bourg")]),
        ("Chemin des oliviers, la maison du fond.", &[(Address, "Chemin des oliviers")]),
        ("Elle vit 4 rue Haute.", &[(Address, "4 rue Haute")]),
        ("Appelez le 04.90.12.34.56.", &[(Phone, "04.90.12.34.56")]),
        ("Appelez le +33 6 11 22 33 44 !", &[(Phone, "33 6 11 22 33 44")]),
        ("Écrire à quelquun@example.org", &[(Email, "quelquun@example.org")]),
        ("Née le 12 mars 1941.", &[(Birth, "12 mars 1941")]),
        ("Née le 12/03/41.", &[(Birth, "12/03/41")]),
        ("Tout a basculé le 3 février.", &[(Date, "3 février")]),
        ("Le 1er août, elle tombe.", &[(Date, "1er août")]),
        ("Seule depuis 1998.", &[(Date, "1998")]),
        ("Elle a 84 ans.", &[(Age, "84 ans")]),
        ("Elle a quatre-vingt-deux ans.", &[(Age, "quatre-vingt-deux ans")]),
        ("Une octogénaire discrète.", &[(Age, "octogénaire")]),
        ("Un ancien garde champêtre.", &[(Trade, "garde champêtre")]),
        ("Deux boulangères du village.", &[(Trade, "boulangères")]),
        ("Atteint de la maladie de Charcot.", &[(Condition, "maladie de Charcot")]),
        ("Une MUCOVISCIDOSE suivie au loin.", &[(Condition, "MUCOVISCIDOSE")]),
        ("Sa sœur jumelle est partie.", &[(Family, "sœur"), (Family, "jumelle")]),
        ("Une veuve et ses petits-enfants.", &[(Family, "veuve"), (Family, "petits-enfants")]),
        (
            "Une femme garde les volets FERMÉS depuis la mort du chien, dit-on.",
            &[(Copied, "garde les volets FERMÉS depuis la mort du chien")],
        ),
        ("On sait qu’elle a peur du noir.", &[(Copied, "elle a peur du noir")]),
        (
            "Il mange debout devant la fenetre et jette ses lettres.",
            &[(Copied, "Il mange debout devant la fenetre et jette")],
        ),
        ("Je ne veux plus voir personne avant l’été.", &[(Copied, "Je ne veux plus voir personne avant")]),
    ]
};

#[test]
fn every_planted_clue_is_pointed_at() {
    let mut device = village();
    let mut missed = Vec::new();
    for (text, planted) in CASES {
        let found = clues(&mut device, text);
        for clue in &found {
            assert_eq!(&text[clue.from as usize..clue.to as usize], clue.words, "{text}");
        }
        for (kind, words) in *planted {
            // A longer clue of the same kind shows these words too.
            let is_shown = |clue: &Clue| clue.kind == *kind && clue.words.contains(words);
            if !found.iter().any(is_shown) {
                missed.push(format!("{text}: {kind:?} {words}, but {found:?}"));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn words_of_everyone_are_no_clue() {
    let mut device = village();
    for text in [
        "Quelqu’un ne descend plus au marché, et le petit pain reste sur le rebord.",
        "Il n’y a pas de car le soir, et personne ne veut plus conduire.",
        "Qui peut frapper, et au nom de quoi ?",
        "Odeurs de cave, ou de fumée : personne ne vient.",
        "",
        "مرحبا 🚲 … — « »",
    ] {
        assert_eq!(clues(&mut device, text), [], "{text}");
    }
}

#[test]
fn the_patterns_name_nobody() {
    use maillon_shared::domain::situation_patterns::patterns;
    use maillon_shared::text::language::Language;
    let mut device = village();
    for pattern in Language::ALL.into_iter().flat_map(patterns) {
        for text in [pattern.title, pattern.story].into_iter().chain(pattern.questions) {
            let must: Vec<_> =
                clues(&mut device, text).into_iter().filter(|clue| clue.weight == Weight::Must).collect();
            assert_eq!(must, [], "{text}");
        }
    }
}

#[test]
fn one_situation_alone_is_not_recomposed() {
    let mut device = village();
    let ask = |people: &[PersonId]| Request::ReadCollective(CollectiveRead::Sources(people.to_vec()));
    assert_eq!(device.is_refused(ask(&[ODETTE])), Failure::Invalid(Invalid::OneSource));
    assert_eq!(
        device.is_refused(ask(&[ODETTE, ODETTE])),
        Failure::Invalid(Invalid::OneSource),
        "the same twice is one"
    );
    assert_eq!(device.is_refused(ask(&[ODETTE, PersonId([99; 16])])), Failure::NotFound);
    let CollectiveAnswer::Sources(sources) = reads(&mut device, CollectiveRead::Sources(vec![ODETTE, ANSELME])) else {
        panic!("sources")
    };
    let said = |source: &Source| source.texts.iter().map(|text| text.words.clone()).collect::<Vec<_>>().join(" ");
    let all: String = sources.iter().map(said).collect();
    assert!(all.contains("peur du noir") && all.contains("mange debout"), "{all}");
}

/// From the two people to the paper: it names nobody, copies nothing, was read by someone else, and no trace says whence.
#[test]
fn a_situation_leaves_once_it_names_nobody_and_someone_else_read_it() {
    let mut device = village();
    reads(&mut device, CollectiveRead::Sources(vec![ODETTE, ANSELME]));
    let structure = EntryId([40; 16]);
    let name = vec![maillon_shared::domain::directory::EntryChange::Text(
        maillon_shared::domain::directory::EntryField::Name,
        "Club des Alpilles".into(),
    )];
    let kind = maillon_shared::domain::directory::EntryKind::Structure;
    device.does(Request::CreateEntry { id: structure, kind, changes: name, draft: None });

    let mut one = Situation::empty(STOVE);
    one.title = "Derrière les volets".into();
    one.story = "Odette, 84 ans, vit à la Roussière. Elle garde les volets fermés depuis la mort du chien.".into();
    one.questions.push(LunchQuestion { id: LineId([1; 16]), asks: "Qui peut frapper ?".into() });
    let mut answer = LunchAnswer::empty(LineId([2; 16]), LineId([1; 16]));
    (answer.entry, answer.says) = (Some(structure), "Nous passons le mardi.".into());
    one.answers.push(answer);
    device.does(write(CollectiveWrite::CreateSituation { situation: Box::new(one.clone()), draft: None })).unwrap();

    let file = situation(&mut device);
    assert!(matches!(file.paper, Err(NotYet::Clues(many)) if many >= 3), "{:?}", file.paper);
    let read =
        |reader: &str, of: String| write(CollectiveWrite::ReadSituation { id: STOVE, reader: reader.into(), of });
    let of = file.situation.fingerprint();
    assert_eq!(device.is_refused(read("Jeanne", of)), Failure::Invalid(Invalid::NamesSomeone));

    let story =
        "Eulalie, très âgée, ne laisse plus entrer la lumière. Un voisin s’en inquiète, et son courrier traîne.";
    device.does(changes_story(story)).unwrap();
    let file = situation(&mut device);
    assert_eq!(file.paper, Err(NotYet::NotRead), "{:?}", file.clues);
    let of = file.situation.fingerprint();
    assert_eq!(
        device.is_refused(read("mireille castan", of.clone())),
        Failure::Invalid(Invalid::NoReader),
        "the author"
    );
    assert_eq!(device.is_refused(read("", of.clone())), Failure::Invalid(Invalid::NoReader));
    assert_eq!(device.is_refused(read("Jeanne", "0".into())), Failure::WrittenSince);
    device.does(read("Jeanne", of)).unwrap();

    let mut device = device.reopens();
    let paper = situation(&mut device).paper.unwrap();
    let questions: String =
        paper.questions().iter().map(|question| format!("{} {}", question.asks, question.who.join(" "))).collect();
    assert!(questions.contains("Club des Alpilles") && !questions.contains("mardi"), "who answers, not what they said");
    let left = fold(&format!("{} {} {questions}", paper.title(), paper.story()));
    for identity in [
        "Odette",
        "Escarvenc",
        "Basile",
        "Nine",
        "Roussière",
        "Aubignan",
        "Oliviers",
        "1941",
        "04 90 12 34 56",
        "Anselme",
        "garde champêtre",
        "peur du noir",
        "mange debout",
        "volets fermés depuis",
    ] {
        assert!(!left.contains(&fold(identity)), "{identity}");
    }

    device.does(changes_story(&format!("{story} Il pleut."))).unwrap();
    assert_eq!(situation(&mut device).paper, Err(NotYet::WrittenSince), "a word more is another text");
}

#[test]
fn nothing_tells_from_whom_a_situation_came() {
    let mut device = village();
    reads(&mut device, CollectiveRead::Sources(vec![ODETTE, ANSELME]));
    let mut one = Situation::empty(STOVE);
    (one.title, one.story) = ("Sans titre".into(), "Quelqu’un n’ouvre plus.".into());
    device.does(write(CollectiveWrite::CreateSituation { situation: Box::new(one), draft: None })).unwrap();

    let Response::Acts(acts) = device.asks(Request::Acts { before: None, limit: 50 }) else { panic!("acts") };
    let made: Vec<_> = acts.iter().filter(|act| act.what == "create_situation").collect();
    assert_eq!((made.len(), made[0].about.as_str()), (1, ""), "the act is about nobody");
    // The readings are the people's to know; each is like any other reading of a sheet.
    let Response::Reads(lines) = device.asks(Request::Reads { before: None, limit: 50 }) else { panic!("reads") };
    assert!(lines.iter().all(|line| line.what == "person"), "{lines:?}");
    assert_eq!(lines.len(), 2);
    let Response::History(history) = device.asks(Request::History(STOVE.into())) else { panic!("history") };
    let ids = [ODETTE.to_string(), ANSELME.to_string()];
    assert!(history.iter().all(|row| ids.iter().all(|id| !row.value.contains(id) && !row.field.contains(id))));
    for person in [ODETTE, ANSELME] {
        let Response::File(file) = device.asks(Request::PersonalData(person)) else { panic!("a file") };
        let text = String::from_utf8(file.bytes).unwrap();
        assert!(!text.contains("situation") && !text.contains("n’ouvre plus"), "{text}");
        device.does(Request::EditPerson {
            id: person,
            changes: vec![maillon_shared::domain::person::PersonChange::Text(PersonField::Notes, "Autre".into())],
            draft: None,
        });
    }
    // Once they are erased, the situation stands: it was never about them.
    device.asks(Request::ErasePeople(vec![ODETTE, ANSELME]));
    assert_eq!(situation(&mut device).situation.story, "Quelqu’un n’ouvre plus.");
}
