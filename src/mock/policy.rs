//! Choices that the two protocols leave open. Every value is a legal way to answer; a violation is a defect.

use crate::mock::configuration::ConfigurationError;

macro_rules! policies {
    ($($(#[$doc:meta])* $key:ident: $name:ident { $($(#[$value_doc:meta])* $value:ident = $text:literal),+ $(,)? })+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
            pub enum $name { #[default] $($(#[$value_doc])* $value),+ }
        )+

        /// How the mock plays each open choice; the default is the first value of each.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub struct Policies { $($(#[$doc])* pub $key: $name),+ }

        /// Every key with the values the mock plays, the default first.
        pub static POLICIES: &[(&str, &[&str])] = &[$((stringify!($key), &[$($text),+])),+];

        impl Policies {
            /// Sets one policy by its key and the text of its value.
            pub(super) fn set(&mut self, key: &str, value: &str) -> Result<(), ConfigurationError> {
                match (key, value) {
                    $($((stringify!($key), $text) => self.$key = $name::$value,)+)+
                    _ => return Err(ConfigurationError::policy(key, value)),
                }
                Ok(())
            }
        }
    };
}

policies! {
    /// Whether the HTTP status repeats the code of the envelope (AMB-E01).
    http_status: HttpStatus {
        /// HTTP 200, whatever the envelope says.
        Always200 = "always_200",
        /// HTTP says what the envelope says.
        Mirror = "mirror",
    }
    /// Whether another system may read a task (AMB-E02).
    foreign_read: ForeignRead {
        /// It may.
        Allow = "allow",
        /// It is refused.
        Deny = "deny",
    }
    /// The envelope code of a task that waits (AMB-E03).
    envelope_code: EnvelopeCode {
        /// 201 while the task waits, 200 afterwards.
        AsPrinted = "as-printed",
        /// 200 always.
        Always200 = "always-200",
    }
    /// The run's times in a completed task (AMB-E05).
    zero_dates: ZeroDates {
        /// When the bot began and finished.
        Real = "real",
        /// The zero date in both places.
        Zero = "zero",
    }
    /// The states of a task that waits (AMB-E07).
    waiting_state: WaitingState {
        /// `PREPARE` first, then `QUEUE`.
        PrepareQueue = "prepare-queue",
        /// `QUEUE` from the start.
        QueueOnly = "queue-only",
    }
    /// What a cancelled task looks like afterwards (AMB-E08).
    after_cancel: AfterCancel {
        /// As it was when it was cancelled.
        Kept = "kept",
        /// No longer known.
        Gone = "gone",
        /// In the state `ERROR`.
        Error = "error",
    }
    /// The code of a refusal (AMB-E10, AMB-E11, AMB-U07).
    client_mistake: ClientMistake {
        /// The code that HTTP has for the mistake.
        PerOperation = "per-operation",
        /// 400 for every mistake.
        BadRequest = "400",
        /// 401 for every mistake.
        Unauthorized = "401",
        /// 403 for every mistake.
        Forbidden = "403",
        /// 404 for every mistake.
        NotFound = "404",
        /// 405 for every mistake.
        MethodNotAllowed = "405",
    }
    /// How a task id is written (AMB-E12).
    id_form: IdForm {
        /// A JSON integer.
        Integer = "integer",
    }
    /// The case of the output's keys (AMB-E14).
    key_case: KeyCase {
        /// As the process names them.
        Exact = "exact",
        /// In lower case.
        Lower = "lower",
    }
    /// An input context that is an object, not a text (AMB-E17).
    ctx_object: CtxObject {
        /// It is refused.
        Refuse = "refuse",
        /// It is taken as it stands.
        Accept = "accept",
    }
    /// The code of every redirect (AMB-U01).
    redirect_codes: RedirectCodes {
        /// 303.
        SeeOther = "303",
        /// 302.
        Found = "302",
    }
    /// The HTTP code of a failed job's result (AMB-U02).
    fault_status: FaultStatus {
        /// 200.
        Ok = "200",
        /// 400.
        BadRequest = "400",
        /// 500.
        InternalServerError = "500",
    }
    /// The form of `Location` (AMB-U03).
    location: Location {
        /// With scheme and authority.
        Absolute = "absolute",
        /// The path alone.
        Relative = "relative",
    }
    /// What a waiting call gets when its job reaches the longest duration (AMB-U05).
    cap_outcome: CapOutcome {
        /// 504.
        GatewayTimeout = "504",
        /// 408.
        RequestTimeout = "408",
    }
    /// A call mode that does not exist (AMB-U08).
    unknown_call_mode: UnknownCallMode {
        /// The call is refused.
        Refuse = "refuse",
        /// The trigger's own mode applies.
        DefaultMode = "default-mode",
    }
    /// The body of an accepted fire-and-forget call (AMB-U23).
    fnf_body: FnfBody {
        /// None.
        Empty = "empty",
        /// An empty object.
        Object = "{}",
        /// `null`.
        Null = "null",
    }
}

#[cfg(test)]
mod tests;
