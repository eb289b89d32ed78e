//! The bytes of a journal segment: a header, then records. `docs/storage.md` describes them.

use hogshead_objects::ids::CommitNumber;

/// Names a store, so that a file of another store cannot be taken for one of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct StoreId(pub [u8; 16]);

/// The first bytes of a segment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct SegmentHeader {
    pub(crate) store: StoreId,
    /// The number of the first record.
    pub(crate) first: CommitNumber,
    /// The checksum of the record before the first one, zero for the first record of all.
    pub(crate) chain: u32,
}

/// Why the first bytes of a file are not a segment's header.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum HeaderError {
    /// A newer format version.
    Newer(u32),
    /// Not what was written.
    Damaged,
}

impl SegmentHeader {
    pub(crate) const LEN: usize = 64;

    pub(crate) fn encode(&self) -> [u8; Self::LEN] {
        let mut bytes = [0; Self::LEN];
        bytes[..8].copy_from_slice(&SEGMENT_MAGIC);
        bytes[8..12].copy_from_slice(&FORMAT_VERSION.to_be_bytes());
        bytes[12..28].copy_from_slice(&self.store.0);
        bytes[28..36].copy_from_slice(&self.first.0.to_be_bytes());
        bytes[36..40].copy_from_slice(&self.chain.to_be_bytes());
        let sum = crc32fast::hash(&bytes[..60]);
        bytes[60..].copy_from_slice(&sum.to_be_bytes());
        bytes
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, HeaderError> {
        let bytes: &[u8; Self::LEN] =
            bytes.first_chunk::<{ Self::LEN }>().ok_or(HeaderError::Damaged)?;
        if bytes[..8] != SEGMENT_MAGIC || u32_at(bytes, 60) != crc32fast::hash(&bytes[..60]) {
            return Err(HeaderError::Damaged);
        }
        // The checksum stands where it stands in every version, so a newer one is known as such.
        match u32_at(bytes, 8) {
            FORMAT_VERSION => {}
            version => return Err(HeaderError::Newer(version)),
        }
        let mut store = [0; 16];
        store.copy_from_slice(&bytes[12..28]);
        Ok(Self {
            store: StoreId(store),
            first: CommitNumber(u64_at(bytes, 28)),
            chain: u32_at(bytes, 36),
        })
    }
}

/// What a record is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RecordKind {
    /// A commit: its payload is a batch.
    Batch = 1,
    /// The store was closed and everything before is durable. It has the number of the commit
    /// before it and no payload.
    Close = 2,
}

/// The first bytes of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct RecordHeader {
    pub(crate) kind: RecordKind,
    pub(crate) number: CommitNumber,
    /// The newest commit that was durable when this record was written: damage up to it cannot be
    /// a torn write.
    pub(crate) durable: CommitNumber,
    pub(crate) payload_len: u32,
    pub(crate) payload_sum: u32,
    /// The checksum of the record before, or of the segment's header: the chain.
    pub(crate) chain: u32,
}

/// Where a record stands: its checksum covers it, so that bytes which look like a record but stand
/// in another file, or elsewhere in this one, are none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    pub(crate) store: StoreId,
    pub(crate) first: CommitNumber,
    pub(crate) offset: u64,
}

impl RecordHeader {
    pub(crate) const LEN: usize = 40;

    /// The header's bytes and its checksum, which the next record carries.
    pub(crate) fn encode(&self, place: Place) -> ([u8; Self::LEN], u32) {
        let mut bytes = [0; Self::LEN];
        bytes[..3].copy_from_slice(&RECORD_MAGIC);
        bytes[3] = self.kind as u8;
        bytes[4..12].copy_from_slice(&self.number.0.to_be_bytes());
        bytes[12..20].copy_from_slice(&self.durable.0.to_be_bytes());
        bytes[20..24].copy_from_slice(&self.payload_len.to_be_bytes());
        bytes[24..28].copy_from_slice(&self.payload_sum.to_be_bytes());
        bytes[28..32].copy_from_slice(&self.chain.to_be_bytes());
        let sum = place.sum(&bytes[..32]);
        bytes[32..36].copy_from_slice(&sum.to_be_bytes());
        (bytes, sum)
    }

