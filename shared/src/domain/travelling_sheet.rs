//! A sheet for another territory: an action that others could take up, a protocol, what was learnt. It says where it was
//! made, by which role, when, in which version, and from which other sheet it comes.
//!
//! It is written in words of its own: what it was begun from is copied once, and is not followed. It names nobody who is
//! accompanied. It leaves as [`Travelled`], which is made of a text in which every clue was looked at, and in which none
//! names such a person.

use std::fmt::Write as _;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::clues::{Clue, ClueKind, Weight};
use super::coded::coded;
use super::disclosure::PublicCount;
use super::ids::{CollectiveId, EventId, LineId, ProcedureId, ProgrammeId, ReceivedSheetId, SheetId};
use super::procedure::ProcedureStep;

pub use super::travelling_sheet_changes::{SheetChange, SheetLines};

/// A sheet that is written here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TravellingSheet {
    /// Names the sheet, here and wherever it goes.
    pub id: SheetId,
    /// What it says.
    pub says: SheetText,
    /// The sheets it was adapted from, the nearest first.
    pub chain: Vec<Provenance>,
    /// Each version that left.
    pub left: Vec<Leave>,
    /// Whether it was a mistake.
    pub withdrawn: bool,
}

/// What a sheet says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetText {
    /// What it is.
    pub kind: SheetKind,
    /// What it is called.
    pub title: String,
    /// Where it comes from, and why.
    pub context: String,
    /// For whom.
    pub public: String,
    /// The axes of the Ottawa charter and the determinants of health.
    pub axes: String,
    /// With what: people, rooms, money.
    pub means: String,
    /// What worked.
    pub worked: String,
    /// What one would do otherwise.
    pub to_change: String,
    /// On what conditions another territory could take it up.
    pub conditions: String,
    /// Whom to ask, as whoever writes says it.
    pub contact: String,
    /// Under what licence it may be taken up.
    pub licence: String,
    /// Where it was made.
    pub territory: String,
    /// Who wrote it, by their role.
    pub author: String,
    /// What is done, in order.
    pub steps: Vec<ProcedureStep>,
    /// With which kinds of structure.
    pub partners: Vec<SheetPartner>,
    /// What came of it.
    pub results: Vec<SheetResult>,
}

text_fields! {
    /// The text fields of a sheet.
    SheetField of SheetText {
        /// What it is called.
        Title = "title" => title,
        /// Where it comes from, and why.
        Context = "context" => context,
        /// For whom.
        Public = "public" => public,
        /// Axes and determinants.
        Axes = "axes" => axes,
        /// With what.
        Means = "means" => means,
        /// What worked.
        Worked = "worked" => worked,
        /// What one would do otherwise.
        ToChange = "to_change" => to_change,
        /// On what conditions.
        Conditions = "conditions" => conditions,
        /// Whom to ask.
        Contact = "contact" => contact,
        /// Under what licence.
        Licence = "licence" => licence,
        /// Where it was made.
        Territory = "territory" => territory,
        /// Who wrote it, by their role.
        Author = "author" => author,
    }
}

coded! {
    /// What a sheet is.
    #[derive(Default)]
    SheetKind {
        /// An action that others could take up.
        #[default]
        Action = "action",
        /// A protocol.
        Protocol = "protocol",
        /// What was learnt.
        Lessons = "lessons",
    }
}

/// A kind of structure that takes part: never which one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetPartner {
    /// Names the line.
    pub id: LineId,
    /// What kind of structure.
    pub kind: String,
    /// What it does.
    pub role: String,
}

text_fields! {
    /// The text fields of a partner.
    SheetPartnerField of SheetPartner {
        /// What kind of structure.
        Kind = "kind" => kind,
        /// What it does.
        Role = "role" => role,
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetResult {
    /// Names the line.
    pub id: LineId,
    /// What came of it.
    pub what: String,
    /// Of how many it is said; none is that the number is not published.
    pub n: Option<PublicCount>,
}

/// Where a version of a sheet comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The sheet.
    pub sheet: SheetId,
    /// Its version, from 1.
    pub version: u32,
    /// What it is called.
    pub title: String,
    /// Where it was made.
    pub territory: String,
    /// Who wrote it, by their role.
    pub author: String,
    /// The day it was made.
    pub made_on: NaiveDate,
}

/// That a version left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    /// Names the line.
    pub id: LineId,
    /// Its version, from 1.
    pub version: u32,
    /// The day.
    pub on: NaiveDate,
    /// What it said then: [`SheetText::fingerprint`].
    pub of: String,
}

/// From what a sheet is begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SheetSource {
    /// A collective project, as an action sheet; as what was learnt where it is closed.
    Project(CollectiveId),
    /// An event, as an action sheet; as what was learnt where it was held.
    Event(EventId),
    /// A programme that is closed, as what was learnt.
    Programme(ProgrammeId),
    /// A version of a procedure, as a protocol.
    Procedure(ProcedureId, LineId),
    /// A sheet that came from another territory.
    Received(ReceivedSheetId),
}

