//! A playbook for a moment, served by the built program.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Who needs longer than this hangs.
pub const HANGS: Duration = Duration::from_secs(40);

/// The day for which everything here is served.
pub const TODAY: &str = "2026-11-22";

/// A playbook's folder, gone after the test.
pub struct Playbook {
    folder: PathBuf,
}

impl Playbook {
    /// With these files.
    pub fn new(files: &[(&str, &str)]) -> Playbook {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("trustbook-serve-{}-{number}", std::process::id()));
        fs::create_dir_all(folder.join("book/content")).expect("a scratch folder can be made");
        let playbook = Playbook { folder };
        for (path, text) in files {
            playbook.write(path, text);
        }
        playbook
    }

    /// One of `tests/sites`.
    pub fn of_site(topic: &str) -> Playbook {
        let playbook = Playbook::new(&[]);
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(topic);
        for (path, bytes) in files(&from) {
            if !path.starts_with("expected/") {
                playbook.write_bytes(&path, &bytes);
            }
        }
        playbook
    }

    pub fn root(&self) -> PathBuf {
        self.folder.join("book")
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        self.write_bytes(path, text.as_bytes());
    }

    pub fn write_bytes(&self, path: &str, bytes: &[u8]) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a scratch folder can be made");
        fs::write(path, bytes).expect("a scratch file can be written");
    }

    /// What `build` writes.
    pub fn built(&self, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
        let output = self.folder.join("built");
        let mut command = Command::new(env!("CARGO_BIN_EXE_trustbook"));
        command.arg("build").args(arguments).arg("--root").arg(self.root()).args(["--as-of", TODAY]);
        let built = command.arg("--output").arg(&output).output().expect("the built program runs");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        files(&output)
    }

    pub fn serve(&self) -> Preview {
        self.serve_with(&["--as-of", TODAY])
    }

    pub fn serve_with(&self, arguments: &[&str]) -> Preview {
        Preview::new(&self.root(), arguments)
    }
}

impl Drop for Playbook {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Every file below a folder: its path, and its bytes.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(one) = open.pop() {
        for entry in fs::read_dir(&one).unwrap_or_else(|error| panic!("{}: {error}", one.display())) {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below the folder").to_string_lossy().into_owned();
                found.insert(name, fs::read(&path).expect("it can be read"));
            }
        }
    }
    found
}

/// A running preview.
pub struct Preview {
    child: Child,
    pub port: u16,
    /// What it says in the terminal, line by line.
    said: Mutex<Receiver<String>>,
    pub heard: Vec<String>,
}

impl Preview {
    fn new(root: &Path, arguments: &[&str]) -> Preview {
        Preview::started(Command::new(env!("CARGO_BIN_EXE_trustbook")), root, arguments)
    }

