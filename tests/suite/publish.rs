//! Publishing, against what it really meets: folders, `git`, and `sshd` with `rsync` on this machine.

mod faults;
mod places;

use super::scratch::{Ended, Scratch, TODAY, ended, files};
use places::{Place, Places};
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

/// A playbook with some pages, and settings for a target of every kind.
pub fn playbook(places: &Places) -> Scratch {
    let scratch = Scratch::new();
    scratch.file(
        "trustbook.toml",
        format!("title = \"Playbook\"\n[checks]\nlonely-guide = \"allow\"\n{}", places.settings()),
    );
    scratch.file("content/index.md", "# Welcome\n\nVersion 1.\n").file("content/guides/index.md", "# Guides\n");
    for page in 0..12 {
        scratch.file(
            &format!("content/guides/page-{page}.md"),
            format!("# Page {page}\n\nIt says what number {page} says.\n"),
        );
    }
    scratch.file(
        "content/promises.toml",
        "[reply]\ntext = \"We reply within one day.\"\nowner = \"A\"\nmade_in = [\"a letter\"]\nstatus = \"kept\"\n",
    );
    scratch
}

/// Publishes, which has to go well.
pub fn published(scratch: &Scratch, target: &str) -> Ended {
    let ended = publish(scratch, &[target, "--yes"]);
    assert_eq!(ended.code, Some(0), "{}{}", ended.out, ended.err);
    ended
}

pub fn publish(scratch: &Scratch, arguments: &[&str]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trustbook"));
    command.arg("publish").args(arguments).args(["--as-of", TODAY, "--root"]).arg(scratch.root());
    ended({
        command.env("TRUSTBOOK_SSH", places::ssh());
        command
    })
}

/// Publishes at a terminal, where somebody types. What the program says to them comes with it.
#[cfg(unix)]
fn at_a_terminal(scratch: &Scratch, arguments: &str, typed: &str) -> Ended {
    use std::io::Write;
    let program = env!("CARGO_BIN_EXE_trustbook");
    let line = format!("'{program}' publish {arguments} --as-of {TODAY} --root '{}'", scratch.root().display());
    let mut command = Command::new("script");
    command.args(["--quiet", "--return", "--echo", "never", "--command", &line, "/dev/null"]);
    command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    let mut child = command.spawn().expect("script is there: every Debian has it");
    // It ends with its input; the pipe stays open until it has ended by itself.
    let mut keys = child.stdin.take().expect("it was piped");
    keys.write_all(typed.as_bytes()).expect("it reads");
    let mut said = String::new();
    std::io::Read::read_to_string(&mut child.stdout.take().expect("it was piped"), &mut said).expect("it is text");
    Ended { code: child.wait().expect("it ends").code(), out: said, err: String::new() }
}

#[cfg(unix)]
#[test]
fn at_a_terminal_it_asks_and_takes_no_for_an_answer() {
    let places = Places::new();
    let scratch = playbook(&places);
    let live = || places.live(Place::Folder).map(|site| String::from_utf8_lossy(&site["index.html"]).into_owned());
    for no in ["n\n", "\n", "yess\n", "\u{4}"] {
        let ended = at_a_terminal(&scratch, "folder", no);
        assert!(
            ended.out.contains("Publish the edition of `internal` to ") && ended.out.contains("[y/N]"),
            "{ended:?}"
        );
        assert!(ended.code == Some(0) && ended.out.contains("nothing published"), "{ended:?}");
        assert_eq!(live(), None);
    }
    let ended = at_a_terminal(&scratch, "folder", "y\n");
    assert!(ended.code == Some(0) && ended.out.contains("published "), "{ended:?}");
    assert!(live().is_some_and(|page| page.contains("Version 1.")));
    scratch.file("content/index.md", "# Welcome\n\nVersion 2.\n");
    assert_eq!(at_a_terminal(&scratch, "folder", "YES\n").code, Some(0));
    assert!(live().is_some_and(|page| page.contains("Version 2.")));
    let ended = at_a_terminal(&scratch, "folder --rollback", "n\n");
    assert!(ended.out.contains("Go back from ") && ended.out.contains("nothing changed"), "{ended:?}");
    assert!(live().is_some_and(|page| page.contains("Version 2.")));
    assert_eq!(at_a_terminal(&scratch, "folder --rollback", "y\n").code, Some(0));
    assert!(live().is_some_and(|page| page.contains("Version 1.")));
}

