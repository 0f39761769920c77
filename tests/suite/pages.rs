//! What must hold on every page: nobody's words become markup, nothing of the page's own runs, nothing is fetched from
//! elsewhere, no address runs a script, and nothing says where it was built.

use super::html::{Token, tokens};
use super::scratch::{Scratch, ended, files, nothing_denied, pages};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

type Site = BTreeMap<String, Vec<u8>>;

/// The reference playbook, built once.
static REFERENCE: LazyLock<Site> = LazyLock::new(|| {
    let scratch = Scratch::new();
    let output = scratch.around().join("out");
    let mut command = Command::new(env!("CARGO_BIN_EXE_trustbook"));
    command
        .args(["build", "--as-of", super::scratch::TODAY, "--root", env!("CARGO_MANIFEST_DIR"), "--output"])
        .arg(&output);
    let ended = ended(command);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    files(&output)
});

/// Whether a page is in another language than the reference playbook was written in.
fn is_translated(path: &str) -> bool {
    path.starts_with("sv/") || path.starts_with("id/")
}

/// The texts of a page, each with the language that an element around it says, if one does.
fn said(html: &str) -> Vec<(Option<String>, String)> {
    let mut said = Vec::new();
    // The language, the element that says it, and how many of its name are open in it.
    let mut around: Option<(String, String, usize)> = None;
    let mut hidden = false;
    for token in tokens(html) {
        match token {
            Token::Tag(name, attributes) => {
                hidden = matches!(name.as_str(), "script" | "style" | "code");
                let lang = attributes.iter().find(|(key, _)| key == "lang").filter(|_| name != "html");
                match (&mut around, lang) {
                    (Some((_, own, depth)), _) if *own == name => *depth += 1,
                    (Some((_, own, 0)), _) if name.strip_prefix('/') == Some(own) => around = None,
                    (Some((_, own, depth)), _) if name.strip_prefix('/') == Some(own) => *depth -= 1,
                    (None, Some((_, lang))) => around = Some((lang.clone(), name, 0)),
                    _ => {}
                }
            }
            Token::Text(text) if !hidden => {
                let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
                said.push((around.as_ref().map(|(lang, ..)| lang.clone()), words));
            }
            _ => {}
        }
    }
    said.retain(|(_, words)| !words.is_empty());
    said
}

#[test]
fn nothing_of_the_reference_playbook_stands_in_english_where_its_reader_asked_for_another_language() {
    let claims = include_str!("../../content/claims.toml").lines().filter_map(|line| line.strip_prefix("source = \""));
    // What a language calls itself, and the names of works.
    let names: Vec<&str> = std::iter::once("English").chain(claims.map(|name| name.trim_end_matches('"'))).collect();
    // Sentences and titles: one word may be the same in two languages.
    let is_told = |words: &str| {
        words.split(' ').filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 2).count() > 1
    };
    let english: std::collections::BTreeSet<String> = pages(&REFERENCE)
        .filter(|(path, _)| !is_translated(path))
        .flat_map(|(_, html)| said(html))
        .filter(|(lang, words)| lang.is_none() && is_told(words))
        .map(|(_, words)| words)
        .collect();
    assert!(english.len() > 1000, "{} texts are not all", english.len());
    let mut wrong = Vec::new();
    // The audit lists pages of every language by the titles that they have in it.
    let looked_at = pages(&REFERENCE).filter(|(path, _)| is_translated(path) && !path.contains("/audit/"));
    for (path, html) in looked_at {
        for (lang, words) in said(html) {
            let is_english = lang.as_deref() == Some("en") || (lang.is_none() && english.contains(&words));
            if is_english && !names.contains(&words.as_str()) {
                wrong.push(format!("{path}: {words}"));
            }
        }
    }
    assert_none(&wrong);
}

const EVIL: &str = "\"><script>alert(1)</script><img src=x onerror=alert(2)>' onload=alert(3) & {{ 1 }} </title></script> \u{2028}EVIL";

