//! A member of a group who does not do as it is done: whose device writes there whatever it likes, signed as it must be. Nobody's
//! notebook changes by it, nobody's answer is given by another, and nothing is erased. And the power goes while a group is
//! founded, while someone comes, and while a project becomes common.

use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, CollectiveWrite};
use maillon_shared::api::groups::{GroupAnswer, GroupFile, GroupRequest, Place};
use maillon_shared::domain::collective::{CollectiveProject, ProjectChange, ProjectField};
use maillon_shared::domain::group::{Said, Standing};
use maillon_shared::domain::ids::{CollectiveId, GroupId};

use super::neighbours::{ODETTE, file_for, neighbours, shows, takes, writes};
use super::sharing::{at_every_cut, is_sound, same};
use super::*;
use crate::journal::records::{collective, erasures, group, introductions, person};
use crate::journal::{Header, Kind, Scope};
use crate::notebook::{Plan as Act, Target};
use crate::sharing::courier::{Courier, Parcel};
use crate::sharing::membership::{GROUPS, Newcomer};

const OWN: CollectiveId = CollectiveId([51; 16]);
const COMMON: CollectiveId = CollectiveId([52; 16]);
const CLAIRE: &str = "Claire Montrouvenc";

fn asked(asked: GroupRequest) -> Request {
    Request::Group(Box::new(asked))
}

fn file(office: &mut Office, id: GroupId) -> GroupFile {
    let Response::Group(answer) = office.asks(asked(GroupRequest::One(id))) else { panic!("a group") };
    match *answer {
        GroupAnswer::One(file) => *file,
        _ => panic!("one"),
    }
}

fn standing(office: &mut Office, id: GroupId, name: &str) -> Option<Standing> {
    let coordinators = file(office, id).coordinators;
    let member = coordinators.into_iter().find(|member| member.name == name).unwrap();
    member.said.map(|said| said.standing)
}

fn found(office: &mut Office) -> Result<GroupId, Failure> {
    let Response::Group(all) = office.asks(asked(GroupRequest::All)) else { panic!("all") };
    let GroupAnswer::All(all) = *all else { panic!("all") };
    let neighbours = all.neighbours.into_iter().map(|(id, _)| id).collect();
    let found =
        GroupRequest::Found { name: "Ensemble".into(), aim: String::new(), neighbours, words: None, draft: None };
    office.tries(asked(found))?;
    let Response::Group(all) = office.asks(asked(GroupRequest::All)) else { panic!("all") };
    let GroupAnswer::All(all) = *all else { panic!("all") };
    Ok(all.all[0].id)
}

/// Nadine asked Claire, whose device has the invitation.
fn invited() -> (Office, Office, GroupId) {
    let (mut nadine, mut claire, _) = neighbours();
    let id = found(&mut nadine).unwrap();
    let invitation = file_for(&mut nadine).unwrap();
    takes(&mut claire, &invitation).unwrap();
    (nadine, claire, id)
}

/// Claire came, and both know it.
pub(super) fn together() -> (Office, Office, GroupId) {
    let (mut nadine, mut claire, id) = invited();
    claire.asks(asked(GroupRequest::Accept(id)));
    let answer = file_for(&mut claire).unwrap();
    takes(&mut nadine, &answer).unwrap();
    (nadine, claire, id)
}

fn writes_project(office: &mut Office) {
    let mut project = CollectiveProject::empty(OWN);
    project.title = "Marcher ensemble".into();
    project.aim = "Sortir".into();
    let write = CollectiveWrite::CreateProject { project: Box::new(project), draft: None };
    office.does(Request::WriteCollective(Box::new(write)));
}

fn titles(office: &mut Office) -> Vec<String> {
    let Response::Collective(answer) = office.asks(Request::ReadCollective(CollectiveRead::Projects)) else {
        panic!("the projects")
    };
    match *answer {
        CollectiveAnswer::Projects(rows) => rows.into_iter().map(|row| row.title).collect(),
        _ => panic!("the projects"),
    }
}

