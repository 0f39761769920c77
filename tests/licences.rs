//! What we depend on comes from crates.io, under a licence that `deny.toml` allows. The lists stand there and nowhere else, so
//! that `cargo deny check` says the same to who has it installed; compiling it would take longer than all tests.

use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

#[test]
fn every_dependency_has_a_licence_that_is_allowed() {
    let rules = rules();
    let mut wrong = String::new();
    let packages = packages();
    assert!(packages.len() > 100, "cargo names {} packages", packages.len());
    for package in &packages {
        let name = package["name"].as_str().expect("packages have names");
        let licence = package["license"].as_str().unwrap_or("none");
        let allowed = |one: &str| {
            let exceptions = list(&rules["exceptions"]);
            let excepted = exceptions.iter().filter(|rule| rule["crate"].as_str() == Some(name));
            list(&rules["allow"])
                .iter()
                .chain(excepted.flat_map(|rule| list(&rule["allow"])))
                .any(|known| known.as_str() == Some(one))
        };
        if !holds(licence, &allowed) {
            let _ = writeln!(wrong, "{name} is licensed under {licence}");
        }
        if !package["source"].is_null() && package["source"] != CRATES_IO {
            let _ = writeln!(wrong, "{name} comes from {}", package["source"]);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn expressions_are_read_as_spdx_means_them() {
    let allowed = |one: &str| matches!(one, "MIT" | "BSD-3-Clause");
    for good in ["MIT", "GPL-3.0/MIT", "GPL-3.0 OR MIT", "(Apache-2.0 OR MIT) AND BSD-3-Clause", "MIT AND (MIT OR X)"] {
        assert!(holds(good, &allowed), "{good}");
    }
    for bad in ["", "none", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR X) AND Y", "MIT WITH some-exception"] {
        assert!(!holds(bad, &allowed), "{bad}");
    }
}

/// Whether an SPDX expression holds: `AND` binds closer than `OR`, which old manifests write as `/`.
fn holds(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    either(&words, &mut at, allowed) && at == words.len()
}

fn either(words: &[&str], at: &mut usize, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut one = both(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        one |= both(words, at, allowed);
    }
    one
}

fn both(words: &[&str], at: &mut usize, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut all = licence(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        all &= licence(words, at, allowed);
    }
    all
}

fn licence(words: &[&str], at: &mut usize, allowed: &dyn Fn(&str) -> bool) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let inner = either(words, at, allowed);
        let closed = words.get(*at) == Some(&")");
        *at += 1;
        return inner && closed;
    }
    if words.get(*at) == Some(&"WITH") {
        let exception = words.get(*at + 1).copied().unwrap_or_default();
        *at += 2;
        return allowed(&format!("{word} WITH {exception}"));
    }
    allowed(word)
}

/// `[licenses]` of `deny.toml`.
fn rules() -> toml::Table {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml");
    let text = std::fs::read_to_string(file).expect("deny.toml stands beside Cargo.toml");
    let deny: toml::Table = text.parse().expect("deny.toml is TOML");
    deny["licenses"].as_table().expect("it has [licenses]").clone()
}

fn list(value: &toml::Value) -> &[toml::Value] {
    value.as_array().expect("deny.toml has lists here")
}

/// All packages of all systems, as cargo knows them.
fn packages() -> Vec<Value> {
    let cargo = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--all-features"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(cargo.status.success(), "{}", String::from_utf8_lossy(&cargo.stderr));
    let metadata: Value = serde_json::from_slice(&cargo.stdout).expect("cargo writes JSON");
    metadata["packages"].as_array().expect("there are packages").clone()
}
