//! Call campaigns: heat, cold, flood. Everyone of a list is reached, day after day, by several callers who may be offline.
//!
//! A card is what a caller needs to reach one person: a copy made when the campaign begins, in a document about that
//! person, so that erasing someone erases their card.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::coded::coded;
use super::ids::{CampaignId, LineId};
use super::ladder::Ladder;

pub use super::call_card::{
    AttemptChange, AttemptOutcome, AttemptWay, CallAttempt, CallCard, CallStatus, CallSubject, CardField, NamedContact,
    NamedField,
};

/// A campaign: why, when, by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Campaign {
    /// Names the campaign.
    pub id: CampaignId,
    /// Why everyone is called.
    pub kind: CampaignKind,
    /// What it is called: "Canicule de juillet".
    pub title: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day; callers from elsewhere see nothing any more a week after it.
    pub until: NaiveDate,
    /// Everyone is reached once in so many days.
    pub every_days: u16,
    /// From which list people were taken.
    pub source: CampaignSource,
    /// Who calls.
    pub callers: Vec<Caller>,
    /// What is tried when someone does not answer.
    pub ladder: Ladder,
    /// The day it was closed; none while it goes on.
    pub closed_on: Option<NaiveDate>,
}

coded! {
    /// Why everyone is called.
    CampaignKind {
        /// A heat wave.
        Heat = "heat",
        /// Great cold.
        Cold = "cold",
        /// A flood, or the threat of one.
        Flood = "flood",
        /// Anything else: a power cut, an epidemic.
        Other = "other",
    }
}

coded! {
    /// From which list people are taken.
    CampaignSource {
        /// The legal register.
        Register = "register",
        /// The people whom the coordinator accompanies.
        People = "people",
    }
}

/// Someone who calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// Names the line.
    pub id: LineId,
    /// Their name, as colleagues say it.
    pub name: String,
    /// When they call: "lundi et mardi matin".
    pub slots: String,
}

impl Caller {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        Caller { id, name: String::new(), slots: String::new() }
    }
}

text_fields! {
    /// The text fields of a caller.
    CallerField of Caller {
        /// Their name.
        Name = "name" => name,
        /// When they call.
        Slots = "slots" => slots,
    }
}

/// One change to a campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CampaignChange {
    /// It is called so.
    Title(String),
    /// It is of that kind.
    Kind(CampaignKind),
    /// It begins that day.
    From(NaiveDate),
    /// It ends that day.
    Until(NaiveDate),
    /// Everyone is reached once in so many days.
    EveryDays(u16),
    /// That is tried when someone does not answer.
    Ladder(Ladder),
    /// A field of a caller becomes this; a new line comes into being.
    Caller(LineId, CallerField, String),
    /// A caller goes; what they noted stays.
    RemoveCaller(LineId),
}

impl Campaign {
    /// A campaign of nobody yet.
    pub fn empty(id: CampaignId, kind: CampaignKind, from: NaiveDate, until: NaiveDate) -> Self {
        Campaign {
            id,
            kind,
            title: String::new(),
            from,
            until,
            every_days: 1,
            source: CampaignSource::Register,
            callers: Vec::new(),
            ladder: Ladder::campaign(),
            closed_on: None,
        }
    }

    /// What to write so that this campaign becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &Campaign) -> Vec<CampaignChange> {
        let mut changes = Vec::new();
        let mut differs = |differs: bool, change: CampaignChange| changes.extend(differs.then_some(change));
        differs(self.title != edited.title, CampaignChange::Title(edited.title.clone()));
        differs(self.kind != edited.kind, CampaignChange::Kind(edited.kind.clone()));
        differs(self.from != edited.from, CampaignChange::From(edited.from));
        differs(self.until != edited.until, CampaignChange::Until(edited.until));
        differs(self.every_days != edited.every_days, CampaignChange::EveryDays(edited.every_days));
        differs(self.ladder != edited.ladder, CampaignChange::Ladder(edited.ladder.clone()));
        for caller in &edited.callers {
            let before = self.callers.iter().find(|before| before.id == caller.id).cloned();
            let before = before.unwrap_or_else(|| Caller::empty(caller.id));
            let fields = before.text_differences(caller);
            changes.extend(fields.map(|(field, text)| CampaignChange::Caller(caller.id, field, text.to_owned())));
        }
        for gone in self.callers.iter().filter(|before| edited.callers.iter().all(|after| after.id != before.id)) {
            changes.push(CampaignChange::RemoveCaller(gone.id));
        }
        changes
    }

    /// The first day of the turn that a day is in: everyone is reached once in each turn.
    pub fn turn_of(&self, day: NaiveDate) -> NaiveDate {
        let every = u64::from(self.every_days.max(1));
        let since = u64::try_from((day - self.from).num_days()).unwrap_or(0);
        self.from.checked_add_days(Days::new(since / every * every)).unwrap_or(self.from)
    }

    /// The first days of its turns, up to a day or to its end.
    pub fn turns(&self, today: NaiveDate) -> Vec<NaiveDate> {
        let last = self.closed_on.unwrap_or(self.until).min(today);
        let every = usize::from(self.every_days.max(1));
        self.from.iter_days().step_by(every).take_while(|day| *day <= last).take(MOST_TURNS).collect()
    }

    /// Whether a caller from elsewhere may still see it. Only what is on their device stops showing: nothing is lost.
    pub fn is_open_to_callers(&self, today: NaiveDate) -> bool {
        today <= self.until.checked_add_days(Days::new(DAYS_TO_HAND_BACK)).unwrap_or(self.until)
    }
}

