//! A point on the ground, and the point of an address: where it is, who said so, and of which words it is the point.
//!
//! Degrees are kept as whole millionths, a tenth of a metre: what is written on one device reads the same on every other.
//! A position is one text, so that two devices never make a point of one's longitude and the other's latitude; and it says
//! the address it was chosen with, so that it stops being anyone's as soon as the address becomes another, whoever changed
//! it and wherever.

use serde::{Deserialize, Serialize};

use super::coded::coded;
use crate::text::fold::fold;

const MILLION: i64 = 1_000_000;

/// A point on the ground, in millionths of a degree (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Point {
    /// Longitude, east of Greenwich.
    pub lon_microdegrees: i32,
    /// Latitude, north of the equator.
    pub lat_microdegrees: i32,
}

impl Point {
    /// A point of the Earth; nothing elsewhere. Where both are zero, files mean that they do not know.
    pub fn new(lon_microdegrees: i64, lat_microdegrees: i64) -> Option<Self> {
        let is_on_earth = lon_microdegrees.abs() <= 180 * MILLION && lat_microdegrees.abs() <= 90 * MILLION;
        let is_said = (lon_microdegrees, lat_microdegrees) != (0, 0);
        (is_on_earth && is_said)
            .then_some(Point { lon_microdegrees: lon_microdegrees as i32, lat_microdegrees: lat_microdegrees as i32 })
    }

    /// A point from degrees as files write them: "4.627183" and "43.676647".
    pub fn of_degrees(lon: &str, lat: &str) -> Option<Self> {
        Point::new(microdegrees(lon)?, microdegrees(lat)?)
    }

    /// The middle of several points.
    pub fn middle(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        let (mut lon, mut lat, mut count) = (0_i64, 0_i64, 0_i64);
        for point in points {
            lon += i64::from(point.lon_microdegrees);
            lat += i64::from(point.lat_microdegrees);
            count += 1;
        }
        (count > 0).then(|| Point::new(lon.div_euclid(count), lat.div_euclid(count))).flatten()
    }
}

/// Degrees in decimal figures as whole millionths; what comes after the sixth decimal is a hair's breadth, and goes.
fn microdegrees(degrees: &str) -> Option<i64> {
    let degrees = degrees.trim();
    let (sign, figures) = match degrees.strip_prefix('-') {
        Some(figures) => (-1, figures),
        None => (1, degrees.strip_prefix('+').unwrap_or(degrees)),
    };
    let (whole, decimals) = figures.split_once(['.', ',']).unwrap_or((figures, ""));
    let are_figures = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || !are_figures(whole) || !are_figures(decimals) {
        return None;
    }
    let decimals = decimals.bytes().chain(std::iter::repeat(b'0')).take(6);
    let millionths = decimals.fold(0_i64, |number, figure| number * 10 + i64::from(figure - b'0'));
    Some(sign * (whole.parse::<i64>().ok()? * MILLION + millionths))
}

coded! {
    /// Where a position comes from.
    PositionSource {
        /// The very number, in the national base of addresses.
        Number = "ban_number",
        /// The middle of the way or of the place, in that base: the number is not in it, or none is said.
        Way = "ban_way",
    }
}

/// The point of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Where it is.
    pub point: Point,
    /// Who says so.
    pub from: PositionSource,
    /// The words of the address that it is the point of, folded.
    pub of: String,
}

impl Position {
    /// The point of those words.
    pub fn of(point: Point, from: PositionSource, words: &[&str]) -> Self {
        Position { point, from, of: folded(words) }
    }

    /// What is written.
    pub fn to_text(&self) -> String {
        let Point { lon_microdegrees, lat_microdegrees } = self.point;
        format!("{lon_microdegrees} {lat_microdegrees} {} {}", self.from.code(), self.of)
    }

    /// What was written; nothing where it is no position.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(4, ' ');
        let (lon, lat) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let from = PositionSource::from_code(parts.next()?);
        Some(Position { point: Point::new(lon, lat)?, from, of: parts.next()?.to_owned() })
    }

    /// What was written, as long as it is of these words.
    pub fn still_of(text: &str, words: &[&str]) -> Option<Self> {
        Position::parse(text).filter(|position| position.of == folded(words))
    }
}

fn folded(words: &[&str]) -> String {
    words.iter().map(|part| fold(part)).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn degrees_are_read_as_files_write_them() {
        let read = |lon: &str, lat: &str| Point::of_degrees(lon, lat).map(|p| (p.lon_microdegrees, p.lat_microdegrees));
        assert_eq!(read("4.627183", "43.676647"), Some((4_627_183, 43_676_647)));
        assert_eq!(read(" -1,5 ", "+48"), Some((-1_500_000, 48_000_000)));
        assert_eq!(read("4.6271839999", "43.6"), Some((4_627_183, 43_600_000)));
        assert_eq!(read("-0.000001", "0"), Some((-1, 0)));
        let wrong = ["", "abc", "4.6.2", "1e3", "NaN", "181", "9999999999999999999", ".5", "--4", "4 5"];
        for wrong in wrong {
            assert_eq!(read(wrong, "43"), None, "{wrong}");
        }
        assert_eq!(read("0", "0.0"), None, "nobody lives there: it is not known");
        assert_eq!(read("4", "90.000001"), None);
    }

    #[test]
    fn a_position_is_of_its_words_however_they_are_typed_and_of_no_others() {
        let point = Point::of_degrees("4.6", "43.6").expect("a point");
        let said = Position::of(point, PositionSource::Number, &["12 bis Chemin de l’Oratoire", "Saint-Amande"]);
        let written = said.to_text();
        assert_eq!(written, "4600000 43600000 ban_number 12 bis chemin de l oratoire|saint amande");
        assert_eq!(Position::parse(&written).as_ref(), Some(&said));
        let still = |line: &str, commune: &str| Position::still_of(&written, &[line, commune]).is_some();
        assert!(still("12 bis chemin de l'oratoire", "SAINT AMANDE"));
        assert!(!still("12 chemin de l'oratoire", "Saint-Amande"));
        assert!(!still("12 bis chemin de l'oratoire", "Aubignan"), "there is an Oratoire in the next village too");
        for wrong in ["", "4600000", "a b c d", "0 0 ban_number x", "4600000 43600000 ban_number"] {
            assert_eq!(Position::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(lon in -180_000_000_i64..=180_000_000, lat in 1_i64..=90_000_000, words in "\\PC{0,30}") {
            let point = Point::new(lon, lat).expect("a point");
            let position = Position::of(point, PositionSource::Way, &[&words, "x"]);
            prop_assert_eq!(Position::parse(&position.to_text()), Some(position));
        }

        #[test]
        fn foreign_words_are_no_panic(text in "\\PC{0,60}", lon in "\\PC{0,12}", lat in "[-+0-9.,]{0,12}") {
            let _ = (Position::parse(&text), Point::of_degrees(&lon, &lat), Point::of_degrees(&lat, &lat));
        }
    }
}
