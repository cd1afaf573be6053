package gitrepo

import "os"

// mapFile is a file's content.
func mapFile(name string) ([]byte, error) { return os.ReadFile(name) }
