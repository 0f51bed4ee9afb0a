//! The annual programme: what a coordinator, or several of a group, set out to do in a year, where, with whom, with what
//! money, and who carries what.
//!
//! Several coordinators write in one programme: each field is written apart, and each line is its own. Nobody who is
//! accompanied is in it. What it says of a project or of an event is only which one it is: how that stands and when is
//! read there, and is never copied here.

use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::event::EventCommune;
use super::ids::{EntryId, LineId, ProgrammeId};

pub use super::programme_changes::{ProgrammeChange, ProgrammeLines};
pub use super::programme_funding::{
    AmountField, Cents, Funding, FundingField, FundingState, FundingTotal, FundingTotals,
};
pub use super::programme_items::{ActionInWords, ActionState, ItemField, ItemIs, ProgrammeItem};
pub use super::programme_status::{Adoption, ProgrammeStatus};

/// An annual programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnualProgramme {
    /// Names the programme.
    pub id: ProgrammeId,
    /// The year it is for: there is none without.
    pub year: i32,
    /// What it is called.
    pub title: String,
    /// What it wants to change, in words.
    pub aim: String,
    /// How far it is.
    pub status: ProgrammeStatus,
    /// What it is made of.
    pub axes: Vec<Axis>,
    /// Where one looks first.
    pub communes: Vec<PriorityCommune>,
    /// With whom.
    pub partners: Vec<ProgrammePartner>,
    /// With what money.
    pub funding: Vec<Funding>,
    /// What is on it.
    pub items: Vec<ProgrammeItem>,
    /// The programme of which it is the next year's.
    pub follows: Option<ProgrammeId>,
    /// Whether it was a mistake.
    pub withdrawn: bool,
}

text_fields! {
    /// The text fields of a programme.
    ProgrammeField of AnnualProgramme {
        /// What it is called.
        Title = "title" => title,
        /// What it wants to change.
        Aim = "aim" => aim,
    }
}

/// An axis of a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Axis {
    /// Names the line.
    pub id: LineId,
    /// What it is called.
    pub title: String,
    /// What it is about, in words.
    pub words: String,
    /// The axis of the Ottawa charter that it serves, as projects say it: an item of that list; empty where nobody said.
    pub ottawa: String,
}

text_fields! {
    /// The text fields of an axis.
    AxisField of Axis {
        /// What it is called.
        Title = "title" => title,
        /// What it is about.
        Words = "words" => words,
        /// The axis of the Ottawa charter.
        Ottawa = "ottawa" => ottawa,
    }
}

/// A commune where one looks first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriorityCommune {
    /// Names the line.
    pub id: LineId,
    /// Which.
    pub commune: Option<EventCommune>,
    /// Why there.
    pub why: String,
    /// Why what is said of it is to be verified; empty when it is certain.
    pub to_verify: String,
}

text_fields! {
    /// The text fields of a priority commune.
    PriorityField of PriorityCommune {
        /// Why there.
        Why = "why" => why,
        /// Why it is to be verified.
        ToVerify = "to_verify" => to_verify,
    }
}

/// Someone with whom the programme is carried out: an entry of the directory, or words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammePartner {
    /// Names the line.
    pub id: LineId,
    /// Who, where they are in the directory.
    pub entry: Option<EntryId>,
    /// Who, in words.
    pub name: String,
    /// What they do in it.
    pub role: String,
}

text_fields! {
    /// The text fields of a partner of a programme.
    ProgrammePartnerField of ProgrammePartner {
        /// Who, in words.
        Name = "name" => name,
        /// What they do in it.
        Role = "role" => role,
    }
}

impl AnnualProgramme {
    /// A programme for that year, of which nothing is said yet.
    pub fn empty(id: ProgrammeId, year: i32) -> Self {
        AnnualProgramme {
            id,
            year,
            title: String::new(),
            aim: String::new(),
            status: ProgrammeStatus::Draft,
            axes: Vec::new(),
            communes: Vec::new(),
            partners: Vec::new(),
            funding: Vec::new(),
            items: Vec::new(),
            follows: None,
            withdrawn: false,
        }
    }

    /// The axis of an item; none where it has none, or its axis was taken away.
    pub fn axis_of(&self, item: &ProgrammeItem) -> Option<&Axis> {
        self.axes.iter().find(|axis| Some(axis.id) == item.axis)
    }

    /// What is planned, granted and spent in all, as far as it is known.
    pub fn funding_totals(&self) -> FundingTotals {
        FundingTotals::of(&self.funding)
    }

    /// Every word that someone wrote in it, for those who look for something. Who carries an item and who is a partner
    /// are named on purpose and are not among them.
    pub fn texts(&self) -> Vec<&str> {
        let own = ProgrammeField::ALL.iter().map(|field| self.text(*field)).chain(self.status.words());
        let axes = self.axes.iter().flat_map(|line| [line.title.as_str(), &line.words]);
        let communes = self.communes.iter().flat_map(|line| {
            let name = line.commune.as_ref().map_or("", |commune| &commune.name);
            [name, line.why.as_str(), &line.to_verify]
        });
        let partners = self.partners.iter().map(|line| line.role.as_str());
        let funding = self.funding.iter().flat_map(|line| [line.source.as_str(), &line.note]);
        let items = self.items.iter().flat_map(ProgrammeItem::texts);
        own.chain(axes).chain(communes).chain(partners).chain(funding).chain(items).collect()
    }

