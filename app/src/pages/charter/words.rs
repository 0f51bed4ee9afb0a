//! The words of a charter: how things stand, what may be told of an answer, and its fields by their path.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::charter::{CharterDueRow, CharterFile, CharterWrite};
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::domain::charter::{
    AskedOf, CharterChange, CharterDue, CharterLines, Moment, Pieces, Signatory, SignatoryKind,
};
use maillon_shared::domain::ids::{CharterId, EntryId, LineId};
use maillon_shared::domain::roadmap::Quantity;
use maillon_shared::domain::time::PartialDate;

use super::fields::{ASKED, Field, FormOf, Kind, SCALE, SIGNATORY_KINDS, Shape, Stage, YES_NO, fields_of};
use crate::pages::programme::words::at_words;
use crate::pages::roadmap::words::{or_unnamed, quantity_words};
use crate::routes::{CharterRoute, Route};
use crate::ui::{Icon, Shape as IconShape};
use crate::words::{Word, charter as w, events as e, in_a_row};
use crate::{browser, when};

/// What a moment is called.
pub fn moment_words(moment: Moment) -> &'static str {
    match moment {
        Moment::Start => w::at_start(),
        Moment::Three => w::at_three(),
        Moment::Six => w::at_six(),
        Moment::Twelve => w::at_twelve(),
    }
}

/// A day, or nothing.
pub fn day_words(day: Option<NaiveDate>) -> String {
    day.map(|day| when::date(day, browser::today())).unwrap_or_default()
}

/// A day with its year, as a paper says it.
pub fn whole_day_words(day: NaiveDate) -> String {
    when::whole_date(day)
}

/// A number of people, or that nobody knows, which is not zero.
pub fn count_words(count: Option<u32>) -> String {
    count.map_or_else(|| w::not_known().to_owned(), |count| count.to_string())
}

/// A code among these choices; what a newer version wrote stays as it is.
fn chosen_words(choices: &[(&str, Word)], code: &str) -> String {
    choices.iter().find(|(one, _)| *one == code).map_or(code, |(_, label)| label()).to_owned()
}

/// As what someone signs.
pub fn kind_words(kind: &SignatoryKind) -> String {
    chosen_words(SIGNATORY_KINDS, kind.code())
}

/// Whom a question is asked.
pub fn asked_words(asked: &AskedOf) -> String {
    chosen_words(ASKED, asked.code())
}

/// What was chosen, or what was said.
pub fn answer_words(said: &str) -> String {
    let of_scale = SCALE.iter().chain(YES_NO).find(|(code, _)| *code == said);
    of_scale.map_or(said, |(_, label)| label()).to_owned()
}

/// How something stands, in one value, by the field that holds it.
pub fn stage_words(form: FormOf, code: &str, written: &str) -> String {
    let kind = fields_of(form).iter().find(|field| field.code == code).map(|field| field.kind);
    match (kind, Pieces::parse(written)) {
        (Some(Kind::Stage(stages)), Some(pieces)) => told(stages, &pieces),
        _ => written.to_owned(),
    }
}

fn told(stages: &[Stage], pieces: &Pieces) -> String {
    let stage = stages.iter().find(|stage| stage.code == pieces.code);
    let name = stage.map_or(pieces.code.as_str(), |stage| (stage.label)());
    let on = pieces.on.map(at_words).unwrap_or_default();
    in_a_row([name.to_owned(), on, pieces.by.clone(), pieces.why.clone()])
}

/// Since when someone signs, or that they have not yet; and that they withdrew.
pub fn signing_words(one: &Signatory) -> String {
    let signed = one.signed_on.map_or_else(|| w::not_signed().to_owned(), |on| w::signed(at_words(on)));
    let withdrew = one.withdrew_on.map(|on| w::withdrew(at_words(on))).unwrap_or_default();
    in_a_row([signed, withdrew])
}

/// Who signs, by their line; everyone where it is nobody's. What someone who was taken away promised binds nobody else.
pub fn signatory_words(file: &CharterFile, id: Option<LineId>) -> String {
    match (file.charter.signatory(id), id) {
        (Some(one), _) => or_unnamed(file.who(one.who_entry, &one.who)),
        (None, Some(_)) => w::signatory_gone().to_owned(),
        (None, None) => w::everyone().to_owned(),
    }
}

