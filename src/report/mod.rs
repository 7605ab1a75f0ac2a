//! Outcomes to text, JSON, JSON Lines and JUnit; pure functions of the outcome.
