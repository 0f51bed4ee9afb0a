//! What a note holds while it is written: the encounter, and what it opens.

use chrono::{Days, Months, NaiveDate};
use maillon_shared::api::requests::{DraftKey, NewEncounter};
use maillon_shared::domain::encounter::{Encounter, EncounterField, EncounterKind, EncounterResult};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind};
use maillon_shared::domain::ids::{EntryId, FollowUpId, PersonId, RequestId};
use maillon_shared::domain::request::Request as CareRequest;
use maillon_shared::domain::time::Hour;

use crate::drafts::Fields;

/// A note being written.
#[derive(Clone, PartialEq, Eq)]
pub struct NoteForm {
    /// What took place.
    pub encounter: Encounter,
    /// The note that nobody else reads.
    pub unshared: String,
    /// The follow-up that it accomplishes.
    pub completes: Option<FollowUpId>,
    /// Names the next contact.
    pub next_id: FollowUpId,
    /// The day of the next contact; none for none.
    pub next: Option<NaiveDate>,
    /// How it will be.
    pub next_kind: FollowUpKind,
    /// What was asked for.
    pub requests: Vec<Asked>,
    /// What was promised.
    pub promises: Vec<Promised>,
    /// Whether it opens an alert, which is raised as soon as the note is saved.
    pub alert: bool,
}

/// Something asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct Asked {
    /// Names it.
    pub id: RequestId,
    /// About what; may wait.
    pub topic: String,
    /// In which words.
    pub verbatim: String,
}

/// Something promised.
#[derive(Clone, PartialEq, Eq)]
pub struct Promised {
    /// Names it.
    pub id: FollowUpId,
    /// What.
    pub what: String,
    /// By when.
    pub due: Option<NaiveDate>,
}

/// Why a note cannot be saved yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteProblem {
    /// It is said to have taken place after today.
    Tomorrow,
    /// The next contact is said to be before today.
    NextPast,
    /// A promise says by when, and not what.
    EmptyPromise,
}

/// After how many days a promise falls due when nobody says.
const PROMISE_DAYS: u64 = 7;

/// What can come of each kind: nobody opens a telephone.
pub fn results_of(kind: &EncounterKind) -> &'static [EncounterResult] {
    use EncounterResult::{Declined, DoorClosed, MessageLeft, Met, NoAnswer};
    match kind {
        EncounterKind::HomeVisit | EncounterKind::JointVisit => &[Met, DoorClosed, Declined],
        EncounterKind::CallOut => &[Met, NoAnswer, MessageLeft, Declined],
        EncounterKind::Appointment | EncounterKind::Accompaniment => &[Met, NoAnswer, Declined],
        EncounterKind::CallIn
        | EncounterKind::WalkIn
        | EncounterKind::Mail
        | EncounterKind::ThirdParty
        | EncounterKind::ChanceMeeting
        | EncounterKind::Unknown(_) => &[Met],
    }
}

/// The near days of a next contact.
pub fn near_days(today: NaiveDate) -> [NaiveDate; 3] {
    [
        today.checked_add_days(Days::new(7)).unwrap_or(today),
        today.checked_add_days(Days::new(14)).unwrap_or(today),
        today.checked_add_months(Months::new(1)).unwrap_or(today),
    ]
}

impl NoteForm {
    /// A note about that encounter, which opens nothing yet.
    pub fn of(encounter: Encounter, next_id: FollowUpId) -> Self {
        NoteForm {
            encounter,
            unshared: String::new(),
            completes: None,
            next_id,
            next: None,
            next_kind: FollowUpKind::Contact,
            requests: Vec::new(),
            promises: Vec::new(),
            alert: false,
        }
    }

    /// It took place by that way; what cannot come of it is no longer its result.
    pub fn set_kind(&mut self, kind: EncounterKind) {
        if !results_of(&kind).contains(&self.encounter.result) {
            self.encounter.result = EncounterResult::Met;
        }
        self.encounter.kind = kind;
    }

