//! The words of a roadmap: its lines, its fields by their path, when, how much and how things stand.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::roadmap::RoadmapFile;
use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::{CollectiveId, EntryId, LineId, RoadmapId};
use maillon_shared::domain::programme::{ActionState, Cents, FundingTotal};
use maillon_shared::domain::roadmap::{BodyKind, Quantity, RoadmapChange, RoadmapLines, Standing, StateCounts};
use maillon_shared::domain::time::PartialDate;
use maillon_shared::text::french::{NARROW, NBSP};
use maillon_shared::text::language::Language;

use super::fields::{Kind, fields_of};
use crate::pages::programme::words::{action_words, amount_words, at_words, euros};
use crate::routes::{RoadmapRoute, Route};
use crate::ui::{Icon, Shape};
use crate::words::{Word, events as e, in_a_row, language, programme as p, roadmap as w};
use crate::{browser, when};

/// From which year to which.
pub fn horizon_words(from: Option<i32>, until: Option<i32>) -> String {
    match (from, until) {
        (Some(from), Some(until)) if from == until => from.to_string(),
        (Some(from), Some(until)) => w::horizon(from, until),
        (Some(from), None) => w::from_only(from),
        (None, Some(until)) => w::until_only(until),
        (None, None) => String::new(),
    }
}

/// What something is called, or that nobody said.
pub fn or_unnamed(name: &str) -> String {
    let name = if name.trim().is_empty() { w::unnamed() } else { name };
    name.to_owned()
}

/// A day.
pub fn day_words(day: NaiveDate) -> String {
    when::date(day, browser::today())
}

/// A date as far as it is known, or that there is none.
pub fn date_words(date: Option<PartialDate>) -> String {
    date.map_or_else(|| w::no_date().to_owned(), at_words)
}

/// A number, or that nobody knows.
pub fn quantity_words(amount: Option<Quantity>, unit: &str) -> String {
    let Some(amount) = amount else { return w::not_known().to_owned() };
    let (is_french, unit) = (language() == Language::Fr, unit.trim());
    let number = if is_french { amount.plain() } else { amount.plain().replace(',', ".") };
    match (is_french, unit.starts_with('%')) {
        _ if unit.is_empty() => number,
        (true, true) => format!("{number}{NARROW}{unit}"),
        (true, false) => format!("{number}{NBSP}{unit}"),
        (false, true) => format!("{number}{unit}"),
        (false, false) => format!("{number} {unit}"),
    }
}

/// A sum, and how many actions are not in it because nobody knows.
pub fn total_words(total: FundingTotal) -> String {
    let unknown = if total.not_known > 0 { w::actions_not_known(total.not_known) } else { String::new() };
    match total.sum() {
        Some(sum) => in_a_row([euros(sum), unknown]),
        // Of no action nothing is to be known.
        None if total.not_known == 0 => w::of_no_action().to_owned(),
        None => w::not_known().to_owned(),
    }
}

/// How many actions stand how.
pub fn counts_words(counts: StateCounts) -> String {
    let count = |n: u32, word: fn(u32) -> String| if n > 0 { word(n) } else { String::new() };
    let said: Vec<String> = [
        count(counts.planned, w::count_planned),
        count(counts.running, w::count_running),
        count(counts.done, w::count_done),
        count(counts.dropped, w::count_dropped),
        count(counts.unknown, w::count_unknown),
    ]
    .into_iter()
    .filter(|words| !words.is_empty())
    .collect();
    if said.is_empty() { w::no_action().to_owned() } else { w::counts(said.join(", ")) }
}

/// How something with an end stands.
pub fn standing_words(standing: Standing) -> String {
    match standing {
        Standing::ToCome => w::to_come().to_owned(),
        Standing::InForce(Some(last)) => w::in_force_until(day_words(last)),
        Standing::InForce(None) => w::in_force().to_owned(),
        Standing::Ended(last) => w::ended_on(day_words(last)),
    }
}

