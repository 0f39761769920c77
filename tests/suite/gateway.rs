//! A bucket of releases behind Debian's nginx, with the rules that `--emit` writes: all pages change at once.

use super::emit::{Nginx, assert_as_designed, built, reference, rules};
use super::objects::{GUIDES, Server, bad_is_refused, killed, kills, looked_at, release_of, run, write};
use super::scratch::Scratch;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

/// The rules for its target `web`, as the command line writes them.
fn emitted(scratch: &Scratch) -> String {
    let said = run(scratch, &["web", "--emit", "nginx"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    said.out
}

fn target(server: &Server) -> String {
    format!("{}layout = \"releases\"\n", server.target("playbook"))
}

#[test]
fn nginx_shows_a_bucket_of_releases_as_designed() {
    let server = Server::new();
    let scratch = reference("https://wiki.example.com/trust/playbook/");
    let settings = fs::read_to_string(scratch.root().join("trustbook.toml")).expect("it was written");
    scratch.file("trustbook.toml", format!("{settings}\n{}", target(&server)));
    let published = run(&scratch, &["web", "--yes"]);
    assert_eq!(published.code, Some(0), "{published:?}");
    built(&scratch, "internal");
    let text = emitted(&scratch);
    let nginx = Nginx::start(&scratch.around().join("nginx"), &text);
    // The bucket is closed to strangers still, and moto would believe whoever signs: nothing of a visitor's reaches it.
    let base = "/trust/playbook/";
    let closed = nginx.ask("GET", base, "Authorization: Basic eDp5\r\nCookie: a=b\r\n");
    assert!(closed.status == 502 && !closed.body.contains("AccessDenied"), "{closed:?}");
    let style = nginx.get(&format!("{base}assets/style.0a1b2c3d.css"));
    assert_eq!((style.status, style.header("cache-control")), (502, "private, no-cache"), "for a moment only");
    server.open();
    // The same rules but for where the files are.
    let (rules, _) = rules(&scratch, "internal", trustbook::emit::Files::Folder("anywhere".to_string()));
    assert_as_designed(&scratch, &nginx, &rules);

    let page = nginx.get(&format!("{base}guides/drawing/"));
    let tag = page.header("etag");
    for known in [tag.to_string(), format!("W/{}", tag.trim_start_matches("W/"))] {
        let again = nginx.ask("GET", &format!("{base}guides/drawing/?x=1"), &format!("If-None-Match: {known}\r\n"));
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{known}");
    }
    let part = nginx.ask("GET", &format!("{base}playbook.json"), "Range: bytes=0-0\r\n");
    assert_eq!((part.status, part.body.as_str()), (206, "{"));
    let head = nginx.ask("HEAD", &format!("{base}guides/drawing/"), "");
    assert!(head.status == 200 && head.body.is_empty(), "{head:?}");
    assert_eq!(nginx.ask("POST", base, "Content-Length: 0\r\n").status, 405);
    // What a browser has of the page for errors does not make a missing page an empty one.
    let missing = nginx.get(&format!("{base}404.html"));
    let again = nginx.ask("GET", &format!("{base}nowhere/"), &format!("If-None-Match: {}\r\n", missing.header("etag")));
    assert!(again.status == 404 && again.body.contains("</html>"), "{again:?}");
    // Only the release is shown, not what lies beside it.
    for asked in [".trustbook/live.json", ".trustbook/live/", "releases/", "%2e%2e/%2e%2e/.trustbook/live.json"] {
        let asked = nginx.get(&format!("{base}{asked}"));
        assert!(matches!(asked.status, 400 | 404), "{asked:?}");
    }
    // The storage lets every site's scripts read; this one does not.
    assert!(!page.headers.contains_key("access-control-allow-origin"), "{:?}", page.headers);
    // Neither out of the release nor to another site.
    for asked in ["//evil.example/x", "/\\evil.example/x", "/a%2fb/../../0-bbbbbbbb/index.html", "/%2e%2e/x", "/a//b"] {
        let asked = format!("{}{asked}", base.trim_end_matches('/'));
        let answer = nginx.get(&asked);
        assert!(answer.status == 404 && answer.header("location").is_empty(), "{asked}: {answer:?}");
    }
    let out = nginx.get("//evil.example/../trust/playbook/x");
    assert!(out.status == 404 && out.header("location").is_empty(), "{out:?}");
    for host in ["caddy", "apache", "netlify", "cloudflare"] {
        let refused = run(&scratch, &["web", "--emit", host]);
        assert!(refused.code == Some(2) && refused.err.contains("take nginx"), "{refused:?}");
    }
}

#[test]
fn names_of_any_length_and_letters_are_shown() {
    shown_below("böok");
    shown_below("b%C3%B6ok");
}

fn shown_below(written: &str) {
    let server = Server::new();
    server.open();
    let scratch = Scratch::new();
    let audience = "everybody-who-keeps-our-promises-abroad";
    scratch.file("content/a.md", "# Å\n").file(
        "trustbook.toml",
        format!(
            "title = \"P\"\nbase_url = \"https://wiki.example.com/{written}/\"\ndefault_audience = \"{audience}\"\n[audiences]\n\
             {audience} = []\n{}",
            target(&server)
        ),
    );
    let published = run(&scratch, &["web", "--yes"]);
    assert_eq!(published.code, Some(0), "{published:?}");
    let nginx = Nginx::start(&scratch.around().join("nginx"), &emitted(&scratch));
    for base in ["/b%C3%B6ok/", "/böok/"] {
        assert!(nginx.get(&format!("{base}a/")).body.contains("<h1>Å</h1>"), "{base}");
        assert_eq!(nginx.get(&format!("{base}a")).header("location"), format!("{base}a/"));
        let missing = nginx.get(&format!("{base}nowhere/"));
        assert!(missing.status == 404 && missing.body.contains("</html>"), "{missing:?}");
    }
}

/// A visitor reads pages, and then what they name, while one release after the other takes its place, a bad one is refused, and
/// somebody goes back; and then while publishers are killed, `TRUSTBOOK_KILLS=100` for more than a few of them.
#[test]
fn a_visitor_of_releases_sees_no_error_and_no_mixture() {
    let server = Server::new();
    server.open();
    let scratch = Scratch::new();
    scratch.file("trustbook.toml", format!("title = \"P\"\n{}", target(&server)));
    write(&scratch, "first");
    let nginx = Nginx::start(&scratch.around().join("nginx"), &emitted(&scratch));
    assert_eq!(nginx.get("/").status, 502, "nothing was published yet");
    let began = Instant::now();
    let first = run(&scratch, &["web", "--yes"]);
    assert_eq!(first.code, Some(0), "{first:?}");
    let whole = began.elapsed();
    for ours in ["/.trustbook/live", "/.trustbook/live.json", "/../.trustbook/live.json"] {
        let asked = nginx.get(ours);
        assert!(matches!(asked.status, 400 | 404), "{ours}: {asked:?}");
    }
    let get = |path: &str| {
        let answer = nginx.get(&format!("/{}", path.strip_suffix("index.html").unwrap_or(path)));
        (answer.status == 200).then_some(answer.body)
    };
    let look = |number: usize| looked_at(&format!("guides/g{number}/index.html"), get);

    let over = AtomicBool::new(false);
    let seen = thread::scope(|scope| {
        let visitor = scope.spawn(|| {
            let mut seen: Vec<String> = Vec::new();
            while !over.load(Ordering::Relaxed) {
                for number in 0..GUIDES {
                    let html = look(number);
                    if seen.last().is_none_or(|last| last != release_of(&html)) {
                        seen.push(release_of(&html).to_string());
                    }
                }
            }
            seen
        });
        for word in ["second", "third"] {
            write(&scratch, word);
            let published = run(&scratch, &["web", "--yes"]);
            assert_eq!(published.code, Some(0), "{published:?}");
            assert_eq!(release_of(&look(0)), word, "it is live when the command has ended");
        }
        bad_is_refused(&scratch, || assert_eq!(release_of(&look(0)), "third"));
        let back = run(&scratch, &["web", "--rollback", "--yes"]);
        assert_eq!(back.code, Some(0), "{back:?}");
        assert_eq!(release_of(&look(0)), "second");
        over.store(true, Ordering::Relaxed);
        visitor.join().expect("every page and its style was there")
    });
    // One release after the other for all pages together: no page is ahead of another, or behind it.
    assert_eq!(seen, ["first", "second", "third", "second"]);

    let kills = kills();
    for number in 0..kills {
        let before = release_of(&look(0)).to_string();
        let word = format!("kill-{number}");
        write(&scratch, &word);
        killed(&scratch, whole / 4 + whole * number / kills, || {
            look(number as usize % GUIDES);
        });
        let now = release_of(&look(0)).to_string();
        assert!(now == before || now == word, "{now} is live after a killed run from {before} to {word}");
        for number in 0..GUIDES {
            assert_eq!(release_of(&look(number)), now, "guide {number}");
        }
    }
    write(&scratch, "last");
    let repaired = run(&scratch, &["web", "--yes"]);
    assert_eq!(repaired.code, Some(0), "{repaired:?}");
    for number in 0..GUIDES {
        assert_eq!(release_of(&look(number)), "last", "guide {number}");
    }
}
