module github.com/asim/go-bson

go 1.13
