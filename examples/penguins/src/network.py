"""The model: standardise four measurements, one hidden layer with tanh, softmax over the species."""
import math


class Network:
    """Matrices are lists of rows: `hidden` has one row per hidden unit, `output` one per species."""

    def __init__(self, mean, scale, hidden, hidden_bias, output, output_bias):
        self.mean, self.scale = mean, scale
        self.hidden, self.hidden_bias = hidden, hidden_bias
        self.output, self.output_bias = output, output_bias

    def probabilities(self, inputs):
        """How likely each species is for one penguin."""
        standard = self.standardise(inputs)
        return softmax(layer(self.output, self.output_bias, self.activations(standard)))

    def predict(self, inputs):
        """The index of the likeliest species."""
        probabilities = self.probabilities(inputs)
        return probabilities.index(max(probabilities))

    def standardise(self, inputs):
        return [(value - mean) / scale for value, mean, scale in zip(inputs, self.mean, self.scale)]

    def activations(self, standard):
        return [math.tanh(value) for value in layer(self.hidden, self.hidden_bias, standard)]

    def to_tensors(self):
        """What a file keeps of it."""
        return {
            "mean": vector(self.mean),
            "scale": vector(self.scale),
            "hidden.weight": matrix(self.hidden),
            "hidden.bias": vector(self.hidden_bias),
            "output.weight": matrix(self.output),
            "output.bias": vector(self.output_bias),
        }

    @classmethod
    def from_tensors(cls, tensors):
        return cls(
            tensors["mean"][1],
            tensors["scale"][1],
            rows(tensors["hidden.weight"]),
            tensors["hidden.bias"][1],
            rows(tensors["output.weight"]),
            tensors["output.bias"][1],
        )


def layer(weights, bias, values):
    return [sum(w * v for w, v in zip(row, values)) + b for row, b in zip(weights, bias)]


def softmax(values):
    # Less the greatest, so that exp never overflows.
    powers = [math.exp(value - max(values)) for value in values]
    return [power / sum(powers) for power in powers]


def vector(numbers):
    return [len(numbers)], numbers


def matrix(lists):
    return [len(lists), len(lists[0])], [number for row in lists for number in row]


def rows(tensor):
    (_, width), numbers = tensor
    return [numbers[start : start + width] for start in range(0, len(numbers), width)]
