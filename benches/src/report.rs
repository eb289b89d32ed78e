//! The report: sections in markdown, each with what it was measured on.
//!
//! A run of some rows replaces their sections and leaves the others, which name the commit and the
//! machine they were measured on themselves.

use std::fmt::Write as _;

use crate::machine::Machine;
use crate::measure::Spread;

/// What a figure counts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Unit {
    /// Nanoseconds: printed as ns, µs, ms or s.
    Ns,
    /// Things a second.
    PerSecond,
    /// Bytes, in KiB and MiB where that is shorter.
    Bytes,
    /// Bytes a second, in MiB.
    BytesPerSecond,
    /// Instructions, or another plain number.
    Count,
}

/// One line of a section's table.
#[derive(Clone, Debug)]
pub struct Line {
    what: String,
    figure: Spread,
    unit: Unit,
    compared: Option<f64>,
    wanted: Option<bool>,
}

impl Line {
    /// A figure of somebody.
    pub fn new(what: impl Into<String>, figure: Spread, unit: Unit) -> Self {
        Self { what: what.into(), figure, unit, compared: None, wanted: None }
    }

    /// The same with its ratio to another figure of the same run.
    pub fn against(mut self, floor: &Spread) -> Self {
        self.compared = (floor.median != 0.0).then(|| self.figure.median / floor.median);
        self
    }

    /// The same with a verdict: whether the goal is reached.
    pub fn goal(mut self, reached: bool) -> Self {
        self.wanted = Some(reached);
        self
    }
}

/// One row of the bench: a heading, a goal, a table, and what has to be said about it.
#[derive(Clone, Debug)]
pub struct Section {
    /// The name by which the command knows the row: lower case letters and hyphens.
    pub name: String,
    /// The heading.
    pub title: String,
    /// What was to be reached, if anything.
    pub goal: Option<String>,
    /// The table; the first line is what others are compared with, by custom.
    pub lines: Vec<Line>,
    /// Sentences: how it was measured, what is missing, where the time goes.
    pub notes: Vec<String>,
    /// What it was measured on, if that was not this run.
    pub machine: Option<String>,
}

impl Section {
    /// A section without lines yet.
    pub fn new(name: &str, title: &str) -> Self {
        Self {
            name: name.to_owned(),
            title: title.to_owned(),
            goal: None,
            lines: Vec::new(),
            notes: Vec::new(),
            machine: None,
        }
    }

    /// Says what was to be reached.
    pub fn goal(mut self, goal: impl Into<String>) -> Self {
        self.goal = Some(goal.into());
        self
    }

    /// Adds a line to the table.
    pub fn line(&mut self, line: Line) -> &mut Self {
        self.lines.push(line);
        self
    }

    /// Adds a sentence below the table.
    pub fn note(&mut self, note: impl Into<String>) -> &mut Self {
        self.notes.push(note.into());
        self
    }

    /// The section as markdown, with the machine it was measured on.
    pub fn markdown(&self, machine: &Machine) -> String {
        let mut text = format!("{}\n## {}\n\n", begin(&self.name), self.title);
        if let Some(goal) = &self.goal {
            let _ = writeln!(text, "Goal: {goal}.\n");
        }
        if !self.lines.is_empty() {
            text.push_str("| | median | quartiles | rounds | ratio | goal |\n");
            text.push_str("| --- | ---: | ---: | ---: | ---: | --- |\n");
        }
        for line in &self.lines {
            text.push_str(&line.markdown());
        }
        for note in &self.notes {
            let _ = write!(text, "\n{note}\n");
        }
        let machine = self.machine.clone().unwrap_or_else(|| machine.to_string());
        let _ = write!(text, "\n<sub>{machine}</sub>\n{}\n", end(&self.name));
        text
    }
}

