//! What the register's codes are called, and what its fields say, in the language spoken now.

use chrono::NaiveDate;
use maillon_shared::domain::contact::{Address, Phone as PhoneLine, PhoneField};
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::register::{
    Acknowledgement, NotifyField, PersonToNotify, RegisterChange, RegisterEntry, RegisterField, RegisterGround,
    RegisterOrigin, RegisterState, StrikeReason,
};
use maillon_shared::domain::time::PartialDate;
use maillon_shared::text::phone::Phone;

use crate::lists::label;
use crate::when;
use crate::words::{Word, entry_field as f, people_field as p, register as w, sheet};

/// On what ground they are in the register; nothing where nobody said.
pub fn ground_words(ground: Option<&RegisterGround>) -> &str {
    ground.map_or("", |ground| label(ListId::RegisterGrounds, ground.code()))
}

/// By what road an entry came.
pub fn origin_words(origin: &RegisterOrigin) -> String {
    match origin {
        RegisterOrigin::Person => w::origin_person().into(),
        RegisterOrigin::ThirdParty => w::origin_third_party().into(),
        RegisterOrigin::Representative => w::origin_representative().into(),
        RegisterOrigin::Department => w::origin_department().into(),
        RegisterOrigin::PensionFund => w::origin_pension_fund().into(),
        RegisterOrigin::Unknown(code) => code.clone(),
    }
}

/// Why someone was struck off.
pub fn strike_words(why: &StrikeReason) -> String {
    match why {
        StrikeReason::AtRequest => w::why_at_request().into(),
        StrikeReason::Moved => w::why_moved().into(),
        StrikeReason::Institution => w::why_institution().into(),
        StrikeReason::Deceased => w::why_deceased().into(),
        StrikeReason::Mistake => w::why_mistake().into(),
        StrikeReason::Unknown(code) => code.clone(),
    }
}

/// Whether they are in the register, as a sentence.
pub fn state_words(state: &RegisterState, today: NaiveDate) -> String {
    match state {
        RegisterState::Registered => w::registered().into(),
        RegisterState::StruckOff(struck) => {
            let (on, why) = (when::date(struck.on, today), strike_words(&struck.why).to_lowercase());
            match struck.by.trim() {
                "" => w::struck_off_on(on, why),
                by => w::struck_off_by(on, why, by),
            }
        }
        RegisterState::Opposed { on } => w::opposed_on(when::date(*on, today)),
        RegisterState::Unknown(code) => w::state_unknown(code),
    }
}

/// A telephone and what is to be known before calling.
pub fn phone_words(phone: &PhoneLine) -> String {
    let shown = Phone::parse(&phone.number).show();
    match label(ListId::PhoneLabels, &phone.label) {
        "" => shown,
        about => format!("{shown} ({})", about.to_lowercase()),
    }
}

/// Someone to tell: their name, and what they are to the person.
pub fn notify_words(other: &PersonToNotify) -> String {
    match label(ListId::Relations, &other.relation) {
        "" => other.name.clone(),
        relation => format!("{} ({})", other.name, relation.to_lowercase()),
    }
}

