//! A process with something of everything in it, put together by hand.

use hogshead_objects::Value;
use hogshead_script::code::{AwaitPoint, Capture, Code, Constant, Func, Handler, Op, Verified};
use hogshead_script::machine::event::{Border, Event, Target};
use hogshead_script::machine::frame::{Coroutine, Frame, Then};
use hogshead_script::machine::heap::{
    Array, Cell, Class, Function, Gives, Iterator, Matched, Object, Properties, RegExp, Table, Text,
};
use hogshead_script::machine::promise::{Job, PromiseCell, PromiseState, Reaction};
use hogshead_script::machine::{
    ErrorKind, Index, Machine, Module, Phase, Port, Question, Reason, Val,
};

/// The function that waits: its first slot holds a shared variable, its second a value.
pub const MAIN: u32 = 1;
/// The instruction behind its await.
pub const BEHIND: u32 = 5;
/// The function with a capture; it calls with two operands below.
pub const INNER: u32 = 2;
/// The instruction behind its call.
pub const CALLED: u32 = 4;

/// The code of all samples.
pub fn code() -> Verified {
    let body = Func { ops: vec![Op::Null, Op::Return], operands_max: 1, ..Func::default() };
    let main = Func {
        path: "main".to_owned(),
        is_async: true,
        slots: 3,
        operands_max: 2,
        ops: vec![
            Op::NewVar(0),
            Op::True,
            Op::SetSlot(1),
            Op::Null,
            Op::Await,
            Op::SetSlot(2),
            Op::Closure(INNER),
            Op::Return,
        ],
        awaits: vec![AwaitPoint { pc: 4, label: Some("week".to_owned()) }],
        ..Func::default()
    };
    let inner = Func {
        path: "main/inner".to_owned(),
        parameters: 1,
        slots: 1,
        operands_max: 3,
        captures: vec![Capture::Slot(0), Capture::Slot(1)],
        ops: vec![
            Op::GetCapture(1),
            Op::GetSlot(0),
            Op::Const(0),
            Op::Call(0),
            Op::Add,
            Op::Pop,
            Op::GetCaptureVar(0),
            Op::Return,
            Op::Throw,
        ],
        handlers: vec![Handler { start: 2, end: 4, target: 8, operands: 2 }],
        ..Func::default()
    };
    let code = Code {
        name: "sample.js".to_owned(),
        source: String::new(),
        imports: vec![],
        exports: vec!["main".to_owned(), "tea".to_owned()],
        constants: vec![Constant::String(text("tea").to_vec())],
        functions: vec![body, main, inner],
    };
    Verified::new(code).expect("the sample's code is sound")
}

/// A process that has not begun.
pub fn new() -> Machine {
    let codes = vec![code().hash()];
    Machine { modules: vec![Module::default()], codes, ..Machine::default() }
}

pub fn text(text: &str) -> Text {
    text.encode_utf16().collect()
}

pub fn rope(left: Index, right: Index, units: u32) -> Cell {
    Cell::Rope { left, right, units, owes: units }
}

/// A process with something of everything.
pub fn sample() -> Machine {
    with_garbage(0)
}

/// The same, behind so many cells that nothing refers to.
pub fn with_garbage(cells: usize) -> Machine {
    let mut machine = new();
    for number in 0..cells {
        machine.heap.alloc(Cell::Var(Val::Number(number as f64)));
    }
    let mut sample = Sample { machine };
    let values = sample.values();
    sample.calls(&values);
    sample.promises();
    sample.machine.arguments = values;
    sample.status();
    sample.machine
}

struct Sample {
    machine: Machine,
}

impl Sample {
    fn alloc(&mut self, cell: Cell) -> Index {
        self.machine.heap.alloc(cell)
    }

    fn text(&mut self, units: &str) -> Val {
        Val::Text(self.alloc(Cell::Text(text(units))))
    }

