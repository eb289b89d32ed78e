//! The report's files: sections that replace those of an earlier run, and the plots beside them.

use std::fs;
use std::io;
use std::path::Path;

use super::Section;
use crate::machine::Machine;
use crate::plot;

/// Puts a section into a report, its plots beside it, and how far its figures are from their goals
/// among those of the other sections. After each row, so that a run that is cut short has told what
/// it measured.
///
/// # Errors
///
/// What the file system says.
pub fn write(report: &Path, section: &Section, machine: &Machine) -> io::Result<()> {
    let text = merge(&read(report)?, &[(section.name.clone(), section.markdown(machine))]);
    fs::write(report, text)?;
    let folder = report.with_extension("");
    fs::create_dir_all(&folder)?;
    for plot in &section.plots {
        fs::write(folder.join(&plot.name).with_extension("svg"), plot.svg())?;
    }
    for (name, content) in &section.files {
        fs::write(folder.join(name), content)?;
    }
    let known = folder.join("goals.csv");
    let text = merge_goals(&read(&known)?, section);
    fs::write(folder.join("goals.svg"), plot::goals(&parse_goals(&text)))?;
    fs::write(known, text)
}

/// A file's text, or none if it is not there.
fn read(file: &Path) -> io::Result<String> {
    match fs::read_to_string(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        read => read,
    }
}

const GOALS_HEAD: &str = "row,figure over goal,what";

/// Replaces a section's lines among those of others: the row, the factor, and what it is of.
fn merge_goals(before: &str, section: &Section) -> String {
    let of = |line: &&str| line.split(',').next() != Some(section.name.as_str());
    let mut lines: Vec<String> = before.lines().skip(1).filter(of).map(str::to_owned).collect();
    let new = section.lines.iter().filter_map(|line| line.distance());
    lines.extend(new.map(|(what, ratio)| format!("{},{ratio:.4},{what}", section.name)));
    format!("{GOALS_HEAD}\n{}\n", lines.join("\n"))
}

fn parse_goals(text: &str) -> Vec<(String, f64)> {
    let each = text.lines().skip(1).filter_map(|line| {
        let mut words = line.splitn(3, ',');
        let (row, ratio, what) = (words.next()?, words.next()?.parse().ok()?, words.next()?);
        Some((format!("{row}: {what}"), ratio))
    });
    each.collect()
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

pub(super) fn begin(name: &str) -> String {
    format!("<!-- {name} -->")
}

pub(super) fn end(name: &str) -> String {
    format!("<!-- end of {name} -->")
}

const HEAD: &str = "# Performance

Written by `cargo run --release --manifest-path benches/Cargo.toml -- --out docs/performance.md`, and by
nobody's hand. Each section names the machine and the commit it was measured on. A figure is the median of
the rounds, with the quartiles beside it; ours and the peers' rounds take turns in one run. The ratio is to the
line that the section compares with. Ratios travel to other machines, absolute figures don't.

![How far each figure is from its goal](performance/goals.svg)
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Spread;
    use crate::report::{Goal, Line, Unit};

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

    #[test]
    fn goals_of_a_row_replace_its_own_and_are_read_again() {
        let section = |name: &str, figure: f64| {
            let mut section = Section::new(name, name);
            let line = Line::new("calls, many", Spread::exact(figure), Unit::Ns);
            section.line(line.goal(Goal::AtMost(10.0)));
            section.line(Line::new("no goal", Spread::exact(1.0), Unit::Ns));
            section
        };
        let text = merge_goals("", &section("ask", 20.0));
        let text = merge_goals(&text, &section("near", 5.0));
        let text = merge_goals(&text, &section("ask", 40.0));
        let all = parse_goals(&text);
        assert_eq!(all, [("near: calls, many".into(), 0.5), ("ask: calls, many".into(), 4.0)]);
    }
}
