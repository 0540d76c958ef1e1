# Completion of orchestrator for Bash, printed by `orchestrator completion bash`. To have it in every shell:
#   source <(orchestrator completion bash)     in ~/.bashrc
# shellcheck shell=bash

# What may follow the command $1, such as 'rescue list': commands, options without and with a value (--name:kind), and
# the kinds of its arguments in their order.
_orchestrator_table() {
    commands='' flags='' valued='' arguments=''
    case $1 in
@commands@
    esac
}

# _orchestrator_among WORDS: those of them that go on with what was typed.
_orchestrator_among() {
    local found
    while IFS= read -r found; do COMPREPLY+=("$found"); done < <(compgen -W "$1" -- "$current")
}

# _orchestrator_offer KIND
_orchestrator_offer() {
    local found
    case $1 in
        '' | text) ;;
        =*)
            found=${1#=}
            _orchestrator_among "${found//,/ }"
            ;;
        files | folders)
            compopt -o filenames 2>/dev/null
            while IFS= read -r found; do
                COMPREPLY+=("$found")
            done < <(if [ "$1" = files ]; then compgen -f -- "$current"; else compgen -d -- "$current"; fi)
            ;;
        *)
            # They come from the workspace and are not to be expanded or run.
            while IFS=$'\t' read -r found _; do
                [[ $found == "$current"* ]] && COMPREPLY+=("$(printf %q "$found")")
            done < <("$program" completion --values "$1" "${place[@]}" 2>/dev/null </dev/null)
            ;;
    esac
}

_orchestrator() {
    local commands flags valued arguments current=${COMP_WORDS[COMP_CWORD]} program=${COMP_WORDS[0]/#\~\//$HOME/}
    local word option='' kind='' command='' count=0 only_arguments=false place=() item i kinds
    COMPREPLY=()
    _orchestrator_table ''
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [ -n "$kind" ]; then
            # Bash makes three words of --name=value.
            [ "$word" = = ] && continue
            case $option in
                --workspace | --config | --config-dir) place+=("$option" "$(_orchestrator_plain "$word")") ;;
            esac
            kind=
        elif [ "$word" = = ] || [ "$word" = : ]; then
            # A value that has one of these in its middle: what follows belongs to it too.
            i=$((i + 1))
        elif $only_arguments; then
            count=$((count + 1))
        elif [ "$word" = -- ]; then
            only_arguments=true
        elif [ "${word#-}" != "$word" ]; then
            for item in $valued; do
                [ "${item%%:*}" = "$word" ] && option=$word kind=${item#*:}
            done
        elif [ "$count" -eq 0 ] && [[ " $commands " == *" $word "* ]]; then
            command=${command:+$command }$word
            _orchestrator_table "$command"
        else
            count=$((count + 1))
        fi
    done
    [ "$current" = = ] && current=
    if [ -n "$kind" ]; then
        _orchestrator_offer "$kind"
    elif ! $only_arguments && [ "${current#-}" != "$current" ]; then
        for item in $valued; do flags+=" ${item%%:*}"; done
        _orchestrator_among "$flags"
    elif [ -n "$commands" ]; then
        [ "$count" -gt 0 ] || _orchestrator_among "$commands"
    else
        # shellcheck disable=SC2206 # words separated by spaces
        kinds=($arguments)
        _orchestrator_offer "${kinds[count]:-}"
    fi
}

# A word without the quotes that it was typed with.
_orchestrator_plain() {
    local word=${1/#\~\//$HOME/}
    word=${word//[\"\']/}
    printf '%s\n' "${word//\\/}"
}

complete -F _orchestrator orchestrator
