package gitrepo

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// commitHooks are those that `git commit` runs.
var commitHooks = []string{
	"pre-commit", "prepare-commit-msg", "commit-msg", "post-commit",
	"post-index-change", "reference-transaction",
}

// readObstacles lists what keeps engine from reading this repository. What
// depends on single files, engine finds itself and returns as *unfit.
func (r *Repo) readObstacles() ([]string, error) {
	cfg, err := r.config()
	if err != nil {
		return nil, err
	}
	var found []string
	for _, key := range slices.Sorted(maps.Keys(cfg)) {
		switch {
		case strings.HasPrefix(key, "extensions.") && !strings.HasPrefix(key, "extensions.noop"):
			found = append(found, fmt.Sprintf("the repository uses %s = %s", key, cfg.last(key)))
		case strings.HasPrefix(key, "remote.") && strings.HasSuffix(key, ".promisor") && cfg.isTrue(key):
			found = append(found, "the repository is a partial clone ("+key+")")
		}
	}
	found = append(found, cfg.switchedOn("core.sparsecheckout", "core.fsmonitor", "core.splitindex", "core.untrackedcache=keep")...)
	if v := cmp.Or(cfg.last("attr.tree"), os.Getenv("GIT_ATTR_SOURCE")); v != "" {
		found = append(found, "attributes are read from the tree "+v)
	}
	for _, file := range []string{"objects/info/alternates", "info/grafts"} {
		if _, err := os.Stat(filepath.Join(r.common, file)); err == nil {
			found = append(found, "the repository has "+file)
		}
	}
	if replaced, err := r.replaceRefs(); err != nil {
		return nil, err
	} else if replaced {
		found = append(found, "the repository replaces objects (refs/replace)")
	}
	if info, err := os.Lstat(filepath.Join(r.gitDir, "HEAD")); err == nil && info.Mode()&os.ModeSymlink != 0 {
		found = append(found, "HEAD is a symbolic link")
	}
	return found, nil
}

// switchedOn says which of the settings are on: KEY=VALUE names a value that is none.
func (c config) switchedOn(settings ...string) (found []string) {
	for _, setting := range settings {
		key, harmless, _ := strings.Cut(setting, "=")
		if v := c.last(key); c.isTrue(key) && !strings.EqualFold(v, harmless) {
			found = append(found, fmt.Sprintf("%s is %s", key, v))
		}
	}
	return found
}

// Substituted says what has git show something else than the objects that ids stand for,
// "" where nothing does.
func (r *Repo) Substituted() (string, error) {
	if _, err := os.Stat(filepath.Join(r.common, "info", "grafts")); err == nil {
		return "info/grafts", nil
	}
	if replaced, err := r.replaceRefs(); replaced || err != nil {
		return "refs/replace", err
	}
	return "", nil
}

func (r *Repo) replaceRefs() (bool, error) {
	if entries, err := os.ReadDir(filepath.Join(r.common, "refs", "replace")); err == nil && len(entries) > 0 {
		return true, nil
	}
	packed, err := r.packedRefs()
	if err != nil {
		return false, err
	}
	for name := range packed {
		if strings.HasPrefix(name, "refs/replace/") {
			return true, nil
		}
	}
	return false, nil
}

// commitObstacles lists what keeps engine from committing here.
func (r *Repo) commitObstacles() ([]string, error) {
	found, err := r.readObstacles()
	if err != nil {
		return nil, err
	}
	cfg := r.cfg
	if cfg.isTrue("commit.gpgsign") {
		found = append(found, "commits are signed (commit.gpgsign)")
	}
	for _, role := range []string{"author", "committer"} {
		if id, err := cfg.identity(role); err == nil && !utf8.ValidString(id.String()) {
			found = append(found, fmt.Sprintf("the name %q isn't UTF-8", id))
			break
		}
	}
	found = slices.Concat(found, r.hooks(), cfg.switchedOn("core.sharedrepository=umask", "core.safecrlf=warn"))
	if zone := os.Getenv("TZ"); zone != "" {
		if _, err := time.LoadLocation(strings.TrimPrefix(zone, ":")); err != nil {
			found = append(found, fmt.Sprintf("the time zone is TZ=%s", zone))
		}
	}
	if r.native == nil && cfg.includes() {
		found = append(found, "the configuration includes other files")
	}
	return found, nil
}

// hooks lists the hooks that git would run for a commit.
func (r *Repo) hooks() (found []string) {
	dir := r.hooksDir()
	for _, name := range commitHooks {
		info, err := os.Stat(filepath.Join(dir, name))
		if err == nil && info.Mode().IsRegular() && (runtime.GOOS == "windows" || info.Mode()&0o111 != 0) {
			found = append(found, "the repository has the hook "+filepath.Join(dir, name))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(r.cfg)) {
		if strings.HasPrefix(key, "hook.") && strings.HasSuffix(key, ".command") {
			found = append(found, "the configuration has the hook "+key)
		}
	}
	return found
}
