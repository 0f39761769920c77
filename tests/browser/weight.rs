//! Bytes: what a page may ask a reader's line to carry, as sent with gzip.

use super::pages;
use super::site;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::{Command, Stdio};

/// For all scripts of a page, and for all its styles.
const BUDGET: usize = 20_000;

/// For the script that holds up painting; not compressed.
const BLOCKING: usize = 1_024;

fn compressed(bytes: &[u8]) -> usize {
    let mut command = Command::new("gzip");
    command.args(["-9", "-c", "-n"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("gzip is installed");
    let mut pipe = child.stdin.take().expect("piped");
    let bytes = bytes.to_vec();
    let writing = std::thread::spawn(move || pipe.write_all(&bytes).expect("gzip reads"));
    let ended = child.wait_with_output().expect("gzip ends");
    writing.join().expect("it was written");
    ended.stdout.len()
}

/// The files in `assets/` that a page names anywhere: also those that a script of its own fetches when they are wanted.
fn named(html: &str) -> BTreeSet<&str> {
    html.split("assets/").skip(1).filter_map(|rest| rest.split('"').next()).filter(|name| !name.contains('/')).collect()
}

#[test]
fn scripts_and_styles_of_every_page_stay_in_their_budget() {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for page in pages::all() {
        let names = named(&page.html);
        for name in &names {
            sizes.entry(name).or_insert_with(|| {
                compressed(
                    &std::fs::read(site::reference().join("assets").join(name)).expect("a page names what is there"),
                )
            });
        }
        for kind in [".js", ".css"] {
            let of_kind: Vec<(&str, usize)> =
                names.iter().filter(|name| name.ends_with(kind)).map(|name| (*name, sizes[name])).collect();
            let sum: usize = of_kind.iter().map(|(_, size)| size).sum();
            assert!(!of_kind.is_empty(), "/{} names no {kind}", page.address);
            assert!(sum <= BUDGET, "/{} asks for {sum} bytes of {kind}: {of_kind:?}", page.address);
        }
    }
    for name in sizes.keys().filter(|name| name.starts_with("head.")) {
        let bytes = std::fs::read(site::reference().join("assets").join(name)).expect("it is there").len();
        assert!(bytes <= BLOCKING, "{name} has {bytes} bytes");
    }
}
