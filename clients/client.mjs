// A small right client of both protocols, with the `fetch` that Node has built in.
//
// It is told what to do in its environment (ORCHSPEC_…), writes the result to standard output and ends with status 0;
// with any other status there is no result. Judge it: orchspec client run -- node client.mjs

const { ORCHSPEC_ACTION: action, ORCHSPEC_URL: base, ORCHSPEC_TOKEN: token } = process.env;
const parameters = JSON.parse(process.env.ORCHSPEC_ARGUMENTS);
const interval = Number(process.env.ORCHSPEC_INTERVAL) * 1000;
const attempts = Number(process.env.ORCHSPEC_ATTEMPTS);

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// There is no result.
class Failed extends Error {}

// One request, one answer: redirects are ours to follow, since `fetch` stops after 20 of them.
// Reading the body here makes one that is cut short an error of the call.
async function send(method, url, headers, body) {
  const answer = await fetch(url, { method, headers, body, redirect: "manual" });
  return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) };
}

// Where an answer leads to: references may be relative, and a fragment is our own affair.
function leadsTo(answer, url) {
  const location = answer.headers.get("location");
  if (location === null) throw new Failed(`${answer.status} without a location`);
  const resolved = new URL(location, url);
  resolved.hash = "";
  return resolved.href;
}

// Triggers

// The credential, for the orchestrator's own origin alone.
function bearer(url) {
  if (new URL(url).origin !== new URL(base).origin) throw new Failed(`${url} is another origin`);
  return { authorization: `Bearer ${token}` };
}

// Starts a job. Whatever goes wrong here, the job may run: this call is never sent twice.
async function invoke(method, mode) {
  const answer =
    method === "GET"
      ? await send(method, `${base}?${new URLSearchParams(parameters)}`, bearer(base))
      : await send(method, base, { ...bearer(base), "content-type": "application/json" }, JSON.stringify(parameters));
  if (mode === "AsyncRequestReply" && answer.status === 202) return poll(leadsTo(answer, base));
  if (mode === "FireAndForget" && answer.status === 200) return "";
  if (mode === "LongPolling") return wait(answer);
  throw new Failed(`the job was not started, or nobody knows: ${answer.status}`);
}

// A GET that changes nothing, so it is sent again where its answer was lost.
async function follow(url) {
  const headers = bearer(url);
  for (let attempt = 1; attempt <= 5; attempt++) {
    const answer = await send("GET", url, headers).catch(() => undefined);
    if (answer && answer.status !== 502) return answer;
    await sleep(interval * attempt);
  }
  throw new Failed("the orchestrator cannot be heard");
}

// Looks until the status URI redirects to the output; 200 means that the job still runs.
async function poll(url) {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const answer = await follow(url);
    if (isRedirect(answer)) return result(await follow(leadsTo(answer, url)));
    if (![200, 429, 503].includes(answer.status)) throw new Failed(`the job cannot be looked at: ${answer.status}`);
    await sleep(Math.max(interval, advised(answer)));
  }
  throw new Failed("the job takes too long");
}

// How many milliseconds to wait: `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3).
function advised(answer) {
  const advice = answer.headers.get("retry-after") ?? "0";
  return /^\d+$/.test(advice) ? Number(advice) * 1000 : Date.parse(advice) - Date.now();
}

// Follows redirects with plain GETs, each to the newest location, however many there are.
async function wait(answer) {
  let url = base;
  while (isRedirect(answer)) {
    url = leadsTo(answer, url);
    answer = await follow(url);
  }
  return result(answer);
}

const isRedirect = (answer) => answer.status === 303 || answer.status === 302;

function result(answer) {
  if (answer.status < 200 || answer.status > 299) throw new Failed(`the job failed: ${answer.status} ${answer.body}`);
  return answer.body;
}

// The task queue

// The envelope says whether a call succeeded, whatever HTTP says.
async function call(path, members) {
  const envelope = JSON.parse((await post(path, members)).body);
  if (envelope.status < 200 || envelope.status > 299) throw new Failed(`${path}: ${JSON.stringify(envelope)}`);
  return envelope.task;
}

function post(path, members) {
  const body = JSON.stringify({ auth_tkn: token, ...members });
  return send("POST", base + path, { "content-type": "application/json" }, body);
}

function create() {
  const task = { process: process.env.ORCHSPEC_PROCESS, version: 0, ctx: JSON.stringify(parameters) };
  return call("/v1/orchestra/task/create", { task });
}

async function done({ id }) {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const task = await call("/v1/orchestra/task/status", { id });
    if (task.status === "DONE") return task;
    if (task.status === "ERROR") throw new Failed(`the task failed: ${task.log}`);
    await sleep(interval);
  }
  throw new Failed("the task takes too long");
}

// Cancelling a task that is done already cancels nothing.
async function cancel({ id }) {
  const task = await call("/v1/orchestra/task/cancel", { id });
  if (["DONE", "EXECUTING"].includes(task.status)) throw new Failed("it is too late");
  return "";
}

async function download({ id }) {
  const answer = await post("/v1/repository/task/download", { taskid: id, filename: process.env.ORCHSPEC_FILE });
  // A refusal is an envelope, and a file is not labelled as JSON.
  const refused = answer.status !== 200 || answer.headers.get("content-type")?.startsWith("application/json");
  if (refused) throw new Failed(`no file: ${answer.status}`);
  return answer.body;
}

async function main() {
  if (action === "invoke") return invoke(process.env.ORCHSPEC_METHOD, process.env.ORCHSPEC_MODE);
  const task = await create();
  if (action === "run") return (await done(task)).outputCtx;
  if (action === "download") return download(await done(task));
  if (action === "cancel-done") await done(task);
  return cancel(task);
}

try {
  process.stdout.write(await main());
} catch (failure) {
  console.error(`no result: ${failure.message}`);
  process.exitCode = 1;
}