/// A playbook that says `words` in every key that takes text.
fn saying(words: &str) -> Scratch {
    let scratch = Scratch::new();
    let put = |path: &str, text: &str| {
        assert!(!words.contains("'''"));
        scratch.file(
            path,
            text.replace("WORDS", &format!("'''{words}'''"))
                .replace("PROSE", words)
                .replace("CHECKS", &nothing_denied()),
        );
    };
    put(
        "trustbook.toml",
        "title = WORDS\nid = WORDS\ndescription = WORDS\nbase_url = \"https://example.com/sub/\"\n\
         edit_url = \"https://git.example.com/edit/{path}\"\ndefault_audience = \"internal\"\n\
         [languages.en]\nname = WORDS\n[languages.sv]\nname = WORDS\ntitle = WORDS\n\
         [audiences]\npublic = []\ninternal = [\"public\"]\n[editions.internal]\ntitle = WORDS\n[theme_options]\naccent = WORDS\nCHECKS",
    );
    let front = "title = WORDS\ndescription = WORDS\nowner = WORDS\ntags = [WORDS]\nlast_reviewed = 2026-11-01\n\
                 review_every = \"3 months\"\ndate = 2026-01-01\n[extra]\nnote = WORDS\n";
    let body = "PROSE\n\n## PROSE\n\n### Words {#PROSE}\n\n### Id {#a\"onclick=\"alert(9)}\n\n### Class {.a\"onclick=\"alert(9)}\n\n\
                - PROSE\n- [x] PROSE\n\n> PROSE\n\n> [!NOTE]\n> PROSE\n\nTerm PROSE\n: Meaning PROSE\n\n| PROSE | b |\n|:-|-|\n| PROSE | c |\n\n\
                ```PROSE\nPROSE\n```\n\n```js\" onclick=\"alert(9)\nx\n```\n\n`PROSE` *PROSE* $PROSE$ $$a\\text{PROSE}$$\n\n\
                [PROSE](index.md 'PROSE') [a](https://example.com/?\"onclick=\"alert(9)) ![PROSE](shelf.svg 'PROSE')\n\n\
                Note[^1].\n\n[^1]: PROSE\n\n    PROSE\n\n\
                :::aside{kind=\"tip\" title=\"QUOTED\"}\nPROSE\n:::\n\n:::details{title=\"QUOTED\"}\nPROSE\n:::\n\n\
                ::::cards\n:::card{title=\"QUOTED\"}\nPROSE\n:::\n::::\n\n::::tabs\n:::tab{title=\"QUOTED\"}\nPROSE\n:::\n::::\n\n\
                :::steps\n1. PROSE\n:::\n\n:::figure{src=\"shelf.svg\" alt=\"QUOTED\" caption=\"QUOTED\"}\n:::\n\n\
                :::quote{by=\"QUOTED\" source=\"QUOTED\"}\nPROSE\n:::\n\n\
                :::checklist{#listID title=\"QUOTED\" owner=\"QUOTED\"}\nPROSE\n\n- [ ] PROSE {#one}\n- [ ] Other {#two\"onclick=\"alert(9)}\n:::\n\n\
                :::journey{ref=\"year\"}\n\n:::promises{department=\"support\"}\n\n:::strategies{stage=\"buy\"}\n\n:::floor{ref=\"year\"}\n\n:::coverage\n\n\
                [](promise:reply) [](claim:pew) [](term:churn) [](strategy:early) [](journey:year/buy) [](checklist:list3)\n";
    let quoted = words.replace('\\', "\\\\").replace('"', "\\\"");
    let kinds = [
        "strategies/early",
        "pillars/reliable",
        "personas/buyer",
        "recoveries/late",
        "guides/contact",
        "guides/index",
        "index",
        "strategies/index",
    ];
    for (number, path) in kinds.iter().enumerate() {
        let own = match path.split('/').next() {
            Some("strategies") if !path.ends_with("index") => {
                "pillars = [\"reliable\"]\nstages = [\"buy\"]\ndepartments = [\"support\"]\neffort = \"low\"\n"
            }
            Some("personas") => {
                "goals = [WORDS]\npains = [WORDS]\nvalues = [WORDS]\nbehaviours = [WORDS]\nevidence = WORDS\n"
            }
            _ => "",
        };
        let front = front.replace("[extra]", &format!("{own}[extra]"));
        let body = body.replace("QUOTED", &quoted).replace("listID", &format!("list{number}"));
        let body = body.replace("(shelf.svg", "(/shelf.svg").replace("src=\"shelf.svg", "src=\"/shelf.svg");
        put(&format!("content/{path}.md"), &format!("+++\n{front}+++\n{body}"));
    }
    put("content/guides/contact.sv.md", "+++\ntitle = WORDS\ndescription = WORDS\n+++\nPROSE\n");
    scratch.file("static/shelf.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let touchpoint = "title = WORDS\nchannel = \"web\"\ndepartment = \"support\"\naction = WORDS\nthought = WORDS\nemotion = -1\n\
                      intent = WORDS\nperceived = WORDS\nintent_emotion = 1\nevidence = \"assumed\"\nmoment_of_truth = true\npains = [WORDS]\n\
                      barriers = [WORDS]\ndrop_offs = [WORDS]\nopportunities = [WORDS, { text = WORDS, owner = WORDS }]\npromises = [\"reply\"]\n\
                      metrics = [\"speed\"]\nbackstage = [WORDS]\n";
    put(
        "content/journeys/year.toml",
        &format!(
            "title = WORDS\nsummary = WORDS\nowner = WORDS\npersonas = [\"buyer\"]\nlast_reviewed = 2026-09-01\nreview_every = \"6 months\"\n\
             [objectives.keep]\ntext = WORDS\nmetric = \"speed\"\n\
             [stages.buy]\ntitle = WORDS\ngoal = WORDS\nsummary = WORDS\n\
             [stages.buy.touchpoints.pay]\n{touchpoint}[stages.buy.touchpoints.pay.emotions]\nbuyer = 1\n\
             [stages.buy.touchpoints.wait]\n{touchpoint}\
             [stages.buy.checklist.check]\ntext = WORDS\nowner = WORDS\n\
             [stages.use]\ntitle = WORDS\n[stages.use.touchpoints.open]\n{touchpoint}"
        ),
    );
    put(
        "content/promises.toml",
        "[reply]\ntext = WORDS\npillar = \"reliable\"\nstages = [\"buy\"]\nchannel = \"web\"\ndepartment = \"support\"\nowner = WORDS\n\
         made_in = [WORDS, \"guides/contact.md\"]\nmetric = \"speed\"\nstatus = \"kept\"\ntarget = 95\nevidence = WORDS\nsince = 2026-01-01\n\
         last_reviewed = 2026-11-01\nreview_every = \"3 months\"\n[[reply.history]]\ndate = 2026-03-31\nstatus = \"at-risk\"\nnote = WORDS\n\
         [withdrawn]\ntext = WORDS\nstatus = \"withdrawn\"\n[odd]\ntext = WORDS\nevidence = \"javascript:alert(1)\"\n",
    );
    put(
        "content/metrics.toml",
        "[speed]\ntitle = WORDS\nkind = \"rate\"\nunit = WORDS\ntarget = 95\nstages = [\"buy\"]\n",
    );
    put("content/departments.toml", "[support]\ntitle = WORDS\nowner = WORDS\ndescription = WORDS\n");
    put("content/channels.toml", "[web]\ntitle = WORDS\ndescription = WORDS\n");
    put(
        "content/claims.toml",
        "[pew]\ntext = WORDS\nvalue = WORDS\nsource = WORDS\nurl = \"https://example.com/?a=\\\"><script>alert(1)</script>\"\ndate = 2019-11-15\nsample = WORDS\n\
         [odd]\ntext = WORDS\nsource = WORDS\nurl = \"java\\tscript:alert(1)\"\n",
    );
    put("content/glossary.toml", "[churn]\nterm = WORDS\nmeaning = WORDS\n");
    put(
        "content/incidents.toml",
        "[parcels]\ntitle = WORDS\npromise = \"reply\"\nseverity = \"annoyance\"\nnoticed = 2026-02-02\nfixed = 2026-02-09\n",
    );
    scratch
}

/// What is wrong with a page.
fn wrong(path: &str, html: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut data = false;
    for token in tokens(html) {
        match token {
            Token::Tag(name, attributes) => {
                let value =
                    |key: &str| attributes.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str());
                data = name == "script" && matches!(value("type"), Some("application/json" | "application/ld+json"));
                if name == "script" && !data && value("src").is_none() {
                    wrong.push(format!("{path}: a script of the page's own"));
                }
                if matches!(
                    name.as_str(),
                    "style" | "iframe" | "object" | "embed" | "base" | "form" | "frame" | "applet"
                ) {
                    wrong.push(format!("{path}: <{name}>"));
                }
                if !name.trim_start_matches('/').bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
                    wrong.push(format!("{path}: a tag called {name:?}"));
                }
                for (key, value) in &attributes {
                    let fair =
                        key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'_'));
                    if !fair || key.starts_with("on") || key == "style" || key == "srcdoc" {
                        wrong.push(format!("{path}: <{name} {key}={value:?}>"));
                    }
                    let address = value.trim().to_ascii_lowercase();
                    let fetched = matches!(
                        name.as_str(),
                        "img" | "script" | "source" | "use" | "image" | "audio" | "video" | "track"
                    ) || name == "link"
                        && !attributes
                            .iter()
                            .any(|(key, value)| key == "rel" && matches!(value.as_str(), "canonical" | "alternate"));
                    if matches!(key.as_str(), "href" | "src" | "srcset" | "action" | "data" | "poster" | "xlink:href") {
                        let bare: String = address.chars().filter(|c| !c.is_control()).collect();
                        if ["javascript:", "data:", "vbscript:", "file:"].iter().any(|scheme| bare.starts_with(scheme))
                        {
                            wrong.push(format!("{path}: <{name} {key}={value:?}> runs"));
                        }
                        if fetched && (address.contains("://") || address.starts_with("//")) {
                            wrong.push(format!("{path}: <{name} {key}={value:?}> is fetched from elsewhere"));
                        }
                    }
                }
            }
            Token::Text(text) if data => {
                data = false;
                if text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']) {
                    wrong.push(format!("{path}: data with bare characters: {text:.200}"));
                }
                if serde_json::from_str::<serde_json::Value>(&text).is_err() {
                    wrong.push(format!("{path}: data that is no JSON: {text:.200}"));
                }
            }
            _ => {}
        }
    }
    wrong
}