    /// By a command that becomes the built program, once it has its arguments.
    pub fn started(mut command: Command, root: &Path, arguments: &[&str]) -> Preview {
        command.arg("serve").args(["--port", "0"]).args(arguments).arg("--root").arg(root);
        command.env("NO_COLOR", "1").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the built program runs");
        let (say, said) = channel();
        let out: Box<dyn Read + Send> = Box::new(child.stdout.take().expect("piped"));
        let err: Box<dyn Read + Send> = Box::new(child.stderr.take().expect("piped"));
        for from in [out, err] {
            let say = say.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(from).lines().map_while(Result::ok) {
                    let _ = say.send(line);
                }
            });
        }
        let mut preview = Preview { child, port: 0, said: Mutex::new(said), heard: Vec::new() };
        let line = preview.hear("http://");
        let port =
            line.rsplit_once("http://").and_then(|(_, url)| url.split('/').next()?.rsplit(':').next()?.parse().ok());
        preview.port = port.unwrap_or_else(|| panic!("no port in {line}"));
        preview
    }

    /// Waits for a line with these words, if it has not come yet.
    pub fn hear(&mut self, words: &str) -> String {
        if let Some(line) = self.heard.iter().find(|line| line.contains(words)) {
            return line.clone();
        }
        let start = Instant::now();
        let said = self.said.get_mut().expect("nobody else listens");
        while let Ok(line) = said.recv_timeout(HANGS.saturating_sub(start.elapsed())) {
            self.heard.push(line.clone());
            if line.contains(words) {
                return line;
            }
        }
        panic!("it never says {words:?}: {:?}", self.heard);
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as Ctrl-C does, and gives its exit code.
    pub fn interrupt(mut self) -> Option<i32> {
        let pid = nix::unistd::Pid::from_raw(i32::try_from(self.child.id()).expect("a number of a process"));
        nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGINT).expect("it can be told");
        let start = Instant::now();
        while start.elapsed() < HANGS {
            if let Some(status) = self.child.try_wait().expect("it is ours") {
                return status.code();
            }
            std::thread::yield_now();
        }
        panic!("it does not end");
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(HANGS)).expect("a socket has a timeout");
        stream
    }

    /// Sends these bytes and reads until the end.
    pub fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request).expect("it reads");
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Answer::of(&bytes)
    }

    /// A request with these heads.
    pub fn ask(&self, method: &str, target: &str, heads: &[(&str, &str)]) -> Answer {
        let mut request = format!("{method} {target} HTTP/1.1\r\nConnection: close\r\n");
        if !heads.iter().any(|(name, _)| *name == "Host") {
            request.push_str(&format!("Host: localhost:{}\r\n", self.port));
        }
        for (name, value) in heads {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        self.raw(request.as_bytes())
    }

    pub fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, &[])
    }

    /// Asks until the answer is as wanted.
    pub fn until(&self, target: &str, wanted: impl Fn(&Answer) -> bool) -> Answer {
        let start = Instant::now();
        loop {
            let answer = self.get(target);
            if wanted(&answer) {
                return answer;
            }
            assert!(start.elapsed() < HANGS, "{target} stays {} {}", answer.status, answer.text());
        }
    }

    /// Waits until a page has these words.
    pub fn shows(&self, target: &str, words: &str) -> Answer {
        self.until(target, |answer| answer.status == 200 && answer.text().contains(words))
    }

    /// What the bar of a page knows.
    pub fn bar(&self, address: &str) -> serde_json::Value {
        let answer = self.get(&format!("/_trustbook/bar{address}"));
        assert_eq!(answer.status, 200, "{}", answer.text());
        serde_json::from_slice(&answer.body).expect("the bar is JSON")
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer, its body without chunks.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub heads: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Answer {
    fn of(bytes: &[u8]) -> Answer {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let Some(end) = end else { return Answer { status: 0, heads: BTreeMap::new(), body: bytes.to_vec() } };
        let text = String::from_utf8_lossy(&bytes[..end]);
        let mut lines = text.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or(0);
        let heads: BTreeMap<String, String> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_string()))
            .collect();
        let mut body = bytes[end + 4..].to_vec();
        if heads.get("transfer-encoding").is_some_and(|how| how == "chunked") {
            body = unchunked(&body);
        }
        Answer { status, heads, body }
    }

    pub fn head(&self, name: &str) -> &str {
        self.heads.get(name).map_or("", String::as_str)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The page as `build` writes it: without our script.
    pub fn page(&self) -> Vec<u8> {
        let html = self.text();
        let Some(from) = html.find("<script src=\"/_trustbook/preview.js\"") else { return self.body.clone() };
        let end = "</script>";
        let to = from + html[from..].find(end).expect("a script ends") + end.len();
        assert!(!html[to..].contains("/_trustbook/"), "there is one script, and one only");
        format!("{}{}", &html[..from], &html[to..]).into_bytes()
    }
}

fn unchunked(mut bytes: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(at) = bytes.windows(2).position(|two| two == b"\r\n") {
        let length = std::str::from_utf8(&bytes[..at]).ok().and_then(|digits| usize::from_str_radix(digits, 16).ok());
        let Some(length) = length.filter(|length| *length > 0) else { break };
        whole.extend_from_slice(bytes.get(at + 2..at + 2 + length).unwrap_or_default());
        bytes = bytes.get(at + 4 + length..).unwrap_or_default();
    }
    whole
}
