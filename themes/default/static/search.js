// Search: loaded when it is first used. Reads the files of assets/search/, a few kilobytes at a time; docs/search.md says how they
// are written. Each of them calls trustbookSearch(language, name, value), so that they load from disk as well.
(function (d) {
  "use strict";
  var button = d.querySelector("[data-contents]");
  if (!button || window.trustbookSearch) return;
  var whole = new URL(button.dataset.contents, location.href).href, base = whole.replace(/\.js$/, "/");
  var tag = /([^/]+)\/$/.exec(base)[1], site = whole.slice(0, whole.length - ("assets/search/" + tag + ".js").length);
  var disk = location.protocol === "file:", contents = null;
  var SHOWN = 20, OF_PAGE = 4;

  // ---- files --------------------------------------------------------------------------------------------------------
  var loading = {}, arrived = {};
  window.trustbookSearch = function (language, name, value) { if (language === tag && arrived[name]) arrived[name](value); };
  function load(name, read) {
    return loading[name] || (loading[name] = new Promise(function (done, failed) {
      var script = d.createElement("script");
      arrived[name] = function (value) { done(read ? read(value) : value); };
      script.onerror = function () { delete loading[name]; failed(new Error(name)); };
      script.onload = function () { script.remove(); };
      // The table of contents is asked for once a minute, everything else once a version.
      script.src = (name ? base + name + ".js" : whole) + (disk ? "" : "?" + (name ? contents.v : Math.floor(Date.now() / 6e4)));
      d.head.append(script);
    }));
  }
  function all(list) { return Promise.all(list); }
  // The shard that a key stands in, by the keys that shards begin with.
  function shard(from, key) {
    var at = 0;
    while (at + 1 < from.length && from[at + 1] <= key) at += 1;
    return at;
  }
  var DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", VALUE = {};
  DIGITS.split("").forEach(function (digit, value) { VALUE[digit] = value; });
  function key(written, before) { return before.slice(0, VALUE[written[0]]) + written.slice(1); }
  // Entries "KEY,REST": each key after the one before it.
  function entries(text, visit) {
    var before = "";
    text.trim().split(" ").forEach(function (entry) {
      var comma = entry.indexOf(",");
      if (comma < 1) return;
      before = key(entry.slice(0, comma), before);
      visit(before, entry.slice(comma + 1));
    });
  }
  var stems = new Map();
  function words(number) {
    return load("w" + number, function (text) {
      var found = [];
      entries(text, function (word, rest) {
        var stem = rest.length > 1 ? key(rest.slice(1), word) : word;
        found.push({ word: word, stem: stem, often: VALUE[rest[0]] });
        if (!stems.has(word)) stems.set(word, []);
        stems.get(word).push(stem);
      });
      return found;
    });
  }
  function Digits(text) { this.text = text; this.at = 0; }
  Digits.prototype.more = function () { return this.at < this.text.length; };
  Digits.prototype.number = function () {
    var value = 0, shift = 1, digit;
    do {
      digit = VALUE[this.text[this.at++]] || 0;
      value += (digit & 31) * shift;
      shift *= 32;
    } while (digit & 32);
    return value;
  };
  Digits.prototype.places = function (count, visit) {
    for (var file = 0; count > 0 && this.more(); count -= 1) {
      file += this.number();
      visit(file * 1024 + this.number());
    }
  };
  // The list of a stem: in how many sections it stands, and its weight in the best of them.
  function list(stem) {
    return load("p" + shard(contents.p, stem), function (text) {
      var lists = new Map();
      entries(text, function (stem, rest) { lists.set(stem, rest); });
      return lists;
    }).then(function (lists) {
      var written = lists.get(stem), weights = new Map();
      if (typeof written !== "string") return written || { count: 0, weights: weights };
      var digits = new Digits(written), count = digits.number();
      while (digits.more()) {
        var weight = digits.number();
        digits.places(digits.number(), function (place) { weights.set(place, weight); });
      }
      written = { count: count, weights: weights };
      lists.set(stem, written);
      return written;
    });
  }
  function stage(number) {
    return load("s" + number, function (text) {
      var places = new Set();
      new Digits(text).places(Infinity, function (place) { places.add(place); });
      return places;
    });
  }
  // A file of records as its sections, in order.
  function records(file) {
    return load("r" + file, function (found) {
      var sections = [];
      found.forEach(function (record) {
        record[4].forEach(function (section, index) { sections.push({ record: record, section: section, first: index === 0 && !section[1] }); });
      });
      return sections;
    });
  }

  // ---- words, cut as src/search/words.rs cuts them --------------------------------------------------------------------
  var SPACELESS = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9d\\u{20000}-\\u{3ffff}";
  var WORD = new RegExp("([" + SPACELESS + "]+)|(?:(?![" + SPACELESS + "])[\\p{Alphabetic}\\p{N}\\p{M}])+", "gu");
  function small(text) { return text.normalize("NFC").toLowerCase(); }
  // Runs of a text: what stands where, and whether its script sets spaces.
  function runs(text) {
    var found = [], match, end = -2;
    WORD.lastIndex = 0;
    while ((match = WORD.exec(text))) {
      var ending = match[0].length === 1 && match.index === end + 1 && /['’]/.test(text[end]);
      end = match.index + match[0].length;
      if (!ending) found.push({ at: match.index, text: match[0], spaceless: !!match[1] });
    }
    return found;
  }
  // What was typed as words to look for. The last may be only begun.
  function asked(text) {
    var terms = [], whole = small(text);
    runs(whole).forEach(function (run) {
      var characters = Array.from(run.text);
      if (!run.spaceless) terms.push({ word: characters.slice(0, 40).join(""), run: run });
      else if (characters.length === 1) terms.push({ word: run.text, run: run, begun: true });
      else for (var at = 0; at + 1 < characters.length; at += 1) terms.push({ word: characters[at] + characters[at + 1], run: run });
    });
    var last = terms[terms.length - 1];
    if (last && last.run.at + last.run.text.length === whole.length) last.begun = true;
    return terms.slice(0, 12);
  }

  // How many letters are wrong, missing, too many or changed places; more than `most` is `most + 1`.
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    var before = null, row = [], next, i, j;
    for (j = 0; j <= b.length; j += 1) row[j] = j;
    for (i = 1; i <= a.length; i += 1) {
      next = [i];
      var least = i;
      for (j = 1; j <= b.length; j += 1) {
        var value = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (before && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) value = Math.min(value, before[j - 2] + 1);
        next[j] = value;
        least = Math.min(least, value);
      }
      if (least > most) return most + 1;
      before = row;
      row = next;
    }
    return row[b.length];
  }
  function merged(lists) { return [].concat.apply([], lists); }
  // The stems that a term may mean, and how well each fits: the word itself, words that begin so, words nearly so.
  function meant(term) {
    var word = term.word, first = shard(contents.w, word), shards = [first];
    if (first + 1 < contents.w.length && contents.w[first + 1].indexOf(word) === 0) shards.push(first + 1);
    return all(shards.map(words)).then(function (found) {
      var known = merged(found), fits = new Map();
      function add(entry, fit) { if (!(fits.get(entry.stem) >= fit)) fits.set(entry.stem, fit); }
      function best(list, most, fit) {
        list.sort(function (a, b) { return fit(b) - fit(a) || b.often - a.often; }).slice(0, most).forEach(function (entry) { add(entry, fit(entry)); });
      }
      var exact = known.filter(function (entry) { return entry.word === word; });
      exact.forEach(function (entry) { add(entry, 1); });
      var longer = known.filter(function (entry) { return entry.word !== word && entry.word.indexOf(word) === 0; });
      if (term.begun || !exact.length) best(longer, exact.length ? 4 : 8, function (entry) { return 0.8 * Math.sqrt(word.length / entry.word.length); });
      if (fits.size || word.length < 4) return fits;
      var most = word.length >= 8 ? 2 : 1;
      function near(list) {
        best(list.filter(function (entry) {
          entry.off = distance(word, entry.word, most);
          return entry.off <= most;
        }), 4, function (entry) { return entry.off === 1 ? 0.5 : 0.3; });
      }
      near(known);
      if (fits.size) return fits;
      // Two letters at its beginning may have changed places, or the first be one too many: such words stand elsewhere.
      var others = [word[1] + word[0] + word.slice(2), word.slice(1)].map(function (other) { return shard(contents.w, other); });
      return all(others.filter(function (number) { return shards.indexOf(number) < 0; }).map(words)).then(function (found) {
        near(merged(found));
        // A form that the playbook does not use: what begins alike.
        for (var length = word.length - 1; !fits.size && length >= Math.max(4, word.length - 4); length -= 1) {
          var beginning = word.slice(0, length);
          best(known.filter(function (entry) { return entry.word.indexOf(beginning) === 0 && entry.word.length <= length + 3; }), 4, function (entry) { return 0.4 * length / Math.max(length, entry.word.length); });
        }
        return fits;
      });
    });
  }

  // ---- ranking ------------------------------------------------------------------------------------------------------
  // Places by their scores for one term: how rare it is, how much it weighs there, how well the word fits.
  function scored(term) {
    return meant(term).then(function (fits) {
      term.stems = fits;
      var names = Array.from(fits.keys());
      return all(names.map(list)).then(function (lists) {
        var scores = new Map(), floor = 0;
        lists.forEach(function (one, at) {
          var worth = fits.get(names[at]) * Math.log(1 + contents.n / Math.max(1, one.count));
          one.weights.forEach(function (weight, place) { scores.set(place, Math.max(scores.get(place) || 0, worth * weight)); });
          // Only the best sections of a common word are listed: any other may have it as well.
          if (one.count > one.weights.size) floor = Math.max(floor, worth / 2);
        });
        return { scores: scores, floor: floor };
      });
    });
  }
  function kindOf(place) {
    var file = Math.floor(place / 1024), at = 0;
    while (at + 1 < contents.k.length && contents.k[at + 1][1] <= file) at += 1;
    return at;
  }
  // The best places for what was typed, best first.
  function ranked(terms, kind, places) {
    return all(terms.map(scored)).then(function (each) {
      var totals = new Map();
      each.forEach(function (one) {
        one.scores.forEach(function (score, place) {
          if ((kind === "" || kindOf(place) === +kind) && (!places || places.has(place))) totals.set(place, 0);
        });
      });
      var complete = false, hits = [];
      totals.forEach(function (nothing, place) {
        var sum = 0, matched = 0;
        each.forEach(function (one) {
          var score = one.scores.get(place) || one.floor;
          if (score) { sum += score; matched += 1; }
        });
        var share = matched / each.length;
        complete = complete || share === 1;
        hits.push({ place: place, score: sum * share * share, share: share });
      });
      if (complete) hits = hits.filter(function (hit) { return hit.share === 1; });
      return hits.sort(function (a, b) { return b.score - a.score || a.place - b.place; });
    });
  }
  // Hits with their sections; what is called exactly so comes first.
  function known(hits, phrase) {
    return all(hits.map(function (hit) { return records(Math.floor(hit.place / 1024)); })).then(function (files) {
      return hits.map(function (hit, at) {
        var found = files[at][hit.place % 1024], score = hit.score;
        if (!found) return null;
        var title = small(found.record[1]), heading = small(found.section[1]);
        var name = heading || title;
        if (name === phrase) score *= 3;
        else if (name.indexOf(phrase) >= 0) score *= 1.5;
        else if (small(found.section[2]).indexOf(phrase) >= 0) score *= 1.2;
        return { score: score, found: found, place: hit.place };
      }).filter(Boolean).sort(function (a, b) { return b.score - a.score || a.place - b.place; });
    });
  }

  // ---- what is shown ------------------------------------------------------------------------------------------------
  function make(name, of) {
    var element = d.createElement(name);
    Object.keys(of || {}).forEach(function (attribute) { element.setAttribute(attribute, of[attribute]); });
    element.append.apply(element, Array.prototype.slice.call(arguments, 2).filter(Boolean));
    return element;
  }
  var label = button.querySelector("[data-label]").textContent;
  var input = make("input", { type: "text", name: "q", "aria-label": label, autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go" });
  var close = make("button", { type: "button", class: "btn", "aria-label": "Esc" }, make("span", { "aria-hidden": "true" }, "×"));
  var filters = make("p", { class: "find-f", hidden: "" }), status = make("p", { role: "status", class: "sm" });
  var results = make("div", { class: "find-r" }), help = make("p", { class: "sm find-h" });
  var form = make("form", { role: "search" }, make("div", { class: "find-q" }, input, close), filters);
  var dialog = make("dialog", { class: "find-d", "aria-label": label }, form, status, results, help);
  var kind = make("select"), place = make("select");
  d.body.append(dialog);

  function ready() {
    return load("").then(function (value) {
      if (contents) return;
      contents = value;
      var t = contents.t;
      help.textContent = t.help;
      close.setAttribute("aria-label", t.close);
      function choice(select, word, names) {
        if (names.length < 2) return;
        select.append(make("option", { value: "" }, t.all));
        names.forEach(function (name, at) { select.append(make("option", { value: at }, name)); });
        select.addEventListener("change", function () { run(0); });
        filters.append(make("label", {}, word + " ", select));
        filters.hidden = false;
      }
      choice(kind, t.kind, contents.k.map(function (one) { return one[0]; }));
      choice(place, t.stage, contents.s);
    });
  }

  // A text with what was looked for marked; `most` characters around the first mark.
  function marked(text, terms, most) {
    var marks = [];
    runs(text).forEach(function (run) {
      var word = small(run.text);
      if (run.spaceless) {
        terms.forEach(function (term) {
          for (var at = term.run.spaceless ? word.indexOf(term.run.text) : -1; at >= 0; at = word.indexOf(term.run.text, at + 1)) marks.push([run.at + at, run.at + at + term.run.text.length]);
        });
      } else if (terms.some(function (term) {
        return term.word === word || term.begun && word.indexOf(term.word) === 0 || (stems.get(word) || []).some(function (stem) { return term.stems && term.stems.has(stem); });
      })) marks.push([run.at, run.at + run.text.length]);
    });
    marks.sort(function (a, b) { return a[0] - b[0]; });
    var from = 0, to = text.length, parts = [];
    if (most && text.length > most) {
      from = marks.length ? Math.max(0, marks[0][0] - 60) : 0;
      if (from) from = text.indexOf(" ", from) + 1 && text.indexOf(" ", from) < marks[0][0] ? text.indexOf(" ", from) + 1 : from;
      to = Math.min(text.length, from + most);
      if (to < text.length && text.lastIndexOf(" ", to) > from + most / 2) to = text.lastIndexOf(" ", to);
    }
    var at = from;
    if (from) parts.push("… ");
    marks.forEach(function (mark) {
      if (mark[0] < at || mark[1] > to) return;
      parts.push(text.slice(at, mark[0]), make("mark", {}, text.slice(mark[0], mark[1])));
      at = mark[1];
    });
    parts.push(text.slice(at, to), to < text.length ? " …" : "");
    return parts;
  }
  function address(record, section) {
    return site + encodeURI(record[0]) + (disk && /(^|\/)$/.test(record[0]) ? "index.html" : "") + (section && section[0] ? "#" + encodeURIComponent(section[0]) : "");
  }
  function show(hits, terms, total) {
    var pages = [], groups = new Map(), count = 0;
    hits.forEach(function (hit) {
      var record = hit.found.record, id = kindOf(hit.place) + record[0] + (record[4].length === 1 ? record[1] : ""), page = groups.get(id);
      if (!page) {
        page = { record: record, kind: kindOf(hit.place), hits: [], best: hit.score };
        groups.set(id, page);
        pages.push(page);
      }
      if (page.hits.length < OF_PAGE && hit.score >= page.best * 0.35) { page.hits.push(hit.found); count += 1; }
    });
    var chosen = dialog.contains(d.activeElement) && d.activeElement.href;
    results.textContent = "";
    pages.forEach(function (page) {
      var record = page.record, language = contents.l[record[3]], whole = page.hits.filter(function (hit) { return hit.first; })[0];
      var near = contents.k[page.kind][0] + (record[2] ? " · " + record[2] : "");
      var title = make("a", { href: address(record, whole && whole.section) });
      title.append.apply(title, marked(record[1], terms));
      var list = make("ul"), block = make("section", language ? { lang: record[3], dir: language[1] } : {}, make("h3", {}, title));
      block.append(make("p", { class: "sm" }, make("span", { lang: d.documentElement.lang, dir: d.documentElement.dir || "ltr" }, near), language && " · ", language && language[0]));
      page.hits.forEach(function (hit) {
        var text = make("span", { class: "find-x" });
        text.append.apply(text, marked(hit.section[2], terms, 180));
        if (hit.first) { if (hit.section[2]) block.append(text); return; }
        var name = make("b");
        name.append.apply(name, marked(hit.section[1], terms));
        list.append(make("li", {}, make("a", { href: address(record, hit.section) }, name, text)));
      });
      if (list.firstChild) block.append(list);
      results.append(block);
    });
    if (chosen) links().forEach(function (link) { if (link.href === chosen) link.focus(); });
    status.textContent = pages.length ? contents.t.results + ": " + count + (total > hits.length ? "+" : "") : "";
    if (total > hits.length && hits.length >= SHOWN) status.textContent += ". " + contents.t.more;
  }
  function links() { return Array.prototype.slice.call(results.querySelectorAll("a")); }

  var latest = 0, timer = 0;
  function run(wait) {
    var number = (latest += 1);
    clearTimeout(timer);
    timer = setTimeout(function () { search(number); }, wait);
  }
  function search(number) {
    var text = input.value, phrase = small(text).trim();
    address_bar(text);
    function late() { return number !== latest; }
    if (!phrase) { results.textContent = status.textContent = ""; return; }
    ready().then(function () {
      if (late()) return;
      var terms = asked(text);
      return all([place.value === "" ? null : stage(place.value)]).then(function (chosen) {
        return ranked(terms, kind.value, chosen[0]);
      }).then(function (hits) {
        if (late()) return;
        if (!hits.length) {
          show([], terms, 0);
          status.textContent = contents.t.none;
          return;
        }
        // The best hit first: nobody waits for the others to see it.
        var some = hits.slice(0, SHOWN);
        return known(some.slice(0, 1), phrase).then(function (first) {
          if (late()) return;
          if (!results.firstChild) show(first, terms, hits.length);
          return known(some, phrase).then(function (found) { if (!late()) show(found, terms, hits.length); });
        });
      });
    }).catch(function () { if (!late()) status.textContent = button.dataset.failed; });
  }
  // The address says what is looked for, so that it can be sent to somebody. From disk it cannot be changed.
  function address_bar(text) {
    try {
      var url = new URL(location.href);
      if (text) url.searchParams.set("q", text); else url.searchParams.delete("q");
      if (url.href !== location.href) history.replaceState(history.state, "", url.href);
    } catch (fromDisk) { /* then it stays */ }
  }

  input.addEventListener("input", function () { run(80); });
  close.addEventListener("click", function () { dialog.close(); });
  dialog.addEventListener("close", function () { address_bar(""); });
  dialog.addEventListener("click", function (event) {
    if (event.target === dialog) dialog.close();
    // A place on this very page: the dialog must not stay before it.
    var link = event.target.closest("a");
    if (link && link.pathname === location.pathname && !event.ctrlKey && !event.metaKey && !event.shiftKey) setTimeout(function () { dialog.close(); });
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var first = links()[0];
    if (first) first.click();
  });
  dialog.addEventListener("keydown", function (event) {
    var way = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0, on = event.target;
    if (on.tagName === "SELECT") return;
    if (way) {
      var stops = [input].concat(links()), next = stops[stops.indexOf(on) + way];
      if (stops.indexOf(on) < 0) next = input;
      if (next) next.focus();
      event.preventDefault();
    } else if (on.tagName === "A" && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
      input.focus();
    }
  });
  window.trustbookSearch.open = function (text) {
    if (!dialog.open) dialog.showModal();
    if (typeof text === "string") input.value = text;
    input.focus();
    input.select();
    ready().then(function () { if (input.value) run(0); }, function () { status.textContent = button.dataset.failed; });
  };
  window.trustbookSearch.open(new URLSearchParams(location.search).get("q") || "");
})(document);
