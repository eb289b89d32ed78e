//! Locators and sturdyrefs: one text for each, and nothing of the secret where it does not belong.

use hogshead_objects::limits::{
    LOCATOR_ADDRESSES_MAX, LOCATOR_HINTS_MAX, LOCATOR_TEXT_BYTES_MAX, SWISS_BYTES_MAX,
};
use hogshead_objects::locator::{Hints, Locator, LocatorError, SturdyRef, SwissNumber};
use hogshead_objects::{Symbol, Value, codec};
use proptest::prelude::*;

use super::arbitrary::{check, locators, sturdyrefs, vats};

fn vat_text() -> String {
    let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key();
    Locator::hog::<String>(key.into(), []).to_string()
}

#[test]
fn locators_survive_their_text() {
    check(300, locators(), |locator| {
        let text = locator.to_string();
        prop_assert!(text.is_ascii());
        prop_assert_eq!(&text.parse::<Locator>().unwrap(), &locator);
        // And so they do in messages and in kept state.
        let value = codec::to_value(&locator).unwrap();
        prop_assert_eq!(&codec::from_value::<Locator>(value).unwrap(), &locator);
        codec::check_round_trip(&locator).unwrap();
        Ok(())
    });
}

#[test]
fn sturdyrefs_survive_their_text() {
    check(300, sturdyrefs(), |sturdy| {
        let text = sturdy.expose_text();
        prop_assert!(text.is_ascii());
        prop_assert_eq!(&text.parse::<SturdyRef>().unwrap(), &sturdy);
        Ok(())
    });
}

#[test]
fn a_text_that_is_read_is_written_in_one_way() {
    check(
        1000,
        "ocapn://[a-c.%2EFf~@]{0,6}\\.[a-c%41]{1,3}(/s/[a%4é]{0,6})?(\\?[a-b=&%2C,:]{0,8})?",
        |text| {
            if let Ok(sturdy) = text.parse::<SturdyRef>() {
                let written = sturdy.expose_text();
                prop_assert_eq!(written.parse::<SturdyRef>().unwrap().expose_text(), written);
            }
            if let Ok(locator) = text.parse::<Locator>() {
                prop_assert_eq!(locator.to_string().parse::<Locator>().unwrap(), locator);
            }
            Ok(())
        },
    );
}

#[test]
fn a_foreign_locator_is_taken_apart() {
    let text = "ocapn://a.b%2Fc.tcp?port=1&host=%5B%3A%3A1%5D&e=&f=x=y";
    let locator: Locator = text.parse().unwrap();
    assert_eq!(locator.designator, "a.b/c");
    assert_eq!(locator.transport.as_str(), "tcp");
    assert_eq!(locator.hint("host"), Some("[::1]"));
    assert_eq!(locator.hint("e"), Some(""));
    assert_eq!(locator.hint("f"), Some("x=y"));
    assert_eq!(locator.to_string(), "ocapn://a.b%2Fc.tcp?e=&f=x%3Dy&host=%5B::1%5D&port=1");
    assert_eq!("ocapn://a.b".parse::<Locator>().unwrap().hints, None);
    assert_eq!("ocapn://a.b?".parse::<Locator>().unwrap().hints, Some(Hints::new()));
}

#[test]
fn what_is_not_a_locator_is_refused() {
    let hog = vat_text();
    let upper = hog.replacen(&hog[8..12], &hog[8..12].to_ascii_uppercase(), 1);
    for (text, error) in [
        ("", LocatorError::Scheme),
        ("OCAPN://a.b", LocatorError::Scheme),
        ("ocapn:a.b", LocatorError::Scheme),
        (" ocapn://a.b", LocatorError::Scheme),
        ("ocapn://", LocatorError::Transport),
        ("ocapn://a", LocatorError::Transport),
        ("ocapn://a.", LocatorError::Transport),
        ("ocapn://.b", LocatorError::NoDesignator),
        ("ocapn://a.b%2Ec", LocatorError::Transport),
        ("ocapn://user@a.b", LocatorError::Character('@')),
        ("ocapn://a.b:80", LocatorError::Character(':')),
        ("ocapn://a.b ", LocatorError::Character(' ')),
        ("ocapn://é.b", LocatorError::Character('é')),
        ("ocapn://a.b#x", LocatorError::Character('#')),
        ("ocapn://a.b?x=1#x", LocatorError::Character('#')),
        ("ocapn://a%.b", LocatorError::Escape),
        ("ocapn://a%4.b", LocatorError::Escape),
        ("ocapn://a%+4.b", LocatorError::Escape),
        ("ocapn://a%FF.b", LocatorError::Escape),
        ("ocapn://a%4é.b", LocatorError::Escape),
        ("ocapn://a.b/", LocatorError::Path),
        ("ocapn://a.b/x", LocatorError::Path),
        ("ocapn://a.b/s", LocatorError::Path),
        ("ocapn://a.b/s/", LocatorError::NoSwissNumber),
        ("ocapn://a.b/s/x", LocatorError::HasSwissNumber),
        ("ocapn://a.b?x", LocatorError::NamelessHint),
        ("ocapn://a.b?=x", LocatorError::NamelessHint),
        ("ocapn://a.b?x=1&", LocatorError::NamelessHint),
        ("ocapn://a.b?x=1&%78=2", LocatorError::HintTwice("x".into())),
    ] {
        assert_eq!(text.parse::<Locator>().unwrap_err(), error, "{text}");
    }
    for text in ["ocapn://abc.hog", &upper, &hog.replace("//", "//1")] {
        assert!(matches!(text.parse::<Locator>(), Err(LocatorError::Key(_))), "{text}");
    }
    for (text, error) in [
        ("ocapn://a.b", LocatorError::NoSwissNumber),
        ("ocapn://a.b/s/", LocatorError::NoSwissNumber),
        ("ocapn://a.b/s/x/y", LocatorError::Character('/')),
        ("ocapn://a.b/s/x%2", LocatorError::Escape),
    ] {
        assert_eq!(text.parse::<SturdyRef>().unwrap_err(), error, "{text}");
    }
}

