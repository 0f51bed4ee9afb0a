//! Where one is among alerts.

use maillon_shared::domain::ids::{AlertId, EncounterId, PersonId};

/// The screens of alerts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AlertRoute {
    /// Every alert.
    List,
    /// An alert about someone to raise.
    New(AlertStart),
    /// An alert about everyone to raise.
    NewForAll,
    /// One alert.
    One(AlertId),
    /// Its words to mend.
    Edit(AlertId),
    /// Something done about it, to write down.
    Do(AlertId, Doing),
    /// What was said of someone in danger, in the sensitive tier.
    Accounts(AlertId),
}

/// What is already known when an alert is raised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AlertStart {
    /// About whom.
    pub person: Option<PersonId>,
    /// The encounter it comes from.
    pub from: Option<EncounterId>,
}

/// Something that is done about an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Something was done, or said.
    Step,
    /// It is graver, or less grave.
    Judge,
    /// Someone else answers for it.
    HandOver,
    /// It is closed.
    Close,
    /// It is open again.
    Reopen,
    /// Something that was said is kept in the sensitive tier.
    Keep,
}

impl Doing {
    const ALL: [Doing; 6] = [Doing::Step, Doing::Judge, Doing::HandOver, Doing::Close, Doing::Reopen, Doing::Keep];

    /// Its code in an address, and the name of its draft.
    pub const fn code(self) -> &'static str {
        match self {
            Doing::Step => "step",
            Doing::Judge => "judge",
            Doing::HandOver => "hand-over",
            Doing::Close => "close",
            Doing::Reopen => "reopen",
            Doing::Keep => "keep",
        }
    }

    /// What a code says.
    pub fn from_code(code: &str) -> Option<Self> {
        Doing::ALL.into_iter().find(|doing| doing.code() == code)
    }
}

impl AlertRoute {
    /// An alert about someone.
    pub fn about(person: PersonId) -> Self {
        AlertRoute::New(AlertStart { person: Some(person), from: None })
    }

    pub(super) fn path(&self) -> String {
        match self {
            AlertRoute::List => String::new(),
            AlertRoute::New(AlertStart { person, from }) => {
                let person = person.map(|id| format!("/with/{id}")).unwrap_or_default();
                let from = from.map(|id| format!("/from/{id}")).unwrap_or_default();
                format!("/new{person}{from}")
            }
            AlertRoute::NewForAll => "/new-for-all".into(),
            AlertRoute::One(id) => format!("/{id}"),
            AlertRoute::Edit(id) => format!("/{id}/edit"),
            AlertRoute::Do(id, doing) => format!("/{id}/do/{}", doing.code()),
            AlertRoute::Accounts(id) => format!("/{id}/accounts"),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        let start = |person: Option<&str>, from: Option<&str>| {
            let person = person.map(|id| PersonId::parse(id).ok_or(())).transpose().ok()?;
            let from = from.map(|id| EncounterId::parse(id).ok_or(())).transpose().ok()?;
            Some(AlertRoute::New(AlertStart { person, from }))
        };
        Some(match parts {
            [] => AlertRoute::List,
            ["new"] => start(None, None)?,
            ["new", "with", person] => start(Some(person), None)?,
            ["new", "from", from] => start(None, Some(from))?,
            ["new", "with", person, "from", from] => start(Some(person), Some(from))?,
            ["new-for-all"] => AlertRoute::NewForAll,
            [id] => AlertRoute::One(AlertId::parse(id)?),
            [id, "edit"] => AlertRoute::Edit(AlertId::parse(id)?),
            [id, "do", doing] => AlertRoute::Do(AlertId::parse(id)?, Doing::from_code(doing)?),
            [id, "accounts"] => AlertRoute::Accounts(AlertId::parse(id)?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Route;
    use super::*;

    #[test]
    fn every_screen_of_alerts_is_found_again_by_its_address() {
        let (id, person, from) = (AlertId([1; 16]), Some(PersonId([2; 16])), Some(EncounterId([3; 16])));
        let starts = [(None, None), (person, None), (None, from), (person, from)];
        let new = starts.map(|(person, from)| AlertRoute::New(AlertStart { person, from }));
        let one = [AlertRoute::List, AlertRoute::NewForAll, AlertRoute::One(id), AlertRoute::Edit(id)];
        let done = Doing::ALL.map(|doing| AlertRoute::Do(id, doing));
        for route in new.into_iter().chain(one).chain(done).chain([AlertRoute::Accounts(id)]) {
            let route = Route::Alert(route);
            assert_eq!(Route::parse(&route.href()), Some(route));
        }
        for nowhere in ["#/alerts/new/with", "#/alerts/new/with/Odette", "#/alerts/1", "#/alerts/new/from/x/y"] {
            assert_eq!(Route::parse(nowhere), None, "{nowhere}");
        }
    }
}
