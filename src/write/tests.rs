//! The output folder: whole or not at all, whatever happens.

use super::*;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// A playbook's root in a folder of its own, removed after the test.
struct Place(PathBuf);

impl Place {
    fn new() -> Place {
        let folder = fs::canonicalize(std::env::temp_dir()).unwrap().join(numbered("trustbook-write-"));
        fs::create_dir_all(folder.join("book/content")).unwrap();
        Place(folder)
    }

    fn root(&self) -> PathBuf {
        self.0.join("book")
    }

    fn site(&self) -> PathBuf {
        self.root().join("site")
    }

    fn begin(&self) -> Output {
        begin(&self.site(), &self.root()).unwrap()
    }

    fn build(&self, files: &[(&str, &str)]) -> Summary {
        build(self.begin(), files)
    }

    /// Every file of the site but the mark, with its bytes.
    fn files(&self) -> BTreeMap<String, String> {
        let walked = walk(&self.site()).unwrap();
        let read = |path: &PathBuf| fs::read_to_string(self.site().join(path)).unwrap();
        walked.files.iter().map(|path| (path.to_str().unwrap().to_owned(), read(path))).collect()
    }

    /// Whether nothing stands beside the site.
    fn is_tidy(&self) -> bool {
        let beside = fs::read_dir(self.root()).unwrap().map(|entry| entry.unwrap().file_name());
        beside.into_iter().all(|name| name == "content" || name == "site")
    }

