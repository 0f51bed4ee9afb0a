//! Three coordinators and their group, as the stories about it tell: who asks, who answers, what each reads.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

pub use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, CollectiveWrite, ProjectFile};
pub use maillon_shared::api::exchanges::{ExchangeMark, ExchangeRequest};
pub use maillon_shared::api::groups::{GroupAnswer, GroupFile, GroupMember, GroupRequest, Groups, Place};
pub use maillon_shared::domain::collective::{
    CollectiveProject, PartnerField, ProjectChange, ProjectField, ProjectStep, StepField,
};
pub use maillon_shared::domain::directory::EntryKind;
pub use maillon_shared::domain::group::Standing;
pub use maillon_shared::domain::ids::{CollectiveId, EntryId, GroupId};
pub use maillon_tests::harness::Commons;

pub use crate::between::*;

pub const BERNARD: &str = "Bernard Salvenoux";
/// Nadine's own, and the common one that it becomes.
pub const OWN: CollectiveId = CollectiveId([51; 16]);
pub const WALKS: CollectiveId = CollectiveId([52; 16]);
pub const CLUB: EntryId = EntryId([53; 16]);
pub const STEP: LineId = LineId([54; 16]);

// ── What is asked ───────────────────────────────────────────────────────────────────────────────────────────────────────

pub fn of_groups(asked: GroupRequest) -> Request {
    Request::Group(Box::new(asked))
}

#[track_caller]
pub fn group_of(device: &mut Device, asked: GroupRequest) -> GroupAnswer {
    match device.asks(of_groups(asked)) {
        Response::Group(answer) => *answer,
        _ => panic!("something about groups was asked"),
    }
}

#[track_caller]
pub fn groups(device: &mut Device) -> Groups {
    match group_of(device, GroupRequest::All) {
        GroupAnswer::All(all) => *all,
        _ => panic!("all of them"),
    }
}

#[track_caller]
pub fn founds(device: &mut Device, found: GroupRequest) -> GroupId {
    assert!(matches!(device.asks(of_groups(found)), Response::Done));
    groups(device).all[0].id
}

#[track_caller]
pub fn group(device: &mut Device, id: GroupId) -> GroupFile {
    match group_of(device, GroupRequest::One(id)) {
        GroupAnswer::One(file) => *file,
        _ => panic!("one of them"),
    }
}

#[track_caller]
pub fn member(device: &mut Device, id: GroupId, name: &str) -> GroupMember {
    let coordinators = group(device, id).coordinators;
    coordinators.into_iter().find(|member| member.name == name).unwrap()
}

#[track_caller]
pub fn standing(device: &mut Device, id: GroupId, name: &str) -> Option<Standing> {
    member(device, id, name).said.map(|said| said.standing)
}

pub fn mark(device: &mut Device) -> ExchangeMark {
    match device.asks(Request::Exchange(Box::new(ExchangeRequest::Mark))) {
        Response::ExchangeMark(mark) => mark,
        _ => panic!("the mark"),
    }
}

pub fn neighbour_named(device: &mut Device, name: &str) -> NeighbourId {
    neighbours(device).all.into_iter().find(|row| row.name == name).unwrap().id
}

#[track_caller]
pub fn projects(device: &mut Device) -> Vec<String> {
    match device.asks(Request::ReadCollective(CollectiveRead::Projects)) {
        Response::Collective(answer) => match *answer {
            CollectiveAnswer::Projects(rows) => rows.into_iter().map(|row| row.title).collect(),
            _ => panic!("the projects"),
        },
        _ => panic!("something collective"),
    }
}

#[track_caller]
pub fn project(device: &mut Device, id: CollectiveId) -> ProjectFile {
    match device.asks(Request::ReadCollective(CollectiveRead::Project(id))) {
        Response::Collective(answer) => match *answer {
            CollectiveAnswer::Project(file) => *file,
            _ => panic!("a project"),
        },
        _ => panic!("something collective"),
    }
}

pub fn edits(changes: Vec<ProjectChange>) -> Request {
    Request::WriteCollective(Box::new(CollectiveWrite::EditProject { id: WALKS, changes, draft: None }))
}

pub fn says(field: ProjectField, text: &str) -> Request {
    edits(vec![ProjectChange::Text(field, text.into())])
}

