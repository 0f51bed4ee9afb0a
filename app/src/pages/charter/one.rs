//! One charter: who signs and what each commits to, what is asked, the points, the report and the decision. Nothing on it is
//! counted by person.

use leptos::prelude::*;
use maillon_shared::api::charter::{CharterDueRow, CharterFile};
use maillon_shared::api::responses::Conflict;
use maillon_shared::domain::charter::{
    CharterChange, CharterLines, Commitment, Moment, Point, ReportSection, Signatory,
};
use maillon_shared::domain::ids::{CharterId, LineId};

use super::answers::questions;
use super::ask_charter;
use super::fields::FormOf;
use super::words::{
    add, count_words, day_words, due_route, due_words, edit, field_words, field_words_in, form_of, is_of_answers, keep,
    kind_words, moment_words, named, signatory_words, signing_words, stage_words, value_words, whole_day_words,
};
use crate::pages::roadmap::words::or_unnamed;
use crate::routes::{CharterRoute, GroupRoute, Route};
use crate::session::write_soon;
use crate::ui::{Back, Conflicts, FieldsHistory, OnPaper, Paper, Title, load, when_loaded};
use crate::words::{Word, charter as w, collective as c, events as e, groups, in_a_row, more};

/// One charter.
#[component]
pub fn CharterPage(id: CharterId) -> impl IntoView {
    let loaded = load(move || ask_charter(id));
    view! {
        <Back to=Route::More label=more::title />
        {when_loaded(loaded, move |file| view! { <File file=file id=id /> })}
    }
}

#[component]
fn File(file: RwSignal<CharterFile>, id: CharterId) -> impl IntoView {
    let may_write = Memo::new(move |_| file.with(|file| file.may_write));
    let withdrawn = Memo::new(move |_| file.with(|file| file.charter.withdrawn));
    let may_withdraw = Memo::new(move |_| may_write.get() && !withdrawn.get());
    let withdraw = move |withdrawn: bool| write_soon(edit(id, vec![CharterChange::Withdrawn(withdrawn)]));
    let to = |route: CharterRoute| Route::Charter(route).href();
    let heading = move |path: &str| file.with_untracked(|file| field_words_in(path, file));
    let value = move |path: &str, value: &str| file.with_untracked(|file| value_words(path, value, file));
    let keep_one = move |path: &str, value: &str| (!is_of_answers(path)).then(|| keep(id, path, value)).flatten();
    let place = move || file.with(place_words);
    view! {
        <article class="programme charter">
            <div class="heading">
                <div>
                    <Title>{move || file.with(|file| or_unnamed(&file.charter.about.title))}</Title>
                    <p class="detail">{place}</p>
                </div>
                <a class="button" hidden=move || !may_write.get() href=to(CharterRoute::Edit(id))>
                    {c::change}
                </a>
            </div>
            <OnPaper paper=Paper::NamesNobody />
            {move || file.with(whose)}
            <p class="state-note unprinted" hidden=move || !withdrawn.get()>
                {w::is_withdrawn} " " <button type="button" on:click=move |_| withdraw(false)>{c::take_up}</button>
            </p>
            <Conflicts
                conflicts=Signal::derive(move || file.with(to_choose))
                name=heading
                value=value
                keep=keep_one
                edit=Route::Charter(CharterRoute::Edit(id))
                edit_of=Callback::new(move |path: String| form_of(id, &path))
            />
            {move || file.with(body)}
            <div class="unprinted">
                <p class="acts">
                    <a class="button" href=to(CharterRoute::Paper(id))>{w::see_paper}</a>
                    <a class="button" href=to(CharterRoute::Report(id))>{w::see_report}</a>
                    <a class="button quiet" href=to(CharterRoute::All)>{w::see_all}</a>
                    <Show when=move || may_withdraw.get()>
                        <button type="button" class="quiet" on:click=move |_| withdraw(true)>
                            {e::withdraw}
                        </button>
                    </Show>
                </p>
                <FieldsHistory of=id.into() name=field_words value=value />
            </div>
        </article>
    }
}

/// The versions to choose from. Those of answers are small numbers, which are told on no screen: they lead to the form, where one
/// may write in it, and no version is shown here.
fn to_choose(file: &CharterFile) -> Vec<Conflict> {
    file.conflicts.iter().filter(|one| file.may_write || !is_of_answers(&one.field)).cloned().collect()
}

/// Where the post is, and from when until when.
pub fn place_words(file: &CharterFile) -> String {
    let about = &file.charter.about;
    let begins = about.begins.map(|day| w::begins_on(whole_day_words(day))).unwrap_or_default();
    let ends = about.ends.map(|day| w::ends_on(whole_day_words(day))).unwrap_or_default();
    in_a_row([about.commune.clone(), begins, ends])
}

