//! How a charter changes: what a form wrote, as the smallest differences, each a path and a value in words. The journal, the
//! drafts and the choice between two versions all say it so.

use serde::{Deserialize, Serialize};

use super::changes::gone;
use super::charter::PostCharter;
use super::charter_points::Moment;
use super::charter_questions::CharterQuestion;
use super::ids::{CharterId, LineId};
use super::roadmap_parts::{Fielded, Line};

/// What stands before the path of a line that is taken away.
const REMOVE: &str = "remove";
const WITHDRAWN: &str = "withdrawn";
const YES: &str = "1";
/// The field of a question under which its answers are, and that of an answer which says what was asked.
const ANSWERS: &str = "answers";
const AS_ASKED: &str = "as_asked";

/// Declares the sorts of lines, and what is done to the lines of each.
macro_rules! sorts {
    ($($(#[$doc:meta])* $variant:ident = $code:literal => $lines:ident),* $(,)?) => {
        /// The lines of a charter.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum CharterLines {
            $($(#[$doc])* $variant,)*
        }

        impl CharterLines {
            /// Every sort of line, in reading order.
            pub const ALL: &'static [CharterLines] = &[$(CharterLines::$variant),*];

            /// The code that is written.
            pub const fn code(self) -> &'static str {
                match self { $(CharterLines::$variant => $code,)* }
            }
        }

        impl PostCharter {
            fn say_in(&mut self, lines: CharterLines, id: LineId, field: &str, text: &str) -> bool {
                match lines { $(CharterLines::$variant => say_in(&mut self.$lines, id, field, text),)* }
            }

            fn remove(&mut self, lines: CharterLines, id: LineId) {
                match lines { $(CharterLines::$variant => self.$lines.retain(|line| line.id != id),)* }
            }

            fn lines_to(&self, edited: &PostCharter) -> Vec<CharterChange> {
                let mut changes = Vec::new();
                $(lines_to(CharterLines::$variant, &self.$lines, &edited.$lines, &mut changes);)*
                changes
            }

            /// What is written in a field of a line; nothing where the line is not there.
            pub fn said_in(&self, lines: CharterLines, id: LineId, field: &str) -> Option<String> {
                match lines {
                    $(CharterLines::$variant => self.$lines.iter().find(|line| line.id == id).map(|line| line.said(field)),)*
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
    /// Who signs.
    Signatories = "signatories" => signatories,
    /// What each commits to.
    Commitments = "commitments" => commitments,
    /// What is asked.
    Questions = "questions" => questions,
    /// The parts of the final report.
    Sections = "sections" => sections,
}

impl CharterLines {
    /// What a code says.
    pub fn from_code(code: &str) -> Option<Self> {
        CharterLines::ALL.iter().copied().find(|lines| lines.code() == code)
    }
}

/// One change to a charter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CharterChange {
    /// A field of the whole becomes this; of a point, its name is after those of the field and the moment.
    About(String, String),
    /// A field of a line becomes this; a new line comes into being.
    Line(CharterLines, LineId, String, String),
    /// A line goes.
    Remove(CharterLines, LineId),
    /// It was a mistake, or was not.
    Withdrawn(bool),
}

/// What a change to a question touches.
enum Touches {
    /// What it means.
    Meaning,
    /// What was answered at a moment.
    Answer(Moment),
    /// Neither.
    Neither,
}

fn touches(field: &str) -> Touches {
    let answer =
        field.strip_prefix(ANSWERS).and_then(|rest| rest.strip_prefix('.')).and_then(|rest| rest.split_once('.'));
    match answer {
        Some((_, AS_ASKED)) => Touches::Neither,
        Some((moment, _)) => Moment::from_code(moment).map_or(Touches::Neither, Touches::Answer),
        None if matches!(field, "text" | "form" | "unit" | "asked") => Touches::Meaning,
        None => Touches::Neither,
    }
}

impl CharterChange {
    /// Where it is written, and what. No words are nothing.
    pub fn path(&self) -> (String, String) {
        match self {
            CharterChange::About(field, text) => (field.clone(), text.clone()),
            CharterChange::Line(lines, id, field, text) => (format!("{}.{id}.{field}", lines.code()), text.clone()),
            CharterChange::Remove(lines, id) => (format!("{REMOVE}.{}.{id}", lines.code()), YES.to_owned()),
            CharterChange::Withdrawn(withdrawn) => {
                (WITHDRAWN.to_owned(), if *withdrawn { YES.to_owned() } else { String::new() })
            }
        }
    }

    /// The change that writes that value there; nothing where a newer version wrote it, or it is no such value.
    pub fn at(path: &str, value: &str) -> Option<CharterChange> {
        let change = match path.splitn(3, '.').collect::<Vec<_>>()[..] {
            [WITHDRAWN] => CharterChange::Withdrawn(value == YES),
            [REMOVE, lines, id] => CharterChange::Remove(CharterLines::from_code(lines)?, LineId::parse(id)?),
            [lines, id, field] if CharterLines::from_code(lines).is_some() => {
                let (lines, id) = (CharterLines::from_code(lines)?, LineId::parse(id)?);
                CharterChange::Line(lines, id, field.to_owned(), value.to_owned())
            }
            _ => CharterChange::About(path.to_owned(), value.to_owned()),
        };
        change.is_said().then_some(change)
    }

    /// Whether there is such a field, and it can hold that.
    pub fn is_said(&self) -> bool {
        PostCharter::empty(CharterId([0; 16])).apply(self)
    }

    /// Whether this version knows what it says.
    pub fn is_known(&self) -> bool {
        let mut alone = PostCharter::empty(CharterId([0; 16]));
        alone.apply(self) && alone.about.is_known() && alone.lines_are_known()
    }

    /// The words that someone types in it.
    pub fn words(&self) -> Vec<String> {
        let mut alone = PostCharter::empty(CharterId([0; 16]));
        alone.apply(self);
        let words = alone.words();
        words.into_iter().filter(|words| !words.is_empty()).collect()
    }
}

impl PostCharter {
    /// Every word that someone typed in it.
    pub fn words(&self) -> Vec<String> {
        let mut words = self.about.words();
        words.extend(self.words_of_lines());
        words
    }

    /// What to write so that this charter becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &PostCharter) -> Vec<CharterChange> {
        let own = self.about.differences(&edited.about).into_iter();
        let mut changes: Vec<_> = own.map(|(field, text)| CharterChange::About(field, text)).collect();
        if self.withdrawn != edited.withdrawn {
            changes.push(CharterChange::Withdrawn(edited.withdrawn));
        }
        changes.extend(self.lines_to(edited));
        changes
    }

    /// Makes a change, as the journal would. A line comes into being with its first field that says something. What is no
    /// such field or no such value changes nothing, and is said.
    pub fn apply(&mut self, change: &CharterChange) -> bool {
        match change {
            CharterChange::About(field, text) => return self.about.say(field, text),
            CharterChange::Line(lines, id, field, text) => return self.say_in(*lines, *id, field, text),
            CharterChange::Remove(lines, id) => self.remove(*lines, *id),
            CharterChange::Withdrawn(withdrawn) => self.withdrawn = *withdrawn,
        }
        true
    }

    /// Whether a change would give another meaning to a question that was answered, or take it away with its answers. Such a
    /// question is closed, and a new one made. One whose answers were all given to something else loses nothing: it may go back
    /// to what was asked.
    pub fn would_lose_its_meaning(&self, change: &CharterChange) -> bool {
        let question = |id: &LineId| self.questions.iter().find(|question| question.id == *id);
        match change {
            CharterChange::Line(CharterLines::Questions, id, field, text)
                if matches!(touches(field), Touches::Meaning) =>
            {
                question(id).is_some_and(|held| {
                    let mut after = held.clone();
                    after.say(field, text) && after.meaning() != held.meaning() && held.compared().next().is_some()
                })
            }
            CharterChange::Remove(CharterLines::Questions, id) => {
                question(id).is_some_and(CharterQuestion::is_answered)
            }
            _ => false,
        }
    }

    /// These changes, with what is asked beside each first answer of a moment: whoever writes otherwise at the same moment
    /// changes nothing of what was answered. It goes with the last answer: a name in it would stay where nobody can take it out.
    pub fn with_what_is_asked(&self, changes: Vec<CharterChange>) -> Vec<CharterChange> {
        let mut after = self.clone();
        let mut written = Vec::new();
        for change in changes {
            if let CharterChange::Line(CharterLines::Questions, id, field, text) = &change
                && let Touches::Answer(moment) = touches(field)
                && !text.is_empty()
                && let Some(question) = after.questions.iter().find(|question| question.id == *id)
            {
                let (held, meaning) = (question.answers.get(&moment), question.meaning());
                let is_first = held.is_none_or(|held| !held.is_answered());
                if is_first && held.is_none_or(|held| held.as_asked != meaning) {
                    let field = format!("{ANSWERS}.{moment}.{AS_ASKED}");
                    let asked = CharterChange::Line(CharterLines::Questions, *id, field, meaning);
                    after.apply(&asked);
                    written.push(asked);
                }
            }
            after.apply(&change);
            written.push(change);
        }
        let touched = written.iter().filter_map(|change| match change {
            CharterChange::Line(CharterLines::Questions, id, ..) => Some(*id),
            _ => None,
        });
        let touched: Vec<LineId> = touched.collect();
        for question in after.questions.iter().filter(|question| touched.contains(&question.id)) {
            for (moment, answers) in &question.answers {
                if !answers.is_answered() && !answers.as_asked.is_empty() {
                    let field = format!("{ANSWERS}.{moment}.{AS_ASKED}");
                    written.push(CharterChange::Line(CharterLines::Questions, question.id, field, String::new()));
                }
            }
        }
        written
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

fn lines_to<T: Line>(lines: CharterLines, before: &[T], after: &[T], changes: &mut Vec<CharterChange>) {
    for line in after {
        let held = before.iter().find(|held| held.id() == line.id()).cloned().unwrap_or_else(|| T::empty(line.id()));
        let differences = held.differences(line).into_iter();
        changes.extend(differences.map(|(field, text)| CharterChange::Line(lines, line.id(), field, text)));
    }
    let gone = gone(before, after, Line::id).into_iter();
    changes.extend(gone.map(|id| CharterChange::Remove(lines, id)));
}

#[cfg(test)]
mod tests {
    use super::super::charter::{Answers, CharterDecision, Commitment, CommitmentState, Outcome, Point, Signatory};
    use super::super::time::PartialDate;
    use super::*;

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    fn question(field: &str, text: &str) -> CharterChange {
        CharterChange::Line(CharterLines::Questions, line(3), field.into(), text.into())
    }

    fn charter() -> PostCharter {
        let mut charter = PostCharter::empty(CharterId([9; 16]));
        charter.about.title = "Un poste pour trois villages".into();
        charter.about.begins = "2026-01-05".parse().ok();
        let on = PartialDate::Year(2027);
        charter.about.decision = CharterDecision::taken(Outcome::Otherwise, on, "Le conseil", "À mi-temps");
        let said = "Peu de monde".to_owned();
        charter.about.points.insert(Moment::Three, Point { said, present: Some(0), ..Point::empty(line(0)) });
        charter.signatories.push(Signatory { who: "La mairie".into(), ..Signatory::empty(line(1)) });
        let state = CommitmentState::NotHeld("pas de salle".into());
        charter.commitments.push(Commitment { of: Some(line(1)), state, ..Commitment::empty(line(2)) });
        charter.questions.push(CharterQuestion { text: "Est-ce utile ?".into(), ..CharterQuestion::empty(line(3)) });
        charter
    }

    #[test]
    fn a_form_writes_only_what_was_touched_and_every_change_reads_back_from_its_path() {
        let before = charter();
        assert_eq!(before.changes_to(&before), []);
        let mut after = before.clone();
        after.about.points.entry(Moment::Six).or_insert_with(|| Point::empty(line(0))).invited = Some(12);
        let answers = after.questions[0].answers.entry(Moment::Start).or_insert_with(|| Answers::empty(line(0)));
        answers.n = Some(0);
        answers.counts.0.insert("yes".into(), 0);
        after.signatories.clear();
        let changes = before.changes_to(&after);
        let paths: Vec<String> = changes.iter().map(|change| change.path().0).collect();
        let (questions, gone) = (format!("questions.{}", line(3)), format!("remove.signatories.{}", line(1)));
        let expected = [
            "points.six.invited".to_owned(),
            gone,
            format!("{questions}.answers.start.counts.yes"),
            format!("{questions}.answers.start.n"),
        ];
        assert_eq!(paths, expected);
        let all = PostCharter::empty(before.id).changes_to(&before);
        for change in all.iter().chain(&changes).chain(&[CharterChange::Withdrawn(true)]) {
            let (path, value) = change.path();
            assert_eq!(CharterChange::at(&path, &value).as_ref(), Some(change), "{path} {value}");
        }
        let mut again = PostCharter::empty(before.id);
        assert!(all.iter().chain(&changes).all(|change| again.apply(change)));
        assert_eq!(again, after);
    }

    #[test]
    fn what_is_no_such_value_changes_nothing() {
        let id = line(3);
        for (path, value) in [
            ("colour".to_owned(), "x"),
            ("begins".into(), "bientôt"),
            ("points.nine.said".into(), "x"),
            ("points.three.present".into(), "beaucoup"),
            (format!("questions.{id}.answers.start.counts.peut-être"), "3"),
            (format!("questions.{id}.answers.start"), "3"),
            (format!("pupils.{id}.name"), "x"),
            ("signatories.x.who".into(), "x"),
        ] {
            assert_eq!(CharterChange::at(&path, value), None, "{path} {value}");
        }
        assert!(!CharterChange::About("decision".into(), "sleep:2030".into()).is_known());
    }

    #[test]
    fn words_that_someone_types_are_told_wherever_they_are() {
        let words = charter().words();
        for word in ["Un poste pour trois villages", "Le conseil", "À mi-temps", "Peu de monde", "pas de salle"] {
            assert!(words.iter().any(|words| words == word), "{word}");
        }
        assert_eq!(question("answers.six.said", "Basile").words(), ["Basile"]);
        assert!(question("answers.six.n", "12").words().is_empty());
    }

    #[test]
    fn a_question_that_was_answered_keeps_its_meaning_and_each_answer_says_what_was_asked() {
        let mut charter = charter();
        let reworded = question("text", "Est-ce bien placé ?");
        assert!(!charter.would_lose_its_meaning(&reworded));
        let changes =
            charter.with_what_is_asked(vec![question("answers.start.n", "8"), question("answers.start.said", "Oui")]);
        assert_eq!(changes.len(), 3, "what is asked is written once");
        assert!(changes.iter().all(|change| charter.apply(change)));
        assert_eq!(charter.questions[0].compared().count(), 1);
        let gone = CharterChange::Remove(CharterLines::Questions, line(3));
        for change in [&reworded, &question("form", "scale"), &question("asked", "mairie"), &gone] {
            assert!(charter.would_lose_its_meaning(change), "{change:?}");
        }
        for change in
            [question("closed_on", "2026-06-01"), question("text", "Est-ce utile ?"), question("answers.six.n", "9")]
        {
            assert!(!charter.would_lose_its_meaning(&change), "{change:?}");
        }
        // Once nothing is answered any more it may say something else, and what is answered then says so.
        for field in ["answers.start.n", "answers.start.said"] {
            charter.apply(&question(field, ""));
        }
        assert!(!charter.would_lose_its_meaning(&reworded));
        charter.apply(&reworded);
        let changes = charter.with_what_is_asked(vec![question("answers.start.n", "8")]);
        assert!(changes.iter().all(|change| charter.apply(change)));
        assert_eq!(charter.questions[0].compared().count(), 1);
    }

    #[test]
    fn what_was_asked_goes_with_the_last_answer_and_a_question_may_go_back_to_what_was_asked() {
        let mut charter = charter();
        let answered = charter.with_what_is_asked(vec![question("answers.start.n", "8")]);
        assert!(answered.iter().all(|change| charter.apply(change)));
        // Someone reworded it meanwhile, knowing of no answer: nothing is compared, and nothing is lost by going back.
        charter.apply(&question("text", "Est-ce bien placé ?"));
        let back = question("text", "Est-ce utile ?");
        assert!(!charter.would_lose_its_meaning(&back));
        charter.apply(&back);
        assert!(charter.would_lose_its_meaning(&question("text", "Est-ce bien placé ?")));
        let emptied = charter.with_what_is_asked(vec![question("answers.start.n", "")]);
        assert_eq!(emptied, [question("answers.start.n", ""), question("answers.start.as_asked", "")]);
        assert!(emptied.iter().all(|change| charter.apply(change)));
        charter.apply(&question("text", "Est-ce loin ?"));
        assert!(charter.words().iter().all(|words| !words.contains("utile")), "{:?}", charter.words());
    }
}
