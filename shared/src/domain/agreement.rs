//! Whether someone agrees to be accompanied, on a day: what a project of hers rests on.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::consent::{ConsentEntry, Said};

/// Why someone is not accompanied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotAccompanied {
    /// She objects to everything, since that day.
    Objects(NaiveDate),
    /// A newer version wrote something about it that this one does not understand.
    NotUnderstood,
    /// She withdrew her agreement that day.
    Withdrawn(NaiveDate),
    /// Nobody asked her.
    NeverAsked,
}

/// Whether she agrees on that day. An objection to everything goes before any agreement, whichever came first.
pub fn accompanied(entries: &[ConsentEntry], day: NaiveDate) -> Result<(), NotAccompanied> {
    let standing = || entries.iter().filter(|entry| entry.stands_on(day));
    let objects = standing().filter(|entry| match &entry.said {
        Said::Objects(objection) => objection.recipient.is_none() && objection.purpose.is_none(),
        _ => false,
    });
    if let Some(since) = objects.map(|entry| entry.given.on).min() {
        return Err(NotAccompanied::Objects(since));
    }
    if standing().any(|entry| matches!(entry.said, Said::Unknown(_))) {
        return Err(NotAccompanied::NotUnderstood);
    }
    if standing().any(|entry| entry.said == Said::Accompanied) {
        return Ok(());
    }
    let given = entries.iter().filter(|entry| entry.said == Said::Accompanied);
    let withdrawn = given.filter_map(|entry| entry.withdrawn.as_ref()).map(|told| told.on).filter(|on| *on <= day);
    Err(withdrawn.max().map_or(NotAccompanied::NeverAsked, NotAccompanied::Withdrawn))
}

#[cfg(test)]
mod tests {
    use super::super::consent::{Objection, Purpose, Told};
    use super::super::ids::{ConsentId, PersonId};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn entry(said: Said, on: &str, until: Option<&str>) -> ConsentEntry {
        let told = |on: &str| Told { on: day(on), how: "orally".into() };
        ConsentEntry {
            id: ConsentId([1; 16]),
            person: PersonId([1; 16]),
            said,
            given: told(on),
            withdrawn: until.map(told),
            note: String::new(),
        }
    }

    #[test]
    fn she_is_accompanied_from_the_day_she_agrees_to_the_day_she_no_longer_does() {
        let given = entry(Said::Accompanied, "2026-06-12", Some("2026-07-01"));
        let on = |text: &str| accompanied(std::slice::from_ref(&given), day(text));
        assert_eq!(on("2026-06-11"), Err(NotAccompanied::NeverAsked));
        assert_eq!(on("2026-06-30"), Ok(()));
        assert_eq!(on("2026-07-01"), Err(NotAccompanied::Withdrawn(day("2026-07-01"))));
        let told = entry(Said::Informed, "2026-06-12", None);
        assert_eq!(accompanied(&[told], day("2026-06-12")), Err(NotAccompanied::NeverAsked), "none stands for another");
    }

    #[test]
    fn an_objection_to_everything_goes_first_and_one_to_something_does_not_stop_it() {
        let given = entry(Said::Accompanied, "2026-06-12", None);
        let all = entry(Said::Objects(Objection::default()), "2026-06-01", None);
        assert_eq!(
            accompanied(&[given.clone(), all], day("2026-06-12")),
            Err(NotAccompanied::Objects(day("2026-06-01")))
        );
        let to_sheets = Objection { recipient: None, purpose: Some(Purpose::LiaisonSheet) };
        assert_eq!(
            accompanied(&[given.clone(), entry(Said::Objects(to_sheets), "2026-06-01", None)], day("2026-06-12")),
            Ok(())
        );
        let unknown = entry(Said::Unknown("partly".into()), "2026-06-12", None);
        assert_eq!(accompanied(&[given, unknown], day("2026-06-12")), Err(NotAccompanied::NotUnderstood));
    }
}
