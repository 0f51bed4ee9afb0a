//! The settings: this device's own at once, the notebook's when they are saved.

use leptos::prelude::*;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::address_search::AddressFound;
use maillon_shared::domain::disclosure::Threshold;
use maillon_shared::domain::ladder::Ladder;
use maillon_shared::domain::settings::{Settings, SettingsField};
use maillon_shared::text::format::weekday;
use wasm_bindgen_futures::spawn_local;

use super::ladder::LadderField;
use super::recipients::RecipientsField;
use crate::door::answer;
use crate::pages::welcome::LanguageChoice;
use crate::routes::Route;
use crate::session::{read_settings, write};
use crate::theme::{self, Theme};
use crate::ui::{
    AddressField, Back, Chips, Choice, CommuneField, FORM, FailureNote, Icon, InputKind, SaveBar, Shape, Text,
    TextField, Title, load_once, when_loaded,
};
use crate::words::{addresses, create, language, lists, more, settings as w};

/// The settings.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let loaded = load_once(|| async { answer!(Request::Settings, Settings(settings) => *settings) });
    view! {
        <Back to=Route::More label=more::title />
        <Title>{more::settings}</Title>
        <ThisDevice />
        <section class="device" aria-labelledby="lists">
            <h2 id="lists">{lists::title}</h2>
            <p class="detail">{lists::about}</p>
            <p class="acts">
                <a class="button" href=Route::Lists.href()>
                    {lists::change}
                </a>
            </p>
        </section>
        {when_loaded(loaded, |settings| view! { <NotebookSettings settings=settings.get_untracked() /> })}
    }
}

/// What is this device's own, whatever notebook is on it.
#[component]
pub fn ThisDevice() -> impl IntoView {
    view! {
        <section class="device" aria-labelledby="device">
            <h2 id="device">{w::device}</h2>
            <LanguageChoice />
            <ThemeChoice />
        </section>
    }
}

#[component]
fn ThemeChoice() -> impl IntoView {
    let theme = RwSignal::new(theme::kept());
    let choices = Signal::derive(|| {
        vec![
            Choice::new(Theme::System.code(), w::theme_system()),
            Choice::new(Theme::Light.code(), w::theme_light()),
            Choice::new(Theme::Dark.code(), w::theme_dark()),
        ]
    });
    let chosen = Signal::derive(move || theme.get().code().to_owned());
    let choose = Callback::new(move |code: String| {
        theme.set(Theme::from_code(&code));
        theme::choose(Theme::from_code(&code));
    });
    view! { <Chips name="theme" legend=|| w::theme() choices=choices chosen=chosen choose=choose /> }
}

/// One text of the settings, in the form.
pub fn text_of(form: RwSignal<Settings>, field: SettingsField) -> Text {
    Text::within(
        form,
        move |form: &Settings| form.text(field).to_owned(),
        move |form: &mut Settings, text| *form.text_mut(field) = text,
    )
}

