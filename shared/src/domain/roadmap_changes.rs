//! How a roadmap changes: what a form wrote, as the smallest differences, each a path and a value in words. The journal, the
//! drafts and the choice between two versions all say it so.

use serde::{Deserialize, Serialize};

use super::changes::gone;
use super::ids::{LineId, RoadmapId};
use super::roadmap::Roadmap;
use super::roadmap_parts::{Fielded, Line};

/// What stands before the path of a line that is taken away.
const REMOVE: &str = "remove";
const WITHDRAWN: &str = "withdrawn";
const YES: &str = "1";

/// Declares the sorts of lines, and what is done to the lines of each.
macro_rules! sorts {
    ($($(#[$doc:meta])* $variant:ident = $code:literal => $lines:ident),* $(,)?) => {
        /// The lines of a roadmap.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum RoadmapLines {
            $($(#[$doc])* $variant,)*
        }

        impl RoadmapLines {
            /// Every sort of line, in reading order.
            pub const ALL: &'static [RoadmapLines] = &[$(RoadmapLines::$variant),*];

            /// The code that is written.
            pub const fn code(self) -> &'static str {
                match self { $(RoadmapLines::$variant => $code,)* }
            }
        }

        impl Roadmap {
            fn say_in(&mut self, lines: RoadmapLines, id: LineId, field: &str, text: &str) -> bool {
                match lines { $(RoadmapLines::$variant => say_in(&mut self.$lines, id, field, text),)* }
            }

            fn remove(&mut self, lines: RoadmapLines, id: LineId) {
                match lines { $(RoadmapLines::$variant => self.$lines.retain(|line| line.id != id),)* }
            }

            fn lines_to(&self, edited: &Roadmap) -> Vec<RoadmapChange> {
                let mut changes = Vec::new();
                $(lines_to(RoadmapLines::$variant, &self.$lines, &edited.$lines, &mut changes);)*
                changes
            }

            /// What is written in a field of a line; nothing where the line is not there.
            pub fn said_in(&self, lines: RoadmapLines, id: LineId, field: &str) -> Option<String> {
                match lines {
                    $(RoadmapLines::$variant => self.$lines.iter().find(|line| line.id == id).map(|line| line.said(field)),)*
                }
            }

            /// Every word that someone typed in its lines.
            fn words_of_lines(&self) -> Vec<String> {
                let mut words = Vec::new();
                $(words.extend(self.$lines.iter().flat_map(Fielded::words));)*
                words
            }

            /// Whether this version knows what all its lines mean.
            fn lines_are_known(&self) -> bool {
                $(self.$lines.iter().all(Fielded::is_known))&&*
            }
        }
    };
}

sorts! {
    /// Its axes.
    Axes = "axes" => axes,
    /// Its objectives.
    Objectives = "objectives" => objectives,
    /// Its actions.
    Actions = "actions" => actions,
    /// What is measured.
    Indicators = "indicators" => indicators,
    /// What was measured.
    Values = "values" => values,
    /// What went otherwise.
    Deviations = "deviations" => deviations,
    /// The funders' frameworks.
    Frameworks = "frameworks" => frameworks,
    /// Their headings.
    Headings = "headings" => headings,
    /// The bodies.
    Bodies = "bodies" => bodies,
    /// The mandates.
    Mandates = "mandates" => mandates,
    /// The decisions.
    Decisions = "decisions" => decisions,
    /// The partnerships.
    Partnerships = "partnerships" => partnerships,
}

impl RoadmapLines {
    /// What a code says.
    pub fn from_code(code: &str) -> Option<Self> {
        RoadmapLines::ALL.iter().copied().find(|lines| lines.code() == code)
    }
}

/// One change to a roadmap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RoadmapChange {
    /// A field of the whole becomes this.
    About(String, String),
    /// A field of a line becomes this; a new line comes into being.
    Line(RoadmapLines, LineId, String, String),
    /// A line goes.
    Remove(RoadmapLines, LineId),
    /// It was a mistake, or was not.
    Withdrawn(bool),
}

impl RoadmapChange {
    /// Where it is written, and what. No words are nothing.
    pub fn path(&self) -> (String, String) {
        match self {
            RoadmapChange::About(field, text) => (field.clone(), text.clone()),
            RoadmapChange::Line(lines, id, field, text) => (format!("{}.{id}.{field}", lines.code()), text.clone()),
            RoadmapChange::Remove(lines, id) => (format!("{REMOVE}.{}.{id}", lines.code()), YES.to_owned()),
            RoadmapChange::Withdrawn(withdrawn) => {
                (WITHDRAWN.to_owned(), if *withdrawn { YES.to_owned() } else { String::new() })
            }
        }
    }

    /// The change that writes that value there; nothing where a newer version wrote it, or it is no such value.
    pub fn at(path: &str, value: &str) -> Option<RoadmapChange> {
        let change = match path.splitn(3, '.').collect::<Vec<_>>()[..] {
            [WITHDRAWN] => RoadmapChange::Withdrawn(value == YES),
            [field] => RoadmapChange::About(field.to_owned(), value.to_owned()),
            [REMOVE, lines, id] => RoadmapChange::Remove(RoadmapLines::from_code(lines)?, LineId::parse(id)?),
            [lines, id, field] => {
                let (lines, id) = (RoadmapLines::from_code(lines)?, LineId::parse(id)?);
                RoadmapChange::Line(lines, id, field.to_owned(), value.to_owned())
            }
            _ => return None,
        };
        change.is_said().then_some(change)
    }

    /// Whether there is such a field, and it can hold that.
    pub fn is_said(&self) -> bool {
        Roadmap::empty(RoadmapId([0; 16])).apply(self)
    }

    /// Whether this version knows what it says.
    pub fn is_known(&self) -> bool {
        let mut alone = Roadmap::empty(RoadmapId([0; 16]));
        alone.apply(self) && alone.lines_are_known()
    }

    /// The words that someone types in it.
    pub fn words(&self) -> Vec<String> {
        let mut alone = Roadmap::empty(RoadmapId([0; 16]));
        alone.apply(self);
        let words = alone.words();
        words.into_iter().filter(|words| !words.is_empty()).collect()
    }
}

impl Roadmap {
    /// Every word that someone typed in it.
    pub fn words(&self) -> Vec<String> {
        let mut words = self.about.words();
        words.extend(self.words_of_lines());
        words
    }

    /// What to write so that this roadmap becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &Roadmap) -> Vec<RoadmapChange> {
        let own = self.about.differences(&edited.about).into_iter();
        let mut changes: Vec<_> = own.map(|(field, text)| RoadmapChange::About(field, text)).collect();
        if self.withdrawn != edited.withdrawn {
            changes.push(RoadmapChange::Withdrawn(edited.withdrawn));
        }
        changes.extend(self.lines_to(edited));
        changes
    }

    /// Makes a change, as the journal would. A line comes into being with its first field that says something. What is no
    /// such field or no such value changes nothing, and is said.
    pub fn apply(&mut self, change: &RoadmapChange) -> bool {
        match change {
            RoadmapChange::About(field, text) => return self.about.say(field, text),
            RoadmapChange::Line(lines, id, field, text) => return self.say_in(*lines, *id, field, text),
            RoadmapChange::Remove(lines, id) => self.remove(*lines, *id),
            RoadmapChange::Withdrawn(withdrawn) => self.withdrawn = *withdrawn,
        }
        true
    }
}

