//! One survey file to the counts of its metrics.
//!
//! A row is folded into counts and forgotten, so that memory follows the number of cells, not of answers. Only columns that say when,
//! what and where are looked at: comments, names and addresses of those who answered are never kept, and never quoted in a finding.

mod columns;
mod score;

use super::counts::Counts;
use super::period::Period;
use crate::playbook::{Id, Metric, MetricKind};
use columns::{Columns, Shape, When, columns};
use csv::ByteRecord;
use jiff::civil::Date;
use jiff::fmt::strtime::BrokenDownTime;
use rustc_hash::FxHashMap;
use score::score;
pub use score::{Score, scale};
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::io::{self, Cursor, Read};
use std::rc::Rc;
use std::sync::Arc;

/// One metric that a file answers.
#[derive(Debug, Clone)]
pub struct Question {
    /// The metric.
    pub metric: Id<Metric>,
    /// Its id, as a `metric` column names it.
    pub id: Arc<str>,
    /// Its kind.
    pub kind: MetricKind,
    /// The column with its answers, where it has one of its own.
    pub column: Option<Arc<str>>,
    /// How its dates are written; ISO where `None`.
    pub date_format: Option<Arc<str>>,
}

/// By what answers are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// By nothing: all of them.
    All,
    /// By stage: `purchase`, or `first-year/purchase` for that of one journey.
    Stage,
    /// By touchpoint.
    Touchpoint,
    /// By persona.
    Persona,
    /// By channel.
    Channel,
    /// By department.
    Department,
    /// By language.
    Language,
}

impl Dimension {
    /// Those that a column may tell, in their order.
    pub const TOLD: [Dimension; 6] = [
        Dimension::Stage,
        Dimension::Touchpoint,
        Dimension::Persona,
        Dimension::Channel,
        Dimension::Department,
        Dimension::Language,
    ];

    /// The word of the format.
    pub fn name(self) -> &'static str {
        match self {
            Dimension::All => "all",
            Dimension::Stage => "stage",
            Dimension::Touchpoint => "touchpoint",
            Dimension::Persona => "persona",
            Dimension::Channel => "channel",
            Dimension::Department => "department",
            Dimension::Language => "language",
        }
    }
}

/// What the reader of a file has to know of the playbook.
pub trait Known {
    /// The id that a word of a column stands for; `None` where there is none such.
    fn name(&self, dimension: Dimension, word: &str) -> Option<String>;

    /// Whether some metric has this id.
    fn metric(&self, id: &str) -> bool;
}

/// What tells some answers apart: a dimension and its value. A value `None`: not stated.
pub type Cut = (Dimension, Option<Arc<str>>);

/// The answers of one metric.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    /// Counts by cut, then by period.
    pub cells: BTreeMap<Cut, BTreeMap<Period, Counts>>,
}

/// Why some rows are not counted, or not by everything that they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// More fields than the header has.
    TooLong,
    /// The date cannot be read.
    NoDate,
    /// The period cannot be read.
    NoPeriod,
    /// There is no answer.
    NoScore,
    /// The answer is no number.
    NotAScore,
    /// `1,200` may be a thousand or a little over one.
    Ambiguous,
    /// The answer is outside of this kind's scale.
    OutOfScale(MetricKind),
    /// No whole number of answers.
    NoCount,
    /// The parts are more or fewer than `n`.
    Unequal,
    /// Parts of a net promoter score for a metric of another kind.
    NotNps,
    /// No metric has this id.
    UnknownMetric,
    /// The metric names another file, or none.
    OtherFile,
    /// The day or period lies after today.
    Future,
    /// A word that the playbook does not have. The row counts all the same, in the total.
    UnknownName(Dimension),
}

/// Rows with one reason.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    /// How many.
    pub count: u64,
    /// The first lines, from 1; at most [`NAMED_LINES`].
    pub lines: Vec<u64>,
    /// Where the first begins, in bytes after a byte order mark.
    pub at: u64,
}

/// So many lines of a reason are named, the rest counted.
pub const NAMED_LINES: usize = 20;

