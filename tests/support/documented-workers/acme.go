// As acme.ts.
package main

import (
	"context"
	"fmt"
)

func isCovered(_ context.Context, input Input) (bool, error) {
	return input.Card != "empty", nil
}

func chargeCard(_ context.Context, input Input, key string) (string, error) {
	fmt.Printf("charges %s\n", key)
	if input.Card == "broken" {
		return "", fmt.Errorf("The bank says of it: %s", input.Memo)
	}
	return fmt.Sprintf("%s %d %s", key, input.Cents, input.Memo), nil
}
