//! Keeps the README and `docs/format.md` from lagging behind the code: findings, keys, directives, links, commands, examples.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, process};
use trustbook::diagnostic::{Code, Level};
use trustbook::parse::directive;
use trustbook::playbook::prose::{Aside, TypedKind};

/// Ways in which the parser asks for a key: methods of `Fields`, and of a directive's arguments.
const ASKING: [&str; 18] = [
    "text",
    "name",
    "audience",
    "words",
    "listed_words",
    "prose",
    "line",
    "lines",
    "texts",
    "names",
    "number",
    "number_between",
    "integer",
    "truth",
    "date",
    "one_of",
    "tables",
    "node",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("could not read {path}: {error}"))
}

#[test]
fn every_finding_is_in_the_format_with_its_level() {
    let format = read("docs/format.md");
    let levels: [(&str, Level); 3] = [("allow", Level::Allow), ("warn", Level::Warn), ("deny", Level::Deny)];
    let written: Vec<(&str, Level)> = format
        .lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| `")?.split(" | ");
            let code = cells.next()?.strip_suffix('`')?;
            let level = cells.next()?;
            Some((code, levels.iter().find(|(word, _)| *word == level)?.1))
        })
        .collect();
    let wanted: Vec<(&str, Level)> = Code::ALL.iter().map(|code| (code.name(), code.default_level())).collect();
    assert_eq!(written, wanted, "the table of findings in docs/format.md is Code::ALL, in its order");
}

#[test]
fn every_key_is_in_the_format() {
    let format = read("docs/format.md");
    let mut keys = BTreeSet::new();
    for file in fs::read_dir(root().join("src/parse")).expect("src/parse is there") {
        let path = file.expect("src/parse can be listed").path();
        if path.is_dir() {
            continue;
        }
        let text = fs::read_to_string(path).expect("sources are text");
        keys.extend(asked_for(&text).into_iter().map(str::to_string));
    }
    assert!(keys.len() > 90, "the parser asks for {} keys; has a way of asking been renamed?", keys.len());
    let missing: Vec<&String> = keys.iter().filter(|key| !format.contains(&format!("`{key}`"))).collect();
    assert!(missing.is_empty(), "docs/format.md lacks these keys: {missing:?}");
}

/// The keys in `.text("key")` and its like, also where the line breaks after the bracket.
fn asked_for(code: &str) -> Vec<&str> {
    let mut keys = Vec::new();
    for method in ASKING.iter().chain(&["take"]) {
        let call = format!(".{method}(");
        for (at, _) in code.match_indices(&call) {
            let Some(rest) = code[at + call.len()..].trim_start().strip_prefix('"') else { continue };
            let key = rest.split('"').next().unwrap_or("");
            if !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
                keys.push(key);
            }
        }
    }
    keys
}

#[test]
fn every_directive_and_kind_of_link_is_in_the_format() {
    let format = read("docs/format.md");
    let names = directive::names().chain(Aside::ALL.into_iter().map(Aside::name)).map(|name| format!("`{name}`"));
    let links = TypedKind::ALL.into_iter().map(|kind| format!("`{}:ID`", kind.name()));
    let missing: Vec<String> = names.chain(links).filter(|word| !format.contains(word)).collect();
    assert!(missing.is_empty(), "docs/format.md lacks these: {missing:?}");
}

#[test]
fn every_command_is_in_the_readme() {
    let help = Command::new(env!("CARGO_BIN_EXE_trustbook")).arg("--help").output().expect("trustbook runs");
    let help = String::from_utf8(help.stdout).expect("help is text");
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        // A long description goes on below its command, further in.
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    assert!(commands.contains(&"build"), "{help}");
    let readme = read("README.md");
    let missing: Vec<&&str> = commands.iter().filter(|command| !readme.contains(&format!("`{command}"))).collect();
    assert!(missing.is_empty(), "README.md lacks these commands: {missing:?}");
}

