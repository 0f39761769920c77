//! Playbooks for a moment: a folder to write files in, and the built program to run on it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

/// Ten times what a file may take to build: who needs longer hangs.
pub const HANGS: Duration = Duration::from_secs(50);

/// The day for which everything here is built.
pub const TODAY: &str = "2026-11-22";

/// `[checks]` that let everything pass, so that the site is written whatever it holds.
pub fn nothing_denied() -> String {
    let mut checks = String::from("[checks]\n");
    for code in trustbook::diagnostic::Code::ALL {
        checks.push_str(&format!("{} = \"allow\"\n", code.name()));
    }
    checks
}

/// A playbook's folder, inside a folder of its own that is gone after the test.
pub struct Scratch {
    folder: PathBuf,
}

/// How the program ended.
#[derive(Debug)]
pub struct Ended {
    /// The exit code; `None` where a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Scratch {
    /// An empty playbook.
    pub fn new() -> Scratch {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("trustbook-suite-{}-{number}", std::process::id()));
        fs::create_dir_all(folder.join("playbook/content")).expect("a scratch folder can be made");
        Scratch { folder }
    }

    /// The folder around the playbook.
    pub fn around(&self) -> &Path {
        &self.folder
    }

    /// The playbook.
    pub fn root(&self) -> PathBuf {
        self.folder.join("playbook")
    }

    /// The site.
    pub fn site(&self) -> PathBuf {
        self.root().join("site")
    }

    /// With this file.
    pub fn file(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Scratch {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a scratch folder can be made");
        fs::write(path, bytes).expect("a scratch file can be written");
        self
    }

    /// Runs the program on the playbook.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trustbook"));
        command.args(arguments).arg("--root").arg(self.root()).args(["--as-of", TODAY]);
        ended(command)
    }

    /// Builds the site, which has to succeed.
    pub fn built(&self, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
        let arguments: Vec<&str> = ["build"].iter().chain(arguments).copied().collect();
        let ended = self.run(&arguments);
        assert_eq!(ended.code, Some(0), "{}{}", ended.out, ended.err);
        files(&self.site())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if std::env::var_os("KEEP").is_none() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// Runs a command to its end. One that hangs is killed and fails the test.
pub fn ended(mut command: Command) -> Ended {
    command.env("NO_COLOR", "1").env_remove("RUST_BACKTRACE");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the built program runs");
    let (mut out, mut err) = (child.stdout.take().expect("piped"), child.stderr.take().expect("piped"));
    let (said, heard) = mpsc::channel();
    let said_too = said.clone();
    let listen = move |from: &mut dyn Read, who: usize, to: mpsc::Sender<(usize, Vec<u8>)>| {
        let mut bytes = Vec::new();
        let _ = from.read_to_end(&mut bytes);
        let _ = to.send((who, bytes));
    };
    std::thread::spawn(move || listen(&mut out, 0, said));
    std::thread::spawn(move || listen(&mut err, 1, said_too));
    let mut texts = [String::new(), String::new()];
    for _ in 0..2 {
        match heard.recv_timeout(HANGS) {
            Ok((who, bytes)) => texts[who] = String::from_utf8_lossy(&bytes).into_owned(),
            Err(_) => {
                let _ = child.kill();
                let _ = child.wait();
                panic!("it hangs: {command:?}");
            }
        }
    }
    let status = child.wait().expect("it has ended");
    let [out, err] = texts;
    Ended { code: status.code(), out, err }
}

/// Every file below a folder: its path, and its bytes.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(one) = open.pop() {
        for entry in fs::read_dir(&one).unwrap_or_else(|error| panic!("{}: {error}", one.display())) {
            let path = entry.expect("the site can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below the folder").to_string_lossy().into_owned();
                found.insert(name, fs::read(&path).expect("the site can be read"));
            }
        }
    }
    found
}

/// The pages among a site's files, as text.
pub fn pages(site: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&str, &str)> {
    site.iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).expect("pages are UTF-8")))
}
