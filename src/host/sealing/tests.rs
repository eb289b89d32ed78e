use hogshead_objects::Ref;
use hogshead_objects::codec::from_value;
use hogshead_objects::ids::FacetId;
use hogshead_objects::stock::sealing::Opened;

use super::*;
use crate::host::entropy::SystemEntropy;

fn post(seed: u8) -> Post<'static> {
    Post { root: SigningKey::from_bytes(&[seed; 32]), entropy: &SystemEntropy }
}

fn asked(post: &Post<'_>, method: &'static str, args: &[Value]) -> Result<Value> {
    post.take(Message::new(method, args.to_vec()))
}

fn seal(by: &Post<'_>, method: &'static str, to: &Post<'_>, data: Value) -> Result<Bytes> {
    let args = [to.id().to_string().into(), "letter".into(), data];
    match asked(by, method, &args)? {
        Value::Bytes(sealed) => Ok(sealed),
        other => panic!("no bytes: {other:?}"),
    }
}

fn open(by: &Post<'_>, context: &str, sealed: &[u8]) -> Result<Opened> {
    let sealed = Value::Bytes(Bytes::copy_from_slice(sealed));
    asked(by, "open", &[context.into(), sealed]).and_then(from_value)
}

fn sturdyref() -> Value {
    let sturdy = "ocapn://peer.tcp-testing-only/s/of-mine?host=127.0.0.1&port=22046";
    Value::SturdyRef(Box::new(sturdy.parse().unwrap()))
}

#[test]
fn what_was_sealed_comes_out_with_its_sender_if_that_wanted_it() {
    let (alice, bob) = (post(1), post(2));
    let data = Value::List(vec!["meet me".into(), sturdyref(), Value::Null, 7.into()]);
    for (method, from) in [("seal", None), ("seal_as_me", Some(alice.id().to_string()))] {
        let sealed = seal(&alice, method, &bob, data.clone()).unwrap();
        let opened = open(&bob, "letter", &sealed).unwrap();
        assert_eq!(opened.data, data);
        assert_eq!(opened.from, from, "{method}");
        assert_eq!(opened.id.len(), 32);
        assert_eq!(open(&bob, "letter", &sealed).unwrap().id, opened.id, "the same bytes");
        // Whoever carries it sees neither end, and no two of it are alike.
        for key in [alice.id(), bob.id()] {
            assert!(!sealed.windows(8).any(|w| key.as_bytes().starts_with(w)));
        }
        let again = seal(&alice, method, &bob, data.clone()).unwrap();
        assert_ne!(again, sealed);
        assert_ne!(open(&bob, "letter", &again).unwrap().id, opened.id);
    }
    let own = asked(&alice, "own_key", &[]).unwrap();
    assert_eq!(own, alice.id().to_string().into());
    // To oneself, for later.
    let kept = seal(&alice, "seal_as_me", &alice, 5.into()).unwrap();
    assert_eq!(open(&alice, "letter", &kept).unwrap().data, 5.into());
}

#[test]
fn it_opens_for_no_other_vat_and_no_other_context_and_not_if_an_octet_was_changed() {
    let (alice, bob, eve) = (post(1), post(2), post(3));
    for method in ["seal", "seal_as_me"] {
        let sealed = seal(&alice, method, &bob, "meet me".into()).unwrap();
        let mut refused = vec![
            open(&eve, "letter", &sealed),
            open(&alice, "letter", &sealed),
            open(&bob, "letters", &sealed),
            open(&bob, "", &sealed),
        ];
        for at in 1..sealed.len() {
            for bit in [1, 0x80] {
                let mut changed = sealed.to_vec();
                changed[at] ^= bit;
                refused.push(open(&bob, "letter", &changed));
            }
            refused.push(open(&bob, "letter", &sealed[..at]));
        }
        refused.push(open(&bob, "letter", &[&sealed[..], b"more"].concat()));
        for (nth, opened) in refused.into_iter().enumerate() {
            let why = opened.expect_err("it must not open");
            assert_eq!(why.class(), Class::Refused, "{nth}");
            assert!(why.message().starts_with("it does not open: "), "{nth}: {why}");
        }
        let mut newer = sealed.to_vec();
        newer[0] = 2;
        for odd in [&newer[..], &[], b"\0"] {
            assert_eq!(open(&bob, "letter", odd).unwrap_err().class(), Class::BadCall);
        }
    }
}

