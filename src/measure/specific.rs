//! A promise's words to how much of them can be checked: a number, a time, for whom.

use crate::playbook::prose::{Piece, Prose};
use crate::playbook::{Playbook, Promise};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What somebody who checks a promise can hold on to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Specific {
    /// It says how many, or how much.
    pub number: bool,
    /// It says until when, or how often.
    pub deadline: bool,
    /// It says for whom.
    pub whom: bool,
}

impl Specific {
    /// Whether there is anything to hold on to.
    pub fn any(self) -> bool {
        self.number || self.deadline || self.whom
    }
}

/// The words that say so, of one language. A word that ends in `*` stands for all that begin with it.
struct Words {
    numbers: &'static [&'static str],
    times: &'static [&'static str],
    people: &'static [&'static str],
}

const ENGLISH: Words = Words {
    numbers: &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "ninety", "hundred", "thousand",
        "million", "zero", "once", "twice", "half", "double", "dozen", "first", "second", "third", "no", "none",
        "every", "each", "all",
    ],
    times: &[
        "within",
        "until",
        "before",
        "by the end",
        "minute*",
        "hour*",
        "day",
        "days",
        "week*",
        "month*",
        "quarter",
        "year*",
        "today",
        "tomorrow",
        "midnight",
        "noon",
        "overnight",
        "daily",
        "monthly",
        "annual*",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ],
    people: &[
        "customer*",
        "client*",
        "buyer*",
        "member*",
        "subscriber*",
        "visitor*",
        "guest*",
        "patient*",
        "student*",
        "passenger*",
        "traveller*",
        "tenant*",
        "user*",
        "reader*",
        "caller*",
        "driver*",
        "partner*",
        "employee*",
        "everyone",
        "everybody",
        "anyone",
        "anybody",
        "whoever",
        "nobody",
        "household*",
        "famil*",
        "compan*",
        "business*",
        "child*",
        "people",
        "you",
        "your",
        "yours",
    ],
};

const SWEDISH: Words = Words {
    numbers: &[
        "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", "tretton", "fjorton",
        "femton", "tjugo", "trettio", "fyrtio", "femtio", "sextio", "nittio", "hundra", "tusen", "miljon*", "noll",
        "halv*", "dubbel*", "dussin", "första", "tredje", "ingen", "inget", "inga", "varje", "alla", "allt",
    ],
    times: &[
        "inom",
        "innan",
        "före",
        "senast",
        "minut*",
        "timm*",
        "dag",
        "dagar",
        "dagen",
        "dygn*",
        "vecka*",
        "vecko*",
        "veckor",
        "månad*",
        "kvartal*",
        "år",
        "året",
        "idag",
        "imorgon",
        "dagligen",
        "måndag*",
        "tisdag*",
        "onsdag*",
        "torsdag*",
        "fredag*",
        "lördag*",
        "söndag*",
        "arbetsdag*",
    ],
    people: &[
        "kund*",
        "köpare*",
        "medlem*",
        "prenumerant*",
        "besökare*",
        "gäst*",
        "patient*",
        "student*",
        "elev*",
        "resenär*",
        "hyresgäst*",
        "användare*",
        "läsare*",
        "partner*",
        "anställd*",
        "var och en",
        "du",
        "dig",
        "din",
        "ditt",
        "dina",
        "ni",
        "er",
        "ert",
        "era",
        "hushåll*",
        "familj*",
        "företag*",
        "barn*",
    ],
};

const INDONESIAN: Words = Words {
    numbers: &[
        "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
        "belas", "puluh", "ratus", "seratus", "ribu", "seribu", "juta", "setengah", "separuh", "pertama", "kedua",
        "ketiga", "setiap", "tiap", "semua", "seluruh", "tanpa",
    ],
    times: &[
        "dalam",
        "sebelum",
        "hingga",
        "sampai",
        "selambat-lambatnya",
        "paling lambat",
        "menit",
        "jam",
        "hari",
        "sehari",
        "minggu",
        "seminggu",
        "pekan",
        "bulan",
        "sebulan",
        "kuartal",
        "triwulan",
        "tahun",
        "setahun",
        "besok",
        "senin",
        "selasa",
        "rabu",
        "kamis",
        "jumat",
        "sabtu",
    ],
    people: &[
        "pelanggan*",
        "pembeli*",
        "anggota*",
        "pengunjung*",
        "tamu*",
        "pasien*",
        "mahasiswa*",
        "siswa*",
        "penumpang*",
        "penyewa*",
        "pengguna*",
        "pembaca*",
        "mitra*",
        "karyawan*",
        "semua orang",
        "siapa pun",
        "keluarga*",
        "perusahaan*",
        "anak*",
        "konsumen*",
        "nasabah*",
        "klien*",
        "anda",
        "kamu",
    ],
};

