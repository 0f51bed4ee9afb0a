//! The path of a request: received, heard, analysed, oriented or taken to the group, closed with a reason.
//!
//! Understand before answering: only a request that was heard makes a [`Heard`], only one that was analysed an
//! [`Analysed`], and only that can offer, orient or take to the group. A stage is read from what is written, never
//! written itself: whatever two devices wrote, nothing is shown as oriented that was not heard and analysed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::consent::{Permit, Recipient, Why};
use super::ids::LineId;
use super::request::{
    Choice, Contact, Listening, OptionChange, OptionDay, OptionField, Orientation, Request, RequestChange,
    RequestField, RequestLink, RequestState,
};

/// How far a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// It was said.
    Received,
    /// Someone took the time to listen.
    Heard,
    /// What it is about is understood.
    Analysed,
    /// The person chose whom to turn to.
    Oriented,
    /// It was taken to the group.
    WithGroup,
    /// It ended.
    Closed,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Stage; 6] =
        [Stage::Received, Stage::Heard, Stage::Analysed, Stage::Oriented, Stage::WithGroup, Stage::Closed];

    /// A code for screens; it is never written.
    pub const fn code(self) -> &'static str {
        match self {
            Stage::Received => "received",
            Stage::Heard => "heard",
            Stage::Analysed => "analysed",
            Stage::Oriented => "oriented",
            Stage::WithGroup => "with_group",
            Stage::Closed => "closed",
        }
    }

    /// The stage of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Stage::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// After how many days the day asks for it: at once until it is heard, and never once it is closed.
    pub const fn patience_days(self) -> Option<i64> {
        match self {
            Stage::Received => Some(0),
            Stage::Heard => Some(7),
            Stage::Analysed => Some(14),
            Stage::Oriented | Stage::WithGroup => Some(30),
            Stage::Closed => None,
        }
    }
}

/// How long a request was at a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The stage.
    pub stage: Stage,
    /// From that day.
    pub from: NaiveDate,
    /// For how many days, until the next stage or until now.
    pub days: u32,
}

/// What happens to a request: what screens say. It may be refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RequestStep {
    /// A text is mended.
    Say(RequestField, String),
    /// It was received that day.
    ReceivedOn(NaiveDate),
    /// It is about that too, or is not after all.
    Topic(String, bool),
    /// Someone listened, or what was heard is mended.
    Listen(Listening),
    /// That was no listening.
    Unlisten(LineId),
    /// It is understood.
    Analyse {
        /// The day.
        day: NaiveDate,
        /// What it is really about.
        text: String,
    },
    /// Something is offered.
    Offer {
        /// Names the option.
        id: LineId,
        /// Towards whom.
        to: Recipient,
        /// For which of their missions.
        mission: Option<LineId>,
        /// What for.
        what: String,
        /// The day.
        day: NaiveDate,
    },
    /// An offer was a mistake.
    TakeBackOffer(LineId),
    /// The person chose it.
    Choose {
        /// Which option.
        option: LineId,
        /// The day.
        day: NaiveDate,
        /// Who gets in touch.
        contact: Contact,
        /// By when feedback is expected.
        feedback_by: Option<NaiveDate>,
    },
    /// The person does not want it.
    Decline {
        /// Which option.
        option: LineId,
        /// The day.
        day: NaiveDate,
        /// Why not.
        why: String,
    },
    /// Whom it goes to answered.
    Reply {
        /// Which option.
        option: LineId,
        /// The day.
        day: NaiveDate,
        /// Yes or no.
        verdict: Verdict,
        /// Who answered.
        by: String,
        /// Why, for a no.
        why: String,
    },
    /// Feedback is expected by another day, or no longer.
    Expect {
        /// Of which option.
        option: LineId,
        /// By when.
        by: Option<NaiveDate>,
    },
    /// Feedback came.
    Feedback {
        /// Of which option.
        option: LineId,
        /// The day.
        day: NaiveDate,
        /// What came back.
        said: String,
    },
    /// It is taken to the group.
    TakeToGroup(NaiveDate),
    /// Something is opened from it.
    Link(RequestLink),
    /// It ends.
    Close {
        /// The day.
        day: NaiveDate,
        /// How: an item of the list of outcomes.
        outcome: String,
        /// Why, or what else is to be said.
        why: String,
    },
    /// It goes on after all.
    Reopen,
}