/// Bob passes on to Carol what Alice has sealed to him as herself, and would have her believe that
/// it was for her; and Eve would pass for Alice.
#[test]
fn a_sender_cannot_be_made_up() {
    let (alice, bob, carol, eve) = (post(1), post(2), post(3), post(4));
    let sealed = seal(&alice, "seal_as_me", &bob, "I owe you 10".into()).unwrap();
    let outer = info(&bob.id(), None, "letter");
    let inner = hpke::open(&bob.secret(), None, &outer, &sealed[1..]).unwrap();
    let wrap = |to: &Post<'_>, inner: &[u8]| {
        let info = info(&to.id(), None, "letter");
        let sealed = hpke::seal(&public(&to.id()), None, &eve.ephemeral(), &info, inner).unwrap();
        [&[FORMAT], sealed.as_slice()].concat()
    };
    assert!(open(&bob, "letter", &wrap(&bob, &inner)).is_ok(), "as it was");
    let why = open(&carol, "letter", &wrap(&carol, &inner)).unwrap_err();
    assert!(why.message().starts_with("it does not open: "), "{why}");
    let by_eve = seal(&eve, "seal_as_me", &carol, "I owe you 10".into()).unwrap();
    let outer = info(&carol.id(), None, "letter");
    let mut inner = hpke::open(&carol.secret(), None, &outer, &by_eve[1..]).unwrap().to_vec();
    inner[1..33].copy_from_slice(alice.id().as_bytes());
    let why = open(&carol, "letter", &wrap(&carol, &inner)).unwrap_err();
    assert!(why.message().starts_with("it does not open: "), "{why}");
    // What opens and is no data is an error of whoever made it.
    let odd: [&[u8]; 6] = [b"", b"\x02", b"\x00", b"\x00junk", b"\x015", &[SIGNED; 60]];
    for inner in odd {
        let why = open(&carol, "letter", &wrap(&carol, inner)).unwrap_err();
        assert_eq!(why.class(), Class::Refused, "{inner:?}: {why}");
    }
}

#[test]
fn references_do_not_travel_and_sizes_have_their_limits() {
    let (alice, bob) = (post(1), post(2));
    let reference = Value::List(vec![Value::Ref(Ref::Facet(FacetId(7)))]);
    let why = seal(&alice, "seal", &bob, reference).unwrap_err();
    let expected = "references cannot be sealed: share what is meant, and seal the sturdyref";
    assert_eq!((why.class(), why.message()), (Class::BadCall, expected));
    let text = |bytes: usize| Value::String("x".repeat(bytes));
    // Syrup says how long a text is, in seven digits and a mark.
    for (bytes, fits) in [(SEALED_DATA_BYTES_MAX - 8, true), (SEALED_DATA_BYTES_MAX - 7, false)] {
        for method in ["seal", "seal_as_me"] {
            let sealed = seal(&alice, method, &bob, text(bytes));
            assert_eq!(
                sealed.as_ref().map_err(Error::class).err(),
                (!fits).then_some(Class::Limit)
            );
            if let Ok(sealed) = sealed {
                assert_eq!(open(&bob, "letter", &sealed).unwrap().data, text(bytes));
            }
        }
    }
    assert_eq!(seal(&alice, "seal", &bob, text(8 << 20)).unwrap_err().class(), Class::Limit);
    let mut giant = vec![1; 4 << 20];
    giant[0] = FORMAT;
    assert_eq!(open(&bob, "letter", &giant).unwrap_err().class(), Class::Limit);
    let context = |bytes: usize| {
        let args = [bob.id().to_string().into(), text(bytes), Value::Null];
        asked(&alice, "seal", &args).map(drop).map_err(|why| why.class())
    };
    assert_eq!(context(SEALING_CONTEXT_BYTES_MAX), Ok(()));
    assert_eq!(context(SEALING_CONTEXT_BYTES_MAX + 1), Err(Class::Limit));
    let long = "x".repeat(SEALING_CONTEXT_BYTES_MAX + 1);
    assert_eq!(open(&bob, &long, &[FORMAT]).unwrap_err().class(), Class::Limit);
}

#[test]
fn wrong_calls_are_told_what_is_wrong() {
    let alice = post(1);
    // The neutral point of the curve, as text: with it everybody has the same secret.
    let weak = data_encoding::BASE32_NOPAD.encode(&{
        let mut point = [0; 32];
        point[0] = 1;
        point
    });
    let weak = weak.to_ascii_lowercase();
    let cases: [(&'static str, Vec<Value>); 7] = [
        ("seal", vec![weak.into(), "c".into(), Value::Null]),
        ("seal", vec!["nobody".into(), "c".into(), Value::Null]),
        ("seal", vec![alice.id().to_string().into(), "c".into()]),
        ("seal_as_me", vec![5.into(), "c".into(), Value::Null]),
        ("open", vec!["c".into(), "text".into()]),
        ("open", vec!["c".into()]),
        ("unseal", vec![]),
    ];
    for (method, args) in cases {
        assert_eq!(asked(&alice, method, &args).unwrap_err().class(), Class::BadCall, "{method}");
    }
}

#[test]
fn a_vat_whose_root_key_is_kept_elsewhere_neither_seals_nor_opens_here() {
    let (here, elsewhere) = (post(1), post(2));
    assert!(root_of(here.root.clone(), &here.id()).is_ok());
    let why = root_of(here.root, &elsewhere.id()).unwrap_err();
    assert!(why.message().starts_with("the root key of this vat is not on this host"), "{why}");
}
