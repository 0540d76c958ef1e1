# Completion of orchestrator for fish, printed by `orchestrator completion fish`. To have it in every shell:
#   orchestrator completion fish > ~/.config/fish/completions/orchestrator.fish

# __orchestrator_at COMMAND [COUNT]: whether the line is at that command, such as "rescue list", with so many arguments.
function __orchestrator_at
    set -l words (commandline -opc)
    set -e words[1]
    set -l path
    set -l count 0
    set -l value 0
    for word in $words
        if test $value = 1
            set value 0
        else if contains -- $word $__orchestrator_valued
            set value 1
        else if string match -q -- '-*' $word
            continue
        else if test $count = 0; and contains -- (string join ' ' $path $word) $__orchestrator_commands
            set path (string join ' ' $path $word)
        else
            set count (math $count + 1)
        end
    end
    test "$path" = "$argv[1]"
    and begin
        test (count $argv) = 1; or test $count = $argv[2]
    end
end

# Asks the program for words of a kind, in the workspace that the line names.
function __orchestrator_ask
    # What begins with a hyphen will be an option.
    string match -q -- '-*' (commandline -ct); and return
    set -l words (commandline -opc)
    set -l program (string replace -r '^~/' "$HOME/" -- $words[1])
    command -q $program; or return
    set -l place
    set -l value
    for word in $words[2..-1]
        if test -n "$value"
            set -a place $value (string replace -r '^~/' "$HOME/" -- (string unescape -- $word))
            set value
        else
            switch $word
                case --workspace --config --config-dir
                    set value $word
                case '--workspace=*' '--config=*' '--config-dir=*'
                    set -a place (string replace -r '=~/' "=$HOME/" -- (string unescape -- $word))
            end
        end
    end
    $program completion --values $argv[1] $place 2>/dev/null </dev/null
end

complete -c orchestrator -f
@commands@