fn share(id: GroupId) -> Request {
    asked(GroupRequest::ShareProject { project: OWN, group: id, id: COMMON })
}

#[test]
fn what_a_member_may_not_write_comes_into_nobodys_notebook() {
    let (mut nadine, mut claire, id) = together();
    let before = shows(&mut nadine);
    let within = |n: u8, kind, subject: Option<PersonId>| {
        Header::within(Scope::Group(id), DocId([n; 16]), kind, subject.map(|person| person.0))
    };
    writes(&mut claire, within(101, Kind::Person, None), |document| {
        let named = PersonChange::Text(PersonField::FamilyName, "Intruse".into());
        person::write(document, &named).unwrap();
    });
    writes(&mut claire, within(102, Kind::PersonCopy, Some(ODETTE)), |_| {});
    // What one answered stands in one's own notebook, whatever a member writes.
    writes(&mut claire, within(103, Kind::GroupAnswers, None), move |document| {
        let left = Said { standing: Standing::Left, on: day("2030-01-01") };
        group::write_answer(document, id, &left).unwrap();
    });
    writes(&mut claire, within(104, Kind::CollectiveProject, Some(ODETTE)), |document| {
        collective::create(document, &CollectiveProject::empty(CollectiveId([104; 16]))).unwrap();
    });
    writes(&mut claire, within(105, Kind::Erasures, None), move |document| {
        erasures::add(document, DocId(ODETTE.0)).unwrap();
        erasures::add(document, DocId(id.0)).unwrap();
    });
    let came = file_for(&mut claire).unwrap();
    let taken = takes(&mut nadine, &came).unwrap();
    assert_eq!((taken.set_aside, taken.erased), (5, 0), "each is kept where it came, and said: {taken:?}");
    for _ in 0..2 {
        assert_eq!(shows(&mut nadine), before);
        assert_eq!(file(&mut nadine, id).row.place, Place::In);
        assert_eq!(file(&mut nadine, id).row.name, "Ensemble");
        nadine = nadine.restarts();
        nadine.unlocks();
    }
    is_sound(&mut nadine, "after what a member may not write");
}

#[test]
fn nobody_answers_for_another() {
    let (mut nadine, mut claire, id) = together();
    // Claire writes in the very document in which Nadine says that she is of the group, and in her own.
    let words = claire.engine.open.as_ref().unwrap().views.group_words(id);
    assert_eq!(words.len(), 2);
    for (document, _) in words {
        let mut act = Act::new("hostile");
        act.edit(Target::Document(document), move |document| {
            group::write_word(document, &Said { standing: Standing::Left, on: day("2030-01-01") })
        });
        now(claire.engine.save(act)).unwrap();
    }
    let came = file_for(&mut claire).unwrap();
    takes(&mut nadine, &came).unwrap();
    assert_eq!(standing(&mut nadine, id, "Nadine Trescarvoul"), Some(Standing::In));
    assert_eq!(standing(&mut claire, id, "Nadine Trescarvoul"), None, "two sides wrote it: it counts for neither");
    assert_eq!(standing(&mut nadine, id, CLAIRE), Some(Standing::Left), "of herself she may say what she likes");
    // Nadine says it again in words of her own.
    nadine.asks(asked(GroupRequest::Accept(id)));
    let came = file_for(&mut nadine).unwrap();
    takes(&mut claire, &came).unwrap();
    assert_eq!(standing(&mut claire, id, "Nadine Trescarvoul"), Some(Standing::In));
}

/// Who a device is, and what it signs with.
fn secret_of(office: &mut Office) -> crate::sharing::DeviceSecret {
    let Engine { store, open, .. } = &mut office.engine;
    now(open.as_mut().unwrap().sharing(store)).unwrap().this().unwrap().secret.clone()
}

