#!/bin/sh
# The rehearsal agent: speaks Claude's stream-json, edits files and makes real commits in the
# worktree it is run in, and ends as it is told. It decides nothing and reads no file of ours:
# Orchestrator resolves the scenario and passes plain values.
#
#   ORCHESTRATOR_PROJECT, _ISSUE, _STAGE, _ATTEMPT_NUMBER    what it pretends to work on
#   REHEARSAL_SESSION    the session's id
#   REHEARSAL_OUTCOME    see SCENARIO.md
#   REHEARSAL_LINES      how many steps it shows
#   REHEARSAL_PAUSE      seconds between two steps
#   REHEARSAL_RESET      seconds until a usage limit resets
#   REHEARSAL_COST       US dollars
#   REHEARSAL_SIZE       MiB of a huge line
#   REHEARSAL_RESUMED    not empty: it is to go on with that session instead of a new one
#
# Standard input is the prompt. INT ends it with exit 0, TERM with 143, HUP with 129, like Claude.

LC_ALL=C
export LC_ALL

project=${ORCHESTRATOR_PROJECT:-rehearsal}
issue=${ORCHESTRATOR_ISSUE:-0}
stage=${ORCHESTRATOR_STAGE:-implement}
number=${ORCHESTRATOR_ATTEMPT_NUMBER:-1}
session=${REHEARSAL_SESSION:-00000000-0000-4000-8000-000000000000}
outcome=${REHEARSAL_OUTCOME:-good}
lines=${REHEARSAL_LINES:-12}
pause=${REHEARSAL_PAUSE:-0.1}
reset=${REHEARSAL_RESET:-60}
cost=${REHEARSAL_COST:-0.0123}
size=${REHEARSAL_SIZE:-5}

begun=
turns=0
waiter=
folder=rehearsal
# A repository may have a file, a link or a submodule of that name: none of ours to write through.
if [ -L "$folder" ] || { [ -e "$folder" ] && [ ! -d "$folder" ]; } \
    || git ls-files -s -- "$folder" 2>/dev/null | grep -q '^160000'; then
    folder=orchestrator-rehearsal
fi
file="$folder/issue-$issue/$stage.md"

# --- how it speaks -------------------------------------------------------------------------------

# A value inside a JSON string: control characters out, quotes and backslashes escaped.
json() {
    printf '%s' "$1" | tr -d '\000-\037' | sed 's/\\/\\\\/g; s/"/\\"/g'
}

say() {
    printf '%s\n' "$1"
}

init() {
    begun=yes
    say "{\"type\":\"system\",\"subtype\":\"init\",\"cwd\":\"$(json "$PWD")\",\"session_id\":\"$session\",\"model\":\"rehearsal\",\"permissionMode\":\"bypassPermissions\",\"tools\":[\"Bash\",\"Edit\",\"Read\",\"Write\"]}"
}

usage='"usage":{"input_tokens":1000,"output_tokens":40,"cache_read_input_tokens":0,"cache_creation_input_tokens":0}'

# assistant CONTENT: one message of the agent
assistant() {
    turns=$((turns + 1))
    say "{\"type\":\"assistant\",\"message\":{\"id\":\"msg_${number}_$turns\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"rehearsal\",\"content\":[$1],$usage},\"parent_tool_use_id\":null,\"session_id\":\"$session\"}"
}

text() {
    assistant "{\"type\":\"text\",\"text\":\"$(json "$1")\"}"
}

