//! Rules about the text of the house: sizes, names, pictures, links.

use std::path::{Path, PathBuf};

use crate::root;

/// Lines of a file: more does not fit a head.
const FILE_LINES_MAX: usize = 700;

/// Lines of code of a function from its `fn` to its closing brace; comments do not count.
const FUNCTION_LINES_MAX: usize = 70;

/// Functions that may be longer, each with its reason. One that is no longer long must go.
const LONG_FUNCTIONS: &[(&str, &str, &str)] = &[
    (
        "src/host/devices.rs",
        "host_device",
        "a table of the device's methods, which reads better in one piece",
    ),
    (
        "vat/tests/stories/random.rs",
        "play",
        "a random program told from its beginning to its end, without a place to turn the page",
    ),
];

/// Folders with a `limits.rs`: everything that a peer, an object or a caller drives meets one.
const LIMITED: &[&str] =
    &["objects/src", "vat/src", "vat/store/src", "captp/src", "netlayer/src", "src", "src/cli"];

/// Crates whose `lib.rs` begins with a picture.
const PICTURED: &[&str] = &[
    "src",
    "objects/src",
    "objects/macros/src",
    "vat/src",
    "vat/store/src",
    "captp/src",
    "netlayer/src",
    "tests/trials/src",
];

/// A source file.
pub struct File {
    /// Where it is, from the root of the house.
    pub path: String,
    text: String,
}

impl File {
    /// Its lines of code with their numbers: comments, and what follows one, left out.
    pub fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().filter_map(|(index, line)| {
            let code = line.split("//").next().unwrap_or_default();
            (!code.trim().is_empty()).then_some((index + 1, code))
        })
    }
}

/// The Rust files below a folder.
pub fn rust_files(folder: &Path) -> Vec<File> {
    below(folder)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ext| ext == "rs"))
        .map(|path| File {
            text: std::fs::read_to_string(&path).unwrap(),
            path: path.strip_prefix(root()).unwrap().display().to_string(),
        })
        .collect()
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            // What is built and what is hidden is not the house.
            if name.starts_with('.') || name == "target" {
                continue;
            }
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

fn house() -> Vec<File> {
    let files = rust_files(root());
    assert!(files.len() > 100, "where are the sources?");
    files
}

#[test]
fn files_fit_a_head() {
    for file in house() {
        let lines = file.text.lines().count();
        assert!(lines <= FILE_LINES_MAX, "{} has {lines} lines", file.path);
    }
}

#[test]
fn functions_fit_a_head() {
    let mut excused = Vec::new();
    for file in house() {
        for (name, line, length) in functions(&file.text) {
            if length <= FUNCTION_LINES_MAX {
                continue;
            }
            let excuse =
                LONG_FUNCTIONS.iter().find(|(path, of, _)| *path == file.path && *of == name);
            assert!(excuse.is_some(), "{}:{line}: {name} has {length} lines", file.path);
            excused.push(name);
        }
    }
    assert_eq!(excused.len(), LONG_FUNCTIONS.len(), "an excuse is no longer needed");
}

/// Name, line and length of each function. Relies on rustfmt: a function ends with the first line
/// that closes a brace at its own indentation.
fn functions(text: &str) -> Vec<(String, usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let indent = &line[..line.len() - code.len()];
        let Some(rest) = signature(code) else { continue };
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let end = lines[at..].iter().position(|line| {
            let Some(rest) = line.strip_prefix(indent) else { return false };
            let ended = rest == "}" || (!rest.starts_with(' ') && rest.ends_with(';'));
            ended || rest.ends_with("{}")
        });
        let body = &lines[at..=at + end.unwrap_or(0)];
        let is_code = |line: &&&str| !line.trim().is_empty() && !line.trim().starts_with("//");
        found.push((name, at + 1, body.iter().filter(is_code).count()));
    }
    found
}

fn signature(code: &str) -> Option<&str> {
    let mut code = code;
    for word in ["pub(crate) ", "pub(super) ", "pub ", "const ", "async ", "extern \"C\" "] {
        code = code.strip_prefix(word).unwrap_or(code);
    }
    code.strip_prefix("fn ")
}

#[test]
fn the_length_of_a_function_is_measured_as_said() {
    let text = "fn a() {\n\n    // why\n    b();\n}\n\nimpl T {\n    pub fn c(\n        d: u8,\n    ) -> u8 {\n        d\n    }\n}\n";
    let expected = [("a".to_owned(), 1, 3), ("c".to_owned(), 8, 5)];
    assert_eq!(functions(text), expected);
}

#[test]
fn modules_are_named_by_their_files() {
    for file in house() {
        let parts: Vec<&str> = file.path.split('/').collect();
        // Directly below `tests/` cargo would take `common.rs` for a test of its own.
        let shared_by_tests = matches!(parts.as_slice(), [.., "tests", _, "mod.rs"]);
        assert!(!file.path.ends_with("mod.rs") || shared_by_tests, "{}: no mod.rs", file.path);
    }
}

#[test]
fn every_crate_begins_with_a_picture() {
    for folder in PICTURED {
        let path = root().join(folder).join("lib.rs");
        let text = std::fs::read_to_string(&path).unwrap();
        let picture = text.lines().take(8).any(|line| line == "//! ```text");
        assert!(picture, "{} has no picture in its first lines", path.display());
    }
}

#[test]
fn limits_have_one_place_a_crate_with_a_reason_each() {
    for folder in LIMITED {
        let path = root().join(folder).join("limits.rs");
        let text = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            if !line.trim_start().starts_with("pub const") {
                continue;
            }
            let before = at.checked_sub(1).map_or("", |at| lines[at]).trim_start();
            let said = before.starts_with("///") || before.starts_with("pub const");
            assert!(said, "{}:{}: why this number?", path.display(), at + 1);
        }
    }
}

#[test]
fn nothing_is_left_for_later() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
    let stubs = [concat!("to", "do!("), concat!("unimple", "mented!(")];
    for file in house() {
        for (index, line) in file.text.lines().enumerate() {
            let here = format!("{}:{}", file.path, index + 1);
            assert!(!marks.iter().any(|mark| line.contains(mark)), "{here}: {line}");
        }
        // Bodies of what must not compile are never run.
        if file.path.starts_with("objects/tests/ui/") {
            continue;
        }
        for (line, code) in file.code_lines() {
            assert!(!stubs.iter().any(|stub| code.contains(stub)), "{}:{line}", file.path);
        }
    }
}

#[test]
fn pages_lead_to_what_is_there() {
    let mut pages = vec![root().join("README.md")];
    pages.extend(
        below(&root().join("docs"))
            .into_iter()
            .filter(|path| path.extension().is_some_and(|ext| ext == "md")),
    );
    assert!(pages.len() > 3);
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')) {
            let target = link.0.split('#').next().unwrap();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            let there = page.parent().unwrap().join(target);
            assert!(there.exists(), "{} leads to {target}, which is not there", page.display());
        }
    }
}
