//! YAML text to the events that make up values, each with its bytes: the one place that calls the YAML package.
//!
//! The build script is made of this file, too: what the program carries is read by the same reader, only earlier.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, options};

/// Deeper nesting than this is no scenario.
pub(crate) const DEEPEST: usize = 64;

/// An event, with its bytes.
#[derive(Debug, PartialEq)]
pub(crate) struct Placed {
    pub(crate) event: Content,
    /// What stands with it and is not part of the language.
    pub(crate) refused: Option<&'static str>,
    pub(crate) range: Range<usize>,
}

#[derive(Debug, PartialEq)]
pub(crate) enum Content {
    Scalar { text: String, plain: bool },
    Sequence,
    Mapping,
    End,
    Nothing,
}

/// The events of a text, up to its end.
pub(crate) fn scan(text: &str) -> Result<Vec<Placed>, ScanError> {
    let options =
        options! { emit_comments: false, flow_nesting_limit: DEEPEST, block_nesting_limit: DEEPEST };
    let mut placed = Vec::new();
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = next?;
        let refused = refusal(&event);
        if let Some(event) = content(event) {
            placed.push(Placed { event, refused, range: span.byte_range().unwrap_or_default() });
        }
    }
    Ok(placed)
}

const TAG: &str = "tags (`!name`) are not part of the language";
const ANCHOR: &str = "anchors and aliases (`&name`, `*name`) are not part of the language";

fn refusal(event: &Event<'_>) -> Option<&'static str> {
    match event {
        Event::Scalar(_, _, _, Some(_))
        | Event::SequenceStart(_, _, Some(_))
        | Event::MappingStart(_, _, Some(_)) => Some(TAG),
        Event::Scalar(_, _, 0, None) | Event::SequenceStart(_, 0, None) | Event::MappingStart(_, 0, None) => {
            None
        }
        Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..) | Event::Alias(_) => {
            Some(ANCHOR)
        }
        _ => None,
    }
}

/// What is refused is read all the same, so that nothing else is found wanting for want of it.
fn content(event: Event<'_>) -> Option<Content> {
    Some(match event {
        Event::Scalar(text, style, _, _) => {
            Content::Scalar { text: text.into_owned(), plain: style == ScalarStyle::Plain }
        }
        Event::SequenceStart(..) => Content::Sequence,
        Event::MappingStart(..) => Content::Mapping,
        Event::SequenceEnd | Event::MappingEnd => Content::End,
        Event::Alias(_) => Content::Nothing,
        _ => return None,
    })
}
