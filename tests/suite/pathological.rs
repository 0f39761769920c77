//! Files that would bring a careless builder down: each goes the whole road, ends in time with 0 or 1, and says little.

use super::bad_markdown::a_fourth;
use super::scratch::{Ended, Scratch};
use nix::sys::resource::{UsageWho, getrusage};

/// A message may be this long, in bytes.
const MESSAGE: usize = 2 * 1024;
/// All that is drawn as text.
const DRAWN: usize = 6 * 1024;

/// The closing line, and what counts the findings that are not drawn.
const CLOSING: usize = 512;

/// Builds a playbook in which one file is this.
fn built(path: &str, text: &str) -> Ended {
    let scratch = Scratch::new();
    scratch.file(
        "trustbook.toml",
        "title = \"T\"\n[languages.en]\nname = \"English\"\n[languages.sv]\nname = \"Svenska\"\n",
    );
    scratch.file("content/index.md", "# Hello\n");
    scratch.file("content/journeys/year.toml", "title = \"A year\"\n[stages.buy]\ntitle = \"Buy\"\n");
    scratch.file(path, text);
    let start: String = text.chars().take(60).collect();
    let build = scratch.run(&["build"]);
    assert!(matches!(build.code, Some(0 | 1)), "{path}: {start}: {:?}\n{}", build.code, build.err);
    assert_eq!(build.code == Some(0), scratch.site().exists(), "{path}: {start}\n{}", build.err);
    let drawn = build.out.len() + build.err.len();
    assert!(drawn <= DRAWN + CLOSING, "{path}: {start}: {drawn} bytes are said\n{}", build.err);
    build
}

/// The same, with findings, none of them long.
fn found(path: &str, text: &str, code: &str) {
    let build = built(path, text);
    assert_eq!(build.code, Some(1), "{path}\n{}", build.err);
    assert!(build.err.contains(&format!("error[{code}]")), "{path}\n{}", build.err);
    let scratch = Scratch::new();
    scratch.file(path, text);
    let check = scratch.run(&["check", "--format", "json"]);
    assert_eq!(check.code, Some(1), "{path}\n{}", check.err);
    for line in check.out.lines() {
        let json: serde_json::Value = serde_json::from_str(line).expect("findings are lines of JSON");
        assert!(json["message"].as_str().is_some_and(|text| text.len() <= MESSAGE), "{path}: {line:.300}");
        for help in json["help"].as_array().into_iter().flatten() {
            assert!(help.as_str().is_some_and(|text| text.len() <= MESSAGE), "{path}: {line:.300}");
        }
    }
}

/// What TOML can be at its worst.
fn bad_toml() -> Vec<(String, &'static str)> {
    let deep = 100_000;
    vec![
        (format!("a = {}", "[".repeat(deep)), "syntax"),
        (format!("a = {}{}", "[".repeat(deep), "]".repeat(deep)), "syntax"),
        (format!("a = {}1{}", "{ a = ".repeat(deep), " }".repeat(deep)), "syntax"),
        (format!("[{}a]\n", "a.".repeat(deep)), "syntax"),
        (format!("{}a = 1\n", "a.".repeat(deep)), "syntax"),
        (format!("[{}", "[".repeat(deep)), "syntax"),
        (format!("{} = 1\n", "k".repeat(1 << 20)), "unknown-key"),
        (format!("title = \"{}\n", "v".repeat(1 << 20)), "syntax"),
        ("title = \"one\"\ntitle = \"two\"\n".to_string(), "syntax"),
        ("[a]\nx = 1\n[a]\nx = 2\n".to_string(), "syntax"),
        ("x = 1\n".repeat(20_000), "syntax"),
        ("= = =\n".repeat(20_000), "syntax"),
        ((0..20_000).map(|n| format!("key{n} = {n}\n")).collect(), "unknown-key"),
    ]
}

#[test]
fn toml_of_every_kind_as_settings() {
    for (text, code) in bad_toml() {
        found("trustbook.toml", &text, code);
    }
}

#[test]
fn toml_of_every_kind_as_front_matter() {
    for (text, code) in bad_toml() {
        found("content/a.md", &format!("+++\n{text}\n+++\nText.\n"), code);
    }
}

#[test]
fn toml_of_every_kind_as_a_journey() {
    for (text, code) in bad_toml() {
        found("content/journeys/first.toml", &text, code);
    }
}

#[test]
fn toml_of_every_kind_as_a_register_and_an_overlay() {
    for (text, _) in bad_toml() {
        assert_eq!(built("content/promises.toml", &text).code, Some(1), "{text:.60}");
        assert_eq!(built("content/journeys/year.sv.toml", &text).code, Some(1), "{text:.60}");
    }
}

#[test]
fn yaml_bombs_tags_and_depths() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for n in 1..12 {
        let before = format!("*a{}, ", n - 1).repeat(10);
        bomb.push_str(&format!("a{n}: &a{n} [{}]\n", before.trim_end_matches(", ")));
    }
    let merges: String = (1..40).map(|n| format!("m{n}: &m{n} {{<<: [*m{0}, *m{0}], k{n}: 1}}\n", n - 1)).collect();
    for text in [
        bomb,
        format!("m0: &m0 {{a: 1}}\n{merges}"),
        "a: &a [*a]\n".to_string(),
        "title: !!python/object/apply:os.system [\"touch /tmp/trustbook-owned\"]\n".to_string(),
        format!("a: {}", "[".repeat(100_000)),
        format!("a: {}", "{a: ".repeat(100_000)),
        format!("{}a\n", "- ".repeat(100_000)),
        (0..2_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect(),
        format!("? {}\n: 1\n", "k".repeat(1 << 20)),
        "title: one\ntitle: two\n".to_string(),
        format!("title: \"{}\n", "v".repeat(1 << 20)),
    ] {
        let build = built("content/a.md", &format!("---\n{text}\n---\nText.\n"));
        assert_eq!(build.code, Some(1), "{text:.100}\n{}", build.err);
    }
    assert!(!std::path::Path::new("/tmp/trustbook-owned").exists());
}

fn markdown_builds(part: usize) {
    for (what, text) in a_fourth(part, 1_000) {
        built("content/a.md", &text);
        assert_peak(what);
    }
}

/// What a build may have in memory at once, in bytes.
const PEAK: i64 = 1 << 30;

/// No program that a test here has run to its end was larger than [`PEAK`]; the largest is all that the system keeps.
fn assert_peak(what: &str) {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system keeps count");
    let kilobytes = usage.max_rss();
    assert!(kilobytes * 1024 <= PEAK, "{what}, or what ran beside it: {kilobytes} KiB");
}

#[test]
fn markdown_of_every_kind_a() {
    markdown_builds(0);
}

#[test]
fn markdown_of_every_kind_b() {
    markdown_builds(1);
}

#[test]
fn markdown_of_every_kind_c() {
    markdown_builds(2);
}

#[test]
fn markdown_of_every_kind_d() {
    markdown_builds(3);
}

#[test]
fn a_file_of_32_megabytes() {
    let paragraph = "A person answers you within one working day, and *says* [what happens next](index.md).\n\n";
    let build = built("content/a.md", &paragraph.repeat((32 << 20) / paragraph.len()));
    assert_eq!(build.code, Some(0), "{}", build.err);
    assert_peak("32 MB of prose");
}

#[test]
fn values_in_toml_are_no_safer() {
    for text in ["*".repeat(100_000), "[".repeat(100_000), ">".repeat(100_000), "<b>".repeat(20_000)] {
        built("content/promises.toml", &format!("[a]\ntext = '''{text}'''\n"));
    }
}
