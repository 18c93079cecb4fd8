# shellcheck shell=bash
# Compiles the C++ part.
: "${root:?}" # the clone

# build_native PRESET TARGET... [-- CMAKE_OPTION...]: configures when needed, then builds; without a target, everything.
build_native() {
    local preset=$1 targets=() options=()
    shift
    while (($#)) && [[ $1 != -- ]]; do
        targets+=(--target "$1")
        shift
    done
    (($#)) && options=("${@:2}")
    step "configure-$preset" "Configuring ($preset)" "A library that is not found? Then a package is missing: see tools/setup/packages.txt." \
        cmake --preset "$preset" -S "$root" "${options[@]}"
    step "build-$preset" "Compiling ($preset)" \
        "'Killed' means that memory ran out: set CMAKE_BUILD_PARALLEL_LEVEL=1 and start again; finished files are kept." \
        cmake --build "$root/build/$preset" --parallel "${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}" "${targets[@]}"
}
