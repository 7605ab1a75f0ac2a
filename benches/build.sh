#!/usr/bin/env bash
# Prints how long a clean build takes and how large the program is, beside the bare hyper twin of the other figures.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cargo fetch --quiet

start=$(date +%s)
CARGO_TARGET_DIR="$folder" cargo build --release --offline --quiet
took=$(($(date +%s) - start))

twin=$(cargo bench --bench speed --no-run --message-format json --quiet |
  python3 -c 'import json, sys; print([m["executable"] for m in map(json.loads, sys.stdin) if m.get("executable")][-1])')
size() { du --apparent-size --block-size=KiB "$1" | cut -f1; }

printf '| figure | orchspec | bare hyper |\n| --- | --: | --: |\n'
printf '| clean release build on %s cores | %s s | |\n' "$(nproc)" "$took"
printf '| size of the program | %s | %s |\n' "$(size "$folder/release/orchspec")" "$(size "$twin")"
