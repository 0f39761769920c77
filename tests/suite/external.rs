//! Links to other sites, asked of sites on this machine: they redirect, hang, lie, hang up, never end, and want to be left alone.

use super::scratch::{Scratch, ended};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{IpAddr, Ipv4Addr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use trustbook::diagnostic::Code;
use trustbook::external::{Manners, Memory, Outcome, external};
use trustbook::load;
use trustbook::pipeline::{Choices, plan};

/// So long is never needed.
const FOR_EVER: Duration = Duration::from_secs(60);

/// A site on this machine, under any name that ends in `.test`.
struct Site {
    port: u16,
    seen: Arc<Mutex<Vec<Request>>>,
}

#[derive(Debug, Clone)]
struct Request {
    method: String,
    path: String,
    heads: BTreeMap<String, String>,
}

/// What a site does to who asks.
enum Does {
    /// Answers: number, further heads, body.
    Answers(u16, String, String),
    /// Says nothing for as long as the other one listens.
    Hangs,
    /// Says all but the end, and then nothing.
    Stops(&'static str),
    /// Writes for as long as the other one reads.
    NeverEnds,
    /// Closes at once.
    HangsUp,
}

impl Site {
    /// `does` is asked with the request and how often this path was asked for by this method, from 1.
    fn new(does: impl Fn(&Request, usize) -> Does + Send + Sync + 'static) -> Site {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let seen: Arc<Mutex<Vec<Request>>> = Arc::default();
        let (does, all) = (Arc::new(does), seen.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { break };
                let (does, all) = (does.clone(), all.clone());
                thread::spawn(move || {
                    // Whoever asked has gone: that is what is tried here.
                    let _ = serve(stream, &*does, &all);
                });
            }
        });
        Site { port, seen }
    }

    /// An address here.
    fn at(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.port)
    }

    /// What was asked, sorted: `HEAD /a`.
    fn asked(&self) -> Vec<String> {
        let seen = self.seen.lock().expect("no thread panics");
        let mut asked: Vec<String> = seen.iter().map(|one| format!("{} {}", one.method, one.path)).collect();
        asked.sort();
        asked
    }
}

fn serve(mut stream: TcpStream, does: &dyn Fn(&Request, usize) -> Does, all: &Mutex<Vec<Request>>) -> io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().ok_or(io::ErrorKind::UnexpectedEof)??;
    let mut words = first.split(' ').map(str::to_string);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut heads = BTreeMap::new();
    for line in lines.by_ref() {
        let line = line?;
        match line.split_once(": ") {
            Some((name, value)) => heads.insert(name.to_lowercase(), value.to_string()),
            None => break,
        };
    }
    let request = Request { method, path, heads };
    let times = {
        let mut all = all.lock().expect("no thread panics");
        all.push(request.clone());
        all.iter().filter(|one| one.path == request.path && one.method == request.method).count()
    };
    match does(&request, times) {
        Does::Answers(status, heads, body) => {
            let body = if request.method == "HEAD" { "" } else { &body };
            write!(stream, "HTTP/1.1 {status} Said\r\nconnection: close\r\n{heads}\r\n{body}")
        }
        Does::Hangs => lines.next().map_or(Ok(()), |line| line.map(drop)),
        Does::Stops(begin) => {
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 9999\r\n\r\n{begin}")?;
            lines.next().map_or(Ok(()), |line| line.map(drop))
        }
        Does::NeverEnds => {
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\n\r\n")?;
            loop {
                stream.write_all(&[b'a'; 4096])?;
            }
        }
        Does::HangsUp => Ok(()),
    }
}

fn answers(number: u16, heads: &str, body: &str) -> Does {
    Does::Answers(number, heads.to_string(), body.to_string())
}

fn page(body: &str) -> Does {
    answers(200, "content-type: text/html; charset=utf-8\r\n", body)
}

fn status(number: u16) -> Does {
    answers(number, "", "")
}

