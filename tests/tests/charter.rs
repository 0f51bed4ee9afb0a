//! The charter of a coordination post: agreed on, signed, followed at 3, 6 and 12 months, and decided on. What professionals
//! answered is numbers, few of them are told of nobody, and nothing in it measures a person.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use chrono::Days;
use maillon_shared::api::charter::{CharterAnswer, CharterFile, CharterRead, CharterWrite, Charters};
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, CollectiveWrite};
use maillon_shared::domain::charter::{
    AnswerForm, CharterChange, CharterDecision, CharterDue, CharterLines, CharterQuestion, Commitment, CommitmentState,
    Line, Moment, Outcome, PointHeld, PostCharter, ReportSection, Signatory, SignatoryKind, ToldAnswer,
};
use maillon_shared::domain::ids::CharterId;
use maillon_shared::domain::settings::SettingsField;
use maillon_shared::domain::time::PartialDate;

use crate::in_common::*;

const POST: CharterId = CharterId([160; 16]);
const MAIRIE: LineId = line(161);
const PAYS: LineId = line(162);
const OFFICE: LineId = line(163);
const USEFUL: LineId = line(164);
const WHAT_CHANGED: LineId = line(165);

const fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn read(device: &mut Device, asked: CharterRead) -> CharterAnswer {
    match device.asks(Request::ReadCollective(CollectiveRead::Charter(asked))) {
        Response::Collective(answer) => match *answer {
            CollectiveAnswer::Charter(answer) => answer,
            _ => panic!("a charter"),
        },
        _ => panic!("something collective"),
    }
}

fn all(device: &mut Device) -> Charters {
    match read(device, CharterRead::All) {
        CharterAnswer::All(all) => *all,
        CharterAnswer::One(_) => panic!("the charters"),
    }
}

#[track_caller]
fn charter(device: &mut Device) -> CharterFile {
    match read(device, CharterRead::One(POST)) {
        CharterAnswer::One(file) => *file,
        CharterAnswer::All(_) => panic!("a charter"),
    }
}

fn writes(write: CharterWrite) -> Request {
    Request::WriteCollective(Box::new(CollectiveWrite::Charter(write)))
}

fn begins(charter: &PostCharter, group: Option<GroupId>) -> Request {
    writes(CharterWrite::Create { charter: Box::new(charter.clone()), group, draft: None })
}

fn changes(changes: Vec<CharterChange>) -> Request {
    writes(CharterWrite::Edit { id: POST, changes, draft: None })
}

fn says(lines: CharterLines, id: LineId, field: &str, text: &str) -> CharterChange {
    CharterChange::Line(lines, id, field.into(), text.into())
}

fn asks(field: &str, text: &str) -> CharterChange {
    says(CharterLines::Questions, USEFUL, field, text)
}

fn of_whole(field: &str, text: &str) -> CharterChange {
    CharterChange::About(field.into(), text.into())
}

/// A charter that began a year ago, with two who sign, one commitment and one question to professionals.
fn of_the_post() -> PostCharter {
    let mut charter = PostCharter::empty(POST);
    charter.about.title = "Un poste pour trois villages".into();
    charter.about.aim = "Que chacun sache à qui s’adresser".into();
    charter.about.begins = "2025-06-02".parse().ok();
    let (kind, who) = (SignatoryKind::Mairie, "La mairie".to_owned());
    charter.signatories.push(Signatory { kind, who, ..Signatory::empty(MAIRIE) });
    let (kind, who) = (SignatoryKind::Pays, "Le Pays des collines".to_owned());
    charter.signatories.push(Signatory { kind, who, ..Signatory::empty(PAYS) });
    let text = "Un bureau au rez-de-chaussée".into();
    charter.commitments.push(Commitment { of: Some(MAIRIE), text, ..Commitment::empty(OFFICE) });
    let (text, form) = ("Le poste vous est-il utile ?".into(), AnswerForm::YesNo);
    charter.questions.push(CharterQuestion { text, form, ..CharterQuestion::empty(USEFUL) });
    charter.sections.push(ReportSection { title: "Ce qui a changé".into(), ..ReportSection::empty(WHAT_CHANGED) });
    charter
}

