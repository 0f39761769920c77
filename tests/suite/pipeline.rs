//! What a pipeline leans on: `check` and `audit` in SARIF and as workflow commands, baselines, findings of a change alone.

use super::scratch::{Ended, Scratch, ended};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

const PROMISES: &str = "[reply]\ntext = \"A person answers you within one day.\"\nmetrik = \"x\"\n";

/// A promise with a key that is not known, and a page with a dead link.
fn playbook() -> Scratch {
    let scratch = Scratch::new();
    scratch
        .file("trustbook.toml", "title = \"Playbook\"\n")
        .file("content/promises.toml", PROMISES)
        .file("content/a, b.md", "# A\n\nSee [nothing](nowhere.md), 100 % dead.\n");
    scratch
}

fn sarif(ended: &Ended) -> Value {
    serde_json::from_str(&ended.out).unwrap_or_else(|error| panic!("{error}: {ended:?}"))
}

/// What the standard (sections 3.13 to 3.49) and its schema require of every object that we write.
fn assert_sarif(log: &Value) {
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "trustbook");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let rules = driver["rules"].as_array().expect("a list");
    for rule in rules {
        assert!(rule["id"].is_string() && rule["shortDescription"]["text"].is_string(), "{rule}");
        assert!(rule["help"]["text"].is_string() && rule["help"]["markdown"].is_string(), "{rule}");
        assert!(["note", "warning", "error"].contains(&rule["defaultConfiguration"]["level"].as_str().unwrap()));
    }
    let is_location = |location: &Value| {
        let artifact = &location["physicalLocation"]["artifactLocation"];
        let uri = artifact["uri"].as_str().expect("a location has an address");
        assert!(uri.bytes().all(|byte| byte.is_ascii_graphic()) && !uri.starts_with('/'), "{uri}");
        assert!(run["originalUriBaseIds"][artifact["uriBaseId"].as_str().expect("a base")].is_object());
        if let Some(region) = location["physicalLocation"].get("region") {
            assert!(region["startLine"].as_u64() >= Some(1), "{region}");
            for (name, value) in region.as_object().expect("an object") {
                assert!(value.as_u64() >= Some(1), "{name}: {value}");
            }
        }
    };
    for result in run["results"].as_array().expect("a list") {
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()), "{result}");
        assert!(["note", "warning", "error"].contains(&result["level"].as_str().unwrap()));
        let rule = &rules[result["ruleIndex"].as_u64().expect("a number") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(result["partialFingerprints"].as_object().unwrap().values().all(Value::is_string), "{result}");
        result["locations"].as_array().expect("a list").iter().for_each(is_location);
        for related in result["relatedLocations"].as_array().into_iter().flatten() {
            is_location(related);
            assert!(related["id"].is_u64());
        }
    }
}

