//! Statements.

use crate::grammar::{Builder, Type, VALUES};

impl Builder {
    /// Some statements, with up to `depth` levels of blocks, until the budget is used up.
    pub fn statements(&mut self, depth: usize) {
        let count = 2 + self.rng.below(4);
        for _ in 0..count {
            if self.budget == 0 {
                return;
            }
            self.budget -= 1;
            self.statement(depth);
        }
    }

    fn statement(&mut self, depth: usize) {
        let kinds = if depth == 0 { 12 } else { 22 };
        match self.rng.below(kinds) {
            0..=2 => self.variable_statement(),
            3 => self.print(),
            4 => self.assignment(),
            5 | 6 => self.mutation(),
            7 => self.destructuring(),
            8 => self.leave(),
            9 if self.waits => self.wait(),
            9 | 10 => self.function(depth.min(1)),
            11 => {
                let call = self.call(2);
                self.line(format!("print(show({call}));"));
            }
            12 => self.branch(depth - 1),
            13 | 14 => self.counted_loop(depth - 1),
            15 | 16 => self.for_of(depth - 1),
            17 => self.switch(depth - 1),
            18 | 19 => self.attempt(depth - 1),
            _ => self.function(depth - 1),
        }
    }

    pub fn print(&mut self) {
        let of = self.rng.pick(VALUES);
        let value = self.expression(of, 3);
        self.line(format!("print(show({value}));"));
    }

    fn variable_statement(&mut self) {
        let of = self.rng.pick(VALUES);
        let (name, value) = (self.fresh("v"), self.expression(of, 3));
        let mutable = self.rng.once_in(2);
        let word = if mutable { "let" } else { "const" };
        self.hit(word);
        self.line(format!("{word} {name} = clip({value});"));
        self.declare(&name, of, mutable);
    }

    fn assignment(&mut self) {
        let Some(target) = self.assignable() else { return self.variable_statement() };
        let name = target.name;
        match target.of {
            Type::Number if self.rng.once_in(2) => {
                self.hit("compound assignment");
                let op = self.rng.pick(&["+=", "-=", "*=", "%=", "|=", "&=", ">>=", "^="]);
                let value = self.expression(Type::Number, 2);
                self.line(format!("{name} {op} {value};"));
            }
            Type::Number if self.rng.once_in(2) => {
                self.hit("increment");
                let form = self.rng.pick(&["@++", "++@", "@--", "--@"]).replace('@', &name);
                self.line(format!("print(show({form}));"));
            }
            Type::Primitive if self.rng.once_in(2) => {
                self.hit("logical assignment");
                let op = self.rng.pick(&["??=", "||=", "&&="]);
                let value = self.expression(Type::Primitive, 2);
                self.line(format!("{name} {op} clip({value});"));
            }
            of => {
                let value = self.expression(of, 3);
                self.line(format!("{name} = clip({value});"));
            }
        }
    }

    fn mutation(&mut self) {
        let of = self.rng.pick(&[Type::Array, Type::Array, Type::Object, Type::Map, Type::Set]);
        let Some(target) = self.variable(of) else { return self.variable_statement() };
        let (name, x) = (target.name, self.expression(Type::Primitive, 2));
        let key = self.rng.pick(&["a", "b", "key"]);
        let text = match of {
            Type::Array => {
                self.hit("array mutation");
                match self.rng.below(9) {
                    0 | 1 => format!("{name}.push({x})"),
                    2 => format!("{name}.pop()"),
                    3 => format!("{name}.shift()"),
                    4 => format!("{name}.unshift({x})"),
                    5 => {
                        format!("{name}.splice({}, {}, {x})", self.rng.below(3), self.rng.below(3))
                    }
                    6 => format!("{name}.reverse()"),
                    7 => format!("{name}.fill({x}, {})", self.rng.below(3)),
                    _ => format!("{name}.sort()"),
                }
            }
            Type::Object => {
                self.hit("object mutation");
                match self.rng.below(5) {
                    0 | 1 => format!("({name}.{key} = {x})"),
                    2 => format!("({name}[{x}] = 1)"),
                    3 => {
                        self.hit("freeze");
                        format!("Object.freeze({name})")
                    }
                    _ => {
                        self.hit("delete");
                        format!("delete {name}.{key}")
                    }
                }
            }
            Type::Map => match self.rng.below(3) {
                0 | 1 => format!("{name}.set({x}, '{key}').size"),
                _ => format!("{name}.delete({x})"),
            },
            _ => match self.rng.below(3) {
                0 | 1 => format!("{name}.add({x}).size"),
                _ => format!("{name}.delete({x})"),
            },
        };
        self.line(format!("print(show({text}));"));
    }

