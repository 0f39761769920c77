//! Releases on another machine, laid out as in a [folder](super::folder), by the installed `ssh` and `rsync`.
//!
//! One connection runs a shell that holds the lock and makes the switch; when it ends, however, the system there gives the lock
//! back. `rsync` sends what the release before has not. Nobody is asked for a password: keys and agents are `ssh`'s business.

use super::folder::{CURRENT, HEADER, MARK, RELEASES, UNFINISHED, busy, not_ours, owner};
use super::{
    Kept, Live, Published, Record, Release, Run, Standing, Target, number, overtaken, read_manifest, too_many,
};
use crate::failure::Failure;
use crate::publish::manifest::{Manifest, NAME};
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::thread::JoinHandle;

/// Names another program than `ssh`, for example a script that chooses settings of its own.
const PROGRAM: &str = "TRUSTBOOK_SSH";

/// What every connection is told: never to ask, and to notice when the other side has gone.
const OPTIONS: [&str; 7] = ["-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=15"];

/// A folder on another machine.
#[derive(Debug)]
pub struct Ssh {
    host: Arc<str>,
    path: Arc<str>,
}

impl Ssh {
    /// The folder `path` of `host`, which was looked at when the settings were read.
    pub fn new(host: &Arc<str>, path: &Arc<str>) -> Ssh {
        Ssh { host: host.clone(), path: path.clone() }
    }

