-- Neovim's own client against coachlog lsp: what TestNeovim reads is written to $OUT.
local out = io.open(os.getenv('OUT'), 'w')
local function say(...) out:write(string.format(...), '\n') end
local function finish(err)
  if err then say('FAILED: %s', err) end
  out:close()
  vim.cmd('qa!')
end

local name = 'people/ana/2026-08-03.md'
local function main()
  vim.cmd('edit ' .. name)
  local buf = vim.api.nvim_get_current_buf()
  local id = vim.lsp.start_client({ name = 'coachlog', cmd = { 'coachlog', '--today', '2026-08-10', 'lsp', '--stdio' }, root_dir = vim.fn.getcwd() })
  local client = vim.lsp.get_client_by_id(id)
  assert(vim.wait(10000, function() return client.initialized end), 'no answer to initialize')
  vim.lsp.buf_attach_client(buf, id)

  local function codes()
    local found = {}
    for _, d in ipairs(vim.diagnostic.get(buf)) do table.insert(found, d.code or d.user_data.lsp.code) end
    table.sort(found)
    return table.concat(found, ' ')
  end
  local function wait_for(text, there)
    local function is_there()
      for _, d in ipairs(vim.diagnostic.get(buf)) do
        if d.message:find(text, 1, true) then return true end
      end
      return false
    end
    local ok = vim.wait(10000, function() return is_there() == there end, 20)
    assert(ok, text .. ' is to be there: ' .. tostring(there) .. '; there are: ' .. codes())
  end
  local function ask(method, line, text, more)
    local row = vim.fn.search(line, 'cnw')
    local at = vim.api.nvim_buf_get_lines(buf, row - 1, row, true)[1]
    local byte = assert(at:find(text, 1, true), text .. ' is not in ' .. at) - 1 + #text
    local params = { textDocument = vim.lsp.util.make_text_document_params(buf), position = { line = row - 1, character = vim.str_utfindex and select(2, vim.str_utfindex(at, byte)) or byte } }
    for k, v in pairs(more or {}) do params[k] = v end
    local answers, err = vim.lsp.buf_request_sync(buf, method, params, 10000)
    assert(answers and answers[id], method .. ' got no answer: ' .. tostring(err))
    local refused = answers[id].err or answers[id].error
    if refused then return nil, refused.message end
    return answers[id].result
  end
  local function labels(result)
    local found = {}
    for _, item in ipairs(vim.lsp.util.extract_completion_items(result)) do table.insert(found, item.label) end
    return table.concat(found, ' ')
  end

  wait_for('there is a remark on', true)
  say('found: %s', codes())

  -- An edit that isn't saved: the blank box gets a result.
  local row = vim.fn.search('\\^checklist', 'cnw')
  local line = vim.api.nvim_buf_get_lines(buf, row - 1, row, true)[1]
  vim.api.nvim_buf_set_lines(buf, row - 1, row, true, { (line:gsub('%[ %]', '[x]')) })
  wait_for('there is a remark on', false)
  say('mended, not saved: %s', tostring(vim.bo[buf].modified))

  -- Completion behind a character that takes two units of UTF-16.
  vim.api.nvim_buf_set_lines(buf, row, row, true, { '- [ ] 😀 Sit beside @j' })
  say('people: %s', labels(ask('textDocument/completion', '😀', '@j')))
  vim.api.nvim_buf_set_lines(buf, row, row + 1, true, { '- [x] 😀 Sit beside Ana ^si' })
  local result = ask('textDocument/completion', '😀', '^si')
  for _, item in ipairs(vim.lsp.util.extract_completion_items(result)) do
    if item.label == '^sit' then vim.lsp.util.apply_text_edits({ item.textEdit }, buf, client.offset_encoding) end
  end
  say('completed: %s', vim.api.nvim_buf_get_lines(buf, row, row + 1, true)[1])

  say('hover: %s', ask('textDocument/hover', '😀', '^sit').contents.value:gsub('\n+', ' | '))

  local edit = assert(ask('textDocument/rename', '😀', '^sit', { newName = 'beside' }))
  vim.lsp.util.apply_workspace_edit(edit, client.offset_encoding)
  say('renamed here: %s', vim.api.nvim_buf_get_lines(buf, row, row + 1, true)[1])
  for _, other in ipairs(vim.api.nvim_list_bufs()) do
    local path = vim.api.nvim_buf_get_name(other)
    if path:match('07%-27') then
      vim.fn.bufload(other)
      for _, text in ipairs(vim.api.nvim_buf_get_lines(other, 0, -1, false)) do
        if text:find('Sit beside') then say('renamed there: %s', text) end
      end
    end
  end
  local _, why = ask('textDocument/rename', '😀', '^beside', { newName = 'refunds' })
  say('refused: %s', why)

  local symbols = vim.lsp.buf_request_sync(buf, 'textDocument/documentSymbol', { textDocument = vim.lsp.util.make_text_document_params(buf) }, 10000)
  say('symbols: %s', symbols[id].result[2].name)

  -- A fix: lint says how the key is spelt.
  vim.api.nvim_buf_set_lines(buf, 1, 1, true, { 'minutse: 30' })
  wait_for('minutse', true)
  local here = { line = 1, character = 0 }
  local actions = vim.lsp.buf_request_sync(buf, 'textDocument/codeAction', {
    textDocument = vim.lsp.util.make_text_document_params(buf), range = { start = here, ['end'] = here }, context = { diagnostics = {} },
  }, 10000)[id].result
  say('fix: %s', actions[1].title)
  vim.lsp.util.apply_workspace_edit(actions[1].edit, client.offset_encoding)
  wait_for('minutse', false)
  say('fixed: %s', vim.api.nvim_buf_get_lines(buf, 1, 2, true)[1])

  vim.lsp.stop_client(id)
  vim.wait(5000, function() return vim.lsp.get_client_by_id(id) == nil or client.is_stopped() end, 20)
end

local ok, err = xpcall(main, debug.traceback)
finish(not ok and err or nil)
