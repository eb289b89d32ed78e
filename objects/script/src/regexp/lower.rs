//! From a pattern's text to its tree, refusing what is out of the subset.

use std::collections::BTreeMap;

use oxc_allocator::Allocator;
use oxc_regular_expression::ast::{
    Alternative, BoundaryAssertionKind, CapturingGroup, Character, CharacterClass,
    CharacterClassContents, CharacterClassEscape, CharacterClassEscapeKind, CharacterKind,
    Disjunction, IgnoreGroup, LookAroundAssertionKind, Quantifier, Term, UnicodePropertyEscape,
};
use oxc_regular_expression::{LiteralParser, Options};

use super::program::{Assertion, Node, Repeat};
use super::set::{self, CharSet, LAST_POINT, LAST_UNIT};
use super::{Flags, RegexpError, fold};
use crate::limits::{
    REGEXP_DEPTH_MAX, REGEXP_GROUPS_MAX, REGEXP_PATTERN_BYTES_MAX, REGEXP_RANGES_MAX,
};

/// What to do where a pattern is too large.
const LESS: &str = "look at the text in several steps";

/// A pattern as a tree, with what it refers to.
pub(crate) struct Lowered {
    pub(crate) root: Node,
    /// The sets, by number.
    pub(crate) sets: Vec<CharSet>,
    /// Capturing groups.
    pub(crate) groups: u32,
    /// Names of groups, in the order of the pattern.
    pub(crate) names: Vec<(String, u32)>,
    /// Ranges in all sets, each use counted.
    pub(crate) ranges: usize,
}

/// Parses a pattern and turns it into a tree.
pub(crate) fn lower(pattern: &str, flags: Flags) -> Result<Lowered, RegexpError> {
    check_size(pattern)?;
    let allocator = Allocator::default();
    let parse_flags = flags.unicode.then_some("u");
    let parsed = LiteralParser::new(&allocator, pattern, parse_flags, Options::default())
        .parse()
        .map_err(|error| {
        let offset = error.labels.iter().flatten().map(|label| label.offset()).min();
        let message = error.message.strip_prefix("Invalid regular expression: ");
        let why = message.unwrap_or(&error.message);
        RegexpError::new(offset.unwrap_or(0), format!("not a regular expression: {why}"))
    })?;
    let mut lowering = Lowering {
        pattern,
        flags,
        sets: Vec::new(),
        numbers: BTreeMap::new(),
        ranges: 0,
        groups: 0,
        names: Vec::new(),
        no_boundary: None,
    };
    let root = lowering.disjunction(&parsed.body)?;
    if let (Some(offset), true) = (lowering.no_boundary, flags.unicode && root.nullable()) {
        // Node finds such a match between the halves of a surrogate pair, where ECMA-262 has none.
        let hint = "leave the flag u away, or match a character";
        return Err(out(offset, "`\\B` with the flag u in a pattern that may match nothing", hint));
    }
    let Lowering { sets, groups, names, ranges, .. } = lowering;
    Ok(Lowered { root, sets, groups, names, ranges })
}

/// Refuses what would be too large or too deep for the parser, which recurses over groups.
fn check_size(pattern: &str) -> Result<(), RegexpError> {
    if pattern.len() > REGEXP_PATTERN_BYTES_MAX {
        let why = format!("a pattern of more than {REGEXP_PATTERN_BYTES_MAX} bytes");
        return Err(RegexpError::new(REGEXP_PATTERN_BYTES_MAX, why).hint(LESS));
    }
    let (mut depth, mut class, mut escaped) = (0usize, false, false);
    for (offset, c) in pattern.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '(' if !class => {
                depth += 1;
                if depth > REGEXP_DEPTH_MAX {
                    let why = format!("groups nested deeper than {REGEXP_DEPTH_MAX}");
                    return Err(RegexpError::new(offset, why).hint(LESS));
                }
            }
            ')' if !class => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

struct Lowering<'p> {
    pattern: &'p str,
    flags: Flags,
    sets: Vec<CharSet>,
    /// The number of each set.
    numbers: BTreeMap<CharSet, u32>,
    /// Ranges in all sets so far.
    ranges: usize,
    groups: u32,
    names: Vec<(String, u32)>,
    /// Where the first `\B` is.
    no_boundary: Option<u32>,
}

