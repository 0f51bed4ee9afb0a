//! The form of one line, one point, one answer, the decision or the whole: its fields come from their list. Taking a line away is
//! one press, and undone with one.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::charter::{CharterFile, CharterWrite};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::Conflict;
use maillon_shared::domain::charter::{CharterChange, CharterLines, CharterQuestion};
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::ids::{CharterId, EntryId, LineId};

use super::ask_charter;
use super::fields::{Field, Kind, Shape, Stage};
use super::sheet::{BY, ON, Of, Sheet, WHO_ENTRY, WHY, fields_since, id_of, lay};
use super::words::{
    day_words, edit, field_words, line_name, moment_words, signatory_words, sort_words, value_words, write,
};
use crate::pages::programme::fields::{Pick, problem};
use crate::pages::roadmap::fields::DateParts;
use crate::routes::{self, CharterRoute, Route};
use crate::session::write_soon;
use crate::ui::{
    Back, Chips, Choice, CluesFound, DayAdvice, DayField, EntryField, FormFrame, InputKind, Opened, Problem, Save,
    Text, TextArea, TextField, Title, load_once, when_loaded,
};
use crate::words::{Word, charter as w, collective as c, form as f, in_a_row, note, roadmap as r, versions as v};
use crate::{browser, drafts, when};

/// The forms' code among the drafts.
pub const FORM: &str = "charter";

/// What a form is of, and where one was.
#[derive(Clone)]
struct Form {
    id: CharterId,
    route: CharterRoute,
    under: Option<LineId>,
    is_new: bool,
}

/// A form, by its place.
pub fn form(route: CharterRoute) -> AnyView {
    let Some(id) = charter_of(&route) else { return ().into_any() };
    let under = match route {
        CharterRoute::NewLine(_, _, under) => under,
        _ => None,
    };
    let is_new = matches!(route, CharterRoute::NewLine(..));
    let new_line = LineId(browser::random_id());
    let form = Form { id, route, under, is_new };
    let asked = form.clone();
    let loaded = load_once(move || {
        let form = asked.clone();
        async move {
            let file = ask_charter(form.id).await?;
            let of = of_route(&form.route, new_line, &file);
            let mut sheet = Sheet::of(of, &file.charter);
            if let Some(under) = form.under {
                sheet.say("of", under.to_string());
            }
            let opened = Opened::find(drafts::key(FORM, form.route.draft_subject()), sheet, lay).await;
            Ok((opened, file))
        }
    });
    when_loaded(loaded, move |found| {
        let (opened, file) = found.get_untracked();
        match form.route {
            CharterRoute::Answers(id, question, _) if line_name(CharterLines::Questions, question, &file).is_none() => {
                question_gone(id, question)
            }
            _ => framed(form.clone(), opened, file),
        }
    })
}

fn charter_of(route: &CharterRoute) -> Option<CharterId> {
    match route {
        CharterRoute::Edit(id)
        | CharterRoute::Decide(id)
        | CharterRoute::Point(id, _)
        | CharterRoute::Answers(id, ..)
        | CharterRoute::NewLine(id, ..)
        | CharterRoute::Line(id, ..) => Some(*id),
        _ => None,
    }
}

fn of_route(route: &CharterRoute, new_line: LineId, file: &CharterFile) -> Of {
    let question = |id: LineId| file.charter.questions.iter().find(|question| question.id == id);
    match route {
        CharterRoute::Decide(_) => Of::Decision,
        CharterRoute::Point(_, moment) => Of::Point(*moment),
        CharterRoute::Answers(_, id, moment) => {
            let of_words = Shape::Counts(super::fields::Answered::InWords);
            let shape = question(*id).map_or(of_words, |question| Shape::of(question, *moment));
            Of::Answers(*id, *moment, shape)
        }
        CharterRoute::NewLine(_, lines, _) => Of::Line(*lines, new_line),
        CharterRoute::Line(_, CharterLines::Questions, id) if question(*id).is_some_and(keeps_its_meaning) => {
            Of::Closing(*id)
        }
        CharterRoute::Line(_, lines, id) => Of::Line(*lines, *id),
        _ => Of::About,
    }
}

/// Whether its words may not change: what was answered to them would lose its meaning. What was answered to others does not.
fn keeps_its_meaning(question: &CharterQuestion) -> bool {
    question.compared().next().is_some()
}