# tool NAME FIELD VALUE ANSWER
tool() {
    assistant "{\"type\":\"tool_use\",\"id\":\"toolu_${number}_$((turns + 1))\",\"name\":\"$1\",\"input\":{\"$2\":\"$(json "$3")\"}}"
    say "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":[{\"tool_use_id\":\"toolu_${number}_$turns\",\"type\":\"tool_result\",\"content\":\"$(json "$4")\",\"is_error\":false}]},\"parent_tool_use_id\":null,\"session_id\":\"$session\"}"
}

# result IS_ERROR SUBTYPE TEXT MORE-FIELDS
result() {
    say "{\"type\":\"result\",\"is_error\":$1,\"subtype\":\"$2\",\"num_turns\":$turns,\"duration_ms\":1000,\"total_cost_usd\":$cost,\"session_id\":\"$session\",\"result\":\"$(json "$3")\",\"permission_denials\":[],\"usage\":{\"input_tokens\":$((turns * 1000)),\"output_tokens\":$((turns * 40)),\"cache_read_input_tokens\":0,\"cache_creation_input_tokens\":0}$4}"
}

# api_error TEXT MORE-FIELDS: what Claude says when the service refuses, then exit 1
api_error() {
    say "{\"type\":\"assistant\",\"message\":{\"id\":\"error-$number\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"<synthetic>\",\"content\":[{\"type\":\"text\",\"text\":\"$(json "$1")\"}]},\"session_id\":\"$session\",\"error\":\"api_error\",\"is_api_error_message\":true}"
    turns=1
    cost=0
    result true success "$1" ",\"terminal_reason\":\"api_error\"$2"
    exit 1
}

retry() {
    say "{\"type\":\"system\",\"subtype\":\"api_retry\",\"attempt\":$1,\"max_retries\":2,\"retry_delay_ms\":500,\"error_status\":$2,\"error\":\"$3\",\"session_id\":\"$session\"}"
}

# --- how it waits and ends -----------------------------------------------------------------------

# Waits in a way that a signal breaks off at once.
nap() {
    case $1 in
        0 | 0.0 | 0.00 | 0.000) return ;;
    esac
    sleep "$1" &
    waiter=$!
    wait "$waiter"
    waiter=
}

# One long sleep, so that a hang uses no CPU.
hang() {
    while :; do
        nap 86400
    done
}

end_waiting() {
    if [ -n "$waiter" ]; then
        kill -KILL "$waiter" 2>/dev/null
    fi
}

interrupted() {
    trap '' INT TERM HUP
    end_waiting
    if [ -n "$begun" ]; then
        say "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"[Request interrupted by user]\"}]},\"session_id\":\"$session\"}"
        result true error_during_execution "" ",\"terminal_reason\":\"aborted_streaming\""
    fi
    exit 0
}

killed() {
    trap '' INT TERM HUP
    end_waiting
    exit "$1"
}

# --- how it works --------------------------------------------------------------------------------

# As many steps as it is told, with a pause after each.
steps() {
    step=1
    while [ "$step" -le "$1" ]; do
        case $((step % 3)) in
            1) text "Step $step of $lines: looking at issue $issue for $stage." ;;
            2) tool Read file_path "$file" "The notes of the stage, as far as they go." ;;
            0) tool Bash command "git status --short" "clean" ;;
        esac
        nap "$pause"
        step=$((step + 1))
    done
}

edit() {
    mkdir -p "$folder/issue-$issue" || broken "the worktree cannot be written"
    printf '%s of issue %s, attempt %s.\n' "$stage" "$issue" "$number" >>"$file" \
        || broken "the worktree cannot be written"
    tool Edit file_path "$file" "The file $file has been updated."
}

commit() {
    message="[$project] $stage: rehearse issue #$issue (attempt $number)"
    # Whatever the repository ignores, and whatever its hooks want of a message: this is no work.
    git -c core.safecrlf=false add -f -- "$file" >/dev/null 2>&1 \
        && git -c user.name='Rehearsal Agent' -c user.email=rehearsal@example.invalid \
            -c commit.gpgsign=false -c core.safecrlf=false \
            commit -q --no-verify \
            --author='Rehearsal Agent <rehearsal@example.invalid>' -m "$message" -- "$file" >/dev/null 2>&1 \
        || broken "git would not commit"
    tool Bash command "git commit -m '$message'" "[$(git rev-parse --short HEAD)] $message"
}

# Works hard and says nothing: short bursts, so that the rest of the machine lives on.
burn() {
    burn_until=$(($(date +%s) + ${1%%.*} + 1))
    while [ "$(date +%s)" -lt "$burn_until" ]; do
        burnt=0
        while [ "$burnt" -lt 40000 ]; do
            burnt=$((burnt + 1))
        done
        nap 0.2
    done
}

broken() {
    result true error_during_execution "" ",\"errors\":[\"$(json "$1")\"]"
    exit 1
}

work() {
    steps "$lines"
    edit
    commit
}

finish() {
    text "Done: $stage of issue $issue."
    result false success "Done: $stage of issue $issue." ',"terminal_reason":"completed"'
}

# --- the run -------------------------------------------------------------------------------------

trap interrupted INT
trap 'killed 143' TERM
trap 'killed 129' HUP

prompt_bytes=$(($(wc -c)))

case $outcome in
    hang-start) hang ;;
    session-in-use)
        echo "Error: Session ID $session is already in use." >&2
        exit 1
        ;;
esac
if [ -n "$REHEARSAL_RESUMED" ] && [ "$outcome" = no-session ]; then
    echo "No conversation found with session ID: $session" >&2
    exit 1
