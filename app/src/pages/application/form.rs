//! An application to begin or to change.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::application::ApplicationOffers;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::application::{ApplicationStatus, BudgetField, FundingApplication, ReportKind};
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::ids::{ApplicationId, GroupId, LineId};

use super::money::amount_label;
use super::typed::{BUDGET, PARTS, PIECES, PROJECTS, REPORTS, STATUSES, settled, typed_of};
use super::words::{programme_name, report_words, status_words};
use super::{ask_all, ask_application};
use crate::pages::typed::{
    PickOne, Typed, WithWhom, entry_of, error, fields_since, id_of, lay, lines_of, of_line, text,
};
use crate::routes::{ApplicationRoute, Route};
use crate::ui::{
    Chips, Choice, CluesFound, EntryField, FormFrame, Lines, Opened, Problem, Save, TextArea, TextField, load_once,
    when_loaded,
};
use crate::words::{application as w, collective as c, diagnosis as d, form as f, note, programme as p};
use crate::{browser, drafts};

/// The form's code among the drafts.
const FORM: &str = "application";

/// An application to begin.
#[component]
pub fn NewApplicationPage() -> impl IntoView {
    let loaded = load_once(|| async {
        let all = ask_all().await?;
        let empty = FundingApplication::empty(ApplicationId(browser::random_id()));
        let opened = Opened::find(drafts::key(FORM, ""), typed_of(&empty), lay).await;
        Ok((opened, empty, all.groups, all.offers))
    });
    when_loaded(loaded, |found| {
        let (opened, empty, groups, offers) = found.get_untracked();
        let begun = empty.clone();
        let save = move |form: &Typed, draft: DraftKey| {
            let (application, problems) = settled(form, &begun);
            if !problems.is_empty() {
                return Err(problems);
            }
            let then = Route::Application(ApplicationRoute::One(application.id));
            let (application, group) = (Box::new(application), form.group());
            let write = CollectiveWrite::CreateApplication { application, group, draft: Some(draft) };
            Ok(Save { request: Request::WriteCollective(Box::new(write)), then })
        };
        view! {
            <FormFrame
                title=w::new
                way_back=Route::Application(ApplicationRoute::List)
                class="sheet"
                opened=opened
                fields=fields_since
                forget=note::start_again
                save=save
                draw=move |form, problems| {
                    view! {
                        <ApplicationFields
                            form=form
                            problems=problems
                            before=empty
                            groups=groups
                            group=None
                            offers=offers
                        />
                    }
                }
            />
        }
    })
}

/// An application to change.
#[component]
pub fn EditApplicationPage(id: ApplicationId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_application(id).await?;
        let opened = Opened::find(drafts::key(FORM, id), typed_of(&file.application), lay).await;
        Ok((opened, file))
    });
    let there = Route::Application(ApplicationRoute::One(id));
    when_loaded(loaded, move |found| {
        let (opened, file) = found.get_untracked();
        let (before, then) = (file.application.clone(), there.clone());
        let save = move |form: &Typed, draft: DraftKey| {
            let (after, problems) = settled(form, &before);
            if !problems.is_empty() {
                return Err(problems);
            }
            let changes = before.changes_to(&after);
            let write = CollectiveWrite::EditApplication { id, changes, draft: Some(draft) };
            Ok(Save { request: Request::WriteCollective(Box::new(write)), then: then.clone() })
        };
        let group = file.group.as_ref().map(|(group, _)| *group);
        view! {
            <FormFrame
                title=w::edit
                way_back=there.clone()
                class="sheet"
                opened=opened
                fields=fields_since
                forget=f::draft_forget
                save=save
                draw=move |form, problems| {
                    view! {
                        <ApplicationFields
                            form=form
                            problems=problems
                            before=file.application
                            groups=Vec::new()
                            group=group
                            offers=file.offers
                        />
                    }
                }
            />
        }
    })
}

