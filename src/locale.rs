//! A language tag to a [`Locale`]: dates, numbers, lists and order as its readers expect them.
//!
//! The data is CLDR's, compiled in by ICU4X: nothing is read from disk, nothing depends on the
//! machine. This is the only module that knows ICU4X. Every formatter is built once in
//! [`Locale::new`] and shared between threads after.

use std::cmp::Ordering;

use fixed_decimal::{Decimal, FloatPrecision, SignDisplay, SignedRoundingMode, UnsignedRoundingMode};
use icu_calendar::{Date, Gregorian};
use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{YM, YMD};
use icu_decimal::DecimalFormatter;
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_locale::names::LanguageIdentifierDisplayName;
use icu_locale::{Direction, LanguageIdentifier, LocaleCanonicalizer, LocaleDirectionality, LocaleExpander};
use icu_plurals::{PluralCategory, PluralRules};
use icu_provider::DataError;
use writeable::TryWriteable;

/// What stands where a number should, when it is none: infinite, or not a number.
const NO_NUMBER: &str = "–";

/// How one language writes what is not words. Made once per language of the site; `Send + Sync`.
pub struct Locale {
    tag: String,
    id: LanguageIdentifier,
    direction: &'static str,
    with_territory: String,
    dates: Option<Dates>,
    decimals: DecimalFormatter,
    minus: String,
    plus: String,
    percent: (&'static str, &'static str),
    lists: ListFormatter,
    cardinals: PluralRules,
    ordinals: PluralRules,
    collator: CollatorBorrowed<'static>,
}

/// The three ways a date is written. Gregorian in every language: what an author writes as
/// 2026-09-01 is read as that day, and one calendar keeps the other twelve out of the binary.
struct Dates {
    medium: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    long: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    month: FixedCalendarDateTimeFormatter<Gregorian, YM>,
    /// British CLDR shortens September to four letters; see [`Locale::date`].
    three_letter_september: bool,
}

impl Locale {
    /// The locale for a BCP 47 tag, as `sv`, `pt-BR`, or `ar-u-nu-latn` with the digits chosen.
    ///
    /// Never fails. What cannot be read is cut from the end (`sv-SE-???` is `sv-SE`); a language
    /// that CLDR does not know gets neutral formats: `1,234.5`, `2026-09-01`, `a, b, c`, plurals
    /// without forms. Old tags are understood (`in` is `id`).
    pub fn new(tag: &str) -> Locale {
        let mut locale = readable(tag);
        LocaleCanonicalizer::new_common().canonicalize(&mut locale);
        let id = locale.id.clone();
        // Plain English says nothing about the country. CLDR takes it for American: month before
        // day, a comma before "and". Most who read English without being American expect the day
        // first, as every neighbour language of the site has it; who wants the other writes
        // `en-US`.
        let plain_english = id == icu_locale::langid!("en");
        if plain_english {
            locale.id = icu_locale::langid!("en-GB");
        }
        with_formatters(tag, id, &locale, plain_english)
            .or_else(|_| {
                let root = icu_locale::Locale::UNKNOWN;
                with_formatters(tag, root.id.clone(), &root, false)
            })
            .expect("ICU4X compiles in the root locale, to which all others fall back")
    }

    /// The tag as it was given.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Language and country as the Open Graph protocol wants them: `sv_SE`, `pt_BR`; where the tag names no country, the one in
    /// which most people read the language, by CLDR. The language alone where that is not known.
    pub fn with_territory(&self) -> &str {
        &self.with_territory
    }

