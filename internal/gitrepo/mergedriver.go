package gitrepo

import (
	"context"
	"fmt"
)

// MergeDriver is the command that this clone merges files with whose attribute
// merge is name, or "" where it knows none: git then merges by lines.
func (r *Repo) MergeDriver(name string) (command string, err error) {
	cfg, err := r.config()
	if err != nil {
		return "", err
	}
	return cfg.last("merge." + name + ".driver"), nil
}

// SetMergeDriver makes this clone merge such files with command. The
// configuration is git's own to write: without git the error is a *Refusal.
func (r *Repo) SetMergeDriver(name, title, command string) error {
	if r.native == nil {
		return &Refusal{
			Reason: "git isn't installed, so the merge driver can't be set",
			Remedy: fmt.Sprintf("write this into %s:\n[merge %q]\n\tname = %s\n\tdriver = %s", r.commonConfig(), name, title, command),
		}
	}
	for _, setting := range [][2]string{{"name", title}, {"driver", command}} {
		if _, err := r.native.run(context.Background(), nil, "config", "--local", "--replace-all", "merge."+name+"."+setting[0], setting[1]); err != nil {
			return err
		}
	}
	r.cfg = nil // read it anew
	return nil
}