    /// Of each kind of values.
    fn values(&mut self) -> Vec<Val> {
        let numbers = [0.0, -0.0, 1.5, 1e300, f64::NAN, -7.0, 9_007_199_254_740_992.0];
        let mut values: Vec<Val> = numbers.into_iter().map(Val::Number).collect();
        values.extend([Val::Undefined, Val::Null, Val::Bool(true), Val::Bool(false)]);
        values.push(self.text("Grüße"));
        values.push(Val::Text(self.alloc(Cell::Text([0xd800, 0x41].into()))));
        for number in ["0", "-18446744073709551617", "340282366920938463463374607431768211455"] {
            let number = number.parse().expect("a number");
            values.push(Val::BigInt(self.alloc(Cell::BigInt(number))));
        }
        let list = values.clone();
        let array = Array { items: list.clone(), frozen: true, matched: None };
        let array = Val::Object(self.alloc(Cell::Array(array)));
        values.push(array);
        let matched = Matched { index: list[0], input: list[11], groups: array, indices: list[7] };
        let matched = Some(Box::new(matched));
        let array = Array { items: vec![], frozen: false, matched };
        values.push(Val::Object(self.alloc(Cell::Array(array))));
        let errors = ErrorKind::ALL.into_iter().map(Class::Error);
        for class in [Class::Plain].into_iter().chain(errors) {
            values.push(self.object(class, &list));
        }
        values.extend(self.collections(&list));
        let regexp = RegExp { pattern: text("a+"), flags: "gy".to_owned(), last_index: list[0] };
        values.push(Val::Object(self.alloc(Cell::RegExp(regexp))));
        values.push(Val::Object(self.alloc(Cell::Remote(Port(2)))));
        let opaque = Value::List(vec![
            Value::Bytes(vec![1, 2, 3].into()),
            Value::Ref(Port(3)),
            Value::Symbol("tea".into()),
            Value::Struct(
                [("ab".to_owned(), Value::Float(2.0)), ("c".to_owned(), Value::Null)].into(),
            ),
        ]);
        values.push(Val::Object(self.alloc(Cell::Opaque(Box::new(opaque)))));
        let left = self.alloc(Cell::Text(text("tea ")));
        let right = self.alloc(Cell::Text(text("at five")));
        values.push(Val::Text(self.alloc(rope(left, right, 11))));
        values
    }

    fn object(&mut self, class: Class, list: &[Val]) -> Val {
        let mut properties = Properties::default();
        for (name, value) in ["b", "7", "message", "a", "2"].into_iter().zip(list) {
            let name = self.machine.atoms.intern(&text(name));
            properties.set(name, *value, &self.machine.atoms);
        }
        // So many that they have an index.
        for number in 0..20 {
            let name = self.machine.atoms.intern(&text(&format!("n{number}")));
            properties.set(name, Val::Number(number.into()), &self.machine.atoms);
        }
        let object = Object { class, frozen: properties.len() == 25, properties };
        Val::Object(self.alloc(Cell::Object(object)))
    }

    fn collections(&mut self, list: &[Val]) -> Vec<Val> {
        let mut table = Table::default();
        for key in list.iter().skip(1) {
            table.entries.push(Some((*key, Val::Null)));
            table.entries.push(None);
            table.size += 1;
        }
        let map = Val::Object(self.alloc(Cell::Map(table.clone())));
        for entry in table.entries.iter_mut().flatten() {
            entry.1 = Val::Undefined;
        }
        let set = Val::Object(self.alloc(Cell::Set(table)));
        let mut values = vec![map, set];
        for (source, gives) in
            [(map, Gives::Keys), (set, Gives::Entries), (list[11], Gives::Values)]
        {
            let iterator = Iterator { source, position: 3, gives };
            values.push(Val::Object(self.alloc(Cell::Iterator(iterator))));
        }
        values
    }

    /// A call in progress with another one in it, and a call that waits.
    fn calls(&mut self, values: &[Val]) {
        let variable = self.alloc(Cell::Var(values[0]));
        let captures = [Val::Var(variable), values[1]].into();
        let closure = Function { code: 0, function: INNER, captures, frozen: true };
        let closure = self.alloc(Cell::Function(closure));
        let settles = self.promise(PromiseState::Pending(vec![]));
        let function = Val::Object(closure);
        let frame = |base, pc, then| Frame {
            code: 0,
            function: INNER,
            pc,
            base,
            under: 1,
            closure: Some(closure),
            promise: None,
            then,
        };
        // The inner call was about to add, and one operand is being made primitive.
        let frames = [
            frame(1, CALLED, Then::Settle(settles)),
            frame(5, CALLED, Then::Push),
            Frame { under: 0, ..frame(9, 0, Then::Replace(6)) },
        ];
        let stack = vec![
            function, values[2], values[3],
            values[4], // The function, its slot, two operands.
            function, values[5], values[6], values[7],
            values[8], // Three: what the call gave.
            values[9],
        ];
        self.machine.frames = frames.to_vec();
        self.machine.stack = stack;
        let main = Function { code: 0, function: MAIN, captures: [].into(), frozen: false };
        let main = self.alloc(Cell::Function(main));
        let promise = self.promise(PromiseState::Pending(vec![]));
        let frame = Frame {
            code: 0,
            function: MAIN,
            pc: BEHIND,
            base: 0,
            under: 0,
            closure: Some(main),
            promise: Some(promise),
            then: Then::Drop,
        };
        let values = vec![Val::Var(variable), values[0], Val::Uninit];
        let waiting = self.alloc(Cell::Coroutine(Box::new(Coroutine { frame, values })));
        let asked = self.promise(PromiseState::Pending(vec![
            Reaction::Resume(waiting),
            Reaction::Call { derived: Some(promise), fulfilled: function, rejected: Val::Null },
            Reaction::Call { derived: None, fulfilled: function, rejected: function },
            Reaction::Answer(3),
            Reaction::Export(0),
            Reaction::Start,
            Reaction::Finish,
        ]));
        self.ask(4, asked);
    }

