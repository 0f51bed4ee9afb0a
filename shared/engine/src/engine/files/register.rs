//! A register kept before, taken over: each line makes an entry, completes one, waits for someone to look, or is refused
//! with its reason. Whoever was struck off or opposed is not entered again by a list.
//!
//! Whether a line is of someone already there is told as for people: an entry is looked at as a sheet would say it.

use std::collections::{BTreeMap, HashMap};

use maillon_shared::api::requests::Import;
use maillon_shared::api::responses::{ImportReport, LineNote, LineToLook};
use maillon_shared::api::{Answer, Response};
use maillon_shared::domain::communes::Communes;
use maillon_shared::domain::ids::{LineId, PersonId, RegisterEntryId};
use maillon_shared::domain::person::{Person, PersonState};
use maillon_shared::domain::register::{Acknowledgement, PersonToNotify, RegisterEntry};

use super::super::Engine;
use super::super::register::plan_new_register_entry;
use super::people::{Crowd, Verdict, withheld_columns};
use super::{failure_of_table, shortened};
use crate::ambient::{Ambient, random_array};
use crate::exchange::register::{RegisterColumn, RegisterLine, RegisterList};
use crate::journal::records::register;
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::Views;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn import_register(&mut self, import: &Import) -> Answer {
        let list = RegisterList::read(&import.file).map_err(failure_of_table)?;
        let codes = import.columns.iter().map(Option::as_deref);
        let columns: Vec<_> = codes.map(|code| code.and_then(RegisterColumn::from_code)).collect();
        let communes = Communes::parse(&import.communes).unwrap_or_default();
        // The screens of an import name whoever a line may be of by an id of the same bytes.
        let answers: HashMap<u32, Option<PersonId>> =
            import.answers.iter().map(|answer| (answer.line, answer.same)).collect();
        let today = self.ambient.now().day();

        let held: BTreeMap<PersonId, RegisterEntry> = {
            let entries = self.notebook()?.views.register_entries().into_iter();
            entries.map(|entry| (PersonId(entry.id.0), entry.clone())).collect()
        };
        let as_people: Vec<Person> = held.values().map(Views::entry_as_person).collect();
        let mut crowd = Crowd::of(as_people.iter());
        let mut entries = held.clone();
        let withheld = withheld_columns(list.table(), list.withheld());
        let mut report = ImportReport { withheld, ..ImportReport::default() };
        let mut waiting = Vec::new();
        for line in list.lines(&columns, &communes, today) {
            match line {
                Ok(line) => match no_place_for(&line) {
                    Some(why) => report.refused.push(note(&line, why, &line.person.display_name())),
                    None => {
                        report.remarks.extend(line.remarks().map(|(why, text)| note(&line, why, text)));
                        waiting.push(line);
                    }
                },
                Err(refused) => {
                    let (why, text) = (refused.why.code().to_owned(), shortened(&refused.text));
                    report.refused.push(LineNote { line: refused.line as u32, why, text });
                }
            }
        }
        loop {
            let before = waiting.len();
            waiting.retain(|line| {
                let answer = answers.get(&(line.person.line as u32)).copied();
                let ambient = &mut self.ambient;
                match crowd.place(&line.person, answer) {
                    Verdict::Wait(..) => return true,
                    Verdict::New => {
                        let id = PersonId(random_array(ambient));
                        crowd.welcome(&line.person, id, || LineId(random_array(ambient)));
                        let mut entry = RegisterEntry::empty(RegisterEntryId(id.0));
                        // It was kept before: whether it was acknowledged is known there, not here.
                        entry.acknowledgement = Acknowledgement::TakenOver;
                        entries.insert(id, line.listed.complete(&entry));
                        report.created += 1;
                    }
                    Verdict::Join(at, why) => {
                        let id = crowd.id_at(at);
                        match entries.get(&id) {
                            Some(entry) if !entry.is_registered() => {
                                report.refused.push(note(line, "register_ended", &line.person.display_name()));
                            }
                            entry => {
                                let entry =
                                    entry.cloned().unwrap_or_else(|| RegisterEntry::empty(RegisterEntryId(id.0)));
                                let completed = line.listed.complete(&entry);
                                let unchanged = report.unchanged;
                                crowd.join(&line.person, at, why, &mut report, || LineId(random_array(ambient)));
                                if completed != entry && report.unchanged > unchanged {
                                    report.unchanged -= 1;
                                    report.completed += 1;
                                }
                                entries.insert(id, completed);
                            }
                        }
                    }
                }
                false
            });
            if waiting.len() == before {
                break;
            }
        }
        for line in &waiting {
            if let Verdict::Wait(why, at) = crowd.place(&line.person, None) {
                let like = at.map(|at| crowd.alike(at));
                let (line, name) = (line.person.line as u32, line.person.display_name());
                report.to_look.push(LineToLook { line, why: why.to_owned(), name, like });
            }
        }
        report.joined.sort_by_key(|note| note.line);
        report.remarks.sort_by_key(|note| note.line);
        report.refused.sort_by_key(|note| note.line);

        let mut plan = Plan::new("import_register");
        for person in crowd.into_people() {
            let Some(entry) = entries.remove(&person.id) else { continue };
            let after = with_person(entry, &person);
            match held.get(&person.id) {
                Some(before) => {
                    let changes = before.changes_to(&after);
                    if !changes.is_empty() {
                        plan.edit(Target::Document(after.id.into()), move |document| {
                            changes.iter().try_for_each(|change| register::write(document, change))
                        });
                    }
                }
                None => {
                    let changes = RegisterEntry::empty(after.id).changes_to(&after);
                    plan_new_register_entry(&mut plan, after.id, changes);
                }
            }
        }
        if let Response::Saved(saved) = self.save(plan).await? {
            report.act = Some(saved.act);
        }
        Ok(Response::Imported(Box::new(report)))
    }
}

fn note(line: &RegisterLine, why: &str, text: &str) -> LineNote {
    LineNote { line: line.person.line as u32, why: why.to_owned(), text: shortened(text) }
}

/// Why someone is not to be entered, whom the line itself says to be gone or unwilling.
fn no_place_for(line: &RegisterLine) -> Option<&'static str> {
    match line.person.state() {
        PersonState::Deceased => Some("register_deceased"),
        PersonState::Moved => Some("register_moved"),
        PersonState::Refuses => Some("register_refuses"),
        PersonState::Followed | PersonState::AbsentUntil(_) | PersonState::Unknown(_) => None,
    }
}

/// An entry, with what was told of the person as a sheet would say it.
fn with_person(mut entry: RegisterEntry, person: &Person) -> RegisterEntry {
    entry.family_name = person.family_name.clone();
    entry.given_name = person.given_name.clone();
    entry.birth = person.birth;
    entry.address = person.address.clone();
    entry.phones = person.phones.clone();
    let related = person.related.iter().map(|related| PersonToNotify {
        id: related.id,
        name: related.name.clone(),
        relation: related.relation.clone(),
        phone: related.phone.clone(),
    });
    entry.to_notify = related.collect();
    entry
}
