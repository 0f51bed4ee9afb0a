//! How far the exchanges with others are, for the screens: what is unsent and since when, what came, what two people wrote
//! at once, what was set aside.

use std::collections::{BTreeMap, BTreeSet};

use maillon_shared::api::exchanges::{
    Arrival, ExchangeAnswer, ExchangeMark, ExchangeRequest, ExchangeWith, Exchanges, SetAside, SetAsideId, SetAsideWhy,
    Whom,
};
use maillon_shared::api::sharing::{Company, DeviceKey};
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::ids::DocId;
use maillon_shared::domain::time::Instant;

use super::Engine;
use super::sharing::in_doubt;
use crate::ambient::Ambient;
use crate::notebook::{Apart, News, Sharing};
use crate::sharing::accept::Doubt;
use crate::sharing::{DeviceId, ScopeId};
use crate::store::Store;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn exchange(&mut self, asked: ExchangeRequest) -> Answer {
        let answer = match asked {
            ExchangeRequest::All => ExchangeAnswer::All(Box::new(self.exchanges().await?)),
            ExchangeRequest::Mark => return self.exchange_mark().await.map(Response::ExchangeMark),
            ExchangeRequest::Looked => {
                let Engine { store, open, .. } = self;
                open.as_mut().ok_or(Failure::Locked)?.note_looked(store).await?;
                self.tell_sharing();
                return Ok(Response::Done);
            }
            ExchangeRequest::TakeUp(id) => return self.take_up(id).await,
            ExchangeRequest::LetGo(id) => {
                let (scope, what) = parts_of(id);
                let Engine { store, ambient, open, .. } = self;
                open.as_mut().ok_or(Failure::Locked)?.deal_with(store, ambient, scope, what).await?;
                self.tell_sharing();
                return Ok(Response::Done);
            }
        };
        Ok(Response::Exchange(Box::new(answer)))
    }

    async fn exchanges(&mut self) -> Result<Exchanges, Failure> {
        let with = self.with_whom().await?;
        let two = self.two_versions().await?;
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let apart = notebook.set_aside(store).await?;
        let sharing = notebook.sharing(store).await?;
        let shares = sharing.scopes().next().is_some();
        let news = sharing.news();
        let waiting = sharing.scopes().map(|shared| in_doubt(shared).0).sum();
        let names: Vec<(News, String, Company)> = news
            .into_iter()
            .map(|one| {
                let (name, company) = called(sharing, one.scope, one.device);
                (one, name, company)
            })
            .collect();
        let set_aside: Vec<(Apart, String, Company)> = apart
            .into_iter()
            .map(|one| {
                let device = one.device.unwrap_or(DeviceId([0; 16]));
                let (name, company) = called(sharing, one.scope, device);
                (one, name, company)
            })
            .collect();
        let views = &notebook.views;
        let set_aside: Vec<SetAside> = set_aside
            .into_iter()
            .map(|(apart, from, company)| SetAside {
                id: id_of(apart.scope, apart.what),
                from,
                company,
                at: apart.at,
                why: why_of(&apart.why),
                records: views.records_shown(apart.documents.iter().copied()),
                count: apart.documents.len() as u32,
                // What a neighbour says is theirs to say again.
                may_take_up: apart.why.is_ok() && company == Company::Own,
            })
            .collect();
        let mut came: Vec<Arrival> = arrivals(names)
            .into_iter()
            .map(|(from, company, at, documents)| Arrival {
                from,
                company,
                at,
                records: views.records_shown(documents.into_iter()),
            })
            .filter(|arrival| !arrival.records.is_empty())
            .collect();
        came.sort_by_key(|arrival| std::cmp::Reverse(arrival.at.utc_ms));
        let two_versions = views.records_with_two_versions(two.iter().copied());
        let asked = self.asked_into_groups().await?;
        let mark = mark_of(shares, &with, came_in(&came), two_versions.len(), set_aside.len(), asked);
        Ok(Exchanges { mark, with, came, two_versions, set_aside, waiting })
    }

    async fn exchange_mark(&mut self) -> Result<ExchangeMark, Failure> {
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        if notebook.sharing(store).await?.scopes().next().is_none() {
            return Ok(ExchangeMark::default());
        }
        let with = self.with_whom().await?;
        let two = self.two_versions().await?;
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let set_aside = notebook.set_aside(store).await?.len();
        let news: BTreeSet<DocId> =
            notebook.sharing(store).await?.news().into_iter().flat_map(|news| news.documents).collect();
        let came = notebook.views.records_shown(news.into_iter()).len() as u32;
        let two = notebook.views.records_with_two_versions(two.iter().copied()).len();
        let asked = self.asked_into_groups().await?;
        Ok(mark_of(true, &with, came, two, set_aside, asked))
    }

    /// With whom something is exchanged; those who lack something first, the oldest first.
    async fn with_whom(&mut self) -> Result<Vec<ExchangeWith>, Failure> {
        let near = self.near().await?;
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let untold_to_own = notebook.untold(store).await?;
        let sharing = notebook.sharing(store).await?;
        let own = sharing.this().ok().map(|this| this.secret.card().id());
        let mut devices: BTreeMap<DeviceId, String> = BTreeMap::new();
        for shared in sharing.own_scopes() {
            let present = shared.replica.members().present();
            devices.extend(present.filter(|(id, _)| Some(*id) != own).map(|(id, member)| (id, member.name.clone())));
        }
        let mut parties: Vec<(Whom, String, Vec<DeviceId>)> =
            devices.into_iter().map(|(id, name)| (Whom::Device(DeviceKey(id.0)), name, vec![id])).collect();
        for (id, shared) in sharing.neighbours() {
            let theirs = shared.theirs().filter(|(_, member)| member.left.is_none()).map(|(id, _)| id).collect();
            parties.push((Whom::Neighbour(id), shared.neighbour_name(), theirs));
        }
        for (id, shared) in sharing.groups().filter(|(_, shared)| shared.may_write()) {
            let others = shared.sides().into_iter().filter(|side| !side.is_own);
            parties.push((Whom::Group(id), String::new(), others.flat_map(|side| side.devices).collect()));
        }
        let mut with = Vec::new();
        for (whom, name, devices) in parties {
            let name = match whom {
                Whom::Group(id) if !notebook.views.group_name(id).is_empty() => notebook.views.group_name(id),
                // One that nobody said anything of yet: it asks, and waits for nothing from here.
                Whom::Group(_) => continue,
                _ => name,
            };
            let untold = match whom {
                Whom::Device(_) => untold_to_own,
                Whom::Neighbour(id) => notebook.untold_to(store, id).await?,
                Whom::Group(id) => notebook.untold_in_group(store, id).await?,
            };
            let mut waits: Option<Instant> = None;
            if let Some(device) = devices.first().filter(|_| untold > 0) {
                waits = notebook.untold_since(store, *device).await?;
            }
            let sharing = notebook.sharing(store).await?;
            let since = devices.iter().filter_map(|device| sharing.unsent_since(*device));
            waits = since.chain(waits).min_by_key(|at| at.utc_ms);
            let unsent = devices.iter().map(|device| sharing.unsent_to(*device)).max().unwrap_or_default() + untold;
            with.push(ExchangeWith {
                whom,
                name,
                unsent,
                since: waits.filter(|_| unsent > 0),
                last: devices.iter().filter_map(|device| sharing.met(*device)).max_by_key(|at| at.utc_ms),
                near: devices.iter().any(|device| near.contains(&DeviceKey(device.0))),
            });
        }
        let since = |one: &ExchangeWith| one.since.map_or(i64::MAX, |at| at.utc_ms);
        with.sort_by(|one, other| {
            (one.unsent == 0, since(one), &one.name).cmp(&(other.unsent == 0, since(other), &other.name))
        });
        Ok(with)
    }

    /// The documents in which two people wrote at once and nobody chose; those in which someone did are forgotten.
    async fn two_versions(&mut self) -> Result<Vec<DocId>, Failure> {
        let Engine { store, ambient, open, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let noted: Vec<DocId> = notebook.sharing(store).await?.two_versions().iter().copied().collect();
        let (mut still, mut settled) = (Vec::new(), Vec::new());
        for id in noted {
            match notebook.read_document(store, id, |document| document.has_two_versions()).await {
                Ok(true) => still.push(id),
                _ => settled.push(id),
            }
        }
        if !settled.is_empty() {
            notebook.note_two_versions(store, ambient, &[], &settled).await?;
        }
        Ok(still)
    }

    async fn take_up(&mut self, id: SetAsideId) -> Answer {
        let (scope, what) = parts_of(id);
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let (plan, unreadable) = notebook.take_up(store, scope, DeviceId(what)).await?;
        let records = plan.edits.len() as u32;
        let act = match self.save(plan).await? {
            Response::Saved(saved) => Some(saved.act),
            _ => None,
        };
        // What can be read of it is here now. What cannot stays where it is, and is not asked about again.
        let Engine { store, ambient, open, .. } = self;
        open.as_mut().ok_or(Failure::Locked)?.deal_with(store, ambient, scope, what).await?;
        self.tell_sharing();
        Ok(Response::Exchange(Box::new(ExchangeAnswer::TakenUp { act, records, unreadable })))
    }
}

