//! What an owner does with a process: pause, step, cancel, undo.

use hogshead_objects::{Cap, Class, Message, Value};
use hogshead_script::object::{Allowance, ProcessStatus};

use crate::stage::Stage;

const ASKS: &str = "export const main = async ({ cell, queue }) => {
  const said = [];
  try {
    for (let round = 1; round <= 3; round += 1) {
      let word;
      asked: word = await E(queue).take();
      said.push(word);
      await E(cell).set(harden([...said]));
    }
    return said;
  } finally {
    console.log(`cleaned up after ${said.length}`);
  }
};";

fn asking(
    stage: &mut Stage,
) -> (hogshead_script::object::Started, hogshead_objects::Ref, hogshead_objects::Ref) {
    let queue = stage.bench.spawn_apart(hogshead_objects::stock::queue::BoundedQueue::default());
    let cell = stage.bench.spawn_apart(hogshead_objects::stock::cell::ValueCell::default());
    let process = stage.start(ASKS, &[("queue", queue.cast()), ("cell", cell.cast())], vec![]);
    (process, queue.untyped(), cell.untyped())
}

fn put(stage: &mut Stage, queue: hogshead_objects::Ref, word: &'static str) {
    stage.bench.turn(|cx| cx.tell(queue, Message::new("put", [word.into()]))).unwrap();
    stage.bench.run();
}

#[test]
fn what_arrives_at_a_paused_process_waits_until_it_is_resumed() {
    Stage::both(|stage| {
        let (process, queue, _) = asking(stage);
        stage.ask(process.control, |control, cx| control.send(cx).pause(None)).unwrap();
        put(stage, queue, "one");
        let info = stage.info(&process);
        assert_eq!((info.status, info.queued), (ProcessStatus::Paused, 1));
        stage.ask(process.control, |control, cx| control.send(cx).resume(None)).unwrap();
        let info = stage.info(&process);
        assert_eq!((info.status, info.queued), (ProcessStatus::Waiting, 0));
        put(stage, queue, "two");
        put(stage, queue, "three");
        let result = stage.result(&process).unwrap();
        assert_eq!(result.to_string(), "[\"one\" \"two\" \"three\"]");
    });
}

#[test]
fn of_two_who_go_on_from_one_state_one_does() {
    Stage::both(|stage| {
        let (process, _, _) = asking(stage);
        stage.ask(process.control, |control, cx| control.send(cx).pause(None)).unwrap();
        let at = Some(stage.info(&process).number);
        let (first, second) = stage
            .bench
            .turn(|cx| {
                let control = process.control;
                Ok((control.send(cx).resume(at)?, control.send(cx).resume(at)?))
            })
            .unwrap();
        stage.bench.run();
        stage.answer(first).unwrap();
        let error = stage.answer(second).unwrap_err();
        assert_eq!(error.class(), Class::Refused);
        assert!(error.message().contains("somebody else went on"), "{error}");
    });
}

#[test]
fn a_cancelled_process_runs_its_finally_and_ends() {
    Stage::both(|stage| {
        let (process, queue, _) = asking(stage);
        put(stage, queue, "one");
        let why = Some("enough".to_owned());
        stage.ask(process.control, |control, cx| control.send(cx).cancel(why)).unwrap();
        assert_eq!(stage.info(&process).status.to_string(), "cancelled: enough");
        assert_eq!(stage.log(&process), ["cancelled: enough", "cleaned up after 1"]);
        let error = stage.result(&process).unwrap_err();
        assert!(error.message().contains("enough"), "{error}");
        let again = stage.ask(process.control, |control, cx| control.send(cx).cancel(None));
        assert_eq!(again.unwrap_err().class(), Class::Refused);
    });
}

#[test]
fn every_call_that_waits_is_interrupted_at_once_and_may_wait_in_its_finally() {
    Stage::both(|stage| {
        let queue =
            stage.bench.spawn_apart(hogshead_objects::stock::queue::BoundedQueue::default());
        let source = "export const main = async ({ queue }) => {
          const ask = async (name) => {
            try {
              await E(queue).take();
            } catch (error) {
              console.log(`${name}: ${error.message}`);
            } finally {
              console.log(`${name} ends with ${await E(queue).take()}`);
            }
          };
          await Promise.all([ask('a'), ask('b')]);
        };";
        let process = stage.start(source, &[("queue", queue.cast())], vec![]);
        let why = Some("enough".to_owned());
        stage.ask(process.control, |control, cx| control.send(cx).cancel(why)).unwrap();
        let logged = ["cancelled: enough", "a: cancelled: enough", "b: cancelled: enough"];
        assert_eq!(stage.log(&process), logged);
        assert_eq!(stage.info(&process).status.to_string(), "being cancelled: enough");
        // The bench lets go of nothing: the first two words are for those who were interrupted.
        for word in ["w", "x", "y"] {
            put(stage, queue.untyped(), word);
        }
        assert!(matches!(stage.info(&process).status, ProcessStatus::Cancelling { .. }));
        put(stage, queue.untyped(), "z");
        assert_eq!(stage.info(&process).status.to_string(), "cancelled: enough");
        assert_eq!(stage.log(&process)[3..], ["a ends with y", "b ends with z"]);
    });
}

