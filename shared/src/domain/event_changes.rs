//! How an event changes: what a form wrote, as the smallest differences, and what each does.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::{gone, held, line};
use super::collective::{ProjectStep, StepField};
use super::event::{
    Attendance, Confirmed, Event, EventCommune, EventField, EventKind, EventState, Guest, Headcount, Speaker,
    SpeakerField, Stand, StandField, WhoCame,
};
use super::ids::{CollectiveId, EntryId, LineId};
use super::mission::is_commune_code;
use super::time::{Hour, PartialDate};

/// The lines of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EventLines {
    /// Who holds a stand.
    Stands,
    /// Who speaks.
    Speakers,
    /// How many came.
    Attendance,
    /// Who came to a lunch.
    Guests,
    /// What is to be done.
    Checklist,
}

/// One change to an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventChange {
    /// A text field becomes this.
    Text(EventField, String),
    /// It is of that kind.
    Kind(EventKind),
    /// That structure of the directory receives it.
    HostEntry(Option<EntryId>),
    /// It is in that commune.
    Commune(Option<EventCommune>),
    /// It is planned for then.
    Planned(Option<PartialDate>),
    /// It lasts until that day.
    Until(Option<NaiveDate>),
    /// It begins at that hour.
    Starts(Option<Hour>),
    /// It ends at that hour.
    Ends(Option<Hour>),
    /// It stands so.
    State(EventState),
    /// It is part of that project.
    Project(Option<CollectiveId>),
    /// A field of a stand; a new line comes into being.
    Stand(LineId, StandField, String),
    /// Who of the directory holds it.
    StandEntry(LineId, Option<EntryId>),
    /// Whether they come.
    StandConfirmed(LineId, Confirmed),
    /// A field of someone who speaks; a new line comes into being.
    Speaker(LineId, SpeakerField, String),
    /// Who of the directory they are.
    SpeakerEntry(LineId, Option<EntryId>),
    /// Whether they come.
    SpeakerConfirmed(LineId, Confirmed),
    /// Which public a line counts; a new line comes into being.
    AttendancePublic(LineId, String),
    /// How many of it came.
    AttendanceCount(LineId, Headcount),
    /// Who came to a lunch; a new line comes into being. Of any other kind it does nothing.
    Guest(LineId, WhoCame),
    /// A field of something to do; a new line comes into being.
    ToDo(LineId, StepField, String),
    /// By when it is to be done.
    ToDoDue(LineId, Option<NaiveDate>),
    /// When it was done.
    ToDoDone(LineId, Option<NaiveDate>),
    /// A line goes.
    Remove(EventLines, LineId),
    /// It was a mistake, or was not.
    Withdrawn(bool),
}

impl EventChange {
    /// The words that someone types in it. A commune of the list is chosen and is none of them; one that is found by its
    /// name alone was typed, and so was a code that this version does not know.
    pub fn words(&self) -> Vec<&str> {
        match self {
            EventChange::Text(_, words)
            | EventChange::Stand(_, _, words)
            | EventChange::Speaker(_, _, words)
            | EventChange::AttendancePublic(_, words)
            | EventChange::Guest(_, WhoCame::Named(words))
            | EventChange::ToDo(_, _, words)
            | EventChange::StandConfirmed(_, Confirmed::Unknown(words))
            | EventChange::SpeakerConfirmed(_, Confirmed::Unknown(words)) => vec![words],
            EventChange::Commune(Some(commune)) if !is_commune_code(&commune.key) => {
                vec![&commune.key, &commune.name]
            }
            _ => Vec::new(),
        }
    }
}

impl Event {
    /// Every word that is in it, and who takes part: of what is common, whoever is named in it is read by everyone.
    pub fn texts_in_common(&self) -> Vec<String> {
        let changes = Event::empty(self.id, self.kind().clone()).changes_to(self);
        changes.iter().flat_map(EventChange::words).map(str::to_owned).collect()
    }

