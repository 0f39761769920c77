//! A request to its answer.

use super::address::{address, below};
use super::bar;
use super::editions::{Editions, Shown};
use super::events::events;
use super::guard::admit;
use super::media::{Media, Part, type_of};
use super::site::{Found, Page};
use super::wanted::{Wanted, fields};
use super::workshop::Order;
use super::{Change, LookedAt};
use crate::view::encoded;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;
use tokio::sync::{oneshot, watch};
use xxhash_rust::xxh3::xxh3_64;

/// What is sent.
pub type Answer = Response<UnsyncBoxBody<Bytes, io::Error>>;

/// Where the preview's own files stand. No page of content can stand there: what begins with `_` is left out.
pub const OWN: &str = "/_trustbook/";

/// The preview's own files.
const FILES: [(&str, &str); 3] = [
    ("preview.js", include_str!("preview.js")),
    ("preview.css", include_str!("preview.css")),
    ("stream.js", include_str!("stream.js")),
];

/// The longest form that a page of ours sends.
const LONGEST_FORM: usize = 4 * 1024;

/// So long it may take to send it.
const FORM_WITHIN: Duration = Duration::from_secs(10);

/// What is needed to answer.
pub struct Answering {
    /// What is shown.
    pub editions: Arc<Editions>,
    /// Who makes what is not there yet.
    pub orders: Sender<Order>,
    /// Where addresses that were looked at are noted.
    pub looked_at: Arc<LookedAt>,
    /// What tabs are told.
    pub told: watch::Receiver<Change>,
    /// Names that mean this machine.
    pub names: Vec<String>,
    /// The name of the cookie that says which edition is wanted.
    pub cookie: String,
    /// The edition without a cookie.
    pub chosen: Wanted,
}

impl Answering {
    /// The answer to a request that came to this machine's address `local`.
    pub async fn answer(self: &Arc<Self>, request: Request<Incoming>, local: IpAddr) -> Answer {
        let (heads, body) = request.into_parts();
        if let Err(refusal) = admit(&heads.method, &heads.uri, &heads.headers, local, &self.names) {
            return closing(text(refusal.status, refusal.why));
        }
        let path = heads.uri.path();
        let own = path.strip_prefix(OWN);
        if own == Some("edition") {
            return match heads.method {
                Method::POST => self.choose(body).await,
                _ => not_allowed("POST"),
            };
        }
        if !matches!(heads.method, Method::GET | Method::HEAD) {
            return not_allowed("GET, HEAD");
        }
        // Nobody asks for something by sending something: it is not read, so another request cannot follow.
        let has_body = !hyper::body::Body::is_end_stream(&body);
        let Some(address) = address(path) else {
            return closing(text(StatusCode::BAD_REQUEST, "There are no such addresses.\n"));
        };
        let answer = match own {
            Some("events") if heads.method == Method::GET => {
                let body = events(self.told.clone()).map_err(|never| match never {}).boxed_unsync();
                let mut answer = Response::new(body);
                head(&mut answer, header::CONTENT_TYPE, "text/event-stream");
                head(&mut answer, header::CACHE_CONTROL, "no-store");
                answer
            }
            Some("events") => empty(StatusCode::OK),
            Some(own) => self.own(own, &address, &heads.headers).await,
            None => self.page(address, &heads.headers).await,
        };
        let answer = if heads.method == Method::HEAD { headless(answer) } else { answer };
        if has_body { closing(answer) } else { safe(answer) }
    }

    /// One of the preview's own files, or what its bar shows.
    async fn own(self: &Arc<Self>, own: &str, whole: &str, heads: &HeaderMap) -> Answer {
        if let Some((name, content)) = FILES.iter().find(|(name, _)| *name == own) {
            let tag = format!("{:016x}", xxh3_64(content.as_bytes()));
            return tagged(heads, &tag, type_of(name), Bytes::from_static(content.as_bytes()));
        }
        // `whole` is `/_trustbook/bar/ADDRESS`, decoded.
        let Some(address) = whole.strip_prefix(OWN).and_then(|own| own.strip_prefix("bar/")) else {
            return text(StatusCode::NOT_FOUND, "There is no such file.\n");
        };
        let (wanted, shown) = match self.shown(heads).await {
            Ok(shown) => shown,
            Err(answer) => return *answer,
        };
        let address = format!("/{address}");
        let change = *self.told.borrow();
        let bar = blocking(move || bar::bar(&shown, &wanted, change, &address)).await;
        let mut answer = made(StatusCode::OK, "application/json", Bytes::from(bar));
        head(&mut answer, header::CACHE_CONTROL, "no-store");
        answer
    }

