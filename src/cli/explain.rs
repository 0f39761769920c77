//! `trustbook explain`: what a finding means and what to do.

use super::{CLEAN, COULD_NOT_RUN, print, say};
use crate::diagnostic::code::first_sentence;
use crate::diagnostic::{Code, Level, nearest};

/// Explains one code, or lists all of them.
pub fn explain(code: Option<&str>) -> u8 {
    let Some(name) = code else {
        for code in Code::ALL {
            let first = first_sentence(code.explanation());
            print(&format!("{:<28}{:<6}{first}\n", code.name(), word(*code)));
        }
        return CLEAN;
    };
    match Code::named(name) {
        Some(code) => {
            print(&format!("{code} ({})\n\n{}\n", word(code), code.explanation()));
            print(&format!(
                "\nTo change its level, in trustbook.toml:\n\n    [checks]\n    {code} = \"allow\"  # or \"warn\", \"deny\"\n"
            ));
            CLEAN
        }
        None => {
            let hint = nearest(name, Code::ALL.iter().map(|code| code.name()))
                .map(|near| format!(": did you mean `{near}`?"))
                .unwrap_or_default();
            say(&format!("error: no finding is called `{name}`{hint}\n"));
            COULD_NOT_RUN
        }
    }
}

fn word(code: Code) -> &'static str {
    match code.default_level() {
        Level::Allow => "allow",
        Level::Warn => "warn",
        Level::Deny => "deny",
    }
}
