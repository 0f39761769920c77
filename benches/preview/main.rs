//! How long it takes from saving a file until its page is served anew, beside the time and memory that the preview needs to
//! begin:
//!
//! ```text
//! cargo bench --bench preview                          # 1,000 and 10,000 pages
//! cargo bench --bench preview -- --pages 500 --saves 200
//! cargo bench --bench preview -- --dir /dev/shm/speed  # elsewhere than in target/bench-corpus; a tmpfs is steadier
//! ```
//!
//! Also `--trustbook PATH` (another build of it). A file is saved, and its page asked for over HTTP until it is the new one; the
//! time that the watcher waits for quiet is given beside. The floor is a program that reads the same files, renders their Markdown
//! and writes them, run just before and just after.

#[path = "../speed/corpus.rs"]
mod corpus;
#[path = "../speed/floor.rs"]
mod floor;

use std::env;
use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// The one that trustbook has, so that the floor gains nothing by another.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["floor", from, to] => floor::floor(from.as_ref(), to.as_ref()).map_err(Into::into),
        _ => Choices::read(&arguments).and_then(|choices| measure(&choices)),
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
    saves: usize,
    trustbook: Option<PathBuf>,
}

impl Choices {
    fn read(arguments: &[&str]) -> Result<Choices> {
        let mut choices = Choices {
            dir: Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench-corpus"),
            pages: vec![1_000, 10_000],
            saves: 41,
            trustbook: option_env!("CARGO_BIN_EXE_trustbook").map(PathBuf::from),
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let value = *arguments.next().ok_or_else(|| format!("{argument} is unknown, or lacks its value"))?;
            match *argument {
                "--dir" => choices.dir = std::path::absolute(value)?,
                "--pages" => {
                    choices.pages = value.split(',').map(str::parse).collect::<std::result::Result<_, _>>()?;
                }
                "--saves" => choices.saves = value.parse::<usize>()?.max(3),
                "--trustbook" => choices.trustbook = Some(value.into()),
                _ => return Err(format!("{argument} is unknown").into()),
            }
        }
        Ok(choices)
    }
}

fn measure(choices: &Choices) -> Result<()> {
    let trustbook = choices.trustbook.as_deref().ok_or("which trustbook? --trustbook PATH")?;
    let quiet = trustbook::watch::QUIET.as_secs_f64() * 1e3;
    println!(
        "| pages | saved | quiet ms | median ms beyond | p90 ms beyond | ready ms (× floor) | KB a page, before and after |"
    );
    println!("|---:|---|---:|---:|---:|---:|---:|");
    for pages in &choices.pages {
        let book = choices.dir.join(format!("preview-{pages}"));
        let _ = fs::remove_dir_all(&book);
        fs::create_dir_all(&book)?;
        corpus::generate(&book, *pages, 20)?;
        let floors = [floor_of(&book, &choices.dir)?, floor_of(&book, &choices.dir)?];
        let start = Instant::now();
        let preview = Preview::new(trustbook, &book)?;
        let ready = start.elapsed().as_secs_f64() * 1e3;
        let floor = (floors[0] + floors[1] + floor_of(&book, &choices.dir)?) / 3.0;
        let before = preview.memory()?;
        let rows = [
            ("a page", page_saved(&preview, &book, choices.saves)?),
            ("a template", template_saved(&preview, &book, choices.saves / 3 + 1)?),
            ("the settings", settings_saved(&preview, &book, choices.saves / 3)?),
        ];
        let after = preview.memory()?;
        let kilobytes = |bytes: f64| bytes / 1e3 / *pages as f64;
        for (what, mut times) in rows {
            times.sort_by(f64::total_cmp);
            let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize] - quiet;
            println!(
                "| {pages} | {what} | {quiet:.0} | {:.1} | {:.1} | {ready:.0} ({:.2} ×) | {:.1}, {:.1} |",
                at(0.5),
                at(0.9),
                ready / floor,
                kilobytes(before),
                kilobytes(after)
            );
        }
        drop(preview);
        fs::remove_dir_all(&book)?;
    }
    Ok(())
}

/// The page that is looked at, of the guide that is saved.
const PAGE: &str = "/guides/section-0/guide-7/";

