//! Work spread over threads: the longest first, the results in the order of the work.

use std::cmp::Reverse;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Does everything; `length` says what to begin with.
pub(super) fn spread<U: Sync, R: Send>(
    units: &[U],
    threads: usize,
    length: impl Fn(&U) -> usize,
    work: impl Fn(&U) -> R + Sync,
) -> Vec<R> {
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by_key(|index| Reverse(length(&units[*index])));
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(units.len()));
    let worker = || {
        while let Some(index) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            let result = work(&units[*index]);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((*index, result));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.min(units.len()) {
            scope.spawn(worker);
        }
        worker();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_work_on_any_number_of_threads() {
        let units: Vec<usize> = (0..50).map(|number| number * 7 % 50).collect();
        for threads in [0, 1, 3, 100] {
            assert_eq!(
                spread(&units, threads, |unit| *unit, |unit| unit + 1),
                units.iter().map(|unit| unit + 1).collect::<Vec<_>>()
            );
        }
    }

    #[test]
    fn one_thread_begins_with_the_longest() {
        let begun = Mutex::new(Vec::new());
        spread(&[2, 5, 3], 1, |unit| *unit, |unit| begun.lock().unwrap().push(*unit));
        assert_eq!(*begun.lock().unwrap(), [5, 3, 2]);
    }
}
