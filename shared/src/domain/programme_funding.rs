//! The money of a programme: what was asked of whom, granted, spent. What nobody knows is not zero, and no sum is made up.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::coded::coded;
use super::ids::LineId;

/// An amount, in euro cents: sums of money have no fractions that a machine would round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cents(pub u64);

impl Cents {
    /// No programme of a village asks for more: ten billion euros are a slip of the hand.
    pub const MOST: Cents = Cents(1_000_000_000_000);

    /// Reads what [`fmt::Display`] writes. More than [`Cents::MOST`] no form writes: whoever forged it adds to no sum.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let amount = if digits { text.parse().ok().map(Cents) } else { None };
        amount.filter(|amount| *amount <= Cents::MOST)
    }

    /// What someone meant by the euros they typed: "1 250", "1250,5", "1250.50 €". None where it is no amount.
    pub fn typed(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches(['€']).trim();
        let (euros, cents) = match text.split_once([',', '.']) {
            Some((euros, cents)) if (1..=2).contains(&cents.len()) => (euros, cents),
            Some(_) => return None,
            None => (text, "0"),
        };
        // Thousands are parted by spaces, in French: "12 50" is a slip, and nobody can tell of what.
        let groups = || euros.split_whitespace();
        let by_three =
            groups().skip(1).all(|group| group.len() == 3) && groups().next().is_some_and(|first| first.len() <= 3);
        if groups().nth(1).is_some() && !by_three {
            return None;
        }
        let euros: String = groups().collect();
        let euros = euros.as_str();
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(euros) || !is_number(cents) {
            return None;
        }
        let tens = if cents.len() == 1 { 10 } else { 1 };
        let whole = euros.parse::<u64>().ok()?.checked_mul(100)?;
        let amount = Cents(whole.checked_add(cents.parse::<u64>().ok()? * tens)?);
        (amount <= Cents::MOST).then_some(amount)
    }
}

impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

coded! {
    /// What came of asking for money.
    FundingState {
        /// Nobody said.
        NotKnown = "not_known",
        /// It was asked for.
        Asked = "asked",
        /// It was granted.
        Granted = "granted",
        /// It was refused.
        Refused = "refused",
    }
}

/// An amount of a line of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AmountField {
    /// What is counted on.
    Planned,
    /// What was granted.
    Granted,
    /// What was spent.
    Spent,
}

/// A line of money. An amount that nobody knows is none; zero is an amount that someone knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Funding {
    /// Names the line.
    pub id: LineId,
    /// Who gives it, in words.
    pub source: String,
    /// What is counted on.
    pub planned: Option<Cents>,
    /// What was granted.
    pub granted: Option<Cents>,
    /// What was spent.
    pub spent: Option<Cents>,
    /// What came of asking.
    pub state: FundingState,
    /// What else is to be known of it.
    pub note: String,
}

text_fields! {
    /// The text fields of a line of money.
    FundingField of Funding {
        /// Who gives it.
        Source = "source" => source,
        /// What else is to be known of it.
        Note = "note" => note,
    }
}

impl Funding {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        Funding {
            id,
            source: String::new(),
            planned: None,
            granted: None,
            spent: None,
            state: FundingState::NotKnown,
            note: String::new(),
        }
    }
}

impl Funding {
    /// One of its amounts.
    pub fn amount(&self, field: AmountField) -> Option<Cents> {
        match field {
            AmountField::Planned => self.planned,
            AmountField::Granted => self.granted,
            AmountField::Spent => self.spent,
        }
    }

    /// One of its amounts as the sums count it: of what was refused, that nothing was granted nor spent is known, unless it
    /// says otherwise.
    pub fn counted(&self, field: AmountField) -> Option<Cents> {
        let is_nothing = self.state == FundingState::Refused && field != AmountField::Planned;
        self.amount(field).or(is_nothing.then_some(Cents(0)))
    }

    /// One of its amounts, to write.
    pub fn amount_mut(&mut self, field: AmountField) -> &mut Option<Cents> {
        match field {
            AmountField::Planned => &mut self.planned,
            AmountField::Granted => &mut self.granted,
            AmountField::Spent => &mut self.spent,
        }
    }
}

