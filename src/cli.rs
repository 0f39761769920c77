//! The command line to the pipeline, and its results to the terminal.

mod audit;
mod build;
mod check;
mod diff;
mod emit;
mod explain;
mod external;
mod findings;
mod former;
mod git;
mod live;
mod new;
mod pack;
mod publish;
mod scratch;
mod serve;
mod theme;
mod translate;

use crate::failure::Failure;
use crate::load;
use crate::pipeline::Choices;
use clap::{Args, CommandFactory, Parser, Subcommand};
use jiff::civil::Date;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Nothing is wrong.
const CLEAN: u8 = 0;
/// There are findings at deny level.
const FINDINGS: u8 = 1;
/// It could not run.
const COULD_NOT_RUN: u8 = 2;

/// Workers parse and draw what people wrote, however deep: a stack that is only reserved costs nothing.
const STACK: usize = 64 * 1024 * 1024;

/// Trust playbooks as text under version control: journeys, promises and proof as a static site.
#[derive(Parser)]
#[command(name = "trustbook", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = "Exit codes: 0 clean, 1 findings at deny level, 2 could not run.\n\
                        Start with `trustbook new my-playbook`, then `trustbook build` in it.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a small playbook that builds clean, with comments that teach
    New {
        /// The folder to make
        dir: PathBuf,
    },
    /// Build the site
    Build {
        #[command(flatten)]
        playbook: PlaybookArgs,
        /// Where to write [default: site/ in the playbook]
        #[arg(long, value_name = "DIR")]
        output: Option<PathBuf>,
    },
    /// Look for everything that `build` would find, and write nothing
    Check {
        #[command(flatten)]
        playbook: PlaybookArgs,
        #[command(flatten)]
        asked: check::CheckArgs,
    },
    /// Say what was promised and not kept, and what nobody knows, worst first
    Audit {
        #[command(flatten)]
        playbook: PlaybookArgs,
        #[command(flatten)]
        asked: audit::AuditArgs,
    },
    /// Say what has changed in meaning since a revision of Git, or another folder: promises, journeys, feelings
    Diff {
        #[command(flatten)]
        playbook: PlaybookArgs,
        #[command(flatten)]
        asked: diff::DiffArgs,
    },
    /// Put the playbook, a stage's or a department's into one file, to be mailed, printed or read as a book
    Pack {
        #[command(flatten)]
        playbook: PlaybookArgs,
        #[command(flatten)]
        asked: pack::PackArgs,
    },
    /// Build an edition and put it where it is read: shows what changes, asks, and switches in one moment
    Publish {
        #[command(flatten)]
        playbook: PlaybookArgs,
        #[command(flatten)]
        asked: publish::PublishArgs,
    },
    /// Show the site in a browser, and every change as it is saved
    Serve {
        #[command(flatten)]
        playbook: PlaybookArgs,
        #[command(flatten)]
        server: serve::ServerArgs,
    },
    /// Say how far the playbook is translated, and carry words to translators and back
    Translate {
        #[command(flatten)]
        asked: translate::TranslateArgs,
    },
    /// Check the theme, or say which of its files draw a page
    Theme {
        #[command(subcommand)]
        asked: ThemeCommand,
    },
    /// Say what a finding means and what to do about it
    Explain {
        /// The finding's code, for example `vague-promise`; all of them without one
        code: Option<String>,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Subcommand)]
enum ThemeCommand {
    /// Look for overrides of what does not exist, names that lead nowhere, and missing words
    Check {
        #[command(flatten)]
        playbook: PlaybookArgs,
        /// How to say it
        #[arg(long, value_enum, default_value_t = findings::FindingsFormat::Text)]
        format: findings::FindingsFormat,
    },
    /// Say which templates, components, words and options make a page, and which file of which theme each comes from
    Explain {
        /// The page's address or source file, for example `/guides/contact/`; without one, what the theme is made of
        page: Option<String>,
        #[command(flatten)]
        playbook: PlaybookArgs,
    },
}

/// How something is said.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Lines for people.
    Text,
    /// JSON, for programs.
    Json,
}

