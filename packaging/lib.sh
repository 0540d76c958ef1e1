# shellcheck shell=bash
# What the scripts here share: find a JDK, find or install packages, build. Sourced, never run.
# Bash 3.2 (macOS) is enough. The script that sources this sets `root`, the project's folder, and `name`, for messages.
#
# Exit codes: 2 it cannot be done here (no display), 3 something is missing on this machine, 4 the build failed.

: "${root:?}" "${name:?}"
# shellcheck source=packaging/start.sh
. "$root/packaging/start.sh"
readonly oldest_jdk=25

# ---------------------------------------------------------------------------------------------------------------- JDK

# Sets `version` and `major` to the version of the JDK in the folder $1; 0 where there is none.
jdk_major() {
    major=0 version=0
    [ -x "$1/bin/javac" ] && java_version "$1" || return 1
    major=${version%%.*}
}

# The folder of the JDK whose java is on PATH, if there is one.
jdk_on_path() {
    local java
    java=$(command -v java) || return 1
    java=$(real_path "$java")
    printf '%s\n' "${java%/bin/java}"
}

# The file behind a chain of symbolic links.
real_path() {
    local path=$1 target folder
    while [ -L "$path" ]; do
        target=$(readlink "$path")
        case $target in
            /*) path=$target ;;
            *) path=$(dirname -- "$path")/$target ;;
        esac
    done
    folder=$(CDPATH='' cd -P -- "$(dirname -- "$path")" && pwd) || return 1
    printf '%s/%s\n' "${folder%/}" "${path##*/}"
}

