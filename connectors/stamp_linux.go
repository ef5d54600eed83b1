package connectors

import (
	"fmt"
	"io/fs"
	"syscall"
	"time"
)

// stampOf says of a file what changes whenever its bytes do, and when that was last: the
// time of the last change of the inode cannot be set as that of the file can.
func stampOf(info fs.FileInfo) (stamp string, changed time.Time) {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return "", time.Time{}
	}
	changed = time.Unix(s.Ctim.Unix())
	return fmt.Sprintf("%d %d %d", s.Ino, s.Size, changed.UnixNano()), changed
}