/// Settings that are saved together, whosever notebook it is.
#[component]
pub fn SettingsForm<V: IntoView + 'static>(
    /// As they are.
    settings: Settings,
    /// The fields.
    draw: impl FnOnce(RwSignal<Settings>) -> V,
) -> impl IntoView {
    let before = RwSignal::new(settings.clone());
    let form = RwSignal::new(settings);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let save = move || {
        let changes = before.with_untracked(|before| form.with_untracked(|form| before.changes_to(form)));
        if busy.get_untracked() || changes.is_empty() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let saved = form.get_untracked();
        spawn_local(async move {
            let written = write(Request::EditSettings(changes)).await;
            // One may have gone elsewhere meanwhile.
            busy.try_set(false);
            match written {
                Ok(_) => {
                    before.try_set(saved);
                    read_settings().await;
                }
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    view! {
        <form
            novalidate=true
            id=FORM
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            <FailureNote failure=failure retry=Callback::new(move |()| save()) />
            {draw(form)}
            <SaveBar label=crate::words::form::save busy=busy />
        </form>
    }
}

#[component]
fn NotebookSettings(settings: Settings) -> impl IntoView {
    view! { <SettingsForm settings=settings draw=|form| view! { <NotebookFields form=form /> } /> }
}

#[component]
fn NotebookFields(form: RwSignal<Settings>) -> impl IntoView {
    let text = move |field: SettingsField| text_of(form, field);
    let titles = Signal::derive(|| {
        vec![Choice::new("coordinatrice", create::title_f()), Choice::new("coordinateur", create::title_m())]
    });
    let title = text(SettingsField::Title);
    // Nothing written is five, the usual one.
    let thresholds =
        Signal::derive(|| vec![Choice::new("", w::threshold_five()), Choice::new(ELEVEN, w::threshold_eleven())]);
    let threshold = Signal::derive(move || {
        let is_eleven = form.with(|form| form.summary_threshold() == Threshold::ELEVEN);
        if is_eleven { ELEVEN.to_owned() } else { String::new() }
    });
    view! {
            <section aria-labelledby="notebook">
                <h2 id="notebook">{w::notebook}</h2>
                <TextField
                    id="coordinator"
                    label=create::name
                    hint=create::name_hint
                    optional=true
                    text=text(SettingsField::Coordinator)
                />
                <Chips name="title" legend=|| create::called() choices=titles chosen=title.value choose=title.set />
                <CommuneField
                    id="commune"
                    label=create::commune
                    name=text(SettingsField::Commune)
                    code=text(SettingsField::CommuneCode)
                />
            </section>
            <section aria-labelledby="work">
                <h2 id="work">{w::work}</h2>
                <AddressField
                    id="start"
                    label=addresses::start
                    hint=addresses::start_hint
                    text=text(SettingsField::Start)
                    choose=Callback::new(move |found: AddressFound| {
                        form.update(|form| {
                            form.start = found.words();
                            form.start_position = found.position(&[&form.start]);
                        });
                    })
                    located=Signal::derive(move || {
                        form.with(|form| form.start_point().map(|_| addresses::at_start().to_owned()))
                    })
                />
                <WorkedDays days=text(SettingsField::WorkedDays) />
                <Leave leave=text(SettingsField::Leave) />
                <TextField
                    id="unseen"
                    label=w::unseen
                    hint=w::unseen_hint
                    kind=InputKind::Figures
                    optional=true
                    text=text(SettingsField::UnseenAfterDays)
                />
                <h3>{w::ladders}</h3>
                <LadderField id="ladder" legend=w::ladder usual=Ladder::everyday text=text(SettingsField::Ladder) />
                <LadderField
                    id="call-ladder"
                    legend=w::call_ladder
                    usual=Ladder::campaign
                    text=text(SettingsField::CallLadder)
                />
                <RecipientsField text=text(SettingsField::LawfulRecipients) />
                <TextField
                    id="recheck"
                    label=w::recheck
                    hint=w::recheck_hint
                    kind=InputKind::Figures
                    optional=true
                    text=text(SettingsField::RecheckMonths)
                />
                <TextField
                    id="touch"
                    label=w::touch
                    hint=w::touch_hint
                    kind=InputKind::Figures
                    optional=true
                    text=text(SettingsField::TouchMonths)
                />
            </section>
            <section aria-labelledby="safety">
                <h2 id="safety">{w::safety}</h2>
                <TextField
                    id="lock-after"
                    label=w::lock_after
                    hint=w::lock_after_hint
                    kind=InputKind::Figures
                    optional=true
                    text=text(SettingsField::LockAfterMin)
                />
            </section>
            <section aria-labelledby="data">
                <h2 id="data">{w::data}</h2>
                <TextField
                    id="keep-notebook"
                    label=w::keep_notebook
                    hint=w::keep_notebook_hint
                    kind=InputKind::Figures
                    optional=true
                    text=text(SettingsField::KeepNotebookMonths)
                />
                <TextField
                    id="keep-reads"
                    label=w::keep_reads
                    hint=w::keep_reads_hint
                    kind=InputKind::Figures
                    optional=true
                    text=text(SettingsField::KeepReadsMonths)
                />
                <TextField
                    id="keep-calls"
                    label=w::keep_calls
                    hint=w::keep_calls_hint
                    kind=InputKind::Figures
                    optional=true
                    text=text(SettingsField::KeepCallsMonths)
                />
                <TextField
                    id="keep-register"
                    label=w::keep_register
                    hint=w::keep_register_hint
                    kind=InputKind::Figures
                    optional=true
                    text=text(SettingsField::KeepRegisterMonths)
                />
                <TextField
                    id="controller"
                    label=w::controller
                    hint=w::controller_hint
                    optional=true
                    text=text(SettingsField::Controller)
                />
                <TextField id="legal-basis" label=w::legal_basis optional=true text=text(SettingsField::LegalBasis) />
                <TextField id="status" label=w::status optional=true text=text(SettingsField::Status) />
                <Chips
                    name="threshold"
                    legend=|| w::threshold()
                    choices=thresholds
                    chosen=threshold
                    choose=text(SettingsField::SummaryThreshold).set
                />
                <p class="detail">{w::threshold_hint}</p>
            </section>
    }
}

/// How the higher threshold of published figures is written.
const ELEVEN: &str = "11";

/// Monday to Friday, when nothing is said.
const USUAL_DAYS: &str = "12345";

#[component]
fn WorkedDays(days: Text) -> impl IntoView {
    let worked = move || days.value.with(|days| if days.is_empty() { USUAL_DAYS.to_owned() } else { days.clone() });
    let set = move |figure: char, is_worked: bool| {
        let before = untrack(worked);
        let keeps = |day: &char| if *day == figure { is_worked } else { before.contains(*day) };
        days.set.run(('1'..='7').filter(keeps).collect());
    };
    let day = move |figure: char| {
        let id = format!("worked-{figure}");
        let labels = id.clone();
        // Any Monday will do to name the days from.
        let name = move || {
            let monday = chrono::NaiveDate::from_isoywd_opt(2026, 1, chrono::Weekday::Mon).unwrap_or_default();
            let days = u64::from(figure.to_digit(10).unwrap_or(1) - 1);
            weekday(monday + chrono::Days::new(days), language())
        };
        view! {
            <label class="chip" for=labels>
                <input
                    type="checkbox"
                    id=id
                    prop:checked=move || worked().contains(figure)
                    on:change:target=move |event| set(figure, event.target().checked())
                />
                <span>{name}</span>
            </label>
        }
    };
    view! {
        <fieldset id="worked">
            <legend>{w::worked}</legend>
            <div class="chips">{('1'..='7').map(day).collect_view()}</div>
        </fieldset>
    }
}

/// Leave, as pairs of days.
#[component]
fn Leave(leave: Text) -> impl IntoView {
    // Lines as they are typed: half a pair is no leave yet, and is not lost while the other day is typed.
    let parse = |text: &str| -> Vec<(String, String)> {
        let pairs = text.split_whitespace().filter_map(|pair| pair.split_once('/'));
        pairs.map(|(from, to)| (from.to_owned(), to.to_owned())).collect()
    };
    let lines = RwSignal::new(leave.value.with_untracked(|text| parse(text)));
    let write = move || {
        let whole = lines.with_untracked(|lines| {
            let whole = lines.iter().filter(|(from, to)| !from.is_empty() && !to.is_empty());
            whole.map(|(from, to)| format!("{from}/{to}")).collect::<Vec<_>>().join(" ")
        });
        leave.set.run(whole);
    };
    let day = move |at: usize, is_end: bool| {
        let id = format!("leave-{at}-{}", if is_end { "to" } else { "from" });
        let labels = id.clone();
        let shown = move || {
            lines.with(|lines| {
                lines.get(at).map(|(from, to)| if is_end { to.clone() } else { from.clone() }).unwrap_or_default()
            })
        };
        let changed = move |value: String| {
            lines.update(|lines| {
                if let Some((from, to)) = lines.get_mut(at) {
                    *(if is_end { to } else { from }) = value;
                }
            });
            write();
        };
        view! {
            <div class="field">
                <label for=labels>{move || if is_end { w::leave_to() } else { w::leave_from() }}</label>
                <input
                    id=id
                    type="date"
                    prop:value=shown
                    on:change:target=move |event| changed(event.target().value())
                />
            </div>
        }
    };
    let line = move |at: usize| {
        let remove = move |_| {
            lines.update(|lines| {
                lines.remove(at);
            });
            write();
        };
        view! {
            <li class="leave">
                {day(at, false)} {day(at, true)}
                <button type="button" class="quiet" on:click=remove>
                    <Icon shape=Shape::Cross />
                    <span>{w::leave_remove}</span>
                </button>
            </li>
        }
    };
    let count = Memo::new(move |_| lines.with(Vec::len));
    view! {
        <fieldset id="leave">
            <legend>{w::leave}</legend>
            <ul>{move || (0..count.get()).map(line).collect_view()}</ul>
            <button type="button" class="add" on:click=move |_| lines.update(|lines| lines.push(Default::default()))>
                <Icon shape=Shape::Plus />
                <span>{w::leave_add}</span>
            </button>
        </fieldset>
    }
}
