//! Compares with what `record.mjs` has recorded: each question, each answer. The file's seed and
//! how many it holds are in the file; `HOGSHEAD_REGEXP_RECORDED` names another such file to compare
//! with.

use hogshead_script::regexp::{Matches, Regexp, Template};
use serde_json::Value;

const FUEL: u64 = 10_000_000;

#[test]
fn every_answer_is_nodes() {
    let recorded = match std::env::var("HOGSHEAD_REGEXP_RECORDED") {
        Ok(path) => std::fs::read_to_string(path).unwrap(),
        Err(_) => include_str!("recorded.json").to_owned(),
    };
    let recorded: Value = serde_json::from_str(&recorded).unwrap();
    println!("seed {}, {}", recorded["seed"], recorded["node"]);
    let (mut asked, mut wrong, mut refused) = (0, Vec::new(), Vec::new());
    for case in recorded["cases"].as_array().unwrap() {
        let (pattern, flags) = (string(&case[0]), string(&case[1]));
        let compiled = Regexp::new(&pattern, &flags);
        let Some(questions) = case[2].as_array() else {
            asked += 1;
            if compiled.is_ok() {
                wrong.push(format!("/{pattern}/{flags}: Node has none such"));
            }
            continue;
        };
        let regexp = match compiled {
            Ok(regexp) => regexp,
            Err(error) => {
                refused.push((pattern, flags, error.to_string()));
                continue;
            }
        };
        for question in questions {
            asked += 1;
            let (expected, found) = answer(&regexp, question);
            if expected != found {
                wrong.push(format!("{regexp:?} {question}: {found}"));
            }
        }
    }
    let listed = &wrong[..wrong.len().min(30)];
    assert!(wrong.is_empty(), "{} of {asked} differ:\n{}", wrong.len(), listed.join("\n"));
    assert!(refused.is_empty(), "of the subset, and refused: {refused:#?}");
    assert!(asked >= 3_000, "{asked} questions");
}

/// The recorded answer to a question, and ours.
fn answer(regexp: &Regexp, question: &Value) -> (Value, Value) {
    let text = text(&question[1]);
    let mut fuel = FUEL;
    match question[0].as_str().unwrap() {
        "x" => {
            let mut last_index = question[2].as_u64().unwrap();
            let found = regexp.exec(&text, &mut last_index, &mut fuel).unwrap();
            let mut numbers = vec![last_index as i64];
            for span in found.iter().flat_map(|found| found.iter()) {
                numbers.extend(span.map_or([-1, -1], |s| [s.start as i64, s.end as i64]));
            }
            // Without the flags `g` and `y`, `lastIndex` is not touched.
            (question[3].clone(), numbers.into())
        }
        "a" => {
            let mut flags = regexp.flags().to_string();
            if !flags.contains('g') {
                flags.push('g');
            }
            let regexp = Regexp::new(regexp.source(), &flags).unwrap();
            let mut numbers = Vec::new();
            let mut matches = Matches::from(0);
            while let Some(found) = matches.next(&regexp, &text, &mut fuel).unwrap() {
                numbers.extend([found.whole().start, found.whole().end]);
            }
            (question[2].clone(), numbers.into())
        }
        "r" => (question[3].clone(), plain(&replace(regexp, &text, &question[2], &mut fuel))),
        "s" => {
            let limit = question[2].as_u64().map_or(u32::MAX, |limit| limit as u32);
            let pieces = regexp.split(&text, limit, &mut fuel).unwrap();
            let pieces = pieces.into_iter().map(|p| p.map_or(Value::Null, |p| plain(&text[p])));
            (question[3].clone(), pieces.collect())
        }
        other => panic!("no question is called {other}"),
    }
}

fn replace(regexp: &Regexp, text: &[u16], template: &Value, fuel: &mut u64) -> Vec<u16> {
    let template = self::text(template);
    let template = Template::new(&template, Some(regexp));
    let (mut result, mut at) = (Vec::new(), 0);
    let mut matches = Matches::from(0);
    while let Some(found) = matches.next(regexp, text, fuel).unwrap() {
        result.extend_from_slice(&text[at..found.whole().start]);
        let before = result.len();
        template.expand(text, &found, &mut result);
        assert_eq!(result.len() - before, template.expanded_len(text, &found));
        at = found.whole().end;
    }
    result.extend_from_slice(&text[at..]);
    result
}

fn string(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// A string, or its code units where it is not well-formed.
fn text(value: &Value) -> Vec<u16> {
    match value {
        Value::String(text) => text.encode_utf16().collect(),
        _ => value.as_array().unwrap().iter().map(|unit| unit.as_u64().unwrap() as u16).collect(),
    }
}

fn plain(text: &[u16]) -> Value {
    String::from_utf16(text).map_or_else(|_| text.into(), Value::String)
}