#[test]
fn a_cancellation_that_is_not_over_can_be_taken_back() {
    Stage::both(|stage| {
        let (process, queue, _) = asking(stage);
        stage.ask(process.control, |control, cx| control.send(cx).cancel(None)).unwrap();
        assert!(stage.info(&process).status.is_over(), "its `finally` waits for nothing");
        let undone = stage.ask(process.control, |control, cx| control.send(cx).undo(1, None));
        assert_eq!(undone.unwrap_err().class(), Class::Refused);

        let source = "export const main = async ({ queue }) => {
          try {
            return await E(queue).take();
          } finally {
            await E(queue).take();
          }
        };";
        let process = stage.start(source, &[("queue", Cap::from(queue))], vec![]);
        stage.ask(process.control, |control, cx| control.send(cx).cancel(None)).unwrap();
        assert!(matches!(stage.info(&process).status, ProcessStatus::Cancelling { .. }));
        stage.ask(process.control, |control, cx| control.send(cx).undo(1, None)).unwrap();
        assert_eq!(stage.info(&process).status, ProcessStatus::Waiting);
        // To the process of before, to this one, to the `finally` of the life that was undone, and
        // to that of this life.
        for word in ["v", "w", "x", "y"] {
            put(stage, queue, word);
        }
        assert_eq!(stage.result(&process).unwrap(), Value::from("w"));
    });
}

#[test]
fn a_process_goes_back_to_an_earlier_await_and_hears_the_same_answers_again() {
    Stage::both(|stage| {
        let (process, queue, _) = asking(stage);
        put(stage, queue, "one");
        put(stage, queue, "two");
        let before = stage.info(&process);
        assert!(before.undo >= 4, "{}", before.undo);
        // Two awaits back, `two` was asked for and has been answered since.
        stage.ask(process.control, |control, cx| control.send(cx).undo(2, None)).unwrap();
        // The bench lets go of nothing, so the taker of the life that was undone gets one more.
        put(stage, queue, "three");
        put(stage, queue, "four");
        let result = stage.result(&process).unwrap();
        assert_eq!(result.to_string(), "[\"one\" \"two\" \"four\"]");
        assert!(stage.log(&process).iter().any(|line| line.starts_with("undone by 2 awaits")));
    });
}

#[test]
fn an_answer_of_a_life_that_was_undone_is_not_taken_for_another() {
    Stage::both(|stage| {
        let (process, queue, _) = asking(stage);
        put(stage, queue, "one");
        stage.ask(process.control, |control, cx| control.send(cx).pause(None)).unwrap();
        put(stage, queue, "two");
        assert_eq!(stage.info(&process).queued, 1);
        stage.ask(process.control, |control, cx| control.send(cx).undo(1, None)).unwrap();
        let info = stage.info(&process);
        assert_eq!((info.status, info.queued), (ProcessStatus::Paused, 1), "what `set` answered");
        stage.ask(process.control, |control, cx| control.send(cx).resume(None)).unwrap();
        put(stage, queue, "three");
        put(stage, queue, "four");
        let result = stage.result(&process).unwrap();
        assert_eq!(result.to_string(), "[\"one\" \"three\" \"four\"]");
    });
}

#[test]
fn a_deadline_holds_in_a_life_that_begins_again() {
    Stage::both(|stage| {
        let queue =
            stage.bench.spawn_apart(hogshead_objects::stock::queue::BoundedQueue::default());
        let source = "export const main = async ({ queue }) => {
          try {
            await E(queue, { within: 1000 }).take();
          } catch (error) {
            console.log(error.message);
          }
          return E(queue).take();
        };";
        let process = stage.start(source, &[("queue", queue.cast())], vec![]);
        let id = process.id.clone();
        let copy = stage.library(|library, cx| library.send(cx).fork(id)).unwrap();
        stage.bench.advance(999);
        stage.ask(process.control, |control, cx| control.send(cx).undo(1, None)).unwrap_err();
        assert!(stage.log(&process).is_empty() && stage.log(&copy).is_empty());
        stage.bench.advance(1);
        let said = "failed: no answer came within the time that was set";
        assert_eq!((stage.log(&process), stage.log(&copy)), (vec![said.into()], vec![said.into()]));
        // Back to where it waited: the time is over there as well.
        stage.ask(process.control, |control, cx| control.send(cx).undo(1, None)).unwrap();
        stage.bench.advance(1);
        assert_eq!(stage.log(&process).iter().filter(|line| *line == said).count(), 2);
    });
}