/// Whether a promise's own words, in the language that it was written in, say how many, until when or for whom. `None` in a language
/// whose words are not known: nobody can say that they say nothing.
pub fn specific(playbook: &Playbook, promise: &Promise) -> Option<Specific> {
    let said = &promise.text.source;
    of_words(&playbook.settings.language(said.language).tag, &words(&said.value))
}

/// The words of a line of prose, without markup.
fn words(prose: &Prose) -> String {
    let mut words = String::new();
    for piece in prose.pieces() {
        let Piece::Markup(html) = piece else { continue };
        let mut in_tag = false;
        for character in html.chars() {
            match character {
                '<' => in_tag = true,
                '>' => in_tag = false,
                other if !in_tag => words.push(other),
                _ => {}
            }
        }
    }
    words
}

/// All lists as one: which of number, time and people a word says, a bit each. A playbook in one language quotes promises made
/// in another, so the words of all are looked for.
#[derive(Default)]
struct Vocabulary {
    whole: FxHashMap<&'static str, u8>,
    /// What words begin with.
    beginnings: FxHashMap<&'static str, u8>,
    /// The longest beginning, in bytes.
    longest: usize,
    /// Several words, with the blanks around them.
    phrases: Vec<(String, u8)>,
}

const NUMBER: u8 = 1;
const DEADLINE: u8 = 2;
const WHOM: u8 = 4;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut all = Vocabulary::default();
    for words in [&ENGLISH, &SWEDISH, &INDONESIAN] {
        for (list, bit) in [(words.numbers, NUMBER), (words.times, DEADLINE), (words.people, WHOM)] {
            for word in list {
                match word.strip_suffix('*') {
                    Some(beginning) => {
                        *all.beginnings.entry(beginning).or_default() |= bit;
                        all.longest = all.longest.max(beginning.len());
                    }
                    None if word.contains(' ') => all.phrases.push((format!(" {word} "), bit)),
                    None => *all.whole.entry(word).or_default() |= bit,
                }
            }
        }
    }
    all
});

impl Vocabulary {
    fn of_word(&self, word: &str) -> u8 {
        let most = word.len().min(self.longest);
        let ends = (1..=most).filter(|end| word.is_char_boundary(*end));
        let begun = ends.fold(0, |bits, end| bits | self.beginnings.get(&word[..end]).copied().unwrap_or(0));
        begun | self.whole.get(word).copied().unwrap_or(0)
    }
}

fn of_words(tag: &str, text: &str) -> Option<Specific> {
    if !matches!(tag.split('-').next().unwrap_or(tag), "en" | "sv" | "id") || text.trim().is_empty() {
        return None;
    }
    let all = &*VOCABULARY;
    let mut bits = if text.chars().any(char::is_numeric) { NUMBER } else { 0 };
    // A blank on either side of every word, so that phrases are found by their blanks.
    let mut line = String::from(" ");
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()) {
        // `30-day`, `five-year` and `day-ahead` are made of words as well.
        let parts = word.split('-').filter(|part| part.len() < word.len());
        bits = parts.fold(bits | all.of_word(word), |bits, part| bits | all.of_word(part));
        line.push_str(word);
        line.push(' ');
    }
    let said = all.phrases.iter().filter(|(phrase, _)| line.contains(phrase.as_str()));
    bits = said.fold(bits, |bits, (_, bit)| bits | bit);
    Some(Specific { number: bits & NUMBER != 0, deadline: bits & DEADLINE != 0, whom: bits & WHOM != 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_times_and_people() {
        for (tag, text, number, deadline, whom) in [
            ("en", "A person answers within one working day.", true, true, false),
            ("en", "We do our best.", false, false, false),
            ("en", "The price you see is the price you pay.", false, false, true),
            ("en", "En människa svarar inom en arbetsdag.", false, true, false),
            ("en", "We reply promptly.", false, false, false),
            ("en", "Business customers have a named contact.", false, false, true),
            ("en", "A 30-day return.", true, true, false),
            ("en", "Someone answers honestly.", false, false, false),
            ("sv", "Vi svarar inom två arbetsdagar.", true, true, false),
            ("sv", "Vi gör vårt bästa.", false, false, false),
            ("sv", "Svar inom kort.", false, true, false),
            ("id", "Kami menjawab dalam dua hari kerja.", true, true, false),
            ("id", "Kami selalu ramah.", false, false, false),
            ("id", "Pelanggan baru mendapat kontak.", false, false, true),
        ] {
            assert_eq!(of_words(tag, text), Some(Specific { number, deadline, whom }), "{text}");
        }
        assert_eq!(of_words("en", " "), None);
        assert_eq!(of_words("de", "Wir antworten schnell."), None);
    }
}
