//! An annual programme in its document: each field and each field of each line is written apart, at the path that its
//! change says. What it says of a project or an event is which one it is, and no more.

use std::cell::Cell;

use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::{EntryId, LineId, ProgrammeId};
use maillon_shared::domain::programme::{
    ActionInWords, ActionState, AmountField, AnnualProgramme, Axis, AxisField, Cents, Funding, FundingField,
    FundingState, ItemField, ItemIs, PriorityCommune, PriorityField, ProgrammeChange, ProgrammeField, ProgrammeItem,
    ProgrammeLines, ProgrammePartner, ProgrammePartnerField, ProgrammeStatus,
};
use maillon_shared::domain::time::PartialDate;

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::value::{Place, Value};
use super::{lines_in_order, put_back_line, put_in_line, remove_known_line};

/// Writes a whole programme that begins.
pub fn create(document: &mut Document, programme: &AnnualProgramme) -> Result<(), JournalError> {
    // The year is always written: without one it would be no programme.
    write(document, &ProgrammeChange::Year(programme.year))?;
    let empty = AnnualProgramme::empty(programme.id, programme.year);
    empty.changes_to(programme).iter().try_for_each(|change| write(document, change))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &ProgrammeChange) -> Result<(), JournalError> {
    match change {
        ProgrammeChange::Remove(lines, id) => return remove_known_line(document, lines.code(), *id),
        ProgrammeChange::Withdrawn(withdrawn) => {
            return document.put(Place::Root, "withdrawn", Value::flag(*withdrawn));
        }
        _ => {}
    }
    let (path, value) = change.path();
    let value = if value.is_empty() { Value::Nothing } else { Value::Text(value) };
    match path.splitn(3, '.').collect::<Vec<_>>()[..] {
        [lines, id, field] => match (ProgrammeLines::from_code(lines), LineId::parse(id)) {
            (Some(lines), Some(id)) => {
                // Someone took the line away meanwhile: whoever writes in it wants it there, and would lose their words.
                put_back_line(document, lines.code(), id, &value)?;
                put_in_line(document, lines.code(), id, field, value)
            }
            _ => Ok(()),
        },
        _ => document.put(Place::Root, &path, value),
    }
}

fn date(line: &Fields<'_>, field: &str) -> Option<PartialDate> {
    PartialDate::parse(&line.text(field))
}

/// Reads the programme; nothing where it says no year.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<AnnualProgramme> {
    let fields = document.fields(Place::Root, oddities)?;
    let year = fields.text("year").parse().ok()?;
    let mut programme = AnnualProgramme::empty(ProgrammeId(document.header.id.0), year);
    for field in ProgrammeField::ALL {
        *programme.text_mut(*field) = fields.text(field.code());
    }
    let status = fields.text("status");
    if !status.is_empty() {
        programme.status = ProgrammeStatus::parse(&status);
    }
    programme.follows = ProgrammeId::parse(&fields.text("follows"));
    programme.withdrawn = fields.flag("withdrawn");
    programme.axes = lines_in_order(document, ProgrammeLines::Axes.code(), oddities, |id, line| {
        let mut axis = Axis::empty(id);
        AxisField::ALL.iter().for_each(|field| *axis.text_mut(*field) = line.text(field.code()));
        axis
    });
    programme.communes = lines_in_order(document, ProgrammeLines::Communes.code(), oddities, |id, line| {
        let commune = EventCommune::parse(&line.text("commune"));
        let mut priority = PriorityCommune { commune, ..PriorityCommune::empty(id) };
        PriorityField::ALL.iter().for_each(|field| *priority.text_mut(*field) = line.text(field.code()));
        priority
    });
    programme.partners = lines_in_order(document, ProgrammeLines::Partners.code(), oddities, |id, line| {
        let mut partner =
            ProgrammePartner { entry: EntryId::parse(&line.text("entry")), ..ProgrammePartner::empty(id) };
        ProgrammePartnerField::ALL.iter().for_each(|field| *partner.text_mut(*field) = line.text(field.code()));
        partner
    });
    programme.funding = lines_in_order(document, ProgrammeLines::Funding.code(), oddities, funding);
    programme.items = lines_in_order(document, ProgrammeLines::Items.code(), oddities, item);
    Some(programme)
}

fn funding(id: LineId, line: &Fields<'_>) -> Funding {
    let mut funding = Funding::empty(id);
    FundingField::ALL.iter().for_each(|field| *funding.text_mut(*field) = line.text(field.code()));
    AmountField::ALL.iter().for_each(|field| *funding.amount_mut(*field) = Cents::parse(&line.text(field.code())));
    let state = line.text("state");
    if !state.is_empty() {
        funding.state = FundingState::from_code(&state);
    }
    funding
}

fn item(id: LineId, line: &Fields<'_>) -> ProgrammeItem {
    let is = match ItemIs::parse(&line.text("is")) {
        ItemIs::Words(_) => ItemIs::Words(ActionInWords {
            what: line.text("what"),
            from: date(line, "from"),
            until: date(line, "until"),
            state: ActionState::parse(&line.text("state")),
        }),
        // Of a project or an event, whatever words are written beside it are shown to no one.
        other => other,
    };
    let axis = LineId::parse(&line.text("axis"));
    let carrier_entry = EntryId::parse(&line.text("carrier_entry"));
    let mut item = ProgrammeItem { is, axis, carrier_entry, ..ProgrammeItem::empty(id) };
    ItemField::ALL.iter().for_each(|field| *item.text_mut(*field) = line.text(field.code()));
    item
}
