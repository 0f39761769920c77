// Checklists: three states an item, remembered under the author's ids, counted, and carried away as a file or a link.
// What needs no page comes first and stands alone. Ticks of a list are { item: "d1763790000" }: the state's first letter
// (todo, done, not applicable) and when it was set, in seconds. Of two that differ the later one counts.
var trustbookTicks = (function () {
  "use strict";
  var WORDS = { t: "todo", d: "done", n: "na" }, SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  var MOST = 20000, LONGEST = 300, LINK = 4000, FILE = 1e6;

  function table() { return Object.create(null); }
  function stateOf(items, id) { return id in items ? items[id][0] : "t"; }
  function since(tick) { return Number(tick.slice(1)); }
  function isTick(tick) { return typeof tick === "string" && /^[tdn]\d{1,11}$/.test(tick); }

  /** What was kept of a list. Whatever cannot be read is not there; `null` is what a later version has kept. */
  function read(text) {
    var items = table(), kept = null;
    try { kept = JSON.parse(text); } catch (garbage) { /* as if nothing were there */ }
    if (!kept || typeof kept !== "object") return items;
    if (kept.v > 1) return null;
    var ticks = kept.v === 1 && kept.t && typeof kept.t === "object" ? kept.t : {};
    Object.keys(ticks).slice(0, MOST).forEach(function (id) { if (isTick(ticks[id])) items[id] = ticks[id]; });
    return items;
  }

  function written(items) { return JSON.stringify({ v: 1, t: items }); }

  /** Items that the author renamed (`[id, former]`) take over their ticks; whether some did. */
  function renamed(items, ids) {
    var now = table(), any = false;
    ids.forEach(function (item) { now[item[0]] = true; });
    ids.forEach(function (item) {
      var id = item[0], former = item[1];
      // A former id that another item has by now is that item's.
      if (!former || former in now || !(former in items)) return;
      if (!(id in items) || since(items[id]) < since(items[former])) items[id] = items[former];
      delete items[former];
      any = true;
    });
    return any;
  }

  /** Ticks of one list laid over those of another; how many items look different after it. */
  function merged(mine, theirs) {
    var items = table(), taken = 0;
    Object.keys(mine).forEach(function (id) { items[id] = mine[id]; });
    Object.keys(theirs).forEach(function (id) {
      if (id in items && since(items[id]) >= since(theirs[id])) return;
      if (stateOf(items, id) !== theirs[id][0]) taken += 1;
      items[id] = theirs[id];
    });
    return { items: items, taken: taken };
  }

  function counted(items, ids) {
    var sum = { done: 0, na: 0, all: 0 };
    ids.forEach(function (item) {
      var state = stateOf(items, item[0]);
      if (state === "n") sum.na += 1; else sum.all += 1;
      if (state === "d") sum.done += 1;
    });
    return sum;
  }

  /** Five signs that stand for words: FNV-1a, stirred, 30 bits of it. */
  function code(words) {
    var hash = 0x811c9dc5, signs = "";
    for (var at = 0; at < words.length; at++) hash = Math.imul(hash ^ words.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    hash ^= hash >>> 13;
    for (var shift = 0; shift < 30; shift += 6) signs += SIGNS[(hash >>> shift) & 63];
    return signs;
  }

  /** Ticks of lists as the fragment of a link; `null` where they are too many for one. */
  function packed(playbook, lists) {
    var signs = { d: "", n: "" };
    Object.keys(lists).forEach(function (list) {
      Object.keys(lists[list]).forEach(function (id) {
        var state = stateOf(lists[list], id);
        if (state !== "t") signs[state] += code(list + " " + id);
      });
    });
    var fragment = "ticks=1." + code(playbook) + "." + signs.d + "." + signs.n;
    return fragment.length > LINK ? null : fragment;
  }

  /** The ticks of a link among `known` items (`[list, id, former]`), as set at `now`. */
  function unpacked(fragment, playbook, known, now) {
    var parts = /^ticks=(\d+)\.([\w-]{5})\.((?:[\w-]{5})*)\.((?:[\w-]{5})*)$/.exec(fragment.length > LINK ? "" : fragment);
    if (!parts) return { error: "unreadable" };
    if (parts[1] !== "1") return { error: "newer" };
    if (parts[2] !== code(playbook)) return { error: "foreign" };
    var named = table(), found = { lists: table(), count: 0, unknown: 0 };
    known.forEach(function (item) {
      if (item[2]) named[code(item[0] + " " + item[2])] = named[code(item[0] + " " + item[2])] || item;
    });
    known.forEach(function (item) { named[code(item[0] + " " + item[1])] = item; });
    [["d", parts[3]], ["n", parts[4]]].forEach(function (state) {
      (state[1].match(/.{5}/g) || []).forEach(function (signs) {
        var item = named[signs];
        if (!item) { found.unknown += 1; return; }
        var items = found.lists[item[0]] = found.lists[item[0]] || table();
        items[item[1]] = state[0] + now;
        found.count += 1;
      });
    });
    return found;
  }

  function day(seconds) { return new Date(seconds * 1000).toISOString().slice(0, 19) + "Z"; }

  /** Ticks of lists as JSON; `gone` are those of items that the playbook has no more, `null` where nobody can know. */
  function exported(playbook, lists, gone, now) {
    var file = { trustbook: "ticks", version: 1, playbook: playbook, exported: day(now), lists: {} };
    Object.keys(lists).forEach(function (list) {
      var items = {};
      Object.keys(lists[list]).forEach(function (id) {
        items[id] = { state: WORDS[stateOf(lists[list], id)], at: day(since(lists[list][id])) };
      });
      Object.defineProperty(file.lists, list, { value: items, enumerable: true });
    });
    if (gone) file.gone = gone;
    return JSON.stringify(file, null, 1) + "\n";
  }

  /** The ticks of an exported file; `error` names what is wrong with it. Nothing is newer than `now`. */
  function imported(text, playbook, now) {
    if (text.length > FILE) return { error: "large" };
    var mark = /<!-- trustbook ticks (\d+): (.*) (\S+) -->/.exec(text.slice(0, 2000));
    var file = null, lists = table(), count = 0;
    function take(list, id, letter, at) {
      at = Math.min(isNaN(at) ? now : Math.floor(at / 1000), now);
      if (!list || !id || list.length > LONGEST || id.length > LONGEST || count >= MOST || !isTick(letter + at)) return;
      (lists[list] = lists[list] || table())[id] = letter + at;
      count += 1;
    }
    if (!mark) try { file = JSON.parse(text); } catch (garbage) { return { error: "unreadable" }; }
    if (!mark && !(file && file.trustbook === "ticks" && file.lists && typeof file.lists === "object")) return { error: "unreadable" };
    if (Number(mark ? mark[1] : file.version) !== 1) return { error: "newer" };
    var from = mark ? mark[2] : String(file.playbook);
    if (from !== playbook) return { error: "foreign", from: from.slice(0, 80) };
    if (mark) {
      var list = null;
      text.split(/\r?\n/).forEach(function (line) {
        var heading = /^## .*\{#([^\s{}]+)\}\s*$/.exec(line), item = /^\s*[-*] \[([xX-])\] .*\{#([^\s{}]+)\}\s*$/.exec(line);
        if (/^## /.test(line)) list = heading && heading[1];
        if (item && list) take(list, item[2], item[1] === "-" ? "n" : "d", Date.parse(mark[3]));
      });
    } else Object.keys(file.lists).forEach(function (list) {
      var items = file.lists[list];
      if (items && typeof items === "object") Object.keys(items).forEach(function (id) {
        var letter = items[id] && { todo: "t", done: "d", na: "n" }[items[id].state];
        if (letter) take(list, id, letter, Date.parse(items[id].at));
      });
    });
    return { lists: lists, count: count };
  }

  /** Lists (`{ id, title, note, items: [{ id, text, note, depth, state }] }`) as Markdown that can be read back. */
  function markdown(playbook, title, lists, gone, now) {
    function line(text) { return String(text).replace(/\s+/g, " ").trim(); }
    var out = "<!-- trustbook ticks 1: " + playbook + " " + day(now) + " -->\n\n# " + line(title) + "\n";
    lists.forEach(function (list) {
      out += "\n## " + line(list.title) + (list.note ? " (" + line(list.note) + ")" : "") + " {#" + list.id + "}\n\n";
      list.items.forEach(function (item) {
        out += "  ".repeat(item.depth || 0) + "- [" + { t: " ", d: "x", n: "-" }[item.state] + "] " + line(item.text)
          + (item.note ? " (" + line(item.note) + ")" : "") + " {#" + item.id + "}\n";
      });
    });
    if (gone && gone.lines.length) {
      out += "\n## " + line(gone.title) + "\n\n";
      gone.lines.forEach(function (item) { out += "- [" + { d: "x", n: "-" }[item.state] + "] " + item.list + " / " + item.id + "\n"; });
    }
    return out;
  }

  return {
    FILE: FILE, table: table, stateOf: stateOf, read: read, written: written, renamed: renamed, merged: merged, counted: counted,
    packed: packed, unpacked: unpacked, exported: exported, imported: imported, markdown: markdown
  };
})();

// The page: boxes, counts, tools. Words come from the template that stands before the script.
(function (d, core) {
  "use strict";
  var root = d.documentElement, own = d.getElementById("ticks");
  if (!own) return;
  var playbook = own.dataset.playbook, words = own.dataset, PREFIX = "trustbook:" + playbook + ":ticks:";
  var store = null, kept = core.table(), unsaved = core.table(), lists = core.table(), latest = null;
  try { store = localStorage; store.getItem(PREFIX); } catch (off) { store = null; }
  function all(selector, within) { return Array.prototype.slice.call((within || d).querySelectorAll(selector)); }
  function now() { return Math.floor(Date.now() / 1000); }
  function number(value) { try { return new Intl.NumberFormat(root.lang).format(value); } catch (old) { return String(value); } }
  /** A message, its `%names` filled. */
  function say(key, values) {
    return (words[key] || "").replace(/%(\w+)/g, function (hole, name) {
      if (!values || !(name in values)) return hole;
      return typeof values[name] === "number" ? number(values[name]) : values[name];
    });
  }

  // What is remembered. What the store would not take is remembered until the page is left.
  function load(list) {
    if (list in unsaved) return kept[list];
    var text = null;
    try { text = store && store.getItem(PREFIX + list); } catch (off) { /* then nothing */ }
    var items = core.read(text);
    if (!items) { unsaved[list] = "later"; items = core.table(); warn("later"); }
    return kept[list] = items;
  }
  function save(list, items) {
    kept[list] = items;
    if (unsaved[list] === "later") return;
    if (store) try { store.setItem(PREFIX + list, core.written(items)); delete unsaved[list]; return; } catch (full) { /* said below */ }
    unsaved[list] = "full";
    warn(store ? "full" : "off");
  }
  var warned = null;
  function warn(key) {
    var first = d.querySelector(".roll-all, .cl");
    if (warned || !first) return;
    warned = d.createElement("p");
    warned.className = "note warn cl-warn";
    warned.setAttribute("role", "status");
    first.parentNode.insertBefore(warned, first);
    warned.textContent = say(key);
  }

  // What the page shows: lists item by item, and sums of several.
  function known(id) { return lists[id] = lists[id] || { ids: [], sets: [] }; }
  function counts(element) {
    return element.dataset.lists.split(/\n/).filter(Boolean).map(function (entry) {
      var names = entry.split(" "), list = known(names[0]);
      var ids = names.slice(1).map(function (name) { return name.split("<"); });
      if (!list.whole) list.ids = ids;
      list.whole = list.whole || element.dataset.part === undefined;
      return { list: names[0], ids: ids };
    });
  }
  all("fieldset.cl[data-list]").forEach(function (set) {
    var list = known(set.dataset.list);
    list.ids = all("li[data-id]", set).map(function (li) { return [li.dataset.id, li.dataset.was]; });
    list.whole = true;
    list.sets.push(set);
  });
  var sums = all("[data-lists], [data-roll]").map(function (element) {
    var of = element.dataset.lists ? counts(element) : all("fieldset.cl[data-list]", element.closest("section") || d).map(function (set) {
      return { list: set.dataset.list, ids: lists[set.dataset.list].ids };
    });
    return { element: element, of: of };
  });
  function fill(element, sum, key) {
    var bar = element.querySelector("progress"), out = element.querySelector("output, [data-count]");
    if (bar) { bar.hidden = false; bar.max = sum.all || 1; bar.value = sum.all ? sum.done : 1; }
    if (out) out.textContent = say(sum.na && key === "count" ? "countNa" : key, sum);
  }
  function showList(id) {
    var items = kept[id], list = lists[id];
    list.sets.forEach(function (set) {
      all("li[data-id]", set).forEach(function (li) {
        var state = core.stateOf(items, li.dataset.id), na = li.querySelector(".na");
        li.dataset.s = { t: "todo", d: "done", n: "na" }[state];
        li.querySelector("input").checked = state === "d";
        if (na) {
          na.setAttribute("aria-pressed", String(state === "n"));
          li.querySelector("label .vh").textContent = state === "n" ? " (" + say("naWord") + ")" : "";
        }
      });
      set.querySelector(".cl-bar").hidden = false;
      fill(set, core.counted(items, list.ids), "count");
    });
  }
  function showSums() {
    sums.forEach(function (sum) {
      var total = { done: 0, na: 0, all: 0 };
      sum.of.forEach(function (part) {
        var one = core.counted(kept[part.list], part.ids);
        total.done += one.done; total.na += one.na; total.all += one.all;
      });
      sum.total = total;
      fill(sum.element, total, sum.element.dataset.short === undefined ? "count" : "short");
    });
    openOnes();
  }
  // Where open lists are listed, those begun stand first, and those done make room for the next.
  var place = d.querySelector("[data-open]"), places = place && all("[data-lists]:not([hidden])", place).length, ordered = false;
  function openOnes() {
    if (!place) return;
    var rows = sums.filter(function (sum) { return place.contains(sum.element); });
    var room = places, none = d.querySelector("[data-none-open]");
    rows.forEach(function (row) { row.rank = row.total.done >= row.total.all ? 2 : row.total.done ? 0 : 1; });
    // Only once: rows that wander under a reader's hand are worse than a wrong order.
    if (!ordered) [0, 1, 2].forEach(function (rank) {
      rows.forEach(function (row) { if (row.rank === rank) place.append(row.element); });
    });
    ordered = true;
    all("[data-lists]", place).forEach(function (element) {
      var row = rows.filter(function (row) { return row.element === element; })[0];
      element.hidden = row.rank === 2 || room-- <= 0;
    });
    if (none) none.hidden = rows.some(function (row) { return row.rank < 2; });
  }
  function show(ids) { ids.forEach(function (id) { if (id in lists) showList(id); }); showSums(); }

  // What readers do.
  function set(list, id, state) {
    var items = load(list);
    items[id] = state + now();
    save(list, items);
    show([list]);
  }
  all("fieldset.cl[data-list]").forEach(function (field) {
    var list = field.dataset.list;
    all("li[data-id]", field).forEach(function (li) {
      var box = li.querySelector("input"), na = d.createElement("button"), hint = d.createElement("span");
      var text = li.querySelector(".tx > span").textContent.trim();
      na.type = "button";
      na.className = "na";
      na.textContent = say("na");
      na.setAttribute("aria-label", say("naLabel", { item: text }));
      na.title = say("naWord");
      hint.className = "vh";
      li.querySelector(".tx > span").append(hint);
      li.append(na);
      box.addEventListener("change", function () { set(list, li.dataset.id, box.checked ? "d" : "t"); });
      na.addEventListener("click", function () { set(list, li.dataset.id, li.dataset.s === "na" ? "t" : "n"); });
    });
    // Several lists that stand together have one bar of tools.
    var section = field.closest("section"), together = section && section.querySelector("[data-roll]");
    if (!d.querySelector(".roll-all") && !(together && field !== section.querySelector("fieldset.cl"))) {
      var tools = own.content.querySelector(".cl-tools").cloneNode(true);
      if (together) together.after(tools); else field.append(tools);
    }
  });
  function listsOf(tools) {
    var around = tools.closest("fieldset.cl, .roll-all, section");
    if (!around || around.matches(".roll-all")) return Object.keys(lists);
    return around.matches("fieldset") ? [around.dataset.list] : all("fieldset.cl[data-list]", around).map(function (field) { return field.dataset.list; });
  }

  // Tools: of one list, or of the whole playbook where all lists stand.
  function remembered() {
    var ids = Object.keys(lists);
    try {
      for (var at = 0; store && at < store.length; at++) {
        var key = store.key(at);
        if (key.slice(0, PREFIX.length) === PREFIX && !(key.slice(PREFIX.length) in lists)) ids.push(key.slice(PREFIX.length));
      }
    } catch (off) { /* then only what is here */ }
    return ids;
  }
  function ticksOf(ids) {
    var found = core.table();
    ids.forEach(function (id) { var items = load(id); if (Object.keys(items).length) found[id] = items; });
    return found;
  }
  /** Ticks of items that these lists have no more. */
  function gone(ticks) {
    var lost = [];
    Object.keys(ticks).forEach(function (list) {
      var here = core.table();
      (list in lists ? lists[list].ids : []).forEach(function (item) { here[item[0]] = true; });
      Object.keys(ticks[list]).forEach(function (id) {
        var state = core.stateOf(ticks[list], id);
        if (!(id in here) && state !== "t") lost.push({ list: list, id: id, state: state });
      });
    });
    return lost;
  }
  function described(ids) {
    return ids.filter(function (id) { return id in lists && lists[id].sets[0]; }).map(function (id) {
      var field = lists[id].sets[0], legend = field.querySelector("legend"), owner = legend.querySelector(".sm");
      return {
        id: id, title: legend.firstChild.textContent, note: owner ? owner.textContent : "",
        items: all("li[data-id]", field).map(function (li) {
          var text = li.querySelector(".tx > span").cloneNode(true), who = li.querySelector(".who");
          all(".vh", text).forEach(function (hint) { hint.remove(); });
          return {
            id: li.dataset.id, text: text.textContent, note: who ? who.textContent : "", depth: Number(li.dataset.depth || 0),
            state: core.stateOf(kept[id], li.dataset.id)
          };
        })
      };
    });
  }
  function asMarkdown(ids) {
    return core.markdown(playbook, d.title, described(ids), { title: say("gone"), lines: gone(ticksOf(ids)) }, now());
  }
  function download(name, type, text) {
    var link = d.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: type }));
    link.download = name + "-" + new Date().toISOString().slice(0, 10) + (type === "application/json" ? ".json" : ".md");
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }
  function copy(tools, text, done) {
    function byHand() { ask(say("copyByHand"), "", text, null); }
    if (!navigator.clipboard) { byHand(); return; }
    navigator.clipboard.writeText(text).then(function () { tell(tools, done); }, byHand);
  }
  /** Says in a tool bar what has happened; `before` is what it can be taken back to. */
  function tell(tools, text, before) {
    if (!tools) return;
    var out = tools.querySelector("[role=status]"), undo = tools.querySelector("[data-do=undo]");
    out.textContent = text;
    if (latest && latest.undo !== undo) latest.undo.hidden = true;
    latest = { undo: undo, before: before };
    undo.hidden = !before;
  }
  /** Puts new ticks in the place of lists'; how to take it back. */
  function replace(ticks) {
    var before = core.table();
    Object.keys(ticks).forEach(function (id) {
      before[id] = { was: core.read(core.written(load(id))), became: core.read(core.written(ticks[id])) };
      save(id, ticks[id]);
    });
    show(Object.keys(ticks));
    return before;
  }
  function takeBack(before) {
    Object.keys(before).forEach(function (list) {
      var items = load(list), was = before[list].was, became = before[list].became;
      // What was set since then stays.
      Object.keys(became).forEach(function (id) {
        if (items[id] !== became[id]) return;
        if (id in was) items[id] = was[id]; else delete items[id];
      });
      save(list, items);
    });
    show(Object.keys(before));
  }
  function reset(tools, ids) {
    var ticks = core.table(), count = 0;
    ids.forEach(function (list) {
      var items = load(list), empty = core.table(), any = 0;
      Object.keys(items).forEach(function (id) { empty[id] = items[id]; });
      lists[list].ids.forEach(function (item) {
        if (core.stateOf(items, item[0]) !== "t") { empty[item[0]] = "t" + now(); any += 1; }
      });
      if (any) ticks[list] = empty;
      count += any;
    });
    tell(tools, say(count ? "wasReset" : "nothing", { count: count }), count ? replace(ticks) : null);
  }
  function mergeIn(tools, theirs) {
    var ticks = core.table(), taken = 0;
    Object.keys(theirs).forEach(function (list) {
      var both = core.merged(load(list), theirs[list]);
      if (both.taken) ticks[list] = both.items;
      taken += both.taken;
    });
    tell(tools, say(taken ? "merged" : "nothing", { count: taken }), taken ? replace(ticks) : null);
  }
  function importFile(tools, file) {
    if (!file) return;
    if (file.size > core.FILE) { tell(tools, say("large")); return; }
    file.text().then(function (text) {
      var found = core.imported(text, playbook, now());
      if (found.error) tell(tools, say(found.error, { name: found.from || "" })); else mergeIn(tools, found.lists);
    }, function () { tell(tools, say("unreadable")); });
  }
  function link(ids) {
    var ticks = core.table();
    ids.forEach(function (list) {
      var items = load(list), here = ticks[list] = core.table();
      lists[list].ids.forEach(function (item) { if (item[0] in items) here[item[0]] = items[item[0]]; });
    });
    var fragment = core.packed(playbook, ticks);
    return fragment && location.href.split("#")[0] + "#" + fragment;
  }
  d.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest(".cl-tools [data-do]");
    if (!button || button.closest("dialog")) return;
    var tools = button.closest(".cl-tools"), whole = tools.closest(".roll-all"), here = listsOf(tools);
    var name = "ticks-" + (whole ? playbook : here[0].replace(/\//g, "-")), address;
    switch (button.dataset.do) {
      case "copy": copy(tools, asMarkdown(here), say("copied")); break;
      case "link":
        address = link(here);
        if (address) copy(tools, address, say("linked")); else tell(tools, say("tooMany"));
        break;
      case "export": {
        var ticks = ticksOf(whole ? remembered() : here);
        var lost = gone(ticks).map(function (item) { return item.list + " " + item.id; });
        download(name, "application/json", core.exported(playbook, ticks, lost, now()));
        tell(tools, say("exported"));
        break;
      }
      case "markdown":
        download(name, "text/markdown", core.markdown(playbook, d.title, described(here), { title: say("gone"), lines: gone(ticksOf(remembered())) }, now()));
        tell(tools, say("exported"));
        break;
      case "import": tools.querySelector("input[type=file]").click(); break;
      case "reset": reset(tools, here); break;
      case "undo":
        if (latest && latest.before) takeBack(latest.before);
        tools.querySelector("[data-do=reset]").focus();
        tell(tools, say("undone"));
        break;
    }
  });
  all(".cl-tools input[type=file]").forEach(function (input) {
    input.addEventListener("change", function () {
      importFile(input.closest(".cl-tools"), input.files[0]);
      input.value = "";
    });
  });

  /** A question; or, without an answer to give, words to copy by hand. */
  function ask(title, text, field, yes) {
    var dialog = own.content.querySelector("dialog").cloneNode(true), area = dialog.querySelector("textarea");
    if (title) dialog.querySelector("h2").textContent = title;
    dialog.querySelector("p").textContent = text;
    dialog.querySelector("p").hidden = !text;
    area.hidden = !field;
    area.value = field || "";
    area.setAttribute("aria-labelledby", "ask");
    dialog.querySelector("[data-do=yes]").hidden = !yes;
    if (!yes) dialog.querySelector("[data-do=no]").textContent = say("close");
    d.body.append(dialog);
    dialog.addEventListener("click", function (event) {
      var chosen = event.target.dataset.do;
      if (chosen) dialog.close(chosen);
    });
    dialog.addEventListener("close", function () {
      dialog.remove();
      if (yes && dialog.returnValue === "yes") yes();
    });
    dialog.showModal();
    if (field) area.select(); else dialog.querySelector("[data-do=no]").focus();
  }
  function carried() {
    if (!/^#ticks=/.test(location.hash)) return;
    var everything = [];
    Object.keys(lists).forEach(function (list) {
      lists[list].ids.forEach(function (item) { everything.push([list, item[0], item[1]]); });
    });
    var found = core.unpacked(location.hash.slice(1), playbook, everything, now());
    // Asked once: the address is the page's again, or the list's.
    var first = found.lists && Object.keys(found.lists)[0], field = first && lists[first].sets[0];
    try { history.replaceState(null, "", location.href.split("#")[0] + (field ? "#" + field.id : "")); } catch (disk) { /* it stays */ }
    if (field) field.scrollIntoView();
    if (found.error) { ask("", say(found.error === "foreign" ? "linkForeign" : found.error === "newer" ? "newer" : "linkUnreadable"), "", null); return; }
    if (!found.count) { ask("", say("linkUnknown"), "", null); return; }
    var fresh = 0, other = 0;
    Object.keys(found.lists).forEach(function (list) {
      var mine = load(list);
      Object.keys(found.lists[list]).forEach(function (id) {
        var state = core.stateOf(mine, id);
        if (state === "t") fresh += 1; else if (state !== found.lists[list][id][0]) other += 1;
      });
    });
    var text = say("linkText", { count: found.count, fresh: fresh, other: other });
    if (found.unknown) text += " " + say("linkSome", { count: found.unknown });
    ask("", text, "", function () {
      mergeIn(d.querySelector(".roll-all .cl-tools") || (field && field.querySelector(".cl-tools")) || d.querySelector(".cl-tools"), found.lists);
    });
  }

  // Other tabs, pages that come back from the browser's own memory, and links to this very page.
  function refresh() {
    Object.keys(lists).forEach(function (id) {
      var items = load(id);
      // Where only some items are known, nobody can say whose a former id is now.
      if (core.renamed(items, lists[id].ids) && lists[id].whole) save(id, items);
    });
    show(Object.keys(lists));
  }
  addEventListener("storage", function (event) {
    if (event.key === null) refresh();
    else if (event.key.slice(0, PREFIX.length) === PREFIX) {
      var list = event.key.slice(PREFIX.length);
      if (list in lists) { load(list); show([list]); }
    }
  });
  addEventListener("pageshow", function (event) { if (event.persisted) refresh(); });
  addEventListener("hashchange", carried);
  if (!store && d.querySelector(".cl")) warn("off");
  refresh();
  // A browser that has just followed a fragment takes the focus away again: after that.
  if (d.readyState === "complete") carried(); else addEventListener("load", function () { setTimeout(carried, 0); });
})(document, trustbookTicks);
