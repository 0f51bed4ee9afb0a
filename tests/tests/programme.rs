//! The annual programme: what is set out to be done in a year, with whom and with what money. What nobody knows of the money
//! is not zero, what a project or an event says is read there, and several coordinators write in one.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, CollectiveWrite, CommonTarget};
use maillon_shared::api::exchanges::{ExchangeAnswer, RecordShown, RecordTarget};
use maillon_shared::api::programme::{CalendarIs, CalendarRow, ItemState, ProgrammeFile, Programmes};
use maillon_shared::domain::collective::{ProjectNeed, ProjectStage};
use maillon_shared::domain::disclosure::{PublicCount, Threshold};
use maillon_shared::domain::event::{Event, EventChange, EventCommune, EventKind, EventState};
use maillon_shared::domain::ids::{EventId, ProgrammeId};
use maillon_shared::domain::programme::{
    ActionInWords, ActionState, Adoption, AmountField, AnnualProgramme, Axis, AxisField, Cents, Funding, FundingField,
    FundingState, ItemField, ItemIs, PriorityCommune, PriorityField, ProgrammeChange, ProgrammeField, ProgrammeItem,
    ProgrammeLines, ProgrammePartner, ProgrammePartnerField, ProgrammeStatus,
};
use maillon_shared::domain::time::PartialDate;

use crate::in_common::*;

const YEAR: ProgrammeId = ProgrammeId([110; 16]);
const NEXT: ProgrammeId = ProgrammeId([111; 16]);
const FORUM: EventId = EventId([112; 16]);
const AGEING: LineId = line(113);
const ARS: LineId = line(114);
const WALK: LineId = line(115);
const WITH_FORUM: LineId = line(116);
const WITH_WALKS: LineId = line(117);
const ARLES: LineId = line(118);
const CPTS: LineId = line(119);

const fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn date(text: &str) -> PartialDate {
    PartialDate::parse(text).unwrap()
}

fn read(device: &mut Device, asked: CollectiveRead) -> CollectiveAnswer {
    match device.asks(Request::ReadCollective(asked)) {
        Response::Collective(answer) => *answer,
        _ => panic!("something collective"),
    }
}

fn all(device: &mut Device) -> Programmes {
    match read(device, CollectiveRead::Programmes) {
        CollectiveAnswer::Programmes(all) => *all,
        _ => panic!("the programmes"),
    }
}

#[track_caller]
fn programme(device: &mut Device, id: ProgrammeId) -> ProgrammeFile {
    match read(device, CollectiveRead::Programme(id)) {
        CollectiveAnswer::Programme(file) => *file,
        _ => panic!("a programme"),
    }
}

/// Of which records two people wrote at once.
fn with_two_versions(device: &mut Device) -> Vec<RecordShown> {
    match device.asks(Request::Exchange(Box::new(ExchangeRequest::All))) {
        Response::Exchange(answer) => match *answer {
            ExchangeAnswer::All(all) => all.two_versions,
            _ => panic!("all of it"),
        },
        _ => panic!("all of it"),
    }
}

fn writes(write: CollectiveWrite) -> Request {
    Request::WriteCollective(Box::new(write))
}

fn begins(programme: &AnnualProgramme, group: Option<GroupId>) -> Request {
    writes(CollectiveWrite::CreateProgramme { programme: Box::new(programme.clone()), group, draft: None })
}

fn changes(changes: Vec<ProgrammeChange>) -> Request {
    writes(CollectiveWrite::EditProgramme { id: YEAR, changes, draft: None })
}

fn plans(title: &str, planned: Option<PartialDate>, group: Option<GroupId>) -> Request {
    let mut event = Event::empty(FORUM, EventKind::Forum);
    (event.title, event.planned) = (title.into(), planned);
    writes(CollectiveWrite::CreateEvent { event: Box::new(event), group, draft: None })
}

