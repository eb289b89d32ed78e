//! Work, memory and size are bounded, whatever the pattern and the text.

use hogshead_script::limits::{
    REGEXP_DEPTH_MAX, REGEXP_GROUPS_MAX, REGEXP_OPS_MAX, REGEXP_PATTERN_BYTES_MAX,
};
use hogshead_script::regexp::{Matches, OutOfFuel, Regexp, Template, advance};
use proptest::prelude::*;

use crate::units;

/// The fuel that a search costs.
fn cost(pattern: &str, flags: &str, text: &str) -> (u64, bool) {
    let regexp = Regexp::new(pattern, flags).unwrap();
    let mut fuel = u64::MAX;
    let found = regexp.exec_at(&units(text), 0, false, &mut fuel).unwrap();
    (u64::MAX - fuel, found.is_some())
}

#[test]
fn patterns_that_explode_elsewhere_cost_as_much_as_the_text_is_long() {
    let (short, long) = ("a".repeat(1_000), "a".repeat(20_000));
    for (pattern, tail) in [
        ("(a+)+$", "!"),
        ("(a|a)*b", ""),
        ("(a|aa)+$", "!"),
        ("(.*)*x", ""),
        ("^(([a-z])+.)+[A-Z]([a-z])+$", ""),
        ("(?:a?){20}a{20}b", ""),
        ("((a*)*)*b", ""),
        ("(?:(?:(?:a*)*)*)*b", ""),
        ("(a?b??)*?c", ""),
    ] {
        let (little, found) = cost(pattern, "", &format!("{short}{tail}"));
        assert!(!found, "{pattern}");
        let (much, _) = cost(pattern, "", &format!("{long}{tail}"));
        assert!(much < little * 21, "{pattern}: {little} for 1,000, {much} for 20,000");
    }
    let (much, found) = cost("(a|a)*b", "", &"a".repeat(100_000));
    assert!(!found);
    assert!(much < 2_000_000, "{much}");
}

#[test]
fn where_no_match_can_begin_a_search_is_cheap() {
    let (cost, found) = cost("needle", "", &"hay ".repeat(10_000));
    assert!(!found);
    assert!(cost < 10_000, "{cost}");
}

#[test]
fn a_search_ends_when_its_fuel_does() {
    let regexp = Regexp::new("(a|a)*b", "").unwrap();
    let text = units(&"a".repeat(1_000));
    let mut fuel = u64::MAX;
    regexp.exec_at(&text, 0, false, &mut fuel).unwrap();
    let needed = u64::MAX - fuel;
    let mut exact = needed;
    assert_eq!(regexp.exec_at(&text, 0, false, &mut exact), Ok(None));
    assert_eq!(exact, 0);
    for less in [0, 1, needed / 2, needed - 1] {
        let mut fuel = less;
        assert_eq!(regexp.exec_at(&text, 0, false, &mut fuel), Err(OutOfFuel));
        assert_eq!(fuel, 0);
    }
    let mut fuel = 10;
    assert_eq!(regexp.split(&text, u32::MAX, &mut fuel), Err(OutOfFuel));
    let mut last_index = 7;
    let sticky = Regexp::new("(a|a)*b", "g").unwrap();
    assert_eq!(sticky.exec(&text, &mut last_index, &mut 10), Err(OutOfFuel));
    assert_eq!(last_index, 7, "nothing has changed");
}

/// Asserts that a pattern is refused with these words.
fn too_large(pattern: &str, why: &str) {
    let error = Regexp::new(pattern, "").unwrap_err();
    assert!(error.why.starts_with(why), "{error}");
}

#[test]
fn sizes_are_limited() {
    let large = "a regular expression that is too large";
    too_large("a{1000}{1000}", "not a regular expression");
    too_large("(?:a{1000}){1000}", large);
    too_large("(?:){1000000000}", large);
    too_large("(?:(?:(?:){1000}){1000}){1000}", large);
    too_large("a{0,9007199254740991}", large);
    too_large("a{9007199254740992}", "not a regular expression");
    too_large(&format!("a{{{REGEXP_OPS_MAX}}}"), large);
    // Nested iterations that may be empty are written twice: `x+` is `xx*`.
    let nested = (0..30).fold("a*".to_owned(), |body, _| format!("(?:{body})+"));
    too_large(&nested, large);
    assert!(Regexp::new("a{1000}", "").is_ok());
    let groups = "()".repeat(REGEXP_GROUPS_MAX);
    assert!(Regexp::new(&groups, "").is_ok());
    too_large(&format!("{groups}()"), "more than 100 capturing groups");
    // Few groups, or few instructions.
    too_large(&format!("{groups}a{{4000}}"), large);
    let deep = |depth: usize| format!("{}a{}", "(?:".repeat(depth), ")".repeat(depth));
    assert!(Regexp::new(&deep(REGEXP_DEPTH_MAX), "").is_ok());
    too_large(&deep(REGEXP_DEPTH_MAX + 1), "groups nested deeper than 64");
    too_large(&"(".repeat(REGEXP_PATTERN_BYTES_MAX), "groups nested deeper");
    assert!(Regexp::new(&"a".repeat(REGEXP_PATTERN_BYTES_MAX), "").is_ok());
    too_large(&"a".repeat(REGEXP_PATTERN_BYTES_MAX + 1), "a pattern of more than 8192 bytes");
    let sets = r"\p{L}".repeat(60);
    let error = Regexp::new(&sets, "u").unwrap_err();
    assert!(error.why.starts_with("sets of more than 32768 ranges"), "{error}");
}