    /// Reads a header and its checksum; `None` if these bytes are not a record of this place.
    pub(crate) fn decode(bytes: &[u8], place: Place) -> Option<(Self, u32)> {
        let bytes: &[u8; Self::LEN] = bytes.first_chunk()?;
        let kind = match bytes[3] {
            1 => RecordKind::Batch,
            2 => RecordKind::Close,
            _ => return None,
        };
        if bytes[..3] != RECORD_MAGIC || bytes[36..] != [0; 4] {
            return None;
        }
        let sum = u32_at(bytes, 32);
        if sum != place.sum(&bytes[..32]) {
            return None;
        }
        let header = Self {
            kind,
            number: CommitNumber(u64_at(bytes, 4)),
            durable: CommitNumber(u64_at(bytes, 12)),
            payload_len: u32_at(bytes, 20),
            payload_sum: u32_at(bytes, 24),
            chain: u32_at(bytes, 28),
        };
        Some((header, sum))
    }
}

impl Place {
    fn sum(&self, bytes: &[u8]) -> u32 {
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(&self.store.0);
        hasher.update(&self.first.0.to_be_bytes());
        hasher.update(&self.offset.to_be_bytes());
        hasher.update(bytes);
        hasher.finalize()
    }
}

pub(crate) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(bytes[at..at + 4].try_into().expect("the slice has four bytes"))
}

pub(crate) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_be_bytes(bytes[at..at + 8].try_into().expect("the slice has eight bytes"))
}

/// The format version of the segments that this program writes, and the newest that it reads.
pub(crate) const FORMAT_VERSION: u32 = 1;
const SEGMENT_MAGIC: [u8; 8] = *b"hogjrnl\0";
const RECORD_MAGIC: [u8; 3] = *b"hog";

#[cfg(test)]
mod tests {
    use super::*;

    const STORE: StoreId = StoreId([7; 16]);

    fn place(offset: u64) -> Place {
        Place { store: STORE, first: CommitNumber(5), offset }
    }

    #[test]
    fn every_flipped_bit_of_a_header_is_noticed() {
        let header = SegmentHeader { store: STORE, first: CommitNumber(5), chain: 9 };
        let bytes = header.encode();
        assert_eq!(SegmentHeader::decode(&bytes), Ok(header));
        for bit in 0..SegmentHeader::LEN * 8 {
            let mut bytes = bytes;
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(SegmentHeader::decode(&bytes), Err(HeaderError::Damaged), "bit {bit}");
        }
    }

    #[test]
    fn a_newer_segment_is_known_as_such() {
        let header = SegmentHeader { store: STORE, first: CommitNumber(5), chain: 9 };
        let mut bytes = header.encode();
        bytes[8..12].copy_from_slice(&9_u32.to_be_bytes());
        let sum = crc32fast::hash(&bytes[..60]);
        bytes[60..].copy_from_slice(&sum.to_be_bytes());
        assert_eq!(SegmentHeader::decode(&bytes), Err(HeaderError::Newer(9)));
    }

    #[test]
    fn a_record_counts_only_where_it_was_written() {
        let header = RecordHeader {
            kind: RecordKind::Batch,
            number: CommitNumber(6),
            durable: CommitNumber(5),
            payload_len: 3,
            payload_sum: 4,
            chain: 9,
        };
        let (bytes, sum) = header.encode(place(64));
        assert_eq!(RecordHeader::decode(&bytes, place(64)), Some((header, sum)));
        assert_eq!(RecordHeader::decode(&bytes, place(65)), None);
        let elsewhere = Place { store: StoreId([8; 16]), ..place(64) };
        assert_eq!(RecordHeader::decode(&bytes, elsewhere), None);
        for bit in 0..RecordHeader::LEN * 8 {
            let mut bytes = bytes;
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(RecordHeader::decode(&bytes, place(64)), None, "bit {bit}");
        }
    }
}
