# shellcheck shell=bash
# Node and npm for the web interface: any Node from 18 on serves, wherever it is from.

readonly node_minimum=18

# node_serves: is there a node that is new enough, and an npm?
node_serves() {
    command -v node >/dev/null && command -v npm >/dev/null || return 1
    local version
    version=$(node --version 2>/dev/null) || return 1
    version=${version#v}
    ((${version%%.*} >= node_minimum))
}

install_node() {
    node_serves && return
    if command -v node >/dev/null; then
        local found package
        found=$(node --version 2>/dev/null || printf 'a broken one')
        package=$(dpkg-query -S "$(readlink -f "$(command -v node)")" 2>/dev/null || true)
        # Debian's npm can only be added to Debian's own Node.
        if [[ -z $package || $(dpkg-query -W -f '${Version}' nodejs 2>/dev/null) == *nodesource* ]]; then
            fail "The web interface needs Node $node_minimum or newer with npm; found $found at $(command -v node)$(command -v npm >/dev/null || printf ', without npm')." \
                "Update that Node (it is not from Debian, so Debian's npm cannot be put beside it), or remove it and start again."
        fi
    fi
    require_root "to install Node and npm"
    step node "Installing Node and npm" "Is this machine connected, and does 'apt-get update' work?" apt_install nodejs npm
    hash -r
    node_serves || fail "Debian's Node was installed, but 'node --version' or 'npm' still does not work." \
        "Is another Node earlier in PATH? PATH is: $PATH"
}
