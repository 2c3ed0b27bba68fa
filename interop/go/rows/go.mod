module dev.vertxmicro/interop/rows

go 1.19

require github.com/golang/protobuf v1.3.2
