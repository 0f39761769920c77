//! Who must learn nothing: other sites, other names, and those who ask for what is no page.

use super::preview::{Answer, Playbook, Preview};

fn preview() -> (Playbook, Preview) {
    let playbook = Playbook::new(&[
        ("trustbook.toml", "title = \"Inside\"\n# SECRET\n"),
        ("content/index.md", "# SECRET plans\n\nHello."),
        ("content/data/answers.csv", "SECRET"),
        ("content/_draft.md", "SECRET"),
        ("site-secret/x.txt", "SECRET"),
        ("static/a.txt", "A"),
        (".env", "SECRET"),
    ]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(playbook.at(".env"), playbook.at("static/link.txt")).expect("a link can be made");
        std::os::unix::fs::symlink("/etc/passwd", playbook.at("static/passwd.txt")).expect("a link can be made");
    }
    std::fs::remove_file(playbook.at("static/link.txt")).expect("it was made");
    let preview = playbook.serve_with(&[]);
    (playbook, preview)
}

fn says_nothing(answer: &Answer, what: &str) {
    assert!(!answer.text().contains("SECRET") && !answer.text().contains("root:"), "{what}: {}", answer.text());
    assert!(!answer.heads.keys().any(|name| name.starts_with("access-control")), "{what}");
}

#[test]
fn other_hosts_and_sites_are_refused() {
    let (_playbook, preview) = preview();
    let own = format!("http://localhost:{}", preview.port);
    let strangers: [&[(&str, &str)]; 9] = [
        &[("Host", "evil.example")],
        &[("Host", "localhost.evil.example")],
        &[("Host", "169.254.169.254")],
        &[("Host", "localhost"), ("Host", "evil.example")],
        &[("Origin", "https://evil.example")],
        &[("Origin", "null")],
        &[("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "script")],
        &[("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Dest", "empty")],
        &[("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "iframe")],
    ];
    let targets = [
        "/",
        "/nothing/",
        "/playbook.json",
        "/a.txt",
        "/_trustbook/events",
        "/_trustbook/bar/",
        "/_trustbook/preview.js",
        "/..",
    ];
    for heads in strangers {
        for target in targets {
            for method in ["GET", "HEAD", "POST", "OPTIONS"] {
                let answer = preview.ask(method, target, heads);
                assert_eq!(answer.status, 403, "{method} {target} {heads:?}");
                says_nothing(&answer, target);
            }
        }
    }
    let click = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];
    assert_eq!(preview.ask("GET", "/", &click).status, 200);
    assert_eq!(preview.ask("POST", "/_trustbook/edition", &click).status, 403);
    assert_eq!(preview.ask("GET", "/", &[("Origin", &own)]).status, 200);
    assert_eq!(preview.ask("GET", "/", &[("Host", &format!("127.0.0.1:{}", preview.port))]).status, 200);
    assert_eq!(preview.raw(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 403);
    assert_eq!(
        preview.raw(b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").status,
        400
    );
}

#[test]
fn every_answer_keeps_others_out() {
    let (_playbook, preview) = preview();
    for (method, target) in [
        ("GET", "/"),
        ("HEAD", "/"),
        ("GET", "/nothing/"),
        ("GET", "/a.txt"),
        ("GET", "/playbook.json"),
        ("GET", "/_trustbook/bar/"),
        ("GET", "/_trustbook/preview.js"),
        ("GET", "/_trustbook/nothing"),
        ("HEAD", "/_trustbook/events"),
        ("GET", "/%2e%2e/"),
        ("DELETE", "/"),
        ("POST", "/_trustbook/edition"),
    ] {
        let answer = preview.ask(method, target, &[]);
        assert!(answer.status > 0, "{method} {target}");
        assert_eq!(answer.head("x-content-type-options"), "nosniff", "{method} {target}");
        assert_eq!(answer.head("cross-origin-resource-policy"), "same-origin", "{method} {target}");
        assert!(!answer.heads.keys().any(|name| name.starts_with("access-control")), "{method} {target}");
    }
}

#[test]
fn there_is_no_way_out() {
    let (_playbook, preview) = preview();
    let ways = [
        "/../.env",
        "/../../../../etc/passwd",
        "/%2e%2e/.env",
        "/%2e%2e%2f.env",
        "/..%2f.env",
        "/..%5c.env",
        "/%5c..%5c.env",
        "/static/../../.env",
        "/%252e%252e/.env",
        "/%252e%252e%252f.env",
        "//etc/passwd",
        "/a//../../.env",
        "/a.txt%00.html",
        "/%00",
        "/a.txt%0d%0aSet-Cookie:x=y",
        "/#/../.env",
        "/_trustbook/#/../../.env",
        "/.env",
        "/trustbook.toml",
        "/content/index.md",
        "/index.md",
        "/content/data/answers.csv",
        "/data/answers.csv",
        "/_draft/",
        "/../site-secret/x.txt",
        "/site-secret/x.txt",
        "/-secret/x.txt",
        "/passwd.txt",
        "/link.txt",
        "/%c0%ae%c0%ae/.env",
        "/%ff",
        "/%",
        "/%zz",
        "/_trustbook/../.env",
        "/_trustbook/bar/../../.env",
        "/_trustbook/bar",
        "/_trustbook/bar?path=../.env",
        "/_trustbook/",
        "/_trustbook",
        "/?../.env",
        "/;/../.env",
        "*",
        "a.txt",
    ];
    for way in ways {
        let answer =
            preview.raw(format!("GET {way} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes());
        let allowed: &[u16] = if way.starts_with("/?") { &[200] } else { &[400, 404] };
        assert!(allowed.contains(&answer.status), "{way}: {}", answer.status);
        if answer.status != 200 {
            assert!(!answer.text().contains("SECRET plans") || answer.status == 404, "{way}");
        }
        assert!(!answer.text().contains("# SECRET") && !answer.text().contains("root:"), "{way}: {}", answer.text());
    }
    // The bar looks an address up; it reads no file.
    let answer = preview.get("/_trustbook/bar/.env?path=/etc/passwd&file=.env");
    assert_eq!(answer.status, 200);
    assert!(!answer.text().contains("SECRET\n") && !answer.text().contains("root:"));
    assert!(preview.bar("/.env")["page"].is_null());
}

#[test]
fn what_is_said_has_no_path_of_this_machine() {
    let playbook = Playbook::new(&[(
        "content/index.md",
        "[x](nothing.md) <script>alert(1)</script>\n\n:::aside{kind=\"<b>\"}\nx\n:::\n",
    )]);
    let preview = playbook.serve();
    let bar = preview.bar("/");
    let drawn = bar["errors"]["drawn"].as_str().expect("a text").to_string();
    assert!(drawn.contains("content/index.md:1:"), "{drawn}");
    let folder = playbook.root().to_string_lossy().into_owned();
    for target in ["/", "/_trustbook/bar/", "/playbook.json"] {
        assert!(!preview.get(target).text().contains(&folder), "{target}");
    }
    std::fs::remove_dir_all(playbook.at("content")).expect("it can be removed");
    let start = std::time::Instant::now();
    loop {
        let bar = preview.bar("/");
        let drawn = bar["errors"]["drawn"].as_str().unwrap_or_default();
        if drawn.contains("no content/") {
            assert!(!drawn.contains(&folder), "{drawn}");
            break;
        }
        assert!(start.elapsed() < super::preview::HANGS, "{drawn}");
    }
}
