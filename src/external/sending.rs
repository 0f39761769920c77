//! One request to one answer, without following it anywhere.

use super::Manners;
use super::anchors;
use super::names::{Names, Resolver};
use crate::failure::Failure;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, LOCATION, RETRY_AFTER};
use rustc_hash::FxHashSet;
use std::error::Error;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Whether it is there.
    Head,
    /// The same, of those who answer the first wrongly.
    Get,
    /// The headings in it.
    Page,
}

/// An answer.
#[derive(Debug, Default)]
pub struct Reply {
    /// Its number.
    pub status: u16,
    /// Where it leads on.
    pub location: Option<String>,
    /// After how long one may come back.
    pub retry_after: Option<String>,
    /// The ids in it, where it is a page of HTML that could be read to its end.
    pub ids: Option<FxHashSet<String>>,
}

/// Why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Silence {
    /// Nobody listens there.
    Refused,
    /// Somebody does, and closed without a word.
    Closed,
    /// It takes too long.
    Late,
    /// No way leads there from here.
    Unreachable(String),
    /// It cannot prove who it is.
    Certificate(String),
    /// Something else.
    Other(String),
}

/// Who sends.
pub struct Sender {
    client: reqwest::Client,
    timeout: Duration,
    longest_page: usize,
}

impl Sender {
    /// One that connects only to machines that `names` lets it.
    ///
    /// # Errors
    /// The system trusts no certificate at all.
    pub fn new(manners: &Manners, names: Arc<Names>) -> Result<Sender, Failure> {
        crate::tls::ready();
        let client = reqwest::Client::builder()
            .user_agent(concat!("trustbook/", env!("CARGO_PKG_VERSION"), " (looks for dead links)"))
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // Who asks again, and when, is decided by one alone.
            .retry(reqwest::retry::never())
            .pool_max_idle_per_host(manners.of_a_host)
            .dns_resolver(Resolver(names));
        let client = if manners.by_proxy { client } else { client.no_proxy() };
        let client = client.build().map_err(|error| {
            Failure::Refused(format!(
                "cannot ask by https: {} (on Debian, `apt-get install ca-certificates` brings what is missing)",
                innermost(&error)
            ))
        })?;
        Ok(Sender { client, timeout: manners.timeout, longest_page: manners.longest_page })
    }

    /// Sends one request.
    ///
    /// # Errors
    /// There was no answer.
    pub async fn send(&self, address: &Url, asked: Asked) -> Result<Reply, Silence> {
        match tokio::time::timeout(self.timeout, self.sent(address, asked)).await {
            Ok(reply) => reply,
            Err(_) => Err(Silence::Late),
        }
    }

    async fn sent(&self, address: &Url, asked: Asked) -> Result<Reply, Silence> {
        let request = match asked {
            Asked::Head => self.client.head(address.clone()),
            Asked::Get | Asked::Page => self.client.get(address.clone()),
        };
        let request = request.header(ACCEPT, "text/html,*/*;q=0.8").header(ACCEPT_ENCODING, "identity");
        let mut response = request.send().await.map_err(|error| silence(&error))?;
        let headers = response.headers();
        let said = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_string);
        let mut reply = Reply {
            status: response.status().as_u16(),
            // Browsers take UTF-8 here although it should be percent-encoded.
            location: headers.get(LOCATION).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()),
            retry_after: said(RETRY_AFTER),
            ids: None,
        };
        if asked == Asked::Page && response.status().is_success() && is_page(headers) {
            reply.ids = self.ids(&mut response).await;
        }
        Ok(reply)
    }

    /// The ids of a page; `None` where it is too long, or breaks off.
    async fn ids(&self, response: &mut reqwest::Response) -> Option<FxHashSet<String>> {
        let mut page = Vec::new();
        // A page that never ends is left in time to say that it is there.
        let read = async {
            while let Some(chunk) = response.chunk().await.ok()? {
                if page.len() + chunk.len() > self.longest_page {
                    return None;
                }
                page.extend_from_slice(&chunk);
            }
            Some(())
        };
        tokio::time::timeout(self.timeout / 2, read).await.ok()??;
        let ids = move || anchors::ids(&String::from_utf8_lossy(&page));
        tokio::task::spawn_blocking(ids).await.ok()
    }
}

/// Whether its ids can be read: HTML that is not packed.
fn is_page(headers: &HeaderMap) -> bool {
    let said = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    let kind = said(CONTENT_TYPE);
    let packed = said(CONTENT_ENCODING);
    (kind.starts_with("text/html") || kind.starts_with("application/xhtml+xml"))
        && (packed.is_empty() || packed == "identity")
}

/// Why nothing came back, from the errors within the error.
fn silence(error: &reqwest::Error) -> Silence {
    let mut source: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(inner) = source {
        if let Some(certificate) = inner.downcast_ref::<rustls::Error>() {
            return Silence::Certificate(certificate.to_string());
        }
        if let Some(io) = inner.downcast_ref::<io::Error>() {
            match io.kind() {
                io::ErrorKind::ConnectionRefused => return Silence::Refused,
                io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkDown => {
                    return Silence::Unreachable(crate::failure::reason(io));
                }
                io::ErrorKind::TimedOut => return Silence::Late,
                io::ErrorKind::ConnectionReset
                | io::ErrorKind::ConnectionAborted
                | io::ErrorKind::BrokenPipe
                | io::ErrorKind::UnexpectedEof => return Silence::Closed,
                _ => {}
            }
            // What went wrong in an encrypted connection is kept in here, where `source` does not look.
            if let Some(certificate) = io.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
                return Silence::Certificate(certificate.to_string());
            }
        }
        if let Some(hyper) = inner.downcast_ref::<hyper::Error>()
            && (hyper.is_incomplete_message() || hyper.is_closed() || hyper.is_canceled())
        {
            return Silence::Closed;
        }
        source = inner.source();
    }
    Silence::Other(innermost(error))
}

/// The words of the error at the bottom; those above it repeat the address.
fn innermost(error: &dyn Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}
