//! What a command prints: aligned for people, or one JSON document a line for programs.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use serde::Serialize;

use super::failure::{Exit, Failure};

/// Standard output, in the form that was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    json: bool,
}

impl Output {
    /// Prints JSON if `json`, and text for people otherwise.
    pub fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether JSON was asked for.
    pub fn is_json(self) -> bool {
        self.json
    }

    /// Writes to standard error what is wrong, in the form that was asked for.
    pub fn complain(self, failure: &Failure) {
        match self.json {
            true => write_err(&failure.to_json().to_string()),
            false => write_err(&format!("hogshead: {failure}")),
        }
    }

    /// Prints `document` as one line of JSON, or the text that `text` makes.
    pub fn show<T: Serialize + ?Sized>(
        self,
        document: &T,
        text: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        if !self.json {
            return write_out(&text());
        }
        let mut line = serde_json::to_string(document)
            .map_err(|e| Failure::new(Exit::Bug, format!("cannot write JSON: {e}"), "report it"))?;
        line.push('\n');
        write_out(&line)
    }
}

/// Writes to standard output. That a reader such as `head` has seen enough is no failure.
pub fn write_out(text: &str) -> Result<(), Failure> {
    match write_out_all(text) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(|error| Failure::stream("write to standard output", &error)),
    }
}

/// Writes to standard output and insists that all of it is taken.
pub fn write_out_all(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Writes a line to standard error; there is nobody left to tell if that fails.
pub fn write_err(line: &str) {
    let mut err = io::stderr().lock();
    let _ = writeln!(err, "{line}");
}

/// Text that may come from a peer, made safe to print: on one line, and with no control
/// characters, which could otherwise move the cursor or hide what stands before them.
pub fn printable(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' | '\r' => safe.push(' '),
            c if c.is_control() || is_bidi_control(c) => {
                let _ = write!(safe, "\\u{{{:x}}}", u32::from(c));
            }
            c => safe.push(c),
        }
    }
    safe
}

fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Rows under a heading, in columns as wide as they need to be.
#[derive(Debug)]
pub struct Table {
    heads: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table; a heading that begins with `>` aligns its column to the right.
    pub fn new(heads: &[&'static str]) -> Self {
        Self { heads: heads.to_vec(), rows: Vec::new() }
    }

    /// Adds a row of as many cells as there are headings.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().map(|cell| printable(&cell)).collect());
    }

    /// The lines, or `empty` if there is no row.
    pub fn render(&self, empty: &str) -> String {
        if self.rows.is_empty() {
            return format!("{empty}\n");
        }
        let heads: Vec<_> =
            self.heads.iter().map(|h| h.trim_start_matches('>').to_uppercase()).collect();
        let width = |column: usize| {
            let cells = self.rows.iter().chain([&heads]).filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<_> = (0..heads.len()).map(width).collect();
        let mut text = String::new();
        for row in std::iter::once(&heads).chain(&self.rows) {
            let mut line = String::new();
            for ((cell, width), head) in row.iter().zip(&widths).zip(&self.heads) {
                let _ = match head.starts_with('>') {
                    true => write!(line, "{cell:>width$}  "),
                    false => write!(line, "{cell:<width$}  "),
                };
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// The beginning of a key, enough to tell it from others.
pub fn short(key: &str) -> String {
    key.chars().take(12).collect::<String>() + "…"
}

/// Lines of a name and what it is, aligned.
pub fn lines(pairs: &[(&str, &str)]) -> String {
    let width = pairs.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let line = |(name, what): &(&str, &str)| format!("{name:<width$}  {}\n", printable(what));
    pairs.iter().map(line).collect()
}

/// Bytes in the unit that reads best.
pub fn bytes(count: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if count < 1000 {
        return format!("{count} B");
    }
    let mut tenths = count / 100;
    let mut unit = 0;
    while tenths >= 10_000 && unit < UNITS.len() - 1 {
        tenths /= 1000;
        unit += 1;
    }
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut table = Table::new(&["name", ">turns"]);
        table.row(["alice".to_owned(), "7".to_owned()]);
        table.row(["Ölaf\n".to_owned(), "1234567".to_owned()]);
        let expected = "NAME     TURNS\nalice        7\nÖlaf   1234567\n";
        assert_eq!(table.render("none"), expected);
        assert_eq!(Table::new(&["name"]).render("no vats"), "no vats\n");
    }

    #[test]
    fn bytes_are_shown_in_the_unit_that_reads_best() {
        for (count, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1.0 kB"),
            (999_949, "999.9 kB"),
            (1_000_000, "1.0 MB"),
            (12_345_678_901, "12.3 GB"),
        ] {
            assert_eq!(bytes(count), text);
        }
    }

    #[test]
    fn what_a_peer_says_cannot_drive_the_terminal() {
        assert_eq!(printable("a\u{1b}[2Jb\nc\u{202e}d"), "a\\u{1b}[2Jb c\\u{202e}d");
    }
}
