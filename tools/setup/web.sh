# shellcheck shell=bash
# Builds the web interface and puts it where criptd looks for it.
: "${root:?}" # the clone

# digest_of PATH...: one digest over names and contents below these paths, without what is installed or built.
digest_of() {
    find "$@" \( -name node_modules -o -name dist -o -name coverage -o -name test-results \) -prune -o -type f -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1
}

# unchanged STAMP DIGEST
unchanged() { [[ -f $1 && $(<"$1") == "$2" ]]; }

# build_web PRESET: into web/dist, linked from build/PRESET/share/opencript/web.
build_web() {
    local stamps=$root/build/web share=$root/build/$1/share/opencript lock sources
    mkdir -p "$stamps" "$share"

    lock=$(sha256sum "$root/web/package-lock.json" | cut -d ' ' -f 1)-$(node --version)
    if [[ ! -d $root/web/node_modules ]] || ! unchanged "$stamps/installed" "$lock"; then
        rm -f "$stamps/installed" "$stamps/built"
        step web-install "Fetching the web interface's packages" \
            "Is this machine connected? 'npm ping' tells whether npm's registry can be reached." \
            npm --prefix "$root/web" ci --no-audit --no-fund
        printf '%s' "$lock" >"$stamps/installed"
    fi

    sources=$(digest_of "$root/web" "$root/model")
    if [[ ! -f $root/web/dist/index.html ]] || ! unchanged "$stamps/built" "$sources"; then
        rm -f "$stamps/built"
        step web-build "Building the web interface" "The last lines above name the file and line." \
            npm --prefix "$root/web" run build
        # The build may write generated files into web/: what counts is the state it leaves behind.
        printf '%s' "$(digest_of "$root/web" "$root/model")" >"$stamps/built"
    fi
    ln -sfnT "$root/web/dist" "$share/web"
}
