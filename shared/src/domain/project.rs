//! A person's own health project: her words first, then goals, actions that someone carries, and the day it is looked at again.
//!
//! There is no project without that day: the type has no room for one. Who stops it is the person: what she stopped is
//! reminded of no more, whatever anyone wrote elsewhere at the same moment, until that very stop is said to be over.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::circle::Helper;
use super::coded::coded;
use super::follow_up::{FollowUp, FollowUpKind, FollowUpState};
use super::ids::{FollowUpId, HealthProjectId, HospitalStayId, LineId, PersonId, RequestId, SharedMeetingId};

/// From how many actions on one asks who else could carry some.
const ASKED_FROM_ACTIONS: u32 = 4;
/// The share that is many, in fifths.
const MANY_FIFTHS: u32 = 2;

/// A project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthProject {
    /// Names the project.
    pub id: HealthProjectId,
    /// Whose it is.
    pub person: PersonId,
    /// Since that day.
    pub opened: NaiveDate,
    /// The request it came from.
    pub from: Option<RequestId>,
    /// What she wants, as she says it.
    pub words: String,
    /// About what: an item of the list of topics.
    pub topic: String,
    /// The day it is looked at again with her.
    pub review: NaiveDate,
    /// Her goals, in her words, in the order in which they were said.
    pub goals: Vec<Goal>,
    /// What is done, and by whom.
    pub actions: Vec<ProjectAction>,
    /// When it was looked at again, the first first.
    pub reviews: Vec<Review>,
    /// When it was paused, stopped or closed, and whether that is over.
    pub halts: Vec<Halt>,
    /// What goes on elsewhere because of it.
    pub links: Vec<ProjectLink>,
}

text_fields! {
    /// The text fields of a project.
    ProjectField of HealthProject {
        /// What she wants.
        Words = "words" => words,
        /// About what.
        Topic = "topic" => topic,
    }
}

/// Something she wants to reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// Names the line.
    pub id: LineId,
    /// Her words.
    pub words: String,
    /// How far it is, as she sees it.
    pub state: GoalState,
}

coded! {
    /// How far a goal is.
    GoalState {
        /// Not yet.
        Open = "open",
        /// She says that it is.
        Reached = "reached",
        /// It is no longer one.
        Dropped = "dropped",
    }
}

/// Something to do. It is a follow-up too: done on either side, it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectAction {
    /// Names the action, and the follow-up that it is.
    pub id: FollowUpId,
    /// For which goal.
    pub goal: Option<LineId>,
    /// What.
    pub what: String,
    /// Who carries it.
    pub owner: Owner,
    /// By when; without a day it is spoken of at the review.
    pub by: Option<NaiveDate>,
    /// Open, done or given up.
    pub state: FollowUpState,
    /// Why it is no longer the day first said.
    pub postponed_because: String,
    /// How often it was put off.
    pub postponed_times: u32,
}

/// Who carries an action. It is written as one value, so that two devices never make one owner of two halves.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Owner {
    /// She does.
    Person,
    /// The coordinator.
    Coordinator,
    /// Someone else.
    Helper(Helper),
    /// Written by a newer version.
    Unknown(String),
}

impl Owner {
    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Self {
        match text {
            "person" => Owner::Person,
            "coordinator" => Owner::Coordinator,
            other => match Helper::parse(other) {
                Some(helper) => Owner::Helper(helper),
                None => Owner::Unknown(other.to_owned()),
            },
        }
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Owner::Person => f.write_str("person"),
            Owner::Coordinator => f.write_str("coordinator"),
            Owner::Helper(helper) => write!(f, "{helper}"),
            Owner::Unknown(text) => f.write_str(text),
        }
    }
}

/// It was looked at again with her.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Names the line.
    pub id: LineId,
    /// That day.
    pub on: NaiveDate,
    /// What she said of it.
    pub words: String,
}

/// What comes after a review: another day, or the end. There is no third.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AfterReview {
    /// It goes on, and is looked at again that day.
    Next(NaiveDate),
    /// It ends.
    Close(LineId),
}

/// A pause, a stop or an end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Halt {
    /// Names the line.
    pub id: LineId,
    /// Which of them.
    pub kind: HaltKind,
    /// Since that day.
    pub on: NaiveDate,
    /// Why, in her words.
    pub words: String,
    /// That it is over; none while it stands.
    pub over: Option<Over>,
}

/// That a pause or a stop is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Over {
    /// Since that day.
    pub on: NaiveDate,
    /// What she said.
    pub words: String,
}

coded! {
    /// How a project halts.
    HaltKind {
        /// She wants a pause: nothing is asked of anyone until it is looked at again.
        Paused = "paused",
        /// It came to its end.
        Closed = "closed",
        /// She wants no more of it.
        Stopped = "stopped",
    }
}

