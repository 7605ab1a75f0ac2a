//! What keys a mapping may have: one table serves the decoder, its messages and the editors' JSON Schema.

/// A mapping with a closed set of keys.
#[derive(Debug)]
pub struct Shape {
    /// What the mapping is, with its article: `a step`.
    pub name: &'static str,
    /// What it is for, one sentence.
    pub doc: &'static str,
    /// Its keys, in the order in which people write them.
    pub keys: &'static [Key],
}

/// A key of a [`Shape`].
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As written.
    pub name: &'static str,
    /// What it says, one sentence.
    pub doc: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What may stand there.
    pub value: Value,
    /// What holds if it is left out, as YAML; none where leaving it out means something that no value says.
    pub default: Option<&'static str>,
    /// What could stand there, as YAML.
    pub example: Option<&'static str>,
}

/// What may stand at a key, as far as an editor can check it.
#[derive(Debug, Clone, Copy)]
pub enum Value {
    /// Text.
    Text,
    /// A whole number, 0 or more.
    Integer,
    /// A whole number between these, both included.
    Between(u64, u64),
    /// `true` or `false`.
    Bool,
    /// A duration (`100ms`).
    Duration,
    /// A size in bytes (`8MiB`).
    Size,
    /// A text that holds an expression (`${{ id }}`).
    Expression,
    /// Text, a number or a truth value; may hold `${{ … }}`.
    Scalar,
    /// `null`, which may be left empty.
    Null,
    /// Anything.
    Any,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A list of these.
    List(&'static Value),
    /// One of these or a list of them.
    OneOrMore(&'static Value),
    /// A mapping with free keys.
    Map(&'static Value),
    /// A mapping with a closed set of keys.
    Object(&'static Shape),
    /// A mapping whose schema is defined once under the shape's name, because shapes may hold themselves.
    Recursive(fn() -> &'static Shape),
    /// Any of these.
    AnyOf(&'static [Value]),
}

/// A duration, or an expression that comes to one.
pub const TIME: Value = Value::AnyOf(&[Value::Duration, Value::Expression]);

/// A whole number of which there is at least one.
pub const POSITIVE: Value = Value::Between(1, u64::MAX);

/// What the keys of a mapping have to do with each other. The decoder of the mapping refuses what breaks it in words of
/// its own; this tells editors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// One of these is there, and no other of them.
    ExactlyOne(Vec<&'static str>),
    /// No two of these are there.
    AtMostOne(Vec<&'static str>),
    /// Beside the first one, all of these are there.
    Needs(&'static str, Vec<&'static str>),
    /// The first one is only there beside one of these.
    OnlyWith(&'static str, Vec<&'static str>),
}

impl Key {
    /// A key that must be there.
    pub const fn required(name: &'static str, value: Value, doc: &'static str) -> Self {
        Self { name, doc, required: true, value, default: None, example: None }
    }

    /// A key that may be left out.
    pub const fn optional(name: &'static str, value: Value, doc: &'static str) -> Self {
        Self { required: false, ..Self::required(name, value, doc) }
    }

    /// Says what holds if it is left out.
    #[must_use]
    pub const fn or(self, default: &'static str) -> Self {
        Self { default: Some(default), ..self }
    }

    /// Shows what could stand there.
    #[must_use]
    pub const fn like(self, example: &'static str) -> Self {
        Self { example: Some(example), ..self }
    }
}

/// The words of a table for [`choice`](super::choice), as [`Value::Choice`] wants them: one list serves both.
pub const fn words<T, const N: usize>(table: &[(&'static str, T); N]) -> [&'static str; N] {
    let mut words = [""; N];
    let mut at = 0;
    while at < N {
        words[at] = table[at].0;
        at += 1;
    }
    words
}
