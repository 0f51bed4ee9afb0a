//! The reception desk: a few large buttons that count without a name, who waits, and the week in a table.

mod counter;
mod mend;
mod waiting;
mod week;

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::responses::CountRow;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::encounter::EncounterKind;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::reception::Half;

use crate::door::answer;
use crate::routes::{NoteStart, Route};
use crate::ui::{Back, Choice, Icon, Shape, Title};
use crate::words::{reception as w, shell};
use crate::{browser, lists};

use counter::Counter;
use mend::Mend;
use waiting::Waiting;
use week::Week;

/// The desk.
#[component]
pub fn ReceptionPage() -> impl IntoView {
    let named = NoteStart { kind: Some(EncounterKind::WalkIn), ..NoteStart::default() };
    view! {
        <div class="unprinted">
            <Back to=Route::Today label=shell::today />
            <Title>{w::title}</Title>
            <p class="detail">{w::lead}</p>
            <Counter />
            <p class="acts">
                <a class="button" href=Route::Note(named).href()>
                    <Icon shape=Shape::Pen />
                    <span>{w::note_someone}</span>
                </a>
            </p>
            <Waiting />
        </div>
        <Week />
        <div class="unprinted">
            <Mend />
        </div>
    }
}

/// What was counted from one day to another.
async fn counted(from: NaiveDate, to: NaiveDate) -> Result<Vec<CountRow>, Failure> {
    answer!(Request::Reception { from, to }, Reception(rows) => rows)
}

/// The half-day it is.
fn half_now() -> Half {
    Half::of(browser::now().hour())
}

/// A half-day in words.
fn half_words(half: &Half) -> String {
    match half {
        Half::Morning => w::morning().to_owned(),
        Half::Afternoon => w::afternoon().to_owned(),
        Half::Unknown(code) => code.clone(),
    }
}

/// The list, and what was counted from a list that someone else keeps.
fn kinds(rows: &[CountRow]) -> Vec<Choice> {
    let mut kinds = lists::choices(ListId::ReceptionCounts);
    for row in rows {
        if kinds.iter().all(|kind| kind.code != row.what) {
            kinds.push(Choice::new(&row.what, lists::label(ListId::ReceptionCounts, &row.what)));
        }
    }
    kinds
}

/// How many, of one kind and half-day or of any.
fn sum(rows: &[CountRow], is_of: impl Fn(&CountRow) -> bool) -> u32 {
    rows.iter().filter(|row| is_of(row)).map(|row| row.count).sum()
}