#[test]
fn nobody_is_made_a_member_under_their_own_name_by_a_device_that_bears_it() {
    let (mut nadine, mut claire, _) = neighbours();
    let (own, claires) = (secret_of(&mut nadine), secret_of(&mut claire));
    // A group that a device of Claire's began under Nadine's name, as if Nadine had founded it.
    let posing = crate::sharing::DeviceSecret::from_bytes([77; 32]);
    let ambient = claire.engine.ambient_mut();
    let prepared = crate::sharing::replica::Prepared::of(&[42; 32], ambient);
    let mut group = crate::sharing::Replica::create(posing, GROUPS, prepared, "Nadine Trescarvoul", ambient);
    for (card, name) in [(claires.card(), CLAIRE), (own.card(), "Nadine Trescarvoul")] {
        group.add(Newcomer { card, name: name.into(), until: String::new() }, ambient).unwrap();
    }
    let parcel = Parcel { have: group.have(), records: group.all_records(), packs: Vec::new() };
    let courier = Courier {
        from: claires.card(),
        name: CLAIRE.into(),
        to: own.card().id(),
        at: maillon_shared::domain::time::Instant::default(),
        parcels: vec![parcel],
        address: None,
    };
    let file = courier.to_file(&claires, &own.card());
    assert_eq!(takes(&mut nadine, &file).unwrap().invited, 0, "nobody else goes by her name");
    let Response::Group(all) = nadine.asks(asked(GroupRequest::All)) else { panic!("all") };
    let GroupAnswer::All(all) = *all else { panic!("all") };
    assert!(all.all.is_empty());
    is_sound(&mut nadine, "after a group that bore her name");
}

#[test]
fn nobody_lets_a_device_in_as_someone_elses() {
    let (mut nadine, mut claire, id) = together();
    let strangers: Vec<_> = (0..40_u8).map(|n| crate::sharing::DeviceSecret::from_bytes([n + 1; 32]).card()).collect();
    let cards = strangers.clone();
    // As many as she likes, and some in a document in which Nadine writes too.
    let header = Header::within(Scope::Group(id), DocId([120; 16]), Kind::Introductions, None);
    writes(&mut claire, header, move |document| {
        for card in &cards[..30] {
            introductions::add(document, card.id().0, &card.to_bytes()).unwrap();
        }
        introductions::add(document, [9; 16], b"no card").unwrap();
    });
    let came = file_for(&mut claire).unwrap();
    assert_eq!(takes(&mut nadine, &came).unwrap().set_aside, 0);
    file_for(&mut nadine).unwrap();
    let members = file(&mut nadine, id).coordinators;
    let claires = members.iter().find(|member| member.name == CLAIRE).unwrap();
    assert_eq!(claires.devices.len(), 12, "nobody has so many");
    assert_eq!(members.len(), 2, "and nobody else came in");
    // Claire writes in a document that Nadine began: it is nobody's word any more.
    let header = Header::within(Scope::Group(id), DocId([121; 16]), Kind::Introductions, None);
    let card = strangers[35].clone();
    writes(&mut nadine, header, |_| {});
    let came = file_for(&mut nadine).unwrap();
    takes(&mut claire, &came).unwrap();
    let mut act = Act::new("hostile");
    act.edit(Target::Document(DocId([121; 16])), move |document| {
        introductions::add(document, card.id().0, &card.to_bytes())
    });
    now(claire.engine.save(act)).unwrap();
    let came = file_for(&mut claire).unwrap();
    takes(&mut nadine, &came).unwrap();
    file_for(&mut nadine).unwrap();
    let nadines = file(&mut nadine, id).coordinators.into_iter().find(|member| member.is_own).unwrap();
    assert_eq!(nadines.name, "Nadine Trescarvoul");
    let Engine { store, open, .. } = &mut nadine.engine;
    let sharing = now(open.as_mut().unwrap().sharing(store)).unwrap();
    let shared = sharing.group(id).unwrap();
    assert!(!shared.replica.members().all.contains_key(&strangers[35].id()));
    is_sound(&mut nadine, "after strangers");
}

