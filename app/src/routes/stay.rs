//! Where one is among stays at hospital.

use maillon_shared::domain::ids::{HospitalStayId, LineId, PersonId};

/// The screens of stays at hospital.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StayRoute {
    /// Everyone who is there, and every return.
    List,
    /// One was told of a stay.
    New(Option<PersonId>),
    /// One stay, with what to make sure of.
    One(HospitalStayId),
    /// A stay to change.
    Edit(HospitalStayId),
    /// A step, or one more.
    Step(HospitalStayId, Option<LineId>),
    /// The person is back.
    Home(HospitalStayId),
    /// It ends in another way.
    End(HospitalStayId),
}

impl StayRoute {
    pub(super) fn path(&self) -> String {
        match self {
            StayRoute::List => String::new(),
            StayRoute::New(None) => "/new".into(),
            StayRoute::New(Some(person)) => format!("/new/{person}"),
            StayRoute::One(id) => format!("/{id}"),
            StayRoute::Edit(id) => format!("/{id}/edit"),
            StayRoute::Step(id, None) => format!("/{id}/step"),
            StayRoute::Step(id, Some(step)) => format!("/{id}/step/{step}"),
            StayRoute::Home(id) => format!("/{id}/home"),
            StayRoute::End(id) => format!("/{id}/end"),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        let id = |text: &str| HospitalStayId::parse(text);
        Some(match parts {
            [] => StayRoute::List,
            ["new"] => StayRoute::New(None),
            ["new", person] => StayRoute::New(Some(PersonId::parse(person)?)),
            [one] => StayRoute::One(id(one)?),
            [one, "edit"] => StayRoute::Edit(id(one)?),
            [one, "step"] => StayRoute::Step(id(one)?, None),
            [one, "step", step] => StayRoute::Step(id(one)?, Some(LineId::parse(step)?)),
            [one, "home"] => StayRoute::Home(id(one)?),
            [one, "end"] => StayRoute::End(id(one)?),
            _ => return None,
        })
    }
}
