//! A difficulty to say, or to mend: without a name.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, CollectiveWrite};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::difficulty::{Difficulty, DifficultyChange, DifficultyField};
use maillon_shared::domain::ids::{DifficultyId, EntryId};
use maillon_shared::domain::lists::ListId;

use super::ask;
use crate::browser;
use crate::drafts::{self, Fields};
use crate::lists::{choices, label};
use crate::routes::{self, PracticeRoute, Route};
use crate::session::write_soon;
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Chips, Choice, CluesFound, DayField, EntryField, FormFrame, Opened, Problem, Save, Text, TextArea, load_once,
    today_or_yesterday, when_loaded,
};
use crate::words::{form as f, note, practice as w};

/// The form's code among the drafts.
const FORM: &str = "difficulty";
const WORDS: &str = "words";
const THEME: &str = "theme";

/// A difficulty to say.
#[component]
pub fn NewDifficultyPage() -> impl IntoView {
    let loaded = load_once(|| async {
        let first = Difficulty::empty(DifficultyId(browser::random_id()), browser::today());
        Ok(Opened::find(drafts::key(FORM, ""), first, lay).await)
    });
    when_loaded(loaded, |opened| {
        let save = |form: &Difficulty, draft: DraftKey| {
            checked(form)?;
            let write = CollectiveWrite::SayDifficulty { difficulty: form.clone(), draft: Some(draft) };
            let then = Route::Practice(PracticeRoute::Difficulties);
            Ok(Save { request: Request::WriteCollective(Box::new(write)), then })
        };
        view! {
            <FormFrame
                title=w::difficulty_new
                way_back=Route::Practice(PracticeRoute::Difficulties)
                opened=opened.get_untracked()
                fields=fields_since
                forget=note::start_again
                save=save
                draw=|form, problems| view! { <DifficultyFields form=form problems=problems /> }
            />
        }
    })
}

/// A difficulty to mend.
#[component]
pub fn EditDifficultyPage(id: DifficultyId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let difficulty = match ask(CollectiveRead::Difficulty(id)).await? {
            CollectiveAnswer::Difficulty(file) => file.difficulty,
            _ => return Err(Failure::NotUnderstood),
        };
        Ok(Opened::find(drafts::key(FORM, id), difficulty, lay).await)
    });
    when_loaded(loaded, move |opened| {
        let opened: Opened<Difficulty> = opened.get_untracked();
        let before = opened.before.clone();
        let save = move |form: &Difficulty, draft: DraftKey| {
            checked(form)?;
            let changes = before.changes_to(form);
            let write = CollectiveWrite::EditDifficulty { id, changes, draft: Some(draft) };
            let then = Route::Practice(PracticeRoute::Difficulties);
            Ok(Save { request: Request::WriteCollective(Box::new(write)), then })
        };
        let withdraw = move |_| {
            let changes = vec![DifficultyChange::Withdrawn(true)];
            let write = CollectiveWrite::EditDifficulty { id, changes, draft: None };
            write_soon(Request::WriteCollective(Box::new(write)));
            routes::go_instead(&Route::Practice(PracticeRoute::Difficulties));
        };
        view! {
            <FormFrame
                title=w::difficulty_edit
                way_back=Route::Practice(PracticeRoute::Difficulties)
                opened=opened
                fields=fields_since
                forget=f::draft_forget
                save=save
                draw=move |form, problems| {
                    view! {
                        <DifficultyFields form=form problems=problems />
                        <button type="button" class="quiet" on:click=withdraw>
                            {w::withdraw}
                        </button>
                    }
                }
            />
        }
    })
}

fn checked(form: &Difficulty) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    if form.words.trim().is_empty() {
        problems.push(Problem { field: WORDS.into(), words: w::needs_words().into() });
    }
    if form.theme.trim().is_empty() {
        problems.push(Problem { field: THEME.into(), words: w::needs_theme().into() });
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

#[component]
fn DifficultyFields(form: RwSignal<Difficulty>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let text = move |field: DifficultyField| {
        Text::within(
            form,
            move |form: &Difficulty| form.text(field).to_owned(),
            move |form: &mut Difficulty, text| *form.text_mut(field) = text,
        )
    };
    let own = form.with_untracked(|form| form.theme.clone());
    let themes = Signal::derive(move || {
        let mut themes = choices(ListId::DifficultyThemes);
        if !own.is_empty() && themes.iter().all(|theme| theme.code != own) {
            themes.push(Choice::new(&own, label(ListId::DifficultyThemes, &own)));
        }
        themes
    });
    let theme = Signal::derive(move || form.with(|form| form.theme.clone()));
    let choose = Callback::new(move |theme: String| form.update(|form| form.theme = theme));
    let theme_error = problem_of(problems, THEME);
    let entry = Signal::derive(move || form.with(|form| form.structure_entry));
    let set = Callback::new(move |entry: Option<EntryId>| form.update(|form| form.structure_entry = entry));
    let day = Signal::derive(move || form.with(|form| Some(form.day)));
    let set_day = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.day = day.unwrap_or(form.day)));
    view! {
        <p class="detail">{w::difficulty_lead}</p>
        <TextArea
            id=WORDS
            label=w::words
            hint=w::words_hint
            lines=4
            text=text(DifficultyField::Words)
            error=problem_of(problems, WORDS)
        />
        <CluesFound
            texts=Signal::derive(move || vec![form.with(|form| form.words.clone())])
            written_for=WrittenFor::Difficulty
        />
        <p class="error" hidden=move || theme_error.with(Option::is_none)>{move || theme_error.get()}</p>
        <Chips name=THEME legend=|| w::theme() choices=themes chosen=theme choose=choose />
        <EntryField
            id="structure"
            label=w::structure
            hint=w::structure_hint
            entry=entry
            set=set
            words=text(DifficultyField::Structure)
        />
        <DayField id="day" legend=|| w::day() near=today_or_yesterday(None) day=day set=set_day />
    }
}

fn named(form: &Difficulty) -> [(&'static str, String); 5] {
    [
        (WORDS, form.words.clone()),
        (THEME, form.theme.clone()),
        ("structure", form.structure.clone()),
        ("entry", form.structure_entry.map(|entry| entry.to_string()).unwrap_or_default()),
        ("day", form.day.to_string()),
    ]
}

fn fields_since(opened: &Difficulty, now: &Difficulty) -> Fields {
    Fields::that_differ(named(opened), named(now))
}

fn lay(form: &mut Difficulty, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            WORDS => value.clone_into(&mut form.words),
            THEME => value.clone_into(&mut form.theme),
            "structure" => value.clone_into(&mut form.structure),
            "entry" => form.structure_entry = EntryId::parse(value),
            "day" => form.day = value.parse().unwrap_or(form.day),
            _ => {}
        }
    }
}
