//! A moment of a project: looking at it again, a pause, a stop, an end, taking it up again. What she said, and what comes
//! then: another day, or nothing more.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::projects::ProjectWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::{HealthProjectId, LineId};
use maillon_shared::domain::project::{AfterReview, Halt, HaltKind, Over, Review};

use super::open::near_reviews;
use crate::browser;
use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::routes::{ProjectRoute, Route};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Chips, Choice, DayAdvice, DayField, FormFrame, Opened, Problem, Save, Text, TextArea, load_once,
    today_or_yesterday, when_loaded,
};
use crate::words::{Word, note, project as w};

/// Which moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It is looked at again.
    Review,
    /// It halts so.
    Halt(HaltKind),
    /// It is taken up again.
    Resume,
}

impl What {
    fn code(&self) -> &str {
        match self {
            What::Review => "project_review",
            What::Halt(HaltKind::Paused) => "project_paused",
            What::Halt(HaltKind::Stopped) => "project_stopped",
            What::Halt(_) => "project_closed",
            What::Resume => "project_resumed",
        }
    }

    fn title(&self) -> Word {
        match self {
            What::Review => w::do_review,
            What::Halt(HaltKind::Paused) => w::pause,
            What::Halt(HaltKind::Stopped) => w::stop,
            What::Halt(_) => w::close,
            What::Resume => w::resume,
        }
    }

    fn lead(&self) -> Option<Word> {
        match self {
            What::Halt(HaltKind::Paused) => Some(w::pause_lead),
            What::Halt(HaltKind::Stopped) => Some(w::stop_lead),
            _ => None,
        }
    }

    /// Whether another day is set.
    fn asks_day(&self, ends: bool) -> bool {
        match self {
            What::Review => !ends,
            What::Halt(kind) => *kind == HaltKind::Paused,
            What::Resume => true,
        }
    }

    /// Whether it must be said why.
    fn asks_why(&self, ends: bool) -> bool {
        matches!(self, What::Halt(HaltKind::Closed)) || (*self == What::Review && ends)
    }
}

/// A moment while it is filled.
#[derive(Clone, Debug, PartialEq, Eq)]
struct MomentForm {
    on: NaiveDate,
    words: String,
    ends: bool,
    next: Option<NaiveDate>,
}

/// A moment of a project.
#[component]
pub fn MomentPage(id: HealthProjectId, what: What) -> impl IntoView {
    let line = LineId(browser::random_id());
    let code = what.code().to_owned();
    let loaded = load_once(move || {
        let code = code.clone();
        async move { open(id, code).await }
    });
    when_loaded(
        loaded,
        move |opened| view! { <Form opened=opened.get_untracked() id=id line=line what=what.clone() /> },
    )
}

async fn open(id: HealthProjectId, code: String) -> Result<Opened<MomentForm>, Failure> {
    answer!(Request::Project(id), Project(file) => file)?;
    let before = MomentForm { on: browser::today(), words: String::new(), ends: false, next: None };
    Ok(Opened::find(drafts::key(&code, id), before, lay).await)
}

