package pipelines

import (
	"fmt"
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// listeners lists the listening TCP sockets of this process: descriptor → port.
func listeners() (map[int]int, error) {
	dir, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return nil, fmt.Errorf("list sockets: %w", err)
	}
	out := map[int]int{}
	for _, e := range dir {
		fd, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		if on, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_ACCEPTCONN); err != nil || on == 0 {
			continue
		}
		switch a, _ := unix.Getsockname(fd); a := a.(type) {
		case *unix.SockaddrInet6:
			out[fd] = a.Port
		case *unix.SockaddrInet4:
			out[fd] = a.Port
		}
	}
	return out, nil
}

// fence binds the sockets that began to listen since before to the loopback device, and
// gives the port of the one. Prism listens on all interfaces without authentication, and
// whoever reaches it can have commands run as this user; its API cannot be told otherwise.
// Between listening and this call the port is open for milliseconds; nothing is submitted
// before it. SO_BINDTODEVICE needs no privilege on a socket that is not bound to a device
// yet (Linux 5.7).
func fence(before map[int]int) (int, error) {
	now, err := listeners()
	if err != nil {
		return 0, err
	}
	port := 0
	for fd, p := range now {
		if _, old := before[fd]; old {
			continue
		}
		if port != 0 {
			return 0, fmt.Errorf("find prism's socket: two sockets began to listen at once: run again")
		}
		if err := unix.BindToDevice(fd, "lo"); err != nil {
			return 0, fmt.Errorf("bind port %d to the loopback device (needs Linux 5.7 or later): %w", p, err)
		}
		port = p
	}
	if port == 0 {
		return 0, fmt.Errorf("find prism's socket: none began to listen")
	}
	return port, nil
}
