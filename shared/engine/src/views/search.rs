//! Search over everything, as one types: accents, hyphens and typing mistakes forgiven.
//!
//! Names are searched from the first letter; notes from the third, since two letters begin half of all words.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Bound;

use maillon_shared::api::responses::Hit;
use maillon_shared::domain::circle::Helper;
use maillon_shared::domain::ids::DocId;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::project::Owner;
use maillon_shared::domain::survey::response::Answer;
use maillon_shared::text::fold::{fold, words};
use maillon_shared::text::language::Language;
use maillon_shared::text::near::{mistakes_allowed, prefix_distance_at_most};

use super::hits::{day, rank};
use super::{Content, Views};

/// From how many letters on notes are searched too.
const NOTES_FROM_LETTERS: usize = 3;

/// What a word costs: a name found to the letter is best, a word in a note mistyped is last.
const PREFIX_COST: u32 = 1;
const MISTAKE_COST: u32 = 8;
const NOTE_COST: u32 = 24;

/// Words, and where they stand.
#[derive(Default)]
pub(super) struct SearchIndex {
    names: Words,
    notes: Words,
    places: Vec<Option<Place>>,
    of_document: HashMap<DocId, Vec<u32>>,
    gone: usize,
}

type Words = BTreeMap<String, Vec<u32>>;

/// What is found: made into a hit only when it is shown.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Person(DocId),
    Entry(DocId),
    Encounter(DocId, usize),
    FollowUp(DocId, usize),
    Request(DocId),
    Provisional(DocId),
    Note(DocId, usize),
    Register(DocId),
    Round(DocId),
    Received(DocId),
    Alert(DocId),
    Project(DocId),
    Stay(DocId),
    Meeting(DocId),
    Circle(DocId),
    Common(DocId),
}

impl SearchIndex {
    fn of(views: &Views) -> Self {
        let mut index = SearchIndex::default();
        for id in views.documents.keys() {
            index.add(views, *id);
        }
        index
    }

    /// Takes up a document's values anew.
    pub(super) fn refresh(&mut self, views: &Views, id: DocId) {
        for place in self.of_document.remove(&id).unwrap_or_default() {
            if let Some(place) = self.places.get_mut(place as usize) {
                *place = None;
                self.gone += 1;
            }
        }
        if self.gone > 4096 && self.gone * 2 > self.places.len() {
            *self = SearchIndex::of(views);
        } else {
            self.add(views, id);
        }
    }

