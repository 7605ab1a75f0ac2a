//! The mock orchestrator: one job engine, two protocols on it; shares no code with the judge.
