//! What proves a fork: two marks that cannot both be true.

use std::fmt;

use bytes::Bytes;
use hogshead_objects::ids::SessionId;
use hogshead_objects::records::{ReadRecords, Records, RecordsError, Row};

use super::octets::{Cursor, put_mark};
use super::{Incarnation, Mark, row};

/// Two statements about one session that cannot both be true, unless a store was copied or put
/// back to an earlier state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Evidence {
    /// Which statements were compared.
    pub what: Comparison,
    /// What this side has in its rows.
    pub ours: Mark,
    /// What the other side says.
    pub theirs: Mark,
    /// This side's incarnation.
    pub our_incarnation: Incarnation,
    /// The peer's incarnation as this side knows it.
    pub their_incarnation: Incarnation,
}

/// What was compared, and so who is behind whom.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Comparison {
    /// The peer has received less than it acknowledged: it was put back.
    ReceivedBehind,
    /// The peer has received more than we have sent: we were put back.
    ReceivedAhead,
    /// The peer has received other operations than we have sent.
    ReceivedDiffers,
    /// The peer has sent less than we have received: it was put back.
    SentBehind,
    /// The peer has sent other operations than we have received.
    SentDiffers,
    /// An operation continues another history than the one that we have received.
    OperationDiffers,
    /// The peer acknowledges more than we have sent: we were put back.
    AckAhead,
    /// The peer acknowledges other operations than we have sent.
    AckDiffers,
    /// The peer knows one of the two incarnations of this session and another one beside it.
    Incarnation,
    /// We have acknowledged more than we have received: we were put back. Only the peer sees it.
    Forgotten,
}

impl Comparison {
    const ALL: [Self; 10] = [
        Self::ReceivedBehind,
        Self::ReceivedAhead,
        Self::ReceivedDiffers,
        Self::SentBehind,
        Self::SentDiffers,
        Self::OperationDiffers,
        Self::AckAhead,
        Self::AckDiffers,
        Self::Incarnation,
        Self::Forgotten,
    ];

    /// Its number on the wire and in rows.
    pub fn code(self) -> u8 {
        Self::ALL
            .iter()
            .position(|one| *one == self)
            .map_or(0, |at| u8::try_from(at).unwrap_or(u8::MAX).saturating_add(1))
    }

    /// The comparison with this number.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code).checked_sub(1)?).copied()
    }

    /// The same comparison as the other side would make it.
    fn mirrored(self) -> Self {
        match self {
            Self::ReceivedBehind => Self::Forgotten,
            Self::Forgotten => Self::ReceivedBehind,
            Self::ReceivedAhead | Self::AckAhead => Self::SentBehind,
            Self::SentBehind => Self::ReceivedAhead,
            Self::ReceivedDiffers | Self::AckDiffers => Self::SentDiffers,
            Self::SentDiffers | Self::OperationDiffers => Self::ReceivedDiffers,
            Self::Incarnation => Self::Incarnation,
        }
    }

    /// What it proves, as a sentence without its end.
    pub fn proves(self) -> &'static str {
        match self {
            Self::ReceivedBehind => {
                "the peer has received less than it acknowledged before: its store was put back to \
                 an earlier state, or is an earlier copy"
            }
            Self::ReceivedAhead => {
                "the peer has received more than this vat has sent: our store was put back to an \
                 earlier state, or is an earlier copy"
            }
            Self::ReceivedDiffers => {
                "the peer has received other operations than this vat has sent: copies of our \
                 store, or of the peer's, went on side by side"
            }
            Self::SentBehind => {
                "the peer has sent less than this vat has received from it: its store was put back \
                 to an earlier state, or is an earlier copy"
            }
            Self::SentDiffers => {
                "the peer has sent other operations than this vat has received from it: copies of \
                 a store went on side by side"
            }
            Self::OperationDiffers => {
                "an operation of the peer continues another history than the one that this vat has \
                 received: copies of a store went on side by side"
            }
            Self::AckAhead => {
                "the peer acknowledges more than this vat has sent: our store was put back to an \
                 earlier state, or is an earlier copy"
            }
            Self::AckDiffers => {
                "the peer acknowledges other operations than this vat has sent: copies of a store \
                 went on side by side"
            }
            Self::Incarnation => {
                "the peer knows one side of this session beside another one than the two that this \
                 vat knows: one of the stores was put back or copied, and has opened it again"
            }
            Self::Forgotten => {
                "this vat has acknowledged more than it has received: our store was put back to \
                 an earlier state, or is an earlier copy"
            }
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, ours, theirs, our_incarnation, their_incarnation } = self;
        write!(
            f,
            "{} (ours: operation {}, chain {}; theirs: operation {}, chain {}; session \
             {our_incarnation}/{their_incarnation})",
            what.proves(),
            ours.number,
            ours.chain,
            theirs.number,
            theirs.chain,
        )
    }
}

