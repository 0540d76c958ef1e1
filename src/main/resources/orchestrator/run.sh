#!/bin/sh
# Runs one attempt of an agent in the foreground of a tmux window, as: sh run.sh FOLDER
#
# FOLDER (absolute) holds: prompt.md  argv (a word a line)  environment (NAME=value a line)  worktree.
# It leaves there: started/  process  stream.jsonl  stderr.log  exit ("CODE" or "CODE interrupted").
# Nothing that a user or an issue wrote is ever evaluated: values are read from files, word by word.
# No `set -e`: whatever fails (a closed terminal, a full disk), the exit must still be written.

o_dir=$1
case $o_dir in
/*) ;;
*) echo "run.sh: the attempt's folder must be an absolute path" >&2; exit 64 ;;
esac
o_umask=$(umask)
umask 077
unset CDPATH
cd -P -- "$o_dir" || exit 66
if ! mkdir started; then
    echo "run.sh: this attempt has run before, or its folder cannot be written: $o_dir" >&2
    exit 73
fi

# Ctrl-C in the window is for the agent; this script lives on to write how it ended. So it does after
# TERM and HUP, which it passes on to nobody: whoever ends an attempt signals all its processes.
trap - INT QUIT TERM HUP
o_interrupted=
trap 'o_interrupted=" interrupted"' INT QUIT
trap ':' TERM HUP

o_tail=

o_now() { date -u +%Y-%m-%dT%H:%M:%SZ; }

# Field 22 of /proc/PID/stat, counted after the last ')', as the name before it may hold anything.
o_ticks() {
    IFS= read -r o_stat <"/proc/$$/stat" || return 1
    set -f
    # Split into fields on purpose.
    # shellcheck disable=SC2086
    set -- ${o_stat##*)}
    set +f
    printf '%s\n' "${20}"
}

# Where there is no /proc: the start time in epoch seconds, or 0.
o_epoch() {
    o_started=$(LC_ALL=C ps -o lstart= -p $$ 2>/dev/null) || o_started=
    [ -n "$o_started" ] || { echo 0; return; }
    LC_ALL=C date -j -f '%a %b %d %T %Y' "$o_started" +%s 2>/dev/null ||
        LC_ALL=C date -d "$o_started" +%s 2>/dev/null || echo 0
}

o_identify() {
    if [ -r "/proc/$$/stat" ] && IFS= read -r o_boot </proc/sys/kernel/random/boot_id; then
        o_start=$(o_ticks)
    else
        o_start=$(o_epoch)
        o_boot=none
    fi
    printf '%s %s %s\n' "$$" "${o_start:-0}" "$o_boot" >process.tmp && mv -f process.tmp process
}

# Ends this script with the agent's exit written: the last thing it does. A full disk may have room
# again later, so it is tried for ten minutes.
o_finish() {
    printf '[DEADMAN] EXIT %s code=%s%s\n' "$(o_now)" "$1" "$o_interrupted" 2>/dev/null
    o_mark=$1$o_interrupted
    o_tries=0
    until o_write_exit; do
        if [ "$o_tries" -eq 0 ]; then
            printf 'The exit cannot be written into %s: make room on its disk.\n' "$o_dir" 2>/dev/null
        fi
        o_tries=$((o_tries + 1))
        [ "$o_tries" -lt 600 ] || break
        sleep 1
    done
    if [ -n "$o_tail" ]; then
        kill "$o_tail" 2>/dev/null
    fi
    exit "$1"
}

o_write_exit() {
    {
        printf '%s\n' "$o_mark" >"$o_dir/exit.tmp" &&
            IFS= read -r o_written <"$o_dir/exit.tmp" &&
            [ "$o_written" = "$o_mark" ] &&
            mv -f "$o_dir/exit.tmp" "$o_dir/exit"
    } 2>/dev/null
}

o_identify
printf '[DEADMAN] START %s issue %s stage %s attempt %s (%s)\n' "$(o_now)" \
    "${ORCHESTRATOR_ISSUE:-?}" "${ORCHESTRATOR_STAGE:-?}" \
    "${ORCHESTRATOR_NUMBER:-?}" "${ORCHESTRATOR_ATTEMPT:-?}"

# A folder without .git is not the worktree (an unmounted disk leaves such a one), and git would look
# for a repository above it.
IFS= read -r o_worktree <worktree
if ! cd -P -- "$o_worktree" || ! [ -e .git ]; then
    printf 'The worktree is not there: %s\n' "$o_worktree" | tee "$o_dir/stderr.log" >&2
    o_finish 125
fi

if command -v tail >/dev/null 2>&1; then
    # Without the attempt's mark: nobody need wait until it has gone. Its death takes some 15 ms (the
    # kernel takes its file watch apart); this script kills it, or else the terminal's end does.
    (
        trap '' INT QUIT
        unset ORCHESTRATOR_ATTEMPT
        exec tail -n +2 -F "$o_dir/transcript.log" 2>/dev/null
    ) &
    o_tail=$!
fi

if [ -n "$o_interrupted" ]; then
    o_finish 130
fi

set --
while IFS= read -r o_word || [ -n "$o_word" ]; do
    set -- "$@" "$o_word"
done <"$o_dir/argv"

# The agent's variables are set for the agent alone; this script keeps its own PATH.
(
    trap - INT QUIT TERM HUP
    umask "$o_umask"
    while IFS= read -r o_line || [ -n "$o_line" ]; do
        case ${o_line%%=*} in
        '' | [0-9]* | *[!A-Za-z0-9_]*) ;;
        *) command export "$o_line" ;;
        esac
    done <"$o_dir/environment"
    exec "$@"
) <"$o_dir/prompt.md" >"$o_dir/stream.jsonl" 2>"$o_dir/stderr.log"
o_finish $?
