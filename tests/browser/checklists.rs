//! Ticks in a reader's browser: remembered, counted, carried; by pointer, by keyboard, in two tabs and two languages.

use super::driver::{DESK, PHONE, Window, in_browser};
use super::site::{self, Server};
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::path::PathBuf;

/// A stage with a list of its own and one of a strategy; a guide with tabs. In two languages.
fn playbook() -> Book {
    let files = [
        (
            "trustbook.toml",
            "title = \"Launches\"\nid = \"launches\"\n[languages.en]\nname = \"English\"\n[languages.sv]\nname = \"Svenska\"\n",
        ),
        ("content/index.md", "# Launches\n\n[Guide](guides/launch.md)\n"),
        (
            "content/guides/launch.md",
            "# Launching\n\n:::checklist{#launch title=\"Before launch\" owner=\"Head of sales\"}\n\
             - [ ] Every price is final {#price}\n- [ ] The page answers {#contact renamed_from=\"phone\"}\n\
             - [ ] The shelf is full {#shelf}\n:::\n\n\
             ::::tabs\n:::tab{title=\"By phone\"}\nSay your name.\n:::\n:::tab{title=\"By mail\"}\nOne subject.\n:::\n::::\n\n\
             ::::tabs\n:::tab{title=\"By mail\"}\nSign it.\n:::\n:::tab{title=\"By phone\"}\nCall back.\n\n## Deep {#deep}\n\nHere.\n:::\n::::\n",
        ),
        (
            "content/guides/launch.sv.md",
            "# Lansera\n\n:::checklist{#launch title=\"Före lansering\"}\n- [ ] Varje pris är slutligt {#price}\n:::\n",
        ),
        (
            "content/journeys/year.toml",
            "title = \"A year\"\n[stages.start]\ntitle = \"Start\"\n[stages.start.checklist.told]\ntext = \"Everybody is told\"\n\
             owner = \"Sales\"\n[stages.start.touchpoints.call]\ntitle = \"Call\"\n",
        ),
        (
            "content/strategies/early.md",
            "+++\ntitle = \"Tell early\"\nstages = [\"start\"]\n+++\n\n:::checklist{#early title=\"Early\"}\n- [ ] A date is named {#date}\n:::\n",
        ),
        ("content/departments.toml", "[sales]\ntitle = \"Sales\"\nowner = \"Head of sales\"\n"),
    ];
    let files: Vec<(String, String)> = files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect();
    let folder = site::of(&files);
    Book { server: Server::new(&folder), folder }
}

/// A built playbook, served.
struct Book {
    folder: PathBuf,
    server: Server,
}

impl Book {
    /// The whole address of a page.
    fn at(&self, address: &str) -> String {
        format!("{}{}", self.server.front, address.trim_start_matches('/'))
    }

    /// A file beside the site, for a reader to choose.
    fn file(&self, name: &str, text: &[u8]) -> String {
        let path = self.folder.with_file_name(name);
        std::fs::write(&path, text).expect("a scratch file can be written");
        path.display().to_string()
    }
}

/// Opens an address anew: another fragment alone would not load the page.
async fn open(window: &Window, address: &str) {
    window.open("about:blank").await;
    window.open(address).await;
}

async fn run(window: &Window, script: &str) -> Value {
    window.client.execute(script, vec![]).await.unwrap_or_else(|error| panic!("{script}: {error}"))
}

/// Asks until an expression is what is wanted.
async fn until(window: &Window, expression: &str, wanted: Value) {
    window.until(&format!("({expression}) === {wanted}")).await;
}

const GUIDE: &str = "/guides/launch/";

/// What the first list's line of progress says.
const SAID: &str = "document.querySelector('.cl output').textContent";

async fn click(window: &Window, selector: &str) {
    run(window, &format!("document.querySelector({}).click()", json!(selector))).await;
}