    /// A file of the site.
    async fn page(self: &Arc<Self>, whole: String, heads: &HeaderMap) -> Answer {
        let (wanted, shown) = match self.shown(heads).await {
            Ok(shown) => shown,
            Err(answer) => return *answer,
        };
        let settings = &shown.site.planned.playbook.settings;
        let base = settings.base_path().to_string();
        let Some(inner) = below(&whole, &base) else {
            // Whoever asks for the machine, or for the folder without its `/`, means the site.
            if whole == "/" || base.strip_suffix('/') == Some(&*whole) {
                return elsewhere(&base);
            }
            let not_found = shown.site.clone();
            let found = blocking(move || not_found.not_found("/")).await;
            return self.found(found, StatusCode::NOT_FOUND, &wanted, &shown, heads).await;
        };
        let (site, address) = (shown.site.clone(), inner.to_string());
        let looked_at = self.looked_at.clone();
        let (found, status) = blocking(move || match site.find(&address) {
            Found::Nothing => (site.not_found(&address), StatusCode::NOT_FOUND),
            found => {
                if matches!(found, Found::Page(_) | Found::Undrawable(_)) {
                    looked_at.note(&address);
                }
                (found, StatusCode::OK)
            }
        })
        .await;
        self.found(found, status, &wanted, &shown, heads).await
    }

    async fn found(
        &self,
        found: Found,
        status: StatusCode,
        wanted: &Wanted,
        shown: &Shown,
        heads: &HeaderMap,
    ) -> Answer {
        match found {
            Found::Page(page) => drawn(&page, status, wanted, heads),
            Found::Made(name, bytes) => {
                let tag = format!("{:016x}", xxh3_64(&bytes));
                tagged(heads, &tag, type_of(&name), bytes)
            }
            Found::Copied(asset) => {
                let disk = asset.disk.clone();
                match blocking(move || Media::open(&disk)).await {
                    Ok(media) => part_of(media, &asset.path, heads),
                    Err(_) => text(StatusCode::NOT_FOUND, "This file has gone.\n"),
                }
            }
            Found::Elsewhere(address) => {
                let base = shown.site.planned.playbook.settings.base_path();
                elsewhere(&format!("{base}{}", &address[1..]))
            }
            Found::Undrawable(finding) => {
                let _ = self.orders.send(Order::Undrawable(wanted.clone(), shown.site.clone(), finding));
                // The bar comes all the same, and says which template it was.
                let html =
                    b"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"></head><body></body></html>\n";
                let page = Page { html: html.to_vec(), hash: 0, shape: 0 };
                drawn(&page, StatusCode::INTERNAL_SERVER_ERROR, wanted, heads)
            }
            Found::Nothing => text(StatusCode::NOT_FOUND, "There is no such page.\n"),
        }
    }

    /// The edition that a request wants; the one of the command line where there is none such.
    async fn shown(&self, heads: &HeaderMap) -> Result<(Wanted, Shown), Box<Answer>> {
        let wanted = self.wanted(heads);
        match self.edition(&wanted).await {
            Ok(shown) => Ok((wanted, shown)),
            Err(_) if wanted != self.chosen => {
                let shown = self.edition(&self.chosen).await;
                shown.map(|shown| (self.chosen.clone(), shown)).map_err(|why| Box::new(unavailable(&why)))
            }
            Err(why) => Err(Box::new(unavailable(&why))),
        }
    }

    async fn edition(&self, wanted: &Wanted) -> Result<Shown, String> {
        if let Some(shown) = self.editions.get(wanted) {
            return Ok(shown);
        }
        let (reply, made) = oneshot::channel();
        let _ = self.orders.send(Order::Make(wanted.clone(), reply));
        made.await.unwrap_or_else(|_| Err("the preview is ending".to_string()))
    }

