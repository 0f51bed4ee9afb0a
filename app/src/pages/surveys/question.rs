//! A question of one's own to add to a survey, or one to mend. Its words of before stay with the years that read them; a
//! choice that somebody made is never taken away, it is offered no longer.

use std::collections::BTreeSet;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::surveys::SurveyWrite;
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::ids::{ChoiceId, QuestionId, SurveyId};
use maillon_shared::domain::survey::question::{Question, QuestionChange, QuestionKind, RespondentKind, Scale};
use maillon_shared::domain::survey::record::{AnsweredBy, RecordChange, SurveyRecord};
use maillon_shared::text::language::Language;

use super::ask_survey;
use super::words::{kind_words, public_words};
use crate::drafts::Fields;
use crate::routes::{Route, SurveyRoute};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Chips, Choice, CluesFound, FormFrame, Opened, Problem, Save, Text, TextArea, TextField, Ticks, load_once,
    when_loaded,
};
use crate::words::{form as f, note, surveys as w};
use crate::{browser, drafts};

/// The form's code among the drafts.
const FORM: &str = "question";
const WORDS: &str = "words";
const CHOICES: &str = "choices";
/// The ways to answer that are offered.
const KINDS: [QuestionKind; 4] = [QuestionKind::One, QuestionKind::Several, QuestionKind::Words, QuestionKind::Scale];
/// The steps of a scale that one makes: from one to five.
const STEPS: (u8, u8) = (1, 5);

/// What the form holds.
#[derive(Clone, PartialEq)]
struct QuestionForm {
    id: QuestionId,
    /// The survey of which it is.
    record: SurveyRecord,
    french: String,
    english: String,
    kind: String,
    publics: BTreeSet<String>,
    /// Choices that are there: what each is called, and whether it is still offered.
    held: Vec<(ChoiceId, String, String, bool)>,
    /// Choices to come, one a line.
    added: String,
}

impl QuestionForm {
    /// The form of a question of a survey, or of one that comes under that id.
    fn of(record: SurveyRecord, id: Option<QuestionId>, new: QuestionId) -> Self {
        let year = record.survey.year;
        let held = id.and_then(|id| record.question(id).cloned());
        let words = held.as_ref().map(|question| question.wordings.in_year(year)).unwrap_or_default();
        let choices = held.iter().flat_map(Question::choices).map(|choice| {
            let words = choice.wordings.in_year(year);
            (choice.id, words.fr, words.en, choice.is_offered_in(year))
        });
        let choices = choices.collect();
        let kind = held.as_ref().map_or(QuestionKind::One, |question| question.form().kind());
        let publics = held.as_ref().map(|question| question.asked_of.clone());
        let publics = publics.unwrap_or_else(|| [RespondentKind::Visitor].into());
        QuestionForm {
            id: id.unwrap_or(new),
            french: words.fr,
            english: words.en,
            kind: kind.code().to_owned(),
            publics: publics.iter().map(|public| public.code().to_owned()).collect(),
            held: choices,
            added: String::new(),
            record,
        }
    }

    fn is_new(&self) -> bool {
        self.record.question(self.id).is_none()
    }

