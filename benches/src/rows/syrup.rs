//! Encoding and decoding of a typical delivery, beside other codecs.

use bytes::Bytes;
use hogshead_captp::operation::Deliver;
use hogshead_captp::{Descriptor, Dialect, Import, Operation, Target};
use hogshead_objects::{Message, Value};
use serde::{Deserialize, Serialize};

use super::Plan;
use crate::measure::{Contender, interleave, ns_each, opaque};
use crate::report::{Goal, Section, Shown, Unit};
use crate::stage::payload;

/// The same fields as the delivery, as the other codecs' users would write them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
struct Typed {
    to: u64,
    method: String,
    #[serde(with = "octets")]
    argument: Vec<u8>,
    number: u64,
    reference: u64,
    answer: Option<u64>,
    resolver: Option<u64>,
}

/// As octets rather than a list of numbers.
mod octets {
    use serde::{Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(octets: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(octets)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        deserializer.deserialize_byte_buf(Octets)
    }

    struct Octets;

    impl de::Visitor<'_> for Octets {
        type Value = Vec<u8>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("octets")
        }

        fn visit_bytes<E: de::Error>(self, octets: &[u8]) -> Result<Vec<u8>, E> {
            Ok(octets.to_vec())
        }

        fn visit_byte_buf<E: de::Error>(self, octets: Vec<u8>) -> Result<Vec<u8>, E> {
            Ok(octets)
        }
    }
}

/// The typical delivery.
pub fn delivery() -> Operation {
    let values = vec![
        Value::Symbol("increment".into()),
        Value::Bytes(payload()),
        Value::Int(4_711_u64.into()),
        Value::Ref(Descriptor::ImportObject(17)),
    ];
    Operation::Deliver(Deliver {
        to: Target::Export(5),
        message: Message { values },
        answer: Some(1_234),
        resolver: Some(Import::Object(1_235)),
    })
}

fn typed() -> Typed {
    Typed {
        to: 5,
        method: "increment".to_owned(),
        argument: payload().to_vec(),
        number: 4_711,
        reference: 17,
        answer: Some(1_234),
        resolver: Some(1_235),
    }
}

const GOAL: &str = "encode in at most 150 ns, decode in at most 400 ns";

/// Measures the row.
pub fn syrup(plan: &Plan) -> Section {
    let times = u32::try_from(plan.times(20_000)).unwrap_or(1);
    let (ours, theirs) = (delivery(), typed());
    let encoded = ours.encode(Dialect::default());
    assert_eq!(Operation::decode(&encoded).expect("canonical"), ours);
    let post = postcard::to_stdvec(&theirs).expect("encodes");
    let mini = minicbor_serde::to_vec(&theirs).expect("encodes");
    let mut cib = Vec::new();
    ciborium::into_writer(&theirs, &mut cib).expect("encodes");
    assert_eq!(postcard::from_bytes::<Typed>(&post).as_ref(), Ok(&theirs));
    assert_eq!(minicbor_serde::from_slice::<Typed>(&mini).expect("decodes"), theirs);
    assert_eq!(ciborium::from_reader::<Typed, _>(&cib[..]).expect("decodes"), theirs);
    let encode = interleave(2, plan.rounds, encoders(times, &ours, &theirs));
    let decode = interleave(2, plan.rounds, decoders(times, [&encoded, &post, &mini, &cib]));
    let mut section = Section::new("syrup", "Syrup: a typical delivery").goal(GOAL);
    for (what, all, most) in [("encode: ", &encode, 150.0), ("decode: ", &decode, 400.0)] {
        let shown = Shown { around: (what, ""), column: 0, unit: Unit::Ns };
        section.compare(all, 3, shown, |_| Some(Goal::AtMost(most)));
    }
    section.note(format!(
        "A method's name, 64 octets, a number, a reference, the position of the answer and who is told of it: {} \
         octets in Syrup, {} in postcard, {} and {} in the two CBORs. The others encode a struct of the same \
         fields, and what they read is not checked against a canonical form. All encode into a buffer that they have had \
         before. Of what they read, ours makes a list of values, whose octets are a part of the frame that is not copied; \
         the others copy the name and the octets. The ratio is to ciborium.",
        encoded.len(),
        post.len(),
        mini.len(),
        cib.len()
    ));
    section
}

fn encoders<'a>(times: u32, ours: &'a Operation, theirs: &'a Typed) -> [Contender<'a>; 4] {
    let buffer = || Vec::with_capacity(512);
    let (mut syrup, mut post, mut mini, mut cib) = (buffer(), [0; 512], buffer(), buffer());
    [
        Contender::new("Syrup (ours)", move || {
            ns_each(times, || {
                syrup.clear();
                opaque(ours).encode_to(Dialect::default(), &mut syrup);
                opaque(&syrup);
            })
        })
        .ours(),
        Contender::new("postcard", move || {
            ns_each(times, || {
                opaque(postcard::to_slice(opaque(theirs), &mut post).expect("encodes"));
            })
        }),
        Contender::new("minicbor-serde", move || {
            ns_each(times, || {
                mini.clear();
                let mut serializer = minicbor_serde::Serializer::new(&mut mini);
                opaque(theirs).serialize(&mut serializer).expect("encodes");
                opaque(&mini);
            })
        }),
        Contender::new("ciborium", move || {
            ns_each(times, || {
                cib.clear();
                ciborium::into_writer(opaque(theirs), &mut cib).expect("encodes");
                opaque(&cib);
            })
        }),
    ]
}

fn decoders<'a>(times: u32, encoded: [&'a [u8]; 4]) -> [Contender<'a>; 4] {
    let [ours, post, mini, cib] = encoded;
    let ours = Bytes::copy_from_slice(ours);
    [
        Contender::new("Syrup (ours)", move || {
            ns_each(times, || drop(opaque(Operation::decode(opaque(&ours)))))
        })
        .ours(),
        Contender::new("postcard", move || {
            ns_each(times, || drop(opaque(postcard::from_bytes::<Typed>(opaque(post)))))
        }),
        Contender::new("minicbor-serde", move || {
            ns_each(times, || drop(opaque(minicbor_serde::from_slice::<Typed>(opaque(mini)))))
        }),
        Contender::new("ciborium", move || {
            ns_each(times, || drop(opaque(ciborium::from_reader::<Typed, _>(opaque(cib)))))
        }),
    ]
}