    /// What to write so that this event becomes `edited`: the differences only. Where its kind no longer names who
    /// came, their lines are taken away too, so that no name stays behind where it is written.
    pub fn changes_to(&self, edited: &Event) -> Vec<EventChange> {
        let texts = self.text_differences(edited);
        let mut changes: Vec<_> = texts.map(|(field, text)| EventChange::Text(field, text.to_owned())).collect();
        let mut differs = |differs: bool, change: EventChange| changes.extend(differs.then_some(change));
        differs(self.kind() != edited.kind(), EventChange::Kind(edited.kind().clone()));
        differs(self.host_entry != edited.host_entry, EventChange::HostEntry(edited.host_entry));
        differs(self.commune != edited.commune, EventChange::Commune(edited.commune.clone()));
        differs(self.planned != edited.planned, EventChange::Planned(edited.planned));
        differs(self.until != edited.until, EventChange::Until(edited.until));
        differs(self.starts != edited.starts, EventChange::Starts(edited.starts));
        differs(self.ends != edited.ends, EventChange::Ends(edited.ends));
        differs(self.state != edited.state, EventChange::State(edited.state.clone()));
        differs(self.project != edited.project, EventChange::Project(edited.project));
        differs(self.withdrawn != edited.withdrawn, EventChange::Withdrawn(edited.withdrawn));
        self.who_to(edited, &mut changes);
        self.counts_to(edited, &mut changes);
        changes
    }

    /// The lines that say who: stands, speakers, guests.
    fn who_to(&self, edited: &Event, changes: &mut Vec<EventChange>) {
        for line in &edited.stands {
            let before = held(&self.stands, |before| before.id == line.id, || Stand::empty(line.id));
            let texts = before.text_differences(line);
            changes.extend(texts.map(|(field, text)| EventChange::Stand(line.id, field, text.to_owned())));
            if before.entry != line.entry {
                changes.push(EventChange::StandEntry(line.id, line.entry));
            }
            if before.confirmed != line.confirmed {
                changes.push(EventChange::StandConfirmed(line.id, line.confirmed.clone()));
            }
        }
        lines_gone(&self.stands, &edited.stands, |line| line.id, EventLines::Stands, changes);
        for line in &edited.speakers {
            let before = held(&self.speakers, |before| before.id == line.id, || Speaker::empty(line.id));
            let texts = before.text_differences(line);
            changes.extend(texts.map(|(field, text)| EventChange::Speaker(line.id, field, text.to_owned())));
            if before.entry != line.entry {
                changes.push(EventChange::SpeakerEntry(line.id, line.entry));
            }
            if before.confirmed != line.confirmed {
                changes.push(EventChange::SpeakerConfirmed(line.id, line.confirmed.clone()));
            }
        }
        lines_gone(&self.speakers, &edited.speakers, |line| line.id, EventLines::Speakers, changes);
        let touched = edited.guests().iter().filter(|line| !self.guests().contains(line));
        changes.extend(touched.map(|line| EventChange::Guest(line.id, line.who.clone())));
        lines_gone(self.guests(), edited.guests(), |line| line.id, EventLines::Guests, changes);
    }

    /// The lines that say how many, and what is to be done.
    fn counts_to(&self, edited: &Event, changes: &mut Vec<EventChange>) {
        for line in &edited.attendance {
            let before = held(&self.attendance, |before| before.id == line.id, || Attendance::empty(line.id));
            if before.public != line.public {
                changes.push(EventChange::AttendancePublic(line.id, line.public.clone()));
            }
            if before.count != line.count {
                changes.push(EventChange::AttendanceCount(line.id, line.count));
            }
        }
        lines_gone(&self.attendance, &edited.attendance, |line| line.id, EventLines::Attendance, changes);
        for line in &edited.checklist {
            let before = held(&self.checklist, |before| before.id == line.id, || ProjectStep::empty(line.id));
            let texts = before.text_differences(line);
            changes.extend(texts.map(|(field, text)| EventChange::ToDo(line.id, field, text.to_owned())));
            if before.due != line.due {
                changes.push(EventChange::ToDoDue(line.id, line.due));
            }
            if before.done_on != line.done_on {
                changes.push(EventChange::ToDoDone(line.id, line.done_on));
            }
        }
        lines_gone(&self.checklist, &edited.checklist, |line| line.id, EventLines::Checklist, changes);
    }