// ── One's own ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_charter_is_agreed_on_followed_and_decided_on() {
    let mut device = nadine();
    let begun = device.does(begins(&of_the_post(), None)).unwrap();
    assert_eq!(device.does(begins(&of_the_post(), None)), None, "asked twice, begun once");
    let file = charter(&mut device);
    let days: Vec<_> = Moment::POINTS.iter().map(|moment| file.day_of(*moment).unwrap().to_string()).collect();
    assert_eq!(days, ["2025-09-02", "2025-12-02", "2026-06-02"]);
    device.does(changes(vec![says(CharterLines::Signatories, MAIRIE, "signed_on", "2025-05")])).unwrap();
    let held = PointHeld::On(PartialDate::parse("2025-09-04").unwrap()).to_string();
    device
        .does(changes(vec![
            of_whole("points.three.held", &held),
            of_whole("points.three.invited", "20"),
            of_whole("points.three.elected", "0"),
            of_whole("points.three.said", "On ne sait pas encore où est le bureau"),
        ]))
        .unwrap();
    let mut device = device.reopens();
    let file = charter(&mut device);
    let three = file.charter.point(Moment::Three);
    assert_eq!((three.invited, three.present, three.elected), (Some(20), None, Some(0)), "not known is not zero");
    let to_hold = [Moment::Six, Moment::Twelve].map(CharterDue::Point);
    assert_eq!(file.due.iter().map(|row| row.due).collect::<Vec<_>>(), to_hold);
    assert_eq!(device.finds("rez-de-chaussée").len(), 1);
    assert_eq!(device.finds("où est le bureau").len(), 1);

    // A point is moved by hand, and the day of this device asks for it.
    let today = device.today().day;
    device.does(changes(vec![of_whole("points.six.planned", &(today + Days::new(2)).to_string())])).unwrap();
    let due = (today + Days::new(1)).to_string();
    device.does(changes(vec![says(CharterLines::Commitments, OFFICE, "due", &due)])).unwrap();
    let rows = device.today().charters;
    let told: Vec<_> = rows.iter().map(|row| (row.due, row.what.as_str(), row.who.as_str())).collect();
    let office = (CharterDue::Commitment(OFFICE), "Un bureau au rez-de-chaussée", "La mairie");
    let [six, twelve] = to_hold.map(|due| (due, "", ""));
    assert_eq!(told, [twelve, office, six], "by their days");
    let on = PartialDate::Day(today);
    let stop = CharterDecision::taken(Outcome::Stop, on, "Le conseil municipal", "Le Pays ne renouvelle pas");
    let stopped = device.does(changes(vec![of_whole("decision", &stop.to_string())])).unwrap();
    assert!(device.today().charters.is_empty(), "once it stops nothing is awaited");
    assert_eq!(all(&mut device).rows[0].decision, stop);
    device.does(Request::Undo(stopped)).unwrap();
    assert_eq!(device.today().charters.len(), 3);
    device.does(changes(vec![CharterChange::Withdrawn(true)])).unwrap();
    assert!(all(&mut device).rows.is_empty() && device.finds("rez-de-chaussée").is_empty());
    assert_eq!(device.is_refused(Request::Undo(begun)), Failure::WrittenSince);
}

