//! Promises: waits, tasks whose steps interleave, chains.

use crate::grammar::{Builder, Type};

impl Builder {
    /// Names that every program has for its promises.
    pub fn globals(&mut self) {
        self.line("const later = async (n, v) => {");
        self.line("  for (let i = 0; i < n; i += 1) await null;");
        self.line("  return v;");
        self.line("};");
        self.line("const never = async (n, v) => {");
        self.line("  for (let i = 0; i < n; i += 1) await null;");
        self.line("  throw v;");
        self.line("};");
        self.line("const target = Far('target', { echo: v => v, slow: v => later(2, v), bad: v => never(1, v) });");
    }

    /// A statement that waits.
    pub fn wait(&mut self) {
        self.hit("await");
        let promise = self.promise(2);
        match self.rng.below(3) {
            0 => self.line(format!("await {promise};")),
            1 => {
                let name = self.fresh("w");
                self.line(format!("const {name} = await {promise};"));
                self.line(format!("print(show({name}));"));
            }
            _ => {
                self.hit("await in expression");
                let (a, b) = (self.expression(Type::Text, 1), self.expression(Type::Primitive, 0));
                self.line(format!("print({a} + show(await {promise}) + show(await {b}));"));
            }
        }
    }

    /// A promise, or what `await` takes for one.
    pub fn promise(&mut self, depth: usize) -> String {
        let v = self.expression(Type::Primitive, 1);
        let n = self.rng.below(4);
        if depth == 0 {
            return format!("later({n}, {v})");
        }
        match self.rng.below(13) {
            0 => v,
            1 => format!("Promise.resolve({v})"),
            2 | 3 => format!("later({n}, {v})"),
            4 => {
                self.hit("rejection");
                format!("never({n}, {})", self.thrown())
            }
            5 => {
                self.hit("thenable");
                let form = self.rng.pick(&["resolve(@)", "later(2, @).then(resolve)", "reject(@)"]);
                let settle = form.replace('@', &v);
                format!("{{ then: (resolve, reject) => {settle} }}")
            }
            6 => {
                self.hit("promise constructor");
                let other = self.promise(depth - 1);
                match self.rng.below(3) {
                    0 => format!("new Promise((resolve, reject) => reject({v}))"),
                    _ => format!("new Promise(resolve => resolve({other}))"),
                }
            }
            7..=9 => {
                let f = self.rng.pick(&["all", "race", "any", "allSettled"]);
                self.hit(f);
                let count = 1 + self.rng.below(3);
                let ps: Vec<String> = (0..count).map(|_| self.promise(depth - 1)).collect();
                format!("Promise.{f}([{}])", ps.join(", "))
            }
            10 => {
                self.hit("E");
                let m = self.rng.pick(&["echo", "slow", "bad"]);
                format!("E(target).{m}({v})")
            }
            _ => self.chain(depth - 1),
        }
    }

    /// A chain of callbacks, each of which prints.
    fn chain(&mut self, depth: usize) -> String {
        self.hit("chain of then");
        let (start, count) = (self.promise(depth), 1 + self.rng.below(3));
        let mut text = format!("Promise.resolve({start})");
        for _ in 0..count {
            let id = self.fresh("c");
            let next = self.promise(depth);
            let next = if next.starts_with('{') { format!("({next})") } else { next };
            text += &match self.rng.below(5) {
                0 | 1 => format!(".then(x => (print(`{id} ${{show(x)}}`) ?? {next}))"),
                2 => format!(".catch(e => (print(`{id} ${{show(e)}}`) ?? {next}))"),
                3 => format!(".finally(() => (print('{id}') ?? {next}))"),
                _ => format!(
                    ".then(x => print(`{id} ${{show(x)}}`), e => print(`{id}! ${{show(e)}}`))"
                ),
            };
        }
        text
    }

    /// An async function that is started and not waited for, and what it comes to.
    pub fn task(&mut self, number: usize) {
        self.hit("async function");
        let name = self.fresh("task");
        self.body(&format!("const {name} = async () => "), ";", true, |b| {
            for step in 0..1 + b.rng.below(3) {
                b.line(format!("print('task {number} step {step}');"));
                b.wait();
                b.statements(1);
            }
            let value = b.expression(Type::Primitive, 1);
            b.line(format!("return {value};"));
        });
        let ends = format!(
            "x => print(`task {number} gave ${{show(x)}}`), e => print(`task {number} threw ${{show(e)}}`)"
        );
        self.line(format!("{name}().then({ends});"));
    }
}
