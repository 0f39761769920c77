//! Writes the sample data of the reference playbook: `cargo run --example sample-data`, from the folder of the repository.
//!
//! Nobody was asked: every answer is made up, so that each state, interval and finding can be looked at. The same program writes the same
//! bytes on every machine.

use std::fmt::Write as _;
use std::{fs, io};

/// Year and number of the eight quarters.
const QUARTERS: [(u16, u8); 8] =
    [(2024, 4), (2025, 1), (2025, 2), (2025, 3), (2025, 4), (2026, 1), (2026, 2), (2026, 3)];

/// A rate that is counted before it is written: so many occasions a quarter, and the share kept in each quarter, in thousandths.
struct Counted {
    file: &'static str,
    metric: &'static str,
    n: u32,
    kept: [u32; 8],
}

/// In the order of the register of promises.
const COUNTED: [Counted; 20] = [
    counted("marketing", "advert-price-match", 520, [941, 952, 958, 969, 975, 981, 985, 985]),
    counted("marketing", "review-filter-audit", 150, [940, 953, 933, 947, 953, 880, 940, 940]),
    counted("marketing", "unsubscribe-works", 900, [990, 991, 993, 993, 994, 995, 995, 996]),
    counted("sales", "quote-honoured", 420, [980, 981, 933, 986, 990, 993, 995, 995]),
    counted("sales", "checkout-price-match", 2_100, [991, 962, 981, 995, 997, 998, 998, 998]),
    counted("sales", "contact-named", 90, [967, 978, 978, 989, 989, 1_000, 1_000, 1_000]),
    counted("sales", "onboarding-plan-on-time", 30, [967, 967, 933, 1_000, 967, 900, 867, 867]),
    counted("product", "parts-available", 1_240, [902, 905, 911, 918, 921, 926, 930, 931]),
    counted("product", "deletion-on-time", 15, [1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000]),
    counted("billing", "invoice-match", 180, [961, 956, 950, 944, 939, 917, 883, 883]),
    counted("billing", "refund-on-time", 240, [971, 971, 967, 963, 958, 950, 946, 946]),
    counted("billing", "first-call-explained", 130, [769, 762, 754, 746, 746, 731, 723, 715]),
    counted("billing", "charge-notified", 1, [1_000, 1_000, 0, 1_000, 1_000, 1_000, 1_000, 1_000]),
    counted("shipping", "delivered-on-day", 640, [938, 931, 861, 853, 875, 883, 894, 898]),
    counted("shipping", "delay-told", 75, [800, 827, 853, 893, 907, 933, 947, 960]),
    counted("shipping", "parcel-replaced", 60, [950, 950, 967, 967, 967, 983, 983, 983]),
    counted("distribution", "partner-return-on-time", 110, [891, 900, 909, 918, 918, 927, 927, 936]),
    counted("distribution", "partner-terms-audit", 48, [917, 875, 854, 833, 813, 792, 771, 771]),
    counted("support", "case-single-owner", 140, [800, 807, 821, 829, 843, 850, 850, 850]),
    counted("customers", "one-year-retention", 300, [867, 863, 870, 877, 873, 883, 887, 890]),
];

const fn counted(file: &'static str, metric: &'static str, n: u32, kept: [u32; 8]) -> Counted {
    Counted { file, metric, n, kept }
}

/// A question that is written answer by answer: how many a quarter, and the weights of its scores, which lean towards the second list
/// as the quarters go by.
struct Asked {
    file: &'static str,
    metric: &'static str,
    n: u32,
    scores: &'static [u32],
    first: &'static [u32],
    last: &'static [u32],
    /// Words for the columns `stage`, `channel` and `persona`, with their weights.
    stages: &'static [(&'static str, u32)],
    channels: &'static [(&'static str, u32)],
    personas: &'static [(&'static str, u32)],
}

const SEVEN: &[u32] = &[1, 2, 3, 4, 5, 6, 7];

