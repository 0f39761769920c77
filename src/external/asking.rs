//! An address to a verdict: after redirects, with patience, and with regard for who is asked.

use super::Manners;
use super::names::{Names, Way};
use super::pattern::Patterns;
use super::sending::{Asked, Reply, Sender, Silence};
use crate::diagnostic::nearest;
use crate::failure::Failure;
use jiff::Timestamp;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::Semaphore;
use tokio::time::Instant;
use url::Url;

/// So many redirects are followed.
const MOST_REDIRECTS: usize = 10;

/// What is known of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is there.
    Well {
        /// Where it has moved for good.
        moved: Option<Url>,
        /// Headings that are not in it, each with the nearest that is.
        missing: BTreeMap<String, Option<String>>,
    },
    /// It leads nowhere: why, as the second half of a sentence.
    Dead(String),
    /// Nothing: why, as the second half of a sentence.
    Unknown(String),
    /// Nothing, since no way leads out of this machine.
    NoNetwork(String),
}

impl Verdict {
    /// It is there, and may have moved.
    pub fn well(moved: Option<Url>) -> Verdict {
        Verdict::Well { moved, missing: BTreeMap::new() }
    }

    /// Of what is no address at all.
    pub fn unreadable() -> Verdict {
        Verdict::Dead("is no address".to_string())
    }
}

/// Everything that is asked in one run.
pub struct Asking {
    manners: Manners,
    names: Arc<Names>,
    sender: Sender,
    /// For all hosts.
    turns: Semaphore,
    hosts: Mutex<FxHashMap<String, Arc<Desk>>>,
    answered: AtomicBool,
}

/// Where one queues for a host.
struct Desk {
    turns: Semaphore,
    /// It wants to be left alone until then.
    closed_until: Mutex<Option<Instant>>,
}

impl Asking {
    /// Nothing asked yet. `allow` lists hosts of private networks that may be.
    ///
    /// # Errors
    /// The system trusts no certificate at all.
    pub fn new(manners: Manners, allow: Patterns) -> Result<Asking, Failure> {
        let names = Arc::new(Names::new(manners.names.clone(), allow, manners.by_proxy));
        let sender = Sender::new(&manners, names.clone())?;
        let turns = Semaphore::new(manners.at_once.max(1));
        Ok(Asking { manners, names, sender, turns, hosts: Mutex::default(), answered: AtomicBool::default() })
    }

    /// Whether any machine has answered, whatever it said.
    pub fn was_answered(&self) -> bool {
        self.answered.load(Ordering::Relaxed)
    }

    /// Asks one address, and for these headings on its page.
    pub async fn ask(&self, address: &Url, anchors: &BTreeSet<String>) -> Verdict {
        let mut at = address.clone();
        let mut seen = vec![at.clone()];
        // As long as everybody on the way says so, the old address is given up for good.
        let (mut for_good, mut moved) = (true, None);
        loop {
            match self.names.way(&at).await {
                Way::Open => {}
                Way::Private if seen.len() == 1 => return Verdict::Unknown("stands in a private network".to_string()),
                Way::Private => return Verdict::Unknown("redirects into a private network".to_string()),
                Way::NoSuchName if seen.len() == 1 => return Verdict::Dead(format!("has no machine: {}", nobody(&at))),
                Way::NoSuchName => return Verdict::Dead(format!("redirects to no machine: {}", nobody(&at))),
                Way::NoNames(why) => return Verdict::NoNetwork(why),
            }
            let reply = match self.reply(&at, !anchors.is_empty()).await {
                Ok(reply) => reply,
                Err(verdict) => return verdict,
            };
            if !matches!(reply.status, 301 | 302 | 303 | 307 | 308) {
                return judged(&reply, moved, anchors);
            }
            let Some(location) = &reply.location else {
                return Verdict::Dead(format!("answers {} and does not say where to go", reply.status));
            };
            let Ok(mut to) = at.join(location) else {
                return Verdict::Dead("redirects to what is no address".to_string());
            };
            if !matches!(to.scheme(), "http" | "https") {
                return Verdict::Unknown(format!("redirects to a `{}:` address", to.scheme()));
            }
            to.set_fragment(None);
            super::links::without_secrets(&mut to);
            if seen.contains(&to) {
                return Verdict::Dead("redirects in a circle".to_string());
            }
            if seen.len() > MOST_REDIRECTS {
                return Verdict::Dead(format!("redirects more than {MOST_REDIRECTS} times"));
            }
            for_good &= matches!(reply.status, 301 | 308);
            if for_good {
                moved = Some(to.clone());
            }
            seen.push(to.clone());
            at = to;
        }
    }

