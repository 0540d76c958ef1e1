# shellcheck shell=bash
# How the program is started, from a build or from a package: java's options and caches, window or commands. Sourced, never
# run. Bash 3.2 (macOS) is enough. Whoever sources this sets `name`, for messages, and before a start `app`, the folder with
# orchestrator.jar and lib/, `jdk`, the folder of the java that runs it, and `self`, the script that was called.

: "${name:?}" "${app:=}" "${jdk:=}"
devices=/dev      # where the system shows its devices
makes_caches=true # whether a start may have a cache made that is not there
own_environment=  # names of the variables that are set for the program and not for what it starts
portable=()       # more options for java while it makes one

say() { printf '%s: %s\n' "$name" "$*" >&2; }

# die CODE SENTENCE
die() {
    local code=$1
    shift
    say "$*"
    exit "$code"
}

# -------------------------------------------------------------------------------------------------------- what is wanted

# Sets `command` to the first word that does not choose a workspace; empty: it is the window that is wanted.
find_command() {
    command=
    while [ $# -gt 0 ]; do
        case $1 in
            --workspace=* | --config=* | --config-dir=*) shift ;;
            --workspace | --config | --config-dir)
                [ $# -ge 2 ] || break
                shift 2
                ;;
            *) break ;;
        esac
    done
    command=${1:-}
    [ $# -eq 0 ] || command=${command:-?}
}

# Whether the command starts workers or looks at them. Help, the version, a dry run and what only reads files must
# also work where tmux and git are not installed; a dry run says itself what is missing.
wants_tools() {
    local word
    for word in "$@"; do
        case $word in
            -h | --help | -V | --version | --dry-run | help | explain | status | plan | report | add-issue | completion | man-page) return 1 ;;
        esac
    done
}

# Whether an X server listens for the display $1, such as ":0" or ":1.0". Others (host:0) are for X itself to find.
display_answers() {
    local number
    case $1 in
        :[0-9]*) ;;
        *) return 0 ;;
    esac
    number=${1#:}
    number=${number%%.*}
    [ -S "/tmp/.X11-unix/X$number" ] && return 0
    grep -qsE "@/tmp/\.X11-unix/X$number\$" /proc/net/unix && return 0
    (exec 3<>"/dev/tcp/127.0.0.1/$((6000 + number))") 2>/dev/null
}

require_display() {
    local instead="in a terminal, run: $0 launch"
    [ "$(uname -s)" = Linux ] || return 0
    if [ -n "${DISPLAY:-}" ]; then
        display_answers "$DISPLAY" || die 2 "nothing answers at the display $DISPLAY, so no window can open; $instead"
    elif [ -n "${WAYLAND_DISPLAY:-}" ]; then
        die 2 "JavaFX shows its window through X11, and this Wayland session offers none (is XWayland off?); $instead"
    else
        die 2 "there is no display here, so no window can open; $instead"
    fi
}

# --------------------------------------------------------------------------------------------------------------- java

