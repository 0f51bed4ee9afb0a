//! A text as the square that telephones read, drawn: a pure function from a text to a picture.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// The white around the square, in modules: readers ask for four.
const QUIET: usize = 4;

/// The square of a text; nothing where the text is too long for one.
pub fn square(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).ok()?;
    let (width, modules) = (code.width(), code.to_colors());
    let whole = width + 2 * QUIET;
    let mut path = String::new();
    for (row, line) in modules.chunks(width).enumerate() {
        let mut column = 0;
        while column < line.len() {
            let run = line[column..].iter().take_while(|module| **module == Color::Dark).count();
            if run > 0 {
                // Modules side by side are one stroke: printers leave no hairline between them.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", column + QUIET, row + QUIET);
            }
            column += run.max(1);
        }
    }
    Some(format!(
        "<svg viewBox=\"0 0 {whole} {whole}\" aria-hidden=\"true\" focusable=\"false\" shape-rendering=\"crispEdges\">\
         <path class=\"light\" d=\"M0 0h{whole}v{whole}h-{whole}z\"/><path class=\"dark\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_is_drawn_with_its_white_around_it() {
        let svg = square("BEGIN:VCARD\r\nFN:Nadine\r\nEND:VCARD\r\n").expect("a square");
        // Version 3 has 29 modules a side; its first mark is seven wide, four from the edge.
        assert!(svg.contains("viewBox=\"0 0 37 37\""), "{}", &svg[..80]);
        assert!(svg.contains("M4 4h7v1h-7z"));
    }

    #[test]
    fn what_no_square_holds_is_no_square() {
        assert_eq!(square(&"x".repeat(3_000)), None);
    }
}