    /// What the form changes, in the survey's year.
    fn changes(&self, new_id: impl Fn() -> ChoiceId) -> Vec<RecordChange> {
        let (id, year) = (self.id, self.record.survey.year);
        let by = match QuestionKind::from_code(&self.kind) {
            QuestionKind::One => AnsweredBy::One,
            QuestionKind::Several => AnsweredBy::Several,
            QuestionKind::Scale => Scale::new(STEPS.0, STEPS.1).map_or(AnsweredBy::Words, AnsweredBy::Scale),
            QuestionKind::Words | QuestionKind::Unknown(_) => AnsweredBy::Words,
        };
        let mut question = match self.record.question(id) {
            Some(held) => held.clone(),
            None => Question::new(id, by.form()),
        };
        let mut edit = |change: QuestionChange| question.apply(&change);
        edit(QuestionChange::Wording(year, Language::Fr, self.french.trim().to_owned()));
        edit(QuestionChange::Wording(year, Language::En, self.english.trim().to_owned()));
        let offered: Vec<_> = RespondentKind::ALL.iter().map(|kind| kind.code().to_owned()).collect();
        for code in self.publics.iter().chain(&offered) {
            edit(QuestionChange::AskedOf(RespondentKind::from_code(code), self.publics.contains(code)));
        }
        let mut place = 0;
        for (choice, french, english, is_offered) in &self.held {
            let before = self
                .record
                .question(id)
                .and_then(|held| held.choices().into_iter().find(|held| held.id == *choice).cloned());
            let Some(before) = before else { continue };
            place = place.max(before.place);
            edit(QuestionChange::ChoiceWording(*choice, year, Language::Fr, french.trim().to_owned()));
            edit(QuestionChange::ChoiceWording(*choice, year, Language::En, english.trim().to_owned()));
            if before.is_offered_in(year) != *is_offered {
                edit(QuestionChange::ChoiceRetired(*choice, (!is_offered).then_some(year)));
            }
        }
        if matches!(AnsweredBy::of(question.form()), AnsweredBy::One | AnsweredBy::Several) {
            let is_new = self.is_new();
            for line in self.added.lines().map(str::trim).filter(|line| !line.is_empty()) {
                let choice = new_id();
                place += 1;
                let mut edit = |change: QuestionChange| question.apply(&change);
                edit(QuestionChange::ChoiceWording(choice, year, Language::Fr, line.to_owned()));
                edit(QuestionChange::ChoicePlace(choice, place));
                // Of a question that was asked before, nobody could choose it then, which is not zero.
                if !is_new {
                    edit(QuestionChange::ChoiceFrom(choice, Some(year)));
                }
            }
        }
        // Words that did not change are not said again for the year.
        unsay_what_reads_alike(&mut question, self.record.question(id), year);
        let mut edited = self.record.clone();
        match edited.questions.iter_mut().find(|held| held.id() == id) {
            Some(held) => *held = question,
            None => {
                let last = edited.survey.asks.values().max().copied().unwrap_or_default();
                edited.survey.asks.insert(id, last.saturating_add(1));
                edited.questions.push(question);
            }
        }
        self.record.changes_to(&edited)
    }
}

/// A form lays the words of the year over a question. Where they are those that held already, nothing is said of the year.
fn unsay_what_reads_alike(question: &mut Question, before: Option<&Question>, year: i32) {
    let Some(before) = before else { return };
    for language in Language::ALL {
        let said_already = before.wordings.years(language).contains_key(&year);
        if !said_already
            && before.wordings.in_year(year).text(language) == question.wordings.in_year(year).text(language)
        {
            question.wordings.correct(year, language, "");
        }
        let choices: Vec<_> = before.choices().into_iter().map(|choice| (choice.id, choice.wordings.clone())).collect();
        for (id, wordings) in choices {
            let now =
                question.choices().into_iter().find(|choice| choice.id == id).map(|choice| choice.wordings.clone());
            let alike =
                now.is_some_and(|now| now.in_year(year).text(language) == wordings.in_year(year).text(language));
            if alike && !wordings.years(language).contains_key(&year) {
                question.apply(&QuestionChange::ChoiceWording(id, year, language, String::new()));
            }
        }
    }
}

fn fields_since(opened: &QuestionForm, form: &QuestionForm) -> Fields {
    let typed = |form: &QuestionForm| {
        [
            ("french", form.french.clone()),
            ("english", form.english.clone()),
            ("kind", form.kind.clone()),
            ("publics", form.publics.iter().cloned().collect::<Vec<_>>().join(" ")),
            ("added", form.added.clone()),
        ]
    };
    let mut fields = Fields::that_differ(typed(opened), typed(form));
    for (before, now) in opened.held.iter().zip(&form.held).filter(|(before, now)| before != now) {
        if before.1 != now.1 {
            fields.put(format!("choice.{}.fr", now.0), now.1.clone());
        }
        if before.2 != now.2 {
            fields.put(format!("choice.{}.en", now.0), now.2.clone());
        }
        if before.3 != now.3 {
            fields.put(format!("choice.{}.offered", now.0), if now.3 { "1" } else { "0" });
        }
    }
    fields
}

fn lay(form: &mut QuestionForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "french" => value.clone_into(&mut form.french),
            "english" => value.clone_into(&mut form.english),
            "kind" => value.clone_into(&mut form.kind),
            "publics" => form.publics = value.split(' ').filter(|code| !code.is_empty()).map(str::to_owned).collect(),
            "added" => value.clone_into(&mut form.added),
            other => {
                let parts: Vec<&str> = other.split('.').collect();
                let ["choice", id, what] = parts[..] else { continue };
                let Some(held) = form.held.iter_mut().find(|held| held.0.to_string() == id) else { continue };
                match what {
                    "fr" => value.clone_into(&mut held.1),
                    "en" => value.clone_into(&mut held.2),
                    _ => held.3 = value == "1",
                }
            }
        }
    }
}

/// A question to add.
#[component]
pub fn NewQuestionPage(id: SurveyId) -> impl IntoView {
    view! { <QuestionPage id=id question=None /> }
}

