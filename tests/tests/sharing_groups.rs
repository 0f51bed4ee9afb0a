//! A group of coordinators, without a leader's notebook and without a server: who is asked answers for themselves; whoever
//! leaves or is removed reads nothing more; a list that nobody keeps any more is kept by another.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use crate::in_common::*;

// ── Coming and going ────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn who_is_asked_reads_nothing_before_they_come_and_everyone_sees_who_came() {
    let Three { mut nadine, mut claire, mut bernard, id } = asked();
    let rows = groups(&mut claire).all;
    assert_eq!((rows.len(), rows[0].place.clone(), rows[0].name.as_str()), (1, Place::Asked, ""));
    assert_eq!((rows[0].founder.as_str(), rows[0].coordinators), (NADINE, 3), "who asks, and how many");
    assert_eq!(standing(&mut nadine, id, CLAIRE), None, "asked, and has not answered");
    assert_eq!(mark(&mut claire).asked, 1, "it is said on every screen until she answers");

    claire.asks(of_groups(GroupRequest::Accept(id)));
    assert_eq!(mark(&mut claire).asked, 0);
    let file = group(&mut claire, id);
    assert_eq!((file.row.name.as_str(), file.aim.as_str()), ("Le collectif des collines", "Un forum par an"));
    assert_eq!((file.row.place, file.administers), (Place::In, false));
    bernard.asks(of_groups(GroupRequest::Leave(id)));
    assert!(matches!(&groups(&mut bernard).all[0].place, Place::Out(said) if said.standing == Standing::Declined));

    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    meet_as(id, (&mut bernard, BERNARD), (&mut nadine, NADINE));
    assert_eq!(standing(&mut nadine, id, CLAIRE), Some(Standing::In));
    assert_eq!(standing(&mut nadine, id, BERNARD), Some(Standing::Declined), "it is said, and never guessed");
    assert_eq!(standing(&mut nadine, id, NADINE), Some(Standing::In));
    // It can be thought over.
    let mut bernard = bernard.reopens();
    bernard.asks(of_groups(GroupRequest::Accept(id)));
    assert_eq!(group(&mut bernard, id).row.name, "Le collectif des collines");
    meet_as(id, (&mut bernard, BERNARD), (&mut nadine, NADINE));
    assert_eq!(standing(&mut nadine, id, BERNARD), Some(Standing::In));
}

#[test]
fn being_of_a_group_shares_nothing_of_ones_own() {
    let Three { mut nadine, mut claire, mut bernard, id } = with_a_project();
    for device in [&mut claire, &mut bernard] {
        let all =
            [encode(&device.asks(of_groups(GroupRequest::One(id)))), encode(&device.asks(Request::Today))].concat();
        for word in ["Escarvenc", "secret de famille", "confidence", "réserve absolue", "Salvoubérac", "Odette"] {
            assert!(!all.windows(word.len()).any(|part| part == word.as_bytes()), "{word}");
            assert!(device.finds(word).is_empty(), "{word}");
        }
        assert!(device.tries(Request::Person(ODETTE)).is_err());
    }
    assert_eq!(everyone(&mut nadine), ["Odette Escarvenc", "Salvoubérac"]);
    assert!(status(&mut claire).others.is_empty(), "nobody of the group is a device of one's own");
}

#[test]
fn two_who_are_no_neighbours_exchange_what_is_common_to_both() {
    let Three { mut nadine, mut claire, mut bernard, id } = with_a_project();
    assert!(neighbours(&mut claire).all.iter().all(|row| row.name != BERNARD));
    claire.does(says(ProjectField::Means, "Le minibus de Fontvieille")).unwrap();
    bernard.does(says(ProjectField::Aim, "Sortir ensemble")).unwrap();
    meet_as(id, (&mut claire, CLAIRE), (&mut bernard, BERNARD));
    for device in [&mut claire, &mut bernard] {
        let project = project(device, WALKS).project;
        assert_eq!((project.means.as_str(), project.aim.as_str()), ("Le minibus de Fontvieille", "Sortir ensemble"));
    }
    // Nadine hears of both from either.
    meet_as(id, (&mut bernard, BERNARD), (&mut nadine, NADINE));
    assert_eq!(project(&mut nadine, WALKS), project(&mut bernard, WALKS));
}