fn parts_of(id: SetAsideId) -> (ScopeId, [u8; 16]) {
    let (mut scope, mut what) = ([0; 16], [0; 16]);
    scope.copy_from_slice(&id.0[..16]);
    what.copy_from_slice(&id.0[16..]);
    (ScopeId(scope), what)
}

fn id_of(scope: ScopeId, what: [u8; 16]) -> SetAsideId {
    let mut id = [0; 32];
    id[..16].copy_from_slice(&scope.0);
    id[16..].copy_from_slice(&what);
    SetAsideId(id)
}

fn why_of(why: &Result<Doubt, String>) -> SetAsideWhy {
    match why {
        Ok(Doubt::Left) => SetAsideWhy::Left,
        Ok(Doubt::Forked) => SetAsideWhy::Copied,
        Ok(Doubt::NotAMember) => SetAsideWhy::NotAMember,
        Ok(Doubt::Closed) => SetAsideWhy::Closed,
        Ok(Doubt::Broken) => SetAsideWhy::Broken,
        Ok(Doubt::RestsOn(_) | Doubt::Waits) => SetAsideWhy::RestsOnOther,
        Err(code) => match code.as_str() {
            "unknown" => SetAsideWhy::Incomplete,
            "other_scope" => SetAsideWhy::NotTheirs,
            "too_new" => SetAsideWhy::TooNew,
            _ => SetAsideWhy::Damaged,
        },
    }
}

