//! html-validate over every page of the reference playbook, in all languages.

use super::site;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Something of the npm packages that `tests/run` installs, pinned by `tests/browser/npm/package-lock.json`.
pub fn installed(path: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/npm/node_modules").join(path);
    assert!(path.exists(), "{} is missing: tests/browser/npm/install fetches it", path.display());
    path
}

#[test]
fn every_page_is_valid_html() {
    let settings = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/npm/htmlvalidate.json");
    let mut command = Command::new("node");
    command.arg(installed("html-validate/bin/html-validate.mjs")).arg("--config").arg(settings);
    let ended = command.args(["--max-warnings", "0", "--formatter", "text"]).arg(site::reference()).output();
    let ended = ended.expect("node is installed (apt-get install nodejs npm)");
    let said = String::from_utf8_lossy(&ended.stdout).into_owned() + &String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{}", said.chars().take(6000).collect::<String>());
}
