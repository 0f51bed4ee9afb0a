//! A level over time, drawn: a step line that reads in black and white, beside the same thing in words.
//!
//! A pure function from a table to a picture: nothing here asks for a day, a language or a colour.

use std::fmt::Write as _;

use chrono::NaiveDate;

/// The drawing's own units.
const WIDTH: f64 = 320.0;
const TOP: f64 = 14.0;
const STEP: f64 = 30.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 308.0;

/// The line of some days' levels (0 is the lowest), oldest first; the words of the levels from the lowest; the first and
/// the last day in words. Nothing where there is no line to draw.
pub fn level_line(points: &[(NaiveDate, usize)], levels: &[&str], ends: [&str; 2]) -> Option<String> {
    let ((first, _), (last, _)) = (points.first()?, points.last()?);
    let days = (*last - *first).num_days();
    if days <= 0 || levels.is_empty() {
        return None;
    }
    let bottom = TOP + STEP * (levels.len() - 1) as f64;
    let x = |day: NaiveDate| LEFT + (RIGHT - LEFT) * (day - *first).num_days() as f64 / days as f64;
    let y = |level: usize| bottom - STEP * level.min(levels.len() - 1) as f64;
    let mut svg = format!("<svg viewBox=\"0 0 {WIDTH} {}\" aria-hidden=\"true\" focusable=\"false\">", bottom + 34.0);
    for (level, words) in levels.iter().enumerate() {
        let at = y(level);
        let _ = write!(
            svg,
            "<path class=\"rule\" d=\"M{LEFT} {at}H{RIGHT}\"/><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            LEFT - 8.0,
            at + 4.0,
            escaped(words)
        );
    }
    let mut path = String::new();
    for (index, (day, level)) in points.iter().enumerate() {
        let _ = match index {
            0 => write!(path, "M{:.1} {}", x(*day), y(*level)),
            _ => write!(path, "H{:.1}V{}", x(*day), y(*level)),
        };
    }
    let _ = write!(svg, "<path class=\"line\" d=\"{path}\"/>");
    for (day, level) in points {
        let _ = write!(svg, "<circle cx=\"{:.1}\" cy=\"{}\" r=\"4\"/>", x(*day), y(*level));
    }
    let under = bottom + 26.0;
    let _ = write!(
        svg,
        "<text x=\"{LEFT}\" y=\"{under}\">{}</text><text x=\"{RIGHT}\" y=\"{under}\" text-anchor=\"end\">{}</text></svg>",
        escaped(ends[0]),
        escaped(ends[1])
    );
    Some(svg)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    const LEVELS: [&str; 3] = ["Faible", "Modéré", "Fort"];

    #[test]
    fn a_level_stays_until_the_day_of_the_next() {
        let points = [(day("2026-01-01"), 0), (day("2026-01-11"), 2), (day("2026-01-21"), 1)];
        let svg = level_line(&points, &LEVELS, ["1er janvier", "21 janvier"]).expect("a line");
        assert!(svg.contains("d=\"M70.0 74H189.0V14H308.0V44\""), "{svg}");
        assert_eq!(svg.matches("<circle").count(), 3);
        assert!(svg.contains(">Fort<") && svg.contains(">21 janvier<"));
    }

    #[test]
    fn one_day_is_no_line() {
        assert_eq!(level_line(&[(day("2026-01-01"), 0)], &LEVELS, ["", ""]), None);
        assert_eq!(level_line(&[(day("2026-01-01"), 0), (day("2026-01-01"), 2)], &LEVELS, ["", ""]), None);
        assert_eq!(level_line(&[], &LEVELS, ["", ""]), None);
    }

    #[test]
    fn words_never_become_marks() {
        let points = [(day("2026-01-01"), 9), (day("2026-02-01"), 0)];
        let svg = level_line(&points, &["<b>"], ["&", "x"]).expect("a line");
        assert!(svg.contains("&lt;b&gt;") && svg.contains("&amp;") && !svg.contains("<b>"));
    }
}
