//! Requests written on two devices at once: whatever came in which order, nothing is lost, and nothing is shown as
//! oriented that was not heard and analysed.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use chrono::{Days, NaiveDate};
use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::{provisional, request};
use maillon_engine::journal::{Document, Header, Kind};
use maillon_shared::domain::consent::{ConsentEntry, Permit, Purpose, Recipient, Said, Sharing, Told, Why, may};
use maillon_shared::domain::ids::{ConsentId, LineId, PersonId, ProvisionalId, RequestId};
use maillon_shared::domain::provisional::{Provisional, ProvisionalChange, ProvisionalEnd, ProvisionalField};
use maillon_shared::domain::request::{
    Choice, Contact, LinkKind, Listening, Reply, Request, RequestField, RequestLink, RequestStep, Stage, Verdict,
};
use maillon_shared::domain::time::Instant;
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

fn day(days: u64) -> NaiveDate {
    "2026-06-12".parse::<NaiveDate>().unwrap() + Days::new(days)
}

fn nurses() -> Recipient {
    Recipient::named("Cabinet infirmier du Pont")
}

/// A consent that lets the nurses be told.
fn agreed(to: &Recipient) -> Result<Permit, Why> {
    let entry = ConsentEntry {
        id: ConsentId([5; 16]),
        person: PersonId([1; 16]),
        said: Said::Shares(Sharing {
            recipient: nurses(),
            purpose: Purpose::Orientation,
            what: "nom et téléphone".into(),
            until: None,
        }),
        given: Told { on: day(0), how: "orally".into() },
        withdrawn: None,
        note: String::new(),
    };
    may(&[entry], &Purpose::Orientation, to, day(0))
}

fn received() -> Document {
    let id = RequestId([9; 16]);
    let mut document = Document::new(Header::new(id.into(), Kind::Episode, Some([1; 16]), 0), NADINE).unwrap();
    let mut asked = Request::received(id, Some(PersonId([1; 16])), day(0));
    asked.verbatim = "je ne trouve plus de médecin 🙁".into();
    asked.topic = "find_doctor".into();
    asked.also = ["transport".to_owned()].into();
    request::create(&mut document, &asked).unwrap();
    document.commit(MORNING);
    document
}

fn on(device: Actor, document: &mut Document) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], device).unwrap()
}

fn read(document: &Document) -> Request {
    let oddities = Cell::new(0);
    let read = request::read(document, &oddities).unwrap();
    assert_eq!(oddities.get(), 0);
    read
}

/// Makes a step, as the engine does, if it may be made; whether it was.
fn steps(document: &mut Document, step: &RequestStep) -> bool {
    let Ok(changes) = read(document).advance(step, &agreed) else { return false };
    changes.iter().for_each(|change| request::write(document, change).unwrap());
    document.commit(MORNING);
    true
}

fn goes(document: &mut Document, step: RequestStep) {
    assert!(steps(document, &step), "{step:?}");
}

/// Both take in what the other wrote; the request, which is the same on both.
fn meet(one: &mut Document, other: &mut Document) -> Request {
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
    assert_eq!(read(one), read(other));
    read(one)
}

fn listen(n: u8, text: &str) -> RequestStep {
    RequestStep::Listen(Listening { id: LineId([n; 16]), day: day(u64::from(n)), text: text.into() })
}

fn analyse(text: &str) -> RequestStep {
    RequestStep::Analyse { day: day(2), text: text.into() }
}

fn offer(n: u8) -> RequestStep {
    let what = String::new();
    RequestStep::Offer { id: LineId([n; 16]), to: nurses(), mission: None, what, day: day(3) }
}

fn choose(n: u8, contact: Contact) -> RequestStep {
    RequestStep::Choose { option: LineId([n; 16]), day: day(4), contact, feedback_by: Some(day(14)) }
}

fn reply(n: u8, on: u64, verdict: Verdict, why: &str) -> RequestStep {
    RequestStep::Reply { option: LineId([n; 16]), day: day(on), verdict, by: String::new(), why: why.into() }
}

fn close(outcome: &str, why: &str) -> RequestStep {
    RequestStep::Close { day: day(20), outcome: outcome.into(), why: why.into() }
}

