//! A target of every kind, each in a folder of its own that is gone after the test.

use super::super::scratch::{ended, files};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Folder,
    Ssh,
    Git,
}

impl Place {
    pub const ALL: [Place; 3] = [Place::Folder, Place::Ssh, Place::Git];

    pub fn name(self) -> &'static str {
        match self {
            Place::Folder => "folder",
            Place::Ssh => "ssh",
            Place::Git => "git",
        }
    }
}

/// The targets of one test.
pub struct Places {
    folder: PathBuf,
}

impl Places {
    pub fn new() -> Places {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("trustbook-places-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).expect("a scratch folder can be made");
        let mut init = Command::new("git");
        init.args(["init", "--quiet", "--bare"]).arg(folder.join("git"));
        assert_eq!(ended(init).code, Some(0));
        Places { folder }
    }

    /// Where a target's releases stand.
    pub fn folder(&self, place: Place) -> PathBuf {
        self.folder.join(match place {
            Place::Folder => "a folder's $HOME",
            Place::Ssh => "an 'ssh' \"host\" $(x)",
            Place::Git => "git",
        })
    }

    pub fn around(&self) -> &Path {
        &self.folder
    }

    pub fn settings(&self) -> String {
        format!(
            "[publish.folder]\nto = \"folder\"\npath = {:?}\nkeep = 3\n\
             [publish.ssh]\nto = \"ssh\"\nhost = \"web\"\npath = {:?}\nkeep = 3\n\
             [publish.git]\nto = \"git\"\nremote = {:?}\nbranch = \"site/pages\"\n",
            self.folder(Place::Folder),
            self.folder(Place::Ssh),
            self.folder(Place::Git)
        )
    }

    /// Who gets one file after the other as it is at that moment.
    pub fn visitor(&self, place: Place) -> Visitor {
        let folder = self.folder(place);
        if place != Place::Git {
            return Visitor::OfFolder(folder.join("current"));
        }
        let mut command = Command::new("git");
        command.arg("--git-dir").arg(folder).args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut git = command.spawn().expect("git is there");
        let answers = BufReader::new(git.stdout.take().expect("it was piped"));
        Visitor::OfBranch { git, answers }
    }

    /// What visitors see; none before anything was published.
    pub fn live(&self, place: Place) -> Option<BTreeMap<String, Vec<u8>>> {
        let folder = self.folder(place);
        if place != Place::Git {
            let current = folder.join("current");
            return fs::symlink_metadata(&current).is_ok().then(|| files(&current.join("")));
        }
        let out = self.folder.join("checkout");
        let _ = fs::remove_dir_all(&out);
        fs::create_dir_all(&out).expect("a scratch folder can be made");
        let mut command = Command::new("sh");
        command.args([
            "-c",
            "git --git-dir=\"$0\" archive site/pages 2>/dev/null >\"$1/../a.tar\" && tar -xf \"$1/../a.tar\" -C \"$1\"",
        ]);
        let code = ended({
            command.arg(&folder).arg(&out);
            command
        })
        .code;
        (code == Some(0)).then(|| files(&out))
    }
}

/// Who looks at a live site.
pub enum Visitor {
    OfFolder(PathBuf),
    OfBranch { git: Child, answers: BufReader<ChildStdout> },
}

impl Visitor {
    pub fn visit(&mut self, path: &str) -> Option<String> {
        match self {
            Visitor::OfFolder(current) => fs::read_to_string(current.join(path)).ok(),
            Visitor::OfBranch { git, answers } => {
                writeln!(git.stdin.as_mut()?, "site/pages:{path}").expect("it reads");
                let mut head = String::new();
                answers.read_line(&mut head).expect("it answers");
                let mut text = vec![0; head.trim().rsplit(' ').next()?.parse::<usize>().ok()? + 1];
                answers.read_exact(&mut text).expect("it answers");
                text.pop();
                String::from_utf8(text).ok()
            }
        }
    }
}

impl Drop for Visitor {
    fn drop(&mut self) {
        if let Visitor::OfBranch { git, .. } = self {
            let _ = git.kill();
            let _ = git.wait();
        }
    }
}

impl Drop for Places {
    fn drop(&mut self) {
        if std::env::var_os("KEEP").is_none() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// A program that is `ssh` with settings under which `web` is this machine, by an `sshd` that lives as long as the connection.
/// `closed` does not let anybody in, `nowhere` cannot be reached.
pub fn ssh() -> &'static Path {
    static SSH: OnceLock<PathBuf> = OnceLock::new();
    SSH.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("ssh-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a scratch folder can be made");
        let file = |name: &str| folder.join(name).display().to_string();
        let sshd = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd"].into_iter().find(|path| Path::new(path).exists());
        let sshd = sshd.expect("tests/run installs openssh-server");
        // As root it wants a folder that a booted system has.
        let _ = fs::create_dir_all("/run/sshd");
        for key in ["host", "user", "stranger"] {
            let mut command = Command::new("ssh-keygen");
            command.args(["-q", "-t", "ed25519", "-N", "", "-f", &file(key)]);
            assert_eq!(ended(command).code, Some(0));
        }
        let public = |key: &str| fs::read_to_string(folder.join(format!("{key}.pub"))).expect("it was made");
        let put = |name: &str, text: String| fs::write(folder.join(name), text).expect("it can be written");
        put("authorized", public("user"));
        put("known", format!("here {}", public("host")));
        put(
            "sshd_config",
            format!(
                "HostKey {}\nAuthorizedKeysFile {}\nStrictModes no\nUsePAM no\nPidFile none\nPasswordAuthentication no\n\
                 KbdInteractiveAuthentication no\nPermitRootLogin yes\n",
                file("host"),
                file("authorized")
            ),
        );
        let here = format!("HostKeyAlias here\nProxyCommand {sshd} -i -f {} 2>/dev/null\n", file("sshd_config"));
        put(
            "config",
            format!(
                "Host web\n{here}IdentityFile {}\nHost closed\n{here}IdentityFile {}\nHost nowhere\nProxyCommand false\n\
                 Host *\nIdentitiesOnly yes\nIdentityAgent none\nUserKnownHostsFile {}\nGlobalKnownHostsFile none\n\
                 StrictHostKeyChecking yes\nCheckHostIP no\nLogLevel ERROR\n",
                file("user"),
                file("stranger"),
                file("known")
            ),
        );
        put("ssh", format!("#!/bin/sh\nexec ssh -F {} \"$@\"\n", file("config")));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let _ = fs::set_permissions(folder.join("ssh"), fs::Permissions::from_mode(0o755));
        }
        folder.join("ssh")
    })
}
