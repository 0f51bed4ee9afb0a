//! What the tables, the details, the lines and the periods of a summary are called, for whoever has never seen the
//! program.

use maillon_shared::domain::disclosure::{OTHER, Threshold};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::summary::grid::{Detail, Function, Table};
use maillon_shared::domain::summary::period::{Level, Period};
use maillon_shared::domain::summary::publication::Figure;
use maillon_shared::text::format;

use crate::lists::label;
use crate::words::{Word, language, summary as w};

/// A part of the paper: whom one met, each function of the job, what is missing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Whom one met.
    Met,
    /// A function of the job.
    Of(Function),
    /// What was looked for and is not here.
    Missing,
}

impl Section {
    /// Every section, in the order in which they are read.
    pub fn all() -> impl Iterator<Item = Section> {
        let functions = Function::ALL.iter().copied().map(Section::Of);
        [Section::Met].into_iter().chain(functions).chain([Section::Missing])
    }

    /// Where a table is read.
    pub fn of(table: Table) -> Self {
        match (table, table.function()) {
            (Table::Missing, _) => Section::Missing,
            (_, Some(function)) => Section::Of(function),
            (_, None) => Section::Met,
        }
    }

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Section::Met => w::met(),
            Section::Of(Function::Alert) => w::alert(),
            Section::Of(Function::FirstResort) => w::first_resort(),
            Section::Of(Function::CareProject) => w::care_project(),
            Section::Of(Function::Together) => w::together(),
            Section::Of(Function::Prevention) => w::prevention(),
            Section::Of(Function::Referent) => w::referent(),
            Section::Missing => w::missing(),
        }
    }

    /// What it is about, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            Section::Met => w::met_about(),
            Section::Of(Function::Alert) => w::alert_about(),
            Section::Of(Function::FirstResort) => w::first_resort_about(),
            Section::Of(Function::CareProject) => w::care_project_about(),
            Section::Of(Function::Together) => w::together_about(),
            Section::Of(Function::Prevention) => w::prevention_about(),
            Section::Of(Function::Referent) => w::referent_about(),
            Section::Missing => w::missing_about(),
        }
    }
}

/// What a table is called.
pub fn table_words(table: Table) -> &'static str {
    match table {
        Table::Contacts => w::contacts(),
        Table::Reception => w::reception(),
        Table::Followed => w::followed(),
        Table::Alerts => w::alerts(),
        Table::CommonAlerts => w::common_alerts(),
        Table::Requests => w::requests(),
        Table::Answers => w::answers(),
        Table::Changes => w::changes(),
        Table::Meetings => w::meetings(),
        Table::CampaignCalls => w::campaign_calls(),
        Table::Events => w::events(),
        Table::Referrals => w::referrals(),
        Table::Partners => w::partners(),
        Table::Missing => w::not_found(),
    }
}

/// What a table counts, in a sentence.
pub fn table_about(table: Table) -> &'static str {
    match table {
        Table::Contacts => w::contacts_about(),
        Table::Reception => w::reception_about(),
        Table::Followed => w::followed_about(),
        Table::Alerts => w::alerts_about(),
        Table::CommonAlerts => w::common_alerts_about(),
        Table::Requests => w::requests_about(),
        Table::Answers => w::answers_about(),
        Table::Changes => w::changes_about(),
        Table::Meetings => w::meetings_about(),
        Table::CampaignCalls => w::campaign_calls_about(),
        Table::Events => w::events_about(),
        Table::Referrals => w::referrals_about(),
        Table::Partners => w::partners_about(),
        Table::Missing => w::not_found_about(),
    }
}

/// The total of a table: "128 contacts".
pub fn total_words(table: Table, total: u32) -> String {
    let count = number(total);
    match table {
        Table::Contacts => w::so_many_contacts(total, count),
        Table::Reception => w::so_many_passings(total, count),
        Table::Followed => w::so_many_followed(total, count),
        Table::Alerts | Table::CommonAlerts => w::so_many_alerts(total, count),
        Table::Requests | Table::Answers | Table::Referrals => w::so_many_requests(total, count),
        Table::Changes => w::so_many_changes(total, count),
        Table::Meetings => w::so_many_meetings(total, count),
        Table::CampaignCalls => w::so_many_calls(total, count),
        Table::Events => w::so_many_events(total, count),
        Table::Partners => w::so_many_partners(total, count),
        Table::Missing => w::so_many_not_found(total, count),
    }
}