#[test]
fn whoever_leaves_reads_nothing_more_keeps_what_they_read_and_may_take_a_copy() {
    let Three { mut nadine, mut claire, bernard: _, id } = with_a_project();
    claire.asks(of_groups(GroupRequest::Leave(id)));
    nadine.does(says(ProjectField::Means, "Le car du département")).unwrap();
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    assert_eq!(standing(&mut nadine, id, CLAIRE), Some(Standing::Left));
    let file = project(&mut claire, WALKS);
    assert_eq!((file.project.means.as_str(), file.may_write), ("", false));
    let refused = Failure::NotShared(NotShared::NotOfTheGroup);
    assert_eq!(claire.is_refused(says(ProjectField::Aim, "Quand même")), refused);
    let copy = CollectiveId([60; 16]);
    claire.does(of_groups(GroupRequest::CopyProject { project: WALKS, id: copy })).unwrap();
    let copied = project(&mut claire, copy);
    assert_eq!((copied.project.title.as_str(), copied.group, copied.may_write), ("Marcher ensemble", None, true));
    assert_eq!(copied.project.steps.len(), 1);
    // Whoever comes back reads what was missed.
    claire.asks(of_groups(GroupRequest::Accept(id)));
    assert_eq!(project(&mut claire, WALKS).project.means, "Le car du département");
}

#[test]
fn whoever_is_removed_reads_nothing_that_is_written_afterwards_and_what_they_write_is_set_aside() {
    let Three { mut nadine, mut claire, mut bernard, id } = with_a_project();
    nadine.asks(of_groups(GroupRequest::Remove { group: id, name: BERNARD.into() }));
    nadine.does(says(ProjectField::Means, "Le car du département")).unwrap();
    bernard.does(says(ProjectField::Aim, "Écrit après")).unwrap();
    assert!(member(&mut nadine, id, BERNARD).removed);
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    // He has not heard. What he still sends comes to Claire, who has, and is set aside.
    let to = member(&mut bernard, id, CLAIRE).devices[0].id;
    let file = made_for(&mut bernard, to);
    let taken = takes(&mut claire, &file);
    assert!(taken.set_aside > 0, "{taken:?}");
    assert_eq!(project(&mut claire, WALKS).project.aim, "");
    // What Nadine wrote is under a key that he has not.
    let nadines = neighbour_named(&mut nadine, BERNARD);
    let NeighbourAnswer::One(file) = asks(&mut nadine, NeighbourRequest::One(nadines)) else { panic!("still one") };
    let file = made_for(&mut nadine, file.row.devices[0].id);
    takes(&mut bernard, &file);
    assert_eq!(project(&mut bernard, WALKS).project.means, "");
    assert_eq!(groups(&mut bernard).all[0].place, Place::Removed, "and he reads that he was");
    assert!(member(&mut bernard, id, CLAIRE).devices.len() == 1, "what he knew of the others he still knows");
    assert_eq!(bernard.is_refused(says(ProjectField::Aim, "Encore")), Failure::NotShared(NotShared::NotOfTheGroup));
}

#[test]
fn whoever_decides_hands_that_on_and_only_they_decide() {
    let Three { mut nadine, mut claire, mut bernard, id } = three();
    let remove = |name: &str| of_groups(GroupRequest::Remove { group: id, name: name.into() });
    let leave = || of_groups(GroupRequest::Leave(id));
    assert_eq!(nadine.is_refused(leave()), Failure::NotShared(NotShared::KeepsTheList), "nobody would keep it");
    assert_eq!(claire.is_refused(remove(BERNARD)), Failure::NotShared(NotShared::NotTheAdministrator));
    nadine.asks(of_groups(GroupRequest::HandOn { group: id, name: CLAIRE.into() }));
    talk(&mut nadine);
    talk(&mut claire);
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    assert!(group(&mut claire, id).administers && !group(&mut nadine, id).administers);
    assert!(member(&mut nadine, id, CLAIRE).administers);
    assert_eq!(nadine.is_refused(remove(BERNARD)), Failure::NotShared(NotShared::NotTheAdministrator));
    claire.asks(of_groups(GroupRequest::Close(id)));
    assert_eq!(group(&mut claire, id).row.place, Place::Closed);
    meet_as(id, (&mut claire, CLAIRE), (&mut bernard, BERNARD));
    assert_eq!(group(&mut bernard, id).row.place, Place::Closed);
    assert_eq!(group(&mut nadine, id).row.place, Place::In);
    assert!(Wire::exchange(&mut claire, &mut nadine).is_well());
    assert_eq!(group(&mut nadine, id).row.place, Place::Closed, "a line tells it, too");
    writes_own(&mut bernard);
    assert_eq!(bernard.is_refused(shares(id)), Failure::NotShared(NotShared::NotOfTheGroup));
}

