//! Two neighbouring coordinators: what one copies to the other with someone's consent, and nothing else; what is said of it
//! comes back; it ends when it is ended, when she withdraws her consent, when she is erased.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use maillon_shared::api::responses::HitTarget;

use crate::between::*;

// ── The stories ─────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn being_neighbours_shares_nothing() {
    let (mut nadine, mut claire, _) = both();
    meet(&mut nadine, &mut claire);
    for (device, other) in [(&mut nadine, CLAIRE), (&mut claire, NADINE)] {
        let file = only(device);
        assert_eq!(file.row.name, other);
        assert!(file.given.is_empty() && file.received.is_empty() && file.row.is_member);
        assert_eq!((file.row.untold, file.row.devices[0].unsent), (0, 0));
        let own = status(device);
        assert!(own.others.is_empty() && !own.shares, "a neighbour's device is none of one's own: {own:?}");
    }
    assert_eq!(everyone(&mut claire), ["Calvoulmenque"]);
    assert_eq!(everyone(&mut nadine), ["Odette Escarvenc", "Salvoubérac"]);
}

#[test]
fn what_was_chosen_arrives_and_not_a_word_more() {
    let (mut nadine, mut claire, id) = copied();
    let file = received(&mut claire, COPY);
    assert_eq!((file.from.as_str(), file.copy.name.as_str()), (NADINE, "Odette Escarvenc"));
    assert_eq!(
        file.copy.told,
        [Piecewise::Address("La Roussière".into()), Piecewise::Approach("frapper fort, elle entend mal".into())]
    );
    assert_eq!((file.copy.message.as_str(), file.is_over), ("Je suis absente en juillet.", false));
    // Both sides see what is shared, since when, until when, with whom.
    let given = only(&mut nadine).given;
    assert_eq!((given[0].name.as_str(), given[0].copy.to.as_str()), ("Odette Escarvenc", CLAIRE));
    assert_eq!((given[0].copy.since, given[0].copy.until), (file.copy.since, file.copy.until));
    assert_eq!(nadine.opens(ODETTE).copied.len(), 1);
    // Nothing else went: nobody is in Claire's list, and no word that was not chosen rests on her device.
    assert_eq!(everyone(&mut claire), ["Calvoulmenque"]);
    let all = [encode(&claire.asks(about(NeighbourRequest::One(id)))), encode(&claire.asks(Request::Today))].concat();
    for word in ["secret de famille", "confidence", "réserve", "Salvoubérac"] {
        assert!(!all.windows(word.len()).any(|part| part == word.as_bytes()), "{word}");
        assert!(claire.finds(word).is_empty(), "{word}");
    }
    assert!(claire.tries(Request::Person(ODETTE)).is_err());
}

#[test]
fn nothing_is_copied_without_her_consent_to_that_neighbour_for_that() {
    let (mut nadine, mut claire, id) = both();
    let wanted = choice(id, [Piece::Address]);
    assert_eq!(preview(&mut nadine, wanted.clone()), Err(Why::NeverGiven));
    assert_eq!(nadine.is_refused(copy(wanted.clone())), Failure::NotPermitted(Why::NeverGiven));
    // To someone else, or for a liaison sheet, is not to her.
    let to = |name: &str, purpose| {
        let what = "l’adresse".into();
        Said::Shares(Sharing { recipient: Recipient::named(name), purpose, what, until: None })
    };
    says(&mut nadine, 12, to("Une autre", For::Sharing));
    says(&mut nadine, 13, to(CLAIRE, For::LiaisonSheet));
    assert_eq!(nadine.is_refused(copy(wanted.clone())), Failure::NotPermitted(Why::NeverGiven));
    agrees(&mut nadine);
    assert!(preview(&mut nadine, wanted.clone()).is_ok());
    let unsaid = CopyChoice { message: " ".into(), ..wanted.clone() };
    assert_eq!(nadine.is_refused(copy(unsaid)), Failure::Invalid(Invalid::NoReason));
    let past = CopyChoice { until: Some(today() - Days::new(1)), ..wanted.clone() };
    assert_eq!(nadine.is_refused(copy(past)), Failure::Invalid(Invalid::Day));
    // An objection goes before it.
    says(&mut nadine, 14, Said::Objects(Objection::default()));
    assert!(matches!(nadine.is_refused(copy(wanted)), Failure::NotPermitted(Why::Objects(_))));
    meet(&mut nadine, &mut claire);
    assert!(only(&mut claire).received.is_empty());
}