#[test]
fn sarif_has_rules_regions_and_prints_that_stay() {
    let scratch = playbook();
    let checked = scratch.run(&["check", "--format", "sarif"]);
    assert_eq!(checked.code, Some(1), "{checked:?}");
    let log = sarif(&checked);
    assert_sarif(&log);
    let results = log["runs"][0]["results"].as_array().expect("a list");
    let of = |results: &[Value], rule: &str| results.iter().find(|one| one["ruleId"] == rule).cloned().expect("found");
    let dead = of(results, "dead-link");
    let place = &dead["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "content/a%2C%20b.md");
    assert_eq!(place["region"], serde_json::json!({ "startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 26 }));
    assert_eq!(dead["level"], "error");

    scratch.file("content/a, b.md", "# A\n\nA line more.\n\nSee [nothing](nowhere.md), 100 % dead.\n");
    let moved = sarif(&scratch.run(&["check", "--format", "sarif"]));
    let moved = of(moved["runs"][0]["results"].as_array().expect("a list"), "dead-link");
    assert_eq!(moved["partialFingerprints"], dead["partialFingerprints"]);
    assert_eq!(moved["locations"][0]["physicalLocation"]["region"]["startLine"], 5);
}

#[test]
fn a_second_place_is_a_related_location() {
    let scratch = playbook();
    scratch.file("content/promises/more.toml", "[Reply]\ntext = \"Again, within a day.\"\n");
    let log = sarif(&scratch.run(&["check", "--format", "sarif"]));
    assert_sarif(&log);
    let results = log["runs"][0]["results"].as_array().expect("a list");
    let twice = results.iter().find(|one| one["ruleId"] == "duplicate-id").expect("two have one id");
    assert_eq!(twice["relatedLocations"][0]["id"], 1);
}

#[test]
fn workflow_commands_are_one_line_each() {
    let checked = playbook().run(&["check", "--format", "github"]);
    assert_eq!(checked.code, Some(1), "{checked:?}");
    assert!(
        checked.out.lines().all(|line| line.starts_with("::error ") || line.starts_with("::warning ")),
        "{checked:?}"
    );
    let dead = checked.out.lines().find(|line| line.contains("title=dead-link")).expect("found");
    assert!(
        dead.starts_with("::error file=content/a%2C b.md,line=3,endLine=3,col=5,endColumn=25,title=dead-link::"),
        "{dead}"
    );
    assert!(checked.err.contains("error"), "{checked:?}");
}

#[test]
fn an_audit_is_said_in_both_formats() {
    let scratch = Scratch::new();
    scratch.file("content/promises.toml", "[a]\ntext = \"You hear from us within 2 days.\"\nstatus = \"broken\"\n");
    let log = sarif(&scratch.run(&["audit", "--format", "sarif"]));
    assert_sarif(&log);
    let first = &log["runs"][0]["results"][0];
    assert_eq!((&first["ruleId"], &first["level"]), (&"broken-promise".into(), &"error".into()));
    assert_eq!(first["locations"][0]["physicalLocation"]["region"]["startLine"], 1);
    let commands = scratch.run(&["audit", "--format", "github", "--fail-on", "broken"]);
    assert_eq!(commands.code, Some(1));
    assert!(commands.out.starts_with("::error file=content/promises.toml,line=1,endLine=1,"), "{commands:?}");
}

#[test]
fn nothing_found_is_a_log_without_results() {
    let scratch = Scratch::new();
    let log = sarif(&scratch.run(&["check", "--format", "sarif"]));
    assert_sarif(&log);
    assert_eq!(log["runs"][0]["results"], Value::Array(Vec::new()));
    assert_eq!(scratch.run(&["check", "--format", "github"]).out, "");
}

#[test]
fn a_baseline_lets_known_findings_pass_and_no_others() {
    let scratch = playbook();
    let file = scratch.around().join("known.txt");
    let baseline = ["--baseline", file.to_str().expect("a plain name")];
    let check = |more: &[&str]| scratch.run(&[&["check", "--strict"][..], &baseline, more].concat());
    let missing = check(&[]);
    assert!(missing.code == Some(2) && missing.err.contains("--write-baseline"), "{missing:?}");
    let written = check(&["--write-baseline"]);
    assert_eq!(written.code, Some(0), "{written:?}");
    let text = fs::read_to_string(&file).expect("it was written");
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(lines.is_sorted() && lines.iter().any(|line| line.starts_with("dead-link content/a, b.md ")), "{text}");
    let known = check(&[]);
    assert_eq!((known.code, known.out.as_str()), (Some(0), ""), "{known:?}");

    // Lines move; one finding more.
    scratch.file("content/a, b.md", "# A\n\nNew.\n\nSee [nothing](nowhere.md), 100 % dead. And [nobody](nobody.md).\n");
    let more = check(&["--format", "json"]);
    assert_eq!((more.code, more.out.lines().count()), (Some(1), 1), "{more:?}");
    assert!(more.out.contains("nobody.md"), "{more:?}");

    scratch.file("content/a, b.md", "# A\n\nGone.\n");
    let fewer = check(&[]);
    assert_eq!(fewer.code, Some(0), "{fewer:?}");
    assert!(fewer.err.contains("knows is gone") && fewer.err.contains("dead-link content/a, b.md"), "{fewer:?}");
    assert_eq!(check(&["--write-baseline"]).code, Some(0));
    assert!(!check(&[]).err.contains("gone"));

    fs::write(&file, "<<<<<<< HEAD\n").expect("it can be written");
    let marked = check(&[]);
    assert!(marked.code == Some(2) && marked.err.contains("known.txt:1") && marked.err.contains("merge"), "{marked:?}");
}

#[test]
fn no_baseline_is_made_of_what_cannot_be_read() {
    let scratch = playbook();
    scratch.file("content/metrics.toml", "[a\n");
    let file = scratch.around().join("known.txt");
    let ended = scratch.run(&["check", "--baseline", file.to_str().expect("a plain name"), "--write-baseline"]);
    assert!(ended.code == Some(2) && ended.err.contains("content/metrics.toml cannot be read"), "{ended:?}");
    assert!(!file.exists());
}

/// Runs Git in a folder; it has to succeed.
pub fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments);
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "A").env(format!("GIT_{role}_EMAIL"), "a@example.com");
        command.env(format!("GIT_{role}_DATE"), "2026-11-20T12:00:00Z");
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let ended = ended(command);
    assert_eq!(ended.code, Some(0), "{arguments:?}: {ended:?}");
}

/// A repository around a playbook, which is a folder of it.
pub fn committed(scratch: &Scratch) {
    git(scratch.around(), &["init", "--quiet", "--initial-branch", "main"]);
    git(scratch.around(), &["add", "."]);
    git(scratch.around(), &["commit", "--quiet", "--message", "first"]);
}

#[test]
fn findings_of_a_change_alone_are_said_over_the_whole_playbook() {
    let scratch = playbook();
    let check = |more: &[&str]| scratch.run(&[&["check", "--format", "json"][..], more].concat());
    let codes = |ended: &Ended| -> Vec<String> {
        let code = |line: &str| serde_json::from_str::<Value>(line).unwrap()["code"].as_str().unwrap().to_string();
        ended.out.lines().map(code).filter(|code| code.starts_with("dead")).collect()
    };
    let outside = check(&["--changed-since", "HEAD"]);
    assert!(outside.code == Some(2) && outside.err.contains("clone of the repository"), "{outside:?}");
    committed(&scratch);
    let none = check(&["--changed-since", "HEAD"]);
    assert_eq!((none.code, none.out.as_str()), (Some(0), ""), "{none:?}");
    assert!(none.err.contains("not shown"), "{none:?}");

    // Neither added nor committed, and beside it one that is.
    scratch
        .file("content/new.md", "# New\n\n[x](x.md) and [a](a%2C%20b.md)\n")
        .file("content/other.md", "# O\n\n[y](y.md)\n");
    git(&scratch.root(), &["add", "content/other.md"]);
    git(&scratch.root(), &["commit", "--quiet", "--message", "second"]);
    assert_eq!(codes(&check(&["--changed-since", "HEAD"])).len(), 1);
    assert_eq!(codes(&check(&["--changed-since", "HEAD~1"])).len(), 2);
    assert_eq!(codes(&check(&[])).len(), 3);
    let commands = scratch.run(&["check", "--format", "github", "--changed-since", "HEAD"]);
    assert!(commands.out.contains("::error file=playbook/content/new.md,line=3,"), "{commands:?}");

    for revision in ["mian", "--output=x", ""] {
        let unknown = check(&[&format!("--changed-since={revision}")]);
        assert!(unknown.code == Some(2) && unknown.err.contains("git fetch"), "{unknown:?}");
    }
}

#[test]
fn what_others_did_since_is_none_of_ours() {
    let scratch = playbook();
    committed(&scratch);
    git(&scratch.root(), &["checkout", "--quiet", "-b", "ours"]);
    git(&scratch.root(), &["checkout", "--quiet", "main"]);
    scratch.file("content/promises.toml", format!("{PROMISES}\n[b]\ntext = \"Within a day.\"\n"));
    git(&scratch.root(), &["commit", "--quiet", "--all", "--message", "theirs"]);
    git(&scratch.root(), &["checkout", "--quiet", "ours"]);
    let ended = scratch.run(&["check", "--format", "json", "--changed-since", "main"]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(0), ""), "{ended:?}");
}