impl Line {
    fn markdown(&self) -> String {
        let Self { what, figure, unit, compared, wanted } = self;
        let middle = unit.show(figure.median);
        let around = if figure.rounds == 1 {
            String::new()
        } else {
            format!("{} – {}", unit.show(figure.low), unit.show(figure.high))
        };
        let ratio = compared.map(|ratio| format!("{ratio:.2}")).unwrap_or_default();
        let verdict = match wanted {
            None => "",
            Some(true) => "reached",
            Some(false) => "**missed**",
        };
        format!("| {what} | {middle} | {around} | {} | {ratio} | {verdict} |\n", figure.rounds)
    }
}

impl Unit {
    /// A figure with three digits that matter, and its unit.
    pub fn show(self, figure: f64) -> String {
        let steps: &[(f64, &str)] = match self {
            Self::Ns => &[(1e9, " s"), (1e6, " ms"), (1e3, " µs"), (1.0, " ns")],
            Self::PerSecond => &[(1e6, " M/s"), (1e3, " k/s"), (1.0, " /s")],
            Self::Bytes => &[(1_048_576.0, " MiB"), (1024.0, " KiB"), (1.0, " B")],
            Self::BytesPerSecond => &[(1_048_576.0, " MiB/s"), (1024.0, " KiB/s"), (1.0, " B/s")],
            Self::Count => &[(1e9, " G"), (1e6, " M"), (1.0, "")],
        };
        let last = steps.len().saturating_sub(1);
        let (by, unit) = *steps.iter().find(|(by, _)| figure.abs() >= *by).unwrap_or(&steps[last]);
        let scaled = figure / by;
        let digits = match scaled.abs() {
            big if big >= 100.0 => 0,
            middle if middle >= 10.0 => 1,
            _ if self == Self::Count && by == 1.0 => 0,
            _ => 2,
        };
        format!("{scaled:.digits$}{unit}")
    }
}

/// Puts sections into a report: in place of those of the same name, or behind the others.
pub fn merge(report: &str, sections: &[(String, String)]) -> String {
    let mut text = if report.is_empty() { HEAD.to_owned() } else { report.to_owned() };
    for (name, section) in sections {
        let (from, to) = (begin(name), end(name));
        let place =
            text.find(&from).and_then(|at| Some((at, at + text[at..].find(&to)? + to.len())));
        match place {
            Some((at, until)) => text.replace_range(at..until, section.trim_end()),
            None => {
                text.push('\n');
                text.push_str(section);
            }
        }
    }
    text
}

fn begin(name: &str) -> String {
    format!("<!-- {name} -->")
}

fn end(name: &str) -> String {
    format!("<!-- end of {name} -->")
}

const HEAD: &str = "# Performance

Written by `cargo run --release --manifest-path benches/Cargo.toml -- --out docs/performance.md`, and by
nobody's hand. Each section names the machine and the commit it was measured on. A figure is the median of
the rounds, with the quartiles beside it; ours and the peers' rounds take turns in one run. The ratio is to the
line that the section compares with. Ratios travel to other machines, absolute figures don't.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_three_digits_and_a_unit() {
        let shown = [
            (Unit::Ns, 0.0, "0.00 ns"),
            (Unit::Ns, 22.4, "22.4 ns"),
            (Unit::Ns, 13_800.0, "13.8 µs"),
            (Unit::PerSecond, 1_900_000.0, "1.90 M/s"),
            (Unit::Bytes, 2048.0, "2.00 KiB"),
            (Unit::Count, 7.0, "7"),
        ];
        for (unit, figure, text) in shown {
            assert_eq!(unit.show(figure), text);
        }
    }

    #[test]
    fn a_run_of_one_row_replaces_its_section_alone() {
        let section = |name: &str, text: &str| {
            (name.to_owned(), format!("{}\n{text}\n{}\n", begin(name), end(name)))
        };
        let first = merge("", &[section("near", "one"), section("ask", "two")]);
        let second = merge(&first, &[section("near", "three")]);
        assert!(second.contains("three") && second.contains("two") && !second.contains("one\n<"));
        assert_eq!(second.matches("<!-- near -->").count(), 1);
        assert_eq!(merge(&second, &[section("near", "three")]), second, "again changes nothing");
    }
}