/// Yes or no, from whom an option goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// Yes.
    Accepted,
    /// No.
    Refused,
}

/// Why a step cannot be made yet, or any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotYet {
    /// Nobody has listened to it yet.
    Heard,
    /// What it is about is not understood yet.
    Analysed,
    /// The person has chosen nothing yet.
    Chosen,
    /// There is no such option, or she answered it already.
    NoOption,
    /// The analysis rests on it.
    InUse,
    /// What it is really about is not said.
    NoAnalysis,
    /// How it ends is not said.
    NoOutcome,
    /// Why it ends is not said.
    NoReason,
    /// It is closed.
    Closed,
    /// It is not closed.
    StillOpen,
    /// The person has not agreed that their name goes there.
    Agreed(Why),
}

/// A request that someone listened to.
#[derive(Clone, Copy)]
pub struct Heard<'r>(&'r Request);

/// A request that someone listened to and understood: the only thing that can be oriented or taken to the group.
#[derive(Clone, Copy)]
pub struct Analysed<'r>(&'r Request);

type Steps = Result<Vec<RequestChange>, NotYet>;

impl<'r> Heard<'r> {
    /// It is understood.
    pub fn analyse(self, day: NaiveDate, text: &str) -> Steps {
        if text.trim().is_empty() {
            return Err(NotYet::NoAnalysis);
        }
        let first = self.0.analysed_on.is_none().then_some(RequestChange::AnalysedOn(Some(day)));
        let text = RequestChange::Text(RequestField::Analysis, text.trim().to_owned());
        Ok([text].into_iter().chain(first).collect())
    }

    /// The proof that it is understood, where it is.
    pub fn analysed(self) -> Result<Analysed<'r>, NotYet> {
        let said_before = matches!(self.0.state, RequestState::Analysed | RequestState::Closed);
        if self.0.analysed_on.is_some() || said_before { Ok(Analysed(self.0)) } else { Err(NotYet::Analysed) }
    }
}

impl Analysed<'_> {
    fn offer(self, option: Orientation) -> Steps {
        match self.0.option(option.id) {
            Some(_) => Ok(Vec::new()),
            None => Ok(vec![RequestChange::Offer(Box::new(option))]),
        }
    }

    fn choose(
        self,
        id: LineId,
        day: NaiveDate,
        contact: &Contact,
        feedback_by: Option<NaiveDate>,
        may: &dyn Fn(&Recipient) -> Result<Permit, Why>,
    ) -> Steps {
        let option = self.0.option(id).ok_or(NotYet::NoOption)?;
        // No name leaves without consent: where nobody is named, none leaves.
        let permit = match (contact, self.0.person) {
            (Contact::Themselves, _) | (_, None) => None,
            _ => Some(may(&option.to).map_err(NotYet::Agreed)?),
        };
        let changes = [
            OptionChange::Day(OptionDay::Chosen, Some(day)),
            OptionChange::Day(OptionDay::Declined, None),
            OptionChange::Contact(contact.clone()),
            OptionChange::Permit(permit.map(|permit| permit.entry())),
            OptionChange::Day(OptionDay::FeedbackBy, feedback_by),
        ];
        Ok(changes.map(|change| RequestChange::Option(id, change)).to_vec())
    }

    fn decline(self, id: LineId, day: NaiveDate, why: &str) -> Steps {
        self.0.option(id).ok_or(NotYet::NoOption)?;
        let changes = [
            OptionChange::Day(OptionDay::Declined, Some(day)),
            OptionChange::Day(OptionDay::Chosen, None),
            OptionChange::Text(OptionField::DeclinedWhy, why.trim().to_owned()),
        ];
        Ok(changes.map(|change| RequestChange::Option(id, change)).to_vec())
    }

    fn chosen(self, id: LineId) -> Result<(), NotYet> {
        match self.0.option(id) {
            None => Err(NotYet::NoOption),
            Some(option) if option.is_chosen() => Ok(()),
            Some(_) => Err(NotYet::Chosen),
        }
    }
}

/// The outcome that may come before anyone listened: it needs a reason.
pub const NO_FURTHER_ACTION: &str = "no_further_action";
/// The person wants it no more.
pub const REFUSED_BY_PERSON: &str = "refused_by_person";