#[test]
fn ticks_are_read_merged_packed_and_exported_as_they_should_be() {
    let book = playbook();
    in_browser(DESK, |window| async move {
        open(&window, &book.at(GUIDE)).await;
        assert_eq!(run(&window, include_str!("ticks.js")).await, json!([]));
    });
}

#[test]
fn ticks_survive_a_reload_another_tab_and_another_language() {
    let book = playbook();
    in_browser(DESK, |window| async move {
        open(&window, &book.at(GUIDE)).await;
        until(&window, SAID, json!("0 of 3 done")).await;
        click(&window, "[data-id=price] input").await;
        click(&window, "[data-id=shelf] .na").await;
        until(&window, SAID, json!("1 of 2 done, 1 not applicable")).await;
        window.client.refresh().await.expect("it can be loaded anew");
        until(&window, SAID, json!("1 of 2 done, 1 not applicable")).await;
        assert_eq!(window.get("document.querySelector('[data-id=shelf] .na').ariaPressed").await, json!("true"));

        // A second tab sees it, and the first one sees what happens there.
        let first = window.client.window().await.expect("a window");
        let second = window.client.new_window(true).await.expect("a tab can be opened");
        window.client.switch_to_window(second.handle).await.expect("it is there");
        window.client.goto(&book.at(GUIDE)).await.expect("it is served");
        until(&window, SAID, json!("1 of 2 done, 1 not applicable")).await;
        click(&window, "[data-id=contact] input").await;
        window.client.switch_to_window(first).await.expect("it is there");
        until(&window, SAID, json!("2 of 2 done, 1 not applicable")).await;
        assert_eq!(window.get("document.querySelector('[data-id=contact] input').checked").await, json!(true));

        // The ids are the author's, so every language has the same ticks.
        open(&window, &book.at(&format!("/sv{GUIDE}"))).await;
        until(&window, "document.querySelector('.cl legend').firstChild.textContent.trim()", json!("Före lansering"))
            .await;
        until(&window, "document.querySelectorAll('.cl input:checked').length", json!(2)).await;

        window.assert_quiet().await;

        // Once more from disk, where ticks are another browser's memory.
        open(&window, &format!("file://{}/guides/launch/index.html", book.folder.display())).await;
        until(&window, SAID, json!("0 of 3 done")).await;
        click(&window, "[data-id=price] input").await;
        window.client.refresh().await.expect("it can be loaded anew");
        until(&window, SAID, json!("1 of 3 done")).await;
    });
}

#[test]
fn what_is_ticked_counts_on_every_page_that_sums_it_up() {
    let book = playbook();
    in_browser(DESK, |window| async move {
        open(&window, &book.at("/journeys/year/start/")).await;
        click(&window, "[data-id=told] input").await;
        until(&window, "document.querySelector('.roll [data-count]').textContent", json!("1 of 2 done")).await;
        open(&window, &book.at("/checklists/")).await;
        until(&window, "document.querySelector('.roll-all [data-count]').textContent", json!("1 of 5 done")).await;
        open(&window, &book.at("/departments/sales/")).await;
        let lines = "[...document.querySelectorAll('.prog [data-count]')].map(line => line.textContent).join()";
        until(&window, lines, json!("0 of 3,1 of 1")).await;
        // The front page names what is open, what was begun first.
        open(&window, &book.at("/")).await;
        let shown = "[...document.querySelectorAll('.prog:not([hidden]) a')].map(line => line.textContent).join()";
        until(&window, shown, json!("Before launch,Early")).await;
        open(&window, &book.at(GUIDE)).await;
        click(&window, "[data-id=shelf] input").await;
        open(&window, &book.at("/journeys/year/start/")).await;
        click(&window, "[data-id=date] input").await;
        open(&window, &book.at("/")).await;
        until(&window, shown, json!("Before launch")).await;
        until(&window, "document.querySelector('.prog progress').value", json!(1)).await;
    });
}

