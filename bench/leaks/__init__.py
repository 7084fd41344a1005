"""The leak scan on a set of texts written apart from it: what it catches, cannot check, misses, and finds for nothing."""
