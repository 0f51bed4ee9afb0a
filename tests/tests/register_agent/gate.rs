//! What an agent's copy holds and does, and what it never does; files that are none of an agent's.

use std::collections::BTreeSet;

use maillon_engine::backup::{Backup, write_backup};
use maillon_engine::journal::records::register_log;
use maillon_engine::notebook::{Notebook, Plan, Target};
use maillon_engine::vault::unlock_with_passphrase;
use maillon_shared::api::calls::NewCampaign;
use maillon_shared::api::errors::FileProblem;
use maillon_shared::api::lending::{RegisterCopy, Sender};
use maillon_shared::api::register::RegisterWrite;
use maillon_shared::api::{Failure, Request, Response, encode};
use maillon_shared::domain::campaign::{Campaign, CampaignKind, CampaignSource};
use maillon_shared::domain::ids::*;
use maillon_shared::domain::register_log::RegisterAgent;
use maillon_tests::harness::{Clock, Desk, Device, Shelf, every, now};

use super::told::*;

#[test]
fn a_file_of_a_stranger_spoilt_or_of_something_else_changes_nothing() {
    let mut office = office();
    let lent = lent_to(&mut office, LUCETTE);
    let mut mairie = opened(&lent, 8, day(2));
    registers(&mut mairie, 11, "Escaguènes", day(2));
    let file = copy_of(&mut mairie);
    let before = encode(&list(&mut office));
    let unreadable = |problem| Failure::UnreadableFile(problem);
    let refused = |office: &mut Device, file: Vec<u8>| office.is_refused(taking_back(file, Sender::Designated));
    assert_eq!(refused(&mut office, b"bonjour".to_vec()), unreadable(FileProblem::UnknownKind));
    for place in (0..file.len()).step_by(97) {
        let mut spoilt = file.clone();
        spoilt[place] ^= 1;
        let why = refused(&mut office, spoilt);
        assert!(!matches!(why, Failure::NotUnderstood | Failure::Stopped), "at {place}: {why:?}");
    }
    let mut stranger = Device::with_notebook(9, day(1));
    assert_eq!(refused(&mut office, copy_of(&mut stranger)), Failure::NotLentHere);
    assert_eq!(refused(&mut stranger, file.clone()), Failure::NotLentHere);
    // A caller's calls are taken back at the campaign, an agent's register here.
    office.does(heat_wave(day(1), day(20)));
    let asked = Request::LendCalls { campaign: HEAT, caller: LineId([7; 16]) };
    let Response::Lent(calls) = office.asks(asked) else { panic!("calls") };
    assert_eq!(refused(&mut office, calls.file.bytes), Failure::LentForOther);
    assert_eq!(office.is_refused(Request::TakeBackCalls(file.clone())), Failure::LentForOther);
    assert_eq!(encode(&list(&mut office)), before);
    // An older copy of the same brings nothing once the newer came.
    registers(&mut mairie, 12, "Fargelzonde", day(2));
    comes_back(&mut office, &mut mairie);
    let Response::RegisterBack(older) = office.asks(taking_back(file, Sender::Designated)) else {
        panic!("a register")
    };
    assert_eq!((older.act, older.created), (None, 0));
}

/// Whoever has the file and its words could write in it with a program of their own.
#[test]
fn a_file_put_together_by_someone_designates_nobody_and_writes_on_no_sheet() {
    let mut office = office();
    let lent = lent_to(&mut office, LUCETTE);
    let shelf = Shelf::new();
    let mut store = shelf.open();
    let mut desk = Desk::seeded(66, Clock::at(day(2)));
    let backup = Backup::parse(&lent.file.bytes).unwrap();
    let key = now(unlock_with_passphrase(&mut desk, &backup.header, &lent.words)).unwrap();
    now(backup.restore(&mut store)).unwrap();
    let mut forged = now(Notebook::open(key, &mut store, &mut desk)).unwrap();
    let (_, log) = forged.views.register_agent(LUCETTE).unwrap();
    let mut plan = Plan::new("designate_agent");
    let agent = RegisterAgent { name: "Moi".into(), ..RegisterAgent::empty(RegisterAgentId([0xbb; 16]), day(1)) };
    plan.edit(Target::Document(log), move |document| register_log::put_agent(document, &agent));
    now(forged.save(&mut store, &mut desk, plan, &mut |_, _| {})).unwrap();
    let file = now(write_backup(&store)).unwrap();
    let refused = office.is_refused(taking_back(file, Sender::Designated));
    assert_eq!(refused, Failure::UnreadableFile(FileProblem::Damaged));
    assert_eq!(log_names(&mut office), ["Lucette Barloungade"]);
}

fn log_names(device: &mut Device) -> Vec<String> {
    log(device).agents.into_iter().map(|agent| agent.name).collect()
}

