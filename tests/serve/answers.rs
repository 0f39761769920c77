//! What is answered: `build`'s bytes and one script, with the heads that a browser wants.

use super::preview::{Answer, Playbook};

/// Every file that `build` writes is served, byte for byte.
fn same_as_built(playbook: &Playbook, arguments: &[&str], base: &str) {
    let built = playbook.built(arguments);
    let preview = playbook.serve_with(&[arguments, &["--as-of", super::preview::TODAY]].concat());
    let mut pages = 0;
    for (file, bytes) in &built {
        if file.rsplit('/').next().is_some_and(|name| name.starts_with('.')) && !file.starts_with(".well-known") {
            continue;
        }
        let mut targets = vec![format!("{base}{}", encoded(file))];
        if let Some(folder) = file.strip_suffix("index.html") {
            targets.push(format!("{base}{}", encoded(folder)));
            pages += 1;
        }
        for target in targets {
            let answer = preview.get(&target);
            assert!(answer.status == 200, "{target}: {}", answer.status);
            assert!(answer.page() == *bytes, "{target} is not what build writes");
            if file.ends_with(".html") && !file.starts_with("raw") {
                assert!(answer.text().contains("/_trustbook/preview.js"), "{target}");
            }
        }
    }
    assert!(pages > 1);
    assert!(!playbook.at("site").exists(), "nothing is written");
}

