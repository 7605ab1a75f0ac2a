//! A small right client of both protocols, with hyper.
//!
//! It is told what to do in its environment (`ORCHSPEC_…`), writes the result to standard output and ends with status
//! 0; with any other status there is no result. Besides hyper it needs bytes, fluent-uri, http-body-util, hyper-util,
//! jiff, percent-encoding, `serde_json` and tokio.
//! Judge it: orchspec client run -- target/debug/client

#![allow(clippy::disallowed_methods, reason = "a program of its own reads its own environment")]

use std::env;
use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use bytes::Bytes;
use fluent_uri::{Uri, UriRef};
use http_body_util::{BodyExt as _, Full};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, LOCATION, RETRY_AFTER};
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::sleep;

/// Whatever stands in the way of a result.
type Failed = Box<dyn Error + Send + Sync>;
type Answer = Response<Bytes>;

struct Client {
    url: String,
    token: String,
    arguments: Value,
    interval: Duration,
    attempts: u32,
}

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let result = runtime.map_err(Failed::from).and_then(|runtime| runtime.block_on(work()));
    let written = result.and_then(|result| Ok(std::io::stdout().write_all(&result)?));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            let _ = writeln!(std::io::stderr(), "no result: {failed}");
            ExitCode::FAILURE
        }
    }
}

async fn work() -> Result<Bytes, Failed> {
    let client = Client {
        url: env::var("ORCHSPEC_URL")?,
        token: env::var("ORCHSPEC_TOKEN")?,
        arguments: serde_json::from_str(&env::var("ORCHSPEC_ARGUMENTS")?)?,
        interval: Duration::from_secs_f64(env::var("ORCHSPEC_INTERVAL")?.parse()?),
        attempts: env::var("ORCHSPEC_ATTEMPTS")?.parse()?,
    };
    let action = env::var("ORCHSPEC_ACTION")?;
    if action == "invoke" {
        return client.invoke(env::var("ORCHSPEC_METHOD")?.parse()?, &env::var("ORCHSPEC_MODE")?).await;
    }
    let id = client.create(&env::var("ORCHSPEC_PROCESS")?).await?;
    match action.as_str() {
        "run" => {
            Ok(Bytes::from(client.done(&id).await?["outputCtx"].as_str().unwrap_or_default().to_owned()))
        }
        "cancel" => client.cancel(&id).await,
        "download" => {
            client.done(&id).await?;
            client.download(&id, &env::var("ORCHSPEC_FILE")?).await
        }
        _ => {
            client.done(&id).await?;
            client.cancel(&id).await
        }
    }
}

/// One request, one answer: hyper follows nothing, and a body that is cut short is an error.
async fn send(request: Request<Full<Bytes>>) -> Result<Answer, Failed> {
    let authority = request.headers()[HOST].to_str()?.to_owned();
    let stream = TcpStream::connect(authority).await?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let (head, body) = sender.send_request(request).await?.into_parts();
    let body = body.collect().await?.to_bytes();
    connection.abort();
    Ok(Response::from_parts(head, body))
}

fn request(method: Method, url: &str) -> Result<hyper::http::request::Builder, Failed> {
    let uri: hyper::Uri = url.parse()?;
    let authority = uri.authority().ok_or("a URL without a host")?.as_str().to_owned();
    let target = uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
    Ok(Request::builder().method(method).uri(target).header(HOST, authority))
}

fn origin(url: &str) -> &str {
    let behind = url.find("://").map_or(0, |at| at + 3);
    url[behind..].find(['/', '?', '#']).map_or(url, |end| &url[..behind + end])
}

/// Where an answer leads to: references may be relative, and a fragment is our own affair.
fn leads_to(answer: &Answer, url: &str) -> Result<String, Failed> {
    let location =
        answer.headers().get(LOCATION).ok_or_else(|| format!("{} without a location", answer.status()))?;
    let base = Uri::parse(url)?;
    let resolved = UriRef::parse(location.to_str()?)?.resolve_against(&base)?;
    Ok(resolved.strip_fragment().as_str().to_owned())
}

/// Triggers.
impl Client {
    /// Starts a job. Whatever goes wrong here, the job may run: this call is never sent twice.
    async fn invoke(&self, method: Method, mode: &str) -> Result<Bytes, Failed> {
        let answer = if method == Method::GET {
            let url = format!("{}?{}", self.url, self.query());
            send(self.with_bearer(request(method, &url)?).body(Full::default())?).await?
        } else {
            let request =
                self.with_bearer(request(method, &self.url)?).header(CONTENT_TYPE, "application/json");
            send(request.body(self.arguments.to_string().into())?).await?
        };
        match (mode, answer.status().as_u16()) {
            ("AsyncRequestReply", 202) => self.poll(leads_to(&answer, &self.url)?).await,
            ("FireAndForget", 200) => Ok(Bytes::new()),
            ("LongPolling", _) => self.wait(answer).await,
            (_, status) => Err(format!("the job was not started, or nobody knows: {status}").into()),
        }
    }

