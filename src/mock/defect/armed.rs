//! Which defects take part in one exchange.

use super::{Behaviour, Operation};
use crate::mock::configuration::Configuration;
use crate::mock::server::World;
use crate::mock::server::message::Request;

/// The behaviours that strike in this exchange, in the order in which they were armed.
pub(in crate::mock) fn armed(
    configuration: &Configuration,
    world: &mut World,
    operation: Operation,
) -> Vec<&'static dyn Behaviour> {
    let touching = configuration
        .defects
        .iter()
        .filter(|(defect, _)| defect.affects.iter().any(|(affected, _)| *affected == operation));
    touching
        .filter(|(defect, arming)| {
            arming.strikes(configuration.seed, defect.id, world.count_exchange(defect.id))
        })
        .map(|(defect, _)| defect.behaviour)
        .collect()
}

/// The operation as which a defect serves a path that is not served otherwise.
pub(in crate::mock) fn reroute(configuration: &Configuration, request: &Request) -> Option<Operation> {
    configuration.defects.iter().find_map(|(defect, _)| defect.behaviour.reroute(request))
}
