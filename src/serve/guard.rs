//! A request's heads to whether it is answered at all. Before any work: a page of another site, or a name that another site
//! gave to this machine's address, must learn nothing.

use hyper::header::{HOST, HeaderMap, HeaderName, ORIGIN};
use hyper::{Method, StatusCode, Uri};
use std::net::IpAddr;

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The answer's status.
    pub status: StatusCode,
    /// A sentence.
    pub why: &'static str,
}

const fn forbidden(why: &'static str) -> Refusal {
    Refusal { status: StatusCode::FORBIDDEN, why }
}

/// Lets a request pass that came to this machine's address `local`, asks for a host that is us, and comes from one of our
/// pages, from no page, or by a click on a link.
///
/// # Errors
/// The refusal.
pub fn admit(method: &Method, target: &Uri, heads: &HeaderMap, local: IpAddr, names: &[String]) -> Result<(), Refusal> {
    const HOSTS: Refusal =
        forbidden("This is a preview for this machine. Ask for localhost, or start it with --host NAME.\n");
    if target.authority().is_some() || target.scheme().is_some() {
        return Err(Refusal { status: StatusCode::BAD_REQUEST, why: "This is no proxy.\n" });
    }
    let mut hosts = heads.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(HOSTS) };
    let host = host.to_str().map_err(|_| HOSTS)?;
    if !is_us(host, local, names) {
        return Err(HOSTS);
    }
    let foreign_origin = heads.get_all(ORIGIN).iter().any(|origin| {
        let own = origin
            .to_str()
            .is_ok_and(|origin| origin.strip_prefix("http://").is_some_and(|origin| origin.eq_ignore_ascii_case(host)));
        !own
    });
    let says = |name: &'static str| heads.get(HeaderName::from_static(name)).map(|value| value.as_bytes());
    let foreign_site = !matches!(says("sec-fetch-site"), None | Some(b"same-origin" | b"none"));
    if foreign_origin || foreign_site {
        let a_click = method == Method::GET
            && says("sec-fetch-mode") == Some(b"navigate")
            && says("sec-fetch-dest") == Some(b"document");
        if !a_click {
            return Err(forbidden("Another site may not read this preview.\n"));
        }
    }
    Ok(())
}

/// Whether `host`, perhaps with a port, is `localhost`, the address that was called, or a name that we were given.
fn is_us(host: &str, local: IpAddr, names: &[String]) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((address, port)) if is_port(port) => address,
            _ => return false,
        },
        None => match host.split_once(':') {
            Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            Some(_) => return false,
            None => host,
        },
    };
    if let Ok(address) = name.parse::<IpAddr>() {
        return address == local.to_canonical();
    }
    !host.starts_with('[')
        && (name.eq_ignore_ascii_case("localhost") || names.iter().any(|known| known.eq_ignore_ascii_case(name)))
}

fn is_port(port: &str) -> bool {
    port.is_empty()
        || port.strip_prefix(':').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(method: &str, heads: &[(&'static str, &str)]) -> u16 {
        let mut map = HeaderMap::new();
        for (name, value) in heads {
            map.append(HeaderName::from_static(name), value.parse().unwrap());
        }
        let method = method.parse().unwrap();
        let local = "127.0.0.1".parse().unwrap();
        match admit(&method, &Uri::from_static("/"), &map, local, &["wiki.lan".into()]) {
            Ok(()) => 200,
            Err(refusal) => refusal.status.as_u16(),
        }
    }

    #[test]
    fn the_host_must_be_us() {
        for host in ["localhost", "LocalHost:1111", "127.0.0.1", "127.0.0.1:80", "wiki.lan:1111"] {
            assert_eq!(status("GET", &[("host", host)]), 200, "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "localhost:",
            "localhost:1x",
            "127.0.0.2",
            "0.0.0.0",
            "[::1]",
            "[localhost]",
            "[::1",
            "127.1",
            "user@localhost",
        ] {
            assert_eq!(status("GET", &[("host", host)]), 403, "{host}");
        }
        assert_eq!(status("GET", &[]), 403);
        assert_eq!(status("GET", &[("host", "localhost"), ("host", "evil.example")]), 403);
        let six: IpAddr = "::1".parse().unwrap();
        assert!(is_us("[::1]:1111", six, &[]) && is_us("[::1]", six, &[]) && !is_us("[::2]", six, &[]));
    }

    #[test]
    fn other_sites_may_link_but_not_read() {
        let with = |method: &str, more: &[(&'static str, &str)]| {
            let heads: Vec<_> = [("host", "localhost:1111")].iter().chain(more).copied().collect();
            status(method, &heads)
        };
        assert_eq!(with("GET", &[("origin", "http://localhost:1111")]), 200);
        assert_eq!(with("GET", &[("sec-fetch-site", "same-origin")]), 200);
        assert_eq!(with("GET", &[("sec-fetch-site", "none")]), 200);
        for origin in ["http://localhost:3000", "https://localhost:1111", "http://evil.example", "null", ""] {
            assert_eq!(with("GET", &[("origin", origin)]), 403, "{origin}");
        }
        assert_eq!(with("GET", &[("sec-fetch-site", "cross-site")]), 403);
        assert_eq!(with("GET", &[("sec-fetch-site", "same-site")]), 403);
        let click = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
        assert_eq!(with("GET", &click), 200);
        assert_eq!(with("POST", &click), 403);
        let frame = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")];
        assert_eq!(with("GET", &frame), 403);
    }
}