#[test]
fn our_swiss_numbers_are_base32_and_foreign_ones_octets() {
    let peer: Locator = vat_text().parse().unwrap();
    let text = |swiss: &[u8]| {
        let sturdy = SturdyRef { peer: peer.clone(), swiss: SwissNumber::new(swiss.to_vec()) };
        let text = sturdy.expose_text();
        assert_eq!(text.parse::<SturdyRef>().unwrap(), sturdy, "{}", *text);
        text.rsplit('/').next().unwrap().to_owned()
    };
    assert_eq!(text(&[0; 32]), "a".repeat(52));
    assert_eq!(text(b"my-object"), "my-object");
    assert_eq!(text(&[0, 255, b'/']), "%00%FF%2F");
    // What would read as base32 is told apart by its first octet.
    assert_eq!(text(&[b'a'; 52]), format!("%61{}", "a".repeat(51)));
    // 52 characters whose last bits cannot be are damaged, not foreign.
    let damaged = format!("{}/s/{}b", vat_text(), "a".repeat(51));
    assert_eq!(damaged.parse::<SturdyRef>().unwrap_err(), LocatorError::SwissDamaged);
    // Elsewhere 52 letters are 52 octets.
    let foreign: SturdyRef = format!("ocapn://a.tcp/s/{}", "a".repeat(52)).parse().unwrap();
    assert_eq!(foreign.swiss.expose().len(), 52);
}

#[test]
fn a_sturdyref_shows_its_secret_only_when_asked() {
    check(100, sturdyrefs(), |sturdy| {
        let value = Value::from(sturdy.clone());
        let peer = sturdy.peer.to_string();
        let (before, hints) = peer.split_at(peer.find('?').unwrap_or(peer.len()));
        let shown = format!("{before}/s/…{hints}");
        prop_assert_eq!(&sturdy.to_string(), &shown);
        prop_assert_eq!(format!("{sturdy:?}"), format!("SturdyRef({shown})"));
        prop_assert_eq!(format!("{value:?}"), format!("SturdyRef(SturdyRef({shown}))"));
        prop_assert_eq!(value.to_string(), format!("<ocapn-sturdyref {shown}>"));
        prop_assert_eq!(format!("{:?}", sturdy.swiss), "SwissNumber(…)");
        prop_assert!(serde_json::to_string(&sturdy).is_err());
        Ok(())
    });
    let error = "ocapn://a.b/s/secret%".parse::<SturdyRef>().unwrap_err();
    assert!(!error.to_string().contains("secret"));
}

#[test]
fn a_hog_locator_has_its_vat_and_its_addresses() {
    check(50, vats(), |vat| {
        let locator = Locator::hog(vat, ["127.0.0.1:4433", "[::1]:4433"]);
        let text = format!("ocapn://{vat}.hog?quic=127.0.0.1:4433,%5B::1%5D:4433");
        prop_assert_eq!(locator.to_string(), text);
        prop_assert_eq!(locator.vat().unwrap(), vat);
        prop_assert!(locator.addresses("quic").eq(["127.0.0.1:4433", "[::1]:4433"]));
        prop_assert_eq!(locator.addresses("ws").count(), 0);
        let elsewhere = Locator::hog(vat, ["198.51.100.1:1"]);
        prop_assert_ne!(&elsewhere, &locator);
        prop_assert_eq!(elsewhere.peer(), locator.peer());
        prop_assert_eq!(locator.peer().to_string(), format!("ocapn://{vat}.hog"));
        Ok(())
    });
    let other: Locator = "ocapn://a.tcp".parse().unwrap();
    assert_eq!(other.vat(), Err(LocatorError::NotHog));
}

#[test]
fn locators_have_their_limits() {
    let hints = |n: usize| {
        let hints: Vec<_> = (0..n).map(|i| format!("h{i}=1")).collect();
        format!("ocapn://a.b?{}", hints.join("&")).parse::<Locator>()
    };
    assert!(hints(LOCATOR_HINTS_MAX).is_ok());
    assert_eq!(hints(LOCATOR_HINTS_MAX + 1).unwrap_err(), LocatorError::TooManyHints);

    let addresses =
        |n: usize| format!("{}?quic={}", vat_text(), vec!["h:1"; n].join(",")).parse::<Locator>();
    assert!(addresses(LOCATOR_ADDRESSES_MAX).is_ok());
    let error = addresses(LOCATOR_ADDRESSES_MAX + 1).unwrap_err();
    assert_eq!(error, LocatorError::TooManyAddresses);

    let long = |n: usize| format!("ocapn://{}.b", "a".repeat(n)).parse::<Locator>();
    assert!(long(LOCATOR_TEXT_BYTES_MAX - 10).is_ok());
    assert_eq!(long(LOCATOR_TEXT_BYTES_MAX - 9).unwrap_err(), LocatorError::TooLong);
    // Escapes count as they are written.
    let escaped =
        Locator { designator: "é".repeat(1000), transport: Symbol::from_static("b"), hints: None };
    assert_eq!(escaped.check(), Err(LocatorError::TooLong));

    let swiss = |n: usize| format!("ocapn://a.b/s/{}", "a".repeat(n)).parse::<SturdyRef>();
    assert!(swiss(SWISS_BYTES_MAX).is_ok());
    assert_eq!(swiss(SWISS_BYTES_MAX + 1).unwrap_err(), LocatorError::SwissTooLong);
}
