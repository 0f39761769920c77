//! The survey files of a playbook to the answers of its metrics, and to what is wrong with them.

use super::answers::{
    Answers, Dimension, Known, NAMED_LINES, Question, Reason, Rows, Survey, is_date_format, read, scale,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::parse::id::normalised;
use crate::playbook::{Id, Metric, MetricKind, Playbook};
use crate::source::{Asset, Place, Spanned};
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::Arc;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// The survey files, and how one is counted: measuring touches no disk.
pub struct Surveys<'a> {
    /// The files in `content/data/`, sorted by path.
    pub files: &'a [Asset],
    /// What one of them answers to these questions; or what is wrong with it, in words that go on after its name.
    pub count: &'a Count<'a>,
}

/// How a file is counted: opened and read, or remembered.
pub type Count<'a> = dyn Fn(&Asset, &Asked<'_>) -> Result<Arc<Survey>, String> + Sync + 'a;

/// What is asked of a survey file. Together with its bytes it decides how they are counted.
pub struct Asked<'a> {
    questions: &'a [Question],
    names: &'a Names<'a>,
    today: Date,
}

impl Asked<'_> {
    /// A hash of all that is asked: where it is the same, the same bytes are counted alike.
    pub fn key(&self) -> u128 {
        let questions: Vec<_> =
            self.questions.iter().map(|one| (&one.id, one.kind.name(), &one.column, &one.date_format)).collect();
        xxh3_128(format!("{questions:?} {:032x} {}", self.names.hash, self.today).as_bytes())
    }

    /// Counts a file.
    ///
    /// # Errors
    /// What is wrong with it, in words that go on after its name.
    pub fn of(&self, opened: io::Result<impl Read>) -> Result<Survey, String> {
        let input = opened.map_err(|error| format!("cannot be read: {error}"))?;
        read(input, self.questions, self.names, self.today)
    }
}

/// A file longer than this is no survey: it would be some thirty million answers.
const LONGEST: u64 = 2 * 1024 * 1024 * 1024;

/// The answers of every metric, by its index, from rows of days up to `today`.
pub fn answers(playbook: &Playbook, surveys: &Surveys<'_>, today: Date, found: &mut Diagnostics) -> Vec<Arc<Answers>> {
    let names = Names::of(playbook);
    let mut by_file: BTreeMap<String, Vec<Named<'_>>> = BTreeMap::new();
    for (id, metric) in Id::all(&playbook.metrics).filter(|(_, metric)| metric.readable) {
        if let Some(data) = &metric.data {
            by_file.entry(format!("content/{}", data.value)).or_default().push((id, data));
        }
    }
    let read: Vec<(Vec<Question>, FileRead)> = by_file
        .into_iter()
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|(path, named)| {
            let questions: Vec<Question> = named.iter().map(|(id, _)| question(playbook, *id)).collect();
            let asked = Asked { questions: &questions, names: &names, today };
            let file = file(&path, named[0].1, &asked, surveys);
            (questions, file)
        })
        .collect();
    let mut answers: Vec<Arc<Answers>> = vec![Arc::default(); playbook.metrics.len()];
    for (questions, file) in read {
        found.extend(file.findings);
        let counted = file.survey.iter().flat_map(|survey| &survey.answers);
        for (question, own) in questions.into_iter().zip(counted) {
            answers[question.metric.index()] = own.clone();
        }
    }
    date_formats(playbook, found);
    without_data(playbook, &answers, found);
    answers
}

/// A metric and where it names its file.
type Named<'a> = (Id<Metric>, &'a Spanned<Arc<str>>);

struct FileRead {
    survey: Option<Arc<Survey>>,
    findings: Vec<Diagnostic>,
}

fn question(playbook: &Playbook, id: Id<Metric>) -> Question {
    let metric = &playbook[id];
    Question {
        metric: id,
        id: metric.id.clone(),
        kind: metric.kind,
        column: metric.column.clone(),
        // A format that is none is a finding of its own, not one for every row.
        date_format: metric
            .date_format
            .as_ref()
            .map(|format| format.value.clone())
            .filter(|format| is_date_format(format)),
    }
}

fn file(path: &str, named: &Spanned<Arc<str>>, asked: &Asked<'_>, surveys: &Surveys<'_>) -> FileRead {
    let nothing = |finding: Diagnostic| FileRead { survey: None, findings: vec![finding] };
    let Ok(at) = surveys.files.binary_search_by(|asset| (*asset.path).cmp(path)) else {
        return nothing(missing(path, named, surveys));
    };
    let asset = &surveys.files[at];
    let wrong = |what: String| {
        Diagnostic::new(Code::UnreadableData, format!("`{path}` {what}"))
            .at(Place::file(&asset.path), "this file")
            .at(named.place.clone(), "named here")
    };
    if asset.length > LONGEST {
        return nothing(wrong("has over 2 GiB; a survey file has less".to_string()));
    }
    match (surveys.count)(asset, asked) {
        Ok(survey) => {
            let findings = rejected(&asset.path, &survey, asked.names, asked.today);
            FileRead { survey: Some(survey), findings }
        }
        Err(what) => nothing(wrong(what).help("the columns that are understood: `trustbook explain unreadable-data`")),
    }
}