    fn add(&mut self, views: &Views, id: DocId) {
        let Some(cached) = views.documents.get(&id).filter(|cached| !cached.undone) else { return };
        match &cached.content {
            Content::Person(person) => {
                let place = self.place(id, Place::Person(id));
                self.add_items(views, place, person.related.iter().map(|one| (ListId::Relations, &one.relation)));
                self.add_names(place, [&person.given_name, &person.family_name, &person.usual_name]);
                self.add_names(
                    place,
                    [&person.address.hamlet, &person.address.former_commune, &person.address.commune],
                );
                self.add_names(place, person.related.iter().map(|related| &related.name));
                self.add_phones(place, person.phones.iter().map(|phone| phone.number.as_str()));
                self.add_phones(place, person.related.iter().map(|related| related.phone.as_str()));
                self.add_notes(place, [&person.approach, &person.notes, &person.household, &person.address.line]);
            }
            Content::Entry(entry) => {
                let place = self.place(id, Place::Entry(id));
                self.add_names(place, [&entry.given_name, &entry.name, &entry.other_names, &entry.role]);
                self.add_names(place, [&entry.address.commune, &entry.workplace, &entry.carrier]);
                self.add_phones(place, entry.phones.iter().map(|phone| phone.number.as_str()));
                self.add_notes(place, [&entry.missions, &entry.notes, &entry.territory, &entry.email]);
                self.add_items(
                    views,
                    place,
                    [(ListId::Professions, &entry.role), (ListId::StructureTypes, &entry.role)],
                );
                for mission in &entry.offers {
                    self.add_items(views, place, [(ListId::RequestTopics, &mission.topic)]);
                    self.add_items(views, place, mission.publics.iter().map(|public| (ListId::Publics, public)));
                    self.add_notes(place, [&mission.what, &mission.topic, &mission.access, &mission.note]);
                }
            }
            Content::Journal { encounters, follow_ups, .. } => {
                for (at, encounter) in encounters.iter().enumerate().filter(|(_, encounter)| !encounter.withdrawn) {
                    let texts = [&encounter.words, &encounter.notes, &encounter.place, &encounter.with];
                    if texts.iter().any(|text| !text.is_empty()) {
                        let place = self.place(id, Place::Encounter(id, at));
                        self.add_notes(place, texts);
                    }
                }
                for (at, follow_up) in follow_ups.iter().enumerate() {
                    if !follow_up.what.is_empty() {
                        let place = self.place(id, Place::FollowUp(id, at));
                        self.add_notes(place, [&follow_up.what, &follow_up.owner]);
                    }
                }
            }
            Content::Private { notes } => {
                for (at, (_, text)) in notes.iter().enumerate() {
                    let place = self.place(id, Place::Note(id, at));
                    self.add_notes(place, [text]);
                }
            }
            Content::Request(request) => {
                let place = self.place(id, Place::Request(id));
                let said = [&request.verbatim, &request.asked_by, &request.place, &request.analysis, &request.closing];
                self.add_notes(place, said);
                for topic in std::iter::once(&request.topic).chain(&request.also) {
                    self.add_items(views, place, [(ListId::RequestTopics, topic)]);
                }
                self.add_notes(place, request.listening.iter().map(|heard| &heard.text));
                for option in &request.options {
                    self.add_notes(place, [&option.to.name, &option.what, &option.feedback]);
                }
            }
            Content::Provisional(record) => {
                let place = self.place(id, Place::Provisional(id));
                self.add_names(place, [&record.given_name, &record.family_name, &record.usual_name]);
                self.add_names(place, [&record.hamlet, &record.commune]);
                self.add_phones(place, [record.phone.as_str()]);
                self.add_notes(place, [&record.words, &record.reported_by, &record.address_line]);
            }
            // A card says what a sheet says: found there, it would be found twice.
            Content::CallCard(_) | Content::Campaign(_) => {}
            Content::RegisterEntry(entry) => {
                let place = self.place(id, Place::Register(id));
                self.add_names(place, [&entry.given_name, &entry.family_name, &entry.requester]);
                self.add_names(place, [&entry.address.hamlet, &entry.address.former_commune, &entry.address.commune]);
                self.add_names(place, entry.to_notify.iter().map(|other| &other.name));
                self.add_phones(place, entry.phones.iter().map(|phone| phone.number.as_str()));
                self.add_phones(place, entry.to_notify.iter().map(|other| other.phone.as_str()));
                self.add_notes(place, [&entry.home_services, &entry.address.line]);
            }
            Content::Alert(alert) => {
                let place = self.place(id, Place::Alert(id));
                self.add_notes(place, [&alert.words]);
                let steps = alert.steps.iter();
                self.add_notes(place, steps.flat_map(|step| [step.what.as_str(), step.with.as_str()]));
                if let Some(population) = alert.population() {
                    let told =
                        [&population.audience, &population.communes, &population.phenomenon, &population.outcome];
                    self.add_notes(place, told);
                }
            }
            Content::HospitalStay(stay) if !super::stays::is_mistake(stay) => {
                let place = self.place(id, Place::Stay(id));
                self.add_notes(place, [&stay.place, &stay.ward, &stay.told_by, &stay.going_to, &stay.notes]);
                let said = stay.steps.iter().flat_map(|step| [&step.what, &step.note]);
                self.add_notes(place, said);
                let named = stay.steps.iter().filter_map(|step| match &step.owner {
                    Some(Owner::Helper(Helper::Named(name))) => Some(name),
                    _ => None,
                });
                self.add_notes(place, named);
            }
            Content::HospitalStay(_) => {}
            Content::SharedMeeting(record) => {
                let place = self.place(id, Place::Meeting(id));
                self.add_notes(place, super::meetings::said(&record.meeting));
            }
            Content::HealthProject(record) => {
                let place = self.place(id, Place::Project(id));
                let project = &record.project;
                self.add_notes(place, [&project.words]);
                self.add_items(views, place, [(ListId::RequestTopics, &project.topic)]);
                self.add_notes(place, project.goals.iter().map(|goal| &goal.words));
                self.add_notes(place, project.actions.iter().map(|action| &action.what));
                self.add_notes(place, project.reviews.iter().map(|review| &review.words));
                for halt in &project.halts {
                    self.add_notes(place, [&halt.words]);
                    self.add_notes(place, halt.over.iter().map(|over| &over.words));
                }
                let named = project.actions.iter().filter_map(|action| match &action.owner {
                    Owner::Helper(Helper::Named(name)) => Some(name),
                    _ => None,
                });
                self.add_notes(place, named);
            }
            Content::Circle(members) if !members.is_empty() => {
                let place = self.place(id, Place::Circle(id));
                for member in members {
                    self.add_notes(place, [&member.role, &member.needs]);
                    self.add_phones(place, [member.phone.as_str()]);
                    if let Helper::Named(name) = &member.who {
                        self.add_names(place, [name]);
                    }
                }
            }
            // What was said of someone in danger is found by nobody who looks for something else.
            Content::Accounts(_)
            | Content::Circle(_)
            | Content::GivenSheets(_)
            | Content::GivenCopies(_)
            | Content::CopyEnds(_)
            | Content::Group(_)
            | Content::GroupWord(_)
            | Content::GroupAnswers(_)
            | Content::OwnMeans(_)
            | Content::Introductions(_)
            | Content::Succession(_)
            | Content::PublishedFigures(..)
            | Content::SummaryBook { .. }
            | Content::Summary(_)
            | Content::Publisher(_)
            | Content::Consents { .. }
            | Content::SamePerson(_)
            | Content::Settings(_)
            | Content::Addresses(_)
            | Content::RegisterLog { .. }
            | Content::ProvisionalCounts(_)
            | Content::Other => {}
            Content::CollectiveProject(project) if project.stands() => {
                let place = self.place(id, Place::Common(id));
                self.add_names(place, [&project.title]);
                project.texts().into_iter().for_each(|text| add(&mut self.notes, place, &fold(text)));
            }
            Content::Event(event) if !event.withdrawn => {
                let place = self.place(id, Place::Common(id));
                self.add_names(place, [&event.title]);
                event.texts().into_iter().for_each(|text| add(&mut self.notes, place, &fold(text)));
                let stands = event.stands.iter().flat_map(|stand| [&stand.name, &stand.contact]);
                self.add_notes(place, stands.chain(event.speakers.iter().flat_map(|one| [&one.name, &one.structure])));
            }
            Content::Survey(record) if !record.survey.withdrawn => {
                let place = self.place(id, Place::Common(id));
                self.add_names(place, [&record.survey.title]);
                self.add_notes(place, record.told.iter().map(|told| &told.words));
            }
            // Whoever is erased may be named by someone who answered: it is found, under the survey.
            Content::SurveyResponses(part) => {
                let place = self.place(id, Place::Common(id));
                let answers = part.responses.iter().chain(&part.settled).flat_map(|response| response.answers());
                let words = answers.filter_map(|(_, answer)| match answer {
                    Answer::Text(text) => Some(text),
                    _ => None,
                });
                self.add_notes(place, words);
            }
            Content::Programme(programme) if !programme.withdrawn => {
                let place = self.place(id, Place::Common(id));
                self.add_names(place, [&programme.title]);
                programme.texts().into_iter().for_each(|text| add(&mut self.notes, place, &fold(text)));
                let partners = programme.partners.iter().map(|line| &line.name);
                self.add_notes(place, partners.chain(programme.items.iter().map(|line| &line.carrier)));
            }
            Content::Procedure(procedure) if !procedure.withdrawn => {
                let place = self.place(id, Place::Common(id));
                self.add_names(place, [&procedure.title().to_owned()]);
                procedure.texts().into_iter().for_each(|text| add(&mut self.notes, place, &fold(text)));
            }
            Content::ProcedureRun(run) => {
                let place = self.place(id, Place::Common(id));
                self.add_notes(place, [&run.words, &run.used.says.title]);
            }
            Content::TravellingSheet(sheet) if !sheet.withdrawn => {
                let place = self.place(id, Place::Common(id));
                self.add_names(place, [&sheet.says.title]);
                sheet.texts().into_iter().for_each(|(_, text)| add(&mut self.notes, place, &fold(text)));
            }
            Content::ReceivedSheet(received) if !received.withdrawn => {
                let place = self.place(id, Place::Common(id));
                self.add_names(place, [&received.travelled.provenance.title]);
                received.travelled.words().into_iter().for_each(|text| add(&mut self.notes, place, &fold(text)));
            }
            Content::Roadmap(roadmap) if !roadmap.withdrawn => {
                let place = self.place(id, Place::Common(id));
                self.add_names(place, [&roadmap.about.title]);
                self.add_notes(place, &roadmap.words());
            }
            Content::Diagnosis(diagnosis) if !diagnosis.withdrawn => {
                let place = self.place(id, Place::Common(id));
                self.add_names(place, [&diagnosis.title]);
                diagnosis.texts().into_iter().for_each(|text| add(&mut self.notes, place, &fold(text)));
            }
            Content::Application(application) if !application.withdrawn => {
                let place = self.place(id, Place::Common(id));
                self.add_names(place, [&application.title]);
                application.texts().into_iter().for_each(|text| add(&mut self.notes, place, &fold(text)));
            }
            Content::Outreach(service) if !service.withdrawn => {
                let place = self.place(id, Place::Common(id));
                self.add_names(place, [&service.about.title]);
                self.add_notes(place, &service.words());
                self.add_notes(place, service.communes().into_iter().map(|commune| &commune.name));
            }
            Content::Information(item) if !item.withdrawn => {
                let place = self.place(id, Place::Common(id));
                self.add_names(place, [&item.title]);
                item.texts().into_iter().for_each(|text| add(&mut self.notes, place, &fold(text)));
            }
            Content::BoardSheet(sheet) if !sheet.note.trim().is_empty() => {
                let place = self.place(id, Place::Common(id));
                self.add_notes(place, [&sheet.note]);
            }
            Content::Means(means) if !means.withdrawn => {
                let place = self.place(id, Place::Common(id));
                self.add_items(views, place, [(ListId::MeansKinds, &means.about.kind)]);
                self.add_names(place, [&means.about.title]);
                self.add_notes(place, &means.words());
            }
            Content::Charter(charter) if !charter.withdrawn => {
                let place = self.place(id, Place::Common(id));
                self.add_names(place, [&charter.about.title]);
                self.add_notes(place, &charter.words());
            }
            Content::Difficulty(said) if !said.withdrawn => {
                let place = self.place(id, Place::Common(id));
                self.add_notes(place, [&said.words]);
            }
            Content::Situation(situation) if !situation.withdrawn => {
                let place = self.place(id, Place::Common(id));
                self.add_names(place, [&situation.title]);
                situation.texts().into_iter().for_each(|text| add(&mut self.notes, place, &fold(text)));
            }
            Content::CollectiveProject(_)
            | Content::Event(_)
            | Content::Survey(_)
            | Content::Programme(_)
            | Content::Procedure(_)
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
            | Content::Difficulty(_)
            | Content::Situation(_) => {}
            // What a neighbour entrusted here, by the person's name.
            Content::PersonCopy(copy) => {
                let place = self.place(id, Place::Received(id));
                self.add_names(place, [&copy.name]);
            }
            // What a report says of someone is found where one looks for what an erasure leaves.
            Content::Report(report) => {
                let place = self.place(id, Place::Common(id));
                report.texts().into_iter().for_each(|text| add(&mut self.notes, place, &fold(text)));
            }
            Content::PublishedReport(report) => {
                let place = self.place(id, Place::Common(id));
                report.texts().into_iter().for_each(|text| add(&mut self.notes, place, &fold(text)));
            }
            Content::Round(round) => {
                if !round.back_with.is_empty() {
                    let place = self.place(id, Place::Round(id));
                    self.add_notes(place, [&round.back_with]);
                }
            }
        }
    }

