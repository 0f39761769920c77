//! What has been touched since the last look to the [`Sources`] as they are now, without walking the whole playbook for
//! one saved file.

use super::{Area, LOCK, SETTINGS, Stamp, image, left_out, load, read};
use crate::diagnostic::Diagnostics;
use crate::failure::Failure;
use crate::source::{Sources, TextFile};
use rustc_hash::{FxHashMap, FxHasher};
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// What somebody may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    /// These paths on this machine, links resolved.
    Paths(Vec<PathBuf>),
    /// Nobody knows: look at everything.
    Anything,
}

/// Which texts may be others than when they were last read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// These, by their paths in the playbook.
    About(Vec<Arc<str>>),
    /// Any of them.
    AboutAll,
}

/// The sources of a playbook as they were when somebody last looked.
pub struct Shelf {
    root: PathBuf,
    /// Without links.
    real_root: PathBuf,
    sources: Arc<Sources>,
    found: Diagnostics,
    /// Every file of the sources by its place on this machine.
    known: FxHashMap<PathBuf, Known>,
    /// Versions of everything that is copied, not read: style sheets, and all else.
    copied: (u64, u64),
    /// Versions of everything in `themes/`.
    themes: u64,
    /// Files of themes, with hashes of their bytes.
    theme_files: FxHashMap<PathBuf, (Stamp, u64)>,
}

/// What a file on this machine is in the playbook.
#[derive(Debug, Clone)]
enum Known {
    /// A text; under several paths where links lead to it.
    Text(Vec<Arc<str>>),
    /// Something that is copied.
    Copied,
    /// `trustbook.toml`.
    Settings,
    /// `translations.lock`.
    Lock,
}

impl Shelf {
    /// A first look.
    ///
    /// # Errors
    /// As [`load`].
    pub fn new(root: &Path) -> Result<Shelf, Failure> {
        let real_root = fs::canonicalize(root).map_err(|error| Failure::new("open", root, error))?;
        let mut shelf = Shelf {
            root: root.to_path_buf(),
            real_root,
            sources: Arc::default(),
            found: Diagnostics::default(),
            known: FxHashMap::default(),
            copied: (0, 0),
            themes: 0,
            theme_files: FxHashMap::default(),
        };
        shelf.walk()?;
        Ok(shelf)
    }

    /// The playbook as it was at the last look.
    pub fn sources(&self) -> &Arc<Sources> {
        &self.sources
    }

    /// What there was to be said about it, beside its texts.
    pub fn found(&self) -> &Diagnostics {
        &self.found
    }

    /// Other numbers whenever a file that is copied is another one: of style sheets, and of all else.
    pub fn copied(&self) -> (u64, u64) {
        self.copied
    }

    /// Another number whenever a file of a theme is another.
    pub fn themes(&self) -> u64 {
        self.themes
    }

    /// Looks again at what was touched. What is not about known files is looked for in the whole playbook.
    ///
    /// # Errors
    /// As [`load`]; the shelf is as it was.
    pub fn look(&mut self, touched: &Touched) -> Result<Doubt, Failure> {
        if let Touched::Paths(paths) = touched
            && let Some(doubt) = self.look_at(paths)
        {
            return Ok(doubt);
        }
        self.walk()?;
        Ok(Doubt::AboutAll)
    }

    /// The texts among `paths`, if all of them are files that stayed where they are.
    fn look_at(&mut self, paths: &[PathBuf]) -> Option<Doubt> {
        let mut texts: Vec<Arc<str>> = Vec::new();
        let mut copied: Vec<&PathBuf> = Vec::new();
        let (mut themes, mut settings, mut lock) = (false, false, false);
        for path in paths {
            let is_file = fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
            match self.known.get(path) {
                Some(Known::Text(at)) if is_file => texts.extend(at.iter().cloned()),
                Some(Known::Copied) if is_file => copied.push(path),
                Some(Known::Settings) if is_file => settings = true,
                Some(Known::Lock) if is_file => lock = true,
                None if path.starts_with(self.real_root.join("themes")) => themes = true,
                None if self.is_none_of_ours(path) => {}
                _ => return None,
            }
        }
        if settings {
            let file = TextFile { path: SETTINGS.into(), disk: self.settings_file() };
            Arc::make_mut(&mut self.sources).settings = Some(read(&file).ok()?.0);
        }
        if lock {
            let file = TextFile { path: LOCK.into(), disk: self.real_root.join(LOCK) };
            Arc::make_mut(&mut self.sources).lock = Some(read(&file).ok()?.0);
        }
        if !copied.is_empty() {
            let Sources { assets, statics, data, .. } = Arc::make_mut(&mut self.sources);
            for asset in assets.iter_mut().chain(statics).chain(data).filter(|asset| copied.contains(&&asset.disk)) {
                asset.length = fs::metadata(&asset.disk).map_or(asset.length, |found| found.len());
                if asset.path.starts_with("content/") && !asset.path.starts_with("content/data/") {
                    asset.size = image::size_at(&asset.disk);
                }
            }
            self.mark_copied();
        }
        if themes {
            self.mark_themes();
        }
        Some(Doubt::About(texts))
    }

