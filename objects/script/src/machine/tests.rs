//! The machine without a compiler: codes are put together by hand.

use hogshead_objects::Value;

use super::codes::Codes;
use super::event::{Border, Datum, Effect, Event, Target};
use super::step::{Budget, Status, step};
use super::{Machine, Port, Reason};
use crate::builtin::Builtin;
use crate::code::{Capture, Code, Constant, Func, Handler, Op, Verified};

const BUDGET: Budget =
    Budget { fuel: 1 << 30, heap_bytes: 64 << 20, now_ms: 1_000, stop_after_line: false };

fn func(path: &str, parameters: u16, slots: u16, ops: &[Op]) -> Func {
    Func {
        name: path.to_owned(),
        path: path.to_owned(),
        length: parameters,
        parameters,
        slots,
        operands_max: 16,
        ops: ops.to_vec(),
        ..Func::default()
    }
}

fn string(text: &str) -> Constant {
    Constant::String(text.encode_utf16().collect())
}

fn code(name: &str, constants: Vec<Constant>, functions: Vec<Func>) -> Code {
    Code {
        name: name.to_owned(),
        source: String::new(),
        imports: Vec::new(),
        exports: vec!["main".to_owned()],
        constants,
        functions,
    }
}

/// A code whose first constant is `main`, whose body exports function 1, and its prelude.
fn process(mut constants: Vec<Constant>, mut functions: Vec<Func>) -> (Codes, Machine) {
    let mut body = func("", 0, 0, &[Op::Closure(1), Op::Export(0), Op::Undefined, Op::Return]);
    body.is_async = true;
    constants.insert(0, string("main"));
    functions.insert(0, body);
    let to_primitive = func("toPrimitive", 2, 2, &[Op::Int(7), Op::Return]);
    let prelude = func("", 0, 0, &[Op::Undefined, Op::Return]);
    let mut prelude = code("prelude", Vec::new(), vec![prelude, to_primitive]);
    prelude.exports.clear();
    let mut codes = Codes::new(Verified::new(prelude).unwrap());
    let main = codes.insert(Verified::new(code("main", constants, functions)).unwrap());
    let machine = Machine::new(&codes, main).unwrap();
    (codes, machine)
}

fn start(codes: &Codes, machine: Machine, arguments: &[Datum]) -> (Machine, Vec<Effect>, Status) {
    step(codes, machine, Event::Start(arguments.to_vec()), &BUDGET).unwrap()
}

fn number(number: f64) -> Datum {
    Value::Float(number)
}

#[test]
fn a_loop_comes_to_its_sum() {
    let ops = [
        Op::Int(0),
        Op::SetSlot(1),
        Op::Int(0),
        Op::SetSlot(2),
        Op::GetSlot(2),
        Op::GetSlot(0),
        Op::UnlessLt(17),
        Op::Lt,
        Op::JumpIfFalse(17),
        Op::GetSlot(1),
        Op::GetSlot(2),
        Op::Add,
        Op::SetSlot(1),
        Op::GetSlot(2),
        Op::Inc,
        Op::SetSlot(2),
        Op::Jump(4),
        Op::GetSlot(1),
        Op::Return,
    ];
    let (codes, machine) = process(vec![], vec![func("main", 1, 3, &ops)]);
    let (_, effects, status) = start(&codes, machine, &[number(100.0)]);
    assert_eq!(status, Status::Done(number(4950.0)));
    assert_eq!(effects, []);
}

#[test]
fn a_loop_without_end_is_suspended_and_goes_on() {
    let ops = [Op::Jump(0)];
    let (codes, machine) = process(vec![], vec![func("main", 0, 0, &ops)]);
    let budget = Budget { fuel: 10_000, ..BUDGET };
    let (machine, _, status) = step(&codes, machine, Event::Start(vec![]), &budget).unwrap();
    assert_eq!(status, Status::Suspended(Reason::Fuel));
    let (machine, _, status) = step(&codes, machine, Event::Resume, &budget).unwrap();
    assert_eq!(status, Status::Suspended(Reason::Fuel));
    let cancel = Event::Cancel("enough".to_owned());
    let (_, _, status) = step(&codes, machine, cancel, &budget).unwrap();
    let reason = Value::Error(hogshead_objects::ErrorValue {
        message: "Error: cancelled: enough".to_owned(),
    });
    assert_eq!(status, Status::Failed(reason));
}

#[test]
fn endless_recursion_is_a_range_error_that_can_be_caught() {
    let mut recurse = func("recurse", 0, 0, &[Op::Closure(2), Op::Call(0), Op::Return]);
    recurse.operands_max = 2;
    let mut main = func("main", 0, 0, &[Op::Closure(2), Op::Call(0), Op::Return, Op::Return]);
    main.handlers = vec![Handler { start: 0, end: 3, target: 3, operands: 0 }];
    let (codes, machine) = process(vec![], vec![main, recurse]);
    let (_, _, status) = start(&codes, machine, &[]);
    let Status::Done(Value::Error(error)) = status else { panic!("{status:?}") };
    assert_eq!(error.message, "RangeError: Maximum call stack size exceeded");
}