/// Milliseconds of each save.
fn page_saved(preview: &Preview, book: &Path, saves: usize) -> Result<Vec<f64>> {
    let file = book.join("content/guides/section-0/guide-7.md");
    let text = fs::read_to_string(&file)?;
    (0..saves)
        .map(|save| {
            let words = format!("Saved {save} times");
            preview.saved(&file, &format!("{text}\n{words}.\n"), PAGE, &words)
        })
        .collect()
}

fn settings_saved(preview: &Preview, book: &Path, saves: usize) -> Result<Vec<f64>> {
    let file = book.join("trustbook.toml");
    let text = fs::read_to_string(&file)?;
    (0..saves)
        .map(|save| {
            let words = format!("Measured {save} times");
            preview.saved(&file, &text.replacen("A measured playbook", &words, 1), PAGE, &words)
        })
        .collect()
}

/// Without the first save, which brings a new folder.
fn template_saved(preview: &Preview, book: &Path, saves: usize) -> Result<Vec<f64>> {
    let template = include_str!("../../themes/default/templates/document.html");
    let file = book.join("themes/default/templates/document.html");
    fs::create_dir_all(file.parent().ok_or("a file in a folder")?)?;
    let mut times = (0..saves)
        .map(|save| {
            let words = format!("<!-- Drawn {save} -->");
            let text = template.replacen("{% block main %}", &format!("{{% block main %}}{words}"), 1);
            preview.saved(&file, &text, PAGE, &words)
        })
        .collect::<Result<Vec<f64>>>()?;
    Ok(times.split_off(1))
}

/// Milliseconds that the floor takes.
fn floor_of(book: &Path, dir: &Path) -> Result<f64> {
    let to = dir.join("preview-floor");
    let _ = fs::remove_dir_all(&to);
    let start = Instant::now();
    let status = Command::new(env::current_exe()?).arg("floor").arg(book).arg(&to).stdout(Stdio::null()).status()?;
    let took = start.elapsed().as_secs_f64() * 1e3;
    fs::remove_dir_all(&to)?;
    if status.success() { Ok(took) } else { Err("the floor gives way".into()) }
}

/// A running preview and a connection to it.
struct Preview {
    child: Child,
    port: u16,
}

impl Preview {
    fn new(trustbook: &Path, book: &Path) -> Result<Preview> {
        let mut command = Command::new(trustbook);
        command.args(["serve", "--port", "0", "--root"]).arg(book).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        let mut out = BufReader::new(child.stdout.take().ok_or("no output")?);
        let mut line = String::new();
        while !line.contains("http://") {
            line.clear();
            if out.read_line(&mut line)? == 0 {
                return Err("the preview does not start".into());
            }
        }
        std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
        let port =
            line.rsplit_once("http://").and_then(|(_, url)| url.split('/').next()?.rsplit(':').next()?.parse().ok());
        Ok(Preview { child, port: port.ok_or("no port")? })
    }

    /// Milliseconds from saving `text` until `page` has `words`.
    fn saved(&self, file: &Path, text: &str, page: &str, words: &str) -> Result<f64> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_nodelay(true)?;
        let start = Instant::now();
        fs::write(file, text)?;
        let took = loop {
            write!(stream, "GET {page} HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
            if body(&mut stream)?.windows(words.len()).any(|window| window == words.as_bytes()) {
                break start.elapsed();
            }
            if start.elapsed() > Duration::from_secs(60) {
                return Err(format!("{} is never shown", file.display()).into());
            }
            std::thread::sleep(Duration::from_micros(500));
        };
        // What follows a change, such as forgetting the old site, is not the next save's.
        std::thread::sleep(Duration::from_millis(300));
        Ok(took.as_secs_f64() * 1e3)
    }

    /// Bytes that it holds; 0 where the system does not tell.
    fn memory(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0 kB");
        Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? * 1024.0)
    }
}

/// The body of the next answer.
fn body(stream: &mut TcpStream) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut piece = [0; 64 * 1024];
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let heads = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            let length = heads.lines().find_map(|line| line.strip_prefix("content-length: ")).ok_or("no length")?;
            let length: usize = length.parse()?;
            if bytes.len() >= end + 4 + length {
                return Ok(bytes.split_off(end + 4));
            }
        }
        match stream.read(&mut piece)? {
            0 => return Err("the preview hung up".into()),
            read => bytes.extend_from_slice(&piece[..read]),
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