#[component]
fn Form(opened: Opened<MomentForm>, id: HealthProjectId, line: LineId, what: What) -> impl IntoView {
    let there = Route::Project(ProjectRoute::One(id));
    let then = there.clone();
    let (title, kind) = (what.title(), what.clone());
    let save = move |form: &MomentForm, draft: DraftKey| {
        let found = problems_of(form, &kind);
        if !found.is_empty() {
            return Err(found);
        }
        let (on, words, draft) = (form.on, form.words.trim().to_owned(), Some(draft));
        let write = match (&kind, form.next) {
            (What::Halt(kind), review) => {
                let halt = Halt { id: line, kind: kind.clone(), on, words, over: None };
                ProjectWrite::Halt { id, halt, review, draft }
            }
            (What::Review, Some(next)) if !form.ends => {
                let (review, then) = (Review { id: line, on, words }, AfterReview::Next(next));
                ProjectWrite::Review { id, review, then, draft }
            }
            (What::Resume, Some(review)) => ProjectWrite::Resume { id, over: Over { on, words }, review, draft },
            _ => {
                let review = Review { id: line, on, words };
                ProjectWrite::Review { id, review, then: AfterReview::Close(line), draft }
            }
        };
        Ok(Save { request: Request::WriteProject(Box::new(write)), then: then.clone() })
    };
    let draw = move |form: RwSignal<MomentForm>, problems: RwSignal<Vec<Problem>>| {
        view! { <MomentFields form=form problems=problems what=what /> }
    };
    view! {
        <FormFrame
            title=title
            way_back=there
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

fn problems_of(form: &MomentForm, what: &What) -> Vec<Problem> {
    let problem = |(field, words): (&str, Word)| Problem { field: field.into(), words: words().into() };
    missing(form, what).into_iter().map(problem).collect()
}

/// The fields that are to be filled, with what is said of each.
fn missing(form: &MomentForm, what: &What) -> Vec<(&'static str, Word)> {
    let why = what.asks_why(form.ends) && form.words.trim().is_empty();
    let day = what.asks_day(form.ends) && form.next.is_none();
    let why = why.then_some(("words", w::needs_why as Word));
    why.into_iter().chain(day.then_some(("next", w::needs_review as Word))).collect()
}

const GOES_ON: &str = "goes-on";
const ENDS: &str = "ends";

#[component]
fn MomentFields(form: RwSignal<MomentForm>, problems: RwSignal<Vec<Problem>>, what: What) -> impl IntoView {
    let words = Text::within(form, |form: &MomentForm| form.words.clone(), |form, text| form.words = text);
    let on = Signal::derive(move || form.with(|form| Some(form.on)));
    let set_on = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.on = day.unwrap_or(form.on)));
    let next = Signal::derive(move || form.with(|form| form.next));
    let set_next = Callback::new(move |day| form.update(|form| form.next = day));
    let ends = Memo::new(move |_| form.with(|form| form.ends));
    let kind = what.clone();
    let asks_day = move || kind.asks_day(ends.get());
    let after = (what == What::Review).then(|| {
        let chosen = Signal::derive(move || if ends.get() { ENDS } else { GOES_ON }.to_owned());
        let choices = Signal::derive(|| vec![Choice::new(GOES_ON, w::goes_on()), Choice::new(ENDS, w::close())]);
        let choose = Callback::new(move |code: String| form.update(|form| form.ends = code == ENDS));
        view! { <Chips name="after" legend=|| w::after_review() choices=choices chosen=chosen choose=choose /> }
    });
    let label = if matches!(what, What::Halt(HaltKind::Closed)) { w::why } else { w::what_she_says };
    let error = problem_of(problems, "next");
    view! {
        {what.lead().map(|lead| view! { <p>{lead}</p> })}
        <TextArea id="words" label=label text=words lines=3 error=problem_of(problems, "words") />
        <DayField id="on" legend=|| w::on_day() near=today_or_yesterday(None) day=on set=set_on />
        {after}
        <div hidden=move || !asks_day()>
            <p class="error" hidden=move || error.with(Option::is_none)>{move || error.get()}</p>
            <DayField id="next" legend=|| w::review_day() near=near_reviews() day=next set=set_next />
            <DayAdvice day=next set=set_next />
        </div>
    }
}

fn fields_since(opened: &MomentForm, form: &MomentForm) -> Fields {
    let of = |form: &MomentForm| {
        [
            ("on", form.on.to_string()),
            ("words", form.words.clone()),
            ("ends", form.ends.to_string()),
            ("next", form.next.map(|day| day.to_string()).unwrap_or_default()),
        ]
    };
    Fields::that_differ(of(opened), of(form))
}

fn lay(form: &mut MomentForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "on" => form.on = value.parse().unwrap_or(form.on),
            "words" => form.words = value.to_owned(),
            "ends" => form.ends = value == "true",
            "next" => form.next = value.parse().ok(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened() -> MomentForm {
        let on = "2026-06-12".parse().expect("a date");
        MomentForm { on, words: String::new(), ends: false, next: None }
    }

    #[test]
    fn a_draft_finds_the_moment_again() {
        let mut form = opened();
        (form.words, form.ends) = ("Je suis allée au marché.".into(), true);
        form.next = "2026-09-12".parse().ok();
        let mut again = opened();
        lay(&mut again, &Fields::read(&fields_since(&opened(), &form).write()));
        assert_eq!(again, form);
    }

    #[test]
    fn what_goes_on_has_a_day_and_what_ends_a_reason() {
        let fields = |form: &MomentForm, what: &What| {
            missing(form, what).into_iter().map(|(field, _)| field).collect::<Vec<_>>()
        };
        let ends = MomentForm { ends: true, ..opened() };
        assert_eq!(fields(&opened(), &What::Review), ["next"]);
        assert_eq!(fields(&ends, &What::Review), ["words"]);
        assert_eq!(fields(&opened(), &What::Halt(HaltKind::Paused)), ["next"]);
        assert_eq!(fields(&opened(), &What::Halt(HaltKind::Stopped)), Vec::<&str>::new(), "she owes no reason");
        assert_eq!(fields(&opened(), &What::Halt(HaltKind::Closed)), ["words"]);
        assert_eq!(fields(&opened(), &What::Resume), ["next"]);
    }
}
