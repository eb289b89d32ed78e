//! A process as a file: `NAME.proc`.
//!
//! ```text
//!   "HOGPROC" version [ id, number, name, state, [ code… ], [ earlier state… ], [ port, label… ] ]
//! ```
//!
//! All that is needed to show a process without its vat, or to let it go on in another: its state,
//! every code that this or an earlier state names, and earlier states to undo to. The references
//! that it held are numbers and words about them; whoever imports the file says what they stand
//! for.

use std::collections::BTreeMap;

use super::cbor::{Reader, Writer};
use super::{codes, load};
use crate::code::{CodeHash, Verified};
use crate::error::LoadError;
use crate::limits::{
    FILE_BYTES_MAX, FILE_CODES_MAX, FILE_LABEL_BYTES_MAX, FILE_PORTS_MAX, FILE_STATES_MAX,
};
use crate::machine::codes::Codes;
use crate::machine::{Machine, Port};

const MAGIC: &[u8; 7] = b"HOGPROC";
const VERSION: u8 = 1;

/// What is in a file of a process.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProcFile {
    /// The process's id.
    pub id: String,
    /// How many events it has seen: with the id it names one state of it.
    pub number: u64,
    /// The process's name, for people.
    pub name: String,
    /// Its state, as [`dump`](super::dump) gives it.
    pub state: Vec<u8>,
    /// The encodings of all codes that the states name.
    pub codes: Vec<Vec<u8>>,
    /// States at earlier awaits, the oldest first.
    pub history: Vec<Vec<u8>>,
    /// What the references are, in words for people: they give nobody authority.
    pub labels: BTreeMap<Port, String>,
}

impl ProcFile {
    /// The bytes of the file.
    pub fn encode(&self) -> Vec<u8> {
        let mut to = Writer::default();
        to.bytes.extend_from_slice(MAGIC);
        to.bytes.push(VERSION);
        to.array(7);
        to.text(&self.id);
        to.positive(self.number);
        to.text(&self.name);
        to.blob(&self.state);
        for blobs in [&self.codes, &self.history] {
            to.array(blobs.len());
            for blob in blobs {
                to.blob(blob);
            }
        }
        to.array(2 * self.labels.len());
        for (port, label) in &self.labels {
            to.positive(port.0);
            to.text(label);
        }
        to.bytes
    }

    /// Reads a file. Its codes and states are only cut out: [`verify`](Self::verify) looks at them.
    ///
    /// # Errors
    ///
    /// The bytes are of something else, of a newer version, damaged or cut short, or more than the
    /// limits allow: [`FILE_BYTES_MAX`], [`FILE_CODES_MAX`], [`FILE_STATES_MAX`],
    /// [`FILE_PORTS_MAX`], [`FILE_LABEL_BYTES_MAX`].
    pub fn decode(bytes: &[u8]) -> Result<Self, LoadError> {
        LoadError::check_size("bytes of a process file", bytes.len(), FILE_BYTES_MAX)?;
        LoadError::check_head("a process file", bytes, MAGIC, VERSION)?;
        let from = &mut Reader::new(bytes, MAGIC.len() + 1);
        from.array_of(7)?;
        let (id, number, name) = (from.text()?, from.positive::<u64>()?, from.text()?);
        let head = ["bytes of a process's id", "bytes of a process's name"];
        for (what, text) in head.into_iter().zip([id, name]) {
            LoadError::check_size(what, text.len(), FILE_LABEL_BYTES_MAX)?;
        }
        let state = from.blob()?.to_vec();
        let codes = blobs(from, "codes of a process file", FILE_CODES_MAX)?;
        let history = blobs(from, "earlier states of a process file", FILE_STATES_MAX)?;
        let labels = labels(from)?;
        if !from.is_at_end() {
            return Err(from.malformed("there is something after the file's end"));
        }
        Ok(Self { id: id.into(), number, name: name.into(), state, codes, history, labels })
    }

    /// Verifies the codes, loads the state and, one after the other, the earlier ones. Gives the
    /// machine and the codes.
    ///
    /// # Errors
    ///
    /// A code or state is not sound, or a state names a code that the file does not have.
    pub fn verify(&self) -> Result<(Machine, Codes), LoadError> {
        let mut codes = Codes::default();
        for code in &self.codes {
            codes.insert(Verified::decode(code)?);
        }
        for state in &self.history {
            load(state, &codes)?;
        }
        Ok((load(&self.state, &codes)?, codes))
    }

    /// The codes that the states name: what [`codes`](Self::codes) must have.
    ///
    /// # Errors
    ///
    /// One of the states is none.
    pub fn needs(&self) -> Result<Vec<CodeHash>, LoadError> {
        let mut needs = Vec::new();
        for state in std::iter::once(&self.state).chain(&self.history) {
            needs.extend(codes(state)?);
        }
        needs.sort_unstable();
        needs.dedup();
        Ok(needs)
    }
}

fn blobs(
    from: &mut Reader<'_>,
    what: &'static str,
    limit: usize,
) -> Result<Vec<Vec<u8>>, LoadError> {
    let len = from.array()?;
    LoadError::check_size(what, len, limit)?;
    (0..len).map(|_| from.blob().map(<[u8]>::to_vec)).collect()
}

fn labels(from: &mut Reader<'_>) -> Result<BTreeMap<Port, String>, LoadError> {
    let len = from.array()?;
    LoadError::check_size("references of a process file", len / 2, FILE_PORTS_MAX)?;
    let mut labels = BTreeMap::new();
    if len % 2 != 0 {
        return Err(from.malformed("references and labels do not match"));
    }
    for _ in 0..len / 2 {
        let port = Port(from.positive()?);
        let label = from.text()?;
        LoadError::check_size("bytes of a label", label.len(), FILE_LABEL_BYTES_MAX)?;
        if labels.last_key_value().is_some_and(|(last, _)| *last >= port) {
            return Err(LoadError::NotCanonical);
        }
        labels.insert(port, label.to_owned());
    }
    Ok(labels)
}