fn of_event(change: EventChange) -> Request {
    writes(CollectiveWrite::EditEvent { id: FORUM, changes: vec![change], draft: None })
}

fn action(what: &str, from: &str) -> ItemIs {
    ItemIs::Words(ActionInWords { what: what.into(), from: PartialDate::parse(from), ..ActionInWords::default() })
}

/// A year as it begins: one axis, one line of money, one action in words.
fn of_2026() -> AnnualProgramme {
    let mut programme = AnnualProgramme::empty(YEAR, 2026);
    programme.title = "Programmation des collines".into();
    programme.axes.push(Axis { title: "Bien vieillir".into(), ..Axis::empty(AGEING) });
    programme.funding.push(Funding { source: "ARS".into(), ..Funding::empty(ARS) });
    let is = action("Marcher le jeudi", "2026-03");
    programme.items.push(ProgrammeItem { is, axis: Some(AGEING), ..ProgrammeItem::empty(WALK) });
    programme
}

fn but(mut programme: AnnualProgramme, change: impl FnOnce(&mut AnnualProgramme)) -> AnnualProgramme {
    change(&mut programme);
    programme
}

/// What a month shows.
fn month(file: &ProgrammeFile, number: usize) -> Vec<&str> {
    titles(&file.calendar.months[number - 1])
}

fn titles(rows: &[CalendarRow]) -> Vec<&str> {
    rows.iter().map(|row| row.title.as_str()).collect()
}

// ── One's own ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_programme_of_ones_own_is_begun_adopted_and_closed_with_what_was_learnt() {
    let mut device = nadine();
    let begun = device.does(begins(&of_2026(), None)).unwrap();
    assert_eq!(device.does(begins(&of_2026(), None)), None, "asked twice, begun once");
    assert_eq!(device.finds("bien vieillir").len(), 1);
    let adoption = Adoption::new(date("2026-01-12"), "le conseil municipal");
    device.does(changes(vec![ProgrammeChange::Status(ProgrammeStatus::Adopted(adoption.clone()))])).unwrap();
    let mut device = device.reopens();
    let rows = all(&mut device).rows;
    assert_eq!((rows.len(), rows[0].year, rows[0].axes.len()), (1, 2026, 1));
    assert_eq!(rows[0].status.adoption(), Some(&adoption));

    let on = date("2026-12-15");
    let closed = |learnt: &str| {
        let status = ProgrammeStatus::Closed { adopted: Some(adoption.clone()), on, learnt: learnt.to_owned() };
        changes(vec![ProgrammeChange::Status(status)])
    };
    assert_eq!(device.is_refused(closed(" ")), Failure::Invalid(Invalid::Empty), "a year teaches something");
    let close = device.does(closed("Commencer les marches plus tôt")).unwrap();
    assert_eq!(device.finds("plus tôt").len(), 1);
    device.does(Request::Undo(close)).unwrap();
    assert!(matches!(programme(&mut device, YEAR).programme.status, ProgrammeStatus::Adopted(_)));
    // It was a mistake after all.
    device.does(changes(vec![ProgrammeChange::Withdrawn(true)])).unwrap();
    assert!(all(&mut device).rows.is_empty() && device.finds("bien vieillir").is_empty());
    device.does(changes(vec![ProgrammeChange::Withdrawn(false)])).unwrap();
    assert_eq!(device.is_refused(Request::Undo(begun)), Failure::WrittenSince);
}

#[test]
fn a_whole_programme_is_undone_and_leaves_nothing() {
    let mut device = nadine();
    let begun = device.does(begins(&of_2026(), None)).unwrap();
    device.does(Request::Undo(begun)).unwrap();
    assert!(all(&mut device).rows.is_empty() && device.finds("marcher").is_empty());
}

