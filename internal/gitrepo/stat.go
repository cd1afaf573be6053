package gitrepo

type timestamp struct{ sec, nsec uint32 }

// stat is a file's metadata as the index holds it.
type stat struct {
	ctime, mtime timestamp
	dev, ino     uint32
	uid, gid     uint32
	size         uint32
}

// same reports whether git would take the file for untouched. The device is
// left out, as git does: it changes from one mount to the next.
func (s stat) same(t stat, trustCtime bool) bool {
	s.dev, t.dev = 0, 0
	if !trustCtime {
		s.ctime, t.ctime = timestamp{}, timestamp{}
	}
	return s == t
}