#[test]
fn what_is_written_since_follows_only_when_it_is_copied_again() {
    let (mut nadine, mut claire, id) = copied();
    let mut odette = nadine.opens(ODETTE).person;
    odette.address.hamlet = "Le Pontet".into();
    nadine.saves(&odette);
    meet(&mut nadine, &mut claire);
    assert_eq!(received(&mut claire, COPY).copy.told[0], Piecewise::Address("La Roussière".into()));
    nadine.is_on(today() + Days::new(2));
    nadine.does(copy(choice(id, [Piece::Address]))).unwrap();
    meet(&mut nadine, &mut claire);
    let copy = received(&mut claire, COPY).copy;
    assert_eq!(copy.told, [Piecewise::Address("Le Pontet".into())], "what is told no longer is shown no longer");
    assert_eq!((copy.since, copy.on), (today(), today() + Days::new(2)));
    // She is copied once to a neighbour.
    let again = NeighbourRequest::Copy { id: CopyId([8; 16]), choice: choice(id, []), draft: None };
    assert_eq!(nadine.is_refused(about(again)), Failure::WrittenSince);
}

#[test]
fn what_the_neighbour_says_comes_back_beside_the_copy_and_stays_when_it_ends() {
    let (mut nadine, mut claire, _) = copied();
    let remark = |id: u8, words: &str| {
        about(NeighbourRequest::Remark { copy: COPY, id: LineId([id; 16]), words: words.into(), draft: None })
    };
    claire.does(remark(21, "Passée mardi, tout va bien.")).unwrap();
    nadine.does(remark(22, "Merci !")).unwrap();
    meet(&mut claire, &mut nadine);
    for device in [&mut nadine, &mut claire] {
        let said = match device.tries(about(NeighbourRequest::Received(COPY))) {
            Ok(Response::Neighbour(answer)) => match *answer {
                NeighbourAnswer::Received(file) => file.copy.remarks,
                _ => panic!("what was received"),
            },
            _ => copies(device, ODETTE).given[0].copy.remarks.clone(),
        };
        let mut said: Vec<_> = said.into_iter().map(|remark| (remark.by, remark.words)).collect();
        said.sort();
        assert_eq!(
            said,
            [(CLAIRE.to_owned(), "Passée mardi, tout va bien.".to_owned()), (NADINE.to_owned(), "Merci !".to_owned())]
        );
    }
    assert_eq!(nadine.opens(ODETTE).person.notes, "secret de famille", "never into the sheet");
    nadine.asks(about(NeighbourRequest::End(COPY)));
    let mut nadine = nadine.reopens();
    let kept = copies(&mut nadine, ODETTE).given;
    assert_eq!((kept[0].copy.ended, kept[0].copy.remarks.len()), (Some(today()), 2));
    assert_eq!(claire.is_refused(remark(23, "  ")), Failure::Invalid(Invalid::Empty));
}

#[test]
fn a_copy_that_ends_is_erased_there_and_says_so() {
    let (mut nadine, mut claire, _) = copied();
    nadine.is_on(today() + Days::new(3));
    nadine.asks(about(NeighbourRequest::End(COPY)));
    assert!(only(&mut nadine).given.is_empty() && nadine.opens(ODETTE).copied.is_empty());
    let file = file_for(&mut nadine);
    let taken = takes(&mut claire, &file);
    assert_eq!(taken.erased, 1);
    let there = only(&mut claire);
    assert!(there.received.is_empty());
    assert_eq!(there.ended, [today() + Days::new(3)], "it is said, and names nobody");
    assert_eq!(claire.is_refused(about(NeighbourRequest::Received(COPY))), Failure::NotFound);
    assert!(claire.reopens().tries(about(NeighbourRequest::Received(COPY))).is_err());
    // It cannot be taken back, and cannot end twice.
    assert_eq!(nadine.is_refused(about(NeighbourRequest::End(COPY))), Failure::NotFound);
    let Response::Acts(acts) = nadine.asks(Request::Acts { before: None, limit: 10 }) else { panic!("the acts") };
    let ended = acts.iter().find(|act| act.what == "end_copy").unwrap();
    assert_eq!(nadine.is_refused(Request::Undo(ended.act)), Failure::Gone);
}

