//! The fields of a sheet, in the order in which one asks.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::person::{PersonField, PersonState, Silence};

use super::form::SheetForm;
use super::relatives::Relatives;
use crate::ui::error_summary::problem_of;
use crate::ui::{
    AddressField, AddressTexts, BirthFields, Chips, Choice, CommuneField, InputKind, PhoneLines, Problem, Suggest,
    Text, TextArea, TextField, position_words,
};
use crate::words::{addresses, sheet as w};

/// All the fields.
#[component]
pub fn SheetFields(form: RwSignal<SheetForm>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let text = move |field: PersonField| {
        Text::within(
            form,
            move |form: &SheetForm| form.person.text(field).to_owned(),
            move |form: &mut SheetForm, text| *form.person.text_mut(field) = text,
        )
    };
    let birth = move |at: usize| {
        Text::within(
            form,
            move |form: &SheetForm| form.birth[at].clone(),
            move |form: &mut SheetForm, text| form.birth[at] = text,
        )
    };
    let address = AddressTexts {
        line: text(PersonField::AddressLine),
        hamlet: text(PersonField::Hamlet),
        former: text(PersonField::FormerCommune),
        postcode: text(PersonField::Postcode),
        commune: text(PersonField::Commune),
        code: text(PersonField::CommuneCode),
        position: Some(text(PersonField::Position)),
    };
    let located = Signal::derive(move || {
        form.with(|form| form.person.position().map(|position| position_words(&position).to_owned()))
    });
    let civilities = Signal::derive(|| {
        vec![Choice::new("Mme", w::mrs()), Choice::new("M.", w::mr()), Choice::new("", w::none_said())]
    });
    let civility = text(PersonField::Civility);
    view! {
        <section aria-labelledby="who">
            <h2 id="who">{w::who}</h2>
            <Chips name="civility" legend=|| w::civility() choices=civilities chosen=civility.value choose=civility.set />
            <TextField
                id="given-name"
                label=w::given_name
                text=text(PersonField::GivenName)
                error=problem_of(problems, "given-name")
            />
            <TextField id="family-name" label=w::family_name text=text(PersonField::FamilyName) />
            <TextField
                id="usual-name"
                label=w::usual_name
                hint=w::usual_name_hint
                optional=true
                text=text(PersonField::UsualName)
            />
            <BirthFields id="birth" day=birth(0) month=birth(1) year=birth(2) error=problem_of(problems, "birth") />
        </section>
        <section aria-labelledby="where">
            <h2 id="where">{w::place}</h2>
            <AddressField
                id="address-line"
                label=w::line
                hint=addresses::hint
                text=text(PersonField::AddressLine)
                choose=Callback::new(move |found| address.fill(found))
                located=located
            />
            <TextField id="hamlet" label=w::hamlet optional=true text=text(PersonField::Hamlet) />
            <CommuneField
                id="commune"
                label=w::commune
                name=text(PersonField::Commune)
                code=text(PersonField::CommuneCode)
                postcode=text(PersonField::Postcode)
                former=text(PersonField::FormerCommune)
            />
            <TextField
                id="postcode"
                label=w::postcode
                optional=true
                kind=InputKind::Figures
                text=text(PersonField::Postcode)
            />
            <TextField id="former-commune" label=w::former_commune optional=true text=text(PersonField::FormerCommune) />
        </section>
        <section aria-labelledby="reach">
            <h2 id="reach">{w::reach}</h2>
            <PhoneLines form=form read=|form| &form.person.phones write=|form| &mut form.person.phones />
            <TextField id="email" label=w::email optional=true kind=InputKind::Email text=text(PersonField::Email) />
            <TextField
                id="approach"
                label=w::approach
                hint=w::approach_hint
                optional=true
                text=text(PersonField::Approach)
            />
            <Suggest id="spoken" label=w::language list=ListId::Languages optional=true text=text(PersonField::Language) />
        </section>
        <section aria-labelledby="around">
            <h2 id="around">{w::around}</h2>
            <TextField
                id="household"
                label=w::household
                hint=w::household_hint
                optional=true
                text=text(PersonField::Household)
            />
            <Relatives form=form />
        </section>
        <section aria-labelledby="rest">
            <h2 id="rest">{w::rest}</h2>
            <TextArea id="notes" label=w::notes hint=w::notes_hint optional=true text=text(PersonField::Notes) />
            <StateFields form=form problems=problems />
        </section>
    }
}

#[component]
fn StateFields(form: RwSignal<SheetForm>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let choices = Signal::derive(|| {
        [
            PersonState::Followed,
            PersonState::AbsentUntil(NaiveDate::default()),
            PersonState::Moved,
            PersonState::Refuses,
            PersonState::Deceased,
        ]
        .map(|state| Choice::new(state.code(), state_words(&state)))
        .to_vec()
    });
    let chosen = Signal::derive(move || form.with(|form| form.state.clone()));
    let choose = Callback::new(move |code| form.update(|form| form.state = code));
    let error = problem_of(problems, "until-date");
    view! {
        <Chips name="state" legend=|| w::state() choices=choices chosen=chosen choose=choose />
        <div class="field" hidden=move || chosen.get() != "absent">
            <label for="until-date">{w::until}</label>
            <p class="error" id="until-error" hidden=move || error.with(Option::is_none)>{move || error.get()}</p>
            <input
                id="until-date"
                type="date"
                aria-describedby="until-error"
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=move || form.with(|form| form.until.map(|day| day.to_string()).unwrap_or_default())
                on:change:target=move |event| {
                    let until = event.target().value().parse().ok();
                    form.update(|form| form.until = until);
                }
            />
        </div>
    }
}

/// A state, in words.
pub fn state_words(state: &PersonState) -> String {
    match state {
        PersonState::Followed => w::state_followed().into(),
        PersonState::AbsentUntil(_) => w::state_absent().into(),
        PersonState::Moved => w::state_moved().into(),
        PersonState::Refuses => w::state_refuses().into(),
        PersonState::Deceased => w::state_deceased().into(),
        PersonState::Unknown(code) => w::state_unknown(code),
    }
}

/// Why nothing is to be done about someone, as a screen says it inside a sentence.
pub fn silence_words(silence: &Silence) -> String {
    let words: String = match silence {
        Silence::Moved => w::state_moved().into(),
        Silence::Refuses => w::state_refuses().into(),
        Silence::Deceased => w::state_deceased().into(),
        Silence::Unknown(code) => w::state_unknown(code),
    };
    words.to_lowercase()
}
