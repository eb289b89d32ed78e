//! The few forms of canonical CBOR that a description begins with.

/// The head of an array.
pub(super) fn array(out: &mut Vec<u8>, count: u64) {
    head(out, 4, count);
}

/// A number that is not negative.
pub(super) fn number(out: &mut Vec<u8>, number: u64) {
    head(out, 0, number);
}

/// A byte string.
pub(super) fn octets(out: &mut Vec<u8>, octets: &[u8]) {
    head(out, 2, octets.len() as u64);
    out.extend_from_slice(octets);
}

/// Nothing.
pub(super) fn null(out: &mut Vec<u8>) {
    out.push(0xf6);
}

/// The shortest head, as canonical CBOR asks for.
fn head(out: &mut Vec<u8>, major: u8, argument: u64) {
    let major = major << 5;
    let bytes = argument.to_be_bytes();
    match argument {
        0..24 => out.push(major | bytes[7]),
        24..0x100 => out.extend_from_slice(&[major | 24, bytes[7]]),
        0x100..0x1_0000 => out.extend_from_slice(&[major | 25, bytes[6], bytes[7]]),
        0x1_0000..0x1_0000_0000 => {
            out.push(major | 26);
            out.extend_from_slice(&bytes[4..]);
        }
        _ => {
            out.push(major | 27);
            out.extend_from_slice(&bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_the_codec_of_rows_writes() {
        for given in [0, 23, 24, 255, 256, 65_535, 65_536, u64::from(u32::MAX), u64::MAX] {
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            number(&mut ours, given);
            ciborium::into_writer(&given, &mut theirs).unwrap();
            assert_eq!(ours, theirs, "{given}");
        }
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        array(&mut ours, 3);
        octets(&mut ours, &[7; 300]);
        null(&mut ours);
        number(&mut ours, 5);
        let value = (serde_bytes::Bytes::new(&[7; 300]), None::<u8>, 5);
        ciborium::into_writer(&value, &mut theirs).unwrap();
        assert_eq!(ours, theirs);
    }
}
