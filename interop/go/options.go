package main

import (
	"flag"
	"time"

	"github.com/micro/go-micro/broker"
	"github.com/micro/go-micro/client"
	"github.com/micro/go-micro/registry"
	"github.com/micro/go-micro/transport"
)

// options are the flags that most commands have.
type options struct {
	service     string
	contentType string
	secure      bool
	legacy      bool
	timeout     time.Duration
	args        []string
}

func parse(command string, args []string) *options {
	o := &options{}
	flags := flag.NewFlagSet(command, flag.ExitOnError)
	flags.StringVar(&o.service, "service", "go.peer", "service to serve or call")
	flags.StringVar(&o.contentType, "type", "application/protobuf", "content type; check takes a list with commas")
	flags.BoolVar(&o.secure, "secure", false, "TLS, as go-micro's Secure(true) does it")
	flags.BoolVar(&o.legacy, "legacy", false, "leave protocol out of the nodes' metadata")
	flags.DurationVar(&o.timeout, "timeout", 30*time.Second, "of a call")
	_ = flags.Parse(args)
	o.args = flags.Args()
	return o
}

func (o *options) registry() registry.Registry {
	found := registry.NewRegistry()
	if o.legacy {
		return &unversioned{found}
	}
	return found
}

func (o *options) transport() transport.Transport {
	return transport.NewTransport(transport.Secure(o.secure))
}

// client is go-micro's own with its defaults, except that a failure is seen rather than tried again and that a busy machine is
// waited for.
func (o *options) client() client.Client {
	found := o.registry()
	return client.NewClient(
		client.Registry(found),
		client.Transport(o.transport()),
		client.Broker(broker.NewBroker(broker.Addrs("127.0.0.1:0"), broker.Registry(found))),
		client.RequestTimeout(o.timeout),
		client.DialTimeout(o.timeout),
		client.Retries(0),
	)
}

// unversioned is a registry of peers older than the entry protocol: they get and send the envelopes of that time.
type unversioned struct {
	registry.Registry
}

func (u *unversioned) Register(s *registry.Service, opts ...registry.RegisterOption) error {
	return u.Registry.Register(without(s), opts...)
}

func (u *unversioned) GetService(name string) ([]*registry.Service, error) {
	found, err := u.Registry.GetService(name)
	for i, s := range found {
		found[i] = without(s)
	}
	return found, err
}

func without(s *registry.Service) *registry.Service {
	changed := *s
	changed.Nodes = nil
	for _, n := range s.Nodes {
		metadata := map[string]string{}
		for k, v := range n.Metadata {
			if k != "protocol" {
				metadata[k] = v
			}
		}
		changed.Nodes = append(changed.Nodes, &registry.Node{Id: n.Id, Address: n.Address, Metadata: metadata})
	}
	return &changed
}
