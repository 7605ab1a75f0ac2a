//! Proposals into the text of a baseline file: what stays, stays to the letter, with the comments above it.

use std::fmt::Write;

use super::{Change, Entry, Placed, Proposal};
use crate::yaml;

const HEAD: &str = "\
# Failures that are known, and do not close the gate of `orchspec run --baseline FILE`. Each needs a reason; `expires:` is
# the last day on which it is tolerated.
baseline: 1
";

const INDENT: &str = "  ";

/// The text of the file with all proposals carried out; `placed` are the entries that it holds now, in its order.
pub fn rewrite(text: &str, placed: &[Placed], proposals: &[Proposal]) -> String {
    let left = proposals.iter().filter(|proposal| proposal.change != Change::Dropped).count();
    match pieces(text, placed) {
        Some(pieces) if left > 0 => edited(&pieces, placed, proposals),
        _ => fresh(proposals),
    }
}

/// A file without a text of its own.
fn fresh(proposals: &[Proposal]) -> String {
    let entries: String = proposals.iter().filter_map(|proposal| anew(proposal, INDENT)).collect();
    if entries.is_empty() { format!("{HEAD}entries: {{}}\n") } else { format!("{HEAD}entries:\n{entries}") }
}

fn anew(proposal: &Proposal, indent: &str) -> Option<String> {
    match &proposal.change {
        Change::Kept | Change::Added => Some(written(&proposal.entry, None, indent)),
        Change::Renewed(entry) => Some(written(entry, Some(&proposal.entry.reason), indent)),
        Change::Dropped => None,
    }
}

/// A text cut where its entries begin.
struct Pieces<'a> {
    head: &'a str,
    /// Each entry with the comments above it.
    entries: Vec<&'a str>,
    tail: &'a str,
    indent: &'a str,
}

/// Cuts a text in which every entry has lines of its own; none if it has not.
fn pieces<'a>(text: &'a str, placed: &[Placed]) -> Option<Pieces<'a>> {
    let first = placed.first()?.name.range().start;
    let indent = text.get(line_start(text, first)..first).filter(|indent| indent.trim().is_empty())?;
    let start = above(text, line_start(text, first));
    let (mut end, mut entries) = (start, Vec::new());
    for Placed { name, body, .. } in placed {
        let begins_a_line =
            text.get(line_start(text, name.range().start)..name.range().start)?.trim().is_empty();
        let next = line_end(text, body.range().end.saturating_sub(1).max(name.range().end));
        if !begins_a_line || name.range().start < end {
            return None;
        }
        entries.push(text.get(end..next)?);
        end = next;
    }
    Some(Pieces { head: text.get(..start)?, entries, tail: text.get(end..)?, indent })
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| at + newline + 1)
}