fn missing(path: &str, named: &Spanned<Arc<str>>, surveys: &Surveys<'_>) -> Diagnostic {
    let finding = Diagnostic::new(Code::DeadAsset, format!("there is no survey file `{path}`"));
    let finding = finding.at(named.place.clone(), "no such file");
    if !path.starts_with("content/data/") {
        return finding.help("survey files lie in `content/data/`, which is never published");
    }
    let known = surveys.files.iter().filter_map(|asset| asset.path.strip_prefix("content/"));
    finding.did_you_mean(&named.value, known)
}

/// One finding a reason, with the first lines.
fn rejected(path: &Arc<str>, survey: &Survey, names: &Names<'_>, today: Date) -> Vec<Diagnostic> {
    let told = survey.rejected.iter().filter(|(reason, _)| names.whole || !is_of_others(**reason));
    told.map(|(reason, rows)| {
        let place = usize::try_from(rows.at).map_or(Place::file(path), |at| Place::new(path, at..at));
        let (count, all) = (rows.count, survey.rows);
        let lines = lines(rows);
        if *reason == Reason::Future {
            let what = format!(
                "{count} of {all} rows of `{path}` are of days after today, {today}, and are not counted: {lines}"
            );
            return Diagnostic::new(Code::FutureDate, what).at(place, "not yet");
        }
        let (what, help) = words(*reason);
        let counted =
            if matches!(reason, Reason::UnknownName(_)) { "count in the total alone" } else { "are not counted" };
        Diagnostic::new(Code::RejectedRows, format!("{count} of {all} rows of `{path}` {counted}: {what}: {lines}"))
            .at(place, "the first of them")
            .help(help)
    })
    .collect()
}

/// In an edition for fewer readers, what is left out has names as well.
fn is_of_others(reason: Reason) -> bool {
    matches!(reason, Reason::UnknownMetric | Reason::OtherFile | Reason::UnknownName(_))
}

fn lines(rows: &Rows) -> String {
    let named: Vec<String> = rows.lines.iter().map(u64::to_string).collect();
    let word = if rows.count == 1 { "line" } else { "lines" };
    match rows.count.saturating_sub(NAMED_LINES as u64) {
        0 => format!("{word} {}", named.join(", ")),
        more => format!("{word} {} and {more} more", named.join(", ")),
    }
}

/// What is wrong, and what to do. The field itself is never quoted: it may be anybody's words.
fn words(reason: Reason) -> (String, String) {
    let (what, help) = match reason {
        Reason::TooLong => {
            ("they have more fields than the header", "put quotation marks around fields that hold the separator")
        }
        Reason::NoDate => ("their date cannot be read", "write 2026-03-14, or declare `date_format` at the metric"),
        Reason::NoPeriod => ("their period cannot be read", "a period is 2026, 2026-Q1 or 2026-03"),
        Reason::NoScore => ("they have no answer", "leave out rows of people who did not answer"),
        Reason::NotAScore => {
            ("their answer is no number", "write answers as numbers, or as the words that the format knows")
        }
        Reason::Ambiguous => ("1,200 may be a thousand or a little over one", "write 1200 or 1.2"),
        Reason::OutOfScale(kind) => return out_of_scale(kind),
        Reason::NoCount => ("they give no whole number of answers", "counts are whole numbers"),
        Reason::Unequal => ("promoters, passives and detractors do not add up to `n`", "correct the counts"),
        Reason::NotNps => {
            ("promoters and detractors are of a metric that is not `nps`", "count it by `score` and `count`")
        }
        Reason::UnknownMetric => {
            ("the playbook has no metric of that id", "the column `metric` holds ids of `metrics.toml`")
        }
        Reason::OtherFile => ("their metric does not name this file", "name it at the metric: `data`"),
        Reason::Future => ("their day is to come", "correct the year"),
        Reason::UnknownName(dimension) => {
            let name = dimension.name();
            let article =
                if matches!(dimension, Dimension::Language) { "no tag of a language" } else { "not in the playbook" };
            return (format!("their {name} is {article}"), format!("the column `{name}` holds ids of the playbook"));
        }
    };
    (what.to_string(), help.to_string())
}

