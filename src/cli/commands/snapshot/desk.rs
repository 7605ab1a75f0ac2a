//! What somebody has decided so far, and what a key makes of it. Nothing is carried out here: until the end every
//! decision can be taken back.

use console::Key;

/// What becomes of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// It is stored.
    Accept,
    /// It is forgotten.
    Reject,
}

impl Decision {
    /// The word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Accept => "accepted",
            Self::Reject => "rejected",
        }
    }
}

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Decide(Decision),
    Undo,
    Next,
    Previous,
    Down,
    Up,
    PageDown,
    PageUp,
    Finish,
    Help,
}

/// Keys, and what they are for.
#[derive(Debug)]
pub(super) struct Binding {
    keys: &'static [Key],
    action: Action,
    /// What the help calls the keys.
    pub(super) shown: &'static str,
    /// What they do.
    pub(super) does: &'static str,
    /// The same in a word, where it always stands below.
    pub(super) brief: Option<&'static str>,
}

const fn binding(
    keys: &'static [Key],
    action: Action,
    (shown, does, brief): (&'static str, &'static str, Option<&'static str>),
) -> Binding {
    Binding { keys, action, shown, does, brief }
}

/// Every key that does something.
pub(super) static BINDINGS: [Binding; 10] = [
    binding(
        &[Key::Char('a')],
        Action::Decide(Decision::Accept),
        ("a", "accept it: the answer is right", Some("accept")),
    ),
    binding(
        &[Key::Char('r')],
        Action::Decide(Decision::Reject),
        ("r", "reject it: the stored answer stays", Some("reject")),
    ),
    binding(&[Key::Char('n'), Key::ArrowRight], Action::Next, ("n →", "go to the next one", Some("next"))),
    binding(
        &[Key::Char('p'), Key::ArrowLeft],
        Action::Previous,
        ("p ←", "go back to the previous one", Some("previous")),
    ),
    binding(&[Key::Char('u')], Action::Undo, ("u", "take the decision on this one back", Some("undo"))),
    binding(&[Key::Char('j'), Key::ArrowDown], Action::Down, ("j ↓", "one line down", None)),
    binding(&[Key::Char('k'), Key::ArrowUp], Action::Up, ("k ↑", "one line up", None)),
    binding(&[Key::Char(' '), Key::PageDown], Action::PageDown, ("space PgDn", "one page down", None)),
    binding(&[Key::Char('b'), Key::PageUp], Action::PageUp, ("b PgUp", "one page up", None)),
    binding(
        &[Key::Char('q')],
        Action::Finish,
        ("q", "carry out what is decided, and leave the rest", Some("finish")),
    ),
];

/// The key that shows all of them.
pub(super) const HELP: char = '?';

/// What comes of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// The review goes on.
    GoOn,
    /// The decisions are carried out.
    Finish,
    /// Nothing is carried out.
    Abandon,
}

/// Proposals, of which one lies on top, and the decisions on them.
#[derive(Debug)]
pub(super) struct Desk {
    decisions: Vec<Option<Decision>>,
    at: usize,
    /// The first line that is shown.
    pub(super) top: usize,
    /// Whether the help is shown.
    pub(super) helps: bool,
}

/// How much of a page can be moved.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// The lines that are seen at once.
    pub(super) height: usize,
    /// The largest useful [`Desk::top`].
    pub(super) last_top: usize,
}

impl Desk {
    /// So many proposals, none decided.
    pub(super) fn new(count: usize) -> Self {
        Self { decisions: vec![None; count], at: 0, top: 0, helps: false }
    }

    /// The proposal on top; none when all were seen.
    pub(super) fn current(&self) -> Option<usize> {
        (self.at < self.decisions.len()).then_some(self.at)
    }

    /// What was decided on a proposal.
    pub(super) fn decision(&self, index: usize) -> Option<Decision> {
        self.decisions.get(index).copied().flatten()
    }

    /// What somebody did so far: `2 accepted, 1 rejected, 4 left`.
    pub(super) fn summary(&self) -> String {
        let count =
            |wanted: Option<Decision>| self.decisions.iter().filter(|decision| **decision == wanted).count();
        let (accepted, rejected) = (count(Some(Decision::Accept)), count(Some(Decision::Reject)));
        format!("{accepted} accepted, {rejected} rejected, {} left", count(None))
    }

