//! Publishing to object storage that speaks S3: the server is `moto`, which `tests/run` installs.
//!
//! What a killed run leaves is tried with a store in memory after every single request (`src/publish/target/object/tests.rs`); here a
//! real process is killed a few times, `TRUSTBOOK_KILLS=100` for more.

use super::scratch::{Ended, Scratch, ended};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// A server of S3 on this machine, gone after the test.
pub struct Server {
    child: Child,
    pub port: u16,
}

impl Server {
    pub fn new() -> Server {
        let free =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|one| one.local_addr()).expect("a port is free");
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/moto/bin/python");
        let mut command = Command::new(if own.exists() { own.as_os_str() } else { "python3".as_ref() });
        command.args(["-m", "moto.server", "-H", "127.0.0.1", "-p", &free.port().to_string()]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("python3 is there: tests/run installs what is missing");
        let until = Instant::now() + Duration::from_secs(120);
        while TcpStream::connect((Ipv4Addr::LOCALHOST, free.port())).is_err() {
            let ended = child.try_wait().expect("it is ours");
            assert!(ended.is_none(), "moto does not start ({ended:?}): tests/run installs it");
            assert!(Instant::now() < until, "moto does not listen");
            thread::yield_now();
        }
        let server = Server { child, port: free.port() };
        assert_eq!(server.ask("PUT", "/playbook").0, 200, "a bucket can be made");
        server
    }

    /// The settings of a target in a bucket of it.
    pub fn target(&self, bucket: &str) -> String {
        format!(
            "[publish.web]\nto = \"s3\"\nbucket = \"{bucket}\"\nprefix = \"site\"\nendpoint = \"http://127.0.0.1:{}\"\nkeep = 3\n",
            self.port
        )
    }

    /// Lets everybody read the bucket's files, as a web server in front of it needs to.
    pub fn open(&self) {
        // For Amazon, reading includes asking for heads; for moto that has a name of its own.
        let policy = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
            "Action": ["s3:GetObject", "s3:HeadObject"], "Resource": "arn:aws:s3:::playbook/*"}]}"#;
        assert!(self.send("PUT", "/playbook?policy", policy).0 < 300, "a bucket can be opened");
    }

    /// Number, heads and body of an answer.
    fn ask(&self, method: &str, path: &str) -> (u16, BTreeMap<String, String>, String) {
        self.send(method, path, "")
    }

    fn send(&self, method: &str, path: &str, body: &str) -> (u16, BTreeMap<String, String>, String) {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).expect("it listens");
        // A bucket is closed to strangers, and moto believes everybody who signs.
        let signed =
            "AWS4-HMAC-SHA256 Credential=key/20261122/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";
        let heads = format!(
            "host: 127.0.0.1:{}\r\nauthorization: {signed}\r\nconnection: close\r\ncontent-length: {}",
            self.port,
            body.len()
        );
        write!(stream, "{method} {path} HTTP/1.1\r\n{heads}\r\n\r\n{body}").expect("it reads");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it answers");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (heads, body) = answer.split_once("\r\n\r\n").expect("heads end");
        let mut lines = heads.lines();
        let status = lines.next().and_then(|first| first.split(' ').nth(1)).and_then(|number| number.parse().ok());
        let heads = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_string()));
        (status.expect("a number"), heads.collect(), body.to_string())
    }

    /// A file as a visitor gets it.
    fn page(&self, path: &str) -> Option<String> {
        let (status, _, body) = self.ask("GET", &format!("/playbook/site/{path}"));
        (status == 200).then_some(body)
    }

    /// Looks at a page as a visitor does: it is there, and so is its style.
    fn visit(&self, page: &str) -> String {
        looked_at(page, |path| self.page(path))
    }
}

/// Looks at a page as a visitor does: it is there, and so is its style.
pub fn looked_at(page: &str, get: impl Fn(&str) -> Option<String>) -> String {
    let html = get(page).unwrap_or_else(|| panic!("{page} is gone"));
    assert!(html.trim_end().ends_with("</html>"), "half of {page}");
    let mut styles = 0;
    for href in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        let file = href.split('?').next().unwrap_or_default();
        if file.ends_with(".css") {
            let path = trustbook::source::joined(page, file).expect("it stays within the site");
            assert!(get(&path).is_some(), "{page} has lost {path}");
            styles += 1;
        }
    }
    assert!(styles > 0, "{page} has no style at all");
    html
}

