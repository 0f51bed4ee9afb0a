//! Alerts: which ask for something, in which order, and how far each is.

use chrono::NaiveDate;
use maillon_shared::api::alerts::{AlertFile, AlertRow, Alerts, Standing};
use maillon_shared::domain::alert::{Alert, AlertState, AlertSubject, Clock};
use maillon_shared::domain::ids::{AccountId, AlertId, PersonId};
use maillon_shared::domain::person::Person;
use maillon_shared::domain::safeguarding::Account;

use super::today::first_phone;
use super::{Cached, Content, Views};

impl Views {
    /// An alert, as it is written.
    pub fn alert(&self, id: AlertId) -> Option<&Alert> {
        match self.documents.get(&id.into()) {
            Some(Cached { content: Content::Alert(alert), undone: false, .. }) => Some(alert),
            _ => None,
        }
    }

    /// An alert under the id its person is shown as.
    pub fn alert_shown(&self, alert: &Alert) -> Alert {
        let mut shown = alert.clone();
        if let AlertSubject::Person(person) = &mut shown.subject {
            *person = self.shown_as(*person);
        }
        shown
    }

    fn every_alert(&self) -> impl Iterator<Item = &Alert> {
        self.documents.values().filter(|cached| !cached.undone).filter_map(|cached| match &cached.content {
            Content::Alert(alert) => Some(&**alert),
            _ => None,
        })
    }

    /// Every alert, on a day.
    pub fn alerts(&self, day: NaiveDate) -> Alerts {
        let (mut live, mut over): (Vec<&Alert>, Vec<&Alert>) =
            self.every_alert().partition(|alert| alert.is_live_on(day));
        live.sort_by_cached_key(|alert| alert.urgency());
        over.sort_by_key(|alert| std::cmp::Reverse((alert.received, alert.id)));
        let rows = |alerts: Vec<&Alert>| alerts.into_iter().map(|alert| self.alert_row(alert, day)).collect();
        Alerts { live: rows(live), over: rows(over) }
    }

    /// The alerts that somebody must answer, and what is only to be watched while it lasts: an alert about everyone whose
    /// clock does not run.
    pub(super) fn alerts_today(&self, day: NaiveDate) -> (Vec<AlertRow>, Vec<AlertRow>) {
        let is_answered = |row: &AlertRow| row.population.is_none() || matches!(row.clock, Clock::Until(_));
        self.alerts(day).live.into_iter().partition(is_answered)
    }

    fn alert_row(&self, alert: &Alert, day: NaiveDate) -> AlertRow {
        let person = alert.person().and_then(|id| self.person(id));
        let silence = person.and_then(|person| person.state.silence());
        let place = match alert.population() {
            Some(population) => population.communes.clone(),
            None => person.map(|person| person.address.short().to_owned()).unwrap_or_default(),
        };
        AlertRow {
            id: alert.id,
            person: alert.person().map(|id| self.shown_as(id)),
            name: person.map(Person::display_name).unwrap_or_default(),
            place,
            // Someone who refused is not called because others worry: what is decided is decided without a button.
            phone: person.filter(|_| silence.is_none()).map(first_phone).unwrap_or_default(),
            silence,
            kind: alert.kind.clone(),
            severity: alert.severity().clone(),
            owner: alert.owner().clone(),
            received: alert.received,
            clock: alert.clock(),
            acknowledged: !alert.acknowledged.is_empty(),
            standing: match alert.state() {
                AlertState::Closed(closing) => Standing::Closed(closing.at, closing.reason.as_str().to_owned()),
                _ if !alert.is_live_on(day) => Standing::Expired,
                AlertState::Disputed(_) => Standing::Disputed,
                AlertState::Open => Standing::Open,
            },
            population: alert.population().cloned(),
        }
    }

    /// One alert and what goes with it; conflicts are the journal's to tell.
    pub fn alert_file(&self, id: AlertId, day: NaiveDate) -> Option<AlertFile> {
        let alert = self.alert(id)?;
        let mut disclosures = Vec::new();
        if let Some(person) = alert.person() {
            for cached in self.about(person) {
                if let Content::Consents { disclosures: said, .. } = &cached.content {
                    disclosures.extend(said.iter().cloned());
                }
            }
        }
        disclosures.sort_by_key(|said| std::cmp::Reverse((said.day, said.hour, said.id)));
        Some(AlertFile {
            row: self.alert_row(alert, day),
            disclosures,
            accounts: alert.person().map_or(0, |person| self.accounts(person).len() as u32),
            recipients: self.settings().0.lawful_recipients(),
            conflicts: Vec::new(),
            alert: self.alert_shown(alert),
        })
    }

    /// Whether something about a person still asks for an answer: their file does not end before it does.
    pub(super) fn has_live_alert(&self, person: PersonId, day: NaiveDate) -> bool {
        self.about(person).any(|cached| matches!(&cached.content, Content::Alert(alert) if alert.is_live_on(day)))
    }

    /// What was said of someone in danger, the last first.
    pub fn accounts(&self, person: PersonId) -> Vec<Account> {
        let kept = self.about(person).filter_map(|cached| match &cached.content {
            Content::Accounts(accounts) => Some(accounts),
            _ => None,
        });
        let mut accounts: Vec<_> = kept.flatten().cloned().collect();
        accounts.sort_by_key(|account| std::cmp::Reverse((account.at, account.id)));
        accounts
    }

    /// Whether that was kept already.
    pub fn has_account(&self, person: PersonId, id: AccountId) -> bool {
        self.accounts(person).iter().any(|account| account.id == id)
    }
}