    fn destructuring(&mut self) {
        let (a, b, c) = (self.fresh("d"), self.fresh("d"), self.fresh("d"));
        let x = self.expression(Type::Primitive, 1);
        match self.rng.below(3) {
            0 => {
                self.hit("destructuring array");
                let from = self.expression(Type::Array, 2);
                self.line(format!("const [{a} = {x}, {b}, ...{c}] = {from};"));
                self.declare(&c, Type::Array, false);
            }
            1 => {
                self.hit("destructuring object");
                let from = self.expression(Type::Object, 2);
                self.line(format!(
                    "const {{ a: {a} = {x}, [`k${{'ey'}}`]: {b}, ...{c} }} = {from};"
                ));
                self.declare(&c, Type::Object, false);
            }
            _ => {
                self.hit("destructuring assignment");
                let y = self.expression(Type::Primitive, 1);
                self.line(format!("let [{a}, {b}] = [{x}, {y}];"));
                self.line(format!("[{a}, {b}] = [{b}, {a}];"));
            }
        }
        self.declare(&a, Type::Primitive, false);
        self.declare(&b, Type::Primitive, false);
    }

    /// A way out of what is around: of a loop, of the function, or by an exception.
    fn leave(&mut self) {
        let condition = self.expression(Type::Bool, 2);
        let word = self.rng.pick(&["break", "continue"]);
        match (self.loops.len(), self.rng.below(3)) {
            (1.., 0 | 1) => {
                self.hit(word);
                let at = self.rng.below(self.loops.len());
                // Without a label a loop is left only from right within it.
                let target = match &self.loops[at] {
                    Some(label) => format!(" {label}"),
                    None => String::new(),
                };
                self.line(format!("if ({condition}) {word}{target};"));
            }
            (_, 2) if self.returns => {
                self.hit("return");
                let value = self.expression(Type::Primitive, 2);
                self.line(format!("if ({condition}) return {value};"));
            }
            _ => {
                self.hit("throw");
                let value = self.thrown();
                self.line(format!("if ({condition}) throw {value};"));
            }
        }
    }

    pub fn thrown(&mut self) -> String {
        if self.rng.once_in(2) {
            return self.expression(Type::Primitive, 1);
        }
        self.hit("error");
        let of = self.rng.pick(&["Error", "TypeError", "RangeError", "SyntaxError"]);
        format!("new {of}({})", self.expression(Type::Text, 1))
    }

    fn branch(&mut self, depth: usize) {
        self.hit("if");
        let condition = self.expression(Type::Primitive, 2);
        self.block(&format!("if ({condition}) "), "", |b| b.statements(depth));
        if self.rng.once_in(2) {
            self.block("else ", "", |b| b.statements(depth));
        }
    }

    /// A label for the next loop, or none; it is the innermost one afterwards.
    fn label(&mut self) -> String {
        if self.rng.once_in(3) {
            self.hit("label");
            let label = self.fresh("l");
            self.loops.push(Some(label.clone()));
            return format!("{label}: ");
        }
        self.loops.push(None);
        String::new()
    }

    fn counted_loop(&mut self, depth: usize) {
        let (i, end) = (self.fresh("i"), 1 + self.rng.below(4));
        let round = |b: &mut Self| {
            b.line("tick();");
            b.statements(depth);
        };
        match self.rng.below(4) {
            0 | 1 => {
                self.hit("for");
                let label = self.label();
                let step = self.rng.pick(&["++", " += 1", " += 2"]);
                self.block(
                    &format!("{label}for (let {i} = 0; {i} < {end}; {i}{step}) "),
                    "",
                    |b| {
                        b.declare(&i, Type::Number, false);
                        if b.rng.once_in(2) {
                            b.hit("closure over mutable");
                            let f = b.fresh("f");
                            b.line(format!("const {f} = (x = 1) => `${{{i}}}${{typeof x}}`;"));
                            b.declare(&f, Type::Function, false);
                        }
                        round(b);
                    },
                );
            }
            2 => {
                self.hit("while");
                self.line(format!("let {i} = {end};"));
                let label = self.label();
                self.block(&format!("{label}while ({i}-- > 0) "), "", round);
                self.declare(&i, Type::Number, false);
            }
            _ => {
                self.hit("do");
                self.line(format!("let {i} = 0;"));
                let label = self.label();
                self.block(&format!("{label}do "), &format!(" while (++{i} < {end});"), round);
                self.declare(&i, Type::Number, false);
            }
        }
        self.loops.pop();
    }

