//! A file of the playbook to its former texts, as the installed Git has them. Without Git, or outside of a repository, there are
//! none, and nothing else depends on it.

use crate::cli::git::said;
use std::path::Path;

/// So many commits are looked at, and no more.
const COMMITS: &str = "500";

/// The newest former text of a file that is `wanted`, and how Git calls its commit, with its day.
pub fn former(root: &Path, path: &str, wanted: &dyn Fn(&str) -> bool) -> Option<(String, String)> {
    let commits = said(root, &["log", "--max-count", COMMITS, "--format=%h %as", "--", path])?;
    commits.lines().find_map(|commit| {
        let hash = commit.split(' ').next()?;
        let text = said(root, &["show", &format!("{hash}:./{path}")])?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        wanted(text).then(|| (commit.to_string(), text.to_string()))
    })
}
