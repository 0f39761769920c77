//! `trustbook serve`: the preview, and what it says in the terminal.

use super::build::findings_in_words;
use super::{CLEAN, PlaybookArgs, STACK, print, say, today};
use crate::failure::Failure;
use crate::serve::{Said, Serving, Wanted};
use crate::watch::Way;
use clap::Args;
use std::path::PathBuf;

/// How the preview is served.
#[derive(Args)]
pub struct ServerArgs {
    /// The port [default: 1111, or the next one that is free]
    #[arg(long)]
    port: Option<u16>,
    /// The name or address to listen on; any but this machine's own lets others look
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// Open it in the browser
    #[arg(long)]
    open: bool,
    /// Look for changes once a second instead of waiting for the system to tell, as some network disks need it
    #[arg(long)]
    poll: bool,
}

/// Serves the playbook until Ctrl-C.
pub fn serve(root: PathBuf, playbook: &PlaybookArgs, server: &ServerArgs) -> Result<u8, Failure> {
    let serving = Serving {
        root,
        wanted: Wanted { audience: playbook.audience.clone(), drafts: playbook.drafts, day: playbook.as_of },
        strict: playbook.strict,
        today,
        host: server.host.clone(),
        port: server.port,
        way: if server.poll { Way::Polling } else { Way::Events },
        stack: STACK,
    };
    let open = server.open;
    crate::serve::serve(&serving, move |said| tell(said, open))?;
    Ok(CLEAN)
}

fn tell(said: Said, open: bool) {
    match said {
        Said::Ready { url, open_to_others, pages, errors, warnings, drawn, took } => {
            say(&drawn);
            if open_to_others {
                say("warning: this preview can be read by every machine that reaches this one\n");
            }
            let findings = findings_in_words(errors, warnings);
            print(&format!("{pages} pages, {findings}, {:.2} s: {url}\n", took.as_secs_f64()));
            if open && let Err(error) = open::that_detached(&url) {
                say(&format!("note: could not open a browser: {}\n", crate::failure::reason(&error)));
            }
        }
        Said::Changed { what, pages, errors, warnings, took } => {
            let what = match &*what {
                [one] => one.clone(),
                [first, rest @ ..] => format!("{first} and {} more", rest.len()),
                [] => String::new(),
            };
            let findings = findings_in_words(errors, warnings);
            print(&format!("{what}: {pages} pages, {findings}, {:.3} s\n", took.as_secs_f64()));
        }
        Said::Failed(sentence) => say(&format!("error: {sentence}\n")),
        Said::Polling(why) => say(&format!("note: looking for changes once a second: {why}\n")),
        Said::Watching => say("note: changes are told again\n"),
    }
}
