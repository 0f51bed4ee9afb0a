//! The grid: which tables a summary has, in which lines, at which level of time. It is fixed, and small on purpose.
//!
//! The total of a table is told by year, and by quarter and month where it is large enough for that. Its details are told at **one** level each: lines that were
//! told by quarter *and* by year would leave holes that the other level fills. Two details of a table share nothing but
//! its total. No table is a stock (how many were followed on a day): what came in, what went out and two stocks make an
//! equation, and an equation finds what is hidden.

use serde::{Deserialize, Serialize};

use super::period::Level;
use crate::domain::disclosure::{OTHER, is_never_alone};

macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// Every one, in the order in which they are told.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// Its code.
            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $code,)* }
            }

            /// What a code says, if this version knows it.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some($name::$variant),)* _ => None }
            }
        }
    };
}

closed_list! {
    /// The six functions of the job.
    Function {
        /// Alert.
        Alert = "alert",
        /// Sorting out, and the first resort.
        FirstResort = "first_resort",
        /// Seeing that a project of care runs.
        CareProject = "care_project",
        /// Working together.
        Together = "together",
        /// Prevention and health promotion.
        Prevention = "prevention",
        /// The one whom outside partners call.
        Referent = "referent",
    }
}

closed_list! {
    /// What is counted.
    Table {
        /// Encounters at which someone was seen or spoken to.
        Contacts = "contacts",
        /// Passers-by counted at the desk.
        Reception = "reception",
        /// Followings that began or ended.
        Followed = "followed",
        /// Individual alerts.
        Alerts = "alerts",
        /// Alerts that concern everyone.
        CommonAlerts = "common_alerts",
        /// Requests received.
        Requests = "requests",
        /// Requests closed.
        Answers = "answers",
        /// What changed for someone.
        Changes = "changes",
        /// Someone's shared meetings.
        Meetings = "meetings",
        /// Calls of a campaign.
        CampaignCalls = "campaign_calls",
        /// Collective projects and events.
        Events = "events",
        /// What outside partners asked about someone.
        Referrals = "referrals",
        /// Meetings with partners.
        Partners = "partners",
        /// Services that were looked for and not found.
        Missing = "missing",
    }
}

closed_list! {
    /// By what the total of a table is divided.
    Detail {
        /// Contacts, by the way they took.
        ContactsByWay = "contacts_by_way",
        /// Contacts, by half-day.
        ContactsByHalfDay = "contacts_by_half_day",
        /// Passers-by, by half-day.
        ReceptionByHalfDay = "reception_by_half_day",
        /// Begun or ended.
        FollowedByStep = "followed_by_step",
        /// Alerts, by kind.
        AlertsByKind = "alerts_by_kind",
        /// Common alerts, by kind.
        CommonAlertsByKind = "common_alerts_by_kind",
        /// Requests, by their first topic.
        RequestsByTopic = "requests_by_topic",
        /// Requests, by who asked.
        RequestsBySource = "requests_by_source",
        /// Requests closed, by what came of them.
        AnswersByOutcome = "answers_by_outcome",
        /// What changed.
        ChangesByKind = "changes_by_kind",
        /// Meetings, by how the person took part.
        MeetingsByPresence = "meetings_by_presence",
        /// Calls, by what came of them.
        CampaignCallsByOutcome = "campaign_calls_by_outcome",
        /// Projects and events, by kind.
        EventsByKind = "events_by_kind",
        /// Referrals, by who called.
        ReferralsBySource = "referrals_by_source",
        /// Partners, by profession.
        PartnersByProfession = "partners_by_profession",
        /// What is missing, by topic.
        MissingByTopic = "missing_by_topic",
    }
}

/// Whom a table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// People: every figure passes the test.
    People,
    /// Things that happened to nobody in particular: they are told as they are, zero included.
    Nobody,
}

/// The lines of a detail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// These, which divide everything between them: what fits none counts in the last one.
    Closed(&'static [&'static str]),
    /// These, and one for the others, where the topics that are never alone count too.
    WithOther(&'static [&'static str]),
    /// The professions that have three people at least, and one line for the others.
    Professions,
}

impl Table {
    /// The function of the job that it tells of, if it is one only.
    pub fn function(self) -> Option<Function> {
        match self {
            Table::Contacts | Table::Reception | Table::Followed | Table::Missing => None,
            Table::Alerts | Table::CommonAlerts => Some(Function::Alert),
            Table::Requests | Table::Answers => Some(Function::FirstResort),
            Table::Changes => Some(Function::CareProject),
            Table::Meetings => Some(Function::Together),
            Table::CampaignCalls | Table::Events => Some(Function::Prevention),
            Table::Referrals | Table::Partners => Some(Function::Referent),
        }
    }

    /// Whom it is about.
    pub fn about(self) -> About {
        match self {
            Table::Reception | Table::CommonAlerts | Table::Events | Table::Partners => About::Nobody,
            _ => About::People,
        }
    }