/// In the place of the answers of a question that was taken away: how they are typed is known once it is there again. What was
/// typed already is among the drafts.
fn question_gone(id: CharterId, question: LineId) -> AnyView {
    let there = Route::Charter(CharterRoute::Line(id, CharterLines::Questions, question)).href();
    view! {
        <Back to=Route::Charter(CharterRoute::One(id)) label=w::title_one />
        <Title>{w::answers}</Title>
        <p class="state-note">{w::question_gone}</p>
        <p class="acts">
            <a class="button" href=there>
                {w::bring_back}
            </a>
        </p>
    }
    .into_any()
}

/// What two devices wrote at once in the fields of this sheet of answers. It is shown nowhere else.
fn disputed(of: Of, file: &CharterFile) -> Vec<Conflict> {
    let Of::Answers(..) = of else { return Vec::new() };
    let is_here = |one: &&Conflict| of.fields().iter().any(|field| of.path(field.code) == one.field);
    file.conflicts.iter().filter(is_here).cloned().collect()
}

/// The versions of each of these fields, to type the right one.
fn versions(disputed: &[Conflict], file: &CharterFile) -> Option<AnyView> {
    let line = |one: &Conflict| {
        let values = in_a_row(one.values.iter().map(|value| value_words(&one.field, value, file)));
        view! { <p>{w::told_of(field_words(&one.field), values)}</p> }.into_any()
    };
    let lines: Vec<AnyView> = disputed.iter().map(line).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="card versions">
                <h2>{v::title}</h2>
                <p>{w::versions_here}</p>
                {lines}
            </section>
        }
        .into_any()
    })
}

/// What settles each of these fields as it is saved, where it says what it said before. The others are among the changes.
fn settled(disputed: &[Conflict], changes: &[CharterChange]) -> Vec<CharterChange> {
    let is_changed = |field: &str| changes.iter().any(|change| change.path().0 == field);
    let left = disputed.iter().filter(|one| !is_changed(&one.field));
    // The first version is the one that the form showed.
    left.filter_map(|one| CharterChange::at(&one.field, one.values.first()?)).collect()
}

fn framed(form: Form, opened: Opened<Sheet>, file: CharterFile) -> AnyView {
    let Form { id, route, is_new, .. } = form;
    let (before, then) = (file.charter.clone(), Route::Charter(CharterRoute::One(id)));
    let (way_back, title) = (then.clone(), title_of(&route));
    let line = match route {
        CharterRoute::Line(_, lines, line) => Some((lines, line)),
        _ => None,
    };
    let disputed = disputed(opened.before.of, &file);
    let versions = versions(&disputed, &file);
    let is_gone = line.is_some_and(|(lines, line)| line_name(lines, line, &file).is_none());
    let question = |id: LineId| file.charter.questions.iter().find(|one| one.id == id);
    let is_answered = |id: LineId| question(id).is_some_and(CharterQuestion::is_answered);
    let may_remove = match route {
        CharterRoute::Line(_, CharterLines::Questions, line) => !is_gone && !is_answered(line),
        CharterRoute::Line(..) => !is_gone,
        _ => false,
    };
    let is_closing = matches!(opened.before.of, Of::Closing(_));
    let about = match route {
        CharterRoute::Answers(_, line, moment) => {
            let name = line_name(CharterLines::Questions, line, &file).unwrap_or_default();
            Some((moment_words(moment).to_owned(), name))
        }
        CharterRoute::Point(_, moment) => Some((moment_words(moment).to_owned(), String::new())),
        CharterRoute::Line(_, CharterLines::Questions, line) if is_closing => {
            Some((line_name(CharterLines::Questions, line, &file).unwrap_or_default(), w::keeps_meaning().to_owned()))
        }
        _ => None,
    };
    let save = move |sheet: &Sheet, draft: DraftKey| {
        let mut changes = sheet.changes(&before)?;
        changes.extend(settled(&disputed, &changes));
        let request = write(CharterWrite::Edit { id, changes, draft: Some(draft) });
        Ok(Save { request, then: then.clone() })
    };
    let remove = move || {
        if let Some((lines, line)) = line {
            write_soon(edit(id, vec![CharterChange::Remove(lines, line)]));
            routes::go_instead(&Route::Charter(CharterRoute::One(id)));
        }
    };
    let draw = move |sheet: RwSignal<Sheet>, problems: RwSignal<Vec<Problem>>| {
        let about = about.map(|(lead, detail)| view! { <p class="detail">{lead}</p> <p>{detail}</p> });
        view! {
            <p class="state-note" hidden=!is_gone>{w::gone}</p>
            {about}
            {versions}
            <SheetFields sheet=sheet problems=problems file=StoredValue::new(file) />
            <p class="acts" hidden=!may_remove>
                <button type="button" class="quiet" on:click=move |_| remove()>{r::remove_line}</button>
                <span class="hint">{r::remove_hint}</span>
            </p>
        }
    };
    view! {
        <FormFrame
            title=title
            way_back=way_back
            class="sheet"
            opened=opened
            fields=fields_since
            forget=if is_new { note::start_again } else { f::draft_forget }
            save=save
            draw=draw
        />
    }
    .into_any()
}

