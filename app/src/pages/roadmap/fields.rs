//! What each sort of line has in its form, in the order of the conversation. The same list gives a field its name where a
//! conflict or the history shows it.

use leptos::prelude::*;
use maillon_shared::domain::roadmap::RoadmapLines;

pub use super::draft::BETWEEN_PARTS;
use super::draft::{Sheet, id_of};
use crate::pages::programme::fields::problem;
use crate::ui::{Problem, Text};
use crate::words::{Word, birth, common, programme as p, roadmap as w};

/// What a field holds, which is how it is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A few words.
    Words,
    /// Several lines of them.
    LongWords,
    /// A date as far as it is known.
    Date,
    /// Euros.
    Amount,
    /// A number.
    Quantity,
    /// How many.
    Count,
    /// A year.
    Year,
    /// How something stands, and why it was given up.
    State,
    /// What a body is.
    Body,
    /// Someone, of the directory or in words.
    Who,
    /// Communes.
    Places,
    /// Headings of frameworks.
    Headings,
    /// A collective project.
    Project,
    /// A line of that sort.
    Of(RoadmapLines),
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

const TO_VERIFY: Field = field("to_verify", Kind::Words, w::to_verify).hint(w::to_verify_hint);

const ABOUT: &[Field] = &[
    field("title", Kind::Words, w::name).hint(w::name_hint).needed(w::needs_title),
    field("from", Kind::Year, w::from_year).hint(w::year_hint),
    field("until", Kind::Year, w::until_year).hint(w::year_hint),
    field("aim", Kind::LongWords, w::aim),
];
const AXES: &[Field] =
    &[field("title", Kind::Words, w::axis_title).needed(w::needs_title), field("words", Kind::LongWords, w::words)];
const OBJECTIVES: &[Field] = &[
    field("axis", Kind::Of(RoadmapLines::Axes), w::axis),
    field("title", Kind::Words, w::objective_title).needed(w::needs_title),
    field("words", Kind::LongWords, w::words),
];
const ACTIONS: &[Field] = &[
    field("objective", Kind::Of(RoadmapLines::Objectives), w::objective),
    field("title", Kind::Words, w::action_title).needed(w::needs_title),
    field("words", Kind::LongWords, w::words),
    field("who", Kind::Who, w::who),
    field("places", Kind::Places, w::communes),
    field("begins", Kind::Date, w::begins),
    field("ends", Kind::Date, w::ends),
    field("state", Kind::State, w::state),
    field("project", Kind::Project, w::project),
    field("planned", Kind::Amount, w::planned).hint(w::amount_hint),
    field("committed", Kind::Amount, w::committed),
    field("spent", Kind::Amount, w::spent),
    field("headings", Kind::Headings, w::headings_ticked).hint(w::headings_hint),
    TO_VERIFY,
];
const INDICATORS: &[Field] = &[
    field("objective", Kind::Of(RoadmapLines::Objectives), w::of_objective),
    field("name", Kind::Words, w::indicator_name).needed(w::needs_title),
    field("unit", Kind::Words, w::unit).hint(w::unit_hint),
    field("target", Kind::Quantity, w::target),
];
const VALUES: &[Field] = &[
    field("indicator", Kind::Of(RoadmapLines::Indicators), w::indicator).needed(w::needs_indicator),
    field("on", Kind::Date, w::on),
    field("amount", Kind::Quantity, w::amount),
    field("n", Kind::Count, w::n).hint(w::n_hint),
    field("source", Kind::Words, w::source),
    TO_VERIFY,
];
const DEVIATIONS: &[Field] = &[
    field("action", Kind::Of(RoadmapLines::Actions), w::of_action),
    field("on", Kind::Date, w::on),
    field("foreseen", Kind::LongWords, w::foreseen),
    field("happened", Kind::LongWords, w::happened).needed(w::needs_happened),
    field("reason", Kind::LongWords, w::why),
    field("decision", Kind::LongWords, w::decided),
];
const FRAMEWORKS: &[Field] = &[
    field("name", Kind::Words, w::framework_name).needed(w::needs_title),
    field("funder", Kind::Words, w::funder),
    field("words", Kind::LongWords, w::framework_remark),
    TO_VERIFY,
];
const HEADINGS: &[Field] = &[
    field("framework", Kind::Of(RoadmapLines::Frameworks), w::framework).needed(w::needs_framework),
    field("title", Kind::Words, w::heading_title).needed(w::needs_title),
];
const BODIES: &[Field] = &[
    field("title", Kind::Words, w::body_title).needed(w::needs_title),
    field("kind", Kind::Body, w::kind),
    field("words", Kind::LongWords, w::body_words),
];
const MANDATES: &[Field] = &[
    field("body", Kind::Of(RoadmapLines::Bodies), w::body),
    field("who", Kind::Who, w::mandate_who).needed(w::needs_who),
    field("role", Kind::Words, w::role),
    field("begins", Kind::Date, w::begins),
    field("ends", Kind::Date, w::ends),
];
const DECISIONS: &[Field] = &[
    field("body", Kind::Of(RoadmapLines::Bodies), w::by_body),
    field("on", Kind::Date, w::decided_on),
    field("text", Kind::LongWords, w::text).needed(w::needs_text),
    field("follow_up", Kind::LongWords, w::follow_up),
    field("due", Kind::Date, w::due),
    field("state", Kind::State, w::state),
];
const PARTNERSHIPS: &[Field] = &[
    field("who", Kind::Who, w::partnership_who).needed(w::needs_who),
    field("object", Kind::LongWords, w::object).needed(w::needs_object),
    field("signed", Kind::Date, w::signed),
    field("ends", Kind::Date, w::ends_on),
    TO_VERIFY,
];

