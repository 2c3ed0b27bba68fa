module dev.vertxmicro/interop

go 1.19

require (
	dev.vertxmicro/interop/rows v0.0.0
	github.com/golang/protobuf v1.3.2
	github.com/micro/go-micro v1.18.0
)

require (
	github.com/coreos/etcd v3.3.17+incompatible // indirect
	github.com/coreos/go-systemd v0.0.0-20190321100706-95778dfbb74e // indirect
	github.com/coreos/pkg v0.0.0-20240122114842-bbd7aa9bf6fb // indirect
	github.com/go-log/log v0.1.0 // indirect
	github.com/gogo/protobuf v1.2.1 // indirect
	github.com/google/uuid v1.1.1 // indirect
	github.com/json-iterator/go v1.1.8 // indirect
	github.com/lucas-clemente/quic-go v0.13.1 // indirect
	github.com/micro/cli v0.2.0 // indirect
	github.com/micro/mdns v0.3.0 // indirect
	github.com/miekg/dns v1.1.22 // indirect
	github.com/mitchellh/hashstructure v1.0.0 // indirect
	github.com/modern-go/concurrent v0.0.0-20180306012644-bacd9c7ef1dd // indirect
	github.com/modern-go/reflect2 v1.0.1 // indirect
	github.com/nats-io/jwt v0.3.0 // indirect
	github.com/nats-io/nats.go v1.9.1 // indirect
	github.com/nats-io/nkeys v0.1.0 // indirect
	github.com/nats-io/nuid v1.0.1 // indirect
	github.com/oxtoacart/bpool v0.0.0-20190530202638-03653db5a59c // indirect
	github.com/pkg/errors v0.8.1 // indirect
	go.uber.org/atomic v1.5.0 // indirect
	go.uber.org/multierr v1.3.0 // indirect
	go.uber.org/zap v1.12.0 // indirect
	golang.org/x/crypto v0.0.0-20191108234033-bd318be0434a // indirect
	golang.org/x/net v0.0.0-20191109021931-daa7c04131f5 // indirect
	golang.org/x/sys v0.0.0-20190924154521-2837fb4f24fe // indirect
	golang.org/x/text v0.3.2 // indirect
	google.golang.org/genproto v0.0.0-20190819201941-24fa4b261c55 // indirect
	google.golang.org/grpc v1.25.1 // indirect
)

// The tree must build against the unmodified go-micro v1.18.0; what follows only makes that resolve and start today.

replace dev.vertxmicro/interop/rows => ./rows

// Gone from their hosts; nothing imported here needs their code.
replace github.com/micro/protoc-gen-micro => ./replaced/protoc-gen-micro

replace github.com/asim/go-bson => ./replaced/go-bson

// v0.13.1 panics at start on a Go newer than 1.13.
replace github.com/lucas-clemente/quic-go => ./replaced/quic-go

// What go-micro v1.18.0 was released with; newer ones do not compile with it.
replace google.golang.org/grpc => google.golang.org/grpc v1.25.1

replace github.com/golang/protobuf => github.com/golang/protobuf v1.3.2

replace github.com/nats-io/nats.go => github.com/nats-io/nats.go v1.9.1

replace github.com/coreos/bbolt => go.etcd.io/bbolt v1.3.3
