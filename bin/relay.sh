# shellcheck shell=bash
# Sourced by the demos and dist: whether a port is taken and whether the relay on it is ready; in bash's own TCP, so that
# nothing needs to be installed.

is_taken() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# is_ready PORT: whether a relay on this port answers its readiness check.
is_ready() {
    local status
    status="$(ask "$1" GET /health/ready "" 2>/dev/null)" || return 1
    [[ "$status" == *" 200 "* ]]
}

# ask PORT METHOD PATH BODY [HEADER]: sends an HTTP request, prints the status line of the answer.
ask() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$1"
        printf '%s %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\nContent-Length: %s\r\n%s\r\n\r\n%s' \
            "$2" "$3" "$1" "${#4}" "${5:-Accept: */*}" "$4" >&3
        IFS= read -r -t 5 status <&3
        echo "$status"
    )
}

# body PORT PATH: prints what an HTTP server answers to a GET, without the head.
body() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$1"
        printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1:%s\r\n\r\n' "$2" "$1" >&3
        while IFS= read -r -t 5 line <&3 && [ "$line" != $'\r' ]; do :; done
        while IFS= read -r -t 5 line <&3; do
            printf '%s\n' "$line"
        done
    )
}

# await_ready PORT PID: waits until the relay on this port is ready; fails if its process ends before.
await_ready() {
    while ! is_ready "$1"; do
        kill -0 "$2" 2>/dev/null || return 1
        sleep 0.1
    done
}