    fn wanted(&self, heads: &HeaderMap) -> Wanted {
        let cookies = heads.get_all(header::COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
        let own = cookies.flat_map(|cookies| cookies.split(';')).find_map(|cookie| {
            let (name, value) = cookie.trim().split_once('=')?;
            (name == self.cookie).then_some(value)
        });
        own.map_or_else(|| self.chosen.clone(), Wanted::read)
    }

    /// Another edition, chosen in the bar: `audience`, `drafts`, `day`, and the address that is looked at. The answer says where
    /// to go.
    async fn choose(&self, body: Incoming) -> Answer {
        let read = tokio::time::timeout(FORM_WITHIN, Limited::new(body, LONGEST_FORM).collect()).await;
        let Ok(Ok(form)) = read else {
            return closing(text(StatusCode::BAD_REQUEST, "This form cannot be read.\n"));
        };
        let form = form.to_bytes();
        let Ok(form) = std::str::from_utf8(&form) else {
            return closing(text(StatusCode::BAD_REQUEST, "This form cannot be read.\n"));
        };
        let wanted = Wanted::read(form);
        let shown = match self.edition(&wanted).await {
            Ok(shown) => shown,
            Err(why) => return safe(text(StatusCode::UNPROCESSABLE_ENTITY, &format!("{why}\n"))),
        };
        let settings = &shown.site.planned.playbook.settings;
        let from = fields(form).find(|(key, _)| *key == "address").map(|(_, address)| address);
        let there = from.as_deref().filter(|address| shown.site.page_at(address).is_some()).unwrap_or("/");
        let to = format!("{}{}", encoded(settings.base_path()), encoded(&there[1..]));
        let mut answer = made(StatusCode::OK, "text/plain; charset=utf-8", Bytes::from(to));
        head(&mut answer, header::CACHE_CONTROL, "no-store");
        let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie, wanted.written());
        head(&mut answer, header::SET_COOKIE, &cookie);
        safe(answer)
    }
}

/// Work that may take a while, on a thread that has the time and the stack.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => match error.try_into_panic() {
            // A mistake of our own: this connection ends, and the server goes on.
            Ok(panic) => std::panic::resume_unwind(panic),
            // The server ends.
            Err(_) => std::future::pending().await,
        },
    }
}

/// A page with the tag of our script.
fn drawn(page: &Page, status: StatusCode, wanted: &Wanted, heads: &HeaderMap) -> Answer {
    let edition = xxh3_64(wanted.written().as_bytes()) as u32;
    let tag = format!("{:032x}-{edition:08x}", page.hash);
    let script = format!(
        "<script src=\"{OWN}preview.js\" data-page=\"{tag}\" data-shape=\"{:016x}\" defer></script>",
        page.shape
    );
    let html = &page.html;
    let at = memchr::memmem::find(html, b"</head>").unwrap_or(html.len());
    let mut whole = Vec::with_capacity(html.len() + script.len());
    whole.extend_from_slice(&html[..at]);
    whole.extend_from_slice(script.as_bytes());
    whole.extend_from_slice(&html[at..]);
    let mut answer = if status == StatusCode::OK {
        tagged(heads, &tag, "text/html; charset=utf-8", Bytes::from(whole))
    } else {
        let mut answer = made(status, "text/html; charset=utf-8", Bytes::from(whole));
        head(&mut answer, header::ETAG, &format!("\"{tag}\""));
        head(&mut answer, header::CACHE_CONTROL, "no-store");
        answer
    };
    head(&mut answer, HeaderName::from_static("x-preview-shape"), &format!("{:016x}", page.shape));
    head(&mut answer, header::VARY, "Cookie");
    answer
}

/// The bytes, or that they are known.
fn tagged(heads: &HeaderMap, tag: &str, kind: &'static str, bytes: Bytes) -> Answer {
    let mut answer =
        if is_known(heads, tag) { empty(StatusCode::NOT_MODIFIED) } else { made(StatusCode::OK, kind, bytes) };
    head(&mut answer, header::ETAG, &format!("\"{tag}\""));
    head(&mut answer, header::CACHE_CONTROL, "no-cache");
    answer
}

/// Whether one of the versions in `If-None-Match` is this one.
fn is_known(heads: &HeaderMap, tag: &str) -> bool {
    heads.get_all(header::IF_NONE_MATCH).iter().filter_map(|known| known.to_str().ok()).any(|known| {
        known.split(',').map(str::trim).any(|known| {
            let known = known.strip_prefix("W/").unwrap_or(known);
            known == "*" || known.strip_prefix('"').and_then(|known| known.strip_suffix('"')) == Some(tag)
        })
    })
}

