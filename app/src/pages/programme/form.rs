//! A programme to begin, to begin from the year before, or to change.

use std::collections::BTreeMap;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::programme::{ItemOffer, ProgrammeFile};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::ids::{GroupId, LineId, ProgrammeId};
use maillon_shared::domain::programme::{AmountField, AnnualProgramme, ProgrammeField, ProgrammeItem, ProgrammeStatus};
use maillon_shared::domain::programme_calendar::ends_before;

use super::draft::{
    ADOPTED, BY, CLOSED, LEARNT, ProgrammeForm, STATUS, STATUSES, YEAR, fields_since, lay, of_line, settled,
};
use super::fields::{DateParts, problem, typed};
use super::items::{Items, reason_id, what_id};
use super::lines::{Axes, Communes, Partners};
use super::money::{Money, amount_id};
use super::{ask_all, ask_programme};
use crate::routes::{ProgrammeRoute, Route};
use crate::ui::{
    Chips, Choice, CluesFound, FormFrame, InputKind, Opened, Problem, Save, Text, TextArea, TextField, load_once,
    when_loaded,
};
use crate::words::{Word, collective as c, events as e, form as f, note, programme as w};
use crate::{browser, drafts};

/// The form's codes among the drafts.
const FORM: &str = "programme";
const NEXT: &str = "programme-next";
const TITLE: &str = "title";
/// The code of what is one's own alone.
const NONE: &str = "none";

/// What the form offers besides the programme.
#[derive(Clone, PartialEq)]
struct Offers {
    groups: Vec<(GroupId, String)>,
    items: Vec<ItemOffer>,
    /// What its items are called where they are shown, by what is written of them.
    titles: BTreeMap<String, String>,
}

impl Offers {
    fn of(file: &ProgrammeFile) -> Self {
        let shown = |item: &ProgrammeItem| file.items.iter().find(|shown| shown.item == item.id);
        let named = |item: &ProgrammeItem| Some((item.is.target(), shown(item)?.title.clone()));
        let titles = file.programme.items.iter().filter(|item| item.action().is_none()).filter_map(named);
        let titles = titles.filter(|(_, title)| !title.is_empty()).collect();
        Offers { groups: Vec::new(), items: file.offers.clone(), titles }
    }
}

/// A programme to begin.
#[component]
pub fn NewProgrammePage() -> impl IntoView {
    let loaded = load_once(|| async {
        let all = ask_all().await?;
        let year = chrono::Datelike::year(&browser::today());
        let begun = ProgrammeForm::of(AnnualProgramme::empty(ProgrammeId(browser::random_id()), year));
        let opened = Opened::find(drafts::key(FORM, ""), begun, lay).await;
        Ok((opened, Offers { groups: all.groups, items: all.offers, titles: BTreeMap::new() }))
    });
    when_loaded(loaded, |found| {
        let (opened, offers) = found.get_untracked();
        begin(w::new, Route::Programme(ProgrammeRoute::List), opened, offers)
    })
}

/// The next year's programme, to begin from this one: what lasts, and what is still to be done.
#[component]
pub fn NextProgrammePage(of: ProgrammeId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_programme(of).await?;
        let is_to_do =
            |item: &ProgrammeItem| file.items.iter().any(|shown| shown.item == item.id && !shown.state.is_over());
        let id = ProgrammeId(browser::random_id());
        let next = file.programme.for_year(id, file.programme.year.saturating_add(1), is_to_do);
        let group = file.group.as_ref().map(|(group, _)| *group);
        let begun = ProgrammeForm { group, ..ProgrammeForm::of(next) };
        let opened = Opened::find(drafts::key(NEXT, of), begun, lay).await;
        Ok((opened, Offers::of(&file)))
    });
    when_loaded(loaded, move |found| {
        let (opened, offers) = found.get_untracked();
        begin(w::next, Route::Programme(ProgrammeRoute::One(of)), opened, offers)
    })
}