# Sets `jdk`: JAVA_HOME if it is new enough, else the lowest version that is, since that is what was tested most.
find_jdk() {
    local home best=0
    if [ -n "${JAVA_HOME:-}" ] && jdk_major "$JAVA_HOME" && [ "$major" -ge "$oldest_jdk" ]; then
        jdk=$JAVA_HOME
        return 0
    fi
    for home in \
        /usr/lib/jvm/* \
        "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
        "${HOME:-/nonexistent}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$(jdk_on_path)"; do
        jdk_major "$home" || continue
        if [ "$major" -ge "$oldest_jdk" ] && { [ "$best" -eq 0 ] || [ "$major" -lt "$best" ]; }; then
            best=$major
            jdk=$home
        fi
    done
    [ "$best" -ne 0 ]
}

require_jdk() {
    local package=openjdk-$oldest_jdk-jdk-headless
    find_jdk && return 0
    if command -v apt-cache >/dev/null && apt-cache show "$package" >/dev/null 2>&1; then
        missing=("$package")
        install_missing
        find_jdk && return 0
    fi
    die 3 "no JDK $oldest_jdk or later was found (looked at JAVA_HOME, /usr/lib/jvm, ~/.sdkman, ~/.jdks," \
        "/Library/Java/JavaVirtualMachines and PATH); install one, for example from https://adoptium.net, or set JAVA_HOME"
}

# ----------------------------------------------------------------------------------------------------------- packages

missing=() # names of Debian packages

# need_command COMMAND PACKAGE
need_command() {
    command -v "$1" >/dev/null || missing+=("$2")
}

# need_library SONAME PACKAGE. Only Linux can lack one: elsewhere the toolkit comes with the system.
need_library() {
    local ldconfig
    [ "$(uname -s)" = Linux ] || return 0
    # A normal user of Debian does not have /sbin on PATH.
    ldconfig=$(PATH=$PATH:/usr/sbin:/sbin command -v ldconfig) || return 0
    case $("$ldconfig" -p 2>/dev/null) in
        *"$1 "*) ;;
        *) missing+=("$2") ;;
    esac
}

# Installs what `missing` names, or says what is to be done and exits 3.
install_missing() {
    local install update privilege=() log
    [ "${#missing[@]}" -gt 0 ] || return 0
    command -v apt-get >/dev/null ||
        die 3 "missing: ${missing[*]} (Debian's names); install them with this system's package manager and try again"
    install="apt-get install --yes --no-install-recommends ${missing[*]}"
    update=
    have_package_lists || update="apt-get update && sudo "
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true >/dev/null 2>&1 || die 3 "missing: ${missing[*]}; run: sudo $update$install"
        privilege=(sudo -n)
    fi
    log=$(log_file packages.log)
    say "Installing: ${missing[*]}"
    : >"$log"
    # shellcheck disable=SC2086 # the words of the command
    if [ -n "$update" ] || ! apt_get $install; then
        apt_get apt-get update
        apt_get $install || {
            tail -n 15 "$log" >&2
            die 3 "could not install ${missing[*]}; all that apt-get said: $log; to try by hand: sudo apt-get update && sudo $install"
        }
    fi
    missing=()
    hash -r
}

# Reads `privilege` and `log` of install_missing.
apt_get() {
    "${privilege[@]+"${privilege[@]}"}" env DEBIAN_FRONTEND=noninteractive LC_ALL=C "$@" \
        -o DPkg::Lock::Timeout=300 </dev/null >>"$log" 2>&1
}

have_package_lists() {
    local file
    for file in /var/lib/apt/lists/*_Packages*; do
        [ -e "$file" ] && return 0
    done
    return 1
}

# ---------------------------------------------------------------------------------------------------------------- build

# The path of a log file of that name in target/, or a temporary one where we may not write there.
log_file() {
    if mkdir -p "$root/target" 2>/dev/null && [ -w "$root/target" ]; then
        printf '%s/target/%s\n' "$root" "$1"
    else
        mktemp "${TMPDIR:-/tmp}/orchestrator-XXXXXX"
    fi
}

# Replaces this (sub)shell by Maven: call it in a subshell or in the background, so that $! is Maven itself.
# ORCHESTRATOR_MAVEN_REPO: another local repository than ~/.m2/repository. `maven_options`: more words for every run.
maven_options=()
exec_maven() {
    cd "$root" || exit 4
    # A jar holds the modes of its files: they are not to depend on who builds it.
    umask 022
    # The last two are for Maven's own libraries, which would print warnings under a JDK of today.
    JAVA_HOME=$jdk \
        MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" \
        exec mvn --batch-mode --no-transfer-progress -Dstyle.color=never \
        ${ORCHESTRATOR_MAVEN_REPO:+"-Dmaven.repo.local=$ORCHESTRATOR_MAVEN_REPO"} \
        "$@" "${maven_options[@]+"${maven_options[@]}"}"
}

# Sets `app`, the folder to run from, to the newest build; fails when there is none or a source is newer.
#
# Each build is published as a folder of its own, target/app/ID, that is never written to again, and target/app/current
# names the newest, its modification time being when that build began. So a monitor that runs for days keeps its jars
# while the next command builds a newer version.
find_app() {
    local id newer
    app=
    [ -r "$root/target/app/current" ] && IFS= read -r id <"$root/target/app/current" || return 1
    app=$root/target/app/$id
    [ -n "$id" ] && [ -f "$app/orchestrator.jar" ] && [ -d "$app/lib/javafx" ] || return 1
    IFS= read -r newer < <(find "$root/pom.xml" "$root/.mvn" "$root/src/main" -newer "$root/target/app/current" 2>/dev/null)
    [ -z "$newer" ]
}

# Builds what find_app did not find. Two that come at once build once: the second waits and finds it done.
require_app() {
    case $root in *:*) die 4 "the project's folder has a colon in its path, which a class path cannot hold: $root" ;; esac
    mkdir -p "$root/target/app" 2>/dev/null
    [ -w "$root/target/app" ] ||
        die 4 "it has to be built first, and you may not write to $root/target; build it once as that folder's owner"
    lock_build
    find_app || build_app
    unlock_build
}

build_app() {
    local log=$root/target/build.log folder=$root/target/app id
    say "building (the first time Maven downloads what it needs, which takes some minutes) ..."
    id=$(date -u +%Y%m%dT%H%M%S)-$$
    : >"$folder/.began"
    # A jar that is no longer a dependency must not stay on the class path.
    rm -rf "$root/target/lib"
    # Neither tests nor format concern whoever only wants to run it.
    if ! (exec_maven -Dmaven.test.skip=true -Dspotless.check.skip=true package) >"$log" 2>&1 </dev/null; then
        build_errors "$log" >&2
        die 4 "the build failed; the whole log: $log"
    fi
    if ! publish_app "$id"; then
        rm -rf "${folder:?}/$id"
        die 4 "could not write to $folder; is the disk full?"
    fi
}

# What of Maven's log $1 says why it failed, each line once; its end where it has no such lines.
build_errors() {
    local lines
    lines=$(awk '/\[Help 1\]/ { exit } /^\[(WARNING|ERROR)\] ./ && !seen[$0]++ && ++count <= 25' "$1")
    if [ -n "$lines" ]; then printf '%s\n' "$lines"; else tail -n 25 "$1"; fi
}

# publish_app ID: makes the build the one that is run.
publish_app() {
    local folder=$root/target/app
    mkdir -p "$folder/$1" &&
        cp -R "$root/target/orchestrator.jar" "$root/target/lib" "$folder/$1/" &&
        printf '%s\n' "$1" >"$folder/.current" &&
        touch -r "$folder/.began" "$folder/.current" || return 1
    remove_old_apps "$1"
    mv -f "$folder/.current" "$folder/current" || return 1
    app=$folder/$1
}

# Removes what nothing runs from. The one before ID stays: a command may have chosen it a moment ago.
remove_old_apps() {
    local folder=$root/target/app id before=
    [ -r "$folder/current" ] && IFS= read -r before <"$folder/current"
    for id in "$folder"/2*; do
        id=${id##*/}
        case $id in "$1" | "$before" | '2*') continue ;; esac
        in_use "$id" || rm -rf "${folder:?}/$id"
    done
}

# Whether a process was started from that build: its folder stands in the process's words.
in_use() {
    if [ -d /proc/self ]; then
        # The pattern comes on standard input, or grep would find itself.
        # shellcheck disable=SC2062 # the files are many
        printf '/target/app/%s/\n' "$1" | grep -qaFs -f - /proc/[0-9]*/cmdline
    else
        pgrep -f "/target/app/$1/" >/dev/null
    fi
}

# File descriptor 9 holds the lock. Maven inherits it: should we be killed, the build that goes on still holds it.
lock_build() {
    local folder=$root/target/app/lock holder
    if command -v flock >/dev/null; then
        exec 9>>"$folder"
        flock -n 9 || {
            say "another command is building; waiting for it"
            flock 9
        }
        return 0
    fi
    until mkdir "$folder.d" 2>/dev/null; do
        holder=$(cat "$folder.d/pid" 2>/dev/null)
        if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
            rm -rf "$folder.d"
        else
            sleep 0.2
        fi
    done
    echo $$ >"$folder.d/pid"
    trap 'rm -rf "$root/target/app/lock.d"' EXIT
}

unlock_build() {
    if command -v flock >/dev/null; then
        exec 9>&-
    else
        rm -rf "$root/target/app/lock.d"
        trap - EXIT
    fi
}