    /// `ltr` or `rtl`, from the script the language is usually written in, or the one its tag
    /// names. `ltr` for unknown languages.
    pub fn direction(&self) -> &'static str {
        self.direction
    }

    /// A date of medium length: `1 Sep 2026`, `1 sep. 2026`; numeric where CLDR has it so (Arabic,
    /// German). ISO 8601 in a language whose month names CLDR does not know.
    pub fn date(&self, date: jiff::civil::Date) -> String {
        let (Some(dates), Some(day)) = (&self.dates, gregorian(date)) else {
            return date.to_string();
        };
        let text = dates.medium.format(&day).to_string();
        // Plain English follows en-GB but for this one month, which would be four letters among
        // three: "1 Sept 2026".
        if dates.three_letter_september { text.replace("Sept", "Sep") } else { text }
    }

    /// A date with the month in full: `1 September 2026`.
    pub fn long_date(&self, date: jiff::civil::Date) -> String {
        let (Some(dates), Some(day)) = (&self.dates, gregorian(date)) else {
            return date.to_string();
        };
        dates.long.format(&day).to_string()
    }

    /// The month of a date: `Sep 2026`, `sep. 2026`. Short only: with the month in full ICU4X 2.4
    /// does not load the digits for Portuguese.
    pub fn month(&self, date: jiff::civil::Date) -> String {
        let (Some(dates), Some(day)) = (&self.dates, gregorian(date)) else {
            return format!("{:04}-{:02}", date.year(), date.month());
        };
        let text = dates.month.format(&day).to_string();
        if dates.three_letter_september { text.replace("Sept", "Sep") } else { text }
    }

    /// A number with exactly so many decimals, grouped, its minus sign U+2212: `−1,234.50`, `−1
    /// 234,50`.
    ///
    /// Halves are rounded away from zero (ECMA-402's `halfExpand`), and of the number as written:
    /// 1.005 gives 1.01, though the nearest binary fraction is below it. What rounds to zero has no
    /// sign. Infinite or not a number gives `–`.
    pub fn number(&self, value: f64, decimals: u8) -> String {
        self.written(rounded(value, decimals), SignDisplay::Negative)
    }

    /// As [`Locale::number`], without zeros at the end: `1.50` is `1.5`, `2.00` is `2`.
    pub fn number_trimmed(&self, value: f64, max_decimals: u8) -> String {
        self.written(trimmed(value, max_decimals), SignDisplay::Negative)
    }

    /// A change, without zeros at the end: `+1.5`, `−0.5`; what rounds to zero is `0`.
    pub fn signed(&self, value: f64, max_decimals: u8) -> String {
        self.written(trimmed(value, max_decimals), SignDisplay::ExceptZero)
    }

    /// A whole number, grouped: `12,345`.
    pub fn count(&self, value: i64) -> String {
        self.written(Some(Decimal::from(value)), SignDisplay::Negative)
    }

    /// A value in per cent, 79.0 for seventy-nine of a hundred: `79%`, `79 %` with U+00A0, `%79`.
    pub fn percent(&self, value: f64, decimals: u8) -> String {
        let Some((sign, digits)) = self.parts(rounded(value, decimals), SignDisplay::Negative) else {
            return NO_NUMBER.to_owned();
        };
        let (before, after) = self.percent;
        format!("{sign}{before}{digits}{after}")
    }

    /// An amount of money with the sign or code of its currency, where this language puts it: `€1.50`, `1,50 €`, `Rp 1.500`,
    /// `1 500 kr`. Nothing for what is no currency. At most two decimals, as the author's target has them.
    pub fn money(&self, value: f64, currency: &str) -> Option<String> {
        if !crate::playbook::is_currency(currency) {
            return None;
        }
        let decimal = trimmed(value, 2);
        // Cents come in pairs.
        let decimals = decimal.as_ref().map_or(0, |decimal| if decimal.nonzero_magnitude_end() < 0 { 2 } else { 0 });
        let (sign, digits) = self.parts(rounded(value, decimals), SignDisplay::Negative)?;
        let is_code = currency.chars().all(char::is_alphabetic);
        Some(match money_place(self.id.language.as_str(), is_code) {
            MoneyPlace::Before => format!("{sign}{currency}{digits}"),
            MoneyPlace::BeforeApart => format!("{sign}{currency}\u{a0}{digits}"),
            MoneyPlace::After => format!("{sign}{digits}\u{a0}{currency}"),
        })
    }

    /// All of several things: `a, b and c`.
    pub fn list(&self, items: &[String]) -> String {
        self.lists.format(items.iter()).to_string()
    }

    /// The order of a language's dictionary: å, ä, ö after z in Swedish, beside a and o in German.
    /// Numbers by value, so that step 10 comes after step 2. Only what is written the same is
    /// equal: the order of a build never varies.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.compare(a, b).then_with(|| a.cmp(b))
    }

    /// The plural form CLDR has for so many: `zero`, `one`, `two`, `few`, `many` or `other`.
    /// Decimals count as far as they are not zero: 1.5 is `other` in English, 1.0 is `one`.
    pub fn plural(&self, value: f64) -> &'static str {
        category(&self.cardinals, value)
    }

    /// As [`Locale::plural`], for "the 1st, 2nd, 3rd, 4th": `one`, `two`, `few`, `other` in
    /// English.
    pub fn ordinal(&self, value: f64) -> &'static str {
        category(&self.ordinals, value)
    }

    /// What this language calls another, or itself: `svenska` and `engelska` in Swedish. Nothing
    /// where CLDR has no word. Looked up on each call, unlike the rest: keep what a page needs.
    pub fn language_name(&self, tag: &str) -> Option<String> {
        let mut named = readable(tag);
        LocaleCanonicalizer::new_common().canonicalize(&mut named);
        if named.id.language.is_unknown() {
            return None;
        }
        // The lighter data have no word for Swedish in Indonesian.
        let name =
            LanguageIdentifierDisplayName::try_new_heavy((&self.id).into(), named.id, Default::default()).ok()?;
        name.as_borrowed().try_write_to_string().ok().map(|name| name.into_owned())
    }

    fn written(&self, decimal: Option<Decimal>, signs: SignDisplay) -> String {
        let Some((sign, digits)) = self.parts(decimal, signs) else {
            return NO_NUMBER.to_owned();
        };
        if sign.is_empty() { digits } else { format!("{sign}{digits}") }
    }

    /// The sign as this language has it, and the digits.
    fn parts(&self, decimal: Option<Decimal>, signs: SignDisplay) -> Option<(&str, String)> {
        let decimal = decimal?.with_sign_display(signs);
        let sign = match decimal.sign() {
            fixed_decimal::Sign::None => "",
            fixed_decimal::Sign::Negative => &self.minus,
            fixed_decimal::Sign::Positive => &self.plus,
        };
        Some((sign, self.decimals.format(&decimal.with_sign(fixed_decimal::Sign::None)).to_string()))
    }
}

