//! How an outreach service changes: what a form wrote, as the smallest differences, each a path and a value in words, as the
//! roadmap's are. The journal and the choice between two versions say it so.

use serde::{Deserialize, Serialize};

use super::changes::gone;
use super::ids::{LineId, OutreachId};
use super::outreach::OutreachService;
use super::roadmap_parts::{Fielded, Line};

/// What stands before the path of a line that is taken away.
const REMOVE: &str = "remove";
const WITHDRAWN: &str = "withdrawn";
const YES: &str = "1";

/// Declares the sorts of lines, and what is done to the lines of each.
macro_rules! sorts {
    ($($(#[$doc:meta])* $variant:ident = $code:literal => $lines:ident),* $(,)?) => {
        /// The lines of a service.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum OutreachLines {
            $($(#[$doc])* $variant,)*
        }

        impl OutreachLines {
            /// Every sort of line, in reading order.
            pub const ALL: &'static [OutreachLines] = &[$(OutreachLines::$variant),*];

            /// The code that is written.
            pub const fn code(self) -> &'static str {
                match self { $(OutreachLines::$variant => $code,)* }
            }
        }

        impl OutreachService {
            fn say_in(&mut self, lines: OutreachLines, id: LineId, field: &str, text: &str) -> bool {
                match lines { $(OutreachLines::$variant => say_in(&mut self.$lines, id, field, text),)* }
            }

            fn remove(&mut self, lines: OutreachLines, id: LineId) {
                match lines { $(OutreachLines::$variant => self.$lines.retain(|line| line.id != id),)* }
            }

            fn lines_to(&self, edited: &OutreachService) -> Vec<OutreachChange> {
                let mut changes = Vec::new();
                $(lines_to(OutreachLines::$variant, &self.$lines, &edited.$lines, &mut changes);)*
                changes
            }

            /// What is written in a field of a line; nothing where the line is not there.
            pub fn said_in(&self, lines: OutreachLines, id: LineId, field: &str) -> Option<String> {
                match lines {
                    $(OutreachLines::$variant => self.$lines.iter().find(|line| line.id == id).map(|line| line.said(field)),)*
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
    /// Where it is.
    Places = "places" => places,
    /// Days left out and added.
    Days = "days" => days,
    /// What happened on its days.
    Sessions = "sessions" => sessions,
    /// Who is on duty.
    Turns = "turns" => turns,
}

impl OutreachLines {
    /// What a code says.
    pub fn from_code(code: &str) -> Option<Self> {
        OutreachLines::ALL.iter().copied().find(|lines| lines.code() == code)
    }
}

/// One change to a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OutreachChange {
    /// A field of the whole becomes this.
    About(String, String),
    /// A field of a line becomes this; a new line comes into being.
    Line(OutreachLines, LineId, String, String),
    /// A line goes.
    Remove(OutreachLines, LineId),
    /// It was a mistake, or was not.
    Withdrawn(bool),
}

impl OutreachChange {
    /// Where it is written, and what. No words are nothing.
    pub fn path(&self) -> (String, String) {
        match self {
            OutreachChange::About(field, text) => (field.clone(), text.clone()),
            OutreachChange::Line(lines, id, field, text) => (format!("{}.{id}.{field}", lines.code()), text.clone()),
            OutreachChange::Remove(lines, id) => (format!("{REMOVE}.{}.{id}", lines.code()), YES.to_owned()),
            OutreachChange::Withdrawn(withdrawn) => {
                (WITHDRAWN.to_owned(), if *withdrawn { YES.to_owned() } else { String::new() })
            }
        }
    }

    /// The change that writes that value there; nothing where a newer version wrote it, or it is no such value.
    pub fn at(path: &str, value: &str) -> Option<OutreachChange> {
        let change = match path.splitn(3, '.').collect::<Vec<_>>()[..] {
            [WITHDRAWN] => OutreachChange::Withdrawn(value == YES),
            [field] => OutreachChange::About(field.to_owned(), value.to_owned()),
            [REMOVE, lines, id] => OutreachChange::Remove(OutreachLines::from_code(lines)?, LineId::parse(id)?),
            [lines, id, field] => {
                let (lines, id) = (OutreachLines::from_code(lines)?, LineId::parse(id)?);
                OutreachChange::Line(lines, id, field.to_owned(), value.to_owned())
            }
            _ => return None,
        };
        change.is_said().then_some(change)
    }

    /// Whether there is such a field, and it can hold that.
    pub fn is_said(&self) -> bool {
        OutreachService::empty(OutreachId([0; 16])).apply(self)
    }

    /// Whether this version knows what it says.
    pub fn is_known(&self) -> bool {
        let mut alone = OutreachService::empty(OutreachId([0; 16]));
        alone.apply(self) && alone.about.is_known() && alone.lines_are_known()
    }

    /// The words that someone types in it.
    pub fn words(&self) -> Vec<String> {
        let mut alone = OutreachService::empty(OutreachId([0; 16]));
        alone.apply(self);
        let words = alone.words();
        words.into_iter().filter(|words| !words.is_empty()).collect()
    }
}

impl OutreachService {
    /// Every word that someone typed in it.
    pub fn words(&self) -> Vec<String> {
        let mut words = self.about.words();
        words.extend(self.words_of_lines());
        words
    }

    /// What to write so that this service becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &OutreachService) -> Vec<OutreachChange> {
        let own = self.about.differences(&edited.about).into_iter();
        let mut changes: Vec<_> = own.map(|(field, text)| OutreachChange::About(field, text)).collect();
        if self.withdrawn != edited.withdrawn {
            changes.push(OutreachChange::Withdrawn(edited.withdrawn));
        }
        changes.extend(self.lines_to(edited));
        changes
    }

    /// Makes a change, as the journal would. A line comes into being with its first field that says something. What is no
    /// such field or no such value changes nothing, and is said.
    pub fn apply(&mut self, change: &OutreachChange) -> bool {
        match change {
            OutreachChange::About(field, text) => return self.about.say(field, text),
            OutreachChange::Line(lines, id, field, text) => return self.say_in(*lines, *id, field, text),
            OutreachChange::Remove(lines, id) => self.remove(*lines, *id),
            OutreachChange::Withdrawn(withdrawn) => self.withdrawn = *withdrawn,
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

fn lines_to<T: Line>(lines: OutreachLines, before: &[T], after: &[T], changes: &mut Vec<OutreachChange>) {
    for line in after {
        let held = before.iter().find(|held| held.id() == line.id()).cloned().unwrap_or_else(|| T::empty(line.id()));
        let differences = held.differences(line).into_iter();
        changes.extend(differences.map(|(field, text)| OutreachChange::Line(lines, line.id(), field, text)));
    }
    let gone = gone(before, after, Line::id).into_iter();
    changes.extend(gone.map(|id| OutreachChange::Remove(lines, id)));
}

#[cfg(test)]
mod tests {
    use super::super::event::EventCommune;
    use super::super::outreach::{
        DaySays, OutreachDay, OutreachKind, OutreachPlace, OutreachSession, OutreachTurn, SessionState,
    };
    use super::super::outreach_recurrence::Recurrence;
    use super::*;

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    fn service() -> OutreachService {
        let mut service = OutreachService::empty(OutreachId([9; 16]));
        (service.about.title, service.about.kind) = ("Cardiologie".into(), OutreachKind::Consultation);
        service.about.recurrence = Recurrence::parse("monthly:3:2");
        service.about.begins = "2026-01-01".parse().ok();
        service.about.capacity = Some(0);
        let commune = Some(EventCommune { key: "30032".into(), name: "Beaucaire".into() });
        service.places.push(OutreachPlace { commune, address: "MSP".into(), ..OutreachPlace::empty(line(1)) });
        let day = "2026-03-17".parse().ok();
        let says = DaySays::LeftOut("congrès : Paris".into());
        service.days.push(OutreachDay { day, says, ..OutreachDay::empty(line(2)) });
        let state = SessionState::Cancelled("neige".into());
        service.sessions.push(OutreachSession { day, state, taken: Some(0), ..OutreachSession::empty(line(3)) });
        service.turns.push(OutreachTurn { from: day, until: day, who: "Dr Y".into(), ..OutreachTurn::empty(line(4)) });
        service
    }

    #[test]
    fn a_form_writes_only_what_was_touched_and_every_change_reads_back_from_its_path() {
        let before = service();
        let mut edited = before.clone();
        assert_eq!(before.changes_to(&edited), []);
        edited.sessions[0].taken = None;
        edited.places.clear();
        let changes = before.changes_to(&edited);
        assert_eq!(
            changes,
            [
                OutreachChange::Remove(OutreachLines::Places, line(1)),
                OutreachChange::Line(OutreachLines::Sessions, line(3), "taken".into(), String::new()),
            ]
        );
        let all = OutreachService::empty(before.id).changes_to(&before);
        for change in all.iter().chain(&changes).chain(&[OutreachChange::Withdrawn(true)]) {
            let (path, value) = change.path();
            assert_eq!(OutreachChange::at(&path, &value).as_ref(), Some(change), "{path} {value}");
        }
        let mut again = OutreachService::empty(before.id);
        assert!(all.iter().all(|change| again.apply(change)));
        assert_eq!(again, before);
    }

    #[test]
    fn what_is_no_such_value_changes_nothing() {
        let id = line(2);
        for (path, value) in [
            ("colour".to_owned(), "x"),
            ("capacity".into(), "quelques-unes"),
            ("begins".into(), "2026-02-30"),
            (format!("sessions.{id}.taken"), "-1"),
            (format!("sessions.{id}.names"), "x"),
            (format!("turns.{id}.from"), "lundi"),
            (format!("pupils.{id}.name"), "x"),
        ] {
            assert_eq!(OutreachChange::at(&path, value), None, "{path} {value}");
        }
        let tomorrow = OutreachChange::About("recurrence".into(), "yearly:3".into());
        assert!(tomorrow.is_said() && !tomorrow.is_known(), "it is kept, and never written here");
    }

    #[test]
    fn words_that_someone_types_are_told_and_what_is_chosen_is_not() {
        let words = service().words();
        for told in ["Cardiologie", "congrès : Paris", "neige", "Dr Y"] {
            assert!(words.iter().any(|one| one == told), "{told}");
        }
        assert!(!words.iter().any(|one| one == "Beaucaire" || one.starts_with("monthly")), "{words:?}");
    }
}
