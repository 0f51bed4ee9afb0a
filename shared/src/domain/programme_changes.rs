//! How a programme changes: what a form wrote, as the smallest differences, and what each does.

use serde::{Deserialize, Serialize};

use super::changes::{gone, held, line};
use super::event::EventCommune;
use super::ids::{EntryId, LineId, ProgrammeId};
use super::mission::is_commune_code;
use super::programme::{
    ActionInWords, ActionState, AmountField, AnnualProgramme, Axis, AxisField, Cents, Funding, FundingField,
    FundingState, ItemField, ItemIs, PriorityCommune, PriorityField, ProgrammeField, ProgrammeItem, ProgrammePartner,
    ProgrammePartnerField, ProgrammeStatus,
};
use super::programme_items::item_to;
use super::time::PartialDate;

/// The lines of a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ProgrammeLines {
    /// Its axes.
    Axes,
    /// The priority communes.
    Communes,
    /// The partners.
    Partners,
    /// The money.
    Funding,
    /// What is on it.
    Items,
}

/// One change to a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProgrammeChange {
    /// A text field becomes this.
    Text(ProgrammeField, String),
    /// It is for that year.
    Year(i32),
    /// It is so far.
    Status(ProgrammeStatus),
    /// It is the next year's of that one.
    Follows(Option<ProgrammeId>),
    /// A field of an axis; a new line comes into being.
    Axis(LineId, AxisField, String),
    /// Which commune a line is about; a new line comes into being.
    Commune(LineId, Option<EventCommune>),
    /// A field of a priority commune.
    Priority(LineId, PriorityField, String),
    /// A field of a partner; a new line comes into being.
    Partner(LineId, ProgrammePartnerField, String),
    /// Who of the directory a partner is.
    PartnerEntry(LineId, Option<EntryId>),
    /// A field of a line of money; a new line comes into being.
    Funding(LineId, FundingField, String),
    /// An amount of it; none is that nobody knows.
    Amount(LineId, AmountField, Option<Cents>),
    /// What came of asking.
    FundingState(LineId, FundingState),
    /// What an item is: a project, an event, or an action of which other changes say the words.
    ItemIs(LineId, ItemIs),
    /// What an action is, in words; a new line comes into being. Of a project or an event it does nothing, nor do the
    /// three that follow.
    What(LineId, String),
    /// From when it is.
    From(LineId, Option<PartialDate>),
    /// Until when it is.
    Until(LineId, Option<PartialDate>),
    /// How it stands.
    State(LineId, ActionState),
    /// The axis an item belongs to.
    ItemAxis(LineId, Option<LineId>),
    /// A field of an item.
    Item(LineId, ItemField, String),
    /// Who of the directory carries it.
    CarrierEntry(LineId, Option<EntryId>),
    /// A line goes.
    Remove(ProgrammeLines, LineId),
    /// It was a mistake, or was not.
    Withdrawn(bool),
}

impl ProgrammeChange {
    /// The words that someone types in it. A commune of the list is chosen and is none of them; one that is found by its
    /// name alone was typed.
    pub fn words(&self) -> Vec<&str> {
        match self {
            ProgrammeChange::Text(_, words)
            | ProgrammeChange::Axis(_, _, words)
            | ProgrammeChange::Priority(_, _, words)
            | ProgrammeChange::Partner(_, _, words)
            | ProgrammeChange::Funding(_, _, words)
            | ProgrammeChange::What(_, words)
            | ProgrammeChange::Item(_, _, words) => vec![words],
            ProgrammeChange::Commune(_, Some(commune)) if !is_commune_code(&commune.key) => {
                vec![&commune.key, &commune.name]
            }
            ProgrammeChange::Status(status) => status.words(),
            ProgrammeChange::State(_, state) => state.words().into_iter().collect(),
            _ => Vec::new(),
        }
    }
}

impl AnnualProgramme {
    /// Every word that is in it, and who takes part: of what is common, whoever is named in it is read by everyone.
    pub fn texts_in_common(&self) -> Vec<String> {
        let changes = AnnualProgramme::empty(self.id, self.year).changes_to(self);
        changes.iter().flat_map(ProgrammeChange::words).map(str::to_owned).collect()
    }

