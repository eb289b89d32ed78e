//! Processes that are copied, revised, written into files and made of them.

use std::collections::BTreeMap;

use hogshead_objects::{Cap, Class, Message, Value};
use hogshead_script::object::{Allowance, Import, ProcessStatus, Started};

use crate::stage::{Stage, code};

const FIRST: &str = "const greet = (word) => `hello ${word}`;
export const main = async ({ queue }) => {
  let word;
  asked: word = await E(queue).take();
  return greet(word);
};";

fn started(stage: &mut Stage) -> (Started, Cap) {
    let queue = stage.bench.spawn_apart(hogshead_objects::stock::queue::BoundedQueue::default());
    let process = stage.start(FIRST, &[("queue", queue.cast())], vec![]);
    (process, queue.cast())
}

fn put(stage: &mut Stage, queue: Cap, word: &'static str) {
    stage.bench.turn(|cx| cx.tell(queue, Message::new("put", [word.into()]))).unwrap();
    stage.bench.run();
}

fn revise(
    stage: &mut Stage,
    process: &Started,
    source: &str,
) -> hogshead_objects::Result<hogshead_script::object::Revised> {
    let encoded = code(source);
    let code = stage.library(|library, cx| library.send(cx).add(encoded)).unwrap();
    let revising = process.revising;
    let promise = stage.bench.turn(|cx| revising.send(cx).revise(code, None)).unwrap();
    stage.bench.run();
    stage.answer(promise)
}

#[test]
fn a_fork_has_an_id_of_its_own_and_waits_for_the_same_answer() {
    Stage::both(|stage| {
        let (process, queue) = started(stage);
        let id = process.id.clone();
        let copy = stage.library(|library, cx| library.send(cx).fork(id)).unwrap();
        assert_ne!(copy.id, process.id);
        put(stage, queue, "you");
        for process in [&process, &copy] {
            assert_eq!(stage.result(process).unwrap(), Value::from("hello you"));
        }
    });
}

#[test]
fn a_fork_of_a_process_that_is_held_up_is_held_up() {
    Stage::both(|stage| {
        let (process, queue) = started(stage);
        stage.ask(process.control, |control, cx| control.send(cx).pause(None)).unwrap();
        put(stage, queue, "you");
        let id = process.id.clone();
        let copy = stage.library(|library, cx| library.send(cx).fork(id)).unwrap();
        for process in [&process, &copy] {
            let info = stage.info(process);
            assert_eq!((info.status, info.queued), (ProcessStatus::Paused, 1));
        }
        stage.ask(copy.control, |control, cx| control.send(cx).resume(None)).unwrap();
        assert_eq!(stage.result(&copy).unwrap(), Value::from("hello you"));
        assert_eq!(stage.info(&process).status, ProcessStatus::Paused);
    });
}

#[test]
fn what_waits_for_an_object_of_the_first_is_not_done_by_its_fork() {
    Stage::both(|stage| {
        let source = "export const main = async () => Far('door', {
          knock: () => { console.log('knocked'); },
        });";
        let process = stage.start(source, &[], vec![]);
        let Value::Ref(door) = stage.result(&process).unwrap() else { panic!("an object") };
        stage.ask(process.control, |control, cx| control.send(cx).pause(None)).unwrap();
        stage.bench.turn(|cx| cx.tell(door, Message::new("knock", []))).unwrap();
        stage.bench.run();
        let id = process.id.clone();
        let copy = stage.library(|library, cx| library.send(cx).fork(id)).unwrap();
        for process in [&process, &copy] {
            stage.ask(process.control, |control, cx| control.send(cx).resume(None)).unwrap();
        }
        assert_eq!(stage.log(&process), ["knocked"]);
        assert!(stage.log(&copy).is_empty());
    });
}

#[test]
fn a_revised_process_goes_on_at_the_await_of_the_same_label() {
    Stage::both(|stage| {
        let (process, queue) = started(stage);
        let second = FIRST.replace("hello", "good day").replace("greet(word)", "greet(word) + '!'");
        let revised = revise(stage, &process, &second).unwrap();
        assert_eq!((revised.calls, revised.functions), (1, 2));
        put(stage, queue, "you");
        assert_eq!(stage.result(&process).unwrap(), Value::from("good day you!"));
        assert!(stage.log(&process)[0].starts_with("revised from "), "{:?}", stage.log(&process));
    });
}

