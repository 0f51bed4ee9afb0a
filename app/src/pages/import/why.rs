//! Why a line of an import is spoken of, in words.

use crate::words::{Word, import as d, import_collective as c, import_people as p, import_register as r};

/// The words of a code; one that has none here is said as it is.
pub fn why_words(code: &str) -> String {
    why_word(code).map_or_else(|| code.to_owned(), |word| word().to_owned())
}

fn why_word(code: &str) -> Option<Word> {
    Some(match code {
        "no_name" => d::why_no_name,
        "too_many_cells" => d::why_too_many_cells,
        "too_few_cells" => d::why_too_few_cells,
        "not_in_a_card" => d::why_not_in_a_card,
        "unknown_structure" => d::why_unknown_structure,
        "no_commune" => c::why_no_commune,
        "no_number" => c::why_no_number,
        "no_year" => c::why_no_year,
        "unknown_state" => c::why_unknown_state,
        "unknown_kind" => c::why_unknown_kind,
        "names_someone" => c::why_names_someone,
        "too_long" => c::why_too_long,
        "too_many_lines" => c::why_too_many_lines,
        "not_a_draft" => c::why_not_a_draft,
        "unreadable_phone" => d::why_unreadable_phone,
        "odd_email" => d::why_odd_email,
        "odd_postcode" => d::why_odd_postcode,
        "odd_number" => d::why_odd_number,
        "unreadable_date" => d::why_unreadable_date,
        "new_role" => d::why_new_role,
        "left_out" => d::why_left_out,
        "register_deceased" => r::why_deceased,
        "register_moved" => r::why_moved,
        "register_refuses" => r::why_refuses,
        "register_ended" => r::why_ended,
        "birth_left_out" => r::why_birth_left_out,
        "birth_about" => r::why_birth_about,
        "unknown_ground" => r::why_unknown_ground,
        "day_left_out" => r::why_day_left_out,
        "kept_other" => p::why_kept_other,
        "name_alone" => p::why_name_alone,
        "name_near" => p::why_name_near,
        "name_part" => p::why_name_part,
        "birth_near" => p::why_birth_near,
        "birth_differs" => p::why_birth_differs,
        "courtesy_differs" => p::why_courtesy_differs,
        "several_people" => p::why_several_people,
        "perhaps_deceased" => p::why_perhaps_deceased,
        "deceased_there" => p::why_deceased_there,
        "several_alike" => p::why_several_alike,
        "same_birth" => p::why_same_birth,
        "same_phone" => p::why_same_phone,
        "answered" => p::why_answered,
        "unreadable_birth" => p::why_unreadable_birth,
        "impossible_birth" => p::why_impossible_birth,
        "future_birth" => p::why_future_birth,
        "old_birth" => p::why_old_birth,
        "century_of_birth" => p::why_century_of_birth,
        "birth_not_sure" => p::why_birth_not_sure,
        "former_commune" => p::why_former_commune,
        "deceased" => p::why_deceased,
        "names_an_illness" => p::why_names_an_illness,
        _ => return None,
    })
}

/// Why a column is never read.
pub fn withheld_words(code: &str) -> &str {
    match code {
        "health" => p::withheld_health(),
        "national_number" => p::withheld_national_number(),
        other => other,
    }
}