#[test]
fn what_professionals_answered_is_told_above_the_threshold_and_a_question_keeps_its_meaning() {
    let mut device = nadine();
    device.does(begins(&of_the_post(), None)).unwrap();
    device.does(changes(vec![asks("text", "Le poste vous sert-il ?")])).unwrap();
    let typed = |moment: &str, n: &str, yes: &str| {
        [("n", n), ("counts.yes", yes)].map(|(field, text)| asks(&format!("answers.{moment}.{field}"), text)).to_vec()
    };
    device.does(changes(typed("start", "4", "4"))).unwrap();
    device.does(changes(typed("six", "12", "12"))).unwrap();
    let mut device = device.reopens();
    let told = |device: &mut Device, moment| {
        let file = charter(device);
        match file.charter.questions[0].told(moment, file.threshold) {
            ToldAnswer::Several { n, lines, .. } => (n.exactly(), lines),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(told(&mut device, Moment::Start), (None, Vec::new()));
    assert_eq!(told(&mut device, Moment::Six), (Some(12), vec![("yes", 12)]));
    device.does(Request::EditSettings(vec![(SettingsField::SummaryThreshold, "11".into())])).unwrap();
    device.does(changes(typed("six", "10", "10"))).unwrap();
    assert_eq!(told(&mut device, Moment::Six), (None, Vec::new()), "as the settings have it");
    // It keeps its meaning, and is closed; another is asked from then on.
    let answered = Failure::Invalid(Invalid::Answered);
    for change in [
        asks("text", "Le bureau est-il bien placé ?"),
        asks("form", "scale"),
        asks("asked", "mairie"),
        CharterChange::Remove(CharterLines::Questions, USEFUL),
    ] {
        assert_eq!(device.is_refused(changes(vec![change.clone()])), answered, "{change:?}");
    }
    device.does(changes(vec![asks("closed_on", "2026-01-05")])).unwrap();
    assert_eq!(charter(&mut device).charter.questions[0].compared().count(), 2);
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_written() {
    let mut device = nadine();
    let mut nameless = of_the_post();
    nameless.about.title = " ".into();
    assert_eq!(device.is_refused(begins(&nameless, None)), Failure::Invalid(Invalid::NoName));
    let mut backwards = of_the_post();
    backwards.about.ends = "2025-01-01".parse().ok();
    assert_eq!(device.is_refused(begins(&backwards, None)), Failure::Invalid(Invalid::Day));
    let written = device.does(begins(&of_the_post(), None)).unwrap();
    let mut refused = |change: CharterChange| device.is_refused(changes(vec![change]));
    let not_held = CommitmentState::NotHeld(" ".into()).to_string();
    assert_eq!(
        refused(says(CharterLines::Commitments, OFFICE, "state", &not_held)),
        Failure::Invalid(Invalid::NoReason)
    );
    let nobody = CharterDecision::taken(Outcome::Continue, PartialDate::Year(2026), " ", "utile").to_string();
    assert_eq!(refused(of_whole("decision", &nobody)), Failure::Invalid(Invalid::NoReason));
    assert_eq!(refused(of_whole("begins", "1789-07-14")), Failure::Invalid(Invalid::Day));
    assert_eq!(refused(of_whole("decision", "sleep:2030")), Failure::NotUnderstood);
    assert_eq!(refused(of_whole("points.nine.said", "x")), Failure::NotUnderstood);
    assert_eq!(refused(asks("answers.three.n", "5")), Failure::NotUnderstood, "it is not asked at 3 months");
    assert_eq!(refused(asks("answers.start.counts.4", "5")), Failure::NotUnderstood, "it is no choice of this one");
    let unknown = says(CharterLines::Signatories, MAIRIE, "who_entry", &CLUB.to_string());
    assert_eq!(refused(unknown), Failure::NotFound);
    let more = vec![asks("answers.start.n", "5"), asks("answers.start.counts.yes", "6")];
    assert_eq!(device.is_refused(changes(more)), Failure::Invalid(Invalid::TooMany));
    device.does(Request::Undo(written)).unwrap();
    assert!(all(&mut device).rows.is_empty() && device.finds("trois villages").is_empty());
}

/// No field of what a screen is handed says how late, how often or how well anyone did anything.
#[test]
fn nothing_that_is_told_of_a_charter_measures_a_person() {
    let mut device = nadine();
    let mut charter_of_all = of_the_post();
    let late = device.today().day - Days::new(40);
    charter_of_all.commitments[0].due = Some(late);
    device.does(begins(&charter_of_all, None)).unwrap();
    let told = format!("{:?} {:?} {:?}", charter(&mut device), all(&mut device), device.today().charters);
    for measure in
        ["late", "overdue", "days_", "score", "rank", "rate:", "percent", "average", "punctual", "performance"]
    {
        assert!(!told.to_lowercase().contains(measure), "{measure} in {told}");
    }
    let mut rows = device.today().charters;
    rows.sort_by_key(|row| row.day);
    assert_eq!(rows, device.today().charters, "by day, and by nobody");
}

// ── A group's ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn nobody_who_is_accompanied_is_named_anywhere_in_a_charter_of_a_group() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    writes_own(&mut nadine);
    let named = "Odette Escarvenc";
    let refused = Failure::Invalid(Invalid::NamesSomeone);
    nadine.does(begins(&of_the_post(), Some(id))).unwrap();
    let because = CommitmentState::NotHeld(named.into()).to_string();
    let decided = CharterDecision::taken(Outcome::Stop, PartialDate::Year(2026), "Le conseil", named).to_string();
    let by = CharterDecision::taken(Outcome::Stop, PartialDate::Year(2026), named, "x").to_string();
    let mut worded = vec![
        of_whole("decision", &decided),
        of_whole("decision", &by),
        of_whole("points.three.held", &PointHeld::NotHeld(named.into()).to_string()),
        says(CharterLines::Commitments, OFFICE, "state", &because),
        says(CharterLines::Commitments, OFFICE, "text", named),
        says(CharterLines::Signatories, PAYS, "who", named),
        says(CharterLines::Sections, WHAT_CHANGED, "title", named),
        says(CharterLines::Sections, WHAT_CHANGED, "words", named),
        asks("text", named),
        asks("unit", named),
        asks("answers.start.said", named),
    ];
    worded.extend(["title", "commune", "aim"].map(|field| of_whole(field, named)));
    worded.extend(["said", "decisions"].map(|field| of_whole(&format!("points.six.{field}"), named)));
    for change in worded {
        assert_eq!(nadine.is_refused(changes(vec![change.clone()])), refused, "{change:?}");
    }
    // Whoever is of this directory is said in words: nobody else has it.
    nadine.does(changes(vec![says(CharterLines::Signatories, PAYS, "who_entry", &CLUB.to_string())])).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let held = charter(&mut claire).charter;
    assert_eq!((held.signatories[1].who.as_str(), held.signatories[1].who_entry), ("Club des Alpilles", None));
    assert_eq!(group(&mut claire, id).charters, [(POST, "Un poste pour trois villages".into())]);
}

#[test]
fn two_members_follow_one_charter_and_both_keep_their_words() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    nadine.does(begins(&of_the_post(), Some(id))).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    nadine.does(changes(vec![of_whole("points.three.present", "9"), asks("answers.start.n", "8")])).unwrap();
    claire.does(changes(vec![of_whole("points.three.said", "Peu de monde"), asks("answers.start.n", "9")])).unwrap();
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let (hers, theirs) = (charter(&mut nadine), charter(&mut claire));
    assert_eq!((&hers.charter, &hers.conflicts), (&theirs.charter, &theirs.conflicts));
    let three = hers.charter.point(Moment::Three);
    assert_eq!((three.present, three.said.as_str()), (Some(9), "Peu de monde"));
    let [conflict] = &hers.conflicts[..] else { panic!("one conflict: {:?}", hers.conflicts) };
    assert_eq!(conflict.field, format!("questions.{USEFUL}.answers.start.n"));
    nadine.does(changes(vec![CharterChange::at(&conflict.field, "9").unwrap()])).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    assert!(charter(&mut claire).conflicts.is_empty());
}

#[test]
fn what_two_wrote_at_once_is_told_as_it_was_asked_and_can_be_mended() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    nadine.does(begins(&of_the_post(), Some(id))).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    // One types what professionals answered, and not how many they are; another asks the mairie, knowing of no answer.
    let typed = vec![asks("answers.start.counts.yes", "6"), asks("answers.start.said", "On ne le trouve pas")];
    claire.does(changes(typed)).unwrap();
    nadine.does(changes(vec![asks("asked", "mairie"), asks("form", "scale")])).unwrap();
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let told = |device: &mut Device| {
        let file = charter(device);
        format!("{:?}", file.charter.questions[0].told(Moment::Start, file.threshold))
    };
    assert_eq!(told(&mut nadine), "HowManyNotKnown");
    // It is mended in the form in which it was asked, and the question may be again what was asked.
    let too_few = changes(vec![asks("answers.start.n", "4")]);
    assert_eq!(nadine.is_refused(too_few), Failure::Invalid(Invalid::TooMany));
    nadine.does(changes(vec![asks("answers.start.n", "12"), asks("answers.start.counts.no", "6")])).unwrap();
    assert!(told(&mut nadine).contains("(\"yes\", 6), (\"no\", 6)"), "{}", told(&mut nadine));
    assert_eq!(charter(&mut nadine).charter.questions[0].compared().count(), 0);
    nadine.does(changes(vec![asks("asked", "professionals"), asks("form", "yes_no")])).unwrap();
    assert_eq!(charter(&mut nadine).charter.questions[0].compared().count(), 1);
}
