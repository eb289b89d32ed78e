//! Kept bytes: states with edges, and rows without.
//!
//! A state is a CBOR array of two: the salt of its mark, and the data. The salt is zero unless
//! octets of the data itself begin with the mark of salt zero, as only an attacker's would; then
//! it is the smallest that no octets begin with. So octets that a peer sent can never be taken
//! for a reference, and the same data still has one encoding.

use std::collections::BTreeSet;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::cbor;
use super::read;
use super::scan;
use super::scope::{self, MARK_BYTES, Mark, Mode, Outcome};
use crate::error::{Class, Error, Result};
use crate::limits::STATE_DEPTH_MAX;
use crate::object::State;
use crate::records::Row;
use crate::reference::Ref;

/// Encodes state: canonical CBOR whose references are indices into the edges.
///
/// Fails if the type cannot be kept: it nests beyond
/// [`STATE_DEPTH_MAX`](crate::limits::STATE_DEPTH_MAX), or its own `Serialize` gave a reference to
/// another serializer.
///
/// ```
/// use hogshead_objects::codec::{decode_state, encode_state};
///
/// let state = encode_state(&vec![1_u64, 2, 3])?;
/// assert!(state.edges.is_empty());
/// assert_eq!(decode_state::<Vec<u64>>(&state)?, [1, 2, 3]);
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
pub fn encode_state<T: Serialize + ?Sized>(t: &T) -> Result<State> {
    let (mut bytes, mut outcome) = write(Mode::Encode, 0, t)?;
    let mut survey = survey(&bytes, scope::mark(0))?;
    if survey.tokens != outcome.edges.len() {
        // Either some octets look like tokens, or a reference went elsewhere.
        let salt = free_salt(&bytes)?;
        (bytes, outcome) = write(Mode::Encode, salt, t)?;
        survey = self::survey(&bytes, scope::mark(salt))?;
    }
    if survey.tokens != outcome.edges.len() {
        return Err(cannot_keep("a reference was written to another serializer"));
    }
    let Outcome { edges, secret, collections, .. } = outcome;
    Ok(State { bytes: cbor::fitted(bytes), edges, secret, collections })
}

/// Decodes state.
///
/// Fails if the bytes are not of this type, if anything follows them, or if they name an edge that
/// is not there.
pub fn decode_state<T: DeserializeOwned>(s: &State) -> Result<T> {
    read(Mode::Decode, &s.edges, &s.bytes)
}

/// Encodes a row without references: what sessions keep. Its values may name references by a
/// [`Reference`](super::Reference) type of the session's own.
///
/// ```
/// use hogshead_objects::codec::{decode_row, encode_row};
///
/// let row = encode_row(&("export", 7_u64))?;
/// assert!(!row.secret);
/// assert_eq!(decode_row::<(String, u64)>(&row.bytes)?, ("export".to_owned(), 7));
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
pub fn encode_row<T: Serialize + ?Sized>(t: &T) -> Result<Row> {
    let (bytes, outcome) = write(Mode::EncodeRow, 0, t)?;
    survey(&bytes, scope::mark(0))?;
    Ok(Row { bytes: cbor::fitted(bytes), secret: outcome.secret })
}

/// Decodes what [`encode_row`] wrote.
pub fn decode_row<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    read(Mode::DecodeRow, &[], bytes)
}

/// Proves that encoding, decoding and encoding again gives the same bytes and edges.
///
/// For the tests of a type that is kept: it finds collections of random order, skipped fields that
/// matter, and types that `serde` cannot read back where it buffers.
///
/// ```
/// hogshead_objects::codec::check_round_trip(&("tea".to_owned(), 3_u64))?;
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
pub fn check_round_trip<T: Serialize + DeserializeOwned>(t: &T) -> Result<()> {
    let first = encode_state(t)?;
    let again: T = decode_state(&first)?;
    let second = encode_state(&again)?;
    if first == second {
        Ok(())
    } else {
        Err(cannot_keep("encoding, decoding and encoding again gives another state"))
    }
}

fn write<T: Serialize + ?Sized>(mode: Mode, salt: u32, t: &T) -> Result<(Vec<u8>, Outcome)> {
    let mut bytes = cbor::scratch();
    let guard = scope::enter(mode, salt, &[]);
    if cbor::try_write(&(salt, t), &mut bytes).is_ok() {
        return Ok((bytes, guard.finish()));
    }
    drop(guard);
    bytes.clear();
    let guard = scope::enter(mode, salt, &[]);
    ciborium::into_writer(&(salt, t), &mut bytes)
        .map_err(|error| cannot_keep(&error.to_string()))?;
    Ok((bytes, guard.finish()))
}

fn read<T: DeserializeOwned>(mode: Mode, edges: &[Ref], bytes: &[u8]) -> Result<T> {
    let salt = scan::salt(bytes).filter(|salt| *salt < scope::SALT_END);
    let salt = salt.ok_or_else(|| damaged("it does not begin as one"))?;
    // Two levels more than the data: the array around it, and a unit variant, which ciborium
    // counts as one.
    let depth = STATE_DEPTH_MAX + 2;
    let guard = scope::enter(mode, salt, edges);
    if let Ok(((_, t), rest)) = read::try_read::<(u32, T)>(bytes, depth) {
        return if rest.is_empty() { Ok(t) } else { Err(damaged("something follows it")) };
    }
    drop(guard);
    let _guard = scope::enter(mode, salt, edges);
    let mut rest = bytes;
    let (_, t): (u32, T) = ciborium::de::from_reader_with_recursion_limit(&mut rest, depth)
        .map_err(|error| damaged(&error.to_string()))?;
    if rest.is_empty() { Ok(t) } else { Err(damaged("something follows it")) }
}

fn survey(bytes: &[u8], mark: Mark) -> Result<scan::Survey> {
    let survey = scan::survey(bytes, mark).ok_or_else(|| cannot_keep("it is not plain CBOR"))?;
    if survey.depth > STATE_DEPTH_MAX + 1 {
        return Err(cannot_keep(&format!("it nests deeper than {STATE_DEPTH_MAX} levels")));
    }
    Ok(survey)
}

/// The smallest salt whose mark begins no octets of this state but our tokens.
///
/// All octets that begin with a taken mark are counted, tokens too: those of salt zero.
fn free_salt(bytes: &[u8]) -> Result<u32> {
    let mut taken: BTreeSet<Mark> = BTreeSet::new();
    scan::for_each_octets(bytes, |octets| {
        if let Some(mark) = octets.get(..MARK_BYTES).and_then(|mark| mark.try_into().ok()) {
            taken.insert(mark);
        }
    })
    .ok_or_else(|| cannot_keep("it is not plain CBOR"))?;
    (1..scope::SALT_END)
        .find(|salt| !taken.contains(&scope::mark(*salt)))
        .ok_or_else(|| cannot_keep("its octets begin with every mark"))
}

fn cannot_keep(why: &str) -> Error {
    Error::new(Class::Failed, format!("this state cannot be kept: {why}"))
}

fn damaged(why: &str) -> Error {
    Error::new(Class::Failed, format!("a kept state cannot be read: {why}"))
}