    fn open(&self) -> Result<Session<'_>, Failure> {
        let mut command = Command::new(program());
        command.args(OPTIONS).arg("--").arg(&*self.host).arg("exec sh");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| missing(&program(), &error))?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let errors = listen(child.stderr.take());
        let mut session = Session {
            target: self,
            child,
            stdin,
            stdout: BufReader::new(stdout.expect("it was piped")),
            errors: Some(errors),
        };
        session.run(&format!("p={}\nexport LC_ALL=C", quoted(&self.path)))?;
        Ok(session)
    }

    /// What the other shell does first to publish: look for its tools, and lock.
    fn lock(&self, session: &mut Session<'_>, run: &Run) -> Result<(), Failure> {
        let said = session.run(&format!(
            "for tool in rsync flock; do command -v $tool >/dev/null || echo \"no $tool\"; done\n\
             mkdir -p -- \"$p\" && exec 9>>\"$p/{MARK}\" && if flock -n 9; then \
             printf '%s' {} >\"$p/{MARK}\" && mkdir -p -- \"$p/{RELEASES}\" && echo locked; \
             else echo busy; sed 1d \"$p/{MARK}\"; fi",
            quoted(&format!("{HEADER}{}\n", owner(run)))
        ))?;
        let text = said.text();
        if let Some(tool) = text.lines().find_map(|line| line.strip_prefix("no ")) {
            return Err(Failure::Refused(format!(
                "{} has no `{tool}`: install it there (Debian: `apt install {}`)",
                self.host,
                if tool == "flock" { "util-linux" } else { tool }
            )));
        }
        match text.split_once("busy\n") {
            Some((_, owner)) => Err(Failure::Refused(busy(&self.shown(), owner.trim()))),
            None if text.lines().any(|line| line == "locked") => Ok(()),
            None => Err(Failure::Refused(format!("could not write to {}: {}", self.shown(), last_line(&text)))),
        }
    }

    fn standing_in(&self, session: &mut Session<'_>) -> Result<(Standing, Option<String>), Failure> {
        let said = session.run(&format!(
            "if [ ! -e \"$p\" ]; then echo none\n\
             elif [ ! -d \"$p\" ]; then echo file\n\
             elif [ ! -f \"$p/{MARK}\" ]; then ls -A -- \"$p\" | sed -n '1s/^/other /p'\n\
             else echo ours; printf 'current %s\\n' \"$(readlink \"$p/{CURRENT}\")\"\n\
             for r in \"$p/{RELEASES}\"/*/; do r=${{r%/}}\n\
             if [ -d \"$r\" ]; then printf 'release %s ' \"${{r##*/}}\"; if [ -f \"$r.json\" ]; then cat \"$r.json\"; fi; echo; fi; done; fi"
        ))?;
        let said = said.text();
        match said.lines().next() {
            Some("file") => return Err(Failure::Refused(format!("{} is a file: name a folder", self.shown()))),
            Some(line) if line.starts_with("other ") => {
                return Err(Failure::Refused(not_ours(&self.shown(), &line[6..])));
            }
            _ => {}
        }
        let mut standing = Standing::default();
        let mut current = None;
        for line in said.lines() {
            if let Some(link) = line.strip_prefix("current ").filter(|link| !link.is_empty()) {
                let name = link.strip_prefix(RELEASES).and_then(|name| name.strip_prefix('/'));
                let name = name.filter(|name| number(name).is_some());
                current = Some(name.map(str::to_string).ok_or_else(|| {
                    Failure::Refused(format!("{}/{CURRENT} leads to no release: move it away", self.shown()))
                })?);
            } else if let Some(release) = line.strip_prefix("release ") {
                let (name, record) = release.split_once(' ').unwrap_or((release, ""));
                if number(name).is_some() {
                    let record = serde_json::from_str::<Record>(record).ok();
                    standing.kept.push(Kept { name: name.to_string(), record });
                }
            }
        }
        standing.kept.sort_by_key(|kept| std::cmp::Reverse(number(&kept.name)));
        Ok((standing, current))
    }

    fn manifest(&self, session: &mut Session<'_>, name: &str) -> Result<Manifest, Failure> {
        let said = session.run(&format!("cat -- \"$p/{RELEASES}/{name}/{NAME}\""))?;
        said.ok("read", &format!("{}/{RELEASES}/{name}/{NAME}", self.shown()))?;
        read_manifest(&said.bytes, &self.shown())
    }

    fn expect(&self, session: &mut Session<'_>, seen: Option<&Live>) -> Result<Vec<Kept>, Failure> {
        let (standing, now) = self.standing_in(session)?;
        let seen = seen.map(|live| &*live.name);
        if now.as_deref() == seen { Ok(standing.kept) } else { Err(overtaken(&self.shown(), seen, now.as_deref())) }
    }

    /// Sends the files, those that did not change as further names of the old release's.
    fn send(&self, release: &Release<'_>, fresh: &str) -> Result<(), Failure> {
        let mut command = Command::new("rsync");
        // What is the same is told by its bytes: times are those of the last build, on whichever machine that was.
        command.args(["--recursive", "--checksum", "--compress", "--no-perms", "--chmod=ugo=rwX", "--protect-args"]);
        command.args(["--files-from=-", "--from0", "--timeout=300"]);
        if let Some(live) = release.seen {
            command.arg(format!("--link-dest=../{}/", live.name));
        }
        let mut shell = OsString::from("'");
        shell.push(program());
        shell.push("'");
        for option in OPTIONS {
            shell.push(format!(" {option}"));
        }
        command.arg("--rsh").arg(shell).arg("--");
        let mut stage = release.stage.as_os_str().to_os_string();
        stage.push("/");
        command.arg(stage).arg(format!("{}:{}/{RELEASES}/{fresh}/", self.host, self.path));
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| missing(&OsString::from("rsync"), &error))?;
        let errors = listen(child.stderr.take());
        let mut names = Vec::new();
        for path in release.paths() {
            names.extend_from_slice(path.as_bytes());
            names.push(0);
        }
        // Where it stops listening it says why.
        let _ = child.stdin.take().expect("it was piped").write_all(&names);
        let status = child.wait().map_err(|error| Failure::new("wait for", "rsync", error))?;
        let said = errors.join().unwrap_or_default();
        if status.success() {
            return Ok(());
        }
        Err(Failure::Refused(rsync_trouble(status.code(), &said, &self.host, &self.shown())))
    }

    /// Shell lines that keep files of the other release in reach.
    fn carry(manifest: &Manifest, other: &Live, to: &str) -> String {
        let mut lines = String::new();
        for file in manifest.carried(Some(&other.manifest)) {
            let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let (path, folder) = (quoted(&file.path), quoted(folder));
            lines.push_str(&format!(
                "mkdir -p -- \"$p/{RELEASES}/{to}/\"{folder} 2>/dev/null; \
                 ln -- \"$p/{RELEASES}/{}/\"{path} \"$p/{RELEASES}/{to}/\"{path} 2>/dev/null\n",
                other.name
            ));
        }
        lines
    }

    /// The shell's words for the switch: GNU's and busybox's way, then the other one.
    fn switch(name: &str) -> String {
        let beside = format!("$p/{UNFINISHED}{CURRENT}-$$");
        format!(
            "rm -f -- \"{beside}\" && ln -s {RELEASES}/{name} \"{beside}\" && \
             {{ mv -T -- \"{beside}\" \"$p/{CURRENT}\" 2>/dev/null || mv -h -- \"{beside}\" \"$p/{CURRENT}\"; }}"
        )
    }
}

