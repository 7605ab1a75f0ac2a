//! One proposal as a page of a terminal: where it comes from, what changed, and which keys there are. Pure text.

use anstyle::Style;
use console::measure_text_width;

use super::desk::{BINDINGS, Decision, Desk, HELP, Room};
use super::proposal::Proposal;
use crate::cli::screen::Size;
use crate::report::Palette;
use crate::report::difference::{self, Line};
use crate::report::palette::paint;

/// Unchanged lines around a change.
const CONTEXT: usize = 5;

/// Lines above and below what can be moved.
const FRAME: usize = 6;

/// A page, and how far it can be moved.
pub(super) struct Page {
    /// What is shown.
    pub(super) text: String,
    /// How much of it.
    pub(super) room: Room,
}

/// Draws what lies on top of the desk.
pub(super) fn draw(proposals: &[Proposal], desk: &Desk, size: Size, palette: &Palette) -> Page {
    let proposal = desk.current().and_then(|index| Some((index, proposals.get(index)?)));
    let Some((index, proposal)) = proposal else { return closing(desk, size, palette) };
    let rows = if desk.helps { help(palette) } else { rows(proposal, size.columns, palette) };
    let room = room(rows.len(), size);
    let top = desk.top.min(room.last_top);
    let title = format!("{} of {}  {}  {}", index + 1, proposals.len(), proposal.state(), proposal.name);
    let mut lines = vec![
        format!(
            "{}{}",
            paint(palette.strong, &cut(&title, size.columns)),
            decided(desk.decision(index), palette)
        ),
        paint(palette.faint, &cut(&format!("taken by {}", proposal.source), size.columns)),
        String::new(),
    ];
    lines.extend(rows.iter().skip(top).take(room.height).cloned());
    lines.push(paint(palette.faint, &position(rows.len(), top, room)));
    lines.push(keys(size.columns, palette));
    Page { text: lines.join("\n"), room }
}

/// Whoever has seen everything is asked once more; until then nothing was done.
fn closing(desk: &Desk, size: Size, palette: &Palette) -> Page {
    let text = format!(
        "{}\n\n  Enter  carry this out\n  p      go back\n  Ctrl-C leave everything as it is\n",
        paint(palette.strong, &desk.summary())
    );
    Page { text, room: room(0, size) }
}

fn room(rows: usize, size: Size) -> Room {
    let height = size.rows.saturating_sub(FRAME).max(1);
    Room { height, last_top: rows.saturating_sub(height) }
}

fn decided(decision: Option<Decision>, palette: &Palette) -> String {
    let Some(decision) = decision else { return String::new() };
    let style = if decision == Decision::Accept { palette.good } else { palette.bad };
    format!("  {}", paint(style, decision.word()))
}

fn position(rows: usize, top: usize, room: Room) -> String {
    if rows <= room.height {
        return String::new();
    }
    format!("lines {} to {} of {rows}", top + 1, (top + room.height).min(rows))
}

fn keys(columns: usize, palette: &Palette) -> String {
    let brief = BINDINGS.iter().filter_map(|binding| Some((binding.shown, binding.brief?)));
    let words = brief.map(|(shown, does)| format!("{} {does}", shown.split(' ').next().unwrap_or(shown)));
    let all: Vec<String> = words.chain([format!("{HELP} help")]).collect();
    paint(palette.faint, &cut(&all.join("   "), columns))
}

fn help(palette: &Palette) -> Vec<String> {
    let binding =
        |(shown, does): (&str, &str)| format!("  {}  {does}", paint(palette.strong, &format!("{shown:<10}")));
    let lines = BINDINGS.iter().map(|own| (own.shown, own.does));
    lines.chain([("Ctrl-C", "leave everything as it was")]).map(binding).collect()
}

/// The difference, each line over as many rows as it needs.
fn rows(proposal: &Proposal, columns: usize, palette: &Palette) -> Vec<String> {
    let lines = difference::marked(&proposal.stored_lines(), &proposal.proposed_lines(), CONTEXT);
    lines.iter().flat_map(|line| wrapped(line, columns, palette)).collect()
}

fn wrapped(line: &Line, columns: usize, palette: &Palette) -> Vec<String> {
    let (plain, strong) = styles(line.sign, palette);
    let mut rows = vec![paint(plain, &line.sign.to_string())];
    let mut used = 2;
    rows[0].push(' ');
    for (changed, piece) in &line.pieces {
        let style = if *changed { strong } else { plain };
        let mut run = String::new();
        for letter in piece.chars() {
            let width = measure_text_width(letter.encode_utf8(&mut [0; 4]));
            if used + width > columns {
                push(&mut rows, style, &mut run);
                rows.push("  ".to_owned());
                used = 2;
            }
            run.push(letter);
            used += width;
        }
        push(&mut rows, style, &mut run);
    }
    rows
}