#[test]
fn what_ended_before_anyone_met_never_left() {
    let (mut nadine, mut claire, id) = both();
    agrees(&mut nadine);
    nadine.does(copy(choice(id, [Piece::Address]))).unwrap();
    nadine.asks(about(NeighbourRequest::End(COPY)));
    let file = file_for(&mut nadine);
    assert_eq!(takes(&mut claire, &file).erased, 0);
    assert!(only(&mut claire).received.is_empty());
}

#[test]
fn her_word_ends_it_whatever_the_screens_say() {
    for ends in ["withdrawn", "objects", "erased"] {
        let (mut nadine, mut claire, _) = copied();
        match ends {
            "withdrawn" => {
                let id = ConsentId([11; 16]);
                nadine.does(Request::WithdrawEntry { id, withdrawn: told(today()) }).unwrap();
            }
            "objects" => drop(says(&mut nadine, 12, Said::Objects(Objection::default()))),
            _ => drop(nadine.asks(Request::ErasePeople(vec![ODETTE]))),
        }
        assert!(only(&mut nadine).given.is_empty(), "{ends}");
        let file = file_for(&mut nadine);
        takes(&mut claire, &file);
        let there = only(&mut claire);
        assert!(there.received.is_empty(), "{ends}");
        assert_eq!(there.ended, [today()], "{ends}");
    }
}

#[test]
fn after_its_last_day_it_is_not_read_any_more_and_is_to_be_ended() {
    let (mut nadine, mut claire, _) = copied();
    let after = today() + Days::new(31);
    for device in [&nadine, &claire] {
        device.is_on(after);
    }
    let file = received(&mut claire, COPY);
    assert!(file.is_over && file.copy.name.is_empty() && file.copy.told.is_empty() && file.copy.message.is_empty());
    assert!(only(&mut claire).received[0].name.is_empty());
    let late = NeighbourRequest::Remark { copy: COPY, id: LineId([9; 16]), words: "trop tard".into(), draft: None };
    assert_eq!(claire.is_refused(about(late)), Failure::NotFound);
    assert_eq!(neighbours(&mut nadine).all[0].to_end, 1);
    assert!(only(&mut nadine).given[0].copy.is_to_end(after));
}

// ── The two companies are never mixed ───────────────────────────────────────────────────────────────────────────────────

#[test]
fn nobody_who_means_a_neighbour_gives_the_notebook() {
    let (mut nadine, mut claire) = (nadine(), claire());
    let neighbourly = card_for(&mut claire, Company::Neighbour);
    let refused = is_refused(&mut nadine, SharingRequest::AddDevice { card: neighbourly, words: None });
    assert_eq!(refused, Failure::NotShared(NotShared::OtherCompany));
    does(&mut claire, SharingRequest::NameDevice("Le portable de Claire".into()));
    let own = card_for(&mut claire, Company::Own);
    let refused = nadine.is_refused(about(NeighbourRequest::Add { card: own.clone(), words: None }));
    assert_eq!(refused, Failure::NotShared(NotShared::OtherCompany));
    // A file that would give a whole notebook is not taken by whoever thinks of a neighbour.
    does(&mut nadine, SharingRequest::NameDevice("Le portable de Nadine".into()));
    let claires = reads_card(&mut nadine, &own).id;
    does(&mut nadine, SharingRequest::AddDevice { card: own, words: None });
    let file = made_for(&mut nadine, claires);
    let CourierOpened::Proposes(sender) = opens(&mut claire, &file, None) else { panic!("not known yet") };
    assert_eq!(sender.company, Company::Own);
    let still = opens(&mut claire, &file, Some((sender.id, Company::Neighbour)));
    assert!(matches!(still, CourierOpened::Proposes(_)), "nothing is taken");
    assert_eq!(everyone(&mut claire), ["Calvoulmenque"]);
}

