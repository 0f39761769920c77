//! A host to the machines that may be asked: names are looked up once, and what lies in a private network is left alone.
//!
//! The connection is made to what was found here and to nothing else ([`Names`] resolves for the client too), so a name that is
//! looked up again cannot lead elsewhere the second time.

use super::pattern::Patterns;
use rustc_hash::FxHashMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::sync::{Arc, Mutex};
use tokio::sync::OnceCell;
use url::{Host, Url};

/// How a name becomes addresses; it may wait for the network.
pub type LookUp = dyn Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync;

/// As the system does it.
///
/// # Errors
/// There is no such name, or nobody to ask.
pub fn system(name: &str) -> io::Result<Vec<IpAddr>> {
    Ok((name, 0).to_socket_addrs()?.map(|address| address.ip()).collect())
}

/// Whether a host may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// It may.
    Open,
    /// Its machine stands in a private network, and the settings do not list it.
    Private,
    /// Nothing is called so.
    NoSuchName,
    /// Names cannot be looked up.
    NoNames(String),
}

/// Every host that was looked up.
pub struct Names {
    look_up: Arc<LookUp>,
    allow: Patterns,
    by_proxy: bool,
    known: Mutex<FxHashMap<String, Arc<OnceCell<Found>>>>,
}

#[derive(Debug, Clone)]
struct Found {
    way: Way,
    machines: Vec<IpAddr>,
}

impl Names {
    /// None looked up yet.
    pub fn new(look_up: Arc<LookUp>, allow: Patterns, by_proxy: bool) -> Names {
        Names { look_up, allow, by_proxy, known: Mutex::default() }
    }

    /// Whether the host of an address may be asked.
    pub async fn way(&self, address: &Url) -> Way {
        match address.host() {
            None => Way::NoSuchName,
            Some(Host::Ipv4(ip)) => self.judged(&ip.to_string(), vec![ip.into()]).way,
            Some(Host::Ipv6(ip)) => self.judged(&ip.to_string(), vec![ip.into()]).way,
            Some(Host::Domain(name)) => self.named(name).await.way,
        }
    }

    async fn named(&self, name: &str) -> Found {
        let cell = match self.known.lock() {
            Ok(mut known) => known.entry(name.to_string()).or_default().clone(),
            Err(_) => return Found { way: Way::NoNames(String::new()), machines: Vec::new() },
        };
        cell.get_or_init(|| self.looked_up(name)).await.clone()
    }

    async fn looked_up(&self, name: &str) -> Found {
        let (look_up, asked) = (self.look_up.clone(), name.to_string());
        let found = tokio::task::spawn_blocking(move || look_up(&asked)).await;
        let way = match found.unwrap_or_else(|error| Err(io::Error::other(error))) {
            Ok(machines) if !machines.is_empty() => return self.judged(name, machines),
            // The proxy may know more names than we do.
            _ if self.by_proxy => Way::Open,
            Ok(_) => Way::NoSuchName,
            Err(error) if is_for_now(&error) => Way::NoNames(crate::failure::reason(&error)),
            Err(_) => Way::NoSuchName,
        };
        Found { way, machines: Vec::new() }
    }

    /// Of a host's machines those that may be asked.
    fn judged(&self, host: &str, mut machines: Vec<IpAddr>) -> Found {
        let listed = self.allow.fit_host(host);
        machines.retain(|ip| is_public(*ip) || (listed && !is_never_asked(*ip)));
        Found { way: if machines.is_empty() { Way::Private } else { Way::Open }, machines }
    }

    /// The machines behind a name that may be asked; `None` where nobody asked whether it may be.
    fn machines(&self, name: &str) -> Option<Vec<IpAddr>> {
        let known = self.known.lock().ok()?;
        Some(known.get(name)?.get()?.machines.clone())
    }
}

/// For the client: what was looked up before, and the proxy, which is ours.
pub struct Resolver(pub Arc<Names>);

