//! The texts that the program carries, read when it was built: to read them again would be most of a start.
//!
//! An event is eight bytes in little-endian order: 32 bits of where it begins, three of its kind, and the rest is its
//! length. A scalar that does not stand in the text as it is meant has its own text besides.

use super::scan::{Content, Placed};

/// A text with its events.
struct Carried {
    text: &'static str,
    events: &'static [u8],
    /// The texts of the scalars that are spelt otherwise, each up to a NUL.
    spelt: &'static str,
}

mod built_in {
    use super::Carried;

    include!(concat!(env!("OUT_DIR"), "/carried.rs"));
}

/// The events of a text, if the program carries it.
pub(super) fn events(text: &str) -> Option<Vec<Placed>> {
    let carried = built_in::CARRIED.iter().find(|carried| carried.text == text)?;
    let mut spelt = carried.spelt.split('\0');
    let events = carried.events.as_chunks::<8>().0;
    events.iter().map(|event| placed(*event, text, &mut spelt)).collect()
}

fn placed<'a>(event: [u8; 8], text: &str, spelt: &mut impl Iterator<Item = &'a str>) -> Option<Placed> {
    let number = u64::from_le_bytes(event);
    let start = usize::try_from(number & u64::from(u32::MAX)).ok()?;
    let length = usize::try_from(number >> 35).ok()?;
    let range = start..start + length;
    let event = match number >> 32 & 0b111 {
        0 => Content::End,
        1 => Content::Sequence,
        2 => Content::Mapping,
        3 => Content::Scalar { text: text.get(range.clone())?.to_owned(), plain: true },
        4 => Content::Scalar { text: spelt.next()?.to_owned(), plain: true },
        5 => Content::Scalar { text: text.get(start + 1..range.end - 1)?.to_owned(), plain: false },
        6 => Content::Scalar { text: spelt.next()?.to_owned(), plain: false },
        _ => return None,
    };
    Some(Placed { event, refused: None, range })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::scan::scan;

    #[test]
    fn what_was_read_at_the_build_is_what_would_be_read_now() {
        assert!(built_in::CARRIED.len() > 2);
        for carried in built_in::CARRIED {
            assert_eq!(events(carried.text), scan(carried.text).ok(), "{}", carried.text);
        }
    }

    #[test]
    fn any_other_text_is_not_carried() {
        let one = built_in::CARRIED[0].text;
        assert_eq!(events(&one.replacen('#', "-", 1)).or_else(|| events("")), None);
    }
}
