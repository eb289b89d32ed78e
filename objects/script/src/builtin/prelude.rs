//! The built-in functions that are written in the language itself.

/// The source of the prelude: one code, whose functions are found by their names.
///
/// Every function at its top level gets the receiver first and captures nothing. So the machine
/// calls it without running the module, and a state has nothing of the prelude but its hash and the
/// calls in progress.
pub const SOURCE: &str = concat!(
    include_str!("../prelude/primitive.js"),
    include_str!("../prelude/array.js"),
    include_str!("../prelude/calls.js"),
    include_str!("../prelude/sort.js"),
    include_str!("../prelude/collections.js"),
    include_str!("../prelude/promise.js"),
    include_str!("../prelude/json.js"),
    include_str!("../prelude/text.js"),
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin::{Action, Builtin, all};

    #[test]
    fn what_is_said_to_be_in_the_prelude_is_there() {
        for builtin in all() {
            if let Action::Prelude(name) = builtin.entry().action {
                let begins = format!("export function {name}(");
                assert!(SOURCE.contains(&begins), "{builtin:?}: {begins}");
            }
        }
    }

    #[test]
    fn every_function_is_found_by_its_name() {
        let plain = SOURCE.lines().find(|line| line.starts_with("function"));
        assert_eq!(plain, None, "only what is exported has a `$name` to be called by");
    }

    #[test]
    fn what_the_prelude_needs_is_built_in() {
        let mut found = 0;
        for part in SOURCE.split('$').skip(1) {
            let end = part.find(|unit: char| !unit.is_ascii_alphanumeric()).unwrap_or(part.len());
            if end > 0 {
                let name = format!("${}", &part[..end]);
                assert!(Builtin::named(&name).is_some(), "{name}");
                found += 1;
            }
        }
        assert!(found > 40, "{found}");
    }
}