#[test]
fn a_list_is_worked_by_the_keyboard_alone_and_a_reset_can_be_undone() {
    let book = playbook();
    in_browser(DESK, |window| async move {
        open(&window, &book.at(GUIDE)).await;
        window.tab_to("[data-id=price] input").await;
        window.press(" ").await;
        until(&window, SAID, json!("1 of 3 done")).await;
        window.tab_to("[data-id=contact] .na").await;
        window.press(&Key::Enter.to_string()).await;
        until(&window, SAID, json!("1 of 2 done, 1 not applicable")).await;
        assert_eq!(
            window.get("document.activeElement.getAttribute('aria-label')").await,
            json!("n/a (not applicable): The page answers")
        );
        window.tab_to(".cl [data-do=reset]").await;
        window.press(&Key::Enter.to_string()).await;
        until(&window, SAID, json!("0 of 3 done")).await;
        until(&window, "document.querySelector('.cl [role=status]').textContent", json!("Ticks taken away: 2.")).await;
        window.tab_to(".cl [data-do=undo]").await;
        window.press(&Key::Enter.to_string()).await;
        until(&window, SAID, json!("1 of 2 done, 1 not applicable")).await;
        // The button is gone; the focus is not lost.
        assert_eq!(window.get("document.activeElement.dataset.do").await, json!("reset"));
        window.client.refresh().await.expect("it can be loaded anew");
        until(&window, SAID, json!("1 of 2 done, 1 not applicable")).await;
    });
}

#[test]
fn ids_that_the_author_renamed_keep_their_ticks_and_those_that_vanished_are_reported() {
    let book = playbook();
    in_browser(DESK, |window| async move {
        open(&window, &book.at(GUIDE)).await;
        run(&window,
            "localStorage['trustbook:launches:ticks:launch'] = '{\"v\":1,\"t\":{\"phone\":\"d1700000000\",\"gone\":\"d1700000001\"}}';\
             localStorage['trustbook:launches:ticks:old/list'] = '{\"v\":1,\"t\":{\"first\":\"n1700000002\"}}';\
             localStorage['trustbook:launches:ticks:early'] = 'garbage';",
        )
        .await;
        window.client.refresh().await.expect("it can be loaded anew");
        until(&window, SAID, json!("1 of 3 done")).await;
        assert_eq!(window.get("document.querySelector('[data-id=contact] input').checked").await, json!(true));
        open(&window, &book.at("/checklists/")).await;
        until(&window, "document.querySelector('.roll-all [data-count]').textContent", json!("1 of 5 done")).await;
        run(&window, "URL.createObjectURL = file => { window.file = file; return '#'; }").await;
        click(&window, ".roll-all [data-do=export]").await;
        let text = window.client.execute_async("file.text().then(arguments[0])", vec![]).await.expect("a script runs");
        let file: serde_json::Value = serde_json::from_str(text.as_str().expect("a text")).expect("JSON");
        assert_eq!(file["gone"], json!(["launch gone", "old/list first"]));
        assert_eq!(file["lists"]["launch"]["contact"], json!({ "state": "done", "at": "2023-11-14T22:13:20Z" }));
    });
}

