//! `trustbook diff`: every sort of change by name, in every format, against a folder and a revision of Git.

use super::pipeline::{committed, git};
use super::scratch::{Ended, Scratch};
use serde_json::Value;
use std::fs;

const SETTINGS: &str = "title = \"Playbook\"\ndefault_language = \"en\"\nmin_n = 2\nproof = \"point\"\n\
                        [languages.en]\nname = \"English\"\n[languages.sv]\nname = \"Svenska\"\n";
const PROMISES: &str = "[reply]\ntext = \"A person answers you within two working days.\"\nowner = \"Head of support\"\n\
                        department = \"support\"\nmetric = \"on-time\"\nstatus = \"kept\"\nlast_reviewed = 2026-06-01\n\
                        review_every = \"3 months\"\n\n[refund]\ntext = \"Your money back within a week.\"\nstatus = \"kept\"\n";
const METRICS: &str = "[on-time]\ntitle = \"Answered in time\"\nkind = \"rate\"\ndata = \"data/s.csv\"\ntarget = 80\n";
const JOURNEY: &str = "title = \"First year\"\npersonas = [\"buyer\"]\n\
                       [stages.aware]\ntitle = \"Awareness\"\n\
                       [stages.aware.touchpoints.ad]\ntitle = \"Advertisement\"\nchannel = \"web\"\ndepartment = \"support\"\nemotion = 0.5\n\
                       promises = [\"reply\"]\n[stages.aware.touchpoints.ad.emotions]\nbuyer = 1\n\
                       [stages.aware.touchpoints.call]\ntitle = \"A call\"\naction = \"Calls and asks\"\n\
                       [stages.aware.touchpoints.mail]\ntitle = \"A mail\"\n\
                       [stages.use]\ntitle = \"Use\"\n[stages.use.checklist.check]\ntext = \"All prices are right\"\n\
                       [stages.use.touchpoints.shop]\ntitle = \"Shop\"\n\
                       [stages.leave]\ntitle = \"Leaving\"\n";
const STRATEGY: &str = "+++\ntitle = \"Tell early\"\n+++\n\nSay it before they ask.\n\n## Delays\n\nTell of delays on the same day.\n\n\
                        :::checklist{#early title=\"Early\"}\n- [ ] Write to them {#write}\n- [ ] Call them {#call}\n- [ ] Note it {#note}\n:::\n";

fn playbook() -> Scratch {
    let scratch = Scratch::new();
    scratch
        .file("trustbook.toml", SETTINGS)
        .file("content/promises.toml", PROMISES)
        .file("content/promises.sv.toml", "[reply]\ntext = \"En människa svarar inom två arbetsdagar.\"\n")
        .file("content/metrics.toml", METRICS)
        .file("content/data/s.csv", "date,metric,score\n2026-10-01,on-time,1\n2026-10-02,on-time,1\n")
        .file("content/departments.toml", "[support]\ntitle = \"Support\"\n[sales]\ntitle = \"Sales\"\n")
        .file("content/channels.toml", "[web]\ntitle = \"Web\"\n[phone]\ntitle = \"Phone\"\n")
        .file("content/personas/buyer.md", "# Buyer\n")
        .file("content/journeys/first.toml", JOURNEY)
        .file("content/strategies/tell-early.md", STRATEGY)
        .file(
            "content/guides/contact.md",
            "# Contact us\n\nWrite to the address below, and somebody answers within a day.\n",
        );
    let accepted = std::process::Command::new(env!("CARGO_BIN_EXE_trustbook"))
        .args(["translate", "accept", "--root"])
        .arg(scratch.root())
        .output();
    assert!(accepted.expect("the program runs").status.success());
    scratch
}

/// The playbook as it was, in a folder beside it.
fn former(scratch: &Scratch) -> String {
    let former = scratch.around().join("former");
    for (path, bytes) in super::scratch::files(&scratch.root()) {
        let path = former.join(path);
        fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }
    former.to_str().expect("a plain name").to_string()
}

