//! What a group of coordinators has in common: written by all, the same for all, whoever met whom, and nobody named in it.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use maillon_shared::domain::collective::{ProjectStage, ProjectTick};

use crate::in_common::*;

// ── What is common ──────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_project_becomes_common_with_every_word_of_it_and_without_ones_own_directory() {
    let Three { mut nadine, mut claire, bernard: _, id } = with_a_project();
    assert_eq!(projects(&mut nadine), ["Marcher ensemble"], "it is there once");
    let (there, here) = (project(&mut claire, WALKS), project(&mut nadine, WALKS));
    assert_eq!(there.project, here.project);
    assert_eq!((there.project.carrier.as_str(), there.project.carrier_entry), ("Club des Alpilles", None));
    assert_eq!(there.group, Some((id, "Le collectif des collines".into())));
    assert!(there.may_write && there.project.steps[0].what == "Réserver la salle");
    let before = project(&mut nadine, OWN);
    assert_eq!(before.moved_to, Some((WALKS, "Marcher ensemble".into())), "a link that was kept leads there");
    let late = vec![ProjectChange::Text(ProjectField::Aim, "Trop tard".into())];
    let late = CollectiveWrite::EditProject { id: OWN, changes: late, draft: None };
    let late = nadine.is_refused(Request::WriteCollective(Box::new(late)));
    assert_eq!(late, Failure::WrittenSince, "nothing is written where nobody would read it");
    // Who of Claire's directory is named is said in words to the others.
    writes_own(&mut claire);
    let line = LineId([70; 16]);
    let partner = vec![
        ProjectChange::Partner(line, PartnerField::Brings, "une salle".into()),
        ProjectChange::PartnerEntry(line, Some(CLUB)),
    ];
    claire.does(edits(partner)).unwrap();
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    let partners = project(&mut nadine, WALKS).project.partners;
    assert_eq!((partners[0].name.as_str(), partners[0].entry), ("Club des Alpilles", None));
    // The next year's is common too.
    let next = CollectiveId([71; 16]);
    claire
        .does(Request::WriteCollective(Box::new(CollectiveWrite::NextYear { id: next, of: WALKS, year: 2027 })))
        .unwrap();
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    assert_eq!(project(&mut nadine, next).project.year, Some(2027));
}

#[test]
fn nobody_who_is_accompanied_is_named_in_what_is_common() {
    let Three { mut nadine, mut claire, bernard: _, id } = with_a_project();
    let names = Failure::Invalid(Invalid::NamesSomeone);
    assert_eq!(nadine.is_refused(says(ProjectField::Aim, "Pour Mme Escarvenc")), names);
    let partner = ProjectChange::Partner(LineId([72; 16]), PartnerField::Name, "Odette Escarvenc".into());
    assert_eq!(nadine.is_refused(edits(vec![partner])), names, "nor as someone who takes part");
    let owner = ProjectChange::Step(STEP, StepField::Owner, "Mme Escarvenc".into());
    assert_eq!(nadine.is_refused(edits(vec![owner])), names);
    for typed in [
        ProjectChange::Commune("chez odette escarvenc".into(), Some("Arles".into())),
        ProjectChange::Commune("arles".into(), Some("Chez Odette Escarvenc".into())),
        ProjectChange::Tick(ProjectTick::Public, "Odette Escarvenc".into(), true),
        ProjectChange::Stage(ProjectStage::Unknown("Odette Escarvenc".into())),
    ] {
        assert_eq!(nadine.is_refused(edits(vec![typed.clone()])), names, "{typed:?}");
    }
    let chosen = ProjectChange::Commune("13004".into(), Some("Arles".into()));
    nadine.does(edits(vec![chosen, ProjectChange::Tick(ProjectTick::Public, "elders".into(), true)])).unwrap();
    let aim = GroupRequest::Name { group: id, name: None, aim: Some("Pour Odette Escarvenc".into()), draft: None };
    assert_eq!(nadine.is_refused(of_groups(aim)), names);
    let close = CollectiveWrite::CloseProject { id: WALKS, learnt: "Odette Escarvenc a aimé".into(), draft: None };
    assert_eq!(nadine.is_refused(Request::WriteCollective(Box::new(close))), names);
    // Claire does not know her: what she writes can be read by nobody as a name.
    claire.does(says(ProjectField::Aim, "Pour tous")).unwrap();
    let mut other = walks();
    other.id = CollectiveId([80; 16]);
    other.steps[0].what = "Aller chercher Odette Escarvenc".into();
    nadine.does(Request::WriteCollective(Box::new(CollectiveWrite::CreateProject {
        project: Box::new(other),
        draft: None,
    })));
    let look = GroupRequest::Look(CollectiveId([80; 16]));
    let GroupAnswer::Clues(look) = group_of(&mut nadine, look) else { panic!("clues") };
    assert!(look.clues.iter().any(|clue| clue.words.contains("Escarvenc")), "{:?}", look.clues);
    let share = GroupRequest::ShareProject { project: CollectiveId([80; 16]), group: id, id: CollectiveId([81; 16]) };
    assert_eq!(nadine.is_refused(of_groups(share)), names);
    let mut at_hers = walks();
    at_hers.id = CollectiveId([82; 16]);
    at_hers.communes.insert("escarvenc".into(), "Chez Mme Escarvenc".into());
    nadine.does(Request::WriteCollective(Box::new(CollectiveWrite::CreateProject {
        project: Box::new(at_hers),
        draft: None,
    })));
    let share = GroupRequest::ShareProject { project: CollectiveId([82; 16]), group: id, id: CollectiveId([84; 16]) };
    assert_eq!(nadine.is_refused(of_groups(share)), names);
}

