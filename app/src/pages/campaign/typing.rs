//! Typing a sheet that came back filled: line by line by its number, checked against the names, saved at once.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::calls::{CampaignFile, NewAttempt};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::campaign::{AttemptOutcome, AttemptWay, CallAttempt};
use maillon_shared::domain::ids::{AttemptId, CampaignId, LineId};
use maillon_shared::domain::time::Hour;

use super::words::outcome_words;
use crate::browser;
use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::routes::{CampaignRoute, Route};
use crate::ui::{
    Chips, Choice, DayField, FormFrame, InputKind, Lines, Opened, Problem, Save, Text, TextField, load_once,
    today_or_yesterday, when_loaded,
};
use crate::words::{campaign as w, note};

/// A line of the sheet. Its id is the attempt's, so that a sheet sent twice is noted once.
#[derive(Clone, Debug, PartialEq, Eq)]
struct TypedLine {
    id: LineId,
    number: String,
    hour: String,
    outcome: String,
    note: String,
}

impl TypedLine {
    fn empty(id: LineId) -> Self {
        TypedLine { id, number: String::new(), hour: String::new(), outcome: String::new(), note: String::new() }
    }

    fn field(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "number" => &mut self.number,
            "hour" => &mut self.hour,
            "outcome" => &mut self.outcome,
            "note" => &mut self.note,
            _ => return None,
        })
    }
}

/// A sheet that is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct TypedSheet {
    day: NaiveDate,
    caller: Option<LineId>,
    lines: Vec<TypedLine>,
}

/// Typing a sheet.
#[component]
pub fn TypingPage(id: CampaignId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = answer!(Request::Campaign(id), Campaign(file) => *file)?;
        let first = LineId(browser::random_id());
        let caller = file.campaign.callers.first().map(|caller| caller.id);
        let sheet = TypedSheet { day: browser::today(), caller, lines: vec![TypedLine::empty(first)] };
        Ok((Opened::find(drafts::key("typed-sheet", id), sheet, lay).await, file))
    });
    when_loaded(loaded, move |loaded| {
        let (opened, file): (Opened<TypedSheet>, CampaignFile) = loaded.get_untracked();
        let known = file.clone();
        let save = move |form: &TypedSheet, draft: DraftKey| {
            let attempts = attempts_of(form, &known)?;
            let request = Request::RecordAttempts { attempts, draft: Some(draft) };
            Ok(Save { request, then: Route::Campaign(CampaignRoute::Board(id)) })
        };
        view! {
            <FormFrame
                title=w::type_back
                way_back=Route::Campaign(CampaignRoute::Board(id))
                opened=opened
                fields=fields_since
                forget=note::start_again
                save=save
                draw=|form, _| view! { <SheetFields form=form file=file /> }
            />
        }
    })
}

/// The attempts that a sheet says, or all that is to be mended.
fn attempts_of(form: &TypedSheet, file: &CampaignFile) -> Result<Vec<NewAttempt>, Vec<Problem>> {
    let (mut attempts, mut problems) = (Vec::new(), Vec::new());
    for line in form.lines.iter().filter(|line| !line.number.trim().is_empty()) {
        let number = line.number.trim();
        let field = format!("line-{}", line.id);
        let card = file.cards.iter().find(|row| row.card.number.to_string() == number);
        let Some(card) = card else {
            problems.push(Problem { field, words: w::line_unknown(number) });
            continue;
        };
        if line.outcome.is_empty() {
            problems.push(Problem { field: format!("outcome-{}", line.id), words: w::line_no_outcome(number) });
            continue;
        }
        attempts.push(NewAttempt {
            card: card.card.id,
            attempt: CallAttempt {
                id: AttemptId(line.id.0),
                day: form.day,
                hour: Hour::parse(&line.hour).unwrap_or(Hour { hour: 12, minute: 0 }),
                caller: form.caller,
                way: AttemptWay::Call,
                outcome: AttemptOutcome::from_code(&line.outcome),
                note: line.note.clone(),
                absent_until: None,
                handled_on: None,
                withdrawn: false,
            },
        });
    }
    if attempts.is_empty() && problems.is_empty() {
        problems.push(Problem { field: "sheet-day".into(), words: w::no_lines().into() });
    }
    if problems.is_empty() { Ok(attempts) } else { Err(problems) }
}

