//! What was said of someone in danger, in a document of its own about them, which no stand-in and no neighbour joins.

use std::cell::Cell;

use maillon_shared::domain::alert::{Moment, Wording};
use maillon_shared::domain::ids::{AccountId, AlertId, PersonId};
use maillon_shared::domain::safeguarding::Account;

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value, line_key};

const ACCOUNTS: &str = "accounts";
const ALERT: &str = "alert";
const DAY: &str = "day";
const HOUR: &str = "hour";
const SAID: &str = "said";
const BY: &str = "by";
const TO: &str = "to";
const PROOF: &str = "proof";

/// Writes what was said: once, and never written over.
pub fn keep(document: &mut Document, account: &Account) -> Result<(), JournalError> {
    let place = Place::Line(ACCOUNTS, account.id.0);
    document.put(place, DAY, account.at.day.into())?;
    document.put(place, HOUR, Some(account.at.hour).into())?;
    document.put(place, ALERT, account.alert.map_or(Value::Nothing, |id| Value::Text(line_key(&id.0))))?;
    document.put(place, SAID, Value::text(account.said.as_str()))?;
    document.put(place, BY, Value::text(&account.by))?;
    document.put(place, TO, Value::text(&account.to))?;
    document.put(place, PROOF, Value::text(&account.proof))
}

/// Reads what was said.
pub fn accounts(document: &Document, oddities: &Cell<u32>) -> Vec<Account> {
    let Some(person) = document.header.subject.map(PersonId) else { return Vec::new() };
    let mut accounts = Vec::new();
    for (id, line) in document.lines(ACCOUNTS, oddities) {
        let (Some(day), Some(hour)) = (line.day(DAY), line.hour(HOUR)) else { continue };
        let Some(said) = Wording::new(&line.text(SAID)) else { continue };
        accounts.push(Account {
            id: AccountId(id),
            person,
            alert: line.id(ALERT).map(AlertId),
            at: Moment { day, hour },
            said,
            by: line.text(BY),
            to: line.text(TO),
            proof: line.text(PROOF),
        });
    }
    accounts.sort_by_key(|account| (account.at, account.id));
    accounts
}
