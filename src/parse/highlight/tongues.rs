//! The languages that differ only in their words, quotes and comments.

use super::pen::Class;
use super::tongue::{PLAIN, Quirk, Quote, Tongue};
use super::words::words;

const fn quote(open: &'static str, close: &'static str) -> Quote {
    Quote { prefixes: "", open, close, escape: b'\\', lines: false, hole: "" }
}

const DOUBLE: Quote = quote("\"", "\"");
const SINGLE: Quote = quote("'", "'");
/// A quote that is doubled to stand for itself: two strings side by side look the same.
const DOUBLED: Quote = Quote { escape: 0, lines: true, ..SINGLE };
const TRIPLE: Quote = Quote { lines: true, ..quote("\"\"\"", "\"\"\"") };
const TRIPLE_SINGLE: Quote = Quote { lines: true, ..quote("'''", "'''") };
const RAW_BACKTICK: Quote = Quote { escape: 0, lines: true, ..quote("`", "`") };
const DOLLAR_BRACE: &str = "${";

/// Most languages that descend from C.
const BRACED: Tongue = Tongue {
    capitals: true,
    line_comments: &["//"],
    block_comments: &[("/*", "*/")],
    quotes: &[DOUBLE, SINGLE],
    at: Some(Class::Attribute),
    ..PLAIN
};

const HASHED: Tongue = Tongue { line_comments: &["#"], quotes: &[DOUBLE, SINGLE], ..PLAIN };

pub(super) static RUST: Tongue = Tongue {
    words: words(
        "as async await box break const continue crate do dyn else enum extern fn for gen if impl in let loop macro_rules match mod move mut pub ref return safe self static struct super trait try type union unsafe use where while yield",
        "Self bool char f32 f64 i128 i16 i32 i64 i8 isize str u128 u16 u32 u64 u8 usize",
        "true false",
    ),
    before_functions: &["fn", "macro_rules"],
    before_types: &["enum", "struct", "trait", "type", "union"],
    before_values: b":",
    nested: true,
    quotes: &[
        Quote { lines: true, ..DOUBLE },
        Quote { prefixes: "b c", lines: true, ..DOUBLE },
        Quote { prefixes: "b", ..SINGLE },
        SINGLE,
    ],
    at: None,
    quirk: Quirk::Rust,
    ..BRACED
};

const SCRIPT_QUOTES: &[Quote] = &[DOUBLE, SINGLE, Quote { lines: true, hole: DOLLAR_BRACE, ..quote("`", "`") }];

pub(super) static JAVASCRIPT: Tongue = Tongue {
    words: words(
        "as async await break case catch class const continue debugger default delete do else export extends finally for from function get if import in instanceof let new of return set static super switch this throw try typeof var void while with yield",
        "",
        "true false null undefined NaN Infinity",
    ),
    name_bytes: b"$",
    before_functions: &["function"],
    before_types: &["class", "extends", "new"],
    before_values: b":",
    quotes: SCRIPT_QUOTES,
    quirk: Quirk::Elements,
    ..BRACED
};

const TYPED_SCRIPT: Tongue = Tongue {
    words: words(
        "abstract as asserts async await break case catch class const continue debugger declare default delete do else enum export extends finally for from function get if implements import in infer instanceof interface is keyof let namespace new of override private protected public readonly return satisfies set static super switch this throw try type typeof var void while with yield",
        "any bigint boolean never number object string symbol unknown",
        "true false null undefined NaN Infinity",
    ),
    name_bytes: b"$",
    before_functions: &["function"],
    before_types: &["class", "enum", "extends", "implements", "interface", "namespace", "new", "type"],
    before_values: b":",
    quotes: SCRIPT_QUOTES,
    quirk: Quirk::Script,
    ..BRACED
};

pub(super) static TYPESCRIPT: Tongue = TYPED_SCRIPT;
pub(super) static TSX: Tongue = Tongue { quirk: Quirk::Elements, ..TYPED_SCRIPT };

pub(super) static JSON: Tongue = Tongue {
    words: words("", "", "true false null NaN Infinity"),
    name_bytes: b"$",
    before_values: b":",
    line_comments: &["//"],
    block_comments: &[("/*", "*/")],
    quotes: &[DOUBLE, SINGLE],
    ..PLAIN
};