#[component]
fn SheetFields(form: RwSignal<TypedSheet>, file: CampaignFile) -> impl IntoView {
    let callers = file.campaign.callers.clone();
    let has_callers = !callers.is_empty();
    let names: Vec<(String, String)> =
        file.cards.iter().map(|row| (row.card.number.to_string(), row.card.display_name())).collect();
    let names = StoredValue::new(names);
    let who = Signal::derive(move || {
        let me = Choice::new("", w::me());
        let callers = callers.iter().map(|caller| Choice::new(caller.id.to_string(), caller.name.clone()));
        callers.chain([me]).collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || form.with(|form| form.caller.map(|id| id.to_string()).unwrap_or_default()));
    let choose = Callback::new(move |code: String| form.update(|form| form.caller = LineId::parse(&code)));
    let day = Signal::derive(move || form.with(|form| Some(form.day)));
    let set_day = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.day = day.unwrap_or(form.day)));
    let ids = Memo::new(move |_| form.with(|form| form.lines.iter().map(|line| line.id).collect::<Vec<_>>()));
    let text = move |id: LineId, name: &'static str| {
        Text::within(
            form,
            move |form: &TypedSheet| {
                let line = form.lines.iter().find(|line| line.id == id).cloned();
                line.and_then(|mut line| line.field(name).cloned()).unwrap_or_default()
            },
            move |form: &mut TypedSheet, text| {
                let line = form.lines.iter_mut().find(|line| line.id == id);
                if let Some(field) = line.and_then(|line| line.field(name)) {
                    *field = text;
                }
            },
        )
    };
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.lines.push(TypedLine::empty(id)));
        format!("line-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.lines.retain(|line| line.id != id)));
    let outcomes = Signal::derive(|| {
        AttemptOutcome::ALL.iter().map(|one| Choice::new(one.code(), outcome_words(one))).collect::<Vec<_>>()
    });
    let draw = move |id: LineId| {
        let number = text(id, "number");
        let name = move || {
            let number = number.value.get();
            names.with_value(|names| names.iter().find(|(one, _)| *one == number.trim()).map(|(_, name)| name.clone()))
        };
        let outcome = text(id, "outcome");
        view! {
            <TextField id=format!("line-{id}") label=w::line_number kind=InputKind::Figures text=number />
            <p class="detail" role="status">{name}</p>
            <Chips name=format!("outcome-{id}") legend=|| w::outcome() choices=outcomes chosen=outcome.value choose=outcome.set />
            <div class="field">
                <label for=format!("hour-{id}")>{w::line_hour}</label>
                <input
                    id=format!("hour-{id}")
                    type="time"
                    prop:value=move || text(id, "hour").value.get()
                    on:change:target=move |event| text(id, "hour").set.run(event.target().value())
                />
            </div>
            <TextField id=format!("note-{id}") label=w::line_note hint=w::note_hint optional=true text=text(id, "note") />
        }
    };
    view! {
        <p class="detail">{w::typing_lead}</p>
        <DayField id="sheet-day" legend=|| w::typing_day() near=today_or_yesterday(None) day=day set=set_day />
        <Show when=move || has_callers>
            <Chips name="typed-by" legend=|| w::typing_who() choices=who chosen=chosen choose=choose />
        </Show>
        <Lines
            ids=ids
            legend=w::line
            remove=w::line_remove
            add=w::line_add
            add_other=w::line_add
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

/// How the fields of a line begin in a draft.
const LINE: &str = "line-";
const NAMES: [&str; 4] = ["number", "hour", "outcome", "note"];

/// What differs from the sheet as it was opened, by name.
fn fields_since(opened: &TypedSheet, form: &TypedSheet) -> Fields {
    let of = |form: &TypedSheet| {
        [("day", form.day.to_string()), ("caller", form.caller.map(|id| id.to_string()).unwrap_or_default())]
    };
    let mut fields = Fields::that_differ(of(opened), of(form));
    for line in &form.lines {
        let mut line = line.clone();
        for name in NAMES {
            let value = line.field(name).cloned().unwrap_or_default();
            if !value.is_empty() {
                fields.put(format!("{LINE}{}-{name}", line.id), value);
            }
        }
    }
    fields
}

/// Lays a draft over the sheet.
fn lay(form: &mut TypedSheet, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "day" => form.day = value.parse().unwrap_or(form.day),
            "caller" => form.caller = LineId::parse(value),
            other => {
                let line = other.strip_prefix(LINE).and_then(|rest| rest.split_once('-'));
                let Some((id, name)) = line.and_then(|(id, name)| Some((LineId::parse(id)?, name))) else { continue };
                if form.lines.iter().all(|line| line.id != id) {
                    // The empty line that every sheet begins with gives way to those of the draft.
                    form.lines.retain(|line| *line != TypedLine::empty(line.id));
                    form.lines.push(TypedLine::empty(id));
                }
                let line = form.lines.iter_mut().find(|line| line.id == id);
                if let Some(field) = line.and_then(|line| line.field(name)) {
                    value.clone_into(field);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_finds_every_line_again() {
        let sheet =
            |lines: Vec<TypedLine>, day: &str| TypedSheet { day: day.parse().expect("a date"), caller: None, lines };
        let opened = sheet(vec![TypedLine::empty(LineId([1; 16]))], "2026-07-20");
        assert_eq!(fields_since(&opened, &opened), Fields::default());
        let line = |id: u8, number: &str| TypedLine {
            number: number.into(),
            hour: "09:30".into(),
            outcome: "reached".into(),
            note: "Rappeler".into(),
            ..TypedLine::empty(LineId([id; 16]))
        };
        let mut form = sheet(vec![line(2, "12"), line(3, "13")], "2026-07-19");
        form.caller = Some(LineId([9; 16]));
        let mut reopened = opened.clone();
        lay(&mut reopened, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!(reopened, form);
    }
}