#[test]
fn a_revision_brings_along_functions_that_use_nothing_but_such_functions() {
    Stage::both(|stage| {
        let (process, queue) = started(stage);
        // One that is declared, one that is a constant, one that calls itself, and the old one.
        let second = "const greet = (word) => polite(word);
function polite(word) { return `${times(3, '!')}${loud(word)}`; }
const loud = (word) => word.toUpperCase();
export const times = (count, what) => count === 0 ? '' : what + times(count - 1, what);
export const main = async ({ queue }) => {
  let word;
  asked: word = await E(queue).take();
  return [word].map((it) => greet(it) + loud(it)).join();
};";
        let revised = revise(stage, &process, second).unwrap();
        assert_eq!((revised.calls, revised.functions), (1, 2));
        put(stage, queue, "you");
        assert_eq!(stage.result(&process).unwrap(), Value::from("!!!YOUYOU"));
    });
}

#[test]
fn what_only_running_the_module_would_give_is_not_brought_along() {
    Stage::both(|stage| {
        let (process, queue) = started(stage);
        for (more, name) in [
            ("const polite = 'dear';", "polite"),
            ("let polite = () => 'dear'; polite = () => 'my';", "polite"),
            ("const polite = true ? () => 'dear' : () => 'my';", "polite"),
            ("const polite = true ? 'dear' : function polite() {};", "polite"),
            ("let polite = () => 'dear'; export const rude = () => { polite = rude; };", "polite"),
            ("const dear = 'dear'; const polite = () => dear;", "polite"),
            ("const one = () => { let polite = () => 1; return () => polite; };", "polite"),
        ] {
            let second = FIRST.replace("greet(word);", "greet(`${polite}`);");
            let second = match more.starts_with("const one") {
                true => format!("const polite = [1];\n{more}\n{second}"),
                false => format!("{more}\n{second}"),
            };
            let error = revise(stage, &process, &second).unwrap_err();
            assert_eq!(error.class(), Class::Refused, "{error}");
            let said = format!("`main` uses `{name}` in the new code");
            assert!(error.message().contains(&said), "{error}\n{second}");
        }
        put(stage, queue, "you");
        assert_eq!(stage.result(&process).unwrap(), Value::from("hello you"));
    });
}

#[test]
fn a_revision_that_does_not_fit_changes_nothing_and_says_where() {
    Stage::both(|stage| {
        let (process, queue) = started(stage);
        for (source, why) in [
            (FIRST.replace("asked:", "waits:"), "no such await"),
            (FIRST.replace("let word;", "let word; let more;"), "with the variables"),
            (FIRST.replace("main", "other").replace("other", "mainly"), "no such function"),
            (FIRST.replace("word = await", "word = '' + await"), "within another expression"),
        ] {
            let result = revise(stage, &process, &source);
            let Err(error) = result else { panic!("{source} fits: {result:?}") };
            assert_eq!(error.class(), Class::Refused, "{error}");
            assert!(error.message().contains(why), "{error}\n{source}");
        }
        put(stage, queue, "you");
        assert_eq!(stage.result(&process).unwrap(), Value::from("hello you"));
    });
}

#[test]
fn control_alone_does_not_revise() {
    let mut stage = Stage::new(false);
    let (process, _) = started(&mut stage);
    let encoded = code(FIRST);
    let code = stage.library(|library, cx| library.send(cx).add(encoded)).unwrap();
    let message = Message::new("revise", [Value::Ref(code.untyped()), Value::Null]);
    let promise = stage.bench.turn(|cx| cx.send(process.control, message)).unwrap();
    stage.bench.run();
    assert_eq!(stage.answer(promise).unwrap_err().class(), Class::Denied);
}

#[test]
fn a_file_holds_no_authority_and_of_one_state_one_resumption_counts() {
    let mut stage = Stage::new(false);
    let (process, _) = started(&mut stage);
    let file = stage.ask(process.control, |control, cx| control.send(cx).export()).unwrap();
    let other = &mut Stage::new(true);
    let import = Import { file, grants: BTreeMap::new() };
    let there = other.library(|library, cx| library.send(cx).import(import.clone())).unwrap();
    assert_eq!(there.id, process.id);
    let again = other.library(|library, cx| library.send(cx).import(import)).unwrap_err();
    assert!(again.message().contains("one resumption counts"), "{again}");
    // What it had asked is not known there: the script is told so.
    let error = other.result(&there).unwrap_err();
    assert!(error.message().contains("was moved"), "{error}");
    assert!(matches!(other.info(&there).status, ProcessStatus::Failed { .. }));
}

