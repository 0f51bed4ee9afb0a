//! A use of something that is offered: to ask for, to note, or to change.

use leptos::prelude::*;
use maillon_shared::api::means::{MeansWrite, Mine};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::ids::{EventId, LineId, MeansId};
use maillon_shared::domain::means::{Fielded, Line, Loan, LoanState};
use maillon_shared::domain::time::PartialDate;

use super::ask_means;
use super::form::{Own, asks};
use super::typed::{LOAN_STATES, choose_state, is_mine, settled_loan, typed_loan};
use super::words::loan_words;
use crate::pages::programme::words::{at_words, or_unnamed};
use crate::pages::typed::{PickOne, Typed, entry_of, error, fields_since, lay, text};
use crate::routes::{MeansRoute, Route};
use crate::ui::{
    Chips, Choice, CluesFound, EntryField, FormFrame, InputKind, Opened, Problem, Save, TextField, load_once,
    when_loaded,
};
use crate::words::{Word, application as a, collective as c, form as f, in_a_row, means as w};
use crate::{browser, drafts};

/// The form's code among the drafts.
const FORM: &str = DraftKey::MEANS_LOAN;

/// A use: a new one where none is said.
#[component]
pub fn LoanPage(id: MeansId, loan: Option<LineId>) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_means(id).await?;
        // Somebody took it away meanwhile: whoever writes in it wants it there.
        let line = loan.unwrap_or_else(|| LineId(browser::random_id()));
        let before = file.means.loan(line).cloned().unwrap_or_else(|| Loan::empty(line));
        // Whoever lends it notes what another has; whoever does not asks for themselves.
        let is_mine = loan.map_or(!file.is_lent, |loan| file.borrowed.contains(&loan));
        let subject = loan.map_or_else(|| id.to_string(), |loan| format!("{id}/{loan}"));
        let first = typed_loan(&before, is_mine);
        let opened = Opened::find(drafts::key(FORM, subject), first, lay).await;
        Ok((opened, file, before))
    });
    let there = Route::Means(MeansRoute::One(id));
    let title: Word = if loan.is_some() { w::edit_use } else { w::ask };
    when_loaded(loaded, move |found| {
        let (opened, file, before) = found.get_untracked();
        let (held, then) = (file.means.clone(), there.clone());
        let is_common = file.group.is_some();
        let was_mine = file.borrowed.contains(&before.id);
        let kept = before.clone();
        let save = move |form: &Typed, draft: DraftKey| {
            let (meant, problems) = settled_loan(form, &kept);
            if !problems.is_empty() {
                return Err(problems);
            }
            let mut after = held.clone();
            let line = meant.id;
            match after.loans.iter_mut().find(|loan| loan.id == line) {
                Some(loan) => *loan = meant,
                None => after.loans.push(meant),
            }
            let is_mine = is_mine(form);
            let mine = (is_common && is_mine != was_mine).then_some(Mine { loan: Some(line), is_mine });
            let write = MeansWrite::Edit { id, changes: held.changes_to(&after), mine, draft: Some(draft) };
            Ok(Save { request: asks(write), then: then.clone() })
        };
        view! {
            <FormFrame
                title=title
                way_back=there.clone()
                class="sheet"
                opened=opened
                fields=fields_since
                forget=f::draft_forget
                save=save
                draw=move |form, problems| {
                    view! {
                        <LoanFields
                            form=form
                            problems=problems
                            before=before
                            events=file.events
                            is_common=is_common
                            thing=file.means.about.title
                        />
                    }
                }
            />
        }
    })
}

#[component]
fn LoanFields(
    form: RwSignal<Typed>,
    problems: RwSignal<Vec<Problem>>,
    before: Loan,
    events: Vec<(EventId, String, Option<PartialDate>)>,
    is_common: bool,
    thing: String,
) -> impl IntoView {
    let before = StoredValue::new(before);
    let texts = Memo::new(move |_| {
        let (meant, _) = before.with_value(|before| form.with(|form| settled_loan(form, before)));
        meant.words().into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>()
    });
    let (entry, set) = entry_of(form, "who_entry".into());
    let who_error = error(problems, "who");
    let no_event = events.is_empty();
    let choices = Signal::derive(move || {
        let offered = events.iter().map(|(id, title, at)| {
            let at = at.map(at_words).unwrap_or_default();
            Choice::new(id.to_string(), in_a_row([or_unnamed(title), at]))
        });
        std::iter::once(Choice::new("", w::no_event())).chain(offered).collect::<Vec<_>>()
    });
    view! {
        <p class="detail">{thing}</p>
        <EntryField id="who" label=w::who hint=c::entry_hint entry=entry set=set words=text(form, "who") />
        <p class="error" hidden=move || who_error.with(Option::is_none)>
            {move || who_error.get()}
        </p>
        <Show when=move || is_common>
            <Own form=form legend=w::is_it_for_you />
        </Show>
        <TextField
            id="from"
            label=w::use_from
            hint=a::day_hint
            optional=true
            text=text(form, "from")
            error=error(problems, "from")
        />
        <TextField
            id="until"
            label=w::use_until
            hint=w::use_until_hint
            optional=true
            text=text(form, "until")
            error=error(problems, "until")
        />
        <TextField
            id="number"
            label=w::number
            hint=w::number_hint
            optional=true
            kind=InputKind::Figures
            text=text(form, "number")
            error=error(problems, "number")
        />
        <TextField id="purpose" label=w::purpose optional=true text=text(form, "purpose") />
        <Show when=move || !no_event>
            <PickOne form=form name="event".into() label=w::event choices=choices />
        </Show>
        <State form=form problems=problems />
        <CluesFound texts=texts written_for=WrittenFor::Project />
    }
}

/// How far it is: when it came back and how, or why not.
#[component]
fn State(form: RwSignal<Typed>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let words = |code: &str| match code {
        "given_back" => w::given_back().to_owned(),
        "not_given_back" => w::not_given_back().to_owned(),
        "refused" => w::refused().to_owned(),
        other => loan_words(&LoanState::parse(other)),
    };
    let choices = Signal::derive(move || LOAN_STATES.map(|code| Choice::new(code, words(code))).to_vec());
    let chosen = text(form, "state").value;
    let choose = Callback::new(move |code: String| form.update(|form| choose_state(form, &code, browser::today())));
    let state = Memo::new(move |_| chosen.get());
    let is = move |codes: &'static [&'static str]| state.with(|state| codes.contains(&state.as_str()));
    view! {
        <Chips name="state" legend=|| w::use_state() choices=choices chosen=chosen choose=choose />
        <Show when=move || is(&["given_back"])>
            <TextField
                id="back_on"
                label=w::back_on
                hint=a::day_hint
                text=text(form, "back_on")
                error=error(problems, "back_on")
            />
        </Show>
        <Show when=move || is(&["not_given_back"])>
            <TextField id="known" label=w::known optional=true text=text(form, "known") />
        </Show>
        <Show when=move || is(&["given_back", "not_given_back"])>
            <TextField id="condition" label=w::condition optional=true text=text(form, "condition") />
        </Show>
        <Show when=move || is(&["refused"])>
            <TextField id="reason" label=a::reason text=text(form, "reason") error=error(problems, "reason") />
        </Show>
    }
}
