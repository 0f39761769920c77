//! A place in one of the playbook's lists, which cannot be mistaken for a place in another.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

/// The id of a `T`: its index in the [`Playbook`](super::Playbook)'s list.
pub struct Id<T> {
    index: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The thing at `index` of its list.
    pub fn new(index: usize) -> Id<T> {
        Id {
            index: u32::try_from(index).expect("a playbook has fewer than four billion things of a kind"),
            of: PhantomData,
        }
    }

    /// Its index.
    pub fn index(self) -> usize {
        self.index as usize
    }

    /// A list's things with their ids.
    pub fn all(list: &[T]) -> impl DoubleEndedIterator<Item = (Id<T>, &T)> + ExactSizeIterator {
        list.iter().enumerate().map(|(index, thing)| (Id::new(index), thing))
    }

    /// As [`all`](Id::all), to change them.
    pub fn all_mut(list: &mut [T]) -> impl Iterator<Item = (Id<T>, &mut T)> {
        list.iter_mut().enumerate().map(|(index, thing)| (Id::new(index), thing))
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.index.cmp(&other.index)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{}", self.index)
    }
}
