//! The money of a programme: its lines in the form, and what is read of it. An empty field is that nobody knows.

use leptos::prelude::*;
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::programme::{
    AmountField, AnnualProgramme, Funding, FundingField, FundingState, FundingTotal,
};

use super::draft::{ProgrammeForm, amount};
use super::fields::{problem, typed};
use super::lines::line_text;
use super::words::{amount_words, funding_words, or_unnamed, total_words};
use crate::browser;
use crate::ui::{Chips, Choice, Lines, Problem, TextField};
use crate::words::{Word, programme as w};

/// What an amount is called.
pub fn amount_label(field: AmountField) -> Word {
    match field {
        AmountField::Planned => w::planned,
        AmountField::Granted => w::granted,
        AmountField::Spent => w::spent,
    }
}

/// The field of an amount, in the page.
pub fn amount_id(id: LineId, field: AmountField) -> String {
    format!("money-{id}-{}", field.code())
}

/// The lines of money.
#[component]
pub fn Money(form: RwSignal<ProgrammeForm>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let ids =
        Memo::new(move |_| form.with(|form| form.programme.funding.iter().map(|line| line.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.programme.funding.push(Funding::empty(id)));
        format!("money-{id}")
    });
    let drop_line = Callback::new(move |id| {
        form.update(|form| {
            form.programme.funding.retain(|line| line.id != id);
            AmountField::ALL.iter().for_each(|field| form.say(&amount(id, *field), String::new()));
        });
    });
    let draw = move |id: LineId| {
        let find = move |form: &ProgrammeForm| {
            let line = form.programme.funding.iter().find(|line| line.id == id);
            line.map(|line| line.state.code().to_owned()).unwrap_or_default()
        };
        let state = Signal::derive(move || form.with(find));
        let set_state = Callback::new(move |code: String| {
            form.update(|form| {
                if let Some(line) = form.programme.funding.iter_mut().find(|line| line.id == id) {
                    line.state = FundingState::from_code(&code);
                }
            });
        });
        let states = Signal::derive(|| {
            FundingState::ALL.iter().map(|one| Choice::new(one.code(), funding_words(one))).collect::<Vec<_>>()
        });
        let of_amount = move |field: AmountField| {
            let there = amount_id(id, field);
            let error = problem(problems, there.clone());
            view! {
                <TextField
                    id=there
                    label=amount_label(field)
                    optional=true
                    text=typed(form, amount(id, field))
                    error=error
                />
            }
        };
        view! {
            <TextField
                id=format!("money-{id}")
                label=w::source
                hint=w::source_hint
                text=line_text!(form, funding, id, FundingField::Source)
            />
            <Chips
                name=format!("money-{id}-state")
                legend=|| w::state()
                choices=states
                chosen=state
                choose=set_state
            />
            {AmountField::ALL.map(of_amount).collect_view()}
            <TextField
                id=format!("money-{id}-note")
                label=w::note
                optional=true
                text=line_text!(form, funding, id, FundingField::Note)
            />
        }
    };
    view! {
        <p class="hint">{w::money_hint}</p>
        <Lines
            ids=ids
            legend=w::money_line
            remove=w::money_remove
            add=w::money_add
            add_other=w::money_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

/// What a cell of the table says.
fn cell_words(line: &Funding, field: AmountField) -> String {
    amount_words(line.counted(field))
}

/// The money, as a table whose cells stand under each other where there is no room beside. A style that does so has browsers
/// forget that it is a table: it is said.
pub fn money_table(programme: &AnnualProgramme) -> Option<AnyView> {
    if programme.funding.is_empty() {
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
    let line = |line: &Funding| {
        let amount = |field: AmountField| cell(amount_label(field), cell_words(line, field));
        let note = line.note.trim().to_owned();
        let note = (!note.is_empty()).then(|| view! { <span class="why">{note}</span> });
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">
                    <span>{or_unnamed(&line.source)}</span>
                    {note}
                </th>
                {cell(w::state, funding_words(&line.state))}
                {AmountField::ALL.map(amount).collect_view()}
            </tr>
        }
    };
    let totals = programme.funding_totals();
    let total = |label: Word, total: FundingTotal| cell(label, total_words(total));
    let shown = view! {
        <section aria-labelledby="money">
            <h2 id="money">{w::money}</h2>
            <table class="money" role="table" aria-labelledby="money">
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">{w::source}</th>
                        <th scope="col" role="columnheader">{w::state}</th>
                        {AmountField::ALL
                            .map(|field| view! { <th scope="col" role="columnheader">{amount_label(field)}</th> })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">{programme.funding.iter().map(line).collect_view()}</tbody>
                <tfoot role="rowgroup">
                    <tr role="row">
                        <th scope="row" role="rowheader">{w::in_all}</th>
                        <td class="no-state" role="cell"></td>
                        {total(w::planned, totals.planned)}
                        {total(w::granted, totals.granted)}
                        {total(w::spent, totals.spent)}
                    </tr>
                </tfoot>
            </table>
            <p class="detail">{w::money_not_zero}</p>
        </section>
    };
    Some(shown.into_any())
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::programme::Cents;

    use super::*;

    #[test]
    fn a_line_says_what_the_sums_count() {
        let mut line = Funding { planned: None, spent: Some(Cents(500)), ..Funding::empty(LineId([1; 16])) };
        assert_eq!(cell_words(&line, AmountField::Granted), amount_words(None));
        line.state = FundingState::Refused;
        assert_eq!(cell_words(&line, AmountField::Planned), amount_words(None));
        assert_eq!(cell_words(&line, AmountField::Granted), amount_words(Some(Cents(0))), "it was refused");
        assert_eq!(cell_words(&line, AmountField::Spent), amount_words(Some(Cents(500))), "it says otherwise");
    }
}