fn oriented() -> Document {
    let mut document = received();
    for step in [listen(1, "elle a peur de déranger"), analyse("trouver un médecin qui se déplace"), offer(7), offer(8)]
    {
        goes(&mut document, step);
    }
    document
}

#[test]
fn two_who_listen_at_once_are_both_heard() {
    let mut nadines = received();
    let mut basiles = on(BASILE, &mut nadines);
    goes(&mut nadines, listen(1, "elle a peur de déranger"));
    goes(&mut basiles, listen(2, "sa fille part en août"));
    let request = meet(&mut nadines, &mut basiles);
    let heard: Vec<_> = request.listening.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(heard, ["elle a peur de déranger", "sa fille part en août"]);
    assert_eq!((request.stage(), request.topics()), (Stage::Heard, vec!["find_doctor", "transport"]));
}

#[test]
fn an_answer_to_what_is_no_longer_heard_stays_written_and_is_not_shown_as_one() {
    let mut nadines = received();
    goes(&mut nadines, listen(1, "noté au mauvais endroit"));
    let mut basiles = on(BASILE, &mut nadines);
    goes(&mut nadines, RequestStep::Unlisten(LineId([1; 16])));
    for step in [analyse("trouver un médecin"), offer(7), choose(7, Contact::Themselves)] {
        goes(&mut basiles, step);
    }
    let request = meet(&mut nadines, &mut basiles);
    assert_eq!(request.stage(), Stage::Received, "it is to be heard again");
    assert!(request.is_answered_unheard());
    assert_eq!(request.options.len(), 1, "and nothing of it is lost");
    goes(&mut nadines, listen(2, "elle cherche un médecin"));
    assert_eq!(read(&nadines).stage(), Stage::Oriented);
}

#[test]
fn one_accepted_and_one_refused_keep_each_its_words_and_the_later_holds() {
    let mut nadines = oriented();
    goes(&mut nadines, choose(7, Contact::Coordination));
    let mut basiles = on(BASILE, &mut nadines);
    goes(&mut nadines, reply(7, 6, Verdict::Accepted, ""));
    goes(&mut basiles, reply(7, 5, Verdict::Refused, "plus de place"));
    let request = meet(&mut nadines, &mut basiles);
    let option = request.option(LineId([7; 16])).unwrap();
    assert_eq!(option.reply(), Reply::Accepted(day(6)));
    assert_eq!((option.refused_on, option.refused_why.is_empty()), (Some(day(5)), false), "both are there");
    assert_eq!(option.permit, Some(ConsentId([5; 16])), "under which consent it went");
}

#[test]
fn one_who_closes_and_one_who_writes_on_both_wrote_and_it_is_closed() {
    let mut nadines = oriented();
    let mut basiles = on(BASILE, &mut nadines);
    goes(&mut nadines, close("no_further_action", "a trouvé seule"));
    goes(&mut basiles, choose(8, Contact::Themselves));
    goes(&mut basiles, RequestStep::TakeToGroup(day(5)));
    let request = meet(&mut nadines, &mut basiles);
    assert_eq!(request.stage(), Stage::Closed);
    assert_eq!(request.option(LineId([8; 16])).unwrap().choice(), Choice::Chosen(day(4)));
    goes(&mut nadines, RequestStep::Reopen);
    assert_eq!(read(&nadines).stage(), Stage::WithGroup);
}

#[test]
fn two_who_orient_an_option_each_keep_both_and_what_is_opened_is_opened_once() {
    let mut nadines = oriented();
    let mut basiles = on(BASILE, &mut nadines);
    let link = |n: u8| {
        RequestStep::Link(RequestLink {
            id: LineId([n; 16]),
            kind: LinkKind::HealthProject,
            target: [40; 16],
            on: day(6),
        })
    };
    goes(&mut nadines, choose(7, Contact::Themselves));
    goes(&mut nadines, link(1));
    goes(&mut basiles, choose(8, Contact::Themselves));
    goes(&mut basiles, RequestStep::Say(RequestField::Verbatim, "je ne trouve pas de médecin".into()));
    let request = meet(&mut nadines, &mut basiles);
    assert!(request.options.iter().all(|option| option.is_chosen()));
    assert_eq!(request.verbatim, "je ne trouve pas de médecin");
    goes(&mut basiles, link(2));
    assert_eq!(read(&basiles).links.len(), 1);
}