fn diff(scratch: &Scratch, since: &str, more: &[&str]) -> Ended {
    scratch.run(&[&["diff", since][..], more].concat())
}

fn json(ended: &Ended) -> Value {
    assert_eq!(ended.code, Some(0), "{ended:?}");
    serde_json::from_str(&ended.out).unwrap_or_else(|error| panic!("{error}: {ended:?}"))
}

/// `kind id: what of before → after (by)`, a line a change.
fn lines(json: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("–").to_string();
    let of = |subject: &Value| -> Vec<String> {
        let changes = subject["changes"].as_array().expect("a list").iter();
        let line = |change: &Value| {
            let [of, before, after] = ["of", "before", "after"].map(|key| text(&change[key]));
            let by = change["by"].as_str().map(|by| format!(" ({by})")).unwrap_or_default();
            let words = change["words"].as_object().map(|_| format!(" {}", change["words"])).unwrap_or_default();
            format!(
                "{} {}: {} {of}: {before} → {after}{by}{words}",
                text(&subject["kind"]),
                text(&subject["id"]),
                text(&change["what"])
            )
        };
        changes.map(line).collect()
    };
    json["subjects"].as_array().expect("a list").iter().flat_map(of).collect()
}

fn changed(scratch: &Scratch) {
    scratch
        .file(
            "content/promises.toml",
            "# Moved down by a comment.\n".to_string()
                + &PROMISES
                    .replace("two working days", "one working day")
                    .replace("Head of support", "Head of care")
                    .replace("\"3 months\"", "\"6 months\"")
                    .replace("2026-06-01", "2026-09-01")
                    .replace("department = \"support\"", "department = \"sales\"")
                    .replace("within a week.\"\nstatus = \"kept\"", "within a week.\"\nstatus = \"withdrawn\""),
        )
        .file("content/metrics.toml", METRICS.replace("target = 80", "target = 90"))
        .file("content/data/s.csv", "date,metric,score\n2026-10-01,on-time,1\n2026-10-02,on-time,0\n")
        .file(
            "content/journeys/first.toml",
            JOURNEY
                .replace("emotion = 0.5", "emotion = 0")
                .replace("buyer = 1", "buyer = -0.5")
                .replace("channel = \"web\"", "channel = \"phone\"")
                .replace("[stages.aware.touchpoints.call]\ntitle = \"A call\"\naction = \"Calls and asks\"\n", "")
                .replace("touchpoints.mail]", "touchpoints.letter]")
                .replace("[stages.leave]\ntitle = \"Leaving\"\n", "[stages.use.touchpoints.call]\ntitle = \"A call\"\naction = \"Calls\"\n[stages.tell]\ntitle = \"Telling\"\n")
                .replace("checklist.check]", "checklist.prices]"),
        )
        .file(
            "content/strategies/tell-early.md",
            STRATEGY
                .replace("## Delays", "## Late parcels")
                .replace("Say it before", "Say it long before")
                .replace("{#write}", "{#mail renamed_from=\"write\"}")
                .replace("{#call}", "{#ring}")
                .replace("- [ ] Note it {#note}\n", ""),
        );
    fs::rename(scratch.root().join("content/guides/contact.md"), scratch.root().join("content/guides/reach.md"))
        .expect("it is there");
}

