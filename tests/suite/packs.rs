//! `trustbook pack`: a page that holds everything itself, a book that is well formed, and what is refused.

use super::scratch::{Scratch, TODAY, ended};
use base64::Engine as _;
use quick_xml::events::Event;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;
use std::process::Command;

/// The files of a book, in their order.
pub fn unpacked(file: impl AsRef<Path>) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(File::open(file).expect("the book is there")).expect("it is a zip");
    let names: Vec<String> = (0..zip.len())
        .map(|at| zip.by_index(at).expect("it has a file").name().expect("with a name").to_string())
        .collect();
    let read = |name: String| {
        let mut bytes = Vec::new();
        zip.by_name(&name).expect("it is there").read_to_end(&mut bytes).expect("it can be read");
        (name, String::from_utf8_lossy(&bytes).into_owned())
    };
    names.into_iter().map(read).collect()
}

/// A playbook with what a pack has to take apart.
fn playbook(settings: &str) -> Scratch {
    let scratch = Scratch::new();
    scratch
        .file("trustbook.toml", format!("title = \"Book & Co\"\nraw_html = \"trusted\"\n{settings}[checks]\ndead-asset = \"allow\"\n"))
        .file("content/index.md", "# Welcome\n\n[A](guides/a.md#same) ![Dot](dot.png) <img src=\"https://far.example/x.png\" alt=\"Far away\">\n")
        .file("content/dot.png", [0x89, b'P', b'N', b'G', 1, 2, 3])
        .file(
            "content/guides/a.md",
            "# A\n\n## Same\n\nOne[^1]. [B](b.md#same) [here](#same) [Far](https://far.example/a?b&c)\n\n[^1]: Note of A.\n\n\
             <p onclick=\"x()\" style=\"color:red\">raw<br><script>alert(1)</script><iframe src=\"/x\"></iframe>\n\n$a^2$\n",
        )
        .file("content/guides/b.md", "# B\n\n## Same\n\nTwo[^1].\n\n[^1]: Note of B.\n\n:::checklist{#todo title=\"Do\"}\n- [ ] It {#it}\n:::\n")
        .file("content/strategies/early.md", "+++\nstages = [\"year/buy\"]\ndepartments = [\"support\"]\n+++\n# Early\n\n[B](../guides/b.md)\n")
        .file("content/recoveries/sorry.md", "# Sorry\n\n[](department:support)\n")
        .file("content/recoveries/other.md", "# Other\n")
        .file("content/departments.toml", "[support]\ntitle = \"Support\"\n[sales]\ntitle = \"Sales\"\n")
        .file("content/promises.toml", "[reply]\ntext = \"A reply within 2 days.\"\ndepartment = \"support\"\nowner = \"O\"\nmade_in = [\"a page\"]\nstatus = \"kept\"\n")
        .file(
            "content/journeys/year.toml",
            "title = \"Year\"\n[stages.buy]\ntitle = \"Buy\"\n[stages.buy.touchpoints.pay]\ntitle = \"Pay\"\ndepartment = \"sales\"\npromises = [\"reply\"]\n",
        )
        .file("content/journeys/month.toml", "title = \"Month\"\n[stages.buy]\ntitle = \"Buy\"\n[stages.use]\ntitle = \"Use\"\n");
    scratch
}

/// The bytes of a pack.
fn packed(scratch: &Scratch, file: &str, arguments: &[&str]) -> Vec<u8> {
    let path = scratch.around().join(file);
    let ended = scratch.run(&[&["pack", "-o", path.to_str().expect("a plain name")], arguments].concat());
    assert_eq!(ended.code, Some(0), "{ended:?}");
    fs::read(path).expect("the pack is there")
}

fn text(scratch: &Scratch, file: &str, arguments: &[&str]) -> String {
    String::from_utf8(packed(scratch, file, arguments)).expect("a page is text")
}

/// Attributes of this name, wherever they stand in a tag.
fn values<'t>(html: &'t str, name: &str) -> Vec<&'t str> {
    let open = format!(" {name}=\"");
    html.match_indices(&open).filter_map(|(at, found)| html[at + found.len()..].split('"').next()).collect()
}

/// The page without the texts of its scripts and styles, and those texts.
fn inside_out(html: &str, tag: &str) -> (String, Vec<String>) {
    let (mut rest, mut page, mut texts) = (html, String::new(), Vec::new());
    while let Some(at) = rest.find(&format!("<{tag}")) {
        let start = at + rest[at..].find('>').expect("a tag ends") + 1;
        let length = rest[start..].find(&format!("</{tag}>")).expect("it is closed");
        page.push_str(&rest[..start]);
        texts.push(rest[start..start + length].to_string());
        rest = &rest[start + length..];
    }
    page.push_str(rest);
    (page, texts)
}

