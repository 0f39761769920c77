//! Two lists of things to pairs of what is most likely one thing: the same id, else the same title, else most words in common.

use rustc_hash::{FxHashMap, FxHashSet};

/// By what a thing is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Names, the surest first: those of both lists are compared one kind after the other. The last is its own id.
    pub keys: Vec<String>,
    /// Its title.
    pub title: String,
}

/// Which thing became which, by their numbers in the two lists.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Pairing {
    /// Then and now, in the order of now.
    pub pairs: Vec<(usize, usize)>,
    /// Those of then that are gone.
    pub gone: Vec<usize>,
    /// Those of now that are new.
    pub new: Vec<usize>,
}

/// Half of the words and a little more: fewer may be chance.
const ALIKE: f64 = 0.6;
/// So many comparisons of words, and no more: after a thousand new names nobody reads on.
const COMPARISONS: usize = 40_000;

/// Pairs two lists. `words_then` and `words_now` give sorted prints of a thing's words; they are asked of those alone that nothing else pairs.
pub fn pair(
    then: &[Card],
    now: &[Card],
    words_then: &dyn Fn(usize) -> Vec<u64>,
    words_now: &dyn Fn(usize) -> Vec<u64>,
) -> Pairing {
    let mut left = Left { gone: (0..then.len()).collect(), new: (0..now.len()).collect(), pairs: Vec::new() };
    let kinds = then.iter().chain(now).map(|card| card.keys.len()).max().unwrap_or_default();
    for kind in 0..kinds {
        left.by(&|index| then[index].keys.get(kind).cloned(), &|index| now[index].keys.get(kind).cloned());
    }
    left.by(&|index| Some(then[index].title.clone()), &|index| Some(now[index].title.clone()));
    let gone: FxHashMap<usize, Vec<u64>> = left.gone.iter().map(|index| (*index, words_then(*index))).collect();
    let new: FxHashMap<usize, Vec<u64>> = left.new.iter().map(|index| (*index, words_now(*index))).collect();
    let words =
        |of: &FxHashMap<usize, Vec<u64>>, index: usize| of.get(&index).cloned().filter(|words| !words.is_empty());
    left.by(&|index| words(&gone, index), &|index| words(&new, index));
    if left.gone.len() * left.new.len() <= COMPARISONS {
        left.by_likeness(&gone, &new);
    }
    left.pairs.sort_by_key(|(_, now)| *now);
    Pairing { pairs: left.pairs, gone: left.gone, new: left.new }
}

/// What is not paired yet.
struct Left {
    gone: Vec<usize>,
    new: Vec<usize>,
    pairs: Vec<(usize, usize)>,
}

impl Left {
    /// Pairs those that have one name, which nothing else on either side has.
    fn by<K: std::hash::Hash + Eq>(&mut self, then: &dyn Fn(usize) -> Option<K>, now: &dyn Fn(usize) -> Option<K>) {
        let mut named: FxHashMap<K, (Vec<usize>, Vec<usize>)> = FxHashMap::default();
        for index in &self.gone {
            if let Some(name) = then(*index) {
                named.entry(name).or_default().0.push(*index);
            }
        }
        for index in &self.new {
            if let Some(name) = now(*index) {
                named.entry(name).or_default().1.push(*index);
            }
        }
        let pairs = named.into_values().filter(|(then, now)| then.len() == 1 && now.len() == 1);
        self.take(pairs.map(|(then, now)| (then[0], now[0])).collect());
    }

    /// Pairs those that have most of their words in common, the most alike first.
    fn by_likeness(&mut self, gone: &FxHashMap<usize, Vec<u64>>, new: &FxHashMap<usize, Vec<u64>>) {
        let mut likely: Vec<(f64, usize, usize)> = Vec::new();
        for then in &self.gone {
            for now in &self.new {
                let alike = likeness(&gone[then], &new[now]);
                if alike >= ALIKE {
                    likely.push((alike, *then, *now));
                }
            }
        }
        likely.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
        let (mut then_taken, mut now_taken) = (FxHashSet::default(), FxHashSet::default());
        let mut pairs = Vec::new();
        for (_, then, now) in likely {
            if !then_taken.contains(&then) && !now_taken.contains(&now) {
                then_taken.insert(then);
                now_taken.insert(now);
                pairs.push((then, now));
            }
        }
        self.take(pairs);
    }

