//! `docs/conformance.md` and the tests say the same: what a line names exists, and what exists has
//! its line.
//!
//! ```text
//!   | section | rule | `rules::gc::each_mention_in_a_message_counts` | of rules/gc.rs
//!   | section | rule | `tests/host/handoffs.rs`: `a_test` | of whole hosts
//! ```
//!
//! The first sentence of a test's comment is the line's words, so neither can drift.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use hogshead_captp::limits;

/// A test as it stands in its file: its comment, in one line.
type Tests = BTreeMap<String, String>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The tests in a source text, with their comments.
fn tests_in(source: &str) -> Tests {
    let mut tests = Tests::new();
    let (mut comment, mut is_test) = (Vec::new(), false);
    for line in source.lines().map(str::trim_start) {
        if let Some(words) = line.strip_prefix("/// ") {
            comment.push(words.trim());
        } else if line.starts_with("#[") {
            is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
        } else {
            let name = line.trim_start_matches("async ").strip_prefix("fn ");
            if let (true, Some((name, _))) = (is_test, name.and_then(|rest| rest.split_once('('))) {
                tests.insert(name.to_owned(), comment.join(" "));
            }
            (comment, is_test) = (Vec::new(), false);
        }
    }
    tests
}

/// The tests of `captp/tests/wire/<folder>`, by `folder::file::name`.
fn tests_below(folder: &str) -> Tests {
    let mut found = Tests::new();
    let path = root().join("captp/tests/wire").join(folder);
    for entry in std::fs::read_dir(&path).unwrap() {
        let file = entry.unwrap().path();
        let module = file.file_stem().unwrap().to_str().unwrap().to_owned();
        for (name, comment) in tests_in(&read(&file)) {
            found.insert(format!("{folder}::{module}::{name}"), comment);
        }
    }
    assert!(found.len() > 10, "{folder} has tests");
    found
}

/// The cells of the table under a heading of the page, without its head.
fn table(heading: &str) -> Vec<Vec<String>> {
    let page = read(&root().join("docs/conformance.md"));
    let (_, section) = page.split_once(&format!("\n## {heading}\n")).expect(heading);
    let section = section.split("\n## ").next().unwrap();
    let rows: Vec<Vec<String>> = section
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .map(|line| line.split(" | ").map(|cell| cell.trim().to_owned()).collect())
        .skip(2)
        .collect();
    assert!(rows.len() > 5, "{heading} has a table");
    rows
}

/// What a cell has between backquotes.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// A test elsewhere: `tests/host/handoffs.rs`: `name`.
fn check_elsewhere(path: &str, name: &str) {
    let source = read(&root().join(path));
    assert!(tests_in(&source).contains_key(name), "{path} has no test {name}");
}

/// Checks one table against the tests of a folder; `words` are what a row says of its test.
fn agree(heading: &str, folder: &str, words: fn(&[String]) -> String) {
    let tests = tests_below(folder);
    let mut named = BTreeSet::new();
    for row in table(heading) {
        let cell = row.last().unwrap();
        match quoted(cell).as_slice() {
            [test] => {
                let comment = tests.get(*test).unwrap_or_else(|| panic!("there is no test {test}"));
                assert_eq!(*comment, words(&row), "{test} says something else than its line");
                assert!(named.insert((*test).to_owned()), "{test} has two lines");
            }
            [path, name] if path.ends_with(".rs") => check_elsewhere(path, name),
            _ => panic!("{heading}: a line names one test: {row:?}"),
        }
    }
    for test in tests.keys() {
        assert!(named.contains(test), "{test} has no line under \"{heading}\"");
    }
}

/// Checks that the test of a line exists, whichever form its name has.
fn check_named(cell: &str) {
    match quoted(cell).as_slice() {
        [path, name] if path.ends_with(".rs") => check_elsewhere(path, name),
        [test] => {
            let (module, name) = test.rsplit_once("::").expect("a module and a name");
            let path = format!("captp/tests/wire/{}.rs", module.replace("::", "/"));
            check_elsewhere(&path, name);
        }
        _ => panic!("a line names one test: {cell}"),
    }
}

#[test]
fn every_rule_of_the_page_is_tested_and_every_test_is_on_the_page() {
    agree("The rules", "rules", |row| format!("{}: {}", row[0], row[1]));
}

#[test]
fn every_lie_of_the_page_is_told_and_every_lie_is_on_the_page() {
    agree("The lies", "lies", |row| format!("{} Sees: {} Stays: {}", row[0], row[1], row[2]));
}

