//! What is in something: elements, pairs, and the content of a variant.

use serde::de::{self, DeserializeSeed, Visitor};

use super::super::cbor::Asked;
use super::Reader;

/// A sequence or a map that is being read.
pub(super) struct Parts<'a, 'r> {
    pub reader: &'a mut Reader<'r>,
    /// How many elements or pairs are left.
    pub left: u64,
}

impl Parts<'_, '_> {
    fn next<'de, S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Asked> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn hint(&self) -> Option<usize> {
        usize::try_from(self.left).ok()
    }
}

impl<'de> de::SeqAccess<'de> for &mut Parts<'_, '_> {
    type Error = Asked;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Asked> {
        self.next(seed)
    }

    fn size_hint(&self) -> Option<usize> {
        self.hint()
    }
}

impl<'de> de::MapAccess<'de> for &mut Parts<'_, '_> {
    type Error = Asked;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Asked> {
        self.next(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Asked> {
        seed.deserialize(&mut *self.reader)
    }

    fn size_hint(&self) -> Option<usize> {
        self.hint()
    }
}

/// A variant that is being read: its name alone, or a map of its name.
pub(super) struct Variant<'a, 'r> {
    pub reader: &'a mut Reader<'r>,
    pub has_more: bool,
}

impl<'a, 'r> Variant<'a, 'r> {
    fn content(self) -> Result<&'a mut Reader<'r>, Asked> {
        if self.has_more { Ok(self.reader) } else { Err(Asked) }
    }
}

impl<'de> de::EnumAccess<'de> for Variant<'_, '_> {
    type Error = Asked;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Asked> {
        let name = seed.deserialize(&mut *self.reader)?;
        Ok((name, self))
    }
}

impl<'de> de::VariantAccess<'de> for Variant<'_, '_> {
    type Error = Asked;

    fn unit_variant(self) -> Result<(), Asked> {
        if self.has_more { Err(Asked) } else { Ok(()) }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Asked> {
        seed.deserialize(self.content()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Asked> {
        de::Deserializer::deserialize_any(self.content()?, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Asked> {
        de::Deserializer::deserialize_any(self.content()?, visitor)
    }
}
