//! A summary as a table that any spreadsheet opens: a line a figure, in French words that are fixed for ever beside those of the
//! coordinator's lists. What is not told is written as that, and holds no number.

use maillon_shared::domain::disclosure::OTHER;
use maillon_shared::domain::lists::{ListId, Lists};
use maillon_shared::domain::summary::grid::{Detail, Table};
use maillon_shared::domain::summary::publication::{Figure, Publication};

use super::{csv, spreadsheet};

/// The heads.
const HEADS: [&str; 6] = ["période", "tableau", "détail", "ligne", "nombre", "personnes"];
const UNTOLD: &str = "non communiqué";
const TOTAL: &str = "total";

/// As French spreadsheets open it with a double click.
pub fn write_csv(publication: &Publication, lists: &Lists) -> Vec<u8> {
    csv::write(&HEADS, rows(publication, lists))
}

/// As an OpenDocument spreadsheet, where numbers are numbers.
pub fn write_ods(publication: &Publication, lists: &Lists) -> Vec<u8> {
    spreadsheet::write_ods(&publication.period.to_string(), &HEADS, &rows(publication, lists))
}

fn rows(publication: &Publication, lists: &Lists) -> Vec<Vec<String>> {
    let period = publication.period.to_string();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for table in &publication.tables {
        let line = |detail: &str, row: &str, acts: Figure, persons: Figure| {
            // How many people is told of a year only: elsewhere the column says nothing, and not that it is kept back.
            let persons = persons.number().map(|number| number.to_string()).unwrap_or_default();
            let words = [period.as_str(), table_words(table.table), detail, row].map(str::to_owned);
            words.into_iter().chain([figure(acts), persons]).collect()
        };
        rows.push(line("", TOTAL, table.acts, table.persons));
        for detail in &table.details {
            let of = |row: &str| row_words(detail.detail, row, lists);
            rows.extend(
                detail
                    .lines
                    .iter()
                    .map(|one| line(detail_words(detail.detail), &of(&one.row), one.acts, Figure::UNTOLD)),
            );
        }
    }
    rows
}

fn figure(figure: Figure) -> String {
    figure.number().map_or_else(|| UNTOLD.to_owned(), |number| number.to_string())
}

fn table_words(table: Table) -> &'static str {
    match table {
        Table::Contacts => "contacts",
        Table::Reception => "passages à l’accueil",
        Table::Followed => "accompagnements",
        Table::Alerts => "alertes pour une personne",
        Table::CommonAlerts => "alertes pour tous",
        Table::Requests => "demandes reçues",
        Table::Answers => "demandes closes",
        Table::Changes => "ce qui a changé pour quelqu’un",
        Table::Meetings => "temps d’échange",
        Table::CampaignCalls => "appels de campagne",
        Table::Events => "projets collectifs et événements",
        Table::Referrals => "demandes de partenaires",
        Table::Partners => "échanges avec des professionnels",
        Table::Missing => "services cherchés et non trouvés",
    }
}

fn detail_words(detail: Detail) -> &'static str {
    match detail {
        Detail::ContactsByWay => "moyen",
        Detail::ContactsByHalfDay | Detail::ReceptionByHalfDay => "demi-journée",
        Detail::FollowedByStep => "étape",
        Detail::AlertsByKind | Detail::CommonAlertsByKind => "motif",
        Detail::RequestsByTopic | Detail::MissingByTopic => "sujet",
        Detail::RequestsBySource | Detail::ReferralsBySource => "qui demande",
        Detail::AnswersByOutcome => "suite",
        Detail::ChangesByKind => "changement",
        Detail::MeetingsByPresence => "présence de la personne",
        Detail::CampaignCallsByOutcome => "résultat",
        Detail::EventsByKind => "sorte",
        Detail::PartnersByProfession => "profession",
    }
}

fn row_words(detail: Detail, row: &str, lists: &Lists) -> String {
    let list = match detail {
        Detail::AlertsByKind | Detail::CommonAlertsByKind => ListId::AlertKinds,
        Detail::RequestsByTopic | Detail::MissingByTopic => ListId::RequestTopics,
        Detail::RequestsBySource | Detail::ReferralsBySource => ListId::RequestSources,
        Detail::AnswersByOutcome => ListId::RequestOutcomes,
        Detail::PartnersByProfession => ListId::Professions,
        _ => return own_words(row).to_owned(),
    };
    if row == OTHER { own_words(row).to_owned() } else { lists.label(list, row).to_owned() }
}

fn own_words(row: &str) -> &str {
    match row {
        OTHER => "autres",
        "home_visit" => "visites à domicile",
        "call" => "appels",
        "desk" => "accueil",
        "accompaniment" => "accompagnements à l’extérieur",
        "am" => "matin",
        "pm" => "après-midi",
        "new" => "commencés",
        "closed" => "terminés",
        "orientation_succeeded" => "orientations acceptées par le partenaire",
        "return_prepared" => "retours d’hôpital suivis",
        "service_found" => "services trouvés",
        "project_born" => "projets de santé commencés",
        "present" => "elle était là",
        "represented" => "quelqu’un parlait pour elle",
        "reached" => "tout va bien",
        "need" => "un besoin",
        "no_answer" => "pas de réponse",
        "collective_project" => "projets collectifs",
        "training_lunch" => "déjeuners de formation",
        other => other,
    }
}
