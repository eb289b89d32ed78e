//! Octets of frames: what is written can be read, and nothing else is taken.

use bytes::Bytes;
use hogshead_captp::durable::{
    Cause, Chain, Comparison, End, EndReason, Evidence, Frame, FrameError, Hello, Incarnation,
    Knock, Mark,
};
use hogshead_captp::limits;
use hogshead_captp::session::Violation;

fn mark(number: u64, octet: u8) -> Mark {
    Mark { number, chain: Chain([octet; 32]) }
}

fn hello() -> Hello {
    Hello {
        ours: Incarnation([1; 16]),
        theirs: Some(Incarnation([2; 16])),
        sent: mark(3, 3),
        received: mark(4, 4),
        credit: 5,
        start: Bytes::from_static(b"<start>"),
        location: Some(Bytes::from_static(b"here")),
        knock: Some(Knock::Swiss(Bytes::from_static(b"swiss"))),
        again: false,
    }
}

fn evidence() -> Evidence {
    Evidence {
        what: Comparison::SentBehind,
        ours: mark(9, 1),
        theirs: mark(8, 2),
        our_incarnation: Incarnation([1; 16]),
        their_incarnation: Incarnation([2; 16]),
    }
}

fn end(why: EndReason, evidence: Option<Evidence>) -> Frame {
    let (ours, theirs) = (Incarnation([1; 16]), Incarnation([2; 16]));
    Frame::End(Box::new(End { ours, theirs, why, text: "it is over".to_owned(), evidence }))
}

fn operation() -> Frame {
    let (chain, cause) = (Chain([6; 32]), Cause([7; 16]));
    Frame::Operation { number: 8, chain, cause, payload: Bytes::from_static(b"<payload>") }
}

fn frames() -> Vec<Frame> {
    let stranger = Hello {
        theirs: None,
        sent: Mark::NONE,
        received: Mark::NONE,
        location: None,
        knock: Some(Knock::Give(Bytes::from_static(b"give"))),
        ..hello()
    };
    vec![
        Frame::Hello(Box::new(hello())),
        Frame::Hello(Box::new(stranger)),
        Frame::Hello(Box::new(Hello { knock: None, ..hello() })),
        Frame::Hello(Box::new(Hello { again: true, ..hello() })),
        operation(),
        Frame::Ack { received: mark(1, 1), credit: u64::MAX },
        end(EndReason::Owner, None),
        end(EndReason::Fork, Some(evidence())),
        end(EndReason::Other(77), None),
        Frame::Declined { reason: "nobody here".to_owned() },
    ]
}

