//! `trustbook check --external`: links to other sites are asked, and what came of it joins the other findings.

use super::build::Progress;
use super::say;
use crate::external::{self, Manners, Memory, Outcome};
use crate::failure::Failure;
use crate::pipeline::Planned;
use std::env;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// So many addresses of which nothing is known are named; the rest are counted.
const NAMED: usize = 10;

/// Asks, and adds what was found.
pub fn external(planned: &mut Planned) -> Result<(), Failure> {
    let mut manners = Manners::new(Duration::from_secs(planned.playbook.settings.external.timeout.into()));
    manners.by_proxy = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]
        .iter()
        .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()));
    let mut memory = match memory_file() {
        Some(file) => Memory::read(&file),
        None => Memory::default(),
    };
    // How old an answer is has nothing to do with the day that the edition is made for.
    let today = super::today();
    let progress = Progress::new("addresses", 1);
    let asked = external::external(&planned.playbook, &manners, &mut memory, today, &|done, all| {
        progress.show(done, all);
    });
    progress.end();
    let mut outcome = asked?;
    planned.add(std::mem::take(&mut outcome.findings));
    if let Err(failure) = memory.write(today) {
        say(&format!("note: what was asked today will be asked again tomorrow: {failure}\n"));
    }
    say(&in_words(&outcome));
    Ok(())
}

/// `12 addresses of other sites asked, 30 remembered`, and what is not known.
fn in_words(outcome: &Outcome) -> String {
    let Outcome { asked, remembered, skipped, unchecked, offline, .. } = outcome;
    if *offline {
        return format!("links to other sites were not checked: there is no network here ({asked} addresses)\n");
    }
    let mut words = match asked {
        1 => "1 address of other sites asked".to_string(),
        asked => format!("{asked} addresses of other sites asked"),
    };
    for (number, what) in [(remembered, "remembered"), (skipped, "skipped"), (&unchecked.len(), "not checked")] {
        if *number > 0 {
            words.push_str(&format!(", {number} {what}"));
        }
    }
    words.push('\n');
    for (address, why) in unchecked.iter().take(NAMED) {
        words.push_str(&format!("  not checked: {address} {why}\n"));
    }
    if unchecked.len() > NAMED {
        words.push_str(&format!("  not checked: and {} more\n", unchecked.len() - NAMED));
    }
    if unchecked.iter().any(|(_, why)| why.contains("private network")) {
        words.push_str(
            "  help: list hosts of your own network that may be asked: [external] allow = [\"wiki.intern\"]\n",
        );
    }
    words
}

/// Where answers are remembered: the folder in `TRUSTBOOK_CACHE`, or the user's for such things.
fn memory_file() -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = match folder("TRUSTBOOK_CACHE") {
        Some(folder) => folder,
        None if cfg!(windows) => folder("LOCALAPPDATA")?.join("trustbook"),
        None => match folder("XDG_CACHE_HOME").filter(|folder| folder.is_absolute()) {
            Some(folder) => folder.join("trustbook"),
            None => folder("HOME")?
                .join(Path::new(if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" }))
                .join("trustbook"),
        },
    };
    Some(cache.join("links.json"))
}