#[test]
fn a_pairing_in_which_each_thinks_of_another_company_ends_before_any_word() {
    for (inviting, joining) in [(Company::Own, Company::Neighbour), (Company::Neighbour, Company::Own)] {
        let (mut nadine, mut claire) = (nadine(), claire());
        for device in [&mut nadine, &mut claire] {
            does(device, SharingRequest::NameDevice("Un portable".into()));
        }
        let wire = calls(&mut nadine, inviting, &mut claire, joining);
        drop(wire);
        let why = PairingFailure::NotShared(NotShared::OtherCompany);
        assert_eq!(stage(&mut nadine), PairingStage::Failed(why));
        assert!(!matches!(stage(&mut claire), PairingStage::Comparing { .. }), "no words are shown");
        assert!(neighbours(&mut nadine).all.is_empty() && status(&mut nadine).others.is_empty());
    }
}

/// Claire's device calls Nadine's, which invites.
fn calls(nadine: &mut Device, inviting: Company, claire: &mut Device, joining: Company) -> Wire {
    share(nadine, SharingRequest::Invite { company: inviting, words: None });
    nadine.line(Event::Listening(vec!["192.168.1.20:41000".into()]));
    let PairingStage::Waiting { code: Some(code), .. } = stage(nadine) else { panic!("a code") };
    share(claire, SharingRequest::Join { company: joining, code: Some(code) });
    let mut wire = Wire::open(Purpose::Pairing, claire, nadine);
    wire.speak(claire, nadine);
    wire
}

#[track_caller]
fn stage(device: &mut Device) -> PairingStage {
    match share(device, SharingRequest::Pairing) {
        SharingAnswer::Pairing(Some(status)) => status.stage,
        _ => panic!("how far a pairing is"),
    }
}

#[test]
fn neighbours_pair_by_four_words_and_exchange_by_themselves() {
    let (mut nadine, mut claire) = (nadine(), claire());
    let mut wire = calls(&mut nadine, Company::Neighbour, &mut claire, Company::Neighbour);
    let PairingStage::Comparing { name, words, .. } = stage(&mut claire) else { panic!("both compare") };
    assert_eq!((name.as_str(), words.len()), (NADINE, 4));
    for device in [&mut nadine, &mut claire] {
        share(device, SharingRequest::Compared { same: true });
    }
    wire.speak(&mut claire, &mut nadine);
    wire.close(&mut claire, &mut nadine);
    assert_eq!(stage(&mut nadine), PairingStage::Joined { name: CLAIRE.into() });
    let id = only(&mut nadine).row.id;
    agrees(&mut nadine);
    nadine.does(copy(choice(id, [Piece::Approach]))).unwrap();
    assert!(Wire::exchange(&mut claire, &mut nadine).is_well());
    assert_eq!(received(&mut claire, COPY).copy.name, "Odette Escarvenc");
    assert_eq!(everyone(&mut claire), ["Calvoulmenque"], "own scopes are not spoken of");
    nadine.asks(about(NeighbourRequest::End(COPY)));
    assert!(Wire::exchange(&mut nadine, &mut claire).is_well());
    assert!(only(&mut claire).received.is_empty());
}

#[test]
fn a_coordinator_without_a_name_in_the_settings_is_nobodys_neighbour() {
    let (mut nadine, mut nobody) = (nadine(), Device::with_notebook(43, today()));
    let refused = is_refused(&mut nobody, SharingRequest::Card(Company::Neighbour));
    assert_eq!(refused, Failure::NotShared(NotShared::NoCoordinator));
    // Nor is one who is called the same: nobody could tell the two apart.
    let mut namesake = coordinator(44, NADINE);
    let card = card_for(&mut namesake, Company::Neighbour);
    let refused = nadine.is_refused(about(NeighbourRequest::Add { card, words: None }));
    assert_eq!(refused, Failure::NotShared(NotShared::Who));
}

