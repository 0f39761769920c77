//! Survey files that have been counted: a file is opened again when it is another one, or when it is asked something else.

use crate::load::Stamp;
use crate::measure::answers::Survey;
use crate::measure::surveys::Asked;
use crate::source::Asset;
use rustc_hash::FxHashMap;
use std::io::{self, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many ways to ask a file are remembered: as many as editions are shown.
const KEPT: usize = 3;

/// What files answered.
#[derive(Default)]
pub(super) struct Counted {
    by_path: Mutex<FxHashMap<Arc<str>, Vec<Answered>>>,
}

/// What one file answered.
struct Answered {
    /// What was asked.
    asked: u128,
    /// The file before it was opened.
    stamp: Stamp,
    survey: Arc<Survey>,
}

impl Counted {
    /// Forgets files that are no more.
    pub(super) fn keep(&self, files: &[Asset]) {
        self.lock().retain(|path, _| files.binary_search_by(|file| file.path.cmp(path)).is_ok());
    }

    /// What a file answers. One that cannot be counted is opened anew each time: its finding is soon mended.
    ///
    /// # Errors
    /// As [`Asked::of`].
    pub(super) fn answers(
        &self,
        file: &Asset,
        asked: &Asked<'_>,
        open: &dyn Fn(&Asset) -> io::Result<Box<dyn Read>>,
    ) -> Result<Arc<Survey>, String> {
        let key = asked.key();
        // Before it is opened: what is written while it is counted gives it another stamp.
        let stamp = Stamp::at(&file.disk);
        let known = |answered: &&Answered| answered.asked == key && Some(answered.stamp) == stamp;
        if let Some(answered) = self.lock().get(&file.path).and_then(|all| all.iter().find(known)) {
            return Ok(answered.survey.clone());
        }
        let survey = Arc::new(asked.of(open(file))?);
        // What was written just now may be written again under the same stamp.
        if let Some(stamp) = stamp.filter(|stamp| !stamp.is_fresh()) {
            let mut by_path = self.lock();
            let all = by_path.entry(file.path.clone()).or_default();
            all.retain(|answered| answered.stamp == stamp && answered.asked != key);
            all.insert(0, Answered { asked: key, stamp, survey: survey.clone() });
            all.truncate(KEPT);
        }
        Ok(survey)
    }

    fn lock(&self) -> MutexGuard<'_, FxHashMap<Arc<str>, Vec<Answered>>> {
        self.by_path.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::load;
    use crate::measure::{Measures, Surveys, measure};
    use crate::pipeline::{Choices, Planned, plan};
    use jiff::civil::date;
    use std::fs;
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::{Duration, SystemTime};

    /// A playbook with two survey files, and what has been counted of them.
    struct Book {
        root: PathBuf,
        counted: Counted,
        opened: AtomicUsize,
    }

    impl Book {
        fn new() -> Book {
            static NEXT: AtomicUsize = AtomicUsize::new(0);
            let name = format!("trustbook-surveys-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
            let root = std::env::temp_dir().join(name);
            fs::create_dir_all(root.join("content/data")).unwrap();
            let book = Book { root, counted: Counted::default(), opened: AtomicUsize::new(0) };
            book.file("metrics.toml", METRICS, 0);
            book.file("data/a.csv", &answers(5), 60);
            book.file("data/b.csv", &answers(4), 60);
            book
        }

        /// Writes a file as it would be so many seconds after it was saved.
        fn file(&self, path: &str, text: &str, age: u64) {
            let path = self.root.join("content").join(path);
            fs::write(&path, text).unwrap();
            let file = fs::File::options().write(true).open(&path).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(age)).unwrap();
        }

        /// The value of the metric `a`, and how many files were opened for it.
        fn measured(&self) -> (f64, usize) {
            let before = self.opened.load(Ordering::Relaxed);
            let (sources, found) = load::load(&self.root).unwrap();
            let data = sources.data.clone();
            let choices = Choices { audience: None, drafts: false, today: date(2026, 11, 22), strict: false };
            let planned: Planned = plan(&self.root, sources, found, &choices).unwrap();
            self.counted.keep(&data);
            let open = |asset: &Asset| {
                self.opened.fetch_add(1, Ordering::Relaxed);
                load::survey(asset)
            };
            let count: &crate::measure::surveys::Count<'_> = &|asset, asked| self.counted.answers(asset, asked, &open);
            let surveys = Surveys { files: &data, count };
            let measures: Measures = measure(&planned.playbook, &surveys, choices.today, &mut Diagnostics::default());
            assert_eq!(measures.metrics, planned.measures.metrics, "remembered or not, the figures are the same");
            let value = measures.metrics[0].figure.shown().expect("it has answers enough").value;
            (value, self.opened.load(Ordering::Relaxed) - before)
        }
    }

    impl Drop for Book {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.root);
        }
    }

    const METRICS: &str = "[a]\ntitle = \"A\"\nkind = \"csat\"\ndata = \"data/a.csv\"\n\n\
                           [b]\ntitle = \"B\"\nkind = \"csat\"\ndata = \"data/b.csv\"\n";

    fn answers(score: u8) -> String {
        let rows: Vec<String> = (0..20).map(|_| format!("2026-10-01,{score}\n")).collect();
        format!("date,score\n{}", rows.concat())
    }

    #[test]
    fn a_file_that_stays_is_opened_once() {
        let book = Book::new();
        let (value, opened) = book.measured();
        assert_eq!(opened, 2);
        assert_eq!(book.measured(), (value, 0));
    }

    #[test]
    fn an_edited_file_alone_is_opened_again() {
        let book = Book::new();
        let (before, _) = book.measured();
        book.file("data/a.csv", &answers(2), 30);
        let (after, opened) = book.measured();
        assert!(after < before, "{after} {before}");
        assert_eq!(opened, 1);
        assert_eq!(book.measured(), (after, 0));
    }

    #[test]
    fn a_file_that_was_saved_just_now_is_not_relied_on() {
        let book = Book::new();
        book.measured();
        book.file("data/a.csv", &answers(2), 0);
        assert_eq!(book.measured().1, 1);
        assert_eq!(book.measured().1, 1, "it may have been saved again within the same tick of the clock");
    }

    #[test]
    fn other_questions_are_other_answers() {
        let book = Book::new();
        book.measured();
        book.file("metrics.toml", &METRICS.replacen("\"csat\"", "\"nps\"", 1), 0);
        book.file("data/a.csv", &answers(4), 30);
        assert_eq!(book.measured().1, 1, "`b` is asked what it was asked before");
        book.file("metrics.toml", &METRICS.replacen("[b]", "[c]", 1), 0);
        book.file("data/a.csv", &answers(5), 30);
        assert_eq!(book.measured().1, 2, "names of the playbook decide which rows count");
    }

    #[test]
    fn a_file_that_has_gone_is_forgotten() {
        let book = Book::new();
        book.measured();
        fs::remove_file(book.root.join("content/data/b.csv")).unwrap();
        book.measured();
        assert_eq!(book.counted.lock().len(), 1);
    }
}
