//! What was found by trying to break what neighbours share: each is kept as a story.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use crate::between::*;

#[test]
fn nobody_reads_it_for_longer_than_she_agreed_to() {
    let (mut nadine, mut claire, id) = both();
    let what = "où j’habite".into();
    let until = Some(today() + Days::new(10));
    let said = Sharing { recipient: Recipient::named(CLAIRE), purpose: For::Sharing, what, until };
    says(&mut nadine, 11, Said::Shares(said));
    let wanted = choice(id, [Piece::Address]);
    assert_eq!(preview(&mut nadine, wanted.clone()).unwrap().until, until, "the day that was typed is later");
    nadine.does(copy(CopyChoice { until: None, ..wanted })).unwrap();
    meet(&mut nadine, &mut claire);
    claire.is_on(today() + Days::new(11));
    assert!(received(&mut claire, COPY).is_over);
}

#[test]
fn her_word_ends_it_from_a_device_that_knows_of_no_neighbour() {
    let mut nadine = nadine();
    let mut phone = Device::with_notebook(61, today());
    pair(&mut nadine, &mut phone);
    let mut claire = claire();
    let id = befriend(&mut nadine, &mut claire);
    agrees(&mut nadine);
    let to_phone = |laptop: &mut Device| {
        let to = status(laptop).others[0].id;
        made_for(laptop, to)
    };
    // The phone has her consent from a file of before anything was copied: it knows of no copy.
    let file = to_phone(&mut nadine);
    takes(&mut phone, &file);
    nadine.does(copy(choice(id, [Piece::Address]))).unwrap();
    meet(&mut nadine, &mut claire);
    phone.does(Request::WithdrawEntry { id: ConsentId([11; 16]), withdrawn: told(today()) }).unwrap();
    let to = status(&mut phone).others[0].id;
    let file = made_for(&mut phone, to);
    takes(&mut nadine, &file);
    assert!(only(&mut nadine).given.is_empty(), "the laptop heard of it");
    let file = file_for(&mut nadine);
    takes(&mut claire, &file);
    assert!(only(&mut claire).received.is_empty());
}

#[test]
fn two_devices_that_copied_apart_end_each_and_erase_her_all_the_same() {
    let mut nadine = nadine();
    let mut phone = Device::with_notebook(62, today());
    let mut claire = claire();
    let id = befriend(&mut nadine, &mut claire);
    agrees(&mut nadine);
    pair(&mut nadine, &mut phone);
    nadine.does(copy(choice(id, [Piece::Address]))).unwrap();
    let other = NeighbourRequest::Copy { id: CopyId([8; 16]), choice: choice(id, [Piece::Approach]), draft: None };
    phone.does(about(other)).unwrap();
    let to = status(&mut phone).others[0].id;
    let file = made_for(&mut phone, to);
    takes(&mut nadine, &file);
    assert_eq!(only(&mut nadine).given.len(), 2);
    // One is refreshed where both are known, and ends wherever it is written.
    nadine.asks(about(NeighbourRequest::End(CopyId([8; 16]))));
    assert_eq!(only(&mut nadine).given.len(), 1);
    assert!(copies(&mut nadine, ODETTE).given.iter().any(|row| row.copy.id.0 == [8; 16] && !row.copy.stands()));
    nadine.asks(Request::ErasePeople(vec![ODETTE]));
    assert!(nadine.tries(Request::Person(ODETTE)).is_err());
    let file = file_for(&mut nadine);
    takes(&mut claire, &file);
    assert!(only(&mut claire).received.is_empty());
}

#[test]
fn a_restored_notebook_ends_nothing_that_nobody_would_hear_of_and_goes_on_with_the_words() {
    let mut nadine = Device::new(63, today());
    let coordinator = SettingsField::from_code("coordinator").unwrap();
    let words = nadine.creates_notebook(vec![(coordinator, NADINE.to_owned())]);
    nadine.saves(&named(ODETTE, "Escarvenc"));
    let mut claire = claire();
    let id = befriend(&mut nadine, &mut claire);
    agrees(&mut nadine);
    nadine.does(copy(choice(id, [Piece::Address]))).unwrap();
    meet(&mut nadine, &mut claire);
    let Response::File(backup) = nadine.asks(Request::Backup) else { panic!("a backup") };
    drop(nadine);
    let mut restored = Device::new(64, today());
    restored.asks(Request::Restore(backup.bytes));
    restored.unlocks();
    does(&mut restored, SharingRequest::NameDevice("Le nouveau portable".into()));
    let refused = restored.is_refused(about(NeighbourRequest::End(COPY)));
    assert_eq!(refused, Failure::NotShared(NotShared::OnAnotherDevice));
    assert_eq!(only(&mut restored).given.len(), 1, "it is said to stand, for it does");
    does(&mut restored, SharingRequest::TakeOver { words });
    assert!(only(&mut restored).row.is_member);
    restored.asks(about(NeighbourRequest::End(COPY)));
    let file = file_for(&mut restored);
    takes(&mut claire, &file);
    let there = only(&mut claire);
    assert_eq!((there.row.name.as_str(), there.received.len()), (NADINE, 0));
}

#[test]
fn a_neighbours_own_card_gives_them_nothing() {
    let (mut nadine, mut claire, _) = both();
    let own = card_for(&mut claire, Company::Own);
    let refused = is_refused(&mut nadine, SharingRequest::AddDevice { card: own, words: None });
    assert_eq!(refused, Failure::NotShared(NotShared::OtherCompany));
    assert!(status(&mut nadine).others.is_empty());
}
