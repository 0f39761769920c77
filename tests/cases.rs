//! Runs the cases of `tests/cases/*.md`: files in fences, each expected finding on its line.
//!
//! A file is a `# Topic` of cases; a case is a `## Title`, lines of options, and fences. The word after a fence's language is
//! the file that it holds, below the playbook's root. `cargo test --test cases` runs all of them; `CASES=links` only those
//! of `links.md`, `CASES=links/anchor` only those with `anchor` in their title.
//!
//! | in a case | means |
//! |---|---|
//! | `# finds: code, code` at the end of a line of TOML or YAML | this line has these findings; the marker is not written |
//! | ` <!-- finds: code -->` at the end of a line of Markdown | the same |
//! | `text finding` fence | every line stands in the findings as text |
//! | `html site/…` fence | every line stands in this file of the site, in order; with a `!` before it, nowhere |
//! | `text audit` fence | every line stands in the audit as text, in order; with a `!` before it, nowhere |
//! | `audit: --department sales` | arguments of that audit |
//! | `as of:`, `audience:`, `drafts:`, `strict:` | the options of the command |
//! | `command: theme check` | the command whose findings are judged, where it is not `check` |
//! | `only: code, code` | judge no other findings |
//! | `exit: 1` | how the command ends; a case that looks at pages ends with 0 where it says nothing |

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, process, thread};

/// What a small playbook has not yet; judged where a case names them.
const INCOMPLETE: [&str; 9] = [
    "unmeasured-promise",
    "unowned-promise",
    "promise-nowhere-made",
    "silent-stage",
    "department-without-promise",
    "pain-without-opportunity",
    "uncovered-pillar",
    "lonely-guide",
    "missing-string",
];

const OPTIONS: [&str; 8] = ["as of", "audience", "drafts", "strict", "only", "exit", "audit", "command"];

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let wanted = env::var("CASES").unwrap_or_default();
    let cases: Vec<Case> =
        markdown_files(&folder).iter().flat_map(|file| read(file)).filter(|case| case.is(&wanted)).collect();
    assert!(!cases.is_empty(), "no case fits CASES={wanted}");
    let scratch = Scratch::new();
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(BTreeMap::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some((number, case)) = take(&next, &cases) {
                    let wrong = run(case, &scratch.0.join(number.to_string()));
                    if !wrong.is_empty() {
                        failures.lock().expect("no thread panics").insert(number, wrong);
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().expect("no thread panics");
    let mut told = String::new();
    for (number, wrong) in &failures {
        let case = &cases[*number];
        let _ = writeln!(told, "\n{}:{}: {}", case.file, case.line, case.title);
        for line in wrong.iter().flat_map(|wrong| wrong.lines()) {
            let _ = writeln!(told, "    {line}");
        }
    }
    assert!(failures.is_empty(), "{told}\n{} of {} cases fail", failures.len(), cases.len());
}

fn take<'c>(next: &AtomicUsize, cases: &'c [Case]) -> Option<(usize, &'c Case)> {
    let number = next.fetch_add(1, Ordering::Relaxed);
    Some((number, cases.get(number)?))
}

fn markdown_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("tests/cases is there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("tests/cases can be listed").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    files
}

/// One case as it was written.
struct Case {
    file: String,
    line: usize,
    title: String,
    options: BTreeMap<String, String>,
    inputs: Vec<(String, String)>,
    expected: Vec<Finding>,
    texts: Vec<String>,
    audits: Vec<String>,
    pages: Vec<(String, String)>,
}

/// Path, line from 1, code.
type Finding = (String, u64, String);

impl Case {
    fn is(&self, wanted: &str) -> bool {
        let (file, title) = wanted.split_once('/').unwrap_or((wanted, ""));
        self.file.contains(file) && self.title.to_lowercase().contains(&title.to_lowercase())
    }

    fn option(&self, name: &str) -> Option<&str> {
        self.options.get(name).map(String::as_str)
    }

    /// Whether a finding of this code is judged.
    fn judges(&self, code: &str) -> bool {
        match self.option("only") {
            Some(only) => words(only).any(|one| one == code) || self.expected.iter().any(|(_, _, one)| one == code),
            None => !INCOMPLETE.contains(&code) || self.expected.iter().any(|(_, _, one)| one == code),
        }
    }

    fn add(&mut self, info: &str, body: &str) {
        let (language, path) = info.split_once(' ').unwrap_or((info, ""));
        match (language, path.trim()) {
            ("text", "finding") => self.texts.push(body.to_string()),
            ("text", "audit") => self.audits.push(body.to_string()),
            ("html", page) if page.starts_with("site/") => {
                self.pages.push((page["site/".len()..].to_string(), body.to_string()))
            }
            (_, "") => panic!("{}:{}: the fence `{info}` names no file", self.file, self.line),
            (_, path) => {
                let mut text = String::new();
                for (number, line) in (1..).zip(body.split_inclusive('\n')) {
                    let (line, codes) = marked(line);
                    text.push_str(&line);
                    self.expected.extend(codes.into_iter().map(|code| (path.to_string(), number, code)));
                }
                self.inputs.push((path.to_string(), text));
            }
        }
    }
}

/// A line without its marker, and the codes in it.
fn marked(line: &str) -> (String, Vec<String>) {
    let bare = line.trim_end_matches(['\n', '\r']);
    let found = match bare.trim_end().strip_suffix("-->").and_then(|rest| rest.rsplit_once("<!-- finds:")) {
        Some(found) => Some(found),
        None => bare.rsplit_once("# finds:"),
    };
    match found {
        Some((before, codes)) => {
            let end = &line[bare.len()..];
            (format!("{}{end}", before.trim_end()), words(codes).map(String::from).collect())
        }
        None => (line.to_string(), Vec::new()),
    }
}

fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|word| !word.is_empty())
}

