//! The words of campaigns: kinds, ways, outcomes, where someone stands, what comes next.

use chrono::NaiveDate;
use maillon_shared::domain::campaign::{
    AttemptOutcome, AttemptWay, CallAttempt, CallCounts, CallStatus, Campaign, CampaignKind, CampaignSource,
};
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::ladder::{LadderAction, NextStep};

use crate::when;
use crate::words::{Word, campaign as w, ladder};

/// A kind of campaign.
pub fn kind_words(kind: &CampaignKind) -> &'static str {
    match kind {
        CampaignKind::Heat => w::heat(),
        CampaignKind::Cold => w::cold(),
        CampaignKind::Flood => w::flood(),
        CampaignKind::Other | CampaignKind::Unknown(_) => w::other(),
    }
}

/// From which list.
pub fn source_words(source: &CampaignSource) -> &'static str {
    match source {
        CampaignSource::Register => w::register(),
        CampaignSource::People | CampaignSource::Unknown(_) => w::people(),
    }
}

/// "du 20 juillet au 26 juillet".
pub fn dates(campaign: &Campaign, today: NaiveDate) -> String {
    w::dates(when::date(campaign.from, today), when::date(campaign.until, today))
}

/// What a campaign is called; without a title, its kind and its days in figures.
pub fn title_of(campaign: &Campaign) -> String {
    match campaign.title.trim() {
        "" => {
            let days = w::dates_short(when::figures(campaign.from), when::figures(campaign.until));
            w::of_kind(kind_words(&campaign.kind), days)
        }
        title => title.to_owned(),
    }
}

/// A caller's name.
pub fn caller_name(campaign: &Campaign, caller: Option<LineId>) -> String {
    let found = caller.and_then(|id| campaign.callers.iter().find(|caller| caller.id == id));
    found.map_or_else(|| w::me().to_owned(), |caller| caller.name.clone())
}

/// A way.
pub fn way_words(way: &AttemptWay) -> &'static str {
    match way {
        AttemptWay::Call => w::way_call(),
        AttemptWay::Visit => w::way_visit(),
        AttemptWay::Named => w::way_named(),
        AttemptWay::Recipients => w::way_recipients(),
        AttemptWay::Unknown(_) => w::way_unknown(),
    }
}

/// An outcome.
pub fn outcome_words(outcome: &AttemptOutcome) -> &'static str {
    match outcome {
        AttemptOutcome::Reached => w::outcome_reached(),
        AttemptOutcome::Need => w::outcome_need(),
        AttemptOutcome::NoAnswer => w::outcome_no_answer(),
        AttemptOutcome::KnownAbsent => w::outcome_known_absent(),
        AttemptOutcome::Refused => w::outcome_refused(),
        AttemptOutcome::Worry => w::outcome_worry(),
        AttemptOutcome::Unknown(_) => w::outcome_unknown(),
    }
}

/// A step of a ladder.
pub fn ladder_words(action: &LadderAction) -> &'static str {
    match action {
        LadderAction::Retry => ladder::retry(),
        LadderAction::Named => ladder::named(),
        LadderAction::Visit => ladder::visit(),
        LadderAction::Recipients => ladder::recipients(),
        LadderAction::Unknown(_) => ladder::unknown(),
    }
}

/// What comes next.
pub fn next_words(next: &NextStep) -> &'static str {
    match next {
        NextStep::Do { action, .. } => ladder_words(action),
        NextStep::Exhausted => ladder::exhausted(),
    }
}

/// Where someone stands: the group of the board that they are in.
pub fn status_words(status: &CallStatus) -> &'static str {
    match status {
        CallStatus::Silenced(_) => w::silenced(),
        CallStatus::Refused => w::refused(),
        CallStatus::Worry => w::worry(),
        CallStatus::Need => w::need(),
        CallStatus::Reached => w::reached(),
        CallStatus::Absent(_) => w::absent(),
        CallStatus::NoAnswer(_) => w::no_answer(),
        CallStatus::ToVisit => w::to_visit(),
        CallStatus::ToCall => w::to_call(),
    }
}

/// The code of a group in the page.
pub fn status_code(status: &CallStatus) -> &'static str {
    match status {
        CallStatus::Silenced(_) => "silenced",
        CallStatus::Refused => "refused",
        CallStatus::Worry => "worry",
        CallStatus::Need => "need",
        CallStatus::Reached => "reached",
        CallStatus::Absent(_) => "absent",
        CallStatus::NoAnswer(_) => "no-answer",
        CallStatus::ToVisit => "to-visit",
        CallStatus::ToCall => "to-call",
    }
}

/// Every figure of a board, by consequence, with its group's code where it is one.
pub fn figures(counts: &CallCounts) -> [(&'static str, Word, u32); 9] {
    [
        ("worry", w::worry, counts.worry),
        ("need", w::need, counts.need),
        ("no-answer", w::no_answer, counts.no_answer),
        ("to-visit", w::to_visit, counts.to_visit),
        ("to-call", w::to_call, counts.to_call),
        ("reached", w::reached, counts.reached),
        ("absent", w::absent, counts.absent),
        ("refused", w::refused, counts.refused),
        ("silenced", w::silenced, counts.silenced),
    ]
}

/// "20 juillet à 9 h · Nadine · Appel : pas de réponse".
pub fn attempt_line(campaign: &Campaign, attempt: &CallAttempt, today: NaiveDate) -> String {
    let who = caller_name(campaign, attempt.caller);
    let outcome = outcome_words(&attempt.outcome).to_lowercase();
    let (day, hour) = (when::day(attempt.day, today), when::hour(attempt.hour));
    let line = w::attempt_line(day, hour, who, way_words(&attempt.way), outcome);
    match attempt.handled_on {
        Some(day) => w::attempt_seen_to(line, when::date(day, today)),
        None => line,
    }
}
