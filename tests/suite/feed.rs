//! What other programs read of pages: the feed of changes, social cards, breadcrumbs.

use super::scratch::{Scratch, files};
use atom_syndication::Feed;
use serde_json::Value;
use std::collections::BTreeSet;

fn playbook() -> Scratch {
    let scratch = Scratch::new();
    scratch.file(
        "trustbook.toml",
        "title = \"Trust & care\"\nid = \"trust\"\ndescription = \"What we promise.\"\nbase_url = \"https://example.com/book/\"\n\
         [languages.en]\nname = \"English\"\n[languages.sv]\nname = \"Svenska\"\ntitle = \"Förtroende\"\n\
         [audiences]\npublic = []\ninternal = [\"public\"]\n[theme_options]\naccent = \"#8a1c1c\"\n"
            .replace("[languages.en]", "default_audience = \"internal\"\n[languages.en]"),
    );
    scratch.file("content/index.md", "+++\ntitle = \"Welcome\"\naudience = \"public\"\n+++\nHello.\n");
    scratch.file(
        "content/guides/contact.md",
        "+++\ntitle = \"Contact </script> & \\\"us\\\"\"\ndescription = \"How we <answer>.\"\naudience = \"public\"\n\
         date = 2026-01-05\nupdated = 2026-02-05\nlast_reviewed = 2026-02-05\nowner = \"Support\"\n+++\nWords.\n",
    );
    scratch
        .file("content/guides/contact.sv.md", "+++\ntitle = \"Kontakt\"\ndescription = \"Så svarar vi.\"\n+++\nOrd.\n");
    scratch.file(
        "content/guides/later.md",
        "+++\ntitle = \"Later\"\naudience = \"public\"\nlast_reviewed = 2027-01-01\n+++\nWords.\n",
    );
    scratch.file(
        "content/promises.toml",
        "[reply]\ntext = \"A person answers within a day.\"\naudience = \"public\"\nlast_reviewed = 2026-03-31\n\
         [[reply.history]]\ndate = 2026-03-31\nstatus = \"at-risk\"\nnote = \"Two people *ill*\"\n\
         [[reply.history]]\ndate = 2026-03-31\nstatus = \"kept\"\n\
         [secret]\ntext = \"Canary\"\n[[secret.history]]\ndate = 2026-03-31\nstatus = \"kept\"\nnote = \"Canary\"\n",
    );
    scratch.file(
        "content/journeys/year.toml",
        "title = \"A first year\"\naudience = \"public\"\nlast_reviewed = 2026-04-01\n[stages.buy]\ntitle = \"Buy\"\n\
         [stages.buy.touchpoints.a]\ntitle = \"A\"\nemotion = 1\n[stages.buy.touchpoints.b]\ntitle = \"B\"\nemotion = -1\n",
    );
    scratch
}

fn text(scratch: &Scratch, file: &str) -> String {
    let files = files(&scratch.site());
    let bytes = files.get(file).unwrap_or_else(|| panic!("{file} is not built"));
    String::from_utf8(bytes.clone()).expect("it is text")
}

/// What a page says under a property.
fn property<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let opening = format!("<meta property=\"{name}\" content=\"");
    page.match_indices(&opening)
        .map(|(at, _)| page[at + opening.len()..].split('"').next().expect("an attribute ends"))
        .collect()
}

