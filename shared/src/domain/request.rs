//! A request: what someone asks for, in their own words, before anyone looks for an answer; and all that came of it.
//!
//! It holds facts, each with its day, and no state: how far it is follows from them, in [`super::request_path`]. So two
//! devices that each wrote a fact both wrote it, and what was not heard is never oriented, whatever came in which order.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::coded::coded;
use super::consent::Recipient;
use super::ids::{ConsentId, EncounterId, EntryId, FollowUpId, LineId, PersonId, RequestId};

pub use super::request_path::{
    Analysed, Heard, NO_FURTHER_ACTION, NotYet, REFUSED_BY_PERSON, RequestStep, Span, Stage, Verdict,
};

/// What someone asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Names the request.
    pub id: RequestId,
    /// For whom; none for someone whom nobody named.
    pub person: Option<PersonId>,
    /// Received that day.
    pub received: NaiveDate,
    /// Who asks: an item of the list of sources.
    pub source: String,
    /// Who it is that asks, where it is not the person: "sa voisine", a name.
    pub asked_by: String,
    /// Where, for someone whom nobody named: a hamlet.
    pub place: String,
    /// About what, first: an item of the list of topics; may wait.
    pub topic: String,
    /// About what else.
    pub also: BTreeSet<String>,
    /// The words in which it was said.
    pub verbatim: String,
    /// How far an earlier version said it was: a floor under what the facts say.
    pub state: RequestState,
    /// The encounter it came up in.
    pub from: Option<EncounterId>,
    /// What was heard, each time someone took the time to listen.
    pub listening: Vec<Listening>,
    /// When it was understood.
    pub analysed_on: Option<NaiveDate>,
    /// What it is really about.
    pub analysis: String,
    /// What was offered.
    pub options: Vec<Orientation>,
    /// When it was taken to the group.
    pub taken_on: Option<NaiveDate>,
    /// What was opened from it: a health project, a *temps d'échange*, a collective project.
    pub links: Vec<RequestLink>,
    /// When it ended.
    pub closed_on: Option<NaiveDate>,
    /// How: an item of the list of outcomes.
    pub outcome: String,
    /// Why, or what else is to be said of it.
    pub closing: String,
}

impl Request {
    /// A request received that day.
    pub fn received(id: RequestId, person: Option<PersonId>, day: NaiveDate) -> Self {
        Request {
            id,
            person,
            received: day,
            source: "person".into(),
            asked_by: String::new(),
            place: String::new(),
            topic: String::new(),
            also: BTreeSet::new(),
            verbatim: String::new(),
            state: RequestState::Received,
            from: None,
            listening: Vec::new(),
            analysed_on: None,
            analysis: String::new(),
            options: Vec::new(),
            taken_on: None,
            links: Vec::new(),
            closed_on: None,
            outcome: String::new(),
            closing: String::new(),
        }
    }

    /// Every topic, each once, the first one first.
    pub fn topics(&self) -> Vec<&str> {
        let first = Some(self.topic.as_str()).filter(|topic| !topic.is_empty());
        let others = self.also.iter().map(String::as_str).filter(|other| Some(*other) != first);
        first.into_iter().chain(others).collect()
    }

    /// Whether it is said by whoever it is about.
    pub fn is_in_their_own_words(&self) -> bool {
        self.source == "person"
    }

    /// One of the options.
    pub fn option(&self, id: LineId) -> Option<&Orientation> {
        self.options.iter().find(|option| option.id == id)
    }
}

text_fields! {
    /// The text fields of a request.
    RequestField of Request {
        /// Who asks.
        Source = "source" => source,
        /// Who it is that asks.
        AskedBy = "asked_by" => asked_by,
        /// Where, for nobody named.
        Place = "place" => place,
        /// About what.
        Topic = "topic" => topic,
        /// The words.
        Verbatim = "verbatim" => verbatim,
        /// What it is really about.
        Analysis = "analysis" => analysis,
        /// How it ended.
        Outcome = "outcome" => outcome,
        /// Why.
        Closing = "closing" => closing,
    }
}

coded! {
    /// How far an earlier version said a request was.
    RequestState {
        /// It was said.
        Received = "received",
        /// Someone took the time to listen.
        Heard = "heard",
        /// What it is about is understood.
        Analysed = "analysed",
        /// It ended.
        Closed = "closed",
    }
}

