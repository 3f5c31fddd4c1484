-- Tells the store which server it is on. Whenever that is another process than before, it may have lost the latest
-- commits, whose revisions nodes have seen: it goes on far above them, and nodes read all documents again.
-- KEYS: 1 meta
-- ARGV: 1 more revisions than can have been lost
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
local known = redis.call('HGET', KEYS[1], 'i')
if known ~= run then
  redis.call('HSET', KEYS[1], 'i', run)
  if known then
    local revision = redis.call('HINCRBY', KEYS[1], 'r', ARGV[1])
    redis.call('HSET', KEYS[1], 'f', string.format('%.0f', revision))
  end
end
return 0
