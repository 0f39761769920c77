//! Files that would bring a careless builder down: each goes the whole road, ends in time with 0 or 1, and says little.

use super::scratch::{Ended, Scratch};

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

/// Markdown that makes parsers, sanitisers and lists of contents slow or deep.
fn bad_markdown() -> Vec<(&'static str, String)> {
    let many = |text: &str, times: usize| text.repeat(times);
    let numbered = |times: usize, text: &dyn Fn(usize) -> String| (0..times).map(text).collect::<String>();
    vec![
        ("quotes in quotes", many(">", 100_000)),
        ("quotes in quotes, with text", many("> ", 50_000) + "text"),
        ("alerts in quotes", many("> [!NOTE]\n", 20_000)),
        ("lists in lists", numbered(2_000, &|n| format!("{}- a\n", " ".repeat(2 * n)))),
        ("lists in one line", many("- ", 50_000) + "text"),
        ("definitions", numbered(50_000, &|n| format!("[r{n}]: /a\n")) + &numbered(50_000, &|n| format!("[r{n}]\n"))),
        ("references to one long definition", format!("[a]: /{}\n\n", "x".repeat(50_000)) + &many("[a] ", 50_000)),
        ("equal headings", many("## Hours\n\n", 20_000)),
        ("nearly equal headings", many("## Hours\n\n## Hours 1\n\n## Hours-1\n\n", 7_000)),
        ("raw elements", many("<div>", 50_000)),
        ("raw elements, closed", many("<b>", 50_000) + &many("</b>", 50_000)),
        ("raw elements beside each other", many("<b>x</b> ", 20_000)),
        ("raw tags never finished", many("<a href=\"", 50_000)),
        ("comments never closed", many("<!--", 100_000)),
        ("declarations", many("<!A ", 50_000) + &many("<?", 50_000) + &many("<![CDATA[", 20_000)),
        ("opening brackets", many("[", 100_000)),
        ("closing brackets", many("]", 100_000)),
        ("brackets, nested", many("[", 50_000) + "a" + &many("](b)", 50_000)),
        ("image brackets", many("![", 50_000)),
        ("links in titles", many("[a](<b", 50_000)),
        ("stars", many("*", 100_000)),
        ("stars and words", many("*a ", 50_000) + &many(" b**", 50_000)),
        ("emphasis, nested", many("*a **a ", 25_000)),
        ("underscores", many("_a __", 50_000)),
        ("tildes", many("~~a ~", 50_000)),
        ("backticks", numbered(400, &|n| format!("{} ", "`".repeat(n)))),
        ("one run of backticks", many("`", 100_000)),
        ("dollars", many("$a$$", 50_000)),
        ("braces in formulas", "$".to_string() + &many("{", 20_000) + "$"),
        ("fences", many("```\n", 50_000)),
        ("colons", ":".repeat(100_000)),
        ("directives in directives", numbered(3_000, &|n| format!("{}details\n", ":".repeat(3_003 - n)))),
        ("directives never closed", many(":::aside\n", 20_000)),
        ("closings of nothing", many(":::\n\n", 50_000)),
        ("checklists", numbered(5_000, &|n| format!(":::checklist{{#c{n}}}\n- [ ] a {{#i}}\n:::\n\n"))),
        (
            "items of one checklist",
            ":::checklist{#c}\n".to_string() + &numbered(10_000, &|n| format!("- [ ] a {{#i{n}}}\n")) + ":::\n",
        ),
        ("table columns", many("|a", 20_000) + "|\n" + &many("|-", 20_000) + "|\n" + &many("|b", 20_000) + "|\n"),
        ("table rows", "|a|b|\n|-|-|\n".to_string() + &many("|c|d|\n", 30_000)),
        ("short rows of a wide table", many("|a", 2_000) + "|\n" + &many("|-", 2_000) + "|\n" + &many("|c|\n", 2_000)),
        (
            "footnotes",
            numbered(10_000, &|n| format!("[^n{n}] ")) + "\n\n" + &numbered(10_000, &|n| format!("[^n{n}]: x\n\n")),
        ),
        ("footnotes of nothing", many("[^n] ", 20_000)),
        ("one footnote, many references", many("[^n] ", 20_000) + "\n\n[^n]: x\n"),
        ("footnotes in footnotes", numbered(5_000, &|n| format!("[^n{n}]: [^n{}]\n\n", n + 1)) + "[^n0]"),
        ("a definition list", many("a\n: b\n\n", 20_000)),
        ("entities", many("&amp;&#0;&#x110000;&nosuch;", 20_000)),
        ("quotes", many("\"'", 50_000)),
        ("dead links", many("[a](b.md) ", 20_000)),
        ("dead anchors", many("[a](#b) ", 20_000)),
        ("unsafe links", many("[a](javascript:b) ", 20_000)),
        ("images of nothing", many("![](b.png) ", 20_000)),
        ("unknown names", numbered(5_000, &|n| format!("[](promise:p{n}) "))),
        ("headings with attributes", many("# a {#b .c .d}\n\n", 10_000)),
        ("a heading of one long word", format!("# {}\n", "ab".repeat(500_000))),
        ("a long line", "word ".repeat(400_000)),
        ("marks upon a letter", format!("a{}", "\u{301}".repeat(100_000))),
        ("private characters", many("\u{f0000}1\u{f0001}\u{f0002}2\u{f0003}<b>", 10_000)),
    ]
}

/// Every fourth of them, so that tests run beside each other.
fn markdown_builds(part: usize) {
    for (_, text) in bad_markdown().into_iter().enumerate().filter(|(at, _)| at % 4 == part).map(|(_, one)| one) {
        built("content/a.md", &text);
    }
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
fn values_in_toml_are_no_safer() {
    for text in ["*".repeat(100_000), "[".repeat(100_000), ">".repeat(100_000), "<b>".repeat(20_000)] {
        built("content/promises.toml", &format!("[a]\ntext = '''{text}'''\n"));
    }
}
