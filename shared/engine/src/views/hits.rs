//! What a search shows of what it found: a name, a line, where it leads, and what is to be known before one calls.

use maillon_shared::api::collective::CommonTarget;
use maillon_shared::api::responses::{Hit, HitTarget};
use maillon_shared::domain::circle::Helper;
use maillon_shared::domain::directory::DirectoryEntry;
use maillon_shared::domain::ids::{
    AlertId, HealthProjectId, HospitalStayId, PersonId, RegisterEntryId, RoundId, SharedMeetingId,
};
use maillon_shared::domain::person::Person;
use maillon_shared::domain::summary::period::Period;

use super::search::Place;
use super::{Content, Views};
use crate::journal::Scope;

/// How much of a note is shown.
const DETAIL_CHARS: usize = 90;

impl Views {
    /// What is shown of a place; nothing where it is no longer there.
    pub(super) fn hit(&self, place: Place) -> Option<Hit> {
        let name = |person: Option<PersonId>| {
            person.and_then(|id| self.person(id)).map(Person::display_name).unwrap_or_default()
        };
        let silence =
            |person: Option<PersonId>| person.and_then(|id| self.person(id)).and_then(|person| person.state.silence());
        let shown = |person: Option<PersonId>| person.map(|id| self.shown_as(id));
        let hit = match place {
            Place::Person(id) => {
                let person = self.person(PersonId(id.0))?;
                Hit {
                    target: HitTarget::Person(person.id),
                    title: person.display_name(),
                    detail: person.address.short().to_owned(),
                    silence: person.state.silence(),
                }
            }
            Place::Entry(id) => {
                let Content::Entry(entry) = &self.documents.get(&id)?.content else { return None };
                Hit {
                    target: HitTarget::Entry(entry.id, entry.kind.clone()),
                    title: DirectoryEntry::display_name(entry),
                    detail: entry.address.short().to_owned(),
                    silence: None,
                }
            }
            Place::Encounter(id, at) => {
                let Content::Journal { encounters, .. } = &self.documents.get(&id)?.content else { return None };
                let encounter = encounters.get(at)?;
                let text = if encounter.notes.is_empty() { &encounter.words } else { &encounter.notes };
                Hit {
                    target: HitTarget::Encounter(encounter.id, shown(encounter.person), encounter.day),
                    title: name(encounter.person),
                    detail: shortened(text),
                    silence: silence(encounter.person),
                }
            }
            Place::FollowUp(id, at) => {
                let Content::Journal { follow_ups, .. } = &self.documents.get(&id)?.content else { return None };
                let follow_up = follow_ups.get(at)?;
                Hit {
                    target: HitTarget::FollowUp(follow_up.id, shown(follow_up.person), follow_up.due),
                    title: name(follow_up.person),
                    detail: shortened(&follow_up.what),
                    silence: silence(follow_up.person),
                }
            }
            Place::Request(id) => {
                let Content::Request(request) = &self.documents.get(&id)?.content else { return None };
                Hit {
                    target: HitTarget::Request(request.id, shown(request.person), request.received),
                    title: name(request.person),
                    detail: shortened(&request.verbatim),
                    silence: silence(request.person),
                }
            }
            Place::Provisional(id) => {
                let Content::Provisional(record) = &self.documents.get(&id)?.content else { return None };
                let person = self.person(record.person)?;
                Hit {
                    target: match self.is_provisional(record.person) {
                        true => HitTarget::Provisional(record.person, record.reported_on),
                        false => HitTarget::Person(person.id),
                    },
                    title: person.display_name(),
                    detail: person.address.short().to_owned(),
                    silence: person.state.silence(),
                }
            }
            Place::Register(id) => {
                let entry = self.register_entry(RegisterEntryId(id.0))?;
                Hit {
                    target: HitTarget::Register(entry.id, entry.is_registered()),
                    title: entry.display_name(),
                    detail: entry.address.short().to_owned(),
                    silence: None,
                }
            }
            Place::Note(id, at) => {
                let Content::Private { notes } = &self.documents.get(&id)?.content else { return None };
                let (encounter, _) = self.encounter(notes.get(at)?.0)?;
                // The note itself stays folded: the screen may be seen.
                Hit {
                    target: HitTarget::Encounter(encounter.id, shown(encounter.person), encounter.day),
                    title: name(encounter.person),
                    detail: shortened(&encounter.notes),
                    silence: silence(encounter.person),
                }
            }
            Place::Stay(id) => {
                let stay = self.stay(HospitalStayId(id.0))?;
                Hit {
                    target: HitTarget::Stay(stay.id, self.shown_as(stay.person), stay.since()),
                    title: name(Some(stay.person)),
                    detail: shortened(&stay.place),
                    silence: silence(Some(stay.person)),
                }
            }
            Place::Meeting(id) => {
                let meeting = self.meeting(SharedMeetingId(id.0))?;
                Hit {
                    target: HitTarget::Meeting(meeting.id, self.shown_as(meeting.person), meeting.shown_on()),
                    title: name(Some(meeting.person)),
                    detail: shortened(&meeting.purpose),
                    silence: silence(Some(meeting.person)),
                }
            }
            Place::Project(id) => {
                let project = self.project(HealthProjectId(id.0))?;
                Hit {
                    target: HitTarget::Project(project.id, self.shown_as(project.person), project.opened),
                    title: name(Some(project.person)),
                    detail: shortened(&project.words),
                    silence: silence(Some(project.person)),
                }
            }
            Place::Circle(id) => {
                let person = self.documents.get(&id)?.header.subject.map(PersonId);
                let Content::Circle(members) = &self.documents.get(&id)?.content else { return None };
                let named = members.iter().filter_map(|member| match &member.who {
                    Helper::Named(name) => Some(name.as_str()),
                    _ => None,
                });
                Hit {
                    target: HitTarget::Circle(shown(person)?),
                    title: name(person),
                    detail: shortened(&named.collect::<Vec<_>>().join(", ")),
                    silence: silence(person),
                }
            }
            Place::Common(id) => {
                let (target, title, detail) = match &self.documents.get(&id)?.content {
                    Content::CollectiveProject(project) => {
                        (CommonTarget::Project(project.id), &project.title, &project.aim)
                    }
                    Content::Event(event) => (CommonTarget::Event(event.id), &event.title, &event.theme),
                    Content::Survey(record) => {
                        (CommonTarget::Survey(record.survey.id), &record.survey.title, &NO_DETAIL)
                    }
                    Content::SurveyResponses(part) => {
                        let record = self.survey(part.survey)?;
                        (CommonTarget::Survey(part.survey), &record.survey.title, &NO_DETAIL)
                    }
                    Content::Programme(programme) => {
                        (CommonTarget::Programme(programme.id), &programme.title, &programme.aim)
                    }
                    Content::Procedure(procedure) => {
                        let title = procedure.title();
                        return Some(common(CommonTarget::Procedure(procedure.id), title, &procedure.draft.purpose));
                    }
                    // Whom it is about is read there.
                    Content::ProcedureRun(run) => {
                        (CommonTarget::ProcedureRun(run.id), &run.used.says.title, &run.words)
                    }
                    Content::TravellingSheet(sheet) => {
                        (CommonTarget::Sheet(sheet.id), &sheet.says.title, &sheet.says.context)
                    }
                    Content::ReceivedSheet(received) => {
                        let from = &received.travelled.provenance;
                        (CommonTarget::ReceivedSheet(received.id), &from.title, &from.territory)
                    }
                    Content::Roadmap(roadmap) => {
                        (CommonTarget::Roadmap(roadmap.id), &roadmap.about.title, &roadmap.about.aim)
                    }
                    Content::Diagnosis(diagnosis) => {
                        (CommonTarget::Diagnosis(diagnosis.id), &diagnosis.title, &diagnosis.about)
                    }
                    Content::Application(application) => {
                        (CommonTarget::Application(application.id), &application.title, &application.funder)
                    }
                    Content::Outreach(service) => {
                        (CommonTarget::Outreach(service.id), &service.about.title, &service.about.offers)
                    }
                    Content::Information(item) => (CommonTarget::Information(item.id), &item.title, &item.summary),
                    Content::BoardSheet(sheet) => {
                        let month = Period::from_number(self.documents.get(&id)?.header.period)?;
                        return Some(common(CommonTarget::Board(month), &month.to_string(), &sheet.note));
                    }
                    Content::Means(means) => (CommonTarget::Means(means.id), &means.about.title, &means.about.words),
                    Content::Charter(charter) => {
                        (CommonTarget::Charter(charter.id), &charter.about.title, &charter.about.commune)
                    }
                    Content::Difficulty(said) => (CommonTarget::Difficulty(said.id), &said.words, &said.structure),
                    Content::Situation(one) => (CommonTarget::Situation(one.id), &one.title, &one.story),
                    Content::Report(report) => {
                        let period = Period::from_number(self.documents.get(&id)?.header.period)?;
                        return Some(of_report(period, &report.texts()));
                    }
                    Content::PublishedReport(report) => return Some(of_report(report.period, &report.texts())),
                    _ => return None,
                };
                common(target, title, detail)
            }
            Place::Received(id) => {
                let cached = self.documents.get(&id)?;
                let (Content::PersonCopy(copy), Scope::Neighbour(from)) = (&cached.content, &cached.header.scope)
                else {
                    return None;
                };
                // What is given from here stands under the person's own sheet.
                if self.trace(copy.id).is_some() {
                    return None;
                }
                Hit {
                    target: HitTarget::Received(*from, copy.id),
                    title: shortened(&copy.name),
                    detail: shortened(&copy.message),
                    silence: None,
                }
            }
            Place::Round(id) => {
                let round = self.round(RoundId(id.0)).filter(|round| !round.withdrawn)?;
                Hit {
                    target: HitTarget::Round(round.id, round.day),
                    title: shortened(&round.back_with),
                    detail: shortened(&round.from),
                    silence: None,
                }
            }
            Place::Alert(id) => {
                let alert = self.alert(AlertId(id.0))?;
                // Words that others said of someone stay folded; those about everyone do not.
                let (title, detail) = match alert.population() {
                    None => (name(alert.person()), String::new()),
                    Some(population) if population.phenomenon.is_empty() => {
                        (shortened(&alert.words), shortened(&population.communes))
                    }
                    Some(population) => (shortened(&population.phenomenon), shortened(&population.communes)),
                };
                Hit {
                    target: HitTarget::Alert(alert.id, shown(alert.person()), alert.received.day),
                    title,
                    detail,
                    silence: silence(alert.person()),
                }
            }
        };
        Some(hit)
    }
}

