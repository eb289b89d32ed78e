//! The rows that a call writes, as `serde` and ciborium would write them, without their detour:
//! they are most of what a session costs.

use hogshead_objects::ids::PromiseId;

use super::{Answer, Export, Head, Import, Question, RefRow};

/// A row that is written directly.
pub(in crate::session) trait Spell {
    /// Appends the same bytes that `encode` gives.
    fn spell(&self, out: &mut Vec<u8>);
}

impl Spell for Head {
    fn spell(&self, out: &mut Vec<u8>) {
        head(out, MAP, if self.linked { 10 } else { 9 });
        number(out, "format", self.format.into());
        flag(out, "durable", self.durable);
        if self.linked {
            flag(out, "linked", true);
        }
        text(out, "bootstrap");
        match self.bootstrap {
            Some(reference) => put_reference(out, reference),
            None => out.push(NULL),
        }
        number(out, "next_export", self.next_export);
        number(out, "exports", self.exports);
        number(out, "imports", self.imports);
        number(out, "answers", self.answers);
        number(out, "questions", self.questions);
        number(out, "pending", self.pending);
    }
}

impl Spell for Export {
    fn spell(&self, out: &mut Vec<u8>) {
        head(out, MAP, if self.since.is_some() { 4 } else { 3 });
        reference(out, self.reference);
        number(out, "sent", self.sent);
        flag(out, "indexed", self.indexed);
        if let Some(since) = self.since {
            number(out, "since", since);
        }
    }
}

impl Spell for Import {
    fn spell(&self, out: &mut Vec<u8>) {
        let optional = u64::from(self.asked).saturating_add(u64::from(self.since.is_some()));
        head(out, MAP, optional.saturating_add(3));
        reference(out, self.reference);
        number(out, "received", self.received);
        number(out, "waits", self.waits);
        if self.asked {
            flag(out, "asked", true);
        }
        if let Some(since) = self.since {
            number(out, "since", since);
        }
    }
}

impl Spell for Answer {
    fn spell(&self, out: &mut Vec<u8>) {
        match self {
            Self::Promise(PromiseId(promise)) => {
                head(out, MAP, 1);
                number(out, "Promise", *promise);
            }
            // An error has many forms, and is rare.
            Self::Broken(_) => out.extend_from_slice(&super::encode(self)),
        }
    }
}

impl Spell for Question {
    fn spell(&self, out: &mut Vec<u8>) {
        head(out, MAP, if self.withdrawal { 2 } else { 1 });
        number(out, "resolver", self.resolver);
        if self.withdrawal {
            flag(out, "withdrawal", true);
        }
    }
}

impl Spell for u64 {
    fn spell(&self, out: &mut Vec<u8>) {
        head(out, NUMBER, *self);
    }
}

fn reference(out: &mut Vec<u8>, reference: RefRow) {
    text(out, "reference");
    put_reference(out, reference);
}

fn put_reference(out: &mut Vec<u8>, RefRow(kind, id): RefRow) {
    head(out, ARRAY, 2);
    head(out, NUMBER, kind.into());
    head(out, NUMBER, id);
}

fn number(out: &mut Vec<u8>, name: &str, n: u64) {
    text(out, name);
    head(out, NUMBER, n);
}

fn flag(out: &mut Vec<u8>, name: &str, flag: bool) {
    text(out, name);
    out.push(if flag { TRUE } else { FALSE });
}

fn text(out: &mut Vec<u8>, text: &str) {
    // A usize fits in 64 bits on every machine that Rust runs on.
    head(out, TEXT, u64::try_from(text.len()).unwrap_or(u64::MAX));
    out.extend_from_slice(text.as_bytes());
}

/// The shortest head of an item: its major type and its argument (RFC 8949, section 3).
fn head(out: &mut Vec<u8>, major: u8, argument: u64) {
    let bytes = argument.to_be_bytes();
    let [.., a, b, c, d] = bytes;
    match argument {
        0..24 => out.push(major | d),
        24..0x100 => out.extend_from_slice(&[major | 24, d]),
        0x100..0x1_0000 => out.extend_from_slice(&[major | 25, c, d]),
        0x1_0000..0x1_0000_0000 => out.extend_from_slice(&[major | 26, a, b, c, d]),
        _ => {
            out.push(major | 27);
            out.extend_from_slice(&bytes);
        }
    }
}

const NUMBER: u8 = 0;
const TEXT: u8 = 3 << 5;
const ARRAY: u8 = 4 << 5;
const MAP: u8 = 5 << 5;
const FALSE: u8 = 0xf4;
const TRUE: u8 = 0xf5;
const NULL: u8 = 0xf6;

#[cfg(test)]
mod tests {
    use hogshead_objects::{Class, Error};
    use serde::Serialize;

    use super::*;

    fn check(row: &(impl Spell + Serialize + std::fmt::Debug)) {
        let mut out = Vec::new();
        row.spell(&mut out);
        assert_eq!(out, super::super::encode(row), "{row:?}");
    }

    #[test]
    fn rows_are_written_as_the_codec_of_rows_writes_them() {
        let numbers = [0, 1, 23, 24, 255, 256, 65_535, 65_536, u64::from(u32::MAX), 1 << 32];
        for n in numbers.into_iter().chain([u64::MAX]) {
            check(&n);
            let reference = RefRow((n % 4) as u8, n);
            for (flag, since) in [(false, None), (true, None), (false, Some(n)), (true, Some(7))] {
                check(&Head {
                    format: 1,
                    durable: flag,
                    linked: since.is_some(),
                    bootstrap: flag.then_some(reference),
                    next_export: n,
                    exports: n / 2,
                    imports: n / 3,
                    answers: n / 5,
                    questions: n / 7,
                    pending: n / 11,
                });
                check(&Export { reference, sent: n, indexed: flag, since });
                check(&Import { reference, received: n, waits: n / 2, asked: flag, since });
                check(&Question { resolver: n, withdrawal: flag });
            }
            check(&Answer::Promise(PromiseId(n)));
        }
        check(&Answer::Broken(Error::new(Class::Severed, "gone")));
    }
}
