//! The fenced blocks of a page.

/// A block.
pub(crate) struct Block {
    /// The first word behind the fence.
    pub language: String,
    /// The file that it is, if it is one.
    pub title: Option<String>,
    /// The exit code of its last call.
    pub exit: i32,
    /// What stands in it.
    pub text: String,
    /// The line of its fence.
    pub line: usize,
}

/// The blocks of a page, in order.
pub(crate) fn blocks(page: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut is_open = false;
    for (at, line) in page.lines().enumerate() {
        match (line.strip_prefix("```"), is_open) {
            (Some(info), false) => found.push(opened(info, at + 1)),
            (Some(_), true) => {}
            (None, true) => {
                let block = found.last_mut().unwrap();
                block.text += line;
                block.text.push('\n');
                continue;
            }
            (None, false) => continue,
        }
        is_open = !is_open;
    }
    assert!(!is_open, "a block is never closed");
    found
}

fn opened(info: &str, line: usize) -> Block {
    let value = |name: &str| {
        let rest = info.split_once(&format!("{name}="))?.1.trim_start_matches('"');
        Some(rest.split(['"', ' ']).next().unwrap().to_owned())
    };
    Block {
        language: info.split(' ').next().unwrap().to_owned(),
        title: value("title"),
        exit: value("exit").map_or(0, |code| code.parse().unwrap()),
        text: String::new(),
        line,
    }
}
