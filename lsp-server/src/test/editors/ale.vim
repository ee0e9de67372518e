" SPDX-License-Identifier: Apache-2.0
" Looks at what ALE shows of the file that is open, asks for a hover and carries out a quick fix.
" Environment: LINE, the line with the finding; OUT, the file for what is to be said.
let s:said = []
function! s:Say(text) abort
  call add(s:said, a:text)
  call writefile(s:said, $OUT)
endfunction

function! s:Shown() abort
  return filter(copy(ale#engine#GetLoclist(bufnr(''))), 'v:val.lnum == str2nr($LINE)')
endfunction

function! s:Until(seconds, condition) abort
  for s:n in range(a:seconds * 20)
    if eval(a:condition)
      return
    endif
    sleep 50m
  endfor
  throw 'nothing in ' . a:seconds . ' s: ' . a:condition
endfunction

let s:rounds = 0
function! s:Look(timer) abort
  let s:rounds += 1
  let s:line = substitute(trim(getline(str2nr($LINE))), '\s*//.*', '', '')
  if s:line =~# '_rcu(' && empty(s:Shown())
    call s:Say('line: ' . s:line)
    call s:Say('ok')
    qa!
  elseif s:rounds > 600
    call s:Say('failed: the line is ' . s:line . ' and shows ' . string(s:Shown()))
    qa!
  endif
endfunction

let s:hover = ''
function! s:Hover(response) abort
  if has_key(a:response, 'result') && type(a:response.result) is v:t_dict
    let s:hover = split(a:response.result.contents.value, "\n")[0]
  endif
endfunction

try
  let g:ale_disable_lsp = 0
  ALELint
  call s:Until(90, '!empty(s:Shown())')
  let s:found = s:Shown()[0]
  call s:Say('diagnostic: ' . s:found.lnum . ':' . s:found.col . ' ' . s:found.text)

  call cursor(s:found.lnum, s:found.col + 1)
  let s:linter = filter(ale#linter#Get('c'), 'v:val.name is# "pinion"')[0]
  function! s:Ready(linter, details) abort
    call ale#lsp#RegisterCallback(a:details.connection_id, {id, response -> s:Hover(response)})
    call ale#lsp#Send(a:details.connection_id,
    \   ale#lsp#message#Hover(bufnr(''), s:found.lnum, s:found.col + 1))
  endfunction
  call ale#lsp_linter#StartLSP(bufnr(''), s:linter, function('s:Ready'))
  call s:Until(60, '!empty(s:hover)')
  call s:Say('hover: ' . s:hover)

  " ALE asks which action is meant; the fix comes first.
  call feedkeys(":ALECodeAction\<CR>", 'nt')
  let s:menu = timer_start(100, {t -> feedkeys("1\<CR>", 't')}, {'repeat': -1})
  call timer_start(100, function('s:Look'), {'repeat': -1})
catch
  call s:Say('failed: ' . v:exception . ' at ' . v:throwpoint)
  qa!
endtry
