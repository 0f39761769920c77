//! `trustbook translate`: every command with what it prints, a round trip in both formats, merges, and files that are broken.

use super::scratch::{Ended, Scratch, ended};
use serde_json::Value;
use std::fs;
use std::process::Command;

const SETTINGS: &str =
    "default_language = \"en\"\n[languages.en]\nname = \"English\"\n[languages.sv]\nname = \"Svenska\"\n";
const EARLY: &str = "+++\ntitle = \"Tell early\"\ndescription = \"Before they ask.\"\n+++\n\nSay it [first](promise:reply).\n\n```sh\nrun\n```\n\n:::checklist{#early title=\"Early\"}\n- [ ] Write {#write}\n:::\n";
const EARLY_SV: &str = "+++\ntitle = \"Berätta i tid\"\ndescription = \"Innan de frågar.\"\n+++\n\nSäg det [först](promise:reply).\n\n```sh\nrun\n```\n\n:::checklist{#early title=\"I tid\"}\n- [ ] Skriv {#write}\n:::\n";
const PROMISES: &str = "[reply]\ntext = \"A person answers you within one day.\"\nowner = \"Head\"\n\n[refund]\ntext = \"Your money back within a week.\"\nowner = \"Head\"\n";
const PROMISES_SV: &str = "# Våra löften.\n[reply]\ntext = \"En människa svarar inom en dag.\" # kort\n";

/// English and Swedish; one promise of two and the strategy are translated.
fn playbook() -> Scratch {
    let scratch = Scratch::new();
    scratch
        .file("trustbook.toml", SETTINGS)
        .file("content/strategies/early.md", EARLY)
        .file("content/strategies/early.sv.md", EARLY_SV)
        .file("content/promises.toml", PROMISES)
        .file("content/promises.sv.toml", PROMISES_SV);
    scratch
}

fn run(scratch: &Scratch, arguments: &[&str]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trustbook"));
    command.arg("translate").args(arguments).arg("--root").arg(scratch.root()).current_dir(scratch.root());
    ended(command)
}

/// Runs it; it has to end with 0.
fn good(scratch: &Scratch, arguments: &[&str]) -> String {
    let ended = run(scratch, arguments);
    assert_eq!(ended.code, Some(0), "{arguments:?}: {}{}", ended.out, ended.err);
    ended.out
}