pub(super) static GO: Tongue = Tongue {
    words: words(
        "break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var",
        "any bool byte comparable complex128 complex64 error float32 float64 int int16 int32 int64 int8 rune string uint uint16 uint32 uint64 uint8 uintptr",
        "true false nil iota",
    ),
    before_functions: &["func"],
    before_types: &["type"],
    before_values: b":",
    capital_calls: true,
    quotes: &[DOUBLE, SINGLE, RAW_BACKTICK],
    at: None,
    ..BRACED
};

pub(super) static JAVA: Tongue = Tongue {
    words: words(
        "abstract assert break case catch class continue default do else enum exports extends final finally for if implements import instanceof interface module native new non-sealed package permits private protected public record requires return sealed static strictfp super switch synchronized this throw throws transient try var volatile while with yield",
        "boolean byte char double float int long short void",
        "true false null",
    ),
    before_types: &["class", "enum", "extends", "implements", "interface", "new", "record"],
    quotes: &[TRIPLE, DOUBLE, SINGLE],
    ..BRACED
};

pub(super) static C: Tongue = Tongue {
    words: words(
        "alignas alignof auto break case const constexpr continue default do else enum extern for goto if inline register restrict return sizeof static struct switch typedef typeof union volatile while",
        "bool char double float int int16_t int32_t int64_t int8_t intptr_t long ptrdiff_t short signed size_t ssize_t uint16_t uint32_t uint64_t uint8_t uintptr_t unsigned void wchar_t FILE",
        "true false NULL nullptr",
    ),
    before_types: &["enum", "struct", "union"],
    at: None,
    hash: Some(Class::Keyword),
    ..BRACED
};

pub(super) static CPP: Tongue = Tongue {
    words: words(
        "alignas alignof and asm auto break case catch class co_await co_return co_yield concept const const_cast consteval constexpr constinit continue decltype default delete do dynamic_cast else enum explicit export extern final for friend goto if import inline module mutable namespace new noexcept not operator or override private protected public register reinterpret_cast requires return sizeof static static_assert static_cast struct switch template this thread_local throw try typedef typeid typename union using virtual volatile while xor",
        "bool char char16_t char32_t char8_t double float int int16_t int32_t int64_t int8_t long ptrdiff_t short signed size_t string string_view uint16_t uint32_t uint64_t uint8_t unsigned vector void wchar_t",
        "true false nullptr NULL",
    ),
    before_types: &["class", "concept", "enum", "namespace", "struct", "typename", "union"],
    quotes: &[DOUBLE, SINGLE, Quote { prefixes: "L u U u8", ..DOUBLE }, Quote { prefixes: "L u U u8", ..SINGLE }],
    at: None,
    hash: Some(Class::Keyword),
    quirk: Quirk::Cpp,
    ..BRACED
};

pub(super) static CSHARP: Tongue = Tongue {
    words: words(
        "abstract add and as async await base break case catch checked class const continue default delegate do else enum event explicit extern file finally fixed for foreach from get global goto group if implicit in init interface internal into is join let lock namespace new not on operator or orderby out override params partial private protected public readonly record ref remove required return sealed select set sizeof stackalloc static struct switch this throw try typeof unchecked unsafe using value var virtual volatile when where while with yield",
        "bool byte char decimal double dynamic float int long nint nuint object sbyte short string uint ulong ushort void",
        "true false null",
    ),
    before_types: &["class", "enum", "interface", "new", "record", "struct"],
    capital_calls: true,
    quotes: &[
        Quote { lines: true, hole: "{", ..quote("$\"\"\"", "\"\"\"") },
        TRIPLE,
        Quote { hole: "{", ..quote("$\"", "\"") },
        Quote { escape: 0, lines: true, ..quote("@\"", "\"") },
        Quote { escape: 0, lines: true, hole: "{", ..quote("$@\"", "\"") },
        DOUBLE,
        SINGLE,
    ],
    at: None,
    hash: Some(Class::Keyword),
    ..BRACED
};

