//! What must not happen to the machine that builds: files lost, files followed, a half-written site.

use super::scratch::{Ended, Scratch, ended, files};
use std::fs;
use std::path::Path;
use std::process::Command;

fn small() -> Scratch {
    let scratch = Scratch::new();
    scratch.file("trustbook.toml", "title = \"T\"\n").file("content/index.md", "# Hello\n\nFirst.\n");
    scratch
}

/// Builds to `output`, which has to be refused with its name.
fn refused(scratch: &Scratch, output: &Path) {
    let before = files(scratch.around());
    let ended = scratch.run(&["build", "--output", output.to_str().expect("plain names")]);
    assert_eq!(ended.code, Some(2), "{}: {ended:?}", output.display());
    assert!(ended.err.starts_with("error: "), "{}: {ended:?}", output.display());
    assert_eq!(files(scratch.around()), before, "{}", output.display());
}

#[test]
fn an_output_that_is_somebody_elses_is_refused() {
    let scratch = small();
    let root = scratch.root();
    let around = scratch.around().to_path_buf();
    fs::create_dir_all(around.join("foreign")).expect("a folder can be made");
    fs::write(around.join("foreign/thesis.txt"), "years of work").expect("a file can be written");
    fs::write(around.join("file"), "not a folder").expect("a file can be written");
    for output in [
        Path::new("/").to_path_buf(),
        around.clone(),
        around.join("foreign/.."),
        around.join("foreign"),
        around.join("file"),
        root.clone(),
        root.join("."),
        root.join("content"),
        root.join("content/.."),
        root.join("content/site"),
        root.join("static"),
        root.join("themes"),
        around.join("file/below"),
    ] {
        refused(&scratch, &output);
    }
}

#[test]
fn the_home_folder_is_refused_even_empty() {
    let scratch = small();
    let home = scratch.around().join("home");
    fs::create_dir(&home).expect("a folder can be made");
    let mut command = Command::new(env!("CARGO_BIN_EXE_trustbook"));
    command.args(["build", "--root"]).arg(scratch.root()).arg("--output").arg(&home).env("HOME", &home);
    let ended = ended(command);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert_eq!(fs::read_dir(&home).expect("it stays").count(), 0);
}

#[cfg(unix)]
#[test]
fn a_link_as_output_is_refused() {
    let scratch = small();
    let target = scratch.around().join("target");
    fs::create_dir(&target).expect("a folder can be made");
    let link = scratch.around().join("link");
    std::os::unix::fs::symlink(&target, &link).expect("a link can be made");
    refused(&scratch, &link);
    assert_eq!(fs::read_dir(&target).expect("it stays").count(), 0);
}

