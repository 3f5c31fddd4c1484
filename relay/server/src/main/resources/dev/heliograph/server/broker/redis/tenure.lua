-- Tells a partition which server it is on. Whenever that is another process than before, it may have lost the latest
-- changes: a tenure ends, and another one begins.
-- KEYS: 1 tenure
-- ARGV: 1 id of a new tenure
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if redis.call('HGET', KEYS[1], 'r') ~= run then
  redis.call('HSET', KEYS[1], 'r', run, 'i', ARGV[1])
end
return 0
