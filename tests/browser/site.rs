//! A site in a folder, and a server that does nothing but hand out its files, under the policy that pages are written for.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

/// The day for which everything here is built.
pub const TODAY: &str = "2026-11-22";

/// What a careful host sends with every file.
pub const POLICY: &str = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/// The reference playbook, built once for all tests.
pub fn reference() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| built(Path::new(env!("CARGO_MANIFEST_DIR"))))
}

/// A playbook of these files, built.
pub fn of(files: &[(String, String)]) -> PathBuf {
    let root = scratch();
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a scratch folder can be made");
        fs::write(path, text).expect("a scratch file can be written");
    }
    built(&root)
}

fn built(root: &Path) -> PathBuf {
    let output = scratch().join("site");
    let mut command = Command::new(env!("CARGO_BIN_EXE_trustbook"));
    command.args(["build", "--as-of", TODAY, "--root"]).arg(root).arg("--output").arg(&output);
    let ended = command.output().expect("the built program runs");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    output
}

fn scratch() -> PathBuf {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("trustbook-browser-{}-{number}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a scratch folder can be made");
    folder
}

/// A server of one folder and of nothing else.
pub struct Server {
    /// The address of the front page.
    pub front: String,
    sent: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Server {
    /// Serves a folder below `/book/`, for as long as the tests run.
    pub fn new(folder: &Path) -> Server {
        Server::below("/book/", folder)
    }

    /// Serves it below this path.
    pub fn below(root: &'static str, folder: &Path) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
        let port = listener.local_addr().expect("it has one").port();
        let sent: Arc<Mutex<BTreeMap<String, usize>>> = Arc::default();
        let (folder, counted) = (folder.to_path_buf(), sent.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (folder, counted) = (folder.clone(), counted.clone());
                std::thread::spawn(move || answer(stream, root, &folder, &counted));
            }
        });
        Server { front: format!("http://127.0.0.1:{port}{root}"), sent }
    }

    /// The files that were asked for since this was asked last, and how many bytes they have.
    pub fn sent(&self) -> BTreeMap<String, usize> {
        std::mem::take(&mut *self.sent.lock().expect("nobody panics here"))
    }
}

fn answer(mut stream: TcpStream, root: &str, folder: &Path, sent: &Mutex<BTreeMap<String, usize>>) {
    let mut lines = BufReader::new(stream.try_clone().expect("a socket has two ends")).lines().map_while(Result::ok);
    let Some(asked) = lines.next() else { return };
    while lines.next().is_some_and(|line| !line.is_empty()) {}
    let target = asked.split(' ').nth(1).unwrap_or_default();
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let inner = path.strip_prefix(root).filter(|inner| !inner.contains(".."));
    let file = inner.map(|inner| {
        if inner.is_empty() || inner.ends_with('/') { format!("{inner}index.html") } else { inner.to_string() }
    });
    let found = file.as_ref().and_then(|file| Some((file, fs::read(folder.join(file)).ok()?)));
    let (status, kind, bytes) = match found {
        Some((file, bytes)) => {
            sent.lock().expect("nobody panics here").insert(file.clone(), bytes.len());
            ("200 OK", kind_of(file), bytes)
        }
        None => ("404 Not Found", "text/plain", b"nothing".to_vec()),
    };
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nContent-Security-Policy: {POLICY}\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    let _ = stream.write_all(&bytes);
}

fn kind_of(file: &str) -> &'static str {
    match file.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
