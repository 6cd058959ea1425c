// Reads manifests as kubectl does: one per line, as a JSON text, from standard input. Prints for each, as JSON, the documents that were
// read before the first error, and the objects that kubectl would apply of them.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"
)

type reading struct {
	Documents []json.RawMessage `json:"documents"`
	Objects   []json.RawMessage `json:"objects"`
	Error     string            `json:"error,omitempty"`
	NoObject  string            `json:"noObject,omitempty"`
}

// The byte order mark is handled as by FileVisitor in k8s.io/cli-runtime/pkg/resource, the size and the skipping of empty documents as by StreamVisitor there.
func read(text string) (found reading) {
	found.Documents, found.Objects = []json.RawMessage{}, []json.RawMessage{}
	input := transform.NewReader(strings.NewReader(text), unicode.BOMOverride(unicode.UTF8.NewDecoder()))
	decoder := yaml.NewYAMLOrJSONDecoder(input, 4096)
	for {
		raw := runtime.RawExtension{}
		if err := decoder.Decode(&raw); err != nil {
			if !errors.Is(err, io.EOF) {
				found.Error = err.Error()
			}
			return
		}
		document := bytes.TrimSpace(raw.Raw)
		if len(document) == 0 || bytes.Equal(document, []byte("null")) {
			continue
		}
		found.Documents = append(found.Documents, document)
		if err := unroll(document, &found.Objects); err != nil {
			found.NoObject = err.Error()
		}
	}
}

// As FlattenListVisitor of the same package does: whatever has items is a list, also within a list.
func unroll(document []byte, objects *[]json.RawMessage) error {
	object, err := runtime.Decode(unstructured.UnstructuredJSONScheme, document)
	if err != nil {
		return err
	}
	for pending := []runtime.Object{object}; len(pending) > 0; pending = pending[1:] {
		if !meta.IsListType(pending[0]) {
			text, err := runtime.Encode(unstructured.UnstructuredJSONScheme, pending[0])
			if err != nil {
				return err
			}
			*objects = append(*objects, bytes.TrimSpace(text))
			continue
		}
		items, err := meta.ExtractList(pending[0])
		if err != nil {
			return err
		}
		pending = append(pending, items...)
	}
	return nil
}

func main() {
	lines := bufio.NewReader(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) == 0 && err != nil {
			return
		}
		var text string
		if err := json.Unmarshal(line, &text); err != nil {
			panic(err)
		}
		if err := encoder.Encode(read(text)); err != nil {
			panic(err)
		}
	}
}
