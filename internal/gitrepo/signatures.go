package gitrepo

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// Signature is what git says of the signature on one commit. Signer is what keys and
// files say: whoever shows it escapes it.
type Signature struct {
	Verdict   byte   // the letter of git log's %G?; 0 where Unchecked says why there is none
	Signer    string // SSH's principal, or OpenPGP's user id; only claimed with B
	Unchecked string // why the signature, which is there, wasn't checked here; one clause
}

// Signatures has git judge the signatures on commits, given by their full ids. The
// file of allowed signers is the one that git's settings name, where none is given.
//
// The files that say whom to trust must not be under the control of those who are
// judged: where one of them is a tracked file of this repository, and is needed, the
// error is a *Refusal.
func (r *Repo) Signatures(ctx context.Context, commits []string, allowedSigners string) (map[string]Signature, error) {
	if err := r.checkEnvironment(); err != nil {
		return nil, err
	}
	found := make(map[string]Signature, len(commits))
	for _, id := range commits {
		found[id] = Signature{Verdict: 'N'}
	}
	signed, err := r.signedCommits(commits)
	if err != nil || len(signed) == 0 {
		return found, err
	}
	for id := range signed {
		found[id] = Signature{Unchecked: "git isn't installed here"}
	}
	if r.native == nil {
		return found, nil
	}
	programs, err := r.native.signaturePrograms(ctx)
	if err != nil {
		return nil, err
	}
	signers := ""
	if slices.Contains(slices.Collect(maps.Values(signed)), true) {
		if signers, err = r.trustedFiles(ctx, allowedSigners); err != nil {
			return nil, err
		}
	}
	settings := []string{"-c", "gpg.ssh.allowedSignersFile=" + signers}
	for format, program := range programs {
		settings = append(settings, "-c", "gpg."+format+".program="+program)
	}
	_, noKeygen := exec.LookPath(programs["ssh"])
	var ids []string
	for id, ssh := range signed {
		if ssh && noKeygen != nil { // git would call it bad
			found[id] = Signature{Unchecked: "ssh-keygen isn't installed here"}
			continue
		}
		found[id] = Signature{Unchecked: "git couldn't check it: gpg or gpgsm may not be installed, or the signature may be damaged"}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return found, r.native.askForSignatures(ctx, ids, settings, found)
}

// signedCommits are those of the commits that carry a signature, and whether it is one
// of SSH.
func (r *Repo) signedCommits(ids []string) (map[string]bool, error) {
	for _, id := range ids {
		if len(id) != 40 && len(id) != 64 || strings.Trim(id, "0123456789abcdef") != "" {
			return nil, fmt.Errorf("%q isn't a commit's full id", id)
		}
	}
	from, err := r.source()
	if err != nil {
		return nil, err
	}
	// Each is held against its id: else a good signature could come with another's.
	signed := map[string]bool{}
	err = from.readMany(plumbing.CommitObject, ids, func(id string, commit []byte) {
		header := "\ngpgsig "
		if len(id) == 64 { // where gpgsig is the signature of the same commit under SHA-1
			header = "\ngpgsig-sha256 "
		}
		head, _, _ := bytes.Cut(commit, []byte("\n\n"))
		if _, signature, ok := bytes.Cut(head, []byte(header)); ok {
			signed[id] = bytes.HasPrefix(signature, []byte("-----BEGIN SSH SIGNATURE-----"))
		}
	})
	return signed, orNeedsGit(err)
}

// trustedFiles is the file of allowed signers, os.DevNull where nobody is allowed: without
// any file git calls commits with an SSH signature unsigned. It refuses what the
// repository's writers could change.
func (r *Repo) trustedFiles(ctx context.Context, signers string) (string, error) {
	var err error
	if signers == "" {
		signers, err = r.configuredFile(ctx, "gpg.ssh.allowedSignersFile")
	} else if signers, err = filepath.Abs(signers); err == nil {
		if _, err = os.Stat(signers); err != nil {
			err = fmt.Errorf("the allowed signers can't be read: %w", err)
		}
	}
	if err != nil {
		return "", err
	}
	revoked, err := r.configuredFile(ctx, "gpg.ssh.revocationFile")
	for _, file := range []string{signers, revoked} {
		if err == nil && file != "" {
			err = cmp.Or(checkGitFile(file, plainfile.Text), r.refuseTracked(ctx, file))
		}
	}
	return cmp.Or(signers, os.DevNull), err
}

// configuredFile is the absolute path that a setting gives; "" for none. Git takes a
// relative one from the work tree's root.
func (r *Repo) configuredFile(ctx context.Context, key string) (string, error) {
	path, err := r.native.lookUp(ctx, nil, "config", "-z", "--type=path", "--get", key)
	path = strings.TrimSuffix(path, "\x00")
	if path != "" {
		path = absolute(r.root, path)
	}
	return path, err
}

// refuseTracked refuses a file that is tracked in any of the repository's work
// trees, and one behind a symbolic link that is.
func (r *Repo) refuseTracked(ctx context.Context, file string) error {
	paths := []string{file}
	for at := filepath.Dir(file); at != filepath.Dir(at); at = filepath.Dir(at) {
		if info, err := os.Lstat(at); err == nil && info.Mode()&os.ModeSymlink != 0 {
			paths = append(paths, at)
		}
	}
	if target, err := filepath.EvalSymlinks(file); err == nil {
		paths = append(paths, target)
	}
	for _, path := range paths {
		if tracked, err := r.tracks(ctx, path); err != nil {
			return err
		} else if tracked {
			return refuse("keep a copy outside the repository, and name that one", "%s says whose signatures count, and whoever commits to this repository can change it", file)
		}
	}
	return nil
}

// tracks says whether the index of one of the repository's work trees has the file,
// whatever the case of its letters.
func (r *Repo) tracks(ctx context.Context, path string) (bool, error) {
	dir, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return false, nil
	}
	tree, err := Find(dir)
	if err != nil || !samePath(tree.common, r.common) {
		return false, nil
	}
	name, err := filepath.Rel(tree.root, filepath.Join(dir, filepath.Base(path)))
	if err != nil {
		return false, err
	}
	out, err := tree.native.run(ctx, nil, "ls-files", "-z", "--", ":(top,literal,icase)"+filepath.ToSlash(name))
	return len(out) > 0, err
}

