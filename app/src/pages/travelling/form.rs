//! A sheet to write, from nothing or with the words of what it is begun from.

use leptos::prelude::*;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::sheets::{SheetAnswer, SheetRead, SheetWrite};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::ids::{LineId, SheetId};
use maillon_shared::domain::travelling_sheet::{
    SheetField, SheetKind, SheetPartner, SheetPartnerField, SheetResult, SheetSource, TravellingSheet,
};

use super::words::kind_words;
use super::{ask, ask_one};
use crate::pages::procedures::draft::{Form, fields_since, lay, of_line};
use crate::pages::procedures::steps::{Steps, problem, typed};
use crate::routes::{Route, SheetRoute, source_code};
use crate::ui::{
    Chips, Choice, CluesFound, FormFrame, InputKind, Lines, Opened, Problem, Save, Text, TextArea, TextField,
    load_once, when_loaded,
};
use crate::words::{Word, form as f, note, procedures as p, travelling as w};
use crate::{browser, drafts};

/// The form's code among the drafts.
const FORM: &str = DraftKey::TRAVELLING_SHEET;
const TITLE: &str = "title";

type SheetForm = Form<TravellingSheet>;

/// A sheet to write.
#[component]
pub fn NewSheetPage(from: Option<SheetSource>) -> impl IntoView {
    let loaded = load_once(move || async move {
        let mut sheet = match from {
            None => TravellingSheet::empty(SheetId([0; 16]), SheetKind::Action),
            Some(source) => match ask(SheetRead::From(source)).await? {
                SheetAnswer::Begun(sheet) => *sheet,
                _ => return Err(Failure::NotUnderstood),
            },
        };
        sheet.id = SheetId(browser::random_id());
        let subject = from.map(|source| format!("from-{}", source_code(source))).unwrap_or_default();
        Ok(Opened::find(drafts::key(FORM, subject), Form::of(sheet), lay).await)
    });
    let adapts = match from {
        Some(SheetSource::Received(id)) => Some(id),
        _ => None,
    };
    when_loaded(loaded, move |found| {
        let opened = found.get_untracked();
        let save = move |form: &SheetForm, draft: DraftKey| {
            let sheet = checked(form)?;
            let then = Route::Sheets(SheetRoute::One(sheet.id));
            let write = SheetWrite::Create { sheet: Box::new(sheet), adapts, draft: Some(draft) };
            Ok(Save { request: Request::WriteSheets(Box::new(write)), then })
        };
        view! {
            <FormFrame
                title=w::new
                way_back=Route::Sheets(SheetRoute::List)
                class="sheet"
                opened=opened
                fields=fields_since
                forget=note::start_again
                save=save
                draw=move |form, problems| view! { <SheetFields form=form problems=problems /> }
            />
        }
    })
}

/// A sheet to change.
#[component]
pub fn EditSheetPage(id: SheetId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_one(id).await?;
        Ok(Opened::find(drafts::key(FORM, id), Form::of(file.sheet), lay).await)
    });
    let there = Route::Sheets(SheetRoute::One(id));
    when_loaded(loaded, move |found| {
        let opened = found.get_untracked();
        let before = opened.before.record.clone();
        let then = there.clone();
        let save = move |form: &SheetForm, draft: DraftKey| {
            let changes = before.changes_to(&checked(form)?);
            let write = SheetWrite::Edit { id, changes, draft: Some(draft) };
            Ok(Save { request: Request::WriteSheets(Box::new(write)), then: then.clone() })
        };
        view! {
            <FormFrame
                title=w::edit
                way_back=there.clone()
                class="sheet"
                opened=opened
                fields=fields_since
                forget=f::draft_forget
                save=save
                draw=move |form, problems| view! { <SheetFields form=form problems=problems /> }
            />
        }
    })
}

fn checked(form: &SheetForm) -> Result<TravellingSheet, Vec<Problem>> {
    let (sheet, wrong) = form.settled();
    let mut problems = Vec::new();
    if sheet.says.title.is_empty() {
        problems.push(Problem { field: TITLE.into(), words: w::needs_title().into() });
    }
    problems.extend(wrong.into_iter().map(|field| {
        let words = if field.starts_with("after") { p::wrong_days() } else { w::wrong_number() };
        Problem { field, words: words.into() }
    }));
    if problems.is_empty() { Ok(sheet) } else { Err(problems) }
}

fn text(form: RwSignal<SheetForm>, field: SheetField) -> Text {
    Text::within(
        form,
        move |form: &SheetForm| form.record.says.text(field).to_owned(),
        move |form: &mut SheetForm, text| *form.record.says.text_mut(field) = text,
    )
}

