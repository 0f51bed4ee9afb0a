//! Something done about an alert, to write down: a step, another judgement, another owner, an end. Each is a form of its
//! own, so that what is half typed is kept like any other.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::alerts::AlertWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::EntryRow;
use maillon_shared::domain::alert::{
    Alert, AlertChange, Closing, Handover, Judgement, Reopening, Severity, Step, Wording,
};
use maillon_shared::domain::ids::{AccountId, AlertId, EntryId, LineId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::safeguarding::Account;

use super::fields::{OwnerField, Pick, SeverityField};
use super::form::OwnerChoice;
use super::words::now;
use crate::browser;
use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::routes::{AlertRoute, Doing, Route};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    EmergencyNumbers, FormFrame, Opened, Problem, Save, Text, TextArea, TextField, load_once, when_loaded,
};
use crate::words::{Word, alert as w, note};

/// What is written down, whatever it is.
#[derive(Clone, Default, PartialEq, Eq)]
struct Done {
    /// The words: what was done, why, what was said.
    what: String,
    /// With whom, or by whom.
    with: String,
    /// To whom it was said.
    to: String,
    /// What else shows it.
    proof: String,
    /// How grave it is now.
    severity: Option<Severity>,
    /// Who answers from now on.
    owner: OwnerChoice,
    /// Why it is closed.
    reason: String,
}

type Loaded = (Opened<Done>, Alert, Vec<EntryRow>);

/// Something done about an alert.
#[component]
pub fn DoingPage(id: AlertId, doing: Doing) -> impl IntoView {
    let loaded = load_once(move || async move {
        let alert = answer!(Request::Alert(id), Alert(file) => file.alert)?;
        let directory = answer!(Request::Directory, Directory(rows) => rows)?;
        let key = drafts::key(&draft_form(doing), id);
        Ok((Opened::find(key, Done::default(), lay).await, alert, directory))
    });
    when_loaded(loaded, move |loaded| view! { <Do loaded=loaded.get_untracked() doing=doing /> })
}

/// The form of the draft of something done.
pub fn draft_form(doing: Doing) -> String {
    format!("alert-{}", doing.code())
}

fn title(doing: Doing) -> Word {
    match doing {
        Doing::Step => w::do_step,
        Doing::Judge => w::do_judge,
        Doing::HandOver => w::do_hand_over,
        Doing::Close => w::do_close,
        Doing::Reopen => w::do_reopen,
        Doing::Keep => w::do_keep,
    }
}

