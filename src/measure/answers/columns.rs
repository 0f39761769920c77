//! A header to the columns that matter, whatever tool wrote it.

use super::{Dimension, Question};
use crate::parse::id::normalised;
use csv::ByteRecord;

/// Where things stand in a row: numbers of fields, from 0.
#[derive(Debug, PartialEq)]
pub struct Columns {
    /// The day of an answer, or the period of counts.
    pub when: When,
    /// The metric's id, where each row says it.
    pub metric: Option<usize>,
    /// The answers.
    pub shape: Shape,
    /// What tells answers apart.
    pub dimensions: Vec<(Dimension, usize)>,
}

/// How a row says when.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum When {
    /// `2026-03-14`
    Date(usize),
    /// `2026-Q1`
    Period(usize),
}

/// How a row says what was answered.
#[derive(Debug, PartialEq)]
pub enum Shape {
    /// One answer: its score. With how many answered so, where they are counted already.
    Score {
        /// The score.
        score: usize,
        /// How many.
        count: Option<usize>,
    },
    /// One answer to each of several questions: the question's number and its column.
    Wide(Vec<(usize, usize)>),
    /// Counts of promoters, passives and detractors, and their sum.
    Sides {
        /// Their sum.
        n: usize,
        /// 9 and 10, 0 to 6 after 7 and 8.
        parts: [usize; 3],
    },
}

/// Columns by the names that tools give them; the first that is there counts.
const DATE: [&str; 17] = [
    "date",
    "submitted at",
    "submit date",
    "responded at",
    "response date",
    "recordeddate",
    "recorded date",
    "completed at",
    "enddate",
    "end date",
    "created at",
    "survey date",
    "timestamp",
    "datum",
    "svarsdatum",
    "tanggal",
    "day",
];
const SCORE: [&str; 9] = ["score", "rating", "answer", "value", "betyg", "poäng", "svar", "skor", "nilai"];
const LANGUAGE: [&str; 4] = ["locale", "language", "userlanguage", "lang"];

/// The columns of a file with this header, or what is wrong with it.
pub fn columns(header: &ByteRecord, questions: &[Question], qualtrics: bool) -> Result<Columns, String> {
    let names: Vec<String> = header.iter().map(name).collect();
    let find = |wanted: &[&str]| -> Result<Option<usize>, String> {
        let Some(word) = wanted.iter().find(|word| names.iter().any(|name| name == *word)) else { return Ok(None) };
        let mut found = (0..names.len()).filter(|at| names[*at] == *word);
        match (found.next(), found.next()) {
            (_, Some(_)) => Err(format!("has two columns called `{word}`")),
            (first, None) => Ok(first),
        }
    };
    let period = find(&["period"])?;
    let when = match (period, find(&DATE)?) {
        (Some(at), _) => When::Period(at),
        (None, Some(at)) => When::Date(at),
        (None, None) => return Err("has no column `date` and none called `period`".to_string()),
    };
    let mut dimensions = Vec::new();
    for dimension in Dimension::TOLD {
        let at = match dimension {
            Dimension::Language => find(&LANGUAGE)?,
            other => find(&[other.name()])?,
        };
        dimensions.extend(at.map(|at| (dimension, at)));
    }
    let metric = find(&["metric"])?;
    let shape = shape(&names, questions, metric, period.is_some(), qualtrics, &find)?;
    let metric = metric.filter(|_| !matches!(shape, Shape::Wide(_)));
    if metric.is_none() && !matches!(shape, Shape::Wide(_)) && questions.len() > 1 {
        return Err(format!("answers {} metrics, and has no column `metric` to tell them apart", questions.len()));
    }
    Ok(Columns { when, metric, shape, dimensions })
}

type Find<'a> = dyn Fn(&[&str]) -> Result<Option<usize>, String> + 'a;

fn shape(
    names: &[String],
    questions: &[Question],
    metric: Option<usize>,
    counted: bool,
    qualtrics: bool,
    find: &Find<'_>,
) -> Result<Shape, String> {
    if counted {
        let parts = [find(&["promoters"])?, find(&["passives"])?, find(&["detractors"])?];
        if let ([Some(up), Some(middle), Some(down)], Some(n)) = (parts, find(&["n"])?) {
            return Ok(Shape::Sides { n, parts: [up, middle, down] });
        }
    }
    let score = find(&SCORE)?;
    let count = if counted { find(&["count"])? } else { None };
    if counted && (score.is_none() || count.is_none()) {
        return Err("counts by period, and has neither `score` and `count` nor `n`, `promoters`, `passives` and \
                    `detractors`"
            .to_string());
    }
    // A column of a metric's own: named by `column`, or called as the metric is.
    let mut wide: Vec<(usize, usize)> = Vec::new();
    for (number, question) in questions.iter().enumerate() {
        let own = match &question.column {
            Some(column) => {
                let wanted = name(column.as_bytes());
                let at = find(&[&wanted])?;
                Some(at.ok_or_else(|| format!("has no column `{column}`, which `{}` names", question.id))?)
            }
            None => names.iter().position(|one| normalised(one) == *question.id),
        };
        wide.extend(own.map(|at| (number, at)));
    }
    if metric.is_none() && !counted {
        let left: Vec<usize> =
            (0..questions.len()).filter(|number| wide.iter().all(|(one, _)| one != number)).collect();
        let only = score.or_else(|| if qualtrics { only_question(names, &wide) } else { None });
        if let ([number], Some(at)) = (&*left, only) {
            wide.push((*number, at));
        }
        if !wide.is_empty() && wide.len() == questions.len() {
            wide.sort_unstable();
            return Ok(Shape::Wide(wide));
        }
    } else if !wide.is_empty() && wide.len() == questions.len() && score.is_none() {
        return Ok(Shape::Wide(wide));
    }
    match score {
        Some(score) => Ok(Shape::Score { score, count }),
        None => Err("has no column `score`, and none that is called as its metric or named by `column`".to_string()),
    }
}

/// The one column of a Qualtrics export that holds a question's answers, if there is only one.
fn only_question(names: &[String], taken: &[(usize, usize)]) -> Option<usize> {
    let is_question = |name: &str| {
        let rest = name.strip_prefix("qid").or_else(|| name.strip_prefix('q'));
        rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let mut found = (0..names.len()).filter(|at| is_question(&names[*at]) && taken.iter().all(|(_, own)| own != at));
    found.next().filter(|_| found.next().is_none())
}

/// A column's name in small letters, `_` and runs of blanks as one blank.
fn name(field: &[u8]) -> String {
    let text = String::from_utf8_lossy(field).to_lowercase().replace('_', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