/// Someone took the time to listen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listening {
    /// Names the line.
    pub id: LineId,
    /// The day.
    pub day: NaiveDate,
    /// What was heard; may be empty.
    pub text: String,
}

/// Something offered: to whom one may turn, and what came of it.
///
/// Each thing that happened is a day of its own. A colleague who writes another does not change it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orientation {
    /// Names the option.
    pub id: LineId,
    /// Offered that day.
    pub offered_on: NaiveDate,
    /// Towards whom.
    pub to: Recipient,
    /// For which of their missions.
    pub mission: Option<LineId>,
    /// What for, in a few words.
    pub what: String,
    /// The person chose it that day.
    pub chosen_on: Option<NaiveDate>,
    /// Who gets in touch.
    pub contact: Contact,
    /// The consent it went out under, where the coordinator gets in touch.
    pub permit: Option<ConsentId>,
    /// The person did not want it, that day.
    pub declined_on: Option<NaiveDate>,
    /// Why not.
    pub declined_why: String,
    /// They accepted, that day.
    pub accepted_on: Option<NaiveDate>,
    /// They refused, that day.
    pub refused_on: Option<NaiveDate>,
    /// Why.
    pub refused_why: String,
    /// Who of them answered.
    pub answered_by: String,
    /// Feedback is expected by that day.
    pub feedback_by: Option<NaiveDate>,
    /// The follow-up that reminds of it.
    pub follow_up: Option<FollowUpId>,
    /// Feedback came that day.
    pub feedback_on: Option<NaiveDate>,
    /// What came back.
    pub feedback: String,
}

impl Orientation {
    /// Something offered that day, and nothing more yet.
    pub fn offered(id: LineId, to: Recipient, day: NaiveDate) -> Self {
        Orientation {
            id,
            offered_on: day,
            to,
            mission: None,
            what: String::new(),
            chosen_on: None,
            contact: Contact::Themselves,
            permit: None,
            declined_on: None,
            declined_why: String::new(),
            accepted_on: None,
            refused_on: None,
            refused_why: String::new(),
            answered_by: String::new(),
            feedback_by: None,
            follow_up: None,
            feedback_on: None,
            feedback: String::new(),
        }
    }

    /// What the person said of it. Of two devices that wrote both, the later day holds; of one day, that she chose it.
    pub fn choice(&self) -> Choice {
        match (self.chosen_on, self.declined_on) {
            (Some(chosen), Some(declined)) if declined > chosen => Choice::Declined(declined),
            (Some(chosen), _) => Choice::Chosen(chosen),
            (None, Some(declined)) => Choice::Declined(declined),
            (None, None) => Choice::Open,
        }
    }

    /// Whether she chose it.
    pub fn is_chosen(&self) -> bool {
        matches!(self.choice(), Choice::Chosen(_))
    }

    /// What whom it goes to answered. Of two answers the later holds; of one day, the refusal: nobody is sent to a
    /// closed door.
    pub fn reply(&self) -> Reply {
        match (self.accepted_on, self.refused_on) {
            (Some(accepted), Some(refused)) if accepted > refused => Reply::Accepted(accepted),
            (_, Some(refused)) => Reply::Refused(refused),
            (Some(accepted), None) => Reply::Accepted(accepted),
            (None, None) => Reply::Awaited,
        }
    }

    /// The day by which feedback is still expected.
    pub fn awaits(&self) -> Option<NaiveDate> {
        self.feedback_by.filter(|_| self.feedback_on.is_none() && self.is_chosen())
    }

    /// One of its days.
    pub fn day(&self, which: OptionDay) -> Option<NaiveDate> {
        match which {
            OptionDay::Chosen => self.chosen_on,
            OptionDay::Declined => self.declined_on,
            OptionDay::Accepted => self.accepted_on,
            OptionDay::Refused => self.refused_on,
            OptionDay::FeedbackBy => self.feedback_by,
            OptionDay::Feedback => self.feedback_on,
        }
    }

    /// One of its days, to write.
    pub fn day_mut(&mut self, which: OptionDay) -> &mut Option<NaiveDate> {
        match which {
            OptionDay::Chosen => &mut self.chosen_on,
            OptionDay::Declined => &mut self.declined_on,
            OptionDay::Accepted => &mut self.accepted_on,
            OptionDay::Refused => &mut self.refused_on,
            OptionDay::FeedbackBy => &mut self.feedback_by,
            OptionDay::Feedback => &mut self.feedback_on,
        }
    }
}