#[test]
fn nothing_of_the_notebook_goes_with_the_register() {
    let mut office = office();
    let lent = lent_to(&mut office, LUCETTE);
    let shelf = Shelf::new();
    let mut store = shelf.open();
    let mut desk = Desk::seeded(66, Clock::at(day(2)));
    let backup = Backup::parse(&lent.file.bytes).unwrap();
    let key = now(unlock_with_passphrase(&mut desk, &backup.header, &lent.words)).unwrap();
    now(backup.restore(&mut store)).unwrap();
    let mut notebook = now(Notebook::open(key, &mut store, &mut desk)).unwrap();
    let ids: Vec<DocId> = notebook.views.every().map(|(id, _)| id).collect();
    let mut kinds = BTreeSet::new();
    for id in ids {
        let read = notebook.read_document(&store, id, |document| {
            (
                document.header.kind.code().to_owned(),
                document.header.scope.code().to_owned(),
                document.present(),
                document.history(0),
            )
        });
        let (kind, scope, present, history) = now(read).unwrap();
        assert_eq!(scope, "register", "{kind}");
        let said = format!("{present:?} {:?}", encode(&history));
        let bytes = encode(&history);
        for word in OF_THE_NOTEBOOK {
            assert!(!said.contains(word), "{kind} says {word}");
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{kind} says {word}");
        }
        assert!(!bytes.windows(16).any(|window| window == SHEET.0), "{kind} names a sheet");
        kinds.insert(kind);
    }
    assert_eq!(kinds, BTreeSet::from(["register_entry".into(), "register_log".into(), "settings".into()]));

    // Whatever it is asked, the copy answers with no word of the notebook.
    let mut mairie = opened(&lent, 8, day(2));
    for (name, request) in every::<Request>() {
        let shuts = ["Lock", "EraseLentNotebook", "Restore", "Create", "Backup"];
        if shuts.contains(&name) {
            continue;
        }
        if let Ok(answer) = mairie.tries(request) {
            let answer = encode(&answer);
            for word in OF_THE_NOTEBOOK {
                assert!(!answer.windows(word.len()).any(|window| window == word.as_bytes()), "{name} says {word}");
            }
        }
    }
    assert_eq!(opens(&mut mairie, 1).sheet, None);
    assert!(opens(&mut mairie, 1).likely.is_empty());
}

/// What a copy of the register does; whatever else there is or will be, it refuses.
const ALLOWED: [&str; 31] = [
    "Status",
    "Role",
    "Lock",
    "Unlock",
    "CompleteWord",
    "ChangePassphrase",
    "Verify",
    "Backup",
    "EraseLentNotebook",
    "Settings",
    "Today",
    "Register",
    "RegisterEntry",
    "Registered",
    "RegisterLog",
    "RegisterExtract",
    "ExtractTable",
    "History",
    "Undo",
    "SaveDraft",
    "DropDraft",
    "Drafts",
    "WriteRegister",
    "Campaigns",
    "Campaign",
    "CreateCampaign",
    "EditCampaign",
    "RefreshCampaign",
    "Allot",
    "RecordAttempts",
    "EditAttempt",
];
/// Allowed too: an agent shares calls out to callers of their own.
const TO_CALLERS: [&str; 2] = ["LendCalls", "TakeBackCalls"];

#[test]
fn a_copy_of_the_register_refuses_all_that_is_not_the_registers() {
    let mut office = office();
    let lent = lent_to(&mut office, LUCETTE);
    let mut mairie = opened(&lent, 8, day(2));
    let mut refused = 0;
    for (name, request) in every::<Request>() {
        if ["Lock", "EraseLentNotebook"].contains(&name) {
            continue;
        }
        let may = ALLOWED.contains(&name) || TO_CALLERS.contains(&name);
        let answer = mairie.tries(request);
        // The first of these that can be made lends, or calls people: neither is an agent's.
        let is_gated = matches!(answer, Err(Failure::NotLentForThis));
        match name {
            "CopyRegister" => assert!(is_gated, "only the notebook lends"),
            "WriteRegister" | "CreateCampaign" => {}
            _ => assert_eq!(!is_gated, may, "{name}"),
        }
        refused += u32::from(is_gated);
    }
    assert!(refused > 40, "{refused}");

    let of_an_agent = ["Create", "Edit", "Acknowledge", "SetState", "RecordExtract"];
    for (name, asked) in every::<RegisterWrite>() {
        let answer = mairie.tries(write(asked));
        let is_gated = matches!(answer, Err(Failure::NotLentForThis));
        assert_eq!(!is_gated, of_an_agent.contains(&name), "{name}");
    }
    let from = RegisterWrite::Create { id: entry(40), changes: vec![], from: Some(SHEET), draft: None };
    assert_eq!(mairie.is_refused(write(from)), Failure::NotLentForThis);
    let mut of_people = Campaign::empty(HEAT, CampaignKind::Heat, day(2), day(3));
    of_people.source = CampaignSource::People;
    let of_people = Request::CreateCampaign(Box::new(NewCampaign { campaign: of_people, draft: None }));
    assert_eq!(mairie.is_refused(of_people), Failure::NotLentForThis);
    for asked in [RegisterCopy::Lend(LUCETTE), RegisterCopy::TakeBack { file: vec![], from: Sender::EndedToo }] {
        assert_eq!(mairie.is_refused(Request::CopyRegister(Box::new(asked))), Failure::NotLentForThis);
    }

    // Over, nothing is read or written.
    office.does(write(RegisterWrite::EndAgent { id: LUCETTE, on: Some(day(3)) }));
    let newer = lent_to(&mut office, LUCETTE);
    renews(&mut mairie, &newer);
    mairie.is_on(day(5));
    let still = ["Status", "Role", "Unlock", "CompleteWord", "ChangePassphrase", "Verify", "Backup", "Settings"];
    let ends = ["Lock", "EraseLentNotebook"];
    for (name, request) in every::<Request>().into_iter().filter(|(name, _)| !ends.contains(name)) {
        let shut = matches!(mairie.tries(request), Err(Failure::LendingOver | Failure::NotLentForThis));
        assert_eq!(!shut, still.contains(&name), "{name}");
    }
}
