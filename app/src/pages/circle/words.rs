//! Who helps, and what the fields of a circle are called.

use maillon_shared::api::responses::HelperShown;
use maillon_shared::domain::circle::{Helper, Member, MemberChange, MemberField};
use maillon_shared::domain::directory::EntryKind;
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::lists::ListId;

use crate::lists::label;
use crate::pages::directory::role_words as entry_role;
use crate::when;
use crate::words::{Word, circle as w};

/// The name; where no record knows them any more, that it is so.
pub fn helper_words(shown: &HelperShown) -> String {
    match shown.name.trim() {
        "" => w::unknown().to_owned(),
        name => name.to_owned(),
    }
}

/// What they do for her; else what they are.
pub fn role_words(member: &Member, shown: &HelperShown) -> String {
    if !member.role.trim().is_empty() {
        return member.role.clone();
    }
    match member.who {
        Helper::Related(_) => label(ListId::Relations, &shown.role).to_lowercase(),
        Helper::Entry(_) => entry_role(&EntryKind::Professional, &shown.role).to_lowercase(),
        Helper::Named(_) => String::new(),
    }
}

/// A field by its path; one that a newer version wrote is shown as it is.
pub fn field_words(path: &str) -> String {
    field_word(path).map_or_else(|| path.to_owned(), |word| word().to_owned())
}

fn field_word(path: &str) -> Option<Word> {
    Some(match path.rsplit('.').next().unwrap_or_default() {
        "who" => w::who,
        "role" => w::role,
        "phone" => w::phone,
        "leads" => w::leads,
        "needs" => w::needs,
        "from" => w::from_day,
        "until" => w::until_day,
        _ => return None,
    })
}

/// A value by the path of its field, as it is written.
pub fn value_words(path: &str, value: &str) -> String {
    match path.rsplit('.').next().unwrap_or_default() {
        "who" => who_code_words(value),
        "leads" if !value.is_empty() => w::yes().to_owned(),
        "from" | "until" => value.parse().map_or_else(|_| value.to_owned(), when::whole_date),
        _ => value.to_owned(),
    }
}

/// Who a code says, where only the code is at hand.
pub fn who_code_words(code: &str) -> String {
    match Helper::parse(code) {
        Some(Helper::Related(_)) => w::a_relative().to_owned(),
        Some(Helper::Entry(_)) => w::an_entry().to_owned(),
        Some(Helper::Named(name)) => name,
        None => code.to_owned(),
    }
}

/// What to write so that a field says this and nothing else; nothing for what a newer version wrote.
pub fn change(path: &str, value: &str) -> Option<(LineId, MemberChange)> {
    let [_, line, part] = path.split('.').collect::<Vec<_>>()[..] else { return None };
    let change = match part {
        "who" => MemberChange::Who(Helper::parse(value)?),
        "leads" => MemberChange::Leads(!value.is_empty()),
        "from" => MemberChange::From(value.parse().ok()),
        "until" => MemberChange::Until(value.parse().ok()),
        part => MemberChange::Text(MemberField::from_code(part)?, value.to_owned()),
    };
    Some((LineId::parse(line)?, change))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_its_words_and_can_be_kept() {
        let line = LineId([7; 16]);
        for part in ["who", "role", "phone", "leads", "needs", "from", "until"] {
            let path = format!("members.{line}.{part}");
            assert!(field_word(&path).is_some(), "{part}");
            let value = if part == "who" { "named:Félix" } else { "2026-06-12" };
            assert_eq!(change(&path, value).map(|(of, _)| of), Some(line), "{part}");
        }
        assert_eq!(change("members.x.colour", "vert"), None);
    }
}
