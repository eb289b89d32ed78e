//! Words of several origins on where a vat is: which counts, and what of it fits where.

use std::collections::BTreeMap;

use hogshead_objects::ids::VatId;
use hogshead_objects::limits::{LOCATION_ADDRESSES_MAX, LOCATION_BYTES_MAX, LOCATOR_ADDRESSES_MAX};
use hogshead_objects::location::{LocationError, LocationRecord};
use hogshead_objects::locator::Locator;

/// As many of a host's addresses as a location record takes, in their order.
pub(super) fn fitting(ways: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let (mut addresses, mut bytes) = (0, 0);
    let mut fitting = BTreeMap::new();
    for (name, value) in ways {
        let mut kept: Vec<&str> = Vec::new();
        bytes += name.len() + HEAD_BYTES;
        for address in value.split(',').filter(|address| !address.is_empty()) {
            let fits = kept.len() < LOCATOR_ADDRESSES_MAX
                && addresses < LOCATION_ADDRESSES_MAX
                && bytes + address.len() < LOCATION_BYTES_MAX - REST_BYTES;
            if fits {
                addresses += 1;
                bytes += address.len() + 1;
                kept.push(address);
            }
        }
        if !kept.is_empty() {
            fitting.insert(name, kept.join(","));
        }
    }
    fitting
}

/// The peer of a record: first where the record says, then where `to` does, without repetition.
pub(super) fn merged(known: &LocationRecord, to: &Locator) -> Locator {
    let mut ways: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (name, value) in known.ways.iter().chain(to.hints.iter().flatten()) {
        let addresses = ways.entry(name.clone()).or_default();
        for address in value.split(',').filter(|address| !address.is_empty()) {
            if addresses.len() < LOCATOR_ADDRESSES_MAX && !addresses.contains(&address) {
                addresses.push(address);
            }
        }
    }
    let ways = ways.into_iter().filter(|(_, addresses)| !addresses.is_empty());
    let hints = ways.map(|(name, addresses)| (name, addresses.join(","))).collect();
    let merged = Locator { hints: Some(hints), ..to.clone() };
    // Two that keep within the limits may not do so together.
    if merged.check().is_ok() { merged } else { known.locator() }
}

/// What a peer has said of where it is, if that is newer than what is known. Peers say the same at
/// each hello, which is not verified again.
pub(super) fn news(
    known: Option<&LocationRecord>,
    peer: VatId,
    said: &[u8],
) -> Result<Option<LocationRecord>, LocationError> {
    let record = LocationRecord::decode(said)?;
    if record.vat != peer {
        return Err(LocationError::OtherVat);
    }
    if known.is_some_and(|known| !record.is_newer_than(known)) {
        return Ok(None);
    }
    record.verify()?;
    Ok(Some(record))
}

/// What a record needs beside the ways: version, key, number, signature, and some to spare.
const REST_BYTES: usize = 160;

/// What a way needs beside its name and addresses: the lengths of both.
const HEAD_BYTES: usize = 6;

#[cfg(test)]
mod tests {
    use ed25519_dalek::SigningKey;

    use super::*;

    fn ways<const N: usize>(ways: [(&str, &str); N]) -> BTreeMap<String, String> {
        ways.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    fn record(ways: BTreeMap<String, String>) -> LocationRecord {
        LocationRecord::sign(&SigningKey::from_bytes(&[7; 32]), 1, ways).unwrap()
    }

    fn at(record: &LocationRecord, hints: BTreeMap<String, String>) -> Locator {
        Locator { hints: Some(hints.into()), ..record.locator() }
    }

    #[test]
    fn what_a_record_says_is_tried_before_what_a_reference_says() {
        let known = record(ways([("quic", "new:1,both:1"), ("ws", "new:2")]));
        let to = at(&known, ways([("quic", "old:1,both:1"), ("unix", "/old")]));
        let merged = merged(&known, &to);
        let expected = ways([("quic", "new:1,both:1,old:1"), ("unix", "/old"), ("ws", "new:2")]);
        assert_eq!(merged.hints, Some(expected.into()));
        assert_eq!(merged.peer(), to.peer());
    }

    #[test]
    fn a_peers_word_is_kept_if_it_is_the_newest_and_its_own() {
        let root = SigningKey::from_bytes(&[7; 32]);
        let sign = |number| LocationRecord::sign(&root, number, ways([("ws", "a:1")])).unwrap();
        let peer = sign(1).vat;
        assert_eq!(news(None, peer, &sign(1).encode()), Ok(Some(sign(1))));
        assert_eq!(news(Some(&sign(1)), peer, &sign(2).encode()), Ok(Some(sign(2))));
        assert_eq!(news(Some(&sign(2)), peer, &sign(2).encode()), Ok(None));
        assert_eq!(news(Some(&sign(3)), peer, &sign(2).encode()), Ok(None));
        let mut forged = sign(2);
        forged.number = 4;
        assert_eq!(news(None, peer, &forged.encode()), Err(LocationError::Forged));
        let other = VatId::from(SigningKey::from_bytes(&[8; 32]).verifying_key());
        assert_eq!(news(None, other, &sign(2).encode()), Err(LocationError::OtherVat));
        assert_eq!(news(None, peer, b"rubbish"), Err(LocationError::Shape));
    }

    #[test]
    fn of_too_many_addresses_the_old_ones_are_left_out() {
        let fresh = (0..6).map(|n| format!("new:{n}")).collect::<Vec<_>>().join(",");
        let old = (0..6).map(|n| format!("old:{n}")).collect::<Vec<_>>().join(",");
        let known = record(ways([("quic", &fresh)]));
        let merged = merged(&known, &at(&known, ways([("quic", &old)])));
        let expected = format!("{fresh},old:0,old:1");
        assert_eq!(merged.hint("quic"), Some(expected.as_str()));
    }

    #[test]
    fn what_is_too_long_together_is_what_the_record_says() {
        let known = record(ways([("ws", &"n".repeat(1500))]));
        let to = at(&known, ways([("unix", &"o".repeat(3000))]));
        assert_eq!(merged(&known, &to), known.locator());
    }

    #[test]
    fn whatever_a_host_announces_a_record_takes_what_fits() {
        let many = (0..30).map(|n| format!("host-{n}:1")).collect::<Vec<_>>().join(",");
        let long = ["x".repeat(900), "y".repeat(900), "z".repeat(900)].join(",");
        let all = [ways([("quic", &many), ("unix", &many), ("ws", &many)]), ways([("ws", &long)])];
        for announced in all {
            let taken = fitting(announced.clone());
            assert!(!taken.is_empty());
            assert_eq!(fitting(taken.clone()), taken, "once and for all");
            let record = record(taken);
            let first = |ways: &BTreeMap<String, String>, name: &str| {
                ways[name].split(',').next().unwrap_or_default().to_owned()
            };
            for name in record.ways.keys() {
                assert_eq!(first(&record.ways, name), first(&announced, name));
            }
        }
        assert_eq!(fitting(ways([("quic", "")])), BTreeMap::new());
    }
}