    fn refusal(&self, output: &Path) -> String {
        begin(output, &self.root()).unwrap_err().to_string()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn build(output: Output, files: &[(&str, &str)]) -> Summary {
    for (path, text) in files {
        output.put(path, text.as_bytes()).unwrap();
    }
    output.commit().unwrap()
}

fn owned(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect()
}

fn summary(files: usize, written: usize, unchanged: usize, removed: usize) -> Summary {
    Summary { files, written, unchanged, removed, note: None }
}

/// The file itself, whatever its name.
#[cfg(unix)]
fn inode(path: &Path) -> u64 {
    std::os::unix::fs::MetadataExt::ino(&fs::symlink_metadata(path).unwrap())
}

const FIRST: &[(&str, &str)] = &[("index.html", "front"), ("guides/a/index.html", "a"), ("guides/b/index.html", "b")];
const SECOND: &[(&str, &str)] = &[("index.html", "front"), ("guides/a/index.html", "A"), ("c/index.html", "c")];

#[test]
fn a_site_is_made_changed_and_left_alone() {
    let place = Place::new();
    assert_eq!(place.build(FIRST), summary(3, 3, 0, 0));
    assert_eq!(place.files(), owned(FIRST));
    let modified = |path| fs::metadata(place.site().join(path)).unwrap().modified().unwrap();
    let before = modified("index.html");
    assert_eq!(place.build(FIRST), summary(3, 0, 3, 0));
    assert_eq!(place.build(SECOND), summary(3, 2, 1, 1));
    assert_eq!(place.files(), owned(SECOND));
    assert_eq!(modified("index.html"), before);
    assert!(!place.site().join("guides/b").exists());
    assert_eq!(place.build(&[]), summary(0, 0, 0, 3));
    assert_eq!(place.files(), owned(&[]));
    assert!(place.is_tidy());
}

#[cfg(unix)]
#[test]
fn what_did_not_change_stays_the_same_file() {
    let place = Place::new();
    place.build(FIRST);
    let (site, page) = (inode(&place.site()), inode(&place.site().join("index.html")));
    place.build(FIRST);
    assert_eq!(inode(&place.site()), site, "nothing changed, so nothing is exchanged");
    place.build(SECOND);
    assert_ne!(inode(&place.site()), site);
    assert_eq!(inode(&place.site().join("index.html")), page);
}

#[test]
fn the_same_pages_are_the_same_bytes() {
    let (one, other) = (Place::new(), Place::new());
    one.build(SECOND);
    one.build(FIRST);
    let mut backwards = FIRST.to_vec();
    backwards.reverse();
    other.build(&backwards);
    let mark = |place: &Place| fs::read_to_string(place.site().join(MARK)).unwrap();
    assert_eq!(mark(&one), mark(&other));
    assert!(mark(&one).starts_with(HEADER));
}

#[test]
fn dropped_without_commit_nothing_happened() {
    let place = Place::new();
    drop(place.begin());
    assert!(!place.site().exists() && place.is_tidy());
    place.build(FIRST);
    let output = place.begin();
    output.put("guides/a/index.html", b"other").unwrap();
    output.put("new.html", b"new").unwrap();
    drop(output);
    assert_eq!(place.files(), owned(FIRST));
    assert!(place.is_tidy());
}

#[test]
fn what_somebody_edited_or_took_away_is_made_again() {
    let place = Place::new();
    place.build(FIRST);
    fs::write(place.site().join("index.html"), "longer than it was").unwrap();
    fs::remove_file(place.site().join("guides/a/index.html")).unwrap();
    assert_eq!(place.build(FIRST), summary(3, 2, 1, 0));
    assert_eq!(place.files(), owned(FIRST));
    // As long as before, but newer than the mark.
    let page = File::options().write(true).open(place.site().join("index.html")).unwrap();
    page.set_modified(SystemTime::now() + std::time::Duration::from_secs(5)).unwrap();
    assert_eq!(place.build(FIRST), summary(3, 1, 2, 0));
}

#[test]
fn what_others_put_there_is_kept() {
    let place = Place::new();
    place.build(FIRST);
    fs::create_dir_all(place.site().join(".git/objects")).unwrap();
    fs::create_dir_all(place.site().join("guides/b/empty")).unwrap();
    fs::write(place.site().join(".git/HEAD"), "main").unwrap();
    fs::write(place.site().join("guides/b/notes.txt"), "mine").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/nowhere", place.site().join("link")).unwrap();
    place.build(SECOND);
    assert_eq!(fs::read_to_string(place.site().join(".git/HEAD")).unwrap(), "main");
    assert_eq!(fs::read_to_string(place.site().join("guides/b/notes.txt")).unwrap(), "mine");
    assert!(place.site().join(".git/objects").is_dir() && place.site().join("guides/b/empty").is_dir());
    assert!(!place.site().join("guides/b/index.html").exists());
    #[cfg(unix)]
    assert!(fs::symlink_metadata(place.site().join("link")).unwrap().is_symlink());
    assert!(place.is_tidy());
}

#[test]
fn what_others_put_in_the_way_is_not_overwritten() {
    for (theirs, page) in [("x/index.html", "x/index.html"), ("x", "x/index.html"), ("x/y/z", "x/y"), ("x/y/", "x/y")] {
        let place = Place::new();
        place.build(FIRST);
        let path = place.site().join(theirs);
        if theirs.ends_with('/') {
            fs::create_dir_all(&path).unwrap();
        } else {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, "theirs").unwrap();
        }
        let output = place.begin();
        output.put(page, b"ours").unwrap();
        let message = output.commit().unwrap_err().to_string();
        assert!(message.contains("did not make"), "{message}");
        assert!(path.exists() && place.site().join("guides/a/index.html").exists() && place.is_tidy());
    }
}

#[test]
fn places_for_a_site_are_chosen_with_care() {
    let place = Place::new();
    let root = place.root();
    fs::create_dir_all(root.join("full")).unwrap();
    fs::write(root.join("full/a.txt"), "a").unwrap();
    fs::write(root.join("file"), "a").unwrap();
    fs::create_dir_all(root.join("odd")).unwrap();
    fs::write(root.join("odd").join(MARK), "something else").unwrap();
    let home = std::env::home_dir().unwrap();
    for (output, why) in [
        (Path::new("/").to_owned(), "the root of the disk"),
        (home.join("."), "home folder"),
        (home.parent().unwrap().to_owned(), "is"),
        (root.clone(), "the playbook itself"),
        (root.join("content/.."), "the playbook itself"),
        (place.0.clone(), "the playbook itself"),
        (root.join("content"), "own content"),
        (root.join("content/site"), "own content"),
        (root.join("missing/../static/x"), "own static"),
        (root.join("themes/mine"), "own themes"),
        (root.join(".git"), "own .git"),
        (root.join("full"), "a folder of other things"),
        (root.join("odd"), "a folder of other things"),
        (root.join("file"), "no folder"),
    ] {
        let message = place.refusal(&output);
        assert!(message.contains(why) && message.contains(&output.display().to_string()), "{message}");
    }
    assert!(fs::read_dir(root.join("full")).unwrap().count() == 1);
    #[cfg(unix)]
    {
        fs::create_dir(place.0.join("real")).unwrap();
        std::os::unix::fs::symlink(place.0.join("real"), root.join("link")).unwrap();
        assert!(place.refusal(&root.join("link/")).contains("a link"));
        // A link above is nobody's business, unless it leads into the playbook.
        build(begin(&root.join("link/site"), &root).unwrap(), FIRST);
        std::os::unix::fs::symlink(root.join("content"), place.0.join("sly")).unwrap();
        assert!(place.refusal(&place.0.join("sly/site")).contains("own content"));
    }
    // A new folder in a new folder, and an empty one.
    build(begin(&root.join("build/deep/site"), &root).unwrap(), FIRST);
    fs::create_dir(root.join("empty")).unwrap();
    build(begin(&root.join("empty"), &root).unwrap(), FIRST);
    assert!(root.join("empty/index.html").exists() && root.join("build/deep/site/index.html").exists());
}

#[test]
fn paths_lead_nowhere_else() {
    let place = Place::new();
    let output = place.begin();
    for path in ["", "/", "/etc/x", "..", "a/../../x", "a/./b", "a//b", "a/", "./a", "a\0b", ".trustbook", MARK] {
        let message = output.put(path, b"x").unwrap_err().to_string();
        assert!(message.starts_with("could not write"), "{path:?}: {message}");
    }
    output.put("a..b/...", b"x").unwrap();
    let message = output.put(&"x".repeat(300), b"x").unwrap_err().to_string();
    assert!(message.contains("name too long"), "{message}");
}

#[test]
fn one_path_is_made_once() {
    let place = Place::new();
    let output = place.begin();
    output.put("a", b"x").unwrap();
    assert!(output.put("a", b"x").unwrap_err().to_string().contains("written already in this run"));
    let message = output.put("a/b", b"x").unwrap_err().to_string();
    assert!(message.contains("could not write") && message.contains("site/a/b: "), "{message}");
}

#[test]
fn files_are_copied_also_long_ones() {
    let place = Place::new();
    let long = "trust".repeat(1_000_000);
    let (a, b) = (place.0.join("a"), place.0.join("b"));
    fs::write(&a, &long).unwrap();
    fs::write(&b, "short").unwrap();
    for expected in [summary(2, 2, 0, 0), summary(2, 0, 2, 0)] {
        let output = place.begin();
        output.copy("files/a", &a).unwrap();
        output.copy("files/b", &b).unwrap();
        assert_eq!(output.commit().unwrap(), expected);
    }
    assert_eq!(place.files()["files/a"], long);
    fs::write(&a, long.replace("tr", "TR")).unwrap();
    let output = place.begin();
    output.copy("files/a", &a).unwrap();
    let message = output.copy("files/c", &place.0.join("c")).unwrap_err().to_string();
    assert!(message.starts_with("could not read") && message.ends_with("no such file or directory"), "{message}");
    assert!(output.copy("files/d", &place.0).is_err());
    drop(output);
    let output = place.begin();
    output.copy("files/a", &a).unwrap();
    assert_eq!(output.commit().unwrap(), summary(1, 1, 0, 1));
    assert!(place.files()["files/a"].starts_with("TRust"));
}

#[test]
fn many_threads_put_at_once() {
    let place = Place::new();
    for expected in [summary(2_000, 2_000, 0, 0), summary(2_000, 0, 2_000, 0)] {
        let output = place.begin();
        (0..2_000).into_par_iter().for_each(|page| {
            output.put(&format!("a/{}/{page}/index.html", page % 7), page.to_string().as_bytes()).unwrap();
        });
        assert_eq!(output.commit().unwrap(), expected);
    }
    assert_eq!(place.files()["a/3/10/index.html"], "10");
}

#[test]
fn two_runs_do_not_mix() {
    let place = Place::new();
    let first = place.begin();
    let message = place.refusal(&place.site());
    assert!(message.contains("another trustbook is writing"), "{message}");
    assert_eq!(build(first, FIRST), summary(3, 3, 0, 0));
    assert!(place.is_tidy());
}

#[test]
fn what_a_killed_run_left_is_cleaned_up() {
    let place = Place::new();
    place.build(FIRST);
    let output = place.begin();
    output.put("guides/a/index.html", b"half").unwrap();
    // A killed run's folder: its name and mark, and no lock.
    fs::rename(&output.fresh, place.root().join(".site.trustbook-new-1-0")).unwrap();
    drop(output);
    // Killed before it could mark; others' folders of such names.
    fs::create_dir(place.root().join(".site.trustbook-new-1-1")).unwrap();
    let theirs = place.root().join(".site.trustbook-new-theirs");
    fs::create_dir(&theirs).unwrap();
    fs::write(theirs.join("a"), "a").unwrap();
    fs::create_dir(place.root().join(".other.trustbook-new-1-0")).unwrap();
    assert!(!place.is_tidy());
    drop(place.begin());
    assert_eq!(place.files(), owned(FIRST));
    assert!(theirs.join("a").exists() && place.root().join(".other.trustbook-new-1-0").exists());
    assert!(!place.root().join(".site.trustbook-new-1-0").exists());
    assert!(!place.root().join(".site.trustbook-new-1-1").exists());
}

#[test]
fn a_site_that_stood_aside_comes_back() {
    let place = Place::new();
    place.build(FIRST);
    fs::rename(place.site(), place.root().join(".site.trustbook-old-1-0")).unwrap();
    drop(place.begin());
    assert_eq!(place.files(), owned(FIRST));
    assert!(place.is_tidy());
}

#[test]
fn without_an_exchange_the_old_site_steps_aside() {
    let place = Place::new();
    let by = || begin_by(Swap::Aside, &place.site(), place.site()).unwrap();
    assert_eq!(build(by(), FIRST), summary(3, 3, 0, 0));
    let second = build(by(), SECOND);
    assert!(second.note.as_ref().unwrap().contains("in two steps"));
    assert_eq!(second, Summary { note: second.note.clone(), ..summary(3, 2, 1, 1) });
    assert_eq!(place.files(), owned(SECOND));
    assert!(place.is_tidy());
}

#[test]
fn a_mount_point_is_changed_in_place() {
    let place = Place::new();
    fs::create_dir(place.site()).unwrap();
    let by = || begin_by(Swap::InPlace, &place.site(), place.site()).unwrap();
    assert!(build(by(), FIRST).note.unwrap().contains("is a mount point"));
    assert_eq!(place.files(), owned(FIRST));
    assert_eq!(build(by(), FIRST), summary(3, 0, 3, 0));
    fs::write(place.site().join("theirs"), "theirs").unwrap();
    build(by(), SECOND);
    assert_eq!(place.files(), owned(&[SECOND, &[("theirs", "theirs")]].concat()));
    assert!(!place.site().join("guides/b").exists());
    // What a killed one left in it.
    let output = by();
    fs::rename(&output.fresh, place.site().join(".trustbook-new-1-0")).unwrap();
    drop(output);
    // A file where a folder is wanted now, and the other way round.
    build(by(), &[("index.html", "front"), ("c", "file")]);
    build(by(), &[("index.html/x", "front"), ("c", "file")]);
    assert_eq!(place.files(), owned(&[("c", "file"), ("index.html/x", "front"), ("theirs", "theirs")]));
    assert_eq!(fs::read_dir(place.site()).unwrap().count(), 4);
}

#[test]
fn a_file_becomes_a_folder_and_back() {
    let place = Place::new();
    place.build(&[("a", "file"), ("b/c", "in a folder")]);
    assert_eq!(place.build(&[("a/x", "in a folder"), ("b", "file")]), summary(2, 2, 0, 2));
    assert_eq!(place.files(), owned(&[("a/x", "in a folder"), ("b", "file")]));
}

#[test]
fn a_write_that_fails_leaves_the_old_site() {
    let place = Place::new();
    place.build(FIRST);
    let output = place.begin();
    output.put("index.html", b"other").unwrap();
    // The new folder vanishes under our hands, as a disk does.
    fs::remove_dir_all(&output.fresh).unwrap();
    fs::write(&output.fresh, "").unwrap();
    let message = output.put("b/index.html", b"b").unwrap_err().to_string();
    assert_eq!(message, format!("could not write {}: not a directory", place.site().join("b/index.html").display()));
    assert!(output.commit().unwrap_err().to_string().contains("not every page could be written"));
    assert_eq!(place.files(), owned(FIRST));
}

/// A disk that is full in the middle of a page, played by a limit on the length of files in a child process.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_site() {
    const ROOT: &str = "TRUSTBOOK_TEST_FULL_DISK";
    if let Some(root) = std::env::var_os(ROOT) {
        let root = Path::new(&root);
        let output = begin(&root.join("site"), root).unwrap();
        output.put("small.html", b"small").unwrap();
        let message = output.put("index.html", &[b'x'; 1 << 20]).unwrap_err().to_string();
        assert!(message.ends_with("site/index.html: file too large"), "{message}");
        assert!(output.commit().is_err());
        return;
    }
    let place = Place::new();
    place.build(FIRST);
    let test = format!("{}::a_full_disk_leaves_the_old_site", module_path!().split_once("::").unwrap().1);
    let child = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 100; exec \"$@\"", "sh"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", &test])
        .env(ROOT, place.root())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout);
    assert!(child.status.success() && said.contains("1 passed"), "{said}");
    assert_eq!(place.files(), owned(FIRST));
    assert!(place.is_tidy());
}

