//! A form that keeps everything as it is typed, each field by its name: texts, amounts, dates, and which lines there are.
//!
//! Its draft is what differs, field by field, in plain words, so that an erasure finds the drafts that name someone. What is
//! typed and is no value yet is kept all the same.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use maillon_shared::domain::ids::{EntryId, GroupId, LineId};
use maillon_shared::domain::programme::Cents;
use maillon_shared::domain::time::PartialDate;

use crate::browser;
use crate::drafts::Fields;
use crate::ui::{Chips, Choice, Problem, Text, birth_parts, read_birth};
use crate::words::{Word, events as e};

const GROUP: &str = "form.group";
/// What stands before the sort of lines, where their ids are.
const LINES: &str = "lines.";
/// What stands after the sort of lines in a draft: before the ids that it adds, and before those that it takes away.
const ADDED: char = '+';
const TAKEN_AWAY: char = '-';
/// Between the day, the month and the year of a date.
const BETWEEN_PARTS: char = '/';
/// The code of what is one's own alone.
const NONE: &str = "none";

/// What is typed, by name. Nothing typed is the same as a field that nobody touched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Typed(BTreeMap<String, String>);

/// The name of a field of a line.
pub fn of_line(lines: &str, id: LineId, field: &str) -> String {
    format!("{lines}.{id}.{field}")
}

fn is_list(name: &str) -> bool {
    name.starts_with(LINES)
}

fn ids_in(text: &str) -> Vec<LineId> {
    text.split(' ').filter_map(LineId::parse).collect()
}

/// The id in the page of a field.
pub fn id_of(name: &str) -> String {
    name.replace('.', "-")
}

impl Typed {
    /// What is typed there.
    pub fn said(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Types it there.
    pub fn say(&mut self, name: &str, text: impl Into<String>) {
        let text = text.into();
        match text.is_empty() {
            true => drop(self.0.remove(name)),
            false => drop(self.0.insert(name.to_owned(), text)),
        }
    }

    /// The names of what is typed, with it.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The lines of a sort, in their order.
    pub fn ids(&self, lines: &str) -> Vec<LineId> {
        ids_in(self.said(&format!("{LINES}{lines}")))
    }

    /// A line more.
    pub fn add(&mut self, lines: &str, id: LineId) {
        let mut ids = self.ids(lines);
        ids.retain(|there| *there != id);
        ids.push(id);
        self.say_ids(lines, &ids);
    }

    /// A line is there; one that was there already stays in its place.
    fn bring(&mut self, lines: &str, id: LineId) {
        if !self.ids(lines).contains(&id) {
            self.add(lines, id);
        }
    }

    /// A line goes, with all that was typed in it.
    pub fn remove(&mut self, lines: &str, id: LineId) {
        let mut ids = self.ids(lines);
        ids.retain(|there| *there != id);
        self.say_ids(lines, &ids);
        let of_it = format!("{lines}.{id}.");
        self.0.retain(|name, _| !name.starts_with(&of_it));
    }

    fn say_ids(&mut self, lines: &str, ids: &[LineId]) {
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        self.say(&format!("{LINES}{lines}"), ids.join(" "));
    }

    /// The group with which it begins to be common.
    pub fn group(&self) -> Option<GroupId> {
        GroupId::parse(self.said(GROUP))
    }

    /// It is of that group, or one's own.
    pub fn set_group(&mut self, group: Option<GroupId>) {
        self.say(GROUP, group.map(|group| group.to_string()).unwrap_or_default());
    }

    /// The date that is typed there. None inside is that nothing is said; none at all that there is no such date.
    pub fn date(&self, name: &str) -> Option<Option<PartialDate>> {
        read_date(self.said(name))
    }

    /// The amount that is typed there: none inside is that nobody knows, none at all that it is no amount.
    pub fn amount(&self, name: &str) -> Option<Option<Cents>> {
        match self.said(name).trim() {
            "" => Some(None),
            typed => Cents::typed(typed).map(Some),
        }
    }
}

/// What differs from the form as it was opened, by name. Of which lines there are, those added and those taken away: others
/// may add and take away lines before the draft is taken up again, and theirs are not this form's to undo.
pub fn fields_since(opened: &Typed, form: &Typed) -> Fields {
    let mut fields = Fields::default();
    for name in opened.0.keys().filter(|name| !is_list(name) && !form.0.contains_key(*name)) {
        fields.put(name.clone(), "");
    }
    for (name, text) in form.0.iter().filter(|(name, text)| !is_list(name) && opened.said(name) != text.as_str()) {
        fields.put(name.clone(), text.clone());
    }
    let names = opened.0.keys().chain(form.0.keys());
    let lists: BTreeSet<&str> = names.filter_map(|name| name.strip_prefix(LINES)).collect();
    for lines in lists {
        let (before, now) = (opened.ids(lines), form.ids(lines));
        for (sign, ids, others) in [(ADDED, &now, &before), (TAKEN_AWAY, &before, &now)] {
            let ids: Vec<String> = ids.iter().filter(|id| !others.contains(id)).map(ToString::to_string).collect();
            if !ids.is_empty() {
                fields.put(format!("{LINES}{lines}{sign}"), ids.join(" "));
            }
        }
    }
    fields
}

/// Lays a draft over the form. A line that someone took away meanwhile comes back with the words that the draft has for it. An
/// older draft says all the ids there were: that takes no line away, for nobody can tell which of them are new.
pub fn lay(form: &mut Typed, fields: &Fields) {
    for (name, text) in fields.iter() {
        let Some(list) = name.strip_prefix(LINES) else { continue };
        if let Some(lines) = list.strip_suffix(ADDED) {
            ids_in(text).into_iter().for_each(|id| form.bring(lines, id));
        } else if let Some(lines) = list.strip_suffix(TAKEN_AWAY) {
            ids_in(text).into_iter().for_each(|id| form.remove(lines, id));
        }
    }
    for (name, text) in fields.iter().filter(|(name, _)| !is_list(name)) {
        form.say(name, text);
        let mut parts = name.splitn(3, '.');
        let line = (parts.next(), parts.next().and_then(LineId::parse), parts.next());
        if let (Some(lines), Some(id), Some(_)) = line
            && !text.is_empty()
        {
            form.bring(lines, id);
        }
    }
}

/// A date as one types it: 15/3/2026, 3/2026 or 2026.
pub fn date_typed(date: Option<PartialDate>) -> String {
    let parts = birth_parts(date);
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(&BETWEEN_PARTS.to_string())
}

/// The date that someone typed, as far as it is known.
pub fn read_date(text: &str) -> Option<Option<PartialDate>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    let mut parts: Vec<String> = text.split([BETWEEN_PARTS, '-', '.']).map(|part| part.trim().to_owned()).collect();
    if parts.len() == 3 && parts[0].len() == 4 {
        parts.reverse();
    }
    let mut whole: [String; 3] = Default::default();
    if parts.len() > whole.len() {
        return None;
    }
    let first = whole.len() - parts.len();
    for (place, part) in whole[first..].iter_mut().zip(parts) {
        *place = part;
    }
    let date = read_birth(&whole)?;
    date.filter(|date| (1990..=2100).contains(&date.year())).map(Some)
}

