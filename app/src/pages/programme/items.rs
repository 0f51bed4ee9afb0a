//! The items of a programme's form: which project or event, or an action in words; its axis, and who carries it.

use std::collections::BTreeMap;

use leptos::prelude::*;
use maillon_shared::api::collective::CommonTarget;
use maillon_shared::api::programme::ItemOffer;
use maillon_shared::domain::ids::{EntryId, LineId};
use maillon_shared::domain::programme::{ActionState, ItemField, ItemIs, ProgrammeItem};

use super::draft::{ProgrammeForm, STATES, of_line};
use super::fields::{DateParts, Pick, problem, typed};
use super::lines::line_text;
use super::words::{action_words, or_unnamed};
use crate::browser;
use crate::ui::{Chips, Choice, EntryField, Lines, Problem, TextField};
use crate::words::{collective as c, events as e, exchanges, in_a_row, programme as w};

/// The field of what an action is, in the page.
pub fn what_id(id: LineId) -> String {
    format!("item-{id}-what")
}

/// The field of why it was dropped.
pub fn reason_id(id: LineId) -> String {
    format!("item-{id}-reason")
}

fn item(form: &ProgrammeForm, id: LineId) -> Option<&ProgrammeItem> {
    form.programme.items.iter().find(|line| line.id == id)
}

