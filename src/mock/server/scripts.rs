//! The scripts that wait for their jobs, and those that have had them.

use serde_json::{Map, Value};

use crate::mock::fixture::NextJob;

/// The scripts of one session, the oldest first.
#[derive(Debug, Default)]
pub(crate) struct Scripts {
    scripts: Vec<Script>,
    last: u64,
}

#[derive(Debug)]
struct Script {
    id: u64,
    next: NextJob,
    used: u64,
}

/// There are as many scripts as there may be.
pub(in crate::mock) struct Full(pub(in crate::mock) usize);

impl Scripts {
    const ROOM: usize = 1_000;

    /// Adds a script; of those that have had all their jobs the oldest makes room.
    pub(in crate::mock) fn add(&mut self, next: NextJob) -> Result<u64, Full> {
        if self.scripts.len() >= Self::ROOM {
            let spent = self.scripts.iter().position(|script| script.left() == 0).ok_or(Full(Self::ROOM))?;
            self.scripts.remove(spent);
        }
        self.last += 1;
        self.scripts.push(Script { id: self.last, next, used: 0 });
        Ok(self.last)
    }

    /// The script for a job of this fixture that begins now, which has one job fewer to come then.
    pub(in crate::mock) fn take(&mut self, fixture: &str, arguments: &Map<String, Value>) -> Option<NextJob> {
        let fits = |script: &&mut Script| script.left() > 0 && script.next.fits(fixture, arguments);
        let script = self.scripts.iter_mut().find(fits)?;
        script.used += 1;
        Some(script.next.clone())
    }

    /// Every script with its id, and how many jobs it has had.
    pub(in crate::mock) fn all(&self) -> impl Iterator<Item = (u64, &NextJob, u64)> {
        self.scripts.iter().map(|script| (script.id, &script.next, script.used))
    }

    /// Forgets every script.
    pub(in crate::mock) fn clear(&mut self) {
        self.scripts.clear();
    }
}

impl Script {
    fn left(&self) -> u64 {
        self.next.times.unwrap_or(1).saturating_sub(self.used)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_script_that_fits_is_used_so_often_as_it_says() {
        let mut scripts = Scripts::default();
        for next in [NextJob::of("a").times(2), NextJob::any().fault("any"), NextJob::of("b")] {
            assert!(scripts.add(next).is_ok());
        }
        let taken = ["a", "a", "a", "a", "b"]
            .map(|name| scripts.take(name, &Map::new()).map(|next| next.to_string()));
        let expected =
            [Some("2 jobs of a"), Some("2 jobs of a"), Some("1 job of any fixture: fault \"any\""), None];
        assert_eq!(taken[..4], expected.map(|text| text.map(str::to_owned)));
        assert_eq!(
            scripts.all().map(|(id, _, used)| (id, used)).collect::<Vec<_>>(),
            [(1, 2), (2, 1), (3, 1)]
        );
    }

    #[test]
    fn a_spent_script_makes_room_and_one_that_waits_does_not() {
        let mut scripts = Scripts::default();
        for _ in 0..Scripts::ROOM {
            assert!(scripts.add(NextJob::of("a")).is_ok());
        }
        assert!(scripts.add(NextJob::of("b")).is_err());
        scripts.take("a", &Map::new());
        assert!(scripts.add(NextJob::of("b")).is_ok());
        assert_eq!(scripts.all().next().map(|(id, ..)| id), Some(2));
    }
}
