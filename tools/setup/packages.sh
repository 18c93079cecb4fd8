# shellcheck shell=bash
# Installs the Debian packages of the groups asked for, and nothing when all are there.
: "${root:?}" # the clone

# packages_of GROUP...: the names that packages.txt lists for these groups, one a line.
packages_of() {
    local group
    for group in "$@"; do
        awk -v group="$group" '$1 == group { print $2 }' "$root/tools/setup/packages.txt"
    done
}

# missing_of PACKAGE...: those that are not installed.
missing_of() {
    local package
    for package in "$@"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || printf '%s\n' "$package"
    done
}

# update_lists: apt-get update, which unlike install does not wait by itself for another apt to end.
update_lists() {
    local deadline=$((SECONDS + 120)) said
    until said=$(as_root apt-get update 2>&1); do
        printf '%s\n' "$said"
        if [[ $said != */lists/lock* ]] || ((SECONDS > deadline)); then return 1; fi
        sleep 1
    done
}

# apt_install PACKAGE...: with a look at the package lists first. Waits for another apt to end. Services that come with a
# package are for tests to start, as processes of their own: Debian asks policy-rc.d, which says no meanwhile.
apt_install() (
    policy=${CRIPT_POLICY_FILE:-/usr/sbin/policy-rc.d}
    kept=$policy.before-opencript
    put_back() {
        as_root rm -f "$policy"
        if [[ -e $kept ]]; then as_root mv "$kept" "$policy"; fi
    }
    # What an installation that was killed has left is put back first.
    if grep -qs OpenCRIPT "$policy" || [[ -e $kept && ! -e $policy ]]; then put_back; fi
    trap put_back EXIT
    trap 'exit 130' INT TERM HUP
    if [[ -e $policy ]]; then as_root mv "$policy" "$kept"; fi &&
        printf '#!/bin/sh\n# OpenCRIPT installs packages: no service is to start.\nexit 101\n' |
        as_root tee "$policy" >/dev/null &&
        as_root chmod 0755 "$policy" &&
        update_lists &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 \
            install --yes --no-install-recommends "$@"
)

# install_packages GROUP...
install_packages() {
    local wanted missing
    mapfile -t wanted < <(packages_of "$@")
    mapfile -t missing < <(missing_of "${wanted[@]}")
    ((${#missing[@]} == 0)) && return
    require_root "to install ${#missing[@]} Debian packages (${missing[*]:0:3}${missing[3]:+, …})"
    step packages "Installing ${#missing[@]} Debian packages" \
        "Is this machine connected, and does 'apt-get update' work? /etc/apt/sources.list must name Debian 12's 'main'." \
        apt_install "${missing[@]}"
}