#[test]
fn every_sort_of_change_is_told_by_name() {
    let scratch = playbook();
    let former = former(&scratch);
    changed(&scratch);
    let found = lines(&json(&diff(&scratch, &former, &["--format", "json"])));
    let wanted = [
        "promise reply: state –: kept → broken",
        "promise reply: words –: A person answers you within two working days. → A person answers you within one working day.",
        "promise reply: key department: support → sales",
        "promise reply: key target: 80 % → 90 %",
        "promise reply: key owner: Head of support → Head of care",
        "promise reply: key last_reviewed: 2026-06-01 → 2026-09-01",
        "promise reply: key review_every: 3 months → 6 months",
        "promise refund: withdrawn –: kept → withdrawn",
        "journey first: floor –: 100 % → 50 % (-50)",
        "journey first: key lowest department: support → sales",
        "stage first/tell: added –: – → 0 touchpoints",
        "stage first/leave: removed –: 0 touchpoints → –",
        "touchpoint first/aware/ad: emotion –: 0.5 → 0 (-0.5)",
        "touchpoint first/aware/ad: emotion buyer: 1 → -0.5 (-1.5)",
        "touchpoint first/aware/ad: key channel: web → phone",
        "touchpoint first/aware/letter: renamed –: first/aware/mail → first/aware/letter",
        "touchpoint first/use/call: moved –: stage `aware` → stage `use`",
        "touchpoint first/use/call: words action: Calls and asks → Calls",
        "checklist early: renamed item: write → mail",
        "checklist early: lost-id item: call → ring",
        "checklist early: lost-id item: note → –",
        "checklist first/use: lost-id item: check → prices",
        "metric on-time: key target: 80 % → 90 %",
        "metric on-time: key value: 100 % (n 2) → 50 % (n 2) (-50)",
        "department support: floor first: 100 % → –",
        "department sales: floor first: – → 50 %",
        "strategy tell-early: words –: – → – {\"gone\":0,\"new\":1}",
        "strategy tell-early: title section: Delays → Late parcels",
        "page guides/reach: renamed –: guides/contact → guides/reach",
        "translation content/promises.toml#reply.text: stale sv: – → –",
    ];
    let mut left: Vec<&String> = found.iter().collect();
    for line in wanted {
        let at = left.iter().position(|one| *one == line);
        left.remove(at.unwrap_or_else(|| panic!("lacks `{line}`: {found:#?}")));
    }
    // What an item's new id brings with it is told under that item, and nothing else is left.
    left.retain(|line| !line.contains("added item `"));
    assert!(left.is_empty(), "{left:#?}");
}

#[test]
fn moves_within_a_list_are_told_of_what_moved_alone() {
    let scratch = playbook();
    let former = former(&scratch);
    let call = "[stages.aware.touchpoints.call]\ntitle = \"A call\"\naction = \"Calls and asks\"\n";
    let mail = "[stages.aware.touchpoints.mail]\ntitle = \"A mail\"\n";
    let leave = "[stages.leave]\ntitle = \"Leaving\"\n";
    let turned = JOURNEY.replace(&format!("{call}{mail}"), &format!("{mail}{call}")).replace(leave, "");
    scratch
        .file("content/journeys/first.toml", turned.replace("[stages.aware]\n", &format!("{leave}[stages.aware]\n")));
    let found = lines(&json(&diff(&scratch, &former, &["--format", "json"])));
    assert_eq!(found.len(), 2, "{found:#?}");
    assert_eq!(found[0], "stage first/leave: moved –: place 3 → place 1");
    assert!(found[1].starts_with("touchpoint first/aware/") && found[1].contains("moved –: place "), "{found:#?}");
}

#[test]
fn what_is_deleted_whole_is_lost_and_withdrawn_too() {
    let scratch = playbook();
    let former = former(&scratch);
    let kept = STRATEGY.split(":::checklist").next().expect("there is something before it");
    scratch
        .file("content/strategies/tell-early.md", kept)
        .file("content/promises.toml", PROMISES.split("[refund]").next().expect("there is something before it"));
    let found = lines(&json(&diff(&scratch, &former, &["--format", "json"])));
    assert!(found.iter().any(|line| line == "checklist early: lost-id list: early → –"), "{found:#?}");
    assert!(found.iter().any(|line| line.starts_with("promise refund: removed")), "{found:#?}");
    for what in ["lost-ids", "withdrawn"] {
        assert_eq!(diff(&scratch, &former, &["--fail-on", what]).code, Some(1), "{what}");
    }
    assert_eq!(diff(&scratch, &former, &["--fail-on", "stale"]).code, Some(0));
}

