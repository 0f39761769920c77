//! A built site on a port of its own, under the policy that pages have to work with, and headless Chromium to read it.

use fantoccini::{Client, ClientBuilder};
use serde_json::{Value, json};
use std::fs;
use std::future::Future;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// What has not come to pass by then never will.
const HANGS: Duration = Duration::from_secs(60);

/// What a public server would send with every page.
const POLICY: &str = "default-src 'self'; object-src 'none'; base-uri 'none'";

/// A playbook that was built, and is served until the test ends.
pub struct Site {
    folder: PathBuf,
    /// Where it is served.
    pub port: u16,
}

impl Site {
    /// Builds the playbook in `root`.
    fn of(root: &Path, folder: PathBuf) -> Site {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trustbook"));
        command.arg("build").arg("--root").arg(root).args(["--as-of", "2026-11-22"]);
        let built = command.arg("--output").arg(folder.join("site")).output().expect("the built program runs");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
        let port = listener.local_addr().expect("it has one").port();
        let site = folder.join("site");
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let site = site.clone();
                std::thread::spawn(move || answer(stream, &site));
            }
        });
        Site { folder, port }
    }

    /// A playbook of these files.
    pub fn new(files: &[(&str, &str)]) -> Site {
        let folder = scratch();
        for (path, text) in files {
            let path = folder.join("book").join(path);
            fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a scratch folder can be made");
            fs::write(path, text).expect("a scratch file can be written");
        }
        Site::of(&folder.join("book"), folder)
    }

    /// The whole address of a page.
    pub fn at(&self, address: &str) -> String {
        format!("http://localhost:{}{address}", self.port)
    }

    /// A file of the built site, as it lies on disk.
    pub fn on_disk(&self, path: &str) -> String {
        format!("file://{}", self.folder.join("site").join(path).display())
    }

    /// A file beside the site, for a reader to choose.
    pub fn file(&self, name: &str, text: &[u8]) -> String {
        let path = self.folder.join(name);
        fs::write(&path, text).expect("a scratch file can be written");
        path.display().to_string()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn scratch() -> PathBuf {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("trustbook-browser-{}-{number}", std::process::id()));
    fs::create_dir_all(folder.join("book/content")).expect("a scratch folder can be made");
    folder
}

/// One request, one file.
fn answer(stream: TcpStream, site: &Path) {
    let mut lines = BufReader::new(&stream);
    let mut first = String::new();
    if lines.read_line(&mut first).is_err() {
        return;
    }
    let mut head = String::new();
    while lines.read_line(&mut head).is_ok_and(|length| length > 2) {
        head.clear();
    }
    let target = first.split(' ').nth(1).and_then(|target| target.split(['?', '#']).next()).unwrap_or("/");
    let path = if target.ends_with('/') { format!("{target}index.html") } else { target.to_string() };
    let kind = match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let (status, body) = match fs::read(site.join(path.trim_start_matches('/'))) {
        Ok(body) => ("200 OK", body),
        Err(_) => ("404 Not Found", Vec::new()),
    };
    let mut out = &stream;
    let _ = write!(
        out,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Security-Policy: {POLICY}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = out.write_all(&body);
}

/// Chromium's driver, on a port of its own.
struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    fn new() -> Driver {
        let mut command = Command::new("chromedriver");
        command.args(["--port=0"]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("chromedriver is installed (apt-get install chromium chromium-driver)");
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let mut line = String::new();
        let port = loop {
            line.clear();
            assert!(out.read_line(&mut line).expect("it speaks") > 0, "chromedriver does not start");
            if let Some((_, rest)) = line.split_once("started successfully on port ") {
                break rest.trim().trim_end_matches('.').parse().expect("a port");
            }
        };
        // Nobody reads further; it must not wait for us.
        std::thread::spawn(move || out.read_to_end(&mut Vec::new()));
        Driver { child, port }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a test in a browser of its own, which is closed whatever comes. The window is as wide as given.
pub fn in_browser<F: Future<Output = ()>>(width: u32, test: impl FnOnce(Browser) -> F) {
    let driver = Driver::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be made");
    runtime.block_on(async {
        let size = format!("--window-size={width},900");
        let capabilities = json!({
            "goog:chromeOptions": { "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", size] },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("an object was written") };
        let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .expect("chromium starts");
        let outcome = outcome_of(test(Browser { client: client.clone() })).await;
        let _ = client.close().await;
        if let Err(panic) = outcome {
            std::panic::resume_unwind(panic);
        }
    });
}

/// The outcome of a future, or its panic.
async fn outcome_of(test: impl Future<Output = ()>) -> std::thread::Result<()> {
    let mut test = Box::pin(test);
    std::future::poll_fn(|context| {
        let polled = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| test.as_mut().poll(context)));
        match polled {
            Ok(std::task::Poll::Pending) => std::task::Poll::Pending,
            Ok(std::task::Poll::Ready(())) => std::task::Poll::Ready(Ok(())),
            Err(panic) => std::task::Poll::Ready(Err(panic)),
        }
    })
    .await
}

/// A browser and what tests ask of it.
pub struct Browser {
    /// The browser itself.
    pub client: Client,
}

impl Browser {
    /// Opens an address. A fragment alone would not load the page anew, so it is left first.
    pub async fn open(&self, address: &str) {
        self.client.goto("about:blank").await.expect("nothing can be opened");
        self.client.goto(address).await.expect("it is served");
    }

    /// What a script gives back.
    pub async fn run(&self, script: &str) -> Value {
        self.client.execute(script, vec![]).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// What an expression is worth.
    pub async fn get(&self, expression: &str) -> Value {
        self.run(&format!("return {expression}")).await
    }

    /// Asks until an expression is worth what is wanted.
    pub async fn until(&self, expression: &str, wanted: Value) {
        let start = Instant::now();
        loop {
            // A page that is being loaded cannot answer.
            let answer = self.client.execute(&format!("return {expression}"), vec![]).await.unwrap_or(Value::Null);
            if answer == wanted {
                return;
            }
            assert!(start.elapsed() < HANGS, "{expression} stays {answer}, not {wanted}");
        }
    }

    /// Presses keys, wherever the focus is.
    pub async fn press(&self, keys: &str) {
        let focused = self.client.active_element().await.expect("something has the focus");
        focused.send_keys(keys).await.expect("keys can be pressed");
    }
}
