//! Ticks in a reader's browser: remembered, counted, carried; by pointer, by keyboard, in two tabs and two languages.

use crate::driver::{Browser, Site, in_browser};
use fantoccini::key::Key;
use serde_json::json;

/// A stage with a list of its own and one of a strategy; a guide with tabs. In two languages.
fn playbook() -> Site {
    Site::new(&[
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
    ])
}

const GUIDE: &str = "/guides/launch/";

/// What the first list's line of progress says.
const SAID: &str = "document.querySelector('.cl output').textContent";

async fn click(browser: &Browser, selector: &str) {
    browser.run(&format!("document.querySelector({}).click()", json!(selector))).await;
}

/// Presses Tab until the focus is on what is looked for.
async fn tab_to(browser: &Browser, selector: &str) {
    for _ in 0..80 {
        browser.press(&Key::Tab.to_string()).await;
        if browser.get(&format!("document.activeElement.matches({})", json!(selector))).await == json!(true) {
            return;
        }
    }
    panic!("Tab never comes to {selector}");
}

#[test]
fn ticks_are_read_merged_packed_and_exported_as_they_should_be() {
    let site = playbook();
    in_browser(1280, |browser| async move {
        browser.open(&site.at(GUIDE)).await;
        assert_eq!(browser.run(include_str!("ticks.js")).await, json!([]));
    });
}

#[test]
fn ticks_survive_a_reload_another_tab_and_another_language() {
    let site = playbook();
    in_browser(1280, |browser| async move {
        browser.open(&site.at(GUIDE)).await;
        browser.until(SAID, json!("0 of 3 done")).await;
        click(&browser, "[data-id=price] input").await;
        click(&browser, "[data-id=shelf] .na").await;
        browser.until(SAID, json!("1 of 2 done, 1 not applicable")).await;
        browser.client.refresh().await.expect("it can be loaded anew");
        browser.until(SAID, json!("1 of 2 done, 1 not applicable")).await;
        assert_eq!(browser.get("document.querySelector('[data-id=shelf] .na').ariaPressed").await, json!("true"));

        // A second tab sees it, and the first one sees what happens there.
        let first = browser.client.window().await.expect("a window");
        let second = browser.client.new_window(true).await.expect("a tab can be opened");
        browser.client.switch_to_window(second.handle).await.expect("it is there");
        browser.client.goto(&site.at(GUIDE)).await.expect("it is served");
        browser.until(SAID, json!("1 of 2 done, 1 not applicable")).await;
        click(&browser, "[data-id=contact] input").await;
        browser.client.switch_to_window(first).await.expect("it is there");
        browser.until(SAID, json!("2 of 2 done, 1 not applicable")).await;
        assert_eq!(browser.get("document.querySelector('[data-id=contact] input').checked").await, json!(true));

        // The ids are the author's, so every language has the same ticks.
        browser.open(&site.at(&format!("/sv{GUIDE}"))).await;
        browser
            .until("document.querySelector('.cl legend').firstChild.textContent.trim()", json!("Före lansering"))
            .await;
        browser.until("document.querySelectorAll('.cl input:checked').length", json!(2)).await;

        // Once more from disk, where ticks are another browser's memory.
        browser.open(&site.on_disk("guides/launch/index.html")).await;
        browser.until(SAID, json!("0 of 3 done")).await;
        click(&browser, "[data-id=price] input").await;
        browser.client.refresh().await.expect("it can be loaded anew");
        browser.until(SAID, json!("1 of 3 done")).await;
    });
}

