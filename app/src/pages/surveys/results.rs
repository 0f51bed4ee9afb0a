//! What was answered, public by public and question by question: numbers with those who did not answer beside them, a
//! picture and a table that say the same.

use leptos::prelude::*;
use maillon_shared::domain::survey::question::{LineKey, QuestionKind};
use maillon_shared::domain::survey::record::SurveyRecord;
use maillon_shared::domain::survey::totals::{LineTotal, PublicTotals, QuestionTotals, SurveyTotals, share_of};

use super::words::{line_words, public_words, question_words};
use crate::pages::summary::bars::{Bar, bars};
use crate::words::{in_a_row, surveys as w};

/// All that was answered.
pub fn results(record: &SurveyRecord, totals: &SurveyTotals) -> AnyView {
    let left_out = totals.left_out.len() as u32;
    view! {
        {totals.publics.iter().map(|public| of_public(record, public)).collect_view()}
        <p class="detail" hidden=left_out == 0>
            {w::left_out(left_out)}
        </p>
    }
    .into_any()
}

fn of_public(record: &SurveyRecord, public: &PublicTotals) -> AnyView {
    let id = format!("public-{}", public.respondent.code());
    let named_by = id.clone();
    view! {
        <section aria-labelledby=named_by>
            <h2 id=id>{public_words(&public.respondent)}</h2>
            <p class="total">{w::responses(public.responses)}</p>
            {public.questions.iter().map(|question| of_question(record, public, question)).collect_view()}
        </section>
    }
    .into_any()
}

fn of_question(record: &SurveyRecord, public: &PublicTotals, totals: &QuestionTotals) -> AnyView {
    let (question, year) = (record.question(totals.question), record.survey.year);
    let title = question.map(|question| question_words(question, year)).unwrap_or_default();
    let id = format!("{}-{}", public.respondent.code(), totals.question);
    let named_by = id.clone();
    let counts = in_a_row([
        w::answered(totals.n),
        w::blank(totals.blank),
        if totals.unusable > 0 { w::unusable(totals.unusable) } else { String::new() },
    ]);
    let several = totals.may_exceed_hundred();
    let told =
        record.told.iter().filter(|told| told.question == totals.question && told.respondent == public.respondent);
    let told: Vec<_> = told.map(|told| view! { <li class="prose">{told.words.clone()}</li> }).collect();
    let body = match totals.kind {
        QuestionKind::Words => {
            let none = told.is_empty();
            view! {
                <p class="detail" hidden=!none>{w::no_words_told}</p>
                <ul class="plain-list" hidden=none>{told}</ul>
            }
            .into_any()
        }
        _ => {
            let line = |total: &LineTotal| Row {
                words: line_words(question, total.line, year),
                count: total.count,
                n: totals.n,
                is_together: matches!(total.line, LineKey::Together(_)),
            };
            table_of(&title, totals.lines.iter().map(line).collect())
        }
    };
    view! {
        <section class="survey-question" aria-labelledby=named_by>
            <h3 id=id>{title}</h3>
            <p class="detail">{counts}</p>
            <p class="detail" hidden=!several>{w::over_hundred}</p>
            {body}
        </section>
    }
    .into_any()
}

/// A line, as it is shown.
pub struct Row {
    /// What it is called.
    pub words: String,
    /// How many chose it.
    pub count: u32,
    /// Of how many.
    pub n: u32,
    /// Whether it is several choices read together.
    pub is_together: bool,
}

/// A picture of lines, and the table that says the same. Nothing of a question that nobody answered.
pub fn table_of(caption: &str, rows: Vec<Row>) -> AnyView {
    if rows.iter().all(|row| row.n == 0) {
        return view! { <p class="detail">{w::nobody_answered}</p> }.into_any();
    }
    let share = |row: &Row| share_of(row.count, row.n).map(|share| share.percent);
    let number = |row: &Row| share(row).map(w::percent).unwrap_or_default();
    let bar = |row: &Row| Bar { name: row.words.clone(), height: share(row), number: number(row) };
    // What is read together is no part beside the others: the table has it.
    let drawn: Vec<Bar> = rows.iter().filter(|row| !row.is_together).map(bar).collect();
    let lines = rows
        .iter()
        .map(|row| {
            view! {
                <tr class:together=row.is_together>
                    <th scope="row">{row.words.clone()}</th>
                    <td>{row.count}</td>
                    <td>{number(row)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="survey-drawn" inner_html=bars(&drawn)></div>
        <div class="table">
            <table>
                <caption class="unseen">{caption.to_owned()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{w::answer}</th>
                        <th scope="col">{w::how_many}</th>
                        <th scope="col">{w::of_those}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}
