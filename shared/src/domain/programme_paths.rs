//! Each change to a programme as a path and a value in words: as the journal writes it, as a draft keeps it, and as a
//! conflict names it. One form for the three, so that what one of them says the others understand.

use super::event::EventCommune;
use super::ids::{EntryId, LineId, ProgrammeId};
use super::programme::{
    ActionState, AmountField, AxisField, Cents, FundingField, FundingState, ItemField, ItemIs, PriorityField,
    ProgrammeField, ProgrammePartnerField, ProgrammeStatus,
};
use super::programme_changes::{ProgrammeChange, ProgrammeLines};
use super::time::PartialDate;

/// What stands before the path of a line that is taken away.
const REMOVE: &str = "remove";
const YES: &str = "1";

impl ProgrammeLines {
    /// Every sort of line.
    pub const ALL: [ProgrammeLines; 5] = [
        ProgrammeLines::Axes,
        ProgrammeLines::Communes,
        ProgrammeLines::Partners,
        ProgrammeLines::Funding,
        ProgrammeLines::Items,
    ];

    /// The code that is written.
    pub const fn code(self) -> &'static str {
        match self {
            ProgrammeLines::Axes => "axes",
            ProgrammeLines::Communes => "communes",
            ProgrammeLines::Partners => "partners",
            ProgrammeLines::Funding => "funding",
            ProgrammeLines::Items => "items",
        }
    }

    /// What a code says.
    pub fn from_code(code: &str) -> Option<Self> {
        ProgrammeLines::ALL.into_iter().find(|lines| lines.code() == code)
    }
}

impl AmountField {
    /// Every amount, in reading order.
    pub const ALL: [AmountField; 3] = [AmountField::Planned, AmountField::Granted, AmountField::Spent];

    /// The code that is written.
    pub const fn code(self) -> &'static str {
        match self {
            AmountField::Planned => "planned",
            AmountField::Granted => "granted",
            AmountField::Spent => "spent",
        }
    }

    /// What a code says.
    pub fn from_code(code: &str) -> Option<Self> {
        AmountField::ALL.into_iter().find(|field| field.code() == code)
    }
}