/// What is on the programme.
#[component]
pub fn Items(
    form: RwSignal<ProgrammeForm>,
    problems: RwSignal<Vec<Problem>>,
    offers: StoredValue<Vec<ItemOffer>>,
    titles: StoredValue<BTreeMap<String, String>>,
) -> impl IntoView {
    let ids = Memo::new(move |_| form.with(|form| form.programme.items.iter().map(|line| line.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.programme.items.push(ProgrammeItem::empty(id)));
        format!("item-{id}")
    });
    let drop_line = Callback::new(move |id| {
        form.update(|form| {
            form.programme.items.retain(|line| line.id != id);
            let typed = ["what", "from", "until", "state", "reason"];
            typed.iter().for_each(|what| form.say(&of_line(what, id), String::new()));
        });
    });
    let draw = move |id: LineId| {
        let write = move |change: Box<dyn FnOnce(&mut ProgrammeItem)>| {
            form.update(|form| {
                if let Some(line) = form.programme.items.iter_mut().find(|line| line.id == id) {
                    change(line);
                }
            });
        };
        let is =
            Signal::derive(move || form.with(|form| item(form, id).map(|line| line.is.target()).unwrap_or_default()));
        let set_is = Callback::new(move |code: String| {
            write(Box::new(move |line: &mut ProgrammeItem| line.is = ItemIs::parse(&code)))
        });
        let is_choices = Memo::new(move |_| {
            form.with(|form| offers.with_value(|offers| titles.with_value(|titles| offered(form, id, offers, titles))))
        });
        let in_words = Memo::new(move |_| form.with(|form| item(form, id).is_some_and(|line| line.action().is_some())));
        let axis = Signal::derive(move || {
            form.with(|form| {
                let axis = item(form, id).and_then(|line| form.programme.axis_of(line));
                axis.map(|axis| axis.id.to_string()).unwrap_or_default()
            })
        });
        let set_axis = Callback::new(move |code: String| {
            write(Box::new(move |line: &mut ProgrammeItem| line.axis = LineId::parse(&code)))
        });
        let axes = Memo::new(move |_| {
            form.with(|form| {
                let named = form.programme.axes.iter().filter(|axis| !axis.title.trim().is_empty());
                let choices = named.map(|axis| Choice::new(axis.id.to_string(), axis.title.clone()));
                std::iter::once(Choice::new("", w::no_axis())).chain(choices).collect::<Vec<_>>()
            })
        });
        let entry = Signal::derive(move || form.with(|form| item(form, id).and_then(|line| line.carrier_entry)));
        let set_entry = Callback::new(move |chosen: Option<EntryId>| {
            write(Box::new(move |line: &mut ProgrammeItem| line.carrier_entry = chosen));
        });
        view! {
            <Pick id=format!("item-{id}") label=w::item_is choices=is_choices chosen=is choose=set_is />
            <Show when=move || in_words.get()>
                <InWords form=form problems=problems id=id />
            </Show>
            <Pick id=format!("item-{id}-axis") label=w::axis choices=axes chosen=axis choose=set_axis />
            <EntryField
                id=format!("item-{id}-carrier")
                label=w::carrier
                hint=c::entry_hint
                entry=entry
                set=set_entry
                words=line_text!(form, items, id, ItemField::Carrier)
            />
        }
    };
    view! {
        <p class="hint">{w::items_hint}</p>
        <Lines
            ids=ids
            legend=w::item
            remove=w::item_remove
            add=w::item_add
            add_other=w::item_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

/// An action in words: what, when, and how it stands.
#[component]
fn InWords(form: RwSignal<ProgrammeForm>, problems: RwSignal<Vec<Problem>>, id: LineId) -> impl IntoView {
    let states = Signal::derive(|| {
        let words = |code: &str| match code {
            "dropped" => w::dropped().to_owned(),
            code => action_words(&ActionState::parse(code)),
        };
        STATES.iter().map(|code| Choice::new(*code, words(code))).collect::<Vec<_>>()
    });
    let typed_state = typed(form, of_line("state", id));
    // An action that nobody said anything of is to come.
    let state = Signal::derive(move || match typed_state.value.get() {
        said if said.is_empty() => "planned".to_owned(),
        said => said,
    });
    let is_dropped = Memo::new(move |_| state.get() == "dropped");
    view! {
        <TextField id=what_id(id) label=w::what text=typed(form, of_line("what", id)) error=problem(problems, what_id(id)) />
        <DateParts form=form name=of_line("from", id) legend=w::from problems=problems />
        <DateParts form=form name=of_line("until", id) legend=w::until problems=problems />
        <Chips
            name=format!("item-{id}-state")
            legend=|| w::state()
            choices=states
            chosen=state
            choose=typed_state.set
        />
        <Show when=move || is_dropped.get()>
            <TextField
                id=reason_id(id)
                label=w::reason
                text=typed(form, of_line("reason", id))
                error=problem(problems, reason_id(id))
            />
        </Show>
    }
}

/// What an item can be: an action in words, what it is already, and what is of those whose programme it is and is not over,
/// or is of its year.
fn offered(form: &ProgrammeForm, id: LineId, offers: &[ItemOffer], titles: &BTreeMap<String, String>) -> Vec<Choice> {
    let now = item(form, id).map(|line| line.is.target()).unwrap_or_default();
    let target = |to: CommonTarget| match to {
        CommonTarget::Project(id) => Some((ItemIs::Project(id).target(), exchanges::a_project())),
        CommonTarget::Event(id) => Some((ItemIs::Event(id).target(), e::an_event())),
        _ => None,
    };
    let fits = |offer: &&ItemOffer| {
        let is_theirs = form.group.is_none() || offer.group == form.group;
        is_theirs && (!offer.is_over || offer.year == form.year())
    };
    let mut choices = vec![Choice::new("", w::in_words())];
    let named = offers.iter().filter(fits).filter_map(|offer| {
        let (code, kind) = target(offer.to)?;
        Some(Choice::new(code, in_a_row([offer.title.as_str(), kind])))
    });
    choices.extend(named);
    if choices.iter().all(|choice| choice.code != now) {
        // It is over, or became common, or was a mistake: it is called as where it is shown.
        let held = offers.iter().find(|offer| target(offer.to).is_some_and(|(code, _)| code == now));
        let title = held.map(|offer| &offer.title).or_else(|| titles.get(&now));
        choices.push(Choice::new(now, title.map_or_else(|| w::not_here().to_owned(), |title| or_unnamed(title))));
    }
    choices
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::ids::{CollectiveId, EventId, GroupId, ProgrammeId};
    use maillon_shared::domain::programme::AnnualProgramme;

    use super::*;

    const GROUP: GroupId = GroupId([7; 16]);

    fn offer(to: CommonTarget, year: i32, is_over: bool, group: Option<GroupId>) -> ItemOffer {
        ItemOffer { to, title: year.to_string(), year: Some(year), is_over, group }
    }

    #[test]
    fn what_is_of_others_or_is_over_is_not_offered_but_what_an_item_is_already_stays() {
        let (walks, own, forum) = (CollectiveId([1; 16]), CollectiveId([2; 16]), EventId([3; 16]));
        let offers = [
            offer(CommonTarget::Project(walks), 2026, false, Some(GROUP)),
            offer(CommonTarget::Project(own), 2026, false, None),
            offer(CommonTarget::Event(forum), 2021, true, Some(GROUP)),
        ];
        let line = LineId([4; 16]);
        let mut programme = AnnualProgramme::empty(ProgrammeId([9; 16]), 2026);
        programme.items.push(ProgrammeItem::empty(line));
        let mut form = ProgrammeForm::of(programme);
        let codes = |form: &ProgrammeForm| -> Vec<String> {
            offered(form, line, &offers, &BTreeMap::new()).into_iter().map(|choice| choice.code).collect()
        };
        let (walks, own) = (ItemIs::Project(walks).target(), ItemIs::Project(own).target());
        assert_eq!(codes(&form), [String::new(), walks.clone(), own], "one's own shows whatever is read here");
        form.group = Some(GROUP);
        assert_eq!(codes(&form), [String::new(), walks.clone()]);
        form.programme.items[0].is = ItemIs::Event(forum);
        assert_eq!(codes(&form), [String::new(), walks, ItemIs::Event(forum).target()]);
    }

    #[test]
    fn what_is_offered_no_more_is_called_as_on_its_page() {
        let (moved, line) = (ItemIs::Project(CollectiveId([5; 16])), LineId([4; 16]));
        let mut programme = AnnualProgramme::empty(ProgrammeId([9; 16]), 2026);
        programme.items.push(ProgrammeItem { is: moved.clone(), ..ProgrammeItem::empty(line) });
        let titles = BTreeMap::from([(moved.target(), "Marcher ensemble".to_owned())]);
        let choices = offered(&ProgrammeForm::of(programme), line, &[], &titles);
        let last = choices.last().map(|choice| (choice.code.clone(), choice.label.clone()));
        assert_eq!(last, Some((moved.target(), "Marcher ensemble".to_owned())));
    }
}
