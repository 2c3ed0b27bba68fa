package main

import (
	"strings"

	"github.com/micro/go-micro"
	"github.com/micro/go-micro/registry"
	"github.com/micro/go-plugins/registry/zookeeper"
)

// zookeeperOf makes the registry that go-micro's flags name, if it is zookeeper: chosen by the flag alone it connects to 127.0.0.1:2181
// first, and ends the process if nobody is there. The flag leaves one of its name as it is.
func zookeeperOf(flags []string) []micro.Option {
	chosen, address := false, ""
	for _, flag := range flags {
		chosen = chosen || flag == "--registry=zookeeper"
		if strings.HasPrefix(flag, "--registry_address=") {
			address = strings.TrimPrefix(flag, "--registry_address=")
		}
	}
	if !chosen {
		return nil
	}
	return []micro.Option{micro.Registry(zookeeper.NewRegistry(registry.Addrs(strings.Split(address, ",")...)))}
}
