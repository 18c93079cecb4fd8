# shellcheck shell=bash
# One line per step, its output in build/logs, the tail of that shown when it fails.
: "${root:?}" # the clone

if [[ -t 1 ]]; then
    bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' plain=$'\e[0m'
else
    bold='' dim='' red='' plain=''
fi

# fail SENTENCE [ADVICE]...: prints both and ends the script.
fail() {
    printf '\n%s%s%s\n' "$red" "$1" "$plain" >&2
    shift
    (($#)) && printf '%s\n' "$@" >&2
    exit 1
}

# heading TEXT
heading() { printf '\n%s%s%s\n' "$bold" "$1" "$plain"; }

# step NAME TITLE ADVICE COMMAND...: runs COMMAND with its output in build/logs/NAME.log and a clock on the terminal.
step() {
    local name=$1 title=$2 advice=$3
    shift 3
    if ! logged "$name" "$title" "$@"; then
        fail "$title: failed. The whole output is in build/logs/$name.log." "$advice"
    fi
}

# logged NAME TITLE COMMAND...: as step, but returns the command's status instead of ending the script.
logged() {
    local name=$1 title=$2 started=$SECONDS status=0
    shift 2
    local log=$root/build/logs/$name.log
    mkdir -p "$root/build/logs"

    "$@" >"$log" 2>&1 </dev/null &
    local job=$!
    # A background job does not see Ctrl-C by itself.
    trap 'kill "$job" 2>/dev/null; printf "\n"; exit 130' INT TERM
    while [[ -t 1 ]] && kill -0 "$job" 2>/dev/null; do
        printf '\r  %-44s %s%4d s%s' "$title" "$dim" $((SECONDS - started)) "$plain"
        sleep 0.2
    done
    wait "$job" || status=$?
    trap - INT TERM

    [[ -t 1 ]] && printf '\r'
    if ((status == 0)); then
        printf '  %-44s %4d s\n' "$title" $((SECONDS - started))
        return
    fi
    printf '  %-44s %4d s  %sfailed%s\n' "$title" $((SECONDS - started)) "$red" "$plain"
    printf '%s\n' "  last lines of build/logs/$name.log:" >&2
    tail -n 40 "$log" | sed 's/^/  | /' >&2
    return "$status"
}
