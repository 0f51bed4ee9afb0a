//! A procedure to write, or what is being written of one, to change. What was published stays as it is.

use leptos::prelude::*;
use maillon_shared::api::procedures::ProcedureWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::sheets::{SheetAnswer, SheetRead};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::ids::{GroupId, LineId, ProcedureId, ReceivedSheetId};
use maillon_shared::domain::procedure::{Procedure, ProcedureField, ProcedureKind, Validation};

use super::draft::{Form, REVIEW, fields_since, lay, of_line};
use super::steps::{Steps, WithWhom, problem, typed};
use super::{ask_all, ask_one};
use crate::door::answer;
use crate::routes::{ProcedureRoute, Route};
use crate::ui::{
    Chips, Choice, CluesFound, FormFrame, Lines, Opened, Problem, Save, Text, TextArea, TextField, load_once,
    when_loaded,
};
use crate::words::{form as f, note, procedures as w};
use crate::{browser, drafts};

/// The form's code among the drafts.
const FORM: &str = DraftKey::PROCEDURE;
const TITLE: &str = "title";

type ProcedureForm = Form<Procedure>;

/// A procedure to write; from a sheet that came, with its words.
#[component]
pub fn NewProcedurePage(from: Option<ReceivedSheetId>) -> impl IntoView {
    let loaded = load_once(move || async move {
        let groups = ask_all().await?.groups;
        let mut procedure = Procedure::empty(ProcedureId(browser::random_id()));
        if let Some(sheet) = from {
            procedure.draft = words_of(sheet).await?.draft;
        }
        let subject = from.map(|sheet| format!("from-{sheet}")).unwrap_or_default();
        let opened = Opened::find(drafts::key(FORM, subject), Form::of(procedure), lay).await;
        Ok((opened, groups))
    });
    when_loaded(loaded, |found| {
        let (opened, groups) = found.get_untracked();
        let save = move |form: &ProcedureForm, draft: DraftKey| {
            let procedure = checked(form)?;
            let then = Route::Procedures(ProcedureRoute::One(procedure.id));
            let (procedure, draft) = (Box::new(procedure), Some(draft));
            let write = ProcedureWrite::Create { procedure, group: form.group, draft };
            Ok(Save { request: Request::WriteProcedures(Box::new(write)), then })
        };
        view! {
            <FormFrame
                title=w::new
                way_back=Route::Procedures(ProcedureRoute::List(None))
                class="sheet"
                opened=opened
                fields=fields_since
                forget=note::start_again
                save=save
                draw=move |form, problems| view! { <ProcedureFields form=form problems=problems groups=groups /> }
            />
        }
    })
}

/// The words of a sheet that came, as a procedure to be written in.
async fn words_of(sheet: ReceivedSheetId) -> Result<Procedure, Failure> {
    let asked = Request::ReadSheets(Box::new(SheetRead::Received(sheet)));
    let SheetAnswer::Received(file) = answer!(asked, Sheets(answer) => *answer)? else {
        return Err(Failure::NotUnderstood);
    };
    let says = file.travelled.says;
    let mut procedure = Procedure::empty(ProcedureId([0; 16]));
    procedure.draft.kind = ProcedureKind::Protocol;
    (procedure.draft.title, procedure.draft.purpose) = (says.title, says.context);
    // What came names its lines by their place: a draft finds them again.
    procedure.draft.steps = says.steps;
    Ok(procedure)
}

/// What is being written of a procedure, to change.
#[component]
pub fn EditProcedurePage(id: ProcedureId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_one(id).await?;
        let group = file.group.map(|(group, _)| group);
        let form = Form { group, ..Form::of(file.procedure) };
        Ok(Opened::find(drafts::key(FORM, id), form, lay).await)
    });
    let there = Route::Procedures(ProcedureRoute::One(id));
    when_loaded(loaded, move |found| {
        let opened = found.get_untracked();
        let before = opened.before.record.clone();
        let then = there.clone();
        let save = move |form: &ProcedureForm, draft: DraftKey| {
            let changes = before.changes_to(&checked(form)?);
            let write = ProcedureWrite::Edit { id, changes, draft: Some(draft) };
            Ok(Save { request: Request::WriteProcedures(Box::new(write)), then: then.clone() })
        };
        view! {
            <FormFrame
                title=w::edit
                way_back=there.clone()
                class="sheet"
                opened=opened
                fields=fields_since
                forget=f::draft_forget
                save=save
                draw=move |form, problems| {
                    view! { <ProcedureFields form=form problems=problems groups=Vec::new() /> }
                }
            />
        }
    })
}