#[test]
fn a_promise_that_is_made_in_one_place_less_still_stands() {
    let scratch = Scratch::new();
    scratch.file("content/promises.toml", "[a]\ntext = \"Within a day.\"\nmade_in = [\"a letter\", \"an invoice\"]\n");
    let former = former(&scratch);
    scratch.file("content/promises.toml", "[a]\ntext = \"Within a day.\"\nmade_in = [\"a letter\"]\n");
    let found = lines(&json(&diff(&scratch, &former, &["--format", "json"])));
    assert_eq!(found, ["promise a: removed made in: an invoice → –"]);
    assert_eq!(diff(&scratch, &former, &["--fail-on", "withdrawn"]).code, Some(0));
}

#[test]
fn what_is_written_otherwise_and_means_the_same_has_not_changed() {
    let scratch = playbook();
    let former = former(&scratch);
    scratch
        .file("content/promises.toml", format!("# A word.\n\n{}", PROMISES.replace("two working", "two  working")))
        .file(
            "content/strategies/tell-early.md",
            STRATEGY.replace("Say it before they ask.", "Say it before\nthey ask."),
        );
    for (format, said) in [
        ("text", "Nothing has changed in meaning."),
        ("markdown", "Nothing has changed"),
        ("html", "Nothing has changed"),
    ] {
        let ended = diff(&scratch, &former, &["--format", format]);
        assert!(ended.code == Some(0) && ended.out.contains(said), "{ended:?}");
    }
    assert_eq!(json(&diff(&scratch, &former, &["--format", "json"]))["subjects"], Value::Array(Vec::new()));
}

#[test]
fn an_edition_is_compared_with_itself_alone() {
    let scratch = Scratch::new();
    let settings =
        "title = \"P\"\ndefault_audience = \"internal\"\n[audiences]\npublic = []\ninternal = [\"public\"]\n";
    scratch.file("trustbook.toml", settings).file("content/promises.toml", "[a]\ntext = \"Within a day.\"\n");
    let former = former(&scratch);
    scratch.file("content/promises.toml", "[a]\ntext = \"Within a week.\"\n");
    assert_eq!(lines(&json(&diff(&scratch, &former, &["--format", "json"]))).len(), 1);
    let public = json(&diff(&scratch, &former, &["--format", "json", "--audience", "public"]));
    assert_eq!(public["subjects"], Value::Array(Vec::new()));
}

#[test]
fn formats_say_it_in_words_that_cannot_do_harm() {
    let scratch = playbook();
    let former = former(&scratch);
    scratch
        .file("content/promises.toml", PROMISES.replace("two working days", "one | <b>day</b> @team, \\u001b[31mred"));
    let text = diff(&scratch, &former, &[]).out;
    assert!(text.contains("within [-two working days.-]{+one | day @team,") && !text.contains('\u{1b}'), "{text}");
    assert!(text.contains("Changed: 1 promise and 1 translation. 1 translation has gone stale."), "{text}");
    let markdown = diff(&scratch, &former, &["--format", "markdown"]).out;
    let row = markdown.lines().find(|line| line.contains("within")).expect("a row");
    assert!(row.contains("~~two working days.~~") && row.contains("\\|") && row.contains("@<!-- -->team"), "{row}");
    assert_eq!(row.replace("\\|", "").matches('|').count(), 3, "{row}");
    let html = diff(&scratch, &former, &["--format", "html"]).out;
    assert!(html.contains("<del lang=\"en\">two working days.</del>") && !html.contains("<b>"), "{html}");
    assert!(!html.contains("http") && !html.contains("<script") && !html.contains("src="), "{html}");
    assert!(html.trim_end().ends_with("</html>"));
}