/// Where the comments directly above a line begin.
fn above(text: &str, line: usize) -> usize {
    let before = text.get(..line).unwrap_or_default();
    let lines = before.split_inclusive('\n').rev();
    let comments = lines.take_while(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    line - comments.map(str::len).sum::<usize>()
}

fn edited(pieces: &Pieces<'_>, placed: &[Placed], proposals: &[Proposal]) -> String {
    let mut text = pieces.head.to_owned();
    let of = |placed: &Placed| proposals.iter().find(|proposal| proposal.entry == placed.entry);
    for (placed, piece) in placed.iter().zip(&pieces.entries) {
        match of(placed).map(|proposal| (proposal, &proposal.change)) {
            Some((_, Change::Dropped)) => {}
            Some((proposal, Change::Renewed(_))) => {
                text.push_str(comments(piece));
                text.extend(anew(proposal, pieces.indent));
            }
            _ => {
                text.push_str(piece);
                if !piece.ends_with('\n') {
                    text.push('\n');
                }
            }
        }
    }
    let added = proposals.iter().filter(|proposal| proposal.change == Change::Added);
    text.extend(added.filter_map(|proposal| anew(proposal, pieces.indent)));
    text.push_str(pieces.tail);
    text
}

/// The comments above an entry.
fn comments(piece: &str) -> &str {
    let is_comment = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with('#');
    let length: usize = piece.split_inclusive('\n').take_while(is_comment).map(str::len).sum();
    &piece[..length]
}

fn written(entry: &Entry, reason_before: Option<&str>, indent: &str) -> String {
    let Entry { expect, signature, reason, issue, expires, .. } = entry;
    let mut text = format!("{indent}{}:\n", yaml::scalar(&entry.name()));
    let mut line = |key: &str, value: &str| {
        _ = writeln!(text, "{indent}{INDENT}{key}: {}", yaml::scalar(value));
    };
    line("expect", expect.word());
    line("signature", signature);
    line("reason", reason);
    if let Some(before) = reason_before.filter(|before| !before.is_empty()) {
        line("x-reason-before", before);
    }
    if let Some(issue) = issue {
        line("issue", issue);
    }
    if let Some(expires) = expires {
        line("expires", &expires.to_string());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::{Standing, parse};
    use super::*;
    use crate::outcome::sample;
    use crate::source::SourceMap;

    fn read(text: &str) -> Vec<Placed> {
        let mut diagnostics = Vec::new();
        let placed = parse(SourceMap::default().add("baseline.yaml", text), text, &mut diagnostics);
        assert_eq!(diagnostics, [], "{text}");
        placed.unwrap()
    }

    fn proposal(entry: Entry, change: Change) -> Proposal {
        Proposal { entry, standing: Standing::Excused, change }
    }

    /// Every change once, in the order of the entries.
    fn changes(placed: &[Placed]) -> Vec<Proposal> {
        let renewed = Entry { reason: String::new(), ..sample::entry("a/b", "TST-MAIN-02", "another: one") };
        let changes = [Change::Kept, Change::Renewed(renewed), Change::Dropped];
        let old = placed.iter().zip(changes).map(|(placed, change)| proposal(placed.entry.clone(), change));
        let added = Entry { reason: String::new(), ..sample::entry("a/d@get", "TST-MAIN-04", "new") };
        old.chain([proposal(added, Change::Added)]).collect()
    }

    const BLOCK: &str = "\
# Of our server.
baseline: 1
x-owner: us
entries:
    # Known for a year.
    a/a#TST-MAIN-01:  # the oldest
        reason: it   is  'so'
        signature: one
        expect: fail

    # Was new.
    a/b#TST-MAIN-02: { expect: fail, signature: two, reason: told them }
    # Soon gone.
    a/c#TST-MAIN-03:
        expect: fail
        signature: three
        reason: forgotten
x-last: kept
";

    #[test]
    fn what_stays_stays_to_the_letter() {
        let placed = read(BLOCK);
        let text = rewrite(BLOCK, &placed, &changes(&placed));
        insta::assert_snapshot!(text, @r##"
        # Of our server.
        baseline: 1
        x-owner: us
        entries:
            # Known for a year.
            a/a#TST-MAIN-01:  # the oldest
                reason: it   is  'so'
                signature: one
                expect: fail

            # Was new.
            a/b#TST-MAIN-02:
              expect: fail
              signature: "another: one"
              reason: ""
              x-reason-before: "told them"
            a/d@get#TST-MAIN-04:
              expect: fail
              signature: new
              reason: ""
        x-last: kept
        "##);
        let names: Vec<String> = read(&text).iter().map(|placed| placed.entry.name()).collect();
        assert_eq!(names, ["a/a#TST-MAIN-01", "a/b#TST-MAIN-02", "a/d@get#TST-MAIN-04"]);
    }

    #[test]
    fn entries_that_share_a_line_are_written_anew() {
        let text =
            "baseline: 1\nentries: { a/a#TST-MAIN-01: { expect: fail, signature: one, reason: known } }\n";
        let placed = read(text);
        let rewritten = rewrite(text, &placed, &changes(&placed));
        let entries: Vec<Entry> = read(&rewritten).into_iter().map(|placed| placed.entry).collect();
        assert_eq!(entries[0], placed[0].entry);
        assert_eq!(entries.len(), 2);
    }

    #[test]
    fn a_file_whose_last_entry_goes_can_still_be_read() {
        let text =
            "baseline: 1\nentries:\n  a/a#TST-MAIN-01: { expect: fail, signature: one, reason: known }";
        let placed = read(text);
        let dropped = [proposal(placed[0].entry.clone(), Change::Dropped)];
        assert_eq!(read(&rewrite(text, &placed, &dropped)), []);
        let kept = [proposal(placed[0].entry.clone(), Change::Kept)];
        assert_eq!(rewrite(text, &placed, &kept), format!("{text}\n"));
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_back(signature in "[ -~äß\t€]{0,40}", reason in "[ -~]{1,20}", case in "[a-z][a-z0-9/@ #:-]{0,12}") {
            let entry = Entry { reason, ..sample::entry(&case, "TST-MAIN-01", &signature) };
            let text = rewrite("", &[], &[proposal(entry.clone(), Change::Kept)]);
            let read: Vec<Entry> = read(&text).into_iter().map(|placed| placed.entry).collect();
            proptest::prop_assert_eq!(read, vec![entry]);
        }
    }
}