pub(super) static KOTLIN: Tongue = Tongue {
    words: words(
        "abstract actual annotation as break by catch class companion const constructor continue crossinline data do else enum expect external final finally for fun if import in infix init inline inner interface internal is lateinit noinline object open operator out override package private protected public reified return sealed super suspend tailrec this throw try typealias val value var vararg when where while",
        "",
        "true false null",
    ),
    before_functions: &["fun"],
    before_types: &["class", "interface", "object", "typealias"],
    nested: true,
    quotes: &[Quote { escape: 0, hole: DOLLAR_BRACE, ..TRIPLE }, Quote { hole: DOLLAR_BRACE, ..DOUBLE }, SINGLE],
    ..BRACED
};

pub(super) static SWIFT: Tongue = Tongue {
    words: words(
        "actor any as associatedtype async await break case catch class continue convenience default defer deinit didSet do else enum extension fallthrough fileprivate final for func get guard if import in indirect init inout internal is isolated lazy let macro mutating nonisolated nonmutating open operator optional override postfix precedencegroup prefix private protocol public repeat required rethrows return self set some static struct subscript super switch throw throws try typealias unowned var weak where while willSet",
        "Self",
        "true false nil",
    ),
    before_functions: &["func"],
    before_types: &["actor", "class", "enum", "extension", "protocol", "struct", "typealias"],
    nested: true,
    quotes: &[
        Quote { hole: "\\(", ..TRIPLE },
        Quote { escape: 0, ..quote("#\"", "\"#") },
        Quote { hole: "\\(", ..DOUBLE },
    ],
    hash: Some(Class::Keyword),
    ..BRACED
};

pub(super) static SCALA: Tongue = Tongue {
    words: words(
        "abstract case catch class def derives do else end enum export extends extension final finally for forSome given if implicit import inline lazy match new object opaque open override package private protected return sealed super then this throw trait transparent try type using val var while with yield",
        "",
        "true false null",
    ),
    before_functions: &["def"],
    before_types: &["class", "enum", "extends", "object", "trait", "type", "with"],
    nested: true,
    quotes: &[
        Quote { prefixes: "s f raw", hole: DOLLAR_BRACE, ..TRIPLE },
        Quote { prefixes: "s f raw", hole: DOLLAR_BRACE, ..DOUBLE },
        TRIPLE,
        DOUBLE,
        SINGLE,
    ],
    ..BRACED
};

pub(super) static DART: Tongue = Tongue {
    words: words(
        "abstract as assert async await base break case catch class const continue covariant default deferred do else enum export extends extension external factory final finally for get hide if implements import in interface is late library mixin new on operator part required rethrow return sealed set show static super switch sync this throw try typedef var void when while with yield",
        "bool double dynamic int num",
        "true false null",
    ),
    before_types: &["class", "enum", "extends", "extension", "implements", "mixin", "typedef", "with"],
    quotes: &[
        Quote { prefixes: "r", escape: 0, ..DOUBLE },
        Quote { prefixes: "r", escape: 0, ..SINGLE },
        Quote { hole: DOLLAR_BRACE, ..TRIPLE },
        Quote { hole: DOLLAR_BRACE, ..TRIPLE_SINGLE },
        Quote { hole: DOLLAR_BRACE, ..DOUBLE },
        Quote { hole: DOLLAR_BRACE, ..SINGLE },
    ],
    ..BRACED
};

pub(super) static GROOVY: Tongue = Tongue {
    words: words(
        "abstract as assert break case catch class const continue def default do else enum extends final finally for if implements import in instanceof interface native new package private protected public return static super switch synchronized this throw throws trait transient try var volatile while",
        "boolean byte char double float int long short void",
        "true false null",
    ),
    before_types: &["class", "enum", "extends", "implements", "interface", "new", "trait"],
    quotes: &[Quote { hole: DOLLAR_BRACE, ..TRIPLE }, TRIPLE_SINGLE, Quote { hole: DOLLAR_BRACE, ..DOUBLE }, SINGLE],
    ..BRACED
};

pub(super) static ZIG: Tongue = Tongue {
    words: words(
        "addrspace align allowzero and anyframe anytype asm async await break callconv catch comptime const continue defer else enum errdefer error export extern fn for if inline linksection noalias noinline nosuspend opaque or orelse packed pub resume return struct suspend switch test threadlocal try union unreachable usingnamespace var volatile while",
        "anyerror anyopaque bool comptime_float comptime_int f128 f16 f32 f64 i128 i16 i32 i64 i8 isize noreturn type u128 u16 u32 u64 u8 usize void",
        "true false null undefined",
    ),
    before_functions: &["fn"],
    block_comments: &[],
    at: Some(Class::Function),
    ..BRACED
};