/// By what a total is divided.
pub fn detail_words(detail: Detail) -> &'static str {
    match detail {
        Detail::ContactsByWay => w::by_way(),
        Detail::ContactsByHalfDay | Detail::ReceptionByHalfDay => w::by_half_day(),
        Detail::FollowedByStep => w::by_step(),
        Detail::AlertsByKind | Detail::CommonAlertsByKind => w::by_reason(),
        Detail::RequestsByTopic | Detail::MissingByTopic => w::by_topic(),
        Detail::RequestsBySource | Detail::ReferralsBySource => w::by_source(),
        Detail::AnswersByOutcome => w::by_outcome(),
        Detail::ChangesByKind => w::by_change(),
        Detail::MeetingsByPresence => w::by_presence(),
        Detail::CampaignCallsByOutcome => w::by_call(),
        Detail::EventsByKind => w::by_kind(),
        Detail::PartnersByProfession => w::by_profession(),
    }
}

/// What a line is called: as the coordinator's lists say, where it is an item of a list.
pub fn row_words(detail: Detail, row: &str) -> &str {
    if row == OTHER {
        return w::others();
    }
    let list = match detail {
        Detail::AlertsByKind | Detail::CommonAlertsByKind => ListId::AlertKinds,
        Detail::RequestsByTopic | Detail::MissingByTopic => ListId::RequestTopics,
        Detail::RequestsBySource | Detail::ReferralsBySource => ListId::RequestSources,
        Detail::AnswersByOutcome => ListId::RequestOutcomes,
        Detail::PartnersByProfession => ListId::Professions,
        _ => return own_words(row),
    };
    label(list, row)
}

/// The lines that no list has.
fn own_words(row: &str) -> &str {
    match row {
        "home_visit" => w::home_visit(),
        "call" => w::call(),
        "desk" => w::desk(),
        "accompaniment" => w::accompaniment(),
        "am" => w::morning(),
        "pm" => w::afternoon(),
        "new" => w::begun(),
        "closed" => w::ended(),
        "orientation_succeeded" => w::orientation_succeeded(),
        "return_prepared" => w::return_prepared(),
        "service_found" => w::service_found(),
        "project_born" => w::project_born(),
        "present" => w::present(),
        "represented" => w::represented(),
        "reached" => w::reached(),
        "need" => w::need(),
        "no_answer" => w::no_answer(),
        "collective_project" => w::collective_project(),
        "training_lunch" => w::training_lunch(),
        row => row,
    }
}

/// A period: "septembre 2026", "3e trimestre 2026", "année 2026".
pub fn period_words(period: Period) -> String {
    match period.level() {
        Level::Year => w::year(period.year()),
        _ => format!("{} {}", within_year(period), period.year()),
    }
}

/// A period where its year is said: "septembre", "3e trimestre", "l’année".
pub fn within_year(period: Period) -> &'static str {
    const QUARTERS: [Word; 4] = [w::quarter_1, w::quarter_2, w::quarter_3, w::quarter_4];
    match period.level() {
        Level::Year => w::the_year(),
        Level::Month => format::month(month(period), language()),
        Level::Quarter => QUARTERS.get(quarter(period)).map_or("", |words| words()),
    }
}

/// A period at the head of a column, where there is room for no more.
pub fn column_words(period: Period) -> String {
    match period.level() {
        Level::Quarter => w::quarter_short(quarter(period) + 1),
        _ => within_year(period).to_owned(),
    }
}

fn month(period: Period) -> u32 {
    period.first().year_and_month().1
}

/// Which quarter of its year, from zero.
fn quarter(period: Period) -> usize {
    usize::try_from((month(period) - 1) / 3).unwrap_or_default()
}

/// A number, as it is written.
pub fn number(number: u32) -> String {
    format::number(i64::from(number), language())
}

/// A figure, or that it is not told.
pub fn figure(figure: Figure) -> String {
    figure.number().map_or_else(|| w::untold().to_owned(), number)
}

/// A figure where there is little room.
pub fn short_figure(figure: Figure) -> String {
    figure.number().map_or_else(|| w::untold_short().to_owned(), number)
}

/// What the figures mean: from how many persons on they are told, what is not told, what never has a line of its own.
pub fn notes(threshold: Threshold) -> [String; 4] {
    let from = threshold.get();
    [w::told_from(from), w::untold_means(from), w::never_alone().to_owned(), w::no_measure().to_owned()]
}