/// As much of a tag as can be read, nothing of it for `und`. An underscore is taken for a hyphen,
/// as in `sv_SE`.
fn readable(tag: &str) -> icu_locale::Locale {
    let tag = tag.replace('_', "-");
    let mut rest = tag.as_str();
    loop {
        if let Ok(locale) = icu_locale::Locale::try_from_str(rest) {
            return locale;
        }
        match rest.rfind('-') {
            Some(end) => rest = &rest[..end],
            None => return icu_locale::Locale::UNKNOWN,
        }
    }
}

fn with_formatters(
    tag: &str,
    id: LanguageIdentifier,
    locale: &icu_locale::Locale,
    plain_english: bool,
) -> Result<Locale, DataError> {
    let direction = match LocaleDirectionality::new_extended().get(&id) {
        Some(Direction::RightToLeft) => "rtl",
        _ => "ltr",
    };
    let decimals = DecimalFormatter::try_new(locale.into(), Default::default())?;
    let seven = decimals.format(&Decimal::from(7)).to_string();
    let plus = decimals.format(&Decimal::from(7).with_sign(fixed_decimal::Sign::Positive)).to_string();
    let minus = decimals.format(&Decimal::from(-7)).to_string();
    let mut order = CollatorPreferences::from(locale);
    order.numeric_ordering = order.numeric_ordering.or(Some(CollationNumericOrdering::True));
    Ok(Locale {
        tag: tag.to_owned(),
        direction,
        with_territory: with_territory(&locale.id),
        dates: dates(locale, plain_english),
        percent: percent_signs(&id, seven == "7"),
        // CLDR's own signs bring the marks that keep them beside their digits in right-to-left
        // text, but many languages have a hyphen for a minus.
        minus: minus.replace(&seven, "").replace('-', "−"),
        plus: plus.replace(&seven, ""),
        decimals,
        lists: ListFormatter::try_new_and(locale.into(), ListFormatterOptions::default())?,
        cardinals: PluralRules::try_new_cardinal(locale.into())?,
        ordinals: PluralRules::try_new_ordinal(locale.into())?,
        collator: Collator::try_new(order, CollatorOptions::default())?,
        id,
    })
}