#[test]
fn a_revision_is_read_as_it_was_wherever_the_playbook_lies() {
    let scratch = playbook();
    committed(&scratch);
    changed(&scratch);
    let ended = diff(&scratch, "HEAD", &["--format", "json"]);
    let by_git = json(&ended);
    assert!(
        by_git["since"].as_str().is_some_and(|since| since.starts_with("HEAD (") && since.ends_with(", 2026-11-20)"))
    );
    git(&scratch.root(), &["stash", "--quiet", "--include-untracked"]);
    let former = former(&scratch);
    git(&scratch.root(), &["stash", "pop", "--quiet"]);
    let by_folder = json(&diff(&scratch, &former, &["--format", "json"]));
    assert_eq!(by_git["subjects"], by_folder["subjects"]);
    assert!(by_git["subjects"].as_array().is_some_and(|all| all.len() > 5));

    let failing = diff(&scratch, "HEAD", &["--fail-on", "lost-ids,stale"]);
    assert_eq!(failing.code, Some(1), "{failing:?}");
    for (since, said) in [("nowhere", "git fetch"), ("-x", "error"), ("content", "is no playbook")] {
        let ended = diff(&scratch, since, &[]);
        assert!(ended.code == Some(2) && ended.err.contains(said), "{since}: {ended:?}");
    }
}

#[test]
fn a_revision_before_the_playbook_and_one_without_git_say_so() {
    let scratch = Scratch::new();
    let none = diff(&scratch, "HEAD", &[]);
    assert!(none.code == Some(2) && none.err.contains("clone of the repository"), "{none:?}");
    fs::write(scratch.around().join("other.txt"), "x").expect("it can be written");
    fs::create_dir_all(scratch.root()).expect("it can be made");
    committed(&scratch);
    scratch.file("content/a.md", "# A\n");
    let before = diff(&scratch, "HEAD", &[]);
    assert!(before.code == Some(2) && before.err.contains("there was no playbook"), "{before:?}");
}

#[test]
fn links_and_submodules_are_followed_as_they_were() {
    let scratch = Scratch::new();
    scratch.file("content/promises.toml", "[a]\ntext = \"Within a day.\"\n").file("shared/promises/b.toml", "");
    #[cfg(unix)]
    std::os::unix::fs::symlink("../shared", scratch.root().join("content/more")).expect("a link can be made");
    let inner = Scratch::new();
    inner.file("in.md", "# Inner\n\nWords of the inner one.\n");
    committed(&inner);
    git(&scratch.root(), &["init", "--quiet", "--initial-branch", "main"]);
    let source = inner.around().to_str().expect("a plain name");
    git(&scratch.root(), &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", source, "content/inner"]);
    git(&scratch.root(), &["add", "."]);
    git(&scratch.root(), &["commit", "--quiet", "--message", "first"]);
    let same = diff(&scratch, "HEAD", &[]);
    assert!(same.out.contains("Nothing has changed"), "{same:?}");
    scratch.file("content/inner/playbook/in.md", "# Inner\n\nOther words of the inner one.\n");
    let other = diff(&scratch, "HEAD", &[]);
    assert!(other.out.contains("inner/playbook/in") && other.out.contains("1 words new"), "{other:?}");
}

#[test]
fn a_thousand_new_names_are_counted_and_cost_no_square() {
    let scratch = Scratch::new();
    let promises = |name: &str| -> String {
        (0..1_500).map(|n| format!("[{name}{n}]\ntext = \"You wait at most {n} days for {name}.\"\n")).collect()
    };
    scratch.file("content/promises.toml", promises("a"));
    let former = former(&scratch);
    scratch.file("content/promises.toml", promises("b"));
    let all = json(&diff(&scratch, &former, &["--format", "json"]));
    assert_eq!(all["counts"]["promise"], 3_000);
    let text = diff(&scratch, &former, &[]).out;
    assert!(text.contains("and 2900 more") && text.lines().count() < 250, "{} lines", text.lines().count());
}
