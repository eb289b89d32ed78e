//! A process from its start to its end.

use hogshead_objects::{Class, Message, Value};
use hogshead_script::object::{Allowance, ProcessStatus};

use crate::stage::Stage;

#[test]
fn a_script_gets_what_is_granted_and_gives_what_main_does() {
    Stage::both(|stage| {
        let counter = stage.counter();
        let source = "export const main = async ({ counter }, by) => {
          const first = await E(counter).increment(BigInt(by));
          const second = await E(counter).increment(1n);
          console.log(`${first} and ${second}`);
          return { first, second };
        };";
        let process = stage.start(source, &[("counter", counter.cast())], vec![Value::from(2.0)]);
        let result = stage.result(&process).unwrap();
        assert_eq!(result.to_string(), "{first: 2, second: 3}");
        assert_eq!(stage.info(&process).status, ProcessStatus::Done);
        assert_eq!(stage.log(&process), ["2 and 3"]);
    });
}

#[test]
fn what_a_script_throws_breaks_its_result() {
    Stage::both(|stage| {
        let source = "export const main = async () => { throw new RangeError('too far'); };";
        let process = stage.start(source, &[], vec![]);
        let error = stage.result(&process).unwrap_err();
        assert_eq!(error.to_string(), "RangeError: too far");
        assert!(matches!(stage.info(&process).status, ProcessStatus::Failed { .. }));
    });
}

#[test]
fn a_main_that_is_no_function_is_a_failure() {
    Stage::both(|stage| {
        for source in ["export const main = 5;", "export default 'text';"] {
            let process = stage.start(source, &[], vec![]);
            let error = stage.result(&process).unwrap_err();
            assert!(error.message().starts_with("TypeError: the script's `main`"), "{error}");
        }
    });
}

#[test]
fn its_objects_are_called_by_others_also_after_main_has_ended() {
    Stage::both(|stage| {
        let source = "export const main = async () => {
          let count = 0;
          return Far('shop', {
            sell: (item) => { count += 1; return `${item} ${count}`; },
            fail: () => { throw new Error('closed'); },
          });
        };";
        let process = stage.start(source, &[], vec![]);
        let Value::Ref(shop) = stage.result(&process).unwrap() else { panic!("an object") };
        let mut said = Vec::new();
        for method in ["sell", "sell", "fail", "buy"] {
            let message = Message::new(method, ["tea".into()]);
            let promise = stage.bench.turn(|cx| cx.send(shop, message)).unwrap();
            stage.bench.run();
            said.push(stage.answer(promise).map_or_else(|e| e.to_string(), |v| v.to_string()));
        }
        assert_eq!(said[..3], ["\"tea 1\"", "\"tea 2\"", "Error: closed"]);
        assert!(said[3].contains("buy"), "{}", said[3]);
    });
}

#[test]
fn a_call_of_what_is_not_answered_yet_is_pipelined() {
    Stage::both(|stage| {
        let source = "export const main = async ({ maker }) => {
          const made = E(maker).make('hogshead/counter', undefined);
          const one = E(made).increment(5n);
          const two = E(made).increment(6n);
          return Promise.all([one, two]);
        };";
        let maker = stage.bench.spawn_apart(hogshead_objects::stock::maker::KindMaker::default());
        let process = stage.start(source, &[("maker", maker.cast())], vec![]);
        assert_eq!(stage.result(&process).unwrap().to_string(), "[5 11]");
    });
}

#[test]
fn a_promise_and_an_object_of_its_own_pass_through_others_and_come_back() {
    Stage::both(|stage| {
        let cell = stage.bench.spawn_apart(hogshead_objects::stock::cell::ValueCell::default());
        let source = "export const main = async ({ cell }) => {
          const mine = Far('mine', { hello: () => 'hello' });
          await E(cell).set(mine);
          const back = await E(cell).get();
          return [back === mine, await E(back).hello(), await E(E(cell).get()).hello()];
        };";
        let process = stage.start(source, &[("cell", cell.cast())], vec![]);
        let result = stage.result(&process).unwrap();
        assert_eq!(result.to_string(), "[t \"hello\" \"hello\"]");
    });
}

