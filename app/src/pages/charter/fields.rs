//! What each form of a charter has, in the order of the conversation. The same list gives a field its name where a conflict or
//! the history shows it.

use maillon_shared::domain::charter::{AnswerForm, AskedOf, CharterLines, CharterQuestion, Moment};

use crate::words::{Word, charter as w, roadmap as r};

/// What a field holds, which is how it is filled.
#[derive(Clone, Copy)]
pub enum Kind {
    /// A few words.
    Words,
    /// Several lines of them.
    LongWords,
    /// A day.
    Day,
    /// A date as far as it is known.
    Date,
    /// How many.
    Count,
    /// A number.
    Quantity,
    /// Someone, of the directory or in words.
    Who,
    /// One of these; the one that is meant while nobody chose.
    Choice(&'static [(&'static str, Word)], &'static str),
    /// How something stands, with what each way asks for.
    Stage(&'static [Stage]),
    /// A signatory.
    Signatory,
}

/// A way in which something stands.
pub struct Stage {
    /// The code that is written; nothing is that nobody said anything yet.
    pub code: &'static str,
    /// What it is called.
    pub label: Word,
    /// Whether it says when.
    pub says_when: bool,
    /// Whether it says by whom.
    pub says_by: bool,
    /// Whether it says why.
    pub says_why: bool,
}

/// A field of a form.
#[derive(Clone, Copy)]
pub struct Field {
    /// The code that is written.
    pub code: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it is called.
    pub label: Word,
    /// What helps to fill it.
    pub hint: Option<Word>,
    /// What is said where it is empty and may not be.
    pub needed: Option<Word>,
}

const fn field(code: &'static str, kind: Kind, label: Word) -> Field {
    Field { code, kind, label, hint: None, needed: None }
}

impl Field {
    const fn hint(mut self, hint: Word) -> Self {
        self.hint = Some(hint);
        self
    }

    const fn needed(mut self, words: Word) -> Self {
        self.needed = Some(words);
        self
    }
}

const fn stage(code: &'static str, label: Word) -> Stage {
    Stage { code, label, says_when: false, says_by: false, says_why: false }
}

const COMMITMENT_STATES: &[Stage] = &[
    stage("", w::to_do),
    stage("under_way", w::under_way),
    Stage { says_when: true, ..stage("held", w::held) },
    Stage { says_why: true, ..stage("not_held", w::not_held) },
    Stage { says_why: true, ..stage("no_longer", w::no_longer) },
];
const POINT_STATES: &[Stage] = &[
    stage("", w::point_to_come),
    Stage { says_when: true, ..stage("held", w::point_held) },
    Stage { says_why: true, ..stage("not_held", w::point_not_held) },
];
const DECISIONS: &[Stage] = &[
    stage("", w::not_decided),
    Stage { says_when: true, says_by: true, says_why: true, ..stage("continue", w::goes_on) },
    Stage { says_when: true, says_by: true, says_why: true, ..stage("otherwise", w::goes_on_otherwise) },
    Stage { says_when: true, says_by: true, says_why: true, ..stage("stop", w::stops) },
];
/// As what someone signs.
pub const SIGNATORY_KINDS: &[(&str, Word)] = &[
    ("mairie", w::kind_mairie),
    ("pays", w::kind_pays),
    ("professionals", w::kind_professionals),
    ("other", w::kind_other),
];
const ANSWER_FORMS: &[(&str, Word)] =
    &[("words", w::form_words), ("scale", w::form_scale), ("yes_no", w::form_yes_no), ("number", w::form_number)];
/// Whom a question is asked.
pub const ASKED: &[(&str, Word)] =
    &[("professionals", w::asked_professionals), ("mairie", w::asked_mairie), ("coordinator", w::asked_coordinator)];
/// What may be answered.
pub const YES_NO: &[(&str, Word)] = &[("yes", w::yes), ("no", w::no)];
/// The steps of a scale.
pub const SCALE: &[(&str, Word)] =
    &[("1", w::scale_1), ("2", w::scale_2), ("3", w::scale_3), ("4", w::scale_4), ("5", w::scale_5)];

const ABOUT: &[Field] = &[
    field("title", Kind::Words, w::name).hint(w::name_hint).needed(r::needs_title),
    field("commune", Kind::Words, w::commune),
    field("aim", Kind::LongWords, w::aim),
    field("begins", Kind::Day, w::begins).hint(w::begins_hint),
    field("ends", Kind::Day, w::ends),
];
const DECISION: &[Field] = &[field("decision", Kind::Stage(DECISIONS), w::decision)];
const SIGNATORIES: &[Field] = &[
    field("kind", Kind::Choice(SIGNATORY_KINDS, "other"), w::signs_as),
    field("who", Kind::Who, w::who).needed(r::needs_who),
    field("signed_on", Kind::Date, w::signed_on),
    field("withdrew_on", Kind::Date, w::withdrew_on),
];
const COMMITMENTS: &[Field] = &[
    field("of", Kind::Signatory, w::whose),
    field("text", Kind::LongWords, w::commitment).needed(w::needs_commitment),
    field("due", Kind::Day, w::due_day),
    field("state", Kind::Stage(COMMITMENT_STATES), r::state),
];
const QUESTIONS: &[Field] = &[
    field("text", Kind::LongWords, w::question).needed(w::needs_question),
    field("asked", Kind::Choice(ASKED, "professionals"), w::asked),
    field("form", Kind::Choice(ANSWER_FORMS, "words"), w::form),
    field("unit", Kind::Words, r::unit).hint(w::unit_hint),
    field("closed_on", Kind::Day, w::closed_on),
];
/// Of a question that was answered nothing changes but that it is closed.
const CLOSING: &[Field] = &[field("closed_on", Kind::Day, w::closed_on)];
const SECTIONS: &[Field] = &[
    field("title", Kind::Words, w::section_title).needed(r::needs_title),
    field("words", Kind::LongWords, w::section_words).hint(w::section_hint),
];
const POINT: &[Field] = &[
    field("planned", Kind::Day, w::planned).hint(w::planned_hint),
    field("held", Kind::Stage(POINT_STATES), w::point_state),
    field("invited", Kind::Count, w::invited).hint(w::count_hint),
    field("present", Kind::Count, w::present),
    field("professionals", Kind::Count, w::present_professionals),
    field("elected", Kind::Count, w::present_elected),
    field("inhabitants", Kind::Count, w::present_inhabitants),
    field("said", Kind::LongWords, w::said).hint(w::said_hint),
    field("decisions", Kind::LongWords, w::decisions),
];