/// As on an envelope, a line each.
pub fn address_lines(address: &Address) -> Vec<String> {
    let town = [address.postcode.as_str(), address.commune.as_str()].join(" ");
    let former = Some(address.former_commune.as_str()).filter(|former| *former != address.commune).unwrap_or_default();
    let lines = [address.line.as_str(), address.hamlet.as_str(), former, town.trim()];
    lines.into_iter().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A field by its path in the document.
pub fn field_words(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    let word = match parts[..] {
        [code] => field_word(code),
        [line, _] => field_word(line),
        [line, _, part] => part_word(line, part).or_else(|| field_word(line)),
        _ => None,
    };
    word.map_or_else(|| path.to_owned(), |word| word().to_owned())
}

fn field_word(code: &str) -> Option<Word> {
    Some(match code {
        "family_name" => p::family_name,
        "given_name" => f::given_name,
        "birth" => p::birth,
        "address_line" => f::address_line,
        "hamlet" => f::hamlet,
        "former_commune" => f::former_commune,
        "postcode" => f::postcode,
        "commune" => f::commune,
        "commune_code" => f::commune_code,
        "phones" => f::phone,
        "to_notify" => w::to_notify,
        "ground" => w::ground,
        "home_services" => w::home_services,
        "origin" => w::origin,
        "requester" => w::requester,
        "requester_quality" => w::requester_quality,
        "requested_on" => w::requested,
        "acknowledgement" => w::acknowledgement,
        "acknowledged_on" => w::acknowledged_on,
        "state" => w::state,
        "ended_on" => w::ended_on,
        "struck_why" => w::struck_why,
        "struck_by" => w::struck_by,
        // Written by a newer version.
        _ => return None,
    })
}

fn part_word(line: &str, part: &str) -> Option<Word> {
    Some(match (line, part) {
        ("phones", "number") => sheet::phone_number,
        ("phones", "label") => sheet::phone_label,
        ("to_notify", "name") => w::notify_name,
        ("to_notify", "relation") => w::notify_relation,
        ("to_notify", "phone") => w::notify_phone,
        _ => return None,
    })
}

/// A value by the path of its field, as it is written.
pub fn value_words(path: &str, value: &str) -> String {
    match path.rsplit('.').next().unwrap_or_default() {
        "birth" => PartialDate::parse(value).map_or_else(|| value.to_owned(), when::birth),
        "requested_on" | "acknowledged_on" | "ended_on" => {
            value.parse().map_or_else(|_| value.to_owned(), when::whole_date)
        }
        "ground" => label(ListId::RegisterGrounds, value).to_owned(),
        "origin" if value.is_empty() => w::origin_person().to_owned(),
        "origin" => origin_words(&RegisterOrigin::from_code(value)),
        "struck_why" => strike_words(&StrikeReason::from_code(value)),
        "state" => match value {
            "" | "registered" => w::registered().to_owned(),
            "struck_off" => w::struck_off().to_owned(),
            "opposed" => w::opposed().to_owned(),
            other => w::state_unknown(other),
        },
        "acknowledgement" => match value {
            "" | "awaited" => w::not_acknowledged().to_owned(),
            "given" => w::acknowledged().to_owned(),
            "taken_over" => w::taken_over().to_owned(),
            other => other.to_owned(),
        },
        "relation" => label(ListId::Relations, value).to_owned(),
        "label" => label(ListId::PhoneLabels, value).to_owned(),
        "number" | "phone" if !value.is_empty() => Phone::parse(value).show(),
        _ => value.to_owned(),
    }
}

/// What to write so that a field of this entry says this and nothing else; nothing for what a newer version wrote.
pub fn change(entry: &RegisterEntry, path: &str, value: &str) -> Option<RegisterChange> {
    let (why, by) = match &entry.state {
        RegisterState::StruckOff(struck) => (struck.why.clone(), struck.by.clone()),
        _ => (StrikeReason::AtRequest, String::new()),
    };
    let state = |code: &str, on: Option<NaiveDate>, why: StrikeReason, by: String| {
        let state = RegisterState::from_parts(code, on, why, by);
        (!matches!(state, RegisterState::Unknown(_))).then_some(RegisterChange::State(state))
    };
    let ended = entry.state.ended_on();
    match path.split('.').collect::<Vec<_>>()[..] {
        ["birth"] if value.is_empty() => Some(RegisterChange::Birth(None)),
        ["birth"] => PartialDate::parse(value).map(|birth| RegisterChange::Birth(Some(birth))),
        ["ground"] if value.is_empty() => Some(RegisterChange::Ground(None)),
        ["ground"] => Some(RegisterChange::Ground(Some(RegisterGround::from_code(value)))),
        ["origin"] if value.is_empty() => Some(RegisterChange::Origin(RegisterOrigin::Person)),
        ["origin"] => Some(RegisterChange::Origin(RegisterOrigin::from_code(value))),
        ["requested_on"] if value.is_empty() => Some(RegisterChange::Requested(None)),
        ["requested_on"] => value.parse().ok().map(|day| RegisterChange::Requested(Some(day))),
        ["acknowledged_on"] => {
            value.parse().ok().map(|day| RegisterChange::Acknowledgement(Acknowledgement::Given(day)))
        }
        ["acknowledgement"] => {
            let on = match &entry.acknowledgement {
                Acknowledgement::Given(day) => Some(*day),
                _ => None,
            };
            match (value, Acknowledgement::from_parts(value, on)) {
                // Said to be given, and on what day is not known here: it is written on its own.
                (_, Acknowledgement::Unknown(_)) | ("given", Acknowledgement::Awaited) => None,
                (_, acknowledgement) => Some(RegisterChange::Acknowledgement(acknowledgement)),
            }
        }
        ["state"] => state(value, ended, why, by),
        ["ended_on"] => state(entry.state.code(), value.parse().ok(), why, by).filter(|_| ended.is_some()),
        ["struck_why"] => state(entry.state.code(), ended, StrikeReason::from_code(value), by),
        ["struck_by"] => state(entry.state.code(), ended, why, value.to_owned()),
        ["phones", id, field] => {
            Some(RegisterChange::Phone(LineId::parse(id)?, PhoneField::from_code(field)?, value.to_owned()))
        }
        ["to_notify", id, field] => {
            Some(RegisterChange::Notify(LineId::parse(id)?, NotifyField::from_code(field)?, value.to_owned()))
        }
        [code] => RegisterField::from_code(code).map(|field| RegisterChange::Text(field, value.to_owned())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use maillon_shared::domain::ids::RegisterEntryId;
    use maillon_shared::domain::register::StrikeOff;

    #[test]
    fn every_field_of_an_entry_has_words() {
        for field in RegisterField::ALL {
            assert!(field_word(field.code()).is_some(), "{field:?}");
        }
        for field in NotifyField::ALL {
            assert!(part_word("to_notify", field.code()).is_some(), "{field:?}");
        }
        for code in ["birth", "ground", "origin", "requested_on", "acknowledged_on", "state", "ended_on", "struck_why"]
        {
            assert!(field_word(code).is_some(), "{code}");
        }
    }

    #[test]
    fn keeping_a_version_writes_that_field_alone() {
        let line = LineId([7; 16]);
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let mut entry = RegisterEntry::empty(RegisterEntryId([1; 16]));
        let struck = |on, why, by: &str| RegisterState::StruckOff(StrikeOff { on, why, by: by.into() });
        entry.state = struck(day("2026-06-12"), StrikeReason::Moved, "sa fille");
        for (path, value, expected) in [
            ("hamlet".into(), "Le Pont", Some(RegisterChange::Text(RegisterField::Hamlet, "Le Pont".into()))),
            ("birth".into(), "", Some(RegisterChange::Birth(None))),
            ("state".into(), "", Some(RegisterChange::State(RegisterState::Registered))),
            ("state".into(), "opposed", Some(RegisterChange::State(RegisterState::Opposed { on: day("2026-06-12") }))),
            ("state".into(), "suspended", None),
            (
                "ended_on".into(),
                "2026-06-11",
                Some(RegisterChange::State(struck(day("2026-06-11"), StrikeReason::Moved, "sa fille"))),
            ),
            (
                "struck_why".into(),
                "deceased",
                Some(RegisterChange::State(struck(day("2026-06-12"), StrikeReason::Deceased, "sa fille"))),
            ),
            ("acknowledgement".into(), "given", None),
            (
                "acknowledged_on".into(),
                "2026-06-10",
                Some(RegisterChange::Acknowledgement(Acknowledgement::Given(day("2026-06-10")))),
            ),
            (
                format!("to_notify.{line}.phone"),
                "15",
                Some(RegisterChange::Notify(line, NotifyField::Phone, "15".into())),
            ),
            ("newer".into(), "x", None),
        ] {
            assert_eq!(change(&entry, &path, value), expected, "{path}");
        }
        // When it ended is not known of someone who is in it.
        let registered = RegisterEntry::empty(RegisterEntryId([1; 16]));
        assert_eq!(change(&registered, "state", "struck_off"), None);
        assert_eq!(change(&registered, "ended_on", "2026-06-11"), None);
    }
}
