//! The engines, each with one program loaded.

use boa_engine::{JsValue, Source};
use hogshead_objects::Value;
use hogshead_script::code::Verified;
use hogshead_script::front;
use hogshead_script::machine::Machine;
use hogshead_script::machine::codes::Codes;
use hogshead_script::machine::event::{Border, Effect, Event};
use hogshead_script::machine::step::{Budget, Status, step};
use hogshead_script::prelude;

/// Something that calls the program's function `run`.
pub trait Engine {
    /// What it returns.
    fn run(&mut self) -> f64;
}

/// Our machine.
pub struct Ours {
    codes: Codes,
    machine: Machine,
    export: u32,
}

/// More than any of the programs takes.
const BUDGET: Budget =
    Budget { fuel: 1 << 40, heap_bytes: 64 << 20, now_ms: 0, stop_after_line: false };

impl Ours {
    /// With this program, started.
    pub fn new(source: &str) -> Self {
        let whole = format!("{source}\nexport const main = () => Far('bench', {{ run }});");
        let code = front::compile(&whole, &front::Options::default());
        let code = code.unwrap_or_else(|wrong| panic!("the program is rejected: {}", wrong[0]));
        let mut codes = prelude::codes();
        let main = codes.insert(Verified::new(code).expect("the compiler makes sound codes"));
        let machine = Machine::new(&codes, main).expect("all codes are at hand");
        let started = step(&codes, machine, Event::Start(Vec::new()), &BUDGET);
        let (machine, _, status) = started.expect("all codes are at hand");
        let Status::Done(Value::Ref(Border::Export(export))) = status else {
            panic!("main gives an object, not {status:?}")
        };
        Self { codes, machine, export }
    }
}

impl Engine for Ours {
    fn run(&mut self) -> f64 {
        let method = Some("run".to_owned());
        let event =
            Event::Deliver { export: self.export, method, arguments: Vec::new(), answer: Some(0) };
        let machine = std::mem::take(&mut self.machine);
        let stepped = step(&self.codes, machine, event, &BUDGET);
        let (machine, effects, status) = stepped.expect("all codes are at hand");
        self.machine = machine;
        match effects.as_slice() {
            [Effect::Answer { outcome: Ok(Value::Float(answer)), .. }] => *answer,
            _ => panic!("an answer and nothing else, not {effects:?}, {status:?}"),
        }
    }
}

/// `boa_engine`.
pub struct Boa {
    context: boa_engine::Context,
    run: JsValue,
}

impl Boa {
    /// With this program, evaluated.
    pub fn new(source: &str) -> Self {
        let mut context = boa_engine::Context::default();
        let whole = format!("(() => {{ 'use strict';\n{source}\nreturn run; }})()");
        let run = context.eval(Source::from_bytes(&whole)).expect("boa takes the program");
        Self { context, run }
    }
}

impl Engine for Boa {
    fn run(&mut self) -> f64 {
        let run = self.run.as_callable().expect("a function");
        let answer = run.call(&JsValue::undefined(), &[], &mut self.context);
        answer.expect("boa runs it").to_number(&mut self.context).expect("a number")
    }
}

/// QuickJS, as `rquickjs` has it.
pub struct Quick {
    run: Option<rquickjs::Persistent<rquickjs::Function<'static>>>,
    context: rquickjs::Context,
    _runtime: rquickjs::Runtime,
}

impl Quick {
    /// With this program, evaluated.
    pub fn new(source: &str) -> Self {
        let runtime = rquickjs::Runtime::new().expect("a runtime");
        let context = rquickjs::Context::full(&runtime).expect("a context");
        let whole = format!("(() => {{ 'use strict';\n{source}\nreturn run; }})()");
        let run = context.with(|cx| {
            let run: rquickjs::Function<'_> =
                cx.eval(whole.as_str()).expect("QuickJS takes the program");
            rquickjs::Persistent::save(&cx, run)
        });
        Self { run: Some(run), context, _runtime: runtime }
    }
}

impl Engine for Quick {
    fn run(&mut self) -> f64 {
        let saved = self.run.clone().expect("it was saved");
        self.context.with(|cx| {
            let run = saved.restore(&cx).expect("of this runtime");
            run.call::<_, f64>(()).expect("QuickJS runs it")
        })
    }
}

impl Drop for Quick {
    /// The function has to be gone before its runtime.
    fn drop(&mut self) {
        self.run = None;
    }
}
