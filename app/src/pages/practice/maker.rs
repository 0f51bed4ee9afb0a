//! The maker of fictional situations: begun from a pattern or from several records read beside, written in one's own words,
//! with the clues pointed at as one writes.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, CollectiveWrite, Source};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::ids::{EntryId, LineId, SituationId};
use maillon_shared::domain::situation::{
    AnswerField, LunchAnswer, LunchQuestion, Situation, SituationChange, SituationField,
};
use maillon_shared::domain::situation_patterns::{pattern, patterns};
use wasm_bindgen_futures::spawn_local;

use super::ask;
use super::sources::{Sources, SourcesBeside};
use crate::drafts::{self, Fields};
use crate::routes::{PracticeRoute, Route};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    CluesFound, DayField, EntryField, FormFrame, Lines, Opened, Problem, Save, Text, TextArea, TextField, load_once,
    when_loaded,
};
use crate::words::{form as f, language, note, practice as w};
use crate::{browser, when};

/// The form's code among the drafts.
const FORM: &str = "situation";
const TITLE: &str = "title";
/// How many invented names are offered.
const NAMES: usize = 8;

/// A situation to write.
#[component]
pub fn NewSituationPage() -> impl IntoView {
    let loaded = load_once(|| async {
        let first = Situation::empty(SituationId(browser::random_id()));
        Ok(Opened::find(drafts::key(FORM, ""), first, lay).await)
    });
    when_loaded(loaded, |opened| {
        let save = |form: &Situation, draft: DraftKey| {
            checked(form)?;
            let situation = settled(form);
            let then = Route::Practice(PracticeRoute::Situation(situation.id));
            let write = CollectiveWrite::CreateSituation { situation: Box::new(situation), draft: Some(draft) };
            Ok(Save { request: Request::WriteCollective(Box::new(write)), then })
        };
        view! {
            <FormFrame
                title=w::situation_new
                way_back=Route::Practice(PracticeRoute::Situations)
                class="maker"
                opened=opened.get_untracked()
                fields=fields_since
                forget=note::start_again
                save=save
                draw=|form, problems| view! { <Maker form=form problems=problems /> }
            />
        }
    })
}

/// A situation to change.
#[component]
pub fn EditSituationPage(id: SituationId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let situation = match ask(CollectiveRead::Situation(id)).await? {
            CollectiveAnswer::Situation(file) => file.situation,
            _ => return Err(Failure::NotUnderstood),
        };
        Ok(Opened::find(drafts::key(FORM, id), situation, lay).await)
    });
    let there = Route::Practice(PracticeRoute::Situation(id));
    when_loaded(loaded, move |opened| {
        let opened: Opened<Situation> = opened.get_untracked();
        let (before, then) = (opened.before.clone(), there.clone());
        let save = move |form: &Situation, draft: DraftKey| {
            checked(form)?;
            let changes = before.changes_to(&settled(form));
            let write = CollectiveWrite::EditSituation { id, changes, draft: Some(draft) };
            Ok(Save { request: Request::WriteCollective(Box::new(write)), then: then.clone() })
        };
        view! {
            <FormFrame
                title=w::situation_edit
                way_back=there.clone()
                class="maker"
                opened=opened
                fields=fields_since
                forget=f::draft_forget
                save=save
                draw=|form, problems| view! { <Maker form=form problems=problems /> }
            />
        }
    })
}

fn checked(form: &Situation) -> Result<(), Vec<Problem>> {
    match form.title.trim().is_empty() {
        true => Err(vec![Problem { field: TITLE.into(), words: w::needs_title().into() }]),
        false => Ok(()),
    }
}

/// Without the lines that were left empty.
fn settled(form: &Situation) -> Situation {
    let mut form = form.clone();
    form.questions.retain(|line| !line.asks.trim().is_empty());
    form.answers.retain(|line| {
        let says = line.entry.is_some() || !line.who.trim().is_empty() || !line.says.trim().is_empty();
        says && form.questions.iter().any(|question| question.id == line.to)
    });
    form
}

