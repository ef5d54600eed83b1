package city

// Options say which city is made.
type Options struct {
	Persons       int
	Seed          uint64
	Days          int      // deliveries after the first full load; 0 to 366
	Out           string   // the folder that is written
	Registrations string   // a file (.csv.gz) of registrations that the market regulator delivers, too
	Feeds         []string // feeds that are written; none is all
	Stream        bool     // write the rows of deltas as messages, too
	Workers       int      // blocks made at once; 0 is as many as there are processors
}

// Summary is what was written.
type Summary struct {
	Complete      bool     `json:"complete"` // false while the city is written, and after a fault
	Persons       int      `json:"persons"`
	Organizations int      `json:"organizations"`
	Seed          uint64   `json:"seed"`
	Days          int      `json:"days"`
	First         uint32   `json:"first"` // yyyymmdd of the first slot
	Last          uint32   `json:"last"`  // and of the last day
	Rows          int64    `json:"rows"`
	Bytes         int64    `json:"bytes"`
	Labels        int64    `json:"labels"`
	Files         []File   `json:"files"`
	Feeds         []string `json:"feeds"` // those that were written
	Kinds         []Kind   `json:"kinds"`
	Shares        []Share  `json:"shares"`
}

// File is one delivery.
type File struct {
	Feed   string `json:"feed"`
	Path   string `json:"path"`
	Slot   uint32 `json:"slot"`
	Rows   int64  `json:"rows"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	Fault  string `json:"fault,omitempty"`
}
