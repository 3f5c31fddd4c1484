-- Reads a stream and its position at the same moment; a channel without a stream gets one.
-- KEYS: 1 stream, 2 meta, 3 tenure of the partition
-- ARGV: 1 limit, 2 exclusive start as a stream id or '+', 3 1 for newest first, 4 meta ttl ms, 5 epoch if a new one is
--       needed
-- Returns epoch, offset, entries, earlier epochs and where each ended: 'epoch:offset;', the latest first.
local meta = redis.call('HMGET', KEYS[2], 'e', 'o', 't', 'p')
local tenure = redis.call('HGET', KEYS[3], 'i') or ''
local epoch = meta[1]
local offset = meta[2]
local earlier = meta[4] or ''
if not epoch then
  epoch = ARGV[5]
  offset = '0'
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[2], 'e', epoch, 'o', offset, 't', tenure)
elseif meta[3] ~= tenure then
  -- As in publish.lua.
  earlier = string.match(string.sub(epoch .. ':' .. offset .. ';' .. earlier, 1, 512), '.*;')
  epoch = ARGV[5]
  redis.call('HSET', KEYS[2], 'e', epoch, 't', tenure, 'p', earlier)
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
return {epoch, offset, entries, earlier}
