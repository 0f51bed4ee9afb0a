//! What a coordinator's screens show of a village, as tables for another program: each kind of record is asked for as a
//! screen asks for it, and written in a CSV file of its own. Nothing is counted here, and nothing is left out.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;

use chrono::NaiveDate;
use maillon_shared::api::alerts::Standing;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead};
use maillon_shared::api::responses::{PersonFile, TimelineItem};
use maillon_shared::api::triage::{RequestFilter, StageFilter, TriageAnswer, TriageQuestion};
use maillon_shared::api::{Request, Response};
use maillon_shared::domain::campaign::CallSubject;
use maillon_shared::domain::consent::Said;
use maillon_shared::domain::encounter::Encounter;
use maillon_shared::domain::hospital_stay::StayState;
use maillon_shared::domain::ids::EncounterId;
use maillon_shared::domain::lists::{ListId, Lists};
use maillon_shared::domain::shared_meeting::MeetingState;
use maillon_shared::text::language::Language;
use maillon_tests::harness::Device;

/// A file to be: its heads, then lines.
struct Sheet {
    name: &'static str,
    lines: Vec<Vec<String>>,
}

impl Sheet {
    fn new(name: &'static str, heads: &str) -> Self {
        Sheet { name, lines: vec![heads.split(' ').map(str::to_owned).collect()] }
    }

    fn line<const N: usize>(&mut self, cells: [String; N]) {
        assert_eq!(self.lines[0].len(), N, "{}: a cell for each head", self.name);
        self.lines.push(cells.to_vec());
    }

    fn write(self, folder: &Path) {
        let quoted = |cell: &String| match cell.contains([';', '"', '\n', '\r']) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.clone(),
        };
        let lines = self.lines.iter().map(|cells| cells.iter().map(quoted).collect::<Vec<_>>().join(";") + "\r\n");
        std::fs::write(folder.join(format!("{}.csv", self.name)), lines.collect::<String>()).unwrap();
    }
}

fn text(value: impl Display) -> String {
    value.to_string()
}

/// A value that may be missing.
fn maybe(value: Option<impl Display>) -> String {
    value.map(text).unwrap_or_default()
}

fn yes(is: bool) -> String {
    if is { "yes" } else { "no" }.to_owned()
}

/// Writes all of it in a folder. Of an encounter with nobody, no screen has a list: each of those noted is opened.
pub fn write(device: &mut Device, with_nobody: &[EncounterId], folder: &Path) {
    let files = everyone(device);
    encounters(device, &files, with_nobody).write(folder);
    reception(device).write(folder);
    of_people(&files, folder);
    requests(device, folder);
    alerts(device).write(folder);
    stays(device).write(folder);
    calls(device).write(folder);
    collective(device).write(folder);
    situations(device).write(folder);
    directory(device).write(folder);
    words().write(folder);
}

fn everyone(device: &mut Device) -> Vec<PersonFile> {
    let Response::People(people) = device.asks(Request::People) else { panic!("everyone") };
    people.iter().map(|row| device.opens(row.id)).collect()
}

fn encounters(device: &mut Device, files: &[PersonFile], with_nobody: &[EncounterId]) -> Sheet {
    let mut sheet = Sheet::new("encounters", "id day hour way result withdrawn person entry");
    let mut add = |one: &Encounter| {
        sheet.line([
            text(one.id),
            text(one.day),
            maybe(one.hour),
            text(one.kind.code()),
            text(one.result.code()),
            yes(one.withdrawn),
            maybe(one.person),
            maybe(one.with_entry),
        ]);
    };
    for item in files.iter().flat_map(|file| &file.timeline) {
        if let TimelineItem::Encounter(encounter, _) = item {
            add(encounter);
        }
    }
    for id in with_nobody {
        // One that was undone is not there.
        if let Ok(Response::Encounter(file)) = device.tries(Request::Encounter(*id)) {
            add(&file.encounter);
        }
    }
    sheet
}

fn reception(device: &mut Device) -> Sheet {
    let mut sheet = Sheet::new("reception", "day half what count");
    let year = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    let asked = Request::Reception { from: year(2000), to: year(2100) };
    let Response::Reception(rows) = device.asks(asked) else { panic!("counts") };
    for row in rows {
        sheet.line([text(row.day), text(row.half.code()), row.what, text(row.count)]);
    }
    sheet
}

/// What stands on the sheets of people.
fn of_people(files: &[PersonFile], folder: &Path) {
    let mut accompaniments = Sheet::new("accompaniments", "id person given_on withdrawn_on");
    let mut projects = Sheet::new("projects", "id person opened_on");
    let mut meetings = Sheet::new("meetings", "id person state held_on presence");
    let mut same_person = Sheet::new("same_person", "sheet shown_as");
    let mut register = Sheet::new("register", "entry person");
    for file in files {
        let shown = text(file.person.id);
        for entry in file.entries.iter().filter(|entry| entry.said == Said::Accompanied) {
            let ended = entry.withdrawn.as_ref().map(|told| told.on);
            accompaniments.line([text(entry.id), shown.clone(), text(entry.given.on), maybe(ended)]);
        }
        for row in &file.projects {
            projects.line([text(row.id), text(row.person), text(row.opened)]);
        }
        for row in &file.meetings {
            let (state, on, presence) = match &row.state {
                MeetingState::Held(held) => ("held", Some(held.on), held.presence.code()),
                MeetingState::Planned => ("planned", None, ""),
                MeetingState::Cancelled { .. } => ("cancelled", None, ""),
                MeetingState::Unknown(_) => ("unknown", None, ""),
            };
            meetings.line([text(row.id), text(row.person), text(state), maybe(on), text(presence)]);
        }
        for merged in &file.merged {
            for sheet in [merged.kept, merged.other].iter().filter(|sheet| **sheet != file.person.id) {
                same_person.line([text(sheet), shown.clone()]);
            }
        }
        if let Some(link) = &file.register {
            register.line([text(link.id), shown.clone()]);
        }
    }
    for sheet in [accompaniments, projects, meetings, same_person, register] {
        sheet.write(folder);
    }
}

