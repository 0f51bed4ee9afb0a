//! Which letters foreign bytes mean.
//!
//! Spreadsheets write UTF-8 with or without a mark, UTF-16 with one, or the old code page of Western Windows, which any
//! bytes are valid in: it is what is left when nothing else fits.

/// How a file's text was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without its mark.
    #[default]
    Utf8,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// Western Windows.
    Windows1252,
}

impl Encoding {
    /// The name that people and browsers give it.
    pub const fn code(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Windows1252 => "windows-1252",
        }
    }
}

/// The text of a file, and how it was written. Every file has one: what UTF-16 cannot mean becomes U+FFFD.
pub fn decode(bytes: &[u8]) -> (String, Encoding) {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => decode_8_bits(rest),
        [0xff, 0xfe, rest @ ..] => (decode_16_bits(rest, u16::from_le_bytes), Encoding::Utf16Le),
        [0xfe, 0xff, rest @ ..] => (decode_16_bits(rest, u16::from_be_bytes), Encoding::Utf16Be),
        _ => decode_8_bits(bytes),
    }
}

/// UTF-8 if it is, else the code page.
fn decode_8_bits(bytes: &[u8]) -> (String, Encoding) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), Encoding::Utf8),
        Err(_) => (windows_1252(bytes), Encoding::Windows1252),
    }
}

fn decode_16_bits(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    // A last odd byte is half a letter: it is shown as one that cannot be read.
    let units = bytes.chunks(2).map(|pair| match pair {
        [first, second] => unit([*first, *second]),
        _ => 0xfffd,
    });
    char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The text of bytes of Western Windows. The five bytes it leaves without a meaning are kept as control characters.
pub fn windows_1252(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| windows_1252_char(*byte)).collect()
}

fn windows_1252_char(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => FROM_80[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_file_reads_the_same_however_it_was_saved() {
        let text = "Mme Lœvy, 10 €, l’été";
        let utf16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        let western = b"Mme L\x9cvy, 10 \x80, l\x92\xe9t\xe9".to_vec();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), Encoding::Utf8),
            ([vec![0xff, 0xfe], utf16(u16::to_le_bytes)].concat(), Encoding::Utf16Le),
            ([vec![0xfe, 0xff], utf16(u16::to_be_bytes)].concat(), Encoding::Utf16Be),
            (western, Encoding::Windows1252),
        ] {
            assert_eq!(decode(&bytes), (text.to_owned(), encoding));
        }
    }

    #[test]
    fn half_a_letter_is_shown_as_such() {
        assert_eq!(decode(b"\xff\xfeA\0B").0, "A\u{fffd}");
        assert_eq!(decode(b"\xff\xfe\0\xd8").0, "\u{fffd}");
        assert_eq!(decode(b"").0, "");
    }

    proptest! {
        #[test]
        fn any_bytes_have_a_text_and_two_never_share_one(a in any::<u8>(), b in any::<u8>()) {
            prop_assert_eq!(windows_1252(&[a]) == windows_1252(&[b]), a == b);
        }

        #[test]
        fn what_is_utf_8_is_read_as_such(text in "\\PC{0,40}") {
            prop_assert_eq!(decode(text.as_bytes()), (text, Encoding::Utf8));
        }
    }
}