/// What a file says.
#[derive(Debug, Default, PartialEq)]
pub struct Survey {
    /// As many as there are questions.
    pub answers: Vec<Arc<Answers>>,
    /// Rows that are not counted, by reason.
    pub rejected: BTreeMap<Reason, Rows>,
    /// How many rows there are below the header.
    pub rows: u64,
}

/// A row longer than this is no answer: most often a quotation mark is never closed.
const LONGEST_ROW: u64 = 1024 * 1024;
/// So much of a file is looked at to learn how its columns are separated.
const HEAD: u64 = 64 * 1024;
/// So many different things answers are told apart by: a column of one's own for everybody is no dimension.
const MOST_CUTS: usize = 20_000;
/// So many different words of a column are remembered; further ones are looked up each time.
const REMEMBERED: usize = 4_096;

/// Reads a survey file: its rows of days up to `today`.
///
/// # Errors
/// What is wrong with the whole file, in words that go on after its name.
pub fn read(input: impl Read, questions: &[Question], known: &dyn Known, today: Date) -> Result<Survey, String> {
    let Opened { input, separator, before } = opened(input)?;
    let lines = Rc::new(RefCell::new(Lines::default()));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(separator)
        .from_reader(Watched { input, lines: lines.clone() });
    let mut header = ByteRecord::new();
    if !next(&mut reader, &mut header)? {
        return Err("is empty".to_string());
    }
    // Qualtrics writes three rows of headers: names, questions, and `{"ImportId": …}`.
    let mut early = Vec::new();
    while early.len() < 2 {
        let mut record = ByteRecord::new();
        if !next(&mut reader, &mut record)? {
            break;
        }
        early.push(record);
    }
    let qualtrics = early.get(1).is_some_and(|record| record.iter().any(|field| field.starts_with(b"{\"ImportId\"")));
    if qualtrics {
        early.clear();
    }
    let columns = columns(&header, questions, qualtrics)?;
    let mut fold = Fold::new(columns, header.len(), questions, known, today);
    let mut row = |record: &ByteRecord| {
        let (line, at) = lines.borrow_mut().row(record.position().map_or(0, csv::Position::byte));
        fold.row(record, (line + before.0, at + before.1));
    };
    early.iter().for_each(&mut row);
    let mut record = ByteRecord::new();
    while next(&mut reader, &mut record)? {
        row(&record);
    }
    if fold.survey.rows == 0 {
        return Err("has no row below its header".to_string());
    }
    Ok(fold.finish())
}

fn next(reader: &mut csv::Reader<impl Read>, record: &mut ByteRecord) -> Result<bool, String> {
    reader.read_byte_record(record).map_err(|error| match error.into_kind() {
        csv::ErrorKind::Io(error) => format!("cannot be read: {error}"),
        _ => "cannot be read as CSV".to_string(),
    })
}

/// A file at its header.
struct Opened<R> {
    input: R,
    separator: u8,
    /// Lines and bytes before the header, a byte order mark apart.
    before: (u64, u64),
}

/// The file without its byte order mark and `sep=` line, and what separates its columns.
fn opened(mut input: impl Read) -> Result<Opened<impl Read>, String> {
    let mut head = Vec::new();
    input.by_ref().take(HEAD).read_to_end(&mut head).map_err(|error| format!("cannot be read: {error}"))?;
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return Err("is UTF-16; save it as CSV in UTF-8".to_string());
    }
    if head.contains(&0) {
        return Err("is no text: it holds a NUL".to_string());
    }
    let mut from = if head.starts_with(&[0xEF, 0xBB, 0xBF]) { 3 } else { 0 };
    let end_of_line =
        |from: usize| head[from..].iter().position(|byte| *byte == b'\n').map_or(head.len(), |at| from + at);
    let mut separator = None;
    let mut before = (0, 0);
    // Excel's own way to say it.
    if let [b's', b'e', b'p', b'=', said, ..] = head[from..] {
        separator = Some(said);
        let header = (end_of_line(from) + 1).min(head.len());
        before = (1, (header - from) as u64);
        from = header;
    }
    let separator = separator.unwrap_or_else(|| separator_of(&head[from..end_of_line(from)]));
    let mut head = Cursor::new(head);
    head.set_position(from as u64);
    Ok(Opened { input: head.chain(input), separator, before })
}