#[test]
fn an_export_is_taken_in_again_and_what_is_none_is_refused() {
    let book = playbook();
    in_browser(DESK, |window| async move {
        let said = "document.querySelector('.roll-all [role=status]').textContent";
        let total = "document.querySelector('.roll-all [data-count]').textContent";
        for kind in ["export", "markdown"] {
            open(&window, &book.at("/checklists/")).await;
            run(&window, "localStorage.clear()").await;
            window.client.refresh().await.expect("it can be loaded anew");
            until(&window, total, json!("0 of 5 done")).await;
            click(&window, "[data-id=price] input").await;
            click(&window, "[data-id=told] .na").await;
            run(&window, "URL.createObjectURL = file => { window.file = file; return '#'; }").await;
            click(&window, &format!("[data-do={kind}]")).await;
            let text = window.client.execute_async("file.text().then(arguments[0])", vec![]).await;
            let text = text.expect("a script runs").as_str().expect("a text").to_string();
            let file = book.file(&format!("{kind}.txt"), text.as_bytes());

            // Into a browser that has ticked something else.
            run(&window, "localStorage.clear()").await;
            window.client.refresh().await.expect("it can be loaded anew");
            click(&window, "[data-id=shelf] input").await;
            let input = window.client.find(fantoccini::Locator::Css("input[type=file]")).await.expect("it is there");
            input.send_keys(&file).await.expect("a file can be chosen");
            until(&window, said, json!("Items changed: 2.")).await;
            until(&window, total, json!("2 of 4 done, 1 not applicable")).await;
            click(&window, ".roll-all [data-do=undo]").await;
            until(&window, total, json!("1 of 5 done")).await;
        }
        let huge = vec![b' '; 50 << 20];
        let refused: [(&str, &[u8], &str); 3] = [
            ("large.json", &huge, "The file is larger than 1 MB: no export of ticks is."),
            ("words.json", b"Dear all", "This file holds no ticks."),
            (
                "other.json",
                br#"{"trustbook":"ticks","version":1,"playbook":"recipes","lists":{}}"#,
                "This file belongs to another playbook: recipes.",
            ),
        ];
        for (name, bytes, words) in refused {
            let file = book.file(name, bytes);
            let input = window.client.find(fantoccini::Locator::Css("input[type=file]")).await.expect("it is there");
            input.send_keys(&file).await.expect("a file can be chosen");
            until(&window, said, json!(words)).await;
        }
        until(&window, total, json!("1 of 5 done")).await;
    });
}

#[test]
fn a_link_carries_ticks_and_asks_before_it_merges() {
    let book = playbook();
    in_browser(PHONE, |window| async move {
        open(&window, &book.at(GUIDE)).await;
        click(&window, "[data-id=price] input").await;
        click(&window, "[data-id=contact] .na").await;
        run(&window, "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }")
            .await;
        click(&window, "[data-do=link]").await;
        let link = window.get("window.copied").await.as_str().expect("a link").to_string();
        assert!(link.contains("/guides/launch/#ticks=1."), "{link}");

        run(&window, "localStorage.clear()").await;
        open(&window, &link).await;
        let asked = "document.querySelector('dialog p').textContent";
        until(
            &window,
            asked,
            json!("Ticks: 2. New to you: 2. Otherwise set by you: 0. Nothing of yours is taken away."),
        )
        .await;
        // Nothing has happened yet, and the safe answer is the first.
        assert_eq!(window.get(SAID).await, json!("0 of 3 done"));
        assert_eq!(window.get("document.activeElement.dataset.do").await, json!("no"));
        window.press(&Key::Escape.to_string()).await;
        until(&window, "document.querySelector('dialog')", json!(null)).await;
        assert_eq!(window.get("location.hash").await, json!("#launch"));
        assert_eq!(window.get(SAID).await, json!("0 of 3 done"));

        open(&window, &link).await;
        until(&window, "!!document.querySelector('dialog')", json!(true)).await;
        window.press(&Key::Tab.to_string()).await;
        window.press(&Key::Enter.to_string()).await;
        until(&window, SAID, json!("1 of 2 done, 1 not applicable")).await;
        until(&window, "document.querySelector('.cl [role=status]').textContent", json!("Items changed: 2.")).await;

        open(&window, &link[..link.len() - 2]).await;
        until(&window, asked, json!("They cannot be read: perhaps a part of the link is missing.")).await;
    });
}