fn encoded(file: &str) -> String {
    file.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

#[test]
fn everything_is_served_as_built() {
    let playbook = Playbook::of_site("everything");
    playbook.write("static/.well-known/security.txt", "Contact: mailto:a@example.com\n");
    playbook.write("static/raw.html", "<p>By hand</p>");
    same_as_built(&playbook, &[], "/");
}

#[test]
fn all_languages_are_served_as_built() {
    same_as_built(&Playbook::of_site("languages"), &["--drafts"], "/play/");
}

#[test]
fn an_edition_is_served_as_built() {
    same_as_built(&Playbook::of_site("audiences"), &["--audience", "public"], "/");
}

#[test]
fn a_bare_folder_below_a_path_is_served_as_built() {
    let playbook = Playbook::new(&[
        ("trustbook.toml", "title = \"T\"\nbase_url = \"https://example.com/a/play/\"\n"),
        ("content/index.md", "Hello. [Next](kännedom.md)"),
        (
            "content/kännedom.md",
            "+++\naliases = [\"/old/\", \"/old.html\"]\n+++\n# Kännedom\n\n[Back](index.md) ![](bild.svg)",
        ),
        ("content/bild.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ]);
    let base = "/a/play/";
    let built = playbook.built(&[]);
    let preview = playbook.serve();
    for target in ["/", "/a/play"] {
        let answer = preview.get(target);
        assert_eq!((answer.status, answer.head("location")), (302, base));
    }
    for (file, bytes) in built.iter().filter(|(file, _)| !file.starts_with('.')) {
        let answer = preview.get(&format!("{base}{}", encoded(file)));
        assert!(answer.status == 200 && answer.page() == *bytes, "{file}: {}", answer.status);
    }
    let answer = preview.get(&format!("{base}k%C3%A4nnedom"));
    assert_eq!((answer.status, answer.head("location")), (302, "/a/play/k%C3%A4nnedom/"));
    assert_eq!(preview.get("/kännedom/").status, 404);
    assert_eq!(preview.get("/a/play-secret/").status, 404);
}

#[test]
fn pages_have_versions_and_types() {
    let playbook = Playbook::of_site("everything");
    playbook.write("static/film.mp4", "0123456789");
    let preview = playbook.serve();
    let page = preview.get("/");
    assert_eq!(page.head("content-type"), "text/html; charset=utf-8");
    assert_eq!(page.head("cache-control"), "no-cache");
    let known = |answer: &Answer| preview.ask("GET", "/", &[("If-None-Match", answer.head("etag"))]);
    let again = known(&page);
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_eq!(again.head("etag"), page.head("etag"));
    assert_eq!(preview.ask("GET", "/", &[("If-None-Match", "\"other\"")]).status, 200);
    assert_eq!(preview.ask("GET", "/", &[("If-None-Match", "\"a\", W/\"b\", *")]).status, 304);
    // The edition is part of the version.
    let cookie = format!("x=y; trustbook-preview-{}=drafts=1; z=", preview.port);
    let drafts = preview.ask("GET", "/", &[("Cookie", &cookie), ("If-None-Match", page.head("etag"))]);
    assert_eq!(drafts.status, 200);
    assert_ne!(drafts.head("etag"), page.head("etag"));

    let head = preview.ask("HEAD", "/", &[]);
    assert_eq!((head.status, head.body.len()), (200, 0));
    for name in ["content-length", "etag", "content-type"] {
        assert_eq!(head.head(name), page.head(name), "{name}");
    }
    let built = playbook.built(&[]);
    for (file, kind) in
        [("css", "text/css; charset=utf-8"), ("js", "text/javascript; charset=utf-8"), ("svg", "image/svg+xml")]
    {
        let file =
            built.keys().find(|name| name.starts_with("assets/") && name.ends_with(file)).expect("the theme has one");
        assert_eq!(preview.get(&format!("/{file}")).head("content-type"), kind);
    }
    assert_eq!(preview.get("/playbook.json").head("content-type"), "application/json");

    let part = preview.ask("GET", "/film.mp4", &[("Range", "bytes=2-4")]);
    assert_eq!((part.status, part.text().as_str()), (206, "234"));
    assert_eq!((part.head("content-range"), part.head("content-type")), ("bytes 2-4/10", "video/mp4"));
    assert_eq!(preview.ask("GET", "/film.mp4", &[("Range", "bytes=-2")]).text(), "89");
    let beyond = preview.ask("GET", "/film.mp4", &[("Range", "bytes=10-")]);
    assert_eq!((beyond.status, beyond.head("content-range")), (416, "bytes */10"));
    let other = preview.ask("GET", "/film.mp4", &[("Range", "bytes=2-4"), ("If-Range", "\"old\"")]);
    assert_eq!((other.status, other.text().as_str()), (200, "0123456789"));
    let version = part.head("etag").to_string();
    assert_eq!(preview.ask("GET", "/film.mp4", &[("If-None-Match", &version)]).status, 304);
    let head = preview.ask("HEAD", "/film.mp4", &[]);
    assert_eq!((head.status, head.head("content-length"), head.body.len()), (200, "10", 0));
}

#[test]
fn other_methods_are_not_allowed() {
    let preview = Playbook::new(&[("content/index.md", "Hello.")]).serve_here();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"] {
        let answer = preview.1.ask(method, "/", &[("Content-Length", "0")]);
        assert_eq!((answer.status, answer.head("allow")), (405, "GET, HEAD"), "{method}");
    }
    let answer = preview.1.get("/_trustbook/edition");
    assert_eq!((answer.status, answer.head("allow")), (405, "POST"));
}

#[test]
fn what_is_not_there_comes_with_suggestions() {
    let (_playbook, preview) = Playbook::of_site("everything").serve_here();
    let answer = preview.get("/guides/al/");
    assert_eq!(answer.status, 404);
    assert!(answer.text().contains("/_trustbook/preview.js"));
    assert_eq!(answer.page(), preview.get("/404.html").page());
    let bar = preview.bar("/guides/al/");
    assert!(bar["page"].is_null());
    assert_eq!(bar["near"][0]["href"], "/guides/all/");
    assert_eq!(preview.bar("/nothing/like/it/")["near"], serde_json::json!([]));

    let (_playbook, preview) = Playbook::of_site("languages").serve_here();
    let answer = preview.get("/play/sv/guides/al/");
    assert_eq!(answer.status, 404);
    assert!(answer.text().contains("<html lang=\"sv\""), "{}", answer.text());
    assert_eq!(answer.page(), preview.get("/play/sv/404.html").page());
}

#[test]
fn the_bar_chooses_among_editions() {
    let (_playbook, preview) = Playbook::of_site("audiences").serve_here();
    let bar = preview.bar("/");
    let audiences: Vec<&str> =
        bar["edition"]["audiences"].as_array().expect("a list").iter().filter_map(|one| one.as_str()).collect();
    assert!(audiences.contains(&"public"), "{bar}");
    assert_eq!(bar["page"]["source"], "content/index.md");
    let templates: Vec<&str> =
        bar["page"]["templates"].as_array().expect("a list").iter().filter_map(|one| one.as_str()).collect();
    assert_eq!(templates[0], "default/templates/front.html");
    assert!(templates.contains(&"default/templates/layout.html"), "{templates:?}");
    let form = "audience=public&drafts=0&address=%2F";
    let request = format!(
        "POST /_trustbook/edition HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    );
    let answer = preview.raw(request.as_bytes());
    assert_eq!((answer.status, answer.text().as_str()), (200, "/"));
    let cookie = answer.head("set-cookie");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().expect("a cookie has a value").to_string();
    let public = preview.ask("GET", "/", &[("Cookie", &cookie)]);
    assert_eq!(public.status, 200);
    assert_ne!(public.page(), preview.get("/").page());
    // An edition that there is not is none that is shown.
    let unknown =
        preview.ask("GET", "/", &[("Cookie", &format!("trustbook-preview-{}=audience=nobody", preview.port))]);
    assert_eq!(unknown.page(), preview.get("/").page());
    let wrong = preview.raw(b"POST /_trustbook/edition HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 15\r\n\r\naudience=nobody");
    assert_eq!(wrong.status, 422);
}

impl Playbook {
    /// Served, and kept as long.
    pub fn serve_here(self) -> (Playbook, super::preview::Preview) {
        let preview = self.serve();
        (self, preview)
    }
}
