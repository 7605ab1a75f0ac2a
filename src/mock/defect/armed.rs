//! Which defects take part in one exchange.

use super::{Arming, Defect, Operation};
use crate::mock::server::World;
use crate::mock::server::message::Request;

/// The deliberate violations of one mock, and when each of them strikes.
pub(in crate::mock) type Armed = [(&'static Defect, Arming)];

/// The defects that strike in this exchange, in the order in which they were armed.
pub(in crate::mock) fn armed(
    (defects, seed): (&Armed, u64),
    world: &mut World,
    operation: Operation,
) -> Vec<&'static Defect> {
    let touching = defects
        .iter()
        .filter(|(defect, _)| defect.affects.iter().any(|(affected, _)| *affected == operation));
    touching
        .filter(|(defect, arming)| arming.strikes(seed, defect.id, world.count_exchange(defect.id)))
        .map(|(defect, _)| *defect)
        .collect()
}

/// The operation as which a defect serves a path that is not served otherwise.
pub(in crate::mock) fn reroute(defects: &Armed, request: &Request) -> Option<Operation> {
    defects.iter().find_map(|(defect, _)| defect.behaviour.reroute(request))
}