/// The cases of a file.
fn read(path: &Path) -> Vec<Case> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("could not read {}: {error}", path.display()));
    let file = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
    let mut cases: Vec<Case> = Vec::new();
    let mut lines = (1..).zip(text.split_inclusive('\n'));
    while let Some((number, line)) = lines.next() {
        let line = line.trim_end_matches('\n');
        let fence = line.len() - line.trim_start_matches('`').len();
        if let Some(title) = line.strip_prefix("## ") {
            cases.push(Case {
                file: file.clone(),
                line: number,
                title: title.trim().to_string(),
                options: BTreeMap::new(),
                inputs: Vec::new(),
                expected: Vec::new(),
                texts: Vec::new(),
                audits: Vec::new(),
                pages: Vec::new(),
            });
        } else if fence >= 3 {
            let mut body = String::new();
            loop {
                let (_, inner) = lines.next().unwrap_or_else(|| panic!("{file}:{number}: this fence is not closed"));
                let ticks = inner.trim_end();
                if ticks.len() == fence && ticks.bytes().all(|byte| byte == b'`') {
                    break;
                }
                body.push_str(inner);
            }
            let case = cases.last_mut().unwrap_or_else(|| panic!("{file}:{number}: a fence before the first case"));
            case.add(line[fence..].trim(), &body);
        } else if let (Some(case), Some((name, value))) = (cases.last_mut(), line.split_once(": "))
            && OPTIONS.contains(&name)
        {
            assert!(case.inputs.is_empty(), "{file}:{number}: options stand before the first file");
            case.options.insert(name.to_string(), value.trim().to_string());
        }
    }
    cases
}

/// What is wrong with a case.
fn run(case: &Case, root: &Path) -> Vec<String> {
    for (path, text) in &case.inputs {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a scratch folder can be made");
        fs::write(&path, text).expect("a scratch file can be written");
    }
    // A playbook without content cannot be checked at all; a case that is only about settings does not mean that.
    fs::create_dir_all(root.join("content")).expect("a scratch folder can be made");
    let mut wrong = Vec::new();
    let command: Vec<&str> = case.option("command").unwrap_or("check").split_whitespace().collect();
    let checked = trustbook(case, root, &[&command[..], &["--format", "json"]].concat());
    findings_wrong(case, &checked, &mut wrong);
    exit_wrong(case.option("exit"), &checked, &mut wrong);
    if !case.texts.is_empty() {
        let drawn = trustbook(case, root, &[&command[..], &["--format", "text"]].concat());
        let drawn = format!("{}{}", string(&drawn.stdout), string(&drawn.stderr));
        for line in case.texts.iter().flat_map(|text| text.lines()).map(str::trim).filter(|line| !line.is_empty()) {
            if !drawn.contains(line) {
                wrong.push(format!("the findings as text lack `{line}`:\n{drawn}"));
            }
        }
    }
    for lines in &case.audits {
        let arguments = case.option("audit").unwrap_or_default().split_whitespace();
        let command: Vec<&str> = std::iter::once("audit").chain(arguments).collect();
        lines_wrong("the audit", &string(&trustbook(case, root, &command).stdout), lines, &mut wrong);
    }
    if !case.pages.is_empty() {
        // Beside the playbook, not in it: what was built is no input of the next command.
        let site = root.with_extension("site");
        let output = site.to_str().expect("scratch folders have plain names");
        let built = trustbook(case, root, &["build", "--output", output]);
        exit_wrong(Some(case.option("exit").unwrap_or("0")), &built, &mut wrong);
        case.pages.iter().for_each(|(page, lines)| page_wrong(&site, page, lines, &mut wrong));
    }
    wrong
}