const ASKED: [Asked; 7] = [
    Asked {
        file: "replies",
        metric: "reply-on-time",
        n: 150,
        scores: &[0, 1],
        first: &[16, 84],
        last: &[4, 96],
        stages: &[("consideration", 70), ("awareness", 20), ("business-onboarding/evaluation", 10)],
        channels: &[("email", 70), ("web", 20), ("social", 10)],
        personas: &[("first-time-buyer", 60), ("careful-comparer", 35), ("office-manager", 5)],
    },
    Asked {
        file: "replies",
        metric: "survey-answered",
        n: 1,
        scores: &[0, 1],
        first: &[1, 2],
        last: &[0, 1],
        stages: &[("advocacy", 1)],
        channels: &[("email", 1)],
        personas: &[("first-time-buyer", 1)],
    },
    Asked {
        file: "replies",
        metric: "cheaper-told",
        n: 1,
        scores: &[0, 1],
        first: &[1, 1],
        last: &[1, 1],
        stages: &[("consideration", 1)],
        channels: &[("store", 1)],
        personas: &[("careful-comparer", 1)],
    },
    Asked {
        file: "telephone",
        metric: "phone-wait",
        n: 90,
        scores: &[10, 20, 35, 60, 90, 140, 260],
        first: &[20, 25, 25, 15, 9, 5, 1],
        last: &[8, 14, 20, 24, 18, 11, 5],
        stages: &[("retention", 80), ("consideration", 20)],
        channels: &[("phone", 1)],
        personas: &[("first-time-buyer", 55), ("office-manager", 45)],
    },
    Asked {
        file: "survey",
        metric: "support-csat",
        n: 80,
        scores: &[1, 2, 3, 4, 5],
        first: &[6, 8, 16, 38, 32],
        last: &[3, 5, 10, 38, 44],
        stages: &[("retention", 75), ("business-onboarding/first-month", 25)],
        channels: &[("phone", 45), ("email", 40), ("store", 15)],
        personas: &[("first-time-buyer", 50), ("careful-comparer", 30), ("office-manager", 18), ("finance-lead", 2)],
    },
    Asked {
        file: "survey",
        metric: "trust-item",
        n: 70,
        scores: SEVEN,
        first: &[3, 4, 6, 10, 17, 34, 26],
        last: &[3, 5, 7, 11, 17, 32, 25],
        stages: &[("advocacy", 80), ("business-onboarding/review", 20)],
        channels: &[("email", 1)],
        personas: &[("first-time-buyer", 45), ("careful-comparer", 30), ("office-manager", 20), ("finance-lead", 5)],
    },
    Asked {
        file: "survey",
        metric: "checkout-effort",
        n: 75,
        scores: SEVEN,
        first: &[5, 7, 11, 14, 23, 25, 15],
        last: &[2, 3, 6, 11, 24, 32, 22],
        stages: &[("purchase", 85), ("business-onboarding/agreement", 15)],
        channels: &[("web", 85), ("app", 15)],
        personas: &[("first-time-buyer", 60), ("careful-comparer", 30), ("office-manager", 10)],
    },
];

/// Confirmed faults that were listed late, by month.
const FAULTS: [(&str, u32); 12] = [
    ("2025-10", 4),
    ("2025-11", 3),
    ("2025-12", 5),
    ("2026-01", 2),
    ("2026-02", 3),
    ("2026-03", 2),
    ("2026-04", 1),
    ("2026-05", 2),
    ("2026-06", 1),
    ("2026-07", 1),
    ("2026-08", 1),
    ("2026-09", 0),
];

/// Whether they would recommend us, as a survey tool exports it: semicolons, days of the month first, and a comment that nobody else reads.
const RECOMMEND: ([u32; 11], [u32; 11]) =
    ([2, 1, 2, 2, 3, 6, 7, 14, 21, 22, 20], [1, 1, 1, 1, 2, 4, 5, 12, 22, 26, 25]);

const README: &str = "# Sample data\n\n\
    Every file in this folder is made up by `cargo run --example sample-data`: nobody was asked. It is there so that\n\
    figures, intervals, states and trust floors can be looked at. The metrics that read it say so: `sample = true`.\n\n\
    Replace the files with your own before anybody believes them.\n";

