//! Some files of the author's to other texts, all of them or none.

use super::numbered;
use crate::failure::Failure;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Gives files other bytes. All are written beside their places first, where a full disk or a missing permission shows; only
/// then do they change names, one after the other. What already has its bytes is not touched.
///
/// # Errors
/// One of them cannot be written: then none is another than before.
pub fn replace(files: &[(PathBuf, Vec<u8>)]) -> Result<(), Failure> {
    let mut waiting = Waiting(Vec::new());
    for (path, bytes) in files {
        // What is a link stays one.
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        if fs::read(&place).is_ok_and(|old| old == *bytes) {
            continue;
        }
        let beside = beside(&place);
        waiting.0.push((beside.clone(), place.clone(), path.clone()));
        put(&beside, bytes, &place).map_err(|error| Failure::new("write", path, error))?;
    }
    for (beside, place, path) in &waiting.0 {
        fs::rename(beside, place).map_err(|error| Failure::new("write", path, error))?;
    }
    Ok(())
}

/// Files that have not changed names yet: where they are, where they go, how the author calls that. What is left of them at the
/// end goes away.
struct Waiting(Vec<(PathBuf, PathBuf, PathBuf)>);

impl Drop for Waiting {
    fn drop(&mut self) {
        for (beside, ..) in &self.0 {
            let _ = fs::remove_file(beside);
        }
    }
}

/// A name that begins with a dot: no content, whenever somebody looks.
fn beside(place: &Path) -> PathBuf {
    let name = place.file_name().unwrap_or(OsStr::new("file")).to_string_lossy();
    place.with_file_name(format!(".{name}{}", numbered(".trustbook-new-")))
}

fn put(beside: &Path, bytes: &[u8], place: &Path) -> io::Result<()> {
    let mut file = File::create_new(beside)?;
    file.write_all(bytes)?;
    if let Ok(old) = fs::metadata(place) {
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_cannot_be_written_leaves_all_as_they_were() {
        let folder = std::env::temp_dir().join(numbered("trustbook-files-"));
        fs::create_dir_all(&folder).expect("a scratch folder can be made");
        fs::write(folder.join("a"), "old").expect("it can be written");
        let files = [(folder.join("a"), b"new".to_vec()), (folder.join("none/b"), b"new".to_vec())];
        let failure = replace(&files).expect_err("there is no such folder").to_string();
        assert!(failure.contains("none/b"), "{failure}");
        assert_eq!(fs::read(folder.join("a")).expect("it is there"), b"old");
        replace(&files[..1]).expect("it can be written");
        assert_eq!(fs::read(folder.join("a")).expect("it is there"), b"new");
        assert_eq!(fs::read_dir(&folder).expect("it can be listed").count(), 1);
        fs::remove_dir_all(folder).expect("it goes away");
    }
}
