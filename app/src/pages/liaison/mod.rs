//! A liaison sheet: to whom, what goes in, exactly what leaves; printed or given as a file only while she agrees. What is
//! said in danger goes another way.

mod file;
mod form;
mod sheet;

use std::collections::BTreeSet;

use leptos::prelude::*;
use maillon_shared::api::projects::ProjectWrite;
use maillon_shared::api::requests::Draft;
use maillon_shared::api::responses::{EntryRow, LiaisonPreview};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::consent::{Recipient, Sharing, Told, Why};
use maillon_shared::domain::ids::{LineId, PersonId};
use maillon_shared::domain::liaison::{GivenSheet, GivenWay, LiaisonChoice, Piece};
use maillon_shared::text::fold::same;
use wasm_bindgen_futures::spawn_local;

use crate::door::{self, answer};
use crate::drafts::{self, Fields};
use crate::routes::Route;
use crate::session::{Said, session, write};
use crate::ui::{
    Back, Choice, FailureNote, Icon, OnPaper, Paper, RecipientField, Shape, Text, TextArea, Ticks, Title, load,
    load_once, print_whole, when_loaded,
};
use crate::words::{Word, consent, in_a_row, liaison as w};
use crate::{browser, when};

pub use file::{escaped, standing_alone, whole_page};
use form::{fields_since, lay};
use sheet::Sheet;
pub use sheet::{Part, PartsView, lines_of, parts_of, piece_words, writer};

/// A liaison sheet about someone.
#[component]
pub fn LiaisonPage(person: PersonId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let directory = answer!(Request::Directory, Directory(rows) => rows)?;
        let nobody = Recipient::named("");
        let before = LiaisonChoice { person, recipient: nobody, pieces: BTreeSet::new(), message: String::new() };
        let draft = drafts::find(&drafts::key("liaison", person)).await;
        let mut first = before;
        if let Some(draft) = &draft {
            lay(&mut first, &Fields::read(&draft.content));
        }
        Ok((first, draft, directory))
    });
    view! {
        <div class="unprinted">
            <Back to=Route::Person(person) label=consent::back />
        </div>
        {when_loaded(
            loaded,
            |opened| {
                let (first, draft, directory) = opened.get_untracked();
                view! { <Choose first=first draft=draft directory=directory /> }
            },
        )}
    }
}

#[component]
fn Choose(first: LiaisonChoice, draft: Option<Draft>, directory: Vec<EntryRow>) -> impl IntoView {
    let person = first.person;
    let choice = RwSignal::new(first);
    // What was given last is nothing left half filled.
    let nothing =
        LiaisonChoice { person, recipient: Recipient::named(""), pieces: BTreeSet::new(), message: String::new() };
    let given = RwSignal::new(nothing);
    drafts::keep(drafts::key("liaison", person), draft.as_ref(), move || {
        given.with(|given| choice.with(|now| fields_since(given, now)))
    });
    let names = directory.iter().map(|row| row.name.clone()).collect::<Vec<_>>();
    let recipient = Text::within(
        choice,
        |choice: &LiaisonChoice| choice.recipient.name.clone(),
        move |choice, name| {
            let entry = directory.iter().find(|row| same(&row.name, &name)).map(|row| row.id);
            choice.recipient = Recipient { entry, name };
        },
    );
    let message = Text::within(choice, |one: &LiaisonChoice| one.message.clone(), |one, text| one.message = text);
    let ticked = Signal::derive(move || {
        choice.with(|one| one.pieces.iter().map(|piece| piece.code().to_owned()).collect::<BTreeSet<_>>())
    });
    let toggle = Callback::new(move |code: String| {
        let piece = Piece::from_code(&code);
        choice.update(|choice| {
            if !choice.pieces.remove(&piece) {
                choice.pieces.insert(piece);
            }
        });
    });
    let pieces = Signal::derive(|| {
        Piece::ALL.iter().map(|piece| Choice::new(piece.code(), piece_words(piece))).collect::<Vec<_>>()
    });
    let loaded = load(move || {
        let asked = choice.get();
        async move { answer!(Request::Liaison(Box::new(asked)), Liaison(preview) => *preview) }
    });
    view! {
        <div class="liaison">
            <div class="unprinted">
                <Title>{w::title}</Title>
                <p class="detail">{move || loaded.get().map(|preview| preview.name)}</p>
                <p>{w::lead}</p>
                {move || loaded.get().map(|preview| agreed(&preview, choice))}
                <RecipientField
                    id="recipient"
                    label=w::recipient
                    optional=false
                    names=names
                    text=recipient
                    error=Signal::derive(|| None::<String>)
                />
                <Ticks name="pieces" legend=w::pieces hint=w::pieces_hint choices=pieces ticked=ticked toggle=toggle />
                <TextArea id="message" label=w::message hint=w::message_hint optional=true text=message lines=3 />
            </div>
            {when_loaded(loaded, move |preview| view! { <Preview preview=preview choice=choice given=given /> })}
        </div>
    }
}

