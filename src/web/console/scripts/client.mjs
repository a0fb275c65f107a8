// Writes the types of what the server answers (src/schema.ts) from its OpenAPI document (openapi.json).
//   node scripts/client.mjs                         from the stored document
//   node scripts/client.mjs http://127.0.0.1:8080   fetches the document from a running server first
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const nameOf = (ref) => ref.slice(ref.lastIndexOf("/") + 1);
const isNull = (schema) => schema.type === "null";
const optional = (schema) => (Array.isArray(schema.type) && schema.type.includes("null")) || (schema.oneOf ?? schema.anyOf ?? []).some(isNull);

/** The TypeScript of a schema. The server leaves out what is null, so "or null" is said as an optional member, not here. */
function typeOf(schema) {
  if (schema.$ref) {
    return nameOf(schema.$ref);
  }
  const choices = (schema.oneOf ?? schema.anyOf ?? []).filter((s) => !isNull(s));
  if (choices.length > 0) {
    return choices.map(typeOf).join(" | ");
  }
  if (schema.enum) {
    return schema.enum.filter((v) => v !== null).map((v) => JSON.stringify(v)).join(" | ");
  }
  const type = [schema.type ?? []].flat().filter((t) => t !== "null")[0];
  switch (type) {
    case "string":
      return "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "array": {
      const item = typeOf(schema.items ?? {});
      return item.includes(" | ") ? `(${item})[]` : `${item}[]`;
    }
    case "object":
      return schema.properties ? bodyOf(schema, "  ") : schema.additionalProperties && schema.additionalProperties !== true ? `Record<string, ${typeOf(schema.additionalProperties)}>` : "Record<string, unknown>";
    default:
      return "unknown";
  }
}

function bodyOf(schema, indent) {
  const needed = new Set(schema.required ?? []);
  const lines = Object.entries(schema.properties ?? {}).map(([name, member]) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
    return `${indent}${key}${needed.has(name) && !optional(member) ? "" : "?"}: ${typeOf(member)};`;
  });
  return `{\n${lines.join("\n")}\n${indent.slice(2)}}`;
}

/** Paths and schemas without the errors, which every call describes alike. ConsoleDescriptionTests does the same with the served document. */
export function essence({ openapi, paths, components }) {
  for (const call of Object.values(paths).flatMap((methods) => Object.values(methods))) {
    call.responses = Object.fromEntries(Object.entries(call.responses ?? {}).filter(([status]) => status.startsWith("2")));
  }
  return { openapi, paths, components: { schemas: components.schemas } };
}

/** @param document The OpenAPI document, parsed. @returns The text of src/schema.ts. */
export function generate(document) {
  const parts = ["// Made by scripts/client.mjs from openapi.json; not written by hand.\n"];
  for (const [name, schema] of Object.entries(document.components.schemas).sort(([a], [b]) => (a < b ? -1 : 1))) {
    parts.push(schema.properties && !schema.enum ? `export interface ${name} ${bodyOf(schema, "  ")}\n` : `export type ${name} = ${typeOf(schema)};\n`);
  }
  const calls = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, call]) => {
    const good = Object.entries(call.responses ?? {}).find(([status]) => status.startsWith("2"))?.[1];
    const schema = good?.content?.["application/json"]?.schema;
    return `  ${JSON.stringify(`${method.toUpperCase()} ${path}`)}: ${schema ? typeOf(schema) : "void"};`;
  })).sort();
  parts.push(`/** What each call answers. */\nexport interface Calls {\n${calls.join("\n")}\n}\n`);
  return parts.join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const stored = new URL("../openapi.json", import.meta.url);
  const server = process.argv[2];
  if (server) {
    writeFileSync(stored, `${JSON.stringify(essence(await (await fetch(new URL("/openapi/v1.json", server))).json()), null, 1)}\n`);
  }
  writeFileSync(new URL("../src/schema.ts", import.meta.url), generate(JSON.parse(readFileSync(stored, "utf8"))));
}