#[test]
fn the_feed_is_read_by_a_kept_crate() {
    let scratch = playbook();
    scratch.built(&["--audience", "public"]);
    let feed: Feed = text(&scratch, "feed.xml").parse().expect("it is a feed");
    assert_eq!(feed.title.value, "Trust & care: changes");
    assert_eq!(feed.updated.to_rfc3339(), "2026-04-01T00:00:00+00:00");
    assert_eq!(feed.lang.as_deref(), Some("en"));
    let links: Vec<(&str, &str)> = feed.links.iter().map(|link| (&*link.rel, &*link.href)).collect();
    assert_eq!(links, [("self", "https://example.com/book/feed.xml"), ("alternate", "https://example.com/book/")]);
    let told: Vec<String> =
        feed.entries.iter().map(|entry| format!("{} {}", entry.updated.date_naive(), entry.title.value)).collect();
    assert_eq!(
        told,
        [
            "2026-04-01 Reviewed: A first year",
            "2026-03-31 At risk: A person answers within a day.",
            "2026-03-31 Kept: A person answers within a day.",
            "2026-02-05 Changed: Contact </script> & \"us\"",
            "2026-01-05 New: Contact </script> & \"us\"",
        ]
    );
    let ids: BTreeSet<&str> = feed.entries.iter().map(|entry| &*entry.id).collect();
    assert_eq!(ids.len(), told.len(), "{ids:?}");
    assert!(ids.contains("tag:example.com,2026-03-31:trust/en/promise/reply/found-2"), "{ids:?}");
    let noted = &feed.entries[1];
    assert_eq!(noted.summary.as_ref().map(|summary| &*summary.value), Some("Two people ill"));
    assert_eq!(noted.links[0].href, "https://example.com/book/promises/reply/");
    assert_eq!(feed.entries[3].authors[0].name, "Support");
    // What is not translated is told all the same, and says which language it is in.
    let swedish = text(&scratch, "sv/feed.xml");
    let feed: Feed = swedish.parse().expect("it is a feed");
    assert_eq!((feed.lang.as_deref(), feed.entries.len()), (Some("sv"), 5));
    assert!(swedish.contains("<summary xml:lang=\"en\">Two people ill</summary>"), "{swedish}");
    assert!(swedish.contains("<summary>Så svarar vi.</summary>"), "{swedish}");
    for entry in &feed.entries {
        assert!(!ids.contains(&*entry.id), "{}", entry.id);
    }
}

#[test]
fn a_feed_has_at_most_fifty_entries_and_may_have_none() {
    let scratch = Scratch::new();
    scratch.file("trustbook.toml", "title = \"T\"\nbase_url = \"https://example.com/\"\n");
    scratch.built(&[]);
    let feed: Feed = text(&scratch, "feed.xml").parse().expect("it is a feed");
    assert_eq!((feed.entries.len(), feed.updated.to_rfc3339().as_str()), (0, "2026-11-22T00:00:00+00:00"));
    for number in 1..=60 {
        let day = format!("2026-{:02}-{:02}", number / 28 + 1, number % 28 + 1);
        scratch.file(
            &format!("content/p{number}.md"),
            format!("+++\ntitle = \"P{number}\"\ndate = {day}\n+++\n\u{1b}x\n"),
        );
    }
    scratch.built(&[]);
    let feed: Feed = text(&scratch, "feed.xml").parse().expect("it is a feed");
    assert_eq!(feed.entries.len(), 50);
    assert_eq!(feed.entries[0].title.value, "New: P60");
    // A file of the author's own takes its place.
    scratch.file("static/feed.xml", "<feed/>");
    scratch.built(&[]);
    assert_eq!(text(&scratch, "feed.xml"), "<feed/>");
}