impl Request {
    /// The proof that someone listened, where someone did.
    pub fn heard(&self) -> Result<Heard<'_>, NotYet> {
        let said_before = matches!(self.state, RequestState::Heard | RequestState::Analysed | RequestState::Closed);
        if !self.listening.is_empty() || said_before { Ok(Heard(self)) } else { Err(NotYet::Heard) }
    }

    /// The proof that it was heard and understood, where it was.
    pub fn analysed(&self) -> Result<Analysed<'_>, NotYet> {
        self.heard()?.analysed()
    }

    /// Whether it ended.
    pub fn is_closed(&self) -> bool {
        self.closed_on.is_some() || self.state == RequestState::Closed
    }

    /// How far it is.
    pub fn stage(&self) -> Stage {
        if self.is_closed() {
            return Stage::Closed;
        }
        match (self.heard(), self.analysed()) {
            (Err(_), _) => Stage::Received,
            (Ok(_), Err(_)) => Stage::Heard,
            (Ok(_), Ok(_)) if self.taken_on.is_some() => Stage::WithGroup,
            (Ok(_), Ok(_)) if self.options.iter().any(Orientation::is_chosen) => Stage::Oriented,
            (Ok(_), Ok(_)) => Stage::Analysed,
        }
    }

    /// Whether it holds an answer without the listening that comes before: what was heard was taken away on one device
    /// while another answered. Nothing of it is lost; it is to be heard again.
    pub fn is_answered_unheard(&self) -> bool {
        self.analysed().is_err() && (!self.options.is_empty() || self.taken_on.is_some())
    }

    /// The stages it went through, each with its days. A stage never begins before the one it follows.
    pub fn spans(&self, today: NaiveDate) -> Vec<Span> {
        let now = self.stage();
        let mut reached = vec![(Stage::Received, self.received)];
        let mut reach = |stage: Stage, day: Option<NaiveDate>| {
            if let Some(day) = day.filter(|_| stage <= now) {
                let day = reached.last().map_or(day, |(_, before)| day.max(*before));
                reached.push((stage, day));
            }
        };
        if self.heard().is_ok() {
            let heard = self.listening.iter().map(|one| one.day).min();
            reach(Stage::Heard, Some(heard.unwrap_or(self.received)));
        }
        if self.analysed().is_ok() {
            reach(Stage::Analysed, Some(self.analysed_on.unwrap_or(self.received)));
            let chosen = self.options.iter().filter_map(|option| match option.choice() {
                Choice::Chosen(day) => Some(day),
                _ => None,
            });
            reach(Stage::Oriented, chosen.min());
            reach(Stage::WithGroup, self.taken_on);
        }
        if self.is_closed() {
            reach(Stage::Closed, Some(self.closed_on.unwrap_or(self.received)));
        }
        let ends = reached.iter().skip(1).map(|(_, day)| *day).chain([today]).collect::<Vec<_>>();
        let span = |((stage, from), until): ((Stage, NaiveDate), NaiveDate)| {
            let days = if stage == Stage::Closed { 0 } else { (until - from).num_days() };
            Span { stage, from, days: u32::try_from(days).unwrap_or(0) }
        };
        reached.into_iter().zip(ends).map(span).collect()
    }

    /// The stage it is at, since when.
    pub fn span(&self, today: NaiveDate) -> Span {
        let none = Span { stage: Stage::Received, from: self.received, days: 0 };
        self.spans(today).last().copied().unwrap_or(none)
    }

    /// Whether the day asks for it: it has been long enough where it is, and no feedback is awaited meanwhile.
    pub fn is_asked_for(&self, today: NaiveDate) -> bool {
        let span = self.span(today);
        let awaits = self.options.iter().filter_map(Orientation::awaits).any(|by| by >= today);
        span.stage.patience_days().is_some_and(|days| i64::from(span.days) >= days) && !awaits
    }

    /// What a step writes, or why it cannot be made. `may` is asked where a name would leave.
    pub fn advance(&self, step: &RequestStep, may: &dyn Fn(&Recipient) -> Result<Permit, Why>) -> Steps {
        let goes_on = matches!(
            step,
            RequestStep::Say(..)
                | RequestStep::ReceivedOn(_)
                | RequestStep::Topic(..)
                | RequestStep::Feedback { .. }
                | RequestStep::Link(_)
                | RequestStep::Close { .. }
                | RequestStep::Reopen
        );
        if self.is_closed() && !goes_on {
            return Err(NotYet::Closed);
        }
        match step {
            RequestStep::Say(field, text) => self.say(*field, text),
            RequestStep::ReceivedOn(day) => Ok(vec![RequestChange::Received(*day)]),
            RequestStep::Topic(topic, is_one) => Ok(self.topic(topic, *is_one)),
            RequestStep::Listen(heard) => Ok(vec![RequestChange::Listening(heard.clone())]),
            RequestStep::Unlisten(id) => {
                let is_last = self.listening.iter().all(|one| one.id == *id);
                match is_last && self.analysed_on.is_some() {
                    true => Err(NotYet::InUse),
                    false => Ok(vec![RequestChange::RemoveListening(*id)]),
                }
            }
            RequestStep::Analyse { day, text } => self.heard()?.analyse(*day, text),
            RequestStep::Offer { id, to, mission, what, day } => {
                let mut option = Orientation::offered(*id, to.clone(), *day);
                (option.mission, option.what) = (*mission, what.trim().to_owned());
                self.analysed()?.offer(option)
            }
            RequestStep::TakeBackOffer(id) => match self.option(*id).map(Orientation::choice) {
                Some(Choice::Open) => Ok(vec![RequestChange::RemoveOption(*id)]),
                _ => Err(NotYet::NoOption),
            },
            RequestStep::Choose { option, day, contact, feedback_by } => {
                self.analysed()?.choose(*option, *day, contact, *feedback_by, may)
            }
            RequestStep::Decline { option, day, why } => self.analysed()?.decline(*option, *day, why),
            RequestStep::Reply { option, day, verdict, by, why } => {
                self.analysed()?.chosen(*option)?;
                let (which, other) = match verdict {
                    Verdict::Accepted => (OptionDay::Accepted, OptionDay::Refused),
                    Verdict::Refused => (OptionDay::Refused, OptionDay::Accepted),
                };
                let changes = [
                    OptionChange::Day(which, Some(*day)),
                    OptionChange::Day(other, None),
                    OptionChange::Text(OptionField::AnsweredBy, by.trim().to_owned()),
                    OptionChange::Text(OptionField::RefusedWhy, why.trim().to_owned()),
                ];
                Ok(changes.map(|change| RequestChange::Option(*option, change)).to_vec())
            }
            RequestStep::Expect { option, by } => {
                self.analysed()?.chosen(*option)?;
                Ok(vec![RequestChange::Option(*option, OptionChange::Day(OptionDay::FeedbackBy, *by))])
            }
            RequestStep::Feedback { option, day, said } => {
                self.analysed()?.chosen(*option)?;
                let changes = [
                    OptionChange::Day(OptionDay::Feedback, Some(*day)),
                    OptionChange::Text(OptionField::Feedback, said.trim().to_owned()),
                ];
                Ok(changes.map(|change| RequestChange::Option(*option, change)).to_vec())
            }
            RequestStep::TakeToGroup(day) => {
                self.analysed()?;
                Ok(vec![RequestChange::TakenOn(Some(*day))])
            }
            RequestStep::Link(link) => {
                self.analysed()?;
                let is_there = self.links.iter().any(|known| known.id == link.id || known.target == link.target);
                Ok(if is_there { Vec::new() } else { vec![RequestChange::Link(link.clone())] })
            }
            RequestStep::Close { day, outcome, why } => self.close(*day, outcome, why),
            RequestStep::Reopen if !self.is_closed() => Err(NotYet::StillOpen),
            RequestStep::Reopen => {
                let legacy =
                    (self.state == RequestState::Closed).then_some(RequestChange::State(RequestState::Analysed));
                Ok([RequestChange::ClosedOn(None)].into_iter().chain(legacy).collect())
            }
        }
    }

    fn say(&self, field: RequestField, text: &str) -> Steps {
        match field {
            RequestField::Analysis => {
                self.analysed()?;
                if text.trim().is_empty() {
                    return Err(NotYet::NoAnalysis);
                }
            }
            RequestField::Outcome | RequestField::Closing if !self.is_closed() => return Err(NotYet::StillOpen),
            RequestField::Outcome => return self.close(self.closed_on.unwrap_or(self.received), text, &self.closing),
            RequestField::Closing => {
                return self.close(self.closed_on.unwrap_or(self.received), &self.outcome, text);
            }
            _ => {}
        }
        Ok(vec![RequestChange::Text(field, text.to_owned())])
    }

    fn topic(&self, topic: &str, is_one: bool) -> Vec<RequestChange> {
        match (is_one, self.topic == topic) {
            (true, true) => Vec::new(),
            // The first one is the first; the others stand beside it.
            (true, false) if self.topic.is_empty() => vec![RequestChange::Text(RequestField::Topic, topic.to_owned())],
            (true, false) => vec![RequestChange::Also(topic.to_owned(), true)],
            (false, true) => {
                let next = self.also.iter().find(|other| *other != topic).cloned().unwrap_or_default();
                let mut changes = vec![RequestChange::Text(RequestField::Topic, next.clone())];
                let gone = [next, topic.to_owned()].into_iter().filter(|one| self.also.contains(one));
                changes.extend(gone.map(|one| RequestChange::Also(one, false)));
                changes
            }
            (false, false) => vec![RequestChange::Also(topic.to_owned(), false)],
        }
    }

    fn close(&self, day: NaiveDate, outcome: &str, why: &str) -> Steps {
        let is_chosen = || self.options.iter().any(Orientation::is_chosen);
        match outcome {
            "" => return Err(NotYet::NoOutcome),
            NO_FURTHER_ACTION if why.trim().is_empty() => return Err(NotYet::NoReason),
            NO_FURTHER_ACTION | REFUSED_BY_PERSON => {}
            "orientation_accepted" | "refused_by_partner" => {
                self.analysed()?;
                if !is_chosen() {
                    return Err(NotYet::Chosen);
                }
            }
            "health_project_opened" | "shared_meeting" | "passed_to_collective" => drop(self.analysed()?),
            // Information, or an outcome of the coordinator's own list.
            _ => drop(self.heard()?),
        }
        Ok(vec![
            RequestChange::Text(RequestField::Outcome, outcome.to_owned()),
            RequestChange::Text(RequestField::Closing, why.trim().to_owned()),
            RequestChange::ClosedOn(Some(day)),
        ])
    }
}

