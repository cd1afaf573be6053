package gitrepo

// mapFile is a file's content.
func mapFile(name string) ([]byte, error) { return readGitFile(name, 2*maxPack) }
