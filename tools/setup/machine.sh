# shellcheck shell=bash
# Looks at the machine before anything is changed, so that a refusal comes at once and says what to do.

# require_debian_12: packages and versions are those of Debian 12 (bookworm).
require_debian_12() {
    local id='' version=''
    if [[ -r /etc/os-release ]]; then
        id=$(. /etc/os-release && printf '%s' "${ID:-}")
        version=$(. /etc/os-release && printf '%s' "${VERSION_ID:-}")
    fi
    [[ $id == debian && $version == 12 ]] && return
    fail "This needs Debian 12 (bookworm); this machine is '${id:-unknown} ${version:-}'." \
        "Use a Debian 12 machine, virtual machine or container, for example: docker run -it -p 8080:8080 debian:12"
}

# require_space DIRECTORY MEBIBYTES
require_space() {
    local directory=$1 wanted=$2 free
    free=$(df --output=avail -m "$directory" | tail -n 1 | tr -d ' ')
    ((free >= wanted)) && return
    fail "Building and testing need about $wanted MiB below $directory, but only $free MiB are free." \
        "Free some space, or clone into a larger file system."
}

# as_root COMMAND...: runs it as root, directly or through sudo.
as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        printf 'Neither root nor sudo.\n' >&2
        return 1
    fi
}

# require_root FOR_WHAT: fails early when as_root could not work.
require_root() {
    ((EUID == 0)) && return
    if ! command -v sudo >/dev/null; then
        fail "Root is needed $1, and there is no sudo." "Run this as root, or install sudo."
    fi
    if ! sudo -n true 2>/dev/null; then
        printf 'Root is needed %s; sudo may ask for your password.\n' "$1"
        sudo -v || fail "sudo did not accept the password." "Run this as root, or as a user who may use sudo."
    fi
}