#[test]
fn a_request_of_the_first_form_reads_as_it_did() {
    let id = RequestId([9; 16]);
    for (state, stage) in
        [("", Stage::Received), ("heard", Stage::Heard), ("analysed", Stage::Analysed), ("closed", Stage::Closed)]
    {
        let mut document = Document::new(Header::new(id.into(), Kind::Episode, Some([1; 16]), 0), NADINE).unwrap();
        use maillon_engine::journal::{Place, Value};
        for (field, text) in [
            ("episode", "request"),
            ("received", "2026-06-12"),
            ("source", "person"),
            ("topic", "transport"),
            ("verbatim", "le bus ne passe plus"),
            ("state", state),
        ] {
            document.put(Place::Root, field, Value::text(text)).unwrap();
        }
        document.commit(MORNING);
        assert_eq!(read(&document).stage(), stage, "{state}");
        assert_eq!(read(&document).spans(day(3)).last().unwrap().stage, stage);
        if stage == Stage::Closed {
            goes(&mut document, RequestStep::Reopen);
            assert_eq!(read(&document).stage(), Stage::Analysed);
        }
    }
}

fn any_step() -> impl Strategy<Value = RequestStep> {
    let line = || (6..9u8).prop_map(|n| LineId([n; 16]));
    prop_oneof![
        (1..4u8, "[a-z]{0,5}").prop_map(|(n, text)| listen(n, &text)),
        (1..4u8).prop_map(|n| RequestStep::Unlisten(LineId([n; 16]))),
        "[a-z]{0,5}".prop_map(|text| analyse(&text)),
        (6..9u8).prop_map(offer),
        line().prop_map(RequestStep::TakeBackOffer),
        (6..9u8, any::<bool>())
            .prop_map(|(n, alone)| choose(n, if alone { Contact::Themselves } else { Contact::Coordination })),
        (line(), 0..30u64).prop_map(|(option, on)| RequestStep::Decline { option, day: day(on), why: String::new() }),
        (6..9u8, 0..30u64, any::<bool>())
            .prop_map(|(n, on, yes)| { reply(n, on, if yes { Verdict::Accepted } else { Verdict::Refused }, "") }),
        (line(), 0..30u64).prop_map(|(option, on)| RequestStep::Feedback {
            option,
            day: day(on),
            said: "venue".into()
        }),
        (0..30u64).prop_map(|on| RequestStep::TakeToGroup(day(on))),
        prop_oneof![
            Just(close("no_further_action", "")),
            Just(close("no_further_action", "a trouvé")),
            Just(close("orientation_accepted", "")),
            Just(close("information_given", "")),
            Just(close("passed_to_collective", "")),
        ],
        Just(RequestStep::Reopen),
    ]
}

/// What must hold of every request, whoever wrote it.
fn holds(request: &Request) {
    let is_understood = request.heard().is_ok() && request.analysed().is_ok();
    if matches!(request.stage(), Stage::Oriented | Stage::WithGroup) {
        assert!(is_understood, "shown as answered, and nobody listened");
    }
    let spans = request.spans(day(40));
    assert!(spans.windows(2).all(|pair| pair[0].stage < pair[1].stage && pair[0].from <= pair[1].from));
    assert_eq!(spans.last().unwrap().stage, request.stage());
}

