use super::*;
use crate::measure::answers::Score;
use crate::playbook::{Better, Lang, Text};
use crate::source::Place;
use jiff::civil::date;
use proptest::prelude::*;

fn metric(kind: MetricKind) -> Metric {
    let place = Place::file(&"content/metrics.toml".into());
    Metric {
        id: "m".into(),
        title: Text::new("M".into(), Lang::DEFAULT, place.clone()),
        kind,
        readable: true,
        data: None,
        column: None,
        window: None,
        sample: false,
        stages: Vec::new(),
        target: None,
        unit: None,
        better: Better::Higher,
        date_format: None,
        audience: "internal".into(),
        promises: Vec::new(),
        place,
    }
}

fn counts(kind: MetricKind, answers: &[(Score, u64)]) -> Counts {
    let mut counts = Counts::empty(kind, 4_096);
    answers.iter().for_each(|(score, times)| counts.add(*score, *times));
    counts
}

/// Kept and broken occasions by period.
fn rate(periods: &[(&str, u64, u64)]) -> Answers {
    let mut answers = Answers::default();
    add(&mut answers, (Dimension::All, None), periods);
    answers
}

fn add(answers: &mut Answers, cut: Cut, periods: &[(&str, u64, u64)]) {
    for (period, kept, broken) in periods {
        let counted = counts(MetricKind::Rate, &[(Score::Step(1), *kept), (Score::Step(0), *broken)]);
        answers.cells.entry(cut.clone()).or_default().insert(Period::parse(period).expect(period), counted);
    }
}

fn ns(cells: &[(Period, Cell)]) -> Vec<(String, Option<u64>)> {
    cells.iter().map(|(period, cell)| (period.to_string(), cell.shown().map(|figure| figure.n))).collect()
}

const TODAY: jiff::civil::Date = date(2026, 11, 22);

#[test]
fn every_kind_has_its_figure() {
    let step = |step, times| (Score::Step(step), times);
    let value = |value, times| (Score::Value(value), times);
    type Case<'a> = (MetricKind, &'a [(Score, u64)], f64);
    let cases: [Case<'_>; 9] = [
        (MetricKind::Nps, &[step(10, 50), step(7, 30), step(6, 20)], 30.0),
        (MetricKind::Csat, &[step(5, 30), step(4, 30), step(3, 40)], 60.0),
        (MetricKind::CesMean, &[step(7, 1), step(4, 1)], 5.5),
        (MetricKind::CesTop3, &[step(5, 1), step(4, 3)], 25.0),
        (MetricKind::CesNet, &[step(7, 2), step(5, 1), step(3, 1)], 25.0),
        (MetricKind::Trust, &[step(6, 3), step(5, 1)], 75.0),
        (MetricKind::Rate, &[step(1, 425), step(0, 75)], 85.0),
        (MetricKind::Duration, &[value(1.0, 1), value(2.0, 1), value(4.0, 1), value(100.0, 1)], 3.0),
        (MetricKind::Count, &[value(3.0, 2), value(0.0, 5)], 6.0),
    ];
    for (kind, answers, wanted) in cases {
        let figure = figure(kind, &counts(kind, answers)).expect("there are answers");
        assert!((figure.value - wanted).abs() < 1e-9, "{kind:?}: {figure:?}");
    }
    for kind in [MetricKind::Nps, MetricKind::Rate, MetricKind::Duration, MetricKind::Count, MetricKind::CesMean] {
        assert_eq!(figure(kind, &counts(kind, &[])), None);
    }
    // No event at all is a figure too.
    assert_eq!(figure(MetricKind::Count, &counts(MetricKind::Count, &[value(0.0, 1)])).unwrap().value, 0.0);
}

#[test]
fn one_answer_has_no_interval() {
    let one = figure(MetricKind::Rate, &counts(MetricKind::Rate, &[(Score::Step(1), 1)])).unwrap();
    assert_eq!((one.value, one.interval), (100.0, None));
    let one = figure(MetricKind::Duration, &counts(MetricKind::Duration, &[(Score::Value(2.0), 1)])).unwrap();
    assert_eq!((one.value, one.interval, one.p90), (2.0, None, None));
}

#[test]
fn few_answers_hide_others() {
    for (cells, wanted) in [
        (&[100, 50][..], &[false, false][..]),
        (&[100, 50, 3], &[false, true, true]),
        (&[100, 50, 3, 8], &[false, false, true, true]),
        (&[100, 0, 9], &[true, false, true]),
        (&[9], &[true]),
        (&[3, 4], &[true, true]),
        (&[], &[]),
    ] {
        assert_eq!(hidden(cells, 10), wanted, "{cells:?}");
    }
    assert_eq!(hidden(&[1, 2, 3], 0), [false, false, false]);
}

