//! A mairie's list taken into the people of the notebook.
//!
//! A line makes a sheet, joins the one it is certainly of, or waits for someone to look: nothing of it is written then. A
//! line that waited may become certain by what a later one said, so that those left are tried again until none changes:
//! the same file taken in once more finds everything as it was.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use maillon_shared::api::requests::Import;
use maillon_shared::api::responses::{Alike, ImportColumn, ImportReport, LineNote, LineToLook};
use maillon_shared::api::{Answer, Response};
use maillon_shared::domain::communes::Communes;
use maillon_shared::domain::doubles::{Likeness, Traits, likeness};
use maillon_shared::domain::ids::{LineId, PersonId};
use maillon_shared::domain::person::{Person, PersonState};

use super::super::Engine;
use super::{failure_of_table, shortened};
use crate::ambient::{Ambient, random_array};
use crate::exchange::people::columns::PeopleField;
use crate::exchange::people::{PeopleList, PersonLine, Withheld};
use crate::exchange::refused::Refused;
use crate::exchange::table::RawTable;
use crate::journal::records::person;
use crate::journal::{Header, Kind};
use crate::notebook::{Plan, Target};
use crate::store::Store;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn import_people(&mut self, import: &Import) -> Answer {
        let list = PeopleList::read(&import.file).map_err(failure_of_table)?;
        let codes = import.columns.iter().map(Option::as_deref);
        let columns: Vec<_> = codes.map(|code| code.and_then(PeopleField::from_code)).collect();
        // A list that is not at hand, or not ours, is none: communes are then kept as they are written.
        let communes = Communes::parse(&import.communes).unwrap_or_default();
        let answers: HashMap<u32, Option<PersonId>> =
            import.answers.iter().map(|answer| (answer.line, answer.same)).collect();
        let today = self.ambient.now().day();

        let mut crowd = Crowd::of(self.notebook()?.views.people());
        let mut report =
            ImportReport { withheld: withheld_columns(&list.table, &list.withheld), ..ImportReport::default() };
        let mut waiting = Vec::new();
        for line in list.lines(&columns, &communes, today) {
            match line {
                Ok(line) => {
                    note_remarks(&line, &mut report);
                    waiting.push(line);
                }
                Err(Refused { line, why, text }) => {
                    let (why, text) = (why.code().to_owned(), shortened(&text));
                    report.refused.push(LineNote { line: line as u32, why, text });
                }
            }
        }
        loop {
            let before = waiting.len();
            waiting.retain(|line| {
                let answer = answers.get(&(line.line as u32)).copied();
                let ambient = &mut self.ambient;
                let placed = match crowd.place(line, answer) {
                    Verdict::Wait(..) => false,
                    Verdict::New => {
                        crowd.welcome(line, PersonId(random_array(ambient)), || LineId(random_array(ambient)));
                        report.created += 1;
                        true
                    }
                    Verdict::Join(at, why) => {
                        crowd.join(line, at, why, &mut report, || LineId(random_array(ambient)));
                        true
                    }
                };
                !placed
            });
            if waiting.len() == before {
                break;
            }
        }
        for line in &waiting {
            if let Verdict::Wait(why, at) = crowd.place(line, None) {
                let like = at.map(|at| crowd.alike(at));
                let (line, name) = (line.line as u32, line.display_name());
                report.to_look.push(LineToLook { line, why: why.to_owned(), name, like });
            }
        }
        report.joined.sort_by_key(|note| note.line);
        report.remarks.sort_by_key(|note| note.line);

        let mut plan = Plan::new("import_people");
        for someone in crowd.people {
            let after = someone.now;
            match someone.before {
                Some(before) => {
                    let changes = before.changes_to(&after);
                    if !changes.is_empty() {
                        plan.edit(Target::Document(after.id.into()), move |document| {
                            changes.iter().try_for_each(|change| person::write(document, change))
                        });
                    }
                }
                None => {
                    let changes = Person::empty(after.id).changes_to(&after);
                    let header = Header::new(after.id.into(), Kind::Person, None, 0);
                    plan.edit(Target::New(header), move |document| {
                        changes.iter().try_for_each(|change| person::write(document, change))
                    });
                }
            }
        }
        if let Response::Saved(saved) = self.save(plan).await? {
            report.act = Some(saved.act);
        }
        Ok(Response::Imported(Box::new(report)))
    }
}

