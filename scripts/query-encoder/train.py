"""Trains the encoder of questions against fixed passages. usage: train.py MODEL_DIR STORE_DIR STEPS OUT_DIR [FROM_DIR]

ColBERT's MaxSim (Khattab & Zaharia 2020) and the [CLS] cosine, each by InfoNCE at temperature 0.02. One core: 2.7 s a step.
"""
import glob, os, random, sys, time

import numpy as np
import torch
import torch.nn.functional as F

from common import Graph, bert, matrix_names, pairs, tokenizer

BATCH, NEGATIVES, TEMPERATURE, HOLD = 64, 7, 0.02, 2.0
LEARNING_RATE = float(os.environ.get('LEARNING_RATE', '6e-5'))
PREFIX = '为这个句子生成表示以用于检索相关文章：'  # of the shipped encoder; the trained one does without

model_dir, store_dir, steps, out_dir = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
random.seed(0), np.random.seed(0), torch.manual_seed(0)
tokens_of = tokenizer(model_dir)


class Encoder(torch.nn.Module):
    def __init__(self, trained=None):
        super().__init__()
        graph = Graph(os.path.join(model_dir, 'onnx/model_quantized.onnx'))
        self.bert = bert()
        state = self.bert.state_dict()
        for key, (name, quantised, transposed) in matrix_names(graph, state).items():
            values = graph.dequantised(name) if quantised else graph.arrays[name]
            state[key] = torch.tensor((values.T if transposed else values).copy())
        self.bert.load_state_dict(state)
        self.projection = torch.nn.Parameter(torch.tensor(graph.arrays['token_projection'].copy()))
        if trained:
            self.bert.load_state_dict(torch.load(os.path.join(trained, 'bert.pt')))
            self.projection.data = torch.tensor(np.load(os.path.join(trained, 'projection.npy')))

    def forward(self, texts):
        """[CLS] vectors [texts, 512], and per text its token vectors [tokens, 128] without the special ones; all of norm 1."""
        fed = tokens_of(texts, return_tensors='pt', padding=True, truncation=True, max_length=64)
        hidden = self.bert(input_ids=fed['input_ids'], attention_mask=fed['attention_mask']).last_hidden_state
        tokens = F.normalize(hidden @ self.projection, dim=-1)
        lengths = fed['attention_mask'].sum(1).tolist()
        return F.normalize(hidden[:, 0], dim=-1), [tokens[i, 1:n - 1] for i, n in enumerate(lengths)]


class Passages:
    """All clauses of the store: sentence vectors, token vectors, and which clauses stand in one document."""

    def __init__(self, folder):
        self.spans, self.siblings, self.at, tokens, sentences, ends = [], [], {}, [], [], [0]
        for path in sorted(glob.glob(os.path.join(folder, '*.npz'))):
            z = np.load(path)
            mine, first = list(range(len(self.spans), len(self.spans) + len(z['clauses']))), len(ends) - 1
            ends.extend((ends[-1] + np.cumsum(z['lengths'])).tolist())
            for clause, count in zip(z['clauses'], z['counts']):
                self.at[str(clause)] = len(self.spans)
                self.spans.append((first, first + int(count)))
                first += int(count)
            self.siblings.extend([mine] * len(mine))
            tokens.append(z['tokens']), sentences.append(z['sentences'])
        self.ends, self.sentences = np.array(ends), np.concatenate(sentences).astype(np.float32)
        self.all_tokens = np.concatenate(tokens)

    def tokens(self, clause):
        first, last = self.spans[clause]
        return self.all_tokens[self.ends[first]:self.ends[last]].astype(np.float32) / 127

    def best_sentence(self, clause, query):
        first, last = self.spans[clause]
        vectors = self.sentences[first:last]
        return vectors[int((vectors @ query).argmax())]

    def best_window(self, clause, products):
        """Token range, within the clause, of the sentence with the one before that late interaction likes best. products: [query tokens, tokens]."""
        first, last = self.spans[clause]
        starts = self.ends[first:last] - self.ends[first]
        if last - first == 1:
            return 0, products.shape[1]
        per_sentence = np.maximum.reduceat(products, starts, axis=1)
        best = int(np.maximum(per_sentence[:, 1:], per_sentence[:, :-1]).mean(0).argmax())
        return int(starts[best]), int(starts[best + 2]) if best + 2 < last - first else products.shape[1]