fn push(rows: &mut [String], style: Style, run: &mut String) {
    if let Some(row) = rows.last_mut().filter(|_| !run.is_empty()) {
        row.push_str(&paint(style, run));
        run.clear();
    }
}

/// The style of a line, and that of its words that changed.
fn styles(sign: char, palette: &Palette) -> (Style, Style) {
    let style = match sign {
        '-' => palette.bad,
        '+' => palette.good,
        _ => palette.faint,
    };
    (style, if style == Style::new() { style } else { style.invert() })
}

/// The beginning of a text, as much of it as a line holds.
fn cut(text: &str, columns: usize) -> String {
    let mut used = 0;
    let fits = |letter: &char| {
        used += measure_text_width(letter.encode_utf8(&mut [0; 4]));
        used < columns
    };
    let beginning: String = text.chars().take_while(fits).collect();
    if beginning.len() < text.len() { format!("{beginning}…") } else { beginning }
}

#[cfg(test)]
mod tests {
    use super::*;
    use console::Key;

    const SIZE: Size = Size { rows: 12, columns: 60 };

    fn proposal(stored: &str, proposed: &str) -> Proposal {
        Proposal {
            name: "embedded/elma/a/created".to_owned(),
            source: "scenarios/elma/a.yaml".to_owned(),
            stored: (!stored.is_empty()).then(|| stored.to_owned()),
            proposed: proposed.to_owned(),
        }
    }

    #[test]
    fn a_page_tells_what_changed_and_which_keys_there_are() {
        let proposals =
            [proposal("status: 200\n\n\"a\": 1", "status: 202\n\n\"a\": 1"), proposal("", "status: 200")];
        let mut desk = Desk::new(2);
        insta::assert_snapshot!(draw(&proposals, &desk, SIZE, &Palette::plain()).text, @r#"
        1 of 2  changed  embedded/elma/a/created
        taken by scenarios/elma/a.yaml

        - status: 200
        + status: 202
          
          "a": 1

        a accept   r reject   n next   p previous   u undo   q fini…
        "#);
        desk.press(&Key::Char('a'), room(0, SIZE));
        desk.press(&Key::Char('r'), room(0, SIZE));
        desk.press(&Key::Char('p'), room(0, SIZE));
        let second = draw(&proposals, &desk, SIZE, &Palette::plain()).text;
        assert!(second.starts_with("2 of 2  new  embedded/elma/a/created  rejected\n"), "{second}");
    }

    #[test]
    fn a_long_line_is_shown_whole_and_a_long_page_in_parts() {
        let long = format!("log: {}", "x".repeat(130));
        let rows = rows(&proposal("log: y", &long), SIZE.columns, &Palette::plain());
        assert!(rows.iter().all(|row| measure_text_width(row) <= SIZE.columns));
        assert_eq!(rows.concat().matches('x').count(), 130);

        let many: String = (0..40).map(|line| format!("line {line}\n")).collect();
        let proposals = [proposal("", many.trim_end())];
        let mut desk = Desk::new(1);
        let page = draw(&proposals, &desk, SIZE, &Palette::plain());
        assert!(
            page.text.contains("lines 1 to 6 of 40") && page.text.lines().count() <= SIZE.rows,
            "{}",
            page.text
        );
        desk.press(&Key::PageDown, page.room);
        assert!(draw(&proposals, &desk, SIZE, &Palette::plain()).text.contains("lines 7 to 12 of 40"));
    }

    #[test]
    fn the_words_that_changed_stand_out() {
        let text = rows(&proposal("status: 200", "status: 202"), 60, &Palette::coloured()).concat();
        assert!(text.contains("\u{1b}[7m\u{1b}[32m202") || text.contains("\u{1b}[7m202"), "{text:?}");
    }

    #[test]
    fn the_end_asks_once_more() {
        let mut desk = Desk::new(1);
        desk.press(&Key::Char('a'), room(0, SIZE));
        let text = draw(&[proposal("a", "b")], &desk, SIZE, &Palette::plain()).text;
        assert!(text.starts_with("1 accepted, 0 rejected, 0 left\n"), "{text}");
    }
}