fn begin(title: Word, way_back: Route, opened: Opened<ProgrammeForm>, offers: Offers) -> AnyView {
    let before = opened.before.programme.clone();
    let save = move |form: &ProgrammeForm, draft: DraftKey| {
        checked(form, &before)?;
        let programme = settled(form);
        let then = Route::Programme(ProgrammeRoute::One(programme.id));
        let (programme, draft) = (Box::new(programme), Some(draft));
        let write = CollectiveWrite::CreateProgramme { programme, group: form.group, draft };
        Ok(Save { request: Request::WriteCollective(Box::new(write)), then })
    };
    view! {
        <FormFrame
            title=title
            way_back=way_back
            class="sheet"
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=move |form, problems| view! { <ProgrammeFields form=form problems=problems offers=offers /> }
        />
    }
    .into_any()
}

/// A programme to change.
#[component]
pub fn EditProgrammePage(id: ProgrammeId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_programme(id).await?;
        let group = file.group.as_ref().map(|(group, _)| *group);
        let offers = Offers::of(&file);
        let form = ProgrammeForm { group, ..ProgrammeForm::of(file.programme) };
        let opened = Opened::find(drafts::key(FORM, id), form, lay).await;
        Ok((opened, offers))
    });
    let there = Route::Programme(ProgrammeRoute::One(id));
    when_loaded(loaded, move |found| {
        let (opened, offers) = found.get_untracked();
        let before = opened.before.programme.clone();
        let then = there.clone();
        let save = move |form: &ProgrammeForm, draft: DraftKey| {
            checked(form, &before)?;
            let changes = before.changes_to(&settled(form));
            let write = CollectiveWrite::EditProgramme { id, changes, draft: Some(draft) };
            Ok(Save { request: Request::WriteCollective(Box::new(write)), then: then.clone() })
        };
        view! {
            <FormFrame
                title=w::edit
                way_back=there.clone()
                class="sheet"
                opened=opened
                fields=fields_since
                forget=f::draft_forget
                save=save
                draw=move |form, problems| view! { <ProgrammeFields form=form problems=problems offers=offers /> }
            />
        }
    })
}