    fn promise(&mut self, state: PromiseState) -> Index {
        let cell = PromiseCell { state, ..PromiseCell::pending() };
        self.alloc(Cell::Promise(cell))
    }

    fn ask(&mut self, number: u32, promise: Index) {
        if let Cell::Promise(cell) = self.machine.heap.get_mut(promise) {
            cell.question = Some(number);
            cell.handled = true;
        }
        let question = Question {
            promise,
            target: Target::Port(Port(1)),
            method: Some("propose".to_owned()),
            arguments: "(\"Thursday\")".to_owned(),
            since_ms: 1_790_000_000_000,
            within_ms: Some(604_800_000),
            note: Some("May I meet Bob?".to_owned()),
        };
        self.machine.questions.insert(number, question);
        self.machine.next_question = number + 1;
    }

    fn promises(&mut self) {
        let value = self.text("done");
        let fulfilled = self.promise(PromiseState::Fulfilled(value));
        let rejected = self.promise(PromiseState::Rejected(value));
        for (number, promise) in [(0, fulfilled), (5, rejected)] {
            if let Cell::Promise(cell) = self.machine.heap.get_mut(promise) {
                (cell.export, cell.frozen) = (Some(number), true);
            }
            self.machine.exports.insert(number, Val::Object(promise));
        }
        let class = Class::Far { name: text("counter"), export: Some(7) };
        let far = self.object(class, &[value]);
        self.machine.exports.insert(7, far);
        self.machine.next_export = 8;
        self.machine.rejected.push(rejected);
        let outcome = Ok(value);
        self.machine.jobs.extend([
            Job::React { reaction: Reaction::Finish, outcome },
            Job::React { reaction: Reaction::Answer(1), outcome: Err(value) },
            Job::Thenable { promise: rejected, thenable: far, then: far },
            Job::Deliver {
                promise: rejected,
                target: far,
                method: Some(self.machine.atoms.intern(&text("add"))),
                arguments: vec![value, Val::Null],
                outside: true,
            },
        ]);
        let class = Class::Far { name: text("unknown outside"), export: None };
        let other = self.object(class, &[]);
        let name = self.machine.atoms.intern(&text("tea"));
        self.machine.modules[0] = Module { exports: vec![(name, other)] };
    }

    fn status(&mut self) {
        let machine = &mut self.machine;
        machine.phase = Phase::Started;
        machine.suspended = Some(Reason::Fuel);
        machine.cancelled = Some("no longer needed".to_owned());
        let error = Value::Error(hogshead_objects::ErrorValue { message: "Error: no".to_owned() });
        machine.outcome = Some(Err(error));
        machine.inbox.extend([
            Event::Start(vec![Value::Ref(Border::Port(Port(4))), Value::Float(-0.0)]),
            Event::Deliver {
                export: 7,
                method: Some("add".to_owned()),
                arguments: vec![Value::Int(5.into()), Value::Ref(Border::Export(7))],
                answer: Some(9),
            },
            Event::Settled { question: 4, outcome: Ok(Value::Ref(Border::PortPromise(Port(5)))) },
            Event::Settled { question: 4, outcome: Err(Value::Ref(Border::Answer(3))) },
            Event::Dropped(5),
            Event::Resume,
            Event::Cancel("enough".to_owned()),
        ]);
    }
}
