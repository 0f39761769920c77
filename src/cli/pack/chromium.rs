//! A page to a PDF, through a browser that is installed.

use crate::cli::scratch::Scratch;
use crate::failure::Failure;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Names that Chromium and Chrome go by.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Where Chrome is on a Mac.
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// A playbook of a thousand pages takes a minute to be laid out on a slow machine; who takes ten hangs.
const DEADLINE: Duration = Duration::from_secs(600);

/// So often we look whether the browser has finished.
const GLANCE: Duration = Duration::from_millis(25);

/// The browser that `CHROME` names, or the first that is installed.
///
/// # Errors
/// There is none; it says what to do.
pub fn installed() -> Result<PathBuf, Failure> {
    if let Some(named) = std::env::var_os("CHROME").filter(|named| !named.is_empty()) {
        let named = PathBuf::from(named);
        let found = if named.components().count() > 1 { Some(named.clone()) } else { on_path(&named) };
        return found.filter(|found| found.is_file()).ok_or_else(|| {
            Failure::Refused(format!("CHROME names {}, and there is no such program", named.display()))
        });
    }
    let found = NAMES.iter().find_map(|name| on_path(Path::new(name)));
    found.or_else(|| Some(PathBuf::from(MAC)).filter(|mac| mac.is_file())).ok_or_else(|| {
        Failure::Refused(
            "a PDF is printed by Chromium or Chrome, and neither is installed: install one (Debian: apt install \
             chromium), or name its program in the environment variable CHROME, or pack with --format html and \
             print that page from any browser"
                .to_string(),
        )
    })
}

fn on_path(name: &Path) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// Prints a page. The browser has a profile of its own for the moment, and reaches no network.
///
/// # Errors
/// The browser cannot be started, fails or does not come to an end.
pub fn printed(browser: &Path, page: &[u8], day: Date) -> Result<Vec<u8>, Failure> {
    let folder = Scratch::new("pack")?;
    let (from, to) = (folder.path().join("pack.html"), folder.path().join("pack.pdf"));
    fs::write(&from, page).map_err(|error| Failure::new("write", &from, error))?;
    let mut command = Command::new(browser);
    command.args([
        "--headless=new",
        "--disable-gpu",
        "--disable-extensions",
        "--disable-sync",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--no-default-browser-check",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
    ]);
    if is_root() {
        // Chromium's own sandbox refuses to run as root.
        command.arg("--no-sandbox");
    }
    command.arg(switch("--user-data-dir=", &folder.path().join("profile")));
    command.arg(switch("--print-to-pdf=", &to));
    command.arg(&from);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let child = command.spawn().map_err(|error| Failure::new("start", browser, error))?;
    let ended = Running(child).end(browser)?;
    let printed = fs::read(&to).ok().filter(|bytes| bytes.starts_with(b"%PDF-"));
    let Some(mut printed) = printed else {
        return Err(Failure::Refused(format!("{} printed nothing: {ended}", browser.display())));
    };
    dated(&mut printed, day);
    renumbered(&mut printed);
    Ok(printed)
}

fn switch(name: &str, path: &Path) -> std::ffi::OsString {
    let mut switch = std::ffi::OsString::from(name);
    switch.push(path);
    switch
}

#[cfg(unix)]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

/// A browser at work; what is still running when it is dropped is ended.
struct Running(Child);

impl Running {
    fn end(mut self, browser: &Path) -> Result<std::process::ExitStatus, Failure> {
        let begun = Instant::now();
        loop {
            match self.0.try_wait().map_err(|error| Failure::new("wait for", browser, error))? {
                Some(status) => return Ok(status),
                None if begun.elapsed() > DEADLINE => {
                    return Err(Failure::Refused(format!(
                        "{} has not printed the pack after {} minutes",
                        browser.display(),
                        DEADLINE.as_secs() / 60
                    )));
                }
                None => std::thread::sleep(GLANCE),
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Ok(None) = self.0.try_wait() {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }
}

/// Puts the edition's day in the place of the clock's, at the same length, so that the same playbook is the same bytes.
fn dated(pdf: &mut [u8], day: Date) {
    let date = format!("{:04}{:02}{:02}000000", day.year(), day.month(), day.day());
    for key in [&b"/CreationDate (D:"[..], b"/ModDate (D:"] {
        let found = memchr::memmem::find_iter(pdf, key).map(|at| at + key.len()).collect::<Vec<_>>();
        for at in found {
            if let Some(place) = pdf.get_mut(at..at + date.len()).filter(|old| old.iter().all(u8::is_ascii_digit)) {
                place.copy_from_slice(date.as_bytes());
            }
        }
    }
}

/// Counts the names of table headings anew. The browser numbers them by how much it has made in its memory before, which differs
/// from run to run; their order does not.
fn renumbered(pdf: &mut [u8]) {
    const OPEN: &[u8] = b"(node";
    const DIGITS: usize = 8;
    let number = |at: usize| {
        let digits = pdf.get(at..at + DIGITS).filter(|_| pdf.get(at + DIGITS) == Some(&b')'))?;
        std::str::from_utf8(digits).ok()?.parse::<u32>().ok()
    };
    let starts = memchr::memmem::find_iter(pdf, OPEN).map(|at| at + OPEN.len());
    let found: Vec<(usize, u32)> = starts.filter_map(|at| Some((at, number(at)?))).collect();
    let numbers: BTreeSet<u32> = found.iter().map(|(_, number)| *number).collect();
    let ranks: BTreeMap<u32, usize> = numbers.into_iter().zip(1..).collect();
    for (at, number) in found {
        pdf[at..at + DIGITS].copy_from_slice(format!("{:08}", ranks[&number]).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_clock_and_the_memory_say_is_left_out() {
        let mut pdf =
            b"/CreationDate (D:20300102030405+00'00') /ID (node00000099) [(node00000100) (node00000099)] (node1)"
                .to_vec();
        dated(&mut pdf, jiff::civil::date(2026, 11, 22));
        renumbered(&mut pdf);
        let wanted =
            "/CreationDate (D:20261122000000+00'00') /ID (node00000001) [(node00000002) (node00000001)] (node1)";
        assert_eq!(String::from_utf8_lossy(&pdf), wanted);
    }
}
