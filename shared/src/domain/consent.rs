//! The four entries about a person, never one switch: information given, agreement to be accompanied, consent to share,
//! objection. Each is dated, says how it was given, and ends alone.
//!
//! What is shared asks [`may`], which alone makes a [`Permit`]. In danger the emergency path asks for no consent: an
//! [`EmergencyDisclosure`] is then written, with its ground, its recipient, its hour and the minimum that was said.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::ids::{ConsentId, DisclosureId, EntryId, PersonId};
use super::time::Hour;
use crate::text::fold::same;

/// One of the four entries, as it was given and as it ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentEntry {
    /// Names the entry.
    pub id: ConsentId,
    /// About whom.
    pub person: PersonId,
    /// Which of the four, with what it says.
    pub said: Said,
    /// When it was given, and how.
    pub given: Told,
    /// When it was withdrawn, and how; none while it stands.
    pub withdrawn: Option<Told>,
    /// Anything to remember of it: who was there, what was read aloud.
    pub note: String,
}

/// Which of the four entries, with what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// The notice was given and explained.
    Informed,
    /// Agrees to be accompanied.
    Accompanied,
    /// Agrees that this be shared.
    Shares(Sharing),
    /// Objects.
    Objects(Objection),
    /// Written by a newer version: nothing is shared until it is understood.
    Unknown(String),
}

impl Said {
    /// The code that is written; what goes with it is beside it.
    pub fn code(&self) -> &str {
        match self {
            Said::Informed => "informed",
            Said::Accompanied => "accompanied",
            Said::Shares(_) => "shares",
            Said::Objects(_) => "objects",
            Said::Unknown(code) => code,
        }
    }
}

/// When something was said, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The day.
    pub on: NaiveDate,
    /// How: an item of the list of ways, or free words.
    pub how: String,
}

/// What may be shared: with whom, what for, what, until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sharing {
    /// With whom.
    pub recipient: Recipient,
    /// What for.
    pub purpose: Purpose,
    /// What, in words that the person has read or heard.
    pub what: String,
    /// The last day on which it may be; none until withdrawn.
    pub until: Option<NaiveDate>,
}

/// What is objected to: everything where neither is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// To that recipient only.
    pub recipient: Option<Recipient>,
    /// To that purpose only.
    pub purpose: Option<Purpose>,
}

/// With whom something is shared: the name that was said, and the entry of the directory where it is one.
///
/// The name stays beside the entry, so that what was agreed still reads when the directory has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// Their entry of the directory.
    pub entry: Option<EntryId>,
    /// Their name, as it was said to the person.
    pub name: String,
}

impl Recipient {
    /// Someone who is in no directory.
    pub fn named(name: impl Into<String>) -> Self {
        Recipient { entry: None, name: name.into() }
    }

    /// Whether it is surely the same: what a consent asks. Two entries tell it; a name only where an entry is missing.
    pub fn is(&self, other: &Recipient) -> bool {
        match (self.entry, other.entry) {
            (Some(one), Some(other)) => one == other,
            _ => self.has_the_name_of(other),
        }
    }

    /// Whether it may be the same: what an objection asks.
    pub fn may_be(&self, other: &Recipient) -> bool {
        self.is(other) || self.has_the_name_of(other)
    }

    fn has_the_name_of(&self, other: &Recipient) -> bool {
        !self.name.trim().is_empty() && same(&self.name, &other.name)
    }
}

coded! {
    /// What something is shared for.
    Purpose {
        /// A record goes to a neighbour or a partner.
        Sharing = "sharing",
        /// A *temps d'échange*.
        SharedMeeting = "shared_meeting",
        /// A liaison sheet for a professional.
        LiaisonSheet = "liaison_sheet",
        /// An orientation: who is called on the person's behalf.
        Orientation = "orientation",
    }
}

impl ConsentEntry {
    /// Whether it stands on a day: given by then, not withdrawn, and not past the day it was given until.
    pub fn stands_on(&self, day: NaiveDate) -> bool {
        let ended = self.withdrawn.as_ref().is_some_and(|withdrawn| withdrawn.on <= day);
        self.given.on <= day && !ended && self.until().is_none_or(|until| day <= until)
    }

    /// The last day it was given for, if it was for a time.
    pub fn until(&self) -> Option<NaiveDate> {
        match &self.said {
            Said::Shares(sharing) => sharing.until,
            _ => None,
        }
    }
}

