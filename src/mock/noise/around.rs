//! The noise around one call: every kind that is on, each with its own chance.

use std::time::Duration;

use super::{Edge, Noise, Scene};
use crate::mock::chance::Chance;
use crate::mock::configuration::Configuration;
use crate::mock::defect::Patience;
use crate::mock::engine::{Job, Order};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

/// The noise around one call. Empty in a mock that keeps silence.
#[derive(Debug, Clone, Default)]
pub(in crate::mock) struct Noises(Vec<(&'static Noise, Chance)>);

/// Draws the noise around the next call.
pub(in crate::mock) fn around(configuration: &Configuration, world: &mut World) -> Noises {
    let chance = |noise: &'static Noise, world: &mut World| {
        Chance::new(configuration.seed, noise.id, world.count_exchange(noise.id))
    };
    Noises(configuration.noises.iter().map(|noise| (*noise, chance(noise, world))).collect())
}

impl Noises {
    pub(in crate::mock) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(in crate::mock) fn edge(&mut self, scene: Scene, so_far: u64) -> Option<Edge> {
        self.0.iter_mut().find_map(|(noise, chance)| noise.behaviour.edge(chance, scene, so_far))
    }

    pub(in crate::mock) fn before(&mut self) -> Duration {
        self.0.iter_mut().map(|(noise, chance)| noise.behaviour.before(chance)).sum()
    }

    pub(in crate::mock) fn order(&self, order: &mut Order) {
        for (noise, chance) in &self.0 {
            noise.behaviour.order(&mut chance.clone(), order);
        }
    }

    pub(in crate::mock) fn patience(&self, exchange: &Exchange<'_>, patience: &mut Patience) {
        for (noise, chance) in &self.0 {
            noise.behaviour.patience(&mut chance.clone(), exchange, patience);
        }
    }

    pub(in crate::mock) fn view(&self, exchange: &Exchange<'_>, job: &mut Job) {
        self.0.iter().for_each(|(noise, _)| noise.behaviour.view(exchange, job));
    }

    pub(in crate::mock) fn after(&mut self) -> Duration {
        self.0.iter_mut().map(|(noise, chance)| noise.behaviour.after(chance)).sum()
    }

    pub(in crate::mock) fn answer(&mut self, scene: Scene, answer: &mut Answer) {
        for (noise, chance) in &mut self.0 {
            noise.behaviour.answer(chance, scene, answer);
        }
    }
}
