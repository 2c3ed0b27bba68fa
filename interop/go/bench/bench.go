// Package bench is one process of the benchmark that compares go-micro with the toolkit: it obeys the commands of
// toolkit-bench's Worker, one a line, and answers each with one line.
package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/micro/go-micro/broker"
	"github.com/micro/go-micro/client"
	"github.com/micro/go-micro/registry"
	"github.com/micro/go-micro/registry/memory"
	"github.com/micro/go-micro/server"

	greeter "dev.vertxmicro/interop/greeter"
)

const service = "greeter"

// Greeter answers the name it gets.
type Greeter struct{}

// Hello answers 32 bytes with 32 bytes.
func (g *Greeter) Hello(ctx context.Context, req *greeter.HelloRequest, rsp *greeter.HelloResponse) error {
	rsp.Greeting = req.Name
	return nil
}

// Serve prints its port, then obeys.
func Serve(args []string) error {
	found := memory.NewRegistry()
	s := server.NewServer(server.Name(service), server.Address("127.0.0.1:0"), server.Registry(found),
		server.Broker(broker.NewBroker(broker.Addrs("127.0.0.1:0"), broker.Registry(found))))
	if err := s.Handle(s.NewHandler(&Greeter{})); err != nil {
		return err
	}
	if err := s.Start(); err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(s.Options().Address)
	if err != nil {
		return err
	}
	fmt.Println("answer", port)
	return obey(nil)
}

// Call prints that it is ready to call a port, then obeys.
func Call(args []string) error {
	if len(args) != 2 {
		return errors.New("expected a port and the size of the pool")
	}
	pool, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	found := memory.NewRegistry()
	node := &registry.Node{Id: service + "-1", Address: "127.0.0.1:" + args[0],
		Metadata: map[string]string{"protocol": "mucp"}}
	known := &registry.Service{Name: service, Version: "1.0.0", Nodes: []*registry.Node{node}}
	if err := found.Register(known); err != nil {
		return err
	}
	caller := client.NewClient(client.Registry(found), client.PoolSize(pool),
		client.Broker(broker.NewBroker(broker.Addrs("127.0.0.1:0"), broker.Registry(found))))
	fmt.Println("answer connected")
	return obey(caller)
}

func obey(caller client.Client) error {
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		words := strings.Fields(in.Text())
		switch {
		case len(words) == 3 && words[0] == "run" && caller != nil:
			concurrency, wrong := strconv.Atoi(words[1])
			millis, wrongToo := strconv.Atoi(words[2])
			if wrong != nil || wrongToo != nil {
				return errors.New("run: expected two numbers")
			}
			fmt.Println("answer", run(caller, concurrency, time.Duration(millis)*time.Millisecond))
		case len(words) == 1 && words[0] == "usage":
			fmt.Println("answer", usage())
		default:
			return fmt.Errorf("command: %s (expected: run CONCURRENCY MILLIS or usage)", in.Text())
		}
	}
	return nil
}

// usage gives the processor time in nanoseconds and the bytes allocated.
func usage() string {
	var times syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &times); err != nil {
		return err.Error()
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return fmt.Sprint(times.Utime.Nano()+times.Stime.Nano(), " ", memory.TotalAlloc)
}