/// The live site of a place, which has to be whole: as its manifest says.
pub fn whole(site: &BTreeMap<String, Vec<u8>>) -> trustbook::publish::manifest::Manifest {
    let manifest = trustbook::publish::manifest::Manifest::read(&site["publish.json"]).expect("it is a manifest");
    for file in &manifest.files {
        let bytes = site.get(&file.path).unwrap_or_else(|| panic!("{} is missing", file.path));
        assert_eq!(bytes.len() as u64, file.size, "{}", file.path);
        assert_eq!(sha256(bytes), file.sha256, "{}", file.path);
    }
    manifest
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn each_target_publishes_switches_and_goes_back() {
    let places = Places::new();
    let scratch = playbook(&places);
    for place in Place::ALL {
        let name = place.name();
        scratch.file("content/index.md", "# Welcome\n\nVersion 1.\n");
        let seen = publish(&scratch, &[name, "--dry-run"]);
        assert!(seen.code == Some(0) && seen.out.contains("would publish"), "{name} {seen:?}");
        assert!(places.live(place).is_none(), "{name}");
        published(&scratch, name);
        let first = places.live(place).expect("it was published");
        assert_eq!(
            whole(&first).pages.len(),
            whole(&first).files.iter().filter(|file| file.path.ends_with(".html")).count()
        );

        scratch.file("content/index.md", "# Welcome\n\nVersion 2, with more to say.\n");
        scratch.file("content/guides/new.md", "# New here\n\nWords.\n");
        let second = published(&scratch, name);
        for line in ["  + /guides/new/  New here", "  ~ /  Welcome, 4 words more", "pages: 1 new"] {
            assert!(second.out.contains(line), "{name}: {line}\n{}", second.out);
        }
        let now = places.live(place).expect("it was published");
        whole(&now);
        assert!(now["index.html"] != first["index.html"] && now.contains_key("guides/new/index.html"));

        let again = published(&scratch, name);
        assert!(again.out.contains("nothing changed"), "{name} {again:?}");
        let back = publish(&scratch, &[name, "--rollback", "--yes"]);
        assert_eq!(back.code, Some(0), "{name} {back:?}");
        assert!(back.out.contains("vanished pages (1)"), "{name} {}", back.out);
        let live = places.live(place).expect("it is there");
        whole(&live);
        assert_eq!(live["publish.json"], first["publish.json"], "{name}");
        // What was gone back from is not gone back to.
        let further = publish(&scratch, &[name, "--rollback", "--yes"]);
        assert!(further.code == Some(2) && further.err.contains("is not kept"), "{name} {further:?}");
        let status = publish(&scratch, &[name, "--status"]);
        assert!(status.out.contains("edition `internal`") && status.out.contains("* live"), "{name} {status:?}");

        fs::remove_file(scratch.root().join("content/guides/new.md")).expect("it was there");
    }
}

#[test]
fn only_so_many_releases_are_kept_and_what_did_not_change_is_one_file() {
    let places = Places::new();
    let scratch = playbook(&places);
    for place in [Place::Folder, Place::Ssh] {
        let mut names = Vec::new();
        for version in 0..4 {
            scratch.file("content/index.md", format!("# Welcome\n\nVersion {version}.\n"));
            published(&scratch, place.name());
            names.push(fs::read_link(places.folder(place).join("current")).expect("it is a link"));
        }
        let releases = fs::read_dir(places.folder(place).join("releases")).expect("it is there");
        let mut kept: Vec<String> =
            releases.map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned()).collect();
        kept.sort();
        let wanted: Vec<String> = names[1..]
            .iter()
            .map(|name| name.file_name().expect("a release").to_string_lossy().into_owned())
            .flat_map(|name| [name.clone(), format!("{name}.json")])
            .collect();
        assert_eq!(kept, wanted, "{}", place.name());
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let links = |file: &str| {
                fs::metadata(places.folder(place).join("current").join(file)).expect("it is there").nlink()
            };
            assert_eq!((links("guides/page-1/index.html"), links("index.html")), (3, 1), "{}", place.name());
        }
        // To any that is kept, and from there on: what was gone back from is too many then.
        let first = &wanted[0];
        let back = publish(&scratch, &[place.name(), "--yes", &format!("--rollback={first}")]);
        assert!(back.code == Some(0) && back.out.contains(&format!("to {first}")), "{back:?}");
        let gone = publish(&scratch, &[place.name(), "--yes", "--rollback=1-00000000"]);
        assert!(gone.code == Some(2) && gone.err.contains("no release `1-00000000` is kept"), "{gone:?}");
        let after = published(&scratch, place.name());
        let status = publish(&scratch, &[place.name(), "--status"]).out;
        assert!(after.out.contains("published 5-") && status.contains(first), "{after:?}");
        assert!(!status.contains(wanted[2].as_str()), "{status}");
    }
}

