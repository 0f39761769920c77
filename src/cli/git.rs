//! What the installed Git knows about the playbook's folder. It asks nobody anything, and changes nothing.

use crate::failure::Failure;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// Git in a folder. A path is a path, whatever letters it has; and what a hook's Git has set for itself is not for us.
pub fn git(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments);
    command.env("GIT_LITERAL_PATHSPECS", "1").env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0");
    // What a clone left out stays where it is.
    command.env("GIT_NO_LAZY_FETCH", "1");
    for own in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(own);
    }
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command
}

/// What Git says; `None` where it cannot run or has nothing to say.
pub fn said(folder: &Path, arguments: &[&str]) -> Option<String> {
    let output = git(folder, arguments).output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

/// What Git says.
///
/// # Errors
/// Git cannot run, or refuses in its own words.
pub fn asked(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let output = git(folder, arguments).stderr(Stdio::piped()).output().map_err(|error| not_run(&error))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let why = String::from_utf8_lossy(&output.stderr).trim().to_string();
    Err(Failure::Refused(format!("`git {}` failed in {}: {why}", arguments.join(" "), folder.display())))
}

/// That Git could not be started.
pub fn not_run(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => Failure::Refused(
            "the history is read with `git`, which is not installed here: install it, or leave the revision out"
                .to_string(),
        ),
        _ => Failure::Refused(format!("`git` could not be started: {}", crate::failure::reason(error))),
    }
}

/// The playbook's folder as its repository has it, empty or ending in `/`; outside of one as whoever started us sees it.
pub fn folder(root: &Path) -> String {
    if let Some(prefix) = said(root, &["rev-parse", "--show-prefix"]) {
        return prefix.trim_end_matches(['\n', '\r']).to_string();
    }
    let inside = || {
        let here = std::env::current_dir().ok()?.canonicalize().ok()?;
        let root = root.canonicalize().ok()?;
        let inside = root.strip_prefix(here).ok()?.to_str()?.replace('\\', "/");
        Some(if inside.is_empty() { inside } else { inside + "/" })
    };
    inside().unwrap_or_default()
}

/// What Git calls the state that a revision names.
///
/// # Errors
/// There is no Git, no repository or no such revision; the sentence says what to do.
pub fn commit(root: &Path, revision: &str) -> Result<String, Failure> {
    let shown = root.display();
    let inside = git(root, &["rev-parse", "--is-inside-work-tree"]).stderr(Stdio::piped()).output();
    let inside = inside.map_err(|error| not_run(&error))?;
    if !inside.status.success() {
        let why = String::from_utf8_lossy(&inside.stderr);
        let why = why.lines().next().unwrap_or_default().trim_start_matches("fatal: ");
        return Err(Failure::Refused(format!(
            "{shown} has no history that could be asked for `{revision}`: Git says {why}; run this in a clone of the repository"
        )));
    }
    let name = format!("{revision}^{{commit}}");
    // What begins so is an option, whatever it was meant to be.
    let hash = (!revision.starts_with('-')).then(|| said(root, &["rev-parse", "--verify", "--quiet", &name])).flatten();
    let Some(hash) = hash.map(|hash| hash.trim().to_string()).filter(|hash| !hash.is_empty()) else {
        let shallow = said(root, &["rev-parse", "--is-shallow-repository"]).is_some_and(|said| said.trim() == "true");
        let hint = match shallow {
            true => {
                "this clone is shallow, fetch the rest with `git fetch --unshallow` (in a pipeline, `fetch-depth: 0`)"
            }
            false => {
                "fetch it with `git fetch origin`, or look at `git log` and `git branch --all` for one that there is"
            }
        };
        return Err(Failure::Refused(format!("Git knows no revision `{revision}` in {shown}: {hint}")));
    };
    Ok(hash)
}

/// Files below `root` that differ from where the work since `revision` began, those included that nobody has committed or added;
/// of a submodule that has changed, its folder. Relative to `root`.
///
/// # Errors
/// As [`commit`].
pub fn changed_since(root: &Path, revision: &str) -> Result<BTreeSet<String>, Failure> {
    let commit = commit(root, revision)?;
    // What others did on their branch since is none of ours.
    let base = said(root, &["merge-base", &commit, "HEAD"]).map(|base| base.trim().to_string());
    let base = base.filter(|base| !base.is_empty()).unwrap_or(commit);
    let differ = asked(root, &["diff", "--name-only", "--no-renames", "--relative", "-z", &base, "--"])?;
    let new = asked(root, &["ls-files", "--others", "--exclude-standard", "-z"])?;
    let names = |bytes: &[u8]| -> Vec<String> {
        bytes.split(|byte| *byte == 0).map(|name| String::from_utf8_lossy(name).into_owned()).collect()
    };
    Ok(names(&differ).into_iter().chain(names(&new)).filter(|name| !name.is_empty()).collect())
}