    fn query(&self) -> String {
        let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let entries = self.arguments.as_object().into_iter().flatten();
        entries
            .map(|(name, value)| format!("{}={}", encode(name), encode(&text(value))))
            .collect::<Vec<_>>()
            .join("&")
    }

    fn with_bearer(&self, request: hyper::http::request::Builder) -> hyper::http::request::Builder {
        request.header(AUTHORIZATION, format!("Bearer {}", self.token))
    }

    /// A GET that changes nothing, so it is sent again where its answer was lost. The credential is for the
    /// orchestrator's own origin alone.
    async fn follow(&self, url: &str) -> Result<Answer, Failed> {
        if origin(url) != origin(&self.url) {
            return Err(format!("{url} is another origin").into());
        }
        for attempt in 1..=5 {
            let request = self.with_bearer(request(Method::GET, url)?).body(Full::default())?;
            match send(request).await {
                Ok(answer) if answer.status() != 502 => return Ok(answer),
                _ => sleep(self.interval * attempt).await,
            }
        }
        Err("the orchestrator cannot be heard".into())
    }

    /// Looks until the status URI redirects to the output; 200 means that the job still runs.
    async fn poll(&self, url: String) -> Result<Bytes, Failed> {
        for _ in 0..self.attempts {
            let answer = self.follow(&url).await?;
            match answer.status().as_u16() {
                302 | 303 => return result(self.follow(&leads_to(&answer, &url)?).await?),
                200 | 429 | 503 => sleep(self.interval.max(advised(&answer))).await,
                status => return Err(format!("the job cannot be looked at: {status}").into()),
            }
        }
        Err("the job takes too long".into())
    }

    /// Follows redirects with plain GETs, each to the newest location, however many there are.
    async fn wait(&self, mut answer: Answer) -> Result<Bytes, Failed> {
        let mut url = self.url.clone();
        while matches!(answer.status().as_u16(), 302 | 303) {
            url = leads_to(&answer, &url)?;
            answer = self.follow(&url).await?;
        }
        result(answer)
    }
}

/// How long to wait: `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3).
fn advised(answer: &Answer) -> Duration {
    let advice = answer.headers().get(RETRY_AFTER).and_then(|advice| advice.to_str().ok()).unwrap_or("0");
    let until = |date: Timestamp| Duration::try_from(date.duration_since(Timestamp::now())).ok();
    match advice.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => DateTimeParser::new().parse_timestamp(advice).ok().and_then(until).unwrap_or_default(),
    }
}

fn result(answer: Answer) -> Result<Bytes, Failed> {
    if answer.status().is_success() {
        return Ok(answer.into_body());
    }
    Err(format!("the job failed: {} {}", answer.status(), String::from_utf8_lossy(answer.body())).into())
}

/// The task queue.
impl Client {
    async fn post(&self, path: &str, mut members: Value) -> Result<Answer, Failed> {
        members["auth_tkn"] = json!(self.token);
        let request = request(Method::POST, &format!("{}{path}", self.url))?;
        send(request.header(CONTENT_TYPE, "application/json").body(members.to_string().into())?).await
    }

    /// The envelope says whether a call succeeded, whatever HTTP says.
    async fn call(&self, path: &str, members: Value) -> Result<Value, Failed> {
        let mut envelope: Value = serde_json::from_slice(self.post(path, members).await?.body())?;
        match envelope["status"].as_u64() {
            Some(200..300) => Ok(envelope["task"].take()),
            _ => Err(format!("{path}: {envelope}").into()),
        }
    }

    async fn create(&self, process: &str) -> Result<Value, Failed> {
        let task = json!({ "process": process, "version": 0, "ctx": self.arguments.to_string() });
        Ok(self.call("/v1/orchestra/task/create", json!({ "task": task })).await?["id"].take())
    }

    async fn done(&self, id: &Value) -> Result<Value, Failed> {
        for _ in 0..self.attempts {
            let task = self.call("/v1/orchestra/task/status", json!({ "id": id })).await?;
            match task["status"].as_str() {
                Some("DONE") => return Ok(task),
                Some("ERROR") => return Err(format!("the task failed: {}", task["log"]).into()),
                _ => sleep(self.interval).await,
            }
        }
        Err("the task takes too long".into())
    }

    /// Cancelling a task that is done already cancels nothing.
    async fn cancel(&self, id: &Value) -> Result<Bytes, Failed> {
        let task = self.call("/v1/orchestra/task/cancel", json!({ "id": id })).await?;
        match task["status"].as_str() {
            Some("DONE" | "EXECUTING") => Err("it is too late".into()),
            _ => Ok(Bytes::new()),
        }
    }

    /// A refusal is an envelope, and a file is not labelled as JSON.
    async fn download(&self, id: &Value, file: &str) -> Result<Bytes, Failed> {
        let answer =
            self.post("/v1/repository/task/download", json!({ "taskid": id, "filename": file })).await?;
        let label =
            answer.headers().get(CONTENT_TYPE).and_then(|label| label.to_str().ok()).unwrap_or_default();
        if answer.status() != 200 || label.starts_with("application/json") {
            return Err(format!("no file: {}", answer.status()).into());
        }
        Ok(answer.into_body())
    }
}
