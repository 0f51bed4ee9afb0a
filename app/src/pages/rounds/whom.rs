//! Whom to see: what is due, those not seen for longest, a hamlet, or anyone. Whoever is not to be seen is not offered.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::responses::PersonRow;
use maillon_shared::domain::ids::{LineId, PersonId};
use maillon_shared::text::fold::fold;
use maillon_shared::text::sort::sort_key;

use crate::session::session;
use crate::ui::{Chips, Choice, MoreRows, SLICE};
use crate::words::{in_a_row, rounds as w};
use crate::{browser, when};

use super::form::RoundForm;

/// Which people are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Offered {
    /// Something falls due that day, or did before.
    Due,
    /// Those not seen for longest, the longest first.
    Unseen,
    /// Everyone.
    All,
    /// Those on the round.
    Chosen,
}

impl Offered {
    const ALL: [Offered; 4] = [Offered::Due, Offered::Unseen, Offered::All, Offered::Chosen];

    fn code(self) -> &'static str {
        match self {
            Offered::Due => "due",
            Offered::Unseen => "unseen",
            Offered::All => "all",
            Offered::Chosen => "chosen",
        }
    }

    fn words(self, count: usize) -> String {
        match self {
            Offered::Due => w::of_due(count),
            Offered::Unseen => w::of_unseen(count),
            Offered::All => w::of_all(count),
            Offered::Chosen => w::of_chosen(count),
        }
    }
}

/// Whether someone is to be seen that day, as far as their state says.
pub fn is_there(row: &PersonRow, day: NaiveDate) -> bool {
    row.state.is_reminded_on(day)
}

/// The people of one of the lists, in its order. `unseen_days` is how long is long.
fn of(offered: Offered, people: &[PersonRow], form: &RoundForm, unseen_days: u32) -> Vec<PersonRow> {
    let day = form.round.day;
    let long = |row: &&PersonRow| row.last_contact.is_none_or(|last| (day - last).num_days() > i64::from(unseen_days));
    let there = people.iter().filter(|row| is_there(row, day));
    let mut found: Vec<PersonRow> = match offered {
        Offered::Due => there.filter(|row| row.next_due.is_some_and(|due| due <= day)).cloned().collect(),
        Offered::Unseen => there.filter(long).cloned().collect(),
        Offered::All => there.cloned().collect(),
        // Whoever was chosen is shown, were it only to be taken away.
        Offered::Chosen => people.iter().filter(|row| form.has(row.id)).cloned().collect(),
    };
    match offered {
        Offered::Due => found.sort_by_key(|row| row.next_due),
        // Never seen is longest.
        Offered::Unseen => found.sort_by_key(|row| (row.last_contact.is_some(), row.last_contact)),
        Offered::All | Offered::Chosen => {}
    }
    found
}

/// Whom to see.
#[component]
pub fn Whom(form: RwSignal<RoundForm>, people: Vec<PersonRow>, error: Signal<Option<String>>) -> impl IntoView {
    let people = StoredValue::new(people);
    let unseen_days = session().settings.with_untracked(|settings| settings.unseen_after_days());
    let list =
        move |offered: Offered| form.with(|form| people.with_value(|people| of(offered, people, form, unseen_days)));
    let first = [Offered::Due, Offered::Unseen].into_iter().find(|offered| untrack(|| !list(*offered).is_empty()));
    let offered = RwSignal::new(first.unwrap_or(Offered::All));
    let (hamlet, typed) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let drawn = RwSignal::new(SLICE);
    let found = Memo::new(move |_| {
        let (hamlet, sought) = (hamlet.get(), fold(&typed.get()));
        let mut found = list(offered.get());
        found.retain(|row| {
            let words = fold(&format!("{} {}", row.name, row.place));
            (hamlet.is_empty() || fold(&row.place) == hamlet)
                && sought.split(' ').all(|word| words.split(' ').any(|known| known.starts_with(word)))
        });
        found
    });
    let choices =
        Signal::derive(move || Offered::ALL.map(|one| Choice::new(one.code(), one.words(list(one).len()))).to_vec());
    let chosen = Signal::derive(move || offered.get().code().to_owned());
    let choose = Callback::new(move |code: String| {
        offered.set(Offered::ALL.into_iter().find(|one| one.code() == code).unwrap_or(Offered::All));
        drawn.set(SLICE);
    });
    let count = Memo::new(move |_| found.with(Vec::len));
    let rows = move || found.with(|found| found.iter().take(drawn.get()).cloned().collect::<Vec<_>>());
    let ticked = Memo::new(move |_| form.with(|form| form.round.stops.len()));
    view! {
        <fieldset class="whom" id="whom" tabindex="-1">
            <legend>{w::whom}</legend>
            <p class="error">{move || error.get()}</p>
            <Chips name="offered" legend=|| w::offered() choices=choices chosen=chosen choose=choose />
            <div class="narrow">
                <Hamlets people=people hamlet=hamlet />
                <div class="field">
                    <label for="find">{w::find}</label>
                    <input
                        id="find"
                        type="search"
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=move || typed.get()
                        on:input:target=move |event| typed.set(event.target().value())
                        on:keydown=move |event| {
                            // Enter looks for someone; it does not save the round.
                            if event.key() == "Enter" {
                                event.prevent_default();
                            }
                        }
                    />
                </div>
            </div>
            <p class="detail" role="status">{move || w::chosen(ticked.get() as u32)}</p>
            <ul class="rows pick">
                <For each=rows key=|row| row.id let:row>
                    <Row form=form row=row />
                </For>
            </ul>
            <MoreRows drawn=drawn of=count />
            <p class="empty" hidden=move || count.get() != 0>{w::nobody_here}</p>
        </fieldset>
    }
}

