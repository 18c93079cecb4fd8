# shellcheck shell=bash
# A store with S3's interface for the tests, as tests/fixture/swift.py makes it.
: "${root:?}" # the clone

# start_swift: once; it ends with this script.
start_swift() {
    [[ -n ${CRIPT_TEST_S3:-} ]] && return
    local log=$root/build/logs/swift.log
    mkdir -p "$root/build/logs"
    # It stays as long as its input is open. Bash warns of a second coprocess, and runs it.
    { coproc SWIFT { exec python3 "$root/tests/fixture/swift.py" --stay 2>"$log"; }; } 2>/dev/null
    if ! read -r CRIPT_TEST_S3 <&"${SWIFT[0]}"; then
        fail "A store with S3's interface could not be started for the tests. What it said is in build/logs/swift.log."
    fi
    export CRIPT_TEST_S3
    printf '  %-44s\n' "Swift is running"
}
