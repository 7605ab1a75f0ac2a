//! Recorded results: findings, verdicts and the outcome of a run.