impl Target for Ssh {
    fn shown(&self) -> String {
        format!("{}:{}", self.host, self.path)
    }

    fn standing(&self) -> Result<Standing, Failure> {
        let mut session = self.open()?;
        let (mut standing, current) = self.standing_in(&mut session)?;
        if let Some(name) = current {
            standing.live = Some(Live { manifest: self.manifest(&mut session, &name)?, name });
        }
        Ok(standing)
    }

    fn manifest_of(&self, kept: &Kept) -> Result<Manifest, Failure> {
        self.manifest(&mut self.open()?, &kept.name)
    }

    fn publish(&self, release: &Release<'_>) -> Result<Published, Failure> {
        let mut session = self.open()?;
        // A folder of somebody else's is not locked either.
        self.standing_in(&mut session)?;
        self.lock(&mut session, release.run)?;
        let kept = self.expect(&mut session, release.seen)?;
        let name = release.name_after(kept.iter().map(|kept| &*kept.name));
        // A name of its own: the `rsync` of a killed run may go on for a while.
        let fresh = format!("{UNFINISHED}{name}-{}-{}", std::process::id(), release.run.now.as_nanosecond());
        let shown = self.shown();
        let written = format!("{shown}/{RELEASES}/{name}");
        session
            .run(&format!(
                "rm -rf -- \"$p/{RELEASES}/{UNFINISHED}\"* \"$p/{UNFINISHED}\"*\n\
                 for r in \"$p/{RELEASES}\"/*.json; do [ -d \"${{r%.json}}\" ] || rm -f -- \"$r\"; done\n\
                 mkdir -- \"$p/{RELEASES}/{fresh}\""
            ))?
            .ok("write", &written)?;
        let record = serde_json::to_string(&release.record()).expect("a record has texts only");
        let made = self.send(release, &fresh).and_then(|()| self.expect(&mut session, release.seen)).and_then(|_| {
            let carry = release.seen.map(|live| Ssh::carry(release.manifest, live, &fresh)).unwrap_or_default();
            session
                .run(&format!(
                    "{carry}printf '%s' {record} >\"$p/{RELEASES}/{fresh}.json\" && \
                     mv -- \"$p/{RELEASES}/{fresh}.json\" \"$p/{RELEASES}/{name}.json\" && \
                     mv -- \"$p/{RELEASES}/{fresh}\" \"$p/{RELEASES}/{name}\" && {}",
                    Ssh::switch(&name),
                    record = quoted(&record),
                ))?
                .ok("switch", &format!("{shown}/{CURRENT}"))
        });
        if let Err(failure) = made {
            // A full disk is given back what we took, if anybody is still there.
            let _ = session.run(&format!("rm -rf -- \"$p/{RELEASES}/{fresh}\"*"));
            return Err(failure);
        }
        let mut kept = kept;
        kept.push(Kept { name: name.clone(), record: Some(release.record()) });
        let mut notes = Vec::new();
        for gone in too_many(&kept, &name, release.run.keep) {
            let removed = session.run(&format!(
                "mv -- \"$p/{RELEASES}/{gone}\" \"$p/{RELEASES}/{UNFINISHED}{gone}\" && \
                 rm -rf -- \"$p/{RELEASES}/{UNFINISHED}{gone}\" \"$p/{RELEASES}/{gone}.json\""
            ));
            if let Err(why) = removed.and_then(|said| said.ok("remove", gone)) {
                notes.push(format!("release {gone} could not be removed: {why}"));
            }
        }
        Ok(Published { name, at: format!("{shown}/{CURRENT}"), notes })
    }

