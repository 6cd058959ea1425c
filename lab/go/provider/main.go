// The Kubernetes provider as its own repository builds it: that one's build puts the version into the schema and both files beside its main.go,
// where this one's puts them by an overlay (lab/toolchain/build.ts).
package main

import (
	"bytes"
	_ "embed"

	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

//go:embed schema.json
var schema []byte

//go:embed terraform-mapping.json
var mapping []byte

func main() {
	versioned := bytes.Replace(schema, []byte("{"), []byte(`{"version":"`+version.Version+`",`), 1)
	provider.Serve("kubernetes", version.Version, versioned, mapping)
}