/// People before the directory, both before what was written about them.
pub(super) fn rank(place: Place) -> u32 {
    match place {
        Place::Person(_) => 0,
        Place::Provisional(_) => 1,
        Place::Entry(_) => 2,
        Place::Register(_) => 3,
        _ => 4,
    }
}

/// The day it is of, where it has one.
pub(super) fn day(hit: &Hit) -> Option<chrono::NaiveDate> {
    match &hit.target {
        HitTarget::Encounter(_, _, day)
        | HitTarget::FollowUp(_, _, day)
        | HitTarget::Request(_, _, day)
        | HitTarget::Alert(_, _, day) => Some(*day),
        HitTarget::Person(_)
        | HitTarget::Provisional(..)
        | HitTarget::Entry(..)
        | HitTarget::Register(..)
        | HitTarget::Circle(_)
        | HitTarget::Received(..)
        | HitTarget::Common(_) => None,
        HitTarget::Round(_, day)
        | HitTarget::Project(_, _, day)
        | HitTarget::Stay(_, _, day)
        | HitTarget::Meeting(_, _, day) => Some(*day),
    }
}

fn common(target: CommonTarget, title: &str, detail: &str) -> Hit {
    let (title, detail) = (shortened(title), shortened(detail));
    Hit { target: HitTarget::Common(target), title, detail, silence: None }
}

/// A report, by the period that it is of and the first words that it says.
fn of_report(period: Period, texts: &[&str]) -> Hit {
    let first = texts.iter().find(|text| !text.trim().is_empty()).copied().unwrap_or_default();
    Hit {
        target: HitTarget::Common(CommonTarget::Report(period)),
        title: period.to_string(),
        detail: shortened(first),
        silence: None,
    }
}

/// Of what is found by its title alone.
static NO_DETAIL: String = String::new();

fn shortened(text: &str) -> String {
    shortened_to(text, DETAIL_CHARS)
}

/// A text on one line, of so many characters at most.
pub(super) fn shortened_to(text: &str, chars: usize) -> String {
    let mut line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = line.char_indices().nth(chars) {
        line.truncate(at);
        line.push('…');
    }
    line
}