    /// Makes a change, as the journal would. A line comes into being with its first field.
    pub fn apply(&mut self, change: &EventChange) {
        match change {
            EventChange::Text(field, text) => self.text_mut(*field).clone_from(text),
            EventChange::Kind(kind) => self.set_kind(kind.clone()),
            EventChange::HostEntry(entry) => self.host_entry = *entry,
            EventChange::Commune(commune) => self.commune.clone_from(commune),
            EventChange::Planned(planned) => self.planned = *planned,
            EventChange::Until(day) => self.until = *day,
            EventChange::Starts(hour) => self.starts = *hour,
            EventChange::Ends(hour) => self.ends = *hour,
            EventChange::State(state) => self.state = state.clone(),
            EventChange::Project(project) => self.project = *project,
            EventChange::Stand(id, field, text) => self.stand(*id).text_mut(*field).clone_from(text),
            EventChange::StandEntry(id, entry) => self.stand(*id).entry = *entry,
            EventChange::StandConfirmed(id, confirmed) => self.stand(*id).confirmed = confirmed.clone(),
            EventChange::Speaker(id, field, text) => self.speaker(*id).text_mut(*field).clone_from(text),
            EventChange::SpeakerEntry(id, entry) => self.speaker(*id).entry = *entry,
            EventChange::SpeakerConfirmed(id, confirmed) => self.speaker(*id).confirmed = confirmed.clone(),
            EventChange::AttendancePublic(id, public) => self.attendance_line(*id).public.clone_from(public),
            EventChange::AttendanceCount(id, count) => self.attendance_line(*id).count = *count,
            // Written by a colleague who still knew it as a lunch: of what it became, nobody is named.
            EventChange::Guest(id, who) => {
                self.put_guest(Guest { id: *id, who: who.clone() });
            }
            EventChange::ToDo(id, field, text) => self.check(*id).text_mut(*field).clone_from(text),
            EventChange::ToDoDue(id, day) => self.check(*id).due = *day,
            EventChange::ToDoDone(id, day) => self.check(*id).done_on = *day,
            EventChange::Remove(EventLines::Stands, id) => self.stands.retain(|line| line.id != *id),
            EventChange::Remove(EventLines::Speakers, id) => self.speakers.retain(|line| line.id != *id),
            EventChange::Remove(EventLines::Attendance, id) => self.attendance.retain(|line| line.id != *id),
            EventChange::Remove(EventLines::Guests, id) => self.remove_guest(*id),
            EventChange::Remove(EventLines::Checklist, id) => self.checklist.retain(|line| line.id != *id),
            EventChange::Withdrawn(withdrawn) => self.withdrawn = *withdrawn,
        }
    }

    fn stand(&mut self, id: LineId) -> &mut Stand {
        line(&mut self.stands, |line| line.id == id, || Stand::empty(id))
    }

    fn speaker(&mut self, id: LineId) -> &mut Speaker {
        line(&mut self.speakers, |line| line.id == id, || Speaker::empty(id))
    }

    fn attendance_line(&mut self, id: LineId) -> &mut Attendance {
        line(&mut self.attendance, |line| line.id == id, || Attendance::empty(id))
    }

    fn check(&mut self, id: LineId) -> &mut ProjectStep {
        line(&mut self.checklist, |line| line.id == id, || ProjectStep::empty(id))
    }
}