passages = Passages(store_dir)
data = [row for row in pairs() if row['clause'] in passages.at]
print(len(passages.spans), 'clauses', len(data), 'rows')
shipped = Encoder().eval().requires_grad_(False)
model = Encoder(sys.argv[5] if len(sys.argv) > 5 else None).train()
model.bert.embeddings.requires_grad_(False)
groups = [{'params': [p for p in model.bert.parameters() if p.requires_grad]}, {'params': [model.projection], 'lr': 4 * LEARNING_RATE, 'weight_decay': 0}]
optimizer = torch.optim.AdamW(groups, lr=LEARNING_RATE, weight_decay=0.01)
schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min(1, (s + 1) / (0.08 * steps)) * max(0.03, 1 - s / steps))


def question_of(row):
    """A wording of the row, and whether it is an official one."""
    x = random.random()
    if x < 0.6:
        return random.choice(row['sayings']), False
    if x < 0.8:
        return row['paraphrase'], False
    return (row['topic'] if x < 0.9 else row['question']), True


def encode(texts):
    """In four groups by length, so that little is padded."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    vectors, tokens = [None] * len(texts), [None] * len(texts)
    for start in range(0, len(order), BATCH // 4):
        group = order[start:start + BATCH // 4]
        for i, vector, rows in zip(group, *model([texts[i] for i in group])):
            vectors[i], tokens[i] = vector, rows
    return torch.stack(vectors), tokens


def loss_of(batch):
    asked = [question_of(row) for row in batch]
    vectors, tokens = encode([text for text, _ in asked])
    plain, fixed = vectors.detach().numpy(), [t.detach().numpy() for t in tokens]
    positives = [passages.at[row['clause']] for row in batch]
    width = len(batch) + NEGATIVES
    allowed, sentence_of = np.zeros((len(batch), width), bool), np.zeros((len(batch), width, 512), np.float32)
    gathered, of_query, of_token = [], [], []
    in_batch = [passages.tokens(clause) for clause in positives]
    for k in range(len(batch)):
        near = [c for c in passages.siblings[positives[k]] if c != positives[k]]
        negatives = random.sample(near, min(NEGATIVES, len(near)))
        for j, clause in enumerate(positives + negatives):
            if j != k and clause == positives[k]:
                continue
            clause_tokens = in_batch[j] if j < len(batch) else passages.tokens(clause)
            products = fixed[k] @ clause_tokens.T
            first, last = passages.best_window(clause, products)
            gathered.append(clause_tokens[first + products[:, first:last].argmax(1)])
            of_query.append(np.full(len(fixed[k]), k * width + j)), of_token.append((k, len(fixed[k])))
            allowed[k, j], sentence_of[k, j] = True, passages.best_sentence(clause, plain[k])
    starts = np.concatenate([[0], np.cumsum([len(t) for t in fixed])])
    index = torch.tensor(np.concatenate([np.arange(starts[k], starts[k] + n) for k, n in of_token]))
    products = (torch.cat(tokens)[index] * torch.tensor(np.concatenate(gathered))).sum(-1)
    late = torch.zeros(len(batch) * width).index_add(0, torch.tensor(np.concatenate(of_query)), products).view(len(batch), width)
    late = late / torch.tensor(np.diff(starts), dtype=torch.float32)[:, None]
    cosine = torch.einsum('kd,kjd->kj', vectors, torch.tensor(sentence_of))
    target, ruled_out = torch.arange(len(batch)), ~torch.tensor(allowed)
    chosen = lambda scores: F.cross_entropy((scores / TEMPERATURE).masked_fill(ruled_out, -1e4), target)
    loss, official = chosen(late) + 0.5 * chosen(cosine), [k for k, (_, is_official) in enumerate(asked) if is_official]
    if official:
        texts = [asked[k][0] for k in official]
        before, (_, tokens_before) = shipped([PREFIX + text for text in texts])[0], shipped(texts)
        moved = (1 - (vectors[official] * before).sum(-1)).mean()
        moved = moved + (1 - (torch.cat([tokens[k] for k in official]) * torch.cat(tokens_before)).sum(-1)).mean()
        loss = loss + HOLD * moved
    return loss


step, began = 0, time.time()
while step < steps:
    random.shuffle(data)
    for start in range(0, len(data) - BATCH + 1, BATCH):
        loss = loss_of(data[start:start + BATCH])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step(), schedule.step(), optimizer.zero_grad()
        step += 1
        if step % 20 == 0:
            print(step, round(loss.item(), 3), round((time.time() - began) / step, 2), 's a step', flush=True)
        if step == steps:
            break
os.makedirs(out_dir, exist_ok=True)
torch.save(model.bert.state_dict(), os.path.join(out_dir, 'bert.pt'))
np.save(os.path.join(out_dir, 'projection.npy'), model.projection.detach().numpy())
