//! Every case of the suite as a test of its own: on the embedded mock, or on the target that the file named by
//! `ORCHSPEC_TARGET` describes; on the mock every defect too.

use std::path::PathBuf;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use orchspec::cli::trial;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let target = std::env::var_os("ORCHSPEC_TARGET").map(PathBuf::from);
    let cases = match trial::cases(target.as_deref()) {
        Ok(cases) => cases,
        Err(code) => return code.into(),
    };
    let defects = match target {
        None => trial::defects(),
        Some(_) => Ok(Vec::new()),
    };
    let defects = match defects {
        Ok(defects) => defects,
        Err(code) => return code.into(),
    };
    let trials = cases.into_iter().chain(defects).map(|own| {
        let ignored = own.ignored.is_some();
        Trial::test(own.name, || (own.run)().map_err(Into::into)).with_ignored_flag(ignored)
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}