// ── Who there is ────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Two become neighbours, by a card and a file.
#[track_caller]
pub fn befriends(one: &mut Device, other: &mut Device) {
    let card = card_for(other, Company::Neighbour);
    let read = reads_card(one, &card);
    one.asks(about(NeighbourRequest::Add { card, words: None }));
    let file = made_for(one, read.id);
    let CourierOpened::Proposes(sender) = opens(other, &file, None) else { panic!("not known yet") };
    opens(other, &file, Some((sender.id, Company::Neighbour)));
}

/// A file each way, between any two who share something.
#[track_caller]
pub fn meet_as(id: GroupId, (one, its_name): (&mut Device, &str), (other, other_name): (&mut Device, &str)) {
    let to = member(one, id, other_name).devices[0].id;
    let file = made_for(one, to);
    takes(other, &file);
    let back = member(other, id, its_name).devices[0].id;
    let file = made_for(other, back);
    takes(one, &file);
}

pub fn talk(device: &mut Device) {
    does(device, SharingRequest::SetTalks(true));
    device.line(Event::Listening(vec!["192.168.1.20:41000".into()]));
}

pub struct Three {
    pub nadine: Device,
    pub claire: Device,
    pub bernard: Device,
    pub id: GroupId,
}

/// Nadine knows Claire and Bernard, who do not know each other, and asks both.
pub fn asked() -> Three {
    let (mut nadine, mut claire) = (nadine(), claire());
    let mut bernard = coordinator(43, BERNARD);
    befriends(&mut nadine, &mut claire);
    befriends(&mut nadine, &mut bernard);
    let all = groups(&mut nadine).neighbours;
    assert_eq!(all.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), [BERNARD, CLAIRE]);
    let neighbours = all.into_iter().map(|(id, _)| id).collect();
    let name = "Le collectif des collines".into();
    let found = GroupRequest::Found { name, aim: "Un forum par an".into(), neighbours, words: None, draft: None };
    let id = founds(&mut nadine, found);
    for (other, name) in [(&mut claire, CLAIRE), (&mut bernard, BERNARD)] {
        let to = member(&mut nadine, id, name).devices[0].id;
        let file = made_for(&mut nadine, to);
        assert_eq!(takes(other, &file).invited, 1);
        assert_eq!(takes(other, &file).invited, 0, "once");
    }
    Three { nadine, claire, bernard, id }
}

/// Both came.
pub fn three() -> Three {
    let Three { mut nadine, mut claire, mut bernard, id } = asked();
    claire.asks(of_groups(GroupRequest::Accept(id)));
    bernard.asks(of_groups(GroupRequest::Accept(id)));
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    meet_as(id, (&mut bernard, BERNARD), (&mut nadine, NADINE));
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    Three { nadine, claire, bernard, id }
}

pub fn walks() -> CollectiveProject {
    let mut walks = CollectiveProject::empty(OWN);
    walks.title = "Marcher ensemble".into();
    walks.year = Some(2026);
    walks.carrier_entry = Some(CLUB);
    walks.steps.push(ProjectStep { what: "Réserver la salle".into(), ..ProjectStep::empty(STEP) });
    walks
}

pub fn writes_own(device: &mut Device) {
    let name = maillon_shared::domain::directory::EntryField::from_code("name").unwrap();
    let changes = vec![maillon_shared::domain::directory::EntryChange::Text(name, "Club des Alpilles".into())];
    device.asks(Request::CreateEntry { id: CLUB, kind: EntryKind::Structure, changes, draft: None });
    let project = Box::new(walks());
    device.does(Request::WriteCollective(Box::new(CollectiveWrite::CreateProject { project, draft: None }))).unwrap();
}

pub fn shares(id: GroupId) -> Request {
    of_groups(GroupRequest::ShareProject { project: OWN, group: id, id: WALKS })
}

/// Nadine's project is common, and has come to both.
pub fn with_a_project() -> Three {
    let Three { mut nadine, mut claire, mut bernard, id } = three();
    writes_own(&mut nadine);
    nadine.does(shares(id)).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    meet_as(id, (&mut nadine, NADINE), (&mut bernard, BERNARD));
    Three { nadine, claire, bernard, id }
}
