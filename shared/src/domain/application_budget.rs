//! The money of an application: what it costs, what is asked for it, what one brings oneself, what others bring. What nobody
//! knows is not zero, and a budget of which something is not known is not said to be balanced.

use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::ids::LineId;
use super::programme::{Cents, FundingTotal};

/// An amount of a line of a budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum BudgetField {
    /// What it costs.
    Planned,
    /// What is asked of the funder for it.
    Asked,
    /// What one brings oneself.
    Own,
    /// What others bring.
    Others,
}

impl BudgetField {
    /// Every amount, in reading order.
    pub const ALL: [BudgetField; 4] = [BudgetField::Planned, BudgetField::Asked, BudgetField::Own, BudgetField::Others];

    /// The code that is written.
    pub const fn code(self) -> &'static str {
        match self {
            BudgetField::Planned => "planned",
            BudgetField::Asked => "asked",
            BudgetField::Own => "own",
            BudgetField::Others => "others",
        }
    }

    /// What a code says.
    pub fn from_code(code: &str) -> Option<Self> {
        BudgetField::ALL.into_iter().find(|field| field.code() == code)
    }
}

/// A line of a budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetLine {
    /// Names the line.
    pub id: LineId,
    /// What it is.
    pub label: String,
    /// What else is to be known of it: who the others are, how it was reckoned.
    pub note: String,
    /// Its amounts, as [`BudgetField::ALL`] orders them; none is that nobody knows.
    pub amounts: [Option<Cents>; 4],
}

text_fields! {
    /// The text fields of a line of a budget.
    BudgetText of BudgetLine {
        /// What it is.
        Label = "label" => label,
        /// What else is to be known.
        Note = "note" => note,
    }
}

impl BudgetLine {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        BudgetLine { id, label: String::new(), note: String::new(), amounts: [None; 4] }
    }

    /// One of its amounts.
    pub fn amount(&self, field: BudgetField) -> Option<Cents> {
        self.amounts[field as usize]
    }

    /// One of its amounts, to write.
    pub fn amount_mut(&mut self, field: BudgetField) -> &mut Option<Cents> {
        &mut self.amounts[field as usize]
    }

    /// The line with an amount.
    pub fn with(mut self, field: BudgetField, amount: Cents) -> Self {
        *self.amount_mut(field) = Some(amount);
        self
    }
}

/// Whether two sums are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Balance {
    /// Nothing is said of either.
    Nothing,
    /// They are the same.
    Even,
    /// The second is short of the first by that.
    Short(Cents),
    /// The second is over the first by that.
    Over(Cents),
    /// So many amounts are not known: nobody can tell.
    NotKnown(u32),
}

impl Balance {
    /// What is between two sums of which so many amounts are not known.
    pub fn between(first: Cents, second: Cents, not_known: u32) -> Self {
        match (first.0, second.0) {
            _ if not_known > 0 => Balance::NotKnown(not_known),
            (first, second) if first == second => Balance::Even,
            (first, second) if first > second => Balance::Short(Cents(first - second)),
            (first, second) => Balance::Over(Cents(second - first)),
        }
    }
}

/// The sums of a budget.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetTotals {
    /// What it costs.
    pub planned: FundingTotal,
    /// What is asked.
    pub asked: FundingTotal,
    /// What one brings oneself.
    pub own: FundingTotal,
    /// What others bring.
    pub others: FundingTotal,
}

impl BudgetTotals {
    /// The sums of these lines.
    pub fn of(lines: &[BudgetLine]) -> Self {
        let sum = |field| FundingTotal::of(lines.iter().map(|line| line.amount(field)));
        BudgetTotals {
            planned: sum(BudgetField::Planned),
            asked: sum(BudgetField::Asked),
            own: sum(BudgetField::Own),
            others: sum(BudgetField::Others),
        }
    }

    /// What comes in, as far as it is known.
    pub fn income(&self) -> Cents {
        let sums = [self.asked, self.own, self.others];
        Cents(sums.iter().fold(0, |sum, total| total.known.0.saturating_add(sum)))
    }

