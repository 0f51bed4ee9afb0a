//! A sheet of paper, typed: its number, who filled it, what was ticked and written. The next one follows at once.

use std::cell::RefCell;
use std::collections::BTreeMap;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::surveys::{SurveyFile, SurveyWrite};
use maillon_shared::domain::ids::{ChoiceId, QuestionId, SurveyId};
use maillon_shared::domain::survey::question::RespondentKind;
use maillon_shared::domain::survey::response::{Answer, Response, SheetNumber};

use super::ask_survey;
use super::question_field::{Answering, QuestionField};
use super::words::public_words;
use crate::drafts;
use crate::drafts::Fields;
use crate::routes::{Route, SurveyRoute};
use crate::ui::error_summary::problem_of;
use crate::ui::{Chips, Choice, FormFrame, InputKind, Opened, Problem, Save, Text, TextField, load_once, when_loaded};
use crate::words::{note, surveys as w};

/// The form's code among the drafts.
const FORM: &str = "survey-sheet";
const NUMBER: &str = "number";
const BLANK: &str = "blank";

/// What the form holds.
#[derive(Clone, PartialEq)]
struct SheetForm {
    number: String,
    public: String,
    answers: BTreeMap<QuestionId, Answer>,
    /// Whether it is said that nothing is on the sheet.
    is_blank: bool,
}

thread_local! {
    /// Whose sheets are being typed: a pile is of one public.
    static LAST_PUBLIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

fn written(answer: &Answer) -> String {
    match answer {
        Answer::Blank => String::new(),
        Answer::Single(choice) => format!("one {choice}"),
        Answer::Several(choices) => {
            format!("several {}", choices.iter().map(ChoiceId::to_string).collect::<Vec<_>>().join(" "))
        }
        Answer::Text(text) => format!("words {text}"),
        Answer::Scale(step) => format!("step {step}"),
    }
}

fn read(text: &str) -> Answer {
    let (how, rest) = text.split_once(' ').unwrap_or((text, ""));
    match how {
        "one" => ChoiceId::parse(rest).map_or(Answer::Blank, Answer::Single),
        "several" => Answer::Several(rest.split(' ').filter_map(ChoiceId::parse).collect()),
        "words" => Answer::Text(rest.to_owned()),
        "step" => rest.parse().map_or(Answer::Blank, Answer::Scale),
        _ => Answer::Blank,
    }
}

fn fields_since(opened: &SheetForm, form: &SheetForm) -> Fields {
    let typed = |form: &SheetForm| [(NUMBER, form.number.clone()), ("public", form.public.clone())];
    let mut fields = Fields::that_differ(typed(opened), typed(form));
    if opened.is_blank != form.is_blank {
        fields.put("blank", if form.is_blank { "1" } else { "0" });
    }
    for (question, answer) in
        form.answers.iter().filter(|(question, answer)| opened.answers.get(question) != Some(answer))
    {
        fields.put(format!("answer.{question}"), written(answer));
    }
    // Others may be typed before it is found again: it is the sheet of that number all the same.
    if fields.iter().next().is_some() {
        fields.put(NUMBER, form.number.clone());
    }
    fields
}

fn lay(form: &mut SheetForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            NUMBER => value.clone_into(&mut form.number),
            "public" => value.clone_into(&mut form.public),
            "blank" => form.is_blank = value == "1",
            other => {
                if let Some(question) = other.strip_prefix("answer.").and_then(QuestionId::parse) {
                    form.answers.insert(question, read(value));
                }
            }
        }
    }
}

/// A sheet to type.
#[component]
pub fn SheetPage(id: SurveyId, number: u32) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_survey(id).await?;
        let publics: Vec<_> = file.record.publics().iter().map(|public| public.code().to_owned()).collect();
        let last = LAST_PUBLIC.with_borrow(Clone::clone).filter(|last| publics.contains(last));
        let public = last.or_else(|| publics.first().cloned()).unwrap_or_default();
        let first = SheetForm { number: number.to_string(), public, answers: BTreeMap::new(), is_blank: false };
        Ok((Opened::find(drafts::key(FORM, id), first, lay).await, file))
    });
    when_loaded(loaded, move |found| {
        let (opened, file) = found.get_untracked();
        let asked = file.record.clone();
        let save = move |form: &SheetForm, draft: DraftKey| {
            let sheet = form.number.trim().parse().ok().and_then(SheetNumber::new);
            let Some(sheet) = sheet else {
                return Err(vec![Problem { field: NUMBER.into(), words: w::wrong_number().into() }]);
            };
            let public = RespondentKind::from_code(&form.public);
            let theirs: Vec<_> =
                asked.survey.questions_of(&asked.questions, &public).iter().map(|one| one.id()).collect();
            let answers = form.answers.clone().into_iter().filter(|(question, _)| theirs.contains(question));
            let response = Response::paper(id, sheet, public, None, answers);
            if response.answers().is_empty() && !form.is_blank {
                return Err(vec![Problem { field: BLANK.into(), words: w::nothing_typed().into() }]);
            }
            LAST_PUBLIC.set(Some(form.public.clone()));
            let write = SurveyWrite::Respond { responses: vec![response], draft: Some(draft) };
            let then = Route::Surveys(SurveyRoute::Sheet(id, sheet.0.get().saturating_add(1)));
            Ok(Save { request: Request::WriteSurveys(Box::new(write)), then })
        };
        view! {
            <FormFrame
                title=w::type_sheets
                way_back=Route::Surveys(SurveyRoute::One(id))
                class="sheet"
                opened=opened
                fields=fields_since
                forget=note::start_again
                save=save
                draw=move |form, problems| view! { <Typed form=form problems=problems file=file /> }
            />
        }
    })
}

