//! Hours of work in little time: five thousand edits and somebody who looks on.

use super::preview::{HANGS, Playbook, Preview};
use std::fs;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const EDITS: usize = 5_000;

/// More time it does not take; what is left of the edits is left out.
const BOUND: Duration = Duration::from_secs(60);

fn text(guide: usize, version: usize) -> String {
    format!("# Guide {guide}\n\nVersion {version}. [Next](g{}.md)\n", (guide + 1) % 10)
}

#[cfg(target_os = "linux")]
fn descriptors(preview: &Preview) -> usize {
    fs::read_dir(format!("/proc/{}/fd", preview.pid())).expect("it runs").count()
}

/// Kilobytes that it holds.
#[cfg(target_os = "linux")]
fn memory(preview: &Preview) -> usize {
    let status = fs::read_to_string(format!("/proc/{}/status", preview.pid())).expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("Linux tells");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

#[test]
fn five_thousand_edits() {
    let mut files: Vec<(String, String)> =
        (0..10).map(|guide| (format!("content/guides/g{guide}.md"), text(guide, 0))).collect();
    files.push(("content/index.md".into(), "# Small\n\n[Guides](guides/g0.md)\n".into()));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let playbook = Playbook::new(&files);
    let preview = playbook.serve();
    let written = [const { AtomicUsize::new(0) }; 10];
    let done = AtomicBool::new(false);
    let start = Instant::now();
    #[cfg(target_os = "linux")]
    let mut early = (0, 0);
    std::thread::scope(|scope| {
        let looking = scope.spawn(|| {
            let mut newest = [0; 10];
            let mut answers = 0_usize;
            while !done.load(Ordering::Relaxed) {
                let guide = answers % 10;
                let answer = preview.get(&format!("/guides/g{guide}/"));
                let (status, html) = (answer.status, answer.text());
                assert_eq!(status, 200);
                let at = html.find("Version ").expect("every version says which it is");
                let version: usize = html[at + 8..].split('.').next().and_then(|n| n.parse().ok()).expect("a number");
                assert!(version >= newest[guide], "{version} after {}", newest[guide]);
                assert!(version <= written[guide].load(Ordering::Relaxed), "{version} was not written yet");
                newest[guide] = version;
                answers += 1;
            }
            answers
        });
        let mut edits = 0;
        while edits < EDITS && start.elapsed() < BOUND {
            let guide = edits % 10;
            let version = edits / 10 + 1;
            written[guide].store(version, Ordering::Relaxed);
            let beside = playbook.at("content/guides/beside.tmp");
            fs::write(&beside, text(guide, version)).expect("it can be written");
            fs::rename(&beside, playbook.at(&format!("content/guides/g{guide}.md"))).expect("it can be renamed");
            edits += 1;
            // Now and then the writer looks up.
            if edits.is_multiple_of(50) {
                preview.shows(&format!("/guides/g{guide}/"), &format!("Version {version}."));
            }
            #[cfg(target_os = "linux")]
            if edits == EDITS / 5 {
                early = (descriptors(&preview), memory(&preview));
            }
        }
        let last: Vec<usize> = written.iter().map(|version| version.load(Ordering::Relaxed)).collect();
        for (guide, version) in last.iter().enumerate() {
            preview.shows(&format!("/guides/g{guide}/"), &format!("Version {version}."));
        }
        done.store(true, Ordering::Relaxed);
        let answers = looking.join().expect("no answer was wrong");
        assert!(answers > 100, "{answers} answers in {:?}", start.elapsed());
    });
    #[cfg(target_os = "linux")]
    if early.0 > 0 {
        assert!(descriptors(&preview) <= early.0 + 10, "{} descriptors after {}", descriptors(&preview), early.0);
        assert!(memory(&preview) <= early.1 * 2, "{} KB after {}", memory(&preview), early.1);
    }
    assert!(start.elapsed() < BOUND + HANGS);
    for (file, bytes) in playbook.built(&[]).iter().filter(|(file, _)| file.ends_with(".html")) {
        assert!(preview.get(&format!("/{file}")).page() == *bytes, "{file} is not what build writes");
    }
}
