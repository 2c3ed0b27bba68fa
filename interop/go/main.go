// Command interop is a stock go-micro v1.18 peer: it serves what the tests of the toolkit call, and calls what they serve. Every
// result is one line of JSON on standard output.
package main

import (
	"fmt"
	"os"

	"dev.vertxmicro/interop/bench"
)

const usage = `interop serve   [flags]          serves greeter, students and peer until standard input ends
interop check   [flags]          calls everything a peer serves; one line a check
interop hello   [flags] NAME     calls the greeter
interop student [flags] NAME     calls the students
interop debug   [flags]          asks a service about itself: health, stats, log
interop list | get NAME | watch  asks the registry
interop publish [flags] TEXT…    publishes to a topic by the http broker, then waits until standard input ends
interop subscribe [flags]        tells what comes of a topic by the http broker, until standard input ends
interop bench-serve              a server of the benchmark
interop bench-call PORT POOL     a client of the benchmark
interop schemas                  prints the compiled .proto files

Flags of a command: interop COMMAND -h`

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, usage)
		os.Exit(2)
	}
	commands := map[string]func([]string) error{
		"serve": serve, "check": check, "hello": hello, "student": findStudent, "debug": askDebug,
		"publish": publish, "subscribe": subscribe, "list": list, "get": get, "watch": watch, "schemas": schemas, "bench-serve": bench.Serve, "bench-call": bench.Call,
	}
	command, known := commands[os.Args[1]]
	if !known {
		fmt.Fprintln(os.Stderr, usage)
		os.Exit(2)
	}
	if err := command(os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "interop:", err)
		os.Exit(1)
	}
}
