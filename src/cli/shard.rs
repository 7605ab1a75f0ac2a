//! Which part of a run this is: as the arguments say, or as the variables of a CI engine do.

use super::args::ShardChoice;
use super::preparation::Prepared;
use crate::diagnostic::Diagnostic;
use crate::outcome::phrase;
use crate::plan::Shard;

/// How an engine tells each of the machines that work on one job which of them it is.
struct Engine {
    /// The variable with the machine's number.
    index: &'static str,
    /// The variable with the number of machines.
    total: &'static str,
    /// The number of the first machine.
    first: usize,
}

/// GitLab's `parallel`, and Indexed Jobs of Kubernetes, which tell no total: `ORCHSPEC_SHARDS` is to be set beside
/// `completions`.
const ENGINES: [Engine; 2] = [
    Engine { index: "CI_NODE_INDEX", total: "CI_NODE_TOTAL", first: 1 },
    Engine { index: "JOB_COMPLETION_INDEX", total: "ORCHSPEC_SHARDS", first: 0 },
];

/// A shard, and who said that it is this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// The shard.
    pub shard: Shard,
    /// The variables: `CI_NODE_INDEX=2, CI_NODE_TOTAL=3`; none if the arguments said it.
    pub by: Option<String>,
}

/// The value of an environment variable, if it is set.
type Variable<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// Asks the environment, if the arguments say so.
pub(crate) fn choose(choice: ShardChoice, variable: &Variable<'_>) -> Result<Told, Diagnostic> {
    match choice {
        ShardChoice::Given(shard) => Ok(Told { shard, by: None }),
        ShardChoice::Auto => ask(variable),
    }
}

/// A warning where the jobs of other shards would be counted with those of a case.
pub(crate) fn disturbed(prepared: &Prepared) -> Option<Diagnostic> {
    let is_shared =
        prepared.chosen.is_real() && prepared.plan.shard.is_some_and(|(part, _)| !part.is_whole());
    let counting = prepared.plan.runnable().filter(|case| case.alone).count();
    let number = phrase::count(counting, "case");
    let message =
        format!("jobs of other shards would be counted in {number}, because jobs carry no mark here");
    let help =
        "give each shard a server of its own, or name the argument that carries it: `mark:` of the job";
    (is_shared && counting > 0).then(|| Diagnostic::warning("unmarked-jobs", message).help(help))
}

fn ask(variable: &Variable<'_>) -> Result<Told, Diagnostic> {
    let value = |name: &str| variable(name).filter(|value| !value.is_empty());
    let speaks = |engine: &&Engine| value(engine.index).is_some() || value(engine.total).is_some();
    let engines: Vec<&Engine> = ENGINES.iter().filter(speaks).collect();
    match engines.as_slice() {
        [] => Err(nobody()),
        [engine] => engine.tell(value(engine.index), value(engine.total)),
        [one, other, ..] => Err(contradiction(one, other)),
    }
}

impl Engine {
    fn tell(&self, index: Option<String>, total: Option<String>) -> Result<Told, Diagnostic> {
        let Some(total) = total else { return Err(incomplete(self.index, self.total)) };
        let of = number(self.total, &total)?;
        let Some(index) = index else {
            // GitLab numbers the machines only if there are several.
            let alone = Shard::new(1, of).ok().filter(|_| of == 1);
            let told = alone.map(|shard| Told { shard, by: Some(format!("{}={total}", self.total)) });
            return told.ok_or_else(|| incomplete(self.total, self.index));
        };
        let number = number(self.index, &index)?;
        let by = format!("{}={index}, {}={total}", self.index, self.total);
        let shard = Shard::new(number + 1 - self.first, of);
        let shard = shard.map_err(|reason| wrong(format!("{by} is no shard: {reason}")))?;
        Ok(Told { shard, by: Some(by) })
    }
}

fn number(name: &str, value: &str) -> Result<usize, Diagnostic> {
    let number = value.parse::<u16>().map(usize::from);
    number.map_err(|_| wrong(format!("{name} is no number of shards: `{value}`")))
}

fn incomplete(set: &str, unset: &str) -> Diagnostic {
    wrong(format!("{set} is set, and {unset} is not"))
}

fn wrong(message: String) -> Diagnostic {
    Diagnostic::error("shard", message).help("set both variables, or write the shard: --shard 1/3")
}

fn contradiction(one: &Engine, other: &Engine) -> Diagnostic {
    let message = format!("variables of two engines are set: {} and {}", one.total, other.total);
    Diagnostic::error("shard", message).help("unset those of one, or write the shard: --shard 1/3")
}

