//! What is counted, and in which direction it is better.

use super::{Id, Promise, StageId, Text};
use crate::source::{Place, Spanned};
use std::sync::Arc;

/// One metric of the register.
#[derive(Debug, Clone)]
pub struct Metric {
    /// Its id.
    pub id: Arc<str>,
    /// Its title.
    pub title: Text<Arc<str>>,
    /// How its answers become a figure.
    pub kind: MetricKind,
    /// Whether its kind is known; else its answers cannot be read.
    pub readable: bool,
    /// The file with its answers, within `content/`.
    pub data: Option<Spanned<Arc<str>>>,
    /// The column of that file with its answers, where it has one of its own.
    pub column: Option<Arc<str>>,
    /// How many months back from the last answer the figure goes; all where `None`.
    pub window: Option<u16>,
    /// Whether its answers are made up, to show how it looks.
    pub sample: bool,
    /// The stages that it measures, by its own word.
    pub stages: Vec<StageId>,
    /// The value to be reached, in its unit.
    pub target: Option<Spanned<f64>>,
    /// Its unit, as shown.
    pub unit: Option<Text<Arc<str>>>,
    /// Which direction is better.
    pub better: Better,
    /// How dates are written in its file, as `strftime` has it; ISO where `None`.
    pub date_format: Option<Spanned<Arc<str>>>,
    /// Who may read it.
    pub audience: Arc<str>,
    /// Promises that it proves.
    pub promises: Vec<Id<Promise>>,
    /// Its table's header.
    pub place: Place,
}

/// The kinds of metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MetricKind {
    /// Net promoter score: answers 0 to 10, figure -100 to 100.
    Nps,
    /// Satisfaction: share of 4 and 5 of 1 to 5, in per cent.
    Csat,
    /// Effort: mean of 1 to 7.
    CesMean,
    /// Effort: share of 5 to 7 of 1 to 7, in per cent.
    CesTop3,
    /// Effort: share of 6 and 7 less share of 1 to 3, -100 to 100.
    CesNet,
    /// The trust question: share of 6 and 7 of 1 to 7, in per cent.
    Trust,
    /// Share of occasions, in per cent.
    Rate,
    /// Median of durations, in its unit.
    Duration,
    /// A number of events.
    Count,
}

impl MetricKind {
    /// The word of the format.
    pub fn name(self) -> &'static str {
        match self {
            MetricKind::Nps => "nps",
            MetricKind::Csat => "csat",
            MetricKind::CesMean | MetricKind::CesTop3 | MetricKind::CesNet => "ces",
            MetricKind::Trust => "trust",
            MetricKind::Rate => "rate",
            MetricKind::Duration => "duration",
            MetricKind::Count => "count",
        }
    }
}

/// Which direction is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// Signs, and codes and abbreviations that stand for money in a unit.
pub fn is_currency(unit: &str) -> bool {
    matches!(
        unit,
        "$" | "€"
            | "£"
            | "¥"
            | "₹"
            | "₩"
            | "₺"
            | "₽"
            | "₴"
            | "₫"
            | "฿"
            | "₱"
            | "₪"
            | "Rp"
            | "kr"
            | "R$"
            | "zł"
            | "Kč"
            | "Ft"
            | "RM"
    ) || (unit.len() == 3
        && matches!(
            unit,
            "EUR"
                | "USD"
                | "GBP"
                | "JPY"
                | "CNY"
                | "INR"
                | "KRW"
                | "IDR"
                | "SEK"
                | "NOK"
                | "DKK"
                | "ISK"
                | "CHF"
                | "PLN"
                | "CZK"
                | "HUF"
                | "RON"
                | "BGN"
                | "TRY"
                | "UAH"
                | "RUB"
                | "BRL"
                | "MXN"
                | "ARS"
                | "CLP"
                | "CAD"
                | "AUD"
                | "NZD"
                | "SGD"
                | "MYR"
                | "THB"
                | "VND"
                | "PHP"
                | "ILS"
                | "AED"
                | "SAR"
                | "EGP"
                | "QAR"
                | "KWD"
                | "ZAR"
                | "NGN"
                | "KES"
        ))
}