/// That something may be shared: made by [`may`] only, for one purpose, one recipient and one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permit {
    entry: ConsentId,
    purpose: Purpose,
    recipient: Recipient,
    day: NaiveDate,
}

impl Permit {
    /// The consent it rests on.
    pub fn entry(&self) -> ConsentId {
        self.entry
    }

    /// What for.
    pub fn purpose(&self) -> &Purpose {
        &self.purpose
    }

    /// With whom.
    pub fn recipient(&self) -> &Recipient {
        &self.recipient
    }

    /// The day on which it was asked: it is good for no other.
    pub fn day(&self) -> NaiveDate {
        self.day
    }
}

/// Why something may not be shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// The person objects, since that day.
    Objects(NaiveDate),
    /// A newer version wrote something about it that this one does not understand.
    NotUnderstood,
    /// The consent was withdrawn that day.
    Withdrawn(NaiveDate),
    /// The consent was given until that day.
    Expired(NaiveDate),
    /// Nobody asked the person, or for something else.
    NeverGiven,
}

/// Whether that may be shared with them on that day. An objection goes before any consent, whichever came first.
pub fn may(entries: &[ConsentEntry], purpose: &Purpose, recipient: &Recipient, day: NaiveDate) -> Result<Permit, Why> {
    let standing = || entries.iter().filter(|entry| entry.stands_on(day));
    let objects = standing().filter(|entry| match &entry.said {
        Said::Objects(objection) => objection.is_to(purpose, recipient),
        _ => false,
    });
    if let Some(since) = objects.map(|entry| entry.given.on).min() {
        return Err(Why::Objects(since));
    }
    if standing().any(|entry| matches!(entry.said, Said::Unknown(_))) {
        return Err(Why::NotUnderstood);
    }
    let covers = |entry: &&ConsentEntry| match &entry.said {
        Said::Shares(sharing) => sharing.purpose == *purpose && sharing.recipient.is(recipient),
        _ => false,
    };
    // The least of those that stand, so that the answer does not depend on the order in which they are kept.
    if let Some(consent) = standing().filter(covers).map(|entry| entry.id).min() {
        return Ok(Permit { entry: consent, purpose: purpose.clone(), recipient: recipient.clone(), day });
    }
    let given = || entries.iter().filter(covers).filter(|entry| entry.given.on <= day);
    let withdrawn = given().filter_map(|entry| entry.withdrawn.as_ref()).map(|told| told.on).filter(|on| *on <= day);
    let expired = given().filter_map(ConsentEntry::until).filter(|until| *until < day);
    match (withdrawn.max(), expired.max()) {
        // What she said goes before what a date says.
        (Some(on), _) => Err(Why::Withdrawn(on)),
        (None, Some(on)) => Err(Why::Expired(on)),
        (None, None) => Err(Why::NeverGiven),
    }
}

impl Objection {
    fn is_to(&self, purpose: &Purpose, recipient: &Recipient) -> bool {
        self.purpose.as_ref().is_none_or(|to| to == purpose)
            && self.recipient.as_ref().is_none_or(|to| to.may_be(recipient))
    }
}

