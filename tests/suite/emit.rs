//! `trustbook publish --emit`: Debian's nginx keeps the rules over the built reference playbook, address by address and header by header.

use super::scratch::{Scratch, files};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use trustbook::emit::{Files, Host, Rules, emit};
use trustbook::{load, pipeline};

/// An nginx of our own, which goes when the test does.
pub struct Nginx {
    child: Child,
    address: SocketAddr,
}

/// Where Debian has it, for those whose path lacks such places.
const NGINX: &str = "/usr/sbin/nginx";

impl Nginx {
    /// Starts one process in a folder of its own, as whoever runs the test.
    pub fn start(folder: &Path, rules: &str) -> Nginx {
        let [taken, behind] = [0; 2].map(|any| TcpListener::bind(("127.0.0.1", any)).expect("a port is free"));
        let [address, asked] = [&taken, &behind].map(|taken| taken.local_addr().expect("it has an address"));
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        let temporary: String = temporary.iter().map(|one| format!("    {one}_temp_path temp;\n")).collect();
        assert!(rules.contains("    listen 80;\n"));
        fs::create_dir_all(folder).expect("a folder can be made");
        let rules = rules.replace("listen 80;", &format!("listen {address};"));
        let rules = rules.replace("127.0.0.1:8780", &asked.to_string());
        fs::write(folder.join("rules.conf"), &rules).expect("written");
        let user = if rustix::process::geteuid().is_root() { "user root;\n" } else { "" };
        let settings = format!(
            "{user}daemon off;\nmaster_process off;\npid nginx.pid;\nerror_log stderr;\nevents {{}}\nhttp {{\n    include /etc/nginx/mime.types;\n    \
             access_log off;\n{temporary}    include rules.conf;\n}}\n"
        );
        fs::write(folder.join("nginx.conf"), settings).expect("written");
        drop((taken, behind));
        let mut command = Command::new(NGINX);
        command.arg("-p").arg(folder).args(["-e", "stderr", "-c", "nginx.conf"]);
        command.stdin(Stdio::null()).stderr(fs::File::create(folder.join("log")).expect("a file can be made"));
        let child = command.spawn().expect("nginx is installed: tests/run does so");
        let mut nginx = Nginx { child, address };
        let deadline = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect(address).is_err() {
            let gone = nginx.child.try_wait().expect("it can be asked").is_some();
            let said = || fs::read_to_string(folder.join("log")).unwrap_or_default();
            assert!(!gone && Instant::now() < deadline, "nginx does not answer: {}\n{rules}", said());
            std::thread::yield_now();
        }
        nginx
    }

    /// Status, headers and body of what stands at a path, as it is typed.
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    /// The same with a method, and with headers of one's own, each with the end of its line.
    pub fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a socket takes it");
        let request =
            format!("{method} {path} HTTP/1.1\r\nHost: playbook.example.com\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("it answers");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or_default();
        let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_string()));
        Answer { status, headers: lines.filter_map(header).collect(), body: body.to_string() }
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// The reference playbook with a page that has moved often, below this `base_url`.
pub fn reference(base_url: &str) -> Scratch {
    let scratch = Scratch::new();
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (path, bytes) in files(&top.join("content")) {
        scratch.file(&format!("content/{path}"), bytes);
    }
    let settings = fs::read_to_string(top.join("trustbook.toml")).expect("it is there");
    let settings: String =
        settings.lines().filter(|line| !line.starts_with("base_url")).map(|line| format!("{line}\n")).collect();
    let settings = settings.replacen("title = ", &format!("base_url = \"{base_url}\"\ntitle = "), 1);
    scratch.file("trustbook.toml", settings).file(
        "content/guides/moved.md",
        "+++\ntitle = \"Moved\"\naudience = \"public\"\naliases = [\"/old/\", \"/a b/kännedom/\", \"/form.html\", \"/x$y.z/\"]\n+++\n\nWords.\n",
    );
    scratch
}

/// Builds the site of a playbook's edition beside it, and says where.
pub fn built(scratch: &Scratch, audience: &str) -> String {
    let site = scratch.around().join("site");
    let output = site.to_str().expect("a plain name");
    let built = scratch.run(&["build", "--audience", audience, "--output", output]);
    assert_eq!(built.code, Some(0), "{built:?}");
    output.to_string()
}

/// The rules of a playbook's edition, for a host that finds its files there.
pub fn rules(scratch: &Scratch, audience: &str, there: Files) -> (Rules, String) {
    let (sources, found) = load::load(&scratch.root()).expect("it can be read");
    let today = jiff::civil::date(2026, 11, 22);
    let choices = pipeline::Choices { audience: Some(audience.to_string()), drafts: false, today, strict: false };
    let planned = pipeline::plan(&scratch.root(), sources, found, &choices).expect("it can be planned");
    let assets = planned.theme.files.iter().map(|(path, _)| &**path);
    let rules = Rules::of(&planned.playbook, &planned.routes, assets, there);
    let text = emit(&rules, Host::Nginx).remove(0).text;
    (rules, text)
}

fn assert_served(base_url: &str, base: &str, audience: &str) {
    let scratch = reference(base_url);
    let output = built(&scratch, audience);
    let (rules, text) = rules(&scratch, audience, Files::Folder(output));
    assert_eq!(rules.base, base);
    assert_as_designed(&scratch, &Nginx::start(&scratch.around().join("nginx"), &text), &rules);
}