/// Asks without waiting for long, of machines that are called anything and are this one.
fn manners() -> Manners {
    Manners {
        pause: Duration::from_millis(1),
        longest_page: 64 * 1024,
        names: Arc::new(|name| match name.ends_with(".test") {
            true => Ok(vec![IpAddr::V4(Ipv4Addr::LOCALHOST)]),
            false => Err(io::Error::other("nothing is called so")),
        }),
        ..Manners::new(FOR_EVER)
    }
}

/// Asks for all of these addresses, each on a line of a guide.
fn asked(addresses: &[String], settings: &str, manners: &Manners, memory: &mut Memory) -> Outcome {
    asked_on(date(2026, 11, 22), addresses, settings, manners, memory)
}

fn asked_on(today: Date, addresses: &[String], settings: &str, manners: &Manners, memory: &mut Memory) -> Outcome {
    let scratch = Scratch::new();
    let mut guide = String::from("# Elsewhere\n\n");
    for address in addresses {
        let _ = writeln!(guide, "- [there](<{address}>)");
    }
    scratch.file("content/guides/elsewhere.md", guide).file("trustbook.toml", settings);
    let root = scratch.root();
    let (sources, found) = load::load(&root).expect("the playbook is there");
    let choices = Choices { audience: None, drafts: false, today, strict: false };
    let planned = plan(&root, sources, found, &choices).expect("the playbook can be planned");
    external(&planned.playbook, manners, memory, today, &|_, _| {}).expect("one can ask")
}

const LISTED: &str = "title = \"P\"\n[external]\nallow = [\"*.test\"]\n";

/// What was found about each address: code, message and help.
fn found(outcome: &Outcome, site: &Site) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for finding in outcome.findings.iter() {
        let mut said = format!("{}: {}", finding.code, finding.message);
        finding.help.iter().for_each(|help| _ = write!(said, " ({help})"));
        let said = said.replace(&format!(":{}/", site.port), "/");
        let address = finding.message.split('`').nth(1).unwrap_or_default();
        let path = address.splitn(4, '/').nth(3).unwrap_or_default().to_string();
        found.entry(path).and_modify(|known: &mut String| *known += &format!(" | {said}")).or_insert(said);
    }
    found
}

