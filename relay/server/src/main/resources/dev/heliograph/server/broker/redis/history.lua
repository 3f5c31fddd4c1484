-- Reads a stream and its position at the same moment; a channel without a stream gets one.
-- KEYS: 1 stream, 2 meta
-- ARGV: 1 limit, 2 exclusive start as a stream id or '+', 3 1 for newest first, 4 meta ttl ms, 5 epoch if a new one is
--       needed
-- Returns epoch, offset, entries.
local meta = redis.call('HMGET', KEYS[2], 'e', 'o')
local epoch = meta[1]
local offset = meta[2]
if not epoch then
  epoch = ARGV[5]
  offset = '0'
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[2], 'e', epoch, 'o', offset)
end
redis.call('PEXPIRE', KEYS[2], ARGV[4])
local entries = {}
if ARGV[1] ~= '0' then
  if ARGV[3] == '1' then
    entries = redis.call('XREVRANGE', KEYS[1], ARGV[2], '-', 'COUNT', ARGV[1])
  else
    entries = redis.call('XRANGE', KEYS[1], ARGV[2], '+', 'COUNT', ARGV[1])
  end
end
return {epoch, offset, entries}