fn said(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// What stands there: no words are nothing, words that are no such value are of a newer version.
fn optional<T>(text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if text.is_empty() { Some(None) } else { parse(text).map(Some) }
}

impl ProgrammeChange {
    /// Where it is written, and what: a field, or the sort of lines, the line and its field. No words are nothing.
    pub fn path(&self) -> (String, String) {
        let line = |lines: ProgrammeLines, id: &LineId, field: &str| format!("{}.{id}.{field}", lines.code());
        use ProgrammeLines::{Axes, Communes, Funding, Items, Partners};
        match self {
            ProgrammeChange::Text(field, text) => (field.code().to_owned(), text.clone()),
            ProgrammeChange::Year(year) => ("year".into(), year.to_string()),
            ProgrammeChange::Status(status) => ("status".into(), status.to_string()),
            ProgrammeChange::Follows(before) => ("follows".into(), said(*before)),
            ProgrammeChange::Axis(id, field, text) => (line(Axes, id, field.code()), text.clone()),
            ProgrammeChange::Commune(id, commune) => {
                (line(Communes, id, "commune"), said(commune.as_ref().map(EventCommune::written)))
            }
            ProgrammeChange::Priority(id, field, text) => (line(Communes, id, field.code()), text.clone()),
            ProgrammeChange::Partner(id, field, text) => (line(Partners, id, field.code()), text.clone()),
            ProgrammeChange::PartnerEntry(id, entry) => (line(Partners, id, "entry"), said(*entry)),
            ProgrammeChange::Funding(id, field, text) => (line(Funding, id, field.code()), text.clone()),
            ProgrammeChange::Amount(id, field, amount) => (line(Funding, id, field.code()), said(*amount)),
            ProgrammeChange::FundingState(id, state) => (line(Funding, id, "state"), state.code().to_owned()),
            ProgrammeChange::ItemIs(id, is) => (line(Items, id, "is"), is.target()),
            ProgrammeChange::What(id, what) => (line(Items, id, "what"), what.clone()),
            ProgrammeChange::From(id, from) => (line(Items, id, "from"), said(*from)),
            ProgrammeChange::Until(id, until) => (line(Items, id, "until"), said(*until)),
            ProgrammeChange::State(id, state) => (line(Items, id, "state"), state.to_string()),
            ProgrammeChange::ItemAxis(id, axis) => (line(Items, id, "axis"), said(*axis)),
            ProgrammeChange::Item(id, field, text) => (line(Items, id, field.code()), text.clone()),
            ProgrammeChange::CarrierEntry(id, entry) => (line(Items, id, "carrier_entry"), said(*entry)),
            ProgrammeChange::Remove(lines, id) => (format!("{REMOVE}.{}.{id}", lines.code()), YES.into()),
            ProgrammeChange::Withdrawn(withdrawn) => {
                ("withdrawn".into(), if *withdrawn { YES.into() } else { String::new() })
            }
        }
    }

    /// The change that writes that value there; nothing where a newer version wrote it, or it is no such value.
    pub fn at(path: &str, value: &str) -> Option<ProgrammeChange> {
        let text = || value.to_owned();
        Some(match path.splitn(3, '.').collect::<Vec<_>>()[..] {
            ["year"] => ProgrammeChange::Year(value.parse().ok()?),
            ["status"] => ProgrammeChange::Status(ProgrammeStatus::parse(value)),
            ["follows"] => ProgrammeChange::Follows(optional(value, ProgrammeId::parse)?),
            ["withdrawn"] => ProgrammeChange::Withdrawn(value == YES),
            [field] => ProgrammeChange::Text(ProgrammeField::from_code(field)?, text()),
            [REMOVE, lines, id] => ProgrammeChange::Remove(ProgrammeLines::from_code(lines)?, LineId::parse(id)?),
            [lines, id, field] => {
                let id = LineId::parse(id)?;
                match ProgrammeLines::from_code(lines)? {
                    ProgrammeLines::Axes => ProgrammeChange::Axis(id, AxisField::from_code(field)?, text()),
                    ProgrammeLines::Communes if field == "commune" => {
                        ProgrammeChange::Commune(id, optional(value, EventCommune::parse)?)
                    }
                    ProgrammeLines::Communes => ProgrammeChange::Priority(id, PriorityField::from_code(field)?, text()),
                    ProgrammeLines::Partners if field == "entry" => {
                        ProgrammeChange::PartnerEntry(id, optional(value, EntryId::parse)?)
                    }
                    ProgrammeLines::Partners => {
                        ProgrammeChange::Partner(id, ProgrammePartnerField::from_code(field)?, text())
                    }
                    ProgrammeLines::Funding => Self::at_funding(id, field, value)?,
                    ProgrammeLines::Items => Self::at_item(id, field, value)?,
                }
            }
            _ => return None,
        })
    }

    fn at_funding(id: LineId, field: &str, value: &str) -> Option<ProgrammeChange> {
        Some(match (field, AmountField::from_code(field)) {
            (_, Some(amount)) => ProgrammeChange::Amount(id, amount, optional(value, Cents::parse)?),
            ("state", _) => ProgrammeChange::FundingState(id, FundingState::from_code(value)),
            _ => ProgrammeChange::Funding(id, FundingField::from_code(field)?, value.to_owned()),
        })
    }

    fn at_item(id: LineId, field: &str, value: &str) -> Option<ProgrammeChange> {
        Some(match field {
            "is" => ProgrammeChange::ItemIs(id, ItemIs::parse(value)),
            "what" => ProgrammeChange::What(id, value.to_owned()),
            "from" => ProgrammeChange::From(id, optional(value, PartialDate::parse)?),
            "until" => ProgrammeChange::Until(id, optional(value, PartialDate::parse)?),
            "state" => ProgrammeChange::State(id, ActionState::parse(value)),
            "axis" => ProgrammeChange::ItemAxis(id, optional(value, LineId::parse)?),
            "carrier_entry" => ProgrammeChange::CarrierEntry(id, optional(value, EntryId::parse)?),
            other => ProgrammeChange::Item(id, ItemField::from_code(other)?, value.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::ids::CollectiveId;
    use super::super::programme::{
        ActionInWords, Adoption, AnnualProgramme, Axis, Funding, PriorityCommune, ProgrammeItem, ProgrammePartner,
    };
    use super::*;

    #[test]
    fn every_change_reads_back_from_its_path() {
        let line = |n: u8| LineId([n; 16]);
        let before = AnnualProgramme::empty(ProgrammeId([1; 16]), 2025);
        let mut after = AnnualProgramme::empty(before.id, 2026);
        (after.title, after.aim) = ("Programmation. n° 2".into(), "b".into());
        after.status = ProgrammeStatus::Adopted(Adoption::new(PartialDate::Month(2026, 1), "tous : ensemble"));
        after.follows = Some(ProgrammeId([2; 16]));
        let axis = Axis { title: "Bien vieillir".into(), words: "w".into(), ottawa: "skills".into(), id: line(3) };
        after.axes.push(axis);
        after.communes.push(PriorityCommune {
            id: line(4),
            commune: Some(EventCommune { key: "13004".into(), name: "Arles".into() }),
            why: "dite siège d’une MSP".into(),
            to_verify: "absente de la liste des MSP".into(),
        });
        let (entry, name, role) = (Some(EntryId([5; 16])), "CPTS".into(), "prête la salle".into());
        after.partners.push(ProgrammePartner { id: line(6), entry, name, role });
        after.funding.push(Funding {
            id: line(7),
            source: "ARS".into(),
            planned: Some(Cents(1_250_050)),
            granted: Some(Cents(0)),
            spent: Some(Cents(3)),
            state: FundingState::Asked,
            note: "n".into(),
        });
        let action = ActionInWords {
            what: "Marcher".into(),
            from: PartialDate::parse("2026-03"),
            until: PartialDate::parse("2026-06-18"),
            state: ActionState::Dropped("la salle. fermée".into()),
        };
        after.items.push(ProgrammeItem {
            id: line(8),
            is: ItemIs::Words(action),
            axis: Some(line(3)),
            carrier: "Nadine".into(),
            carrier_entry: Some(EntryId([9; 16])),
        });
        let project = ItemIs::Project(CollectiveId([10; 16]));
        after.items.push(ProgrammeItem { is: project, ..ProgrammeItem::empty(line(11)) });
        after.withdrawn = true;
        let there = before.changes_to(&after);
        let back = after.changes_to(&before);
        assert!(there.len() >= 25 && back.iter().any(|change| matches!(change, ProgrammeChange::Remove(..))));
        let nothing = [
            ProgrammeChange::Commune(line(4), None),
            ProgrammeChange::Amount(line(7), AmountField::Spent, None),
            ProgrammeChange::From(line(8), None),
            ProgrammeChange::ItemAxis(line(8), None),
            ProgrammeChange::CarrierEntry(line(8), None),
            ProgrammeChange::PartnerEntry(line(6), None),
            ProgrammeChange::ItemIs(line(11), ItemIs::parse("")),
        ];
        for change in there.into_iter().chain(back).chain(nothing) {
            let (path, value) = change.path();
            assert_eq!(ProgrammeChange::at(&path, &value), Some(change), "{path} {value}");
        }
    }

    #[test]
    fn what_is_no_such_value_changes_nothing() {
        let id = LineId([7; 16]).to_string();
        for (path, value) in [
            ("of_tomorrow".to_owned(), "x"),
            ("year".into(), "l’an prochain"),
            ("axes.x.title".into(), "x"),
            (format!("axes.{id}.colour"), "x"),
            (format!("funding.{id}.granted"), "mille"),
            (format!("items.{id}.from"), "au printemps"),
            (format!("items.{id}.axis"), "x"),
            (format!("pupils.{id}.name"), "x"),
            ("a.b.c.d".into(), "x"),
        ] {
            assert_eq!(ProgrammeChange::at(&path, value), None, "{path} {value}");
        }
    }
}