text_fields! {
    /// The text fields of an option.
    OptionField of Orientation {
        /// Towards whom, by name.
        To = "to" => to.name,
        /// What for.
        What = "what" => what,
        /// Why the person did not want it.
        DeclinedWhy = "declined_why" => declined_why,
        /// Why they refused.
        RefusedWhy = "refused_why" => refused_why,
        /// Who answered.
        AnsweredBy = "answered_by" => answered_by,
        /// What came back.
        Feedback = "feedback" => feedback,
    }
}

/// The days of an option but the one it was offered on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OptionDay {
    /// She chose it.
    Chosen,
    /// She did not want it.
    Declined,
    /// They accepted.
    Accepted,
    /// They refused.
    Refused,
    /// Feedback is expected by then.
    FeedbackBy,
    /// Feedback came.
    Feedback,
}

impl OptionDay {
    /// Every one.
    pub const ALL: [OptionDay; 6] = [
        OptionDay::Chosen,
        OptionDay::Declined,
        OptionDay::Accepted,
        OptionDay::Refused,
        OptionDay::FeedbackBy,
        OptionDay::Feedback,
    ];

    /// The code that is written.
    pub const fn code(self) -> &'static str {
        match self {
            OptionDay::Chosen => "chosen_on",
            OptionDay::Declined => "declined_on",
            OptionDay::Accepted => "accepted_on",
            OptionDay::Refused => "refused_on",
            OptionDay::FeedbackBy => "feedback_by",
            OptionDay::Feedback => "feedback_on",
        }
    }
}

/// What the person said of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Nothing yet.
    Open,
    /// She chose it, that day.
    Chosen(NaiveDate),
    /// She did not want it, that day.
    Declined(NaiveDate),
}

/// What whom an option goes to answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Nothing yet.
    Awaited,
    /// Yes, that day.
    Accepted(NaiveDate),
    /// No, that day.
    Refused(NaiveDate),
}

coded! {
    /// Who gets in touch with whom an option goes to.
    Contact {
        /// The person: no name leaves by the coordinator.
        Themselves = "themselves",
        /// The coordinator, in the person's name: asks for their consent.
        Coordination = "coordination",
    }
}

/// What was opened from a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestLink {
    /// Names the line.
    pub id: LineId,
    /// What it is.
    pub kind: LinkKind,
    /// Its id, whatever its type.
    pub target: [u8; 16],
    /// Since that day.
    pub on: NaiveDate,
}

coded! {
    /// What a request may open.
    LinkKind {
        /// A health project.
        HealthProject = "health_project",
        /// A *temps d'échange*.
        SharedMeeting = "shared_meeting",
        /// An alert.
        Alert = "alert",
        /// A collective project.
        CollectiveProject = "collective_project",
    }
}

/// One change to a request, as it is written. Screens cannot say one: they say a [`RequestStep`], which may be refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestChange {
    /// A text field becomes this.
    Text(RequestField, String),
    /// It was received that day.
    Received(NaiveDate),
    /// That topic is one of its others, or is not.
    Also(String, bool),
    /// An earlier version's state becomes this.
    State(RequestState),
    /// Someone listened, or what was heard is mended.
    Listening(Listening),
    /// It was not listened to that time after all.
    RemoveListening(LineId),
    /// It was understood that day.
    AnalysedOn(Option<NaiveDate>),
    /// Something is offered.
    Offer(Box<Orientation>),
    /// An offer was a mistake.
    RemoveOption(LineId),
    /// Something happened to an option.
    Option(LineId, OptionChange),
    /// It was taken to the group that day.
    TakenOn(Option<NaiveDate>),
    /// Something was opened from it.
    Link(RequestLink),
    /// It ended that day.
    ClosedOn(Option<NaiveDate>),
}

/// One change to an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionChange {
    /// A text field becomes this.
    Text(OptionField, String),
    /// A day becomes this.
    Day(OptionDay, Option<NaiveDate>),
    /// It goes to that entry of the directory.
    Entry(Option<EntryId>),
    /// That one gets in touch.
    Contact(Contact),
    /// Under that consent.
    Permit(Option<ConsentId>),
    /// That follow-up reminds of the feedback.
    FollowUp(Option<FollowUpId>),
}

