//! Texts that are nested too deeply are refused, and never overflow the stack.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says by panicking what went wrong, and reads and writes files of its own"
)]

use hogshead_script::front::{self, Options};
use hogshead_script::limits::SOURCE_BYTES_MAX;

/// Every way to nest: what opens it, what is in the middle, what closes it.
const WAYS: &[(&str, &str, &str)] = &[
    ("(", "1", ")"),
    ("[", "1", "]"),
    ("!", "a", ""),
    ("a=>", "a", ""),
    ("async a=>", "a", ""),
    ("(a)=>", "a", ""),
    ("(a=", "1", ")=>1"),
    ("async(a=", "1", ")=>1"),
    ("- ", "1", ""),
    ("-\n", "1", ""),
    ("typeof ", "1", ""),
    ("void\n", "1", ""),
    ("await ", "1", ""),
    ("new ", "a", ""),
    ("a=", "1", ""),
    ("a?", "1", ":1"),
    ("a?1:", "1", ""),
    ("a**", "1", ""),
    ("a+", "1", ""),
    ("a\n+", "1", ""),
    ("a&&", "1", ""),
    ("a in ", "b", ""),
    ("a instanceof\n", "b", ""),
    ("`${", "1", "}`"),
    ("`${1}${", "1", "}`"),
    ("{", "", "}"),
    ("({a:", "1", "})"),
    ("x=>{", "", "}"),
    ("({f(){", "", "}})"),
    ("f(", "1", ")"),
    ("a[", "1", "]"),
    ("a?.[", "1", "]"),
    ("if(1)", ";", ""),
    ("if(1)a,b;else ", ";", ""),
    ("if(1);else ", ";", ""),
    ("if(1){}else ", ";", ""),
    ("if(1)a\nelse ", ";", ""),
    ("if(x) do ; while(1) else ", ";", ""),
    ("do ", ";", " while(1)"),
    ("while(1)", ";", ""),
    ("for(;;)", ";", ""),
    ("for(const a of b)", ";", ""),
    ("with(a)", ";", ""),
    ("a: ", ";", ""),
    ("try{", "", "}finally{}"),
    ("switch(1){default:", "", "}"),
    ("class extends ", "a", "{}"),
    ("x = class A extends class B\nextends ", "a", "{} {}"),
    ("function f(){", "", "}"),
    ("const f=function(){", "", "}"),
    ("const {a=", "1", "}=b"),
    ("const [{a:", "b", "}]=b;"),
    ("[{a:", "b", "}]"),
    ("import(", "a", ")"),
    ("yield ", "a", ""),
    ("/(", "a", ")/"),
    ("a=/[(]\"/;(", "1", ")"),
];

/// Left-deep chains: the tree is as deep as the text is long.
const CHAINS: &[&str] = &[
    "+a", ".a", "?.a", "()", "[0]", "``", "`${1}`", "(b)(c)", ".a()", "&&b", "|b", "??b", "\n.a",
    "\n+1",
];

#[test]
fn a_megabyte_of_nesting_is_refused() {
    for (open, middle, close) in WAYS {
        let times = SOURCE_BYTES_MAX / (open.len() + close.len() + 1);
        let text = format!("{}{middle}{}", open.repeat(times), close.repeat(times));
        refused(&text[..text.len().min(SOURCE_BYTES_MAX)], open);
        refused(&open.repeat(2000), open);
    }
    for link in CHAINS {
        refused(&format!("a{}", link.repeat(SOURCE_BYTES_MAX / link.len() - 1)), link);
    }
}

/// Just within the limit the stack suffices, whether the text is accepted or not.
#[test]
fn every_depth_up_to_the_limit_is_looked_at() {
    for (open, middle, close) in WAYS {
        for times in [20, 30, 50, 70, 100, 130, 180, 250, 256] {
            let text =
                format!("let a, b, f, x; {}{middle}{}", open.repeat(times), close.repeat(times));
            front::compile(&text, &Options::default()).ok();
        }
    }
    for link in CHAINS {
        for times in [60, 100, 120, 200, 250, 256] {
            let text = format!("let a, b, c; a{};", link.repeat(times));
            front::compile(&text, &Options::default()).ok();
        }
    }
}

#[test]
fn a_text_that_is_too_long_is_refused() {
    let text = " ".repeat(SOURCE_BYTES_MAX + 1);
    assert!(front::check(&text)[0].why.contains("bytes"));
    assert!(front::check(&text[1..]).is_empty());
}

fn refused(text: &str, what: &str) {
    let diagnostics = front::check(text);
    assert!(!diagnostics.is_empty(), "{what:?} is accepted {} bytes deep", text.len());
}