/// A year of days.
const MOST_TURNS: usize = 366;
/// How long callers have, after the last day, to hand back what they noted.
const DAYS_TO_HAND_BACK: u64 = 7;

/// How many people stand where: each is counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallCounts {
    /// Everyone of the campaign.
    pub total: u32,
    /// Reached in this turn.
    pub reached: u32,
    /// Something is needed.
    pub need: u32,
    /// Something worries.
    pub worry: u32,
    /// Did not answer.
    pub no_answer: u32,
    /// Known to be away.
    pub absent: u32,
    /// Do not wish to be called.
    pub refused: u32,
    /// Not to be called, as their state says.
    pub silenced: u32,
    /// Without telephone, to be visited.
    pub to_visit: u32,
    /// To be called.
    pub to_call: u32,
    /// Reached by two people in this turn.
    pub twice: u32,
    /// Attempts made in this turn.
    pub attempts: u32,
}

impl CallCounts {
    /// Every count, by the name it is written under.
    pub const NAMES: [&str; 12] = [
        "total",
        "reached",
        "need",
        "worry",
        "no_answer",
        "absent",
        "refused",
        "silenced",
        "to_visit",
        "to_call",
        "twice",
        "attempts",
    ];

    /// One count, to read or to write.
    pub fn by_name(&mut self, name: &str) -> Option<&mut u32> {
        Some(match name {
            "total" => &mut self.total,
            "reached" => &mut self.reached,
            "need" => &mut self.need,
            "worry" => &mut self.worry,
            "no_answer" => &mut self.no_answer,
            "absent" => &mut self.absent,
            "refused" => &mut self.refused,
            "silenced" => &mut self.silenced,
            "to_visit" => &mut self.to_visit,
            "to_call" => &mut self.to_call,
            "twice" => &mut self.twice,
            "attempts" => &mut self.attempts,
            _ => return None,
        })
    }

    /// Counts one more person.
    pub fn add(&mut self, status: &CallStatus, attempts: u32, twice: bool) {
        self.total += 1;
        self.attempts += attempts;
        self.twice += u32::from(twice);
        *match status {
            CallStatus::Silenced(_) => &mut self.silenced,
            CallStatus::Refused => &mut self.refused,
            CallStatus::Worry => &mut self.worry,
            CallStatus::Need => &mut self.need,
            CallStatus::Reached => &mut self.reached,
            CallStatus::Absent(_) => &mut self.absent,
            CallStatus::NoAnswer(_) => &mut self.no_answer,
            CallStatus::ToVisit => &mut self.to_visit,
            CallStatus::ToCall => &mut self.to_call,
        } += 1;
    }
}

/// A turn of a campaign, as it ended: figures of nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub until: NaiveDate,
    /// Where everyone stood at its end.
    pub counts: CallCounts,
}

/// A campaign lent to a caller from elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lending {
    /// To whom.
    pub caller: LineId,
    /// When.
    pub on: NaiveDate,
    /// When what they noted last came back, if it did.
    pub back_on: Option<NaiveDate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(date: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, date).expect("a date")
    }

    fn campaign() -> Campaign {
        Campaign::empty(CampaignId([1; 16]), CampaignKind::Heat, day(20), day(26))
    }

    #[test]
    fn a_campaign_has_a_turn_for_each_day_or_for_several() {
        assert_eq!(campaign().turns(day(22)), [day(20), day(21), day(22)]);
        assert_eq!(campaign().turns(day(31)).len(), 7);
        let closed = Campaign { closed_on: Some(day(21)), every_days: 2, ..campaign() };
        assert_eq!(closed.turns(day(31)), [day(20)]);
        assert!(campaign().is_open_to_callers(day(31)));
        assert!(!campaign().is_open_to_callers(day(31) + Days::new(10)));
    }

    #[test]
    fn a_form_writes_only_what_was_touched() {
        let mut edited = campaign();
        assert_eq!(campaign().changes_to(&edited), []);
        edited.until = day(28);
        edited.callers.push(Caller { name: "Nadine".into(), ..Caller::empty(LineId([7; 16])) });
        let caller = CampaignChange::Caller(LineId([7; 16]), CallerField::Name, "Nadine".into());
        assert_eq!(campaign().changes_to(&edited), [CampaignChange::Until(day(28)), caller]);
    }
}
