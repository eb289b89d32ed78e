//! What is out of the subset, and what is said of it.

use hogshead_script::regexp::Regexp;

#[test]
fn each_refusal_says_what_where_and_what_instead() {
    let table: &[(&str, &str, usize, &str, &str)] = &[
        (r"(a)\1", "", 3, "a back-reference is not in the subset", "capture both"),
        (r"(?<q>a)\k<q>", "", 7, "a back-reference is not in the subset", "capture both"),
        (r"a(?=b)", "", 1, "lookahead `(?=`", "match it"),
        (r"a(?!b)", "", 1, "lookahead `(?!`", "match first"),
        (r"(?<=a)b", "", 0, "lookbehind `(?<=`", "match it"),
        (r"(?<!a)b", "", 0, "lookbehind `(?<!`", "match first"),
        (r"x(?:(?=a))*", "", 4, "lookahead `(?=`", "match it"),
        (r"é(?i:a)", "", 2, "flags inside a group", "use the flags i, m, s"),
        (r"(?<a>x)|(?<a>y)", "", 8, "two groups of one name", "give each group its own"),
        (r"(?<\u0061>x)", "", 0, "an escape in a group's name", "write the letter"),
        (r"a\1", "", 1, "an octal escape", r"write `\xHH`"),
        (r"[\07]", "", 1, "an octal escape", r"write `\xHH`"),
        (r"\a", "", 0, r"the escape `\a`, which has no meaning", "write `a`"),
        (r"\p{L}", "", 0, r"the escape `\p`, which has no meaning", "a Unicode property needs"),
        (r"\u{61}", "", 0, r"the escape `\u`, which has no meaning", r"write `\uHHHH`"),
        (r"\x4", "", 0, r"the escape `\x`, which has no meaning", r"write `\xHH`"),
        (r"[\8]", "", 1, r"the escape `\8`, which has no meaning", "write `8`"),
        (r"\k<a>", "", 0, r"the escape `\k`, which has no meaning", "write `k`"),
        (r"\c", "", 0, r"the escape `\c` without a letter", r"write `\\`"),
        (r"[\c1]", "", 1, r"the escape `\c` without a letter", r"write `\\`"),
        (r"[\c-]", "", 1, r"the escape `\c` without a letter", r"write `\\`"),
        (r"[\c_]", "", 1, r"the escape `\c` without a letter", r"write `\\`"),
        (r"a*\B", "u", 2, r"`\B` with the flag u in a pattern that may", "leave the flag u"),
        (r"\p{ExtPict}", "u", 0, "this Unicode property", "write the ranges"),
        (r"[\p{Dia}]", "u", 1, "this Unicode property", "write the ranges"),
        (r"\p{scx=Grek}", "u", 0, "this Unicode property", "write the ranges"),
        (r"\p{CWKCF}", "u", 0, "this Unicode property", "write the ranges"),
        (r"a", "v", 2, "the flag v is not in the subset", "use the flag u"),
        (r"a", "z", 2, "no flag is called 'z'", "flags are d g i m s u y"),
        (r"é", "gg", 4, "the flag g is given twice", "give each flag once"),
    ];
    for &(pattern, flags, offset, why, hint) in table {
        let error = match Regexp::new(pattern, flags) {
            Ok(regexp) => panic!("{regexp:?} is in the subset"),
            Err(error) => error,
        };
        assert!(error.why.starts_with(why), "/{pattern}/{flags}: {error}");
        let given = error.hint.clone().unwrap_or_default();
        assert!(given.starts_with(hint), "/{pattern}/{flags}: {error}");
        assert_eq!(error.offset, offset, "/{pattern}/{flags}: {error}");
    }
}

#[test]
fn what_is_no_regular_expression_is_told_with_the_parsers_words() {
    for (pattern, flags) in
        [("(", ""), ("a**", ""), ("[b-a]", ""), (r"\", ""), ("{1}", ""), ("]", "u"), (r"\-", "u")]
    {
        let error = Regexp::new(pattern, flags).unwrap_err();
        assert!(error.why.starts_with("not a regular expression: "), "/{pattern}/: {error}");
        assert!(error.why.len() > 30, "/{pattern}/: {error}");
        assert!(error.offset <= pattern.len(), "/{pattern}/: {error:?}");
    }
}

#[test]
fn a_regular_expression_shows_itself_as_the_language_does() {
    let regexp = Regexp::new("(?<a>x)/[/]", "yg").unwrap();
    assert_eq!(regexp.source(), "(?<a>x)/[/]");
    assert_eq!(regexp.flags().to_string(), "gy");
    assert_eq!(format!("{regexp:?}"), "/(?<a>x)/[/]/gy");
    assert_eq!(regexp.names().collect::<Vec<_>>(), [("a", 1)]);
    assert_eq!(Regexp::new("", "").unwrap().source(), "(?:)");
}
