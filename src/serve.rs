//! Sources to a browser: the preview, which serves from memory what `build` would write, and follows every change.
//!
//! ```text
//! disk ─watch→ news ─workshop→ editions ─answer→ browser
//!                        └──────── change ─events→ every tab
//! ```
//!
//! One thread watches, one makes editions, a few answer. Whoever answers takes a finished site that never changes, so nobody
//! ever sees half of a change.

mod address;
mod answer;
mod bar;
mod editions;
mod events;
mod guard;
mod lines;
pub mod media;
mod site;
mod templates;
mod wanted;
mod workshop;

pub use wanted::Wanted;

use crate::failure::Failure;
use crate::load::Shelf;
use crate::pipeline::Memory;
use crate::watch::{Watch, Way};
use answer::Answering;
use editions::Editions;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use jiff::civil::Date;
use lines::Lines;
use std::collections::VecDeque;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener, ToSocketAddrs};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use workshop::{Order, Seen, Workshop};

/// The port that is tried first.
pub const PORT: u16 = 1111;

/// So many ports are tried where nobody asked for one.
const PORTS: u16 = 50;

/// A client has so long to say what it wants.
const HEADS_WITHIN: Duration = Duration::from_secs(10);

/// The longest heads of a request.
const LONGEST_HEADS: usize = 16 * 1024;

/// What the command line chose.
pub struct Serving {
    /// The playbook's folder.
    pub root: PathBuf,
    /// The edition to begin with.
    pub wanted: Wanted,
    /// Whether warnings deny.
    pub strict: bool,
    /// The day on the clock.
    pub today: fn() -> Date,
    /// The name or address to listen on.
    pub host: String,
    /// The port; where `None`, the first free one from [`PORT`] on.
    pub port: Option<u16>,
    /// How to learn of changes.
    pub way: Way,
    /// The stack that drawing a page may need.
    pub stack: usize,
}

/// What there is to say in the terminal.
#[derive(Debug, Clone)]
pub enum Said {
    /// It can be looked at.
    Ready {
        /// Where.
        url: String,
        /// Whether other machines can look as well.
        open_to_others: bool,
        /// How many pages there are.
        pages: usize,
        /// Findings that deny.
        errors: usize,
        /// Findings that warn.
        warnings: usize,
        /// The findings, drawn.
        drawn: String,
        /// Since the beginning.
        took: Duration,
    },
    /// Something was saved, and is shown.
    Changed {
        /// Paths in the playbook.
        what: Vec<String>,
        /// How many pages there are.
        pages: usize,
        /// Findings that deny.
        errors: usize,
        /// Findings that warn.
        warnings: usize,
        /// From the end of the quiet time until it is shown.
        took: Duration,
    },
    /// The playbook cannot be looked at; a whole sentence.
    Failed(String),
    /// Events are not to be had, and why.
    Polling(String),
    /// Events are to be had again.
    Watching,
}

/// What tabs are told: other numbers, other files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    number: u64,
    styles: u64,
    files: u64,
    /// Whether changes are looked for once a second.
    polling: bool,
}

/// Addresses that were looked at lately, without the base path, the newest first.
#[derive(Default)]
pub struct LookedAt(Mutex<VecDeque<String>>);

impl LookedAt {
    /// So many are tried after a change.
    const KEPT: usize = 4;

    fn note(&self, address: &str) {
        let mut addresses = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if addresses.front().is_some_and(|newest| newest == address) {
            return;
        }
        addresses.retain(|known| known != address);
        addresses.push_front(address.to_string());
        addresses.truncate(Self::KEPT);
    }

    fn newest(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).iter().cloned().collect()
    }
}

