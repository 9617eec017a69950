"""Writes the network as an ONNX file, for every runtime that reads ONNX.

An ONNX file is one protobuf message. The few field numbers that are needed here are those of onnx.proto3
(https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3).
"""
import struct

IR_VERSION = 8
OPSET = 13
FLOAT = 1
ATTRIBUTE_INT = 2


def write_onnx(path, tensors, feature_count, species_count):
    """One input `measurements` [N, features], one output `probabilities` [N, species]."""
    nodes = [
        node("Sub", ["measurements", "mean"], "centred"),
        node("Div", ["centred", "scale"], "standard"),
        node("Gemm", ["standard", "hidden.weight", "hidden.bias"], "sums", transB=1),
        node("Tanh", ["sums"], "activations"),
        node("Gemm", ["activations", "output.weight", "output.bias"], "scores", transB=1),
        node("Softmax", ["scores"], "probabilities", axis=1),
    ]
    graph = b"".join(
        [
            *(field(1, one) for one in nodes),
            field(2, b"penguins"),
            *(field(5, tensor(name, shape, numbers)) for name, (shape, numbers) in tensors.items()),
            field(11, value("measurements", feature_count)),
            field(12, value("probabilities", species_count)),
        ]
    )
    model = field(1, IR_VERSION) + field(2, b"penguins/train.py") + field(7, graph) + field(8, field(2, OPSET))
    path.write_bytes(model)


def node(operator, inputs, output, **integers):
    return b"".join(
        [
            *(field(1, name.encode()) for name in inputs),
            field(2, output.encode()),
            field(3, output.encode()),
            field(4, operator.encode()),
            *(field(5, attribute(name, number)) for name, number in integers.items()),
        ]
    )


def attribute(name, number):
    return field(1, name.encode()) + field(3, number) + field(20, ATTRIBUTE_INT)


def tensor(name, shape, numbers):
    data = struct.pack(f"<{len(numbers)}f", *numbers)
    return b"".join(field(1, size) for size in shape) + field(2, FLOAT) + field(8, name.encode()) + field(9, data)


def value(name, width):
    """A table with any number of rows."""
    shape = field(1, field(2, b"N")) + field(1, field(1, width))
    return field(1, name.encode()) + field(2, field(1, field(1, FLOAT) + field(2, shape)))


def field(number, content):
    """A protobuf field: a whole number, or bytes with their length."""
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    return varint(number << 3 | 2) + varint(len(content)) + content


def varint(number):
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])
