//! What is there without being declared, and why the rest is not.

/// What may be done with a global name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Global {
    /// A constant: `undefined`, `NaN`, `Infinity`.
    Constant,
    /// A function: called, or passed on.
    Function,
    /// A function that also has functions: `Number`, `String`.
    Converter,
    /// Made with `new`, tested with `instanceof`; its functions are called by name.
    Constructor,
    /// Only its functions are used, by name.
    Namespace,
    /// Only called.
    Called,
    /// `E(ref).method(…)`.
    Eventual,
}

/// What a global name is, if it is in the language.
pub fn global(name: &str) -> Option<Global> {
    Some(match name {
        "undefined" | "NaN" | "Infinity" => Global::Constant,
        "isNaN" | "isFinite" | "parseInt" | "parseFloat" | "encodeURIComponent"
        | "decodeURIComponent" | "encodeURI" | "decodeURI" | "harden" => Global::Function,
        "String" | "Number" | "Boolean" | "BigInt" => Global::Converter,
        "Error" | "TypeError" | "RangeError" | "SyntaxError" | "ReferenceError" | "EvalError"
        | "URIError" | "AggregateError" | "Map" | "Set" | "Promise" => Global::Constructor,
        "Object" | "Array" | "Math" | "JSON" | "console" => Global::Namespace,
        "Far" => Global::Called,
        "E" => Global::Eventual,
        _ => return None,
    })
}

/// The members of a global name that are in the language.
pub fn members(name: &str) -> &'static [&'static str] {
    match name {
        "Object" => &[
            "keys",
            "values",
            "entries",
            "assign",
            "fromEntries",
            "freeze",
            "isFrozen",
            "hasOwn",
            "is",
        ],
        "Array" => &["isArray", "from", "of"],
        "String" => &["fromCharCode", "fromCodePoint"],
        "Number" => &[
            "EPSILON",
            "MAX_SAFE_INTEGER",
            "MIN_SAFE_INTEGER",
            "MAX_VALUE",
            "MIN_VALUE",
            "NaN",
            "NEGATIVE_INFINITY",
            "POSITIVE_INFINITY",
            "isFinite",
            "isInteger",
            "isNaN",
            "isSafeInteger",
            "parseFloat",
            "parseInt",
        ],
        "BigInt" => &["asIntN", "asUintN"],
        "Math" => &[
            "E", "LN10", "LN2", "LOG10E", "LOG2E", "PI", "SQRT1_2", "SQRT2", "abs", "acos",
            "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "ceil", "clz32", "cos",
            "cosh", "exp", "expm1", "floor", "fround", "hypot", "imul", "log", "log10", "log1p",
            "log2", "max", "min", "pow", "round", "sign", "sin", "sinh", "sqrt", "tan", "tanh",
            "trunc",
        ],
        "JSON" => &["parse", "stringify"],
        "Promise" => &["all", "allSettled", "any", "race", "reject", "resolve"],
        "console" => &["log", "info", "warn", "error", "debug"],
        _ => &[],
    }
}

/// The value of a global constant or of a constant member of a global.
pub fn constant(path: &str) -> Option<f64> {
    use std::f64::consts;
    Some(match path {
        "NaN" | "Number.NaN" => f64::NAN,
        "Infinity" | "Number.POSITIVE_INFINITY" => f64::INFINITY,
        "Number.NEGATIVE_INFINITY" => f64::NEG_INFINITY,
        "Number.EPSILON" => f64::EPSILON,
        "Number.MAX_SAFE_INTEGER" => 9_007_199_254_740_991.0,
        "Number.MIN_SAFE_INTEGER" => -9_007_199_254_740_991.0,
        "Number.MAX_VALUE" => f64::MAX,
        "Number.MIN_VALUE" => 5e-324,
        "Math.E" => consts::E,
        "Math.LN10" => consts::LN_10,
        "Math.LN2" => consts::LN_2,
        "Math.LOG10E" => consts::LOG10_E,
        "Math.LOG2E" => consts::LOG2_E,
        "Math.PI" => consts::PI,
        "Math.SQRT1_2" => consts::FRAC_1_SQRT_2,
        "Math.SQRT2" => consts::SQRT_2,
        _ => return None,
    })
}