fn with_territory(id: &LanguageIdentifier) -> String {
    let mut whole = id.clone();
    LocaleExpander::new_extended().maximize(&mut whole);
    match whole.region {
        Some(region) => format!("{}_{region}", id.language),
        None => id.language.to_string(),
    }
}

/// Nothing for a language whose months have no names: it would be written `2026 M09 1`, which
/// nobody reads.
fn dates(locale: &icu_locale::Locale, three_letter_september: bool) -> Option<Dates> {
    let dates = Dates {
        medium: FixedCalendarDateTimeFormatter::try_new(locale.into(), YMD::medium()).ok()?,
        long: FixedCalendarDateTimeFormatter::try_new(locale.into(), YMD::long()).ok()?,
        month: FixedCalendarDateTimeFormatter::try_new(locale.into(), YM::medium()).ok()?,
        three_letter_september,
    };
    let september = Date::try_new_gregorian(2026, 9, 1).ok()?;
    (!dates.long.format(&september).to_string().contains("M09")).then_some(dates)
}

fn gregorian(date: jiff::civil::Date) -> Option<Date<Gregorian>> {
    Date::try_new_gregorian(date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs()).ok()
}

/// To so many decimals, halves away from zero, and all of them shown. Nothing for infinities and
/// what is no number.
fn rounded(value: f64, decimals: u8) -> Option<Decimal> {
    let last = -i16::from(decimals);
    let mut decimal = Decimal::try_from_f64(value, FloatPrecision::RoundTrip).ok()?;
    decimal.round_with_mode(last, SignedRoundingMode::Unsigned(UnsignedRoundingMode::HalfExpand));
    decimal.trim_end();
    decimal.absolute.pad_end(last);
    Some(decimal)
}

fn trimmed(value: f64, max_decimals: u8) -> Option<Decimal> {
    let mut decimal = rounded(value, max_decimals)?;
    decimal.absolute.trim_end();
    Some(decimal)
}

fn category(rules: &PluralRules, value: f64) -> &'static str {
    // Whole numbers are nearly all that is asked, and need no decimal: a third of the time.
    let category = if value.fract() == 0.0 && value.abs() < 1e15 {
        rules.category_for(value as i64)
    } else {
        trimmed(value, u8::MAX).map_or(PluralCategory::Other, |it| rules.category_for(&it))
    };
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// Where a currency stands.
enum MoneyPlace {
    Before,
    BeforeApart,
    After,
}

/// Where a language puts a currency.
///
/// Source: CLDR 48, the standard `currencyFormats`; after letters a space, by its `currencySpacing`.
fn money_place(language: &str, letters: bool) -> MoneyPlace {
    match language {
        "en" | "zh" | "ja" | "ko" | "hi" | "ms" | "th" | "ga" | "mt" | "tr" | "fil" if !letters => MoneyPlace::Before,
        "en" | "zh" | "ja" | "ko" | "hi" | "ms" | "th" | "ga" | "mt" | "tr" | "fil" => MoneyPlace::BeforeApart,
        "id" | "nl" | "pt" => MoneyPlace::BeforeApart,
        _ => MoneyPlace::After,
    }
}

