//! Where one is among activity summaries for the mairie.

use maillon_shared::domain::summary::period::Period;

/// The screens of activity summaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SummaryRoute {
    /// What is published, and what could be.
    All,
    /// What would be published now.
    Preview,
    /// What is published of a period.
    Of(Period),
    /// The report of a period, as it would be published.
    Report(Period),
    /// The report of a period, to write.
    WriteReport(Period),
    /// A closed month, to correct.
    Correct(Period),
    /// In a mairie's notebook: a file that came, to look at and to take.
    Receive,
}

impl SummaryRoute {
    pub(super) fn path(&self) -> String {
        match self {
            SummaryRoute::All => String::new(),
            SummaryRoute::Preview => "/preview".into(),
            SummaryRoute::Of(period) => format!("/{period}"),
            SummaryRoute::Report(period) => format!("/{period}/report"),
            SummaryRoute::WriteReport(period) => format!("/{period}/report/write"),
            SummaryRoute::Correct(period) => format!("/{period}/correct"),
            SummaryRoute::Receive => "/receive".into(),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => SummaryRoute::All,
            ["preview"] => SummaryRoute::Preview,
            ["receive"] => SummaryRoute::Receive,
            [period] => SummaryRoute::Of(Period::parse(period)?),
            [period, "report"] => SummaryRoute::Report(Period::parse(period)?),
            [period, "report", "write"] => SummaryRoute::WriteReport(Period::parse(period)?),
            [period, "correct"] => SummaryRoute::Correct(Period::parse(period)?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Route;
    use super::*;

    #[test]
    fn every_screen_of_summaries_is_found_again_by_its_address() {
        let periods = ["2026", "2026-Q3", "2026-09"].into_iter().filter_map(Period::parse);
        let of_periods = periods.flat_map(|period| {
            [SummaryRoute::Of, SummaryRoute::Report, SummaryRoute::WriteReport, SummaryRoute::Correct]
                .map(|route| route(period))
        });
        for route in [SummaryRoute::All, SummaryRoute::Preview, SummaryRoute::Receive].into_iter().chain(of_periods) {
            let route = Route::Summary(route);
            assert_eq!(Route::parse(&route.href()), Some(route));
        }
        assert_eq!(Route::parse("#/more/summary/2026-Q9"), None);
    }
}
