//! What is said otherwise of the directory and of people.

use leptos::prelude::*;
use maillon_shared::api::loading::LoadInto;
use maillon_shared::api::requests::ImportTarget;
use maillon_shared::domain::ids::{DiagnosisId, PersonId, RegisterEntryId};

use super::columns::gives_a_name;
use crate::routes::{DiagnosisRoute, DirectoryRoute, EventRoute, ProgrammeRoute, RegisterRoute, Route};
use crate::words::{
    Word, diagnosis, events, import as d, import_collective as c, import_people as p, import_register as i, programme,
    register as r,
};

/// Into what a file is taken.
#[derive(Clone, Copy)]
pub enum Takes {
    /// The directory, people, the register.
    Import(ImportTarget),
    /// What a collective keeps.
    Load(StoredValue<LoadInto>, LoadingOf),
}

/// Of what a table of a collective is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum LoadingOf {
    /// Communes, into a diagnosis.
    Communes(DiagnosisId),
    /// Events.
    Events,
    /// Priorities, into programmes.
    Priorities,
}

/// Into what a file is taken, and the words for it.
#[derive(Clone, Copy)]
pub struct About {
    pub into: Takes,
    pub back: Word,
    pub title: Word,
    pub lead: Word,
    /// The kinds of file that are proposed first.
    pub accept: &'static str,
    pub nothing_new: Word,
    pub undone: Word,
    pub see: Word,
    pub refused_lead: Word,
    pub remarks_title: Word,
    pub remarks_lead: Word,
}

/// What is said of a target.
pub fn about(into: ImportTarget) -> About {
    match into {
        ImportTarget::Directory => About {
            into: Takes::Import(into),
            back: d::back,
            title: d::title,
            lead: d::lead,
            accept: ".csv,.txt,.tsv,.ods,.xlsx,.vcf,.json,text/csv,text/plain,text/vcard",
            nothing_new: d::nothing_new,
            undone: d::undone,
            see: d::see,
            refused_lead: d::refused_lead,
            remarks_title: d::remarks_title,
            remarks_lead: d::remarks_lead,
        },
        ImportTarget::People => About {
            into: Takes::Import(into),
            back: p::back,
            title: p::title,
            lead: p::lead,
            accept: ".csv,.txt,.tsv,.ods,.xlsx,text/csv,text/plain",
            nothing_new: p::nothing_new,
            undone: p::undone,
            see: p::see,
            refused_lead: p::refused_lead,
            remarks_title: p::remarks_title,
            remarks_lead: p::remarks_lead,
        },
        ImportTarget::Register => About {
            into: Takes::Import(into),
            back: r::title,
            title: i::title,
            lead: i::lead,
            accept: ".csv,.txt,.tsv,.ods,.xlsx,text/csv,text/plain",
            nothing_new: i::nothing_new,
            undone: i::undone,
            see: i::see,
            refused_lead: i::refused_lead,
            remarks_title: p::remarks_title,
            remarks_lead: i::remarks_lead,
        },
    }
}

/// What is said of a table of a collective.
pub fn about_load(into: LoadInto, of: LoadingOf) -> About {
    About {
        into: Takes::Load(StoredValue::new(into), of),
        back: match of {
            LoadingOf::Communes(_) => diagnosis::the_diagnosis,
            LoadingOf::Events => events::title,
            LoadingOf::Priorities => programme::title,
        },
        title: match of {
            LoadingOf::Communes(_) => diagnosis::load,
            LoadingOf::Events => c::events,
            LoadingOf::Priorities => c::priorities,
        },
        lead: match of {
            LoadingOf::Communes(_) => diagnosis::load_lead,
            LoadingOf::Events => c::events_lead,
            LoadingOf::Priorities => c::priorities_lead,
        },
        accept: ".csv,.txt,.tsv,.ods,.xlsx,text/csv,text/plain",
        nothing_new: c::nothing_new,
        undone: c::undone,
        see: c::see,
        refused_lead: c::refused_lead,
        remarks_title: p::remarks_title,
        remarks_lead: c::remarks_lead,
    }
}

impl About {
    /// Whether the columns say what no line can do without, and what to say where they do not.
    pub fn needs(self, chosen: &[Option<String>]) -> Option<Word> {
        let has = |code: &str| chosen.iter().flatten().any(|field| field == code);
        let (is_ready, words) = match self.into {
            Takes::Import(_) => (gives_a_name(chosen), d::needs_name as Word),
            Takes::Load(_, LoadingOf::Communes(_)) => (has("commune_code") && has("commune"), c::needs_commune as Word),
            Takes::Load(_, LoadingOf::Events) => (has("title") || has("line_kind"), c::needs_title as Word),
            Takes::Load(_, LoadingOf::Priorities) => (has("object") && has("line_kind"), c::needs_object as Word),
        };
        (!is_ready).then_some(words)
    }

    /// Where someone whom a line may be of is looked at. An import names them by an id, whatever its list.
    pub fn of_someone(self, id: PersonId) -> Route {
        match self.into {
            Takes::Import(ImportTarget::Register) => Route::Register(RegisterRoute::Entry(RegisterEntryId(id.0))),
            _ => Route::Person(id),
        }
    }

    /// The list that one comes from, and goes back to.
    pub fn home(self) -> Route {
        match self.into {
            Takes::Import(ImportTarget::Directory) => Route::Directory(DirectoryRoute::List),
            Takes::Import(ImportTarget::People) => Route::People,
            Takes::Import(ImportTarget::Register) => Route::Register(RegisterRoute::List),
            Takes::Load(_, LoadingOf::Communes(id)) => Route::Diagnosis(DiagnosisRoute::One(id)),
            Takes::Load(_, LoadingOf::Events) => Route::Events(EventRoute::List),
            Takes::Load(_, LoadingOf::Priorities) => Route::Programme(ProgrammeRoute::List),
        }
    }
}