pub(super) static PHP: Tongue = Tongue {
    words: words(
        "abstract and array as break callable case catch class clone const continue declare default die do echo else elseif empty enddeclare endfor endforeach endif endswitch endwhile enum exit extends final finally fn for foreach function global goto if implements include include_once instanceof insteadof interface isset list match namespace new or print private protected public readonly require require_once return static switch throw trait try unset use var while xor yield",
        "bool float int iterable mixed never object parent self string void",
        "true false null",
    ),
    any_case: true,
    before_functions: &["function"],
    before_types: &["class", "enum", "extends", "implements", "interface", "new", "trait"],
    line_comments: &["//", "#"],
    quotes: &[Quote { lines: true, ..DOUBLE }, Quote { lines: true, ..SINGLE }],
    at: None,
    dollar: Some(Class::Property),
    quirk: Quirk::Php,
    ..BRACED
};

pub(super) static PYTHON: Tongue = Tongue {
    words: words(
        "and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return self try while with yield",
        "bool bytes complex dict float frozenset int list object set str tuple",
        "True False None NotImplemented Ellipsis",
    ),
    before_functions: &["def"],
    before_types: &["class"],
    capitals: true,
    quotes: &[
        Quote { prefixes: "f fr rf t", hole: "{", ..TRIPLE },
        Quote { prefixes: "f fr rf t", hole: "{", ..TRIPLE_SINGLE },
        Quote { prefixes: "f fr rf t", hole: "{", ..DOUBLE },
        Quote { prefixes: "f fr rf t", hole: "{", ..SINGLE },
        Quote { prefixes: "r b u br rb", ..TRIPLE },
        Quote { prefixes: "r b u br rb", ..TRIPLE_SINGLE },
        Quote { prefixes: "r b u br rb", ..DOUBLE },
        Quote { prefixes: "r b u br rb", ..SINGLE },
        TRIPLE,
        TRIPLE_SINGLE,
        DOUBLE,
        SINGLE,
    ],
    at: Some(Class::Attribute),
    ..HASHED
};

pub(super) static RUBY: Tongue = Tongue {
    words: words(
        "BEGIN END alias and attr_accessor attr_reader attr_writer begin break case class def defined? do else elsif end ensure extend for if in include module next not or prepend private protected public raise redo require require_relative rescue retry return self super then undef unless until when while yield",
        "",
        "true false nil __FILE__ __LINE__ __method__",
    ),
    name_ends: b"?!",
    before_functions: &["def"],
    before_types: &["class", "module"],
    before_values: b":",
    capitals: true,
    block_comments: &[("=begin", "\n=end")],
    quotes: &[
        Quote { lines: true, hole: "#{", ..DOUBLE },
        Quote { lines: true, ..SINGLE },
        Quote { hole: "#{", ..quote("`", "`") },
    ],
    at: Some(Class::Property),
    dollar: Some(Class::Property),
    symbols: true,
    quirk: Quirk::Ruby,
    ..HASHED
};

pub(super) static ELIXIR: Tongue = Tongue {
    words: words(
        "after alias and case catch cond def defdelegate defexception defguard defimpl defmacro defmacrop defmodule defp defprotocol defstruct do else end fn for if import in not or quote raise receive require rescue reraise super throw try unless unquote use when with",
        "",
        "true false nil",
    ),
    name_ends: b"?!",
    before_functions: &["def", "defp", "defmacro", "defmacrop"],
    before_types: &["defmodule", "defprotocol", "defimpl"],
    capitals: true,
    quotes: &[Quote { hole: "#{", ..TRIPLE }, Quote { lines: true, hole: "#{", ..DOUBLE }, SINGLE],
    at: Some(Class::Attribute),
    symbols: true,
    ..HASHED
};