/// The fields of a sort of line; of none, of what is said of the whole.
pub fn fields_of(lines: Option<RoadmapLines>) -> &'static [Field] {
    match lines {
        None => ABOUT,
        Some(RoadmapLines::Axes) => AXES,
        Some(RoadmapLines::Objectives) => OBJECTIVES,
        Some(RoadmapLines::Actions) => ACTIONS,
        Some(RoadmapLines::Indicators) => INDICATORS,
        Some(RoadmapLines::Values) => VALUES,
        Some(RoadmapLines::Deviations) => DEVIATIONS,
        Some(RoadmapLines::Frameworks) => FRAMEWORKS,
        Some(RoadmapLines::Headings) => HEADINGS,
        Some(RoadmapLines::Bodies) => BODIES,
        Some(RoadmapLines::Mandates) => MANDATES,
        Some(RoadmapLines::Decisions) => DECISIONS,
        Some(RoadmapLines::Partnerships) => PARTNERSHIPS,
    }
}

/// The field in which a line says under which other it stands.
pub fn parent_of(lines: RoadmapLines) -> Option<Field> {
    fields_of(Some(lines)).iter().find(|field| matches!(field.kind, Kind::Of(_))).copied()
}

/// What is typed there, as a field shows and changes it.
pub fn typed(form: RwSignal<Sheet>, name: String) -> Text {
    let read = name.clone();
    Text::within(
        form,
        move |form: &Sheet| form.said(&read).to_owned(),
        move |form: &mut Sheet, text| {
            form.say(&name, text);
        },
    )
}

/// A date as far as it is known: a year, a month, a day.
#[component]
pub fn DateParts(
    /// What is typed: day, month and year.
    text: Text,
    /// The field's code.
    code: &'static str,
    /// What happens then.
    legend: Word,
    /// What is wrong.
    problems: RwSignal<Vec<Problem>>,
    /// Whether one cannot do without it.
    #[prop(optional)]
    needed: bool,
) -> impl IntoView {
    let id = id_of(code);
    let error = problem(problems, id.clone());
    let optional = (!needed).then(|| view! { <span class="optional">" "{common::optional}</span> });
    let error_id = format!("{id}-error");
    let parts = move |typed: String| -> [String; 3] {
        let mut parts = typed.split(BETWEEN_PARTS).map(str::to_owned);
        std::array::from_fn(|_| parts.next().unwrap_or_default())
    };
    let part = |number: usize, code: &'static str, label: Word, figures: &'static str| {
        let field = format!("{id}-{code}");
        view! {
            <div class="field">
                <label for=field.clone()>{label}</label>
                <input
                    id=field
                    type="text"
                    inputmode="numeric"
                    maxlength=figures
                    autocomplete="off"
                    spellcheck="false"
                    class=format!("figures-{figures}")
                    aria-describedby=error_id.clone()
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    prop:value=move || parts(text.value.get())[number].clone()
                    on:input:target=move |event| {
                        let mut now = parts(text.value.get_untracked());
                        now[number] = event.target().value().replace(BETWEEN_PARTS, " ");
                        text.set.run(now.join(&BETWEEN_PARTS.to_string()));
                    }
                />
            </div>
        }
    };
    let parts = view! {
        {part(0, "day", birth::day, "2")} {part(1, "month", birth::month, "2")} {part(2, "year", birth::year, "4")}
    };
    view! {
        <fieldset class="birth" id=id.clone() tabindex="-1">
            <legend>{legend} {optional}</legend>
            <p class="hint">{p::date_hint}</p>
            <p class="error" id=format!("{id}-error")>
                {move || error.get()}
            </p>
            <div class="parts">{parts}</div>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::ids::{LineId, RoadmapId};
    use maillon_shared::domain::roadmap::{Roadmap, RoadmapChange};

    use super::*;

    /// A field of the form that the domain does not know would be filled for nothing.
    #[test]
    fn every_field_of_a_form_is_one_of_the_line() {
        for lines in RoadmapLines::ALL {
            for field in fields_of(Some(*lines)) {
                let name = match field.kind {
                    Kind::Places | Kind::Headings => format!("{}.{}", field.code, LineId([1; 16])),
                    _ => field.code.to_owned(),
                };
                let change = RoadmapChange::Line(*lines, LineId([2; 16]), name, String::new());
                assert!(change.is_said() || field.kind == Kind::State || field.kind == Kind::Body, "{change:?}");
            }
        }
        let mut roadmap = Roadmap::empty(RoadmapId([9; 16]));
        assert!(ABOUT.iter().all(|field| roadmap.apply(&RoadmapChange::About(field.code.into(), String::new()))));
    }
}
