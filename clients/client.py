"""A small right client of both protocols, with nothing but the standard library.

It is told what to do in its environment (ORCHSPEC_…), writes the result to standard output and ends with status 0;
with any other status there is no result. Judge it: orchspec client run -- python3 client.py
"""

import http.client
import json
import os
import sys
import time
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

ACTION = os.environ["ORCHSPEC_ACTION"]
URL = os.environ["ORCHSPEC_URL"]
TOKEN = os.environ["ORCHSPEC_TOKEN"]
ARGUMENTS = json.loads(os.environ["ORCHSPEC_ARGUMENTS"])
INTERVAL = float(os.environ["ORCHSPEC_INTERVAL"])
ATTEMPTS = int(os.environ["ORCHSPEC_ATTEMPTS"])

# What a broken or silent connection looks like.
LOST = (OSError, http.client.HTTPException)


class Failed(Exception):
    """There is no result."""


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def leads_to(self, url):
        """Where the answer leads to: references may be relative, and a fragment is our own affair."""
        location = self.headers.get("Location")
        if location is None:
            raise Failed(f"{self.status} without a location")
        return urldefrag(urljoin(url, location)).url


def send(method, url, headers, body=None):
    """One request, one answer. http.client follows nothing, and raises on a body that is cut short."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=60)
    try:
        target = parts.path + ("?" + parts.query if parts.query else "")
        connection.request(method, target, body=body, headers={"Host": parts.netloc, **headers})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


# Triggers


def invoke(method, mode):
    """Starts a job. Whatever goes wrong here, the job may run: this call is never sent twice."""
    if method == "GET":
        answer = send(method, URL + "?" + urlencode(ARGUMENTS), bearer(URL))
    else:
        body = json.dumps(ARGUMENTS)
        answer = send(method, URL, {**bearer(URL), "Content-Type": "application/json"}, body)
    if mode == "AsyncRequestReply" and answer.status == 202:
        return poll(answer.leads_to(URL))
    if mode == "FireAndForget" and answer.status == 200:
        return None
    if mode == "LongPolling":
        return wait(answer)
    raise Failed(f"the job was not started, or nobody knows: {answer.status}")


def bearer(url):
    """The credential, for the orchestrator's own origin alone."""
    own, other = urlsplit(URL), urlsplit(url)
    if (own.scheme, own.netloc) != (other.scheme, other.netloc):
        raise Failed(f"{url} is another origin")
    return {"Authorization": f"Bearer {TOKEN}"}


def follow(url):
    """A GET that changes nothing, so it is sent again where its answer was lost."""
    for attempt in range(5):
        try:
            answer = send("GET", url, bearer(url))
            if answer.status != 502:
                return answer
        except LOST:
            pass
        time.sleep(INTERVAL * (attempt + 1))
    raise Failed("the orchestrator cannot be heard")


def poll(url):
    """Looks until the status URI redirects to the output; 200 means that the job still runs."""
    for _ in range(ATTEMPTS):
        answer = follow(url)
        if answer.status in (302, 303):
            return result(follow(answer.leads_to(url)))
        if answer.status not in (200, 429, 503):
            raise Failed(f"the job cannot be looked at: {answer.status}")
        time.sleep(max(INTERVAL, advised(answer)))
    raise Failed("the job takes too long")


def advised(answer):
    """How many seconds to wait: `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3)."""
    advice = answer.headers.get("Retry-After", "0")
    if advice.isdigit():
        return float(advice)
    return (parsedate_to_datetime(advice) - datetime.now(timezone.utc)).total_seconds()


def wait(answer):
    """Follows redirects with plain GETs, each to the newest location, however many there are."""
    url = URL
    while answer.status in (302, 303):
        url = answer.leads_to(url)
        answer = follow(url)
    return result(answer)


def result(answer):
    if not 200 <= answer.status < 300:
        raise Failed(f"the job failed: {answer.status} {answer.body.decode(errors='replace')}")
    return answer.body


# The task queue


def call(path, **members):
    """The envelope says whether a call succeeded, whatever HTTP says."""
    answer = send("POST", URL + path, {"Content-Type": "application/json"}, json.dumps({"auth_tkn": TOKEN, **members}))
    envelope = json.loads(answer.body)
    if not 200 <= envelope.get("status", 0) < 300:
        raise Failed(f"{path}: {envelope}")
    return envelope["task"]


def create():
    process = os.environ["ORCHSPEC_PROCESS"]
    return call("/v1/orchestra/task/create", task={"process": process, "version": 0, "ctx": json.dumps(ARGUMENTS)})


def done(task):
    for _ in range(ATTEMPTS):
        task = call("/v1/orchestra/task/status", id=task["id"])
        if task["status"] == "DONE":
            return task
        if task["status"] == "ERROR":
            raise Failed(f"the task failed: {task.get('log')}")
        time.sleep(INTERVAL)
    raise Failed("the task takes too long")


def cancel(task):
    """Cancelling a task that is done already cancels nothing."""
    cancelled = call("/v1/orchestra/task/cancel", id=task["id"])
    if cancelled["status"] in ("DONE", "EXECUTING"):
        raise Failed("it is too late")


def download(task):
    body = json.dumps({"auth_tkn": TOKEN, "taskid": task["id"], "filename": os.environ["ORCHSPEC_FILE"]})
    answer = send("POST", URL + "/v1/repository/task/download", {"Content-Type": "application/json"}, body)
    # A refusal is an envelope, and a file is not labelled as JSON.
    if answer.status != 200 or answer.headers.get_content_type() == "application/json":
        raise Failed(f"no file: {answer.status}")
    return answer.body


def main():
    if ACTION == "invoke":
        return invoke(os.environ["ORCHSPEC_METHOD"], os.environ["ORCHSPEC_MODE"])
    task = create()
    if ACTION == "run":
        return done(task)["outputCtx"].encode()
    if ACTION == "download":
        return download(done(task))
    if ACTION == "cancel-done":
        done(task)
    return cancel(task)


def run():
    try:
        sys.stdout.buffer.write(main() or b"")
    except (Failed, ValueError, *LOST) as failure:
        sys.exit(f"no result: {failure}")


if __name__ == "__main__":
    run()