fn checked(form: &ProcedureForm) -> Result<Procedure, Vec<Problem>> {
    let (procedure, wrong) = form.settled();
    let mut problems = Vec::new();
    if procedure.draft.title.is_empty() {
        problems.push(Problem { field: TITLE.into(), words: w::needs_title().into() });
    }
    problems.extend(wrong.into_iter().map(|field| {
        let words = if field.starts_with("after") { w::wrong_days() } else { w::wrong_date() };
        Problem { field, words: words.into() }
    }));
    if problems.is_empty() { Ok(procedure) } else { Err(problems) }
}

#[component]
fn ProcedureFields(
    form: RwSignal<ProcedureForm>,
    problems: RwSignal<Vec<Problem>>,
    groups: Vec<(GroupId, String)>,
) -> impl IntoView {
    let text = move |field: ProcedureField| {
        Text::within(
            form,
            move |form: &ProcedureForm| form.record.draft.text(field).to_owned(),
            move |form: &mut ProcedureForm, text| *form.record.draft.text_mut(field) = text,
        )
    };
    let verify = Text::within(
        form,
        |form: &ProcedureForm| form.record.to_verify.clone(),
        |form: &mut ProcedureForm, text| form.record.to_verify = text,
    );
    let kinds = Signal::derive(|| {
        [ProcedureKind::Procedure, ProcedureKind::Protocol]
            .map(|kind| Choice::new(kind.code(), super::words::kind_words(&kind)))
            .to_vec()
    });
    let kind = Signal::derive(move || form.with(|form| form.record.draft.kind.code().to_owned()));
    let set_kind =
        Callback::new(move |code: String| form.update(|form| form.record.draft.kind = ProcedureKind::from_code(&code)));
    let texts = Memo::new(move |_| form.with(|form| owned(form.record.draft.texts())));
    view! {
        <TextField
            id=TITLE
            label=w::name
            hint=w::name_hint
            text=text(ProcedureField::Title)
            error=problem(problems, TITLE)
        />
        <Chips name="kind" legend=|| w::kind() choices=kinds chosen=kind choose=set_kind />
        <WithWhom form=form groups=groups />
        <TextArea id="purpose" label=w::purpose optional=true text=text(ProcedureField::Purpose) />
        <section aria-labelledby="steps">
            <h2 id="steps">{w::steps}</h2>
            <Steps form=form problems=problems />
        </section>
        <TextField id="authors" label=w::authors optional=true text=text(ProcedureField::Authors) />
        <section aria-labelledby="validations">
            <h2 id="validations">{w::validations}</h2>
            <Validations form=form problems=problems />
        </section>
        <TextField
            id=REVIEW
            label=w::review
            hint=w::review_hint
            optional=true
            text=typed(form, REVIEW.into())
            error=problem(problems, REVIEW)
        />
        <TextField id="verify" label=w::to_verify optional=true text=verify />
        <CluesFound texts=texts written_for=WrittenFor::Project />
    }
}

fn owned(texts: Vec<&str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

#[component]
fn Validations(form: RwSignal<ProcedureForm>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let lines = |form: &ProcedureForm| form.record.draft.validations.iter().map(|line| line.id).collect::<Vec<_>>();
    let ids = Memo::new(move |_| form.with(lines));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.record.draft.validations.push(Validation::empty(id)));
        of_line("validator", id)
    });
    let drop_line = Callback::new(move |id: LineId| {
        form.update(|form| {
            form.record.draft.validations.retain(|line| line.id != id);
            form.say(&of_line("validated", id), String::new());
        });
    });
    let draw = move |id: LineId| {
        let who = Text::within(
            form,
            move |form: &ProcedureForm| {
                let line = form.record.draft.validations.iter().find(|line| line.id == id);
                line.map(|line| line.who.clone()).unwrap_or_default()
            },
            move |form: &mut ProcedureForm, text| {
                if let Some(line) = form.record.draft.validations.iter_mut().find(|line| line.id == id) {
                    line.who = text;
                }
            },
        );
        let on = of_line("validated", id);
        view! {
            <TextField id=of_line("validator", id) label=w::validator text=who />
            <TextField
                id=on.clone()
                label=w::validated_on
                hint=w::date_hint
                optional=true
                text=typed(form, on.clone())
                error=problem(problems, on)
            />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::validation
            remove=w::validation_remove
            add=w::validation_add
            add_other=w::validation_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}