/// A sum, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundingTotal {
    /// The sum of the amounts that are known.
    pub known: Cents,
    /// How many lines have an amount.
    pub known_lines: u32,
    /// Of how many lines nobody knows.
    pub not_known: u32,
}

impl FundingTotal {
    /// The sum of these amounts.
    pub fn of(amounts: impl IntoIterator<Item = Option<Cents>>) -> Self {
        let mut total = FundingTotal::default();
        amounts.into_iter().for_each(|amount| total.add(amount));
        total
    }

    /// The sum; none where no line has an amount, since a sum of nothing known is no zero.
    pub fn sum(self) -> Option<Cents> {
        (self.known_lines > 0).then_some(self.known)
    }

    pub(super) fn add(&mut self, amount: Option<Cents>) {
        match amount {
            Some(Cents(cents)) => {
                self.known = Cents(self.known.0.saturating_add(cents));
                self.known_lines += 1;
            }
            None => self.not_known += 1,
        }
    }
}

/// The three sums of a programme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundingTotals {
    /// What is counted on.
    pub planned: FundingTotal,
    /// What was granted.
    pub granted: FundingTotal,
    /// What was spent.
    pub spent: FundingTotal,
}

impl FundingTotals {
    /// The sums of these lines.
    pub fn of(lines: &[Funding]) -> Self {
        let mut totals = FundingTotals::default();
        for line in lines {
            totals.planned.add(line.counted(AmountField::Planned));
            totals.granted.add(line.counted(AmountField::Granted));
            totals.spent.add(line.counted(AmountField::Spent));
        }
        totals
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(n: u8) -> Funding {
        Funding::empty(LineId([n; 16]))
    }

    #[test]
    fn an_amount_that_no_form_writes_is_none() {
        assert_eq!(Cents::parse(&u64::MAX.to_string()), None);
        assert_eq!(Cents::parse(&Cents::MOST.to_string()), Some(Cents::MOST));
    }

    #[test]
    fn what_nobody_knows_is_not_zero() {
        assert_eq!(FundingTotals::of(&[]).granted.sum(), None, "a sum of nothing is no zero");
        let lines = [
            Funding { planned: Some(Cents(150_000)), ..line(1) },
            Funding { planned: Some(Cents(0)), granted: Some(Cents(0)), ..line(2) },
            line(3),
        ];
        let totals = FundingTotals::of(&lines);
        assert_eq!((totals.planned.sum(), totals.planned.not_known), (Some(Cents(150_000)), 1));
        assert_eq!((totals.granted.sum(), totals.granted.not_known), (Some(Cents(0)), 2));
        assert_eq!((totals.spent.sum(), totals.spent.not_known), (None, 3));
    }

    #[test]
    fn of_what_was_refused_it_is_known_that_nothing_came() {
        let refused = Funding { planned: Some(Cents(500)), state: FundingState::Refused, ..line(1) };
        let totals = FundingTotals::of(std::slice::from_ref(&refused));
        assert_eq!((totals.planned.sum(), totals.granted.sum()), (Some(Cents(500)), Some(Cents(0))));
        assert_eq!(totals.granted.not_known, 0);
        let after_all = FundingTotals::of(&[Funding { granted: Some(Cents(200)), ..refused }]);
        assert_eq!(after_all.granted.sum(), Some(Cents(200)), "what is said goes before what follows from a state");
    }

    #[test]
    fn euros_are_read_as_people_type_them() {
        for (typed, meant) in [
            ("1250", Some(125_000)),
            ("1\u{202f}250 €", Some(125_000)),
            (" 12 500,50", Some(1_250_050)),
            ("1\u{a0}250\u{202f}000", Some(125_000_000)),
            ("12 50", None),
            ("1 2", None),
            ("1250 000", None),
            ("1 25000", None),
            ("3.5", Some(350)),
            ("0", Some(0)),
            ("", None),
            ("€", None),
            ("1.250", None),
            ("1,2,3", None),
            ("-3", None),
            ("environ 300", None),
            ("99999999999999999999", None),
            ("10000000001", None),
        ] {
            assert_eq!(Cents::typed(typed), meant.map(Cents), "{typed}");
        }
        assert_eq!(Cents::parse(&Cents(1_250_050).to_string()), Some(Cents(1_250_050)));
        assert_eq!((Cents::parse(""), Cents::parse("+3")), (None, None));
    }
}
