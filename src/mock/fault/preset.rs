//! Plans that the program brings with it: one file each, under the name by which it is called.

/// A plan that the program brings with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// Its name.
    pub name: &'static str,
    /// Its file.
    pub text: &'static str,
}

macro_rules! presets {
    ($($name:literal),+ $(,)?) => {
        /// Every preset.
        pub static PRESETS: &[Preset] =
            &[$(Preset { name: $name, text: include_str!(concat!("../../../faults/", $name, ".yaml")) }),+];
    };
}

presets!["gentle-502", "bursty-edge", "lossy-create", "long-poll-drops", "pebble-like"];

/// The preset of this name.
pub fn preset(name: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.name == name)
}

impl Preset {
    /// What a plan without a file is called in messages.
    pub fn file(&self) -> String {
        format!("faults/{}.yaml", self.name)
    }
}