/// A question to mend.
#[component]
pub fn EditQuestionPage(id: SurveyId, question: QuestionId) -> impl IntoView {
    view! { <QuestionPage id=id question=Some(question) /> }
}

#[component]
fn QuestionPage(id: SurveyId, question: Option<QuestionId>) -> impl IntoView {
    let loaded = load_once(move || async move {
        let record = ask_survey(id).await?.record;
        let subject = format!("{id}.{}", question.map(|question| question.to_string()).unwrap_or_default());
        Ok(Opened::find(
            drafts::key(FORM, subject),
            QuestionForm::of(record, question, QuestionId(browser::random_id())),
            lay,
        )
        .await)
    });
    let there = Route::Surveys(SurveyRoute::One(id));
    when_loaded(loaded, move |opened| {
        let opened = opened.get_untracked();
        let then = there.clone();
        let is_new = opened.before.is_new();
        let save = move |form: &QuestionForm, draft: DraftKey| {
            checked(form)?;
            let changes = form.changes(|| ChoiceId(browser::random_id()));
            let write = SurveyWrite::Edit { id, changes, draft: Some(draft) };
            Ok(Save { request: Request::WriteSurveys(Box::new(write)), then: then.clone() })
        };
        view! {
            <FormFrame
                title=if is_new { w::new_question } else { w::edit_question }
                way_back=there.clone()
                class="sheet"
                opened=opened
                fields=fields_since
                forget=if is_new { note::start_again } else { f::draft_forget }
                save=save
                draw=move |form, problems| view! { <QuestionFields form=form problems=problems is_new=is_new /> }
            />
        }
    })
}

