//go:build ignore

// Reads .goreleaser.yaml as GoReleaser does, and builds the packages that it describes, of one
// program: go run package.go CONFIG PROGRAM VERSION SECONDS FOLDER. It is run by .ci/package, in
// a module of its own.
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/goreleaser/goreleaser/v2/pkg/config"
	"github.com/goreleaser/nfpm/v2"
	_ "github.com/goreleaser/nfpm/v2/deb"
	"github.com/goreleaser/nfpm/v2/files"
	_ "github.com/goreleaser/nfpm/v2/rpm"
)

func main() {
	log.SetFlags(0)
	project, err := config.Load(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	seconds, err := strconv.ParseInt(os.Args[4], 10, 64)
	if err != nil {
		log.Fatal(err)
	}
	for _, of := range project.NFPMs {
		for _, format := range of.Formats {
			if err := build(of, format, time.Unix(seconds, 0).UTC()); err != nil {
				log.Fatal(err)
			}
		}
	}
}

func build(of config.NFPM, format string, day time.Time) error {
	var contents files.Contents
	for _, c := range of.Contents {
		contents = append(contents, &files.Content{Source: c.Source, Destination: c.Destination, Packager: c.Packager, FileInfo: &files.ContentFileInfo{Mode: 0o644, MTime: day}})
	}
	contents = append(contents, &files.Content{Source: os.Args[2], Destination: filepath.Join(of.Bindir, of.PackageName), FileInfo: &files.ContentFileInfo{Mode: 0o755, MTime: day}})
	info := nfpm.WithDefaults(&nfpm.Info{
		Name: of.PackageName, Arch: "amd64", Platform: "linux", Version: os.Args[3], Section: of.Section, Priority: of.Priority,
		Maintainer: of.Maintainer, Vendor: of.Vendor, Homepage: of.Homepage, Description: of.Description, License: of.License, MTime: day,
		Overridables: nfpm.Overridables{Contents: contents, Depends: of.Dependencies, Recommends: of.Recommends},
	})
	if err := nfpm.PrepareForPackager(info, format); err != nil {
		return err
	}
	packager, err := nfpm.Get(format)
	if err != nil {
		return err
	}
	name := filepath.Join(os.Args[5], packager.ConventionalFileName(info))
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := packager.Package(info, file); err != nil {
		return err
	}
	fmt.Println(name)
	return file.Close()
}
