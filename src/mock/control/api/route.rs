//! From method and path to a call of the table, or to what may have been meant.

use hyper::Method;

use super::call::Call;
use super::table::CALLS;
use crate::diagnostic::nearest;

/// The call at this path, with what stands for the name in its path; the methods that the path has, if not this one.
pub(super) fn find<'a>(
    method: &Method,
    path: &'a str,
    in_session: bool,
) -> Result<(&'static Call, Option<&'a str>), Vec<&'static str>> {
    // Whoever wants the head alone gets the head of a GET.
    let method = if method == Method::HEAD { &Method::GET } else { method };
    let fitting = CALLS.iter().filter(|call| call.of_session || !in_session);
    let fitting: Vec<_> = fitting.filter_map(|call| fit(call.path, path).ok().map(|id| (call, id))).collect();
    let methods = fitting.iter().map(|(call, _)| call.method).collect();
    fitting.into_iter().find(|(call, _)| method == call.method).ok_or(methods)
}

/// The path of the table that is most like this one.
pub(super) fn nearest_path(path: &str) -> Option<&'static str> {
    nearest(path, CALLS.iter().map(|call| call.path))
}

/// A path does not fit a pattern.
struct Unfit;

/// What stands for the name in braces in a path that fits a pattern.
fn fit<'a>(pattern: &str, path: &'a str) -> Result<Option<&'a str>, Unfit> {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    let mut id = None;
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Ok(id),
            (Some(name), Some(part)) if name.starts_with('{') && !part.is_empty() => id = Some(part),
            (Some(wanted), Some(part)) if wanted == part => {}
            _ => return Err(Unfit),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("GET", "/jobs/7", false, Ok(("/jobs/{job}", Some("7"))))]
    #[case("HEAD", "/ready", false, Ok(("/ready", None)))]
    #[case("GET", "/", false, Ok(("/", None)))]
    #[case("POST", "/jobs/7/hold", true, Ok(("/jobs/{job}/hold", Some("7"))))]
    #[case("DELETE", "/jobs", false, Err(vec!["GET"]))]
    #[case("GET", "/jobs/", false, Err(vec![]))]
    #[case("GET", "/sessions", true, Err(vec![]))]
    fn paths_lead_to_calls(
        #[case] method: &str,
        #[case] path: &str,
        #[case] in_session: bool,
        #[case] expected: Result<(&str, Option<&str>), Vec<&str>>,
    ) {
        let found = find(&method.parse().unwrap(), path, in_session).map(|(call, id)| (call.path, id));
        assert_eq!(found, expected);
    }
}