// signaturePrograms are those that git asks about signatures, by format. They are taken from
// the user's and the system's settings: a repository must not say who judges it.
func (n *native) signaturePrograms(ctx context.Context) (map[string]string, error) {
	programs := map[string]string{"openpgp": "gpg", "ssh": "ssh-keygen", "x509": "gpgsm"}
	out, err := n.lookUp(ctx, nil, "config", "-z", "--type=path", "--show-scope", "--get-regexp", `^gpg\.(.*\.)?program$`)
	for scope, setting := range inPairs(strings.Split(out, "\x00")) {
		key, value, _ := strings.Cut(setting, "\n")
		format := cmp.Or(strings.Trim(strings.TrimSuffix(strings.TrimPrefix(key, "gpg"), "program"), "."), "openpgp")
		if _, known := programs[format]; known && scope != "local" && scope != "worktree" {
			programs[format] = value
		}
	}
	return programs, err
}

func (n *native) askForSignatures(ctx context.Context, ids, settings []string, found map[string]Signature) error {
	if len(ids) == 0 {
		return nil
	}
	// git rev-list, whose output no setting changes, doesn't read the settings
	// about signatures before git 2.41.
	args := append(slices.Clip(settings), "log", "-z", "--no-walk=unsorted", "--stdin", "--no-show-signature", "--no-color", "--encoding=UTF-8", "--format=tformat:%H%x00%G?%x00%GS")
	out, err := n.run(ctx, strings.NewReader(strings.Join(ids, "\n")+"\n"), args...)
	if _, failed := errors.AsType[*gitError](err); failed {
		if len(ids) == 1 {
			return nil
		}
		// git may die of a broken signature, when ssh-keygen ends before it has
		// read the commit: that one must not cost the others git's verdict.
		middle := len(ids) / 2
		return cmp.Or(n.askForSignatures(ctx, ids[:middle], settings, found), n.askForSignatures(ctx, ids[middle:], settings, found))
	}
	if err != nil {
		return err
	}
	const fields = 3
	for f := strings.Split(string(out), "\x00"); len(f) > fields; f = f[fields:] {
		// Without gpg, git says of a signed commit that it isn't signed.
		if verdict := f[1]; len(verdict) == 1 && verdict[0] != 'N' {
			found[f[0]] = Signature{Verdict: verdict[0], Signer: f[2]}
		}
	}
	return nil
}

// SigningKey is the file of the SSH key that git signs with; "" where its settings name
// none, or no file.
func (r *Repo) SigningKey(ctx context.Context) (string, error) {
	if r.native == nil {
		return "", nil
	}
	key, err := r.configuredFile(ctx, "user.signingKey")
	if _, missing := os.Stat(key); missing != nil {
		key = ""
	}
	return key, err
}
