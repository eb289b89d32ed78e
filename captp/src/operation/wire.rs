//! Operations as Syrup, in every form that peers send and in the one that they want.

use bytes::Bytes;
use hogshead_objects::Message;
use hogshead_objects::heap::Part;
use hogshead_objects::int::Int;

use super::{
    Deliver, DeliverForm, Derive, Dialect, GcExport, GcLabels, Listen, Operation, StartSession,
};
use crate::limits;
use crate::syrup::read::{Read, Reader};
use crate::syrup::{DecodeError, Problem, write};

pub(super) fn decode(frame: &Bytes) -> Result<Operation, DecodeError> {
    let mut reader = Reader::new(frame);
    // What comes most is known by how it begins.
    if reader.skip_label(b"<10'op:deliver") {
        return end(deliver(&mut reader)?, reader);
    }
    let operation = match reader.label()? {
        b"op:deliver-only" => deliver_only(&mut reader)?,
        b"op:listen" => listen(&mut reader)?,
        b"op:gc-exports" | b"op:gc-export" => gc_exports(&mut reader)?,
        b"op:gc-answers" | b"op:gc-answer" => gc_answers(&mut reader)?,
        b"op:get" => get(&mut reader)?,
        b"op:index" => index(&mut reader)?,
        b"op:untag" => untag(&mut reader)?,
        b"op:abort" => Operation::Abort(reason(&mut reader)?),
        b"op:start-session" => start_session(&mut reader)?,
        _ => return Err(reader.error(Problem::UnknownRecord)),
    };
    end(operation, reader)
}

/// The operation, if its record ends here and nothing follows.
fn end(operation: Operation, mut reader: Reader<'_>) -> Result<Operation, DecodeError> {
    reader.expect(b'>')?;
    reader.finish()?;
    Ok(operation)
}

fn deliver(reader: &mut Reader<'_>) -> Read<Operation> {
    let to = reader.target()?;
    let message = Message::apply(reader.list(0)?);
    let answer = reader.optional_natural()?;
    let resolver = reader.optional_import()?;
    Ok(Operation::Deliver(Deliver { to, message, answer, resolver }))
}

fn deliver_only(reader: &mut Reader<'_>) -> Read<Operation> {
    let to = reader.target()?;
    let message = Message::apply(reader.list(0)?);
    Ok(Operation::Deliver(Deliver { to, message, answer: None, resolver: None }))
}

fn listen(reader: &mut Reader<'_>) -> Read<Operation> {
    let to = reader.target()?;
    let resolver = reader.import()?;
    // The text has two fields, peers send three. The record's `>` follows the shorter form.
    let wants_partial = match reader.peek()? {
        b'>' => false,
        _ => reader.boolean()?,
    };
    Ok(Operation::Listen(Listen { to, resolver, wants_partial }))
}

fn gc_exports(reader: &mut Reader<'_>) -> Read<Operation> {
    let (positions, deltas) = if reader.peek()? == b'[' {
        (reader.naturals()?, reader.naturals()?)
    } else {
        // Before the operation took lists, it named one export.
        (vec![reader.natural()?], vec![reader.natural()?])
    };
    if positions.len() != deltas.len() {
        return Err(reader.error(Problem::NotAPosition));
    }
    let pairs = positions.into_iter().zip(deltas);
    Ok(Operation::GcExports(pairs.map(|(position, delta)| GcExport { position, delta }).collect()))
}

fn gc_answers(reader: &mut Reader<'_>) -> Read<Operation> {
    if reader.peek()? == b'[' {
        return Ok(Operation::GcAnswers(reader.naturals()?));
    }
    Ok(Operation::GcAnswers(vec![reader.natural()?]))
}

fn get(reader: &mut Reader<'_>) -> Read<Operation> {
    let from = reader.target()?;
    let part = Part::Field(reader.string()?.to_owned());
    let answer = reader.natural()?;
    Ok(Operation::Derive(Derive { from, part, answer }))
}

fn index(reader: &mut Reader<'_>) -> Read<Operation> {
    let from = reader.target()?;
    let part = Part::Item(item(&reader.integer()?));
    let answer = reader.natural()?;
    Ok(Operation::Derive(Derive { from, part, answer }))
}

