//! Expressions, by the type that they give. All are in parentheses where it could matter.

use crate::grammar::{Builder, Type};

/// Whole numbers of any size are rarer than the rest: mixed with others they end a section at once.
const PRIMITIVES: &[Type] = &[
    Type::Number,
    Type::Number,
    Type::Number,
    Type::Text,
    Type::Text,
    Type::Text,
    Type::Bool,
    Type::Big,
];
const KEYS: &[&str] = &["a", "b", "key", "1", "0"];
const TEXTS: &[&str] = &[
    "''", "'a'", "'B'", "'12'", "' 7 '", "'x,y,z'", "'é'", "'😀!'", "'a-b'", "'-0'", "'0x1f'",
    "'null'",
];
const NUMBERS: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "7",
    "10",
    "-1",
    "-2.5",
    "0.1",
    "1.5",
    "1e21",
    "1e-7",
    "255",
    "4294967296",
    "NaN",
    "Infinity",
    "-0",
    "2147483647",
    "0xff",
    "0b101",
    "1_000",
];
const BIGS: &[&str] =
    &["0n", "1n", "-3n", "7n", "255n", "12345678901234567890n", "-9007199254740993n"];
const PATTERNS: &[&str] =
    &["/a/", "/[a-z]+/", "/\\d+/", "/(\\w)(\\w)?/", "/^x|y$/", "/[^a]/i", "/\\s*,\\s*/", "/b*?/"];

impl Builder {
    /// An expression of a type; `depth` levels may be below it.
    pub fn expression(&mut self, of: Type, depth: usize) -> String {
        if self.rng.once_in(3)
            && let Some(variable) = self.variable(of)
        {
            return variable.name;
        }
        match of {
            Type::Number => self.number(depth),
            Type::Text => self.text(depth),
            Type::Bool => self.truth(depth),
            Type::Big => self.big(depth),
            Type::Primitive => self.primitive(depth),
            Type::Array => self.array(depth),
            Type::Object => self.object(depth),
            Type::Map => self.map(depth),
            Type::Set => self.set(depth),
            Type::Function => self.lambda(depth),
        }
    }

