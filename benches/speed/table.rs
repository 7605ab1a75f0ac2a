//! The table that is printed in the end.

use std::fmt::Write as _;

/// Rows of figures.
#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<[String; 5]>,
}

/// What is written down of one figure.
pub(crate) struct Row<'a> {
    pub(crate) figure: &'a str,
    pub(crate) ours: String,
    pub(crate) twin: String,
    /// Ours in multiples of the twin's.
    pub(crate) ratio: Option<f64>,
    pub(crate) goal: &'a str,
}

impl Table {
    /// Adds a row.
    pub(crate) fn add(&mut self, row: Row<'_>) {
        let ratio = row.ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}"));
        self.rows.push([row.figure.to_owned(), row.ours, row.twin, ratio, row.goal.to_owned()]);
    }

    /// Adds the medians of ours and the twin's over all rounds, and the median of their ratios.
    pub(crate) fn compare(
        &mut self,
        figure: &str,
        goal: &str,
        rounds: &[(f64, f64)],
        unit: fn(f64) -> String,
    ) {
        let ours = unit(median(rounds.iter().map(|(ours, _)| *ours)));
        let twin = unit(median(rounds.iter().map(|(_, twin)| *twin)));
        let ratio = median(rounds.iter().map(|(ours, twin)| ours / twin));
        self.add(Row { figure, ours, twin, ratio: Some(ratio), goal });
    }

    /// As Markdown, the columns aligned.
    pub(crate) fn render(&self) -> String {
        let head = ["figure", "orchspec", "bare hyper", "ratio", "must (aim)"].map(str::to_owned);
        let rule = ["---", "--:", "--:", "--:", "--:"].map(str::to_owned);
        let rows: Vec<&[String; 5]> = [&head, &rule].into_iter().chain(&self.rows).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..head.len()).map(width).collect();
        let mut text = String::new();
        for row in rows {
            let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
            let _ = writeln!(text, "| {} |", cells.collect::<Vec<_>>().join(" | "));
        }
        text
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Seconds as people read them.
pub(crate) fn time(seconds: f64) -> String {
    match seconds {
        short if short < 1e-3 => format!("{:.1} µs", short * 1e6),
        short if short < 1.0 => format!("{:.1} ms", short * 1e3),
        long => format!("{long:.2} s"),
    }
}
