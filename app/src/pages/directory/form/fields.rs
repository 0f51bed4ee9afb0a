//! The fields of an entry, in the order in which one tells of someone: who, how to reach them, where, what they do.

use leptos::prelude::*;
use maillon_shared::api::responses::EntryRow;
use maillon_shared::domain::directory::{DirectoryEntry, EntryField, EntryKind};

use super::NAME;
use super::workplace::WorkplaceField;
use crate::pages::directory::words::{kind_words, role_list};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    AddressField, AddressTexts, Chips, Choice, CommuneField, InputKind, PhoneLines, Problem, Suggest, Text, TextArea,
    TextField,
};
use crate::words::{addresses, entry_field as f, entry_form as w, touch};

/// All the fields.
#[component]
pub fn EntryFields(
    form: RwSignal<DirectoryEntry>,
    problems: RwSignal<Vec<Problem>>,
    structures: Vec<EntryRow>,
) -> impl IntoView {
    let text = move |field: EntryField| {
        Text::within(
            form,
            move |entry: &DirectoryEntry| entry.text(field).to_owned(),
            move |entry: &mut DirectoryEntry, text| *entry.text_mut(field) = text,
        )
    };
    let address = AddressTexts {
        line: text(EntryField::AddressLine),
        hamlet: text(EntryField::Hamlet),
        former: text(EntryField::FormerCommune),
        postcode: text(EntryField::Postcode),
        commune: text(EntryField::Commune),
        code: text(EntryField::CommuneCode),
        position: None,
    };
    let kind = Memo::new(move |_| form.with(|entry| entry.kind.clone()));
    // What a kind has no use for is not asked, and never hidden once it is written.
    let has = move |field: EntryField| form.with(|entry| fits(&entry.kind, field) || !entry.text(field).is_empty());
    let shown = move |field: EntryField| Memo::new(move |_| has(field));
    let (given_name, carrier) = (shown(EntryField::GivenName), shown(EntryField::Carrier));
    let (rpps, finess, siret) = (shown(EntryField::Rpps), shown(EntryField::Finess), shown(EntryField::Siret));
    let works_somewhere = Memo::new(move |_| form.with(|entry| has(EntryField::Workplace) || entry.works_at.is_some()));
    let structures = StoredValue::new(structures);
    view! {
        <section aria-labelledby="what">
            <h2 id="what">{w::what}</h2>
            <Kind form=form />
            <Show when=move || given_name.get()>
                <TextField id="given-name" label=f::given_name optional=true text=text(EntryField::GivenName) />
            </Show>
            <TextField id=NAME label=f::name text=text(EntryField::Name) error=problem_of(problems, NAME) />
            {move || {
                let list = kind.with(role_list);
                view! { <Suggest id="role" label=f::role list=list optional=true text=text(EntryField::Role) /> }
            }}
            <Show when=move || works_somewhere.get()>
                <WorkplaceField form=form structures=structures.get_value() />
            </Show>
            <Show when=move || carrier.get()>
                <TextField
                    id="carrier"
                    label=f::carrier
                    hint=w::carrier_hint
                    optional=true
                    text=text(EntryField::Carrier)
                />
            </Show>
            <TextField
                id="other-names"
                label=f::other_names
                hint=w::other_names_hint
                optional=true
                text=text(EntryField::OtherNames)
            />
        </section>
        <section aria-labelledby="reach">
            <h2 id="reach">{w::reach}</h2>
            <PhoneLines form=form read=|entry| &entry.phones write=|entry| &mut entry.phones />
            <TextField id="email" label=f::email optional=true kind=InputKind::Email text=text(EntryField::Email) />
            <TextField id="website" label=f::website optional=true text=text(EntryField::Website) />
        </section>
        <section aria-labelledby="where">
            <h2 id="where">{w::place}</h2>
            <AddressField
                id="address-line"
                label=f::address_line
                hint=addresses::hint
                text=text(EntryField::AddressLine)
                choose=Callback::new(move |found| address.fill(found))
            />
            <TextField id="hamlet" label=f::hamlet optional=true text=text(EntryField::Hamlet) />
            <CommuneField
                id="commune"
                label=f::commune
                name=text(EntryField::Commune)
                code=text(EntryField::CommuneCode)
                postcode=text(EntryField::Postcode)
                former=text(EntryField::FormerCommune)
            />
            <TextField
                id="postcode"
                label=f::postcode
                optional=true
                kind=InputKind::Figures
                text=text(EntryField::Postcode)
            />
            <TextField id="former-commune" label=f::former_commune optional=true text=text(EntryField::FormerCommune) />
        </section>
        <section aria-labelledby="does">
            <h2 id="does">{w::does}</h2>
            <TextArea
                id="missions"
                label=f::missions
                hint=w::missions_hint
                optional=true
                text=text(EntryField::Missions)
            />
            <TextField
                id="territory"
                label=f::territory
                hint=w::territory_hint
                optional=true
                text=text(EntryField::Territory)
            />
            <TextArea id="hours" label=f::hours optional=true lines=2 text=text(EntryField::Hours) />
            <TextField
                id="touch-months"
                label=touch::rhythm
                hint=touch::rhythm_hint
                optional=true
                kind=InputKind::Figures
                text=text(EntryField::TouchMonths)
            />
            <TextField
                id="absence"
                label=f::absence
                hint=w::absence_hint
                optional=true
                text=text(EntryField::Absence)
            />
        </section>
        <section aria-labelledby="rest">
            <h2 id="rest">{w::rest}</h2>
            <Show when=move || rpps.get()>
                <TextField id="rpps" label=f::rpps optional=true kind=InputKind::Figures text=text(EntryField::Rpps) />
            </Show>
            <Show when=move || finess.get()>
                <TextField
                    id="finess"
                    label=f::finess
                    optional=true
                    kind=InputKind::Figures
                    text=text(EntryField::Finess)
                />
            </Show>
            <Show when=move || siret.get()>
                <TextField id="siret" label=f::siret optional=true kind=InputKind::Figures text=text(EntryField::Siret) />
            </Show>
            <TextArea id="notes" label=f::notes optional=true text=text(EntryField::Notes) />
            <TextField
                id="to-verify"
                label=f::to_verify
                hint=w::to_verify_hint
                optional=true
                text=text(EntryField::ToVerify)
            />
        </section>
    }
}

/// Whether a field is asked of a kind of entry.
fn fits(kind: &EntryKind, field: EntryField) -> bool {
    let is_structure = *kind == EntryKind::Structure;
    match field {
        EntryField::GivenName | EntryField::Workplace => !is_structure,
        EntryField::Carrier | EntryField::Finess => is_structure,
        EntryField::Rpps => *kind == EntryKind::Professional,
        EntryField::Siret => *kind != EntryKind::Relay,
        _ => true,
    }
}

#[component]
fn Kind(form: RwSignal<DirectoryEntry>) -> impl IntoView {
    let choices = Signal::derive(|| {
        EntryKind::ALL.iter().map(|kind| Choice::new(kind.code(), kind_words(kind))).collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || form.with(|entry| entry.kind.code().to_owned()));
    let choose = Callback::new(move |code: String| form.update(|entry| entry.kind = EntryKind::from_code(&code)));
    view! { <Chips name="kind" legend=|| f::kind() choices=choices chosen=chosen choose=choose /> }
}