fn say_in<T: Line>(lines: &mut Vec<T>, id: LineId, field: &str, text: &str) -> bool {
    if let Some(line) = lines.iter_mut().find(|line| line.id() == id) {
        return line.say(field, text);
    }
    let mut line = T::empty(id);
    let is_said = line.say(field, text);
    if is_said && !text.is_empty() {
        lines.push(line);
    }
    is_said
}

fn lines_to<T: Line>(lines: RoadmapLines, before: &[T], after: &[T], changes: &mut Vec<RoadmapChange>) {
    for line in after {
        let held = before.iter().find(|held| held.id() == line.id()).cloned().unwrap_or_else(|| T::empty(line.id()));
        let differences = held.differences(line).into_iter();
        changes.extend(differences.map(|(field, text)| RoadmapChange::Line(lines, line.id(), field, text)));
    }
    let gone = gone(before, after, Line::id).into_iter();
    changes.extend(gone.map(|id| RoadmapChange::Remove(lines, id)));
}

#[cfg(test)]
mod tests {
    use super::super::event::EventCommune;
    use super::super::programme::{ActionState, Cents};
    use super::super::roadmap::{Body, BodyKind, RoadmapAction, RoadmapAxis};
    use super::*;

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    fn roadmap() -> Roadmap {
        let mut roadmap = Roadmap::empty(RoadmapId([9; 16]));
        (roadmap.about.title, roadmap.about.from) = ("Feuille de route".into(), Some(2025));
        roadmap.axes.push(RoadmapAxis { title: "Bien vieillir".into(), ..RoadmapAxis::empty(line(1)) });
        let arles = EventCommune { key: "13004".into(), name: "Arles".into() };
        roadmap.actions.push(RoadmapAction {
            title: "Marcher ensemble".into(),
            places: [(line(7), arles)].into(),
            state: ActionState::Dropped("la salle : trop petite".into()),
            spent: Some(Cents(0)),
            headings: [line(4), line(5)].into(),
            ..RoadmapAction::empty(line(2))
        });
        roadmap.bodies.push(Body { kind: BodyKind::WorkingGroup, ..Body::empty(line(3)) });
        roadmap
    }

