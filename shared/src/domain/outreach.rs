//! Care that comes here: a specialist's outreach consultation, a mobile team, a duty rota. Where and when, how one is referred,
//! what happened on a day, and who is on duty.
//!
//! Of those who come there are counts only, and nobody is named. Several coordinators write in one service: each field of each
//! line is written apart. What nobody knows is not zero.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendar::Zone;
use super::coded::coded;
use super::event::EventCommune;
use super::ids::{EntryId, LineId, OutreachId};
use super::mission::is_commune_code;
use super::roadmap_parts::roadmap_line;

pub use super::outreach_changes::{OutreachChange, OutreachLines};
pub use super::outreach_dates::{DateDoubt, DateIs, DaySpan, OutreachDate, Rota};
pub use super::outreach_recurrence::{Nth, Recurrence};
pub use super::outreach_sessions::{DaySays, FillRate, SessionState};
pub use super::roadmap_parts::{Fielded, Line, Part};

/// Nobody receives so many on one day: whatever is more is a slip of the hand.
pub const MOST_PLACES: u32 = 10_000;

/// A service that comes to a place, or is on duty for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutreachService {
    /// Names the service.
    pub id: OutreachId,
    /// What is said of the whole of it.
    pub about: OutreachAbout,
    /// Where it is.
    pub places: Vec<OutreachPlace>,
    /// Days that are left out, and days that are added.
    pub days: Vec<OutreachDay>,
    /// What happened on its days.
    pub sessions: Vec<OutreachSession>,
    /// Who is on duty, and when.
    pub turns: Vec<OutreachTurn>,
    /// Whether it was a mistake.
    pub withdrawn: bool,
}

coded! {
    /// What a service is.
    #[derive(Default)]
    OutreachKind {
        /// Nobody said.
        #[default]
        NotSaid = "not_said",
        /// A specialist who comes on some days.
        Consultation = "consultation",
        /// A team or a bus that goes from place to place.
        MobileTeam = "mobile_team",
        /// Professionals who are on duty in turn.
        DutyRota = "duty_rota",
    }
}

impl Part for OutreachKind {
    fn written(&self, _: &str) -> String {
        self.code().to_owned()
    }

    fn read(&mut self, name: &str, text: &str) -> bool {
        if name.is_empty() {
            *self = if text.is_empty() { OutreachKind::default() } else { OutreachKind::from_code(text) };
        }
        name.is_empty()
    }

    fn words(&self) -> Vec<String> {
        match self {
            OutreachKind::Unknown(text) => vec![text.clone()],
            _ => Vec::new(),
        }
    }

    fn is_known(&self) -> bool {
        !matches!(self, OutreachKind::Unknown(_))
    }
}

roadmap_line! {
    /// What is said of the whole of a service. Its id is no line's: it is written at the root.
    OutreachAbout {
        /// What it is called.
        title: String,
        /// What it is.
        kind: OutreachKind,
        /// Who carries it, in words.
        who: String,
        /// Who carries it, where they are in the directory.
        who_entry: Option<EntryId>,
        /// What it offers.
        offers: String,
        /// For whom.
        public: String,
        /// When it comes back.
        recurrence: Recurrence,
        /// Its first day; none is that nobody said.
        begins: Option<NaiveDate>,
        /// Its last day; none is that it goes on.
        ends: Option<NaiveDate>,
        /// At which hours.
        hours: String,
        /// How many places there are each time; none is that nobody said.
        capacity: Option<u32>,
        /// How one is referred: by the doctor, by telephone, without appointment.
        referral: String,
        /// The number for this.
        phone: String,
        /// How long one waits for a place.
        delay: String,
        /// When someone last made sure of all this.
        checked_on: Option<NaiveDate>,
        /// What else is to be known.
        note: String,
        /// Why what is said of it is to be verified; empty when it is certain.
        to_verify: String,
    }
}

roadmap_line! {
    /// A place of a service.
    OutreachPlace {
        /// In which commune.
        commune: Option<EventCommune>,
        /// The address, the room.
        address: String,
        /// The département, where it is another; in words.
        department: String,
    }
}

roadmap_line! {
    /// A day on which it is otherwise than it comes back.
    OutreachDay {
        /// Which day.
        day: Option<NaiveDate>,
        /// Whether it is left out, and why, or added.
        says: DaySays,
    }
}

roadmap_line! {
    /// What happened on a day. There are counts, and nobody is named.
    OutreachSession {
        /// Which day.
        day: Option<NaiveDate>,
        /// Whether it was held; what was cancelled says why.
        state: SessionState,
        /// How many places there were; none is that nobody said.
        offered: Option<u32>,
        /// How many were taken.
        taken: Option<u32>,
        /// How many of those did not come.
        no_shows: Option<u32>,
    }
}

