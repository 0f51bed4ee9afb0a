//! Why something in a list stays, in words.

use maillon_shared::domain::list_rules::Need;

use crate::words::lists as w;

/// Why nothing is added to a list nor hidden from it.
pub fn closed_words(need: Need) -> &'static str {
    match need {
        Need::Scale => w::closed_scale(),
        Need::Law => w::closed_law(),
        Need::Rules | Need::Written | Need::Dates | Need::Rest => w::closed_rules(),
    }
}

/// Why an item is not hidden.
pub fn needed_words(need: Need) -> &'static str {
    match need {
        Need::Written => w::needed_written(),
        Need::Dates => w::needed_dates(),
        Need::Rest => w::needed_rest(),
        Need::Scale | Need::Law | Need::Rules => w::needed_rules(),
    }
}