#[test]
fn every_limit_is_on_the_page_with_its_number_and_its_test() {
    let source = read(&root().join("captp/src/limits.rs"));
    let declared = source.lines().filter_map(|line| line.strip_prefix("pub const "));
    let mut declared: BTreeSet<_> =
        declared.map(|rest| rest.split(':').next().unwrap().to_owned()).collect();
    assert!(declared.len() > 15, "limits are declared");
    for row in table("The limits") {
        let [name, number, _, test] = row.as_slice() else { panic!("{row:?} has four cells") };
        let name = quoted(name)[0];
        assert!(declared.remove(name), "{name} is no limit of captp, or has two lines");
        let known = LIMITS.iter().find(|(limit, _)| *limit == name);
        let (_, value) = known.unwrap_or_else(|| panic!("{name} has no number in this test"));
        let told: String = number.chars().filter(char::is_ascii_digit).collect();
        assert_eq!(told, value.to_string(), "{name} on the page");
        check_named(test);
    }
    assert!(declared.is_empty(), "not on the page: {declared:?}");
}

/// The numbers, as the code has them.
const LIMITS: &[(&str, usize)] = &[
    ("FRAME_BYTES_MAX", limits::FRAME_BYTES_MAX),
    ("HELLO_BYTES_MAX", limits::HELLO_BYTES_MAX),
    ("DEPTH_MAX", limits::DEPTH_MAX),
    ("VALUES_MAX", limits::VALUES_MAX),
    ("INTEGER_DIGITS_MAX", limits::INTEGER_DIGITS_MAX),
    ("NAME_BYTES_MAX", limits::NAME_BYTES_MAX),
    ("REASON_BYTES_MAX", limits::REASON_BYTES_MAX),
    ("EXPORTS_MAX", limits::EXPORTS_MAX as usize),
    ("IMPORTS_MAX", limits::IMPORTS_MAX as usize),
    ("ANSWERS_MAX", limits::ANSWERS_MAX as usize),
    ("QUESTIONS_MAX", limits::QUESTIONS_MAX as usize),
    ("PENDING_MAX", limits::PENDING_MAX as usize),
    ("UNSETTLED_MAX", limits::UNSETTLED_MAX as usize),
    ("UNSETTLED_BYTES_MAX", limits::UNSETTLED_BYTES_MAX as usize),
    ("GIFTS_MAX", limits::GIFTS_MAX as usize),
    ("GIFT_AGE_MS_MAX", limits::GIFT_AGE_MS_MAX as usize),
    ("GIFTS_ELSEWHERE_MAX", limits::GIFTS_ELSEWHERE_MAX as usize),
    ("WITHDRAWAL_WAIT_MS_MAX", limits::WITHDRAWAL_WAIT_MS_MAX as usize),
    ("WITHDRAWALS_MAX", limits::WITHDRAWALS_MAX as usize),
    ("HANDOFF_COUNTS_MAX", limits::HANDOFF_COUNTS_MAX as usize),
    ("HANDOFFS_MAX", limits::HANDOFFS_MAX),
    ("EXPIRE_ROWS_MAX", limits::EXPIRE_ROWS_MAX),
    ("WRONG_GUESSES_MAX", limits::WRONG_GUESSES_MAX as usize),
    ("DECLINED_MAX", limits::DECLINED_MAX),
    ("GC_POSITIONS_MAX", limits::GC_POSITIONS_MAX),
    ("SEVER_ROWS_MAX", limits::SEVER_ROWS_MAX),
    ("CACHE_ENTRIES_MAX", limits::CACHE_ENTRIES_MAX),
    ("DURABLE_HEADER_BYTES", limits::DURABLE_HEADER_BYTES),
    ("DURABLE_HELLO_BYTES_MAX", limits::DURABLE_HELLO_BYTES_MAX),
    ("LOCATION_BYTES_MAX", limits::LOCATION_BYTES_MAX),
    ("KNOCK_BYTES_MAX", limits::KNOCK_BYTES_MAX),
    ("CREDIT_MAX", limits::CREDIT_MAX as usize),
    ("OUTBOX_MARKS_MAX", limits::OUTBOX_MARKS_MAX),
    ("SETTLE_ROWS", limits::SETTLE_ROWS as usize),
    ("SETTLE_BYTES", limits::SETTLE_BYTES as usize),
    ("SETTLE_ROWS_MAX", limits::SETTLE_ROWS_MAX as usize),
    ("NUMBER_BYTES_MAX", limits::NUMBER_BYTES_MAX as usize),
    ("DURABLE_TABLES_FACTOR", limits::DURABLE_TABLES_FACTOR as usize),
];