fn checked(form: &ProgrammeForm, before: &AnnualProgramme) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    let mut wrong = |field: String, words: &str| problems.push(Problem { field, words: words.into() });
    if form.programme.title.trim().is_empty() {
        wrong(TITLE.into(), w::needs_title());
    }
    if form.year().is_none() {
        wrong(YEAR.into(), e::wrong_year());
    }
    let status = form.said(STATUS);
    // By whom it was adopted is written with when, or is not written at all.
    let is_adopted = status == "adopted" || !form.said(BY).trim().is_empty();
    for (name, is_needed, words) in
        [(ADOPTED, is_adopted, w::needs_adopted as Word), (CLOSED, status == "closed", w::needs_closed)]
    {
        match form.date(name) {
            _ if !matches!(status, "adopted" | "closed") => {}
            None => wrong(name.into(), w::wrong_date()),
            Some(None) if is_needed => wrong(name.into(), words()),
            Some(_) => {}
        }
    }
    if status == "closed" && form.said(LEARNT).trim().is_empty() {
        wrong(LEARNT.into(), w::needs_learnt());
    }
    for line in &form.programme.funding {
        for field in AmountField::ALL.into_iter().filter(|field| form.amount(line.id, *field).is_none()) {
            wrong(amount_id(line.id, field), w::wrong_amount());
        }
    }
    let meant = settled(form);
    let was_there = |id: LineId| before.items.iter().any(|line| line.id == id);
    for line in form.programme.items.iter().filter(|line| line.action().is_some()) {
        let id = line.id;
        let typed = |what: &str| form.said(&of_line(what, id)).trim();
        let kept = meant.items.iter().find(|kept| kept.id == id);
        let is_said = kept.is_some() || ["from", "until", "reason"].iter().any(|what| !typed(what).is_empty());
        // A line that nobody filled is left out; one that was there is taken away where someone says so.
        if !is_said && !was_there(id) {
            continue;
        }
        let [from, until] = ["from", "until"].map(|what| form.date(&of_line(what, id)));
        for (what, date) in [("from", from), ("until", until)] {
            if date.is_none() {
                wrong(format!("{what}-{id}"), w::wrong_date());
            }
        }
        if until.flatten().is_some_and(|until| ends_before(until, from.flatten())) {
            wrong(format!("until-{id}"), w::until_before());
        }
        if typed("what").is_empty() {
            wrong(what_id(id), w::needs_what());
        }
        if typed("state") == "dropped" && typed("reason").is_empty() {
            wrong(reason_id(id), w::needs_reason());
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

#[component]
fn ProgrammeFields(form: RwSignal<ProgrammeForm>, problems: RwSignal<Vec<Problem>>, offers: Offers) -> impl IntoView {
    let text = move |field: ProgrammeField| {
        Text::within(
            form,
            move |form: &ProgrammeForm| form.programme.text(field).to_owned(),
            move |form: &mut ProgrammeForm, text| *form.programme.text_mut(field) = text,
        )
    };
    let texts = Memo::new(move |_| {
        form.with(|form| match form.group {
            Some(_) => settled(form).texts_in_common(),
            None => settled(form).texts().into_iter().map(str::to_owned).collect(),
        })
    });
    let Offers { groups, items, titles } = offers;
    let (items, titles) = (StoredValue::new(items), StoredValue::new(titles));
    view! {
        <TextField
            id=TITLE
            label=w::name
            hint=w::name_hint
            text=text(ProgrammeField::Title)
            error=problem(problems, TITLE.into())
        />
        <TextField
            id=YEAR
            label=c::year
            kind=InputKind::Figures
            text=typed(form, YEAR.into())
            error=problem(problems, YEAR.into())
        />
        <WithWhom form=form groups=groups />
        <TextArea id="aim" label=w::aim optional=true text=text(ProgrammeField::Aim) />
        <Status form=form problems=problems />
        <section aria-labelledby="axes">
            <h2 id="axes">{w::axes}</h2>
            <Axes form=form />
        </section>
        <section aria-labelledby="communes">
            <h2 id="communes">{w::communes}</h2>
            <Communes form=form />
        </section>
        <section aria-labelledby="items">
            <h2 id="items">{w::items}</h2>
            <Items form=form problems=problems offers=items titles=titles />
        </section>
        <section aria-labelledby="partners">
            <h2 id="partners">{c::partners}</h2>
            <Partners form=form />
        </section>
        <section aria-labelledby="money">
            <h2 id="money">{w::money}</h2>
            <Money form=form problems=problems />
        </section>
        <CluesFound texts=texts written_for=WrittenFor::Project />
    }
}

/// With whom it is common, where it is chosen: at its beginning.
#[component]
fn WithWhom(form: RwSignal<ProgrammeForm>, groups: Vec<(GroupId, String)>) -> impl IntoView {
    let no_group = groups.is_empty();
    let choices = Signal::derive(move || {
        let others = groups.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone()));
        std::iter::once(Choice::new(NONE, e::mine())).chain(others).collect::<Vec<_>>()
    });
    let group =
        Signal::derive(move || form.with(|form| form.group.map_or_else(|| NONE.to_owned(), |id| id.to_string())));
    let set_group = Callback::new(move |id: String| form.update(|form| form.group = GroupId::parse(&id)));
    view! {
        <Show when=move || !no_group>
            <Chips name="group" legend=|| e::with_whom() choices=choices chosen=group choose=set_group />
        </Show>
    }
}