/// What is due, in words.
pub fn due_words(row: &CharterDueRow) -> String {
    match row.due {
        CharterDue::Point(moment) => w::due_point(moment_words(moment)),
        CharterDue::Commitment(_) => w::due_commitment(or_unnamed(&row.what)),
        CharterDue::Decision => w::due_decision().to_owned(),
    }
}

/// Where what is due is written.
pub fn due_route(row: &CharterDueRow) -> CharterRoute {
    match row.due {
        CharterDue::Point(moment) => CharterRoute::Point(row.charter, moment),
        CharterDue::Commitment(_) => CharterRoute::One(row.charter),
        CharterDue::Decision => CharterRoute::Decide(row.charter),
    }
}

/// What a sort of line is called, or what adds one.
pub fn sort_words(lines: CharterLines, is_new: bool) -> Word {
    match (lines, is_new) {
        (CharterLines::Signatories, false) => w::signatory,
        (CharterLines::Signatories, true) => w::signatory_add,
        (CharterLines::Commitments, false) => w::a_commitment,
        (CharterLines::Commitments, true) => w::commitment_add,
        (CharterLines::Questions, false) => w::a_question,
        (CharterLines::Questions, true) => w::question_add,
        (CharterLines::Sections, false) => w::section,
        (CharterLines::Sections, true) => w::section_add,
    }
}

/// What adds a line.
pub fn add(file: &CharterFile, lines: CharterLines, under: Option<LineId>) -> Option<AnyView> {
    let href = Route::Charter(CharterRoute::NewLine(file.charter.id, lines, under)).href();
    file.may_write.then(|| {
        view! {
            <a class="button quiet" href=href>
                <Icon shape=IconShape::Plus />
                <span>{sort_words(lines, true)}</span>
            </a>
        }
        .into_any()
    })
}

/// What something is called: it leads to its form where one may write.
pub fn named(file: &CharterFile, route: CharterRoute, name: String) -> AnyView {
    if !file.may_write {
        return view! { <span class="who">{name}</span> }.into_any();
    }
    let href = Route::Charter(route).href();
    view! { <a class="who" href=href>{name}</a> }.into_any()
}

/// What a line is called; nothing where it is not there.
pub fn line_name(lines: CharterLines, id: LineId, file: &CharterFile) -> Option<String> {
    let field = match lines {
        CharterLines::Signatories => return file.charter.signatory(Some(id)).map(|_| signatory_words(file, Some(id))),
        CharterLines::Commitments | CharterLines::Questions => "text",
        CharterLines::Sections => "title",
    };
    file.charter.said_in(lines, id, field).map(|said| or_unnamed(&said))
}

/// Of what a path is, and the field in it.
struct Place<'a> {
    lines: Option<(CharterLines, LineId)>,
    moment: Option<Moment>,
    field: &'a str,
}

fn place(path: &str) -> Place<'_> {
    let at_moment = |rest: &'_ str| -> Option<(Moment, usize)> {
        let (code, _) = rest.split_once('.')?;
        Some((Moment::from_code(code)?, code.len() + 1))
    };
    if let Some(rest) = path.strip_prefix("points.")
        && let Some((moment, from)) = at_moment(rest)
    {
        return Place { lines: None, moment: Some(moment), field: &rest[from..] };
    }
    let mut parts = path.splitn(3, '.');
    let line = parts.next().and_then(CharterLines::from_code).zip(parts.next().and_then(LineId::parse));
    let field = parts.next().filter(|_| line.is_some()).unwrap_or(path);
    if let Some(rest) = field.strip_prefix("answers.")
        && let Some((moment, from)) = at_moment(rest)
    {
        return Place { lines: line, moment: Some(moment), field: &rest[from..] };
    }
    Place { lines: line, moment: None, field }
}