/// An index out of all bounds breaks the answer, as one out of the list's bounds does; no list
/// has this many items.
fn item(index: &Int) -> u64 {
    index.to_u64().unwrap_or(u64::MAX)
}

fn untag(reader: &mut Reader<'_>) -> Read<Operation> {
    let from = reader.target()?;
    let part = Part::Untagged(reader.string()?.to_owned());
    let answer = reader.natural()?;
    Ok(Operation::Derive(Derive { from, part, answer }))
}

fn reason(reader: &mut Reader<'_>) -> Read<String> {
    reader.string().map(|reason| shorten(reason).to_owned())
}

fn start_session(reader: &mut Reader<'_>) -> Read<Operation> {
    let version = shorten(reader.string()?).to_owned();
    let key = reader.public_key()?;
    let location = reader.locator()?;
    let signature = reader.signature()?;
    Ok(Operation::StartSession(Box::new(StartSession { version, key, location, signature })))
}

pub(super) fn encode(operation: &Operation, dialect: Dialect, out: &mut Vec<u8>) {
    match operation {
        Operation::StartSession(hello) => {
            out.extend_from_slice(b"<16'op:start-session");
            write::string(out, &hello.version);
            write::public_key(out, &hello.key);
            write::locator(out, &hello.location);
            write::signature(out, &hello.signature);
        }
        Operation::Deliver(deliver) => encode_deliver(deliver, dialect, out),
        Operation::Listen(listen) => {
            out.extend_from_slice(b"<9'op:listen");
            write::target(out, listen.to);
            write::import(out, listen.resolver);
            write::boolean(out, listen.wants_partial);
        }
        Operation::Derive(derive) => encode_derive(derive, out),
        Operation::GcExports(exports) => {
            out.extend_from_slice(match dialect.gc {
                GcLabels::Plural => b"<13'op:gc-exports",
                GcLabels::Singular => b"<12'op:gc-export",
            });
            naturals(out, exports.iter().map(|export| export.position));
            naturals(out, exports.iter().map(|export| export.delta));
        }
        Operation::GcAnswers(answers) => {
            out.extend_from_slice(match dialect.gc {
                GcLabels::Plural => b"<13'op:gc-answers",
                GcLabels::Singular => b"<12'op:gc-answer",
            });
            naturals(out, answers.iter().copied());
        }
        Operation::Abort(reason) => {
            out.extend_from_slice(b"<8'op:abort");
            write::string(out, shorten(reason));
        }
    }
    out.push(b'>');
}

fn encode_deliver(deliver: &Deliver, dialect: Dialect, out: &mut Vec<u8>) {
    let unanswered = deliver.answer.is_none() && deliver.resolver.is_none();
    if unanswered && dialect.deliver == DeliverForm::Only {
        out.extend_from_slice(b"<15'op:deliver-only");
        write::target(out, deliver.to);
        write::list(out, &deliver.message.values);
        return;
    }
    out.extend_from_slice(b"<10'op:deliver");
    write::target(out, deliver.to);
    write::list(out, &deliver.message.values);
    match deliver.answer {
        Some(position) => write::natural(out, position),
        None => write::boolean(out, false),
    }
    match deliver.resolver {
        Some(resolver) => write::import(out, resolver),
        None => write::boolean(out, false),
    }
}

fn encode_derive(derive: &Derive, out: &mut Vec<u8>) {
    out.extend_from_slice(match derive.part {
        Part::Field(_) => b"<6'op:get",
        Part::Item(_) => b"<8'op:index",
        Part::Untagged(_) => b"<8'op:untag",
    });
    write::target(out, derive.from);
    match &derive.part {
        Part::Field(text) | Part::Untagged(text) => write::string(out, text),
        Part::Item(index) => write::natural(out, *index),
    }
    write::natural(out, derive.answer);
}

fn naturals(out: &mut Vec<u8>, items: impl Iterator<Item = u64>) {
    out.push(b'[');
    for item in items {
        write::natural(out, item);
    }
    out.push(b']');
}

/// The start of a text that is only told, cut at a character's edge.
pub(crate) fn shorten(text: &str) -> &str {
    let mut end = text.len().min(limits::REASON_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    text.get(..end).unwrap_or_default()
}