#[test]
fn a_project_of_a_group_never_takes_the_place_of_ones_own() {
    let (mut nadine, mut claire, id) = together();
    writes_project(&mut nadine);
    let header = Header::within(Scope::Group(id), OWN.into(), Kind::CollectiveProject, None);
    writes(&mut claire, header, |document| {
        let mut other = CollectiveProject::empty(OWN);
        other.title = "Autre chose".into();
        collective::create(document, &other).unwrap();
    });
    let came = file_for(&mut claire).unwrap();
    assert_eq!(takes(&mut nadine, &came).unwrap().set_aside, 1);
    assert_eq!(titles(&mut nadine), ["Marcher ensemble"]);
}

#[test]
fn a_cut_while_a_group_begins_or_someone_comes_or_something_becomes_common_leaves_nothing_half_done() {
    let (nadine, _, _) = neighbours();
    let founded = at_every_cut(
        &nadine,
        |office| found(office).map(|_| ()),
        |mut office, said, at| {
            office = office.restarts();
            office.unlocks();
            let Response::Group(all) = office.asks(asked(GroupRequest::All)) else { panic!("all") };
            let GroupAnswer::All(all) = *all else { panic!("all") };
            assert!(said.is_err() || all.all.len() == 1, "what was said to be founded is (cut at {at})");
            // Whatever of it is there can be come to, named and written in.
            for row in all.all {
                assert!(said.is_err() || row.place == Place::In, "cut at {at}");
                office.asks(asked(GroupRequest::Accept(row.id)));
                let (name, aim) = (Some("Ensemble".into()), Some("Un forum".into()));
                let name = GroupRequest::Name { group: row.id, name, aim, draft: None };
                office.asks(asked(name));
                assert_eq!(file(&mut office, row.id).row.name, "Ensemble");
            }
            is_sound(&mut office, "founded");
        },
    );
    assert!(founded > 2);
    let (_, claire, id) = invited();
    let came = at_every_cut(
        &claire,
        |office| office.tries(asked(GroupRequest::Accept(id))).map(|_| ()),
        |mut office, said, at| {
            office = office.restarts();
            office.unlocks();
            let place = file(&mut office, id).row.place;
            assert!(said.is_err() || place == Place::In, "cut at {at}");
            if place == Place::In {
                // What a cut left unmerged is merged before anything is told.
                file_for(&mut office).unwrap();
                assert_eq!(file(&mut office, id).row.name, "Ensemble", "cut at {at}");
            }
            is_sound(&mut office, "came");
        },
    );
    assert!(came > 1);
    let (mut nadine, claire, id) = together();
    writes_project(&mut nadine);
    let shared = at_every_cut(
        &nadine,
        |office| office.tries(share(id)).map(|_| ()),
        |mut office, said, at| {
            office = office.restarts();
            office.unlocks();
            assert_eq!(titles(&mut office), ["Marcher ensemble"], "it is there once, here or there (cut at {at})");
            let views = &office.engine.open.as_ref().unwrap().views;
            let is_common = views.group_of(COMMON.into()).is_some();
            assert!(said.is_err() || is_common, "cut at {at}");
            let aim = views.collective_project(if is_common { COMMON } else { OWN }).unwrap().aim.clone();
            assert_eq!(aim, "Sortir", "cut at {at}");
            let mut there = same(&claire);
            let came = file_for(&mut office).unwrap();
            takes(&mut there, &came).unwrap();
            assert_eq!(titles(&mut there).len(), usize::from(is_common), "cut at {at}");
            let edit = ProjectChange::Text(ProjectField::Means, "Le minibus".into());
            let write = |id| CollectiveWrite::EditProject { id, changes: vec![edit], draft: None };
            let write = write(if is_common { COMMON } else { OWN });
            office.does(Request::WriteCollective(Box::new(write)));
            is_sound(&mut office, "shared");
        },
    );
    assert!(shared > 0);
}