#[test]
fn what_is_ticked_counts_on_every_page_that_sums_it_up() {
    let site = playbook();
    in_browser(1280, |browser| async move {
        browser.open(&site.at("/journeys/year/start/")).await;
        click(&browser, "[data-id=told] input").await;
        browser.until("document.querySelector('.roll [data-count]').textContent", json!("1 of 2 done")).await;
        browser.open(&site.at("/checklists/")).await;
        browser.until("document.querySelector('.roll-all [data-count]').textContent", json!("1 of 5 done")).await;
        browser.open(&site.at("/departments/sales/")).await;
        let lines = "[...document.querySelectorAll('.prog [data-count]')].map(line => line.textContent).join()";
        browser.until(lines, json!("0 of 3,1 of 1")).await;
        // The front page names what is open, what was begun first.
        browser.open(&site.at("/")).await;
        let open = "[...document.querySelectorAll('.prog:not([hidden]) a')].map(line => line.textContent).join()";
        browser.until(open, json!("Before launch,Early")).await;
        browser.open(&site.at(GUIDE)).await;
        click(&browser, "[data-id=shelf] input").await;
        browser.open(&site.at("/journeys/year/start/")).await;
        click(&browser, "[data-id=date] input").await;
        browser.open(&site.at("/")).await;
        browser.until(open, json!("Before launch")).await;
        browser.until("document.querySelector('.prog progress').value", json!(1)).await;
    });
}

#[test]
fn a_list_is_worked_by_the_keyboard_alone_and_a_reset_can_be_undone() {
    let site = playbook();
    in_browser(1280, |browser| async move {
        browser.open(&site.at(GUIDE)).await;
        tab_to(&browser, "[data-id=price] input").await;
        browser.press(" ").await;
        browser.until(SAID, json!("1 of 3 done")).await;
        tab_to(&browser, "[data-id=contact] .na").await;
        browser.press(&Key::Enter.to_string()).await;
        browser.until(SAID, json!("1 of 2 done, 1 not applicable")).await;
        assert_eq!(
            browser.get("document.activeElement.getAttribute('aria-label')").await,
            json!("n/a (not applicable): The page answers")
        );
        tab_to(&browser, ".cl [data-do=reset]").await;
        browser.press(&Key::Enter.to_string()).await;
        browser.until(SAID, json!("0 of 3 done")).await;
        browser.until("document.querySelector('.cl [role=status]').textContent", json!("Ticks taken away: 2.")).await;
        tab_to(&browser, ".cl [data-do=undo]").await;
        browser.press(&Key::Enter.to_string()).await;
        browser.until(SAID, json!("1 of 2 done, 1 not applicable")).await;
        // The button is gone; the focus is not lost.
        assert_eq!(browser.get("document.activeElement.dataset.do").await, json!("reset"));
        browser.client.refresh().await.expect("it can be loaded anew");
        browser.until(SAID, json!("1 of 2 done, 1 not applicable")).await;
    });
}

#[test]
fn ids_that_the_author_renamed_keep_their_ticks_and_those_that_vanished_are_reported() {
    let site = playbook();
    in_browser(1280, |browser| async move {
        browser.open(&site.at(GUIDE)).await;
        browser.run(
            "localStorage['trustbook:launches:ticks:launch'] = '{\"v\":1,\"t\":{\"phone\":\"d1700000000\",\"gone\":\"d1700000001\"}}';\
             localStorage['trustbook:launches:ticks:old/list'] = '{\"v\":1,\"t\":{\"first\":\"n1700000002\"}}';\
             localStorage['trustbook:launches:ticks:early'] = 'garbage';",
        )
        .await;
        browser.client.refresh().await.expect("it can be loaded anew");
        browser.until(SAID, json!("1 of 3 done")).await;
        assert_eq!(browser.get("document.querySelector('[data-id=contact] input').checked").await, json!(true));
        browser.open(&site.at("/checklists/")).await;
        browser.until("document.querySelector('.roll-all [data-count]').textContent", json!("1 of 5 done")).await;
        browser.run("URL.createObjectURL = file => { window.file = file; return '#'; }").await;
        click(&browser, ".roll-all [data-do=export]").await;
        let text = browser.client.execute_async("file.text().then(arguments[0])", vec![]).await.expect("a script runs");
        let file: serde_json::Value = serde_json::from_str(text.as_str().expect("a text")).expect("JSON");
        assert_eq!(file["gone"], json!(["launch gone", "old/list first"]));
        assert_eq!(file["lists"]["launch"]["contact"], json!({ "state": "done", "at": "2023-11-14T22:13:20Z" }));
    });
}

