//! The report: sections in markdown, each with what it was measured on.
//!
//! A run of some rows replaces their sections and leaves the others, which name the commit and the
//! machine they were measured on themselves.

pub mod files;

use std::fmt::Write as _;

use self::files::{begin, end};
use crate::machine::Machine;
use crate::measure::{Outcome, Spread};
use crate::plot::Plot;

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
    goal: Option<Goal>,
}

/// What a figure is to reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Goal {
    /// It is to be this or less.
    AtMost(f64),
    /// It is to be this or more.
    AtLeast(f64),
    /// What was asked of it is not a number: whether it came true.
    Reached(bool),
}

impl Goal {
    /// Whether a figure reaches it.
    pub fn is_reached(self, figure: f64) -> bool {
        match self {
            Self::AtMost(limit) => figure <= limit,
            Self::AtLeast(limit) => figure >= limit,
            Self::Reached(reached) => reached,
        }
    }

    /// How far a figure is from it, as a factor: above 1 it is missed by as much.
    pub fn ratio(self, figure: f64) -> Option<f64> {
        let ratio = match self {
            Self::AtMost(limit) => figure / limit,
            Self::AtLeast(limit) => limit / figure,
            Self::Reached(_) => return None,
        };
        (ratio.is_finite() && ratio > 0.0).then_some(ratio)
    }
}

/// How a figure of each contender is shown.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// What the line says before the contender's name, and behind it.
    pub around: (&'a str, &'a str),
    /// Which of the contender's figures it is.
    pub column: usize,
    /// What the figure counts.
    pub unit: Unit,
}

impl Line {
    /// A figure of somebody.
    pub fn new(what: impl Into<String>, figure: Spread, unit: Unit) -> Self {
        Self { what: what.into(), figure, unit, compared: None, goal: None }
    }

    /// The same with its ratio to another figure of the same run.
    pub fn against(mut self, floor: &Spread) -> Self {
        self.compared = (floor.median != 0.0).then(|| self.figure.median / floor.median);
        self
    }

    /// The same with what it is to reach.
    pub fn goal(mut self, goal: Goal) -> Self {
        self.goal = Some(goal);
        self
    }

    /// What it says, and how far it is from its goal ([`Goal::ratio`]), if it has one.
    pub fn distance(&self) -> Option<(&str, f64)> {
        Some((&self.what, self.goal?.ratio(self.figure.median)?))
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
    /// Files that belong beside the report, by their names: what a later run compares with.
    pub files: Vec<(&'static str, String)>,
    /// Plots, each a file of its own beside the report.
    pub plots: Vec<Plot>,
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
            plots: Vec::new(),
            files: Vec::new(),
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

    /// Adds a line for each contender, with its ratio to the one of this place; those of ours have
    /// the goal that is made of that one's median.
    pub fn compare(
        &mut self,
        all: &[Outcome],
        floor: usize,
        shown: Shown<'_>,
        goal: impl Fn(f64) -> Option<Goal>,
    ) -> &mut Self {
        let Shown { around: (before, behind), column, unit } = shown;
        let floor = all[floor].figures[column];
        for Outcome { name, ours, figures } in all {
            let line = Line::new(format!("{before}{name}{behind}"), figures[column], unit);
            let line = line.against(&floor);
            let goal = goal(floor.median).filter(|_| *ours);
            self.line(goal.map_or(line.clone(), |goal| line.goal(goal)));
        }
        self
    }

    /// Adds a plot, which the report shows below the table.
    pub fn plot(&mut self, plot: Plot) -> &mut Self {
        self.plots.push(plot);
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
        for Plot { name, title, .. } in &self.plots {
            let _ = write!(text, "\n![{title}](performance/{name}.svg)\n");
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
        let Self { what, figure, unit, compared, goal } = self;
        let middle = unit.show(figure.median);
        let around = if figure.rounds == 1 {
            String::new()
        } else {
            format!("{} – {}", unit.show(figure.low), unit.show(figure.high))
        };
        let ratio = compared.map(|ratio| format!("{ratio:.2}")).unwrap_or_default();
        let verdict = match goal.map(|goal| goal.is_reached(figure.median)) {
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
            (Unit::Bytes, -21.5, "-21.5 B"),
            (Unit::Bytes, -2048.0, "-2.00 KiB"),
        ];
        for (unit, figure, text) in shown {
            assert_eq!(unit.show(figure), text);
        }
    }

    #[test]
    fn a_goal_is_reached_or_missed_by_a_factor() {
        let cases = [
            (Goal::AtMost(100.0), 50.0, true, Some(0.5)),
            (Goal::AtLeast(100.0), 50.0, false, Some(2.0)),
            (Goal::AtMost(64.0), 0.0, true, None),
            (Goal::Reached(true), 1.0, true, None),
        ];
        for (goal, figure, reached, ratio) in cases {
            assert_eq!((goal.is_reached(figure), goal.ratio(figure)), (reached, ratio));
        }
    }
}
