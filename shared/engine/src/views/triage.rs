//! Requests as lists and one by one, and the radar of needs.

use std::cmp::Reverse;

use chrono::NaiveDate;
use maillon_shared::api::responses::RequestRow;
use maillon_shared::api::triage::{RequestFile, RequestFilter, RequestList, StageFilter};
use maillon_shared::domain::ids::{FollowUpId, RequestId};
use maillon_shared::domain::person::Person;
use maillon_shared::domain::radar::{RadarRow, Seen, radar};
use maillon_shared::domain::request::{Request, Stage};
use maillon_shared::domain::shared_meeting::Origin;

use super::provisional::provisional_row;
use super::{Cached, Content, Views};

impl Views {
    /// A request.
    pub fn request(&self, id: RequestId) -> Option<&Request> {
        match self.documents.get(&id.into()) {
            Some(Cached { content: Content::Request(request), undone: false, .. }) => Some(request),
            _ => None,
        }
    }

    /// Every request, in no order.
    pub fn requests(&self) -> impl Iterator<Item = &Request> {
        self.documents.values().filter(|cached| !cached.undone).filter_map(|cached| match &cached.content {
            Content::Request(request) => Some(&**request),
            _ => None,
        })
    }

    /// A request under the id its person is shown as.
    pub fn request_shown(&self, request: &Request) -> Request {
        Request { person: request.person.map(|id| self.shown_as(id)), ..request.clone() }
    }

    /// The request whose feedback a follow-up reminds of.
    pub fn request_awaiting(&self, follow_up: FollowUpId) -> Option<RequestId> {
        let is_reminded = |request: &&Request| request.options.iter().any(|option| option.follow_up == Some(follow_up));
        self.requests().find(is_reminded).map(|request| request.id)
    }

    pub(super) fn request_row(&self, request: &Request, today: NaiveDate) -> RequestRow {
        let person = request.person.and_then(|id| self.person(id));
        RequestRow {
            name: person.map(Person::display_name).unwrap_or_default(),
            days: u32::try_from((today - request.received).num_days()).unwrap_or(0),
            span: request.span(today),
            silence: person.and_then(|person| person.state.silence()),
            request: self.request_shown(request),
        }
    }

    /// The requests that a filter leaves, and those who were reported.
    pub fn request_list(&self, filter: &RequestFilter, today: NaiveDate) -> RequestList {
        let (mut rows, mut all) = (Vec::new(), 0);
        for request in self.requests() {
            all += 1;
            let is_at = match filter.stage {
                StageFilter::All => true,
                StageFilter::Open => !request.is_closed(),
                StageFilter::One(stage) => request.stage() == stage,
            };
            let is_about = filter.topic.is_empty() || request.topics().contains(&filter.topic.as_str());
            let is_from = filter.source.is_empty() || request.source == filter.source;
            let is_old = (today - request.received).num_days() >= i64::from(filter.days);
            let is_of = filter
                .person
                .is_none_or(|person| request.person.is_some_and(|id| self.shown_as(id) == self.shown_as(person)));
            if is_at && is_about && is_from && is_old && is_of {
                rows.push(self.request_row(request, today));
            }
        }
        rows.sort_by_key(|row| {
            let is_closed = row.span.stage == Stage::Closed;
            let ended = is_closed.then_some(Reverse(row.span.from));
            (is_closed, ended, row.span.from, row.request.id)
        });
        RequestList { rows, all, provisional: self.provisional_rows(today), erased: self.erased_provisionals() }
    }

    /// One request and what goes with it; conflicts are the journal's to tell.
    pub fn request_file(&self, id: RequestId, today: NaiveDate) -> Option<RequestFile> {
        let request = self.request_shown(self.request(id)?);
        let person = request.person.and_then(|id| self.person(id));
        Some(RequestFile {
            name: person.map(Person::display_name).unwrap_or_default(),
            provisional: request
                .person
                .and_then(|id| self.provisional(id))
                .map(|record| provisional_row(record, today)),
            silence: person.and_then(|person| person.state.silence()),
            spans: request.spans(today),
            entries: request.person.map(|id| self.consents(id)).unwrap_or_default(),
            meetings: request
                .person
                .map(|person| self.meetings_from(person, Origin::Request(id), today))
                .unwrap_or_default(),
            conflicts: Vec::new(),
            request,
        })
    }

    /// Requests alike that were received from one day to another. Whoever has no sheet counts for no person.
    pub fn radar(&self, from: NaiveDate, to: NaiveDate) -> Vec<RadarRow> {
        let commune = self.settings().0.commune;
        let asked = self.requests().filter(|request| (from..=to).contains(&request.received));
        radar(asked.map(|request| {
            let known = request.person.and_then(|id| self.known_person(id));
            let of = |person: &'_ Person| person.address.commune.trim().is_empty();
            Seen {
                topics: request.topics(),
                person: known.map(|person| person.id),
                commune: match known {
                    Some(person) if !of(person) => person.address.commune.trim(),
                    _ => commune.trim(),
                },
                hamlet: known.map_or(request.place.trim(), |person| person.address.hamlet.trim()),
            }
        }))
    }
}
