//! Lines as horizontal bars: a pure function from what is told to a picture. A table beside it says the same.
//!
//! Each bar has its words and its number on it, so that it reads in black and white; what is not told is a dotted gap,
//! never a low bar. Colours are the page's, or those of the paper.

use std::fmt::Write as _;

use crate::pages::liaison::escaped;

/// The drawing's own units.
const WIDTH: u32 = 320;
const STEP: u32 = 40;
/// The longest bar: its number stands beside it.
const LONGEST: u32 = 256;
const THICK: u32 = 14;
/// How many letters of a name fit on a line; the table has the whole of it.
const LETTERS: usize = 42;

/// A line.
pub struct Bar {
    /// Its name.
    pub name: String,
    /// In percent of the longest; none where nothing is told.
    pub height: Option<u32>,
    /// The number, or what is said where there is none.
    pub number: String,
}

/// The picture.
pub fn bars(bars: &[Bar]) -> String {
    let tall = STEP * u32::try_from(bars.len()).unwrap_or(0);
    let mut svg = format!(
        "<svg class=\"bars\" viewBox=\"0 0 {WIDTH} {tall}\" font-size=\"13\" fill=\"currentColor\" \
         aria-hidden=\"true\" focusable=\"false\">"
    );
    let mut top = 0;
    for bar in bars {
        let (name, number) = (escaped(&shortened(&bar.name)), escaped(&bar.number));
        let (begins, middle, foot) = (top + 18, top + 18 + THICK / 2, top + 30);
        let _ = write!(svg, "<text x=\"0\" y=\"{}\">{name}</text>", top + 13);
        let end = match bar.height {
            // Zero is told: a thin mark, and not nothing.
            Some(height) => {
                let long = (LONGEST * height.min(100) / 100).max(2);
                let _ = write!(svg, "<rect x=\"0\" y=\"{begins}\" width=\"{long}\" height=\"{THICK}\"/>");
                long
            }
            None => {
                let _ =
                    write!(svg, "<path d=\"M1 {middle}H{LONGEST}\" stroke=\"currentColor\" stroke-dasharray=\"2 6\"/>");
                LONGEST
            }
        };
        let _ = write!(svg, "<text x=\"{}\" y=\"{foot}\" font-weight=\"bold\">{number}</text>", end + 6);
        top += STEP;
    }
    svg + "</svg>"
}

/// A name, cut where it would leave the picture.
fn shortened(name: &str) -> String {
    match name.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(name: &str, height: Option<u32>, number: &str) -> Bar {
        Bar { name: name.to_owned(), height, number: number.to_owned() }
    }

    #[test]
    fn what_is_untold_is_a_gap_and_zero_is_a_mark() {
        let svg = bars(&[bar("a", Some(100), "8"), bar("b", None, "—"), bar("c", Some(0), "0")]);
        assert_eq!((svg.matches("<rect").count(), svg.matches("stroke-dasharray").count()), (2, 1));
        assert!(svg.contains("width=\"256\"") && svg.contains("width=\"2\""), "{svg}");
        assert!(svg.contains("viewBox=\"0 0 320 120\""));
    }

    #[test]
    fn a_long_name_is_cut_between_letters_and_words_never_become_marks() {
        let long = "É".repeat(60);
        let svg = bars(&[bar(&long, Some(50), "4"), bar("<b>", Some(1), "&")]);
        assert!(svg.contains(&format!("{}…<", "É".repeat(LETTERS))));
        assert!(!svg.contains("<b>") && svg.contains("&lt;b&gt;") && svg.contains(">&amp;<"));
    }
}
