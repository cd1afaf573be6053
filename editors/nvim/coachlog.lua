-- Starts `coachlog lsp` for markdown files below a folder that has a coachlog.yaml, in
-- Neovim 0.7 and newer. Copy this file to ~/.config/nvim/plugin/.

local uv = vim.uv or vim.loop

local function logbook_of(buffer)
  local folder = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':p:h')
  while not uv.fs_stat(folder .. '/coachlog.yaml') do
    local above = vim.fn.fnamemodify(folder, ':h')
    if above == folder then
      return nil
    end
    folder = above
  end
  return folder
end

local server = {
  name = 'coachlog',
  cmd = { 'coachlog', 'lsp' },
  -- Windows looks for a program in the current folder first, which may be somebody else's.
  cmd_cwd = uv.os_homedir(),
}

if vim.lsp.config then -- Neovim 0.11
  server.filetypes = { 'markdown' }
  server.root_dir = function(buffer, start_in)
    local logbook = logbook_of(buffer)
    if logbook then
      start_in(logbook)
    end
  end
  vim.lsp.config('coachlog', server)
  vim.lsp.enable('coachlog')
  return
end

local clients = {} -- one for each logbook

local function attach(buffer)
  local logbook = vim.bo[buffer].buftype == '' and logbook_of(buffer)
  if not logbook then
    return
  end
  if vim.fn.executable('coachlog') == 0 then
    vim.notify_once('coachlog is not on the PATH: https://github.com/coachlog/coachlog#install', vim.log.levels.WARN)
    return
  end
  if not clients[logbook] then
    clients[logbook] = vim.lsp.start_client(vim.tbl_extend('error', server, {
      root_dir = logbook,
      on_exit = function()
        clients[logbook] = nil
      end,
    }))
  end
  if clients[logbook] then
    vim.lsp.buf_attach_client(buffer, clients[logbook])
  end
end

vim.api.nvim_create_autocmd('FileType', {
  pattern = 'markdown',
  callback = function(event)
    attach(event.buf)
  end,
})
