#include <stddef.h>

/// Reads all events of a YAML text with libyaml and does nothing with them. Returns how many there were, -1 for an error.
long bare_events(const unsigned char *bytes, size_t count);
