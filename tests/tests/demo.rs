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
