//! For each thing that can go wrong, one sentence that says it and one action that helps.

use maillon_shared::api::Failure;
use maillon_shared::api::errors::{Damage, FileProblem, Invalid, NotShared};
use maillon_shared::domain::person::Silence;
use maillon_shared::domain::request::NotYet;

use crate::words::{charter, failure, lists};

/// What the user may do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Mend what was typed: nothing to press.
    Mend,
    /// Ask again.
    Retry,
    /// Start the page anew.
    Reload,
    /// Save a backup while one can.
    Backup,
    /// Go to the list that it may be in.
    Home,
}

/// The sentence.
pub fn sentence(why: &Failure) -> String {
    match why {
        Failure::NoNotebook => failure::no_notebook().into(),
        Failure::NotebookExists => failure::notebook_exists().into(),
        Failure::Locked => failure::locked().into(),
        Failure::WrongPassphrase => failure::wrong_passphrase().into(),
        Failure::WrongWords => failure::wrong_words().into(),
        Failure::UnknownWord(place) => failure::unknown_word(place),
        Failure::NotTwentyFourWords(count) => failure::not_twenty_four(u32::from(*count)),
        Failure::WordsDoNotAgree => failure::words_do_not_agree().into(),
        Failure::EmptyPassphrase => failure::empty_passphrase().into(),
        Failure::Damaged(Damage::Header) => failure::damaged_header().into(),
        Failure::Damaged(Damage::Document) => failure::damaged_document().into(),
        Failure::Damaged(Damage::Store) => failure::damaged_store().into(),
        Failure::UnknownKey => failure::unknown_key().into(),
        Failure::TooNew => failure::too_new().into(),
        Failure::Full => failure::full().into(),
        Failure::ReadOnly => failure::read_only().into(),
        Failure::InUse => failure::in_use().into(),
        Failure::System(words) => failure::system(words),
        Failure::NotFound => failure::not_found().into(),
        Failure::WrittenSince => failure::written_since().into(),
        Failure::AlreadyUndone => failure::already_undone().into(),
        Failure::Kept => failure::kept().into(),
        Failure::Gone => failure::gone().into(),
        Failure::Provisional => failure::provisional().into(),
        Failure::NotYet(why) => not_yet(why).into(),
        Failure::Silenced(Silence::Moved) => failure::silenced_moved().into(),
        Failure::Silenced(Silence::Refuses) => failure::silenced_refuses().into(),
        Failure::Silenced(Silence::Deceased) => failure::silenced_deceased().into(),
        Failure::Silenced(Silence::Unknown(_)) => failure::silenced_unknown().into(),
        Failure::Invalid(Invalid::NoName) => failure::no_name().into(),
        Failure::Invalid(Invalid::Empty) => failure::empty().into(),
        Failure::Invalid(Invalid::Day) => failure::day().into(),
        Failure::Invalid(Invalid::NoReason) => failure::no_reason().into(),
        Failure::Invalid(Invalid::NoRecipient) => failure::no_recipient().into(),
        Failure::Invalid(Invalid::NoWay) => failure::no_way().into(),
        Failure::Invalid(Invalid::SamePerson) => failure::same_person().into(),
        Failure::Invalid(Invalid::Away) => failure::away().into(),
        Failure::Invalid(Invalid::TooFar) => failure::too_far().into(),
        Failure::Invalid(Invalid::TooLong) => failure::too_long().into(),
        Failure::Invalid(Invalid::NobodyToCall) => failure::nobody_to_call().into(),
        Failure::Invalid(Invalid::Closed) => failure::campaign_closed().into(),
        Failure::Invalid(Invalid::NoOwner) => failure::no_owner().into(),
        Failure::Invalid(Invalid::Halted) => failure::project_halted().into(),
        Failure::NotPermitted(_) => failure::not_permitted().into(),
        Failure::NotAccompanied(_) => failure::not_accompanied().into(),
        Failure::Invalid(Invalid::StillOpen) => failure::campaign_open().into(),
        Failure::Invalid(Invalid::AlreadyListed) => lists::already_listed().into(),
        Failure::Invalid(Invalid::ItemTooLong) => lists::too_long().into(),
        Failure::Invalid(Invalid::NeededItem) => lists::needed().into(),
        Failure::Invalid(Invalid::OneSource) => failure::one_source().into(),
        Failure::Invalid(Invalid::NoReader) => failure::no_reader().into(),
        Failure::Invalid(Invalid::NoRight) => failure::no_right().into(),
        Failure::Invalid(Invalid::NoAgreement) => failure::no_agreement().into(),
        Failure::Invalid(Invalid::CorrectedBefore) => failure::corrected_before().into(),
        Failure::Invalid(Invalid::NotHeld) => failure::not_held().into(),
        Failure::Invalid(Invalid::OfAnotherGroup) => failure::of_another_group().into(),
        Failure::Invalid(Invalid::Answered) => failure::answered().into(),
        Failure::Invalid(Invalid::TooMany) => charter::too_many().into(),
        Failure::Invalid(Invalid::NamesSomeone) => failure::names_someone().into(),
        Failure::NotLentForThis => failure::not_lent_for_this().into(),
        Failure::MairieOnly => failure::mairie_only().into(),
        Failure::LendingOver => failure::lending_over().into(),
        Failure::NotLentHere => failure::not_lent_here().into(),
        Failure::LentForOther => failure::lent_for_other().into(),
        Failure::NotDesignated => failure::not_designated().into(),
        Failure::UnreadableFile(FileProblem::Empty) => failure::file_empty().into(),
        Failure::UnreadableFile(FileProblem::TooLarge) => failure::file_too_large().into(),
        Failure::UnreadableFile(FileProblem::UnknownKind) => failure::file_unknown().into(),
        Failure::UnreadableFile(FileProblem::Damaged) => failure::file_damaged().into(),
        Failure::NotShared(why) => not_shared(*why).into(),
        Failure::NotUnderstood => failure::not_understood().into(),
        Failure::Stopped => failure::stopped().into(),
    }
}

