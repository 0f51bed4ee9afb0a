//! Every word of a record, whatever the record: what is looked for must escape no field, of today's kinds or of
//! tomorrow's. A record is walked as it would be written, and its texts are taken on the way.

use std::fmt;

use serde::ser::{self, Serialize};

/// Hands over every text of a value.
pub fn words_in(value: &impl Serialize, take: &mut dyn FnMut(&str)) {
    // A value made of plain data has nothing to refuse.
    let _ = value.serialize(Walk(take));
}

struct Walk<'a>(&'a mut dyn FnMut(&str));

/// Nothing is refused but what asks to be.
#[derive(Debug)]
pub struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value refused to be walked")
    }
}

impl std::error::Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Refused
    }
}

macro_rules! passed_over {
    ($($name:ident($type:ty)),* $(,)?) => {
        $(fn $name(self, _: $type) -> Result<(), Refused> { Ok(()) })*
    };
}

impl<'a> ser::Serializer for Walk<'a> {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    passed_over! {
        serialize_bool(bool), serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64),
        serialize_u8(u8), serialize_u16(u16), serialize_u32(u32), serialize_u64(u64), serialize_f32(f32),
        serialize_f64(f64), serialize_char(char), serialize_bytes(&[u8]), serialize_unit_struct(&'static str),
    }

    fn serialize_str(self, text: &str) -> Result<(), Refused> {
        (self.0)(text);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Refused> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Refused> {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), Refused> {
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Refused> {
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Refused> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Refused> {
        Ok(self)
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Self, Refused> {
        Ok(self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Refused> {
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Refused> {
        Ok(self)
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Self, Refused> {
        Ok(self)
    }

    /// As the documents write them: a day is a text there, and is passed over here by whoever takes long texts only.
    fn is_human_readable(&self) -> bool {
        false
    }
}

macro_rules! walked {
    ($($trait:ident::$method:ident($($key:ident: $type:ty),*)),* $(,)?) => {
        $(impl ser::$trait for Walk<'_> {
            type Ok = ();
            type Error = Refused;

            fn $method<T: Serialize + ?Sized>(&mut self, $($key: $type,)* value: &T) -> Result<(), Refused> {
                value.serialize(Walk(&mut *self.0))
            }

            fn end(self) -> Result<(), Refused> {
                Ok(())
            }
        })*
    };
}

walked! {
    SerializeSeq::serialize_element(),
    SerializeTuple::serialize_element(),
    SerializeTupleStruct::serialize_field(),
    SerializeTupleVariant::serialize_field(),
    SerializeStruct::serialize_field(_name: &'static str),
    SerializeStructVariant::serialize_field(_name: &'static str),
}

impl ser::SerializeMap for Walk<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        key.serialize(Walk(&mut *self.0))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        value.serialize(Walk(&mut *self.0))
    }

    fn end(self) -> Result<(), Refused> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::*;

    #[derive(Serialize)]
    enum Branch {
        Bare,
        One(String),
        Two(u8, &'static str),
        Named { said: Option<String> },
    }

    #[derive(Serialize)]
    struct Record {
        words: String,
        number: i64,
        branches: Vec<Branch>,
        by_key: BTreeMap<String, (String, bool)>,
    }

    #[test]
    fn no_text_escapes_wherever_it_stands() {
        let record = Record {
            words: "un".into(),
            number: 4,
            branches: vec![
                Branch::Bare,
                Branch::One("deux".into()),
                Branch::Two(1, "trois"),
                Branch::Named { said: Some("quatre".into()) },
            ],
            by_key: BTreeMap::from([("cinq".to_owned(), ("six".to_owned(), true))]),
        };
        let mut taken = Vec::new();
        words_in(&record, &mut |text| taken.push(text.to_owned()));
        assert_eq!(taken, ["un", "deux", "trois", "quatre", "cinq", "six"]);
    }
}