#[test]
fn waiting_is_data_and_ends_when_the_time_comes() {
    Stage::both(|stage| {
        let clock = stage.bench.clock();
        let source = "export const main = async ({ clock }, ms) => {
          await E(clock, { note: 'a week' }).after(ms);
          return 'awake';
        };";
        let week = 7.0 * 24.0 * 3_600_000.0;
        let process = stage.start(source, &[("clock", clock.cast())], vec![Value::from(week)]);
        let info = stage.info(&process);
        assert_eq!(info.status, ProcessStatus::Waiting);
        let wait = &info.waits[0];
        assert_eq!((wait.whom.as_str(), wait.method.as_deref()), ("clock", Some("after")));
        assert_eq!(wait.note.as_deref(), Some("a week"));
        assert!(info.state_bytes < 1024, "{} bytes", info.state_bytes);
        stage.bench.advance(week as u64);
        assert_eq!(stage.result(&process).unwrap().as_str(), Some("awake"));
    });
}

#[test]
fn a_question_with_an_end_fails_when_it_is_over() {
    Stage::both(|stage| {
        let queue =
            stage.bench.spawn_apart(hogshead_objects::stock::queue::BoundedQueue::default());
        let source = "export const main = async ({ queue }) => {
          try {
            return await E(queue, { within: 1000 }).take();
          } catch (error) {
            return error.message;
          }
        };";
        let process = stage.start(source, &[("queue", queue.cast())], vec![]);
        let wait = stage.info(&process).waits[0].clone();
        assert_eq!(wait.deadline.map(|at| at.0 - wait.since.0), Some(1000));
        stage.bench.advance(1000);
        let said = stage.result(&process).unwrap();
        assert!(said.as_str().unwrap().contains("within the time"), "{said}");
    });
}

#[test]
fn a_method_that_the_other_side_has_not_is_an_error_that_the_script_may_catch() {
    Stage::both(|stage| {
        let counter = stage.counter();
        let source = "export const main = async ({ counter }) => {
          try { await E(counter).explode(); } catch (error) { return error.message; }
        };";
        let process = stage.start(source, &[("counter", counter.cast())], vec![]);
        let said = stage.result(&process).unwrap();
        assert!(said.as_str().unwrap().contains("no method `explode`"), "{said}");
    });
}

#[test]
fn a_script_that_is_out_of_fuel_is_suspended_and_loses_nothing() {
    Stage::both(|stage| {
        let source = "export const main = async (powers, rounds) => {
          let sum = 0;
          for (let i = 0; i < rounds; i += 1) sum += i;
          return sum;
        };";
        let allowance = Allowance { fuel: 20_000, ..Allowance::default() };
        let process = stage.start_with(source, &[], vec![Value::from(10_000.0)], allowance);
        let info = stage.info(&process);
        assert_eq!(info.status.to_string(), "suspended: out of fuel");
        let mut resumed = 0;
        while matches!(stage.info(&process).status, ProcessStatus::Suspended { .. }) {
            stage.ask(process.control, |control, cx| control.send(cx).resume(None)).unwrap();
            resumed += 1;
            assert!(resumed < 100, "it comes to its end");
        }
        assert_eq!(stage.result(&process).unwrap().as_f64(), Some(49_995_000.0));
        assert!(resumed > 1);
    });
}

#[test]
fn there_are_limits_to_what_is_allowed() {
    let mut stage = Stage::new(false);
    let process = stage.start("export const main = async () => 1;", &[], vec![]);
    for allowance in [
        Allowance { fuel: 10, ..Allowance::default() },
        Allowance { heap_bytes: 1 << 30, ..Allowance::default() },
        Allowance { undo: 1000, ..Allowance::default() },
    ] {
        let refused = stage.ask(process.control, |control, cx| control.send(cx).allow(allowance));
        assert_eq!(refused.unwrap_err().class(), Class::BadCall);
    }
}
