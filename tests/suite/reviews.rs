//! Review dates: the calendar is one for programs that read calendars, the same every time, and nothing in it is for others.

use super::scratch::{Scratch, files};
use icalendar::parser::{read_calendar, unfold};
use serde_json::Value;
use std::collections::BTreeSet;

fn playbook() -> Scratch {
    let scratch = Scratch::new();
    scratch.file(
        "trustbook.toml",
        "title = \"Løfter, och mer\"\nid = \"lofter\"\nbase_url = \"https://example.com/book/\"\n\
         default_audience = \"internal\"\n[audiences]\npublic = []\ninternal = [\"public\"]\n[languages.en]\n[languages.sv]\nname = \"Svenska\"\n",
    );
    scratch.file(
        "content/promises.toml",
        "[reply]\ntext = \"A person answers; not a machine, within a day \\\\o/, and tells you what happens next, when, and who does it: åäö åäö åäö.\"\n\
         owner = \"Head of support\"\nlast_reviewed = 2026-09-01\nreview_every = \"3 months\"\naudience = \"public\"\n\
         [secret]\ntext = \"Canary\"\nowner = \"Canary\"\nlast_reviewed = 2026-01-01\nreview_every = \"1 month\"\n\
         [gone]\ntext = \"Gone\"\nstatus = \"withdrawn\"\nlast_reviewed = 2026-01-01\nreview_every = \"1 month\"\naudience = \"public\"\n\
         [undated]\ntext = \"Undated\"\nowner = \"Head of sales\"\naudience = \"public\"\n",
    );
    scratch.file(
        "content/guides/contact.md",
        "+++\ntitle = \"Contact\"\naudience = \"public\"\nlast_reviewed = 2026-08-21\nreview_every = \"3 months\"\n+++\nWords.\n",
    );
    scratch
}

fn text(scratch: &Scratch, file: &str) -> String {
    String::from_utf8(files(&scratch.site())[file].clone()).expect("it is text")
}