#[test]
fn large_classes_regardless_of_case_compile_and_too_many_are_refused() {
    for (pattern, flags) in [(r"[\W_]", "iu"), (r"[\W_]", "i"), (r"[^\W_a]", "iu")] {
        assert!(Regexp::new(&pattern.repeat(30), flags).is_ok(), "{pattern}");
        let error = Regexp::new(&pattern.repeat(1_000), flags).unwrap_err();
        assert!(error.why.starts_with("sets of more than 32768 ranges"), "{error}");
    }
}

#[test]
fn a_regular_expression_says_what_it_costs_to_keep() {
    let weight = |pattern: &str, flags| Regexp::new(pattern, flags).unwrap().weight();
    assert!(weight("a+", "") < 10);
    assert!(weight("(?:a{100}){100}", "") > 10_000);
    assert!(weight(r"\p{L}", "u") > 600);
}

#[test]
fn a_pattern_in_code_units_is_well_formed() {
    let regexp = Regexp::from_units(&units("é+"), "g").unwrap();
    assert_eq!(format!("{regexp:?}"), "/é+/g");
    let error = Regexp::from_units(&[0x61, 0xD800], "").unwrap_err();
    assert!(error.why.starts_with("half of a surrogate pair"), "{error}");
}

#[test]
fn a_template_expands_to_the_length_that_it_says() {
    let regexp = Regexp::new("(?<x>a)(b)?", "").unwrap();
    let text = units("1ab2");
    let captures = regexp.exec_at(&text, 0, false, &mut 1_000).unwrap().unwrap();
    for (template, expected) in [
        ("$1$2$x", "ab$x"),
        ("$`$'$&$$", "12ab$"),
        ("$<x>$<y>$<x", "a$<x"),
        ("$$1$$$$", "$1$$"),
        ("$0$00$3$03$12$21", "$0$00$3$03a2b1"),
        ("", ""),
    ] {
        let template = units(template);
        let template = Template::new(&template, Some(&regexp));
        let mut out = Vec::new();
        template.expand(&text, &captures, &mut out);
        assert_eq!(String::from_utf16(&out).unwrap(), expected);
        assert_eq!(template.expanded_len(&text, &captures), out.len());
    }
}

#[test]
fn an_index_advances_over_a_pair_with_the_flag_u_alone() {
    let text = units("a😀b");
    let steps = |unicode| (0..6).map(|at| advance(&text, at, unicode)).collect::<Vec<_>>();
    assert_eq!(steps(false), [1, 2, 3, 4, 5, 6]);
    assert_eq!(steps(true), [1, 3, 3, 4, 5, 6]);
    assert_eq!(advance(&text, u64::MAX, true), u64::MAX);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Any text as a pattern, and texts that look like one.
    #[test]
    fn no_pattern_and_no_text_panics(
        pattern in prop_oneof![
            ".{0,40}",
            r"[\\()\[\]{}|*+?^$.,:<=!\-abpPuxkdwsbBDWS0123é😀]{0,40}",
        ],
        flags in "[dgimsuy]{0,3}",
        text in prop::collection::vec(
            prop_oneof![Just(0x61u16), Just(0x20), Just(0xD83D), Just(0xDE00), any::<u16>()],
            0..40,
        ),
        start in 0usize..45,
        template in "[$&`'<>a0-9]{0,12}",
    ) {
        let Ok(regexp) = Regexp::new(&pattern, &flags) else { return Ok(()) };
        let template = units(&template);
        let template = Template::new(&template, Some(&regexp));
        let mut fuel = 200_000;
        let (mut matches, mut last) = (Matches::from(start as u64), None);
        while let Ok(Some(found)) = matches.next(&regexp, &text, &mut fuel) {
            prop_assert!(found.whole().end <= text.len());
            prop_assert!(last.is_none_or(|last| last < (found.whole().end, found.whole().start)));
            last = Some((found.whole().end, found.whole().start));
            let mut out = Vec::new();
            template.expand(&text, &found, &mut out);
            prop_assert_eq!(out.len(), template.expanded_len(&text, &found));
        }
        let _ = regexp.split(&text, 5, &mut fuel);
    }
}
