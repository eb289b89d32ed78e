//! What the compiler makes of programs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says by panicking what went wrong, and reads and writes files of its own"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use hogshead_script::code::{Code, Verified};
use hogshead_script::front::{self, Options};

fn compile(source: &str) -> Code {
    front::compile(source, &Options::default()).unwrap_or_else(|wrong| {
        let wrong: Vec<_> = wrong.iter().map(ToString::to_string).collect();
        panic!("{}\n{source}", wrong.join("\n"))
    })
}

/// The functions' instructions, one function a paragraph.
fn listing(source: &str) -> String {
    let code = Verified::new(compile(source)).unwrap();
    let mut text = String::new();
    for function in &code.functions {
        let name = if function.path.is_empty() { "module" } else { &function.path };
        write!(text, "{name}:").unwrap();
        for (pc, op) in function.ops.iter().enumerate() {
            write!(text, " {pc} {op:?}").unwrap();
        }
        text.push('\n');
    }
    text
}

/// The listing of the functions but the module's body, where most is beside the point.
fn check(source: &str, expected: &str) {
    let text = listing(source);
    let functions: Vec<_> = text.lines().filter(|line| !line.starts_with("module:")).collect();
    let expected: Vec<_> = expected.split_whitespace().collect();
    assert_eq!(functions.join(" "), expected.join(" "));
}