/// Files in the README's fences (`toml content/promises.toml`) make a playbook; each `console` fence that begins with
/// `$ trustbook` is run in it. A line `…` stands for whatever follows.
#[test]
fn the_readmes_examples_are_true() {
    let readme = read("README.md");
    let folder = Scratch::new();
    let (mut ran, mut fence): (usize, Option<(&str, String)>) = (0, None);
    for line in readme.lines() {
        match (&mut fence, line.strip_prefix("```")) {
            (None, Some(info)) => fence = Some((info, String::new())),
            (None, None) => {}
            (Some((info, body)), Some("")) => {
                if let Some((_, path)) = info.split_once(' ') {
                    let path = folder.0.join(path);
                    fs::create_dir_all(path.parent().expect("files lie in a folder")).expect("the folder can be made");
                    fs::write(&path, body).expect("the file can be written");
                } else if *info == "console" && body.starts_with("$ trustbook ") {
                    run(body, &folder.0);
                    ran += 1;
                }
                fence = None;
            }
            (Some((_, body)), _) => {
                body.push_str(line);
                body.push('\n');
            }
        }
    }
    assert!(ran > 0, "README.md shows no example that can be run");
}

fn run(shown: &str, folder: &Path) {
    let (command, expected) = shown.split_once('\n').expect("a command has a line of its own");
    let arguments = command.strip_prefix("$ trustbook ").expect("looked at before").split(' ');
    let output = Command::new(env!("CARGO_BIN_EXE_trustbook"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("trustbook runs");
    let real = String::from_utf8(output.stdout).expect("output is text");
    match expected.split_once("…\n") {
        Some((begin, _)) => assert!(real.starts_with(begin), "README.md shows\n{begin}\nbut `{command}` says\n{real}"),
        None => assert_eq!(real.trim_end(), expected.trim_end(), "`{command}` says otherwise than README.md shows"),
    }
}

#[test]
fn links_between_the_documents_lead_somewhere() {
    let documents =
        ["README.md", "docs/format.md", "docs/architecture.md", "docs/audit.md", "docs/pipeline.md", "CHANGELOG.md"];
    for document in documents {
        let text = read(document);
        let folder = Path::new(document).parent().expect("documents are files");
        // Links in code are examples.
        let prose: String = text.split("```").step_by(2).collect();
        let prose: String = prose.split('`').step_by(2).collect();
        for link in prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or("");
            if !file.is_empty() && !file.contains("://") {
                assert!(root().join(folder).join(file).exists(), "{document} links to {link}, which is not there");
            }
        }
    }
}

/// The commands of a workflow file: what follows `trustbook`, up to where the shell goes on; a variable is some word.
fn commands(text: &str) -> Vec<Vec<String>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#') && !line.starts_with("//"));
    let command = |line: &str| -> Option<Vec<String>> {
        let begins = ["run: ", "- run: ", "- ", "entry: ", "sh '", ""]
            .iter()
            .find_map(|before| line.strip_prefix(before)?.strip_prefix("trustbook "))?;
        let ends = begins.find(['>', '|', '\'', ';', '&']).unwrap_or(begins.len());
        let word = |word: &str| if word.contains('$') { "x".to_string() } else { word.to_string() };
        Some(begins[..ends].split_whitespace().map(word).collect())
    };
    lines.filter_map(command).collect()
}

#[test]
fn workflow_files_can_be_read_and_name_commands_that_there_are() {
    for entry in fs::read_dir(root().join("docs/workflows")).expect("docs/workflows is there") {
        let path = entry.expect("docs/workflows can be listed").path();
        let text = fs::read_to_string(&path).expect("workflow files are text");
        if path.extension().is_some_and(|end| end == "yml" || end == "yaml") {
            let read: Result<serde_json::Value, _> = serde_saphyr::from_str(&text);
            let read = read.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            assert!(read.is_object(), "{}", path.display());
        }
        let commands = commands(&text);
        assert!(!commands.is_empty(), "{} runs no trustbook", path.display());
        for command in commands {
            // What stands before `--help` is read first: a flag or value that there is not is an error.
            let help = Command::new(env!("CARGO_BIN_EXE_trustbook")).args(&command).arg("--help").output();
            let help = help.expect("trustbook runs");
            assert!(
                help.status.success(),
                "{}: {command:?}: {}",
                path.display(),
                String::from_utf8_lossy(&help.stderr)
            );
        }
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        assert!(read("docs/pipeline.md").contains(&format!("workflows/{name}")), "docs/pipeline.md lacks {name}");
    }
}

/// A folder of its own for one test, removed after it.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Scratch {
        let folder = env::temp_dir().join(format!("trustbook-docs-{}", process::id()));
        fs::create_dir_all(&folder).expect("there is room for temporary files");
        Scratch(folder)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