#[test]
fn every_page_says_what_messengers_and_search_engines_ask() {
    let scratch = playbook();
    let site = scratch.built(&["--audience", "public"]);
    let page = text(&scratch, "guides/contact/index.html");
    assert_eq!(property(&page, "og:title"), ["Contact &lt;/script&gt; &amp; &quot;us&quot;"]);
    assert_eq!(property(&page, "og:description"), ["How we &lt;answer&gt;."]);
    assert_eq!(property(&page, "og:url"), ["https://example.com/book/guides/contact/"]);
    assert_eq!(property(&page, "og:type"), ["article"]);
    assert_eq!(property(&page, "og:locale"), ["en_GB"]);
    assert_eq!(property(&page, "og:locale:alternate"), ["sv_SE"]);
    assert_eq!(property(&page, "og:site_name"), ["Trust &amp; care"]);
    assert!(
        page.contains("type=\"application/atom+xml\" title=\"Trust &amp; care: changes\" href=\"../../feed.xml\""),
        "{page}"
    );
    let swedish = text(&scratch, "sv/guides/contact/index.html");
    assert_eq!(property(&swedish, "og:title"), ["Kontakt"]);
    assert!(swedish.contains("href=\"../../feed.xml\""), "{swedish}");
    let opening = "<script type=\"application/ld+json\">";
    let (mut pages, mut cards) = (0, BTreeSet::new());
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        let images = property(&html, "og:image");
        if path.ends_with("404.html") {
            assert!(images.is_empty() && !html.contains(opening), "{path}");
            continue;
        }
        pages += 1;
        let [image] = images[..] else { panic!("{path}: {images:?}") };
        let image = image.strip_prefix("https://example.com/book/").expect("a whole address");
        cards.insert(image.to_string());
        let png = site.get(image).unwrap_or_else(|| panic!("{path}: {image} is not built"));
        let side = |from: usize| u32::from_be_bytes(png[from..from + 4].try_into().expect("four bytes"));
        assert_eq!((side(16), side(20)), (1200, 630), "{image}");
        assert_eq!(
            (property(&html, "og:image:width"), property(&html, "og:image:height")),
            (vec!["1200"], vec!["630"])
        );
        assert_eq!(property(&html, "og:image:alt").len(), 1, "{path}");
        let Some(at) = html.find(opening) else { continue };
        let json = html[at + opening.len()..].split("</script>").next().expect("a script ends");
        let json: Value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{path}: {error}: {json}"));
        let steps = json["itemListElement"].as_array().expect("a list");
        for (position, step) in (1..).zip(steps) {
            assert_eq!(step["position"], position, "{path}");
            assert!(step["name"].as_str().is_some_and(|name| !name.is_empty()), "{path}: {json}");
            assert_eq!(step.get("item").is_some(), position < steps.len(), "{path}: {json}");
        }
    }
    let built: BTreeSet<String> = site.keys().filter(|path| path.ends_with(".png")).cloned().collect();
    assert_eq!(built, cards, "every card is of a page");
    assert!(cards.len() > 4 && cards.len() < pages, "{pages} pages, {cards:?}");
    let step = "{\"@type\":\"ListItem\",\"position\":3,\"name\":\"Contact \\u003c/script\\u003e \\u0026 \\\"us\\\"\"}]}</script>";
    assert!(page.contains(step), "{page}");
}

#[test]
fn cards_of_pages_of_kinds_and_none() {
    let scratch = playbook();
    let count = |scratch: &Scratch| scratch.built(&[]).keys().filter(|path| path.ends_with(".png")).count();
    let kinds = count(&scratch);
    let settings = std::fs::read_to_string(scratch.root().join("trustbook.toml")).expect("it was written");
    scratch.file("trustbook.toml", format!("social_cards = \"pages\"\n{settings}"));
    let pages = count(&scratch);
    scratch.file("trustbook.toml", format!("social_cards = \"none\"\n{settings}"));
    assert_eq!(count(&scratch), 0);
    assert!(!text(&scratch, "index.html").contains("og:image") && text(&scratch, "index.html").contains("og:title"));
    assert!(kinds > 4 && pages > kinds, "{kinds} {pages}");
}

#[test]
fn a_card_that_was_drawn_is_not_drawn_again() {
    let scratch = playbook();
    let first = scratch.built(&[]);
    let path = first.keys().find(|path| path.ends_with(".png")).expect("there is a card");
    // The last build left it there; nobody looks into it again, as nobody looks into what did not change.
    let ended = scratch.run(&["build"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(files(&scratch.site()), first);
    // Whoever takes it away gets it again.
    std::fs::remove_file(scratch.site().join(path)).expect("it was there");
    assert_eq!(scratch.built(&[]), first);
}

#[test]
fn without_an_address_there_is_nothing_that_needs_one() {
    let scratch = Scratch::new();
    scratch.file("trustbook.toml", "title = \"T\"\n").file("content/index.md", "# Hello\n");
    let site = scratch.built(&[]);
    assert!(site.keys().all(|path| !path.ends_with(".png") && !path.ends_with("feed.xml")), "{:?}", site.keys());
    let page = text(&scratch, "index.html");
    assert!(!page.contains("og:") && !page.contains("ld+json") && !page.contains("atom+xml"), "{page}");
}
