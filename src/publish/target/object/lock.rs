//! One publisher at a time, by an object that only one can make.
//!
//! Who holds it writes it anew every twenty seconds. If nobody has for a minute, by the clock of the storage, its holder is dead, and
//! the next one may write over it, on condition that it is still the same. A holder on this machine is looked for among its
//! processes at once.

use super::{Bucket, OWN, json};
use crate::failure::Failure;
use crate::publish::target::Run;
use object_store::{Error, ObjectMeta, ObjectStoreExt, PutMode, UpdateVersion};
use serde::{Deserialize, Serialize};
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};
use tokio::sync::Mutex;
use tokio::task::AbortHandle;
use tokio::time::Instant;

/// It is written anew so often.
const BEAT: Duration = Duration::from_secs(20);
/// Whoever has not done so for this long is dead.
const DEAD: i64 = 60;

const NAME: &str = "lock.json";

/// What it says.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Holder {
    by: String,
    since: String,
    /// Which process on which machine; see [`identity`].
    identity: String,
    /// Counts, so that it is another object each time.
    beat: u64,
}

/// Held by us.
pub struct Lock {
    place: Arc<Bucket>,
    /// What we wrote last and its version, and when, by both clocks: one stands still while the machine sleeps, the other may be set
    /// back. No version where the storage cannot keep two apart.
    state: Mutex<(Holder, Option<UpdateVersion>, (Instant, SystemTime))>,
    lost: AtomicBool,
    heart: std::sync::Mutex<Option<AbortHandle>>,
}

impl Lock {
    /// Takes it.
    pub async fn take(place: Arc<Bucket>, run: &Run, identity: &str) -> Result<Arc<Lock>, Failure> {
        let since = run.now.strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
        let holder = Holder { by: run.by.clone(), since, identity: identity.into(), beat: 0 };
        let version = match put(&place, &holder, PutMode::Create).await {
            Ok(version) => Some(version),
            Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => Some(take_over(&place, &holder).await?),
            Err(Error::NotImplemented { .. } | Error::NotSupported { .. }) => None,
            Err(error) => return Err(place.trouble("write", NAME).over(error)),
        };
        let state = Mutex::new((holder, version, (Instant::now(), SystemTime::now())));
        let lock = Arc::new(Lock { place, state, lost: AtomicBool::new(false), heart: std::sync::Mutex::default() });
        let beating = Arc::downgrade(&lock);
        let heart = tokio::spawn(async move {
            loop {
                tokio::time::sleep(BEAT).await;
                let Some(lock) = beating.upgrade() else { return };
                // Who cannot be reached for a moment is asked again before the next change.
                let _ = lock.beat().await;
            }
        });
        if let Ok(mut held) = lock.heart.lock() {
            *held = Some(heart.abort_handle());
        }
        Ok(lock)
    }

    /// Refuses to go on where it may be somebody else's by now: this process may have slept.
    pub async fn holds(&self) -> Result<(), Failure> {
        if self.lost.load(Ordering::Relaxed) {
            return Err(self.gone());
        }
        let (beaten, by_calendar) = self.state.lock().await.2;
        let old = |since: Duration| since > BEAT + BEAT / 2;
        if old(beaten.elapsed()) || by_calendar.elapsed().map_or(true, old) { self.beat().await } else { Ok(()) }
    }

    /// As if this process had slept for long.
    #[cfg(test)]
    pub async fn forget_time(&self) {
        self.state.lock().await.2.1 = SystemTime::UNIX_EPOCH;
    }

    fn gone(&self) -> Failure {
        Failure::Refused(format!(
            "somebody else publishes to {} since this machine was silent for a minute: run it again when they are done",
            self.place.shown
        ))
    }

    async fn beat(&self) -> Result<(), Failure> {
        let mut state = self.state.lock().await;
        let Some(version) = state.1.clone() else { return Ok(()) };
        state.0.beat += 1;
        match put(&self.place, &state.0, PutMode::Update(version)).await {
            Ok(version) => {
                (state.1, state.2) = (Some(version), (Instant::now(), SystemTime::now()));
                Ok(())
            }
            Err(Error::Precondition { .. } | Error::NotFound { .. } | Error::AlreadyExists { .. }) => {
                self.lost.store(true, Ordering::Relaxed);
                Err(self.gone())
            }
            Err(error) => Err(self.place.trouble("write", NAME).over(error)),
        }
    }