fn out_of_scale(kind: MetricKind) -> (String, String) {
    let name = kind.name();
    match scale(kind) {
        Some((0, 1)) => (
            "their answer is neither 1 (kept) nor 0 (broken)".to_string(),
            "a rate is answered by 1 and 0, yes and no, kept and broken".to_string(),
        ),
        Some((low, high)) => (
            format!("their answer is none of the whole numbers {low} to {high}"),
            format!("`{name}` is asked on that scale; if yours is another, it is another kind of metric"),
        ),
        None if kind == MetricKind::Count => {
            ("their number of events is no whole number from 0".to_string(), "events are counted whole".to_string())
        }
        None => ("their duration is below 0 or beyond all bounds".to_string(), "durations begin at 0".to_string()),
    }
}

fn date_formats(playbook: &Playbook, found: &mut Diagnostics) {
    let formats = playbook.metrics.iter().filter_map(|metric| metric.date_format.as_ref());
    for format in formats.filter(|format| !is_date_format(&format.value)) {
        found.push(
            Diagnostic::new(Code::OutOfRange, format!("`{}` is no way to write a date", format.value))
                .at(format.place.clone(), "cannot be read")
                .help("for example date_format = \"%d/%m/%Y\""),
        );
    }
}

fn without_data(playbook: &Playbook, answers: &[Arc<Answers>], found: &mut Diagnostics) {
    let settings = &playbook.settings;
    if !settings.sees(&settings.edition, &settings.default_audience) {
        return;
    }
    let empty =
        playbook.metrics.iter().zip(answers).filter(|(metric, answers)| metric.readable && answers.cells.is_empty());
    for (metric, _) in empty {
        let (what, place, help) = match &metric.data {
            None => ("names no file with answers", &metric.place, "name one: data = \"data/support.csv\""),
            Some(data) => ("has no answer in its file", &data.place, "see that the file has rows for it"),
        };
        found.push(
            Diagnostic::new(Code::MetricWithoutData, format!("the metric `{}` {what}", metric.id))
                .at(place.clone(), "nothing is counted")
                .help(help),
        );
    }
}

/// No text holds this byte: two names are never taken for one that is as long.
const END: [u8; 1] = [0xFF];

/// The names that survey files may use.
struct Names<'a> {
    known: FxHashSet<(Dimension, String)>,
    metrics: FxHashSet<&'a str>,
    /// Whether the edition shows all that a plain build shows.
    whole: bool,
    /// Of the names in their order.
    hash: u128,
}

impl<'a> Names<'a> {
    fn of(playbook: &'a Playbook) -> Names<'a> {
        let mut known = FxHashSet::default();
        let mut hash = Xxh3::new();
        let mut add = |dimension: Dimension, id: String| {
            hash.update(dimension.name().as_bytes());
            hash.update(id.as_bytes());
            hash.update(&END);
            known.insert((dimension, id));
        };
        for (id, stage) in playbook.stages() {
            let journey = &playbook[id.journey].id;
            add(Dimension::Stage, stage.id.to_string());
            add(Dimension::Stage, format!("{journey}/{}", stage.id));
            for touchpoint in &stage.touchpoints {
                add(Dimension::Touchpoint, touchpoint.id.to_string());
                add(Dimension::Touchpoint, format!("{}/{}", stage.id, touchpoint.id));
                add(Dimension::Touchpoint, format!("{journey}/{}/{}", stage.id, touchpoint.id));
            }
        }
        playbook.personas.iter().for_each(|one| add(Dimension::Persona, one.document.id.to_string()));
        playbook.channels.iter().for_each(|one| add(Dimension::Channel, one.id.to_string()));
        playbook.departments.iter().for_each(|one| add(Dimension::Department, one.id.to_string()));
        let metrics: FxHashSet<&str> = playbook.metrics.iter().map(|metric| &*metric.id).collect();
        hash.update(&END);
        for metric in &playbook.metrics {
            hash.update(metric.id.as_bytes());
            hash.update(&END);
        }
        let settings = &playbook.settings;
        let whole = settings.sees(&settings.edition, &settings.default_audience);
        Names { known, metrics, whole, hash: hash.digest128() }
    }
}

impl Known for Names<'_> {
    fn name(&self, dimension: Dimension, word: &str) -> Option<String> {
        if dimension == Dimension::Language {
            return language(word);
        }
        let id = normalised(word);
        self.known.contains(&(dimension, id.clone())).then_some(id)
    }

    fn metric(&self, id: &str) -> bool {
        self.metrics.contains(id)
    }
}

/// A language's tag as others write it: `SV`, `en_GB`. Those who answer may speak languages that the playbook does not.
fn language(word: &str) -> Option<String> {
    let mut parts = word.split(['-', '_']);
    let first = parts.next()?.to_ascii_lowercase();
    let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let fits = (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_lowercase());
    let rest: Vec<&str> = parts.collect();
    let fits = fits && rest.len() <= 3 && rest.iter().all(|part| (2..=8).contains(&part.len()) && letters(part));
    fits.then(|| std::iter::once(first.as_str()).chain(rest.iter().copied()).collect::<Vec<_>>().join("-"))
}