#[test]
fn a_bad_publish_is_refused_by_name() {
    let places = Places::new();
    let scratch = playbook(&places);
    published(&scratch, "folder");
    let before = files(&places.folder(Place::Folder).join("current/"));
    let refused = |reasons: &[&str]| {
        let ended = publish(&scratch, &["folder", "--yes"]);
        assert_eq!(ended.code, Some(1), "{ended:?}");
        let said: Vec<&str> =
            ended.err.lines().filter_map(|line| line.strip_prefix("refused[")?.split(']').next()).collect();
        assert_eq!(said, reasons, "{ended:?}");
        assert_eq!(files(&places.folder(Place::Folder).join("current/")), before);
    };
    for page in 0..3 {
        fs::remove_file(scratch.root().join(format!("content/guides/page-{page}.md"))).expect("it was there");
    }
    refused(&["vanishing", "addresses"]);
    let settings = fs::read_to_string(scratch.root().join("trustbook.toml")).expect("it is there");
    scratch.file("trustbook.toml", format!("id = \"other\"\n{settings}"));
    refused(&["playbook", "vanishing", "addresses"]);
    scratch.file("trustbook.toml", &settings);
    let drafts = publish(&scratch, &["folder", "--yes", "--drafts", "--allow", "vanishing", "--allow", "addresses"]);
    assert!(drafts.code == Some(1) && drafts.err.contains("refused[edition]"), "{drafts:?}");
    // An error of the playbook's own.
    scratch.file("content/guides/page-4.md", "# Page 4\n\n[x](nowhere.md)\n");
    let broken = publish(&scratch, &["folder", "--yes"]);
    assert!(broken.code == Some(1) && broken.out.contains("nothing published: 1 error"), "{broken:?}");
    scratch.file(
        "content/guides/page-4.md",
        "+++\naliases = [\"/guides/page-0/\", \"/guides/page-1/\", \"/guides/page-2/\"]\n+++\n# Page 4\n",
    );
    refused(&["vanishing"]);
    let allowed = publish(&scratch, &["folder", "--yes", "--allow", "vanishing"]);
    assert!(
        allowed.code == Some(0) && allowed.out.contains("  > /guides/page-0/  moved to /guides/page-4/"),
        "{allowed:?}"
    );
    let asked = publish(&scratch, &["folder"]);
    assert!(asked.code == Some(2) && asked.err.contains("--yes"), "{asked:?}");
    let strange = publish(&scratch, &["foldre", "--yes"]);
    assert!(strange.code == Some(2) && strange.err.contains("did you mean `folder`?"), "{strange:?}");
    // A clock that was set back.
    let mut command = Command::new(env!("CARGO_BIN_EXE_trustbook"));
    command.args(["publish", "folder", "--yes", "--as-of", "2020-01-01", "--root"]).arg(scratch.root());
    let earlier = ended(command);
    assert!(earlier.code == Some(1) && earlier.err.contains("refused[earlier]"), "{earlier:?}");
}