/// What stands before and after the digits of a percentage.
///
/// Source: CLDR 48, `percentFormats` and `percentSign`. ICU4X has them in `icu_experimental` only,
/// 13 s of building for these 68 rows.
fn percent_signs(id: &LanguageIdentifier, western_digits: bool) -> (&'static str, &'static str) {
    let region = id.region.as_ref().map_or("", |region| region.as_str());
    match (id.language.as_str(), region) {
        ("ku", "AM" | "AZ" | "GE" | "IQ" | "IR" | "LB" | "TM") => ("", "%"),
        ("ku" | "tr", _) => ("%", ""),
        ("blo" | "eu", _) => ("%\u{a0}", ""),
        ("oc", _) => ("", "\u{202f}%"),
        ("ur", _) => ("", "٪"),
        ("ar" | "ckb" | "fa" | "ks" | "mzn" | "pa" | "ps" | "sd" | "ug" | "uz", _) if !western_digits => ("", "٪"),
        // The marks keep the sign on the side where Arabic has it.
        ("ar", _) => ("", "\u{200e}%\u{200e}"),
        ("de", "CH" | "LI") | ("fr", "CH") => ("", "%"),
        (
            "es",
            "419" | "AR" | "BO" | "BR" | "BZ" | "CL" | "CO" | "CR" | "CU" | "DO" | "EC" | "GT" | "HN" | "JP" | "MX"
            | "NI" | "PA" | "PE" | "PR" | "PY" | "SV" | "US" | "UY" | "VE",
        ) => ("", "%"),
        ("en", "AT" | "DE" | "DK" | "FI" | "NO" | "SE") => ("", "\u{a0}%"),
        (
            "be" | "br" | "bua" | "ca" | "cs" | "cv" | "da" | "de" | "dsb" | "es" | "fi" | "fo" | "fr" | "gl" | "hr"
            | "hsb" | "ksh" | "lb" | "lt" | "mk" | "nb" | "nds" | "nn" | "no" | "qu" | "ro" | "ru" | "sk" | "sl" | "sv"
            | "tk" | "tt",
            _,
        ) => ("", "\u{a0}%"),
        _ => ("", "%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn shared<T: Send + Sync>(_: &T) {}

    #[test]
    fn directions() {
        for (tag, direction) in [
            ("en", "ltr"),
            ("sv", "ltr"),
            ("id", "ltr"),
            ("ar", "rtl"),
            ("he", "rtl"),
            ("fa-IR", "rtl"),
            ("ckb", "rtl"),
            ("az-Arab", "rtl"),
            ("ar-Latn", "ltr"),
            ("ug", "rtl"),
            ("tlh", "ltr"),
            ("", "ltr"),
        ] {
            let locale = Locale::new(tag);
            assert_eq!(locale.direction(), direction, "{tag}");
            assert_eq!(locale.tag(), tag);
        }
        shared(&Locale::new("en"));
    }

    #[test]
    fn dates() {
        let september = date(2026, 9, 1);
        for (tag, medium, long, month) in [
            ("en", "1 Sep 2026", "1 September 2026", "Sep 2026"),
            ("en-GB", "1 Sept 2026", "1 September 2026", "Sept 2026"),
            ("en-US", "Sep 1, 2026", "September 1, 2026", "Sep 2026"),
            ("sv", "1 sep. 2026", "1 september 2026", "sep. 2026"),
            ("id", "1 Sep 2026", "1 September 2026", "Sep 2026"),
            ("ar", "01\u{200f}/09\u{200f}/2026", "1 سبتمبر 2026", "09\u{200f}/2026"),
            ("ar-EG", "٠١\u{200f}/٠٩\u{200f}/٢٠٢٦", "١ سبتمبر ٢٠٢٦", "٠٩\u{200f}/٢٠٢٦"),
            ("pt-BR", "1 de set. de 2026", "1 de setembro de 2026", "set. de 2026"),
            // No names of months in CLDR, or no such language.
            ("se", "2026-09-01", "2026-09-01", "2026-09"),
            ("und", "2026-09-01", "2026-09-01", "2026-09"),
            ("no such tag!", "2026-09-01", "2026-09-01", "2026-09"),
        ] {
            let locale = Locale::new(tag);
            assert_eq!(locale.date(september), medium, "{tag}");
            assert_eq!(locale.long_date(september), long, "{tag}");
            assert_eq!(locale.month(september), month, "{tag}");
        }
        assert_eq!(Locale::new("en").date(date(2026, 6, 12)), "12 Jun 2026");
        assert_eq!(Locale::new("id").date(date(2026, 5, 31)), "31 Mei 2026");
    }

    #[test]
    fn numbers() {
        for (tag, grouped, negative, trimmed) in [
            ("en", "1,234,567.50", "−1,234.5", "1.5"),
            ("sv", "1\u{a0}234\u{a0}567,50", "−1\u{a0}234,5", "1,5"),
            ("id", "1.234.567,50", "−1.234,5", "1,5"),
            ("ar", "1,234,567.50", "\u{200e}−1,234.5", "1.5"),
            ("ar-u-nu-arab", "١٬٢٣٤٬٥٦٧٫٥٠", "\u{61c}−١٬٢٣٤٫٥", "١٫٥"),
            ("tlh", "1,234,567.50", "−1,234.5", "1.5"),
        ] {
            let locale = Locale::new(tag);
            assert_eq!(locale.number(1_234_567.5, 2), grouped, "{tag}");
            assert_eq!(locale.number(-1234.5, 1), negative, "{tag}");
            assert_eq!(locale.number_trimmed(1.5, 4), trimmed, "{tag}");
        }
        let english = Locale::new("en");
        assert_eq!(english.number(2.0, 0), "2");
        assert_eq!(english.number(2.0, 2), "2.00");
        assert_eq!(english.number_trimmed(2.0, 2), "2");
        assert_eq!(english.number_trimmed(1200.0, 2), "1,200");
        assert_eq!(english.count(i64::MIN), "−9,223,372,036,854,775,808");
        assert_eq!(english.count(0), "0");
        assert_eq!(Locale::new("sv").count(12_345), "12\u{a0}345");
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        let english = Locale::new("en");
        for (value, decimals, shown) in [
            (0.5, 0, "1"),
            (1.5, 0, "2"),
            (2.5, 0, "3"),
            (-2.5, 0, "−3"),
            (1.005, 2, "1.01"),
            (2.675, 2, "2.68"),
            (0.1 + 0.2, 2, "0.30"),
            (999.995, 2, "1,000.00"),
            (1e-9, 3, "0.000"),
        ] {
            assert_eq!(english.number(value, decimals), shown, "{value}");
        }
    }

    #[test]
    fn no_minus_zero_and_no_nan() {
        let english = Locale::new("en");
        for value in [-0.0, -0.4, -0.0001] {
            assert_eq!(english.number(value, 0), "0");
            assert_eq!(english.number_trimmed(value, 0), "0");
            assert_eq!(english.signed(value, 0), "0");
            assert_eq!(english.percent(value, 0), "0%");
        }
        assert_eq!(english.number(-0.04, 1), "0.0");
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(english.number(value, 1), "–");
            assert_eq!(english.number_trimmed(value, 1), "–");
            assert_eq!(english.signed(value, 1), "–");
            assert_eq!(english.percent(value, 1), "–");
            assert_eq!(english.plural(value), "other");
        }
        // Long, but a number; and the smallest there is.
        assert!(english.number(f64::MAX, u8::MAX).starts_with("179,769,313,486,231,570,"));
        assert_eq!(english.number_trimmed(f64::MIN_POSITIVE, u8::MAX), "0");
    }

    #[test]
    fn changes_carry_their_sign() {
        for (tag, up, down) in [
            ("en", "+1.5", "−0.5"),
            ("sv", "+1,5", "−0,5"),
            ("id", "+1,5", "−0,5"),
            ("ar", "\u{200e}+1.5", "\u{200e}−0.5"),
        ] {
            let locale = Locale::new(tag);
            assert_eq!(locale.signed(1.5, 2), up, "{tag}");
            assert_eq!(locale.signed(-0.5, 2), down, "{tag}");
            assert_eq!(locale.signed(0.0, 2), "0", "{tag}");
        }
    }

    #[test]
    fn percentages() {
        for (tag, plain, negative) in [
            ("en", "79%", "−2.5%"),
            ("sv", "79\u{a0}%", "−2,5\u{a0}%"),
            ("id", "79%", "−2,5%"),
            ("ar", "79\u{200e}%\u{200e}", "\u{200e}−2.5\u{200e}%\u{200e}"),
            ("ar-EG", "٧٩٪", "\u{61c}−٢٫٥٪"),
            ("tr", "%79", "−%2,5"),
            ("de", "79\u{a0}%", "−2,5\u{a0}%"),
            ("de-CH", "79%", "−2.5%"),
            ("es-MX", "79%", "−2.5%"),
        ] {
            let locale = Locale::new(tag);
            assert_eq!(locale.percent(79.0, 0), plain, "{tag}");
            assert_eq!(locale.percent(-2.5, 1), negative, "{tag}");
        }
        assert_eq!(Locale::new("en").percent(0.5, 0), "1%");
        assert_eq!(Locale::new("en").percent(100.0, 1), "100.0%");
    }

    #[test]
    fn money() {
        for (tag, rupiah, euro, kronor) in [
            ("en", "Rp\u{a0}1,500", "€1.50", "−kr\u{a0}20"),
            ("sv", "1\u{a0}500\u{a0}Rp", "1,50\u{a0}€", "−20\u{a0}kr"),
            ("id", "Rp\u{a0}1.500", "€\u{a0}1,50", "−kr\u{a0}20"),
            ("ar", "1,500\u{a0}Rp", "1.50\u{a0}€", "\u{200e}−20\u{a0}kr"),
        ] {
            let locale = Locale::new(tag);
            let shown = [(1500.0, "Rp"), (1.5, "€"), (-20.0, "kr")].map(|(value, unit)| locale.money(value, unit));
            let shown = shown.map(|money| money.expect("these are currencies"));
            assert_eq!(shown, [rupiah, euro, kronor], "{tag}");
        }
        assert_eq!(Locale::new("en").money(2.0, "days"), None);
        assert_eq!(Locale::new("en").money(f64::NAN, "€"), None);
    }

    #[test]
    fn lists() {
        let items = |count: usize| -> Vec<String> {
            ["a", "b", "c"].iter().take(count).map(|item| (*item).to_owned()).collect()
        };
        for (tag, two, three) in [
            ("en", "a and b", "a, b and c"),
            ("en-US", "a and b", "a, b, and c"),
            ("sv", "a och b", "a, b och c"),
            ("id", "a dan b", "a, b, dan c"),
            ("ar", "a وb", "a وb وc"),
        ] {
            let locale = Locale::new(tag);
            assert_eq!(locale.list(&items(0)), "", "{tag}");
            assert_eq!(locale.list(&items(1)), "a", "{tag}");
            assert_eq!(locale.list(&items(2)), two, "{tag}");
            assert_eq!(locale.list(&items(3)), three, "{tag}");
        }
    }

    #[test]
    fn order() {
        let sorted = |tag: &str, words: &[&str]| -> String {
            let locale = Locale::new(tag);
            let mut words = words.to_vec();
            words.sort_by(|a, b| locale.compare(a, b));
            words.join(" ")
        };
        assert_eq!(sorted("sv", &["ö", "zebra", "ä", "apa", "å", "Ål"]), "apa zebra å Ål ä ö");
        assert_eq!(sorted("de", &["ö", "z", "ä", "a", "o", "p"]), "a ä o ö p z");
        assert_eq!(sorted("en", &["b", "A", "a", "B", "é", "e", "f"]), "a A b B e é f");
        assert_eq!(sorted("id", &["step 10", "step 2"]), "step 2 step 10");
        assert_eq!(sorted("ar", &["ت", "ب", "أ"]), "أ ب ت");
        // One accented letter or a letter and its accent: equal to the dictionary, not to the
        // build.
        assert_ne!(Locale::new("en").compare("\u{e9}", "e\u{301}"), Ordering::Equal);
        assert_eq!(Locale::new("en").compare("same", "same"), Ordering::Equal);
    }

    #[test]
    fn plurals() {
        let forms = |tag: &str, values: &[f64]| -> String {
            let locale = Locale::new(tag);
            values.iter().map(|value| locale.plural(*value)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(forms("en", &[0.0, 1.0, 1.5, 2.0, -1.0]), "other one other other one");
        assert_eq!(forms("sv", &[0.0, 1.0, 1.5]), "other one other");
        assert_eq!(forms("id", &[0.0, 1.0, 2.0]), "other other other");
        assert_eq!(forms("ar", &[0.0, 1.0, 2.0, 3.0, 11.0, 100.0, 1.5]), "zero one two few many other other");
        let english = Locale::new("en");
        let ordinals = [1.0, 2.0, 3.0, 4.0, 11.0, 21.0].map(|value| english.ordinal(value));
        assert_eq!(ordinals, ["one", "two", "few", "other", "other", "one"]);
    }

    #[test]
    fn names_of_languages() {
        let swedish = Locale::new("sv");
        assert_eq!(swedish.language_name("sv").as_deref(), Some("svenska"));
        assert_eq!(swedish.language_name("en").as_deref(), Some("engelska"));
        assert_eq!(swedish.language_name("in").as_deref(), Some("indonesiska"));
        assert_eq!(Locale::new("ar").language_name("ar").as_deref(), Some("العربية"));
        assert_eq!(Locale::new("id").language_name("pt-BR").as_deref(), Some("Portugis (Brasil)"));
        for (reader, names) in [
            ("en", "English Swedish Indonesian Arabic German Finnish Danish"),
            ("sv", "engelska svenska indonesiska arabiska tyska finska danska"),
            ("id", "Inggris Swedia Indonesia Arab Jerman Suomi Dansk"),
            ("ar", "الإنجليزية السويدية الإندونيسية العربية الألمانية الفنلندية الدانمركية"),
        ] {
            let locale = Locale::new(reader);
            let told =
                ["en", "sv", "id", "ar", "de", "fi", "da"].map(|tag| locale.language_name(tag).unwrap_or_default());
            assert_eq!(told.join(" "), names, "{reader}");
        }
        assert_eq!(swedish.language_name("qqq"), None);
        assert_eq!(swedish.language_name("!"), None);
        assert_eq!(swedish.language_name("und-Latn"), None);
    }

    #[test]
    fn any_tag_is_taken() {
        let long = "a-".repeat(10_000);
        for tag in [
            "",
            "-",
            "--",
            "_",
            "sv_SE",
            "SV-se",
            "sv-SE-!!",
            "en-u-nu-thai",
            "en-u-nu-nonsense",
            "ar-u-co-nonsense",
            "x-private",
            "en-x-y",
            "i-klingon",
            "zh-Hant-HK-u-ca-roc-nu-hanidec",
            "sv-u-co-trad",
            "de-u-co-phonebk",
            "und-Arab",
            "en-t-sv",
            "a",
            "\u{0}",
            "日本語",
            "no",
            "sh",
            "iw",
            "in",
            "mo",
            &long,
        ] {
            let locale = Locale::new(tag);
            assert_eq!(locale.tag(), tag);
            assert!(!locale.number(-1.5, 1).is_empty());
            assert!(!locale.percent(79.0, 0).is_empty());
            locale.compare("a", "b");
        }
        assert_eq!(Locale::new("sv_SE").date(date(2026, 9, 1)), "1 sep. 2026");
        assert_eq!(Locale::new("sv-SE-!!").number(1.5, 1), "1,5");
        assert_eq!(Locale::new("in").date(date(2026, 5, 1)), "1 Mei 2026");
        assert_eq!(Locale::new("en-u-nu-thai").count(25), "๒๕");
        assert_eq!(Locale::new("en-u-nu-thai").date(date(2026, 9, 5)), "๕ Sep ๒๐๒๖");
    }

    /// ICU4X panics in debug builds where its data are incomplete, as for the long month of
    /// Portuguese in 2.4.
    #[test]
    fn dates_of_many_languages_and_years() {
        for tag in "af am ar ar-EG az be bg bn bs ca cs cy da de el en en-AU en-US es es-MX et eu fa fi fil fr fr-CA \
                    ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt lv mk ml mn mr ms my nb ne nl nn no pa \
                    pl ps pt pt-BR pt-PT ro ru si sk sl sq sr sr-Latn sv sw ta te th tl tr uk ur uz vi yo zh zh-Hant zu"
            .split_whitespace()
        {
            let locale = Locale::new(tag);
            for month in 1..=12 {
                for year in [-9999, -1, 0, 1, 999, 2026, 9999] {
                    let day = date(year, month, 28);
                    let texts = [locale.date(day), locale.long_date(day), locale.month(day)];
                    assert!(texts.iter().all(|text| !text.is_empty() && !text.contains("M0")), "{tag} {texts:?}");
                }
            }
        }
    }
}
