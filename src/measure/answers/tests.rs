use super::*;
use crate::measure::period::Period;
use jiff::civil::date;
use proptest::prelude::*;

struct Names;

impl Known for Names {
    fn name(&self, dimension: Dimension, word: &str) -> Option<String> {
        let known = ["purchase", "email", "support", "sv", "en"];
        (dimension != Dimension::Persona && known.contains(&word)).then(|| word.to_string())
    }

    fn metric(&self, id: &str) -> bool {
        id == "elsewhere"
    }
}

fn question(number: usize, id: &str, kind: MetricKind) -> Question {
    Question { metric: Id::new(number), id: id.into(), kind, column: None, date_format: None }
}

fn nps() -> Vec<Question> {
    vec![question(0, "recommend", MetricKind::Nps)]
}

fn read_text(text: &str, questions: &[Question]) -> Result<Survey, String> {
    read(text.as_bytes(), questions, &Names, date(2026, 11, 22))
}

/// Scores with their counts, of all periods.
fn scores(survey: &Survey, question: usize) -> Vec<(usize, u64)> {
    let mut all = [0; 11];
    for counts in survey.answers[question].cells.get(&(Dimension::All, None)).into_iter().flat_map(BTreeMap::values) {
        let Counts::Scale(counts) = counts else { continue };
        all.iter_mut().zip(counts).for_each(|(all, count)| *all += count);
    }
    all.into_iter().enumerate().filter(|(_, count)| *count > 0).collect()
}

fn rejected(survey: &Survey) -> Vec<(Reason, u64, Vec<u64>)> {
    survey.rejected.iter().map(|(reason, rows)| (*reason, rows.count, rows.lines.clone())).collect()
}

#[test]
fn separators_marks_and_decimal_commas() {
    for text in [
        "date,metric,score\n2026-01-05,recommend,9\n2026-01-06,recommend,10\n",
        "\u{feff}date;metric;score\r\n2026-01-05;recommend;9\r\n2026-01-06;Recommend;10,0\r\n",
        "date\tmetric\tscore\n2026-01-05\trecommend\tnine\n2026-01-06\trecommend\ttio\n",
        "sep=;\ndate;score\n2026-01-05;9\n2026-01-06;10\n;\n",
        "Score, Comment, Submitted At\n9,\"a, b\nc\",2026-01-05T10:00:00Z\n10,,2026-01-06 11:00\n",
        "date,recommend\n2026-01-05,9\n2026-01-06,10 - Extremely likely\n",
        "\"date\",\"score\"\n\"2026-01-05\",\"9\"\n\"2026-01-06\",\"10\"",
    ] {
        let survey = read_text(text, &nps()).expect(text);
        assert_eq!(rejected(&survey), [], "{text}");
        assert_eq!(scores(&survey, 0), [(9, 1), (10, 1)], "{text}");
        assert_eq!(survey.rows, 2, "{text}");
    }
}

#[test]
fn qualtrics_writes_three_headers() {
    let text = "StartDate,EndDate,RecordedDate,Q1_NPS_GROUP,Q1,Q2_TEXT,UserLanguage\n\
        Start Date,End Date,Recorded Date,How likely - Group,How likely,Why?,User Language\n\
        \"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"endDate\"\"}\",x,x,x,x,x\n\
        2026-01-05 10:00:00,2026-01-05 10:01:00,2026-01-05 10:01:02,Promoter,9,anna@example.com,sv\n";
    let survey = read_text(text, &nps()).unwrap();
    assert_eq!((rejected(&survey), scores(&survey, 0), survey.rows), (vec![], vec![(9, 1)], 1));
    assert!(survey.answers[0].cells.contains_key(&(Dimension::Language, Some("sv".into()))));
    assert!(!format!("{survey:?}").contains("anna"), "{survey:?}");
}

#[test]
fn columns_of_ones_own() {
    let mut questions = vec![question(0, "recommend", MetricKind::Nps), question(1, "ease", MetricKind::CesTop3)];
    questions[1].column = Some("Q7".into());
    let survey = read_text("Date,recommend,q7\n2026-01-05,9,\n2026-01-06,,5\n2026-01-07,8,7\n", &questions).unwrap();
    assert_eq!(rejected(&survey), []);
    assert_eq!((scores(&survey, 0), scores(&survey, 1)), (vec![(8, 1), (9, 1)], vec![(5, 1), (7, 1)]));
}