/// An amount as one would type it.
pub fn amount_typed(amount: Option<Cents>) -> String {
    match amount {
        None => String::new(),
        Some(Cents(cents)) if cents % 100 == 0 => (cents / 100).to_string(),
        Some(Cents(cents)) => format!("{},{:02}", cents / 100, cents % 100),
    }
}

/// What is typed there, as a field shows and changes it.
pub fn text(form: RwSignal<Typed>, name: impl Into<String>) -> Text {
    let name = name.into();
    let read = name.clone();
    Text::within(
        form,
        move |form: &Typed| form.said(&read).to_owned(),
        move |form: &mut Typed, text| form.say(&name, text),
    )
}

/// What is wrong with a field, by its id in the page.
pub fn error(problems: RwSignal<Vec<Problem>>, name: impl AsRef<str>) -> Signal<Option<String>> {
    let field = id_of(name.as_ref());
    Signal::derive(move || problems.with(|all| all.iter().find(|one| one.field == field).map(|one| one.words.clone())))
}

/// Says that a field is to be mended.
pub fn wrong(problems: &mut Vec<Problem>, name: &str, words: &str) {
    problems.push(Problem { field: id_of(name), words: words.into() });
}

/// The lines of a sort, as they are drawn; what adds one; what takes one away.
pub fn lines_of(
    form: RwSignal<Typed>,
    lines: &'static str,
    first_field: &'static str,
) -> (Memo<Vec<LineId>>, Callback<(), String>, Callback<LineId>) {
    let ids = Memo::new(move |_| form.with(|form| form.ids(lines)));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.add(lines, id));
        id_of(&of_line(lines, id, first_field))
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.remove(lines, id)));
    (ids, make, drop_line)
}

/// Who of the directory is chosen there.
pub fn entry_of(form: RwSignal<Typed>, name: String) -> (Signal<Option<EntryId>>, Callback<Option<EntryId>>) {
    let read = name.clone();
    let entry = Signal::derive(move || form.with(|form| EntryId::parse(form.said(&read))));
    let set = Callback::new(move |chosen: Option<EntryId>| {
        form.update(|form| form.say(&name, chosen.map(|id| id.to_string()).unwrap_or_default()));
    });
    (entry, set)
}

