/** Writes the few parts of an ONNX model that a tiny network needs (onnx.proto3, opset 13), so that tests make their models themselves. */

export interface Graph {
  readonly inputs: readonly string[];
  readonly outputs: readonly { readonly name: string; readonly dims: readonly (number | string)[] }[];
  readonly constants: Readonly<Record<string, Constant>>;
  readonly nodes: readonly Node[];
}

/** A tensor of float32 (Float32Array) or int64 (BigInt64Array), row-major. */
export interface Constant {
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

/** `integers`: attributes that are one integer (a number) or a list of them. */
export interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly integers?: Readonly<Record<string, number | readonly number[]>>;
}

const FLOAT = 1;
const INT64 = 7;

/** Inputs are int64 [batch, tokens], outputs float32. */
export function writeOnnx({ inputs, outputs, constants, nodes }: Graph): Buffer {
  const graph = message(
    ...nodes.map((node) => bytes(1, nodeOf(node))),
    text(2, 'tiny'),
    ...Object.entries(constants).map(([name, constant]) => bytes(5, tensorOf(name, constant))),
    ...inputs.map((name) => bytes(11, valueOf(name, INT64, ['batch', 'tokens']))),
    ...outputs.map(({ name, dims }) => bytes(12, valueOf(name, FLOAT, dims))),
  );
  const opset = message(text(1, ''), integer(2, 13));
  return message(integer(1, 8), text(2, 'tiaowen-test'), bytes(7, graph), bytes(8, opset));
}

function nodeOf({ op, inputs, output, integers = {} }: Node): Buffer {
  return message(
    ...inputs.map((name) => text(1, name)),
    text(2, output),
    text(3, output),
    text(4, op),
    ...Object.entries(integers).map(([name, value]) => bytes(5, attributeOf(name, value))),
  );
}

function attributeOf(name: string, value: number | readonly number[]): Buffer {
  return typeof value === 'number'
    ? message(text(1, name), integer(3, value), integer(20, 2))
    : message(text(1, name), ...value.map((one) => integer(8, one)), integer(20, 7));
}

function tensorOf(name: string, { dims, data }: Constant): Buffer {
  return message(
    ...dims.map((dim) => integer(1, dim)),
    integer(2, data instanceof Float32Array ? FLOAT : INT64),
    text(8, name),
    bytes(9, Buffer.from(data.buffer, data.byteOffset, data.byteLength)),
  );
}

function valueOf(name: string, type: number, dims: readonly (number | string)[]): Buffer {
  const shape = dims.map((dim) =>
    bytes(1, message(typeof dim === 'number' ? integer(1, dim) : text(2, dim))),
  );
  const tensor = message(integer(1, type), bytes(2, message(...shape)));
  return message(text(1, name), bytes(2, message(bytes(1, tensor))));
}

function message(...fields: readonly Buffer[]): Buffer {
  return Buffer.concat(fields);
}

function integer(field: number, value: number): Buffer {
  return Buffer.concat([varint(field << 3), varint(value)]);
}

function bytes(field: number, value: Buffer): Buffer {
  return Buffer.concat([varint((field << 3) | 2), varint(value.length), value]);
}

function text(field: number, value: string): Buffer {
  return bytes(field, Buffer.from(value));
}

/** Not negative. */
function varint(value: number): Buffer {
  const out: number[] = [];
  let rest = value;
  do {
    out.push((rest % 128) | (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.from(out);
}
