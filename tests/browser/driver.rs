//! Headless Chromium, driven by its own driver: a session for each test, closed whatever comes.

use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use std::future::Future;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Who needs longer than this hangs.
pub const HANGS: Duration = Duration::from_secs(40);

/// A telephone.
pub const PHONE: (u32, u32) = (375, 800);

/// A desk.
pub const DESK: (u32, u32) = (1280, 900);

/// Chromium's driver, on a port of its own.
struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// It takes a free port of one address family and then the same one of the other, which somebody may have taken: then it ends,
    /// and is started once more.
    fn new() -> Driver {
        (0..5).find_map(|_| Driver::start()).expect("chromedriver starts")
    }

    fn start() -> Option<Driver> {
        let mut command = Command::new("chromedriver");
        command.args(["--port=0"]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("chromedriver is installed (apt-get install chromium chromium-driver)");
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let mut line = String::new();
        let port = loop {
            line.clear();
            if out.read_line(&mut line).expect("it speaks") == 0 {
                let _ = child.wait();
                return None;
            }
            if let Some((_, rest)) = line.split_once("started successfully on port ") {
                break rest.trim().trim_end_matches('.').parse().expect("a port");
            }
        };
        // Nobody reads further; it must not wait for us.
        std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
        Some(Driver { child, port })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A window of some width and height, in which one page after the other is looked at.
#[derive(Clone)]
pub struct Window {
    /// What drives it.
    pub client: Client,
    port: u16,
}

/// Runs a test in a browser of its own with a window of this size.
pub fn in_browser<F: Future<Output = ()>>(size: (u32, u32), test: impl FnOnce(Window) -> F) {
    let driver = Driver::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be made");
    runtime.block_on(async {
        let capabilities = json!({
            "goog:chromeOptions": {
                "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
                "mobileEmulation": { "deviceMetrics": { "width": size.0, "height": size.1, "pixelRatio": 1.0, "touch": false, "mobile": false } },
            },
            "goog:loggingPrefs": { "browser": "ALL" },
            // A page is judged in a second, on a busy machine in a minute.
            "timeouts": { "script": 300_000 },
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("an object was written") };
        let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .expect("chromium starts");
        let outcome = caught(test(Window { client: client.clone(), port: driver.port })).await;
        let _ = client.close().await;
        if let Err(panic) = outcome {
            std::panic::resume_unwind(panic);
        }
    });
}

/// The outcome of a future, or its panic.
async fn caught(test: impl Future<Output = ()>) -> std::thread::Result<()> {
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

impl Window {
    /// Opens an address.
    pub async fn open(&self, url: &str) {
        self.client.goto(url).await.expect("the page is there");
    }

    /// What an expression is now.
    pub async fn get(&self, expression: &str) -> Value {
        // A page that is being loaded anew cannot answer.
        self.client.execute(&format!("return ({expression})"), vec![]).await.unwrap_or(Value::Null)
    }

    /// Asks the page until an expression holds.
    pub async fn until(&self, expression: &str) {
        let start = Instant::now();
        while self.get(&format!("!!({expression})")).await != json!(true) {
            assert!(start.elapsed() < HANGS, "never: {expression}\n{}", self.shown().await);
        }
    }

    /// Presses keys, as a reader who has nothing but a keyboard.
    pub async fn press(&self, keys: &str) {
        let element = match self.client.active_element().await {
            Ok(element) => element,
            Err(_) => self.client.find(Locator::Css("body")).await.expect("a page has a body"),
        };
        element.send_keys(keys).await.expect("keys can be pressed");
    }

    /// What the page shows, for messages.
    async fn shown(&self) -> String {
        let text = self
            .get("location.href + '\\n' + (document.querySelector('dialog[open]') || document.body).innerText")
            .await;
        text.as_str().unwrap_or_default().chars().take(2000).collect()
    }

    /// Presses Tab until the focus is on what is looked for.
    pub async fn tab_to(&self, selector: &str) {
        for _ in 0..150 {
            self.press("\u{e004}").await;
            if self.get(&format!("document.activeElement.matches({})", json!(selector))).await == json!(true) {
                return;
            }
        }
        panic!("Tab never comes to {selector}\n{}", self.shown().await);
    }

    /// What was written to the console since this was asked last: scripts' messages, what the policy refused, what is missing.
    pub async fn console(&self) -> Vec<String> {
        let entries = self.ask("se/log", &json!({ "type": "browser" })).await;
        let entries = entries.as_array().unwrap_or_else(|| panic!("a list of messages, not {entries}"));
        entries.iter().map(|entry| entry["message"].to_string()).collect()
    }

    /// A command of Chromium's own protocol, and its answer.
    pub async fn command(&self, name: &str, parameters: Value) -> Value {
        self.ask("goog/cdp/execute", &json!({ "cmd": name, "params": parameters })).await
    }

    /// Makes the window as wide and high as this, for the pages opened from now on.
    pub async fn resize(&self, (width, height): (u32, u32)) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// What the reader's system asks of pages: features of media queries, and `print` or else `screen`.
    pub async fn emulate(&self, media: &str, features: &[(&str, &str)]) {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.command("Emulation.setEmulatedMedia", json!({ "media": media, "features": features })).await;
    }

    /// Asks the driver what WebDriver has no word for.
    async fn ask(&self, what: &str, body: &Value) -> Value {
        let session = self.client.session_id().await.expect("it can be asked").expect("a session is open");
        let body = body.to_string();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the driver listens");
        write!(
            stream,
            "POST /session/{session}/{what} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nConnection: close\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .expect("it can be asked");
        // The driver keeps the line open: its answer is as long as it says.
        let mut answer = BufReader::new(stream);
        let (mut line, mut length) = (String::new(), 0);
        while answer.read_line(&mut line).expect("it answers") > 2 {
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().expect("a length is a number");
            }
            line.clear();
        }
        let mut json = vec![0; length];
        answer.read_exact(&mut json).expect("it answers");
        let mut answer: Value = serde_json::from_slice(&json).expect("it answers in JSON");
        assert!(answer["value"]["error"].is_null(), "{what}: {answer}");
        answer["value"].take()
    }

    /// That nothing was written to the console.
    pub async fn assert_quiet(&self) {
        let said = self.console().await;
        assert!(said.is_empty(), "the console says {said:#?}");
    }
}