#[test]
fn strange_names_come_through_the_mark() {
    let place = Place::new();
    let files = [("a\nb", "1"), ("a%0Ab", "2"), ("a b", "3"), ("\u{E9}", "4"), ("%25", "5")];
    place.build(&files);
    assert_eq!(place.build(&files), summary(5, 0, 5, 0));
    assert_eq!(place.files(), owned(&files));
}

/// Builds generation after generation in a child process that is killed somewhere, and looks what is there.
#[test]
fn killed_anywhere_the_site_is_whole() {
    const SITE: &str = "TRUSTBOOK_TEST_KILLED_SITE";
    const PAGES: usize = 60;
    let generation = |output: &Output, generation: &str| {
        for page in 0..PAGES {
            // Most pages change, some never.
            let text = if page % 4 == 0 { "same" } else { generation };
            output.put(&format!("{}/{page}/index.html", page % 5), text.as_bytes()).unwrap();
            println!("put");
        }
    };
    if let Some(root) = std::env::var_os(SITE) {
        for number in 0.. {
            let root = Path::new(&root);
            let output = begin(&root.join("site"), root).unwrap();
            generation(&output, &number.to_string());
            output.commit().unwrap();
            println!("put");
        }
    }
    let place = Place::new();
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    for _ in 0..20 {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                &format!("{}::killed_anywhere_the_site_is_whole", module_path!().split_once("::").unwrap().1),
            ])
            .arg("--nocapture")
            .env(SITE, place.root())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Past the first generation, then anywhere.
        let wanted = PAGES + 2 + (random % (4 * PAGES as u64)) as usize;
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let seen = lines.map_while(Result::ok).filter(|line| line.ends_with("put")).take(wanted).count();
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(seen, wanted);

        let files = place.files();
        assert_eq!(files.len(), PAGES);
        let mut generations: Vec<_> = files.values().filter(|text| *text != "same").collect();
        generations.dedup();
        assert_eq!(generations.len(), 1, "a mixture");
        let output = place.begin();
        generation(&output, "after");
        output.commit().unwrap();
        assert!(place.is_tidy());
    }
}
