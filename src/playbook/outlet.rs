//! Where an edition of the playbook is published.

use crate::source::Place;
use std::sync::Arc;

/// One `[publish.NAME]` of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlet {
    /// Its name.
    pub name: Arc<str>,
    /// How the site gets there.
    pub way: Way,
    /// Whose edition it gets; the playbook's default one where nothing is said.
    pub audience: Option<Arc<str>>,
    /// Whether anybody may read what stands there, so that no edition for the playbook's own people is sent.
    pub public: bool,
    /// How many releases are kept, the live one included; at least 1.
    pub keep: u32,
    /// Its table's header.
    pub place: Place,
}

/// How a site gets to where it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// Into a folder of this machine, or one that is mounted.
    Folder {
        /// Relative to the playbook's root, or from `/` on.
        path: Arc<str>,
    },
    /// Onto another machine, by its `ssh` and `rsync`.
    Ssh {
        /// `host` or `user@host`, also a name of the user's own `ssh` settings.
        host: Arc<str>,
        /// Relative to the user's home there, or from `/` on.
        path: Arc<str>,
    },
    /// Onto a branch of a Git repository.
    Git {
        /// A remote's name in the playbook's own repository, an address, or a path.
        remote: Arc<str>,
        /// The branch, which holds nothing but the site.
        branch: Arc<str>,
    },
    /// Into object storage.
    Objects {
        /// Whose protocol it speaks.
        store: Store,
        /// The bucket, or container.
        bucket: Arc<str>,
        /// Before every name; empty, or ending in `/`.
        prefix: Arc<str>,
        /// Where it is asked, for what only speaks like one of the large ones.
        endpoint: Option<Arc<str>>,
        /// In which region.
        region: Option<Arc<str>>,
        /// In whose account, where the protocol has such.
        account: Option<Arc<str>>,
        /// Where in it the site stands.
        layout: Layout,
    },
}

/// The protocols of object storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// Amazon's, and everything that speaks like it.
    S3,
    /// Google's.
    Gcs,
    /// Microsoft's.
    Azure,
}

/// Where in a bucket the site stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// At its addresses, so that the bucket itself can be read by visitors.
    #[default]
    Addresses,
    /// Each release in a folder of its own, for a web server in front that asks which one is live.
    Releases,
}

impl Layout {
    /// All of them.
    pub const ALL: [Layout; 2] = [Layout::Addresses, Layout::Releases];

    /// The folder of releases, where they have one.
    pub const RELEASES: &str = "releases";
    /// The object that says which release is live.
    pub const LIVE: &str = ".trustbook/live.json";
    /// What that is sent with, for web servers that read no JSON: the name of the live release, as `x-amz-meta-release` and its like.
    pub const MARKED: &str = "release";

    /// The word of the settings.
    pub fn word(self) -> &'static str {
        match self {
            Layout::Addresses => "addresses",
            Layout::Releases => "releases",
        }
    }
}

/// So many releases are kept where nothing is said.
pub const KEPT: u32 = 5;