    /// All that is to be mended before it can be saved on that day.
    pub fn problems(&self, today: NaiveDate) -> Vec<NoteProblem> {
        let found = [
            (self.encounter.day > today, NoteProblem::Tomorrow),
            (self.next.is_some_and(|next| next < today), NoteProblem::NextPast),
            (
                self.promises.iter().any(|promise| promise.what.trim().is_empty() && promise.due.is_some()),
                NoteProblem::EmptyPromise,
            ),
        ];
        found.into_iter().filter_map(|(is_so, problem)| is_so.then_some(problem)).collect()
    }

    /// What to ask the door, on that day. Lines left empty open nothing.
    pub fn to_record(&self, today: NaiveDate, draft: DraftKey) -> NewEncounter {
        let person = self.encounter.person;
        let from = Some(self.encounter.id);
        let next = self.next.map(|due| {
            let next = FollowUp::open(self.next_id, person, self.next_kind.clone(), due);
            FollowUp { from, ..next }
        });
        let promises = self.promises.iter().filter(|promise| !promise.what.trim().is_empty()).map(|promise| {
            let due = promise.due.or_else(|| today.checked_add_days(Days::new(PROMISE_DAYS))).unwrap_or(today);
            let open = FollowUp::open(promise.id, person, FollowUpKind::Promise, due);
            FollowUp { what: promise.what.trim().to_owned(), from, ..open }
        });
        let is_said = |asked: &&Asked| !asked.topic.is_empty() || !asked.verbatim.trim().is_empty();
        // What someone else asks for a person is not in that person's words; who it was is said when it is heard.
        let is_of_someone_else = self.encounter.kind == EncounterKind::ThirdParty;
        let source = |asked: CareRequest| if is_of_someone_else { String::new() } else { asked.source };
        let requests = self.requests.iter().filter(is_said).map(|asked| CareRequest {
            source: source(CareRequest::received(asked.id, person, self.encounter.day)),
            topic: asked.topic.clone(),
            verbatim: asked.verbatim.trim().to_owned(),
            from,
            ..CareRequest::received(asked.id, person, self.encounter.day)
        });
        NewEncounter {
            encounter: self.encounter.clone(),
            unshared_note: self.unshared.clone(),
            completes: self.completes.filter(|_| self.encounter.meets_the_person()),
            follow_ups: next.into_iter().chain(promises).collect(),
            requests: requests.collect(),
            draft: Some(draft),
        }
    }

    /// What differs from the form as it was opened, by name: what a draft keeps.
    pub fn fields_since(&self, opened: &NoteForm) -> Fields {
        let mut fields = Fields::default();
        if self.is_hardly_begun(opened) {
            return fields;
        }
        let (now, then) = (&self.encounter, &opened.encounter);
        for (field, text) in then.text_differences(now) {
            fields.put(field.code(), text);
        }
        let words = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let mut put_if = |differs: bool, name: &str, value: String| {
            if differs {
                fields.put(name, value);
            }
        };
        put_if(self.alert != opened.alert, "alert", if self.alert { "yes" } else { "" }.to_owned());
        put_if(now.person != then.person, "person", now.person.map(|id| id.to_string()).unwrap_or_default());
        let with_entry = now.with_entry.map(|id| id.to_string()).unwrap_or_default();
        put_if(now.with_entry != then.with_entry, "with_entry", with_entry);
        put_if(now.kind != then.kind, "kind", now.kind.code().to_owned());
        put_if(now.result != then.result, "result", now.result.code().to_owned());
        put_if(now.day != then.day, "day", now.day.to_string());
        put_if(now.hour != then.hour, "hour", now.hour.map(|hour| hour.to_string()).unwrap_or_default());
        let minutes = now.duration_min.map(|minutes| minutes.to_string()).unwrap_or_default();
        put_if(now.duration_min != then.duration_min, "duration", minutes);
        put_if(now.withdrawn != then.withdrawn, "withdrawn", if now.withdrawn { "yes" } else { "" }.to_owned());
        put_if(self.unshared != opened.unshared, "unshared", self.unshared.clone());
        let completes = self.completes.map(|id| id.to_string()).unwrap_or_default();
        put_if(self.completes != opened.completes, "completes", completes);
        put_if(self.next != opened.next, "next", words(self.next));
        put_if(self.next_kind != opened.next_kind, "next_kind", self.next_kind.code().to_owned());
        for asked in &self.requests {
            fields.put(format!("request.{}.topic", asked.id), &asked.topic);
            fields.put(format!("request.{}.verbatim", asked.id), &asked.verbatim);
        }
        for promise in &self.promises {
            fields.put(format!("promise.{}.what", promise.id), &promise.what);
            fields.put(format!("promise.{}.due", promise.id), words(promise.due));
        }
        fields
    }

