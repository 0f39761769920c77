//! A page's view to the files of the theme that draw it, by name.

use crate::theme::Theme;
use crate::theme::explain::made_of;
use crate::view::PageView;

/// The template of a page, what it extends and includes, and the files of the components that it calls: of the playbook's
/// own the path, of the built-in ones `default/templates/…`.
pub fn files(theme: &Theme, view: &PageView) -> Vec<String> {
    made_of(theme, view).into_iter().map(|one| one.file.clone()).collect()
}
