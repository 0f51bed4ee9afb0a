//! The money of an application: the budget as a table, whether it is balanced, and what each part asks for.

use leptos::prelude::*;
use maillon_shared::api::application::ApplicationFile;
use maillon_shared::domain::application::{BudgetField, BudgetLine};
use maillon_shared::domain::programme::FundingTotal;

use super::words::balance_words;
use crate::pages::programme::words::{amount_words, euros, or_unnamed, total_words};
use crate::words::{Word, application as w, in_a_row, programme as p};

/// What an amount is called.
pub fn amount_label(field: BudgetField) -> Word {
    match field {
        BudgetField::Planned => w::planned,
        BudgetField::Asked => w::asked,
        BudgetField::Own => w::own,
        BudgetField::Others => w::others,
    }
}

/// The budget, as a table whose cells stand under each other where there is no room beside.
pub fn budget_table(file: &ApplicationFile) -> Option<AnyView> {
    let application = &file.application;
    if application.budget.is_empty() {
        return None;
    }
    let cell = |label: Word, words: String| {
        view! {
            <td role="cell">
                <span class="cell-label" aria-hidden="true">{label}</span>
                <span>{words}</span>
            </td>
        }
    };
    let line = |line: &BudgetLine| {
        let note = line.note.trim().to_owned();
        let note = (!note.is_empty()).then(|| view! { <span class="why">{note}</span> });
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">
                    <span>{or_unnamed(&line.label)}</span>
                    {note}
                </th>
                {BudgetField::ALL.map(|field| cell(amount_label(field), amount_words(line.amount(field)))).collect_view()}
            </tr>
        }
    };
    let totals = application.totals();
    let total = |label: Word, total: FundingTotal| cell(label, total_words(total));
    let balance = balance_words(application.balance(), w::balanced());
    let within = match application.is_within() {
        Some(false) => w::outside_limits(limits(file)),
        _ => String::new(),
    };
    let shown = view! {
        <section aria-labelledby="budget">
            <h2 id="budget">{w::budget}</h2>
            <table class="money" role="table" aria-labelledby="budget">
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">{w::budget_label}</th>
                        {BudgetField::ALL
                            .map(|field| view! { <th scope="col" role="columnheader">{amount_label(field)}</th> })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">{application.budget.iter().map(line).collect_view()}</tbody>
                <tfoot role="rowgroup">
                    <tr role="row">
                        <th scope="row" role="rowheader">{p::in_all}</th>
                        {total(w::planned, totals.planned)}
                        {total(w::asked, totals.asked)}
                        {total(w::own, totals.own)}
                        {total(w::others, totals.others)}
                    </tr>
                </tfoot>
            </table>
            <p><strong>{balance}</strong></p>
            <p hidden=within.is_empty()><span class="tag late">{within.clone()}</span></p>
            <p class="detail">{p::money_not_zero}</p>
        </section>
    };
    Some(shown.into_any())
}

/// From how much to how much may be asked.
pub fn limits(file: &ApplicationFile) -> String {
    match (file.application.least, file.application.most) {
        (None, None) => String::new(),
        (Some(least), None) => w::at_least(euros(least)),
        (None, Some(most)) => w::at_most(euros(most)),
        (Some(least), Some(most)) => in_a_row([w::at_least(euros(least)), w::at_most(euros(most))]),
    }
}