#[test]
fn a_folder_of_other_things_is_left_alone() {
    let places = Places::new();
    let scratch = playbook(&places);
    let folder = places.folder(Place::Folder);
    fs::create_dir_all(folder.join("photos")).expect("it can be made");
    for arguments in [&["folder", "--yes"][..], &["folder", "--yes", "--allow", "foreign"]] {
        let ended = publish(&scratch, arguments);
        assert!(ended.code == Some(2) && ended.err.contains("holds other things (photos)"), "{ended:?}");
        assert_eq!(fs::read_dir(&folder).expect("it is there").count(), 1);
    }
    let settings = fs::read_to_string(scratch.root().join("trustbook.toml")).expect("it is there");
    for path in [".", "content", "/"] {
        let path = format!("path = {path:?}");
        let own = format!("path = {:?}", folder.to_string_lossy());
        scratch.file("trustbook.toml", settings.replacen(&own, &path, 1));
        let ended = publish(&scratch, &["folder", "--yes"]);
        assert!(ended.code == Some(2) && ended.err.contains("cannot be written to"), "{path} {ended:?}");
    }
}

/// The same revision for the same day is the same manifest, byte for byte, wherever and by whomever it is made.
#[test]
fn a_manifest_depends_on_its_sources_alone() {
    let places = Places::new();
    let scratch = playbook(&places);
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(scratch.root()).args(["-c", "user.name=a", "-c", "user.email=a@b"]).args(arguments);
        let ended = ended(command);
        assert_eq!(ended.code, Some(0), "{ended:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "All"]);
    published(&scratch, "folder");
    let one = places.live(Place::Folder).expect("it was published")["publish.json"].clone();
    let manifest = whole(&places.live(Place::Folder).expect("it was published"));
    let source = manifest.source.expect("it is under version control");
    assert!(source.revision.len() == 40 && !source.modified, "our own folder ignores itself: {source:?}");

    let elsewhere = scratch.around().join("else where/x");
    let mut clone = Command::new("git");
    clone.args(["clone", "--quiet"]).arg(scratch.root()).arg(&elsewhere);
    assert_eq!(ended(clone).code, Some(0));
    let target = scratch.around().join("other target");
    let settings = fs::read_to_string(elsewhere.join("trustbook.toml")).expect("it is there");
    let own = places.folder(Place::Folder);
    fs::write(
        elsewhere.join("trustbook.toml"),
        settings.replacen(&*own.to_string_lossy(), &target.to_string_lossy(), 1),
    )
    .expect("it can be written");
    // The settings differ from the revision now, which Git is told to overlook.
    let mut overlook = Command::new("git");
    overlook.arg("-C").arg(&elsewhere).args(["update-index", "--assume-unchanged", "trustbook.toml"]);
    assert_eq!(ended(overlook).code, Some(0));
    let mut command = Command::new("sh");
    command.arg("-c").arg("umask 077; TZ=Pacific/Kiritimati LC_ALL=sv_SE.UTF-8 RAYON_NUM_THREADS=1 exec \"$0\" \"$@\"");
    command.arg(env!("CARGO_BIN_EXE_trustbook"));
    command.args(["publish", "folder", "--yes", "--as-of", TODAY, "--root"]).arg(&elsewhere);
    let ended = ended(command);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let other = fs::read(target.join("current/publish.json")).expect("it was published");
    assert_eq!(String::from_utf8_lossy(&other), String::from_utf8_lossy(&one));
}

#[test]
fn nothing_internal_comes_back_to_a_public_target() {
    let places = Places::new();
    let scratch = playbook(&places);
    let settings = |target: &str| {
        let targets = places.settings().replace("[publish.folder]", &format!("[publish.folder]\n{target}"));
        let audiences = "default_audience = \"internal\"\n[audiences]\npublic = []\ninternal = [\"public\"]\n";
        scratch.file("trustbook.toml", format!("title = \"Playbook\"\n{audiences}{targets}"));
    };
    scratch.file("content/index.md", "+++\naudience = \"public\"\n+++\n# Welcome\n\nVersion 1.\n");
    settings("audience = \"internal\"");
    published(&scratch, "folder");
    settings("audience = \"public\"\npublic = true");
    let public =
        publish(&scratch, &["folder", "--yes", "--allow", "edition", "--allow", "addresses", "--allow", "vanishing"]);
    assert_eq!(public.code, Some(0), "{public:?}");
    let before = places.live(Place::Folder);
    let back = publish(&scratch, &["folder", "--yes", "--rollback"]);
    assert_eq!(back.code, Some(1), "{back:?}");
    assert!(back.err.contains("is for your own people"), "{back:?}");
    assert_eq!(places.live(Place::Folder), before);
}

#[test]
fn a_name_that_leads_elsewhere_is_no_target() {
    let places = Places::new();
    let scratch = playbook(&places);
    scratch
        .file("trustbook.toml", "title = \"P\"\n[publish.\"../../../elsewhere\"]\nto = \"folder\"\npath = \"live\"\n");
    let status = publish(&scratch, &["../../../elsewhere", "--status"]);
    assert_eq!(status.code, Some(1), "{status:?}");
    assert!(status.err.contains("unsafe-path"), "{status:?}");
    assert!(!scratch.root().join(".trustbook").exists());
}

#[test]
fn what_was_left_out_does_not_leave() {
    let places = Places::new();
    let scratch = playbook(&places);
    let settings = "title = \"Playbook\"\ndefault_audience = \"internal\"\n[audiences]\npublic = []\ninternal = [\"public\"]\n\
                    [editions.public]\ncanaries = [\"Project Nightingale\"]\n";
    scratch.file(
        "trustbook.toml",
        format!(
            "{settings}{}",
            places.settings().replace("[publish.folder]", "[publish.folder]\naudience = \"public\"\npublic = true")
        ),
    );
    scratch.file("content/index.md", "+++\naudience = \"public\"\n+++\n# Welcome\n\nVersion 1.\n");
    scratch.file(
        "content/guides/moving.md",
        "# Moving to Leeds\n\nIn spring we shall move the whole office to Leeds, *all of it*, at once.\n",
    );
    scratch.file(
        "content/guides/later.md",
        "+++\naudience = \"public\"\npublish_on = 2027-01-01\n+++\n# The price rise of next year\n",
    );
    let public = publish(&scratch, &["folder", "--yes"]);
    assert_eq!(public.code, Some(0), "{public:?}");
    let clean = places.live(Place::Folder).expect("it was published");
    for (path, text, said) in [
        ("static/notes.txt", "In spring we shall MOVE the whole office\nto Leeds.", "content/guides/moving.md:3"),
        ("static/data.json", "{\"t\": \"The price rise of next year\"}", "content/guides/later.md:5"),
        ("static/moving-to-leeds.html", "<p>hello</p>", "content/guides/moving.md:1"),
        ("static/from-the-middle.txt", "shall move the whole office to Leeds, all", "content/guides/moving.md:3"),
        ("static/list.yaml", "- In spring we shall move the whole office", "content/guides/moving.md:3"),
        ("static/quoted.txt", "“Project Nightingale”—soon", "trustbook.toml:7"),
        ("static/a.svg", "<svg><!-- project nightingale --></svg>", "trustbook.toml:7"),
    ] {
        scratch.file(path, text);
        let ended = publish(&scratch, &["folder", "--yes"]);
        assert_eq!(ended.code, Some(1), "{path} {ended:?}");
        let file = path.strip_prefix("static/").expect("they all do");
        assert!(
            ended.err.contains("leaked-text") && ended.err.contains(file) && ended.err.contains(said),
            "{path} {ended:?}"
        );
        assert_eq!(places.live(Place::Folder).expect("it is there"), clean);
        fs::remove_file(scratch.root().join(path)).expect("it was there");
    }
    let internal = publish(&scratch, &["folder", "--yes", "--audience", "internal"]);
    assert!(internal.code == Some(1) && internal.err.contains("is for your own people"), "{internal:?}");
    let drafts = publish(&scratch, &["folder", "--yes", "--drafts"]);
    assert!(drafts.code == Some(1) && drafts.err.contains("drafts are not"), "{drafts:?}");
}
