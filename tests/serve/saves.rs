//! Every way of saving is seen, what is shown is never half of it, and mistakes leave the last good site where it was.

use super::preview::{HANGS, Playbook, Preview, TODAY};
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

fn small() -> (Playbook, Preview) {
    let playbook = Playbook::new(&[
        ("trustbook.toml", "title = \"Small\"\n"),
        ("content/index.md", "# Small\n\nHello. [A](guides/a.md)\n"),
        ("content/guides/a.md", "# A\n\nVersion 0. [Front](../index.md)\n"),
        ("content/guides/b.md", "# B\n\nVersion 0. [Front](../index.md)\n"),
    ]);
    let preview = playbook.serve();
    preview.shows("/guides/a/", "Version 0");
    (playbook, preview)
}

fn guide(version: usize) -> String {
    format!("# A\n\nVersion {version}. [Front](../index.md)\n")
}

/// Saves a text.
type Save<'a> = &'a dyn Fn(&str);

#[test]
fn every_editors_way_of_saving_is_seen() {
    let (playbook, preview) = small();
    let file = playbook.at("content/guides/a.md");
    let folder = playbook.at("content/guides");
    let ways: [(&str, Save<'_>); 6] = [
        ("written over", &|text| fs::write(&file, text).expect("it can be written")),
        ("beside and renamed", &|text| {
            let beside = folder.join("a.md.tmp123");
            fs::write(&beside, text).expect("it can be written");
            fs::rename(&beside, &file).expect("it can be renamed");
        }),
        ("hidden and renamed", &|text| {
            let beside = folder.join(".a.md.swp");
            fs::write(&beside, text).expect("it can be written");
            fs::rename(&beside, &file).expect("it can be renamed");
        }),
        ("moved away and created", &|text| {
            fs::rename(&file, folder.join("a.md~")).expect("it can be renamed");
            fs::write(&file, text).expect("it can be written");
            fs::remove_file(folder.join("a.md~")).expect("it can be removed");
        }),
        ("deleted and created", &|text| {
            fs::remove_file(&file).expect("it can be removed");
            fs::write(&file, text).expect("it can be written");
        }),
        ("emptied and written in pieces", &|text| {
            let mut open = fs::File::create(&file).expect("it can be created");
            for piece in text.as_bytes().chunks(5) {
                open.write_all(piece).expect("it can be written");
                open.flush().expect("it can be written");
            }
        }),
    ];
    for (version, (way, save)) in (1..).zip(ways) {
        save(&guide(version));
        let words = format!("Version {version}.");
        let start = Instant::now();
        loop {
            let answer = preview.get("/guides/a/");
            assert_eq!(answer.status, 200, "{way}: the page is gone for a moment");
            if answer.text().contains(&words) {
                break;
            }
            // Either the old one or the new one, never half of it.
            assert!(answer.text().contains(&format!("Version {}.", version - 1)), "{way}: {}", answer.text());
            assert!(start.elapsed() < HANGS, "{way} is not seen");
        }
    }
}

#[test]
fn pages_come_move_and_go() {
    let (playbook, preview) = small();
    playbook.write("content/guides/deep/er/new.md", "# New\n\nFresh.\n");
    preview.shows("/guides/deep/er/new/", "Fresh");
    playbook.write("content/guides/deep/er/new.md", "# New\n\nFresher.\n");
    preview.shows("/guides/deep/er/new/", "Fresher");
    fs::rename(playbook.at("content/guides/deep"), playbook.at("content/guides/moved")).expect("it can be moved");
    preview.shows("/guides/moved/er/new/", "Fresher");
    preview.until("/guides/deep/er/new/", |answer| answer.status == 404);
    fs::remove_dir_all(playbook.at("content/guides/moved")).expect("it can be removed");
    preview.until("/guides/moved/er/new/", |answer| answer.status == 404);
    playbook.write("static/x/y.css", "a{}");
    preview.until("/x/y.css", |answer| answer.text() == "a{}");
    playbook.write("static/x/y.css", "b{}");
    preview.until("/x/y.css", |answer| answer.text() == "b{}");
}

#[test]
fn a_checkout_is_one_change() {
    let (playbook, mut preview) = small();
    let version = |version: usize| {
        for at in 0..300 {
            let text = format!("# G{at}\n\nState {version}. [Next](g{}.md)\n", (at + 1) % 300);
            playbook.write(&format!("content/guides/g{at}.md"), &text);
        }
    };
    version(1);
    preview.shows("/guides/g299/", "State 1");
    // The files came one by one: on a busy machine that is several changes.
    playbook.write("content/beginning.md", "# The beginning\n");
    preview.hear("content/beginning.md");
    let many = |heard: &[String]| heard.iter().filter(|line| line.contains("more:")).count();
    let before = many(&preview.heard);
    // As git does it: while it works there is a lock.
    fs::create_dir_all(playbook.at(".git")).expect("a folder can be made");
    for state in 2..5 {
        playbook.write(".git/index.lock", "");
        version(state);
        assert!(preview.get("/guides/g0/").text().contains(&format!("State {}.", state - 1)));
        fs::remove_file(playbook.at(".git/index.lock")).expect("it was made");
        preview.shows("/guides/g299/", &format!("State {state}."));
        assert!(preview.get("/guides/g0/").text().contains(&format!("State {state}.")));
    }
    playbook.write("content/index.md", "# Small\n\nThe end.\n");
    preview.hear("content/index.md:");
    let changes = many(&preview.heard) - before;
    // Three, and some more where a checkout takes longer than one is waited for.
    assert!((3..=6).contains(&changes), "{:?}", preview.heard);
}

#[test]
fn mistakes_leave_the_last_good_site() {
    let (playbook, preview) = small();
    let broken = |path: &str, text: &str, words: &str| {
        let before = fs::read(playbook.at(path)).ok();
        playbook.write(path, text);
        let start = Instant::now();
        loop {
            assert_eq!(preview.get("/guides/a/").status, 200, "{path}");
            let bar = preview.bar("/guides/a/");
            if bar["errors"]["count"] != 0 {
                let drawn = bar["errors"]["drawn"].as_str().expect("a text");
                assert!(drawn.contains(words), "{path}: {drawn}");
                break;
            }
            assert!(start.elapsed() < HANGS, "{path}: nothing is found");
        }
        assert!(preview.get("/guides/a/").text().contains("Version 0"), "{path}");
        match before {
            Some(bytes) => playbook.write_bytes(path, &bytes),
            None => fs::remove_file(playbook.at(path)).expect("it was written"),
        }
        let start = Instant::now();
        while preview.bar("/guides/a/")["errors"]["count"] != 0 {
            assert!(start.elapsed() < HANGS, "{path}: the error stays");
        }
        preview.shows("/guides/a/", "Version 0");
    };
    broken("content/guides/a.md", "+++\ntitle = \n+++\nVersion 1", "content/guides/a.md:2");
    broken("content/guides/b.md", "[x](nothing.md)", "dead-link");
    broken("trustbook.toml", "title = \"Small\nx", "trustbook.toml:1");
    broken("trustbook.toml", "title = \"Small\"\ntheme = \"nothing\"\n", "there is no theme `nothing`");
    playbook.write("themes/default/templates/x.html", "fine");
    broken("themes/default/templates/document.html", "{% if %}", "themes/default/templates/document.html");
    broken("themes/default/templates/document.html", "{{ nothing.at.all }}", "document.html");
    broken("content/guides/a.md", "# A \u{0}", "NUL");
}

#[test]
fn content_may_go_and_come_back() {
    let (playbook, mut preview) = small();
    fs::rename(playbook.at("content"), playbook.at("away")).expect("it can be moved");
    preview.hear("there is no content/");
    assert!(preview.get("/guides/a/").text().contains("Version 0"));
    assert_eq!(preview.bar("/guides/a/")["errors"]["count"], 1);
    fs::write(playbook.at("away/guides/a.md"), guide(1)).expect("it can be written");
    fs::rename(playbook.at("away"), playbook.at("content")).expect("it can be moved");
    preview.shows("/guides/a/", "Version 1");
    assert_eq!(preview.bar("/guides/a/")["errors"]["count"], 0);
    // And is watched again.
    playbook.write("content/guides/a.md", &guide(2));
    preview.shows("/guides/a/", "Version 2");
}

#[test]
fn the_whole_playbook_may_be_replaced() {
    let (playbook, preview) = small();
    let aside = playbook.root().with_extension("old");
    fs::rename(playbook.root(), &aside).expect("it can be moved");
    playbook.write("content/index.md", "# Other\n");
    playbook.write("content/guides/a.md", &guide(7));
    preview.shows("/guides/a/", "Version 7");
    playbook.write("content/guides/a.md", &guide(8));
    preview.shows("/guides/a/", "Version 8");
}

#[test]
fn without_events_it_looks_once_a_second() {
    let playbook = Playbook::new(&[("content/index.md", "# Small\n\nHello.\n")]);
    let mut preview = playbook.serve_with(&["--poll"]);
    preview.hear("looking for changes once a second");
    playbook.write("content/index.md", "# Small\n\nHullo.\n");
    preview.shows("/", "Hullo");
    playbook.write("content/new.md", "# New\n");
    preview.until("/new/", |answer| answer.status == 200);
    fs::remove_file(playbook.at("content/new.md")).expect("it was written");
    preview.until("/new/", |answer| answer.status == 404);
}

/// The preview in a namespace of its own, where root may lower a limit; `None` where the system lets nobody have one.
fn limited(playbook: &Playbook, limit: &str) -> Option<Preview> {
    let mut unshare = Command::new("unshare");
    unshare.args(["--user", "--map-root-user", "sh", "-c"]).stderr(Stdio::null());
    let lowers = format!("echo {limit}");
    let possible = unshare.arg(&lowers).status().is_ok_and(|status| status.success());
    if !possible {
        eprintln!("left out: this system lets nobody have a user namespace");
        return None;
    }
    let mut command = Command::new("unshare");
    let program = env!("CARGO_BIN_EXE_trustbook");
    command.args(["--user", "--map-root-user", "sh", "-c", &format!("{lowers}; exec \"$0\" \"$@\""), program]);
    Some(Preview::started(command, &playbook.root(), &["--as-of", TODAY]))
}

fn looks_once_a_second(playbook: &Playbook, mut preview: Preview, why: &str) {
    assert!(preview.hear("once a second").contains(why), "{:?}", preview.heard);
    preview.until("/_trustbook/bar/guides/a/", |bar| bar.text().contains("\"polling\":true"));
    playbook.write("content/guides/a.md", &guide(7));
    preview.shows("/guides/a/", "Version 7");
}

#[test]
fn a_limit_of_watches_is_said_and_lived_with() {
    let (playbook, preview) = small();
    assert_eq!(preview.bar("/guides/a/")["polling"], false);
    drop(preview);
    if let Some(preview) = limited(&playbook, "2 > /proc/sys/user/max_inotify_watches") {
        looks_once_a_second(&playbook, preview, "fs.inotify.max_user_watches");
    }
}

#[test]
fn a_limit_of_watchers_is_said_and_lived_with() {
    let (playbook, preview) = small();
    drop(preview);
    if let Some(preview) = limited(&playbook, "0 > /proc/sys/user/max_inotify_instances") {
        looks_once_a_second(&playbook, preview, "fs.inotify.max_user_instances");
    }
}

#[test]
fn a_limit_that_a_new_folder_reaches_is_said_as_well() {
    let (playbook, preview) = small();
    drop(preview);
    let Some(mut preview) = limited(&playbook, "4 > /proc/sys/user/max_inotify_watches") else { return };
    preview.shows("/guides/a/", "Version 0");
    assert!(!preview.heard.iter().any(|line| line.contains("once a second")));
    for folder in 0..4 {
        playbook.write(&format!("content/more-{folder}/new.md"), "# New\n\n[Front](../index.md)\n");
    }
    preview.hear("fs.inotify.max_user_watches");
    playbook.write("content/more-3/new.md", "# New\n\nNewer. [Front](../index.md)\n");
    preview.shows("/more-3/new/", "Newer");
}

#[test]
fn what_is_not_the_playbooks_is_no_change() {
    let (playbook, mut preview) = small();
    playbook.write("site/index.html", "x");
    playbook.write("content/guides/.a.md.swp", "x");
    playbook.write("content/guides/a.md~", "x");
    playbook.write(".git/HEAD", "x");
    playbook.write("content/guides/b.md", "# B\n\nVersion 1. [Front](../index.md)\n");
    preview.hear("content/guides/b.md: ");
    let told = |word: &str| preview.heard.iter().any(|line| line.contains(word));
    assert!(![".swp", "a.md", "site/", ".git"].into_iter().any(told), "{:?}", preview.heard);
}

#[test]
fn somebody_who_reads_meanwhile_never_sees_half() {
    let (playbook, preview) = small();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut newest = 0;
            while !done.load(Ordering::Relaxed) {
                let answer = preview.get("/guides/a/");
                assert_eq!(answer.status, 200);
                let text = answer.text();
                let at = text.find("Version ").expect("every version says which it is");
                let version: usize = text[at + 8..].split('.').next().and_then(|n| n.parse().ok()).expect("a number");
                assert!(version >= newest, "{version} after {newest}");
                newest = version;
            }
        });
        for version in 1..=60 {
            let beside = playbook.at("content/guides/a.tmp");
            fs::write(&beside, guide(version)).expect("it can be written");
            fs::rename(&beside, playbook.at("content/guides/a.md")).expect("it can be renamed");
        }
        preview.shows("/guides/a/", "Version 60.");
        done.store(true, Ordering::Relaxed);
        reader.join().expect("the reader saw nothing wrong");
    });
}

