//! What is said otherwise of the directory and of people.

use maillon_shared::api::requests::ImportTarget;
use maillon_shared::domain::ids::{PersonId, RegisterEntryId};

use crate::routes::{DirectoryRoute, RegisterRoute, Route};
use crate::words::{Word, import as d, import_people as p, import_register as i, register as r};

/// Into what a file is taken, and the words for it.
#[derive(Clone, Copy)]
pub struct About {
    pub into: ImportTarget,
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
            into,
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
            into,
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
            into,
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

impl About {
    /// Where someone whom a line may be of is looked at. An import names them by an id, whatever its list.
    pub fn of_someone(self, id: PersonId) -> Route {
        match self.into {
            ImportTarget::Register => Route::Register(RegisterRoute::Entry(RegisterEntryId(id.0))),
            ImportTarget::Directory | ImportTarget::People => Route::Person(id),
        }
    }

    /// The list that one comes from, and goes back to.
    pub fn home(self) -> Route {
        match self.into {
            ImportTarget::Directory => Route::Directory(DirectoryRoute::List),
            ImportTarget::People => Route::People,
            ImportTarget::Register => Route::Register(RegisterRoute::List),
        }
    }
}