    fn number(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.rng.pick(NUMBERS).to_owned();
        }
        let d = depth - 1;
        match self.rng.below(12) {
            0 => self.rng.pick(NUMBERS).to_owned(),
            1 | 2 => {
                self.hit("arithmetic");
                let op = self.rng.pick(&["+", "-", "*", "/", "%"]);
                let (a, b) = (self.expression(Type::Number, d), self.expression(Type::Number, d));
                format!("({a} {op} {b})")
            }
            3 => {
                self.hit("bitwise");
                let op = self.rng.pick(&["&", "|", "^", "<<", ">>", ">>>"]);
                let (a, b) = (self.expression(Type::Number, d), self.expression(Type::Number, d));
                format!("({a} {op} {b})")
            }
            4 => {
                self.hit("math");
                // Only functions whose results ECMA-262 fixes to the last digit.
                let f = self.rng.pick(&[
                    "floor", "ceil", "round", "trunc", "abs", "sign", "sqrt", "fround", "clz32",
                ]);
                format!("Math.{f}({})", self.expression(Type::Number, d))
            }
            5 => {
                self.hit("math");
                let f = self.rng.pick(&["max", "min", "imul"]);
                let (a, b) =
                    (self.expression(Type::Number, d), self.expression(Type::Primitive, d));
                format!("Math.{f}({a}, {b})")
            }
            6 => {
                let of = self.rng.pick(&[Type::Text, Type::Array]);
                format!("{}.length", self.expression(of, d))
            }
            7 => {
                self.hit("parse number");
                let f = self.rng.pick(&["parseInt", "parseFloat", "Number"]);
                format!("{f}({})", self.expression(Type::Text, d))
            }
            8 => {
                self.hit("coercion");
                let op = self.rng.pick(&["-", "*", "/", "%", "&", "|"]);
                let (a, b) =
                    (self.expression(Type::Primitive, d), self.expression(Type::Number, d));
                format!("({a} {op} {b})")
            }
            9 => {
                let op = self.rng.pick(&["- ", "+", "~"]);
                format!("({op}{})", self.expression(Type::Number, d))
            }
            10 => {
                self.hit("array methods");
                let f = self.rng.pick(&["indexOf", "lastIndexOf", "findIndex"]);
                let a = self.expression(Type::Array, d);
                let x = if f == "findIndex" {
                    self.predicate(d)
                } else {
                    self.expression(Type::Primitive, d)
                };
                format!("{a}.{f}({x})")
            }
            _ => self.choice(Type::Number, d),
        }
    }

    fn text(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.rng.pick(TEXTS).to_owned();
        }
        let d = depth - 1;
        match self.rng.below(12) {
            0 => self.rng.pick(TEXTS).to_owned(),
            1 | 2 => {
                self.hit("template");
                let (a, b) = (self.expression(Type::Primitive, d), self.expression(Type::Text, d));
                format!("`<${{{a}}}|${{{b}}}>`")
            }
            3 => {
                self.hit("coercion");
                let (a, b) = (self.expression(Type::Text, d), self.expression(Type::Primitive, d));
                format!("({a} + {b})")
            }
            4 | 5 => self.text_method(d),
            6 => {
                self.hit("typeof");
                format!("(typeof {})", self.expression(Type::Primitive, d))
            }
            7 => {
                self.hit("array methods");
                let (a, s) = (self.expression(Type::Array, d), self.rng.pick(TEXTS));
                format!("{a}.join({s})")
            }
            8 => {
                self.hit("json");
                let of = self.rng.pick(&[Type::Array, Type::Object, Type::Text, Type::Number]);
                let (v, indent) =
                    (self.expression(of, d), self.rng.pick(&["", ", null, 1", ", ['a', 'key']"]));
                format!("String(JSON.stringify({v}{indent}))")
            }
            9 => {
                self.hit("number methods");
                let n = self.expression(Type::Number, d);
                match self.rng.below(4) {
                    0 => format!("({n}).toFixed({})", self.rng.below(8)),
                    1 => format!("({n}).toPrecision({})", 1 + self.rng.below(12)),
                    2 => format!("({n}).toExponential({})", self.rng.below(8)),
                    _ => format!("({n} | 0).toString({})", 2 + self.rng.below(35)),
                }
            }
            10 => {
                let of = self.rng.pick(&[Type::Array, Type::Primitive, Type::Object]);
                format!("String({})", self.expression(of, d))
            }
            _ => self.choice(Type::Text, d),
        }
    }

    fn text_method(&mut self, d: usize) -> String {
        self.hit("string methods");
        let s = self.expression(Type::Text, d);
        let (n, t) = (self.rng.below(9) as i64 - 3, self.rng.pick(TEXTS));
        match self.rng.below(12) {
            0 => format!("{s}.slice({n})"),
            1 => format!("{s}.substring({n}, {})", self.rng.below(6)),
            2 => format!(
                "{s}.{}()",
                self.rng.pick(&["toUpperCase", "toLowerCase", "trim", "trimEnd", "toString"])
            ),
            3 => format!("{s}.padStart({}, {t})", self.rng.below(12)),
            4 => format!("{s}.padEnd({}, {t})", self.rng.below(12)),
            5 => format!("{s}.repeat({})", self.rng.below(4)),
            6 => format!("{s}.replaceAll({t}, '[$&]')"),
            7 => format!("{s}.charAt({n})"),
            8 => format!("[...{s}].toReversed().join('')"),
            9 => format!("{s}.concat({})", self.expression(Type::Primitive, d)),
            10 => {
                self.hit("regexp");
                format!("{s}.replace({}, '<$&$1>')", self.rng.pick(PATTERNS))
            }
            _ => {
                self.hit("regexp");
                let p = self.rng.pick(PATTERNS);
                format!("{s}.replace({p}g, (m, ...more) => `${{m}}${{more.length}}`)")
                    .replace("ig,", "gi,")
            }
        }
    }

    fn truth(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.rng.pick(&["true", "false"]).to_owned();
        }
        let d = depth - 1;
        match self.rng.below(10) {
            0 | 1 => {
                self.hit("comparison");
                let op = self.rng.pick(&["<", "<=", ">", ">=", "===", "!=="]);
                let (a, b) =
                    (self.expression(Type::Primitive, d), self.expression(Type::Primitive, d));
                format!("({a} {op} {b})")
            }
            2 => {
                self.hit("comparison");
                let op = self.rng.pick(&["<", ">=", "==="]);
                let (a, b) = (self.expression(Type::Number, d), self.expression(Type::Number, d));
                format!("({a} {op} {b})")
            }
            3 => format!("(!{})", self.expression(Type::Primitive, d)),
            4 => {
                self.hit("short circuit");
                let op = self.rng.pick(&["&&", "||"]);
                let (a, b) = (self.expression(Type::Bool, d), self.expression(Type::Bool, d));
                format!("({a} {op} {b})")
            }
            5 => {
                self.hit("array methods");
                let f = self.rng.pick(&["includes", "some", "every"]);
                let a = self.expression(Type::Array, d);
                let x = if f == "includes" {
                    self.expression(Type::Primitive, d)
                } else {
                    self.predicate(d)
                };
                format!("{a}.{f}({x})")
            }
            6 => {
                self.hit("in");
                format!("('{}' in {})", self.rng.pick(KEYS), self.expression(Type::Object, d))
            }
            7 => {
                let of = self.rng.pick(&[Type::Map, Type::Set]);
                format!("{}.has({})", self.expression(of, d), self.expression(Type::Primitive, d))
            }
            8 => {
                self.hit("regexp");
                format!("{}.test({})", self.rng.pick(PATTERNS), self.expression(Type::Text, d))
            }
            _ => {
                let f = self.rng.pick(&[
                    "Number.isInteger",
                    "Array.isArray",
                    "isNaN",
                    "Boolean",
                    "Number.isNaN",
                ]);
                format!("{f}({})", self.expression(Type::Primitive, d))
            }
        }
    }

    fn big(&mut self, depth: usize) -> String {
        self.hit("bigint");
        if depth == 0 {
            return self.rng.pick(BIGS).to_owned();
        }
        let d = depth - 1;
        match self.rng.below(5) {
            0 => self.rng.pick(BIGS).to_owned(),
            1 | 2 => {
                let op = self.rng.pick(&["+", "-", "*", "/", "%", "&", "|", "^"]);
                let (a, b) = (self.expression(Type::Big, d), self.expression(Type::Big, d));
                format!("({a} {op} {b})")
            }
            3 => {
                format!("BigInt.asUintN({}, {})", self.rng.below(70), self.expression(Type::Big, d))
            }
            _ => format!("BigInt({} | 0)", self.expression(Type::Number, d)),
        }
    }

    fn primitive(&mut self, depth: usize) -> String {
        if depth == 0 {
            return match self.rng.below(10) {
                0 => "null".to_owned(),
                1 => "undefined".to_owned(),
                2 => self.rng.pick(BIGS).to_owned(),
                3 => self.rng.pick(TEXTS).to_owned(),
                4 => "true".to_owned(),
                5 | 6 => self.rng.pick(TEXTS).to_owned(),
                _ => self.rng.pick(NUMBERS).to_owned(),
            };
        }
        let d = depth - 1;
        match self.rng.below(12) {
            0..=4 => {
                let of = self.rng.pick(PRIMITIVES);
                self.expression(of, d)
            }
            5 => {
                let (o, k) = (self.expression(Type::Object, d), self.rng.pick(KEYS));
                self.hit("optional chaining");
                if k.starts_with(char::is_alphabetic) {
                    format!("{o}?.{k}")
                } else {
                    format!("{o}?.[{k}]")
                }
            }
            6 => {
                let i = self.rng.below(6) as i64 - 2;
                let a = self.expression(Type::Array, d);
                if self.rng.once_in(2) {
                    format!("{a}[{}]", i.max(0))
                } else {
                    format!("{a}.at({i})")
                }
            }
            7 => {
                self.hit("nullish");
                let (a, b) =
                    (self.expression(Type::Primitive, d), self.expression(Type::Primitive, d));
                format!("({a} ?? {b})")
            }
            8 => {
                self.hit("short circuit");
                let op = self.rng.pick(&["&&", "||"]);
                let (a, b) =
                    (self.expression(Type::Primitive, d), self.expression(Type::Primitive, d));
                format!("({a} {op} {b})")
            }
            9 => self.call(d),
            10 => format!(
                "{}.get({})",
                self.expression(Type::Map, d),
                self.expression(Type::Primitive, d)
            ),
            _ => self.choice(Type::Primitive, d),
        }
    }

    /// A call of a function in scope, or of one made on the spot.
    pub fn call(&mut self, d: usize) -> String {
        self.hit("call");
        let f = match self.variable(Type::Function) {
            Some(known) => known.name,
            None => self.lambda(d),
        };
        let (a, b) = (self.expression(Type::Primitive, d), self.expression(Type::Primitive, d));
        match self.rng.below(4) {
            0 => format!("{f}()"),
            1 => format!("{f}({a})"),
            2 => {
                self.hit("spread call");
                format!("{f}(...[{a}], {b})")
            }
            _ => format!("{f}({a}, {b})"),
        }
    }

    fn array(&mut self, depth: usize) -> String {
        if depth == 0 || self.rng.once_in(3) {
            self.hit("array literal");
            let count = self.rng.below(4);
            let items: Vec<String> =
                (0..count).map(|_| self.expression(Type::Primitive, 0)).collect();
            return format!("[{}]", items.join(", "));
        }
        let d = depth - 1;
        match self.rng.below(9) {
            0 => {
                self.hit("array spread");
                let (a, x) = (self.expression(Type::Array, d), self.expression(Type::Primitive, d));
                format!("[...{a}, {x}]")
            }
            1 => {
                self.hit("object methods");
                let f = self.rng.pick(&["keys", "values"]);
                format!("Object.{f}({})", self.expression(Type::Object, d))
            }
            2 => {
                self.hit("iterator");
                let of = self.rng.pick(&[Type::Set, Type::Text]);
                format!("Array.from({})", self.expression(of, d))
            }
            3 => {
                self.hit("string methods");
                let s = self.expression(Type::Text, d);
                let by = if self.rng.once_in(2) {
                    self.rng.pick(TEXTS)
                } else {
                    self.rng.pick(PATTERNS)
                };
                format!("{s}.split({by})")
            }
            4 => {
                self.hit("sort");
                let a = self.expression(Type::Array, d);
                let by = self.rng.pick(&[
                    "",
                    "(x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)",
                ]);
                format!("{a}.toSorted({by})")
            }
            _ => self.array_method(d),
        }
    }

    fn array_method(&mut self, d: usize) -> String {
        self.hit("array methods");
        let a = self.expression(Type::Array, d);
        match self.rng.below(7) {
            0 | 1 => {
                let x = self.fresh("x");
                self.hit("arrow function");
                let body = self.inside(&x, |b| b.expression(Type::Primitive, d));
                format!("{a}.map({x} => {body})")
            }
            2 => format!("{a}.filter({})", self.predicate(d)),
            3 => format!(
                "{a}.slice({}, {})",
                self.rng.below(3) as i64 - 1,
                self.rng.below(5) as i64 - 1
            ),
            4 => format!("{a}.concat({})", self.expression(Type::Array, d)),
            5 => format!("{a}.toReversed()"),
            _ => format!("{a}.flatMap((x, i) => [i, x])"),
        }
    }

    /// What `inside` makes while a parameter of this name is in scope.
    fn inside(&mut self, name: &str, inside: impl FnOnce(&mut Self) -> String) -> String {
        let mut made = String::new();
        let waits = std::mem::replace(&mut self.waits, false);
        self.parameter_scope(name, |b| made = inside(b));
        self.waits = waits;
        made
    }

    fn predicate(&mut self, d: usize) -> String {
        self.hit("arrow function");
        let x = self.fresh("x");
        let body = self.inside(&x, |b| b.expression(Type::Bool, d.min(1)));
        let op = self.rng.pick(&["===", "<", ">=", "!=="]);
        let y = self.expression(Type::Primitive, 0);
        format!("{x} => {body} || {x} {op} {y}")
    }

    fn lambda(&mut self, d: usize) -> String {
        self.hit("arrow function");
        let x = self.fresh("p");
        let body = self.inside(&x, |b| b.expression(Type::Primitive, d.min(2)));
        self.hit("default parameter");
        format!("(({x} = {}) => {body})", self.expression(Type::Primitive, 0))
    }

    fn object(&mut self, depth: usize) -> String {
        self.hit("object literal");
        let d = depth.saturating_sub(1);
        if depth > 0 {
            match self.rng.below(6) {
                0 => {
                    self.hit("object spread");
                    let (a, b) =
                        (self.expression(Type::Object, d), self.expression(Type::Object, d));
                    return format!("({{ ...{a}, ...{b} }})");
                }
                1 => {
                    self.hit("object methods");
                    let (a, b) =
                        (self.expression(Type::Object, d), self.expression(Type::Object, d));
                    return format!("Object.assign({{}}, {a}, {b})");
                }
                2 => {
                    self.hit("object methods");
                    return format!("Object.fromEntries({})", self.expression(Type::Map, d));
                }
                _ => {}
            }
        }
        let count = self.rng.below(4);
        let fields: Vec<String> = (0..count)
            .map(|_| {
                let (k, v) = (self.rng.pick(KEYS), self.expression(Type::Primitive, d));
                if self.rng.once_in(5) {
                    format!("[{}]: {v}", self.rng.pick(TEXTS))
                } else {
                    format!("{k}: {v}")
                }
            })
            .collect();
        if fields.is_empty() { "({})".to_owned() } else { format!("({{ {} }})", fields.join(", ")) }
    }

    fn map(&mut self, depth: usize) -> String {
        self.hit("map");
        let d = depth.saturating_sub(1);
        if depth > 0 && self.rng.once_in(4) {
            return format!("new Map(Object.entries({}))", self.expression(Type::Object, d));
        }
        let count = self.rng.below(3);
        let pairs: Vec<String> = (0..count)
            .map(|_| {
                format!(
                    "[{}, {}]",
                    self.expression(Type::Primitive, 0),
                    self.expression(Type::Primitive, d)
                )
            })
            .collect();
        format!("new Map([{}])", pairs.join(", "))
    }

    fn set(&mut self, depth: usize) -> String {
        self.hit("set");
        format!("new Set({})", self.expression(Type::Array, depth.saturating_sub(1)))
    }

    fn choice(&mut self, of: Type, d: usize) -> String {
        self.hit("conditional");
        let (c, a, b) =
            (self.expression(Type::Bool, d), self.expression(of, d), self.expression(of, d));
        format!("({c} ? {a} : {b})")
    }
}
