package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/go-git/gcfg"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// config holds every value of each key, in the order in which git reads them.
// Section and variable are lower case in a key, as in `git config --list`.
type config map[string][]string

func (c config) last(key string) string {
	if v := c[key]; len(v) > 0 {
		return v[len(v)-1]
	}
	return ""
}

// isTrue reads a boolean as git does; what is neither true nor false counts as
// true, so that a value from a newer git is never taken for off.
func (c config) isTrue(key string) bool {
	switch strings.ToLower(c.last(key)) {
	case "", "false", "no", "off", "0":
		return false
	}
	return true
}

// isFalse is true where the key is set, and off.
func (c config) isFalse(key string) bool { return len(c[key]) > 0 && !c.isTrue(key) }

// path returns a value that names a file, with its ~ replaced.
func (c config) path(key string) string {
	v := c.last(key)
	if rest, ok := strings.CutPrefix(v, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return v
}

// userFile is the user's file that a setting names, or else the one with that name beside
// git's settings.
func userFile(c config, key, name string) string {
	file := c.path(key)
	if dir := xdgConfig(); file == "" && dir != "" {
		file = filepath.Join(dir, "git", name)
	}
	return file
}

// includes reports keys that name further files, which only git follows.
func (c config) includes() bool {
	for key := range c {
		if strings.HasPrefix(key, "include.") || strings.HasPrefix(key, "includeif.") {
			return true
		}
	}
	return false
}

// config returns the effective configuration.
func (r *Repo) config() (config, error) {
	if r.cfg != nil {
		return r.cfg, nil
	}
	cfg, err := r.readConfig()
	if err == nil {
		r.cfg = cfg
	}
	return cfg, err
}

// readConfig asks the installed git, but where it is certain which files git would read:
// to start it takes as long as half a commit. Where git isn't installed, the files are
// all there is.
func (r *Repo) readConfig() (config, error) {
	if r.native != nil && !r.knowsConfigFiles() {
		return r.configFromGit()
	}
	cfg, err := r.configFromFiles()
	if r.native != nil && (err != nil || cfg.includes() || cfg.isTrue("extensions.worktreeconfig")) {
		return r.configFromGit()
	}
	return cfg, err
}

// knowsConfigFiles says whether git is the system's own, which has its settings in /etc,
// and nothing else is to be minded: git's rules for links to git folders, for bare
// repositories and for settings in its arguments are its own to apply.
func (r *Repo) knowsConfigFiles() bool {
	if runtime.GOOS != "linux" || r.native.program != "/usr/bin/git" || filepath.Dir(r.gitDir) != r.root || r.gitDir != r.common {
		return false
	}
	for _, name := range []string{"GIT_DIR", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT"} {
		if os.Getenv(name) != "" {
			return false
		}
	}
	info, err := os.Lstat(r.native.program)
	return err == nil && info.Mode().IsRegular() // and no link to another's
}

func (r *Repo) configFromGit() (config, error) {
	ctx := context.Background()
	out, err := r.native.run(ctx, nil, "config", "--list", "-z", "--show-scope")
	if err != nil {
		return nil, err
	}
	cfg, local := config{}, false
	for scope, item := range inPairs(strings.Split(string(out), "\x00")) {
		local = local || scope == "local"
		key, value, hasValue := strings.Cut(item, "\n")
		if !hasValue {
			value = "true" // `[core] bare` alone
		}
		cfg[key] = append(cfg[key], value)
	}
	if !local {
		// git leaves the repository's own file out, without a word, if the
		// folder belongs to somebody else; this call says so.
		if _, err := r.native.run(ctx, nil, "rev-parse", "--git-dir"); err != nil {
			return nil, err
		}
	}
	return cfg, nil
}

// configFromFiles reads the files that git would, but follows no includes.
func (r *Repo) configFromFiles() (config, error) {
	cfg, err := userConfig()
	if err == nil {
		err = cfg.readFile(r.commonConfig())
	}
	if err == nil && cfg.isTrue("extensions.worktreeconfig") {
		err = cfg.readFile(filepath.Join(r.gitDir, "config.worktree"))
	}
	if err != nil {
		return nil, err
	}
	count, _ := strconv.Atoi(os.Getenv("GIT_CONFIG_COUNT"))
	for i := range count {
		key := canonicalKey(os.Getenv(fmt.Sprintf("GIT_CONFIG_KEY_%d", i)))
		cfg[key] = append(cfg[key], os.Getenv(fmt.Sprintf("GIT_CONFIG_VALUE_%d", i)))
	}
	if err := r.checkOwner(); err != nil {
		return nil, err
	}
	return cfg, nil
}

func (r *Repo) commonConfig() string { return filepath.Join(r.common, "config") }

func userConfigFiles() []string {
	var files []string
	if v := os.Getenv("GIT_CONFIG_NOSYSTEM"); v == "" || v == "0" || strings.EqualFold(v, "false") {
		system := "/etc/gitconfig"
		if set := os.Getenv("GIT_CONFIG_SYSTEM"); set != "" {
			system = set
		}
		files = append(files, system)
	}
	if global, ok := os.LookupEnv("GIT_CONFIG_GLOBAL"); ok {
		return append(files, global)
	}
	if dir := xdgConfig(); dir != "" {
		files = append(files, filepath.Join(dir, "git", "config"))
	}
	if home, err := os.UserHomeDir(); err == nil {
		files = append(files, filepath.Join(home, ".gitconfig"))
	}
	return files
}

// UserPager is core.pager of the user's own configuration; "" without one. That of a repository
// may be somebody else's, and is a command.
func UserPager() string {
	c, err := userConfig()
	if err != nil {
		return ""
	}
	return c.last("core.pager")
}

func userConfig() (config, error) {
	c := config{}
	for _, file := range userConfigFiles() {
		if err := c.readFile(file); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func xdgConfig() string {
	if dir := os.Getenv("XDG_CONFIG_HOME"); dir != "" {
		return dir
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".config")
}

func (c config) readFile(path string) error {
	data, err := readGitFile(path, plainfile.GitList)
	if path == "" || errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	err = gcfg.ReadWithCallback(bytes.NewReader(data), func(section, sub, name, value string, blank bool) error {
		if name == "" {
			return nil
		}
		if blank {
			value = "true"
		}
		if strings.ContainsAny(value, "\t\n") {
			return errors.New("a value has more than one line, or a tab") // gcfg and git differ
		}
		if sub != "" {
			section += "." + sub
		}
		key := canonicalKey(section + "." + name)
		c[key] = append(c[key], value)
		return nil
	})
	if err != nil {
		return refuse("install git, or repair that file", "%s can't be read without the git program: %v", path, err)
	}
	return nil
}

func canonicalKey(key string) string {
	first, last := strings.Index(key, "."), strings.LastIndex(key, ".")
	if first < 0 {
		return strings.ToLower(key)
	}
	return strings.ToLower(key[:first]) + key[first:last] + strings.ToLower(key[last:])
}

// checkOwner is git's rule against running in somebody else's repository.
func (r *Repo) checkOwner() error {
	if runtime.GOOS == "windows" || ownedByUser(r.place()) && ownedByUser(r.gitDir) {
		return nil
	}
	// Only the user's own files may say so, never the repository's.
	user, err := userConfig()
	if err != nil {
		return err
	}
	if slices.Contains(user["safe.directory"], "*") || slices.Contains(user["safe.directory"], r.place()) {
		return nil
	}
	return unsafeOwner(r.place())
}

func unsafeOwner(root string) *Refusal {
	return refuse("if you trust it: git config --global --add safe.directory "+root, "%s belongs to another user", root)
}