    /// What to write so that this programme becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &AnnualProgramme) -> Vec<ProgrammeChange> {
        let texts = self.text_differences(edited);
        let mut changes: Vec<_> = texts.map(|(field, text)| ProgrammeChange::Text(field, text.to_owned())).collect();
        let mut differs = |differs: bool, change: ProgrammeChange| changes.extend(differs.then_some(change));
        differs(self.year != edited.year, ProgrammeChange::Year(edited.year));
        differs(self.status != edited.status, ProgrammeChange::Status(edited.status.clone()));
        differs(self.follows != edited.follows, ProgrammeChange::Follows(edited.follows));
        differs(self.withdrawn != edited.withdrawn, ProgrammeChange::Withdrawn(edited.withdrawn));
        self.where_and_who_to(edited, &mut changes);
        self.money_to(edited, &mut changes);
        for line in &edited.items {
            let before = held(&self.items, |before| before.id == line.id, || ProgrammeItem::empty(line.id));
            item_to(&before, line, &mut changes);
        }
        lines_gone(&self.items, &edited.items, |line| line.id, ProgrammeLines::Items, &mut changes);
        changes
    }

    /// The lines that say what for, where and with whom.
    fn where_and_who_to(&self, edited: &AnnualProgramme, changes: &mut Vec<ProgrammeChange>) {
        for line in &edited.axes {
            let before = held(&self.axes, |before| before.id == line.id, || Axis::empty(line.id));
            let texts = before.text_differences(line);
            changes.extend(texts.map(|(field, text)| ProgrammeChange::Axis(line.id, field, text.to_owned())));
        }
        lines_gone(&self.axes, &edited.axes, |line| line.id, ProgrammeLines::Axes, changes);
        for line in &edited.communes {
            let before = held(&self.communes, |before| before.id == line.id, || PriorityCommune::empty(line.id));
            if before.commune != line.commune {
                changes.push(ProgrammeChange::Commune(line.id, line.commune.clone()));
            }
            let texts = before.text_differences(line);
            changes.extend(texts.map(|(field, text)| ProgrammeChange::Priority(line.id, field, text.to_owned())));
        }
        lines_gone(&self.communes, &edited.communes, |line| line.id, ProgrammeLines::Communes, changes);
        for line in &edited.partners {
            let before = held(&self.partners, |before| before.id == line.id, || ProgrammePartner::empty(line.id));
            let texts = before.text_differences(line);
            changes.extend(texts.map(|(field, text)| ProgrammeChange::Partner(line.id, field, text.to_owned())));
            if before.entry != line.entry {
                changes.push(ProgrammeChange::PartnerEntry(line.id, line.entry));
            }
        }
        lines_gone(&self.partners, &edited.partners, |line| line.id, ProgrammeLines::Partners, changes);
    }

    fn money_to(&self, edited: &AnnualProgramme, changes: &mut Vec<ProgrammeChange>) {
        for line in &edited.funding {
            let before = held(&self.funding, |before| before.id == line.id, || Funding::empty(line.id));
            let texts = before.text_differences(line);
            changes.extend(texts.map(|(field, text)| ProgrammeChange::Funding(line.id, field, text.to_owned())));
            for field in AmountField::ALL {
                if before.amount(field) != line.amount(field) {
                    changes.push(ProgrammeChange::Amount(line.id, field, line.amount(field)));
                }
            }
            if before.state != line.state {
                changes.push(ProgrammeChange::FundingState(line.id, line.state.clone()));
            }
        }
        lines_gone(&self.funding, &edited.funding, |line| line.id, ProgrammeLines::Funding, changes);
    }

    /// Makes a change, as the journal would. A line comes into being with its first field.
    pub fn apply(&mut self, change: &ProgrammeChange) {
        match change {
            ProgrammeChange::Text(field, text) => self.text_mut(*field).clone_from(text),
            ProgrammeChange::Year(year) => self.year = *year,
            ProgrammeChange::Status(status) => self.status = status.clone(),
            ProgrammeChange::Follows(before) => self.follows = *before,
            ProgrammeChange::Axis(id, field, text) => {
                line(&mut self.axes, |line| line.id == *id, || Axis::empty(*id)).text_mut(*field).clone_from(text)
            }
            ProgrammeChange::Commune(id, commune) => self.commune(*id).commune.clone_from(commune),
            ProgrammeChange::Priority(id, field, text) => self.commune(*id).text_mut(*field).clone_from(text),
            ProgrammeChange::Partner(id, field, text) => self.partner(*id).text_mut(*field).clone_from(text),
            ProgrammeChange::PartnerEntry(id, entry) => self.partner(*id).entry = *entry,
            ProgrammeChange::Funding(id, field, text) => self.funding(*id).text_mut(*field).clone_from(text),
            ProgrammeChange::Amount(id, field, amount) => *self.funding(*id).amount_mut(*field) = *amount,
            ProgrammeChange::FundingState(id, state) => self.funding(*id).state = state.clone(),
            ProgrammeChange::ItemIs(id, is) => self.item(*id).turn_into(is),
            ProgrammeChange::What(id, what) => self.action(*id, |action| action.what.clone_from(what)),
            ProgrammeChange::From(id, from) => self.action(*id, |action| action.from = *from),
            ProgrammeChange::Until(id, until) => self.action(*id, |action| action.until = *until),
            ProgrammeChange::State(id, state) => self.action(*id, |action| action.state = state.clone()),
            ProgrammeChange::ItemAxis(id, axis) => self.item(*id).axis = *axis,
            ProgrammeChange::Item(id, field, text) => self.item(*id).text_mut(*field).clone_from(text),
            ProgrammeChange::CarrierEntry(id, entry) => self.item(*id).carrier_entry = *entry,
            ProgrammeChange::Remove(ProgrammeLines::Axes, id) => self.axes.retain(|line| line.id != *id),
            ProgrammeChange::Remove(ProgrammeLines::Communes, id) => self.communes.retain(|line| line.id != *id),
            ProgrammeChange::Remove(ProgrammeLines::Partners, id) => self.partners.retain(|line| line.id != *id),
            ProgrammeChange::Remove(ProgrammeLines::Funding, id) => self.funding.retain(|line| line.id != *id),
            ProgrammeChange::Remove(ProgrammeLines::Items, id) => self.items.retain(|line| line.id != *id),
            ProgrammeChange::Withdrawn(withdrawn) => self.withdrawn = *withdrawn,
        }
    }

    fn commune(&mut self, id: LineId) -> &mut PriorityCommune {
        line(&mut self.communes, |line| line.id == id, || PriorityCommune::empty(id))
    }

    fn partner(&mut self, id: LineId) -> &mut ProgrammePartner {
        line(&mut self.partners, |line| line.id == id, || ProgrammePartner::empty(id))
    }

    fn funding(&mut self, id: LineId) -> &mut Funding {
        line(&mut self.funding, |line| line.id == id, || Funding::empty(id))
    }

    fn item(&mut self, id: LineId) -> &mut ProgrammeItem {
        line(&mut self.items, |line| line.id == id, || ProgrammeItem::empty(id))
    }

    /// Written by a colleague who still knew it in words: of a project or an event, nothing is said here.
    fn action(&mut self, id: LineId, write: impl FnOnce(&mut ActionInWords)) {
        if let Some(action) = self.item(id).action_mut() {
            write(action);
        }
    }
}