#[test]
fn money_that_nobody_knows_of_is_not_zero() {
    let mut device = nadine();
    let mut begun = of_2026();
    begun.funding.push(Funding { planned: Some(Cents(0)), source: "Bénévoles".into(), ..Funding::empty(line(120)) });
    device.does(begins(&begun, None)).unwrap();
    let totals = programme(&mut device, YEAR).programme.funding_totals();
    assert_eq!((totals.planned.sum(), totals.planned.not_known), (Some(Cents(0)), 1), "zero is known, nothing is not");
    assert_eq!((totals.granted.sum(), totals.granted.not_known), (None, 2), "of nothing known there is no sum");
    device.does(changes(vec![ProgrammeChange::Amount(ARS, AmountField::Granted, Some(Cents(250_050)))])).unwrap();
    device.does(changes(vec![ProgrammeChange::FundingState(ARS, FundingState::Granted)])).unwrap();
    let mut device = device.reopens();
    let totals = programme(&mut device, YEAR).programme.funding_totals();
    assert_eq!((totals.granted.sum(), totals.granted.not_known), (Some(Cents(250_050)), 1));
    device.does(changes(vec![ProgrammeChange::Amount(ARS, AmountField::Granted, None)])).unwrap();
    assert_eq!(programme(&mut device, YEAR).programme.funding_totals().granted.sum(), None, "nobody knows any more");
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_written() {
    let mut device = nadine();
    let refused = |device: &mut Device, begun: AnnualProgramme| device.is_refused(begins(&begun, None));
    let nameless = but(of_2026(), |programme| programme.title = " ".into());
    assert_eq!(refused(&mut device, nameless), Failure::Invalid(Invalid::NoName));
    let ancient = but(of_2026(), |programme| programme.year = 1789);
    assert_eq!(refused(&mut device, ancient), Failure::Invalid(Invalid::Day));
    let dropped = but(of_2026(), |programme| {
        programme.items[0].action_mut().unwrap().state = ActionState::Dropped(" ".into());
    });
    assert_eq!(refused(&mut device, dropped), Failure::Invalid(Invalid::NoReason));
    let rich = but(of_2026(), |programme| programme.funding[0].planned = Some(Cents(u64::MAX)));
    assert_eq!(refused(&mut device, rich), Failure::NotUnderstood);
    let unknown = but(of_2026(), |programme| programme.items[0].carrier_entry = Some(CLUB));
    assert_eq!(refused(&mut device, unknown), Failure::NotFound);
    let unknown = but(of_2026(), |programme| programme.items[0].is = ItemIs::Event(FORUM));
    assert_eq!(refused(&mut device, unknown), Failure::NotFound);
    let nowhere = device.is_refused(begins(&of_2026(), Some(GroupId([9; 16]))));
    assert_eq!(nowhere, Failure::NotShared(NotShared::NotOfTheGroup));
    assert!(all(&mut device).rows.is_empty());
}

#[test]
fn a_project_and_an_event_say_for_themselves_how_they_stand_and_when() {
    let mut device = nadine();
    writes_own(&mut device);
    device.does(plans("4e forum santé", Some(date("2026-09-26")), None)).unwrap();
    let begun = but(of_2026(), |programme| {
        programme.items.push(ProgrammeItem { is: ItemIs::Event(FORUM), ..ProgrammeItem::empty(WITH_FORUM) });
        programme.items.push(ProgrammeItem { is: ItemIs::Project(OWN), ..ProgrammeItem::empty(WITH_WALKS) });
    });
    device.does(begins(&begun, None)).unwrap();
    let of_own =
        |change: ProjectChange| writes(CollectiveWrite::EditProject { id: OWN, changes: vec![change], draft: None });
    let file = programme(&mut device, YEAR);
    assert_eq!(file.items[2].state, ItemState::Project(ProjectStage::Idea, None));
    assert_eq!((file.items[2].title.as_str(), file.items[2].from), ("Marcher ensemble", Some(date("2026"))));
    assert_eq!((month(&file, 3), month(&file, 9)), (vec!["Marcher le jeudi"], vec!["4e forum santé"]));
    assert_eq!(titles(&file.calendar.no_month), ["Marcher ensemble"], "none of its steps has a day");

    // The forum is moved, a step gets its day, needs started the project: nothing is written in the programme.
    device.does(of_event(EventChange::Planned(Some(date("2026-10-03"))))).unwrap();
    device.does(of_own(ProjectChange::StepDue(STEP, "2026-04-20".parse().ok()))).unwrap();
    device.does(of_own(ProjectChange::Stage(ProjectStage::UnderWay))).unwrap();
    let need =
        |n: u8, topic: &str, persons| ProjectNeed::new(line(n), topic, PublicCount::of(persons, Threshold::FIVE), "");
    device.does(of_own(ProjectChange::Need(need(121, "transport", 3).unwrap()))).unwrap();
    let file = programme(&mut device, YEAR);
    assert_eq!((month(&file, 9), month(&file, 10)), (vec![], vec!["4e forum santé"]), "at its new date");
    assert_eq!(file.items[1].from, Some(date("2026-10-03")));
    let step = &file.calendar.months[3][0];
    let expected = CalendarIs::Step { what: "Réserver la salle".into(), done: false };
    assert_eq!((&step.is, step.title.as_str()), (&expected, "Marcher ensemble"));
    assert!(file.calendar.no_month.is_empty());
    assert_eq!(file.items[2].state, ItemState::Project(ProjectStage::UnderWay, None));
    let needs = &file.items[2].needs;
    assert_eq!((needs.len(), needs[0].persons().exactly(), needs[0].persons().fewer_than()), (1, None, Some(5)));

    // Put off, it has no month; held in another year, it is told apart; a mistake, it is not in the calendar.
    device.does(of_event(EventChange::State(EventState::Postponed))).unwrap();
    let file = programme(&mut device, YEAR);
    assert_eq!((month(&file, 10), titles(&file.calendar.no_month)), (vec![], vec!["4e forum santé"]));
    device.does(of_event(EventChange::State(EventState::Held(date("2027-01"))))).unwrap();
    assert_eq!(titles(&programme(&mut device, YEAR).calendar.elsewhere), ["4e forum santé"]);
    device.does(of_event(EventChange::Withdrawn(true))).unwrap();
    let file = programme(&mut device.reopens(), YEAR);
    assert!(file.calendar.elsewhere.is_empty());
    assert_eq!(file.items[1].state, ItemState::Withdrawn);
}

#[test]
fn the_year_shows_the_other_events_too_and_who_carries_what_counts_nobody() {
    let mut device = nadine();
    writes_own(&mut device);
    device.does(plans("Conférence sommeil", Some(date("2026-05-12")), None)).unwrap();
    let begun = but(of_2026(), |programme| {
        let project = ProgrammeItem { is: ItemIs::Project(OWN), ..ProgrammeItem::empty(WITH_WALKS) };
        programme.items.push(project);
        let (from, until) = (PartialDate::parse("2026-04"), PartialDate::parse("2026-06"));
        let is =
            ItemIs::Words(ActionInWords { what: "Jardin partagé".into(), from, until, state: ActionState::Planned });
        programme
            .items
            .push(ProgrammeItem { is, carrier: "Zoé Berlingane".into(), ..ProgrammeItem::empty(line(122)) });
        let is = action("Atelier mémoire", "2026");
        programme.items.push(ProgrammeItem { is, carrier: "zoe berlingane".into(), ..ProgrammeItem::empty(line(123)) });
    });
    device.does(begins(&begun, None)).unwrap();
    let file = programme(&mut device, YEAR);
    assert_eq!(month(&file, 5), ["Jardin partagé", "Conférence sommeil"], "what goes on first, then by day");
    assert!(file.calendar.months[4][0].goes_on && !file.calendar.months[3][0].goes_on);
    assert!(
        matches!(file.calendar.months[4][1].is, CalendarIs::Event(EventState::Planned)),
        "it is not on the programme"
    );
    assert_eq!(titles(&file.calendar.no_month), ["Atelier mémoire", "Marcher ensemble"]);
    let by: Vec<(&str, Vec<LineId>)> =
        file.carried.iter().map(|one| (one.by.name.as_str(), one.items.clone())).collect();
    assert_eq!(
        by,
        [("Club des Alpilles", vec![WITH_WALKS]), ("Zoé Berlingane", vec![line(122), line(123)]), ("", vec![WALK]),],
        "as the project says where the programme says nothing; what nobody carries yet last"
    );
}

#[test]
fn the_next_years_begins_with_what_lasts_and_what_is_still_to_be_done() {
    let mut device = nadine();
    device.does(plans("4e forum santé", Some(date("2026-09-26")), None)).unwrap();
    let begun = but(of_2026(), |programme| {
        programme.items.push(ProgrammeItem { is: ItemIs::Event(FORUM), ..ProgrammeItem::empty(WITH_FORUM) });
    });
    device.does(begins(&begun, None)).unwrap();
    device.does(of_event(EventChange::State(EventState::Held(date("2026-09-26"))))).unwrap();
    let file = programme(&mut device, YEAR);
    let is_to_do =
        |item: &ProgrammeItem| file.items.iter().any(|shown| shown.item == item.id && !shown.state.is_over());
    let next = file.programme.for_year(NEXT, 2027, is_to_do);
    device.does(begins(&next, None)).unwrap();
    let after = programme(&mut device, NEXT);
    assert_eq!((after.follows, after.items.len()), (Some((YEAR, 2026)), 1), "the forum was held");
    assert_eq!((after.items[0].title.as_str(), after.items[0].axis.is_some()), ("Marcher le jeudi", true));
    assert!(after.programme.funding.is_empty());
    assert_eq!(programme(&mut device, YEAR).followed_by, Some((NEXT, 2027)));
    assert_eq!(all(&mut device).rows.iter().map(|row| row.year).collect::<Vec<_>>(), [2027, 2026]);
}

#[test]
fn a_project_of_another_year_is_told_apart_and_not_left_without_a_month() {
    let mut device = nadine();
    writes_own(&mut device);
    let begun = but(of_2026(), |programme| {
        programme.items.push(ProgrammeItem { is: ItemIs::Project(OWN), ..ProgrammeItem::empty(WITH_WALKS) });
    });
    device.does(begins(&begun, None)).unwrap();
    let of_own =
        |change: ProjectChange| writes(CollectiveWrite::EditProject { id: OWN, changes: vec![change], draft: None });
    let apart = |device: &mut Device| {
        let calendar = programme(device, YEAR).calendar;
        let titles = |rows: &[CalendarRow]| rows.iter().map(|row| row.title.clone()).collect::<Vec<_>>();
        (titles(&calendar.no_month), titles(&calendar.elsewhere))
    };
    let walks = || vec!["Marcher ensemble".to_owned()];
    assert_eq!(apart(&mut device), (walks(), vec![]), "of this year, and no step has a day");
    device.does(of_own(ProjectChange::Year(Some(2027)))).unwrap();
    assert_eq!(apart(&mut device), (vec![], walks()), "of another year");
    device.does(of_own(ProjectChange::Year(None))).unwrap();
    assert_eq!(apart(&mut device), (walks(), vec![]), "nobody knows when");
    device.does(of_own(ProjectChange::StepDue(STEP, "2027-04-20".parse().ok()))).unwrap();
    assert_eq!(apart(&mut device), (vec![], walks()), "all its steps are in another year");
}

// ── A group's ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn two_members_write_axis_item_and_money_at_once_and_end_with_the_same() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    nadine.does(begins(&of_2026(), Some(id))).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    assert_eq!(programme(&mut claire, YEAR).group, Some((id, "Le collectif des collines".into())));

    // Each with other fields of the same lines, and with one and the same.
    let title = |text: &str| ProgrammeChange::Axis(AGEING, AxisField::Title, text.into());
    nadine.does(changes(vec![title("Vieillir chez soi"), ProgrammeChange::From(WALK, Some(date("2026-04")))])).unwrap();
    nadine.does(changes(vec![ProgrammeChange::Amount(ARS, AmountField::Planned, Some(Cents(300_000)))])).unwrap();
    claire.does(changes(vec![title("Vieillir ensemble"), ProgrammeChange::State(WALK, ActionState::Running)])).unwrap();
    claire.does(changes(vec![ProgrammeChange::Amount(ARS, AmountField::Granted, Some(Cents(120_000)))])).unwrap();
    claire.does(changes(vec![ProgrammeChange::What(line(124), "Un déjeuner par saison".into())])).unwrap();
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let (hers, theirs) = (programme(&mut nadine, YEAR), programme(&mut claire, YEAR));
    assert_eq!((&hers.programme, &hers.conflicts), (&theirs.programme, &theirs.conflicts));
    let walk = hers.programme.items[0].action().unwrap();
    assert_eq!((walk.from, &walk.state), (Some(date("2026-04")), &ActionState::Running));
    let money = &hers.programme.funding[0];
    assert_eq!((money.planned, money.granted, money.spent), (Some(Cents(300_000)), Some(Cents(120_000)), None));
    assert_eq!(hers.items.len(), 2);
    // What both wrote is shown to both, by what it is, and either chooses.
    let [shown] = &with_two_versions(&mut claire)[..] else { panic!("one record") };
    let there = RecordTarget::Common(CommonTarget::Programme(YEAR));
    assert_eq!((shown.to, shown.title.as_str()), (there, "Programmation des collines"));
    let [conflict] = &hers.conflicts[..] else { panic!("one conflict: {:?}", hers.conflicts) };
    assert_eq!(conflict.field, format!("axes.{AGEING}.title"));
    let kept = ProgrammeChange::at(&conflict.field, "Vieillir ensemble").unwrap();
    nadine.does(changes(vec![kept])).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    for device in [&mut nadine, &mut claire] {
        let file = programme(device, YEAR);
        assert!(file.conflicts.is_empty());
        assert_eq!(file.programme.axes[0].title, "Vieillir ensemble");
    }
    assert!(with_two_versions(&mut claire).is_empty());
}