fn text(scratch: &Scratch, path: &str) -> String {
    fs::read_to_string(scratch.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn status_lists_what_is_open_and_counts_the_rest() {
    let scratch = playbook();
    let wanted = "unaccepted sv content/promises.sv.toml:3 reply.text\n\
                  unaccepted sv content/strategies/early.sv.md:1\n\
                  missing sv content/promises.toml:6 refund.text\n\
                  \n\
                  sv (Svenska): 0 % of 27 words are current\n\
                  \x20             current  stale  unaccepted  missing  units  words\n\
                  \x20 promises          0      0           1        1      2   0/13\n\
                  \x20 strategies        0      0           1        0      1   0/14\n\
                  \x20 all               0      0           2        1      3   0/27\n";
    assert_eq!(good(&scratch, &["status"]), wanted);
}

#[test]
fn accepted_translations_are_current_until_their_source_changes() {
    let scratch = playbook();
    assert_eq!(good(&scratch, &["accept"]), "sv: 2 accepted for the first time, 0 that were stale, 0 as before\n");
    let lock = text(&scratch, "translations.lock");
    let lines: Vec<&str> = lock.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(lines.len(), 2, "{lock}");
    assert!(lines[0].starts_with("sv ") && lines[0].ends_with(" content/promises.toml#reply.text"), "{lock}");
    let status = good(&scratch, &["status"]);
    assert!(status.starts_with("missing sv content/promises.toml:6 refund.text\n\nsv (Svenska): 77 % of"), "{status}");

    // Wrapped anew, it says the same.
    scratch.file("content/strategies/early.md", EARLY.replace("Say it", "Say\nit"));
    assert_eq!(good(&scratch, &["status"]), status);
    scratch.file("content/strategies/early.md", EARLY.replace("Say it", "Say this"));
    scratch.file("content/promises.toml", PROMISES.replace("one day", "two days"));
    let status = good(&scratch, &["status"]);
    assert!(
        status
            .starts_with("stale sv content/promises.sv.toml:3 reply.text\nstale sv content/strategies/early.sv.md:1\n"),
        "{status}"
    );
    assert_eq!(
        good(&scratch, &["accept", "content/promises.sv.toml:3"]),
        "sv: 0 accepted for the first time, 1 that were stale, 0 as before\n"
    );
    assert!(good(&scratch, &["status"]).starts_with("stale sv content/strategies/early.sv.md:1\nmissing"));
    assert_eq!(
        good(&scratch, &["accept", "--language", "sv", "content/strategies"]),
        "sv: 0 accepted for the first time, 1 that were stale, 0 as before\n"
    );
    assert!(good(&scratch, &["status"]).starts_with("missing"));
}

#[test]
fn a_share_that_is_not_reached_fails() {
    let scratch = playbook();
    good(&scratch, &["accept"]);
    for (limit, code) in [("0", 0), ("77", 0), ("78", 1), ("100", 1), ("101", 2)] {
        assert_eq!(run(&scratch, &["status", "--fail-under", limit]).code, Some(code), "{limit}");
    }
    assert_eq!(run(&scratch, &["status", "--language", "en"]).code, Some(2));
    let unknown = run(&scratch, &["status", "--language", "se"]);
    assert!(unknown.code == Some(2) && unknown.err.contains("did you mean `sv`?"), "{unknown:?}");
}

#[test]
fn programs_get_the_same_as_json() {
    let scratch = playbook();
    let json: Value = serde_json::from_str(&good(&scratch, &["status", "--format", "json"])).expect("it is JSON");
    let sv = &json["languages"][0];
    assert_eq!((&sv["language"], &sv["percent"]), (&"sv".into(), &0.into()));
    assert_eq!(sv["states"]["missing"]["units"], 1);
    assert_eq!(sv["kinds"][1]["kind"], "strategies");
    assert_eq!(json["units"][2]["path"], "content/promises.toml");
    assert_eq!(json["units"][2]["line"], 6);
    assert_eq!(json["units"][2]["state"], "missing");
}

#[test]
fn one_language_has_nothing_to_translate() {
    let scratch = Scratch::new();
    scratch.file("content/a.md", "# A\n\nWords.\n");
    assert_eq!(good(&scratch, &["status"]), "this playbook has one language: there is nothing to translate\n");
    assert_eq!(good(&scratch, &["status", "--fail-under", "100"]).lines().count(), 1);
    assert!(good(&scratch, &["accept"]).contains("nothing to accept"));
    assert!(!scratch.root().join("translations.lock").exists());
}

#[test]
fn a_page_that_lacks_a_part_is_missing_and_drafts_wait() {
    let scratch = playbook();
    scratch.file("content/strategies/early.sv.md", EARLY_SV.replace("description = \"Innan de frågar.\"\n", ""));
    scratch.file("content/guides/draft.md", "+++\ntitle = \"D\"\ndraft = true\n+++\nNot yet.\n");
    let status = good(&scratch, &["status"]);
    assert!(status.contains("missing sv content/strategies/early.sv.md:1 (lacks description)\n"), "{status}");
    assert!(!status.contains("draft.md"), "{status}");
    assert!(good(&scratch, &["status", "--drafts"]).contains("missing sv content/guides/draft.md:1\n"));
}

#[test]
fn a_renamed_id_is_missing_and_orphaned_and_its_words_tell() {
    let scratch = playbook();
    good(&scratch, &["accept"]);
    scratch.file("content/promises.toml", PROMISES.replace("[reply]", "[answer-in-time]"));
    let status = good(&scratch, &["status"]);
    assert!(status.contains("missing sv content/promises.toml:2 answer-in-time.text\n"), "{status}");
    assert!(
        status.contains(
            "orphaned sv content/promises.sv.toml:3 reply.text (renamed to content/promises.toml#answer-in-time.text?)\n"
        ),
        "{status}"
    );
    assert!(status.contains("; 1 orphaned\n"), "{status}");
    // Also after something else was accepted.
    good(&scratch, &["accept"]);
    assert!(good(&scratch, &["status"]).contains("answer-in-time.text?)"));
    scratch.file("content/promises.sv.toml", PROMISES_SV.replace("[reply]", "[answer-in-time]"));
    good(&scratch, &["accept"]);
    assert!(!text(&scratch, "translations.lock").contains("#reply.text"));
}

#[test]
fn a_renamed_page_is_found_by_its_words() {
    let scratch = playbook();
    good(&scratch, &["accept"]);
    fs::rename(scratch.root().join("content/strategies/early.md"), scratch.root().join("content/strategies/sooner.md"))
        .expect("it can be renamed");
    let status = good(&scratch, &["status"]);
    assert!(
        status.contains("orphaned sv content/strategies/early.sv.md:1 (renamed to content/strategies/sooner.md?)\n"),
        "{status}"
    );
}

#[test]
fn diff_shows_what_has_changed_since_where_git_knows_it() {
    let scratch = playbook();
    good(&scratch, &["accept"]);
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(scratch.root()).args(["-c", "user.name=T", "-c", "user.email=t@example.com"]);
        let ended = ended({
            command.args(arguments);
            command
        });
        assert_eq!(ended.code, Some(0), "{ended:?}");
    };
    scratch.file("content/promises.toml", PROMISES.replace("one day", "two days"));
    let wanted = "sv content/promises.toml#reply.text: the source has changed, but the words that it was translated from are not in the history of Git\n";
    assert_eq!(good(&scratch, &["diff", "content/promises.toml#reply.text"]), wanted);

    scratch.file("content/promises.toml", PROMISES);
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "first"]);
    scratch.file("content/promises.toml", PROMISES.replace("one day", "two days"));
    git(&["commit", "-q", "-a", "-m", "second"]);
    let told = good(&scratch, &["diff"]);
    assert!(told.starts_with("sv content/promises.toml#reply.text:\n--- content/promises.toml#reply.text ("), "{told}");
    assert!(
        told.contains("\n-A person answers you within one day.\n")
            && told.contains("\n+A person answers you within two days.\n"),
        "{told}"
    );
    assert_eq!(
        good(&scratch, &["diff", "content/strategies/early.md"]),
        "sv content/strategies/early.md: nothing has changed since it was translated\n"
    );
    let unknown = run(&scratch, &["diff", "content/strategies/earli.md"]);
    assert!(
        unknown.code == Some(2) && unknown.err.contains("did you mean `content/strategies/early.md`?"),
        "{unknown:?}"
    );
}

