" Colours for the marks and tokens of coachlog, and for its heading Confidential, on top of
" those that Vim and Neovim have for markdown. Copy it to ~/.config/nvim/after/syntax/, or
" for Vim to ~/.vim/after/syntax/. It does nothing outside of a folder with a coachlog.yaml.

if empty(findfile('coachlog.yaml', escape(expand('%:p:h'), ' ,;*\') . ';'))
  finish
endif

" Marks stand behind the bullet or number of an item.
syntax match coachlogOpen    /\%(^\s*\%([-*+]\|\d\+[.)]\)\s\+\)\@<=\[\s\]\%(\s\|$\)\@=/
syntax match coachlogDone    /\%(^\s*\%([-*+]\|\d\+[.)]\)\s\+\)\@<=\[[xX]\]\%(\s\|$\)\@=/
syntax match coachlogPartly  /\%(^\s*\%([-*+]\|\d\+[.)]\)\s\+\)\@<=\[\/\]\%(\s\|$\)\@=/
syntax match coachlogNotDone /\%(^\s*\%([-*+]\|\d\+[.)]\)\s\+\)\@<=\[[nN]\]\%(\s\|$\)\@=/
syntax match coachlogBlocked /\%(^\s*\%([-*+]\|\d\+[.)]\)\s\+\)\@<=\[!\]\%(\s\|$\)\@=/
syntax match coachlogDropped /\%(^\s*\%([-*+]\|\d\+[.)]\)\s\+\)\@<=\[-\]\%(\s\|$\)\@=/
syntax match coachlogCarried /\%(^\s*\%([-*+]\|\d\+[.)]\)\s\+\)\@<=\[>\]\%(\s\|$\)\@=/

" Tokens stand behind an item's text, among tags, links, fields, emoji and comments; in the text they are text.
syntax match coachlogTail /\%(^\s*\%([-*+]\|\d\+[.)]\)\s.*\s\)\@<=\%(\^\|@\|due:\|metric:\|skill:\|by:\|every:\|received:\|since:\|promoted:\)\S\+\%(\s\+\%(\%(\^\|@\|due:\|metric:\|skill:\|by:\|every:\|received:\|since:\|promoted:\)\S\+\|#\S\+\|!\=\[[^]]*\]\%(\]\|([^)]*)\)\=\|([^()]*::[^()]*)\|<!--\%(\%(-->\)\@!.\)*-->\|%%\%(\%(%%\)\@!.\)*%%\|[\u2190-\u2bff\U1f000-\U1faff]\S*\%(\s\+\d\S*\)\=\)\)*\s*$/ contains=coachlogId,coachlogPerson,coachlogKey,htmlComment,coachlogTag
syntax match coachlogTag /#\S\+\|!\=\[[^]]*\]\%(\]\|([^)]*)\)\=/ contained
syntax match coachlogId /\%(^\|\s\)\@1<=\^\S\+/ contained
syntax match coachlogPerson /\%(^\|\s\)\@1<=@\S\+/ contained
syntax match coachlogKey /\%(^\|\s\)\@1<=\%(due:\|metric:\|skill:\|by:\|every:\|received:\|since:\|promoted:\)\S\@=/ contained nextgroup=coachlogValue
syntax match coachlogValue /\S\+/ contained

syntax match coachlogConfidential /\c\%(^ \{0,3}#\{1,6}\s\+\)\@<=\A*confidential\A*$/ containedin=markdownH1,markdownH2,markdownH3,markdownH4,markdownH5,markdownH6 contained

highlight default link coachlogOpen Special
highlight default link coachlogDone Special
highlight default link coachlogPartly Special
highlight default link coachlogNotDone Special
highlight default link coachlogBlocked Special
highlight default link coachlogDropped Special
highlight default link coachlogCarried Special
highlight default link coachlogId Identifier
highlight default link coachlogPerson Identifier
highlight default link coachlogKey Keyword
highlight default link coachlogValue Constant
highlight default link coachlogTag Tag
highlight default link coachlogConfidential WarningMsg
