//! How everything that is written for ever in this room is written: numbers and bytes, one form for each value.
//!
//! A number is LEB128 of the fewest bytes; a byte string is its length and then its bytes; a list is its length and then
//! its items. Reading refuses any other form of the same value, so that equal values have equal hashes.

use std::fmt;

/// Why bytes are not what they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatError {
    /// They end too soon, go on too long, or say the impossible.
    Malformed,
    /// They are of a format that only a newer Maillon knows.
    TooNew,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FormatError::Malformed => "the bytes are not of the format",
            FormatError::TooNew => "written by a newer version",
        })
    }
}

impl std::error::Error for FormatError {}

/// Writes values one after the other.
#[derive(Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// Bytes whose number everyone knows.
    pub fn fixed(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.fixed(bytes);
    }

    pub fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.number(items.len() as u64);
        items.iter().for_each(|item| write(self, item));
    }

    pub fn done(self) -> Vec<u8> {
        self.0
    }
}

/// Reads values one after the other.
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Reader(bytes)
    }

    pub fn number(&mut self) -> Result<u64, FormatError> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let [byte] = self.fixed()?;
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                return Err(FormatError::Malformed);
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                // A last byte that adds nothing is another form of a shorter number.
                return if byte == 0 && shift > 0 { Err(FormatError::Malformed) } else { Ok(number) };
            }
        }
        Err(FormatError::Malformed)
    }

    pub fn fixed<const N: usize>(&mut self) -> Result<[u8; N], FormatError> {
        let (bytes, rest) = self.0.split_first_chunk::<N>().ok_or(FormatError::Malformed)?;
        self.0 = rest;
        Ok(*bytes)
    }

    pub fn bytes(&mut self) -> Result<&'a [u8], FormatError> {
        let length = usize::try_from(self.number()?).map_err(|_| FormatError::Malformed)?;
        let (bytes, rest) = self.0.split_at_checked(length).ok_or(FormatError::Malformed)?;
        self.0 = rest;
        Ok(bytes)
    }

    pub fn list<T>(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Result<T, FormatError>,
    ) -> Result<Vec<T>, FormatError> {
        let length = self.number()?;
        // Every item takes a byte at least: a length that lies reserves nothing.
        if length > self.0.len() as u64 {
            return Err(FormatError::Malformed);
        }
        (0..length).map(|_| read(self)).collect()
    }

    /// What is left, all of it.
    pub fn rest(self) -> &'a [u8] {
        self.0
    }

    /// Nothing may be left.
    pub fn end(self) -> Result<(), FormatError> {
        if self.0.is_empty() { Ok(()) } else { Err(FormatError::Malformed) }
    }
}

/// Whether each item comes after the one before: a set has one form.
pub fn in_order<T: Ord>(items: &[T]) -> Result<(), FormatError> {
    if items.windows(2).all(|pair| pair[0] < pair[1]) { Ok(()) } else { Err(FormatError::Malformed) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
        let mut writer = Writer::default();
        write(&mut writer);
        writer.done()
    }

    #[test]
    fn numbers_are_of_the_fewest_bytes() {
        let forms =
            [(0, vec![0]), (127, vec![127]), (128, vec![128, 1]), (u64::MAX, [[255; 9].as_slice(), &[1]].concat())];
        for (number, form) in forms {
            assert_eq!(written(|w| w.number(number)), form);
            assert_eq!(Reader::new(&form).number(), Ok(number));
        }
        for other in [&[0x80, 0][..], &[0xff; 10], &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2], &[0x80]]
        {
            assert_eq!(Reader::new(other).number(), Err(FormatError::Malformed), "{other:?}");
        }
    }

    #[test]
    fn a_length_that_lies_is_refused_before_anything_is_made() {
        let lie = written(|w| w.number(u64::MAX));
        assert_eq!(Reader::new(&lie).bytes(), Err(FormatError::Malformed));
        assert_eq!(Reader::new(&lie).list(|r| r.number()), Err(FormatError::Malformed));
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(number: u64, bytes: Vec<u8>, list: Vec<u64>) {
            let written = written(|w| {
                w.number(number);
                w.bytes(&bytes);
                w.list(&list, |w, item| w.number(*item));
            });
            let mut reader = Reader::new(&written);
            prop_assert_eq!(reader.number(), Ok(number));
            prop_assert_eq!(reader.bytes(), Ok(bytes.as_slice()));
            prop_assert_eq!(reader.list(|r| r.number()), Ok(list));
            prop_assert_eq!(reader.end(), Ok(()));
        }
    }
}