#[test]
fn every_answer_is_understood() {
    let site = Site::new(|request, times| {
        let host = request.heads["host"].clone();
        let to = |path: &str, status| answers(status, &format!("location: {path}\r\n"), "");
        let is_head = request.method == "HEAD";
        match request.path.as_str() {
            "/ok" | "/new" => page("<h2 id=prices>Prices</h2><a name=old></a><p id=user-content-made>"),
            "/head-404" if is_head => status(404),
            "/head-405" if is_head => status(405),
            "/head-403" if is_head => status(403),
            "/head-501" if is_head => status(501),
            "/head-hangs-up" if is_head => Does::HangsUp,
            "/head-404" | "/head-405" | "/head-403" | "/head-501" | "/head-hangs-up" => page(""),
            "/gone" => status(410),
            "/moved" => to("/new", 301),
            "/moved-twice" => to("/moved", 308),
            "/found" => to("ok", 302),
            "/moved-then-found" => to("/found", 301),
            "/moved-to-nothing" => to("/nothing", 301),
            "/circle" => to("/circle/", 302),
            "/circle/" => to("/circle", 302),
            "/elsewhere" => to(&format!("http://other.test:{}/ok", host.rsplit(':').next().unwrap_or("")), 302),
            "/nowhere" => status(302),
            "/app" => to("zoommtg://meeting", 302),
            "/flaky" if times < 3 => status(500),
            "/flaky" => page(""),
            "/down" => status(502),
            "/busy" if times < 2 => answers(429, "retry-after: 0\r\n", ""),
            "/busy" => page(""),
            "/always-busy" => status(429),
            "/later" => answers(429, "retry-after: 86400\r\n", ""),
            "/login" => status(403),
            "/hangs-up" => Does::HangsUp,
            "/never-ends" => Does::NeverEnds,
            "/paper" => answers(200, "content-type: application/pdf\r\n", "%PDF"),
            "/packed" => answers(200, "content-type: text/html\r\ncontent-encoding: br\r\n", "?"),
            far if far.starts_with("/far/") => {
                let number: u32 = far["/far/".len()..].parse().expect("a number");
                if number == 0 { page("") } else { to(&format!("/far/{}", number - 1), 302) }
            }
            _ => status(404),
        }
    });
    let paths = [
        "/ok",
        "/ok#prices",
        "/ok#old",
        "/ok#made",
        "/ok#top",
        "/ok#/route",
        "/ok#price",
        "/head-404",
        "/head-405",
        "/head-403",
        "/head-501",
        "/head-hangs-up",
        "/gone",
        "/nothing",
        "/moved",
        "/moved#prices",
        "/moved-twice",
        "/found",
        "/moved-then-found",
        "/moved-to-nothing",
        "/circle",
        "/elsewhere",
        "/nowhere",
        "/app",
        "/flaky",
        "/down",
        "/busy",
        "/always-busy",
        "/later",
        "/login",
        "/hangs-up",
        "/never-ends#a",
        "/paper#page=3",
        "/packed#a",
        "/far/10",
        "/far/11",
        "/skipped/here",
    ];
    let mut addresses: Vec<String> = paths.iter().map(|path| site.at("site.test", path)).collect();
    addresses.push("http://nobody.invalid/".to_string());
    // Of a port on which nobody listens: one that was free a moment ago.
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|one| one.local_addr()).expect("a port is free");
    addresses.push(format!("http://closed.test:{}/", free.port()));
    let settings = format!("{LISTED}skip = [\"site.test*/skipped/*\"]\n");
    let outcome = asked(&addresses, &settings, &manners(), &mut Memory::default());
    let found = found(&outcome, &site);
    let closed = format!("http://closed.test:{}/", free.port());
    let mut told: Vec<(&str, &str)> = found.iter().map(|(path, said)| (path.as_str(), said.as_str())).collect();
    told.sort();
    let dead = |path: &str, why: &str| format!("dead-external-link: `http://site.test/{path}` {why}");
    let moved = |path: &str, to: &str| {
        format!(
            "moved-external-link: `http://site.test/{path}` has moved for good (write where it is now: http://site.test/{to})"
        )
    };
    let two = format!(
        "dead-external-link: `{closed}` lets nobody in (connection refused) | dead-external-link: `http://nobody.invalid/` has no machine: nothing is called `nobody.invalid`"
    );
    let mut expected = vec![
        ("", two),
        ("circle", dead("circle", "redirects in a circle")),
        ("down", dead("down", "answers 502 (bad gateway)")),
        ("far/11", dead("far/11", "redirects more than 10 times")),
        ("gone", dead("gone", "answers 410 (gone)")),
        ("hangs-up", dead("hangs-up", "hangs up without an answer")),
        ("moved", format!("{} | {}", moved("moved", "new"), moved("moved", "new"))),
        ("moved-then-found", moved("moved-then-found", "found")),
        ("moved-to-nothing", dead("moved-to-nothing", "answers 404 (not found)")),
        ("moved-twice", moved("moved-twice", "new")),
        ("nothing", dead("nothing", "answers 404 (not found)")),
        ("nowhere", dead("nowhere", "answers 302 and does not say where to go")),
        (
            "ok",
            "dead-external-anchor: `http://site.test/ok` has no heading `#price` (did you mean `prices`?)".to_string(),
        ),
    ];
    expected.sort();
    let expected: Vec<(&str, &str)> = expected.iter().map(|(path, said)| (*path, said.as_str())).collect();
    assert_eq!(told, expected);
    let mut unknown: Vec<String> = outcome
        .unchecked
        .iter()
        .map(|(address, why)| format!("{} {why}", address.splitn(4, '/').nth(3).unwrap_or_default()))
        .collect();
    unknown.sort();
    assert_eq!(
        unknown,
        [
            "always-busy is asked too often (429)",
            "app redirects to a `zoommtg:` address",
            "later asks to be left alone for 86400 s",
            "login answers 403 to strangers",
        ]
    );
    assert_eq!((outcome.skipped, outcome.remembered, outcome.offline), (1, 0, false));
    let seen = site.seen.lock().expect("no thread panics");
    // Each address once, however many links and headings; those that wait, three times.
    let times = |method: &str, path: &str| seen.iter().filter(|one| one.method == method && one.path == path).count();
    // Linked to, and twice redirected to: by `/found` itself, by `/moved-then-found`, and by the other host.
    assert_eq!((times("HEAD", "/ok"), times("GET", "/ok")), (3, 1));
    assert_eq!((times("HEAD", "/down"), times("GET", "/down")), (1, 3));
    assert_eq!((times("HEAD", "/gone"), times("GET", "/gone")), (1, 1));
    assert_eq!((times("HEAD", "/skipped/here"), times("HEAD", "/always-busy")), (0, 3));
}

