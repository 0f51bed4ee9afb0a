//! The clues in a text, against what the whole notebook knows: names, numbers, places, births, and every word of the
//! records. Nothing keeps what was looked at.

use maillon_shared::api::collective::{Source, SourceText};
use maillon_shared::domain::circle::Helper;
use maillon_shared::domain::clues::{Clue, ClueKind, Known, Lexicon, WrittenFor, find};
use maillon_shared::domain::contact::Address;
use maillon_shared::domain::directory::EntryKind;
use maillon_shared::domain::ids::PersonId;
use maillon_shared::domain::liaison::Told;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::person::Person;
use maillon_shared::domain::time::PartialDate;
use maillon_shared::text::copied::Runs;
use maillon_shared::text::language::Language;
use maillon_shared::text::tokens::tokens;

use super::words_in::words_in;
use super::{Cached, Content, Views};
use crate::journal::Scope;

/// Shorter than this, a text of a kind of record that is not known here is a code.
const SHORTEST_WORDS: usize = 12;

impl Views {
    /// The clues in some texts, text by text and in their order.
    pub fn clues(&self, texts: &[&str], written_for: WrittenFor) -> Vec<Clue> {
        let lexicon = self.lexicon();
        let known = self.known(written_for, &lexicon);
        let mut clues = Vec::new();
        let copied = match written_for {
            WrittenFor::Situation | WrittenFor::Report | WrittenFor::Sheet => self.copied_in(texts),
            WrittenFor::Project | WrittenFor::Difficulty => vec![Vec::new(); texts.len()],
        };
        for ((text, copied), index) in texts.iter().zip(copied).zip(0..) {
            let mut found = find(text, index, written_for, &known, &lexicon);
            if let Some(weight) = ClueKind::Copied.weight_in(written_for) {
                found.extend(copied.into_iter().map(|(from, to)| Clue {
                    text: index,
                    kind: ClueKind::Copied,
                    weight,
                    from: u32::try_from(from).unwrap_or(u32::MAX),
                    to: u32::try_from(to).unwrap_or(u32::MAX),
                    words: text[from..to].to_owned(),
                }));
            }
            found.sort_by_key(|clue| (clue.from, clue.to));
            clues.extend(found);
        }
        clues
    }

    /// The words that clues are told by, as the coordinator made the lists.
    fn lexicon(&self) -> Lexicon {
        Lexicon::of(Language::ALL.map(|language| self.lists_in(language)))
    }

    /// What each text has word for word from the records.
    fn copied_in(&self, texts: &[&str]) -> Vec<Vec<(usize, usize)>> {
        let mut runs: Vec<Runs> = texts.iter().map(|text| Runs::of(text)).collect();
        for cached in self.documents.values().filter(|cached| is_a_record(cached)) {
            words_in(&cached.content, &mut |words| runs.iter_mut().for_each(|runs| runs.read(words)));
        }
        // Of an episode, what it was begun with is the procedure's words; why is a record's.
        for cached in self.documents.values() {
            if let Content::ProcedureRun(run) = &cached.content {
                runs.iter_mut().for_each(|runs| runs.read(&run.words));
            }
        }
        runs.iter().map(Runs::copied).collect()
    }

