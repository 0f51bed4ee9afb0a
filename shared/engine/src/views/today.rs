//! *Aujourd'hui*: whom to see and whom to call, ordered by consequence and then by hour.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use maillon_shared::api::responses::{FollowUpRow, NotWorkedWhy, Today, UnseenRow};
use maillon_shared::domain::calendar::{Calendar, NotWorked};
use maillon_shared::domain::follow_up::FollowUp;
use maillon_shared::domain::person::Person;

use super::{Content, Views};

/// How many days after today "this week" goes.
const WEEK_DAYS: u64 = 6;

impl Views {
    /// What that day asks for; when the notebook was last copied is the notebook's to tell.
    pub fn today(&self, day: NaiveDate) -> Today {
        let (settings, _) = self.settings();
        let horizon = day.checked_add_days(Days::new(WEEK_DAYS)).unwrap_or(day);
        let (mut late, mut due, mut week, mut requests) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let people = self.people().count() as u32;
        let (mut noted_today, mut anomalies) = (0, self.unreadable);
        let mut projects = Vec::new();
        let mut stays = Vec::new();
        let mut meetings = Vec::new();
        for cached in self.documents.values().filter(|cached| !cached.undone) {
            anomalies += cached.oddities;
            for follow_up in self.follow_ups_in(cached).filter(|f| f.is_open() && f.due <= horizon) {
                let Some(row) = self.row(follow_up, day) else { continue };
                let list = match follow_up.due {
                    earlier if earlier < day => &mut late,
                    same if same == day => &mut due,
                    _ => &mut week,
                };
                list.push(row);
            }
            match &cached.content {
                Content::Journal { encounters, .. } => {
                    noted_today += encounters.iter().filter(|e| e.day == day && !e.withdrawn).count() as u32;
                }
                Content::HealthProject(record) => projects.extend(self.project_due(&record.project, day)),
                Content::HospitalStay(stay) => stays.extend(self.stay_due(stay, day)),
                Content::SharedMeeting(record) => meetings.extend(self.meeting_due(&record.meeting, day)),
                Content::Request(request) if request.is_asked_for(day) => {
                    let person = request.person.and_then(|id| self.person(id));
                    if person.is_none_or(|person| person.state.is_reminded_on(day)) {
                        requests.push(self.request_row(request, day));
                    }
                }
                _ => {}
            }
        }
        late.sort_by_key(|row| (row.follow_up.due, row.follow_up.hour, row.follow_up.id));
        // An appointment has its hour; what has none can be done at any, and comes after.
        due.sort_by_key(|row| (row.follow_up.hour.is_none(), row.follow_up.hour, row.follow_up.id));
        week.sort_by_key(|row| (row.follow_up.due, row.follow_up.hour.is_none(), row.follow_up.hour, row.follow_up.id));
        requests.sort_by_key(|row| (row.span.stage, row.span.from, row.request.id));
        // Reviews by their day, then those in which nobody is to do anything.
        projects.sort_by_key(|due| (due.why, due.row.id));
        stays.sort_by_key(|due| (due.call, due.row.id));
        meetings.sort_by_key(|due| (due.call, due.row.hour.is_none(), due.row.hour, due.row.id));
        let unanswered = self.unanswered(day, &settings.ladder());
        let planned = late.iter().chain(&due).chain(&week).filter_map(|row| row.follow_up.person);
        let asked = unanswered.iter().map(|row| row.id).chain(projects.iter().map(|due| due.row.person));
        let asked = asked.chain(stays.iter().map(|due| due.row.person));
        let asked = asked.chain(meetings.iter().map(|due| due.row.person));
        let shown = planned.chain(asked).collect::<HashSet<_>>();
        let unseen = self.unseen(day, settings.unseen_after_days(), &shown);
        let not_worked = Calendar::of(&settings).why_not_worked(day).map(not_worked_why);
        let register = self.register_due(day);
        let (alerts, watched) = self.alerts_today(day);
        Today {
            day,
            not_worked,
            alerts,
            watched,
            unanswered,
            late,
            due,
            week,
            requests,
            projects,
            stays,
            meetings,
            provisional: self.provisional_rows(day).into_iter().filter(|row| row.record.is_near(day)).collect(),
            unseen,
            register,
            people,
            asked: (self.requests().count() + self.provisional_rows(day).len()) as u32,
            noted_today,
            anomalies,
            copied_on: None,
            touch: self.in_touch(day).due,
            project_steps: self.collective_steps(day, WEEK_DAYS),
            event_steps: self.event_steps(day, WEEK_DAYS),
            applications: self.applications_due(day, WEEK_DAYS),
            procedures: self.procedures_due(day),
            outreach: self.outreach_asks(day, WEEK_DAYS),
            information: self.information_due(day, WEEK_DAYS),
            means: self.means_due(day, WEEK_DAYS),
            charters: self.charters_due(day, WEEK_DAYS),
            events: self.events_of_the_week(day, WEEK_DAYS),
        }
    }

    /// A follow-up as a row; none where its person is not to be reminded of, or is no longer here.
    fn row(&self, follow_up: &FollowUp, day: NaiveDate) -> Option<FollowUpRow> {
        let person = match follow_up.person {
            // A sheet that cannot be read hides nobody: the row shows without a name.
            Some(id) => match (self.person(id), self.documents.get(&id.into())) {
                (None, Some(cached)) if cached.undone => return None,
                (person, _) => person,
            },
            None => None,
        };
        if person.is_some_and(|person| !person.state.is_reminded_on(day)) {
            return None;
        }
        Some(FollowUpRow {
            days_late: follow_up.days_late(day),
            follow_up: self.follow_up_shown(follow_up),
            name: person.map(Person::display_name).unwrap_or_default(),
            place: person.map(|person| person.address.short().to_owned()).unwrap_or_default(),
            phone: person.map(first_phone).unwrap_or_default(),
        })
    }

    fn unseen(
        &self,
        day: NaiveDate,
        after_days: u32,
        shown: &HashSet<maillon_shared::domain::ids::PersonId>,
    ) -> Vec<UnseenRow> {
        let rhythms = self.rhythms();
        let mut rows = Vec::new();
        for person in self.people().filter(|person| person.state.is_reminded_on(day) && !shown.contains(&person.id)) {
            let rhythm = rhythms.get(&person.id).copied().unwrap_or_default();
            let days = rhythm.last_contact.map(|last| u32::try_from((day - last).num_days()).unwrap_or(0));
            let is_long = match days {
                Some(days) => days > after_days,
                // Never met: only where nothing is planned either.
                None => rhythm.next_due.is_none(),
            };
            if is_long {
                rows.push(UnseenRow {
                    id: person.id,
                    name: person.display_name(),
                    place: person.address.short().to_owned(),
                    phone: first_phone(person),
                    days,
                });
            }
        }
        rows.sort_by_key(|row| (std::cmp::Reverse(row.days), row.id));
        rows
    }
}

pub(super) fn first_phone(person: &Person) -> String {
    person.phones.first().map(|phone| phone.number.clone()).unwrap_or_default()
}

/// Why a day is not worked, as the door says it.
pub fn not_worked_why(why: NotWorked) -> NotWorkedWhy {
    match why {
        NotWorked::Holiday(holiday) => NotWorkedWhy::Holiday(holiday.code().to_owned()),
        NotWorked::Leave(_) => NotWorkedWhy::Leave,
        NotWorked::DayOff => NotWorkedWhy::Weekend,
    }
}
