// Command interop-plugins is a stock go-micro v1.18 program with the consul, kubernetes, nats and zookeeper registries and the mqtt broker of go-plugins v1.5.1,
// chosen by go-micro's own flags: --registry=consul --registry_address=127.0.0.1:8500, --broker=mqtt --broker_address=127.0.0.1:1883. Every result is one line of JSON on standard output.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/micro/go-micro"
	"github.com/micro/go-micro/client"
	"github.com/micro/go-micro/registry"
	_ "github.com/micro/go-plugins/registry/consul"
	_ "github.com/micro/go-plugins/registry/kubernetes"
	_ "github.com/micro/go-plugins/registry/nats"

	greeter "dev.vertxmicro/interop/greeter"
)

const usage = `interop-plugins serve NAME [flags]   serves the greeter under a name until standard input ends
interop-plugins hello NAME [flags]   calls the greeter of that name
interop-plugins get NAME [flags]     asks the registry for a service
interop-plugins list - [flags]       asks the registry for all
interop-plugins watch - [flags]      prints changes until standard input ends
interop-plugins subscribe TOPIC [flags]   prints messages until standard input ends
interop-plugins publish TOPIC [flags]     publishes three messages

Flags are those of go-micro.`

func main() {
	commands := map[string]func(string, micro.Service) error{
		"serve": serve, "hello": hello, "get": get, "list": list, "watch": watch,
		"subscribe": subscribe, "publish": publish,
	}
	if len(os.Args) < 3 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, usage)
		os.Exit(2)
	}
	command, name := commands[os.Args[1]], os.Args[2]
	os.Args = append(os.Args[:1], os.Args[3:]...)
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		cancel()
	}()
	options := []micro.Option{micro.Name(name), micro.Version("1.0.0"), micro.Context(ctx)}
	service := micro.NewService(append(options, zookeeperOf(os.Args)...)...)
	service.Init()
	if err := command(name, service); err != nil {
		fmt.Fprintln(os.Stderr, "interop-plugins:", err)
		os.Exit(1)
	}
}

// tell prints one result.
func tell(result interface{}) {
	line, err := json.Marshal(result)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(line))
}

// Greeter greets whoever calls.
type Greeter struct{}

// Hello greets one.
func (g *Greeter) Hello(ctx context.Context, req *greeter.HelloRequest, rsp *greeter.HelloResponse) error {
	rsp.Greeting = "Hello " + req.Name
	return nil
}

func serve(name string, service micro.Service) error {
	if err := service.Server().Handle(service.Server().NewHandler(&Greeter{})); err != nil {
		return err
	}
	service.Init(micro.AfterStart(func() error {
		settings := service.Server().Options()
		tell(map[string]string{"serving": name, "id": settings.Name + "-" + settings.Id, "address": settings.Address})
		return nil
	}))
	return service.Run()
}

func hello(name string, service micro.Service) error {
	c := service.Client()
	rsp := &greeter.HelloResponse{}
	req := c.NewRequest(name, "Greeter.Hello", &greeter.HelloRequest{Name: "Go"})
	if err := c.Call(context.Background(), req, rsp, client.WithRequestTimeout(20*time.Second)); err != nil {
		return err
	}
	tell(rsp)
	return nil
}

func get(name string, service micro.Service) error {
	services, err := service.Options().Registry.GetService(name)
	if err != nil {
		return err
	}
	tell(map[string]interface{}{"found": services})
	return nil
}

func list(_ string, service micro.Service) error {
	services, err := service.Options().Registry.ListServices()
	if err != nil {
		return err
	}
	names := []string{}
	for _, s := range services {
		names = append(names, s.Name)
	}
	tell(map[string][]string{"services": names})
	return nil
}

func watch(_ string, service micro.Service) error {
	w, err := service.Options().Registry.Watch()
	if err != nil {
		return err
	}
	tell(map[string]string{"watching": "all"})
	for {
		change, err := w.Next()
		if err != nil {
			return nil
		}
		nodes := []*registry.Node{}
		if change.Service != nil {
			nodes = change.Service.Nodes
		}
		tell(map[string]interface{}{"action": change.Action, "service": change.Service.Name, "nodes": nodes})
	}
}
