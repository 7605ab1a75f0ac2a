//! Why a call is refused, and the code that HTTP has for it.

use hyper::StatusCode;

use serde_json::json;

use crate::mock::policy::{ClientMistake, Policies, RefusalBody};
use crate::mock::server::message::Answer;

/// One reason to refuse a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mock) enum Refusal {
    /// The path is served, but only with the named method.
    WrongMethod(&'static str),
    /// The body is not what the operation takes; says what is wrong.
    Malformed(&'static str),
    MissingCredential,
    UnknownCredential,
    Locked,
    /// The caller did not create the task.
    NotCreator,
    /// The caller may not look at jobs.
    NotViewer,
    UnknownFixture,
    UnknownVersion,
    UnknownMode,
    Disabled,
    UnknownJob,
    UnknownFile,
    /// The task has not completed.
    NotDone,
    /// The task is no longer in the queue.
    NotWaiting,
}

impl Refusal {
    pub(super) fn status(self, policy: ClientMistake) -> StatusCode {
        match policy {
            ClientMistake::PerOperation => self.own_status(),
            ClientMistake::BadRequest => StatusCode::BAD_REQUEST,
            ClientMistake::Unauthorized => StatusCode::UNAUTHORIZED,
            ClientMistake::Forbidden => StatusCode::FORBIDDEN,
            ClientMistake::NotFound => StatusCode::NOT_FOUND,
            ClientMistake::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            ClientMistake::Conflict => StatusCode::CONFLICT,
            ClientMistake::Gone => StatusCode::GONE,
            ClientMistake::Unprocessable => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    fn own_status(self) -> StatusCode {
        match self {
            Self::WrongMethod(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::Malformed(_) | Self::UnknownMode | Self::NotDone | Self::NotWaiting => {
                StatusCode::BAD_REQUEST
            }
            Self::MissingCredential | Self::UnknownCredential => StatusCode::UNAUTHORIZED,
            Self::Locked | Self::NotCreator | Self::NotViewer => StatusCode::FORBIDDEN,
            Self::UnknownFixture
            | Self::UnknownVersion
            | Self::Disabled
            | Self::UnknownJob
            | Self::UnknownFile => StatusCode::NOT_FOUND,
        }
    }

    /// The refusal in a form that is not the protocol's own; none where it is to be.
    pub(super) fn foreign_form(self, policies: &Policies) -> Option<Answer> {
        let (status, message) = (self.status(policies.client_mistake), self.message());
        let problem = json!({ "type": "about:blank", "title": message, "status": status.as_u16() });
        Some(match policies.refusal_body {
            RefusalBody::Own => return None,
            RefusalBody::Empty => Answer::empty(status),
            RefusalBody::Text => Answer::text(status, "text/plain", message),
            RefusalBody::Html => Answer::text(status, "text/html", format!("<html><p>{message}</p></html>")),
            RefusalBody::Problem => Answer::text(status, "application/problem+json", problem.to_string()),
        })
    }

    pub(in crate::mock) fn message(self) -> String {
        match self {
            Self::WrongMethod(allow) => format!("only {allow} is served here"),
            Self::Malformed(what) => what.to_owned(),
            Self::MissingCredential => "the call carries no credential".to_owned(),
            Self::UnknownCredential => "the credential is not known".to_owned(),
            Self::Locked => "the system is locked".to_owned(),
            Self::NotCreator => "the task belongs to another system".to_owned(),
            Self::NotViewer => "the bearer may not view jobs".to_owned(),
            Self::UnknownFixture => "there is no such process or trigger".to_owned(),
            Self::UnknownVersion => "the process has no such version".to_owned(),
            Self::UnknownMode => "there is no such call mode".to_owned(),
            Self::Disabled => "the trigger is disabled".to_owned(),
            Self::UnknownJob => "there is no such task or job".to_owned(),
            Self::UnknownFile => "the output holds no such file".to_owned(),
            Self::NotDone => "the task is not completed".to_owned(),
            Self::NotWaiting => "the task is no longer in the queue".to_owned(),
        }
    }
}