    /// What the notebook knows, and that a text written for that must not say.
    fn known(&self, written_for: WrittenFor, lexicon: &Lexicon) -> Known {
        let mut known = Known::default();
        for person in self.people() {
            know_person(&mut known, person, lexicon);
            // What is told to the mairie is told of its commune, by name.
            if names_places(written_for) {
                known.place(&person.address.commune);
            }
        }
        for cached in self.documents.values().filter(|cached| !cached.undone) {
            match &cached.content {
                Content::RegisterEntry(entry) => {
                    known.given_name(&entry.given_name);
                    known.name(&entry.family_name);
                    known.whole_name(&entry.given_name, &entry.family_name);
                    know_birth(&mut known, entry.birth);
                    know_address(&mut known, &entry.address);
                    if names_places(written_for) {
                        known.place(&entry.address.commune);
                    }
                    entry.phones.iter().for_each(|phone| known.phone(&phone.number));
                    for other in &entry.to_notify {
                        known.name(&other.name);
                        known.phone(&other.phone);
                    }
                }
                Content::Provisional(reported) => {
                    known.given_name(&reported.given_name);
                    known.name(&reported.family_name);
                    known.nickname(&reported.usual_name);
                    known.whole_name(&reported.given_name, &reported.family_name);
                    known.phone(&reported.phone);
                    known.address(&reported.address_line);
                    known.place(&reported.hamlet);
                    names_in(&reported.reported_by, &mut known);
                }
                Content::CallCard(card) => {
                    known.given_name(&card.given_name);
                    known.name(&card.family_name);
                    known.whole_name(&card.given_name, &card.family_name);
                    know_whole_address(&mut known, &card.address);
                    card.phones.iter().for_each(|phone| known.phone(&phone.number));
                    for named in &card.named {
                        known.name(&named.name);
                        known.phone(&named.phone);
                    }
                }
                // Whom a neighbour entrusted is nobody's to name here.
                Content::PersonCopy(copy) => {
                    known.name(&copy.name);
                    copy.told.iter().for_each(|told| know_told(&mut known, told));
                }
                Content::Circle(members) => {
                    for member in members {
                        if let Helper::Named(name) = &member.who {
                            known.name(name);
                        }
                        known.phone(&member.phone);
                    }
                }
                Content::Journal { encounters, .. } => {
                    for encounter in encounters {
                        for text in [&encounter.words, &encounter.notes] {
                            lexicon.nicknames_in(text).iter().for_each(|nickname| known.nickname(nickname));
                        }
                        capitals(&encounter.with, &mut known);
                    }
                }
                Content::Entry(entry) if written_for != WrittenFor::Project => {
                    if names_places(written_for) {
                        known.place(&entry.address.commune);
                    }
                    match entry.kind {
                        EntryKind::Structure => {
                            known.structure(&entry.name);
                            entry.other_names.split([',', ';']).for_each(|name| known.structure(name));
                        }
                        // Whoever is met in their trade may be named in a sheet, if that is meant.
                        _ if written_for == WrittenFor::Sheet => {
                            known.professional(&entry.given_name);
                            known.professional(&entry.name);
                        }
                        _ => {
                            known.given_name(&entry.given_name);
                            known.name(&entry.name);
                        }
                    }
                    if written_for != WrittenFor::Sheet {
                        entry.phones.iter().for_each(|phone| known.phone(&phone.number));
                    }
                }
                _ => {}
            }
        }
        known
    }

    /// The first names of the list that nobody has here.
    pub fn invented_names(&self) -> Vec<String> {
        let known = self.known(WrittenFor::Situation, &self.lexicon());
        let names = self.lists_in(Language::Fr).items(ListId::InventedNames).iter().map(|item| &item.label);
        names.filter(|name| known.is_free(name)).cloned().collect()
    }

    /// What was written about people, to be read beside. Unshared notes stay unshared.
    pub fn sources(&self, people: &[PersonId]) -> Vec<Source> {
        let people = people.iter().filter_map(|id| self.person(*id));
        people.map(|person| Source { name: person.display_name(), texts: self.texts_about(person) }).collect()
    }

    fn texts_about(&self, person: &Person) -> Vec<SourceText> {
        let mut texts = Vec::new();
        let mut add = |kind: &str, day, words: &str| {
            if !words.trim().is_empty() {
                texts.push(SourceText { kind: kind.to_owned(), day, words: words.trim().to_owned() });
            }
        };
        // What only its author reads stays unread here too: unshared notes, what is said in danger.
        for cached in self.about(person.id).filter(|cached| cached.header.scope != Scope::Mine) {
            match &cached.content {
                Content::Journal { encounters, follow_ups, .. } => {
                    for encounter in encounters.iter().filter(|encounter| !encounter.withdrawn) {
                        add("encounter", Some(encounter.day), &encounter.words);
                        add("encounter", Some(encounter.day), &encounter.notes);
                    }
                    for follow_up in follow_ups {
                        add("follow_up", Some(follow_up.due), &follow_up.what);
                    }
                }
                Content::Request(request) => add("request", Some(request.received), &request.verbatim),
                Content::Private { .. }
                | Content::Person(_)
                | Content::Consents { .. }
                | Content::CallCard(_)
                | Content::RegisterEntry(_)
                | Content::SamePerson(_) => {}
                other => words_in(other, &mut |words| {
                    if words.len() >= SHORTEST_WORDS && words.contains(' ') {
                        add(cached.header.kind.code(), None, words);
                    }
                }),
            }
        }
        texts.sort_by(|one, other| (other.day, &one.words).cmp(&(one.day, &other.words)));
        texts
    }
}