/// What every page has to be: whole, sealed, and without a way that leads nowhere.
fn assert_whole(html: &str) {
    let (page, styles) = inside_out(html, "style");
    let (page, scripts) = inside_out(&page, "script");
    let policy =
        values(&page, "content").into_iter().find(|value| value.starts_with("default-src")).expect("it has a policy");
    let hashes = |texts: &[String]| -> BTreeSet<String> {
        let hash = |text: &String| base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
        texts.iter().map(|text| format!("'sha256-{}'", hash(text))).collect()
    };
    for (directive, texts) in [("style-src ", &styles), ("script-src ", &scripts)] {
        let named = policy.split("; ").find_map(|part| part.strip_prefix(directive)).expect("the policy names it");
        assert_eq!(named.split(' ').map(str::to_string).collect::<BTreeSet<_>>(), hashes(texts), "{directive}");
    }
    assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{policy}");
    let ids = values(&page, "id");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    let twice: Vec<&&str> = ids.iter().filter(|id| ids.iter().filter(|other| other == id).count() > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    for href in values(&page, "href") {
        match href.strip_prefix('#') {
            Some(id) => assert!(known.contains(id), "{href} leads nowhere"),
            None => assert!(
                ["https://", "http://", "mailto:", "tel:", "data:"].iter().any(|start| href.starts_with(start)),
                "{href} leads out of the page"
            ),
        }
    }
    for name in ["aria-labelledby", "aria-describedby", "aria-controls", "for", "data-due", "popovertarget", "headers"]
    {
        for id in values(&page, name).into_iter().flat_map(str::split_whitespace) {
            assert!(known.contains(id), "{name}=\"{id}\" names nothing");
        }
    }
    for src in values(&page, "src") {
        assert!(src.starts_with("data:"), "{src} is loaded");
    }
    for word in [" style=\"", " srcset=", " onclick", "<iframe", "@import", "<base"] {
        assert!(!page.contains(word), "{word}");
    }
    for style in styles {
        for url in style.split("url(").skip(1) {
            assert!(
                url.starts_with("data:") || url.starts_with("\"data:") || url.starts_with('#'),
                "{:?}",
                url.get(..40)
            );
        }
    }
}

#[test]
fn a_pack_is_whole_and_links_lead_to_anchors() {
    let html = text(&playbook(""), "p.html", &[]);
    assert_whole(&html);
    for (wanted, why) in [
        ("href=\"#p-guides-b--same\">B<", "another page's heading"),
        ("href=\"#p-guides-a--same\">here<", "its own"),
        ("id=\"p-guides-a--note-1\"", "a footnote"),
        ("id=\"p-guides-b--note-1\"", "the other page's"),
        ("href=\"#p-guides-b\"", "a page"),
        ("src=\"data:image/png;base64,iVBORwECAw==\"", "an image"),
        ("href=\"https://far.example/a?b&amp;c\"", "a link to elsewhere"),
        ("Far away", "the words of an image from elsewhere"),
        ("data-list=\"todo\"", "a checklist keeps its name"),
    ] {
        assert!(html.contains(wanted), "{why}: {wanted}");
    }
    assert!(!html.contains("alert(1)") && !html.contains("far.example/x.png"));
    assert!(!html.contains("class=\"crumbs\"") && !html.contains("class=\"foot\""));
}

#[test]
fn the_reference_playbook_is_packed_whole() {
    let folder = Scratch::new();
    let root = env!("CARGO_MANIFEST_DIR");
    for (asked, least) in
        [(&[][..], 400_000), (&["--stage", "first-year/purchase", "--department", "support"], 150_000)]
    {
        let file = folder.around().join("reference.html");
        let mut command = Command::new(env!("CARGO_BIN_EXE_trustbook"));
        command.args(["pack", "--root", root, "--as-of", TODAY, "-o"]).arg(&file).args(asked);
        let ended = ended(command);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let html = fs::read_to_string(&file).expect("a page is text");
        assert_whole(&html);
        assert!(html.len() > least && html.len() < 8_000_000, "{asked:?}: {} bytes", html.len());
    }
}

#[test]
fn a_part_holds_what_belongs_to_it() {
    let scratch = playbook("");
    let anchors = |arguments: &[&str]| -> Vec<String> {
        let html = text(&scratch, "p.html", arguments);
        assert_whole(&html);
        html.split("<article ")
            .skip(1)
            .filter_map(|part| Some(values(&format!(" {part}"), "id").first()?.to_string()))
            .collect()
    };
    assert_eq!(anchors(&["--stage", "year/buy"]), ["p-journeys-year-buy", "p-promises-reply", "p-strategies-early"]);
    assert_eq!(
        anchors(&["--department", "support"]),
        ["p-departments-support", "p-promises-reply", "p-strategies-early", "p-recoveries-sorry"]
    );
    assert_eq!(anchors(&["--department", "sales"]), ["p-departments-sales", "p-journeys-year-buy"]);
    assert_eq!(anchors(&["--stage", "use", "--department", "sales"]).len(), 3);
    let html = text(&scratch, "p.html", &["--department", "support"]);
    assert!(html.contains("<span>B</span>"), "a page that is not in the pack is words");
}

#[test]
fn links_out_of_a_pack_lead_to_the_site() {
    let html = text(&playbook("base_url = \"https://book.example/x/\"\n"), "p.html", &["--department", "support"]);
    assert_whole(&html);
    assert!(html.contains("href=\"https://book.example/x/guides/b/\">B</a>"), "{html}");
}

#[test]
fn the_same_playbook_is_the_same_bytes() {
    let scratch = playbook("");
    for file in ["p.html", "p.epub"] {
        assert!(packed(&scratch, file, &[]) == packed(&scratch, &format!("again-{file}"), &[]), "{file}");
    }
}

#[test]
fn books_are_well_formed_and_complete() {
    let scratch = playbook("default_language = \"ar\"\n");
    packed(&scratch, "p.epub", &[]);
    let files = unpacked(scratch.around().join("p.epub"));
    assert_eq!(files[0], ("mimetype".to_string(), "application/epub+zip".to_string()));
    let bytes = fs::read(scratch.around().join("p.epub")).expect("the book is there");
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip", "readers look for it there");
    let by_name: BTreeMap<&str, &str> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut links = Vec::new();
    for (name, text) in
        files.iter().filter(|(name, _)| [".xhtml", ".opf", ".xml"].iter().any(|end| name.ends_with(end)))
    {
        for (attribute, value) in attributes(name, text) {
            match &*attribute {
                "id" => assert!(ids.entry(name.clone()).or_default().insert(value.clone()), "{name}: {value} twice"),
                "href" | "src" => links.push((name.clone(), value)),
                "style" | "onclick" => panic!("{name}: {attribute}"),
                _ => {}
            }
        }
        assert!(!text.contains("<script"), "{name}");
    }
    for (from, href) in links {
        if ["https://", "http://", "mailto:"].iter().any(|start| href.starts_with(start)) {
            continue;
        }
        let (file, id) = href.split_once('#').map_or((&*href, None), |(file, id)| (file, Some(id)));
        let target = if file.is_empty() { from.clone() } else { format!("book/{file}") };
        assert!(by_name.contains_key(&*target), "{from}: {href}");
        if let Some(id) = id {
            assert!(ids.get(&target).is_some_and(|ids| ids.contains(id)), "{from}: {href} names nothing");
        }
    }
    let package = by_name["book/package.opf"];
    for wanted in [
        "<dc:title>Book &amp; Co</dc:title>",
        "2026-11-22T00:00:00Z",
        "page-progression-direction=\"rtl\"",
        "properties=\"nav\"",
    ] {
        assert!(package.contains(wanted), "{wanted}: {package}");
    }
    let listed = files.iter().filter(|(name, _)| name.starts_with("book/") && !name.ends_with(".opf"));
    for (name, text) in listed {
        let item = format!("href=\"{}\"", &name["book/".len()..]);
        assert_eq!(package.matches(&item).count(), 1, "{name}");
        let line = package.lines().find(|line| line.contains(&item)).expect("it is listed");
        assert_eq!(text.contains("<math") && name.ends_with("xhtml"), line.contains("mathml"), "{name}");
    }
}

/// Every attribute of a document that has to be well formed.
fn attributes(name: &str, text: &str) -> Vec<(String, String)> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut found = Vec::new();
    let mut depth = 0i32;
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}"));
        let tag = match event {
            Event::Start(tag) => {
                depth += 1;
                tag
            }
            Event::Empty(tag) => tag,
            Event::End(_) => {
                depth -= 1;
                continue;
            }
            Event::GeneralRef(entity) => {
                let entity = String::from_utf8_lossy(&entity).into_owned();
                assert!(
                    entity.starts_with('#') || ["amp", "lt", "gt", "quot"].contains(&&*entity),
                    "{name}: &{entity};"
                );
                continue;
            }
            Event::Eof => break,
            _ => continue,
        };
        for attribute in tag.attributes() {
            let attribute = attribute.unwrap_or_else(|error| panic!("{name}: {error}"));
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            found.push((String::from_utf8_lossy(attribute.key.as_ref()).into_owned(), value.into_owned()));
        }
    }
    assert_eq!(depth, 0, "{name} is not closed");
    found
}

