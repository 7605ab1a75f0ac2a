//! Which branch of a poll an answer that fits none comes nearest to: what it misses of that one is what is wrong with it.

use crate::check::{Judgement, Mismatch};

/// A branch, and what an answer misses of it.
pub(super) struct Branch<'a> {
    /// Its word in the scenario.
    pub(super) word: &'static str,
    /// What the answer misses.
    pub(super) misses: &'a [Mismatch],
    /// The places of which the branch asks something.
    pub(super) asks: Vec<String>,
}

impl<'a> Branch<'a> {
    /// A branch that does not hold; `blank` is what it says of an answer without anything. None if it could not be looked
    /// at.
    pub(super) fn of(word: &'static str, judgement: &'a Judgement, blank: Judgement) -> Option<Self> {
        let Judgement::Violated(misses) = judgement else { return None };
        let asks = match blank {
            Judgement::Violated(misses) => misses.into_iter().map(|missed| missed.place).collect(),
            _ => Vec::new(),
        };
        Some(Self { word, misses, asks })
    }

    fn fits(&self, place: &str) -> bool {
        self.asks.iter().any(|own| own == place) && !self.misses.iter().any(|missed| missed.place == place)
    }
}

/// The branch that the answer comes nearest to; none if two are equally near.
///
/// A place at which another branch is fitted is one that tells the branches apart, such as the state of a job: it counts
/// before all others. Then the number of places counts.
pub(super) fn nearest<'b, 'a>(branches: &'b [Branch<'a>]) -> Option<&'b Branch<'a>> {
    let distance = |branch: &Branch<'_>| {
        let tells_apart = |missed: &&Mismatch| branches.iter().any(|other| other.fits(&missed.place));
        (branch.misses.iter().filter(tells_apart).count(), branch.misses.len())
    };
    let least = branches.iter().map(distance).min()?;
    let mut near = branches.iter().filter(|branch| distance(branch) == least);
    near.next().filter(|_| near.next().is_none())
}

/// What is told beside a finding of the branch `of`: which one the answer comes nearest to, and what the others miss.
pub(super) fn aside(branches: &[Branch<'_>], of: &str) -> Option<String> {
    let own = branches.iter().find(|branch| branch.word == of).filter(|_| branches.len() > 1)?;
    let held = format!("held against `{}`", own.word);
    let first = |branch: &Branch<'_>| {
        let missed = branch.misses.first().map(Mismatch::describe).unwrap_or_default();
        format!("`{}`: {missed}", branch.word)
    };
    Some(match nearest(branches) {
        Some(near) if near.word != of => format!("{held}; it comes nearer to {}", first(near)),
        Some(_) => {
            let others = branches.iter().filter(|branch| branch.word != of).map(first);
            format!("{held}, which it comes nearest to; {}", others.collect::<Vec<_>>().join("; "))
        }
        None => format!("{held}; it fits no other branch of the poll"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceMap, Span};
    use rstest::rstest;

    fn missed(places: &[&str]) -> Vec<Mismatch> {
        let span = Span::new(SourceMap::default().add("test.yaml", ""), 0..0);
        let missed = |place: &&str| Mismatch {
            place: (*place).to_owned(),
            expected: "that".to_owned(),
            actual: "this".to_owned(),
            span,
        };
        places.iter().map(missed).collect()
    }

    type Places = &'static [&'static str];

    /// What is told beside a finding of `until`, given what each branch asks for and the answer misses.
    fn told(until: (Places, Places), pending: (Places, Places)) -> String {
        let violated = |places: Places| Judgement::Violated(missed(places));
        let [of_until, of_pending] = [until, pending].map(|(_, misses)| violated(misses));
        let branches = [("until", until, &of_until), ("pending", pending, &of_pending)];
        let branches =
            branches.map(|(word, (asks, _), misses)| Branch::of(word, misses, violated(asks)).unwrap());
        aside(&branches, "until").unwrap()
    }

    const STATE: Places = &["status", "/status"];
    const ENDED: Places = &["status", "/status", "/percent", "/result"];

    #[rstest]
    #[case::ended(ENDED, &["/percent", "/result"], STATE, &["/status"], "which it comes nearest to; `pending`: /status is this and not that")]
    #[case::goes_on(ENDED, &["/status", "/percent"], &["/status", "/links"], &["/links"], "it comes nearer to `pending`: /links is this and not that")]
    #[case::fewer(ENDED, &["/status", "/percent"], STATE, &["/status"], "it comes nearer to `pending`: /status is this and not that")]
    #[case::neither(STATE, &["status"], STATE, &["status"], "it fits no other branch of the poll")]
    fn the_place_that_tells_the_branches_apart_counts_first(
        #[case] asked_by_until: Places,
        #[case] missed_by_until: Places,
        #[case] asked_by_pending: Places,
        #[case] missed_by_pending: Places,
        #[case] expected: &str,
    ) {
        let told = told((asked_by_until, missed_by_until), (asked_by_pending, missed_by_pending));
        assert!(told.starts_with("held against `until`") && told.ends_with(expected), "{told}");
    }
}
