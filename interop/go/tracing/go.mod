module dev.vertxmicro/interop/tracing

go 1.19

require (
	github.com/micro/go-micro v1.18.0
	github.com/micro/go-plugins v1.5.1
	github.com/uber/jaeger-client-go v2.20.1+incompatible
)

// As in interop/go: gone from their hosts, or not to be run on a newer Go.
replace github.com/micro/protoc-gen-micro => ../replaced/protoc-gen-micro

replace github.com/asim/go-bson => ../replaced/go-bson

replace github.com/lucas-clemente/quic-go => ../replaced/quic-go

replace google.golang.org/grpc => google.golang.org/grpc v1.25.1

replace github.com/golang/protobuf => github.com/golang/protobuf v1.3.2

replace github.com/nats-io/nats.go => github.com/nats-io/nats.go v1.9.1

// With go-plugins.
replace github.com/hashicorp/consul/api => github.com/hashicorp/consul/api v1.2.0

replace github.com/eclipse/paho.mqtt.golang => github.com/eclipse/paho.mqtt.golang v1.2.0
