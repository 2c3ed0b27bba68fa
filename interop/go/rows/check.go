package rows

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
)

// row is one thing that peers must be able to do with each other.
type row struct {
	name  string
	check func(*Caller) error
}

// rows go in the order of the table.
var rows = []row{
	{"unary", unary},
	{"empty message", emptyMessage},
	{"3 MiB message", largeMessage},
	{"3,200 concurrent calls", concurrentCalls},
	{"error", failure},
	{"plain error", plainFailure},
	{"unknown service", unknownService},
	{"unknown endpoint", unknownEndpoint},
	{"timeout", timeout},
	{"server stream", serverStream},
	{"client stream", clientStream},
	{"bidi in turns", bidiInTurns},
	{"bidi at once", bidiAtOnce},
	{"metadata", metadataArrives},
	{"event", event},
	{"published event", publishedEvent},
}

// Check runs all rows, or those named, with each content type of a list with commas, and tells each result. A name may be that of one
// cell: row/type.
func Check(types string, names []string, caller func(contentType string) *Caller) {
	for _, contentType := range strings.Split(types, ",") {
		c := caller(contentType)
		for _, r := range rows {
			if len(names) > 0 && !contains(names, r.name) && !contains(names, r.name+"/"+contentType) {
				continue
			}
			start := time.Now()
			err := r.run(c)
			detail := ""
			if err != nil {
				detail = err.Error()
			}
			Tell(map[string]interface{}{"row": r.name, "type": contentType, "ok": err == nil, "detail": detail,
				"millis": time.Since(start).Milliseconds()})
		}
	}
}

// run fails a check that does not end.
func (r row) run(c *Caller) error {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if cause := recover(); cause != nil {
				done <- fmt.Errorf("panic: %v", cause)
			}
		}()
		done <- r.check(c)
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(c.Timeout):
		return fmt.Errorf("no end within %v", c.Timeout)
	}
}

var printing sync.Mutex

// Tell prints one result.
func Tell(result interface{}) {
	line, err := json.Marshal(result)
	if err != nil {
		panic(err)
	}
	printing.Lock()
	defer printing.Unlock()
	fmt.Println(string(line))
}

// InputEnds is closed when who started this program closes its standard input or ends.
func InputEnds() <-chan struct{} {
	ended := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		close(ended)
	}()
	return ended
}