#[test]
fn an_empty_folder_and_our_own_are_taken() {
    let scratch = small();
    let output = scratch.around().join("out");
    fs::create_dir(&output).expect("a folder can be made");
    for _ in 0..2 {
        let ended = scratch.run(&["build", "--output", output.to_str().expect("plain names")]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
    }
    assert!(output.join("index.html").is_file());
}

#[test]
fn exit_codes_are_0_1_and_2() {
    let scratch = small();
    assert_eq!(scratch.run(&["build"]).code, Some(0));
    assert_eq!(scratch.run(&["check"]).code, Some(0));
    assert_eq!(scratch.run(&["build", "--audience", "nobody"]).code, Some(2));
    assert_eq!(scratch.run(&["build", "--no-such-option"]).code, Some(2));
    assert_eq!(scratch.run(&["no-such-command"]).code, Some(2));
    assert_eq!(scratch.run(&["check", "--as-of", "yesterday"]).code, Some(2));
    scratch.file("content/bad.md", "[a](nowhere.md)");
    assert_eq!(scratch.run(&["build"]).code, Some(1));
    assert_eq!(scratch.run(&["check"]).code, Some(1));
    scratch.file("trustbook.toml", "title = [");
    assert_eq!(scratch.run(&["check"]).code, Some(1));
    fs::remove_dir_all(scratch.root().join("content")).expect("it was there");
    assert_eq!(scratch.run(&["check"]).code, Some(2));
}

#[test]
fn a_mistake_leaves_the_last_site() {
    let scratch = small();
    let before = scratch.built(&[]);
    scratch.file("content/index.md", "# Hello\n\n[a](nowhere.md)\n").file("content/new.md", "# New\n");
    assert_eq!(scratch.run(&["build"]).code, Some(1));
    assert_eq!(files(&scratch.site()), before);
}

/// Builds where no file may grow beyond 1 KiB: the system ends the program, or tells it, in the midst of writing.
#[cfg(unix)]
fn cramped(scratch: &Scratch, told: bool) -> Ended {
    let mut command = Command::new("sh");
    let trap = if told { "trap '' XFSZ; " } else { "" };
    command.arg("-c").arg(format!("{trap}ulimit -c 0; ulimit -f 2; exec \"$0\" build --root \"$1\""));
    command.arg(env!("CARGO_BIN_EXE_trustbook")).arg(scratch.root());
    ended(command)
}

#[cfg(unix)]
#[test]
fn a_killed_build_leaves_the_last_site_and_the_next_cleans_up() {
    let scratch = small();
    let before = scratch.built(&[]);
    scratch.file("content/index.md", "# Hello\n\nSecond.\n").file("content/new.md", "# New\n");
    let ended = cramped(&scratch, false);
    assert_eq!(ended.code, None, "a signal ends it: {ended:?}");
    assert_eq!(files(&scratch.site()), before);
    assert!(fs::read_dir(scratch.root()).expect("it is there").count() > 3, "the killed run left something");
    let after = scratch.built(&[]);
    assert!(after.contains_key("new/index.html"));
    let names: Vec<String> = fs::read_dir(scratch.root())
        .expect("it is there")
        .map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names.len(), 3, "content, site, trustbook.toml: {names:?}");
}

#[cfg(unix)]
#[test]
fn a_disk_that_refuses_is_named_and_leaves_the_last_site() {
    let scratch = small();
    let before = scratch.built(&[]);
    scratch.file("content/index.md", "# Hello\n\nSecond.\n");
    let ended = cramped(&scratch, true);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.starts_with("error: could not write ") && ended.err.contains("site"), "{ended:?}");
    assert_eq!(files(&scratch.site()), before);
    assert_eq!(fs::read_dir(scratch.root()).expect("it is there").count(), 3);
}