/// A guide with two headings, a strategy and a promise, as they were live.
fn published() -> (Scratch, String) {
    let scratch = Scratch::new();
    scratch
        .file("content/guides/contact-us.md", "# Contact us\n\n## By phone\n\nCall.\n\n## By letter\n\nWrite.\n")
        .file("content/strategies/tell-early.md", "# Tell early\n\nSay it first.\n")
        .file("content/promises.toml", PROMISES.replace("metrik = \"x\"\n", ""));
    let live = scratch.around().join("live");
    let live = live.to_str().expect("a plain name").to_string();
    let built = scratch.run(&["build", "--output", &live]);
    assert_eq!(built.code, Some(0), "{built:?}");
    (scratch, live)
}

/// Findings of addresses that vanished, as `code message | help`.
fn vanished(scratch: &Scratch, against: &str, more: &[&str]) -> (Option<i32>, Vec<String>) {
    let ended = scratch.run(&[&["check", "--format", "json", "--against", against][..], more].concat());
    let line = |line: &str| {
        let json: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {ended:?}"));
        let text = |key: &str| json[key].as_str().unwrap_or_default().to_string();
        let help =
            json["help"].as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>().join(" ");
        (text("code").starts_with("vanished"))
            .then(|| format!("{} {}: {} | {help}", text("path"), text("code"), text("message")))
    };
    (ended.code, ended.out.lines().filter_map(line).collect())
}

