//! Operations as rows: every kind comes back, and what carries authority is marked.

use hogshead_captp::Operation;

const LOCATION: &str = "<10'ocapn-peer16'tcp-testing-only4\"carl{4\"host9\"127.0.0.1}>";

#[test]
fn every_kind_of_operation_survives_a_row() {
    let sturdyref = format!("<15'ocapn-sturdyref{LOCATION}9:my-object>");
    let cases = [
        (
            "<10'op:deliver<11'desc:export1+>[2'hi1+5\"Hello]3+<18'desc:import-object2+>>".into(),
            false,
        ),
        (
            "<10'op:deliver<11'desc:answer1+>[<19'desc:import-promise5+>]f\
             <19'desc:import-promise2+>>"
                .into(),
            false,
        ),
        ("<15'op:deliver-only<11'desc:export1+>[]>".into(), false),
        ("<9'op:listen<11'desc:answer1+><18'desc:import-object2+>t>".into(), false),
        ("<6'op:get<11'desc:answer1+>5\"field2+>".into(), false),
        ("<8'op:index<11'desc:export1+>7+2+>".into(), false),
        ("<8'op:untag<11'desc:answer1+>3\"tag2+>".into(), false),
        ("<13'op:gc-exports[1+2+][3+4+]>".into(), false),
        ("<12'op:gc-answer[7+]>".into(), false),
        ("<8'op:abort4\"done>".into(), false),
        // What carries authority.
        ("<10'op:deliver<11'desc:export0+>[5'fetch6:secret]1+f>".into(), true),
        ("<10'op:deliver<11'desc:export9+>[5'fetch6:secret]1+f>".into(), true),
        ("<10'op:deliver<11'desc:export0+>[12'deposit-gift2:id<11'desc:export1+>]ff>".into(), true),
        (format!("<10'op:deliver<11'desc:export1+>[2'hi{{1\"a[{sturdyref}]}}]ff>"), true),
    ];
    for (octets, secret) in cases {
        let operation = Operation::decode(&octets.clone().into()).expect(&octets);
        assert_eq!(operation.is_secret(), secret, "{octets}");
        let row = operation.to_row().expect(&octets);
        assert_eq!(row.secret, secret, "{octets}");
        assert_eq!(Operation::from_row(&row.bytes).expect(&octets), operation);
    }
}

#[test]
fn a_damaged_row_is_refused() {
    for bytes in [b"".as_slice(), b"\xff", b"\x82\x00\xa1gDeliver\x80"] {
        assert!(Operation::from_row(&bytes.to_vec().into()).is_err());
    }
}
