//! What a sheet's fields said before.

use leptos::prelude::*;
use maillon_shared::domain::ids::PersonId;

use crate::ui::FieldsHistory;
use crate::words::sheet;

/// The history of a sheet, folded.
#[component]
pub fn History(id: PersonId) -> impl IntoView {
    view! { <FieldsHistory of=id.into() name=field_words value=|_, value| value.to_owned() /> }
}

/// What a field's path, in codes, is called on the sheet.
pub fn field_words(path: &str) -> String {
    let words = match path.split('.').next().unwrap_or_default() {
        "civility" => sheet::civility(),
        "given_name" => sheet::given_name(),
        "family_name" => sheet::family_name(),
        "usual_name" => sheet::usual_name(),
        "address_line" => sheet::line(),
        "hamlet" => sheet::hamlet(),
        "former_commune" => sheet::former_commune(),
        "postcode" => sheet::postcode(),
        "commune" => sheet::commune(),
        "email" => sheet::email(),
        "language" => sheet::language(),
        "household" => sheet::household(),
        "approach" => sheet::approach(),
        "notes" => sheet::notes(),
        "birth" => sheet::birth(),
        "state" => sheet::state(),
        "phones" | "phone" => sheet::phone(),
        "related" => sheet::related(),
        other => return other.to_owned(),
    };
    words.to_owned()
}
