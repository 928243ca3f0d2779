"""Vectors of the clauses to train with. usage: encode.py MODEL_DIR TEXTS_DIR STORE_DIR [EXCLUDE_DIR]"""
import os, random, sys

import numpy as np
import onnxruntime

from common import articles, digest, pairs, plan_rows, sentences, squeeze, texts, title, tokenizer

OTHERS = 9  # clauses of a document beside those of the pairs

model_dir, texts_dir, store_dir = sys.argv[1:4]
excluded = set()
for path in texts(sys.argv[4]) if len(sys.argv) > 4 else []:
    excluded |= {article[:40] for article in articles(path)}
options = onnxruntime.SessionOptions()
options.add_session_config_entry('session.x64quantprecision', '1')
network = onnxruntime.InferenceSession(os.path.join(model_dir, 'onnx/model_quantized.onnx'), options)
tokens_of = tokenizer(model_dir)


def encode(text):
    ids = np.array([tokens_of(text)['input_ids']], dtype=np.int64)
    feed = {'input_ids': ids, 'attention_mask': np.ones_like(ids), 'token_type_ids': np.zeros_like(ids)}
    sentence, tokens = network.run(['sentence_embedding', 'token_embeddings'], feed)
    return sentence[0], np.round(tokens[0, 1:-1] * 127).astype(np.int8)


def save(name, clauses):
    counts, lengths, sentence_vectors, token_vectors = [], [], [], []
    for clause in clauses:
        parts = sentences(clause)
        counts.append(len(parts))
        for part in parts:
            sentence, tokens = encode(part)
            sentence_vectors.append(sentence)
            token_vectors.append(tokens)
            lengths.append(len(tokens))
    np.savez(os.path.join(store_dir, name), clauses=[digest(c) for c in clauses], counts=counts, lengths=lengths,
             sentences=np.array(sentence_vectors, dtype=np.float16), tokens=np.concatenate(token_vectors))


os.makedirs(store_dir, exist_ok=True)
wanted = {row['clause'] for row in pairs()}
documents = {row['document'] for row in pairs()}
for path in texts(texts_dir):
    if title(path) not in documents:
        continue
    all_articles = articles(path)
    if any(article[:40] in excluded for article in all_articles):
        continue
    asked = [a for a in all_articles if digest(a) in wanted]
    others = [a for a in all_articles if digest(a) not in wanted and len(a) < 500]
    random.Random(1).shuffle(others)
    if asked:
        save(digest(path), asked + others[:OTHERS])
plans = {}
for row in plan_rows():
    plans.setdefault(row['document'], []).append(squeeze(row['text']))
for document, clauses in plans.items():
    save(digest(document), clauses)