/// With whom it is common, where it is chosen: at its beginning.
#[component]
pub fn WithWhom(form: RwSignal<Typed>, groups: Vec<(GroupId, String)>) -> impl IntoView {
    let no_group = groups.is_empty();
    let choices = Signal::derive(move || {
        let others = groups.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone()));
        std::iter::once(Choice::new(NONE, e::mine())).chain(others).collect::<Vec<_>>()
    });
    let group =
        Signal::derive(move || form.with(|form| form.group().map_or_else(|| NONE.to_owned(), |id| id.to_string())));
    let set = Callback::new(move |id: String| form.update(|form| form.set_group(GroupId::parse(&id))));
    view! {
        <Show when=move || !no_group>
            <Chips name="group" legend=|| e::with_whom() choices=choices chosen=group choose=set />
        </Show>
    }
}

/// One among many.
#[component]
pub fn PickOne(
    /// The form.
    form: RwSignal<Typed>,
    /// The name of the field.
    name: String,
    /// What is chosen.
    label: Word,
    /// The choices, in the language spoken now.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
) -> impl IntoView {
    let id = id_of(&name);
    let Text { value, set } = text(form, name);
    let options = move || {
        let option = |Choice { code, label }: Choice| {
            let kept = code.clone();
            let selected = move || value.with(|chosen| *chosen == kept);
            view! { <option value=code prop:selected=selected>{label}</option> }
        };
        choices.get().into_iter().map(option).collect_view()
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id on:change:target=move |event| set.run(event.target().value())>
                {options}
            </select>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_type_them() {
        let read = |text: &str| read_date(text).map(|date| date.map(|date| date.to_string()).unwrap_or_default());
        for (typed, meant) in [
            ("15/3/2026", Some("2026-03-15")),
            ("2026-03-15", Some("2026-03-15")),
            ("03/2026", Some("2026-03")),
            (" 2026 ", Some("2026")),
            ("", Some("")),
            ("31/2/2026", None),
            ("1/2/3/2026", None),
            ("bientôt", None),
        ] {
            assert_eq!(read(typed).as_deref(), meant, "{typed}");
        }
        assert_eq!(date_typed(PartialDate::parse("2026-03-15")), "15/3/2026");
    }

    #[test]
    fn a_draft_finds_again_what_was_typed_and_what_was_taken_away() {
        let line = LineId([1; 16]);
        let mut opened = Typed::default();
        opened.add("parts", line);
        opened.say(&of_line("parts", line, "who"), "CPTS");
        opened.say("title", "Appel");
        let mut form = opened.clone();
        form.remove("parts", line);
        form.add("parts", LineId([2; 16]));
        form.say("title", "");
        form.say("most", "environ 300");
        let mut again = opened.clone();
        lay(&mut again, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!(again, form);
        assert_eq!((form.ids("parts"), form.amount("most")), (vec![LineId([2; 16])], None));
    }

    fn kept(opened: &Typed, form: &Typed) -> Fields {
        Fields::read(&fields_since(opened, form).write())
    }

    fn places(ids: &[u8]) -> Typed {
        let mut form = Typed::default();
        for n in ids {
            let id = LineId([*n; 16]);
            form.add("places", id);
            form.say(&of_line("places", id, "address"), format!("rue {n}"));
        }
        form
    }

    #[test]
    fn a_draft_takes_away_no_line_that_a_colleague_added_meanwhile() {
        let opened = places(&[1, 3]);
        let mut form = opened.clone();
        form.remove("places", LineId([3; 16]));
        form.add("places", LineId([9; 16]));
        let draft = kept(&opened, &form);
        // The second one came meanwhile.
        let mut again = places(&[1, 2, 3]);
        lay(&mut again, &draft);
        assert_eq!(again.ids("places"), [LineId([1; 16]), LineId([2; 16]), LineId([9; 16])]);
        assert_eq!(kept(&places(&[1, 2, 3]), &again), draft, "kept again, it says the same");
        let mut again = places(&[1, 9]);
        lay(&mut again, &draft);
        assert_eq!(again.ids("places"), [LineId([1; 16]), LineId([9; 16])], "what is there already stays in its place");
    }

    #[test]
    fn words_typed_in_a_line_that_a_colleague_took_away_come_back_with_it() {
        let (line, opened) = (LineId([1; 16]), places(&[1, 2]));
        let mut form = opened.clone();
        form.say(&of_line("places", line, "address"), "la salle du bas");
        let emptied = of_line("places", LineId([2; 16]), "address");
        form.say(&emptied, "");
        let mut again = Typed::default();
        lay(&mut again, &kept(&opened, &form));
        assert_eq!(again.ids("places"), [line], "and not the one in which there is no word");
        assert_eq!(again.said(&of_line("places", line, "address")), "la salle du bas");
    }

    #[test]
    fn a_draft_of_an_older_version_takes_no_line_away() {
        let mut older = Fields::default();
        older.put("lines.places", format!("{} {}", LineId([1; 16]), LineId([9; 16])));
        older.put(of_line("places", LineId([9; 16]), "address"), "la mairie");
        let mut again = places(&[1, 2]);
        lay(&mut again, &older);
        assert_eq!(again.ids("places"), [LineId([1; 16]), LineId([2; 16]), LineId([9; 16])]);
    }
}