/// What is asked for is answered as the rules say. The site was built beside the playbook.
pub fn assert_as_designed(scratch: &Scratch, nginx: &Nginx, rules: &Rules) {
    let base = rules.base.as_str();
    let page = nginx.get(base);
    assert_eq!(page.status, 200, "{page:?}");
    assert!(page.header("content-type").starts_with("text/html"), "{page:?}");
    for (name, value) in &rules.headers {
        assert_eq!(page.header(&name.to_lowercase()), value);
    }
    assert_eq!(page.header("cache-control"), rules.revalidated);
    assert_eq!(page.headers.contains_key("x-robots-tag"), rules.internal);
    assert!(!page.header("etag").is_empty(), "what may have changed can be asked for again: {page:?}");

    // Files of the theme and cards are kept for ever, and nothing else is.
    let site = files(&scratch.around().join("site"));
    let assets: Vec<&String> = site.keys().filter(|path| path.starts_with("assets/")).collect();
    let is_hashed = |path: &str| rules.hashed.contains(&format!("{base}{path}")) || path.starts_with("assets/card.");
    assert!(rules.hashed.len() > 3 && assets.iter().filter(|path| is_hashed(path)).count() > rules.hashed.len());
    for path in assets {
        let file = nginx.get(&format!("{base}{path}"));
        let kept = if is_hashed(path) { &rules.immutable } else { &rules.revalidated };
        assert_eq!((file.status, file.header("cache-control")), (200, kept.as_str()), "{path}");
        assert!(
            !file.header("content-security-policy").is_empty() && !file.header("content-type").is_empty(),
            "{path}"
        );
    }
    for path in ["playbook.json", "sitemap.xml"] {
        assert_eq!(nginx.get(&format!("{base}{path}")).header("cache-control"), rules.revalidated, "{path}");
    }

    let moved = format!("{base}guides/moved/");
    assert_eq!(rules.redirects.len(), 4, "{:?}", rules.redirects);
    for asked in ["old/", "old", "a%20b/k%C3%A4nnedom/", "a%20b/k%C3%A4nnedom", "form.html", "x$y.z/", "x%24y.z"] {
        let answer = nginx.get(&format!("{base}{asked}"));
        assert_eq!((answer.status, answer.header("location")), (301, moved.as_str()), "{asked}: {answer:?}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    assert_eq!(nginx.get(&format!("{base}old/?from=mail")).header("location"), format!("{moved}?from=mail"));
    assert_eq!(nginx.get(&moved).status, 200);
    assert_eq!(nginx.get(moved.trim_end_matches('/')).header("location"), moved);

    let in_english = ["nowhere/", "assets/style.00000000.css", "oldest/", "svenska/", "sv"].map(|asked| (asked, "en"));
    let in_others = [("sv/nowhere/", "sv"), ("sv/guides/x.html", "sv"), ("id/nowhere/", "id")];
    for (asked, language) in in_english.into_iter().chain(in_others) {
        let asked = format!("{base}{asked}");
        let missing = nginx.get(&asked);
        if asked.ends_with("/sv") {
            assert_eq!(missing.header("location"), format!("{asked}/"));
            continue;
        }
        assert!(missing.body.contains(&format!("<html lang=\"{language}\"")), "{asked}: {}", missing.body);
        assert_eq!((missing.status, missing.header("cache-control")), (404, rules.revalidated.as_str()), "{asked}");
        assert!(missing.body.contains("<html") && !missing.body.contains("nginx"), "{asked}: {}", missing.body);
        assert!(!missing.header("content-security-policy").is_empty());
    }
    if base != "/" {
        assert_eq!(nginx.get(base.trim_end_matches('/')).header("location"), base);
        assert_eq!(nginx.get("/elsewhere").status, 404);
    }
}

#[test]
fn nginx_serves_the_internal_edition_below_a_path_as_designed() {
    assert_served("https://wiki.example.com/trust/playbook/", "/trust/playbook/", "internal");
}

#[test]
fn nginx_serves_the_public_edition_at_the_top_as_designed() {
    assert_served("https://playbook.example.com/", "/", "public");
}

#[test]
fn an_internal_edition_is_closed_until_somebody_opens_it() {
    let scratch = Scratch::new();
    scratch.file("content/a.md", "# A\n");
    let (_, text) = rules(&scratch, "internal", Files::Folder(built(&scratch, "internal")));
    let nginx = Nginx::start(&scratch.around().join("nginx"), &text.replace("    allow 127.0.0.1;\n", ""));
    let closed = nginx.get("/");
    assert!(closed.status == 403 && !closed.body.contains("trustbook"), "{closed:?}");
    assert_eq!(nginx.get("/a/").status, 403);
}

#[test]
fn the_command_line_says_the_rules_or_writes_them() {
    let scratch = Scratch::new();
    scratch
        .file("content/a.md", "+++\naliases = [\"/old/\"]\n+++\n# A\n")
        .file("trustbook.toml", "title = \"Playbook\"\n[publish.wiki]\nto = \"folder\"\npath = \"/srv/wiki\"\n");
    let said = scratch.run(&["publish", "wiki", "--emit", "nginx"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("root \"/srv/wiki/current\";") && said.out.contains("location = \"/old\""), "{said:?}");
    let folder = scratch.around().join("rules");
    let written = scratch.run(&["publish", "--emit", "cloudflare", "--output", folder.to_str().expect("a plain name")]);
    assert_eq!(written.code, Some(0), "{written:?}");
    let names: Vec<String> = files(&folder).into_keys().collect();
    assert_eq!(names, ["_headers", "_redirects"]);
    let unknown = scratch.run(&["publish", "--emit", "iis"]);
    assert!(unknown.code == Some(2) && unknown.err.contains("netlify"), "{unknown:?}");
    scratch.file("content/b.md", "[x](x.md)\n");
    assert_eq!(scratch.run(&["publish", "--emit", "caddy"]).code, Some(1));
}