/// The one of `,` `;` and tab that a header has most of, outside of quotation marks.
fn separator_of(header: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in header {
        quoted ^= *byte == b'"';
        counts.iter_mut().filter(|(separator, _)| separator == byte && !quoted).for_each(|(_, count)| *count += 1);
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| separator)
}

/// A reader that knows where lines end, and stops in a row that never does.
struct Watched<R> {
    input: R,
    lines: Rc<RefCell<Lines>>,
}

/// The ends of lines that the reader of rows has not passed yet: it reads ahead, and counts a row from the end of the one before.
#[derive(Default)]
struct Lines {
    /// Where a `\n` stands, and whether a `\r` stands before it.
    ends: VecDeque<(u64, bool)>,
    /// How many have been passed.
    passed: u64,
    read: u64,
    last: u8,
    /// Where the last row began.
    row: u64,
}

impl Lines {
    fn see(&mut self, bytes: &[u8]) {
        for at in memchr::memchr_iter(b'\n', bytes) {
            let before = if at == 0 { self.last } else { bytes[at - 1] };
            self.ends.push_back((self.read + at as u64, before == b'\r'));
        }
        self.read += bytes.len() as u64;
        self.last = bytes.last().copied().unwrap_or(self.last);
    }

    /// The line and the byte at which the row begins that was looked for from the byte `at` on.
    fn row(&mut self, mut at: u64) -> (u64, u64) {
        while let Some((end, after_return)) = self.ends.front().copied() {
            // Rests of the line before and empty lines are no rows.
            if end < at {
            } else if end == at || (after_return && end == at + 1) {
                at = end + 1;
            } else {
                break;
            }
            self.ends.pop_front();
            self.passed += 1;
        }
        self.row = at;
        (self.passed + 1, at)
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut lines = self.lines.borrow_mut();
        if lines.read - lines.row > LONGEST_ROW {
            let why = "a row has over 1 MiB: a quotation mark may never be closed";
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        let read = self.input.read(buffer)?;
        lines.see(&buffer[..read]);
        Ok(read)
    }
}

/// Rows become counts here.
struct Fold<'a> {
    columns: Columns,
    width: usize,
    questions: &'a [Question],
    known: &'a dyn Known,
    today: Date,
    survey: Survey,
    /// Counts by question, cut and period; cuts by number.
    cells: FxHashMap<(usize, u32, Period), Counts>,
    cuts: Vec<Cut>,
    cut_numbers: FxHashMap<Cut, u32>,
    /// What words of a column have been found to mean, column by column of the dimensions.
    words: Vec<FxHashMap<Vec<u8>, Option<u32>>>,
    dates: Vec<Dates>,
    /// The numbers of the row's cuts.
    here: Vec<u32>,
    /// The row's line and its first byte.
    place: (u64, u64),
}

/// Durations that are told apart in the total, and in each cell beside it.
const DISTINCT: (usize, usize) = (4_096, 512);

/// The number of the cut by nothing.
const ALL: u32 = 0;