    /// Does what a key is for; other keys do nothing.
    pub(super) fn press(&mut self, key: &Key, room: Room) -> Next {
        if *key == Key::CtrlC {
            return Next::Abandon;
        }
        let was_helping = std::mem::take(&mut self.helps);
        let action = match key {
            Key::Char(HELP) => Some(Action::Help),
            Key::Enter if self.current().is_none() => Some(Action::Finish),
            _ => BINDINGS.iter().find(|binding| binding.keys.contains(key)).map(|binding| binding.action),
        };
        match action {
            Some(Action::Finish) => return Next::Finish,
            Some(Action::Help) => self.helps = !was_helping,
            Some(action) => self.act(action, room),
            None => {}
        }
        Next::GoOn
    }

    fn act(&mut self, action: Action, Room { height, last_top }: Room) {
        match action {
            Action::Decide(decision) => self.decide(decision),
            Action::Undo => self.undo(),
            Action::Next => self.go_to((self.at + 1).min(self.decisions.len())),
            Action::Previous => self.go_to(self.at.saturating_sub(1)),
            Action::Down => self.top = (self.top + 1).min(last_top),
            Action::Up => self.top = self.top.saturating_sub(1),
            Action::PageDown => self.top = (self.top + height).min(last_top),
            Action::PageUp => self.top = self.top.saturating_sub(height),
            Action::Finish | Action::Help => {}
        }
    }

    fn decide(&mut self, decision: Decision) {
        if let Some(own) = self.decisions.get_mut(self.at) {
            *own = Some(decision);
            self.go_to(self.at + 1);
        }
    }

    fn undo(&mut self) {
        if let Some(own) = self.decisions.get_mut(self.at) {
            *own = None;
        }
    }

    fn go_to(&mut self, at: usize) {
        (self.at, self.top) = (at, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const ROOM: Room = Room { height: 10, last_top: 15 };

    fn typed(desk: &mut Desk, keys: &str) -> Next {
        keys.chars().map(|letter| desk.press(&Key::Char(letter), ROOM)).last().unwrap()
    }

    #[rstest]
    #[case::nothing("q", "0 accepted, 0 rejected, 3 left")]
    #[case::each("arnq", "1 accepted, 1 rejected, 1 left")]
    #[case::changed_mind("appprq", "0 accepted, 1 rejected, 2 left")]
    #[case::undone("aapuq", "1 accepted, 0 rejected, 2 left")]
    #[case::not_beyond_the_end("aaaaaaq", "3 accepted, 0 rejected, 0 left")]
    #[case::no_key("xyz1q", "0 accepted, 0 rejected, 3 left")]
    #[case::help_hides_nothing("?aq", "1 accepted, 0 rejected, 2 left")]
    fn keys_decide(#[case] keys: &str, #[case] expected: &str) {
        let mut desk = Desk::new(3);
        assert_eq!(typed(&mut desk, keys), Next::Finish);
        assert_eq!(desk.summary(), expected);
    }

    #[test]
    fn enter_ends_it_only_when_all_were_seen() {
        let mut desk = Desk::new(1);
        assert_eq!(desk.press(&Key::Enter, ROOM), Next::GoOn);
        assert_eq!(desk.press(&Key::ArrowRight, ROOM), Next::GoOn);
        assert_eq!((desk.current(), desk.press(&Key::Enter, ROOM)), (None, Next::Finish));
        assert_eq!(desk.press(&Key::CtrlC, ROOM), Next::Abandon);
    }

    #[test]
    fn a_long_page_moves_within_its_bounds() {
        let mut desk = Desk::new(2);
        typed(&mut desk, "  ");
        assert_eq!(desk.top, 15);
        typed(&mut desk, "k");
        assert_eq!(desk.top, 14);
        typed(&mut desk, "bbb");
        assert_eq!(desk.top, 0);
        typed(&mut desk, "jjn");
        assert_eq!(desk.top, 0);
    }

    #[test]
    fn no_key_does_two_things() {
        let keys: Vec<&Key> = BINDINGS.iter().flat_map(|binding| binding.keys).collect();
        for (index, key) in keys.iter().enumerate() {
            assert!(!keys[..index].contains(key), "{key:?}");
        }
    }
}