/// How far it is: adopted when and by whom, closed with what was learnt.
#[component]
fn Status(form: RwSignal<ProgrammeForm>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let words = |code: &str| match code {
        "adopted" => w::adopted().to_owned(),
        "closed" => w::closed().to_owned(),
        _ => super::words::status_words(&ProgrammeStatus::Draft),
    };
    let choices = Signal::derive(move || STATUSES.map(|code| Choice::new(code, words(code))).to_vec());
    let chosen = typed(form, STATUS.into());
    let status = Memo::new(move |_| chosen.value.get());
    let was_adopted = Memo::new(move |_| status.with(|status| matches!(status.as_str(), "adopted" | "closed")));
    let is_closed = Memo::new(move |_| status.with(|status| status == "closed"));
    view! {
        <Chips name=STATUS legend=|| w::status() choices=choices chosen=chosen.value choose=chosen.set />
        <Show when=move || was_adopted.get()>
            <DateParts form=form name=ADOPTED.into() legend=w::adopted_when problems=problems />
            <TextField id=BY label=w::adopted_by optional=true text=typed(form, BY.into()) />
        </Show>
        <Show when=move || is_closed.get()>
            <DateParts form=form name=CLOSED.into() legend=w::closed_when problems=problems />
            <TextArea
                id=LEARNT
                label=c::learnt
                text=typed(form, LEARNT.into())
                error=problem(problems, LEARNT.into())
            />
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::programme::{ActionInWords, Funding, ItemIs, ProgrammeItem};

    use super::super::draft::amount;
    use super::*;

    const WALK: LineId = LineId([3; 16]);
    const MONEY: LineId = LineId([2; 16]);

    fn form() -> ProgrammeForm {
        let mut programme = AnnualProgramme::empty(ProgrammeId([1; 16]), 2026);
        programme.title = "Programmation".into();
        programme.funding.push(Funding { source: "ARS".into(), ..Funding::empty(MONEY) });
        let walk = ActionInWords { what: "Marcher".into(), ..ActionInWords::default() };
        programme.items.push(ProgrammeItem { is: ItemIs::Words(walk), ..ProgrammeItem::empty(WALK) });
        ProgrammeForm::of(programme)
    }

    #[test]
    fn what_is_to_be_mended_is_told_where_it_is() {
        let check = |change: &dyn Fn(&mut ProgrammeForm), expected: &[String]| {
            let mut form = form();
            let before = form.programme.clone();
            change(&mut form);
            let problems = checked(&form, &before).err().unwrap_or_default();
            let fields: Vec<String> = problems.into_iter().map(|problem| problem.field).collect();
            assert_eq!(fields, expected);
        };
        let say = |name: &str, text: &str| {
            let (name, text) = (name.to_owned(), text.to_owned());
            move |form: &mut ProgrammeForm| form.say(&name, text.clone())
        };
        check(&|_| {}, &[]);
        check(&|form| form.programme.title.clear(), &[TITLE.into()]);
        check(&say(YEAR, "26"), &[YEAR.into()]);
        check(&say(STATUS, "adopted"), &[ADOPTED.into()]);
        check(&say(STATUS, "closed"), &[CLOSED.into(), LEARNT.into()]);
        let granted = amount(MONEY, AmountField::Granted);
        check(&say(&granted, "mille"), &[amount_id(MONEY, AmountField::Granted)]);
        check(&say(&granted, ""), &[]);
        check(&say(&of_line("until", WALK), "31/2/2026"), &[format!("until-{WALK}")]);
        check(&say(&of_line("state", WALK), "dropped"), &[reason_id(WALK)]);
        let all = |changes: &[(&str, &str)]| {
            let changes: Vec<_> = changes.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
            move |form: &mut ProgrammeForm| changes.iter().for_each(|(name, text)| form.say(name, text.clone()))
        };
        let closed = [(STATUS, "closed"), (CLOSED, "//2026"), (LEARNT, "x")];
        check(&all(&closed), &[]);
        check(&all(&[&closed[..], &[(BY, "le conseil municipal")]].concat()), &[ADOPTED.into()]);
        let (from, until) = (of_line("from", WALK), of_line("until", WALK));
        check(&all(&[(&from, "/6/2026"), (&until, "/3/2026")]), &[format!("until-{WALK}")]);
        check(&all(&[(&from, "18/6/2026"), (&until, "/6/2026")]), &[]);
    }

    #[test]
    fn a_line_is_left_out_only_where_nothing_was_ever_said_in_it() {
        let fields = |form: &ProgrammeForm, before: &AnnualProgramme| -> Vec<String> {
            checked(form, before).err().unwrap_or_default().into_iter().map(|problem| problem.field).collect()
        };
        let opened = form();
        let emptied = |form: &mut ProgrammeForm| {
            form.programme.items[0].is = ItemIs::parse("");
            form.say(&of_line("what", WALK), String::new());
        };
        let mut form = opened.clone();
        emptied(&mut form);
        assert_eq!(fields(&form, &opened.programme), [what_id(WALK)], "it was there, and nobody took it away");
        let mut before = opened.programme.clone();
        before.items.clear();
        assert!(fields(&form, &before).is_empty(), "a line that nobody filled");
        form.say(&of_line("until", WALK), "31/2/2026".into());
        assert_eq!(fields(&form, &before), [format!("until-{WALK}"), what_id(WALK)], "half filled");
        form.say(&of_line("until", WALK), String::new());
        form.programme.items[0].carrier = "Zoé".into();
        assert_eq!(fields(&form, &before), [what_id(WALK)]);
    }
}
