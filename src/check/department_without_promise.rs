//! A department that meets customers and owes them nothing is where trust leaks unseen.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::playbook::{Id, Status, Thing};

pub(super) fn department_without_promise(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let departments = Id::all(&context.playbook.departments);
    for (id, department) in departments.filter(|(_, department)| !department.touchpoints.is_empty()) {
        if context.is_echo(Code::DepartmentWithoutPromise, Thing::Department(id)) {
            continue;
        }
        let mut promises = department.promises.iter().map(|promise| &context.playbook[*promise]);
        if promises.all(|promise| promise.status == Some(Status::Withdrawn)) {
            let message = format!("`{}` meets customers and promises them nothing", department.id);
            diagnostics.push(
                Diagnostic::new(Code::DepartmentWithoutPromise, message)
                    .at(department.place.clone(), "keeps no promise")
                    .help(format!("give it one to keep: department = \"{}\" in `promises.toml`", department.id)),
            );
        }
    }
}
