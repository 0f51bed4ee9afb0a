//! One value of every variant of an enum, so that a test forgets none: not those that are added tomorrow either.
//!
//! What they carry is the least that can be read: zeros, empty lists, and a day wherever there is a text.

use std::cell::Cell;

use serde::Deserializer;
use serde::de::value::Error;
use serde::de::{DeserializeOwned, DeserializeSeed, EnumAccess, IntoDeserializer, SeqAccess, VariantAccess, Visitor};

/// A text that is a day too.
const TEXT: &str = "2026-07-20";

/// One value of every variant, with its name.
pub fn every<T: DeserializeOwned>() -> Vec<(&'static str, T)> {
    let names = Cell::new(&[][..]);
    // The first asked tells how many there are, whether it can be made or not.
    let _ = T::deserialize(Filler { variant: 0, names: Some(&names) });
    let make = |variant: usize, name: &&'static str| match T::deserialize(Filler { variant, names: None }) {
        Ok(value) => (*name, value),
        Err(why) => panic!("{name} cannot be made: {why}"),
    };
    names.get().iter().enumerate().map(|(variant, name)| make(variant, name)).collect()
}

/// Fills whatever is asked for.
#[derive(Clone, Copy)]
struct Filler<'a> {
    /// Which variant of the first enum met.
    variant: usize,
    /// Where the names of its variants go.
    names: Option<&'a Cell<&'static [&'static str]>>,
}

impl Filler<'_> {
    fn within() -> Filler<'static> {
        Filler { variant: 0, names: None }
    }
}

macro_rules! zeros {
    ($($method:ident $visit:ident $zero:expr),* $(,)?) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> { visitor.$visit($zero) })*
    };
}

impl<'de> Deserializer<'de> for Filler<'_> {
    type Error = Error;

    zeros! {
        deserialize_any visit_str TEXT,
        deserialize_bool visit_bool false,
        deserialize_i8 visit_i8 0,
        deserialize_i16 visit_i16 0,
        deserialize_i32 visit_i32 0,
        deserialize_i64 visit_i64 0,
        deserialize_u8 visit_u8 0,
        deserialize_u16 visit_u16 0,
        deserialize_u32 visit_u32 0,
        deserialize_u64 visit_u64 0,
        deserialize_f32 visit_f32 0.0,
        deserialize_f64 visit_f64 0.0,
        deserialize_char visit_char 'a',
        deserialize_str visit_str TEXT,
        deserialize_string visit_str TEXT,
        deserialize_bytes visit_bytes &[],
        deserialize_byte_buf visit_bytes &[],
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_none()
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Parts(0))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, parts: usize, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Parts(parts))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        parts: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_seq(Parts(parts))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(serde::de::value::MapDeserializer::<_, Error>::new(std::iter::empty::<(u8, u8)>()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_seq(Parts(fields.len()))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if let Some(names) = self.names {
            names.set(variants);
        }
        visitor.visit_enum(self)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u64(self.variant as u64)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

impl<'de, 'a> EnumAccess<'de> for Filler<'a> {
    type Error = Error;
    type Variant = Filler<'a>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self::Variant), Error> {
        let tag = IntoDeserializer::<Error>::into_deserializer(self.variant as u32);
        Ok((seed.deserialize(tag)?, self))
    }
}

impl<'de> VariantAccess<'de> for Filler<'_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(Filler::within())
    }

    fn tuple_variant<V: Visitor<'de>>(self, parts: usize, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Parts(parts))
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Parts(fields.len()))
    }
}

/// So many things, each filled.
struct Parts(usize);

impl<'de> SeqAccess<'de> for Parts {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        match self.0 {
            0 => Ok(None),
            left => {
                self.0 = left - 1;
                seed.deserialize(Filler::within()).map(Some)
            }
        }
    }
}