/// The columns that were never read, by their heads.
pub(super) fn withheld_columns(table: &RawTable, withheld: &[Option<Withheld>]) -> Vec<ImportColumn> {
    let columns = table.header.iter().zip(withheld);
    let why = |(head, withheld): (&String, &Option<Withheld>)| {
        let why = withheld.as_ref()?;
        Some(ImportColumn { head: head.clone(), field: None, withheld: Some(why.code().to_owned()) })
    };
    columns.filter_map(why).collect()
}

fn note_remarks(line: &PersonLine, report: &mut ImportReport) {
    let notes = line.remarks.iter().map(|remark| LineNote {
        line: line.line as u32,
        why: remark.code().to_owned(),
        text: shortened(remark.text()),
    });
    report.remarks.extend(notes);
}

/// What becomes of a line.
pub(super) enum Verdict {
    /// It is of nobody known.
    New,
    /// It is of someone, for this reason.
    Join(usize, &'static str),
    /// Someone must look, for this reason, at whom it may be of.
    Wait(&'static str, Option<usize>),
}

/// Everyone, as the notebook has them and as the file has made them so far.
pub(super) struct Crowd {
    people: Vec<Someone>,
    by_key: HashMap<String, BTreeSet<usize>>,
    by_id: BTreeMap<PersonId, usize>,
}

struct Someone {
    /// As the notebook has them.
    before: Option<Person>,
    /// With what lines said.
    now: Person,
    /// Every description: the sheet's, and those of the lines that joined.
    known_as: Vec<Traits>,
    /// The first line that is of them.
    told_by: Option<usize>,
}

impl Crowd {
    pub(super) fn of<'a>(people: impl Iterator<Item = &'a Person>) -> Self {
        let mut people: Vec<&Person> = people.collect();
        // Always in the same order: the same file has the same end.
        people.sort_by_key(|person| person.id);
        let mut crowd = Crowd { people: Vec::new(), by_key: HashMap::new(), by_id: BTreeMap::new() };
        for person in people {
            crowd.add(Some(person.clone()), person.clone(), Traits::of(person), None);
        }
        crowd
    }

    fn add(&mut self, before: Option<Person>, now: Person, traits: Traits, told_by: Option<usize>) {
        let at = self.people.len();
        self.by_id.insert(now.id, at);
        self.people.push(Someone { before, now, known_as: Vec::new(), told_by });
        self.know(at, traits);
    }

    fn know(&mut self, at: usize, traits: Traits) {
        if self.people[at].known_as.contains(&traits) {
            return;
        }
        for key in traits.keys() {
            self.by_key.entry(key).or_default().insert(at);
        }
        self.people[at].known_as.push(traits);
    }

    /// What becomes of a line. `answer` is what someone said of it.
    pub(super) fn place(&self, line: &PersonLine, answer: Option<Option<PersonId>>) -> Verdict {
        // An answer that names nobody here is none.
        let of_someone_new = match answer {
            Some(Some(id)) => match self.by_id.get(&id) {
                Some(at) => return Verdict::Join(*at, "answered"),
                None => false,
            },
            Some(None) => true,
            None => false,
        };
        let (mut same, mut perhaps) = (Vec::new(), Vec::new());
        let traits = line.traits();
        let near: BTreeSet<usize> =
            traits.keys().iter().filter_map(|key| self.by_key.get(key)).flatten().copied().collect();
        for at in near {
            let found = self.people[at].known_as.iter().map(|known| likeness(known, &traits));
            // The best of their descriptions: certain, then doubtful.
            match found.min_by_key(|found| match found {
                Likeness::Same(_) => 0,
                Likeness::Perhaps(_) => 1,
                Likeness::Other => 2,
            }) {
                Some(Likeness::Same(proof)) => same.push((at, proof.code())),
                Some(Likeness::Perhaps(doubt)) => perhaps.push((at, doubt.code())),
                _ => {}
            }
        }
        let all_said = same.iter().chain(&perhaps).find(|(at, _)| self.has_all_of(*at, line));
        match (all_said, same.as_slice()) {
            // Nobody looks twice at what is there already, to the letter.
            (Some((at, why)), _) => Verdict::Join(*at, why),
            (None, _) if of_someone_new => Verdict::New,
            (None, [(at, why)]) => match line.look {
                Some(look) => Verdict::Wait(look.code(), Some(*at)),
                None if self.would_die(*at, line) => Verdict::Wait("deceased_there", Some(*at)),
                None => Verdict::Join(*at, why),
            },
            (None, [(at, _), ..]) => Verdict::Wait("several_alike", Some(*at)),
            (None, []) => match (line.look, perhaps.first()) {
                (Some(look), like) => Verdict::Wait(look.code(), like.map(|(at, _)| *at)),
                (None, Some((at, why))) => Verdict::Wait(why, Some(*at)),
                (None, None) => Verdict::New,
            },
        }
    }

    /// Whether someone of the notebook, of whom no other line is, is all that a line says.
    fn has_all_of(&self, at: usize, line: &PersonLine) -> bool {
        let someone = &self.people[at];
        let is_free = someone.told_by.is_none_or(|told_by| told_by == line.line);
        someone.before.is_some()
            && is_free
            && !self.would_die(at, line)
            && line.complete(&someone.now, || LineId([0; 16])) == someone.now
            && line.differences(&someone.now).is_empty()
    }

    /// Whether a line says of someone of the notebook that they have died, which the notebook does not know.
    fn would_die(&self, at: usize, line: &PersonLine) -> bool {
        let someone = &self.people[at];
        line.says_deceased() && someone.before.is_some() && someone.now.state != PersonState::Deceased
    }

    pub(super) fn welcome(&mut self, line: &PersonLine, id: PersonId, new_line: impl FnMut() -> LineId) {
        self.add(None, line.to_person(id, new_line), line.traits(), Some(line.line));
    }

    pub(super) fn join(
        &mut self,
        line: &PersonLine,
        at: usize,
        why: &str,
        report: &mut ImportReport,
        new_line: impl FnMut() -> LineId,
    ) {
        let someone = &mut self.people[at];
        let of_the_file = someone.before.is_none();
        let mut completed = match of_the_file {
            true => line.complete_new(&someone.now, new_line),
            false => line.complete(&someone.now, new_line),
        };
        if why == "answered" && line.says_deceased() {
            completed.state = PersonState::Deceased;
        }
        for text in line.differences(&completed) {
            let note = LineNote { line: line.line as u32, why: "kept_other".to_owned(), text: shortened(&text) };
            report.remarks.push(note);
        }
        match completed == someone.now {
            true => report.unchanged += 1,
            false => report.completed += 1,
        }
        let text = shortened(&completed.display_name());
        report.joined.push(LineNote { line: line.line as u32, why: why.to_owned(), text });
        someone.told_by.get_or_insert(line.line);
        someone.now = completed;
        let traits = Traits::of(&someone.now);
        self.know(at, traits);
        self.know(at, line.traits());
    }

    /// The id of someone.
    pub(super) fn id_at(&self, at: usize) -> PersonId {
        self.people[at].now.id
    }

    /// Everyone, as they have become.
    pub(super) fn into_people(self) -> impl Iterator<Item = Person> {
        self.people.into_iter().map(|someone| someone.now)
    }

    pub(super) fn alike(&self, at: usize) -> Alike {
        let person = &self.people[at].now;
        Alike {
            id: person.id,
            name: person.display_name(),
            place: person.address.short().to_owned(),
            birth: person.birth,
        }
    }
}