#[test]
fn the_calendar_is_read_by_a_kept_crate() {
    let scratch = playbook();
    scratch.built(&[]);
    let ics = text(&scratch, "reviews.ics");
    assert!(ics.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{ics}");
    let unfolded = unfold(&ics);
    let calendar = read_calendar(&unfolded).expect("it is a calendar");
    let mut uids = BTreeSet::new();
    for event in &calendar.components {
        let value = |name| event.find_prop(name).map(|property| property.val.to_string());
        assert_eq!(event.name.to_string(), "VEVENT");
        assert!(uids.insert(value("UID").expect("an event has one")), "twice in {ics}");
        assert_eq!(value("DTSTAMP").as_deref(), Some("20261122T000000Z"));
        for name in ["SUMMARY", "DTSTART", "DTEND", "URL", "CATEGORIES"] {
            assert!(value(name).is_some(), "{name} in {ics}");
        }
    }
    let wanted = ["page/guides/contact@lofter", "promise/reply@lofter", "promise/secret@lofter"];
    assert_eq!(uids.iter().map(String::as_str).collect::<Vec<_>>(), wanted);
    let reply = "\r\nDTSTART;VALUE=DATE:20261201\r\nDTEND;VALUE=DATE:20261202\r\n";
    assert!(ics.contains(reply), "{ics}");
    let whole = ics.replace("\r\n ", "");
    assert!(
        whole.contains("SUMMARY:Review: A person answers\\; not a machine\\, within a day \\\\o/\\, and"),
        "{whole}"
    );
    assert!(whole.contains("DESCRIPTION:Owner: Head of support\r\nURL:https://example.com/book/promises/reply/\r\n"));
}

#[test]
fn a_review_moves_its_day_and_keeps_its_name() {
    let scratch = playbook();
    scratch.built(&[]);
    let before = text(&scratch, "reviews.ics");
    scratch.built(&[]);
    assert_eq!(text(&scratch, "reviews.ics"), before, "the same playbook makes the same bytes");
    scratch.file(
        "content/guides/contact.md",
        "+++\ntitle = \"Contact us\"\naudience = \"public\"\nlast_reviewed = 2026-11-20\nreview_every = \"3 months\"\n+++\nWords.\n",
    );
    scratch.built(&[]);
    let after = text(&scratch, "reviews.ics");
    assert!(
        before.contains("UID:page/guides/contact@lofter\r\nDTSTAMP:20261122T000000Z\r\nDTSTART;VALUE=DATE:20261121")
    );
    assert!(
        after.contains("UID:page/guides/contact@lofter\r\nDTSTAMP:20261122T000000Z\r\nDTSTART;VALUE=DATE:20270220")
    );
}

#[test]
fn what_is_for_others_is_in_neither_file_nor_page() {
    let scratch = playbook();
    scratch.built(&["--audience", "public"]);
    for file in ["reviews.ics", "reviews.json", "reviews/index.html", "sv/reviews/index.html"] {
        let text = text(&scratch, file);
        assert!(!text.contains("Canary") && !text.contains("secret"), "{file}: {text}");
        assert!(text.contains("Contact"), "{file}: {text}");
    }
}

#[test]
fn the_json_says_who_and_when() {
    let scratch = playbook();
    scratch.built(&[]);
    let json: Value = serde_json::from_str(&text(&scratch, "reviews.json")).expect("it is JSON");
    assert_eq!(json["overdue"], 2);
    let told: Vec<_> = json["reviews"].as_array().expect("a list").iter().map(|one| &one["id"]).collect();
    // The owner whose first date is the earliest comes first.
    assert_eq!(told, ["promise/secret", "page/guides/contact", "promise/reply"]);
    assert_eq!(json["reviews"][1]["days_overdue"], 1);
    assert_eq!(json["reviews"][1]["owner"], Value::Null);
    assert_eq!(json["reviews"][2]["overdue"], false);
    assert_eq!(json["reviews"][2]["due"], "2026-12-01");
    let schema: Value = serde_json::from_str(&text(&scratch, "reviews.schema.json")).expect("it is JSON");
    let known: Vec<&String> = schema["properties"].as_object().expect("an object").keys().collect();
    assert!(json.as_object().expect("an object").keys().all(|key| known.contains(&key)), "{known:?}");
}

#[test]
fn the_page_says_it_for_the_day_of_the_build() {
    let scratch = playbook();
    scratch.built(&[]);
    let page = text(&scratch, "reviews/index.html");
    assert!(page.contains("<time datetime=\"2026-11-21\" data-due=\"due-2\">21 Nov 2026</time>"), "{page}");
    let due = |number: usize| {
        let at = page.find(&format!("id=\"due-{number}\"")).expect("it is there");
        page[at..].split("</td>").next().expect("a cell").to_string()
    };
    assert!(!due(2).contains("hidden") && due(2).contains("1 day"), "{}", due(2));
    assert!(due(3).contains("hidden") && due(3).contains("<span data-days></span>"), "{}", due(3));
    assert!(page.contains("data-late-count>2<") && page.contains("href=\"../reviews.ics\""), "{page}");
}

#[test]
fn nothing_to_review_is_no_page_and_no_calendar() {
    let scratch = Scratch::new();
    scratch.file("content/index.md", "# Hello\n");
    let built = scratch.built(&[]);
    assert!(!built.contains_key("reviews.ics") && !built.contains_key("reviews/index.html"));
    let json: Value = serde_json::from_slice(&built["reviews.json"]).expect("it is JSON");
    assert_eq!(json["reviews"], serde_json::json!([]));
}

#[test]
fn a_long_register_goes_on() {
    let scratch = Scratch::new();
    let promises: String = (0..1001)
        .map(|number| {
            format!(
                "[p{number}]\ntext = \"P\"\nowner = \"O{}\"\nlast_reviewed = 2026-01-01\nreview_every = \"1 year\"\n",
                number % 3
            )
        })
        .collect();
    scratch.file("content/promises.toml", promises);
    let built = scratch.built(&[]);
    let rows = |file: &str| String::from_utf8_lossy(&built[file]).matches("data-due=").count();
    assert_eq!(rows("reviews/index.html"), 500);
    assert_eq!(rows("reviews/page/2/index.html"), 500);
    assert_eq!(rows("reviews/page/3/index.html"), 1);
    // A browser sees a part, and so does not count.
    assert!(!String::from_utf8_lossy(&built["reviews/index.html"]).contains("data-late-count"));
}