#[test]
fn what_comes_of_a_file_or_a_fork_is_suspended_or_over_as_that_was() {
    let export = |stage: &mut Stage, process: &Started| {
        let file = stage.ask(process.control, |control, cx| control.send(cx).export()).unwrap();
        Import { file, grants: BTreeMap::new() }
    };
    let source = "export const main = async (powers, rounds) => {
      for (let i = 0; i < rounds; i += 1) {}
      return rounds;
    };";
    let few = Allowance { fuel: 20_000, ..Allowance::default() };
    let stage = &mut Stage::new(true);
    let other = &mut Stage::new(true);
    let process = stage.start_with(source, &[], vec![Value::from(10_000.0)], few);
    let import = export(stage, &process);
    let there = other.library(|library, cx| library.send(cx).import(import)).unwrap();
    assert_eq!(other.info(&there).status.to_string(), "suspended: out of fuel");
    other.ask(there.control, |control, cx| control.send(cx).resume(None)).unwrap();
    assert_eq!(other.result(&there).unwrap().as_f64(), Some(10_000.0));

    let process = stage.start(source, &[], vec![Value::from(3.0)]);
    let import = export(stage, &process);
    let there = other.library(|library, cx| library.send(cx).import(import)).unwrap();
    let fork = stage.library(|library, cx| library.send(cx).fork(process.id)).unwrap();
    for (stage, process) in [(other, there), (stage, fork)] {
        assert_eq!(stage.info(&process).status, ProcessStatus::Done);
        assert_eq!(stage.result(&process).unwrap().as_f64(), Some(3.0));
    }
}

#[test]
fn a_file_that_is_none_is_refused() {
    let mut stage = Stage::new(false);
    let (process, _) = started(&mut stage);
    let file = stage.ask(process.control, |control, cx| control.send(cx).export()).unwrap();
    for bytes in [vec![], b"HOGPROC".to_vec(), file[..file.len() / 2].to_vec()] {
        let import = Import { file: bytes.into(), grants: BTreeMap::new() };
        let error = stage.library(|library, cx| library.send(cx).import(import)).unwrap_err();
        assert_eq!(error.class(), Class::BadCall, "{error}");
    }
}

#[test]
fn processes_are_listed_found_by_the_beginning_of_their_id_and_forgotten() {
    Stage::both(|stage| {
        let (one, queue) = started(stage);
        let (two, _) = started(stage);
        let listed = stage.library(|library, cx| library.send(cx).list(None)).unwrap();
        let mut ids = [one.id.clone(), two.id];
        ids.sort();
        assert_eq!(listed.iter().map(|info| info.id.clone()).collect::<Vec<_>>(), ids);
        let beginning = one.id[..8].to_owned();
        let found = stage.library(|library, cx| library.send(cx).find(beginning)).unwrap();
        assert_eq!(found.id, one.id);
        let id = one.id.clone();
        let refused = stage.library(|library, cx| library.send(cx).remove(id, false)).unwrap_err();
        assert!(refused.message().contains("cancel it first"), "{refused}");
        put(stage, queue, "you");
        let id = one.id.clone();
        stage.library(|library, cx| library.send(cx).remove(id, false)).unwrap();
        let id = one.id;
        let gone = stage.library(|library, cx| library.send(cx).find(id)).unwrap_err();
        assert_eq!(gone.class(), Class::NotFound);
    });
}

#[test]
fn a_code_is_kept_once_and_imported_by_its_hash() {
    Stage::both(|stage| {
        let helper = code("export const twice = (n) => 2 * n;");
        let hash = hogshead_script::code::CodeHash::of(&helper);
        let source = format!(
            "import {{ twice }} from 'blake3:{hash}';\nexport const main = async () => twice(21);"
        );
        let start = hogshead_script::object::Start {
            code: code(&source),
            name: String::new(),
            grants: BTreeMap::new(),
            args: vec![],
            allowance: hogshead_script::object::Allowance::default(),
        };
        let mut nothing = start.clone();
        nothing.code = code("export const other = 1;");
        let error = stage.library(|library, cx| library.send(cx).start(nothing)).unwrap_err();
        assert!(error.message().contains("exports no function `main`"), "{error}");
        let early = start.clone();
        let error = stage.library(|library, cx| library.send(cx).start(early)).unwrap_err();
        assert!(error.message().contains("add it first"), "{error}");
        let again = helper.clone();
        let one = stage.library(|library, cx| library.send(cx).add(helper)).unwrap();
        let two = stage.library(|library, cx| library.send(cx).add(again)).unwrap();
        assert_eq!(one.untyped(), two.untyped());
        let process = stage.library(|library, cx| library.send(cx).start(start)).unwrap();
        assert_eq!(stage.result(&process).unwrap().as_f64(), Some(42.0));
    });
}