fi

init

case $outcome in
    good | no-session | no-commit | error | error-exit | uncommitted | hang-mid | hang-after-result | two-results | quiet | writes | huge-line | split-lines | invalid-utf8 | ignore-term | leave-child)
        text "The prompt has $prompt_bytes bytes; this is attempt $number of issue $issue in $project."
        if [ -n "$REHEARSAL_RESUMED" ]; then
            text "Going on with session $session."
        fi
        ;;
esac

case $outcome in
    good | no-session)
        work
        finish
        ;;
    no-commit)
        steps "$lines"
        finish
        ;;
    uncommitted)
        steps "$lines"
        edit
        finish
        ;;
    empty)
        nap "$pause"
        ;;
    zero-turns)
        nap "$pause"
        cost=0
        result false success "Nothing to do." ''
        ;;
    crash)
        nap "$pause"
        echo 'Error: No messages returned' >&2
        exit 1
        ;;
    error)
        work
        result true error_during_execution "" ',"errors":["The rehearsal ends in error, as told."]'
        exit 1
        ;;
    error-exit)
        work
        finish
        exit 1
        ;;
    usage-limit)
        nap "$pause"
        at=$(($(date +%s) + reset))
        say "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"rejected\",\"resetsAt\":$at,\"rateLimitType\":\"five_hour\"},\"session_id\":\"$session\"}"
        api_error "You've hit your 5-hour limit" ',"api_error_status":429,"api_error":"usage_limit_reached"'
        ;;
    overloaded)
        retry 1 529 overloaded
        nap "$pause"
        retry 2 529 overloaded
        api_error "API Error: Repeated 529 Overloaded errors." ',"api_error_status":529'
        ;;
    network)
        retry 1 null unknown
        nap "$pause"
        retry 2 null unknown
        api_error "API Error: Connection refused (ECONNREFUSED)" ',"api_error_status":null,"api_error":"connection_failed"'
        ;;
    not-logged-in)
        nap "$pause"
        api_error "Not logged in · Please run /login" ',"api_error_status":null'
        ;;
    no-credit)
        nap "$pause"
        api_error "Credit balance is too low" ',"api_error_status":400'
        ;;
    prompt-too-long)
        nap "$pause"
        turns=1
        cost=0
        result true success "Prompt is too long" ',"terminal_reason":"prompt_too_long","api_error_status":400'
        exit 1
        ;;
    hang-mid)
        steps $(((lines + 1) / 2))
        hang
        ;;
    hang-after-result)
        work
        finish
        hang
        ;;
    two-results)
        result false success "Waiting for a task in the background." ',"terminal_reason":"completed"'
        work
        finish
        say "{\"type\":\"system\",\"subtype\":\"session_state_changed\",\"state\":\"idle\",\"session_id\":\"$session\"}"
        ;;
    quiet)
        burn "$(awk "BEGIN { print $pause * $lines }")"
        edit
        commit
        finish
        ;;
    writes)
        # Too little CPU to be seen.
        writes_left=$(awk "BEGIN { printf \"%d\", $pause * $lines + 1 }")
        while [ "$writes_left" -gt 0 ]; do
            edit >/dev/null
            nap 1
            writes_left=$((writes_left - 1))
        done
        commit
        finish
        ;;
    huge-line)
        printf '{"type":"assistant","message":{"id":"huge","model":"rehearsal","content":[{"type":"text","text":"'
        dd if=/dev/zero bs=1048576 count="$size" 2>/dev/null | tr '\000' 'x'
        printf '"}]}}\n'
        work
        finish
        ;;
    split-lines)
        printf '{"type":"assistant","message":{"id":"split","model":"rehearsal","content":[{"type":"te'
        nap 0.3
        printf 'xt","text":"one line, \303'
        nap 0.3
        printf '\274ber three writes"}]}}\n'
        work
        finish
        ;;
    invalid-utf8)
        printf '{"type":"assistant","message":{"id":"bytes","model":"rehearsal","content":[{"type":"text","text":"broken \377\376\300 bytes"}]}}\n'
        printf 'no JSON at all \200\000\n'
        work
        finish
        ;;
    ignore-term)
        trap '' INT TERM HUP
        steps $(((lines + 1) / 2))
        hang
        ;;
    leave-child)
        setsid sleep 86400 </dev/null >/dev/null 2>&1 &
        work
        finish
        ;;
    *)
        echo "rehearsal: unknown outcome $outcome" >&2
        exit 127
        ;;
esac
exit 0