impl Lowering<'_> {
    fn disjunction(&mut self, disjunction: &Disjunction<'_>) -> Result<Node, RegexpError> {
        let mut nodes = Vec::with_capacity(disjunction.body.len());
        for alternative in &disjunction.body {
            nodes.push(self.alternative(alternative)?);
        }
        Ok(single_or(nodes, Node::Choice))
    }

    fn alternative(&mut self, alternative: &Alternative<'_>) -> Result<Node, RegexpError> {
        let mut nodes = Vec::with_capacity(alternative.body.len());
        for term in &alternative.body {
            nodes.push(self.term(term)?);
        }
        Ok(single_or(nodes, Node::Sequence))
    }

    fn term(&mut self, term: &Term<'_>) -> Result<Node, RegexpError> {
        match term {
            Term::BoundaryAssertion(assertion) => {
                if assertion.kind == BoundaryAssertionKind::NegativeBoundary {
                    self.no_boundary.get_or_insert(assertion.span.start);
                }
                Ok(Node::Assert(self.assertion(assertion.kind)))
            }
            Term::LookAroundAssertion(look) => Err(match look.kind {
                LookAroundAssertionKind::Lookahead => {
                    out(look.span.start, "lookahead `(?=`", "match it, and capture what is before")
                }
                LookAroundAssertionKind::NegativeLookahead => {
                    out(look.span.start, "lookahead `(?!`", "match first, then test what follows")
                }
                LookAroundAssertionKind::Lookbehind => {
                    out(look.span.start, "lookbehind `(?<=`", "match it, and capture what follows")
                }
                LookAroundAssertionKind::NegativeLookbehind => out(
                    look.span.start,
                    "lookbehind `(?<!`",
                    "match first, then test what is before",
                ),
            }),
            Term::Quantifier(quantifier) => self.quantifier(quantifier),
            Term::Character(character) => {
                let c = self.character(character)?;
                self.matching(CharSet::new(vec![(c, c)]), false, character.span.start)
            }
            Term::Dot(dot) => {
                let set =
                    if self.flags.dot_all { CharSet::default() } else { set::line_terminators() };
                self.set(set.complement(self.last()), dot.span.start)
            }
            Term::CharacterClassEscape(escape) => {
                // No character is the same as one of the others: what is the same as a word's
                // character is one.
                let set = self.class_escape(escape);
                self.set(set, escape.span.start)
            }
            Term::UnicodePropertyEscape(escape) => {
                let set = self.property(escape)?;
                self.matching(set, false, escape.span.start)
            }
            Term::CharacterClass(class) => self.class(class),
            Term::CapturingGroup(group) => self.group(group),
            Term::IgnoreGroup(group) => self.plain_group(group),
            Term::IndexedReference(reference) => Err(back_reference(reference.span.start)),
            Term::NamedReference(reference) => Err(back_reference(reference.span.start)),
        }
    }

    fn assertion(&self, kind: BoundaryAssertionKind) -> Assertion {
        let folded = self.flags.unicode && self.flags.ignore_case;
        match (kind, self.flags.multiline) {
            (BoundaryAssertionKind::Start, false) => Assertion::Start,
            (BoundaryAssertionKind::Start, true) => Assertion::LineStart,
            (BoundaryAssertionKind::End, false) => Assertion::End,
            (BoundaryAssertionKind::End, true) => Assertion::LineEnd,
            (BoundaryAssertionKind::Boundary, _) => Assertion::Boundary { negated: false, folded },
            (BoundaryAssertionKind::NegativeBoundary, _) => {
                Assertion::Boundary { negated: true, folded }
            }
        }
    }

    fn quantifier(&mut self, quantifier: &Quantifier<'_>) -> Result<Node, RegexpError> {
        let first = self.groups + 1;
        let body = self.term(&quantifier.body)?;
        Ok(Node::Repeat(Box::new(Repeat {
            min: quantifier.min,
            max: quantifier.max,
            greedy: quantifier.greedy,
            groups: (first, self.groups + 1),
            nullable: body.nullable(),
            body,
        })))
    }

    fn group(&mut self, group: &CapturingGroup<'_>) -> Result<Node, RegexpError> {
        let offset = group.span.start;
        if self.groups as usize >= REGEXP_GROUPS_MAX {
            let why = format!("more than {REGEXP_GROUPS_MAX} capturing groups");
            return Err(RegexpError::new(offset as usize, why).hint("`(?:…)` captures nothing"));
        }
        self.groups += 1;
        let number = self.groups;
        if let Some(name) = &group.name {
            if name.contains('\\') {
                return Err(out(offset, "an escape in a group's name", "write the letter itself"));
            }
            if self.names.iter().any(|(known, _)| known == name.as_str()) {
                let hint = "give each group its own name";
                return Err(out(offset, "two groups of one name", hint));
            }
            self.names.push((name.to_string(), number));
        }
        Ok(Node::Group(number, Box::new(self.disjunction(&group.body)?)))
    }

    fn plain_group(&mut self, group: &IgnoreGroup<'_>) -> Result<Node, RegexpError> {
        if group.modifiers.is_some() {
            let hint = "use the flags i, m, s of the whole expression";
            return Err(out(group.span.start, "flags inside a group", hint));
        }
        self.disjunction(&group.body)
    }

    fn class(&mut self, class: &CharacterClass<'_>) -> Result<Node, RegexpError> {
        let mut ranges = Vec::new();
        for item in &class.body {
            match item {
                CharacterClassContents::CharacterClassRange(range) => {
                    ranges.push((self.character(&range.min)?, self.character(&range.max)?));
                }
                CharacterClassContents::Character(character) => {
                    let c = self.character(character)?;
                    ranges.push((c, c));
                }
                CharacterClassContents::CharacterClassEscape(escape) => {
                    ranges.extend_from_slice(self.class_escape(escape).ranges());
                }
                CharacterClassContents::UnicodePropertyEscape(escape) => {
                    ranges.extend_from_slice(self.property(escape)?.ranges());
                }
                // The parser makes these with the flag `v` only, which is refused.
                CharacterClassContents::NestedCharacterClass(_)
                | CharacterClassContents::ClassStringDisjunction(_) => {
                    return Err(out(class.span.start, "a set of sets", "write one set"));
                }
            }
        }
        self.matching(CharSet::new(ranges), class.negative, class.span.start)
    }

    /// The code of a character, unless it is written in one of the ways that only old patterns of
    /// the web use (ECMA-262, annex B).
    fn character(&self, character: &Character) -> Result<u32, RegexpError> {
        let offset = character.span.start;
        let c = char::from_u32(character.value);
        match character.kind {
            CharacterKind::Octal1 | CharacterKind::Octal2 | CharacterKind::Octal3 => {
                Err(out(offset, "an octal escape", "write `\\xHH` or `\\uHHHH`"))
            }
            CharacterKind::Identifier if c.is_some_and(|c| c.is_ascii_alphanumeric()) => {
                let c = c.unwrap_or_default();
                let why = format!("the escape `\\{c}`, which has no meaning");
                let hint = match c {
                    'p' | 'P' => "a Unicode property needs the flag u".to_owned(),
                    'u' => "write `\\uHHHH`, or `\\u{H…}` with the flag u".to_owned(),
                    'x' => "write `\\xHH`".to_owned(),
                    _ => format!("write `{c}`"),
                };
                Err(RegexpError::new(offset as usize, why).hint(&hint))
            }
            CharacterKind::Symbol if c == Some('\\') => Err(out(
                offset,
                "the escape `\\c` without a letter",
                "write `\\\\` for a backslash",
            )),
            CharacterKind::ControlLetter if !self.is_control_letter(offset) => Err(out(
                offset,
                "the escape `\\c` without a letter",
                "write `\\\\` for a backslash",
            )),
            _ => Ok(character.value),
        }
    }

    fn is_control_letter(&self, offset: u32) -> bool {
        let escape = self.pattern.as_bytes().get(offset as usize..);
        matches!(escape, Some([b'\\', b'c', letter, ..]) if letter.is_ascii_alphabetic())
    }

    fn class_escape(&self, escape: &CharacterClassEscape) -> CharSet {
        let word = || set::word(self.flags.unicode && self.flags.ignore_case);
        match escape.kind {
            CharacterClassEscapeKind::D => set::digits(),
            CharacterClassEscapeKind::NegativeD => set::digits().complement(self.last()),
            CharacterClassEscapeKind::S => set::space(),
            CharacterClassEscapeKind::NegativeS => set::space().complement(self.last()),
            CharacterClassEscapeKind::W => word(),
            CharacterClassEscapeKind::NegativeW => word().complement(self.last()),
        }
    }

    fn property(&mut self, escape: &UnicodePropertyEscape<'_>) -> Result<CharSet, RegexpError> {
        let value = escape.value.as_ref().map(|value| value.as_str());
        let Some(set) = set::property(escape.name.as_str(), value) else {
            let hint = "write the ranges of characters that you mean";
            return Err(out(escape.span.start, "this Unicode property", hint));
        };
        self.count_ranges(set.ranges().len(), escape.span.start)?;
        Ok(if escape.negative { set.complement(self.last()) } else { set })
    }

    /// The node that takes a character which is the same as one of the set, or of none: what
    /// CharacterSetMatcher does.
    fn matching(&mut self, set: CharSet, inverted: bool, at: u32) -> Result<Node, RegexpError> {
        let set = if self.flags.ignore_case {
            let (closed, looked) = fold::close(&set, self.flags.unicode);
            // A range costs about as much as so many characters.
            self.count_ranges(looked / 4, at)?;
            closed
        } else {
            set
        };
        self.set(if inverted { set.complement(self.last()) } else { set }, at)
    }

    fn set(&mut self, set: CharSet, at: u32) -> Result<Node, RegexpError> {
        if let Some(c) = set.single() {
            return Ok(Node::Char(c));
        }
        self.count_ranges(set.ranges().len(), at)?;
        if let Some(&number) = self.numbers.get(&set) {
            return Ok(Node::Set(number));
        }
        let number = self.sets.len() as u32;
        self.numbers.insert(set.clone(), number);
        self.sets.push(set);
        Ok(Node::Set(number))
    }

    fn count_ranges(&mut self, ranges: usize, offset: u32) -> Result<(), RegexpError> {
        self.ranges += ranges;
        if self.ranges > REGEXP_RANGES_MAX {
            let why = format!("sets of more than {REGEXP_RANGES_MAX} ranges in all");
            return Err(RegexpError::new(offset as usize, why).hint(LESS));
        }
        Ok(())
    }

    fn last(&self) -> u32 {
        if self.flags.unicode { LAST_POINT } else { LAST_UNIT }
    }
}

fn single_or(mut nodes: Vec<Node>, many: fn(Vec<Node>) -> Node) -> Node {
    match nodes.pop() {
        Some(only) if nodes.is_empty() => only,
        Some(last) => {
            nodes.push(last);
            many(nodes)
        }
        None => Node::Sequence(nodes),
    }
}

fn back_reference(offset: u32) -> RegexpError {
    out(offset, "a back-reference", "capture both and compare them with ===")
}

/// The error of a construct that is out of the subset.
fn out(offset: u32, what: &str, hint: &str) -> RegexpError {
    RegexpError::new(offset as usize, format!("{what} is not in the subset")).hint(hint)
}
