//! What only a browser can show: headless Chromium, driven by its own driver.

use super::preview::{HANGS, Playbook, Preview, TODAY};
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use std::future::Future;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

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
        std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
        Driver { child, port }
    }

    async fn browser(&self) -> Client {
        let capabilities = json!({ "goog:chromeOptions": { "args": [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1000,700",
        ] } });
        let Value::Object(capabilities) = capabilities else { unreachable!("an object was written") };
        ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .expect("chromium starts")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a test in a browser of its own, which is closed whatever comes.
fn in_browser<F: Future<Output = ()>>(test: impl FnOnce(Client) -> F) {
    let driver = Driver::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be made");
    runtime.block_on(async {
        let browser = driver.browser().await;
        let outcome = futures_like(test(browser.clone())).await;
        let _ = browser.close().await;
        if let Err(panic) = outcome {
            std::panic::resume_unwind(panic);
        }
    });
}

/// The outcome of a future, or its panic.
async fn futures_like(test: impl Future<Output = ()>) -> std::thread::Result<()> {
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

/// Asks the page until it answers as wanted.
async fn until(browser: &Client, script: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    let start = Instant::now();
    loop {
        // A page that is being loaded anew cannot answer.
        let answer = browser.execute(script, vec![]).await.unwrap_or(Value::Null);
        if wanted(&answer) {
            return answer;
        }
        assert!(start.elapsed() < HANGS, "{script} stays {answer}");
    }
}

async fn until_true(browser: &Client, script: &str) {
    until(browser, &format!("return !!({script})"), |answer| *answer == json!(true)).await;
}

const BAR: &str = "document.getElementById('trustbook-preview').shadowRoot";

fn url(preview: &Preview, path: &str) -> String {
    format!("http://localhost:{}{path}", preview.port)
}

fn long_page(word: &str) -> String {
    let lines: String = (0..200).map(|line| format!("Line {line}.\n\n")).collect();
    format!("# Small\n\n{word}\n\n{lines}## Hours\n\nAll day.\n")
}

#[test]
fn what_came_due_since_the_build_is_overdue_when_it_is_read() {
    let playbook = Playbook::new(&[
        ("content/index.md", "# Small\n"),
        (
            "content/promises.toml",
            "[reply]\ntext = \"You hear from us.\"\nlast_reviewed = 2020-05-01\nreview_every = \"2 months\"\n\
             [later]\ntext = \"You hear more.\"\nlast_reviewed = 2020-05-01\nreview_every = \"7000 years\"\n",
        ),
    ]);
    let preview = playbook.serve_with(&["--as-of", "2020-06-01"]);
    let page = preview.get("/reviews/").text();
    assert!(page.contains("data-late-count>0</b>") && page.contains("id=\"due-1\" hidden"), "{page}");
    in_browser(|browser| async move {
        browser.goto(&url(&preview, "/reviews/")).await.expect("the preview answers");
        until_true(&browser, "!document.getElementById('due-1').hidden && document.getElementById('due-2').hidden")
            .await;
        until_true(&browser, "document.querySelector('[data-late-count]').textContent === '1'").await;
        until_true(&browser, "document.querySelector('#due-1 [data-days]').textContent.replace(/\\D/g, '') > 365")
            .await;
        until_true(&browser, "document.querySelector('[data-today]').dateTime > '2020-06-01'").await;
    });
}

#[test]
fn an_edit_appears_by_itself_and_errors_come_and_go() {
    let playbook = Playbook::of_site("languages");
    playbook.write("content/index.md", &long_page("First words"));
    playbook.write("themes/default/static/own.css", "body { --mark: one }");
    playbook.write(
        "themes/default/templates/layout.html",
        "{% extends \"default/layout.html\" %}{% block head %}\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'; object-src 'none'; base-uri 'none'\"><link rel=\"stylesheet\" href=\"{{ assets.own_css }}\">{% endblock head %}",
    );
    let preview = playbook.serve();
    in_browser(|browser| async move {
        browser.goto(&url(&preview, "/play/")).await.expect("it is served");
        until_true(&browser, &format!("{BAR}.querySelector('.bar')")).await;
        until_true(&browser, "document.body.innerText.includes('First words')").await;

        // All of this under the pages' strictest policy: the bar has its styles, and nothing was refused.
        until_true(&browser, &format!("getComputedStyle({BAR}.querySelector('.box')).position === 'fixed'")).await;

        // An edit appears without a reload by hand, and the page is where it was.
        browser.execute("scrollTo({ top: 1500, behavior: 'instant' })", vec![]).await.expect("a script runs");
        playbook.write("content/index.md", &long_page("Second words"));
        until_true(&browser, "document.body.innerText.includes('Second words')").await;
        until_true(&browser, "scrollY === 1500").await;

        // Styles are exchanged without loading the page anew.
        until_true(&browser, &format!("{BAR}.querySelector('.bar')")).await;
        browser.execute("window.sameOne = true", vec![]).await.expect("a script runs");
        playbook.write("themes/default/static/own.css", "body { --mark: two }");
        until_true(&browser, "getComputedStyle(document.body).getPropertyValue('--mark').trim() === 'two'").await;
        until_true(&browser, "window.sameOne && scrollY === 1500").await;

        // The overlay comes, shows the picture of the terminal as text, leaves the page usable, and goes.
        let broken = long_page("[<img src=x onerror=alert(1)>](nothing.md)");
        playbook.write("content/index.md", &broken);
        let drawn = until(&browser, &format!("return {BAR}.querySelector('#errors pre')?.textContent"), |drawn| {
            drawn.as_str().is_some_and(|drawn| drawn.contains("error[dead-link]"))
        })
        .await;
        let drawn = drawn.as_str().expect("a text").to_string();
        assert!(drawn.contains("--> content/index.md:3:") && drawn.contains("^^^"), "{drawn}");
        until_true(&browser, "document.body.innerText.includes('Second words')").await;
        until_true(&browser, &format!("!{BAR}.querySelector('img')")).await;
        browser.goto(&url(&preview, "/play/guides/contact/")).await.expect("it can be walked on");
        until_true(&browser, &format!("{BAR}.querySelector('#errors')")).await;
        playbook.write("content/index.md", &long_page("Third words"));
        until_true(&browser, &format!("{BAR}.querySelector('.bar') && !{BAR}.querySelector('#errors')")).await;

        // The bar switches languages and drafts, and names the source.
        let source = format!("return {BAR}.querySelector('.source').textContent");
        assert_eq!(browser.execute(&source, vec![]).await.expect("a script runs"), "content/guides/contact.md");
        let choose = format!(
            "var s = {BAR}.querySelector('select'); s.value = [].find.call(s.options, o => o.lang === 'sv').value; \
             s.dispatchEvent(new Event('change'))"
        );
        browser.execute(&choose, vec![]).await.expect("a script runs");
        until_true(&browser, "location.pathname.startsWith('/play/sv/') && document.documentElement.lang === 'sv'")
            .await;
        until_true(&browser, &format!("{BAR}.querySelector('.drafts')")).await;
        browser.execute(&format!("{BAR}.querySelector('.drafts').click()"), vec![]).await.expect("a script runs");
        until_true(
            &browser,
            &format!("{BAR}.querySelector('.drafts').checked && location.pathname.startsWith('/play/sv/')"),
        )
        .await;
        let bar = preview.bar("/play/");
        assert_eq!(bar["edition"]["drafts"], json!(false), "a choice is the reader's own");
    });
}

#[test]
fn ten_tabs_share_one_stream_and_all_of_them_follow() {
    let playbook = Playbook::new(&[("content/index.md", "# Small\n\nFirst words.\n")]);
    let preview = playbook.serve_with(&["--as-of", TODAY]);
    in_browser(|browser| async move {
        for tab in 0..10 {
            if tab > 0 {
                let tab = browser.new_window(true).await.expect("a tab can be opened");
                browser.switch_to_window(tab.handle).await.expect("it is there");
            }
            browser.goto(&url(&preview, "/")).await.expect("the seventh tab does not hang");
            until_true(&browser, &format!("{BAR}.querySelector('.bar')")).await;
        }
        playbook.write("content/index.md", "# Small\n\nSecond words.\n");
        for tab in browser.windows().await.expect("there are tabs") {
            browser.switch_to_window(tab).await.expect("it is there");
            until_true(&browser, "document.body.innerText.includes('Second words')").await;
        }
    });
}

/// A page on another port, which tries to read the preview, and answers whoever asks.
fn other_site() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
    let port = listener.local_addr().expect("it has one").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            std::thread::spawn(move || {
                let mut stream = stream;
                let mut heads = [0; 4096];
                let _ = stream.read(&mut heads);
                let html = "<!DOCTYPE html><title>Other</title><p>Other";
                let _ = write!(
                    stream,
                    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{html}",
                    html.len()
                );
            });
        }
    });
    port
}