#[test]
fn becoming_common_is_undone_before_anyone_heard_and_not_under_those_who_write() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    writes_own(&mut nadine);
    let act = nadine.does(shares(id)).unwrap();
    nadine.does(Request::Undo(act)).unwrap();
    assert!(project(&mut nadine, OWN).moved_to.is_none());
    assert_eq!(projects(&mut nadine), ["Marcher ensemble"]);
    let again = CollectiveId([90; 16]);
    let act = nadine.does(of_groups(GroupRequest::ShareProject { project: OWN, group: id, id: again })).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    assert_eq!(nadine.is_refused(Request::Undo(act)), Failure::Kept);
    assert_eq!(projects(&mut claire), ["Marcher ensemble"]);
    // A word in it is undone as anywhere.
    let step = vec![ProjectChange::Step(STEP, StepField::Owner, "Claire".into())];
    let edit = CollectiveWrite::EditProject { id: again, changes: step, draft: None };
    let act = claire.does(Request::WriteCollective(Box::new(edit))).unwrap();
    claire.does(Request::Undo(act)).unwrap();
    assert_eq!(project(&mut claire, again).project.steps[0].owner, "");
}

#[test]
fn two_who_write_one_field_at_once_both_see_both_and_choose() {
    let Three { mut nadine, mut claire, mut bernard, id } = with_a_project();
    claire.does(says(ProjectField::Title, "Marchons")).unwrap();
    bernard.does(says(ProjectField::Title, "Le pas du voisin")).unwrap();
    meet_as(id, (&mut claire, CLAIRE), (&mut bernard, BERNARD));
    meet_as(id, (&mut bernard, BERNARD), (&mut nadine, NADINE));
    for device in [&mut nadine, &mut claire, &mut bernard] {
        let conflicts = project(device, WALKS).conflicts;
        assert_eq!(conflicts.len(), 1, "both words are kept, and shown");
        assert_eq!(conflicts[0].values.len(), 2);
    }
    nadine.does(says(ProjectField::Title, "Marchons, le pas du voisin")).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    assert!(project(&mut claire, WALKS).conflicts.is_empty());
    assert_eq!(project(&mut claire, WALKS).project.title, "Marchons, le pas du voisin");
}

#[test]
fn a_line_says_to_whoever_was_removed_that_they_were_and_nothing_else() {
    let Three { mut nadine, mut claire, mut bernard, id } = with_a_project();
    talk(&mut nadine);
    talk(&mut bernard);
    meet_as(id, (&mut nadine, NADINE), (&mut bernard, BERNARD));
    assert!(Wire::exchange(&mut bernard, &mut nadine).is_well());
    nadine.asks(of_groups(GroupRequest::Remove { group: id, name: BERNARD.into() }));
    nadine.does(says(ProjectField::Means, "Le car du département")).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    assert!(Wire::exchange(&mut bernard, &mut nadine).is_well(), "they are neighbours still");
    assert_eq!(groups(&mut bernard).all[0].place, Place::Removed);
    assert_eq!(project(&mut bernard, WALKS).project.means, "");
    assert!(Wire::exchange(&mut nadine, &mut bernard).is_well());
}

#[test]
fn a_line_brings_an_invitation_as_a_file_does() {
    let (mut nadine, mut claire) = (nadine(), claire());
    befriends(&mut nadine, &mut claire);
    meet(&mut nadine, &mut claire);
    talk(&mut nadine);
    talk(&mut claire);
    meet(&mut nadine, &mut claire);
    assert!(Wire::exchange(&mut nadine, &mut claire).is_well());
    let to = neighbour_named(&mut nadine, CLAIRE);
    let name = "Ensemble".into();
    let found = GroupRequest::Found { name, aim: String::new(), neighbours: vec![to], words: None, draft: None };
    let id = founds(&mut nadine, found);
    assert!(Wire::exchange(&mut nadine, &mut claire).is_well());
    assert_eq!(groups(&mut claire).all[0].place, Place::Asked);
    claire.asks(of_groups(GroupRequest::Accept(id)));
    assert!(Wire::exchange(&mut claire, &mut nadine).is_well());
    assert_eq!(group(&mut claire, id).row.name, "Ensemble", "what was written came with the second exchange");
    assert_eq!(standing(&mut nadine, id, CLAIRE), Some(Standing::In));
}