const N: Field = field("n", Kind::Count, w::n).hint(w::n_hint);
const CAME_BACK: Field = field("said", Kind::LongWords, w::came_back).hint(w::said_hint);
const COUNTS_OF_SCALE: &[Field] = &[
    N,
    field("counts.1", Kind::Count, w::scale_1),
    field("counts.2", Kind::Count, w::scale_2),
    field("counts.3", Kind::Count, w::scale_3),
    field("counts.4", Kind::Count, w::scale_4),
    field("counts.5", Kind::Count, w::scale_5),
    CAME_BACK,
];
const COUNTS_OF_YES_NO: &[Field] =
    &[N, field("counts.yes", Kind::Count, w::yes), field("counts.no", Kind::Count, w::no), CAME_BACK];
const COUNT_OF_WORDS: &[Field] = &[N, CAME_BACK];
const MEAN_OF_NUMBERS: &[Field] = &[N, field("amount", Kind::Quantity, w::mean).hint(w::mean_hint), CAME_BACK];
const OWN_WORDS: &[Field] = &[field("said", Kind::LongWords, w::answer)];
const OWN_SCALE: &[Field] = &[field("said", Kind::Choice(SCALE, ""), w::answer)];
const OWN_YES_NO: &[Field] = &[field("said", Kind::Choice(YES_NO, ""), w::answer)];
const OWN_NUMBER: &[Field] = &[field("amount", Kind::Quantity, w::answer)];

/// How what is answered to a question is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Numbers only: several were asked.
    Counts(Answered),
    /// One was asked.
    Own(Answered),
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// In words, or in a way of a newer version.
    InWords,
    /// From 1 to 5.
    OnAScale,
    /// By yes or no.
    YesOrNo,
    /// By a number.
    ByNumber,
}

impl Shape {
    /// How this question is answered at that moment, by whom: as it was asked, where it was answered already.
    pub fn of(question: &CharterQuestion, moment: Moment) -> Self {
        let then = question.asked_then(moment);
        let answered = match then.form {
            AnswerForm::Scale => Answered::OnAScale,
            AnswerForm::YesNo => Answered::YesOrNo,
            AnswerForm::Number => Answered::ByNumber,
            AnswerForm::Words | AnswerForm::Unknown(_) => Answered::InWords,
        };
        match then.of.as_ref().unwrap_or(&question.asked) {
            AskedOf::Coordinator | AskedOf::Mairie => Shape::Own(answered),
            AskedOf::Professionals | AskedOf::Unknown(_) => Shape::Counts(answered),
        }
    }

    /// Its fields.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Shape::Counts(Answered::InWords) => COUNT_OF_WORDS,
            Shape::Counts(Answered::OnAScale) => COUNTS_OF_SCALE,
            Shape::Counts(Answered::YesOrNo) => COUNTS_OF_YES_NO,
            Shape::Counts(Answered::ByNumber) => MEAN_OF_NUMBERS,
            Shape::Own(Answered::InWords) => OWN_WORDS,
            Shape::Own(Answered::OnAScale) => OWN_SCALE,
            Shape::Own(Answered::YesOrNo) => OWN_YES_NO,
            Shape::Own(Answered::ByNumber) => OWN_NUMBER,
        }
    }
}

/// The fields of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormOf {
    /// What is said of the whole.
    About,
    /// What is decided.
    Decision,
    /// A point.
    Point,
    /// A line of that sort.
    Line(CharterLines),
    /// A question that was answered.
    Closing,
    /// What was answered.
    Answers(Shape),
}

/// The fields of a form.
pub fn fields_of(form: FormOf) -> &'static [Field] {
    match form {
        FormOf::About => ABOUT,
        FormOf::Decision => DECISION,
        FormOf::Point => POINT,
        FormOf::Line(CharterLines::Signatories) => SIGNATORIES,
        FormOf::Line(CharterLines::Commitments) => COMMITMENTS,
        FormOf::Line(CharterLines::Questions) => QUESTIONS,
        FormOf::Line(CharterLines::Sections) => SECTIONS,
        FormOf::Closing => CLOSING,
        FormOf::Answers(shape) => shape.fields(),
    }
}