#[test]
fn who_hangs_is_left_and_who_hangs_for_a_moment_is_not() {
    let site = Site::new(|request, _| match (request.method.as_str(), request.path.as_str()) {
        ("HEAD", "/head-hangs") | (_, "/hangs") => Does::Hangs,
        (_, "/stops") => Does::Stops("<p id=a>"),
        _ => page(""),
    });
    let brief = Manners { timeout: Duration::from_millis(200), tries: 2, ..manners() };
    let outcome = asked(&[site.at("site.test", "/hangs")], LISTED, &brief, &mut Memory::default());
    assert_eq!(
        found(&outcome, &site)["hangs"],
        "dead-external-link: `http://site.test/hangs` does not answer within 200ms"
    );
    // Asked so often that one of the answers comes in time on the slowest machine.
    let patient = Manners { tries: 100, ..brief };
    let addresses = ["/head-hangs", "/stops#b"].map(|path| site.at("site.test", path));
    let outcome = asked(&addresses, LISTED, &patient, &mut Memory::default());
    assert!(outcome.findings.is_empty() && outcome.unchecked.is_empty(), "{outcome:?}");
}

#[test]
fn what_was_well_is_remembered_and_what_was_not_is_asked_again() {
    let site = Site::new(|request, _| match request.path.as_str() {
        "/ok" => page("<p id=a>"),
        "/moved" => answers(301, "location: /ok\r\n", ""),
        _ => status(404),
    });
    let addresses = ["/ok", "/ok#a", "/moved", "/gone"].map(|path| site.at("site.test", path));
    let mut memory = Memory::default();
    let first = asked(&addresses, LISTED, &manners(), &mut memory);
    assert_eq!((first.asked, first.remembered), (3, 0));
    let before = site.asked();
    let again = asked(&addresses, LISTED, &manners(), &mut memory);
    assert_eq!((again.asked, again.remembered), (1, 2));
    assert_eq!(found(&again, &site), found(&first, &site));
    let after = site.asked();
    assert_eq!(after.len() - before.len(), 2, "HEAD and GET of what is gone: {after:?}");
    // A heading that nobody asked for yet.
    let more = asked(&[site.at("site.test", "/ok#b")], LISTED, &manners(), &mut memory);
    assert_eq!((more.asked, more.remembered), (1, 0));
}

#[test]
fn what_is_remembered_grows_old_however_often_it_is_recalled() {
    let site = Site::new(|_, _| page(""));
    let addresses = [site.at("site.test", "/ok")];
    let mut memory = Memory::default();
    let mut counts = |day: i8| {
        let outcome = asked_on(date(2026, 11, day), &addresses, LISTED, &manners(), &mut memory);
        (outcome.asked, outcome.remembered)
    };
    assert_eq!([1, 5, 8, 9].map(&mut counts), [(1, 0), (0, 1), (1, 0), (0, 1)]);
}

#[test]
fn one_name_that_nobody_can_look_up_hides_no_dead_link() {
    let site = Site::new(|_, _| status(404));
    let manners = Manners {
        names: Arc::new(|name| match name {
            "site.test" => Ok(vec![IpAddr::V4(Ipv4Addr::LOCALHOST)]),
            _ => Err(io::Error::other("Temporary failure in name resolution")),
        }),
        ..manners()
    };
    let addresses = [site.at("site.test", "/gone"), "http://other.example/".to_string()];
    let outcome = asked(&addresses, LISTED, &manners, &mut Memory::default());
    assert!(!outcome.offline && outcome.findings.iter().count() == 1, "{outcome:?}");
    assert_eq!(outcome.unchecked.len(), 1, "{outcome:?}");
}