fn all_wrong(site: &Site) -> Vec<String> {
    pages(site).flat_map(|(path, html)| wrong(path, html)).collect()
}

fn assert_none(wrong: &[String]) {
    let shown = wrong.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
    assert!(wrong.is_empty(), "{} wrong:\n{shown}", wrong.len());
}

#[test]
fn nobodys_words_become_markup() {
    let scratch = saying(EVIL);
    let site = scratch.built(&[]);
    let count = pages(&site).count();
    assert!(count > 40, "only {count} pages: not every kind is built");
    // The words are there, so they were escaped and not lost.
    let with_words = pages(&site).filter(|(_, html)| html.contains("EVIL")).count();
    assert!(with_words > 40, "only {with_words} of {count} pages say them");
    assert_none(&all_wrong(&site));
    for (path, html) in pages(&site) {
        assert!(!html.contains("<script>") && !html.contains("<img src=x"), "{path}");
    }
    for (path, bytes) in &site {
        let text = String::from_utf8_lossy(bytes);
        if path.ends_with(".xml") {
            assert!(!text.contains("<script"), "{path}");
        }
        if path.ends_with(".json") {
            serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
    }
}

#[test]
fn the_public_edition_escapes_no_less() {
    let scratch = saying(EVIL);
    let settings = fs::read_to_string(scratch.root().join("trustbook.toml")).expect("it was written");
    scratch
        .file("trustbook.toml", settings.replace("default_audience = \"internal\"", "default_audience = \"public\""));
    assert_none(&all_wrong(&scratch.built(&["--audience", "public"])));
}

#[test]
fn the_reference_playbook_runs_nothing_and_fetches_nothing() {
    assert!(pages(&REFERENCE).count() > 100);
    assert_none(&all_wrong(&REFERENCE));
}

#[test]
fn no_address_runs_a_script() {
    let disguises = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\u{1}javascript:alert(1)",
        "javascript&#58;alert(1)",
        "javascript&colon;alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript:alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "javascript%3Aalert(1)",
        "\\javascript:alert(1)",
        "vbscript:msgbox(1)",
        "data:text/html,<script>alert(1)</script>",
        "data:text/html;base64,PHNjcmlwdD4=",
        "file:///etc/passwd",
        "//evil.example/x.js",
        "\\\\evil.example/x.js",
        "/\\evil.example/x.js",
        "blob:x",
        "view-source:x",
    ];
    let scratch = Scratch::new();
    scratch.file("trustbook.toml", nothing_denied());
    let mut body = String::from("# Links\n\n");
    let (mut claims, mut promises) = (String::new(), String::new());
    for (number, address) in disguises.iter().enumerate() {
        let line = address.replace('\n', " ");
        body.push_str(&format!(
            "[a{number}](<{line}>) [b]({line}) ![c](<{line}>) <{line}> [d{number}][r{number}] <a href=\"{address}\">e</a> \
             <a href='{address}'>f</a> <img src=\"{address}\" alt=\"g\"> <area href=\"{address}\"> <form action=\"{address}\">h</form>\n\n\
             [r{number}]: <{line}>\n\n:::figure{{src=\"{line}\" alt=\"i\"}}\n:::\n\n<div>\n<a href={line}>j</a>\n</div>\n\n"
        ));
        let toml = address.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\u{1}', "\\u0001");
        claims.push_str(&format!("[c{number}]\ntext = \"T [a](<{toml}>)\"\nsource = \"S\"\nurl = \"{toml}\"\n"));
        promises.push_str(&format!(
            "[p{number}]\ntext = \"T [a](<{toml}>)\"\nevidence = \"{toml}\"\nmade_in = [\"{toml}\"]\n"
        ));
    }
    scratch.file("content/index.md", "# Hello").file("content/links.md", body);
    scratch.file("content/claims.toml", claims).file("content/promises.toml", promises);
    let site = scratch.built(&[]);
    assert_none(&all_wrong(&site));
    for (path, html) in pages(&site) {
        for token in tokens(html) {
            let Token::Tag(name, attributes) = token else { continue };
            for (key, value) in attributes.iter().filter(|(key, _)| matches!(key.as_str(), "href" | "src")) {
                let outside = value.starts_with("//")
                    || value.contains('\\')
                    || value.contains("evil.example")
                    || value.contains("msgbox");
                assert!(!outside, "{path}: <{name} {key}={value:?}>");
            }
        }
    }
}

