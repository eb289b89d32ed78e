//! Runs the part of test262 that the language covers.
//!
//! ```text
//! git clone https://github.com/tc39/test262
//! TEST262=$PWD/test262 cargo run -p hogshead-script --example test262 [-- PART]
//! ```
//!
//! Prints a table for `docs/scripts.md`: per feature, how many tests are of the language and pass,
//! how many fail, and how many are outside. On the standard error: what fails, and the reasons for
//! which tests are outside. With PART, only tests whose path contains it.
//!
//! test262's own harness is written with prototypes and `this`, which the language lacks. So a test
//! gets `harness.js` instead, which means the same, and is changed by these rules and no others:
//!
//! - `assert.NAME(` becomes `assert_NAME(`, as functions have no properties here; the class that
//!   `assert.throws` and `assert.throwsAsync` are given becomes its name in quotes;
//! - `new Test262Error(` becomes `Test262Error(`, and `$DONE` becomes `test_done`;
//! - a test that is refused as it stands, and has `var`, is tried once more with `let` for `var`; it
//!   is counted apart, since that may change what is tested.
//!
//! A negative test, which is to be refused, passes if it is refused, and is counted apart as well.

#[path = "../../tests/support/mod.rs"]
mod support;

use std::{collections::BTreeMap, env, fs, panic, path::Path, process::ExitCode};

use hogshead_script::machine::{
    event::{Effect, Event},
    step::{Budget, Status, step},
};

const HARNESS: &str = include_str!("harness.js");

/// The parts of test262 that are about what the language has.
const PARTS: &[&str] = &[
    "language/asi",
    "language/block-scope",
    "language/comments",
    "language/computed-property-names",
    "language/destructuring",
    "language/expressions",
    "language/identifiers",
    "language/keywords",
    "language/literals",
    "language/punctuators",
    "language/rest-parameters",
    "language/statements",
    "language/types",
    "language/white-space",
    "built-ins/AggregateError",
    "built-ins/Array",
    "built-ins/ArrayIteratorPrototype",
    "built-ins/BigInt",
    "built-ins/Boolean",
    "built-ins/Error",
    "built-ins/Infinity",
    "built-ins/JSON",
    "built-ins/Map",
    "built-ins/MapIteratorPrototype",
    "built-ins/Math",
    "built-ins/NaN",
    "built-ins/NativeErrors",
    "built-ins/Number",
    "built-ins/Object",
    "built-ins/Promise",
    "built-ins/RegExp",
    "built-ins/Set",
    "built-ins/SetIteratorPrototype",
    "built-ins/String",
    "built-ins/StringIteratorPrototype",
    "built-ins/decodeURI",
    "built-ins/decodeURIComponent",
    "built-ins/encodeURI",
    "built-ins/encodeURIComponent",
    "built-ins/isFinite",
    "built-ins/isNaN",
    "built-ins/parseFloat",
    "built-ins/parseInt",
    "built-ins/undefined",
];

/// Features, or beginnings of them, that are outside though a test's text does not show it: methods
/// that are newer than Node 20, or that the language leaves out. What a text does show is refused.
const FEATURES_OUTSIDE: &[&str] = &[
    "Array.fromAsync",
    "Array.prototype.copyWithin",
    "Error.isError",
    "IsHTMLDDA",
    "Iterator",
    "Map.groupBy",
    "Math.sumPrecise",
    "RegExp.escape",
    "array-grouping",
    "caller",
    "cross-realm",
    "immutable-arraybuffer",
    "iterator-",
    "joint-iteration",
    "json-",
    "legacy-regexp",
    "nonextensible-applies-to-private",
    "promise-try",
    "promise-with-resolvers",
    "regexp-duplicate",
    "regexp-lookbehind",
    "regexp-modifiers",
    "regexp-v-flag",
    "resizable-arraybuffer",
    "set-methods",
    "tail-call-optimization",
    "upsert",
];