/// A sheet that leaves, or that came: a version, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Travelled {
    /// Where it comes from.
    pub provenance: Provenance,
    /// The sheets it was adapted from, the nearest first.
    pub chain: Vec<Provenance>,
    /// What it says.
    pub says: SheetText,
}

/// Why a sheet does not leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StaysHere {
    /// It has no title, or does not say where it was made.
    Unsigned,
    /// Someone who is accompanied is named in it, or may be known by it: so many times.
    NamesSomeone(u32),
    /// So many clues were not looked at.
    NotLookedAt(u32),
}

/// A clue that someone looked at and meant, there where it stands: the same words elsewhere may be someone else's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Meant {
    /// In which of the texts, from 0.
    pub text: u16,
    /// Where it begins in the text, in bytes.
    pub from: u32,
    /// What it is.
    pub kind: ClueKind,
    /// What it says.
    pub words: String,
}

impl Meant {
    /// That this clue is meant.
    pub fn of(clue: &Clue) -> Self {
        Meant { text: clue.text, from: clue.from, kind: clue.kind.clone(), words: clue.words.clone() }
    }
}

impl SheetText {
    /// Every text in it, in reading order, each with where it stands as a code.
    pub fn texts(&self) -> Vec<(String, &str)> {
        let mut texts: Vec<(String, &str)> =
            SheetField::ALL.iter().map(|field| (field.code().to_owned(), self.text(*field))).collect();
        texts.extend(self.steps.iter().flat_map(ProcedureStep::texts).map(|text| ("steps".to_owned(), text)));
        let partners = self.partners.iter().flat_map(|line| [line.kind.as_str(), &line.role]);
        texts.extend(partners.map(|text| ("partners".to_owned(), text)));
        texts.extend(self.results.iter().map(|line| ("results".to_owned(), line.what.as_str())));
        // What a newer version wrote may be words.
        if let SheetKind::Unknown(kind) = &self.kind {
            texts.push(("kind".to_owned(), kind));
        }
        texts
    }

    /// What tells one text from another: whoever takes in a version asks whether it is the one that they have.
    pub fn fingerprint(&self) -> String {
        let mut said = self.kind.code().to_owned();
        let mut say = |text: &str| {
            let _ = write!(said, "\u{1f}{}:{text}", text.len());
        };
        SheetField::ALL.iter().for_each(|field| say(self.text(*field)));
        for step in &self.steps {
            step.texts().for_each(&mut say);
            say(&step.after.map(|days| days.to_string()).unwrap_or_default());
        }
        say("");
        self.partners.iter().flat_map(|line| [&line.kind, &line.role]).for_each(|text| say(text));
        say("");
        for line in &self.results {
            say(&line.what);
            say(&line.n.map(|n| n.to_string()).unwrap_or_default());
        }
        let hash = said
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        format!("{hash:016x}")
    }

    /// What it says without the lines that say nothing, each line named by its place: what leaves is the same wherever it is
    /// read.
    fn without_blanks(&self) -> SheetText {
        let mut says = self.clone();
        says.steps.retain(|step| step.texts().any(|text| !text.trim().is_empty()));
        says.partners.retain(|line| !line.kind.trim().is_empty() || !line.role.trim().is_empty());
        says.results.retain(|line| !line.what.trim().is_empty());
        let placed = || (1_u128..).map(|at| LineId(at.to_be_bytes()));
        says.steps.iter_mut().zip(placed()).for_each(|(line, id)| line.id = id);
        says.partners.iter_mut().zip(placed()).for_each(|(line, id)| line.id = id);
        says.results.iter_mut().zip(placed()).for_each(|(line, id)| line.id = id);
        says
    }
}

impl TravellingSheet {
    /// A sheet of which nothing is said yet.
    pub fn empty(id: SheetId, kind: SheetKind) -> Self {
        let says = SheetText { kind, ..SheetText::default() };
        TravellingSheet { id, says, chain: Vec::new(), left: Vec::new(), withdrawn: false }
    }

    /// The last version that left.
    pub fn last_left(&self) -> Option<&Leave> {
        self.left.iter().max_by_key(|left| (left.version, left.on, left.id))
    }

    /// The version it leaves as: the last one, where not a word changed since.
    pub fn version(&self) -> u32 {
        match self.last_left() {
            Some(last) if last.of == self.says.fingerprint() => last.version,
            last => last.map_or(0, |last| last.version).saturating_add(1),
        }
    }

    /// Every text that leaves, each with where it stands as a code.
    pub fn texts(&self) -> Vec<(String, &str)> {
        let chain = self.chain.iter().flat_map(|from| [from.title.as_str(), &from.territory, &from.author]);
        self.says.texts().into_iter().chain(chain.map(|text| ("chain".to_owned(), text))).collect()
    }