#[test]
fn no_output_says_where_it_was_built() {
    let scratch = saying("Words");
    // Also where templates, words and checks have something to say.
    scratch
        .file("themes/default/static/own.css", "a{}")
        .file("content/guides/shelf.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let site = scratch.built(&[]);
    let folder = scratch.around().to_string_lossy().into_owned();
    let home = std::env::var("HOME").ok().filter(|home| home.len() > 1);
    let here = [Some(folder), home, Some(env!("CARGO_MANIFEST_DIR").to_string()), Some("/.cargo/".to_string())];
    for (path, bytes) in site.iter().chain(REFERENCE.iter()) {
        let text = String::from_utf8_lossy(bytes);
        for place in here.iter().flatten() {
            assert!(!text.contains(place.as_str()), "{path} holds {place}");
        }
    }
    // Nor does a finding for programs.
    let check = scratch.run(&["check", "--format", "json"]);
    assert!(!check.out.contains(&*scratch.around().to_string_lossy()), "{}", check.out);
}

/// Links of a site that lead to none of its files.
fn dead_links(site: &Site) -> Vec<String> {
    let mut dead = Vec::new();
    for (path, html) in pages(site).filter(|(path, _)| !path.ends_with("404.html")) {
        let folder = Path::new(path).parent().expect("a page is in a folder");
        for token in tokens(html) {
            let Token::Tag(_, attributes) = token else { continue };
            for (key, value) in attributes.iter().filter(|(key, _)| matches!(key.as_str(), "href" | "src")) {
                let to = value.split(['#', '?']).next().unwrap_or("");
                if to.contains("://") || to.starts_with("mailto:") || to.starts_with("tel:") || to.is_empty() {
                    continue;
                }
                let mut parts: Vec<&str> = folder.iter().filter_map(|part| part.to_str()).collect();
                for part in to.split('/') {
                    match part {
                        "" | "." => {}
                        ".." => _ = parts.pop(),
                        part => parts.push(part),
                    }
                }
                let file = parts.join("/");
                let index = if file.is_empty() { "index.html".to_string() } else { format!("{file}/index.html") };
                if !site.contains_key(&file) && !site.contains_key(&index) {
                    dead.push(format!("{path}: {key}={value}"));
                }
            }
        }
    }
    dead
}

#[test]
fn every_link_of_the_reference_playbook_leads_somewhere() {
    assert_none(&dead_links(&REFERENCE));
}

#[test]
fn a_page_among_very_many_finds_itself_and_its_neighbours() {
    let scratch = Scratch::new();
    scratch
        .file("trustbook.toml", "title = \"Many\"\n[languages.en]\n[languages.sv]\n".to_string() + &nothing_denied());
    scratch.file("content/index.md", "# Home\n");
    for number in 100..300 {
        scratch.file(&format!("content/guides/g{number}.md"), format!("# Guide {number}\n"));
        scratch.file(&format!("content/note{number}.md"), format!("# Note {number}\n"));
        scratch.file(&format!("content/guides/deep/{number}/index.md"), format!("# Deep {number}\n"));
    }
    let site = scratch.built(&[]);
    assert_none(&dead_links(&site));
    let mut wrong = Vec::new();
    for (path, html) in pages(&site).filter(|(path, _)| path.contains("guides/g") || path.contains("note")) {
        let navigation = html.split_once("<nav class=\"side\"").and_then(|(_, rest)| rest.split_once("</nav>"));
        let navigation = navigation.expect("a page has a navigation").0;
        let number: usize =
            path.split('/').find_map(|part| part.trim_matches(char::is_alphabetic).parse().ok()).unwrap();
        let name = if path.contains("guides") { "Guide" } else { "Note" };
        for neighbour in [number - 1, number, number + 1].into_iter().filter(|near| (100..300).contains(near)) {
            if !navigation.contains(&format!(">{name} {neighbour}<")) {
                wrong.push(format!("{path}: no {name} {neighbour}"));
            }
        }
        let marked = navigation.split_once(" aria-current=\"page\">").and_then(|(_, rest)| rest.split_once("</a>"));
        let is_marked = marked.is_some_and(|(title, _)| title.contains(&format!("{name} {number}")));
        let length = navigation.matches("<li").count();
        if !is_marked || length > 150 {
            wrong.push(format!("{path}: {length} entries, or no mark"));
        }
    }
    assert_none(&wrong);
}