#[test]
fn an_export_is_taken_in_again_and_what_is_none_is_refused() {
    let site = playbook();
    in_browser(1280, |browser| async move {
        let said = "document.querySelector('.roll-all [role=status]').textContent";
        let total = "document.querySelector('.roll-all [data-count]').textContent";
        for kind in ["export", "markdown"] {
            browser.open(&site.at("/checklists/")).await;
            browser.run("localStorage.clear()").await;
            browser.client.refresh().await.expect("it can be loaded anew");
            browser.until(total, json!("0 of 5 done")).await;
            click(&browser, "[data-id=price] input").await;
            click(&browser, "[data-id=told] .na").await;
            browser.run("URL.createObjectURL = file => { window.file = file; return '#'; }").await;
            click(&browser, &format!("[data-do={kind}]")).await;
            let text = browser.client.execute_async("file.text().then(arguments[0])", vec![]).await;
            let text = text.expect("a script runs").as_str().expect("a text").to_string();
            let file = site.file(&format!("{kind}.txt"), text.as_bytes());

            // Into a browser that has ticked something else.
            browser.run("localStorage.clear()").await;
            browser.client.refresh().await.expect("it can be loaded anew");
            click(&browser, "[data-id=shelf] input").await;
            let input = browser.client.find(fantoccini::Locator::Css("input[type=file]")).await.expect("it is there");
            input.send_keys(&file).await.expect("a file can be chosen");
            browser.until(said, json!("Items changed: 2.")).await;
            browser.until(total, json!("2 of 4 done, 1 not applicable")).await;
            click(&browser, ".roll-all [data-do=undo]").await;
            browser.until(total, json!("1 of 5 done")).await;
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
            let file = site.file(name, bytes);
            let input = browser.client.find(fantoccini::Locator::Css("input[type=file]")).await.expect("it is there");
            input.send_keys(&file).await.expect("a file can be chosen");
            browser.until(said, json!(words)).await;
        }
        browser.until(total, json!("1 of 5 done")).await;
    });
}

#[test]
fn a_link_carries_ticks_and_asks_before_it_merges() {
    let site = playbook();
    in_browser(375, |browser| async move {
        browser.open(&site.at(GUIDE)).await;
        click(&browser, "[data-id=price] input").await;
        click(&browser, "[data-id=contact] .na").await;
        browser
            .run("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }")
            .await;
        click(&browser, "[data-do=link]").await;
        let link = browser.get("window.copied").await.as_str().expect("a link").to_string();
        assert!(link.contains("/guides/launch/#ticks=1."), "{link}");

        browser.run("localStorage.clear()").await;
        browser.open(&link).await;
        let asked = "document.querySelector('dialog p').textContent";
        browser
            .until(asked, json!("Ticks: 2. New to you: 2. Otherwise set by you: 0. Nothing of yours is taken away."))
            .await;
        // Nothing has happened yet, and the safe answer is the first.
        assert_eq!(browser.get(SAID).await, json!("0 of 3 done"));
        assert_eq!(browser.get("document.activeElement.dataset.do").await, json!("no"));
        browser.press(&Key::Escape.to_string()).await;
        browser.until("document.querySelector('dialog')", json!(null)).await;
        assert_eq!(browser.get("location.hash").await, json!("#launch"));
        assert_eq!(browser.get(SAID).await, json!("0 of 3 done"));

        browser.open(&link).await;
        browser.until("!!document.querySelector('dialog')", json!(true)).await;
        browser.press(&Key::Tab.to_string()).await;
        browser.press(&Key::Enter.to_string()).await;
        browser.until(SAID, json!("1 of 2 done, 1 not applicable")).await;
        browser.until("document.querySelector('.cl [role=status]').textContent", json!("Items changed: 2.")).await;

        browser.open(&link[..link.len() - 2]).await;
        browser.until(asked, json!("They cannot be read: perhaps a part of the link is missing.")).await;
    });
}