#[test]
fn a_page_of_another_origin_reads_nothing() {
    let playbook = Playbook::new(&[
        ("content/index.md", "# Small\n\nSECRET plans.\n"),
        ("static/a.png", "x"),
        ("static/a.js", "window.stolen = true"),
    ]);
    let preview = playbook.serve_with(&[]);
    let other = other_site();
    in_browser(|browser| async move {
        // Another port of this machine, and another name of it.
        for from in [format!("http://localhost:{other}/"), format!("http://127.0.0.1:{other}/")] {
            browser.goto(&from).await.expect("the other site answers");
            let to = url(&preview, "");
            let script = r#"
                var to = arguments[0], done = arguments[arguments.length - 1], got = [];
                function read(path, options) {
                    return fetch(to + path, options).then(a => a.text().then(t => { if (t) got.push(path + ': ' + t); })).catch(() => 0);
                }
                function element(name, path) {
                    return new Promise(found => {
                        var e = document.createElement(name);
                        e.onload = () => { if (name !== 'iframe') got.push(name + ' ' + path); found(); };
                        e.onerror = () => found();
                        if (name === 'link') { e.rel = 'stylesheet'; e.href = to + path; } else e.src = to + path;
                        document.body.append(e);
                    });
                }
                function stream() {
                    return new Promise(found => {
                        var s = new EventSource(to + '/_trustbook/events');
                        s.addEventListener('change', () => { got.push('event'); s.close(); found(); });
                        s.onerror = () => { s.close(); found(); };
                    });
                }
                var all = [stream()];
                ['/', '/playbook.json', '/_trustbook/bar/', '/_trustbook/preview.js', '/nothing/'].forEach(path => {
                    all.push(read(path), read(path, { mode: 'no-cors' }), read(path, { credentials: 'include' }));
                    all.push(read(path, { method: 'POST', body: 'drafts=1' }));
                });
                all.push(element('img', '/a.png'), element('script', '/a.js'), element('script', '/_trustbook/preview.js'));
                all.push(element('link', '/_trustbook/preview.css'), element('iframe', '/'));
                Promise.all(all).then(() => {
                    if (window.stolen) got.push('script ran');
                    done(got);
                });
            "#;
            let got = browser.execute_async(script, vec![json!(to)]).await.expect("a script runs");
            assert_eq!(got, json!([]), "from {from}");
        }
        // A click is welcome.
        browser.execute("var a = document.createElement('a'); a.href = arguments[0]; a.textContent = 'go'; document.body.append(a)", vec![json!(url(&preview, "/"))]).await.expect("a script runs");
        browser.find(Locator::LinkText("go")).await.expect("it is there").click().await.expect("it can be clicked");
        until_true(&browser, "document.body.innerText.includes('SECRET plans')").await;
    });
}
