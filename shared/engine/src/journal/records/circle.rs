//! The circle of a person in its document: a line a member.
//!
//! Two devices may each begin such a document for one person: both stay, and are read together.

use std::cell::Cell;

use maillon_shared::domain::circle::{Helper, Member, MemberChange, MemberField};
use maillon_shared::domain::ids::{LineId, PersonId};

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value};
use super::{lines_in_order, put_in_line, remove_line};

const MEMBERS: &str = "members";
const WHO: &str = "who";
const LEADS: &str = "leads";
const FROM: &str = "from";
const UNTIL: &str = "until";

/// Writes one change to someone of the circle.
pub fn write(document: &mut Document, id: LineId, change: &MemberChange) -> Result<(), JournalError> {
    let place = Place::Line(MEMBERS, id.0);
    match change {
        MemberChange::Who(who) => put_in_line(document, MEMBERS, id, WHO, Value::text(&who.to_string())),
        // Nobody comes into being by a field alone.
        MemberChange::Remove => remove_line(document, MEMBERS, id),
        _ if !document.has_line(MEMBERS, id.0) => Ok(()),
        MemberChange::Text(field, text) => document.put(place, field.code(), Value::text(text)),
        MemberChange::Leads(leads) => document.put(place, LEADS, Value::flag(*leads)),
        MemberChange::From(day) => document.put(place, FROM, (*day).into()),
        MemberChange::Until(day) => document.put(place, UNTIL, (*day).into()),
    }
}

/// Reads every member, in the order in which they came.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Vec<Member> {
    let Some(person) = document.header.subject.map(PersonId) else { return Vec::new() };
    let members = lines_in_order(document, MEMBERS, oddities, |id, line| {
        let mut member = Member::empty(id, person, Helper::parse(&line.text(WHO))?);
        for field in MemberField::ALL {
            *member.text_mut(*field) = line.text(field.code());
        }
        member.leads = line.flag(LEADS);
        member.from = line.day(FROM);
        member.until = line.day(UNTIL);
        Some(member)
    });
    members.into_iter().flatten().collect()
}