#[test]
fn two_of_one_name_are_not_taken_for_one() {
    let (mut nadine, mut claire) = (nadine(), claire());
    let mut namesake = coordinator(44, "claire montrouvenc");
    befriends(&mut nadine, &mut claire);
    befriends(&mut nadine, &mut namesake);
    let all: Vec<NeighbourId> = groups(&mut nadine).neighbours.into_iter().map(|(id, _)| id).collect();
    let found = |neighbours, name: &str| {
        of_groups(GroupRequest::Found { name: name.into(), aim: String::new(), neighbours, words: None, draft: None })
    };
    assert_eq!(nadine.is_refused(found(all.clone(), "Ensemble")), Failure::NotShared(NotShared::SameName));
    assert!(groups(&mut nadine).all.is_empty(), "nothing began");
    // Nor two who write their name in the very same way.
    let mut twin = coordinator(48, CLAIRE);
    befriends(&mut nadine, &mut twin);
    let claires = neighbours(&mut nadine).all.into_iter().filter(|row| row.name == CLAIRE).map(|row| row.id).collect();
    assert_eq!(nadine.is_refused(found(claires, "Ensemble")), Failure::NotShared(NotShared::SameName));
    assert_eq!(nadine.is_refused(found(all[..1].to_vec(), "  ")), Failure::Invalid(Invalid::NoName));
    nadine.asks(found(all[..1].to_vec(), "Ensemble"));
    assert_eq!(groups(&mut nadine).all.len(), 1);
}

#[test]
fn every_device_of_a_coordinator_is_of_the_group_whenever_it_comes() {
    let Three { mut nadine, mut claire, mut bernard, id } = with_a_project();
    // Nadine keeps the list: her new phone is let in by herself, once she has heard of the group that it is still hers to keep.
    let mut phone = Device::with_notebook(46, today());
    pair(&mut nadine, &mut phone);
    assert!(groups(&mut phone).all.is_empty());
    claire.does(says(ProjectField::Evaluation, "On comptera")).unwrap();
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    let own = status(&mut nadine).others[0].id;
    let file = made_for(&mut nadine, own);
    takes(&mut phone, &file);
    assert_eq!(group(&mut phone, id).row.place, Place::In, "what she answered is answered there too");
    assert_eq!(project(&mut phone, WALKS).project.title, "Marcher ensemble");
    // Claire does not: her tablet is told to Nadine, who lets it in by the next exchange, under Claire's name.
    let mut tablet = Device::with_notebook(47, today());
    pair(&mut claire, &mut tablet);
    assert!(groups(&mut tablet).all.is_empty());
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    assert_eq!(member(&mut nadine, id, CLAIRE).devices.len(), 2);
    let own = status(&mut claire).others[0].id;
    let file = made_for(&mut claire, own);
    takes(&mut tablet, &file);
    assert_eq!(group(&mut tablet, id).row.place, Place::In);
    // What the tablet writes is Claire's, for everyone.
    let write = edits(vec![ProjectChange::Text(ProjectField::Means, "Écrit sur la tablette".into())]);
    tablet.does(write).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut bernard, BERNARD));
    let bernards = member(&mut tablet, id, BERNARD).devices[0].id;
    let file = made_for(&mut tablet, bernards);
    assert_eq!(takes(&mut bernard, &file).set_aside, 0);
    assert_eq!(project(&mut bernard, WALKS).project.means, "Écrit sur la tablette");
    assert_eq!(standing(&mut bernard, id, CLAIRE), Some(Standing::In));
    // Nothing is said twice.
    let acts = |device: &mut Device| match device.asks(Request::Acts { before: None, limit: 50 }) {
        Response::Acts(acts) => acts.iter().filter(|act| act.what == "introduce_devices").count(),
        _ => panic!("the acts"),
    };
    assert_eq!(acts(&mut claire), 1);
    let mut claire = claire.reopens();
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    assert_eq!(acts(&mut claire), 1);
}