#[test]
fn who_wants_to_be_left_alone_is_by_those_in_the_queue_too() {
    let first: Arc<Mutex<Option<Instant>>> = Arc::default();
    let early: Arc<Mutex<usize>> = Arc::default();
    let (since, hasty) = (first.clone(), early.clone());
    let site = Site::new(move |_, _| {
        let mut since = since.lock().expect("no thread panics");
        match *since {
            None => {
                *since = Some(Instant::now());
                answers(429, "retry-after: 1\r\n", "")
            }
            Some(since) => {
                // Asking later than one may is no fault, however slow the machine.
                *hasty.lock().expect("no thread panics") += usize::from(since.elapsed() < Duration::from_millis(900));
                page("")
            }
        }
    });
    let addresses: Vec<String> = (0..10).map(|number| site.at("site.test", &format!("/{number}"))).collect();
    let outcome = asked(&addresses, LISTED, &manners(), &mut Memory::default());
    assert!(outcome.findings.is_empty() && outcome.unchecked.is_empty(), "{outcome:?}");
    // What was sent beside the first one and on its heels could not know; the queue could.
    let early = *early.lock().expect("no thread panics");
    assert!(early <= 3, "{early}");
}

#[test]
fn private_networks_are_left_alone() {
    let site = Site::new(|request, _| match request.path.as_str() {
        "/inwards" => answers(302, "location: http://inside.test/\r\n", ""),
        "/keys" => answers(302, "location: http://169.254.169.254/latest/meta-data/\r\n", ""),
        "/disguised" => answers(302, "location: http://[::ffff:10.0.0.1]/\r\n", ""),
        "/number" => answers(302, "location: http://2852039166/\r\n", ""),
        _ => page(""),
    });
    let settings = "title = \"P\"\n[external]\nallow = [\"site.test\", \"169.254.*\"]\n";
    let mut addresses = ["/inwards", "/keys", "/disguised", "/number"].map(|path| site.at("site.test", path)).to_vec();
    addresses.extend(
        ["http://inside.test/", "http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/"].map(String::from),
    );
    addresses.push(site.at("127.0.0.1", "/loopback"));
    let outcome = asked(&addresses, settings, &manners(), &mut Memory::default());
    assert!(outcome.findings.is_empty(), "{:?}", outcome.findings);
    let unknown = |why: &str| outcome.unchecked.iter().filter(|(_, said)| said == why).count();
    assert_eq!(unknown("redirects into a private network"), 4);
    assert_eq!(unknown("stands in a private network"), 5);
    assert_eq!(site.asked().len(), 4);
}

#[test]
fn nothing_is_sent_along() {
    let site = Site::new(|request, _| match request.path.as_str() {
        "/sets" => {
            let heads = format!("location: http://Ann:hidden@{}/a\r\nset-cookie: a=b\r\n", request.heads["host"]);
            Does::Answers(302, heads, String::new())
        }
        "/a" => status(404),
        _ => page(""),
    });
    let secret = format!("http://Ann:hidden@site.test:{}/a#b", site.port);
    let outcome = asked(&[site.at("site.test", "/sets"), secret], LISTED, &manners(), &mut Memory::default());
    for request in site.seen.lock().expect("no thread panics").iter() {
        for head in ["cookie", "authorization", "referer"] {
            assert!(!request.heads.contains_key(head), "{request:?}");
        }
    }
    let finding =
        outcome.findings.iter().find(|finding| finding.code == Code::DeadExternalLink && !finding.help.is_empty());
    let finding = finding.expect("a password in an address is spoken of");
    assert_eq!(finding.labels[0].place.range(), 0..0, "no log shows the line");
    assert!(!format!("{:?}", outcome).contains("hidden"));
}

#[test]
fn a_machine_without_a_network_says_so_once() {
    let manners = Manners {
        names: Arc::new(|_| {
            Err(io::Error::other("failed to lookup address information: Temporary failure in name resolution"))
        }),
        ..manners()
    };
    let addresses = ["http://one.example/", "https://other.example/"].map(String::from);
    let outcome = asked(&addresses, LISTED, &manners, &mut Memory::default());
    assert!(outcome.offline && outcome.findings.is_empty() && outcome.unchecked.is_empty(), "{outcome:?}");
}

