//! Why the door could not do it: values that a screen turns into one sentence and one action.
//!
//! None of them carries what a user wrote.

use serde::{Deserialize, Serialize};

use crate::domain::agreement::NotAccompanied;
use crate::domain::consent::Why;
use crate::domain::person::Silence;
use crate::domain::request::NotYet;

/// Why a request was refused. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// There is no notebook here yet.
    NoNotebook,
    /// There already is a notebook here.
    NotebookExists,
    /// The notebook is locked.
    Locked,
    /// The notebook is sound, and this passphrase does not open it.
    WrongPassphrase,
    /// The notebook is sound, and these words do not open it.
    WrongWords,
    /// This word is none of the list, counting from 1.
    UnknownWord(u8),
    /// There are not 24 words.
    NotTwentyFourWords(u8),
    /// Each word is one of the list, but together they make no key: one is wrong or two are swapped.
    WordsDoNotAgree,
    /// The passphrase is empty.
    EmptyPassphrase,
    /// The data are damaged.
    Damaged(Damage),
    /// Sealed with a key that this device does not have.
    UnknownKey,
    /// Written by a newer version, which alone can read it.
    TooNew,
    /// No space left.
    Full,
    /// The folder cannot be written.
    ReadOnly,
    /// The notebook is open in another window or tab.
    InUse,
    /// The system refused; its words, for whoever helps.
    System(String),
    /// There is no such record.
    NotFound,
    /// It cannot be undone: someone wrote there since.
    WrittenSince,
    /// It has already been undone.
    AlreadyUndone,
    /// It is a trace of what left the register, and stays.
    Kept,
    /// What was erased does not come back, nor does its count go.
    Gone,
    /// A request is not so far yet, or no longer.
    NotYet(NotYet),
    /// They were reported and not met: they are to be informed first.
    Provisional,
    /// Nothing is planned about this person: their state says why.
    Silenced(Silence),
    /// Nothing may be shared for this with them: why.
    NotPermitted(Why),
    /// They do not agree to be accompanied: why.
    NotAccompanied(NotAccompanied),
    /// The record lacks something, or holds something impossible.
    Invalid(Invalid),
    /// The file is none that is understood.
    UnreadableFile(FileProblem),
    /// The notebook was lent, for one campaign or for the register: it does nothing else.
    NotLentForThis,
    /// The notebook is a mairie's: it reads what is published for it, and does nothing else.
    MairieOnly,
    /// The time for which the notebook was lent is over: what was noted can only be handed back.
    LendingOver,
    /// The file does not come from a notebook that this one lent.
    NotLentHere,
    /// The file comes from a notebook that was lent for something else, or to someone else.
    LentForOther,
    /// The agent's designation for the register does not hold today.
    NotDesignated,
    /// It cannot be shared, or taken from another device: why.
    NotShared(NotShared),
    /// The request was not understood: screens and engine are not of one build.
    NotUnderstood,
    /// The engine has stopped after an error of its own; what was saved is safe.
    Stopped,
}

/// Why something is not shared with another device, or not taken from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotShared {
    /// This device has no name yet: the others would not know whom they talk to.
    NoName,
    /// The 24 words are needed once, before anything is shared: with them one takes over when a device is lost.
    WordsNeeded,
    /// This device is none of those that share.
    NotAMember,
    /// Another device decides who is one of them.
    NotTheAdministrator,
    /// That device is one of them already, or was.
    Who,
    /// Another device goes by this one's name and keys: this folder was copied.
    Copied,
    /// The file is for another device.
    ForAnother,
    /// The file is no device's card.
    NoCard,
    /// This notebook already shares with other devices: it cannot join those of another.
    SharesAlready,
    /// The file says nothing that this device may read.
    NothingForUs,
    /// No folder was chosen, or it cannot be reached now.
    FolderAway,
    /// The folder may not be read, or not be written.
    FolderNotAllowed,
    /// The folder is full.
    FolderFull,
    /// This host reaches no network of its own: a browser.
    NoNetwork,
    /// It is no code of a device that invites.
    NoCode,
    /// The twenty-four words are not those of the notebook that began to share.
    OtherWords,
    /// Nothing is being compared: the other left, or it took too long.
    NoPairing,
    /// One side means another of its own devices, the other a neighbouring coordinator.
    OtherCompany,
    /// The settings do not say who keeps this notebook: a neighbour would not know whom they read.
    NoCoordinator,
    /// This device is none of those that share with that neighbour: another of the coordinator's is.
    OnAnotherDevice,
    /// The words of whoever signed a summary were not compared yet.
    WordsNotCompared,
    /// Two coordinators of a group would go by one name.
    SameName,
    /// This coordinator keeps the list of that group: it is handed on, or the group closed, before they leave.
    KeepsTheList,
    /// This coordinator is of that group no more, or it is closed.
    NotOfTheGroup,
}

/// What is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Damage {
    /// The header: without it nothing opens.
    Header,
    /// A document, or its key.
    Document,
    /// The file that holds everything.
    Store,
}

/// What is wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Invalid {
    /// It has no name.
    NoName,
    /// It says nothing.
    Empty,
    /// The day is impossible here.
    Day,
    /// A reason is needed.
    NoReason,
    /// With whom is needed.
    NoRecipient,
    /// How it was said is needed.
    NoWay,
    /// The two are one person already.
    SamePerson,
    /// Nobody is there that day: they are away.
    Away,
    /// No round is so long.
    TooFar,
    /// The text is longer than any note: one million characters.
    TooLong,
    /// The list holds nobody to call.
    NobodyToCall,
    /// The campaign is closed.
    Closed,
    /// The campaign is not closed yet.
    StillOpen,
    /// An item of the list has these words.
    AlreadyListed,
    /// The words are too many for an item of a list.
    ItemTooLong,
    /// A rule needs the item, or the list as it is.
    NeededItem,
    /// Who carries it is needed.
    NoOwner,
    /// The project is stopped or closed.
    Halted,
    /// A situation is recomposed from two at least.
    OneSource,
    /// Someone else than the author reads it.
    NoReader,
    /// The question was answered: it keeps its meaning.
    Answered,
    /// A clue in the text names someone.
    NamesSomeone,
    /// What is to be shown in a group is not of that group: it is said in words there.
    OfAnotherGroup,
    /// Nobody said that the meeting was held.
    NotHeld,
    /// A story does not say by what right it is told.
    NoRight,
    /// A story is told with an agreement that has no day, or one that is to come.
    NoAgreement,
    /// The month was corrected already: it is once.
    CorrectedBefore,
    /// More answers are counted than people answered.
    TooMany,
}

/// Why a file was not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileProblem {
    /// Nothing is in it.
    Empty,
    /// It is larger than what is read.
    TooLarge,
    /// It is of no kind that is understood.
    UnknownKind,
    /// It is damaged.
    Damaged,
}