proptest! {
    /// On one device no step is ever made before those it needs; the facts themselves say so, not only what is shown.
    #[test]
    fn nothing_is_offered_before_it_is_heard_and_analysed(steps_made in proptest::collection::vec(any_step(), 0..40)) {
        let mut document = received();
        for step in &steps_made {
            let before = read(&document);
            let made = steps(&mut document, step);
            let after = read(&document);
            holds(&after);
            if made && matches!(step, RequestStep::Offer { .. } | RequestStep::Choose { .. } | RequestStep::TakeToGroup(_)) {
                prop_assert!(before.heard().is_ok() && before.analysed().is_ok());
            }
            prop_assert!(!after.is_answered_unheard());
            prop_assert!(!after.is_closed() || !after.outcome.is_empty());
            for option in after.options.iter().filter(|option| option.chosen_on.is_some()) {
                prop_assert_eq!(option.permit.is_some(), option.contact == Contact::Coordination, "a name left without consent");
            }
        }
    }

    /// Two devices write apart, meet, write and meet again: both show the same, no listening, offer or feedback of either
    /// is lost unless it was taken away, and nothing is shown as oriented that is not heard and analysed.
    #[test]
    fn two_devices_end_with_the_same_request(
        first in proptest::collection::vec(any_step(), 0..12),
        nadine in proptest::collection::vec(any_step(), 0..12),
        basile in proptest::collection::vec(any_step(), 0..12),
    ) {
        let mut nadines = received();
        for step in &first {
            steps(&mut nadines, step);
        }
        let mut basiles = on(BASILE, &mut nadines);
        for step in &nadine {
            steps(&mut nadines, step);
        }
        for step in &basile {
            steps(&mut basiles, step);
        }
        let (left, right) = (read(&nadines), read(&basiles));
        let merged = meet(&mut nadines, &mut basiles);
        holds(&merged);
        let took_away = |steps: &[RequestStep], id: LineId| steps.iter().any(|step| match step {
            RequestStep::Unlisten(gone) | RequestStep::TakeBackOffer(gone) => *gone == id,
            _ => false,
        });
        for (kept, other) in [(&left, &basile), (&right, &nadine)] {
            for heard in kept.listening.iter().filter(|heard| !took_away(other, heard.id)) {
                prop_assert!(merged.listening.iter().any(|one| one.id == heard.id));
            }
            for option in kept.options.iter().filter(|option| !took_away(other, option.id)) {
                prop_assert!(merged.option(option.id).is_some());
            }
        }
        for step in nadine.iter().rev() {
            steps(&mut nadines, step);
            holds(&read(&nadines));
        }
    }
}

// ── Someone reported ────────────────────────────────────────────────────────────────────────────────────────────────

fn reported() -> Document {
    let mut record = Provisional::empty(ProvisionalId([3; 16]), PersonId([1; 16]), day(0));
    record.usual_name = "la dame de la maison bleue".into();
    record.words = "elle ne sort plus".into();
    record.source = "neighbour_or_relay".into();
    let header = Header::new(record.id.into(), Kind::Provisional, Some([1; 16]), 0);
    let mut document = Document::new(header, NADINE).unwrap();
    provisional::create(&mut document, &record).unwrap();
    document.commit(MORNING);
    document
}

#[test]
fn a_report_mended_here_and_informed_there_is_both() {
    let mut nadines = reported();
    let mut basiles = on(BASILE, &mut nadines);
    let hamlet = ProvisionalChange::Text(ProvisionalField::Hamlet, "La Roussière".into());
    provisional::write(&mut nadines, &hamlet).unwrap();
    nadines.commit(MORNING);
    provisional::inform(&mut basiles, day(9)).unwrap();
    basiles.commit(MORNING);
    let from_basile = basiles.frame_since(&Vec::new());
    nadines.absorb(&from_basile).unwrap();
    let record = provisional::read(&nadines, &Cell::new(0)).unwrap();
    assert_eq!((record.hamlet.as_str(), record.informed_on), ("La Roussière", Some(day(9))));
}

#[test]
fn two_devices_that_erase_one_report_count_it_once() {
    let record = provisional::read(&reported(), &Cell::new(0)).unwrap();
    let id = maillon_shared::domain::ids::DocId([8; 16]);
    let mut nadines = Document::new(Header::new(id, Kind::ProvisionalCounts, None, 2026), NADINE).unwrap();
    nadines.commit(MORNING);
    let mut basiles = on(BASILE, &mut nadines);
    provisional::count(&mut nadines, &record, &ProvisionalEnd::NotReached).unwrap();
    provisional::count(&mut basiles, &record, &ProvisionalEnd::NotReached).unwrap();
    nadines.commit(MORNING);
    basiles.commit(MORNING);
    let from_basile = basiles.frame_since(&Vec::new());
    nadines.absorb(&from_basile).unwrap();
    let counted = provisional::counted(&nadines, &Cell::new(0));
    assert_eq!(counted.len(), 1);
    assert_eq!((counted[0].month.as_str(), counted[0].source.as_str()), ("2026-06", "neighbour_or_relay"));
}
