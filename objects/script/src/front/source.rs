//! A source text and its places: from byte offsets to lines and columns.

use crate::code::Place;
use crate::error::Diagnostic;

/// A source text with what is needed to find lines and columns without reading it again.
#[derive(Debug)]
pub struct Source<'s> {
    /// The text.
    pub text: &'s str,
    /// The offset at which each line begins.
    lines: Vec<u32>,
    /// After each character that is not ASCII: its end, and by how much the text until there has
    /// more bytes than UTF-16 code units.
    wide: Vec<(u32, u32)>,
}

impl<'s> Source<'s> {
    /// Reads through the text once.
    pub fn new(text: &'s str) -> Self {
        let mut lines = vec![0];
        let mut wide = Vec::new();
        let mut surplus = 0;
        let bytes = text.as_bytes();
        for (offset, c) in text.char_indices() {
            let end = offset + c.len_utf8();
            // A carriage return counts as part of the line feed after it.
            if c == '\n' || (c == '\r' && bytes.get(end) != Some(&b'\n')) {
                lines.push(narrow(end));
            }
            if !c.is_ascii() {
                surplus += c.len_utf8() - c.len_utf16();
                wide.push((narrow(end), narrow(surplus)));
            }
        }
        Self { text, lines, wide }
    }

    /// The line and the column of an offset, both from 1, the column in UTF-16 code units.
    pub fn position(&self, offset: u32) -> (u32, u32) {
        let line = self.lines.partition_point(|start| *start <= offset).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let column = offset.saturating_sub(start)
            - self.surplus(offset).saturating_sub(self.surplus(start)).min(offset - start);
        (narrow(line), column + 1)
    }

    /// The place of an offset for a table of lines.
    pub fn place(&self, pc: u32, offset: u32) -> Place {
        let (line, column) = self.position(offset);
        Place { pc, line, column }
    }

    /// What is wrong at an offset. An empty hint is none.
    pub fn diagnostic(&self, offset: u32, why: impl Into<String>, hint: &str) -> Diagnostic {
        let (line, column) = self.position(offset);
        let hint = (!hint.is_empty()).then(|| hint.to_owned());
        Diagnostic { line, column, why: why.into(), hint }
    }

    fn surplus(&self, offset: u32) -> u32 {
        let after = self.wide.partition_point(|(end, _)| *end <= offset);
        after.checked_sub(1).and_then(|i| self.wide.get(i)).map_or(0, |(_, surplus)| *surplus)
    }
}

/// A text is far shorter than 4 GB ([`SOURCE_BYTES_MAX`](crate::limits::SOURCE_BYTES_MAX)).
fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_as_editors_do() {
        let source = Source::new("ab\r\nä𝒳z\n\rend");
        let at = |what: &str| source.position(narrow(source.text.find(what).unwrap()));
        assert_eq!(at("b"), (1, 2));
        assert_eq!(at("ä"), (2, 1));
        assert_eq!(at("𝒳"), (2, 2));
        assert_eq!(at("z"), (2, 4), "a character beyond the basic plane is two code units");
        assert_eq!(at("end"), (4, 1), "a lone carriage return ends a line");
    }
}