    /// The programme of another year, to begin with: its axes, communes and partners, and the items that are still to be
    /// done. Nothing of it is adopted, and no money is promised.
    pub fn for_year(&self, id: ProgrammeId, year: i32, is_to_do: impl Fn(&ProgrammeItem) -> bool) -> AnnualProgramme {
        let own = |line: LineId| of_another_year(line, year);
        let again = |item: &ProgrammeItem| ProgrammeItem {
            id: own(item.id),
            axis: self.axis_of(item).map(|axis| own(axis.id)),
            is: item.is.again(),
            ..item.clone()
        };
        AnnualProgramme {
            title: self.title.clone(),
            aim: self.aim.clone(),
            axes: self.axes.iter().map(|line| Axis { id: own(line.id), ..line.clone() }).collect(),
            communes: self.communes.iter().map(|line| PriorityCommune { id: own(line.id), ..line.clone() }).collect(),
            partners: self.partners.iter().map(|line| ProgrammePartner { id: own(line.id), ..line.clone() }).collect(),
            items: self.items.iter().filter(|item| is_to_do(item)).map(again).collect(),
            follows: Some(self.id),
            ..AnnualProgramme::empty(id, year)
        }
    }
}

/// What a line is named by in another year. It depends on nothing else, so that a draft of the next year's finds its lines
/// again.
fn of_another_year(line: LineId, year: i32) -> LineId {
    let mut bytes = line.0;
    bytes.iter_mut().zip(year.to_be_bytes()).for_each(|(byte, of_year)| *byte ^= of_year);
    LineId(bytes)
}

impl Axis {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        Axis { id, title: String::new(), words: String::new(), ottawa: String::new() }
    }
}

impl PriorityCommune {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        PriorityCommune { id, commune: None, why: String::new(), to_verify: String::new() }
    }
}

impl ProgrammePartner {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        ProgrammePartner { id, entry: None, name: String::new(), role: String::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::ids::CollectiveId;
    use super::super::time::PartialDate;
    use super::*;

    fn date(text: &str) -> PartialDate {
        PartialDate::parse(text).expect("a date")
    }

    #[test]
    fn the_next_years_keeps_what_lasts_and_what_is_still_to_be_done() {
        let mut programme = AnnualProgramme::empty(ProgrammeId([1; 16]), 2026);
        programme.title = "Programmation".into();
        programme.status = ProgrammeStatus::Adopted(Adoption::new(date("2026-01"), "tous"));
        programme.axes.push(Axis { title: "Bien vieillir".into(), ..Axis::empty(LineId([2; 16])) });
        programme
            .communes
            .push(PriorityCommune { why: "sans médecin".into(), ..PriorityCommune::empty(LineId([3; 16])) });
        programme.partners.push(ProgrammePartner { name: "CPTS".into(), ..ProgrammePartner::empty(LineId([4; 16])) });
        programme.funding.push(Funding { planned: Some(Cents(100)), ..Funding::empty(LineId([5; 16])) });
        let walk = ActionInWords { what: "Marcher".into(), from: Some(date("2026-03")), ..ActionInWords::default() };
        let items = [
            ItemIs::Words(ActionInWords { state: ActionState::Running, ..walk.clone() }),
            ItemIs::Words(ActionInWords { state: ActionState::Done, ..walk }),
            ItemIs::Project(CollectiveId([8; 16])),
        ];
        for (is, n) in items.into_iter().zip(10..) {
            let axis = Some(LineId([2; 16]));
            programme.items.push(ProgrammeItem { is, axis, ..ProgrammeItem::empty(LineId([n; 16])) });
        }
        let is_to_do = |item: &ProgrammeItem| !matches!(&item.is, ItemIs::Words(action) if action.state.is_over());
        let again = programme.for_year(ProgrammeId([9; 16]), 2027, is_to_do);
        assert_eq!(again, programme.for_year(again.id, 2027, is_to_do), "asked again, its lines are the same");
        assert_eq!((again.year, again.follows, &again.status), (2027, Some(programme.id), &ProgrammeStatus::Draft));
        assert_eq!((again.axes[0].title.as_str(), again.communes.len(), again.partners.len()), ("Bien vieillir", 1, 1));
        assert!(again.funding.is_empty(), "no money is promised for another year");
        assert_eq!(again.items.len(), 2);
        assert_ne!(again.axes[0].id, programme.axes[0].id, "its own lines");
        assert!(again.items.iter().all(|item| again.axis_of(item).is_some()));
        let ItemIs::Words(walk) = &again.items[0].is else { panic!("an action in words") };
        assert_eq!((walk.what.as_str(), walk.from, &walk.state), ("Marcher", None, &ActionState::Planned));
    }

    #[test]
    fn an_item_whose_axis_was_taken_away_has_none() {
        let mut programme = AnnualProgramme::empty(ProgrammeId([1; 16]), 2026);
        programme.axes.push(Axis::empty(LineId([2; 16])));
        let item = ProgrammeItem { axis: Some(LineId([2; 16])), ..ProgrammeItem::empty(LineId([3; 16])) };
        assert!(programme.axis_of(&item).is_some());
        programme.axes.clear();
        assert!(programme.axis_of(&item).is_none());
    }
}