    fn take(&mut self, pairs: Vec<(usize, usize)>) {
        let (then, now): (FxHashSet<usize>, FxHashSet<usize>) = pairs.iter().copied().unzip();
        self.gone.retain(|index| !then.contains(index));
        self.new.retain(|index| !now.contains(index));
        self.pairs.extend(pairs);
    }
}

/// The share of words that two texts have in common, each as often as it is there: 0 to 1, by Dice's coefficient.
fn likeness(one: &[u64], other: &[u64]) -> f64 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    2.0 * common(one, other) as f64 / (one.len() + other.len()) as f64
}

/// How many entries two sorted lists have in common.
pub fn common(one: &[u64], other: &[u64]) -> usize {
    let (mut a, mut b, mut common) = (0, 0, 0);
    while let (Some(left), Some(right)) = (one.get(a), other.get(b)) {
        match left.cmp(right) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => (a, b, common) = (a + 1, b + 1, common + 1),
        }
    }
    common
}

/// Which of now's things stand elsewhere among those that were there: all but the longest run that kept its order.
pub fn moved(pairs: &[(usize, usize)]) -> Vec<usize> {
    // For each length the pair that ends the run of that length and began least far on; and before each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (index, (then, _)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].0 < *then);
        before[index] = length.checked_sub(1).map(|shorter| ends[shorter]);
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut kept = FxHashSet::default();
    let mut at = ends.last().copied();
    while let Some(index) = at {
        kept.insert(index);
        at = before[index];
    }
    (0..pairs.len()).filter(|index| !kept.contains(index)).map(|index| pairs[index].1).collect()
}

#[cfg(test)]
mod tests {
    use super::super::wording::prints;
    use super::*;

    fn paired(then: &[(&str, &str)], now: &[(&str, &str)]) -> Pairing {
        let cards = |list: &[(&str, &str)]| -> Vec<Card> {
            list.iter().map(|(id, title)| Card { keys: vec![id.to_string()], title: title.to_string() }).collect()
        };
        pair(&cards(then), &cards(now), &|index| prints(then[index].1), &|index| prints(now[index].1))
    }

    #[test]
    fn ids_come_before_titles_and_titles_before_words() {
        let then = [("a", "One"), ("b", "Two"), ("c", "We answer you within two days"), ("d", "Gone")];
        let now = [("b", "One"), ("x", "Three"), ("y", "We answer you within one day"), ("a", "Two")];
        let paired = paired(&then, &now);
        assert_eq!(paired.pairs, [(1, 0), (2, 2), (0, 3)]);
        assert_eq!((paired.gone, paired.new), (vec![3], vec![1]));
    }

    #[test]
    fn a_title_that_several_have_pairs_nothing() {
        let paired = paired(&[("a", "Overview"), ("b", "Overview")], &[("c", "Overview"), ("d", "Other")]);
        // Equal words are likely enough, though, once the first is taken.
        assert_eq!((paired.pairs.as_slice(), paired.gone.len(), paired.new.len()), (&[(0, 0)][..], 1, 1));
    }

    #[test]
    fn only_what_left_its_order_has_moved() {
        assert_eq!(moved(&[(0, 0), (1, 1), (2, 2)]), Vec::<usize>::new());
        assert_eq!(moved(&[(3, 0), (0, 1), (1, 2), (2, 3)]), [0]);
        assert_eq!(moved(&[(0, 0), (5, 2)]), Vec::<usize>::new());
        assert_eq!(moved(&[(1, 0), (0, 1)]).len(), 1);
        assert_eq!(moved(&[]), Vec::<usize>::new());
    }
}