impl Place<'_> {
    /// The field of the form in which it is written.
    fn in_form(&self, file: Option<&CharterFile>) -> Option<Field> {
        let code = if self.field == "who_entry" { "who" } else { self.field };
        let of_question = |id: LineId, moment: Moment| {
            let question = file.and_then(|file| file.charter.questions.iter().find(|one| one.id == id));
            question.map(|question| FormOf::Answers(Shape::of(question, moment)))
        };
        let forms: Vec<FormOf> = match (self.lines, self.moment) {
            (Some((_, id)), Some(moment)) => of_question(id, moment).into_iter().chain(every_answer()).collect(),
            (None, Some(_)) => vec![FormOf::Point],
            (Some((lines, _)), None) => vec![FormOf::Line(lines)],
            (None, None) => vec![FormOf::About, FormOf::Decision],
        };
        forms.into_iter().flat_map(fields_of).find(|field| field.code == code).copied()
    }
}

/// Every way in which an answer is typed.
fn every_answer() -> impl Iterator<Item = FormOf> {
    use super::fields::Answered::{ByNumber, InWords, OnAScale, YesOrNo};
    let ways = [InWords, OnAScale, YesOrNo, ByNumber].into_iter();
    ways.map(|way| FormOf::Answers(Shape::Counts(way)))
}

/// A field of a charter, by its path.
pub fn field_words(path: &str) -> String {
    let place = place(path);
    let label = match (place.in_form(None), place.field) {
        (Some(field), _) => (field.label)(),
        (None, "withdrawn") => e::withdrawn_field(),
        (None, "as_asked") => w::as_asked(),
        (None, _) => "",
    };
    let of = match (place.lines, place.moment) {
        (Some((lines, _)), _) => sort_words(lines, false)(),
        (None, Some(_)) => w::point(),
        (None, None) => "",
    };
    let moment = place.moment.map(moment_words).unwrap_or_default();
    in_a_row([of.to_owned(), moment.to_owned(), label.to_owned()])
}

/// A field of a charter, by its path, and of which line it is.
pub fn field_words_in(path: &str, file: &CharterFile) -> String {
    let name = place(path).lines.and_then(|(lines, id)| line_name(lines, id, file));
    in_a_row([field_words(path), name.unwrap_or_default()])
}

/// What a field says, by its path and its value as it is written.
pub fn value_words(path: &str, value: &str, file: &CharterFile) -> String {
    let place = place(path);
    // Ids say nothing to anyone: whoever it is has a name, unless they left the directory.
    if place.field == "who_entry" {
        return file.who(EntryId::parse(value), e::of_the_directory()).to_owned();
    }
    match place.in_form(Some(file)).map(|field| field.kind) {
        Some(Kind::Date | Kind::Day) => PartialDate::parse(value).map(at_words).unwrap_or_default(),
        Some(Kind::Quantity) => quantity_words(Quantity::parse(value), ""),
        Some(Kind::Choice(choices, _)) => chosen_words(choices, value),
        Some(Kind::Stage(stages)) => Pieces::parse(value).map_or(value.to_owned(), |pieces| told(stages, &pieces)),
        Some(Kind::Signatory) => signatory_words(file, LineId::parse(value)),
        None if place.field == "withdrawn" => e::yes().to_owned(),
        // The question as it was asked stands last.
        None if place.field == "as_asked" => value.rsplit('\t').next().unwrap_or_default().to_owned(),
        _ => value.to_owned(),
    }
}

/// Whether a path is of what was answered: small numbers stand in its versions, which are nowhere but in its own form.
pub fn is_of_answers(path: &str) -> bool {
    let place = place(path);
    matches!(place.lines, Some((CharterLines::Questions, _))) && place.moment.is_some() && place.field != "as_asked"
}

/// Where another version of a field is written.
pub fn form_of(id: CharterId, path: &str) -> Route {
    let place = place(path);
    Route::Charter(match (place.lines, place.moment) {
        (Some((_, line)), Some(moment)) => CharterRoute::Answers(id, line, moment),
        (Some((lines, line)), None) => CharterRoute::Line(id, lines, line),
        (None, Some(moment)) => CharterRoute::Point(id, moment),
        (None, None) if place.field == "decision" => CharterRoute::Decide(id),
        (None, None) => CharterRoute::Edit(id),
    })
}

