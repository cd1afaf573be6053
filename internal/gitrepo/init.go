package gitrepo

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/coachlog/coachlog/internal/interrupt"
	"github.com/coachlog/coachlog/internal/plainfile"
)

// Init makes dir the root of a repository, as git init does where git is
// installed. The branch is named by init.defaultBranch, else main. A dir that
// is a root already stays as it is.
func Init(dir string) error {
	if gitDir, err := gitDirOf(dir); err != nil || gitDir != "" {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	defer interrupt.Step()()
	// Made aside and renamed, so that there is a repository or none.
	temp := filepath.Join(dir, plainfile.TemporaryName(".git"))
	if err := os.Mkdir(temp, 0o777); err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	made := temp
	if program, err := exec.LookPath("git"); err == nil {
		err, made = initByGit(&native{repo: &Repo{root: temp}, program: program}), filepath.Join(temp, ".git")
		if err != nil {
			return err
		}
	} else if err := initByHand(temp); err != nil {
		return err
	}
	return os.Rename(made, filepath.Join(dir, ".git"))
}

func initByGit(n *native) error {
	ctx := context.Background()
	args := []string{"init", "--quiet"}
	branch, err := n.lookUp(ctx, nil, "config", "--get", "init.defaultBranch")
	if err != nil {
		return err
	}
	if branch == "" {
		args = append([]string{"-c", "init.defaultBranch=main"}, args...)
	}
	_, err = n.run(ctx, nil, args...)
	return err
}

func initByHand(temp string) error {
	cfg, err := userConfig()
	if err != nil {
		return err
	}
	branch := cmp.Or(cfg.last("init.defaultbranch"), "main")
	if checkPath(branch) != nil || strings.ContainsAny(branch, " ~^:?*[\\") || strings.Contains(branch, "..") {
		return refuse("set another one", "init.defaultBranch is %q, which can't be a branch's name", branch)
	}
	for _, d := range []string{"hooks", "info", "objects/info", "objects/pack", "refs/heads", "refs/tags"} {
		if err := os.MkdirAll(filepath.Join(temp, filepath.FromSlash(d)), 0o777); err != nil {
			return err
		}
	}
	settings := fmt.Sprintf("[core]\n\trepositoryformatversion = 0\n\tfilemode = %t\n\tbare = false\n\tlogallrefupdates = true\n", runtime.GOOS != "windows")
	if runtime.GOOS == "darwin" {
		settings += "\tprecomposeunicode = true\n"
	}
	if _, err := os.Stat(filepath.Join(temp, "HOOKS")); err == nil {
		settings += "\tignorecase = true\n"
	}
	if err := os.WriteFile(filepath.Join(temp, "config"), []byte(settings), 0o666); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(temp, "HEAD"), []byte("ref: "+branchPrefix+branch+"\n"), 0o666)
}
