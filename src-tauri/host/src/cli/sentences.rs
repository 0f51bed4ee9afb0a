//! The command line's own table of words: French, and English.
//!
//! Screens have theirs elsewhere; the engine speaks neither.

use std::io;
use std::path::Path;

use maillon_shared::api::Failure;
use maillon_shared::api::errors::{Damage, FileProblem, Invalid, NotShared};
use maillon_shared::api::responses::{Today, Verification};
use maillon_shared::domain::person::Silence;
use maillon_shared::text::format::{DateStyle, date};
use maillon_shared::text::french::typeset;
use maillon_shared::text::language::Language;

use super::problem::Problem;

/// The same words in both languages.
#[derive(Clone, Copy)]
pub(super) struct Words {
    fr: &'static str,
    en: &'static str,
}

impl Words {
    pub(super) fn in_language(self, language: Language) -> String {
        pick(language, self.fr, self.en)
    }
}

pub(super) const LATE: Words = Words { fr: "En retard", en: "Late" };
pub(super) const DUE: Words = Words { fr: "Pour aujourd'hui", en: "Due today" };
pub(super) const WEEK: Words = Words { fr: "Dans la semaine", en: "Within the week" };
pub(super) const REQUESTS: Words = Words { fr: "Demandes à écouter", en: "Requests to hear" };
pub(super) const UNSEEN: Words = Words { fr: "Pas vu depuis longtemps", en: "Not seen for long" };

pub(super) fn pick(language: Language, fr: impl AsRef<str>, en: impl AsRef<str>) -> String {
    match language {
        Language::Fr => typeset(fr.as_ref()),
        Language::En => en.as_ref().to_owned(),
    }
}

// ── Questions ───────────────────────────────────────────────────────────────────────────────────────────────────────

pub(super) fn ask_passphrase(language: Language) -> String {
    pick(language, "Phrase de passe : ", "Passphrase: ")
}

pub(super) fn ask_new_passphrase(language: Language) -> String {
    pick(language, "Nouvelle phrase de passe : ", "New passphrase: ")
}

pub(super) fn ask_passphrase_again(language: Language) -> String {
    pick(language, "Encore une fois : ", "Once more: ")
}

// ── What was done ───────────────────────────────────────────────────────────────────────────────────────────────────

pub(super) fn status(there: bool, language: Language) -> String {
    match there {
        true => pick(language, "Un carnet, fermé.", "A notebook, locked."),
        false => pick(language, "Pas encore de carnet ici.", "No notebook here yet."),
    }
}

pub(super) fn created(words: &[String], language: Language) -> String {
    let numbered: Vec<String> = (1..).zip(words).map(|(number, word)| format!("{number:>2}. {word}")).collect();
    let lead = pick(
        language,
        "Carnet créé. Recopiez ces 24 mots sur du papier : ils ouvrent le carnet et ses sauvegardes si la phrase de \
         passe est perdue. Ils ne contiennent aucune donnée, et ne seront plus montrés.",
        "Notebook created. Copy these 24 words onto paper: they open the notebook and its backups if the passphrase is \
         lost. They hold no data, and will not be shown again.",
    );
    format!("{lead}\n\n{}", numbered.join("\n"))
}

pub(super) fn passphrase_changed(language: Language) -> String {
    pick(language, "La phrase de passe est changée.", "The passphrase is changed.")
}

pub(super) fn restored(language: Language) -> String {
    pick(
        language,
        "Carnet restauré. Il s'ouvre avec la phrase de passe qu'avait le carnet sauvegardé, ou avec ses 24 mots. \
         Vérifiez-le : maillon verify.",
        "Notebook restored. It opens with the passphrase that the notebook in the backup had, or with its 24 words. \
         Verify it: maillon verify.",
    )
}

pub(super) fn written(path: &Path, language: Language) -> String {
    let path = path.display();
    pick(language, format!("Écrit et relu : {path}"), format!("Written and read back: {path}"))
}

pub(super) fn day(today: &Today, language: Language) -> String {
    let (day, people, noted) = (date(today.day, DateStyle::WeekdayDayYear, language), today.people, today.noted_today);
    pick(
        language,
        format!("{day} · personnes : {people} · notes du jour : {noted}"),
        format!("{day} · people: {people} · notes today: {noted}"),
    )
}

pub(super) fn verified(verified: &Verification, language: Language) -> String {
    let Verification { documents, unreadable, stale_views, acts } = verified;
    pick(
        language,
        format!(
            "Documents vérifiés : {documents}, illisibles : {unreadable}, vues refaites : {stale_views}, gestes au \
             journal : {acts}."
        ),
        format!(
            "Documents verified: {documents}, unreadable: {unreadable}, views made again: {stale_views}, acts in the \
             journal: {acts}."
        ),
    )
}