#[test]
fn going_back_from_the_middle_of_something_is_going_back_to_the_last_await() {
    Stage::both(|stage| {
        let queue =
            stage.bench.spawn_apart(hogshead_objects::stock::queue::BoundedQueue::default());
        let source = "export const main = async ({ queue }) => {
          const word = await E(queue).take();
          for (;;) { if (word === 'stop') break; }
        };";
        let allowance = Allowance { fuel: 20_000, ..Allowance::default() };
        let grants = [("queue", queue.cast())];
        let process = stage.start_with(source, &grants, vec![], allowance);
        put(stage, queue.untyped(), "on");
        let info = stage.info(&process);
        assert_eq!((info.status.to_string().as_str(), info.undo), ("suspended: out of fuel", 1));
        stage.ask(process.control, |control, cx| control.send(cx).undo(1, None)).unwrap();
        // It hears the same answer again.
        assert_eq!(stage.info(&process).status.to_string(), "suspended: out of fuel");
    });
}

#[test]
fn nobody_goes_further_back_than_states_are_kept() {
    Stage::both(|stage| {
        let process = {
            let queue =
                stage.bench.spawn_apart(hogshead_objects::stock::queue::BoundedQueue::default());
            let allowance = Allowance { undo: 0, ..Allowance::default() };
            let cell = stage.bench.spawn_apart(hogshead_objects::stock::cell::ValueCell::default());
            let grants = [("queue", queue.cast()), ("cell", cell.cast())];
            stage.start_with(ASKS, &grants, vec![], allowance)
        };
        for awaits in [0, 1, u64::MAX] {
            let refused =
                stage.ask(process.control, |control, cx| control.send(cx).undo(awaits, None));
            assert_eq!(refused.unwrap_err().class(), Class::NotFound);
        }
    });
}

#[test]
fn a_process_that_is_held_up_runs_line_by_line() {
    Stage::both(|stage| {
        let queue =
            stage.bench.spawn_apart(hogshead_objects::stock::queue::BoundedQueue::default());
        let source = "export const main = async ({ queue }) => {
  let word = await E(queue).take();
  word = `${word}!`;
  word = `${word}?`;
  return word;
};";
        let process = stage.start(source, &[("queue", queue.cast())], vec![]);
        stage.ask(process.control, |control, cx| control.send(cx).pause(None)).unwrap();
        put(stage, queue.untyped(), "ho");
        let mut lines = Vec::new();
        for _ in 0..8 {
            let Ok(info) = stage.ask(process.control, |control, cx| control.send(cx).step(None))
            else {
                break;
            };
            let shown = stage.ask(process.control, |control, cx| control.send(cx).show()).unwrap();
            lines.extend(shown.places.first().map(|place| place.line));
            if info.status == ProcessStatus::Done {
                break;
            }
        }
        assert!(lines.windows(2).all(|pair| pair[0] <= pair[1]), "{lines:?}");
        assert!(lines.contains(&3) && lines.contains(&4), "{lines:?}");
        if stage.info(&process).status != ProcessStatus::Done {
            stage.ask(process.control, |control, cx| control.send(cx).resume(None)).unwrap();
        }
        assert_eq!(stage.result(&process).unwrap(), Value::from("ho!?"));
    });
}

#[test]
fn what_a_process_knows_is_shown_with_its_line() {
    Stage::both(|stage| {
        let (process, queue, _) = asking(stage);
        put(stage, queue, "one");
        let shown = stage.ask(process.control, |control, cx| control.send(cx).show()).unwrap();
        let place = &shown.places[0];
        assert_eq!((place.function.as_str(), place.line), ("main", 6));
        assert_eq!(place.label.as_deref(), Some("asked"));
        assert!(place.text.starts_with("asked: word = await"), "{}", place.text);
        let said = place.variables.iter().find(|it| it.name == "said").unwrap();
        assert_eq!(said.value, "[\"one\"]");
        assert!(place.variables.iter().any(|it| it.name == "round" && it.value == "2"));
        assert_eq!(shown.asked[0].whom, "queue");
        let names: Vec<_> = shown.holds.iter().filter_map(|held| held.name.as_deref()).collect();
        assert_eq!(names, ["cell", "queue"]);
    });
}