/// With whom she agreed to share by such a sheet, and what: one tap chooses them.
fn agreed(preview: &LiaisonPreview, choice: RwSignal<LiaisonChoice>) -> Option<AnyView> {
    agreements(&preview.agreed, move |recipient| {
        let recipient = recipient.clone();
        let name = recipient.name.clone();
        let choose = view! {
            <button type="button" on:click=move |_| choice.update(|one| one.recipient = recipient.clone())>
                {w::choose(name)}
            </button>
        };
        Some(choose.into_any())
    })
}

/// The consents to share that stand: with whom, what, until when, and what is done with each.
pub fn agreements(agreed: &[(Sharing, Told)], act: impl Fn(&Recipient) -> Option<AnyView>) -> Option<AnyView> {
    let today = browser::today();
    let line = |(sharing, told): &(Sharing, Told)| {
        let until = sharing.until.map(|day| consent::until(when::date(day, today))).unwrap_or_default();
        let about = in_a_row([consent::what_is(&sharing.what), w::agreed_on(when::date(told.on, today)), until]);
        view! {
            <li>
                <Icon shape=Shape::Check />
                <span class="row-head">
                    <span class="who">{sharing.recipient.name.clone()}</span>
                </span>
                <span class="why">{about}</span>
                {act(&sharing.recipient).map(|act| view! { <span class="acts">{act}</span> })}
            </li>
        }
        .into_any()
    };
    let lines = agreed.iter().map(line).collect::<Vec<_>>();
    (!lines.is_empty()).then(|| {
        view! {
            <section aria-labelledby="agreed">
                <h2 id="agreed">{w::agreed()}</h2>
                <ul class="rows">{lines}</ul>
            </section>
        }
        .into_any()
    })
}

#[component]
fn Preview(
    preview: RwSignal<LiaisonPreview>,
    choice: RwSignal<LiaisonChoice>,
    given: RwSignal<LiaisonChoice>,
) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let give = move |way: GivenWay| {
        if busy.get_untracked() {
            return;
        }
        let leaving = choice.get_untracked();
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            // The trace is written, and the consent looked for again, before anything leaves.
            match leave(preview, leaving.clone(), way).await {
                Ok(()) => {
                    given.try_set(leaving);
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
            busy.try_set(false);
        });
    };
    let has_recipient = move || choice.with(|choice| !choice.recipient.name.trim().is_empty());
    view! {
        {move || match preview.with(|preview| preview.sheet.clone()) {
            Err(why) => {
                let person = choice.with_untracked(|choice| choice.person);
                has_recipient().then(|| refused(&why, person)).into_any()
            }
            Ok(sheet) => {
                view! {
                    <section aria-labelledby="leaves">
                        <h2 id="leaves" class="unprinted">{w::leaves}</h2>
                        <OnPaper paper=Paper::SpeaksForItself />
                        <Sheet sheet=sheet />
                    </section>
                    <FailureNote failure=failure />
                    <div class="acts unprinted">
                        <button type="button" class="main" disabled=busy on:click=move |_| give(GivenWay::Paper)>
                            {w::print}
                        </button>
                        <button type="button" disabled=busy on:click=move |_| give(GivenWay::File)>
                            {w::save_file}
                        </button>
                    </div>
                    <p class="detail unprinted">{w::trace}</p>
                }
                    .into_any()
            }
        }}
        {move || preview.with(|preview| before(&preview.given))}
    }
}