/// Serves a playbook until somebody presses Ctrl-C.
///
/// # Errors
/// The port is taken, the host is none of this machine's, or the playbook cannot be read.
pub fn serve(serving: &Serving, say: impl Fn(Said) + Send + Sync + 'static) -> Result<(), Failure> {
    let start = Instant::now();
    let (listener, address) = listen(&serving.host, serving.port)?;
    open_many_files();
    let say: Arc<dyn Fn(Said) + Send + Sync> = Arc::new(say);
    let (orders, ordered) = std::sync::mpsc::channel();
    let shelf = Shelf::new(&serving.root)?;
    let (styles, files) = shelf.copied();
    let (tell, told) = watch::channel(Change { number: 0, styles, files, polling: false });
    let editions = Arc::new(Editions::default());
    let looked_at = Arc::new(LookedAt::default());
    let mut workshop = Workshop {
        root: serving.root.clone(),
        strict: serving.strict,
        today: serving.today,
        seen: Seen::on(&shelf),
        polling: false,
        shelf,
        memory: Memory::default(),
        editions: editions.clone(),
        chosen: serving.wanted.clone(),
        looked_at: looked_at.clone(),
        tell,
        say: say.clone(),
    };
    let first = workshop.make(&serving.wanted)?;
    let (root, folders) = (workshop.shelf.real_root().to_path_buf(), workshop.shelf.folders());
    let news = orders.clone();
    let watch = Watch::new(&root, folders, serving.way, move |what| {
        let _ = news.send(Order::News(what));
    });
    std::thread::Builder::new()
        .name("workshop".into())
        .stack_size(serving.stack)
        .spawn(move || workshop.run(&ordered, &watch))
        .map_err(|error| Failure::new("start", "a thread", error))?;

    let base = first.shown.site.planned.playbook.settings.base_path();
    let shown_host = if address.ip().is_unspecified() || serving.host.parse::<IpAddr>().is_err() {
        if address.ip().is_unspecified() { "localhost".to_string() } else { serving.host.clone() }
    } else if address.is_ipv6() {
        format!("[{}]", address.ip())
    } else {
        address.ip().to_string()
    };
    let findings = &first.shown.findings;
    say(Said::Ready {
        url: format!("http://{shown_host}:{}{}", address.port(), crate::view::encoded(base)),
        open_to_others: !address.ip().is_loopback(),
        pages: first.pages,
        errors: findings.errors,
        warnings: findings.warnings,
        drawn: format!("{}{}", findings.drawn_errors, findings.drawn_warnings),
        took: start.elapsed(),
    });

    let names = if serving.host.parse::<IpAddr>().is_ok() { Vec::new() } else { vec![serving.host.clone()] };
    let answering = Answering {
        editions,
        orders,
        looked_at,
        told,
        names,
        cookie: format!("trustbook-preview-{}", address.port()),
        chosen: serving.wanted.clone(),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(8)
        .thread_stack_size(serving.stack)
        .enable_all()
        .build()
        .map_err(|error| Failure::new("start", "the server's threads", error))?;
    let outcome = runtime.block_on(accept(listener, Arc::new(answering)));
    // Whoever still draws or waits is left behind.
    runtime.shutdown_background();
    outcome
}

/// A free port on `host`: the one that was asked for, or the first from [`PORT`] on.
fn listen(host: &str, port: Option<u16>) -> Result<(TcpListener, SocketAddr), Failure> {
    let failed = |port: u16, error| Failure::new("listen on", format!("{host}:{port}"), error);
    let mut at = port.unwrap_or(PORT);
    loop {
        let addresses = (host, at).to_socket_addrs().map_err(|error| failed(at, error))?;
        let bound = TcpListener::bind(&*addresses.collect::<Vec<_>>())
            .and_then(|listener| listener.set_nonblocking(true).and(listener.local_addr()).map(|at| (listener, at)));
        match bound {
            Ok(bound) => return Ok(bound),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && port.is_none() && at < PORT + PORTS => at += 1,
            Err(error) => return Err(failed(at, error)),
        }
    }
}

/// Many tabs and slow clients need many sockets; the system lets a process have more than it begins with.
fn open_many_files() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        let wanted = limit.maximum.unwrap_or(65_536).min(65_536);
        if limit.current.is_some_and(|current| current < wanted) {
            let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: limit.maximum });
        }
    }
}

/// Answers whoever comes, until Ctrl-C.
async fn accept(listener: TcpListener, answering: Arc<Answering>) -> Result<(), Failure> {
    let listener =
        tokio::net::TcpListener::from_std(listener).map_err(|error| Failure::new("listen on", "the port", error))?;
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADS_WITHIN).max_header_size(LONGEST_HEADS);
    let end = end();
    tokio::pin!(end);
    loop {
        let accepted = tokio::select! {
            () = &mut end => return Ok(()),
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, _)) = accepted else {
            // Most likely there are too many sockets; some will be closed.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Ok(local) = stream.local_addr() else { continue };
        let _ = stream.set_nodelay(true);
        let answering = answering.clone();
        let service = service_fn(move |request| {
            let answering = answering.clone();
            async move { Ok::<_, std::convert::Infallible>(answering.answer(request, local.ip()).await) }
        });
        let connection = http.serve_connection(TokioIo::new(Lines::new(stream)), service);
        tokio::spawn(async move {
            let _ = connection.await;
        });
    }
}

/// Comes when somebody presses Ctrl-C, or the system wants us to end.
async fn end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let (Ok(mut interrupt), Ok(mut terminate)) =
            (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
        {
            tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
            return;
        }
    }
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
