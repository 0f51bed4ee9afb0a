//! One alert: the numbers first where life is in danger, then by when, who answers, what was done, and what ends it.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::alerts::{AlertFile, AlertWrite, Standing};
use maillon_shared::domain::alert::{
    Alert, AlertChange, AlertField, AlertState, Population, PopulationField, VigilanceLevel,
};
use maillon_shared::domain::consent::EmergencyDisclosure;
use maillon_shared::domain::ids::AlertId;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::safeguarding::LawfulRecipient;

use super::row::{acknowledge, campaign_link, level_words};
use super::told::TheStory;
use super::words::{
    closing_words, deadline, field_words, kind_words, moment, owner_words, severity_words, silence_note, value_words,
};
use crate::door::answer;
use crate::lists::label;
use crate::pages::person::folded;
use crate::routes::{AlertRoute, Doing, Route};
use crate::session::write_soon;
use crate::ui::{
    Back, CallLink, Conflicts, EmergencyNumbers, FieldsHistory, Icon, OnPaper, Paper, PrintButton, Shape, Title, load,
    when_loaded,
};
use crate::words::{alert as w, in_a_row, person as person_words};
use crate::{browser, when};

/// The kinds for which one asks whom the law lets be told.
const IN_DANGER: [&str; 2] = ["abuse", "distress"];

/// One alert.
#[component]
pub fn AlertPage(id: AlertId) -> impl IntoView {
    let loaded = load(move || async move { answer!(Request::Alert(id), Alert(file) => *file) });
    view! {
        <Back to=Route::Alert(AlertRoute::List) label=w::title />
        {when_loaded(loaded, move |file| view! { <File file=file /> })}
    }
}

#[component]
fn File(file: RwSignal<AlertFile>) -> impl IntoView {
    let id = file.with_untracked(|file| file.alert.id);
    let person = file.with_untracked(|file| file.alert.person());
    let alert = Memo::new(move |_| file.with(|file| file.alert.clone()));
    let is_live =
        Memo::new(move |_| file.with(|file| matches!(file.row.standing, Standing::Open | Standing::Disputed)));
    let is_vital =
        Memo::new(move |_| person.is_some() && is_live.get() && alert.with(|alert| alert.severity().is_vital()));
    let is_closed = Memo::new(move |_| alert.with(Alert::is_closed));
    let go = move |doing| Route::Alert(AlertRoute::Do(id, doing)).href();
    let about = move || {
        file.with(|file| {
            let name = person.map(|person| {
                view! { <a href=Route::Person(person).href()>{file.row.name.clone()}</a> }
            });
            let owner = w::owned_by(owner_words(file.alert.owner()));
            let told = in_a_row([severity_words(file.alert.severity()), file.row.place.clone(), owner]);
            let dot = name.is_some().then_some("\u{a0}· ");
            view! { {name} {dot} {told} }
        })
    };
    let clock = move || {
        let told = file.with(|file| deadline(&file.row)).filter(|_| is_live.get());
        told.map(|(words, is_late)| view! { <p class="clock" class:late=is_late>{words}</p> })
    };
    let call = move || {
        file.with(|file| {
            let number = file.row.phone.clone();
            (is_live.get() && !number.trim().is_empty()).then(|| {
                let words = person_words::call_someone(&file.row.name);
                person.map(|person| view! { <CallLink number=number label=words about=person /> })
            })
        })
    };
    let keep = move |field: &str, value: &str| {
        let change = change(field, value)?;
        let write = AlertWrite::Edit { id, changes: vec![change], draft: None };
        Some(Request::WriteAlert(Box::new(write)))
    };
    view! {
        <article class="one-alert">
            <div class="heading">
                <div>
                    <Title>{move || alert.with(|alert| kind_words(&alert.kind))}</Title>
                    <p class="detail">{about}</p>
                    {clock}
                </div>
                <a class="button" href=Route::Alert(AlertRoute::Edit(id)).href()>{w::edit}</a>
            </div>
            <OnPaper paper=Paper::NamesPeople />
            <Show when=move || is_vital.get()>
                <EmergencyNumbers />
            </Show>
            {move || file.with(notes)}
            <div class="acts">
                <Show when=move || is_live.get() && alert.with(|alert| alert.acknowledged.is_empty())>
                    <button type="button" class="main" on:click=move |_| write_soon(acknowledge(id))>
                        {w::acknowledge}
                    </button>
                </Show>
                <a class="button" href=go(Doing::Step)>{w::do_step}</a>
                <Show
                    when=move || is_closed.get()
                    fallback=move || {
                        view! {
                            {call}
                            <a class="button" href=go(Doing::Judge)>{w::do_judge}</a>
                            <a class="button" href=go(Doing::HandOver)>{w::do_hand_over}</a>
                            <a class="button" href=go(Doing::Close)>{w::do_close}</a>
                        }
                    }
                >
                    <a class="button" href=go(Doing::Reopen)>{w::do_reopen}</a>
                </Show>
            </div>
            <Conflicts
                conflicts=Signal::derive(move || {
                    file.with(|file| file.conflicts.iter().filter(|one| !one.field.contains('.')).cloned().collect())
                })
                name=field_words
                value=value_words
                keep=keep
                edit=Route::Alert(AlertRoute::Edit(id))
            />
            <div class="two">
                <div>
                    {move || alert.with(told)} <TheStory alert=alert />
                </div>
                <div>
                    {move || alert.with(|alert| alert.population().map(|population| for_all(id, population)))}
                    {person.map(|person| view! { <InDanger file=file person=person /> })}
                    <FieldsHistory of=id.into() name=field_words value=value_words />
                    <PrintButton label=w::print />
                </div>
            </div>
        </article>
    }
}

