//! Out of the register: at any moment, without a reason to give when the person asks.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::register::RegisterWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::ids::RegisterEntryId;
use maillon_shared::domain::register::{RegisterEntry, RegisterState, StrikeOff, StrikeReason};

use super::words::strike_words;
use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::routes::{RegisterRoute, Route};
use crate::ui::{
    Chips, Choice, DayField, FormFrame, Opened, Problem, Save, Text, TextField, load_once, today_or_yesterday,
    when_loaded,
};
use crate::words::{note, register as w};
use crate::{browser, when};

/// The code of an opposition among the reasons.
const OPPOSED: &str = "opposed";

/// What is filled.
#[derive(Clone, PartialEq)]
struct Leaving {
    /// The reason's code; empty while none is chosen.
    why: String,
    on: NaiveDate,
    by: String,
}

impl Leaving {
    fn state(&self) -> RegisterState {
        match self.why.as_str() {
            OPPOSED => RegisterState::Opposed { on: self.on },
            code => RegisterState::StruckOff(StrikeOff {
                on: self.on,
                why: StrikeReason::from_code(code),
                by: self.by.trim().to_owned(),
            }),
        }
    }
}

/// Someone goes out of the register.
#[component]
pub fn StrikeOffPage(id: RegisterEntryId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let entry = answer!(Request::RegisterEntry(id), RegisterEntry(file) => file.entry)?;
        let blank = Leaving { why: String::new(), on: browser::today(), by: String::new() };
        Ok((Opened::find(drafts::key("strike_off", id), blank, lay).await, entry))
    });
    when_loaded(loaded, |opened| view! { <Leave opened=opened.get_untracked() /> })
}

#[component]
fn Leave(opened: (Opened<Leaving>, RegisterEntry)) -> impl IntoView {
    let (opened, entry) = opened;
    let id = entry.id;
    let then = Route::Register(RegisterRoute::Entry(id));
    let save = {
        let then = then.clone();
        move |form: &Leaving, draft: DraftKey| {
            let mut found = Vec::new();
            if form.why.is_empty() {
                found.push(Problem { field: "why".into(), words: w::needs_why().into() });
            }
            if form.on > browser::today() {
                found.push(Problem { field: "on".into(), words: w::too_early().into() });
            }
            if !found.is_empty() {
                return Err(found);
            }
            let write = RegisterWrite::SetState { id, state: form.state(), draft: Some(draft) };
            Ok(Save { request: Request::WriteRegister(Box::new(write)), then: then.clone() })
        }
    };
    let name = entry.display_name();
    let draw = move |form: RwSignal<Leaving>, _: RwSignal<Vec<Problem>>| {
        let why = Signal::derive(move || form.with(|form| form.why.clone()));
        let choose = Callback::new(move |code| form.update(|form| form.why = code));
        let choices = Signal::derive(|| {
            let reasons = StrikeReason::ALL.iter().map(|why| Choice::new(why.code(), strike_words(why)));
            reasons.chain([Choice::new(OPPOSED, w::why_opposed())]).collect::<Vec<_>>()
        });
        let day = Signal::derive(move || form.with(|form| Some(form.on)));
        let set_day = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.on = day.unwrap_or(form.on)));
        let by = Text::within(form, |form: &Leaving| form.by.clone(), |form, text| form.by = text);
        let is_opposed = Memo::new(move |_| form.with(|form| form.why == OPPOSED));
        view! {
            <p>{name}</p>
            <p class="detail">{w::strike_off_lead}</p>
            <Chips name="why" legend=|| w::struck_why() choices=choices chosen=why choose=choose />
            <DayField id="on" legend=|| w::ended_on() near=today_or_yesterday(None) day=day set=set_day />
            <p class="detail">{move || day.get().map(|day| when::capital(when::date(day, browser::today())))}</p>
            <Show when=move || !is_opposed.get()>
                <TextField id="by" label=w::struck_by hint=w::struck_by_hint optional=true text=by />
            </Show>
        }
    };
    view! {
        <FormFrame
            title=w::strike_off
            way_back=then
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

fn fields_since(opened: &Leaving, form: &Leaving) -> Fields {
    let of = |form: &Leaving| [("why", form.why.clone()), ("on", form.on.to_string()), ("by", form.by.clone())];
    Fields::that_differ(of(opened), of(form))
}

fn lay(form: &mut Leaving, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "why" => form.why = value.to_owned(),
            "on" => form.on = value.parse().unwrap_or(form.on),
            "by" => form.by = value.to_owned(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_finds_the_whole_form_again() {
        let on: NaiveDate = "2026-06-12".parse().expect("a date");
        let opened = Leaving { why: String::new(), on, by: String::new() };
        let form = Leaving { why: "moved".into(), on: on.pred_opt().expect("a date"), by: "sa fille".into() };
        let mut reopened = opened.clone();
        lay(&mut reopened, &Fields::read(&fields_since(&opened, &form).write()));
        assert!(reopened == form);
        assert!(fields_since(&opened, &opened).is_empty());
        let state = RegisterState::Opposed { on };
        assert_eq!(Leaving { why: OPPOSED.into(), ..opened }.state(), state);
    }
}