    /// The shortest period of which its total is told. What comes rarely waits for a quarter, and what comes all at once
    /// (the calls of a heat wave) for the year: beside a month that is told, eleven with nothing are too few to be told.
    pub fn shortest(self) -> Level {
        match self {
            Table::Contacts | Table::Requests | Table::Answers => Level::Month,
            Table::Reception | Table::CommonAlerts | Table::Events | Table::Partners => Level::Month,
            Table::Followed | Table::Alerts | Table::Changes => Level::Quarter,
            Table::Meetings | Table::CampaignCalls | Table::Referrals | Table::Missing => Level::Year,
        }
    }

    /// What its total is divided by, when that of a period of this level is told.
    pub fn details(self, level: Level) -> impl Iterator<Item = Detail> {
        Detail::ALL.iter().copied().filter(move |detail| detail.table() == self && detail.level() == level)
    }
}

impl Detail {
    /// The table it divides.
    pub fn table(self) -> Table {
        match self {
            Detail::ContactsByWay | Detail::ContactsByHalfDay => Table::Contacts,
            Detail::ReceptionByHalfDay => Table::Reception,
            Detail::FollowedByStep => Table::Followed,
            Detail::AlertsByKind => Table::Alerts,
            Detail::CommonAlertsByKind => Table::CommonAlerts,
            Detail::RequestsByTopic | Detail::RequestsBySource => Table::Requests,
            Detail::AnswersByOutcome => Table::Answers,
            Detail::ChangesByKind => Table::Changes,
            Detail::MeetingsByPresence => Table::Meetings,
            Detail::CampaignCallsByOutcome => Table::CampaignCalls,
            Detail::EventsByKind => Table::Events,
            Detail::ReferralsBySource => Table::Referrals,
            Detail::PartnersByProfession => Table::Partners,
            Detail::MissingByTopic => Table::Missing,
        }
    }

    /// The one level at which it is told.
    pub fn level(self) -> Level {
        match self {
            Detail::ContactsByWay | Detail::ReceptionByHalfDay => Level::Quarter,
            _ => Level::Year,
        }
    }

    /// Its lines, in the order in which they are told. The last of them is the first to be put with the others where
    /// those are too few.
    pub fn rows(self) -> Rows {
        match self {
            Detail::ContactsByWay => Rows::WithOther(&["home_visit", "call", "desk", "accompaniment"]),
            Detail::ContactsByHalfDay => Rows::WithOther(&["am", "pm"]),
            Detail::ReceptionByHalfDay => Rows::Closed(&["am", "pm"]),
            Detail::FollowedByStep => Rows::Closed(&["new", "closed"]),
            Detail::AlertsByKind => Rows::WithOther(&["no_news", "home_help_broken", "caregiver_failing", "fall"]),
            Detail::CommonAlertsByKind => Rows::WithOther(&["weather", "infection_risk", "loss_of_service"]),
            Detail::RequestsByTopic => Rows::WithOther(&TOPICS),
            Detail::MissingByTopic => Rows::WithOther(&["find_doctor", "transport", "home_help", "housing"]),
            Detail::RequestsBySource => Rows::WithOther(&["person", "relative", "professional", "neighbour_or_relay"]),
            Detail::AnswersByOutcome => Rows::WithOther(&[
                "information_given",
                "orientation_accepted",
                "health_project_opened",
                "shared_meeting",
                "passed_to_collective",
            ]),
            Detail::ChangesByKind => {
                Rows::WithOther(&["orientation_succeeded", "return_prepared", "service_found", "project_born"])
            }
            Detail::MeetingsByPresence => Rows::WithOther(&["present", "represented"]),
            Detail::CampaignCallsByOutcome => Rows::WithOther(&["reached", "need", "no_answer"]),
            // Forums and workshops are told once the notebook knows of them: none would not be true.
            Detail::EventsByKind => Rows::WithOther(&["collective_project", "training_lunch"]),
            Detail::ReferralsBySource => Rows::WithOther(&["hospital", "dac"]),
            Detail::PartnersByProfession => Rows::Professions,
        }
    }

    /// The line that a code counts in.
    pub fn row_of(self, code: Option<&str>) -> &str {
        let code = code.unwrap_or(OTHER);
        match self.rows() {
            Rows::Closed(rows) => rows.iter().find(|row| **row == code).or(rows.last()).copied().unwrap_or(OTHER),
            Rows::WithOther(rows) if rows.contains(&code) && !is_never_alone(code) => code,
            Rows::WithOther(_) => OTHER,
            Rows::Professions => code,
        }
    }
}

/// The topics that have a line, the ones that come up most first.
const TOPICS: [&str; 9] = [
    "rights",
    "find_doctor",
    "transport",
    "home_help",
    "isolation",
    "return_from_hospital",
    "housing",
    "caregiver_respite",
    "digital_health",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_of_a_topic_that_is_never_alone() {
        for detail in Detail::ALL {
            if let Rows::Closed(rows) | Rows::WithOther(rows) = detail.rows() {
                assert!(!rows.iter().any(|row| is_never_alone(row)), "{}", detail.code());
            }
            assert_eq!(Detail::from_code(detail.code()), Some(*detail));
        }
        for topic in ["violence", "addictions", "mental_health", "end_of_life", "words of one's own"] {
            assert_eq!(Detail::RequestsByTopic.row_of(Some(topic)), OTHER);
        }
        assert_eq!(Detail::FollowedByStep.row_of(Some("suspended")), "closed");
    }
}