#[component]
fn ApplicationFields(
    form: RwSignal<Typed>,
    problems: RwSignal<Vec<Problem>>,
    before: FundingApplication,
    groups: Vec<(GroupId, String)>,
    group: Option<GroupId>,
    offers: ApplicationOffers,
) -> impl IntoView {
    let before = StoredValue::new(before);
    let offers = StoredValue::new(offers);
    let texts = Memo::new(move |_| {
        let (meant, _) = before.with_value(|before| form.with(|form| settled(form, before)));
        match group.is_some() || form.with(|form| form.group().is_some()) {
            true => meant.texts_in_common(),
            false => meant.texts().into_iter().map(str::to_owned).collect(),
        }
    });
    let field = move |name: &'static str| (text(form, name), error(problems, name));
    let (lead_entry, set_lead) = entry_of(form, "lead_entry".into());
    let ((opens, opens_error), (deadline, deadline_error), (hour, hour_error)) =
        (field("opens"), field("deadline"), field("hour"));
    let ((least, least_error), (most, most_error)) = (field("least"), field("most"));
    view! {
        <TextField id="title" label=w::name hint=w::name_hint text=text(form, "title") error=error(problems, "title") />
        <WithWhom form=form groups=groups />
        <TextField id="funder" label=w::funder optional=true text=text(form, "funder") />
        <TextField id="link" label=w::link hint=w::link_hint optional=true text=text(form, "link") />
        <TextArea id="purpose" label=w::purpose optional=true text=text(form, "purpose") />
        <TextField id="opens" label=w::opens hint=d::date_hint optional=true text=opens error=opens_error />
        <TextField id="deadline" label=w::deadline hint=w::day_hint optional=true text=deadline error=deadline_error />
        <TextField id="hour" label=w::hour hint=w::hour_hint optional=true text=hour error=hour_error />
        <TextField id="least" label=w::least optional=true text=least error=least_error />
        <TextField id="most" label=w::most optional=true text=most error=most_error />
        <Status form=form problems=problems />
        <EntryField
            id="lead"
            label=w::lead_structure
            hint=c::entry_hint
            entry=lead_entry
            set=set_lead
            words=text(form, "lead")
        />
        <section aria-labelledby="parts">
            <h2 id="parts">{w::parts}</h2>
            <Parts form=form problems=problems />
        </section>
        <section aria-labelledby="budget">
            <h2 id="budget">{w::budget}</h2>
            <p class="hint">{p::money_hint}</p>
            <Budget form=form problems=problems />
        </section>
        <section aria-labelledby="pieces">
            <h2 id="pieces">{w::pieces}</h2>
            <Pieces form=form problems=problems />
        </section>
        <section aria-labelledby="reports">
            <h2 id="reports">{w::reports}</h2>
            <Reports form=form problems=problems />
        </section>
        <section aria-labelledby="tied">
            <h2 id="tied">{w::pays_for}</h2>
            <Tied form=form group=group offers=offers />
        </section>
        <TextArea id="note" label=p::note optional=true text=text(form, "note") />
        <TextField id="to_verify" label=p::to_verify optional=true text=text(form, "to_verify") />
        <CluesFound texts=texts written_for=WrittenFor::Project />
    }
}

/// How far it is: handed in when, answered when, for how much or why not.
#[component]
fn Status(form: RwSignal<Typed>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let words = |code: &str| match code {
        "submitted" => w::submitted().to_owned(),
        "granted" => w::granted().to_owned(),
        "refused" => w::refused().to_owned(),
        other => status_words(&ApplicationStatus::parse(other)),
    };
    let words = move |code: &str| if code == "given_up" { w::given_up().to_owned() } else { words(code) };
    let choices = Signal::derive(move || STATUSES.map(|code| Choice::new(code, words(code))).to_vec());
    let chosen = text(form, "status");
    let status = Memo::new(move |_| chosen.value.get());
    let is = move |codes: &'static [&'static str]| status.with(|status| codes.contains(&status.as_str()));
    view! {
        <Chips name="status" legend=|| w::status() choices=choices chosen=chosen.value choose=chosen.set />
        <Show when=move || is(&["submitted", "granted", "refused"])>
            <TextField
                id="submitted"
                label=w::submitted_when
                hint=d::date_hint
                text=text(form, "submitted")
                error=error(problems, "submitted")
            />
        </Show>
        <Show when=move || is(&["granted", "refused"])>
            <TextField
                id="answered"
                label=w::answered_when
                hint=d::date_hint
                text=text(form, "answered")
                error=error(problems, "answered")
            />
        </Show>
        <Show when=move || is(&["granted"])>
            <TextField
                id="granted"
                label=w::granted_amount
                optional=true
                text=text(form, "granted")
                error=error(problems, "granted")
            />
        </Show>
        <Show when=move || is(&["refused", "given_up"])>
            <TextField id="reason" label=w::reason text=text(form, "reason") error=error(problems, "reason") />
        </Show>
    }
}

