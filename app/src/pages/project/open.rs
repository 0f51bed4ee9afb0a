//! A project that begins, with what she asked for carried over; and its words, to change.

use chrono::{Months, NaiveDate};
use leptos::prelude::*;
use maillon_shared::api::projects::ProjectWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::{PersonFile, TimelineItem};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::agreement::{NotAccompanied, accompanied};
use maillon_shared::domain::ids::{HealthProjectId, LineId, PersonId, RequestId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::project::{Goal, GoalState, HealthProject, ProjectChange, ProjectField};

use super::Missing;
use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::pages::discreet::own_words::{is_own, of_third_parties, own_words};
use crate::routes::{ProjectRoute, Route};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Back, DayAdvice, DayField, FormFrame, Opened, Problem, Save, Text, TextArea, Title, load_once, when_loaded,
};
use crate::words::{Word, consent, note, project as w};
use crate::{browser, lists};

/// A project while its words are filled.
#[derive(Clone, Debug, PartialEq, Eq)]
struct WordsForm {
    words: String,
    topic: String,
    goals: String,
    review: Option<NaiveDate>,
}

/// A project to begin with someone.
#[component]
pub fn NewProjectPage(person: PersonId, request: Option<RequestId>) -> impl IntoView {
    let id = HealthProjectId(browser::random_id());
    let loaded = load_once(move || async move { begin(person, request).await });
    when_loaded(loaded, move |begun| match begun.get_untracked() {
        (Err(why), _) => view! {
            <Back to=Route::Person(person) label=consent::back />
            <Title>{w::begin}</Title>
            <p>{w::needs_agreement}</p>
            <Missing why=why person=person />
        }
        .into_any(),
        (Ok(()), opened) => view! { <New opened=opened id=id person=person request=request /> }.into_any(),
    })
}

type Begun = (Result<(), NotAccompanied>, Opened<WordsForm>);

async fn begin(person: PersonId, request: Option<RequestId>) -> Result<Begun, Failure> {
    let file: Box<PersonFile> = answer!(Request::Person(person), Person(file) => file)?;
    let asked = file.timeline.iter().find_map(|item| match item {
        TimelineItem::Request(one) if Some(one.id) == request => Some(one.clone()),
        _ => None,
    });
    let third_parties = of_third_parties(&file);
    // What someone else reported is not what she wants: it is not put in her mouth.
    let own = asked.as_ref().filter(|one| is_own(one, &third_parties)).map(|one| one.verbatim.clone());
    // Then what she said last herself is nearest to it.
    let said = || asked.as_ref().and_then(|_| own_words(&file).into_iter().map(|(_, words)| words).next());
    let words = own.filter(|words| !words.trim().is_empty()).or_else(said);
    let before = WordsForm {
        words: words.unwrap_or_default(),
        topic: asked.map(|one| one.topic).unwrap_or_default(),
        goals: String::new(),
        review: None,
    };
    let subject = request.map_or_else(|| person.to_string(), |request| format!("{person}/{request}"));
    let opened = Opened::find(drafts::key("project", subject), before, lay).await;
    Ok((accompanied(&file.entries, browser::today()), opened))
}

#[component]
fn New(opened: Opened<WordsForm>, id: HealthProjectId, person: PersonId, request: Option<RequestId>) -> impl IntoView {
    let save = move |form: &WordsForm, draft: DraftKey| {
        let review = checked(form)?;
        let mut project = HealthProject::empty(id, person, browser::today(), review);
        project.from = request;
        project.words = form.words.trim().to_owned();
        project.topic.clone_from(&form.topic);
        let said = form.goals.lines().map(str::trim).filter(|line| !line.is_empty());
        let goal = |words: &str| {
            let id = LineId(browser::random_id());
            Goal { id, words: words.to_owned(), state: GoalState::Open }
        };
        project.goals = said.map(goal).collect();
        let write = ProjectWrite::Open { project: Box::new(project), draft: Some(draft) };
        let then = Route::Project(ProjectRoute::One(id));
        Ok(Save { request: Request::WriteProject(Box::new(write)), then })
    };
    let draw = |form: RwSignal<WordsForm>, problems: RwSignal<Vec<Problem>>| {
        view! { <WordsFields form=form problems=problems is_new=true /> }
    };
    view! {
        <FormFrame
            title=w::begin
            way_back=Route::Person(person)
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

/// The words of a project, to change.
#[component]
pub fn EditProjectPage(id: HealthProjectId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = answer!(Request::Project(id), Project(file) => file)?;
        let HealthProject { words, topic, review, .. } = file.project;
        let before = WordsForm { words, topic, goals: String::new(), review: Some(review) };
        Ok(Opened::find(drafts::key("project_words", id), before, lay).await)
    });
    when_loaded(loaded, move |opened| view! { <Edit opened=opened.get_untracked() id=id /> })
}

