# shellcheck shell=bash
# Sourced by what measures the release from outside: bench, compare and soak.

JAVA_HOME="$(bin/find-jdk)"
export JAVA_HOME
releases=(target/dist/heliograph-*/bin/heliograph)
release="${releases[0]}"
[ -x "$release" ] || fail "no release in target/dist: run make $(basename "$0"), which makes it"

# measure CLASS HEAP [OPTION...] -- [ARGUMENT...]: runs a main class of relay/conformance in place of this script.
measure() {
    local class="$1" heap="$2" module options=()
    shift 2
    while [ "$1" != -- ]; do
        options+=("$1")
        shift
    done
    shift
    local modules=relay/testkit/target/classes
    for module in cli capacity client loadtest server protocol; do
        modules="$modules:relay/$module/target/classes"
    done
    # exec: a Ctrl-C goes to the one that has relays to end.
    exec "$JAVA_HOME/bin/java" "-Xmx$heap" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow "${options[@]}" \
        -cp "relay/conformance/target/test-classes:$modules:relay/conformance/target/lib/*" "$class" "$@"
}
