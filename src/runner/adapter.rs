//! The child process that answers hook messages, one a line; it does not know what they are for.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::time::Duration;

use serde_json::{Map, Value};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWriteExt, BufReader, Lines};
use tokio::time::timeout;

use super::hook::HookError;
use crate::system::{Child, System};

/// How long a process that says nothing more may take to end.
const LAST_MOMENT: Duration = Duration::from_secs(1);

/// So much of a line is shown.
const SHOWN: usize = 120;

/// A child process that answers messages.
pub(super) struct Adapter {
    child: Child,
    lines: Lines<BufReader<Box<dyn AsyncRead + Send + Unpin>>>,
    last_id: u64,
    unanswered: BTreeSet<u64>,
}

impl Adapter {
    /// Starts a command in a folder.
    pub(super) async fn start(
        command: &[String],
        system: &dyn System,
        folder: &Path,
    ) -> Result<Self, String> {
        let started = system.spawn(command, folder).await;
        started.map(Self::new).map_err(|error| format!("cannot be started: {error}"))
    }

    fn new(mut child: Child) -> Self {
        let output = std::mem::replace(&mut child.output, Box::new(tokio::io::empty()));
        let lines = BufReader::new(output).lines();
        Self { child, lines, last_id: 0, unanswered: BTreeSet::new() }
    }

    /// Sends a message under an id of its own and waits for the answer to it.
    pub(super) async fn call(&mut self, mut message: Map<String, Value>) -> Result<Value, HookError> {
        self.last_id += 1;
        self.unanswered.insert(self.last_id);
        message.insert("id".to_owned(), self.last_id.into());
        if self.write(message).await.is_err() {
            return broken(self.end().await);
        }
        loop {
            let line = match self.lines.next_line().await {
                Ok(Some(line)) => line,
                Ok(None) => return broken(self.end().await),
                Err(error) => return broken(format!("gives no text: {error}")),
            };
            if let Some(answer) = self.read(&line)? {
                return Ok(answer);
            }
        }
    }

    async fn write(&mut self, message: Map<String, Value>) -> io::Result<()> {
        let line = format!("{}\n", Value::Object(message));
        self.child.input.write_all(line.as_bytes()).await?;
        self.child.input.flush().await
    }

    /// The answer in a line; none if it is a late one, to a message that was given up on.
    fn read(&mut self, line: &str) -> Result<Option<Value>, HookError> {
        let (shown, expected) = (shown(line), self.last_id);
        let Ok(answer) = serde_json::from_str::<Value>(line) else {
            return broken(format!("answers what is no JSON: {shown}; write one object a line"));
        };
        let id = answer.get("id");
        if let Some(id) = id.and_then(Value::as_u64).filter(|id| self.unanswered.remove(id)) {
            return Ok((id == expected).then_some(answer));
        }
        let came = id.map_or_else(|| "without one".to_owned(), |id| format!("with {id}"));
        broken(format!("is to answer with the message's `id`, {expected}, and answers {came}: {shown}"))
    }

    /// Why nothing more comes: it has ended, or behaves as if it had.
    async fn end(&mut self) -> String {
        let status = match timeout(LAST_MOMENT, self.child.process.ended()).await {
            Ok(Ok(status)) => format!("has ended ({status})"),
            Ok(Err(_)) | Err(_) => "has closed its output".to_owned(),
        };
        format!("{status}; it is to answer until its input ends")
    }
}

fn broken<T>(what: String) -> Result<T, HookError> {
    Err(HookError::Broken(what))
}

/// The beginning of a line as JSON.
fn shown(line: &str) -> String {
    let beginning: String = line.chars().take(SHOWN).collect();
    Value::from(beginning).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::{Process, SystemFuture};
    use rstest::rstest;

    struct Ended;

    impl Process for Ended {
        fn ended(&mut self) -> SystemFuture<'_, io::Result<String>> {
            Box::pin(async { Ok("exit status: 3".to_owned()) })
        }
    }

    fn adapter(output: &'static str) -> Adapter {
        let child = Child {
            input: Box::new(tokio::io::sink()),
            output: Box::new(output.as_bytes()),
            process: Box::new(Ended),
        };
        Adapter::new(child)
    }

    #[rstest]
    #[case::no_id(
        "{\"ok\":true}\n",
        r#"is to answer with the message's `id`, 1, and answers without one: "{\"ok\":true}""#
    )]
    #[case::another_id(
        "{\"id\":7}\n",
        r#"is to answer with the message's `id`, 1, and answers with 7: "{\"id\":7}""#
    )]
    #[case::no_json("Traceback\n", r#"answers what is no JSON: "Traceback"; write one object a line"#)]
    #[case::no_line("", "has ended (exit status: 3); it is to answer until its input ends")]
    #[tokio::test]
    async fn what_is_no_answer_is_named(#[case] output: &'static str, #[case] expected: &str) {
        let answered = adapter(output).call(Map::new()).await;
        assert_eq!(answered, Err(HookError::Broken(expected.to_owned())));
    }

    #[tokio::test]
    async fn a_late_answer_is_passed_over_and_none_counts_twice() {
        let mut adapter = adapter("{\"id\":1}\n{\"id\":2,\"ok\":true}\n{\"id\":2}\n");
        // The first message was given up on before its answer came.
        adapter.last_id = 1;
        adapter.unanswered.insert(1);
        assert_eq!(adapter.call(Map::new()).await, Ok(serde_json::json!({ "id": 2, "ok": true })));
        assert!(matches!(adapter.call(Map::new()).await, Err(HookError::Broken(_))));
    }
}