#[test]
fn text_that_is_no_text_is_found_with_its_byte() {
    let scratch = small();
    scratch
        .file("content/latin.md", b"caf\xE9")
        .file("content/nul.md", b"a\0b")
        .file("content/utf16.md", b"\xFF\xFEa\0");
    scratch
        .file("content/cr.md", "a\rb")
        .file("content/promises.toml", b"a = \"\xE9\"")
        .file("content/bom.md", "\u{FEFF}# Mark\n");
    let check = scratch.run(&["check", "--format", "json"]);
    assert_eq!(check.code, Some(1));
    let mut lines: Vec<(String, String)> = check
        .out
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
        .filter(|json| json["code"] == "not-text")
        .map(|json| (json["path"].as_str().unwrap_or("").into(), json["message"].as_str().unwrap_or("").into()))
        .collect();
    lines.sort();
    let paths: Vec<&str> = lines.iter().map(|(path, _)| path.as_str()).collect();
    let expected = ["content/cr.md", "content/latin.md", "content/nul.md", "content/promises.toml", "content/utf16.md"];
    assert_eq!(paths, expected, "{lines:?}");
    assert!(lines.iter().all(|(_, message)| message.contains("byte ")), "{lines:?}");
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    #[test]
    fn links_pipes_and_sockets_neither_hang_nor_lead_out() {
        let scratch = small();
        let content = scratch.root().join("content");
        fs::write(scratch.around().join("outside.md"), "# An outside secret").expect("a file can be written");
        for (to, from) in [
            ("/dev/zero", "zero.md"),
            ("/dev/random", "random.toml"),
            ("../../outside.md", "outside.md"),
            ("../..", "up"),
            ("loop-b", "loop-a"),
            ("loop-a", "loop-b"),
            (".", "here"),
            ("nowhere", "gone.md"),
        ] {
            symlink(to, content.join(from)).expect("a link can be made");
        }
        let pipe = content.join("pipe.md");
        let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
        assert!(made.success());
        let _socket = UnixListener::bind(content.join("socket.md")).expect("a socket can be bound");
        fs::create_dir(content.join("folder.md")).expect("a folder can be made");
        scratch.file("content/folder.md/inside.md", "# Inside\n");
        let build = scratch.run(&["build"]);
        assert!(matches!(build.code, Some(0 | 1)), "{build:?}");
        let check = scratch.run(&["check", "--format", "json"]);
        for path in ["zero.md", "random.toml", "outside.md", "pipe.md", "socket.md", "gone.md", "up", "loop-a"] {
            assert!(check.out.contains(&format!("content/{path}")), "{path} is no finding: {}", check.out);
        }
        assert!(!check.out.contains("outside secret") && !check.out.contains("content/index.md"), "{}", check.out);
    }

    #[test]
    fn pipes_and_links_in_a_theme_and_in_static_do_not_hang() {
        let scratch = small();
        scratch.file("static/robots.txt", "User-agent: *\n").file("themes/default/static/own.txt", "mine");
        for folder in ["static", "themes/default/templates", "themes/default/static"] {
            let folder = scratch.root().join(folder);
            fs::create_dir_all(&folder).expect("a folder can be made");
            assert!(Command::new("mkfifo").arg(folder.join("pipe.html")).status().expect("mkfifo runs").success());
            symlink("/dev/zero", folder.join("zero.html")).expect("a link can be made");
            symlink("/etc/passwd", folder.join("leak.html")).expect("a link can be made");
        }
        let build = scratch.run(&["build"]);
        assert!(matches!(build.code, Some(0 | 1)), "{build:?}");
        if build.code == Some(0) {
            assert!(files(&scratch.site()).values().all(|bytes| !String::from_utf8_lossy(bytes).contains("root:")));
        }
    }

    #[test]
    fn settings_may_be_a_pipe_or_a_device() {
        for to in ["/dev/zero", "/dev/tty", "nowhere"] {
            let scratch = Scratch::new();
            scratch.file("content/index.md", "# Hello\n");
            symlink(to, scratch.root().join("trustbook.toml")).expect("a link can be made");
            let check = scratch.run(&["check"]);
            assert_eq!(check.code, Some(1), "{to}: {check:?}");
        }
        let scratch = Scratch::new();
        scratch.file("content/index.md", "# Hello\n");
        let pipe = scratch.root().join("trustbook.toml");
        assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
        assert_eq!(scratch.run(&["check"]).code, Some(1));
    }

    #[test]
    fn another_umask_time_zone_locale_and_folder_give_the_same_bytes() {
        let one = small();
        let site = one.built(&[]);
        let other = small();
        let mut command = Command::new("sh");
        command.arg("-c").arg("umask 077; cd /; exec \"$0\" build --root \"$1\" --as-of 2026-11-22");
        command.arg(env!("CARGO_BIN_EXE_trustbook")).arg(other.root());
        command
            .env("TZ", "Pacific/Kiritimati")
            .env("LC_ALL", "tr_TR.UTF-8")
            .env("LANG", "ar")
            .env("RAYON_NUM_THREADS", "1");
        let ended = ended(command);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let pages = |mut site: std::collections::BTreeMap<String, Vec<u8>>| {
            site.remove(".trustbook");
            site
        };
        assert!(pages(site) == pages(files(&other.site())));
    }
}
