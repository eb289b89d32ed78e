//! Dialects: every form is taken, the one that is configured is sent.

use hogshead_captp::{DeliverForm, Dialect, GcLabels, Limits};
use hogshead_objects::{Message, Value};

use crate::raw::Raw;

const ALL: [Dialect; 4] = [
    Dialect { deliver: DeliverForm::Only, gc: GcLabels::Singular },
    Dialect { deliver: DeliverForm::Only, gc: GcLabels::Plural },
    Dialect { deliver: DeliverForm::Folded, gc: GcLabels::Singular },
    Dialect { deliver: DeliverForm::Folded, gc: GcLabels::Plural },
];

/// Everything that is sent without an answer, and both gc operations, from one session.
fn speech(raw: &mut Raw) -> Vec<String> {
    let (promise, answer, _) = raw.ask(90);
    let object = raw.lend("<18'desc:import-object91+>");
    raw.vat.turn(|heap| {
        heap.tell(object, Message::new("hi", [Value::from(1_u64)]));
        heap.let_go(object);
        heap.let_go(hogshead_objects::Ref::Promise(promise));
    });
    raw.heard().into_iter().map(|op| op.replace(&format!("[{answer}+]"), "[A]")).collect()
}

/// Dialects: `deliver` and `gc` are independent, and what is configured is sent.
#[test]
fn what_is_configured_is_sent() {
    for dialect in ALL {
        let mut raw = Raw::new(dialect, Limits::default());
        let deliver = match dialect.deliver {
            DeliverForm::Only => "<15'op:deliver-only<11'desc:export91+>[2'hi1+]>",
            DeliverForm::Folded => "<10'op:deliver<11'desc:export91+>[2'hi1+]ff>",
        };
        let (exports, answers) = match dialect.gc {
            GcLabels::Singular => ("<12'op:gc-export[91+][1+]>", "<12'op:gc-answer[A]>"),
            GcLabels::Plural => ("<13'op:gc-exports[91+][1+]>", "<13'op:gc-answers[A]>"),
        };
        assert_eq!(speech(&mut raw), [deliver, exports, answers], "{dialect:?}");
    }
}

/// Dialects: the default is the current text.
#[test]
fn the_default_is_the_current_text() {
    assert_eq!(Dialect::default(), ALL[3]);
}

/// Dialects: every form is taken whatever is configured.
#[test]
fn every_form_is_taken_in_every_dialect() {
    for dialect in ALL {
        let mut raw = Raw::new(dialect, Limits::default());
        let echo = raw.echo();
        for message in [
            format!("<10'op:deliver<11'desc:export{echo}+>[]ff>"),
            format!("<15'op:deliver-only<11'desc:export{echo}+>[]>"),
        ] {
            raw.check(&message, &[]);
        }
        for answers in ["<13'op:gc-answers[3+]>", "<12'op:gc-answer[3+]>"] {
            raw.check(format!("<10'op:deliver<11'desc:export{echo}+>[]3+f>"), &[]);
            raw.check(answers, &[]);
        }
        let (one, two) = (raw.echo(), raw.echo());
        raw.check(format!("<13'op:gc-exports[{one}+][1+]>"), &[]);
        raw.check(format!("<12'op:gc-export[{two}+][1+]>"), &[]);
    }
}

/// Dialects: who sends `op:deliver-only` is sent it from then on; the labels of gc are not
/// inferred.
#[test]
fn the_older_form_of_a_message_corrects_what_is_sent() {
    let mut raw = Raw::plain();
    let echo = raw.echo();
    raw.check(format!("<15'op:deliver-only<11'desc:export{echo}+>[]>"), &[]);
    raw.check(
        format!("<10'op:deliver<11'desc:export{echo}+>[]f<18'desc:import-object5+>>"),
        &["<15'op:deliver-only<11'desc:export5+>[7'fulfill[]]>", "<13'op:gc-exports[5+][1+]>"],
    );
    // Not the other way round: a peer of the older form sends the folded one with an answer.
    raw.check(format!("<10'op:deliver<11'desc:export{echo}+>[]ff>"), &[]);
    raw.check(
        format!("<10'op:deliver<11'desc:export{echo}+>[]f<18'desc:import-object5+>>"),
        &["<15'op:deliver-only<11'desc:export5+>[7'fulfill[]]>", "<13'op:gc-exports[5+][1+]>"],
    );
}
