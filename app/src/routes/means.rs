//! Where one is among means in common.

use maillon_shared::domain::ids::{LineId, MeansId};

/// The screens of what is offered. What it is called, and who has it, is in no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeansRoute {
    /// Everything that is offered.
    List,
    /// Something to offer.
    New,
    /// One thing.
    One(MeansId),
    /// What is said of it, to change.
    Edit(MeansId),
    /// A use of it, to ask for or to note.
    NewLoan(MeansId),
    /// A use of it, to change.
    Loan(MeansId, LineId),
}

impl MeansRoute {
    pub(super) fn path(&self) -> String {
        match self {
            MeansRoute::List => String::new(),
            MeansRoute::New => "/new".into(),
            MeansRoute::One(id) => format!("/{id}"),
            MeansRoute::Edit(id) => format!("/{id}/edit"),
            MeansRoute::NewLoan(id) => format!("/{id}/uses/new"),
            MeansRoute::Loan(id, loan) => format!("/{id}/uses/{loan}"),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        let of = MeansId::parse;
        Some(match parts {
            [] => MeansRoute::List,
            ["new"] => MeansRoute::New,
            [id] => MeansRoute::One(of(id)?),
            [id, "edit"] => MeansRoute::Edit(of(id)?),
            [id, "uses", "new"] => MeansRoute::NewLoan(of(id)?),
            [id, "uses", loan] => MeansRoute::Loan(of(id)?, LineId::parse(loan)?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Route;
    use super::*;

    #[test]
    fn every_place_is_found_again_by_its_address() {
        let (id, line) = (MeansId([7; 16]), LineId([8; 16]));
        for route in [
            MeansRoute::List,
            MeansRoute::New,
            MeansRoute::One(id),
            MeansRoute::Edit(id),
            MeansRoute::NewLoan(id),
            MeansRoute::Loan(id, line),
        ] {
            let route = Route::Means(route);
            assert_eq!(Route::parse(&route.href()), Some(route));
        }
    }
}