    /// The sheet as it leaves that day. A clue that names someone who is accompanied stops it, whatever anyone says; every
    /// other one was looked at and meant.
    pub fn to_leave(&self, clues: &[Clue], meant: &[Meant], today: NaiveDate) -> Result<Travelled, StaysHere> {
        if self.says.title.trim().is_empty() || self.says.territory.trim().is_empty() {
            return Err(StaysHere::Unsigned);
        }
        let count = |clues: &mut dyn Iterator<Item = &Clue>| u32::try_from(clues.count()).unwrap_or(u32::MAX);
        let naming = count(&mut clues.iter().filter(|clue| clue.weight == Weight::Must));
        if naming > 0 {
            return Err(StaysHere::NamesSomeone(naming));
        }
        let is_meant = |clue: &Clue| meant.contains(&Meant::of(clue));
        let left = count(&mut clues.iter().filter(|clue| !is_meant(clue)));
        if left > 0 {
            return Err(StaysHere::NotLookedAt(left));
        }
        let version = self.version();
        let made_on = self.last_left().filter(|last| last.version == version).map_or(today, |last| last.on);
        Ok(Travelled {
            provenance: Provenance {
                sheet: self.id,
                version,
                title: self.says.title.clone(),
                territory: self.says.territory.clone(),
                author: self.says.author.clone(),
                made_on,
            },
            chain: self.chain.clone(),
            says: self.says.without_blanks(),
        })
    }
}

impl Travelled {
    /// Where a sheet that is adapted from this one comes from.
    pub fn chain_from_here(&self) -> Vec<Provenance> {
        [&self.provenance].into_iter().chain(&self.chain).take(LONGEST_CHAIN).cloned().collect()
    }

    /// Every word in it.
    pub fn words(&self) -> Vec<&str> {
        let chain = self.chain.iter().flat_map(|from| [from.title.as_str(), &from.territory, &from.author]);
        self.says.texts().into_iter().map(|(_, text)| text).chain(chain).collect()
    }
}

/// Nobody reads through more sheets than that to know where one comes from.
pub const LONGEST_CHAIN: usize = 20;

impl SheetPartner {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        SheetPartner { id, kind: String::new(), role: String::new() }
    }
}

impl SheetResult {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        SheetResult { id, what: String::new(), n: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> TravellingSheet {
        let mut sheet = TravellingSheet::empty(SheetId([1; 16]), SheetKind::Action);
        (sheet.says.title, sheet.says.territory) = ("Marcher le jeudi".into(), "Le pays des collines".into());
        sheet
    }

    fn clue(kind: ClueKind, weight: Weight, words: &str) -> Clue {
        Clue { text: 0, kind, weight, from: 0, to: 0, words: words.into() }
    }

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, n).expect("a day")
    }

    #[test]
    fn what_names_someone_stops_it_whatever_anyone_meant() {
        let name = clue(ClueKind::Name, Weight::Must, "Basile");
        let meant = [Meant::of(&name)];
        assert_eq!(sheet().to_leave(&[name], &meant, day(1)), Err(StaysHere::NamesSomeone(1)));
    }

    #[test]
    fn every_other_clue_is_looked_at_by_itself() {
        let clues = [clue(ClueKind::Phone, Weight::Look, "04 00"), clue(ClueKind::Email, Weight::Look, "04 00")];
        let meant = [Meant::of(&clues[0])];
        assert_eq!(sheet().to_leave(&clues, &meant, day(1)), Err(StaysHere::NotLookedAt(1)));
        assert!(sheet().to_leave(&clues[..1], &meant, day(1)).is_ok());
    }

    #[test]
    fn the_same_words_in_another_place_are_looked_at_again() {
        let doctor = clue(ClueKind::Professional, Weight::Look, "Martin");
        let neighbour = Clue { text: 1, ..doctor.clone() };
        let later = Clue { from: 12, to: 18, ..doctor.clone() };
        let meant = [Meant::of(&doctor)];
        assert_eq!(sheet().to_leave(&[doctor, neighbour, later], &meant, day(1)), Err(StaysHere::NotLookedAt(2)));
    }

    #[test]
    fn a_sheet_that_does_not_change_keeps_its_version_and_its_day() {
        let mut sheet = sheet();
        let first = sheet.to_leave(&[], &[], day(1)).expect("it leaves").provenance;
        assert_eq!((first.version, first.made_on), (1, day(1)));
        let of = sheet.says.fingerprint();
        sheet.left.push(Leave { id: LineId([2; 16]), version: 1, on: day(1), of });
        assert_eq!(sheet.to_leave(&[], &[], day(9)).expect("it leaves").provenance, first);
        sheet.says.results.push(SheetResult { what: "douze séances".into(), ..SheetResult::empty(LineId([3; 16])) });
        let second = sheet.to_leave(&[], &[], day(9)).expect("it leaves").provenance;
        assert_eq!((second.version, second.made_on), (2, day(9)));
    }

    #[test]
    fn where_it_comes_from_grows_by_one_at_each_territory() {
        let first = sheet().to_leave(&[], &[], day(1)).expect("it leaves");
        let mut adapted = TravellingSheet { chain: first.chain_from_here(), id: SheetId([9; 16]), ..sheet() };
        adapted.says.territory = "La vallée".into();
        let second = adapted.to_leave(&[], &[], day(2)).expect("it leaves");
        let territories: Vec<_> = second.chain_from_here().into_iter().map(|from| from.territory).collect();
        assert_eq!(territories, ["La vallée", "Le pays des collines"]);
    }
}