    fn roll_back(&self, to: &Kept, from: &Live, run: &Run) -> Result<(), Failure> {
        let mut session = self.open()?;
        self.lock(&mut session, run)?;
        self.expect(&mut session, Some(from))?;
        let manifest = self.manifest(&mut session, &to.name)?;
        let carry = Ssh::carry(&manifest, from, &to.name);
        session.run(&format!("{carry}{}", Ssh::switch(&to.name)))?.ok("switch", &format!("{}/{CURRENT}", self.shown()))
    }
}

/// A shell on the other machine.
struct Session<'t> {
    target: &'t Ssh,
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    errors: Option<JoinHandle<String>>,
}

/// What some lines of shell said.
struct Said {
    status: i32,
    bytes: Vec<u8>,
}

/// Between what a script says and what the shell says of it.
const END: &[u8] = b"\ntrustbook-6c1e4f-end ";

impl Session<'_> {
    /// Runs lines of shell to their end.
    fn run(&mut self, script: &str) -> Result<Said, Failure> {
        let end = String::from_utf8_lossy(&END[1..]);
        // What stands in the lines may not read our next ones; errors of theirs come with the rest.
        let whole = format!("{{ {script}\n}} </dev/null 2>&1\nprintf '\\n%s%s\\n' '{end}' $?\n");
        let sent = self.stdin.as_mut().map(|stdin| stdin.write_all(whole.as_bytes()).and_then(|()| stdin.flush()));
        if !matches!(sent, Some(Ok(()))) {
            return Err(self.ended(&[]));
        }
        let mut bytes = Vec::new();
        loop {
            match self.stdout.read_until(b'\n', &mut bytes) {
                Ok(0) | Err(_) => return Err(self.ended(&bytes)),
                Ok(_) => {}
            }
            let last = bytes.len() - 1;
            let line = bytes[..last].iter().rposition(|byte| *byte == b'\n').unwrap_or(0);
            if let Some(status) = bytes[line..last].strip_prefix(END) {
                let status = String::from_utf8_lossy(status).trim().parse().unwrap_or(1);
                bytes.truncate(line);
                return Ok(Said { status, bytes });
            }
        }
    }

    /// Why the connection or the shell is no more.
    fn ended(&mut self, said: &[u8]) -> Failure {
        drop(self.stdin.take());
        let code = self.child.wait().ok().and_then(|status| status.code());
        let errors = self.errors.take().and_then(|errors| errors.join().ok()).unwrap_or_default();
        let said = format!("{errors}\n{}", String::from_utf8_lossy(said));
        match code {
            Some(255) | None => Failure::Refused(ssh_trouble(&said, &self.target.host)),
            _ => Failure::Refused(format!("could not write to {}: {}", self.target.shown(), last_line(&said))),
        }
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        // Without more to read the other shell ends, and the lock with it.
        drop(self.stdin.take());
        let mut rest = Vec::new();
        let _ = self.stdout.read_to_end(&mut rest);
        let _ = self.child.wait();
    }
}

impl Said {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    fn ok(&self, verb: &str, path: &str) -> Result<(), Failure> {
        if self.status == 0 {
            return Ok(());
        }
        Err(Failure::Refused(format!("could not {verb} {path}: {}", last_line(&self.text()))))
    }
}

fn program() -> OsString {
    std::env::var_os(PROGRAM).filter(|program| !program.is_empty()).unwrap_or_else(|| "ssh".into())
}