impl<'a> Fold<'a> {
    fn new(columns: Columns, width: usize, questions: &'a [Question], known: &'a dyn Known, today: Date) -> Fold<'a> {
        let all: Cut = (Dimension::All, None);
        Fold {
            words: vec![FxHashMap::default(); columns.dimensions.len()],
            columns,
            width,
            questions,
            known,
            today,
            survey: Survey::default(),
            cells: FxHashMap::default(),
            cuts: vec![all.clone()],
            cut_numbers: FxHashMap::from_iter([(all, ALL)]),
            dates: questions.iter().map(|question| Dates::new(question.date_format.clone())).collect(),
            here: Vec::new(),
            place: (1, 0),
        }
    }

    fn row(&mut self, record: &ByteRecord, place: (u64, u64)) {
        self.place = place;
        // A line of separators alone is how spreadsheets write an empty one.
        if record.iter().all(<[u8]>::is_empty) {
            return;
        }
        self.survey.rows += 1;
        if let Err(reason) = self.counted(record) {
            self.reject(reason);
        }
    }

    fn reject(&mut self, reason: Reason) {
        let (line, at) = self.place;
        let rows = self.survey.rejected.entry(reason).or_default();
        if rows.count == 0 {
            rows.at = at;
        }
        rows.count += 1;
        if rows.lines.len() < NAMED_LINES {
            rows.lines.push(line);
        }
    }

    fn counted(&mut self, record: &ByteRecord) -> Result<(), Reason> {
        if record.iter().skip(self.width).any(|field| !field.is_empty()) {
            return Err(Reason::TooLong);
        }
        let field = |at: usize| record.get(at).unwrap_or(b"");
        match &self.columns.shape {
            Shape::Wide(wide) => {
                // A question that was not asked is no answer, and nothing is wrong with that.
                let answered: Vec<(usize, usize)> =
                    wide.iter().copied().filter(|(_, at)| wide.len() == 1 || !field(*at).is_empty()).collect();
                let scores: Vec<(usize, Score)> = answered
                    .into_iter()
                    .map(|(number, at)| Ok((number, score(field(at), self.questions[number].kind)?)))
                    .collect::<Result<_, Reason>>()?;
                for (number, score) in scores {
                    let period = self.period(number, record)?;
                    self.add(number, period, &[(score, 1)], record);
                }
                Ok(())
            }
            Shape::Score { score: at, count } => {
                let (at, count) = (*at, *count);
                let number = self.question(record)?;
                let score = score(field(at), self.questions[number].kind)?;
                let times = count.map_or(Ok(1), |at| whole(field(at)).ok_or(Reason::NoCount))?;
                let period = self.period(number, record)?;
                self.add(number, period, &[(score, times)], record);
                Ok(())
            }
            Shape::Sides { n, parts } => {
                let counts = parts.map(|at| whole(field(at)));
                let n = whole(field(*n)).ok_or(Reason::NoCount)?;
                let [Some(up), Some(middle), Some(down)] = counts else { return Err(Reason::NoCount) };
                if up + middle + down != n {
                    return Err(Reason::Unequal);
                }
                let number = self.question(record)?;
                if self.questions[number].kind != MetricKind::Nps {
                    return Err(Reason::NotNps);
                }
                let period = self.period(number, record)?;
                // Any score of a group stands for it: a net promoter score knows only the groups.
                self.add(
                    number,
                    period,
                    &[(Score::Step(10), up), (Score::Step(8), middle), (Score::Step(0), down)],
                    record,
                );
                Ok(())
            }
        }
    }

    /// Which question a row answers.
    fn question(&self, record: &ByteRecord) -> Result<usize, Reason> {
        let Some(at) = self.columns.metric else { return Ok(0) };
        let word = record.get(at).unwrap_or(b"");
        if let Some(number) = self.questions.iter().position(|question| question.id.as_bytes() == word) {
            return Ok(number);
        }
        let id = crate::parse::id::normalised(std::str::from_utf8(word).map_err(|_| Reason::UnknownMetric)?);
        match self.questions.iter().position(|question| *question.id == *id) {
            Some(number) => Ok(number),
            None if self.known.metric(&id) => Err(Reason::OtherFile),
            None => Err(Reason::UnknownMetric),
        }
    }

    fn period(&mut self, question: usize, record: &ByteRecord) -> Result<Period, Reason> {
        match self.columns.when {
            When::Date(at) => {
                let date = self.dates[question].read(record.get(at).unwrap_or(b"")).ok_or(Reason::NoDate)?;
                if date > self.today { Err(Reason::Future) } else { Ok(Period::month_of(date)) }
            }
            When::Period(at) => {
                let text = std::str::from_utf8(record.get(at).unwrap_or(b"")).map_err(|_| Reason::NoPeriod)?;
                let period = Period::parse(text).ok_or(Reason::NoPeriod)?;
                let begun = period.first_month() <= Period::month_of(self.today).first_month();
                if begun { Ok(period) } else { Err(Reason::Future) }
            }
        }
    }

    fn add(&mut self, question: usize, period: Period, answers: &[(Score, u64)], record: &ByteRecord) {
        self.here.clear();
        self.here.push(ALL);
        for column in 0..self.columns.dimensions.len() {
            let cut = self.cut(column, record);
            self.here.push(cut);
        }
        let kind = self.questions[question].kind;
        for cut in &self.here {
            let distinct = if *cut == ALL { DISTINCT.0 } else { DISTINCT.1 };
            let cell = self.cells.entry((question, *cut, period)).or_insert_with(|| Counts::empty(kind, distinct));
            answers.iter().for_each(|(score, times)| cell.add(*score, *times));
        }
    }

    /// The number of the cut that a row has by the column of a dimension.
    fn cut(&mut self, column: usize, record: &ByteRecord) -> u32 {
        let (dimension, at) = self.columns.dimensions[column];
        let word = record.get(at).unwrap_or(b"");
        let known = match self.words[column].get(word) {
            Some(known) => *known,
            None => {
                let name = match word {
                    [] => Some(None),
                    word => std::str::from_utf8(word).ok().and_then(|word| self.known.name(dimension, word)).map(Some),
                };
                let fits = self.cuts.len() < MOST_CUTS;
                let cut = name.filter(|_| fits).map(|name| self.cut_number((dimension, name.map(Into::into))));
                if self.words[column].len() < REMEMBERED && word.len() < 1_000 {
                    self.words[column].insert(word.to_vec(), cut);
                }
                cut
            }
        };
        known.unwrap_or_else(|| {
            self.reject(Reason::UnknownName(dimension));
            self.cut_number((dimension, None))
        })
    }

    fn cut_number(&mut self, cut: Cut) -> u32 {
        let next = self.cuts.len() as u32;
        let number = *self.cut_numbers.entry(cut.clone()).or_insert(next);
        if number == next {
            self.cuts.push(cut);
        }
        number
    }

    fn finish(self) -> Survey {
        let Fold { mut survey, cells, cuts, questions, .. } = self;
        let mut answers = vec![Answers::default(); questions.len()];
        for ((question, cut, period), counts) in cells {
            let cut = cuts[cut as usize].clone();
            answers[question].cells.entry(cut).or_default().insert(period, counts);
        }
        survey.answers = answers.into_iter().map(Arc::new).collect();
        survey
    }
}

