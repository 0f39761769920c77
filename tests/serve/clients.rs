//! Many clients, slow ones and half-open ones.

use super::preview::{HANGS, Playbook, Preview};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

fn small() -> (Playbook, Preview) {
    Playbook::new(&[("content/index.md", "# Small\n\nVersion 0.\n")]).serve_here()
}

/// So many sockets, or fewer where the system does not let this process have them.
fn sockets(wanted: usize) -> usize {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    let (now, most) = getrlimit(Resource::RLIMIT_NOFILE).expect("the system tells");
    let more = most.min(8_192).max(now);
    let _ = setrlimit(Resource::RLIMIT_NOFILE, more, most);
    wanted.min(usize::try_from(more).unwrap_or(wanted) / 4)
}

/// A stream of events, its heads read.
fn events(preview: &Preview) -> BufReader<TcpStream> {
    let mut stream = preview.connect();
    stream.write_all(b"GET /_trustbook/events HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("it reads");
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    while stream.read_line(&mut line).expect("it answers") > 2 {
        line.clear();
    }
    stream
}

/// The number that the next event bears.
fn next(stream: &mut BufReader<TcpStream>) -> u64 {
    let mut line = String::new();
    loop {
        line.clear();
        assert!(stream.read_line(&mut line).expect("it tells") > 0, "the stream ends");
        if let Some((_, rest)) = line.split_once("\"number\":\"") {
            return rest.split('"').next().and_then(|number| number.parse().ok()).expect("a number");
        }
    }
}

#[test]
fn every_stream_is_told() {
    let (playbook, preview) = small();
    let many = sockets(1_000);
    let mut streams: Vec<_> = (0..many).map(|_| events(&preview)).collect();
    let before: Vec<u64> = streams.iter_mut().map(next).collect();
    playbook.write("content/index.md", "# Small\n\nVersion 1.\n");
    for (stream, before) in streams.iter_mut().zip(before) {
        assert!(next(stream) > before);
    }
    // Some go away without a word; the others are told all the same.
    streams.truncate(many / 2);
    playbook.write("content/index.md", "# Small\n\nVersion 2.\n");
    for stream in &mut streams {
        next(stream);
    }
    preview.shows("/", "Version 2");
}

#[test]
fn slow_clients_keep_nobody_waiting() {
    let (_playbook, preview) = small();
    let mut slow: Vec<TcpStream> = (0..sockets(500)).map(|_| preview.connect()).collect();
    for round in 0..5 {
        for stream in &mut slow {
            let bytes: &[u8] = if round == 0 { b"GET / HTTP/1.1\r\nHost: localhost\r\nX-" } else { b"a" };
            stream.write_all(bytes).expect("it listens");
        }
        let start = Instant::now();
        assert_eq!(preview.get("/").status, 200);
        assert!(start.elapsed() < HANGS / 10);
    }
    // In the end they are shown the door.
    let start = Instant::now();
    let mut rest = Vec::new();
    let _ = slow[0].read_to_end(&mut rest);
    assert!(start.elapsed() < HANGS);
}

#[test]
fn long_heads_are_refused() {
    let (_playbook, preview) = small();
    let long = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "x".repeat(20 * 1024));
    assert_eq!(preview.raw(long.as_bytes()).status, 431);
    let target = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "x".repeat(20 * 1024));
    assert!([414, 431].contains(&preview.raw(target.as_bytes()).status));
    let many: String = (0..500).map(|at| format!("X{at}: y\r\n")).collect();
    assert_eq!(preview.raw(format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n").as_bytes()).status, 431);
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn bodies_are_not_read() {
    let (_playbook, preview) = small();
    let big = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n";
    assert_eq!(preview.raw(big.as_bytes()).status, 405);
    let big = "POST /_trustbook/edition HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\n".to_string()
        + &"x".repeat(9_999);
    assert_eq!(preview.raw(big.as_bytes()).status, 400);
    // What a body pretends to be is no request.
    let inside = "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 47\r\n\r\nGET /nothing/ HTTP/1.1\r\nHost: evil.example\r\n\r\n";
    let answer = preview.raw(inside.as_bytes());
    assert_eq!(answer.status, 200);
    assert!(!answer.text().contains("HTTP/1.1 4"));
    for broken in
        ["\r\n\r\n", "GET\r\n\r\n", "\u{0}\u{1}\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1\r\nA b: c\r\n\r\n"]
    {
        let answer = preview.raw(broken.as_bytes());
        assert!(answer.status == 0 || (400..506).contains(&answer.status) && answer.status != 500, "{broken:?}");
    }
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn one_connection_answers_many_requests() {
    let (_playbook, preview) = small();
    let mut stream = preview.connect();
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a socket has a timeout");
    for at in 0..3 {
        let end = if at == 2 { "Connection: close\r\n" } else { "" };
        write!(stream, "HEAD / HTTP/1.1\r\nHost: localhost\r\n{end}\r\n").expect("it listens");
    }
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("it answers");
    assert_eq!(text.matches("HTTP/1.1 200 OK").count(), 3, "{text}");
}