/// What was said without asking, because someone was in danger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyDisclosure {
    /// Names the record.
    pub id: DisclosureId,
    /// About whom.
    pub person: PersonId,
    /// The day.
    pub day: NaiveDate,
    /// The hour.
    pub hour: Hour,
    /// On what ground: an item of the list of grounds, or free words.
    pub ground: String,
    /// To whom.
    pub recipient: Recipient,
    /// The minimum that was said.
    pub said: String,
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn entry(id: u8, said: Said, on: &str) -> ConsentEntry {
        ConsentEntry {
            id: ConsentId([id; 16]),
            person: PersonId([1; 16]),
            said,
            given: Told { on: day(on), how: "orally".into() },
            withdrawn: None,
            note: String::new(),
        }
    }

    fn withdrawn(mut entry: ConsentEntry, on: &str) -> ConsentEntry {
        entry.withdrawn = Some(Told { on: day(on), how: "by_phone".into() });
        entry
    }

    fn nurses() -> Recipient {
        Recipient { entry: Some(EntryId([7; 16])), name: "Cabinet infirmier du Pont".into() }
    }

    fn shares(until: Option<&str>) -> Said {
        Said::Shares(Sharing {
            recipient: nurses(),
            purpose: Purpose::LiaisonSheet,
            what: "adresse, téléphone, qui appeler".into(),
            until: until.map(day),
        })
    }

    /// What is answered for the liaison sheet to the nurses.
    fn check(entries: &[ConsentEntry], on: &str, expected: Result<u8, Why>) {
        let permit = may(entries, &Purpose::LiaisonSheet, &nurses(), day(on)).map(|permit| permit.entry());
        assert_eq!(permit, expected.map(|id| ConsentId([id; 16])), "on {on}");
    }

    #[test]
    fn a_consent_is_good_from_its_day_to_its_last_and_not_a_day_more() {
        let given = [entry(2, shares(Some("2026-09-30")), "2026-06-12")];
        check(&given, "2026-06-11", Err(Why::NeverGiven));
        check(&given, "2026-06-12", Ok(2));
        check(&given, "2026-09-30", Ok(2));
        check(&given, "2026-10-01", Err(Why::Expired(day("2026-09-30"))));
    }

    #[test]
    fn a_withdrawal_ends_it_the_same_day() {
        let ended = [withdrawn(entry(2, shares(None), "2026-06-12"), "2026-07-01")];
        check(&ended, "2026-06-30", Ok(2));
        check(&ended, "2026-07-01", Err(Why::Withdrawn(day("2026-07-01"))));
        let again = [ended[0].clone(), entry(3, shares(None), "2026-08-01")];
        check(&again, "2026-07-31", Err(Why::Withdrawn(day("2026-07-01"))));
        check(&again, "2026-08-01", Ok(3));
    }

    #[test]
    fn each_of_the_four_ends_alone_and_none_stands_for_another() {
        let others = [entry(2, Said::Informed, "2026-06-12"), entry(3, Said::Accompanied, "2026-06-12")];
        check(&others, "2026-06-12", Err(Why::NeverGiven));
        let mut all = others.to_vec();
        all.push(entry(4, shares(None), "2026-06-12"));
        all[1] = withdrawn(all[1].clone(), "2026-06-13");
        check(&all, "2026-06-14", Ok(4));
        let purpose = may(&all, &Purpose::SharedMeeting, &nurses(), day("2026-06-14"));
        assert_eq!(purpose, Err(Why::NeverGiven), "one purpose is not another");
    }

    #[test]
    fn an_objection_goes_before_any_consent_whichever_came_first() {
        let consent = entry(2, shares(None), "2026-06-12");
        for on in ["2026-06-01", "2026-06-12", "2026-06-20"] {
            let objects = entry(3, Said::Objects(Objection::default()), on);
            check(&[consent.clone(), objects.clone()], "2026-06-20", Err(Why::Objects(day(on))));
            check(&[withdrawn(objects, "2026-06-20"), consent.clone()], "2026-06-20", Ok(2));
        }
        let to_others = Objection { recipient: Some(Recipient::named("la mairie")), purpose: None };
        check(&[consent.clone(), entry(3, Said::Objects(to_others), "2026-06-01")], "2026-06-20", Ok(2));
        let to_sheets = Objection { recipient: None, purpose: Some(Purpose::LiaisonSheet) };
        let objects = entry(3, Said::Objects(to_sheets), "2026-06-01");
        check(&[consent, objects], "2026-06-20", Err(Why::Objects(day("2026-06-01"))));
    }

    #[test]
    fn a_consent_is_for_who_is_surely_meant_and_an_objection_for_who_may_be() {
        let moved = Recipient { entry: Some(EntryId([8; 16])), name: "CABINET INFIRMIER DU PONT".into() };
        let by_word = Recipient::named("cabinet infirmier du pont");
        let consent = entry(2, shares(None), "2026-06-12");
        let to = |recipient: &Recipient| {
            may(std::slice::from_ref(&consent), &Purpose::LiaisonSheet, recipient, day("2026-06-12")).is_ok()
        };
        assert!(to(&nurses()) && to(&by_word) && !to(&moved));
        assert!(!to(&Recipient::named("")) && !Recipient::named(" ").may_be(&Recipient::named("")));
        let objection = Objection { recipient: Some(nurses()), purpose: None };
        assert!(objection.is_to(&Purpose::Sharing, &moved) && objection.is_to(&Purpose::Sharing, &by_word));
    }

    #[test]
    fn what_is_not_understood_lets_nothing_through() {
        let unknown = entry(3, Said::Unknown("partial_objection".into()), "2026-06-12");
        let consent = entry(2, shares(None), "2026-06-12");
        check(&[consent.clone(), unknown.clone()], "2026-06-12", Err(Why::NotUnderstood));
        check(&[consent, withdrawn(unknown, "2026-06-12")], "2026-06-12", Ok(2));
    }

    fn any_entry() -> impl Strategy<Value = ConsentEntry> {
        let recipient = prop_oneof![
            Just(nurses()),
            Just(Recipient::named("cabinet infirmier du pont")),
            Just(Recipient::named("la mairie")),
        ];
        let purpose = prop_oneof![Just(Purpose::LiaisonSheet), Just(Purpose::SharedMeeting)];
        let said =
            (recipient, purpose, 0..5u8, proptest::option::of(0..30u64)).prop_map(|(to, what_for, which, days)| {
                match which {
                    0 => Said::Informed,
                    1 => Said::Accompanied,
                    2 => Said::Objects(Objection {
                        recipient: days.map(|_| to),
                        purpose: days.filter(|days| days % 2 == 0).map(|_| what_for),
                    }),
                    _ => Said::Shares(Sharing {
                        recipient: to,
                        purpose: what_for,
                        what: "adresse".into(),
                        until: days.map(|days| day("2026-06-12") + Days::new(days)),
                    }),
                }
            });
        (any::<u8>(), said, 0..30u64, proptest::option::of(0..30u64)).prop_map(|(id, said, given, ended)| {
            let given = day("2026-06-12") + Days::new(given);
            let told = |on| Told { on, how: String::new() };
            ConsentEntry {
                id: ConsentId([id; 16]),
                person: PersonId([1; 16]),
                said,
                given: told(given),
                withdrawn: ended.map(|days| told(given + Days::new(days))),
                note: String::new(),
            }
        })
    }

    proptest! {
        /// The order in which entries came, by whatever road, changes nothing.
        #[test]
        fn the_answer_is_the_same_in_any_order(
            entries in proptest::collection::vec(any_entry(), 0..8), turn in 0..8usize, later in 0..60u64,
        ) {
            let on = day("2026-06-12") + Days::new(later);
            let ask = |entries: &[ConsentEntry]| may(entries, &Purpose::LiaisonSheet, &nurses(), on);
            let mut turned = entries.clone();
            turned.rotate_left(turn.min(entries.len()));
            prop_assert_eq!(ask(&entries), ask(&turned));
            turned.reverse();
            prop_assert_eq!(ask(&entries), ask(&turned));
        }

        /// Someone who objects is never shared about: whatever else was ever said, on any day while it stands.
        #[test]
        fn nothing_stands_against_an_objection(
            entries in proptest::collection::vec(any_entry(), 0..8), at in 0..8usize, later in 0..60u64,
        ) {
            let on = day("2026-06-12") + Days::new(later);
            let mut entries = entries;
            let objects = entry(0xff, Said::Objects(Objection::default()), "2026-06-12");
            entries.insert(at.min(entries.len()), objects);
            for purpose in Purpose::ALL {
                prop_assert_eq!(may(&entries, purpose, &nurses(), on), Err(Why::Objects(day("2026-06-12"))));
            }
        }

        /// A permit rests on one consent that alone would give it, on that day; less said never permits more.
        #[test]
        fn a_permit_rests_on_a_consent_that_stands(
            entries in proptest::collection::vec(any_entry(), 0..8), later in 0..60u64,
        ) {
            let on = day("2026-06-12") + Days::new(later);
            let ask = |entries: &[ConsentEntry]| may(entries, &Purpose::LiaisonSheet, &nurses(), on);
            if let Ok(permit) = ask(&entries) {
                let rests_on: Vec<_> = entries.iter().filter(|entry| entry.id == permit.entry()).cloned().collect();
                prop_assert!(rests_on.iter().any(|entry| ask(std::slice::from_ref(entry)).is_ok()));
                prop_assert!(rests_on.iter().any(|entry| entry.stands_on(on)));
                prop_assert_eq!(permit.day(), on);
            } else {
                let consents = entries.iter().filter(|entry| matches!(entry.said, Said::Shares(_)));
                let alone = consents.filter(|entry| ask(std::slice::from_ref(*entry)).is_ok()).count();
                let objects = entries.iter().any(|entry| matches!(entry.said, Said::Objects(_)) && entry.stands_on(on));
                prop_assert!(alone == 0 || objects, "a consent that stands is refused only by an objection");
            }
        }
    }
}
