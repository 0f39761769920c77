//! What holds for any input: no panic, and the same bytes however many threads draw them.

use super::scratch::{Scratch, files, nothing_denied};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use std::collections::BTreeMap;
use std::path::Path;
use trustbook::diagnostic::Diagnostics;
use trustbook::load;
use trustbook::parse::{Dialect, parse, settings};
use trustbook::pipeline::{self, Choices};
use trustbook::source::{Source, Sources, TextFile};

pub fn config(cases: u32, seed: u64) -> Config {
    Config {
        cases,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    }
}

pub fn source(path: &str, text: impl Into<String>) -> Source {
    Source { path: path.into(), text: text.into().into() }
}

fn dialect() -> Dialect {
    Dialect {
        languages: vec!["en".into(), "sv".into(), "ar".into()],
        markdown: trustbook::parse::markdown::Rules { trusted: false, customer_prose: true, several_languages: true },
    }
}

/// Pieces that Markdown, directives, front matter and raw HTML mean something by, and some that nothing does.
fn markdown() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "# ",
        "## ",
        "\n\n",
        "\n",
        "    ",
        "\t",
        "- ",
        "- [ ] ",
        "- [x] ",
        "1. ",
        "> ",
        "> [!NOTE]\n",
        "```",
        "```rust\n",
        "~~~\n",
        "`",
        "*",
        "**",
        "_",
        "~~",
        "[",
        "](",
        ")",
        "[a]: /b\n",
        "[^1]",
        "[^1]: note\n",
        "![",
        "<b>",
        "</b>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<a href=\"",
        "\">",
        "<img src=x>",
        "&amp;",
        "&#0;",
        "$",
        "$$",
        "\\",
        "|a|b|\n|-|-|\n|c|d|\n",
        ": meaning\n",
        "{#id}",
        "{.class}",
        "{#a b=\"c\"}",
        ":::",
        "::::",
        ":::aside{kind=\"tip\"}\n",
        ":::checklist{#c}\n",
        ":::audience{only=\"public\"}\n",
        ":::steps\n",
        ":::tabs\n",
        ":::figure{src=\"x.svg\"}\n",
        ":::quote{by=\"\\\"\"}\n",
        ":::journey{ref=\"year\"}\n",
        ":::coverage\n",
        ":::nothing\n",
        "promise:reply",
        "claim:pew",
        "term:churn",
        "journey:year/buy",
        "https://example.com",
        "javascript:",
        "mailto:",
        "../",
        "guides/a.md",
        "#anchor",
        "+++\n",
        "---\n",
        "title = \"x\"\n",
        "title: x\n",
        "always ",
        "\"",
        "'",
        "...",
        "--",
        "\r\n",
        "\u{feff}",
        "\u{0}",
        "\u{a0}",
        "é",
        "e\u{301}",
        "م",
        "🙂",
        "\u{202e}",
        "\u{2028}",
        "\u{f0000}",
        "\u{f0001}0",
        "\u{f0002}0",
        "\u{f0003}",
        "\u{1}note:0:1",
        "word ",
        "a",
        " ",
        "İ",
        "ß",
    ]);
    prop::collection::vec(
        prop_oneof![8 => words.prop_map(String::from), 1 => any::<char>().prop_map(String::from), 1 => "\\PC{0,8}"],
        0..60,
    )
    .prop_map(|pieces| pieces.concat())
}

