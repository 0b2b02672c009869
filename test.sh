#!/usr/bin/env bash
# Builds everything and runs every test.
#
#   bash test.sh          all suites
#   bash test.sh quick    without the crash, browser and bench suites
#
# Needs the .NET SDK and Node; installs what else is missing (Debian's Chromium, npm packages). Every project
# *Tests.csproj below tests/ is a suite. With CI=true nothing may be skipped. The last line is "N passed, N failed".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

mode="${1:-all}"
configuration=Debug
parallel="${TEST_PARALLEL:-2}"
suite_timeout="${TEST_SUITE_TIMEOUT:-1800}"
ci="${CI:-false}"
results=artifacts/test-results
passed=0
failed=0
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '%s\n' "$*"; }

# A failure outside of any test counts as one.
broken() {
  say "FAILED: $*"
  failed=$((failed + 1))
}

finish() {
  say ""
  say "$passed passed, $failed failed"
  if [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]; then exit 0; else exit 1; fi
}

# A part that cannot run is said, and is a failure where nothing may be skipped.
skipped() {
  if [ "$ci" = true ]; then broken "$*"; else say "SKIPPED: $*"; fi
}

is_slow() {
  case "$1" in *Crash*|*Browser*|*Bench*) return 0 ;; *) return 1 ;; esac
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

install_chromium() {
  command -v chromium >/dev/null && return 0
  say "Installing Chromium for the browser tests"
  as_root apt-get update -qq >/dev/null 2>&1
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium \
    >artifacts/chromium.log 2>&1
  command -v chromium >/dev/null
}

case "$mode" in
  all|quick) ;;
  *) say "usage: bash test.sh [quick]"; exit 2 ;;
esac
command -v dotnet >/dev/null || { broken "the .NET SDK is not installed"; finish; }
mkdir -p "$results"
rm -f "$results"/*

without_browser=""
if [ "$mode" = all ] && ls tests/*Browser*Tests/*.csproj >/dev/null 2>&1; then
  install_chromium || without_browser="Chromium is not there and could not be installed"
fi

while IFS= read -r package; do
  folder=$(dirname "$package")
  say "npm ci in $folder"
  if ! command -v npm >/dev/null; then
    skipped "$folder: npm is not installed"
  elif ! (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error); then
    broken "npm ci in $folder"
  fi
done < <(git ls-files --cached --others --exclude-standard -- 'package.json' '*/package.json')

say "Formatting"
dotnet tool restore >/dev/null || { broken "dotnet tool restore"; finish; }
dotnet csharpier check . >"$results/format.log" 2>&1 || {
  tail -n 40 "$results/format.log"
  broken "some files are not formatted: dotnet csharpier format ."
}

say "Building ($configuration, warnings are errors)"
if ! dotnet build Everturn.slnx -c "$configuration" --nologo -v quiet -warnaserror; then
  broken "the build"
  finish
fi

names=()
for project in $(find tests -name '*Tests.csproj' -not -path '*/node_modules/*' | sort); do
  name=$(basename "$project" .csproj)
  if [ "$mode" = quick ] && is_slow "$name"; then
    say "left out: $name"
  elif [ -n "$without_browser" ] && [[ "$name" == *Browser* ]]; then
    skipped "$name: $without_browser"
  else
    names+=("$name")
  fi
done

# A suite is a program of its own; its output and a machine-readable result are kept beside each other.
run_suite() {
  local name=$1 output
  output="artifacts/bin/$name/$(tr '[:upper:]' '[:lower:]' <<<"$configuration")"
  timeout --kill-after=10 "$suite_timeout" \
    dotnet exec "$output/$name.dll" -noLogo -noColor -xml "$PWD/$results/$name.xml" >"$results/$name.log" 2>&1
  echo $? >"$results/$name.exit"
}

# Suites that kill processes or drive a browser run alone, so that their waits stay honest.
say "Running ${#names[@]} suites, $parallel at a time"
slow=()
for name in "${names[@]}"; do
  if is_slow "$name"; then
    slow+=("$name")
    continue
  fi
  while [ "$(jobs -rp | wc -l)" -ge "$parallel" ]; do wait -n; done
  run_suite "$name" &
done
wait

# The crash tests start their program over a thousand times, so it is compiled ahead of time. They run without that too.
if [ "$mode" = all ]; then
  crash_host="$PWD/artifacts/crash-host"
  if dotnet publish tests/Crash/Everturn.Crash.Host -c Release --use-current-runtime --no-self-contained \
    -p:PublishReadyToRun=true -p:RunAnalyzers=false --artifacts-path "$crash_host/build" -o "$crash_host" \
    --nologo -v quiet >"$results/crash-host.log" 2>&1; then
    export EVERTURN_CRASH_HOST="$crash_host/Everturn.Crash.Host.dll"
  else
    say "The program of the crash tests was not compiled ahead of time: they take longer"
  fi
fi
for name in ${slow[@]+"${slow[@]}"}; do run_suite "$name"; done

attribute() {
  grep -o "<assembly [^>]*" "$1" | grep -o " $2=\"[0-9]*\"" | grep -o '[0-9]*' | head -n 1
}

for name in "${names[@]}"; do
  exit_code=$(cat "$results/$name.exit" 2>/dev/null || echo "none")
  report="$results/$name.xml"
  if [ ! -s "$report" ]; then
    tail -n 60 "$results/$name.log" 2>/dev/null
    broken "$name did not run (exit code $exit_code)"
    continue
  fi

  suite_passed=$(attribute "$report" passed)
  suite_failed=$(attribute "$report" failed)
  suite_errors=$(attribute "$report" errors)
  suite_skipped=$(attribute "$report" skipped)
  suite_not_run=$(attribute "$report" not-run)
  bad=$((${suite_failed:-0} + ${suite_errors:-0}))
  # What is not run is marked as explicit: a tool that is kept beside the tests, such as a writer of golden files.
  left_out=${suite_skipped:-0}
  printf '%-36s %5d passed %4d failed %4d skipped %4d explicit\n' \
    "$name" "${suite_passed:-0}" "$bad" "$left_out" "${suite_not_run:-0}"
  passed=$((passed + ${suite_passed:-0}))
  failed=$((failed + bad))
  if [ "$bad" -gt 0 ]; then
    grep -E '^\s+.*\[(FAIL|ERROR)\]' -A 25 "$results/$name.log" | head -n 300
  elif [ "$exit_code" != 0 ]; then
    tail -n 40 "$results/$name.log"
    broken "$name ended with exit code $exit_code"
  elif [ "${suite_passed:-0}" -eq 0 ] && [ "$left_out" -eq 0 ]; then
    broken "$name has no tests"
  fi

  if [ "$left_out" -gt 0 ]; then
    grep -E '\[SKIP\]' -A 2 "$results/$name.log" | head -n 40
    if [ "$ci" = true ]; then broken "$name left out $left_out tests"; fi
  fi
done

finish