fn checked(form: &QuestionForm) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    let mut wrong = |field: &str, words: &str| problems.push(Problem { field: field.into(), words: words.into() });
    if form.french.trim().is_empty() {
        wrong(WORDS, w::needs_words());
    }
    if form.publics.is_empty() {
        wrong("publics", w::needs_public());
    }
    let chooses = matches!(QuestionKind::from_code(&form.kind), QuestionKind::One | QuestionKind::Several);
    let added = form.added.lines().filter(|line| !line.trim().is_empty()).count();
    if chooses && form.held.len() + added < 2 {
        wrong(CHOICES, w::needs_choices());
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

#[component]
fn QuestionFields(form: RwSignal<QuestionForm>, problems: RwSignal<Vec<Problem>>, is_new: bool) -> impl IntoView {
    let french = Text::within(form, |form: &QuestionForm| form.french.clone(), |form, text| form.french = text);
    let english = Text::within(form, |form: &QuestionForm| form.english.clone(), |form, text| form.english = text);
    let added = Text::within(form, |form: &QuestionForm| form.added.clone(), |form, text| form.added = text);
    let kinds =
        Signal::derive(|| KINDS.iter().map(|kind| Choice::new(kind.code(), kind_words(kind))).collect::<Vec<_>>());
    let kind = Signal::derive(move || form.with(|form| form.kind.clone()));
    let set_kind = Callback::new(move |code: String| form.update(|form| form.kind = code));
    let publics = Signal::derive(|| {
        RespondentKind::ALL.iter().map(|kind| Choice::new(kind.code(), public_words(kind))).collect::<Vec<_>>()
    });
    let ticked = Signal::derive(move || form.with(|form| form.publics.clone()));
    let toggle = Callback::new(move |code: String| {
        form.update(|form| {
            if !form.publics.remove(&code) {
                form.publics.insert(code);
            }
        });
    });
    let chooses = Memo::new(move |_| {
        form.with(|form| matches!(QuestionKind::from_code(&form.kind), QuestionKind::One | QuestionKind::Several))
    });
    let held = form.with_untracked(|form| form.held.iter().map(|held| held.0).collect::<Vec<_>>());
    let texts = Memo::new(move |_| {
        form.with(|form| {
            let mut texts = vec![form.french.clone(), form.english.clone(), form.added.clone()];
            texts.extend(form.held.iter().map(|held| held.1.clone()));
            texts
        })
    });
    view! {
        <TextField id=WORDS label=w::asked_fr hint=w::asked_hint text=french error=problem_of(problems, WORDS) />
        <TextField id="english" label=w::asked_en optional=true text=english />
        <Show when=move || is_new>
            <Chips name="kind" legend=|| w::answered_how() choices=kinds chosen=kind choose=set_kind />
        </Show>
        <Ticks name="publics" legend=w::asked_of choices=publics ticked=ticked toggle=toggle />
        <div hidden=move || !chooses.get()>
            {held.into_iter().map(|choice| view! { <HeldChoice form=form choice=choice /> }).collect_view()}
            <TextArea
                id=CHOICES
                label=if is_new { w::choices } else { w::choices_more }
                hint=w::choices_hint
                optional=!is_new
                lines=5
                text=added
                error=problem_of(problems, CHOICES)
            />
        </div>
        <CluesFound texts=texts written_for=WrittenFor::Project />
    }
}

/// A choice that is there: what it is called, and whether it is still offered.
#[component]
fn HeldChoice(form: RwSignal<QuestionForm>, choice: ChoiceId) -> impl IntoView {
    let at = form.with_untracked(|form| form.held.iter().position(|held| held.0 == choice)).unwrap_or_default();
    let french = Text::within(
        form,
        move |form: &QuestionForm| form.held.get(at).map(|held| held.1.clone()).unwrap_or_default(),
        move |form, text| {
            if let Some(held) = form.held.get_mut(at) {
                held.1 = text;
            }
        },
    );
    let english = Text::within(
        form,
        move |form: &QuestionForm| form.held.get(at).map(|held| held.2.clone()).unwrap_or_default(),
        move |form, text| {
            if let Some(held) = form.held.get_mut(at) {
                held.2 = text;
            }
        },
    );
    let offered = move || form.with(|form| form.held.get(at).is_some_and(|held| held.3));
    let toggle = move |is_offered: bool| {
        form.update(|form| {
            if let Some(held) = form.held.get_mut(at) {
                held.3 = is_offered;
            }
        });
    };
    let id = format!("offered-{at}");
    let labels = id.clone();
    view! {
        <fieldset class="choice">
            <legend>{w::choice_n(at as u32 + 1)}</legend>
            <TextField id=format!("choice-{at}-fr") label=w::choice_fr text=french />
            <TextField id=format!("choice-{at}-en") label=w::choice_en optional=true text=english />
            <label class="chip" for=labels>
                <input
                    type="checkbox"
                    id=id
                    prop:checked=offered
                    on:change:target=move |event| toggle(event.target().checked())
                />
                <span>{w::still_offered}</span>
            </label>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::survey::question::LineKey;
    use maillon_shared::domain::survey::template::{self, starting_questions};

    use super::*;

    const NEW: QuestionId = QuestionId([7; 16]);

    fn forum(year: i32) -> SurveyRecord {
        let mut record = SurveyRecord::empty(SurveyId([1; 16]), year);
        record.questions = starting_questions();
        record.survey.asks = record.questions.iter().map(Question::id).zip(1..).collect();
        record
    }

    fn edited(form: &QuestionForm) -> SurveyRecord {
        let mut record = form.record.clone();
        form.changes(|| ChoiceId([9; 16])).iter().for_each(|change| record.apply(change));
        record
    }

    #[test]
    fn a_form_that_was_only_looked_at_changes_nothing() {
        for question in starting_questions() {
            let form = QuestionForm::of(forum(2026), Some(question.id()), NEW);
            assert_eq!(form.changes(|| ChoiceId([9; 16])), [], "{:?}", question.wordings);
        }
    }

    #[test]
    fn a_correction_holds_from_the_survey_s_year_and_a_choice_that_comes_was_not_offered_before() {
        let mut form = QuestionForm::of(forum(2026), Some(template::INTEREST), NEW);
        form.french = "Ce forum vous a-t-il intéressé ?".into();
        form.added = " sans avis \n\n".into();
        form.held[3].3 = false;
        let record = edited(&form);
        let interest = record.question(template::INTEREST).expect("asked");
        assert_eq!(interest.wordings.in_year(2025).fr, "Intérêt du forum");
        assert_eq!(interest.wordings.now().fr, "Ce forum vous a-t-il intéressé ?");
        let new = LineKey::Choice(ChoiceId([9; 16]));
        assert!(interest.lines_in(2026).contains(&new) && !interest.lines_in(2025).contains(&new));
        let retired = LineKey::Choice(template::INTEREST_NOT);
        assert!(!interest.lines_in(2026).contains(&retired) && interest.lines_in(2025).contains(&retired));
    }

    #[test]
    fn a_question_of_ones_own_is_asked_after_the_others() {
        let mut form = QuestionForm::of(forum(2026), None, NEW);
        (form.french, form.kind) = ("Comment êtes-vous venu ?".into(), "several".into());
        form.added = "à pied\nen bus".into();
        let record = edited(&form);
        let last = record.asked().last().map(|question| (question.id(), question.choices().len()));
        assert_eq!(last, Some((form.id, 1)), "the two choices have one id here");
        let mut again = QuestionForm::of(forum(2026), None, NEW);
        let opened = again.clone();
        lay(&mut again, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!((again.french, again.added, again.kind), (form.french, form.added, form.kind));
    }
}