impl Request {
    /// The request as it is after a change.
    pub fn apply(&mut self, change: &RequestChange) {
        match change {
            RequestChange::Text(field, text) => self.text_mut(*field).clone_from(text),
            RequestChange::Received(day) => self.received = *day,
            RequestChange::Also(topic, true) => drop(self.also.insert(topic.clone())),
            RequestChange::Also(topic, false) => drop(self.also.remove(topic)),
            RequestChange::State(state) => self.state = state.clone(),
            RequestChange::Listening(heard) => {
                self.listening.retain(|one| one.id != heard.id);
                self.listening.push(heard.clone());
                self.listening.sort_by_key(|one| (one.day, one.id));
            }
            RequestChange::RemoveListening(id) => self.listening.retain(|one| one.id != *id),
            RequestChange::AnalysedOn(day) => self.analysed_on = *day,
            RequestChange::Offer(option) => self.options.push((**option).clone()),
            RequestChange::RemoveOption(id) => self.options.retain(|option| option.id != *id),
            RequestChange::Option(id, change) => {
                if let Some(option) = self.options.iter_mut().find(|option| option.id == *id) {
                    option.apply(change);
                }
            }
            RequestChange::TakenOn(day) => self.taken_on = *day,
            RequestChange::Link(link) => self.links.push(link.clone()),
            RequestChange::ClosedOn(day) => self.closed_on = *day,
        }
    }
}

impl Orientation {
    fn apply(&mut self, change: &OptionChange) {
        match change {
            OptionChange::Text(field, text) => self.text_mut(*field).clone_from(text),
            OptionChange::Day(which, day) => *self.day_mut(*which) = *day,
            OptionChange::Entry(entry) => self.to.entry = *entry,
            OptionChange::Contact(contact) => self.contact = contact.clone(),
            OptionChange::Permit(permit) => self.permit = *permit,
            OptionChange::FollowUp(id) => self.follow_up = *id,
        }
    }
}

/// Something that happened to a request, as its story tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StoryStep {
    /// Someone listened; what was heard.
    Heard(String),
    /// It was understood; what it is really about.
    Analysed(String),
    /// Something was offered; towards whom.
    Offered(String),
    /// The person chose it.
    Chosen(String),
    /// The person did not want it, and why.
    Declined(String, String),
    /// They accepted.
    Accepted(String),
    /// They refused, and why.
    Refused(String, String),
    /// Feedback came; from whom, and what.
    Feedback(String, String),
    /// It was taken to the group.
    WithGroup,
    /// Something was opened from it.
    Opened(LinkKind),
    /// It ended; how, and why.
    Closed(String, String),
}

impl Request {
    /// All that happened to it after it was received, in order.
    pub fn story(&self) -> Vec<(NaiveDate, StoryStep)> {
        let mut story: Vec<_> =
            self.listening.iter().map(|heard| (heard.day, StoryStep::Heard(heard.text.clone()))).collect();
        story.extend(self.analysed_on.map(|day| (day, StoryStep::Analysed(self.analysis.clone()))));
        for option in &self.options {
            let to = || option.to.name.clone();
            story.push((option.offered_on, StoryStep::Offered(to())));
            match option.choice() {
                Choice::Chosen(day) => story.push((day, StoryStep::Chosen(to()))),
                Choice::Declined(day) => story.push((day, StoryStep::Declined(to(), option.declined_why.clone()))),
                Choice::Open => {}
            }
            match option.reply() {
                Reply::Accepted(day) => story.push((day, StoryStep::Accepted(to()))),
                Reply::Refused(day) => story.push((day, StoryStep::Refused(to(), option.refused_why.clone()))),
                Reply::Awaited => {}
            }
            story.extend(option.feedback_on.map(|day| (day, StoryStep::Feedback(to(), option.feedback.clone()))));
        }
        story.extend(self.taken_on.map(|day| (day, StoryStep::WithGroup)));
        story.extend(self.links.iter().map(|link| (link.on, StoryStep::Opened(link.kind.clone()))));
        let closed = self.closed_on.map(|day| (day, StoryStep::Closed(self.outcome.clone(), self.closing.clone())));
        story.extend(closed);
        // Of one day, in the order of the path.
        story.sort_by_key(|(day, _)| *day);
        story
    }
}
