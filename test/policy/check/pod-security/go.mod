// Pins the Pod Security Standards' own test data, which comes with the admission plugin's module.
module wikifunctions-infra/test/policy/check/pod-security

go 1.26.0

require k8s.io/pod-security-admission v0.37.2