#[test]
fn what_cannot_be_packed_is_refused_by_name() {
    let scratch = playbook("");
    fs::create_dir(scratch.around().join("folder.html")).expect("a scratch folder can be made");
    let file = scratch.around().join("p.html").to_str().expect("a plain name").to_string();
    let folder = scratch.around().join("folder.html").to_str().expect("a plain name").to_string();
    let inside = scratch.root().join("content/p.html").to_str().expect("a plain name").to_string();
    let nowhere = scratch.around().join("none/p.html").to_str().expect("a plain name").to_string();
    for (arguments, said) in [
        (vec!["--stage", "buy", "-o", &file], "name one of `month/buy`, `year/buy`"),
        (vec!["--stage", "year/bye", "-o", &file], "did you mean `year/buy`?"),
        (vec!["--department", "suport", "-o", &file], "did you mean `support`?"),
        (vec!["--language", "xx", "-o", &file], "no language is called `xx`: there are en"),
        (vec!["--audience", "nobody", "-o", &file], "no audience is called `nobody`"),
        (vec!["-o", &folder], "a folder; name a file in it"),
        (vec!["-o", &inside], "in the playbook's own content"),
        (vec!["-o", &nowhere], "could not write"),
    ] {
        let ended = scratch.run(&[&["pack"][..], &arguments].concat());
        assert_eq!(ended.code, Some(2), "{arguments:?} {ended:?}");
        assert!(ended.err.contains(said), "{arguments:?} {ended:?}");
        assert!(!Path::new(&file).exists() && !Path::new(&inside).exists(), "{arguments:?}");
    }
    scratch.file("content/broken.md", "[nowhere](nowhere.md)\n");
    let ended = scratch.run(&["pack", "-o", &file]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.err.contains("dead-link") && ended.out.starts_with("nothing written"), "{ended:?}");
    assert!(!Path::new(&file).exists());
}

