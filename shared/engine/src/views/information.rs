//! Health information, as screens read it: what still waits and until when, what nobody got in time; and the sheet of a month for
//! the noticeboard, looked through for whoever is known here.

use std::cmp::Reverse;

use chrono::{Days, NaiveDate};
use maillon_shared::api::information::{
    BoardFile, BoardLine, BoardWhat, InformationDueRow, InformationEnd, InformationFile, InformationItems,
    InformationRow,
};
use maillon_shared::domain::board::{BoardSheet, holds_on_a_page};
use maillon_shared::domain::clues::{Clue, WrittenFor};
use maillon_shared::domain::event::{Event, EventState};
use maillon_shared::domain::ids::{DocId, GroupId, InformationId};
use maillon_shared::domain::information::{InformationItem, days_of};
use maillon_shared::domain::summary::period::Period;
use maillon_shared::text::sort::sort_key;

use super::{Content, Views};

/// So many texts are looked through in one go: a clue says in which it stands by a small number.
const AT_ONCE: usize = 1_000;

impl Views {
    /// An item of information.
    pub fn information_item(&self, id: InformationId) -> Option<&InformationItem> {
        match self.documents.get(&id.into()).filter(|cached| !cached.undone).map(|cached| &cached.content) {
            Some(Content::Information(item)) => Some(item),
            _ => None,
        }
    }

    /// Every item that stands.
    pub fn information(&self) -> impl Iterator<Item = &InformationItem> {
        let shown = self.documents.values().filter(|cached| !cached.undone);
        shown.filter_map(|cached| match &cached.content {
            Content::Information(item) if !item.withdrawn => Some(&**item),
            _ => None,
        })
    }

    /// Every item: what waits first, by its end; then the last that came.
    pub fn information_rows(&self, today: NaiveDate) -> InformationItems {
        let row = |item: &InformationItem| InformationRow {
            id: item.id,
            title: item.title.clone(),
            source: self.source_of(item),
            audience: item.audience.clone(),
            received: item.received,
            state: item.state.clone(),
            end: end_of(item, today),
            for_board: item.for_board,
            passed_on: u32::try_from(item.diffusions.len()).unwrap_or(u32::MAX),
            group: self.group_of(item.id.into()).map(|id| (id, self.group_name(id))),
        };
        let mut items: Vec<&InformationItem> = self.information().collect();
        items.sort_by_cached_key(|item| {
            let waits = item.state.is_waiting() && !item.is_over(today);
            let end = item.expires.filter(|_| waits);
            (!waits, end.is_none(), end, Reverse(item.received), sort_key(&item.title), item.id)
        });
        InformationItems { rows: items.into_iter().map(row).collect(), groups: Vec::new() }
    }

    /// The information of a group, by title.
    pub fn information_of(&self, group: GroupId) -> Vec<(InformationId, String)> {
        let here = self.information().filter(|one| self.group_of(one.id.into()) == Some(group));
        let mut rows: Vec<_> = here.map(|one| (one.id, one.title.clone())).collect();
        rows.sort_by_cached_key(|(id, title)| (sort_key(title), *id));
        rows
    }

    /// One item and what goes with it.
    pub fn information_file(&self, id: InformationId, today: NaiveDate) -> Option<InformationFile> {
        let item = self.information_item(id)?;
        let entries = item.diffusions.iter().filter_map(|line| line.entry).chain(item.source_entry);
        let names = self.names_of(entries);
        let named = names.iter().map(|(_, name)| name.as_str());
        let texts: Vec<&str> = item.texts().into_iter().chain(named).collect();
        Some(InformationFile {
            clues: self.looked_through(&texts),
            end: end_of(item, today),
            names,
            group: self.group_of(id.into()).map(|id| (id, self.group_name(id))),
            may_write: true,
            conflicts: Vec::new(),
            item: item.clone(),
        })
    }

    /// What ends within so many days after a day and was not passed on, the earliest first.
    pub fn information_due(&self, day: NaiveDate, days_after: u64) -> Vec<InformationDueRow> {
        let horizon = day.checked_add_days(Days::new(days_after)).unwrap_or(day);
        let row = |item: &InformationItem| {
            let until = item.waits_until(day).filter(|until| *until <= horizon)?;
            Some(InformationDueRow { id: item.id, title: item.title.clone(), source: self.source_of(item), until })
        };
        let mut rows: Vec<InformationDueRow> = self.information().filter_map(row).collect();
        rows.sort_by_cached_key(|row| (row.until, sort_key(&row.title), row.id));
        rows
    }

    /// Who says it, by their name where they are in the directory.
    fn source_of(&self, item: &InformationItem) -> String {
        let named = item.source_entry.map(|entry| self.name_of_entry(entry));
        named.filter(|name| !name.is_empty()).unwrap_or_else(|| item.source.clone())
    }

    // ── The noticeboard ─────────────────────────────────────────────────────────────────────────────────────────────

