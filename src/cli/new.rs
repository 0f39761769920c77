//! `trustbook new`: a small playbook that builds clean, with comments that teach.

use super::{CLEAN, print};
use crate::failure::Failure;
use std::fs;
use std::path::Path;

macro_rules! starter {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("starter/", $path))),)*]
    };
}

const STARTER: &[(&str, &str)] = starter! {
    "trustbook.toml"
    "content/index.md"
    "content/guides/index.md"
    "content/guides/first-week.md"
    "content/strategies/tell-early.md"
    "content/pillars/reliability.md"
    "content/personas/new-customer.md"
    "content/journeys/first-order.toml"
    "content/promises.toml"
    "content/metrics.toml"
    "content/data/support.csv"
    "content/departments.toml"
    "content/channels.toml"
    "content/glossary.toml"
};

/// Makes the playbook in `dir`, which must not exist or be empty.
pub fn new(dir: &Path) -> Result<u8, Failure> {
    if let Ok(mut entries) = fs::read_dir(dir)
        && entries.next().is_some()
    {
        return Err(Failure::Refused(format!("{} is not empty: name a new folder", dir.display())));
    }
    for (path, text) in STARTER {
        let target = dir.join(path);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(|error| Failure::new("make", folder, error))?;
        }
        fs::write(&target, text).map_err(|error| Failure::new("write", &target, error))?;
    }
    let ignored = dir.join(".gitignore");
    fs::write(&ignored, "/site\n").map_err(|error| Failure::new("write", &ignored, error))?;
    let shown = dir.display();
    print(&format!(
        "A playbook of {} files in {shown}. Next:\n\n    cd {shown}\n    trustbook build\n\nThen open site/index.html.\n",
        STARTER.len()
    ));
    Ok(CLEAN)
}
