//! Printed pages, as a file of them says: how many, of what size.

/// Points in a millimetre.
const POINTS_A_MM: f64 = 72.0 / 25.4;

/// What a file of printed pages says of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The width and the height of each page, in millimetres.
    pub pages_mm: Vec<(u32, u32)>,
}

impl Printed {
    /// Reads a file of pages: each says its box in points, in words that are not packed.
    pub fn read(file: &[u8]) -> Self {
        let text = String::from_utf8_lossy(file);
        let size = |after: &str| {
            let inside = after.trim_start().strip_prefix('[')?.split(']').next()?;
            let numbers: Vec<f64> = inside.split_whitespace().filter_map(|number| number.parse().ok()).collect();
            let [left, bottom, right, top] = numbers[..] else { return None };
            Some((in_mm(right - left), in_mm(top - bottom)))
        };
        Self { pages_mm: text.split("/MediaBox").skip(1).filter_map(size).collect() }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "no sheet of paper is as wide as that")]
fn in_mm(points: f64) -> u32 {
    (points / POINTS_A_MM).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_read_with_their_size() {
        let file = b"<</Type /Page /MediaBox [0 0 594.95996 841.91998]>> <</MediaBox [0 0 419 298]>> \xff";
        assert_eq!(Printed::read(file).pages_mm, [(210, 297), (148, 105)]);
        assert_eq!(Printed::read(b"/MediaBox [0 0]").pages_mm, []);
    }
}
