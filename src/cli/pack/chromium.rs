//! A page to a PDF, through a browser that is installed.

use crate::failure::Failure;
use jiff::civil::Date;
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
    let folder = Folder::new()?;
    let (from, to) = (folder.0.join("pack.html"), folder.0.join("pack.pdf"));
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
    command.arg(switch("--user-data-dir=", &folder.0.join("profile")));
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

/// A folder for the moment that nobody else may look into.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Folder, Failure> {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let name = format!("trustbook-pack-{}-{}", std::process::id(), since.as_nanos());
        let folder = std::env::temp_dir().join(name);
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt;
            builder.mode(0o700);
        }
        builder.create(&folder).map_err(|error| Failure::new("make", &folder, error))?;
        Ok(Folder(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
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
