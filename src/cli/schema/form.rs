//! The shapes that a kind of file is made of, put together: for the JSON Schemas of editors and for the pages of people.

use crate::cli::args::SchemaName;
use crate::outcome::baseline;
use crate::profile::PROFILES;
use crate::yaml::{Key, Rule, Shape};
use crate::{check, client, mock, requirement, scenario, target};

/// A kind of file.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    /// The whole file.
    pub(crate) root: &'static Shape,
    /// What may stand in the place of any single value.
    pub(crate) reference: Option<&'static Shape>,
    /// Mappings of files that go with these.
    pub(crate) besides: Vec<&'static Shape>,
    instead: Vec<(&'static Shape, &'static Shape)>,
    members: Vec<(&'static str, &'static str, Vec<&'static Shape>)>,
    rules: Vec<(&'static Shape, Rule)>,
    /// Texts that stand where a table names a mapping, each with the regular expression that it fits.
    texts: Vec<(&'static Shape, String)>,
}

impl Form {
    /// A file of this kind; nothing for what programs write, of which there is a schema only.
    pub(crate) fn of(name: SchemaName) -> Option<Self> {
        let root = match name {
            SchemaName::Scenario => {
                return Some(Self { besides: vec![&scenario::FRAGMENT], ..steps(&scenario::SCENARIO) });
            }
            SchemaName::Fragment => return Some(steps(&scenario::FRAGMENT)),
            SchemaName::Target => {
                let form = Self::plain(&target::SHAPE).with_references(&target::REFERENCE);
                return Some(Self { rules: target::rules(), ..form });
            }
            SchemaName::Requirements => &requirement::SHAPE,
            SchemaName::Baseline => &baseline::SHAPE,
            SchemaName::Mock => &mock::setup::SHAPE,
            SchemaName::Situation => &client::situation::SHAPE,
            SchemaName::Faults => &mock::fault::SHAPE,
            SchemaName::Verdicts => &mock::verdict::SHAPE,
            SchemaName::Report
            | SchemaName::Journal
            | SchemaName::Mutants
            | SchemaName::Difference
            | SchemaName::Matrix => return None,
        };
        Some(Self::plain(root))
    }

    /// A file that is what its shape says, and nothing else.
    pub(crate) fn plain(root: &'static Shape) -> Self {
        Self {
            root,
            reference: None,
            besides: Vec::new(),
            instead: Vec::new(),
            members: Vec::new(),
            rules: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// The same, where a reference may stand in the place of any single value.
    pub(crate) fn with_references(self, reference: &'static Shape) -> Self {
        Self { reference: Some(reference), ..self }
    }

    /// The shape that stands where a table names this one.
    pub(crate) fn standing_for(&self, shape: &'static Shape) -> &'static Shape {
        let instead = self.instead.iter().find(|(placeholder, _)| placeholder.name == shape.name);
        instead.map_or(shape, |(_, shape)| shape)
    }

    /// What a text fits that stands where a table names this mapping, if one does.
    pub(crate) fn pattern(&self, shape: &Shape) -> Option<&str> {
        let text = self.texts.iter().find(|(placeholder, _)| placeholder.name == shape.name);
        text.map(|(_, pattern)| pattern.as_str())
    }

    /// What the keys of a mapping have to do with each other.
    pub(crate) fn rules(&self, shape: &Shape) -> impl Iterator<Item = &Rule> {
        let name = shape.name;
        self.rules.iter().filter(move |(own, _)| own.name == name).map(|(_, rule)| rule)
    }

    /// The mappings of which one stands at this key, where its table leaves that open.
    pub(crate) fn members(&self, shape: &Shape, key: &Key) -> Option<&[&'static Shape]> {
        let here = |(owner, name, _): &&(&str, &str, _)| *owner == shape.name && *name == key.name;
        self.members.iter().find(here).map(|(_, _, shapes)| shapes.as_slice())
    }
}

/// A file with steps. What `scenario` leaves open is put in here: blocks are known to `check`, request words to the
/// profiles.
fn steps(root: &'static Shape) -> Form {
    let words = || PROFILES.iter().map(|profile| profile.request_shape()).collect();
    let step = scenario::STEP.name;
    Form {
        instead: vec![
            (&scenario::BLOCK_PLACEHOLDER, &check::SHAPE),
            (&scenario::INVARIANT_PLACEHOLDER, &check::invariant::SHAPE),
        ],
        members: vec![
            (step, "request", words()),
            (step, "poll", words()),
            (step, "pending", vec![&check::PENDING_SHAPE]),
        ],
        rules: scenario::rules().into_iter().chain(requests()).collect(),
        texts: vec![(&scenario::PLACE_PLACEHOLDER, check::place_pattern())],
        ..Form::plain(root)
    }
}

/// The rules of the words of every protocol's requests.
fn requests() -> impl Iterator<Item = (&'static Shape, Rule)> {
    PROFILES
        .iter()
        .flat_map(|profile| profile.request_rules().into_iter().map(|rule| (profile.request_shape(), rule)))
}