/// A playbook of which nothing is translated but what stands around it, and one stale page.
fn half() -> Scratch {
    let scratch = playbook();
    good(&scratch, &["accept"]);
    scratch
        .file("content/strategies/early.md", EARLY.replace("Say it", "Say this"))
        .file(
            "content/journeys/first.toml",
            "title = \"First year\"\n[stages.buy]\ntitle = \"Buy\"\n[stages.buy.touchpoints.ad]\ntitle = \"Advert\"\npains = [\"The price is *hidden*\", \"Too \\\"loud\\\"\"]\nopportunities = [{ text = \"Say the price\", owner = \"Head\" }]\n",
        )
        .file("content/guides/contact.md", "---\ntitle: Contact\n---\n\nCall us.\n\nCall us.\n\n- One\n- Two\n");
    scratch
}

/// Every source in capital letters, where it is no markup.
fn translated(source: &str) -> String {
    let mut inside = source.contains(":::");
    source
        .chars()
        .map(|c| {
            inside = (inside || matches!(c, '(' | '{')) && !matches!(c, ')' | '}');
            if inside { c } else { c.to_ascii_uppercase() }
        })
        .collect()
}

#[test]
fn po_goes_out_comes_back_filled_and_all_is_current() {
    let scratch = half();
    let exported = good(&scratch, &["export", "--language", "sv", "--format", "po"]);
    assert!(
        exported.starts_with("msgid \"\"\nmsgstr \"\"\n\"Project-Id-Version: Playbook\\n\"\n\"Language: sv\\n\"\n"),
        "{exported}"
    );
    assert!(
        exported.contains(
            "\n#. Plain words, no markup.\n#: content/journeys/first.toml:1\nmsgctxt \"content/journeys/first.toml#title\"\nmsgid \"First year\"\nmsgstr \"\"\n"
        ),
        "{exported}"
    );
    assert!(
        exported.contains(
            "#, fuzzy\nmsgctxt \"content/strategies/early.md#body\"\nmsgid \"Say this [first](promise:reply).\"\nmsgstr \"Säg det [först](promise:reply).\"\n"
        ),
        "{exported}"
    );
    assert_eq!(exported.matches("msgid \"Call us.\"").count(), 1, "PO has equal words once");
    let filled: String = exported.split("\n\n").map(|entry| format!("{}\n\n", filled(entry))).collect();
    come_back(&scratch, "sv.po", &filled);
}

