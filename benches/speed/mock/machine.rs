//! What a process has used, and what this machine lets a process have.

use std::fs;
use std::time::Duration;

/// What a process used so far, over all of its threads.
pub(super) fn cpu(process: u32) -> Duration {
    let threads = fs::read_dir(format!("/proc/{process}/task")).unwrap();
    let ran = |folder: &fs::DirEntry| {
        // The first number is nanoseconds on a processor, far finer than the ticks of `stat`.
        let text = fs::read_to_string(folder.path().join("schedstat")).unwrap_or_default();
        text.split(' ').next().and_then(|number| number.parse::<u64>().ok()).unwrap_or_default()
    };
    Duration::from_nanos(threads.filter_map(Result::ok).map(|folder| ran(&folder)).sum())
}

/// How much memory a process has, in KiB.
pub(super) fn resident(process: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// How many files and connections one process may have open at the most.
pub(super) fn descriptors() -> usize {
    let limits = fs::read_to_string("/proc/self/limits").unwrap();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files")).unwrap();
    line.split_whitespace().nth(1).and_then(|hard| hard.parse().ok()).unwrap_or(usize::MAX)
}
