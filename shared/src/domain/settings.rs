//! What the coordinator set for the notebook: who they are, where, how they work.

use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::disclosure::Threshold;
use super::ladder::Ladder;
use super::list_edits::ListEdits;
use super::position::{Point, Position};
use super::safeguarding::LawfulRecipients;

/// The notebook's settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Who keeps the notebook.
    pub coordinator: String,
    /// "coordinatrice" or "coordinateur", as they say it.
    pub title: String,
    /// Their commune's name.
    pub commune: String,
    /// Its INSEE code.
    pub commune_code: String,
    /// Days of the week worked, as digits from 1 (Monday); empty is Monday to Friday.
    pub worked_days: String,
    /// Leave, as `2026-08-03/2026-08-21` separated by spaces.
    pub leave: String,
    /// After how many idle minutes the notebook locks; empty is 10.
    pub lock_after_min: String,
    /// After how many days without contact a followed person shows as not seen for long; empty is 45.
    pub unseen_after_days: String,
    /// On what legal basis the notebook is kept, as the notice says it.
    pub legal_basis: String,
    /// Who answers for it: the controller, with how to write to them.
    pub controller: String,
    /// The coordinator's status: whose agent or member they are.
    pub status: String,
    /// For how many months after the last contact all that is about a person is kept; empty is 24.
    pub keep_notebook_months: String,
    /// For how many months a line of the journal of reads is kept; empty is 12.
    pub keep_reads_months: String,
    /// For how many months after a campaign its named attempts are kept; empty is 2.
    pub keep_calls_months: String,
    /// What is tried when someone does not answer, as [`Ladder`] writes it; empty is where everyone starts.
    pub ladder: String,
    /// The same during a call campaign.
    pub call_ladder: String,
    /// For how many months after a strike-off an entry of the legal register is kept; empty is 12.
    pub keep_register_months: String,
    /// To whom the law lets a danger be told, as [`LawfulRecipients`] writes them; empty is where everyone starts.
    pub lawful_recipients: String,
    /// After how many months what the directory says is to be verified again; empty is 12.
    pub recheck_months: String,
    /// After how many months without a contact a partner of no rhythm shows where one asks; empty is 6.
    pub touch_months: String,
    /// Where rounds set out from, where a round says nothing else: the mairie, most often.
    pub start: String,
    /// The point of it, as [`Position`] writes it.
    pub start_position: String,
    /// From how many distinct persons on a figure of the summary is told: 5, or 11; empty is 5.
    pub summary_threshold: String,
    /// On the coordinator's own card: the number.
    pub card_phone: String,
    /// Electronic mail.
    pub card_email: String,
    /// When they answer, and where they are.
    pub card_hours: String,
    /// Where they receive.
    pub card_place: String,
    /// What I do, as inhabitants read it.
    pub card_does: String,
    /// What I do not do.
    pub card_does_not: String,
    /// What was changed of the lists; written by acts of its own.
    pub lists: ListEdits,
}

impl Settings {
    /// After how many idle minutes the notebook locks.
    pub fn lock_after_min(&self) -> u32 {
        self.lock_after_min.parse().ok().filter(|minutes| (1..=240).contains(minutes)).unwrap_or(10)
    }

    /// After how many days without contact a followed person shows as not seen for long.
    pub fn unseen_after_days(&self) -> u32 {
        self.unseen_after_days.parse().ok().filter(|days| (1..=3650).contains(days)).unwrap_or(45)
    }

    /// What is tried when someone does not answer.
    pub fn ladder(&self) -> Ladder {
        Ladder::parse(&self.ladder).unwrap_or_else(Ladder::everyday)
    }

    /// What is tried when someone does not answer during a campaign.
    pub fn call_ladder(&self) -> Ladder {
        Ladder::parse(&self.call_ladder).unwrap_or_else(Ladder::campaign)
    }