/// What a script is told when it does what the language leaves out but no front end can see: such a
/// test is outside, not failed.
const REFUSALS: &[&str] = &[
    "arrays have no holes",
    "an array has elements only",
    "A function cannot be made a string",
    "has no properties of its own",
    "cannot be used as a computed key",
    "is no object that can change",
];

/// Harness files of test262 that `harness.js` stands for, and what is added to it for others.
const INCLUDES: &[(&str, &str)] = &[
    ("compareArray.js", ""),
    ("asyncHelpers.js", ""),
    ("promiseHelper.js", include_str!("promise.js")),
    ("decimalToHexString.js", include_str!("hex.js")),
];

const BUDGET: Budget =
    Budget { fuel: 50_000_000, heap_bytes: 256 << 20, now_ms: 0, stop_after_line: false };

/// What became of a test.
enum Outcome {
    Passed,
    Failed(String),
    /// The same, with `let` for `var`.
    PassedChanged,
    FailedChanged(String),
    /// A negative test.
    Refused,
    Accepted,
    Outside(String),
}

#[derive(Default)]
struct Counts {
    passed: u64,
    failed: u64,
    passed_changed: u64,
    failed_changed: u64,
    refused: u64,
    accepted: u64,
    outside: u64,
}

/// What the header of a test says about it.
#[derive(Default)]
struct Header {
    flags: Vec<String>,
    features: Vec<String>,
    includes: Vec<String>,
    negative: Option<(String, String)>,
}

