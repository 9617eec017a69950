"""Reads and writes safetensors files of 32-bit floats.

The format is 8 bytes with the length of a header, the header as JSON, and the numbers of all tensors, little-endian.
A tensor is (shape, numbers): the numbers of a matrix stand row by row.
"""
import json
import struct
from math import prod


def write_tensors(path, tensors, metadata):
    """Writes tensors by name; metadata is text by name."""
    header, body = {"__metadata__": metadata}, b""
    for name, (shape, numbers) in tensors.items():
        data = struct.pack(f"<{prod(shape)}f", *numbers)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


def read_tensors(path):
    """Tensors by name."""
    content = path.read_bytes()
    (length,) = struct.unpack_from("<Q", content)
    header = json.loads(content[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            raise ValueError(f"{path}: tensor {name} is {entry['dtype']}, not F32")
        start = 8 + length + entry["data_offsets"][0]
        tensors[name] = (entry["shape"], list(struct.unpack_from(f"<{prod(entry['shape'])}f", content, start)))
    return tensors