    fn for_of(&mut self, depth: usize) {
        let (of, feature) = self.rng.pick(&[
            (Type::Array, "for-of array"),
            (Type::Text, "for-of string"),
            (Type::Set, "for-of set"),
            (Type::Map, "for-of map"),
        ]);
        self.hit(feature);
        let (over, x) = (self.expression(of, 2), self.fresh("x"));
        // What is iterated may grow in the body, so the rounds are counted.
        let n = self.fresh("n");
        self.line(format!("let {n} = 0;"));
        let label = self.label();
        let key = self.fresh("k");
        let binding = if of == Type::Map { format!("[{key}, {x}]") } else { x.clone() };
        self.block(&format!("{label}for (const {binding} of {over}) "), "", |b| {
            b.line("tick();");
            b.line(format!("if (++{n} > 6) break;"));
            b.declare(&x, Type::Primitive, false);
            if of == Type::Map {
                b.declare(&key, Type::Primitive, false);
            }
            b.statements(depth);
        });
        self.loops.pop();
    }

    fn switch(&mut self, depth: usize) {
        self.hit("switch");
        let value = self.expression(Type::Primitive, 2);
        // `break` ends the switch in here, and `continue` a loop around: neither is made.
        let loops = std::mem::take(&mut self.loops);
        self.block(&format!("switch ({value}) "), "", |b| {
            let (cases, default) = (1 + b.rng.below(3), b.rng.below(5));
            for case in 0..cases {
                if case == default {
                    b.block("default: ", "", |b| b.statements(depth));
                }
                let (of, ends) =
                    (b.rng.pick(&[Type::Number, Type::Text, Type::Primitive]), b.rng.once_in(2));
                let head = b.expression(of, 1);
                b.block(&format!("case {head}: "), "", |b| {
                    b.statements(depth);
                    if ends {
                        b.hit("break");
                        b.line("break;");
                    }
                });
            }
        });
        self.loops = loops;
    }

    fn attempt(&mut self, depth: usize) {
        let form = self.rng.below(3);
        self.block("try ", "", |b| {
            b.statements(depth);
            if b.rng.once_in(2) {
                b.hit("throw");
                let value = b.thrown();
                b.line(format!("throw {value};"));
            }
        });
        if form != 2 {
            self.hit("catch");
            let e = self.fresh("e");
            self.block(&format!("catch ({e}) "), "", |b| {
                b.hit("instanceof");
                b.line(format!("print(`caught ${{show({e})}} ${{{e} instanceof TypeError}}`);"));
                b.statements(depth);
            });
        }
        if form != 0 {
            self.hit("finally");
            self.block("finally ", "", |b| {
                b.line("print('finally');");
                b.statements(depth);
            });
        }
    }

    fn function(&mut self, depth: usize) {
        let (f, a, b, rest) = (self.fresh("f"), self.fresh("a"), self.fresh("a"), self.fresh("r"));
        let default = self.expression(Type::Primitive, 1);
        self.hit("default parameter");
        self.hit("rest parameter");
        let parameters = format!("{a}, {b} = {default}, ...{rest}");
        let (head, tail) = match self.rng.below(3) {
            0 => {
                self.hit("function declaration");
                (format!("function {f}({parameters}) "), "")
            }
            1 => {
                self.hit("function expression");
                (format!("const {f} = function ({parameters}) "), ";")
            }
            _ => {
                self.hit("arrow function");
                (format!("const {f} = ({parameters}) => "), ";")
            }
        };
        self.body(&head, tail, false, |g| {
            g.line("tick();");
            g.declare(&a, Type::Primitive, true);
            g.declare(&b, Type::Primitive, false);
            g.declare(&rest, Type::Array, true);
            g.statements(depth);
            g.hit("return");
            let value = g.expression(Type::Primitive, 2);
            g.line(format!("return {value};"));
        });
        self.declare(&f, Type::Function, false);
    }
}