impl RequestStep {
    /// The days that it says something happened.
    pub fn happened_on(&self) -> Option<NaiveDate> {
        match self {
            RequestStep::ReceivedOn(day)
            | RequestStep::TakeToGroup(day)
            | RequestStep::Analyse { day, .. }
            | RequestStep::Offer { day, .. }
            | RequestStep::Choose { day, .. }
            | RequestStep::Decline { day, .. }
            | RequestStep::Reply { day, .. }
            | RequestStep::Feedback { day, .. }
            | RequestStep::Close { day, .. } => Some(*day),
            RequestStep::Listen(heard) => Some(heard.day),
            RequestStep::Link(link) => Some(link.on),
            RequestStep::Say(..)
            | RequestStep::Topic(..)
            | RequestStep::Unlisten(_)
            | RequestStep::TakeBackOffer(_)
            | RequestStep::Expect { .. }
            | RequestStep::Reopen => None,
        }
    }

    /// The day by which it expects feedback.
    pub fn expects_by(&self) -> Option<NaiveDate> {
        match self {
            RequestStep::Choose { feedback_by, .. } => *feedback_by,
            RequestStep::Expect { by, .. } => *by,
            _ => None,
        }
    }

    /// Every text in it.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            RequestStep::Say(_, text) | RequestStep::Topic(text, _) | RequestStep::Analyse { text, .. } => vec![text],
            RequestStep::Listen(heard) => vec![&heard.text],
            RequestStep::Offer { to, what, .. } => vec![&to.name, what],
            RequestStep::Decline { why, .. } => vec![why],
            RequestStep::Reply { by, why, .. } => vec![by, why],
            RequestStep::Feedback { said, .. } => vec![said],
            RequestStep::Close { outcome, why, .. } => vec![outcome, why],
            _ => Vec::new(),
        }
    }
}
