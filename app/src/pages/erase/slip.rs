//! What is destroyed, counted by kind and year without a name: to print, have signed, and keep for the archives.

use leptos::prelude::*;
use maillon_shared::api::responses::{EliminationSlip, SlipRow, TimelineKind};

use crate::ui::{OnPaper, Paper, PrintButton};
use crate::when;
use crate::words::{erase as w, meeting, procedures};

/// A slip as it is printed, and the button that prints it.
#[component]
pub fn Slip(slip: EliminationSlip) -> impl IntoView {
    let EliminationSlip { made_on, people, notes, rows } = slip;
    let row = |SlipRow { kind, year, count }| {
        view! {
            <tr>
                <th scope="row">{move || kind_words(kind)}</th>
                <td>{year}</td>
                <td class="figure">{count}</td>
            </tr>
        }
    };
    view! {
        <section class="slip" aria-labelledby="slip">
            <h2 id="slip">{w::slip}</h2>
            <OnPaper paper=Paper::NamesNobody />
            <p>{move || w::slip_of(when::whole_date(made_on))}</p>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{w::kind}</th>
                        <th scope="col">{w::year}</th>
                        <th scope="col">{w::count}</th>
                    </tr>
                </thead>
                <tbody>
                    <tr>
                        <th scope="row">{w::people}</th>
                        <td></td>
                        <td class="figure">{people}</td>
                    </tr>
                    {rows.into_iter().map(row).collect_view()}
                    <tr>
                        <th scope="row">{w::notes}</th>
                        <td></td>
                        <td class="figure">{notes}</td>
                    </tr>
                </tbody>
            </table>
            <p class="print-only">{w::visa}</p>
        </section>
        <PrintButton label=w::print />
    }
}

/// The name of a kind of record.
pub fn kind_words(kind: TimelineKind) -> &'static str {
    match kind {
        TimelineKind::Encounter => w::encounters(),
        TimelineKind::Request => w::requests(),
        TimelineKind::Reported => w::reported(),
        TimelineKind::FollowUp => w::follow_ups(),
        TimelineKind::Entry => w::entries(),
        TimelineKind::Disclosure => w::disclosures(),
        TimelineKind::Assessment => w::assessments(),
        TimelineKind::Call => w::calls(),
        TimelineKind::Alert => w::alerts(),
        TimelineKind::Account => w::accounts(),
        TimelineKind::Project => w::projects(),
        TimelineKind::Stay => w::stays(),
        TimelineKind::Meeting => meeting::meetings(),
        TimelineKind::Sheet => w::sheets(),
        TimelineKind::Procedure => procedures::runs(),
        TimelineKind::Circle => w::circle(),
    }
}