fn missing(program: &OsString, error: &std::io::Error) -> Failure {
    let name = program.to_string_lossy();
    match error.kind() {
        std::io::ErrorKind::NotFound => Failure::Refused(format!("there is no `{name}` on this machine: install it")),
        _ => Failure::Refused(format!("could not run `{name}`: {}", crate::failure::reason(error))),
    }
}

fn listen(from: Option<impl Read + Send + 'static>) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut from) = from {
            let _ = from.read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// A text as one word of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

fn last_line(said: &str) -> String {
    let line = said.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or("it did not say why");
    crate::diagnostic::draw::shortened(line, 300)
}

/// What `ssh` said, and what to do about it.
fn ssh_trouble(said: &str, host: &str) -> String {
    let advice = if said.contains("Host key verification failed") {
        format!(
            "{host} is not known here, or is another machine than before: run `ssh {host}` once and look at what it asks"
        )
    } else if said.contains("Permission denied") {
        format!(
            "{host} does not let you in: a key has to be there that it knows (try `ssh {host}`); trustbook asks for no password"
        )
    } else {
        format!("{host} cannot be reached (try `ssh {host}`)")
    };
    format!("{advice}: {}", last_line(said))
}

/// What `rsync` said, and what to do about it; its codes are those of its manual.
fn rsync_trouble(code: Option<i32>, said: &str, host: &str, shown: &str) -> String {
    let telling = said
        .lines()
        .map(str::trim)
        .find(|line| {
            line.contains("No space left")
                || line.contains("Disk quota")
                || line.contains("rror")
                || line.contains("failed")
        })
        .map_or_else(|| last_line(said), |line| crate::diagnostic::draw::shortened(line, 300));
    let full = ["No space left", "Disk quota", "File too large"].iter().any(|words| said.contains(words));
    match code {
        _ if full => format!("the disk of {shown} is full: {telling}. The live release is as it was"),
        Some(255) => ssh_trouble(said, host),
        Some(127) => format!("{host} has no `rsync`: install it there"),
        Some(10 | 12 | 30 | 35) => format!("the connection to {host} broke while files were sent: {telling}"),
        Some(1 | 2 | 4) => {
            format!("`rsync` here or on {host} is too old or another program (3.0 or newer is wanted): {telling}")
        }
        // Its message may be lost with the process that said it.
        Some(3 | 11 | 23) if said.trim().is_empty() => {
            format!("could not write to {shown}: look whether its disk is full, and who may write there")
        }
        Some(3 | 11 | 23) => format!("could not write to {shown}: {telling}"),
        Some(code) => format!("`rsync` to {shown} ended with {code}: {telling}"),
        None => format!("`rsync` to {shown} was killed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_shell_reads_a_path() {
        for path in ["a b", "$(touch x)", "`x`", "a'b", "a\"b", "a\\b", "-rf", "*", "a;b&c|d"] {
            let said = Command::new("sh").arg("-c").arg(format!("printf '%s' {}", quoted(path))).output().unwrap();
            assert_eq!(String::from_utf8(said.stdout).unwrap(), path);
        }
    }

    #[test]
    fn what_went_wrong_is_said_in_words() {
        let said = ssh_trouble("Warning: x\ndeploy@web: Permission denied (publickey).\n", "web");
        assert!(
            said.starts_with("web does not let you in") && said.ends_with("Permission denied (publickey)."),
            "{said}"
        );
        assert!(
            ssh_trouble("ssh: Could not resolve hostname web: Name or service not known", "web")
                .contains("cannot be reached")
        );
        let full = "rsync: [receiver] write failed on \"/srv/x\": No space left on device (28)\nrsync error: error in file IO (code 11)";
        assert!(rsync_trouble(Some(11), full, "web", "web:/srv").starts_with("the disk of web:/srv is full"));
        assert!(rsync_trouble(Some(12), "rsync error: x", "web", "web:/srv").contains("broke"));
        assert!(
            rsync_trouble(Some(255), "ssh: connect to host web port 22: Connection refused", "web", "web:/srv")
                .contains("Connection refused")
        );
    }
}
