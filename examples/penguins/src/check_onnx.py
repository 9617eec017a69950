"""Compares model.onnx with model.safetensors on the test data. Needs the packages in requirements.txt.

    pip install -r requirements.txt
    python3 src/check_onnx.py
"""
from pathlib import Path

import numpy
import onnx
import onnxruntime

from measurements import read_table, to_inputs
from network import Network
from safetensors_file import read_tensors

ROOT = Path(__file__).resolve().parent.parent
TOLERANCE = 1e-5


def main():
    path = ROOT / "model" / "model.onnx"
    onnx.checker.check_model(onnx.load(path), full_check=True)
    inputs = to_inputs(read_table(ROOT / "data" / "test.csv"))
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (from_onnx,) = session.run(["probabilities"], {"measurements": numpy.array(inputs, numpy.float32)})
    network = Network.from_tensors(read_tensors(ROOT / "model" / "model.safetensors"))
    ours = numpy.array([network.probabilities(one) for one in inputs])
    difference = float(abs(from_onnx - ours).max())
    same = (from_onnx.argmax(1) == ours.argmax(1)).all()
    print(f"greatest difference of a probability: {difference:.2e}; same species everywhere: {same}")
    if difference > TOLERANCE or not same:
        raise SystemExit("model.onnx and model.safetensors are not the same model")


if __name__ == "__main__":
    main()