// ── What was not ────────────────────────────────────────────────────────────────────────────────────────────────────

pub(super) fn problem(problem: &Problem, language: Language) -> String {
    let say = |fr: &str, en: &str| pick(language, fr, en);
    match problem {
        Problem::NoCommand => say("que faire ? Voir maillon --help", "do what? See maillon --help"),
        Problem::UnknownCommand(name) => {
            pick(language, format!("commande inconnue : {name}"), format!("unknown command: {name}"))
        }
        Problem::UnknownOption(name) => {
            pick(language, format!("option inconnue : {name}"), format!("unknown option: {name}"))
        }
        Problem::OptionLacksValue(name) => {
            pick(language, format!("--{name} attend une valeur"), format!("--{name} expects a value"))
        }
        Problem::OptionNotHere(name) => pick(
            language,
            format!("--{name} ne va pas avec cette commande"),
            format!("--{name} does not go with this command"),
        ),
        Problem::BadValue(name) => pick(
            language,
            format!("la valeur donnée à {name} n'est pas comprise"),
            format!("the value given to {name} is not understood"),
        ),
        Problem::Lacks(what) => pick(language, format!("il manque {what}"), format!("{what} is missing")),
        Problem::TooMany => say("il y a trop d'arguments", "there are too many arguments"),
        Problem::NoFolder => say(
            "quel carnet ? Donnez --notebook DOSSIER, ou MAILLON_NOTEBOOK",
            "which notebook? Give --notebook DIR, or MAILLON_NOTEBOOK",
        ),
        Problem::NoPassphrase => say(
            "personne à qui demander la phrase de passe : donnez --passphrase-file FICHIER",
            "nobody to ask for the passphrase: give --passphrase-file FILE",
        ),
        Problem::PassphrasesDiffer => say("les deux phrases de passe diffèrent", "the two passphrases differ"),
        Problem::BadLine(number) => pick(
            language,
            format!("la ligne {number} n'est pas comprise ; attendu : champ: valeur"),
            format!("line {number} is not understood; expected: field: value"),
        ),
        Problem::Unreadable(path, error) => file_problem(language, path, error, ("illisible", "cannot be read")),
        Problem::Unwritable(path, error) => {
            file_problem(language, path, error, ("impossible à écrire", "cannot be written"))
        }
        Problem::WrittenOtherwise(path) => pick(
            language,
            format!("{} : relu, ce n'est pas ce qui a été écrit ; ce support est à changer", path.display()),
            format!("{}: what is read back is not what was written; change this medium", path.display()),
        ),
        Problem::Input(error) => pick(
            language,
            format!("l'entrée standard est illisible ({error})"),
            format!("standard input cannot be read ({error})"),
        ),
        Problem::Output(error) => pick(
            language,
            format!("la sortie standard ne peut pas être écrite ({error})"),
            format!("standard output cannot be written ({error})"),
        ),
        Problem::Refused(failure) => refused(failure, language),
        Problem::DamagedDocuments(number) => pick(
            language,
            format!("documents abîmés : {number} ; restaurez une sauvegarde dans un autre dossier"),
            format!("documents damaged: {number}; restore a backup into another folder"),
        ),
        Problem::RefusedLines(number) => pick(
            language,
            format!("lignes refusées : {number} ; les autres sont dans le carnet"),
            format!("lines refused: {number}; the others are in the notebook"),
        ),
        Problem::NotCompared(words) => {
            let words = words.join(" ");
            pick(
                language,
                format!(
                    "lisez ces huit mots sur l'autre appareil ; s'ils sont les mêmes, redonnez-les : --compared \"{words}\""
                ),
                format!(
                    "read these eight words on the other device; if they are the same, say them: --compared \"{words}\""
                ),
            )
        }
        Problem::Unexpected => say("réponse inattendue", "unexpected answer"),
    }
}

fn file_problem(language: Language, path: &Path, error: &io::Error, (fr, en): (&str, &str)) -> String {
    let path = path.display();
    match error.kind() {
        io::ErrorKind::NotFound => pick(language, format!("{path} : introuvable"), format!("{path}: not found")),
        io::ErrorKind::AlreadyExists => pick(
            language,
            format!("{path} existe déjà, et n'est pas remplacé"),
            format!("{path} is already there, and is not written over"),
        ),
        _ => pick(language, format!("{path} : {fr} ({error})"), format!("{path}: {en} ({error})")),
    }
}

