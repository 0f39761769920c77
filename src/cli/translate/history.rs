//! A file of the playbook to its former texts, as the installed Git has them. Without Git, or outside of a repository, there are
//! none, and nothing else depends on it.

use std::path::Path;
use std::process::{Command, Stdio};

/// So many commits are looked at, and no more.
const COMMITS: &str = "500";

/// The newest former text of a file that is `wanted`, and how Git calls its commit, with its day.
pub fn former(root: &Path, path: &str, wanted: &dyn Fn(&str) -> bool) -> Option<(String, String)> {
    let commits = git(root, &["log", "--max-count", COMMITS, "--format=%h %as", "--", path])?;
    commits.lines().find_map(|commit| {
        let hash = commit.split(' ').next()?;
        let text = git(root, &["show", &format!("{hash}:./{path}")])?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        wanted(text).then(|| (commit.to_string(), text.to_string()))
    })
}

/// What Git says; `None` where it cannot run or has nothing to say.
fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(arguments);
    // A path is a path, whatever letters it has; and nobody is asked for anything.
    command.env("GIT_LITERAL_PATHSPECS", "1").env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0");
    command.stdin(Stdio::null()).stderr(Stdio::null());
    let output = command.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}
