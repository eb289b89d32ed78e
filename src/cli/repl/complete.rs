//! What may stand where the cursor is.
//!
//! ```text
//!   cou|                 names: of values, functions, built-in things, words of the language
//!   E(counter).incr|     methods that the reference grants
//!   order.pri|           names in the value · list.ma|, word.sp|, Math.fl|: built-in methods
//! ```

use std::collections::{BTreeMap, BTreeSet};

use hogshead::Value;
use hogshead::script::builtin;

/// All that is known at a prompt.
#[derive(Default)]
pub struct Known {
    /// The names of values, and the values.
    pub values: BTreeMap<String, Value>,
    /// The names of functions.
    pub functions: Vec<String>,
    /// Of references, the methods that are known, each with the names of its parameters.
    pub methods: BTreeMap<String, Vec<(String, Vec<String>)>>,
}

/// Something that may stand there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// As it is listed.
    pub shown: String,
    /// As it is put in.
    pub text: String,
}

/// Words of the language, and what is called.
const WORDS: [&str; 18] = [
    "E(",
    "Far(",
    "async",
    "await",
    "const",
    "false",
    "for",
    "function",
    "harden(",
    "if",
    "let",
    "new",
    "null",
    "return",
    "throw",
    "true",
    "typeof",
    "undefined",
];

impl Known {
    /// What may stand before the cursor, and where it begins there.
    pub fn complete(&self, before: &str) -> (usize, Vec<Candidate>) {
        let start = before.len() - identifier_at_end(before).len();
        let (head, word) = before.split_at(start);
        let mut found = match head.trim_end().strip_suffix('.') {
            Some(object) => self.members(object.trim_end().trim_end_matches('?')),
            None if word.is_empty() => Vec::new(),
            None => self.names(),
        };
        found.retain(|candidate| candidate.text.starts_with(word));
        found.sort_by(|one, other| one.text.cmp(&other.text));
        found.dedup();
        (start, found)
    }

    /// The methods of a reference as they are listed, a line each.
    pub fn listed(&self, name: &str) -> Option<String> {
        let lines = self.methods.get(name)?.iter().map(|method| format!("{}\n", shown(method)));
        Some(lines.collect())
    }

    fn names(&self) -> Vec<Candidate> {
        let built_in = builtin::all().map(|it| it.entry().path);
        let top: BTreeSet<_> = built_in.filter_map(|path| path.split('.').next()).collect();
        let top = top.into_iter().filter(|name| !name.starts_with('$'));
        let known = self.values.keys().chain(&self.functions).map(String::as_str);
        top.chain(known).chain(WORDS).map(plain).collect()
    }

    /// What an expression has, of which `object` is the end.
    fn members(&self, object: &str) -> Vec<Candidate> {
        if let Some(target) = sent_to(object) {
            let methods = self.methods.get(target).into_iter().flatten();
            let candidate = |method: &(String, Vec<String>)| Candidate {
                shown: shown(method),
                text: format!("{}(", method.0),
            };
            return methods.map(candidate).collect();
        }
        let name = identifier_at_end(object);
        let is_member = object[..object.len() - name.len()].trim_end().ends_with('.');
        match (is_member, self.values.get(name)) {
            (true, _) => Vec::new(),
            (false, Some(Value::Struct(fields))) => fields.keys().map(|name| plain(name)).collect(),
            (false, Some(Value::List(_))) => built_in("Array.prototype."),
            (false, Some(Value::String(_))) => built_in("String.prototype."),
            (false, Some(Value::Float(_))) => built_in("Number.prototype."),
            (false, Some(_)) => Vec::new(),
            (false, None) if name.is_empty() => Vec::new(),
            (false, None) => built_in(&format!("{name}.")),
        }
    }
}

/// The built-in things right below a path.
fn built_in(path: &str) -> Vec<Candidate> {
    let below = builtin::all().filter_map(|it| Some((it, it.entry().path.strip_prefix(path)?)));
    let direct = below.filter(|(_, name)| !name.contains('.') && !name.starts_with(['$', '@']));
    let text =
        |it: builtin::Builtin, name| if it.is_callable() { format!("{name}(") } else { name };
    direct.map(|(it, name)| plain(&text(it, name.to_owned()))).collect()
}

/// The name of what a message goes to, if the text ends in `E(name)` or `E(name, …)`.
fn sent_to(text: &str) -> Option<&str> {
    let inside = text.strip_suffix(')')?;
    let mut depth = 0_usize;
    let open = inside.char_indices().rev().find(|(_, c)| {
        match c {
            ')' | '}' | ']' => depth += 1,
            '(' | '{' | '[' if depth == 0 => return true,
            '(' | '{' | '[' => depth -= 1,
            _ => {}
        }
        false
    });
    let (open, _) = open.filter(|(_, c)| *c == '(')?;
    let (function, arguments) = inside.split_at(open);
    let target = arguments.get(1..)?.split(',').next()?.trim();
    (identifier_at_end(function.trim_end()) == "E").then_some(target)
}

/// The name that a text ends with; empty if it ends with none.
fn identifier_at_end(text: &str) -> &str {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    text.rsplit(|c| !is_part(c)).next().unwrap_or_default()
}

fn plain(text: &str) -> Candidate {
    Candidate { shown: text.to_owned(), text: text.to_owned() }
}

fn shown((name, params): &(String, Vec<String>)) -> String {
    format!("{name}({})", params.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        let order = Value::structure([("price", 3_u64.into()), ("what", "tea".into())]);
        let values = [("order", order), ("list", Value::list([])), ("counter_1", Value::Null)];
        let increment = ("increment".to_owned(), vec!["by".to_owned()]);
        let methods = vec![increment, ("read".to_owned(), Vec::new())];
        Known {
            values: values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            functions: vec!["twice".to_owned()],
            methods: BTreeMap::from([("counter_1".to_owned(), methods)]),
        }
    }

    #[track_caller]
    fn check(before: &str, expected: (usize, &[&str])) {
        let (start, found) = known().complete(before);
        let texts: Vec<_> = found.iter().map(|candidate| candidate.text.as_str()).collect();
        assert_eq!((start, texts.as_slice()), expected, "{before}");
    }

    #[test]
    fn names_methods_and_members_are_completed() {
        check("cou", (0, &["counter_1"]));
        check("const x = tw", (10, &["twice"]));
        check("E(counter_1).", (13, &["increment(", "read("]));
        check("await E(counter_1, { note: f(2) }).re", (35, &["read("]));
        check("x + E ( counter_1 ) . inc", (22, &["increment("]));
        check("order.", (6, &["price", "what"]));
        check("order?.w", (7, &["what"]));
        check("list.findLa", (5, &["findLast(", "findLastIndex("]));
        check("Math.fl", (5, &["floor("]));
        check("Math.P", (5, &["PI"]));
        check("JSON.", (5, &["parse(", "stringify("]));
        check("Obj", (0, &["Object"]));
    }

    #[test]
    fn where_nothing_is_known_nothing_is_offered() {
        for before in ["", "E(other).", "F(counter_1).", "order.price.", "(1).", ").", "].", "x["] {
            check(before, (before.len(), &[]));
        }
    }

    #[test]
    fn methods_are_listed_with_their_parameters() {
        let found = known().complete("E(counter_1).").1;
        assert_eq!(found[0].shown, "increment(by)");
        assert_eq!(known().listed("counter_1").as_deref(), Some("increment(by)\nread()\n"));
        assert_eq!(known().listed("order"), None);
    }
}