fn main() -> ExitCode {
    let Ok(checkout) = env::var("TEST262") else {
        eprintln!("test262: TEST262 names no checkout: git clone https://github.com/tc39/test262");
        return ExitCode::from(2);
    };
    let root = Path::new(&checkout).join("test");
    if !root.join("language").is_dir() {
        eprintln!("test262: {checkout} has no test/language; is it a checkout of tc39/test262?");
        return ExitCode::from(2);
    }
    let only = env::args().nth(1).unwrap_or_default();
    panic::set_hook(Box::new(|_| {}));
    let mut rows: BTreeMap<String, Counts> = BTreeMap::new();
    let mut reasons: BTreeMap<String, u64> = BTreeMap::new();
    for part in PARTS {
        for path in support::programs(&root.join(part)) {
            let name = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().into_owned();
            if name.ends_with("_FIXTURE.js") || !name.contains(&only) {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap_or_default();
            let counts = rows.entry(feature(&name)).or_default();
            match outcome(&text) {
                Outcome::Passed => counts.passed += 1,
                Outcome::PassedChanged => counts.passed_changed += 1,
                Outcome::Refused => counts.refused += 1,
                Outcome::Accepted => {
                    counts.accepted += 1;
                    eprintln!("accepted, though negative: {name}");
                }
                Outcome::Failed(why) => {
                    counts.failed += 1;
                    eprintln!("failed: {name}: {why}");
                }
                Outcome::FailedChanged(why) => {
                    counts.failed_changed += 1;
                    eprintln!("failed with `let` for `var`: {name}: {why}");
                }
                Outcome::Outside(why) => {
                    counts.outside += 1;
                    *reasons.entry(why).or_default() += 1;
                }
            }
        }
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (reason, count) in reasons.iter().take(60) {
        eprintln!("outside: {count:>6}  {reason}");
    }
    table(&rows);
    ExitCode::SUCCESS
}

/// The row that a test is counted in: a statement, an operator, a built-in object.
fn feature(name: &str) -> String {
    let parts: Vec<&str> = name.split('/').collect();
    let deep = matches!(parts.get(1), Some(&("expressions" | "statements")));
    parts.iter().take(if deep { 3 } else { 2 }).copied().collect::<Vec<_>>().join("/")
}

fn outcome(text: &str) -> Outcome {
    let header = header(text);
    if let Some(why) = outside(&header) {
        return Outcome::Outside(why);
    }
    let changed = changed(text, &header);
    if let Some((phase, _)) = &header.negative
        && phase != "runtime"
    {
        return match support::loaded(&changed) {
            Ok(_) => Outcome::Accepted,
            Err(_) => Outcome::Refused,
        };
    }
    let refusal = |why: &str| REFUSALS.iter().find(|refusal| why.contains(*refusal));
    let of_run = |why: &str| refusal(why).map(|r| Outcome::Outside(format!("while it runs: {r}")));
    match run(&changed, &header) {
        Ok(Ok(())) => Outcome::Passed,
        Ok(Err(why)) => of_run(&why).unwrap_or(Outcome::Failed(why)),
        Err(refused) if text.contains("var ") => match run(&with_let(&changed), &header) {
            Ok(Ok(())) => Outcome::PassedChanged,
            Ok(Err(why)) => of_run(&why).unwrap_or(Outcome::FailedChanged(why)),
            Err(again) => {
                Outcome::Outside(reason(if again.is_empty() { &refused } else { &again }))
            }
        },
        Err(refused) => Outcome::Outside(reason(&refused)),
    }
}

/// Runs a test. The outer error: it is refused. The inner: it fails.
fn run(text: &str, header: &Header) -> Result<Result<(), String>, String> {
    let (codes, machine, _) = support::loaded(text)?;
    let stepped = panic::catch_unwind(panic::AssertUnwindSafe(|| {
        step(&codes, machine, Event::Start(Vec::new()), &BUDGET)
    }));
    let (effects, status) = match stepped {
        Err(_) => return Ok(Err("PANIC".to_owned())),
        Ok(Err(missing)) => return Ok(Err(missing.to_string())),
        Ok(Ok((_, effects, status))) => (effects, status),
    };
    let mut lines = Vec::new();
    support::log(&effects, &mut lines);
    let ended = support::last_line("export main", &status).unwrap_or_default();
    if let Some((_, name)) = &header.negative {
        return Ok(if ended.starts_with(&format!("!! {name}")) { Ok(()) } else { Err(ended) });
    }
    if !matches!(status, Status::Done(_)) {
        return Ok(Err(ended));
    }
    if header.flags.iter().any(|flag| flag == "async") {
        let said = effects.iter().find_map(|effect| match effect {
            Effect::Log(line) => line.strip_prefix("Test262:"),
            _ => None,
        });
        return Ok(match said {
            Some("AsyncTestComplete") => Ok(()),
            said => Err(said.unwrap_or("it never said that it was done").to_owned()),
        });
    }
    Ok(Ok(()))
}

/// The test with our harness, by the rules above.
fn changed(text: &str, header: &Header) -> String {
    let mut text = text.replace("new Test262Error(", "Test262Error(").replace("$DONE", "test_done");
    for throws in ["assert.throws(", "assert.throwsAsync("] {
        let mut out = String::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find(throws) {
            let (before, after) = rest.split_at(at + throws.len());
            out += before;
            let trimmed = after.trim_start();
            let end = trimmed.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(0);
            let (class, after_class) = trimmed.split_at(end);
            if class.is_empty() || !after_class.trim_start().starts_with(',') {
                rest = after;
            } else {
                out += &format!("'{class}'");
                rest = after_class;
            }
        }
        out += rest;
        text = out;
    }
    let added = INCLUDES.iter().filter(|(name, _)| header.includes.iter().any(|it| it == name));
    let added: String = added.map(|(_, text)| *text).collect();
    format!("{HARNESS}{added}\n{}", text.replace("assert.", "assert_"))
}

fn with_let(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("var ") {
        let word = rest[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
        out += &rest[..at];
        out += if word { "var " } else { "let " };
        rest = &rest[at + 4..];
    }
    out + rest
}

/// The first diagnostic without its place and what it names, so that equal reasons count together.
fn reason(refused: &str) -> String {
    let first = refused.split("; ").next().unwrap_or_default();
    let text = first.splitn(3, ':').nth(2).unwrap_or(first);
    let text = text.split(" (hint").next().unwrap_or(text).trim();
    let mut parts = text.split('`');
    let mut out = parts.next().unwrap_or_default().to_owned();
    while let (Some(name), Some(rest)) = (parts.next(), parts.next()) {
        let name = if is_common(name) { name } else { "…" };
        out += &format!("`{name}`{rest}");
    }
    out
}

/// Whether a name tells something: one of the language, and not one of the test's.
fn is_common(name: &str) -> bool {
    let words =
        ["var", "this", "class", "new", "prototype", "constructor", "eval", "yield", "Symbol"];
    words.contains(&name)
        || name.starts_with("new ")
        || name.starts_with("Object.")
        || !name.contains(|c: char| c.is_alphanumeric())
}

fn outside(header: &Header) -> Option<String> {
    let flag =
        header.flags.iter().find(|f| ["noStrict", "raw", "CanBlockIsFalse"].contains(&f.as_str()));
    if let Some(flag) = flag {
        return Some(format!("flag {flag}"));
    }
    let feature = header
        .features
        .iter()
        .find(|feature| FEATURES_OUTSIDE.iter().any(|outside| feature.starts_with(outside)));
    if let Some(feature) = feature {
        return Some(format!("feature {feature}"));
    }
    let known = |include: &str| INCLUDES.iter().any(|(name, _)| *name == include);
    let include = header.includes.iter().find(|include| !known(include));
    include.map(|include| format!("include {include}"))
}

/// Reads the header between `/*---` and `---*/`: as much of YAML as the tests use.
fn header(text: &str) -> Header {
    let mut header = Header::default();
    let Some((_, rest)) = text.split_once("/*---") else { return header };
    let Some((yaml, _)) = rest.split_once("---*/") else { return header };
    let (mut phase, mut class) = (String::new(), String::new());
    let mut list = "";
    for line in yaml.lines() {
        let trimmed = line.trim();
        if !line.starts_with(' ') {
            list = trimmed.split(':').next().unwrap_or_default();
        }
        let items: Vec<String> = match (trimmed.split_once('['), trimmed.strip_prefix("- ")) {
            (Some((_, items)), _) => {
                items.trim_end_matches(']').split(',').map(|item| item.trim().to_owned()).collect()
            }
            (None, Some(item)) => vec![item.trim().to_owned()],
            _ => Vec::new(),
        };
        match list {
            "flags" => header.flags.extend(items),
            "features" => header.features.extend(items),
            "includes" => header.includes.extend(items),
            "negative" => match trimmed.split_once(':') {
                Some(("phase", value)) => phase = value.trim().to_owned(),
                Some(("type", value)) => class = value.trim().to_owned(),
                _ => {}
            },
            _ => {}
        }
    }
    if !phase.is_empty() {
        header.negative = Some((phase, class));
    }
    header
}

/// The table in Markdown; parts of which nothing is in the language share the last line.
fn table(rows: &BTreeMap<String, Counts>) {
    println!(
        "| part of test262 | run | pass | share | of the run ones, with `let` | \
         refused as they should be | not refused | outside |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    let mut sum = Counts::default();
    let mut others = Vec::new();
    for (name, c) in rows {
        sum.passed += c.passed;
        sum.failed += c.failed;
        sum.passed_changed += c.passed_changed;
        sum.failed_changed += c.failed_changed;
        sum.refused += c.refused;
        sum.accepted += c.accepted;
        sum.outside += c.outside;
        if c.run() + c.refused + c.accepted == 0 {
            others.push(format!("{name} ({})", c.outside));
        } else {
            row(name, c);
        }
    }
    row("**all**", &sum);
    println!();
    println!("Wholly outside: {}.", others.join(", "));
}

impl Counts {
    /// Tests that the language accepts.
    fn run(&self) -> u64 {
        self.passed + self.failed + self.passed_changed + self.failed_changed
    }
}

fn row(name: &str, c: &Counts) {
    let (run, passed) = (c.run(), c.passed + c.passed_changed);
    // Rounded down, so that only all is all.
    let share = (passed * 1000).checked_div(run);
    let share = share.map_or(String::new(), |share| format!("{}.{} %", share / 10, share % 10));
    println!(
        "| {name} | {run} | {passed} | {share} | {} | {} | {} | {} |",
        c.passed_changed + c.failed_changed,
        c.refused,
        c.accepted,
        c.outside
    );
}
