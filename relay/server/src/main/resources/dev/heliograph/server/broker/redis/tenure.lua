-- Tells a partition which server it is on. Whenever that is another process than before, it may have lost the latest
-- changes: a tenure ends, and another one begins.
-- KEYS: 1 tenure
-- ARGV: 1 run id of the server, 2 id of a new tenure
if redis.call('HGET', KEYS[1], 'r') ~= ARGV[1] then
  redis.call('HSET', KEYS[1], 'r', ARGV[1], 'i', ARGV[2])
end
return 0