#[test]
fn periods_follow_the_span() {
    let by = |periods: &[(&str, u64, u64)]| ns(&measured(&metric(MetricKind::Rate), &rate(periods), 10, TODAY).periods);
    assert_eq!(
        by(&[("2026-01", 9, 3), ("2026-03", 9, 4)]),
        [("2026-01".into(), Some(12)), ("2026-03".into(), Some(13))]
    );
    assert_eq!(
        by(&[("2025-01", 9, 3), ("2025-02", 9, 3), ("2026-03", 9, 4)]),
        [("2025-Q1".into(), Some(24)), ("2026-Q1".into(), Some(13))]
    );
    assert_eq!(by(&[("2022-01", 9, 3), ("2026-03", 9, 4)]), [("2022".into(), Some(12)), ("2026".into(), Some(13))]);
    assert_eq!(by(&[("2025", 9, 3), ("2026-03", 9, 4)]), [("2025".into(), Some(12)), ("2026".into(), Some(13))]);
    assert_eq!(by(&[]), []);
}

#[test]
fn a_window_is_of_whole_periods() {
    let mut metric = metric(MetricKind::Rate);
    metric.window = Some(4);
    let answers =
        rate(&[("2025-01", 0, 90), ("2026-03", 5, 5), ("2026-04", 90, 10), ("2026-05", 45, 5), ("2026-07", 50, 0)]);
    let measured = measured(&metric, &answers, 10, TODAY);
    assert_eq!(measured.figure.shown().map(|figure| (figure.kept, figure.n)), Some((Some(185), 200)));
    assert_eq!(
        measured.window.map(|(from, to)| (from.to_string(), to.to_string())),
        Some(("2026-Q2".into(), "2026-Q3".into()))
    );
    assert_eq!(measured.occasions, Some(Occasions { kept: 185, n: 200 }));
}

/// What is hidden cannot be worked out: neither from the total and the other periods, nor from the total and the other stages.
#[test]
fn nothing_gives_hidden_cells_away() {
    let mut answers = rate(&[("2026-01", 90, 10), ("2026-02", 3, 1), ("2026-03", 40, 10)]);
    add(&mut answers, (Dimension::Stage, Some("purchase".into())), &[("2026-01", 90, 10), ("2026-02", 3, 1)]);
    add(&mut answers, (Dimension::Stage, Some("retention".into())), &[("2026-03", 36, 8)]);
    add(&mut answers, (Dimension::Stage, None), &[("2026-03", 4, 2)]);
    let measured = measured(&metric(MetricKind::Rate), &answers, 10, TODAY);
    assert_eq!(
        ns(&measured.periods),
        [("2026-01".into(), Some(100)), ("2026-02".into(), None), ("2026-03".into(), None)]
    );
    let stages: Vec<_> = measured.breakdowns[0]
        .rows
        .iter()
        .map(|(value, cell)| (value.as_deref(), cell.shown().map(|one| one.n)))
        .collect();
    assert_eq!(stages, [(None, None), (Some("purchase"), Some(104)), (Some("retention"), None)]);
    assert_eq!(measured.change, None, "one figure alone is no change");
}

#[test]
fn a_figure_of_few_is_hidden_with_all_that_it_is_made_of() {
    let measured = measured(&metric(MetricKind::Rate), &rate(&[("2026-01", 5, 4)]), 10, TODAY);
    assert_eq!(measured.figure, Cell::Hidden);
    assert!(measured.distribution.is_empty() && measured.periods.iter().all(|(_, cell)| *cell == Cell::Hidden));
}

#[test]
fn periods_are_compared() {
    let change = |periods: &[(&str, u64, u64)]| {
        let change = measured(&metric(MetricKind::Rate), &rate(periods), 10, TODAY).change?;
        Some((change.from.to_string(), change.to.to_string(), change.change))
    };
    assert_eq!(
        change(&[("2026-01", 80, 20), ("2026-02", 97, 3)]),
        Some(("2026-01".into(), "2026-02".into(), Change::Up))
    );
    assert_eq!(change(&[("2026-01", 97, 3), ("2026-02", 2, 1), ("2026-03", 80, 20)]).map(|change| change.2), None);
    assert_eq!(change(&[("2026-01", 90, 10), ("2026-02", 92, 8)]).map(|change| change.2), Some(Change::Unclear));
    assert_eq!(change(&[("2026-01", 90, 10)]), None);
}