#[test]
fn ctrl_c_ends_it_at_once() {
    let (_playbook, preview) = small();
    let mut open = preview.connect();
    open.write_all(b"GET /_trustbook/events HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("it reads");
    assert_eq!(preview.interrupt(), Some(0));
}

#[test]
fn a_port_that_is_taken_fails_by_name() {
    let (playbook, preview) = small();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_trustbook"));
    command.args(["serve", "--port", &preview.port.to_string(), "--root"]).arg(playbook.root());
    let ended = command.output().expect("the built program runs");
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(2));
    assert!(said.contains(&format!("127.0.0.1:{}", preview.port)) && said.contains("in use"), "{said}");
}

#[test]
fn a_lock_of_translations_that_comes_and_changes_is_seen() {
    let playbook = Playbook::new(&[
        (
            "trustbook.toml",
            "default_language = \"en\"\n[languages.en]\nname = \"English\"\n[languages.de]\nname = \"Deutsch\"\n",
        ),
        ("content/guides/a.md", "# A\n\nWords.\n"),
        ("content/guides/a.de.md", "# A\n\nOrd.\n"),
    ]);
    let preview = playbook.serve();
    let old = "older than its source";
    let shows_old = |is_old: bool| preview.until("/de/guides/a/", |answer| answer.text().contains(old) == is_old);
    shows_old(false);
    playbook.write("translations.lock", "de 0000000000000001 content/guides/a.md\n");
    shows_old(true);
    assert_eq!(preview.bar("/de/guides/a/")["page"]["badges"][0]["kind"], "stale");
    playbook.write("translations.lock", "");
    shows_old(false);
}