/// Of which release a page is, by its words.
pub fn release_of(html: &str) -> &str {
    let word = html.split("This is the ").nth(1).and_then(|rest| rest.split(' ').next());
    word.expect("it says of which release it is")
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn playbook(server: &Server, bucket: &str) -> Scratch {
    let scratch = Scratch::new();
    scratch.file("trustbook.toml", format!("title = \"P\"\n{}", server.target(bucket)));
    write(&scratch, "first");
    scratch
}

pub const GUIDES: usize = 12;

/// A playbook whose pages all say `word`.
pub fn write(scratch: &Scratch, word: &str) {
    for number in 0..GUIDES {
        scratch.file(&format!("content/guides/g{number}.md"), format!("# Guide {number}\n\nThis is the {word} one.\n"));
    }
}

fn command(scratch: &Scratch, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trustbook"));
    command.arg("publish").args(arguments).arg("--root").arg(scratch.root()).args(["--as-of", super::scratch::TODAY]);
    for (name, _) in
        std::env::vars().filter(|(name, _)| name.starts_with("AWS_") || name.to_lowercase().ends_with("_proxy"))
    {
        command.env_remove(name);
    }
    command.env("AWS_ACCESS_KEY_ID", "key").env("AWS_SECRET_ACCESS_KEY", "secret").env("AWS_REGION", "us-east-1");
    command
}

pub fn run(scratch: &Scratch, arguments: &[&str]) -> Ended {
    ended(command(scratch, arguments))
}

/// Most of the site is gone: refused, and what is live stays, which is looked at meanwhile.
pub fn bad_is_refused(scratch: &Scratch, look: impl FnOnce()) {
    let (guides, kept) = (scratch.root().join("content/guides"), scratch.root().join("kept"));
    std::fs::rename(&guides, &kept).expect("it is there");
    scratch.file("content/index.md", "# Nothing else\n");
    let bad = run(scratch, &["web", "--yes"]);
    assert!(bad.code == Some(1) && bad.err.contains("refused[") && bad.out.contains("nothing published"), "{bad:?}");
    look();
    std::fs::remove_file(scratch.root().join("content/index.md")).expect("it was made");
    std::fs::rename(&kept, &guides).expect("it was kept");
}

/// So many publishers are killed.
pub fn kills() -> u32 {
    std::env::var("TRUSTBOOK_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(4)
}

/// Publishes, and is killed after a while, in which somebody looks at the site again and again.
pub fn killed(scratch: &Scratch, after: Duration, look: impl Fn()) {
    let mut command = command(scratch, &["web", "--yes"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the built program runs");
    let until = Instant::now() + after;
    while Instant::now() < until && child.try_wait().expect("it is ours").is_none() {
        look();
    }
    let _ = child.kill();
    child.wait().expect("it was killed");
}

#[test]
fn a_bucket_is_published_to_and_gone_back_in() {
    let server = Server::new();
    let scratch = playbook(&server, "playbook");
    let first = run(&scratch, &["web", "--yes"]);
    assert_eq!(first.code, Some(0), "{first:?}");
    assert!(server.visit("guides/g0/index.html").contains("the first one"));
    let (_, heads, _) = server.ask("GET", "/playbook/site/guides/g0/index.html");
    assert_eq!(
        (heads["content-type"].as_str(), heads["cache-control"].as_str()),
        ("text/html; charset=utf-8", "no-cache")
    );
    let again = run(&scratch, &["web", "--yes"]);
    assert!(again.out.contains("nothing changed"), "{again:?}");

    write(&scratch, "second");
    let second = run(&scratch, &["web", "--yes"]);
    assert_eq!(second.code, Some(0), "{second:?}");
    assert!(server.visit("guides/g0/index.html").contains("the second one"));
    let back = run(&scratch, &["web", "--rollback", "--yes"]);
    assert_eq!(back.code, Some(0), "{back:?}");
    assert!(server.visit("guides/g0/index.html").contains("the first one"));
    let (_, heads, _) = server.ask("GET", "/playbook/site/guides/g0/index.html");
    assert_eq!(
        (heads["content-type"].as_str(), heads["cache-control"].as_str()),
        ("text/html; charset=utf-8", "no-cache")
    );

    bad_is_refused(&scratch, || assert!(server.visit("guides/g0/index.html").contains("the first one")));

    let nowhere = playbook(&server, "nowhere");
    let refused = run(&nowhere, &["web", "--yes"]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.err.contains("there is no such bucket"), "{refused:?}");

    // Killed at moments that nobody chooses.
    let began = Instant::now();
    write(&scratch, "whole");
    assert_eq!(run(&scratch, &["web", "--yes"]).code, Some(0));
    let whole = began.elapsed();
    let kills = kills();
    for number in 0..kills {
        write(&scratch, &format!("number {number}"));
        // Towards the end, where it sends.
        killed(&scratch, whole / 2 + whole / 2 * number / kills, || {
            server.visit(&format!("guides/g{}/index.html", number as usize % GUIDES));
        });
        for page in ["index.html", "guides/g0/index.html", "guides/g11/index.html"] {
            server.visit(page);
        }
    }
    write(&scratch, "last");
    let repaired = run(&scratch, &["web", "--yes"]);
    assert_eq!(repaired.code, Some(0), "{repaired:?}");
    for number in 0..GUIDES {
        assert!(server.visit(&format!("guides/g{number}/index.html")).contains("the last one"), "{number}");
    }
}

/// A bucket has no switch for all at once: each page is of one release with its own style, none is ever gone, and none goes back.
#[test]
fn a_visitor_of_a_bucket_sees_no_error_and_no_page_go_back() {
    let server = Server::new();
    let scratch = playbook(&server, "playbook");
    assert_eq!(run(&scratch, &["web", "--yes"]).code, Some(0));
    let over = AtomicBool::new(false);
    let seen = thread::scope(|scope| {
        let visitor = scope.spawn(|| {
            let mut seen: Vec<Vec<String>> = vec![Vec::new(); GUIDES];
            while !over.load(Ordering::Relaxed) {
                for (number, seen) in seen.iter_mut().enumerate() {
                    let html = server.visit(&format!("guides/g{number}/index.html"));
                    let word = release_of(&html);
                    if seen.last().is_none_or(|last| last != word) {
                        seen.push(word.to_string());
                    }
                }
            }
            seen
        });
        for word in ["second", "third", "fourth"] {
            write(&scratch, word);
            let published = run(&scratch, &["web", "--yes"]);
            assert_eq!(published.code, Some(0), "{published:?}");
        }
        let back = run(&scratch, &["web", "--rollback", "--yes"]);
        assert_eq!(back.code, Some(0), "{back:?}");
        // Once round more than what was seen by then.
        for number in 0..GUIDES {
            assert!(server.visit(&format!("guides/g{number}/index.html")).contains("the third one"));
        }
        over.store(true, Ordering::Relaxed);
        visitor.join().expect("every page and its style was there")
    });
    let order = ["first", "second", "third", "fourth", "third"];
    for (number, seen) in seen.iter().enumerate() {
        let mut order = order.iter();
        assert!(seen.iter().all(|word| order.any(|known| known == word)), "guide {number}: {seen:?}");
    }
    assert!(seen.iter().any(|seen| seen.len() > 1), "nothing was seen to change: {seen:?}");
}

/// Answers every request with the same error.
fn refusing(status: u16, code: &'static str) -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    let port = listener.local_addr().expect("it is bound").port();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = [0; 4096];
            // One read holds the whole of a request without a body.
            let _ = stream.read(&mut request);
            let body = format!("<Error><Code>{code}</Code><Message>No.</Message></Error>");
            let length = body.len();
            let _ =
                write!(stream, "HTTP/1.1 {status} No\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
        }
    });
    port
}

#[test]
fn what_goes_wrong_is_said_with_what_to_do() {
    let cases = [
        (403, "RequestTimeTooSkewed", "the clock of this machine is wrong"),
        (403, "InvalidAccessKeyId", "the credentials are refused"),
        (403, "AccessDenied", "the credentials do not allow it"),
        (404, "NoSuchBucket", "there is no such bucket"),
        (400, "AuthorizationHeaderMalformed", "the bucket stands in another region"),
    ];
    for (status, code, said) in cases {
        let scratch = Scratch::new();
        let endpoint = format!("http://127.0.0.1:{}", refusing(status, code));
        scratch
            .file("trustbook.toml", format!("[publish.web]\nto = \"s3\"\nbucket = \"b\"\nendpoint = \"{endpoint}\"\n"));
        let refused = run(&scratch, &["web", "--status"]);
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(refused.err.contains(said), "{code}: {refused:?}");
        assert!(!refused.err.contains("secret"), "{refused:?}");
    }
}