#[component]
fn Do(loaded: Loaded, doing: Doing) -> impl IntoView {
    let (opened, alert, directory) = loaded;
    let id = alert.id;
    let is_for_all = alert.population().is_some();
    let held = alert.severity().clone();
    let save = move |form: &Done, draft: DraftKey| {
        let name_of = |entry: EntryId| directory.iter().find(|row| row.id == entry).map(|row| row.name.clone());
        let write = written(form, doing, &alert, name_of, draft).map_err(|problem| vec![problem])?;
        let then = match doing {
            Doing::Keep => AlertRoute::Accounts(id),
            _ => AlertRoute::One(id),
        };
        Ok(Save { request: Request::WriteAlert(Box::new(write)), then: Route::Alert(then) })
    };
    let draw = move |form: RwSignal<Done>, problems: RwSignal<Vec<Problem>>| {
        match doing {
        Doing::Step => {
            let with = if is_for_all { w::exchange_with } else { w::with };
            view! {
                <TextArea id="what" label=w::what text=text(form, |form| &mut form.what) error=problem_of(problems, "what") />
                <TextField id="with" label=with optional=true text=text(form, |form| &mut form.with) />
            }
            .into_any()
        }
        Doing::Judge => {
            let severity = Signal::derive(move || form.with(|form| form.severity.clone().or(Some(held.clone()))));
            let set = Callback::new(move |one| form.update(|form| form.severity = Some(one)));
            let is_vital = Memo::new(move |_| severity.with(|one| one.as_ref().is_some_and(Severity::is_vital)));
            view! {
                <SeverityField severity=severity set=set error=problem_of(problems, "severity") />
                <Show when=move || is_vital.get() && !is_for_all>
                    <EmergencyNumbers />
                </Show>
                <TextArea id="what" label=w::why text=text(form, |form| &mut form.what) error=problem_of(problems, "what") />
            }
            .into_any()
        }
        Doing::HandOver => {
            let owner = Signal::derive(move || form.with(|form| form.owner.clone()));
            let set = Callback::new(move |owner| form.update(|form| form.owner = owner));
            view! {
                <OwnerField owner=owner set=set error=problem_of(problems, "owner") />
                <TextArea id="what" label=w::said_with_it optional=true text=text(form, |form| &mut form.what) />
            }
            .into_any()
        }
        Doing::Close => view! {
            <Pick
                id="reason"
                label=w::reason
                list=ListId::AlertClosings
                text=text(form, |form| &mut form.reason)
                error=problem_of(problems, "reason")
            />
            <TextArea id="what" label=w::note optional=true text=text(form, |form| &mut form.what) />
        }
        .into_any(),
        Doing::Reopen => view! {
            <TextArea id="what" label=w::why text=text(form, |form| &mut form.what) error=problem_of(problems, "what") />
        }
        .into_any(),
        Doing::Keep => view! {
            <p class="state-note">{w::keep_lead}</p>
            <TextArea
                id="what"
                label=w::said
                hint=w::said_hint
                text=text(form, |form| &mut form.what)
                error=problem_of(problems, "what")
            />
            <TextField id="with" label=w::said_by optional=true text=text(form, |form| &mut form.with) />
            <TextField id="to" label=w::said_to optional=true text=text(form, |form| &mut form.to) />
            <TextArea id="proof" label=w::proof hint=w::proof_hint optional=true text=text(form, |form| &mut form.proof) />
        }
        .into_any(),
    }
    };
    view! {
        <FormFrame
            title=title(doing)
            way_back=Route::Alert(AlertRoute::One(id))
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

fn text(form: RwSignal<Done>, field: fn(&mut Done) -> &mut String) -> Text {
    Text::within(
        form,
        move |form: &Done| field(&mut form.clone()).clone(),
        move |form: &mut Done, text| *field(form) = text,
    )
}

/// What the form writes, or the one thing that it lacks.
fn written(
    form: &Done,
    doing: Doing,
    alert: &Alert,
    name_of: impl Fn(EntryId) -> Option<String>,
    draft: DraftKey,
) -> Result<AlertWrite, Problem> {
    let lacks = |field: &str, words: &str| Problem { field: field.into(), words: words.into() };
    let (id, at) = (LineId(browser::random_id()), now());
    let words = || form.what.trim().to_owned();
    let said = || Wording::new(&form.what);
    let change = match doing {
        Doing::Step => AlertChange::Step(Step {
            id,
            at,
            with: form.with.trim().to_owned(),
            what: said().ok_or_else(|| lacks("what", w::needs_what()))?,
            under: alert.judgements.last().id,
        }),
        Doing::Judge => {
            let another = form.severity.clone().filter(|one| one != alert.severity());
            let severity = another.ok_or_else(|| lacks("severity", w::needs_other_severity()))?;
            let why = said().ok_or_else(|| lacks("what", w::needs_why()))?;
            AlertChange::Judge(Judgement { id, severity, at, why: why.into() })
        }
        Doing::HandOver => {
            let to = form.owner.owner(name_of).ok_or_else(|| lacks("owner", w::needs_owner()))?;
            AlertChange::HandOver(Handover { id, to, at, why: words() })
        }
        Doing::Close => {
            let reason = Wording::new(&form.reason).ok_or_else(|| lacks("reason", w::needs_reason()))?;
            AlertChange::Close(Closing { id, at, reason, note: words(), knew: alert.keeps_open() })
        }
        Doing::Reopen => {
            let why = said().ok_or_else(|| lacks("what", w::needs_why()))?;
            AlertChange::Reopen(Reopening { id, at, why: why.into(), of: Default::default() })
        }
        Doing::Keep => {
            let said = said().ok_or_else(|| lacks("what", w::needs_said()))?;
            // Nothing is kept apart of an alert that is about nobody.
            let person = alert.person().ok_or_else(|| lacks("what", w::needs_said()))?;
            let [by, to, proof] = [&form.with, &form.to, &form.proof].map(|text| text.trim().to_owned());
            let account = Account { id: AccountId(id.0), person, alert: Some(alert.id), at, said, by, to, proof };
            return Ok(AlertWrite::Keep { account: Box::new(account), draft: Some(draft) });
        }
    };
    Ok(AlertWrite::Edit { id: alert.id, changes: vec![change], draft: Some(draft) })
}

/// What differs from the form as it was opened, by name.
fn fields_since(opened: &Done, form: &Done) -> Fields {
    let of = |form: &Done| {
        let severity = form.severity.as_ref().map(|one| one.code().to_owned()).unwrap_or_default();
        let [owner, entry, name] = form.owner.fields();
        [
            ("what", form.what.clone()),
            ("with", form.with.clone()),
            ("to", form.to.clone()),
            ("proof", form.proof.clone()),
            ("severity", severity),
            ("reason", form.reason.clone()),
            owner,
            entry,
            name,
        ]
    };
    Fields::that_differ(of(opened), of(form))
}

/// Lays a draft over the form.
fn lay(form: &mut Done, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "what" => form.what = value.to_owned(),
            "with" => form.with = value.to_owned(),
            "to" => form.to = value.to_owned(),
            "proof" => form.proof = value.to_owned(),
            "severity" => form.severity = (!value.is_empty()).then(|| Severity::from_code(value)),
            "reason" => form.reason = value.to_owned(),
            other => form.owner.lay(other, value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_finds_all_that_was_typed_again() {
        let form = Done {
            what: "Passée la voir\nà midi".into(),
            with: "sa fille".into(),
            to: "moi".into(),
            proof: "photo".into(),
            severity: Some(Severity::Vital),
            owner: OwnerChoice { code: "someone".into(), entry: None, name: "Aïcha".into() },
            reason: "answered".into(),
        };
        let mut reopened = Done::default();
        lay(&mut reopened, &Fields::read(&fields_since(&Done::default(), &form).write()));
        assert!(reopened == form);
        assert!(fields_since(&Done::default(), &Done::default()).is_empty());
    }
}