    /// Whether nothing but the person was chosen: one tap, and no word, is lost with it.
    fn is_hardly_begun(&self, opened: &NoteForm) -> bool {
        let mut begun = opened.clone();
        begun.encounter.person = self.encounter.person;
        begun.completes = self.completes;
        begun == *self
    }

    /// Lays a draft over the form.
    pub fn lay(&mut self, fields: &Fields) {
        for (name, value) in fields.iter() {
            let parts: Vec<&str> = name.split('.').collect();
            match parts[..] {
                ["person"] => self.encounter.person = PersonId::parse(value),
                ["with_entry"] => self.encounter.with_entry = EntryId::parse(value),
                ["kind"] => self.encounter.kind = EncounterKind::from_code(value),
                ["result"] => self.encounter.result = EncounterResult::from_code(value),
                ["day"] => self.encounter.day = value.parse().unwrap_or(self.encounter.day),
                ["hour"] => self.encounter.hour = Hour::parse(value),
                ["duration"] => self.encounter.duration_min = value.parse().ok(),
                ["alert"] => self.alert = value == "yes",
                ["withdrawn"] => self.encounter.withdrawn = value == "yes",
                ["unshared"] => self.unshared = value.to_owned(),
                ["completes"] => self.completes = FollowUpId::parse(value),
                ["next"] => self.next = value.parse().ok(),
                ["next_kind"] => self.next_kind = FollowUpKind::from_code(value),
                ["request", id, what] => self.lay_request(id, what, value),
                ["promise", id, what] => self.lay_promise(id, what, value),
                [code] => {
                    if let Some(field) = EncounterField::from_code(code) {
                        *self.encounter.text_mut(field) = value.to_owned();
                    }
                }
                _ => {}
            }
        }
    }

    fn lay_request(&mut self, id: &str, what: &str, value: &str) {
        let Some(id) = RequestId::parse(id) else { return };
        let at = self.requests.iter().position(|asked| asked.id == id).unwrap_or_else(|| {
            self.requests.push(Asked { id, topic: String::new(), verbatim: String::new() });
            self.requests.len() - 1
        });
        match what {
            "topic" => self.requests[at].topic = value.to_owned(),
            "verbatim" => self.requests[at].verbatim = value.to_owned(),
            _ => {}
        }
    }

