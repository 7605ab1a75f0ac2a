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
    /// The envelope code of a success (AMB-E03).
    envelope_code: EnvelopeCode {
        /// 201 while the task waits, 200 afterwards.
        AsPrinted = "as-printed",
        /// 200 always.
        Always200 = "always-200",
        /// 201 always.
        Always201 = "always-201",
        /// 202 always.
        Always202 = "always-202",
    }
    /// The run's times in a completed task (AMB-E05).
    zero_dates: ZeroDates {
        /// When the bot began and finished.
        Real = "real",
        /// The zero date in both places.
        Zero = "zero",
    }
    /// The run's times before there are any (ELMA-CREATE-18).
    unset_times: UnsetTimes {
        /// They are left out.
        Absent = "absent",
        /// The zero date in both places.
        Zero = "zero",
    }
    /// Members that have no value yet (ELMA-CREATE-22).
    unset_members: UnsetMembers {
        /// They are left out.
        Absent = "absent",
        /// `null`.
        Null = "null",
        /// An empty text or list.
        Empty = "empty",
    }
    /// The states of a task that waits (AMB-E07).
    waiting_state: WaitingState {
        /// `PREPARE` first, then `QUEUE`.
        PrepareQueue = "prepare-queue",
        /// `QUEUE` from the start.
        QueueOnly = "queue-only",
        /// `PREPARE` until the run.
        PrepareOnly = "prepare-only",
    }
    /// The state that the answer to a create shows (ELMA-CREATE-17).
    created_state: CreatedState {
        /// The first one.
        First = "first",
        /// The one at the time of the answer, which may be the last.
        Current = "current",
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
    /// A cancel of a task that runs (AMB-E09).
    cancel_running: CancelRunning {
        /// It is refused.
        Refuse = "refuse",
        /// It is answered, and the task runs on.
        Ignore = "ignore",
        /// The task ends in `ERROR`.
        Abort = "abort",
    }
    /// A cancel of a task that has ended or was cancelled before (ELMA-CANCEL-06, ELMA-CANCEL-11).
    cancel_ended: CancelEnded {
        /// It is answered with the task as it is.
        Answer = "answer",
        /// It is refused.
        Refuse = "refuse",
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
        /// 409 for every mistake.
        Conflict = "409",
        /// 410 for every mistake.
        Gone = "410",
        /// 422 for every mistake.
        Unprocessable = "422",
    }
    /// The body of a refusal (AMB-E11, AMB-U07).
    refusal_body: RefusalBody {
        /// The protocol's own: an envelope, or a code and a message.
        Own = "own",
        /// None.
        Empty = "empty",
        /// A sentence.
        Text = "text",
        /// A page.
        Html = "html",
        /// Problem details (RFC 9457).
        Problem = "problem",
    }
    /// How a task id is written (AMB-E12).
    id_form: IdForm {
        /// A JSON integer.
        Integer = "integer",
    }
    /// Which ids tasks get (AMB-E12).
    ids: Ids {
        /// One after the other, as in the examples.
        Counted = "counted",
        /// From 0 on.
        FromZero = "from-zero",
        /// Close to the largest integer that every JSON reader keeps.
        Large = "large",
        /// In no order.
        Scattered = "scattered",
    }
    /// A task id that comes as a text (AMB-E12).
    id_text: IdText {
        /// It is refused.
        Refuse = "refuse",
        /// It counts as its number.
        Accept = "accept",
    }
    /// The case of the output's keys (AMB-E14).
    key_case: KeyCase {
        /// As the process names them.
        Exact = "exact",
        /// In lower case.
        Lower = "lower",
    }
    /// The zone of a time (AMB-E15, AMB-E19).
    time_zone: TimeZones {
        /// An offset while the task waits, UTC afterwards, as in the examples.
        AsPrinted = "as-printed",
        /// UTC, with `Z`.
        Utc = "utc",
        /// UTC, with an offset of zero.
        Zero = "+00:00",
        /// East of Greenwich.
        East = "+05:30",
        /// West of Greenwich.
        West = "-09:30",
    }
    /// How many digits of a second's fraction a time has (AMB-E19).
    time_fraction: TimeFraction {
        /// None.
        None = "0",
        /// One.
        One = "1",
        /// Three.
        Three = "3",
        /// Seven.
        Seven = "7",
        /// Nine.
        Nine = "9",
    }
    /// `ctx` in the record of a completed task (AMB-E06).
    shown_context: ShownContext {
        /// A UUID.
        Uuid = "uuid",
        /// The input that was sent.
        Input = "input",
        /// It is left out.
        Absent = "absent",
    }
    /// The layout of the text in `outputCtx` (ELMA-STATUS-14).
    output_text: OutputText {
        /// Indented, with CR LF.
        Indented = "indented",
        /// On one line.
        Compact = "compact",
    }
    /// The priority of a task for which none was asked (AMB-E18, AMB-E20).
    priority: Priority {
        /// `MEDIUM`.
        Medium = "MEDIUM",
        /// `LOW`.
        Low = "LOW",
        /// `HIGH`.
        High = "HIGH",
        /// `EMPTY_P`.
        Empty = "EMPTY_P",
    }
    /// An input context that is an object, not a text (AMB-E17).
    ctx_object: CtxObject {
        /// It is refused.
        Refuse = "refuse",
        /// It is taken as it stands.
        Accept = "accept",
    }
    /// How a file is labelled (AMB-E21).
    file_label: FileLabel {
        /// As bytes.
        Bytes = "bytes",
        /// Not at all.
        None = "none",
        /// As a text, to be saved under its name.
        Attachment = "attachment",
    }
    /// The code of every redirect (AMB-U01).
    redirect_codes: RedirectCodes {
        /// 303.
        SeeOther = "303",
        /// 302.
        Found = "302",
    }
    /// The HTTP code of a job's output (AMB-U02).
    output_status: OutputStatus {
        /// 200.
        Ok = "200",
        /// 201.
        Created = "201",
        /// 203.
        NonAuthoritative = "203",
    }
    /// The HTTP code of a failed job's result (AMB-U02).
    fault_status: FaultStatus {
        /// 200.
        Ok = "200",
        /// 400.
        BadRequest = "400",
        /// 422.
        Unprocessable = "422",
        /// 500.
        InternalServerError = "500",
    }
    /// The form of `Location` (AMB-U03).
    location: Location {
        /// With scheme and authority.
        Absolute = "absolute",
        /// The path alone.
        Relative = "relative",
        /// With the authority, without a scheme.
        Network = "network-path",
        /// Down and up again: with segments of dots.
        Dots = "dot-segments",
        /// With a fragment.
        Fragment = "fragment",
    }
    /// Where a reference names its job (AMB-U03).
    job_name: JobName {
        /// In the path.
        Path = "path",
        /// In the query.
        Query = "query",
    }
    /// What differs between the references of one long poll (AMB-U06).
    hop_query: HopQuery {
        /// A count in the query.
        Counted = "counted",
        /// Nothing.
        None = "none",
    }
    /// The body of an accepted asynchronous call (UIP-ASYNC-19).
    accepted_body: AcceptedBody {
        /// None.
        Empty = "empty",
        /// The state of the job.
        State = "state",
    }
    /// The body while the job is under way (UIP-ASYNC-20).
    running_body: RunningBody {
        /// The state of the job.
        State = "state",
        /// None.
        Empty = "empty",
        /// `null`.
        Null = "null",
        /// A sentence.
        Text = "text",
    }
    /// The body of a redirect (RFC 9110 15.4.4).
    redirect_body: RedirectBody {
        /// None.
        Empty = "empty",
        /// A page with a link.
        Html = "html",
    }
    /// What a waiting call gets when its job reaches the longest duration (AMB-U05).
    cap_outcome: CapOutcome {
        /// 504.
        GatewayTimeout = "504",
        /// 408.
        RequestTimeout = "408",
        /// 500.
        InternalServerError = "500",
    }
    /// A call mode that does not exist (AMB-U08).
    unknown_call_mode: UnknownCallMode {
        /// The call is refused.
        Refuse = "refuse",
        /// The trigger's own mode applies.
        DefaultMode = "default-mode",
    }
    /// The types of arguments from a query (AMB-U10).
    query_types: QueryTypes {
        /// Texts, as they came.
        Text = "text",
        /// Numbers and truth values where a text looks like one.
        Coerced = "coerced",
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
    /// Below which path everything is served (UIP-GEN-05).
    prefix: Prefix {
        /// Below the root.
        None = "none",
        /// Below `/gateway/v2`.
        Gateway = "/gateway/v2",
    }
}

impl Prefix {
    /// What every path begins with.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Gateway => "/gateway/v2",
        }
    }
}

#[cfg(test)]
mod tests;