async fn leave(preview: RwSignal<LiaisonPreview>, choice: LiaisonChoice, way: GivenWay) -> Result<(), Failure> {
    let id = LineId(browser::random_id());
    let give = ProjectWrite::GiveSheet { id, choice: choice.clone(), way: way.clone(), draft: None };
    write(Request::WriteProject(Box::new(give))).await?;
    // What was typed a moment ago may not be on the screen yet: what leaves is what was written down.
    let shown = answer!(Request::Liaison(Box::new(choice)), Liaison(preview) => *preview)?;
    let sheet = shown.sheet.clone().map_err(Failure::NotPermitted)?;
    preview.try_set(shown);
    if way == GivenWay::Paper {
        print_whole();
        return Ok(());
    }
    let place = door::hand_over(file::html(&sheet)).await?;
    session().said.set(Some(Said::Handed(place)));
    Ok(())
}

/// Why nothing may leave, and what to do about it; the path of danger stays apart.
fn refused(why: &Why, person: PersonId) -> impl IntoView + use<> {
    view! {
        <div class="state-note unprinted">
            <p>{why_words(why)}</p>
            <p class="acts">
                <a class="button" href=Route::GiveConsent(person).href()>{w::note_consent()}</a>
                <a class="button" href=Route::Consents(person).href()>{w::see_consents()}</a>
                <a class="button quiet" href=Route::Emergency(person).href()>{consent::emergency()}</a>
            </p>
        </div>
    }
}

/// Why nothing may be shared by such a sheet, in words.
fn why_words(why: &Why) -> String {
    why_not(why, w::never_given)
}

/// Why nothing may be shared, in words; `never_given` says what was never agreed to.
pub fn why_not(why: &Why, never_given: Word) -> String {
    let day = |day| when::date(day, browser::today());
    match why {
        Why::Objects(on) => w::objects(day(*on)),
        Why::NotUnderstood => consent::not_understood().to_owned(),
        Why::Withdrawn(on) => w::withdrawn(day(*on)),
        Why::Expired(until) => w::expired(day(*until)),
        Why::NeverGiven => never_given().to_owned(),
    }
}

fn before(given: &[GivenSheet]) -> Option<impl IntoView + use<>> {
    let line = |one: &GivenSheet| {
        let at = consent::disclosed_at(when::date(one.day, browser::today()), when::hour(one.hour));
        view! {
            <li>
                <Icon shape=Shape::Letter />
                <span class="row-head">
                    <span class="who">{one.recipient.name.clone()}</span>
                    <span class="when">{at}</span>
                </span>
                <span class="why">{given_words(one)}</span>
            </li>
        }
    };
    (!given.is_empty()).then(|| {
        view! {
            <section class="unprinted" aria-labelledby="given">
                <h2 id="given">{w::given()}</h2>
                <ul class="rows">{given.iter().map(line).collect_view()}</ul>
            </section>
        }
    })
}

/// How a sheet left, and what was in it.
pub fn given_words(given: &GivenSheet) -> String {
    let way: &str = match &given.way {
        GivenWay::Paper => w::on_paper(),
        GivenWay::File => w::as_file(),
        GivenWay::Unknown(code) => code,
    };
    let pieces = [w::name_only()].into_iter().chain(given.pieces.iter().map(piece_words));
    in_a_row([way.to_owned(), pieces.collect::<Vec<_>>().join(", ")])
}