/// What to write instead of a global name that is not in the language.
pub fn hint_for_name(name: &str) -> &'static str {
    match name {
        "Date" | "performance" | "Temporal" => {
            "time is a capability: ask the clock that `main` was given"
        }
        "setTimeout" | "setInterval" | "setImmediate" | "queueMicrotask" => {
            "await a timer that `main` was given, or `Promise.resolve()`"
        }
        "require" | "module" | "exports" => "use `import { … } from 'blake3:…'`",
        "process" | "Buffer" | "fetch" | "XMLHttpRequest" | "WebSocket" | "crypto" | "window"
        | "document" | "self" | "global" | "__dirname" | "__filename" | "Deno" | "Bun" => {
            "the outside is reached by what `main` was given, with `E(…)`"
        }
        "globalThis" => "name what is meant",
        "eval" | "Function" => "code cannot be made at run time; write a function",
        "Symbol" => "use a string as key, or a frozen object as a unique value",
        "Reflect" | "Proxy" => "use `Object.keys`, `in` and `o[key]`",
        "WeakMap" | "WeakSet" | "WeakRef" | "FinalizationRegistry" => "use `Map` or `Set`",
        "RegExp" => "write a literal, such as `/a+/g`",
        "structuredClone" => "write `JSON.parse(JSON.stringify(x))` or copy with `{ ...x }`",
        "Intl" => "format with `toFixed`, `padStart` and the like",
        "ArrayBuffer" | "SharedArrayBuffer" | "DataView" | "Uint8Array" | "Int8Array"
        | "Uint16Array" | "Int16Array" | "Uint32Array" | "Int32Array" | "Float32Array"
        | "Float64Array" | "Atomics" => "use arrays of numbers",
        "escape" | "unescape" => "use `encodeURIComponent`",
        "arguments" => "use a rest parameter, such as `(...args) => …`",
        "alert" | "print" | "prompt" => "use `console.log`",
        _ => "declare it with `const`, or take it as a parameter",
    }
}

/// Why a member's name is not in the language, with a hint.
pub fn forbidden_member(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "__proto__" | "prototype" | "constructor" | "__defineGetter__" | "__defineSetter__"
        | "__lookupGetter__" | "__lookupSetter__" => (
            "objects have no prototypes here",
            "use another name; share methods by spread: `{ ...base, m }`",
        ),
        "caller" | "callee" | "arguments" => {
            ("functions do not tell about their calls", "pass what is needed as arguments")
        }
        "call" | "apply" | "bind" => (
            "there is no `this` to call a function with",
            "call the function itself, `f(...args)`; a method of your own needs another name",
        ),
        "isPrototypeOf" => ("objects have no prototypes here", "tell objects by a property"),
        "propertyIsEnumerable" => ("all properties are enumerable", "use `Object.hasOwn`"),
        "toLocaleString" | "toLocaleUpperCase" | "toLocaleLowerCase" | "localeCompare"
        | "toLocaleDateString" | "toLocaleTimeString" => {
            ("what depends on the machine's language is not in the language", LOCALE_HINT)
        }
        "copyWithin" => ("this method is not in the language", "use `slice` and `splice`"),
        "substr" => ("this method is not in the language", "use `slice(start, end)`"),
        "trimLeft" => ("this method is not in the language", "use `trimStart`"),
        "trimRight" => ("this method is not in the language", "use `trimEnd`"),
        _ => return None,
    })
}

const LOCALE_HINT: &str = "use `toUpperCase`, `toFixed`, or compare with `<`";

/// What to write instead of a member of a global that is not in the language.
pub fn hint_for_member(name: &str, member: &str) -> String {
    match (name, member) {
        ("Math", "random") => "randomness is a capability: ask what `main` was given".into(),
        ("Object", "create" | "setPrototypeOf" | "getPrototypeOf") => {
            "objects have no prototypes; write a literal `{ … }`".into()
        }
        ("Object", "defineProperty" | "defineProperties" | "getOwnPropertyDescriptor") => {
            "properties are plain; assign, or `Object.freeze`".into()
        }
        ("Object", "seal" | "preventExtensions" | "isSealed" | "isExtensible") => {
            "use `Object.freeze` or `harden`".into()
        }
        ("Object" | "Map", "groupBy") => "group in a loop, into a `Map`".into(),
        ("Object", "getOwnPropertyNames") => "use `Object.keys`".into(),
        ("Promise", "withResolvers" | "try") => {
            "take `resolve` and `reject` from `new Promise((resolve, reject) => …)`".into()
        }
        ("String", "raw") => "write the backslashes twice".into(),
        ("Array", "fromAsync") => "use `Promise.all`".into(),
        ("console", _) => "use `console.log`".into(),
        ("E", _) => "write `E(ref).method(…)`".into(),
        ("Math", _) => "it has the other functions and constants of ECMA-262".into(),
        _ if members(name).is_empty() => String::new(),
        _ => format!("it has {}", members(name).join(", ")),
    }
}