// ── With several devices ────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn ones_other_devices_read_what_neighbours_give_and_may_end_what_was_given() {
    let mut nadine = nadine();
    let mut phone = Device::with_notebook(45, today());
    pair(&mut nadine, &mut phone);
    let mut claire = claire();
    let id = befriend(&mut nadine, &mut claire);
    agrees(&mut nadine);
    nadine.does(copy(choice(id, [Piece::Address]))).unwrap();
    meet(&mut nadine, &mut claire);
    // The phone takes it on with the next file, without a question: it comes from one's own.
    let to = status(&mut nadine).others[0].id;
    let file = made_for(&mut nadine, to);
    takes(&mut phone, &file);
    let row = only(&mut phone).row;
    assert_eq!((row.name.as_str(), row.given, row.received), (CLAIRE, 1, 0));
    let there = neighbours(&mut claire).all[0].clone();
    assert_eq!((there.name.as_str(), there.devices.len()), (NADINE, 2), "both are Nadine's");
    phone.asks(about(NeighbourRequest::End(COPY)));
    let file = file_for(&mut phone);
    takes(&mut claire, &file);
    assert!(only(&mut claire).received.is_empty());
    assert_eq!(everyone(&mut claire), ["Calvoulmenque"]);
}

#[test]
fn a_device_added_afterwards_is_of_what_is_shared_with_neighbours_too() {
    let (mut nadine, mut claire, _) = copied();
    let mut phone = Device::with_notebook(46, today());
    pair(&mut nadine, &mut phone);
    let row = only(&mut phone).row;
    assert_eq!((row.name.as_str(), row.given, row.is_member), (CLAIRE, 1, true));
    // Claire's side, which does not administer it, has her new device read nothing of it: the screens say so.
    let mut tablet = Device::with_notebook(47, today());
    does(&mut claire, SharingRequest::NameDevice("Le portable de Claire".into()));
    pair(&mut claire, &mut tablet);
    assert!(neighbours(&mut tablet).all.is_empty());
}

#[test]
fn two_who_add_each_other_at_once_end_up_with_one_and_the_same() {
    let (mut nadine, mut claire) = (nadine(), claire());
    let cards = [card_for(&mut nadine, Company::Neighbour), card_for(&mut claire, Company::Neighbour)];
    let ids = [reads_card(&mut claire, &cards[0]).id, reads_card(&mut nadine, &cards[1]).id];
    nadine.asks(about(NeighbourRequest::Add { card: cards[1].clone(), words: None }));
    claire.asks(about(NeighbourRequest::Add { card: cards[0].clone(), words: None }));
    let files = [made_for(&mut nadine, ids[1]), made_for(&mut claire, ids[0])];
    let at_claires = share_or(&mut claire, &files[0], ids[0]);
    let at_nadines = share_or(&mut nadine, &files[1], ids[1]);
    assert_ne!(at_claires.is_ok(), at_nadines.is_ok(), "one of the two counts, on both sides");
    let [one, other] = [only(&mut nadine).row.id, only(&mut claire).row.id];
    assert_eq!(one, other);
    agrees(&mut nadine);
    nadine.does(copy(choice(one, [Piece::Address]))).unwrap();
    meet(&mut nadine, &mut claire);
    assert_eq!(only(&mut claire).received.len(), 1);
}

fn share_or(device: &mut Device, file: &[u8], from: DeviceKey) -> Result<(), Failure> {
    let checked = Some((from, Company::Neighbour));
    let asked = SharingRequest::OpenCourier { file: file.to_vec(), checked };
    device.tries(Request::Sharing(Box::new(asked))).map(|_| ())
}