fn refused(failure: &Failure, language: Language) -> String {
    let say = |fr: &str, en: &str| pick(language, fr, en);
    match failure {
        Failure::NoNotebook => say("pas de carnet ici", "no notebook here"),
        Failure::NotebookExists => say(
            "il y a déjà un carnet ici, et il n'est pas remplacé",
            "there already is a notebook here, left as it is",
        ),
        Failure::Locked => say("le carnet est fermé", "the notebook is locked"),
        Failure::WrongPassphrase => say(
            "ce n'est pas la phrase de passe de ce carnet ; le carnet est intact",
            "this is not the passphrase of this notebook; the notebook is sound",
        ),
        Failure::WrongWords => say(
            "ce ne sont pas les 24 mots de ce carnet ; le carnet est intact",
            "these are not the 24 words of this notebook; the notebook is sound",
        ),
        Failure::UnknownWord(number) => pick(
            language,
            format!("le mot {number} n'est pas de la liste"),
            format!("word {number} is none of the list"),
        ),
        Failure::NotTwentyFourWords(number) => {
            pick(language, format!("mots donnés : {number}, au lieu de 24"), format!("words given: {number}, not 24"))
        }
        Failure::WordsDoNotAgree => say(
            "ces 24 mots ne vont pas ensemble : l'un est faux, ou deux sont inversés",
            "these 24 words do not go together: one is wrong, or two are swapped",
        ),
        Failure::EmptyPassphrase => say("la phrase de passe est vide", "the passphrase is empty"),
        Failure::Damaged(Damage::Header) => say(
            "l'en-tête du carnet est abîmé : restaurez une sauvegarde dans un autre dossier",
            "the notebook's header is damaged: restore a backup into another folder",
        ),
        Failure::Damaged(Damage::Document) => say(
            "un document du carnet est abîmé : maillon verify dit combien",
            "a document of the notebook is damaged: maillon verify says how many",
        ),
        Failure::Damaged(Damage::Store) => say(
            "le fichier du carnet est abîmé : restaurez une sauvegarde dans un autre dossier",
            "the notebook's file is damaged: restore a backup into another folder",
        ),
        Failure::UnknownKey => {
            say("scellé avec une clé que cet appareil n'a pas", "sealed with a key that this device does not have")
        }
        Failure::TooNew => say(
            "écrit par une version plus récente de Maillon : mettez à jour",
            "written by a newer version of Maillon: update",
        ),
        Failure::Full => say("le disque est plein ; rien n'a été changé", "the disk is full; nothing was changed"),
        Failure::ReadOnly => say("ce dossier ne peut pas être écrit", "this folder cannot be written"),
        Failure::InUse => say(
            "le carnet est ouvert dans une autre fenêtre ou un autre programme",
            "the notebook is open in another window or program",
        ),
        Failure::System(words) => {
            pick(language, format!("le système refuse : {words}"), format!("the system refuses: {words}"))
        }
        Failure::NotFound => say("introuvable dans ce carnet", "not found in this notebook"),
        Failure::WrittenSince => say("quelqu'un y a écrit depuis", "someone wrote there since"),
        Failure::AlreadyUndone => say("déjà défait", "already undone"),
        Failure::Kept => say("la trace de ce qui a été remis reste", "the trace of what was given stays"),
        Failure::Gone => say("ce qui a été effacé ne revient pas", "what was erased does not come back"),
        Failure::NotYet(_) => say("cette demande n'en est pas là", "this request is not so far"),
        Failure::Provisional => say(
            "cette personne a été signalée et pas encore informée",
            "this person was reported and is not yet informed",
        ),
        Failure::NotPermitted(_) => {
            say("l'accord de la personne manque ou a pris fin", "the person's agreement is missing or has ended")
        }
        Failure::NotAccompanied(_) => {
            say("la personne n'a pas dit oui à être accompagnée", "the person has not agreed to be accompanied")
        }
        Failure::Silenced(silence) => match silence {
            Silence::Moved => say("cette personne a déménagé", "this person has moved"),
            Silence::Refuses => say("cette personne ne souhaite aucun contact", "this person wishes no contact"),
            Silence::Deceased => say("cette personne est décédée", "this person has died"),
            Silence::Unknown(_) => say(
                "une version plus récente a mis de côté cette personne : mettez à jour",
                "a newer version has set this person aside: update",
            ),
        },
        Failure::Invalid(invalid) => match invalid {
            Invalid::NoName => say("une fiche a besoin d'un nom", "a sheet needs a name"),
            Invalid::Empty => say("il n'y a rien à enregistrer", "there is nothing to save"),
            Invalid::Day => say("ce jour n'est pas possible ici", "this day is not possible here"),
            Invalid::NoReason => say("il faut une raison", "a reason is needed"),
            Invalid::NoRecipient => say("il faut dire à qui", "with whom is needed"),
            Invalid::NoWay => say("il faut dire comment cela a été dit", "how it was said is needed"),
            Invalid::SamePerson => {
                say("ces deux fiches sont déjà une seule personne", "these two are one person already")
            }
            Invalid::Away => say("cette personne est absente ce jour-là", "this person is away that day"),
            Invalid::TooFar => say("aucune tournée n'est si longue", "no round is so long"),
            Invalid::TooLong => say("ce texte est trop long", "this text is too long"),
            Invalid::NobodyToCall => say("il n'y a personne à appeler", "there is nobody to call"),
            Invalid::Closed => say("cette campagne est close", "this campaign is closed"),
            Invalid::StillOpen => say("cette campagne n'est pas close", "this campaign is not closed"),
            Invalid::NoOwner => say("il faut dire qui s'en charge", "who carries it is needed"),
            Invalid::Halted => say("ce projet est arrêté ou terminé", "this project is stopped or closed"),
            Invalid::AlreadyListed => say("la liste a déjà ces mots", "the list has these words already"),
            Invalid::ItemTooLong => {
                say("c'est trop long pour une entrée de liste", "this is too long for an item of a list")
            }
            Invalid::NeededItem => say("une règle a besoin de cette entrée", "a rule needs this item"),
            Invalid::OneSource => say("il faut deux situations au moins", "two situations at least are needed"),
            Invalid::NoReader => say("il faut une autre personne pour relire", "someone else must read it"),
            Invalid::OfAnotherGroup => say(
                "ce projet ou cet événement n'est pas de ce collectif : dites-le en toutes lettres",
                "that project or event is not of this group: say it in words",
            ),
            Invalid::NotHeld => say("ce temps d'échange n'a pas encore eu lieu", "this meeting was not held yet"),
            Invalid::NoRight => say(
                "un récit ne dit pas s'il est raconté avec un accord ou recomposé",
                "a story does not say whether it is told with an agreement or recomposed",
            ),
            Invalid::NoAgreement => say("il manque le jour d'un accord", "the day of an agreement is missing"),
            Invalid::CorrectedBefore => say("ce mois a déjà été corrigé", "this month was corrected already"),
            Invalid::TooMany => say(
                "les réponses comptées sont plus nombreuses que ceux qui ont répondu",
                "more answers are counted than people answered",
            ),
            Invalid::Answered => say("cette question a déjà des réponses", "this question was answered already"),
            Invalid::NamesSomeone => say("un indice désigne quelqu'un", "a clue names someone"),
        },
        Failure::UnreadableFile(problem) => match problem {
            FileProblem::Empty => say("ce fichier est vide", "this file is empty"),
            FileProblem::TooLarge => say("ce fichier est trop grand", "this file is too large"),
            FileProblem::UnknownKind => {
                say("ce fichier n'est d'aucune sorte connue", "this file is of no kind that is known")
            }
            FileProblem::Damaged => say("ce fichier est abîmé", "this file is damaged"),
        },
        Failure::NotLentForThis => say(
            "ce carnet a été prêté pour une campagne ou pour le registre, et rien d'autre",
            "this notebook was lent for one campaign or for the register, and for nothing else",
        ),
        Failure::MairieOnly => say(
            "ce carnet est celui de la mairie : il ne tient aucun dossier",
            "this notebook is the mairie's: it keeps no file on anyone",
        ),
        Failure::LendingOver => say(
            "le temps du prêt est passé : il ne reste qu'à rendre ce qui a été noté",
            "the time of the loan is over: what was noted can only be handed back",
        ),
        Failure::NotLentHere => say(
            "ce fichier ne vient pas d'un carnet prêté par celui-ci",
            "this file is not of a notebook lent by this one",
        ),
        Failure::LentForOther => say(
            "ce fichier vient d'un carnet prêté pour autre chose, ou à quelqu'un d'autre",
            "this file is of a notebook lent for something else, or to someone else",
        ),
        Failure::NotDesignated => say(
            "la désignation de cet agent ne vaut pas aujourd'hui",
            "the designation of this agent does not hold today",
        ),
        Failure::NotShared(why) => not_shared(*why, language),
        Failure::NotUnderstood => say("demande non comprise", "request not understood"),
        Failure::Stopped => say(
            "le moteur s'est arrêté sur une erreur à lui ; ce qui était enregistré l'est toujours",
            "the engine stopped on an error of its own; what was saved is safe",
        ),
    }
}

