package pipelines_test

func asChild() bool { return false }
