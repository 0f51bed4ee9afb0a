//! Outreach services, as screens read them: by their next day, and what of them asks for something this week.

use chrono::{Days, Months, NaiveDate};
use maillon_shared::api::outreach::{OutreachAskRow, OutreachAsks, OutreachFile, OutreachServices, OutreachShown};
use maillon_shared::domain::calendar::Zone;
use maillon_shared::domain::ids::{GroupId, OutreachId};
use maillon_shared::domain::outreach::OutreachService;
use maillon_shared::text::sort::sort_key;

use super::{Content, Views};

/// What happened longer ago is read on the page of the service, and not in the list.
const LATELY: Months = Months::new(1);

impl Views {
    /// An outreach service.
    pub fn outreach(&self, id: OutreachId) -> Option<&OutreachService> {
        match self.documents.get(&id.into()).filter(|cached| !cached.undone).map(|cached| &cached.content) {
            Some(Content::Outreach(service)) => Some(service),
            _ => None,
        }
    }

    fn outreach_services(&self) -> impl Iterator<Item = &OutreachService> {
        let shown = self.documents.values().filter(|cached| !cached.undone);
        shown.filter_map(|cached| match &cached.content {
            Content::Outreach(service) if !service.withdrawn => Some(&**service),
            _ => None,
        })
    }

    fn outreach_shown(&self, service: OutreachService) -> OutreachShown {
        let (settings, _) = self.settings();
        let group = self.group_of(service.id.into());
        OutreachShown {
            zone: service.zone(Zone::of_commune(&settings.commune_code)),
            own_commune: settings.commune_code.clone(),
            names: self.names_of(service.entries()),
            group: group.map(|id| (id, self.group_name(id))),
            service,
        }
    }

    /// Every service: by its next day, then those that have none to come, then those that are over.
    pub fn outreach_rows(&self, today: NaiveDate) -> OutreachServices {
        let lately = today.checked_sub_months(LATELY).unwrap_or(today);
        let row = |service: &OutreachService| {
            let mut service = service.clone();
            service.sessions.retain(|session| session.day.is_some_and(|day| day >= lately));
            self.outreach_shown(service)
        };
        let mut rows: Vec<OutreachShown> = self.outreach_services().map(row).collect();
        rows.sort_by_cached_key(|row| {
            let (service, next) = (&row.service, row.service.next(today, row.zone).map(|date| date.day));
            (next.is_none(), next, service.has_ended(today), sort_key(&service.about.title), service.id)
        });
        OutreachServices { today, rows, groups: Vec::new() }
    }

    /// The services of a group, by title.
    pub fn outreach_of(&self, group: GroupId) -> Vec<(OutreachId, String)> {
        let here = self.outreach_services().filter(|one| self.group_of(one.id.into()) == Some(group));
        let mut rows: Vec<_> = here.map(|one| (one.id, one.about.title.clone())).collect();
        rows.sort_by_cached_key(|(id, title)| (sort_key(title), *id));
        rows
    }

    /// One service and what goes with it.
    pub fn outreach_file(&self, id: OutreachId, today: NaiveDate) -> Option<OutreachFile> {
        let shown = self.outreach_shown(self.outreach(id)?.clone());
        Some(OutreachFile { shown, today, may_write: true, conflicts: Vec::new() })
    }

    /// What of the services asks for something up to so many days after a day: a rota that leaves days without anyone, and what
    /// nobody made sure of for half a year.
    pub fn outreach_asks(&self, day: NaiveDate, days_after: u64) -> Vec<OutreachAskRow> {
        let horizon = day.checked_add_days(Days::new(days_after)).unwrap_or(day);
        let mut rows = Vec::new();
        for service in self.outreach_services() {
            let gaps = service.rota(day, horizon).map(|rota| rota.gaps).unwrap_or_default();
            let asks = gaps.into_iter().map(OutreachAsks::Gap);
            let asks = asks.chain(service.to_check_again(day).map(OutreachAsks::CheckAgain));
            let title = &service.about.title;
            rows.extend(asks.map(|asks| OutreachAskRow { id: service.id, title: title.clone(), asks }));
        }
        rows.sort_by_cached_key(|row| {
            let (of_checks, day) = match &row.asks {
                OutreachAsks::Gap(days) => (false, days.first),
                OutreachAsks::CheckAgain(checked) => (true, *checked),
            };
            (of_checks, day, sort_key(&row.title), row.id)
        });
        rows
    }
}