pub(super) static PERL: Tongue = Tongue {
    words: words(
        "and cmp continue die do else elsif eq for foreach ge given gt if last le local lt my ne next no not or our package print redo require return say sub unless until use wantarray when while x xor",
        "",
        "undef __PACKAGE__ __FILE__ __LINE__",
    ),
    before_functions: &["sub"],
    before_types: &["package"],
    quotes: &[Quote { lines: true, ..DOUBLE }, Quote { lines: true, ..SINGLE }],
    at: Some(Class::Property),
    dollar: Some(Class::Property),
    quirk: Quirk::Heredocs,
    ..HASHED
};

pub(super) static LUA: Tongue = Tongue {
    words: words(
        "and break do else elseif end for function goto if in local not or repeat return self then until while",
        "",
        "true false nil",
    ),
    before_functions: &["function"],
    line_comments: &["--"],
    block_comments: &[("--[[", "]]"), ("--[=[", "]=]")],
    quotes: &[DOUBLE, SINGLE],
    quirk: Quirk::Lua,
    ..PLAIN
};

pub(super) static R: Tongue = Tongue {
    words: words(
        "break else for function if in library next repeat require return while",
        "",
        "TRUE FALSE NULL NA NA_integer_ NA_real_ NA_character_ NaN Inf",
    ),
    name_bytes: b".",
    quotes: &[Quote { lines: true, ..DOUBLE }, Quote { lines: true, ..SINGLE }],
    ..HASHED
};

pub(super) static JULIA: Tongue = Tongue {
    words: words(
        "abstract baremodule begin break catch const continue do else elseif end export finally for function global if import in isa let local macro module mutable primitive quote return struct try type using where while",
        "",
        "true false nothing missing",
    ),
    name_ends: b"!",
    before_functions: &["function", "macro"],
    before_types: &["struct", "module", "type"],
    capitals: true,
    block_comments: &[("#=", "=#")],
    nested: true,
    quotes: &[TRIPLE, DOUBLE, SINGLE],
    at: Some(Class::Function),
    ..HASHED
};

pub(super) static HASKELL: Tongue = Tongue {
    words: words(
        "as case class data default deriving do else family forall foreign hiding if import in infix infixl infixr instance let module newtype of pattern qualified then type where",
        "",
        "True False Nothing",
    ),
    name_bytes: b"'",
    capitals: true,
    line_comments: &["--"],
    block_comments: &[("{-", "-}")],
    nested: true,
    quotes: &[DOUBLE],
    ..PLAIN
};

pub(super) static LISP: Tongue = Tongue {
    words: words(
        "and case catch cond declare def defclass defmacro defmethod defmulti defn defn- defparameter defprotocol defrecord defstruct defun defvar define do doseq dotimes fn for if if-let in-ns lambda let let* letfn letrec loop ns or progn quote recur require setf setq throw try use when when-let when-not",
        "",
        "true false nil t",
    ),
    name_bytes: b"-+*/<>=!?.&%",
    before_functions: &["defn", "defn-", "defun", "defmacro", "defmethod", "define"],
    line_comments: &[";"],
    block_comments: &[("#|", "|#")],
    quotes: &[Quote { lines: true, ..DOUBLE }],
    symbols: true,
    quirk: Quirk::Lisp,
    ..PLAIN
};

pub(super) static POWERSHELL: Tongue = Tongue {
    words: words(
        "begin break catch class continue data default do dynamicparam else elseif end enum exit filter finally for foreach from function if in param process return switch throw trap try until using while -and -as -contains -eq -f -ge -gt -in -is -isnot -join -le -like -lt -match -ne -not -notcontains -notin -notlike -notmatch -or -replace -split",
        "",
        "",
    ),
    any_case: true,
    name_bytes: b"-",
    before_functions: &["function", "filter"],
    before_types: &["class", "enum"],
    block_comments: &[("<#", "#>")],
    quotes: &[
        Quote { escape: b'`', lines: true, ..quote("@\"", "\"@") },
        Quote { escape: 0, lines: true, ..quote("@'", "'@") },
        Quote { escape: b'`', lines: true, ..DOUBLE },
        DOUBLED,
    ],
    dollar: Some(Class::Property),
    quirk: Quirk::PowerShell,
    ..HASHED
};

