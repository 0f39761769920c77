//! What `check --against` names, a manifest or a site's folder, to the addresses that were live.

use crate::against::live::{Live, of_manifest, of_page};
use crate::failure::Failure;
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

/// The addresses of a release of `edition`.
///
/// # Errors
/// It cannot be read, is no manifest or site, or is another edition's.
pub fn live(from: &Path, edition: &str) -> Result<Vec<Live>, Failure> {
    if from.is_dir() {
        return of_folder(from);
    }
    let shown = from.display();
    let text = fs::read_to_string(from).map_err(|error| Failure::new("read", from, error))?;
    let release = of_manifest(&text).map_err(|why| Failure::Refused(format!("{shown} is no manifest: {why}")))?;
    match release.edition {
        Some(other) if other != edition => Err(Failure::Refused(format!(
            "{shown} is of the edition `{other}`, and `{edition}` is checked: say `--audience {other}`"
        ))),
        _ => Ok(release.live),
    }
}

fn of_folder(folder: &Path) -> Result<Vec<Live>, Failure> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_path_buf();
            Failure::new("read", path, error.into())
        })?;
        if entry.file_type().is_file() && entry.path().extension().is_some_and(|end| end == "html") {
            files.push(entry.into_path());
        }
    }
    if files.is_empty() {
        return Err(Failure::Refused(format!("{} is no site: there is no page in it", folder.display())));
    }
    let read = |file: &PathBuf| {
        let bytes = fs::read(file).map_err(|error| Failure::new("read", file, error))?;
        let inner = file.strip_prefix(folder).unwrap_or(file).to_string_lossy().replace('\\', "/");
        Ok(of_page(&inner, &String::from_utf8_lossy(&bytes)))
    };
    files.par_iter().map(read).collect()
}
