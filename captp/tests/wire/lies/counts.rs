//! Lies about counts.

use super::Liar;

/// The lie is a gc operation that ends the session.
#[track_caller]
fn is_ended_by(lie: fn(&Liar) -> String, reason: fn(&Liar) -> String) {
    let liar = Liar::new();
    let (lie, reason) = (lie(&liar), reason(&liar));
    liar.ends(lie, &reason);
}

/// A wire delta of zero. Sees: an abort, "wire delta 0 for position N, which was sent 1 times".
/// Stays: nothing.
#[test]
fn a_wire_delta_of_zero() {
    is_ended_by(
        |liar| format!("<13'op:gc-exports[{}+][0+]>", liar.echo),
        |liar| format!("wire delta 0 for position {}, which was sent 1 times", liar.echo),
    );
}

/// A wire delta that is one too large. Sees: an abort. Stays: nothing.
#[test]
fn a_wire_delta_that_is_too_large() {
    is_ended_by(
        |liar| format!("<13'op:gc-exports[{}+][2+]>", liar.echo),
        |liar| format!("wire delta 2 for position {}, which was sent 1 times", liar.echo),
    );
}

/// The largest wire delta that there is. Sees: an abort; nothing overflows. Stays: nothing.
#[test]
fn the_largest_wire_delta() {
    is_ended_by(
        |liar| format!("<13'op:gc-exports[{}+][18446744073709551615+]>", liar.echo),
        |liar| {
            let echo = liar.echo;
            format!("wire delta {} for position {echo}, which was sent 1 times", u64::MAX)
        },
    );
}

/// A wire delta that is none: negative, or beyond 64 bits. Sees: an abort, "not a position".
/// Stays: nothing.
#[test]
fn a_wire_delta_that_is_none() {
    for delta in ["1-", "18446744073709551616+", "t"] {
        let mut liar = Liar::new();
        let lie = format!("<13'op:gc-exports[{}+][{delta}]>", liar.echo);
        let violation = liar.raw.say(&lie).expect_err(&lie).to_string();
        assert!(violation.starts_with("malformed operation: "), "{violation}");
        liar.raw.heard();
        liar.after();
    }
}

/// An export given back twice, in two operations. Sees: an abort. Stays: nothing.
#[test]
fn an_export_given_back_twice() {
    let mut liar = Liar::new();
    let echo = liar.echo;
    let lie = format!("<13'op:gc-exports[{echo}+][1+]>");
    assert_eq!(liar.is_taken(&lie), [""; 0]);
    liar.ends(lie, &format!("no export at position {echo}"));
}

/// An export given back twice in one operation. Sees: an abort. Stays: nothing; the object lives,
/// for another peer has it.
#[test]
fn an_export_given_back_twice_in_one_operation() {
    is_ended_by(
        |liar| format!("<13'op:gc-exports[{0}+{0}+][1+1+]>", liar.echo),
        |liar| format!("no export at position {}", liar.echo),
    );
}

/// An export given back that was never exported, after good ones. Sees: an abort. Stays: nothing;
/// the good ones are undone first, so nothing is let go twice.
#[test]
fn an_export_given_back_that_was_never_exported() {
    is_ended_by(
        |liar| format!("<13'op:gc-exports[{}+99+][1+1+]>", liar.echo),
        |_| "no export at position 99".to_owned(),
    );
}

/// Two lists of different lengths. Sees: an abort, "malformed operation". Stays: nothing.
#[test]
fn lists_of_different_lengths() {
    for lists in ["[1+][1+1+]", "[1+1+][1+]", "[][1+]", "1+[1+]", "[1+]1+"] {
        let mut liar = Liar::new();
        let lie = format!("<13'op:gc-exports{lists}>");
        let violation = liar.raw.say(&lie).expect_err(&lie).to_string();
        assert!(violation.starts_with("malformed operation: "), "{violation}");
        liar.raw.heard();
        liar.after();
    }
}

/// The bootstrap object given back, which was never sent. Sees: nothing. Stays: the session, and
/// the bootstrap object.
#[test]
fn the_bootstrap_object_given_back() {
    let mut liar = Liar::new();
    for _ in 0..2 {
        assert_eq!(liar.is_taken("<13'op:gc-exports[0+][5+]>"), [""; 0]);
    }
    let heard =
        liar.is_taken("<10'op:deliver<11'desc:export0+>[5'fetch4:nope]f<18'desc:import-object8+>>");
    assert!(heard[0].contains("not-found"), "{heard:?}");
    liar.goes_on();
    liar.after();
}

/// What it imported, given back as if we had exported it. Sees: an abort: positions are per
/// direction. Stays: nothing.
#[test]
fn its_own_export_given_back() {
    is_ended_by(
        |_| "<13'op:gc-exports[41+][1+]>".to_owned(),
        |_| "no export at position 41".to_owned(),
    );
}

/// A million answers given back at once. Sees: an abort at the first that was never asked for.
/// Stays: nothing.
#[test]
fn a_million_answers_given_back() {
    let list = "1+".repeat(1_000_000);
    Liar::new().ends(format!("<13'op:gc-answers[{list}]>"), "no answer at position 1");
}

/// A million exports given back at once. Sees: an abort, "too many values", before any is looked
/// at. Stays: nothing.
#[test]
fn a_million_exports_given_back() {
    let mut liar = Liar::new();
    let list = "1+".repeat(1_000_000);
    let lie = format!("<13'op:gc-exports[{list}][{list}]>");
    let violation = liar.raw.say(lie).expect_err("it is refused").to_string();
    assert!(violation.starts_with("malformed operation: too many values"), "{violation}");
    assert_eq!(liar.raw.heard(), [crate::raw::abort(&violation)]);
    liar.after();
}

/// Half a million exports given back at once, of which the first is true. Sees: an abort at the
/// second. Stays: nothing; the first is undone with it.
#[test]
fn half_a_million_exports_given_back() {
    is_ended_by(
        |liar| {
            let (positions, deltas) = ("99+".repeat(500_000), "1+".repeat(500_000));
            format!("<13'op:gc-exports[{}+{positions}][1+{deltas}]>", liar.echo)
        },
        |_| "no export at position 99".to_owned(),
    );
}

/// Empty lists. Sees: nothing. Stays: the session.
#[test]
fn nothing_given_back() {
    let mut liar = Liar::new();
    assert_eq!(liar.is_taken("<13'op:gc-exports[][]>"), [""; 0]);
    assert_eq!(liar.is_taken("<13'op:gc-answers[]>"), [""; 0]);
    liar.goes_on();
    liar.after();
}
