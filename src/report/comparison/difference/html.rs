//! The difference of two runs as a page for browsers.

use askama::Template;

use super::{by_case, verdict};
use crate::comparison::Difference;
use crate::comparison::difference::{Change, Kind};
use crate::report::difference as lines;
use crate::report::html;

#[derive(Template)]
#[template(path = "difference.html")]
struct Page<'a> {
    difference: &'a Difference,
}

/// Everything that differs.
pub fn render(difference: &Difference) -> String {
    html::page(&Page { difference })
}

impl<'a> Page<'a> {
    /// The verdict, parted where it is set in different type.
    fn sentence(&self) -> (String, String) {
        let verdict = verdict(self.difference);
        let (gate, kinds) = verdict.split_once([':', ';']).unwrap_or((&verdict, ""));
        (gate.to_owned(), kinds.trim_start().to_owned())
    }

    /// The kinds that occur, each with its changes by case.
    fn kinds(&self) -> impl Iterator<Item = (Kind, Vec<(&'a str, Vec<&'a Change>)>)> {
        let difference = self.difference;
        let kinds = Kind::ALL.into_iter().map(move |kind| (kind, by_case(difference, kind)));
        kinds.filter(|(_, cases)| !cases.is_empty())
    }
}