    /// Whether what comes in is what it costs. A line that says one of what comes in leaves the others at nothing: only of a
    /// line that says neither a cost nor anything that comes in is something not known.
    pub fn balance(lines: &[BudgetLine]) -> Balance {
        if lines.is_empty() {
            return Balance::Nothing;
        }
        let comes_in = |line: &BudgetLine| BudgetField::ALL[1..].iter().any(|field| line.amount(*field).is_some());
        let not_known: usize = lines
            .iter()
            .map(|line| match (line.amount(BudgetField::Planned), comes_in(line)) {
                (None, false) => 1,
                // What only brings money in costs nothing, and what only costs is paid by other lines.
                _ => 0,
            })
            .sum();
        let totals = BudgetTotals::of(lines);
        // Where no line at all says a cost, or none says what comes in, that whole side is not known, and is not zero.
        let is_known = |sum: FundingTotal| sum.known_lines > 0;
        let both_sides =
            is_known(totals.planned) && [totals.asked, totals.own, totals.others].into_iter().any(is_known);
        let not_known = if both_sides { not_known } else { lines.len() };
        Balance::between(totals.planned.known, totals.income(), not_known as u32)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(n: u8) -> BudgetLine {
        BudgetLine::empty(LineId([n; 16]))
    }

    #[test]
    fn a_budget_is_balanced_short_or_nobody_knows() {
        let cost = line(1).with(BudgetField::Planned, Cents(1_000)).with(BudgetField::Asked, Cents(600));
        let own = line(2).with(BudgetField::Own, Cents(400));
        assert_eq!(BudgetTotals::balance(&[]), Balance::Nothing);
        assert_eq!(BudgetTotals::balance(std::slice::from_ref(&cost)), Balance::Short(Cents(400)));
        assert_eq!(BudgetTotals::balance(&[cost.clone(), own.clone()]), Balance::Even);
        let others = line(3).with(BudgetField::Others, Cents(50));
        assert_eq!(BudgetTotals::balance(&[cost.clone(), own.clone(), others]), Balance::Over(Cents(50)));
        assert_eq!(BudgetTotals::balance(&[cost, own, line(4)]), Balance::NotKnown(1));
    }

    #[test]
    fn a_budget_of_which_one_side_is_not_known_is_not_over_and_not_short() {
        let asked = line(1).with(BudgetField::Asked, Cents(600));
        assert_eq!(BudgetTotals::balance(std::slice::from_ref(&asked)), Balance::NotKnown(1));
        let costs = line(2).with(BudgetField::Planned, Cents(600));
        assert_eq!(BudgetTotals::balance(std::slice::from_ref(&costs)), Balance::NotKnown(1));
        assert_eq!(BudgetTotals::balance(&[asked, costs]), Balance::Even);
        let nothing = line(3).with(BudgetField::Planned, Cents(0)).with(BudgetField::Asked, Cents(0));
        assert_eq!(BudgetTotals::balance(&[nothing]), Balance::Even, "zero is known");
    }

    #[test]
    fn zero_is_known_and_nothing_is_not() {
        let totals = BudgetTotals::of(&[line(1).with(BudgetField::Asked, Cents(0)), line(2)]);
        assert_eq!((totals.asked.sum(), totals.asked.not_known), (Some(Cents(0)), 1));
        assert_eq!((totals.planned.sum(), totals.planned.not_known), (None, 2));
    }

    proptest! {
        /// Every known cent is in one sum, and a gap is told exactly.
        #[test]
        fn sums_lose_no_cent(amounts in proptest::collection::vec(proptest::array::uniform4(proptest::option::of(0..1_000_000_u64)), 1..8)) {
            let lines: Vec<BudgetLine> = amounts.iter().map(|of| {
                let mut line = line(1);
                BudgetField::ALL.iter().zip(of).for_each(|(field, amount)| *line.amount_mut(*field) = amount.map(Cents));
                line
            }).collect();
            let totals = BudgetTotals::of(&lines);
            let sum = |at: usize| amounts.iter().filter_map(|of| of[at]).sum::<u64>();
            prop_assert_eq!(totals.planned.known, Cents(sum(0)));
            prop_assert_eq!(totals.income(), Cents(sum(1) + sum(2) + sum(3)));
            prop_assert_eq!(totals.own.known_lines + totals.own.not_known, lines.len() as u32);
            match BudgetTotals::balance(&lines) {
                Balance::Nothing => prop_assert!(false, "there are lines"),
                Balance::Even => prop_assert_eq!(sum(0), totals.income().0),
                Balance::Short(gap) => prop_assert_eq!(sum(0), totals.income().0 + gap.0),
                Balance::Over(gap) => prop_assert_eq!(sum(0) + gap.0, totals.income().0),
                Balance::NotKnown(lines) => {
                    let said_nothing = amounts.iter().filter(|of| of.iter().all(Option::is_none)).count();
                    let costs = amounts.iter().any(|of| of[0].is_some());
                    let comes_in = amounts.iter().any(|of| of[1..].iter().any(Option::is_some));
                    let expected = if costs && comes_in { said_nothing } else { amounts.len() };
                    prop_assert_eq!(lines as usize, expected);
                }
            }
        }
    }
}