impl reqwest::dns::Resolve for Resolver {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let known = self.0.machines(name.as_str());
        let by_proxy = self.0.by_proxy;
        Box::pin(async move {
            let machines = match known {
                Some(machines) => machines,
                // The proxy's own name alone is nobody's link.
                None if !by_proxy => return Err("nobody has looked at this name".into()),
                None => {
                    let name = name.as_str().to_string();
                    tokio::task::spawn_blocking(move || system(&name)).await??
                }
            };
            let sockets = machines.into_iter().map(|ip| SocketAddr::new(ip, 0));
            Ok(Box::new(sockets) as reqwest::dns::Addrs)
        })
    }
}

/// Whether there is nobody who could say; then it says nothing about the name.
fn is_for_now(error: &io::Error) -> bool {
    // The number of Windows' WSATRY_AGAIN; elsewhere the C library has only words.
    const TRY_AGAIN: i32 = 11002;
    let words = error.to_string();
    error.raw_os_error() == Some(TRY_AGAIN)
        || matches!(error.kind(), io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable)
        || ["emporary failure", "ry again", "unreachable", "System error"].iter().any(|said| words.contains(said))
}

/// Whether anybody on the Internet could ask this machine. After the registries of special-purpose addresses of IANA.
pub fn is_public(ip: IpAddr) -> bool {
    match plain(ip) {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            !(ip.is_private()
                || ip.is_loopback()
                || ip.is_link_local()
                || ip.is_documentation()
                || ip.is_multicast()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a == 192 && b == 0 && c == 0)
                || (a == 198 && (b == 18 || b == 19))
                || is_never_asked(ip.into()))
        }
        // Only these have been handed out; the prefixes that carry an IPv4 address have become one.
        IpAddr::V6(ip) => {
            let [first, second, ..] = ip.segments();
            (0x2000..0x4000).contains(&first) && !(first == 0x2001 && (second < 0x200 || second == 0xdb8))
        }
    }
}

/// Machines that hand out keys to whoever stands on the same wire, and addresses that are no machine's: not asked, listed or not.
fn is_never_asked(ip: IpAddr) -> bool {
    match plain(ip) {
        IpAddr::V4(ip) => {
            // The last is Azure's own.
            ip.is_link_local()
                || ip.is_unspecified()
                || ip.is_multicast()
                || ip.is_broadcast()
                || ip.octets() == [168, 63, 129, 16]
        }
        IpAddr::V6(ip) => {
            let first = ip.segments()[0];
            // The last is Amazon's own.
            ip.is_unspecified()
                || ip.is_multicast()
                || first & 0xffc0 == 0xfe80
                || ip == Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)
        }
    }
}

/// An IPv4 address that is carried in an IPv6 one as itself.
fn plain(ip: IpAddr) -> IpAddr {
    let IpAddr::V6(six) = ip else { return ip };
    let segments = six.segments();
    let four = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        IpAddr::V4(Ipv4Addr::new(a, b, c, d))
    };
    match segments {
        [0, 0, 0, 0, 0, 0xffff, high, low] => four(high, low),
        [0, 0, 0, 0, 0, 0, high, low] if high != 0 => four(high, low),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => four(high, low),
        [0x2002, high, low, ..] => four(high, low),
        _ => ip,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_known_in_every_disguise() {
        let private = [
            "127.0.0.1",
            "10.0.0.1",
            "172.31.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.100.100.200",
            "0.0.0.0",
            "255.255.255.255",
            "240.0.0.1",
            "198.18.0.1",
            "192.0.0.192",
            "168.63.129.16",
            "224.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "::ffff:10.0.0.1",
            "::10.0.0.1",
            "64:ff9b::a9fe:a9fe",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
        ];
        for ip in private {
            assert!(!is_public(ip.parse().expect("an address")), "{ip}");
        }
        for ip in ["1.1.1.1", "193.0.6.139", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"] {
            assert!(is_public(ip.parse().expect("an address")), "{ip}");
        }
        for ip in ["169.254.169.254", "::ffff:169.254.169.254", "fd00:ec2::254", "0.0.0.0"] {
            assert!(is_never_asked(ip.parse().expect("an address")), "{ip}");
        }
        assert!(!is_never_asked("10.0.0.1".parse().expect("an address")));
    }
}
