//! Where one is among call campaigns.

use maillon_shared::domain::ids::{AlertId, CampaignId, LineId};

/// The screens of call campaigns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CampaignRoute {
    /// Every campaign.
    List,
    /// A campaign to begin.
    New,
    /// A campaign to begin because of an alert.
    NewFor(AlertId),
    /// The live board.
    Board(CampaignId),
    /// A campaign to change.
    Edit(CampaignId),
    /// Calling: a caller's list, or everyone.
    Calls(CampaignId, Option<LineId>),
    /// Who calls whom.
    Callers(CampaignId),
    /// A sheet to print: a caller's, or everyone.
    Sheet(CampaignId, Option<LineId>),
    /// A filled sheet to type.
    Typing(CampaignId),
    /// The report.
    Report(CampaignId),
}

impl CampaignRoute {
    pub(super) fn path(&self) -> String {
        let of = |id: &CampaignId, screen: &str, caller: &Option<LineId>| match caller {
            Some(caller) => format!("/{id}/{screen}/{caller}"),
            None => format!("/{id}/{screen}"),
        };
        match self {
            CampaignRoute::List => String::new(),
            CampaignRoute::New => "/new".into(),
            CampaignRoute::NewFor(alert) => format!("/new/for/{alert}"),
            CampaignRoute::Board(id) => format!("/{id}"),
            CampaignRoute::Edit(id) => format!("/{id}/edit"),
            CampaignRoute::Calls(id, caller) => of(id, "calls", caller),
            CampaignRoute::Callers(id) => format!("/{id}/callers"),
            CampaignRoute::Sheet(id, caller) => of(id, "sheet", caller),
            CampaignRoute::Typing(id) => format!("/{id}/typing"),
            CampaignRoute::Report(id) => format!("/{id}/report"),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        let id = |text: &str| CampaignId::parse(text);
        Some(match parts {
            [] => CampaignRoute::List,
            ["new"] => CampaignRoute::New,
            ["new", "for", alert] => CampaignRoute::NewFor(AlertId::parse(alert)?),
            [one] => CampaignRoute::Board(id(one)?),
            [one, "edit"] => CampaignRoute::Edit(id(one)?),
            [one, "calls"] => CampaignRoute::Calls(id(one)?, None),
            [one, "calls", caller] => CampaignRoute::Calls(id(one)?, Some(LineId::parse(caller)?)),
            [one, "callers"] => CampaignRoute::Callers(id(one)?),
            [one, "sheet"] => CampaignRoute::Sheet(id(one)?, None),
            [one, "sheet", caller] => CampaignRoute::Sheet(id(one)?, Some(LineId::parse(caller)?)),
            [one, "typing"] => CampaignRoute::Typing(id(one)?),
            [one, "report"] => CampaignRoute::Report(id(one)?),
            _ => return None,
        })
    }
}