#[test]
fn no_host_is_asked_more_than_twice_at_once_and_all_no_more_than_so_often() {
    #[derive(Default)]
    struct Count {
        now: BTreeMap<String, usize>,
        most_of_a_host: usize,
        most: usize,
    }
    let counted: Arc<(Mutex<Count>, Condvar)> = Arc::default();
    let counting = counted.clone();
    const AT_ONCE: usize = 5;
    let site = Site::new(move |request, _| {
        let (count, changed) = &*counting;
        let host = request.heads["host"].clone();
        let mut now = count.lock().expect("no thread panics");
        *now.now.entry(host.clone()).or_default() += 1;
        now.most_of_a_host = now.most_of_a_host.max(now.now[&host]);
        now.most = now.most.max(now.now.values().sum());
        changed.notify_all();
        // Nobody is answered before as many ask as may: else it would not be shown that so many do.
        let until = Instant::now() + FOR_EVER / 2;
        while now.most < AT_ONCE && Instant::now() < until {
            now = changed.wait_timeout(now, until - Instant::now()).expect("no thread panics").0;
        }
        *now.now.get_mut(&host).expect("counted above") -= 1;
        status(204)
    });
    let hosts = ["a.test", "b.test", "c.test", "d.test"];
    let addresses: Vec<String> =
        hosts.iter().flat_map(|host| (0..10).map(|number| site.at(host, &format!("/{number}")))).collect();
    let outcome = asked(&addresses, LISTED, &Manners { at_once: AT_ONCE, ..manners() }, &mut Memory::default());
    assert!(outcome.findings.is_empty(), "{:?}", outcome.findings);
    let count = counted.0.lock().expect("no thread panics");
    assert_eq!((count.most_of_a_host, count.most), (2, AT_ONCE));
}

#[test]
fn the_command_asks_tells_and_remembers() {
    let site = Site::new(|request, _| if request.path == "/ok" { page("") } else { status(404) });
    let scratch = Scratch::new();
    let (ok, gone, proof) =
        (site.at("127.0.0.1", "/ok"), site.at("127.0.0.1", "/gone"), site.at("127.0.0.1", "/proof"));
    scratch
        .file("trustbook.toml", "title = \"P\"\n[external]\nallow = [\"127.0.0.1\"]\nmax_age = \"2 days\"\n")
        .file("content/guides/a.md", format!("# A\n\n[well]({ok}) and [not]({gone}), [home](http://10.0.0.1/)\n"))
        .file("content/promises.toml", format!("[p]\ntext = \"Two days.\"\nevidence = \"{proof}\"\n"))
        .file("content/claims.toml", format!("[c]\ntext = \"So.\"\nsource = \"S\"\nurl = \"{proof}\"\n"));
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trustbook"));
        command
            .args(arguments)
            .arg("--root")
            .arg(scratch.root())
            .env("TRUSTBOOK_CACHE", scratch.around().join("cache"));
        for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            command.env_remove(name).env_remove(name.to_lowercase());
        }
        ended(command)
    };
    let asked = run(&["check", "--external", "--format", "json"]);
    assert_eq!(asked.code, Some(1), "{asked:?}");
    let dead = asked.out.lines().filter(|line| line.contains("\"dead-external-link\"")).collect::<Vec<_>>();
    assert_eq!(dead.len(), 3, "the guide, the promise and the claim: {dead:?}");
    assert!(dead.iter().any(|line| line.contains("content/guides/a.md") && line.contains("answers 404 (not found)")));
    assert!(asked.err.contains("4 addresses of other sites asked, 1 not checked"), "{}", asked.err);
    assert!(asked.err.contains("[external] allow"), "{}", asked.err);
    assert!(run(&["check", "--external"]).err.contains("3 addresses of other sites asked, 1 remembered"));
    let believed = run(&["check"]);
    assert_eq!(believed.code, Some(0), "{believed:?}");
    assert_eq!(site.asked().iter().filter(|asked| *asked == "HEAD /ok").count(), 1);
}
