//! Every kind of page on paper: the sheet it asks for, and nothing that the sheet's edge cuts.

use super::driver::{DESK, in_browser};
use super::pages;
use super::site::{self, Server};
use serde_json::{Value, json};

/// A kind's sheet: its width and height in points, and how many pixels of CSS lie between its margins.
fn sheet(kind: &str) -> ((u32, u32), u32) {
    match kind {
        "journey" => ((1191, 842), 1512),
        "coverage" => ((842, 595), 1032),
        _ => ((595, 842), 688),
    }
}

/// What is wider than the sheet, or in a box that would scroll; rows of tables that a page's end may tear apart.
const CUT: &str = r#"
(function () {
  function name(one) { return one.tagName.toLowerCase() + (one.classList.length ? "." + [].join.call(one.classList, ".") : "") + " “" + one.textContent.trim().slice(0, 40) + "”"; }
  var wrong = [];
  document.querySelectorAll("main *").forEach(function (one) {
    var style = getComputedStyle(one), box = one.getBoundingClientRect();
    if (!box.width || one.closest("svg, .vh") || style.clipPath !== "none" || style.position === "absolute") return;
    if (box.right > innerWidth + 1) wrong.push(name(one) + " ends at " + Math.round(box.right) + " on a sheet of " + innerWidth);
    else if (style.overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1) wrong.push(name(one) + " would scroll");
    if (one.matches("tbody tr") && style.breakInside !== "avoid") wrong.push(name(one) + " may be torn apart");
  });
  return wrong;
})()"#;

#[test]
fn no_table_is_cut_on_paper() {
    in_browser(DESK, |window| async move {
        let server = Server::new(site::reference());
        let mut found = Vec::new();
        for page in pages::fullest("en").into_iter().filter(|page| page.kind != "not-found") {
            let (paper, width) = sheet(&page.kind);
            window.emulate("print", &[]).await;
            window.resize((width, 1000)).await;
            window.open(&format!("{}{}", server.front, page.address)).await;
            let Value::Array(cut) = window.get(CUT).await else { panic!("/{} gives no answer", page.address) };
            found.extend(cut.into_iter().take(5).map(|line| format!("/{}: {line}", page.address)));

            // The same by Chromium's own printer.
            let pdf = window.command("Page.printToPDF", json!({ "preferCSSPageSize": true })).await;
            let boxes = "return [...new Set(atob(arguments[0]).match(/MediaBox \\[[^\\]]*/g))].map(box => box.split(/[ \\[]+/).slice(3).map(Math.round))";
            let boxes = window.client.execute(boxes, vec![pdf["data"].clone()]).await.expect("a script runs");
            if boxes != json!([[paper.0, paper.1]]) {
                found.push(format!("/{}: sheets of {boxes}, not {paper:?}", page.address));
            }
        }
        assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    });
}