    /// What was chosen for the sheet of a month, on each device that began one.
    pub fn board_sheets(&self, month: Period) -> Vec<(DocId, &BoardSheet)> {
        let number = month.number();
        let all = self.every().filter(|(_, cached)| !cached.undone && cached.header.period == number);
        let mut found: Vec<_> = all
            .filter_map(|(id, cached)| match &cached.content {
                Content::BoardSheet(sheet) => Some((id, &**sheet)),
                _ => None,
            })
            .collect();
        found.sort_by_key(|(id, _)| *id);
        found
    }

    /// The sheet of a month, seen from a day.
    pub fn board(&self, month: Period, today: NaiveDate) -> BoardFile {
        let chosen = BoardSheet::together(self.board_sheets(month).into_iter().map(|(_, sheet)| sheet));
        let items = self.information().filter(|item| item.for_board && item.holds_in(month, today));
        let items = items.map(|item| (self.line_of_item(item), true));
        let own = self.events().filter(|event| self.group_of(event.id.into()).is_none());
        // An event is only proposed: a lunch of professionals is on no noticeboard.
        let events = own.filter_map(|event| Some((self.line_of_event(event, month, today)?, false)));
        let mut lines: Vec<(BoardLine, bool)> = items.chain(events).collect();
        lines.sort_by_cached_key(|(line, _)| {
            (chosen.place(line.id), line.day().is_none(), line.day(), sort_key(&line.title), line.id)
        });
        let is_on = |line: &BoardLine, by_itself: bool| chosen.chosen.get(&line.id).copied().unwrap_or(by_itself);
        let (on, off): (Vec<_>, Vec<_>) = lines.into_iter().partition(|(line, by_itself)| is_on(line, *by_itself));
        let on: Vec<BoardLine> = on.into_iter().map(|(line, _)| line).collect();
        let texts: Vec<&str> = [chosen.note.as_str()].into_iter().chain(on.iter().flat_map(BoardLine::texts)).collect();
        let note = [vec![chosen.note.as_str()]].into_iter();
        BoardFile {
            month,
            clues: self.looked_through(&texts),
            holds_on_a_page: holds_on_a_page(note.chain(on.iter().map(BoardLine::texts))),
            off: off.into_iter().map(|(line, _)| line).collect(),
            note: chosen.note.clone(),
            on,
        }
    }

    /// What names someone in what is to be printed, each with the text in which it stands. Whoever of the directory is met in
    /// their trade may be named there.
    fn looked_through(&self, texts: &[&str]) -> Vec<(Clue, String)> {
        let found = texts.chunks(AT_ONCE).flat_map(|some| {
            let clues = self.clues(some, WrittenFor::Project).into_iter();
            clues.filter_map(move |clue| {
                let text = (*some.get(usize::from(clue.text))?).to_owned();
                Some((clue, text))
            })
        });
        found.collect()
    }

    fn line_of_item(&self, item: &InformationItem) -> BoardLine {
        BoardLine {
            id: item.id.into(),
            title: item.title.clone(),
            words: item.summary.clone(),
            what: BoardWhat::Information {
                id: item.id,
                source: self.source_of(item),
                link: item.link.clone(),
                audience: item.audience.clone(),
                until: item.expires,
            },
        }
    }

    /// An event that takes place in a month and is not over that day.
    fn line_of_event(&self, event: &Event, month: Period, today: NaiveDate) -> Option<BoardLine> {
        let (first, last) = days_of(month)?;
        let days = event.days()?;
        let from = if today > last { first } else { first.max(today) };
        let takes_place = matches!(event.state, EventState::Planned | EventState::Held(_));
        (takes_place && days.0 <= last && days.1 >= from).then(|| {
            let commune = event.commune.as_ref().map(|commune| commune.name.as_str()).unwrap_or_default();
            let named = event.host_entry.map(|entry| self.name_of_entry(entry)).filter(|name| !name.is_empty());
            // Many an event says where it takes place only by who receives it.
            let host = named.unwrap_or_else(|| event.host.clone());
            let place = [event.place.trim(), host.trim(), commune].into_iter().filter(|words| !words.is_empty());
            let mut place: Vec<&str> = place.collect();
            place.dedup();
            BoardLine {
                id: event.id.into(),
                title: event.title.clone(),
                words: event.theme.clone(),
                what: BoardWhat::Event { id: event.id, days, starts: event.starts, place: place.join(", ") },
            }
        })
    }
}

fn end_of(item: &InformationItem, today: NaiveDate) -> InformationEnd {
    match item.expires {
        None => InformationEnd::None,
        Some(day) if item.was_missed(today) => InformationEnd::Missed(day),
        Some(day) if item.is_over(today) => InformationEnd::Over(day),
        Some(day) => InformationEnd::Until { day, days_left: u32::try_from((day - today).num_days()).unwrap_or(0) },
    }
}