fn lines_gone<T>(
    before: &[T],
    after: &[T],
    id: impl Fn(&T) -> LineId,
    lines: EventLines,
    changes: &mut Vec<EventChange>,
) {
    changes.extend(gone(before, after, id).into_iter().map(|id| EventChange::Remove(lines, id)));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::ids::EventId;
    use super::*;

    fn forum() -> Event {
        let mut forum = Event::empty(EventId([1; 16]), EventKind::Forum);
        forum.title = "4e forum".into();
        forum.stands.push(Stand { name: "Ligue".into(), ..Stand::empty(LineId([2; 16])) });
        forum.checklist.push(ProjectStep { what: "Barnums".into(), ..ProjectStep::empty(LineId([3; 16])) });
        forum
    }

    fn applied(before: &Event, changes: &[EventChange]) -> Event {
        let mut after = before.clone();
        changes.iter().for_each(|change| after.apply(change));
        after
    }

    #[test]
    fn a_form_writes_only_what_was_touched() {
        let before = forum();
        let mut edited = before.clone();
        assert_eq!(before.changes_to(&edited), []);
        edited.planned = PartialDate::parse("2027-10");
        edited.stands[0].confirmed = Confirmed::Yes;
        edited.checklist.clear();
        assert_eq!(
            before.changes_to(&edited),
            [
                EventChange::Planned(PartialDate::parse("2027-10")),
                EventChange::StandConfirmed(LineId([2; 16]), Confirmed::Yes),
                EventChange::Remove(EventLines::Checklist, LineId([3; 16])),
            ]
        );
    }

    #[test]
    fn two_coordinators_who_write_apart_both_keep_their_words() {
        let before = forum();
        let (mut one, mut other) = (before.clone(), before.clone());
        one.stands[0].theme = "Dépistage".into();
        one.attendance.push(Attendance { count: Headcount::About(200), ..Attendance::empty(LineId([7; 16])) });
        other.stands[0].contact = "06 00 00 00 01".into();
        other.stands.push(Stand { name: "Centre de santé".into(), ..Stand::empty(LineId([8; 16])) });
        let (of_one, of_other) = (before.changes_to(&one), before.changes_to(&other));
        let met = applied(&applied(&before, &of_one), &of_other);
        assert_eq!(met, applied(&applied(&before, &of_other), &of_one));
        assert_eq!((met.stands[0].theme.as_str(), met.stands[0].contact.as_str()), ("Dépistage", "06 00 00 00 01"));
        assert_eq!((met.stands.len(), met.attendance.len()), (2, 1));
    }

    #[test]
    fn a_lunch_that_becomes_a_school_action_leaves_no_name_behind() {
        let mut lunch = Event::empty(EventId([1; 16]), EventKind::Lunch);
        lunch.put_guest(Guest { id: LineId([4; 16]), who: WhoCame::Named("Zoé".into()) });
        let mut action = lunch.clone();
        action.set_kind(EventKind::SchoolAction);
        let changes = lunch.changes_to(&action);
        assert!(changes.contains(&EventChange::Remove(EventLines::Guests, LineId([4; 16]))));
        let late = EventChange::Guest(LineId([5; 16]), WhoCame::Named("Léo".into()));
        assert_eq!(applied(&applied(&lunch, &changes), &[late]), action);
    }

    fn any_event() -> impl Strategy<Value = Event> {
        let text = || "[a-zé ]{0,6}";
        let lines = || proptest::collection::btree_map(1..6_u8, (text(), text(), 0..4_u32), 0..4);
        let head =
            (text(), proptest::sample::select(EventKind::ALL), proptest::option::of(2020..2030_i32), any::<bool>());
        (head, lines(), lines(), lines()).prop_map(|((title, kind, year, withdrawn), first, second, third)| {
            let mut event = Event::empty(EventId([1; 16]), kind);
            (event.title, event.planned, event.withdrawn) = (title, year.map(PartialDate::Year), withdrawn);
            event.commune = year.map(|year| EventCommune { key: year.to_string(), name: event.title.clone() });
            for (n, (name, words, number)) in first {
                let (id, confirmed) = (LineId([n; 16]), Confirmed::ALL[number as usize % 3].clone());
                let entry = (number == 3).then_some(EntryId([n; 16]));
                let stand = Stand { name: name.clone(), entry, confirmed: confirmed.clone(), ..Stand::empty(id) };
                event.stands.push(stand);
                event.speakers.push(Speaker { name, subject: words, confirmed, ..Speaker::empty(id) });
            }
            for (n, (public, name, number)) in second {
                let id = LineId([n; 16]);
                let count = [Headcount::NotKnown, Headcount::Counted(number), Headcount::About(number)];
                event.attendance.push(Attendance { id, public, count: count[number as usize % 3] });
                event.put_guest(Guest { id, who: WhoCame::Named(name) });
            }
            for (n, (what, owner, days)) in third {
                let due = NaiveDate::from_ymd_opt(2026, 1, 1 + days);
                event.checklist.push(ProjectStep { what, owner, due, ..ProjectStep::empty(LineId([n; 16])) });
            }
            event
        })
    }

    /// A line of which every field is empty was never written: it is not there on the other side.
    fn written(mut event: Event) -> Event {
        event.stands.retain(|line| *line != Stand::empty(line.id));
        event.speakers.retain(|line| *line != Speaker::empty(line.id));
        event.attendance.retain(|line| *line != Attendance::empty(line.id));
        event.stands.sort_by_key(|line| line.id);
        event.speakers.sort_by_key(|line| line.id);
        event.attendance.sort_by_key(|line| line.id);
        event.checklist.sort_by_key(|line| line.id);
        let mut guests = event.guests().to_vec();
        guests.sort_by_key(|line| line.id);
        guests.iter().for_each(|line| event.remove_guest(line.id));
        guests.into_iter().for_each(|line| assert!(event.put_guest(line)));
        event
    }

    proptest! {
        /// What a form sends makes the one event of the other, whatever was in either.
        #[test]
        fn the_differences_make_the_one_of_the_other(before in any_event(), after in any_event()) {
            let (before, after) = (written(before), written(after));
            let made = applied(&before, &before.changes_to(&after));
            prop_assert_eq!(written(made), written(after));
        }
    }
}
