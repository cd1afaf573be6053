# What the script below needs of the bash-completion package, where that isn't loaded. Words
# end at blanks only, so that --format=json is one.
if ! declare -F _get_comp_words_by_ref >/dev/null; then
    _get_comp_words_by_ref()
    {
        local line="${COMP_LINE:0:COMP_POINT}"
        read -a words <<<"$line"
        [[ $line == *[[:blank:]] ]] && words+=("")
        cword=$((${#words[@]} - 1))
        cur=${words[cword]}
        prev=${words[cword - 1]}
    }
fi
if ! declare -F _filedir >/dev/null; then
    _filedir()
    {
        local kind=f
        [[ ${1-} == -d ]] && kind=d
        while IFS= read -r name; do
            COMPREPLY+=("$name")
        done < <(compgen -$kind -- "$cur")
        compopt -o filenames 2>/dev/null
    }
fi