#[test]
fn an_empty_playbook_is_packed_as_well() {
    let scratch = Scratch::new();
    assert_whole(&text(&scratch, "p.html", &[]));
    packed(&scratch, "p.epub", &[]);
}

#[test]
fn a_browser_prints_the_pack() {
    let scratch = playbook("");
    let pdf = packed(&scratch, "p.pdf", &["--department", "support"]);
    assert!(pdf.starts_with(b"%PDF-") && pdf.len() > 10_000, "{} bytes", pdf.len());
    let again = packed(&scratch, "again.pdf", &["--department", "support"]);
    let differs = pdf.iter().zip(&again).position(|(one, other)| one != other);
    let around = |bytes: &[u8], at: usize| {
        String::from_utf8_lossy(&bytes[at.saturating_sub(200)..(at + 100).min(bytes.len())]).into_owned()
    };
    assert!(
        pdf == again,
        "the same playbook is other bytes: {} and {}, at {differs:?}\n{:?}",
        pdf.len(),
        again.len(),
        differs.map(|at| (around(&pdf, at), around(&again, at)))
    );
}

#[test]
fn without_a_browser_the_way_to_one_is_told() {
    let scratch = playbook("");
    let file = scratch.around().join("p.pdf");
    let mut command = Command::new(env!("CARGO_BIN_EXE_trustbook"));
    command.arg("pack").arg("-o").arg(&file).arg("--root").arg(scratch.root()).env("CHROME", "/nowhere/chrome");
    let told = ended(command);
    assert_eq!(told.code, Some(2), "{told:?}");
    assert!(told.err.contains("CHROME names /nowhere/chrome"), "{told:?}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_trustbook"));
    command.arg("pack").arg("-o").arg(&file).arg("--root").arg(scratch.root()).env("PATH", "").env_remove("CHROME");
    let told = ended(command);
    if !Path::new("/Applications").exists() {
        assert_eq!(told.code, Some(2), "{told:?}");
        assert!(told.err.contains("apt install chromium"), "{told:?}");
    }
    assert!(!file.exists());
}