#[derive(Args)]
struct PlaybookArgs {
    /// The playbook's folder [default: the nearest one upwards with trustbook.toml or content/]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Whose edition to make [default: default_audience of the settings]
    #[arg(long)]
    audience: Option<String>,
    /// Show drafts as well
    #[arg(long)]
    drafts: bool,
    /// The day that the edition is made for [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,
    /// Let warnings deny
    #[arg(long)]
    strict: bool,
}

impl PlaybookArgs {
    fn choices(&self) -> Choices {
        Choices {
            audience: self.audience.clone(),
            drafts: self.drafts,
            today: self.as_of.unwrap_or_else(today),
            strict: self.strict,
        }
    }

    fn root(&self) -> Result<PathBuf, Failure> {
        root_of(self.root.as_ref())
    }
}

/// The folder that was named, or the nearest one upwards that is a playbook.
fn root_of(named: Option<&PathBuf>) -> Result<PathBuf, Failure> {
    if let Some(root) = named {
        return Ok(root.clone());
    }
    let here = std::env::current_dir().map_err(|error| Failure::new("find", ".", error))?;
    load::find_root(&here).ok_or_else(|| {
        Failure::Refused(
            "there is no playbook here: no trustbook.toml and no content/ in this folder or above it \
                 (`trustbook new my-playbook` makes one)"
                .to_string(),
        )
    })
}

/// The day on the clock, in universal time, so that a build at midnight is the same everywhere.
fn today() -> Date {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let days = i64::try_from(since.as_secs() / 86_400).unwrap_or(0);
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap_or(Date::MAX)
}

/// Runs the command that the arguments name. Exit codes: 0 clean, 1 findings at deny level, 2 could not run.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { COULD_NOT_RUN } else { CLEAN });
        }
    };
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
    // The main thread's own stack is the system's; what walks the author's nesting runs on a worker's.
    let outcome = std::thread::Builder::new().stack_size(STACK).spawn(move || dispatch(cli.command));
    let code = match outcome.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(code))) => code,
        Ok(Ok(Err(failure))) => {
            say(&format!("error: {failure}\n"));
            COULD_NOT_RUN
        }
        Ok(Err(_)) => {
            say("error: trustbook made a mistake of its own; please report what it said above\n");
            COULD_NOT_RUN
        }
        Err(error) => {
            say(&format!("error: could not start a thread: {error}\n"));
            COULD_NOT_RUN
        }
    };
    ExitCode::from(code)
}

fn dispatch(command: Command) -> Result<u8, Failure> {
    match command {
        Command::New { dir } => new::new(&dir),
        Command::Build { playbook, output } => {
            let root = playbook.root()?;
            build::build(&root, output.as_deref(), &playbook.choices())
        }
        Command::Check { playbook, asked } => {
            let root = playbook.root()?;
            check::check(&root, &playbook.choices(), &asked)
        }
        Command::Audit { playbook, asked } => {
            let root = playbook.root()?;
            audit::audit(&root, &playbook.choices(), &asked)
        }
        Command::Diff { playbook, asked } => {
            let root = playbook.root()?;
            diff::diff(&root, &playbook.choices(), &asked)
        }
        Command::Pack { playbook, asked } => {
            let root = playbook.root()?;
            pack::pack(&root, &playbook.choices(), &asked)
        }
        Command::Publish { playbook, asked } => {
            let root = playbook.root()?;
            publish::publish(&root, playbook.choices(), &asked)
        }
        Command::Serve { playbook, server } => {
            let root = playbook.root()?;
            serve::serve(root, &playbook, &server)
        }
        Command::Translate { asked } => translate::translate(&asked),
        Command::Theme { asked: ThemeCommand::Check { playbook, format } } => {
            let root = playbook.root()?;
            theme::check(&root, &playbook.choices(), format)
        }
        Command::Theme { asked: ThemeCommand::Explain { page, playbook } } => {
            let root = playbook.root()?;
            theme::explain(&root, &playbook.choices(), page.as_deref())
        }
        Command::Explain { code } => Ok(explain::explain(code.as_deref())),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "trustbook", &mut script);
            print(&String::from_utf8_lossy(&script));
            Ok(CLEAN)
        }
    }
}

/// Writes to standard output. A reader that has gone away is no failure.
fn print(text: &str) {
    let _ = anstream::stdout().write_all(text.as_bytes());
}

/// Writes to standard error.
fn say(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}
