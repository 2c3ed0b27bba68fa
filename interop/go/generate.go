package main

// The generated code is committed, so that Go alone builds this program. After a change of a .proto file: install protoc and
// protoc-gen-go v1.3.2 (go install github.com/golang/protobuf/protoc-gen-go@v1.3.2), then go generate.

//go:generate protoc -I ../../examples-java/src/main/proto --go_out=greeter helloworld.proto
//go:generate protoc -I ../../examples-java/src/main/proto --go_out=student student.proto
//go:generate protoc -I ../java/src/main/proto --go_out=rows/peer peer.proto
