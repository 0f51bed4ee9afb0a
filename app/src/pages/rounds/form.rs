//! What a round holds while it is planned or changed, and what its draft keeps.

use maillon_shared::domain::ids::{LineId, PersonId};
use maillon_shared::domain::round::{Round, RoundField, Stop};
use maillon_shared::domain::time::Hour;

use crate::drafts::Fields;

/// Further than any day's driving.
const MOST_KM: f64 = 2000.0;

/// A round being planned or changed.
#[derive(Clone, PartialEq, Eq)]
pub struct RoundForm {
    /// The round.
    pub round: Round,
    /// How far it was, as it is typed.
    pub km: String,
}

impl RoundForm {
    /// The form of a round; `km` is its distance as one writes it.
    pub fn of(round: Round, km: String) -> Self {
        RoundForm { round, km }
    }

    /// Whether someone is on the round.
    pub fn has(&self, person: PersonId) -> bool {
        self.round.stops.iter().any(|stop| stop.person == person)
    }

    /// Puts someone on the round under that line, or takes them away.
    pub fn toggle(&mut self, person: PersonId, line: LineId) {
        match self.has(person) {
            true => self.round.stops.retain(|stop| stop.person != person),
            false => self.add(Stop { id: line, person, order: self.round.next_order() }),
        }
    }

    fn add(&mut self, stop: Stop) {
        self.round.stops.retain(|other| other.id != stop.id);
        self.round.stops.push(stop);
    }

    /// The round that the form says; nothing where the kilometres are none.
    pub fn to_round(&self) -> Option<Round> {
        let distance_m = match self.km.trim() {
            "" => None,
            km => Some(metres(km)?),
        };
        let mut round = Round { distance_m, ..self.round.clone() };
        round.from = round.from.trim().to_owned();
        if round.from_point().is_none() {
            round.from_position.clear();
        }
        round.back_with = round.back_with.trim().to_owned();
        Some(round)
    }
}

/// Metres, from kilometres as one writes them: "12", "12,5", "12.5 km".
fn metres(km: &str) -> Option<u32> {
    let figures = km.trim_end_matches(|c: char| !c.is_ascii_digit()).replace(',', ".");
    let unit = &km[figures.len()..];
    let km: f64 = figures.trim().parse().ok()?;
    let is_km = matches!(unit.trim().to_lowercase().as_str(), "" | "km");
    (is_km && (0.0..=MOST_KM).contains(&km)).then_some((km * 1000.0).round() as u32)
}

/// What differs from the form as it was opened, by name.
pub fn fields_since(opened: &RoundForm, form: &RoundForm) -> Fields {
    let (now, then) = (&form.round, &opened.round);
    let mut fields = Fields::default();
    for (field, text) in then.text_differences(now) {
        fields.put(field.code(), text);
    }
    let words = |hour: Option<Hour>| hour.map(|hour| hour.to_string()).unwrap_or_default();
    let mut put_if = |differs: bool, name: &str, value: String| {
        if differs {
            fields.put(name, value);
        }
    };
    put_if(now.day != then.day, "day", now.day.to_string());
    put_if(now.back_at != then.back_at, "back_at", words(now.back_at));
    put_if(now.returned_at != then.returned_at, "returned_at", words(now.returned_at));
    put_if(form.km != opened.km, "km", form.km.clone());
    for stop in now.stops.iter().filter(|stop| !then.stops.iter().any(|before| before.id == stop.id)) {
        fields.put(format!("stop.{}", stop.id), stop.person.to_string());
    }
    for gone in then.stops.iter().filter(|stop| !now.stops.iter().any(|after| after.id == stop.id)) {
        fields.put(format!("stop.{}", gone.id), "");
    }
    fields
}

/// Lays a draft over the form.
pub fn lay(form: &mut RoundForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "day" => form.round.day = value.parse().unwrap_or(form.round.day),
            "back_at" => form.round.back_at = Hour::parse(value),
            "returned_at" => form.round.returned_at = Hour::parse(value),
            "km" => form.km = value.to_owned(),
            name => match (name.strip_prefix("stop.").and_then(LineId::parse), RoundField::from_code(name)) {
                (Some(line), _) => match PersonId::parse(value) {
                    Some(person) if !form.has(person) => {
                        form.add(Stop { id: line, person, order: form.round.next_order() });
                    }
                    Some(_) => {}
                    None => form.round.stops.retain(|stop| stop.id != line),
                },
                (None, Some(field)) => *form.round.text_mut(field) = value.to_owned(),
                (None, None) => {}
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use maillon_shared::domain::ids::RoundId;

    fn opened() -> RoundForm {
        let day = "2026-06-12".parse().expect("a date");
        let mut form = RoundForm::of(Round::empty(RoundId([1; 16]), day), String::new());
        form.toggle(PersonId([2; 16]), LineId([2; 16]));
        form
    }

    #[test]
    fn a_draft_finds_the_whole_round_again() {
        let mut form = opened();
        form.round.day = "2026-06-20".parse().expect("a date");
        form.round.back_with = "la boulangère".into();
        form.round.back_at = Hour::new(17, 30);
        form.round.returned_at = Hour::new(17, 10);
        form.km = "12,".into();
        form.toggle(PersonId([2; 16]), LineId([9; 16]));
        form.toggle(PersonId([3; 16]), LineId([3; 16]));
        form.toggle(PersonId([4; 16]), LineId([4; 16]));
        let mut reopened = opened();
        lay(&mut reopened, &Fields::read(&fields_since(&opened(), &form).write()));
        let people = |form: &RoundForm| form.round.stops.iter().map(|stop| stop.person).collect::<Vec<_>>();
        assert_eq!(people(&reopened), [PersonId([3; 16]), PersonId([4; 16])]);
        reopened.round.stops.clone_from(&form.round.stops);
        assert!(reopened == form);
        assert!(fields_since(&opened(), &opened()).is_empty());
    }

    #[test]
    fn kilometres_are_read_as_one_writes_them() {
        let read = |km: &str| RoundForm { km: km.into(), ..opened() }.to_round().map(|round| round.distance_m);
        for (written, metres) in
            [("12", 12_000), ("12,5", 12_500), (" 12.5 km ", 12_500), ("0", 0), ("2000", 2_000_000)]
        {
            assert_eq!(read(written), Some(Some(metres)), "{written}");
        }
        assert_eq!(read("  "), Some(None));
        for wrong in ["douze", "-3", "2001", "12 miles", "1e9", "NaN", "inf", "é", "12,5,5", "km"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
