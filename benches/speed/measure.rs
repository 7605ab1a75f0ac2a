//! What a process costs: wall time, CPU time, and memory at its peak.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::time::Instant;

/// What one run cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) wall: Duration,
    /// In user and system mode, over all threads.
    pub(crate) cpu: Duration,
    /// Of memory, in KiB.
    pub(crate) peak: u32,
}

/// Runs a command to its end `times` times, and gives the mean cost; it must end with code 0.
pub(crate) fn run(command: &mut Command, times: u32) -> Cost {
    let (start, cpu_before) = (Instant::now(), cpu_of_children());
    let mut peak = 0;
    for _ in 0..times {
        let output = Stdio::null();
        let child = command.stdin(Stdio::null()).stdout(output).stderr(Stdio::null()).spawn().unwrap();
        peak = peak.max(watch(child));
    }
    Cost { wall: start.elapsed() / times, cpu: cpu_of_children().saturating_sub(cpu_before) / times, peak }
}

/// Waits for a process, and tells how much memory it was last seen to have needed.
fn watch(mut child: Child) -> u32 {
    let path = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        peak = peak.max(fs::read_to_string(&path).ok().and_then(|status| high_water(&status)).unwrap_or(0));
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success(), "a measured command ended with {status}");
            return peak;
        }
        std::thread::sleep(Duration::from_micros(300));
    }
}

fn high_water(status: &str) -> Option<u32> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// What all processes that this one has waited for used, to a hundredth of a second.
fn cpu_of_children() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let after_name = stat.rsplit(')').next().unwrap();
    // `cutime` and `cstime` of proc(5), counted from the state, which is the third field.
    let ticks = after_name.split_whitespace().skip(13).take(2).map(|field| field.parse::<u64>().unwrap());
    Duration::from_millis(ticks.sum::<u64>() * 10)
}

/// KiB as people read many of them.
pub(crate) fn mebibytes(kibibytes: f64) -> String {
    format!("{:.1} MiB", kibibytes / 1024.0)
}