fn lines_gone<T>(
    before: &[T],
    after: &[T],
    id: impl Fn(&T) -> LineId,
    lines: ProgrammeLines,
    changes: &mut Vec<ProgrammeChange>,
) {
    changes.extend(gone(before, after, id).into_iter().map(|id| ProgrammeChange::Remove(lines, id)));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::ids::{CollectiveId, EventId};
    use super::super::programme::Adoption;
    use super::*;

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    fn programme() -> AnnualProgramme {
        let mut programme = AnnualProgramme::empty(ProgrammeId([1; 16]), 2026);
        programme.title = "Programmation".into();
        programme.axes.push(Axis { title: "Bien vieillir".into(), ..Axis::empty(line(2)) });
        let walk = ActionInWords { what: "Marcher".into(), ..ActionInWords::default() };
        programme.items.push(ProgrammeItem { is: ItemIs::Words(walk), ..ProgrammeItem::empty(line(3)) });
        programme
    }

    fn applied(programme: &AnnualProgramme, changes: &[ProgrammeChange]) -> AnnualProgramme {
        let mut programme = programme.clone();
        changes.iter().for_each(|change| programme.apply(change));
        programme
    }

    #[test]
    fn a_form_writes_only_what_was_touched() {
        let before = programme();
        let mut edited = before.clone();
        assert_eq!(before.changes_to(&edited), []);
        edited.axes[0].ottawa = "skills".into();
        edited.items[0].axis = Some(line(2));
        edited.funding.push(Funding { granted: Some(Cents(0)), ..Funding::empty(line(4)) });
        assert_eq!(
            before.changes_to(&edited),
            [
                ProgrammeChange::Axis(line(2), AxisField::Ottawa, "skills".into()),
                ProgrammeChange::Amount(line(4), AmountField::Granted, Some(Cents(0))),
                ProgrammeChange::ItemAxis(line(3), Some(line(2))),
            ]
        );
    }

    #[test]
    fn two_coordinators_who_write_apart_both_keep_their_words() {
        let before = programme();
        let (mut one, mut other) = (before.clone(), before.clone());
        one.axes[0].words = "Sortir de chez soi".into();
        one.items[0].carrier = "Nadine".into();
        other.axes[0].title = "Vieillir chez soi".into();
        other.items[0].action_mut().expect("in words").state = ActionState::Running;
        let (of_one, of_other) = (before.changes_to(&one), before.changes_to(&other));
        let met = applied(&applied(&before, &of_one), &of_other);
        assert_eq!(met, applied(&applied(&before, &of_other), &of_one));
        assert_eq!(
            (met.axes[0].title.as_str(), met.axes[0].words.as_str()),
            ("Vieillir chez soi", "Sortir de chez soi")
        );
        let state = &met.items[0].action().expect("in words").state;
        assert_eq!((met.items[0].carrier.as_str(), state), ("Nadine", &ActionState::Running));
    }

    #[test]
    fn an_action_that_becomes_an_event_leaves_no_words_behind() {
        let before = programme();
        let mut after = before.clone();
        after.items[0].is = ItemIs::Event(EventId([8; 16]));
        let changes = before.changes_to(&after);
        assert_eq!(
            changes,
            [
                ProgrammeChange::What(line(3), String::new()),
                ProgrammeChange::ItemIs(line(3), ItemIs::Event(EventId([8; 16]))),
            ]
        );
        let late = ProgrammeChange::State(line(3), ActionState::Dropped("la pluie".into()));
        assert_eq!(applied(&applied(&before, &changes), &[late]), after, "the event says for itself");
    }

    #[test]
    fn every_word_is_looked_at_where_names_are_looked_for() {
        let mut said = programme();
        (said.aim, said.items[0].carrier) = ("aim".into(), "carrier".into());
        said.status = ProgrammeStatus::Closed {
            adopted: Some(Adoption::new(PartialDate::Year(2026), "by")),
            on: PartialDate::Year(2026),
            learnt: "learnt".into(),
        };
        said.axes[0].words = "axis".into();
        let commune = |key: &str, name: &str| Some(EventCommune { key: key.into(), name: name.into() });
        for (n, at) in
            [(20, commune("chez qui", "typed")), (21, commune("13004", "chosen")), (22, commune("2A004", "x"))]
        {
            let (why, to_verify) = ("why".into(), "to verify".into());
            said.communes.push(PriorityCommune { id: line(n), commune: at, why, to_verify });
        }
        said.partners.push(ProgrammePartner {
            name: "partner".into(),
            role: "role".into(),
            ..ProgrammePartner::empty(line(5))
        });
        said.funding.push(Funding { source: "source".into(), note: "note".into(), ..Funding::empty(line(6)) });
        said.items[0].action_mut().expect("in words").state = ActionState::Dropped("reason".into());
        let texts = said.texts_in_common();
        for word in ["Programmation", "aim", "by", "learnt", "Bien vieillir", "axis", "typed", "why", "to verify"] {
            assert!(texts.iter().any(|text| text == word), "{word}");
        }
        for word in ["partner", "role", "source", "note", "Marcher", "reason", "carrier"] {
            assert!(texts.iter().any(|text| text == word), "{word}");
        }
        assert!(texts.iter().all(|text| text != "chosen"));
    }

    fn any_programme() -> impl Strategy<Value = AnnualProgramme> {
        let text = || "[a-zé ]{0,6}";
        let lines = || proptest::collection::btree_map(1..6_u8, (text(), text(), 0..5_u64), 0..4);
        (text(), 2020..2030_i32, lines(), lines(), lines()).prop_map(|(title, year, first, second, third)| {
            let mut programme = AnnualProgramme::empty(ProgrammeId([1; 16]), year);
            if year % 2 == 0 {
                programme.status = ProgrammeStatus::Adopted(Adoption::new(PartialDate::Year(year), &title));
            }
            programme.title = title;
            for (n, (title, words, number)) in first {
                let commune = (number > 1).then(|| EventCommune { key: words.clone(), name: title.clone() });
                let why = title.clone();
                programme.communes.push(PriorityCommune { commune, why, ..PriorityCommune::empty(line(n)) });
                let (entry, role) = ((number == 2).then_some(EntryId([n; 16])), words.clone());
                programme.partners.push(ProgrammePartner { entry, role, ..ProgrammePartner::empty(line(n)) });
                programme.axes.push(Axis { title, words, ..Axis::empty(line(n)) });
            }
            for (n, (source, note, number)) in second {
                let amount = (number > 1).then(|| Cents(number - 2));
                let state = FundingState::ALL[number as usize % 4].clone();
                programme.funding.push(Funding { source, note, spent: amount, state, ..Funding::empty(line(n)) });
            }
            for (n, (what, words, number)) in third {
                let state = [ActionState::Planned, ActionState::Done, ActionState::Dropped(words.clone())];
                let from = (number > 2).then_some(PartialDate::Month(2026, number as u32));
                let action = ActionInWords { what, from, until: from, state: state[number as usize % 3].clone() };
                let is = [
                    ItemIs::Words(action),
                    ItemIs::Project(CollectiveId([n; 16])),
                    ItemIs::Event(EventId([number as u8; 16])),
                ];
                let axis = (number == 4).then_some(line(n));
                let (is, carrier) = (is[(number as usize + usize::from(n)) % 3].clone(), words);
                programme.items.push(ProgrammeItem { is, axis, carrier, ..ProgrammeItem::empty(line(n)) });
            }
            programme
        })
    }

    /// A line of which every field is empty was never written: it is not there on the other side.
    fn written(mut programme: AnnualProgramme) -> AnnualProgramme {
        programme.axes.retain(|line| *line != Axis::empty(line.id));
        programme.communes.retain(|line| *line != PriorityCommune::empty(line.id));
        programme.partners.retain(|line| *line != ProgrammePartner::empty(line.id));
        programme.funding.retain(|line| *line != Funding::empty(line.id));
        programme.items.retain(|line| *line != ProgrammeItem::empty(line.id));
        programme.axes.sort_by_key(|line| line.id);
        programme.communes.sort_by_key(|line| line.id);
        programme.partners.sort_by_key(|line| line.id);
        programme.funding.sort_by_key(|line| line.id);
        programme.items.sort_by_key(|line| line.id);
        programme
    }

    proptest! {
        /// What a form sends makes the one programme of the other, whatever was in either.
        #[test]
        fn the_differences_make_the_one_of_the_other(before in any_programme(), after in any_programme()) {
            let (before, after) = (written(before), written(after));
            let made = applied(&before, &before.changes_to(&after));
            prop_assert_eq!(written(made), written(after));
        }
    }
}