#[test]
fn nobody_who_is_accompanied_is_named_anywhere_in_a_programme_of_a_group() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    writes_own(&mut nadine);
    let named = || "Odette Escarvenc".to_owned();
    let refused = Failure::Invalid(Invalid::NamesSomeone);
    let names = but(of_2026(), |programme| programme.aim = format!("Pour {}", named()));
    assert_eq!(nadine.is_refused(begins(&names, Some(id))), refused);
    nadine.does(begins(&of_2026(), Some(id))).unwrap();
    let adopted = Adoption::new(date("2026"), &named());
    let closed = |adopted: Option<Adoption>, learnt: &str| ProgrammeStatus::Closed {
        adopted,
        on: date("2026-12"),
        learnt: learnt.into(),
    };
    let typed = Some(EventCommune { key: "chez odette escarvenc".into(), name: named() });
    for change in [
        ProgrammeChange::Text(ProgrammeField::Title, named()),
        ProgrammeChange::Text(ProgrammeField::Aim, named()),
        ProgrammeChange::Status(ProgrammeStatus::Adopted(adopted.clone())),
        ProgrammeChange::Status(closed(Some(adopted), "x")),
        ProgrammeChange::Status(closed(None, &named())),
        ProgrammeChange::Axis(AGEING, AxisField::Title, named()),
        ProgrammeChange::Axis(AGEING, AxisField::Words, named()),
        ProgrammeChange::Axis(AGEING, AxisField::Ottawa, named()),
        ProgrammeChange::Commune(ARLES, typed),
        ProgrammeChange::Priority(ARLES, PriorityField::Why, named()),
        ProgrammeChange::Priority(ARLES, PriorityField::ToVerify, named()),
        ProgrammeChange::Partner(CPTS, ProgrammePartnerField::Name, named()),
        ProgrammeChange::Partner(CPTS, ProgrammePartnerField::Role, named()),
        ProgrammeChange::Funding(ARS, FundingField::Source, named()),
        ProgrammeChange::Funding(ARS, FundingField::Note, named()),
        ProgrammeChange::What(WALK, named()),
        ProgrammeChange::State(WALK, ActionState::Dropped(named())),
        ProgrammeChange::Item(WALK, ItemField::Carrier, named()),
        // Not even as the words of what is no action in words, which no screen shows.
        ProgrammeChange::What(line(125), named()),
    ] {
        assert_eq!(nadine.is_refused(changes(vec![change.clone()])), refused, "{change:?}");
    }
    // Whoever is of this directory is said in words: nobody else has it.
    let partner = ProgrammeChange::PartnerEntry(CPTS, Some(CLUB));
    nadine.does(changes(vec![partner, ProgrammeChange::CarrierEntry(WALK, Some(CLUB))])).unwrap();
    let to_verify = "dite siège d’une MSP, absente de la liste des MSP".to_owned();
    let arles = EventCommune { key: "13004".into(), name: "Arles".into() };
    let verified = ProgrammeChange::Priority(ARLES, PriorityField::ToVerify, to_verify.clone());
    nadine.does(changes(vec![ProgrammeChange::Commune(ARLES, Some(arles.clone())), verified])).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let file = programme(&mut claire, YEAR);
    let ProgrammePartner { entry, name, .. } = &file.programme.partners[0];
    assert_eq!((*entry, name.as_str()), (None, "Club des Alpilles"));
    assert_eq!(file.carried[0].by.name, "Club des Alpilles");
    assert_eq!(
        file.programme.communes,
        [PriorityCommune { id: ARLES, commune: Some(arles), why: String::new(), to_verify }]
    );
    // On one's own notebook one writes what one wants.
    let own = but(of_2026(), |programme| {
        (programme.id, programme.aim) = (NEXT, named());
    });
    nadine.does(begins(&own, None)).unwrap();
}

