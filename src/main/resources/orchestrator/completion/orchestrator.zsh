#compdef orchestrator
# Completion of orchestrator for zsh, printed by `orchestrator completion zsh`. To have it in every shell:
#   source <(orchestrator completion zsh)     in ~/.zshrc, after compinit

@commands@

# Asks the program for words of a kind, in the workspace that the line names. The kind comes last, after options that
# _arguments puts before it.
_orchestrator_ask() {
    local -a place found
    local i word line tilde='=~/' home="=$HOME/"
    for ((i = 2; i <= $#_orchestrator_line; i++)); do
        word=${(Q)_orchestrator_line[i]}
        case $word in
            --workspace | --config | --config-dir)
                place+=($word ${${(Q)_orchestrator_line[i + 1]}/#\~\//$HOME/})
                ;;
            --workspace=* | --config=* | --config-dir=*) place+=("${word/$tilde/$home}") ;;
        esac
    done
    for line in ${(f)"$(${${(Q)_orchestrator_line[1]}/#\~\//$HOME/} completion --values ${@[-1]} $place 2>/dev/null </dev/null)"}; do
        found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    done
    _describe -t values value found
}

# _arguments takes the words before a command away; the workspace may be among them.
_orchestrator() {
    local -a _orchestrator_line=("${words[@]}")
    _orchestrator-program
}

# Where zsh has loaded this file in place of the function, it has to be called now.
if [[ $funcstack[1] == _orchestrator ]]; then
    _orchestrator
else
    compdef _orchestrator orchestrator
fi