/// What a body is.
pub fn body_kind_words(kind: &BodyKind) -> String {
    match kind {
        BodyKind::NotSaid => w::kind_not_said(),
        BodyKind::Steering => w::kind_steering(),
        BodyKind::Technical => w::kind_technical(),
        BodyKind::WorkingGroup => w::kind_working_group(),
        BodyKind::Assembly => w::kind_assembly(),
        BodyKind::OtherBody => w::kind_other(),
        BodyKind::Unknown(code) => return code.clone(),
    }
    .to_owned()
}

/// What a sort of line is called, or what adds one.
pub fn sort_words(lines: RoadmapLines, is_new: bool) -> Word {
    match (lines, is_new) {
        (RoadmapLines::Axes, false) => w::axis,
        (RoadmapLines::Axes, true) => w::axis_add,
        (RoadmapLines::Objectives, false) => w::objective,
        (RoadmapLines::Objectives, true) => w::objective_add,
        (RoadmapLines::Actions, false) => w::action,
        (RoadmapLines::Actions, true) => w::action_add,
        (RoadmapLines::Indicators, false) => w::indicator,
        (RoadmapLines::Indicators, true) => w::indicator_add,
        (RoadmapLines::Values, false) => w::value,
        (RoadmapLines::Values, true) => w::value_add,
        (RoadmapLines::Deviations, false) => w::deviation,
        (RoadmapLines::Deviations, true) => w::deviation_add,
        (RoadmapLines::Frameworks, false) => w::framework,
        (RoadmapLines::Frameworks, true) => w::framework_add,
        (RoadmapLines::Headings, false) => w::heading,
        (RoadmapLines::Headings, true) => w::heading_add,
        (RoadmapLines::Bodies, false) => w::body,
        (RoadmapLines::Bodies, true) => w::body_add,
        (RoadmapLines::Mandates, false) => w::mandate,
        (RoadmapLines::Mandates, true) => w::mandate_add,
        (RoadmapLines::Decisions, false) => w::decision,
        (RoadmapLines::Decisions, true) => w::decision_add,
        (RoadmapLines::Partnerships, false) => w::partnership,
        (RoadmapLines::Partnerships, true) => w::partnership_add,
    }
}

/// What adds a line.
pub fn add(id: RoadmapId, lines: RoadmapLines, under: Option<LineId>) -> AnyView {
    let href = Route::Roadmap(RoadmapRoute::NewLine(id, lines, under)).href();
    view! {
        <a class="button quiet" href=href>
            <Icon shape=Shape::Plus />
            <span>{sort_words(lines, true)}</span>
        </a>
    }
    .into_any()
}

/// What a line is called: it leads to its form where one may write.
pub fn named(file: &RoadmapFile, lines: RoadmapLines, line: LineId, name: &str) -> AnyView {
    let name = or_unnamed(name);
    if !file.may_write {
        return view! { <span class="who">{name}</span> }.into_any();
    }
    let href = Route::Roadmap(RoadmapRoute::Line(file.roadmap.id, lines, line)).href();
    view! { <a class="who" href=href>{name}</a> }.into_any()
}

/// That something is to be verified, and why.
pub fn to_verify(why: &str) -> Option<AnyView> {
    let why = why.trim().to_owned();
    (!why.is_empty())
        .then(|| view! { <span class="why"><span class="tag late">{w::verify_tag}</span> " " {why}</span> }.into_any())
}

/// What a line is called; nothing where it is not there.
pub fn line_name(lines: RoadmapLines, id: LineId, file: &RoadmapFile) -> Option<String> {
    let roadmap = &file.roadmap;
    let field = match lines {
        RoadmapLines::Indicators | RoadmapLines::Frameworks => "name",
        RoadmapLines::Values => "source",
        RoadmapLines::Deviations => "happened",
        RoadmapLines::Decisions => "text",
        RoadmapLines::Mandates | RoadmapLines::Partnerships => "who",
        _ => "title",
    };
    let said = roadmap.said_in(lines, id, field)?;
    let entry = roadmap.said_in(lines, id, "who_entry").and_then(|entry| EntryId::parse(&entry));
    Some(or_unnamed(file.who(entry, &said)))
}