impl HaltKind {
    /// Of several that stand, the one that asks for least is the one that holds.
    fn strictness(&self) -> u8 {
        match self {
            HaltKind::Paused => 0,
            HaltKind::Closed => 1,
            HaltKind::Unknown(_) => 2,
            HaltKind::Stopped => 3,
        }
    }
}

/// What goes on elsewhere because of a project: the other record holds what it is, the project only that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ProjectLink {
    /// A *temps d'échange*.
    Meeting(SharedMeetingId),
    /// A stay in hospital.
    Stay(HospitalStayId),
}

impl ProjectLink {
    /// The code of its kind.
    pub fn code(&self) -> &'static str {
        match self {
            ProjectLink::Meeting(_) => "meeting",
            ProjectLink::Stay(_) => "stay",
        }
    }

    /// The id of the other record.
    pub fn id(&self) -> [u8; 16] {
        match self {
            ProjectLink::Meeting(id) => id.0,
            ProjectLink::Stay(id) => id.0,
        }
    }

    /// What a code and an id say; nothing where a newer version wrote another kind.
    pub fn from_parts(code: &str, id: [u8; 16]) -> Option<Self> {
        match code {
            "meeting" => Some(ProjectLink::Meeting(SharedMeetingId(id))),
            "stay" => Some(ProjectLink::Stay(HospitalStayId(id))),
            _ => None,
        }
    }
}

/// One change to a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProjectChange {
    /// A text field becomes this.
    Text(ProjectField, String),
    /// It is looked at again that day.
    Review(NaiveDate),
    /// The words of a goal, which comes into being where it is not there.
    Goal(LineId, String),
    /// How far a goal is.
    GoalState(LineId, GoalState),
    /// What an action is, which comes into being where it is not there.
    Action(FollowUpId, String),
    /// Who carries it.
    Owner(FollowUpId, Owner),
    /// By when.
    By(FollowUpId, Option<NaiveDate>),
    /// For which goal.
    For(FollowUpId, Option<LineId>),
    /// Something goes on elsewhere because of it.
    Link(ProjectLink),
}

/// How a project stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// It goes on.
    Running,
    /// It is halted, and how.
    Halted(&'a Halt),
}

/// How many of the actions the coordinator carries, where that is many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// By the coordinator.
    pub carried: u32,
    /// In all, but those given up.
    pub of: u32,
}

impl HealthProject {
    /// A project of which nothing is said yet but when it is looked at again.
    pub fn empty(id: HealthProjectId, person: PersonId, opened: NaiveDate, review: NaiveDate) -> Self {
        HealthProject {
            id,
            person,
            opened,
            from: None,
            words: String::new(),
            topic: String::new(),
            review,
            goals: Vec::new(),
            actions: Vec::new(),
            reviews: Vec::new(),
            halts: Vec::new(),
            links: Vec::new(),
        }
    }

    /// How it stands: of the halts that are not over, the strictest.
    pub fn standing(&self) -> Standing<'_> {
        let standing = self.halts.iter().filter(|halt| halt.over.is_none());
        match standing.max_by_key(|halt| (halt.kind.strictness(), halt.on, halt.id)) {
            Some(halt) => Standing::Halted(halt),
            None => Standing::Running,
        }
    }

    /// Whether actions are asked of anyone.
    pub fn is_running(&self) -> bool {
        self.standing() == Standing::Running
    }

    /// Whether the day it is looked at again is reminded of: a pause lasts until then, a stop for as long as it stands.
    pub fn is_to_be_reviewed(&self) -> bool {
        match self.standing() {
            Standing::Running => true,
            Standing::Halted(halt) => halt.kind == HaltKind::Paused,
        }
    }

    /// The actions that wait.
    pub fn open_actions(&self) -> impl Iterator<Item = &ProjectAction> {
        self.actions.iter().filter(|action| action.state == FollowUpState::Open)
    }

    /// Whether it goes on, and nobody is to do anything.
    pub fn has_no_next_step(&self) -> bool {
        self.is_running() && self.open_actions().next().is_none()
    }

    /// How many actions the coordinator carries, where that is many: asked about, never forbidden.
    pub fn too_much_on_the_coordinator(&self) -> Option<Carried> {
        let kept = self.actions.iter().filter(|action| !matches!(action.state, FollowUpState::Cancelled { .. }));
        let (mut carried, mut of) = (0, 0);
        for action in kept {
            of += 1;
            carried += u32::from(action.owner == Owner::Coordinator);
        }
        (of >= ASKED_FROM_ACTIONS && carried * 5 >= of * MANY_FIFTHS).then_some(Carried { carried, of })
    }

    /// An action.
    pub fn action(&self, id: FollowUpId) -> Option<&ProjectAction> {
        self.actions.iter().find(|action| action.id == id)
    }

    /// The action as the follow-up that it is: without a day of its own, it falls due at the review.
    pub fn follow_up(&self, action: &ProjectAction) -> FollowUp {
        let due = action.by.unwrap_or(self.review);
        let mut follow_up = FollowUp::open(action.id, Some(self.person), FollowUpKind::Task, due);
        follow_up.project = Some(self.id);
        follow_up.what.clone_from(&action.what);
        follow_up.state = action.state.clone();
        follow_up.postponed_because.clone_from(&action.postponed_because);
        follow_up.postponed_times = action.postponed_times;
        follow_up
    }
}