/// A whole number of answers.
fn whole(field: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(field).ok()?;
    let text = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).unwrap_or(text);
    let fits = !text.is_empty() && text.len() <= 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok())?
}

/// Reads dates of one format, each different one once.
struct Dates {
    format: Option<Arc<str>>,
    read: FxHashMap<Vec<u8>, Option<Date>>,
}

impl Dates {
    fn new(format: Option<Arc<str>>) -> Dates {
        Dates { format, read: FxHashMap::default() }
    }

    fn read(&mut self, field: &[u8]) -> Option<Date> {
        match &self.format {
            None => iso(field),
            Some(format) => {
                if let Some(date) = self.read.get(field) {
                    return *date;
                }
                let date = formatted(format, field);
                if self.read.len() < REMEMBERED && field.len() < 100 {
                    self.read.insert(field.to_vec(), date);
                }
                date
            }
        }
    }
}

/// `2026-03-14`, perhaps with a time behind it.
fn iso(field: &[u8]) -> Option<Date> {
    let (date, time) = field.split_at_checked(10)?;
    if !matches!(time, [] | [b' ' | b'T' | b't', ..]) || date[4] != b'-' || date[7] != b'-' {
        return None;
    }
    let number = |range: std::ops::Range<usize>| {
        date[range].iter().try_fold(0_i16, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i16::from(byte - b'0')))
    };
    Date::new(number(0..4)?, i8::try_from(number(5..7)?).ok()?, i8::try_from(number(8..10)?).ok()?).ok()
}

/// A date as `date_format` writes it, perhaps with a time behind it that the format does not tell of.
fn formatted(format: &str, field: &[u8]) -> Option<Date> {
    let (time, read) = BrokenDownTime::parse_prefix(format, field).ok()?;
    let date = time.to_date().ok()?;
    matches!(field.get(read..), None | Some([] | [b' ' | b'T' | b',', ..])).then_some(date)
}

/// Whether dates can be read by this format: one that is written by it is found again.
pub fn is_date_format(format: &str) -> bool {
    let day = jiff::civil::date(2026, 11, 22);
    jiff::fmt::strtime::format(format, day).is_ok_and(|text| formatted(format, text.as_bytes()) == Some(day))
}

#[cfg(test)]
mod tests;
