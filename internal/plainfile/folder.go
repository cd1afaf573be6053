package plainfile

import "os"

// A Folder is one that is open, so that no path is walked again for each of its files.
type Folder struct {
	root *os.Root
	dir  *os.File
}

// OpenFolder opens a folder below another, which it never leaves.
func OpenFolder(root *os.Root, name string) (*Folder, error) {
	below, err := root.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	dir, err := below.Open(".")
	if err != nil {
		below.Close()
		return nil, err
	}
	return &Folder{below, dir}, nil
}

// Close closes it.
func (f *Folder) Close() {
	f.dir.Close()
	f.root.Close()
}

// Read is ReadIn for what has a name in the folder.
func (f *Folder) Read(name string, most int64) ([]byte, error) {
	if text, size, ok := Start(f.dir, name, most); ok && size <= most {
		return text, nil
	}
	return ReadIn(f.root, name, most)
}