    #[test]
    fn a_form_writes_only_what_was_touched_and_every_change_reads_back_from_its_path() {
        let before = roadmap();
        let mut edited = before.clone();
        assert_eq!(before.changes_to(&edited), []);
        edited.actions[0].headings.remove(&line(4));
        edited.actions[0].planned = Some(Cents(1_000));
        edited.axes.clear();
        let changes = before.changes_to(&edited);
        assert_eq!(
            changes,
            [
                RoadmapChange::Remove(RoadmapLines::Axes, line(1)),
                RoadmapChange::Line(RoadmapLines::Actions, line(2), "planned".into(), "1000".into()),
                RoadmapChange::Line(RoadmapLines::Actions, line(2), format!("headings.{}", line(4)), String::new()),
            ]
        );
        let all = Roadmap::empty(before.id).changes_to(&before);
        for change in all.iter().chain(&changes).chain(&[RoadmapChange::Withdrawn(true)]) {
            let (path, value) = change.path();
            assert_eq!(RoadmapChange::at(&path, &value).as_ref(), Some(change), "{path} {value}");
        }
        let mut again = Roadmap::empty(before.id);
        assert!(all.iter().all(|change| again.apply(change)));
        assert_eq!(again, before);
    }

    #[test]
    fn what_is_no_such_value_changes_nothing() {
        let id = line(2);
        for (path, value) in [
            ("colour".to_owned(), "x"),
            ("from".into(), "l’an prochain"),
            (format!("actions.{id}.colour"), "x"),
            (format!("actions.{id}.planned"), "mille"),
            (format!("actions.{id}.planned.x"), "5"),
            (format!("actions.{id}.headings"), "1"),
            (format!("mandates.{id}.ends"), "un jour"),
            (format!("pupils.{id}.name"), "x"),
            ("actions.x.title".into(), "x"),
        ] {
            assert_eq!(RoadmapChange::at(&path, value), None, "{path} {value}");
        }
        let tomorrow = RoadmapChange::Line(RoadmapLines::Actions, id, "state".into(), "asleep".into());
        assert!(tomorrow.is_said() && !tomorrow.is_known(), "it is kept, and never written here");
    }

    #[test]
    fn words_that_someone_types_are_told_and_what_is_chosen_is_not() {
        let words = roadmap().words();
        assert!(words.iter().any(|one| one == "la salle : trop petite"));
        assert!(!words.iter().any(|one| one == "Arles"), "it is of the list");
        let change = RoadmapChange::Line(RoadmapLines::Mandates, line(1), "who".into(), "Basile".into());
        assert_eq!(change.words(), ["Basile"]);
        let year = RoadmapChange::About("from".into(), "2025".into());
        assert!(year.words().is_empty());
    }
}