/// An entry of PO with a translation, and certain of it.
fn filled(entry: &str) -> String {
    let (Some(source), Some(target)) = (entry.find("msgid "), entry.find("msgstr ")) else { return entry.to_string() };
    if !entry.contains("msgctxt ") {
        return entry.to_string();
    }
    let words = translated(&entry[source + 6..target]).replace("\\N", "\\n");
    format!("{}msgstr {words}", &entry[..target].replace("#, fuzzy\n", ""))
}

#[test]
fn xliff_goes_out_comes_back_filled_and_all_is_current() {
    let scratch = half();
    let ended = run(&scratch, &["export", "--language", "sv", "--format", "xliff", "-o", "out.xlf"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.is_empty() && ended.err.ends_with(" to translate into sv\n"), "{ended:?}");
    let exported = text(&scratch, "out.xlf");
    assert!(
        exported.contains(
            "<file original=\"content/guides/contact.md\" source-language=\"en\" target-language=\"sv\" datatype=\"plaintext\">\n<body>\n<trans-unit id=\"title\" resname=\"title\" xml:space=\"preserve\">\n<source>Contact</source>\n<note>Plain words, no markup.</note>\n</trans-unit>\n"
        ),
        "{exported}"
    );
    assert!(exported.contains("<target state=\"needs-review-translation\">Säg det [först](promise:reply).</target>"));
    let mut filled = String::new();
    let mut rest = exported.as_str();
    while let Some(at) = rest.find("<source>") {
        let end = rest.find("</source>").expect("it is closed");
        let words = translated(&rest[at + 8..end]).replace("&QUOT;", "&quot;");
        filled.push_str(&rest[..end + 9]);
        filled.push_str(&format!("\n<target state=\"translated\"><mrk mtype=\"seg\" mid=\"0\">{words}</mrk></target>"));
        rest = &rest[end + 9..];
        if let Some(old) = rest.strip_prefix("\n<target") {
            rest = &old[old.find("</target>").expect("it is closed") + 9..];
        }
    }
    filled.push_str(rest);
    come_back(&scratch, "back.xlf", &filled);
}

fn come_back(scratch: &Scratch, file: &str, filled: &str) {
    scratch.file(file, filled);
    let said = good(scratch, &["import", file]);
    assert_eq!(said, "9 texts taken into 4 files, and accepted\n");
    assert!(good(scratch, &["status", "--fail-under", "100"]).starts_with("sv (Svenska): 100 % of"), "all is current");
    // Ours stays as it was; what is new stands beside it.
    let promises = "# Våra löften.\n[reply]\ntext = \"En människa svarar inom en dag.\" # kort\n\n[refund]\ntext = \"YOUR MONEY BACK WITHIN A WEEK.\"\n";
    assert_eq!(text(scratch, "content/promises.sv.toml"), promises);
    let journey = "title = \"FIRST YEAR\"\n\n[stages.buy]\ntitle = \"BUY\"\n\n[stages.buy.touchpoints.ad]\ntitle = \"ADVERT\"\npains = [\"THE PRICE IS *HIDDEN*\", 'TOO \"LOUD\"']\nopportunities = [\"SAY THE PRICE\"]\n";
    assert_eq!(text(scratch, "content/journeys/first.sv.toml"), journey);
    assert_eq!(
        text(scratch, "content/guides/contact.sv.md"),
        "---\ntitle: \"CONTACT\"\n---\n\nCALL US.\n\nCALL US.\n\n- ONE\n- TWO\n"
    );
    let early = text(scratch, "content/strategies/early.sv.md");
    assert!(early.contains("SAY THIS [FIRST](promise:reply).\n\n```sh\nrun\n```\n"), "{early}");
    scratch.built(&[]);
}

#[test]
fn what_a_persona_says_in_lists_goes_out_and_comes_back_text_by_text() {
    let buyer =
        "title = \"Maja\"\ngoals = [\"Buy enough\", \"Know the day\"]\nevidence = \"Talks\"\n+++\n\nShe reads.\n";
    let own = "+++\ntitle = \"Maja\" # hon\ngoals = [\n  \"Köpa lagom\", # först\n]\n+++\n\nHon läser.\n";
    let scratch = Scratch::new();
    scratch
        .file("trustbook.toml", SETTINGS)
        .file("content/personas/buyer.md", format!("+++\n{buyer}"))
        .file("content/personas/buyer.sv.md", own)
        .file(
            "content/personas/lead.md",
            "---\ntitle: Anil\ngoals:\n- Close the month\n- Know the sum\n---\n\nHe counts.\n",
        )
        .file("content/personas/lead.sv.md", "---\ngoals:\n- Stänga månaden\n- \"\"\nslug: anil\n---\n");
    let wanted = "unaccepted sv content/personas/buyer.sv.md:1\n\
                  unaccepted sv content/personas/buyer.sv.md:4 goals.0\n\
                  unaccepted sv content/personas/lead.sv.md:3 goals.0\n\
                  missing sv content/personas/buyer.md:3 goals.1\n\
                  missing sv content/personas/buyer.md:4 evidence\n\
                  missing sv content/personas/lead.sv.md:1 (lacks title, prose)\n\
                  missing sv content/personas/lead.md:5 goals.1\n";
    let status = good(&scratch, &["status"]);
    assert!(status.starts_with(&format!("{wanted}\n")), "{status}");
    assert_eq!(good(&scratch, &["accept"]), "sv: 3 accepted for the first time, 0 that were stale, 0 as before\n");

    scratch.file("content/personas/buyer.md", format!("+++\n{}", buyer.replace("Buy enough", "Buy what is enough")));
    let status = good(&scratch, &["status"]);
    assert!(status.starts_with("stale sv content/personas/buyer.sv.md:4 goals.0\nmissing"), "{status}");
    let exported = good(&scratch, &["export", "--language", "sv", "--format", "po"]);
    let fuzzy = "#, fuzzy\nmsgctxt \"content/personas/buyer.md#goals.0\"\nmsgid \"Buy what is enough\"\nmsgstr \"Köpa lagom\"\n";
    assert!(exported.contains(fuzzy), "{exported}");
    let back: String = exported.split("\n\n").map(|entry| format!("{}\n\n", filled(entry))).collect();
    scratch.file("sv.po", back);
    assert_eq!(good(&scratch, &["import", "sv.po"]), "5 texts taken into 2 files, and accepted\n");
    assert!(good(&scratch, &["status", "--fail-under", "100"]).starts_with("sv (Svenska): 100 % of"));
    assert_eq!(
        text(&scratch, "content/personas/buyer.sv.md"),
        "+++\ntitle = \"Maja\" # hon\ngoals = [\n  \"BUY WHAT IS ENOUGH\", \"KNOW THE DAY\", # först\n]\nevidence = \"TALKS\"\n+++\n\nHon läser.\n"
    );
    assert_eq!(
        text(&scratch, "content/personas/lead.sv.md"),
        "---\ngoals: [\"Stänga månaden\",\"KNOW THE SUM\"]\nslug: anil\ntitle: \"ANIL\"\n---\n\nHE COUNTS.\n"
    );
    assert_eq!(scratch.run(&["check", "--strict"]).code, Some(0));
}

fn po(context: &str, source: &str, target: &str) -> String {
    format!(
        "msgid \"\"\nmsgstr \"Language: sv\\n\"\n\nmsgctxt \"{context}\"\nmsgid \"{source}\"\nmsgstr \"{target}\"\n"
    )
}

#[test]
fn a_broken_file_changes_nothing_and_says_where() {
    let scratch = half();
    scratch.file("content/promises.toml", PROMISES.replace("Your money", "[Your money](promise:reply)"));
    let refund = "content/promises.toml#refund.text";
    let source = "[Your money](promise:reply) back within a week.";
    let before = super::scratch::files(&scratch.root());
    for (file, wanted) in [
        (po(refund, source, "Pengarna tillbaka."), "the translation lacks `(promise:reply)`"),
        (po(refund, source, "[Ä](promise:reply) [ö](term:x)"), "the source does not have `(term:x)`"),
        (po(refund, source, "[Ä](promise:reply)\\nö"), "this text is one line in its source"),
        (po(refund, source, "x").replace("msgstr \"x\"", "msgstr \"x"), "this is no line of a PO file"),
        (po(refund, source, "x").replace("Language: sv", "Language: se"), "`se` is no language of this playbook"),
        (po(refund, source, "x").replace("Language: sv\\n", ""), "the file does not say in which language it is"),
        ("<xliff version=\"1.2\"><file>".into(), "this is not XML"),
        ("<xliff version=\"1.2\"><file original=\"a\" target-language=\"sv\"><trans-unit id=\"a\"><target>&x;</target></trans-unit></file></xliff>".into(), "`&x;` is no entity of XML"),
        ("<xliff version=\"2.0\"/>".into(), "this is XLIFF 2.0, not 1.2"),
        ("<html></html>".into(), "this is no XLIFF file"),
        ("\u{0}".into(), "is not text"),
    ] {
        fs::write(scratch.around().join("back"), &file).expect("it can be written");
        let ended = run(&scratch, &["import", "../back"]);
        assert_eq!(ended.code, Some(1), "{file}\n{ended:?}");
        assert!(ended.err.contains(wanted) && ended.err.contains("../back"), "{wanted}\n{}", ended.err);
        assert!(ended.out.starts_with("nothing taken: 1 error"), "{ended:?}");
        assert!(super::scratch::files(&scratch.root()) == before, "{wanted}: something was written");
    }
    assert_eq!(run(&scratch, &["import", "nowhere.po"]).code, Some(2));
}

#[test]
fn what_has_changed_since_the_export_is_taken_as_far_as_it_is_true() {
    let scratch = playbook();
    let file = po("content/promises.toml#refund.text", "Your money back in a week.", "Pengarna tillbaka på en vecka.");
    let page = "\nmsgctxt \"content/strategies/early.md#body\"\nmsgid \"Say it [first](promise:reply).\"\nmsgstr \"SÄG [det](promise:reply).\"\n\nmsgctxt \"content/gone.md#title\"\nmsgid \"a\"\nmsgstr \"b\"\n";
    scratch.file("sv.po", file + page);
    let ended = run(&scratch, &["import", "sv.po"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(ended.out, "1 texts taken into 1 files, and accepted\n");
    assert_eq!(
        ended.err,
        "note: content/gone.md#title is no text of this playbook (any more)\n\
         note: content/promises.toml#refund.text has changed since the export: taken, and stale\n\
         note: content/strategies/early.md is taken as a whole: 4 of its 5 pieces are not translated\n"
    );
    assert!(good(&scratch, &["status"]).starts_with("stale sv content/promises.sv.toml:6 refund.text\n"));
    assert_eq!(text(&scratch, "content/strategies/early.sv.md"), EARLY_SV);
}

#[test]
fn a_lock_that_was_merged_badly_is_a_finding_and_accepts_nothing() {
    let scratch = playbook();
    good(&scratch, &["accept"]);
    let lock = text(&scratch, "translations.lock");
    scratch.file("translations.lock", format!("<<<<<<< ours\n{lock}=======\n>>>>>>> theirs\n"));
    let ended = scratch.run(&["check"]);
    assert!(ended.code == Some(1) && ended.out.contains("translations.lock:1"), "{ended:?}");
    assert_eq!(run(&scratch, &["accept"]).code, Some(2));
    // Both sides of a merge in one file: either line counts.
    let other =
        lock.lines().filter(|line| line.starts_with("sv")).map(|line| format!("sv 00000000000000aa {}\n", &line[20..]));
    scratch.file("translations.lock", format!("{lock}{}", other.collect::<String>()));
    assert!(good(&scratch, &["status"]).starts_with("missing sv content/promises.toml:6 refund.text\n"));
}

#[test]
fn readers_are_told_which_page_is_older_than_its_source() {
    // Of a language that the theme does not speak: its words stay as they are in English.
    let scratch = Scratch::new();
    scratch
        .file("trustbook.toml", SETTINGS.replace("sv", "de").replace("Svenska", "Deutsch"))
        .file("content/strategies/early.md", EARLY)
        .file("content/strategies/early.de.md", EARLY_SV)
        .file("content/promises.toml", PROMISES)
        .file("content/promises.de.toml", PROMISES_SV);
    good(&scratch, &["accept"]);
    let site = scratch.built(&[]);
    let page = |site: &std::collections::BTreeMap<String, Vec<u8>>, path: &str| {
        String::from_utf8_lossy(&site[path]).into_owned()
    };
    assert!(!page(&site, "de/strategies/early/index.html").contains("older than its source"));
    scratch.file("content/strategies/early.md", EARLY.replace("Say it", "Say this"));
    scratch.file("content/promises.toml", PROMISES.replace("one day", "two days"));
    let site = scratch.built(&[]);
    for path in ["strategies/early/index.html", "promises/reply/index.html"] {
        let de = page(&site, &format!("de/{path}"));
        assert!(de.contains("older than its source") && de.contains("Outdated"), "{path}");
        let en = page(&site, path);
        assert!(!en.contains("older than its source") && en.contains("Outdated"), "{path}");
    }
    assert!(!page(&site, "de/promises/refund/index.html").contains("Outdated"));
}