fn trustbook(case: &Case, root: &Path, command: &[&str]) -> Output {
    let mut process = Command::new(env!("CARGO_BIN_EXE_trustbook"));
    process.args(command).arg("--root").arg(root).arg("--as-of").arg(case.option("as of").unwrap_or("2026-11-22"));
    if let Some(audience) = case.option("audience") {
        process.args(["--audience", audience]);
    }
    for flag in ["drafts", "strict"] {
        if case.option(flag) == Some("yes") {
            process.arg(format!("--{flag}"));
        }
    }
    process.env("NO_COLOR", "1").env_remove("RUST_BACKTRACE").output().expect("the built binary runs")
}

fn string(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn exit_wrong(expected: Option<&str>, output: &Output, wrong: &mut Vec<String>) {
    let code = output.status.code().map_or("a signal".to_string(), |code| code.to_string());
    if expected.is_some_and(|expected| expected != code) || !matches!(code.as_str(), "0" | "1" | "2") {
        let expected = expected.unwrap_or("0, 1 or 2");
        wrong.push(format!("it ended with {code}, not {expected}:\n{}", string(&output.stderr)));
    }
}

fn findings_wrong(case: &Case, checked: &Output, wrong: &mut Vec<String>) {
    let mut found: Vec<(Finding, String)> = Vec::new();
    for line in string(&checked.stdout).lines() {
        let Ok(json) = serde_json::from_str::<serde_json::Value>(line) else {
            wrong.push(format!("this is no line of JSON: {line}"));
            continue;
        };
        let text = |key: &str| json[key].as_str().unwrap_or_default().to_string();
        let finding = (text("path"), json["line"].as_u64().unwrap_or_default(), text("code"));
        if case.judges(&finding.2) {
            found.push((finding, text("message")));
        }
    }
    for expected in &case.expected {
        match found.iter().position(|(finding, _)| finding == expected) {
            Some(at) => _ = found.swap_remove(at),
            None => wrong.push(format!("expected {}:{} {}", expected.0, expected.1, expected.2)),
        }
    }
    found.sort();
    for ((path, line, code), message) in &found {
        wrong.push(format!("found    {path}:{line} {code}: {message}"));
    }
    if checked.status.code() == Some(2) && case.option("exit") != Some("2") {
        wrong.push(format!("it could not run:\n{}", string(&checked.stderr)));
    }
}

fn page_wrong(site: &Path, page: &str, lines: &str, wrong: &mut Vec<String>) {
    match fs::read(site.join(page)) {
        Ok(bytes) => lines_wrong(&format!("site/{page}"), &string(&bytes), lines, wrong),
        Err(error) => wrong.push(format!("site/{page} cannot be read: {error}")),
    }
}

fn lines_wrong(name: &str, text: &str, lines: &str, wrong: &mut Vec<String>) {
    let mut from = 0;
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match line.strip_prefix('!') {
            Some(absent) if text.contains(absent) => wrong.push(format!("{name} has `{absent}`")),
            Some(_) => {}
            None => match text[from..].find(line) {
                Some(at) => from += at + line.len(),
                None if text.contains(line) => wrong.push(format!("{name} has `{line}`, but not in this order")),
                None => wrong.push(format!("{name} lacks `{line}`")),
            },
        }
    }
}

/// A folder that is gone after the run, unless it fails and somebody wants to look.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Scratch {
        let folder = env::temp_dir().join(format!("trustbook-cases-{}", process::id()));
        fs::create_dir_all(&folder).expect("a scratch folder can be made");
        Scratch(folder)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if env::var_os("KEEP").is_none() {
            let _ = fs::remove_dir_all(&self.0);
        }
    }
}