#[test]
fn a_full_store_is_said_and_what_others_keep_there_stays() {
    let site = playbook();
    in_browser(1280, |browser| async move {
        browser.open(&site.at(GUIDE)).await;
        browser
            .run(
                "localStorage.other = 'theirs'; var step = 1 << 20, text = '';\
                 while (step) { try { localStorage.fill = text + 'x'.repeat(step); text = localStorage.fill; } catch (full) { step >>= 1; } }",
            )
            .await;
        click(&browser, "[data-id=price] input").await;
        let warning = "document.querySelector('.cl-warn').textContent.split(':')[0]";
        browser.until(warning, json!("This browser has no room left for ticks")).await;
        // Until the page is left it is as if it were kept.
        click(&browser, "[data-id=shelf] input").await;
        browser.until(SAID, json!("2 of 3 done")).await;
        browser.run("delete localStorage.fill").await;
        click(&browser, "[data-id=contact] input").await;
        browser.client.refresh().await.expect("it can be loaded anew");
        browser.until(SAID, json!("3 of 3 done")).await;
        assert_eq!(browser.get("localStorage.other").await, json!("theirs"));
    });
}

#[test]
fn tabs_follow_each_other_and_the_arrows_and_are_remembered() {
    let site = playbook();
    in_browser(1280, |browser| async move {
        browser.open(&site.at(GUIDE)).await;
        let shown = "[...document.querySelectorAll('[role=tabpanel]')].filter(panel => panel.checkVisibility()).map(panel => panel.innerText.trim().split('.')[0]).join()";
        browser.until(shown, json!("Say your name,Sign it")).await;
        tab_to(&browser, "[role=tab]").await;
        assert_eq!(browser.get("document.activeElement.textContent").await, json!("By phone"));
        browser.press(&Key::Right.to_string()).await;
        browser.until(shown, json!("One subject,Sign it")).await;
        assert_eq!(browser.get("document.activeElement.textContent").await, json!("By mail"));
        browser.press(&Key::Right.to_string()).await;
        // Both sets have it.
        browser.until(shown, json!("Say your name,Call back")).await;
        // From the tab one comes to its panel, not to the next tab.
        browser.press(&Key::Tab.to_string()).await;
        assert_eq!(browser.get("document.activeElement.getAttribute('role')").await, json!("tabpanel"));
        assert_eq!(
            browser
                .get("document.getElementById(document.activeElement.getAttribute('aria-labelledby')).textContent")
                .await,
            json!("By phone")
        );
        tab_to(&browser, "[role=tab]").await;
        browser.press(&Key::Home.to_string()).await;
        browser.until(shown, json!("One subject,Sign it")).await;
        browser.client.refresh().await.expect("it can be loaded anew");
        browser.until(shown, json!("One subject,Sign it")).await;
        // A link into what is not shown shows it.
        browser.open(&site.at("/guides/launch/#deep")).await;
        browser.until("document.getElementById('deep').checkVisibility()", json!(true)).await;
    });
}

#[test]
fn the_navigation_stays_as_it_was_left() {
    let site = playbook();
    in_browser(1280, |browser| async move {
        browser.open(&site.at("/")).await;
        browser.until("document.querySelectorAll('.side details[open]').length > 2", json!(true)).await;
        click(&browser, ".side details[data-group=work] summary").await;
        browser.until("localStorage['trustbook:launches:nav']", json!("[\"work\"]")).await;
        browser.open(&site.at(GUIDE)).await;
        browser.until("document.querySelector('[data-group=work]').open", json!(false)).await;
        // Where the reader is, is never hidden.
        browser.open(&site.at("/checklists/")).await;
        browser.until("document.querySelector('[data-group=work]').open", json!(true)).await;
    });
}
