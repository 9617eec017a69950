const WEIGHTS =
  /\.(?:safetensors|gguf|ggml|onnx|bin|pt|pth|pkl|pickle|joblib|h5|hdf5|keras|tflite|pb|mlmodel|pmml|npz|model|ckpt|msgpack|engine|mar)$/i;
const CODE =
  /\.(?:py|ipynb|r|jl|js|ts|java|go|rs|cpp|c|h|sh|sql|toml|cfg|dockerfile)$|^(?:dockerfile|makefile|requirements.*\.txt)$/i;
const DATA = /\.(?:csv|tsv|parquet|arrow|feather|jsonl?|ndjson|txt|npy|npz|avro|orc|xml|xlsx?|zip|tar|gz|tfrecord)$/i;
const DOCS = /\.(?:md|mdx|rst|txt|pdf|html?|adoc|png|svg|jpe?g)$|^(?:readme|licen[cs]e|notice|changelog)/i;

const NAMES: Readonly<Record<string, RegExp>> = {
  model: WEIGHTS,
  modelpart: new RegExp(`${WEIGHTS.source}|\\.(?:json|txt|ya?ml)$`, 'i'),
  code: CODE,
  dataset: DATA,
  docs: DOCS,
  prompt: /\.(?:md|txt|prompt|ya?ml|json)$/i,
  mcpb: /\.mcpb$/i,
};

/** True when a file of this name is what the layer usually holds. */
export function fitsLayer(layer: string, name: string): boolean {
  return NAMES[layer]?.test(name) ?? false;
}
