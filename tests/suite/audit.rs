//! `trustbook audit`: its formats, its exit codes, its page, and its size.

use super::scratch::Scratch;
use serde_json::Value;

/// Two departments; a broken promise of one of them and a promise that nothing measures of the other.
fn playbook() -> Scratch {
    let scratch = Scratch::new();
    scratch
        .file(
            "trustbook.toml",
            "title = \"Playbook\"\ndefault_audience = \"internal\"\n[audiences]\npublic = []\ninternal = [\"public\"]\n",
        )
        .file("content/departments.toml", "[sales]\ntitle = \"Sales\"\nowner = \"Head of sales\"\n[billing]\ntitle = \"Billing\"\n")
        .file(
            "content/promises.toml",
            "[a]\ntext = \"You *hear* from us, \\\"in person\\\", within 2 days.\"\ndepartment = \"sales\"\nowner = \"=Head\"\n\
             made_in = [\"a page\"]\nstatus = \"broken\"\naudience = \"public\"\n\
             [b]\ntext = \"A refund comes within 3 days.\"\ndepartment = \"billing\"\nowner = \"Head\"\nmade_in = [\"a page\"]\nstatus = \"kept\"\n",
        );
    scratch
}

#[test]
fn exit_codes_follow_the_weight_that_is_asked_for() {
    let scratch = playbook();
    for (arguments, code) in [
        (&["audit"][..], 0),
        (&["audit", "--fail-on", "broken"], 1),
        (&["audit", "--fail-on", "unsure"], 1),
        (&["audit", "--department", "billing", "--fail-on", "broken"], 0),
        (&["audit", "--department", "billing", "--fail-on", "unsure"], 1),
        (&["audit", "--fail-on", "everything"], 2),
        (&["audit", "--department", "biling"], 2),
        (&["audit", "--audience", "nobody"], 2),
    ] {
        let ended = scratch.run(arguments);
        assert_eq!(ended.code, Some(code), "{arguments:?}: {ended:?}");
    }
    let ended = scratch.run(&["audit", "--department", "biling"]);
    assert!(ended.err.contains("did you mean `billing`?"), "{ended:?}");
    assert!(ended.out.is_empty(), "{ended:?}");
}

#[test]
fn only_work_that_is_unfinished_fails_on_nothing_graver() {
    let scratch = Scratch::new();
    scratch.file("content/strategies/early.md", "# Tell early\n");
    assert_eq!(scratch.run(&["audit", "--fail-on", "unsure"]).code, Some(0));
    assert_eq!(scratch.run(&["audit", "--fail-on", "unfinished"]).code, Some(1));
}

#[test]
fn a_playbook_with_errors_is_audited_with_a_warning() {
    let scratch = playbook();
    scratch.file("content/broken.md", "[nowhere](nowhere.md)\n");
    let ended = scratch.run(&["audit"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.out.contains("Broken promises (1)") && ended.err.contains("trustbook check"), "{ended:?}");
}

#[test]
fn an_empty_playbook_has_nothing_to_audit_in_every_format() {
    let scratch = Scratch::new();
    for format in ["text", "markdown", "html"] {
        let ended = scratch.run(&["audit", "--format", format, "--fail-on", "unfinished"]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert!(ended.out.contains("There is nothing to audit yet"), "{ended:?}");
    }
    assert_eq!(scratch.run(&["audit", "--format", "csv"]).out.lines().count(), 1);
    let json: Value = serde_json::from_str(&scratch.run(&["audit", "--format", "json"]).out).expect("it is JSON");
    assert_eq!(json["concerns"], Value::Array(Vec::new()));
    assert!(!scratch.built(&[]).contains_key("audit/index.html"));
}

#[test]
fn text_keeps_to_eighty_columns_and_has_no_colours_in_a_pipe() {
    let ended = playbook().run(&["audit"]);
    assert!(ended.out.lines().all(|line| line.chars().count() <= 80), "{}", ended.out);
    assert!(!ended.out.contains('\u{1b}'), "{}", ended.out);
    assert!(ended.out.contains("You hear from us, “in person”, within 2 days."), "{}", ended.out);
}

#[test]
fn csv_can_be_read_and_gives_a_spreadsheet_no_orders() {
    let ended = playbook().run(&["audit", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(ended.out.as_bytes());
    let head: Vec<String> = reader.headers().expect("there is a head").iter().map(str::to_string).collect();
    assert_eq!(head[..5], ["rank", "topic", "weight", "id", "title"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("as many cells as the head")).collect();
    assert_eq!(&rows[0][1], "broken-promise");
    assert_eq!(&rows[0][4], "You hear from us, “in person”, within 2 days.");
    assert_eq!(&rows[0][7], "'=Head");
}

#[test]
fn json_and_markdown_have_every_line_in_the_same_order() {
    let scratch = playbook();
    let json: Value = serde_json::from_str(&scratch.run(&["audit", "--format", "json"]).out).expect("it is JSON");
    let topics: Vec<&str> =
        json["concerns"].as_array().expect("a list").iter().filter_map(|one| one["topic"].as_str()).collect();
    assert_eq!(topics, ["broken-promise", "unmeasured-promise", "unmeasured-promise"]);
    assert_eq!(json["departments"][0]["department"], "sales");
    assert_eq!(json["weights"][0]["count"], 1);
    let markdown = scratch.run(&["audit", "--format", "markdown"]).out;
    assert!(markdown.starts_with("# Promise audit: Playbook, 22 Nov 2026\n"), "{markdown}");
    assert!(
        markdown.find("## Broken promises (1)") < markdown.find("## Promises that nothing measures (2)"),
        "{markdown}"
    );
}

#[test]
fn the_html_format_is_the_page_and_the_public_edition_has_none() {
    let scratch = playbook();
    let site = scratch.built(&[]);
    let page = String::from_utf8_lossy(&site["audit/index.html"]).into_owned();
    assert_eq!(scratch.run(&["audit", "--format", "html"]).out, page);
    let public = scratch.built(&["--audience", "public"]);
    assert!(!public.contains_key("audit/index.html"));
    for (path, bytes) in public.iter().filter(|(path, _)| path.ends_with(".html") || path.ends_with(".xml")) {
        assert!(!String::from_utf8_lossy(bytes).contains("audit/"), "{path} names the audit");
    }
}

#[test]
fn an_edition_for_customers_has_no_page_even_where_it_is_the_default() {
    let scratch = playbook();
    scratch.file(
        "trustbook.toml",
        "title = \"Playbook\"\ndefault_audience = \"public\"\n[audiences]\npublic = []\ninternal = [\"public\"]\n",
    );
    assert!(!scratch.built(&[]).contains_key("audit/index.html"));
}

#[test]
fn thousands_of_concerns_are_counted_on_the_page_and_listed_for_programs() {
    let scratch = Scratch::new();
    let promises: String =
        (0..3000).map(|n| format!("[p{n}]\ntext = \"You wait at most {n} days.\"\nstatus = \"broken\"\n")).collect();
    scratch.file("content/promises.toml", promises);
    let page = String::from_utf8_lossy(&scratch.built(&[])["audit/index.html"]).into_owned();
    assert!(page.contains("2,900 more") && page.len() < 500_000, "{} bytes", page.len());
    let text = scratch.run(&["audit"]).out;
    assert!(text.contains("Broken promises (3000)") && text.lines().count() < 400, "{} lines", text.lines().count());
    let csv = scratch.run(&["audit", "--format", "csv"]).out;
    assert_eq!(csv.matches(",broken-promise,").count(), 3000);
}