impl Evidence {
    /// It as octets, for a frame and for a row. In a peer's frame "ours" is what the peer has.
    pub fn to_octets(&self) -> Bytes {
        let mut out = Vec::with_capacity(113);
        out.push(self.what.code());
        put_mark(&mut out, &self.ours);
        put_mark(&mut out, &self.theirs);
        out.extend_from_slice(&self.our_incarnation.0);
        out.extend_from_slice(&self.their_incarnation.0);
        out.into()
    }

    /// Reads what [`Evidence::to_octets`] wrote.
    pub fn from_octets(octets: &Bytes) -> Option<Self> {
        let mut cursor = Cursor::new(octets);
        let evidence = Self {
            what: Comparison::from_code(cursor.octet()?)?,
            ours: cursor.mark()?,
            theirs: cursor.mark()?,
            our_incarnation: cursor.incarnation()?,
            their_incarnation: cursor.incarnation()?,
        };
        cursor.is_empty().then_some(evidence)
    }

    /// The same as the other side sees it: what came in its frame, for our rows.
    pub fn mirrored(self) -> Self {
        Self {
            what: self.what.mirrored(),
            ours: self.theirs,
            theirs: self.ours,
            our_incarnation: self.their_incarnation,
            their_incarnation: self.our_incarnation,
        }
    }
}

/// Keeps evidence in the rows of a session. It outlives the session: only this row is left when
/// the others go.
pub fn put_evidence(id: SessionId, evidence: &Evidence, records: &mut dyn Records) {
    let bytes = evidence.to_octets();
    records.put(row::single_key(id, row::EVIDENCE), Row { bytes, secret: false });
}

/// Forgets the evidence that a session has left.
pub fn delete_evidence(id: SessionId, records: &mut dyn Records) {
    records.delete(row::single_key(id, row::EVIDENCE));
}

/// The evidence that a session has left, if it ended by a fork.
pub fn evidence(
    id: SessionId,
    records: &dyn ReadRecords,
) -> Result<Option<Evidence>, RecordsError> {
    let key = row::single_key(id, row::EVIDENCE);
    let Some(bytes) = records.get(&key)? else { return Ok(None) };
    let evidence = Evidence::from_octets(&bytes);
    evidence.map(Some).ok_or_else(|| row::damaged(&key, "not a fork's evidence"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::durable::Chain;
    use crate::testing::MemoryRecords;

    #[test]
    fn evidence_survives_its_row_and_says_what_it_proves() {
        for what in Comparison::ALL {
            let evidence = Evidence {
                what,
                ours: Mark { number: 7, chain: Chain([1; 32]) },
                theirs: Mark { number: 5, chain: Chain([2; 32]) },
                our_incarnation: Incarnation([3; 16]),
                their_incarnation: Incarnation([4; 16]),
            };
            let mut records = MemoryRecords::default();
            put_evidence(SessionId(1), &evidence, &mut records);
            assert_eq!(super::evidence(SessionId(1), &records), Ok(Some(evidence)));
            assert_eq!(super::evidence(SessionId(2), &records), Ok(None));
            assert!(evidence.to_string().starts_with(what.proves()));
            assert!(evidence.to_string().contains("ours: operation 7, chain 0101"));
            let mirrored = evidence.mirrored();
            assert_eq!((mirrored.ours, mirrored.theirs), (evidence.theirs, evidence.ours));
            // Who was put back is the same vat, whoever says so.
            let ours = |what: Comparison| what.proves().contains("our store was put back");
            let theirs = |what: Comparison| what.proves().contains("its store was put back");
            assert_eq!((ours(what), theirs(what)), (theirs(mirrored.what), ours(mirrored.what)));
        }
    }

    #[test]
    fn octets_of_another_form_are_no_evidence() {
        let good = Evidence {
            what: Comparison::Incarnation,
            ours: Mark::NONE,
            theirs: Mark::NONE,
            our_incarnation: Incarnation([0; 16]),
            their_incarnation: Incarnation([0; 16]),
        }
        .to_octets();
        for length in 0..good.len() {
            assert_eq!(Evidence::from_octets(&good.slice(..length)), None);
        }
        for code in [0, 11, 255] {
            let mut other = good.to_vec();
            other[0] = code;
            assert_eq!(Evidence::from_octets(&other.into()), None);
        }
        let longer = [good.as_ref(), &[0]].concat();
        assert_eq!(Evidence::from_octets(&longer.into()), None);
    }
}
