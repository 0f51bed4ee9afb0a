//! The four entries in words: what each is, what it covers, when and how it was said.

use maillon_shared::domain::consent::{ConsentEntry, Objection, Purpose, Said, Sharing, Told};
use maillon_shared::domain::lists::ListId;

use crate::lists::label;
use crate::ui::Shape;
use crate::words::consent as w;
use crate::{browser, when};

/// Which of the four it is.
pub fn title(entry: &ConsentEntry) -> String {
    label(ListId::ConsentEntries, entry.said.code()).to_owned()
}

/// Its picture.
pub fn shape(entry: &ConsentEntry) -> Shape {
    if is_objection(entry) { Shape::Cross } else { Shape::Check }
}

/// Whether it forbids.
pub fn is_objection(entry: &ConsentEntry) -> bool {
    matches!(entry.said, Said::Objects(_))
}

/// What it covers, how it ended, and what there is to remember of it: a line each.
pub fn details(entry: &ConsentEntry) -> Vec<String> {
    let covers = match &entry.said {
        Said::Shares(sharing) => covered(sharing),
        Said::Objects(objection) => vec![objected(objection)],
        Said::Informed | Said::Accompanied => Vec::new(),
        Said::Unknown(_) => vec![w::not_understood().to_owned()],
    };
    let ended = entry.withdrawn.iter().map(|withdrawn| w::withdrawn(told(withdrawn)));
    let note = Some(entry.note.clone()).filter(|note| !note.trim().is_empty());
    covers.into_iter().chain(ended).chain(note).collect()
}

/// When it was said, and how.
pub fn told(told: &Told) -> String {
    let day = when::date(told.on, browser::today());
    w::told(day, label(ListId::ConsentWays, &told.how).to_lowercase())
}

fn covered(sharing: &Sharing) -> Vec<String> {
    let until = sharing.until.map(|day| w::until(when::date(day, browser::today())));
    let whom = [w::to(&sharing.recipient.name), purpose(&sharing.purpose)].join(" · ");
    [Some(whom), Some(w::what_is(&sharing.what)), until].into_iter().flatten().collect()
}

fn objected(objection: &Objection) -> String {
    match (&objection.recipient, &objection.purpose) {
        (None, None) => w::objects_to_all().to_owned(),
        (whom, to) => {
            let whom = whom.as_ref().map(|recipient| w::to(&recipient.name));
            [whom, to.as_ref().map(purpose)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        }
    }
}

fn purpose(purpose: &Purpose) -> String {
    label(ListId::ConsentPurposes, purpose.code()).to_owned()
}
