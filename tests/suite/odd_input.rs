//! Settings, YAML, images and findings made of the pieces that they are made of, in any order: nothing panics, every finding
//! lies in its file, and every finding can be drawn.

use super::properties::{choices, config, source, sources};
use super::scratch::Scratch;
use proptest::prelude::*;
use std::sync::Arc;
use trustbook::diagnostic::draw::{draw, json_lines};
use trustbook::diagnostic::{Code, Diagnostic, Diagnostics, Level, Report};
use trustbook::load::image;
use trustbook::parse::Dialect;
use trustbook::pipeline;
use trustbook::source::Place;

fn one_of(words: &[&str]) -> impl Strategy<Value = String> + use<> {
    prop::sample::select(words.iter().map(|word| word.to_string()).collect::<Vec<_>>())
}

/// What may stand after `=`, sound or not.
fn value() -> impl Strategy<Value = String> {
    let sound = one_of(&[
        "\"\"",
        "\"T\"",
        "\"en\"",
        "\"sv\"",
        "\"public\"",
        "\"internal\"",
        "\"deny\"",
        "\"warn\"",
        "\"allow\"",
        "\"never\"",
        "true",
        "-1",
        "0",
        "10",
        "9223372036854775807",
        "1e400",
        "nan",
        "-inf",
        "2026-02-29",
        "2026-01-01T00:00:00Z",
        "07:32:00",
        "[]",
        "[\"public\"]",
        "[\"internal\", \"internal\"]",
        "[1, \"en\", []]",
        "{}",
        "{ name = 1 }",
        "\"https://example.com/a/../b\"",
        "\"https://\"",
        "\"//x\"",
        "\"javascript:x\"",
        "\"{path}{path}\"",
        "\"../..\"",
        "\"\\u0000\"",
        "\"\u{202e}é\u{0301}\"",
        "'''",
        "\"",
    ]);
    prop_oneof![8 => sound, 1 => "\\PC{0,8}"]
}

fn settings() -> impl Strategy<Value = String> {
    let header = one_of(&[
        "[languages.en]",
        "[languages.sv]",
        "[languages.\"\"]",
        "[languages.en-x-y]",
        "[languages]",
        "[audiences]",
        "[editions.public]",
        "[editions.nobody]",
        "[editions]",
        "[theme_options]",
        "[checks]",
        "[[checks]]",
        "[checks.deny]",
        "[extra]",
        "[languages.sv.extra]",
    ]);
    let key = one_of(&[
        "title",
        "id",
        "description",
        "base_url",
        "default_language",
        "theme",
        "default_audience",
        "edit_url",
        "social_cards",
        "raw_html",
        "min_n",
        "proof",
        "name",
        "fallback",
        "public",
        "internal",
        "index",
        "accent",
        "vague-promise",
        "unknown-name",
        "syntax",
        "no-such-code",
        "\"\"",
        "\"a b\"",
        "a.b.c",
        "languages",
        "checks",
        "audiences",
    ]);
    let line = prop_oneof![
        1 => header.prop_map(|header| format!("{header}\n")),
        3 => (key, value()).prop_map(|(key, value)| format!("{key} = {value}\n")),
    ];
    prop::collection::vec(line, 0..20).prop_map(|lines| lines.concat())
}

fn yaml() -> impl Strategy<Value = String> {
    let piece = one_of(&[
        "title: ",
        "date: ",
        "tags: ",
        "extra:\n",
        "\n",
        "  ",
        "- ",
        "? ",
        ": ",
        "- - ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "|\n",
        ">-\n",
        "|+2\n",
        "&a ",
        "*a",
        "<<: *a\n",
        "!include x",
        "!!str ",
        "!!binary ",
        "! ",
        "\"",
        "'",
        "\\",
        "# c\n",
        "%YAML 1.2\n",
        "---\n",
        "...\n",
        "~",
        "null",
        "yes",
        "0x7f",
        "0o17",
        ".inf",
        "1e999",
        "2026-13-01",
        "2026-01-01",
        "\t",
        "\u{feff}",
        "é",
        "\u{85}",
        "@",
        "`",
        "true: 1\n",
    ]);
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// Heads of images with anything after them.
fn images() -> impl Strategy<Value = Vec<u8>> {
    let magic: Vec<&[u8]> = vec![
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"GIF89a",
        b"\xff\xd8\xff\xe0",
        b"\xff\xd8\xff\xc0\0\x11",
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"RIFF\0\0\0\0WEBPVP8L",
        b"RIFF\0\0\0\0WEBPVP8X",
        b"\0\0\0\x1cftypavif\0\0\0\0avifmif1",
        b"\0\0\0\x18ftypheic",
        b"<svg width=\"",
        b"<svg height=1 width='",
        b"",
    ];
    (prop::sample::select(magic), prop::collection::vec(any::<u8>(), 0..200))
        .prop_map(|(magic, rest)| [magic, &rest].concat())
}

proptest! {
    #![proptest_config(config(256, 3))]

    #[test]
    fn no_settings_of_their_own_words_panic(text in settings()) {
        let scratch = Scratch::new();
        let planned = pipeline::plan(&scratch.root(), sources(&scratch, &[], text.clone()), Diagnostics::default(), &choices(None));
        prop_assert!(planned.is_ok());
        let read = |path: &str| (path == "trustbook.toml").then(|| Arc::from(text.as_str()));
        if let Ok(planned) = planned {
            all_can_be_drawn(&planned.report, &read)?;
        }
    }

    #[test]
    fn no_yaml_panics(front in yaml()) {
        let text: Arc<str> = format!("---\n{front}\n---\nText.\n").into();
        let dialect = Dialect { languages: vec!["en".into()], ..Dialect::default() };
        let parsed = trustbook::parse::parse(&source("content/a.md", &*text), &dialect);
        for finding in &parsed.findings {
            prop_assert!(finding.labels.iter().all(|label| text.get(label.place.range()).is_some()), "{finding:?}");
        }
        let report = Report { findings: parsed.findings.into_iter().map(|finding| (Level::Deny, finding)).collect() };
        all_can_be_drawn(&report, &|_| Some(text.clone()))?;
    }

    #[test]
    fn no_image_panics(head in images()) {
        if let Some((width, height)) = image::size(&head) {
            prop_assert!(width > 0 && height > 0);
        }
    }

    #[test]
    fn any_words_and_places_can_be_drawn(
        text in any::<String>(), message in any::<String>(), label in any::<String>(), start in 0_u32..300, length in 0_u32..300,
    ) {
        // A file may have changed since it was read: its places need not lie in it, nor between its characters.
        let place = Place { path: "content/a.md".into(), start, end: start.saturating_add(length) };
        let finding = Diagnostic::new(Code::Syntax, message).at(place.clone(), label.clone()).at(place, label).help(text.clone());
        let report = Report { findings: vec![(Level::Deny, finding)] };
        all_can_be_drawn(&report, &|_| Some(text.as_str().into()))?;
        all_can_be_drawn(&report, &|_| None)?;
    }
}

/// As text, plain and in colours, and as lines of JSON: one a finding.
fn all_can_be_drawn(report: &Report, read: &dyn Fn(&str) -> Option<Arc<str>>) -> Result<(), TestCaseError> {
    for styled in [false, true] {
        let _ = draw(report, styled, read);
    }
    let json = json_lines(report, read);
    prop_assert_eq!(json.lines().count(), report.findings.len());
    for line in json.lines() {
        prop_assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{}", line);
    }
    Ok(())
}