/// What is to be known before anything else.
fn notes(file: &AlertFile) -> Vec<AnyView> {
    let mut notes = Vec::new();
    let mut note = |words: String| notes.push(view! { <p class="state-note">{words}</p> }.into_any());
    match file.alert.state() {
        AlertState::Disputed(closing) => {
            note(w::disputed(moment(closing.at), closing_words(closing.reason.as_str())));
        }
        AlertState::Closed(closing) => {
            note(w::closed_because(moment(closing.at), closing_words(closing.reason.as_str())));
        }
        AlertState::Open if file.row.standing == Standing::Expired => note(w::expired_note().to_owned()),
        AlertState::Open => {}
    }
    if !file.alert.rivals.is_empty() {
        let rivals = file.alert.rivals.iter().map(owner_words).collect::<Vec<_>>().join(", ");
        note(w::rivals(rivals, owner_words(file.alert.owner())));
    }
    if let Some(silence) = file.row.silence.as_ref().filter(|_| !file.alert.is_closed()) {
        note(silence_note(silence).to_owned());
    }
    notes
}

/// What was said, by whom: others' words are folded.
fn told(alert: &Alert) -> AnyView {
    let source = label(ListId::RequestSources, &alert.source);
    let when = moment(alert.received);
    let said = match source {
        "" => w::received(when),
        source => w::received_from(when, source.to_lowercase()),
    };
    let words = (!alert.words.trim().is_empty()).then(|| {
        let words = view! { <q class="words">{alert.words.clone()}</q> }.into_any();
        let is_own = alert.source == "person" || alert.population().is_some();
        if is_own { words } else { folded(words) }
    });
    let from = alert.from.map(|id| view! { <a href=Route::Encounter(id).href()>{w::see_encounter()}</a> });
    view! {
        <section class="card told">
            <p class="detail">{said}</p>
            {words}
            {from}
        </section>
    }
    .into_any()
}