    /// To whom the law lets a danger be told.
    pub fn lawful_recipients(&self) -> LawfulRecipients {
        LawfulRecipients::parse(&self.lawful_recipients).unwrap_or_else(LawfulRecipients::usual)
    }

    /// After how many months what the directory says is to be verified again.
    pub fn recheck_months(&self) -> u32 {
        self.recheck_months.trim().parse().ok().filter(|months| (1..=120).contains(months)).unwrap_or(12)
    }

    /// After how many months without a contact a partner of no rhythm shows where one asks.
    pub fn touch_months(&self) -> u32 {
        self.touch_months.trim().parse().ok().filter(|months| (1..=120).contains(months)).unwrap_or(6)
    }

    /// From how many distinct persons on a figure of the summary is told.
    pub fn summary_threshold(&self) -> Threshold {
        if self.summary_threshold.trim() == "11" { Threshold::ELEVEN } else { Threshold::FIVE }
    }

    /// The point that rounds set out from, where it was chosen among the addresses.
    pub fn start_point(&self) -> Option<Point> {
        Position::still_of(&self.start_position, &[&self.start]).map(|position| position.point)
    }

    /// What to write so that these become `edited`: the differences only.
    pub fn changes_to(&self, edited: &Settings) -> Vec<(SettingsField, String)> {
        self.text_differences(edited).map(|(field, text)| (field, text.to_owned())).collect()
    }
}

text_fields! {
    /// The settings, each a text.
    SettingsField of Settings {
        /// Who keeps the notebook.
        Coordinator = "coordinator" => coordinator,
        /// What they are called.
        Title = "title" => title,
        /// Their commune.
        Commune = "commune" => commune,
        /// Its INSEE code.
        CommuneCode = "commune_code" => commune_code,
        /// Days worked.
        WorkedDays = "worked_days" => worked_days,
        /// Leave.
        Leave = "leave" => leave,
        /// Idle minutes before locking.
        LockAfterMin = "lock_after_min" => lock_after_min,
        /// Days before "not seen for long".
        UnseenAfterDays = "unseen_after_days" => unseen_after_days,
        /// The legal basis.
        LegalBasis = "legal_basis" => legal_basis,
        /// The controller.
        Controller = "controller" => controller,
        /// The coordinator's status.
        Status = "status" => status,
        /// Months kept after the last contact.
        KeepNotebookMonths = "keep_notebook_months" => keep_notebook_months,
        /// Months a read is kept.
        KeepReadsMonths = "keep_reads_months" => keep_reads_months,
        /// Months named attempts are kept.
        KeepCallsMonths = "keep_calls_months" => keep_calls_months,
        /// The ladder of every day.
        Ladder = "ladder" => ladder,
        /// The ladder of campaigns.
        CallLadder = "call_ladder" => call_ladder,
        /// Months an entry of the register is kept after it was struck off.
        KeepRegisterMonths = "keep_register_months" => keep_register_months,
        /// To whom the law lets a danger be told.
        LawfulRecipients = "lawful_recipients" => lawful_recipients,
        /// Months before the directory is to be verified again.
        RecheckMonths = "recheck_months" => recheck_months,
        /// Months without a contact with a partner of no rhythm.
        TouchMonths = "touch_months" => touch_months,
        /// From how many distinct persons on a figure of the summary is told.
        SummaryThreshold = "summary_threshold" => summary_threshold,
        /// Where rounds set out from.
        Start = "start" => start,
        /// The point of it.
        StartPosition = "start_position" => start_position,
        /// The card's number.
        CardPhone = "card_phone" => card_phone,
        /// The card's electronic mail.
        CardEmail = "card_email" => card_email,
        /// The card's hours.
        CardHours = "card_hours" => card_hours,
        /// The card's place.
        CardPlace = "card_place" => card_place,
        /// What I do.
        CardDoes = "card_does" => card_does,
        /// What I do not do.
        CardDoesNot = "card_does_not" => card_does_not,
    }
}