pub(super) static SQL: Tongue = Tongue {
    words: words(
        "add all alter analyze and any as asc authorization begin between by cascade case cast check collate column comment commit conflict constraint copy create cross current cursor database declare default deferrable delete desc distinct do domain drop each else elsif end enum escape except exception exclude execute exists explain extension fetch filter first following for foreign from full function generated grant group having identity if ilike immutable in index inner insert intersect into is isnull join key language last lateral left like limit loop materialized merge natural next no not notnull nulls of off offset on only or order outer over partition perform preceding primary procedure raise range recursive references refresh rename replace restrict return returning returns revoke right role rollback row rows savepoint schema select sequence set setof show start stored table tablespace temp temporary then to transaction trigger truncate type unbounded union unique update using vacuum values view volatile when where while window with within without work",
        "array bigint bigserial binary bit blob bool boolean bytea char character cidr clob date datetime decimal double float inet int int2 int4 int8 integer interval json jsonb nchar numeric nvarchar precision real serial smallint smallserial text time timestamp timestamptz tinyint uuid varbinary varchar varying xml zone",
        "true false null current_date current_time current_timestamp current_user localtime localtimestamp",
    ),
    any_case: true,
    line_comments: &["--"],
    block_comments: &[("/*", "*/")],
    quotes: &[DOUBLED, Quote { escape: 0, ..DOUBLE }, Quote { escape: 0, ..quote("`", "`") }],
    at: Some(Class::Property),
    dollar: Some(Class::Property),
    ..PLAIN
};

pub(super) static GRAPHQL: Tongue = Tongue {
    words: words(
        "directive enum extend fragment implements input interface mutation on query repeatable scalar schema subscription type union",
        "Boolean Float ID Int String",
        "true false null",
    ),
    before_types: &["enum", "fragment", "implements", "input", "interface", "on", "scalar", "type", "union"],
    before_values: b":",
    capitals: true,
    quotes: &[TRIPLE, DOUBLE],
    at: Some(Class::Attribute),
    dollar: Some(Class::Property),
    ..HASHED
};

pub(super) static PROTO: Tongue = Tongue {
    words: words(
        "edition enum extend extensions import map max message oneof option optional package public repeated required reserved returns rpc service stream syntax to weak",
        "bool bytes double fixed32 fixed64 float int32 int64 sfixed32 sfixed64 sint32 sint64 string uint32 uint64",
        "true false",
    ),
    before_functions: &["rpc"],
    before_types: &["enum", "extend", "message", "service"],
    at: None,
    ..BRACED
};

pub(super) static HCL: Tongue = Tongue {
    words: words(
        "check data dynamic else endfor endif for if import in locals module moved output provider removed resource terraform variable",
        "any bool list map number object set string tuple",
        "true false null",
    ),
    name_bytes: b"-",
    before_values: b"=:",
    line_comments: &["#", "//"],
    block_comments: &[("/*", "*/")],
    quotes: &[Quote { hole: DOLLAR_BRACE, ..DOUBLE }],
    quirk: Quirk::Heredocs,
    ..PLAIN
};

pub(super) static NIX: Tongue = Tongue {
    words: words("assert else if in inherit let or rec then with", "", "true false null"),
    name_bytes: b"-'",
    before_values: b"=",
    line_comments: &["#"],
    block_comments: &[("/*", "*/")],
    quotes: &[
        Quote { escape: 0, lines: true, hole: DOLLAR_BRACE, ..quote("''", "''") },
        Quote { lines: true, hole: DOLLAR_BRACE, ..DOUBLE },
    ],
    ..PLAIN
};

pub(super) static NGINX: Tongue = Tongue {
    words: words("", "", "on off"),
    name_bytes: b"-",
    dollar: Some(Class::Property),
    quirk: Quirk::Commands,
    ..HASHED
};

/// What stands in the braces of Jinja, Tera, Twig, Liquid, Nunjucks and Handlebars.
pub(super) static TEMPLATE: Tongue = Tongue {
    words: words(
        "and as assign autoescape block break by capture case component continue else elif elseif elsif embed endautoescape endblock endcall endcapture endcase endcomponent endembed endfilter endfor endif endmacro endraw endset endunless endwith extends filter for from if ignoring import in include is layout macro missing not or raw render self set super unless when with without",
        "",
        "true false none null nil True False None",
    ),
    name_bytes: b"-",
    quotes: &[DOUBLE, SINGLE, RAW_BACKTICK],
    at: Some(Class::Property),
    ..PLAIN
};
