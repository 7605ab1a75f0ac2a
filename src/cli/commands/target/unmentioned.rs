//! What a target file does not mention: added as `none`, in the file's own text, so that comments stay.

use crate::plan::Suite;
use crate::requirement::Registry;
use crate::source::SourceId;
use crate::target::{self, JobKind};
use crate::yaml::{self, Kind, Node, Shape, Value};

/// The text with every unmentioned principal, kind of job and `cap` declared absent and every unmentioned capability
/// declared off, and what was added.
pub(crate) fn declare(source: SourceId, text: &str, suite: &Suite) -> (String, Vec<String>) {
    let Some(root) = yaml::parse(source, text, &mut Vec::new()) else { return (text.to_owned(), Vec::new()) };
    let mut writer = Writer { text, additions: Vec::new() };
    for registry in &suite.registries {
        if let Some(block) = root.get(&registry.profile) {
            writer.protocol(registry, &asked(suite, &registry.profile), block);
        }
    }
    writer.finish()
}

/// A key that is added before an existing one.
struct Addition {
    place: usize,
    text: String,
    names: Vec<String>,
}

struct Writer<'a> {
    text: &'a str,
    additions: Vec<Addition>,
}

impl Writer<'_> {
    fn protocol(&mut self, registry: &Registry, kinds: &[&'static str], block: &Node) {
        let profile = registry.profile.as_str();
        let keys = |section| keys_of(profile, section).into_iter();
        let absent = |name: &'static str| (name, "none");
        self.section(block, (profile, "principals"), keys(Some("principals")).map(absent).collect());
        let offered = |word: &str| block.get("jobs").is_some_and(|jobs| is_offered(jobs, word));
        let kinds = kinds.iter().copied().filter(|word| !offered(word));
        self.section(block, (profile, "jobs"), kinds.map(absent).collect());
        let capabilities = registry.capabilities.iter().map(|capability| (capability.name.as_str(), "no"));
        self.section(block, (profile, "capabilities"), capabilities.collect());
        if keys(None).any(|key| key == "cap") && block.get("cap").is_none() {
            self.insert(block, "cap: none", vec![format!("{profile}.cap")]);
        }
    }

    /// Adds what is missing of a section: to its mapping, or as a mapping of its own.
    fn section(&mut self, block: &Node, (profile, section): (&str, &str), wanted: Vec<(&str, &str)>) {
        let node = block.get(section);
        let is_missing = |name: &str| node.is_none_or(|node| node.get(name).is_none());
        let missing: Vec<(&str, &str)> = wanted.into_iter().filter(|(name, _)| is_missing(name)).collect();
        let named = |name: &str| format!("{profile}.{section}.{name}");
        match node {
            Some(node) => {
                for (name, value) in missing {
                    self.insert(node, &format!("{name}: {value}"), vec![named(name)]);
                }
            }
            None if missing.is_empty() => {}
            None => {
                let pairs: Vec<String> =
                    missing.iter().map(|(name, value)| format!("{name}: {value}")).collect();
                let names = missing.iter().map(|(name, _)| named(name)).collect();
                self.insert(block, &format!("{section}: {{ {} }}", pairs.join(", ")), names);
            }
        }
    }

    /// Adds an entry before the first one of a mapping, in the same style: on a line of its own, or within braces.
    fn insert(&mut self, node: &Node, entry: &str, names: Vec<String>) {
        let Kind::Mapping(entries) = &node.kind else { return };
        let Some((first, _)) = entries.first() else { return };
        let place = first.span.range().start;
        let line = self.text.get(..place).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
        let is_block = line.chars().all(char::is_whitespace);
        let text = if is_block { format!("{entry}\n{line}") } else { format!("{entry}, ") };
        self.additions.push(Addition { place, text, names });
    }

    /// Applies all, from the end of the text to its beginning, so that no place moves before it is used.
    fn finish(mut self) -> (String, Vec<String>) {
        self.additions.sort_by_key(|addition| addition.place);
        let mut completed = self.text.to_owned();
        for addition in self.additions.iter().rev() {
            completed.insert_str(addition.place, &addition.text);
        }
        let names = self.additions.into_iter().flat_map(|addition| addition.names);
        (completed, names.collect())
    }
}

/// The kinds of jobs that scenarios of a protocol ask for.
fn asked(suite: &Suite, profile: &str) -> Vec<&'static str> {
    let own =
        || suite.programs.iter().map(|program| &program.scenario).filter(|own| own.profile.value == profile);
    let asks = |word: &str| {
        let mut kinds = own().flat_map(|scenario| &scenario.needs.jobs).filter_map(|job| job.kind.constant());
        kinds.any(|kind| kind.as_str() == Some(word))
    };
    JobKind::WORDS.iter().map(|(word, _)| *word).filter(|word| asks(word)).collect()
}

/// The keys of a protocol's block, or of a mapping in it, as the shape of target files has them.
fn keys_of(profile: &str, section: Option<&str>) -> Vec<&'static str> {
    let below = |shape: &'static Shape, name: &str| {
        shape.keys.iter().find(|key| key.name == name).and_then(|key| match key.value {
            Value::Object(shape) => Some(shape),
            _ => None,
        })
    };
    let block = below(&target::SHAPE, profile);
    let shape = section.map_or(block, |section| block.and_then(|block| below(block, section)));
    shape.map(|shape| shape.keys.iter().map(|key| key.name).collect()).unwrap_or_default()
}

/// Whether some entry is of this kind.
fn is_offered(jobs: &Node, word: &str) -> bool {
    let Kind::Mapping(entries) = &jobs.kind else { return false };
    entries.iter().any(|(_, entry)| entry.get("kind").and_then(Node::as_text) == Some(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::suite;
    use crate::plan;
    use crate::source::SourceMap;

    fn declared(text: &str) -> (String, Vec<String>) {
        let mut sources = SourceMap::default();
        let files = suite::collect(None).unwrap();
        let suite = plan::load(&files, &|_| true, &mut sources, &mut Vec::new());
        declare(sources.add("target.yaml", text), text, &suite)
    }

    #[test]
    fn what_is_mentioned_stays_as_it_is() {
        let text = target::template(&[]);
        assert_eq!(declared(&text), (text, Vec::new()));
    }

    #[test]
    fn what_is_not_mentioned_is_added_in_the_style_of_its_place() {
        let text = "target: 1
uipath:
  base: http://a   # here
  principals: { owner: { bearer: { env: TOKEN } } }
  jobs:
    quick: { kind: echo }
    queue: none
    typed: none
";
        let (completed, added) = declared(text);
        insta::assert_snapshot!(completed, @r"
        target: 1
        uipath:
          capabilities: { call_mode: no }
          cap: none
          base: http://a   # here
          principals: { noview: none, owner: { bearer: { env: TOKEN } } }
          jobs:
            sleep: none
            fault: none
            quick: { kind: echo }
            queue: none
            typed: none
        ");
        let expected = ["capabilities.call_mode", "cap", "principals.noview", "jobs.sleep", "jobs.fault"];
        assert_eq!(added, expected.map(|name| format!("uipath.{name}")));
    }
}