fn main() -> io::Result<()> {
    let mut files: Vec<(&str, String)> = Vec::new();
    for counted in &COUNTED {
        let rows = file(&mut files, counted.file, "period,metric,score,count\n");
        for ((year, quarter), kept) in QUARTERS.iter().zip(counted.kept) {
            let kept = (counted.n * kept + 500) / 1_000;
            for (word, count) in
                [("kept", kept), ("broken", counted.n - kept)].into_iter().filter(|(_, count)| *count > 0)
            {
                let _ = writeln!(rows, "{year}-Q{quarter},{},{word},{count}", counted.metric);
            }
        }
    }
    let faults = file(&mut files, "faults", "period,score,count\n");
    for (month, events) in FAULTS {
        let _ = writeln!(faults, "{month},{events},1");
    }
    let mut chance = Chance(2_026);
    for asked in &ASKED {
        answers(asked, &mut chance, file(&mut files, asked.file, "date,metric,score,stage,channel,persona\n"));
    }
    recommend(&mut chance, file(&mut files, "recommend", "Score;Comment;Submitted At\n"));
    for (name, text) in files {
        fs::write(format!("content/data/{name}.csv"), text)?;
    }
    fs::write("content/data/README.md", README)
}

fn file<'a>(files: &'a mut Vec<(&'static str, String)>, name: &'static str, header: &str) -> &'a mut String {
    let at = files.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
        files.push((name, header.to_string()));
        files.len() - 1
    });
    &mut files[at].1
}

fn answers(asked: &Asked, chance: &mut Chance, rows: &mut String) {
    for (number, (year, quarter)) in (0..).zip(QUARTERS) {
        let weights = between(asked.first, asked.last, number);
        for _ in 0..asked.n {
            let score = asked.scores[chance.of(&weights)];
            // Waits are in seconds, and shown in minutes.
            let score = if asked.metric == "phone-wait" {
                format!("{:.2}", f64::from(score * 8 + chance.below(score * 4)) / 480.0)
            } else {
                score.to_string()
            };
            let (month, day) = (quarter * 3 - 2 + chance.below(3) as u8, 1 + chance.below(28));
            let word = |words: &[(&'static str, u32)], chance: &mut Chance| {
                words[chance.of(&words.iter().map(|(_, weight)| *weight).collect::<Vec<_>>())].0
            };
            let (stage, channel) = (word(asked.stages, chance), word(asked.channels, chance));
            let persona = word(asked.personas, chance);
            let _ = writeln!(rows, "{year}-{month:02}-{day:02},{},{score},{stage},{channel},{persona}", asked.metric);
        }
    }
}

fn recommend(chance: &mut Chance, rows: &mut String) {
    const COMMENTS: [&str; 4] = ["", "\"Sample comment; nobody wrote it\"", "", "Sample comment"];
    for (number, (year, quarter)) in (0..).zip(QUARTERS) {
        let weights = between(&RECOMMEND.0, &RECOMMEND.1, number);
        for _ in 0..110 {
            let (score, comment) = (chance.of(&weights), COMMENTS[chance.below(4) as usize]);
            let (month, day) = (quarter * 3 - 2 + chance.below(3) as u8, 1 + chance.below(28));
            let _ = writeln!(rows, "{score};{comment};{day:02}/{month:02}/{year} 10:00");
        }
    }
}

/// Weights that lean from the first list towards the last, quarter by quarter.
fn between(first: &[u32], last: &[u32], quarter: u32) -> Vec<u32> {
    first.iter().zip(last).map(|(first, last)| first * (7 - quarter) + last * quarter).collect()
}

/// Chance that is the same each time.
///
/// Source: SplitMix64, after G. Steele, D. Lea and C. Flood, “Fast splittable pseudorandom number generators” (2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: u32) -> u32 {
        (self.next() % u64::from(most.max(1))) as u32
    }

    /// An index, as often as its weight says.
    fn of(&mut self, weights: &[u32]) -> usize {
        let mut left = self.below(weights.iter().sum());
        weights
            .iter()
            .position(|weight| {
                let here = left < *weight;
                left = left.saturating_sub(*weight);
                here
            })
            .unwrap_or(0)
    }
}
