package pipelines

// NamedKeys is how many keys a statement names.
var NamedKeys = &namedKeys

// Ranges is how many ranges the buckets of a base are cut into.
var Ranges = ranges
