//! What a gate says of a baseline that is no longer true.

use super::{Applied, Entry, Standing};
use crate::outcome::phrase;

/// How many entries a sentence names.
const SHOWN: usize = 5;

/// A sentence for each way in which entries must be changed before the gate can be satisfied.
pub fn complaints(baseline: &Applied) -> Vec<String> {
    Standing::ALL.into_iter().filter_map(|standing| complaint(baseline, standing)).collect()
}

fn complaint(baseline: &Applied, standing: Standing) -> Option<String> {
    let what = match standing {
        Standing::Changed => "excuses another failure than the one that came, look at both",
        Standing::Expired => "excuses a failure no longer, because its last day is over",
        Standing::Passes => "expects a failure that did not come, take it out",
        Standing::Stale => "expects a failure where nothing is judged any more, take it out",
        Standing::Excused | Standing::Undecided | Standing::Unjudged => return None,
    };
    let names: Vec<String> = baseline.of(standing).map(Entry::name).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let listed = (!names.is_empty()).then(|| phrase::first_of(&names, SHOWN));
    listed.map(|names| format!("{} {what}: {names}", baseline.file))
}

#[cfg(test)]
mod tests {
    use super::super::Judged;
    use super::*;
    use crate::outcome::sample;

    #[test]
    fn each_way_to_be_untrue_is_told_once_with_the_way_out() {
        let judged = |(index, standing): (usize, Standing)| {
            let case = format!("tst/main/{index}");
            Judged { entry: sample::entry(&case, "TST-MAIN-01", ""), standing }
        };
        let again = [Standing::Passes; 6];
        let entries = Standing::ALL.into_iter().chain(again).enumerate().map(judged).collect();
        let baseline = Applied { file: "known.yaml".to_owned(), entries };
        insta::assert_snapshot!(complaints(&baseline).join("\n"), @r#"
            known.yaml excuses another failure than the one that came, look at both: tst/main/1#TST-MAIN-01
            known.yaml excuses a failure no longer, because its last day is over: tst/main/2#TST-MAIN-01
            known.yaml expects a failure that did not come, take it out: tst/main/3#TST-MAIN-01, tst/main/7#TST-MAIN-01, tst/main/8#TST-MAIN-01, tst/main/9#TST-MAIN-01, tst/main/10#TST-MAIN-01 and 2 more
            known.yaml expects a failure where nothing is judged any more, take it out: tst/main/4#TST-MAIN-01
            "#);
    }
}