/// The group whose it is.
fn whose(file: &CharterFile) -> Option<AnyView> {
    let (id, name) = file.group.clone()?;
    let name = if name.is_empty() { groups::nameless().to_owned() } else { name };
    let lead = if file.may_write { groups::is_common_lead } else { groups::read_only as Word };
    let href = Route::Groups(GroupRoute::One(id)).href();
    let common = view! {
        <p class="state-note">
            <a href=href>{groups::is_common(&name)}</a> " " <span class="unprinted">{lead}</span>
        </p>
    };
    Some(common.into_any())
}

fn body(file: &CharterFile) -> AnyView {
    let aim = file.charter.about.aim.trim().to_owned();
    let aim = (!aim.is_empty()).then(|| view! { <section><h2>{w::aim}</h2><p class="prose">{aim}</p></section> });
    let sections: Vec<AnyView> = file.charter.sections.iter().map(|one| section_line(file, one)).collect();
    view! {
        {aim}
        {due(file)}
        {signatories(file)}
        {questions(file)}
        {points(file, false)}
        <section aria-labelledby="sections">
            <h2 id="sections">{w::sections}</h2>
            <p class="detail">{w::sections_lead}</p>
            <ul class="rows">{sections}</ul>
            <p class="acts unprinted">{add(file, CharterLines::Sections, None)}</p>
        </section>
        {decision(file)}
    }
    .into_any()
}

