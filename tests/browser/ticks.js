// What checklists do with ticks, without a page: run in a browser by checklists.rs, which wants an empty list back.
var core = trustbookTicks, wrong = [];
function same(what, is, should) {
  var one = JSON.stringify(is), other = JSON.stringify(should);
  if (one !== other) wrong.push(what + ": " + one + ", not " + other);
}

// Reading: garbage is nothing, a later version is left alone, one bad tick spoils no other.
["", "null", "[]", "7", "{", "{\"v\":1}", "{\"v\":1,\"t\":7}", "{\"t\":{\"a\":\"d1\"}}"].forEach(function (text) {
  same("read " + text, core.read(text), {});
});
same("read nothing", core.read(null), {});
same("read a later version", core.read("{\"v\":2,\"t\":{}}"), null);
same("read the good", core.read("{\"v\":1,\"t\":{\"a\":\"d1\",\"b\":\"x1\",\"c\":7,\"d\":\"n12\",\"e\":\"d1e9\",\"__proto__\":\"t3\"}}"), JSON.parse("{\"a\":\"d1\",\"d\":\"n12\",\"__proto__\":\"t3\"}"));
same("nothing inherited", core.stateOf(core.read("{}"), "constructor"), "t");
same("written", core.read(core.written({ a: "d1" })), { a: "d1" });

// Renaming: the new id takes the ticks over, unless another item has the old one.
var items = { old: "d5", kept: "n6" };
same("renamed", core.renamed(items, [["new", "old"], ["kept"]]), true);
same("after it", items, { kept: "n6", new: "d5" });
same("renamed twice", core.renamed(items, [["new", "old"], ["kept"]]), false);
items = { a: "d5" };
same("a former id in use", core.renamed(items, [["b", "a"], ["a"]]), false);
items = { a: "d5", b: "n9" };
core.renamed(items, [["b", "a"]]);
same("the later of both", items, { b: "n9" });

// Merging: the later tick counts, also where it takes one away.
same("merged", core.merged({ a: "d5", b: "d5", c: "t9" }, { a: "t7", b: "n3", c: "d8", d: "d1", e: "t1" }), {
  items: { a: "t7", b: "d5", c: "t9", d: "d1", e: "t1" }, taken: 2
});
var one = { a: "d5", b: "n2" }, two = { a: "n6", c: "d1" };
var there = core.merged(one, two).items, back = core.merged(two, one).items;
same("merged either way", Object.keys(there).sort().map(function (id) { return there[id]; }), Object.keys(back).sort().map(function (id) { return back[id]; }));
same("merged again", core.merged(there, two).taken, 0);

same("counted", core.counted({ a: "d1", b: "n1", gone: "d1" }, [["a"], ["b"], ["c"]]), { done: 1, na: 1, all: 2 });

// Links: what was packed comes out, under the ids of now; not too long; only of this playbook.
var known = [["list", "a"], ["list", "b", "was"], ["other/list", "å"]];
var fragment = core.packed("book", { list: { a: "d1", was: "n2", c: "t3" }, "other/list": { å: "d4" } });
same("unpacked", core.unpacked(fragment, "book", known, 9), { lists: { list: { a: "d9", b: "n9" }, "other/list": { å: "d9" } }, count: 3, unknown: 0 });
same("an unknown one", core.unpacked(fragment, "book", known.slice(0, 1), 9).unknown, 2);
same("of another playbook", core.unpacked(fragment, "other", known, 9).error, "foreign");
same("of a later version", core.unpacked(fragment.replace("=1.", "=2."), "book", known, 9).error, "newer");
["ticks=", "ticks=1", fragment.slice(0, -1), fragment + "!", "ticks=1.aaaaa." + "aaaaa".repeat(2000) + "."].forEach(function (text) {
  same("unpack " + text.slice(0, 40), core.unpacked(text, "book", known, 9).error, "unreadable");
});
var many = {};
for (var at = 0; at < 1000; at++) many["item-" + at] = "d1";
same("too many for a link", core.packed("book", { list: many }), null);
same("the fragment is plain", /^[\w.=-]+$/.test(fragment), true);

// Files: what was exported comes back, as JSON and as Markdown; what is no export is refused by its name.
var lists = { list: { a: "d1700000000", b: "n1700000001", c: "t1700000002" }, "other/list": { å: "d1700000003" } };
var file = core.exported("book", lists, ["list gone"], 1700000009);
same("JSON back", core.imported(file, "book", 1800000000).lists, lists);
same("JSON says what is gone", JSON.parse(file).gone, ["list gone"]);
same("nothing from the future", core.imported(file, "book", 1600000000).lists.list.a, "d1600000000");
same("of another", core.imported(file, "other", 1800000000), { error: "foreign", from: "book" });
same("later", core.imported(file.replace("\"version\": 1", "\"version\": 2"), "book", 1800000000).error, "newer");
["", "null", "7", "[]", "{}", "{\"trustbook\":\"ticks\"}", "PK\u0003\u0004", "# Words\n- [x] a {#a}"].forEach(function (text) {
  same("import " + text, core.imported(text, "book", 1).error, "unreadable");
});
same("large", core.imported(" ".repeat(1000001), "book", 1).error, "large");
same("odd entries are left out", core.imported(JSON.stringify({
  trustbook: "ticks", version: 1, playbook: "book",
  lists: { a: null, b: 7, c: { x: null, y: { state: "toString" }, z: { state: "done", at: "never" } }, d: { y: { state: "done", at: 7e99 } } }
}), "book", 50).lists, { c: { z: "d50" }, d: { y: "d50" } });
var markdown = core.markdown("book", "The\n book", [
  { id: "list", title: "A list", note: "Sales", items: [
    { id: "a", text: "One  {#x} of\n them", note: "", depth: 0, state: "d" }, { id: "b", text: "Two", note: "Me", depth: 1, state: "n" }, { id: "c", text: "Three", note: "", depth: 0, state: "t" }
  ] }
], { title: "Gone", lines: [{ list: "list", id: "lost", state: "d" }] }, 1700000009);
same("Markdown", markdown.split("\n").slice(2), ["# The book", "", "## A list (Sales) {#list}", "", "- [x] One {#x} of them {#a}", "  - [-] Two (Me) {#b}", "- [ ] Three {#c}", "", "## Gone", "", "- [x] list / lost", ""]);
same("Markdown back", core.imported(markdown, "book", 1800000000).lists, { list: { a: "d1700000009", b: "n1700000009" } });
same("Markdown of another", core.imported(markdown, "other", 1800000000).error, "foreign");
return wrong;