/// Why a request is not so far yet, or no longer.
fn not_yet(why: &NotYet) -> &'static str {
    match why {
        NotYet::Heard => failure::not_heard(),
        NotYet::Analysed => failure::not_analysed(),
        NotYet::Chosen => failure::not_chosen(),
        NotYet::NoOption => failure::no_option(),
        NotYet::InUse => failure::listening_in_use(),
        NotYet::NoAnalysis => failure::no_analysis(),
        NotYet::NoOutcome => failure::no_outcome(),
        NotYet::NoReason => failure::no_closing_reason(),
        NotYet::Closed => failure::request_closed(),
        NotYet::StillOpen => failure::request_open(),
        NotYet::Agreed(_) => failure::not_agreed(),
    }
}

/// Why something is not shared with another device, or not taken from it.
fn not_shared(why: NotShared) -> &'static str {
    match why {
        NotShared::NoName => failure::no_device_name(),
        NotShared::WordsNeeded => failure::words_needed(),
        NotShared::NotAMember => failure::not_a_member(),
        NotShared::NotTheAdministrator => failure::not_the_administrator(),
        NotShared::Who => failure::device_known(),
        NotShared::Copied => failure::device_copied(),
        NotShared::ForAnother => failure::for_another(),
        NotShared::NoCard => failure::no_card(),
        NotShared::SharesAlready => failure::shares_already(),
        NotShared::NothingForUs => failure::nothing_for_us(),
        NotShared::FolderAway => failure::folder_away(),
        NotShared::FolderNotAllowed => failure::folder_not_allowed(),
        NotShared::FolderFull => failure::folder_full(),
        NotShared::NoNetwork => failure::no_network(),
        NotShared::OtherWords => failure::other_words(),
        NotShared::NoCode => failure::no_code(),
        NotShared::NoPairing => failure::no_pairing(),
        NotShared::OtherCompany => failure::other_company(),
        NotShared::NoCoordinator => failure::no_coordinator(),
        NotShared::WordsNotCompared => failure::words_not_compared(),
        NotShared::SameName => failure::same_name_in_group(),
        NotShared::KeepsTheList => failure::keeps_the_list(),
        NotShared::NotOfTheGroup => failure::not_of_the_group(),
        NotShared::OnAnotherDevice => failure::on_another_device(),
    }
}

/// The action.
pub fn remedy(why: &Failure) -> Remedy {
    match why {
        Failure::WrongPassphrase
        | Failure::WrongWords
        | Failure::UnknownWord(_)
        | Failure::NotTwentyFourWords(_)
        | Failure::WordsDoNotAgree
        | Failure::EmptyPassphrase
        | Failure::Silenced(_)
        | Failure::NotPermitted(_)
        | Failure::NotAccompanied(_)
        | Failure::Invalid(_)
        | Failure::UnreadableFile(_)
        | Failure::NotLentHere
        | Failure::LentForOther
        | Failure::NotDesignated
        | Failure::NotShared(_)
        | Failure::WrittenSince
        | Failure::AlreadyUndone
        | Failure::Kept
        | Failure::Gone
        | Failure::Provisional
        | Failure::NotYet(_) => Remedy::Mend,
        Failure::Full | Failure::ReadOnly | Failure::InUse | Failure::System(_) => Remedy::Retry,
        Failure::NoNotebook
        | Failure::NotebookExists
        | Failure::Locked
        | Failure::TooNew
        | Failure::UnknownKey
        | Failure::Damaged(Damage::Header | Damage::Store)
        | Failure::NotUnderstood
        | Failure::Stopped => Remedy::Reload,
        Failure::Damaged(Damage::Document) => Remedy::Backup,
        Failure::NotFound | Failure::NotLentForThis | Failure::MairieOnly | Failure::LendingOver => Remedy::Home,
    }
}