#[test]
fn a_programme_of_a_group_shows_only_what_is_of_that_group() {
    let Three { mut nadine, mut claire, bernard: _, id } = with_a_project();
    nadine.does(plans("Atelier à moi", Some(date("2026-05-12")), None)).unwrap();
    let with = |is: ItemIs| {
        but(of_2026(), |programme| programme.items.push(ProgrammeItem { is, ..ProgrammeItem::empty(WITH_WALKS) }))
    };
    let refused = Failure::Invalid(Invalid::OfAnotherGroup);
    for alone in [ItemIs::Event(FORUM), ItemIs::Project(OWN)] {
        assert_eq!(nadine.is_refused(begins(&with(alone), Some(id))), refused);
    }
    nadine.does(begins(&with(ItemIs::Project(WALKS)), Some(id))).unwrap();
    let mine = ProgrammeChange::ItemIs(WITH_FORUM, ItemIs::Event(FORUM));
    assert_eq!(nadine.is_refused(changes(vec![mine])), refused);
    let file = programme(&mut nadine, YEAR);
    assert!(file.offers.iter().all(|offer| offer.group == Some(id)), "only what may be on it is offered");
    assert!(file.calendar.months.iter().flatten().all(|row| row.title != "Atelier à moi"));
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let file = programme(&mut claire, YEAR);
    assert_eq!(
        (file.items[1].title.as_str(), file.items[1].carrier.name.as_str()),
        ("Marcher ensemble", "Club des Alpilles")
    );
    // A project of one's own that becomes common is followed there.
    let own = but(with(ItemIs::Project(OWN)), |programme| programme.id = NEXT);
    nadine.does(begins(&own, None)).unwrap();
    assert_eq!(programme(&mut nadine, NEXT).items[1].to, Some(CommonTarget::Project(WALKS)));
    // Whoever leaves reads it as it was, and writes in it no more.
    claire.asks(of_groups(GroupRequest::Leave(id)));
    let gone = changes(vec![ProgrammeChange::Remove(ProgrammeLines::Axes, AGEING)]);
    assert_eq!(claire.is_refused(gone), Failure::NotShared(NotShared::NotOfTheGroup));
    assert!(!programme(&mut claire, YEAR).may_write);
}

