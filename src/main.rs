//! The `trustbook` command.

use std::process::ExitCode;

/// A build allocates millions of small strings; this allocator spares a tenth of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    trustbook::cli::run()
}