/// What a device is called where it wrote, and whose it is.
fn called(sharing: &Sharing, scope: ScopeId, device: DeviceId) -> (String, Company) {
    let Some(shared) = sharing.scope(scope) else { return (String::new(), Company::Own) };
    let name = shared.replica.members().all.get(&device).map(|member| member.name.clone());
    // A device whose line holds no longer is named by the line that let it in.
    let newcomers = || shared.replica.records().filter_map(|record| record.lets_in());
    let elsewhere = || newcomers().find(|newcomer| newcomer.card.id() == device).map(|newcomer| newcomer.name.clone());
    let name = name.or_else(elsewhere).unwrap_or_default();
    (name, if shared.is_own() { Company::Own } else { Company::Neighbour })
}

/// What came, a sender each, whatever the scopes.
fn arrivals(news: Vec<(News, String, Company)>) -> Vec<(String, Company, Instant, BTreeSet<DocId>)> {
    let mut by: BTreeMap<(String, Company), (Instant, BTreeSet<DocId>)> = BTreeMap::new();
    for (one, name, company) in news {
        let (at, documents) = by.entry((name, company)).or_insert_with(|| (one.at, BTreeSet::new()));
        *at = if one.at.utc_ms > at.utc_ms { one.at } else { *at };
        documents.extend(one.documents);
    }
    by.into_iter().map(|((name, company), (at, documents))| (name, company, at, documents)).collect()
}

fn came_in(came: &[Arrival]) -> u32 {
    let shown: BTreeSet<_> = came.iter().flat_map(|arrival| arrival.records.iter().map(|record| record.to)).collect();
    shown.len() as u32
}

fn mark_of(
    shares: bool,
    with: &[ExchangeWith],
    came: u32,
    two_versions: usize,
    set_aside: usize,
    asked: u32,
) -> ExchangeMark {
    ExchangeMark {
        shares,
        // The same record waits for each of them: it is said once, as the one who lacks most does.
        unsent: with.iter().map(|one| one.unsent).max().unwrap_or_default(),
        since: with.iter().filter_map(|one| one.since).min_by_key(|at| at.utc_ms),
        came,
        two_versions: two_versions as u32,
        set_aside: set_aside as u32,
        asked,
    }
}
