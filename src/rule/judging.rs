//! Short ways to say what a rule found; they know no rule.

use super::course::Exchange;
use super::{Deviation, Judgement};

/// A look at each of these exchanges.
pub(super) fn each<'a>(
    exchanges: impl Iterator<Item = &'a Exchange>,
    mut deviation: impl FnMut(&'a Exchange) -> Option<Deviation>,
) -> Judgement {
    let mut judgement = Judgement::new();
    for exchange in exchanges {
        judgement.look(exchange, deviation(exchange));
    }
    judgement
}

/// A deviation of this exchange, unless `holds`.
pub(super) fn unless(
    holds: bool,
    exchange: &Exchange,
    place: &'static str,
    expected: impl Into<String>,
    actual: impl Into<String>,
) -> Option<Deviation> {
    (!holds).then(|| Deviation {
        exchange: exchange.number,
        place,
        expected: expected.into(),
        actual: actual.into(),
    })
}

/// A value as messages show it; nothing is shown as just that.
pub(super) fn shown(value: Option<&str>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| serde_json::Value::from(value).to_string())
}
