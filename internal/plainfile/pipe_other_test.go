//go:build !unix

package plainfile

import "errors"

func makePipe(string) error { return errors.New("there are no named pipes here") }