/// The parts of a path: the sort of lines, the line and its field.
fn parts(path: &str) -> Option<(RoadmapLines, LineId, &str)> {
    let mut parts = path.splitn(3, '.');
    let (lines, id) = (RoadmapLines::from_code(parts.next()?)?, LineId::parse(parts.next()?)?);
    Some((lines, id, parts.next()?))
}

/// A field of a roadmap, by its path.
pub fn field_words(path: &str) -> String {
    let (lines, field) = match parts(path) {
        Some((lines, _, field)) => (Some(lines), field),
        None => (None, path),
    };
    let code = match field.split('.').next().unwrap_or_default() {
        "who_entry" => "who",
        code => code,
    };
    let label = match fields_of(lines).iter().find(|one| one.code == code) {
        Some(field) => (field.label)(),
        None if path == "withdrawn" => e::withdrawn_field(),
        None => "",
    };
    let sort = lines.map_or("", |lines| sort_words(lines, false)());
    in_a_row([sort, label])
}

/// A field of a roadmap, by its path, and of which line it is.
pub fn field_words_in(path: &str, file: &RoadmapFile) -> String {
    let name = parts(path).and_then(|(lines, id, _)| line_name(lines, id, file));
    in_a_row([field_words(path), name.unwrap_or_default()])
}

/// What a field says, by its path and its value as it is written.
pub fn value_words(path: &str, value: &str, file: &RoadmapFile) -> String {
    let (lines, field) = parts(path).map_or((None, path), |(lines, _, field)| (Some(lines), field));
    let (code, name) = field.split_once('.').unwrap_or((field, ""));
    let line = |lines: RoadmapLines, id: &str| LineId::parse(id).and_then(|id| line_name(lines, id, file));
    // Ids say nothing to anyone: whoever it is has a name, unless they left the directory.
    if code == "who_entry" {
        return file.who(EntryId::parse(value), e::of_the_directory()).to_owned();
    }
    let kind = fields_of(lines).iter().find(|one| one.code == code).map(|one| one.kind);
    match kind {
        Some(Kind::Date) => PartialDate::parse(value).map(at_words).unwrap_or_default(),
        Some(Kind::Amount) => amount_words(Cents::parse(value)),
        Some(Kind::Quantity) => quantity_words(Quantity::parse(value), ""),
        Some(Kind::State) => action_words(&ActionState::parse(value)),
        Some(Kind::Body) => body_kind_words(&BodyKind::from_code(value)),
        Some(Kind::Places) => EventCommune::parse(value).map(|commune| commune.name).unwrap_or_default(),
        Some(Kind::Headings) => line(RoadmapLines::Headings, name).unwrap_or_default(),
        Some(Kind::Of(lines)) => line(lines, value).unwrap_or_else(|| w::no_one().to_owned()),
        Some(Kind::Project) => {
            let title = CollectiveId::parse(value).and_then(|id| file.project(id));
            title.map_or_else(|| e::a_project().to_owned(), str::to_owned)
        }
        None if path == "withdrawn" => e::yes().to_owned(),
        _ => value.to_owned(),
    }
}

/// From when until when, who and where, in a row.
pub fn places_words<'a>(places: impl IntoIterator<Item = &'a EventCommune>) -> String {
    places.into_iter().map(|commune| commune.name.clone()).collect::<Vec<_>>().join(", ")
}

/// What is not here of a project.
pub fn project_words(id: CollectiveId, file: &RoadmapFile) -> String {
    let title = file.project(id).map_or_else(|| p::not_here().to_owned(), or_unnamed);
    if file.withdrawn_projects.contains(&id) { w::in_withdrawn_project(title) } else { w::in_project(title) }
}

/// Where another version of a field is written: in the form of its line.
pub fn form_of(id: RoadmapId, path: &str) -> Route {
    Route::Roadmap(match parts(path) {
        Some((lines, line, _)) => RoadmapRoute::Line(id, lines, line),
        None => RoadmapRoute::Edit(id),
    })
}

/// What makes a field, by its path, say this and nothing else; nothing for what a newer version wrote.
pub fn keep(id: RoadmapId, path: &str, value: &str) -> Option<Request> {
    Some(edit(id, vec![RoadmapChange::at(path, value)?]))
}

