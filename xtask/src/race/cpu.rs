//! The CPU time of the processes that a race starts.

use anyhow::{Context, Result, bail};
use std::process::Command;

/// What a finished process took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    /// Seconds of CPU time, user and system together, over all its threads.
    pub(crate) cpu_s: f64,
    /// Seconds on the clock on the wall.
    pub(crate) wall_s: f64,
}

/// Runs a command to its end and says what it took; an error where it fails.
///
/// Only one command may run at a time: the system counts all children of this process together.
pub(crate) fn measure(command: &mut Command) -> Result<Taken> {
    let before = children_cpu_s()?;
    let start = std::time::Instant::now();
    let status = command.status().with_context(|| format!("cannot start {command:?}"))?;
    let wall_s = start.elapsed().as_secs_f64();
    if !status.success() {
        bail!("{command:?} failed: {status}");
    }
    Ok(Taken { cpu_s: children_cpu_s()? - before, wall_s })
}

#[cfg(unix)]
fn children_cpu_s() -> Result<f64> {
    use nix::sys::resource::{UsageWho, getrusage};
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).context("cannot ask for the CPU time")?;
    let seconds = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    Ok(seconds(usage.user_time()) + seconds(usage.system_time()))
}

#[cfg(not(unix))]
fn children_cpu_s() -> Result<f64> {
    bail!("races read CPU time as Unix systems give it; run them on Linux or macOS")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn work_takes_time_and_failure_is_an_error() {
        let taken =
            measure(Command::new("sh").args(["-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"]));
        let taken = taken.expect("a shell can count");
        assert!(taken.cpu_s > 0.0 && taken.wall_s > 0.0, "{taken:?}");
        assert!(measure(Command::new("sh").args(["-c", "exit 3"])).is_err());
    }
}
