//! References that are found again by what nobody can guess.

use bytes::Bytes;
use hogshead_objects::stock::counter::Tally;
use hogshead_objects::stock::entropy::Entropy;
use hogshead_objects::stock::nonce::{NonceRegistry, Nonces};
use hogshead_objects::testing::Bench;
use hogshead_objects::{Cap, Class, Context, Message, Object, Registry, Result, Value, stock};
use serde::{Deserialize, Serialize};

#[test]
fn a_nonce_is_found_by_who_has_it_and_the_locator() {
    for mut bench in [Bench::new(), Bench::new().evicting()] {
        let entropy = bench.entropy();
        let registry = bench.spawn_apart(Nonces::new(entropy));
        let counter = bench.spawn_apart(Tally::new(5));
        let register =
            |bench: &mut Bench, to: Value| bench.outcome(|cx| registry.send(cx).register(to));
        let one = register(&mut bench, counter.into()).unwrap();
        let other = register(&mut bench, counter.into()).unwrap();
        assert_ne!(one, other);
        let refused = register(&mut bench, "data".into()).unwrap_err();
        assert_eq!(refused.class(), Class::BadCall);

        let locator = bench.outcome(|cx| registry.send(cx).locator()).unwrap();
        let find = |bench: &mut Bench, nonce: &Bytes| {
            bench.outcome(|cx| locator.send(cx).find(nonce.clone()))
        };
        assert_eq!(find(&mut bench, &one).unwrap(), counter.into());
        for wrong in [Bytes::new(), one.slice(..31), Bytes::from(vec![0; 100_000])] {
            let why = find(&mut bench, &wrong).unwrap_err();
            assert_eq!(why.class(), Class::NotFound);
            assert_eq!(why.message(), "nothing is registered under this nonce");
        }
        // The locator finds and does nothing else, however it is looked at.
        let cast: Cap<dyn NonceRegistry> = locator.cast();
        for denied in [
            bench.outcome(|cx| cast.send(cx).forget(one.clone())).map(drop),
            bench.outcome(|cx| cast.send(cx).register(counter.into())).map(drop),
        ] {
            assert_eq!(denied.unwrap_err().class(), Class::Denied);
        }
        assert_eq!(bench.outcome(|cx| registry.send(cx).forget(one.clone())), Ok(true));
        assert_eq!(bench.outcome(|cx| registry.send(cx).forget(one.clone())), Ok(false));
        assert!(find(&mut bench, &one).is_err());
        assert_eq!(find(&mut bench, &other).unwrap(), counter.into());
        // What the registry keeps says no nonce.
        let state = bench.look(registry, |nonces: &Nonces| nonces.encode()).unwrap().unwrap();
        assert!(!state.bytes.windows(32).any(|octets| octets == other.as_ref()));
    }
}

/// Entropy that is none.
#[derive(Serialize, Deserialize)]
struct Always(Bytes);

#[hogshead_objects::object(name = "always", version = 1)]
impl Entropy for Always {
    fn octets(&mut self, _cx: &mut Context<'_>) -> Result<Bytes> {
        Ok(self.0.clone())
    }
}

#[test]
fn entropy_that_is_none_is_refused() {
    for (octets, times) in [(vec![7; 32], 1), (vec![7; 31], 0), (vec![], 0)] {
        let mut bench = Bench::new();
        let entropy = bench.spawn_apart(Always(octets.into()));
        let registry = bench.spawn_apart(Nonces::new(entropy));
        let register =
            |bench: &mut Bench| bench.outcome(|cx| registry.send(cx).register(registry.into()));
        for _ in 0..times {
            register(&mut bench).unwrap();
        }
        assert_eq!(register(&mut bench).unwrap_err().class(), Class::Refused);
    }
}

#[test]
fn a_registry_is_made_by_its_name_from_entropy_alone() {
    let mut registry = Registry::new();
    stock::register(&mut registry).unwrap();
    let construct = registry.kind("hogshead/nonces").unwrap().construct.unwrap();
    assert_eq!(construct(Value::Undefined).err().unwrap().class(), Class::BadCall);
    let mut bench = Bench::new();
    let entropy = bench.entropy();
    assert!(construct(entropy.into()).is_ok());
    // Untyped, as any other peer would ask for it.
    let octets: Value =
        bench.outcome(|cx| cx.send(entropy, Message::new("octets", [])).map(|p| p.cast())).unwrap();
    assert!(matches!(octets, Value::Bytes(octets) if octets.len() == 32));
}
