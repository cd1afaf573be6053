package plainfile

import "time"

// System is what the operating system knows of a file besides what every system does; zero
// where it doesn't say.
type System struct {
	Changed       time.Time // last, whatever of the file; on Windows when it was made
	Device, Inode uint64
	User, Group   uint32
}
