# shellcheck shell=bash
# Sourced by find-jdk and require: installs one package with the system's own package manager.

say() { printf 'heliograph: %s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

package_manager() {
    local manager
    for manager in apt-get dnf pacman zypper apk brew; do
        if command -v "$manager" >/dev/null 2>&1; then
            echo "$manager"
            return
        fi
    done
}

as_root() {
    if [ "$1" = brew ] || [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        return 1
    fi
}

# is_offered MANAGER PACKAGE: whether the package can be installed from the configured sources.
# (grep reads to the end: one that stops at its first match, as -q does, may end the program in front of it by SIGPIPE,
# which pipefail takes for a no.)
is_offered() {
    case "$1" in
        apt-get) apt-cache policy "$2" 2>/dev/null | grep -E '^  Candidate: [^(]' >/dev/null ;;
        dnf) dnf -q info "$2" >/dev/null 2>&1 ;;
        pacman) pacman -Si "$2" >/dev/null 2>&1 ;;
        zypper) zypper -q info "$2" 2>/dev/null | grep '^Version' >/dev/null ;;
        apk) apk search -e "$2" 2>/dev/null | grep . >/dev/null ;;
        brew) brew info "$2" >/dev/null 2>&1 ;;
    esac
}

install_with() {
    case "$1" in
        apt-get) DEBIAN_FRONTEND=noninteractive as_root apt-get install -y --no-install-recommends "$2" ;;
        dnf) as_root dnf install -y "$2" ;;
        pacman) as_root pacman -S --noconfirm --needed "$2" ;;
        zypper) as_root zypper -n install "$2" ;;
        apk) as_root apk add "$2" ;;
        brew) as_root brew install "$2" ;;
    esac >&2
}

# install_first WHAT MANAGER=PACKAGE...: installs the first package listed for this system's manager that it offers.
install_first() {
    local what="$1" manager choice package refreshed=no
    shift
    manager="$(package_manager)"
    if [ -z "$manager" ]; then
        fail "$what is missing and no known package manager is here: please install $what"
    fi
    while :; do
        for choice in "$@"; do
            package="${choice#*=}"
            if [ "${choice%%=*}" = "$manager" ] && is_offered "$manager" "$package"; then
                say "$what is missing: installing $package with $manager"
                install_with "$manager" "$package" || fail "$manager could not install $package: please install $what"
                return
            fi
        done
        # A fresh machine has empty package lists.
        if [ "$manager" != apt-get ] || [ "$refreshed" = yes ]; then
            fail "$what is missing and $manager does not offer it: please install $what"
        fi
        say "$what is missing: refreshing the package lists of apt-get to look for it"
        as_root apt-get update >&2 || true
        refreshed=yes
    done
}