fn nobody() -> Diagnostic {
    let pairs: Vec<String> =
        ENGINES.iter().map(|engine| format!("{} and {}", engine.index, engine.total)).collect();
    let message = format!("no variable tells which shard this is: neither {}", pairs.join(" nor "));
    let help = "write the shard: --shard 1/3, or leave out `--shard auto` to run everything";
    Diagnostic::error("shard", message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn told(variables: &[(&str, &str)]) -> Result<(String, String), String> {
        let variable =
            |name: &str| variables.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned());
        let told = choose(ShardChoice::Auto, &variable).map_err(|wrong| wrong.message)?;
        Ok((told.shard.to_string(), told.by.unwrap_or_default()))
    }

    #[rstest]
    #[case(&[("CI_NODE_INDEX", "2"), ("CI_NODE_TOTAL", "3")], "2/3", "CI_NODE_INDEX=2, CI_NODE_TOTAL=3")]
    #[case(&[("CI_NODE_TOTAL", "1")], "1/1", "CI_NODE_TOTAL=1")]
    #[case(&[("CI_NODE_TOTAL", "1"), ("CI_NODE_INDEX", "")], "1/1", "CI_NODE_TOTAL=1")]
    #[case(&[("JOB_COMPLETION_INDEX", "0"), ("ORCHSPEC_SHARDS", "4")], "1/4", "JOB_COMPLETION_INDEX=0, ORCHSPEC_SHARDS=4")]
    #[case(&[("JOB_COMPLETION_INDEX", "3"), ("ORCHSPEC_SHARDS", "4")], "4/4", "JOB_COMPLETION_INDEX=3, ORCHSPEC_SHARDS=4")]
    fn every_engine_counts_in_its_own_way(
        #[case] variables: &[(&str, &str)],
        #[case] shard: &str,
        #[case] by: &str,
    ) {
        assert_eq!(told(variables), Ok((shard.to_owned(), by.to_owned())));
    }

    #[rstest]
    #[case(&[], "no variable tells which shard this is: neither CI_NODE_INDEX and CI_NODE_TOTAL nor JOB_COMPLETION_INDEX and ORCHSPEC_SHARDS")]
    #[case(&[("CI_NODE_INDEX", "1")], "CI_NODE_INDEX is set, and CI_NODE_TOTAL is not")]
    #[case(&[("CI_NODE_TOTAL", "2")], "CI_NODE_TOTAL is set, and CI_NODE_INDEX is not")]
    #[case(&[("JOB_COMPLETION_INDEX", "1")], "JOB_COMPLETION_INDEX is set, and ORCHSPEC_SHARDS is not")]
    #[case(&[("CI_NODE_INDEX", "one"), ("CI_NODE_TOTAL", "3")], "CI_NODE_INDEX is no number of shards: `one`")]
    #[case(&[("CI_NODE_INDEX", "1"), ("CI_NODE_TOTAL", "-3")], "CI_NODE_TOTAL is no number of shards: `-3`")]
    #[case(&[("CI_NODE_INDEX", "0"), ("CI_NODE_TOTAL", "3")], "CI_NODE_INDEX=0, CI_NODE_TOTAL=3 is no shard: shards are counted from 1: write 1/3 for the first")]
    #[case(&[("CI_NODE_INDEX", "4"), ("CI_NODE_TOTAL", "3")], "CI_NODE_INDEX=4, CI_NODE_TOTAL=3 is no shard: there is no shard 4 of 3")]
    #[case(&[("JOB_COMPLETION_INDEX", "3"), ("ORCHSPEC_SHARDS", "3")], "JOB_COMPLETION_INDEX=3, ORCHSPEC_SHARDS=3 is no shard: there is no shard 4 of 3")]
    #[case(&[("CI_NODE_INDEX", "1"), ("CI_NODE_TOTAL", "0")], "CI_NODE_INDEX=1, CI_NODE_TOTAL=0 is no shard: a run has at least one shard")]
    #[case(&[("CI_NODE_TOTAL", "1"), ("JOB_COMPLETION_INDEX", "0")], "variables of two engines are set: CI_NODE_TOTAL and ORCHSPEC_SHARDS")]
    fn what_is_no_shard_is_refused(#[case] variables: &[(&str, &str)], #[case] message: &str) {
        assert_eq!(told(variables), Err(message.to_owned()));
    }
}