#[component]
fn Parts(form: RwSignal<Typed>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let (ids, make, drop_line) = lines_of(form, PARTS, "who");
    let draw = move |id: LineId| {
        let at = move |field: &str| of_line(PARTS, id, field);
        let (entry, set) = entry_of(form, at("entry"));
        view! {
            <EntryField
                id=id_of(&at("who"))
                label=w::part_who
                hint=c::entry_hint
                entry=entry
                set=set
                words=text(form, at("who"))
            />
            <TextField id=id_of(&at("does")) label=w::part_does optional=true text=text(form, at("does")) />
            <TextField
                id=id_of(&at("asked"))
                label=w::part_asked
                optional=true
                text=text(form, at("asked"))
                error=error(problems, at("asked"))
            />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::part
            remove=w::part_remove
            add=w::part_add
            add_other=w::part_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

#[component]
fn Budget(form: RwSignal<Typed>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let (ids, make, drop_line) = lines_of(form, BUDGET, "label");
    let draw = move |id: LineId| {
        let at = move |field: &str| of_line(BUDGET, id, field);
        let amount = move |field: BudgetField| {
            let name = at(field.code());
            view! {
                <TextField
                    id=id_of(&name)
                    label=amount_label(field)
                    optional=true
                    text=text(form, name.clone())
                    error=error(problems, &name)
                />
            }
        };
        view! {
            <TextField id=id_of(&at("label")) label=w::budget_label text=text(form, at("label")) />
            {BudgetField::ALL.map(amount).collect_view()}
            <TextField id=id_of(&at("note")) label=p::note optional=true text=text(form, at("note")) />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::budget_line
            remove=w::budget_remove
            add=w::budget_add
            add_other=w::budget_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

#[component]
fn Pieces(form: RwSignal<Typed>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let (ids, make, drop_line) = lines_of(form, PIECES, "what");
    let draw = move |id: LineId| {
        let at = move |field: &str| of_line(PIECES, id, field);
        view! {
            <TextField id=id_of(&at("what")) label=w::piece_what text=text(form, at("what")) />
            <TextField id=id_of(&at("who")) label=w::piece_who optional=true text=text(form, at("who")) />
            <TextField
                id=id_of(&at("due"))
                label=w::due
                hint=w::day_hint
                optional=true
                text=text(form, at("due"))
                error=error(problems, at("due"))
            />
            <TextField
                id=id_of(&at("done_on"))
                label=w::piece_done
                hint=w::day_hint
                optional=true
                text=text(form, at("done_on"))
                error=error(problems, at("done_on"))
            />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::piece
            remove=w::piece_remove
            add=w::piece_add
            add_other=w::piece_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

#[component]
fn Reports(form: RwSignal<Typed>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let (ids, make, drop_line) = lines_of(form, REPORTS, "kind");
    let draw = move |id: LineId| {
        let at = move |field: &str| of_line(REPORTS, id, field);
        form.update_untracked(|form| {
            if form.said(&at("kind")).is_empty() {
                form.say(&at("kind"), ReportKind::Final.code());
            }
        });
        let kinds = Signal::derive(|| {
            ReportKind::ALL.iter().map(|one| Choice::new(one.code(), report_words(one))).collect::<Vec<_>>()
        });
        view! {
            <PickOne form=form name=at("kind") label=w::report_kind choices=kinds />
            <TextField
                id=id_of(&at("due"))
                label=w::due
                hint=w::day_hint
                optional=true
                text=text(form, at("due"))
                error=error(problems, at("due"))
            />
            <TextField
                id=id_of(&at("done_on"))
                label=w::report_done
                hint=w::day_hint
                optional=true
                text=text(form, at("done_on"))
                error=error(problems, at("done_on"))
            />
            <TextField id=id_of(&at("note")) label=p::note optional=true text=text(form, at("note")) />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::report
            remove=w::report_remove
            add=w::report_add
            add_other=w::report_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

/// The projects that it pays for, and the programme that it is part of: of a group, only what is of that group.
#[component]
fn Tied(form: RwSignal<Typed>, group: Option<GroupId>, offers: StoredValue<ApplicationOffers>) -> impl IntoView {
    let (ids, make, drop_line) = lines_of(form, PROJECTS, "project");
    let of = Memo::new(move |_| group.or_else(|| form.with(Typed::group)));
    let fits = move |whose: &Option<GroupId>| of.get().is_none_or(|group| *whose == Some(group));
    let programmes = Signal::derive(move || {
        let offered = offers.with_value(|offers| {
            let here = offers.programmes.iter().filter(|(.., whose)| fits(whose));
            here.map(|(id, year, title, _)| Choice::new(id.to_string(), programme_name(*year, title)))
                .collect::<Vec<_>>()
        });
        std::iter::once(Choice::new("", w::no_programme())).chain(offered).collect::<Vec<_>>()
    });
    let draw = move |id: LineId| {
        let projects = Signal::derive(move || {
            let offered = offers.with_value(|offers| {
                let here = offers.projects.iter().filter(|(.., whose)| fits(whose));
                here.map(|(id, title, _)| Choice::new(id.to_string(), title.clone())).collect::<Vec<_>>()
            });
            std::iter::once(Choice::new("", d::choose())).chain(offered).collect::<Vec<_>>()
        });
        view! { <PickOne form=form name=of_line(PROJECTS, id, "project") label=w::project choices=projects /> }
    };
    view! {
        <PickOne form=form name="programme".into() label=w::programme choices=programmes />
        <Lines
            ids=ids
            legend=w::project
            remove=w::project_remove
            add=w::project_add
            add_other=w::project_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}
