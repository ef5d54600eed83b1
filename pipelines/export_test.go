package pipelines

// NamedKeys is how many keys a statement names.
var NamedKeys = &namedKeys
