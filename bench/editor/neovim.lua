-- An hour of somebody writing logs in Neovim, as fast as it goes: types in logs of several people, completes,
-- breaks a line and mends it, and has another program change a file. It prints how long answers and findings
-- took, how often a finding was missing or stale after two seconds, and the server's memory at both ends.
--
--   go run ./bench/generate -logs 10000 -git -dir /tmp/book
--   CHANGES=5000 nvim --headless -u NONE -i NONE -n --cmd 'cd /tmp/book' -c 'luafile bench/editor/neovim.lua'
local changes, each = tonumber(os.getenv('CHANGES') or '1000'), 50
local took = { completion = {}, ['finding shown'] = {}, ['finding gone'] = {}, ['change by another program'] = {} }
local stale, first = 0, nil

local function milliseconds() return vim.loop.hrtime() / 1e6 end
local function memory(pid)
  for line in io.lines('/proc/' .. pid .. '/status') do
    local kb = line:match('VmRSS:%s*(%d+)')
    if kb then return math.floor(kb / 1024) end
  end
end
local function within(kind, is)
  local start = milliseconds()
  if vim.wait(2000, is, 2) then
    table.insert(took[kind], milliseconds() - start)
  else
    stale = stale + 1
  end
end
local function finds(buf, text)
  for _, d in ipairs(vim.diagnostic.get(buf)) do
    if d.message:find(text, 1, true) then return true end
  end
  return false
end

local function put(name, text)
  local file = assert(io.open(name, 'w'))
  file:write(text)
  file:close()
end

local client
local function write_in(name, number)
  vim.cmd('edit ' .. vim.fn.fnameescape(name))
  local buf = vim.api.nvim_get_current_buf()
  vim.lsp.buf_attach_client(buf, client)
  local last = vim.api.nvim_buf_line_count(buf)
  vim.api.nvim_buf_set_lines(buf, last, last, true, { '', '## Mid-term goals', '', '- [ ] Calm calls ' })
  local row = vim.api.nvim_buf_line_count(buf) - 1
  for n = 1, number do
    local column = #vim.api.nvim_buf_get_lines(buf, row, row + 1, true)[1]
    local key = n % 10 == 1 and ' @' or n % 10 == 5 and ' ^' or string.char(96 + math.random(26))
    vim.api.nvim_buf_set_text(buf, row, column, row, column, { key })
    local params = { textDocument = vim.lsp.util.make_text_document_params(buf), position = { line = row, character = column + #key } }
    local start = milliseconds()
    local answers = vim.lsp.buf_request_sync(buf, 'textDocument/completion', params, 2000)
    if answers and answers[client] then table.insert(took.completion, milliseconds() - start) else stale = stale + 1 end
    if n % 10 == 0 then
      vim.api.nvim_buf_set_lines(buf, row, row + 1, true, { '- [ ] Calm calls due:2026-13-45' })
      within('finding shown', function() return finds(buf, '2026-13-45') end)
      vim.api.nvim_buf_set_lines(buf, row, row + 1, true, { '- [ ] Calm calls ' })
      within('finding gone', function() return not finds(buf, '2026-13-45') end)
    end
  end
  local function read_again() -- which detaches the client, as the type of the file is told anew
    vim.cmd('edit!')
    vim.lsp.buf_attach_client(buf, client)
  end
  read_again() -- without what was typed
  local text = io.open(name):read('*a')
  put(name, text .. '\n## Mid-term goals\n\n- [ ] Sleep due:2026-02-31\n')
  read_again()
  within('change by another program', function() return finds(buf, '2026-02-31') end)
  put(name, text)
  vim.cmd('bwipeout!')
end

local ok, err = pcall(function()
  math.randomseed(1)
  local logs = vim.fn.glob('people/*/2*.md', false, true)
  client = vim.lsp.start_client({ name = 'coachlog', cmd = { os.getenv('PROGRAM') or 'coachlog', 'lsp' }, root_dir = vim.fn.getcwd() })
  assert(vim.wait(10000, function() return vim.lsp.get_client_by_id(client).initialized end), 'no answer to initialize')
  local pid = vim.fn.trim(vim.fn.system('pgrep -P ' .. vim.fn.getpid() .. ' coachlog'))
  local start = milliseconds()
  for n = 1, changes, each do
    write_in(logs[math.random(#logs)], each)
    first = first or memory(pid)
  end
  for kind, all in pairs(took) do
    table.sort(all)
    print(string.format('%-26s %6d times, median %.1f ms, 99 of 100 within %.1f, worst %.1f\n', kind, #all,
      all[math.ceil(#all / 2)] or 0, all[math.ceil(#all * 0.99)] or 0, all[#all] or 0))
  end
  print(string.format('missing or stale after two seconds: %d; memory %d MB after the first log, %d MB at the end; %d s\n', stale, first, memory(pid), (milliseconds() - start) / 1000))
end)
if not ok then print(tostring(err) .. '\n') end
vim.cmd('qa!')