#[test]
fn members_meet_in_a_folder_that_nobody_who_keeps_it_reads() {
    let Three { mut nadine, mut claire, mut bernard, id } = with_a_project();
    let place = "/media/collectif";
    Commons::made_at(place);
    for device in [&mut nadine, &mut claire, &mut bernard] {
        does(device, SharingRequest::SetFolder { of: Some(id), place: Some(place.into()) });
        assert_eq!(group(device, id).folder.as_deref(), Some(place));
        assert_eq!(status(device).folder, None, "one's own devices meet elsewhere");
    }
    let met = |device: &mut Device| match share(device, SharingRequest::Meet(Some(id))) {
        SharingAnswer::Met(met) => met,
        _ => panic!("what came of it"),
    };
    claire.does(says(ProjectField::Means, "Le minibus de Fontvieille")).unwrap();
    assert!(met(&mut claire).sent > 0);
    assert!(met(&mut bernard).changed > 0);
    assert_eq!(project(&mut bernard, WALKS).project.means, "Le minibus de Fontvieille");
    let mut bernard = bernard.reopens();
    bernard.does(says(ProjectField::Aim, "Sortir")).unwrap();
    met(&mut bernard);
    met(&mut nadine);
    assert_eq!(project(&mut nadine, WALKS).project.aim, "Sortir");
    assert_eq!(met(&mut nadine).changed, 0, "nothing to say");
    let all: Vec<u8> = Commons::at(place)
        .unwrap()
        .objects()
        .into_iter()
        .flat_map(|(path, bytes)| [path.into_bytes(), bytes].concat())
        .collect();
    for word in ["Fontvieille", "Marcher", "Claire", "collines"] {
        assert!(!all.windows(word.len()).any(|part| part == word.as_bytes()), "{word}");
    }
    // What names people never goes there: the folder holds the group's scope alone.
    let scopes: std::collections::BTreeSet<String> = Commons::at(place)
        .unwrap()
        .objects()
        .into_keys()
        .map(|path| path.split('/').next().unwrap().to_owned())
        .collect();
    assert_eq!(scopes.len(), 1);
    // Whoever is removed reads nothing there of what comes after, and hears that they were.
    nadine.asks(of_groups(GroupRequest::Remove { group: id, name: BERNARD.into() }));
    nadine.does(says(ProjectField::Learnt, "Écrit après")).unwrap();
    met(&mut nadine);
    met(&mut bernard);
    assert_eq!(groups(&mut bernard).all[0].place, Place::Removed);
    assert_eq!(project(&mut bernard, WALKS).project.learnt, "");
    met(&mut claire);
    assert_eq!(project(&mut claire, WALKS).project.learnt, "Écrit après");
    let nobody = Some(GroupId([9; 16]));
    let nowhere = SharingRequest::SetFolder { of: nobody, place: Some(place.into()) };
    assert_eq!(is_refused(&mut claire, nowhere), Failure::NotFound);
    assert!(claire.reopens().tries(Request::Today).is_ok());
}

