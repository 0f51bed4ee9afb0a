//! What is noted of an encounter: a step of a story, or an ordinary day.

use chrono::{Datelike, NaiveDate};
use maillon_shared::domain::encounter::{EncounterKind, EncounterResult};
use maillon_shared::domain::follow_up::FollowUpKind;

use super::chance::Chance;
use super::people::Resident;
use super::phrases::say;
use super::stories::{Repertoire, Step};

/// The texts of an encounter.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// What is noted.
    pub notes: String,
    /// What the person said.
    pub words: String,
    /// What is noted apart.
    pub private: String,
    /// Who else was there.
    pub with: String,
}

/// One of these sentences, said of someone; nothing where there is none.
pub fn one_of(chance: &mut Chance, sentences: &[&str], whom: &Resident) -> String {
    if sentences.is_empty() {
        return String::new();
    }
    let sentence = *chance.pick(sentences);
    say(chance, sentence, &whom.around)
}

/// A step of a story.
pub fn step(chance: &mut Chance, step: &Step, whom: &Resident) -> Told {
    let notes = one_of(chance, &step.notes, whom);
    let words = if chance.happens(70) { one_of(chance, &step.words, whom) } else { String::new() };
    let private = if chance.happens(60) { one_of(chance, &step.private, whom) } else { String::new() };
    let with = if step.with.is_empty() { String::new() } else { say(chance, step.with, &whom.around) };
    Told { notes, words, private, with }
}

/// An ordinary day: how it began, what was said, how it ended.
pub fn ordinary(
    chance: &mut Chance,
    repertoire: &Repertoire,
    kind: &EncounterKind,
    day: NaiveDate,
    whom: &Resident,
) -> Told {
    let own = format!("middle {}", whom.situation.code());
    let season = match day.month() {
        12 | 1 | 2 => "season winter",
        3..=5 => "season spring",
        6..=8 => "season summer",
        _ => "season autumn",
    };
    let middle = chance.weighted(&[(5, own.as_str()), (3, "middle all"), (2, season)]);
    let mut sentences = vec![one_of(chance, repertoire.section(&format!("opening {}", kind.code())), whom)];
    sentences.push(one_of(chance, &fitting(repertoire.section(middle), kind), whom));
    if chance.happens(35) {
        let more = chance.weighted(&[(2, "middle all"), (1, season), (2, own.as_str())]);
        let more = one_of(chance, &fitting(repertoire.section(more), kind), whom);
        if !sentences.contains(&more) {
            sentences.push(more);
        }
    }
    if chance.happens(40) {
        sentences.push(one_of(chance, &fitting(repertoire.section("closing"), kind), whom));
    }
    let spoken = !matches!(kind, EncounterKind::ThirdParty | EncounterKind::Mail);
    let words =
        if spoken && chance.happens(22) { one_of(chance, repertoire.section("words"), whom) } else { String::new() };
    let private = if chance.happens(6) { one_of(chance, repertoire.section("private"), whom) } else { String::new() };
    Told { notes: sentences.join(" "), words, private, with: String::new() }
}

/// The sentences that one could write after such an encounter: some need to see each other, some to be at home.
fn fitting(sentences: &[&'static str], kind: &EncounterKind) -> Vec<&'static str> {
    let at_home = matches!(kind, EncounterKind::HomeVisit | EncounterKind::JointVisit);
    let face_to_face = at_home
        || matches!(
            kind,
            EncounterKind::Appointment
                | EncounterKind::WalkIn
                | EncounterKind::Accompaniment
                | EncounterKind::ChanceMeeting
        );
    let fits = |sentence: &'static str| match (sentence.strip_prefix("* "), sentence.strip_prefix("+ ")) {
        (Some(sentence), _) => at_home.then_some(sentence),
        (_, Some(sentence)) => face_to_face.then_some(sentence),
        _ => Some(sentence),
    };
    sentences.iter().copied().filter_map(fits).collect()
}

/// An attempt that met nobody: what came of it, and what is noted.
pub fn attempt(
    chance: &mut Chance,
    repertoire: &Repertoire,
    kind: &EncounterKind,
    whom: &Resident,
) -> (EncounterResult, String) {
    let result = match kind {
        EncounterKind::CallOut => chance.weighted(&[
            (6, &EncounterResult::NoAnswer),
            (3, &EncounterResult::MessageLeft),
            (1, &EncounterResult::Declined),
        ]),
        _ => chance.weighted(&[(8, &EncounterResult::DoorClosed), (2, &EncounterResult::Declined)]),
    };
    (result.clone(), one_of(chance, repertoire.section(result.code()), whom))
}

/// How long an encounter lasts, in minutes, when someone notes it.
pub fn duration(chance: &mut Chance, kind: &EncounterKind) -> Option<u16> {
    let (first, last) = match kind {
        EncounterKind::HomeVisit | EncounterKind::JointVisit => (4, 16),
        EncounterKind::Accompaniment => (10, 40),
        EncounterKind::Appointment => (4, 12),
        EncounterKind::CallOut | EncounterKind::CallIn | EncounterKind::ThirdParty | EncounterKind::WalkIn => (1, 5),
        EncounterKind::Mail | EncounterKind::ChanceMeeting | EncounterKind::Unknown(_) => return None,
    };
    chance.happens(80).then_some(())?;
    u16::try_from(chance.between(first, last) * 5).ok()
}

/// The way in which a follow-up is usually done.
pub fn way(chance: &mut Chance, kind: &FollowUpKind) -> EncounterKind {
    match kind {
        FollowUpKind::Visit => {
            chance.weighted(&[(9, &EncounterKind::HomeVisit), (1, &EncounterKind::JointVisit)]).clone()
        }
        FollowUpKind::Call => EncounterKind::CallOut,
        _ => chance
            .weighted(&[
                (4, &EncounterKind::CallOut),
                (3, &EncounterKind::Appointment),
                (2, &EncounterKind::HomeVisit),
                (1, &EncounterKind::Accompaniment),
            ])
            .clone(),
    }
}
