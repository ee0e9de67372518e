-- SPDX-License-Identifier: Apache-2.0
-- Looks at what Neovim shows of the file it has open, asks for a hover and carries out a quick fix.
-- Environment: LINE, the line with the finding; OUT, the file for what is to be said.
local out = io.open(os.getenv('OUT'), 'w')
local function say(text)
  out:write(text .. '\n')
  out:flush()
end
local function finish()
  out:close()
  vim.cmd('qa!')
end

local ok, err = pcall(function()
  local row = tonumber(os.getenv('LINE')) - 1
  local function shown()
    return vim.diagnostic.get(0, { lnum = row })
  end
  assert(vim.wait(90000, function() return #shown() > 0 end, 50), 'no diagnostic in 90 s')
  local found = shown()[1]
  say(string.format('diagnostic: %d:%d %s', found.lnum + 1, found.col + 1, found.message))

  local function request(method, params)
    for _, answer in pairs(vim.lsp.buf_request_sync(0, method, params, 60000) or {}) do
      if answer.result then
        return answer.result
      end
    end
  end
  local place = { line = row, character = found.col + 1 }
  local document = { uri = vim.uri_from_bufnr(0) }
  local hover = request('textDocument/hover', { textDocument = document, position = place })
  say('hover: ' .. hover.contents.value:match('[^\n]+'))
  local member = { line = row, character = vim.api.nvim_buf_get_lines(0, row, row + 1, false)[1]:find('->', 1, true) + 2 }
  hover = request('textDocument/hover', { textDocument = document, position = member })
  say('hover on the list: ' .. hover.contents.value:match('[^\n]+'))

  local range = { start = place, ['end'] = place }
  local actions = request('textDocument/codeAction', {
    textDocument = document,
    range = range,
    context = { diagnostics = { } },
  })
  local fix
  for _, action in ipairs(actions) do
    if action.edit and not fix then
      fix = action
    elseif action.command and action.command.command == 'pinion.explain' then
      local page = request('workspace/executeCommand', action.command)
      say('explained: ' .. page.markdown:match('[^\n]+'))
    end
  end
  say('quick fix: ' .. fix.title)
  vim.lsp.util.apply_workspace_edit(fix.edit, 'utf-16')
  assert(vim.wait(60000, function() return #shown() == 0 end, 50), 'the diagnostic stays')
  say('line: ' .. vim.trim(vim.api.nvim_buf_get_lines(0, row, row + 1, false)[1]:gsub('%s*//.*', '')))
end)
say(ok and 'ok' or 'failed: ' .. tostring(err))
finish()