/// Pieces of TOML with the format's keys.
fn toml() -> impl Strategy<Value = String> {
    let keys = prop::sample::select(vec![
        "title",
        "text",
        "summary",
        "owner",
        "audience",
        "stages",
        "touchpoints",
        "promises",
        "metrics",
        "emotion",
        "emotions",
        "history",
        "date",
        "status",
        "target",
        "evidence",
        "pillar",
        "department",
        "channel",
        "personas",
        "objectives",
        "checklist",
        "review_every",
        "last_reviewed",
        "made_in",
        "url",
        "value",
        "source",
        "term",
        "meaning",
        "noticed",
        "fixed",
        "slug",
        "aliases",
        "weight",
        "tags",
        "draft",
        "publish_on",
        "extra",
        "goals",
        "opportunities",
        "languages",
        "audiences",
        "editions",
        "checks",
        "theme",
        "base_url",
        "default_language",
        "default_audience",
        "fallback",
        "name",
        "min_n",
        "id",
        "raw_html",
        "edit_url",
        "social_cards",
        "a",
        "\"é\"",
        "\"\"",
        "'b c'",
    ]);
    let values = prop_oneof![
        prop::sample::select(vec![
            "1",
            "-2",
            "1e400",
            "nan",
            "-0.0",
            "9223372036854775807",
            "true",
            "2026-01-01",
            "9999-12-31",
            "0001-01-01",
            "2026-02-30",
            "[]",
            "{}",
            "\"\"",
            "\"kept\"",
            "\"reply\"",
            "\"en\"",
            "[\"a\"]",
            "[1, [2]]",
            "{ text = \"x\", owner = 1 }",
            "\"3 months\"",
            "\"99999999999 years\"",
            "\"../..\"",
            "\"/a/\"",
            "\"https://example.com/a/\"",
            "\"javascript:x\"",
            "\"public\"",
            "'''\n*x*\n'''",
            "2026-01-01T00:00:00Z",
            "00:00:00",
        ])
        .prop_map(String::from),
        markdown().prop_map(|text| format!("'''{}'''", text.replace('\'', "’").replace(['\0', '\u{1}', '\r'], " "))),
    ];
    let line = prop_oneof![
        6 => (keys.clone(), values).prop_map(|(key, value)| format!("{key} = {value}\n")),
        2 => prop::collection::vec(keys.clone(), 1..4).prop_map(|keys| format!("[{}]\n", keys.join("."))),
        1 => prop::collection::vec(keys, 1..3).prop_map(|keys| format!("[[{}]]\n", keys.join("."))),
        1 => prop::sample::select(vec!["[stages.buy]\n", "[stages.buy.touchpoints.pay]\n", "[reply]\n", "[[reply.history]]\n", "[languages.sv]\n"])
            .prop_map(String::from),
        1 => "\\PC{0,12}",
    ];
    prop::collection::vec(line, 0..24).prop_map(|lines| lines.concat())
}

proptest! {
    #![proptest_config(config(128, 1))]

    #[test]
    fn no_markdown_panics(text in markdown()) {
        for path in ["content/a.md", "content/strategies/a.md", "content/a.sv.md", "content/guides/index.md"] {
            let parsed = parse(&source(path, text.clone()), &dialect());
            prop_assert!(parsed.draft.is_some());
            for finding in &parsed.findings {
                prop_assert!(finding.labels.iter().all(|label| text.get(label.place.range()).is_some()), "{finding:?}");
            }
        }
    }

    #[test]
    fn no_front_matter_panics(front in toml(), body in markdown()) {
        for text in [format!("+++\n{front}+++\n{body}"), format!("---\n{}---\n{body}", front.replace(" = ", ": "))] {
            for path in ["content/a.md", "content/personas/a.md", "content/strategies/a.sv.md"] {
                let parsed = parse(&source(path, text.clone()), &dialect());
                for finding in &parsed.findings {
                    prop_assert!(finding.labels.iter().all(|label| text.get(label.place.range()).is_some()), "{finding:?}");
                }
            }
        }
    }

    #[test]
    fn no_toml_panics(text in toml()) {
        for path in [
            "content/journeys/a.toml", "content/promises.toml", "content/promises/a.toml", "content/metrics.toml", "content/departments.toml",
            "content/channels.toml", "content/claims.toml", "content/glossary.toml", "content/incidents.toml", "content/journeys/a.sv.toml",
            "content/glossary.sv.toml", "content/nothing.toml",
        ] {
            let parsed = parse(&source(path, text.clone()), &dialect());
            for finding in &parsed.findings {
                prop_assert!(finding.labels.iter().all(|label| text.get(label.place.range()).is_some()), "{path}: {finding:?}");
            }
        }
        let mut found = Diagnostics::default();
        let _ = settings::settings(Some(&source("trustbook.toml", text.clone())), None, None, &mut found);
        let _ = settings::settings(Some(&source("trustbook.toml", text)), Some("public"), None, &mut found);
    }

    #[test]
    fn no_text_at_all_panics(text in any::<String>()) {
        for path in ["content/a.md", "content/journeys/a.toml", "content/promises.toml", "content/journeys/a.sv.toml"] {
            let _ = parse(&source(path, text.clone()), &dialect());
        }
        let _ = settings::settings(Some(&source("trustbook.toml", text)), None, None, &mut Diagnostics::default());
    }
}

/// Settings under which nothing is denied, so that everything is drawn.
fn lenient() -> String {
    format!(
        "title = \"T\"\nbase_url = \"https://example.com/\"\ndefault_audience = \"internal\"\n[languages.en]\nname = \"English\"\n\
         [languages.sv]\nname = \"Svenska\"\n[audiences]\npublic = []\ninternal = [\"public\"]\n{}",
        nothing_denied()
    )
}