# Sets `version` to that of the java in the folder $1, such as 25.0.3, read from its release file: starting java would
# cost 30 ms.
java_version() {
    local line
    version=0
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
            JAVA_VERSION=*)
                line=${line#JAVA_VERSION=}
                line=${line#\"}
                version=${line%%[!0-9.]*}
                version=${version:-0}
                return 0
                ;;
        esac
    done <"$1/release"
    return 1
}

# Sets `class_path`. One by one and sorted: with lib/* java takes them in the order in which they lie on the disk, and a
# cache is good for the order with which it was made.
set_class_path() {
    local LC_ALL=C jar
    class_path=$app/orchestrator.jar
    for jar in "$app"/lib/*.jar; do class_path+=:$jar; done
}

# start WORDS...: becomes the program, for the words in which find_command has found `command`.
start() {
    local kind
    case $command in
        '') kind=window ;;
        status) kind=status ;;
        *) kind=commands ;;
    esac
    java_options "$kind"
    use_cache "$kind"
    set_class_path
    options+=("-Dorchestrator.launcher=$self")
    set -f
    # shellcheck disable=SC2206 # words separated by spaces
    options+=(${ORCHESTRATOR_JAVA_OPTIONS:-})
    set +f
    exec "$jdk/bin/java" "${options[@]}" -cp "$class_path" orchestrator.Launcher "$@"
}

# Sets `options` to what java gets for `commands`, for `status` alone or for the `window`. A small heap and few compiler
# threads: it starts faster and leaves the machine to the workers. Java's own choice for a young generation grows with the
# machine: on one with 23 GB the window came to hold 300 MB where it needs 200.
java_options() {
    options=(
        -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+UseCompactObjectHeaders
        -Xmx512m -XX:MinHeapFreeRatio=15 -XX:MaxHeapFreeRatio=30
        # What is called by reflection is called too seldom to be worth code of its own.
        -Djdk.reflect.useNativeAccessorOnly=true
    )
    case $1 in
        commands | status)
            options+=(-Xms32m -Xmn8m)
            return 0
            ;;
    esac
    options+=(
        -Xms48m -Xmn16m
        # Else the first hundreds of compiled methods make java look through the whole heap, right after the first frame.
        -XX:SweeperThreshold=60
    )
    # The java of a package has JavaFX in itself.
    [ -d "$app/lib/javafx" ] && options+=(--module-path "$app/lib/javafx")
    options+=(
        --add-modules javafx.controls "--enable-native-access=javafx.graphics,ALL-UNNAMED"
        # What ControlsFX uses of JavaFX's inside.
        --add-exports=javafx.base/com.sun.javafx.event=ALL-UNNAMED
        --add-exports=javafx.controls/com.sun.javafx.scene.control=ALL-UNNAMED
        --add-exports=javafx.controls/com.sun.javafx.scene.control.behavior=ALL-UNNAMED
    )
    # glibc gives threads pools of their own to allocate from, eight a core, and hands little of a pool back.
    set_for_us MALLOC_ARENA_MAX 2
    # Without a graphics card JavaFX and GTK load a driver that imitates one, 50 MB of code, and JavaFX then draws by itself
    # because that is faster.
    if ! has_graphics_card; then
        options+=(-Dprism.order=sw)
        set_for_us GDK_GL disable
    fi
    options+=("-Dorchestrator.own.environment=$own_environment")
}

# set_for_us NAME VALUE: for the program itself, not for what it starts; what the user has set stays.
set_for_us() {
    [ -z "${!1+set}" ] || return 0
    export "$1=$2"
    own_environment+=${own_environment:+,}$1
}

# Whether there is one that a window can be drawn with; taken for granted where it is not seen like this.
has_graphics_card() {
    local card
    case ${OSTYPE:-} in linux*) ;; *) return 0 ;; esac
    for card in "$devices"/dri/renderD* "$devices"/dri/card* "$devices"/nvidia[0-9]* "$devices"/dxg; do
        [ -e "$card" ] && return 0
    done
    return 1
}

# Has java begin with what an earlier start of `commands`, `status` or `window` ($1) has loaded and linked, kept in a file
# beside the build. Where there is none yet, one is made in the background for the next start, and this one goes without;
# a status with what there is of all commands.
use_cache() {
    local own
    cache_of "$1"
    own=$cache
    cache_of commands
    # The monitor that a command starts is another java.
    options+=("-Dorchestrator.cache=$cache")
    if $makes_caches && [ ! -f "$own" ] && [ -w "$app" ] &&
        { mkdir "$own.made" 2>/dev/null || is_abandoned "$own.made"; }; then
        (make_cache "$1" 9>&- >/dev/null 2>&1 </dev/null &)
    fi
    [ "$1" = status ] && [ ! -f "$own" ] || cache=$own
    # A cache that does not fit is none: java would say so on standard output, before what we print.
    [ ! -f "$cache" ] || options+=("-XX:AOTCache=$cache" -Xlog:aot=off -Xlog:cds=off)
}

# Whether the making that left its notes in the folder $1 was cut short, as by a machine that was switched off: it takes
# seconds, and says so when it failed.
is_abandoned() {
    [ ! -e "$1/failed" ] && [ -n "$(find "$1" -prune -mmin +10 2>/dev/null)" ] && touch "$1"
}

# Sets `cache` to the file for $1. A cache is only good for the java that made it.
cache_of() {
    java_version "$jdk"
    cache=$app/$1-$version.aot
}

# make_cache commands|status|window: uses the program once, unseen, with a java that notes what it loads. The folder of
# notes stays where it failed, so that not every start tries again.
make_cache() {
    local kind=$1 notes options words
    cache_of "$kind"
    notes=$cache.made
    java_options "$kind"
    set_class_path
    mkdir -p "$notes" && : >"$notes/log" || return 1
    words=("$kind")
    if [ "$kind" = status ]; then
        words+=("$notes/workspace")
        rm -rf "$notes/workspace"
    fi
    # What a status is tried on is laid out by another java: what does that is not to be kept.
    if { [ "$kind" != status ] || train lay-out "$notes/workspace" >>"$notes/log" 2>&1; } &&
        train -XX:AOTCacheOutput="$notes/cache" "${words[@]}" >>"$notes/log" 2>&1; then
        mv -f "$notes/cache" "$cache" && rm -rf "$notes"
    else
        rm -f "$notes/cache"
        : >"$notes/failed"
        return 1
    fi
}

# train [OPTION] WORDS...: reads `options` of make_cache.
train() {
    case $1 in -*)
        options+=("$1" "${portable[@]+"${portable[@]}"}")
        shift
        ;;
    esac
    # A shell's background processes do not hear Ctrl+C, and with nohup not that the terminal is closed.
    nohup nice -n 15 "$jdk/bin/java" "${options[@]}" -cp "$class_path" orchestrator.TrainingLauncher "$@" </dev/null
}