    fn place(&mut self, id: DocId, place: Place) -> u32 {
        let number = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.places.push(Some(place));
        self.of_document.entry(id).or_default().push(number);
        number
    }

    fn add_names<'a>(&mut self, place: u32, texts: impl IntoIterator<Item = &'a String>) {
        texts.into_iter().for_each(|text| add(&mut self.names, place, &fold(text)));
    }

    fn add_notes<'a, T: AsRef<str> + ?Sized + 'a>(&mut self, place: u32, texts: impl IntoIterator<Item = &'a T>) {
        texts.into_iter().for_each(|text| add(&mut self.notes, place, &fold(text.as_ref())));
    }

    /// What a record says by an item of a list is found by all the names of the item, in both languages.
    fn add_items<'a>(&mut self, views: &Views, place: u32, items: impl IntoIterator<Item = (ListId, &'a String)>) {
        for (list, kept) in items.into_iter().filter(|(_, kept)| !kept.is_empty()) {
            for lists in Language::ALL.map(|language| views.lists_in(language)) {
                match lists.item(list, kept) {
                    Some(item) => item.names().for_each(|name| add(&mut self.notes, place, &fold(name))),
                    None => add(&mut self.notes, place, &fold(lists.label(list, kept))),
                }
            }
        }
    }

    /// A number is found by its digits, however they are spaced.
    fn add_phones<'a>(&mut self, place: u32, numbers: impl IntoIterator<Item = &'a str>) {
        for number in numbers {
            let digits: String = number.chars().filter(char::is_ascii_digit).collect();
            add(&mut self.names, place, &digits);
        }
    }
}

