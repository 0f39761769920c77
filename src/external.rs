//! Links to other sites to findings about those that lead nowhere: the one check that leaves the machine.
//!
//! ```text
//! Playbook ─links→ addresses, each with its places ─asking→ verdicts ─findings→ Diagnostics
//!                                                   ↕ memory: what was well in the last days
//! ```
//!
//! A playbook comes from many hands and is checked on machines that see more than their authors do. So no address of a private
//! network is asked unless the settings list its host (`external/names.rs`), also where another site redirects to it, and nothing is sent
//! along: no cookie, no password of the address, no word about the page that the link stands on.

mod anchors;
mod asking;
mod findings;
mod links;
mod memory;
mod names;
mod pattern;
mod sending;

pub use memory::Memory;
pub use names::{LookUp, system};

use crate::diagnostic::Diagnostics;
use crate::failure::Failure;
use crate::playbook::Playbook;
use asking::{Asking, Verdict};
use jiff::civil::Date;
use links::Wanted;
use pattern::Patterns;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// How one asks.
#[derive(Clone)]
pub struct Manners {
    /// A site has so long to answer, its page included.
    pub timeout: Duration,
    /// So often it is asked before it counts as silent.
    pub tries: u32,
    /// So long one waits before the second time; twice as long before the third.
    pub pause: Duration,
    /// Who asks to be left alone for longer than this is not waited for.
    pub longest_pause: Duration,
    /// So many addresses are asked at once.
    pub at_once: usize,
    /// So many of them of one host.
    pub of_a_host: usize,
    /// So many bytes of a page are read to find a heading in it.
    pub longest_page: usize,
    /// How names become addresses.
    pub names: Arc<LookUp>,
    /// Whether another machine asks for us: then that one looks up the names that we cannot.
    pub by_proxy: bool,
}

impl Manners {
    /// How a stranger is asked who has `timeout` to answer.
    pub fn new(timeout: Duration) -> Manners {
        Manners {
            timeout,
            tries: 3,
            pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(60),
            at_once: 16,
            of_a_host: 2,
            longest_page: 2 * 1024 * 1024,
            names: Arc::new(system),
            by_proxy: false,
        }
    }
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The findings.
    pub findings: Diagnostics,
    /// How many addresses were asked.
    pub asked: usize,
    /// How many were not, since they were well a few days ago.
    pub remembered: usize,
    /// How many were not, since the settings say so.
    pub skipped: usize,
    /// Addresses of which nothing is known, and why.
    pub unchecked: Vec<(String, String)>,
    /// Whether no other machine could be reached at all: then nothing is known of any of them.
    pub offline: bool,
}

/// Asks every address that the playbook links to, once each, and remembers in `memory` what was well on the day `today`.
///
/// # Errors
/// There is no way to ask: no certificates are to be found, or no thread can be started.
pub fn external(
    playbook: &Playbook,
    manners: &Manners,
    memory: &mut Memory,
    today: Date,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Outcome, Failure> {
    let settings = &playbook.settings.external;
    let (skip, allow) = (Patterns::new(&settings.skip), Patterns::new(&settings.allow));
    let mut outcome = Outcome::default();
    let (mut ready, mut wanted) = (Vec::new(), Vec::new());
    for one in links::links(playbook) {
        match &one.address {
            Err(_) => ready.push((one, Verdict::unreadable())),
            Ok(address) if skip.fit(address) => outcome.skipped += 1,
            Ok(address) => match memory.recall(address, &one.anchors, settings.max_age, today) {
                Some(moved) => {
                    outcome.remembered += 1;
                    ready.push((one, Verdict::well(moved)));
                }
                None => wanted.push(one),
            },
        }
    }
    outcome.asked = wanted.len();
    if !wanted.is_empty() {
        let (answered, heard) = ask_all(wanted, manners, allow, progress)?;
        outcome.offline = !heard && answered.iter().any(|(_, verdict)| matches!(verdict, Verdict::NoNetwork(_)));
        // Without a network every name is unknown, which says nothing about any of them.
        if !outcome.offline {
            // What was remembered is no younger for that.
            for (wanted, verdict) in &answered {
                if let (Ok(address), Verdict::Well { moved, missing }) = (&wanted.address, verdict) {
                    let found = wanted.anchors.iter().filter(|anchor| !missing.contains_key(*anchor));
                    memory.keep(address, moved.as_ref(), found, today);
                }
            }
            ready.extend(answered);
        }
    }
    for (wanted, verdict) in &ready {
        if let Verdict::Unknown(why) | Verdict::NoNetwork(why) = verdict {
            outcome.unchecked.push((wanted.shown.clone(), why.clone()));
        }
        findings::findings(wanted, verdict, &mut outcome.findings);
    }
    Ok(outcome)
}

/// Asks side by side: a task for each address, which waits for its turn. Also whether any machine has answered.
fn ask_all(
    wanted: Vec<Wanted>,
    manners: &Manners,
    allow: Patterns,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<(Vec<(Wanted, Verdict)>, bool), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failure::Refused(format!("could not start to ask: {error}")))?;
    let asking = Arc::new(Asking::new(manners.clone(), allow)?);
    let all = wanted.len();
    let mut answered = runtime.block_on(async {
        let mut asked = JoinSet::new();
        for one in wanted {
            let asking = asking.clone();
            asked.spawn(async move {
                let verdict = match &one.address {
                    Ok(address) => asking.ask(address, &one.anchors).await,
                    Err(_) => Verdict::unreadable(),
                };
                (one, verdict)
            });
        }
        let mut answered = Vec::with_capacity(all);
        while let Some(one) = asked.join_next().await {
            // A task that fell over would have said so; its address is not known to be dead.
            answered.extend(one.ok());
            progress(answered.len(), all);
        }
        answered
    });
    // Whoever still looks up a name is not waited for.
    runtime.shutdown_background();
    answered.sort_by(|(one, _), (other, _)| one.shown.cmp(&other.shown));
    Ok((answered, asking.was_answered()))
}
