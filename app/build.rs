//! Makes one typed table of the words of both languages, from `locales/fr.json` and `locales/en.json`; and has the linker
//! say what the screens' wasm is made of.
//!
//! A word missing in one language, or one that does not take the same `{places}` in both, does not compile. A word that
//! no screen says is dead code, which the compiler says too.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use serde_json::{Map, Value};

/// The section said when nothing else works any more: both languages at once, as constants.
const BARE: &str = "rescue";

fn main() {
    println!("cargo::rerun-if-changed=locales");
    if env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        // What needs what, for `cargo xtask` to take the rarer screens out of the wasm that opens.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
    let (french, english) = (read("fr"), read("en"));
    assert_same_keys("the sections", &french, &english);
    let mut table = String::new();
    let mut all = String::new();
    for (section, words) in &french {
        let (words, translated) = (object(section, words), object(section, &english[section]));
        assert_same_keys(section, words, translated);
        writeln!(table, "pub mod {section} {{").expect("a text grows");
        for (key, word) in words {
            let name = format!("{section}.{key}");
            if section == BARE {
                let (french, english) = (text(&name, word), text(&name, &translated[key]));
                let constant = key.to_uppercase();
                writeln!(table, "pub const {constant}: [&str; 2] = [{french:?}, {english:?}];").expect("a text grows");
            } else {
                table.push_str(&function(&name, key, word, &translated[key]));
            }
            for (form, french, english) in forms(&name, word, &translated[key]) {
                let name = format!("{name}{form}");
                writeln!(all, "    ({name:?}, {french:?}, {english:?}),").expect("a text grows");
            }
        }
        table.push_str("}\n");
    }
    write!(table, "#[cfg(test)]\npub const ALL: &[(&str, &str, &str)] = &[\n{all}];\n").expect("a text grows");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo gives OUT_DIR")).join("words.rs");
    fs::write(&out, table).expect("OUT_DIR can be written");
}

fn read(language: &str) -> Map<String, Value> {
    let path = format!("locales/{language}.json");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn assert_same_keys(name: &str, french: &Map<String, Value>, english: &Map<String, Value>) {
    for key in french.keys() {
        assert!(english.contains_key(key), "{name}: {key} is missing in English");
    }
    for key in english.keys() {
        assert!(french.contains_key(key), "{name}: {key} is missing in French");
    }
}

fn object<'a>(name: &str, value: &'a Value) -> &'a Map<String, Value> {
    value.as_object().unwrap_or_else(|| panic!("{name} should hold words"))
}

fn text<'a>(name: &str, value: &'a Value) -> &'a str {
    value.as_str().filter(|text| !text.is_empty()).unwrap_or_else(|| panic!("{name} should be a text"))
}

/// The texts of a word: one, or one for the singular and one for the plural.
fn forms<'a>(name: &str, french: &'a Value, english: &'a Value) -> Vec<(&'static str, &'a str, &'a str)> {
    if !french.is_object() {
        return vec![("", text(name, french), text(name, english))];
    }
    let (french, english) = (object(name, french), object(name, english));
    ["one", "many"]
        .into_iter()
        .map(|form| {
            let both = (french.get(form), english.get(form));
            let (Some(french), Some(english)) = both else {
                panic!("{name} needs `one` and `many`, in both languages")
            };
            (if form == "one" { ".one" } else { ".many" }, text(name, french), text(name, english))
        })
        .collect()
}

/// The `{places}` of a text, in their order.
fn places(text: &str) -> Vec<&str> {
    let mut places: Vec<&str> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
    let mut seen = Vec::new();
    places.retain(|place| {
        !seen.contains(place) && {
            seen.push(*place);
            true
        }
    });
    places
}

/// The expression of a text: its places filled, if it has any.
fn filled(text: &str) -> String {
    if places(text).is_empty() { format!("{text:?}.to_owned()") } else { format!("format!({text:?})") }
}

fn function(name: &str, key: &str, french: &Value, english: &Value) -> String {
    let forms = forms(name, french, english);
    if let [(_, french, english)] = forms[..] {
        let taken = places(french);
        let (mut sorted, mut translated) = (taken.clone(), places(english));
        sorted.sort_unstable();
        translated.sort_unstable();
        assert_eq!(sorted, translated, "{name} does not take the same places in both languages");
        if taken.is_empty() {
            return format!("pub fn {key}() -> &'static str {{ super::say({french:?}, {english:?}) }}\n");
        }
        let arguments: String = taken.iter().map(|place| format!("{place}: impl std::fmt::Display, ")).collect();
        let (french, english) = (filled(french), filled(english));
        let said = match french == english {
            true => french,
            false => format!("if super::is_french() {{ {french} }} else {{ {english} }}"),
        };
        return format!("pub fn {key}({arguments}) -> String {{ {said} }}\n");
    }
    let (one, many) = (forms[0], forms[1]);
    let arguments: String = places(many.1)
        .iter()
        .filter(|place| **place != "n")
        .map(|place| format!(", {place}: impl std::fmt::Display"))
        .collect();
    let [one, many, one_in_english, many_in_english] = [one.1, many.1, one.2, many.2].map(filled);
    format!(
        "pub fn {key}(n: u32{arguments}) -> String {{ match (super::is_french(), n) {{ \
         (true, 0 | 1) => {one}, (true, _) => {many}, (false, 1) => {one_in_english}, (false, _) => {many_in_english} }} }}\n"
    )
}