fn add(index: &mut Words, place: u32, folded: &str) {
    for word in words(folded) {
        match index.get_mut(word) {
            Some(places) => {
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
            None => {
                index.insert(word.to_owned(), vec![place]);
            }
        }
    }
}

/// Where a word, or one near it, stands, and at what cost.
fn find(index: &Words, word: &str, base: u32, found: &mut HashMap<u32, u32>) {
    let mut note = |places: &[u32], cost: u32| {
        for place in places {
            let held = found.entry(*place).or_insert(u32::MAX);
            *held = (*held).min(cost);
        }
    };
    let from = (Bound::Included(word), Bound::Unbounded);
    for (candidate, places) in index.range::<str, _>(from).take_while(|(candidate, _)| candidate.starts_with(word)) {
        note(places, base + if candidate.len() == word.len() { 0 } else { PREFIX_COST });
    }
    let allowed = mistakes_allowed(word);
    if allowed == 0 {
        return;
    }
    for (candidate, places) in index {
        if candidate.len() + usize::from(allowed) < word.len() || candidate.starts_with(word) {
            continue;
        }
        if let Some(mistakes) = prefix_distance_at_most(word, candidate, allowed) {
            note(places, base + MISTAKE_COST * u32::from(mistakes));
        }
    }
}

impl Views {
    /// What is found for some words, best first.
    pub fn search(&mut self, text: &str, limit: usize) -> Vec<Hit> {
        let index = match self.index.take() {
            Some(index) => index,
            None => SearchIndex::of(self),
        };
        let hits = self.search_in(&index, text, limit);
        self.index = Some(index);
        hits
    }

    fn search_in(&self, index: &SearchIndex, text: &str, limit: usize) -> Vec<Hit> {
        let folded = fold(text);
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let is_number = digits.len() >= 4 && text.chars().all(|c| c.is_ascii_digit() || " .-/+()".contains(c));
        let asked: Vec<&str> = if is_number { vec![digits.as_str()] } else { words(&folded).collect() };
        if asked.is_empty() {
            return Vec::new();
        }
        // Words that notes are not searched for come last: what a note said of the others need not say them again.
        let (long, short): (Vec<&str>, Vec<&str>) =
            asked.into_iter().partition(|word| word.chars().count() >= NOTES_FROM_LETTERS);
        let mut in_notes = HashSet::new();
        let mut costs: Option<HashMap<u32, u32>> = None;
        for word in long.into_iter().chain(short) {
            let is_long = word.chars().count() >= NOTES_FROM_LETTERS;
            let mut found = HashMap::new();
            find(&index.names, word, 0, &mut found);
            if is_long {
                find(&index.notes, word, NOTE_COST, &mut found);
                in_notes.extend(found.iter().filter(|(_, cost)| **cost >= NOTE_COST).map(|(place, _)| *place));
            }
            let cost_of = |place: &u32| match found.get(place) {
                None if !is_long && in_notes.contains(place) => Some(PREFIX_COST),
                cost => cost.copied(),
            };
            costs = Some(match costs {
                None => found,
                Some(before) => {
                    before.into_iter().filter_map(|(place, cost)| Some((place, cost + cost_of(&place)?))).collect()
                }
            });
        }
        let mut best: Vec<_> = costs
            .unwrap_or_default()
            .into_iter()
            .filter_map(|(number, cost)| {
                let place = (*index.places.get(number as usize)?)?;
                Some((cost + rank(place), number, place))
            })
            .collect();
        // More than are shown: the best only are sorted, then made into hits. Ties go by day, the newest first.
        let keep = (limit * 4).min(best.len());
        if keep < best.len() {
            best.select_nth_unstable_by_key(keep, |(cost, number, _)| (*cost, *number));
            best.truncate(keep);
        }
        let mut hits: Vec<_> =
            best.into_iter().filter_map(|(cost, _, place)| self.hit(place).map(|hit| (cost, hit))).collect();
        hits.sort_by(|(cost, hit), (other_cost, other)| {
            (cost, std::cmp::Reverse(day(hit)), &hit.title).cmp(&(
                other_cost,
                std::cmp::Reverse(day(other)),
                &other.title,
            ))
        });
        // Two sheets of one person are one hit.
        let mut targets = Vec::new();
        hits.retain(|(_, hit)| {
            let is_new = !targets.contains(&hit.target);
            targets.push(hit.target.clone());
            is_new
        });
        hits.truncate(limit);
        hits.into_iter().map(|(_, hit)| hit).collect()
    }
}
