"""Trained weights into the int8 graph. usage: export.py MODEL_DIR TRAINED_DIR; writes MODEL_DIR/onnx/query_model_quantized.onnx"""
import os, sys

import numpy as np
import onnx
import torch

from common import Graph, matrix_names

model_dir, trained_dir = sys.argv[1:3]
graph = Graph(os.path.join(model_dir, 'onnx/model_quantized.onnx'))
state = {k: v.numpy() for k, v in torch.load(os.path.join(trained_dir, 'bert.pt')).items()}
for key, (name, quantised, transposed) in matrix_names(graph, state).items():
    values = state[key].T if transposed else state[key]
    if not quantised:
        graph.put(name, values.astype(np.float32))
    elif transposed:  # the word embeddings were not trained
        scale = np.maximum(np.abs(values).max(0), 1e-12) / 127
        graph.put(name + '_quantized', np.round(values / scale).astype(np.int8))
        graph.put(name + '_scale', scale.astype(np.float32))
graph.put('token_projection', np.load(os.path.join(trained_dir, 'projection.npy')))
onnx.save(graph.model, os.path.join(model_dir, 'onnx/query_model_quantized.onnx'))