/// What is to come, by its day.
fn due(file: &CharterFile) -> AnyView {
    let line = |row: &CharterDueRow| {
        view! {
            <li class="plain">
                <span class="row-head">{named(file, due_route(row), due_words(row))}</span>
                <span class="why">{in_a_row([day_words(Some(row.day)), row.who.clone()])}</span>
            </li>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = file.due.iter().map(line).collect();
    let none = rows.is_empty();
    view! {
        <section hidden=none>
            <h2>{w::to_come}</h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
    .into_any()
}

/// Who signs, each with what they commit to; then what is everyone's, and what those who were taken away promised.
fn signatories(file: &CharterFile) -> AnyView {
    let charter = &file.charter;
    let commitments = |of: Option<LineId>| -> Vec<AnyView> {
        charter.commitments_of(of).map(|one| commitment_line(file, one)).collect()
    };
    let titled = |title: Word, rows: Vec<AnyView>| {
        (!rows.is_empty()).then(|| view! { <h3>{title}</h3> <ul class="rows">{rows}</ul> }.into_any())
    };
    let line = |one: &Signatory| {
        let rows = commitments(Some(one.id));
        let none = rows.is_empty();
        let route = CharterRoute::Line(charter.id, CharterLines::Signatories, one.id);
        view! {
            <div class="objective">
                <h3>{named(file, route, signatory_words(file, Some(one.id)))}</h3>
                <p class="detail">{in_a_row([kind_words(&one.kind), signing_words(one)])}</p>
                <p class="detail" hidden=!none>{w::no_commitment}</p>
                <ul class="rows" hidden=none>{rows}</ul>
                <p class="acts unprinted">{add(file, CharterLines::Commitments, Some(one.id))}</p>
            </div>
        }
        .into_any()
    };
    let all: Vec<AnyView> = charter.signatories.iter().map(line).collect();
    let none = all.is_empty();
    let alone = titled(w::everyone, commitments(None));
    let of_those_gone = charter.commitments_of_those_gone().map(|one| commitment_line(file, one)).collect();
    let of_those_gone = titled(w::signatory_gone, of_those_gone);
    view! {
        <section aria-labelledby="signatories">
            <h2 id="signatories">{w::signatories}</h2>
            <p class="empty" hidden=!none>{w::no_signatory}</p>
            {all}
            {alone}
            {of_those_gone}
            <p class="acts unprinted">
                {add(file, CharterLines::Signatories, None)} " " {add(file, CharterLines::Commitments, None)}
            </p>
        </section>
    }
    .into_any()
}

fn commitment_line(file: &CharterFile, one: &Commitment) -> AnyView {
    let route = CharterRoute::Line(file.charter.id, CharterLines::Commitments, one.id);
    let due = one.due.map(|day| w::by_day(day_words(Some(day)))).unwrap_or_default();
    let state = stage_words(FormOf::Line(CharterLines::Commitments), "state", &one.state.to_string());
    view! {
        <li class="plain">
            <span class="row-head">{named(file, route, or_unnamed(&one.text))}</span>
            <span class="why">{in_a_row([state, due])}</span>
        </li>
    }
    .into_any()
}

/// The points, each with how many came and what was said. Of whom they are is for whoever follows the charter alone.
pub fn points(file: &CharterFile, is_paper: bool) -> AnyView {
    let tells_parts = !is_paper && file.group.is_none();
    let rows: Vec<AnyView> = Moment::POINTS.into_iter().map(|moment| point_line(file, moment, tells_parts)).collect();
    view! {
        <section aria-labelledby="points">
            <h2 id="points">{w::points}</h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
    .into_any()
}

/// How many were invited and came; nothing where nobody counted anything.
fn participation(point: &Point) -> String {
    if point.invited.is_none() && point.present.is_none() {
        return String::new();
    }
    in_a_row([w::invited_is(count_words(point.invited)), w::present_is(count_words(point.present))])
}

/// Of whom those who came are; nothing where nobody counted any. They are few, and in a village everyone knows who came: beside
/// answers of which not even the number is told, this would tell it.
fn parts(point: &Point) -> String {
    let counts = [point.professionals, point.elected, point.inhabitants];
    if counts.iter().all(Option::is_none) {
        return String::new();
    }
    let [professionals, elected, inhabitants] = counts.map(count_words);
    in_a_row([w::professionals_is(professionals), w::elected_is(elected), w::inhabitants_is(inhabitants)])
}

fn point_line(file: &CharterFile, moment: Moment, tells_parts: bool) -> AnyView {
    let point = file.charter.point(moment);
    let state = stage_words(FormOf::Point, "held", &point.held.to_string());
    let day = match (point.planned, file.day_of(moment)) {
        (_, None) => w::no_begin().to_owned(),
        (Some(_), day) => w::moved_to(day_words(day)),
        (None, day) => w::proposed(day_words(day)),
    };
    let day = if point.held.is_awaited() { day } else { String::new() };
    let prose = |title: Word, text: &str| {
        let text = text.trim().to_owned();
        (!text.is_empty()).then(|| view! { <span class="why prose">{w::told_of(title(), text)}</span> })
    };
    let of_whom = if tells_parts { parts(&point) } else { String::new() };
    let of_whom = (!of_whom.is_empty()).then(|| view! { <span class="why unprinted">{of_whom}</span> });
    let route = CharterRoute::Point(file.charter.id, moment);
    view! {
        <li class="plain">
            <span class="row-head">{named(file, route, moment_words(moment).to_owned())}</span>
            <span class="why">{in_a_row([state, day])}</span>
            <span class="why">{participation(&point)}</span>
            {of_whom}
            {prose(w::said, &point.said)}
            {prose(w::decisions, &point.decisions)}
        </li>
    }
    .into_any()
}

fn section_line(file: &CharterFile, one: &ReportSection) -> AnyView {
    let route = CharterRoute::Line(file.charter.id, CharterLines::Sections, one.id);
    let words = one.words.trim().to_owned();
    let words = if words.is_empty() { w::not_written().to_owned() } else { words };
    view! {
        <li class="plain">
            <span class="row-head">{named(file, route, or_unnamed(&one.title))}</span>
            <span class="why prose">{words}</span>
        </li>
    }
    .into_any()
}

/// What was decided at the end.
pub fn decision(file: &CharterFile) -> AnyView {
    let said = stage_words(FormOf::Decision, "decision", &file.charter.about.decision.to_string());
    let href = Route::Charter(CharterRoute::Decide(file.charter.id)).href();
    let decide = file.may_write.then(|| view! { <a class="button quiet" href=href>{w::decide}</a> });
    view! {
        <section aria-labelledby="decision">
            <h2 id="decision">{w::decision}</h2>
            <p class="prose">{said}</p>
            <p class="acts unprinted">{decide}</p>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::charter::Line;

    use super::*;

    #[test]
    fn what_nobody_counted_is_not_zero_and_of_nothing_nothing_is_said() {
        let point = Point::empty(LineId([0; 16]));
        assert_eq!(participation(&point), "");
        let told = participation(&Point { present: Some(0), ..point });
        assert!(told.contains('0') && told.contains(w::not_known()), "{told}");
    }

    #[test]
    fn of_whom_those_who_came_are_is_apart_from_what_is_printed() {
        let point = Point { present: Some(12), professionals: Some(3), ..Point::empty(LineId([0; 16])) };
        assert!(!participation(&point).contains('3'), "{}", participation(&point));
        assert!(parts(&point).contains('3'));
    }
}
