//! What the mock's tests say so often that it has a short form.

use serde_json::{Value, json};

use super::{Caller, OWNER, Reply, SYSTEM, path};

impl Reply {
    pub(crate) fn location(&self) -> String {
        self.header("location").expect("a location").to_owned()
    }
}

impl Caller {
    pub(crate) async fn get(&self, target: &str) -> Reply {
        self.call("GET", path(target), OWNER, "").await
    }

    /// One operation of the task queue by its last path part.
    pub(crate) async fn elma(&self, operation: &str, body: &Value) -> Reply {
        let family = if operation == "download" { "repository" } else { "orchestra" };
        self.call("POST", &format!("/v1/{family}/task/{operation}"), "", &body.to_string()).await
    }

    /// Creates a task of the process with this number.
    pub(crate) async fn create(&self, process: u8, inputs: &Value) -> Reply {
        let process = format!("c39f99de-cb8f-4661-a206-0000000000{process:02}");
        let task = json!({ "process": process, "version": 0, "ctx": inputs.to_string() });
        self.elma("create", &json!({ "auth_tkn": SYSTEM, "task": task })).await
    }

    pub(crate) async fn status(&self, id: &Value) -> Reply {
        self.elma("status", &json!({ "auth_tkn": SYSTEM, "id": id })).await
    }
}
