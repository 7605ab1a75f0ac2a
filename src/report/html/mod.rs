//! The result of a run as a page for browsers: one file that loads nothing and runs no script but its own.
//!
//! What everybody must be able to read is plain markup. The exchanges of each case are data in the page, from which the
//! scripts draw when a case is opened: a page of thousands of cases opens as fast as one of ten.

mod article;
mod data;
mod facts;
mod kills;
mod page;
pub(in crate::report) mod program;
pub(in crate::report) mod prose;

pub use kills::Kills;

use askama::Template;

use super::visible::harmless;
use crate::outcome::RunOutcome;
use crate::source::SourceMap;

/// The page.
pub fn render(outcome: &RunOutcome, sources: &SourceMap) -> String {
    of_run(outcome, sources, None)
}

/// The page with a kill matrix in it.
pub fn with_kills(outcome: &RunOutcome, sources: &SourceMap, kills: &Kills) -> String {
    of_run(outcome, sources, Some(kills))
}

fn of_run(outcome: &RunOutcome, sources: &SourceMap, kills: Option<&Kills>) -> String {
    whole(&page::Page { outcome, sources, kills }, &data::scripts(outcome, sources))
}

/// A page of the same look that has no data for its scripts.
pub(in crate::report) fn page(template: &impl Template) -> String {
    whole(template, "")
}

fn whole(template: &impl Template, data: &str) -> String {
    // Writing to memory cannot fail, and nothing else in the templates can.
    let page = template.render().unwrap_or_default();
    harmless(&page, &[]) + data + "</body>\n</html>\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::{RecordedAnswer, Verdict};
    use crate::report::sample;
    use regex::Regex;

    const HOSTILE: &str = "</script><img src=x onerror=alert(1)><!--<script>\u{202e}\u{0}";

    /// The sample with the same hostile text in every place that a server or a scenario's author writes.
    fn hostile() -> String {
        let (mut outcome, sources) = sample::run();
        HOSTILE.clone_into(&mut outcome.target.identity);
        for case in &mut outcome.cases {
            case.title.push_str(HOSTILE);
            case.findings.iter_mut().for_each(|finding| finding.actual.push_str(HOSTILE));
            case.snapshots.iter_mut().for_each(|snapshot| snapshot.content.push_str(HOSTILE));
            for exchange in &mut case.exchanges {
                exchange.url.push_str(HOSTILE);
                exchange.request.headers.push((HOSTILE.to_owned(), HOSTILE.to_owned()));
                if let RecordedAnswer::Response { message, .. } = &mut exchange.answer {
                    message.body.push_str(HOSTILE);
                }
            }
        }
        render(&outcome, &sources)
    }

    #[test]
    fn what_a_server_says_is_text_wherever_it_stands() {
        let page = hostile();
        let own = render(&sample::run().0, &sample::run().1);
        for tag in ["<script", "</script", "<img", "<!--"] {
            assert_eq!(page.matches(tag).count(), own.matches(tag).count(), "{tag}");
        }
        assert!(page.contains("&#60;img src=x"));
        assert!(!page.contains('\u{0}'));
    }

    #[test]
    fn nothing_is_loaded_and_no_script_runs_but_the_own() {
        let page = render(&sample::run().0, &sample::run().1);
        let policy = Regex::new(r#"http-equiv="Content-Security-Policy" content="([^"]*)""#).unwrap();
        let policy = &policy.captures(&page).unwrap()[1];
        assert!(
            policy.starts_with("default-src &#39;none&#39;") || policy.starts_with("default-src 'none'"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe"), "{policy}");
        let loading = Regex::new(r"<(link|img|iframe|object|embed)\b|<script[^>]* src=").unwrap();
        assert_eq!(loading.find(&page).map(|found| found.as_str()), None);
    }

    #[test]
    fn every_case_and_every_failure_can_be_read_without_a_script() {
        let (outcome, sources) = sample::run();
        let page = render(&outcome, &sources);
        let markup = Regex::new(r"(?s)<script.*?</script>").unwrap().replace_all(&page, "");
        assert!(outcome.cases.iter().all(|case| markup.contains(&case.id)));
        assert!(outcome.requirements.iter().all(|requirement| markup.contains(requirement.id.as_str())));
        let findings = outcome.cases.iter().filter(|case| case.verdict() == Verdict::Fail);
        for finding in findings.flat_map(|case| &case.findings) {
            assert!(markup.contains(&finding.expected) && markup.contains(&finding.actual), "{finding:?}");
        }
    }
}
