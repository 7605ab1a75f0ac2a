//! Calls that are held for any time inside the declared window.

use super::{Behaviour, Noise, Widening};
use crate::mock::chance::Chance;
use crate::mock::defect::Patience;
use crate::mock::server::Exchange;

struct HoldAnywhere;

pub(super) const NOISE: Noise = Noise {
    id: "hold-anywhere",
    sentence: "every held call is redirected after another time, from a fifth below the usual hold to a fifth above it",
    allowed_by: "AMB-U06: the value of the hold is a parameter, and the target file declares its window",
    widening: Widening::Hold,
    behaviour: &HoldAnywhere,
};

impl Behaviour for HoldAnywhere {
    fn patience(&self, chance: &mut Chance, exchange: &Exchange<'_>, patience: &mut Patience) {
        let hold = exchange.configuration.hold;
        if patience.until == Some(exchange.now + hold) {
            patience.until = Some(exchange.now + hold * 4 / 5 + chance.up_to(hold * 2 / 5));
        }
    }
}