roadmap_line! {
    /// A turn of duty: from a day through another.
    OutreachTurn {
        /// Its first day.
        from: Option<NaiveDate>,
        /// Its last day.
        until: Option<NaiveDate>,
        /// Who is on duty, in words.
        who: String,
        /// Who is on duty, where they are in the directory.
        who_entry: Option<EntryId>,
        /// The number to call then.
        phone: String,
    }
}

impl OutreachPlace {
    /// The département, where it is another than that of a commune: as it was written, else as the list has it.
    pub fn department_beside(&self, own_commune: &str) -> String {
        let written = self.department.trim();
        if !written.is_empty() {
            return written.to_owned();
        }
        let key = self.commune.as_ref().map(|commune| commune.key.as_str()).unwrap_or_default();
        match (department_of(key), department_of(own_commune)) {
            (Some(there), Some(here)) if there != here => there.to_owned(),
            _ => String::new(),
        }
    }
}

/// The département of a commune by its code: overseas they have three figures.
fn department_of(code: &str) -> Option<&str> {
    let length = if code.starts_with("97") { 3 } else { 2 };
    code.get(..length).filter(|_| is_commune_code(code))
}

impl OutreachService {
    /// A service of which nothing is said yet.
    pub fn empty(id: OutreachId) -> Self {
        OutreachService {
            id,
            about: OutreachAbout::empty(LineId([0; 16])),
            places: Vec::new(),
            days: Vec::new(),
            sessions: Vec::new(),
            turns: Vec::new(),
            withdrawn: false,
        }
    }

    /// Who of the directory is named in it.
    pub fn entries(&self) -> impl Iterator<Item = EntryId> {
        self.about.who_entry.into_iter().chain(self.turns.iter().filter_map(|turn| turn.who_entry))
    }

    /// The communes in which it is, each once.
    pub fn communes(&self) -> Vec<&EventCommune> {
        let mut communes: Vec<&EventCommune> = Vec::new();
        for commune in self.places.iter().filter_map(|place| place.commune.as_ref()) {
            if communes.iter().all(|there| there.key != commune.key) {
                communes.push(commune);
            }
        }
        communes
    }

    /// Whose holidays are those of its days: of its first commune that the list has, else of whoever reads.
    pub fn zone(&self, own: Zone) -> Zone {
        let code = self.communes().into_iter().find(|commune| is_commune_code(&commune.key));
        code.map_or(own, |commune| Zone::of_commune(&commune.key))
    }

    /// How many of its places were taken, through a day.
    pub fn fill_rate(&self, today: NaiveDate) -> FillRate {
        FillRate::of(self.sessions.iter().filter(|session| session.day.is_none_or(|day| day <= today)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(key: &str, department: &str) -> OutreachPlace {
        let commune = Some(EventCommune { key: key.into(), name: "Ici".into() });
        OutreachPlace { commune, department: department.into(), ..OutreachPlace::empty(LineId([1; 16])) }
    }

    #[test]
    fn a_department_is_said_where_it_is_another() {
        let own = "13096";
        let said = |key: &str, department: &str| place(key, department).department_beside(own);
        assert_eq!(said("13004", ""), "");
        assert_eq!(said("30032", ""), "30");
        assert_eq!(said("97411", ""), "974");
        assert_eq!(said("30032", "le Gard"), "le Gard");
        assert_eq!(said("beaucaire", ""), "", "nobody can tell");
        assert_eq!(place("30032", "").department_beside("saint remy"), "");
    }

    #[test]
    fn a_typed_commune_is_words_and_a_chosen_one_is_not() {
        let mut commune: Option<EventCommune> = None;
        assert!(commune.read("", "30032\tBeaucaire") && commune.is_some());
        let typed = Some(EventCommune { key: "chez odette".into(), name: "Chez Odette".into() });
        assert_eq!(typed.words(), ["chez odette", "Chez Odette"]);
        assert!(place("30032", "").commune.words().is_empty());
        assert!(!commune.read("x", "") && !commune.read("", "sans clé"), "it is no such value");
    }

    #[test]
    fn the_holidays_are_those_of_the_place() {
        let mut service = OutreachService::empty(OutreachId([9; 16]));
        assert_eq!(service.zone(Zone::France), Zone::France);
        service.places.push(place("67482", ""));
        assert_eq!(service.zone(Zone::France), Zone::AlsaceMoselle);
    }
}
