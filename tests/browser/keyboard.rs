//! The parts of every page, and of the map, worked by a reader who has nothing but a keyboard. Search and checklists have
//! files of their own.

use super::driver::{DESK, PHONE, in_browser};
use super::site::{self, Server};
use fantoccini::key::Key;

#[test]
fn the_first_tab_skips_to_the_page() {
    let server = Server::new(site::reference());
    in_browser(PHONE, |window| async move {
        window.open(&server.front).await;
        window.press(&Key::Tab.to_string()).await;
        window
            .until("document.activeElement.matches('.skip') && document.activeElement.getBoundingClientRect().top >= 0")
            .await;
        window.press(&Key::Enter.to_string()).await;
        window.until("document.activeElement.id === 'main'").await;
        window.assert_quiet().await;
    });
}

#[test]
fn the_menu_opens_closes_and_leads_on() {
    let server = Server::new(site::reference());
    in_browser(PHONE, |window| async move {
        window.open(&server.front).await;
        window.tab_to("[popovertarget=nav]").await;
        window.press(&Key::Enter.to_string()).await;
        window.until("document.getElementById('nav').matches(':popover-open') && document.activeElement.ariaExpanded === 'true'").await;
        window.press(&Key::Escape.to_string()).await;
        window.until("!document.getElementById('nav').matches(':popover-open') && document.activeElement.matches('[popovertarget=nav]')").await;
        window.press(" ").await;
        window.until("document.getElementById('nav').matches(':popover-open')").await;
        // A group closes and opens.
        window.tab_to("#nav summary").await;
        window.until("document.activeElement.parentNode.open").await;
        window.press(&Key::Enter.to_string()).await;
        window.until("!document.activeElement.parentNode.open").await;
        window.press(" ").await;
        window.until("document.activeElement.parentNode.open").await;
        window.tab_to("#nav a[href*='promises/']").await;
        window.press(&Key::Enter.to_string()).await;
        window.until("location.pathname === '/book/promises/' && document.readyState === 'complete'").await;
        window.assert_quiet().await;
    });
}

#[test]
fn the_language_list_opens_closes_and_stays_on_the_page() {
    let server = Server::new(site::reference());
    in_browser(PHONE, |window| async move {
        window.open(&format!("{}promises/", server.front)).await;
        window.tab_to(".lang summary").await;
        window.press(&Key::Enter.to_string()).await;
        window.until("document.querySelector('.lang').open").await;
        window.tab_to(".lang a").await;
        window.press(&Key::Escape.to_string()).await;
        window.until("!document.querySelector('.lang').open && document.activeElement.matches('.lang summary')").await;
        window.press(" ").await;
        window.until("document.querySelector('.lang').open").await;
        window.tab_to(".lang a[hreflang=sv]").await;
        window.press(&Key::Enter.to_string()).await;
        window.until("location.pathname === '/book/sv/promises/' && document.documentElement.lang === 'sv'").await;
        window.assert_quiet().await;
    });
}

#[test]
fn the_colour_switch_is_chosen_with_arrows_and_remembered() {
    let server = Server::new(site::reference());
    in_browser(DESK, |window| async move {
        window.emulate("screen", &[("prefers-color-scheme", "light")]).await;
        window.open(&server.front).await;
        window.tab_to(".scheme input").await;
        window.press(&Key::Right.to_string()).await;
        window.until("document.documentElement.dataset.scheme === 'light'").await;
        let light = window.get("getComputedStyle(document.body).color").await;
        window.press(&Key::Right.to_string()).await;
        let changed = format!("getComputedStyle(document.body).color !== {light}");
        window.until(&format!("document.documentElement.dataset.scheme === 'dark' && {changed}")).await;
        window.open(&format!("{}promises/", server.front)).await;
        window.until(&format!("document.querySelector('.scheme input[value=dark]').checked && {changed}")).await;
        window.tab_to(".scheme input").await;
        window.press(&Key::Right.to_string()).await;
        window.until("!document.documentElement.dataset.scheme").await;
        window.assert_quiet().await;
    });
}

#[test]
fn a_map_is_filtered_folded_and_walked() {
    let server = Server::new(site::reference());
    in_browser(DESK, |window| async move {
        window.open(&format!("{}journeys/first-year/", server.front)).await;
        window.tab_to("[data-persona]").await;
        window.press(" ").await;
        window.until("document.querySelectorAll('.map [data-p].off').length").await;
        window.press(" ").await;
        window.until("!document.querySelector('.map [data-p].off')").await;

        window.tab_to("[data-filter=department]").await;
        window.press(&Key::Down.to_string()).await;
        window.until("document.querySelector('.map.filtered .hit') && /\\d+ \\/ \\d+/.test(document.querySelector('[data-said]').value)").await;
        window.press(&Key::Up.to_string()).await;
        window.until("!document.querySelector('.map.filtered')").await;

        window.tab_to("[data-lanes] summary").await;
        window.press(&Key::Enter.to_string()).await;
        window.tab_to("[data-lanes] input").await;
        window.press(" ").await;
        window.until("document.querySelector('.map tr.off')").await;
        window.press(" ").await;
        window.press(&Key::Escape.to_string()).await;
        window.until("!document.querySelector('[data-lanes]').open && !document.querySelector('.map tr.off')").await;

        window.tab_to(".map th[tabindex='0']").await;
        window.press(&Key::Right.to_string()).await;
        window.until("document.activeElement.cellIndex === 2").await;
        // To the first cell below that leads somewhere.
        for _ in 0..12 {
            if window.get("!!document.activeElement.querySelector('a')").await == true
                && window.get("document.activeElement.parentNode.rowIndex > 0").await == true
            {
                break;
            }
            window.press(&Key::Down.to_string()).await;
        }
        window.press(&Key::Enter.to_string()).await;
        window.until("document.activeElement.matches('.map td a')").await;
        window.press(&Key::Escape.to_string()).await;
        window.until("document.activeElement.matches('.map td') && document.activeElement.cellIndex === 2").await;
        window.press(&Key::Home.to_string()).await;
        window.until("document.activeElement.cellIndex === 0").await;
        window.press(&Key::End.to_string()).await;
        window.until("document.activeElement.cellIndex === document.activeElement.parentNode.cells.length - 1").await;
        // Nobody is caught in the table: after its last link comes what follows it.
        window.until("(links => (links[links.length - 1].focus(), true))(document.querySelectorAll('.map a'))").await;
        window.press(&Key::Tab.to_string()).await;
        window.until("document.activeElement !== document.body && !document.activeElement.closest('.map')").await;
        window.assert_quiet().await;
    });
}

#[test]
fn what_is_folded_unfolds() {
    let server = Server::new(site::reference());
    in_browser(DESK, |window| async move {
        window.open(&format!("{}metrics/", server.front)).await;
        window.tab_to("main details > summary").await;
        let was = window.get("document.activeElement.parentNode.open").await;
        window.press(&Key::Enter.to_string()).await;
        window.until(&format!("document.activeElement.parentNode.open !== {was}")).await;
        window.press(" ").await;
        window.until(&format!("document.activeElement.parentNode.open === {was}")).await;
        window.assert_quiet().await;
    });
}