#[test]
fn a_list_that_nobody_keeps_any_more_is_kept_by_one_to_whom_another_agrees() {
    let Three { mut nadine, mut claire, mut bernard, id } = with_a_project();
    meet_as(id, (&mut claire, CLAIRE), (&mut bernard, BERNARD));
    assert!(group(&mut claire, id).may_take_on && !group(&mut nadine, id).may_take_on);
    claire.asks(of_groups(GroupRequest::TakeOn(id)));
    let own = group(&mut claire, id);
    assert_eq!((own.wishes.len(), own.wishes[0].is_own, own.may_take_on), (1, true, false));
    meet_as(id, (&mut claire, CLAIRE), (&mut bernard, BERNARD));
    let read = group(&mut bernard, id).wishes;
    assert_eq!((read[0].name.as_str(), read[0].is_own, read[0].agreed), (CLAIRE, false, false));
    assert!(member(&mut bernard, id, NADINE).administers, "nothing is decided by one alone");
    // Nadine herself is none of the two.
    let agree = |name: &str| of_groups(GroupRequest::Agree { group: id, name: name.into() });
    assert_eq!(bernard.is_refused(agree(BERNARD)), Failure::WrittenSince);
    bernard.asks(agree(CLAIRE));
    assert!(group(&mut bernard, id).wishes[0].agreed);
    let mut claire = claire.reopens();
    meet_as(id, (&mut bernard, BERNARD), (&mut claire, CLAIRE));
    meet_as(id, (&mut claire, CLAIRE), (&mut bernard, BERNARD));
    for device in [&mut claire, &mut bernard] {
        assert!(member(device, id, CLAIRE).administers && !member(device, id, NADINE).administers);
        assert!(group(device, id).wishes.is_empty(), "what is done is proposed no more");
    }
    assert!(group(&mut claire, id).administers);
    // Nadine comes back: she is of it still, and reads who keeps the list.
    meet_as(id, (&mut bernard, BERNARD), (&mut nadine, NADINE));
    assert!(member(&mut nadine, id, CLAIRE).administers && group(&mut nadine, id).row.place == Place::In);
    nadine.does(says(ProjectField::Aim, "Me revoilà")).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    assert_eq!(project(&mut claire, WALKS).project.aim, "Me revoilà");
    let remove = GroupRequest::Remove { group: id, name: BERNARD.into() };
    assert_eq!(nadine.is_refused(of_groups(remove)), Failure::NotShared(NotShared::NotTheAdministrator));
}

#[test]
fn two_alone_do_not_decide_over_one_of_them_and_what_was_decided_since_makes_a_proposal_moot() {
    let Three { mut nadine, mut claire, mut bernard, id } = three();
    meet_as(id, (&mut claire, CLAIRE), (&mut bernard, BERNARD));
    claire.asks(of_groups(GroupRequest::TakeOn(id)));
    meet_as(id, (&mut claire, CLAIRE), (&mut bernard, BERNARD));
    bernard.asks(of_groups(GroupRequest::Agree { group: id, name: CLAIRE.into() }));
    // Nadine was there all the while, and lets somebody in.
    let mut aude = coordinator(49, "Aude Rocassier");
    befriends(&mut nadine, &mut aude);
    let new = neighbour_named(&mut nadine, "Aude Rocassier");
    nadine.asks(of_groups(GroupRequest::Ask { group: id, neighbours: vec![new] }));
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    meet_as(id, (&mut bernard, BERNARD), (&mut claire, CLAIRE));
    assert!(group(&mut claire, id).wishes.is_empty());
    assert!(member(&mut claire, id, NADINE).administers);
    assert!(group(&mut claire, id).may_take_on, "it can be proposed anew");
    // Of two there is nobody to agree.
    let (mut two, mut other) = (crate::between::nadine(), crate::between::claire());
    befriends(&mut two, &mut other);
    let to = neighbour_named(&mut two, CLAIRE);
    let found = GroupRequest::Found {
        name: "À deux".into(),
        aim: String::new(),
        neighbours: vec![to],
        words: None,
        draft: None,
    };
    let id = founds(&mut two, found);
    let device = member(&mut two, id, CLAIRE).devices[0].id;
    let file = made_for(&mut two, device);
    takes(&mut other, &file);
    other.asks(of_groups(GroupRequest::Accept(id)));
    assert!(!group(&mut other, id).may_take_on);
    assert_eq!(other.is_refused(of_groups(GroupRequest::TakeOn(id))), Failure::NotShared(NotShared::Who));
}
