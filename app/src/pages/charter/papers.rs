//! The two papers of a charter: the one that is signed, and the final report. Before either is printed it is looked through: what
//! names someone who is accompanied stops it.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::charter::CharterFile;
use maillon_shared::domain::charter::{Commitment, CommitmentState, Moment, PostCharter, ReportSection, Signatory};
use maillon_shared::domain::clues::{Clue, Weight, WrittenFor};
use maillon_shared::domain::ids::{CharterId, LineId};

use super::answers::compared;
use super::ask_charter;
use super::one::{decision, place_words, points};
use super::words::{asked_words, kind_words, moment_words, signatory_words, signing_words, whole_day_words};
use crate::pages::roadmap::words::or_unnamed;
use crate::routes::{CharterRoute, Route};
use crate::ui::clues::ask;
use crate::ui::{Back, ClueList, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{Word, charter as w, in_a_row};

/// What a paper is made of.
#[derive(Clone, PartialEq)]
struct Shown {
    file: CharterFile,
    texts: Vec<String>,
    clues: Vec<Clue>,
}

async fn looked_through(id: CharterId) -> Result<Shown, Failure> {
    let file = ask_charter(id).await?;
    // Whatever is on either paper, and whoever signs as the directory calls them.
    let named = file.names.iter().map(|(_, name)| name.clone());
    let texts: Vec<String> = file.charter.words().into_iter().chain(named).collect();
    let clues = ask(texts.clone(), WrittenFor::Project).await?;
    Ok(Shown { file, texts, clues })
}

/// The charter, to be signed.
#[component]
pub fn CharterPaper(id: CharterId) -> impl IntoView {
    paper(id, w::paper, Paper::SpeaksForItself, w::print_paper, to_be_signed)
}

/// The final report.
#[component]
pub fn FinalReport(id: CharterId) -> impl IntoView {
    paper(id, w::report, Paper::NamesNobody, w::print_report, final_report)
}

fn paper(id: CharterId, title: Word, paper: Paper, print: Word, drawn: fn(&CharterFile) -> AnyView) -> AnyView {
    let loaded = load(move || looked_through(id));
    let shown = move |shown: RwSignal<Shown>| {
        let stopped =
            Memo::new(move |_| shown.with(|shown| shown.clues.iter().any(|clue| clue.weight == Weight::Must)));
        let clues = Signal::derive(move || {
            shown.with(|shown| {
                let text = |clue: &Clue| shown.texts.get(usize::from(clue.text)).cloned().unwrap_or_default();
                shown.clues.iter().map(|clue| (clue.clone(), text(clue))).collect::<Vec<_>>()
            })
        });
        view! {
            <article class="programme charter">
                <Title>{title}</Title>
                <OnPaper paper=paper />
                <ClueList clues=clues written_for=WrittenFor::Project />
                <p class="state-note unprinted" role="status" hidden=move || !stopped.get()>
                    {w::names_someone}
                </p>
                // The title and the commune are typed too: none of it is printed while it names someone.
                <div class:unprinted=move || stopped.get()>
                    <p class="charter-title">
                        <strong>{move || shown.with(|shown| or_unnamed(&shown.file.charter.about.title))}</strong>
                    </p>
                    <p class="detail">{move || shown.with(|shown| place_words(&shown.file))}</p>
                    {move || shown.with(|shown| drawn(&shown.file))}
                </div>
                <p class="acts unprinted" hidden=move || stopped.get()>
                    <PrintButton label=print class="main" />
                </p>
            </article>
        }
    };
    view! {
        <Back to=Route::Charter(CharterRoute::One(id)) label=w::title_one />
        {when_loaded(loaded, shown)}
    }
    .into_any()
}

/// What each promises on the paper, then what all do together. Whoever withdrew or was taken away signs nothing, and what is no
/// longer asked is promised by nobody.
fn promised(charter: &PostCharter) -> Vec<(Option<LineId>, Vec<&Commitment>)> {
    let signing = charter.signatories.iter().filter(|one| one.withdrew_on.is_none()).map(|one| Some(one.id));
    let is_asked = |one: &&Commitment| !matches!(one.state, CommitmentState::NoLongerAsked(_));
    let of = |signatory| (signatory, charter.commitments_of(signatory).filter(is_asked).collect::<Vec<_>>());
    signing.chain([None]).map(of).filter(|(_, all)| !all.is_empty()).collect()
}

/// What is agreed on, and where each signs.
fn to_be_signed(file: &CharterFile) -> AnyView {
    let charter = &file.charter;
    let aim = charter.about.aim.trim().to_owned();
    let aim = (!aim.is_empty()).then(|| view! { <section><h2>{w::aim}</h2><p class="prose">{aim}</p></section> });
    let commitment = |one: &Commitment| {
        let due = one.due.map(|day| w::by_day(whole_day_words(day))).unwrap_or_default();
        view! { <li class="plain">{in_a_row([or_unnamed(&one.text), due])}</li> }
    };
    let list = |name: String, all: Vec<&Commitment>| {
        let rows = all.into_iter().map(commitment).collect_view();
        view! { <h3>{name}</h3> <ul class="rows">{rows}</ul> }.into_any()
    };
    let promised = promised(charter).into_iter();
    let commitments: Vec<AnyView> =
        promised.map(|(signatory, all)| list(signatory_words(file, signatory), all)).collect();
    let no_commitment = commitments.is_empty();
    let open = charter.questions.iter().filter(|question| question.closed_on.is_none());
    let asked = open.map(|question| {
        let words = in_a_row([or_unnamed(&question.text), asked_words(&question.asked)]);
        view! { <li class="plain">{words}</li> }.into_any()
    });
    let questions: Vec<AnyView> = asked.collect();
    let no_question = questions.is_empty();
    let days = Moment::POINTS.map(|moment| {
        // A day that nobody chose moves by itself with the days off: it is proposed, and not agreed.
        let day = match (charter.point(moment).planned, file.day_of(moment)) {
            (Some(day), _) => whole_day_words(day),
            (None, Some(day)) => w::proposed(whole_day_words(day)),
            (None, None) => w::no_begin().to_owned(),
        };
        view! { <li class="plain">{in_a_row([moment_words(moment).to_owned(), day])}</li> }
    });
    let seat = |one: &Signatory| {
        view! {
            <tr>
                <th scope="row">{in_a_row([signatory_words(file, Some(one.id)), kind_words(&one.kind)])}</th>
                <td>{signing_words(one)}</td>
                <td class="signature"></td>
            </tr>
        }
        .into_any()
    };
    let seats: Vec<AnyView> = charter.signatories.iter().filter(|one| one.withdrew_on.is_none()).map(seat).collect();
    view! {
        {aim}
        <section hidden=no_commitment>
            <h2>{w::commitments}</h2>
            {commitments}
        </section>
        <section hidden=no_question>
            <h2>{w::questions}</h2>
            <p class="detail">{w::questions_lead}</p>
            <ul class="rows">{questions}</ul>
        </section>
        <section>
            <h2>{w::points}</h2>
            <ul class="rows">{days.into_iter().collect_view()}</ul>
        </section>
        <p>{w::measures_nobody}</p>
        <section>
            <h2>{w::signatures}</h2>
            <table class="charter-seats">
                <thead>
                    <tr>
                        <th scope="col">{w::signatory}</th>
                        <th scope="col">{w::signed_on}</th>
                        <th scope="col">{w::signature}</th>
                    </tr>
                </thead>
                <tbody>{seats}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// What was written by hand, with the figures beside; then what was decided.
fn final_report(file: &CharterFile) -> AnyView {
    let section = |one: &ReportSection| {
        let words = one.words.trim().to_owned();
        let is_bare = words.is_empty();
        view! {
            <section class:unprinted=is_bare>
                <h2>{or_unnamed(&one.title)}</h2>
                <p class="prose" hidden=is_bare>{words}</p>
                <p class="empty" hidden=!is_bare>{w::not_written}</p>
            </section>
        }
    };
    let figures = compared(file);
    let no_figure = figures.is_none();
    view! {
        {file.charter.sections.iter().map(section).collect_view()}
        <section>
            <h2>{w::figures}</h2>
            <p class="detail">{w::figures_lead}</p>
            <p class="empty" hidden=!no_figure>{w::no_figure}</p>
            {figures}
        </section>
        {points(file, true)}
        {decision(file)}
        <p>{w::measures_nobody}</p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::charter::Line;
    use maillon_shared::domain::time::PartialDate;

    use super::*;

    #[test]
    fn the_paper_says_what_those_who_sign_it_promise_and_nothing_else() {
        let line = |n: u8| LineId([n; 16]);
        let mut charter = PostCharter::empty(CharterId([9; 16]));
        charter.signatories.push(Signatory::empty(line(1)));
        charter.signatories.push(Signatory { withdrew_on: PartialDate::parse("2026"), ..Signatory::empty(line(2)) });
        for (n, of) in [(11, Some(line(1))), (12, Some(line(2))), (13, Some(line(3))), (14, None)] {
            charter.commitments.push(Commitment { of, ..Commitment::empty(line(n)) });
        }
        let state = CommitmentState::NoLongerAsked("plus utile".into());
        charter.commitments.push(Commitment { state, ..Commitment::empty(line(15)) });
        let told = promised(&charter).into_iter().map(|(_, all)| all.into_iter().map(|one| one.id).collect::<Vec<_>>());
        assert_eq!(told.collect::<Vec<_>>(), [vec![line(11)], vec![line(14)]]);
    }
}
