# shellcheck shell=bash
# A PostgreSQL server for the tests, as tests/fixture/postgres.py makes it.
: "${root:?}" # the clone

# start_postgres: once; it ends with this script.
start_postgres() {
    [[ -n ${CRIPT_TEST_POSTGRES:-} ]] && return
    local log=$root/build/logs/postgres.log
    mkdir -p "$root/build/logs"
    # It stays as long as its input is open.
    coproc POSTGRES { exec python3 "$root/tests/fixture/postgres.py" --stay 2>"$log"; }
    if ! read -r CRIPT_TEST_POSTGRES <&"${POSTGRES[0]}"; then
        fail "A PostgreSQL server for the tests could not be started. What it said is in build/logs/postgres.log."
    fi
    export CRIPT_TEST_POSTGRES
    printf '  %-44s\n' "PostgreSQL is running"
}
