#!/usr/bin/env bash
# A small right client of both protocols, with curl and jq.
#
# It is told what to do in its environment (ORCHSPEC_…), writes the result to standard output and ends with status 0;
# with any other status there is no result. Judge it: orchspec client run -- bash client.sh

set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

fail() {
  echo "no result: $*" >&2
  exit 1
}

# One request, one answer: its status in $status, its head and body in files. A body that is cut short is no answer.
# Redirects are ours to follow, since curl stops after 50 of them.
send() {
  status=none
  rm -f "$folder/head" "$folder/body"
  status=$(curl --silent --max-time 60 --output "$folder/body" --dump-header "$folder/head" \
    --write-out '%{http_code}' "$@")
}

header() {
  sed -n "s/^$1: *//Ip" "$folder/head" | tr -d '\r' | head -n 1
}

# Triggers

origin() {
  [[ $1 =~ ^[a-z]+://[^/?#]+ ]] && echo "${BASH_REMATCH[0]}"
}

# Where the last answer leads to. The reference may be relative; its fragment is our own affair.
leads_to() {
  local reference
  reference=$(header location)
  [[ -n $reference ]] || fail "$status without a location"
  case $reference in
    http*) url=$reference ;;
    //*) url=${1%%:*}:$reference ;;
    /*) url=$(origin "$1")$reference ;;
    *) url=${1%/*}/$reference ;;
  esac
  url=${url%%#*}
  # The credential is for the orchestrator's own origin alone.
  [[ $(origin "$url") == "$(origin "$ORCHSPEC_URL")" ]] || fail "$url is another origin"
}

# Starts a job. Whatever goes wrong here, the job may run: this call is never sent twice.
invoke() {
  if [[ $ORCHSPEC_METHOD == GET ]]; then
    local query
    query=$(jq -r 'to_entries | map("\(.key | @uri)=\(.value | tostring | @uri)") | join("&")' <<<"$ORCHSPEC_ARGUMENTS")
    send --header "Authorization: Bearer $ORCHSPEC_TOKEN" "$ORCHSPEC_URL?$query" || fail "nobody knows"
  else
    send --request "$ORCHSPEC_METHOD" --header "Authorization: Bearer $ORCHSPEC_TOKEN" \
      --header 'Content-Type: application/json' --data-binary "$ORCHSPEC_ARGUMENTS" "$ORCHSPEC_URL" ||
      fail "nobody knows"
  fi
  case $ORCHSPEC_MODE/$status in
    AsyncRequestReply/202) poll ;;
    FireAndForget/200) ;;
    LongPolling/*) wait_on ;;
    *) fail "the job was not started, or nobody knows: $status" ;;
  esac
}

# A GET that changes nothing, so it is sent again where its answer was lost.
follow() {
  local attempt
  for attempt in 1 2 3 4 5; do
    if send --header "Authorization: Bearer $ORCHSPEC_TOKEN" "$url" && [[ $status != 502 ]]; then
      return
    fi
    sleep "$ORCHSPEC_INTERVAL"
  done
  fail "the orchestrator cannot be heard"
}

# How many seconds to wait: `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3).
advised() {
  local advice seconds
  advice=$(header retry-after)
  if [[ $advice == *:* ]]; then
    seconds=$(($(date --date "$advice" +%s) - $(date +%s)))
    echo $((seconds > 0 ? seconds : 1))
  else
    echo "${advice:-$ORCHSPEC_INTERVAL}"
  fi
}

# Looks until the status URI redirects to the output; 200 means that the job still runs.
poll() {
  local attempt
  leads_to "$ORCHSPEC_URL"
  for ((attempt = 0; attempt < ORCHSPEC_ATTEMPTS; attempt++)); do
    follow
    case $status in
      302 | 303) leads_to "$url" && follow && result && return ;;
      200 | 429 | 503) ;;
      *) fail "the job cannot be looked at: $status" ;;
    esac
    sleep "$(advised)"
  done
  fail "the job takes too long"
}

# Follows redirects with plain GETs, each to the newest location, however many there are.
wait_on() {
  url=$ORCHSPEC_URL
  while [[ $status == 303 || $status == 302 ]]; do
    leads_to "$url"
    follow
  done
  result
}

result() {
  [[ $status == 2?? ]] || fail "the job failed: $status"
  touch "$folder/body"
  cat "$folder/body"
}

# The task queue

post() {
  send --header 'Content-Type: application/json' --data-binary "$2" "$ORCHSPEC_URL$1" || fail "$1: no answer"
}

# The envelope says whether a call succeeded, whatever HTTP says.
call() {
  post "$1" "$2"
  jq --exit-status '.status >= 200 and .status < 300' "$folder/body" >/dev/null || fail "$1: $(cat "$folder/body")"
}

member() {
  jq --raw-output --join-output "$1" "$folder/body"
}

create() {
  call /v1/orchestra/task/create "$(jq --null-input --arg process "$ORCHSPEC_PROCESS" --arg ctx "$ORCHSPEC_ARGUMENTS" \
    '{ auth_tkn: env.ORCHSPEC_TOKEN, task: { process: $process, version: 0, ctx: $ctx } }')"
  task=$(member .task.id)
}

# A request about the task, under the name that it has there.
about() {
  jq --null-input --argjson task "$task" "{ auth_tkn: env.ORCHSPEC_TOKEN, $1: \$task, filename: env.ORCHSPEC_FILE }"
}

done_task() {
  local attempt
  for ((attempt = 0; attempt < ORCHSPEC_ATTEMPTS; attempt++)); do
    call /v1/orchestra/task/status "$(about id)"
    case $(member .task.status) in
      DONE) return ;;
      ERROR) fail "the task failed" ;;
    esac
    sleep "$ORCHSPEC_INTERVAL"
  done
  fail "the task takes too long"
}

# Cancelling a task that is done already cancels nothing.
cancel() {
  call /v1/orchestra/task/cancel "$(about id)"
  case $(member .task.status) in
    DONE | EXECUTING) fail "it is too late" ;;
  esac
}

download() {
  post /v1/repository/task/download "$(about taskid)"
  # A refusal is an envelope, and a file is not labelled as JSON.
  [[ $status == 200 && $(header content-type) != application/json* ]] || fail "no file: $status"
  cat "$folder/body"
}

case $ORCHSPEC_ACTION in
  invoke) invoke ;;
  run) create && done_task && member .task.outputCtx ;;
  cancel) create && cancel ;;
  cancel-done) create && done_task && cancel ;;
  download) create && done_task && download ;;
esac