#[test]
fn whoever_a_neighbour_entrusted_is_found_by_name_until_it_is_over() {
    let (nadine, mut claire, neighbour) = copied();
    let copy = only(&mut claire).received[0].clone();
    let Response::Found(hits) = claire.asks(Request::Search { text: copy.name.clone(), limit: 20 }) else {
        panic!("what is found")
    };
    assert!(hits.iter().any(|hit| hit.target == HitTarget::Received(neighbour, copy.id) && hit.title == copy.name));
    // Whoever gave it finds the person, and not what they gave.
    let mut nadine = nadine;
    let Response::Found(hits) = nadine.asks(Request::Search { text: copy.name.clone(), limit: 20 }) else {
        panic!("what is found")
    };
    assert!(hits.iter().all(|hit| !matches!(hit.target, HitTarget::Received(..))) && !hits.is_empty());
    let until = copy.until.expect("a last day");
    claire.is_on(until.succ_opt().unwrap());
    assert!(claire.finds(&copy.name).is_empty(), "of what is over, not even the name is said");
}

#[test]
fn ones_other_device_hears_on_a_line_of_a_neighbour_who_came_since() {
    let (mut nadine, mut claire) = (nadine(), claire());
    let mut phone = Device::with_notebook(48, today());
    pair(&mut nadine, &mut phone);
    for device in [&mut nadine, &mut phone] {
        does(device, SharingRequest::SetTalks(true));
    }
    assert!(Wire::exchange(&mut phone, &mut nadine).is_well());
    let id = befriend(&mut nadine, &mut claire);
    agrees(&mut nadine);
    nadine.does(copy(choice(id, [Piece::Address]))).unwrap();
    // The first exchange says who, the second what was written.
    assert!(neighbours(&mut phone).all.is_empty());
    assert!(Wire::exchange(&mut phone, &mut nadine).is_well());
    assert_eq!(only(&mut phone).row.name, CLAIRE);
    assert!(Wire::exchange(&mut nadine, &mut phone).is_well());
    assert_eq!(only(&mut phone).given.len(), 1);
    // Nothing is left to say, and a neighbour is never told of another.
    let carried = Wire::exchange(&mut phone, &mut nadine);
    assert!(carried.is_well() && carried.bytes() < 3_000, "{} bytes", carried.bytes());
    assert_eq!(neighbours(&mut claire).all.len(), 1);
}

#[test]
fn a_device_that_either_side_adds_later_reads_what_is_entrusted() {
    let (mut nadine, mut claire, _) = copied();
    let mut tablet = Device::with_notebook(47, today());
    pair(&mut claire, &mut tablet);
    assert!(neighbours(&mut tablet).all.is_empty());
    // Claire joined what Nadine began: her tablet is told to Nadine, and let in by her.
    meet(&mut claire, &mut nadine);
    let own = status(&mut claire).others[0].id;
    let file = made_for(&mut claire, own);
    takes(&mut tablet, &file);
    assert_eq!(received(&mut tablet, COPY).from, NADINE);
    assert_eq!(only(&mut nadine).row.devices.len(), 2);
    let remark = NeighbourRequest::Remark { copy: COPY, id: LineId([31; 16]), words: "Passée.".into(), draft: None };
    tablet.does(about(remark)).unwrap();
    let file = file_for(&mut tablet);
    assert_eq!(takes(&mut nadine, &file).set_aside, 0);
    assert_eq!(copies(&mut nadine, ODETTE).given[0].copy.remarks[0].by, CLAIRE);
    // It ends there as well.
    nadine.asks(about(NeighbourRequest::End(COPY)));
    let to = only(&mut nadine).row.devices.iter().map(|device| device.id).collect::<Vec<_>>();
    let erased = to.into_iter().map(|to| made_for(&mut nadine, to)).collect::<Vec<_>>();
    let taken: u32 = erased
        .iter()
        .map(|file| {
            match tablet
                .tries(Request::Sharing(Box::new(SharingRequest::OpenCourier { file: file.clone(), checked: None })))
            {
                Ok(Response::Sharing(answer)) => match *answer {
                    SharingAnswer::Opened(CourierOpened::Taken(taken)) => taken.erased,
                    _ => 0,
                },
                _ => 0,
            }
        })
        .sum();
    assert_eq!(taken, 1);
    assert!(tablet.tries(about(NeighbourRequest::Received(COPY))).is_err());
}