#[component]
fn Typed(form: RwSignal<SheetForm>, problems: RwSignal<Vec<Problem>>, file: SurveyFile) -> impl IntoView {
    let number = Text::within(form, |form: &SheetForm| form.number.clone(), |form, text| form.number = text);
    let publics = file.record.publics();
    let one_public = publics.len() < 2;
    let choices = Signal::derive(move || {
        publics.iter().map(|public| Choice::new(public.code(), public_words(public))).collect::<Vec<_>>()
    });
    let public = Signal::derive(move || form.with(|form| form.public.clone()));
    let file = StoredValue::new(file);
    // Sheets of each public are numbered apart.
    let set_public = Callback::new(move |code: String| {
        let next = file.with_value(|file| file.next_sheet(&RespondentKind::from_code(&code)));
        form.update(|form| (form.public, form.number) = (code, next.to_string()));
    });
    let last = Memo::new(move |_| {
        let public = RespondentKind::from_code(&form.with(|form| form.public.clone()));
        file.with_value(|file| file.last_sheet(&public))
    });
    let of = Memo::new(move |_| form.with(|form| form.public.clone()));
    let is_typed = Memo::new(move |_| {
        let (number, public) = form.with(|form| (form.number.trim().parse::<u32>().ok(), form.public.clone()));
        let public = RespondentKind::from_code(&public);
        number.is_some_and(|number| file.with_value(|file| file.is_typed(&public, number)))
    });
    let record = file.with_value(|file| file.record.clone());
    let year = record.survey.year;
    let is_blank = move || form.with(|form| form.is_blank);
    let unwritten = problem_of(problems, BLANK);
    let questions = move || {
        let public = RespondentKind::from_code(&of.get());
        let asked = record.survey.questions_of(&record.questions, &public).into_iter().cloned();
        let field = |question: maillon_shared::domain::survey::question::Question| {
            let id = question.id();
            let answer =
                Signal::derive(move || form.with(|form| form.answers.get(&id).cloned().unwrap_or(Answer::Blank)));
            let set = Callback::new(move |answer| form.update(|form| drop(form.answers.insert(id, answer))));
            view! {
                <QuestionField question=question year=year answer=answer set=set answering=Answering::FromPaper />
            }
        };
        asked.map(field).collect_view()
    };
    view! {
        <p class="detail" role="status" hidden=move || last.get().is_none()>
            {move || w::last_typed(last.get().unwrap_or_default())}
        </p>
        <TextField
            id=NUMBER
            label=w::sheet_number
            hint=w::sheet_number_hint
            kind=InputKind::Figures
            text=number
            error=problem_of(problems, NUMBER)
        />
        <p class="state-note" role="status" hidden=move || !is_typed.get()>
            {w::typed_already}
        </p>
        <Show when=move || !one_public>
            <Chips name="public" legend=|| w::whose_sheet() choices=choices chosen=public choose=set_public />
        </Show>
        {questions}
        <p class="error" id="blank-error" hidden=move || unwritten.with(Option::is_none)>
            {move || unwritten.get()}
        </p>
        <label class="chip" for=BLANK>
            <input
                type="checkbox"
                id=BLANK
                prop:checked=is_blank
                on:change:target=move |event| {
                    let blank = event.target().checked();
                    form.update(|form| form.is_blank = blank);
                }
            />
            <span>{w::blank_sheet}</span>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_half_typed_is_found_again() {
        let opened =
            SheetForm { number: "17".into(), public: "visitor".into(), answers: BTreeMap::new(), is_blank: false };
        assert!(fields_since(&opened, &opened).is_empty());
        let (one, two) = (ChoiceId([1; 16]), ChoiceId([2; 16]));
        let mut form = opened.clone();
        form.number = "18".into();
        form.answers.insert(QuestionId([1; 16]), Answer::Single(one));
        form.answers.insert(QuestionId([2; 16]), Answer::Several([one, two].into()));
        form.answers.insert(QuestionId([3; 16]), Answer::Text("Merci à tous ".into()));
        form.answers.insert(QuestionId([4; 16]), Answer::Scale(3));
        let mut again = opened.clone();
        lay(&mut again, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!(again.number, form.number);
        assert_eq!(again.answers.get(&QuestionId([2; 16])), form.answers.get(&QuestionId([2; 16])));
        assert_eq!(again.answers.get(&QuestionId([4; 16])), Some(&Answer::Scale(3)));
        assert!(again == form);
    }
}
