//! Where one is among what is common: collective projects, difficulties of practice, fictional situations.

use chrono::NaiveDate;
use maillon_shared::domain::disclosure::PublicCount;
use maillon_shared::domain::ids::{CollectiveId, DifficultyId, SituationId};

/// The screens of collective projects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CollectiveRoute {
    /// Every project.
    List,
    /// A project to begin, from needs or from nothing.
    New(ProjectStart),
    /// One project.
    Project(CollectiveId),
    /// A project to change.
    Edit(CollectiveId),
    /// What was measured, to note.
    Measure(CollectiveId),
    /// A project to close.
    Close(CollectiveId),
}

/// What is already known when a project begins: needs, as they may be said to anyone. No name goes this way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectStart {
    /// The subjects, items of the list of topics or words, with how many people.
    pub needs: Vec<(String, PublicCount)>,
    /// Over which time: from that day to that one.
    pub period: Option<(NaiveDate, NaiveDate)>,
}

/// The screens of practice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PracticeRoute {
    /// Every difficulty.
    Difficulties,
    /// A difficulty to say.
    NewDifficulty,
    /// A difficulty to mend.
    Difficulty(DifficultyId),
    /// What may be shown of one subject.
    Shared(String),
    /// Every fictional situation.
    Situations,
    /// A situation to write.
    NewSituation,
    /// One situation.
    Situation(SituationId),
    /// A situation to change.
    EditSituation(SituationId),
}

impl CollectiveRoute {
    pub(super) fn path(&self) -> String {
        match self {
            CollectiveRoute::List => String::new(),
            CollectiveRoute::New(start) => format!("/new{}", start.path()),
            CollectiveRoute::Project(id) => format!("/{id}"),
            CollectiveRoute::Edit(id) => format!("/{id}/edit"),
            CollectiveRoute::Measure(id) => format!("/{id}/measure"),
            CollectiveRoute::Close(id) => format!("/{id}/close"),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        let id = |text: &str| CollectiveId::parse(text);
        Some(match parts {
            [] => CollectiveRoute::List,
            ["new", rest @ ..] => CollectiveRoute::New(ProjectStart::parse(rest)?),
            [one] => CollectiveRoute::Project(id(one)?),
            [one, "edit"] => CollectiveRoute::Edit(id(one)?),
            [one, "measure"] => CollectiveRoute::Measure(id(one)?),
            [one, "close"] => CollectiveRoute::Close(id(one)?),
            _ => return None,
        })
    }
}

impl ProjectStart {
    fn path(&self) -> String {
        let period = self.period.map(|(from, until)| format!("/over/{from}/{until}")).unwrap_or_default();
        let needs = self.needs.iter().map(|(topic, persons)| format!("/need/{}/{persons}", escaped(topic)));
        period + &needs.collect::<String>()
    }

    fn parse(mut parts: &[&str]) -> Option<Self> {
        let mut start = ProjectStart::default();
        while !parts.is_empty() {
            let [what, one, other, rest @ ..] = parts else { return None };
            match *what {
                "over" => start.period = Some((one.parse().ok()?, other.parse().ok()?)),
                "need" => start.needs.push((unescaped(one)?, PublicCount::parse(other)?)),
                _ => return None,
            }
            parts = rest;
        }
        Some(start)
    }
}

impl PracticeRoute {
    pub(super) fn path(&self) -> String {
        match self {
            PracticeRoute::Difficulties => "/difficulties".into(),
            PracticeRoute::NewDifficulty => "/difficulties/new".into(),
            PracticeRoute::Difficulty(id) => format!("/difficulties/{id}"),
            PracticeRoute::Shared(theme) => format!("/difficulties/of/{}", escaped(theme)),
            PracticeRoute::Situations => "/situations".into(),
            PracticeRoute::NewSituation => "/situations/new".into(),
            PracticeRoute::Situation(id) => format!("/situations/{id}"),
            PracticeRoute::EditSituation(id) => format!("/situations/{id}/edit"),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            ["difficulties"] => PracticeRoute::Difficulties,
            ["difficulties", "new"] => PracticeRoute::NewDifficulty,
            ["difficulties", "of", theme] => PracticeRoute::Shared(unescaped(theme)?),
            ["difficulties", id] => PracticeRoute::Difficulty(DifficultyId::parse(id)?),
            ["situations"] => PracticeRoute::Situations,
            ["situations", "new"] => PracticeRoute::NewSituation,
            ["situations", id] => PracticeRoute::Situation(SituationId::parse(id)?),
            ["situations", id, "edit"] => PracticeRoute::EditSituation(SituationId::parse(id)?),
            _ => return None,
        })
    }
}

/// Words as a part of an address: what is not a plain letter, a digit or a low line is written in hexadecimal.
fn escaped(words: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let one = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("~{byte:02x}") };
    words.bytes().map(one).collect()
}

fn unescaped(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'~' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                let (high, low) = (digit(rest.next())?, digit(rest.next())?);
                bytes.push(u8::try_from(high * 16 + low).ok()?);
            }
            plain => bytes.push(plain),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::disclosure::Threshold;

    use super::super::Route;
    use super::*;

    #[test]
    fn every_screen_of_what_is_common_is_found_again_by_its_address() {
        let (project, situation) = (CollectiveId([1; 16]), SituationId([2; 16]));
        let day = |text: &str| text.parse().expect("a date");
        let start = ProjectStart {
            needs: vec![
                ("transport".into(), PublicCount::of(12, Threshold::FIVE)),
                ("aller/venir, à l’hôpital".into(), PublicCount::of(2, Threshold::FIVE)),
            ],
            period: Some((day("2026-01-01"), day("2026-06-12"))),
        };
        for route in [
            CollectiveRoute::List,
            CollectiveRoute::New(ProjectStart::default()),
            CollectiveRoute::New(start),
            CollectiveRoute::Project(project),
            CollectiveRoute::Edit(project),
            CollectiveRoute::Measure(project),
            CollectiveRoute::Close(project),
        ] {
            let route = Route::Collective(route);
            assert_eq!(Route::parse(&route.href()), Some(route));
        }
        for route in [
            PracticeRoute::Difficulties,
            PracticeRoute::NewDifficulty,
            PracticeRoute::Difficulty(DifficultyId([3; 16])),
            PracticeRoute::Shared("délais/attente".into()),
            PracticeRoute::Situations,
            PracticeRoute::NewSituation,
            PracticeRoute::Situation(situation),
            PracticeRoute::EditSituation(situation),
        ] {
            let route = Route::Practice(route);
            assert_eq!(Route::parse(&route.href()), Some(route));
        }
        for hash in ["#/collective/new/need/transport", "#/collective/new/need/x/y", "#/practice", "#/practice/x"] {
            assert_eq!(Route::parse(hash), None, "{hash}");
        }
    }
}
