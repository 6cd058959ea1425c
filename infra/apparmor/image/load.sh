#!/bin/sh
# Loads the AppArmor profiles of a ConfigMap into the node's kernel, and keeps them there.
#
#   load.sh run    load what is missing, look again every few seconds, until told to stop
#   load.sh ready  exit 0 once every expected profile is loaded in enforce mode, else, after a few seconds, name those that aren't
#
# A profile's name ends in the first digits of the SHA-256 of its text under its plain name: a text that doesn't fit its name is not
# loaded, so that whoever can write to the ConfigMap can't change what a name means. Profiles are never removed: processes of a removed
# profile run on unconfined, and from in here nobody can see whether there are any. A reboot clears them.
set -u

PROFILES_DIR=${PROFILES_DIR:-/etc/wikifunctions/profiles}
EXPECTED_PROFILES=${EXPECTED_PROFILES:?names of the profiles, separated by spaces}
SECURITYFS=${SECURITYFS:-/sys/kernel/security}
POLL_SECONDS=${POLL_SECONDS:-5}
READY_SECONDS=${READY_SECONDS:-4}

say() {
    echo "apparmor-loader: $*" >&2
}

# Reads what the kernel has, once for all profiles: a process each, every few seconds, would show on a small node.
look() {
    kernel="
$(cat "$SECURITYFS/apparmor/profiles" 2>/dev/null)
"
}

# In enforce mode, under exactly this name.
loaded() {
    case $kernel in
        *"
$1 (enforce)
"*) true ;;
        *) false ;;
    esac
}

# The text hashes to what its name promises.
genuine() {
    digits=${1##*-}
    plain=${1%-*}
    sum=$(sed "s/^profile $1 /profile $plain /" "$PROFILES_DIR/$1" | sha256sum)
    case $sum in
        "$digits"*) [ ${#digits} -eq 12 ] ;;
        *) return 1 ;;
    esac
}

# The parser's own words name the file and the line. What the kernel has under the name stays as it is when this fails.
load() {
    if [ ! -f "$PROFILES_DIR/$1" ]; then
        say "$1: not in the ConfigMap"
    elif ! genuine "$1"; then
        say "$1: refused, its text does not have the hash in its name"
    elif ! output=$(apparmor_parser --replace --skip-cache --skip-read-cache "$PROFILES_DIR/$1" 2>&1); then
        say "$1: $output"
    elif look && ! loaded "$1"; then
        say "$1: given to the kernel, but not in enforce mode there"
    else
        say "$1: loaded"
    fi
}

# Says a state only when it is another than the last time, so that a bad profile doesn't flood the log.
load_missing() {
    look
    said=$(for name in $(missing); do load "$name"; done 2>&1)
    if [ -n "$said" ] && [ "$said" != "${before:-}" ]; then
        echo "$said" >&2
    fi
    before=$said
}

run() {
    if [ ! -d "$SECURITYFS/apparmor" ]; then
        say "this node has no AppArmor: $SECURITYFS/apparmor is missing"
    fi
    trap 'exit 0' TERM INT
    while :; do
        load_missing
        # In the background: a shell takes a signal only between two commands.
        sleep "$POLL_SECONDS" &
        wait $!
    done
}

missing() {
    for name in $EXPECTED_PROFILES; do loaded "$name" || echo "$name"; done
}

# Loading takes a moment, and kubelet asks for the first time right before it: it would ask again only half a minute later.
ready() {
    left=$READY_SECONDS
    while look; [ -n "$(missing)" ]; do
        if [ "$left" -le 0 ]; then
            for name in $(missing); do say "$name: not loaded in enforce mode"; done
            exit 1
        fi
        left=$((left - 1))
        sleep 1
    done
}

case ${1:-} in
    run) run ;;
    ready) ready ;;
    *) say "usage: load.sh run|ready"; exit 2 ;;
esac