#[component]
fn Maker(form: RwSignal<Situation>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let read = RwSignal::new(Vec::<Source>::new());
    let begun = Memo::new(move |_| {
        form.with(|form| !form.story.is_empty() || !form.title.is_empty() || !form.pattern.is_empty())
            || !read.with(Vec::is_empty)
    });
    // Once begun, it stays so: what is emptied while writing does not take the page away.
    let writing = RwSignal::new(begun.get_untracked());
    Effect::new(move |_| {
        if begun.get() {
            writing.set(true);
        }
    });
    view! {
        <Show
            when=move || writing.get()
            fallback=move || view! { <Start form=form read=read /> }
        >
            <SourcesBeside read=read />
            <div class="maker-text">
                <Story form=form problems=problems />
            </div>
        </Show>
    }
}

/// From a pattern, or from several records.
#[component]
fn Start(form: RwSignal<Situation>, read: RwSignal<Vec<Source>>) -> impl IntoView {
    let take = move |id: &'static str| {
        if let Some(pattern) = pattern(language(), id) {
            form.update(|form| {
                pattern.id.clone_into(&mut form.pattern);
                pattern.title.clone_into(&mut form.title);
                pattern.story.clone_into(&mut form.story);
                form.questions = pattern
                    .questions
                    .iter()
                    .map(|asks| LunchQuestion { id: LineId(browser::random_id()), asks: (*asks).to_owned() })
                    .collect();
            });
            browser::focus_soon(TITLE);
        }
    };
    let offered = move || {
        let line = move |pattern: maillon_shared::domain::situation_patterns::Pattern| {
            let id = pattern.id;
            view! {
                <li class="plain">
                    <span class="who">{pattern.title}</span>
                    <span class="why">{pattern.story}</span>
                    <span class="acts">
                        <button type="button" on:click=move |_| take(id)>
                            {w::pattern_take} <span class="unseen">" "{pattern.title}</span>
                        </button>
                    </span>
                </li>
            }
        };
        patterns(language()).into_iter().map(line).collect_view()
    };
    view! {
        <section aria-labelledby="from-records">
            <h2 id="from-records">{w::from_records}</h2>
            <p class="detail">{w::from_records_lead}</p>
            <Sources read=read />
        </section>
        <section aria-labelledby="from-pattern">
            <h2 id="from-pattern">{w::from_pattern}</h2>
            <ul class="rows">{offered}</ul>
        </section>
    }
}

#[component]
fn Story(form: RwSignal<Situation>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let text = move |field: SituationField| {
        Text::within(
            form,
            move |form: &Situation| form.text(field).to_owned(),
            move |form: &mut Situation, text| *form.text_mut(field) = text,
        )
    };
    let day = Signal::derive(move || form.with(|form| form.lunch_on));
    let set_day = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.lunch_on = day));
    let near = Signal::derive(|| {
        let today = browser::today();
        let days = [7_u64, 30].into_iter().filter_map(|days| Some((days, today.checked_add_days(Days::new(days))?)));
        days.map(|(days, day)| (day, when::capital(w::in_days(days as u32)))).collect::<Vec<_>>()
    });
    let texts = Memo::new(move |_| form.with(|form| form.texts().into_iter().map(str::to_owned).collect::<Vec<_>>()));
    view! {
        <TextField
            id=TITLE
            label=w::title
            hint=w::title_hint
            text=text(SituationField::Title)
            error=problem_of(problems, TITLE)
        />
        <TextArea id="story" label=w::story hint=w::story_hint lines=10 text=text(SituationField::Story) />
        <InventedNames />
        <CluesFound texts=texts written_for=WrittenFor::Situation />
        <section aria-labelledby="questions">
            <h2 id="questions">{w::questions}</h2>
            <p class="hint">{w::questions_hint}</p>
            <Questions form=form />
        </section>
        <section aria-labelledby="answers">
            <h2 id="answers">{w::answers}</h2>
            <p class="hint">{w::answers_hint}</p>
            <Answers form=form />
        </section>
        <DayField id="lunch" legend=|| w::lunch() near=near none=w::no_lunch day=day set=set_day />
    }
}

