//! Rules about the code: modules use only those before them, the world is met at the rim, and the domain is pure.
//!
//! The text is read line by line, without comments, quoted words and test modules; that is enough to notice a short cut when
//! it is made.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules in the order of the road. Each may use those before it.
const ORDER: [&str; 32] = [
    "source",
    "diagnostic",
    "failure",
    "tls",
    "playbook",
    "parse",
    "select",
    "localize",
    "resolve",
    "measure",
    "routes",
    "check",
    "audit",
    "translate",
    "locale",
    "strings",
    "view",
    "emit",
    "compare",
    "search",
    "theme",
    "card",
    "render",
    "load",
    "write",
    "pipeline",
    "against",
    "pack",
    "external",
    "watch",
    "serve",
    "publish",
];

/// What the library's root and the binary may use: everything.
const ABOVE: [&str; 3] = ["cli", "lib", "main"];

/// Modules that may touch disk, network and environment, and print.
const RIM: [&str; 9] = ["load", "theme", "write", "external", "watch", "serve", "publish", "cli", "main"];

/// What only the rim may name.
const WORLD: [&str; 8] =
    ["std::fs", "std::net", "std::env", "std::process", "println!", "eprintln!", "print!", "eprint!"];

/// What would give the domain a format, or a build a clock.
const FORMATS: [&str; 3] = ["serde", "toml::", "pulldown_cmark"];

#[test]
fn modules_use_those_before_them() {
    let mut broken = Broken::default();
    for_each_line(|line| {
        let Some(own) = place_of(line.module) else {
            if !ABOVE.contains(&line.module) {
                broken.add(line, "this module stands in no order; give it a place in tests/layers.rs and in lib.rs");
            }
            return;
        };
        for used in used_modules(line.code) {
            match place_of(used) {
                Some(other) if other > own => {
                    broken.add(line, &format!("`{}` stands before `{used}` and must not use it", line.module));
                }
                None if ABOVE.contains(&used) => broken.add(line, &format!("nothing uses `{used}`")),
                _ => {}
            }
        }
    });
    broken.assert_none();
}

#[test]
fn the_world_is_met_at_the_rim() {
    let mut broken = Broken::default();
    for_each_line(|line| {
        for word in WORLD.iter().filter(|word| !RIM.contains(&line.module) && names(line.code, word)) {
            broken.add(line, &format!("`{word}` belongs to {}", RIM.join(", ")));
        }
    });
    broken.assert_none();
}

#[test]
fn the_domain_knows_no_format() {
    let mut broken = Broken::default();
    for_each_line(|line| {
        for word in FORMATS.iter().filter(|word| line.module == "playbook" && names(line.code, word)) {
            broken.add(line, &format!("`playbook` says what things mean, `{word}` how they are written"));
        }
    });
    broken.assert_none();
}

#[test]
fn no_clock_inside() {
    let mut broken = Broken::default();
    for_each_line(|line| {
        let inside = place_of(line.module).is_some() && !RIM.contains(&line.module);
        for word in
            ["SystemTime::now", "Zoned::now", "Timestamp::now"].iter().filter(|word| inside && names(line.code, word))
        {
            broken.add(line, &format!("`{word}`: the day comes in as an argument"));
        }
    });
    broken.assert_none();
}

fn place_of(module: &str) -> Option<usize> {
    ORDER.iter().position(|one| *one == module)
}

/// The modules behind every `crate::` of a line; of `use crate::{a, b::C}` each.
fn used_modules(code: &str) -> Vec<&str> {
    let mut used = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(list) => used.extend(top_level(list).into_iter().map(|one| word(one.trim_start()))),
            None => used.push(word(rest)),
        }
    }
    used
}

/// The parts of `a, b::{c, d}}` between its own commas.
fn top_level(list: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut from) = (Vec::new(), 0, 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(&list[from..at]);
                return parts;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&list[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&list[from..]);
    parts
}

fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(text)
}

/// Whether `code` names `word`, not as the end of a longer one. `use std::{env, fs}` names `std::fs`.
fn names(code: &str, word: &str) -> bool {
    let whole = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    let plain = code.match_indices(word).any(|(at, _)| whole(at));
    let in_list = word.strip_prefix("std::").is_some_and(|module| {
        let list = code.find("std::{").map(|at| &code[at + "std::{".len()..]);
        list.is_some_and(|list| top_level(list).into_iter().any(|one| self::word(one.trim_start()) == module))
    });
    plain || in_list
}

#[derive(Clone, Copy)]
struct Line<'a> {
    path: &'a Path,
    number: usize,
    module: &'a str,
    code: &'a str,
}

#[derive(Default)]
struct Broken(String);

impl Broken {
    fn add(&mut self, line: Line<'_>, rule: &str) {
        let _ = writeln!(self.0, "{}:{}: {rule}\n    {}", line.path.display(), line.number, line.code.trim());
    }

    fn assert_none(&self) {
        assert!(self.0.is_empty(), "\n{}", self.0);
    }
}

/// Visits every statement of `src/` that is no comment and in no test module, a `use` over many lines as one.
fn for_each_line(mut visit: impl FnMut(Line<'_>)) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    files.sort();
    for file in files {
        let inside = file.strip_prefix(&source).expect("found below src");
        let first = inside.components().next().expect("a file has a name").as_os_str().to_string_lossy().into_owned();
        let module = first.strip_suffix(".rs").unwrap_or(&first);
        let path = Path::new("src").join(inside);
        let text =
            fs::read_to_string(&file).unwrap_or_else(|error| panic!("could not read {}: {error}", file.display()));
        let (mut import, mut began) = (String::new(), 0);
        for (number, line) in (1..).zip(text.lines()) {
            // Test modules stand at the end of their files.
            if line == "#[cfg(test)]" {
                break;
            }
            let code = uncommented(line);
            if !import.is_empty() || code.trim_start().trim_start_matches("pub ").starts_with("use ") {
                if import.is_empty() {
                    began = number;
                }
                import.push_str(code.trim());
                import.push(' ');
                if code.contains(';') {
                    visit(Line { path: &path, number: began, module, code: &import });
                    import.clear();
                }
                continue;
            }
            visit(Line { path: &path, number, module, code: &code });
        }
    }
}

/// A line without its comment and the words in its quotes.
fn uncommented(line: &str) -> String {
    let mut code = String::with_capacity(line.len());
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in line.char_indices() {
        if !quoted && line[at..].starts_with("//") {
            break;
        }
        // `'"'` is a letter, not the beginning of a text.
        let letter = line[..at].ends_with('\'') && line[at + c.len_utf8()..].starts_with('\'');
        if c == '"' && !escaped && !letter {
            quoted = !quoted;
        }
        escaped = quoted && c == '\\' && !escaped;
        if !quoted || c == '"' {
            code.push(c);
        }
    }
    code
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("could not list {}: {error}", folder.display())) {
        let path = entry.expect("src can be listed").path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn the_reader_sees_what_it_should() {
    assert_eq!(used_modules("use crate::{check, view::{a, b}};"), ["check", "view"]);
    assert_eq!(used_modules("    crate::parse::id::anchor(tag);"), ["parse"]);
    assert!(names("use std::{env, fs::File};", "std::fs"));
    assert!(!names("eprintln!()", "println!"));
    assert_eq!(uncommented("let a = \"std::fs\"; // std::env"), "let a = \"\"; ");
}
