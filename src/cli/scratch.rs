//! A folder for the moment.

use crate::failure::Failure;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder that nobody else may look into. With this value it goes away again.
pub struct Scratch(PathBuf);

impl Scratch {
    /// Makes one, with `purpose` in its name.
    ///
    /// # Errors
    /// The system's folder for such things cannot be written.
    pub fn new(purpose: &str) -> Result<Scratch, Failure> {
        let folder = std::env::temp_dir();
        // A folder that is there already is somebody else's: the next name is tried.
        for number in 0..1_000 {
            let name = folder.join(format!("trustbook-{purpose}-{}-{number}", std::process::id()));
            let mut making = fs::DirBuilder::new();
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut making, 0o700);
            match making.create(&name) {
                Ok(()) => return Ok(Scratch(name)),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Failure::new("make", name, error)),
            }
        }
        Err(Failure::Refused(format!("could not make a folder in {}", folder.display())))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
