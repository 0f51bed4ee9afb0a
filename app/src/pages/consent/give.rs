//! One of the four entries, written down as it is said: information given, agreement, consent to share, objection.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::EntryRow;
use maillon_shared::domain::ids::{ConsentId, PersonId};
use maillon_shared::domain::lists::ListId;

use super::give_form::{GiveForm, GiveProblem, fields_since, lay};
use crate::door::answer;
use crate::pages::neighbours;
use crate::routes::Route;
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Chips, Choice, DayField, FormFrame, Opened, Problem, RecipientField, Save, Text, TextArea, load_once,
    today_or_yesterday, when_loaded,
};
use crate::words::{consent as w, note};
use crate::{browser, drafts, lists};

/// How long a consent is proposed for: three months, six, a year.
const MONTHS: [u32; 3] = [3, 6, 12];

/// One of the four entries about someone.
#[component]
pub fn GivePage(person: PersonId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let directory = answer!(Request::Directory, Directory(rows) => rows)?;
        let form = GiveForm::empty(person, ConsentId(browser::random_id()), browser::today());
        // A consent may be to a neighbouring coordinator, who is in no directory; without them the form does as well.
        let neighbours = neighbours::all().await.map(|all| all.all).unwrap_or_default();
        let neighbours = neighbours.into_iter().map(|row| row.name).collect::<Vec<_>>();
        Ok((Opened::find(drafts::key("consent", person), form, lay).await, directory, neighbours))
    });
    when_loaded(loaded, |opened| view! { <Give opened=opened.get_untracked() /> })
}

#[component]
fn Give(opened: (Opened<GiveForm>, Vec<EntryRow>, Vec<String>)) -> impl IntoView {
    let (opened, directory, neighbours) = opened;
    let way_back = Route::Consents(opened.before.person);
    let names = directory.iter().map(|row| row.name.clone()).chain(neighbours).collect::<Vec<_>>();
    let save = move |form: &GiveForm, draft: DraftKey| {
        let found: Vec<_> = form.problems().into_iter().map(problem).collect();
        if !found.is_empty() {
            return Err(found);
        }
        let request = Request::GiveEntry { entry: Box::new(form.entry(&directory)), draft: Some(draft) };
        Ok(Save { request, then: Route::Consents(form.person) })
    };
    let draw = |form: RwSignal<GiveForm>, problems: RwSignal<Vec<Problem>>| {
        view! { <GiveFields form=form problems=problems names=names /> }
    };
    view! {
        <FormFrame
            title=w::give_title
            way_back=way_back
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

fn problem(problem: GiveProblem) -> Problem {
    let (field, words) = match problem {
        GiveProblem::NoEntry => ("which", w::needs_entry()),
        GiveProblem::NoWay => ("how", w::needs_way()),
        GiveProblem::NoRecipient => ("recipient", w::needs_recipient()),
        GiveProblem::NoPurpose => ("purpose", w::needs_purpose()),
        GiveProblem::NoWhat => ("what", w::needs_what()),
        GiveProblem::UntilBefore => ("until", w::until_before()),
    };
    Problem { field: field.into(), words: words.into() }
}

#[component]
fn GiveFields(form: RwSignal<GiveForm>, problems: RwSignal<Vec<Problem>>, names: Vec<String>) -> impl IntoView {
    let code = move |read: fn(&GiveForm) -> &String| Signal::derive(move || form.with(|form| read(form).clone()));
    let choose = move |write: fn(&mut GiveForm, String)| {
        Callback::new(move |code: String| form.update(|form| write(form, code)))
    };
    let on = Signal::derive(move || form.with(|form| Some(form.on)));
    let set_on = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.on = day.unwrap_or(form.on)));
    let purposes = Signal::derive(move || {
        let any = form.with(|form| !form.shares()).then(|| Choice::new("", w::any_purpose()));
        any.into_iter().chain(lists::choices(ListId::ConsentPurposes)).collect::<Vec<_>>()
    });
    let months = Signal::derive(move || {
        let later = |months| Some((on.get()?.checked_add_months(chrono::Months::new(months))?, w::months(months)));
        MONTHS.into_iter().filter_map(later).collect::<Vec<_>>()
    });
    let until = Signal::derive(move || form.with(|form| form.until));
    let set_until = Callback::new(move |day| form.update(|form| form.until = day));
    let recipient = Text::within(form, |form: &GiveForm| form.recipient.clone(), |form, text| form.recipient = text);
    let what = Text::within(form, |form: &GiveForm| form.what.clone(), |form, text| form.what = text);
    let remembered = Text::within(form, |form: &GiveForm| form.note.clone(), |form, text| form.note = text);
    let is_about_sharing = Memo::new(move |_| form.with(GiveForm::is_about_sharing));
    let shares = Memo::new(move |_| form.with(GiveForm::shares));
    let names = StoredValue::new(names);
    view! {
        <Chips
            name="which"
            legend=|| w::which()
            choices=Signal::derive(|| lists::choices(ListId::ConsentEntries))
            chosen=code(|form| &form.which)
            choose=choose(|form, code| form.which = code)
        />
        <Show when=move || is_about_sharing.get()>
            <RecipientField
                id="recipient"
                label=w::recipient
                optional=!shares.get()
                names=names.get_value()
                text=recipient
                error=problem_of(problems, "recipient")
            />
            <Chips
                name="purpose"
                legend=|| w::purpose()
                choices=purposes
                chosen=code(|form| &form.purpose)
                choose=choose(|form, code| form.purpose = code)
            />
        </Show>
        <Show when=move || shares.get()>
            <TextArea id="what" label=w::what hint=w::what_hint text=what lines=2 error=problem_of(problems, "what") />
            <DayField id="until" legend=|| w::until_legend() near=months none=w::until_withdrawn day=until set=set_until />
        </Show>
        <DayField id="on" legend=|| w::when() near=today_or_yesterday(None) day=on set=set_on />
        <Chips
            name="how"
            legend=|| w::how()
            choices=Signal::derive(|| lists::choices(ListId::ConsentWays))
            chosen=code(|form| &form.how)
            choose=choose(|form, code| form.how = code)
        />
        <TextArea id="note" label=w::note hint=w::note_hint optional=true text=remembered lines=2 />
        <p class="detail">{w::ends_alone}</p>
    }
}