    /// Gives it back, if it is still ours. That it cannot be is no reason to fail: it will be found dead.
    pub async fn give_back(&self) {
        if let Ok(mut heart) = self.heart.lock()
            && let Some(heart) = heart.take()
        {
            heart.abort();
        }
        if !self.lost.load(Ordering::Relaxed) && self.holds().await.is_ok() {
            let _ = self.place.delete(&format!("{OWN}/{NAME}")).await;
        }
    }

    /// What to say where nothing keeps two publishers apart.
    pub fn note(&self) -> Option<String> {
        let without = self.state.try_lock().is_ok_and(|state| state.1.is_none());
        without
            .then(|| format!("{} knows no conditions: see to it that only one publishes at a time", self.place.shown))
    }
}

async fn put(place: &Bucket, holder: &Holder, mode: PutMode) -> Result<UpdateVersion, Error> {
    let key = object_store::path::Path::parse(format!("{}{OWN}/{NAME}", place.prefix))?;
    place.store.put_opts(&key, json(holder).into(), mode.into()).await.map(Into::into)
}

/// Takes it from a holder that is dead.
async fn take_over(place: &Bucket, holder: &Holder) -> Result<UpdateVersion, Failure> {
    let trouble = place.trouble("read", NAME);
    let key = place.own(NAME)?;
    let found = match place.store.get(&key).await {
        Ok(found) => found,
        // Given back just now: who comes third may be faster, and is the one then.
        Err(Error::NotFound { .. }) => {
            return put(place, holder, PutMode::Create).await.map_err(|error| match error {
                Error::AlreadyExists { .. } | Error::Precondition { .. } => busy(place, None),
                error => trouble.over(error),
            });
        }
        Err(error) => return Err(trouble.over(error)),
    };
    let version = UpdateVersion { e_tag: found.meta.e_tag.clone(), version: found.meta.version.clone() };
    let beaten = found.meta.last_modified;
    let bytes = found.bytes().await.map_err(|error| trouble.over(error))?;
    let other: Option<Holder> = serde_json::from_slice(&bytes).ok();
    let dead_here = other.as_ref().is_some_and(|other| is_dead_here(&other.identity, &holder.identity));
    if !dead_here && made_now(place).await?.last_modified.signed_duration_since(beaten).num_seconds() < DEAD {
        return Err(busy(place, other.as_ref()));
    }
    put(place, holder, PutMode::Update(version)).await.map_err(|error| match error {
        Error::Precondition { .. } | Error::NotFound { .. } => busy(place, other.as_ref()),
        error => trouble.over(error),
    })
}

fn busy(place: &Bucket, other: Option<&Holder>) -> Failure {
    let owner = other.map_or_else(String::new, |other| format!("{}, since {}", other.by, other.since));
    Failure::Refused(crate::publish::target::folder::busy(&place.shown, &owner))
}

/// An object of this moment: its time is by the storage's own clock, as that of every object in it.
async fn made_now(place: &Bucket) -> Result<ObjectMeta, Failure> {
    let trouble = place.trouble("write", "clock");
    let key = place.own("clock")?;
    place.store.put(&key, "".into()).await.map_err(|error| trouble.over(error))?;
    let made = place.store.head(&key).await.map_err(|error| trouble.over(error))?;
    let _ = place.store.delete(&key).await;
    Ok(made)
}

/// This process on this machine: the machine's start, the table of processes that ours is in, and the number in it. Empty where
/// the system does not say, since numbers alone are given out again.
pub fn identity() -> String {
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok();
    let table = fs::read_link("/proc/self/ns/pid").ok();
    match (boot, table) {
        (Some(boot), Some(table)) => format!("{} {} {}", boot.trim(), table.display(), std::process::id()),
        _ => String::new(),
    }
}

/// Whether a holder was a process of this machine that has ended. One with our own number has.
fn is_dead_here(other: &str, own: &str) -> bool {
    let (Some((there, number)), Some((here, _))) = (other.rsplit_once(' '), own.rsplit_once(' ')) else { return false };
    there == here
        && (other == own || (number.parse::<u32>().is_ok() && !fs::exists(format!("/proc/{number}")).unwrap_or(true)))
}