#[test]
fn who_carries_an_item_is_chosen_in_the_directory_in_place_of_words() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    writes_own(&mut nadine);
    let begun = but(of_2026(), |programme| programme.items[0].carrier = "Zoé Berlingane".into());
    nadine.does(begins(&begun, Some(id))).unwrap();
    // As the form writes it: the words go, and whoever is of the directory comes.
    let before = programme(&mut nadine, YEAR).programme;
    let after = but(before.clone(), |programme| {
        (programme.items[0].carrier, programme.items[0].carrier_entry) = (String::new(), Some(CLUB));
    });
    nadine.does(changes(before.changes_to(&after))).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    assert_eq!(programme(&mut claire, YEAR).items[0].carrier.name, "Club des Alpilles");
}

#[test]
fn the_next_years_keeps_what_is_not_here() {
    let Three { mut nadine, claire: _, bernard: _, id } = three();
    let act = nadine.does(plans("4e forum santé", Some(date("2026-09-26")), Some(id))).unwrap();
    let begun = but(of_2026(), |programme| {
        programme.items.push(ProgrammeItem { is: ItemIs::Event(FORUM), ..ProgrammeItem::empty(WITH_FORUM) });
    });
    nadine.does(begins(&begun, Some(id))).unwrap();
    nadine.does(Request::Undo(act)).unwrap();
    let file = programme(&mut nadine, YEAR);
    assert_eq!(file.items[1].state, ItemState::NotHere);
    let is_to_do =
        |item: &ProgrammeItem| file.items.iter().any(|shown| shown.item == item.id && !shown.state.is_over());
    let next = file.programme.for_year(NEXT, 2027, is_to_do);
    assert_eq!(next.items.len(), 2, "nobody said that it is over");
    let of_nothing = but(next.clone(), |programme| programme.follows = None);
    assert_eq!(nadine.is_refused(begins(&of_nothing, Some(id))), Failure::NotFound, "nobody ever heard of it");
    nadine.does(begins(&next, Some(id))).unwrap();
    assert_eq!(programme(&mut nadine, NEXT).items[1].state, ItemState::NotHere);
}

#[test]
fn an_event_that_another_moves_is_read_at_its_new_date_by_all() {
    let Three { mut nadine, mut claire, mut bernard, id } = three();
    nadine.does(plans("Forum commun", Some(date("2026-10-03")), Some(id))).unwrap();
    let begun = but(of_2026(), |programme| {
        programme.items.push(ProgrammeItem { is: ItemIs::Event(FORUM), ..ProgrammeItem::empty(WITH_FORUM) });
    });
    nadine.does(begins(&begun, Some(id))).unwrap();
    for (other, name) in [(&mut claire, CLAIRE), (&mut bernard, BERNARD)] {
        meet_as(id, (&mut nadine, NADINE), (other, name));
    }
    // Claire moves the forum; Bernard, who wrote nothing, reads the year as it became.
    claire.does(of_event(EventChange::Planned(Some(date("2026-11-07"))))).unwrap();
    meet_as(id, (&mut claire, CLAIRE), (&mut bernard, BERNARD));
    let file = programme(&mut bernard, YEAR);
    assert_eq!((month(&file, 10), month(&file, 11)), (vec![], vec!["Forum commun"]));
}