#[test]
fn a_question_is_data_until_it_is_answered() {
    // main = async power => await E(power, undefined).ask(1) + 1
    let ops = [
        Op::GetSlot(0),
        Op::Undefined,
        Op::Int(1),
        Op::NewArray(1),
        Op::Send(1),
        Op::Await,
        Op::Int(1),
        Op::Add,
        Op::Return,
    ];
    let mut main = func("main", 1, 1, &ops);
    main.is_async = true;
    main.awaits = vec![crate::code::AwaitPoint { pc: 5, label: None }];
    let (codes, machine) = process(vec![string("ask")], vec![main]);
    let power = Value::Ref(Border::Port(Port(3)));
    let (machine, effects, status) = start(&codes, machine, &[power]);
    assert_eq!(status, Status::Waiting);
    let send = Effect::Send {
        question: 0,
        target: Target::Port(Port(3)),
        method: Some("ask".to_owned()),
        arguments: vec![number(1.0)],
        within_ms: None,
        note: None,
    };
    assert_eq!(effects, [send]);
    let question = &machine.questions[&0];
    assert_eq!((question.since_ms, question.arguments.as_str()), (1_000, "1"));
    assert!(machine.stack.is_empty() && machine.frames.is_empty());

    let cancelled = step(&codes, machine.clone(), Event::Cancel("no".to_owned()), &BUDGET).unwrap();
    assert!(matches!(cancelled.2, Status::Failed(_)));

    let answer = Event::Settled { question: 0, outcome: Ok(number(41.0)) };
    let (machine, _, status) = step(&codes, machine, answer, &BUDGET).unwrap();
    assert_eq!(status, Status::Done(number(42.0)));
    assert!(machine.heap.len() < 3, "{:?}", machine.heap);
}

#[test]
fn what_is_thrown_goes_to_the_handler_and_objects_are_made_primitive() {
    // main = o => { try { throw o } catch (e) { return e * 2 } }: the prelude makes 7 of objects.
    let ops = [Op::GetSlot(0), Op::Throw, Op::Int(2), Op::Mul, Op::Return];
    let mut main = func("main", 1, 1, &ops);
    main.handlers = vec![Handler { start: 0, end: 2, target: 2, operands: 0 }];
    let (codes, machine) = process(vec![], vec![main]);
    let (_, _, status) = start(&codes, machine, &[Value::Struct(Default::default())]);
    assert_eq!(status, Status::Done(number(14.0)));
}

#[test]
fn closures_share_variables_and_far_objects_are_called_from_outside() {
    // main = () => { let n = 0; return Far('counter', { up: () => { n = n + 1; return n } }) }
    let far = Builtin::named("Far").unwrap();
    let ops = [
        Op::NewVar(0),
        Op::Int(0),
        Op::InitVar(0),
        Op::Const(1),
        Op::NewObject,
        Op::Closure(2),
        Op::Define(2),
        Op::CallBuiltin { builtin: far, arguments: 2 },
        Op::Return,
    ];
    let up = [
        Op::GetCaptureVar(0),
        Op::Int(1),
        Op::Add,
        Op::SetCaptureVar(0),
        Op::GetCaptureVar(0),
        Op::Return,
    ];
    let mut up = func("up", 0, 0, &up);
    up.captures = vec![Capture::Slot(0)];
    let constants = vec![string("counter"), string("up")];
    let (codes, machine) = process(constants, vec![func("main", 0, 1, &ops), up]);
    let (mut machine, _, status) = start(&codes, machine, &[]);
    assert_eq!(status, Status::Done(Value::Ref(Border::Export(0))));
    for count in 1..=3 {
        let event = Event::Deliver {
            export: 0,
            method: Some("up".to_owned()),
            arguments: vec![],
            answer: Some(count),
        };
        let (next, effects, _) = step(&codes, machine, event, &BUDGET).unwrap();
        let outcome = Ok(number(count.into()));
        assert_eq!(effects, [Effect::Answer { answer: count, outcome }]);
        machine = next;
    }
    let event = Event::Deliver {
        export: 0,
        method: Some("toString".to_owned()),
        arguments: vec![],
        answer: Some(9),
    };
    let (machine, effects, _) = step(&codes, machine, event, &BUDGET).unwrap();
    assert!(matches!(&effects[..], [Effect::Answer { outcome: Err(_), .. }]), "{effects:?}");
    let (machine, ..) = step(&codes, machine, Event::Dropped(0), &BUDGET).unwrap();
    assert!(machine.exports.is_empty());
}

#[test]
fn a_heap_that_is_full_suspends_the_process_and_garbage_does_not() {
    // main = () => { let s = "xxxxxxxxxxxxxxxx"; for (;;) { s = s + s } }, or s + s is dropped
    let doubling = |keep: bool| {
        let end = if keep { Op::SetSlot(0) } else { Op::Pop };
        let ops = [
            Op::Const(1),
            Op::SetSlot(0),
            Op::GetSlot(0),
            Op::GetSlot(0),
            Op::Add,
            end,
            Op::Jump(2),
        ];
        let (codes, machine) =
            process(vec![string(&"x".repeat(64))], vec![func("main", 0, 1, &ops)]);
        let budget = Budget { fuel: 1 << 20, heap_bytes: 2 << 20, ..BUDGET };
        let (machine, _, status) = step(&codes, machine, Event::Start(vec![]), &budget).unwrap();
        assert!(machine.heap_pressure() <= 2 << 20);
        status
    };
    assert_eq!(doubling(true), Status::Suspended(Reason::Heap));
    assert_eq!(doubling(false), Status::Suspended(Reason::Fuel));
}

#[test]
fn the_same_step_comes_to_the_same_state() {
    let ops = [Op::NewObject, Op::Int(1), Op::Define(1), Op::Return];
    let run = || {
        let functions = vec![func("main", 0, 0, &ops)];
        let (codes, machine) = process(vec![string("field")], functions);
        start(&codes, machine, &[])
    };
    let (first, second) = (run(), run());
    assert_eq!(format!("{first:?}"), format!("{second:?}"));
    let Status::Done(Value::Struct(fields)) = first.2 else { panic!("{:?}", first.2) };
    assert_eq!(fields.get("field"), Some(&number(1.0)));
}