fn programs(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(programs(&path));
        } else if path.extension().is_some_and(|extension| extension == "js") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn every_program_of_the_corpus_compiles_to_code_that_is_safe_to_run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let programs = programs(&folder);
    assert!(programs.len() >= 400, "{}", programs.len());
    let mut wrong = Vec::new();
    for path in programs {
        let source = std::fs::read_to_string(&path).unwrap();
        match front::compile(&source, &Options::default()) {
            Err(found) => {
                wrong.extend(found.iter().map(|found| format!("{}:{found}", path.display())));
            }
            Ok(code) => {
                if let Err(error) = Verified::new(code) {
                    wrong.push(format!("{}: {error}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The machine calls its functions without running the module, so they may not need its variables.
#[test]
fn functions_of_the_prelude_capture_nothing() {
    let source = "
        export function outer(list) { return inner(list, outer); }
        function inner(list, again) { return () => $isIterable(again, inner); }
    ";
    let options = Options { name: "prelude".into(), prelude: true };
    let code = Verified::new(front::compile(source, &options).unwrap()).unwrap();
    for function in code.functions.iter().filter(|function| !function.path.contains('/')) {
        assert_eq!(function.captures, [], "{}", function.path);
    }
    let unknown = front::compile("export const a = $isIterable([]);", &Options::default());
    assert!(unknown.unwrap_err()[0].why.contains("not declared"));
}

#[test]
fn closures_take_values_along_where_nothing_changes_them_and_variables_where_something_does() {
    check(
        "const f = () => { const a = 1; let b = 2; const g = () => a + b;
         b = 3; later(); function later() { a; } };",
        "
            f: 0 NewVar(0) 1 NewVar(1) 2 Closure(2) 3 SetSlot(3) 4 Int(1) 5 InitVar(0) 6 Int(2)
              7 InitVar(1) 8 Closure(3) 9 SetSlot(2) 10 Int(3) 11 SetVar(1) 12 GetSlot(3)
              13 Call(0) 14 Pop 15 Undefined 16 Return
            f/later: 0 GetCaptureVar(0) 1 Pop 2 Undefined 3 Return
            f/g: 0 GetCaptureVar(0) 1 GetCaptureVar(1) 2 Add 3 Return
        ",
    );
}

#[test]
fn each_iteration_has_its_own_variable_if_a_closure_takes_it_along() {
    check(
        "const f = (n) => { for (let i = 0; i < n; i++) { if (i === 3) continue; keep(() => i); } };
         const keep = () => {};",
        "
            f: 0 NewVar(1) 1 Int(0) 2 InitVar(1) 3 RenewVar(1) 4 GetVar(1) 5 GetSlot(0)
              6 UnlessLt(23) 7 Lt 8 JumpIfFalse(23) 9 GetVar(1) 10 Int(3) 11 StrictEq
              12 JumpIfFalse(14) 13 Jump(18) 14 GetCaptureVar(0) 15 Closure(2) 16 Call(1)
              17 Pop 18 RenewVar(1) 19 GetVar(1) 20 Inc 21 SetVar(1) 22 Jump(4) 23 Undefined
              24 Return
            f/1: 0 GetCaptureVar(0) 1 Return
            keep: 0 Undefined 1 Return
        ",
    );
}

#[test]
fn numbers_are_counted_and_compared_by_shortcuts() {
    check(
        "const f = (n) => { let sum = 0; for (let i = 0; i < n; i++) sum += i; return sum; };",
        "
            f: 0 Int(0) 1 SetSlot(1) 2 Int(0) 3 SetSlot(2) 4 GetSlot(2) 5 GetSlot(0)
              6 UnlessLt(18) 7 Lt 8 JumpIfFalse(18) 9 GetSlot(1) 10 GetSlot(2) 11 Add
              12 SetSlot(1) 13 IncSlot { slot: 2, skip: 3 } 14 GetSlot(2) 15 Inc 16 SetSlot(2)
              17 Jump(4) 18 GetSlot(1) 19 Return
        ",
    );
}

#[test]
fn a_finally_is_entered_with_how_to_go_on() {
    check(
        "const f = (list) => { for (const x of list) { try { if (x) return x; continue; }
         finally { list.done; } } };",
        "
            f: 0 GetSlot(0) 1 Iterate 2 NextOrJump(40) 3 SetSlot(1) 4 Undefined 5 SetSlot(3)
              6 GetSlot(1) 7 JumpIfFalse(13) 8 GetSlot(1) 9 SetSlot(3) 10 Int(2) 11 SetSlot(2)
              12 Jump(19) 13 Int(3) 14 SetSlot(2) 15 Jump(19) 16 SetSlot(3) 17 Int(1)
              18 SetSlot(2) 19 GetSlot(0) 20 GetProp(0) 21 Pop 22 GetSlot(2) 23 Int(1)
              24 StrictEq 25 JumpIfFalse(28) 26 GetSlot(3) 27 Throw 28 GetSlot(2) 29 Int(2)
              30 StrictEq 31 JumpIfFalse(34) 32 GetSlot(3) 33 Return 34 GetSlot(2) 35 Int(3)
              36 StrictEq 37 JumpIfFalse(39) 38 Jump(2) 39 Jump(2) 40 Pop 41 Undefined
              42 Return
        ",
    );
}

#[test]
fn an_optional_chain_ends_at_once_wherever_it_is_left() {
    check(
        "const f = (o) => o?.a.b?.(1)?.[2];",
        "
            f: 0 GetSlot(0) 1 JumpIfNullish(12) 2 GetProp(0) 3 GetMethod(1) 4 JumpIfNullish(11)
              5 Int(1) 6 CallMethod(1) 7 JumpIfNullish(12) 8 Int(2) 9 GetElem 10 Jump(14)
              11 Pop 12 Pop 13 Undefined 14 Return
        ",
    );
}

#[test]
fn targets_are_evaluated_before_their_values_are_taken() {
    check(
        "const f = (o, k) => { ({ a: o.x, [k]: o[k], ...o.rest } = o); [o.y = 1] = o; };",
        "
            f: 0 GetSlot(0) 1 RequireObject 2 GetSlot(0) 3 Pick(1) 4 GetProp(0) 5 SetProp(1)
              6 Pop 7 GetSlot(1) 8 ToKey 9 Dup 10 SetSlot(2) 11 GetSlot(0) 12 GetSlot(1)
              13 Pick(3) 14 Pick(3) 15 GetElem 16 SetElem 17 Pop 18 Pop 19 GetSlot(0)
              20 Pick(1) 21 Const(0) 22 GetSlot(2) 23 Rest(2) 24 SetProp(2) 25 Pop 26 Pop
              27 GetSlot(0) 28 Iterate 29 GetSlot(0) 30 Pick(1) 31 Next 32 Swap 33 Pop
              34 JumpUnlessUndefinedOrPop(36) 35 Int(1) 36 SetProp(3) 37 Pop 38 Pop
              39 Undefined 40 Return
        ",
    );
}

#[test]
fn a_message_is_sent_with_its_options() {
    check(
        "const f = (shop) => E(shop, { note: 'tea' }).buy(1, 2);
         const g = (x, k, a) => { E(x)(); E(x)[k](...a); };",
        "
            f: 0 GetSlot(0) 1 NewObject 2 Const(1) 3 Define(0) 4 Int(1) 5 Int(2) 6 NewArray(2)
              7 Send(2) 8 Return
            g: 0 GetSlot(0) 1 Undefined 2 NewArray(0) 3 SendApply 4 Pop 5 GetSlot(0)
              6 Undefined 7 GetSlot(1) 8 NewArray(0) 9 GetSlot(2) 10 AppendAll 11 SendElem
              12 Pop 13 Undefined 14 Return
        ",
    );
}

#[test]
fn what_may_be_used_too_early_is_checked() {
    check(
        "const f = (x) => { if (x) a; const a = 1; return a; }; const g = (p = q, q) => p;",
        "
            f: 0 ClearSlot(1) 1 GetSlot(0) 2 JumpIfFalse(5) 3 GetSlotChecked(1) 4 Pop 5 Int(1)
              6 SetSlot(1) 7 GetSlot(1) 8 Return
            g: 0 ClearSlot(2) 1 GetSlot(0) 2 JumpUnlessUndefinedOrPop(4) 3 GetSlotChecked(2)
              4 SetSlot(0) 5 GetSlot(1) 6 SetSlot(2) 7 GetSlot(0) 8 Return
        ",
    );
}

#[test]
fn switch_looks_through_its_cases_first() {
    check(
        "const f = (x) => { switch (x) { case 1: return 'one'; default: return 'many'; } };",
        "
            f: 0 GetSlot(0) 1 SetSlot(1) 2 GetSlot(1) 3 Int(1) 4 StrictEq 5 JumpIfTrue(7)
              6 Jump(9) 7 Const(0) 8 Return 9 Const(1) 10 Return
        ",
    );
}

#[test]
fn an_await_has_the_label_of_the_statement_that_holds_no_other() {
    let code = compile(
        "export const main = async (a) => {
            ask: { const x = await a; }
            twice: { await a; await a; }
            outer: { inner: await a; }
            around: { const later = async () => { await a; }; }
            loop: for (const x of []) await x;
        };",
    );
    let main = code.functions.iter().find(|function| function.path == "main").unwrap();
    let labels: Vec<_> = main.awaits.iter().map(|point| point.label.as_deref()).collect();
    assert_eq!(labels, [Some("ask"), None, None, Some("inner"), Some("loop")]);
    let later = code.functions.iter().find(|function| function.path == "main/later").unwrap();
    assert_eq!(later.awaits[0].label, None);
}

#[test]
fn functions_have_names_paths_lengths_and_places() {
    let code = compile(
        "export const main = (a, b = 1, ...c) => [() => a, function () { return b; }];
const o = { m() {}, 'a b': () => c, f: () => {} }; const c = 1;
export default () => {};",
    );
    let known: Vec<_> = code.functions.iter().map(|f| (&*f.name, &*f.path, f.length)).collect();
    assert_eq!(
        known,
        [
            ("", "", 0),
            ("main", "main", 1),
            ("", "main/1", 0),
            ("", "main/2", 0),
            ("m", "m", 0),
            ("a b", "1", 0),
            ("f", "f", 0),
            ("default", "default", 0)
        ]
    );
    assert_eq!(code.exports, ["main", "default"]);
    let main = &code.functions[1];
    assert_eq!((main.parameters, main.rest), (2, true));
    let names: Vec<_> = main.variables.iter().map(|variable| &*variable.name).collect();
    assert_eq!(names, ["a", "b", "c"]);
    let place = code.functions[5].lines[0];
    assert_eq!((place.line, place.column), (2, 34));
}

#[test]
fn strings_keep_lone_surrogates_and_keys_are_written_as_numbers_are() {
    use hogshead_script::code::Constant;
    let code =
        compile(r"export const s = '\ud800x\ufffd'; export const o = { 0x10: 1, 1e21: 2, .5: 3 };");
    let texts = code.constants.iter().filter_map(|constant| match constant {
        Constant::String(units) => Some(String::from_utf16_lossy(units)),
        _ => None,
    });
    assert_eq!(texts.collect::<Vec<_>>(), ["\u{fffd}x\u{fffd}", "s", "16", "1e+21", "0.5", "o"]);
    assert_eq!(code.constants[0], Constant::String(vec![0xd800, 0x78, 0xfffd]));
}

#[test]
fn more_than_the_machine_has_room_for_is_refused() {
    let mut variables = String::from("const f = () => {\n");
    for i in 0..16_400 {
        variables += &format!("let v{i};\n");
    }
    variables += "};";
    let found = front::compile(&variables, &Options::default()).unwrap_err();
    assert!(found[0].why.contains("too many variables"), "{}", found[0]);
    let parameters: Vec<_> = (0..16_400).map(|i| format!("p{i}")).collect();
    let many = format!("const f = ({}) => 1;", parameters.join(","));
    assert!(!front::compile(&many, &Options::default()).unwrap_err().is_empty());
    let mut imports = String::new();
    for i in 0..300 {
        imports += &format!("import 'blake3:{i:064x}';\n");
    }
    let found = front::compile(&imports, &Options::default()).unwrap_err();
    assert_eq!((found[0].line, &*found[0].why), (257, "a script imports from too many others"));
    // Long is not deep, and goes through arrays where the stack ends.
    let long = format!("const f = (...x) => [{}]; f({});", "1,".repeat(70_000), "f,".repeat(300));
    Verified::new(compile(&long)).unwrap();
}

/// What costs nothing to write must not cost much to compile.
#[test]
fn what_nesting_multiplies_has_limits() {
    let nested = |depth: usize, inner: &str| {
        let open: String =
            (0..depth).map(|i| format!("const {}{i} = () => {{ ", "f".repeat(60))).collect();
        format!("{open}{inner}{}", "};".repeat(depth))
    };
    let declared: Vec<_> = (0..4_200).map(|i| format!("v{i}")).collect();
    let uses = format!("const {} = 1; {}", declared.join(" = 1, "), nested(3, &declared.join(";")));
    let found = front::compile(&uses, &Options::default()).unwrap_err();
    assert!(found[0].why.contains("variables from around it"), "{}", found[0]);

    let long = "n".repeat(5_000);
    let named = format!("const {long} = 1; {}", nested(60, &format!("{long};")));
    Verified::new(compile(&named)).unwrap();
    let arrows = nested(40, &format!("[{}];", "() => 1,".repeat(2_000)));
    let found = front::compile(&arrows, &Options::default()).unwrap_err();
    assert!(found[0].why.contains("names of functions"), "{}", found[0]);
}

/// A call that waits in a `finally` is to be revised with what it says how to go on.
#[test]
fn slots_of_the_compiler_have_hidden_names_where_a_call_needs_them() {
    let code = compile(
        "export const main = async (a, o) => {
            try { throw a; } finally { ask: await a; }
            switch (a) { case await o: break; }
            const { [a]: b = await a, ...c } = o;
        };",
    );
    let main = code.functions.iter().find(|function| function.path == "main").unwrap();
    let hidden_at = |pc: u32| -> Vec<&str> {
        let live = main.variables.iter().filter(|it| it.start <= pc && pc < it.end);
        live.filter(|it| it.is_hidden()).map(|it| &*it.name).collect()
    };
    let hidden: Vec<_> = main.awaits.iter().map(|point| hidden_at(point.pc)).collect();
    assert_eq!(hidden, [vec!["%how1", "%value1"], vec!["%case1"], vec!["%key0"]]);
}