/// A file of the author's, or the part of it that is asked for.
fn part_of(media: Media, name: &str, heads: &HeaderMap) -> Answer {
    let tag = media.tag.clone();
    let version = format!("\"{tag}\"");
    let same = heads.get(header::IF_RANGE).is_none_or(|wanted| wanted.as_bytes() == version.as_bytes());
    let asked = heads.get(header::RANGE).and_then(|asked| asked.to_str().ok()).filter(|_| same);
    let length = media.length;
    let part = asked.map_or(Part::Whole, |asked| Part::of(asked, length));
    let mut answer = match part {
        _ if is_known(heads, &tag) => empty(StatusCode::NOT_MODIFIED),
        Part::Beyond => {
            let mut answer = empty(StatusCode::RANGE_NOT_SATISFIABLE);
            head(&mut answer, header::CONTENT_RANGE, &format!("bytes */{length}"));
            answer
        }
        Part::Whole => sent(media, StatusCode::OK, 0..length),
        Part::Bytes(bytes) => {
            let range = format!("bytes {}-{}/{length}", bytes.start, bytes.end - 1);
            let mut answer = sent(media, StatusCode::PARTIAL_CONTENT, bytes);
            head(&mut answer, header::CONTENT_RANGE, &range);
            answer
        }
    };
    head(&mut answer, header::CONTENT_TYPE, type_of(name));
    head(&mut answer, header::ACCEPT_RANGES, "bytes");
    head(&mut answer, header::ETAG, &version);
    head(&mut answer, header::CACHE_CONTROL, "no-cache");
    answer
}

fn sent(media: Media, status: StatusCode, part: std::ops::Range<u64>) -> Answer {
    let length = part.end - part.start;
    let mut answer = Response::new(media.send(part).boxed_unsync());
    *answer.status_mut() = status;
    head(&mut answer, header::CONTENT_LENGTH, &length.to_string());
    answer
}

fn made(status: StatusCode, kind: &'static str, bytes: Bytes) -> Answer {
    let mut answer = Response::new(Full::new(bytes).map_err(|never| match never {}).boxed_unsync());
    *answer.status_mut() = status;
    head(&mut answer, header::CONTENT_TYPE, kind);
    answer
}

fn empty(status: StatusCode) -> Answer {
    let mut answer = Response::new(Full::default().map_err(|never| match never {}).boxed_unsync());
    *answer.status_mut() = status;
    answer
}

fn text(status: StatusCode, sentence: &str) -> Answer {
    let mut answer = made(status, "text/plain; charset=utf-8", Bytes::copy_from_slice(sentence.as_bytes()));
    head(&mut answer, header::CACHE_CONTROL, "no-store");
    answer
}

fn unavailable(why: &str) -> Answer {
    text(StatusCode::SERVICE_UNAVAILABLE, &format!("{why}\n"))
}

fn elsewhere(address: &str) -> Answer {
    let mut answer = empty(StatusCode::FOUND);
    // Letters of any script may stand in `href`, but not in a head.
    let mut ascii = String::new();
    for byte in encoded(address).bytes() {
        if byte.is_ascii() { ascii.push(char::from(byte)) } else { ascii.push_str(&format!("%{byte:02X}")) }
    }
    head(&mut answer, header::LOCATION, &ascii);
    head(&mut answer, header::CACHE_CONTROL, "no-store");
    answer
}

fn not_allowed(methods: &'static str) -> Answer {
    let mut answer = text(StatusCode::METHOD_NOT_ALLOWED, "A preview is only looked at.\n");
    head(&mut answer, header::ALLOW, methods);
    closing(answer)
}

/// The heads of an answer alone; its length stays that of the whole.
fn headless(answer: Answer) -> Answer {
    use hyper::body::Body;
    let (mut parts, body) = answer.into_parts();
    if let Some(length) = body.size_hint().exact()
        && !parts.headers.contains_key(header::CONTENT_LENGTH)
    {
        parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    Response::from_parts(parts, Full::default().map_err(|never| match never {}).boxed_unsync())
}

/// What every answer says: nobody else may read it, frame it or guess at it.
fn safe(mut answer: Answer) -> Answer {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("x-frame-options", "SAMEORIGIN"),
        ("referrer-policy", "same-origin"),
    ] {
        answer.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    answer
}

/// The last answer of a connection.
fn closing(answer: Answer) -> Answer {
    let mut answer = safe(answer);
    answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    answer
}

fn head(answer: &mut Answer, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
}