/// What is watched: its level, until when, and what came of it.
fn for_all(id: AlertId, population: &Population) -> AnyView {
    let known = [
        (w::phenomenon(), population.phenomenon.clone()),
        (w::communes(), population.communes.clone()),
        (w::audience(), population.audience.clone()),
        (w::outcome(), population.outcome.clone()),
    ];
    let known = known.into_iter().filter(|(_, text)| !text.trim().is_empty());
    let level = population.level.as_ref().map(|level| {
        view! { <p class="tag level" data-level=level.code().to_owned()>{level_words(level.code())}</p> }
    });
    let is_asked = population.level.as_ref().is_some_and(VigilanceLevel::asks_for_a_campaign);
    let campaign = is_asked.then(|| {
        view! {
            <p>{w::campaign_why()}</p>
            <p class="acts">{campaign_link(id)}</p>
        }
    });
    view! {
        <section class="card known">
            <h2>{w::watched()}</h2>
            {level}
            <p>{when::capital(w::lasts_until(when::day(population.until, browser::today())))}</p>
            <dl>{known.map(|(name, text)| view! { <dt>{name}</dt><dd>{text}</dd> }).collect_view()}</dl>
            {campaign}
        </section>
    }
    .into_any()
}

/// Whom the law lets be told, what was told, and what is kept apart.
#[component]
fn InDanger(file: RwSignal<AlertFile>, person: maillon_shared::domain::ids::PersonId) -> impl IntoView {
    let id = file.with_untracked(|file| file.alert.id);
    let is_open = file.with_untracked(|file| file.accounts > 0 || IN_DANGER.contains(&file.alert.kind.as_str()));
    let recipient = |one: LawfulRecipient| {
        let LawfulRecipient { name, phone, when } = one;
        let call = (!phone.trim().is_empty()).then(|| {
            let label = w::call(&phone);
            view! { <CallLink number=phone label=label of=name.clone() /> }
        });
        view! {
            <li>
                <span class="who">{name}</span>
                <span class="why">{when}</span>
                {call}
            </li>
        }
    };
    let disclosure = |said: EmergencyDisclosure| {
        let at = moment(maillon_shared::domain::alert::Moment { day: said.day, hour: said.hour });
        view! {
            <li>
                <span class="who">{said.recipient.name}</span>
                <span class="why">{in_a_row([at, said.said])}</span>
            </li>
        }
    };
    let accounts = move || file.with(|file| w::accounts_kept(file.accounts));
    view! {
        <details class="card in-danger unprinted" open=is_open>
            <summary>{w::in_danger}</summary>
            <p class="detail">{w::in_danger_lead}</p>
            <ul>{move || file.with(|file| file.recipients.0.clone()).into_iter().map(recipient).collect_view()}</ul>
            <p class="acts">
                <a class="button" href=Route::Emergency(person).href()>{w::note_told}</a>
            </p>
            <Show when=move || file.with(|file| !file.disclosures.is_empty())>
                <h3>{w::told}</h3>
                <ul>{move || file.with(|file| file.disclosures.clone()).into_iter().map(disclosure).collect_view()}</ul>
            </Show>
            <p class="acts">
                <a class="button" href=Route::Alert(AlertRoute::Accounts(id)).href()>
                    <Icon shape=Shape::Lock />
                    <span>{accounts}</span>
                </a>
            </p>
        </details>
    }
}

/// What makes a field say that and nothing else; nothing for what a newer version wrote.
fn change(field: &str, value: &str) -> Option<AlertChange> {
    if let Some(field) = AlertField::from_code(field) {
        return Some(AlertChange::Text(field, value.to_owned()));
    }
    if let Some(field) = PopulationField::from_code(field) {
        return Some(AlertChange::Population(field, value.to_owned()));
    }
    match field {
        "until" => value.parse().ok().map(AlertChange::Until),
        "level" => Some(AlertChange::Level((!value.is_empty()).then(|| VigilanceLevel::from_code(value)))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::time::Hour;

    use super::*;

    #[test]
    fn a_field_written_twice_can_be_settled() {
        let fields = AlertField::ALL.iter().map(|field| field.code());
        for code in fields.chain(PopulationField::ALL.iter().map(|field| field.code())) {
            assert!(change(code, "des mots").is_some(), "{code}");
            assert_ne!(field_words(code), "", "{code}");
        }
        assert!(change("until", "2026-06-12").is_some());
        assert!(change("until", "demain").is_none());
        assert!(change("ends.x.reason", "answered").is_none());
        assert_eq!(value_words("hour", "09:05"), when::hour(Hour::new(9, 5).expect("an hour")));
    }
}