#[cfg(test)]
mod tests {
    use super::super::ids::EntryId;
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn project(owners: &[Owner]) -> HealthProject {
        let id = HealthProjectId([1; 16]);
        let mut project = HealthProject::empty(id, PersonId([2; 16]), day("2026-06-12"), day("2026-09-14"));
        project.actions = owners
            .iter()
            .zip(1..)
            .map(|(owner, n)| ProjectAction {
                id: FollowUpId([n; 16]),
                goal: None,
                what: "appeler le garage".into(),
                owner: owner.clone(),
                by: None,
                state: FollowUpState::Open,
                postponed_because: String::new(),
                postponed_times: 0,
            })
            .collect();
        project
    }

    fn halt(n: u8, kind: HaltKind, over: bool) -> Halt {
        let over = over.then(|| Over { on: day("2026-08-01"), words: String::new() });
        Halt { id: LineId([n; 16]), kind, on: day("2026-07-01"), words: String::new(), over }
    }

    #[test]
    fn from_four_actions_on_one_asks_who_else() {
        let (us, her) = (Owner::Coordinator, Owner::Person);
        let check = |owners: &[&Owner], expected: Option<(u32, u32)>| {
            let owners: Vec<Owner> = owners.iter().map(|owner| (*owner).clone()).collect();
            let found = project(&owners).too_much_on_the_coordinator();
            assert_eq!(found.map(|found| (found.carried, found.of)), expected, "{owners:?}");
        };
        check(&[&us, &us, &us], None);
        check(&[&us, &us, &her, &her, &her], Some((2, 5)));
        check(&[&us, &her, &her, &her], None);
        check(&[&us, &us, &her, &her], Some((2, 4)));
        let mut given_up = project(&[us.clone(), us.clone(), her.clone(), her.clone()]);
        given_up.actions[0].state = FollowUpState::Cancelled { why: "vendu".into() };
        assert_eq!(given_up.too_much_on_the_coordinator(), None, "what is given up weighs nothing");
    }

    #[test]
    fn a_pause_waits_for_the_review_and_a_stop_for_nothing() {
        let mut one = project(&[Owner::Person]);
        assert!(one.is_running() && one.is_to_be_reviewed() && !one.has_no_next_step());
        one.halts = vec![halt(1, HaltKind::Paused, false)];
        assert!(!one.is_running() && one.is_to_be_reviewed());
        one.halts.push(halt(2, HaltKind::Stopped, false));
        assert!(!one.is_running() && !one.is_to_be_reviewed());
        one.halts[1].over = halt(2, HaltKind::Stopped, true).over;
        assert!(one.is_to_be_reviewed() && !one.is_running(), "the pause still stands");
        one.halts[0].over = one.halts[1].over.clone();
        one.actions.clear();
        assert!(one.is_running() && one.has_no_next_step());
    }

    #[test]
    fn what_a_newer_version_halted_asks_for_nothing() {
        let mut one = project(&[]);
        one.halts = vec![halt(1, HaltKind::Unknown("handed_over".into()), false), halt(2, HaltKind::Paused, false)];
        assert!(!one.is_to_be_reviewed());
    }

    #[test]
    fn an_owner_reads_back_as_it_is_written() {
        for owner in [
            Owner::Person,
            Owner::Coordinator,
            Owner::Helper(Helper::Related(LineId([3; 16]))),
            Owner::Helper(Helper::Entry(EntryId([4; 16]))),
            Owner::Helper(Helper::Named("le garagiste : Félix".into())),
            Owner::Unknown("group".into()),
        ] {
            assert_eq!(Owner::parse(&owner.to_string()), owner);
        }
    }

    proptest! {
        /// Whatever else was paused, closed, or taken up again: a stop that is not over asks nothing of anyone.
        #[test]
        fn while_a_stop_stands_nothing_is_reminded_of(
            others in proptest::collection::vec((0..4usize, any::<bool>()), 0..6), at in 0..7usize,
        ) {
            let kinds = [HaltKind::Paused, HaltKind::Closed, HaltKind::Stopped, HaltKind::Unknown("x".into())];
            let mut one = project(&[Owner::Person]);
            one.halts = others.iter().zip(1..).map(|((kind, over), n)| halt(n, kinds[*kind].clone(), *over)).collect();
            one.halts.insert(at.min(one.halts.len()), halt(99, HaltKind::Stopped, false));
            prop_assert!(!one.is_running() && !one.is_to_be_reviewed() && !one.has_no_next_step());
        }
    }
}
