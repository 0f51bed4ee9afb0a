//! The report of a period, to write: what opens it, stories, the charter's commitments, what is wanted next.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::summary::SummaryRequest;
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::summary::period::Period;
use maillon_shared::domain::summary::report::{
    Commitment, CommitmentField, CommitmentState, Report, ReportField, Story, StoryField, Telling,
};

use super::report_draft::{fields_since, lay};
use super::report_of;
use super::report_paper::state_words;
use crate::routes::{Route, SummaryRoute};
use crate::ui::{
    Chips, Choice, CluesFound, DayField, FormFrame, Lines, Opened, Save, Text, TextArea, TextField, load_once,
    today_or_yesterday, when_loaded,
};
use crate::words::{form as f, summary_report as w};
use crate::{browser, drafts};

/// A report to write.
#[component]
pub fn WriteReportPage(period: Period) -> impl IntoView {
    let loaded = load_once(move || async move {
        let report = report_of(period).await?.report;
        Ok(Opened::find(drafts::key(DraftKey::REPORT, period), report, lay).await)
    });
    let there = Route::Summary(SummaryRoute::Report(period));
    when_loaded(loaded, move |found| {
        let opened: Opened<Report> = found.get_untracked();
        let before = opened.before.clone();
        let then = there.clone();
        let save = move |form: &Report, draft: DraftKey| {
            let changes = before.changes_to(&settled(form));
            let read = Box::new(before.clone());
            let request = SummaryRequest::WriteReport { period, read, changes, draft: Some(draft) };
            Ok(Save { request: Request::Summary(request), then: then.clone() })
        };
        view! {
            <FormFrame
                title=w::begin
                way_back=there.clone()
                class="sheet"
                opened=opened
                fields=fields_since
                forget=f::draft_forget
                save=save
                draw=move |form, _| view! { <ReportFields form=form /> }
            />
        }
    })
}

/// The report as the form means it: lines in which nothing was written are none.
fn settled(form: &Report) -> Report {
    let mut report = form.clone();
    report.stories.retain(|story| !story.title.trim().is_empty() || !story.text.trim().is_empty());
    report.commitments.retain(|one| !one.who.trim().is_empty() || !one.what.trim().is_empty());
    report
}

#[component]
fn ReportFields(form: RwSignal<Report>) -> impl IntoView {
    let text = move |field: ReportField| {
        Text::within(
            form,
            move |form: &Report| form.text(field).to_owned(),
            move |form: &mut Report, text| *form.text_mut(field) = text,
        )
    };
    let texts = Memo::new(move |_| form.with(|form| form.texts().into_iter().map(str::to_owned).collect::<Vec<_>>()));
    view! {
        <TextArea id="lead" label=w::lead hint=w::lead_hint optional=true lines=4 text=text(ReportField::Lead) />
        <section aria-labelledby="stories">
            <h2 id="stories">{w::stories}</h2>
            <p class="hint">{w::stories_hint}</p>
            <Stories form=form />
        </section>
        <section aria-labelledby="commitments">
            <h2 id="commitments">{w::commitments}</h2>
            <p class="hint">{w::commitments_hint}</p>
            <Commitments form=form />
        </section>
        <TextArea id="next" label=w::next hint=w::next_hint optional=true lines=4 text=text(ReportField::Next) />
        <CluesFound texts=texts written_for=WrittenFor::Report />
    }
}

