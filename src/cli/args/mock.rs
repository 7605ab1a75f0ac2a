//! Arguments about the embedded mock: how it is reached, and how it behaves.

use clap::Args;

use super::Embedded;

/// Which mock.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Embedded mock")]
pub(crate) struct MockArguments {
    /// How the embedded mock is reached: in this process, or over sockets in real time
    #[arg(
        long,
        value_name = "HOW",
        value_enum,
        default_value = "memory",
        hide_possible_values = false,
        hide_short_help = true
    )]
    pub(crate) embedded: Embedded,
    /// Let the embedded mock violate the protocol in this way; may be repeated
    #[arg(long = "defect", value_name = "ID", hide_short_help = true)]
    pub(crate) defects: Vec<String>,
    /// Let the embedded mock settle an open choice of the documents in this way; may be repeated
    #[arg(long = "mock-policy", value_name = "KEY=VALUE", hide_short_help = true)]
    pub(crate) mock_policies: Vec<String>,
    /// Let the embedded mock differ in a harmless way; may be repeated
    #[arg(long = "noise", value_name = "ID", hide_short_help = true)]
    pub(crate) noises: Vec<String>,
    /// Let faults happen to calls on their way to the embedded mock: a plan, or the name of a preset
    #[arg(long, value_name = "FILE|PRESET", conflicts_with = "embedded", hide_short_help = true)]
    pub(crate) faults: Option<String>,
    /// Where the ids and chances of the embedded mock come from
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, hide_short_help = true)]
    pub(crate) mock_seed: u64,
}

impl MockArguments {
    /// The words that give the same mock again, how it is reached aside.
    pub(crate) fn words(&self) -> Vec<String> {
        let named = |name: &'static str, values: &[String]| {
            values.iter().flat_map(|value| [name.to_owned(), value.clone()]).collect::<Vec<_>>()
        };
        let mut words = named("--defect", &self.defects);
        words.extend(named("--mock-policy", &self.mock_policies));
        words.extend(named("--noise", &self.noises));
        words.extend(self.faults.iter().flat_map(|name| ["--faults".to_owned(), name.clone()]));
        if self.mock_seed > 0 {
            words.extend(["--mock-seed".to_owned(), self.mock_seed.to_string()]);
        }
        words
    }
}