fn title_of(route: &CharterRoute) -> Word {
    match route {
        CharterRoute::Decide(_) => w::decide,
        CharterRoute::Point(..) => w::point,
        CharterRoute::Answers(..) => w::answers,
        CharterRoute::NewLine(_, lines, _) => sort_words(*lines, true),
        CharterRoute::Line(_, lines, _) => sort_words(*lines, false),
        _ => w::edit,
    }
}

/// What is typed there, as a field shows and changes it.
fn typed(form: RwSignal<Sheet>, name: String) -> Text {
    let read = name.clone();
    Text::within(
        form,
        move |form: &Sheet| form.said(&read).to_owned(),
        move |form: &mut Sheet, text| {
            form.say(&name, text);
        },
    )
}

/// The fields of a sheet, and the clues in what is typed in it.
#[component]
pub fn SheetFields(
    /// The sheet.
    sheet: RwSignal<Sheet>,
    /// What is wrong with it.
    problems: RwSignal<Vec<Problem>>,
    /// What it is of.
    file: StoredValue<CharterFile>,
) -> impl IntoView {
    let of = sheet.with_untracked(|sheet| sheet.of);
    let id = file.with_value(|file| file.charter.id);
    let texts = Memo::new(move |_| sheet.with(|sheet| sheet.words(id)));
    view! {
        {of.fields().iter().map(|field| drawn(*field, of, sheet, problems, file)).collect_view()}
        <CluesFound texts=texts written_for=WrittenFor::Project />
    }
}

fn drawn(
    field: Field,
    of: Of,
    sheet: RwSignal<Sheet>,
    problems: RwSignal<Vec<Problem>>,
    file: StoredValue<CharterFile>,
) -> AnyView {
    let Field { code, kind, label, hint, needed } = field;
    let text = typed(sheet, code.to_owned());
    let id = id_of(code);
    let error = problem(problems, id.clone());
    let is_optional = needed.is_none();
    let short = |id: String, kind: InputKind| match hint {
        Some(hint) => {
            view! { <TextField id=id label=label hint=hint optional=is_optional kind=kind text=text error=error /> }
                .into_any()
        }
        None => {
            view! { <TextField id=id label=label optional=is_optional kind=kind text=text error=error /> }.into_any()
        }
    };
    match kind {
        Kind::Words | Kind::Quantity => short(id, InputKind::Words),
        Kind::Count => short(id, InputKind::Figures),
        Kind::LongWords => match hint {
            Some(hint) => view! {
                <TextArea id=id label=label hint=hint optional=is_optional text=text error=error />
            }
            .into_any(),
            None => view! { <TextArea id=id label=label optional=is_optional text=text error=error /> }.into_any(),
        },
        Kind::Date => view! { <DateParts text=text code=code legend=label problems=problems /> }.into_any(),
        Kind::Day => {
            let proposed = match of {
                Of::Point(moment) => file.with_value(|file| file.proposed_for(moment)),
                _ => None,
            };
            view! { <Day id=id label=label hint=hint text=text error=error proposed=proposed /> }.into_any()
        }
        Kind::Choice(choices, otherwise) => {
            let offered = Signal::derive(move || {
                choices.iter().map(|(code, label)| Choice::new(*code, label())).collect::<Vec<_>>()
            });
            let chosen = Signal::derive(move || match text.value.get() {
                said if said.is_empty() => otherwise.to_owned(),
                said => said,
            });
            view! { <Chips name=id legend=move || label() choices=offered chosen=chosen choose=text.set /> }.into_any()
        }
        Kind::Stage(stages) => {
            view! { <Stages code=code label=label stages=stages sheet=sheet problems=problems /> }.into_any()
        }
        Kind::Who => {
            let entry = typed(sheet, WHO_ENTRY.to_owned());
            let chosen = Signal::derive(move || EntryId::parse(&entry.value.get()));
            let set = Callback::new(move |chosen: Option<EntryId>| {
                entry.set.run(chosen.map(|id| id.to_string()).unwrap_or_default());
            });
            view! {
                <p class="error" hidden=move || error.with(Option::is_none)>{move || error.get()}</p>
                <EntryField id=id label=label hint=c::entry_hint entry=chosen set=set words=text />
            }
            .into_any()
        }
        Kind::Signatory => {
            let offered = Signal::derive(move || {
                file.with_value(|file| {
                    let ids = file.charter.signatories.iter().map(|one| one.id);
                    // Whoever was taken away stays chosen: nobody else takes their promise without saying so.
                    let held = LineId::parse(&text.value.get());
                    let gone = held.filter(|id| file.charter.signatory(Some(*id)).is_none());
                    let named = ids.chain(gone).map(|id| Choice::new(id.to_string(), signatory_words(file, Some(id))));
                    std::iter::once(Choice::new("", w::everyone())).chain(named).collect::<Vec<_>>()
                })
            });
            view! { <Pick id=id label=label choices=offered chosen=text.value choose=text.set /> }.into_any()
        }
    }
}

