//! What the village lives on a test's device opens in the real host, as `demo` gives it to someone who tries Maillon.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use maillon_host::EngineThread;
use maillon_host::sqlite::SqliteStore;
use maillon_shared::api::requests::Secret;
use maillon_shared::api::{Answer, Failure, Request, Response, decode, encode};
use maillon_tests::harness::{Device, PASSPHRASE, copy_into, now};
use maillon_tests::village::{Size, Village};

#[test]
fn a_made_up_notebook_opens_in_the_real_host_by_passphrase_and_by_words() {
    let village = Village::new(3, Size::Hamlet, "2026-06-12".parse().unwrap());
    let mut device = Device::honest(village.today());
    let words = device.creates_notebook(village.settings());
    let mut life = village.requests();
    device.lives(life.by_ref());
    let Response::File(backup) = device.asks(Request::Backup) else { panic!("a backup") };

    let folder = tempfile::tempdir().unwrap();
    let [copied, restored] = ["copied", "restored"].map(|name| folder.path().join(name));
    now(copy_into(&mut SqliteStore::create(&copied).unwrap(), device.shelf())).unwrap();

    for dir in [copied, restored] {
        let host = EngineThread::start(dir.clone(), Box::new(|_| {}));
        let ask = |request: Request| decode::<Answer>(&host.ask_blocking(encode(&request))).unwrap();
        if !SqliteStore::is_in(&dir) {
            assert!(ask(Request::Restore(backup.bytes.clone())).is_ok());
        }
        assert!(ask(Request::People) == Err(Failure::Locked));
        assert!(
            ask(Request::Unlock(Secret::Passphrase("un village qui existe".into()))) == Err(Failure::WrongPassphrase)
        );
        for secret in [Secret::Passphrase(PASSPHRASE.into()), Secret::Words(words.clone())] {
            assert!(ask(Request::Unlock(secret)).is_ok());
            let Ok(Response::People(people)) = ask(Request::People) else { panic!("people") };
            assert_eq!(people.len(), life.tally().people);
            assert!(ask(Request::Lock).is_ok());
        }
        host.close();
    }
}

#[test]
fn the_demonstration_opens_on_a_morning_with_one_of_each_thing() {
    // A Friday of June, and a Sunday on which nobody works.
    for day in ["2026-06-12", "2026-11-29"] {
        let village = Village::demo(2026, day.parse().unwrap());
        let mut device = Device::new(1, village.today());
        device.creates_notebook(village.settings());
        device.lives(village.requests());
        device.is_on(village.today());
        let today = device.today();
        assert_eq!((today.alerts.len(), today.watched.len()), (1, 1), "{day}: no news of someone, and the weather");
        assert!(today.stays.iter().any(|due| due.row.gaps > 0), "{day}: a return with gaps");
        assert!(!today.project_steps.is_empty(), "{day}: a step of the shuttle");
        let Response::Rounds(rounds) = device.asks(Request::Rounds) else { panic!("rounds") };
        let round = rounds.rounds.first().unwrap_or_else(|| panic!("{day}: a round"));
        let Response::Round(round) = device.asks(Request::Round(round.id)) else { panic!("a round") };
        assert_eq!(round.stops.len(), 4, "{day}");
        let Response::Stays(stays) = device.asks(Request::Stays) else { panic!("stays") };
        assert_eq!(stays.len(), 1, "{day}");
        let mine = |file: &maillon_shared::api::responses::PersonFile| {
            (file.projects.len(), file.meetings.len(), file.circle.len(), file.household.mates.len())
        };
        let Response::People(people) = device.asks(Request::People) else { panic!("people") };
        let files: Vec<_> = people.iter().map(|row| mine(&device.opens(row.id))).collect();
        let sum = files.iter().fold((0, 0, 0, 0), |s, f| (s.0 + f.0, s.1 + f.1, s.2 + f.2, s.3 + f.3));
        assert_eq!(sum, (1, 2, 2, 2), "{day}: a project, two temps d’échange, a circle, two who live together");
        let positioned = people.iter().filter(|row| device.opens(row.id).person.position().is_some()).count();
        assert!(positioned * 2 > people.len(), "{day}: {positioned} of {} have a point", people.len());
    }
}