/// A small playbook of random files around a few sound ones.
fn playbooks() -> impl Strategy<Value = Vec<(String, String)>> {
    let page = (toml(), markdown()).prop_map(|(front, body)| format!("+++\n{front}+++\n{body}"));
    let file = prop_oneof![
        (
            prop::sample::select(vec![
                "index",
                "a",
                "guides/a",
                "guides/index",
                "strategies/b",
                "pillars/c",
                "personas/d",
                "recoveries/e",
                "a.sv"
            ]),
            prop_oneof![page, markdown()]
        )
            .prop_map(|(path, text)| (format!("content/{path}.md"), text)),
        (
            prop::sample::select(vec![
                "journeys/year",
                "journeys/year.sv",
                "promises",
                "promises/more",
                "metrics",
                "departments",
                "channels",
                "claims",
                "glossary",
                "incidents"
            ]),
            toml()
        )
            .prop_map(|(path, text)| (format!("content/{path}.toml"), text)),
    ];
    prop::collection::vec(file, 1..10)
}

const SOUND: [(&str, &str); 6] = [
    ("content/index.md", "# Hello\n\n[](promise:reply) [](claim:pew) [](journey:year/buy)\n\n:::coverage\n"),
    (
        "content/promises.toml",
        "[reply]\ntext = \"We *reply*.\"\ndepartment = \"support\"\nstages = [\"buy\"]\npillar = \"c\"\n",
    ),
    ("content/departments.toml", "[support]\ntitle = \"Support\"\n"),
    ("content/claims.toml", "[pew]\ntext = \"79 %\"\nsource = \"Pew\"\n"),
    ("content/pillars/c.md", "# Reliability\n"),
    (
        "content/journeys/year.toml",
        "title = \"Year\"\npersonas = [\"d\"]\n[stages.buy]\ntitle = \"Buy\"\n[stages.buy.touchpoints.pay]\ntitle = \"Pay\"\n\
         department = \"support\"\nemotion = -1\npromises = [\"reply\"]\n[stages.buy.checklist.x]\ntext = \"X\"\n",
    ),
];

/// The sources of a playbook with these texts, which are written to `scratch`.
pub fn sources(scratch: &Scratch, random: &[(String, String)], settings: String) -> Sources {
    let mut all: BTreeMap<String, String> =
        SOUND.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect();
    all.extend(random.iter().cloned());
    Sources {
        settings: Some(source("trustbook.toml", settings)),
        files: all
            .into_iter()
            .map(|(path, text)| {
                scratch.file(&path, text);
                TextFile { disk: scratch.root().join(&path), path: path.into() }
            })
            .collect(),
        ..Sources::default()
    }
}

pub fn choices(audience: Option<&str>) -> Choices {
    let today = super::scratch::TODAY.parse().expect("a date");
    Choices { audience: audience.map(String::from), drafts: true, today, strict: false }
}

/// Plans and builds on so many threads; the site's files, none where findings denied it.
fn site(sources: Sources, root: &Path, output: &Path, choices: &Choices, threads: usize) -> BTreeMap<String, Vec<u8>> {
    let pool =
        rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(64 << 20).build().expect("threads start");
    let written = pool.install(|| {
        let mut planned = pipeline::plan(root, sources, Diagnostics::default(), choices).expect("it can be planned");
        let built = pipeline::build(&mut planned, root, output, &|_, _| {}).expect("it can be written");
        built.summary.is_some()
    });
    let mut site = if written { files(output) } else { BTreeMap::new() };
    // It says which files of the last site are still good, not what the site is.
    site.remove(".trustbook");
    site
}

proptest! {
    #![proptest_config(config(64, 2))]

    #[test]
    fn no_playbook_panics_and_threads_change_nothing(random in playbooks()) {
        let scratch = Scratch::new();
        let on = |threads: usize, audience: Option<&str>| {
            let output = scratch.around().join(format!("out-{threads}-{}", audience.unwrap_or("default")));
            site(sources(&scratch, &random, lenient()), &scratch.root(), &output, &choices(audience), threads)
        };
        let one = on(1, None);
        prop_assert!(one.contains_key("index.html"), "with every finding allowed, it is built");
        let eight = on(8, None);
        prop_assert!(one == eight, "{}", differing(&one, &eight));
        on(2, Some("public"));
    }

    #[test]
    fn no_settings_panic(text in toml()) {
        let scratch = Scratch::new();
        let sources = sources(&scratch, &[], text);
        let planned = pipeline::plan(&scratch.root(), sources, Diagnostics::default(), &choices(None));
        prop_assert!(planned.is_ok());
    }
}

fn differing(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) -> String {
    one.keys()
        .chain(other.keys())
        .filter(|path| one.get(*path) != other.get(*path))
        .take(5)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ")
}

#[test]
fn the_reference_playbook_is_the_same_on_one_thread_and_on_eight() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scratch = Scratch::new();
    let on = |threads: usize| {
        let (sources, _) = load::load(root).expect("the reference playbook can be read");
        site(sources, root, &scratch.around().join(format!("out-{threads}")), &choices(None), threads)
    };
    let (one, eight) = (on(1), on(8));
    assert!(one.contains_key("playbook.json") && one.len() > 100, "{} files", one.len());
    assert!(one == eight, "{}", differing(&one, &eight));
}
