package logparse

import "strings"

// A room has space for many values of one type: what a document holds is allocated
// together, which is several times cheaper than one by one.
type room[T any] struct {
	free []T
	size int // of the next space
}

// one is a new value.
func (r *room[T]) one() *T { return &r.list(1)[0] }

// list is n new values; nothing can be appended in place.
func (r *room[T]) list(n int) []T {
	if len(r.free) < n {
		r.free = make([]T, max(n, r.size, 1))
	}
	list := r.free[:n:n]
	r.free = r.free[n:]
	return list
}

// maxRoom bounds how much space is made at once by what a file promises to hold.
const maxRoom = 64

// keep is a text of the document as a string. All of a document lie together, so a string that
// is wanted for longer than its document has to be a copy.
func (s *Source) keep(text []byte) string {
	if s.texts == nil || s.texts.Cap()-s.texts.Len() < len(text) {
		s.texts = &strings.Builder{}
		s.texts.Grow(max(len(text), min(len(s.plain), maxKept)))
	}
	from := s.texts.Len()
	s.texts.Write(text)
	return s.texts.String()[from:]
}

const maxKept = 4 << 10
