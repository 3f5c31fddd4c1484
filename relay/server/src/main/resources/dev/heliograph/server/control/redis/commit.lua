-- Changes documents, all or none, and adds a line to the record, in one step. Without edits it only adds the line.
-- KEYS: 1 meta, 2 documents, 3 expiries (sorted set), 4 log of changes (stream), 5 record (stream), 6 staged edits
-- ARGV: 1 line of the record, or empty, 2 lines that are kept, 3 how long they are, ms, 4 entries of the log that are kept,
--       5 1 if the edits are staged, 6... else the edits: key, edit, key, edit...
-- An edit is 'expected:expires:json', without json for a deletion; a document is 'revision:expires:json'.
-- Returns the revision; or key and revision of a document that is not at the expected one, and nothing was changed.
local BATCH = 500
local meta, documents, expiries, log, record, staged = unpack(KEYS)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local edits = {}
if ARGV[5] == '1' then
  for _, entry in ipairs(redis.call('XRANGE', staged, '-', '+')) do
    for _, text in ipairs(entry[2]) do
      edits[#edits + 1] = text
    end
  end
  redis.call('DEL', staged)
else
  for i = 6, #ARGV do
    edits[#edits + 1] = ARGV[i]
  end
end

-- Leaves 'expires:json' of each edit.
for i = 1, #edits, 2 do
  local edit = edits[i + 1]
  if string.sub(edit, 1, 3) == '-1:' then
    edits[i + 1] = string.sub(edit, 4)
  else
    local expected
    expected, edits[i + 1] = string.match(edit, '^(%d+):(.*)$')
    local revision = '0'
    local document = redis.call('HGET', documents, edits[i])
    if document then
      local at, expires = string.match(document, '^(%d+):(%d+):')
      if expires == '0' or tonumber(expires) > now then
        revision = at
      end
    end
    if revision ~= expected then
      return {edits[i], revision}
    end
  end
end

-- Commands of up to so many arguments, since each call costs more than its arguments.
local function call(command, key, arguments)
  for i = 1, #arguments, BATCH do
    redis.call(command, key, unpack(arguments, i, math.min(i + BATCH - 1, #arguments)))
  end
end

local revision = '0'
if #edits > 0 then
  revision = string.format('%.0f', redis.call('HINCRBY', meta, 'r', 1))
  local puts, deletions, timed, untimed = {}, {}, {}, {}
  local names = {}
  local entries = 0
  local head = revision .. ':'
  for i = 1, #edits, 2 do
    local key = edits[i]
    local edit = edits[i + 1]
    if edit == '0:' then
      deletions[#deletions + 1] = key
      untimed[#untimed + 1] = key
    else
      puts[#puts + 1] = key
      puts[#puts + 1] = head .. edit
      if string.sub(edit, 1, 2) == '0:' then
        untimed[#untimed + 1] = key
      else
        timed[#timed + 1] = string.match(edit, '^%d+')
        timed[#timed + 1] = key
      end
    end
    names[#names + 1] = key
    names[#names + 1] = ''
    if #names == BATCH or i + 1 == #edits then
      entries = entries + 1
      redis.call('XADD', log, revision .. '-' .. entries, unpack(names))
      names = {}
    end
  end
  call('HSET', documents, puts)
  call('HDEL', documents, deletions)
  if redis.call('ZCARD', expiries) > 0 then
    call('ZREM', expiries, untimed)
  end
  call('ZADD', expiries, timed)
  if redis.call('XTRIM', log, 'MAXLEN', ARGV[4]) > 0 then
    -- Of the first revision that is left, a part may be gone.
    local first = redis.call('XRANGE', log, '-', '+', 'COUNT', 1)[1][1]
    redis.call('HSET', meta, 'f', string.match(first, '^%d+'))
  end
  -- What expired a minute ago has done so by the clocks of all nodes.
  local expired = redis.call('ZRANGEBYSCORE', expiries, '-inf', now - 60000, 'LIMIT', 0, BATCH)
  call('HDEL', documents, expired)
  call('ZREM', expiries, expired)
end

if ARGV[1] ~= '' then
  redis.call('XADD', record, 'MAXLEN', '~', ARGV[2], '*', 'j', ARGV[1])
  redis.call('XTRIM', record, 'MINID', '~', string.format('%.0f', now - ARGV[3]))
end
return {revision}