#[component]
fn Edit(opened: Opened<WordsForm>, id: HealthProjectId) -> impl IntoView {
    let before = opened.before.clone();
    let there = Route::Project(ProjectRoute::One(id));
    let then = there.clone();
    let save = move |form: &WordsForm, draft: DraftKey| {
        let review = checked(form)?;
        let mut changes = Vec::new();
        if form.words.trim() != before.words {
            changes.push(ProjectChange::Text(ProjectField::Words, form.words.trim().to_owned()));
        }
        if form.topic != before.topic {
            changes.push(ProjectChange::Text(ProjectField::Topic, form.topic.clone()));
        }
        if Some(review) != before.review {
            changes.push(ProjectChange::Review(review));
        }
        let write = ProjectWrite::Edit { id, changes, draft: Some(draft) };
        Ok(Save { request: Request::WriteProject(Box::new(write)), then: then.clone() })
    };
    let draw = |form: RwSignal<WordsForm>, problems: RwSignal<Vec<Problem>>| {
        view! { <WordsFields form=form problems=problems is_new=false /> }
    };
    view! {
        <FormFrame
            title=w::change
            way_back=there
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

/// The day of the review, or all that is to be mended.
fn checked(form: &WordsForm) -> Result<NaiveDate, Vec<Problem>> {
    let problem = |(field, words): (&str, Word)| Problem { field: field.into(), words: words().into() };
    match (form.review, missing(form)) {
        (Some(day), found) if found.is_empty() => Ok(day),
        (_, found) => Err(found.into_iter().map(problem).collect()),
    }
}

/// The fields that are to be filled, with what is said of each.
fn missing(form: &WordsForm) -> Vec<(&'static str, Word)> {
    let words = form.words.trim().is_empty().then_some(("words", w::needs_words as Word));
    words.into_iter().chain(form.review.is_none().then_some(("review", w::needs_review as Word))).collect()
}

/// In a month, in three, in six.
pub fn near_reviews() -> Signal<Vec<(NaiveDate, String)>> {
    let today = browser::today();
    Signal::derive(move || {
        let months = [1, 3, 6].into_iter();
        months.filter_map(|n| Some((today.checked_add_months(Months::new(n))?, w::in_months(n)))).collect()
    })
}

#[component]
fn WordsFields(form: RwSignal<WordsForm>, problems: RwSignal<Vec<Problem>>, is_new: bool) -> impl IntoView {
    let words = Text::within(form, |form: &WordsForm| form.words.clone(), |form, text| form.words = text);
    let goals = Text::within(form, |form: &WordsForm| form.goals.clone(), |form, text| form.goals = text);
    let review = Signal::derive(move || form.with(|form| form.review));
    let set_review = Callback::new(move |day| form.update(|form| form.review = day));
    let topic = Signal::derive(move || form.with(|form| form.topic.clone()));
    let goals = is_new.then(|| {
        view! { <TextArea id="goals" label=w::goals hint=w::goals_hint optional=true text=goals lines=3 /> }
    });
    let error = problem_of(problems, "review");
    view! {
        <TextArea
            id="words"
            label=w::own_words
            hint=w::own_words_hint
            text=words
            lines=4
            error=problem_of(problems, "words")
        />
        <Topic topic=topic set=Callback::new(move |code| form.update(|form| form.topic = code)) />
        {goals}
        <p class="error" hidden=move || error.with(Option::is_none)>{move || error.get()}</p>
        <DayField id="review" legend=|| w::review_day() near=near_reviews() day=review set=set_review />
        <DayAdvice day=review set=set_review />
    }
}

/// What it is about: an item of the list of topics.
#[component]
fn Topic(topic: Signal<String>, set: Callback<String>) -> impl IntoView {
    view! {
        <div class="field">
            <label for="topic">{w::topic} <span class="optional">" "{crate::words::common::optional}</span></label>
            <select
                id="topic"
                prop:value=move || topic.get()
                on:change:target=move |event| set.run(event.target().value())
            >
                <option value="">{w::topic_later}</option>
                {move || {
                    lists::choices_and(ListId::RequestTopics, &topic.get_untracked())
                        .into_iter()
                        .map(|choice| {
                            let chosen = topic.with_untracked(|topic| *topic == choice.code);
                            view! { <option value=choice.code selected=chosen>{choice.label}</option> }
                        })
                        .collect_view()
                }}
            </select>
        </div>
    }
}

fn fields_since(opened: &WordsForm, form: &WordsForm) -> Fields {
    let of = |form: &WordsForm| {
        [
            ("words", form.words.clone()),
            ("topic", form.topic.clone()),
            ("goals", form.goals.clone()),
            ("review", form.review.map(|day| day.to_string()).unwrap_or_default()),
        ]
    };
    Fields::that_differ(of(opened), of(form))
}

fn lay(form: &mut WordsForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "words" => form.words = value.to_owned(),
            "topic" => form.topic = value.to_owned(),
            "goals" => form.goals = value.to_owned(),
            "review" => form.review = value.parse().ok(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_finds_all_the_words_again_and_a_project_needs_its_day() {
        let opened = WordsForm { words: String::new(), topic: String::new(), goals: String::new(), review: None };
        let form = WordsForm {
            words: "Je voudrais\nretourner au marché".into(),
            topic: "transport".into(),
            goals: "Sortir\nRevoir ma sœur".into(),
            review: "2026-09-12".parse().ok(),
        };
        let mut again = opened.clone();
        lay(&mut again, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!(again, form);
        assert_eq!(checked(&form).ok(), form.review);
        let fields: Vec<_> = missing(&opened).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["words", "review"]);
    }
}