#[test]
fn what_is_counted_already() {
    let text = "period,metric,score,count\n2026-Q1,kept-word,1,425\n2026-Q1,kept-word,no,75\n2026,recommend,10,3\n";
    let questions = vec![question(0, "recommend", MetricKind::Nps), question(1, "kept-word", MetricKind::Rate)];
    let survey = read_text(text, &questions).unwrap();
    assert_eq!(rejected(&survey), []);
    assert_eq!((scores(&survey, 0), scores(&survey, 1)), (vec![(10, 3)], vec![(0, 75), (1, 425)]));
    let text =
        "period,metric,n,promoters,passives,detractors\n2026-03,recommend,100,50,30,20\n2026-04,recommend,9,1,1,1\n";
    let survey = read_text(text, &nps()).unwrap();
    assert_eq!(scores(&survey, 0), [(0, 20), (8, 30), (10, 50)]);
    assert_eq!(rejected(&survey), [(Reason::Unequal, 1, vec![3])]);
}

#[test]
fn dates_as_declared() {
    let mut questions = nps();
    questions[0].date_format = Some("%d/%m/%Y".into());
    let survey =
        read_text("date,score\n05/01/2026,9\n31/12/2025 10:30,9\n2026-01-05,9\n13/13/2026,9\n", &questions).unwrap();
    assert_eq!(rejected(&survey), [(Reason::NoDate, 2, vec![4, 5])]);
    let periods: Vec<String> =
        survey.answers[0].cells[&(Dimension::All, None)].keys().map(ToString::to_string).collect();
    assert_eq!(periods, ["2025-12", "2026-01"]);
    for (format, good) in [
        ("%d/%m/%Y", true),
        ("%Y%m%d", true),
        ("%d %B %Y", true),
        ("%d/%m", false),
        ("nothing", false),
        ("%", false),
        ("%Q%!", false),
    ] {
        assert_eq!(is_date_format(format), good, "{format}");
    }
}

#[test]
fn rows_are_rejected_with_their_lines() {
    let text = "date,metric,score,stage,persona\n\
        2026-01-05,recommend,11,purchase,\n\
        2026-01-05,recommend,,purchase,\n\
        2026-01-05,recommend,good,purchase,\n\
        05/01/2026,recommend,9,purchase,\n\
        2026-02-30,recommend,9,purchase,\n\
        2027-01-05,recommend,9,purchase,\n\
        2026-01-05,nobody,9,purchase,\n\
        2026-01-05,elsewhere,9,purchase,\n\
        2026-01-05,recommend,9,purchase,,more\n\
        2026-01-05,recommend,9,purchases,nobody\n\
        2026-01-05,recommend,9\n";
    let survey = read_text(text, &nps()).unwrap();
    assert_eq!(
        rejected(&survey),
        [
            (Reason::TooLong, 1, vec![10]),
            (Reason::NoDate, 2, vec![5, 6]),
            (Reason::NoScore, 1, vec![3]),
            (Reason::NotAScore, 1, vec![4]),
            (Reason::OutOfScale(MetricKind::Nps), 1, vec![2]),
            (Reason::UnknownMetric, 1, vec![8]),
            (Reason::OtherFile, 1, vec![9]),
            (Reason::Future, 1, vec![7]),
            (Reason::UnknownName(Dimension::Stage), 1, vec![11]),
            (Reason::UnknownName(Dimension::Persona), 1, vec![11]),
        ]
    );
    assert_eq!(scores(&survey, 0), [(9, 2)]);
    assert_eq!(survey.rejected[&Reason::OutOfScale(MetricKind::Nps)].at, 32);
}

#[test]
fn lines_are_counted_beyond_twenty() {
    let text = format!("date,score\n{}", "2026-01-05,12\n".repeat(50));
    let survey = read_text(&text, &nps()).unwrap();
    let rows = &survey.rejected[&Reason::OutOfScale(MetricKind::Nps)];
    assert_eq!((rows.count, rows.lines.len(), rows.lines[19]), (50, 20, 21));
}