    fn lay_promise(&mut self, id: &str, what: &str, value: &str) {
        let Some(id) = FollowUpId::parse(id) else { return };
        let at = self.promises.iter().position(|promise| promise.id == id).unwrap_or_else(|| {
            self.promises.push(Promised { id, what: String::new(), due: None });
            self.promises.len() - 1
        });
        match what {
            "what" => self.promises[at].what = value.to_owned(),
            "due" => self.promises[at].due = value.parse().ok(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use maillon_shared::domain::ids::EncounterId;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn opened() -> NoteForm {
        let encounter = Encounter::empty(EncounterId([1; 16]), None, day("2026-06-12"));
        NoteForm::of(encounter, FollowUpId([2; 16]))
    }

    fn visit_to_odette() -> NoteForm {
        let mut form = opened();
        form.encounter.person = Some(PersonId([3; 16]));
        form.encounter.words = "Je ne descends plus au bourg.".into();
        form.encounter.hour = Hour::new(10, 30);
        form.encounter.duration_min = Some(45);
        form.encounter.with_entry = Some(EntryId([10; 16]));
        form.unshared = "Fatiguée.".into();
        form.completes = Some(FollowUpId([4; 16]));
        form.next = Some(day("2026-07-13"));
        form.next_kind = FollowUpKind::Visit;
        let asked = |n, topic: &str, verbatim: &str| Asked {
            id: RequestId([n; 16]),
            topic: topic.into(),
            verbatim: verbatim.into(),
        };
        form.requests = vec![asked(5, "transport", "Comment aller à l’hôpital ?"), asked(6, "", "  ")];
        form.alert = true;
        form.promises = vec![
            Promised { id: FollowUpId([7; 16]), what: " Relire le courrier ".into(), due: None },
            Promised { id: FollowUpId([8; 16]), what: String::new(), due: None },
        ];
        form
    }

    #[test]
    fn a_draft_finds_the_whole_note_again() {
        let kept = Fields::read(&visit_to_odette().fields_since(&opened()).write());
        let mut reopened = opened();
        reopened.lay(&kept);
        assert!(reopened == visit_to_odette());
        assert!(opened().fields_since(&opened()).is_empty());
    }

    #[test]
    fn a_visit_opens_a_next_contact_and_a_request_and_a_promise() {
        let today = day("2026-06-12");
        let key = DraftKey { form: "note".into(), subject: String::new() };
        let recorded = visit_to_odette().to_record(today, key);
        let odette = Some(PersonId([3; 16]));
        let from = Some(EncounterId([1; 16]));
        assert_eq!(recorded.follow_ups.len(), 2, "a line left empty opens nothing");
        assert_eq!(recorded.follow_ups[0].due, day("2026-07-13"));
        assert_eq!(recorded.follow_ups[1].what, "Relire le courrier");
        assert_eq!(recorded.follow_ups[1].due, day("2026-06-19"), "a promise that says no day is for next week");
        assert!(recorded.follow_ups.iter().all(|one| one.person == odette && one.from == from));
        assert_eq!(recorded.requests.len(), 1);
        assert_eq!((recorded.requests[0].person, recorded.requests[0].from), (odette, from));
    }

    #[test]
    fn what_someone_else_asks_for_is_not_put_in_the_mouth_of_the_person() {
        let mut form = visit_to_odette();
        let key = || DraftKey { form: "note".into(), subject: String::new() };
        assert_eq!(form.to_record(day("2026-06-12"), key()).requests[0].source, "person");
        form.set_kind(EncounterKind::ThirdParty);
        assert_eq!(form.to_record(day("2026-06-12"), key()).requests[0].source, "");
    }

    #[test]
    fn what_cannot_come_of_a_kind_is_not_kept() {
        let mut form = opened();
        form.encounter.result = EncounterResult::DoorClosed;
        form.set_kind(EncounterKind::CallOut);
        assert_eq!(form.encounter.result, EncounterResult::Met);
        form.encounter.result = EncounterResult::NoAnswer;
        form.set_kind(EncounterKind::CallOut);
        assert_eq!(form.encounter.result, EncounterResult::NoAnswer);
    }

    #[test]
    fn nothing_is_noted_of_tomorrow_nor_planned_for_yesterday() {
        let mut form = opened();
        let today = form.encounter.day;
        assert_eq!(form.problems(today), []);
        form.next = today.pred_opt();
        form.promises = vec![Promised { id: FollowUpId([9; 16]), what: String::new(), due: Some(today) }];
        assert_eq!(form.problems(today), [NoteProblem::NextPast, NoteProblem::EmptyPromise]);
        form.encounter.day = today.succ_opt().expect("a day after");
        assert!(form.problems(today).contains(&NoteProblem::Tomorrow));
    }

    #[test]
    fn a_bell_that_nobody_answers_accomplishes_nothing() {
        let mut form = visit_to_odette();
        form.encounter.result = EncounterResult::DoorClosed;
        let key = DraftKey { form: "note".into(), subject: String::new() };
        assert_eq!(form.to_record(day("2026-06-12"), key.clone()).completes, None);
        // Nor does a word with a neighbour about her: she is still to be seen.
        form.encounter.result = EncounterResult::Met;
        form.encounter.kind = EncounterKind::ThirdParty;
        assert_eq!(form.to_record(day("2026-06-12"), key).completes, None);
    }

    #[test]
    fn choosing_someone_is_not_yet_a_draft() {
        let mut form = opened();
        form.encounter.person = Some(PersonId([3; 16]));
        form.completes = Some(FollowUpId([4; 16]));
        assert!(form.fields_since(&opened()).is_empty());
        form.unshared = "x".into();
        assert_eq!(form.fields_since(&opened()).get("person"), Some("03".repeat(16).as_str()));
    }

    #[test]
    fn a_month_later_stays_in_the_next_month() {
        assert_eq!(near_days(day("2026-01-31"))[2], day("2026-02-28"));
    }
}
