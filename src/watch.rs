//! A playbook's folders to [`News`]: what may have changed, told once for every save.
//!
//! An event says "look again", never what happened: editors write into a file, beside it, or delete it first. So events
//! are gathered until it has been quiet for a moment, and whoever hears of it looks at the disk. Where events are not to be
//! had, everything is looked at once a second.

mod gathered;

use crate::load::Touched;
use gathered::{Gathered, Verdict};
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// A save is over when nothing has happened for so long.
pub const QUIET: Duration = Duration::from_millis(15);

/// What is not over by then, such as a file that somebody keeps open, is looked at as it is.
const CEILING: Duration = Duration::from_millis(250);

/// A program of version control is given so long to bring its files.
const PATIENCE: Duration = Duration::from_secs(3);

/// Without events everything is looked at so often.
const POLLING: Duration = Duration::from_secs(1);

/// What there is to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// Something may have changed.
    Touched(Touched),
    /// From now on everything is looked at once a second; why, in a sentence's second half.
    Polling(String),
    /// Events are to be had again.
    Watching,
}

/// How one learns of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The system tells.
    Events,
    /// By looking once a second, for disks of which the system does not tell.
    Polling,
}

/// Somebody who watches, on a thread of its own, until this is dropped.
pub struct Watch {
    hears: Sender<Heard>,
}

enum Heard {
    Event(notify::Result<Event>),
    Folders(Vec<PathBuf>),
    Stop,
}

impl Watch {
    /// Watches a playbook's `root`, without links, and these folders with all in them.
    pub fn new(root: &Path, folders: Vec<PathBuf>, way: Way, tell: impl FnMut(News) + Send + 'static) -> Watch {
        let (hears, heard) = channel();
        let watching = Watching { root: root.into(), folders, way, hears: hears.clone(), watcher: None, tell };
        thread::spawn(move || watching.run(&heard));
        Watch { hears }
    }

    /// Watches these folders instead.
    pub fn follow(&self, folders: Vec<PathBuf>) {
        let _ = self.hears.send(Heard::Folders(folders));
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.hears.send(Heard::Stop);
    }
}

struct Watching<T> {
    root: PathBuf,
    folders: Vec<PathBuf>,
    way: Way,
    hears: Sender<Heard>,
    /// None: we poll.
    watcher: Option<RecommendedWatcher>,
    tell: T,
}

impl<T: FnMut(News)> Watching<T> {
    fn run(mut self, heard: &Receiver<Heard>) {
        match self.way {
            Way::Events => self.watch_anew(),
            Way::Polling => (self.tell)(News::Polling("as you asked".to_string())),
        }
        // Between the first look at the disk and this one something may have been saved.
        (self.tell)(News::Touched(Touched::Anything));
        loop {
            let first = match self.watcher {
                Some(_) => heard.recv().map_err(|_| RecvTimeoutError::Disconnected),
                None => heard.recv_timeout(POLLING),
            };
            match first {
                Ok(Heard::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(Heard::Folders(folders)) => {
                    if self.folders != folders {
                        self.folders = folders;
                        if self.watcher.is_some() {
                            self.watch_anew();
                        }
                    }
                }
                Ok(Heard::Event(event)) => {
                    let mut gathered = Gathered::new(Instant::now());
                    self.hear(event, &mut gathered);
                    if gathered.is_empty() {
                        continue;
                    }
                    if !self.gather(heard, &mut gathered) {
                        return;
                    }
                    if gathered.anew {
                        self.watch_anew();
                    }
                    (self.tell)(News::Touched(gathered.touched()));
                }
                Err(RecvTimeoutError::Timeout) => {
                    if self.way == Way::Events && self.try_to_watch().is_ok() {
                        (self.tell)(News::Watching);
                    }
                    (self.tell)(News::Touched(Touched::Anything));
                }
            }
        }
    }

    /// Waits until it is over. False: it is time to stop.
    fn gather(&mut self, heard: &Receiver<Heard>, gathered: &mut Gathered) -> bool {
        let mut last = Instant::now();
        loop {
            match heard.recv_timeout(QUIET.saturating_sub(last.elapsed())) {
                Ok(Heard::Event(event)) => {
                    if self.hear(event, gathered) {
                        last = Instant::now();
                    }
                }
                Ok(Heard::Folders(folders)) => {
                    gathered.anew |= self.folders != folders;
                    self.folders = folders;
                }
                Ok(Heard::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
                Err(RecvTimeoutError::Timeout) => {
                    let longest = match gathered.verdict(&self.root) {
                        Verdict::Settled => return true,
                        Verdict::Unsettled => CEILING,
                        Verdict::VersionControl => PATIENCE,
                    };
                    if gathered.since.elapsed() >= longest {
                        return true;
                    }
                    last = Instant::now();
                }
            }
            // Whoever never rests is not waited for, but version control is.
            let since = gathered.since.elapsed();
            if since >= PATIENCE || (since >= CEILING && gathered.verdict(&self.root) != Verdict::VersionControl) {
                return true;
            }
        }
    }

    /// Whether the event was about the playbook.
    fn hear(&mut self, event: notify::Result<Event>, gathered: &mut Gathered) -> bool {
        match event {
            Ok(event) => gathered.add(&event, &self.root, &self.folders),
            Err(error) => {
                self.poll(&error);
                gathered.anything = true;
                true
            }
        }
    }

    fn watch_anew(&mut self) {
        if let Err(error) = self.try_to_watch() {
            self.poll(&error);
        }
    }

    /// Watches everything, or nothing and says why.
    fn try_to_watch(&mut self) -> notify::Result<()> {
        let hears = self.hears.clone();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // We ourselves open files all the time.
            let reading = |event: &Event| match event.kind {
                EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
                EventKind::Access(_) => true,
                _ => false,
            };
            if !event.as_ref().is_ok_and(reading) {
                let _ = hears.send(Heard::Event(event));
            }
        })?;
        self.watcher = None;
        watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        for folder in self.folders.iter().filter(|folder| folder.is_dir()) {
            watcher.watch(folder, RecursiveMode::Recursive)?;
        }
        self.watcher = Some(watcher);
        Ok(())
    }

    fn poll(&mut self, error: &notify::Error) {
        self.watcher = None;
        let why = match &error.kind {
            notify::ErrorKind::MaxFilesWatch => {
                "the system watches no more files (fs.inotify.max_user_watches)".to_string()
            }
            notify::ErrorKind::Io(error) => crate::failure::reason(error),
            notify::ErrorKind::PathNotFound => "a folder has gone".to_string(),
            _ => error.to_string(),
        };
        (self.tell)(News::Polling(why));
    }
}