#[component]
fn Hamlets(people: StoredValue<Vec<PersonRow>>, hamlet: RwSignal<String>) -> impl IntoView {
    let mut places: Vec<String> = people.with_value(|people| people.iter().map(|row| row.place.clone()).collect());
    places.retain(|place| !place.is_empty());
    places.sort_by_cached_key(|place| (sort_key(place), place.clone()));
    places.dedup_by_key(|place| fold(place));
    let options = places.into_iter().map(|place| {
        let folded = fold(&place);
        view! { <option value=folded>{place}</option> }
    });
    view! {
        <div class="field">
            <label for="hamlet">{w::hamlet}</label>
            <select id="hamlet" on:change:target=move |event| hamlet.set(event.target().value())>
                <option value="">{w::every_hamlet}</option>
                {options.collect_view()}
            </select>
        </div>
    }
}

#[component]
fn Row(form: RwSignal<RoundForm>, row: PersonRow) -> impl IntoView {
    let today = browser::today();
    let PersonRow { id, name, place, last_contact, next_due, .. } = row;
    let why = move || match (next_due, last_contact) {
        (Some(due), _) if due <= form.with(|form| form.round.day) => w::due_on(when::day(due, today)),
        (_, Some(last)) => w::last_seen(when::day(last, today)),
        (_, None) => w::never_seen().into(),
    };
    let field = format!("pick-{id}");
    let labels = field.clone();
    view! {
        <li>
            <label for=labels>
                <input
                    type="checkbox"
                    id=field
                    prop:checked=move || form.with(|form| form.has(id))
                    on:change=move |_| toggle(form, id)
                />
                <span class="who">{name}</span>
                <span class="why">{move || in_a_row([place.clone(), why()])}</span>
            </label>
        </li>
    }
}

fn toggle(form: RwSignal<RoundForm>, person: PersonId) {
    form.update(|form| form.toggle(person, LineId(browser::random_id())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use maillon_shared::domain::ids::RoundId;
    use maillon_shared::domain::person::PersonState;
    use maillon_shared::domain::round::Round;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn someone(n: u8, last: Option<&str>, due: Option<&str>, state: PersonState) -> PersonRow {
        PersonRow {
            id: PersonId([n; 16]),
            name: format!("Nom{n}"),
            family_name: String::new(),
            place: String::new(),
            birth: None,
            state,
            last_contact: last.map(day),
            next_due: due.map(day),
        }
    }

    #[test]
    fn the_longest_unseen_come_first_and_whoever_is_away_is_offered_in_no_list() {
        let people = [
            someone(1, Some("2026-06-01"), Some("2026-06-12"), PersonState::Followed),
            someone(2, Some("2026-01-01"), Some("2026-06-13"), PersonState::Followed),
            someone(3, None, Some("2026-06-01"), PersonState::Followed),
            someone(4, None, Some("2026-06-01"), PersonState::Refuses),
            someone(5, None, None, PersonState::AbsentUntil(day("2026-06-20"))),
        ];
        let mut form = RoundForm::of(Round::empty(RoundId([9; 16]), day("2026-06-12")), String::new());
        let ids = |offered, form: &RoundForm| -> Vec<u8> {
            of(offered, &people, form, 45).iter().map(|row| row.id.0[0]).collect()
        };
        assert_eq!(ids(Offered::Due, &form), [3, 1]);
        assert_eq!(ids(Offered::Unseen, &form), [3, 2]);
        assert_eq!(ids(Offered::All, &form), [1, 2, 3]);
        form.toggle(PersonId([4; 16]), LineId([4; 16]));
        assert_eq!(ids(Offered::Chosen, &form), [4], "to be taken away");
        form.round.day = day("2026-06-20");
        assert_eq!(ids(Offered::All, &form), [1, 2, 3, 5], "back that day");
    }
}
