package gitrepo

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// A Mailmap says by which name and address people go now, from the addresses in old
// commits, or from those with a name: git's .mailmap.
type Mailmap map[string]Identity

// mailmapKey has none but ASCII's letters in small ones, as git compares them.
func mailmapKey(id Identity) string {
	return strings.Map(func(letter rune) rune {
		if 'A' <= letter && letter <= 'Z' {
			letter += 'a' - 'A'
		}
		return letter
	}, id.Email+"\x00"+id.Name)
}

// parseMailmap reads the lines of a .mailmap: what git can't read it skips, and
// so does this.
func parseMailmap(text []byte) Mailmap {
	m := Mailmap{}
	for line := range strings.Lines(inUTF8(string(text), "")) {
		if line[0] == '#' {
			continue
		}
		now, rest, ok := cutIdentity(line)
		if !ok {
			continue
		}
		was, _, two := cutIdentity(rest)
		if !two {
			was, now = Identity{Email: now.Email}, Identity{Name: now.Name}
		}
		m[mailmapKey(was)] = now.over(m[mailmapKey(was)])
	}
	return m
}

// cutIdentity reads a name, which may be empty, and an address in angle brackets.
func cutIdentity(line string) (id Identity, rest string, ok bool) {
	name, rest, ok := strings.Cut(line, "<")
	mail, rest, closed := strings.Cut(rest, ">")
	return Identity{strings.Trim(name, gitSpace), strings.Trim(mail, gitSpace)}, rest, ok && closed
}

// over is an identity with what it leaves out taken from another.
func (i Identity) over(other Identity) Identity {
	return Identity{cmp.Or(i.Name, other.Name), cmp.Or(i.Email, other.Email)}
}

// Now is who somebody in a commit is now.
func (m Mailmap) Now(id Identity) Identity {
	now, known := m[mailmapKey(id)]
	if !known {
		now = m[mailmapKey(Identity{Email: id.Email})]
	}
	return now.over(id)
}

// Mailmap reads the work tree's .mailmap, or HEAD's in a bare repository. Where
// there is none, everybody is who they were.
func (h *History) Mailmap(r *Repo) (Mailmap, error) {
	if r.root != "" {
		info, err := os.Lstat(filepath.Join(r.root, ".mailmap"))
		if err != nil || !info.Mode().IsRegular() {
			return Mailmap{}, nil // git follows no link there either
		}
		text, err := readGitFile(filepath.Join(r.root, ".mailmap"), plainfile.Text)
		return parseMailmap(text), err
	}
	return h.RecordedMailmap()
}

// RecordedMailmap is the .mailmap of the history's newest commit.
func (h *History) RecordedMailmap() (Mailmap, error) {
	files, err := h.FilesAt(h.Head, ".mailmap")
	if err != nil || files[".mailmap"] == "" {
		return Mailmap{}, err
	}
	text, err := h.Blob(files[".mailmap"])
	return parseMailmap(text), err
}
