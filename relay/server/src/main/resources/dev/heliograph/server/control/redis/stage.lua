-- Keeps edits of a large commit until it is made.
-- KEYS: 1 staged edits (stream)
-- ARGV: 1 how long, ms, 2... key, edit, key, edit... as in commit.lua
redis.call('XADD', KEYS[1], '*', unpack(ARGV, 2))
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 0