/// A day: as it is proposed, none, or any other. Where it is not worked, that is said before it is saved.
#[component]
fn Day(
    id: String,
    label: Word,
    hint: Option<Word>,
    text: Text,
    error: Signal<Option<String>>,
    proposed: Option<NaiveDate>,
) -> impl IntoView {
    let day = Signal::derive(move || text.value.get().parse::<NaiveDate>().ok());
    let set = Callback::new(move |day: Option<NaiveDate>| {
        text.set.run(day.map(|day| day.to_string()).unwrap_or_default());
    });
    let near = Signal::derive(move || {
        let proposed = proposed.map(|day| (day, w::proposed(day_words(Some(day)))));
        let today = browser::today();
        let now = proposed.is_none().then(|| (today, when::capital(when::day(today, today))));
        proposed.into_iter().chain(now).collect::<Vec<_>>()
    });
    view! {
        <p class="error" id=format!("{id}-error") hidden=move || error.with(Option::is_none)>
            {move || error.get()}
        </p>
        <DayField id=id legend=move || label() near=near none=w::no_day day=day set=set />
        {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
        {proposed.map(|_| view! { <DayAdvice day=day set=set /> })}
    }
}

/// How something stands, and what that way of standing asks for.
#[component]
fn Stages(
    code: &'static str,
    label: Word,
    stages: &'static [Stage],
    sheet: RwSignal<Sheet>,
    problems: RwSignal<Vec<Problem>>,
) -> impl IntoView {
    let text = typed(sheet, code.to_owned());
    let offered = Signal::derive(move || {
        stages.iter().map(|stage| Choice::new(stage_code(stage.code), (stage.label)())).collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || stage_code(&text.value.get()));
    let choose = Callback::new(move |code: String| {
        text.set.run(if code == FIRST { String::new() } else { code });
    });
    let asks = move |what: fn(&Stage) -> bool| {
        Memo::new(move |_| text.value.with(|code| stages.iter().any(|stage| stage.code == code && what(stage))))
    };
    let (when_asked, by_asked, why_asked) =
        (asks(|stage| stage.says_when), asks(|stage| stage.says_by), asks(|stage| stage.says_why));
    let field = move |part: &'static str| (id_of(&format!("{code}{part}")), typed(sheet, format!("{code}{part}")));
    let words = move |part: &'static str, label: Word| {
        let (id, text) = field(part);
        view! { <TextField id=id.clone() label=label text=text error=problem(problems, id) /> }
    };
    let on = match code {
        "held" => "held.on",
        "decision" => "decision.on",
        _ => "state.on",
    };
    view! {
        <Chips name=id_of(code) legend=move || label() choices=offered chosen=chosen choose=choose />
        <Show when=move || when_asked.get()>
            <DateParts text=typed(sheet, format!("{code}{ON}")) code=on legend=w::on problems=problems needed=true />
        </Show>
        <Show when=move || by_asked.get()>{words(BY, w::by)}</Show>
        <Show when=move || why_asked.get()>{words(WHY, w::why)}</Show>
    }
}

/// The code of a choice that is written as nothing.
const FIRST: &str = "first";

fn stage_code(code: &str) -> String {
    if code.is_empty() { FIRST.to_owned() } else { code.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_devices_wrote_is_settled_by_saving_even_what_was_shown() {
        let question = LineId([3; 16]);
        let field = format!("questions.{question}.answers.six.n");
        let disputed = [Conflict { field: field.clone(), values: vec!["8".into(), "9".into()] }];
        let shown = CharterChange::at(&field, "8");
        assert_eq!(settled(&disputed, &[]).first(), shown.as_ref());
        let other = CharterChange::at(&field, "9").into_iter().collect::<Vec<_>>();
        assert_eq!(settled(&disputed, &other), []);
    }
}
