//! Twice the input costs less than three times the work.
//!
//! Work is instructions, which valgrind counts: the same on every machine, whatever else runs there. A clock is neither,
//! allocations see no loop that searches a list, and the processor's own counters are closed in most virtual machines. It
//! takes minutes, so that `tests/run` asks for it by name and a plain `cargo test` does not.

#[path = "suite/bad_markdown.rs"]
mod bad_markdown;
#[allow(dead_code)]
#[path = "suite/scratch.rs"]
mod scratch;

use bad_markdown::a_fourth;
use scratch::{Scratch, TODAY, ended};
use std::fmt::Write as _;
use std::process::Command;

/// GitHub's tables fill short rows up, so that the page itself is as long as columns times rows.
const SQUARE: [&str; 1] = ["short rows of a wide table"];

/// Tables are hashed with other seeds in every run, which alone is some millions of instructions: less than this is no work.
const NOISE: f64 = 40_000_000.0;

fn markdown_grows_evenly(part: usize) {
    let idle = instructions("");
    let mut wrong = String::new();
    // Every third: a build under valgrind takes seconds, and the gate has only so many minutes.
    let texts = a_fourth(part, 10).zip(a_fourth(part, 20)).step_by(3);
    let pairs = texts.filter(|((what, _), _)| !SQUARE.contains(what));
    for ((what, one), (_, two)) in pairs {
        let work = [&one, &two].map(|text| instructions(text).saturating_sub(idle) as f64);
        let (longer, harder) = (two.len() as f64 / one.len() as f64, work[1] / work[0].max(NOISE));
        // What is nested is written in the square of its depth: the measure is the length of the text.
        if harder > longer * 1.5 {
            let _ = writeln!(wrong, "{what}: {longer:.1} times the text, {harder:.1} times the work of {:.0}", work[0]);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn markdown_grows_evenly_a() {
    markdown_grows_evenly(0);
}

#[test]
fn markdown_grows_evenly_b() {
    markdown_grows_evenly(1);
}

#[test]
fn markdown_grows_evenly_c() {
    markdown_grows_evenly(2);
}

#[test]
fn markdown_grows_evenly_d() {
    markdown_grows_evenly(3);
}

/// How many instructions a build takes, on one thread.
fn instructions(text: &str) -> u64 {
    let scratch = Scratch::new();
    scratch.file("content/a.md", text);
    let mut command = Command::new("valgrind");
    command.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
    command.arg(env!("CARGO_BIN_EXE_trustbook")).args(["build", "--as-of", TODAY, "--root"]).arg(scratch.root());
    command.env("RAYON_NUM_THREADS", "1");
    let build = ended(command);
    assert!(matches!(build.code, Some(0 | 1)), "is valgrind installed?\n{}", build.err);
    let refs = build.err.lines().find_map(|line| line.split_once(" refs:")).map(|(_, count)| count.replace(',', ""));
    refs.and_then(|count| count.trim().parse().ok()).unwrap_or_else(|| panic!("valgrind counts:\n{}", build.err))
}