#[test]
fn what_was_live_and_stands_there_still_is_no_finding() {
    let (scratch, live) = published();
    assert_eq!(vanished(&scratch, &live, &[]), (Some(0), Vec::new()));
}

#[test]
fn vanished_addresses_and_headings_are_told_with_the_likeliest_page() {
    let (scratch, live) = published();
    fs::remove_file(scratch.root().join("content/strategies/tell-early.md")).expect("it is there");
    fs::remove_file(scratch.root().join("content/guides/contact-us.md")).expect("it is there");
    scratch
        .file("content/guides/reach-us.md", "# Contact us\n\n## By telephone\n\nCall.\n\n## By letter\n\nWrite.\n")
        .file("content/guides/tell-early.md", "# Bad news\n\nSay it first.\n")
        .file(
            "content/promises.toml",
            PROMISES.replace("metrik = \"x\"\n", "").replace("[reply]", "[answer-in-a-day]"),
        );
    let (code, found) = vanished(&scratch, &live, &[]);
    assert_eq!(code, Some(1));
    let told =
        |start: &str| found.iter().find(|one| one.contains(start)).unwrap_or_else(|| panic!("{start}: {found:#?}"));
    let guide = told("`/guides/contact-us/`");
    assert!(guide.starts_with("content/guides/reach-us.md vanished-address: "), "{guide}");
    assert!(guide.ends_with("add `aliases = [\"/guides/contact-us/\"]` to content/guides/reach-us.md"), "{guide}");
    assert!(told("`/strategies/tell-early/`").starts_with("content/guides/tell-early.md "), "{found:#?}");
    let promise = told("`/promises/reply/`");
    assert!(
        promise.starts_with("content/promises.toml ") && promise.contains("in content/promises/index.md"),
        "{promise}"
    );

    // Where the old address leads on, its headings are looked for.
    scratch.file(
        "content/guides/reach-us.md",
        "+++\naliases = [\"/guides/contact-us/\"]\n+++\n# Contact us\n\n## By telephone\n\nCall.\n\n## By letter\n\nWrite.\n",
    );
    let (_, found) = vanished(&scratch, &live, &[]);
    let anchors: Vec<&String> = found.iter().filter(|one| one.contains("reach-us")).collect();
    assert_eq!(anchors.len(), 1, "{found:#?}");
    assert!(
        anchors[0].contains("`/guides/contact-us/#by-phone`") && anchors[0].contains("write `{#by-phone}`"),
        "{anchors:?}"
    );
}

#[test]
fn a_manifest_serves_as_well_as_a_site_and_only_its_own_edition() {
    let (scratch, live) = published();
    let manifest = scratch.around().join("publish.json");
    let name = manifest.to_str().expect("a plain name");
    let page =
        r#"{"address": "/guides/contact-us/", "title": "Contact us", "anchors": ["by-fax"]}, {"address": "/gone/"}"#;
    let write = |format: u32, id: &str, edition: &str| {
        let pages = format!(r#"{page}, {{"address": "/guides/page/2/"}}"#);
        let text = format!(
            r#"{{"format": {format}, "generator": "x", "playbook": {{"id": "{id}", "title": "", "base_url": null}}, "edition": "{edition}",
            "date": "2026-11-01", "source": null, "files": [], "pages": [{pages}], "promises": []}}"#
        );
        fs::write(&manifest, text).expect("it can be written");
    };
    write(1, "playbook", "internal");
    let (code, found) = vanished(&scratch, name, &[]);
    assert_eq!((code, found.len()), (Some(1), 2), "{found:#?}");
    assert!(
        found.iter().any(|one| one.contains("by-fax")) && found.iter().any(|one| one.contains("`/gone/`")),
        "{found:#?}"
    );
    let refused = |against: &str, said: &str| {
        let ended = scratch.run(&["check", "--against", against]);
        assert!(ended.code == Some(2) && ended.err.contains(said), "{ended:?}");
    };
    for (format, id, edition, said) in [
        (1, "playbook", "public", "`--audience public`"),
        (1, "other", "internal", "another playbook"),
        (9, "playbook", "internal", "newer"),
    ] {
        write(format, id, edition);
        refused(name, said);
    }
    refused("/nowhere", "could not read");
    refused(&format!("{live}/guides-x"), "could not");
    fs::write(&manifest, "[]").expect("it can be written");
    refused(name, "is no manifest");
}