    /// Whether a path that is not known cannot become so: an editor's own file, or one that has gone again.
    fn is_none_of_ours(&self, path: &Path) -> bool {
        let Ok(inner) = path.strip_prefix(&self.real_root) else { return false };
        let mut parts = inner.components();
        let area = match parts.next().map(|part| part.as_os_str().to_string_lossy()).as_deref() {
            Some("content") => Area::Content,
            Some("static") => Area::Static,
            _ => return false,
        };
        if parts.as_path() != Path::new("") && parts.any(|part| left_out(area, part.as_os_str())) {
            return true;
        }
        let gone = fs::symlink_metadata(path).is_err();
        gone && parts_of(inner) > 1 && !self.known.keys().any(|known| known.starts_with(path))
    }

    fn walk(&mut self) -> Result<(), Failure> {
        let (sources, found) = load(&self.root)?;
        self.real_root = fs::canonicalize(&self.root).map_err(|error| Failure::new("open", &self.root, error))?;
        self.known.clear();
        for file in &sources.files {
            let known = self.known.entry(file.disk.clone()).or_insert_with(|| Known::Text(Vec::new()));
            if let Known::Text(at) = known {
                at.push(file.path.clone());
            }
        }
        for asset in sources.assets.iter().chain(&sources.statics).chain(&sources.data) {
            self.known.insert(asset.disk.clone(), Known::Copied);
        }
        if sources.settings.is_some() {
            self.known.insert(self.settings_file(), Known::Settings);
        }
        if sources.lock.is_some() {
            self.known.insert(self.real_root.join(LOCK), Known::Lock);
        }
        self.sources = Arc::new(sources);
        self.found = found;
        self.mark_copied();
        self.mark_themes();
        Ok(())
    }

    fn mark_themes(&mut self) {
        let mut hasher = FxHasher::default();
        let before = std::mem::take(&mut self.theme_files);
        for entry in walkdir::WalkDir::new(self.real_root.join("themes")).sort_by_file_name().into_iter().flatten() {
            let path = entry.into_path();
            let Some(stamp) = Stamp::at(&path).filter(|_| path.is_file()) else { continue };
            let bytes = match before.get(&path) {
                // What was written just now may be written again under the same stamp.
                Some((known, bytes)) if *known == stamp && !stamp.is_fresh() => *bytes,
                _ => xxh3_64(&fs::read(&path).unwrap_or_default()),
            };
            (&path, bytes).hash(&mut hasher);
            self.theme_files.insert(path, (stamp, bytes));
        }
        self.themes = hasher.finish();
    }

    fn mark_copied(&mut self) {
        let (mut styles, mut others) = (FxHasher::default(), FxHasher::default());
        let Sources { assets, statics, data, .. } = &*self.sources;
        for asset in assets.iter().chain(statics).chain(data) {
            let hasher = if asset.path.ends_with(".css") { &mut styles } else { &mut others };
            (&asset.path, Stamp::at(&asset.disk)).hash(hasher);
        }
        self.copied = (styles.finish(), others.finish());
    }

    /// Every folder on this machine in which a change matters, beside the root: those of the sources, and the themes'.
    pub fn folders(&self) -> Vec<PathBuf> {
        let mut folders: Vec<PathBuf> = ["content", "static", "themes"]
            .iter()
            .filter_map(|name| fs::canonicalize(self.real_root.join(name)).ok())
            .filter(|folder| folder.is_dir())
            .collect();
        let outside = |folder: &Path| !folders.iter().any(|above| folder.starts_with(above));
        let mut linked: Vec<PathBuf> =
            self.known.keys().filter_map(|file| file.parent()).filter(|f| outside(f)).map(Path::to_path_buf).collect();
        linked.sort();
        linked.dedup();
        linked.retain(|folder| *folder != self.real_root);
        folders.extend(linked);
        folders
    }

    /// The root without links.
    pub fn real_root(&self) -> &Path {
        &self.real_root
    }

    /// Where the settings lie, or would.
    pub fn settings_file(&self) -> PathBuf {
        self.real_root.join(SETTINGS)
    }
}

fn parts_of(path: &Path) -> usize {
    path.components().count()
}
