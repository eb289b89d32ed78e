//! The built-in functions that are written in the language itself.

/// The source of the prelude: one code, whose functions are found by their names.
///
/// Every function at its top level gets the receiver first and captures nothing. So the machine
/// calls it without running the module, and a state has nothing of the prelude but its hash and the
/// calls in progress.
pub const SOURCE: &str = concat!(
    include_str!("../prelude/primitive.js"),
    include_str!("../prelude/array.js"),
    include_str!("../prelude/sort.js"),
    include_str!("../prelude/collections.js"),
    include_str!("../prelude/promise.js"),
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin::{Action, all};

    #[test]
    fn what_is_said_to_be_in_the_prelude_is_there() {
        for builtin in all() {
            if let Action::Prelude(name) = builtin.entry().action {
                let begins = format!("export function {name}(");
                assert!(SOURCE.contains(&begins), "{builtin:?}: {begins}");
            }
        }
    }
}