    /// The answer to one address, after as many tries as it takes. A `HEAD` is believed when it says yes, and no further.
    async fn reply(&self, at: &Url, wants_page: bool) -> Result<Reply, Verdict> {
        let desk = self.desk(at);
        let mut asked = if wants_page { Asked::Page } else { Asked::Head };
        let (mut tries, mut pause) = (0, self.manners.pause);
        loop {
            let sent = {
                let _turn = desk.turns.acquire().await;
                // Who queued before the host asked for peace keeps it as well.
                desk.opens().await;
                let _turn_of_all = self.turns.acquire().await;
                self.sender.send(at, asked).await
            };
            if sent.is_ok() {
                self.answered.store(true, Ordering::Relaxed);
            }
            if asked == Asked::Head {
                match &sent {
                    Ok(reply) if reply.status < 400 || reply.status == 429 => {}
                    Err(Silence::Refused | Silence::Unreachable(_) | Silence::Certificate(_)) => {}
                    _ => {
                        asked = Asked::Get;
                        // Whoever is silent has been asked once; whoever says no has not been asked yet.
                        tries += usize::from(sent.is_err());
                        continue;
                    }
                }
            }
            tries += 1;
            let last = tries >= self.manners.tries as usize;
            let why = match sent {
                Ok(reply) if reply.status == 429 || reply.status == 503 => {
                    let wait = reply.retry_after.as_deref().and_then(retry_after);
                    let busy = reply.status == 429;
                    if wait.is_some_and(|wait| wait > self.manners.longest_pause) {
                        let seconds = wait.unwrap_or_default().as_secs();
                        return Err(Verdict::Unknown(format!("asks to be left alone for {seconds} s")));
                    }
                    if let Some(wait) = wait {
                        desk.close(wait);
                        pause = pause.min(wait);
                    }
                    if busy { Verdict::Unknown("is asked too often (429)".to_string()) } else { answers(503) }
                }
                Ok(reply) if matches!(reply.status, 500 | 502 | 504) => answers(reply.status),
                Ok(reply) => return Ok(reply),
                Err(Silence::Unreachable(why)) => Verdict::NoNetwork(why),
                Err(Silence::Certificate(why)) => return Err(Verdict::Dead(format!("cannot prove who it is: {why}"))),
                Err(Silence::Refused) => Verdict::Dead("lets nobody in (connection refused)".to_string()),
                Err(Silence::Closed) => Verdict::Dead("hangs up without an answer".to_string()),
                Err(Silence::Late) => Verdict::Dead(format!("does not answer within {:?}", self.manners.timeout)),
                Err(Silence::Other(why)) => Verdict::Dead(format!("gives no answer: {why}")),
            };
            if last {
                return Err(why);
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
    }

    fn desk(&self, at: &Url) -> Arc<Desk> {
        let new =
            || Arc::new(Desk { turns: Semaphore::new(self.manners.of_a_host.max(1)), closed_until: Mutex::default() });
        match self.hosts.lock() {
            Ok(mut hosts) => hosts.entry(at.host_str().unwrap_or_default().to_string()).or_insert_with(new).clone(),
            Err(_) => new(),
        }
    }
}

impl Desk {
    /// Waits until the host wants to be asked again.
    async fn opens(&self) {
        let until = self.closed_until.lock().ok().and_then(|until| *until);
        if let Some(until) = until {
            tokio::time::sleep_until(until).await;
        }
    }

    fn close(&self, wait: Duration) {
        if let Ok(mut until) = self.closed_until.lock() {
            let then = Instant::now() + wait;
            *until = Some(until.map_or(then, |known| known.max(then)));
        }
    }
}

fn nobody(at: &Url) -> String {
    format!("nothing is called `{}`", at.host_str().unwrap_or_default())
}

/// What an answer that leads nowhere else says about the address.
fn judged(reply: &Reply, moved: Option<Url>, anchors: &BTreeSet<String>) -> Verdict {
    match reply.status {
        200..=399 => {
            let mut missing = BTreeMap::new();
            if let Some(ids) = &reply.ids {
                let is_there = |anchor: &str| ids.contains(anchor) || ids.contains(&format!("user-content-{anchor}"));
                for anchor in anchors.iter().filter(|anchor| !is_there(anchor)) {
                    let near = nearest(anchor, ids.iter().map(String::as_str)).map(str::to_string);
                    missing.insert(anchor.clone(), near);
                }
            }
            Verdict::Well { moved, missing }
        }
        // It is there, but not for a program without a name.
        401 | 403 | 407 | 451 | 999 => Verdict::Unknown(format!("answers {} to strangers", reply.status)),
        status => answers(status),
    }
}

fn answers(status: u16) -> Verdict {
    let words = reqwest::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    Verdict::Dead(match words {
        Some(words) => format!("answers {status} ({})", words.to_lowercase()),
        None => format!("answers {status}"),
    })
}

/// `120`, or a day and time of the clock.
fn retry_after(said: &str) -> Option<Duration> {
    let said = said.trim();
    if let Ok(seconds) = said.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = jiff::fmt::rfc2822::parse(said).ok()?.timestamp();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    let now = Timestamp::from_second(i64::try_from(now.as_secs()).ok()?).ok()?;
    Duration::try_from(then.duration_since(now)).ok().or(Some(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_may_be_asked_to_come_back_in_seconds_or_at_a_time() {
        assert_eq!(retry_after(" 7 "), Some(Duration::from_secs(7)));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
        assert!(retry_after("Fri, 01 Jan 2100 00:00:00 GMT").is_some_and(|wait| wait > Duration::from_secs(60)));
        assert_eq!(retry_after("soon"), None);
    }
}
