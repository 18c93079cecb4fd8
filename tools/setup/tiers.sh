# shellcheck shell=bash
# Runs tiers of tests and counts. A tier is a command whose last line of the form
# "N passed, N failed[, N skipped]" is taken as its count; without one it counts as one test.
: "${root:?}" # the clone
: "${red?}" "${plain?}" # of steps.sh

passed=0 failed=0 skipped=0 failures=()
# How unittest, vitest, GoogleTest, ctest and node --test name a test that failed.
failing='^ *(FAIL|ERROR):? +[^ ]|^\[  FAILED  \] [A-Z]|^[[:space:]]+[0-9]+ - .+ \([A-Z].*\)$|^✖ [^f]|^ *not ok [0-9]'

# add_count PASSED FAILED SKIPPED
add_count() { passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3)); }

# check TITLE COMMAND...: one check, one count.
check() {
    local title=$1 name
    shift
    name=check-$(tr -cs '[:alnum:]' '-' <<<"${title,,}")
    if logged "${name%-}" "$title" "$@"; then
        add_count 1 0 0
    else
        add_count 0 1 0
        failures+=("$title")
    fi
}

# tier NAME TITLE COMMAND...
tier() {
    local name=$1 title=$2 status=0 bad=0 count told=()
    local log=$root/build/logs/test-$name.log
    shift 2
    heading "$title"
    logged "test-$name" "ran for" "$@" || status=$?
    # Which failed and which were skipped may stand further up than the lines shown.
    mapfile -t told < <(grep -E "$failing" "$log" | sed 's/^[[:space:]]*//' | sort -u)
    count=$(grep -E '^[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$' "$log" | tail -n 1 || true)
    if [[ $count =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed(,\ ([0-9]+)\ skipped)?$ ]]; then
        local ok=${BASH_REMATCH[1]} left=${BASH_REMATCH[4]:-0}
        bad=${BASH_REMATCH[2]}
        # A tier that fails outside its tests, or that ran none, is a failure too.
        if ((status != 0 && bad == 0)) || ((ok + bad + left == 0)); then bad=1; fi
        add_count "$ok" "$bad" "$left"
        printf '  %s\n' "$ok passed, $bad failed$( ((left)) && printf ', %d skipped' "$left")"
        if ((bad)); then ((${#told[@]} == 0)) || printf '  %s\n' "${told[@]}"; fi
        grep -E '^skipped: ' "$log" | sort -u | sed 's/^/  /' || true
    elif ((status == 0)); then
        add_count 1 0 0
    else
        bad=1
        add_count 0 1 0
    fi
    if ((bad)); then failures+=("$title: build/logs/test-$name.log" "${told[@]/#/  }"); fi
}

# nothing_there WHAT: a tier that vanished must not pass in silence.
nothing_there() {
    printf '  %sThere are no %s, and there must be.%s\n' "$red" "$1" "$plain"
    add_count 0 1 0
    failures+=("There are no $1")
}

# folder_tier NAME: what tests/NAME holds, by its own ./run or as Python unit tests.
folder_tier() {
    local name=$1 folder=$root/tests/$1
    if [[ -x $folder/run ]]; then
        tier "$name" "${name^} tests" "$folder/run"
    elif compgen -G "$folder/test_*.py" >/dev/null; then
        tier "$name" "${name^} tests" python3 "$root/tools/run_unittests.py" "$folder"
    else
        heading "${name^} tests"
        nothing_there "$name tests"
    fi
}

# ctest_tier PRESET
ctest_tier() {
    local results=$root/build/logs/ctest-$1.xml status=0
    ctest --test-dir "$root/build/$1" --parallel "$(nproc)" --output-on-failure --no-tests=error --timeout 300 \
        --output-junit "$results" || status=$?
    python3 "$root/tools/count_junit.py" "$results"
    return "$status"
}

# web_tier: the page's own tests, without a browser.
web_tier() {
    local results=$root/build/logs/vitest.xml status=0
    rm -f "$results"
    npm --prefix "$root/web" test -- --reporter=default --reporter=junit --outputFile.junit="$results" || status=$?
    python3 "$root/tools/count_junit.py" "$results"
    return "$status"
}

# fuzz_tier PROGRAM SECONDS: with the corpus and the words kept in fuzz/corpus/NAME and fuzz/dictionary/NAME; new inputs go to build/, a crash there too.
fuzz_tier() {
    local name kept found words=()
    name=$(basename "$1")
    kept=$root/fuzz/corpus/${name#fuzz_} found=$root/build/fuzz/corpus/$name
    mkdir -p "$found"
    local corpora=("$found")
    [[ -d $kept ]] && corpora+=("$kept")
    [[ -f $root/fuzz/dictionary/${name#fuzz_} ]] && words=(-dict="$root/fuzz/dictionary/${name#fuzz_}")
    "$1" "${words[@]}" -max_total_time="$2" -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$root/build/logs/$name-" "${corpora[@]}"
}

# tidy_tier: one count a source file.
tidy_tier() {
    run-clang-tidy-19 -quiet -p "$root/build/tidy" -j "$(nproc)" "^$root/(src|tools|tests|bench)/.*\\.cpp\$"
}

# check_format: every C++ file as clang-format-19 would write it.
check_format() {
    git -c safe.directory="$root" -C "$root" ls-files -z -- '*.cpp' '*.hpp' '*.h' '*.c' | (cd "$root" && xargs -0 -r clang-format-19 --dry-run --Werror)
}

# check_shell: every script, whatever its name.
check_shell() {
    git -c safe.directory="$root" -C "$root" grep -lzE '^#!/usr/bin/env bash|^#!/bin/(ba)?sh|^# shellcheck shell=' -- . ':!*.md' |
        (cd "$root" && xargs -0 -r shellcheck -x)
}

# report SECONDS: the last line says it all; so does the exit status.
report() {
    heading "Finished in $(($1 / 60)) min $(($1 % 60)) s"
    ((${#failures[@]} == 0)) || printf '%s\n' "${failures[@]}"
    printf '%d passed, %d failed%s\n' "$passed" "$failed" "$( ((skipped)) && printf ', %d skipped' "$skipped")"
    ((failed == 0 && passed > 0))
}
