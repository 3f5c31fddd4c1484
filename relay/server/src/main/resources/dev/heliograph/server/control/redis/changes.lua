-- Tells what was written after a revision.
-- KEYS: 1 meta, 2 documents, 3 log of changes (stream)
-- ARGV: 1 the revision, 2 how many documents, about
-- Returns the revision that this leads to, and for each document its key, the revision it was written at, and itself or
-- '' if it is not there; nothing if this is not known or too much.
local known = redis.call('HMGET', KEYS[1], 'r', 'f')
local revision, floor = known[1] or '0', known[2] or '0'
local since = tonumber(ARGV[1])
if since < tonumber(floor) or since > tonumber(revision) then
  return {}
end
local written, names = {}, {}
local start = string.format('%.0f', since + 1)
repeat
  local entries = redis.call('XRANGE', KEYS[3], start, '+', 'COUNT', 50)
  for _, entry in ipairs(entries) do
    local at = string.match(entry[1], '^%d+')
    for i = 1, #entry[2], 2 do
      local key = entry[2][i]
      if not written[key] then
        names[#names + 1] = key
      end
      written[key] = at
    end
    start = '(' .. entry[1]
  end
  if #names > tonumber(ARGV[2]) then
    return {}
  end
until #entries < 50
local changes = {revision}
for i = 1, #names, 500 do
  local last = math.min(i + 499, #names)
  local found = redis.call('HMGET', KEYS[2], unpack(names, i, last))
  for j = i, last do
    changes[#changes + 1] = names[j]
    changes[#changes + 1] = written[names[j]]
    changes[#changes + 1] = found[j - i + 1] or ''
  end
end
return changes