#[test]
fn lines_and_bytes_are_those_of_the_file() {
    for (text, line, at) in [
        ("date,score\n2026-01-05,12\n", 2, 11),
        ("date,score\r\n\r\n2026-01-05,12\r\n", 3, 14),
        ("date,score,x\n2026-01-05,9,\"a\nb\"\n2026-01-05,12,\n", 4, 32),
        ("sep=;\r\ndate;score\r\n2026-01-05;12\r\n", 3, 19),
        ("\u{feff}sep=;\ndate;score\n2026-01-05;12\n", 3, 17),
    ] {
        let survey = read_text(text, &nps()).unwrap();
        let rows = &survey.rejected[&Reason::OutOfScale(MetricKind::Nps)];
        assert_eq!((rows.lines[0], rows.at), (line, at), "{text}");
    }
}

#[test]
fn files_that_say_nothing() {
    let two = [question(0, "a", MetricKind::Nps), question(1, "b", MetricKind::Nps)];
    for (text, questions, wrong) in [
        ("", &nps()[..], "is empty"),
        ("\u{feff}", &nps(), "is empty"),
        ("\n\n", &nps(), "is empty"),
        ("date,score\n", &nps(), "no row below"),
        ("date,score\n,\n,\n", &nps(), "no row below"),
        ("a,b\n1,2\n", &nps(), "no column `date`"),
        ("date,b\n1,2\n", &nps(), "no column `score`"),
        ("date,score,score\n1,2,3\n", &nps(), "two columns called `score`"),
        ("date,score\n2026-01-01,2\n", &two, "no column `metric`"),
        ("period,metric,score\n2026,recommend,2\n", &nps(), "neither `score` and `count`"),
        ("d\0te,score\n", &nps(), "NUL"),
    ] {
        let error = read_text(text, questions).unwrap_err();
        assert!(error.contains(wrong), "{text}: {error}");
    }
    let utf16 = [0xFF, 0xFE, b'd', 0];
    assert!(read(&utf16[..], &nps(), &Names, date(2026, 1, 1)).unwrap_err().contains("UTF-16"));
}

/// A quotation mark that is never closed must not gather the rest of the file.
#[test]
fn a_row_has_an_end() {
    let endless = b"date,score\n2026-01-05,\"".chain(io::repeat(b'x'));
    let error = read(endless, &nps(), &Names, date(2026, 11, 22)).unwrap_err();
    assert!(error.contains("1 MiB"), "{error}");
}

#[test]
fn periods_after_today_are_left_out() {
    let survey = read_text("period,metric,score,count\n2026,recommend,9,3\n2026-12,recommend,9,4\n", &nps()).unwrap();
    assert_eq!(scores(&survey, 0), [(9, 3)]);
    assert_eq!(survey.rejected[&Reason::Future].count, 1);
    assert_eq!(Period::parse("2026-12").map(Period::first_month), Some(2026 * 12 + 11));
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes[..], &nps(), &Names, date(2026, 11, 22));
        let mut file = b"date,score,stage,count\n".to_vec();
        file.extend(&bytes);
        let _ = read(&file[..], &nps(), &Names, date(2026, 11, 22));
        let mut file = b"period,metric,score,count\n".to_vec();
        file.extend(bytes);
        let _ = read(&file[..], &nps(), &Names, date(2026, 11, 22));
    }

    #[test]
    fn every_row_is_counted_or_rejected(scores in prop::collection::vec(0_u32..14, 1..60)) {
        let rows: String = scores.iter().map(|score| format!("2026-01-05,{score}\n")).collect();
        let survey = read_text(&format!("date,score\n{rows}"), &nps()).unwrap();
        let counted: u64 = super::tests::scores(&survey, 0).iter().map(|(_, count)| count).sum();
        let rejected: u64 = survey.rejected.values().map(|rows| rows.count).sum();
        prop_assert_eq!(counted + rejected, scores.len() as u64);
        prop_assert_eq!(survey.rows, scores.len() as u64);
    }
}
