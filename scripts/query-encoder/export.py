"""Trained weights, mixed with the shipped ones, into the int8 graph. usage: export.py MODEL_DIR TRAINED_DIR OUT_FILE [SHARE]

SHARE of the trained weights, 0.6 when not given: what was learned, without losing what was known (Wortsman et al. 2022, robust fine-tuning).
OUT_FILE becomes MODEL_DIR/onnx/query_model_quantized.onnx; then MODEL_DIR/SHA256SUMS and `npm run sayings`.
"""
import os, sys

import numpy as np
import onnx
import torch

from common import Graph, matrix_names

model_dir, trained_dir, out_file = sys.argv[1:4]
share = float(sys.argv[4]) if len(sys.argv) > 4 else 0.6
graph = Graph(os.path.join(model_dir, 'onnx/model_quantized.onnx'))
state = {k: v.numpy() for k, v in torch.load(os.path.join(trained_dir, 'bert.pt')).items()}
for key, (name, quantised, transposed) in matrix_names(graph, state).items():
    shipped = graph.dequantised(name) if quantised else graph.arrays[name]
    values = share * (state[key].T if transposed else state[key]) + (1 - share) * shipped
    if not quantised:
        graph.put(name, values.astype(np.float32))
    elif transposed:  # the word embeddings were not trained
        scale = np.maximum(np.abs(values).max(0), 1e-12) / 127
        graph.put(name + '_quantized', np.round(values / scale).astype(np.int8))
        graph.put(name + '_scale', scale.astype(np.float32))
projection = np.load(os.path.join(trained_dir, 'projection.npy'))
graph.put('token_projection', share * projection + (1 - share) * graph.arrays['token_projection'])
onnx.save(graph.model, out_file)