fn not_shared(why: NotShared, language: Language) -> String {
    let (fr, en) = match why {
        NotShared::NoName => ("cet appareil n'a pas encore de nom", "this device has no name yet"),
        NotShared::WordsNeeded => (
            "les 24 mots sont nécessaires, une seule fois, avant de partager",
            "the 24 words are needed, once, before anything is shared",
        ),
        NotShared::NotAMember => {
            ("cet appareil n'est pas l'un de ceux qui partagent", "this device is none of those that share")
        }
        NotShared::NotTheAdministrator => (
            "un autre appareil ajoute et retire : c'est à faire depuis lui",
            "another device adds and removes: do it there",
        ),
        NotShared::Who => (
            "cet appareil partage déjà, ou il a été retiré, ou il n'est pas connu",
            "this device shares already, or was removed, or is not known",
        ),
        NotShared::Copied => (
            "un autre appareil se sert de la même identité : ce carnet a été copié",
            "another device uses the same identity: this notebook was copied",
        ),
        NotShared::ForAnother => ("ce fichier est pour un autre appareil", "this file is for another device"),
        NotShared::NoCard => ("ce n'est pas la carte d'un appareil", "this is no device's card"),
        NotShared::SharesAlready => {
            ("ce carnet a déjà ses propres autres appareils", "this notebook has other devices of its own already")
        }
        NotShared::NothingForUs => (
            "ce fichier ne contient rien que cet appareil puisse lire",
            "this file holds nothing that this device can read",
        ),
        NotShared::FolderAway => (
            "le dossier commun n'est pas choisi, ou n'est pas joignable",
            "the shared folder was not chosen, or cannot be reached",
        ),
        NotShared::FolderNotAllowed => {
            ("le dossier commun ne peut pas être lu ou écrit", "the shared folder may not be read or written")
        }
        NotShared::FolderFull => ("le dossier commun est plein", "the shared folder is full"),
        NotShared::NoNetwork => ("aucun réseau n'est joignable d'ici", "no network can be reached from here"),
        NotShared::OtherWords => (
            "ces 24 mots ne sont pas ceux du carnet qui a ajouté les appareils",
            "these 24 words are not those of the notebook that added the devices",
        ),
        NotShared::NoCode => {
            ("ce n'est pas le code d'un appareil qui invite", "this is no code of a device that invites")
        }
        NotShared::OtherCompany => (
            "l'un parle d'un appareil à soi, l'autre d'un coordinateur voisin : rien n'est partagé",
            "one side means a device of their own, the other a neighbouring coordinator: nothing is shared",
        ),
        NotShared::NoCoordinator => (
            "les réglages ne disent pas qui tient ce carnet : un voisin ne saurait pas qui il lit",
            "the settings do not say who keeps this notebook: a neighbour would not know whom they read",
        ),
        NotShared::WordsNotCompared => (
            "comparez d'abord les huit mots avec qui a publié cette synthèse",
            "first compare the eight words with whoever published this summary",
        ),
        NotShared::SameName => (
            "deux coordinateurs du collectif porteraient le même nom : on ne saurait pas qui écrit",
            "two coordinators of the group would go by one name: nobody would know who writes",
        ),
        NotShared::KeepsTheList => (
            "vous tenez la liste de ce collectif : confiez-la ou mettez-y fin avant de le quitter",
            "you keep the list of this group: hand it on, or close the group, before leaving it",
        ),
        NotShared::NotOfTheGroup => (
            "vous n'êtes pas, ou plus, de ce collectif, ou il est clos : rien n'y est écrit",
            "you are not of this group, or no more, or it is closed: nothing is written in it",
        ),
        NotShared::OnAnotherDevice => (
            "cet appareil n'échange pas avec ce voisin : un autre des vôtres le fait",
            "this device does not exchange with that neighbour: another of yours does",
        ),
        NotShared::NoPairing => ("personne n'est là pour comparer des mots", "nobody is there to compare words with"),
    };
    pick(language, fr, en)
}

// ── Help ────────────────────────────────────────────────────────────────────────────────────────────────────────────

pub(super) fn help(language: Language) -> String {
    // Not typeset: options are to be copied as they are.
    match language {
        Language::Fr => include_str!("help.fr.txt").to_owned(),
        Language::En => include_str!("help.en.txt").to_owned(),
    }
}
