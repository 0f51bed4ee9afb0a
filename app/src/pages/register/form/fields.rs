//! The fields of an entry, in the order in which one asks: who asks and when, for whom, where, how to reach them, on
//! what ground, who comes, whom to tell.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::register::{RegisterField, RegisterGround, RegisterOrigin};

use super::draft::EntryForm;
use super::notify::ToNotify;
use crate::pages::register::words::origin_words;
use crate::ui::error_summary::problem_of;
use crate::ui::{
    AddressField, AddressTexts, BirthFields, Chips, Choice, CommuneField, DayField, InputKind, PhoneLines, Problem,
    Text, TextField, today_or_yesterday,
};
use crate::words::{addresses, entry_field as f, people_field as p, register as w, sheet};
use crate::{browser, lists, when};

/// All the fields.
#[component]
pub fn EntryFields(form: RwSignal<EntryForm>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let text = move |field: RegisterField| {
        Text::within(
            form,
            move |form: &EntryForm| form.entry.text(field).to_owned(),
            move |form: &mut EntryForm, text| *form.entry.text_mut(field) = text,
        )
    };
    // The register holds what the law says and no more: no point is kept there.
    let address = AddressTexts {
        line: text(RegisterField::AddressLine),
        hamlet: text(RegisterField::Hamlet),
        former: text(RegisterField::FormerCommune),
        postcode: text(RegisterField::Postcode),
        commune: text(RegisterField::Commune),
        code: text(RegisterField::CommuneCode),
        position: None,
    };
    let part = move |at: usize| {
        Text::within(
            form,
            move |form: &EntryForm| form.birth[at].clone(),
            move |form: &mut EntryForm, text| form.birth[at] = text,
        )
    };
    let grounds = Signal::derive(|| lists::choices(ListId::RegisterGrounds));
    let ground = Signal::derive(move || {
        form.with(|form| form.entry.ground.as_ref().map(|ground| ground.code().to_owned()).unwrap_or_default())
    });
    let choose_ground = Callback::new(move |code: String| {
        form.update(|form| form.entry.ground = Some(RegisterGround::from_code(&code)))
    });
    view! {
        <p class="detail">{w::form_lead}</p>
        <section aria-labelledby="asked">
            <h2 id="asked">{w::asking}</h2>
            <Asking form=form problems=problems />
        </section>
        <section aria-labelledby="who">
            <h2 id="who">{sheet::who}</h2>
            <TextField
                id="family-name"
                label=p::family_name
                text=text(RegisterField::FamilyName)
                error=problem_of(problems, "family-name")
            />
            <TextField id="given-name" label=f::given_name optional=true text=text(RegisterField::GivenName) />
            <BirthFields id="birth" day=part(0) month=part(1) year=part(2) error=problem_of(problems, "birth") />
        </section>
        <section aria-labelledby="where">
            <h2 id="where">{sheet::place}</h2>
            <AddressField
                id="address-line"
                label=f::address_line
                hint=addresses::hint
                text=text(RegisterField::AddressLine)
                choose=Callback::new(move |found| address.fill(found))
            />
            <TextField id="hamlet" label=f::hamlet optional=true text=text(RegisterField::Hamlet) />
            <CommuneField
                id="commune"
                label=f::commune
                name=text(RegisterField::Commune)
                code=text(RegisterField::CommuneCode)
                postcode=text(RegisterField::Postcode)
                former=text(RegisterField::FormerCommune)
            />
            <TextField
                id="postcode"
                label=f::postcode
                optional=true
                kind=InputKind::Figures
                text=text(RegisterField::Postcode)
            />
            <TextField
                id="former-commune"
                label=f::former_commune
                optional=true
                text=text(RegisterField::FormerCommune)
            />
        </section>
        <section aria-labelledby="reach">
            <h2 id="reach">{f::phone}</h2>
            <PhoneLines form=form read=|form| &form.entry.phones write=|form| &mut form.entry.phones />
        </section>
        <section aria-labelledby="why">
            <h2 id="why">{w::in_the_register}</h2>
            <Chips name="ground" legend=|| w::ground() choices=grounds chosen=ground choose=choose_ground />
            <TextField
                id="home-services"
                label=w::home_services
                hint=w::home_services_hint
                optional=true
                text=text(RegisterField::HomeServices)
            />
        </section>
        <section aria-labelledby="tell">
            <h2 id="tell">{w::to_notify}</h2>
            <ToNotify form=form />
        </section>
    }
}

/// By what road, who asked, and when.
#[component]
fn Asking(form: RwSignal<EntryForm>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let origins = Signal::derive(|| {
        let known = RegisterOrigin::ALL.iter();
        known.map(|origin| Choice::new(origin.code(), origin_words(origin))).collect::<Vec<_>>()
    });
    let origin = Signal::derive(move || form.with(|form| form.entry.origin.code().to_owned()));
    let choose =
        Callback::new(move |code: String| form.update(|form| form.entry.origin = RegisterOrigin::from_code(&code)));
    let by_other = Memo::new(move |_| form.with(|form| form.is_asked_by_other() || !form.entry.requester.is_empty()));
    let transmitted = Memo::new(move |_| form.with(|form| form.entry.origin.is_transmitted()));
    let day = Signal::derive(move || form.with(|form| form.entry.requested));
    let set = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.entry.requested = day));
    let text = move |field: RegisterField| {
        Text::within(
            form,
            move |form: &EntryForm| form.entry.text(field).to_owned(),
            move |form: &mut EntryForm, text| *form.entry.text_mut(field) = text,
        )
    };
    // Followed inside the legend, which is drawn once.
    let legend = move || move || if transmitted.get() { w::transmitted() } else { w::requested() };
    view! {
        <Chips name="origin" legend=|| w::origin() choices=origins chosen=origin choose=choose />
        <Show when=move || transmitted.get()>
            <p class="detail">{w::transmitted_lead}</p>
        </Show>
        <Show when=move || by_other.get()>
            <TextField
                id="requester"
                label=w::requester
                text=text(RegisterField::Requester)
                error=problem_of(problems, "requester")
            />
            <TextField
                id="requester-quality"
                label=w::requester_quality
                hint=w::requester_quality_hint
                optional=true
                text=text(RegisterField::RequesterQuality)
            />
        </Show>
        <DayField
            id="requested"
            legend=legend
            near=today_or_yesterday(None)
            none=w::day_unknown
            day=day
            set=set
        />
        <p class="detail">{move || day.get().map(|day| when::capital(when::date(day, browser::today())))}</p>
    }
}