#[component]
fn SheetFields(form: RwSignal<SheetForm>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let kinds = Signal::derive(|| {
        [SheetKind::Action, SheetKind::Protocol, SheetKind::Lessons]
            .map(|kind| Choice::new(kind.code(), kind_words(&kind)))
            .to_vec()
    });
    let kind = Signal::derive(move || form.with(|form| form.record.says.kind.code().to_owned()));
    let set_kind =
        Callback::new(move |code: String| form.update(|form| form.record.says.kind = SheetKind::from_code(&code)));
    let texts = Memo::new(move |_| {
        form.with(|form| form.record.texts().into_iter().map(|(_, text)| text.to_owned()).collect::<Vec<_>>())
    });
    let area = move |field: SheetField, label: Word| {
        view! { <TextArea id=field.code() label=label optional=true text=text(form, field) /> }
    };
    view! {
        <p class="hint">{w::names_nobody}</p>
        <Chips name="kind" legend=|| w::kind() choices=kinds chosen=kind choose=set_kind />
        <TextField
            id=TITLE
            label=w::name
            text=text(form, SheetField::Title)
            error=problem(problems, TITLE)
        />
        {area(SheetField::Context, w::context)}
        {area(SheetField::Public, w::public)}
        {area(SheetField::Axes, w::axes)}
        <section aria-labelledby="steps">
            <h2 id="steps">{p::steps}</h2>
            <Steps form=form problems=problems />
        </section>
        {area(SheetField::Means, w::means)}
        <section aria-labelledby="partners">
            <h2 id="partners">{w::partners}</h2>
            <p class="hint">{w::partners_hint}</p>
            <Partners form=form />
        </section>
        <section aria-labelledby="results">
            <h2 id="results">{w::results}</h2>
            <p class="hint">{w::results_hint}</p>
            <Results form=form problems=problems />
        </section>
        {area(SheetField::Worked, w::worked)}
        {area(SheetField::ToChange, w::to_change)}
        {area(SheetField::Conditions, w::conditions)}
        <section aria-labelledby="signed">
            <h2 id="signed">{w::signed}</h2>
            <TextField
                id="territory"
                label=w::territory
                hint=w::territory_hint
                text=text(form, SheetField::Territory)
            />
            <TextField
                id="author"
                label=w::author
                hint=w::author_hint
                optional=true
                text=text(form, SheetField::Author)
            />
            <TextField
                id="contact"
                label=w::contact
                hint=w::contact_hint
                optional=true
                text=text(form, SheetField::Contact)
            />
            <TextField
                id="licence"
                label=w::licence
                hint=w::licence_hint
                optional=true
                text=text(form, SheetField::Licence)
            />
        </section>
        <CluesFound texts=texts written_for=WrittenFor::Sheet />
    }
}

#[component]
fn Partners(form: RwSignal<SheetForm>) -> impl IntoView {
    let lines = |form: &SheetForm| form.record.says.partners.iter().map(|line| line.id).collect::<Vec<_>>();
    let ids = Memo::new(move |_| form.with(lines));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.record.says.partners.push(SheetPartner::empty(id)));
        of_line("partner", id)
    });
    let drop_line =
        Callback::new(move |id: LineId| form.update(|form| form.record.says.partners.retain(|line| line.id != id)));
    let said = move |id: LineId, field: SheetPartnerField| {
        Text::within(
            form,
            move |form: &SheetForm| {
                let line = form.record.says.partners.iter().find(|line| line.id == id);
                line.map(|line| line.text(field).to_owned()).unwrap_or_default()
            },
            move |form: &mut SheetForm, text| {
                if let Some(line) = form.record.says.partners.iter_mut().find(|line| line.id == id) {
                    *line.text_mut(field) = text;
                }
            },
        )
    };
    let draw = move |id: LineId| {
        view! {
            <TextField id=of_line("partner", id) label=w::partner_kind text=said(id, SheetPartnerField::Kind) />
            <TextField
                id=of_line("role", id)
                label=w::partner_role
                optional=true
                text=said(id, SheetPartnerField::Role)
            />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::partner
            remove=w::partner_remove
            add=w::partner_add
            add_other=w::partner_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

#[component]
fn Results(form: RwSignal<SheetForm>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let lines = |form: &SheetForm| form.record.says.results.iter().map(|line| line.id).collect::<Vec<_>>();
    let ids = Memo::new(move |_| form.with(lines));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.record.says.results.push(SheetResult::empty(id)));
        of_line("result", id)
    });
    let drop_line = Callback::new(move |id: LineId| {
        form.update(|form| {
            form.record.says.results.retain(|line| line.id != id);
            form.say(&of_line("n", id), String::new());
        });
    });
    let draw = move |id: LineId| {
        let what = Text::within(
            form,
            move |form: &SheetForm| {
                let line = form.record.says.results.iter().find(|line| line.id == id);
                line.map(|line| line.what.clone()).unwrap_or_default()
            },
            move |form: &mut SheetForm, text| {
                if let Some(line) = form.record.says.results.iter_mut().find(|line| line.id == id) {
                    line.what = text;
                }
            },
        );
        let n = of_line("n", id);
        view! {
            <TextField id=of_line("result", id) label=w::result text=what />
            <TextField
                id=n.clone()
                label=w::n
                hint=w::n_hint
                optional=true
                kind=InputKind::Figures
                text=typed(form, n.clone())
                error=problem(problems, n)
            />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::result
            remove=w::result_remove
            add=w::result_add
            add_other=w::result_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_its_words() {
        for field in SheetField::ALL {
            assert!(!crate::pages::travelling::words::name_of(*field).is_empty());
        }
    }
}