/// Whether a document is about someone, or tells what took place: what is written to be shown to all is not copied from.
fn is_a_record(cached: &Cached) -> bool {
    !matches!(
        cached.content,
        Content::Situation(_)
            | Content::CollectiveProject(_)
            | Content::Event(_)
            | Content::Survey(_)
            | Content::SurveyResponses(_)
            | Content::PublishedFigures(..)
            | Content::Programme(_)
            | Content::Procedure(_)
            | Content::ProcedureRun(_)
            | Content::TravellingSheet(_)
            | Content::ReceivedSheet(_)
            | Content::Roadmap(_)
            | Content::Diagnosis(_)
            | Content::Application(_)
            | Content::Outreach(_)
            | Content::Information(_)
            | Content::BoardSheet(_)
            | Content::Means(_)
            | Content::Charter(_)
            | Content::Entry(_)
            | Content::Settings(_)
            | Content::Report(_)
            | Content::PublishedReport(_)
            | Content::Other
    )
}

/// Whether a text written for that must not say a commune: what is told to the mairie, or to another territory, is told of one.
fn names_places(written_for: WrittenFor) -> bool {
    !matches!(written_for, WrittenFor::Report | WrittenFor::Sheet)
}

fn know_person(known: &mut Known, person: &Person, lexicon: &Lexicon) {
    known.given_name(&person.given_name);
    known.name(&person.family_name);
    known.nickname(&person.usual_name);
    known.whole_name(&person.given_name, &person.family_name);
    known.whole_name(&person.usual_name, &person.family_name);
    know_birth(known, person.birth);
    know_address(known, &person.address);
    person.phones.iter().for_each(|phone| known.phone(&phone.number));
    known.email(&person.email);
    for related in &person.related {
        known.name(&related.name);
        known.phone(&related.phone);
    }
    capitals(&person.household, known);
    for text in [&person.approach, &person.notes] {
        lexicon.nicknames_in(text).iter().for_each(|nickname| known.nickname(nickname));
    }
}

fn know_birth(known: &mut Known, birth: Option<PartialDate>) {
    if let Some(PartialDate::Day(day)) = birth {
        known.birth(day);
    }
}

fn know_address(known: &mut Known, address: &Address) {
    known.address(&address.line);
    [&address.hamlet, &address.former_commune].into_iter().for_each(|place| known.place(place));
}

/// Names in a few words: "avec son fils Basile".
fn capitals(words: &str, known: &mut Known) {
    for token in tokens(words).iter().filter(|token| token.capital && !token.begins) {
        known.name(&words[token.from..token.to]);
    }
}

/// Names where someone is said in a few words: "Mme Duval", "Lucien Duval"; the first word is one where a name follows it.
fn names_in(words: &str, known: &mut Known) {
    capitals(words, known);
    if let [first, second, ..] = &tokens(words)[..]
        && first.capital
        && second.capital
    {
        known.name(&words[first.from..first.to]);
    }
}

/// What a neighbour told of someone.
fn know_told(known: &mut Known, told: &Told) {
    match told {
        Told::Address(address) => know_whole_address(known, address),
        Told::Phones(phones) => phones.iter().for_each(|phone| known.phone(phone)),
        Told::CallFirst(contact) => {
            known.name(&contact.name);
            known.phone(&contact.phone);
        }
        Told::Approach(_) | Told::Words(_) | Told::Goals(_) | Told::Actions(_) | Told::Circle(_) => {}
    }
}

/// An address in one line, "12 chemin des Oliviers, Les Amandiers, 13000 Ici": its commune, which stands last, is said to all.
fn know_whole_address(known: &mut Known, address: &str) {
    let parts: Vec<&str> = address.split([',', '\n']).collect();
    let before_town = match &parts[..] {
        [before @ .., _town] if !before.is_empty() => before,
        whole => whole,
    };
    for part in before_town {
        known.address(part);
        if !part.contains(|c: char| c.is_ascii_digit()) {
            known.place(part);
        }
    }
}