#[test]
fn a_full_store_is_said_and_what_others_keep_there_stays() {
    let book = playbook();
    in_browser(DESK, |window| async move {
        open(&window, &book.at(GUIDE)).await;
        run(
                &window,
                "localStorage.other = 'theirs'; var step = 1 << 20, text = '';\
                 while (step) { try { localStorage.fill = text + 'x'.repeat(step); text = localStorage.fill; } catch (full) { step >>= 1; } }",
            )
            .await;
        click(&window, "[data-id=price] input").await;
        let warning = "document.querySelector('.cl-warn').textContent.split(':')[0]";
        until(&window, warning, json!("This browser has no room left for ticks")).await;
        // Until the page is left it is as if it were kept.
        click(&window, "[data-id=shelf] input").await;
        until(&window, SAID, json!("2 of 3 done")).await;
        run(&window, "delete localStorage.fill").await;
        click(&window, "[data-id=contact] input").await;
        window.client.refresh().await.expect("it can be loaded anew");
        until(&window, SAID, json!("3 of 3 done")).await;
        assert_eq!(window.get("localStorage.other").await, json!("theirs"));
    });
}

#[test]
fn tabs_follow_each_other_and_the_arrows_and_are_remembered() {
    let book = playbook();
    in_browser(DESK, |window| async move {
        open(&window, &book.at(GUIDE)).await;
        let shown = "[...document.querySelectorAll('[role=tabpanel]')].filter(panel => panel.checkVisibility()).map(panel => panel.innerText.trim().split('.')[0]).join()";
        until(&window, shown, json!("Say your name,Sign it")).await;
        window.tab_to("[role=tab]").await;
        assert_eq!(window.get("document.activeElement.textContent").await, json!("By phone"));
        window.press(&Key::Right.to_string()).await;
        until(&window, shown, json!("One subject,Sign it")).await;
        assert_eq!(window.get("document.activeElement.textContent").await, json!("By mail"));
        window.press(&Key::Right.to_string()).await;
        // Both sets have it.
        until(&window, shown, json!("Say your name,Call back")).await;
        // From the tab one comes to its panel, not to the next tab.
        window.press(&Key::Tab.to_string()).await;
        assert_eq!(window.get("document.activeElement.getAttribute('role')").await, json!("tabpanel"));
        assert_eq!(
            window
                .get("document.getElementById(document.activeElement.getAttribute('aria-labelledby')).textContent")
                .await,
            json!("By phone")
        );
        window.tab_to("[role=tab]").await;
        window.press(&Key::Home.to_string()).await;
        until(&window, shown, json!("One subject,Sign it")).await;
        window.client.refresh().await.expect("it can be loaded anew");
        until(&window, shown, json!("One subject,Sign it")).await;
        // A link into what is not shown shows it.
        open(&window, &book.at("/guides/launch/#deep")).await;
        until(&window, "document.getElementById('deep').checkVisibility()", json!(true)).await;
    });
}

#[test]
fn the_navigation_stays_as_it_was_left() {
    let book = playbook();
    in_browser(DESK, |window| async move {
        open(&window, &book.at("/")).await;
        until(&window, "document.querySelectorAll('.side details[open]').length > 2", json!(true)).await;
        click(&window, ".side details[data-group=work] summary").await;
        until(&window, "localStorage['trustbook:launches:nav']", json!("[\"work\"]")).await;
        open(&window, &book.at(GUIDE)).await;
        until(&window, "document.querySelector('[data-group=work]').open", json!(false)).await;
        // Where the reader is, is never hidden.
        open(&window, &book.at("/checklists/")).await;
        until(&window, "document.querySelector('[data-group=work]').open", json!(true)).await;
    });
}

#[test]
fn the_script_is_fetched_where_checklists_are_and_nowhere_else() {
    let server = Server::new(site::reference());
    in_browser(PHONE, |window| async move {
        for (page, wanted) in
            [("checklists/", true), ("journeys/first-year/purchase/", true), ("", true), ("glossary/", false)]
        {
            server.sent();
            open(&window, &format!("{}{page}", server.front)).await;
            until(&window, "document.readyState", json!("complete")).await;
            let fetched = server.sent().keys().any(|file| file.starts_with("assets/checklists."));
            assert_eq!(fetched, wanted, "{page}");
            until(&window, "document.documentElement.scrollWidth <= innerWidth", json!(true)).await;
        }
        window.assert_quiet().await;
    });
}