/// What makes a field, by its path, say this and nothing else; nothing for what a newer version wrote.
pub fn keep(id: CharterId, path: &str, value: &str) -> Option<Request> {
    Some(edit(id, vec![CharterChange::at(path, value)?]))
}

/// Asks that a charter change, from its own screen.
pub fn edit(id: CharterId, changes: Vec<CharterChange>) -> Request {
    write(CharterWrite::Edit { id, changes, draft: None })
}

/// Asks that something be written of charters.
pub fn write(asked: CharterWrite) -> Request {
    Request::WriteCollective(Box::new(CollectiveWrite::Charter(asked)))
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::charter::{CharterQuestion, Line, PostCharter};
    use maillon_shared::domain::disclosure::Threshold;

    use super::*;

    fn file() -> CharterFile {
        let mut charter = PostCharter::empty(CharterId([9; 16]));
        let who = "La mairie".to_owned();
        charter.signatories.push(Signatory { who, ..Signatory::empty(LineId([1; 16])) });
        let text = "Est-ce utile ?".to_owned();
        charter.questions.push(CharterQuestion { text, ..CharterQuestion::empty(LineId([3; 16])) });
        CharterFile {
            charter,
            proposed: Vec::new(),
            due: Vec::new(),
            threshold: Threshold::FIVE,
            names: Vec::new(),
            group: None,
            may_write: true,
            conflicts: Vec::new(),
        }
    }

    #[test]
    fn every_field_has_its_words_and_says_of_which_line_and_moment_it_is() {
        let line = LineId([3; 16]);
        for path in [
            "title".to_owned(),
            "decision".into(),
            "withdrawn".into(),
            "points.three.held".into(),
            format!("signatories.{line}.who_entry"),
            format!("questions.{line}.answers.six.n"),
            format!("questions.{line}.answers.six.counts.4"),
            format!("questions.{line}.answers.six.amount"),
            format!("questions.{line}.answers.six.as_asked"),
        ] {
            let words = field_words(&path);
            assert!(!words.is_empty() && !words.contains('.'), "{path}: {words}");
        }
        let words = field_words_in(&format!("questions.{line}.answers.six.n"), &file());
        assert!(words.contains(moment_words(Moment::Six)) && words.contains("Est-ce utile"), "{words}");
    }

    #[test]
    fn a_value_is_told_in_words_and_another_version_is_written_in_its_own_form() {
        let (question, seat) = (LineId([3; 16]), LineId([1; 16]));
        let value = |path: &str, value: &str| value_words(path, value, &file());
        assert!(value("points.six.held", "not_held:\t\tla neige").contains("la neige"));
        assert!(value("decision", "stop:2027\tLe conseil\ttrop cher").contains("Le conseil"));
        assert_eq!(value(&format!("commitments.{question}.of"), &seat.to_string()), "La mairie");
        let as_asked = format!("questions.{question}.answers.six.as_asked");
        assert_eq!(value(&as_asked, "professionals\twords\t\tEst-ce utile ?"), "Est-ce utile ?");
        let id = CharterId([9; 16]);
        let gone = LineId([7; 16]).to_string();
        assert_eq!(value(&format!("commitments.{question}.of"), &gone), w::signatory_gone());
        for field in ["n", "counts.4", "amount", "said"] {
            assert!(is_of_answers(&format!("questions.{question}.answers.six.{field}")), "{field}");
        }
        for path in [as_asked.as_str(), "points.six.present", "title"] {
            assert!(!is_of_answers(path), "{path}");
        }
        for (path, route) in [
            ("title".to_owned(), CharterRoute::Edit(id)),
            ("decision".into(), CharterRoute::Decide(id)),
            ("points.six.said".into(), CharterRoute::Point(id, Moment::Six)),
            (as_asked, CharterRoute::Answers(id, question, Moment::Six)),
            (format!("signatories.{seat}.who"), CharterRoute::Line(id, CharterLines::Signatories, seat)),
        ] {
            assert_eq!(form_of(id, &path), Route::Charter(route), "{path}");
        }
    }

    #[test]
    fn what_nobody_counted_is_not_zero() {
        assert_eq!(count_words(Some(0)), "0");
        assert_eq!(count_words(None), w::not_known());
    }
}