fn refused(octets: impl Into<Bytes>) -> FrameError {
    match Frame::decode(&octets.into()) {
        Err(Violation::MalformedFrame(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_frame_is_read_as_it_was_written() {
    for frame in frames() {
        let octets = frame.encode();
        assert_eq!(Frame::decode(&octets).as_ref(), Ok(&frame), "{octets:?}");
    }
}

#[test]
fn a_payload_shares_the_frames_memory() {
    let octets = operation().encode();
    let Ok(Frame::Operation { payload, .. }) = Frame::decode(&octets) else { panic!("it is one") };
    assert_eq!(payload.as_ptr(), octets[60..].as_ptr());
}

#[test]
fn a_frame_that_is_cut_is_no_other_frame() {
    for frame in frames() {
        let octets = frame.encode();
        for length in 0..octets.len() {
            // What ends with a text or a payload can be cut there: carriers keep lengths.
            let cut = octets.slice(..length);
            match Frame::decode(&cut) {
                Ok(shorter) => assert_eq!(shorter.encode(), cut),
                Err(Violation::MalformedFrame(_)) => {}
                Err(other) => panic!("{other}"),
            }
        }
    }
    assert_eq!(refused(&b""[..]), FrameError::Truncated);
    assert_eq!(refused(&b"\x01"[..]), FrameError::Truncated);
    let ack = Frame::Ack { received: mark(1, 1), credit: 2 }.encode();
    assert_eq!(refused([&ack[..], b"x"].concat()), FrameError::Trailing);
}

#[test]
fn other_versions_and_kinds_are_refused() {
    for version in [0, 2, 255] {
        let mut octets = operation().encode().to_vec();
        octets[0] = version;
        assert_eq!(refused(octets), FrameError::Version(version));
    }
    for kind in [0, 6, 255] {
        let mut octets = operation().encode().to_vec();
        octets[1] = kind;
        assert_eq!(refused(octets), FrameError::Kind(kind));
    }
}

/// An operation with these optional fields.
fn with_fields(fields: &[u8]) -> Vec<u8> {
    let octets = operation().encode();
    let length = u16::try_from(fields.len()).unwrap().to_be_bytes();
    [&octets[..58], &length, fields, &octets[60..]].concat()
}

#[test]
fn unknown_fields_are_skipped_if_their_tags_are_even() {
    for tag in [2, 4, 100, 254] {
        let octets = with_fields(&[tag, 0, 3, 1, 2, 3]);
        assert_eq!(Frame::decode(&octets.into()), Ok(operation()));
    }
    for tag in [1, 3, 255] {
        let octets = with_fields(&[tag, 0, 0]);
        assert_eq!(refused(octets), FrameError::UnknownField(tag));
    }
}

#[test]
fn fields_come_once_in_ascending_order_and_whole() {
    assert_eq!(refused(with_fields(&[2, 0, 0, 2, 0, 0])), FrameError::FieldOrder(2));
    assert_eq!(refused(with_fields(&[4, 0, 0, 2, 0, 0])), FrameError::FieldOrder(2));
    assert_eq!(refused(with_fields(&[2, 0, 1])), FrameError::Truncated);
    assert_eq!(refused(with_fields(&[2, 0])), FrameError::Truncated);
}

#[test]
fn a_hello_has_one_knock_and_parts_of_their_lengths() {
    let octets = Frame::Hello(Box::new(Hello { theirs: None, ..hello() })).encode();
    let before = 2 + 16 + 40 + 40 + 8;
    let with = |fields: &[u8]| {
        let length = u16::try_from(fields.len()).unwrap().to_be_bytes();
        [&octets[..before], &length, fields, b"<start>"].concat()
    };
    assert_eq!(refused(with(&[3, 0, 1, 9, 5, 0, 1, 9])), FrameError::Field(5));
    assert_eq!(refused(with(&[1, 0, 15])), FrameError::Truncated);
    let short = [&[1, 0, 15][..], &[0; 15]].concat();
    assert_eq!(refused(with(&short)), FrameError::Field(1));
    assert_eq!(refused(with(&[4, 0, 1, 9])), FrameError::Field(4));
    for (tag, what, max) in [
        (2, "location", limits::LOCATION_BYTES_MAX),
        (3, "knock", limits::KNOCK_BYTES_MAX),
        (5, "knock", limits::KNOCK_BYTES_MAX),
    ] {
        let field = |length: usize| {
            let octets = u16::try_from(length).unwrap().to_be_bytes();
            with(&[&[tag][..], &octets, &vec![0; length]].concat())
        };
        assert!(Frame::decode(&field(max).into()).is_ok());
        assert_eq!(refused(field(max + 1)), FrameError::TooLong { what, max });
    }
}

#[test]
fn parts_of_ours_that_nobody_would_take_are_left_out() {
    let long = |length: usize| Bytes::from(vec![0; length]);
    let wordy = Hello {
        location: Some(long(limits::LOCATION_BYTES_MAX + 1)),
        knock: Some(Knock::Give(long(limits::KNOCK_BYTES_MAX + 1))),
        ..hello()
    };
    let read = Frame::decode(&Frame::Hello(Box::new(wordy)).encode());
    let plain = Hello { location: None, knock: None, ..hello() };
    assert_eq!(read, Ok(Frame::Hello(Box::new(plain))));

    let reason = "é".repeat(limits::REASON_BYTES_MAX);
    let cut = Frame::Declined { reason: "é".repeat(limits::REASON_BYTES_MAX / 2) };
    assert_eq!(Frame::decode(&Frame::Declined { reason }.encode()), Ok(cut));
}

#[test]
fn what_is_too_long_is_refused() {
    let max = limits::DURABLE_HELLO_BYTES_MAX;
    let start = Bytes::from(vec![0; max]);
    let octets = Frame::Hello(Box::new(Hello { start, ..hello() })).encode();
    assert_eq!(refused(octets), FrameError::TooLong { what: "hello", max });

    let max = limits::HELLO_BYTES_MAX;
    let start = Bytes::from(vec![0; max + 1]);
    let octets = Frame::Hello(Box::new(Hello { start, ..hello() })).encode();
    assert_eq!(refused(octets), FrameError::TooLong { what: "op:start-session", max });

    let max = limits::REASON_BYTES_MAX;
    let text = [&[1, 5, 0, 0][..], &vec![b'x'; max + 1]].concat();
    assert_eq!(refused(text), FrameError::TooLong { what: "text", max });
    assert_eq!(refused(&[1, 5, 0, 0, 0xff][..]), FrameError::NotUtf8);

    let bytes = limits::FRAME_BYTES_MAX + 1;
    let long = Frame::decode(&Bytes::from(vec![1; bytes]));
    assert_eq!(long, Err(Violation::FrameTooLong { bytes, max: limits::FRAME_BYTES_MAX }));
}

#[test]
fn a_knock_is_not_shown() {
    let shown = format!("{:?}", hello());
    assert!(shown.contains("Swiss(…)") && !shown.contains("swiss"), "{shown}");
}

#[test]
fn the_longest_parts_fit_a_hello() {
    let long = |length: usize| Bytes::from(vec![0; length]);
    let longest = Hello {
        location: Some(long(limits::LOCATION_BYTES_MAX)),
        knock: Some(Knock::Give(long(limits::KNOCK_BYTES_MAX))),
        start: long(limits::HELLO_BYTES_MAX),
        ..hello()
    };
    let frame = Frame::Hello(Box::new(longest));
    assert_eq!(Frame::decode(&frame.encode()), Ok(frame));
}