/// First names that nobody has here, to give to someone invented.
#[component]
fn InventedNames() -> impl IntoView {
    let names = RwSignal::new(Vec::<String>::new());
    spawn_local(async move {
        if let Ok(CollectiveAnswer::Names(found)) = ask(CollectiveRead::InventedNames).await {
            names.try_set(found.into_iter().take(NAMES).collect());
        }
    });
    view! {
        <p class="hint" hidden=move || names.with(Vec::is_empty)>
            {move || w::invented(names.with(|names| names.join(", ")))}
        </p>
    }
}

#[component]
fn Questions(form: RwSignal<Situation>) -> impl IntoView {
    let ids = Memo::new(move |_| form.with(|form| form.questions.iter().map(|line| line.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.questions.push(LunchQuestion { id, asks: String::new() }));
        format!("question-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.questions.retain(|line| line.id != id)));
    let draw = move |id: LineId| {
        let text = Text::within(
            form,
            move |form: &Situation| {
                let line = form.questions.iter().find(|line| line.id == id);
                line.map(|line| line.asks.clone()).unwrap_or_default()
            },
            move |form: &mut Situation, text| {
                if let Some(line) = form.questions.iter_mut().find(|line| line.id == id) {
                    line.asks = text;
                }
            },
        );
        view! { <TextField id=format!("question-{id}") label=w::question text=text /> }
    };
    view! {
        <Lines
            ids=ids
            legend=w::question
            remove=w::question_remove
            add=w::question_add
            add_other=w::question_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

/// Who answers what.
#[component]
fn Answers(form: RwSignal<Situation>) -> impl IntoView {
    let questions = Memo::new(move |_| form.with(|form| form.questions.clone()));
    let of = move |question: LineId| {
        let ids = Memo::new(move |_| {
            form.with(|form| {
                form.answers.iter().filter(|line| line.to == question).map(|line| line.id).collect::<Vec<_>>()
            })
        });
        let make = Callback::new(move |()| {
            let id = LineId(browser::random_id());
            form.update(|form| form.answers.push(LunchAnswer::empty(id, question)));
            format!("answer-{id}")
        });
        let drop_line = Callback::new(move |id| form.update(|form| form.answers.retain(|line| line.id != id)));
        let draw = move |id: LineId| {
            let text = move |field: AnswerField| {
                Text::within(
                    form,
                    move |form: &Situation| {
                        let line = form.answers.iter().find(|line| line.id == id);
                        line.map(|line| line.text(field).to_owned()).unwrap_or_default()
                    },
                    move |form: &mut Situation, text| {
                        if let Some(line) = form.answers.iter_mut().find(|line| line.id == id) {
                            *line.text_mut(field) = text;
                        }
                    },
                )
            };
            let entry = Signal::derive(move || {
                form.with(|form| form.answers.iter().find(|line| line.id == id).and_then(|line| line.entry))
            });
            let set = Callback::new(move |chosen: Option<EntryId>| {
                form.update(|form| {
                    if let Some(line) = form.answers.iter_mut().find(|line| line.id == id) {
                        line.entry = chosen;
                    }
                });
            });
            view! {
                <EntryField
                    id=format!("answer-{id}")
                    label=w::answer_who
                    hint=w::answer_who_hint
                    entry=entry
                    set=set
                    words=text(AnswerField::Who)
                />
                <TextArea
                    id=format!("answer-{id}-says")
                    label=w::answer_says
                    optional=true
                    lines=2
                    text=text(AnswerField::Says)
                />
            }
        };
        view! {
            <Lines
                ids=ids
                legend=w::answer
                remove=w::answer_remove
                add=w::answer_add
                add_other=w::answer_add_other
                make=make
                drop_line=drop_line
                draw=draw
            />
        }
    };
    view! {
        <p class="hint" hidden=move || questions.with(|questions| !questions.is_empty())>{w::no_question}</p>
        <For each=move || questions.get() key=|question| question.id let:question>
            <h3>
                {move || {
                    let id = question.id;
                    form.with(|form| {
                        form.questions.iter().find(|line| line.id == id).map(|line| line.asks.clone())
                    })
                }}
            </h3>
            {of(question.id)}
        </For>
    }
}

/// What differs from the form as it was opened, by name. No draft says from whom it was recomposed: the form knows it not.
fn fields_since(opened: &Situation, form: &Situation) -> Fields {
    let mut fields = Fields::default();
    for change in opened.changes_to(form) {
        let (name, value) = match change {
            SituationChange::Text(field, text) => (format!("text.{}", field.code()), text),
            SituationChange::LunchOn(day) => ("lunch".into(), day.map(|day| day.to_string()).unwrap_or_default()),
            SituationChange::Question(id, asks) => (format!("question.{id}"), asks),
            SituationChange::RemoveQuestion(id) => (format!("no-question.{id}"), String::new()),
            SituationChange::Answer(id, to, field, text) => (format!("answer.{id}.{to}.{}", field.code()), text),
            SituationChange::AnswerEntry(id, to, entry) => {
                (format!("answer.{id}.{to}.entry"), entry.map(|entry| entry.to_string()).unwrap_or_default())
            }
            SituationChange::RemoveAnswer(id) => (format!("no-answer.{id}"), String::new()),
            SituationChange::Withdrawn(_) => continue,
        };
        fields.put(name, value);
    }
    fields
}

/// Lays a draft over the form.
fn lay(form: &mut Situation, fields: &Fields) {
    for (name, value) in fields.iter() {
        lay_one(form, name, value);
    }
}

fn lay_one(form: &mut Situation, name: &str, value: &str) -> Option<()> {
    match name.split('.').collect::<Vec<_>>()[..] {
        ["text", field] => value.clone_into(form.text_mut(SituationField::from_code(field)?)),
        ["lunch"] => form.lunch_on = value.parse().ok(),
        ["question", id] => {
            let id = LineId::parse(id)?;
            form.questions.retain(|line| line.id != id || !value.is_empty());
            match form.questions.iter_mut().find(|line| line.id == id) {
                Some(line) => value.clone_into(&mut line.asks),
                None => form.questions.push(LunchQuestion { id, asks: value.to_owned() }),
            }
        }
        ["no-question", id] => {
            let id = LineId::parse(id)?;
            form.questions.retain(|line| line.id != id);
        }
        ["answer", id, to, field] => {
            let (id, to) = (LineId::parse(id)?, LineId::parse(to)?);
            if form.answers.iter().all(|line| line.id != id) {
                form.answers.push(LunchAnswer::empty(id, to));
            }
            let line = form.answers.iter_mut().find(|line| line.id == id)?;
            match field {
                "entry" => line.entry = EntryId::parse(value),
                field => value.clone_into(line.text_mut(AnswerField::from_code(field)?)),
            }
        }
        ["no-answer", id] => {
            let id = LineId::parse(id)?;
            form.answers.retain(|line| line.id != id);
        }
        _ => {}
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_finds_the_whole_situation_again() {
        let line = |n: u8| LineId([n; 16]);
        let mut opened = Situation::empty(SituationId([1; 16]));
        opened.questions.push(LunchQuestion { id: line(1), asks: "Qui frappe ?".into() });
        assert_eq!(fields_since(&opened, &opened), Fields::default());
        let mut form = opened.clone();
        (form.title, form.story) = ("Le poêle".into(), "Quelqu’un a froid.\nPersonne ne vient.".into());
        form.lunch_on = "2026-09-01".parse().ok();
        form.questions[0].asks = "Qui frappe, et quand ?".into();
        form.questions.push(LunchQuestion { id: line(2), asks: "Qui chauffe ?".into() });
        let answer = LunchAnswer { entry: Some(EntryId([7; 16])), ..LunchAnswer::empty(line(3), line(2)) };
        form.answers.push(LunchAnswer { says: "Nous. Le mardi".into(), ..answer });
        let mut reopened = opened.clone();
        lay(&mut reopened, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!(reopened, form);
    }
}
