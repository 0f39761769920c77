//! Search: found by keyboard alone, under a strict policy, below a path, from disk, and with few bytes.

use super::driver::{DESK, PHONE, Window, in_browser};
use super::site::{self, Server};
use std::fmt::Write as _;

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const DOWN: &str = "\u{e015}";
const UP: &str = "\u{e013}";
const CONTROL_K: &str = "\u{e009}k";

const DIALOG: &str = "document.querySelector('dialog[open] input')";

/// The addresses of what was found.
const FOUND: &str = "Array.from(document.querySelectorAll('.find-r a'), a => a.href).join(' ')";

async fn look_for(window: &Window, words: &str) {
    window.press("/").await;
    window.until(&format!("document.activeElement === {DIALOG}")).await;
    window.press(words).await;
}

async fn walk(window: Window) {
    let server = Server::new(site::reference());
    window.open(&server.front).await;
    look_for(&window, "invoice").await;
    window.until("document.querySelector('.find-r a')").await;
    window.until("document.querySelector('dialog [role=status]').textContent.includes('Results: ')").await;
    window.until("document.querySelector('.find-r mark').textContent.toLowerCase().includes('invoice')").await;
    window.until("document.documentElement.scrollWidth <= innerWidth").await;
    window.until("new URLSearchParams(location.search).get('q') === 'invoice'").await;

    // Down to the second hit, up again, and on.
    window.press(DOWN).await;
    window.until("document.activeElement === document.querySelectorAll('.find-r a')[0]").await;
    window.press(DOWN).await;
    window.until("document.activeElement === document.querySelectorAll('.find-r a')[1]").await;
    window.press(UP).await;
    window.press(UP).await;
    window.until(&format!("document.activeElement === {DIALOG}")).await;

    // Escape leaves everything as it was.
    window.press(ESCAPE).await;
    window.until("!document.querySelector('dialog[open]') && location.search === ''").await;
    window.press(CONTROL_K).await;
    window.until(&format!("document.activeElement === {DIALOG}")).await;
    window.until("document.querySelector('.find-r a')").await;

    // Enter opens the best hit, elsewhere on the site.
    let best = window.get("document.querySelector('.find-r a').href").await;
    window.press(ENTER).await;
    window.until(&format!("location.href === {best} && document.readyState === 'complete'")).await;
    window.until("document.querySelector('h1')").await;
    window.assert_quiet().await;
}

#[test]
fn the_keyboard_alone_searches_at_a_desk() {
    in_browser(DESK, walk);
}

#[test]
fn the_keyboard_alone_searches_on_a_telephone() {
    in_browser(PHONE, walk);
}

#[test]
fn an_address_may_say_what_to_look_for() {
    in_browser(DESK, |window| async move {
        let server = Server::new(site::reference());
        let query = |words: &str| format!("{}promises/?q={words}", server.front);
        // Promises, terms and stages by name; forms of a word; beginnings; letters that changed places or are missing.
        for (words, wanted) in [
            ("refund+in+your+account+within+five+working+days", "/promises/refund-within-five-days/"),
            ("churn", "/glossary/#churn"),
            ("advocacy", "/advocacy/"),
            ("apologising", "apolog"),
            ("transpa", "/pillars/transparency/"),
            ("transparncy", "/pillars/transparency/"),
            ("rtansparency", "/pillars/transparency/"),
        ] {
            window.open(&query(words)).await;
            window.until("document.querySelector('.find-r a')").await;
            window
                .until(&format!(
                    "({FOUND} + document.querySelector('.find-r').textContent).toLowerCase().includes('{wanted}')"
                ))
                .await;
        }
        window.open(&query("xyzzyqwv")).await;
        window.until("document.querySelector('dialog [role=status]').textContent.includes('Nothing found')").await;
        window.assert_quiet().await;
    });
}

#[test]
fn hits_are_filtered_by_kind_and_stage() {
    in_browser(DESK, |window| async move {
        let server = Server::new(site::reference());
        window.open(&format!("{}?q=price", server.front)).await;
        window.until("document.querySelectorAll('.find-r section').length > 2").await;
        let choose = |select: usize, name: &str| {
            format!(
                "(s => {{ s.value = [].find.call(s.options, o => o.textContent === '{name}').value; \
                 s.dispatchEvent(new Event('change')); return true; }})(document.querySelectorAll('dialog select')[{select}])"
            )
        };
        window.until(&choose(0, "Promises")).await;
        window.until(&format!("{FOUND} && {FOUND}.split(' ').every(a => a.includes('/promises/'))")).await;
        window.until(&choose(0, "All")).await;
        window.until(&choose(1, "Purchase")).await;
        window.until(&format!("{FOUND}.includes('/purchase/') && !{FOUND}.includes('/awareness/')")).await;
        window.assert_quiet().await;
    });
}

#[test]
fn search_works_from_disk() {
    in_browser(DESK, |window| async move {
        let front = format!("file://{}/index.html", site::reference().display());
        window.open(&front).await;
        look_for(&window, "invoice").await;
        window.until("document.querySelector('.find-r a')").await;
        window.press(ENTER).await;
        window.until("!document.querySelector('dialog') && document.querySelector('h1') && /index.html(#.*)?$/.test(location.href)").await;
        window.assert_quiet().await;
    });
}

/// A playbook of so many pages, whose words are as unevenly common as those of a language.
fn pages(count: usize) -> Vec<(String, String)> {
    let mut files = vec![("content/index.md".to_string(), "# Many\n".to_string())];
    let mut seed = 7_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let syllables = ["ka", "lo", "mi", "ter", "san", "vel", "dor", "ne", "pru", "ba", "fi", "gon"];
    for page in 0..count {
        let mut text = format!("# Page {page}\n");
        for section in 0..5 {
            let _ = write!(text, "\n## Part {section}\n\n");
            for _ in 0..80 {
                let most = random(8_000);
                let some = random(1 + most);
                let rank = random(1 + some);
                let word: String =
                    [rank % 12, rank / 12 % 12, rank / 144 % 12, rank / 1728].map(|at| syllables[at % 12]).concat();
                let _ = write!(text, "{word} ");
            }
        }
        files.push((format!("content/guides/page-{page}.md"), text));
    }
    files
}

#[test]
fn a_first_hit_takes_as_few_bytes_on_a_large_site() {
    in_browser(DESK, |window| async move {
        for count in [100, 1_000] {
            let server = Server::new(&site::of(&pages(count)));
            window.open(&server.front).await;
            server.sent();
            look_for(&window, "kalo").await;
            window.until("document.querySelector('.find-r a')").await;
            let sent = server.sent();
            let first = sent.iter().filter(|(file, _)| !is_later(file, &sent));
            let bytes: usize = first.map(|(_, bytes)| bytes).sum();
            assert!(bytes <= 50_000, "{count} pages: {bytes} bytes: {sent:#?}");
            window.assert_quiet().await;
        }
    });
}

/// Records of further hits, which are asked for once the first is shown: all but the largest.
fn is_later(file: &str, sent: &std::collections::BTreeMap<String, usize>) -> bool {
    let records = |file: &str| file.rsplit('/').next().is_some_and(|name| name.starts_with('r'));
    let largest = sent.iter().filter(|(file, _)| records(file)).max_by_key(|(_, bytes)| **bytes);
    records(file) && largest.is_some_and(|(one, _)| one != file)
}