fn requests(device: &mut Device, folder: &Path) {
    let mut requests = Sheet::new("requests", "id person received_on source topic closed_on outcome");
    let mut options = Sheet::new("options", "request id chosen_on declined_on accepted_on refused_on");
    let filter = RequestFilter { stage: StageFilter::All, ..RequestFilter::default() };
    let asked = Request::AskTriage(TriageQuestion::Requests(filter));
    let Response::Triage(TriageAnswer::Requests(list)) = device.asks(asked) else { panic!("requests") };
    for request in list.rows.into_iter().map(|row| row.request) {
        let id = text(request.id);
        for one in &request.options {
            let days = [one.chosen_on, one.declined_on, one.accepted_on, one.refused_on].map(maybe);
            let [chosen, declined, accepted, refused] = days;
            options.line([id.clone(), text(one.id), chosen, declined, accepted, refused]);
        }
        requests.line([
            id,
            maybe(request.person),
            text(request.received),
            request.source,
            request.topic,
            maybe(request.closed_on),
            request.outcome,
        ]);
    }
    requests.write(folder);
    options.write(folder);
}

fn alerts(device: &mut Device) -> Sheet {
    let mut sheet = Sheet::new("alerts", "id day kind person about_everyone closed_because");
    let Response::Alerts(alerts) = device.asks(Request::Alerts) else { panic!("alerts") };
    for row in alerts.live.into_iter().chain(alerts.over) {
        let closed = match row.standing {
            Standing::Closed(_, why) => why,
            _ => String::new(),
        };
        let everyone = yes(row.population.is_some());
        sheet.line([text(row.id), text(row.received.day), row.kind, maybe(row.person), everyone, closed]);
    }
    sheet
}

fn stays(device: &mut Device) -> Sheet {
    let mut sheet = Sheet::new("stays", "id person state returned_on");
    let Response::Stays(rows) = device.asks(Request::Stays) else { panic!("stays") };
    for row in rows {
        let returned = match row.state {
            StayState::Returned { on } => Some(on),
            _ => None,
        };
        sheet.line([text(row.id), text(row.person), text(row.state.code()), maybe(returned)]);
    }
    sheet
}

fn calls(device: &mut Device) -> Sheet {
    let mut sheet = Sheet::new("calls", "id day outcome withdrawn person register_entry");
    let Response::Campaigns(campaigns) = device.asks(Request::Campaigns) else { panic!("campaigns") };
    for row in campaigns {
        let Response::Campaign(file) = device.asks(Request::Campaign(row.campaign.id)) else { panic!("a campaign") };
        for card in file.cards.into_iter().map(|row| row.card) {
            let (person, entry) = match card.about {
                CallSubject::Person(person) => (text(person), String::new()),
                CallSubject::Register(entry) => (String::new(), text(entry)),
            };
            for one in &card.attempts {
                let (day, outcome) = (text(one.day), text(one.outcome.code()));
                sheet.line([text(one.id), day, outcome, yes(one.withdrawn), person.clone(), entry.clone()]);
            }
        }
    }
    sheet
}

fn collective(device: &mut Device) -> Sheet {
    let mut sheet = Sheet::new("collective", "id year closed_on");
    let Response::Collective(answer) = device.asks(Request::ReadCollective(CollectiveRead::Projects)) else {
        panic!("projects")
    };
    let CollectiveAnswer::Projects(rows) = *answer else { panic!("projects") };
    for row in rows {
        sheet.line([text(row.id), maybe(row.year), maybe(row.closed_on)]);
    }
    sheet
}

fn situations(device: &mut Device) -> Sheet {
    let mut sheet = Sheet::new("situations", "id lunch_on");
    let Response::Collective(answer) = device.asks(Request::ReadCollective(CollectiveRead::Situations)) else {
        panic!("situations")
    };
    let CollectiveAnswer::Situations(rows) = *answer else { panic!("situations") };
    for row in rows {
        sheet.line([text(row.id), maybe(row.lunch_on)]);
    }
    sheet
}

fn directory(device: &mut Device) -> Sheet {
    let mut sheet = Sheet::new("directory", "id kind role");
    let Response::Directory(rows) = device.asks(Request::Directory) else { panic!("the directory") };
    for row in rows {
        sheet.line([text(row.id), text(row.kind.code()), row.role]);
    }
    sheet
}

/// The words that lists show, by what records keep.
fn words() -> Sheet {
    let mut sheet = Sheet::new("words", "list code words");
    let lists = Lists::starting(Language::Fr);
    let of = [
        ListId::RequestTopics,
        ListId::RequestSources,
        ListId::RequestOutcomes,
        ListId::AlertKinds,
        ListId::Professions,
    ];
    let items: BTreeMap<_, _> = of
        .iter()
        .flat_map(|list| lists.items(*list).iter().map(|item| ((list.code(), &item.id), &item.label)))
        .collect();
    for ((list, code), label) in items {
        sheet.line([text(list), text(code), text(label)]);
    }
    sheet
}