#[test]
fn durations_and_events_are_compared_too() {
    let mut answers = Answers::default();
    let cells = answers.cells.entry((Dimension::All, None)).or_default();
    let wait = |value: f64| counts(MetricKind::Duration, &[(Score::Value(value), 40), (Score::Value(value + 1.0), 40)]);
    cells.insert(Period::parse("2026-01").unwrap(), wait(2.0));
    cells.insert(Period::parse("2026-02").unwrap(), wait(5.0));
    let longer = measured(&metric(MetricKind::Duration), &answers, 10, TODAY);
    assert_eq!(longer.change.map(|change| change.change), Some(Change::Up));
    let mut answers = Answers::default();
    let cells = answers.cells.entry((Dimension::All, None)).or_default();
    for (period, events) in [("2026-09", 4.0), ("2026-10", 20.0), ("2026-11", 1.0)] {
        cells.insert(Period::parse(period).unwrap(), counts(MetricKind::Count, &[(Score::Value(events), 1)]));
    }
    let events = measured(&metric(MetricKind::Count), &answers, 10, TODAY);
    assert_eq!(ns(&events.periods)[0], ("2026-09".into(), Some(4)), "numbers of events are told");
    let change = events.change.expect("two months are over");
    assert_eq!((change.to.to_string(), change.change), ("2026-10".into(), Change::Up), "November is not over");
}

fn kinds() -> impl Strategy<Value = MetricKind> {
    prop::sample::select(vec![
        MetricKind::Nps,
        MetricKind::Csat,
        MetricKind::CesMean,
        MetricKind::CesTop3,
        MetricKind::CesNet,
        MetricKind::Trust,
        MetricKind::Rate,
        MetricKind::Duration,
        MetricKind::Count,
    ])
}

fn finite(figure: Figure) -> bool {
    let ends =
        figure.interval.into_iter().chain(figure.p90.map(|p90| p90.interval)).flat_map(|one| [one.low, one.high]);
    let all: Vec<f64> = ends.flatten().chain([figure.value]).chain(figure.p90.map(|p90| p90.value)).collect();
    let holds = figure.interval.is_none_or(|interval| {
        interval.low.is_none_or(|low| low <= figure.value + 1e-9)
            && interval.high.is_none_or(|high| high >= figure.value - 1e-9)
    });
    all.into_iter().all(f64::is_finite) && holds
}

proptest! {
    #[test]
    fn figures_are_numbers_within_their_intervals(
        kind in kinds(),
        rows in prop::collection::vec((0_i16..40, 0_u8..8, 1_u64..1_000_000, 0_usize..4), 0..40),
        min_n in 0_u32..30,
    ) {
        let mut answers = Answers::default();
        for (month, score, times, stage) in rows {
            let score = match (kind, super::super::answers::scale(kind)) {
                (_, Some((low, high))) => Score::Step(score.clamp(low, high)),
                _ => Score::Value(f64::from(score)),
            };
            let period = Period::month_of(date(2024 + month / 12, i8::try_from(month % 12).unwrap() + 1, 1));
            for cut in [(Dimension::All, None), (Dimension::Stage, [None, Some("a".into()), Some("b".into()), Some("c".into())][stage].clone())] {
                let cells = answers.cells.entry(cut).or_default();
                cells.entry(period).or_insert_with(|| Counts::empty(kind, 512)).add(score, times % 20);
            }
        }
        let measured = measured(&metric(kind), &answers, min_n, TODAY);
        let cells = measured.periods.iter().map(|(_, cell)| *cell);
        let cells = cells.chain(measured.breakdowns.iter().flat_map(|one| one.rows.iter().map(|(_, cell)| *cell)));
        for figure in cells.chain([measured.figure]).filter_map(Cell::shown) {
            prop_assert!(finite(figure), "{figure:?}");
            prop_assert!(kind == MetricKind::Count || figure.n >= u64::from(min_n));
        }
    }

    #[test]
    fn hidden_cells_are_many_together(cells in prop::collection::vec(0_u64..40, 0..12), min_n in 0_u64..20) {
        let hidden = hidden(&cells, min_n);
        let sum: u64 = cells.iter().zip(&hidden).filter(|(_, hidden)| **hidden).map(|(n, _)| n).sum();
        let all: u64 = cells.iter().sum();
        prop_assert!(!hidden.contains(&true) || sum >= min_n || sum == all);
        prop_assert!(cells.iter().zip(&hidden).all(|(n, hidden)| *hidden || *n == 0 || *n >= min_n));
    }
}