/// Asks that a roadmap change, from its own screen.
pub fn edit(id: RoadmapId, changes: Vec<RoadmapChange>) -> Request {
    Request::WriteCollective(Box::new(CollectiveWrite::EditRoadmap { id, changes, draft: None }))
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::roadmap::{Line, Mandate, Roadmap, RoadmapAction};

    use super::*;

    fn file() -> RoadmapFile {
        let mut roadmap = Roadmap::empty(RoadmapId([9; 16]));
        let title = "Marcher".to_owned();
        roadmap.actions.push(RoadmapAction { title, ..RoadmapAction::empty(LineId([1; 16])) });
        roadmap.mandates.push(Mandate { who: "La mairie".into(), ..Mandate::empty(LineId([2; 16])) });
        RoadmapFile {
            roadmap,
            names: Vec::new(),
            projects: Vec::new(),
            withdrawn_projects: Vec::new(),
            group: None,
            may_write: true,
            conflicts: Vec::new(),
        }
    }

    #[test]
    fn every_field_has_its_words() {
        for lines in RoadmapLines::ALL {
            for field in fields_of(Some(*lines)) {
                let path = format!("{}.{}.{}", lines.code(), LineId([1; 16]), field.code);
                assert!(field_words(&path).contains((field.label)()), "{path}");
            }
        }
        assert!(!field_words("title").is_empty() && !field_words("withdrawn").is_empty());
    }

    #[test]
    fn the_heading_of_a_line_says_which_it_is_and_a_value_what_it_means() {
        let (walk, seat) = (LineId([1; 16]), LineId([2; 16]));
        assert!(field_words_in(&format!("actions.{walk}.planned"), &file()).contains("Marcher"));
        assert!(field_words_in(&format!("mandates.{seat}.ends"), &file()).contains("La mairie"));
        let value = |path: String, value: &str| value_words(&path, value, &file());
        assert_eq!(value(format!("actions.{walk}.planned"), "0"), amount_words(Some(Cents(0))));
        assert_eq!(value(format!("deviations.{seat}.action"), &walk.to_string()), "Marcher");
        assert!(value(format!("actions.{walk}.state"), "dropped:la pluie").contains("la pluie"));
        let entry = LineId([7; 16]).to_string();
        assert!(!value(format!("mandates.{seat}.who_entry"), &entry).contains(&entry));
    }

    #[test]
    fn two_of_the_directory_are_told_apart_and_another_version_is_written_in_the_form_of_its_line() {
        let [one, other] = [7, 8].map(|n| EntryId([n; 16]));
        let names = vec![(one, "La mairie".to_owned()), (other, "La poste".to_owned())];
        let file = RoadmapFile { names, ..file() };
        let path = format!("mandates.{}.who_entry", LineId([2; 16]));
        let said = [one, other].map(|entry| value_words(&path, &entry.to_string(), &file));
        assert_eq!(said, ["La mairie", "La poste"]);
        let id = RoadmapId([9; 16]);
        let line = RoadmapRoute::Line(id, RoadmapLines::Mandates, LineId([2; 16]));
        assert_eq!(form_of(id, &path), Route::Roadmap(line));
        assert_eq!(form_of(id, "title"), Route::Roadmap(RoadmapRoute::Edit(id)));
    }

    #[test]
    fn of_no_action_no_amount_is_unknown() {
        assert_eq!(total_words(FundingTotal::default()), w::of_no_action());
        let unknown = total_words(FundingTotal { not_known: 2, ..FundingTotal::default() });
        assert_eq!(unknown, w::not_known());
        let one = FundingTotal { known: Cents(500), known_lines: 1, not_known: 2 };
        assert!(total_words(one).contains(&w::actions_not_known(2)));
    }

    #[test]
    fn a_count_is_of_actions_and_nothing_is_said_of_none() {
        let counts = StateCounts { planned: 2, dropped: 1, ..StateCounts::default() };
        let words = counts_words(counts);
        assert!(words.contains('2') && words.contains('1') && !words.contains('0'), "{words}");
        assert_eq!(counts_words(StateCounts::default()), w::no_action());
    }
}