#[component]
fn Stories(form: RwSignal<Report>) -> impl IntoView {
    let ids = Memo::new(move |_| form.with(|form| form.stories.iter().map(|story| story.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.stories.push(Story::empty(id)));
        format!("story-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.stories.retain(|story| story.id != id)));
    view! {
        <Lines
            ids=ids
            legend=w::story
            remove=w::story_remove
            add=w::story_add
            add_other=w::story_add_other
            make=make
            drop_line=drop_line
            draw=move |id| view! { <StoryFields form=form id=id /> }
        />
    }
}

#[component]
fn StoryFields(form: RwSignal<Report>, id: LineId) -> impl IntoView {
    let held = move |read: fn(&Story) -> String| {
        form.with(|form| form.stories.iter().find(|story| story.id == id).map(read).unwrap_or_default())
    };
    let text = move |field: StoryField| {
        Text::within(
            form,
            move |form: &Report| {
                let story = form.stories.iter().find(|story| story.id == id);
                story.map(|story| story.text(field).to_owned()).unwrap_or_default()
            },
            move |form: &mut Report, text: String| {
                let story = form.story(id);
                // She agreed to what was written then.
                if field == StoryField::Text && story.text != text {
                    story.agreed_on = None;
                }
                *story.text_mut(field) = text;
            },
        )
    };
    let tellings = Signal::derive(|| {
        vec![Choice::new(Telling::Agreed.code(), w::agreed()), Choice::new(Telling::Recomposed.code(), w::recomposed())]
    });
    let telling = Signal::derive(move || {
        held(|story| story.telling.as_ref().map(|telling| telling.code().to_owned()).unwrap_or_default())
    });
    let choose = Callback::new(move |code: String| {
        form.update(|form| form.story(id).telling = Some(Telling::from_code(&code)));
    });
    let agreed_on = Signal::derive(move || {
        form.with(|form| form.stories.iter().find(|story| story.id == id).and_then(|story| story.agreed_on))
    });
    let set_day = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.story(id).agreed_on = day));
    let is_agreed = Memo::new(move |_| telling.get() == Telling::Agreed.code());
    let is_recomposed = Memo::new(move |_| telling.get() == Telling::Recomposed.code());
    view! {
        <TextField id=format!("story-{id}") label=w::story_title optional=true text=text(StoryField::Title) />
        <TextArea
            id=format!("story-{id}-text")
            label=w::story_text
            hint=w::story_text_hint
            lines=6
            text=text(StoryField::Text)
        />
        <Chips
            name=format!("story-{id}-telling")
            legend=|| w::telling()
            choices=tellings
            chosen=telling
            choose=choose
        />
        <p class="hint" hidden=move || !is_recomposed.get()>
            {w::recomposed_hint}
        </p>
        <Show when=move || is_agreed.get()>
            <p class="hint">{w::agreed_hint}</p>
            <DayField
                id=format!("story-{id}-agreed")
                legend=|| w::agreed_on()
                near=today_or_yesterday(None)
                day=agreed_on
                set=set_day
            />
        </Show>
    }
}

#[component]
fn Commitments(form: RwSignal<Report>) -> impl IntoView {
    let ids = Memo::new(move |_| form.with(|form| form.commitments.iter().map(|one| one.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.commitments.push(Commitment::empty(id)));
        format!("commitment-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.commitments.retain(|one| one.id != id)));
    let draw = move |id: LineId| {
        let text = move |field: CommitmentField| {
            Text::within(
                form,
                move |form: &Report| {
                    let one = form.commitments.iter().find(|one| one.id == id);
                    one.map(|one| one.text(field).to_owned()).unwrap_or_default()
                },
                move |form: &mut Report, text| *form.commitment(id).text_mut(field) = text,
            )
        };
        let states = Signal::derive(|| {
            let states = [CommitmentState::Kept, CommitmentState::UnderWay, CommitmentState::NotYet];
            states.iter().map(|state| Choice::new(state.code(), state_words(Some(state)))).collect::<Vec<_>>()
        });
        let state = Signal::derive(move || {
            form.with(|form| {
                let one = form.commitments.iter().find(|one| one.id == id);
                one.and_then(|one| one.state.as_ref()).map(|state| state.code().to_owned()).unwrap_or_default()
            })
        });
        let choose = Callback::new(move |code: String| {
            form.update(|form| form.commitment(id).state = Some(CommitmentState::from_code(&code)));
        });
        view! {
            <TextField
                id=format!("commitment-{id}")
                label=w::commitment_who
                hint=w::commitment_who_hint
                optional=true
                text=text(CommitmentField::Who)
            />
            <TextField id=format!("commitment-{id}-what") label=w::commitment_what text=text(CommitmentField::What) />
            <Chips
                name=format!("commitment-{id}-state")
                legend=|| w::commitment_state()
                choices=states
                chosen=state
                choose=choose
            />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::commitment
            remove=w::commitment_remove
            add=w::commitment_add
            add_other=w::commitment_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}
